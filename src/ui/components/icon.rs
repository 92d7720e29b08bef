//! Small drawings beside words.

use yew::prelude::*;

use crate::app::sheet::Tone;

/// The drawing, as the path of an icon of 24 by 24: a crossed circle, a triangle, a tick, an i.
fn path(tone: Tone) -> &'static str {
    match tone {
        Tone::Bad => {
            "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z"
        }
        Tone::Attention => "M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z",
        Tone::Good => {
            "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8Z"
        }
        Tone::Info => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z",
    }
}

/// The drawing of a status.
///
/// MUST stand beside words that say the same. SHOULD NOT be read out.
pub fn icon(tone: Tone) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={path(tone)} fill="currentColor" />
        </svg>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![("bad", icon(Tone::Bad))]
}
