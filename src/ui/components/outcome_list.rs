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

/// One entry for each directive, the gravest first: what follows, why, and where it can be read.
/// Those that do not cover the product are only named.
///
/// MUST give the reason in words and its source. MUST name the directive before what it says.
#[component]
pub fn OutcomeList(props: &OutcomeListProps) -> Html {
    let (silent, mut telling): (Vec<&Outcome>, Vec<&Outcome>) =
        props.outcomes.iter().partition(|outcome| outcome.outcome == OutcomeKind::NotCovered);
    // Stable: among equals the directives' order stays.
    telling.sort_by_key(|outcome| outcome.outcome);
    let silent: Vec<&str> = silent
        .into_iter()
        .filter_map(|outcome| view::directive(&props.results.report, &outcome.directive))
        .map(|directive| directive.short_title.as_str())
        .collect();
    html! {
        <>
            if !telling.is_empty() {
                <ul class="outcomes">
                    for outcome in telling {
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
    let review = Outcome { outcome: OutcomeKind::Review, ..outcomes[1].clone() };
    let lighter_first = vec![review, outcomes[0].clone()];
    vec![
        ("prohibited and left out", OutcomeListProps { results: results.clone(), outcomes }),
        ("the lighter one first", OutcomeListProps { results, outcomes: lighter_first }),
    ]
}
