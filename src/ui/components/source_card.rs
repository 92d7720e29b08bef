//! What became of one list that was read.

use yew::prelude::*;

use super::first_rows::first_rows;
use crate::app::action::Action;
use crate::app::reading::InputKey;
use crate::engine::report::SourceReport;
use crate::ui::text;

/// The accounting of a source: name, size, fingerprint, how it was read, what became of its lines,
/// its first entries, and a way to change how it is read.
///
/// MUST be readable at 320 px: it is a list of terms, not a wide table. Long fingerprints MUST wrap.
///
/// `index` is the source's place among those of the results, `input` what on the page it is of, if
/// that is still there.
pub fn source_card(
    index: usize,
    source: &SourceReport,
    input: Option<InputKey>,
    on_action: &Callback<Action>,
) -> Html {
    let rows = [
        (text::SIZE, text::bytes(source.bytes)),
        (text::READ_AS, text::read_as(source)),
        (text::ENCODING, text::encoding(source)),
        (text::LINES, text::lines(source)),
        (text::ENTRIES, text::entry_count(source)),
        (text::COMPUTERS, text::number(source.hosts)),
    ];
    html! {
        <div key={index} class="source">
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
            if let Some(key) = input {
                <p class="no-print">
                    <button
                        type="button"
                        class="usa-button usa-button--unstyled"
                        onclick={on_action.reform(move |_| Action::ReadingAsked(key))}
                    >
                        { text::CHANGE_READING_AGAIN }
                        <span class="usa-sr-only">{ text::of_list(&source.name) }</span>
                    </button>
                </p>
            }
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let source = super::example::source_read();
    let card = source_card(0, &source, Some(InputKey::Pasted), &Callback::noop());
    vec![("a table", card)]
}
