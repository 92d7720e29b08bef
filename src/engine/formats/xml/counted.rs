//! What a reading of the sample would find.

use super::super::{Reader, Sample};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Record, Sink};

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine::formats) struct Counted {
    /// How many records.
    pub records: u64,
    /// How many of them have a version or a publisher.
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

impl Sink for Counted {
    fn record(&mut self, record: &Record<'_>) {
        self.records += 1;
        self.full += u64::from(!record.version.is_empty() || !record.publisher.is_empty());
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn problem(&mut self, _: u64, _: ProblemKind, _: &str) {}
    fn reading(&mut self, _: &str) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}
