//! `Get-Process`: the processes that run on a computer.

use super::powershell::Printed;
use super::{Format, Sample, Sniffed};

pub(super) static FORMAT: Format = Format {
    id: "get-process",
    title: "Running processes (Get-Process)",
    reads: "what Get-Process prints in PowerShell, as a table or as blocks",
    how_to_get: "in PowerShell as administrator: Get-Process | Format-List ProcessName, Id, Company, \
                 Path > processes.txt; this is evidence beside a list of programs, not instead of one",
    cannot_show: "this lists the processes that ran at that moment, not installed programs: a clean \
                  list does not clear the computer; make a list of programs with the PowerShell \
                  command of step 2",
    platform: None,
    sniff,
    open: Printed::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = Printed::of(sample)?;
    let has_more = printed.has("Id") || printed.has("Handles") || printed.has("CPU");
    (printed.has("ProcessName") && has_more).then(|| printed.certainly("Get-Process"))
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
    fn tables_and_blocks_of_processes_are_read() {
        check(
            "\nHandles  NPM(K)    PM(K)      WS(K)     CPU(s)     Id  SI ProcessName\n\
             -------  ------    -----      -----     ------     --  -- -----------\n\
             \x20   512      30   120000      98000       1,20   2240   0 klnagent\n\
             \x20     0       0       60          8                 0   0 Idle\n",
            expect![[r#"
                Certain: it is a table of Handles, NPM(K), PM(K), WS(K), CPU(s), as Get-Process prints them
                reading: identifiers from “Id”, “ProcessName”
                4:  | process klnagent
                5:  | process Idle
                lines: 2 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "ProcessName : avpui\nId          : 2240\nCompany     : AO Kaspersky Lab\n\
             Path        : C:\\Program Files (x86)\\Kaspersky Lab\\Kaspersky 21.3\\avpui.exe\n",
            expect![[r#"
                Certain: it is blocks of ProcessName, Id, Company, Path, as Get-Process prints them
                reading: publisher from “Company”; identifiers from “ProcessName”, “Id”, “Path”
                1:  | publisher AO Kaspersky Lab | process avpui | path C:\Program Files (x86)\Kaspersky Lab\Kaspersky 21.3\avpui.exe
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "Id Name\n-- ----\n1  7-Zip\n",
            expect![[r#"
            not recognised
            reading: name from “Name”; identifiers from “Id”
            3: 7-Zip
            lines: 1 records + 2 structure + 0 problems
        "#]],
        );
    }
}
