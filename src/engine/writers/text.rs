//! The report as plain text, for a terminal or a ticket.
//!
//! Text of the inventory is written with its control characters replaced, so that a list cannot
//! move the cursor or colour the terminal of whoever reads the report.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::Writer;
use super::words::{
    became, compared, decision, field, first_of, hosts_compared, marking, printable, program_on,
    without_effect,
};
use crate::engine::directive::OutcomeKind;
use crate::engine::remediation;
use crate::engine::report::{DirectiveReport, Finding, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "text",
    title: "plain text, for people",
    file_name: "clearlist-report.txt",
    media_type: "text/plain",
    write: |report| write(report).into_bytes(),
};

/// How many places of a finding are written out; the rest is counted.
const PLACES_SHOWN: usize = 10;

fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    let marking = marking(report);
    if !marking.is_empty() {
        writeln!(out, "{marking}\n")?;
    }
    writeln!(out, "{}", answer(report))?;
    for finding in &report.findings {
        write_finding(out, report, finding)?;
    }
    write_decisions(out, report)?;
    write_comparison(out, report)?;
    write_near_misses(out, report)?;
    write_deadlines(out, report)?;
    write_steps(out, report)?;
    writeln!(out, "\nWHAT WAS READ")?;
    for source in &report.sources {
        writeln!(out, "  {} ({} bytes)", printable(&source.name), source.bytes)?;
        writeln!(out, "    SHA-256 {}", source.sha256)?;
        if !source.format.is_empty() {
            // The rows of a workbook are in no encoding.
            let encoding = match source.encoding.as_str() {
                "" => String::new(),
                encoding => format!(" ({encoding})"),
            };
            writeln!(
                out,
                "    read as {}{encoding}, because {}",
                source.format_title,
                printable(&source.format_reason)
            )?;
            writeln!(out, "    {} records on {} computers", source.records, source.hosts)?;
            if source.not_installed() > 0 {
                writeln!(
                    out,
                    "    {} of them are not installed according to the list itself: {} removed, \
                     {} merely available",
                    source.not_installed(),
                    source.removed,
                    source.available
                )?;
            }
            if !source.cannot_show.is_empty() {
                writeln!(out, "    cannot show: {}", source.cannot_show)?;
            }
        }
        writeln!(
            out,
            "    {} lines = {} with records + {} of structure + {} with problems",
            source.lines.total, source.lines.records, source.lines.structure, source.lines.problems
        )?;
    }
    for pack in &report.packs {
        writeln!(out, "\nYOUR OWN RULES: {} ({})", printable(&pack.title), printable(&pack.file))?;
        writeln!(out, "    SHA-256 {}", pack.sha256)?;
        for (what, ids) in [("replaces", &pack.replaced), ("switches off", &pack.off)] {
            if !ids.is_empty() {
                writeln!(out, "    {what}: {}", ids.join(", "))?;
            }
        }
    }
    write_problems(out, report)?;
    writeln!(
        out,
        "\n{} {}, rules checked on {}, report of {}",
        report.tool.name, report.tool.version, report.tool.data_checked_on, report.generated_on
    )?;
    if !marking.is_empty() {
        writeln!(out, "\n{marking}")?;
    }
    Ok(())
}

fn write_finding(out: &mut String, report: &Report, finding: &Finding) -> fmt::Result {
    writeln!(
        out,
        "\n{}: {}",
        finding.gravest().id().to_uppercase(),
        printable(if finding.name.is_empty() { &finding.product.name } else { &finding.name })
    )?;
    writeln!(out, "  product: {} ({})", finding.product.name, finding.product.id)?;
    for (label, value) in [("version", &finding.version), ("publisher", &finding.publisher)] {
        if !value.is_empty() {
            writeln!(out, "  {label}: {}", printable(value))?;
        }
    }
    for (label, value) in
        [("name", &finding.repaired_name), ("publisher", &finding.repaired_publisher)]
    {
        if !value.is_empty() {
            writeln!(
                out,
                "  {label} put right, since it was read in a wrong encoding: {}",
                printable(value)
            )?;
        }
    }
    for evidence in &finding.evidence {
        let fits = if evidence.is_beginning { "was cut and fits the beginning of" } else { "fits" };
        let read = match (evidence.repaired_from.as_str(), evidence.disguise.as_str()) {
            ("", _) => "",
            (_, "") => "put right, ",
            _ => "read as ",
        };
        writeln!(
            out,
            "  evidence: {} {read}{:?} {fits} {:?} (rule {})",
            field(evidence),
            printable(&evidence.text),
            evidence.pattern,
            evidence.rule
        )?;
        if evidence.is_version_unknown {
            writeln!(
                out,
                "  version: the rule is for {}, and the list has no version that could be compared",
                evidence.versions
            )?;
        }
    }
    let disguises: BTreeSet<&str> = finding
        .evidence
        .iter()
        .map(|evidence| evidence.disguise.as_str())
        .filter(|disguise| !disguise.is_empty())
        .collect();
    for disguise in disguises {
        writeln!(out, "  disguise: {disguise}")?;
    }
    let mut silent = Vec::new();
    for outcome in &finding.outcomes {
        let title = report
            .directives
            .iter()
            .find(|directive| directive.id == outcome.directive)
            .map_or(outcome.directive.as_str(), |directive| directive.short_title.as_str());
        if outcome.outcome == OutcomeKind::NotCovered {
            silent.push(title);
        } else {
            writeln!(out, "  {title}: {}. {}", outcome.outcome.id(), outcome.why)?;
        }
    }
    if !silent.is_empty() {
        writeln!(out, "  not covered by: {}", silent.join(", "))?;
    }
    for place in finding.places.iter().take(PLACES_SHOWN) {
        let host = printable(&place.host);
        writeln!(
            out,
            "  on {host}: {} line {}: {}",
            printable(&place.source),
            place.line,
            printable(&place.text)
        )?;
    }
    if finding.places.len() > PLACES_SHOWN {
        writeln!(out, "  and on {} more computers", finding.places.len() - PLACES_SHOWN)?;
    }
    Ok(())
}

fn write_decisions(out: &mut String, report: &Report) -> fmt::Result {
    if report.waivers.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSET ASIDE BY RECORDED DECISIONS")?;
    if report.waived.is_empty() {
        writeln!(out, "  nothing")?;
    }
    for waived in &report.waived {
        writeln!(out, "  {}", program_on(&waived.finding, PLACES_SHOWN))?;
        writeln!(out, "    {}", decision(report, waived))?;
    }
    for told in report.waivers.iter().filter_map(without_effect) {
        writeln!(out, "  {told}")?;
    }
    Ok(())
}

fn write_comparison(out: &mut String, report: &Report) -> fmt::Result {
    let Some(comparison) = &report.comparison else { return Ok(()) };
    writeln!(out, "\nCOMPARED WITH THE REPORT OF {}", printable(&comparison.earlier_on))?;
    writeln!(out, "  {}", printable(&comparison.to_string()))?;
    for why in &comparison.open {
        writeln!(out, "  - {}", printable(why))?;
    }
    for change in &comparison.changes {
        let hosts = first_of(&change.hosts, PLACES_SHOWN);
        writeln!(out, "  {}: {} on {hosts}", became(change), compared(change))?;
    }
    for (what, hosts) in hosts_compared(comparison) {
        writeln!(out, "  {what}: {}", first_of(hosts, PLACES_SHOWN))?;
    }
    Ok(())
}

fn write_near_misses(out: &mut String, report: &Report) -> fmt::Result {
    if report.near_misses.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nCLOSE TO A KNOWN PRODUCT: no findings, but worth a look")?;
    for miss in &report.near_misses {
        writeln!(out, "  {}: {}", printable(&miss.name), printable(&miss.why))?;
        for place in miss.places.iter().take(PLACES_SHOWN) {
            let (host, source) = (printable(&place.host), printable(&place.source));
            writeln!(out, "    on {host}: {source} line {}", place.line)?;
        }
        let more = miss.host_count.saturating_sub(miss.places.len() as u64);
        if more > 0 {
            writeln!(out, "    and on {more} more computers")?;
        }
    }
    Ok(())
}

fn write_deadlines(out: &mut String, report: &Report) -> fmt::Result {
    if report.deadlines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nBY WHEN")?;
    for deadline in &report.deadlines {
        let is_it = |directive: &&DirectiveReport| directive.id == deadline.directive;
        let directive = report.directives.iter().find(is_it);
        let title = directive.map_or(deadline.directive.as_str(), |d| d.short_title.as_str());
        let past = if deadline.is_past { " (over)" } else { "" };
        let unconfirmed = if deadline.unconfirmed { " (not confirmed)" } else { "" };
        writeln!(out, "  {}{past}  {title}: {}{unconfirmed}", deadline.due_on, deadline.text)?;
        if let (Some(day), Some(clock)) = (&deadline.counted_from, &deadline.clock) {
            let what = deadline.counted_from_what(&report.generated_on);
            writeln!(out, "      {clock}; counted from {day}, {what}")?;
        }
    }
    Ok(())
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWHAT TO DO")?;
    for (number, step) in report.remediation_steps.iter().enumerate() {
        writeln!(out, "  {}. {}", number + 1, step.title)?;
        writeln!(out, "     {}", step.text)?;
        let mut written: Vec<String> = Vec::new();
        for finding in report.findings.iter().filter(|f| f.remediation.contains(&step.id)) {
            for command in remediation::commands(step, finding) {
                if !written.contains(&command.text) {
                    writeln!(out, "       > {}", command.text)?;
                    written.push(command.text);
                }
            }
        }
    }
    Ok(())
}

fn write_problems(out: &mut String, report: &Report) -> fmt::Result {
    if report.problems.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nPROBLEMS")?;
    for problem in &report.problems {
        let place = match problem.line {
            0 => printable(&problem.source),
            line => format!("{} line {line}", printable(&problem.source)),
        };
        writeln!(out, "  {place}: {}", printable(&problem.message))?;
    }
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    Ok(())
}
