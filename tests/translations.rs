//! What is said in one language is said in all, and a report is told whole in each.
//!
//! The English stands in the source, in the macros `say!`, `many!` and `key!`, in `phrase(…)`, in the files of rules and in
//! the engine's tables of formats. It is read out of all of these, and every text of it is looked for in the files of
//! languages: one that is missing would be said in English between the others.
#![allow(clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clearlist::bundled;
use clearlist::engine::language::Language;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The languages that have a file.
const LANGUAGES: [Language; 2] = [Language::Spanish, Language::French];

/// The texts of rules that are told to readers, by the keys under which they stand. What is not here is a name, an id or
/// an official title, which stays as its source has it.
const RULES: &[(&str, &[&str])] = &[
    (
        "static/directives",
        &[
            "summary",
            "status_note",
            "issuer",
            "short_title",
            "bound.text",
            "not_bound.text",
            "coverage.why",
            "duty.text",
            "duty.clock",
            "fact.text",
        ],
    ),
    (
        "static/catalog",
        &["product.note", "step.title", "step.text", "look_alike.what", "look_alike.trap"],
    ),
    ("static/steps.toml", &["step.title", "step.text"]),
    ("static/profiles.toml", &["profile.title", "profile.description", "profile.directive.why"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, end: &str) -> Vec<std::path::PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The file of a language.
fn said_in(language: Language) -> BTreeMap<String, String> {
    let path = root().join(format!("static/languages/{}.json", language.code()));
    serde_json::from_str(&read(&path)).expect("JSON")
}

/// Every English text that is told.
fn english() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for path in files(&root().join("src"), ".rs") {
        if path.ends_with("engine/language.rs") || path.to_string_lossy().ends_with("tests.rs") {
            continue;
        }
        let tokens: TokenStream = read(&path).parse().expect("Rust");
        in_source(tokens, &mut all);
    }
    for (place, keys) in RULES {
        for path in files(&root().join(place), ".toml") {
            let value: toml::Value = toml::from_str(&read(&path)).expect("TOML");
            keys.iter().for_each(|key| in_rules(&value, key, &mut all));
        }
    }
    all.extend(clearlist::engine::language_keys::of_tables().into_iter().map(str::to_owned));
    // A text without a word, such as "{done}", is the same in every language.
    all.retain(|text| {
        let mut rest = text.clone();
        for name in placeholders(text) {
            rest = rest.replace(&name, "");
        }
        rest.chars().filter(|c| c.is_alphabetic()).count() > 1
    });
    all
}

fn in_rules(value: &toml::Value, key: &str, all: &mut BTreeSet<String>) {
    if let Some(list) = value.as_array() {
        list.iter().for_each(|it| in_rules(it, key, all));
    } else if let (first, Some(rest)) = key.split_once('.').map_or((key, None), |(a, b)| (a, Some(b)))
    {
        if let Some(inner) = value.get(first) {
            in_rules(inner, rest, all);
        }
    } else if let Some(text) = value.get(key).and_then(toml::Value::as_str) {
        all.insert(text.to_owned());
    }
}

/// The literals that the macros are given, and `phrase`; what is compiled only for tests is passed over.
fn in_source(tokens: TokenStream, all: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_for_tests(&tokens[at..]) {
            // The attribute, and the module behind it.
            at += 2;
            while at < tokens.len() && !matches!(&tokens[at], TokenTree::Group(it) if it.delimiter() == Delimiter::Brace) {
                at += 1;
            }
        } else if let TokenTree::Group(group) = &tokens[at] {
            let name = match (at.checked_sub(1).map(|at| &tokens[at]), at.checked_sub(2).map(|at| &tokens[at])) {
                (Some(TokenTree::Punct(mark)), Some(TokenTree::Ident(name))) if mark.as_char() == '!' => name.to_string(),
                (Some(TokenTree::Ident(name)), _) if name == "phrase" => name.to_string(),
                _ => String::new(),
            };
            let wanted = match name.as_str() {
                "say" | "key" | "phrase" => 1,
                "many" | "many_plain" => 2,
                _ => 0,
            };
            let literals = group.stream().into_iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => syn::parse_str::<syn::LitStr>(&literal.to_string()).ok(),
                _ => None,
            });
            all.extend(literals.take(wanted).map(|literal| literal.value()));
            in_source(group.stream(), all);
        }
        at += 1;
    }
}

/// True if an attribute `#[cfg(test)]` begins here.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Punct(mark), TokenTree::Group(group), ..] => {
            mark.as_char() == '#' && group.stream().to_string().replace(' ', "") == "cfg(test)"
        }
        _ => false,
    }
}

/// The names in braces, with these, in order of their names.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|after| after.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"))
        .collect();
    names.sort();
    names
}

#[test]
fn every_sentence_is_said_in_every_language_and_none_that_nobody_says() {
    let english = english();
    assert!(english.len() > 1500, "the source is read: {}", english.len());
    for language in LANGUAGES {
        let said = said_in(language);
        let missing: Vec<&String> = english.iter().filter(|text| !said.contains_key(*text)).collect();
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
            let is_hidden = |c: char| c.is_control() && c != '\n' || ('\u{202A}'..='\u{202E}').contains(&c);
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
