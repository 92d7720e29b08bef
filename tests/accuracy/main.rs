//! How well programs are recognised: every example of the catalog and its mechanical variants must be
//! found, and nothing of long lists of other programs' names.
//!
//! `cargo xtask accuracy` runs this and writes `docs/accuracy.md`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

mod names;
mod page;
mod variants;

use clearlist::bundled;
use clearlist::engine::catalog::{CatalogFile, ExampleTitle};
use clearlist::engine::recognise::{Recognised, recognise};
use clearlist::engine::rules::{RuleRef, Rules, rules_in_order};
use clearlist::engine::title::Title;

use variants::{VARIANTS, Variant};

/// Where the page about the accuracy is to be written.
const PAGE: &str = "CLEARLIST_ACCURACY_PAGE";

/// How the titles of one kind came out.
#[derive(Default)]
struct Tally {
    tried: usize,
    /// The wrong ones, as people read them.
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, is_right: bool, what: impl FnOnce() -> String) {
        self.tried += 1;
        if !is_right {
            self.wrong.push(what());
        }
    }
}

struct Recogniser<'r> {
    rules: &'r Rules,
    refs: Vec<RuleRef<'r>>,
}

impl<'r> Recogniser<'r> {
    fn recognise(&self, title: &Title) -> Recognised<'r> {
        recognise(self.rules, &self.refs, title)
    }

    /// The id of that vendor's product that the title is.
    fn product(&self, title: &Title, vendor: &str) -> Option<&'r str> {
        let Recognised::Products(products) = self.recognise(title) else { return None };
        let of_vendor = products.iter().find(|found| found.file.vendor.id.get_ref() == vendor);
        of_vendor.map(|found| found.product.id.get_ref().as_str())
    }
}

/// Every example that must be found, in one variant.
fn recall(recogniser: &Recogniser<'_>, variant: &Variant) -> Tally {
    let mut tally = Tally::default();
    for file in &recogniser.rules.catalog {
        let vendor = file.vendor.id.get_ref();
        for product in &file.products {
            for example in &product.matches {
                let Some(title) = (variant.make)(&example.title()) else { continue };
                let found = recogniser.product(&title, vendor);
                let is_right = match found {
                    Some(_) if variant.is_of_vendor_only => true,
                    found => found == Some(product.id.get_ref()),
                };
                tally.add(is_right, || {
                    format!("{title:?}: expected {}, found {found:?}", product.id.get_ref())
                });
            }
        }
    }
    tally
}

/// What must not be found: titles that are known to be something else, of their vendor.
fn look_alikes(recogniser: &Recogniser<'_>) -> Tally {
    let mut tally = Tally::default();
    let examples = |file: &'_ CatalogFile| -> Vec<Title> {
        file.look_alikes
            .iter()
            .flat_map(|known| known.examples.iter().map(ExampleTitle::title))
            .collect()
    };
    for file in &recogniser.rules.catalog {
        for title in examples(file) {
            let found = recogniser.product(&title, file.vendor.id.get_ref());
            tally.add(found.is_none(), || format!("{title:?}: found {found:?}"));
        }
    }
    tally
}

/// What of a list of names is found, and how many of the names are near misses.
fn false_alarms(recogniser: &Recogniser<'_>, names: &[String]) -> (Tally, usize) {
    let (mut tally, mut near) = (Tally::default(), 0);
    for name in names {
        let recognised = recogniser.recognise(&Title { name: name.clone(), ..Title::default() });
        near += usize::from(matches!(recognised, Recognised::Near(_)));
        let is_right = !matches!(recognised, Recognised::Products(_));
        tally.add(is_right, || format!("{name:?}: found {recognised:?}"));
    }
    (tally, near)
}

#[test]
fn everything_is_found_and_nothing_else() {
    let rules = bundled::rules();
    let recogniser = Recogniser { rules: &rules, refs: rules_in_order(&rules.catalog).collect() };
    let positives: Vec<(&Variant, Tally)> =
        VARIANTS.iter().map(|variant| (variant, recall(&recogniser, variant))).collect();
    let known = look_alikes(&recogniser);
    let lists: Vec<_> = names::lists()
        .into_iter()
        .map(|list| {
            let (tally, near) = false_alarms(&recogniser, &list.names);
            (list.title, tally, near)
        })
        .collect();
    if let Some(path) = std::env::var_os(PAGE) {
        std::fs::write(path, page::page(&rules, &positives, &known, &lists)).unwrap();
    }
    let wrong: Vec<&String> = positives
        .iter()
        .map(|(_, tally)| tally)
        .chain([&known])
        .chain(lists.iter().map(|(_, tally, _)| tally))
        .flat_map(|tally| &tally.wrong)
        .collect();
    let tried: usize = positives.iter().map(|(_, tally)| tally.tried).sum();
    assert!(tried > 4_000, "only {tried} titles were tried");
    let shown: Vec<&str> = wrong.iter().take(40).map(|line| line.as_str()).collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), shown.join("\n"));
}
