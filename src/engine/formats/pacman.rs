//! `pacman -Q`: packages of Arch Linux and its relatives, a name and a version a line.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_lower, is_package_word, is_version_word,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "pacman",
    title: "Arch package list (pacman -Q)",
    reads: "lines of a package's name and version such as “bash 5.2.026-2”, as pacman -Q, -Qu, -Sl \
            and -Ss print them, and dpkg-query with such a format",
    how_to_get: "in a terminal: pacman -Q > programs.txt",
    cannot_show: "it has no makers, and only packages of the system's package manager; programs \
                  from flatpak, snap or archives are missing; flatpak list would show some of those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| {
        line.starts_with("    ") || line.starts_with("error:") || line.starts_with("warning:")
    },
    kinds: PACKAGE,
    expected: key!("a package's name and version such as “bash 5.2.026-2”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    if !counts.are_most(1) {
        return None;
    }
    // Lists of programs of Windows have versions too, but no releases behind a hyphen.
    let released = GRAMMAR.share(sample, |package| has_release(package.version));
    let is_plain = counts.packages >= 5 && released == 100;
    let is_list = counts.are_nearly_all(1) || is_plain;
    if !is_list || released < 50 || GRAMMAR.share(sample, is_lower) < 90 {
        return None;
    }
    let confidence = match counts.packages {
        _ if is_plain => Confidence::Certain,
        3.. => Confidence::Likely,
        _ => Confidence::Possible,
    };
    let reason = clause!("its lines are a package's name and a version with a release");
    Some(Sniffed { confidence, reason })
}

/// `5.2.026-2`, `1:2.3-1.1`: a release stands behind the last hyphen.
fn has_release(version: &str) -> bool {
    version.rsplit_once('-').is_some_and(|(before, release)| {
        !before.is_empty()
            && release.starts_with(|c: char| c.is_ascii_digit())
            && release.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'~'))
    })
}

fn is_version(word: &str) -> bool {
    let is_word = word
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'~' | b':'));
    is_word && (is_version_word(word) || has_release(word))
}

fn package(line: &str) -> Option<Package<'_>> {
    let mut words = line.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    if !line.starts_with(first) {
        return None;
    }
    let installed = |name| Package { name, version: second, ..Package::default() };
    // "bash 5.2-1", and "bash 5.2-1 -> 5.3-1" of what could be brought up to date.
    let third = words.next();
    if is_package_word(first)
        && is_version(second)
        && third.is_none_or(|word| word == "->" || word == "[ignored]")
    {
        return Some(installed(first));
    }
    // "core/bash 5.2-1 (base) [installed]" of a search.
    if let Some((repository, name)) = first.split_once('/') {
        let is_package = is_package_word(repository) && is_package_word(name) && is_version(second);
        let is_installed = repository == "local" || line.trim_end().ends_with(']');
        return is_package.then(|| Package { presence: presence(is_installed), ..installed(name) });
    }
    // "core bash 5.2-1 [installed]" of a repository's list.
    let version = third?;
    let state = words.next();
    let is_package = is_package_word(first)
        && is_package_word(second)
        && is_version(version)
        && state.is_none_or(|state| state.starts_with('['));
    let presence = presence(state.is_some());
    is_package.then(|| Package { name: second, version, presence, ..Package::default() })
}

fn presence(is_installed: bool) -> Presence {
    if is_installed { Presence::Installed } else { Presence::Available }
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
    fn names_and_versions_are_read() {
        check(
            "bash 5.2.026-2\nkesl 12.1.0-1\nfirefox 124.0.1-1 -> 124.0.2-1 [ignored]\nzlib 1:1.3.1-1\nxorg-server 21.1.11-1\na line of text that is no package\n",
            expect![[r#"
                Certain: its lines are a package's name and a version with a release
                1: bash | version 5.2.026-2 | package bash
                2: kesl | version 12.1.0-1 | package kesl
                3: firefox | version 124.0.1-1 | package firefox
                4: zlib | version 1:1.3.1-1 | package zlib
                5: xorg-server | version 21.1.11-1 | package xorg-server
                6! expected a package's name and version such as “bash 5.2.026-2”; passed over
                lines: 5 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn of_a_repository_only_marked_packages_are_installed() {
        check(
            "core bash 5.2.026-2 [installed]\nextra kesl 12.1.0-1\nextra aalib 1.4rc5-18 [installed: 1.4rc5-17]\n",
            expect![[r#"
                Likely: its lines are a package's name and a version with a release
                1: bash | version 5.2.026-2 | package bash
                2: kesl | version 12.1.0-1 | package kesl | available
                3: aalib | version 1.4rc5-18 | package aalib
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "extra/kesl 12.1.0-1 (tools)\n    Endpoint protection\nlocal/bash 5.2-1\ncore/zsh 5.9-4 [instalado]\n",
            expect![[r#"
                Likely: its lines are a package's name and a version with a release
                1: kesl | version 12.1.0-1 | package kesl | available
                3: bash | version 5.2-1 | package bash
                4: zsh | version 5.9-4 | package zsh
                lines: 3 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_windows_programs_are_not_recognised() {
        check(
            "firefox 115.0\n7zip 23.01\nvlc 3.0.20\n",
            expect![[r#"
            not recognised
            1: firefox | version 115.0 | package firefox
            2: 7zip | version 23.01 | package 7zip
            3: vlc | version 3.0.20 | package vlc
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Chocolatey v2.2.2\n7zip 23.1.0\nGoogleChrome 120.0.1\n2 packages installed.\n",
            expect![[r#"
                not recognised
                1! expected a package's name and version such as “bash 5.2.026-2”; passed over
                2: 7zip | version 23.1.0 | package 7zip
                3: GoogleChrome | version 120.0.1 | package GoogleChrome
                lines: 2 records + 1 structure + 1 problems
            "#]],
        );
        check(
            "Firefox 115.0-1\nKaspersky 21.3-1\nGit 2.44-1\n",
            expect![[r#"
            not recognised
            1: Firefox | version 115.0-1 | package Firefox
            2: Kaspersky | version 21.3-1 | package Kaspersky
            3: Git | version 2.44-1 | package Git
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Windows 10-1\nin 3-4\n",
            expect![[r#"
            not recognised
            1: Windows | version 10-1 | package Windows
            2: in | version 3-4 | package in
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
