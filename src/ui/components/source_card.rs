//! What became of one list that was read.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::protocol::Results;
use crate::ui::text;

/// The accounting of a source: name, size, fingerprint, how it was read, what became of its lines.
///
/// MUST be readable at 320 px: it is a list of terms, not a wide table. Long fingerprints MUST wrap.
#[component]
pub fn SourceCard(props: &SourceCardProps) -> Html {
    let Some(source) = props.results.report.sources.get(props.index) else {
        return Html::default();
    };
    let rows = [
        (text::SIZE, text::bytes(source.bytes)),
        (text::READ_AS, text::read_as(source)),
        (text::ENCODING, text::encoding(source)),
        (text::LINES, text::lines(source)),
        (text::ENTRIES, text::entry_count(source)),
        (text::COMPUTERS, text::number(source.hosts)),
    ];
    html! {
        <div class="source">
            <h4 class="source__name">{ source.name.clone() }</h4>
            <dl class="terms">
                for (term, value) in rows {
                    <div key={term} class="terms__row"><dt>{ term }</dt><dd>{ value }</dd></div>
                }
                <div key="sha256" class="terms__row">
                    <dt>{ text::FINGERPRINT }</dt>
                    <dd><code class="hash">{ source.sha256.clone() }</code></dd>
                </div>
            </dl>
        </div>
    }
}

/// What a [`SourceCard`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct SourceCardProps {
    /// The results.
    pub results: Rc<Results>,
    /// Which source, counted from 0.
    pub index: usize,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, SourceCardProps)> {
    vec![("a table", SourceCardProps { results: super::example::results(), index: 0 })]
}
