//! What a link carries that somebody shared.

use super::outcomes::tag;
use super::{alert, list};
use crate::app::sheet::{Node, Tag, Tone};
use crate::app::{ids, text};
use crate::engine::directive::{Kind, OutcomeKind};
use crate::engine::language::told;
use crate::engine::share::link::LinkError;
use crate::engine::share::{Summary, SummaryDirective, SummaryFinding};
use crate::engine::writers::words::printable;

/// The summary in a link, or why there is none.
///
/// MUST say first that it was not checked here and could have been changed. MUST NOT look as good as results
/// that were. What the reader can do about a link that is none MUST be said.
pub fn shared(read: &Result<Summary, LinkError>) -> Node {
    match read {
        Ok(summary) => shown(summary),
        Err(error) => {
            let why = Tag::P.says("alert__paragraph", text::sentence(&error.to_string()));
            alert(Tone::Attention, &text::NOT_SHARED, "", "", why)
        }
    }
}

fn shown(summary: &Summary) -> Node {
    let marking = || {
        Node::when(!summary.marking.is_empty(), || {
            Tag::P.of("", [Tag::Strong.says("", printable(&summary.marking))])
        })
    };
    let made =
        text::report_made(&summary.generated_on, &summary.tool_version, &summary.data_checked_on);
    let not_checked = Node::all([
        Tag::P.says("alert__paragraph", printable(&made)),
        Tag::P.says("alert__paragraph", text::SHARED_COULD_BE_CHANGED),
    ]);
    let answer = Tag::P.says("alert__paragraph answer__sentence", printable(&summary.answer));
    Node::all([
        marking(),
        alert(Tone::Info, &text::NOT_CHECKED_HERE, "", "", not_checked),
        alert(tone(summary), "", ids::ANSWER, "answer", answer),
        Node::when(!summary.findings.is_empty(), || {
            let heading = Tag::H3.says("", text::findings_heading(summary.findings.len()));
            let findings = summary.findings.iter().map(|finding| found(summary, finding));
            Tag::Div.of("part", [heading].into_iter().chain(findings))
        }),
        part(&text::DIRECTIVES_HEADING, directives(summary)),
        part(&text::ACCOUNTING_HEADING, accounting(summary)),
        marking(),
    ])
}

fn part(heading: &str, body: Node) -> Node {
    Tag::Div.of("part", [Tag::H3.says("", heading), body])
}

/// Never a good one: nothing of it was checked here.
fn tone(summary: &Summary) -> Tone {
    let gravest = summary.findings.iter().map(SummaryFinding::gravest).min();
    match gravest {
        Some(OutcomeKind::Prohibited) => Tone::Bad,
        Some(OutcomeKind::Review | OutcomeKind::Indicator) => Tone::Attention,
        _ => Tone::Info,
    }
}

fn found(summary: &Summary, finding: &SummaryFinding) -> Node {
    let of_product = text::shared_product(&finding.product, &finding.vendor);
    let row = |(directive, outcome): (&SummaryDirective, OutcomeKind)| {
        let title = Tag::Strong.says("outcomes__directive", printable(told(&directive.title)));
        let words = tag(outcome, text::outcome(directive.kind, outcome));
        Tag::Li.of("outcomes__row", [Tag::Div.of("outcomes__head", [title, words])])
    };
    let is_against = |(_, outcome): &(_, OutcomeKind)| *outcome == OutcomeKind::Prohibited;
    let is_only_advice = finding
        .outcomes_told(summary)
        .filter(is_against)
        .all(|(directive, _)| directive.kind == Kind::Advice);
    let gravest = finding.gravest();
    Node::all([
        Tag::H4.of(
            "",
            [
                finding.title().into(),
                " ".into(),
                tag(gravest, text::gravest(gravest, is_only_advice)),
            ],
        ),
        Tag::P.says("", format!("{}, {}.", printable(&of_product), finding.on_computers())),
        Tag::Ul.of("outcomes", finding.outcomes_told(summary).map(row)),
    ])
}

fn directives(summary: &Summary) -> Node {
    let rows = summary.directives.iter().enumerate().map(|(index, directive)| {
        let counts = summary.outcome_counts(index).into_iter();
        let counts: Vec<String> = counts
            .map(|(outcome, count)| format!("{}: {count}", text::outcome(directive.kind, outcome)))
            .collect();
        let said = if counts.is_empty() { &*text::SHARED_NOTHING } else { &counts.join("; ") };
        let title = Tag::Strong.says("", format!("{}.", printable(told(&directive.title))));
        Node::all([title, " ".into(), said.into()])
    });
    list("usa-list", rows)
}

fn accounting(summary: &Summary) -> Node {
    let named = |heading: &str, names: &[String]| {
        Node::when(!names.is_empty(), || {
            let names = names.iter().map(|name| printable(name).into());
            Node::all([Tag::P.says("", heading), list("usa-list", names)])
        })
    };
    Node::all([
        Tag::P.says("", summary.read()),
        named(&text::SHARED_LISTS, &summary.lists),
        named(&text::SHARED_PACKS, &summary.packs),
    ])
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let mut report = crate::app::example::report();
    report.marking = "CUI".into();
    let named = Summary::of(&report, true);
    report.findings.clear();
    report.marking.clear();
    vec![
        ("with names", shared(&Ok(named))),
        ("nothing found", shared(&Ok(Summary::of(&report, false)))),
        ("cut short", shared(&Err(LinkError::CutShort))),
    ]
}
