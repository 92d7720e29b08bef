//! How to remove a product.

use std::rc::Rc;

use yew::prelude::*;

use super::command_block::CommandBlock;
use super::later::Later;
use super::source_links::SourceLinks;
use crate::app::action::Action;
use crate::app::view::{CommandView, PhaseSteps, PlatformSteps, StepView, sources};
use crate::engine::catalog::Source;
use crate::engine::record::Platform;
use crate::ui::{ids, text};

/// The steps of a removal, folded, by platform and phase, numbered through.
///
/// MUST be an ordered list with the numbers that are shown. MUST say who can do a step.
#[component]
pub fn RemovalSteps(props: &RemovalStepsProps) -> Html {
    let is_one = props.platforms.len() == 1;
    let count = props.platforms.iter().map(|steps| steps.count).sum();
    html! {
        <details class="fold removal" open={props.is_open}>
            <summary class="fold__summary" id={ids::removal(props.group)}>
                <h5 class="removal__title">{ text::removal(count) }</h5>
            </summary>
            <Later is_now={props.is_open}>
                <p>{ text::REMOVAL_HINT }</p>
                for steps in props.platforms.iter() {
                    for phase in steps.phases.iter() {
                        <div key={format!("{}-{}", ids::platform(steps.platform), phase.first)} class="removal__phase">
                            <h6 class="removal__heading">
                                { text::phase_on((!is_one).then_some(steps.platform), phase.phase) }
                            </h6>
                            { phase_list(props, steps.platform, phase) }
                        </div>
                    }
                }
            </Later>
        </details>
    }
}

fn phase_list(props: &RemovalStepsProps, platform: Platform, phase: &PhaseSteps) -> Html {
    html! {
        <ol class="steps" start={phase.first.to_string()}>
            for (number, step) in (phase.first..).zip(phase.steps.iter()) {
                <li key={step.step.id.clone()} class="steps__step">
                    { step_body(props, platform, number, step) }
                </li>
            }
        </ol>
    }
}

fn step_body(
    props: &RemovalStepsProps,
    platform: Platform,
    number: usize,
    view: &StepView,
) -> Html {
    let step = &view.step;
    let sources: Vec<Source> =
        sources(&props.sources, &step.sources).into_iter().cloned().collect();
    html! {
        <>
            <p class="steps__title">{ step.title.clone() }</p>
            <p class="steps__text">{ step.text.clone() }</p>
            <p class="steps__who">{ text::who(step.who) }</p>
            for (index, command) in view.commands.iter().enumerate() {
                <CommandBlock
                    key={index}
                    id={ids::step_command(props.group, platform, number, index)}
                    command={command.command.text.clone()}
                    label={command_label(command)}
                    what={text::command_of_step(number)}
                    on_action={props.on_action.clone()}
                />
            }
            if !sources.is_empty() {
                <p class="steps__sources"><SourceLinks {sources} /></p>
            }
        </>
    }
}

fn command_label(view: &CommandView) -> String {
    let shell = text::shell(view.command.shell);
    match &view.only_for {
        Some(program) => text::command_for(shell, program),
        None => shell.to_owned(),
    }
}

/// What a [`RemovalSteps`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct RemovalStepsProps {
    /// The place of the product among the results' groups.
    pub group: usize,
    /// The steps for each platform.
    pub platforms: Vec<PlatformSteps>,
    /// What the steps refer to.
    pub sources: Rc<Vec<Source>>,
    /// True if it is unfolded from the start.
    pub is_open: bool,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, RemovalStepsProps)> {
    let results = super::example::results();
    let sources = Rc::new(results.report.remediation_sources.clone());
    let Some(crate::app::view::Removal::Steps(platforms)) =
        crate::app::view::removals(&results).into_iter().next()
    else {
        return Vec::new();
    };
    let props = RemovalStepsProps {
        group: 0,
        platforms,
        sources,
        is_open: false,
        on_action: Callback::noop(),
    };
    vec![("two steps on Windows", props)]
}
