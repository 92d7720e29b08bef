//! ZIP archives: the directory at the end says what is inside and where.
//!
//! Where the end is missing, since the file was cut short, the members are found by the headers in
//! front of them, as far as those go.

use std::io::{self, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{Container, is_clutter};
use crate::engine::limits::ARCHIVE_ENTRIES;

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "zip",
    title: "ZIP archive",
    reads: "the lists in a ZIP archive, each as a list of its own; archives and workbooks inside it \
            are opened too",
    how_to_get: "put the lists of many computers in one folder, and choose \"Compress to ZIP file\" \
                 or \"Send to, Compressed folder\" in the folder's menu",
    cannot_show: "",
};

/// An archive, by its directory.
pub struct Archive<'a> {
    bytes: &'a [u8],
    members: Vec<Member>,
    /// The directory is missing or does not hold together: there may be more members.
    is_damaged: bool,
    /// There are more entries than are looked at.
    has_too_many: bool,
}

/// A file in an archive, or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path as written, with `/` between the folders.
    pub name: String,
    /// How large it says it is.
    pub size: u64,
    /// How large it is in the archive.
    pub packed_size: u64,
    /// It cannot be read without a password.
    pub is_encrypted: bool,
    method: u16,
    crc: u32,
    header_at: usize,
}

/// Why the rest of a member could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The archive ends before it does.
    CutShort,
    /// Its bytes are not what they were when it was packed.
    Damaged,
    /// It is packed in a way that is not known.
    UnknownMethod,
}

impl Member {
    /// True for a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// True for what macOS and Windows add to archives and folders without being asked.
    pub fn is_clutter(&self) -> bool {
        is_clutter(&self.name)
    }
}

/// A number of two bytes.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of four bytes.
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of four bytes as a position or a length.
fn at_u32(bytes: &[u8], at: usize) -> Option<usize> {
    u32_at(bytes, at).and_then(|number| usize::try_from(number).ok())
}

fn name_of(bytes: &[u8]) -> String {
    // Old Windows tools write names with backslashes, and in the code page of the console; of the
    // latter nothing says which it was.
    String::from_utf8_lossy(bytes).replace('\\', "/")
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    pub fn new(bytes: &'a [u8]) -> Self {
        let (mut members, is_damaged) = match directory(bytes) {
            Some(found) => found,
            None => (members_by_headers(bytes), true),
        };
        let has_too_many = members.len() > ARCHIVE_ENTRIES;
        members.truncate(ARCHIVE_ENTRIES);
        Self { bytes, members, is_damaged: is_damaged && !has_too_many, has_too_many }
    }

    /// The members, in the order of the directory.
    pub fn members(&self) -> impl Iterator<Item = &Member> + Clone {
        self.members.iter()
    }

    /// True if there may be members that were not found.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// True if there are more members than the first [`ARCHIVE_ENTRIES`], which are looked at.
    pub fn has_too_many(&self) -> bool {
        self.has_too_many
    }

    /// The bytes of the whole archive.
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The member with that name, whatever the case.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// True if there is a member with that name.
    pub fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// Reads a member. It never gives more bytes than the member says it has.
    pub fn read(&self, member: &Member) -> Unpacking<'a> {
        let data = self.data_of(member).unwrap_or_default();
        let source = match member.method {
            0 => Source::Stored(data),
            8 => Source::Deflated(Box::new(DeflateDecoder::new(data))),
            _ => Source::Unknown,
        };
        let left = member.size;
        Unpacking { source, left, crc: Crc::new(), expected: member.crc, damage: None }
    }

    fn data_of(&self, member: &Member) -> Option<&'a [u8]> {
        let header = self.bytes.get(member.header_at..)?;
        if !header.starts_with(LOCAL) {
            return None;
        }
        let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        let data = header.get(start..)?;
        let packed = usize::try_from(member.packed_size).ok()?;
        Some(data.get(..packed).unwrap_or(data))
    }
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// The members by the directory at the end, and whether it is damaged. `None` if there is none.
fn directory(bytes: &[u8]) -> Option<(Vec<Member>, bool)> {
    // Behind the end there is a comment of at most 64 KB.
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let end = from + bytes.get(from..)?.windows(4).rposition(|window| window == END)?;
    let record = bytes.get(end..)?;
    let count = u16_at(record, 10)?;
    let (size, offset) = (at_u32(record, 12)?, at_u32(record, 16)?);
    // Something may stand before the archive, such as a program that unpacks it.
    let start = if bytes.get(offset..).is_some_and(|b| b.starts_with(CENTRAL) || count == 0) {
        offset
    } else {
        end.checked_sub(size).filter(|at| bytes[*at..].starts_with(CENTRAL))?
    };
    let before = start.saturating_sub(offset);
    let (mut members, mut at) = (Vec::new(), start);
    while members.len() <= ARCHIVE_ENTRIES
        && bytes.get(at..).is_some_and(|rest| rest.starts_with(CENTRAL))
    {
        let Some((member, length)) = bytes.get(at..).and_then(|rest| central(rest, before)) else {
            break;
        };
        members.push(member);
        at += length;
    }
    // More than 65,535 members do not fit in the number.
    let is_damaged = members.len() < usize::from(count) && count != u16::MAX;
    Some((members, is_damaged))
}

/// An entry of the directory, and its length.
fn central(entry: &[u8], before: usize) -> Option<(Member, usize)> {
    let flags = u16_at(entry, 8)?;
    let (name, extra, comment) = (
        usize::from(u16_at(entry, 28)?),
        usize::from(u16_at(entry, 30)?),
        usize::from(u16_at(entry, 32)?),
    );
    let mut sizes = [u64::from(u32_at(entry, 24)?), u64::from(u32_at(entry, 20)?)];
    let mut header_at = u64::from(u32_at(entry, 42)?);
    let fields = entry.get(46 + name..46 + name + extra)?;
    if let Some(large) = extra_field(fields, 1) {
        // Only those stand there that did not fit, in this order.
        let [size, packed] = &mut sizes;
        let mut at = 0;
        for number in [size, packed, &mut header_at] {
            if *number == u64::from(u32::MAX)
                && let Some(found) = u64_at(large, at)
            {
                *number = found;
                at += 8;
            }
        }
    }
    let member = Member {
        name: name_of(entry.get(46..46 + name)?),
        size: sizes[0],
        packed_size: sizes[1],
        is_encrypted: flags & 1 != 0,
        method: u16_at(entry, 10)?,
        crc: u32_at(entry, 16)?,
        header_at: usize::try_from(header_at).ok()?.checked_add(before)?,
    };
    Some((member, 46 + name + extra + comment))
}

/// The extra field with that number.
fn extra_field(mut fields: &[u8], id: u16) -> Option<&[u8]> {
    loop {
        let (found, length) = (u16_at(fields, 0)?, usize::from(u16_at(fields, 2)?));
        let field = fields.get(4..4 + length)?;
        if found == id {
            return Some(field);
        }
        fields = fields.get(4 + length..)?;
    }
}

/// The members by the headers in front of each, as far as they tell how long the member is.
fn members_by_headers(bytes: &[u8]) -> Vec<Member> {
    let (mut members, mut at) = (Vec::new(), 0);
    while members.len() <= ARCHIVE_ENTRIES
        && let Some((member, next)) = local(bytes, at)
    {
        members.push(member);
        at = next;
    }
    members
}

fn local(bytes: &[u8], at: usize) -> Option<(Member, usize)> {
    let header = bytes.get(at..).filter(|header| header.starts_with(LOCAL))?;
    let flags = u16_at(header, 6)?;
    let (name, extra) = (usize::from(u16_at(header, 26)?), usize::from(u16_at(header, 28)?));
    let packed_size = u32_at(header, 18)?;
    let member = Member {
        name: name_of(header.get(30..30 + name)?),
        size: u64::from(u32_at(header, 22)?),
        packed_size: u64::from(packed_size),
        is_encrypted: flags & 1 != 0,
        method: u16_at(header, 8)?,
        crc: u32_at(header, 14)?,
        header_at: at,
    };
    // Its lengths stand behind it, where only the directory could tell.
    if flags & 8 != 0 && packed_size == 0 && !member.is_folder() {
        return None;
    }
    let data = 30 + name + extra;
    Some((member, at.checked_add(data)?.checked_add(usize::try_from(packed_size).ok()?)?))
}

/// A member while it is read. After its end, [`damage`](Self::damage) says whether all was there.
pub struct Unpacking<'a> {
    source: Source<'a>,
    left: u64,
    crc: Crc,
    expected: u32,
    damage: Option<Damage>,
}

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
    Unknown,
}

impl Unpacking<'_> {
    /// What was wrong, once the end was read.
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// Reads to the end; `each` is given piece by piece what comes out.
    pub fn each(&mut self, each: &mut dyn FnMut(&[u8])) {
        let mut room = vec![0; 32 * 1024];
        while let Ok(count) = self.read(&mut room)
            && count > 0
        {
            each(room.get(..count).unwrap_or_default());
        }
    }
}

impl Read for Unpacking<'_> {
    /// Gives what there is; damage ends it, as the end does.
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(room.len());
        let room = room.get_mut(..most).unwrap_or_default();
        if room.is_empty() || self.damage.is_some() {
            return Ok(0);
        }
        let read = match &mut self.source {
            Source::Stored(bytes) => bytes.read(room),
            Source::Deflated(decoder) => decoder.read(room),
            Source::Unknown => {
                self.damage = Some(Damage::UnknownMethod);
                return Ok(0);
            }
        };
        match read {
            Ok(0) => {
                self.damage = Some(Damage::CutShort);
                Ok(0)
            }
            Ok(count) => {
                self.crc.update(room.get(..count).unwrap_or_default());
                self.left -= count as u64;
                if self.left == 0 && self.crc.sum() != self.expected {
                    self.damage = Some(Damage::Damaged);
                }
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                self.damage = Some(Damage::CutShort);
                Ok(0)
            }
            Err(_) => {
                self.damage = Some(Damage::Damaged);
                Ok(0)
            }
        }
    }
}
