//! Names of packages and nothing else, one a line, with some among them that every Linux has.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_debian_name, is_of_every_linux, is_package_word,
    no_structure, without_architecture,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "package-names",
    title: "Names of packages (pacman -Qq, apt-mark showmanual)",
    reads: "one package's name a line and nothing else, as pacman -Qq, apt-mark showmanual, apk \
            info and rpm -qa --qf '%{NAME}\\n' print them",
    how_to_get: "in a terminal: dpkg -l, rpm -qa, pacman -Q or apk list --installed print the same \
                 with versions, which is better",
    cannot_show: "names alone show neither versions nor makers, and apt-mark showmanual leaves out \
                  what was installed along with something else; dpkg -l or rpm -qai shows all",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("the name of a package such as bash"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    if !counts.are_nearly_all(5) {
        return None;
    }
    let lower = GRAMMAR.share(sample, |package| is_debian_name(package.name));
    // One may be a coincidence.
    let based = sample
        .filled_lines()
        .filter(|line| is_of_every_linux(without_architecture(line.trim())))
        .count();
    (lower >= 80 && based >= 2).then(|| Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines are names of packages, some of which every Linux has"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let name = line.trim();
    is_package_word(name)
        .then(|| Package { name: without_architecture(name), ..Package::default() })
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
    fn names_are_packages_where_some_are_of_linux() {
        check(
            "bash\nkesl\nlibc6:amd64\nNetworkManager\nklnagent64\nzlib\nwhat is this here\nxz\nless\ncurl\nvim\n",
            expect![[r#"
                Likely: its lines are names of packages, some of which every Linux has
                1: bash | package bash
                2: kesl | package kesl
                3: libc6 | package libc6
                4: NetworkManager | package NetworkManager
                5: klnagent64 | package klnagent64
                6: zlib | package zlib
                7! expected the name of a package such as bash; passed over
                8: xz | package xz
                9: less | package less
                10: curl | package curl
                11: vim | package vim
                lines: 10 records + 0 structure + 1 problems
            "#]],
        );
        check(
            "acl\nbash\nkesl\ncoreutils\nzsh\n",
            expect![[r#"
            Likely: its lines are names of packages, some of which every Linux has
            1: acl | package acl
            2: bash | package bash
            3: kesl | package kesl
            4: coreutils | package coreutils
            5: zsh | package zsh
            lines: 5 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn names_of_other_systems_are_not_recognised() {
        check(
            "git\nnode\nkaspersky\nfirefox\nvlc\nbash\n",
            expect![[r#"
            not recognised
            1: git | package git
            2: node | package node
            3: kaspersky | package kaspersky
            4: firefox | package firefox
            5: vlc | package vlc
            6: bash | package bash
            lines: 6 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Firefox\nKaspersky\n7-Zip\nbash\nsed\n",
            expect![[r#"
            not recognised
            1: Firefox | package Firefox
            2: Kaspersky | package Kaspersky
            3: 7-Zip | package 7-Zip
            4: bash | package bash
            5: sed | package sed
            lines: 5 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "bash\nsed\ngrep\n",
            expect![[r#"
            not recognised
            1: bash | package bash
            2: sed | package sed
            3: grep | package grep
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
