//! The line that a reader wants at head and foot of what is written, such as a marking of controlled
//! unclassified information.

use std::fmt;

use crate::engine::language::say;
use crate::engine::limits::MARKING_CHARS;

/// A text that cannot be a marking.
///
/// `Display` says why, without capital and full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkingError {
    /// It is more than one line, or has characters that are not seen.
    NotOneLine,
    /// It is too long.
    TooLong {
        /// Its characters.
        chars: usize,
    },
}

/// The text as a marking, without spaces at its ends: one line of at most
/// [`MARKING_CHARS`](crate::engine::limits::MARKING_CHARS) characters. Put it into
/// [`Report::marking`](super::Report::marking) after the scan is finished.
///
/// # Errors
///
/// If it is longer, or has control characters or line breaks in it.
pub fn marking(text: &str) -> Result<String, MarkingError> {
    let text = text.trim();
    // U+2028 and U+2029 break lines and are no control characters.
    if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(MarkingError::NotOneLine);
    }
    match text.chars().count() {
        chars if chars > MARKING_CHARS => Err(MarkingError::TooLong { chars }),
        _ => Ok(text.to_owned()),
    }
}

impl fmt::Display for MarkingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOneLine => f.write_str(say!("expected one line without control characters")),
            Self::TooLong { chars } => f.write_str(&say!(
                "expected at most {most} characters, found {chars}",
                most = MARKING_CHARS,
                chars,
            )),
        }
    }
}

impl std::error::Error for MarkingError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_is_one_short_line() {
        assert_eq!(marking(" CUI//SP-PRVCY "), Ok("CUI//SP-PRVCY".to_owned()));
        assert_eq!(marking(""), Ok(String::new()));
        for text in ["CUI\nFOUO", "CUI\u{1B}[31m", "CUI\u{2028}x", "a\tb"] {
            assert_eq!(marking(text), Err(MarkingError::NotOneLine), "{text:?}");
        }
        let longest = "я".repeat(MARKING_CHARS);
        assert_eq!(marking(&longest), Ok(longest.clone()));
        let chars = MARKING_CHARS + 1;
        assert_eq!(marking(&(longest + "я")), Err(MarkingError::TooLong { chars }));
    }
}
