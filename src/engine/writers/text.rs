//! The report as plain text, for a terminal or a ticket.
//!
//! Text of the inventory is written with its control characters replaced, so that a list cannot
//! move the cursor or colour the terminal of whoever reads the report.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::Writer;
use super::words::{
    accounting, became, compared_on, decision, due_on, field, first_of, hosts_compared, labelled,
    made_by, marking, message, more_near_misses, name, not_confirmed, outcome, pack_title,
    printable, program_on, short_title, without_effect,
};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::{say, told};
use crate::engine::remediation;
use crate::engine::report::{Evidence, Finding, Place, Report, SourceReport, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "text",
    title: "plain text, for people",
    file_name: "clearlist-report.txt",
    media_type: "text/plain",
    is_told: true,
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
    writeln!(out, "\n{}", say!("WHAT WAS READ"))?;
    for source in &report.sources {
        write_source(out, source)?;
    }
    for pack in &report.packs {
        let rules = format!("{} ({})", printable(&pack_title(pack)), printable(&pack.file));
        let is_update = pack.update.is_some();
        let what = if is_update { say!("DATA UPDATE") } else { say!("YOUR OWN RULES") };
        writeln!(out, "\n{}", labelled(what, rules))?;
        writeln!(out, "    SHA-256 {}", pack.sha256)?;
        for (what, ids) in [(say!("replaces"), &pack.replaced), (say!("switches off"), &pack.off)] {
            if !ids.is_empty() {
                writeln!(out, "    {}", labelled(what, ids.join(", ")))?;
            }
        }
    }
    write_problems(out, report)?;
    writeln!(out, "\n{}", made_by(report))?;
    if !marking.is_empty() {
        writeln!(out, "\n{marking}")?;
    }
    Ok(())
}

fn write_source(out: &mut String, source: &SourceReport) -> fmt::Result {
    let SourceReport { bytes, records, hosts, removed, available, .. } = source;
    let name = printable(&source.name);
    writeln!(out, "  {}", say!("{name} ({bytes} bytes)", name, bytes))?;
    writeln!(out, "    SHA-256 {}", source.sha256)?;
    if !source.format.is_empty() {
        // The rows of a workbook are in no encoding.
        let format = match source.encoding.as_str() {
            "" => told(&source.format_title).to_owned(),
            encoding => format!("{} ({encoding})", told(&source.format_title)),
        };
        let reason = printable(&source.format_reason_told());
        writeln!(out, "    {}", say!("read as {format}, because {reason}", format, reason))?;
        writeln!(out, "    {}", say!("{records} records on {hosts} computers", records, hosts))?;
        if source.not_installed() > 0 {
            let not_installed = say!(
                "{count} of them are not installed according to the list itself: {removed} removed, {available} merely available",
                count = source.not_installed(),
                removed,
                available
            );
            writeln!(out, "    {not_installed}")?;
        }
        if !source.cannot_show.is_empty() {
            writeln!(out, "    {}", labelled(say!("cannot show"), told(&source.cannot_show)))?;
        }
    }
    writeln!(out, "    {}", accounting(source))
}

fn write_finding(out: &mut String, report: &Report, finding: &Finding) -> fmt::Result {
    let gravest = outcome(finding.gravest()).to_uppercase();
    writeln!(out, "\n{}", labelled(gravest, name(finding)))?;
    let product = format!("{} ({})", finding.product.name, finding.product.id);
    writeln!(out, "  {}", labelled(say!("product"), product))?;
    for (label, value) in
        [(say!("version"), &finding.version), (say!("publisher"), &finding.publisher)]
    {
        if !value.is_empty() {
            writeln!(out, "  {}", labelled(label, printable(value)))?;
        }
    }
    for (label, value) in [
        (say!("name put right, since it was read in a wrong encoding"), &finding.repaired_name),
        (
            say!("publisher put right, since it was read in a wrong encoding"),
            &finding.repaired_publisher,
        ),
    ] {
        if !value.is_empty() {
            writeln!(out, "  {}", labelled(label, printable(value)))?;
        }
    }
    for evidence in &finding.evidence {
        write_evidence(out, evidence)?;
    }
    let disguises: BTreeSet<String> = finding
        .evidence
        .iter()
        .map(Evidence::disguise_told)
        .filter(|disguise| !disguise.is_empty())
        .collect();
    for disguise in disguises {
        writeln!(out, "  {}", labelled(say!("disguise"), disguise))?;
    }
    let mut silent = Vec::new();
    for it in &finding.outcomes {
        let title = short_title(report, &it.directive);
        if it.outcome == OutcomeKind::NotCovered {
            silent.push(title);
        } else {
            writeln!(out, "  {}. {}", labelled(title, outcome(it.outcome)), it.told())?;
        }
    }
    if !silent.is_empty() {
        writeln!(out, "  {}", labelled(say!("not covered by"), silent.join(", ")))?;
    }
    for place in finding.places.iter().take(PLACES_SHOWN) {
        writeln!(out, "  {}", labelled(at(place), printable(&place.text)))?;
    }
    if finding.places.len() > PLACES_SHOWN {
        let more = finding.places.len() - PLACES_SHOWN;
        writeln!(out, "  {}", say!("and on {more} more computers", more))?;
    }
    Ok(())
}

/// On which computer something is, and in which line of which list.
fn at(place: &Place) -> String {
    say!(
        "on {host}: {list} line {line}",
        host = printable(&place.host),
        list = printable(&place.source),
        line = place.line
    )
}

fn write_evidence(out: &mut String, evidence: &Evidence) -> fmt::Result {
    let text = format!("{:?}", printable(&evidence.text));
    let text = match (evidence.repaired_from.as_str(), evidence.disguise.as_str()) {
        ("", _) => text,
        (_, "") => say!("put right, {text}", text),
        _ => say!("read as {text}", text),
    };
    let (field, rule) = (field(evidence), &evidence.rule);
    let pattern = format!("{:?}", evidence.pattern);
    let fits = match evidence.is_beginning {
        true => say!(
            "evidence: {field} {text} was cut and fits the beginning of {pattern} (rule {rule})",
            field,
            text,
            pattern,
            rule
        ),
        false => say!(
            "evidence: {field} {text} fits {pattern} (rule {rule})",
            field,
            text,
            pattern,
            rule
        ),
    };
    writeln!(out, "  {fits}")?;
    if evidence.is_version_unknown {
        let unknown = say!(
            "version: the rule is for {versions}, and the list has no version that could be compared",
            versions = evidence.versions
        );
        writeln!(out, "  {unknown}")?;
    }
    Ok(())
}

fn write_decisions(out: &mut String, report: &Report) -> fmt::Result {
    if report.waivers.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", say!("SET ASIDE BY RECORDED DECISIONS"))?;
    if report.waived.is_empty() {
        writeln!(out, "  {}", say!("nothing"))?;
    }
    for waived in &report.waived {
        writeln!(out, "  {}", program_on(&waived.finding, PLACES_SHOWN))?;
        writeln!(out, "    {}", decision(report, waived))?;
    }
    for note in report.waivers.iter().filter_map(without_effect) {
        writeln!(out, "  {note}")?;
    }
    Ok(())
}

fn write_comparison(out: &mut String, report: &Report) -> fmt::Result {
    let Some(comparison) = &report.comparison else { return Ok(()) };
    let day = printable(&comparison.earlier_on);
    writeln!(out, "\n{}", say!("COMPARED WITH THE REPORT OF {day}", day))?;
    writeln!(out, "  {}", printable(&comparison.to_string()))?;
    for why in comparison.open_told() {
        writeln!(out, "  - {}", printable(&why))?;
    }
    for change in &comparison.changes {
        let there = compared_on(change, PLACES_SHOWN);
        writeln!(out, "  {}", labelled(became(change), there))?;
    }
    for (what, hosts) in hosts_compared(comparison) {
        writeln!(out, "  {}", labelled(what, first_of(hosts, PLACES_SHOWN)))?;
    }
    Ok(())
}

fn write_near_misses(out: &mut String, report: &Report) -> fmt::Result {
    if report.near_misses.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", say!("CLOSE TO A KNOWN PRODUCT: no findings, but worth a look"))?;
    for miss in &report.near_misses {
        let why = printable(&miss.told());
        writeln!(out, "  {}", labelled(printable(&miss.name), why))?;
        for place in miss.places.iter().take(PLACES_SHOWN) {
            writeln!(out, "    {}", at(place))?;
        }
        let more = miss.host_count.saturating_sub(miss.places.len() as u64);
        if more > 0 {
            writeln!(out, "    {}", say!("and on {more} more computers", more))?;
        }
    }
    if let Some(more) = more_near_misses(report) {
        writeln!(out, "  {more}")?;
    }
    Ok(())
}

fn write_deadlines(out: &mut String, report: &Report) -> fmt::Result {
    if report.deadlines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", say!("BY WHEN"))?;
    for deadline in &report.deadlines {
        let title = short_title(report, &deadline.directive);
        let text = labelled(title, told(&deadline.text));
        writeln!(out, "  {}  {text}{}", due_on(deadline), not_confirmed(deadline))?;
        if let (Some(day), Some(clock)) = (&deadline.counted_from, &deadline.clock) {
            let what = deadline.counted_from_what(&report.generated_on);
            let clock = told(clock);
            let what = told(what);
            let counted = say!("{clock}; counted from {day}, {what}", clock, day, what);
            writeln!(out, "      {counted}")?;
        }
    }
    Ok(())
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", say!("WHAT TO DO"))?;
    for (number, step) in report.remediation_steps.iter().enumerate() {
        writeln!(out, "  {}. {}", number + 1, told(&step.title))?;
        writeln!(out, "     {}", told(&step.text))?;
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
    writeln!(out, "\n{}", say!("PROBLEMS"))?;
    for problem in &report.problems {
        let list = printable(&problem.source);
        let place = match problem.line {
            0 => list,
            line => say!("{list} line {line}", list, line),
        };
        writeln!(out, "  {}", labelled(place, message(problem)))?;
    }
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    if more > 0 {
        writeln!(out, "  {}", say!("and {more} more", more))?;
    }
    Ok(())
}
