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

/// What a finding comes to, in a sentence or two: what is where, what is said of it, and why.
pub(super) fn sentence(report: &Report, finding: &Finding) -> String {
    let gravest = finding.gravest();
    let told: Vec<_> =
        outcomes(report, finding).filter(|(_, outcome)| outcome.outcome == gravest).collect();
    let mut text = name(finding);
    if !finding.version.is_empty() {
        text += &format!(" {}", printable(&finding.version));
    }
    text += &format!(" {}: {}", on_computers(finding), gravest.id());
    match told.first() {
        None => text += " by the directives applied.",
        Some((_, first)) => {
            let titles: Vec<&str> = told.iter().map(|(d, _)| d.short_title.as_str()).collect();
            text += &format!(" ({}). {}", titles.join("; "), first.why);
        }
    }
    text
}

/// On how many computers a finding is.
pub(super) fn on_computers(finding: &Finding) -> String {
    match finding.host_count {
        1 => "on 1 computer".to_owned(),
        count => format!("on {count} computers"),
    }
}

/// How many computers are named; the report has them all.
const COMPUTERS_NAMED: usize = 20;

/// The first computers of a finding, and how many more there are.
pub(super) fn computers(finding: &Finding) -> String {
    let named: Vec<String> =
        finding.hosts.iter().take(COMPUTERS_NAMED).map(|host| printable(host)).collect();
    let more = finding.hosts.len().saturating_sub(COMPUTERS_NAMED);
    let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
    named.join("; ") + &rest
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

/// What made the report, from which rules, and when.
pub(super) fn made_by(report: &Report) -> String {
    let tool = &report.tool;
    format!(
        "{} {}, rules checked on {}, report of {}",
        tool.name, tool.version, tool.data_checked_on, report.generated_on
    )
}
