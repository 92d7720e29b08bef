//! What a comparison with an earlier report says of a single finding.
//!
//! What is compared is a product on a computer, and a finding is a program on many: so there may be several
//! answers for one finding.

use std::collections::HashMap;

use super::words::{COMPUTERS_NAMED, became, compared, first_of, hosts_compared, printable};
use crate::engine::report::{Change, ChangeKind, Comparison, Finding, Report};
use crate::engine::words::fold;

/// The changes of a comparison, by product and computer.
pub(super) struct Since<'r> {
    /// The comparison.
    pub(super) comparison: &'r Comparison,
    changes: HashMap<(&'r str, String), &'r Change>,
}

impl<'r> Since<'r> {
    /// What the report says has changed; `None` if it was compared with none.
    pub(super) fn of(report: &'r Report) -> Option<Self> {
        let comparison = report.comparison.as_ref()?;
        let changes = comparison.changes.iter().flat_map(|change| {
            let product = change.product.as_str();
            change.hosts.iter().map(move |host| ((product, fold(host)), change))
        });
        Some(Self { comparison, changes: changes.collect() })
    }

    /// What became of the finding, with how many of its computers. One that the comparison does not know is
    /// new.
    pub(super) fn became(&self, finding: &Finding) -> Vec<(ChangeKind, u64)> {
        let product = finding.product.id.as_str();
        let kinds: Vec<ChangeKind> = finding
            .hosts
            .iter()
            .map(|host| self.changes.get(&(product, fold(host))))
            .map(|change| change.map_or(ChangeKind::New, |change| change.kind))
            .collect();
        let count = |kind: ChangeKind| kinds.iter().filter(|known| **known == kind).count() as u64;
        let all = ChangeKind::ALL.into_iter().map(|kind| (kind, count(kind)));
        all.filter(|(_, count)| *count > 0).collect()
    }

    /// The same in a line.
    pub(super) fn in_words(&self, finding: &Finding) -> String {
        let told = self.became(finding).into_iter();
        let told: Vec<String> =
            told.map(|(kind, count)| format!("{count} {}", kind.title())).collect();
        told.join(", ")
    }

    /// True if the program is gone from computers that are not its own any more, or these were not read again.
    pub(super) fn has_left(&self, finding: &Finding) -> bool {
        let program = format!("{} {}", finding.name, finding.version);
        let is_it = |change: &Change| {
            change.product == finding.product.id
                && change.earlier.split("; ").any(|earlier| earlier == program.trim())
        };
        let left = [ChangeKind::Removed, ChangeKind::NotRead];
        left.into_iter().flat_map(|kind| self.comparison.of(kind)).any(is_it)
    }
}

/// A change in a line: what became of what, on how many computers, and which are the first of them.
pub(super) fn line_of(change: &Change) -> String {
    let (count, hosts) = (change.hosts.len(), first_of(&change.hosts, COMPUTERS_NAMED));
    let computers = if count == 1 { "computer" } else { "computers" };
    format!("{}: {} on {count} {computers}: {hosts}", became(change), compared(change))
}

/// What a comparison says beside its changes, a line each: the verdict, why nothing is called complete, and
/// which computers only one of the reports has.
pub(super) fn lines_of(comparison: &Comparison) -> Vec<String> {
    let mut lines = vec![printable(&comparison.to_string())];
    lines.extend(comparison.open.iter().map(|why| printable(why)));
    lines.extend(hosts_compared(comparison).map(|(what, hosts)| {
        format!("{what}: {} ({})", hosts.len(), first_of(hosts, COMPUTERS_NAMED))
    }));
    lines
}
