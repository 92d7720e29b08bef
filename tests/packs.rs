//! Rules of the user's own: loaded, checked, applied.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::report::Report;
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesError, RulesFile};
use clearlist::engine::scan::{Scan, Settings};

/// The first example.
const EXAMPLE: &str = EXAMPLES[0].text;

fn load(text: &str) -> Result<Rules, Vec<RulesError>> {
    Rules::load_with_packs(bundled::files(), &[RulesFile { name: "own.toml", text }], &[])
}

/// The line of the first text in the pack that holds this, counted from 1.
fn line_of(text: &str, part: &str) -> usize {
    text.lines().position(|line| line.contains(part)).unwrap() + 1
}

fn report(rules: &Rules, list: &str) -> Report {
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(list.as_bytes());
    scan.end_source();
    scan.finish()
}

fn outcomes<'r>(report: &'r Report, name: &str) -> Vec<(&'r str, &'r str)> {
    let finding = report.findings.iter().find(|finding| finding.name == name).unwrap();
    finding.outcomes.iter().map(|o| (o.directive.as_str(), o.outcome.id())).collect()
}

#[test]
fn every_example_loads() {
    for example in EXAMPLES {
        let rules = load(example.text);
        assert!(rules.is_ok(), "{}: {:#?}", example.id, rules.err());
    }
}

#[test]
fn an_end_of_life_list_goes_by_versions() {
    let rules = load(EXAMPLES[1].text).unwrap();
    let list = "Name,Version\nExample Viewer,9.2\nExample Viewer,10.1\nExample Office,19.9\n";
    let report = report(&rules, list);
    let found: Vec<_> = report.findings.iter().map(|f| (&*f.name, &*f.version)).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(!found.contains(&("Example Viewer", "10.1")), "{found:?}");
}

#[test]
fn an_order_can_be_about_makers_that_are_known() {
    let rules = load(EXAMPLES[2].text).unwrap();
    assert!(rules.directive("uk-ncsc-2017-av").is_none(), "switched off");
    let report = report(&rules, "Name\nKaspersky Free\n");
    let found = outcomes(&report, "Kaspersky Free");
    assert!(found.contains(&("our-ministry-order-2026", "prohibited")), "{found:?}");
}

#[test]
fn the_example_loads_and_is_applied() {
    let rules = load(EXAMPLE).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let report = report(
        &rules,
        "Name,Version,Publisher\nRemote Desk,5.3,Example Software\nRemote Desk,6.0,Other\n\
         Remote Desk Pro,,\n",
    );
    assert!(outcomes(&report, "Remote Desk").contains(&("our-order-7-2026", "prohibited")));
    // Version 6 is not meant, and of an unknown version nobody knows.
    assert!(report.findings.iter().all(|finding| finding.version != "6.0"));
    assert!(outcomes(&report, "Remote Desk Pro").contains(&("our-order-7-2026", "review")));
    assert_eq!(report.packs.len(), 1);
    assert_eq!(report.packs[0].file, "own.toml");
    assert_eq!(report.packs[0].sha256.len(), 64);
    assert!(report.deadlines.iter().any(|deadline| deadline.due_on == "2026-12-05"));
}

#[test]
fn a_pack_can_switch_a_bundled_directive_off_and_replace_one() {
    let off = EXAMPLE.replace("off = []", "off = [\"us-dhs-bod-17-01\", \"lt-2017\"]");
    let text = off.replace("id = \"our-order-7-2026\"", "id = \"lt-2017\"");
    let rules = load(&text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(rules.directive("us-dhs-bod-17-01").is_none());
    assert_eq!(rules.directive("lt-2017").unwrap().issuer, "Our organisation");
    assert_eq!(rules.packs[0].off, ["us-dhs-bod-17-01"]);
    assert_eq!(rules.packs[0].replaced, ["lt-2017"]);
    let federal = rules.profile("us-federal-civilian").unwrap();
    assert!(federal.directives.iter().all(|d| d.id != "us-dhs-bod-17-01"));
}

/// As two data updates do of which the later has all that the earlier had.
#[test]
fn what_one_pack_switches_off_another_may_too() {
    let off = |id: &str| {
        format!(
            "schema = \"clearlist-pack/1\"\nid = \"{id}\"\ntitle = \"Off\"\noff = [\"lt-2017\"]\n"
        )
    };
    let (first, second) = (off("first"), off("second"));
    let packs = [("1.toml", &*first), ("2.toml", &*second)];
    let packs = packs.map(|(name, text)| RulesFile { name, text });
    let rules = Rules::load_with_packs(bundled::files(), &packs, &[]);
    let rules = rules.unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(rules.directive("lt-2017").is_none());
    assert!(rules.packs.iter().all(|pack| pack.off == ["lt-2017"]));
}

#[test]
fn a_bundled_id_is_only_taken_by_a_pack_that_says_so() {
    let text = EXAMPLE.replace("id = \"our-order-7-2026\"", "id = \"lt-2017\"");
    let errors = load(&text).err().unwrap();
    assert!(errors.iter().any(|e| e.message.contains("used twice")), "{errors:#?}");
    let text = EXAMPLE.replace("off = []", "off = [\"no-such-order\"]");
    let errors = load(&text).err().unwrap();
    assert_eq!(errors[0].line, line_of(&text, "off ="));
    assert!(errors[0].message.contains("no bundled directive"), "{errors:#?}");
}

#[test]
fn three_mistakes_in_the_text_are_three_places_with_examples() {
    let text = EXAMPLE
        .replace("strength = \"medium\"", "strenght = \"medium\"")
        .replace("outcome = \"prohibited\"   ", "outcome = \"forbidden\"    ")
        .replace("title = \"Programs that we do not allow\"\n", "");
    let errors = load(&text).err().unwrap();
    let places: Vec<usize> = errors.iter().map(|error| error.line).collect();
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(places.contains(&line_of(&text, "strenght")), "{errors:#?}");
    assert!(places.contains(&line_of(&text, "forbidden")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.message.contains("missing field `title`")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.message.contains("did you mean `strength`?")), "{errors:#?}");
    assert!(errors.iter().all(|e| !e.example.is_empty()), "{errors:#?}");
    let forbidden = errors.iter().find(|e| e.line == line_of(&text, "forbidden")).unwrap();
    assert_eq!(forbidden.column, "outcome = ".len() + 1);
    assert_eq!(forbidden.example, "outcome = \"prohibited\"");
}

#[test]
fn a_pack_written_on_windows_has_its_mistakes_on_the_same_lines() {
    let text = EXAMPLE
        .replace("strength = \"medium\"", "strenght = \"medium\"")
        .replace("outcome = \"prohibited\"   ", "outcome = \"verboten für alle\" ");
    let places = |text: &str| -> Vec<(usize, usize)> {
        load(text).err().unwrap().iter().map(|error| (error.line, error.column)).collect()
    };
    let expected = places(&text);
    assert_eq!(expected.len(), 2);
    assert_eq!(places(&text.replace('\n', "\r\n")), expected);
    assert!(load(&EXAMPLE.replace('\n', "\r\n")).is_ok());
    assert!(load(&format!("\u{FEFF}{EXAMPLE}")).is_ok(), "as Windows' own editor can save it");
}

#[test]
fn three_mistakes_in_what_it_says_are_three_places() {
    let text = EXAMPLE
        .replace("words = [\"Remote Desk\"]", "words = [\"RD\"]")
        .replace("issued_on = \"2026-11-01\"", "issued_on = \"1 November\"")
        .replace("vendors = [\"example-soft\"]", "vendors = [\"nobody\"]");
    let errors = load(&text).err().unwrap();
    for part in ["words = [\"RD\"]", "issued_on", "nobody"] {
        // A rule is pointed at by its id, some lines above its words.
        let line = line_of(&text, part);
        let is_near = |e: &&RulesError| e.line <= line && line <= e.line + 3;
        assert!(errors.iter().any(|e| is_near(&e)), "{part}: {errors:#?}");
    }
}

#[test]
fn a_pack_with_broken_text_says_where() {
    let text = EXAMPLE.replace("name = \"Example Software\"", "name = \"Example Software");
    let errors = load(&text).err().unwrap();
    assert_eq!(errors[0].line, line_of(&text, "name = \"Example Software"), "{errors:#?}");
}

#[test]
fn a_pack_that_is_too_large_is_told_how_large_they_may_be() {
    let most = clearlist::engine::limits::PACK_BYTES;
    let padded = |bytes: usize| format!("{EXAMPLE}#{}", " ".repeat(bytes - EXAMPLE.len() - 1));
    assert!(load(&padded(most)).is_ok());
    let errors = load(&padded(most + 1)).err().unwrap();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].message.contains("1048577 bytes, and 1048576 are the most"), "{errors:#?}");
}
