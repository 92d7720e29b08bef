//! What became of one list that was read.

use yew::prelude::*;

use super::sheet::sheet;
use crate::app::action::Action;
use crate::app::reading::InputKey;
use crate::app::text;
use crate::app::view::SourceView;

/// The accounting of a source, and a way to change how it is read.
///
/// `index` is the source's place among those of the results, `input` what on the page it is of, if
/// that is still there.
pub fn source_card(
    index: usize,
    source: &SourceView,
    input: Option<InputKey>,
    on_action: &Callback<Action>,
) -> Html {
    html! {
        <div key={index} class="source">
            { sheet(&source.sheet, on_action) }
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
    let results = crate::app::example::results();
    let [source] = results.sources.as_slice() else { return Vec::new() };
    let card = source_card(0, source, Some(InputKey::Pasted), &Callback::noop());
    vec![("a table", card)]
}
