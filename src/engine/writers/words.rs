//! The words that several writers share.

use crate::engine::catalog::Strength;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{
    DirectiveReport, Evidence, Finding, Outcome, Report, SourceReport, Waived, WaiverReport,
};
use crate::engine::waivers::Waiver;

/// Text of an inventory without control characters: tabs stand between the cells of a row, the rest
/// could move a cursor or end a line.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// The field of a piece of evidence, as the catalog calls it.
pub(super) fn field(evidence: &Evidence) -> String {
    // Kebab-case names of unit variants always serialise to a string.
    serde_json::to_value(evidence.field)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// How sure it is that a title is the product.
pub(super) fn certainty(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "certain",
        Strength::Medium => "likely",
        Strength::Weak => "a hint only",
    }
}

/// The program as its list names it, else the product.
pub(super) fn name(finding: &Finding) -> String {
    printable(if finding.name.is_empty() { &finding.product.name } else { &finding.name })
}

/// What people call the directive.
pub(super) fn short_title<'r>(report: &'r Report, id: &'r str) -> &'r str {
    let found = report.directives.iter().find(|directive| directive.id == id);
    found.map_or(id, |directive| &directive.short_title)
}

/// The outcomes of a finding that say something, each with its directive.
pub(super) fn outcomes<'r>(
    report: &'r Report,
    finding: &'r Finding,
) -> impl Iterator<Item = (&'r DirectiveReport, &'r Outcome)> {
    let told = finding.outcomes.iter().filter(|o| o.outcome != OutcomeKind::NotCovered);
    told.filter_map(|outcome| {
        Some((report.directives.iter().find(|d| d.id == outcome.directive)?, outcome))
    })
}

/// What the directives say of a finding, in one line.
pub(super) fn directives(report: &Report, finding: &Finding) -> String {
    let told = outcomes(report, finding);
    let titles: Vec<String> =
        told.map(|(d, outcome)| format!("{}: {}", d.short_title, outcome.outcome.id())).collect();
    titles.join("; ")
}

/// Why the gravest of the outcomes of a finding is what it is.
pub(super) fn why(finding: &Finding) -> &str {
    let gravest = finding.gravest();
    finding
        .outcomes
        .iter()
        .find(|outcome| outcome.outcome == gravest)
        .map_or("", |outcome| &outcome.why)
}

/// A line of a list in words; empty for the list as a whole.
pub(super) fn line(number: u64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

/// The decision by which a finding is set aside, in one line.
pub(super) fn decision(report: &Report, waived: &Waived) -> String {
    let known = report.waivers.iter().find(|known| known.waiver.id == waived.waiver);
    let Some(WaiverReport { waiver, .. }) = known else { return printable(&waived.waiver) };
    let Waiver { id, kind, reason, decided_by, decided_on, until, reference, .. } = waiver;
    let mut text = format!("{} until {until}, decided by {decided_by}", kind.title());
    if !decided_on.is_empty() {
        text += &format!(" on {decided_on}");
    }
    text += &format!(": {reason} ({id}");
    if !reference.is_empty() {
        text += &format!(", {reference}");
    }
    text += ")";
    printable(&text)
}

/// Where each line of a source went.
pub(super) fn accounting(source: &SourceReport) -> String {
    let lines = source.lines;
    format!(
        "{} lines = {} with records + {} of structure + {} with problems",
        lines.total, lines.records, lines.structure, lines.problems
    )
}

/// The reader's marking, in one line; empty if there is none.
pub(super) fn marking(report: &Report) -> String {
    printable(&report.marking)
}

/// What made the report, from which rules, and when.
pub(super) fn made_by(report: &Report) -> String {
    let tool = &report.tool;
    format!(
        "{} {}, rules checked on {}, report of {}",
        tool.name, tool.version, tool.data_checked_on, report.generated_on
    )
}
