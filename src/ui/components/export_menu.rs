//! The report, saved in one of many ways.

use std::rc::Rc;

use yew::prelude::*;

use super::choice_box::ChoiceBox;
use crate::app::preview::Choices;
use crate::app::protocol::{Request, ScanId};
use crate::ui::{ids, text};

/// A choice of ways to write the report, and a button that saves it so.
///
/// MUST be a native select with a label that is seen.
#[component]
pub fn ExportMenu(props: &ExportMenuProps) -> Html {
    let writers = &props.choices.writers;
    // The first is the one that serves most readers.
    let chosen = use_state_eq(|| writers.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |id| chosen.set(id))
    };
    let onclick = {
        let (scan, chosen) = (props.scan, chosen.clone());
        props.on_request.reform(move |_| Request::Write { scan, writer: (*chosen).clone() })
    };
    let options: Vec<(AttrValue, AttrValue)> =
        writers.iter().map(|(id, title)| (id.clone().into(), title.clone().into())).collect();
    html! {
        <div class="export no-print">
            <label class="usa-label export__label" for={ids::EXPORT}>{ text::EXPORT_LABEL }</label>
            <ChoiceBox
                id={ids::EXPORT}
                {options}
                value={AttrValue::from((*chosen).clone())}
                {on_choose}
            />
            <button type="button" class="usa-button usa-button--outline" id={ids::SAVE} {onclick}>
                { text::EXPORT }
            </button>
        </div>
    }
}

/// What an [`ExportMenu`] saves.
#[derive(Clone, PartialEq, Properties)]
pub struct ExportMenuProps {
    /// The scan whose report it is.
    pub scan: ScanId,
    /// The ways there are.
    pub choices: Rc<Choices>,
    /// Asks the worker.
    pub on_request: Callback<Request>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ExportMenuProps)> {
    let writers = [("html", "one HTML file"), ("json", "JSON")];
    let writers = writers.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec();
    let choices = Rc::new(Choices { writers, ..Choices::default() });
    vec![("two ways", ExportMenuProps { scan: ScanId(1), choices, on_request: Callback::noop() })]
}
