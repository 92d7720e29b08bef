//! A command to copy.

use yew::prelude::*;

use super::copy_button::CopyButton;
use crate::app::action::Action;

/// A command with a button that copies it, and a line over it; no line if that is empty. `what` is what
/// the button copies, for example `the PowerShell command`.
///
/// MUST show the whole command as text that can be selected, wrapped, not cut.
/// SHOULD NOT be printed with the button.
pub fn command_block(
    id: AttrValue,
    command: AttrValue,
    what: AttrValue,
    label: AttrValue,
    on_action: &Callback<Action>,
) -> Html {
    html! {
        <div key={id.to_string()} class="command">
            if !label.is_empty() {
                <p class="command__label">{ label }</p>
            }
            <div class="command__box">
                <pre class="command__text"><code id={id.clone()}>{ command.clone() }</code></pre>
                <CopyButton {id} text={command} {what} on_action={on_action.clone()} />
            </div>
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let drawn = |label: &'static str| {
        let command = "dpkg -l > ~/programs.txt".into();
        command_block(
            "command".into(),
            command,
            "the command".into(),
            label.into(),
            &Callback::noop(),
        )
    };
    vec![("plain", drawn("")), ("labelled", drawn("Terminal"))]
}
