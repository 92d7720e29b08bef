//! What could not be read.

use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::PROBLEMS_A_PAGE;
use crate::engine::report::{Problem, Report};
use crate::ui::text;

/// The problems, each with its place, what stands there and what to do.
///
/// MUST say the place first. MUST say how many there are even where not all are listed.
pub fn problem_list(
    report: &Report,
    rows: usize,
    is_printing: bool,
    on_action: &Callback<Action>,
) -> Html {
    let listed = report.problems.len();
    if listed == 0 {
        return html! { <p>{ text::NO_PROBLEMS }</p> };
    }
    let shown = if is_printing { listed } else { rows.min(listed) };
    let onclick = on_action.reform(|_: MouseEvent| Action::MoreProblemsAsked);
    let not_listed = report.totals.problems.saturating_sub(listed as u64);
    html! {
        <>
            <ul class="problems">
                for (index, problem) in report.problems.iter().take(shown).enumerate() {
                    <li key={index} class="problems__row">{ row(problem) }</li>
                }
            </ul>
            if shown < listed {
                <button type="button" class="usa-button usa-button--outline" {onclick}>
                    { text::show_more_problems(PROBLEMS_A_PAGE.min(listed - shown)) }
                </button>
            }
            if not_listed > 0 {
                <p>{ text::problems_not_listed(not_listed) }</p>
            }
        </>
    }
}

fn row(problem: &Problem) -> Html {
    html! {
        <>
            <strong>{ text::problem_place(&problem.source, problem.line) }{ ":" }</strong>{ " " }
            { text::sentence(&problem.message) }
            if !problem.text.is_empty() {
                <pre class="problems__line"><code>{ problem.text.clone() }</code></pre>
            }
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let report = &super::example::results().report;
    vec![("two problems", problem_list(report, PROBLEMS_A_PAGE, false, &Callback::noop()))]
}
