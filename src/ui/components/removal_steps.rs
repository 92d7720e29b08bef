//! How to remove a product.

use yew::prelude::*;

use super::command_block::command_block;
use super::later::Later;
use super::source_links::source_links;
use crate::app::action::Action;
use crate::app::protocol::Results;
use crate::app::view::{CommandView, PlatformSteps, Removal, StepView, sources};
use crate::engine::record::Platform;
use crate::engine::report::RemediationStep;
use crate::ui::{ids, text};

/// The steps of a removal, folded, by platform and phase, numbered through.
///
/// MUST be an ordered list with the numbers that are shown. MUST say who can do a step. SHOULD be
/// unfolded where the product is the only one.
///
/// `group` is the place of the product among the results' groups.
pub fn removal_steps(
    results: &Results,
    group: usize,
    platforms: &[PlatformSteps],
    on_action: &Callback<Action>,
) -> Html {
    let is_one = platforms.len() == 1;
    let count = platforms.iter().map(|steps| steps.count).sum();
    let is_open = results.groups.len() == 1;
    html! {
        <details class="fold removal" open={is_open}>
            <summary class="fold__summary" id={ids::removal(group)}>
                <h5 class="removal__title">{ text::removal(count) }</h5>
            </summary>
            <Later is_now={is_open}>
                <p>{ text::REMOVAL_HINT }</p>
                for steps in platforms.iter() {
                    for phase in steps.phases.iter() {
                        <div key={format!("{}-{}", ids::platform(steps.platform), phase.first)} class="removal__phase">
                            <h6 class="removal__heading">
                                { text::phase_on((!is_one).then_some(steps.platform), phase.phase) }
                            </h6>
                            <ol class="steps" start={phase.first.to_string()}>
                                for (number, step) in (phase.first..).zip(phase.steps.iter()) {
                                    <li key={step.step.id.clone()} class="steps__step">
                                        { what_to_do(&step.step) }
                                        { commands(group, steps.platform, number, step, on_action) }
                                        { known_from(results, &step.step) }
                                    </li>
                                }
                            </ol>
                        </div>
                    }
                }
            </Later>
        </details>
    }
}

fn what_to_do(step: &RemediationStep) -> Html {
    html! {
        <>
            <p class="steps__title">{ step.title.clone() }</p>
            <p class="steps__text">{ step.text.clone() }</p>
            <p class="steps__who">{ text::who(step.who) }</p>
        </>
    }
}

fn known_from(results: &Results, step: &RemediationStep) -> Html {
    let sources = sources(&results.report.remediation_sources, &step.sources);
    html! {
        if !sources.is_empty() {
            <p class="steps__sources">{ source_links(&sources) }</p>
        }
    }
}

fn commands(
    group: usize,
    platform: Platform,
    number: usize,
    view: &StepView,
    on_action: &Callback<Action>,
) -> Html {
    html! {
        for (index, command) in view.commands.iter().enumerate() {
                { command_block(
                    ids::step_command(group, platform, number, index).into(),
                    command.command.text.clone().into(),
                    text::command_of_step(number).into(),
                    command_label(command).into(),
                    on_action,
                ) }
        }
    }
}

fn command_label(view: &CommandView) -> String {
    let shell = text::shell(view.command.shell);
    match &view.only_for {
        Some(program) => text::command_for(shell, program),
        None => shell.to_owned(),
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let mut results = (*super::example::results()).clone();
    // One of two products is folded.
    results.groups.extend_from_within(..);
    let Some(Removal::Steps(platforms)) = results.removals.first() else { return Vec::new() };
    vec![("two steps on Windows", removal_steps(&results, 0, platforms, &Callback::noop()))]
}
