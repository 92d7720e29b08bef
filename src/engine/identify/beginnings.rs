//! What a name can be that a tool cut: `Kaspersky Tot…` is the beginning of a name the catalog
//! knows.
//!
//! Looked for only in names that the list shows to be cut, which are few.

use super::index::words_pattern;
use crate::engine::catalog::{CatalogFile, Field};
use crate::engine::rules::{RuleOwner, rules_in_order};
use crate::engine::words::fold;

/// The patterns of names that a cut name can be the beginning of.
pub(super) struct Beginnings {
    patterns: Vec<Pattern>,
    /// By vendor: its name as it is written in publisher fields, folded.
    brands: Vec<Vec<String>>,
}

struct Pattern {
    /// The rule's number.
    number: usize,
    vendor: usize,
    product: usize,
    is_fallback: bool,
    /// As the catalog writes it.
    written: String,
    /// As it is looked for: spaced words, or any text for patterns without word ends.
    text: String,
    kind: PatternKind,
}

/// Where a pattern is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PatternKind {
    /// Words anywhere in the name.
    Words,
    /// Any part of the name.
    Part,
    /// The whole name.
    Whole,
}

/// A pattern whose beginning is the end of a cut name.
pub(super) struct Beginning<'b> {
    /// The rule's number.
    pub(super) number: usize,
    /// The pattern as the catalog writes it.
    pub(super) written: &'b str,
    /// How much of the pattern is there, in bytes.
    pub(super) length: usize,
    /// True if the vendor's own name is there and whole.
    pub(super) is_brand_whole: bool,
}

/// How many letters of a vendor's name must be left for a hint; a letter of Chinese, Japanese or
/// Korean says as much as two.
const LETTERS_OF_A_BRAND: usize = 5;

impl Beginnings {
    pub(super) fn new(catalog: &[CatalogFile]) -> Self {
        let mut patterns = Vec::new();
        for (number, at) in rules_in_order(catalog).enumerate() {
            let RuleOwner::Product(product) = at.owner else { continue };
            if at.rule.field != Field::Name {
                continue;
            }
            let vendor = catalog.iter().position(|file| std::ptr::eq(file, at.file));
            let place = at.file.products.iter().position(|p| std::ptr::eq(p, product));
            let (Some(vendor), Some(place)) = (vendor, place) else { continue };
            let texts = at
                .rule
                .words
                .iter()
                // What a lone `*` stands for cannot be told from what was cut.
                .filter(|written| !written.contains(" * "))
                .map(|written| (written, words_pattern(written), PatternKind::Words));
            let parts = at.rule.contains.iter();
            let parts = parts.map(|written| (written, fold(written), PatternKind::Part));
            let whole = at.rule.exact.iter();
            let whole = whole.map(|written| (written, words_pattern(written), PatternKind::Whole));
            let texts = texts.chain(parts).chain(whole);
            patterns.extend(texts.map(|(written, text, kind)| Pattern {
                number,
                vendor,
                product: place,
                is_fallback: product.is_fallback,
                written: written.clone(),
                text,
                kind,
            }));
        }
        let brands = catalog
            .iter()
            .map(|file| {
                let words = file.vendor.publisher_words.iter();
                words.map(|written| words_pattern(written).trim().to_owned()).collect()
            })
            .collect();
        Self { patterns, brands }
    }

    /// For each vendor the pattern that a cut name goes farthest into; where that could be several
    /// products it is the vendor's fallback, if any. `whole` are the vendors whose name stands in
    /// the text.
    pub(super) fn of<'b>(
        &'b self,
        folded: &str,
        words: &str,
        whole: &[usize],
    ) -> Vec<Beginning<'b>> {
        let mut found = Vec::new();
        let last_word = words.split(' ').rfind(|word| !word.is_empty()).unwrap_or_default();
        for (vendor, brands) in self.brands.iter().enumerate() {
            let is_brand_whole = whole.contains(&vendor);
            let one_words = self.patterns.iter().filter(|pattern| pattern.vendor == vendor);
            let one_words =
                one_words.map(|pattern| pattern.text.trim()).filter(|text| !text.contains(' '));
            let is_brand_begun = brands
                .iter()
                .map(String::as_str)
                .chain(one_words)
                .any(|brand| is_beginning_of(last_word, brand));
            let is_brand_there = is_brand_whole || is_brand_begun;
            let overlaps: Vec<(usize, &Pattern)> = self
                .patterns
                .iter()
                .filter(|pattern| pattern.vendor == vendor)
                .map(|pattern| {
                    let length = match pattern.kind {
                        PatternKind::Words if is_brand_there => words_overlap(words, pattern),
                        PatternKind::Part if is_brand_there => part_overlap(folded, pattern),
                        PatternKind::Part => 0,
                        PatternKind::Words | PatternKind::Whole => whole_overlap(words, pattern),
                    };
                    (length, pattern)
                })
                // The vendor's name alone says nothing of the product.
                .filter(|(length, pattern)| {
                    let kept = pattern.text.get(..*length).unwrap_or_default().trim();
                    *length > 0 && !(is_brand_whole && brands.iter().any(|brand| brand == kept))
                })
                .collect();
            let longest = overlaps.iter().map(|(length, _)| *length).max().unwrap_or_default();
            let farthest: Vec<(usize, &Pattern)> =
                overlaps.iter().filter(|(length, _)| *length == longest).copied().collect();
            let is_fallback = |(_, pattern): &&(usize, &Pattern)| pattern.is_fallback;
            let chosen = general(&farthest).or_else(|| overlaps.iter().find(is_fallback));
            found.extend(chosen.map(|&(length, pattern)| Beginning {
                number: pattern.number,
                written: &pattern.written,
                length,
                is_brand_whole,
            }));
        }
        found
    }
}

/// True if enough of the brand is left to guess it.
fn is_beginning_of(word: &str, brand: &str) -> bool {
    let (left, all) = (letters(word), letters(brand));
    let is_enough = left >= LETTERS_OF_A_BRAND || left >= 4 && left * 3 >= all * 2;
    is_enough && brand.starts_with(word)
}

/// The pattern that all others are longer forms of, or belong to the same product.
fn general<'a, 'b>(patterns: &'a [(usize, &'b Pattern)]) -> Option<&'a (usize, &'b Pattern)> {
    let shortest = patterns.iter().min_by_key(|(_, pattern)| pattern.text.len())?;
    let is_general = |(_, pattern): &(usize, &Pattern)| {
        pattern.product == shortest.1.product || pattern.text.starts_with(&shortest.1.text)
    };
    patterns.iter().all(is_general).then_some(shortest)
}

/// True if the text is the beginning of the pattern and not all of it.
fn begins(pattern: &Pattern, text: &str) -> bool {
    text.len() < pattern.text.len() && pattern.text.starts_with(text)
}

/// How many bytes of the pattern's beginning are the last words of the name; the last may go on.
fn words_overlap(words: &str, pattern: &Pattern) -> usize {
    let open = words.strip_suffix(' ').unwrap_or(words);
    let mut ends = open.match_indices(' ').filter_map(|(at, _)| open.get(at..));
    ends.find(|end| begins(pattern, end)).map_or(0, str::len)
}

/// How many bytes of the pattern's beginning are the end of the name.
fn part_overlap(folded: &str, pattern: &Pattern) -> usize {
    let mut ends = folded.char_indices().filter_map(|(at, _)| folded.get(at..));
    let end = ends.find(|end| begins(pattern, end)).unwrap_or_default();
    if letters(end) >= LETTERS_OF_A_BRAND { end.len() } else { 0 }
}

/// How many bytes of the pattern's beginning are the whole name: more than a first word, and most of
/// the pattern, since other names begin alike.
fn whole_overlap(words: &str, pattern: &Pattern) -> usize {
    let open = words.strip_suffix(' ').unwrap_or(words);
    let has_words = open.trim_start().contains(' ');
    let is_most = letters(open) * 3 >= letters(pattern.text.trim_end()) * 2;
    if has_words && is_most && begins(pattern, open) { open.len() } else { 0 }
}

fn letters(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use crate::bundled;
    use crate::engine::catalog::Strength;
    use crate::engine::rules::rules_in_order;
    use crate::engine::title::Title;

    /// The products, how sure, and what was found to be the beginning of what.
    #[track_caller]
    fn check(name: &str, publisher: &str, is_name_cut: bool, expected: Option<(&str, Strength)>) {
        let rules = bundled::rules();
        let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
        let title = Title {
            name: name.to_owned(),
            publisher: publisher.to_owned(),
            is_name_cut,
            ..Title::default()
        };
        let found = rules.index.identify(&rules.catalog, &refs, &title);
        let of_kaspersky = found
            .iter()
            .find(|found| found.file.vendor.id.get_ref() == "kaspersky")
            .map(|found| (found.product.id.get_ref().as_str(), found.strength));
        assert_eq!(of_kaspersky, expected, "{name}");
    }

    const OTHER: &str = "kaspersky.other";

    #[test]
    fn a_cut_name_with_the_whole_brand_is_the_product_it_begins_like() {
        let medium = Strength::Medium;
        check("Kaspersky Tot", "", true, Some(("kaspersky.total-security", medium)));
        check("Kaspersky Internet Secu", "", true, Some(("kaspersky.internet-security", medium)));
        check("Антивирус Касперско", "", true, Some(("kaspersky.anti-virus", medium)));
        check("Kaspersky Tot", "", false, Some((OTHER, medium)));
        check(
            "Kaspersky Tot",
            "AO Kaspersky Lab",
            true,
            Some(("kaspersky.total-security", Strength::Strong)),
        );
    }

    #[test]
    fn a_cut_name_that_several_products_begin_like_is_none_of_them_in_particular() {
        check("Kaspersky Endpoint", "", true, Some((OTHER, Strength::Medium)));
        check("Kaspersky Anti", "", true, Some((OTHER, Strength::Medium)));
        check("Kaspersky", "", true, Some((OTHER, Strength::Medium)));
    }

    #[test]
    fn a_cut_brand_is_only_a_hint() {
        check("Kaspersk", "", true, Some((OTHER, Strength::Weak)));
        check("Kaspe", "", true, Some((OTHER, Strength::Weak)));
        check("Антивирус Каспе", "", true, Some(("kaspersky.anti-virus", Strength::Weak)));
        check("卡巴斯", "", true, Some((OTHER, Strength::Weak)));
    }

    #[test]
    fn most_of_a_whole_name_is_a_hint() {
        let checkpoint = "kaspersky.embedded.check-point";
        check("Check Point Endpoint Sec", "", true, Some((checkpoint, Strength::Weak)));
        check("Check Point End", "", true, None);
    }

    #[test]
    fn other_names_are_not_found_by_their_beginnings() {
        check("Kasp", "", true, None);
        check("Kaspe", "", false, None);
        check("Kasper Kinderspiele", "", true, None);
        check("Kaspe", "Casper Software Ltd", true, None);
        check("Internet Secu", "", true, None);
        check("Антивирус", "", true, None);
        check("Агент администрирова", "", true, None);
        check("Check Point", "", true, None);
        check("Norton Tot", "", true, None);
        check("Plug-in for Microsoft Exchange Act", "", true, None);
    }
}
