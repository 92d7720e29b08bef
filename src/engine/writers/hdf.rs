//! The findings as results in the Heimdall Data Format, which MITRE's Heimdall reads: the JSON that
//! InSpec's reporters write (<https://saf.mitre.org/framework/normalize>).
//!
//! A directive is a profile, and a product with what the directive says of it a control. A profile of its
//! own tells which lists could be read, and another, after a comparison with an earlier report, whether all
//! that had to go is gone. Heimdall shows every text as HTML.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Writer;
use super::document::escaped;
use super::facts::{Fact, facts};
use super::json::pretty;
use super::since::{change_lines, lines_of};
use super::words::{
    accounting, certainty, computers, decision, field, name, on_computers, printable, sentence,
};
use crate::engine::catalog::Source;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{
    Comparison, DirectiveReport, Finding, Outcome, Problem, Report, SourceReport, Waived,
};
use crate::engine::words::hex;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "hdf",
    title: "Heimdall Data Format, for Heimdall",
    file_name: "clearlist-hdf.json",
    media_type: "application/json",
    write: |report| pretty(&document(report)).into_bytes(),
};

/// The name of the profile of the lists.
const LISTS: &str = "clearlist.lists";

/// The name of the profile of the comparison.
const COMPARED: &str = "clearlist.compared";

/// How many places of a finding a result names; the others are counted.
const PLACES: usize = 20;

/// The statement of NIST SP 800-53 that is touched: to prohibit or restrict the use of named software.
const NIST: [&str; 2] = ["CM-7 b", "Rev_5"];

fn document(report: &Report) -> Value {
    let facts = facts(report);
    let attributes = attributes(&facts);
    let mut profiles = vec![lists(report, &attributes)];
    let directives = report.directives.iter();
    profiles.extend(directives.map(|directive| profile(report, directive, &attributes)));
    profiles.extend(report.comparison.as_ref().map(|it| compared(report, it, &attributes)));
    let mut controls: BTreeMap<&str, u64> =
        ["failed", "passed", "skipped"].map(|status| (status, 0)).into();
    for control in profiles.iter().filter_map(|profile| profile["controls"].as_array()).flatten() {
        let status = control["results"][0]["status"].as_str().unwrap_or_default();
        if let Some(count) = controls.get_mut(status) {
            *count += 1;
        }
    }
    let total: BTreeMap<_, _> =
        controls.into_iter().map(|(status, total)| (status, json!({ "total": total }))).collect();
    json!({
        "platform": { "name": "clearlist", "release": report.tool.version },
        "version": report.tool.version,
        "statistics": { "controls": total },
        "profiles": profiles,
        // Heimdall keeps it as it is.
        "passthrough": { "auxiliary_data": [{
            "name": "Clearlist",
            "data": {
                "facts": facts
                    .into_iter()
                    .map(|(name, text)| json!({ "name": name, "value": text }))
                    .collect::<Vec<_>>(),
                "sources": report.sources.iter().map(|source| json!({
                    "name": source.name,
                    "sha256": source.sha256,
                    "bytes": source.bytes,
                    "lines": source.lines,
                })).collect::<Vec<_>>(),
                "packs": report.packs,
                "waivers": report.waivers,
                "problems": report.problems,
            },
        }] },
    })
}

/// The profile that has a control for each list: passed if all of it could be read.
fn lists(report: &Report, attributes: &Value) -> Value {
    let mut problems: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in &report.problems {
        problems.entry(&problem.source).or_default().push(problem);
    }
    let lists = report.sources.iter().zip(1..);
    let mut controls: Vec<Value> = lists
        .map(|(source, number)| {
            let of_it = problems.get(source.name.as_str()).map_or(&[][..], Vec::as_slice);
            list(report, source, number, of_it)
        })
        .collect();
    if controls.is_empty() {
        let nothing = Status::Skipped("Nothing was read.".to_owned());
        let results = vec![result(report, "No list was given.", nothing)];
        controls.push(control("no-list", "A list of programs was read.", MEDIUM, results));
    }
    let hashes: Vec<&str> = report.sources.iter().map(|source| source.sha256.as_str()).collect();
    json!({
        "name": LISTS,
        "title": "The lists that were read",
        "summary": "Whether each list could be read in full: what could not be read may hide a program.",
        "version": report.tool.version,
        "status": "loaded",
        "sha256": sha256(&hashes.join(" ")),
        "supports": [],
        "attributes": attributes,
        "groups": groups("The lists that were read", &controls),
        "controls": controls,
    })
}

fn list(report: &Report, source: &SourceReport, number: usize, problems: &[&Problem]) -> Value {
    let hiding: Vec<String> = problems
        .iter()
        .filter(|problem| problem.may_hide_a_program || problem.stops_the_source)
        .map(|problem| match problem.line {
            0 => printable(&problem.message),
            line => format!("line {line}: {}", printable(&problem.message)),
        })
        .collect();
    let text = format!(
        "{} ({} bytes, SHA-256 {}): {}",
        source.name,
        source.bytes,
        source.sha256,
        accounting(source)
    );
    let status = if hiding.is_empty() {
        Status::Passed(format!("Records: {}, problems: {}.", source.records, source.problems))
    } else {
        Status::Skipped(hiding.join("\n"))
    };
    let mut list = control(
        &format!("list-{number}"),
        &format!("The list {} was read in full.", source.name),
        MEDIUM,
        vec![result(report, &text, status)],
    );
    list["desc"] = json!(shown(&source.cannot_show));
    list
}

/// The profile with the one control that passes if the removal is complete. If it is not shown to be, a person
/// has to look: what is still there fails in the directives' own profiles.
fn compared(report: &Report, comparison: &Comparison, attributes: &Value) -> Value {
    let mut lines = lines_of(comparison);
    lines.extend(change_lines(comparison));
    let told = lines.join("\n");
    let status = match comparison.is_complete {
        true => Status::Passed(told),
        false => Status::Skipped(told),
    };
    let earlier = &comparison.earlier_on;
    let title = format!("What had to go on {earlier} is gone, and every computer was read again.");
    let results = vec![result(report, &comparison.to_string(), status)];
    let controls = vec![control("removal-complete", &title, MEDIUM, results)];
    let title = format!("Compared with the report of {earlier}");
    json!({
        "name": COMPARED,
        "title": shown(&title),
        "summary": "Whether all that an earlier report found is gone.",
        "version": report.tool.version,
        "status": "loaded",
        "sha256": sha256(&serde_json::to_string(comparison).unwrap_or_default()),
        "supports": [],
        "attributes": attributes,
        "groups": groups(&title, &controls),
        "controls": controls,
    })
}

/// A finding, what the profile's directive says of it, and the decision that sets it aside.
type Said<'r> = (&'r Finding, &'r Outcome, Option<&'r Waived>);

fn profile(report: &Report, directive: &DirectiveReport, attributes: &Value) -> Value {
    // By product, what is said of it, and the decision.
    type Key<'r> = (OutcomeKind, &'r str, &'r str);
    let mut controls: BTreeMap<Key<'_>, Vec<Said<'_>>> = BTreeMap::new();
    let stand = report.findings.iter().map(|finding| (finding, None));
    let aside = report.waived.iter().map(|waived| (&waived.finding, Some(waived)));
    for (finding, waived) in stand.chain(aside) {
        let said = finding.outcomes.iter().find(|it| it.directive == directive.id);
        if let Some(outcome) = said.filter(|it| it.outcome != OutcomeKind::NotCovered) {
            let waiver = waived.map_or("", |waived| waived.waiver.as_str());
            let key = (outcome.outcome, finding.product.id.as_str(), waiver);
            controls.entry(key).or_default().push((finding, outcome, waived));
        }
    }
    let mut controls: Vec<Value> =
        controls.values().map(|of_it| product(report, directive, of_it)).collect();
    controls.push(rest(report, directive));
    let DirectiveReport { id, checked_on, title, summary, bound, duties, facts, sources, .. } =
        directive;
    // Of what is known of the directive, without what it says of this report.
    let known = (id, checked_on, title, summary, bound, duties, facts, sources);
    json!({
        "name": directive.id,
        "title": shown(&directive.title),
        "summary": shown(&format!("{} {}", directive.summary, directive.status_note)),
        "version": directive.checked_on,
        "status": "loaded",
        "sha256": sha256(&serde_json::to_string(&known).unwrap_or_default()),
        "supports": [],
        "attributes": attributes,
        "groups": groups(&directive.short_title, &controls),
        "controls": controls,
    })
}

/// The control of a product that a directive says something of.
fn product(report: &Report, directive: &DirectiveReport, of_it: &[Said<'_>]) -> Value {
    let Some((first, outcome, waived)) = of_it.first() else { return Value::Null };
    let (kind, product) = (outcome.outcome, &first.product);
    let mut id = format!("{}/{}/{}", directive.id, product.id, kind.id());
    if let Some(waived) = waived {
        id += &format!("/{}", waived.waiver);
    }
    let results: Vec<Value> =
        of_it.iter().map(|(it, _, waived)| finding_result(report, it, kind, *waived)).collect();
    let title = format!("{} is not on any computer.", product.name);
    let mut made = control(&id, &title, impact(kind), results);
    let steps = report.remediation_steps.iter().filter(|it| first.remediation.contains(&it.id));
    let fix: Vec<String> = steps.map(|step| format!("{} {}", step.title, step.text)).collect();
    made["desc"] =
        json!(shown(&format!("{}: {}. {}", directive.short_title, kind.id(), outcome.why)));
    made["descriptions"] = json!([
        { "label": "check", "data": "The program's name, publisher and identifiers, as lists have them, were compared with what is known of products." },
        { "label": "fix", "data": shown(&fix.join("\n")) },
        { "label": "rationale", "data": shown(&product.note) },
    ]);
    made["refs"] = directive
        .sources
        .iter()
        .filter(|source| outcome.sources.contains(&source.id))
        .map(|Source { title, url, .. }| match url {
            Some(url) => json!({ "ref": title, "url": url }),
            None => json!({ "ref": title }),
        })
        .collect();
    made["tags"] = json!({
        "nist": NIST,
        "directive": directive.id,
        "product": product.id,
        "vendor": shown(&product.vendor),
        "outcome": kind.id(),
        "certainty": certainty(first.strength),
        "findings": of_it.iter().map(|(finding, ..)| finding.id.as_str()).collect::<Vec<_>>(),
    });
    if let Some(waived) = waived {
        let known = report.waivers.iter().find(|known| known.waiver.id == waived.waiver);
        made["waiver_data"] = json!({
            "expiration_date": known.map(|known| &known.waiver.until),
            "justification": known.map(|known| shown(&known.waiver.reason)),
            "run": false,
            "skipped_due_to_waiver": true,
            "message": shown(&decision(report, waived)),
        });
    }
    made
}

fn finding_result(
    report: &Report,
    finding: &Finding,
    kind: OutcomeKind,
    waived: Option<&Waived>,
) -> Value {
    let mut text = name(finding);
    for (what, value) in [("version", &finding.version), ("publisher", &finding.publisher)] {
        if !value.is_empty() {
            text += &format!(", {what} {value}");
        }
    }
    text += &format!(" {}: {}", on_computers(finding), computers(finding));
    let mut message = vec![sentence(report, finding)];
    message.extend(finding.evidence.iter().map(|it| {
        format!(
            "Evidence: {} \"{}\" fits \"{}\" (rule {}).",
            field(it),
            it.text,
            it.pattern,
            it.rule
        )
    }));
    message.extend(finding.places.iter().take(PLACES).map(|place| {
        format!("{} line {} ({}): {}", place.source, place.line, place.host, place.text)
    }));
    let more = finding.places.len().saturating_sub(PLACES);
    if more > 0 {
        message.push(format!("{more} more places are not listed."));
    }
    let message = message.join("\n");
    let status = match (waived, kind) {
        (Some(waived), _) => Status::Skipped(format!("{}\n{message}", decision(report, waived))),
        (None, OutcomeKind::Prohibited) => Status::Failed(message),
        (None, OutcomeKind::Review | OutcomeKind::Indicator) => Status::Skipped(message),
        (None, _) => Status::Passed(message),
    };
    result(report, &text, status)
}

/// The control that says whether everything else was looked at: without it, a directive of which nothing
/// was found would have no result.
fn rest(report: &Report, directive: &DirectiveReport) -> Value {
    let hiding = report.problems.iter().filter(|it| it.may_hide_a_program || it.stops_the_source);
    let (hiding, totals) = (hiding.count(), report.totals);
    let text =
        format!("Compared: {} distinct programs on {} computers.", totals.titles, totals.hosts);
    let status = match (totals.records, hiding) {
        (0, _) => Status::Skipped("No list of programs could be read.".to_owned()),
        (_, 0) => Status::Passed("Nothing else that it covers was found.".to_owned()),
        (_, hiding) => Status::Skipped(format!(
            "Nothing else that it covers was found, but {hiding} things could not be read in full."
        )),
    };
    let title = format!("Nothing else that {} covers is in the lists.", directive.short_title);
    let id = format!("{}/nothing-else", directive.id);
    let mut made = control(&id, &title, MEDIUM, vec![result(report, &text, status)]);
    made["tags"] = json!({ "nist": NIST, "directive": directive.id });
    made
}

/// How a test ended, and why.
enum Status {
    Failed(String),
    Passed(String),
    /// A person has to look: Heimdall shows it as not reviewed.
    Skipped(String),
}

fn result(report: &Report, text: &str, status: Status) -> Value {
    let (status, key, message) = match status {
        Status::Failed(message) => ("failed", "message", message),
        Status::Passed(message) => ("passed", "message", message),
        Status::Skipped(message) => ("skipped", "skip_message", message),
    };
    json!({
        "status": status,
        "code_desc": shown(text),
        key: shown(&message),
        // The report knows its day and no time.
        "start_time": format!("{}T00:00:00Z", report.generated_on),
    })
}

fn control(id: &str, title: &str, impact: f64, results: Vec<Value>) -> Value {
    json!({
        "id": shown(id),
        "title": shown(title),
        "impact": impact,
        "refs": [],
        "tags": {},
        "source_location": {},
        "results": results,
    })
}

const MEDIUM: f64 = 0.5;

/// In InSpec's bands: high from 0.7 on, medium from 0.4, low from 0.1; what is 0 is not applicable.
fn impact(kind: OutcomeKind) -> f64 {
    match kind {
        OutcomeKind::Prohibited => 0.7,
        OutcomeKind::Review => MEDIUM,
        OutcomeKind::Indicator => 0.3,
        OutcomeKind::Embedded | OutcomeKind::Exempt | OutcomeKind::NotCovered => 0.0,
    }
}

/// What InSpec calls inputs: who made it of what.
fn attributes(facts: &[Fact]) -> Value {
    let told = ["made-by", "tool-version", "rules-checked-on", "marking", "answer"];
    let told = facts.iter().filter(|(name, _)| told.contains(name));
    told.map(|(name, text)| json!({ "name": name, "options": { "value": shown(text) } })).collect()
}

fn groups(title: &str, controls: &[Value]) -> Value {
    let ids: Vec<&Value> = controls.iter().map(|control| &control["id"]).collect();
    json!([{ "id": "controls", "title": shown(title), "controls": ids }])
}

/// Text as HTML, which Heimdall takes every text for; lines stay lines.
fn shown(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}
