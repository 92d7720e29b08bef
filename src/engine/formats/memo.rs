//! What rows of a table said that were read before, so that saying it again costs next to nothing.
//!
//! A fleet has a row for each program on each computer: millions of rows, some ten thousand
//! different ones but for the computer. Reading, trimming and interning is done once for each.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::engine::record::TitleKey;

/// How many different rows are kept. Beyond, all are forgotten: a table in which nothing repeats
/// must not fill the memory. A fleet has some ten thousand titles.
const ROWS: usize = 1 << 16;

/// The longest row kept, in bytes of what tells its title. Longer ones are read anew each time.
const ROW_BYTES: usize = 1024;

/// Rows by what tells their title.
#[derive(Default)]
pub(super) struct Memo {
    titles: HashMap<Box<[u8]>, TitleKey, FixedState>,
    /// What tells the title of the row asked for last.
    asked: Vec<u8>,
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
        self.titles.get(self.asked.as_slice()).copied()
    }

    /// Keeps the title of the row that was asked for last.
    pub fn keep(&mut self, title: TitleKey) {
        if self.asked.len() > ROW_BYTES {
            return;
        }
        if self.titles.len() >= ROWS {
            self.titles.clear();
        }
        self.titles.insert(self.asked.as_slice().into(), title);
    }

    /// Forgets everything: the columns mean something else from now on.
    pub fn forget(&mut self) {
        self.titles.clear();
    }
}
