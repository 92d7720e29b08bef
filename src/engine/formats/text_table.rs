//! A table in text with any header: columns are where the header's words and the gaps of the rows
//! are. What is left for tables when no tool is recognised.

use unicode_width::UnicodeWidthChar;

use super::columns::{Columns, Field, meaning_of};
use super::common::{is_prompt_line, is_remark, without_ellipsis};
use super::fixed_width::{Cells, Layout, is_rule, screen_width};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

pub(super) static FORMAT: Format = Format {
    id: "text-table",
    title: "Table in text",
    reads: "a table whose columns are parted by spaces, with a header that names them, with or \
            without a line under it",
    how_to_get: "copy the whole table with its header from the window it was printed in, or send \
                 the output of the command to a file with > list.txt",
    cannot_show: "only the rows and columns that the tool printed: a narrow window cuts names and \
                  drops columns; a CSV export of the same tool is better, if it has one",
    platform: None,
    sniff,
    open,
};

/// Lines that may stand above the header.
const LINES_ABOVE: usize = 20;
/// Rows looked at to find where the columns are.
const SAMPLE_ROWS: usize = 60;

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let table = Table::of(sample)?;
    let header = table.headers.join(", ");
    Some(Sniffed {
        confidence: Confidence::Possible,
        reason: clause!("its lines have gaps under those of the header “{header}”", header),
    })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    Lines::boxed(TextTableReader {
        table: Table::of(sample),
        cells: Cells::default(),
        has_rows: false,
    })
}

/// What the sample says of the table.
struct Table {
    layout: Layout,
    columns: Columns,
    headers: Vec<String>,
    /// The line of the header, from 1.
    line: u64,
    text: String,
}

impl Table {
    fn of(sample: &Sample<'_>) -> Option<Self> {
        let lines: Vec<(u64, &str)> =
            (1..).zip(sample.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
        lines.iter().take(LINES_ABOVE).enumerate().find_map(|(at, (number, line))| {
            let rows: Vec<&str> = lines
                .iter()
                .skip(at + 1)
                .map(|(_, row)| row.trim_end())
                .filter(|row| !is_rule(row) && !is_prompt_line(row))
                .take(SAMPLE_ROWS)
                .collect();
            Self::below(*number, line.trim_end(), &rows)
        })
    }

    /// The table that the line is the header of, if it is one.
    fn below(line: u64, header: &str, rows: &[&str]) -> Option<Self> {
        if header.contains('\t') || is_rule(header) || is_prompt_line(header) || rows.is_empty() {
            return None;
        }
        let gaps = Gaps::of(header, rows);
        let words = header_cells(header, &gaps);
        if words.len() < 2 {
            return None;
        }
        let columns = Columns::of(words.iter().map(|(_, word)| *word));
        // "Name" and "Status" are columns of anything; a version or a maker is a program's.
        let is_of_programs = columns.have(Field::Name)
            && [
                Field::Version,
                Field::Publisher,
                Field::ProductCode,
                Field::Package,
                Field::UninstallCommand,
            ]
            .iter()
            .any(|field| columns.have(*field));
        // Clusters list their computers and services with a name and a version, too.
        let is_of_cluster = words
            .iter()
            .any(|(_, word)| matches!(*word, "NAMESPACE" | "ROLES" | "READY" | "CHART"));
        if !is_of_programs || is_of_cluster || columns.known() * 3 < words.len() {
            return None;
        }
        let layout = Layout::new(column_starts(&words, &gaps));
        if layout.len() != words.len() {
            return None;
        }
        let mut cells = Cells::default();
        let fits = |row: &&&str| {
            layout.cut(row, &mut cells);
            let filled = (0..layout.len()).filter(|at| !cells.cell(row, *at).is_empty()).count();
            cells.crossed() == 0 && filled >= 2
        };
        let fitting = rows.iter().filter(fits).count();
        if fitting * 10 < rows.len() * 6 {
            return None;
        }
        Some(Self {
            layout,
            columns,
            headers: words.iter().map(|(_, word)| (*word).to_owned()).collect(),
            line,
            text: header.to_owned(),
        })
    }
}

/// Which columns of the screen the rows leave free.
struct Gaps {
    /// How many lines have a letter in each column.
    taken: Vec<usize>,
    rows: usize,
}

impl Gaps {
    /// Wider tables than this are looked at as far as it goes.
    const COLUMNS: usize = 4096;

    fn of(header: &str, rows: &[&str]) -> Self {
        let mut taken = Vec::new();
        for line in rows.iter().copied().chain(std::iter::once(header)) {
            let mut column = 0;
            for c in line.chars() {
                let end = column + c.width().unwrap_or(0);
                if end > Self::COLUMNS {
                    break;
                }
                if taken.len() < end {
                    taken.resize(end, 0);
                }
                if c != ' ' {
                    taken.iter_mut().take(end).skip(column).for_each(|count| *count += 1);
                }
                column = end;
            }
        }
        Self { taken, rows: rows.len() }
    }

    /// True if no row has a letter there; one in twenty may be a remark or have a cell too long.
    fn is_free(&self, column: usize) -> bool {
        self.taken.get(column).is_none_or(|count| *count <= self.rows / 20)
    }

    /// True if half of the rows have something in one of those columns.
    fn have_text(&self, from: usize, to: usize) -> bool {
        self.taken.iter().take(to).skip(from).any(|count| *count * 2 > self.rows + 1)
    }
}

/// The header's cells with the screen column each starts at: parted by two spaces or more, and by
/// one where the rows have a gap under it and something behind.
fn header_cells<'a>(header: &'a str, gaps: &Gaps) -> Vec<(usize, &'a str)> {
    let mut parts = Vec::new();
    let mut at = 0;
    for part in header.split("  ") {
        let text = part.trim();
        if !text.is_empty() {
            let start = at + (part.len() - part.trim_start().len());
            parts.push((screen_width(header.get(..start).unwrap_or_default()), text));
        }
        at += part.len() + 2;
    }
    let mut cells = Vec::with_capacity(parts.len());
    for (index, (start, text)) in parts.iter().enumerate() {
        let next = parts.get(index + 1).map_or(Gaps::COLUMNS, |(next, _)| *next);
        // "Display Name" is one heading whatever the rows below it look like.
        if meaning_of(text).is_some_and(|meaning| meaning.is_sure()) {
            cells.push((*start, *text));
            continue;
        }
        let mut from = 0;
        for (space, _) in text.match_indices(' ') {
            let word_start = start + screen_width(text.get(..=space).unwrap_or_default());
            if gaps.is_free(word_start - 1) && gaps.have_text(word_start, next) {
                cells.push((
                    start + screen_width(text.get(..from).unwrap_or_default()),
                    text.get(from..space).unwrap_or_default(),
                ));
                from = space + 1;
            }
        }
        cells.push((
            start + screen_width(text.get(..from).unwrap_or_default()),
            text.get(from..).unwrap_or_default(),
        ));
    }
    cells
}

/// Where the columns start: under the header's words, or, if rows have text right before that
/// (numbers stand to the right), behind the last gap that all rows have.
fn column_starts(words: &[(usize, &str)], gaps: &Gaps) -> Vec<usize> {
    let mut starts = Vec::with_capacity(words.len());
    let mut before = 0;
    for (index, (start, word)) in words.iter().enumerate() {
        if index == 0 {
            starts.push(0);
        } else if gaps.is_free(start.saturating_sub(1)) {
            starts.push(*start);
        } else {
            let gap = (before..*start).rev().find(|column| gaps.is_free(*column));
            starts.push(gap.map_or(*start, |column| column + 1));
        }
        before = start + screen_width(word);
    }
    starts
}

struct TextTableReader {
    table: Option<Table>,
    cells: Cells,
    has_rows: bool,
}

impl LineReader for TextTableReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim_end();
        let Some(table) = &self.table else {
            return if text.is_empty() { Outcome::STRUCTURE } else { Outcome::PROBLEM };
        };
        if text.is_empty() || line.number < table.line || is_rule(text) || is_prompt_line(text) {
            return Outcome::STRUCTURE;
        }
        if line.number == table.line {
            let headers: Vec<&str> = table.headers.iter().map(String::as_str).collect();
            sink.columns(&table.columns.readings(headers.iter().copied()));
            sink.reading(table.columns.described(&headers));
            return Outcome::STRUCTURE;
        }
        if text == table.text {
            return Outcome::STRUCTURE;
        }
        table.layout.cut(text, &mut self.cells);
        let cells = &self.cells;
        let is_prose = cells.crossed() > 0 && !text.trim().contains("  ");
        if !text.trim().contains("  ") && is_remark(text) {
            return Outcome::STRUCTURE;
        }
        if is_prose && self.has_rows && screen_width(text) > screen_width(&table.text) {
            let kind = ProblemKind::UnexpectedLine { expected: clause!("a row of the table") };
            sink.problem(line.number, kind, line.text);
            return Outcome::PROBLEM;
        }
        let mut draft = table.columns.draft(|at| cells.cell(text, at));
        if draft.is_empty() {
            sink.problem(line.number, ProblemKind::NoName, line.text);
            return Outcome::PROBLEM;
        }
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            sink.problem(line.number, ProblemKind::NameCut, line.text);
        }
        self.has_rows = true;
        sink.record(&draft.record(line.number, text));
        Outcome::Is(LineClass::Record)
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if self.table.is_none() {
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
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
    fn columns_stand_under_the_words_of_the_header() {
        check(
            "Software of PC-17\n\n\
             Program                      Version       Manufacturer\n\
             7-Zip 23.01 (x64)            23.01         Igor Pavlov\n\
             Kaspersky Endpoint Security  12.6.0.438    AO Kaspersky Lab\n\
             微信                         3.9.8         Tencent\n\
             Kaspersky Endpoint Secu...   12.6\n\n\
             4 programs found\n",
            expect![[r#"
                Possible: its lines have gaps under those of the header “Program, Version, Manufacturer”
                reading: name from “Program”; version from “Version”; publisher from “Manufacturer”
                4: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
                5: Kaspersky Endpoint Security | version 12.6.0.438 | publisher AO Kaspersky Lab
                6: 微信 | version 3.9.8 | publisher Tencent
                7! the tool cut this name; what is left was checked, but a wider list would say more
                7: Kaspersky Endpoint Secu | version 12.6
                lines: 4 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn numbers_may_stand_to_the_right_and_words_one_space_apart() {
        check(
            "Application Name                 Version  Size Vendor\n\
             =====================================================\n\
             7-Zip                              23.01   5.5 Igor Pavlov\n\
             Kaspersky Endpoint Security   12.6.0.438 102.4 AO Kaspersky Lab\n",
            expect![[r#"
                Possible: its lines have gaps under those of the header “Application Name, Version, Size, Vendor”
                reading: name from “Application Name”; version from “Version”; publisher from “Vendor”
                3: 7-Zip | version 23.01 | publisher Igor Pavlov
                4: Kaspersky Endpoint Security | version 12.6.0.438 | publisher AO Kaspersky Lab
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "Name      Version Publisher\n\
             7-Zip     23.01   Igor Pavlov\n\
             Kaspersky 21.3    Kaspersky\n",
            expect![[r#"
                Possible: its lines have gaps under those of the header “Name, Version, Publisher”
                reading: name from “Name”; version from “Version”; publisher from “Publisher”
                2: 7-Zip | version 23.01 | publisher Igor Pavlov
                3: Kaspersky | version 21.3 | publisher Kaspersky
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_prose_and_lists_are_not_recognised() {
        for text in [
            "NAME    READY   STATUS    RESTARTS\nfoo     1/1     Running   0\n",
            "NAME    STATUS  ROLES   VERSION\nnode-1  Ready   master  v1.28.1\nnode-2  Ready   none    v1.28.1\n",
            "Filesystem  Size  Used  Mounted on\n/dev/sda1   10G   5G    /\n",
            "The name of the program and its version follow below.\nFirefox\n7-Zip\n",
            "Name  Version\nThis is a letter and not a table at all.\nPlease read it through.\nBye bye all.\n",
            "Firefox\n7-Zip\n",
            "Name, Version\nA, 1.0\n",
        ] {
            let found = transcript(&FORMAT, text);
            assert!(found.starts_with("not recognised"), "{text}{found}");
        }
    }
}
