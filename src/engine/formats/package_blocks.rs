//! Blocks of `Key: value` lines, one block a package, as package managers write and print them.

use super::block::Block;
use super::columns::Meaning;
use super::common::{is_prompt_line, is_remark, without_colours};
use super::{Line, LineReader, Outcome, Sample};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Presence, Sink};

/// How a tool writes its blocks.
pub(super) struct Dialect {
    /// The key and the value of a line that has both.
    pub split: fn(&str) -> Option<(&str, &str)>,
    /// True if the line is the one that names a package: every block has one of them.
    pub names_package: fn(&str) -> bool,
    /// What a key means.
    pub meaning: fn(&str) -> Option<Meaning>,
    /// Another value on the same line, with what it means: old versions of rpm print two columns.
    pub second: fn(&str) -> Option<(Meaning, &str)>,
    /// What a key and its value say of whether the package is installed.
    pub presence: fn(&str, &str) -> Option<Presence>,
    /// Keys that stand in lists of what could be installed, unless another key says that it is.
    pub index_keys: &'static [&'static str],
    /// What a heading says of the blocks below it.
    pub heading: fn(&str) -> Option<Presence>,
    /// True if a blank line ends a block; else descriptions may have blank lines in them.
    pub ends_at_blank: bool,
    /// What a line should have been.
    pub expected: &'static str,
    /// Said once if blocks with such keys do not tell what is installed: why, and what would.
    pub untold: Option<(&'static str, &'static str)>,
}

/// What the lines of a sample are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// Lines that name a package.
    pub packages: usize,
    /// Of the keys that were asked for, how many are there.
    pub keys: usize,
}

impl Dialect {
    /// Counts the blocks of a sample and looks for keys.
    pub fn look(&self, sample: &Sample<'_>, keys: &[&str]) -> Seen {
        let mut seen = Seen::default();
        let mut found = vec![false; keys.len()];
        for line in sample.filled_lines() {
            let line = without_colours(line);
            seen.packages += usize::from((self.names_package)(&line));
            if let Some((key, _)) = (self.split)(&line) {
                for (found, wanted) in found.iter_mut().zip(keys) {
                    *found |= key == *wanted;
                }
            }
        }
        seen.keys = found.into_iter().filter(|found| *found).count();
        seen
    }
}

/// Reads blocks of a dialect.
pub(super) struct BlockReader {
    dialect: &'static Dialect,
    block: Block,
    /// True once the block has the line that names its package.
    is_named: bool,
    /// What the heading above says.
    section: Presence,
    /// What the block says.
    presence: Option<Presence>,
    /// True if the block has a key of an index.
    is_of_index: bool,
    has_record: bool,
    has_said_untold: bool,
}

impl BlockReader {
    /// A reader of that dialect.
    pub fn new(dialect: &'static Dialect) -> Self {
        Self {
            dialect,
            block: Block::default(),
            is_named: false,
            section: Presence::Installed,
            presence: None,
            is_of_index: false,
            has_record: false,
            has_said_untold: false,
        }
    }

    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let line = self.block.first_line();
        let mut draft = self.block.draft();
        let said = self.presence.take();
        let is_untold = std::mem::take(&mut self.is_of_index) && said.is_none();
        let otherwise = if is_untold { Presence::Available } else { self.section };
        draft.set_presence(said.unwrap_or(otherwise));
        let class = if !self.is_named && draft.is_empty() && draft.version().is_empty() {
            // "Last metadata expiration check: …", a warning.
            LineClass::Structure
        } else if !self.is_named || draft.is_empty() {
            sink.problem(line, ProblemKind::NoName, self.block.text());
            LineClass::Problem
        } else {
            if let Some((why, advice)) = self.dialect.untold
                && is_untold
                && !self.has_said_untold
            {
                let (why, advice) = (why.into(), advice.into());
                sink.problem(line, ProblemKind::Incomplete { why, advice }, self.block.text());
                self.has_said_untold = true;
            }
            sink.record(&draft.record(line, self.block.text()));
            self.has_record = true;
            LineClass::Record
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
        self.is_named = false;
    }
}

impl LineReader for BlockReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if text.trim().is_empty() {
            if self.dialect.ends_at_blank {
                self.release(sink);
            }
            return Outcome::STRUCTURE;
        }
        if is_prompt_line(text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if let Some(section) = (self.dialect.heading)(text) {
            self.release(sink);
            self.section = section;
            return Outcome::STRUCTURE;
        }
        let names = (self.dialect.names_package)(text);
        // What stood above and named nothing is no part of the block, unless keys may stand above
        // the name.
        if names && (self.is_named || !self.dialect.ends_at_blank) {
            self.release(sink);
        }
        if let Some((key, value)) = (self.dialect.split)(text) {
            self.is_named |= names;
            self.block.add_line(line.number, line.text);
            self.block.put((self.dialect.meaning)(key), value);
            if let Some((meaning, value)) = (self.dialect.second)(text) {
                self.block.put(Some(meaning), value);
            }
            self.presence = (self.dialect.presence)(key, value).or(self.presence);
            self.is_of_index |= self.dialect.index_keys.contains(&key);
            return Outcome::Later;
        }
        if !self.block.is_empty() {
            self.block.add_line(line.number, line.text);
            return Outcome::Later;
        }
        if !self.has_record || is_remark(text) {
            return Outcome::STRUCTURE;
        }
        let expected = self.dialect.expected.into();
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
        Outcome::PROBLEM
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
    }
}

/// For dialects without a second value on a line.
pub(super) fn no_second(_: &str) -> Option<(Meaning, &str)> {
    None
}

/// For dialects without headings.
pub(super) fn no_heading(_: &str) -> Option<Presence> {
    None
}
