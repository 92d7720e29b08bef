//! Recorded decisions, from their file to every report.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::{Report, answer};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind, apply, file};
use clearlist::engine::writers::WRITERS;
use expect_test::{Expect, expect};
use proptest::prelude::*;

const LIST: &str = "\
Computer,Name,Version,Publisher
PC-1,Kaspersky Free,21.3,AO Kaspersky Lab
PC-2,Kaspersky Free,21.3,AO Kaspersky Lab
LAB-7,Kaspersky Free,21.3,AO Kaspersky Lab
LAB-7,Kaspersky Password Manager,9.2,AO Kaspersky Lab
PC-3,Firefox,133.0,Mozilla
";

fn report(list: &str, today: &str) -> Report {
    let settings = Settings { today: today.to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules(), settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(list.as_bytes());
    scan.end_source();
    scan.finish()
}

fn read(text: &str) -> Result<Vec<Waiver>, String> {
    let text = format!("schema = \"clearlist-waivers/1\"\n{text}");
    let read = file::read(&RulesFile { name: "waivers.toml", text: &text }, rules());
    read.map_err(|errors| errors.iter().map(|error| format!("{error}\n")).collect())
}

/// A decision that says all it has to, for what `names` says.
fn decision(id: &str, until: &str, names: &str) -> String {
    format!(
        "[[waiver]]\nid = \"{id}\"\nkind = \"approved-exception\"\nreason = \"It is needed.\"\n\
         decided_by = \"The CISO\"\nuntil = \"{until}\"\n{names}\n"
    )
}

fn decided(decisions: &[String]) -> Report {
    let mut report = report(LIST, "2026-11-29");
    apply(&mut report, &read(&decisions.concat()).unwrap());
    report
}

/// Who stands, who is set aside, and what became of each decision.
fn told(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        text += &format!("{} on {}\n", finding.name, finding.hosts.join(", "));
    }
    for waived in &report.waived {
        let on = waived.finding.hosts.join(", ");
        text += &format!("{}: {} on {on}\n", waived.waiver, waived.finding.name);
    }
    for told in &report.waivers {
        text += &format!(
            "{} {:?} in {} days, {} findings, {} computers\n",
            told.waiver.id, told.effect, told.ends_in_days, told.findings, told.hosts
        );
    }
    text + &answer(report).to_string()
}

#[track_caller]
fn check(decisions: &[String], expected: Expect) {
    expected.assert_eq(&told(&decided(decisions)));
}

#[test]
fn a_decision_sets_a_product_aside_where_it_says() {
    check(
        &[decision("lab", "2026-12-31", "product = \"kaspersky.free\"\nhosts = [\"lab-*\"]")],
        expect![[r#"
            Kaspersky Free on PC-1, PC-2
            Kaspersky Password Manager on LAB-7
            lab: Kaspersky Free on LAB-7
            lab Applied in 32 days, 1 findings, 1 computers
            2 products that 11 directives cover were found on 3 computers. 1 more finding is set aside by a recorded decision."#]],
    );
}

#[test]
fn a_decision_about_everything_found_leaves_a_clear_answer_that_tells_of_it() {
    check(
        &[decision("all", "2026-11-29", "program = \"Kaspersky*\"")],
        expect![[r#"
        all: Kaspersky Free on PC-1, PC-2, LAB-7
        all: Kaspersky Password Manager on LAB-7
        all Applied in 0 days, 2 findings, 3 computers
        Besides 2 findings that are set aside by recorded decisions, nothing covered was found among 3 programs on 4 computers."#]],
    );
}

#[test]
fn a_decision_about_one_finding_is_for_that_one() {
    let id = report(LIST, "2026-11-29").findings[0].id.clone();
    check(
        &[decision("one", "2027-01-01", &format!("finding = \"{id}\""))],
        expect![[r#"
        Kaspersky Password Manager on LAB-7
        one: Kaspersky Free on PC-1, PC-2, LAB-7
        one Applied in 33 days, 1 findings, 3 computers
        1 product that 8 directives cover was found on 1 computer. 1 more finding is set aside by a recorded decision."#]],
    );
}

#[test]
fn a_decision_that_is_over_sets_nothing_aside_and_says_so() {
    check(
        &[
            decision("over", "2026-11-28", "product = \"kaspersky.free\""),
            decision("idle", "2026-12-28", "product = \"kaspersky.safe-kids\""),
        ],
        expect![[r#"
            Kaspersky Free on PC-1, PC-2, LAB-7
            Kaspersky Password Manager on LAB-7
            over Expired in -1 days, 1 findings, 3 computers
            idle Unused in 29 days, 0 findings, 0 computers
            2 products that 11 directives cover were found on 3 computers."#]],
    );
}

#[test]
fn the_first_decision_that_holds_is_the_one() {
    check(
        &[
            decision("over", "2026-01-01", "product = \"kaspersky.free\""),
            decision("first", "2027-01-01", "hosts = [\"PC-1\"]"),
            decision("second", "2027-01-01", "product = \"kaspersky.free\""),
        ],
        expect![[r#"
            Kaspersky Password Manager on LAB-7
            first: Kaspersky Free on PC-1
            second: Kaspersky Free on PC-2, LAB-7
            over Expired in -332 days, 0 findings, 0 computers
            first Applied in 33 days, 1 findings, 1 computers
            second Applied in 33 days, 1 findings, 2 computers
            1 product that 8 directives cover was found on 1 computer. 2 more findings are set aside by recorded decisions."#]],
    );
}

#[test]
fn counts_and_deadlines_are_those_of_what_stands() {
    let before = report(LIST, "2026-11-29");
    let directive = |report: &Report| {
        report.directives.iter().find(|d| d.id == "us-dhs-bod-17-01").unwrap().clone()
    };
    assert!(directive(&before).outcomes.get(OutcomeKind::Prohibited) > 0);
    assert!(before.deadlines.iter().any(|d| d.directive == "us-dhs-bod-17-01"));
    let all = decided(&[decision("all", "2026-11-29", "program = \"Kaspersky*\"")]);
    assert_eq!(directive(&all).outcomes.get(OutcomeKind::Prohibited), 0);
    assert_eq!(all.deadlines, []);
    assert_eq!(all.remediation_steps, []);
    assert_eq!((all.totals.findings, all.totals.waived), (0, 2));
    assert_eq!(all.totals.records, before.totals.records);
}

#[test]
fn the_deadlines_of_a_directive_go_with_what_it_forbids() {
    let mut report = report(&format!("{LIST}PC-9,WeChat,3.9,Tencent\n"), "2026-11-29");
    let of = |report: &Report, id: &str| report.deadlines.iter().any(|d| d.directive == id);
    let others = report.deadlines.len();
    assert!(of(&report, "us-dhs-bod-17-01"));
    apply(&mut report, &read(&decision("all", "2027-01-01", "program = \"Kaspersky*\"")).unwrap());
    assert!(!of(&report, "us-dhs-bod-17-01"), "what is left is not covered by it");
    assert!((1..others).contains(&report.deadlines.len()), "others still have theirs");
}

#[test]
fn the_entries_of_what_stands_are_not_those_of_what_is_set_aside() {
    let report = decided(&[decision("one", "2027-01-01", "hosts = [\"PC-1\"]")]);
    let free = report.findings.iter().find(|f| f.name == "Kaspersky Free").unwrap();
    assert_eq!((free.host_count, free.record_count), (2, 2));
    let aside = &report.waived[0].finding;
    assert_eq!((aside.host_count, aside.record_count), (1, 1));
}

#[test]
fn every_report_for_people_tells_what_is_set_aside_by_whom_and_until_when() {
    let decisions = [
        decision("lab", "2026-12-31", "product = \"kaspersky.free\"\nhosts = [\"lab-*\"]"),
        decision("old", "2026-10-31", "program = \"Kaspersky Password*\""),
    ];
    let report = decided(&decisions);
    for writer in WRITERS {
        // A calendar tells of days only, and nothing found is for Linux; the packed workbook is read in
        // tests/writers.rs.
        if ["ics", "bash-script", "xlsx"].contains(&writer.id) {
            continue;
        }
        let text = String::from_utf8(writer.written(&report)).unwrap();
        for part in ["It is needed.", "The CISO", "2026-12-31", "lab"] {
            assert!(text.contains(part), "{}: {part}", writer.id);
        }
        // For what is planned, done by a script or sent to somebody, one that is over is as if it were not.
        let is_for_others = ["bod-17-01-report", "bod-17-01-plan", "far-52-204-23-report"];
        let is_of_now = ["action-plan", "powershell-script"];
        if !is_of_now.contains(&writer.id) && !is_for_others.contains(&writer.id) {
            for part in ["old", "2026-10-31"] {
                assert!(text.contains(part), "{}: {part}", writer.id);
            }
        }
    }
}

#[test]
fn in_a_plan_nothing_is_due_of_what_is_set_aside() {
    // On the other computers the same program stands, and its steps are in the report.
    let names = "product = \"kaspersky.free\"\nhosts = [\"LAB-*\"]";
    let report = decided(&[decision("lab", "2026-12-31", names)]);
    let plan = WRITERS.iter().find(|writer| writer.id == "action-plan").unwrap();
    let plan = String::from_utf8(plan.written(&report)).unwrap();
    let rows: Vec<Vec<String>> =
        csv::Reader::from_reader(plan.trim_start_matches('\u{FEFF}').as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .unwrap();
    let (aside, open): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row[14].starts_with("set aside: "));
    assert!(!aside.is_empty() && !open.is_empty(), "{rows:?}");
    assert!(aside.iter().all(|row| row[8..14].iter().all(String::is_empty)), "{aside:?}");
    assert!(open.iter().all(|row| row[14] == "open" && !row[10].is_empty()), "{open:?}");
}

#[test]
fn a_decision_may_name_a_product_by_an_id_that_it_had() {
    let id = "id = \"example-soft.remote-desk\"";
    let with_former = format!("formerly = [\"example-soft.desk\"]\n{id}");
    let pack = EXAMPLES[0].text.replacen(id, &with_former, 1);
    let pack = RulesFile { name: "own.toml", text: &pack };
    let rules = Rules::load_with_packs(bundled::files(), &[pack], &[]).unwrap();
    let text = decision("a", "2027-01-01", "product = \"example-soft.desk\"");
    let text = format!("schema = \"clearlist-waivers/1\"\n{text}");
    let read = file::read(&RulesFile { name: "waivers.toml", text: &text }, &rules).unwrap();
    assert_eq!(read[0].product, "example-soft.remote-desk");
}

#[test]
fn the_example_has_no_mistakes() {
    let waivers = file::read(&RulesFile { name: "waivers.toml", text: file::EXAMPLE }, rules());
    assert_eq!(waivers.unwrap().len(), 3);
}

#[track_caller]
fn check_mistakes(text: &str, expected: Expect) {
    expected.assert_eq(&read(text).unwrap_err());
}

#[test]
fn every_mistake_is_told_with_its_place() {
    check_mistakes(
        "[[waiver]]\nid = \"\"\nkind = \"mistake\"\nreason = \" \"\nuntill = \"soon\"\n",
        expect![[r#"
            waivers.toml:4:8: unknown variant `mistake`, expected one of `false-positive`, `approved-exception`, `exempt-product` (for example: kind = "false-positive")
            waivers.toml:6:1: unknown field `untill`, expected one of `id`, `kind`, `reason`, `decided_by`, `decided_on`, `until`, `reference`, `finding`, `product`, `program`, `hosts`; did you mean `until`? (for example: until = "2027-11-01")
            waivers.toml:2:1: missing field `decided_by` (for example: decided_by = "Security office")
        "#]],
    );
    check_mistakes(
        &[
            decision("a", "2026-13-01", "product = \"kaspersky.fre\""),
            decision("a", "2026-12-01", "decided_on = \"2026-12-02\"\nhosts = [\"*\"]"),
            decision("b", "tomorrow", "program = \"**\""),
            decision("c", "2026-12-01", ""),
            decision("d", "2026-12-01", "product = \"*\""),
        ]
        .concat(),
        expect![[r#"
            waivers.toml:7:9: expected a day as YYYY-MM-DD, found "2026-13-01"
            waivers.toml:8:11: no product has the id "kaspersky.fre"; did you mean "kaspersky.free"?
            waivers.toml:14:9: the decision ends before the day on which it was made
            waivers.toml:10:6: it is for everything; name at least one of `finding`, `product`, `program` and `hosts`, not by * alone
            waivers.toml:10:6: another waiver has the id "a"
            waivers.toml:22:9: expected a day as YYYY-MM-DD, found "tomorrow"
            waivers.toml:18:6: it is for everything; name at least one of `finding`, `product`, `program` and `hosts`, not by * alone
            waivers.toml:25:6: it is for everything; name at least one of `finding`, `product`, `program` and `hosts`, not by * alone
            waivers.toml:37:11: no product has the id "*"; see clearlist catalog
            waivers.toml:32:6: it is for everything; name at least one of `finding`, `product`, `program` and `hosts`, not by * alone
        "#]],
    );
}

#[test]
fn what_the_file_itself_lacks_is_told_once() {
    let text = decision("a", "2026-12-01", "until_then = 1\nproduct = \"kaspersky.free\"");
    let errors = file::read(&RulesFile { name: "waivers.toml", text: &text }, rules()).unwrap_err();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("7:1: unknown field `until_then`"), "{told:#?}");
    assert!(told[1].contains("1:1: missing field `schema`"), "{told:#?}");
}

#[test]
fn a_file_of_another_kind_is_told() {
    let text = "schema = \"clearlist-pack/1\"\n";
    let file = RulesFile { name: "own.toml", text };
    let errors = file::read(&file, rules()).unwrap_err();
    expect![[r#"own.toml:1:10: expected "clearlist-waivers/1", found "clearlist-pack/1""#]]
        .assert_eq(&errors[0].to_string());
}

fn a_waiver() -> impl Strategy<Value = Waiver> {
    // Texts are trimmed when they are read, and products must be known.
    let text = || "[^\\s]{1,3}[\\s\\S]{0,12}[^\\s]";
    let days = (2000..2100i16, 1..13i8, 1..29i8);
    (text(), text(), text(), "[\\s\\S]{0,9}", "x[\\s\\S]{0,9}", days).prop_map(
        |(id, reason, by, reference, program, (year, month, day))| Waiver {
            id,
            kind: WaiverKind::ExemptProduct,
            reason,
            decided_by: by,
            decided_on: String::new(),
            until: format!("{year:04}-{month:02}-{day:02}"),
            finding: String::new(),
            product: String::new(),
            hosts: vec![reference.clone() + "y", program.clone()],
            reference,
            program,
        },
    )
}

/// The rules take time to load and are the same for every case.
fn rules() -> &'static Rules {
    static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
    RULES.get_or_init(bundled::rules)
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(waiver in a_waiver()) {
        let text = file::write(std::slice::from_ref(&waiver));
        let read = file::read(&RulesFile { name: "w.toml", text: &text }, rules());
        prop_assert_eq!(read.map_err(|e| format!("{e:?}\n{text}")), Ok(vec![waiver]));
    }

    /// Nothing is lost: on each computer a finding either stands or is set aside, once.
    #[test]
    fn every_computer_of_a_finding_is_somewhere_once(
        patterns in proptest::collection::vec(("(PC|LAB|\\*)-?[0-9*]{0,2}", 0..3u8), 0..4)
    ) {
        let before = report(LIST, "2026-11-29");
        let waivers = patterns.iter().enumerate().map(|(number, (host, what))| {
            let until = ["2026-11-28", "2026-11-29", "2027-01-01"][usize::from(*what)];
            let names = format!("product = \"kaspersky.free\"\nhosts = [\"{host}\"]");
            decision(&number.to_string(), until, &names)
        });
        let mut after = before.clone();
        apply(&mut after, &read(&waivers.collect::<String>()).unwrap());
        let pairs = |report: &Report| {
            let all = report.findings.iter().chain(report.waived.iter().map(|w| &w.finding));
            let mut pairs: Vec<(String, String)> = all
                .flat_map(|f| f.places.iter().map(|p| (f.id.clone(), p.host.clone())))
                .collect();
            pairs.sort();
            pairs
        };
        prop_assert_eq!(pairs(&before), pairs(&after));
        let is_known = |id: &str| {
            let mut told = after.waivers.iter();
            told.any(|told| told.waiver.id == id && told.effect == WaiverEffect::Applied)
        };
        let unknown = after.waived.iter().find(|waived| !is_known(&waived.waiver));
        prop_assert_eq!(unknown, None);
    }
}
