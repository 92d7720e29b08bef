//! By when something is to be done.

use yew::prelude::*;

use crate::engine::report::{Deadline, Report};
use crate::ui::{ids, text};

/// The deadlines as a time line: today, what is to come, and apart from it what is over, with a button
/// that saves them as a calendar.
///
/// MUST say of each day what it is of and what it was counted from. MUST say in words that one is over,
/// and how far off the others are: the line is only drawn beside the list.
pub fn deadline_list(report: &Report, on_save: Callback<MouseEvent>) -> Html {
    let (over, to_come): (Vec<_>, Vec<_>) =
        report.deadlines.iter().partition(|deadline| deadline.is_past);
    html! {
        <div class="part">
            <h3>{ text::DEADLINES_HEADING }</h3>
            <ol class="timeline">
                <li class="timeline__today">{ text::deadlines_today(&report.generated_on) }</li>
                for (index, deadline) in to_come.iter().enumerate() {
                    <li key={index}>{ row(report, deadline) }</li>
                }
            </ol>
            if !over.is_empty() {
                <h4>{ text::DEADLINES_OVER }</h4>
                <ol class="timeline timeline--over">
                    for (index, deadline) in over.iter().enumerate() {
                        <li key={index}>{ row(report, deadline) }</li>
                    }
                </ol>
            }
            <button
                type="button"
                class="usa-button usa-button--outline no-print"
                id={ids::SAVE_CALENDAR}
                onclick={on_save}
            >
                { text::SAVE_CALENDAR }
            </button>
        </div>
    }
}

fn row(report: &Report, deadline: &Deadline) -> Html {
    let is_it = |id: &str| id == deadline.directive;
    let directive = report.directives.iter().find(|directive| is_it(&directive.id));
    let title = directive.map_or_else(String::new, |directive| directive.short_title.clone());
    html! {
        <>
            <strong>{ text::deadline_day(deadline) }</strong>{ ": " }{ title }{ ". " }
            { deadline.text.clone() }{ text::deadline_clock(deadline, &report.generated_on) }
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let mut report = super::example::results().report.clone();
    let deadline = |due_on: &str, counted_from: Option<&str>, in_days| Deadline {
        directive: "us-dhs-bod-17-01".into(),
        text: "Tell the department.".into(),
        due_on: due_on.into(),
        counted_from: counted_from.map(str::to_owned),
        clock: Some("within 3 business days of finding it".into()),
        is_past: in_days < 0,
        in_days,
        repeats_every: None,
        unconfirmed: in_days < 0,
        sources: Vec::new(),
    };
    report.deadlines =
        vec![deadline("2026-12-01", Some("2026-11-24"), 7), deadline("2017-10-13", None, -3329)];
    vec![("one over, one to come", deadline_list(&report, Callback::noop()))]
}
