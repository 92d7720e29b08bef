//! What a report says beside its findings, as names and lines of text: for formats that have a place for
//! properties of that kind and none for what it is.

use super::since::{change_lines, lines_of};
use super::words::{accounting, decision, made_by, name, on_computers, pack_title, printable};
use crate::engine::report::{NearMiss, Problem, Report, WaiverReport, answer};
use crate::engine::waivers::WaiverEffect;

/// A name in kebab-case, and a line of text that is not empty and has no space at its ends.
pub(super) type Fact = (&'static str, String);

/// What made the report, what was read and how much of it, by which rules, and what was decided. There are several
/// facts of one name where there are several such things.
pub(super) fn facts(report: &Report) -> Vec<Fact> {
    let mut facts = vec![
        ("answer", answer(report).to_string()),
        ("made-by", made_by(report)),
        ("tool-version", report.tool.version.clone()),
        ("rules-checked-on", report.tool.data_checked_on.clone()),
        ("marking", report.marking.clone()),
    ];
    for source in &report.sources {
        let format = match source.format_title.as_str() {
            "" => "not read",
            title => title,
        };
        let text = format!(
            "{} ({format}): SHA-256 {}, {} bytes; {}; records: {}, problems: {}",
            source.name,
            source.sha256,
            source.bytes,
            accounting(source),
            source.records,
            source.problems
        );
        facts.push(("list", text));
    }
    for pack in &report.packs {
        let mut text = format!("{} ({}): SHA-256 {}", pack_title(pack), pack.file, pack.sha256);
        for (what, ids) in [("replaces", &pack.replaced), ("switches off", &pack.off)] {
            if !ids.is_empty() {
                text += &format!("; {what} {}", ids.join(", "));
            }
        }
        facts.push((if pack.update.is_some() { "data-update" } else { "own-rules" }, text));
    }
    for directive in &report.directives {
        let text = format!(
            "{} ({}, {}), checked on {}",
            directive.title, directive.id, directive.issuer, directive.checked_on
        );
        facts.push(("directive", text));
    }
    for problem in &report.problems {
        let Problem { source, line, message, .. } = problem;
        let place = if *line == 0 { source.clone() } else { format!("{source} line {line}") };
        facts.push(("problem", format!("{place}: {message}")));
    }
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    if more > 0 {
        facts.push(("problem", format!("{more} more are not listed one by one")));
    }
    for waived in &report.waived {
        let finding = &waived.finding;
        let text = format!(
            "{} ({}, finding {}) {}: {}",
            name(finding),
            finding.product.id,
            finding.id,
            on_computers(finding),
            decision(report, waived)
        );
        facts.push(("set-aside", text));
    }
    for WaiverReport { waiver, effect, .. } in &report.waivers {
        let why = match effect {
            WaiverEffect::Applied => continue,
            WaiverEffect::Expired => "its last day is over",
            WaiverEffect::Unused => "nothing was found that it is for",
        };
        let text = format!("{} {} until {}: {why}", waiver.kind.title(), waiver.id, waiver.until);
        facts.push(("decision-without-effect", text));
    }
    for miss in &report.near_misses {
        let NearMiss { name, version, why, host_count, .. } = miss;
        let text = format!("{name} {version}: {why} Computers: {host_count}");
        facts.push(("near-miss", text));
    }
    let more = report.unlisted_near_misses();
    if more > 0 {
        facts.push(("near-miss", format!("{more} more are not listed one by one")));
    }
    in_lines(facts)
}

/// What has changed since an earlier report, for formats that have no place for it; nothing if there is none.
pub(super) fn facts_compared(report: &Report) -> Vec<Fact> {
    let Some(comparison) = &report.comparison else { return Vec::new() };
    let verdict = lines_of(comparison).into_iter().map(|line| ("compared", line));
    in_lines(verdict.chain(change_lines(comparison).map(|line| ("change", line))))
}

fn in_lines(facts: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    let lines = facts.into_iter().map(|(name, text)| (name, line(&text)));
    lines.filter(|(_, text)| !text.is_empty()).collect()
}

/// Text in one line, without space at its ends.
pub(super) fn line(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ");
    printable(&text).trim().to_owned()
}
