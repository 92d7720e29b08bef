//! Signed data updates: who signed them, what they may do, and everything that is refused.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::app::text::{pack_applied, update_status};
use clearlist::bundled;
use clearlist::engine::report::Report;
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::update::{Superseded, TrustedKey, public_key, read_keys, sign};
use clearlist::engine::rules::{Rules, RulesError, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::words::{hex, unhex};
use clearlist::engine::writers::WRITERS;
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// The secret keys of the tests, which nobody trusts elsewhere.
const SECRET: [u8; 32] = [7; 32];
const OTHER_SECRET: [u8; 32] = [8; 32];

/// A day after every day of the bundled data.
const DAY: &str = "2030-03-01";

fn trusted() -> Vec<TrustedKey> {
    vec![TrustedKey::new("the tests", "2026-01-01", &public_key(&SECRET)).unwrap()]
}

/// A bundled file as a table of a pack.
fn bundled_file(name: &str) -> Table {
    let file = bundled::files().iter().find(|file| file.name.ends_with(name)).unwrap();
    let mut table: Table = toml::from_str(file.text).unwrap();
    table.remove("schema");
    table
}

/// An update of that day with the Lithuanian directive and the entry of VMate, changed as a caller wants.
fn update_of(day: &str, change: impl FnOnce(&mut Table, &mut Table)) -> String {
    let (mut directive, mut vendor) = (bundled_file("lt-2017.toml"), bundled_file("vmate.toml"));
    directive.insert("status_note".into(), Value::from("In force as this update has it."));
    vendor["vendor"].as_table_mut().unwrap().insert("name".into(), Value::from("VMate, updated"));
    change(&mut directive, &mut vendor);
    let head = format!(
        "schema = \"clearlist-pack/1\"\nid = \"data-update-1\"\ntitle = \"Data of Clearlist\"\n\
         checked_on = \"{day}\"\n"
    );
    let mut lists = Table::new();
    lists.insert("catalog".into(), Value::Array(vec![vendor.into()]));
    lists.insert("directive".into(), Value::Array(vec![directive.into()]));
    format!("{head}\n{}", toml::to_string(&lists).unwrap())
}

fn update() -> String {
    update_of(DAY, |_, _| ())
}

fn signed(text: &str) -> String {
    sign(text, &SECRET).unwrap()
}

fn load(text: &str) -> Result<Rules, Vec<RulesError>> {
    load_all(&[("update.toml", text)])
}

fn load_all(packs: &[(&str, &str)]) -> Result<Rules, Vec<RulesError>> {
    let packs: Vec<RulesFile<'_>> =
        packs.iter().map(|&(name, text)| RulesFile { name, text }).collect();
    Rules::load_with_packs(bundled::files(), &packs, &trusted())
}

/// The only thing that is wrong with a file: its line, and what is said.
#[track_caller]
fn only_error(text: &str) -> (usize, String) {
    let mut errors = load(text).err().unwrap();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = errors.remove(0);
    assert_eq!(error.file, "update.toml");
    (error.line, error.message)
}

fn report(rules: &Rules, list: &str, today: &str) -> Report {
    let settings = Settings { today: today.to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(list.as_bytes());
    scan.end_source();
    scan.finish()
}

fn days_after(day: &str, days: i32) -> String {
    day.parse::<Date>().unwrap().checked_add(days.days()).unwrap().to_string()
}

#[test]
fn a_signed_update_replaces_bundled_entries_and_brings_the_day_of_the_data() {
    let text = signed(&update());
    let rules = load(&text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let bundled = bundled::rules();
    assert_eq!(rules.directives.len(), bundled.directives.len(), "none stands twice");
    assert_eq!(rules.catalog.len(), bundled.catalog.len());
    let directive = rules.directive("lt-2017").unwrap();
    assert_eq!(directive.status_note, "In force as this update has it.");
    assert!(rules.catalog.iter().any(|file| file.vendor.name == "VMate, updated"));
    assert_eq!(rules.checked_on(), DAY);

    let report = report(&rules, "Name\nKaspersky Free\n", DAY);
    assert_eq!(report.tool.data_checked_on, DAY);
    let pack = &report.packs[0];
    assert_eq!((&*pack.title, &*pack.file), ("Data of Clearlist", "update.toml"));
    assert_eq!(pack.replaced, ["lt-2017"]);
    let update = pack.update.as_ref().unwrap();
    assert_eq!((&*update.checked_on, &*update.signed_by), (DAY, "the tests"));
    assert_eq!(update.key, trusted()[0].id());
    assert_eq!(update.vendors, ["vmate"]);
    let found = &report.findings[0];
    assert!(found.outcomes.iter().any(|outcome| outcome.directive == "lt-2017"), "{found:#?}");
}

#[test]
fn an_update_can_bring_what_is_new_and_withdraw_a_directive() {
    let text = update_of(DAY, |directive, _| {
        directive.insert("id".into(), Value::from("lt-2030"));
    });
    let text = text.replacen("\nchecked_on", "\noff = [\"us-dhs-bod-17-01\"]\nchecked_on", 1);
    let rules = load(&signed(&text)).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(rules.directive("lt-2030").is_some() && rules.directive("lt-2017").is_some());
    assert!(rules.directive("us-dhs-bod-17-01").is_none());
    let federal = rules.profile("us-federal-civilian").unwrap();
    assert!(federal.directives.iter().all(|it| it.id != "us-dhs-bod-17-01"));
    assert_eq!(rules.packs[0].off, ["us-dhs-bod-17-01"]);
    assert!(rules.packs[0].replaced.is_empty());
}

#[test]
fn an_update_that_was_changed_is_refused() {
    let text = signed(&update()).replace("In force as this", "Not in force, as this");
    let (line, message) = only_error(&text);
    assert_eq!(line, text.lines().count());
    assert!(message.contains("the signature does not fit the text"), "{message}");
}

#[test]
fn a_signature_of_the_text_alone_or_for_something_else_is_refused() {
    use ed25519_dalek::{Signer, SigningKey};
    let (text, id) = (update(), trusted()[0].id());
    for other in ["", "another-thing/1\n"] {
        let signature = SigningKey::from_bytes(&SECRET).sign(format!("{other}{text}").as_bytes());
        let line = format!("# Clearlist-signature: ed25519 {id} {}\n", hex(&signature.to_bytes()));
        let (_, message) = only_error(&format!("{text}{line}"));
        assert!(message.contains("does not fit"), "{message}");
    }
}

#[test]
fn an_update_by_a_key_that_is_not_trusted_is_refused_with_the_key() {
    let text = sign(&update(), &OTHER_SECRET).unwrap();
    let (line, message) = only_error(&text);
    assert_eq!(line, text.lines().count());
    let id = TrustedKey::new("another", "", &public_key(&OTHER_SECRET)).unwrap().id();
    assert!(message.contains(&format!("the key {id}, which this copy")), "{message}");
    assert!(message.contains("untick or remove it"), "{message}");
    // Under the name of a key that is trusted.
    let (_, message) = only_error(&text.replace(&id, &trusted()[0].id()));
    assert!(message.contains("does not fit"), "{message}");
    // This copy trusts none yet.
    assert_eq!(bundled::update_keys(), []);
    let text = signed(&update());
    let packs = [RulesFile { name: "update.toml", text: &text }];
    let errors = Rules::load_with_packs(bundled::files(), &packs, &bundled::update_keys());
    assert!(errors.err().unwrap()[0].message.contains("does not trust"));
}

#[test]
fn a_signature_line_that_is_not_as_they_are_written_is_refused() {
    let text = signed(&update());
    let line = text.lines().last().unwrap();
    let upper = line.to_uppercase();
    for wrong in [
        &line[..line.len() - 1],
        &format!("{line}0"),
        &line.replace("ed25519", "ed448"),
        &line.replace("# C", "#  C"),
        &line.replace("# C", " # C"),
        &line.replace("ed25519 ", "ed25519  "),
        &format!("{line} "),
        &upper,
        "# clearlist-signature",
    ] {
        let (_, message) = only_error(&text.replace(line, wrong));
        assert!(message.contains("expected the signature line as"), "{wrong}: {message}");
    }
}

#[test]
fn a_second_signature_line_and_anything_behind_the_line_is_refused() {
    let text = signed(&update());
    let line = text.lines().last().unwrap();
    let (at, message) = only_error(&format!("{text}{line}\n"));
    assert_eq!(at, text.lines().count() + 1);
    assert!(message.contains("expected one signature line"), "{message}");
    for more in ["\n", "off = []\n", "# signed\n", " "] {
        let (_, message) = only_error(&format!("{text}{more}"));
        assert!(message.contains("to be the last line"), "{more:?}: {message}");
    }
    assert_eq!(sign(&text, &SECRET), None, "and no file is signed twice");
}

#[test]
fn an_update_that_is_older_than_the_data_is_told_and_nothing_of_it_is_used() {
    let (older, newer) = (days_after(bundled::DATA_CHECKED_ON, -1), bundled::DATA_CHECKED_ON);
    let text = update_of(&older, |_, _| ()).replacen(
        "\nchecked_on",
        "\noff = [\"lt-2017\"]\nchecked_on",
        1,
    );
    let told = |text: &str| {
        let rules = load(text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let bundled = bundled::rules();
        let directive = rules.directive("lt-2017").unwrap();
        assert_eq!(directive.status_note, bundled.directive("lt-2017").unwrap().status_note);
        assert!(rules.catalog.iter().all(|file| file.vendor.name != "VMate, updated"));
        assert_eq!(rules.checked_on(), newer);
        assert_eq!(report(&rules, "Name\nVMate\n", DAY).packs, []);
        rules.superseded
    };
    let expected = [Superseded {
        file: "update.toml".into(),
        checked_on: older.clone(),
        newer: newer.to_owned(),
    }];
    assert_eq!(told(&signed(&text)), expected);
    // What has become a mistake since is none then: nothing but its day is looked at.
    let text = text.replacen("\noff = [\"lt-2017\"]", "\noff = [\"gone\"]\nformer = true", 1);
    assert_eq!(told(&signed(&text)), expected);
    // Others beside it are used; one that was changed is refused, however old it is.
    let (old, new) = (signed(&update_of(&older, |_, _| ())), signed(&update()));
    let rules = load_all(&[("old.toml", &old), ("new.toml", &new)]);
    let rules = rules.unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((rules.packs.len(), rules.superseded.len(), rules.checked_on()), (1, 1, DAY));
    let (_, message) = only_error(&old.replace("In force as this", "Not in force, as this"));
    assert!(message.contains("the signature does not fit the text"), "{message}");

    let rules = load(&signed(&update_of(newer, |_, _| ()))).unwrap();
    assert_eq!((rules.packs.len(), rules.superseded.len()), (1, 0), "one of the same day is used");
}

#[test]
fn of_two_updates_the_newer_stands_in_whatever_order_they_are_given() {
    let first = signed(&update());
    let second = update_of("2031-01-01", |directive, _| {
        directive.insert("status_note".into(), Value::from("Repealed."));
    });
    let second = signed(&second.replace("data-update-1", "data-update-2"));
    for updates in
        [[("1.toml", &*first), ("2.toml", &*second)], [("2.toml", &*second), ("1.toml", &*first)]]
    {
        let rules = load_all(&updates).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_eq!(rules.checked_on(), "2031-01-01");
        assert_eq!(rules.directive("lt-2017").unwrap().status_note, "Repealed.");
        let files: Vec<&str> = rules.packs.iter().map(|pack| &*pack.file).collect();
        assert_eq!(files, ["1.toml", "2.toml"]);
    }
}

#[test]
fn an_update_of_before_its_key_was_trusted_is_refused() {
    let text = signed(&update());
    let packs = [RulesFile { name: "update.toml", text: &text }];
    let load = |from: &str| {
        let key = TrustedKey::new("the tests", from, &public_key(&SECRET)).unwrap();
        Rules::load_with_packs(bundled::files(), &packs, &[key])
    };
    assert!(load(DAY).is_ok());
    let errors = load(&days_after(DAY, 1)).err().unwrap();
    assert!(errors[0].message.contains("is trusted for data from 2030-03-02 on"), "{errors:#?}");
}

#[test]
fn an_update_says_its_day_and_a_pack_without_signature_must_not() {
    let day = format!("checked_on = \"{DAY}\"\n");
    let (_, message) = only_error(&signed(&update().replacen(&day, "", 1)));
    assert!(message.contains("expected checked_on in a signed data update"), "{message}");
    let (line, message) = only_error(&signed(&update().replacen(DAY, "1 March 2030", 1)));
    assert_eq!(line, 4);
    assert!(message.contains("expected a day as YYYY-MM-DD"), "{message}");

    let example = EXAMPLES[0].text.replace("off = []", "off = []\nchecked_on = \"2030-03-01\"");
    let (line, message) = only_error(&example);
    assert_eq!(
        Some(line),
        example.lines().position(|it| it.starts_with("checked_on")).map(|at| at + 1)
    );
    assert!(message.contains("only a signed data update has a checked_on"), "{message}");
}

#[test]
fn what_is_no_pack_is_refused_signed_or_not_and_brings_no_day() {
    for name in ["lt-2017.toml", "vmate.toml", "steps.toml", "profiles.toml"] {
        let file = bundled::files().iter().find(|file| file.name.ends_with(name)).unwrap();
        let text = file.text.replacen("lt-2017", "lt-2035", 1);
        for text in [signed(&text), text] {
            let (line, message) = only_error(&text);
            assert_eq!(line, 1, "{name}");
            let expected = "expected schema to be \"clearlist-pack/1\", found \"clearlist-";
            assert!(message.starts_with(expected), "{name}: {message}");
        }
    }
    // One that says that it is of a later day does not keep an update out.
    let later = bundled::files().iter().find(|file| file.name.ends_with("lt-2017.toml")).unwrap();
    let later = later.text.replacen("checked_on = \"20", "checked_on = \"21", 1);
    let errors = load_all(&[("later.toml", &later), ("update.toml", &signed(&update()))]);
    let errors = errors.err().unwrap();
    assert!(errors.iter().all(|error| error.file == "later.toml"), "{errors:#?}");
}

#[test]
fn an_update_with_a_mistake_is_refused_and_the_mistake_told_with_its_place() {
    let text = update_of(DAY, |directive, _| {
        directive.insert("issued_on".into(), Value::from("in 2017"));
    });
    let text = signed(&text);
    let errors = load(&text).err().unwrap();
    let line = text.lines().position(|line| line.starts_with("issued_on")).unwrap() + 1;
    assert!(errors.iter().any(|error| error.line == line), "{line}: {errors:#?}");
    // The examples of a vendor are run, as everywhere.
    let text = update_of(DAY, |_, vendor| {
        let product = vendor["product"].as_array_mut().unwrap()[0].as_table_mut().unwrap();
        product.insert(
            "matches".into(),
            Value::Array(vec![toml::from_str::<Table>("name = \"Another Name\"").unwrap().into()]),
        );
    });
    let errors = load(&signed(&text)).err().unwrap();
    assert!(errors.iter().any(|it| it.message.contains("Another Name")), "{errors:#?}");
}

#[test]
fn an_update_that_the_other_data_does_not_fit_is_refused() {
    // A bundled directive names products of a vendor, which has none in the update.
    let rules = bundled::rules();
    let named = rules.directives.iter().find(|directive| {
        directive
            .coverage
            .iter()
            .any(|it| it.products.iter().any(|id| id.starts_with("kaspersky.")))
    });
    let named = named.unwrap().id.get_ref().clone();
    let mut kaspersky = bundled_file("kaspersky.toml");
    kaspersky.insert("product".into(), Value::Array(Vec::new()));
    kaspersky.insert("look_alike".into(), Value::Array(Vec::new()));
    kaspersky.insert("step".into(), Value::Array(Vec::new()));
    kaspersky.insert("withdrawn".into(), Value::Array(Vec::new()));
    let mut lists = Table::new();
    lists.insert("catalog".into(), Value::Array(vec![kaspersky.into()]));
    let head: String = update().lines().take(4).map(|line| format!("{line}\n")).collect();
    let errors = load(&signed(&format!("{head}\n{}", toml::to_string(&lists).unwrap())));
    let errors = errors.err().unwrap();
    let expected = format!("does not fit the other data: static/directives/{named}.toml:");
    assert!(errors.iter().any(|error| error.message.contains(&expected)), "{named}: {errors:#?}");
    assert!(errors.iter().all(|error| error.file == "update.toml"));
}

#[test]
fn line_ends_of_windows_do_not_break_a_signature_and_are_none_of_it() {
    let text = signed(&update());
    assert!(load(&text.replace('\n', "\r\n")).is_ok());
    assert!(load(text.trim_end()).is_ok(), "nor a last line without end");
    let crlf = signed(&update().replace('\n', "\r\n"));
    assert_eq!(crlf.lines().last(), text.lines().last(), "the same is signed");
    let (_, message) = only_error(&format!("{}\r", text.trim_end()));
    assert!(message.contains("expected the signature line as"), "{message}");
}

#[test]
fn a_byte_order_mark_does_not_break_a_signature_and_is_none_of_it() {
    let text = signed(&update());
    let marked = format!("\u{feff}{text}");
    let rules = load(&marked).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(rules.packs[0].sha256, hex(&Sha256::digest(&marked)), "that of the file as it is");
    // As a browser reads a file that was signed with the mark.
    let signed_marked = signed(&format!("\u{feff}{}", update()));
    assert!(signed_marked.starts_with('\u{feff}') && load(&signed_marked).is_ok());
    assert!(load(signed_marked.trim_start_matches('\u{feff}')).is_ok());
    let (_, message) = only_error(&text.replacen("\ntitle", "\n\u{feff}title", 1));
    assert!(message.contains("does not fit"), "elsewhere it is a change: {message}");
}

#[test]
fn a_copy_with_line_ends_of_windows_says_the_same_and_mistakes_stand_where_they_stood() {
    let update = update().replacen(
        "\"In force as this update has it.\"",
        "\"\"\"\nIn force\nas this update has it.\"\"\"",
        1,
    );
    let text = signed(&update);
    let copy = text.replace('\n', "\r\n");
    for text in [&text, &copy] {
        let rules = load(text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let directive = rules.directive("lt-2017").unwrap();
        assert_eq!(directive.status_note, "In force\nas this update has it.");
        assert_eq!(rules.packs[0].sha256, hex(&Sha256::digest(text)), "that of the file as it is");
    }
    let wrong = signed(&update.replacen("issued_on = \"", "issued_on = \"in ", 1));
    let errors = load(&wrong).err().unwrap();
    let line = wrong.lines().position(|line| line.starts_with("issued_on")).unwrap() + 1;
    assert!(errors.iter().any(|error| error.line == line), "{line}: {errors:#?}");
    assert_eq!(load(&wrong.replace('\n', "\r\n")).err().unwrap(), errors);
}

#[test]
fn whichever_byte_of_a_signed_file_is_changed_it_is_refused() {
    // All that is in it rests on itself, so that nothing else has to be read each time.
    let text = signed(&EXAMPLES[0].text.replace("off = []", "checked_on = \"2030-03-01\""));
    let keys = trusted();
    let loads = |text: &str| {
        Rules::load_with_packs(&[], &[RulesFile { name: "update.toml", text }], &keys).is_ok()
    };
    assert!(loads(&text), "{:#?}", load(&text).err());
    for at in 0..text.len() {
        for other in [text.as_bytes()[at] ^ 1, b'\n', b'\r', b' ', b'#', b'0'] {
            let mut changed = text.clone().into_bytes();
            if changed[at] == other {
                continue;
            }
            changed[at] = other;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            assert!(!loads(&changed), "byte {at} of {} as {other}: {changed}", text.len());
        }
    }
}

#[test]
fn a_pack_of_ones_own_stays_what_it_is() {
    let text = EXAMPLES[0].text.replace("2026-11-25", "2040-01-01");
    let rules = load(&text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(rules.packs[0].update, None);
    assert_eq!(rules.checked_on(), bundled::DATA_CHECKED_ON, "it makes no data newer");
    // With an update it stands over what the update has.
    let own = EXAMPLES[0].text.replace("off = []", "off = [\"lt-2017\"]");
    let own = own.replace("id = \"our-order-7-2026\"", "id = \"lt-2017\"");
    let rules = load_all(&[("own.toml", &own), ("update.toml", &signed(&update()))]);
    let rules = rules.unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(rules.directive("lt-2017").unwrap().issuer, "Our organisation");
    let files: Vec<&str> = rules.packs.iter().map(|pack| &*pack.file).collect();
    assert_eq!(files, ["update.toml", "own.toml"]);
}

#[test]
fn every_report_for_people_names_the_update_who_signed_it_and_whose_entries_it_has() {
    let rules = load(&signed(&update())).unwrap();
    let report = report(&rules, "Name\nKaspersky Free\n", DAY);
    let update = report.packs[0].update.clone().unwrap();
    for id in ["text", "html", "markdown", "csv"] {
        let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
        let text = String::from_utf8(writer.written(&report)).unwrap();
        let named = format!("data update of {DAY}, signed by the tests (key {})", update.key);
        assert!(text.contains(&named), "{id}: {text}");
        assert!(text.contains(&report.packs[0].sha256), "{id}");
        assert!(text.contains(&format!("{named}, with entries for vmate")), "{id}: {text}");
    }
    for text in [update_status(&report.packs[0]), pack_applied(&report.packs[0])] {
        assert!(text.contains(", with entries for vmate"), "{text}");
    }
    // One with directives alone.
    let order = EXAMPLES[2].text.replacen("\noff", &format!("\nchecked_on = {DAY:?}\noff"), 1);
    let alone = load(&signed(&order)).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let status = update_status(&alone.packs[0]);
    assert!(status.starts_with("Data update of") && !status.contains("entries"), "{status}");
}

#[test]
fn reports_say_that_the_data_is_over_a_year_old_from_the_366th_day_on() {
    let rules = bundled::rules();
    let written = |days: i32, id: &str| {
        let today = days_after(bundled::DATA_CHECKED_ON, days);
        let report = report(&rules, "Name\nKaspersky Free\n", &today);
        let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
        String::from_utf8(writer.written(&report)).unwrap()
    };
    for id in ["text", "html", "markdown", "csv", "bod-17-01-report"] {
        let told = format!("{} (over a year ago:", bundled::DATA_CHECKED_ON);
        assert!(!written(365, id).contains(&told), "{id} after 365 days");
        assert!(written(366, id).contains(&told), "{id} after 366 days");
    }
}

#[test]
fn an_update_ends_the_warning() {
    let old = days_after(bundled::DATA_CHECKED_ON, 366);
    let rules = load(&signed(&update_of(&old, |_, _| ()))).unwrap();
    let today = days_after(&old, 365);
    let report = report(&rules, "Name\nKaspersky Free\n", &today);
    let writer = WRITERS.iter().find(|writer| writer.id == "text").unwrap();
    let text = String::from_utf8(writer.written(&report)).unwrap();
    assert!(text.contains(&format!("rules checked on {old}, report of {today}")), "{text}");
}

#[test]
fn a_file_of_keys_is_read_as_it_is_written_and_anything_else_told_by_its_line() {
    let key = trusted().remove(0);
    let text = format!("# Keys\n\n{}\r\n", key.line());
    assert_eq!(read_keys(&text), Ok(vec![key.clone()]));
    // The neutral element: anybody can sign for it.
    let weak = format!("2026-01-01 01{} nobody", "0".repeat(62));
    for wrong in [
        weak.as_str(),
        &key.line().replace("2026-01-01", "2026-1-1"),
        &key.line().replace("the tests", ""),
        &key.line().replacen(" ", "", 1),
        &key.line().to_uppercase(),
        "key",
    ] {
        let error = read_keys(&format!("# Keys\n{wrong}\n")).unwrap_err();
        assert_eq!((error.line, error.text.as_str()), (2, wrong.trim()), "{wrong}");
        assert!(error.to_string().contains("expected a day"), "{error}");
    }
}

#[test]
fn a_key_that_stands_twice_in_a_file_of_keys_is_told_with_both_lines() {
    let key = trusted().remove(0);
    let earlier = TrustedKey::new("another name", "2020-01-01", &public_key(&SECRET)).unwrap();
    let other = TrustedKey::new("another", "2026-01-01", &public_key(&OTHER_SECRET)).unwrap();
    let error =
        read_keys(&format!("# Keys\n{}\n{}\n{}\n", key.line(), other.line(), earlier.line()));
    let told = error.unwrap_err().to_string();
    assert!(told.starts_with("line 4: expected each key once, found the one of line 2"), "{told}");
    assert_eq!(read_keys(&format!("{}\n{}", key.line(), other.line())), Ok(vec![key, other]));
}

#[test]
fn signatures_are_those_of_rfc_8032() {
    // Section 7.1: tests 1, 2 and 3.
    for (secret, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            &[][..],
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            &[0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            &[0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let public: [u8; 32] = unhex(public).unwrap();
        assert_eq!(public_key(&unhex(secret).unwrap()), public);
        let key = VerifyingKey::from_bytes(&public).unwrap();
        let signature = Signature::from_bytes(&unhex(signature).unwrap());
        assert!(key.verify_strict(message, &signature).is_ok());
        assert!(key.verify_strict(b"another message", &signature).is_err());
    }
}
