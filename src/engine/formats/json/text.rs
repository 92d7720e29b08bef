//! Reading JSON text that is at hand, member by member, forgiving what can be forgiven.
//!
//! Text that is valid JSON is read exactly. Of text that is not, as much as has a sense is read;
//! whether it was valid is for `serde_json` to say.

/// A value of a member or an element, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) enum Value<'a> {
    /// What stands between the quotation marks, still escaped.
    Text(&'a str),
    /// A number, `true`, `false`, or something that should not be there.
    Bare(&'a str),
    /// `null`.
    Null,
    /// From `{` to `}`.
    Object(&'a str),
    /// From `[` to `]`.
    Array(&'a str),
}

impl<'a> Value<'a> {
    /// The value that the text is, with what stands around it gone.
    pub fn of(text: &'a str) -> Self {
        let mut cursor = Cursor { text, at: 0 };
        cursor.skip_blanks();
        cursor.value()
    }

    /// The value as text, escapes resolved, appended to `out`; nothing for `null`, objects, arrays.
    pub fn append_to(&self, out: &mut String) {
        match self {
            Self::Text(text) => append_unescaped(text, out),
            Self::Bare(text) => out.push_str(text),
            Self::Null | Self::Object(_) | Self::Array(_) => {}
        }
    }
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::formats) struct Member<'a> {
    /// The key, still escaped. Empty for an object or array that stands where a key should.
    pub key: &'a str,
    /// The value.
    pub value: Value<'a>,
}

/// The members of an object, whose text begins with `{`.
pub(in crate::engine::formats) fn members(object: &str) -> impl Iterator<Item = Member<'_>> {
    let mut cursor = Cursor { text: object, at: 1 };
    std::iter::from_fn(move || cursor.member())
}

/// The elements of an array, whose text begins with `[`.
pub(in crate::engine::formats) fn elements(array: &str) -> impl Iterator<Item = Value<'_>> {
    let mut cursor = Cursor { text: array, at: 1 };
    std::iter::from_fn(move || cursor.element())
}

/// Where in `whole` its slice `part` begins, in bytes.
pub(super) fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The next byte from there that means something in a string: a mark, a backslash, a line end.
pub(super) fn end_of_plain(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n'));
    from + plain.unwrap_or(rest.len())
}

struct Cursor<'a> {
    text: &'a str,
    /// Invariant: a character boundary; every byte that is tested before a step is ASCII.
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn member(&mut self) -> Option<Member<'a>> {
        loop {
            self.skip_blanks();
            match self.peek()? {
                b'}' => return None,
                b'{' | b'[' => return Some(Member { key: "", value: self.value() }),
                b'"' => {
                    let key = self.quoted();
                    self.skip_blanks();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        self.skip_blanks();
                        return Some(Member { key, value: self.value() });
                    }
                }
                b',' | b':' | b']' => self.at += 1,
                _ => drop(self.bare()),
            }
        }
    }

    fn element(&mut self) -> Option<Value<'a>> {
        loop {
            self.skip_blanks();
            match self.peek()? {
                b']' => return None,
                b',' | b':' | b'}' => self.at += 1,
                _ => return Some(self.value()),
            }
        }
    }

    /// The value that begins here. At least one byte is consumed unless a closer or comma is here.
    fn value(&mut self) -> Value<'a> {
        match self.peek() {
            Some(b'"') => Value::Text(self.quoted()),
            Some(b'{') => Value::Object(self.nested()),
            Some(b'[') => Value::Array(self.nested()),
            _ => match self.bare() {
                "" | "null" => Value::Null,
                bare => Value::Bare(bare),
            },
        }
    }

    /// What stands between the quotation mark here and its partner, which is passed.
    fn quoted(&mut self) -> &'a str {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            self.at = end_of_plain(bytes, self.at);
            match self.peek() {
                Some(b'\\') => self.at = (self.at + 2).min(bytes.len()),
                Some(b'"') => {
                    // A mark inside a name that was not escaped (`"7" Player"`) is not the end:
                    // something else follows there.
                    self.at += 1;
                    let behind = bytes.get(self.at..).unwrap_or_default();
                    let next = behind.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
                    let is_end =
                        matches!(next, None | Some(b'\n' | b'\r' | b',' | b':' | b'}' | b']'));
                    if is_end {
                        return self.slice(start, self.at - 1);
                    }
                }
                // The text or the line ends before the string does.
                _ => return self.slice(start, self.at),
            }
        }
    }

    /// From the bracket here to its partner, which is passed.
    fn nested(&mut self) -> &'a str {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.quoted();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        self.slice(start, self.at)
    }

    fn bare(&mut self) -> &'a str {
        let start = self.at;
        while !matches!(
            self.peek(),
            None | Some(b',' | b'}' | b']' | b'{' | b'[' | b'"' | b' ' | b'\t' | b'\n' | b'\r')
        ) {
            self.at += 1;
        }
        self.slice(start, self.at)
    }
}

/// Appends text with its escapes resolved. An escape that JSON does not know stays as it is:
/// somebody wrote a Windows path without doubling its backslashes.
pub(super) fn append_unescaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        // '\\' is one byte, so every offset below is a boundary or checked by `get`.
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (plain, length) = match escape.as_bytes().get(1) {
            Some(b'"') => ('"', 2),
            Some(b'\\') => ('\\', 2),
            Some(b'/') => ('/', 2),
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{C}', 2),
            Some(b'u') => unicode_escape(escape).unwrap_or(('\\', 1)),
            _ => ('\\', 1),
        };
        out.push(plain);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The character of `\uXXXX` or a pair of them, and the bytes it takes.
fn unicode_escape(escape: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u16::from_str_radix(escape.get(from..from + 4)?, 16).ok();
    let first = unit(2)?;
    if let Some(plain) = char::from_u32(u32::from(first)) {
        return Some((plain, 6));
    }
    if escape.get(6..8) == Some("\\u")
        && let Some(second) = unit(8)
        && let Some(Ok(pair)) = char::decode_utf16([first, second]).next()
    {
        return Some((pair, 12));
    }
    Some((char::REPLACEMENT_CHARACTER, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(object: &str) -> String {
        let mut out = String::new();
        for member in members(object) {
            out.push_str(&format!("{} = {:?}\n", member.key, member.value));
        }
        out
    }

    #[test]
    fn members_are_read_in_order() {
        let object = r#"{"name": "A \"b\"", "n" : 12.5,"x":null , "o":{"k":"}"},"a":["]",1]}"#;
        expect_test::expect![[r#"
            name = Text("A \\\"b\\\"")
            n = Bare("12.5")
            x = Null
            o = Object("{\"k\":\"}\"}")
            a = Array("[\"]\",1]")
        "#]]
        .assert_eq(&flat(object));
    }

    #[test]
    fn what_is_not_valid_is_read_as_far_as_it_has_a_sense() {
        expect_test::expect![[r#"
            name = Text("7\" Player")
            v = Bare("NaN")
             = Object("{\"name\":\"B\"}")
            cut = Text("Kasper")
        "#]]
        .assert_eq(&flat(r#"{"name":"7" Player", v2, "v": NaN, {"name":"B"}, "cut": "Kasper"#));
        assert_eq!(flat("{"), "");
        assert_eq!(flat("{\"a\":"), "a = Null\n");
        assert_eq!(flat("{\"a\\"), "");
    }

    #[test]
    fn escapes_are_resolved_and_unknown_ones_left() {
        let mut out = String::new();
        append_unescaped(r#"\u041a\"\\\/ \ud83d\ude00 \ud83d C:\Program \u12 ü\"#, &mut out);
        assert_eq!(out, "К\"\\/ 😀 \u{FFFD} C:\\Program \\u12 ü\\");
    }
}
