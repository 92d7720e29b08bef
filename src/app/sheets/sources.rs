//! What a statement rests on.

use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::{text, view};
use crate::engine::catalog::Source;

/// The sources of a statement, as links where they can be read.
///
/// MUST say that a link leads to another website. MUST link to `https` addresses only.
pub fn sources(sources: &[&Source]) -> Node {
    let Some(last) = sources.len().checked_sub(1) else { return Node::nothing() };
    let each = sources.iter().enumerate().map(|(index, source)| {
        let end = if index == last { "." } else { "; " };
        Tag::Span.of("", [link(source), kind(source), end.into()])
    });
    let label = Node::from(text::source_label(sources.len()));
    Tag::Span.of("sources", [label].into_iter().chain(each))
}

/// One source.
pub fn link(source: &Source) -> Node {
    match view::link(source) {
        Some(url) => {
            let elsewhere = Tag::Span.says("usa-sr-only", text::OPENS_ELSEWHERE);
            Tag::A
                .of("usa-link", [Node::from(&source.title), elsewhere])
                .with(Attribute::Href, url)
                .with(Attribute::Target, "_blank")
                .with(Attribute::Rel, "noopener noreferrer")
        }
        None => Node::from(&source.title),
    }
}

/// What kind of text a source is, in brackets.
pub fn kind(source: &Source) -> Node {
    format!(" [{}]", text::source_kind(source.read)).into()
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    use crate::engine::catalog::SourceKind;

    let source = |id: &str, url: Option<&str>, read| Source {
        id: id.into(),
        title: format!("Source {id}"),
        url: url.map(str::to_owned),
        read,
    };
    let three = [
        source("one", Some("https://www.govinfo.gov/"), SourceKind::Issuer),
        source("two", Some("javascript:alert(1)"), SourceKind::Secondary),
        source("three", None, SourceKind::Vendor),
    ];
    vec![("three", sources(&three.each_ref())), ("none", sources(&[]))]
}
