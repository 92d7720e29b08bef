//! One directive that was applied.

use super::{list, sources};
use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::{ids, text};
use crate::engine::directive::{Duty, Statement};
use crate::engine::language::told;
use crate::engine::report::DirectiveReport;

/// A directive, folded: what it says, who is bound, what is to be done by when, its sources.
///
/// MUST mark what could not be confirmed. MUST give the source of every statement.
///
/// `index` is its place among the directives of the results.
pub fn directive(index: usize, directive: &DirectiveReport) -> Node {
    let status = text::status(directive.status);
    let summary = Tag::Summary.of(
        "fold__summary",
        [
            Tag::H4.says("directive__name", told(&directive.short_title)),
            " ".into(),
            Tag::Span.says("directive__status", status),
        ],
    );
    let issued = text::issued(&directive.issuer, &directive.issued_on);
    let of = |heading, all| statements(index, directive, heading, all);
    let body = Tag::Div.of(
        "directive__body",
        [
            Tag::P.says("directive__title", &directive.title),
            Tag::P.says("directive__issued", format!("{issued}. {}", text::kind(directive.kind))),
            Tag::H5.says("", text::WHAT_IT_SAYS),
            Tag::P.says("", told(&directive.summary)),
            of(&text::WHO_IS_BOUND, &directive.bound),
            of(&text::WHO_IS_NOT_BOUND, &directive.not_bound),
            duties(index, directive),
            Tag::Div.of("no-print", [of(&text::GOOD_TO_KNOW, &directive.facts)]),
            Tag::H5.says("", text::STATUS),
            Tag::P.of(
                "",
                [
                    Tag::Strong.says("", format!("{status}.")),
                    format!(" {}", told(&directive.status_note)).into(),
                ],
            ),
            Tag::P.says("", text::checked_on(&directive.checked_on)),
            source_list(index, directive),
        ],
    );
    Tag::Details.of("fold directive", [summary, Node::Later(vec![body])])
}

fn statements(
    index: usize,
    directive: &DirectiveReport,
    heading: &str,
    statements: &[Statement],
) -> Node {
    let entries = statements.iter().map(|statement| {
        Node::all([
            Node::from(told(&statement.text)),
            confirmation(statement.unconfirmed),
            cited(index, directive, &statement.sources),
        ])
    });
    headed(heading, entries)
}

fn duties(index: usize, directive: &DirectiveReport) -> Node {
    let entries = directive.duties.iter().map(|duty: &Duty| {
        let due = text::due(duty.due_on.as_deref(), duty.clock.as_deref());
        let due = due.map(|due| Tag::Strong.says("", format!("{due}: ")));
        Node::all([
            due.unwrap_or_default(),
            Node::from(told(&duty.text)),
            confirmation(duty.unconfirmed),
            cited(index, directive, &duty.sources),
        ])
    });
    headed(&text::WHAT_TO_DO, entries)
}

/// A list under a heading; nothing of no entries.
fn headed(heading: &str, entries: impl ExactSizeIterator<Item = Node>) -> Node {
    Node::when(entries.len() > 0, || {
        Node::all([Tag::H5.says("", heading), list("usa-list", entries)])
    })
}

fn confirmation(unconfirmed: bool) -> Node {
    Node::when(unconfirmed, || {
        Node::all([" ".into(), Tag::Strong.says("unconfirmed", text::NOT_CONFIRMED)])
    })
}

/// The numbers of sources in the panel's list, as links to it.
fn cited(index: usize, directive: &DirectiveReport, ids: &[String]) -> Node {
    let numbered = directive.sources.iter().enumerate().filter(|(_, s)| ids.contains(&s.id));
    let links = numbered.flat_map(|(at, source)| {
        let link = Tag::A
            .says("usa-link", format!("[{}]", at + 1))
            .with(Attribute::Href, format!("#{}", ids::directive_source(index, at)))
            .with(Attribute::AriaLabel, text::source_numbered(at + 1, &source.title));
        [" ".into(), link]
    });
    Tag::Span.of("cited", links)
}

fn source_list(index: usize, directive: &DirectiveReport) -> Node {
    let entries = directive.sources.iter().enumerate().map(|(at, source)| {
        Tag::Li
            .of("", [sources::link(source), sources::kind(source)])
            .with(Attribute::Id, ids::directive_source(index, at))
    });
    Node::all([Tag::H5.says("", text::SOURCES), Tag::Ol.of("usa-list", entries)])
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let report = crate::app::example::report();
    vec![("removal order", directive(0, &report.directives[0]))]
}
