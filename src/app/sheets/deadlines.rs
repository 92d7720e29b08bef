//! By when something is to be done.

use crate::app::sheet::{Node, Tag};
use crate::app::{text, view};
use crate::engine::language::told;
use crate::engine::report::{Deadline, Report};

/// The deadlines as a time line: today, what is to come, and apart from it what is over.
///
/// MUST say of each day what it is of and what it was counted from. MUST say in words that one is over,
/// and how far off the others are: the line is only drawn beside the list.
pub fn deadlines(report: &Report) -> Node {
    let (over, to_come): (Vec<_>, Vec<_>) =
        report.deadlines.iter().partition(|deadline| deadline.is_past);
    let entry = |deadline: &Deadline| Tag::Li.of("", [row(report, deadline)]);
    let today = text::deadlines_today(&report.generated_on);
    let today = [Tag::Li.says("timeline__today", today)];
    Node::when(!report.deadlines.is_empty(), || {
        Node::all([
            Tag::H3.says("", text::DEADLINES_HEADING),
            Tag::Ol.of("timeline", today.into_iter().chain(to_come.into_iter().map(entry))),
            Node::when(!over.is_empty(), || {
                let over = over.into_iter().map(entry);
                Node::all([
                    Tag::H4.says("", text::DEADLINES_OVER),
                    Tag::Ol.of("timeline timeline--over", over),
                ])
            }),
        ])
    })
}

fn row(report: &Report, deadline: &Deadline) -> Node {
    let directive = view::directive(report, &deadline.directive);
    let title = directive.map_or("", |directive| told(&directive.short_title));
    let clock = text::deadline_clock(deadline, &report.generated_on);
    let day = Tag::Strong.says("", text::deadline_day(deadline));
    Node::all([day, format!(": {title}. {}{clock}", told(&deadline.text)).into()])
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let mut report = crate::app::example::report();
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
    vec![("one over, one to come", deadlines(&report))]
}
