//! Folding of text for comparison, and what else is read out of single fields.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// The text as it is compared: NFKC, case folded (Unicode default caseless matching), without
/// trademark signs and invisible characters, with one kind of quotation mark, hyphen and space.
///
/// Spaces are single and there are none at the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

/// The same in the place of what is there, for where many texts are compared one after the other.
pub fn fold_into(folded: &mut String, text: &str) {
    folded.clear();
    if text.is_ascii() {
        push_collapsed_ascii(folded, text.as_bytes());
    } else {
        let compared = text.chars().filter(|&c| !is_dropped(c)).map(one_kind);
        push_collapsed(folded, compared.nfkc().default_case_fold().nfkc().map(one_kind));
    }
}

/// Appends the characters with every run of white space made one space and none at the ends.
fn push_collapsed(into: &mut String, chars: impl Iterator<Item = char>) {
    let mut space_before = false;
    for c in chars {
        if c.is_whitespace() || c.is_control() {
            space_before = !into.is_empty();
        } else {
            if space_before {
                into.push(' ');
                space_before = false;
            }
            into.push(c);
        }
    }
}

/// The same for ASCII, in lower case, piece by piece.
fn push_collapsed_ascii(into: &mut String, text: &[u8]) {
    // `char::is_whitespace` and `is_control` below U+0080.
    let is_space = |byte: &u8| *byte <= b' ' || *byte == 0x7F;
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !into.is_empty() {
            into.push(' ');
        }
        // The text is ASCII, so each piece of it is valid.
        into.push_str(std::str::from_utf8(word).unwrap_or_default());
    }
    into.make_ascii_lowercase();
}

/// Trademark signs, which NFKC would turn into letters, and characters that are not seen:
/// soft hyphen, zero-width and directional marks, variation selectors, the BOM.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '™' | '®' | '©' | '℠'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
    )
}

/// One quotation mark and one hyphen for all kinds of them.
fn one_kind(c: char) -> char {
    match c {
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' | '＂' | '「' | '」' | '『' | '』' => {
            '"'
        }
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

/// The folded text's words, each between two spaces, so that whole words can be looked for as
/// plain text: `"Kaspersky® Anti-Virus"` gives `" kaspersky anti virus "`. Everything that is
/// neither a letter nor a digit separates words. Empty if there is no word.
pub fn spaced_words(folded: &str) -> String {
    let mut spaced = String::with_capacity(folded.len() + 2);
    let is_in_word = |c: char| {
        if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
    };
    for word in folded.split(|c: char| !is_in_word(c)).filter(|word| !word.is_empty()) {
        if spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
        spaced.push(' ');
    }
    spaced
}

/// The first GUID in the text, in braces and upper case.
///
/// Uninstall keys carry a product code as `{GUID}`, `InstallWIX_{GUID}` or `{GUID}_is1`, and
/// uninstall commands as `MsiExec.exe /X{GUID}`.
pub fn guid_in(text: &str) -> Option<String> {
    const SHAPE: &[u8] = b"{hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh}";
    let fits = |window: &[u8]| {
        window.iter().zip(SHAPE).all(|(&byte, &shape)| match shape {
            b'h' => byte.is_ascii_hexdigit(),
            other => byte == other,
        })
    };
    let at = text.as_bytes().windows(SHAPE.len()).position(fits)?;
    // The window matched ASCII bytes only, so both ends are character boundaries.
    Some(text[at..at + SHAPE.len()].to_ascii_uppercase())
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of lower-case hex, exactly so many; `None` for any other text.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        // Chunks of an even number are pairs.
        *byte = (digit(digits[0])? << 4) | digit(digits[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn case_width_composition_and_spaces_make_no_difference() {
        check("  Kaspersky\u{A0} ANTI-Virus ", "kaspersky anti-virus");
        check("Ｋａｓｐｅｒｓｋｙ", "kaspersky");
        check("Cafe\u{301}", "café");
        check("АНТИВИРУС Касперского", "антивирус касперского");
    }

    #[test]
    fn trademarks_and_invisible_characters_are_dropped() {
        check("Kaspersky™ Free®", "kaspersky free");
        check("Kas\u{200B}per\u{AD}sky", "kaspersky");
    }

    #[test]
    fn quotation_marks_and_hyphens_are_of_one_kind() {
        check("АО «Лаборатория Касперского»", "ао \"лаборатория касперского\"");
        check("Anti\u{2011}Virus", "anti-virus");
    }

    #[test]
    fn words_are_what_stands_between_other_characters() {
        assert_eq!(spaced_words("kaspersky_anti-virus (21.3)"), " kaspersky anti virus 21 3 ");
        assert_eq!(spaced_words("--"), "");
    }

    #[test]
    fn a_guid_is_found_in_keys_and_commands_only_when_whole() {
        let guid = "{F4ECE08F-50E9-44E2-A2F3-2F3C8DDF8E16}";
        assert_eq!(guid_in(&format!("InstallWIX_{}", guid.to_lowercase())).as_deref(), Some(guid));
        assert_eq!(guid_in(&format!("MsiExec.exe /X{guid}")).as_deref(), Some(guid));
        assert_eq!(guid_in("{3DE3615C-3799-3403-92E4-E0BE…"), None);
    }

    #[test]
    fn bytes_have_one_spelling_in_hex() {
        assert_eq!(unhex(&hex(&[0, 127, 255])), Some([0, 127, 255]));
        for text in ["00", "000000", "0G", "00fF", "00 f", "é0"] {
            assert_eq!(unhex::<2>(text), None, "{text}");
        }
    }
}
