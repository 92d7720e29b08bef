//! Tables with a rule of dashes under each column: PowerShell's `Format-Table` and its like.

use std::ops::Range;

use super::columns::{Columns, Field, meaning_of};
use super::common::{is_prompt_line, is_remark, without_colours, without_ellipsis};
use super::fixed_width::{Cells, Layout, is_rule, screen_width};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::limits::FIRST_ROWS;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Sink, TableChoice};

pub(super) static FORMAT: Format = Format {
    id: "powershell-table",
    title: "PowerShell table (Format-Table)",
    reads: "a table in text whose header has a line of dashes under each column, as PowerShell \
            prints it, with or without -AutoSize and -Wrap",
    how_to_get: "in PowerShell: Get-ItemProperty \
                 HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*, \
                 HKLM:\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\* | \
                 Format-Table -AutoSize DisplayName, DisplayVersion, Publisher | \
                 Out-File -Width 400 list.txt",
    cannot_show: "only the rows and columns that were asked for: a narrow window cuts names and \
                  drops columns, and programs of other users or from the Store are in it only if \
                  the command asked for them; Export-Csv instead of Format-Table cuts nothing",
    platform: None,
    sniff,
    open,
};

pub(super) fn open(sample: &Sample<'_>) -> Box<dyn super::Reader> {
    Lines::boxed(TableReader {
        tables: sample.tables.to_vec(),
        rows_to_show: FIRST_ROWS,
        ..TableReader::default()
    })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let mut above = "";
    let mut best: Option<Sniffed> = None;
    for line in sample.filled_lines() {
        let (header, rule) = (without_colours(above), without_colours(line));
        if let Some(table) = Table::of(&header, &rule, sample.tables) {
            let confidence = match (table.names_programs, table.layout.len()) {
                (true, 2..) if table.is_typical() => Confidence::Certain,
                (true, _) => Confidence::Likely,
                (false, _) => Confidence::Possible,
            };
            if best.as_ref().is_none_or(|best| best.confidence < confidence) {
                let header = table.headers.join(", ");
                let reason = clause!("a line of dashes stands under the header “{header}”", header);
                best = Some(Sniffed { confidence, reason });
            }
            if confidence == Confidence::Certain {
                break;
            }
        }
        above = line;
    }
    best
}

/// A table from its header and rule on.
struct Table {
    layout: Layout,
    columns: Columns,
    headers: Vec<String>,
    names_programs: bool,
    /// True once a row was seen that goes on in the next line, as `-Wrap` makes them.
    wraps: bool,
}

impl Table {
    /// The table of that header, if the line below is its rule.
    fn of(header: &str, rule: &str, tables: &[TableChoice]) -> Option<Self> {
        if !is_rule(rule) || header.trim().is_empty() || is_rule(header) || is_prompt_line(header) {
            return None;
        }
        let layout = Layout::of_rule(rule)?;
        let mut cells = Cells::default();
        layout.cut(header, &mut cells);
        let headers: Vec<String> =
            (0..layout.len()).map(|at| completed(cells.cell(header, at)).to_owned()).collect();
        let is_rule_of_header = if layout.len() == 1 {
            // One column. A longer or shorter line of dashes is a line drawn under a heading, or
            // belongs to a list that has one rule for all columns (winget).
            let header = header.trim();
            screen_width(header) == rule.trim().len() && !header.contains("  ")
        } else {
            headers.iter().filter(|header| header.is_empty()).count() <= 1
        };
        if !is_rule_of_header {
            return None;
        }
        let columns = Columns::chosen_or_of(headers.iter().map(String::as_str), tables);
        let names_programs = columns.name_programs();
        Some(Self { layout, columns, headers, names_programs, wraps: false })
    }

    /// True if it has more of a program than a column called Name, which anything has.
    fn is_typical(&self) -> bool {
        self.headers.iter().filter_map(|header| meaning_of(header)).any(|meaning| {
            match meaning.field {
                Field::Name => meaning.rank <= 1,
                Field::Host | Field::Path | Field::Id | Field::Presence => false,
                _ => true,
            }
        })
    }

    fn readings(&self) -> Vec<ColumnReading> {
        self.columns.readings(self.headers.iter().map(String::as_str))
    }

    fn described(&self) -> Clause {
        let headers: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        self.columns.described(&headers)
    }
}

/// A header that PowerShell cut to its column's width, made whole where only one is likely.
fn completed(header: &str) -> &str {
    const USUAL: &[&str] = &[
        "DisplayName",
        "DisplayVersion",
        "Publisher",
        "Name",
        "Version",
        "Vendor",
        "InstallDate",
        "InstallLocation",
        "IdentifyingNumber",
        "UninstallString",
        "PSChildName",
        "Caption",
        "PackageFullName",
        "PackageFamilyName",
        "PSComputerName",
        "Manufacturer",
        "ProviderName",
    ];
    match without_ellipsis(header) {
        Some(start) if !start.is_empty() => {
            USUAL.iter().find(|usual| usual.starts_with(start)).copied().unwrap_or(header)
        }
        _ => header,
    }
}

/// More lines than PowerShell makes of any row: values longer than that are cut by then.
const ROW_LINES: usize = 40;

/// A line (or a row of several) of which it is not yet known whether the next goes on with it, or
/// shows it to be a header.
#[derive(Default)]
struct Held {
    first_line: u64,
    text: String,
    /// Where each of its lines stands in the text. Empty if nothing is held.
    lines: Vec<Range<usize>>,
    /// Its cells, if it is of several lines.
    joined: Vec<String>,
    /// True if the line before it was blank or a remark.
    is_after_blank: bool,
}

impl Held {
    fn last_line(&self) -> &str {
        self.lines.last().and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    fn take(&mut self, line: u64, text: &str, is_after_blank: bool) {
        self.first_line = line;
        self.text.clear();
        self.lines.clear();
        self.joined.clear();
        self.is_after_blank = is_after_blank;
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.lines.push(start..self.text.len());
    }
}

#[derive(Default)]
struct TableReader {
    table: Option<Table>,
    has_seen_table: bool,
    /// Lines of text above the first table.
    above: u64,
    /// The computer that a group's heading named (`-GroupBy PSComputerName`).
    host: String,
    held: Held,
    /// The cells of the last line held.
    cells: Cells,
    next_cells: Cells,
    is_after_blank: bool,
    /// The first table without a column for names: its header's line and columns.
    nameless: Option<(u64, Vec<ColumnReading>)>,
    has_named: bool,
    /// What was last said about the columns.
    reading: Clause,
    /// What the user says about tables.
    tables: Vec<TableChoice>,
    /// Rows whose cells may still be shown.
    rows_to_show: usize,
}

impl LineReader for TableReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        // PowerShell pads every row to the width of the table.
        let text = plain.trim_end();
        if text.is_empty() {
            self.is_after_blank = true;
            return Outcome::STRUCTURE;
        }
        let is_after_blank = std::mem::take(&mut self.is_after_blank);
        if is_rule(text) {
            self.rule(text, sink);
            return Outcome::STRUCTURE;
        }
        if is_prompt_line(text) {
            self.release(sink);
            self.table = None;
            return Outcome::STRUCTURE;
        }
        if let Some(host) = group_host(text) {
            self.release(sink);
            self.host.clear();
            self.host.push_str(host);
            return Outcome::STRUCTURE;
        }
        if let Some(table) = &mut self.table {
            table.layout.cut(text, &mut self.next_cells);
            let above = (self.held.last_line(), &self.cells);
            let adjoins = !is_after_blank && (1..ROW_LINES).contains(&self.held.lines.len());
            let has_gone_on = !self.held.joined.is_empty();
            if adjoins && goes_on(table, above, (text, &self.next_cells), has_gone_on) {
                table.wraps = true;
                self.join(text);
                return Outcome::Later;
            }
        }
        let is_after_remark = self.release(sink) == Some(LineClass::Structure);
        self.held.take(line.number, text, is_after_blank || is_after_remark);
        std::mem::swap(&mut self.cells, &mut self.next_cells);
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.has_seen_table {
            sink.lines(LineClass::Structure, self.above);
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
        if let Some((line, columns)) = self.nameless.take() {
            sink.columns(&columns);
            let headers: Vec<String> = columns.into_iter().map(|column| column.header).collect();
            let text = headers.join("  ");
            let kind = if self.has_named {
                no_table_of_programs()
            } else {
                ProblemKind::NoNameColumn { columns: headers }
            };
            sink.problem(line, kind, &text);
        }
    }
}

impl TableReader {
    /// A rule came: what is held is the header of a new table, or else the rule is a line drawn.
    fn rule(&mut self, rule: &str, sink: &mut dyn Sink) {
        let table = match self.held.lines.len() {
            1 => Table::of(self.held.last_line(), rule, &self.tables),
            _ => None,
        };
        // Within a table, a line drawn under a row does not begin another one.
        // Some tools draw the header's line once more below the last row.
        let is_last_row = |new: &Table| {
            let is_same = self
                .table
                .as_ref()
                .is_some_and(|table| table.names_programs && table.layout == new.layout);
            is_same && !new.names_programs
        };
        let table = table
            .filter(|new| new.names_programs || self.table.is_none() || new.layout.len() > 1)
            .filter(|new| !is_last_row(new));
        let Some(table) = table else {
            self.release(sink);
            return;
        };
        let line = self.held.first_line;
        if table.names_programs {
            sink.lines(LineClass::Structure, 1);
            self.has_named = true;
            sink.columns(&table.readings());
            let reading = table.described();
            if reading != self.reading {
                sink.reading(reading.clone());
                self.reading = reading;
            }
        } else {
            sink.lines(LineClass::Problem, 1);
            if self.has_named {
                sink.problem(line, no_table_of_programs(), self.held.last_line());
            } else if self.nameless.is_none() {
                self.nameless = Some((line, table.readings()));
            }
        }
        self.held.lines.clear();
        self.has_seen_table = true;
        self.table = Some(table);
    }

    /// Gives out what is held as what it turned out to be, if anything is.
    fn release(&mut self, sink: &mut dyn Sink) -> Option<LineClass> {
        let lines = self.held.lines.len() as u64;
        if lines == 0 {
            return None;
        }
        let class = match &self.table {
            Some(table) if table.names_programs => {
                if self.rows_to_show > 0 && self.held.joined.is_empty() {
                    self.rows_to_show -= 1;
                    let cell = |at| self.cells.cell(&self.held.text, at);
                    sink.cells(&mut (0..table.layout.len()).map(cell));
                }
                self.row(table, sink)
            }
            Some(_) => LineClass::Problem,
            None if self.has_seen_table && !is_remark(&self.held.text) => {
                let expected = clause!("a table with a header and a line of dashes");
                let kind = ProblemKind::UnexpectedLine { expected };
                sink.problem(self.held.first_line, kind, &self.held.text);
                LineClass::Problem
            }
            None if self.has_seen_table => LineClass::Structure,
            None => {
                self.above += lines;
                self.held.lines.clear();
                return None;
            }
        };
        sink.lines(class, lines);
        self.held.lines.clear();
        Some(class)
    }

    /// Gives out what is held as a row of the table.
    fn row(&self, table: &Table, sink: &mut dyn Sink) -> LineClass {
        let held = &self.held;
        let text = held.text.as_str();
        let is_single = held.joined.is_empty();
        let cell = |at: usize| match held.joined.get(at) {
            Some(joined) => joined.as_str(),
            None if is_single => self.cells.cell(text, at),
            None => "",
        };
        if is_single {
            let is_single_spaced = !text.trim().contains("  ");
            let is_prose = is_single_spaced && self.cells.crossed() > 0;
            if is_single_spaced && (is_prose || held.is_after_blank) && is_remark(text) {
                return LineClass::Structure;
            }
            if is_prose && held.is_after_blank {
                let kind = ProblemKind::UnexpectedLine { expected: clause!("a row of the table") };
                sink.problem(held.first_line, kind, text);
                return LineClass::Problem;
            }
        }
        let mut draft = table.columns.draft(cell);
        if draft.is_empty() {
            sink.problem(held.first_line, ProblemKind::NoName, text);
            return LineClass::Problem;
        }
        draft.default_host(&self.host);
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            sink.problem(held.first_line, ProblemKind::NameCut, text);
        } else if draft.has_cut_identifier() {
            sink.problem(held.first_line, ProblemKind::NameCut, text);
        }
        sink.record(&draft.record(held.first_line, text));
        LineClass::Record
    }

    /// The row held goes on in this line, whose cells are in `next_cells`.
    fn join(&mut self, text: &str) {
        let columns = self.table.as_ref().map_or(0, |table| table.layout.len());
        if self.held.joined.is_empty() {
            let first = self.held.last_line();
            let joined = (0..columns).map(|at| self.cells.cell(first, at).to_owned()).collect();
            self.held.joined = joined;
        }
        for (at, joined) in self.held.joined.iter_mut().enumerate() {
            let more = self.next_cells.cell(text, at);
            if !more.is_empty() {
                // PowerShell breaks lines at spaces, which it drops, and after hyphens.
                let is_after_hyphen = joined.ends_with('-') && !joined.ends_with(" -");
                if !is_after_hyphen && !joined.is_empty() {
                    joined.push(' ');
                }
                joined.push_str(more);
            }
        }
        self.held.add(text);
        std::mem::swap(&mut self.cells, &mut self.next_cells);
    }
}

fn no_table_of_programs() -> ProblemKind {
    let expected = clause!("a table with a column of program names");
    ProblemKind::UnexpectedLine { expected }
}

/// `   PSComputerName: PC-17`, the heading of a group.
fn group_host(line: &str) -> Option<&str> {
    let (key, value) = line.strip_prefix("   ")?.split_once(": ")?;
    let is_host = !key.contains("  ") && meaning_of(key)?.field == Field::Host;
    (is_host && !value.trim().is_empty()).then_some(value.trim())
}

/// True if the second line goes on with the row of the first, as `-Wrap` makes them: every cell
/// with text stands below one that had no room left for the next word, and something besides says
/// so (a row that has a name only may well follow one that fills its column). `has_gone_on` if the row
/// of the first is of several lines already.
fn goes_on(
    table: &Table,
    (above, above_cells): (&str, &Cells),
    (line, cells): (&str, &Cells),
    has_gone_on: bool,
) -> bool {
    if cells.crossed() > 0 {
        return false;
    }
    let version = table.columns.position(Field::Version);
    let mut columns = 0;
    let mut known_full = 0;
    let mut has_ended_cell = false;
    let mut first_text = "";
    for at in 0..table.layout.len() {
        let more = cells.cell(line, at);
        let before = above_cells.cell(above, at);
        if more.is_empty() {
            has_ended_cell |= !before.is_empty();
            continue;
        }
        if before.is_empty() || without_ellipsis(before).is_some() || version == Some(at) {
            return false;
        }
        columns += 1;
        if first_text.is_empty() {
            first_text = more;
        }
        if let Some(width) = table.layout.width(at) {
            let word = more.split(' ').next().unwrap_or_default();
            if screen_width(before) + 1 + screen_width(word) <= width {
                return false;
            }
            known_full += 1;
        }
    }
    let begins_in_middle =
        first_text.starts_with(|c: char| c.is_lowercase() || "(-\u{2013}&,/".contains(c));
    // How wide the last column is nobody knows, so by itself it shows nothing.
    let is_full = known_full >= 2 || (known_full == 1 && (columns > 1 || begins_in_middle));
    (has_ended_cell || begins_in_middle || has_gone_on) && (table.wraps || is_full)
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
    fn a_line_below_the_last_row_takes_no_row_away() {
        check(
            "=========  =======\n\
             Name       Version\n\
             =========  =======\n\
             7-Zip      23.01\n\
             Kaspersky  21.3\n\
             =========  =======\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “Name, Version”
                reading: name from “Name”; version from “Version”
                4: 7-Zip | version 23.01
                5: Kaspersky | version 21.3
                lines: 2 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn rows_are_cut_where_the_dashes_stand() {
        check(
            "\n\
             DisplayName                 DisplayVersion Publisher\n\
             -----------                 -------------- ---------\n\
             7-Zip 23.01 (x64)           23.01          Igor Pavlov     \n\
             Kaspersky Endpoint Security 12.6.0.438     AO Kaspersky Lab\n\
             \x20                                          \n\
             \x20                                          Kaspersky\n\
             Steam\n\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, DisplayVersion, Publisher”
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                4: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
                5: Kaspersky Endpoint Security | version 12.6.0.438 | publisher AO Kaspersky Lab
                7:  | publisher Kaspersky
                8: Steam
                lines: 4 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn chinese_letters_take_two_columns() {
        check(
            "Name           Version\n\
             ----           -------\n\
             微信           3.9.12\n\
             卡巴斯基安全云 21.3\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “Name, Version”
                reading: name from “Name”; version from “Version”
                3: 微信 | version 3.9.12
                4: 卡巴斯基安全云 | version 21.3
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_cut_name_is_read_as_far_as_it_goes() {
        check(
            "DisplayName         DisplayVer... Publisher\n\
             -----------         ------------- ---------\n\
             Kaspersky Endpoi... 12.6.0.438    AO Kaspe...\n\
             Kaspersky Passwor…  1             Kaspersky\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, DisplayVersion, Publisher”
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                3! the tool cut this name; what is left was checked, but a wider list would say more
                3: Kaspersky Endpoi | version 12.6.0.438 | publisher AO Kaspe...
                4! the tool cut this name; what is left was checked, but a wider list would say more
                4: Kaspersky Passwor | version 1 | publisher Kaspersky
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn numbers_are_aligned_to_the_right() {
        check(
            "DisplayName Size Version\n\
             ----------- ---- -------\n\
             7-Zip       5432 23.01\n\
             Firefox   214432 119.0\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, Size, Version”
                reading: name from “DisplayName”; version from “Version”
                3: 7-Zip | version 23.01
                4: Firefox | version 119.0
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_wrapped_row_is_one_record() {
        check(
            "DisplayName         DisplayVersion  Publisher\n\
             -----------         --------------  ---------\n\
             Parallels Internet  6.0             Parallels\n\
             Security Powered by                 Software\n\
             Kaspersky                           International\n\
             7-Zip               23.01           Igor Pavlov\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, DisplayVersion, Publisher”
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                3: Parallels Internet Security Powered by Kaspersky | version 6.0 | publisher Parallels Software International
                6: 7-Zip | version 23.01 | publisher Igor Pavlov
                lines: 4 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_name_below_one_that_fills_its_column_is_its_own() {
        check(
            "DisplayName               DisplayVersion\n\
             -----------               --------------\n\
             Dell Command | Update App 5.1\n\
             Kaspersky VPN\n\
             Steam\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, DisplayVersion”
                reading: name from “DisplayName”; version from “DisplayVersion”
                3: Dell Command | Update App | version 5.1
                4: Kaspersky VPN
                5: Steam
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn several_tables_follow_each_other_with_their_computers() {
        check(
            "PS C:\\> .\\list.ps1\n\
             Programs of the second floor\n\n\
             \x20  PSComputerName: PC-01\n\n\
             Name       Version\n\
             ----       -------\n\
             Kaspersky  21.3\n\n\n\
             \x20  PSComputerName: PC-02\n\n\
             Name                   Vendor\n\
             ----                   ------\n\
             Bkav Pro               Bkav Corporation\n\n\
             Total programs: 2\n\
             saved in: C:\\Temp\\list.txt\n\
             The list was made by Ana for the audit of this year.\n\
             A note by Ana about nothing of importance\n\
             PS C:\\> hostname\n\
             PC-02\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “Name, Version”
                reading: name from “Name”; version from “Version”
                8: Kaspersky | version 21.3 | host PC-01
                reading: name from “Name”; publisher from “Vendor”
                15: Bkav Pro | publisher Bkav Corporation | host PC-02
                20! expected a row of the table; passed over
                22! expected a table with a header and a line of dashes; passed over
                lines: 2 records + 18 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn what_compare_object_says_is_gone_is_not_installed() {
        check(
            "DisplayName    SideIndicator\n\
             -----------    -------------\n\
             Kaspersky Free <=\n\
             UltraAV        =>\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “DisplayName, SideIndicator”
                reading: name from “DisplayName”
                3: Kaspersky Free | removed
                4: UltraAV
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn localised_and_renamed_headers_are_understood() {
        check(
            "\u{1b}[32;1mПрограмма      \u{1b}[0m\u{1b}[32;1m Издатель\u{1b}[0m\n\
             \u{1b}[32;1m---------      \u{1b}[0m \u{1b}[32;1m--------\u{1b}[0m\n\
             Kaspersky Free  \"Лаборатория Касперского\"\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “Программа, Издатель”
                reading: name from “Программа”; publisher from “Издатель”
                3: Kaspersky Free | publisher "Лаборатория Касперского"
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn one_column_is_a_table_too() {
        check(
            "DisplayName\n-----------\nKaspersky Password Manager\n\n7-Zip\n",
            expect![[r#"
            Likely: a line of dashes stands under the header “DisplayName”
            reading: name from “DisplayName”
            3: Kaspersky Password Manager
            5: 7-Zip
            lines: 2 records + 3 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn a_table_without_names_is_a_problem() {
        check(
            "Farbe  Menge\n\
             -----  -----\n\
             rot    17\n",
            expect![[r#"
                Possible: a line of dashes stands under the header “Farbe, Menge”
                1! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Farbe”, “Menge”; rename the column that holds the program names to Name
                lines: 0 records + 1 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn a_row_with_a_version_only_names_no_program() {
        check(
            "Name  Version\n\
             ----  -------\n\
             \x20     1.0\n\
             7-Zip 23.01\n",
            expect![[r#"
                Certain: a line of dashes stands under the header “Name, Version”
                reading: name from “Name”; version from “Version”
                3! expected the name of a program, found none
                4: 7-Zip | version 23.01
                lines: 1 records + 2 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn a_column_called_name_alone_is_less_sure() {
        check(
            "Name     Status\n\
             ----     ------\n\
             Ethernet Up\n",
            expect![[r#"
                Likely: a line of dashes stands under the header “Name, Status”
                reading: name from “Name”
                3: Ethernet
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_winget_list_or_an_underlined_heading_is_no_such_table() {
        check(
            "Name       Id                  Version\n\
             ---------------------------------------\n\
             Kaspersky  Kaspersky.Kaspersky 21.3\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 1 structure + 2 problems
            "#]],
        );
        check(
            "Programs on this PC\n---------\n7-Zip\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 1 structure + 2 problems
            "#]],
        );
        check(
            "-----  -----\nName\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 1 structure + 1 problems
            "#]],
        );
    }
}
