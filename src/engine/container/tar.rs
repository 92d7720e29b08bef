//! tar archives: a header of 512 bytes in front of each member, read as they come.
//!
//! Names that do not fit into the header stand in a member of their own in front of it, in the way of
//! POSIX (`x`) or of GNU tar (`L`).

use super::{Container, is_clutter};

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "tar",
    title: "tar archive",
    reads: "the lists in a tar archive (.tar, and .tar.gz or .tgz), each as a list of its own; archives \
            and workbooks inside it are opened too",
    how_to_get: "put the lists of many computers in one folder, and in a terminal: tar -czf \
                 lists.tar.gz lists",
    cannot_show: "",
};

/// Headers and what follows them come in pieces of this size.
pub(super) const BLOCK_BYTES: usize = 512;

/// The longest name, in bytes. Linux has no longer path than 4,096.
const NAME_BYTES: usize = 64 * 1024;

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path as written.
    pub name: String,
    /// How large it is.
    pub size: u64,
    /// What it is.
    pub kind: Kind,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link or a device: it has no content of its own.
    Other,
    /// A file of which only some parts are there, in a way that is not read.
    Sparse,
}

impl Member {
    /// True for what macOS and Windows add to archives and folders without being asked.
    pub fn is_clutter(&self) -> bool {
        is_clutter(&self.name)
    }
}

/// What comes out of an archive.
pub enum Event<'b> {
    /// A member begins.
    Begins(Member),
    /// The next bytes of it.
    Bytes(&'b [u8]),
    /// All of it was there.
    Ends,
}

/// Why the rest of an archive could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It ends in the middle, or without the mark of its end.
    CutShort,
    /// What should be the header of a member is none.
    Damaged,
}

/// Unpacks an archive that arrives in pieces.
#[derive(Default)]
pub struct Untar {
    state: State,
    /// What of a header is there.
    header: Vec<u8>,
    /// What members in front of the next one say of it.
    next: Next,
    /// There was an empty block, which marks the end.
    has_end: bool,
    damage: Option<Damage>,
}

#[derive(Default)]
enum State {
    #[default]
    Header,
    /// In a member, of which so many bytes are to come, and so many behind it that fill its last block.
    Content { left: u64, padding: u64, what: What },
    /// What comes is passed over.
    Done,
}

/// What the content of a member is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// It goes out.
    File,
    /// The name of the next member.
    Name,
    /// The attributes of the next member.
    Attributes,
    /// Nothing that is needed.
    Nothing,
}

#[derive(Default)]
struct Next {
    name: Option<String>,
    size: Option<u64>,
    /// The content of what says so.
    text: Vec<u8>,
}

/// True if a tar archive begins like that: its first header holds together.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(..BLOCK_BYTES).is_some_and(|block| is_sound(block) && !is_empty(block))
}

fn is_empty(block: &[u8]) -> bool {
    block.iter().all(|byte| *byte == 0)
}

const CHECKSUM: std::ops::Range<usize> = 148..156;

/// True if the header's checksum is that of its bytes, with blanks in place of the checksum. Some old
/// programs added the bytes up as numbers with a sign.
fn is_sound(block: &[u8]) -> bool {
    let Some(expected) = number(block.get(CHECKSUM).unwrap_or_default()) else { return false };
    let (mut sum, mut signed) = (0_i64, 0_i64);
    for (at, byte) in block.iter().enumerate() {
        let byte = if CHECKSUM.contains(&at) { b' ' } else { *byte };
        sum += i64::from(byte);
        signed += i64::from(byte.cast_signed());
    }
    i64::try_from(expected).is_ok_and(|expected| expected == sum || expected == signed)
}

/// A number in octal digits, or if it does not fit in those, in the bytes behind one with its highest
/// bit set.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let start = u64::from(first & 0x3F);
        return rest.iter().try_fold(start, |number, byte| {
            number.checked_mul(256)?.checked_add(u64::from(*byte))
        });
    }
    let digits = field.iter().skip_while(|byte| **byte == b' ');
    let digits = digits.take_while(|byte| !matches!(**byte, b' ' | 0));
    let mut number = None;
    for byte in digits {
        let digit = u64::from(byte.checked_sub(b'0').filter(|digit| *digit < 8)?);
        number = Some(number.unwrap_or(0_u64).checked_mul(8)?.checked_add(digit)?);
    }
    number
}

/// The text up to the first zero byte.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

impl Untar {
    /// Unpacks the next bytes; `each` is given what comes out.
    pub fn push(&mut self, mut bytes: &[u8], each: &mut dyn FnMut(Event<'_>)) {
        while !bytes.is_empty() {
            bytes = match &mut self.state {
                State::Done => return,
                State::Header => {
                    let missing = BLOCK_BYTES - self.header.len();
                    let (now, later) = bytes.split_at(bytes.len().min(missing));
                    self.header.extend_from_slice(now);
                    if self.header.len() == BLOCK_BYTES {
                        self.begin(each);
                    }
                    later
                }
                State::Content { left, padding, what } => {
                    let most = usize::try_from(*left).unwrap_or(usize::MAX);
                    let (now, later) = bytes.split_at(bytes.len().min(most));
                    *left -= now.len() as u64;
                    let most = usize::try_from(*padding).unwrap_or(usize::MAX);
                    let fill = if *left == 0 { later.len().min(most) } else { 0 };
                    *padding -= fill as u64;
                    let is_over = *left == 0 && *padding == 0;
                    match what {
                        What::File if now.is_empty() => {}
                        What::File => {
                            each(Event::Bytes(now));
                            if *left == 0 {
                                each(Event::Ends);
                            }
                        }
                        What::Name | What::Attributes => {
                            let room = NAME_BYTES.saturating_sub(self.next.text.len());
                            let kept = now.get(..now.len().min(room)).unwrap_or_default();
                            self.next.text.extend_from_slice(kept);
                        }
                        What::Nothing => {}
                    }
                    let what = *what;
                    if is_over {
                        self.state = State::Header;
                        self.next.learn(what);
                    }
                    later.get(fill..).unwrap_or_default()
                }
            };
        }
    }

    /// The archive has ended. What was wrong with it, if anything.
    pub fn finish(self) -> Option<Damage> {
        let is_whole = match self.state {
            State::Done => true,
            State::Header => self.has_end,
            State::Content { .. } => false,
        };
        self.damage.or((!is_whole).then_some(Damage::CutShort))
    }

    /// A header is complete.
    fn begin(&mut self, each: &mut dyn FnMut(Event<'_>)) {
        let header = std::mem::take(&mut self.header);
        if is_empty(&header) {
            self.has_end = true;
            return;
        }
        let field = |from: usize, to: usize| header.get(from..to).unwrap_or_default();
        let size = number(field(124, 136));
        let (Some(size), true) = (size, is_sound(&header)) else {
            self.state = State::Done;
            self.damage = Some(Damage::Damaged);
            return;
        };
        self.has_end = false;
        let kind = header.get(156).copied().unwrap_or_default();
        let what = match kind {
            b'L' => What::Name,
            b'x' | b'X' => What::Attributes,
            // Attributes of all members, names of links, labels of tapes.
            b'g' | b'K' | b'V' | b'M' | b'N' => What::Nothing,
            _ => {
                let mut name = text(field(0, 100));
                // GNU tar keeps other things where POSIX has the beginning of the name.
                let prefix = text(field(345, 500));
                if field(257, 263) == b"ustar\0" && !prefix.is_empty() {
                    name = format!("{prefix}/{name}");
                }
                let next = std::mem::take(&mut self.next);
                let name = next.name.unwrap_or(name);
                let size = next.size.unwrap_or(size);
                let kind = match kind {
                    b'5' | b'D' => Kind::Folder,
                    b'S' => Kind::Sparse,
                    b'1'..=b'4' | b'6' => Kind::Other,
                    // Before there were kinds, a folder was told by its name.
                    _ if name.ends_with('/') => Kind::Folder,
                    _ => Kind::File,
                };
                // A hard link says how large the file is that it leads to.
                let size = if kind == Kind::Other { 0 } else { size };
                each(Event::Begins(Member { name, size, kind }));
                if size == 0 {
                    each(Event::Ends);
                }
                self.content(size, What::File);
                return;
            }
        };
        self.content(size, what);
    }

    fn content(&mut self, size: u64, what: What) {
        let block = BLOCK_BYTES as u64;
        if size > 0 {
            self.state =
                State::Content { left: size, padding: (block - size % block) % block, what };
        }
    }
}

impl Next {
    /// What was said of the next member is complete.
    fn learn(&mut self, what: What) {
        let said = std::mem::take(&mut self.text);
        match what {
            What::Name => self.name = Some(text(&said)),
            What::Attributes => self.attributes(&said),
            What::File | What::Nothing => {}
        }
    }

    /// `30 path=lists/…\n`: the length of all of it, a key and a value.
    fn attributes(&mut self, mut said: &[u8]) {
        while let Some(blank) = said.iter().position(|byte| *byte == b' ') {
            let length = said.get(..blank).and_then(|digits| std::str::from_utf8(digits).ok());
            let length: usize = length.and_then(|digits| digits.parse().ok()).unwrap_or_default();
            let Some(record) = said.get(blank + 1..length) else { return };
            let record = String::from_utf8_lossy(record);
            match record.trim_end_matches('\n').split_once('=') {
                Some(("path", path)) => self.name = Some(path.to_owned()),
                Some(("size", size)) => self.size = size.parse().ok(),
                _ => {}
            }
            said = said.get(length..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, size: u64, kind: u8) -> Vec<u8> {
        let mut block = vec![0; BLOCK_BYTES];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        sealed(block)
    }

    /// With its checksum.
    fn sealed(mut block: Vec<u8>) -> Vec<u8> {
        block[CHECKSUM].fill(b' ');
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        block[154] = 0;
        block
    }

    fn member(name: &str, kind: u8, content: &str) -> Vec<u8> {
        let mut bytes = header(name, content.len() as u64, kind);
        bytes.extend_from_slice(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(BLOCK_BYTES), 0);
        bytes
    }

    fn end() -> Vec<u8> {
        vec![0; 2 * BLOCK_BYTES]
    }

    /// What comes out, and what is said, in pieces of any size.
    fn unpack(bytes: &[u8]) -> (String, Option<Damage>) {
        let read = |size: usize| {
            let (mut untar, mut out) = (Untar::default(), String::new());
            for piece in bytes.chunks(size) {
                untar.push(piece, &mut |event| match event {
                    Event::Begins(member) => {
                        out.push_str(&format!("{} {:?}: ", member.name, member.kind));
                    }
                    Event::Bytes(bytes) => out.push_str(&String::from_utf8_lossy(bytes)),
                    Event::Ends => out.push('\n'),
                });
            }
            (out, untar.finish())
        };
        let whole = read(bytes.len().max(1));
        for size in [1, 7, 5000] {
            assert_eq!(whole, read(size), "in pieces of {size}");
        }
        whole
    }

    #[test]
    fn members_come_out_one_after_the_other() {
        let bytes = [
            member("lists/", b'5', ""),
            member("lists/a.txt", b'0', "A"),
            member("old.txt", 0, "B"),
            header("link", 3, b'2'),
            end(),
        ];
        assert!(begins(&bytes.concat()));
        let expected = "lists/ Folder: \nlists/a.txt File: A\nold.txt File: B\nlink Other: \n";
        assert_eq!(unpack(&bytes.concat()), (expected.to_owned(), None));
    }

    #[test]
    fn long_names_stand_in_front() {
        let bytes = [
            member("././@LongLink", b'L', "a long name\0"),
            member("a", b'0', "A"),
            member("PaxHeaders/b", b'x', "17 path=ein Name\n12 size=0001\n"),
            member("b", b'0', "B"),
            member("c", b'0', "C"),
            end(),
        ];
        let expected = "a long name File: A\nein Name File: B\nc File: C\n";
        assert_eq!(unpack(&bytes.concat()), (expected.to_owned(), None));
        let mut split = header("name", 1, b'0');
        split[345..348].copy_from_slice(b"pre");
        let bytes = [sealed(split), b"A".to_vec(), vec![0; 511], end()].concat();
        assert_eq!(unpack(&bytes), ("pre/name File: A\n".to_owned(), None));
    }

    #[test]
    fn archives_behind_each_other_are_one() {
        let bytes = [member("a", b'0', "A"), end(), member("b", b'0', "B"), end()].concat();
        assert_eq!(unpack(&bytes), ("a File: A\nb File: B\n".to_owned(), None));
    }

    #[test]
    fn what_was_cut_short_is_kept_and_said() {
        let whole = [member("a", b'0', "AB"), member("b", b'0', "CD"), end()].concat();
        for cut in 0..4 * BLOCK_BYTES {
            assert_eq!(unpack(&whole[..cut]).1, Some(Damage::CutShort), "cut at {cut}");
        }
        assert_eq!(unpack(&whole[..BLOCK_BYTES + 1]).0, "a File: A");
        assert_eq!(unpack(&whole[..5 * BLOCK_BYTES]).1, None);
    }

    #[test]
    fn damage_ends_the_reading() {
        let mut bytes = [member("a", b'0', "A"), member("b", b'0', "B"), end()].concat();
        bytes[2 * BLOCK_BYTES] ^= 1;
        assert_eq!(unpack(&bytes), ("a File: A\n".to_owned(), Some(Damage::Damaged)));
    }

    #[test]
    fn large_numbers_are_read() {
        assert_eq!(number(b"00000000017\0"), Some(15));
        assert_eq!(number(b"     17 \0\0\0\0"), Some(15));
        assert_eq!(number(b"\x80\0\0\0\0\0\0\x02\0\0\0\0"), Some(8 * 1024 * 1024 * 1024));
        assert_eq!(number(b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), None);
        assert_eq!(number(b"7777777777777777777777777777777"), None);
        assert_eq!(number(b"00000000019\0"), None);
        assert_eq!(number(b"           \0"), None);
    }

    #[test]
    fn text_is_no_archive() {
        let text = "Name,Version,Publisher\n".repeat(50);
        assert!(!begins(text.as_bytes()));
        assert!(!begins(&[0; BLOCK_BYTES]));
        assert!(!begins(b"short"));
    }
}
