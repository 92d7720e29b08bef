//! One door for the tests of formats: text in, everything the reader said out, as text.

use super::{Format, Sample};
use crate::engine::clause::Clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Presence, Record, Sink, TitleKey};

#[derive(Default)]
pub(super) struct Transcript {
    out: String,
    records: u64,
    structure: u64,
    problems: u64,
}

impl Sink for Transcript {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        self.out.push_str(&format!("{}: {}", record.line, record.name));
        for (label, value) in
            [("version", record.version), ("publisher", record.publisher), ("host", record.host)]
        {
            if !value.is_empty() {
                self.out.push_str(&format!(" | {label} {value}"));
            }
        }
        for identifier in record.identifiers {
            self.out.push_str(&format!(" | {} {}", identifier.kind.id(), identifier.value));
        }
        match record.presence {
            Presence::Installed => {}
            Presence::Removed => self.out.push_str(" | removed"),
            Presence::Available => self.out.push_str(" | available"),
        }
        self.out.push('\n');
        None
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        match class {
            LineClass::Record => self.records += count,
            LineClass::Structure => self.structure += count,
            LineClass::Problem => self.problems += count,
        }
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, _text: &str) {
        self.out.push_str(&format!("{line}! {kind}\n"));
    }

    fn reading(&mut self, detail: Clause) {
        self.out.push_str(&format!("reading: {detail}\n"));
    }

    // What the columns mean is in the words of `reading` too.
    fn columns(&mut self, _columns: &[ColumnReading]) {}
}

/// The sniffed confidence and reason, then the transcript of reading `text` whole, then the
/// accounting of lines. Panics if the accounting does not add up, or if reading the text in
/// pieces of one and seven characters gives anything else.
#[track_caller]
pub(crate) fn transcript(format: &Format, text: &str) -> String {
    let sample = Sample { text, is_whole: true, tables: &[] };
    let sniffed = match (format.sniff)(&sample) {
        Some(sniffed) => format!("{:?}: {}\n", sniffed.confidence, sniffed.reason),
        None => "not recognised\n".to_owned(),
    };
    let whole = read(format, &sample, usize::MAX);
    for size in [1, 7] {
        assert_eq!(whole, read(format, &sample, size), "read in pieces of {size}");
    }
    sniffed + &whole
}

fn read(format: &Format, sample: &Sample<'_>, size: usize) -> String {
    let mut reader = (format.open)(sample);
    let mut sink = Transcript::default();
    let mut rest = sample.text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(size).map_or(rest.len(), |(at, _)| at);
        reader.push(&rest[..end], &mut sink);
        rest = &rest[end..];
    }
    reader.finish(&mut sink);
    let total = sample.text.lines().count() as u64;
    assert_eq!(
        sink.records + sink.structure + sink.problems,
        total,
        "every line is accounted for: {} records, {} structure, {} problems",
        sink.records,
        sink.structure,
        sink.problems
    );
    sink.out.push_str(&format!(
        "lines: {} records + {} structure + {} problems\n",
        sink.records, sink.structure, sink.problems
    ));
    sink.out
}
