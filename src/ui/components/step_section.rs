//! One of the four steps.

use yew::prelude::*;

/// A numbered section of the page.
///
/// MUST be a region named by its heading. The heading MUST be able to take the focus.
#[component]
pub fn StepSection(props: &StepSectionProps) -> Html {
    html! {
        <section class={classes!("step", props.class.clone())} aria-labelledby={props.id.clone()}>
            <h2 class="step__heading" id={props.id.clone()} tabindex="-1">
                <span class="step__number">
                    <span class="usa-sr-only">{ "Step " }</span>{ props.number }<span class="usa-sr-only">{ ": " }</span>
                </span>
                <span>{ props.heading.clone() }</span>
            </h2>
            <div class="step__body">{ props.children.clone() }</div>
        </section>
    }
}

/// What a [`StepSection`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct StepSectionProps {
    /// Its number.
    pub number: u8,
    /// The heading's id.
    pub id: AttrValue,
    /// The heading.
    pub heading: AttrValue,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// What is in it.
    pub children: Html,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, StepSectionProps)> {
    let props = StepSectionProps {
        number: 1,
        id: "who".into(),
        heading: "Who are you?".into(),
        class: Classes::new(),
        children: html! { <p>{ "…" }</p> },
    };
    vec![("first", props)]
}
