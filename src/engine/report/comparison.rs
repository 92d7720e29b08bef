//! What has changed since an earlier report.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engine::clause::{Clause, Unwritten};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::say;

/// What has changed since an earlier report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The day of the earlier report, `YYYY-MM-DD`.
    pub earlier_on: String,
    /// True if all that had to go is gone for sure.
    pub is_complete: bool,
    /// Why it cannot be said that it is, a sentence each; empty if it is.
    pub open: Vec<String>,
    /// The installations of both reports, by what became of them, product and program.
    pub changes: Vec<Change>,
    /// The computers of the earlier report that were not read again.
    pub hosts_not_read: Vec<String>,
    /// The computers that the earlier report did not read.
    pub hosts_new: Vec<String>,
    /// What `open` was worded from.
    #[serde(skip)]
    pub wording: Unwritten<Vec<Clause>>,
}

/// A program of a product, on the computers where the same became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The product's id.
    pub product: String,
    /// The product's name.
    pub product_name: String,
    /// The names and versions as written in the earlier report; empty if it has none.
    pub earlier: String,
    /// The names and versions as written now; empty if there is none.
    pub now: String,
    /// The gravest outcome: of now, or of the earlier report for what is no longer there.
    pub outcome: OutcomeKind,
    /// True if it is set aside by a recorded decision now.
    pub is_set_aside: bool,
    /// The computers.
    pub hosts: Vec<String>,
}

/// What became of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is still there.
    Remaining,
    /// It is still there, as another version or under another name.
    Changed,
    /// It was not there, or its computer was not read.
    New,
    /// Its computer was not read again.
    NotRead,
    /// It is gone.
    Removed,
}

impl ChangeKind {
    /// Every kind, in the order to tell them.
    pub const ALL: [Self; 5] =
        [Self::Remaining, Self::Changed, Self::New, Self::NotRead, Self::Removed];

    /// The kind in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Remaining => say!("remaining"),
            Self::Changed => say!("changed"),
            Self::New => say!("new"),
            Self::NotRead => say!("not read again"),
            Self::Removed => say!("removed"),
        }
    }

    /// So many of the kind, in words.
    fn counted(self, count: u64) -> String {
        match self {
            Self::Remaining => say!("{count} remaining", count),
            Self::Changed => say!("{count} changed", count),
            Self::New => say!("{count} new", count),
            Self::NotRead => say!("{count} not read again", count),
            Self::Removed => say!("{count} removed", count),
        }
    }
}

impl Comparison {
    /// How many installations became that.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.of(kind).map(|change| change.hosts.len() as u64).sum()
    }

    /// Why it cannot be said that all that had to go is gone, in the language that is spoken.
    pub fn open_told(&self) -> Vec<String> {
        if self.wording.0.is_empty() {
            return self.open.clone();
        }
        self.wording.0.iter().map(Clause::told).collect()
    }

    /// The changes of that kind.
    pub fn of(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}

/// The verdict, as a sentence with capital and full stop.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let earlier_on = &self.earlier_on;
        if self.is_complete {
            return f.write_str(&if self.changes.iter().any(|change| change.is_set_aside) {
                say!(
                    "Removal is complete: what had to go on {earlier_on} is gone or set aside by a recorded \
                     decision, and every computer was read again.",
                    earlier_on,
                )
            } else {
                say!(
                    "Removal is complete: what had to go on {earlier_on} is gone, and every computer was read \
                     again.",
                    earlier_on,
                )
            });
        }
        let counts = ChangeKind::ALL.into_iter().map(|kind| (kind, self.count(kind)));
        let counts = counts.filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(kind, count)| kind.counted(count)).collect();
        f.write_str(&if counts.is_empty() {
            say!("Removal is not shown to be complete. Since {earlier_on}: nothing.", earlier_on)
        } else {
            say!(
                "Removal is not shown to be complete. Since {earlier_on}: {counts}, counted by product and \
                 computer.",
                earlier_on,
                counts = counts.join(", "),
            )
        })
    }
}
