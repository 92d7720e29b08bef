//! `Get-AppxPackage` and `Get-AppxProvisionedPackage`: apps of the Microsoft Store.

use super::powershell::Printed;
use super::{Format, Sample, Sniffed};
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "appx",
    title: "Store apps (Get-AppxPackage)",
    reads: "what Get-AppxPackage and Get-AppxProvisionedPackage print in PowerShell, as blocks or as \
            a table",
    how_to_get: "in PowerShell as administrator: Get-AppxPackage -AllUsers > apps.txt",
    cannot_show: "only apps from the Microsoft Store and other packaged (MSIX) apps are listed, \
                  without -AllUsers only those of one user, and by ids rather than names; ordinary \
                  programs are missing: make a list of them with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: Printed::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = Printed::of(sample)?;
    let is_installed = printed.has("PackageFullName") || printed.has("PackageFamilyName");
    let is_provisioned = printed.has("PackageName") && printed.has("ResourceId");
    // A table may have been put together of programs and apps.
    let has_programs = printed.has("DisplayVersion") || printed.has("UninstallString");
    ((is_installed || is_provisioned) && !has_programs)
        .then(|| printed.certainly("Get-AppxPackage"))
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
    fn blocks_and_tables_of_apps_are_read() {
        check(
            "\nName              : Microsoft.WindowsCalculator\n\
             Publisher         : CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US\n\
             PackageFullName   : Microsoft.WindowsCalculator_11.2307.4.0_x64__8wekyb3d8bbwe\n\
             Version           : 11.2307.4.0\n\n\
             Name              : Kaspersky.ShellEx16\n\
             Publisher         : CN=24803D75-212C-471A-BC57-9EF86AB91435\n\
             PackageFullName   : Kaspersky.ShellEx16_1.0.0.0_x64__b81m8cbssw9gt\n\
             Version           : 1.0.0.0\n",
            expect![[r#"
                Certain: it is blocks of Name, Publisher, PackageFullName, Version, as Get-AppxPackage prints them
                reading: name from “Name”; version from “Version”; publisher from “Publisher”; identifiers from “PackageFullName”
                2: Microsoft.WindowsCalculator | version 11.2307.4.0 | publisher CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US | package Microsoft.WindowsCalculator_11.2307.4.0_x64__8wekyb3d8bbwe
                7: Kaspersky.ShellEx16 | version 1.0.0.0 | publisher CN=24803D75-212C-471A-BC57-9EF86AB91435 | package Kaspersky.ShellEx16_1.0.0.0_x64__b81m8cbssw9gt
                lines: 8 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "Name                PackageFullName\n----                ---------------\n\
             Kaspersky.ShellEx16 Kaspersky.ShellEx16_1.0.0.0_x64__b81m8cbssw9gt\n\
             Microsoft.Bing...   Microsoft.BingNews_4.1.24002.0_x64__8wekyb3d8bbwe\n",
            expect![[r#"
                Certain: it is a table of Name, PackageFullName, as Get-AppxPackage prints them
                reading: name from “Name”; identifiers from “PackageFullName”
                3: Kaspersky.ShellEx16 | package Kaspersky.ShellEx16_1.0.0.0_x64__b81m8cbssw9gt
                4! the tool cut this name; what is left was checked, but a wider list would say more
                4: Microsoft.Bing | package Microsoft.BingNews_4.1.24002.0_x64__8wekyb3d8bbwe
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "DisplayName  : Microsoft.BingNews\nVersion      : 4.1.24002.0\nArchitecture : neutral\nResourceId   : ~\n\
             PackageName  : Microsoft.BingNews_4.1.24002.0_neutral_~_8wekyb3d8bbwe\nRegions      :\n",
            expect![[r#"
                Certain: it is blocks of DisplayName, Version, Architecture, ResourceId, PackageName, as Get-AppxPackage prints them
                reading: name from “DisplayName” or “PackageName”; version from “Version”
                1: Microsoft.BingNews | version 4.1.24002.0 | package Microsoft.BingNews_4.1.24002.0_neutral_~_8wekyb3d8bbwe
                lines: 6 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_programs_are_not_recognised() {
        check(
            "DisplayName : 7-Zip\nDisplayVersion : 23.01\nPackageFullName :\n",
            expect![[r#"
            not recognised
            reading: name from “DisplayName”; version from “DisplayVersion”; identifiers from “PackageFullName”
            1: 7-Zip | version 23.01
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
