//! The formats of inventories that can be read: one file each, one row of [`FORMATS`] each.
//!
//! A format knows how to recognise itself in a [`Sample`] (by content, never by file name) and
//! how to read itself from text that arrives in pieces. Most are line-oriented and implement
//! [`LineReader`]; [`Lines`] turns one into a [`Reader`].

use super::record::{Platform, Sink, TableChoice};

mod block;
mod columns;
mod common;
mod delimited;
mod dpkg;
mod fixed_width;
mod json;
mod lines;
mod plain_list;
mod powershell_list;
mod powershell_table;
mod rpm;
mod system_profiler;
mod system_profiler_json;
mod winget;
mod wmic;

#[cfg(test)]
pub(crate) mod testing;

pub use delimited::SHEET;
pub use lines::{Line, LineReader, Lines, Outcome};

/// A format of inventory.
pub struct Format {
    /// Stable id, as in reports and `--as`.
    pub id: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it reads, in one sentence.
    pub reads: &'static str,
    /// How a user gets such a list: a command or a place in a tool.
    pub how_to_get: &'static str,
    /// What such a list cannot show and what would, in one sentence; stands beside a clean result.
    pub cannot_show: &'static str,
    /// The system such a list always comes from, if it is always the same.
    pub platform: Option<Platform>,
    /// Looks at the beginning of a source: is this it, how sure, and why.
    pub sniff: fn(&Sample<'_>) -> Option<Sniffed>,
    /// Opens a reader. It is then given the whole source from its start, the sample included.
    pub open: fn(&Sample<'_>) -> Box<dyn Reader>,
}

/// How sure a format is that a source is its own. The surest wins; among equals, the one that
/// stands first in [`FORMATS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It could be read so if nothing better claims it (a generic reader).
    Possible,
    /// Its shape fits, and something in it is typical.
    Likely,
    /// Only this tool writes like that.
    Certain,
}

impl Confidence {
    /// The stable word used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What a format says of a sample it recognises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, for the report: "the header line is `Name Id Version`". Starts in lower case, no full stop.
    pub reason: String,
}

/// The beginning of a source, decoded, with line ends made `\n`.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// At most [`SAMPLE_BYTES`](super::limits::SAMPLE_BYTES) of text.
    pub text: &'a str,
    /// True if that is the whole source.
    pub is_whole: bool,
    /// What the user says about the columns of tables.
    pub tables: &'a [TableChoice],
}

impl<'a> Sample<'a> {
    /// The lines of the sample, without their ends. A last line that was cut by the sample's end
    /// is left out unless it is the only one.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let text = if self.is_whole {
            self.text
        } else {
            match self.text.rfind('\n') {
                Some(end) => &self.text[..end],
                None => self.text,
            }
        };
        text.lines()
    }

    /// The lines that are not blank.
    pub fn filled_lines(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.lines().filter(|line| !line.trim().is_empty())
    }
}

/// A push parser of one format: text in, records and problems out.
pub trait Reader {
    /// The next piece of text, cut anywhere between characters.
    fn push(&mut self, text: &str, sink: &mut dyn Sink);

    /// The source has ended.
    fn finish(&mut self, sink: &mut dyn Sink);
}

/// Every format, surest first, generic readers last.
pub static FORMATS: &[&Format] = &[
    &dpkg::FORMAT,
    &winget::FORMAT,
    &powershell_table::FORMAT,
    &wmic::FORMAT,
    &system_profiler::FORMAT,
    &system_profiler_json::FORMAT,
    &rpm::FORMAT,
    &powershell_list::FORMAT,
    &json::FORMAT,
    &delimited::FORMAT,
    &plain_list::FORMAT,
];
