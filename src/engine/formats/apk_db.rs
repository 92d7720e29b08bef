//! `/lib/apk/db/installed`: the database of Alpine's package manager, keys of one letter.

use super::columns::{Field, Meaning};
use super::package_blocks::{BlockReader, Dialect, no_heading, no_second};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "apk-db",
    title: "Alpine package database (/lib/apk/db/installed)",
    reads: "blocks of lines such as “P:bash” and “V:5.2.15-r5”, one block a package",
    how_to_get: "copy the file /lib/apk/db/installed",
    cannot_show: "only packages of the system's package manager are listed; what was copied or \
                  built by hand is missing",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(BlockReader::new(&DIALECT)),
};

static DIALECT: Dialect = Dialect {
    split,
    names_package: |line| line.starts_with("P:"),
    meaning,
    second: no_second,
    presence: |_, _| None,
    index_keys: &[],
    heading: no_heading,
    ends_at_blank: true,
    expected: key!("a block with a line such as “P:bash”"),
    untold: None,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let seen = DIALECT.look(sample, &["V", "A", "I", "T", "C", "o", "L", "F", "R", "Z"]);
    (seen.packages > 0 && seen.keys >= 5).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its blocks have the one-letter keys of Alpine's package database"),
    })
}

fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    (key.len() == 1 && key.bytes().all(|b| b.is_ascii_alphabetic())).then_some((key, value.trim()))
}

fn meaning(key: &str) -> Option<Meaning> {
    let field = match key {
        "P" => Field::PackageName,
        "V" => Field::Version,
        "m" => Field::Publisher,
        _ => return None,
    };
    Some(Meaning { field, rank: 0 })
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
    fn blocks_of_one_letter_keys_are_read() {
        check(
            "C:Q1abc\nP:kesl\nV:12.1.0-r0\nA:x86_64\nT:protects\nm:IT <it@example.org>\nF:usr/bin\nR:kesl\nZ:Q1abc\n\nC:Q1abd\nP:musl\nV:1.2\n\n",
            expect![[r#"
                Certain: its blocks have the one-letter keys of Alpine's package database
                1: kesl | version 12.1.0-r0 | publisher IT <it@example.org> | package kesl
                11: musl | version 1.2 | package musl
                lines: 12 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn drives_and_dialogues_are_not_recognised() {
        check(
            "C: 120 GB\nD: 500 GB\nP: network\n",
            expect![[r#"
            not recognised
            1: network | package network
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Q: what is P?\nA: a letter\nP: no\n",
            expect![[r#"
            not recognised
            1: no | package no
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
