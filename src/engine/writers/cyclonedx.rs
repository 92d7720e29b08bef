//! The findings as a bill of materials in CycloneDX 1.6 (ECMA-424): each finding a component, what each
//! directive says of it an annotation, the lists the parts of what the bill is about. What has changed since
//! an earlier report is annotated too: of the components that it became, else of the lists.
//!
//! It holds what was found and not the rest of the inventory, and says so (`compositions`).

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::Writer;
use super::facts::{facts, line};
use super::json::pretty;
use super::since::{first_changes, line_of, lines_of};
use super::uuid::{self, uuid};
use super::words::{
    certainty, computers, decision, field, name, on_computers, outcomes, printable,
};
use crate::engine::report::{Change, Finding, Report, SourceReport, Waived, answer};
use crate::engine::words::fold;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "cyclonedx",
    title: "CycloneDX, the findings as a bill of materials",
    file_name: "clearlist-findings.cdx.json",
    media_type: "application/vnd.cyclonedx+json",
    write: |report| pretty(&bill(report)).into_bytes(),
};

/// How many places of a finding are its occurrences; the others are counted.
const OCCURRENCES: usize = 1000;

/// The most characters that a version may have, by the schema.
const VERSION_CHARS: usize = 1024;

fn bill(report: &Report) -> Value {
    let stand = report.findings.iter().map(|finding| (finding, None));
    let aside = report.waived.iter().map(|waived| (&waived.finding, Some(waived)));
    let findings: Vec<(&Finding, Option<&Waived>)> = stand.chain(aside).collect();
    let said = findings.iter().flat_map(|(finding, waived)| annotations(report, finding, *waived));
    let said = said.chain(compared(report, &findings));
    let properties: Vec<Value> =
        facts(report).into_iter().map(|(name, text)| property(name, &text)).collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid::document("cyclonedx", report)),
        "version": 1,
        "metadata": {
            "timestamp": time(report),
            "lifecycles": [{ "phase": "operations" }],
            "tools": { "components": [tool(report)] },
            "component": {
                "type": "data",
                "bom-ref": INVENTORY,
                "name": "Lists of installed programs",
                "version": report.generated_on,
                "description": answer(report).to_string(),
                "components": report.sources.iter().zip(1..).map(list).collect::<Vec<_>>(),
            },
            "properties": properties,
        },
        "components": findings
            .iter()
            .map(|(finding, waived)| component(finding, *waived))
            .collect::<Vec<_>>(),
        "compositions": [{ "aggregate": "incomplete", "assemblies": [INVENTORY] }],
        "annotations": said.collect::<Vec<_>>(),
    })
}

/// What the lists are called together.
const INVENTORY: &str = "inventory";

/// The report knows its day and no time.
fn time(report: &Report) -> String {
    format!("{}T00:00:00Z", report.generated_on)
}

fn tool(report: &Report) -> Value {
    json!({ "type": "application", "name": "Clearlist", "version": report.tool.version })
}

fn list((source, number): (&SourceReport, usize)) -> Value {
    let mut list = json!({
        "type": "file",
        "bom-ref": format!("list-{number}"),
        "name": printable(&source.name),
        "properties": [
            property("bytes", &source.bytes.to_string()),
            property("format", &source.format_title),
            property("lines", &super::words::accounting(source)),
            property("records", &source.records.to_string()),
            property("problems", &source.problems.to_string()),
        ],
    });
    if let (false, Some(of)) = (source.sha256.is_empty(), list.as_object_mut()) {
        let hash = json!([{ "alg": "SHA-256", "content": source.sha256 }]);
        of.insert("hashes".to_owned(), hash);
    }
    list
}

/// A name for the finding, or for the part of it that is set aside, within the bill.
fn reference(finding: &Finding, waived: Option<&Waived>) -> String {
    match waived {
        None => format!("finding-{}", finding.id),
        Some(waived) => format!("set-aside-{}", uuid(&["set-aside", &finding.id, &waived.waiver])),
    }
}

fn component(finding: &Finding, waived: Option<&Waived>) -> Value {
    let product = &finding.product;
    let located = finding.places.iter().take(OCCURRENCES).map(|place| {
        json!({
            "location": printable(&place.source),
            "line": place.line,
            "additionalContext": format!("{}: {}", printable(&place.host), printable(&place.text)),
        })
    });
    let left_out = finding.places.len().saturating_sub(OCCURRENCES);
    let mut properties = vec![
        property("finding", &finding.id),
        property("product", &product.id),
        property("outcome", finding.gravest().id()),
        property("certainty", certainty(finding.strength)),
        property("computers", &finding.host_count.to_string()),
        property("occurrences-left-out", &left_out.to_string()),
        property("is-set-aside", if waived.is_some() { "true" } else { "false" }),
    ];
    properties.extend(finding.identifiers.iter().map(|it| property(it.kind.id(), &it.value)));
    properties.extend(finding.evidence.iter().map(|it| {
        let fits =
            format!("{} \"{}\" fits \"{}\" (rule {})", field(it), it.text, it.pattern, it.rule);
        property("evidence", &fits)
    }));
    let mut component = Map::new();
    let mut has = |key: &str, value: Value| component.insert(key.to_owned(), value);
    has("type", json!("application"));
    has("bom-ref", json!(reference(finding, waived)));
    has("name", json!(name(finding)));
    has("supplier", json!({ "name": product.vendor }));
    has(
        "description",
        json!(line(&format!("{} by {}. {}", product.name, product.vendor, product.note))),
    );
    has("evidence", json!({ "occurrences": located.collect::<Vec<_>>() }));
    has("properties", json!(properties));
    if !finding.version.is_empty() {
        let version: String = printable(&finding.version).chars().take(VERSION_CHARS).collect();
        has("version", json!(version));
    }
    if !finding.publisher.is_empty() {
        has("publisher", json!(printable(&finding.publisher)));
    }
    // Only as the inventory has it: none is made up.
    if let Some(purl) = finding.identifiers.iter().find(|it| it.value.starts_with("pkg:")) {
        has("purl", json!(printable(&purl.value)));
    }
    Value::Object(component)
}

/// What each directive says of a finding and why, where it is, and what was decided.
fn annotations(report: &Report, finding: &Finding, waived: Option<&Waived>) -> Vec<Value> {
    let computers = format!("It is {}: {}.", on_computers(finding), computers(finding));
    let first = finding.places.first().map_or_else(String::new, |place| {
        format!(" First in {} line {}.", printable(&place.source), place.line)
    });
    let mut texts: Vec<String> = outcomes(report, finding)
        .map(|(directive, outcome)| {
            let what = format!("{}: {}.", directive.short_title, outcome.outcome.id());
            format!("{what} {} {computers}{first}", outcome.why)
        })
        .collect();
    if texts.is_empty() {
        texts.push(format!("None of the directives applied covers it. {computers}{first}"));
    }
    if let Some(waived) = waived {
        texts.push(format!("Set aside: {}", decision(report, waived)));
    }
    let subject = reference(finding, waived);
    let texts = texts.iter().zip(1..);
    texts
        .map(|(text, number)| {
            annotation(
                report,
                &format!("{subject}-note-{number}"),
                std::slice::from_ref(&subject),
                text,
            )
        })
        .collect()
}

/// What has changed since an earlier report; nothing if there is none.
fn compared(report: &Report, findings: &[(&Finding, Option<&Waived>)]) -> Vec<Value> {
    let Some(comparison) = &report.comparison else { return Vec::new() };
    let inventory = || vec![INVENTORY.to_owned()];
    let lines = lines_of(comparison).into_iter().map(|line| (inventory(), line));
    let places = places(findings);
    let (changes, rest) = first_changes(comparison);
    let changes = changes.iter().map(|change| {
        let there = components_of(change, &places);
        let there = there.iter().filter_map(|number| findings.get(*number));
        let there: Vec<String> = there.map(|(it, waived)| reference(it, *waived)).collect();
        (if there.is_empty() { inventory() } else { there }, line_of(change))
    });
    let rest = rest.map(|line| (inventory(), line));
    let told = lines.chain(changes).chain(rest).zip(1..);
    told.map(|((subjects, text), number)| {
        annotation(report, &format!("compared-note-{number}"), &subjects, &text)
    })
    .collect()
}

/// The numbers of the findings of each product on each computer.
type Places<'r> = HashMap<(&'r str, String), Vec<usize>>;

fn places<'r>(findings: &[(&'r Finding, Option<&Waived>)]) -> Places<'r> {
    let mut places = Places::new();
    for (number, (finding, _)) in findings.iter().enumerate() {
        for host in &finding.hosts {
            let place = (finding.product.id.as_str(), fold(host));
            places.entry(place).or_default().push(number);
        }
    }
    places
}

/// The numbers of the findings that are what the change tells of.
fn components_of(change: &Change, places: &Places<'_>) -> BTreeSet<usize> {
    let there = change.hosts.iter().map(|host| (change.product.as_str(), fold(host)));
    there.filter_map(|place| places.get(&place)).flatten().copied().collect()
}

fn annotation(report: &Report, name: &str, subjects: &[String], text: &str) -> Value {
    json!({
        "bom-ref": name,
        "subjects": subjects,
        "annotator": { "component": tool(report) },
        "timestamp": time(report),
        "text": line(text),
    })
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": format!("clearlist:{name}"), "value": line(value) })
}
