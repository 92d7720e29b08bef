//! Versions as vendors write them, compared, and ranges of them.
//!
//! There is no one grammar: `2020.2.1 HF 1`, `21.3.10.391(k)`, `v4.2.0-rc1` and `1:2.3-5ubuntu1` are
//! all versions. They are compared part by part, numbers by value; a part that is missing counts
//! as 0. Words count only where everybody means the same by them: a release candidate comes before
//! the release, a hotfix after it.

use std::cmp::Ordering;

use crate::engine::clause::{Clause, clause};

/// A version, ready to be compared.
#[derive(Clone, Debug)]
pub struct Version(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// The digits without zeros in front: longer is greater, and none is zero.
    Number(String),
    /// What comes before the release, earliest first.
    Before(usize),
    /// What comes after it.
    After,
}

/// Words for what comes before a release, in their order.
const BEFORE: [&[&str]; 4] = [
    &["dev", "snapshot", "nightly"],
    &["alpha", "a"],
    &["beta", "b", "preview", "pre"],
    &["rc", "cr"],
];

/// Words for what comes after a release and is numbered.
const AFTER: [&str; 9] = ["hf", "hotfix", "sp", "mr", "update", "patch", "p", "fix", "cf"];

impl Version {
    /// Reads a version; `None` if it does not begin with a number (after `v`, `version` or an
    /// epoch).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("version").unwrap_or(&text).trim_start();
        let text = text.strip_prefix('v').unwrap_or(text).trim_start();
        // The epoch of a Debian or RPM version: "1:2.3-4" is 2.3 of whatever it was packed from.
        let text = match text.split_once(':') {
            Some((epoch, rest)) if epoch.bytes().all(|b| b.is_ascii_digit()) => rest,
            _ => text,
        };
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let is_word = first.is_alphabetic();
            let is_same = |c: char| {
                if is_number {
                    c.is_ascii_digit()
                } else if is_word {
                    c.is_alphabetic()
                } else {
                    !c.is_ascii_digit() && !c.is_alphabetic()
                }
            };
            let end = rest.find(|c| !is_same(c)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            if is_number {
                parts.push(Part::Number(run.trim_start_matches('0').to_owned()));
            } else if is_word {
                if let Some(stage) = BEFORE.iter().position(|words| words.contains(&run)) {
                    parts.push(Part::Before(stage));
                } else if AFTER.contains(&run) {
                    parts.push(Part::After);
                } else {
                    // "(build 391, en-us)", "ubuntu1": what follows says nothing about the order.
                    break;
                }
            } else if run.contains('+') || run.contains('(') {
                // Build metadata.
                break;
            }
        }
        Some(Self(parts))
    }

    /// The version at the end of a program's name: `Orion Platform 2020.2.1` has one. A number
    /// without a dot is taken for a part of the name.
    pub fn in_name(name: &str) -> Option<Self> {
        let at = name
            .match_indices(|c: char| c.is_ascii_digit())
            .map(|(at, _)| at)
            .find(|at| is_start_of_version(name, *at))?;
        Self::parse(name.get(at..)?)
    }
}

fn is_start_of_version(name: &str, at: usize) -> bool {
    let before = name.get(..at).and_then(|text| text.chars().next_back());
    // Most digits stand behind others, and a name may be a million of them.
    if !before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | 'v' | 'V' | '_')) {
        return false;
    }
    let word = name.get(at..).unwrap_or_default();
    let word = word.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    word.trim_end_matches('.').contains('.')
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().max(other.0.len());
        (0..length)
            .map(|at| compare(self.0.get(at), other.0.get(at)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare(a: Option<&Part>, b: Option<&Part>) -> Ordering {
    rank(a).cmp(&rank(b))
}

/// Before the release < nothing more = zero < a patch < a further number: `2.1` is more than `2 SP 1`.
fn rank(part: Option<&Part>) -> (u8, usize, &str) {
    match part {
        Some(Part::Before(stage)) => (0, *stage, ""),
        None => (1, 0, ""),
        Some(Part::Number(digits)) if digits.is_empty() => (1, 0, ""),
        Some(Part::After) => (2, 0, ""),
        Some(Part::Number(digits)) => (3, digits.len(), digits),
    }
}

/// A range of versions: conditions that must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRange(Vec<(Condition, Version)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Exactly,
}

/// By how they are written; the longer first.
const CONDITIONS: [(&str, Condition); 5] = [
    (">=", Condition::AtLeast),
    ("<=", Condition::AtMost),
    (">", Condition::MoreThan),
    ("<", Condition::LessThan),
    ("=", Condition::Exactly),
];

impl VersionRange {
    /// Reads a range such as `>=2019.4, <2020.2.2`.
    ///
    /// # Errors
    ///
    /// What was found and what was expected, in one sentence.
    pub fn parse(text: &str) -> Result<Self, Clause> {
        let condition = |written: &str| {
            let written = written.trim();
            let found = CONDITIONS.iter().find_map(|(sign, condition)| {
                Some((*condition, Version::parse(written.strip_prefix(sign)?)?))
            });
            found.ok_or_else(|| {
                clause!(
                    "expected conditions like \">=2019.4, <2020.2.2\" (>=, >, <=, < or = and a \
                     version, with commas between), found {found}",
                    found = format!("{written:?}"),
                )
            })
        };
        text.split(',').map(condition).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// True if the version is in the range.
    pub fn contains(&self, version: &Version) -> bool {
        self.0.iter().all(|(condition, limit)| match condition {
            Condition::AtLeast => version >= limit,
            Condition::MoreThan => version > limit,
            Condition::AtMost => version <= limit,
            Condition::LessThan => version < limit,
            Condition::Exactly => version == limit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, expected: Ordering, b: &str) {
        let (a, b) = (Version::parse(a).unwrap(), Version::parse(b).unwrap());
        assert_eq!(a.cmp(&b), expected, "{a:?} {b:?}");
        assert_eq!(b.cmp(&a), expected.reverse(), "{b:?} {a:?}");
    }

    #[test]
    fn what_is_neither_digit_nor_letter_ends() {
        // Superscripts, fractions and digits of other scripts are numeric, and no ASCII digits.
        for text in ["1²", "2.1½", "3٣", "4-\u{0}²-5"] {
            assert!(Version::parse(text).is_some(), "{text}");
        }
        assert_eq!(Version::parse("4-²-5"), Version::parse("4.5"));
    }

    #[test]
    fn numbers_are_compared_by_value_and_missing_ones_are_zero() {
        check("2019.4", Ordering::Less, "2020.2.1");
        check("2.10", Ordering::Greater, "2.9");
        check("1.0", Ordering::Equal, "1.0.0.0");
        check("1.0.0.1", Ordering::Greater, "1.0");
        check("007", Ordering::Equal, "7");
        check("1.99999999999999999999999999", Ordering::Less, "1.100000000000000000000000000");
    }

    #[test]
    fn what_vendors_put_around_a_version_makes_no_difference() {
        check("v21.3.10.391", Ordering::Equal, "21.3.10.391");
        check("Version 21.3", Ordering::Equal, "21.3");
        check("1:2.3", Ordering::Equal, "2.3");
        check("21.3.10.391(k)", Ordering::Equal, "21.3.10.391");
        check("4.1.0+build.7", Ordering::Equal, "4.1");
        check("12,0,3", Ordering::Equal, "12.0.3");
        check("3.2_1", Ordering::Equal, "3.2.1");
    }

    #[test]
    fn candidates_come_before_the_release_and_fixes_after_it() {
        check("4.2-alpha1", Ordering::Less, "4.2-beta1");
        check("4.2.0-rc1", Ordering::Less, "4.2.0");
        check("4.2 rc 2", Ordering::Greater, "4.2 RC 1");
        check("2020.2.1 HF 1", Ordering::Greater, "2020.2.1");
        check("2020.2.1 HF 2", Ordering::Greater, "2020.2.1 HF 1");
        check("2020.2.1 HF 2", Ordering::Less, "2020.2.4");
        check("12 SP1", Ordering::Less, "12.1");
    }

    #[test]
    fn words_that_say_nothing_about_the_order_are_not_counted() {
        check("2.3-5ubuntu1", Ordering::Equal, "2.3-5");
        check("2.3 en-us", Ordering::Equal, "2.3");
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in ["", "unknown", "Version", "n/a", "latest", "v"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_version_is_found_in_a_name() {
        let found = |name| Version::in_name(name);
        assert_eq!(found("Orion Platform 2020.2.1 HF 1"), Version::parse("2020.2.1 HF 1"));
        assert_eq!(found("Tool (v1.2)"), Version::parse("1.2"));
        assert_eq!(found("7-Zip 19.00 (x64)"), Version::parse("19.00"));
        assert_eq!(found("Office 2016"), None);
        assert_eq!(found("Log4j2.x"), None);
    }

    #[test]
    fn a_name_of_a_million_digits_is_read_in_no_time() {
        let name = format!("Tool {} 1.2", "1".repeat(1_000_000));
        assert_eq!(Version::in_name(&name), Version::parse("1.2"));
    }

    #[test]
    fn a_range_holds_what_fits_all_its_conditions() {
        let range = VersionRange::parse(">=2019.4, <=2020.2.1").unwrap();
        let contains = |text: &str| range.contains(&Version::parse(text).unwrap());
        assert!(contains("2019.4"));
        assert!(contains("2019.4 HF 5"));
        assert!(contains("2020.2.1"));
        assert!(!contains("2020.2.1 HF 1"));
        assert!(!contains("2019.2"));
        assert!(!VersionRange::parse("<2").unwrap().contains(&Version::parse("2").unwrap()));
        assert!(VersionRange::parse("=2").unwrap().contains(&Version::parse("2.0").unwrap()));
        assert!(VersionRange::parse(">2").unwrap().contains(&Version::parse("2.1").unwrap()));
    }

    #[test]
    fn a_range_that_is_none_says_what_was_expected() {
        for text in ["", "2019", ">=", ">=x", ">=1,", "~1.2"] {
            let message = VersionRange::parse(text).unwrap_err().told();
            assert!(message.contains("found"), "{text}: {message}");
        }
    }
}
