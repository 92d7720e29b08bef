//! The page's sentences are in plain words, as far as a formula can tell.
//!
//! Measured is the Flesch–Kincaid grade level (J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom, *Derivation of
//! New Readability Formulas … for Navy Enlisted Personnel*, Research Branch Report 8-75, 1975): the school year of the
//! United States whose pupils can read a text,
//!
//! > 0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59
//!
//! over every sentence of `src/app/text` and of the profiles. Labels of fewer than four words are no sentences and are left
//! out, since they would make the text seem easier than it is. What directives, steps of removal and problems of a list say
//! comes from elsewhere, and is not measured.
#![allow(clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clearlist::bundled::PROFILES;

/// A page for the general public is held to the eighth school year; all of this one's sentences, short ones too, are to
/// be well below it.
const WHOLE: f64 = 6.0;
/// The same of the sentences of more than ten words alone.
const WHOLE_OF_LONG: f64 = 8.0;
/// The last year of school, for each sentence of more than ten words, with [`Word::is_name`] not counted against it.
const EACH: f64 = 12.0;

/// A word of a sentence.
struct Word<'t> {
    text: &'t str,
    is_first: bool,
}

impl Word<'_> {
    /// What nobody can put in plainer words: a name (it has a capital letter within the sentence, or more than one), a
    /// file, an address, a term with a digit in it. It counts as a word of one syllable.
    fn is_name(&self) -> bool {
        let mut letters = self.text.chars();
        let has_capital = match letters.next() {
            Some(first) => {
                (first.is_uppercase() && !self.is_first) || letters.any(char::is_uppercase)
            }
            None => false,
        };
        has_capital || self.text.contains(|c: char| c.is_ascii_digit() || "\\/_.*".contains(c))
    }

    /// Groups of vowels, of which a silent `e` is none.
    fn syllables(&self) -> usize {
        let is_vowel = |c: char| "aeiouy".contains(c);
        let letters: Vec<char> =
            self.text.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
        let starts = |at: usize| is_vowel(letters[at]) && (at == 0 || !is_vowel(letters[at - 1]));
        let groups = (0..letters.len()).filter(|&at| starts(at)).count();
        let is_silent = match letters.as_slice() {
            // Spoken in "table", not in "whole".
            [.., before, 'l', 'e'] => is_vowel(*before),
            [.., before, 'e'] => !is_vowel(*before),
            // Spoken in "added" and in "listed".
            [.., before, 'e', 'd'] => !is_vowel(*before) && !"td".contains(*before),
            // Spoken in "places" and in "boxes", and in "tables".
            [.., other, 'l', 'e', 's'] => is_vowel(*other),
            [.., before, 'e', 's'] => !is_vowel(*before) && !"sxzcgh".contains(*before),
            _ => false,
        };
        (groups - usize::from(is_silent && groups > 1)).max(1)
    }
}

/// A sentence of at least four words.
struct Sentence(String);

impl Sentence {
    fn words(&self) -> Vec<Word<'_>> {
        let is_gap = |c: char| c.is_whitespace() || c == '–' || c == '—';
        let texts =
            self.0.split(is_gap).map(|text| text.trim_matches(|c: char| !c.is_alphanumeric()));
        let texts = texts.filter(|text| text.contains(char::is_alphabetic));
        texts.enumerate().map(|(at, text)| Word { text, is_first: at == 0 }).collect()
    }

    fn is_long(&self) -> bool {
        self.words().len() > 10
    }
}

fn grade<'s>(sentences: impl IntoIterator<Item = &'s Sentence>, are_names_counted: bool) -> f64 {
    let (mut count, mut words, mut syllables) = (0.0, 0.0, 0.0);
    for sentence in sentences {
        count += 1.0;
        for word in sentence.words() {
            words += 1.0;
            let is_one = !are_names_counted && word.is_name();
            syllables += if is_one { 1.0 } else { word.syllables() as f64 };
        }
    }
    0.39 * words / count + 11.8 * syllables / words - 15.59
}

/// The texts between quotation marks in Rust, without the tests at its end.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(text) = rest.strip_prefix('"') {
            let mut literal = String::new();
            let mut chars = text.char_indices();
            rest = loop {
                match chars.next() {
                    Some((_, '\\')) => match chars.next() {
                        // A literal goes on after the line's end and what the next line begins with.
                        Some((at, '\n')) => {
                            let next = text[at..].find(|c: char| !c.is_whitespace());
                            while chars.offset() < at + next.unwrap_or(0) {
                                chars.next();
                            }
                        }
                        Some((_, 'n')) => literal.push('\n'),
                        Some((_, other)) => literal.push(other),
                        None => panic!("a text has no end: {literal}"),
                    },
                    Some((at, '"')) => break &text[at + 1..],
                    Some((_, other)) => literal.push(other),
                    None => panic!("a text has no end: {literal}"),
                }
            };
            found.push(literal);
        } else {
            // A letter between quotation marks, which may be one itself; else a lifetime, or a division.
            let mut chars = rest.char_indices();
            let (first, second) = (chars.next(), chars.next());
            let end = match (first, second) {
                (Some((_, '\'')), Some((_, '\\'))) => chars.nth(1),
                (Some((_, '\'')), Some(_)) => chars.next().filter(|(_, c)| *c == '\''),
                _ => None,
            };
            rest = &rest[end.map_or(1, |(at, _)| at + 1)..];
        }
    }
    found
}

/// The sentences of a text. What is put in for `{…}`, a number or a name, is left out.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut plain = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let mut found = vec![String::new()];
    let mut has_ended = false;
    for c in plain.chars() {
        if c == '\n' || (has_ended && c.is_whitespace()) {
            found.push(String::new());
        }
        has_ended = ".?!…".contains(c);
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found.into_iter().map(Sentence).filter(|sentence| sentence.words().len() >= 4).collect()
}

/// Every sentence, once.
fn of_the_page() -> Vec<Sentence> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/text");
    let mut texts = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the texts are there") {
        let source = fs::read_to_string(file.expect("a file").path()).expect("it is text");
        texts.extend(literals(&source));
    }
    for profile in PROFILES.iter() {
        texts.insert(profile.description.to_owned());
        texts.extend(profile.directives.iter().map(|(_, why)| (*why).to_owned()));
    }
    texts.iter().flat_map(|text| sentences(text)).collect()
}

#[test]
fn the_page_is_in_plain_words() {
    let all = of_the_page();
    assert!(all.len() > 250, "{} sentences were found", all.len());
    let whole = grade(&all, true);
    let long = grade(all.iter().filter(|sentence| sentence.is_long()), true);
    println!("{} sentences: grade {whole:.1}; the long ones: {long:.1}", all.len());
    assert!(whole <= WHOLE, "the page's sentences are of grade {whole:.1}");
    assert!(long <= WHOLE_OF_LONG, "its long sentences are of grade {long:.1}");
}

#[test]
fn no_long_sentence_is_hard() {
    let mut hard: Vec<String> = of_the_page()
        .iter()
        .filter(|sentence| sentence.is_long() && grade([*sentence], false) > EACH)
        .map(|sentence| format!("{:.1}: {}", grade([sentence], false), sentence.0.trim()))
        .collect();
    hard.sort();
    assert_eq!(hard, [""; 0]);
}

#[test]
fn the_measure_tells_hard_words_from_plain_ones() {
    for (text, syllables) in [
        ("list", 1),
        ("table", 2),
        ("whole", 1),
        ("places", 2),
        ("tables", 2),
        ("makes", 1),
        ("added", 2),
        ("removed", 2),
        ("directive", 3),
        ("organisation", 5),
        ("the", 1),
    ] {
        assert_eq!(Word { text, is_first: true }.syllables(), syllables, "{text}");
    }
    let plain = &sentences("Paste the list and press Enter.")[0];
    let hard =
        &sentences("Organisational determination necessitates comprehensive documentation.")[0];
    assert!(grade([plain], true) < 3.0 && grade([hard], true) > 20.0);
    let names = sentences("Use Microsoft Intune or C:\\Users\\me for it. Yes.");
    assert_eq!(names.len(), 1, "a word alone is no sentence");
    let is_name: Vec<bool> = names[0].words().iter().map(Word::is_name).collect();
    assert_eq!(is_name, [false, true, true, false, true, false, false]);
}

#[test]
fn texts_are_found_as_rust_has_them() {
    let source = "// \"no\"\nconst A: &str = \"one \\\n    two\"; let c = '\"'; f(\"a \\\"b\\\" {n}\", 'x');\n\
                  fn g<'a>() {}\n#[cfg(test)]\n\"not this\"";
    assert_eq!(literals(source), ["one two", "a \"b\" {n}"]);
}
