//! What a statement rests on.

use yew::prelude::*;

use crate::app::view::link;
use crate::engine::catalog::{Source, SourceKind};
use crate::ui::text;

/// The sources of a statement, as links where they can be read.
///
/// MUST say that a link leads to another website. MUST link to `https` addresses only.
pub fn source_links(sources: &[&Source]) -> Html {
    if sources.is_empty() {
        return Html::default();
    }
    let last = sources.len() - 1;
    html! {
        <span class="sources">
            { text::source_label(sources.len()) }
            for (index, source) in sources.iter().enumerate() {
                <span key={source.id.clone()}>
                    { source_link(source) }
                    { format!(" [{}]", text::source_kind(source.read)) }
                    { if index == last { "." } else { "; " } }
                </span>
            }
        </span>
    }
}

/// One source.
pub fn source_link(source: &Source) -> Html {
    match link(source) {
        Some(url) => html! {
            <a class="usa-link" href={url.to_owned()} target="_blank" rel="noopener noreferrer">
                { source.title.clone() }
                <span class="usa-sr-only">{ text::OPENS_ELSEWHERE }</span>
            </a>
        },
        None => html! { { source.title.clone() } },
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let source = |id: &str, url: Option<&str>, read| Source {
        id: id.into(),
        title: format!("Source {id}"),
        url: url.map(str::to_owned),
        read,
    };
    let sources = [
        source("one", Some("https://www.govinfo.gov/"), SourceKind::Issuer),
        source("two", Some("javascript:alert(1)"), SourceKind::Secondary),
        source("three", None, SourceKind::Vendor),
    ];
    vec![("three", source_links(&sources.each_ref())), ("none", source_links(&[]))]
}
