//! A summary that can be passed on.

use super::list;
use crate::app::share::Offer;
use crate::app::sheet::{Command, Node, Tag};
use crate::app::{ids, text};
use crate::engine::language::say;
use crate::engine::report::Report;
use crate::engine::share::Summary;
use crate::engine::share::link::link;

/// What can be passed on of a report, by a link to the page at that address and as text.
///
/// MUST say what is in it and how long the link is before it can be copied. Where the link would be too
/// long, MUST say what to do instead.
pub fn offer(report: &Report, has_names: bool, address: &str) -> Offer {
    let summary = Summary::of(report, has_names);
    let (link, size) = match link(address, &summary) {
        Ok(link) => {
            let size = text::link_size(link.len());
            (link, size)
        }
        Err(too_long) => (String::new(), text::sentence(&too_long.to_string())),
    };
    let copied = |id: &str, text: &str, what: &str, label: &str| {
        Node::Command(Box::new(Command {
            id: id.into(),
            text: text.into(),
            what: what.into(),
            label: label.into(),
        }))
    };
    let sheet = Node::all([
        Tag::P.says("", text::SUMMARY_CONTENTS),
        list("usa-list", summary.contents().into_iter().map(Node::from)),
        Tag::P.says("", size),
        Node::when(!link.is_empty(), || {
            copied(ids::SHARE_LINK, &link, say!("link"), &text::THE_LINK)
        }),
        copied(ids::SHARE_TEXT, &summary.to_text(), say!("as text"), &text::AS_TEXT),
    ]);
    Offer { sheet, link }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let report = crate::app::example::report();
    let mut too_long = report.clone();
    if let Some(finding) = too_long.findings.first_mut() {
        finding.hosts = (0..20_000).map(|number| format!("PC-{number}")).collect();
    }
    let address = "https://clearlist.example/";
    vec![
        ("without names", offer(&report, false, address).sheet),
        ("too long", offer(&too_long, true, address).sheet),
    ]
}
