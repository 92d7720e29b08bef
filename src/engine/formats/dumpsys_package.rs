//! `dumpsys package` on an Android device: among much else, a block of facts a package.

use super::columns::{Field, Meaning};
use super::package_blocks::{BlockReader, Dialect, no_heading, no_second};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "dumpsys-package",
    title: "Android package details (dumpsys package)",
    reads: "the blocks “Package [com.example.app] (…):” of what dumpsys package prints, alone or \
            among its other parts",
    how_to_get: "with the device connected and USB debugging on: adb shell dumpsys package packages \
                 > packages.txt",
    cannot_show: "it has ids, not names: an app that was repackaged by somebody else has another \
                  id",
    platform: Some(Platform::Android),
    sniff,
    open: |_| Lines::boxed(BlockReader::new(&DIALECT)),
};

static DIALECT: Dialect = Dialect {
    split,
    names_package: |line| package_of(line).is_some(),
    meaning,
    second: no_second,
    presence,
    index_keys: &[],
    heading: no_heading,
    ends_at_blank: false,
    expected: key!("a block that begins with “Package [com.example.app]”"),
    untold: None,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let certain = |reason: &'static str| {
        Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
    };
    let seen = DIALECT.look(sample, &["versionName", "codePath", "userId", "versionCode"]);
    if seen.packages > 0 && seen.keys >= 2 {
        return certain(key!(
            "it has blocks of dumpsys package, such as “Package [com.example.app]”"
        ));
    }
    // Long tables stand above the packages in a whole dump.
    let is_dump = sample.filled_lines().take(20).any(|line| {
        line.starts_with("Activity Resolver Table:")
            || line.starts_with("DUMP OF SERVICE package")
            || line.starts_with("Database versions:")
    });
    if is_dump { certain(key!("it begins as what dumpsys package prints")) } else { None }
}

/// `  Package [com.example.app] (a1b2c3d):` → `com.example.app`.
fn package_of(line: &str) -> Option<&str> {
    let (id, rest) = line.trim_start().strip_prefix("Package [")?.split_once(']')?;
    rest.starts_with(" (").then_some(id)
}

fn split(line: &str) -> Option<(&str, &str)> {
    if let Some(id) = package_of(line) {
        return Some(("Package", id));
    }
    let line = line.trim();
    if line.starts_with("User ") {
        return line.split_once(": ");
    }
    line.split_once('=')
}

fn meaning(key: &str) -> Option<Meaning> {
    let field = match key {
        "Package" => Field::PackageName,
        "versionName" => Field::Version,
        "codePath" => Field::Path,
        _ => return None,
    };
    Some(Meaning { field, rank: 0 })
}

/// `User 0: … installed=true hidden=false …`.
fn presence(key: &str, value: &str) -> Option<Presence> {
    let state = value.split(' ').find_map(|word| word.strip_prefix("installed="))?;
    match (key.starts_with("User "), state) {
        (true, "true") => Some(Presence::Installed),
        (true, "false") => Some(Presence::Removed),
        _ => None,
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
    fn blocks_of_packages_are_read_among_other_parts() {
        check(
            "Activity Resolver Table:\n  Full MIME Types:\n      */*:\n        a1b2 com.android.x/.A filter=1\n\nPackages:\n  Package [com.kms.free] (a1b2c3d):\n    userId=10312\n    codePath=/data/app/~~Q==/com.kms.free-b\n    versionCode=111 minSdk=21\n    versionName=11.111.4\n    User 0: ceDataInode=1 installed=true hidden=false\n      runtime permissions:\n  Package [com.kaspersky.kes] (b2c3d4e):\n    versionName=10.50\n    User 0: ceDataInode=0 installed=false hidden=false\n\nShared users:\n",
            expect![[r#"
                Certain: it has blocks of dumpsys package, such as “Package [com.example.app]”
                7: com.kms.free | version 11.111.4 | package com.kms.free | path /data/app/~~Q==/com.kms.free-b
                14: com.kaspersky.kes | version 10.50 | package com.kaspersky.kes | removed
                lines: 11 records + 7 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_settings_are_not_recognised() {
        check(
            "Package [x] is missing\nversionName=1\n",
            expect![[r#"
            not recognised
            2! expected the name of a program, found none
            lines: 0 records + 1 structure + 1 problems
        "#]],
        );
        check(
            "versionName=1\nversionCode=2\n",
            expect![[r#"
            not recognised
            1! expected the name of a program, found none
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
    }
}
