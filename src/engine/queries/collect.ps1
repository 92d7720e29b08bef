[CmdletBinding()]
param(
    # The file to write.
    [string] $Path = "$env:COMPUTERNAME.csv"
)

# What one source does not tell is no reason to leave the others out.
$ErrorActionPreference = 'SilentlyContinue'

function New-Row {
    param($Name, $Version, $Publisher, $ProductCode, $PackageId, $Location, $Service, $Driver)
    [pscustomobject][ordered]@{
        host         = $env:COMPUTERNAME
        name         = $Name
        version      = $Version
        publisher    = $Publisher
        product_code = $ProductCode
        package_id   = $PackageId
        path         = $Location
        service_name = $Service
        driver_name  = $Driver
    }
}

{uninstall}$rows = @(
    Get-ItemProperty -Path $roots |
        Where-Object { $_.DisplayName } |
        ForEach-Object {
            New-Row -Name $_.DisplayName -Version $_.DisplayVersion -Publisher $_.Publisher `
                -ProductCode $_.PSChildName -Location $_.InstallLocation
        }

    # Of all users where this runs as administrator, else of the one who runs it.
    $apps = Get-AppxPackage -AllUsers
    if (-not $apps) { $apps = Get-AppxPackage }
    $apps | ForEach-Object {
        New-Row -Name $_.Name -Version $_.Version -Publisher $_.Publisher -PackageId $_.PackageFamilyName `
            -Location $_.InstallLocation
    }

    Get-CimInstance -ClassName Win32_Service | ForEach-Object {
        New-Row -Name $_.DisplayName -Location $_.PathName -Service $_.Name
    }

    Get-CimInstance -ClassName Win32_SystemDriver | Where-Object { $_.PathName } | ForEach-Object {
        New-Row -Name $_.DisplayName -Driver (Split-Path -Path $_.PathName -Leaf)
    }
)
$rows | Export-Csv -LiteralPath $Path -NoTypeInformation -Encoding UTF8
Write-Output "$($rows.Count) lines are written to $Path"
