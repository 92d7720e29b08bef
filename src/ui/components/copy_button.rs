//! A button that copies something.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::Announcement;
use crate::app::text;
use crate::ui::browser;

/// A button that copies a text.
///
/// MUST name what is copied, for those who hear the button alone. MUST tell that it was copied in the
/// live region, and where it could not, say what to do.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    // Another text in its place is not copied yet.
    let copied = use_state_eq(|| None::<AttrValue>);
    let is_copied = copied.as_ref() == Some(&props.text);
    let onclick = {
        let (text, id, on_action) = (props.text.clone(), props.id.clone(), props.on_action.clone());
        let copied = copied.clone();
        Callback::from(move |_: MouseEvent| {
            let (text, id, on_action) = (text.clone(), id.clone(), on_action.clone());
            let copied = copied.clone();
            spawn_local(async move {
                let was_copied = browser::copy(&text, &id).await;
                copied.set(was_copied.then_some(text));
                on_action.emit(Action::Announced(if was_copied {
                    Announcement::Copied
                } else {
                    Announcement::Selected
                }));
            });
        })
    };
    html! {
        <button
            type="button"
            class="usa-button usa-button--outline command__copy"
            aria-label={text::copy_what(&props.what)}
            {onclick}
        >
            { if is_copied { text::COPIED } else { text::COPY } }
        </button>
    }
}

/// What a [`CopyButton`] copies.
#[derive(Clone, PartialEq, Properties)]
pub struct CopyButtonProps {
    /// The id of the element that shows the text.
    pub id: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// What it is, for example `the PowerShell command`.
    pub what: AttrValue,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, CopyButtonProps)> {
    let props = CopyButtonProps {
        id: "command".into(),
        text: "dpkg -l".into(),
        what: "the command".into(),
        on_action: Callback::noop(),
    };
    vec![("a command", props)]
}
