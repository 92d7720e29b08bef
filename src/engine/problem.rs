//! Something wrong with the input, as typed facts; worded once, in [`Display`](std::fmt::Display).

use std::fmt;

use super::clause::{Clause, ClauseValue, clause};

/// What was wrong, with what was expected and found.
///
/// The sentence that `Display` gives has no capital and no full stop, since it is joined to a
/// place ("row 14: …"). It says what was found and, where the reader can do something, what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The source has no text at all.
    Empty,
    /// The bytes are not text. `looks_like` names the kind of file, with its article.
    NotText {
        /// For example `a PNG picture`.
        looks_like: Clause,
        /// What the reader should do instead.
        advice: Clause,
    },
    /// An archive or a workbook that cannot be opened: encrypted, damaged, packed too tightly.
    NotOpened {
        /// What is in the way, as a clause: `the workbook is protected by a password`.
        why: Clause,
        /// What the reader should do instead.
        advice: Clause,
    },
    /// An archive or a workbook, which is read whole, is larger than any that is read.
    TooLarge {
        /// Which of the two it is.
        what: WholeFile,
        /// Its bytes.
        bytes: u64,
        /// The most that is read.
        limit: u64,
        /// What the reader should do instead.
        advice: Clause,
    },
    /// The text is recognised, but as something that does not list installed programs.
    NotAnInventory {
        /// For example `the output of systeminfo`.
        looks_like: Clause,
        /// What the reader should do instead.
        advice: Clause,
    },
    /// The text is not in any form that is known, nor a plain list of names.
    Unrecognised,
    /// A table whose header names no column that could hold the name of a program.
    NoNameColumn {
        /// The header's columns as written.
        columns: Vec<String>,
    },
    /// The row has another number of fields than the header; it was read as far as it went.
    FieldCount {
        /// Fields in the header.
        expected: usize,
        /// Fields in the row.
        found: usize,
    },
    /// A record without anything that could be a name or an identifier.
    NoName,
    /// A quoted field was opened and not closed; the lines were read one by one instead.
    UnclosedQuote,
    /// The line is longer than any the engine reads; what follows the limit was passed over.
    LineTooLong {
        /// Bytes of the line.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// Bytes that mean nothing in the encoding; each was replaced by U+FFFD.
    InvalidText {
        /// The encoding's name.
        encoding: String,
    },
    /// Parts in several encodings were joined to one file.
    JoinedEncodings {
        /// The first part's encoding.
        first: String,
    },
    /// The file ends in the middle of a character or of a structure: it may have been cut short.
    CutShort,
    /// The tool that made the list cut the name; what is left of it was checked. Readers tell it
    /// right before the record whose name it is.
    NameCut,
    /// The list itself says, or shows by its form, that it does not hold everything.
    Incomplete {
        /// What is missing or how that shows, as a clause: `the tool gave only the first rows`.
        why: Clause,
        /// What the reader should do instead.
        advice: Clause,
    },
    /// Text between records that the format has no place for.
    UnexpectedLine {
        /// What the format has there.
        expected: Clause,
    },
    /// JSON that could not be parsed, with the parser's own reason.
    BadJson {
        /// The reason.
        reason: Clause,
    },
    /// Markup that is not XML as it should be; it was read as far as it makes sense.
    BadXml {
        /// What is wrong, as a clause.
        reason: Clause,
    },
}

/// What is read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WholeFile {
    /// An archive.
    Archive,
    /// A workbook.
    Workbook,
}

/// The [`id`](ProblemKind::id) of [`ProblemKind::InvalidText`].
pub const INVALID_TEXT: &str = "invalid-text";

impl ProblemKind {
    /// The stable kebab-case name used in reports.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText { .. } => "not-text",
            Self::NotOpened { .. } => "not-opened",
            Self::TooLarge { .. } => "too-large",
            Self::NotAnInventory { .. } => "not-an-inventory",
            Self::Unrecognised => "unrecognised",
            Self::NoNameColumn { .. } => "no-name-column",
            Self::FieldCount { .. } => "field-count",
            Self::NoName => "no-name",
            Self::UnclosedQuote => "unclosed-quote",
            Self::LineTooLong { .. } => "line-too-long",
            Self::InvalidText { .. } => INVALID_TEXT,
            Self::JoinedEncodings { .. } => "joined-encodings",
            Self::CutShort => "cut-short",
            Self::NameCut => "name-cut",
            Self::Incomplete { .. } => "incomplete",
            Self::UnexpectedLine { .. } => "unexpected-line",
            Self::BadJson { .. } => "bad-json",
            Self::BadXml { .. } => "bad-xml",
        }
    }

    /// True if nothing of the source was read because of it.
    pub fn stops_the_source(&self) -> bool {
        matches!(
            self,
            Self::Empty
                | Self::NotText { .. }
                | Self::NotOpened { .. }
                | Self::TooLarge { .. }
                | Self::NotAnInventory { .. }
                | Self::Unrecognised
                | Self::NoNameColumn { .. }
        )
    }

    /// True if a program may have been missed or cut because of it, so that a clean answer
    /// cannot be given without saying so.
    pub fn may_hide_a_program(&self) -> bool {
        !matches!(self, Self::FieldCount { .. } | Self::UnexpectedLine { .. })
    }
}

const MB: u64 = 1024 * 1024;

impl ProblemKind {
    /// What is said of it, to be told now or later.
    pub fn clause(&self) -> Clause {
        match self {
            Self::Empty => {
                clause!("there is nothing in it; paste or choose the list that the command printed")
            }
            Self::NotText { looks_like, advice } => clause!(
                "this is {looks_like}, not a list of programs as text; {advice}",
                looks_like,
                advice,
            ),
            Self::NotOpened { why, advice } => {
                clause!("this could not be opened: {why}; {advice}", why, advice)
            }
            Self::TooLarge { what: WholeFile::Archive, bytes, limit, advice } => clause!(
                "the archive is {size} MB; the largest archive that can be read is {limit} MB; {advice}",
                size = bytes.div_ceil(MB),
                limit = limit / MB,
                advice,
            ),
            Self::TooLarge { what: WholeFile::Workbook, bytes, limit, advice } => clause!(
                "the workbook is {size} MB; the largest workbook that can be read is {limit} MB; {advice}",
                size = bytes.div_ceil(MB),
                limit = limit / MB,
                advice,
            ),
            Self::NotAnInventory { looks_like, advice } => clause!(
                "this looks like {looks_like}, which does not list installed programs; {advice}",
                looks_like,
                advice,
            ),
            Self::Unrecognised => clause!(
                "this does not look like a list of installed programs; use one of the commands \
                 of step 2, or a list with one program name a line"
            ),
            Self::NoNameColumn { columns } => clause!(
                "no column is named like a program's name (such as Name, DisplayName or \
                 Software); the columns are {columns}; rename the column that holds the program \
                 names to Name",
                columns = quoted_list(columns),
            ),
            Self::FieldCount { expected, found } => clause!(
                "expected {expected} fields, found {found}; read as far as it goes",
                expected = *expected,
                found = *found,
            ),
            Self::NoName => clause!("expected the name of a program, found none"),
            Self::UnclosedQuote => clause!(
                "a quotation mark is opened here and never closed; the lines were read one by one"
            ),
            Self::LineTooLong { bytes, limit } => clause!(
                "the line is {bytes} bytes long; the longest line that is read is {limit} bytes; \
                 was the file saved without line breaks?",
                bytes = *bytes,
                limit = *limit,
            ),
            Self::InvalidText { encoding } => clause!(
                "some bytes are not {encoding} text and are shown as \u{FFFD}; save the list as UTF-8",
                encoding,
            ),
            Self::JoinedEncodings { first } => clause!(
                "files in different encodings were joined to this one, the first in {first}; each \
                 part was read as far as it could be told, but letters where they meet may be \
                 damaged; choose the files one by one instead",
                first,
            ),
            Self::CutShort => {
                clause!("the file ends in the middle; it may have been cut short, make it again")
            }
            Self::NameCut => clause!(
                "the tool cut this name; what is left was checked, but a wider list would say more"
            ),
            Self::Incomplete { why, advice } => clause!(
                "this list is not complete: {why}; what is there was checked; {advice}",
                why,
                advice,
            ),
            Self::UnexpectedLine { expected } => {
                clause!("expected {expected}; passed over", expected)
            }
            Self::BadJson { reason } => clause!("expected JSON: {reason}", reason),
            Self::BadXml { reason } => {
                clause!("the XML is damaged here: {reason}; read as far as it goes", reason)
            }
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clause().fmt(f)
    }
}

/// At most eight entries, quoted, with how many more there are.
pub fn quoted_list(items: &[String]) -> ClauseValue {
    const SHOWN: usize = 8;
    let shown = items
        .iter()
        .take(SHOWN)
        .map(|item| format!("\u{201C}{}\u{201D}", shortened(item, 40)))
        .collect::<Vec<_>>()
        .join(", ");
    match items.len().checked_sub(SHOWN) {
        Some(more @ 1..) => clause!("{shown} and {more} more", shown, more).into(),
        _ => shown.into(),
    }
}

/// The text, cut to so many characters with an ellipsis.
pub fn shortened(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
