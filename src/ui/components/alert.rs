//! A message that stands out.

use yew::prelude::*;

use super::icon::icon;
use crate::app::sheet::Tone;

/// An alert as USWDS has it, with an icon of our own, so that nothing is fetched.
///
/// MUST be understandable without colour: the icon has a shape and the words say it.
/// Its heading, of the level below a step's, MAY be left empty.
/// SHOULD NOT be a live region: the page has one.
pub fn alert(
    tone: Tone,
    heading: &'static str,
    id: Option<&'static str>,
    class: &'static str,
    message: Html,
) -> Html {
    html! {
        // With an id, the focus can be moved here.
        <div
            {id}
            class={classes!("alert", format!("alert--{}", tone.class()), class)}
            tabindex={id.is_some().then_some("-1")}
        >
            <div class="alert__body">
                { icon(tone) }
                <div class="alert__text">
                    if !heading.is_empty() {
                        <h3 class="alert__heading">{ heading }</h3>
                    }
                    { message }
                </div>
            </div>
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let message = html! { <p class="alert__paragraph">{ "<script>alert(1)</script>" }</p> };
    vec![
        ("with heading", alert(Tone::Bad, "Banned software found", None, "", message.clone())),
        ("without heading", alert(Tone::Info, "", None, "", message)),
    ]
}
