//! `driverquery`: the drivers of a Windows computer.

use super::columns::{Draft, Field, Meaning};
use super::console::{ConsoleReader, Entries, Entry, survey};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "driverquery",
    title: "Drivers (driverquery)",
    reads: "what driverquery prints on Windows, as table, list or CSV, with or without /v or /si",
    how_to_get: "in a command prompt on Windows: driverquery /v /fo csv > drivers.csv; this is \
                 evidence beside a list of programs, not instead of one",
    cannot_show: "this lists drivers, not installed programs: a clean list does not clear the \
                  computer, and without /v or /si neither files nor makers are shown; the table cuts \
                  names; make a list of programs with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: |sample| Lines::boxed(ConsoleReader::new(sample, Drivers::default())),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    /// Lines that may stand above.
    const LINES_ABOVE: usize = 20;
    /// The widths of the first columns, which are the same in every language.
    const RULES: [&str; 2] = [
        "============ ====================== ",
        "============================== ============= ======== ",
    ];
    // Each form begins with the same heading or label.
    let begins_right = sample.filled_lines().take(LINES_ABOVE).any(|line| {
        if RULES.iter().any(|rule| line.starts_with(rule)) {
            return true;
        }
        let line = line.trim_start_matches('"');
        let end = line.find([':', '"']).or_else(|| line.find("  ")).unwrap_or(line.len());
        // Fleet tools have a column DeviceName too, but no InfName behind it.
        line.get(..end).is_some_and(|first| {
            is_first_heading(first) && (first != "DeviceName" || line.contains("InfName"))
        })
    });
    if !begins_right {
        return None;
    }
    let survey = survey(sample, Drivers::default());
    (survey.entries > 0 && survey.others <= survey.entries).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "it has drivers, as driverquery writes them: {form}",
            form = Clause::from(survey.written)
        ),
    })
}

/// "Module Name" in the languages known of, or "DeviceName" with `/si`.
fn is_first_heading(text: &str) -> bool {
    const MODULE_NAME: &[&str] = &[
        "Module Name",
        "Имя модуля",
        "Modulname",
        "Modulnamen",
        "Nom du module",
        "Nom de module",
        "Nombre de módulo",
        "Nome do módulo",
        "Nome modulo",
        "Nazwa modułu",
        "模块名",
        "模块名称",
        "モジュール名",
    ];
    let text = text.trim_end().trim_end_matches(" InfName");
    text == "DeviceName" || MODULE_NAME.contains(&text)
}

#[derive(Default)]
struct Drivers {
    has_said_reading: bool,
    /// A driver's file put together from the name of its module.
    file: String,
}

impl Entries for Drivers {
    fn is_entry(&self, entry: &Entry<'_>) -> bool {
        let is_verbose = (10..=20).contains(&entry.len());
        (entry.len() == 4 || is_verbose || entry.is_cut)
            && !self.is_heading(entry)
            && (is_signed(entry) || !entry.cell(0).contains(' '))
            && !entry.cell(0).is_empty()
    }

    fn is_heading(&self, entry: &Entry<'_>) -> bool {
        let has_digit = entry.cells().any(|cell| cell.contains(|c: char| c.is_ascii_digit()));
        is_first_heading(entry.cell(0)) && !has_digit
    }

    fn record(&mut self, entry: &Entry<'_>, sink: &mut dyn Sink) {
        let is_signed = is_signed(entry);
        if !self.has_said_reading {
            sink.reading(if is_signed {
                clause!("name from the first column; driver from the second; publisher from the fourth")
            } else {
                clause!("driver from the first column and the path, where there is one; name from the second")
            });
            self.has_said_reading = true;
        }
        let mut draft = Draft::default();
        let (name, is_cut);
        if is_signed {
            name = entry.cell(0);
            is_cut = entry.fills_column(0);
            draft.put(Meaning { field: Field::Driver, rank: 0 }, entry.cell(1));
            draft.put(Meaning { field: Field::Publisher, rank: 0 }, entry.cell(3));
        } else {
            let module = entry.cell(0);
            name = entry.cell(1);
            is_cut = entry.fills_column(0) || entry.fills_column(1);
            // The module is the driver's service; its file is in the path, or named alike.
            draft.identify(IdentifierKind::Service, module);
            match entry.cells().find(|cell| is_driver_file(cell)) {
                Some(path) => draft.put(Meaning { field: Field::File, rank: 0 }, path),
                None => {
                    self.file.clear();
                    self.file.push_str(module);
                    self.file.push_str(".sys");
                    draft.identify(IdentifierKind::Driver, &self.file);
                }
            }
        }
        draft.put(Meaning { field: Field::Name, rank: 0 }, name);
        if is_cut {
            sink.problem(entry.line, ProblemKind::NameCut, entry.text);
        }
        sink.record(&draft.record(entry.line, entry.text));
    }

    fn expected(&self) -> &'static str {
        key!("a driver")
    }
}

/// With `/si` the second of the four cells is an `.inf` file, which may be cut (`printqueue.in`), or
/// nothing, and the third says whether it is signed.
fn is_signed(entry: &Entry<'_>) -> bool {
    let file = entry.cell(1);
    entry.len() == 4
        && ((file.contains(".in") && !file.contains(' '))
            || matches!(entry.cell(2), "TRUE" | "FALSE"))
}

fn is_driver_file(cell: &str) -> bool {
    cell.contains('\\') && cell.to_ascii_lowercase().ends_with(".sys")
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
    fn each_row_is_a_driver() {
        check(
            "\nModule Name  Display Name           Driver Type   Link Date             \n\
             ============ ====================== ============= ======================\n\
             1394ohci     1394 OHCI Compliant Ho Kernel                              \n\
             klif         Kaspersky Lab Driver   File System   5/18/2021 6:28:03 PM  \n\
             AcpiAudioCom ACPI Audio Compositor  Kernel                              \n\
             this line does not belong here\n",
            expect![[r#"
                Certain: it has drivers, as driverquery writes them: a table below a line of equals signs
                reading: driver from the first column and the path, where there is one; name from the second
                4! the tool cut this name; what is left was checked, but a wider list would say more
                4: 1394 OHCI Compliant Ho | service 1394ohci | driver 1394ohci.sys
                5: Kaspersky Lab Driver | service klif | driver klif.sys
                6! the tool cut this name; what is left was checked, but a wider list would say more
                6: ACPI Audio Compositor | service AcpiAudioCom | driver AcpiAudioCom.sys
                7! expected a driver; passed over
                lines: 3 records + 3 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn paths_and_makers_are_read_where_they_are_shown() {
        check(
            "\"Module Name\",\"Display Name\",\"Description\",\"Driver Type\",\"Start Mode\",\"State\",\"Status\",\"Accept Stop\",\"Accept Pause\",\"Paged Pool(bytes)\",\"Code(bytes)\",\"BSS(bytes)\",\"Link Date\",\"Path\",\"Init(bytes)\"\n\
             \"KLIM6\",\"Kaspersky Anti-Virus NDIS 6 Filter\",\"Kaspersky Anti-Virus NDIS 6 Filter\",\"Kernel \",\"System\",\"Running\",\"OK\",\"TRUE\",\"FALSE\",\"4,096\",\"40,960\",\"0\",\"5/18/2021 6:28:03 PM\",\"C:\\Windows\\system32\\DRIVERS\\klim6.sys\",\"4,096\"\n",
            expect![[r#"
                Certain: it has drivers, as driverquery writes them: fields in quotation marks
                reading: driver from the first column and the path, where there is one; name from the second
                2: Kaspersky Anti-Virus NDIS 6 Filter | service KLIM6 | driver klim6.sys | path C:\Windows\system32\DRIVERS\klim6.sys
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "DeviceName                     InfName       IsSigned Manufacturer             \n\
             ============================== ============= ======== =========================\n\
             Local Print Queue              printqueue.in TRUE     Microsoft                \n\
             Kaspersky NDIS Filter          oem12.inf     TRUE     Kaspersky Lab            \n",
            expect![[r#"
                Certain: it has drivers, as driverquery writes them: a table below a line of equals signs
                reading: name from the first column; driver from the second; publisher from the fourth
                3: Local Print Queue | publisher Microsoft | driver printqueue.in
                4: Kaspersky NDIS Filter | publisher Kaspersky Lab | driver oem12.inf
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_table_is_known_by_its_widths_in_any_language() {
        check(
            "Modul        Navn                   Type          Dato                  \n\
             ============ ====================== ============= ======================\n\
             klif         Kaspersky Lab Driver   Kernel                              \n",
            expect![[r#"
                Certain: it has drivers, as driverquery writes them: a table below a line of equals signs
                reading: driver from the first column and the path, where there is one; name from the second
                3: Kaspersky Lab Driver | service klif | driver klif.sys
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_list_has_a_line_for_each_cell() {
        check(
            "\nModule Name:       klflt\nDisplay Name:      Kaspersky Lab Kernel DLL\nDriver Type:       Kernel \nLink Date:         5/18/2021 6:28:03 PM\n",
            expect![[r#"
                Certain: it has drivers, as driverquery writes them: blocks of labels and values
                reading: driver from the first column and the path, where there is one; name from the second
                2: Kaspersky Lab Kernel DLL | service klflt | driver klflt.sys
                lines: 4 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "\"Driver\",\"OriginalFileName\",\"ProviderName\",\"Version\"\n\
             \"oem12.inf\",\"C:\\Windows\\klim6.inf\",\"Kaspersky Lab\",\"30.0\"\n",
            expect![[r#"
                not recognised
                reading: driver from the first column and the path, where there is one; name from the second
                1: OriginalFileName | service Driver | driver Driver.sys
                2: oem12.inf | publisher 30.0 | driver klim6.inf
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Name     Version  Vendor   Date\n======== ======== ======== ====\n7-Zip    23.01    Pavlov   x\n",
            expect![[r#"
                not recognised
                reading: driver from the first column and the path, where there is one; name from the second
                3: 23.01 | service 7-Zip | driver 7-Zip.sys
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }
}
