//! Speaks the reader's language: what is said in it comes from a file of its own, and only if it is wanted.

use std::cell::Cell;

use js_sys::{Array, JSON, Object};
use wasm_bindgen::JsCast;

use super::browser;
use crate::app::protocol::Request;
use crate::engine::language::{Catalog, Language, learn, learned, speak, spoken};
use crate::intl;

/// The language to begin with: that of the end of the page's address, else the first that the browser is set to and the page
/// speaks, else English.
pub fn first() -> Language {
    let set = || intl::preferred().iter().find_map(|tag| Language::of_tag(tag));
    asked().or_else(set).unwrap_or_default()
}

/// The language that the end of the page's address asks for.
pub fn asked() -> Option<Language> {
    let hash = browser::hash();
    let mut fields = hash.trim_start_matches('#').split('&');
    fields.find_map(|field| Language::of_tag(field.strip_prefix("lang=")?))
}

/// What says in the page's address that it is to begin in the language.
pub fn to_hash(language: Language) -> String {
    format!("lang={}", language.code())
}

/// What became of a choice.
pub enum Change {
    /// The language is spoken.
    Made,
    /// Its file could not be had.
    Missing,
    /// Another was chosen while its file was on the way.
    Late,
}

thread_local! {
    /// The language that was chosen last.
    static WANTED: Cell<Language> = const { Cell::new(Language::English) };
}

/// Speaks the language from now on.
pub async fn change_to(language: Language) -> Change {
    WANTED.set(language);
    if language != Language::English && learned(language).is_none() {
        load(language).await.map(learn);
    }
    if WANTED.get() != language {
        return Change::Late;
    }
    match learned(language) {
        None if language != Language::English => {
            WANTED.set(spoken());
            Change::Missing
        }
        catalog => {
            speak(catalog);
            Change::Made
        }
    }
}

async fn load(language: Language) -> Option<Catalog> {
    let text = browser::text_of_language(language.code()).await?;
    let object: Object = JSON::parse(&text).ok()?.dyn_into().ok()?;
    let entries = Object::entries(&object);
    let texts = entries.iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    Some(Catalog::new(language, texts, intl::FORMATS))
}

/// Has a worker speak as the page does; `None` if it does so already, from its start.
pub fn as_spoken() -> Option<Request> {
    (spoken() != Language::English).then(request)
}

/// The same, whatever it speaks now.
pub fn request() -> Request {
    let texts = learned(spoken()).map(|catalog| catalog.texts().collect()).unwrap_or_default();
    Request::Speak { language: spoken(), texts }
}
