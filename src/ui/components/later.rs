//! What is folded away at first, drawn a moment after what is seen.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long until then, in milliseconds: the screen has been painted.
const LATER_MS: u32 = 50;

/// Its children, in a task of their own: drawing everything at once would keep the page from
/// answering. Where there is no browser, tests see everything.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let is_drawn = use_state(|| !cfg!(target_arch = "wasm32"));
    let is_now = *is_drawn || props.is_now;
    let set_drawn = is_drawn.setter();
    use_effect_with(is_now, move |is_now| {
        let timeout = (!is_now).then(|| Timeout::new(LATER_MS, move || set_drawn.set(true)));
        // Dropping it takes it back.
        move || drop(timeout)
    });
    if is_now { props.children.clone() } else { Html::default() }
}

/// What a [`Later`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LaterProps {
    /// True for what must not wait.
    pub is_now: bool,
    /// What is drawn.
    pub children: Html,
}
