//! What a reading of the sample would find.

use super::super::{Reader, Sample};
use crate::engine::clause::Clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, IdentifierKind, LineClass, Record, Sink, TitleKey};

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine::formats) struct Counted {
    /// How many records.
    pub records: u64,
    /// How many of them have a publisher, an id, or are called programs.
    pub full: u64,
}

/// Lets the reader read the sample.
pub(in crate::engine::formats) fn counted(
    mut reader: Box<dyn Reader>,
    sample: &Sample<'_>,
) -> Counted {
    let mut counted = Counted::default();
    reader.push(sample.text, &mut counted);
    reader.finish(&mut counted);
    counted
}

/// True if the element's name says that it is a program.
fn is_called(element: &str) -> bool {
    let name = element.trim_start_matches('<');
    ["program", "application", "app", "software", "product", "installed"]
        .iter()
        .any(|word| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

impl Sink for Counted {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        self.records += 1;
        let has_id = record.identifiers.iter().any(|id| id.kind != IdentifierKind::Path);
        self.full += u64::from(!record.publisher.is_empty() || has_id || is_called(record.text));
        None
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn problem(&mut self, _: u64, _: ProblemKind, _: &str) {}
    fn reading(&mut self, _: Clause) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}
