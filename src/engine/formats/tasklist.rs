//! `tasklist`: the processes that run on a Windows computer.

use super::columns::Draft;
use super::console::{ConsoleReader, Entries, Entry, survey};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "tasklist",
    title: "Running processes (tasklist)",
    reads: "what tasklist prints on Windows in any language, as table, list or CSV, with or without \
            /v, /svc or /m",
    how_to_get: "in a command prompt on Windows: tasklist /fo csv > processes.csv; this is evidence \
                 beside a list of programs, not instead of one",
    cannot_show: "this lists the processes that ran at that moment, not installed programs: a clean \
                  list does not clear the computer, and processes have no publishers; make a list of \
                  programs with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: |sample| Lines::boxed(ConsoleReader::new(sample, Processes::default())),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let survey = survey(sample, Processes { is_sniffing: true, ..Processes::default() });
    (survey.entries > 0 && survey.others <= survey.entries).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "it has processes with their numbers, as tasklist writes them: {form}",
            form = Clause::from(survey.written)
        ),
    })
}

#[derive(Default)]
struct Processes {
    /// True while the format is looked for: what only has three cells must look like a program.
    is_sniffing: bool,
    has_said_reading: bool,
}

const IMAGE: usize = 0;
const NUMBER: usize = 1;
const DETAILS: usize = 2;

impl Entries for Processes {
    fn is_entry(&self, entry: &Entry<'_>) -> bool {
        let number = entry.cell(NUMBER);
        let is_number = !number.is_empty()
            && number.len() <= 10
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let image = entry.cell(IMAGE);
        let is_program = ends_with(image, ".exe");
        // A table of another tool with three columns has the program's path in the third.
        let has_details = entry.len() == 3 && !entry.cell(DETAILS).contains('\\');
        let is_typical = is_memory(entry) || (is_program && has_details);
        let is_tolerable = !self.is_sniffing && (is_program || entry.len() == 3);
        is_image(image)
            && ((is_number && (is_typical || is_tolerable)) || (entry.is_cut && is_program))
    }

    fn is_heading(&self, entry: &Entry<'_>) -> bool {
        entry.cell(NUMBER).eq_ignore_ascii_case("PID")
    }

    fn record(&mut self, entry: &Entry<'_>, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            sink.reading(clause!(
                "process from the first column; services from the third, where it has them"
            ));
            self.has_said_reading = true;
        }
        let image = entry.cell(IMAGE);
        let mut draft = Draft::default();
        draft.identify(IdentifierKind::Process, image);
        if entry.len() == 3 {
            for service in entry.cell(DETAILS).split(',').map(str::trim) {
                // With /m there are modules instead; "N/A" is no service.
                if !service.contains(['/', '\\', ' ']) && !ends_with(service, ".dll") {
                    draft.identify(IdentifierKind::Service, service);
                }
            }
        }
        for cell in entry.cells().skip(DETAILS) {
            // With /apps: `Name_1.0.0.0_x64__8wekyb3d8bbwe`.
            if cell.contains("__") && !cell.contains(' ') {
                draft.identify(IdentifierKind::Package, cell);
            }
        }
        if entry.fills_column(IMAGE) && !ends_with(image, ".exe") {
            sink.problem(entry.line, ProblemKind::NameCut, entry.text);
        }
        sink.record(&draft.record(entry.line, entry.text));
    }

    fn expected(&self) -> &'static str {
        key!("a process and its number")
    }
}

/// `avp.exe`, `System`, `Memory Compression`, but no sentence, path or number.
fn is_image(text: &str) -> bool {
    text.contains(char::is_alphabetic)
        && text.chars().count() <= 100
        && !text.contains(['\\', '/', ':', '"'])
}

/// `1,704 K`, `1.704 K`, `1 704 КБ`: one of the cells is an amount of memory.
fn is_memory(entry: &Entry<'_>) -> bool {
    entry.cells().skip(DETAILS).any(|cell| {
        let digits = cell.trim_end_matches(|c: char| c.is_alphabetic());
        let unit = cell.get(digits.len()..).unwrap_or_default();
        let is_unit = matches!(unit, "K" | "KB" | "Ko" | "КБ" | "К" | "kB");
        is_unit
            && digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
    })
}

fn ends_with(text: &str, ending: &str) -> bool {
    let start = text.len().saturating_sub(ending.len());
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
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
    fn each_row_is_a_process() {
        check(
            "\nImage Name                     PID Session Name        Session#    Mem Usage\n\
             ========================= ======== ================ =========== ============\n\
             System Idle Process              0 Services                   0          8 K\n\
             avp.exe                       2240 Services                   0    123,456 K\n\
             VeryLongNameOfAProcess.Se     3300 Console                    1      1,704 K\n\
             something else\n",
            expect![[r#"
                Certain: it has processes with their numbers, as tasklist writes them: a table below a line of equals signs
                reading: process from the first column; services from the third, where it has them
                4:  | process System Idle Process
                5:  | process avp.exe
                6! the tool cut this name; what is left was checked, but a wider list would say more
                6:  | process VeryLongNameOfAProcess.Se
                7! expected a process and its number; passed over
                lines: 3 records + 3 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn services_are_read_over_several_lines() {
        check(
            "Имя образа                     PID Службы                                      \n\
             ========================= ======== ============================================\n\
             svchost.exe                    908 BrokerInfrastructure, DcomLaunch,           \n\
             \x20                                  PlugPlay, klnagent                          \n\
             avp.exe                       2240 N/A                                         \n",
            expect![[r#"
                Certain: it has processes with their numbers, as tasklist writes them: a table below a line of equals signs
                reading: process from the first column; services from the third, where it has them
                3:  | process svchost.exe | service BrokerInfrastructure | service DcomLaunch | service PlugPlay | service klnagent
                5:  | process avp.exe
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn csv_and_lists_are_read_in_any_language() {
        check(
            "\"Имя образа\",\"PID\",\"Имя сессии\",\"№ сеанса\",\"Память\"\n\
             \"System\",\"4\",\"Services\",\"0\",\"1 704 КБ\"\n\"avp.exe\",\"2240\",\"Services\",\"0\",\"123 456 КБ\"\n",
            expect![[r#"
                Certain: it has processes with their numbers, as tasklist writes them: fields in quotation marks
                reading: process from the first column; services from the third, where it has them
                2:  | process System
                3:  | process avp.exe
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "\nAbbildname:     avp.exe\nPID:            2240\nSitzungsname:   Services\nSitz.-Nr.:      0\nSpeichernutzung: 12.345 K\n\n\
             Abbildname:     svchost.exe\nPID:            908\nSitzungsname:   Services\nSitz.-Nr.:      0\nSpeichernutzung: 1.704 K\n",
            expect![[r#"
                Certain: it has processes with their numbers, as tasklist writes them: blocks of labels and values
                reading: process from the first column; services from the third, where it has them
                2:  | process avp.exe
                8:  | process svchost.exe
                lines: 10 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "\"Name\",\"ProcessId\",\"ExecutablePath\"\n\"avp.exe\",\"2240\",\"C:\\Kaspersky Lab\\avp.exe\"\n",
            expect![[r#"
                not recognised
                reading: process from the first column; services from the third, where it has them
                2:  | process avp.exe
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "\"Name\",\"Count\",\"Version\"\n\"7-Zip\",\"3\",\"23.01\"\n\"Kaspersky\",\"4\",\"21.3\"\n",
            expect![[r#"
                not recognised
                reading: process from the first column; services from the third, where it has them
                2:  | process 7-Zip | service 23.01
                3:  | process Kaspersky | service 21.3
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "Name: 7-Zip\nCount: 3\nVersion: 23.01\n",
            expect![[r#"
            not recognised
            reading: process from the first column; services from the third, where it has them
            1:  | process 7-Zip | service 23.01
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
