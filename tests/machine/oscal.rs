//! OSCAL, by the types that the OSCAL Compass generates from NIST's schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::Report;
use serde_json::{Value, json};

use crate::reports::{self, FLEET, HOSTILE, written};
use crate::validators::{Folder, oscal};

const RESULTS: &str = "oscal-assessment-results";
const POAM: &str = "oscal-poam";

fn results(report: &Report) -> Value {
    written(report, RESULTS)["assessment-results"].take()
}

fn poam(report: &Report) -> Value {
    written(report, POAM)["plan-of-action-and-milestones"].take()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_to_plan(kind: OutcomeKind) -> bool {
    matches!(kind, OutcomeKind::Prohibited | OutcomeKind::Review)
}

/// What each key of the document has for values, with the path to each.
fn walk<'v>(value: &'v Value, path: &str, seen: &mut dyn FnMut(&str, &str, &'v Value)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}/{key}");
                seen(&path, key, value);
                walk(value, &path, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, seen)),
        _ => {}
    }
}

#[test]
fn every_report_is_oscal_to_the_validator() {
    let folder = Folder::new("oscal");
    let write = |name: &str, document: &Value| {
        let path = folder.0.join(name);
        fs::write(&path, document.to_string()).unwrap();
        path.into_os_string()
    };
    let mut files = Vec::new();
    for (name, report) in reports::all() {
        for id in [RESULTS, POAM] {
            files.push(write(&format!("{name}-{id}.json"), &written(&report, id)));
        }
    }
    let Some(said) = oscal(&files) else { return };
    assert_eq!(said, "");
    let mut wrong = written(&reports::hostile(), POAM);
    wrong["plan-of-action-and-milestones"]["poam-items"][0]["uuid"] = json!("1");
    wrong["plan-of-action-and-milestones"]["extra"] = json!("1");
    let said = oscal(&[write("wrong", &wrong)]).unwrap();
    assert!(said.contains("poam-items") && said.contains("extra"), "{said}");
}

#[test]
fn every_reference_leads_to_something_and_nothing_is_empty() {
    for (name, report) in reports::all() {
        for document in [written(&report, RESULTS), written(&report, POAM)] {
            let (mut made, mut asked) = (BTreeSet::new(), BTreeMap::new());
            walk(&document, "", &mut |path, key, value| {
                match (key, value.as_str()) {
                    ("uuid", Some(id)) => assert!(made.insert(id), "{name}: {path} {id} twice"),
                    ("href", Some(href)) => {
                        if let Some(id) = href.strip_prefix('#') {
                            asked.insert(id, path.to_owned());
                        }
                    }
                    (key, Some(id)) if key.ends_with("-uuid") => {
                        asked.insert(id, path.to_owned());
                    }
                    _ => {}
                }
                // As NIST's JSON schema has it for every array and every text.
                assert_ne!(value, &json!([]), "{name}: {path}");
                assert_ne!(value, &json!(""), "{name}: {path}");
            });
            for (id, path) in asked {
                assert!(made.contains(id), "{name}: {path} {id}");
            }
        }
    }
}

#[test]
fn findings_are_observations_and_those_that_call_for_something_risks_and_findings() {
    let report = reports::hostile();
    let document = results(&report);
    let result = &document["results"][0];
    assert_eq!(document["metadata"]["last-modified"], "2026-11-25T00:00:00Z");
    assert_eq!(document["metadata"]["props"][0]["value"], "CUI//SP-<PRIV>");
    assert_eq!(list(&result["observations"]).len(), report.findings.len());
    let is_to_do = |kind| is_to_plan(kind) || kind == OutcomeKind::Indicator;
    let to_do = report.findings.iter().filter(|it| is_to_do(it.gravest())).count();
    assert!(to_do < report.findings.len());
    assert_eq!(list(&result["risks"]).len(), to_do);
    assert_eq!(list(&result["findings"]).len(), to_do);
    for (finding, observation) in report.findings.iter().zip(list(&result["observations"])) {
        assert_eq!(observation["methods"], json!(["EXAMINE"]));
        assert_eq!(observation["types"], json!(["finding"]));
        let subjects = list(&observation["subjects"]).iter();
        let computers = subjects.filter(|it| it["type"] == "inventory-item").count();
        assert_eq!(computers, finding.hosts.len());
        let evidence = list(&observation["relevant-evidence"]);
        assert_eq!(evidence.len(), finding.evidence.len() + finding.places.len().min(20));
    }
    let resources = list(&document["back-matter"]["resources"]);
    for source in &report.sources {
        let hash = json!([{ "algorithm": "SHA-256", "value": source.sha256 }]);
        assert!(resources.iter().any(|it| it["rlinks"][0]["hashes"] == hash));
    }
    let props = list(&result["props"]);
    let count = |name: &str| props.iter().filter(|prop| prop["name"] == name).count();
    assert_eq!(count("list"), report.sources.len());
    assert_eq!(count("own-rules"), 1);
    assert_eq!(count("problem"), report.problems.len());
    assert_eq!(count("directive"), report.directives.len());
}

#[test]
fn the_plan_has_an_item_for_what_is_prohibited_or_to_be_reviewed_with_the_directives_days_only() {
    let report = reports::hostile();
    let document = poam(&report);
    let planned: Vec<_> = report.findings.iter().filter(|it| is_to_plan(it.gravest())).collect();
    let items = list(&document["poam-items"]);
    assert_eq!(items.len(), planned.len());
    assert_eq!(list(&document["risks"]).len(), planned.len());
    let days: BTreeSet<String> =
        report.deadlines.iter().map(|it| format!("{}T00:00:00Z", it.due_on)).collect();
    let mut milestones = 0;
    for risk in list(&document["risks"]) {
        assert!(days.contains(risk["deadline"].as_str().unwrap()), "{risk}");
        for task in list(&risk["remediations"][0]["tasks"]) {
            if task["type"] == "milestone" {
                milestones += 1;
                let day = task["timing"]["on-date"]["date"].as_str().unwrap();
                assert!(days.contains(day) && day > "2026-11-25", "{day}");
            }
        }
    }
    assert!(milestones > 0);
    let nothing = poam(&reports::empty());
    assert_eq!(list(&nothing["poam-items"])[0]["title"], "Nothing to plan");
    assert!(nothing["risks"].is_null());
}

#[test]
fn no_text_of_a_list_is_markup() {
    let report = reports::set_aside();
    let compared = reports::compared();
    for document in [results(&report), poam(&report), results(&compared), poam(&compared)] {
        walk(&document, "", &mut |path, key, value| {
            let is_markup = ["title", "description", "remarks", "statement"].contains(&key);
            if let (true, Some(text)) = (is_markup, value.as_str()) {
                let plain = text.replace("\\\\", "");
                for sign in ["<script", "{{", "](", "![", "<b>", "&amp;"] {
                    for (at, _) in plain.match_indices(sign) {
                        assert_eq!(plain[..at].chars().next_back(), Some('\\'), "{path}: {text}");
                    }
                }
            }
        });
    }
    let programs: BTreeSet<String> = list(&results(&report)["results"][0]["observations"])
        .iter()
        .flat_map(|it| list(&it["props"]).to_vec())
        .filter(|prop| prop["name"] == "program")
        .map(|prop| prop["value"].as_str().unwrap().to_owned())
        .collect();
    assert!(programs.contains(HOSTILE[0]) && programs.contains(HOSTILE[2]), "{programs:?}");
}

#[test]
fn what_is_set_aside_is_a_risk_with_its_decision_and_neither_finding_nor_item() {
    let report = reports::set_aside();
    let (document, plan) = (results(&report), poam(&report));
    let result = &document["results"][0];
    for risks in [list(&result["risks"]), list(&plan["risks"])] {
        let approved: Vec<_> =
            risks.iter().filter(|risk| risk["status"] == "deviation-approved").collect();
        assert_eq!(approved.len(), report.waived.len());
        for risk in approved {
            let why = risk["mitigating-factors"][0]["description"].as_str().unwrap();
            assert!(
                why.contains("It is being replaced") && why.contains("until 2027-01-31"),
                "{why}"
            );
            assert!(risk["deadline"].is_null());
        }
    }
    let planned = report.findings.iter().filter(|it| is_to_plan(it.gravest())).count();
    assert_eq!(list(&plan["poam-items"]).len(), planned);
    assert!(list(&result["findings"]).len() < list(&result["risks"]).len());
}

#[test]
fn of_very_many_computers_some_are_inventory_items_and_the_others_are_counted() {
    let report = reports::of_a_fleet();
    let document = results(&report);
    let result = &document["results"][0];
    assert_eq!(list(&result["local-definitions"]["inventory-items"]).len(), 1000);
    let remarks = result["remarks"].as_str().unwrap();
    assert!(remarks.starts_with(&format!("{} more computers", FLEET - 1000)), "{remarks}");
    assert!(remarks.contains(&format!("name all {FLEET}")), "{remarks}");
}

#[test]
fn what_has_changed_stands_in_properties_and_the_verdict_in_remarks() {
    let report = reports::compared();
    let comparison = report.comparison.as_ref().unwrap();
    let (document, plan) = (results(&report), poam(&report));
    let result = &document["results"][0];
    for (props, remarks) in [
        (&result["props"], &result["remarks"]),
        (&plan["metadata"]["props"], &plan["metadata"]["remarks"]),
    ] {
        let named = |name: &str| {
            let of_it = list(props).iter().filter(|prop| prop["name"] == name);
            of_it.map(|prop| prop["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(named("compared")[0], comparison.to_string());
        let changes = named("change");
        assert_eq!(changes.len(), comparison.changes.len());
        for (change, told) in comparison.changes.iter().zip(changes) {
            assert!(told.starts_with(change.kind.title()), "{told}");
            assert!(told.contains(&change.hosts[0]), "{told}");
        }
        let remarks = remarks.as_str().unwrap();
        assert!(remarks.contains("Removal is not shown to be complete"), "{remarks}");
        assert!(remarks.contains(&comparison.open[0]), "{remarks}");
    }
    assert!(
        list(&results(&reports::hostile())["results"][0]["props"])
            .iter()
            .all(|prop| prop["name"] != "compared" && prop["name"] != "change")
    );
    // Of very many some are told, and the others counted.
    let (changes, report) = reports::with_many_changes();
    let document = results(&report);
    let props = list(&document["results"][0]["props"]).iter();
    let told: Vec<&str> = props
        .filter(|prop| prop["name"] == "change")
        .map(|prop| prop["value"].as_str().unwrap())
        .collect();
    assert_eq!(told.len(), 1001);
    assert!(told[1000].starts_with(&format!("{} more changes are not listed", changes - 1000)));
}
