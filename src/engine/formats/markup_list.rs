//! Lists in markup: rows of two cells, a label with a colon and its value, as `ConvertTo-Html -As
//! List` writes the properties of one program after the other.

use super::block::Block;
use super::columns::{Columns, Field, meaning_of};
use super::markup_table::Row;
use super::powershell_list::is_of_machine;
use super::xml::Out;
use crate::engine::problem::ProblemKind;

/// How many labels of one program are remembered.
const LABELS: usize = 200;

/// The properties of one program, as far as they have come.
#[derive(Default)]
pub(super) struct List {
    block: Block,
    last_line: u64,
    /// Its labels, to know the first of the next program by.
    labels: Vec<String>,
    describes_machine: bool,
    /// There was a program: what looks like it is one too.
    lists_programs: bool,
    /// The computer that properties of its own named, for programs that name none.
    host: String,
}

/// The label of a row that is one property: `<tr><td>Publisher:</td><td>…</td></tr>`.
pub(super) fn label_of<'r>(row: &'r Row<'_, '_>) -> Option<&'r str> {
    let [label, _] = row.cells.as_slice() else { return None };
    let label = label.strip_suffix(':')?.trim();
    (!row.is_header && !label.is_empty()).then_some(label)
}

impl List {
    /// A property. The first label that comes again begins the next program.
    pub fn property(&mut self, label: &str, row: &Row<'_, '_>) {
        self.block.add_line(row.element.line(), row.element.raw());
        self.last_line = row.element.last_line();
        self.block.put(meaning_of(label), row.cells.get(1).map_or("", String::as_str));
        self.describes_machine |= is_of_machine(label);
        if self.labels.len() < LABELS {
            self.labels.push(label.to_owned());
        }
    }

    /// True if a property of that label belongs to the next program.
    pub fn has(&self, label: &str) -> bool {
        self.labels.iter().any(|other| other == label)
    }

    /// True if the labels are those of a program: people have a name and a company too.
    fn is_of_program(&self) -> bool {
        let means = |label: &String| meaning_of(label);
        self.labels.iter().filter_map(means).any(|meaning| match meaning.field {
            Field::Name => meaning.rank < 2,
            field => !matches!(field, Field::Publisher | Field::Host | Field::Path | Field::Id),
        })
    }

    /// The program is complete. True if it was a record; `says_reading` is for the first.
    pub fn release(&mut self, says_reading: bool, out: &mut Out<'_>) -> bool {
        if self.block.is_empty() {
            return false;
        }
        let (line, last) = (self.block.first_line(), self.last_line);
        let mut draft = self.block.draft();
        let mut is_record = false;
        if self.describes_machine {
            draft.default_host(draft.name());
            self.host = draft.host().to_owned();
        } else if !draft.is_empty() && (self.lists_programs || self.is_of_program()) {
            self.lists_programs = true;
            if says_reading {
                let labels: Vec<&str> = self.labels.iter().map(String::as_str).collect();
                out.sink.reading(Columns::of(labels.iter().copied()).described(&labels));
            }
            draft.default_host(&self.host);
            out.record(&draft.record(line, self.block.text()));
            out.record_lines(line, last);
            is_record = true;
        } else if draft.is_empty() && !draft.version().is_empty() {
            out.wrong_lines(line, last, ProblemKind::NoName, self.block.text());
        }
        self.block.clear();
        self.labels.clear();
        self.describes_machine = false;
        is_record
    }
}
