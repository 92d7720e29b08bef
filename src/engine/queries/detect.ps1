# What one source does not tell is no reason to leave the others out.
$ErrorActionPreference = 'SilentlyContinue'

# What is looked for: maker; product, where 0 means that it is nothing of that maker's and -1 that the
# publisher is the maker; field; how; strength; length; whether for some versions only; and the texts.
$patternLines = @'
{patterns}
'@

# What a program can be: product; id; whether it stands for what has no entry of its own; whether it is
# the maker's own; and what the directives say of it, for sure and on a hint only.
$productLines = @'
{products}
'@

# What can stand behind a name without being a part of it.
$tail = 'v?[0-9][0-9._,-]*|{tails}|(?:{languages})[-_][a-z]{2}'
$behind = "(?:\s*\((?:(?:$tail)[\s,;]*)+\)|\s+\[?(?:$tail)[\],;]*)$"

function ConvertTo-Folded([string] $Text) {
    $folded = $Text -replace '[\u2122\u00AE\u00A9\u2120\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]', ''
    $folded = $folded.Normalize([Text.NormalizationForm]::FormKC).ToLowerInvariant()
    $folded = $folded -replace '[\u00AB\u00BB\u201C-\u201F\u2033]', '"'
    $folded = $folded -replace '[\u2018-\u201B\u2032\u00B4]', "'"
    $folded = $folded -replace '[\u2010-\u2015\u2212]', '-'
    ($folded -replace '[\s\p{Cc}]+', ' ').Trim()
}

function ConvertTo-Words([string] $Folded) {
    $words = ($Folded -replace '[^\p{L}\p{N}]+', ' ').Trim()
    if ($words) { " $words " } else { '' }
}

function Get-BareName([string] $Folded) {
    $bare = $Folded
    while ($bare -match $behind) {
        $shorter = $bare.Substring(0, $bare.Length - $Matches[0].Length).TrimEnd(' -,:_'.ToCharArray())
        if (-not $shorter) { break }
        $bare = $shorter
    }
    $bare
}

# Whole texts are looked up, the others tried one by one.
$whole = @{}
$others = @{}
foreach ($line in $patternLines -split "`r?`n") {
    $cells = [regex]::Unescape($line) -split "`t"
    $pattern = [pscustomobject]@{
        Maker      = [int] $cells[0]
        Product    = [int] $cells[1]
        Field      = $cells[2]
        Looks      = $cells[3]
        Strength   = [int] $cells[4]
        Length     = [int] $cells[5]
        OfVersions = [int] $cells[6]
        Texts      = @($cells[7..($cells.Count - 2)])
    }
    if ($pattern.Looks -eq 'whole') {
        $key = "$($pattern.Field) $($pattern.Texts[0])"
        if (-not $whole.ContainsKey($key)) { $whole[$key] = @() }
        $whole[$key] += $pattern
    } else {
        if (-not $others.ContainsKey($pattern.Field)) { $others[$pattern.Field] = @() }
        $others[$pattern.Field] += $pattern
    }
}
$products = @{}
foreach ($line in $productLines -split "`r?`n") {
    $cells = $line -split "`t"
    $products[[int] $cells[0]] = [pscustomobject]@{
        Id = $cells[1]; Fallback = [int] $cells[2]; Own = [int] $cells[3]; Outcome = $cells[4]; Hint = $cells[5]
    }
}

function Test-Pattern($Pattern, [string] $Folded, [string] $Words) {
    $ordinal = [StringComparison]::Ordinal
    $text = $Pattern.Texts[0]
    if ($Pattern.Looks -eq 'part') { return $Folded.IndexOf($text, $ordinal) -ge 0 }
    if ($Pattern.Looks -eq 'start') { return $Folded.StartsWith($text, $ordinal) }
    if ($Pattern.Looks -eq 'numbered') {
        return $Folded.StartsWith($text, $ordinal) -and $Folded.Substring($text.Length) -match '^[0-9.]*$'
    }
    # Words, up to four others between one group of them and the next, which share a space.
    $from = 0
    foreach ($group in $Pattern.Texts) {
        $found = $Words.IndexOf($group, $from, $ordinal)
        if ($found -lt 0) { return $false }
        $between = @($Words.Substring($from, $found - $from) -split ' ' | Where-Object { $_ })
        if ($from -gt 0 -and $between.Count -gt 4) { return $false }
        $from = $found + $group.Length - 1
    }
    $true
}

# Everything that is found in a text; a name that could be an identifier counts a step less.
function Find-Hit([string] $Field, [string] $Folded, [bool] $InPassing) {
    $words = ConvertTo-Words $Folded
    $texts = @($Folded)
    if ($Field -in 'name', 'publisher') { $texts = @($words) }
    if ($Field -eq 'name') { $texts += ConvertTo-Words (Get-BareName $Folded) }
    if ($Field -eq 'process') { $texts = @($Folded -replace '\.exe$', '') }
    $found = @()
    foreach ($text in $texts | Select-Object -Unique) { $found += @($whole["$Field $text"] | Where-Object { $_ }) }
    foreach ($pattern in $others[$Field]) {
        if (Test-Pattern $pattern $Folded $words) { $found += $pattern }
    }
    foreach ($pattern in $found) {
        $strength = $pattern.Strength
        if ($InPassing -and $strength -gt 2) { $strength = 2 }
        [pscustomobject]@{ Pattern = $pattern; Field = $Field; Strength = $strength }
    }
}

# What a name without spaces can be.
function Get-Kind([string] $Id) {
    if ($Id -match '\s' -or -not $Id) { return @() }
    if ($Id.EndsWith('.sys')) { return @('driver') }
    if ($Id -match '\.(?:exe|com)$') { return @('process') }
    if ($Id -match '\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}') { return @('product-code') }
    @('package', 'bundle')
}

# What a program is, given its texts by field: at most one product of each maker.
function Get-Product([hashtable] $Program) {
    $hits = @()
    $folded = @{}
    foreach ($field in $Program.Keys) {
        if (-not $Program[$field]) { continue }
        $folded[$field] = ConvertTo-Folded $Program[$field]
        $hits += @(Find-Hit $field $folded[$field] $false)
    }
    if ($folded['name']) {
        $id = (Get-BareName $folded['name'].Trim('"'.ToCharArray())).Trim('" '.ToCharArray())
        foreach ($kind in Get-Kind $id) {
            if (-not $folded[$kind]) { $hits += @(Find-Hit $kind $id $true) }
        }
    }
    $publisher = [string] $folded['publisher']
    $isNumber = $publisher -match '^(?:cn=)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    $speaks = $publisher -match '\p{L}' -and $publisher -ne 'unknown' -and -not $isNumber
    $names = (ConvertTo-Words $publisher) -notmatch ' powered by '
    foreach ($maker in $hits | ForEach-Object { $_.Pattern.Maker } | Select-Object -Unique) {
        $ofMaker = @($hits | Where-Object { $_.Pattern.Maker -eq $maker })
        # What is known to be something else is nothing of the maker's.
        if ($ofMaker | Where-Object { $_.Pattern.Product -eq 0 }) { continue }
        $agrees = $names -and [bool] ($ofMaker | Where-Object { $_.Pattern.Product -eq -1 })
        # What the maker itself publishes is not another company's.
        $counted = @($ofMaker | Where-Object {
                $_.Pattern.Product -gt 0 -and ($products[$_.Pattern.Product].Own -eq 1 -or -not $agrees)
            })
        $best = $null
        $bestRank = -1
        foreach ($group in $counted | Group-Object { $_.Pattern.Product }) {
            $number = [int] $group.Name
            $strength = ($group.Group | Measure-Object -Property Strength -Maximum).Maximum
            $length = ($group.Group | ForEach-Object { $_.Pattern.Length } | Measure-Object -Maximum).Maximum
            $isNamed = $agrees -and [bool] ($group.Group | Where-Object { $_.Field -eq 'name' })
            $rank = [double] $length * 100000 - $number + $strength * 1e12
            if ($products[$number].Fallback -eq 0) { $rank += 1e13 }
            if ($strength -ge 2 -or $isNamed) { $rank += 1e14 }
            if ($rank -gt $bestRank) { $best = $number; $bestRank = $rank }
        }
        if ($null -eq $best) { continue }
        $product = $products[$best]
        # Whatever else was found of the maker's own speaks for it too.
        $all = @($counted | Where-Object {
                $_.Pattern.Product -eq $best -or ($product.Own -eq 1 -and $products[$_.Pattern.Product].Own -eq 1)
            })
        $enough = @($all | Where-Object { $_.Strength -ge 2 })
        $beyondName = @($enough | Where-Object { $_.Field -ne 'name' })
        $own = @($all | Where-Object { $_.Pattern.Product -eq $best })
        $ofVersions = @($own | Where-Object { $_.Pattern.OfVersions -eq 1 })
        $plain = @($own | Where-Object { $_.Pattern.OfVersions -eq 0 -and $_.Strength -ge 2 })
        # A brand's bare name under another company's publisher is a hint only, and so is what holds
        # for some versions.
        $isHint = ($product.Fallback -eq 1 -and -not $beyondName -and -not $agrees -and $speaks) -or
            ($ofVersions -and -not $plain) -or (-not $enough -and -not $agrees)
        $outcome = $product.Outcome
        if ($isHint) { $outcome = $product.Hint }
        if ($outcome) { "$($product.Id) ($outcome)" }
    }
}

{uninstall}$programs = @(
    Get-ItemProperty -Path $roots | Where-Object { $_.DisplayName } | ForEach-Object {
        @{ name = $_.DisplayName; publisher = $_.Publisher; 'product-code' = $_.PSChildName; path = $_.InstallLocation }
    }
    Get-AppxPackage -AllUsers | ForEach-Object {
        @{ name = $_.Name; publisher = $_.Publisher; package = $_.PackageFamilyName; path = $_.InstallLocation }
    }
    Get-CimInstance -ClassName Win32_Service | ForEach-Object {
        @{ name = $_.DisplayName; service = $_.Name; path = $_.PathName }
    }
    Get-CimInstance -ClassName Win32_SystemDriver | Where-Object { $_.PathName } | ForEach-Object {
        @{ name = $_.DisplayName; driver = (Split-Path -Path $_.PathName -Leaf) }
    }
)
$found = @($programs | ForEach-Object { Get-Product $_ } | Sort-Object -Unique)
if ($found.Count -eq 0) {
    Write-Output 'Clearlist: nothing covered was found.'
    exit 0
}
# Intune keeps the last line only, and 2,048 characters of it.
$answer = "Clearlist: $($found -join '; ')"
if ($answer.Length -gt 2000) { $answer = $answer.Substring(0, 2000) + '...' }
Write-Output $answer
exit 1
