//! What stands over a printed report, and is not on the screen.

use super::list;
use crate::app::sheet::{Node, Tag};
use crate::app::text;
use crate::engine::report::{PackReport, Report};

/// The head of a printed report: title, when and with what it was made, what was checked.
///
/// MUST be on paper only.
pub fn report_head(report: &Report) -> Node {
    let tool = &report.tool;
    let made = text::report_made(&report.generated_on, &tool.version, &tool.data_checked_on);
    let sources = report.sources.iter().map(|source| with_hash(&source.name, &source.sha256));
    Tag::Div.of(
        "print-only report-head",
        [
            Tag::P.says("report-head__title", text::REPORT_TITLE),
            Tag::P.says("", made),
            Tag::P.says("", text::report_directives(report)),
            packs(&report.packs),
            title(&text::REPORT_SOURCES),
            list("", sources),
        ],
    )
}

/// The reader's own rules and the data updates that were applied.
///
/// MUST give the hash of each, so that it can be told which text it was. MUST say who signed an update.
pub fn packs(packs: &[PackReport]) -> Node {
    let (updates, own): (Vec<_>, Vec<_>) = packs.iter().partition(|pack| pack.update.is_some());
    let listed = |heading: &str, packs: &[&PackReport]| {
        Node::when(!packs.is_empty(), || {
            let packs = packs.iter().map(|pack| with_hash(&text::pack_applied(pack), &pack.sha256));
            Node::all([title(heading), list("", packs)])
        })
    };
    Node::all(
        [listed(&text::REPORT_UPDATES, &updates), listed(&text::REPORT_PACKS, &own)]
            .into_iter()
            .filter(|node| !node.is_nothing()),
    )
}

fn title(words: &str) -> Node {
    Tag::P.of("", [Tag::Strong.says("", format!("{words}:"))])
}

fn with_hash(name: &str, sha256: &str) -> Node {
    Node::all([name.into(), ", SHA-256 ".into(), Tag::Code.says("hash", sha256)])
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    vec![("found", crate::app::example::results().head.clone())]
}
