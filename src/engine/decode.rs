//! Bytes to text: the encoding is found from the bytes, and every kind of line end becomes `\n`.

use encoding_rs::Encoding;

mod console;
mod encoding;
mod joined;
mod legacy;
pub(super) mod plausible;

use memchr::{memchr2, memmem};
use serde::{Deserialize, Serialize};

use super::language::key;
use super::not_inventory;
use encoding::StreamDecoder;
pub use encoding::{TextEncoding, encoding_by_name};
use joined::{PairWatch, ZeroWatch, before_utf_16};

/// Bytes looked at before anything is decided: byte order marks, UTF-16 without one, file kinds.
const HEAD_BYTES: usize = 4096;

/// Bytes looked at, from the first one that is not ASCII, to tell UTF-8 from other encodings.
const WINDOW_BYTES: usize = 64 * 1024;

/// The byte order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes beyond ASCII that are wanted before the encoding is decided: one trademark sign in
/// thousands of English names tells nothing of the Russian ones below.
const TELLING_BYTES: usize = 64;

/// The most bytes looked at while waiting for [`TELLING_BYTES`].
const WIDEST_WINDOW_BYTES: usize = 1024 * 1024;

/// ASCII kept from before the first byte that is not: the word it belongs to.
const BEFORE_WINDOW_BYTES: usize = 16;

/// What kind of file the bytes are when they are not text, and what to do instead.
pub type NotText = (&'static str, &'static str);

/// A streaming decoder of one source. What comes out does not depend on how the bytes were cut.
pub struct Decoder {
    stage: Stage,
    reason: &'static str,
    line_ends: LineEnds,
    /// True if the text so far ends with a line, or there is none.
    is_at_line_start: bool,
    /// The last ASCII before the window.
    before_window: Vec<u8>,
    /// What the first part is in, if parts in several encodings were joined.
    first_of_joined: Option<&'static str>,
    zeros: ZeroWatch,
    pairs: PairWatch,
    is_chosen: bool,
    /// Bytes so far, to tell a file of two-byte characters that ends in the middle of one.
    bytes: u64,
    is_cut_short: bool,
}

enum Stage {
    /// Waiting for the head.
    Head(Vec<u8>),
    /// Nothing but ASCII so far: all encodings left would read the same.
    Ascii,
    /// Waiting for enough bytes after the first that is not ASCII.
    Window(Window),
    /// UTF-8 without an error so far; the bytes of a character whose end has not come yet.
    Utf8(Vec<u8>),
    /// The encoding is known.
    Known(StreamDecoder),
    /// The bytes are not text; the rest is passed over.
    NotText(NotText),
}

/// What a decoder of a source that can be read in parts has found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecoderStanding {
    /// Nothing but ASCII so far.
    Ascii,
    /// UTF-8 without an error so far.
    Utf8,
}

/// Why UTF-8, where no mark says so and every byte is right.
const VALID_UTF_8: &str = key!("its bytes are valid UTF-8");

/// The bytes from the first one that is not ASCII.
#[derive(Default)]
struct Window {
    bytes: Vec<u8>,
    /// How many of them were looked through, and how many of those are not ASCII.
    seen: usize,
    telling: usize,
}

impl Window {
    /// How many bytes decide, if there are enough; the same however they were cut.
    fn deciding(&mut self) -> Option<usize> {
        for &byte in self.bytes.get(self.seen..).unwrap_or_default() {
            let is_enough = self.seen >= WINDOW_BYTES && self.telling >= TELLING_BYTES;
            if is_enough || self.seen >= WIDEST_WINDOW_BYTES {
                return Some(self.seen);
            }
            self.seen += 1;
            self.telling += usize::from(!byte.is_ascii());
        }
        None
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Decoder {
    /// A decoder of that encoding, or of the one that the bytes tell.
    pub fn new(chosen: Option<TextEncoding>) -> Self {
        let (stage, reason) = match chosen {
            Some(encoding) => {
                (Stage::Known(StreamDecoder::without_mark(encoding)), key!("chosen by the user"))
            }
            None => (Stage::Head(Vec::new()), key!("every byte of it is ASCII")),
        };
        Self {
            stage,
            reason,
            line_ends: LineEnds::default(),
            is_at_line_start: true,
            before_window: Vec::new(),
            first_of_joined: None,
            zeros: ZeroWatch::default(),
            pairs: PairWatch::default(),
            is_chosen: chosen.is_some(),
            bytes: 0,
            is_cut_short: false,
        }
    }

    /// A decoder for the bytes from some line in the middle of the source on, as far as this one
    /// knows the source; `None` if they cannot be read without what comes before.
    pub fn part(&self) -> Option<Self> {
        let stage = match (&self.stage, self.is_joined()) {
            (Stage::Ascii, false) => Stage::Ascii,
            (Stage::Utf8(_), false) => Stage::Utf8(Vec::new()),
            _ => return None,
        };
        let zeros = ZeroWatch::after_a_line();
        Some(Self { stage, reason: self.reason, zeros, ..Self::new(None) })
    }

    /// What decides how the next bytes are read, apart from what [`part`](Self::part) finds out by
    /// itself; `None` in the middle of a line end or of a character, or where more bytes are
    /// waited for.
    pub fn standing(&self) -> Option<DecoderStanding> {
        let is_between_lines =
            self.line_ends.pending == 0 && self.zeros == ZeroWatch::after_a_line();
        match &self.stage {
            _ if self.is_joined() || !is_between_lines => None,
            Stage::Ascii => Some(DecoderStanding::Ascii),
            Stage::Utf8(begun) if begun.is_empty() => Some(DecoderStanding::Utf8),
            _ => None,
        }
    }

    /// Another decoder has read on from here and ended like that.
    pub fn go_on_from(&mut self, ended: DecoderStanding) {
        if matches!(self.stage, Stage::Ascii) && ended == DecoderStanding::Utf8 {
            self.stage = Stage::Utf8(Vec::new());
            self.reason = VALID_UTF_8;
        }
    }

    /// Why that encoding, for people; starts in lower case, no full stop. Empty if it is not text.
    pub fn reason(&self) -> &'static str {
        if self.not_text().is_some() { "" } else { self.reason }
    }

    /// Decodes the next bytes and appends the text to `out`.
    pub fn push(&mut self, bytes: &[u8], out: &mut String) {
        self.bytes += bytes.len() as u64;
        self.step(bytes, false, out);
    }

    /// The source has ended: appends what was held back.
    pub fn finish(&mut self, out: &mut String) {
        self.step(&[], true, out);
        self.line_ends.finish(out);
    }

    /// The encoding's name as in reports, of the first part if there are several. `UTF-8` for plain
    /// ASCII; empty if it is not text.
    pub fn encoding(&self) -> &'static str {
        self.first_of_joined.unwrap_or_else(|| self.encoding_now())
    }

    /// True if parts in several encodings were joined.
    pub fn is_joined(&self) -> bool {
        self.first_of_joined.is_some()
    }

    fn encoding_now(&self) -> &'static str {
        match &self.stage {
            Stage::Known(decoder) => decoder.encoding().name(),
            Stage::NotText(_) => "",
            Stage::Head(_) | Stage::Ascii | Stage::Window(_) | Stage::Utf8(_) => "UTF-8",
        }
    }

    /// What the source is if it is not text.
    pub fn not_text(&self) -> Option<NotText> {
        match self.stage {
            Stage::NotText(kind) => Some(kind),
            _ => None,
        }
    }

    /// True, after [`finish`](Self::finish), if the source ended in the middle of a character.
    pub fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    fn step(&mut self, bytes: &[u8], is_last: bool, out: &mut String) {
        match &mut self.stage {
            Stage::Head(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= HEAD_BYTES || is_last {
                    let head = std::mem::take(head);
                    (self.stage, self.reason) =
                        stage_after_head(&head[..head.len().min(HEAD_BYTES)]);
                    // Only its mark tells UTF-8 this early; the mark is no part of the text.
                    let text = match self.stage {
                        Stage::Utf8(_) => head.strip_prefix(UTF_8_MARK).unwrap_or(&head),
                        _ => &head,
                    };
                    self.step(text, is_last, out);
                }
            }
            Stage::Ascii => {
                let ascii = Encoding::ascii_valid_up_to(bytes);
                let utf_16 = self.zeros.utf_16_from(&bytes[..ascii]);
                let end = utf_16.unwrap_or(ascii);
                // ASCII bytes are UTF-8 by definition, so nothing is lost here.
                self.line_ends.push(&String::from_utf8_lossy(&bytes[..end]), out);
                keep_end(&mut self.before_window, &bytes[..end]);
                if utf_16.is_some() {
                    self.join(Stage::Known(StreamDecoder::new(TextEncoding::UTF_16LE)));
                    self.step(&bytes[end..], is_last, out);
                } else if end < bytes.len() {
                    self.stage = Stage::Window(Window::default());
                    self.step(&bytes[end..], is_last, out);
                }
            }
            Stage::Window(window) => {
                window.bytes.extend_from_slice(bytes);
                if let [0xFF, 0xFE, _, high, ..] = window.bytes[..]
                    && high == 0
                    && self.before_window.ends_with(b"\n")
                {
                    // A byte order mark of its own begins the second part.
                    let window = std::mem::take(&mut window.bytes);
                    let decoder = StreamDecoder::without_mark(TextEncoding::UTF_16LE);
                    self.join(Stage::Known(decoder));
                    self.step(&window, is_last, out);
                    return;
                }
                let deciding = window.deciding();
                if deciding.is_some() || is_last {
                    let window = std::mem::take(&mut window.bytes);
                    let end = deciding.unwrap_or(window.len());
                    self.is_at_line_start = self.before_window.ends_with(b"\n")
                        || self.before_window.ends_with(b"\r")
                        || self.before_window.is_empty();
                    let (encoding, reason) =
                        encoding_of(&self.before_window, &window[..end], deciding.is_none());
                    self.stage = if encoding == TextEncoding::UTF_8 {
                        Stage::Utf8(Vec::new())
                    } else {
                        Stage::Known(StreamDecoder::new(encoding))
                    };
                    self.reason = reason;
                    self.step(&window, is_last, out);
                }
            }
            Stage::Utf8(_) => match self.zeros.utf_16_from(bytes) {
                None => self.utf_8(bytes, is_last, out),
                Some(from) => {
                    self.utf_8(&bytes[..from], false, out);
                    self.join(Stage::Known(StreamDecoder::new(TextEncoding::UTF_16LE)));
                    self.step(&bytes[from..], is_last, out);
                }
            },
            Stage::Known(_) if self.is_chosen => self.decode(bytes, is_last, out),
            Stage::Known(decoder) if decoder.encoding().is_two_byte() => {
                let (sure, rest) = self.pairs.split(bytes, is_last);
                self.decode(&sure, is_last && rest.is_none(), out);
                if let Some(rest) = rest {
                    self.join(Stage::Ascii);
                    self.step(&rest, is_last, out);
                }
            }
            Stage::Known(_) => match self.zeros.utf_16_from(bytes) {
                None => self.decode(bytes, is_last, out),
                Some(from) => {
                    self.decode(&bytes[..from], false, out);
                    self.join(Stage::Known(StreamDecoder::new(TextEncoding::UTF_16LE)));
                    self.step(&bytes[from..], is_last, out);
                }
            },
            Stage::NotText(_) => {}
        }
    }

    /// Here a part in another encoding begins.
    fn join(&mut self, next: Stage) {
        self.first_of_joined = Some(self.encoding());
        self.stage = next;
        self.before_window.clear();
        self.zeros = ZeroWatch::default();
        self.pairs = PairWatch::default();
    }

    /// Takes the next bytes, which are UTF-8 unless they turn out to have an error.
    fn utf_8(&mut self, bytes: &[u8], is_last: bool, out: &mut String) {
        let Stage::Utf8(begun) = &mut self.stage else { return };
        let mut joined = std::mem::take(begun);
        let bytes = if joined.is_empty() {
            bytes
        } else {
            joined.extend_from_slice(bytes);
            &joined
        };
        let (valid, rest) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, &[][..]),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                // It was just found to be valid.
                (std::str::from_utf8(valid).unwrap_or_default(), rest)
            }
        };
        self.put(valid, true, out);
        // A character is four bytes long at most; the end of one may still come.
        if rest.len() < 4 && !is_last {
            self.stage = Stage::Utf8(rest.to_vec());
        } else if !rest.is_empty() {
            self.stage = Stage::Known(StreamDecoder::new(TextEncoding::UTF_8));
            self.decode(rest, is_last, out);
        }
    }

    /// Decodes the next bytes, whose encoding is known.
    fn decode(&mut self, bytes: &[u8], is_last: bool, out: &mut String) {
        let Stage::Known(decoder) = &mut self.stage else { return };
        let mut text = String::new();
        decoder.decode(bytes, is_last, &mut text);
        let is_two_byte = decoder.encoding().is_two_byte();
        if is_last && is_two_byte && self.bytes % 2 == 1 && self.first_of_joined.is_none() {
            self.is_cut_short = true;
            if text.ends_with('\u{FFFD}') {
                text.pop();
            }
        }
        let is_unicode = decoder.encoding().is_unicode();
        self.put(&text, is_unicode, out);
    }

    /// Appends decoded text.
    fn put(&mut self, text: &str, is_unicode: bool, out: &mut String) {
        const MARK: &str = "\u{FEFF}";
        let without_marks;
        let mut text = text;
        if is_unicode && memmem::find(text.as_bytes(), MARK.as_bytes()).is_some() {
            without_marks = drop_marks(text, self.is_at_line_start);
            text = &without_marks;
        }
        if let Some(last) = text.as_bytes().last() {
            self.is_at_line_start = matches!(last, b'\n' | b'\r');
        }
        self.line_ends.push(text, out);
    }
}

/// Makes `kept` the last bytes of what went before and `bytes`.
fn keep_end(kept: &mut Vec<u8>, bytes: &[u8]) {
    kept.extend_from_slice(&bytes[bytes.len().saturating_sub(BEFORE_WINDOW_BYTES)..]);
    kept.drain(..kept.len().saturating_sub(BEFORE_WINDOW_BYTES));
}

/// Drops byte order marks where lines begin: files joined with `copy a+b` have one in the middle.
fn drop_marks(text: &str, is_at_line_start: bool) -> String {
    const MARK: char = '\u{FEFF}';
    let mut is_at_line_start = is_at_line_start;
    let is_kept = |c: &char| {
        let is_kept = *c != MARK || !is_at_line_start;
        is_at_line_start = matches!(c, '\n' | '\r') || !is_kept;
        is_kept
    };
    text.chars().filter(is_kept).collect()
}

/// Decides by byte order mark, then by UTF-16's zero bytes, then by what other files begin with.
fn stage_after_head(head: &[u8]) -> (Stage, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        let encoding = TextEncoding::from(encoding);
        let stage = if encoding == TextEncoding::UTF_8 {
            Stage::Utf8(Vec::new())
        } else {
            Stage::Known(StreamDecoder::without_mark(encoding))
        };
        return (stage, key!("it begins with a byte order mark"));
    }
    let before_utf_16 = before_utf_16(head);
    for encoding in [TextEncoding::UTF_16LE, TextEncoding::UTF_16BE] {
        if before_utf_16.is_none() && is_utf_16_without_mark(head, encoding) {
            let reason = key!("every other byte of its Latin letters is zero");
            return (Stage::Known(StreamDecoder::new(encoding)), reason);
        }
    }
    match not_inventory::looks_like_bytes(before_utf_16.unwrap_or(head)) {
        Some(kind) => (Stage::NotText(kind), ""),
        None => (Stage::Ascii, key!("every byte of it is ASCII")),
    }
}

/// UTF-16 text has its zero bytes all on one side of the pairs (line ends, spaces, digits and
/// Latin letters), decodes without error and holds no control characters.
fn is_utf_16_without_mark(head: &[u8], encoding: TextEncoding) -> bool {
    let head = &head[..head.len() - head.len() % 2];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (zeros_in_high_bytes, zeros_in_low_bytes) = if encoding == TextEncoding::UTF_16LE {
        (zeros(1), zeros(0))
    } else {
        (zeros(0), zeros(1))
    };
    if head.len() < 4 || zeros_in_low_bytes > 0 || zeros_in_high_bytes * 10 < head.len() / 2 {
        return false;
    }
    let text = encoding.text_of(head);
    // The head may end between the halves of a character.
    let text = text.strip_suffix('\u{FFFD}').unwrap_or(&text);
    !text.chars().any(|c| c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r')))
}

/// UTF-8 unless the bytes that are not ASCII are mostly not UTF-8; with the reason.
fn encoding_of(before: &[u8], window: &[u8], is_whole: bool) -> (TextEncoding, &'static str) {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in window.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A sequence cut by the window's end is not an error.
        let is_cut = chunk.invalid().len() < 4
            && std::ptr::eq(chunk.invalid().as_ptr_range().end, window.as_ptr_range().end)
            && !is_whole;
        invalid += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    if invalid == 0 {
        (TextEncoding::UTF_8, VALID_UTF_8)
    } else if invalid <= valid {
        (TextEncoding::UTF_8, key!("most of its characters beyond ASCII are valid UTF-8"))
    } else {
        let encoding = legacy::legacy_encoding(&[before, window].concat());
        (encoding, legacy::reason(encoding))
    }
}

/// Makes CR LF, CR CR LF and CR into LF, and drops NUL characters.
#[derive(Default)]
struct LineEnds {
    /// Carriage returns seen whose meaning depends on what follows.
    pending: usize,
}

impl LineEnds {
    fn push(&mut self, mut text: &str, out: &mut String) {
        while !text.is_empty() {
            if self.pending == 0 {
                // Most lines end with CR LF or LF: what comes before is taken as it is.
                let end = memchr2(b'\r', b'\0', text.as_bytes()).unwrap_or(text.len());
                out.push_str(&text[..end]);
                text = &text[end..];
                if let Some(rest) = text.strip_prefix("\r\n") {
                    out.push('\n');
                    text = rest;
                    continue;
                }
            }
            let after = text.trim_start_matches('\r');
            self.pending += text.len() - after.len();
            text = after;
            if let Some(rest) = text.strip_prefix('\n') {
                // wmic through a pipe writes CR CR LF.
                out.push('\n');
                self.pending = 0;
                text = rest;
            } else if !text.is_empty() {
                self.finish(out);
                // Some logs hold stray NULs; they say nothing and break comparisons.
                let end = text.find(['\r', '\0']).unwrap_or(text.len());
                out.push_str(&text[..end]);
                text = text[end..].trim_start_matches('\0');
            }
        }
    }

    /// Each carriage return that no line feed follows ended a line of its own.
    fn finish(&mut self, out: &mut String) {
        out.extend(std::iter::repeat_n('\n', self.pending));
        self.pending = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes whole and in pieces of one and three bytes, which must not matter.
    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str) {
        for size in [bytes.len().max(1), 1, 3] {
            let (mut decoder, mut out) = (Decoder::default(), String::new());
            bytes.chunks(size).for_each(|chunk| decoder.push(chunk, &mut out));
            decoder.finish(&mut out);
            assert_eq!((decoder.encoding(), out.as_str()), (encoding, text), "in pieces of {size}");
        }
    }

    fn utf_16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn utf_16be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn byte_order_marks_decide_and_are_removed() {
        check("\u{FEFF}Имя".as_bytes(), "UTF-8", "Имя");
        check(&utf_16le("\u{FEFF}Имя"), "UTF-16LE", "Имя");
        check(&utf_16be("\u{FEFF}Имя"), "UTF-16BE", "Имя");
    }

    #[test]
    fn utf_16_is_recognised_without_a_mark() {
        check(&utf_16le("Name\r\nFirefox\r\n"), "UTF-16LE", "Name\nFirefox\n");
        check(&utf_16be("Name\r\nFirefox\r\n"), "UTF-16BE", "Name\nFirefox\n");
        check(&utf_16le("Антивирус 12 1\r\n"), "UTF-16LE", "Антивирус 12 1\n");
    }

    #[test]
    fn text_that_is_not_utf_8_is_read_as_windows_1252() {
        check(b"Name\nDell\x99 Caf\xE9\n", "Windows-1252", "Name\nDell™ Café\n");
        check("Dell™\n".as_bytes(), "UTF-8", "Dell™\n");
    }

    #[test]
    fn one_bad_byte_does_not_make_a_utf_8_file_windows_1252() {
        check(b"\xD0\x90\xD0\xBD\xD1\x82\n\xFF\n", "UTF-8", "Ант\n\u{FFFD}\n");
    }

    #[test]
    fn every_kind_of_line_end_becomes_one_line_feed() {
        check(b"a\r\nb\rc\r\r\nd\ne\r", "UTF-8", "a\nb\nc\nd\ne\n");
    }

    #[test]
    fn stray_nuls_are_dropped() {
        let text = format!("{}a\0b\n", "padding line\n".repeat(40));
        check(text.as_bytes(), "UTF-8", &text.replace('\0', ""));
    }

    #[test]
    fn marks_are_dropped_where_lines_begin() {
        let text = "\u{FEFF}Имя\r\nА\r\n\u{FEFF}Имя\r\nБ\u{FEFF}В\n";
        check(text.as_bytes(), "UTF-8", "Имя\nА\nИмя\nБ\u{FEFF}В\n");
        check(&utf_16le(text), "UTF-16LE", "Имя\nА\nИмя\nБ\u{FEFF}В\n");
        check("Name\n\u{FEFF}Name\n".as_bytes(), "UTF-8", "Name\nName\n");
    }

    /// Parts in two encodings must be read both, and it must be told.
    #[track_caller]
    fn check_joined(parts: &[&[u8]], encoding: &str, text: &str) {
        let bytes = parts.concat();
        check(&bytes, encoding, text);
        let (mut decoder, mut out) = (Decoder::default(), String::new());
        decoder.push(&bytes, &mut out);
        decoder.finish(&mut out);
        assert!(decoder.is_joined());
    }

    #[test]
    fn utf_16_added_to_other_text_is_read() {
        let added = utf_16le("Антивирус\r\nKaspersky Free 1\r\nАгент\r\n");
        let read = "Антивирус\nKaspersky Free 1\nАгент\n";
        check_joined(
            &[b"Firefox\r\n", &utf_16le("\u{FEFF}Name\r\n"), &added],
            "UTF-8",
            &format!("Firefox\nName\n{read}"),
        );
        let added = utf_16le("Kaspersky Free 1\r\nАгент\r\n");
        let read = "Kaspersky Free 1\nАгент\n";
        check_joined(&[b"Firefox\r\n", &added], "UTF-8", &format!("Firefox\n{read}"));
        check_joined(&["Браузер\r\n".as_bytes(), &added], "UTF-8", &format!("Браузер\n{read}"));
    }

    #[test]
    fn other_text_added_to_utf_16_is_read() {
        let first = utf_16le("\u{FEFF}Name\r\nБраузер\r\n微信\r\n");
        let read = "Name\nБраузер\n微信\n";
        check_joined(
            &[&first, b"Kaspersky Endpoint Security\r\n\xCF\xF0\xEE\xE3\xF0\xE0\xEC\xEC\xE0\r\n"],
            "UTF-16LE",
            &format!("{read}Kaspersky Endpoint Security\nПрограмма\n"),
        );
        check_joined(&[&first, b"KAV\r\n"], "UTF-16LE", &format!("{read}KAV\n"));
        check_joined(
            &[&first, "\u{FEFF}Name\r\nKaspersky Endpoint Security\r\n".as_bytes()],
            "UTF-16LE",
            &format!("{read}Name\nKaspersky Endpoint Security\n"),
        );
    }

    #[test]
    fn chinese_in_utf_16_is_not_taken_for_joined_text() {
        let text = "\u{FEFF}名称\r\n卡巴斯基安全软件企业版卡巴斯基安全软件企业版上上上\r\n上";
        let (mut decoder, mut out) = (Decoder::default(), String::new());
        decoder.push(&utf_16le(text), &mut out);
        decoder.finish(&mut out);
        assert!(!decoder.is_joined());
        assert_eq!(out, text.replace(['\r', '\u{FEFF}'], ""));
    }

    #[test]
    fn a_file_that_ends_in_the_middle_of_a_character_is_cut_short() {
        let mut bytes = utf_16le("\u{FEFF}Name\r\nKaspersky");
        bytes.pop();
        let (mut decoder, mut out) = (Decoder::default(), String::new());
        decoder.push(&bytes, &mut out);
        decoder.finish(&mut out);
        assert_eq!(out, "Name\nKaspersk");
        assert!(decoder.is_cut_short());
    }

    #[test]
    fn a_picture_is_not_text() {
        let (mut decoder, mut out) = (Decoder::default(), String::new());
        decoder.push(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &mut out);
        decoder.finish(&mut out);
        assert_eq!(out, "");
        assert!(decoder.not_text().is_some());
    }
}
