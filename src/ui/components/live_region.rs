//! The one place where a reader who does not see the page change is told.

use yew::prelude::*;

use crate::app::ids;

/// A polite live region that nobody sees.
///
/// MUST be the only one. MUST be in the page from the start. MUST tell the same thing twice if it
/// happens twice.
///
/// `number` is another one each time something happens.
pub fn live_region(number: u32, sentence: Option<String>) -> Html {
    html! {
        <div id={ids::STATUS} class="usa-sr-only" role="status">
            // A new key makes a new element, which is read out though its words are the same.
            for sentence in sentence {
                <p key={number}>{ sentence }</p>
            }
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![("silent", live_region(0, None)), ("telling", live_region(1, Some("Copied.".into())))]
}
