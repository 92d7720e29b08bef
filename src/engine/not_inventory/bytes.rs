//! Files that are not text, by the bytes they begin with.

use super::Advice;
use crate::engine::language::key;

const AS_CSV: &str =
    key!("open it, save the sheet with the programs as \"CSV UTF-8\" and choose that file");
const AS_TEXT: &str =
    key!("copy the list out of it as text, or make the list again with the command of step 2");
const UNPACK: &str = key!("unpack it and choose the list inside");
const A_PICTURE: &str = key!("copy the list as text instead of taking a picture of it");
const A_PROGRAM: &str = key!(
    "this page checks lists of programs, not programs: make a list with the command of step 2"
);

/// What the bytes at the beginning of a file say it is, if it is not text.
///
/// UTF-16 text has zero bytes and must have been told from other data before this is asked.
pub fn looks_like_bytes(head: &[u8]) -> Option<(&'static str, &'static str)> {
    BEGINNINGS
        .iter()
        .find(|(beginning, _)| head.starts_with(beginning))
        .map(|(_, advice)| *advice)
        .or_else(|| zip(head))
        .or_else(|| ole(head))
        .or_else(|| others(head))
        .or_else(|| controls(head))
}

/// Kinds that their first bytes alone tell.
static BEGINNINGS: &[(&[u8], Advice)] = &[
    (b"\x89PNG\r\n\x1A\n", ("a PNG picture", A_PICTURE)),
    (b"\xFF\xD8\xFF", ("a JPEG picture", A_PICTURE)),
    (b"GIF87a", ("a GIF picture", A_PICTURE)),
    (b"GIF89a", ("a GIF picture", A_PICTURE)),
    (b"II*\0", ("a TIFF picture", A_PICTURE)),
    (b"MM\0*", ("a TIFF picture", A_PICTURE)),
    (b"%PDF-", ("a PDF document", AS_TEXT)),
    (b"\x1F\x8B", ("a gzip archive", UNPACK)),
    (b"\xFD7zXZ\0", ("an xz archive", UNPACK)),
    (b"(\xB5/\xFD", ("a Zstandard archive", UNPACK)),
    (b"7z\xBC\xAF\x27\x1C", ("a 7-Zip archive", UNPACK)),
    (b"Rar!\x1A\x07", ("a RAR archive", UNPACK)),
    (b"MSCF\0\0\0\0", ("a Windows cabinet file", UNPACK)),
    (b"\x7FELF", ("a Linux program", A_PROGRAM)),
    (b"\xCF\xFA\xED\xFE", ("a macOS program", A_PROGRAM)),
    (b"\xCE\xFA\xED\xFE", ("a macOS program", A_PROGRAM)),
    (b"\xCA\xFE\xBA\xBE", ("a macOS or Java program", A_PROGRAM)),
    (b"\0asm", ("a WebAssembly program", A_PROGRAM)),
    (
        b"SQLite format 3\0",
        ("an SQLite database", "export the table of programs as CSV and choose that file"),
    ),
    (
        b"regf",
        (
            "a Windows registry hive",
            "make the list on the computer itself with the command of step 2",
        ),
    ),
    (b"ElfFile\0", ("a Windows event log", "make a list of programs with the command of step 2")),
    (
        b"L\0\0\0\x01\x14\x02\0",
        ("a Windows shortcut", "choose the file itself, not the shortcut to it"),
    ),
    (
        b"bplist0",
        (
            "a binary property list",
            "make it text with \"plutil -convert json\", or use the command of step 2 for macOS",
        ),
    ),
    (b"\xED\xAB\xEE\xDB", ("an RPM package", A_PROGRAM)),
    (b"!<arch>\ndebian-binary", ("a Debian package", A_PROGRAM)),
];

/// A ZIP archive and what is one inside: the names of the files in it stand in the clear.
fn zip(head: &[u8]) -> Option<Advice> {
    if !head.starts_with(b"PK\x03\x04") && !head.starts_with(b"PK\x05\x06") {
        return None;
    }
    let inside = INSIDE.iter().find(|(name, _)| contains(head, name)).map(|(_, advice)| *advice);
    Some(inside.unwrap_or((key!("a ZIP archive"), UNPACK)))
}

/// What files of these names are together, if they are no archive of lists.
pub fn looks_like_zip_of<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
) -> Option<(&'static str, &'static str)> {
    let is_there = |part: &[u8]| {
        // Parts of documents stand in these places, not in folders below.
        names.clone().any(|name| name.as_bytes().starts_with(part))
    };
    INSIDE.iter().find(|(part, _)| is_there(part)).map(|(_, advice)| *advice)
}

/// What the names of files inside, or the type that stands first, say of a ZIP archive.
static INSIDE: &[(&[u8], Advice)] = &[
    (b"opendocument.spreadsheet", ("an OpenDocument spreadsheet", AS_CSV)),
    (b"opendocument.text", ("an OpenDocument text", AS_TEXT)),
    (
        b"xl/workbook.bin",
        (
            "a binary Excel workbook (.xlsb)",
            "open it, save it as .xlsx, or the sheet with the programs as \"CSV UTF-8\", and choose \
             that file",
        ),
    ),
    (b"xl/", ("an Excel workbook", AS_CSV)),
    (b"word/", ("a Word document", AS_TEXT)),
    (b"ppt/", ("a PowerPoint presentation", AS_TEXT)),
    (b"AndroidManifest.xml", ("an Android app", A_PROGRAM)),
    (b"AppxManifest.xml", ("a Windows app package", A_PROGRAM)),
    (b"META-INF/MANIFEST.MF", ("a Java program", A_PROGRAM)),
    // An Office document that keeps its main part beyond what is looked at; most are workbooks.
    (
        b"[Content_Types].xml",
        (
            "an Office document",
            "open it, save the list as \"CSV UTF-8\" or as plain text, and choose that file",
        ),
    ),
];

/// Files of the kind that Office wrote before 2007, and that Windows Installer still writes.
fn ole(head: &[u8]) -> Option<Advice> {
    if !head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return None;
    }
    Some(if contains(head, b"W\0o\0r\0k\0b\0o\0o\0k\0") {
        (key!("an old Excel workbook"), AS_CSV)
    } else if contains(head, b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0") {
        (key!("an old Word document"), AS_TEXT)
    } else {
        (
            key!("an old Office document or a Windows Installer package"),
            key!(
                "if it holds a list, open it, save the list as \"CSV UTF-8\" or as plain text, and \
             choose that file"
            ),
        )
    })
}

/// Kinds that need a second look.
fn others(head: &[u8]) -> Option<Advice> {
    let at = |from: usize, part: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(part));
    // A list may begin with "MZ" or "BM"; the headers of these files have zero bytes.
    let has_zero =
        |within: usize| head.get(..within.min(head.len())).is_some_and(|h| h.contains(&0));
    if at(0, b"MZ") && has_zero(64) {
        return Some((key!("a Windows program"), A_PROGRAM));
    }
    if at(0, b"BM") && at(6, b"\0\0\0\0") {
        return Some((key!("a BMP picture"), A_PICTURE));
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some((key!("a WebP picture"), A_PICTURE));
    }
    if at(0, b"BZh") && at(4, b"1AY&SY") {
        return Some((key!("a bzip2 archive"), UNPACK));
    }
    if at(257, b"ustar") {
        return Some((key!("a tar archive"), UNPACK));
    }
    if at(4, b"ftyp") {
        return Some((key!("a video or a photo of a phone"), A_PICTURE));
    }
    None
}

/// Zero bytes and control characters in a number that no text has.
fn controls(head: &[u8]) -> Option<Advice> {
    if head.is_empty() {
        return None;
    }
    if head.iter().all(|byte| *byte == 0) {
        return Some((
            key!("a file of nothing but zero bytes"),
            key!("it was probably damaged when it was copied; make the list again"),
        ));
    }
    // Colours and progress bars of a terminal are made of escape and backspace characters, and
    // some logs have a stray zero byte.
    let is_odd = |byte: &&u8| matches!(**byte, 0x00..=0x06 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let odd = head.iter().filter(is_odd).count();
    (odd > 8 && odd * 20 > head.len()).then_some((
        key!("binary data"),
        key!("make the list again with the command of step 2, and choose the text file it writes"),
    ))
}

/// The texts of the tables.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    let rows = BEGINNINGS.iter().chain(INSIDE).map(|(_, advice)| *advice);
    rows.flat_map(|(looks_like, advice)| [looks_like, advice])
}

fn contains(head: &[u8], part: &[u8]) -> bool {
    head.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_not_text_are_told_by_their_bytes() {
        for (head, expected) in [
            (&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], "a PNG picture"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG picture"),
            (b"%PDF-1.7\n", "a PDF document"),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml \0\0xl/workbook.xml", "an Excel workbook"),
            (b"PK\x03\x04\x14\0word/document.xml", "a Word document"),
            (
                b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "an OpenDocument spreadsheet",
            ),
            (b"PK\x03\x04\x14\0list.txt", "a ZIP archive"),
            (b"PK\x05\x06\0\0\0\0", "a ZIP archive"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0k\0b\0o\0o\0k\0", "an old Excel workbook"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
                "an old Office document or a Windows Installer package",
            ),
            (b"\x1F\x8B\x08\0", "a gzip archive"),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "a 7-Zip archive"),
            (b"Rar!\x1A\x07\0", "a RAR archive"),
            (b"MZ\x90\0\x03\0\0\0", "a Windows program"),
            (b"\x7FELF\x02\x01", "a Linux program"),
            (b"SQLite format 3\0\x10", "an SQLite database"),
            (b"BM\x36\0\x0C\0\0\0\0\0", "a BMP picture"),
            (b"\0\0\0\0\0\0\0\0", "a file of nothing but zero bytes"),
            (b"\x01\x02\x03\x04\x05\x06\x01\x02\x03ab\x04\x05", "binary data"),
        ] {
            assert_eq!(looks_like_bytes(head).map(|(looks_like, _)| looks_like), Some(expected));
        }
    }

    #[test]
    fn text_is_not_taken_for_a_binary_file() {
        for head in [
            &b"MZ Tools 8.0\nBMW Tool\n"[..],
            b"BM Backup Manager\n",
            b"PK Archiver\n",
            b"7zip 23.01\n",
            b"GIF Animator\n",
            b"\x1B[32mName\x1B[0m  Id\n\x08\x08 - \\ |\n",
            b"Fran\xE7ais \xAB Logiciel \xBB\n",
            b"one stray \0 zero byte in a log\n",
            b"",
        ] {
            assert_eq!(looks_like_bytes(head), None, "{}", String::from_utf8_lossy(head));
        }
    }
}
