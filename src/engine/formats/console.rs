//! The three layouts that the console tools of Windows share (`/fo table`, `/fo list`, `/fo csv`).
//!
//! Headings and labels are translated, so entries are known by the order of their cells, which is
//! the same in every language.

use super::common::{is_prompt_line, is_remark};
use super::fixed_width::{Cells, Layout, is_rule};
use super::{Line, LineReader, Outcome, Sample};
use crate::engine::clause::Clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Record, Sink, TitleKey};

/// What a tool makes of its entries.
pub(super) trait Entries {
    /// True if the cells could be an entry of the tool's, not a heading or anything else.
    fn is_entry(&self, entry: &Entry<'_>) -> bool;

    /// True if the cells are the headings of a table without a rule below them.
    fn is_heading(&self, entry: &Entry<'_>) -> bool;

    /// Gives the entry to the sink as a record.
    fn record(&mut self, entry: &Entry<'_>, sink: &mut dyn Sink);

    /// What an entry looks like, for a problem: "a process and its number".
    fn expected(&self) -> &'static str;
}

/// A process, a driver or the like.
pub(super) struct Entry<'a> {
    cells: &'a [String],
    /// How wide its column is in a table, which cuts what is wider.
    widths: &'a [usize],
    /// Its first line.
    pub line: u64,
    /// As written.
    pub text: &'a str,
    /// True if the row ends in the middle of a field.
    pub is_cut: bool,
}

impl Entry<'_> {
    /// The cell of that number, counted from 0, trimmed; empty if there is none.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.trim())
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim())
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True if the cell fills its column, so that it was cut unless it happens to be as wide.
    pub fn fills_column(&self, at: usize) -> bool {
        self.widths.get(at).is_some_and(|width| self.cell(at).chars().count() == *width)
    }
}

/// How the entries are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// Columns below a rule of equals signs.
    Table,
    /// Fields in quotation marks with commas between.
    Csv,
    /// A line for each cell, with a label.
    #[default]
    List,
}

impl Form {
    fn of(sample: &Sample<'_>) -> Self {
        /// Lines looked at; notes and prompts stand above.
        const LINES: usize = 100;
        let mut lines = sample.filled_lines().take(LINES);
        let is_quoted = |line: &str| line.trim_start().starts_with('"') && line.contains("\",\"");
        if lines.clone().any(is_table_rule) {
            Self::Table
        } else if lines.any(is_quoted) {
            Self::Csv
        } else {
            Self::List
        }
    }
}

/// `======== ===== ====`. Windows PowerShell draws its rules with hyphens.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("==") && line.contains(" ==") && is_rule(line)
}

/// The most text kept of one entry, in bytes.
const ENTRY_BYTES: usize = 64 * 1024;
/// The most cells of one entry; driverquery /v has fifteen.
const MOST_CELLS: usize = 32;

/// A reader of such a tool's output.
pub(super) struct ConsoleReader<E> {
    entries: E,
    form: Form,
    layout: Option<Layout>,
    cut: Cells,
    /// The cells of the entry that is held back until it is known to be whole.
    cells: Vec<String>,
    widths: Vec<usize>,
    text: String,
    first_line: u64,
    lines: u64,
    /// True if the entry held ends in the middle of a field.
    is_cut: bool,
    has_seen_entry: bool,
    /// Lines of text above the first entry.
    above: u64,
}

impl<E: Entries> ConsoleReader<E> {
    /// A reader of entries written as the sample's are.
    pub fn new(sample: &Sample<'_>, entries: E) -> Self {
        Self {
            entries,
            form: Form::of(sample),
            layout: None,
            cut: Cells::default(),
            cells: Vec::new(),
            widths: Vec::new(),
            text: String::new(),
            first_line: 0,
            lines: 0,
            is_cut: false,
            has_seen_entry: false,
            above: 0,
        }
    }

    fn hold(&mut self, line: Line<'_>) {
        if self.lines == 0 {
            self.first_line = line.number;
            self.text.clear();
        } else if self.text.len() < ENTRY_BYTES {
            self.text.push('\n');
        }
        if self.text.len() + line.text.len() < ENTRY_BYTES {
            self.text.push_str(line.text.trim_end());
        }
        self.lines += 1;
    }

    fn put(&mut self, cell: &str) {
        if self.cells.len() < MOST_CELLS {
            self.cells.push(cell.to_owned());
        }
    }

    /// Gives out what is held as an entry, if it is one, else as a heading or a problem.
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.lines == 0 {
            return;
        }
        let entry = Entry {
            cells: &self.cells,
            widths: &self.widths,
            line: self.first_line,
            text: &self.text,
            is_cut: self.is_cut,
        };
        let class = if self.entries.is_entry(&entry) {
            self.has_seen_entry = true;
            self.entries.record(&entry, sink);
            if self.is_cut {
                sink.problem(self.first_line, ProblemKind::CutShort, &self.text);
            }
            Some(LineClass::Record)
        } else if !self.has_seen_entry {
            self.above += self.lines;
            None
        } else if is_remark(&self.text) || self.entries.is_heading(&entry) {
            Some(LineClass::Structure)
        } else {
            let expected = self.entries.expected().into();
            sink.problem(self.first_line, ProblemKind::UnexpectedLine { expected }, &self.text);
            Some(LineClass::Problem)
        };
        if let Some(class) = class {
            sink.lines(class, self.lines);
        }
        self.drop_held();
    }

    fn drop_held(&mut self) {
        self.lines = 0;
        self.is_cut = false;
        self.cells.clear();
    }

    fn table_line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        if is_table_rule(line.text) {
            // What is held is the heading above it.
            if self.layout.is_some() || self.has_seen_entry {
                sink.lines(LineClass::Structure, self.lines + 1);
            } else {
                self.above += self.lines + 1;
            }
            self.drop_held();
            self.layout = Layout::of_rule(line.text);
            let rule = line.text.trim();
            self.widths = rule.split(' ').filter(|run| !run.is_empty()).map(str::len).collect();
            return;
        }
        let Some(layout) = &self.layout else {
            self.release(sink);
            self.hold(line);
            return;
        };
        layout.cut(line.text, &mut self.cut);
        let last = layout.len().saturating_sub(1);
        let begins_inside = (0..last).all(|at| self.cut.cell(line.text, at).is_empty());
        if begins_inside && self.lines > 0 {
            // A long cell (services, modules) goes on below.
            let more = self.cut.cell(line.text, last);
            if let Some(cell) = self.cells.get_mut(last)
                && cell.len() < ENTRY_BYTES
            {
                cell.push(' ');
                cell.push_str(more);
            }
            self.hold(line);
            return;
        }
        self.release(sink);
        self.hold(line);
        for at in 0..=last {
            let cell = self.cut.cell(line.text, at).to_owned();
            self.put(&cell);
        }
    }

    fn csv_line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        self.release(sink);
        self.hold(line);
        let text = line.text.trim();
        let inside = text.strip_prefix('"').unwrap_or(text);
        let inside = match inside.strip_suffix('"') {
            Some(inside) => inside,
            None => {
                self.is_cut = text.starts_with('"');
                inside
            }
        };
        // The tools put no mark before a mark inside a field, so only the three characters
        // between fields can be trusted.
        for cell in inside.split("\",\"") {
            self.put(cell);
        }
    }

    fn list_line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        if line.text.starts_with("  ") && self.lines > 0 {
            let more = line.text.trim();
            if let Some(cell) = self.cells.last_mut()
                && cell.len() < ENTRY_BYTES
            {
                cell.push(' ');
                cell.push_str(more);
            }
            self.hold(line);
            return;
        }
        match line.text.split_once(':') {
            Some((label, value)) if label.chars().count() <= 40 => {
                self.hold(line);
                self.put(value.trim());
            }
            _ => {
                self.release(sink);
                self.hold(line);
                self.release(sink);
            }
        }
    }
}

impl<E: Entries> LineReader for ConsoleReader<E> {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if line.text.trim().is_empty() || is_prompt_line(line.text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        match self.form {
            Form::Table => self.table_line(line, sink),
            Form::Csv => self.csv_line(line, sink),
            Form::List => self.list_line(line, sink),
        }
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.has_seen_entry {
            sink.lines(LineClass::Structure, self.above);
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

/// How the sample reads: how many entries it has, how many lines it has that are neither entries
/// nor structure, and how its entries are written.
pub(super) fn survey<E: Entries>(sample: &Sample<'_>, entries: E) -> Survey {
    let mut reader = ConsoleReader::new(sample, entries);
    let written = match reader.form {
        Form::Table => key!("a table below a line of equals signs"),
        Form::Csv => key!("fields in quotation marks"),
        Form::List => key!("blocks of labels and values"),
    };
    let mut survey = Survey { entries: 0, others: 0, written };
    for (text, number) in sample.lines().zip(1..) {
        reader.line(Line { number, text }, &mut survey);
    }
    reader.release(&mut survey);
    if reader.form == Form::List {
        // Labels stand above no entry of a list.
        survey.others += reader.above;
    }
    survey
}

/// What a sample has.
pub(super) struct Survey {
    /// How many entries.
    pub entries: u64,
    /// Rows and blocks that are no entries and should be.
    pub others: u64,
    /// How the entries are written.
    pub written: &'static str,
}

impl Sink for Survey {
    fn record(&mut self, _: &Record<'_>) -> Option<TitleKey> {
        self.entries += 1;
        None
    }

    fn problem(&mut self, _: u64, kind: ProblemKind, _: &str) {
        self.others += u64::from(matches!(kind, ProblemKind::UnexpectedLine { .. }));
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn reading(&mut self, _: Clause) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}
