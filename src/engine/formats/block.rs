//! A record that stands on several lines: its text and its labelled values until it ends.

use std::ops::Range;

use super::columns::{Draft, Meaning};

/// The most text kept of one record, in bytes of UTF-8. Real ones have some hundred to a few
/// thousand; the rest of a longer one is still read line by line, but not quoted.
const TEXT_BYTES: usize = 64 * 1024;

/// The most labelled values kept of one record. `Get-AppxPackage | fl *` has some thirty.
const VALUES: usize = 128;

/// The record being read, in buffers that are used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Block {
    first_line: u64,
    lines: u64,
    text: String,
    values: String,
    fields: Vec<(Meaning, Range<usize>)>,
    /// True if the last label meant something, so that a continued value belongs to it.
    last_is_kept: bool,
}

impl Block {
    /// True if no line has been added since the last [`clear`](Self::clear).
    pub fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The number of its first line.
    pub fn first_line(&self) -> u64 {
        self.first_line
    }

    /// How many lines it has.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Its lines as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a line as written.
    pub fn add_line(&mut self, number: u64, text: &str) {
        if self.lines == 0 {
            self.first_line = number;
        }
        self.lines += 1;
        if self.text.len() + text.len() < TEXT_BYTES {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(text.trim_end());
        }
    }

    /// Adds a labelled value; `None` if the label means nothing.
    pub fn put(&mut self, meaning: Option<Meaning>, value: &str) {
        let fits = self.fields.len() < VALUES && self.values.len() + value.len() < TEXT_BYTES;
        self.last_is_kept = fits && meaning.is_some();
        if let Some(meaning) = meaning
            && fits
        {
            let start = self.values.len();
            self.values.push_str(value);
            self.fields.push((meaning, start..self.values.len()));
        }
    }

    /// The last value goes on: it is joined with what follows by `joint`.
    pub fn extend_last(&mut self, joint: &str, more: &str) {
        if !self.last_is_kept || self.values.len() + joint.len() + more.len() >= TEXT_BYTES {
            return;
        }
        if let Some((_, range)) = self.fields.last_mut() {
            if range.start < range.end {
                self.values.push_str(joint);
            }
            self.values.push_str(more);
            range.end = self.values.len();
        }
    }

    /// The last value so far; empty if its label means nothing.
    pub fn last_value(&self) -> &str {
        match self.fields.last() {
            Some((_, range)) if self.last_is_kept => {
                self.values.get(range.clone()).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The record that the values make.
    pub fn draft(&self) -> Draft<'_> {
        let mut draft = Draft::default();
        for (meaning, range) in &self.fields {
            draft.put(*meaning, self.values.get(range.clone()).unwrap_or_default());
        }
        draft
    }

    /// Makes it empty.
    pub fn clear(&mut self) {
        self.lines = 0;
        self.text.clear();
        self.values.clear();
        self.fields.clear();
        self.last_is_kept = false;
    }
}
