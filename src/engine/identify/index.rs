//! What is looked for in texts, prepared so that the cost does not grow with the number of rules:
//! whole words and parts of text are found by one automaton a field (Aho–Corasick), whole fields
//! by a hash table.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::bare::bare_name;
use crate::engine::catalog::{Field, Rule};
use crate::engine::words::{fold, guid_in, spaced_words};

/// What can be looked for in one field; targets are numbers of rules.
#[derive(Default)]
pub(super) struct FieldIndex {
    /// `words`, in the field's [`spaced_words`].
    words: TextIndex,
    /// `contains` and `prefix`, in the folded field.
    parts: TextIndex,
    /// `exact` and `versioned` (without the version), by the folded field.
    whole: HashMap<String, Vec<Target>>,
}

/// Texts to find anywhere in another.
#[derive(Default)]
pub(super) struct TextIndex {
    patterns: Vec<String>,
    targets: Vec<Target>,
    automaton: Option<AhoCorasick>,
}

/// What a pattern belongs to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) number: usize,
    /// The pattern as the catalog writes it.
    pub(super) written: String,
    pub(super) must: Must,
    /// Words that must follow, each group at most [`GAP_WORDS`] words after what came before.
    then: Vec<String>,
}

/// How many words a lone `*` in a pattern may stand for. Enough for a version with its dots
/// (`12.7.0.533` is four) in the middle of a name.
const GAP_WORDS: usize = 4;

/// What else must hold where a pattern was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Must {
    Nothing,
    StandFirst,
    BeWhole,
    BeWholeButVersion,
}

impl Target {
    fn new(number: usize, written: &str, must: Must) -> Self {
        Self { number, written: written.to_owned(), must, then: Vec::new() }
    }

    /// True if everything else holds that must; the part the automaton found goes from `start` to
    /// `end`.
    fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        if self.must == Must::StandFirst && start > 0 {
            return false;
        }
        let mut end = end;
        self.then.iter().all(|group| {
            // Groups of words begin and end with a space, and neighbours share it.
            let from = end.saturating_sub(1);
            let Some(at) = text.get(from..).and_then(|rest| rest.find(group.as_str())) else {
                return false;
            };
            end = from + at + group.len();
            let between = text.get(from..from + at).unwrap_or_default();
            between.split_whitespace().count() <= GAP_WORDS
        })
    }

    /// How much text the pattern explains, in bytes; what a lone `*` stands for is not explained.
    fn explains(&self, found: usize) -> usize {
        found + self.then.iter().map(String::len).sum::<usize>()
    }
}

impl TextIndex {
    fn add(&mut self, pattern: String, target: Target) {
        self.patterns.push(pattern);
        self.targets.push(target);
    }

    /// Adds a `words` pattern, which may have groups of words with a lone `*` between them.
    pub(super) fn add_words(&mut self, number: usize, written: &str) {
        let mut groups = word_groups(written);
        let first = groups.next().unwrap_or_default();
        let mut target = Target::new(number, written, Must::Nothing);
        target.then = groups.collect();
        self.add(first, target);
    }

    pub(super) fn build(&mut self) {
        // Fails only for more patterns than 2^31; then nothing would be found, and the examples
        // that every entry must carry would fail.
        self.automaton = AhoCorasick::new(&self.patterns).ok();
        self.patterns = Vec::new();
    }

    pub(super) fn find<'i>(&'i self, text: &'i str) -> impl Iterator<Item = (&'i Target, usize)> {
        self.automaton.iter().flat_map(move |automaton| {
            automaton.find_overlapping_iter(text).filter_map(move |found| {
                let target = self.targets.get(found.pattern().as_usize())?;
                let fits = target.fits(text, found.start(), found.end());
                fits.then(|| (target, target.explains(found.len())))
            })
        })
    }
}

impl FieldIndex {
    pub(super) fn add(&mut self, number: usize, rule: &Rule) {
        for written in &rule.words {
            self.words.add_words(number, written);
        }
        for written in &rule.contains {
            self.parts.add(fold(written), Target::new(number, written, Must::Nothing));
        }
        for written in &rule.prefix {
            self.parts.add(fold(written), Target::new(number, written, Must::StandFirst));
        }
        for written in &rule.exact {
            let key = whole_key(rule.field, written);
            let target = Target::new(number, written, Must::BeWhole);
            self.whole.entry(key).or_default().push(target);
        }
        for written in &rule.versioned {
            let key = without_version(&fold(written)).to_owned();
            let target = Target::new(number, written, Must::BeWholeButVersion);
            self.whole.entry(key).or_default().push(target);
        }
    }

    /// All rules are added.
    pub(super) fn build(&mut self) {
        self.words.build();
        self.parts.build();
    }

    pub(super) fn find(&self, field: Field, text: &str, mut found: impl FnMut(&Target, usize)) {
        let folded = fold(text);
        let words = spaced_words(&folded);
        self.words.find(&words).for_each(|(target, length)| found(target, length));
        self.parts.find(&folded).for_each(|(target, length)| found(target, length));
        let key = whole_key(field, text);
        let bare = if field == Field::Name { bare_name(text) } else { text };
        let of_bare = (bare.len() < text.len()).then(|| whole_key(field, bare));
        let of_bare = of_bare.as_ref().filter(|bare| **bare != key);
        let whole = [(Some(&key), Must::BeWhole), (of_bare, Must::BeWhole)];
        let stem = without_version(&folded).to_owned();
        for (key, must) in whole.into_iter().chain([(Some(&stem), Must::BeWholeButVersion)]) {
            let targets = key.and_then(|key| self.whole.get(key));
            let length = key.map_or(0, String::len) + 2;
            targets.into_iter().flatten().filter(|target| target.must == must).for_each(|target| {
                found(target, length);
            });
        }
    }
}

/// The groups of words of a `words` pattern, between which a lone `*` stands.
pub(in crate::engine) fn word_groups(written: &str) -> impl Iterator<Item = String> {
    written.split(" * ").map(words_pattern)
}

/// A `words` pattern as it is looked for in [`spaced_words`]: the last word is open if it ends in `*`.
pub(in crate::engine) fn words_pattern(written: &str) -> String {
    let mut pattern = spaced_words(&fold(written));
    if written.trim_end().ends_with('*') {
        pattern.pop();
    }
    pattern
}

/// What a whole field is compared by: its words for text that people write, the folded text for
/// identifiers, where every dot counts.
pub(in crate::engine) fn whole_key(field: Field, text: &str) -> String {
    let folded = fold(text);
    match field {
        Field::Name | Field::Publisher => spaced_words(&folded).trim().to_owned(),
        // Get-Process and some inventories leave the ending out.
        Field::Process => folded.strip_suffix(".exe").unwrap_or(&folded).to_owned(),
        Field::ProductCode => match guid_in(text) {
            Some(guid) => guid.to_ascii_lowercase(),
            None => folded,
        },
        _ => folded,
    }
}

/// `avp.kes.21.19` → `avp.kes`, `ksde1.0.0` → `ksde`.
pub(in crate::engine) fn without_version(folded: &str) -> &str {
    folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
}
