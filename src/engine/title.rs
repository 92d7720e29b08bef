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

/// Writes what makes a title distinct into `key`, to be interned: its name, publisher and version, and its identifiers.
pub fn write_title_key(
    key: &mut String,
    is_name_cut: bool,
    texts: [&str; 3],
    identifiers: &[Identifier<'_>],
) {
    write_key(key, is_name_cut, texts, identifiers, Cow::Borrowed);
    // This is done for every record, and no honest list has a separator in a text.
    let separators = key.bytes().filter(|byte| *byte == SEPARATOR as u8).count();
    if separators != texts.len() + identifiers.len() + usize::from(is_name_cut) {
        write_key(key, is_name_cut, texts, identifiers, whole);
    }
}

fn write_key<'t>(
    key: &mut String,
    is_name_cut: bool,
    texts: [&'t str; 3],
    identifiers: &[Identifier<'t>],
    as_written: impl Fn(&'t str) -> Cow<'t, str>,
) {
    key.clear();
    for text in texts {
        key.push_str(&as_written(text));
        key.push(SEPARATOR);
    }
    for identifier in identifiers {
        key.push_str(identifier.kind.id());
        key.push(':');
        key.push_str(&as_written(identifier.value));
        key.push(SEPARATOR);
    }
    if is_name_cut {
        key.push(SEPARATOR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::IdentifierKind;

    fn key(is_name_cut: bool, texts: [&str; 3], identifiers: &[Identifier<'_>]) -> String {
        let mut key = String::new();
        write_title_key(&mut key, is_name_cut, texts, identifiers);
        key
    }

    #[test]
    fn no_text_makes_two_titles_one() {
        let id = |value| Identifier { kind: IdentifierKind::Package, value };
        let package = IdentifierKind::Package.id();
        let two_in_one = format!("a\u{1F}{package}:b");
        let keys = [
            key(false, ["Free", "Kaspersky", ""], &[]),
            key(false, ["Free\u{1F}Kaspersky", "", ""], &[]),
            key(false, ["Free", "Kaspersky", ""], &[id("a"), id("b")]),
            key(false, ["Free", "Kaspersky", ""], &[id(&two_in_one)]),
            key(true, ["Free", "Kaspersky", ""], &[]),
            key(false, ["Free", "Kaspersky", "\u{1F}"], &[]),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{key:?}");
        }
    }

    #[test]
    fn a_title_is_given_back_as_it_is_kept() {
        let mut titles = Interner::default();
        titles.intern(&key(false, ["Kaspersky\u{1F}Free", "AO", "21"], &[]));
        assert_eq!(Titles::new(titles).iter().next(), Some(["Kaspersky Free", "AO", "21"]));
    }
}
