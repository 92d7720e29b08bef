//! `wmic product get …`: a fixed-width table whose header words say where the columns start.

use super::columns::Columns;
use super::common::{is_prompt_line, is_remark};
use super::fixed_width::{Cells, Layout, is_rule, word_starts};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Platform, Sink, TableChoice};

pub(super) static FORMAT: Format = Format {
    id: "wmic",
    title: "wmic table",
    reads: "the table that wmic prints on Windows, such as that of wmic product get \
            name,vendor,version,identifyingnumber",
    how_to_get: "in a command prompt on Windows: wmic product get \
                 name,vendor,version,identifyingnumber > list.txt",
    cannot_show: "only programs installed by Windows Installer (MSI) are listed; per-user, Store \
                  and portable programs and those with a set-up program of their own are missing; \
                  use the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn super::Reader> {
    Lines::boxed(WmicReader { tables: sample.tables.to_vec(), ..WmicReader::default() })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    // A note and a prompt may stand above the table.
    const LINES_ABOVE: usize = 20;
    let mut lines = sample.filled_lines().enumerate();
    let (at, header, table) = lines
        .find_map(|(at, line)| Some((at, line, Table::of(line, sample.tables)?)))
        .filter(|found| found.0 <= LINES_ABOVE && found.2.columns.name_programs())?;
    let rows: Vec<&str> =
        lines.map(|(_, line)| line).filter(|line| !is_prompt_line(line)).collect();
    // The rule of a table of PowerShell stands right below its header.
    if rows.first().is_some_and(|row| is_rule(row)) {
        return None;
    }
    // Every line of wmic's is padded to the same width; an editor may have taken that off.
    let width = header.chars().count();
    let padded = rows.iter().filter(|row| row.chars().count() == width).count();
    let is_padded = header.ends_with(' ') && !rows.is_empty() && padded * 10 >= rows.len() * 8;
    let mut cells = Cells::default();
    let fitting = rows
        .iter()
        .filter(|row| {
            table.layout.cut(row, &mut cells);
            cells.crossed() == 0
        })
        .count();
    let fits = fitting * 10 >= rows.len() * 6;
    let confidence = match (is_padded, table.layout.len(), at) {
        (true, 2.., _) => Confidence::Certain,
        (true, _, _) => Confidence::Likely,
        (false, 2.., _) if fits => Confidence::Likely,
        _ => return None,
    };
    let words = header.split_whitespace().collect::<Vec<_>>().join(", ");
    let reason = if is_padded {
        clause!(
            "the header is “{words}”, as wmic writes it and all lines are padded to the same width",
            words
        )
    } else {
        clause!("the header is “{words}”, as wmic writes it", words)
    };
    Some(Sniffed { confidence, reason })
}

/// What a header says.
struct Table {
    layout: Layout,
    columns: Columns,
    headers: Vec<String>,
}

impl Table {
    /// The table that the line is the header of, if it is one: properties of WMI by their names
    /// (which no Windows translates), in alphabetical order, at least two columns apart.
    fn of(line: &str, tables: &[TableChoice]) -> Option<Self> {
        // The longest property has 24 letters; a row seldom has so few and so short words.
        let is_likely = line.is_ascii() && line.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_likely {
            return None;
        }
        let headers: Vec<&str> = line.split_whitespace().collect();
        let is_alphabetical = headers.is_sorted_by(|a, b| {
            a.bytes().map(|b| b.to_ascii_lowercase()).lt(b.bytes().map(|b| b.to_ascii_lowercase()))
        });
        if !is_alphabetical || !headers.iter().all(|header| is_property(header)) {
            return None;
        }
        // "Name Version" with one space is no header of wmic's, and "Name" alone could be anything
        // unless it is padded.
        let gaps = line.trim_end().split("  ").filter(|part| !part.trim().is_empty()).count();
        if gaps != headers.len() || (headers.len() == 1 && !line.ends_with("  ")) {
            return None;
        }
        let columns = Columns::chosen_or_of(headers.iter().copied(), tables);
        let layout = Layout::new(word_starts(line));
        Some(Self { layout, columns, headers: headers.into_iter().map(str::to_owned).collect() })
    }
}

/// True for the properties of the classes that list programs: `Win32_Product`,
/// `Win32_InstalledWin32Program`, `Win32_Service`, `Win32_Process`, `Win32_SystemDriver`,
/// `Win32_StartupCommand`, `AntiVirusProduct`.
fn is_property(word: &str) -> bool {
    const PROPERTIES: &[&str] = &[
        "AcceptPause",
        "AcceptStop",
        "AssignmentType",
        "Caption",
        "Command",
        "CommandLine",
        "CreationClassName",
        "CSName",
        "Description",
        "DesktopInteract",
        "DisplayName",
        "ErrorControl",
        "ExecutablePath",
        "ExitCode",
        "HelpLink",
        "HelpTelephone",
        "IdentifyingNumber",
        "InstallDate",
        "InstallDate2",
        "InstallLocation",
        "InstallSource",
        "InstallState",
        "InstanceGuid",
        "Language",
        "LocalPackage",
        "Location",
        "MsiPackageCode",
        "MsiProductCode",
        "Name",
        "Node",
        "PackageCache",
        "PackageCode",
        "PackageName",
        "PathName",
        "PathToSignedProductExe",
        "PathToSignedReportingExe",
        "ProcessId",
        "ProductID",
        "ProductState",
        "ProgramId",
        "PSComputerName",
        "RegCompany",
        "RegOwner",
        "ServiceType",
        "SKUNumber",
        "Started",
        "StartMode",
        "StartName",
        "State",
        "Status",
        "SystemName",
        "Timestamp",
        "Transforms",
        "URLInfoAbout",
        "URLUpdateInfo",
        "User",
        "UserSID",
        "Vendor",
        "Version",
        "WordCount",
    ];
    PROPERTIES.iter().any(|property| property.eq_ignore_ascii_case(word))
}

#[derive(Default)]
struct WmicReader {
    table: Option<Table>,
    has_seen_table: bool,
    /// Lines of text above the first table.
    above: u64,
    cells: Cells,
    /// What the user says about tables.
    tables: Vec<TableChoice>,
}

impl LineReader for WmicReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if text.trim().is_empty() {
            return Outcome::STRUCTURE;
        }
        if let Some(table) = Table::of(text, &self.tables) {
            return self.header(table, line, sink);
        }
        if is_prompt_line(text) {
            self.table = None;
            return Outcome::STRUCTURE;
        }
        match &self.table {
            Some(table) if table.columns.name_programs() => row(table, &mut self.cells, line, sink),
            Some(_) => Outcome::PROBLEM,
            None if self.has_seen_table && !is_remark(text) => {
                unexpected(key!("the header of a table"), line, sink)
            }
            None if self.has_seen_table => Outcome::STRUCTURE,
            None => {
                self.above += 1;
                Outcome::Later
            }
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if self.has_seen_table {
            sink.lines(LineClass::Structure, self.above);
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

impl WmicReader {
    fn header(&mut self, table: Table, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let is_new = self.table.as_ref().is_none_or(|old| old.headers != table.headers);
        let names_programs = table.columns.name_programs();
        sink.columns(&table.columns.readings(table.headers.iter().map(String::as_str)));
        if names_programs && is_new {
            let headers: Vec<&str> = table.headers.iter().map(String::as_str).collect();
            sink.reading(table.columns.described(&headers));
        } else if !names_programs {
            // The table of another class (`qfe`, `bios`) between those of programs.
            let kind = if self.has_seen_table {
                let expected = clause!("a table with a column of program names");
                ProblemKind::UnexpectedLine { expected }
            } else {
                ProblemKind::NoNameColumn { columns: table.headers.clone() }
            };
            sink.problem(line.number, kind, line.text);
        }
        self.has_seen_table = true;
        self.table = Some(table);
        if names_programs { Outcome::STRUCTURE } else { Outcome::PROBLEM }
    }
}

fn row(table: &Table, cells: &mut Cells, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
    let text = line.text;
    table.layout.cut(text, cells);
    let is_padded = text.ends_with("  ") || text.trim().contains("  ");
    if is_rule(text) || (!is_padded && is_remark(text)) {
        return Outcome::STRUCTURE;
    }
    // wmic parts columns by two spaces or more.
    let filled = (0..table.layout.len()).filter(|at| !cells.cell(text, *at).is_empty()).count();
    if !is_padded && (filled > 1 || cells.crossed() > 0) {
        return unexpected(key!("a row of the table"), line, sink);
    }
    let draft = table.columns.draft(|at| cells.cell(text, at));
    if draft.is_empty() {
        sink.problem(line.number, ProblemKind::NoName, text);
        return Outcome::PROBLEM;
    }
    sink.record(&draft.record(line.number, text.trim_end()));
    Outcome::RECORD
}

fn unexpected(expected: &'static str, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
    let kind = ProblemKind::UnexpectedLine { expected: expected.into() };
    sink.problem(line.number, kind, line.text);
    Outcome::PROBLEM
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
    fn columns_start_where_the_words_of_the_header_do() {
        check(
            "IdentifyingNumber                       Name                       Vendor            Version       \n\n\
             {0F05E4E5-5A89-482C-9A62-47CC58643788}  Kaspersky  Network  Agent  AO Kaspersky Lab  14.0.0.10902  \n\n\
             {23170F69-40C1-2702-2301-000001000000}  7-Zip 23.01 (x64 edition)  Igor Pavlov       23.01.00.0    \n\n\
             {90160000-008C-0000-1000-0000000FF1CE}                             Microsoft                       \n\n\n",
            expect![[r#"
                Certain: the header is “IdentifyingNumber, Name, Vendor, Version”, as wmic writes it and all lines are padded to the same width
                reading: name from “Name”; version from “Version”; publisher from “Vendor”; identifiers from “IdentifyingNumber”
                3: Kaspersky  Network  Agent | version 14.0.0.10902 | publisher AO Kaspersky Lab | product-code {0F05E4E5-5A89-482C-9A62-47CC58643788}
                5: 7-Zip 23.01 (x64 edition) | version 23.01.00.0 | publisher Igor Pavlov | product-code {23170F69-40C1-2702-2301-000001000000}
                7:  | publisher Microsoft | product-code {90160000-008C-0000-1000-0000000FF1CE}
                lines: 3 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_note_above_and_prompts_around_are_no_rows() {
        check(
            "Software on the reception's PC, 12 March\n\
             C:\\Users\\Ana>wmic product get name, version\n\
             Name                                      Version     \n\
             Агент администрирования Kaspersky         14.2.0.26967\n\
             Plug-in for Microsoft Exchange ActiveSync             \n\
             \n\
             C:\\Users\\Ana>hostname\n\
             PC-17\n",
            expect![[r#"
                Likely: the header is “Name, Version”, as wmic writes it
                reading: name from “Name”; version from “Version”
                4: Агент администрирования Kaspersky | version 14.2.0.26967
                5: Plug-in for Microsoft Exchange ActiveSync
                8! expected the header of a table; passed over
                lines: 2 records + 5 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn one_padded_column_is_a_table() {
        check(
            "Name                    \n\
             Kaspersky Total Security\n\
             7-Zip                   \n",
            expect![[r#"
                Likely: the header is “Name”, as wmic writes it and all lines are padded to the same width
                reading: name from “Name”
                2: Kaspersky Total Security
                3: 7-Zip
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn text_below_that_is_no_row_is_said() {
        check(
            "Name       Vendor     Version  \n\
             7-Zip      Pavlov     23.01    \n\
             \x20                     1.0      \n\
             This list is from the inventory of last week for all\n\
             Total: 2\n",
            expect![[r#"
                Likely: the header is “Name, Vendor, Version”, as wmic writes it
                reading: name from “Name”; version from “Version”; publisher from “Vendor”
                2: 7-Zip | version 23.01 | publisher Pavlov
                3! expected the name of a program, found none
                4! expected a row of the table; passed over
                lines: 1 records + 2 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn a_table_of_another_class_is_a_problem() {
        check(
            "Description  Status  \nUpdate       OK      \n",
            expect![[r#"
            not recognised
            1! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Description”, “Status”; rename the column that holds the program names to Name
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
    }

    #[test]
    fn other_tables_and_lists_are_not_recognised() {
        check(
            "Name\n7-Zip\nKaspersky Free\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 0 structure + 3 problems
            "#]],
        );
        check(
            "Version  Name \n1        7-Zip\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 0 structure + 2 problems
            "#]],
        );
        check(
            "Name   Version\n----   -------\n7-Zip  23.01\n",
            expect![[r#"
                not recognised
                reading: name from “Name”; version from “Version”
                3: 7-Zip | version 23.01
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "Name Version\n7-Zip 23.01\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 0 structure + 2 problems
            "#]],
        );
        check(
            "Caption  Description  HotFixID  \nhttp://  Update       KB500    \n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 0 structure + 2 problems
            "#]],
        );
    }
}
