//! Delimited text: comma, semicolon, tab or pipe, with a header whose words are known.

mod programs;
mod shape;

use super::columns::{Columns, Draft, Field, Meaning, meaning_of};
use super::common::{is_prompt_line, is_remark, looks_like_version, without_ellipsis};
use super::fields::{Dialect, Fields, Splitter};
use super::memo::{Cut, Memo};
use super::tool_table::{self, AnyTable, NoAnswer, TableRow, Tool};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::limits::{COLUMNS, FIRST_RECORDS, FIRST_ROWS, LINE_BYTES, QUOTED_LINES};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Record, Sink, TableChoice, TitleKey};

use programs::{Program, programs_of};
use shape::{Kind, Shape, header_word, is_rule, separator_in};

pub(super) static FORMAT: Format = Format {
    id: "delimited",
    title: "CSV or other delimited text",
    reads: "tables with a comma, semicolon, tab or pipe between the fields and a header that names \
            them: Export-Csv, wmic /format:csv, exports of any inventory tool, spreadsheets saved \
            as CSV, tables of Markdown",
    how_to_get: "export the list of programs of your inventory tool as CSV, or save the \
                 spreadsheet as \"CSV UTF-8\"; keep the header line",
    cannot_show: "only the programs that the tool which made the table looks for: what is merely \
                  copied to the disk, browser extensions and the programs of users who are not \
                  signed in are often missing",
    platform: None,
    sniff,
    open,
};

pub(super) fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let shape = Shape::of(sample)?;
    let (confidence, reason) = match &shape.kind {
        Kind::Header { columns, is_typed, .. } => {
            let header: Vec<&str> = shape.header.iter().map(String::as_str).collect();
            let confidence = if *is_typed {
                Confidence::Certain
            } else if columns.known() >= 2 || shape.is_quoted {
                Confidence::Likely
            } else {
                Confidence::Possible
            };
            let line = shape.header_line;
            let words = quoted(&header);
            (confidence, clause!("line {line} is a header with known words: {words}", line, words))
        }
        Kind::Headless(_) => (
            Confidence::Possible,
            clause!("its lines have the same number of fields, and one field looks like a version"),
        ),
        Kind::Nameless => (
            Confidence::Possible,
            clause!(
                "it is {form}, but no column is named as a program's name",
                form = shape.dialect.described()
            ),
        ),
    };
    Some(Sniffed { confidence, reason })
}

/// Opens a table for this format, or for another that knows it by its header.
pub(super) fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    let shape = Shape::of(sample).unwrap_or_default();
    Lines::boxed(Delimited::new(shape, sample.tables.to_vec(), Box::new(AnyTable)))
}

/// A reader of a tool's table, which begins with one of those headers.
pub(super) fn open_as(
    tool: impl Tool + 'static,
    headers: &'static [tool_table::Header],
    sample: &Sample<'_>,
) -> Box<dyn Reader> {
    let shape = tool_table::find(sample, headers).map(|found| Shape::below(&found, sample));
    let shape = shape.or_else(|| Shape::of(sample)).unwrap_or_default();
    Lines::boxed(Delimited::new(shape, sample.tables.to_vec(), Box::new(tool)))
}

/// Opens a table that has no header, whose columns its format knows.
pub(super) fn open_without_header(delimiter: u8, columns: &[Option<Field>]) -> Box<dyn Reader> {
    let shape = Shape {
        dialect: Dialect::plain(delimiter),
        kind: Kind::Headless(Columns::chosen(columns)),
        header: vec![String::new(); columns.len()],
        ..Shape::default()
    };
    Lines::boxed(Delimited::new(shape, Vec::new(), Box::new(AnyTable)))
}

/// The rows of a sheet of a workbook, a line each, as
/// [`workbook`](crate::engine::container::workbook) writes them. It is never found in text.
pub static SHEET: Format = Format {
    id: "sheet",
    title: "sheet of a workbook",
    reads: FORMAT.reads,
    how_to_get: FORMAT.how_to_get,
    cannot_show: FORMAT.cannot_show,
    platform: None,
    sniff: sniff_sheet,
    open: open_sheet,
};

fn sniff_sheet(sample: &Sample<'_>) -> Option<Sniffed> {
    let shape = Shape::of_sheet(sample)?;
    let Kind::Header { columns, .. } = &shape.kind else { return None };
    let confidence = if columns.known() >= 2 { Confidence::Likely } else { Confidence::Possible };
    let header: Vec<&str> = shape.header.iter().map(String::as_str).collect();
    let row = shape.header_line;
    let words = quoted(&header);
    let reason = clause!("row {row} is a header with known words: {words}", row, words);
    Some(Sniffed { confidence, reason })
}

fn open_sheet(sample: &Sample<'_>) -> Box<dyn Reader> {
    let shape = Shape::of_sheet(sample).unwrap_or_default();
    Lines::boxed(Delimited::new(shape, sample.tables.to_vec(), Box::new(AnyTable)))
}

fn quoted(cells: &[&str]) -> String {
    const SHOWN: usize = 4;
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let shown: Vec<String> =
        filled.by_ref().take(SHOWN).map(|cell| format!("\u{201C}{cell}\u{201D}")).collect();
    let more = if filled.next().is_some() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

// ---------------------------------------------------------------------------------------------
// Rows: lines are joined while a quotation mark is open, and cut in fields

/// Makes rows of lines.
struct Rows {
    splitter: Splitter,
    /// The lines of a row whose quotation mark is still open.
    pending: String,
    pending_line: u64,
    pending_lines: usize,
    /// How many fields a row should have; 0 if that is not known.
    expected: usize,
    /// How many lines a field may run over.
    most_lines: usize,
}

/// A row cut in fields.
struct Row<'a> {
    fields: Fields<'a>,
    /// Its first line.
    line: u64,
    /// How many lines it runs over.
    lines: u64,
    /// As written.
    text: &'a str,
    /// A quotation mark was opened in it and never closed.
    is_unclosed: bool,
}

impl<'a> Row<'a> {
    fn cells(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let fields = self.fields;
        (0..fields.len()).map(move |at| fields.get(at))
    }
}

impl Rows {
    fn new(dialect: Dialect) -> Self {
        Self {
            splitter: Splitter::new(dialect),
            pending: String::new(),
            pending_line: 0,
            pending_lines: 0,
            expected: 0,
            most_lines: QUOTED_LINES,
        }
    }

    /// Takes a line; `each` is given the rows that are complete with it. True if the line is held
    /// back.
    fn line(&mut self, line: Line<'_>, each: &mut dyn FnMut(&Row<'_>)) {
        if self.pending_lines == 0 {
            if self.splitter.split(line.text) {
                let fields = self.splitter.fields(line.text);
                let (line, text) = (line.number, line.text);
                each(&Row { fields, line, lines: 1, text, is_unclosed: false });
            } else {
                self.pending.clear();
                self.pending.push_str(line.text);
                self.pending_line = line.number;
                self.pending_lines = 1;
            }
            return;
        }
        self.pending.push('\n');
        self.pending.push_str(line.text);
        self.pending_lines += 1;
        if self.splitter.split_on(line.text) {
            if self.is_stray() {
                self.one_by_one(each);
                return;
            }
            let row = Row {
                fields: self.splitter.fields(""),
                line: self.pending_line,
                lines: self.pending_lines as u64,
                text: &self.pending,
                is_unclosed: false,
            };
            each(&row);
            self.pending_lines = 0;
        } else if self.pending_lines >= self.most_lines || self.pending.len() > LINE_BYTES {
            self.one_by_one(each);
        }
    }

    fn end(&mut self, each: &mut dyn FnMut(&Row<'_>)) {
        if self.pending_lines > 0 {
            self.one_by_one(each);
        }
    }

    /// A mark that opens nothing may well be "closed" by the first mark of a later line. Then the
    /// lines have the right number of fields each, which those of a field with line ends in it
    /// have not.
    fn is_stray(&mut self) -> bool {
        if self.expected < 2 {
            return false;
        }
        let is_wrong = self.splitter.fields("").len() != self.expected;
        let mut fit = 0;
        for line in self.pending.split('\n') {
            self.splitter.split_one(line);
            fit += usize::from(self.splitter.fields(line).len() == self.expected);
        }
        let is_stray = fit == self.pending_lines || (is_wrong && fit * 2 >= self.pending_lines);
        if !is_stray {
            let mut lines = self.pending.split('\n');
            self.splitter.split(lines.next().unwrap_or_default());
            for line in lines {
                self.splitter.split_on(line);
            }
        }
        is_stray
    }

    /// Gives the lines held back as rows of their own.
    fn one_by_one(&mut self, each: &mut dyn FnMut(&Row<'_>)) {
        self.pending_lines = 0;
        for (text, line) in self.pending.split('\n').zip(self.pending_line..) {
            self.splitter.split_one(text);
            let is_unclosed = line == self.pending_line;
            let fields = self.splitter.fields(text);
            each(&Row { fields, line, lines: 1, text, is_unclosed });
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Reading

struct Delimited {
    rows: Rows,
    table: Reading,
}

/// What is known of the table while its rows come.
struct Reading {
    dialect: Dialect,
    columns: Columns,
    /// The header's cells as written.
    header: Vec<String>,
    /// How many fields the header has.
    width: usize,
    /// The line of the header that the sample showed.
    header_line: u64,
    state: State,
    kind: Kind,
    tables: Vec<TableChoice>,
    tool: Box<dyn Tool>,
    /// The programs that a row holds: mostly one.
    programs: Vec<Program>,
    has_said_reading: bool,
    has_said_missing: bool,
    /// The line of the last row.
    last_line: u64,
    /// Rows read before that said the same but for the computer.
    memo: Memo,
    /// The columns that tell titles, for the memo; empty until they are first asked for.
    telling: Vec<(usize, usize)>,
    /// The tool read the last row itself.
    is_read_by_tool: bool,
    /// Rows whose cells may still be shown.
    rows_to_show: usize,
    /// Records that are told whole, even if they repeat one, since the report shows them.
    records_to_show: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Above the header.
    Above,
    /// The next row that holds anything is a header.
    BeforeHeader,
    /// Rows are read.
    InRows,
    /// No column holds names: rows are passed over.
    Nameless,
}

impl Delimited {
    fn new(shape: Shape, tables: Vec<TableChoice>, tool: Box<dyn Tool>) -> Self {
        let mut rows = Rows::new(shape.dialect);
        rows.most_lines = tool.quoted_lines();
        let (state, columns) = match &shape.kind {
            Kind::Headless(columns) if columns.name_programs() => (State::InRows, columns.clone()),
            Kind::Headless(columns) => (State::Nameless, columns.clone()),
            Kind::Header { .. } | Kind::Nameless => (State::Above, Columns::default()),
        };
        let width = shape.header.len();
        rows.expected = width;
        Self {
            rows,
            table: Reading {
                dialect: shape.dialect,
                programs: vec![Program::alone(columns.clone(), width)],
                columns,
                width,
                header: shape.header,
                header_line: shape.header_line,
                state,
                kind: shape.kind,
                tables,
                tool,
                has_said_reading: false,
                has_said_missing: false,
                last_line: 0,
                memo: Memo::default(),
                telling: Vec::new(),
                is_read_by_tool: false,
                rows_to_show: FIRST_ROWS,
                records_to_show: FIRST_RECORDS,
            },
        }
    }

    fn each(
        &mut self,
        sink: &mut dyn Sink,
        lines: impl FnOnce(&mut Rows, &mut dyn FnMut(&Row<'_>)),
    ) {
        let table = &mut self.table;
        lines(&mut self.rows, &mut |row| {
            let class = table.row(row, sink);
            sink.lines(class, row.lines);
        });
        self.rows.expected = self.table.width;
    }
}

impl LineReader for Delimited {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        self.each(sink, |rows, each| rows.line(line, each));
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.each(sink, |rows, each| rows.end(each));
        self.table.tool.end(self.table.last_line, sink);
    }

    fn part(&self) -> Option<Box<dyn Reader>> {
        let table = self.table.in_rows()?;
        let mut rows = Rows::new(table.dialect);
        rows.expected = table.width;
        Some(Lines::boxed(Self { rows, table }))
    }

    fn standing(&self) -> Option<String> {
        let Reading { dialect, columns, header, width, state, has_said_missing, .. } = &self.table;
        (self.rows.pending_lines == 0).then(|| {
            format!("{state:?} {dialect:?} {width} {header:?} {columns:?} {has_said_missing}")
        })
    }

    /// True if all of the lines but the last, which may be cut, have as many fields as the header.
    fn begins_record(&self, text: &str) -> bool {
        let mut splitter = Splitter::new(self.table.dialect);
        let mut lines = text.rsplit_once('\n').map_or("", |(whole, _)| whole).split('\n');
        !text.is_empty()
            && lines.all(|line| {
                let line = line.trim_end_matches('\r');
                splitter.split(line) && splitter.fields(line).len() == self.table.width
            })
    }
}

impl Reading {
    /// The same table, for other rows of it; `None` outside its rows.
    fn in_rows(&self) -> Option<Self> {
        if self.state != State::InRows || self.dialect.is_drawn {
            return None;
        }
        Some(Self {
            columns: self.columns.clone(),
            header: self.header.clone(),
            kind: self.kind.clone(),
            tables: self.tables.clone(),
            tool: self.tool.part()?,
            programs: self.programs.clone(),
            memo: Memo::default(),
            telling: Vec::new(),
            rows_to_show: 0,
            records_to_show: 0,
            ..*self
        })
    }

    fn row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> LineClass {
        // In a fleet nearly every row says of another computer what one before it said.
        let is_plain = self.state == State::InRows
            && row.fields.len() == self.width
            && !row.is_unclosed
            && self.rows_to_show == 0
            && self.records_to_show == 0
            && !self.dialect.is_drawn
            && self.columns.known() > 0;
        if !is_plain {
            return self.new_row(row, sink);
        }
        let fields = row.fields;
        if self.telling.is_empty() {
            self.telling = self.columns.telling();
        }
        let telling = self.telling.iter();
        let known = match fields.in_place() {
            Some(places) => {
                self.memo.find(Cut::InPlace, telling.map(|(first, last)| places.run(*first, *last)))
            }
            None => {
                let cells = telling.flat_map(|(first, last)| *first..=*last);
                self.memo.find(Cut::Apart, cells.map(|at| fields.get(at)))
            }
        };
        if let Some(title) = known {
            let host = self.columns.host(|at| fields.get(at));
            sink.repeat(title, host, row.line, row.text);
            self.last_line = row.line;
            self.tool.repeated();
            return LineClass::Record;
        }
        self.is_read_by_tool = false;
        let mut plain = PlainRows { sink, title: None, records: 0, has_problem: false };
        let class = self.new_row(row, &mut plain);
        if let (Some(title), 1, false, false) =
            (plain.title, plain.records, plain.has_problem, self.is_read_by_tool)
        {
            self.memo.keep(title);
        }
        class
    }

    fn new_row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> LineClass {
        let text = row.text.trim();
        if text.is_empty() {
            return LineClass::Structure;
        }
        if row.is_unclosed {
            sink.problem(row.line, ProblemKind::UnclosedQuote, row.text);
        }
        // Export-Csv writes the type above every header; appended exports repeat both.
        if text.starts_with("#TYPE ") {
            self.state = State::BeforeHeader;
            return LineClass::Structure;
        }
        match self.state {
            State::Above if row.line < self.header_line => return LineClass::Structure,
            State::Above if separator_in(text).is_some() => return LineClass::Structure,
            State::Above | State::BeforeHeader => {
                self.set_header(row, sink);
                return LineClass::Structure;
            }
            State::InRows | State::Nameless => {}
        }
        if let (Kind::Headless(_), false) = (&self.kind, self.has_said_reading) {
            self.begin_headless(row, sink);
        }
        if self.is_header_again(row) {
            self.set_header(row, sink);
            return LineClass::Structure;
        }
        // DuckDB draws the types of the columns under their names.
        if self.dialect.is_drawn && row.cells().all(is_sql_type) {
            return LineClass::Structure;
        }
        // Prompts and remarks have no delimiters; a rule may have.
        if is_rule(text) || (row.fields.len() <= 1 && self.is_no_row(text)) {
            return LineClass::Structure;
        }
        if self.rows_to_show > 0 {
            self.rows_to_show -= 1;
            sink.cells(&mut row.cells());
        }
        if self.state == State::Nameless {
            return LineClass::Problem;
        }
        self.records_to_show = self.records_to_show.saturating_sub(1);
        self.last_line = row.line;
        let as_seen = TableRow {
            header: &self.header,
            columns: &self.columns,
            cells: &|at| row.fields.get(at),
            line: row.line,
            text: row.text,
        };
        match self.tool.row(&as_seen, sink) {
            Some(class) => {
                self.is_read_by_tool = true;
                class
            }
            None => self.data(row, sink),
        }
    }

    /// Says how a table without a header is read.
    fn begin_headless(&mut self, row: &Row<'_>, sink: &mut dyn Sink) {
        self.has_said_reading = true;
        sink.columns(&self.columns.readings(std::iter::repeat_n("", self.width)));
        if self.state == State::Nameless {
            let columns = (1..=self.width).map(|number| format!("column {number}")).collect();
            sink.problem(row.line, ProblemKind::NoNameColumn { columns }, row.text);
        } else {
            let described = self.columns.described_by_number();
            let dialect = self.dialect.described();
            sink.reading(clause!("{dialect}; no header line; {described}", dialect, described));
        }
    }

    fn set_header(&mut self, row: &Row<'_>, sink: &mut dyn Sink) {
        self.header = row.cells().map(|cell| cell.trim().to_owned()).collect();
        while self.header.last().is_some_and(String::is_empty) {
            self.header.pop();
        }
        self.width = self.header.len();
        let seen = self.header.get(..COLUMNS).unwrap_or(&self.header);
        let words = seen.iter().map(String::as_str);
        self.columns = Columns::chosen_or_of(words.clone(), &self.tables);
        if !self.tables.iter().any(|table| table.is_of(words.clone())) {
            let means = |at: usize, usual| self.tool.means(seen, at, usual);
            self.columns.reread(seen.len(), &means);
            if !self.columns.have(Field::Host) {
                let beyond = self.header.iter().skip(seen.len());
                self.columns.look_for_host(seen.len(), beyond.map(|cell| header_word(cell)));
            }
        }
        let (programs, read) = programs_of(seen, &mut self.columns);
        self.programs = programs;
        if read < self.width {
            let (columns, most) = (self.width, read);
            let why = if self.columns.last() >= Some(read) {
                clause!(
                    "the table has {columns} columns, and the first {most} and the one that names \
                     computers are read",
                    columns,
                    most,
                )
            } else {
                clause!(
                    "the table has {columns} columns, and the first {most} are read",
                    columns,
                    most,
                )
            };
            let advice = clause!(
                "make it again with fewer columns; the computer, the name, the publisher and the \
                 version are enough"
            );
            sink.problem(row.line, ProblemKind::Incomplete { why, advice }, row.text);
        }
        let is_said = self.tool.header(seen, &self.columns, row.line, sink);
        self.memo.forget();
        self.telling.clear();
        sink.columns(&self.columns.readings(words));
        if self.columns.name_programs() {
            self.state = State::InRows;
            self.say_reading(sink);
        } else {
            self.state = State::Nameless;
            if !is_said {
                let columns = self.header.clone();
                sink.problem(row.line, ProblemKind::NoNameColumn { columns }, row.text);
            }
        }
    }

    fn say_reading(&mut self, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            self.has_said_reading = true;
            let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
            let described = self.columns.described(&header);
            if self.dialect.is_sheet {
                sink.reading(described);
            } else {
                let dialect = self.dialect.described();
                sink.reading(clause!("{dialect}; {described}", dialect, described));
            }
        }
    }

    /// True for a header in the middle of the table: the same once more, or another one.
    fn is_header_again(&self, row: &Row<'_>) -> bool {
        // A header has no digits (but those of Configuration Manager), most rows have a version.
        if matches!(self.kind, Kind::Headless(_)) || row.fields.len() < 2 {
            return self.width == 1
                && self.header.first().is_some_and(|header| header == row.fields.get(0).trim());
        }
        let same = || {
            row.cells().zip(&self.header).all(|(cell, header)| cell.trim() == header)
                && row.fields.len() >= self.width
        };
        if row.text.bytes().any(|byte| byte.is_ascii_digit()) {
            return row.fields.len() >= self.width && same();
        }
        let is_name = |cell: &str| {
            cell.len() <= 32
                && matches!(meaning_of(cell), Some(Meaning { field: Field::Name, rank: 0..=2 }))
        };
        let Some(name) = self.columns.position(Field::Name) else { return same() };
        let other = || {
            let columns = Columns::of(row.cells().map(header_word));
            columns.known() >= 2 && columns.known() * 2 >= row.fields.len()
        };
        same()
            || ((is_name(row.fields.get(name)) || row.cells().next().is_some_and(is_name))
                && other())
    }

    fn data(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> LineClass {
        let found = row.fields.len();
        // A cell to the right of the header is a remark, and empty cells at the end are no cells.
        if self.dialect.is_sheet {
            return self.record(row, |at| row.fields.get(at), sink);
        }
        if found > self.width && row.cells().skip(self.width).any(|cell| !cell.trim().is_empty()) {
            return self.longer_row(row, sink);
        }
        if found < self.width {
            sink.problem(
                row.line,
                ProblemKind::FieldCount { expected: self.width, found },
                row.text,
            );
        }
        self.record(row, |at| row.fields.get(at), sink)
    }

    /// A field holds the delimiter and was not quoted, as wmic writes it. What belongs together is
    /// found by the blank behind a comma, else by which way of joining puts a version and a
    /// product code where they belong.
    fn longer_row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> LineClass {
        let cells: Vec<&str> = row.cells().collect();
        let extra = cells.len().saturating_sub(self.width);
        let delimiter = char::from(self.dialect.delimiter);
        let header_has_blanks = self.header.iter().any(|cell| cell.starts_with(' '));
        let blanks = cells.iter().skip(1).filter(|cell| continues(cell)).count();
        if blanks == extra && !header_has_blanks {
            let mut joined: Vec<String> = Vec::with_capacity(self.width);
            for cell in cells {
                match joined.last_mut() {
                    Some(last) if continues(cell) => {
                        last.push(delimiter);
                        last.push_str(cell);
                    }
                    _ => joined.push(cell.to_owned()),
                }
            }
            return self.record(row, |at| joined.get(at).map_or("", String::as_str), sink);
        }
        let found = cells.len();
        sink.problem(row.line, ProblemKind::FieldCount { expected: self.width, found }, row.text);
        let position = |field| self.columns.position(field);
        let (name, version, code) =
            (position(Field::Name), position(Field::Version), position(Field::ProductCode));
        let best = (0..self.width)
            // The name first among equals, and then the column farthest to the right, which is
            // where rows that merely have too much at the end keep their fields in place.
            .max_by_key(|at| (fit(&cells, *at, extra, (version, code)), name == Some(*at), *at));
        let Some(at) = best else { return LineClass::Problem };
        let joined: Vec<String> = (0..self.width)
            .map(|column| match column.cmp(&at) {
                std::cmp::Ordering::Less => {
                    cells.get(column).copied().unwrap_or_default().to_owned()
                }
                std::cmp::Ordering::Equal => {
                    cells.get(at..=at + extra).unwrap_or_default().join(&delimiter.to_string())
                }
                std::cmp::Ordering::Greater => {
                    cells.get(column + extra).copied().unwrap_or_default().to_owned()
                }
            })
            .collect();
        self.record(row, |at| joined.get(at).map_or("", String::as_str), sink)
    }

    /// A line of one field that is no row: a prompt, or something said about the table.
    fn is_no_row(&self, text: &str) -> bool {
        let text = text.trim_matches(|c| c == '(' || c == ')' || c == '"');
        is_prompt_line(text) || is_remark(text)
    }

    /// The records of a row: mostly one.
    fn record<'a>(
        &mut self,
        row: &'a Row<'a>,
        cell: impl Fn(usize) -> &'a str,
        sink: &mut dyn Sink,
    ) -> LineClass {
        let mut class = LineClass::Structure;
        let mut entry = |draft, sink: &mut dyn Sink| {
            let here = entry(row, draft, &mut self.has_said_missing, sink);
            class = graver(class, here);
        };
        for program in &self.programs {
            let columns = &program.columns;
            match program.lists_in_cells(row.fields.len(), &cell) {
                Some(entries) => {
                    let cut: Vec<Vec<&str>> =
                        columns.positions().map(|at| lines_of(cell(at), entries)).collect();
                    for number in 0..entries {
                        let one = |lines: &Vec<&'a str>| {
                            let line = match lines.len() {
                                1 => lines.first(),
                                count if count == entries => lines.get(number),
                                _ => None,
                            };
                            line.copied().unwrap_or_default()
                        };
                        entry(columns.draft_of(cut.iter().map(one)), sink);
                    }
                }
                None => entry(columns.draft(&cell), sink),
            }
        }
        class
    }
}

/// A program of a row, as far as the record of it goes.
fn entry(
    row: &Row<'_>,
    mut draft: Draft<'_>,
    has_said_missing: &mut bool,
    sink: &mut dyn Sink,
) -> LineClass {
    match tool_table::no_answer(draft.name()) {
        Some(NoAnswer::None) => return LineClass::Structure,
        Some(NoAnswer::Missing(kind)) => {
            if !*has_said_missing {
                *has_said_missing = true;
                sink.problem(row.line, kind, row.text);
            }
            return LineClass::Problem;
        }
        None => {}
    }
    if draft.is_empty() {
        if draft.version().is_empty() {
            return LineClass::Structure;
        }
        sink.problem(row.line, ProblemKind::NoName, row.text);
        return LineClass::Problem;
    }
    if let Some(kept) = without_ellipsis(draft.name()) {
        draft.rename(kept);
        sink.problem(row.line, ProblemKind::NameCut, row.text);
    }
    sink.record(&draft.record(row.line, row.text));
    LineClass::Record
}

/// How well the cells fit the columns of the version and of the product code, if the column `taker`
/// took all the extra ones.
fn fit(
    cells: &[&str],
    taker: usize,
    extra: usize,
    (version, code): (Option<usize>, Option<usize>),
) -> usize {
    let cell = |column: usize| {
        let at = if column > taker { column + extra } else { column };
        cells.get(at).copied().unwrap_or_default().trim()
    };
    let version = version.is_some_and(|at| at != taker && looks_like_version(cell(at)));
    let code =
        code.is_some_and(|at| at != taker && cell(at).starts_with('{') && cell(at).ends_with('}'));
    usize::from(version) + usize::from(code)
}

/// The lines of a cell, without blank ones beyond so many.
fn lines_of(cell: &str, entries: usize) -> Vec<&str> {
    let mut lines: Vec<&str> = cell.split('\n').collect();
    if lines.iter().skip(entries).all(|line| line.trim().is_empty()) {
        lines.truncate(entries);
    }
    lines
}

/// A row with any record is a row of records; with none, a problem of one is the row's.
fn graver(one: LineClass, other: LineClass) -> LineClass {
    match (one, other) {
        (LineClass::Record, _) | (_, LineClass::Record) => LineClass::Record,
        (LineClass::Problem, _) | (_, LineClass::Problem) => LineClass::Problem,
        (LineClass::Structure, LineClass::Structure) => LineClass::Structure,
    }
}

/// Passes everything on, and tells the title of a row that was a record and nothing else.
struct PlainRows<'s> {
    sink: &'s mut dyn Sink,
    title: Option<TitleKey>,
    records: usize,
    has_problem: bool,
}

impl Sink for PlainRows<'_> {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        self.records += 1;
        self.title = self.sink.record(record);
        self.title
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        self.sink.lines(class, count);
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str) {
        self.has_problem = true;
        self.sink.problem(line, kind, text);
    }

    fn reading(&mut self, detail: Clause) {
        self.sink.reading(detail);
    }

    fn columns(&mut self, columns: &[ColumnReading]) {
        self.sink.columns(columns);
    }

    fn cells(&mut self, cells: &mut dyn Iterator<Item = &str>) {
        self.sink.cells(cells);
    }
}

fn is_sql_type(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "varchar" | "int32" | "int64" | "double" | "boolean" | "date" | "timestamp" | "varchar[]"
    )
}

/// True for a cell that goes on what the one before began: `Contoso` `, Ltd.`
fn continues(cell: &str) -> bool {
    cell.starts_with(' ') && cell.trim_start().starts_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
#[path = "delimited_tests.rs"]
mod tests;
