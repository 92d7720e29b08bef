//! What could not be read.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::protocol::Results;
use crate::engine::report::Problem;
use crate::ui::text;

/// How many problems are on the page at first, and are added at a time.
const ROWS: usize = 25;

/// The problems, each with its place, what stands there and what to do.
///
/// MUST say the place first. MUST say how many there are even where not all are listed.
#[component]
pub fn ProblemList(props: &ProblemListProps) -> Html {
    let rows = use_state_eq(|| ROWS);
    let report = &props.results.report;
    let listed = report.problems.len();
    if listed == 0 {
        return html! { <p>{ text::NO_PROBLEMS }</p> };
    }
    let shown = if props.is_printing { listed } else { (*rows).min(listed) };
    let onclick = {
        let rows = rows.clone();
        Callback::from(move |_: MouseEvent| rows.set(*rows + ROWS))
    };
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
                    { text::show_more_problems(ROWS.min(listed - shown)) }
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

/// What a [`ProblemList`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct ProblemListProps {
    /// The results.
    pub results: Rc<Results>,
    /// True if everything known is to be on the page.
    pub is_printing: bool,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ProblemListProps)> {
    let props = ProblemListProps { results: super::example::results(), is_printing: false };
    vec![("two problems", props)]
}
