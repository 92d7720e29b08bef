//! `Get-Package`: what PowerShell's package management knows.

use super::powershell::Printed;
use super::{Format, Sample, Sniffed};
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "get-package",
    title: "Get-Package",
    reads: "what Get-Package prints in PowerShell, as a table or as blocks",
    how_to_get: "in Windows PowerShell 5.1 (not PowerShell 7): Get-Package | Format-List Name, \
                 Version, ProviderName, FastPackageReference > list.txt",
    cannot_show: "Get-Package names no publishers, lists neither apps from the Store nor the \
                  programs of other users, and in PowerShell 7 no ordinary programs at all; the \
                  PowerShell command of step 2 lists programs with their publishers",
    platform: Some(Platform::Windows),
    sniff,
    open: Printed::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = Printed::of(sample)?;
    let has_package = printed.has("Name") && printed.has("Version");
    let is_typical = printed.has("ProviderName")
        && (printed.has("Source")
            || printed.has("FastPackageReference")
            || printed.has("SwidTags"));
    (has_package && is_typical && !printed.has("Driver")).then(|| printed.certainly("Get-Package"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn the_provider_is_no_publisher() {
        check(
            "\nName                           Version          Source                           ProviderName\n\
             ----                           -------          ------                           ------------\n\
             7-Zip 23.01 (x64)              23.01                                             Programs\n\
             Kaspersky Endpoint Security... 11.6.0.394       C:\\Program Files (x86)\\Kaspe... msi\n\
             ${{arpDisplayName}}            1.0                                               Programs\n",
            expect![[r#"
                Certain: it is a table of Name, Version, Source, ProviderName, as Get-Package prints them
                reading: name from “Name”; version from “Version”
                4: 7-Zip 23.01 (x64) | version 23.01
                5! the tool cut this name; what is left was checked, but a wider list would say more
                5: Kaspersky Endpoint Security | version 11.6.0.394
                6: ${{arpDisplayName}} | version 1.0
                lines: 3 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "Name                 : Kaspersky Free\nVersion              : 21.3.10.391\nProviderName         : Programs\n\
             Source               : \nFastPackageReference : hklm32\\HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\Curre\n                       ntVersion\\Uninstall\\InstallWIX_{3DE3615C-3799-3403-92E4-E0BEAAAAAAAA}\n",
            expect![[r#"
                Certain: it is blocks of Name, Version, ProviderName, Source, FastPackageReference, as Get-Package prints them
                reading: name from “Name”; version from “Version”; identifiers from “FastPackageReference”
                1: Kaspersky Free | version 21.3.10.391 | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BEAAAAAAAA}
                lines: 6 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "Name  Version ProviderName\n----  ------- ------------\n7-Zip 23.01   x\n",
            expect![[r#"
                not recognised
                reading: name from “Name”; version from “Version”; publisher from “ProviderName”
                3: 7-Zip | version 23.01 | publisher x
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }
}
