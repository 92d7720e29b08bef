//! What a title is recognised as: disguises, near misses and rules for some versions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::catalog::Strength;
use clearlist::engine::recognise::{Recognised, recognise};
use clearlist::engine::record::IdentifierKind;
use clearlist::engine::report::TitleIdentifier;
use clearlist::engine::rules::{Rules, RulesFile, rules_in_order};
use clearlist::engine::title::Title;

/// The product, how sure, and the disguise that was seen through.
fn product(rules: &Rules, title: &Title) -> Option<(String, Strength, String)> {
    let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
    match recognise(rules, &refs, title) {
        Recognised::Products(products) => products.first().map(|found| {
            let disguise = found.evidence.iter().map(|e| e.disguise.as_str()).collect();
            (found.product.id.get_ref().clone(), found.strength, disguise)
        }),
        Recognised::Near(_) | Recognised::Nothing => None,
    }
}

fn named(name: &str) -> Title {
    Title { name: name.to_owned(), ..Title::default() }
}

#[track_caller]
fn check(name: &str, expected_product: &str, expected_disguise: &str) {
    let (id, strength, disguise) = product(&bundled::rules(), &named(name)).unwrap();
    assert_eq!((id.as_str(), strength), (expected_product, Strength::Medium), "{name}");
    assert!(disguise.contains(expected_disguise), "{name}: {disguise}");
    assert_eq!(disguise.is_empty(), expected_disguise.is_empty(), "{name}: {disguise}");
}

#[test]
fn a_disguised_name_is_seen_through_and_the_disguise_said() {
    check("Kаspersky Total Security", "kaspersky.total-security", "Cyrillic а (U+0430)");
    check("Каѕреrѕку Internet Security", "kaspersky.internet-security", "stands for");
    check("Kas\u{200B}persky Free", "kaspersky.free", "U+200B");
    check("Κaspersky Free", "kaspersky.free", "Greek Κ (U+039A)");
    check("Антивирус Кaсперского", "kaspersky.anti-virus", "Latin a");
    check("𝐊𝐚𝐬𝐩𝐞𝐫𝐬𝐤𝐲 Free", "kaspersky.free", "mathematics");
}

#[test]
fn what_only_looks_unusual_is_no_disguise() {
    check("Ｋａｓｐｅｒｓｋｙ Free", "kaspersky.free", "");
    check("KASPERSKY™  Free", "kaspersky.free", "");
    check("kaspersky_free", "kaspersky.free", "");
    check("Kaspersky.Free", "kaspersky.free", "");
    check("Антивирус Касперского", "kaspersky.anti-virus", "");
}

#[test]
fn a_disguised_identifier_is_seen_through() {
    let mut title = named("Chat");
    title.identifiers.push(TitleIdentifier {
        kind: IdentifierKind::Package,
        value: "com.tеncent.mm".to_owned(),
    });
    let (id, _, disguise) = product(&bundled::rules(), &title).unwrap();
    assert_eq!(id, "tencent.wechat");
    assert!(disguise.contains("Cyrillic е"), "{disguise}");
}

#[test]
fn evidence_of_a_disguise_has_the_text_as_written_too() {
    let rules = bundled::rules();
    let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
    let Recognised::Products(products) = recognise(&rules, &refs, &named("Kаspersky Free")) else {
        panic!("it is a product");
    };
    let evidence = &products[0].evidence[0];
    assert_eq!(evidence.text, "Kaspersky Free");
    assert_eq!(evidence.repaired_from, "Kаspersky Free");
}

#[test]
fn near_misses_are_no_products_and_known_look_alikes_are_not_near() {
    let rules = bundled::rules();
    let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
    let near = |title: &Title| match recognise(&rules, &refs, title) {
        Recognised::Near(near) => near.reason.to_string(),
        Recognised::Products(_) => "product".to_owned(),
        Recognised::Nothing => "nothing".to_owned(),
    };
    assert!(near(&named("Kaspersy Total Security")).contains("one letter away"));
    assert_eq!(near(&named("@kaspersky/hexa-ui")), "nothing");
    assert_eq!(near(&named("Notepad++")), "nothing");
    let mut signed = named("Helper");
    signed.identifiers.push(TitleIdentifier {
        kind: IdentifierKind::Signer,
        value: "Webull Technologies".to_owned(),
    });
    assert!(near(&signed).contains("signed by"), "{}", near(&signed));
    signed.name = "@kaspersky/hexa-ui".to_owned();
    assert_eq!(near(&signed), "nothing", "what is known needs no look, whoever signed it");
}

const ORION: &str = r#"
schema = "clearlist-catalog/1"
[vendor]
id = "solarwinds"
name = "SolarWinds"
checked_on = "2026-11-25"
publisher_words = ["SolarWinds"]
sources = ["own"]
[[source]]
id = "own"
title = "An organisation's own order"
read = "issuer"
[[product]]
id = "solarwinds.orion-affected"
name = "Orion Platform, affected versions"
relation = "branded"
category = "other"
platforms = ["windows"]
matches = [{ name = "Orion Platform", version = "2020.2" }]
must_not_match = [{ name = "Orion Platform", version = "2020.2.6" }]
[[product.rule]]
id = "name"
field = "name"
words = ["Orion Platform"]
versions = ">=2019.4, <=2020.2.1"
strength = "medium"
sources = ["own"]
[[product]]
id = "solarwinds.orion"
name = "Orion Platform"
relation = "branded"
category = "other"
platforms = ["windows"]
matches = [{ name = "Orion Platform", version = "2020.2.6" }]
must_not_match = [{ name = "Orion" }]
[[product.rule]]
id = "name"
field = "name"
words = ["Orion Platform"]
strength = "medium"
sources = ["own"]
[[step]]
id = "solarwinds.step.remove"
phase = "remove"
platforms = ["windows"]
title = "Remove it."
text = "Remove it."
who = "administrator"
sources = ["own"]
"#;

#[test]
fn a_rule_for_some_versions_holds_for_those_and_an_unknown_version_is_only_a_hint() {
    let rules = Rules::load(&[RulesFile { name: "orion.toml", text: ORION }]);
    let rules = rules.unwrap_or_else(|errors| panic!("{errors:?}"));
    let found = |version: &str, name: &str| {
        let title = Title { version: version.to_owned(), ..named(name) };
        product(&rules, &title).map(|(id, strength, _)| (id, strength)).unwrap()
    };
    let affected = || "solarwinds.orion-affected".to_owned();
    assert_eq!(found("2019.4", "Orion Platform"), (affected(), Strength::Medium));
    assert_eq!(found("", "Orion Platform 2020.2.1"), (affected(), Strength::Medium));
    assert_eq!(
        found("2020.2.6", "Orion Platform"),
        ("solarwinds.orion".to_owned(), Strength::Medium)
    );
    assert_eq!(found("", "Orion Platform"), (affected(), Strength::Weak));
    assert_eq!(found("unknown", "Orion Platform"), (affected(), Strength::Weak));
}

#[test]
fn a_range_that_cannot_be_read_is_a_mistake_with_its_line() {
    let text = ORION.replace(">=2019.4, <=2020.2.1", "2019 to 2020");
    let errors = Rules::load(&[RulesFile { name: "orion.toml", text: &text }]).err().unwrap();
    let line = text.lines().position(|line| line.contains("2019 to 2020")).unwrap() + 1;
    assert!(errors.iter().any(|e| e.line == line && e.message.contains(">=")), "{errors:?}");
}
