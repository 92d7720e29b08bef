//! The Heimdall Data Format, by the library that Heimdall reads it with.

use std::collections::BTreeMap;

use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::Report;
use serde_json::{Value, json};

use crate::reports::{self, FLEET, written};
use crate::validators::heimdall;

fn statuses(controls: &[Value]) -> BTreeMap<&str, usize> {
    let mut statuses = BTreeMap::new();
    for control in controls {
        *statuses.entry(control["status"].as_str().unwrap()).or_default() += 1;
    }
    statuses
}

fn with<'c>(controls: &'c [Value], end: &str) -> Vec<&'c Value> {
    controls.iter().filter(|it| it["id"].as_str().unwrap().ends_with(end)).collect()
}

/// How many products have a finding that the first directive says this of.
fn products(report: &Report, kind: OutcomeKind) -> usize {
    let directive = &report.directives[0].id;
    let is_it = |outcome: &&clearlist::engine::report::Outcome| {
        outcome.directive == *directive && outcome.outcome == kind
    };
    let found = report.findings.iter().filter(|it| it.outcomes.iter().any(|it| is_it(&it)));
    found.map(|it| it.product.id.as_str()).collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn heimdall_reads_every_report_and_has_an_answer_for_every_control() {
    for (name, report) in reports::all() {
        let Some(controls) = heimdall(&name.replace(' ', "-"), &written(&report, "hdf")) else {
            return;
        };
        let controls = controls.unwrap();
        assert!(controls.iter().all(|it| it["status"] != "Profile Error"), "{name}: {controls:?}");
        for directive in &report.directives {
            let of_it = controls.iter().filter(|it| it["profile"] == directive.id.as_str());
            assert!(of_it.count() > 0, "{name}: {}", directive.id);
        }
    }
    let mut wrong = written(&reports::hostile(), "hdf");
    wrong["profiles"][0]["controls"][0]["impact"] = json!("high");
    assert!(heimdall("wrong", &wrong).unwrap().is_err());
}

#[test]
fn what_is_prohibited_fails_what_is_to_be_reviewed_waits_and_what_is_exempt_does_not_apply() {
    let report = reports::hostile();
    let Some(controls) = heimdall("kinds", &written(&report, "hdf")) else { return };
    let controls = controls.unwrap();
    let bod: Vec<Value> =
        controls.into_iter().filter(|it| it["profile"] == "us-dhs-bod-17-01").collect();
    for (kind, status, severity) in [
        (OutcomeKind::Prohibited, "Failed", "high"),
        (OutcomeKind::Review, "Not Reviewed", "medium"),
        (OutcomeKind::Embedded, "Not Applicable", "none"),
    ] {
        let found = with(&bod, &format!("/{}", kind.id()));
        assert_eq!(found.len(), products(&report, kind), "{}", kind.id());
        assert!(!found.is_empty());
        for control in found {
            assert_eq!(
                (&control["status"], &control["severity"]),
                (&json!(status), &json!(severity))
            );
            assert_eq!(control["nist"], json!(["CM-7 b", "Rev_5"]));
        }
    }
}

#[test]
fn every_finding_is_a_result_of_each_directive_that_says_something_of_it() {
    let report = reports::hostile();
    let document = written(&report, "hdf");
    let said = |directive: &str| {
        let all = report.findings.iter().flat_map(|it| &it.outcomes);
        all.filter(|it| it.directive == directive && it.outcome != OutcomeKind::NotCovered).count()
    };
    for profile in document["profiles"].as_array().unwrap().iter().skip(1) {
        let controls = profile["controls"].as_array().unwrap();
        let results: usize =
            controls.iter().map(|it| it["results"].as_array().unwrap().len()).sum();
        assert_eq!(results, said(profile["name"].as_str().unwrap()) + 1, "{}", profile["name"]);
        // Heimdall takes texts for HTML.
        for result in controls.iter().flat_map(|it| it["results"].as_array().unwrap()) {
            for key in ["code_desc", "message", "skip_message"] {
                let text = result[key].as_str().unwrap_or_default();
                assert!(!text.contains(['<', '>']), "{text}");
            }
        }
    }
    let text = document.to_string();
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky Free"));
    let data = &document["passthrough"]["auxiliary_data"][0]["data"];
    for (source, told) in report.sources.iter().zip(data["sources"].as_array().unwrap()) {
        assert_eq!(told["sha256"], source.sha256.as_str());
        assert_eq!(told["lines"], serde_json::to_value(source.lines).unwrap());
    }
    assert_eq!(data["packs"], serde_json::to_value(&report.packs).unwrap());
    assert_eq!(data["problems"].as_array().unwrap().len(), report.problems.len());
    let attributes = document["profiles"][1]["attributes"].as_array().unwrap();
    let marking = attributes.iter().find(|it| it["name"] == "marking").unwrap();
    assert_eq!(marking["options"]["value"], "CUI//SP-&lt;PRIV&gt;");
}

#[test]
fn a_list_that_could_not_be_read_is_not_reviewed_and_a_clean_one_passes() {
    let Some(controls) = heimdall("problems", &written(&reports::with_problems(), "hdf")) else {
        return;
    };
    let controls = controls.unwrap();
    assert_eq!(with(&controls, "/nothing-else")[0]["status"], "Not Reviewed");
    let lists: Vec<Value> =
        controls.into_iter().filter(|it| it["profile"] == "clearlist.lists").collect();
    assert_eq!(lists[0]["status"], "Not Reviewed", "{lists:?}");
    let clean = heimdall("clean", &written(&reports::empty(), "hdf")).unwrap().unwrap();
    assert_eq!(statuses(&clean), BTreeMap::from([("Passed", clean.len())]));
}

#[test]
fn what_is_set_aside_is_waived_and_does_not_apply() {
    let report = reports::set_aside();
    let document = written(&report, "hdf");
    let Some(controls) = heimdall("waived", &document) else { return };
    let controls = controls.unwrap();
    let waived: Vec<&Value> = controls.iter().filter(|it| it["waived"] == true).collect();
    assert_eq!(waived.len(), report.waived.len(), "{waived:?}");
    assert!(waived.iter().all(|it| it["status"] == "Not Applicable"));
    let all = document["profiles"].as_array().unwrap().iter();
    let data: Vec<&Value> = all
        .flat_map(|it| it["controls"].as_array().unwrap())
        .map(|it| &it["waiver_data"])
        .filter(|it| !it.is_null())
        .collect();
    for it in data {
        assert_eq!(it["expiration_date"], "2027-01-31");
        assert!(it["justification"].as_str().unwrap().starts_with("It is being replaced"));
    }
}

#[test]
fn of_very_many_computers_some_are_named_and_the_others_counted() {
    let text = written(&reports::of_a_fleet(), "hdf").to_string();
    assert!(text.contains(&format!("and {} more", FLEET - 20)));
    assert!(text.contains(&format!("{} more places are not listed", FLEET - 20)));
    assert!(text.len() < 500_000, "{}", text.len());
}

#[test]
fn a_complete_removal_passes_and_every_other_is_to_be_looked_at() {
    for (report, status) in [(reports::removed(), "Passed"), (reports::compared(), "Not Reviewed")]
    {
        let document = written(&report, "hdf");
        let comparison = report.comparison.as_ref().unwrap();
        let profile = document["profiles"].as_array().unwrap().last().unwrap();
        assert_eq!(profile["name"], "clearlist.compared");
        let result = &profile["controls"][0]["results"][0];
        assert_eq!(result["code_desc"], comparison.to_string());
        let message = result["message"].as_str().or(result["skip_message"].as_str()).unwrap();
        for change in &comparison.changes {
            assert!(message.contains(change.kind.title()), "{message}");
        }
        assert!(!message.contains(['<', '>']), "{message}");
        // And nowhere else.
        let facts = document["passthrough"]["auxiliary_data"][0]["data"]["facts"].as_array();
        let names: Vec<&str> =
            facts.unwrap().iter().map(|fact| fact["name"].as_str().unwrap()).collect();
        assert!(!names.contains(&"compared") && !names.contains(&"change"), "{names:?}");
        let Some(controls) = heimdall(&format!("compared-{status}"), &document) else { continue };
        let controls = controls.unwrap();
        assert_eq!(with(&controls, "removal-complete")[0]["status"], status);
    }
    assert!(!written(&reports::hostile(), "hdf").to_string().contains("clearlist.compared"));
}

#[test]
fn of_very_many_changes_some_are_told_and_the_others_counted() {
    let (changes, report) = reports::with_many_changes();
    let document = written(&report, "hdf");
    let profile = document["profiles"].as_array().unwrap().last().unwrap();
    let message = profile["controls"][0]["results"][0]["skip_message"].as_str().unwrap();
    let told = message.lines().filter(|line| line.contains(" on 1 computer: GONE-")).count();
    assert_eq!(told, 1200 - (changes - 1000));
    let rest = format!("{} more changes are not listed", changes - 1000);
    assert!(message.lines().last().unwrap().starts_with(&rest), "{message}");
}
