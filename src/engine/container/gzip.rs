//! gzip: one stream, unpacked as it comes. Several streams may stand one behind the other.

use std::cell::Cell;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::Container;
use crate::engine::clause::Clause;
use crate::engine::clause::clause;
use crate::engine::limits::{UNPACK_RATIO, UNPACKED_BYTES, UNPACKED_FREELY};
use crate::engine::problem::ProblemKind;

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "gzip",
    title: "gzip file",
    reads: "a list packed with gzip (.gz): it is unpacked and read like the list itself",
    how_to_get: "in a terminal: gzip list.csv; many tools give their exports as .csv.gz or .json.gz",
    cannot_show: "",
};

/// What may be unpacked. Tests have smaller ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) total: u64,
    pub(super) ratio: u64,
    pub(super) freely: u64,
}

const LIMITS: Limits =
    Limits { total: UNPACKED_BYTES, ratio: UNPACK_RATIO, freely: UNPACKED_FREELY };

/// Packed bytes are taken in pieces of this size, so that the limits are felt at the same place
/// however the bytes were cut.
const PIECE: usize = 4096;

/// The most a header may have: its name and comment have no limit of their own.
const HEADER_BYTES: usize = 64 * 1024;

/// Unpacks a stream that arrives in pieces.
pub struct Gunzip {
    limits: Limits,
    /// Packed bytes that wait for the rest of their piece.
    waiting: Vec<u8>,
    state: State,
    inflate: Decompress,
    crc: Crc,
    /// Packed bytes so far.
    packed: u64,
    /// What they were unpacked to.
    written: u64,
    /// Streams that came to their end.
    streams: u64,
    room: Vec<u8>,
    problem: Option<ProblemKind>,
}

enum State {
    /// In the header, of which so much is there.
    Header(Vec<u8>),
    Body,
    /// In the eight bytes behind the data.
    Trailer(Vec<u8>),
    /// What comes is passed over.
    Done,
}

impl Default for Gunzip {
    fn default() -> Self {
        Self::with(LIMITS)
    }
}

impl Gunzip {
    pub(super) fn with(limits: Limits) -> Self {
        Self {
            limits,
            waiting: Vec::new(),
            state: State::Header(Vec::new()),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            packed: 0,
            written: 0,
            streams: 0,
            room: vec![0; 32 * 1024],
            problem: None,
        }
    }

    /// Unpacks the next bytes; `each` is given what comes out. `unpacked` counts it, beside all else that
    /// came out of the same file.
    pub fn push(&mut self, mut bytes: &[u8], unpacked: &Cell<u64>, each: &mut dyn FnMut(&[u8])) {
        while !bytes.is_empty() && !matches!(self.state, State::Done) {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.waiting.len()));
            bytes = later;
            self.waiting.extend_from_slice(now);
            if self.waiting.len() == PIECE {
                self.piece(unpacked, each);
            }
        }
    }

    /// The stream has ended. What was wrong with it, if anything.
    pub fn finish(
        &mut self,
        unpacked: &Cell<u64>,
        each: &mut dyn FnMut(&[u8]),
    ) -> Option<ProblemKind> {
        self.piece(unpacked, each);
        // Behind a whole stream no other one has to begin.
        let is_whole = match &self.state {
            State::Header(header) => header.is_empty() && self.streams > 0,
            State::Done => true,
            State::Body | State::Trailer(_) => false,
        };
        self.problem.take().or_else(|| (!is_whole).then_some(ProblemKind::CutShort))
    }

    fn piece(&mut self, unpacked: &Cell<u64>, each: &mut dyn FnMut(&[u8])) {
        let piece = std::mem::take(&mut self.waiting);
        let mut rest = &piece[..];
        while !rest.is_empty() {
            rest = match &mut self.state {
                State::Header(header) => match header_rest(header, rest, self.streams > 0) {
                    Header::Goes(rest) => {
                        self.state = State::Body;
                        self.inflate.reset(false);
                        self.crc.reset();
                        rest
                    }
                    Header::Waits => break,
                    Header::Ends => {
                        self.state = State::Done;
                        break;
                    }
                    Header::IsBad => {
                        self.stop(
                            clause!("bytes behind the packed list are no gzip stream"),
                            clause!(
                                "if the file was put together from several, unpack it and choose what \
                                 comes out"
                            ),
                        );
                        break;
                    }
                },
                State::Body => match self.body(rest, unpacked, each) {
                    Some(rest) => rest,
                    None => break,
                },
                State::Trailer(trailer) => {
                    let (now, later) = rest.split_at(rest.len().min(8 - trailer.len()));
                    trailer.extend_from_slice(now);
                    if trailer.len() == 8 {
                        if trailer.get(..4) != Some(&self.crc.sum().to_le_bytes()[..]) {
                            self.damaged();
                            break;
                        }
                        self.streams += 1;
                        self.state = State::Header(Vec::new());
                    }
                    later
                }
                State::Done => break,
            };
        }
        self.packed += piece.len() as u64;
        self.waiting = piece;
        self.waiting.clear();
        let is_too_tight = self.written > self.limits.freely
            && self.written > self.packed.saturating_mul(self.limits.ratio);
        if is_too_tight && self.problem.is_none() {
            self.stop(
                clause!(
                    "it unpacks to more than {ratio} times its size, which no list of programs does, \
                     so the rest was not unpacked",
                    ratio = self.limits.ratio,
                ),
                clause!("unpack it yourself and choose the list, or make the list again"),
            );
        }
    }

    /// Unpacks some of the body. What follows it; `None` if nothing more is to be read of the piece.
    fn body<'b>(
        &mut self,
        mut rest: &'b [u8],
        unpacked: &Cell<u64>,
        each: &mut dyn FnMut(&[u8]),
    ) -> Option<&'b [u8]> {
        loop {
            let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(rest, &mut self.room, FlushDecompress::None);
            let count = |now: u64, before: u64| usize::try_from(now - before).unwrap_or_default();
            let read = count(self.inflate.total_in(), in_before);
            let written = count(self.inflate.total_out(), out_before);
            let out = self.room.get(..written).unwrap_or_default();
            rest = rest.get(read..).unwrap_or_default();
            self.crc.update(out);
            self.written += out.len() as u64;
            unpacked.set(unpacked.get().saturating_add(out.len() as u64));
            if unpacked.get() > self.limits.total {
                self.stop(
                    clause!(
                        "it unpacks to more than {size} MB, and the rest was not unpacked",
                        size = self.limits.total / (1024 * 1024),
                    ),
                    clause!("split the list and choose the parts"),
                );
                return None;
            }
            if !out.is_empty() {
                each(out);
            }
            match status {
                Ok(Status::StreamEnd) => {
                    self.state = State::Trailer(Vec::new());
                    return Some(rest);
                }
                Ok(Status::Ok | Status::BufError) => {
                    if read == 0 && written == 0 {
                        return None;
                    }
                }
                Err(_) => {
                    self.damaged();
                    return None;
                }
            }
        }
    }

    fn damaged(&mut self) {
        self.stop(
            clause!("the packed file is damaged, and what follows the damage could not be read"),
            clause!("copy the file again from where it came from, or make it again"),
        );
    }

    fn stop(&mut self, why: Clause, advice: Clause) {
        self.state = State::Done;
        self.problem = Some(ProblemKind::Incomplete { why, advice });
    }
}

enum Header<'b> {
    /// It is over; that follows.
    Goes(&'b [u8]),
    /// More of it has to come.
    Waits,
    /// Nothing but padding follows the stream before.
    Ends,
    IsBad,
}

/// Takes the next bytes of a header. Tapes pad with zero bytes behind the last stream.
fn header_rest<'b>(header: &mut Vec<u8>, bytes: &'b [u8], is_behind_another: bool) -> Header<'b> {
    let before = header.len();
    header.extend_from_slice(bytes);
    if is_behind_another && header.iter().all(|byte| *byte == 0) {
        return Header::Ends;
    }
    match header_length(header) {
        Ok(Some(length)) => Header::Goes(bytes.get(length - before..).unwrap_or_default()),
        Ok(None) if header.len() < HEADER_BYTES => Header::Waits,
        Ok(None) | Err(()) => Header::IsBad,
    }
}

/// How long the header is, once all of it is there (RFC 1952).
fn header_length(header: &[u8]) -> Result<Option<usize>, ()> {
    let is_gzip = header.iter().zip(b"\x1F\x8B\x08").all(|(found, expected)| found == expected);
    if !is_gzip {
        return Err(());
    }
    let Some(flags) = header.get(3) else { return Ok(None) };
    let has = |bit: u8| flags & bit != 0;
    let mut at = 10;
    if has(4) {
        let Some(&[low, high]) = header.get(at..at + 2) else { return Ok(None) };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    // The file's name and a comment.
    for bit in [8, 16] {
        if has(bit) {
            let Some(rest) = header.get(at..) else { return Ok(None) };
            let Some(end) = rest.iter().position(|byte| *byte == 0) else { return Ok(None) };
            at += end + 1;
        }
    }
    if has(2) {
        at += 2;
    }
    Ok((header.len() >= at).then_some(at))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::GzBuilder::new()
            .filename("list.csv")
            .write(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap_or_default();
        encoder.finish().unwrap_or_default()
    }

    /// What comes out, and what is said, in pieces of any size.
    fn unpack_with(limits: Limits, bytes: &[u8]) -> (Vec<u8>, Option<&'static str>) {
        let read = |size: usize| {
            let (mut gunzip, mut out, unpacked) = (Gunzip::with(limits), Vec::new(), Cell::new(0));
            let mut each = |piece: &[u8]| out.extend_from_slice(piece);
            bytes.chunks(size).for_each(|piece| gunzip.push(piece, &unpacked, &mut each));
            let problem = gunzip.finish(&unpacked, &mut each);
            (out, problem.map(|problem| problem.id()))
        };
        let whole = read(bytes.len().max(1));
        for size in [1, 7, 5000] {
            assert_eq!(whole, read(size), "in pieces of {size}");
        }
        whole
    }

    fn unpack(bytes: &[u8]) -> (String, Option<&'static str>) {
        let (out, problem) = unpack_with(LIMITS, bytes);
        (String::from_utf8_lossy(&out).into_owned(), problem)
    }

    #[test]
    fn streams_one_behind_the_other_are_one_list() {
        let both = [packed(b"Name,Version\n"), packed(b"Firefox,128\n")].concat();
        assert_eq!(unpack(&both), ("Name,Version\nFirefox,128\n".to_owned(), None));
        let padded = [both, vec![0; 512]].concat();
        assert_eq!(unpack(&padded), ("Name,Version\nFirefox,128\n".to_owned(), None));
    }

    #[test]
    fn what_was_cut_short_is_kept_and_said() {
        let whole = packed("Firefox 128.0\n".repeat(50).as_bytes());
        for end in 0..whole.len() {
            assert_eq!(unpack(&whole[..end]).1, Some("cut-short"), "cut at {end}");
        }
        let (kept, _) = unpack(&whole[..whole.len() - 8]);
        assert_eq!(kept.len(), 50 * 14);
    }

    #[test]
    fn damage_is_noticed() {
        let mut bytes = packed(b"Kaspersky Endpoint Security\n");
        let crc = bytes.len() - 8;
        bytes[crc] ^= 1;
        assert_eq!(
            unpack(&bytes),
            ("Kaspersky Endpoint Security\n".to_owned(), Some("incomplete"))
        );
        let garbage = [packed(b"a\n"), b"garbage".to_vec()].concat();
        assert_eq!(unpack(&garbage), ("a\n".to_owned(), Some("incomplete")));
    }

    #[test]
    fn a_bomb_is_not_unpacked_to_its_end() {
        let limits = Limits { total: u64::MAX, ratio: 200, freely: 1024 * 1024 };
        let (out, problem) = unpack_with(limits, &packed(&vec![b'A'; 8 * 1024 * 1024]));
        assert_eq!(problem, Some("incomplete"));
        assert!(out.len() < 6 * 1024 * 1024, "{}", out.len());
        let limits = Limits { total: 100_000, ratio: u64::MAX, freely: 0 };
        let (out, problem) = unpack_with(limits, &packed(&vec![b'A'; 1024 * 1024]));
        assert_eq!(problem, Some("incomplete"));
        assert!(out.len() <= 100_000, "{}", out.len());
    }

    #[test]
    fn a_list_that_packs_well_is_unpacked() {
        let list = "PC-0001,Kaspersky Endpoint Security,12.6.0.438\n".repeat(60_000);
        let (out, problem) = unpack(&packed(list.as_bytes()));
        assert_eq!((out.len(), problem), (list.len(), None));
    }
}
