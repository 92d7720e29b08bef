//! What is told in other languages: the English of all of it, and a language that shows what is not told.
//!
//! The English stands in the source, in the macros `say!`, `many!`, `key!`, `clause!` and their like, in `phrase(…)`, in
//! the files of rules and in the engine's tables. It is read out of all of these.
#![allow(clippy::expect_used, reason = "a test ends at the first surprise")]
#![allow(dead_code, reason = "each test that has this uses some of it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clearlist::engine::language::{Catalog, Language};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

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

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
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

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every English text that is told.
pub fn english() -> BTreeSet<String> {
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
    all.extend(clearlist::engine::language_keys::data_texts().into_iter().map(str::to_owned));
    // A text without a word, such as "{done}", is the same in every language; a colon has a space before it in French.
    all.retain(|text| {
        let mut rest = text.clone();
        for name in placeholders(text) {
            rest = rest.replace(&name, "");
        }
        rest.chars().filter(|c| c.is_alphabetic()).count() > 1 || rest.contains(':')
    });
    all
}

fn in_rules(value: &toml::Value, key: &str, all: &mut BTreeSet<String>) {
    if let Some(list) = value.as_array() {
        list.iter().for_each(|it| in_rules(it, key, all));
    } else if let (first, Some(rest)) =
        key.split_once('.').map_or((key, None), |(a, b)| (a, Some(b)))
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
            while at < tokens.len()
                && !matches!(&tokens[at], TokenTree::Group(it) if it.delimiter() == Delimiter::Brace)
            {
                at += 1;
            }
        } else if let TokenTree::Group(group) = &tokens[at] {
            let name = match (
                at.checked_sub(1).map(|at| &tokens[at]),
                at.checked_sub(2).map(|at| &tokens[at]),
            ) {
                (Some(TokenTree::Punct(mark)), Some(TokenTree::Ident(name)))
                    if mark.as_char() == '!' =>
                {
                    name.to_string()
                }
                (Some(TokenTree::Ident(name)), _) if name == "phrase" => name.to_string(),
                _ => String::new(),
            };
            let wanted = match name.as_str() {
                "say" | "key" | "clause" | "phrase" => 1,
                "many" | "many_plain" | "clause_of" => 2,
                _ => 0,
            };
            let literals = group.stream().into_iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => {
                    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok()
                }
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
pub fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|after| after.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"))
        .collect();
    names.sort();
    names
}

/// A language in which everything that is told stands in brackets, but for what is put into it and for quotation marks:
/// words that are left outside, and are not quoted, are not told.
pub fn bracketed() -> &'static Catalog {
    let texts = english().into_iter().map(|text| {
        let told = in_brackets(&text);
        (text, told)
    });
    Box::leak(Box::new(Catalog::new(Language::French, texts, Language::English.formats())))
}

fn in_brackets(text: &str) -> String {
    let mut told = String::from("⟦");
    for c in text.chars() {
        match c {
            '{' => told.push_str("⟧{"),
            '}' => told.push_str("}⟦"),
            '“' | '”' => told.extend(['⟧', c, '⟦']),
            c => told.push(c),
        }
    }
    told + "⟧"
}

/// The text without what stands in brackets or is quoted.
pub fn outside(text: &str) -> String {
    let (mut in_brackets, mut quoted) = (false, 0_usize);
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '⟦' => in_brackets = true,
            '⟧' => {
                in_brackets = false;
                left.push(' ');
            }
            _ if in_brackets => {}
            '“' => quoted += 1,
            '”' => quoted = quoted.saturating_sub(1),
            c if quoted == 0 => left.push(c),
            _ => {}
        }
    }
    left
}
