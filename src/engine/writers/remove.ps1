{head}

<#
.SYNOPSIS
Removes from this Windows computer the programs that a Clearlist report found to be prohibited.

.DESCRIPTION
REVIEW IT BEFORE USE. What the report says is in the first part, what is done with it in the second.

Without -Apply it changes nothing: it looks for the programs on this computer and tells exactly what it
would run. The same script is right for every computer of the report, since it asks the computer itself.

It runs msiexec for programs that Windows Installer keeps, winget where the rules name the one package of
the program, and Remove-AppxPackage for Store apps. Whatever else has to be done is told as a step for a
person, in order. It deletes no files and no registry keys, runs no uninstall command that it finds in the
registry, and restarts nothing. What is set aside by a recorded decision stays.

It has no password in it. Where a removal fails because a password protects the program, do the vendor's
step, which is told, by hand, or have the script ask for the password with -AskPassword.

Exit codes: 0 nothing of it is on the computer (any more); 4 something is there, and this was a dry run, or
a person has to do something; 3010 removed, a restart is needed to finish; 1618 another installation is
running, run it again later; 1 a removal failed; 2 it was not started as it has to be.

.PARAMETER Only
The numbers of the findings to remove, as in 1,3: those of the first part, which the report has too. Without
it all.

.PARAMETER Apply
Really removes. It has to be run as administrator, and asks before each removal. -WhatIf beside it asks
nothing and removes nothing.

.PARAMETER Force
With -Apply: does not ask before each removal.

.PARAMETER IncludeReview
Removes also what the report wants a person to review first. Without it that is only told.

.PARAMETER AskPassword
With -Apply: asks for the password of each program for which the rules say how msiexec is told one. It is typed
unseen, this script keeps it nowhere, and asks msiexec for no log of that removal; a policy of Windows Installer
(Logging) or the package may have one written in the TEMP folder all the same. While the removal runs, the
password stands in the command line of msiexec, which administrators and security software can read, and which
Windows may be set to log: change it when the last computer is done.

.PARAMETER LogPath
The file to add the log to. With -Apply it is Logs\Clearlist\clearlist-remove.log in the folder of Windows
if nothing else is said; without -Apply no log is written then. The logs of msiexec are put beside it.

.EXAMPLE
powershell.exe -ExecutionPolicy Bypass -File clearlist-remove.ps1

Tells what would be done.

.EXAMPLE
powershell.exe -ExecutionPolicy Bypass -File clearlist-remove.ps1 -Apply -Only 1,3

Removes findings 1 and 3 and asks before each removal.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    # Texts, since -File hands over "1,3" as one, which as a number would be 13.
    [string[]] $Only = @(),
    [switch] $Apply,
    [switch] $Force,
    [switch] $IncludeReview,
    [switch] $AskPassword,
    [string] $LogPath = ''
)

# ---------------------------------------------------------------------------------------------
# First part: what the report says. Every text of an inventory is in single quotation marks,
# where PowerShell reads nothing but text.
# ---------------------------------------------------------------------------------------------

{data}
# ---------------------------------------------------------------------------------------------
# Second part: what is done with it. It is the same in every such script.
# ---------------------------------------------------------------------------------------------

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$log = ''

function Stop-Early([string] $Why) {
    Write-Host $Why
    exit 2
}

if ($env:OS -ne 'Windows_NT') { Stop-Early 'This script is for Windows.' }
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Stop-Early 'This computer lets only trusted scripts do this: sign it, or have it allowed.'
}

# Text of this computer without what could move the cursor or hide something.
function ConvertTo-Shown([string] $Text) {
    $Text -replace '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]', '?'
}

# The time in digits that every reader knows, whatever calendar the computer has.
function Get-Time([string] $Form) {
    [DateTime]::Now.ToString($Form, [Globalization.CultureInfo]::InvariantCulture)
}

function Write-Told([string] $Text) {
    Write-Host $Text
    if ($script:log) {
        $line = '{0} {1}{2}' -f (Get-Time 'yyyy-MM-ddTHH:mm:ssK'), $Text, [Environment]::NewLine
        [IO.File]::AppendAllText($script:log, $line, (New-Object Text.UTF8Encoding $false))
    }
}

function Test-Same([string] $One, [string] $Other) {
    [string]::Equals($One.Trim(), $Other.Trim(), [StringComparison]::OrdinalIgnoreCase)
}

function Test-Among([string] $Text, [object[]] $Texts) {
    foreach ($one in $Texts) {
        if (Test-Same $Text $one) { return $true }
    }
    $false
}

# 12.3 is the version 12.3.0.493 too.
function Test-SameVersion([string] $One, [string] $Other) {
    if (-not $One -or -not $Other) { return $false }
    if (Test-Same $One $Other) { return $true }
    $ordinal = [StringComparison]::OrdinalIgnoreCase
    $One.StartsWith("$Other.", $ordinal) -or $Other.StartsWith("$One.", $ordinal)
}

function Test-ProductCode([string] $Text) {
    $Text -match '\A\{[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}\z'
}

# Lists have long and short names of computers.
function Test-ThisComputer([object[]] $Computers) {
    foreach ($own in $env:COMPUTERNAME, [Net.Dns]::GetHostName()) {
        foreach ($computer in $Computers) {
            if (Test-Same ("$own".Split('.')[0]) ("$computer".Split('.')[0])) { return $true }
        }
    }
    $false
}

function New-Thing([string] $Kind, [string] $Id, [string] $Name, [string] $Version, [string] $Publisher, [string] $Of) {
    [pscustomobject]@{
        Kind      = $Kind
        Id        = $Id
        Name      = $Name
        Version   = $Version
        Publisher = $Publisher
        # The other user that it is installed for; empty for the whole computer and for who runs this.
        Of        = $Of
        IsMsi     = $false
        Finding   = $null
        Score     = 0
    }
}

function Get-UninstallEntry([Microsoft.Win32.RegistryKey] $Base, [string] $Path, [string] $Of) {
    $root = $null
    try { $root = $Base.OpenSubKey($Path) } catch { $root = $null }
    if ($null -eq $root) { return }
    foreach ($name in $root.GetSubKeyNames()) {
        # A key that cannot be read is no reason to leave the others out.
        try {
            $key = $root.OpenSubKey($name)
            $thing = New-Thing 'program' $name "$($key.GetValue('DisplayName'))" `
                "$($key.GetValue('DisplayVersion'))" "$($key.GetValue('Publisher'))" $Of
            $thing.IsMsi = "$($key.GetValue('WindowsInstaller'))" -eq '1' -and (Test-ProductCode $name)
            $key.Close()
            $thing
        } catch {
            Write-Verbose "The registry key $(ConvertTo-Shown $name) cannot be read."
        }
    }
    $root.Close()
}

# Programs of 64 and of 32 bits, and those of every user who is signed in.
function Get-Program {
    $uninstall = 'Microsoft\Windows\CurrentVersion\Uninstall'
    $machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Default')
    Get-UninstallEntry $machine "SOFTWARE\$uninstall" ''
    Get-UninstallEntry $machine "SOFTWARE\WOW6432Node\$uninstall" ''
    $users = [Microsoft.Win32.RegistryKey]::OpenBaseKey('Users', 'Default')
    foreach ($user in $users.GetSubKeyNames()) {
        if ($user -like '*_Classes') { continue }
        $of = if ($user -eq $identity.Identity.User.Value) { '' } else { $user }
        Get-UninstallEntry $users "$user\Software\$uninstall" $of
        Get-UninstallEntry $users "$user\Software\WOW6432Node\$uninstall" $of
    }
}

function Get-App {
    $apps = @()
    try {
        if ($PSVersionTable.PSVersion.Major -ge 6) {
            Import-Module Appx -UseWindowsPowerShell -WarningAction SilentlyContinue
        }
        try { $apps = @(Get-AppxPackage -AllUsers) } catch { $apps = @(Get-AppxPackage) }
    } catch {
        Write-Told 'Store apps cannot be listed on this computer.'
    }
    foreach ($app in $apps) {
        New-Thing 'app' "$($app.PackageFullName)" "$($app.Name)" "$($app.Version)" "$($app.PackageFamilyName)" ''
    }
}

# Services and drivers are signs of a program; they go with it.
function Get-Sign {
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -ErrorAction SilentlyContinue)) {
        New-Thing 'service' "$($service.Name)" "$($service.DisplayName)" '' '' ''
    }
    foreach ($driver in @(Get-CimInstance -ClassName Win32_SystemDriver -ErrorAction SilentlyContinue)) {
        $file = "$($driver.PathName)".Split('\')[-1]
        New-Thing 'driver' $file "$($driver.DisplayName)" '' '' ''
    }
}

# How well a thing of this computer fits a finding; 0 if it does not.
function Get-Score($Finding, $Thing) {
    $isOfVersion = Test-SameVersion $Finding.Version $Thing.Version
    $byId = $false
    $byName = $false
    switch ($Thing.Kind) {
        'program' {
            $byId = (Test-Among $Thing.Id $Finding.ProductCodes) -or (Test-Among $Thing.Id $Finding.UninstallKeys)
            $speaks = $Finding.Publisher -and $Thing.Publisher
            $byName = $Finding.Name -and (Test-Same $Thing.Name $Finding.Name) -and
                (-not $speaks -or (Test-Same $Thing.Publisher $Finding.Publisher))
        }
        'app' {
            # The family's name is kept as the publisher.
            foreach ($text in $Thing.Id, $Thing.Name, $Thing.Publisher) {
                if (Test-Among $text $Finding.Packages) { $byId = $true }
            }
            $byName = $Finding.Name -and (Test-Same $Thing.Name $Finding.Name)
        }
        'service' { $byId = Test-Among $Thing.Id $Finding.Services }
        'driver' { $byId = Test-Among $Thing.Id $Finding.Drivers }
    }
    if (-not $byId -and -not $byName) { return 0 }
    if ($Finding.OnlyThisVersion -and -not $byId -and -not $isOfVersion) { return 0 }
    $score = 4 * [int] [bool] $byId + 2 * [int] [bool] $byName + [int] [bool] $isOfVersion
    # A decision about this very computer holds for every version that is on it.
    if ($asideHere.ContainsKey("$($Finding.Number)")) { $score += 100 }
    $score
}

# The findings by what could be seen of them, so that each thing is compared with few of them.
$sought = New-Object 'System.Collections.Generic.Dictionary[string,object]' ([StringComparer]::OrdinalIgnoreCase)

function Add-Sought([string] $Kind, [object[]] $Texts, $Finding) {
    foreach ($text in $Texts) {
        if (-not $text) { continue }
        $key = "$Kind $($text.Trim())"
        if (-not $sought.ContainsKey($key)) { $sought[$key] = New-Object Collections.ArrayList }
        if (-not $sought[$key].Contains($Finding)) { $null = $sought[$key].Add($Finding) }
    }
}

# The numbers of the findings that a decision sets aside on this computer by its name.
$asideHere = @{}

function Read-Finding {
    foreach ($finding in $findings) {
        Add-Sought 'program' $finding.ProductCodes $finding
        Add-Sought 'program' $finding.UninstallKeys $finding
        Add-Sought 'app' $finding.Packages $finding
        Add-Sought 'service' $finding.Services $finding
        Add-Sought 'driver' $finding.Drivers $finding
        Add-Sought 'name' @($finding.Name) $finding
        foreach ($decision in $finding.SetAside) {
            if (Test-ThisComputer $decision.Computers) { $asideHere["$($finding.Number)"] = $decision.Decision }
        }
    }
}

# What of the report is on this computer, each thing with the finding that it fits best. Where two fit
# alike, the more careful one counts.
function Find-Thing {
    $careful = @{ leave = 0; review = 1; remove = 2 }
    $programs = @(Get-Program)
    if ($programs.Count -eq 0) { throw 'the list of installed programs cannot be read' }
    foreach ($thing in $programs + @(Get-App) + @(Get-Sign)) {
        $keys = @("$($thing.Kind) $($thing.Id.Trim())")
        if ($thing.Kind -in 'program', 'app') { $keys += "name $($thing.Name.Trim())" }
        if ($thing.Kind -eq 'app') { $keys += "app $($thing.Name.Trim())", "app $($thing.Publisher.Trim())" }
        foreach ($key in $keys) {
            if (-not $sought.ContainsKey($key)) { continue }
            foreach ($finding in $sought[$key]) {
                $score = Get-Score $finding $thing
                if ($score -eq 0 -or $score -lt $thing.Score) { continue }
                if ($score -gt $thing.Score -or $careful[$finding.Role] -lt $careful[$thing.Finding.Role]) {
                    $thing.Score = $score
                    $thing.Finding = $finding
                }
            }
        }
        if ($null -ne $thing.Finding) { $thing }
    }
}

# Why a finding is left alone on this computer; empty if it is not.
function Get-Reason($Finding, [string[]] $Numbers) {
    $number = "$($Finding.Number)"
    if ($asideHere.ContainsKey($number)) { return "set aside: $($asideHere[$number])" }
    foreach ($decision in $Finding.SetAside) {
        if ($Finding.Role -eq 'leave' -or @($decision.Computers).Count -eq 0) {
            return "set aside: $($decision.Decision)"
        }
    }
    if ($Finding.Role -eq 'leave') { return 'set aside' }
    if ($Numbers.Count -gt 0 -and $Numbers -notcontains $number) { return 'not chosen with -Only' }
    if ($Finding.Role -eq 'review' -and -not $IncludeReview) {
        return 'a person has to review it first; -IncludeReview removes it too'
    }
    ''
}

# What stands for a password in what is told.
$password = '<password>'

# True if the password of the finding is asked for.
function Test-Asked($Finding) {
    [bool] ($AskPassword -and $Finding.Password)
}

# What msiexec is told of a password that is typed now; empty if none is.
function Read-Password($Finding, [string] $Title) {
    Write-Host "A password may protect $Title. Press Enter for none."
    $user = ''
    if ($Finding.PasswordOf) { $user = Read-Host -Prompt 'Name of the user whose password it is' }
    $secure = Read-Host -Prompt 'Password' -AsSecureString
    if ($null -eq $secure) { throw 'it was cancelled' }
    if ($secure.Length -eq 0) { return '' }
    $pointer = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($secure)
    try {
        $typed = [Runtime.InteropServices.Marshal]::PtrToStringBSTR($pointer)
    } finally {
        [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($pointer)
    }
    if ($Finding.PasswordForm -eq 'utf16-hex') {
        # Not through a pipeline: Windows may be set to log what goes through one.
        $typed = [BitConverter]::ToString([Text.Encoding]::Unicode.GetBytes($typed)).Replace('-', '')
    }
    $told = @()
    if ($user) { $told += ConvertTo-Property $Finding.PasswordOf $user }
    $told += ConvertTo-Property $Finding.Password $typed
    $told -join ' '
}

# A property as msiexec takes it: in a value between quotation marks, these are doubled.
function ConvertTo-Property([string] $Name, [string] $Value) {
    '{0}="{1}"' -f $Name, $Value.Replace('"', '""')
}

function New-Action([string] $Kind, [string] $Id, [string] $Program, [string] $Arguments) {
    [pscustomobject]@{ Kind = $Kind; Id = $Id; Program = $Program; Arguments = $Arguments; Code = $null; Result = '' }
}

# What removes a finding's things; empty if only a person can.
function Get-Action($Finding, [object[]] $Things) {
    # Where the rules leave it to whoever runs the fleet, as with a management server.
    if ($Finding.ByHand) { return }
    $codes = @($Things | Where-Object { $_.IsMsi -and -not $_.Of } | ForEach-Object { $_.Id.ToUpperInvariant() } |
            Select-Object -Unique)
    foreach ($code in $codes) {
        $file = Join-Path $logFolder ('msiexec-{0}-{1}.log' -f $code.Trim('{}'), $stamp)
        # A log of msiexec has everything that it is told.
        $rest = if (Test-Asked $Finding) { "$password /qn /norestart" } else { "/qn /norestart /l*v `"$file`"" }
        New-Action 'msi' $code "$env:SystemRoot\System32\msiexec.exe" "/x $code $rest"
    }
    foreach ($app in @($Things | Where-Object { $_.Kind -eq 'app' })) {
        New-Action 'app' $app.Id 'Remove-AppxPackage' "-Package '$($app.Id)' -AllUsers"
    }
    $programs = @($Things | Where-Object { $_.Kind -eq 'program' -and -not $_.Of })
    if ($codes.Count -eq 0 -and $programs.Count -gt 0 -and $Finding.Winget) {
        New-Action 'winget' $Finding.Winget 'winget' "uninstall --id $($Finding.Winget) --exact"
    }
}

# What to do about things that nothing here removes.
function Get-Advice([object[]] $Things, [object[]] $There) {
    # Products of Windows Installer may stand in the list of programs a second time, under another key.
    foreach ($thing in @($Things | Where-Object { $_.Kind -eq 'program' })) {
        foreach ($other in @($There | Where-Object { $_.IsMsi -and -not $_.Of })) {
            if ($thing.Id -ne $other.Id -and $thing.Id.ToUpperInvariant().Contains($other.Id.ToUpperInvariant())) {
                return "It goes with $($other.Id), of finding $($other.Finding.Number)."
            }
        }
    }
    if (@($Things | Where-Object { $_.Kind -in 'program', 'app' }).Count -eq 0) {
        return 'Only a trace of it was found, no program that could be removed. A person has to look, by the steps below.'
    }
    'A person has to remove it, by the steps below.'
}

function Invoke-Program([string] $Path, [string] $Arguments) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    $start.Arguments = $Arguments
    $start.UseShellExecute = $false
    $process = [Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit(3600000)) { throw 'it still runs after an hour' }
    $process.ExitCode
}

# What an exit code of msiexec means: https://learn.microsoft.com/windows/win32/msi/error-codes
function Get-Meaning([int] $Code) {
    switch ($Code) {
        0 { return 'removed' }
        1602 { return 'failed: somebody cancelled it' }
        1603 {
            if ($AskPassword) { return 'failed: perhaps the password was wrong or is another one, see the steps' }
            return 'failed: perhaps a password protects the program, see the steps, the log and -AskPassword'
        }
        1605 { return 'was not installed' }
        1614 { return 'was not installed' }
        1618 { return 'failed: another installation is running, try again later' }
        1641 { return 'removed, a restart is needed and was begun' }
        3010 { return 'removed, a restart is needed' }
    }
    "failed with code $Code"
}

function Invoke-Action($Action, [string] $Secret) {
    try {
        if ($Action.Kind -eq 'msi') {
            $Action.Code = Invoke-Program $Action.Program $Action.Arguments.Replace($password, $Secret)
            $Action.Result = Get-Meaning $Action.Code
        } elseif ($Action.Kind -eq 'winget') {
            $winget = Get-Command -Name winget.exe -CommandType Application -ErrorAction SilentlyContinue |
                Select-Object -First 1
            if ($null -eq $winget) { throw 'winget is not there for this user; do the step by hand' }
            $Action.Code = Invoke-Program $winget.Path $Action.Arguments
            $Action.Result = if ($Action.Code -eq 0) { 'removed' } else { "failed with code $($Action.Code)" }
        } else {
            $null = Remove-AppxPackage -Package $Action.Id -AllUsers -Confirm:$false
            $Action.Code = 0
            $Action.Result = 'removed'
        }
    } catch {
        $Action.Result = "failed: $(ConvertTo-Shown $_.Exception.Message)"
    }
}

function Write-Step([string] $Heading, [string[]] $StepNumbers, [string[]] $Phases) {
    $told = @($steps | Where-Object { $StepNumbers -contains "$($_.Number)" -and $Phases -contains $_.Phase })
    if ($told.Count -eq 0) { return }
    Write-Told ''
    Write-Told $Heading
    foreach ($step in $told) {
        Write-Told "  $($step.Number). [$($step.Phase), $($step.Who)] $($step.Title)"
        Write-Told "     $($step.Text)"
        foreach ($command in $step.Commands) { Write-Told "       $command" }
    }
}

function Get-Title($Finding) {
    $version = if ($Finding.Version) { " $($Finding.Version)" } else { '' }
    "$($Finding.Number). $($Finding.Name)$version ($($Finding.Product))"
}

function Write-Thing($Thing) {
    $user = if ($Thing.Of) { ", for the user $($Thing.Of) only" } else { '' }
    Write-Told (ConvertTo-Shown "     $($Thing.Kind) '$($Thing.Name)' $($Thing.Version), $($Thing.Id)$user")
}

# Everything, as an exit code.
function Start-Removal([string[]] $Numbers) {
    foreach ($line in $about) { Write-Told $line }
    if (@($findings | Where-Object { $_.Role -ne 'leave' }).Count -eq 0) {
        Write-Told 'No finding of the report is to be removed from a computer with Windows: there is nothing to do.'
        return 0
    }
    $mode = if ($Apply) { 'removal' } else { 'dry run, nothing is changed' }
    Write-Told "Computer $([Net.Dns]::GetHostName()): $mode."
    if (-not $isAdministrator) { Write-Told 'Not run as administrator: what belongs to other users is not seen.' }
    Read-Finding
    $there = @(Find-Thing)
    if ($there.Count -eq 0) {
        Write-Told 'Nothing of the report is on this computer.'
        return 0
    }

    $plans = @()
    foreach ($finding in $findings) {
        $things = @($there | Where-Object { $_.Finding.Number -eq $finding.Number })
        if ($things.Count -eq 0) { continue }
        Write-Told ''
        Write-Told (Get-Title $finding)
        foreach ($thing in $things) { Write-Thing $thing }
        if (@($finding.Computers).Count -gt 0 -and -not (Test-ThisComputer $finding.Computers)) {
            Write-Told '     The report does not name this computer for it; it is here all the same.'
        }
        $reason = Get-Reason $finding $Numbers
        if ($reason) {
            Write-Told "     Left alone, $reason."
            continue
        }
        $actions = @(Get-Action $finding $things)
        foreach ($action in $actions) { Write-Told "     To run: $($action.Program) $($action.Arguments)" }
        if ($actions.Count -eq 0) { Write-Told "     $(Get-Advice $things $there)" }
        $plans += [pscustomobject]@{ Finding = $finding; Actions = $actions; Title = Get-Title $finding }
    }
    if ($plans.Count -eq 0) {
        Write-Told ''
        Write-Told 'Nothing that is chosen is on this computer.'
        return 0
    }

    $toDo = @($plans | ForEach-Object { $_.Finding.Steps } | Select-Object -Unique)
    Write-Step 'Before anything is removed, a person does:' $toDo @('before')
    Write-Step 'How it is removed by hand, where nothing is run above:' $toDo @('remove')
    if (-not $Apply) {
        Write-Step 'After the removal, a person does:' $toDo @('clean up', 'restart', 'verify', 'replace')
        Write-Told ''
        Write-Told 'This was a dry run. With -Apply it removes what stands behind "To run".'
        return 4
    }

    foreach ($plan in $plans) {
        $secret = $null
        foreach ($action in $plan.Actions) {
            $what = "$($action.Program) $($action.Arguments)"
            if (-not $PSCmdlet.ShouldProcess($plan.Title, $what)) {
                $action.Result = 'not run'
                continue
            }
            if ($null -eq $secret -and $action.Kind -eq 'msi' -and (Test-Asked $plan.Finding)) {
                try { $secret = Read-Password $plan.Finding $plan.Title } catch {
                    $action.Result = "failed: no password could be asked for, $(ConvertTo-Shown $_.Exception.Message)"
                    Write-Told "  $($action.Result)"
                    continue
                }
            }
            $told = if ($secret) { $what } else { $what.Replace("$password ", '') }
            Write-Told "Running for $($plan.Title): $told"
            Invoke-Action $action $secret
            Write-Told "  $($action.Result)"
        }
    }
    Write-Result $plans
}

# Looks again, tells what remains, and gives the exit code.
function Write-Result([object[]] $Plans) {
    $there = @(Find-Thing)
    $failed = 0
    $left = 0
    $restart = 0
    $busy = 0
    $byHand = @()
    Write-Told ''
    Write-Told 'Result:'
    foreach ($plan in $Plans) {
        $now = @($there | Where-Object { $_.Finding.Number -eq $plan.Finding.Number })
        $codes = @($plan.Actions | ForEach-Object { $_.Code })
        $needsRestart = $codes -contains 3010 -or $codes -contains 1641
        $hasFailed = @($plan.Actions | Where-Object { $_.Result -like 'failed*' }).Count -gt 0
        # What is gone although its removal complained is gone. Until a restart, services and drivers are
        # still to be seen.
        if ($codes -contains 1618) {
            $state = 'still here, try again later'
            $busy++
        } elseif ($hasFailed -and $now.Count -gt 0) {
            $state = 'still here'
            $failed++
        } elseif ($needsRestart) {
            $state = 'restart the computer, then run this script again'
            $restart++
        } elseif ($now.Count -gt 0) {
            $state = 'still here'
            $left++
        } else {
            $state = 'gone'
        }
        if ($state -eq 'still here') { $byHand += $plan.Finding.Steps }
        Write-Told "  $($plan.Title): $state"
        foreach ($action in $plan.Actions) {
            $code = if ($null -eq $action.Code) { '' } else { ", code $($action.Code)" }
            Write-Told "     $($action.Id): $($action.Result)$code"
        }
        foreach ($thing in $now) { Write-Thing $thing }
    }
    $toDo = @($Plans | ForEach-Object { $_.Finding.Steps } | Select-Object -Unique)
    Write-Step 'For what is still here, a person does:' $byHand @('remove')
    Write-Step 'After the removal, a person does:' $toDo @('clean up', 'restart', 'verify', 'replace')
    Write-Told "The log is $log."
    if ($failed -gt 0) { return 1 }
    if ($busy -gt 0) { return 1618 }
    if ($left -gt 0) { return 4 }
    if ($restart -gt 0) { return 3010 }
    0
}

if ([Environment]::Is64BitOperatingSystem -and -not [Environment]::Is64BitProcess) {
    Stop-Early 'Run it in 64-bit PowerShell: from a 32-bit one half of the programs cannot be seen.'
}
$numbers = @($Only | ForEach-Object { $_ -split '[,;\s]+' } | Where-Object { $_ })
foreach ($number in $numbers) {
    if (@($findings | Where-Object { "$($_.Number)" -eq $number }).Count -eq 0) {
        Stop-Early "-Only: no finding for Windows has the number $(ConvertTo-Shown $number)."
    }
}
$identity = [Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()
$isAdministrator = $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
if ($Apply -and -not $isAdministrator) { Stop-Early '-Apply: run it as administrator.' }
if ($Apply -and -not $Force -and -not [Environment]::UserInteractive) {
    Stop-Early '-Apply: there is nobody to ask here. Use -Force if this was reviewed.'
}
if ($AskPassword -and -not $Apply) { Stop-Early '-AskPassword: it goes with -Apply.' }
if ($AskPassword -and -not [Environment]::UserInteractive) { Stop-Early '-AskPassword: there is nobody to ask here.' }
if ($Force) { $ConfirmPreference = 'None' }

# Users cannot write to the folder, so nobody can have put something else in the place of the log.
$logFolder = Join-Path $env:SystemRoot 'Logs\Clearlist'
if ($LogPath) {
    $LogPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LogPath)
    $logFolder = Split-Path -Parent $LogPath
} elseif ($Apply) {
    $LogPath = Join-Path $logFolder 'clearlist-remove.log'
}
$stamp = Get-Time 'yyyyMMdd-HHmmss'
if ($LogPath) {
    try {
        $null = [IO.Directory]::CreateDirectory($logFolder)
        [IO.File]::AppendAllText($LogPath, '')
        $log = $LogPath
    } catch {
        Stop-Early "The log $LogPath cannot be written: $($_.Exception.Message)"
    }
}
Write-Told ('Started by {0}, Apply: {1}, Only: {2}, IncludeReview: {3}, AskPassword: {4}.' -f `
        $identity.Identity.Name, $Apply, ($numbers -join ','), $IncludeReview, $AskPassword)
try {
    $code = Start-Removal $numbers
} catch {
    Write-Told "Stopped: $(ConvertTo-Shown $_.Exception.Message)"
    $code = 1
}
Write-Told "Exit code $code."
exit $code
{foot}
