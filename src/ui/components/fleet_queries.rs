//! Queries for the reader's own inventory tools.

use yew::prelude::*;

use super::choice_box::ChoiceBox;
use super::copy_button::CopyButton;
use crate::app::action::Action;
use crate::app::state::{Announcement, State};
use crate::app::{ids, text};
use crate::engine::language::told;
use crate::engine::queries::{Queries, QueryFile};
use crate::ui::browser;

/// A choice of tools, and what is written for the one that is chosen.
///
/// MUST say how a query is run and what it cannot find. MUST show the whole of it, in an element that
/// the keyboard can reach and scroll.
pub fn fleet_queries(state: &State, on_action: &Callback<Action>) -> Html {
    let engines = &state.readings.choices.engines;
    let chosen = state.fleet.engine.as_deref().unwrap_or_default();
    let options: Vec<(AttrValue, AttrValue)> = std::iter::once(("", text::NO_ENGINE.told()))
        .chain(engines.iter().map(|engine| (engine.id.as_str(), told(&engine.name))))
        .map(|(id, name)| (id.to_owned().into(), name.to_owned().into()))
        .collect();
    let on_choose =
        on_action.reform(|id: String| Action::EngineChosen((!id.is_empty()).then_some(id)));
    html! {
        <details class="fold">
            <summary class="fold__summary" id={ids::FLEET}>{ text::FLEET }</summary>
            <p class="usa-hint">{ text::FLEET_HINT }</p>
            <label class="usa-label" for={ids::ENGINE}>{ text::ENGINE_LABEL }</label>
            <ChoiceBox
                id={ids::ENGINE}
                {options}
                value={AttrValue::from(chosen.to_owned())}
                {on_choose}
            />
            if let Some(engine) = engines.iter().find(|engine| engine.id == chosen) {
                <p>{ told(&engine.about).to_owned() }</p>
                if let Some(queries) = state.fleet.current() {
                    { written(queries, on_action) }
                } else {
                    <p>{ text::no_queries(state) }</p>
                }
            }
        </details>
    }
}

fn written(queries: &Queries, on_action: &Callback<Action>) -> Html {
    html! {
        <>
            for (index, file) in queries.files.iter().enumerate() {
                <div key={index} class="query">{ query(index, file, on_action) }</div>
            }
            if !queries.cannot.is_empty() {
                <p>{ text::QUERY_CANNOT }</p>
                <ul class="usa-list">
                    for (index, limit) in queries.cannot.iter().enumerate() {
                        <li key={index}>{ text::limit(limit) }</li>
                    }
                </ul>
            }
        </>
    }
}

fn query(index: usize, file: &QueryFile, on_action: &Callback<Action>) -> Html {
    let id = ids::query(index);
    let words = AttrValue::from(file.text.clone());
    let onclick = {
        let (file, on_action) = (file.clone(), on_action.clone());
        Callback::from(move |_: MouseEvent| {
            if browser::download(&file.name, "text/plain", file.text.as_bytes()).is_some() {
                on_action.emit(Action::Announced(Announcement::Saved));
            }
        })
    };
    html! {
        <>
            <label class="usa-label" for={id.clone()}>{ text::query_named(&file.name) }</label>
            <textarea
                id={id.clone()}
                class="usa-textarea paste pack__text"
                rows="10"
                wrap="off"
                readonly=true
                spellcheck="false"
                value={words.clone()}
            />
            <div class="query__buttons">
                <CopyButton
                    {id}
                    text={words}
                    what={file.name.clone()}
                    on_action={on_action.clone()}
                />
                <button
                    type="button"
                    class="usa-button usa-button--outline"
                    id={ids::query_save(index)}
                    aria-label={format!("{} {}", text::SAVE_QUERY, file.name)}
                    {onclick}
                >
                    { text::SAVE_QUERY }
                </button>
            </div>
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use std::rc::Rc;

    use crate::app::preview::{Choices, EngineChoice};
    use crate::engine::queries::Limit;

    let engine = EngineChoice {
        id: "sql".into(),
        name: "SQL".into(),
        about: "Run it where the table is.".into(),
    };
    let mut state = State::new("2026-11-24");
    let choices = Choices { engines: vec![engine], ..Choices::default() };
    state.readings.choices = Rc::new(choices);
    let none = fleet_queries(&state, &Callback::noop());
    state.fleet.engine = Some("sql".into());
    state.fleet.wanted = 1;
    let waiting = fleet_queries(&state, &Callback::noop());
    state.fleet.came = 1;
    let limit = Limit { what: "No signers.".into(), count: 2, rules: Vec::new() };
    let file =
        QueryFile { name: "clearlist.sql".into(), text: crate::app::example::HOSTILE.into() };
    state.fleet.queries = Some(Rc::new(Queries { files: vec![file], cannot: vec![limit] }));
    let written = fleet_queries(&state, &Callback::noop());
    vec![("none", none), ("waiting", waiting), ("written", written)]
}
