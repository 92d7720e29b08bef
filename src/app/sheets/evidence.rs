//! One program that was found, and how it was recognised.

use super::{list, outcomes};
use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::{ids, text};
use crate::engine::explain::Section;
use crate::engine::report::{Evidence, Finding, Report};

/// The program as written, what the directives say of it where that is its own, and how it was recognised.
///
/// MUST show the line as written and what in it matched, as text, and the same text put right if
/// its letters were damaged. MUST say in words how sure it is.
/// MUST have a heading that can take the focus.
///
/// `index` is the finding's place in the report.
pub fn finding(report: &Report, index: usize, finding: &Finding, shows_outcomes: bool) -> Node {
    let publisher = text::published_by(&finding.publisher);
    let facts = format!("{publisher}. {}.", text::on_hosts(finding));
    let put_right = text::put_right(finding);
    Node::all([
        Tag::H5
            .says("finding__name", text::title_as_written(finding))
            .with(Attribute::Id, ids::finding(index))
            .with(Attribute::Tabindex, "-1"),
        Tag::P.says("finding__facts", facts),
        put_right.map(|sentence| Tag::P.says("finding__facts", sentence)).unwrap_or_default(),
        Node::when(shows_outcomes, || {
            Node::all([
                Tag::H6.says("finding__heading", text::WHAT_THE_DIRECTIVES_SAY),
                outcomes::outcomes(report, &finding.outcomes),
            ])
        }),
        Tag::H6.says("finding__heading", text::HOW_WE_KNOW),
        known_by(finding),
    ])
}

fn known_by(finding: &Finding) -> Node {
    let place = finding.places.first().map(|place| {
        let line = Tag::Pre.of("finding__line", [Tag::Code.says("", &place.text)]);
        Node::all([Tag::P.says("finding__where", text::line_as_written(place)), line])
    });
    let sure = format!("{}.", text::strength(finding.strength));
    Node::all([
        place.unwrap_or_default(),
        list("usa-list finding__evidence", finding.evidence.iter().map(compared)),
        Tag::P.says("finding__sure", sure),
    ])
}

fn compared(evidence: &Evidence) -> Node {
    let words = text::evidence(evidence);
    Node::all([
        words.before.into(),
        Tag::Q.says("", &evidence.text),
        words.between.into(),
        Tag::Q.says("", &evidence.pattern),
        words.after.into(),
    ])
}

/// Why a finding is what it is said to be: what was compared, what fitted, and what was rejected and why.
pub fn why(sections: &[Section]) -> Node {
    Node::all(sections.iter().map(|section| {
        let heading = Tag::P.of("", [Tag::Strong.says("", &section.heading)]);
        Node::all([heading, list("usa-list", section.lines.iter().map(Node::from))])
    }))
}
