//! What has changed since an earlier report.

use super::{alert, list};
use crate::app::sheet::{Attribute, Node, Tag, Tone};
use crate::app::text;
use crate::engine::clause::Unwritten;
use crate::engine::language::Phrase;
use crate::engine::report::Comparison;
use crate::engine::writers::words;

/// How many computers of a program are on the screen; reports have all.
const HOSTS: usize = 20;

/// How many rows are on the screen; reports have all.
const ROWS: usize = 500;

/// What is gone, what remains and what is new.
///
/// MUST say every reason why a removal is not shown to be complete.
pub fn comparison(comparison: &Comparison) -> Node {
    let tone = if comparison.is_complete { Tone::Good } else { Tone::Attention };
    let message = Node::all([
        Tag::P.says("alert__paragraph", comparison.to_string()),
        list("usa-list", comparison.open_told().into_iter().map(Node::from)),
    ]);
    let heading = |words: Phrase| Tag::Th.says("", words).with(Attribute::Scope, "col");
    let rows = comparison.changes.iter().take(ROWS).map(|change| {
        let hosts = words::first_of(&change.hosts, HOSTS);
        let cells = [words::became(change).to_owned(), words::compared(change), hosts];
        Tag::Tr.of("", cells.map(|cell| Tag::Td.says("", cell)))
    });
    let table = Tag::Table.of(
        "places",
        [
            Tag::Thead.of("", [Tag::Tr.of("", text::COMPARED_HEADINGS.map(heading))]),
            Tag::Tbody.of("", rows),
        ],
    );
    let more = comparison.changes.len().saturating_sub(ROWS);
    let more = Node::when(more > 0, || Tag::P.says("", text::more_compared(more)));
    let hosts = words::hosts_compared(comparison)
        .map(|(what, hosts)| Tag::P.says("", format!("{what}: {}", words::first_of(hosts, HOSTS))));
    Node::all([alert(tone, "", "", "", message), table, more].into_iter().chain(hosts))
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    use crate::engine::directive::OutcomeKind;
    use crate::engine::report::{Change, ChangeKind};

    let hostile = crate::app::example::HOSTILE;
    let change = Change {
        kind: ChangeKind::Remaining,
        product: "kaspersky.free".into(),
        product_name: "Kaspersky Free".into(),
        earlier: hostile.into(),
        now: hostile.into(),
        outcome: OutcomeKind::Prohibited,
        is_set_aside: false,
        hosts: vec!["PC-1".into()],
    };
    let known = Comparison {
        earlier_on: "2026-11-01".into(),
        is_complete: false,
        open: vec!["1 program that has to go is still there.".into()],
        changes: vec![change],
        hosts_not_read: vec![hostile.into()],
        hosts_new: Vec::new(),
        wording: Unwritten::default(),
    };
    vec![("one remaining", comparison(&known))]
}
