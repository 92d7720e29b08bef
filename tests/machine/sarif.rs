//! SARIF, by the schema that OASIS published.

use std::collections::{BTreeMap, BTreeSet};

use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::{Change, ChangeKind};
use serde_json::{Value, json};

use crate::reports::{self, FILES, FLEET, written};
use crate::validators;

fn run(report: &clearlist::engine::report::Report) -> Value {
    written(report, "sarif")["runs"][0].take()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[test]
fn every_report_is_sarif_by_the_schema() {
    let Some(schema) = validators::sarif() else { return };
    for (name, report) in reports::all() {
        assert_eq!(schema.mistakes(&written(&report, "sarif")), "", "{name}");
    }
    let mut wrong = written(&reports::hostile(), "sarif");
    wrong["runs"][0]["results"][0]["level"] = json!("grave");
    assert!(schema.mistakes(&wrong).contains("level"));
}

#[test]
fn every_finding_is_a_result_with_its_level_place_and_rule() {
    let report = reports::hostile();
    let run = run(&report);
    let results = list(&run["results"]);
    assert_eq!(results.len(), report.findings.len());
    let mut levels = BTreeSet::new();
    for (finding, result) in report.findings.iter().zip(results) {
        let level = match finding.gravest() {
            OutcomeKind::Prohibited => "error",
            OutcomeKind::Review | OutcomeKind::Indicator => "warning",
            _ => "note",
        };
        assert_eq!(result["level"], level);
        levels.insert(level);
        assert_eq!(result["partialFingerprints"]["clearlistFindingId/v1"], finding.id.as_str());
        assert_eq!(result["properties"]["name"], finding.name.as_str());
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], finding.product.id.as_str());
        assert_eq!(result["ruleId"], rule["id"]);
        for outcome in finding.outcomes.iter().filter(|o| o.outcome != OutcomeKind::NotCovered) {
            let help = rule["help"]["text"].as_str().unwrap();
            assert!(help.contains(&outcome.why), "{help}");
        }
        assert_eq!(list(&result["locations"]).len(), finding.places.len());
        for (place, location) in finding.places.iter().zip(list(&result["locations"])) {
            assert_eq!(location["logicalLocations"][0]["name"], place.host.as_str());
            let physical = &location["physicalLocation"];
            assert_eq!(physical["region"]["startLine"], place.line);
            let index = physical["artifactLocation"]["index"].as_u64().unwrap() as usize;
            let artifact = &run["artifacts"][index];
            assert_eq!(artifact["properties"]["name"], place.source.as_str());
            assert_eq!(artifact["location"]["uri"], physical["artifactLocation"]["uri"]);
        }
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.contains("](") && !text.contains(" {0} "), "{text}");
        assert!(text.contains(&format!("on {} computer", finding.host_count)), "{text}");
        assert_eq!(result["suppressions"], json!([]));
    }
    assert_eq!(levels.len(), 3, "{levels:?}");
}

#[test]
fn the_lists_are_artifacts_with_their_hashes_and_no_name_leads_elsewhere() {
    let report = reports::hostile();
    let run = run(&report);
    let artifacts = list(&run["artifacts"]);
    assert_eq!(artifacts.len(), FILES.len() + 1);
    for (source, artifact) in report.sources.iter().zip(artifacts) {
        assert_eq!(artifact["hashes"]["sha-256"], source.sha256.as_str());
        assert_eq!(artifact["length"], source.bytes);
        let lines = &artifact["properties"]["lines"];
        assert_eq!(lines, &serde_json::to_value(source.lines).unwrap());
        let uri = artifact["location"]["uri"].as_str().unwrap();
        assert!(!uri.contains(['/', ':', '#', '?', '<', ' ', '"']), "{uri}");
    }
    assert_eq!(run["properties"]["packs"][0]["sha256"], report.packs[0].sha256.as_str());
    assert!(run["properties"]["marking"].as_str().unwrap().contains("CUI//SP-<PRIV>"));
    assert_eq!(run["tool"]["driver"]["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn what_is_set_aside_is_a_suppressed_result_that_is_not_taken_for_the_one_that_stands() {
    let report = reports::set_aside();
    let run = run(&report);
    let (stands, aside): (Vec<&Value>, Vec<&Value>) =
        list(&run["results"]).iter().partition(|result| list(&result["suppressions"]).is_empty());
    assert_eq!((stands.len(), aside.len()), (report.findings.len(), report.waived.len()));
    for (waived, result) in report.waived.iter().zip(&aside) {
        let suppression = &result["suppressions"][0];
        assert_eq!(
            (&suppression["kind"], &suppression["status"]),
            (&json!("external"), &json!("accepted"))
        );
        let why = suppression["justification"].as_str().unwrap();
        assert!(why.contains("It is being replaced") && why.contains("The <owner>"), "{why}");
        assert!(why.contains(&waived.waiver) && why.contains("until 2027-01-31"), "{why}");
    }
    let keys: BTreeSet<String> = list(&run["results"])
        .iter()
        .map(|result| result["partialFingerprints"].to_string())
        .collect();
    assert_eq!(keys.len(), stands.len() + aside.len());
    assert_eq!(list(&run["properties"]["waivers"]).len(), 2);
}

#[test]
fn problems_are_notifications_and_a_list_that_was_not_read_is_no_success() {
    let report = reports::with_problems();
    let invocation = &run(&report)["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = list(&invocation["toolExecutionNotifications"]);
    assert_eq!(told.len(), report.problems.len());
    for (problem, notification) in report.problems.iter().zip(told) {
        assert_eq!(notification["descriptor"]["id"], problem.kind.as_str());
        assert_eq!(notification["level"] == "error", problem.stops_the_source);
    }
    assert_eq!(run(&reports::empty())["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn of_very_many_computers_some_are_located_and_all_are_counted() {
    let run = run(&reports::of_a_fleet());
    let result = &run["results"][0];
    assert_eq!(list(&result["locations"]).len(), 1000);
    assert_eq!(result["occurrenceCount"], FLEET);
    assert_eq!(result["properties"]["locationsLeftOut"], FLEET - 1000);
}

#[test]
fn after_a_comparison_every_result_has_its_state_and_what_is_not_there_is_no_failure() {
    let report = reports::compared();
    let comparison = report.comparison.as_ref().unwrap();
    let run = run(&report);
    let results = list(&run["results"]);
    let (found, left) = results.split_at(report.findings.len());
    let states: BTreeMap<(&str, &str), &str> = report
        .findings
        .iter()
        .zip(found)
        .map(|(finding, result)| {
            let key = (finding.hosts[0].as_str(), finding.version.as_str());
            (key, result["baselineState"].as_str().unwrap())
        })
        .collect();
    assert_eq!(states[&("PC-1", "21.1")], "unchanged");
    assert_eq!(states[&("PC-2", "21.9")], "updated");
    assert_eq!(states[&("PC-6", "21.3")], "new");
    // It is gone from another computer.
    assert_eq!(states[&("PC-7", "1.5")], "updated");
    let gone = comparison.of(ChangeKind::NotRead).chain(comparison.of(ChangeKind::Removed));
    let gone: Vec<_> = gone.collect();
    assert_eq!(left.len(), gone.len());
    for (change, result) in gone.into_iter().zip(left) {
        let expected = match change.kind {
            ChangeKind::Removed => ("pass", "absent"),
            _ => ("open", "updated"),
        };
        let text = |key: &str| result[key].as_str().unwrap();
        assert_eq!((text("kind"), text("baselineState")), expected);
        assert_eq!(result["level"], "none");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!((&rule["id"], &result["ruleId"]), (&json!(change.product), &rule["id"]));
        assert_eq!(rule["name"], change.product_name.as_str());
        let computers: Vec<&str> = list(&result["locations"])
            .iter()
            .map(|it| it["logicalLocations"][0]["name"].as_str().unwrap())
            .collect();
        assert_eq!(computers, change.hosts);
        let message = result["message"]["text"].as_str().unwrap();
        assert!(message.starts_with("Since 2026-11-01, "), "{message}");
        assert!(message.contains(change.kind.title()) && !message.contains("]("), "{message}");
        assert_eq!(result["suppressions"], json!([]));
    }
    let told = &run["properties"]["comparison"];
    assert_eq!(told["verdict"], comparison.to_string());
    assert_eq!(told["open"], json!(comparison.open));
    assert_eq!(told["hostsNotRead"], json!({ "count": 1, "first": ["=PC <4>"] }));
    assert!(run["baselineGuid"].is_null());
    let keys: BTreeSet<String> =
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!(keys.len(), results.len());
    // With no comparison no result has a state.
    let plain = written(&reports::hostile(), "sarif").to_string();
    assert!(!plain.contains("baselineState"));
}

#[test]
fn of_very_many_computers_that_were_not_read_again_some_are_located_and_all_are_counted() {
    let run = run(&reports::compared_with_a_fleet());
    let left = list(&run["results"]).last().unwrap();
    assert_eq!(list(&left["locations"]).len(), 1000);
    assert_eq!(left["occurrenceCount"], FLEET + 1);
    let told = &run["properties"]["comparison"]["hostsNotRead"];
    assert_eq!((list(&told["first"]).len(), &told["count"]), (1000, &json!(FLEET + 1)));
}

#[test]
fn what_has_left_a_computer_is_not_as_it_was_and_not_new() {
    let row = |host: &str, name: &str, version: &str| format!("{host},{name},{version}");
    let earlier = [
        row("PC-1", "Kaspersky Free", "21.3"),
        row("PC-2", "Kaspersky Free", "21.3"),
        row("PC-3", "Kaspersky Safe Kids", "1.5"),
        row("PC-4", "Kaspersky Password Manager; trial", "9.2"),
        row("PC-5", "Kaspersky Password Manager; trial", "9.2"),
        row("PC-6", "Kaspersky Total Security", "21.3"),
        row("PC-7", "Kaspersky Total Security", "21.30"),
    ];
    let now = [
        // Another version on one computer, and as it was on the other.
        row("PC-1", "Kaspersky Free", "21.3"),
        row("PC-2", "Kaspersky Free", "21.9"),
        // Gone from one computer, and new on another.
        row("PC-3", "Firefox", "140"),
        row("NEW-1", "Kaspersky Safe Kids", "1.5"),
        // A name with what stands between names.
        row("PC-4", "Kaspersky Password Manager; trial", "9.2"),
        row("PC-5", "Firefox", "140"),
        // What is gone only begins as this does.
        row("PC-6", "Kaspersky Total Security", "21.3"),
        row("PC-7", "Firefox", "140"),
    ];
    let text = format!("Computer,Name,Version\n{}\n", now.join("\n"));
    let report = reports::since(&earlier, reports::scanned(&[], &[], &[("now.csv", text)]));
    let run = run(&report);
    let states: BTreeMap<&str, &str> = report
        .findings
        .iter()
        .zip(list(&run["results"]))
        .map(|(it, result)| (it.hosts[0].as_str(), result["baselineState"].as_str().unwrap()))
        .collect();
    let expected = [
        ("NEW-1", "updated"),
        ("PC-1", "updated"),
        ("PC-2", "updated"),
        ("PC-4", "updated"),
        ("PC-6", "unchanged"),
    ];
    assert_eq!(states, BTreeMap::from(expected));
}

#[test]
fn the_rule_of_what_is_gone_has_the_level_of_the_gravest_of_it() {
    let mut report = reports::removed();
    let changes = &mut report.comparison.as_mut().unwrap().changes;
    assert_eq!((changes.len(), changes[0].outcome), (1, OutcomeKind::Prohibited));
    let less = Change {
        kind: ChangeKind::NotRead,
        outcome: OutcomeKind::Embedded,
        hosts: vec!["OLD".to_owned()],
        ..changes[0].clone()
    };
    changes.insert(0, less);
    let run = run(&report);
    assert_eq!(run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "error");
}
