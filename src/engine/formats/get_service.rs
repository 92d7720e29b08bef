//! `Get-Service` and the class `Win32_Service`: the services of a Windows computer.

use super::powershell::Printed;
use super::{Format, Sample, Sniffed};
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "get-service",
    title: "Windows services (Get-Service)",
    reads: "what Get-Service and Get-CimInstance Win32_Service print in PowerShell, as a table or as \
            blocks",
    how_to_get: "in PowerShell: Get-CimInstance Win32_Service | Format-List Name, DisplayName, \
                 State, StartMode, PathName > services.txt; this is evidence beside a list of \
                 programs, not instead of one",
    cannot_show: "this lists services, not installed programs: a clean list does not clear the \
                  computer, and the table cuts names; make a list of programs with the PowerShell \
                  command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: Printed::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = Printed::of(sample)?;
    let has_more = ["Version", "DisplayVersion", "Publisher", "Vendor", "InstallDate"]
        .iter()
        .any(|property| printed.has(property));
    let is_of_get_service = printed.has("Status") && printed.has("DisplayName");
    let is_of_class = printed.has("StartMode") && printed.has("State");
    (printed.has("Name") && !has_more && (is_of_get_service || is_of_class))
        .then(|| printed.certainly("Get-Service"))
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
    fn the_short_name_is_the_service() {
        check(
            "\nStatus   Name               DisplayName                           \n\
             ------   ----               -----------                           \n\
             Stopped  AarSvc_56b3f       Agent Activation Runtime_56b3f        \n\
             Running  klnagent           Kaspersky Security Center Network A...\n\
             Running  KSCWebConsoleMe... KSC Web Console Message Queue         \n",
            expect![[r#"
                Certain: it is a table of Status, Name, DisplayName, as Get-Service prints them
                reading: name from “DisplayName”; identifiers from “Name”
                4: Agent Activation Runtime_56b3f | service AarSvc_56b3f
                5! the tool cut this name; what is left was checked, but a wider list would say more
                5: Kaspersky Security Center Network A | service klnagent
                6! the tool cut this name; what is left was checked, but a wider list would say more
                6: KSC Web Console Message Queue | service KSCWebConsoleMe...
                lines: 3 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "Name                : AVP21.3\nDisplayName         : Kaspersky Anti-Virus Service 21.3\nStatus              : Running\n\
             DependentServices   : {}\nServicesDependedOn  : {klif}\nServiceType         : Win32OwnProcess\nMachineName         : .\n",
            expect![[r#"
                Certain: it is blocks of Name, DisplayName, Status, DependentServices, ServicesDependedOn, as Get-Service prints them
                reading: name from “DisplayName”; computer from “MachineName”; identifiers from “Name”
                1: Kaspersky Anti-Virus Service 21.3 | service AVP21.3
                lines: 7 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "ProcessId Name     StartMode State   Status ExitCode\n--------- ----     --------- -----   ------ --------\n\
             2240      klnagent Auto      Running OK     0\n",
            expect![[r#"
                Certain: it is a table of ProcessId, Name, StartMode, State, Status, as Get-Service prints them
                reading: identifiers from “Name”
                3:  | service klnagent
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_programs_are_not_recognised() {
        check(
            "Status DisplayName Name Version\n------ ----------- ---- -------\nOK     7-Zip       7z   1.0\n",
            expect![[r#"
                not recognised
                reading: name from “DisplayName” or “Name”; version from “Version”
                3: 7-Zip | version 1.0
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }
}
