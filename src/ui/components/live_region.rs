//! The one place where a reader who does not see the page change is told.

use yew::prelude::*;

use crate::ui::ids;

/// A polite live region that nobody sees.
///
/// MUST be the only one. MUST be in the page from the start. MUST tell the same thing twice if it
/// happens twice.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    html! {
        <div id={ids::STATUS} class="usa-sr-only" role="status">
            // A new key makes a new element, which is read out though its words are the same.
            for sentence in props.sentence.iter() {
                <p key={props.number}>{ sentence }</p>
            }
        </div>
    }
}

/// What a [`LiveRegion`] tells.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct LiveRegionProps {
    /// Another one each time something happens.
    pub number: u32,
    /// What to tell.
    pub sentence: Option<AttrValue>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, LiveRegionProps)> {
    vec![
        ("silent", LiveRegionProps { number: 0, sentence: None }),
        ("telling", LiveRegionProps { number: 1, sentence: Some("Copied.".into()) }),
    ]
}
