//! What lists come packed in: archives and workbooks, between a source's bytes and the formats.
//!
//! One file and one row of [`CONTAINERS`] each. Nothing here knows of sources or records: a gzip
//! stream gives bytes, an archive gives members, a workbook gives the rows of its sheets as lines
//! of text. Contents are hostile: every length is checked, what is unpacked is bounded, and damage
//! ends the reading of what is damaged, never more.

mod compound;
pub mod gzip;
mod ods;
pub mod tar;
pub mod workbook;
mod xls;
mod xlsx;
mod xml;
pub mod zip;

use std::cell::Cell;

use super::clause::{Clause, clause};
use super::language::key;
use super::limits::{UNPACK_RATIO, UNPACKED_BYTES, UNPACKED_FREELY};
use super::not_inventory::{looks_like_bytes, looks_like_zip_of};
use super::problem::{ProblemKind, WholeFile};
use workbook::Workbook;

/// Something that lists come packed in.
pub struct Container {
    /// Stable id, as in reports.
    pub id: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it reads, in one sentence.
    pub reads: &'static str,
    /// How a user gets such a file, in one sentence.
    pub how_to_get: &'static str,
    /// What such a file cannot show, in one sentence; empty if that depends on what is inside.
    pub cannot_show: &'static str,
}

/// Every container.
pub static CONTAINERS: &[&Container] = &[
    &gzip::CONTAINER,
    &zip::CONTAINER,
    &tar::CONTAINER,
    &xlsx::CONTAINER,
    &xls::CONTAINER,
    &ods::CONTAINER,
];

/// How a source is packed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all, or in a way that is not unpacked.
    None,
    /// A gzip stream: can be unpacked as it comes.
    Gzip,
    /// An archive or a workbook: what is in it can be told only from its end, save for
    /// [tar archives](tar), which are read as they come.
    Whole,
}

/// How many bytes tell a [`Packing`].
pub const HEAD_BYTES: usize = tar::BLOCK_BYTES;

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// How a source is packed that begins like that.
pub fn packing_of(head: &[u8]) -> Packing {
    // Deflate (8) is the only method that gzip has ever had.
    if head.starts_with(b"\x1F\x8B\x08") {
        Packing::Gzip
    } else if head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(OLE)
        || is_tar(head)
    {
        Packing::Whole
    } else {
        Packing::None
    }
}

/// True if a source that begins like that is a tar archive.
pub fn is_tar(head: &[u8]) -> bool {
    tar::begins(head)
}

/// True for a file that macOS and Windows add to archives and folders without being asked.
fn is_clutter(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    path.split('/').any(|folder| folder == "__MACOSX")
        || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
        || file.starts_with("._")
}

/// What an archive or a workbook turned out to be.
pub enum Opened<'a> {
    /// Files packed together.
    Archive(zip::Archive<'a>),
    /// Sheets, each with rows.
    Workbook(&'static Container, Box<dyn Workbook + 'a>),
}

/// Opens what was read whole.
///
/// # Errors
///
/// A problem that stops the source: it is something else, encrypted, or too damaged to open; or a workbook
/// that would unpack to too much, alone or with the `unpacked` bytes that came out of the same file before.
/// What a workbook unpacks to is added to those.
pub fn open<'a>(bytes: &'a [u8], unpacked: &Cell<u64>) -> Result<Opened<'a>, ProblemKind> {
    if bytes.starts_with(OLE) {
        return xls::open(bytes).map(|book| Opened::Workbook(&xls::CONTAINER, Box::new(book)));
    }
    let archive = zip::Archive::new(bytes);
    if archive.has("xl/workbook.xml") {
        unpack(&archive, unpacked)?;
        let book = xlsx::open(archive)?;
        return Ok(Opened::Workbook(&xlsx::CONTAINER, Box::new(book)));
    }
    if ods::is_spreadsheet(&archive) {
        unpack(&archive, unpacked)?;
        let book = ods::open(archive)?;
        return Ok(Opened::Workbook(&ods::CONTAINER, Box::new(book)));
    }
    // Documents of LibreOffice say at the very beginning what they are.
    let by_type = archive.has("mimetype").then(|| looks_like_bytes(bytes.get(..200)?)).flatten();
    let by_names = looks_like_zip_of(archive.members().map(|member| member.name.as_str()));
    match by_names.or(by_type.filter(|(looks_like, _)| !looks_like.contains("archive"))) {
        Some(_) if archive.is_damaged() => {
            Err(damaged(key!("the file is damaged or was cut short")))
        }
        Some((looks_like, advice)) => {
            Err(ProblemKind::NotText { looks_like: looks_like.into(), advice: advice.into() })
        }
        None => Ok(Opened::Archive(archive)),
    }
}

/// Counts the XML of a workbook as unpacked. A problem if it would be far more than a workbook of its size
/// has, or too much with what came before. No member gives more than it says.
fn unpack(archive: &zip::Archive<'_>, unpacked: &Cell<u64>) -> Result<(), ProblemKind> {
    let size = archive.members().fold(0_u64, |size, member| size.saturating_add(member.size));
    let in_all = unpacked.get().saturating_add(size);
    let is_too_tight = size > UNPACKED_FREELY && size > archive.size().saturating_mul(UNPACK_RATIO);
    let why = if is_too_tight {
        clause!(
            "the workbook would unpack to more than {ratio} times its size, which no list of programs \
             does",
            ratio = UNPACK_RATIO,
        )
    } else if size > UNPACKED_BYTES {
        let size = UNPACKED_BYTES / (1024 * 1024);
        clause!("the workbook would unpack to more than {size} MB", size)
    } else if in_all > UNPACKED_BYTES {
        let size = UNPACKED_BYTES / (1024 * 1024);
        clause!("with it, more than {size} MB would have been unpacked from one file", size)
    } else {
        unpacked.set(in_all);
        return Ok(());
    };
    let advice = clause!("save the sheet with the programs as CSV and choose that file");
    Err(ProblemKind::NotOpened { why, advice })
}

/// What the file is that begins like that, and what to do with it if it is too large.
pub fn too_large(head: &[u8]) -> (WholeFile, Clause) {
    let looks_like = looks_like_bytes(head).map_or("", |(looks_like, _)| looks_like);
    if looks_like.contains("archive") {
        (WholeFile::Archive, clause!("unpack it and choose the lists inside"))
    } else {
        (
            WholeFile::Workbook,
            clause!("save the sheet with the programs as CSV and choose that file"),
        )
    }
}

const WORKBOOK_DAMAGED: &str = key!("the workbook is damaged or was cut short");
const SPREADSHEET_DAMAGED: &str = key!("the spreadsheet is damaged or was cut short");

/// A problem of something that is damaged or cut so that nothing of it can be read.
fn damaged(why: &'static str) -> ProblemKind {
    ProblemKind::NotOpened {
        why: why.into(),
        advice: clause!("copy the file again from where it came from, or make it again"),
    }
}

/// A problem of a workbook that cannot be read without its password.
fn locked(why: &'static str) -> ProblemKind {
    ProblemKind::NotOpened {
        why: why.into(),
        advice: clause!(
            "open it with its password, save the sheet with the programs as CSV and choose that \
                 file"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_xml_of_all_workbooks_of_a_file_counts_together() {
        // The header of a member that says it has so many bytes, of which none is there.
        let header = |size: u32| {
            let mut header = [&b"PK\x03\x04"[..], &[0; 26], b"xl/workbook.xml", b"x"].concat();
            header[22..26].copy_from_slice(&size.to_le_bytes());
            (header[18], header[26]) = (1, 15);
            header
        };
        let read = |size: u32, before: u64| {
            let unpacked = Cell::new(before);
            let told = open(&header(size), &unpacked).err().map(|kind| kind.to_string());
            (told.unwrap_or_default(), unpacked.get())
        };
        // It fits, and is then seen to be damaged.
        let (told, unpacked) = read(1000, UNPACKED_BYTES - 1000);
        assert!(told.contains("damaged"), "{told}");
        assert_eq!(unpacked, UNPACKED_BYTES);
        let (told, unpacked) = read(1000, UNPACKED_BYTES - 999);
        assert!(told.contains("with it, more than 8192 MB"), "{told}");
        assert_eq!(unpacked, UNPACKED_BYTES - 999);
    }
}
