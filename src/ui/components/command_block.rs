//! A command to copy.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::Announcement;
use crate::ui::{browser, text};

/// A command with a button that copies it.
///
/// MUST show the whole command as text that can be selected, wrapped, not cut.
/// MUST name in the button what is copied, for those who hear the button alone.
/// MUST tell that it was copied in the live region, and where it could not, say what to do.
/// SHOULD NOT be printed with the button.
#[component]
pub fn CommandBlock(props: &CommandBlockProps) -> Html {
    let is_copied = use_state_eq(|| false);
    let onclick = {
        let (command, id, on_action) =
            (props.command.clone(), props.id.clone(), props.on_action.clone());
        let is_copied = is_copied.clone();
        Callback::from(move |_: MouseEvent| {
            let (command, id, on_action) = (command.clone(), id.clone(), on_action.clone());
            let is_copied = is_copied.clone();
            spawn_local(async move {
                let was_copied = browser::copy(&command, &id).await;
                is_copied.set(was_copied);
                on_action.emit(Action::Announced(if was_copied {
                    Announcement::Copied
                } else {
                    Announcement::Selected
                }));
            });
        })
    };
    html! {
        <div class="command">
            if !props.label.is_empty() {
                <p class="command__label">{ props.label.clone() }</p>
            }
            <div class="command__box">
                <pre class="command__text"><code id={props.id.clone()}>{ props.command.clone() }</code></pre>
                <button
                    type="button"
                    class="usa-button usa-button--outline command__copy"
                    aria-label={text::copy_what(&props.what)}
                    {onclick}
                >
                    { if *is_copied { text::COPIED } else { text::COPY } }
                </button>
            </div>
        </div>
    }
}

/// What a [`CommandBlock`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CommandBlockProps {
    /// The id of the command's text.
    pub id: AttrValue,
    /// The command.
    pub command: AttrValue,
    /// What the copy button copies, for example `the PowerShell command`.
    pub what: AttrValue,
    /// A line over the command; empty for none.
    #[prop_or_default]
    pub label: AttrValue,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, CommandBlockProps)> {
    let base = CommandBlockProps {
        id: "command".into(),
        command: "dpkg -l > ~/programs.txt".into(),
        what: "the command".into(),
        label: AttrValue::default(),
        on_action: Callback::noop(),
    };
    let labelled = CommandBlockProps { label: "Terminal".into(), ..base.clone() };
    vec![("plain", base), ("labelled", labelled)]
}
