//! The rules that come with the program: files of `static/`, checked when the program was built.

#[cfg(not(target_arch = "wasm32"))]
use crate::engine::language::{Catalog, Language, learn, learned};
use crate::engine::rules::update::{TrustedKey, read_keys};
use crate::engine::rules::{Rules, RulesFile};

/// What the page needs to know of a directive from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectiveName {
    /// Stable id.
    pub id: &'static str,
    /// What people call it.
    pub short_title: &'static str,
}

/// What else there is to know of a directive before a scan. The page gets it from the worker, whose
/// download nobody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectiveSummary {
    /// Stable id.
    pub id: &'static str,
    /// The official title.
    pub title: &'static str,
    /// Who issued it.
    pub issuer: &'static str,
    /// `YYYY-MM-DD`.
    pub issued_on: &'static str,
    /// What it says, in one or two plain sentences.
    pub summary: &'static str,
}

/// What the page needs to know of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileSummary {
    /// Stable id.
    pub id: &'static str,
    /// What the user would say of themselves.
    pub title: &'static str,
    /// Who that is, in one sentence.
    pub description: &'static str,
    /// The directives that apply, by id, with why.
    pub directives: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// The bundled rules, parsed. The page must not call this: it would bring the parsers into it.
///
/// # Panics
///
/// Never in a program that was built: the build script parsed the same texts.
pub fn rules() -> Rules {
    match Rules::load_checked(FILES) {
        Ok(rules) => rules,
        Err(errors) => {
            let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("the bundled rules were checked when the program was built: {}", text.join("; "))
        }
    }
}

/// What is said in a language; `None` for English, which the code says itself. The page has it from a file.
///
/// # Panics
///
/// Never in a program that was tested: the files are read in the tests.
#[cfg(not(target_arch = "wasm32"))]
pub fn catalog(language: Language) -> Option<&'static Catalog> {
    let json = match language {
        Language::English => return None,
        Language::Spanish => include_str!("../static/languages/es.json"),
        Language::French => include_str!("../static/languages/fr.json"),
    };
    learned(language).or_else(|| match Catalog::read(language, json, language.formats()) {
        Ok(catalog) => Some(learn(catalog)),
        Err(error) => panic!("the file of {} is JSON: {error}", language.own_name()),
    })
}

/// The files of the bundled rules.
pub fn files() -> &'static [RulesFile<'static>] {
    FILES
}

/// The keys whose signed data updates are loaded.
///
/// # Panics
///
/// Never in a program that was built: the build script read the same text.
pub fn update_keys() -> Vec<TrustedKey> {
    match read_keys(KEYS) {
        Ok(keys) => keys,
        Err(error) => panic!("the keys were checked when the program was built: {error}"),
    }
}
