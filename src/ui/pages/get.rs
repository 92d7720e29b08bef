//! Step 2: how to get a list.

use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::{State, System};
use crate::app::{ids, text};
use crate::ui::components::command_block::command_block;
use crate::ui::components::fleet_queries::fleet_queries;
use crate::ui::components::step_section::step_section;

/// The choice of a system, and the command to run on it; queries for a whole fleet.
///
/// MUST show the command at once when a system is chosen, after the choice. MUST say what the list
/// cannot show.
pub fn get(state: &State, on_action: &Callback<Action>) -> Html {
    let chosen = state.system;
    let help = text::system_help(chosen);
    let body = html! {
        <>
            <p class="step__lead">{ text::GET_HINT }</p>
            <fieldset class="usa-fieldset">
                <legend class="usa-legend">{ text::GET_LEGEND }</legend>
                <div class="choices choices--narrow">
                    for system in System::ALL {
                        { system_choice(system, chosen == system, on_action) }
                    }
                </div>
            </fieldset>
            <div class="help">
                <h3 class="help__heading">{ text::system(chosen) }</h3>
                <ol class="usa-list">
                    for (index, sentence) in help.how.iter().enumerate() {
                        <li key={index}>{ *sentence }</li>
                    }
                </ol>
                if let Some(command) = chosen.command() {
                        { command_block(
                            format!("command-{}", chosen.id()).into(),
                            command.into(),
                            text::command_of(chosen).into(),
                            text::COMMAND.into(),
                            on_action,
                        ) }
                }
                <p>{ help.lists }</p>
                <p>{ help.cannot_show }</p>
            </div>
            { fleet_queries(state, on_action) }
        </>
    };
    step_section(2, ids::GET, text::GET, "", body)
}

fn system_choice(system: System, is_chosen: bool, on_action: &Callback<Action>) -> Html {
    let id = ids::system(system);
    html! {
        <div class="usa-radio choice" key={system.id()}>
            <input
                class="usa-radio__input"
                type="radio"
                name="system"
                id={id.clone()}
                value={system.id()}
                checked={is_chosen}
                onchange={on_action.reform(move |_| Action::SystemChosen(system))}
            />
            <label class="usa-radio__label" for={id}>{ text::system(system) }</label>
        </div>
    }
}
