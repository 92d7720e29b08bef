//! What has changed since an earlier report.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engine::directive::OutcomeKind;

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
            Self::Remaining => "remaining",
            Self::Changed => "changed",
            Self::New => "new",
            Self::NotRead => "not read again",
            Self::Removed => "removed",
        }
    }
}

impl Comparison {
    /// How many installations became that.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.of(kind).map(|change| change.hosts.len() as u64).sum()
    }

    /// The changes of that kind.
    pub fn of(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}

/// The verdict, as a sentence with capital and full stop.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_complete {
            let gone = if self.changes.iter().any(|change| change.is_set_aside) {
                "gone or set aside by a recorded decision"
            } else {
                "gone"
            };
            return write!(
                f,
                "Removal is complete: what had to go on {} is {gone}, and every computer was read again.",
                self.earlier_on
            );
        }
        write!(f, "Removal is not shown to be complete. Since {}", self.earlier_on)?;
        let mut between = ": ";
        for kind in ChangeKind::ALL {
            let count = self.count(kind);
            if count > 0 {
                write!(f, "{between}{count} {}", kind.title())?;
                between = ", ";
            }
        }
        f.write_str(if between == ": " {
            ": nothing."
        } else {
            ", counted by product and computer."
        })
    }
}
