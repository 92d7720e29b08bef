# Programs of 64 and of 32 bits, and those of every user who is signed in.
$uninstall = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\*'
$uninstall32 = 'Software\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$roots = @(
    "Registry::HKEY_LOCAL_MACHINE\$uninstall"
    "Registry::HKEY_LOCAL_MACHINE\$uninstall32"
    "Registry::HKEY_USERS\*\$uninstall"
    "Registry::HKEY_USERS\*\$uninstall32"
)
