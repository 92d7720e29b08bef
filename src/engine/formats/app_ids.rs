//! Ids of apps, one a line and nothing else: of Android, iOS, macOS or Flatpak, that cannot be told.

use super::packages::{Grammar, GrammarReader, Package, is_reverse_domain};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::IdentifierKind;

pub(super) static FORMAT: Format = Format {
    id: "app-ids",
    title: "List of app ids (com.example.app)",
    reads: "one id of an app or a bundle a line, such as com.kaspersky.kes or \
            org.mozilla.firefox",
    how_to_get: "export the bundle ids or package names from your mobile device management, one a \
                 line; on Linux: flatpak list --columns=application > list.txt",
    cannot_show: "ids alone do not show names and versions, and an app that was repackaged by \
                  somebody else has another id; a list with names and publishers shows more",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| line.starts_with("Total: "),
    kinds: &[IdentifierKind::Package, IdentifierKind::Bundle],
    expected: key!("an id such as org.mozilla.firefox"),
};

/// The first parts of ids that are common enough to tell an id from a file's or a host's name.
const FIRST_PARTS: &[&str] = &[
    "com", "org", "net", "io", "de", "ru", "cn", "jp", "uk", "co", "me", "app", "dev", "us", "eu",
    "fr", "in", "br", "edu", "gov", "tv", "ai", "it", "nl", "se", "ch", "at", "pl", "cz", "kr",
    "tw", "hk", "au", "ca", "es", "be", "fi", "no", "dk", "ua", "il", "tr", "info", "page",
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    if !counts.are_most(1) {
        return None;
    }
    let known = GRAMMAR.share(sample, |package| {
        is_known(if package.id.is_empty() { package.name } else { package.id })
    });
    let is_list = (counts.are_nearly_all(2) && known >= 70) || (counts.are_most(5) && known >= 90);
    is_list.then(|| Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines are ids such as org.mozilla.firefox"),
    })
}

/// An id that is neither a file's name nor a host's, such as "mail.example.com".
fn is_known(id: &str) -> bool {
    let first = id.split('.').next().unwrap_or_default();
    let last = id.rsplit('.').next().unwrap_or_default();
    let is_host = matches!(last, "com" | "net" | "org") && first != "com";
    is_reverse_domain(id, 2) && FIRST_PARTS.contains(&first) && !is_host
}

/// `com.example.app`, perhaps in quotation marks; ideviceinstaller writes the name and the version
/// behind it: `com.example.app - Example 1.2`.
fn package(line: &str) -> Option<Package<'_>> {
    let line = line.trim();
    if let Some((id, shown)) = line.split_once(" - ") {
        let (name, version) = match shown.rsplit_once(' ') {
            Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
                (name, version)
            }
            _ => (shown, ""),
        };
        let name = name.trim();
        return is_reverse_domain(id, 1).then(|| Package {
            name,
            id,
            version,
            ..Package::default()
        });
    }
    let name = line.trim_end_matches(',').trim_matches('"');
    is_reverse_domain(name, 1).then(|| Package { name, ..Package::default() })
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
    fn a_name_and_a_version_may_stand_behind() {
        check(
            "Total: 2 apps\ncom.kaspersky.passwordmanager - Password Manager 9.2.101\nph.telegra.Telegraph - Telegram 10\ncom.example.x - Some - thing\n",
            expect![[r#"
                not recognised
                2: Password Manager | version 9.2.101 | package com.kaspersky.passwordmanager | bundle com.kaspersky.passwordmanager
                3: Telegram | version 10 | package ph.telegra.Telegraph | bundle ph.telegra.Telegraph
                4: Some - thing | package com.example.x | bundle com.example.x
                lines: 3 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn ids_are_packages_and_bundles() {
        check(
            "\"com.kaspersky.kes\",\norg.mozilla.firefox\r\nde.example.tool\n",
            expect![[r#"
            Likely: its lines are ids such as org.mozilla.firefox
            1: com.kaspersky.kes | package com.kaspersky.kes | bundle com.kaspersky.kes
            2: org.mozilla.firefox | package org.mozilla.firefox | bundle org.mozilla.firefox
            3: de.example.tool | package de.example.tool | bundle de.example.tool
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn hosts_files_and_names_are_not_recognised() {
        check(
            "www.example.com\nmail.example.org\ncdn.example.net\n",
            expect![[r#"
                not recognised
                1: www.example.com | package www.example.com | bundle www.example.com
                2: mail.example.org | package mail.example.org | bundle mail.example.org
                3: cdn.example.net | package cdn.example.net | bundle cdn.example.net
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "de.wikipedia.org\nfr.wikipedia.org\n",
            expect![[r#"
                not recognised
                1: de.wikipedia.org | package de.wikipedia.org | bundle de.wikipedia.org
                2: fr.wikipedia.org | package fr.wikipedia.org | bundle fr.wikipedia.org
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Kaspersky.ShellEx16.x\nMicrosoft.Paint.y\n",
            expect![[r#"
            not recognised
            1! expected an id such as org.mozilla.firefox; passed over
            2! expected an id such as org.mozilla.firefox; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "index.page.html\nfoo.tar.gz\n",
            expect![[r#"
                not recognised
                1: index.page.html | package index.page.html | bundle index.page.html
                2: foo.tar.gz | package foo.tar.gz | bundle foo.tar.gz
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }
}
