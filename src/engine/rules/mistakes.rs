//! What is wrong with the text of a file of rules: every mistake that a reader can see at once, not
//! only the first, each with its place and an example.

use serde::de::DeserializeOwned;
use strsim::osa_distance;

use super::{RulesError, RulesFile};
use crate::engine::language::say;

/// How many mistakes of one file are told; after so many it is not the file that was meant.
const MOST: usize = 20;

/// An example of each key, as it stands in a file.
const EXAMPLES: &[(&str, &str)] = &[
    ("schema", "schema = \"clearlist-pack/1\""),
    ("id", "id = \"example-soft.remote-desk\""),
    ("title", "title = \"Programs that we do not allow\""),
    ("name", "name = \"Remote Desk\""),
    ("checked_on", "checked_on = \"2026-11-25\""),
    ("issued_on", "issued_on = \"2026-11-01\""),
    ("due_on", "due_on = \"2027-03-01\""),
    ("publisher_words", "publisher_words = [\"Example Software\"]"),
    ("sources", "sources = [\"order\"]"),
    ("url", "url = \"https://example.org/order\""),
    ("read", "read = \"issuer\""),
    ("relation", "relation = \"branded\""),
    ("category", "category = \"other\""),
    ("platforms", "platforms = [\"windows\"]"),
    ("words", "words = [\"Remote Desk\"]"),
    ("exact", "exact = [\"com.example.desk\"]"),
    ("prefix", "prefix = [\"com.example.\"]"),
    ("contains", "contains = ['\\Remote Desk\\']"),
    ("versioned", "versioned = [\"RemoteDesk\"]"),
    ("versions", "versions = \">=2019.4, <2020.2.2\""),
    ("strength", "strength = \"medium\""),
    ("field", "field = \"name\""),
    ("matches", "matches = [{ name = \"Remote Desk 5\" }]"),
    ("must_not_match", "must_not_match = [{ name = \"Remote Desktop Manager\" }]"),
    ("examples", "examples = [{ name = \"Remote Desktop Manager\" }]"),
    ("phase", "phase = \"remove\""),
    ("who", "who = \"administrator\""),
    ("text", "text = \"Open Settings, then Apps.\""),
    ("shell", "shell = \"powershell\""),
    ("outcome", "outcome = \"prohibited\""),
    ("basis", "basis = \"named\""),
    ("vendors", "vendors = [\"kaspersky\"]"),
    ("products", "products = [\"kaspersky.free\"]"),
    ("relations", "relations = [\"branded\"]"),
    ("categories", "categories = [\"security\"]"),
    ("why", "why = \"The order names this product.\""),
    ("kind", "kind = \"removal-order\""),
    ("status", "status = \"in-force\""),
    ("status_note", "status_note = \"In force since 1 November 2026.\""),
    ("clock", "clock = \"within 10 days of finding it\""),
    ("runs", "runs = { from = \"discovery\", days = 10 }"),
    ("unconfirmed", "unconfirmed = true"),
    ("off", "off = [\"us-dhs-bod-17-01\"]"),
    ("issuer", "issuer = \"Our organisation\""),
    ("short_title", "short_title = \"Order 7/2026\""),
    ("summary", "summary = \"Remote Desk is to be removed.\""),
    ("what", "what = \"A program of another company\""),
    ("trap", "trap = \"Its name begins alike\""),
    ("coverage", "[[coverage]]"),
    ("bound", "[[bound]]"),
];

/// Reads a file; appends every mistake that the text shows.
pub(super) fn parse<T: DeserializeOwned>(
    file: &RulesFile<'_>,
    errors: &mut Vec<RulesError>,
) -> Option<T> {
    parse_with(EXAMPLES, file, errors)
}

/// The same for a file whose keys have examples of their own.
pub(in crate::engine) fn parse_with<T: DeserializeOwned>(
    examples: &'static [(&str, &str)],
    file: &RulesFile<'_>,
    errors: &mut Vec<RulesError>,
) -> Option<T> {
    if let Ok(parsed) = toml::from_str(file.text) {
        return Some(parsed);
    }
    let mut mending = Mending {
        lines: file.text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned())).collect(),
        examples,
    };
    // Read again, since places are those of its lines, which end alike on every system.
    let mut next = toml::from_str::<T>(&mending.text()).err();
    if next.is_none() {
        errors.push(RulesError {
            file: file.name.to_owned(),
            line: 1,
            column: 1,
            message: say!(
                "expected lines that end as lines of text do, found a carriage return alone"
            )
            .to_owned(),
            example: String::new(),
        });
    }
    let mut told: Vec<(usize, String)> = Vec::new();
    while let Some(error) = next.take().filter(|_| told.len() < MOST) {
        let place = mending.place(error.span().map_or(0, |span| span.start));
        if mending.moved_to_top(&place, error.message()) {
            next = toml::from_str::<T>(&mending.text()).err();
            continue;
        }
        let message = super::explained(error.message());
        // What comes again was not mended; a key that stands twice now was mended wrongly.
        let is_again = told.contains(&(place.line, message.clone()));
        let is_ours =
            message.starts_with("duplicate key") && told.iter().any(|t| t.0 == place.line);
        if is_again || is_ours {
            break;
        }
        told.push((place.line, message.clone()));
        let example = mending.example(&place, error.message());
        errors.push(RulesError {
            file: file.name.to_owned(),
            line: place.line,
            column: place.column,
            message: match nearest_key(error.message()) {
                Some(key) => say!("{message}; did you mean `{key}`?", message, key),
                None => message,
            },
            example: example.unwrap_or_default().to_owned(),
        });
        if mending.mend(&place, error.message()) {
            next = toml::from_str::<T>(&mending.text()).err();
        }
    }
    None
}

/// The example for a mistake that is told by `message` and stands at a place of a file; empty if none
/// would help.
pub(super) fn example_for(message: &str, text: &str, offset: usize) -> &'static str {
    let example_of_rules = |key: &str| example_of(EXAMPLES, key);
    let expected = message.split_once("expected ").map(|(_, expected)| expected);
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let named = expected.and_then(|text| text.split(|c| !is_of_key(c)).find_map(example_of_rules));
    let at_place = || {
        let begin = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        // What a mistake is pointed at by is not what is wrong.
        let key = key_at(line, offset - begin).filter(|key| !["id", "name", "text"].contains(key));
        example_of_rules(key?)
    };
    named.or_else(at_place).unwrap_or_default()
}

/// A file's lines while its mistakes are mended one by one, to see the next.
struct Mending {
    /// With their numbers in the file; lines that were put in have that of the line before.
    lines: Vec<(usize, String)>,
    /// An example of each key.
    examples: &'static [(&'static str, &'static str)],
}

/// A place in the mended text.
struct Place {
    /// Which of the lines, counted from 0.
    at: usize,
    /// In bytes.
    byte: usize,
    /// As people count, in the file.
    line: usize,
    /// As people count, in characters.
    column: usize,
}

impl Mending {
    fn text(&self) -> String {
        self.lines.iter().map(|(_, line)| format!("{line}\n")).collect()
    }

    fn place(&self, offset: usize) -> Place {
        let mut begin = 0;
        for (at, (number, line)) in self.lines.iter().enumerate() {
            if offset <= begin + line.len() {
                let byte = offset - begin;
                let column = line.get(..byte).map_or(0, |before| before.chars().count()) + 1;
                return Place { at, byte, line: *number, column };
            }
            begin += line.len() + 1;
        }
        Place { at: self.lines.len(), byte: 0, line: self.lines.len().max(1), column: 1 }
    }

    fn example_of(&self, key: &str) -> Option<&'static str> {
        example_of(self.examples, key)
    }

    fn line(&self, place: &Place) -> &str {
        self.lines.get(place.at).map_or("", |(_, line)| line)
    }

    /// An example for the mistake.
    fn example(&self, place: &Place, message: &str) -> Option<&'static str> {
        let of = |key: &str| self.example_of(key);
        let named = quoted_after(message, "missing field ").and_then(of);
        let near = nearest_key(message).and_then(of);
        let here = || key_at(self.line(place), place.byte).and_then(of);
        named.or(near).or_else(here)
    }

    /// Moves a line that [`mend`](Self::mend) put below the first table to above it: what the file itself lacks is told of its
    /// beginning, where that table may stand. False if the mistake is another.
    fn moved_to_top(&mut self, place: &Place, message: &str) -> bool {
        let unknown = quoted_after(message, "unknown field ").and_then(|key| self.example_of(key));
        let is_put_in = place.at > 0
            && self.lines.get(place.at - 1).is_some_and(|(number, _)| *number == place.line);
        if !is_put_in || unknown.is_none_or(|example| example != self.line(place)) {
            return false;
        }
        let (_, line) = self.lines.remove(place.at);
        self.lines.insert(0, (1, line));
        true
    }

    /// Mends the mistake, so that what comes after it can be read. False if that cannot be done.
    fn mend(&mut self, place: &Place, message: &str) -> bool {
        let line = self.line(place).to_owned();
        let missing = quoted_after(message, "missing field ");
        if let Some(example) = missing.and_then(|key| self.example_of(key)) {
            if line.trim_start().starts_with('[') {
                self.lines.insert(place.at + 1, (place.line, example.to_owned()));
            } else if let Some(rest) = line.get(place.byte..).and_then(|l| l.strip_prefix('{')) {
                let before = line.get(..place.byte).unwrap_or_default();
                self.replace(place, format!("{before}{{ {example},{rest}"));
            } else {
                self.lines.insert(0, (1, example.to_owned()));
            }
            return true;
        }
        if let Some(unknown) = quoted_after(message, "unknown field ") {
            let Some((before, after)) = line.split_at_checked(place.byte) else { return false };
            let known = nearest_key(message).filter(|_| after.starts_with(unknown));
            let mended = match known {
                Some(key) => format!("{before}{}", after.replacen(unknown, key, 1)),
                // Without the key, if the line has nothing else.
                None if before.trim().is_empty() => String::new(),
                None => return false,
            };
            self.replace(place, mended);
            return true;
        }
        if line.trim_start().starts_with('[') || self.lines.len() <= place.at {
            return false;
        }
        // A value of the wrong kind, or one that cannot be read: an example in the place of the line.
        let Some(example) = line.split_once('=').and_then(|(key, _)| self.example_of(key.trim()))
        else {
            return false;
        };
        self.replace(place, example.to_owned());
        true
    }

    fn replace(&mut self, place: &Place, mended: String) {
        if let Some((_, line)) = self.lines.get_mut(place.at) {
            *line = mended;
        }
    }
}

/// The word in backticks that stands behind that beginning of a message.
fn quoted_after<'m>(message: &'m str, beginning: &str) -> Option<&'m str> {
    message.strip_prefix(beginning)?.split('`').nth(1)
}

fn example_of(examples: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    examples.iter().find(|(known, _)| *known == key).map(|(_, example)| *example)
}

/// The key whose value stands at a byte of a line, or which itself stands there.
fn key_at(line: &str, byte: usize) -> Option<&str> {
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let rest = line.get(byte..)?;
    let own = rest.split(|c| !is_of_key(c)).next().unwrap_or_default();
    let is_key = rest.get(own.len()..).is_some_and(|after| after.trim_start().starts_with('='));
    if is_key && !own.is_empty() {
        return Some(own);
    }
    let before = line.get(..byte)?;
    let before = before.get(..before.rfind('=')?)?.trim_end();
    Some(before.rsplit(|c| !is_of_key(c)).next().unwrap_or_default())
}

/// The key that an unknown one is closest to, if it is close to one that can stand there.
fn nearest_key(message: &str) -> Option<&str> {
    let unknown = quoted_after(message, "unknown field ")?;
    let known = message.split('`').skip(3).step_by(2);
    nearest(unknown, known)
}

/// The name that an unknown one is closest to, if one is close to it.
pub(in crate::engine) fn nearest<'k>(
    unknown: &str,
    known: impl Iterator<Item = &'k str>,
) -> Option<&'k str> {
    let distance = |name: &&str| osa_distance(unknown, name);
    known.min_by_key(distance).filter(|name| distance(name) <= 2)
}
