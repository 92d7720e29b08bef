//! What follows for a program, in two or three words.

use yew::prelude::*;

use super::icon::{Tone, icon};
use crate::engine::directive::OutcomeKind;

/// A tag with an outcome.
///
/// MUST be understandable without colour: it has words and a shape.
pub fn outcome_tag(outcome: OutcomeKind, words: &'static str) -> Html {
    let tone = tone(outcome);
    html! {
        <span class={classes!("tag", format!("tag--{}", tone.class()))}>
            { icon(tone) }
            { words }
        </span>
    }
}

/// The status an outcome stands for.
pub fn tone(outcome: OutcomeKind) -> Tone {
    match outcome {
        OutcomeKind::Prohibited => Tone::Bad,
        OutcomeKind::Review | OutcomeKind::Indicator => Tone::Attention,
        OutcomeKind::Embedded | OutcomeKind::Exempt | OutcomeKind::NotCovered => Tone::Info,
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let tag = |outcome| outcome_tag(outcome, crate::ui::text::gravest(outcome, false));
    OutcomeKind::ALL.into_iter().map(|outcome| (outcome.id(), tag(outcome))).collect()
}
