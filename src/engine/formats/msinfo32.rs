//! The text report of System Information (`msinfo32 /report`): sections with tables of their own,
//! of which a few name software.
//!
//! Sections and headings are translated. The tables of software are known by how many columns they
//! have and by what stands in them, which is the same in every language.

use super::columns::{Draft, Field, Meaning, path_in};
use super::common::is_drive_path;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "msinfo32",
    title: "System Information report (msinfo32)",
    reads: "the text file of msinfo32 on Windows: the drivers, running tasks, loaded modules, services, \
            program groups and start-up programs in it",
    how_to_get: "in a command prompt on Windows: msinfo32 /report report.txt; this is evidence beside \
                 a list of programs, not instead of one",
    cannot_show: "the report has no list of installed programs, only drivers, services, start menus \
                  and what ran at that moment: a clean report does not clear the computer; make a \
                  list of programs with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(ReportReader::default()),
};

const FIRST_LINE: &str = "System Information report written at:";

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    // The first section is that of the system itself, whatever it is called.
    let mut lines = sample.filled_lines();
    let has_first_line = lines.clone().take(3).any(|line| line.trim().starts_with(FIRST_LINE));
    let has_section = lines.clone().take(4).any(|line| section_in(line).is_some());
    let is_report = has_first_line || (has_section && lines.by_ref().take(8).any(is_pair));
    if !is_report {
        return None;
    }
    let has_software = sample
        .filled_lines()
        .any(|line| line.contains('\t') && Table::Unknown.of_row(&cells(line)).is_some());
    // Whether there is any software below what is seen of it, only reading can tell.
    (has_software || !sample.is_whole).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its sections and tables are those of a System Information report"),
    })
}

/// `[System Drivers]`: a section's name.
fn section_in(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    (!name.is_empty() && !name.contains(['\\', '[', ']', '"', '='])).then_some(name)
}

/// A label and a value with tabs behind them.
fn is_pair(line: &str) -> bool {
    line.ends_with('\t') && cells(line).len() == 2
}

/// The cells of a row; a tab stands behind the last one too.
fn cells(line: &str) -> Vec<&str> {
    let line = line.strip_suffix('\t').unwrap_or(line);
    line.split('\t').map(str::trim).collect()
}

/// The tables that name software.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Table {
    /// Another one, or not known yet.
    #[default]
    Unknown,
    /// Name, description, file, type, started, start mode, state, status, error control, accept
    /// pause, accept stop.
    SystemDrivers,
    /// Name, path, process id, priority, smallest and largest working set, start time, version, size,
    /// file date.
    RunningTasks,
    /// Name, version, size, file date, manufacturer, path.
    LoadedModules,
    /// Display name, name, state, start mode, service type, path, error control, start name, tag.
    Services,
    /// Group, name, user.
    ProgramGroups,
    /// Program, command, user, location.
    StartupPrograms,
}

impl Table {
    /// What a row below any heading is.
    pub fn of_row(self, row: &[&str]) -> Option<Self> {
        let is_file = |at: usize, ending: &str| {
            row.get(at).is_some_and(|cell| {
                let path = path_in(cell);
                is_like_path(cell) && path.to_ascii_lowercase().ends_with(ending)
            })
        };
        let is_path = |at: usize| row.get(at).is_some_and(|cell| is_like_path(cell));
        let is_number = |at: usize| {
            row.get(at).is_some_and(|cell| {
                !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        match row.len() {
            11 if is_file(2, ".sys") || is_path(2) => Some(Self::SystemDrivers),
            10 if is_number(2) => Some(Self::RunningTasks),
            6 if is_path(5) => Some(Self::LoadedModules),
            9 if is_path(5) => Some(Self::Services),
            // "Public:Start Menu\Programs\7-Zip" is the group with its owner before it.
            3 if row.get(1).zip(row.first()).is_some_and(|(owned, group)| {
                owned.strip_suffix(group).is_some_and(|owner| owner.ends_with(':'))
            }) =>
            {
                Some(Self::ProgramGroups)
            }
            4 if is_startup(row) => Some(Self::StartupPrograms),
            // What follows a row of a table of as many columns: "Not Available" for its path.
            length if self != Self::Unknown && length == self.columns() => Some(self),
            _ => None,
        }
    }

    pub fn columns(self) -> usize {
        match self {
            Self::Unknown => 0,
            Self::SystemDrivers => 11,
            Self::RunningTasks => 10,
            Self::LoadedModules => 6,
            Self::Services => 9,
            Self::ProgramGroups => 3,
            Self::StartupPrograms => 4,
        }
    }

    /// The record of a row.
    pub fn draft<'a>(self, row: &[&'a str]) -> Draft<'a> {
        let cell = |at: usize| row.get(at).copied().unwrap_or_default();
        let mut draft = Draft::default();
        let is = |field| Meaning { field, rank: 0 };
        match self {
            Self::SystemDrivers => {
                draft.put(is(Field::Name), cell(1));
                draft.identify(IdentifierKind::Service, cell(0));
                draft.put(is(Field::File), cell(2));
            }
            Self::RunningTasks => {
                draft.put(is(Field::Process), cell(0));
                draft.put(is(Field::Path), cell(1));
                draft.put(is(Field::Version), version_in(cell(7)));
            }
            Self::LoadedModules => {
                draft.put(is(Field::Name), cell(0));
                draft.put(is(Field::Version), version_in(cell(1)));
                draft.put(is(Field::Publisher), cell(4));
                draft.put(is(Field::Path), cell(5));
            }
            Self::Services => {
                draft.put(is(Field::Name), cell(0));
                draft.identify(IdentifierKind::Service, cell(1));
                draft.put(is(Field::File), path_in(cell(5)));
            }
            Self::ProgramGroups => {
                let group = cell(0).rsplit('\\').next().unwrap_or_default();
                draft.put(is(Field::Name), group);
            }
            Self::StartupPrograms => {
                draft.put(is(Field::Name), cell(0));
                draft.put(is(Field::File), path_in(cell(1)));
            }
            Self::Unknown => {}
        }
        draft
    }
}

/// The place of a program that starts with Windows: a key of the registry or a start menu's folder.
fn is_startup(row: &[&str]) -> bool {
    row.last().is_some_and(|place| {
        let is_key =
            ["HKLM\\", "HKU\\", "HKCU\\", "HKEY_"].iter().any(|key| place.starts_with(key));
        is_key
            || place.eq_ignore_ascii_case("Startup")
            || place.eq_ignore_ascii_case("Common Startup")
    })
}

fn is_like_path(cell: &str) -> bool {
    let cell = cell.trim_start_matches('"');
    is_drive_path(cell) || cell.starts_with('\\') || cell.starts_with('%')
}

#[derive(Default)]
struct ReportReader {
    host: String,
    table: Table,
    /// True below the heading of a table, until the next section.
    is_below_heading: bool,
    has_seen_section: bool,
    has_said_reading: bool,
}

impl LineReader for ReportReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if text.trim().is_empty() {
            return Outcome::STRUCTURE;
        }
        if section_in(text).is_some() {
            self.has_seen_section = true;
            self.is_below_heading = false;
            self.table = Table::Unknown;
            return Outcome::STRUCTURE;
        }
        if !text.contains('\t') {
            // "System Name: PC-17" below the line with the time, which has colons in it.
            if !self.has_seen_section
                && let Some((_, host)) = text.split_once(": ")
                && !host.contains(':')
            {
                self.host.clear();
                self.host.push_str(host.trim());
            }
            if self.table != Table::Unknown {
                let expected = clause!("a row of the table, or a section");
                sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
                return Outcome::PROBLEM;
            }
            return Outcome::STRUCTURE;
        }
        if !self.is_below_heading {
            self.is_below_heading = true;
            return Outcome::STRUCTURE;
        }
        let row = cells(text);
        match self.table.of_row(&row) {
            Some(table) => {
                self.table = table;
                self.row(&row, line, sink)
            }
            // A row of another table: hardware, settings, network.
            None if self.table == Table::Unknown => Outcome::STRUCTURE,
            None => {
                let (expected, found) = (self.table.columns(), row.len());
                sink.problem(line.number, ProblemKind::FieldCount { expected, found }, text);
                self.row(&row, line, sink)
            }
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            let kind = ProblemKind::NotAnInventory {
                looks_like: clause!(
                    "a System Information (msinfo32) report without its sections on software"
                ),
                advice: clause!("use the PowerShell command of step 2"),
            };
            sink.problem(0, kind, "");
        }
    }
}

impl ReportReader {
    fn row(&mut self, row: &[&str], line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let mut draft = self.table.draft(row);
        draft.default_host(&self.host);
        if draft.is_empty() {
            sink.problem(line.number, ProblemKind::NoName, line.text);
            return Outcome::PROBLEM;
        }
        if !self.has_said_reading {
            sink.reading(READING.into());
            self.has_said_reading = true;
        }
        sink.record(&draft.record(line.number, line.text));
        Outcome::RECORD
    }
}

/// What is read of a report.
pub(super) const READING: &str = key!(
    "the sections on drivers, tasks, modules, services, program groups and \
                                  start-up programs; the others list no software"
);

/// The version, unless it is a text such as "Not Available", in any language.
fn version_in(cell: &str) -> &str {
    if cell.starts_with(|c: char| c.is_ascii_digit()) { cell } else { "" }
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

    const BEGINNING: &str = "System Information report written at: 01/16/26 12:22:42\n\
        System Name: PC-17\n[System Summary]\n\nItem\tValue\t\nOS Name\tMicrosoft Windows 10 Pro\t\n";

    #[test]
    fn the_tables_of_software_are_read() {
        check(
            &format!(
                "{BEGINNING}\n[System Drivers]\n\n\
                 Name\tDescription\tFile\tType\tStarted\tStart Mode\tState\tStatus\tError Control\tAccept Pause\tAccept Stop\t\n\
                 klif\tKaspersky Lab Driver\tc:\\windows\\system32\\drivers\\klif.sys\tFile System Driver\tYes\tSystem\tRunning\tOK\tNormal\tNo\tYes\t\n\
                 [Environment Variables]\n\nVariable\tValue\tUser Name\t\nPath\tC:\\Windows\t<SYSTEM>\t\n\
                 [Running Tasks]\n\nName\tPath\tProcess ID\tPriority\tMin\tMax\tStart Time\tVersion\tSize\tFile Date\t\n\
                 avp.exe\tNot Available\t2240\t8\tNot Available\tNot Available\t1/16/2026 9:00 AM\tNot Available\tNot Available\tNot Available\t\n\
                 [Loaded Modules]\n\nName\tVersion\tSize\tFile Date\tManufacturer\tPath\t\n\
                 klhkum\t30.0.0.1\t1 MB\t1/1/2021 1:00 AM\tAO Kaspersky Lab\tc:\\program files\\klhkum.dll\t\n\
                 odd\t1.0\t\n\
                 [Services]\n\nDisplay Name\tName\tState\tStart Mode\tService Type\tPath\tError Control\tStart Name\tTag ID\t\n\
                 Kaspersky Security Center Network Agent\tklnagent\tRunning\tAuto\tOwn Process\t\"c:\\program files\\kl\\klnagent.exe\" -s\tNormal\tLocalSystem\t0\t\n\
                 [Program Groups]\n\nGroup Name\tName\tUser Name\t\n\
                 Start Menu\\Programs\\Kaspersky\tPublic:Start Menu\\Programs\\Kaspersky\tPublic\t\n\
                 [Startup Programs]\n\nProgram\tCommand\tUser Name\tLocation\t\n\
                 OneDrive\t\"c:\\users\\ana\\onedrive.exe\" /background\tPC-17\\ana\tHKU\\S-1-5-21-1\\SOFTWARE\\Run\t\n"
            ),
            expect![[r#"
                Certain: its sections and tables are those of a System Information report
                reading: the sections on drivers, tasks, modules, services, program groups and start-up programs; the others list no software
                11: Kaspersky Lab Driver | host PC-17 | service klif | driver klif.sys | path c:\windows\system32\drivers\klif.sys
                19:  | host PC-17 | process avp.exe
                23: klhkum | version 30.0.0.1 | publisher AO Kaspersky Lab | host PC-17 | path c:\program files\klhkum.dll
                24! expected 6 fields, found 2; read as far as it goes
                24: odd | version 1.0 | host PC-17
                28: Kaspersky Security Center Network Agent | host PC-17 | service klnagent | process klnagent.exe | path c:\program files\kl\klnagent.exe
                32: Kaspersky | host PC-17
                36: OneDrive | host PC-17 | process onedrive.exe | path c:\users\ana\onedrive.exe
                lines: 7 records + 29 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_report_without_software_is_left_to_the_signs_of_what_is_no_inventory() {
        check(
            BEGINNING,
            expect![[r#"
            not recognised
            0! this looks like a System Information (msinfo32) report without its sections on software, which does not list installed programs; use the PowerShell command of step 2
            lines: 0 records + 6 structure + 0 problems
        "#]],
        );
        check(
            "[settings]\nname=\tvalue\n",
            expect![[r#"
            not recognised
            0! this looks like a System Information (msinfo32) report without its sections on software, which does not list installed programs; use the PowerShell command of step 2
            lines: 0 records + 2 structure + 0 problems
        "#]],
        );
    }
}
