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

/// The longest line of a plain list that is read as an entry, in bytes of UTF-8: somebody may have written a few
/// programs on one line, and that is better searched than passed over.
pub const PLAIN_ENTRY_BYTES: usize = 4_000;

/// The most text one JSON record may have, in bytes of UTF-8.
pub const JSON_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// How many fields of one object of JSON or element of XML are looked at: tools write some fifty.
pub const RECORD_FIELDS: usize = 256;

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

/// How many columns of a table are read: as many as a sheet can have.
pub const COLUMNS: usize = 16_384;

/// How many programs one row of a table may name, each in columns of its own: the answer to several
/// questions at once names three or four.
pub const ROW_PROGRAMS: usize = 100;

/// How many problems of one source are listed one by one, of those that may hide a program and of the
/// others so many each. The rest is counted.
pub const PROBLEMS_LISTED: usize = 200;

/// How many problems of all sources together are listed, of the two kinds so many each. Of a source
/// beyond that, the first of each kind still is.
///
/// Each takes some 500 bytes; ten thousand files with two hundred each would be a gigabyte.
pub const PROBLEMS_LISTED_IN_ALL: usize = 10_000;

/// How many characters of the input a problem or a piece of evidence quotes.
pub const QUOTE_CHARS: usize = 300;

/// How many records of each source are kept to show how it was understood.
pub const FIRST_RECORDS: usize = 5;

/// The largest archive or workbook, in bytes: neither can be read before its end is there, so it is
/// held in memory.
///
/// A workbook of a million rows and ten columns is some 60 MB; a phone gives a page some 500 MB.
pub const WHOLE_BYTES: u64 = 200 * 1024 * 1024;

/// The most that one file may unpack to, everything inside it together, in bytes.
///
/// A fleet's lists are a few gigabytes at most; more would take minutes and looks like an attack.
pub const UNPACKED_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// How many times larger than the packed file its contents may be, beyond [`UNPACKED_FREELY`].
///
/// Lists shrink to a tenth, padded ones to a fortieth. Nothing but repetition shrinks to a thousandth,
/// which is as far as deflate goes.
pub const UNPACK_RATIO: u64 = 200;

/// What may be unpacked whatever the ratio, in bytes: so much is read in no time.
pub const UNPACKED_FREELY: u64 = 16 * 1024 * 1024;

/// How many files are read that come out of archives in one file, those of archives inside it included:
/// one list for each computer of a large fleet.
pub const ARCHIVE_MEMBERS: usize = 10_000;

/// How many entries of one ZIP archive's directory are looked at, folders and empty files included.
///
/// Each takes some 100 bytes of memory, and 46 in the archive: an archive could have four million.
pub const ARCHIVE_ENTRIES: usize = 100_000;

/// How many characters of a file's name are kept, as it is given and in an archive, and of a sheet's. Linux has no
/// longer path.
pub const MEMBER_NAME_CHARS: usize = 4096;

/// How many characters of a computer's name are kept: twice as many as a name of the DNS may have, since
/// directories have longer ones. It stands at every place of every finding.
pub const HOST_CHARS: usize = 512;

/// How many sheets of one workbook are looked at. LibreOffice allows 10,000, and tools write a few; what
/// is looked at of each is held until they are chosen.
pub const WORKBOOK_SHEETS: usize = 1_000;

/// How many archives may be inside one another: a list packed by a tool and then sent by mail.
pub const ARCHIVE_LEVELS: usize = 2;

/// How many cells of one sheet are read: as many rows as a sheet can have, in sixty
/// columns. Empty ones before the last of a row count too.
pub const SHEET_CELLS: u64 = 64 * 1024 * 1024;

/// The longest piece of XML between two marks in a workbook, in bytes. A cell holds 32,767 characters.
pub const WORKBOOK_XML_BYTES: usize = 1024 * 1024;

/// How many marks of XML are looked at in each part that describes an Excel workbook: 64,000 styles are allowed.
pub const WORKBOOK_MARKS: u32 = 500_000;

/// The most text that the shared strings of a workbook may have, in bytes.
///
/// They are held in memory while the sheets are read. A million rows have some 50 MB of distinct text.
pub const SHARED_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// How many rows of a table are kept as written to show what its columns hold.
pub const FIRST_ROWS: usize = 3;

/// How many characters of a cell are kept for that, and of a heading.
pub const CELL_CHARS: usize = 60;

/// How many columns of all sources together are listed with what they were taken for. Of a source for whose
/// columns there is no room, none is.
///
/// Each takes some 500 bytes; ten thousand files may have as many as a sheet each.
pub const COLUMNS_LISTED_IN_ALL: usize = 100_000;

/// How many places of a near miss are listed: enough to go and look.
pub const NEAR_MISS_PLACES: usize = 10;

/// How many near misses are listed; a list with more has a brand that the catalog should know.
pub const NEAR_MISSES: usize = 200;

/// The most text of one pack, in bytes of UTF-8: some thousand products. The largest bundled file
/// has an eighth of it.
pub const PACK_BYTES: usize = 1024 * 1024;

/// The largest earlier report that is compared with, in bytes: a fleet of 100,000 computers with some
/// ten findings each has one of this size.
pub const REPORT_BYTES: u64 = 200 * 1024 * 1024;

/// How many characters a marking may have: two lines across a printed page.
pub const MARKING_CHARS: usize = 120;

/// The longest link to a summary, in characters.
///
/// RFC 9110, section 4.1, recommends that whatever handles addresses supports 8,000 octets at least; beyond
/// that, nobody has promised that a link arrives whole.
pub const LINK_CHARS: usize = 8_000;

/// The most that a link may unpack to, in bytes: forty times its length. Summaries shrink to a third, those
/// of numbered computers to a tenth.
pub const SHARED_BYTES: usize = 320 * 1024;
