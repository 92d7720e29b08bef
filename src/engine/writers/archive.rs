//! ZIP archives (PKWARE, APPNOTE.TXT 6.3.10), as far as a workbook needs them: compressed members, no ZIP64.
//!
//! The day of every member is the first that the format has, so that the same members give the same
//! bytes.

use std::fmt;
use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// An archive that is being written.
#[derive(Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    members: u16,
}

/// Version 2.0, which has deflate; no flags; compressed by deflate; midnight of 1 January 1980.
const HOW: [u8; 10] = [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];

impl Archive {
    /// Adds a member, whose text is written by `write`. Its name is ASCII. All members together may
    /// have less than 4 GB of text.
    pub(super) fn add(&mut self, name: &str, write: impl FnOnce(&mut Member) -> fmt::Result) {
        let at = self.bytes.len();
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(HOW);
        // What is known only at the end.
        let sums_at = self.bytes.len();
        self.bytes.extend([0; 12]);
        self.bytes.extend(short(name.len()));
        self.bytes.extend([0; 2]);
        self.bytes.extend(name.as_bytes());
        let data_at = self.bytes.len();
        // Rows are much alike, and shrink at the fastest level too.
        let mut member = Member {
            waiting: String::new(),
            sum: Crc::new(),
            encoder: DeflateEncoder::new(std::mem::take(&mut self.bytes), Compression::fast()),
        };
        // Writing to memory cannot fail.
        let _ = write(&mut member);
        let _ = member.flush();
        let sum = member.sum;
        self.bytes = member.encoder.finish().unwrap_or_default();
        let packed = self.bytes.len().saturating_sub(data_at);
        let mut sums = Vec::with_capacity(12);
        sums.extend(sum.sum().to_le_bytes());
        sums.extend(long(packed));
        sums.extend(sum.amount().to_le_bytes());
        for (place, byte) in self.bytes.iter_mut().skip(sums_at).zip(&sums) {
            *place = *byte;
        }
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(HOW);
        self.directory.extend(&sums);
        self.directory.extend(short(name.len()));
        // No extra field, no comment, the first disk, no attributes.
        self.directory.extend([0; 12]);
        self.directory.extend(long(at));
        self.directory.extend(name.as_bytes());
        self.members = self.members.saturating_add(1);
    }

    /// The whole archive.
    pub(super) fn finish(self) -> Vec<u8> {
        let Self { mut bytes, directory, members } = self;
        let at = bytes.len();
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(members.to_le_bytes());
        bytes.extend(members.to_le_bytes());
        bytes.extend(long(directory.len()));
        bytes.extend(long(at));
        bytes.extend([0; 2]);
        bytes
    }
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// A member that is being written, as text.
pub(super) struct Member {
    /// Compressing many small pieces is slow.
    waiting: String,
    sum: Crc,
    encoder: DeflateEncoder<Vec<u8>>,
}

/// How much text waits to be compressed.
const WAITING_BYTES: usize = 64 * 1024;

impl Member {
    fn flush(&mut self) -> fmt::Result {
        self.sum.update(self.waiting.as_bytes());
        let written = self.encoder.write_all(self.waiting.as_bytes());
        self.waiting.clear();
        written.map_err(|_| fmt::Error)
    }
}

impl fmt::Write for Member {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.waiting.push_str(text);
        if self.waiting.len() < WAITING_BYTES { Ok(()) } else { self.flush() }
    }
}
