//! What the two OSCAL documents share: NIST's Open Security Controls Assessment Language, version 1.1.3
//! (<https://pages.nist.gov/OSCAL/reference/1.1.3/>).
//!
//! A finding is an observation, and a risk where something is to be done about it. Everything has a UUID
//! made of what it names, so that the next report calls the same things by the same one.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::facts::{facts, facts_compared, line};
use super::since::lines_of;
use super::uri::uri;
use super::uuid::uuid;
use super::words::{certainty, decision, field, name, on_computers, sentence};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Deadline, Finding, Place, Report, Waived};

pub mod assessment_results;
pub mod poam;

/// The newest version that validators of 1.1 take; a document of 1.1 is one of 1.2 too.
const VERSION: &str = "1.1.3";

/// Whose the names of our properties are. It is no address: nothing is ever at `.invalid` (RFC 6761), but
/// readers want a URI with a host.
const NAMESPACE: &str = "https://clearlist.invalid/ns/oscal";

/// How many computers are inventory items. A fleet has 100,000, of each of which OSCAL would want a
/// paragraph: the document names those with the gravest findings and counts the others, which the JSON
/// report and the table name.
const COMPUTERS: usize = 1000;

/// How many places of a finding are its evidence; the others are counted.
const PLACES: usize = 20;

/// What both documents are made of.
struct Parts<'r> {
    report: &'r Report,
    /// The findings, gravest first, those set aside last.
    findings: Vec<(&'r Finding, Option<&'r Waived>)>,
    /// The computers that are inventory items, with their UUIDs.
    computers: BTreeMap<&'r str, String>,
    /// The numbers of the lists by name; of several with one name, the first.
    lists: BTreeMap<&'r str, usize>,
}

impl<'r> Parts<'r> {
    /// The parts of a document that is about the findings `is_told` says it is about.
    fn new(report: &'r Report, is_told: impl Fn(&Finding, Option<&Waived>) -> bool) -> Self {
        let stand = report.findings.iter().map(|finding| (finding, None));
        let aside = report.waived.iter().map(|waived| (&waived.finding, Some(waived)));
        let told = |it: &(&Finding, Option<&Waived>)| is_told(it.0, it.1);
        let findings: Vec<_> = stand.chain(aside).filter(told).collect();
        let mut computers = BTreeMap::new();
        for host in findings.iter().flat_map(|(finding, _)| &finding.hosts) {
            if computers.len() == COMPUTERS {
                break;
            }
            computers.entry(host.as_str()).or_insert_with(|| uuid(&["computer", host]));
        }
        let mut lists = BTreeMap::new();
        for (number, source) in report.sources.iter().enumerate() {
            lists.entry(source.name.as_str()).or_insert(number);
        }
        Self { report, findings, computers, lists }
    }

    /// What is found, and where: the products as components, the computers as inventory items, and this
    /// program, which looked.
    fn local_definitions(&self) -> Value {
        let mut products: BTreeMap<&str, &Finding> = BTreeMap::new();
        let mut on: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (finding, _) in &self.findings {
            let product = finding.product.id.as_str();
            products.entry(product).or_insert(finding);
            for host in &finding.hosts {
                if self.computers.contains_key(host.as_str()) {
                    let has = on.entry(host.as_str()).or_default();
                    if !has.contains(&product) {
                        has.push(product);
                    }
                }
            }
        }
        let products = products.values().map(|finding| {
            let product = &finding.product;
            let note = if product.note.is_empty() { "" } else { " " };
            json!({
                "uuid": component(&product.id),
                "type": "software",
                "title": markup(&product.name),
                "description": markup(&format!("{} by {}.{note}{}", product.name, product.vendor, product.note)),
                "props": props(&[
                    ("product", product.id.clone()),
                    ("checked-on", product.checked_on.clone()),
                ]),
                "status": { "state": "other", "remarks": "It is in the lists that were read; whether it runs they do not tell." },
            })
        });
        let computers = self.computers.iter().map(|(host, id)| {
            let has = on.get(host).into_iter().flatten();
            json!({
                "uuid": id,
                "description": markup(host),
                "props": props(&[("computer", (*host).to_owned())]),
                "implemented-components": has
                    .map(|product| json!({ "component-uuid": component(product) }))
                    .collect::<Vec<_>>(),
            })
        });
        let tool = json!({
            "uuid": self.tool(),
            "type": "software",
            "title": "Clearlist",
            "description": "Compares lists of installed programs with what directives ban.",
            "props": props(&[
                ("tool-version", self.report.tool.version.clone()),
                ("rules-checked-on", self.report.tool.data_checked_on.clone()),
            ]),
            "status": { "state": "operational" },
        });
        json!({
            "components": products.collect::<Vec<_>>(),
            "inventory-items": computers.collect::<Vec<_>>(),
            "assessment-assets": {
                "components": [tool],
                "assessment-platforms": [{
                    "uuid": uuid(&["platform", &self.report.tool.version]),
                    "title": "Clearlist",
                    "uses-components": [{ "component-uuid": self.tool() }],
                }],
            },
        })
    }

    /// How many computers have a finding and are no inventory items, in a sentence; empty if none.
    fn left_out(&self) -> String {
        let mut hosts: Vec<&str> =
            self.findings.iter().flat_map(|(it, _)| it.hosts.iter().map(String::as_str)).collect();
        hosts.sort_unstable();
        hosts.dedup();
        match hosts.len().saturating_sub(self.computers.len()) {
            0 => String::new(),
            more => format!(
                "{more} more computers have findings and are not inventory items of this document; \
                 the JSON report and the table (CSV) name all {}.",
                hosts.len()
            ),
        }
    }

    /// What is left out, and how it compares with an earlier report, in sentences; empty if nothing is to be
    /// said. What became of each product is among the properties: the comparison does not have the findings
    /// of then, so that there is no risk of theirs to be closed.
    fn remarks(&self) -> String {
        let compared = self.report.comparison.as_ref().map(lines_of).unwrap_or_default();
        let told = std::iter::once(self.left_out()).chain(compared);
        told.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn observations(&self) -> Vec<Value> {
        self.findings.iter().map(|(finding, waived)| self.observation(finding, *waived)).collect()
    }

    fn observation(&self, finding: &Finding, waived: Option<&Waived>) -> Value {
        let hosts = finding.hosts.iter().filter_map(|host| self.computers.get(host.as_str()));
        let subjects = hosts.map(|id| json!({ "subject-uuid": id, "type": "inventory-item" }));
        let product =
            json!({ "subject-uuid": component(&finding.product.id), "type": "component" });
        let more = finding.places.len().saturating_sub(PLACES);
        let evidence = finding.evidence.iter().map(|it| {
            let fits = format!(
                "{} \"{}\" fits \"{}\" (rule {}).",
                field(it),
                it.text,
                it.pattern,
                it.rule
            );
            json!({ "description": markup(&fits) })
        });
        let places = finding.places.iter().take(PLACES).map(|place| self.evidence_at(place));
        json!({
            "uuid": self.id("observation", finding, waived),
            "title": markup(&format!("{} {}", name(finding), on_computers(finding))),
            "description": markup(&sentence(self.report, finding)),
            "props": self.finding_props(finding, waived),
            "methods": ["EXAMINE"],
            "types": ["finding"],
            "origins": [self.origin()],
            "subjects": std::iter::once(product).chain(subjects).collect::<Vec<_>>(),
            "relevant-evidence": evidence.chain(places).collect::<Vec<_>>(),
            "collected": self.time(),
            "remarks": match more {
                0 => String::new(),
                more => format!("{more} more places are not listed; the JSON report and the table (CSV) have all."),
            },
        })
    }

    fn evidence_at(&self, place: &Place) -> Value {
        let text = format!("{} line {} ({}): {}", place.source, place.line, place.host, place.text);
        let at = self.lists.get(place.source.as_str());
        let mut evidence = json!({ "description": markup(&text) });
        if let (Some(number), Some(of)) = (at, evidence.as_object_mut()) {
            of.insert("href".to_owned(), json!(format!("#{}", self.list(*number))));
        }
        evidence
    }

    /// A risk of each finding that something is to be done about, those set aside too.
    fn risks(&self) -> Vec<Value> {
        let to_do = self.findings.iter().filter(|(finding, _)| finding.gravest().is_open());
        to_do.map(|(finding, waived)| self.risk(finding, *waived)).collect()
    }

    fn risk(&self, finding: &Finding, waived: Option<&Waived>) -> Value {
        let deadlines = self.deadlines(finding);
        let status = match (waived, finding.gravest()) {
            (Some(_), _) => "deviation-approved",
            (None, OutcomeKind::Prohibited) => "open",
            (None, _) => "investigating",
        };
        let outcomes = finding.outcomes.iter().filter(|it| it.outcome != OutcomeKind::NotCovered);
        let statement: Vec<String> = outcomes
            .map(|it| {
                let title = super::words::short_title(self.report, &it.directive);
                format!("{title}: {}. {}", it.outcome.id(), it.why)
            })
            .collect();
        let mut risk = json!({
            "uuid": self.id("risk", finding, waived),
            "title": markup(&name(finding)),
            "description": markup(&sentence(self.report, finding)),
            "statement": markup(&statement.join(" ")),
            "props": self.finding_props(finding, waived),
            "status": status,
            "origins": [self.origin()],
            "remediations": self.remediations(finding, waived, &deadlines),
            "related-observations": [{ "observation-uuid": self.id("observation", finding, waived) }],
        });
        let next = deadlines.iter().find(|deadline| !deadline.is_past).or(deadlines.last());
        if let (None, Some(deadline), Some(of)) = (waived, next, risk.as_object_mut()) {
            of.insert("deadline".to_owned(), json!(midnight(&deadline.due_on)));
        }
        if let (Some(waived), Some(of)) = (waived, risk.as_object_mut()) {
            of.insert(
                "mitigating-factors".to_owned(),
                json!([{
                    "uuid": uuid(&["decision", &waived.waiver, &finding.id]),
                    "description": markup(&decision(self.report, waived)),
                }]),
            );
        }
        risk
    }

    /// The steps to take, with the deadlines of the directives as milestones: no day is added to theirs.
    fn remediations(
        &self,
        finding: &Finding,
        waived: Option<&Waived>,
        deadlines: &[&Deadline],
    ) -> Vec<Value> {
        let steps = &self.report.remediation_steps;
        let steps: Vec<_> =
            steps.iter().filter(|it| finding.remediation.contains(&it.id)).collect();
        let of = self.id("risk", finding, waived);
        let mut tasks: Vec<Value> = steps
            .iter()
            .map(|step| {
                json!({
                    "uuid": uuid(&["task", &of, &step.id]),
                    "type": "action",
                    "title": markup(&step.title),
                    "links": [{ "href": format!("#{}", step_resource(&step.id)), "rel": "reference" }],
                })
            })
            .collect();
        for deadline in deadlines.iter().filter(|deadline| !deadline.is_past && waived.is_none()) {
            let title = super::words::short_title(self.report, &deadline.directive);
            let clock = deadline.clock.as_deref().unwrap_or_default();
            let unconfirmed =
                if deadline.unconfirmed { "This could not be confirmed." } else { "" };
            tasks.push(json!({
                "uuid": uuid(&["milestone", &of, &deadline.directive, &deadline.text, &deadline.due_on]),
                "type": "milestone",
                "title": markup(&format!("{title}: {}", deadline.text)),
                "description": markup(clock),
                "timing": { "on-date": { "date": midnight(&deadline.due_on) } },
                "remarks": unconfirmed,
            }));
        }
        if tasks.is_empty() {
            return Vec::new();
        }
        let description: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
        let description = match description.is_empty() {
            true => "Do what the directives ask for.".to_owned(),
            false => description.join(" "),
        };
        vec![json!({
            "uuid": uuid(&["remediation", &of]),
            "lifecycle": "recommendation",
            "title": markup(&format!("What to do about {}", finding.product.name)),
            "description": markup(&description),
            "tasks": tasks,
        })]
    }

    /// The deadlines of the directives that say the gravest of a finding, earliest first, what is over last.
    fn deadlines(&self, finding: &Finding) -> Vec<&'r Deadline> {
        let gravest = finding.gravest();
        let says = |id: &str| {
            finding.outcomes.iter().any(|it| it.directive == id && it.outcome == gravest)
        };
        self.report.deadlines.iter().filter(|deadline| says(&deadline.directive)).collect()
    }

    fn finding_props(&self, finding: &Finding, waived: Option<&Waived>) -> Vec<Value> {
        let mut of_it = vec![
            ("finding", finding.id.clone()),
            ("outcome", finding.gravest().id().to_owned()),
            ("certainty", certainty(finding.strength).to_owned()),
            ("product", finding.product.id.clone()),
            ("program", finding.name.clone()),
            ("version", finding.version.clone()),
            ("publisher", finding.publisher.clone()),
            ("computers", finding.host_count.to_string()),
        ];
        for identifier in &finding.identifiers {
            of_it.push((identifier.kind.id(), identifier.value.clone()));
        }
        if let Some(waived) = waived {
            of_it.push(("set-aside", decision(self.report, waived)));
        }
        props(&of_it)
    }

    /// The lists, the directives and the steps, for other parts to refer to.
    fn resources(&self) -> Vec<Value> {
        let lists = self.report.sources.iter().enumerate().map(|(number, source)| {
            let mut link = json!({ "href": uri(&source.name) });
            if let (false, Some(of)) = (source.sha256.is_empty(), link.as_object_mut()) {
                of.insert(
                    "hashes".to_owned(),
                    json!([{ "algorithm": "SHA-256", "value": source.sha256 }]),
                );
            }
            json!({
                "uuid": self.list(number),
                "title": markup(&source.name),
                "description": markup(&super::words::accounting(source)),
                "props": props(&[
                    ("bytes", source.bytes.to_string()),
                    ("format", source.format_title.clone()),
                    ("cannot-show", source.cannot_show.clone()),
                ]),
                "rlinks": [link],
            })
        });
        let directives = self.report.directives.iter().map(|directive| {
            json!({
                "uuid": uuid(&["directive", &directive.id]),
                "title": markup(&directive.title),
                "description": markup(&format!("{} {}", directive.summary, directive.status_note)),
                "props": props(&[
                    ("directive", directive.id.clone()),
                    ("issuer", directive.issuer.clone()),
                    ("issued-on", directive.issued_on.clone()),
                    ("checked-on", directive.checked_on.clone()),
                ]),
            })
        });
        // What a step says in full is there once, not for every finding.
        let is_told = |id: &String| {
            self.findings
                .iter()
                .any(|(it, _)| it.gravest().is_open() && it.remediation.contains(id))
        };
        let steps = self.report.remediation_steps.iter().filter(|step| is_told(&step.id));
        let steps = steps.map(|step| {
            json!({
                "uuid": step_resource(&step.id),
                "title": markup(&step.title),
                "description": markup(&step.text),
                "props": props(&[("step", step.id.clone())]),
            })
        });
        lists.chain(directives).chain(steps).collect()
    }

    fn metadata(&self, title: &str) -> Value {
        json!({
            "title": format!("{title} of {}", self.report.generated_on),
            "last-modified": self.time(),
            "version": self.report.generated_on,
            "oscal-version": VERSION,
            "props": marking(self.report),
        })
    }

    /// What OSCAL has no place for, as properties.
    fn facts(&self) -> Vec<Value> {
        let mut told = facts(self.report);
        told.extend(facts_compared(self.report));
        props(&told)
    }

    /// The report knows its day and no time.
    fn time(&self) -> String {
        midnight(&self.report.generated_on)
    }

    fn tool(&self) -> String {
        uuid(&["tool", &self.report.tool.name, &self.report.tool.version])
    }

    fn origin(&self) -> Value {
        json!({ "actors": [{ "type": "tool", "actor-uuid": self.tool() }] })
    }

    /// The UUID of the list of that number.
    fn list(&self, number: usize) -> String {
        let source = self.report.sources.get(number);
        let of = source.map_or(["", ""], |source| [source.name.as_str(), source.sha256.as_str()]);
        uuid(&["list", &number.to_string(), of[0], of[1]])
    }

    /// The UUID of what is made of a finding, or of the part of it that is set aside.
    fn id(&self, kind: &str, finding: &Finding, waived: Option<&Waived>) -> String {
        uuid(&[kind, &finding.id, waived.map_or("", |waived| waived.waiver.as_str())])
    }
}

fn step_resource(id: &str) -> String {
    uuid(&["step", id])
}

fn component(product: &str) -> String {
    uuid(&["product", product])
}

fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// The marking as OSCAL's own property of that name; nothing if there is none.
fn marking(report: &Report) -> Vec<Value> {
    let marking = line(&report.marking);
    if marking.is_empty() { vec![] } else { vec![json!({ "name": "marking", "value": marking })] }
}

/// Properties, without those that have no text: OSCAL takes one line of text that is not empty.
fn props(of: &[(&str, String)]) -> Vec<Value> {
    let lines =
        of.iter().map(|(name, text)| (name, line(text))).filter(|(_, text)| !text.is_empty());
    lines.map(|(name, text)| json!({ "name": name, "ns": NAMESPACE, "value": text })).collect()
}

/// What begins or ends something in OSCAL's Markdown, or may.
const MARKUP: &str = "\\`*_{}[]<>&~^\"#|!";

/// Text in OSCAL's Markdown, in which nothing is markup: no link, no HTML, no parameter
/// (<https://pages.nist.gov/metaschema/specification/datatypes/#markup-data-types>).
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        if MARKUP.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The document without what is empty: OSCAL takes no empty array and no empty text.
fn whole(value: Value) -> Value {
    fn is_there(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => true,
        }
    }
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, whole(value)));
            Value::Object(fields.filter(|(_, value)| is_there(value)).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(whole).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(
            markup(" [x](y) <b> {{ insert: param, z }}\n*a*\u{7} "),
            "\\[x\\](y) \\<b\\> \\{\\{ insert: param, z \\}\\} \\*a\\*\u{FFFD}"
        );
    }

    #[test]
    fn what_is_empty_is_left_out() {
        let made = whole(json!({ "a": [], "b": "", "c": [{ "d": [] , "e": 1 }], "f": {} }));
        assert_eq!(made, json!({ "c": [{ "e": 1 }], "f": {} }));
    }
}
