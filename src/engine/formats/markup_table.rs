//! Tables in markup: rows of cells, the first of which is the header; or [lists](super::markup_list)
//! of labels and values.

use super::columns::Columns;
use super::common::without_ellipsis;
use super::markup_list::{List, label_of};
use super::xml::{Element, Out};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Record, TableChoice};

/// Reads the rows of one table after another.
pub(super) struct Tables {
    choices: Vec<TableChoice>,
    table: Table,
    /// The properties of the program that a list has come to.
    list: List,
    /// The first header that named no programs, with its line.
    unread: Option<(u64, Vec<String>)>,
    records: u64,
    has_said_reading: bool,
}

/// What is known of the table being read.
enum Table {
    /// Its header has not come.
    New,
    /// Its columns hold programs.
    Programs { columns: Columns, headers: Vec<String> },
    /// Its rows are labels and values.
    List,
    /// It is a table of something else.
    Other,
}

/// A row with the text of its cells.
pub(super) struct Row<'a, 'e> {
    /// The row's element.
    pub element: &'e Element<'a>,
    /// The texts, one for each column.
    pub cells: Vec<String>,
    /// True if the markup says that its cells are headings.
    pub is_header: bool,
}

/// More columns than any table has; what a cell claims beyond is not believed.
pub(super) const MOST_COLUMNS: usize = 256;

impl Tables {
    /// Nothing is read yet; `choices` is what the user says of tables.
    pub fn new(choices: &[TableChoice]) -> Self {
        Self {
            choices: choices.to_vec(),
            table: Table::New,
            list: List::default(),
            unread: None,
            records: 0,
            has_said_reading: false,
        }
    }

    /// A table begins.
    pub fn begin(&mut self) {
        self.table = Table::New;
    }

    /// A row of the table. True if it is a record.
    pub fn row(&mut self, row: &Row<'_, '_>, out: &mut Out<'_>) -> bool {
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let label = label_of(row);
        // A rule, the next table, or a label of the program before.
        let is_over = matches!(self.table, Table::New) || label.is_none_or(|l| self.list.has(l));
        if is_over {
            self.release(out);
        }
        if filled == 0 {
            return false;
        }
        if let Some(label) = label
            && matches!(self.table, Table::New | Table::List)
        {
            self.table = Table::List;
            self.list.property(label, row);
            return false;
        }
        match &self.table {
            Table::Programs { columns, headers } if !row.is_header && row.cells != *headers => {
                self.records += 1;
                record(columns, row, out)
            }
            Table::Programs { .. } => false,
            Table::Other | Table::List if !row.is_header => false,
            Table::New | Table::Other | Table::List => {
                // A title over the columns.
                if filled > 1 || row.cells.len() == 1 {
                    self.header(row, out);
                }
                false
            }
        }
    }

    /// A program of a list is complete.
    fn release(&mut self, out: &mut Out<'_>) {
        if self.list.release(!self.has_said_reading, out) {
            self.has_said_reading = true;
            self.records += 1;
        }
    }

    fn header(&mut self, row: &Row<'_, '_>, out: &mut Out<'_>) {
        let headers = row.cells.iter().map(String::as_str);
        let columns = Columns::chosen_or_of(headers.clone(), &self.choices);
        if !columns.name_programs() {
            self.table = Table::Other;
            if self.unread.is_none() && row.cells.len() > 1 {
                self.unread = Some((row.element.line(), row.cells.clone()));
            }
            return;
        }
        if !self.has_said_reading {
            let headers: Vec<&str> = headers.clone().collect();
            out.sink.reading(columns.described(&headers));
            self.has_said_reading = true;
        }
        out.sink.columns(&columns.readings(headers));
        self.table = Table::Programs { columns, headers: row.cells.clone() };
    }

    /// The source has ended.
    pub fn end(&mut self, out: &mut Out<'_>) {
        self.release(out);
        if self.records == 0
            && let Some((line, columns)) = self.unread.take()
        {
            out.sink.problem(line, ProblemKind::NoNameColumn { columns }, "");
        }
    }
}

fn record(columns: &Columns, row: &Row<'_, '_>, out: &mut Out<'_>) -> bool {
    let line = row.element.line();
    let mut draft = columns.draft(|at| row.cells.get(at).map_or("", |cell| cell.as_str()));
    if draft.is_empty() {
        out.problem(row.element, ProblemKind::NoName);
        return false;
    }
    if let Some(kept) = without_ellipsis(draft.name()) {
        draft.rename(kept);
        out.sink.problem(line, ProblemKind::NameCut, row.element.raw());
    }
    let record: Record<'_> = draft.record(line, row.element.raw());
    out.record(&record);
    true
}
