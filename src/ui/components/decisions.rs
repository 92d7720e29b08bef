//! The decisions that are recorded, and what they did.

use web_sys::File;
use yew::prelude::*;

use super::outline_button::outline_button;
use super::own_rules::{chooser, keep, undo};
use crate::app::action::Action;
use crate::app::decisions::{DecisionView, Decisions};
use crate::app::protocol::{Request, Results};
use crate::app::{ids, text};

/// Every decision with what it sets aside, ways to save and load them, and whether they are remembered.
///
/// MUST say what remembering means before it is ticked. MUST be able to bring back what was taken back.
pub fn decisions(
    results: &Results,
    decisions: &Decisions,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
    on_files: &Callback<Vec<File>>,
) -> Html {
    html! {
        <div class={classes!("part", results.decisions.is_empty().then_some("no-print"))}>
            <h3 id={ids::DECISIONS} tabindex="-1">{ text::DECISIONS }</h3>
            if decisions.all.is_empty() {
                <p class="no-print">{ text::NO_DECISIONS }</p>
            }
            if !results.decisions.is_empty() {
                <ul class="decisions">
                    for view in results.decisions.iter() {
                        <li key={view.id.clone()} class="decision">{ one(view, on_action) }</li>
                    }
                </ul>
            }
            if decisions.removed.is_some() {
                { undo(
                    ids::DECISION_UNDO,
                    &text::TAKEN_BACK,
                    on_action.reform(|_| Action::DecisionRemovalUndone),
                ) }
            }
            if !decisions.mistakes.is_empty() {
                <p class="usa-error-message">{ text::NOT_LOADED }</p>
                <ul class="usa-list">
                    for (index, mistake) in decisions.mistakes.iter().enumerate() {
                        <li key={index}>{ text::decision_mistake(mistake) }</li>
                    }
                </ul>
            }
            <div class="no-print">
                if !decisions.all.is_empty() {
                    { save(decisions, on_request) }
                    { keep(
                        ids::KEEP_DECISIONS,
                        text::KEEP_DECISIONS,
                        text::KEEP_DECISIONS_HINT,
                        decisions.is_kept,
                        on_action.reform(|_| Action::DecisionKeepingToggled),
                    ) }
                    if decisions.is_not_kept {
                        <p class="usa-error-message">{ text::not_kept() }</p>
                    }
                }
                { chooser(
                    ids::DECISION_FILES,
                    text::LOAD_DECISIONS,
                    text::LOAD_DECISIONS_HINT,
                    ".toml,text/plain",
                    false,
                    on_files,
                ) }
            </div>
        </div>
    }
}

fn one(view: &DecisionView, on_action: &Callback<Action>) -> Html {
    let id = view.id.clone();
    html! {
        <>
            <p class="decision__words">{ view.decision.clone() }</p>
            <ul class="usa-list">
                for (index, program) in view.sets_aside.iter().enumerate() {
                    <li key={index}>{ program.clone() }</li>
                }
                if view.more > 0 {
                    <li>{ text::more_set_aside(view) }</li>
                }
                if !view.note.is_empty() {
                    <li>{ view.note.clone() }</li>
                }
            </ul>
            <button
                type="button"
                class="usa-button usa-button--unstyled no-print"
                onclick={on_action.reform(move |_| Action::DecisionRemoved(id.clone()))}
            >
                { text::TAKE_BACK }<span class="usa-sr-only">{ format!(" {}", view.id) }</span>
            </button>
        </>
    }
}

fn save(decisions: &Decisions, on_request: &Callback<Request>) -> Html {
    let all = decisions.all.clone();
    let onclick =
        on_request.reform(move |_| Request::WriteWaivers { waivers: all.as_ref().clone() });
    outline_button(ids::SAVE_DECISIONS, text::SAVE_DECISIONS.into(), onclick)
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use crate::app::packs::Mistake;
    use crate::engine::waivers::{Waiver, WaiverKind};

    let hostile = crate::app::example::HOSTILE;
    let drawn = |results: &Results, known: &Decisions| {
        decisions(results, known, &Callback::noop(), &Callback::noop(), &Callback::noop())
    };
    let waiver = Waiver {
        id: "2026-1".into(),
        kind: WaiverKind::FalsePositive,
        reason: hostile.into(),
        decided_by: hostile.into(),
        decided_on: String::new(),
        until: "2027-01-01".into(),
        reference: String::new(),
        finding: String::new(),
        product: "kaspersky.free".into(),
        program: String::new(),
        hosts: Vec::new(),
    };
    let view = DecisionView {
        id: waiver.id.clone(),
        decision: format!("false positive until 2027-01-01, decided by {hostile}"),
        sets_aside: vec![format!("{hostile} on PC-1")],
        more: 2,
        note: "Decision 2026-1 ended on 2026-01-01.".into(),
    };
    let mistake = Mistake {
        file: "waivers.toml".into(),
        line: 3,
        column: 1,
        message: format!("found {hostile}"),
        example: String::new(),
    };
    let mut results = (*crate::app::example::results()).clone();
    let none = drawn(&results, &Decisions::default());
    results.decisions.push(view);
    let known = Decisions {
        removed: Some((1, waiver.clone())),
        all: vec![waiver].into(),
        mistakes: vec![mistake],
        is_not_kept: true,
        ..Decisions::default()
    };
    vec![("none", none), ("one, one taken back, mistakes", drawn(&results, &known))]
}
