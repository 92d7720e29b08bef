//! The ways to read a title: as it is written, as it was before it was read in a wrong encoding,
//! and as an eye reads it that does not see which script a letter is of.

use super::disguise::{
    Undisguised, in_words, read_as_cyrillic, read_as_latin, read_mixed_as_latin,
};
use crate::engine::catalog::Field;
use crate::engine::clause::Clause;
use crate::engine::repair::repaired;
use crate::engine::report::Evidence;
use crate::engine::title::Title;

/// A title as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The title with its texts as they are read.
    pub title: Title,
    /// How that came about.
    pub how: How,
}

/// How a title is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// As the list has it.
    AsWritten,
    /// As it was before it was read in a wrong encoding.
    PutRight,
    /// With letters in place of others that look like them; says which, in words.
    Undisguised(Clause),
}

impl Reading {
    /// Says in the evidence of this reading what the texts are as `written`.
    pub(super) fn tell(&self, written: &Title, evidence: &mut [Evidence]) {
        for evidence in evidence {
            let Some(as_written) = self.as_written(written, evidence) else { continue };
            if as_written == evidence.text {
                continue;
            }
            evidence.repaired_from = as_written.to_owned();
            if let How::Undisguised(words) = &self.how {
                evidence.set_disguise(words.clone());
            }
        }
    }

    /// The text as written where the evidence has it as read.
    fn as_written<'t>(&self, written: &'t Title, evidence: &Evidence) -> Option<&'t str> {
        let identifiers = self.title.identifiers.iter().zip(&written.identifiers);
        let of_identifier = identifiers
            .filter(|(read, _)| Field::of(read.kind) == evidence.field)
            .find(|(read, _)| read.value == evidence.text)
            .map(|(_, written)| written.value.as_str());
        match evidence.field {
            Field::Name => Some(&written.name),
            Field::Publisher => Some(&written.publisher),
            // An identifier that is none of the list's is the name, looked at in passing.
            _ => of_identifier.or(Some(&written.name)),
        }
    }
}

/// The ways to read the title other than as it is written.
pub(super) fn readings(title: &Title) -> Vec<Reading> {
    let is_plain = title.name.is_ascii()
        && title.publisher.is_ascii()
        && title.identifiers.iter().all(|identifier| identifier.value.is_ascii());
    if is_plain {
        return Vec::new();
    }
    let ways = [read_mixed_as_latin, read_as_latin, read_as_cyrillic];
    let mut readings: Vec<Reading> = put_right(title).into_iter().collect();
    for reading in ways.into_iter().filter_map(|read| undisguised(title, read)) {
        if !readings.iter().any(|known| known.title == reading.title) {
            readings.push(reading);
        }
    }
    readings
}

/// The title with its texts put right, if any was read in a wrong encoding.
fn put_right(title: &Title) -> Option<Reading> {
    const ENDS_OF_A_CUT: [char; 3] = ['\u{2026}', '\u{FFFD}', ' '];
    let mut other = title.clone();
    if let Some(name) = repaired(&title.name) {
        // The bytes that were lost may be those of the ellipsis that the tool cut the name with.
        let kept = name.trim_end_matches(ENDS_OF_A_CUT);
        other.is_name_cut |= kept.len() < name.trim_end().len();
        other.name = kept.to_owned();
    }
    if let Some(publisher) = repaired(&title.publisher) {
        other.publisher = publisher;
    }
    (other != *title).then_some(Reading { title: other, how: How::PutRight })
}

/// The title with its texts as `read` reads them, if that makes a difference.
fn undisguised(title: &Title, read: fn(&str) -> Option<Undisguised>) -> Option<Reading> {
    let mut other = title.clone();
    let mut tricks = Vec::new();
    let identifiers = other.identifiers.iter_mut().map(|identifier| &mut identifier.value);
    for text in [&mut other.name, &mut other.publisher].into_iter().chain(identifiers) {
        if let Some(undisguised) = read(text) {
            *text = undisguised.text;
            tricks.extend(undisguised.tricks);
        }
    }
    let how = How::Undisguised(in_words(&tricks));
    (other != *title).then_some(Reading { title: other, how })
}
