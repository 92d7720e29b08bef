//! Where the marks of XML end: tags, comments, sections and the text between.

use std::ops::Range;

use super::text::local_name;
use crate::engine::limits::LINE_BYTES;

/// What stands at a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Text up to the next mark.
    Text,
    /// Text of a CDATA section.
    Section { inside: Range<usize> },
    /// A comment, a processing instruction, a declaration.
    Passed(Says),
    /// An opening tag.
    Tag(Tag),
    /// A closing tag.
    EndTag { name: Range<usize> },
}

/// What a declaration says that the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Html,
    Xml,
    Nothing,
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Between the angle brackets, without the slash at the end.
    pub inside: Range<usize>,
    /// True for `<a/>`.
    pub is_empty: bool,
    /// False if another mark, or the end of the source, comes before its closing angle bracket.
    pub is_closed: bool,
}

impl Tag {
    /// Its name without prefix.
    pub fn name_in<'a>(&self, text: &'a str) -> &'a str {
        let inside = text.get(self.inside.clone()).unwrap_or_default();
        local_name(inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default())
    }
}

pub(super) enum Found {
    /// A mark, up to that byte.
    Mark { end: usize, mark: Mark },
    /// Its end has not come yet; before `looked` it is not.
    Starved { looked: usize },
}

/// What stands at `at`; `looked` is what an earlier call said.
pub(super) fn find_mark(
    text: &str,
    at: usize,
    looked: usize,
    is_finished: bool,
    is_html: bool,
) -> Found {
    let rest = text.get(at..).unwrap_or_default();
    let Some(tag) = rest.strip_prefix('<') else {
        return find_text(text, at, looked, is_finished);
    };
    let starved = |looked| Found::Starved { looked };
    match tag.bytes().next() {
        None if is_finished => Found::Mark { end: text.len(), mark: Mark::Text },
        None => starved(at),
        Some(b'!') => declaration(text, at, looked, is_finished),
        // The content of processing instructions has no ">" in practice, and a declaration that
        // was written without its "?" must not swallow the document.
        Some(b'?') => up_to(text, at, looked, ">", |end| (end, Mark::Passed(Says::Xml))),
        Some(b'/') => match text.get(at + 2..).and_then(|name| name.find(['>', '<'])) {
            Some(length) => {
                let end = at + 2 + length;
                let name = text.get(at + 2..end).unwrap_or_default();
                let name = at + 2..at + 2 + name.trim_end().len();
                let closed = text.as_bytes().get(end) == Some(&b'>');
                Found::Mark { end: end + usize::from(closed), mark: Mark::EndTag { name } }
            }
            None => starved(at),
        },
        Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
            opening(text, at, is_finished, is_html)
        }
        // "a < b": no mark at all.
        Some(_) => Found::Mark { end: at + 1, mark: Mark::Text },
    }
}

fn find_text(text: &str, at: usize, looked: usize, is_finished: bool) -> Found {
    let from = looked.max(at);
    match text.get(from..).unwrap_or_default().find('<') {
        Some(length) => Found::Mark { end: from + length, mark: Mark::Text },
        None if is_finished && at < text.len() => Found::Mark { end: text.len(), mark: Mark::Text },
        None => Found::Starved { looked: text.len() },
    }
}

/// Looks for what ends the mark at `at`.
fn up_to(
    text: &str,
    at: usize,
    looked: usize,
    end: &str,
    mark: impl Fn(usize) -> (usize, Mark),
) -> Found {
    let from = looked.max(at + 1);
    match text.get(from..).unwrap_or_default().find(end) {
        Some(length) => {
            let (end, mark) = mark(from + length + end.len());
            Found::Mark { end, mark }
        }
        // The beginning of the end may stand at the end of what has come.
        None => {
            let looked = text.len().saturating_sub(end.len() - 1).max(at + 1).min(text.len());
            Found::Starved { looked: text.floor_char_boundary(looked) }
        }
    }
}

fn declaration(text: &str, at: usize, looked: usize, is_finished: bool) -> Found {
    const SECTION: &str = "<![CDATA[";
    const COMMENT: &str = "<!--";
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with(COMMENT) {
        // `<!-->` is not the end of a comment.
        let from = looked.max(at + COMMENT.len());
        return up_to(text, at, from, "-->", |end| (end, Mark::Passed(Says::Nothing)));
    }
    if rest.starts_with(SECTION) {
        let start = at + SECTION.len();
        return up_to(text, at, looked.max(start), "]]>", |end| {
            (end, Mark::Section { inside: start..end - 3 })
        });
    }
    if !is_finished && (SECTION.starts_with(rest) || COMMENT.starts_with(rest)) {
        return Found::Starved { looked: at };
    }
    // A document type, possibly with declarations of its own in square brackets.
    let window = rest.get(..rest.floor_char_boundary(LINE_BYTES)).unwrap_or_default();
    let end = match window.find(['>', '[']) {
        Some(end) if window.as_bytes().get(end) == Some(&b'[') => {
            let inside = window.get(end..).unwrap_or_default();
            let closing = inside.find(']');
            closing.and_then(|at| Some(end + at + inside.get(at..)?.find('>')? + 1))
        }
        found => found.map(|end| end + 1),
    };
    match end {
        Some(length) => {
            let says = window.get(..length).unwrap_or_default().to_ascii_lowercase();
            let is_html = says.starts_with("<!doctype html");
            let says = if is_html { Says::Html } else { Says::Nothing };
            Found::Mark { end: at + length, mark: Mark::Passed(says) }
        }
        // It has no end: the bracket is no mark.
        None if rest.len() >= LINE_BYTES || is_finished => {
            Found::Mark { end: at + 1, mark: Mark::Text }
        }
        None => Found::Starved { looked: at },
    }
}

/// An opening tag. It ends before the next "<" if that comes first: XML has none in a tag. HTML has
/// them between quotation marks.
fn opening(text: &str, at: usize, is_finished: bool, is_html: bool) -> Found {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut before = b' ';
    let mut end = at + 1;
    let mut first_inner = None;
    while let Some(byte) = bytes.get(end).copied() {
        if end - at > LINE_BYTES {
            break;
        }
        match (quote, byte) {
            (_, b'<') if !is_html || quote.is_none() => {
                return found_tag(text, at, first_inner.unwrap_or(end), false);
            }
            (Some(_), b'<') => first_inner = first_inner.or(Some(end)),
            (Some(mark), byte) if mark == byte => {
                quote = None;
                first_inner = None;
            }
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return found_tag(text, at, end, true),
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        end += 1;
    }
    if end - at > LINE_BYTES || is_finished {
        let end = first_inner.unwrap_or_else(|| text.floor_char_boundary(end));
        return found_tag(text, at, end, false);
    }
    Found::Starved { looked: at }
}

fn found_tag(text: &str, at: usize, end: usize, is_closed: bool) -> Found {
    let inside = text.get(at + 1..end).unwrap_or_default();
    let is_empty = is_closed && inside.ends_with('/');
    let inside = at + 1..end - usize::from(is_empty);
    let tag = Tag { inside, is_empty, is_closed };
    Found::Mark { end: end + usize::from(is_closed), mark: Mark::Tag(tag) }
}
