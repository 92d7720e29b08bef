//! What became of one list that was read.

use std::rc::Rc;

use yew::prelude::*;

use super::first_rows::first_rows;
use crate::app::action::Action;
use crate::app::protocol::Results;
use crate::app::reading::InputKey;
use crate::ui::text;

/// The accounting of a source: name, size, fingerprint, how it was read, what became of its lines,
/// its first entries, and a way to change how it is read.
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
            <details class="fold">
                <summary class="fold__summary">
                    { text::FIRST_ROWS }
                    <span class="usa-sr-only">{ text::of_list(&source.name) }</span>
                </summary>
                { first_rows(&source.name, &source.first_records) }
            </details>
            if let Some(key) = props.input {
                <p class="no-print">
                    <button
                        type="button"
                        class="usa-button usa-button--unstyled"
                        onclick={props.on_action.reform(move |_| Action::ReadingAsked(key))}
                    >
                        { text::CHANGE_READING_AGAIN }
                        <span class="usa-sr-only">{ text::of_list(&source.name) }</span>
                    </button>
                </p>
            }
        </div>
    }
}

/// What a [`SourceCard`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SourceCardProps {
    /// The results.
    pub results: Rc<Results>,
    /// Which source, counted from 0.
    pub index: usize,
    /// The input on the page that it is of, if that is still there.
    pub input: Option<InputKey>,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, SourceCardProps)> {
    let props = SourceCardProps {
        results: super::example::results(),
        index: 0,
        input: Some(InputKey::Pasted),
        on_action: Callback::noop(),
    };
    vec![("a table", props)]
}
