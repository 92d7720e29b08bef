//! What each directive says of a product.

use std::rc::Rc;

use yew::prelude::*;

use super::outcome_tag::OutcomeTag;
use super::source_links::SourceLinks;
use crate::app::protocol::Results;
use crate::app::view;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::Outcome;
use crate::ui::text;

/// One entry for each directive: what follows, why, and where it can be read. Those that do not cover
/// the product are only named.
///
/// MUST give the reason in words and its source. MUST name the directive before what it says.
#[component]
pub fn OutcomeList(props: &OutcomeListProps) -> Html {
    let says_nothing = |outcome: &&Outcome| outcome.outcome == OutcomeKind::NotCovered;
    let silent: Vec<&str> = props
        .outcomes
        .iter()
        .filter(says_nothing)
        .filter_map(|outcome| view::directive(&props.results.report, &outcome.directive))
        .map(|directive| directive.short_title.as_str())
        .collect();
    html! {
        <>
            if silent.len() < props.outcomes.len() {
                <ul class="outcomes">
                    for outcome in props.outcomes.iter().filter(|outcome| !says_nothing(outcome)) {
                        <li key={outcome.directive.clone()} class="outcomes__row">
                            { row(&props.results, outcome) }
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

fn row(results: &Results, outcome: &Outcome) -> Html {
    let Some(directive) = view::directive(&results.report, &outcome.directive) else {
        return Html::default();
    };
    let words = text::outcome(directive.kind, outcome.outcome);
    let sources: Vec<_> = view::sources(&directive.sources, &outcome.sources);
    html! {
        <>
            <div class="outcomes__head">
                <strong class="outcomes__directive">{ directive.short_title.clone() }</strong>
                <OutcomeTag outcome={outcome.outcome} {words} />
            </div>
            <p class="outcomes__why">{ outcome.why.clone() }</p>
            if outcome.basis.is_some() || !sources.is_empty() {
                <p class="outcomes__sources">
                    if let Some(basis) = outcome.basis {
                        <span class="outcomes__basis">{ text::basis(basis) }{ " " }</span>
                    }
                    <SourceLinks sources={sources.into_iter().cloned().collect::<Vec<_>>()} />
                </p>
            }
        </>
    }
}

/// What an [`OutcomeList`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct OutcomeListProps {
    /// The results, for the directives.
    pub results: Rc<Results>,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, OutcomeListProps)> {
    let results = super::example::results();
    let outcomes = results.report.findings[0].outcomes.clone();
    vec![("prohibited and left out", OutcomeListProps { results, outcomes })]
}
