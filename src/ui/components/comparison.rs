//! A way to give an earlier report, and what has changed since it.

use web_sys::File;
use yew::prelude::*;

use super::own_rules::chooser;
use super::sheet::sheet;
use crate::app::action::Action;
use crate::app::decisions::Decisions;
use crate::app::protocol::Results;
use crate::app::{ids, text};

/// What has changed, as the worker says it, and the chooser of an earlier report.
pub fn comparison(
    results: &Results,
    decisions: &Decisions,
    on_action: &Callback<Action>,
    on_files: &Callback<Vec<File>>,
) -> Html {
    let known = results.comparison.as_ref();
    html! {
        <div class={classes!("part", known.is_none().then_some("no-print"))}>
            <h3 id={ids::COMPARISON} tabindex="-1">{ text::COMPARISON }</h3>
            if let Some(comparison) = known {
                { sheet(&comparison.sheet, on_action) }
            }
            if !decisions.not_compared.is_empty() {
                <p class="usa-error-message">{ text::not_compared(decisions) }</p>
            }
            <div class="no-print">
                { chooser(
                    ids::EARLIER,
                    text::EARLIER,
                    text::EARLIER_HINT,
                    ".html,.json",
                    false,
                    on_files,
                ) }
            </div>
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use crate::app::decisions::ComparisonView;
    use crate::app::sheets;

    let hostile = crate::app::example::HOSTILE;
    let mut results = (*crate::app::example::results()).clone();
    let trouble = Decisions { not_compared: format!("found {hostile}"), ..Decisions::default() };
    let drawn = |results: &Results, decisions: &Decisions| {
        comparison(results, decisions, &Callback::noop(), &Callback::noop())
    };
    let none = drawn(&results, &trouble);
    let sheet = sheets::comparison::examples().swap_remove(0).1;
    results.comparison = Some(ComparisonView { sentence: String::new(), sheet });
    vec![("none, a wrong file", none), ("one remaining", drawn(&results, &Decisions::default()))]
}
