//! What the engine says in other languages than English, and that reports are in English whatever is spoken.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::sync::LazyLock;

use clearlist::bundled;
use clearlist::engine::compare::compare;
use clearlist::engine::explain::explain;
use clearlist::engine::language::{Catalog, Language, speaking};
use clearlist::engine::language_keys::data_texts;
use clearlist::engine::report::{Report, answer};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesError, RulesFile};
use clearlist::engine::scan::{Part, PartScan, Scan, Settings, SourceOptions};
use clearlist::engine::share::Summary;
use clearlist::engine::title::Title;
use expect_test::expect;

static RULES: LazyLock<Rules> = LazyLock::new(bundled::rules);

/// A language in which some of what is said stands the other way round.
static SPOKEN: LazyLock<Catalog> = LazyLock::new(|| {
    let texts = [
        (
            "expected {expected} fields, found {found}; read as far as it goes",
            "{found} not {expected}",
        ),
        (
            "this is {looks_like}, not a list of programs as text; {advice}",
            "{advice}! {looks_like}!",
        ),
        ("a PNG picture", "PNG"),
        ("copy the list as text instead of taking a picture of it", "TEXT"),
        (
            "this list is not complete: {why}; what is there was checked; {advice}",
            "{advice}? {why}?",
        ),
        ("it holds {records} of {total} rows", "{total}/{records}"),
        ("{word} is one letter away from {brand}.", "{brand} ~ {word}"),
        ("the {script} {written} ({code}) stands for {read}", "{read}<{written} {script}"),
        ("Cyrillic", "CYRILLIC"),
        ("{count} program that has to go is still there.", "still {count}"),
        (
            "{count} programs that have to go are still there, counted by computer.",
            "still {count}!",
        ),
        (
            "{n} products that {directives} cover were found on {hosts}.",
            "{hosts}: {n} ({directives})",
        ),
        ("{n} computers", "{n} PCS"),
        ("{n} directives", "{n} DIRECTIVES"),
        ("It is {product} ({id}); {strength}.", "{strength}: {product}, {id}"),
        ("likely", "LIKELY"),
        ("{lists} with {records}: {programs} on {computers}.", "{computers}, {programs}"),
        ("expected a day as YYYY-MM-DD, found {found}", "{found} is no day"),
        ("line {line} is a header with known words: {words}", "{line} HEADS {words}"),
        ("version from {from}", "VERSION {from}"),
    ];
    let texts = texts.map(|(english, told)| (english.to_owned(), told.to_owned()));
    Catalog::new(Language::French, texts, Language::English.formats())
});

fn spoken<T>(tell: impl FnOnce() -> T) -> T {
    speaking(Some(&*SPOKEN), tell)
}

const LISTS: [(&str, &[u8]); 3] = [
    (
        "office.csv",
        "Computer,Name,Version\nPC-1,Kaspersky Free,21.3\nPC-2,TikT\u{43E}k,1.0\nPC-2,Kaspersy Total,1\n\
         PC-3\n"
            .as_bytes(),
    ),
    ("picture.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"),
    (
        "wazuh.json",
        br#"{"data": {"affected_items": [{"scan": {"id": 0}, "name": "bash", "version": "5.2", "format": "deb",
            "agent_id": "001"}], "total_affected_items": 7}, "message": "x", "error": 0}"#,
    ),
];

fn report() -> Report {
    let settings = Settings { today: "2026-11-30".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(&RULES, settings).unwrap();
    for (name, bytes) in LISTS {
        scan.begin_source(name);
        scan.push(bytes);
        scan.end_source();
    }
    let mut report = scan.finish();
    report.comparison = Some(compare(&report, &report, &RULES));
    report
}

#[test]
fn a_report_is_made_in_english_whatever_is_spoken_and_told_in_what_is() {
    let (english, other) = (report(), spoken(report));
    let json = |report: &Report| serde_json::to_string(report).unwrap();
    assert_eq!(json(&english), json(&other));

    let told = |report: &Report| {
        let mut told: Vec<String> = report.problems.iter().map(|problem| problem.told()).collect();
        told.extend(report.near_misses.iter().map(|near| near.told()));
        let evidence = report.findings.iter().flat_map(|finding| &finding.evidence);
        told.extend(evidence.map(|e| e.disguise_told()).filter(|told| !told.is_empty()));
        told.extend(report.comparison.as_ref().unwrap().open_told());
        told.push(answer(report).to_string());
        told.push(Summary::of(report, false).read());
        told.push(report.sources[0].format_reason_told());
        told
    };
    let of_english = spoken(|| told(&english)).join("\n");
    expect![[r#"
        1 not 3
        TEXT! PNG!
        ask for the other rows too (limit and offset) and give this page all answers? 7/1?
        "kaspersky" ~ "kaspersy"
        o<о CYRILLIC
        still 2!
        Not everything could be read this time; see the problems.
        2 PCS: 2 (13 DIRECTIVES)
        3 PCS, 4 programs 3 problems with what was given. 1 list could not be read.
        1 HEADS “Computer”, “Name”, “Version”; comma-separated; name from “Name”; VERSION “Version”; computer from “Computer”"#]]
    .assert_eq(&of_english);
    assert_eq!(spoken(|| told(&other)).join("\n"), of_english);
    // What was read from a file is told as it was written.
    let read: Report = serde_json::from_str(&json(&english)).unwrap();
    let english = told(&english);
    assert_eq!(spoken(|| told(&read))[..2], english[..2]);
}

#[test]
fn what_another_scan_read_of_a_source_is_told_too() {
    let text = format!("Name,Version\n{}", "Firefox,1\n".repeat(50_000));
    let settings = Settings { today: "2026-11-30".to_owned(), ..Settings::default() };
    let options = SourceOptions::default();
    let mut scan = Scan::new(&RULES, settings.clone()).unwrap();
    scan.begin_source("list.csv");
    scan.push(text.as_bytes());
    let mut part = PartScan::new(&RULES, &settings, &options, text.as_bytes()).unwrap();
    part.push(b"Opera,1\nVivaldi\n");
    let sent = serde_json::to_string(&part.finish(true)).unwrap();
    let part: Part = serde_json::from_str(&sent).unwrap();
    scan.join(vec![part]).unwrap();
    let report = scan.finish();
    let problem = report.problems.first().unwrap();
    assert_eq!(problem.message, "expected 2 fields, found 1; read as far as it goes");
    assert_eq!(spoken(|| problem.told()), "1 not 2");
}

#[test]
fn an_explanation_is_in_the_language_that_is_spoken() {
    let title = Title { name: "Kaspersky Free".to_owned(), ..Title::default() };
    let explanation = spoken(|| explain(&RULES, &[], &title, None));
    assert_eq!(explanation.answer, "LIKELY: Kaspersky Free, kaspersky.free");
}

#[test]
fn mistakes_in_own_rules_are_told_with_the_same_examples() {
    let order = EXAMPLES.iter().find(|example| example.id == "own-order").unwrap().text;
    let issued_on = order.lines().find(|line| line.starts_with("issued_on")).unwrap();
    let text = &order.replace(issued_on, "issued_on = \"soon\"");
    let load = || {
        let pack = RulesFile { name: "own.toml", text };
        Rules::load_with_packs(bundled::files(), &[pack], &[]).err().unwrap()
    };
    let (english, other) = (load(), spoken(load));
    let day = english.iter().position(|e| e.message.starts_with("expected a day")).unwrap();
    assert_eq!(other[day].message, "\"soon\" is no day");
    let examples = |errors: &[RulesError]| {
        errors.iter().map(|error| error.example.clone()).collect::<Vec<_>>()
    };
    assert_eq!(examples(&english), examples(&other));
}

#[test]
fn texts_of_tables_are_listed_once() {
    let texts = data_texts();
    assert!(texts.is_sorted_by(|a, b| a < b));
    for text in ["a PNG picture", "the output of netstat", "prohibited"] {
        assert!(texts.contains(&text), "{text}");
    }
}
