//! Files that the browser could not read, as part of a report.

use crate::engine::clause::{Unwritten, clause};
use crate::engine::report::{Problem, Report};

/// A file that could not be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file's name.
    pub name: String,
    /// How many bytes of it were read before.
    pub bytes_read: u64,
}

impl Unread {
    /// Says in the report that the file could not be read, so that nobody takes the report for
    /// complete.
    pub fn note_in(&self, report: &mut Report) {
        let message = if self.bytes_read == 0 {
            clause!(
                "the browser could not read this file; it may have been moved, renamed, changed or \
                 opened by another program since you chose it; choose it again"
            )
        } else {
            clause!(
                "the browser could not read this file further than its first {bytes} bytes; what \
                 comes after them was not checked; choose it again",
                bytes = self.bytes_read
            )
        };
        report.problems.push(Problem {
            source: self.name.clone(),
            line: 0,
            kind: "file-unreadable".into(),
            text: String::new(),
            message: message.english(),
            stops_the_source: self.bytes_read == 0,
            may_hide_a_program: true,
            wording: Unwritten(Some(message)),
        });
        report.totals.problems += 1;
        if let Some(source) = report.sources.iter_mut().rfind(|s| s.name == self.name) {
            source.problems += 1;
        }
    }
}
