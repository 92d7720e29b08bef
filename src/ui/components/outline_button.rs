//! A button that is not the main one.

use yew::prelude::*;

/// A button with an outline; without an id if that is empty.
///
/// SHOULD NOT be printed.
pub fn outline_button(id: &'static str, words: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    let id = (!id.is_empty()).then_some(id);
    html! {
        <button type="button" class="usa-button usa-button--outline" {id} {onclick}>{ words }</button>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let drawn = |id| outline_button(id, "Save".into(), Callback::noop());
    vec![("with an id", drawn("save")), ("without", drawn(""))]
}
