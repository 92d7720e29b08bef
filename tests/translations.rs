//! What is said in one language is said in all, and a report is told whole in each.
//!
//! Every English text that is told is looked for in the files of languages: one that is missing would be said in English
//! between the others.
#![allow(clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

mod told;

use clearlist::app::sheet::Node;
use clearlist::app::view;
use clearlist::bundled;
use clearlist::engine::compare::compare;
use clearlist::engine::language::{Language, speaking, told as said_of};
use clearlist::engine::report::Problem;
use clearlist::engine::scan::{Scan, Settings};
use told::{bracketed, english, files, outside, placeholders, read, root};

/// The languages that have a file.
const LANGUAGES: [Language; 2] = [Language::Spanish, Language::French];

/// The file of a language.
fn said_in(language: Language) -> BTreeMap<String, String> {
    let path = root().join(format!("static/languages/{}.json", language.code()));
    serde_json::from_str(&read(&path)).expect("JSON")
}

#[test]
fn every_sentence_is_said_in_every_language_and_none_that_nobody_says() {
    let english = english();
    assert!(english.len() > 1500, "the source is read: {}", english.len());
    for language in LANGUAGES {
        let said = said_in(language);
        let missing: Vec<&String> =
            english.iter().filter(|text| !said.contains_key(*text)).collect();
        let unknown: Vec<&String> = said.keys().filter(|text| !english.contains(*text)).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{}: {} texts are missing: {missing:#?}\n{} are said by nobody: {unknown:#?}",
            language.own_name(),
            missing.len(),
            unknown.len()
        );
    }
}

#[test]
fn placeholders_and_ends_agree() {
    for language in LANGUAGES {
        for (english, told) in said_in(language) {
            assert_eq!(placeholders(&english), placeholders(&told), "{english:?}: {told:?}");
            assert!(!told.trim().is_empty(), "{english:?}");
            let is_space = |end: Option<char>| end == Some(' ');
            assert_eq!(
                is_space(english.chars().next_back()),
                is_space(told.chars().next_back()),
                "{english:?}: {told:?}"
            );
            assert_eq!(english.matches('\n').count(), told.matches('\n').count(), "{english:?}");
            let is_hidden =
                |c: char| c.is_control() && c != '\n' || ('\u{202A}'..='\u{202E}').contains(&c);
            assert!(!told.contains(is_hidden), "{told:?}");
        }
    }
}

#[test]
fn a_text_for_one_and_one_for_many_are_not_the_same_where_the_language_tells_them_apart() {
    for (language, one, many) in [
        (Language::Spanish, "{n} computadora", "{n} computadoras"),
        (Language::French, "{n} ordinateur", "{n} ordinateurs"),
    ] {
        let said = said_in(language);
        assert_eq!(said["{n} computer"], one);
        assert_eq!(said["{n} computers"], many);
    }
}

#[test]
fn the_command_line_has_every_language_the_page_has() {
    for language in Language::ALL {
        assert_eq!(bundled::catalog(language).is_some(), LANGUAGES.contains(&language));
    }
}

/// Every text of a piece of the page that is words.
fn texts(node: &Node, into: &mut Vec<String>) {
    match node {
        Node::Text(text) => into.push(text.clone()),
        Node::Element(element) => {
            let is_code = ["code", "pre", "q"].contains(&element.tag.name());
            if !is_code {
                element.children.iter().for_each(|child| texts(child, into));
            }
            into.extend(
                element
                    .attributes
                    .iter()
                    .filter(|(name, _)| name.name() == "aria-label")
                    .map(|(_, value)| value.clone()),
            );
        }
        Node::Command(command) => into.extend([command.label.clone(), command.what.clone()]),
        Node::Check(check) => into.push(check.of.clone()),
        Node::Later(nodes) | Node::All(nodes) => nodes.iter().for_each(|node| texts(node, into)),
        Node::Icon(_) => {}
    }
}

/// The words outside of brackets that are not in the list either; names and numbers are none.
fn untold_words(text: &str, list: &str) -> Vec<String> {
    let list = list.to_lowercase();
    let given: BTreeSet<&str> = words(&list).collect();
    let left = outside(text);
    let is_word = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
    words(&left).filter(is_word).filter(|word| !given.contains(word)).map(str::to_owned).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

#[test]
fn how_every_list_was_read_is_told_whole() {
    let rules = bundled::rules();
    let inputs = files(&root().join("tests/corpus"), "");
    let inputs = inputs.iter().filter(|path| path.file_stem().is_some_and(|it| it == "input"));
    let mut untold = BTreeSet::new();
    let mut told_of = 0;
    let catalog = bracketed();
    for path in inputs {
        let settings = Settings { today: "2026-11-30".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).expect("settings");
        scan.begin_source("list");
        let bytes = fs::read(path).expect("a file");
        scan.push(&bytes);
        scan.end_source();
        let report = scan.finish();
        let list = String::from_utf8_lossy(&bytes);
        let texts = speaking(Some(catalog), || {
            let sources = report.sources.iter().flat_map(|source| {
                let (encoding, cannot) =
                    (said_of(&source.encoding_reason), said_of(&source.cannot_show));
                [source.format_reason_told(), encoding.to_owned(), cannot.to_owned()]
            });
            let problems = report.problems.iter().map(Problem::told);
            sources.chain(problems).collect::<Vec<_>>()
        });
        told_of += texts.len();
        for text in texts {
            let words = untold_words(&text, &list);
            if !words.is_empty() {
                untold.insert(format!("{}: {words:?} of {text}", path.display()));
            }
        }
    }
    assert!(told_of > 900, "{told_of}");
    assert!(untold.is_empty(), "not told: {untold:#?}");
}

#[test]
fn results_are_told_whole() {
    let list = "Computer,Name,Version,Publisher\n\
                PC-1,Kaspersky Endpoint Security for Windows,12.6,AO Kaspersky Lab\n\
                PC-2,TikTok,1.0,TikTok Ltd.\nPC-2,WeChat,3.9,Tencent\nPC-2,Kasperski,1.0,Someone\nPC-3,7-Zip,23.01,Igor Pavlov\n";
    let rules = bundled::rules();
    let scanned = |list: &str| {
        let settings = Settings { today: "2026-11-30".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).expect("settings");
        scan.begin_source("list.csv");
        scan.push(list.as_bytes());
        scan.end_source();
        scan.finish()
    };
    let mut report = scanned(list);
    let earlier = "Computer,Name,Version,Publisher\n\
                   PC-1,Kaspersky Endpoint Security for Windows,12.5,AO Kaspersky Lab\n\
                   PC-9,Kaspersky Endpoint Security for Windows,12.5,AO Kaspersky Lab\n";
    report.comparison = Some(compare(&scanned(earlier), &report, &rules));
    assert!(report.findings.len() >= 2, "{:?}", report.findings);

    // What is the same in every language: names, and what the list and its reading are quoted with.
    let mut given: BTreeSet<String> = BTreeSet::new();
    for directive in &report.directives {
        given.extend([directive.title.clone(), directive.id.clone()]);
        given.extend(directive.sources.iter().map(|source| source.title.clone()));
    }
    given.extend(report.remediation_sources.iter().map(|source| source.title.clone()));
    for finding in &report.findings {
        given.extend([
            finding.name.clone(),
            finding.publisher.clone(),
            finding.version.clone(),
            finding.product.name.clone(),
            finding.product.vendor.clone(),
        ]);
        given.extend(finding.evidence.iter().map(|it| it.rule.clone()));
        given.extend(finding.evidence.iter().map(|it| it.pattern.clone()));
    }
    given.extend(
        ["list.csv", "Clearlist", "SHA-256", "PowerShell", "Kasperski", "UTF-8"].map(str::to_owned),
    );
    let given: Vec<String> = given.into_iter().filter(|text| text.len() > 2).collect();

    let results = speaking(Some(bracketed()), || view::results(&report));
    let mut all = Vec::new();
    let products = results.products.iter().flat_map(|it| [&it.sheet, &it.removal]);
    let findings = results.findings.iter().map(|it| &it.sheet);
    let sources = results.sources.iter().map(|it| &it.sheet);
    let whole = [
        &results.head,
        &results.answer,
        &results.pictures,
        &results.directives,
        &results.packs,
        &results.near_misses,
        &results.deadlines,
    ];
    let problems = results.problems.iter();
    let comparison = results.comparison.iter().map(|it| &it.sheet);
    whole
        .into_iter()
        .chain(products)
        .chain(findings)
        .chain(sources)
        .chain(problems)
        .chain(comparison)
        .for_each(|node| texts(node, &mut all));
    assert!(all.len() > 100, "{}", all.len());
    let mut untold = BTreeSet::new();
    for text in all {
        let mut left = text.clone();
        let mut longest: Vec<&String> = given.iter().collect();
        longest.sort_by_key(|text| std::cmp::Reverse(text.len()));
        for text in longest {
            left = left.replace(text.as_str(), "");
        }
        let words = untold_words(&left, list);
        if !words.is_empty() {
            untold.insert(format!("{words:?} of {text:?}"));
        }
    }
    assert!(untold.is_empty(), "not told: {untold:#?}");
}
