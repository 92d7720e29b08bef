//! A source read in parts by several scans at once, with the same report as if one had read it.
//!
//! A part is read on the assumption that its first line begins a record and that nothing before it
//! has changed how records are read. Whether that is so shows only when what comes before it has
//! been read: [`Scan::join`] takes all parts or none.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::intake::Intake;
use super::inventory::Inventory;
use super::join::PartInventory;
use super::source::SourceScan;
use super::{Scan, Settings, SourceOptions};
use crate::engine::clause::Clause;
use crate::engine::container::{Packing, packing_of};
use crate::engine::decode::DecoderStanding;
use crate::engine::language::say;
use crate::engine::report::{Problem, SourceReport};
use crate::engine::rules::Rules;

/// A scan of a part of one source.
pub struct PartScan<'r> {
    inventory: Inventory<'r>,
    source: SourceScan,
    began: Standing,
}

/// What was read of a part; goes from one scan to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub(super) began: Standing,
    /// `None` if another part could not go on from here.
    pub(super) ended: Option<Standing>,
    pub(super) line_ends: u64,
    pub(super) ends_in_line: bool,
    pub(super) has_bad_text: bool,
    pub(super) report: SourceReport,
    pub(super) problems: Vec<Problem>,
    /// What their messages were worded from, which is not written with them.
    pub(super) wordings: Vec<Option<Clause>>,
    pub(super) inventory: PartInventory,
}

/// What decides how the next bytes of a source are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    pub(super) decoder: DecoderStanding,
    pub(super) reader: String,
}

impl Standing {
    /// True if a part that began like `next` reads what a scan that stands here would read.
    fn is_followed_by(&self, next: &Self) -> bool {
        // Where nothing but ASCII was seen before, a part finds out by itself that it is UTF-8.
        let is_decoded_alike =
            self.decoder == next.decoder || next.decoder == DecoderStanding::Ascii;
        is_decoded_alike && self.reader == next.reader
    }
}

/// The parts do not follow each other; nothing of them was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJoined;

impl fmt::Display for NotJoined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(say!(
            "the parts do not follow each other; the source must be read in one piece"
        ))
    }
}

impl std::error::Error for NotJoined {}

/// How many bytes of the beginning of a source tell how its parts are to be read.
pub const HEAD_BYTES: usize = 256 * 1024;

impl<'r> PartScan<'r> {
    /// A scan of a part of a source that begins with `head` ([`HEAD_BYTES`] of it). `None` if such
    /// a source cannot be read in parts.
    pub fn new(
        rules: &'r Rules,
        settings: &Settings,
        options: &SourceOptions,
        head: &[u8],
    ) -> Option<Self> {
        if packing_of(head) != Packing::None {
            return None;
        }
        let mut beginning = Inventory::new(rules);
        beginning.begin_source("");
        let mut whole = SourceScan::new(options, &settings.tables);
        whole.push(head, &mut beginning);
        let source = whole.part()?;
        let mut inventory = Inventory::new(rules);
        inventory.begin_source("");
        Some(Self { inventory, began: source.standing()?, source })
    }

    /// Where in `bytes`, which come from the middle of the source, a part could begin; `None` if no
    /// place among them is likely to be the beginning of a record.
    pub fn beginning_in(&self, bytes: &[u8]) -> Option<usize> {
        /// Bytes that must look like records; enough for several of them.
        const LOOK_BYTES: usize = 4096;
        /// Lines tried. A quoted text of many lines is seldom longer.
        const TRIED: usize = 200;
        memchr::memchr_iter(b'\n', bytes).take(TRIED).map(|at| at + 1).find(|&begin| {
            let look = bytes.get(begin..(begin + LOOK_BYTES).min(bytes.len())).unwrap_or_default();
            self.source.begins_record(&String::from_utf8_lossy(look))
        })
    }

    /// The next bytes of the part.
    pub fn push(&mut self, bytes: &[u8]) {
        self.source.push(bytes, &mut self.inventory);
    }

    /// Records and findings so far.
    pub fn progress(&self) -> (u64, u64) {
        (self.inventory.records, self.inventory.findings as u64)
    }

    /// The part has ended, and the source with it if it `is_last`.
    pub fn finish(mut self, is_last: bool) -> Part {
        if is_last {
            self.source.flush(&mut self.inventory);
        }
        let report = self.inventory.sources.pop().unwrap_or_default();
        let problems = std::mem::take(&mut self.inventory.problems);
        let wordings = problems.iter().map(|problem| problem.wording.0.clone()).collect();
        Part {
            began: self.began,
            ended: self.source.standing(),
            line_ends: self.source.line_ends(),
            ends_in_line: self.source.ends_in_line(),
            has_bad_text: self.source.has_bad_text(),
            report,
            problems,
            wordings,
            inventory: self.inventory.into_part(),
        }
    }
}

impl Scan<'_> {
    /// Takes the parts that follow what was pushed of the current source, in their order. The
    /// last of them must have been [finished](PartScan::finish) as the last; nothing can be pushed
    /// to the source after it, and its `sha256` stays empty.
    ///
    /// # Errors
    ///
    /// If they do not follow. Nothing of them is taken then, and the source can be read on from
    /// where it is.
    pub fn join(&mut self, parts: Vec<Part>) -> Result<(), NotJoined> {
        let current = self.current.as_mut().and_then(Intake::plain);
        let Some(current) = current else { return Err(NotJoined) };
        let mut standing = current.standing().ok_or(NotJoined)?;
        for part in &parts {
            if !standing.is_followed_by(&part.began) {
                return Err(NotJoined);
            }
            standing = part.ended.clone().ok_or(NotJoined)?;
        }
        for part in parts {
            current.join(part, &mut self.inventory);
        }
        Ok(())
    }
}
