//! The XML inside workbooks, read piece by piece.
//!
//! It knows what such files are made of: marks, attributes, text, the five named entities and
//! numbered characters. Whether marks are closed in order is not looked at. A piece longer than
//! [`WORKBOOK_XML_BYTES`] ends the reading, so that memory stays bounded.

use std::borrow::Cow;
use std::io::Read;

use crate::engine::limits::WORKBOOK_XML_BYTES;

/// A piece of XML. Names are without the part before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// A mark opens; one that is closed at once is followed by its [`End`](Self::End).
    Start(&'a str, Attributes<'a>),
    /// A mark closes.
    End(&'a str),
    /// Text between marks.
    Text(&'a str),
}

/// The attributes of a mark, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The attribute's value. The name is without the part before the colon.
    pub(super) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.0;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            if local(key.trim()) == name {
                return Some(unescape(value));
            }
            rest = next;
        }
    }

    /// The attribute's value as a number.
    pub(super) fn number<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// A reader of XML.
pub(super) struct Xml<R> {
    input: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    token: Vec<u8>,
    text: String,
    state: State,
    is_damaged: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    InText,
    InMark,
    /// A mark that is closed at once was given; its end is next.
    BeforeEnd,
    AtEnd,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; 16 * 1024],
            at: 0,
            filled: 0,
            token: Vec::new(),
            text: String::new(),
            state: State::InText,
            is_damaged: false,
        }
    }

    /// True, at the end, if the XML ends in the middle of something or has too long a piece.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Event<'_>> {
        loop {
            match self.state {
                State::AtEnd => return None,
                State::BeforeEnd => {
                    self.state = State::InText;
                    let name = self.text.split(is_blank).next().unwrap_or_default();
                    return Some(Event::End(local(name)));
                }
                State::InText => {
                    self.token.clear();
                    let found = self.read_to(b'<');
                    self.state = if found { State::InMark } else { State::AtEnd };
                    if !self.token.is_empty() {
                        self.keep(true);
                        return Some(Event::Text(&self.text));
                    }
                }
                State::InMark => {
                    self.token.clear();
                    self.state = State::InText;
                    if !self.read_to(b'>') || !self.rest_of_mark() {
                        self.is_damaged = true;
                        self.state = State::AtEnd;
                        return None;
                    }
                    if self.token.starts_with(b"![CDATA[") {
                        self.keep(false);
                        let text = self.text.get(8..).unwrap_or_default();
                        return Some(Event::Text(text.strip_suffix("]]").unwrap_or(text)));
                    }
                    if !self.token.starts_with(b"!") && !self.token.starts_with(b"?") {
                        return Some(self.mark());
                    }
                }
            }
        }
    }

    /// Comments and values of attributes may hold `>`: reads on to the one that ends the mark.
    fn rest_of_mark(&mut self) -> bool {
        let is_whole = |token: &[u8]| {
            if token.starts_with(b"!--") {
                token.len() >= 5 && token.ends_with(b"--")
            } else if token.starts_with(b"![CDATA[") {
                token.ends_with(b"]]")
            } else if token.starts_with(b"!") || token.starts_with(b"?") {
                true
            } else {
                !has_open_quote(token)
            }
        };
        while !is_whole(&self.token) {
            self.token.push(b'>');
            if !self.read_to(b'>') {
                return false;
            }
        }
        true
    }

    fn mark(&mut self) -> Event<'_> {
        self.keep(false);
        if self.text.starts_with('/') {
            return Event::End(local(self.text.get(1..).unwrap_or_default().trim()));
        }
        if self.text.ends_with('/') {
            self.text.pop();
            self.state = State::BeforeEnd;
        }
        let (name, attributes) = self.text.split_once(is_blank).unwrap_or((&self.text, ""));
        Event::Start(local(name), Attributes(attributes))
    }

    /// Makes text of the token's bytes.
    fn keep(&mut self, has_entities: bool) {
        let text = String::from_utf8_lossy(&self.token);
        self.text.clear();
        self.text
            .push_str(if has_entities { unescape(&text) } else { Cow::Borrowed(&*text) }.as_ref());
    }

    /// Appends to the token up to that byte, which is passed over. False if the end comes first.
    fn read_to(&mut self, end: u8) -> bool {
        loop {
            let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
            let found = rest.iter().position(|byte| *byte == end);
            let piece = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            if self.token.len() + piece.len() > WORKBOOK_XML_BYTES {
                self.is_damaged = true;
                self.at = self.filled;
                return false;
            }
            self.token.extend_from_slice(piece);
            if let Some(found) = found {
                self.at += found + 1;
                return true;
            }
            self.at = 0;
            self.filled = self.input.read(&mut self.buffer).unwrap_or(0);
            if self.filled == 0 || self.is_damaged {
                return false;
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

fn has_open_quote(mark: &[u8]) -> bool {
    let mut open = None;
    for byte in mark {
        match (open, byte) {
            (None, b'"' | b'\'') => open = Some(*byte),
            (Some(quote), byte) if quote == *byte => open = None,
            _ => {}
        }
    }
    open.is_some()
}

/// The text with entities made characters. What is no entity stays as it is.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after
            .split_once(';')
            .filter(|(name, _)| name.len() <= 10)
            .and_then(|(name, behind)| Some((entity(name)?, behind)));
        match found {
            Some((character, behind)) => {
                out.push(character);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(xml: &str) -> String {
        let mut xml = Xml::new(xml.as_bytes());
        let mut out = String::new();
        while let Some(event) = xml.next() {
            match event {
                Event::Start(name, attributes) => {
                    out.push_str(&format!("<{name} {:?}>", attributes.get("a")));
                }
                Event::End(name) => out.push_str(&format!("</{name}>")),
                Event::Text(text) => out.push_str(text),
            }
        }
        if xml.is_damaged() {
            out.push_str(" damaged");
        }
        out
    }

    #[test]
    fn marks_attributes_and_text_are_read() {
        assert_eq!(
            events(
                "<?xml version=\"1.0\"?><!-- > --><x:r b='1' x:a=\"&lt;&#65;>\"><t/>A &amp; &B;<![CDATA[<&]]></x:r>"
            ),
            "<r Some(\"<A>\")><t None></t>A & &B;<&</r>"
        );
    }

    #[test]
    fn damage_ends_it() {
        assert_eq!(events("<a><b c=\"1\""), "<a None> damaged");
        assert_eq!(events("text"), "text");
        assert_eq!(events("<a =><='><\"><&#x110000;>"), "<a None> damaged");
    }

    #[test]
    fn a_piece_of_a_megabyte_is_read_and_a_longer_one_ends_it() {
        let piece = |bytes: usize| events(&format!("<a>b</a><a>{}</a>", "x".repeat(bytes)));
        assert!(piece(WORKBOOK_XML_BYTES).ends_with("x</a>"));
        let beyond = piece(WORKBOOK_XML_BYTES + 1);
        assert_eq!(beyond.replace('x', ""), "<a None>b</a><a None> damaged");
    }
}
