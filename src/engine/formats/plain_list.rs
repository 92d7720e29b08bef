//! A plain list of names, one program a line: what is left when nothing else fits.

use std::borrow::Cow;

use super::common::{is_prompt_line, is_remark, without_ellipsis};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::limits::PLAIN_ENTRY_BYTES;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "plain-list",
    title: "Plain list of names",
    reads: "one program's name a line, with or without a version behind it, bullets or numbers",
    how_to_get: "type or copy the names, one a line, from the list of installed apps in the \
                 system's settings",
    cannot_show: "only what somebody wrote down: names alone cannot show who published a program, \
                  and what is not on the list was not checked; the PowerShell command of step 2 \
                  lists everything with its publisher",
    platform: None,
    sniff,
    open: |_| Lines::boxed(PlainListReader),
};

/// The longest line that may be a name, in characters, when the format is looked for. The longest
/// display names seen (language packs, hotfixes with their titles) have some 150.
const NAME_CHARS: usize = 250;

/// The most words a line may have that stands for a name when the format is looked for.
const NAME_WORDS: usize = 14;

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut names, mut remarks, mut others, mut labelled) = (0, 0, 0, 0);
    for line in sample.filled_lines() {
        let text = entry(line);
        if looks_like_a_name(text) {
            names += 1;
            labelled += usize::from(is_labelled(text));
        } else if is_remark(text) {
            remarks += 1;
        } else if !is_prompt_line(line) && !is_comment(line) {
            others += 1;
        }
    }
    // A heading and a total are usual; a text with sentences in it is a letter, not a list.
    let has_few_remarks = remarks <= 2 || remarks * 4 <= names;
    // "Fallout: New Vegas" is a name; where most lines have a colon, what is before it is a label.
    let is_settings = labelled >= 3 && labelled * 2 > names;
    (names > 0 && others * 4 <= names && has_few_remarks && !is_settings).then(|| Sniffed {
        confidence: Confidence::Possible,
        reason: clause!("it has one short text a line and no other form was recognised"),
    })
}

/// The line's own text: without white space, bullet or number, quotation marks and end comma.
fn entry(line: &str) -> &str {
    let text = line.trim();
    let text = ["- ", "* ", "– ", "— ", "· ", "+ "]
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet))
        // No name begins with one of these, so the blank behind them may be missing, or a tab.
        .unwrap_or_else(|| {
            text.trim_start_matches(['•', '●', '○', '◦', '▪', '■', '►', '✓', '✔', '☐', '☑', '☒'])
        })
        .trim_start();
    let text = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|checkbox| text.strip_prefix(checkbox))
        .unwrap_or(text)
        .trim_start();
    let text = without_emphasis(without_number(text));
    let text = text.strip_suffix(',').unwrap_or(text);
    let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    // The marks of `"Лаборатория" and "Lab"` belong to what is inside.
    unquoted.filter(|text| !text.contains('"')).unwrap_or(text).trim()
}

/// `**Firefox**`, `` `Firefox` `` and `[Firefox](https://…)` of Markdown, without the marks.
fn without_emphasis(text: &str) -> &str {
    if let Some((name, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once("](http")) {
        return name;
    }
    ["**", "__", "`"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark))
        .filter(|inside| !inside.contains(['*', '`']))
        .unwrap_or(text)
}

/// True for a line that only comments on the list: `# Installed on PC-17`. `#1 Converter` is a
/// name.
fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("# ") || line.starts_with("// ") || line == "#"
}

/// `Label: value`.
fn is_labelled(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| label.split_whitespace().count() <= 4)
}

/// Without `12. `, `12) ` or `12` and a tab; the dot needs a space behind it, or `7.` of a version would go.
fn without_number(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return text;
    }
    // Digits are one byte each.
    let rest = &text[digits..];
    [". ", ") ", ".\t", ")\t", "\t"]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .unwrap_or(text)
        .trim_start()
}

/// Whether a line by itself could be a program's name: short, with a letter, begun like a name,
/// and not a sentence, a setting, markup or code.
fn looks_like_a_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let is_short = words <= NAME_WORDS && text.chars().count() <= NAME_CHARS;
    if !is_short || !text.contains(char::is_alphabetic) || is_remark(text) {
        return false;
    }
    // Of several words, names have one with a capital, a digit or a letter that knows no case.
    let has_a_names_word = words <= 2
        || text.split_whitespace().any(|word| {
            word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| {
                c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase())
            })
        });
    let is_markup = text.starts_with('<') || text.contains("</") || text.contains("/>");
    let is_code = text.ends_with([';', '{', '}', '\\'])
        || text.starts_with(['{', '}', '#', '/', '@', '%', '$', '='])
            && !text.starts_with("@kaspersky/")
            && !text
                .strip_prefix('#')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || ["==", "=>", "->", "::", "()", "://", "= "].iter().any(|sign| text.contains(sign));
    // "Host Name:                 PC-17", "Key: value"; but "Fallout: New Vegas" is a name.
    let is_setting = text.split_once(": ").is_some_and(|(_, value)| {
        value.starts_with("  ") || value.trim().bytes().all(|b| b.is_ascii_digit())
    });
    // "PATH=/usr/bin", "proxy.port=8080".
    let is_assignment = text.split_once('=').is_some_and(|(key, _)| {
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    });
    // "2026-01-31 12:00:01 INFO started", "Jan 31 12:00:01 pc …".
    let is_log = text.split_whitespace().take(4).any(is_clock_time);
    has_a_names_word && !is_markup && !is_code && !is_setting && !is_assignment && !is_log
}

fn is_clock_time(word: &str) -> bool {
    let mut parts = word.trim_matches(['[', ']']).splitn(3, ':');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    is_number(parts.next())
        && is_number(parts.next())
        && parts.next().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// The last word that is a version and nothing else: `7-Zip 23.01 (x64)` has `23.01`.
pub(super) fn version(name: &str) -> &str {
    name.split_whitespace()
        .skip(1)
        .filter(|word| {
            let word = word.strip_prefix(['v', 'V']).unwrap_or(word);
            word.contains('.')
                && word
                    .split('.')
                    .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
        .last()
        .unwrap_or_default()
}

/// The text with `&#8482;`, `&amp;` and the like made characters, as lists copied from web pages
/// and forum posts have them.
fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let decoded = rest.find(';').and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        // '&' and ';' are one byte long, so every cut is at a character boundary.
        let (c, length) = decoded.unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "reg" => '®',
        "copy" => '©',
        "trade" => '™',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    })
}

struct PlainListReader;

impl LineReader for PlainListReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = entry(line.text);
        if text.is_empty() || is_prompt_line(line.text) || is_comment(line.text) || is_remark(text)
        {
            return Outcome::STRUCTURE;
        }
        if text.len() > PLAIN_ENTRY_BYTES {
            let (bytes, limit) = (text.len() as u64, PLAIN_ENTRY_BYTES as u64);
            sink.problem(line.number, ProblemKind::LineTooLong { bytes, limit }, line.text);
            return Outcome::PROBLEM;
        }
        let name = without_entities(text);
        let whole = match without_ellipsis(&name) {
            Some(cut) => {
                sink.problem(line.number, ProblemKind::NameCut, line.text);
                cut
            }
            None => &name,
        };
        sink.record(&Record {
            name: whole,
            version: version(whole),
            line: line.number,
            text: line.text,
            ..Record::default()
        });
        Outcome::RECORD
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn a_name_a_line_is_a_record_a_line() {
        check(
            "7-Zip 23.01 (x64)\nKaspersky Endpoint Security 12.6.0.438\nклиент\n\nFallout: New Vegas\n",
            expect![[r#"
                Possible: it has one short text a line and no other form was recognised
                1: 7-Zip 23.01 (x64) | version 23.01
                2: Kaspersky Endpoint Security 12.6.0.438 | version 12.6.0.438
                3: клиент
                5: Fallout: New Vegas
                lines: 4 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn bullets_numbers_quotes_and_entities_are_taken_off() {
        check(
            "- [x] Firefox\n•\tOpera\n☑Git\n1. **Perl 5**\n[vlc](https://example.org)\n2. Skype&#8482; 8.1\n\"Tom &amp; Jerry\",\n* 7 Days to Die\nR&D; Tool\n",
            expect![[r#"
                Possible: it has one short text a line and no other form was recognised
                1: Firefox
                2: Opera
                3: Git
                4: Perl 5
                5: vlc
                6: Skype™ 8.1 | version 8.1
                7: Tom & Jerry
                8: 7 Days to Die
                9: R&D; Tool
                lines: 9 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn comments_are_structure_and_marks_inside_a_name_stay() {
        check(
            "# my list\n#1 Video Converter\n12\tKaspersky VPN\n\"A\" and \"B\"\n1) Git\n",
            expect![[r#"
                Possible: it has one short text a line and no other form was recognised
                2: #1 Video Converter
                3: Kaspersky VPN
                4: "A" and "B"
                5: Git
                lines: 4 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_line_of_several_programs_is_still_searched() {
        let list = "Firefox, Kaspersky Endpoint Security, ".repeat(8);
        check(
            &format!("7-Zip\nGit\nNode.js\nPerl\n{list}\n"),
            expect![[r#"
            Possible: it has one short text a line and no other form was recognised
            1: 7-Zip
            2: Git
            3: Node.js
            4: Perl
            5: Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security, Firefox, Kaspersky Endpoint Security
            lines: 5 records + 0 structure + 0 problems
        "#]],
        );
        let long = format!("7-Zip\nGit\nNode.js\nPerl\n{}\n", "a b ".repeat(2000));
        check(
            &long,
            expect![[r#"
            Possible: it has one short text a line and no other form was recognised
            1: 7-Zip
            2: Git
            3: Node.js
            4: Perl
            5! the line is 7999 bytes long; the longest line that is read is 4000 bytes; was the file saved without line breaks?
            lines: 4 records + 0 structure + 1 problems
        "#]],
        );
    }

    #[test]
    fn headings_totals_and_prompts_are_structure() {
        check(
            "Installed programs:\n$ cat list.txt\nFirefox\nThunderbird\n2 programs found\n",
            expect![[r#"
                Possible: it has one short text a line and no other form was recognised
                3: Firefox
                4: Thunderbird
                lines: 2 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_cut_name_is_read_and_said() {
        check(
            "Kaspersky Endpoint Secu…\n",
            expect![[r#"
            Possible: it has one short text a line and no other form was recognised
            1! the tool cut this name; what is left was checked, but a wider list would say more
            1: Kaspersky Endpoint Secu
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn prose_settings_markup_logs_and_code_are_not_recognised() {
        for text in [
            "Dear all, please send me the list of what is installed on your computer by Friday.\n",
            "this is not a list of any programs\n",
            "Host Name:                 PC-17\nOS Name:                   Windows\n",
            "<html>\n<body>\n<p>Hello</p>\n",
            "2026-01-31 12:00:01 INFO started\n2026-01-31 12:00:02 INFO done\n",
            "fn main() {\n    let a = 1;\n}\n",
            "https://example.org/a\nhttps://example.org/b\n",
            "PATH=/usr/bin\nHOME=/home/me\nUSER=me\nLANG=C\n",
            "Model: X1\nSerial: ABC\nOwner: Ana\nRoom: B7\n",
            "# only a comment\n",
        ] {
            let transcript = transcript(&FORMAT, text);
            assert!(transcript.starts_with("not recognised"), "{text}{transcript}");
        }
    }
}
