//! `Get-WindowsDriver` and the class `Win32_PnPSignedDriver`: the drivers of a Windows computer.

use super::powershell::Printed;
use super::{Format, Sample, Sniffed};
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "get-windowsdriver",
    title: "Drivers (Get-WindowsDriver)",
    reads: "what Get-WindowsDriver and Get-CimInstance Win32_PnPSignedDriver print in PowerShell, as \
            a table or as blocks",
    how_to_get: "in PowerShell as administrator: Get-WindowsDriver -Online > drivers.txt; this is \
                 evidence beside a list of programs, not instead of one",
    cannot_show: "this lists drivers, not installed programs: a clean list does not clear the \
                  computer; make a list of programs with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: Printed::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = Printed::of(sample)?;
    let is_of_command =
        printed.has("Driver") && (printed.has("OriginalFileName") || printed.has("ProviderName"));
    let is_of_class = printed.has("DriverVersion") || printed.has("InfName");
    (is_of_command || is_of_class).then(|| printed.certainly("Get-WindowsDriver"))
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
    fn blocks_and_tables_of_drivers_are_read() {
        check(
            "\nDriver           : oem12.inf\n\
             OriginalFileName : C:\\Windows\\System32\\DriverStore\\FileRepository\\klim6.inf_amd64_0000000000000000\\kl\n\
             \x20                  im6.inf\n\
             Inbox            : False\nClassName        : NetService\nBootCritical     : False\n\
             ProviderName     : Kaspersky Lab\nDate             : 28.03.2022 0:00:00\nVersion          : 30.546.0.17\n",
            expect![[r#"
                Certain: it is blocks of Driver, OriginalFileName, Inbox, ClassName, BootCritical, as Get-WindowsDriver prints them
                reading: version from “Version”; publisher from “ProviderName”; identifiers from “Driver”, “OriginalFileName”
                2:  | version 30.546.0.17 | publisher Kaspersky Lab | driver oem12.inf | driver klim6.inf
                lines: 9 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "DeviceName            Manufacturer  DriverVersion\n----------            ------------  -------------\n\
             Kaspersky NDIS Filter Kaspersky Lab 30.546.0.17\n",
            expect![[r#"
                Certain: it is a table of DeviceName, Manufacturer, DriverVersion, as Get-WindowsDriver prints them
                reading: name from “DeviceName”; version from “DriverVersion”; publisher from “Manufacturer”
                3: Kaspersky NDIS Filter | version 30.546.0.17 | publisher Kaspersky Lab
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_programs_are_not_recognised() {
        check(
            "Name  Version\n----  -------\n7-Zip 23.01\n",
            expect![[r#"
            not recognised
            reading: name from “Name”; version from “Version”
            3: 7-Zip | version 23.01
            lines: 1 records + 2 structure + 0 problems
        "#]],
        );
    }
}
