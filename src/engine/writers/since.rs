//! What a comparison with an earlier report says of a single finding.
//!
//! What is compared is a product on a computer, and a finding is a program on many: so there may be several
//! answers for one finding.

use std::collections::{HashMap, HashSet};

use super::words::{COMPUTERS_NAMED, became, compared, first_of, hosts_compared, printable};
use crate::engine::report::{Change, ChangeKind, Comparison, Finding, Report};
use crate::engine::words::fold;

/// The changes of a comparison, by product and computer.
pub(super) struct Since<'r> {
    /// The comparison.
    pub(super) comparison: &'r Comparison,
    changes: HashMap<(&'r str, String), &'r Change>,
    /// The programs of computers that are not as they were, or were not read again, by product.
    left: HashSet<(&'r str, &'r str)>,
}

impl<'r> Since<'r> {
    /// What the report says has changed; `None` if it was compared with none.
    pub(super) fn of(report: &'r Report) -> Option<Self> {
        let comparison = report.comparison.as_ref()?;
        let changes = comparison.changes.iter().flat_map(|change| {
            let product = change.product.as_str();
            change.hosts.iter().map(move |host| ((product, fold(host)), change))
        });
        let mut left = HashSet::new();
        for kind in [ChangeKind::Changed, ChangeKind::NotRead, ChangeKind::Removed] {
            for change in comparison.of(kind) {
                let product = change.product.as_str();
                left.extend(programs(&change.earlier).map(|program| (product, program)));
            }
        }
        Some(Self { comparison, changes: changes.collect(), left })
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

    /// True if the program is gone from computers, another one is there now, or these were not read again. Where it is
    /// still there beside another, [`became`](Self::became) tells of a change too.
    pub(super) fn has_left(&self, finding: &Finding) -> bool {
        let program = format!("{} {}", finding.name, finding.version);
        self.left.contains(&(finding.product.id.as_str(), program.trim()))
    }
}

/// What [`Since::became`] tells, in a line.
pub(super) fn in_words(became: &[(ChangeKind, u64)]) -> String {
    let told: Vec<String> =
        became.iter().map(|(kind, count)| format!("{count} {}", kind.title())).collect();
    told.join(", ")
}

/// What stands between the programs of a change.
const BETWEEN: &str = "; ";

/// In how many parts a program's name may be cut by what stands between two programs.
const PARTS: usize = 8;

/// What may be one of the programs that a change names. A name may hold what stands between two, so every run of parts is
/// one that may be.
fn programs(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.match_indices(BETWEEN).map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    let begins = [0].into_iter().chain(text.match_indices(BETWEEN).map(|(at, it)| at + it.len()));
    let begins: Vec<usize> = begins.collect();
    begins.into_iter().enumerate().flat_map(move |(part, begin)| {
        let ends: Vec<usize> = ends.iter().skip(part).take(PARTS).copied().collect();
        ends.into_iter().filter_map(move |end| text.get(begin..end))
    })
}

/// How many changes are told a line each in files for programs: a fleet may have one a computer, and the report as
/// JSON and the table have all.
const CHANGES: usize = 1000;

/// The changes that are told, and a line that counts the others; `None` if there are none.
pub(super) fn first_changes(comparison: &Comparison) -> (&[Change], Option<String>) {
    let changes = comparison.changes.as_slice();
    let rest = changes.len().saturating_sub(CHANGES);
    let rest = (rest > 0).then(|| {
        format!("{rest} more changes are not listed; the JSON report and the table (CSV) have all.")
    });
    (changes.get(..CHANGES).unwrap_or(changes), rest)
}

/// The same, a line each.
pub(super) fn change_lines(comparison: &Comparison) -> impl Iterator<Item = String> {
    let (changes, rest) = first_changes(comparison);
    changes.iter().map(line_of).chain(rest)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_whole_and_in_parts() {
        let all: Vec<&str> = programs("Agent 1; Free; Home 21").collect();
        assert_eq!(
            all,
            [
                "Agent 1",
                "Agent 1; Free",
                "Agent 1; Free; Home 21",
                "Free",
                "Free; Home 21",
                "Home 21"
            ]
        );
        assert_eq!(programs("").collect::<Vec<_>>(), [""]);
        // However often it is cut.
        assert!(programs(&BETWEEN.repeat(10_000)).count() <= 10_001 * PARTS);
    }
}
