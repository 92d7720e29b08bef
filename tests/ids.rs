//! Ids are for ever: what was published once leads somewhere for as long as there are old reports,
//! waivers and packs.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeSet;
use std::{env, fs};

use clearlist::bundled;
use clearlist::engine::rules::{Rules, RulesError, RulesFile};
use clearlist::engine::scan::{Scan, Settings};

/// Every id that was ever published, a line each.
const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ids.txt");

fn current(rules: &Rules) -> BTreeSet<String> {
    let vendors = rules.catalog.iter().map(|file| format!("vendor {}", file.vendor.id.get_ref()));
    let products = rules.catalog.iter().flat_map(|file| &file.products);
    let products = products.map(|product| format!("product {}", product.id.get_ref()));
    let directives = rules.directives.iter().map(|d| format!("directive {}", d.id.get_ref()));
    let profiles = rules.profiles.iter().map(|profile| format!("profile {}", profile.id));
    vendors.chain(products).chain(directives).chain(profiles).collect()
}

fn leads_somewhere(rules: &Rules, line: &str) -> bool {
    match line.split_once(' ') {
        Some(("vendor", id)) => rules.catalog.iter().any(|file| file.vendor.id.get_ref() == id),
        Some(("product", id)) => rules.product(id).is_some() || rules.withdrawn(id).is_some(),
        Some(("directive", id)) => rules.directive(id).is_some(),
        Some(("profile", id)) => rules.profile(id).is_some(),
        _ => false,
    }
}

#[test]
fn every_id_that_was_published_leads_somewhere() {
    let rules = bundled::rules();
    let text = fs::read_to_string(PUBLISHED).unwrap_or_default();
    let published: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    for line in &published {
        assert!(
            leads_somewhere(&rules, line),
            "{line} was published and leads nowhere: say it in `formerly` of what it is now, or in a \
             [[withdrawn]] of its file"
        );
    }
    let current = current(&rules);
    let new: Vec<&String> = current.difference(&published).collect();
    if env::var_os("UPDATE_EXPECT").is_some() {
        let all: BTreeSet<&String> = published.union(&current).collect();
        fs::write(PUBLISHED, all.iter().map(|line| format!("{line}\n")).collect::<String>())
            .unwrap();
    } else {
        assert!(
            new.is_empty(),
            "{new:?} are new: look at them once more, since they are for ever, then \
             UPDATE_EXPECT=1 cargo test --test ids"
        );
    }
}

/// The bundled rules with something replaced everywhere in the catalog.
fn changed(changes: &[(&str, &str)]) -> Result<Rules, Vec<RulesError>> {
    let texts: Vec<(&str, String)> = bundled::files()
        .iter()
        .map(|file| {
            let is_catalog = file.name.starts_with("static/catalog/");
            let change = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
            let text = file.text.to_owned();
            (file.name, if is_catalog { changes.iter().fold(text, change) } else { text })
        })
        .collect();
    let files: Vec<RulesFile<'_>> =
        texts.iter().map(|(name, text)| RulesFile { name, text }).collect();
    Rules::load(&files)
}

/// The finding's id, the product's id and the outcomes.
fn found(rules: &Rules) -> (String, String, String) {
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source("list.txt");
    scan.push(b"Name,Publisher\nKaspersky Anti-Virus,AO Kaspersky Lab\n");
    scan.end_source();
    let report = scan.finish();
    let finding = &report.findings[0];
    let outcomes = serde_json::to_string(&finding.outcomes).unwrap();
    (finding.id.clone(), finding.product.id.clone(), outcomes)
}

#[test]
fn a_renamed_product_is_the_same_to_directives_and_old_reports() {
    let renamed = changed(&[
        (
            "id = \"kaspersky.anti-virus\"\n",
            "id = \"kaspersky.antivirus\"\nformerly = [\"kaspersky.anti-virus\"]\n",
        ),
        ("\"kaspersky.anti-virus\",", "\"kaspersky.antivirus\","),
    ]);
    let renamed = renamed.unwrap_or_else(|errors| panic!("{errors:#?}"));
    let (before, after) = (found(&bundled::rules()), found(&renamed));
    assert_eq!(
        (before.1.as_str(), after.1.as_str()),
        ("kaspersky.anti-virus", "kaspersky.antivirus")
    );
    assert_eq!(before.0, after.0, "the finding's id");
    assert_eq!(before.2, after.2, "what the directives say, which name it by its former id");
    let (_, product) = renamed.product("kaspersky.anti-virus").unwrap();
    assert_eq!(product.id.get_ref(), "kaspersky.antivirus");
}

#[test]
fn an_id_that_was_given_away_is_not_given_again() {
    let twice = changed(&[(
        "id = \"kaspersky.anti-virus\"\n",
        "id = \"kaspersky.anti-virus\"\nformerly = [\"kaspersky.pure\"]\n",
    )]);
    let errors = twice.err().unwrap();
    assert!(errors.iter().any(|error| error.message.contains("used twice")), "{errors:#?}");
}

#[test]
fn what_was_withdrawn_says_why_and_what_stands_for_it() {
    let withdrawn = |instead: &str| {
        let entry = format!(
            "[[withdrawn]]\nid = \"kaspersky.old\"\non = \"2026-12-01\"\nwhy = \"It was two.\"\n{instead}\n\
             [[product]]\nid = \"kaspersky.anti-virus\"\n"
        );
        changed(&[("[[product]]\nid = \"kaspersky.anti-virus\"\n", &entry)])
    };
    let rules = withdrawn("instead = \"kaspersky.pure\"").unwrap_or_else(|e| panic!("{e:#?}"));
    assert_eq!(rules.product("kaspersky.old").unwrap().1.id.get_ref(), "kaspersky.pure");
    assert_eq!(rules.withdrawn("kaspersky.old").unwrap().why, "It was two.");
    let nobody = withdrawn("").unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(nobody.product("kaspersky.old").is_none());
    let errors = withdrawn("instead = \"kaspersky.no-such\"").err().unwrap();
    assert!(errors[0].message.contains("no product of the file has the id"), "{errors:#?}");
}
