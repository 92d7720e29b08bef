//! UninstallView of NirSoft: blocks of `Display Name      : …`, and tables without a header.

use super::block::Block;
use super::columns::{Field, meaning_of};
use super::{
    Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed, delimited,
};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "uninstallview",
    title: "UninstallView (NirSoft)",
    reads: "what UninstallView saves as text, and its tab- or comma-separated tables with or \
            without a header line, with the columns in any order",
    how_to_get: "in UninstallView: Edit, Select All, then File, Save Selected Items, as \
                 tab-delimited text; or in a command prompt: UninstallView.exe /scomma list.csv",
    cannot_show: "only the columns that were shown are saved: without Publisher and Registry Key \
                  a program under a name that does not say who made it is not recognised; Store \
                  apps are in it only if that option was on",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

/// The columns as UninstallView calls them, in the order it has them.
const COLUMNS: &[&str] = &[
    "Display Name",
    "Registry Name",
    "Display Version",
    "Registry Time",
    "Install Date",
    "Installed For",
    "Install Location",
    "Install Folder Created Time",
    "Install Folder Modified Time",
    "Install Folder Owner",
    "Publisher",
    "Uninstall String",
    "Quiet Uninstall String",
    "Change Install String",
    "Comments",
    "About URL",
    "Update Info URL",
    "Help Link",
    "Install Source",
    "Installer Name",
    "Release Type",
    "Display Icon Path",
    "MSI Filename",
    "Estimated Size",
    "Attributes",
    "Language",
    "Parent Key Name",
    "Registry Key",
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = match Shape::of(sample)? {
        Shape::Blocks => key!("its blocks have the labels of UninstallView between lines of ="),
        Shape::WithHeader => key!("its header has the columns of UninstallView"),
        Shape::WithoutHeader { .. } => {
            key!("its rows have no header, but name keys of the registry below Uninstall")
        }
    };
    Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    match Shape::of(sample) {
        Some(Shape::WithoutHeader { delimiter, columns }) => {
            delimited::open_without_header(delimiter, &columns)
        }
        Some(Shape::WithHeader) => delimited::open(sample),
        _ => Lines::boxed(BlockReader::default()),
    }
}

enum Shape {
    /// `/stext`
    Blocks,
    /// `/scomma` and `/stab` with a header line.
    WithHeader,
    /// The same without it.
    WithoutHeader { delimiter: u8, columns: Vec<Option<Field>> },
}

impl Shape {
    fn of(sample: &Sample<'_>) -> Option<Self> {
        let mut lines = sample.filled_lines();
        let first = lines.clone().next()?;
        if is_separator(first) {
            let labels = lines.by_ref().skip(1).take(12).filter_map(labelled);
            return (labels.count() >= 2).then_some(Self::Blocks);
        }
        for delimiter in [b'\t', b','] {
            let cells =
                first.split(char::from(delimiter)).map(|cell| cell.trim().trim_matches('"'));
            let known = cells.filter(|cell| COLUMNS.contains(cell)).count();
            // Any other tool has one or two of these headings.
            if known >= 4 {
                return Some(Self::WithHeader);
            }
        }
        [b'\t', b','].into_iter().find_map(|delimiter| Self::without_header(sample, delimiter))
    }

    /// Rows as wide as each other with a key of the registry in one column; the others are found
    /// by what they hold, or by their place if none was hidden.
    fn without_header(sample: &Sample<'_>, delimiter: u8) -> Option<Self> {
        const ROWS: usize = 30;
        let rows: Vec<Vec<&str>> = sample
            .filled_lines()
            .take(ROWS)
            .map(|line| {
                // Enough to look at: a comma inside quotation marks makes a row that fits nothing.
                let cells = line.split(char::from(delimiter));
                let mut cells: Vec<&str> = cells.map(|cell| cell.trim_matches('"')).collect();
                while cells.last().is_some_and(|cell| cell.is_empty()) {
                    cells.pop();
                }
                cells
            })
            .collect();
        let key_of = |row: &Vec<&str>| row.iter().position(|cell| is_uninstall_key(cell));
        // A comma inside quotation marks moves the key to the right, in some rows.
        let with_key_at = |at: usize| rows.iter().filter(|row| key_of(row) == Some(at)).count();
        let key = rows.iter().filter_map(key_of).max_by_key(|at| with_key_at(*at))?;
        let typical: Vec<&Vec<&str>> = rows.iter().filter(|row| key_of(row) == Some(key)).collect();
        let width = typical.iter().map(|row| row.len()).max()?;
        if width < 3 || typical.len() * 2 < rows.len() {
            return None;
        }
        let mut columns: Vec<Option<Field>> = vec![None; width];
        if key + 1 == COLUMNS.len() {
            for (column, name) in columns.iter_mut().zip(COLUMNS) {
                *column = meaning_of(name).map(|meaning| meaning.field);
            }
            return Some(Self::WithoutHeader { delimiter, columns });
        }
        let share = |at: usize, is: fn(&str) -> bool| {
            let cells =
                typical.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
            let filled = cells.clone().count();
            (cells.filter(|cell| is(cell)).count() * 100).checked_div(filled).unwrap_or(0)
        };
        let key_names = |at: usize| {
            let same = typical.iter().filter(|row| {
                let name = row.get(key).and_then(|key| key.rsplit('\\').next());
                name.is_some() && name == row.get(at).copied()
            });
            same.count() * 2 > typical.len()
        };
        for at in 0..width {
            let has = |columns: &[Option<Field>], field| columns.contains(&Some(field));
            let field = if at == key || (key_names(at) && has(&columns, Field::Name)) {
                Some(Field::ProductCode)
            } else if share(at, is_command) >= 60 {
                Some(Field::UninstallCommand)
            } else if share(at, super::common::is_drive_path) >= 60 {
                Some(Field::Path)
            } else if share(at, is_version) >= 60 && !has(&columns, Field::Version) {
                Some(Field::Version)
            } else if share(at, is_text) >= 80 && !has(&columns, Field::Name) {
                Some(Field::Name)
            } else if share(at, is_text) >= 80
                && !has(&columns, Field::Publisher)
                && share(at, is_installed_for) < 50
            {
                Some(Field::Publisher)
            } else {
                None
            };
            if let Some(column) = columns.get_mut(at) {
                *column = field;
            }
        }
        columns.contains(&Some(Field::Name)).then_some(Self::WithoutHeader { delimiter, columns })
    }
}

fn is_uninstall_key(cell: &str) -> bool {
    cell.starts_with("HK") && cell.contains("\\CurrentVersion\\Uninstall\\")
}

fn is_command(cell: &str) -> bool {
    cell.starts_with("MsiExec") || cell.contains(".exe\" ") || cell.contains(".exe /")
}

fn is_version(cell: &str) -> bool {
    super::common::looks_like_version(cell)
}

/// Words, and no address, time or size.
fn is_text(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    cell.contains(char::is_alphabetic)
        && !cell.contains("://")
        && !cell.contains('\\')
        && !cell.starts_with('{')
        && digits * 2 <= cell.len()
        && !is_version(cell)
        && !cell.ends_with(" KB")
}

/// "Machine" and "User", and "Yes" and "No" of other columns.
fn is_installed_for(cell: &str) -> bool {
    matches!(cell, "Machine" | "User" | "All Users" | "Current User" | "Yes" | "No")
}

/// `==================================================`
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 20 && line.bytes().all(|byte| byte == b'=')
}

/// A label of UninstallView, padded, and its value. A translated UninstallView has other labels,
/// which are known if their words are.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (label, value) =
        line.split_once(" : ").or_else(|| line.strip_suffix(" :").map(|label| (label, "")))?;
    let label = label.trim_end();
    (COLUMNS.contains(&label) || meaning_of(label).is_some()).then_some((label, value.trim()))
}

#[derive(Default)]
struct BlockReader {
    block: Block,
    has_record: bool,
}

impl LineReader for BlockReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if is_separator(line.text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if let Some((label, value)) = labelled(line.text) {
            self.block.add_line(line.number, line.text);
            self.block.put(meaning_of(label), value);
            return Outcome::Later;
        }
        if self.block.is_empty() {
            if line.text.trim().is_empty() {
                return Outcome::STRUCTURE;
            }
            let expected = clause!("a label of UninstallView such as “Display Name : …”");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
            return Outcome::PROBLEM;
        }
        // A label of no use, or a comment that runs over several lines.
        self.block.add_line(line.number, line.text);
        self.block.put(None, "");
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if !self.has_record {
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

impl BlockReader {
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let draft = self.block.draft();
        let class = if draft.is_empty() {
            sink.problem(self.block.first_line(), ProblemKind::NoName, self.block.text());
            LineClass::Problem
        } else {
            sink.record(&draft.record(self.block.first_line(), self.block.text()));
            self.has_record = true;
            LineClass::Record
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn blocks_end_at_their_line_whatever_their_comments_hold() {
        check(
            "==================================================\n\
             Display Name      : 7-Zip 23.01 (x64)\n\
             Registry Name     : 7-Zip\n\
             Display Version   : 23.01\n\
             Publisher         : Igor Pavlov\n\
             Comments          : first line\n\
             \n\
             and a second one\n\
             Registry Key      : HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\7-Zip\n\
             ==================================================\n\
             \n\
             ==================================================\n\
             Display Name      : Kaspersky\n\
             Registry Name     : InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}\n\
             Display Version   : 21.3.10.391\n\
             Publisher         : Kaspersky\n\
             ==================================================\n\n\
             stray\n",
            expect![[r#"
                Certain: its blocks have the labels of UninstallView between lines of =
                2: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov | product-code 7-Zip
                13: Kaspersky | version 21.3.10.391 | publisher Kaspersky | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}
                19! expected a label of UninstallView such as “Display Name : …”; passed over
                lines: 12 records + 6 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn a_table_without_header_is_read_by_what_its_columns_hold() {
        check(
            "7-Zip 23.01 (x64)\t23.01\tMachine\tIgor Pavlov\t7-Zip\tHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\7-Zip\t\n\
             Kaspersky\t21.3.10.391\tMachine\tAO Kaspersky Lab\tInstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}\tHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}\t\n",
            expect![[r#"
                Certain: its rows have no header, but name keys of the registry below Uninstall
                reading: tab-separated; no header line; name from column 1; version from column 2; publisher from column 4; identifiers from column 5, column 6
                1: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov | product-code 7-Zip
                2: Kaspersky | version 21.3.10.391 | publisher AO Kaspersky Lab | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_comma_inside_quotation_marks_moves_no_column() {
        let key = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
        check(
            &format!(
                "Zoom,\"Zoom Video Communications, Inc.\",5.17.1,{key}\\ZoomUMX\n\
                 7-Zip,Igor Pavlov,23.01,{key}\\7-Zip\n\
                 Agent,AO Kaspersky Lab,14.0.0.10902,{key}\\{{0F05E4E5-5A89-482C-9A62-47CC58643788}}\n"
            ),
            expect![[r#"
                Certain: its rows have no header, but name keys of the registry below Uninstall
                reading: comma-separated; no header line; name from column 1; version from column 3; publisher from column 2; identifiers from column 4
                1: Zoom | version 5.17.1 | publisher Zoom Video Communications, Inc. | product-code ZoomUMX
                2: 7-Zip | version 23.01 | publisher Igor Pavlov | product-code 7-Zip
                3: Agent | version 14.0.0.10902 | publisher AO Kaspersky Lab | product-code {0F05E4E5-5A89-482C-9A62-47CC58643788}
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_table_with_every_column_is_read_by_their_places() {
        let row = |name: &str, key: &str, version: &str, publisher: &str| {
            let mut cells = vec![""; 28];
            (cells[0], cells[1], cells[2], cells[10]) = (name, key, version, publisher);
            let path = format!(
                "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{key}"
            );
            cells[27] = &path;
            cells.join("\t") + "\n"
        };
        let text = row("7-Zip", "7-Zip", "23.01", "Igor Pavlov")
            + &row("Foo", "{0F05E4E5-5A89-482C-9A62-47CC58643788}", "", "AO Kaspersky Lab");
        check(
            &text,
            expect![[r#"
                Certain: its rows have no header, but name keys of the registry below Uninstall
                reading: tab-separated; no header line; name from column 1; version from column 3; publisher from column 11; identifiers from column 2, column 7, column 12, column 13
                1: 7-Zip | version 23.01 | publisher Igor Pavlov | product-code 7-Zip
                2: Foo | publisher AO Kaspersky Lab | product-code {0F05E4E5-5A89-482C-9A62-47CC58643788}
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_header_in_any_order_is_recognised() {
        check(
            "Publisher,Display Name,Display Version,Registry Name,Installed For\n\
             AO Kaspersky Lab,Kaspersky,21.3,InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111},Machine\n",
            expect![[r#"
                Certain: its header has the columns of UninstallView
                reading: comma-separated; name from “Display Name”; version from “Display Version”; publisher from “Publisher”; identifiers from “Registry Name”
                2: Kaspersky | version 21.3 | publisher AO Kaspersky Lab | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_and_blocks_are_not_recognised() {
        for text in [
            "==================================================\nHost : PC\nDomain : X\n",
            "Publisher,Name,Version\nA,B,1\n",
            "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\7-Zip\n",
            "Firefox\n7-Zip\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
