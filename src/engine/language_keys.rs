//! The texts of tables, for the files of languages: keys that stand in no macro.
//!
//! They stay plain strings where they are, and are told where they are shown.

use super::container::CONTAINERS;
use super::directive::OutcomeKind;
use super::encodings::ENCODINGS;
use super::formats::FORMATS;
use super::not_inventory;
use super::queries::ENGINES;
use super::rules::pack;
use super::writers::WRITERS;

/// The scripts whose letters look like Latin ones, as Unicode names them.
const SCRIPTS: [&str; 6] = ["Armenian", "Cherokee", "Common", "Cyrillic", "Greek", "Latin"];

/// Every text of a table of the engine that is shown to people, each once, sorted.
pub fn data_texts() -> Vec<&'static str> {
    let mut texts: Vec<&'static str> = Vec::new();
    for format in FORMATS {
        texts.extend([format.title, format.cannot_show]);
    }
    for container in CONTAINERS {
        texts.extend([container.title, container.cannot_show]);
    }
    for engine in ENGINES {
        texts.extend(engine.texts());
    }
    texts.extend(not_inventory::texts());
    texts.extend(WRITERS.iter().map(|writer| writer.title));
    texts.extend(ENCODINGS.iter().map(|encoding| encoding.title));
    texts.extend(pack::EXAMPLES.iter().map(|example| example.title));
    texts.extend(OutcomeKind::ALL.map(OutcomeKind::id));
    texts.extend(SCRIPTS);
    texts.retain(|text| !text.is_empty());
    texts.sort_unstable();
    texts.dedup();
    texts
}
