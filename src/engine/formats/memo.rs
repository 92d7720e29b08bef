//! What rows of a table said that were read before, so that saying it again costs next to nothing.
//!
//! A fleet has a row for each program on each computer: millions of rows, some ten thousand
//! different ones but for the computer. Reading, trimming and interning is done once for each.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::engine::record::TitleKey;

/// How many bytes of what tells titles are kept. Beyond, all is forgotten: a table in which nothing
/// repeats must not fill the memory. A fleet's ten thousand titles have a megabyte or two.
const BYTES: usize = 8 * 1024 * 1024;

/// The longest row kept, in bytes of what tells its title. Longer ones are read anew each time.
const ROW_BYTES: usize = 1024;

/// Rows by what tells their title.
#[derive(Default)]
pub(super) struct Memo {
    rows: HashTable<Row>,
    /// What tells their titles, one behind the other: what is near is found fast.
    text: Vec<u8>,
    /// What tells the title of the row asked for last, and its hash.
    asked: Vec<u8>,
    hash: u64,
}

struct Row {
    hash: u64,
    start: usize,
    length: usize,
    title: TitleKey,
}

impl Memo {
    /// The title of a row with those fields, if one was kept.
    pub fn find<'a>(&mut self, telling: impl Iterator<Item = &'a str>) -> Option<TitleKey> {
        // No byte of UTF-8 text is 0xFF, so that no two rows are alike that have other fields.
        const END: u8 = 0xFF;
        self.asked.clear();
        for field in telling {
            self.asked.extend_from_slice(field.as_bytes());
            self.asked.push(END);
        }
        let mut hasher = FixedState::default().build_hasher();
        hasher.write(&self.asked);
        self.hash = hasher.finish();
        let is_same = |row: &Row| {
            row.hash == self.hash
                && self.text.get(row.start..row.start + row.length) == Some(&self.asked)
        };
        self.rows.find(self.hash, is_same).map(|row| row.title)
    }

    /// Keeps the title of the row that was asked for last.
    pub fn keep(&mut self, title: TitleKey) {
        let length = self.asked.len();
        if length > ROW_BYTES {
            return;
        }
        if self.text.len() + length > BYTES {
            self.forget();
        }
        let start = self.text.len();
        self.text.extend_from_slice(&self.asked);
        let row = Row { hash: self.hash, start, length, title };
        self.rows.insert_unique(self.hash, row, |row| row.hash);
    }

    /// Forgets everything: the columns mean something else from now on.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.text.clear();
    }
}
