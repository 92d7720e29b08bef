//! Small drawings beside words.

use yew::prelude::*;

/// What a status is, told by shape, word and colour together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something has to be done.
    Bad,
    /// Somebody has to look.
    Attention,
    /// Nothing has to be done.
    Good,
    /// Good to know.
    Info,
}

impl Tone {
    /// The end of a class name: `tag--bad`, `alert--bad`.
    pub fn class(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Attention => "attention",
            Self::Good => "good",
            Self::Info => "info",
        }
    }

    /// The drawing, as the path of an icon of 24 by 24: a crossed circle, a triangle, a tick, an i.
    fn path(self) -> &'static str {
        match self {
            Self::Bad => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z"
            }
            Self::Attention => "M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z",
            Self::Good => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8Z"
            }
            Self::Info => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z",
        }
    }
}

/// The drawing of a status.
///
/// MUST stand beside words that say the same. SHOULD NOT be read out.
pub fn icon(tone: Tone) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={tone.path()} fill="currentColor" />
        </svg>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![("bad", icon(Tone::Bad))]
}
