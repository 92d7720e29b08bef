//! Which delimiter a table has, and where its header is.

use super::{Row, Rows};
use crate::engine::formats::columns::{Columns, Field, meaning_of};
use crate::engine::formats::common::{is_drive_path, is_guid, is_prompt_line, looks_like_version};
use crate::engine::formats::fields::{Dialect, NONE, Splitter};
use crate::engine::formats::tool_table;
use crate::engine::formats::{Line, Sample};
use crate::engine::record::TableChoice;

/// What the beginning of a source says about the whole.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub dialect: Dialect,
    pub kind: Kind,
    /// The header's cells as written; the first row's where there is no header.
    pub header: Vec<String>,
    /// The line the header begins on, from 1.
    pub header_line: u64,
    /// The header's cells are in quotation marks.
    pub is_quoted: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A header names the columns.
    Header {
        columns: Columns,
        /// A `#TYPE` line of Export-Csv: no other tool writes like that.
        is_typed: bool,
    },
    /// No header, but what the columns hold is plain, or said by the user.
    Headless(Columns),
    /// Rows of fields, and no way to tell which holds names.
    Nameless,
}

impl Default for Shape {
    /// What is assumed when a user insists that something unrecognised is delimited.
    fn default() -> Self {
        Self {
            dialect: Dialect::plain(b','),
            kind: Kind::Nameless,
            header: Vec::new(),
            header_line: 1,
            is_quoted: false,
        }
    }
}

/// Rows looked at to choose a delimiter.
const SAMPLE_ROWS: usize = 100;
/// Rows among which the header is looked for: three lines of Configuration Manager, four of
/// Autoruns and some notes stand above it.
const HEADER_ROWS: usize = 16;
/// The longest cell that can be a header's, in characters.
const HEADER_CELL: usize = 48;

impl Shape {
    pub fn of(sample: &Sample<'_>) -> Option<Self> {
        if begins_like_something_else(sample) {
            return None;
        }
        let dialects = match separator_line(sample) {
            Some(delimiter) => vec![Dialect::plain(delimiter)],
            None => vec![
                Dialect::plain(b','),
                Dialect::plain(b';'),
                Dialect::plain(b'\t'),
                Dialect { is_drawn: is_drawn(sample), ..Dialect::plain(b'|') },
            ],
        };
        let tables: Vec<Table> =
            dialects.into_iter().map(|dialect| Table::of(sample, dialect)).collect();
        tables
            .iter()
            .filter_map(|table| Some((table.header(sample.tables)?, table)))
            // The first of equals wins, so the comparison is made to keep it.
            .reduce(|best, other| if other.0.score > best.0.score { other } else { best })
            .map(|(header, table)| table.shape_with(header, sample))
            .or_else(|| single_column(sample))
            .or_else(|| tables.iter().find_map(|table| table.chosen_shape(sample.tables)))
            .or_else(|| tables.iter().find_map(Table::headless_shape))
            .or_else(|| tables.iter().find_map(Table::nameless_shape))
    }

    /// The shape of a table whose header is known.
    pub fn below(found: &tool_table::Found<'_>, sample: &Sample<'_>) -> Self {
        let is_drawn = found.delimiter == b'|' && is_drawn(sample);
        let dialect = Dialect { is_drawn, ..Dialect::plain(found.delimiter) };
        let mut splitter = Splitter::new(dialect);
        splitter.split_one(found.text);
        let fields = splitter.fields(found.text);
        let header: Vec<String> = (0..fields.len()).map(|at| fields.get(at).to_owned()).collect();
        let columns = Columns::of(header.iter().map(|cell| header_word(cell)));
        Self {
            dialect,
            kind: Kind::Header { columns, is_typed: false },
            header,
            header_line: found.line,
            is_quoted: found.text.starts_with('"'),
        }
    }

    /// The shape of a sheet with a header.
    pub fn of_sheet(sample: &Sample<'_>) -> Option<Self> {
        let table = Table::of(sample, Dialect::SHEET);
        let header = table.header(sample.tables);
        header.map(|header| table.shape_with(header, sample)).or_else(|| {
            single_column(sample).map(|shape| Self { dialect: Dialect::SHEET, ..shape })
        })
    }
}

/// True for markup, JSON, ini and registry files, whose lines may well hold commas and pipes.
fn begins_like_something_else(sample: &Sample<'_>) -> bool {
    let Some(first) = sample.filled_lines().find(|line| !is_prompt_line(line)) else {
        return true;
    };
    let first = first.trim_start();
    first.starts_with(['{', '<'])
        || (first.starts_with('[') && first.trim_end().ends_with([']', '[', '{']))
        || first.starts_with("[{")
        || first.starts_with("Windows Registry Editor")
}

/// The delimiter of Excel's first line `sep=;`.
fn separator_line(sample: &Sample<'_>) -> Option<u8> {
    let first = sample.filled_lines().next()?;
    let delimiter = separator_in(first)?;
    delimiter.is_ascii().then_some(delimiter)
}

pub(super) fn separator_in(line: &str) -> Option<u8> {
    let line = line.trim_matches(|c| c == '"' || c == ' ');
    let (word, delimiter) = line.split_at_checked(4)?;
    match (word.eq_ignore_ascii_case("sep="), delimiter.as_bytes()) {
        (true, [delimiter]) => Some(*delimiter),
        // The tab was trimmed or lost on the way.
        (true, []) => Some(b'\t'),
        _ => None,
    }
}

/// True if most lines with a pipe begin with one, or have a rule of a drawn table (`+---+`, `|---|`,
/// `---+---`).
fn is_drawn(sample: &Sample<'_>) -> bool {
    let with_pipes = || sample.filled_lines().take(SAMPLE_ROWS).filter(|line| line.contains('|'));
    let framed = with_pipes().filter(|line| line.trim_start().starts_with('|')).count();
    let ruled = sample
        .filled_lines()
        .take(SAMPLE_ROWS)
        .any(|line| is_rule(line) && line.contains(['+', '|']));
    framed * 2 > with_pipes().count() || (ruled && with_pipes().next().is_some())
}

/// True for a line that only draws: `+------+-----+`, `|:---|---:|`, `-----,-----`.
pub(super) fn is_rule(line: &str) -> bool {
    let draws = |byte: u8| {
        matches!(byte, b'-' | b'=' | b'+' | b'|' | b':' | b' ' | b',' | b';' | b'\t' | b'"')
    };
    line.bytes().all(draws) && line.bytes().filter(|byte| matches!(byte, b'-' | b'=')).count() >= 3
}

/// The sample's rows under one dialect.
struct Table {
    dialect: Dialect,
    /// Line and cells of the rows that hold anything.
    rows: Vec<(u64, Vec<String>)>,
}

/// A row that could be the header.
struct Header {
    row: usize,
    columns: Columns,
    /// How many columns are known, then how many rows fit, in per cent.
    score: (usize, usize),
}

impl Table {
    fn of(sample: &Sample<'_>, dialect: Dialect) -> Self {
        let mut rows = Vec::new();
        let mut splitter = Rows::new(dialect);
        let mut keep = |row: &Row<'_>| {
            let text = row.text.trim();
            let is_structure = text.is_empty()
                || text.starts_with("#TYPE ")
                || is_rule(text)
                || is_prompt_line(text)
                || separator_in(text).is_some();
            if !is_structure {
                rows.push((row.line, row.cells().map(str::to_owned).collect()));
            }
        };
        for (text, number) in sample.lines().take(SAMPLE_ROWS).zip(1..) {
            splitter.line(Line { number, text }, &mut keep);
        }
        splitter.end(&mut keep);
        Self { dialect, rows }
    }

    fn header(&self, tables: &[TableChoice]) -> Option<Header> {
        let mut best: Option<Header> = None;
        for (at, (_, cells)) in self.rows.iter().enumerate().take(HEADER_ROWS) {
            let written = || cells.iter().map(String::as_str);
            if tables.iter().any(|table| table.is_of(written())) {
                // Nobody knows better than the user.
                let columns = Columns::chosen_or_of(written(), tables);
                return Some(Header { row: at, columns, score: (usize::MAX, 100) });
            }
            let columns = Columns::of(cells.iter().map(|cell| header_word(cell)));
            if !columns.name_programs() || (filled(cells) < 2 && !self.dialect.is_drawn) {
                continue;
            }
            let fitting = self.fitting(at);
            let is_sure = columns.known() >= 2;
            // Fields that hold the delimiter without quotation marks (wmic) make rows longer, so
            // a header with several known words is believed sooner.
            if fitting < if is_sure { 25 } else { 60 } {
                continue;
            }
            let score = (columns.known(), fitting);
            if best.as_ref().is_none_or(|best| score.0 > best.score.0) {
                best = Some(Header { row: at, columns, score });
            }
        }
        best
    }

    /// How many in a hundred rows below that one have as many fields.
    fn fitting(&self, header: usize) -> usize {
        let below = self.rows.get(header + 1..).unwrap_or_default();
        let expected = self.rows.get(header).map_or(0, |(_, cells)| trimmed(cells));
        let fit = below.iter().filter(|(_, cells)| {
            // Trailing fields that are empty may be left out, and one may be added.
            let most = cells.len().max(expected);
            trimmed(cells) <= expected && (most <= expected + 1) && cells.len() * 2 > expected
        });
        (fit.count() * 100).checked_div(below.len()).unwrap_or(100)
    }

    fn shape_with(&self, header: Header, sample: &Sample<'_>) -> Shape {
        let (line, cells) = self.rows.get(header.row).cloned().unwrap_or_default();
        let is_typed = sample.filled_lines().next().is_some_and(|line| line.starts_with("#TYPE "));
        let text = usize::try_from(line).ok().and_then(|line| sample.lines().nth(line - 1));
        Shape {
            dialect: self.dialect,
            kind: Kind::Header { columns: header.columns, is_typed },
            header: cells,
            header_line: line,
            is_quoted: text.is_some_and(|text| text.starts_with('"')),
        }
    }

    /// The number of fields that most rows have, if that is two or more and nearly all have it.
    fn width(&self, least_rows: usize) -> Option<usize> {
        let width = trimmed(&self.rows.first()?.1).max(trimmed(&self.rows.get(1)?.1));
        let fits = |cells: &[String]| trimmed(cells) <= width && cells.len() >= width;
        let fit = self.rows.iter().filter(|(_, cells)| fits(cells)).count();
        (width >= 2 && self.rows.len() >= least_rows && fit * 10 >= self.rows.len() * 8)
            .then_some(width)
    }

    /// A table without a header as the user says tables with so many columns are.
    fn chosen_shape(&self, tables: &[TableChoice]) -> Option<Shape> {
        let width = self.width(2)?;
        let table = tables.iter().find(|table| table.is_of_headless(width))?;
        self.headless_with(Columns::chosen(&table.columns), width)
    }

    fn headless_with(&self, columns: Columns, width: usize) -> Option<Shape> {
        let (line, cells) = self.rows.first()?;
        let mut header = cells.clone();
        header.resize(width, String::new());
        Some(Shape {
            dialect: self.dialect,
            kind: Kind::Headless(columns),
            header,
            header_line: *line,
            is_quoted: false,
        })
    }

    fn headless_shape(&self) -> Option<Shape> {
        let width = self.width(2)?;
        let column = |at: usize| {
            self.rows.iter().filter_map(move |(_, cells)| cells.get(at)).map(|cell| cell.trim())
        };
        let share = |at: usize, is: fn(&str) -> bool| {
            let filled = column(at).filter(|cell| !cell.is_empty()).count();
            (column(at).filter(|cell| is(cell)).count() * 100).checked_div(filled).unwrap_or(0)
        };
        let texts: Vec<usize> = (0..width).filter(|at| share(*at, is_words) >= 80).collect();
        // The names differ from row to row; the computer's or the publisher's name does not.
        let distinct = |at: usize| column(at).collect::<std::collections::HashSet<_>>().len();
        let version = (1..width).find(|at| share(*at, looks_like_version) >= 70)?;
        let name = texts
            .iter()
            .copied()
            .filter(|at| *at < version)
            .reduce(|best, at| if distinct(at) > distinct(best) { at } else { best })?;
        let publisher = texts.iter().copied().find(|at| *at > name && *at != version);
        let mut columns = vec![None; width];
        let known = [(Some(name), Field::Name), (Some(version), Field::Version)];
        for (at, field) in known.into_iter().chain([(publisher, Field::Publisher)]) {
            if let Some(column) = at.and_then(|at| columns.get_mut(at)) {
                *column = Some(field);
            }
        }
        self.headless_with(Columns::chosen(&columns), width)
    }

    /// Rows that are plainly fields, though nothing says which holds names.
    fn nameless_shape(&self) -> Option<Shape> {
        self.width(if self.dialect.delimiter == b'\t' { 2 } else { 3 })?;
        let (line, cells) = self.rows.first()?;
        Some(Shape {
            dialect: self.dialect,
            kind: Kind::Nameless,
            header: cells.clone(),
            header_line: *line,
            is_quoted: false,
        })
    }
}

/// A table of one column: its first line is a word for a program's name and nothing else.
fn single_column(sample: &Sample<'_>) -> Option<Shape> {
    let mut lines = (1..).zip(sample.lines()).filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("#TYPE ") && !is_prompt_line(line)
    });
    let (number, first) = lines.next()?;
    let is_quoted = first.starts_with('"') && first.trim_end().ends_with('"');
    let word = first.trim().trim_matches('"');
    let meaning = meaning_of(header_word(word))?;
    let is_name = meaning.field == Field::Name && meaning.rank <= 2;
    // A rule below it: a table drawn by PowerShell, not ours.
    let next = lines.next().map_or("", |(_, line)| line.trim());
    // "Installed programs:" is a heading above a plain list, and so is "# Installed programs".
    let is_heading = word.ends_with([':', '：']) || word.starts_with("# ");
    if !is_name
        || is_heading
        || word.contains([',', ';', '\t', '|'])
        || is_rule(next)
        || next.is_empty()
    {
        return None;
    }
    // `wmic product get name` pads all lines with spaces to one width; that is not ours either.
    if first.ends_with("  ") {
        return None;
    }
    let is_typed = sample.filled_lines().next().is_some_and(|line| line.starts_with("#TYPE "));
    Some(Shape {
        dialect: Dialect::plain(NONE),
        kind: Kind::Header { columns: Columns::of(std::iter::once(word)), is_typed },
        header: vec![word.to_owned()],
        header_line: number,
        is_quoted,
    })
}

/// A cell as a header's word: nothing if it is too long to be one.
pub(super) fn header_word(cell: &str) -> &str {
    let cell = cell.trim();
    if cell.chars().count() > HEADER_CELL || cell.split_whitespace().count() > 5 {
        return "";
    }
    cell
}

/// True for text that could name something: it has a letter and is no version, path, id or date.
fn is_words(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
        && !looks_like_version(cell)
        && !is_drive_path(cell)
        && !cell.starts_with(['{', '/', '\\'])
        && !is_guid(cell)
        && !cell.contains("://")
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// How many cells there are, without empty ones at the end.
pub(super) fn trimmed(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1)
}
