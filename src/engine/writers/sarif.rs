//! The findings as a log of the Static Analysis Results Interchange Format (SARIF 2.1.0, an OASIS
//! standard), which code hosts, editors and result stores read.
//!
//! A product is a rule, a finding a result, a list an artifact, a computer a logical location. What is set
//! aside is there with its decision as a suppression.
//!
//! After a comparison with an earlier report every result has a `baselineState` (section 3.27.24), which all
//! must have if one has. What is gone is a result that passes and is absent. What is on a computer that was
//! not read again is neither absent, by which a program may close a ticket, nor known to be there: it is open
//! (section 3.27.9), and updated by that. Neither has a place in a list, since it stands in none that was
//! read; GitHub takes no result without one
//! (<https://github.com/github/codeql-action/issues/2459>), and compares by itself: it is to be given a report
//! that was compared with none. There is no `baselineGuid` (section 3.14.5): it would have to be the `guid` of
//! an earlier log, and the comparison is with a report, of which there need not be one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Writer;
use super::json::pretty;
use super::since::{Since, in_words, line_of};
use super::uri::uri;
use super::uuid::{self, uuid};
use super::words::{certainty, decision, made_by, outcomes, printable, sentence};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{
    Change, ChangeKind, Comparison, Finding, Place, Problem, Report, SourceReport, answer,
};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "sarif",
    title: "SARIF, for code hosts and editors",
    file_name: "clearlist-report.sarif",
    media_type: "application/sarif+json",
    write: |report| pretty(&log(report)).into_bytes(),
};

/// How many places of a finding are located, the rest is counted: GitHub takes no file with more in one
/// result (<https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support>).
const LOCATIONS: usize = 1000;

fn log(report: &Report) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    })
}

fn run(report: &Report) -> Value {
    let mut findings: Vec<(&Finding, Option<String>)> =
        report.findings.iter().map(|finding| (finding, None)).collect();
    let aside = report.waived.iter().map(|it| (&it.finding, Some(decision(report, it))));
    findings.extend(aside);
    let since = Since::of(report);
    let changes = since.iter().flat_map(|since| &since.comparison.changes);
    let left: Vec<&Change> = changes.filter(|change| is_left(change.kind)).collect();
    let found = findings.iter().map(|(it, _)| it.product.id.as_str());
    let products: BTreeSet<&str> =
        found.chain(left.iter().map(|change| change.product.as_str())).collect();
    let rules: Vec<Value> = products.iter().map(|id| rule(report, id, &findings, &left)).collect();
    let number: BTreeMap<&str, usize> = products.into_iter().zip(0..).collect();
    let number_of = |product: &str| number.get(product).copied().unwrap_or_default();
    let lists: BTreeMap<&str, usize> = numbered(report);
    let mut results: Vec<Value> = findings
        .iter()
        .map(|(finding, decision)| {
            let rule = number_of(&finding.product.id);
            let mut result = result(report, finding, decision.as_deref(), rule, &lists);
            if let Some(since) = &since {
                let became = since.became(finding);
                let state = baseline_state(&became, since.has_left(finding));
                result["baselineState"] = json!(state);
                result["properties"]["sinceTheEarlierReport"] = json!(in_words(&became));
            }
            result
        })
        .collect();
    if let Some(comparison) = &report.comparison {
        let left =
            left.iter().map(|it| left_result(report, comparison, it, number_of(&it.product)));
        results.extend(left);
    }
    json!({
        "tool": { "driver": {
            "name": "Clearlist",
            "version": report.tool.version,
            "semanticVersion": report.tool.version,
            "rules": rules,
            "properties": { "rulesCheckedOn": report.tool.data_checked_on },
        } },
        "automationDetails": {
            "id": format!("clearlist/{}", report.generated_on),
            "guid": uuid::document("sarif", report),
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": report.sources.iter().zip(0..).map(artifact).collect::<Vec<_>>(),
        "invocations": [invocation(report, &lists)],
        "results": results,
        "properties": {
            "answer": answer(report).to_string(),
            "madeBy": made_by(report),
            "generatedOn": report.generated_on,
            "marking": printable(&report.marking),
            "totals": report.totals,
            "packs": report.packs,
            "waivers": report.waivers,
            "comparison": report.comparison.as_ref().map(comparison),
            "nearMisses": report.near_misses,
            "deadlines": report.deadlines,
            "directives": report.directives.iter().map(|directive| json!({
                "id": directive.id,
                "title": directive.title,
                "shortTitle": directive.short_title,
                "issuer": directive.issuer,
                "issuedOn": directive.issued_on,
                "checkedOn": directive.checked_on,
                "status": directive.status,
            })).collect::<Vec<_>>(),
        },
    })
}

/// The lists by name, each with its number among the artifacts; of several with one name, the first.
fn numbered(report: &Report) -> BTreeMap<&str, usize> {
    let mut lists = BTreeMap::new();
    for (number, source) in report.sources.iter().enumerate() {
        lists.entry(source.name.as_str()).or_insert(number);
    }
    lists
}

fn rule(
    report: &Report,
    id: &str,
    findings: &[(&Finding, Option<String>)],
    left: &[&Change],
) -> Value {
    let of_it = || findings.iter().map(|(finding, _)| *finding).filter(|it| it.product.id == id);
    let product = of_it().next().map(|finding| &finding.product);
    // Of what is gone the report has no more than the name.
    let gone = || left.iter().filter(|change| change.product == id);
    let name = gone().next().map_or(id, |gone| gone.product_name.as_str());
    let title = product.map_or(name, |product| product.name.as_str());
    let outcomes = of_it().flat_map(|finding| outcomes(report, finding));
    let said = outcomes.map(|(directive, outcome)| {
        format!("{}: {}. {}", directive.short_title, outcome.outcome.id(), outcome.why)
    });
    let is_to_do = |id: &String| of_it().any(|finding| finding.remediation.contains(id));
    let steps = report.remediation_steps.iter().filter(|step| is_to_do(&step.id));
    let mut help: Vec<String> = Vec::new();
    for line in said.chain(steps.map(|step| format!("To do: {}", step.title))) {
        if !help.contains(&line) {
            help.push(line);
        }
    }
    if help.is_empty() {
        help.push(match product {
            Some(_) => "None of the directives applied covers it.".to_owned(),
            None => {
                "It was found for the earlier report, and is in no list of this one.".to_owned()
            }
        });
    }
    let gravest = of_it().map(Finding::gravest).chain(gone().map(|gone| gone.outcome)).min();
    let gravest = gravest.unwrap_or(OutcomeKind::NotCovered);
    json!({
        "id": id,
        "guid": uuid(&["product", id]),
        "name": title,
        "shortDescription": { "text": message(title) },
        "fullDescription": { "text": message(&match product {
            Some(product) if product.note.is_empty() => format!("{title} by {}.", product.vendor),
            Some(product) => format!("{title} by {}. {}", product.vendor, product.note),
            None => title.to_owned(),
        }) },
        "help": { "text": message(&help.join("\n")) },
        "defaultConfiguration": { "level": level(gravest) },
        "properties": {
            "vendor": product.map(|product| &product.vendor),
            "checkedOn": product.map(|product| &product.checked_on),
        },
    })
}

fn result(
    report: &Report,
    finding: &Finding,
    decision: Option<&str>,
    rule: usize,
    lists: &BTreeMap<&str, usize>,
) -> Value {
    let located = finding.places.iter().take(LOCATIONS);
    let suppressions: Vec<Value> = decision
        .map(|decision| {
            json!({
                "kind": "external",
                "status": "accepted",
                "guid": uuid(&["suppression", &finding.id, decision]),
                "justification": decision,
            })
        })
        .into_iter()
        .collect();
    let mut fingerprints = json!({ "clearlistFindingId/v1": finding.id });
    if let (Some(decision), Some(of)) = (decision, fingerprints.as_object_mut()) {
        // The part of a finding that still stands is another result.
        of.insert("clearlistDecision/v1".to_owned(), json!(uuid(&["decision", decision])));
    }
    json!({
        "ruleId": finding.product.id,
        "ruleIndex": rule,
        "level": level(finding.gravest()),
        "guid": uuid(&["result", &finding.id, decision.unwrap_or_default(), &report.generated_on]),
        "message": { "text": message(&sentence(report, finding)) },
        "locations": located.map(|place| location(place, lists)).collect::<Vec<_>>(),
        "occurrenceCount": finding.host_count.max(1),
        "partialFingerprints": fingerprints,
        // For no result or for all of them (section 3.27.23).
        "suppressions": suppressions,
        "properties": {
            "name": finding.name,
            "version": finding.version,
            "publisher": finding.publisher,
            "identifiers": finding.identifiers,
            "certainty": certainty(finding.strength),
            "evidence": finding.evidence,
            "outcomes": finding.outcomes,
            "remediation": finding.remediation,
            "hosts": finding.host_count,
            "locationsLeftOut": finding.places.len().saturating_sub(LOCATIONS),
        },
    })
}

/// True for what no finding tells of.
fn is_left(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Removed | ChangeKind::NotRead)
}

/// The state of a result by section 3.27.24. It is the same as in the earlier report only if it is on the
/// same computers, and new only if it was on none.
fn baseline_state(became: &[(ChangeKind, u64)], has_left: bool) -> &'static str {
    match became {
        [] => "new",
        [(ChangeKind::New, _)] if !has_left => "new",
        [(ChangeKind::Remaining, _)] if !has_left => "unchanged",
        _ => "updated",
    }
}

/// What is gone, or on computers that were not read again.
fn left_result(report: &Report, comparison: &Comparison, change: &Change, rule: usize) -> Value {
    let (kind, state) = match change.kind {
        ChangeKind::Removed => ("pass", "absent"),
        _ => ("open", "updated"),
    };
    let text = format!("Since {}, {}", comparison.earlier_on, line_of(change));
    let name = [&change.product, change.kind.title(), &change.earlier, change.outcome.id()];
    let located = change.hosts.iter().take(LOCATIONS);
    json!({
        "ruleId": change.product,
        "ruleIndex": rule,
        "kind": kind,
        "level": "none",
        "baselineState": state,
        "guid": uuid(&["left", &name.join("\n"), &report.generated_on]),
        "message": { "text": message(&text) },
        "locations": located.map(|host| json!({ "logicalLocations": [computer(host)] })).collect::<Vec<_>>(),
        "occurrenceCount": change.hosts.len().max(1),
        "partialFingerprints": { "clearlistChange/v1": uuid(&["change", &name.join("\n")]) },
        "suppressions": [],
        "properties": {
            "before": change.earlier,
            "outcome": change.outcome,
            "hosts": change.hosts.len(),
            "locationsLeftOut": change.hosts.len().saturating_sub(LOCATIONS),
        },
    })
}

/// The comparison without its changes, which are results.
fn comparison(comparison: &Comparison) -> Value {
    let named = |hosts: &[String]| json!(hosts.iter().take(LOCATIONS).collect::<Vec<_>>());
    json!({
        "earlierOn": comparison.earlier_on,
        "verdict": comparison.to_string(),
        "isComplete": comparison.is_complete,
        "open": comparison.open,
        "counts": ChangeKind::ALL
            .map(|kind| json!({ "kind": kind, "installations": comparison.count(kind) })),
        "hostsNotRead": { "count": comparison.hosts_not_read.len(), "first": named(&comparison.hosts_not_read) },
        "hostsNew": { "count": comparison.hosts_new.len(), "first": named(&comparison.hosts_new) },
    })
}

fn location(place: &Place, lists: &BTreeMap<&str, usize>) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": at(&place.source, lists),
            "region": { "startLine": place.line.max(1), "snippet": { "text": printable(&place.text) } },
        },
        "logicalLocations": [computer(&place.host)],
    })
}

fn computer(host: &str) -> Value {
    json!({ "name": printable(host), "kind": "computer" })
}

/// Where a list is among the artifacts.
fn at(source: &str, lists: &BTreeMap<&str, usize>) -> Value {
    match lists.get(source) {
        Some(number) => json!({ "uri": uri(source), "index": number }),
        None => json!({ "uri": uri(source) }),
    }
}

fn artifact((source, number): (&SourceReport, usize)) -> Value {
    let mut artifact = json!({
        "location": { "uri": uri(&source.name), "index": number },
        "length": source.bytes,
        "roles": ["analysisTarget"],
        // The number keeps two lists apart that have one name and the same bytes.
        "properties": {
            "number": number + 1,
            "name": source.name,
            "format": source.format_title,
            "encoding": source.encoding,
            "records": source.records,
            "computers": source.hosts,
            "lines": source.lines,
            "problems": source.problems,
            "cannotShow": source.cannot_show,
        },
    });
    if let (false, Some(of)) = (source.sha256.is_empty(), artifact.as_object_mut()) {
        of.insert("hashes".to_owned(), json!({ "sha-256": source.sha256 }));
    }
    artifact
}

fn invocation(report: &Report, lists: &BTreeMap<&str, usize>) -> Value {
    let mut told: Vec<Value> =
        report.problems.iter().map(|problem| notification(problem, lists)).collect();
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    if more > 0 {
        told.push(json!({
            "level": "warning",
            "message": { "text": format!("{more} more problems are not listed one by one.") },
        }));
    }
    json!({
        "executionSuccessful": !report.problems.iter().any(|problem| problem.stops_the_source),
        "toolExecutionNotifications": told,
    })
}

fn notification(problem: &Problem, lists: &BTreeMap<&str, usize>) -> Value {
    let mut physical = json!({ "artifactLocation": at(&problem.source, lists) });
    if let (true, Some(of)) = (problem.line > 0, physical.as_object_mut()) {
        of.insert("region".to_owned(), json!({ "startLine": problem.line }));
    }
    json!({
        "descriptor": { "id": problem.kind },
        "level": match problem {
            Problem { stops_the_source: true, .. } => "error",
            Problem { may_hide_a_program: true, .. } => "warning",
            _ => "note",
        },
        "message": { "text": message(&problem.message) },
        "locations": [{ "physicalLocation": physical }],
        "properties": { "text": printable(&problem.text) },
    })
}

fn level(outcome: OutcomeKind) -> &'static str {
    match outcome {
        OutcomeKind::Prohibited => "error",
        OutcomeKind::Review | OutcomeKind::Indicator => "warning",
        OutcomeKind::Embedded | OutcomeKind::Exempt | OutcomeKind::NotCovered => "note",
    }
}

/// Text as a message: braces would be placeholders (section 3.11.5), `[…](…)` a link (section 3.11.6).
fn message(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(printable).collect();
    lines.join("\n").replace('{', "{{").replace('}', "}}").replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_is_a_placeholder_or_a_link() {
        assert_eq!(message("{0} [x](https://example.com)"), "{{0}} [x] (https://example.com)");
    }
}
