//! What each directive says of a product.

use super::sources;
use crate::app::sheet::{Node, Tag, Tone};
use crate::app::{text, view};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::told;
use crate::engine::report::{Outcome, Report};

/// One entry for each directive, the gravest first: what follows, why, and where it can be read.
/// Those that do not cover the product are only named.
///
/// MUST give the reason in words and its source. MUST name the directive before what it says.
pub fn outcomes(report: &Report, outcomes: &[Outcome]) -> Node {
    let (silent, telling): (Vec<&Outcome>, Vec<&Outcome>) =
        outcomes.iter().partition(|outcome| outcome.outcome == OutcomeKind::NotCovered);
    let gravest_first = OutcomeKind::ALL
        .into_iter()
        .flat_map(|kind| telling.iter().copied().filter(move |outcome| outcome.outcome == kind));
    let silent: Vec<&str> = silent
        .into_iter()
        .filter_map(|outcome| view::directive(report, &outcome.directive))
        .map(|directive| told(&directive.short_title))
        .collect();
    Node::all([
        Node::when(!telling.is_empty(), || {
            let rows = gravest_first.map(|outcome| row(report, outcome));
            Tag::Ul.of("outcomes", rows)
        }),
        Node::when(!silent.is_empty(), || {
            Tag::P.says("outcomes__silent", text::not_covered_by(&silent))
        }),
    ])
}

fn row(report: &Report, outcome: &Outcome) -> Node {
    let Some(directive) = view::directive(report, &outcome.directive) else {
        return Node::nothing();
    };
    let words = text::outcome(directive.kind, outcome.outcome);
    let rests_on = view::sources(&directive.sources, &outcome.sources);
    let head = Tag::Div.of(
        "outcomes__head",
        [
            Tag::Strong.says("outcomes__directive", told(&directive.short_title)),
            tag(outcome.outcome, words),
        ],
    );
    let basis = outcome
        .basis
        .map(|basis| Tag::Span.says("outcomes__basis", format!("{} ", text::basis(basis))));
    let is_told = basis.is_some() || !rests_on.is_empty();
    Tag::Li.of(
        "outcomes__row",
        [
            head,
            Tag::P.says("outcomes__why", outcome.told()),
            Node::when(is_told, || {
                let parts = [basis.unwrap_or_default(), sources::sources(&rests_on)];
                Tag::P.of("outcomes__sources", parts)
            }),
        ],
    )
}

/// What follows for a program, in two or three words.
///
/// MUST be understandable without colour: it has words and a shape.
pub fn tag(outcome: OutcomeKind, words: &str) -> Node {
    let tone = tone(outcome);
    Tag::Span.of(&format!("tag tag--{}", tone.class()), [Node::Icon(tone), words.into()])
}

/// The status an outcome stands for.
fn tone(outcome: OutcomeKind) -> Tone {
    match outcome {
        OutcomeKind::Prohibited => Tone::Bad,
        OutcomeKind::Review | OutcomeKind::Indicator => Tone::Attention,
        OutcomeKind::Embedded | OutcomeKind::Exempt | OutcomeKind::NotCovered => Tone::Info,
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let report = crate::app::example::report();
    let both = &report.findings[0].outcomes;
    let review = Outcome { outcome: OutcomeKind::Review, ..both[1].clone() };
    let lighter_first = [review, both[0].clone()];
    vec![
        ("prohibited and left out", outcomes(&report, both)),
        ("the lighter one first", outcomes(&report, &lighter_first)),
    ]
}

/// Examples of the tags for tests.
pub fn tags() -> Vec<(&'static str, Node)> {
    let tag = |outcome| tag(outcome, text::gravest(outcome, false));
    OutcomeKind::ALL.into_iter().map(|outcome| (outcome.id(), tag(outcome))).collect()
}
