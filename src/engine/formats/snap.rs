//! `snap list`: snaps, with revision, channel and publisher.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word};
use super::{Confidence, Format, Lines, Reader, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "snap",
    title: "Snap list (snap list)",
    reads: "the table that snap list prints: name, version, revision, channel and publisher; also \
            what snap find prints, as available",
    how_to_get: "in a terminal: snap list > snaps.txt",
    cannot_show: "only snaps are listed; most programs of a Linux computer come from its package \
                  manager, which dpkg -l or rpm -qa lists",
    platform: Some(Platform::Linux),
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    let is_search = sample.filled_lines().any(|line| header(line) == Some(Header::Find));
    Lines::boxed(GrammarReader(if is_search { &FIND } else { &LIST }))
}

static LIST: Grammar = Grammar {
    package: installed,
    is_structure,
    kinds: PACKAGE,
    expected: key!("a row such as “firefox  115.0  2908  latest/stable  mozilla**  -”"),
};

static FIND: Grammar = Grammar {
    package: available,
    is_structure,
    kinds: PACKAGE,
    expected: key!("a row such as “firefox  115.0  mozilla**  -  Mozilla Firefox web browser”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let found = sample.filled_lines().find_map(header);
    let counts = LIST.count(sample);
    let (confidence, reason) = match found {
        Some(Header::List) => (Confidence::Certain, key!("it has the header of snap list")),
        Some(Header::Find) => (Confidence::Certain, key!("it has the header of snap find")),
        None if counts.are_nearly_all(1) => (
            Confidence::Likely,
            key!("its rows have a revision and a channel, as those of snap list"),
        ),
        None => return None,
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    List,
    Find,
}

/// `Name  Version  Rev  Tracking  Publisher  Notes`, with Developer in older versions.
fn header(line: &str) -> Option<Header> {
    let words: Vec<&str> = line.split_whitespace().take(7).collect();
    match words.as_slice() {
        ["Name", "Version", "Rev", .., "Notes"] => Some(Header::List),
        ["Name", "Version", "Publisher" | "Developer", "Notes", "Summary"] => Some(Header::Find),
        _ => None,
    }
}

fn is_structure(line: &str) -> bool {
    header(line).is_some()
}

fn installed(line: &str) -> Option<Package<'_>> {
    let words: Vec<&str> = line.split_whitespace().take(7).collect();
    let (name, version, revision, publisher) = match words.as_slice() {
        [name, version, revision, tracking, publisher, _] if is_channel(tracking) => {
            (*name, *version, *revision, *publisher)
        }
        // Before 2.36 there was no channel.
        [name, version, revision, publisher, _] => (*name, *version, *revision, *publisher),
        _ => return None,
    };
    // "x1" is a snap of one's own.
    let revision = revision.strip_prefix('x').unwrap_or(revision);
    let is_row = is_package_word(name)
        && !revision.is_empty()
        && revision.bytes().all(|b| b.is_ascii_digit());
    is_row.then(|| Package {
        name,
        version,
        publisher: without_marks(publisher),
        // A disabled snap is still on the disk.
        presence: Presence::Installed,
        ..Package::default()
    })
}

fn available(line: &str) -> Option<Package<'_>> {
    let mut words = line.split_whitespace();
    let (name, version, publisher) = (words.next()?, words.next()?, words.next()?);
    words.next()?;
    is_package_word(name).then(|| Package {
        name,
        version,
        publisher: without_marks(publisher),
        presence: Presence::Available,
        ..Package::default()
    })
}

/// `latest/stable`, `22/stable/…`, `-` of a snap that was installed from a file.
fn is_channel(word: &str) -> bool {
    word == "-" || word.contains(['/', '\u{2026}']) || word.chars().all(char::is_alphanumeric)
}

/// `canonical**`, `canonical✓`: the mark says that the publisher's identity was checked.
fn without_marks(publisher: &str) -> &str {
    let publisher = publisher.trim_end_matches(['*', '\u{2713}', '\u{2714}', '\u{272A}']);
    if publisher == "-" { "" } else { publisher }
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
    fn rows_are_read_and_marks_taken_off() {
        check(
            "Name     Version  Rev   Tracking         Publisher    Notes\ncore22   2024     1122  latest/stable    canonical**  base,disabled\nkesl     12.1     x1    -                -            -\nfirefox  123.0    3836  latest/stable/…  mozilla✓     -\n",
            expect![[r#"
                Certain: it has the header of snap list
                2: core22 | version 2024 | publisher canonical | package core22
                3: kesl | version 12.1 | package kesl
                4: firefox | version 123.0 | publisher mozilla | package firefox
                lines: 3 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "kesl  12.1  3  latest/stable  someone  -\n",
            expect![[r#"
            Likely: its rows have a revision and a channel, as those of snap list
            1: kesl | version 12.1 | publisher someone | package kesl
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Name  Version  Rev  Developer  Notes\nkesl  10.1  3  someone  -\n",
            expect![[r#"
                Certain: it has the header of snap list
                2: kesl | version 10.1 | publisher someone | package kesl
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_is_found_is_available() {
        check(
            "Name  Version  Publisher  Notes  Summary\nkesl  12.1  someone*  -  Endpoint protection\n",
            expect![[r#"
                Certain: it has the header of snap find
                2: kesl | version 12.1 | publisher someone | package kesl | available
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "Name  Version  Source\nkesl  12.1  x\n",
            expect![[r#"
            not recognised
            1! expected a row such as “firefox  115.0  2908  latest/stable  mozilla**  -”; passed over
            2! expected a row such as “firefox  115.0  2908  latest/stable  mozilla**  -”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "the cat sat on the mat\n",
            expect![[r#"
            not recognised
            1! expected a row such as “firefox  115.0  2908  latest/stable  mozilla**  -”; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
