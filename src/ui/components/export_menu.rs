//! The report, saved in one of many ways.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::outline_button::outline_button;
use crate::app::action::Action;
use crate::app::preview::Choices;
use crate::app::protocol::{Request, ScanId};
use crate::app::{ids, text};
use crate::engine::language::told;
use crate::engine::limits::MARKING_CHARS;
use crate::ui::browser;

/// A choice of ways to write the report, and a button that saves it so.
///
/// MUST be a native select with a label that is seen.
pub fn export_menu(
    scan: ScanId,
    choices: &Choices,
    marking: &str,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
) -> Html {
    let marking = marking.to_owned();
    let value = marking.clone();
    // What is chosen is asked of the select only when it is needed.
    let onclick = on_request.reform(move |_| {
        let writer = browser::chosen(ids::EXPORT).unwrap_or_default();
        Request::Write { scan, writer, marking: marking.clone() }
    });
    let oninput = on_action.reform(|event: InputEvent| {
        let typed = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
        Action::MarkingTyped(typed.unwrap_or_default())
    });
    html! {
        <div class="export no-print">
            <label class="usa-label export__label" for={ids::EXPORT}>{ text::EXPORT_LABEL }</label>
            <select id={ids::EXPORT} class="choice-box">
                for (index, (id, title)) in choices.writers.iter().enumerate() {
                    // The first serves most readers; else the last one would be chosen, since options are put in
                    // from the end.
                    <option value={id.clone()} selected={index == 0}>{ told(title).to_owned() }</option>
                }
            </select>
            <label class="usa-label export__label" for={ids::MARKING}>{ text::MARKING }</label>
            <input
                class="usa-input export__marking"
                id={ids::MARKING}
                maxlength={MARKING_CHARS.to_string()}
                placeholder="CUI"
                autocomplete="off"
                {value}
                {oninput}
            />
            { outline_button(ids::SAVE, text::EXPORT.into(), onclick) }
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let writers = [("html", "one HTML file"), ("json", "JSON")];
    let writers = writers.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec();
    let choices = Choices { writers, ..Choices::default() };
    vec![("two ways", export_menu(ScanId(1), &choices, "", &Callback::noop(), &Callback::noop()))]
}
