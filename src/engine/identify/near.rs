//! Titles that are none of the products and yet close to one: a brand with a slip of the pen
//! (`Kaspersy Total Security`), or another company's name on a program that a vendor signed.
//!
//! They are offered to a person for review, apart from findings.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::engine::catalog::{CatalogFile, Field, Relation};
use crate::engine::clause::{Clause, clause};
use crate::engine::title::Title;
use crate::engine::words::{fold, spaced_words};

/// A title that is close to a vendor's.
#[derive(Clone, Debug)]
pub struct Near<'r> {
    /// The vendor's file.
    pub file: &'r CatalogFile,
    /// What it has of the vendor's.
    pub reason: NearReason,
}

/// What a title has of a vendor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NearReason {
    /// A word is one letter away from a brand: one too many, missing or other, or two exchanged.
    OneLetterAway {
        /// The word as written, folded.
        word: String,
        /// The brand.
        brand: String,
    },
    /// The vendor signed it.
    SignedBy {
        /// The signer as written.
        signer: String,
    },
    /// The vendor is the publisher, and the catalog has no product for whatever else it makes.
    PublishedBy {
        /// The publisher as written.
        publisher: String,
    },
}

impl NearReason {
    /// What is said of it, to be told now or later: one sentence.
    pub fn clause(&self) -> Clause {
        match self {
            Self::OneLetterAway { word, brand } => clause!(
                "{word} is one letter away from {brand}.",
                word = format!("{word:?}"),
                brand = format!("{brand:?}"),
            ),
            Self::SignedBy { signer } => clause!(
                "It is signed by {signer}, and the catalog does not know its name.",
                signer = format!("{signer:?}"),
            ),
            Self::PublishedBy { publisher } => clause!(
                "It is published by {publisher}, and the catalog does not know its name.",
                publisher = format!("{publisher:?}"),
            ),
        }
    }
}

impl std::fmt::Display for NearReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.clause().fmt(f)
    }
}

/// Letters that a word must have: shorter ones are one letter away from too many others.
const SHORTEST: usize = 6;
/// Letters that a word may have.
const LONGEST: usize = 24;

/// The brands, by what is left of them when any one letter is taken out.
///
/// Two words are at most one letter apart only if they are equal or share such a remainder
/// (symmetric deletion). The remainders stand as polynomial hashes, which can be had of every
/// remainder of a word without writing any of them; what fits is compared letter by letter.
pub(super) struct NearIndex {
    brands: Vec<Brand>,
    by_remainder: HashMap<u64, Vec<usize>, FxBuildHasher>,
    /// The powers of [`BASE`].
    powers: Vec<u64>,
}

struct Brand {
    vendor: usize,
    letters: Vec<char>,
}

/// Any odd number with many bits does.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

impl NearIndex {
    pub(super) fn new(catalog: &[CatalogFile]) -> Self {
        let mut powers = vec![1_u64];
        for at in 0..=LONGEST {
            powers.push(powers.get(at).copied().unwrap_or_default().wrapping_mul(BASE));
        }
        let mut index = Self { brands: Vec::new(), by_remainder: HashMap::default(), powers };
        for (vendor, file) in catalog.iter().enumerate() {
            let own = file.products.iter().filter(|p| p.relation == Relation::Branded);
            let of_names =
                own.flat_map(|product| &product.rules).filter(|r| r.field == Field::Name);
            let written = of_names.flat_map(|rule| &rule.words);
            for written in file.vendor.publisher_words.iter().chain(written) {
                index.add(vendor, written);
            }
        }
        index
    }

    /// Adds a pattern if it is one word, and one that is not added yet.
    fn add(&mut self, vendor: usize, written: &str) {
        let words = spaced_words(&fold(written));
        let letters: Vec<char> = words.trim().chars().collect();
        let is_one_word = letters.iter().all(|c| c.is_alphabetic());
        let is_known = self.brands.iter().any(|brand| brand.letters == letters);
        if !is_one_word || !(SHORTEST..=LONGEST).contains(&letters.len()) || is_known {
            return;
        }
        let number = self.brands.len();
        for hash in remainders(&self.powers, &letters).chain([whole(&letters)]) {
            let numbers = self.by_remainder.entry(hash).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        self.brands.push(Brand { vendor, letters });
    }

    /// The first word of the name or the publisher that is one letter away from a brand.
    pub(super) fn of<'r>(&self, catalog: &'r [CatalogFile], title: &Title) -> Option<Near<'r>> {
        [&title.name, &title.publisher].into_iter().find_map(|text| {
            let words = spaced_words(&fold(text));
            words.split(' ').filter(|word| word.len() + 1 >= SHORTEST).find_map(|word| {
                let brand = self.brand_near(word)?;
                let reason = NearReason::OneLetterAway {
                    word: word.to_owned(),
                    brand: brand.letters.iter().collect(),
                };
                Some(Near { file: catalog.get(brand.vendor)?, reason })
            })
        })
    }

    fn brand_near(&self, word: &str) -> Option<&Brand> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() + 1 < SHORTEST || letters.len() > LONGEST + 1 {
            return None;
        }
        let mut hashes = remainders(&self.powers, &letters).chain([whole(&letters)]);
        hashes.find_map(|hash| {
            let numbers = self.by_remainder.get(&hash)?;
            let mut brands = numbers.iter().filter_map(|number| self.brands.get(*number));
            brands.find(|brand| is_one_letter_away(&letters, &brand.letters))
        })
    }
}

fn whole(letters: &[char]) -> u64 {
    letters.iter().fold(0, |hash, letter| extended(hash, *letter))
}

fn extended(hash: u64, letter: char) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(letter)))
}

/// The hash of what is left when a letter is taken out, for each letter.
fn remainders<'l>(powers: &'l [u64], letters: &'l [char]) -> impl Iterator<Item = u64> + 'l {
    let all = whole(letters);
    let mut before = 0_u64;
    letters.iter().enumerate().map(move |(at, letter)| {
        // The powers reach to the longest word that is looked at.
        let power = powers.get(letters.len() - at - 1).copied().unwrap_or_default();
        let through = extended(before, *letter);
        let after = all.wrapping_sub(through.wrapping_mul(power));
        let remainder = before.wrapping_mul(power).wrapping_add(after);
        before = through;
        remainder
    })
}

/// True if one letter too many, missing or other, or two neighbours exchanged, is all that differs.
fn is_one_letter_away(a: &[char], b: &[char]) -> bool {
    let same_before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_before..], &b[same_before..]);
    let same_after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - same_after], &b[..b.len() - same_after]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;

    fn near(name: &str) -> Option<(String, String)> {
        let rules = bundled::rules();
        let title = Title { name: name.to_owned(), ..Title::default() };
        let near = NearIndex::new(&rules.catalog).of(&rules.catalog, &title)?;
        let NearReason::OneLetterAway { brand, .. } = near.reason else { return None };
        Some((near.file.vendor.id.get_ref().clone(), brand))
    }

    #[test]
    fn a_brand_with_one_slip_is_near() {
        for name in [
            "Kaspersy Total Security",
            "Kasspersky",
            "Kaspersly Free",
            "KASPERKSY Anti-Virus",
            "my_kaspersku_tool",
        ] {
            let found = near(name);
            assert_eq!(found, Some(("kaspersky".into(), "kaspersky".into())), "{name}");
        }
        assert_eq!(near("TikT0k"), Some(("bytedance".into(), "tiktok".into())));
    }

    #[test]
    fn other_words_are_not() {
        for name in ["", "Kaspersky", "Caspar", "Casper Suite", "Kas", "Internet Security", "a b c"]
        {
            assert_eq!(near(name), None, "{name}");
        }
    }

    #[test]
    fn remainders_are_those_of_the_word_without_a_letter() {
        let letters: Vec<char> = "weixin".chars().collect();
        let index = NearIndex::new(&[]);
        let expected: Vec<u64> = (0..letters.len())
            .map(|at| {
                let mut left = letters.clone();
                left.remove(at);
                whole(&left)
            })
            .collect();
        assert_eq!(remainders(&index.powers, &letters).collect::<Vec<_>>(), expected);
    }
}
