//! `dpkg-query -W` and `rpm -qa --qf`: fields of packages that a command chose, with a sign between.

use super::common::is_prompt_line;
use super::dpkg;
use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_lower, is_of_every_linux, is_package_word,
    is_version_word, presence_of_status, without_architecture,
};
use super::rpm;
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "package-query",
    title: "Package query (dpkg-query -W, rpm --queryformat)",
    reads: "lines of a package's name, its version and perhaps its state or vendor, with a tab, \
            semicolon, pipe or comma between, as dpkg-query -W and rpm -qa --queryformat print them",
    how_to_get: "in a terminal, on Debian or Ubuntu: dpkg-query -W \
                 -f='${Package}\\t${Version}\\t${Status}\\t${Maintainer}\\n' > programs.txt; on Red Hat \
                 or SUSE: rpm -qa --qf '%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{VENDOR}\\n' > programs.txt",
    cannot_show: "dpkg-query -W without the Status field lists removed packages like installed \
                  ones; dpkg -l tells them apart. Programs from snap, flatpak or archives are \
                  missing; snap list and flatpak list would show those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| line.starts_with("dpkg-query:"),
    kinds: PACKAGE,
    expected: key!("a package's name, a tab or other sign, and its version"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    // With a header the table is read as any other.
    let mut lines = sample.filled_lines().filter(|line| !is_prompt_line(line));
    let first = lines.find(|line| line.contains(delimiters))?;
    package(first)?;
    let has_status = sample.filled_lines().any(|line| fields(line).any(|f| presence(f).is_some()));
    let counts = GRAMMAR.count(sample);
    if !counts.are_most(1) {
        return None;
    }
    let lower = GRAMMAR.share(sample, is_lower);
    let is_list = (counts.are_nearly_all(if has_status { 1 } else { 3 }) && lower >= 80)
        || (counts.are_most(5) && lower == 100);
    if !is_list || !(has_status || is_of_linux(sample)) {
        return None;
    }
    let (confidence, reason) = if has_status {
        (Confidence::Certain, key!("its lines are a package, a version and a state of dpkg"))
    } else {
        (Confidence::Likely, key!("its lines are a package's name, a sign and a version"))
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

/// True if something tells packages of Linux from any names and versions: releases behind a
/// hyphen, architectures, or names that every Linux has.
fn is_of_linux(sample: &Sample<'_>) -> bool {
    const DEBIAN_ARCHITECTURES: &[&str] = &["amd64", "arm64", "armhf", "all", "ppc64el"];
    let released = GRAMMAR.share(sample, |package| package.version.contains('-'));
    let based = sample.filled_lines().filter_map(package).filter(|p| is_of_every_linux(p.name));
    let based = based.count();
    let has_architecture = sample.filled_lines().any(|line| {
        fields(line).skip(2).any(|field| {
            DEBIAN_ARCHITECTURES.contains(&field) || rpm::ARCHITECTURES.contains(&field)
        })
    });
    released >= 40 || based >= 2 || has_architecture
}

fn delimiters(c: char) -> bool {
    matches!(c, '\t' | ';' | '|' | ',')
}

/// The fields, parted by whichever sign comes first.
fn fields(line: &str) -> impl Iterator<Item = &str> {
    let delimiter = line.chars().find(|c| delimiters(*c)).unwrap_or('\t');
    line.split(delimiter).map(|field| field.trim_matches(|c| c == '"' || c == ' '))
}

fn package(line: &str) -> Option<Package<'_>> {
    let mut rest = fields(line);
    let mut package = match presence(rest.next()?) {
        // `${db:Status-Abbrev}` may stand first.
        Some(presence) => named(&mut rest, line).map(|named| Package { presence, ..named }),
        None => None,
    };
    if package.is_none() {
        rest = fields(line);
        package = named(&mut rest, line);
    }
    let mut package = package?;
    for field in rest {
        if let Some(presence) = presence(field) {
            package.presence = presence;
        } else if package.publisher.is_empty() && looks_like_vendor(field) {
            package.publisher = field;
        }
    }
    Some(package)
}

/// The package that the next two fields name.
fn named<'a>(fields: &mut impl Iterator<Item = &'a str>, line: &str) -> Option<Package<'a>> {
    let (name, version) = (fields.next()?, fields.next()?);
    let has_none = version.is_empty() && line.contains('\t');
    if !is_package_word(name) || !(is_version_word(version) || has_none) {
        return None;
    }
    let mut package = Package { name: without_architecture(name), version, ..Package::default() };
    if version.is_empty() {
        // dpkg-query -W with a pattern names packages that it merely knows of.
        package.presence = Presence::Available;
    }
    Some(package)
}

/// `install ok installed`, or the letters of `dpkg -l`.
fn presence(field: &str) -> Option<Presence> {
    presence_of_status(field).or_else(|| dpkg::presence_of_letters(field))
}

/// A company or a person: a capital, no digit first, no clock time in it.
fn looks_like_vendor(field: &str) -> bool {
    field.chars().any(char::is_uppercase)
        && field.chars().next().is_some_and(|c| c.is_alphabetic() || c == '(')
        && field != "(none)"
        && !field.contains(':')
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
    fn names_versions_states_and_vendors_are_told_apart() {
        check(
            "bash\t5.2-1\tinstall ok installed\tMatthias Klose <doko@debian.org>\nkesl\t12.0\tdeinstall ok config-files\tAO Kaspersky Lab\nacl\t\tunknown ok not-installed\t\n",
            expect![[r#"
                Certain: its lines are a package, a version and a state of dpkg
                1: bash | version 5.2-1 | publisher Matthias Klose <doko@debian.org> | package bash
                2: kesl | version 12.0 | publisher AO Kaspersky Lab | package kesl | removed
                3: acl | package acl | available
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "kesl|12.1.0|1297|x86_64|AO Kaspersky Lab\nbash|5.1|6.el9|x86_64|Rocky\nNetworkManager|1.44|3|x86_64|(none)\n",
            expect![[r#"
                not recognised
                1: kesl | version 12.1.0 | publisher AO Kaspersky Lab | package kesl
                2: bash | version 5.1 | publisher Rocky | package bash
                3: NetworkManager | version 1.44 | package NetworkManager
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "\"kesl\",\"12.1.0\",\"ii \"\nrc |klnagent64|15.1-1\nii |ii|1.8-2\nii\t1.8-2\n",
            expect![[r#"
                Certain: its lines are a package, a version and a state of dpkg
                1: kesl | version 12.1.0 | package kesl
                2: klnagent64 | version 15.1-1 | package klnagent64 | removed
                3: ii | version 1.8-2 | package ii
                4: ii | version 1.8-2 | package ii
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn names_and_versions_alone_need_something_of_linux() {
        check(
            "firefox\t115.0\nvlc\t3.0.20\n7zip\t23.01\n",
            expect![[r#"
            not recognised
            1: firefox | version 115.0 | package firefox
            2: vlc | version 3.0.20 | package vlc
            3: 7zip | version 23.01 | package 7zip
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "bash\t5.2\nkesl\t12.1\nzlib1g\t1.2\n",
            expect![[r#"
            Likely: its lines are a package's name, a sign and a version
            1: bash | version 5.2 | package bash
            2: kesl | version 12.1 | package kesl
            3: zlib1g | version 1.2 | package zlib1g
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "firefox;115.0;x86_64\nkesl;12.1;x86_64\nvlc;3.0;noarch\n",
            expect![[r#"
            Likely: its lines are a package's name, a sign and a version
            1: firefox | version 115.0 | package firefox
            2: kesl | version 12.1 | package kesl
            3: vlc | version 3.0 | package vlc
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn without_a_version_a_package_is_merely_known() {
        check(
            "acl\t\nadduser\t3.134\nbash\t5.2-1\nkesl:amd64\t12.1-1\n",
            expect![[r#"
                Likely: its lines are a package's name, a sign and a version
                1: acl | package acl | available
                2: adduser | version 3.134 | package adduser
                3: bash | version 5.2-1 | package bash
                4: kesl | version 12.1-1 | package kesl
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn tables_with_a_header_and_lists_of_windows_are_left_to_others() {
        check(
            "Package\tVersion\nbash\t5.2\nkesl\t12.1\nzsh\t5.9\n",
            expect![[r#"
            not recognised
            1! expected a package's name, a tab or other sign, and its version; passed over
            2: bash | version 5.2 | package bash
            3: kesl | version 12.1 | package kesl
            4: zsh | version 5.9 | package zsh
            lines: 3 records + 0 structure + 1 problems
        "#]],
        );
        check(
            "7-Zip;23.01;Igor Pavlov\nGoogle Chrome;120.0;Google LLC\nGit;2.44;The Git Team\n",
            expect![[r#"
                not recognised
                1: 7-Zip | version 23.01 | publisher Igor Pavlov | package 7-Zip
                2! expected a package's name, a tab or other sign, and its version; passed over
                3: Git | version 2.44 | publisher The Git Team | package Git
                lines: 2 records + 0 structure + 1 problems
            "#]],
        );
        check(
            "Firefox,115.0\nGit,2.44\nKaspersky,21.3\n",
            expect![[r#"
            not recognised
            1: Firefox | version 115.0 | package Firefox
            2: Git | version 2.44 | package Git
            3: Kaspersky | version 21.3 | package Kaspersky
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
