//! Step 2: how to get a list.

use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::System;
use crate::ui::components::command_block::CommandBlock;
use crate::ui::components::step_section::StepSection;
use crate::ui::{ids, text};

/// The choice of a system, and the command to run on it.
///
/// MUST show the command at once when a system is chosen, after the choice. MUST say what the list
/// cannot show.
#[component]
pub fn Get(props: &GetProps) -> Html {
    let help = text::system_help(props.system);
    html! {
        <StepSection number={2} id={ids::GET} heading={text::GET}>
            <p class="step__lead">{ text::GET_HINT }</p>
            <fieldset class="usa-fieldset">
                <legend class="usa-legend">{ text::GET_LEGEND }</legend>
                <div class="choices choices--narrow">
                    for system in System::ALL {
                        { system_choice(props, system) }
                    }
                </div>
            </fieldset>
            <div class="help">
                <h3 class="help__heading">{ text::system(props.system) }</h3>
                <ol class="usa-list">
                    for (index, sentence) in help.how.iter().enumerate() {
                        <li key={index}>{ *sentence }</li>
                    }
                </ol>
                if let Some(command) = props.system.command() {
                    <CommandBlock
                        key={props.system.id()}
                        id={format!("command-{}", props.system.id())}
                        {command}
                        label={text::COMMAND}
                        what={text::command_of(props.system)}
                        on_action={props.on_action.clone()}
                    />
                }
                <p>{ help.lists }</p>
                <p>{ help.cannot_show }</p>
            </div>
        </StepSection>
    }
}

fn system_choice(props: &GetProps, system: System) -> Html {
    let id = ids::system(system);
    html! {
        <div class="usa-radio choice" key={system.id()}>
            <input
                class="usa-radio__input"
                type="radio"
                name="system"
                id={id.clone()}
                value={system.id()}
                checked={props.system == system}
                onchange={props.on_action.reform(move |_| Action::SystemChosen(system))}
            />
            <label class="usa-radio__label" for={id}>{ text::system(system) }</label>
        </div>
    }
}

/// What [`Get`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct GetProps {
    /// The system chosen.
    pub system: System,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}
