//! What each directive says of a product.

use yew::prelude::*;

use super::outcome_tag::outcome_tag;
use super::source_links::source_links;
use crate::app::view;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Outcome, Report};
use crate::ui::text;

/// One entry for each directive, the gravest first: what follows, why, and where it can be read.
/// Those that do not cover the product are only named.
///
/// MUST give the reason in words and its source. MUST name the directive before what it says.
pub fn outcome_list(report: &Report, outcomes: &[Outcome]) -> Html {
    let (silent, telling): (Vec<&Outcome>, Vec<&Outcome>) =
        outcomes.iter().partition(|outcome| outcome.outcome == OutcomeKind::NotCovered);
    let gravest_first = OutcomeKind::ALL
        .into_iter()
        .flat_map(|kind| telling.iter().copied().filter(move |outcome| outcome.outcome == kind));
    let silent: Vec<&str> = silent
        .into_iter()
        .filter_map(|outcome| view::directive(report, &outcome.directive))
        .map(|directive| directive.short_title.as_str())
        .collect();
    html! {
        <>
            if !telling.is_empty() {
                <ul class="outcomes">
                    for outcome in gravest_first {
                        <li key={outcome.directive.clone()} class="outcomes__row">
                            { row(report, outcome) }
                        </li>
                    }
                </ul>
            }
            if !silent.is_empty() {
                <p class="outcomes__silent">{ text::not_covered_by(&silent) }</p>
            }
        </>
    }
}

fn row(report: &Report, outcome: &Outcome) -> Html {
    let Some(directive) = view::directive(report, &outcome.directive) else {
        return Html::default();
    };
    let words = text::outcome(directive.kind, outcome.outcome);
    let sources = view::sources(&directive.sources, &outcome.sources);
    html! {
        <>
            <div class="outcomes__head">
                <strong class="outcomes__directive">{ directive.short_title.clone() }</strong>
                { outcome_tag(outcome.outcome, words) }
            </div>
            <p class="outcomes__why">{ outcome.why.clone() }</p>
            if outcome.basis.is_some() || !sources.is_empty() {
                <p class="outcomes__sources">
                    if let Some(basis) = outcome.basis {
                        <span class="outcomes__basis">{ text::basis(basis) }{ " " }</span>
                    }
                    { source_links(&sources) }
                </p>
            }
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let results = super::example::results();
    let outcomes = &results.report.findings[0].outcomes;
    let review = Outcome { outcome: OutcomeKind::Review, ..outcomes[1].clone() };
    let lighter_first = [review, outcomes[0].clone()];
    vec![
        ("prohibited and left out", outcome_list(&results.report, outcomes)),
        ("the lighter one first", outcome_list(&results.report, &lighter_first)),
    ]
}
