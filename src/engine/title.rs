//! Interning: a fleet has millions of records and some ten thousand distinct titles and hosts.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::record::Identifier;
use super::report::TitleIdentifier;

/// A distinct (name, publisher, version, identifiers), as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The name as written; may be empty.
    pub name: String,
    /// The publisher as written; may be empty.
    pub publisher: String,
    /// The version as written; may be empty.
    pub version: String,
    /// The identifiers as written.
    pub identifiers: Vec<TitleIdentifier>,
    /// True if the tool that made the list cut the name, so that `name` is only its beginning.
    pub is_name_cut: bool,
}

/// Gives equal texts the same number, counted from 0 in the order first seen.
///
/// Numbers depend only on the order of the texts, so reports are deterministic although the map's
/// own order is not.
#[derive(Default)]
pub struct Interner {
    numbers: HashMap<Box<str>, usize, FxBuildHasher>,
}

impl Interner {
    /// The text's number, and whether it is new.
    pub fn intern(&mut self, text: &str) -> (usize, bool) {
        if let Some(&number) = self.numbers.get(text) {
            return (number, false);
        }
        let number = self.numbers.len();
        self.numbers.insert(text.into(), number);
        (number, true)
    }

    /// The texts, in the order of their numbers.
    pub fn into_texts(self) -> Vec<Box<str>> {
        let mut texts: Vec<(Box<str>, usize)> = self.numbers.into_iter().collect();
        texts.sort_unstable_by_key(|(_, number)| *number);
        texts.into_iter().map(|(text, _)| text).collect()
    }

    /// How many distinct texts there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// All titles that were read, whatever they are, in the order first met.
#[derive(Debug, Default)]
pub struct Titles {
    /// As they were interned.
    keys: Vec<Box<str>>,
}

impl Titles {
    /// Those that were interned by their [keys](write_title_key).
    pub(super) fn new(titles: Interner) -> Self {
        Self { keys: titles.into_texts() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Each one's name, publisher and version, as written. Two may differ in identifiers alone.
    pub fn iter(&self) -> impl Iterator<Item = [&str; 3]> {
        self.keys.iter().map(|key| {
            let mut texts = key.split(SEPARATOR);
            [(); 3].map(|()| texts.next().unwrap_or_default())
        })
    }
}

/// Stands between the texts of a key, which hold none themselves: [`whole`].
const SEPARATOR: char = '\u{1F}';

/// A text of a title, with a blank for what stands between the texts of a key.
pub fn whole(text: &str) -> Cow<'_, str> {
    if text.contains(SEPARATOR) {
        Cow::Owned(text.replace(SEPARATOR, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes what makes a title distinct into `key`, to be interned. The texts are [`whole`].
pub fn write_title_key(
    key: &mut String,
    is_name_cut: bool,
    name: &str,
    publisher: &str,
    version: &str,
    identifiers: &[Identifier<'_>],
) {
    key.clear();
    for text in [name, publisher, version] {
        key.push_str(text);
        key.push(SEPARATOR);
    }
    for identifier in identifiers {
        key.push_str(identifier.kind.id());
        key.push(':');
        key.push_str(identifier.value);
        key.push(SEPARATOR);
    }
    if is_name_cut {
        key.push(SEPARATOR);
    }
}
