//! A message that stands out.

use yew::prelude::*;

use super::icon::{Icon, Tone};

/// An alert as USWDS has it, with an icon of our own, so that nothing is fetched.
///
/// MUST be understandable without colour: the icon has a shape and the words say it.
/// MUST have a heading of the level that its place in the page asks for, or none.
/// SHOULD NOT be a live region: the page has one.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let heading = (!props.heading.is_empty()).then(|| {
        html! {
            <@{format!("h{}", props.level)} class="alert__heading">{ props.heading.clone() }</@>
        }
    });
    html! {
        <div
            id={props.id.clone()}
            class={classes!("alert", format!("alert--{}", props.tone.class()), props.class.clone())}
            tabindex={props.id.is_some().then_some("-1")}
        >
            <div class="alert__body">
                <Icon tone={props.tone} />
                <div class="alert__text">
                    { for heading }
                    { props.children.clone() }
                </div>
            </div>
        </div>
    }
}

/// What an [`Alert`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct AlertProps {
    /// What kind of message.
    pub tone: Tone,
    /// The heading; empty for none.
    #[prop_or_default]
    pub heading: AttrValue,
    /// The heading's level, 2 to 6.
    #[prop_or(3)]
    pub level: u8,
    /// An id, if the focus is to be moved here.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// The message.
    pub children: Html,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, AlertProps)> {
    let base = AlertProps {
        tone: Tone::Bad,
        heading: "Banned software found".into(),
        level: 3,
        id: None,
        class: Classes::new(),
        children: html! { <p class="alert__paragraph">{ "<script>alert(1)</script>" }</p> },
    };
    let quiet = AlertProps { tone: Tone::Info, heading: AttrValue::default(), ..base.clone() };
    vec![("with heading", base), ("without heading", quiet)]
}
