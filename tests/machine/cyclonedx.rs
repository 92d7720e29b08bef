//! CycloneDX, by its schema.

use std::collections::BTreeSet;

use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::ChangeKind;
use serde_json::{Value, json};

use crate::reports::{self, FLEET, written};
use crate::validators;

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn properties<'v>(of: &'v Value, name: &str) -> Vec<&'v str> {
    let all = list(&of["properties"]).iter().filter(|it| it["name"] == format!("clearlist:{name}"));
    all.map(|it| it["value"].as_str().unwrap()).collect()
}

#[test]
fn every_report_is_cyclonedx_by_the_schema() {
    let Some(schema) = validators::cyclonedx() else { return };
    for (name, report) in reports::all() {
        assert_eq!(schema.mistakes(&written(&report, "cyclonedx")), "", "{name}");
    }
    let mut wrong = written(&reports::hostile(), "cyclonedx");
    wrong["components"][0]["extra"] = json!(1);
    assert!(schema.mistakes(&wrong).contains("extra"));
}

#[test]
fn every_finding_is_a_component_with_what_each_directive_says() {
    let report = reports::hostile();
    let bill = written(&report, "cyclonedx");
    let components = list(&bill["components"]);
    assert_eq!(components.len(), report.findings.len());
    for (finding, component) in report.findings.iter().zip(components) {
        assert_eq!(properties(component, "outcome"), [finding.gravest().id()]);
        assert_eq!(properties(component, "finding"), [finding.id.as_str()]);
        let occurrences = list(&component["evidence"]["occurrences"]);
        assert_eq!(occurrences.len(), finding.places.len());
        for (place, occurrence) in finding.places.iter().zip(occurrences) {
            assert_eq!(occurrence["location"], place.source.as_str());
            assert_eq!(occurrence["line"], place.line);
            let context = occurrence["additionalContext"].as_str().unwrap();
            assert!(context.starts_with(&format!("{}: ", place.host)), "{context}");
        }
        let of_it = list(&bill["annotations"])
            .iter()
            .filter(|it| it["subjects"][0] == component["bom-ref"]);
        let texts: Vec<&str> = of_it.map(|it| it["text"].as_str().unwrap()).collect();
        let said: Vec<_> =
            finding.outcomes.iter().filter(|it| it.outcome != OutcomeKind::NotCovered).collect();
        assert_eq!(texts.len(), said.len().max(1), "{texts:?}");
        let plural = if finding.host_count == 1 { "" } else { "s" };
        let where_it_is =
            format!("on {} computer{plural}: {}", finding.host_count, finding.hosts[0]);
        for (outcome, text) in said.iter().zip(texts) {
            assert!(text.contains(outcome.outcome.id()) && text.contains(&outcome.why), "{text}");
            assert!(text.contains(&where_it_is), "{text}");
        }
        assert!(component["hashes"].is_null() && component["purl"].is_null());
    }
}

#[test]
fn the_bill_says_what_it_was_made_of() {
    let report = reports::hostile();
    let bill = written(&report, "cyclonedx");
    let metadata = &bill["metadata"];
    assert_eq!(metadata["timestamp"], "2026-11-25T00:00:00Z");
    assert_eq!(metadata["tools"]["components"][0]["version"], env!("CARGO_PKG_VERSION"));
    let lists = list(&metadata["component"]["components"]);
    assert_eq!(lists.len(), report.sources.len());
    for (source, file) in report.sources.iter().zip(lists) {
        assert_eq!(file["hashes"], json!([{ "alg": "SHA-256", "content": source.sha256 }]));
        assert_eq!(file["name"], source.name.as_str());
    }
    assert_eq!(properties(metadata, "marking"), ["CUI//SP-<PRIV>"]);
    assert_eq!(properties(metadata, "list").len(), report.sources.len());
    assert_eq!(properties(metadata, "problem").len(), report.problems.len());
    assert_eq!(properties(metadata, "own-rules").len(), 1);
    assert_eq!(properties(metadata, "near-miss").len(), report.near_misses.len());
    assert!(!report.near_misses.is_empty());
    let serials: BTreeSet<String> = reports::all()
        .iter()
        .map(|(_, it)| written(it, "cyclonedx")["serialNumber"].to_string())
        .collect();
    assert_eq!(serials.len(), reports::all().len(), "every report has its own");
}

#[test]
fn what_is_set_aside_is_a_component_of_its_own_with_the_decision() {
    let report = reports::set_aside();
    let bill = written(&report, "cyclonedx");
    let components = list(&bill["components"]);
    assert_eq!(components.len(), report.findings.len() + report.waived.len());
    let names: BTreeSet<String> = components.iter().map(|it| it["bom-ref"].to_string()).collect();
    assert_eq!(names.len(), components.len());
    let aside = components.iter().filter(|it| properties(it, "is-set-aside") == ["true"]);
    assert_eq!(aside.count(), report.waived.len());
    let decisions = list(&bill["annotations"]).iter().filter(|it| {
        let text = it["text"].as_str().unwrap();
        text.starts_with("Set aside: ") && text.contains("It is being replaced")
    });
    assert_eq!(decisions.count(), report.waived.len());
    assert_eq!(properties(&bill["metadata"], "set-aside").len(), 2);
}

#[test]
fn of_very_many_computers_some_are_occurrences_and_all_are_counted() {
    let bill = written(&reports::of_a_fleet(), "cyclonedx");
    let component = &bill["components"][0];
    assert_eq!(list(&component["evidence"]["occurrences"]).len(), 1000);
    assert_eq!(properties(component, "computers"), [FLEET.to_string()]);
    assert_eq!(properties(component, "occurrences-left-out"), [(FLEET - 1000).to_string()]);
}

#[test]
fn a_purl_is_there_where_the_list_has_one() {
    let text = "Name,Version,Package\nKaspersky Free,1,pkg:deb/debian/kesl@12\n".to_owned();
    let bill = written(&reports::scanned(&[], &[], &[("pc.csv", text)]), "cyclonedx");
    assert_eq!(bill["components"][0]["purl"], "pkg:deb/debian/kesl@12");
}

#[test]
fn what_has_changed_is_annotated_of_what_it_became_and_else_of_the_lists() {
    let report = reports::compared();
    let comparison = report.comparison.as_ref().unwrap();
    let bill = written(&report, "cyclonedx");
    let told: Vec<&Value> = list(&bill["annotations"])
        .iter()
        .filter(|it| it["bom-ref"].as_str().unwrap().starts_with("compared-note-"))
        .collect();
    let computers = [&comparison.hosts_not_read, &comparison.hosts_new].into_iter();
    let computers = computers.filter(|hosts| !hosts.is_empty()).count();
    let changes = 1 + comparison.open.len() + computers;
    assert_eq!(told.len(), changes + comparison.changes.len());
    assert_eq!(told[0]["text"], comparison.to_string());
    let components = list(&bill["components"]);
    for (change, annotation) in comparison.changes.iter().zip(&told[changes..]) {
        let text = annotation["text"].as_str().unwrap();
        assert!(text.starts_with(change.kind.title()) && text.contains(&change.hosts[0]), "{text}");
        for subject in list(&annotation["subjects"]) {
            match change.kind {
                ChangeKind::Removed | ChangeKind::NotRead => assert_eq!(subject, "inventory"),
                _ => {
                    let component = components.iter().find(|it| it["bom-ref"] == *subject).unwrap();
                    assert_eq!(properties(component, "product"), [change.product.as_str()]);
                }
            }
        }
    }
    // And nowhere else.
    assert!(properties(&bill["metadata"], "compared").is_empty());
    assert!(properties(&bill["metadata"], "change").is_empty());
}

#[test]
fn of_very_many_changes_some_are_annotated_and_the_others_counted() {
    let (changes, report) = reports::with_many_changes();
    let bill = written(&report, "cyclonedx");
    let told: Vec<&str> =
        list(&bill["annotations"]).iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(
        told.iter().filter(|text| text.contains(" on 1 computer: GONE-")).count(),
        1200 - (changes - 1000)
    );
    let rest = format!("{} more changes are not listed", changes - 1000);
    assert!(told.last().unwrap().starts_with(&rest), "{:?}", told.last());
}
