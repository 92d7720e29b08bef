//! What follows for a program, in two or three words.

use yew::prelude::*;

use super::icon::{Icon, Tone};
use crate::engine::directive::OutcomeKind;

/// A tag with an outcome.
///
/// MUST be understandable without colour: it has words and a shape.
#[component]
pub fn OutcomeTag(props: &OutcomeTagProps) -> Html {
    let tone = tone(props.outcome);
    html! {
        <span class={classes!("tag", format!("tag--{}", tone.class()))}>
            <Icon {tone} />
            { props.words.clone() }
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

/// What an [`OutcomeTag`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct OutcomeTagProps {
    /// The outcome.
    pub outcome: OutcomeKind,
    /// The words.
    pub words: AttrValue,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, OutcomeTagProps)> {
    OutcomeKind::ALL
        .into_iter()
        .map(|outcome| {
            (
                outcome.id(),
                OutcomeTagProps { outcome, words: crate::ui::text::gravest(outcome, false).into() },
            )
        })
        .collect()
}
