//! `pm list packages` on an Android device, usually through adb.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_reverse_domain};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "android-packages",
    title: "Android package list (pm list packages)",
    reads: "what pm list packages prints: package:com.example.app, with path, installer, user id or \
            version code if they were asked for; also bare ids",
    how_to_get: "with the device connected and USB debugging on: adb shell pm list packages -f -i > \
                 packages.txt",
    cannot_show: "it has ids, not names: an app that was repackaged by somebody else has another \
                  id; only the apps of one user of the device are listed, and work profiles have \
                  their own (add --user and the profile's number)",
    platform: Some(Platform::Android),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| {
        ["* daemon", "WARNING: linker", "List of devices", "adb server"]
            .iter()
            .any(|beginning| line.starts_with(beginning))
    },
    kinds: PACKAGE,
    expected: key!("a package such as package:com.example.app"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    let marked = sample.filled_lines().filter(|line| line.trim().starts_with(MARK)).count();
    if counts.are_most(1) && marked * 2 > counts.packages {
        return Some(Sniffed {
            confidence: Confidence::Certain,
            reason: clause!("its lines begin with package:, as pm list packages prints them"),
        });
    }
    // Every Android device has these; nothing else has them.
    let own = sample
        .filled_lines()
        .filter(|line| {
            let line = line.trim();
            line.starts_with("com.android.") || line.starts_with("com.google.android.")
        })
        .count();
    (counts.are_nearly_all(3) && own >= 2).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are ids, some of them of Android's own packages"),
    })
}

const MARK: &str = "package:";

fn package(line: &str) -> Option<Package<'_>> {
    let line = line.trim();
    let (text, is_marked) = match line.strip_prefix(MARK) {
        Some(text) => (text.trim_start(), true),
        None => (line, false),
    };
    let mut words = text.split_whitespace();
    let first = words.next()?;
    // The path may have "=" in it, the id has none.
    let (path, id) = match first.rsplit_once('=') {
        Some((path, id)) if path.starts_with('/') => (path, id),
        _ => ("", first),
    };
    // "package:android" is the system itself.
    let is_id = if is_marked {
        (id.contains('.') || id == "android")
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    } else {
        is_reverse_domain(id, 1) && text.len() == first.len()
    };
    let version = words.find_map(|word| word.strip_prefix("versionCode:")).unwrap_or_default();
    is_id.then(|| Package { name: id, version, path, ..Package::default() })
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
    fn what_was_asked_for_is_told_apart() {
        check(
            "package:android\r\npackage:/data/app/~~aQ==/com.kms.free-bQ==/base.apk=com.kms.free versionCode:12  installer=com.android.vending uid:10\r\npackage:com.kaspersky.kes  installer=null\r\nError: no device\r\n",
            expect![[r#"
                Certain: its lines begin with package:, as pm list packages prints them
                1: android | package android
                2: com.kms.free | version 12 | package com.kms.free | path /data/app/~~aQ==/com.kms.free-bQ==/base.apk
                3: com.kaspersky.kes | package com.kaspersky.kes
                4! expected a package such as package:com.example.app; passed over
                lines: 3 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn bare_ids_are_recognised_by_androids_own() {
        check(
            "com.android.settings\ncom.google.android.gms\ncom.kms.free\n",
            expect![[r#"
            Certain: its lines are ids, some of them of Android's own packages
            1: com.android.settings | package com.android.settings
            2: com.google.android.gms | package com.google.android.gms
            3: com.kms.free | package com.kms.free
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn other_ids_are_not_recognised() {
        check(
            "com.kms.free\norg.mozilla.firefox\nde.example.app\n",
            expect![[r#"
            not recognised
            1: com.kms.free | package com.kms.free
            2: org.mozilla.firefox | package org.mozilla.firefox
            3: de.example.app | package de.example.app
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "package: a present\n",
            expect![[r#"
                not recognised
                1! expected a package such as package:com.example.app; passed over
                lines: 0 records + 0 structure + 1 problems
            "#]],
        );
        check(
            "Package: kesl\nVersion: 1\n",
            expect![[r#"
            not recognised
            1! expected a package such as package:com.example.app; passed over
            lines: 0 records + 1 structure + 1 problems
        "#]],
        );
    }
}
