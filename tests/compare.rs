//! A report compared with an earlier one.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::sync::OnceLock;

use clearlist::bundled;
use clearlist::engine::clause::Unwritten;
use clearlist::engine::compare::{compare, read_report};
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::{ChangeKind, Comparison, Report};
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{apply, file};
use clearlist::engine::writers::WRITERS;
use expect_test::{Expect, expect};

/// The rules take time to load and are the same for every case.
fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(bundled::rules)
}

/// What a list of these rows comes to, `computer,name,version` each.
fn report(today: &str, rows: &[&str]) -> Report {
    let settings = Settings { today: today.to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules(), settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(format!("Computer,Name,Version\n{}\n", rows.join("\n")).as_bytes());
    scan.end_source();
    scan.finish()
}

const BEFORE: [&str; 6] = [
    "PC-1,Kaspersky Free,21.3",
    "PC-2,Kaspersky Free,21.3",
    "PC-3,Kaspersky Free,21.3",
    "PC-3,Kaspersky Password Manager,9.2",
    "PC-4,Firefox,133.0",
    "PC-5,WinRAR,7.0",
];

fn before() -> Report {
    report("2026-11-01", &BEFORE)
}

fn since(rows: &[&str]) -> Comparison {
    compare(&before(), &report("2026-11-29", rows), rules())
}

fn told(comparison: &Comparison) -> String {
    let mut text = format!("{comparison}\n");
    for why in &comparison.open {
        text += &format!("- {why}\n");
    }
    for change in &comparison.changes {
        text += &format!(
            "{:?} {}: {:?} {:?} {}{} on {}\n",
            change.kind,
            change.product,
            change.earlier,
            change.now,
            change.outcome.id(),
            if change.is_set_aside { ", set aside" } else { "" },
            change.hosts.join(", ")
        );
    }
    let hosts = (comparison.hosts_not_read.join(", "), comparison.hosts_new.join(", "));
    text + &format!("not read: {}; new: {}", hosts.0, hosts.1)
}

#[track_caller]
fn check(rows: &[&str], expected: Expect) {
    expected.assert_eq(&told(&since(rows)));
}

/// A sign that banned equipment may be there has to be followed up too: nothing is over while it stands.
#[test]
fn removal_is_not_complete_while_a_sign_stands() {
    let directives = vec!["us-ndaa-2019-889".to_owned()];
    let of = |today: &str, row: &str| {
        let settings = Settings {
            today: today.to_owned(),
            directives: directives.clone(),
            ..Settings::default()
        };
        let mut scan = Scan::new(rules(), settings).unwrap();
        scan.begin_source("list.csv");
        scan.push(format!("Computer,Name\n{row}\n").as_bytes());
        scan.end_source();
        scan.finish()
    };
    let before = of("2026-11-01", "PC-1,iVMS-4200");
    assert_eq!(before.findings[0].gravest(), OutcomeKind::Indicator);
    let is_complete = |row: &str| compare(&before, &of("2026-11-29", row), rules()).is_complete;
    assert!(!is_complete("PC-1,iVMS-4200"));
    assert!(is_complete("PC-1,Firefox"));
}

#[test]
fn removal_is_complete_when_all_is_gone_and_every_computer_was_read_again() {
    check(
        &[
            "pc-1,Firefox,134.0",
            "PC-2,Firefox,134.0",
            "PC-3,x,1",
            "PC-4,x,1",
            "PC-5,x,1",
            "PC-6,x,1",
        ],
        expect![[r#"
            Removal is complete: what had to go on 2026-11-01 is gone, and every computer was read again.
            Removed kaspersky.free: "Kaspersky Free 21.3" "" prohibited on PC-1, PC-2, PC-3
            Removed kaspersky.password-manager: "Kaspersky Password Manager 9.2" "" prohibited on PC-3
            not read: ; new: PC-6"#]],
    );
}

#[test]
fn it_is_not_while_a_computer_on_which_nothing_was_found_was_not_read_again() {
    check(
        &["PC-1,x,1", "PC-2,x,1", "PC-3,x,1", "PC-4,x,1"],
        expect![[r#"
            Removal is not shown to be complete. Since 2026-11-01: 4 removed, counted by product and computer.
            - 1 computer that was read before was not read again.
            Removed kaspersky.free: "Kaspersky Free 21.3" "" prohibited on PC-1, PC-2, PC-3
            Removed kaspersky.password-manager: "Kaspersky Password Manager 9.2" "" prohibited on PC-3
            not read: PC-5; new: "#]],
    );
}

#[test]
fn what_remains_what_changed_what_is_new_and_what_was_not_read_is_told_apart() {
    check(
        &[
            "PC-1,Kaspersky Free,21.3",
            "PC-2,Kaspersky Free,21.9",
            "PC-4,Kaspersky Free,21.3",
            "PC-5,x,1",
        ],
        expect![[r#"
            Removal is not shown to be complete. Since 2026-11-01: 1 remaining, 1 changed, 1 new, 2 not read again, counted by product and computer.
            - 2 programs that have to go are still there, counted by computer.
            - 1 program that has to go was not found before.
            - 1 computer that was read before was not read again.
            Remaining kaspersky.free: "Kaspersky Free 21.3" "Kaspersky Free 21.3" prohibited on PC-1
            Changed kaspersky.free: "Kaspersky Free 21.3" "Kaspersky Free 21.9" prohibited on PC-2
            New kaspersky.free: "" "Kaspersky Free 21.3" prohibited on PC-4
            NotRead kaspersky.free: "Kaspersky Free 21.3" "" prohibited on PC-3
            NotRead kaspersky.password-manager: "Kaspersky Password Manager 9.2" "" prohibited on PC-3
            not read: PC-3; new: "#]],
    );
}

#[test]
fn a_list_that_names_no_computer_proves_nothing() {
    let list = |today: &str, rows: &str| {
        let settings = Settings { today: today.to_owned(), ..Settings::default() };
        let mut scan = Scan::new(rules(), settings).unwrap();
        scan.begin_source("list.csv");
        scan.push(format!("Name,Version\n{rows}\n").as_bytes());
        scan.end_source();
        scan.finish()
    };
    let earlier = list("2026-11-01", "Kaspersky Free,21.3\nFirefox,133.0");
    let now = list("2026-11-29", "Firefox,133.0\nWinRAR,7.0");
    expect![[r#"
        Removal is not shown to be complete. Since 2026-11-01: 1 removed, counted by product and computer.
        - A list names no computer, so it cannot be told whether the same one was read again.
        Removed kaspersky.free: "Kaspersky Free 21.3" "" prohibited on (computer not named)
        not read: ; new: "#]].assert_eq(&told(&compare(&earlier, &now, rules())));
}

#[test]
fn other_directives_an_older_report_and_unread_lines_leave_it_open() {
    let rows = ["PC-1,x,1", "PC-2,x,1", "PC-3,x,1", "PC-4,x,1", "PC-5,x,1", ",,,,\u{0}"];
    let mut now = report("2026-10-01", &rows);
    now.directives.remove(0);
    now.problems.push(clearlist::engine::report::Problem {
        source: "other.csv".into(),
        line: 0,
        kind: "nothing-readable".into(),
        text: String::new(),
        message: "nothing could be read".into(),
        stops_the_source: true,
        may_hide_a_program: true,
        wording: Unwritten::default(),
    });
    let mut earlier = before();
    earlier.hosts.clear();
    expect![[r#"
        The earlier report was made by a version that did not name every computer it read.
        Not everything could be read this time; see the problems.
        The earlier report applied what this one does not: BOD 17-01.
        The report compared with is of 2026-11-01, which is later."#]]
    .assert_eq(&compare(&earlier, &now, rules()).open.join("\n"));
}

#[test]
fn nothing_to_remove_is_no_complete_removal() {
    let earlier = report("2026-11-01", &["PC-1,Firefox,133.0"]);
    let now = report("2026-11-29", &["PC-1,Firefox,133.0"]);
    let comparison = compare(&earlier, &now, rules());
    assert!(!comparison.is_complete);
    assert_eq!(comparison.open, ["The earlier report found nothing that has to go."]);
}

#[test]
fn what_is_set_aside_is_told_and_does_not_keep_the_rest_from_being_complete() {
    let rows = ["PC-1,Kaspersky Free,21.3", "PC-2,x,1", "PC-3,x,1", "PC-4,x,1", "PC-5,x,1"];
    let mut now = report("2026-11-29", &rows);
    let text = "schema = \"clearlist-waivers/1\"\n[[waiver]]\nid = \"a\"\nkind = \"approved-exception\"\n\
                reason = \"x\"\ndecided_by = \"x\"\nuntil = \"2027-01-01\"\nhosts = [\"PC-1\"]\n";
    apply(&mut now, &file::read(&RulesFile { name: "w.toml", text }, rules()).unwrap());
    expect![[r#"
        Removal is complete: what had to go on 2026-11-01 is gone or set aside by a recorded decision, and every computer was read again.
        Remaining kaspersky.free: "Kaspersky Free 21.3" "Kaspersky Free 21.3" prohibited, set aside on PC-1
        Removed kaspersky.free: "Kaspersky Free 21.3" "" prohibited on PC-2, PC-3
        Removed kaspersky.password-manager: "Kaspersky Password Manager 9.2" "" prohibited on PC-3
        not read: ; new: "#]].assert_eq(&told(&compare(&before(), &now, rules())));
}

#[test]
fn a_report_is_read_again_from_json_and_from_html() {
    let mut report = before();
    report.findings[0].name = "</pre> <b>&amp;lt; \"x\" 'y' &lt;".into();
    report.findings[0].places[0].text = "Kaspersky\u{7} Free\ttab \u{7F}\u{85}\u{FFFE}".into();
    for id in ["json", "html"] {
        let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
        let text = String::from_utf8(writer.written(&report)).unwrap();
        assert_eq!(read_report(&text).as_ref(), Ok(&report), "{id}");
    }
}

#[test]
fn what_is_no_report_is_told() {
    let mut other = before();
    other.schema = "clearlist-report/2".into();
    let text = serde_json::to_string(&before()).unwrap();
    let told = [
        read_report("Name,Version\n"),
        read_report("<html><pre id=\"clearlist-report\">{}</pre>"),
        read_report(&serde_json::to_string(&other).unwrap()),
        // In the middle of its day.
        read_report(&text[..text.find("generated_on").unwrap() + 18]),
    ];
    let told: Vec<String> = told.map(|told| told.unwrap_err()).to_vec();
    expect![[r#"
        expected a report that Clearlist saved as JSON or as HTML
        expected a report that Clearlist saved as JSON or as HTML
        the report is of the kind "clearlist-report/2", and "clearlist-report/1" can be compared with
        the report is damaged: EOF while parsing a string at line 1 column 127"#]].assert_eq(&told.join("\n"));
}

#[test]
fn every_report_for_people_tells_it() {
    let mut now = report("2026-11-29", &["PC-1,Kaspersky Free,21.3", "PC-2,x,1"]);
    now.comparison = Some(compare(&before(), &now, rules()));
    for id in ["text", "html", "markdown"] {
        let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
        let text = String::from_utf8(writer.written(&now)).unwrap();
        let text = text.replace("\\", "");
        for part in [
            "Removal is not shown to be complete",
            "3 computers that were read before",
            "PC-4",
            "removed",
        ] {
            assert!(text.contains(part), "{id}: {part}\n{text}");
        }
    }
}

/// Each installation of either report is told once.
#[test]
fn nothing_is_told_twice_or_left_out() {
    let now =
        ["PC-1,Kaspersky Free,21.3", "PC-1,Kaspersky Free,21.4", "PC-9,Kaspersky Safe Kids,1"];
    let comparison = since(&now);
    let mut told: Vec<(&str, &String)> = comparison
        .changes
        .iter()
        .flat_map(|change| change.hosts.iter().map(|host| (change.product.as_str(), host)))
        .collect();
    let all = told.len();
    told.sort();
    told.dedup();
    assert_eq!((told.len(), all), (5, 5), "{told:?}");
    assert_eq!(comparison.count(ChangeKind::Changed), 1);
    assert_eq!(comparison.count(ChangeKind::New), 1);
    assert_eq!(comparison.count(ChangeKind::NotRead), 3);
}
