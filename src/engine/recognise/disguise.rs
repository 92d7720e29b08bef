//! Names that are made to look like others: `Kаspersky` with a Cyrillic а, `TikTok` with an
//! invisible character in it, `𝐓𝐢𝐤𝐓𝐨𝐤` in letters of mathematics.
//!
//! What looks alike is told by the confusables of Unicode Technical Standard 39 (the
//! `unicode-security` crate). A text is read anew only in words that become wholly Latin, or
//! wholly Cyrillic, by it: nobody writes half a word in another script by chance, and ordinary
//! Russian words keep letters that look like no Latin one.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

use crate::engine::clause::{Clause, clause};

/// A text as an eye reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undisguised {
    /// The text with the letters it is read as.
    pub(super) text: String,
    /// What is done to it, in words, each once: `the Cyrillic а (U+0430) stands for a`.
    pub(super) tricks: Vec<Clause>,
}

/// The text with the words that look Latin read as Latin; `None` if none does that is not.
pub(super) fn read_as_latin(text: &str) -> Option<Undisguised> {
    read(text, to_latin)
}

/// The same only for words that have Latin letters already: a word of two scripts is no accident, and
/// short words of one, such as «Агент», can look Latin by chance.
pub(super) fn read_mixed_as_latin(text: &str) -> Option<Undisguised> {
    let has_latin = |word: &str| word.chars().any(|c| c.is_ascii_alphabetic());
    read(text, |word| to_latin(word).filter(|_| has_latin(word)))
}

/// The text with the Latin letters of Cyrillic words read as Cyrillic; `None` if there are none.
pub(super) fn read_as_cyrillic(text: &str) -> Option<Undisguised> {
    read(text, to_cyrillic)
}

/// The text with those of its words read anew that can be.
fn read(text: &str, read_word: impl Fn(&str) -> Option<Vec<char>>) -> Option<Undisguised> {
    if text.is_ascii() {
        return None;
    }
    let mut undisguised = Undisguised { text: String::new(), tricks: Vec::new() };
    let composed: String = text.nfc().collect();
    // Marks stay with the letters they stand on.
    let is_in_word = |c: char| c.is_alphanumeric() || is_mark(c);
    let mut rest = composed.as_str();
    while let Some(first) = rest.chars().next() {
        let is_word = is_in_word(first);
        let end = rest.find(|c| is_in_word(c) != is_word).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match read_word(run).filter(|_| is_word) {
            Some(letters) => {
                let (marks, written): (Vec<char>, Vec<char>) =
                    run.chars().partition(|c| is_mark(*c));
                let swapped = written.into_iter().zip(&letters).filter_map(swap);
                let marked = marks
                    .iter()
                    .map(|c| clause!("a mark ({code}) is put on a letter", code = code_of(*c)));
                for trick in swapped.chain(marked) {
                    if !undisguised.tricks.contains(&trick) {
                        undisguised.tricks.push(trick);
                    }
                }
                undisguised.text.extend(letters);
            }
            None => undisguised.text.push_str(run),
        }
    }
    (!undisguised.tricks.is_empty()).then_some(undisguised)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The word in Latin letters and digits, one for each character, if each looks like one.
fn to_latin(word: &str) -> Option<Vec<char>> {
    let letters = word.chars().filter(|c| !is_mark(*c)).map(latin);
    let letters: Vec<char> = letters.collect::<Option<_>>()?;
    (!word.is_ascii()).then_some(letters)
}

/// The Latin letter that the character looks like: its own if it is one, also below accents.
fn latin(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let base = c.to_string().nfkd().next()?;
    if base.is_ascii_alphanumeric() {
        return Some(base);
    }
    // Some letters look like a Latin one only as capitals: к like K, but not like k.
    let capital = base.to_uppercase().next().filter(|capital| *capital != base);
    let letter = [Some(base), capital].into_iter().flatten().find_map(|c| {
        match only(skeleton(&c.to_string()))? {
            // To UTS 39 the capital I is an l.
            'l' if c.is_uppercase() => Some('i'),
            letter => letter.is_ascii_alphabetic().then_some(letter),
        }
    })?;
    Some(if base.is_uppercase() {
        letter.to_ascii_uppercase()
    } else {
        letter.to_ascii_lowercase()
    })
}

/// The word in Cyrillic letters, if it has some and all others look like one.
fn to_cyrillic(word: &str) -> Option<Vec<char>> {
    let is_cyrillic = |c: char| c.script() == Script::Cyrillic;
    let has_both = word.chars().any(is_cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic());
    if !has_both {
        return None;
    }
    let letters = word.chars().map(|c| match c {
        c if is_cyrillic(c) => Some(c),
        c => cyrillic(c),
    });
    letters.collect()
}

/// The letter of the Russian or Ukrainian alphabet that a Latin one looks like.
fn cyrillic(c: char) -> Option<char> {
    const ALPHABET: &str = "аеорсухкмтвніј";
    let c = c.to_ascii_lowercase();
    ALPHABET.chars().find(|letter| latin(*letter) == Some(c))
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// What is odd about how the text is written although it compares as if it were not: characters
/// that nobody sees inside a word, and letters that only mathematics uses.
pub(super) fn oddities(text: &str) -> Option<Clause> {
    if text.is_ascii() {
        return None;
    }
    // Between letters: at the ends of a name such characters are only careless.
    let mut hidden = None;
    let mut is_in_word = false;
    for c in text.chars() {
        if is_hidden(c) {
            hidden = hidden.or(is_in_word.then_some(c));
            continue;
        }
        if let (Some(hidden), true) = (hidden, c.is_alphanumeric()) {
            return Some(clause!(
                "an invisible character ({code}) stands inside a word",
                code = code_of(hidden),
            ));
        }
        hidden = None;
        is_in_word = c.is_alphanumeric();
    }
    let is_mathematical = |c: &char| {
        let code = u32::from(*c);
        matches!(code, 0x1D400..=0x1D7FF | 0x24B6..=0x24E9 | 0x1F130..=0x1F189)
    };
    text.chars().find(is_mathematical).map(|c| {
        clause!(
            "it is written with letters for mathematics or ornament, such as {letter} ({code})",
            letter = c.to_string(),
            code = code_of(c),
        )
    })
}

/// Characters without width that say nothing in a name.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// One letter in place of another, in words; `None` if it is the letter itself.
fn swap((written, read): (char, &char)) -> Option<Clause> {
    let is_same = written.to_lowercase().eq(read.to_lowercase());
    (!is_same).then(|| {
        clause!(
            "the {script} {written} ({code}) stands for {read}",
            script = Clause::from(written.script().full_name()),
            written = written.to_string(),
            code = code_of(written),
            read = read.to_string(),
        )
    })
}

/// The character by its number: `U+0430`.
fn code_of(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// The tricks as the rest of a sentence.
pub(super) fn in_words(tricks: &[Clause]) -> Clause {
    /// Enough to see what was done.
    const SHOWN: usize = 4;
    let shown = tricks.get(..SHOWN).unwrap_or(tricks).to_vec();
    if tricks.len() > SHOWN {
        clause!("{tricks}, and so on", tricks = shown)
    } else {
        Clause::untold(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::words::fold;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = [read_as_latin(text), read_as_cyrillic(text)].into_iter().flatten();
        let texts: Vec<String> = read.map(|it| fold(&it.text)).collect();
        assert!(texts.iter().any(|text| text == expected), "{text}: {texts:?}");
    }

    #[track_caller]
    fn check_stays(text: &str) {
        let read = [read_as_latin(text), read_as_cyrillic(text)].into_iter().flatten();
        let texts: Vec<String> = read.map(|it| fold(&it.text)).collect();
        assert_eq!(texts, [""; 0], "{text}");
    }

    #[test]
    fn letters_of_other_scripts_are_read_as_the_latin_ones_they_look_like() {
        check("Kаspersky Total Security", "kaspersky total security");
        // Cyrillic К, а, ѕ, р, е, г, ѕ, к, у.
        check("Каѕреrѕку", "kaspersky");
        check("Κaspersky", "kaspersky");
        check("ТікТоk", "tiktok");
        check("WеСhаt 3.9", "wechat 3.9");
        check("АСRОNІS", "acronis");
    }

    #[test]
    fn accents_and_marks_on_latin_letters_are_taken_off() {
        check("Kàspérsky", "kaspersky");
        check("T\u{336}i\u{336}k\u{336}Tok", "tiktok");
    }

    #[test]
    fn latin_letters_in_cyrillic_words_are_read_as_cyrillic() {
        check("Лаборатория Кaсперского", "лаборатория касперского");
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "Kaspersky",
            "Антивирус Касперского",
            "Яндекс.Браузер для Windows",
            "腾讯QQ",
            "カスペルスキー",
            "카스퍼스키",
            "Ελληνικά",
        ] {
            check_stays(text);
        }
    }

    #[test]
    fn what_stands_for_what_is_said() {
        assert_eq!(
            in_words(&read_as_latin("Kаspеrsky").unwrap().tricks).told(),
            "the Cyrillic а (U+0430) stands for a, the Cyrillic е (U+0435) stands for e"
        );
    }

    #[test]
    fn what_is_hidden_or_ornament_is_said() {
        let odd = |text| oddities(text).unwrap_or_default().told();
        assert!(odd("Kas\u{200B}persky").contains("U+200B"));
        assert!(odd("Kas\u{200C}\u{200B}persky").contains("U+200C"));
        assert!(odd("𝐊𝐚𝐬𝐩𝐞𝐫𝐬𝐤𝐲").contains("mathematics"));
        assert_eq!(odd("Kaspersky\u{200B}"), "");
        assert_eq!(odd("Ｋａｓｐｅｒｓｋｙ"), "");
        assert_eq!(odd("Kaspersky™"), "");
    }
}
