//! How much of anything the engine takes, and why that much.

/// Decoded text looked at before the format is chosen, in bytes.
///
/// Enough to see past a screen of notes, prompts and progress bars above the first row.
pub const SAMPLE_BYTES: usize = 64 * 1024;

/// The longest line of a line-oriented format, in bytes of UTF-8.
///
/// The longest real lines seen are uninstall strings and comments of a few kilobytes. What is
/// longer is reported and passed over, so that memory stays bounded.
pub const LINE_BYTES: usize = 1024 * 1024;

/// The most text one JSON record may have, in bytes of UTF-8.
pub const JSON_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// How deep JSON may be nested. `serde_json` itself refuses at 128.
pub const JSON_DEPTH: usize = 100;

/// The most text of XML that is held until its element is complete, in bytes of UTF-8. An inventory
/// of one computer has one or two megabytes; longer documents are read piece by piece.
pub const XML_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// The most elements and texts of XML that are held: an inventory of one computer has some ten
/// thousand.
pub const XML_ELEMENTS: usize = 400_000;

/// How deep elements of XML may be nested. Web pages have some thirty.
pub const XML_DEPTH: usize = 100;

/// How many lines one quoted field may run over before its quotation mark is taken for a stray one.
pub const QUOTED_LINES: usize = 200;

/// How many problems of one source are listed one by one. The rest is counted.
pub const PROBLEMS_LISTED: usize = 200;

/// How many characters of the input a problem or a piece of evidence quotes.
pub const QUOTE_CHARS: usize = 300;

/// How many records of each source are kept to show how it was understood.
pub const FIRST_RECORDS: usize = 5;
