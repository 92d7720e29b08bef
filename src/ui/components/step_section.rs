//! One of the four steps.

use crate::engine::language::{Phrase, phrase, say};
use yew::prelude::*;

/// A numbered section of the page.
///
/// MUST be a region named by its heading. The heading MUST be able to take the focus.
pub fn step_section(
    number: u8,
    id: &'static str,
    heading: Phrase,
    class: &'static str,
    body: Html,
) -> Html {
    html! {
        <section class={classes!("step", class)} aria-labelledby={id}>
            <h2 class="step__heading" {id} tabindex="-1">
                <span class="step__number">
                    <span class="usa-sr-only">{ say!("Step ") }</span>{ number }<span class="usa-sr-only">{ ": " }</span>
                </span>
                <span>{ heading }</span>
            </h2>
            <div class="step__body">{ body }</div>
        </section>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let body = html! { <p>{ "…" }</p> };
    vec![("first", step_section(1, "who", phrase("Who are you?"), "", body))]
}
