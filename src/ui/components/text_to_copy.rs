//! A text to be taken elsewhere.

use yew::prelude::*;

use super::copy_button::CopyButton;
use crate::app::action::Action;

/// A text in a box, with a label over it, a button that copies it, and other buttons beside that one.
/// `what` is what the button copies.
///
/// MUST show the whole of it, in an element that the keyboard can reach and scroll.
pub fn text_to_copy(
    id: AttrValue,
    label: &str,
    text: AttrValue,
    what: AttrValue,
    buttons: Html,
    on_action: &Callback<Action>,
) -> Html {
    html! {
        <>
            <label class="usa-label" for={id.clone()}>{ label }</label>
            <textarea
                id={id.clone()}
                class="usa-textarea paste pack__text"
                rows="10"
                wrap="off"
                readonly=true
                spellcheck="false"
                value={text.clone()}
            />
            <div class="query__buttons">
                <CopyButton {id} {text} {what} on_action={on_action.clone()} />
                { buttons }
            </div>
        </>
    }
}
