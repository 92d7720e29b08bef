//! What rows of a table said that were read before, so that saying it again costs next to nothing.
//!
//! A fleet has a row for each program on each computer: millions of rows, some ten thousand
//! different ones but for the computer. Reading, trimming and interning is done once for each.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::engine::record::TitleKey;

/// How many words of eight bytes of what tells titles are kept. Beyond, all is forgotten: a table in
/// which nothing repeats must not fill the memory. A fleet's ten thousand titles have a megabyte or two.
const WORDS: usize = 1024 * 1024;

/// The longest row kept, in such words. Longer ones are read anew each time.
const ROW_WORDS: usize = 128;

/// How the texts that tell a row's title were cut out of it. What is told apart by one way might
/// not be by another.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    /// As they stand in the line, several fields together with what is between them.
    InPlace = 1,
    /// Each field by itself, freed of its quotation marks.
    Apart = 2,
}

/// Rows by what tells their title.
///
/// What a look takes is waiting for memory, so there is little of it: a number in the table, and
/// behind it one place with everything else.
#[derive(Default)]
pub(super) struct Memo {
    /// Where in `kept` the rows begin.
    rows: HashTable<u32>,
    /// Of each row a [head](head) and the words that tell its title.
    kept: Vec<u64>,
    /// What tells the title of the row asked for last, and its hash.
    asked: Vec<u64>,
    hash: u64,
}

impl Memo {
    /// The title of a row with those texts, if one was kept.
    pub fn find<'a>(
        &mut self,
        cut: Cut,
        telling: impl Iterator<Item = &'a str>,
    ) -> Option<TitleKey> {
        self.asked.clear();
        self.asked.push(cut as u64);
        for field in telling {
            each_word(field.as_bytes(), |word| self.asked.push(word));
        }
        self.hash = hash_of(&self.asked);
        let is_asked_for = |&row: &u32| {
            let (_, words) = row_at(&self.kept, row);
            words.len() == self.asked.len()
                && words.iter().zip(&self.asked).all(|(kept, asked)| kept == asked)
        };
        let row = self.rows.find(self.hash, is_asked_for)?;
        Some(row_at(&self.kept, *row).0)
    }

    /// Keeps the title of the row that was asked for last.
    pub fn keep(&mut self, title: TitleKey) {
        let length = self.asked.len();
        if length > ROW_WORDS {
            return;
        }
        if self.kept.len() + 1 + length > WORDS {
            self.forget();
        }
        // There are at most a million words.
        let row = u32::try_from(self.kept.len()).unwrap_or_default();
        self.kept.push(head(title, length));
        self.kept.extend_from_slice(&self.asked);
        self.rows.insert_unique(self.hash, row, |&row| hash_of(row_at(&self.kept, row).1));
    }

    /// Forgets everything: the columns mean something else from now on.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.kept.clear();
    }
}

/// A row's title, and how many words tell it.
fn head(title: TitleKey, length: usize) -> u64 {
    (title.number as u64) << 16 | (length as u64) << 1 | u64::from(title.is_found)
}

/// The title of the row that begins there, and the words that tell it.
fn row_at(kept: &[u64], row: u32) -> (TitleKey, &[u64]) {
    let (head, rest) = kept.get(row as usize..).and_then(<[u64]>::split_first).unwrap_or((&0, &[]));
    let title = TitleKey { number: (head >> 16) as usize, is_found: head & 1 == 1 };
    (title, rest.get(..(head >> 1) as usize & 0x7FFF).unwrap_or_default())
}

fn hash_of(words: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    words.iter().for_each(|word| hasher.write_u64(*word));
    hasher.finish()
}

/// Gives a field out in words: its bytes, eight at a time, and at last those that are left with a
/// mark and their number. Short fields are neither copied nor compared byte by byte, which takes
/// most of the time in WebAssembly. No two rows have the same words that have other fields.
fn each_word(field: &[u8], mut each: impl FnMut(u64)) {
    // No byte of UTF-8 text is as high, so that no other word looks like a last one.
    const LAST: u64 = 0xF8;
    let (words, rest) = field.as_chunks::<8>();
    for word in words {
        each(u64::from_le_bytes(*word));
    }
    let left = match field.last_chunk::<8>() {
        _ if rest.is_empty() => 0,
        Some(word) => u64::from_le_bytes(*word) >> (8 * (8 - rest.len())),
        None => rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    };
    each(left | ((LAST | rest.len() as u64) << 56));
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn words(fields: &[&str]) -> Vec<u64> {
        let mut words = Vec::new();
        for field in fields {
            each_word(field.as_bytes(), |word| words.push(word));
        }
        words
    }

    #[test]
    fn other_fields_have_other_words() {
        let long = "Kaspersky Endpoint Security";
        let mut rows: Vec<Vec<&str>> = (0..=long.len()).map(|at| vec![&long[..at]]).collect();
        rows.extend((0..=long.len()).map(|at| vec![&long[..at], &long[at..]]));
        rows.extend([vec!["", "", long], vec![long, "", ""], vec!["", ""], vec![], vec!["\0"]]);
        let all: HashSet<Vec<u64>> = rows.iter().map(|row| words(row)).collect();
        assert_eq!(all.len(), rows.len());
    }

    #[test]
    fn what_was_kept_is_found_until_it_is_forgotten() {
        let mut memo = Memo::default();
        let title = |number| TitleKey { number, is_found: false };
        let rows = [["7-Zip", "24.08"], ["Касперский", ""], ["VLC media player", "3.0.20"]];
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(memo.find(Cut::Apart, row.iter().copied()), None);
            memo.keep(title(number));
        }
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(memo.find(Cut::Apart, row.iter().copied()), Some(title(number)));
        }
        assert_eq!(memo.find(Cut::Apart, ["7-Zip", "24.09"].into_iter()), None);
        // The same text cut in place may be other fields.
        assert_eq!(memo.find(Cut::InPlace, rows[0].into_iter()), None);
        memo.forget();
        assert_eq!(memo.find(Cut::Apart, rows[0].into_iter()), None);
    }

    #[test]
    fn what_never_repeats_does_not_fill_the_memory() {
        let mut memo = Memo::default();
        for number in 0..200_000 {
            let name = format!("a program that is called number {number:0100}");
            assert_eq!(memo.find(Cut::Apart, [name.as_str()].into_iter()), None);
            memo.keep(TitleKey { number, is_found: false });
        }
        assert!(memo.kept.len() <= WORDS);
        let long = "x".repeat(8 * ROW_WORDS);
        for _ in 0..2 {
            assert_eq!(memo.find(Cut::Apart, [long.as_str()].into_iter()), None);
            memo.keep(TitleKey { number: 0, is_found: false });
        }
    }
}
