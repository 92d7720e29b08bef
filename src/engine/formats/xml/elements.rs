//! What formats make of the elements of XML, and where they put it.

use super::tree::Element;
use crate::engine::formats::json::Ledger;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Record, Sink};

/// What a format makes of the elements of XML.
pub(in crate::engine::formats) trait Elements {
    /// An element, before those in it. If it is a record, it goes out here and now; its lines are
    /// told by the caller.
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict;

    /// The same element once more after [`Verdict::UnlessInside`], if nothing in it was a record.
    fn leaf(&mut self, element: &Element<'_>, out: &mut Out<'_>) {
        self.element(element, out);
    }

    /// An element is too long to be held: what is known of it so far. What is in it comes next.
    fn opened(&mut self, _element: &Element<'_>) {}

    /// The source has ended.
    fn end(&mut self, _out: &mut Out<'_>) {}
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) enum Verdict {
    /// A record. What is in it is part of it, save elements of its own name: it was not closed.
    Record,
    /// A record if nothing in it is one.
    UnlessInside,
    /// Not a record, but records may be in it.
    Container,
    /// Nothing in it is a record, or the format has given out what there is.
    Done,
}

/// Where a format puts what it reads.
pub(in crate::engine::formats) struct Out<'s> {
    /// The sink itself, for problems and what is said of the reading.
    pub sink: &'s mut dyn Sink,
    pub(super) ledger: &'s mut Ledger,
    /// Lines with something wrong that are not told yet, in order.
    pub(super) wrong: &'s mut Vec<u64>,
    pub(super) records: u64,
}

impl Out<'_> {
    /// Gives a record out.
    pub fn record(&mut self, record: &Record<'_>) {
        self.records += 1;
        self.sink.record(record);
    }

    /// Something is wrong with the lines of an element, which is no record.
    pub fn problem(&mut self, element: &Element<'_>, kind: ProblemKind) {
        self.wrong_lines(element.line(), element.last_line(), kind, element.raw());
    }

    /// Something is wrong with those lines, both ends included, which are no record.
    pub fn wrong_lines(&mut self, from: u64, to: u64, kind: ProblemKind, text: &str) {
        self.sink.problem(from, kind, text);
        for line in from..=to {
            add_line(self.wrong, line);
        }
    }

    /// Lines of records, both ends included. Each call must be of later lines than the last.
    pub fn record_lines(&mut self, from: u64, to: u64) {
        let before = self.wrong.iter().take_while(|line| **line < from).count();
        for line in self.wrong.drain(..before) {
            self.ledger.mark(line, line, LineClass::Problem, self.sink);
        }
        self.ledger.mark(from, to, LineClass::Record, self.sink);
    }
}

/// Shows an element, and those in it, to the format.
pub(super) fn walk(elements: &mut dyn Elements, element: &Element<'_>, out: &mut Out<'_>) {
    let verdict = elements.element(element, out);
    match verdict {
        Verdict::Done => {}
        Verdict::Record => {
            out.record_lines(element.line(), element.last_line());
            for child in element.children().filter(|child| child.is(element.name())) {
                walk(elements, &child, out);
            }
        }
        Verdict::Container | Verdict::UnlessInside => {
            let before = out.records;
            for child in element.children() {
                walk(elements, &child, out);
            }
            if verdict == Verdict::UnlessInside && out.records == before {
                elements.leaf(element, out);
                if out.records > before {
                    out.record_lines(element.line(), element.last_line());
                }
            }
        }
    }
}

/// How many lines with something wrong are remembered until it is known which are records.
const WRONG_LINES: usize = 10_000;

/// Remembers a line with something wrong.
pub(super) fn add_line(lines: &mut Vec<u64>, line: u64) {
    if lines.len() < WRONG_LINES {
        // That an element is not closed shows later.
        let at = lines.partition_point(|other| *other <= line);
        lines.insert(at, line);
    }
}
