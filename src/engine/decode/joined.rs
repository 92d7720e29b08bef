//! Files in two encodings: Windows PowerShell's `>>` adds UTF-16 to whatever is there, the command
//! prompt's `>>` and `copy a+b` add bytes to UTF-16. Where one ends and the other begins shows.

/// How many Latin letters with a zero byte behind each show that UTF-16 has begun.
const LETTERS: u8 = 8;

/// How many pairs of plain ASCII show that UTF-16 has ended. As UTF-16 they would be Chinese, but
/// sixteen such characters in a row stand in one Chinese text of ten million.
const PAIRS: usize = 16;

/// Notices where UTF-16 begins in text of single bytes.
#[derive(Default, PartialEq, Eq)]
pub(super) struct ZeroWatch {
    letters: u8,
    is_after_letter: bool,
}

impl ZeroWatch {
    /// As it is behind a line of text without zero bytes.
    pub(super) fn after_a_line() -> Self {
        Self { letters: 0, is_after_letter: true }
    }

    /// Where the first byte of a character of UTF-16 is, once enough of them have been seen. What
    /// came before is read well enough: they were Latin letters, and zero bytes are dropped.
    pub(super) fn utf_16_from(&mut self, bytes: &[u8]) -> Option<usize> {
        if bytes.len() > 1 && !bytes.contains(&0) {
            *self = Self::after_a_line();
            return None;
        }
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == 0 && self.is_after_letter {
                self.letters += 1;
                self.is_after_letter = false;
            } else {
                if self.is_after_letter || byte == 0 {
                    self.letters = 0;
                }
                self.is_after_letter = byte != 0;
            }
            if self.letters >= LETTERS {
                *self = Self::default();
                return Some(at + 1);
            }
        }
        None
    }
}

/// The lines at the beginning of a file after which UTF-16 begins, if so it is: its zero bytes are
/// no sign of a binary file then.
pub(super) fn before_utf_16(head: &[u8]) -> Option<&[u8]> {
    let zero = head.iter().position(|&byte| byte == 0)?;
    let (before, rest) = head.split_at(zero.checked_sub(1)?);
    let (before, has_mark) = match before.strip_suffix(b"\xFF\xFE") {
        Some(before) => (before, true),
        None => (before, false),
    };
    let is_text = before.ends_with(b"\n")
        && !before.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    (is_text && (has_mark || ZeroWatch::default().utf_16_from(rest).is_some())).then_some(before)
}

/// Notices where UTF-16 ends, and holds back what could already be of single bytes.
#[derive(Default)]
pub(super) struct PairWatch {
    held: Vec<u8>,
}

impl PairWatch {
    /// What surely is UTF-16 of these bytes and those held back; and what follows, if that is not.
    pub(super) fn split(&mut self, bytes: &[u8], is_last: bool) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        let mut from = 0;
        for (number, pair) in all.chunks_exact(2).enumerate() {
            if !pair.iter().all(|&byte| is_of_text(byte)) {
                // The line end may go into the first byte of the pair.
                if shows_a_line(&all[from..=number * 2]) {
                    let rest = all.split_off(from);
                    return (all, Some(rest));
                }
                from = (number + 1) * 2;
            } else if (number + 1) * 2 - from >= PAIRS * 2 {
                let rest = all.split_off(from);
                return (all, Some(rest));
            }
        }
        let rest = all.split_off(from);
        if !is_last {
            self.held = rest;
            return (all, None);
        }
        if shows_a_line(&rest) {
            return (all, Some(rest));
        }
        all.extend(rest);
        (all, None)
    }
}

/// True if ASCII with a line end is there: as UTF-16 it is no character. Letters of Malayalam have
/// the same bytes, but then every other byte is one of them.
fn shows_a_line(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|&&byte| byte < b' ').count();
    controls * 2 < bytes.len() && bytes.windows(2).any(|pair| pair == b"\r\n")
}

/// ASCII that text has, and the bytes of a UTF-8 byte order mark.
fn is_of_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xEF | 0xBB | 0xBF)
}
