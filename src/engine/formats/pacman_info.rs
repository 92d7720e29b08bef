//! `pacman -Qi`: a block of `Name            : value` lines a package, in the user's language.

use super::columns::{Field, Meaning, meaning_of};
use super::package_blocks::{BlockReader, Dialect, no_heading, no_second};
use super::rpm_info::{is_padded, split};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "pacman-info",
    title: "Arch package details (pacman -Qi)",
    reads: "blocks that begin with “Name            : bash”, as pacman -Qi and pacman -Si print \
            them",
    how_to_get: "in a terminal: pacman -Qi > programs.txt",
    cannot_show: "only packages of the system's package manager are listed, and the packager is \
                  not the program's maker; programs from flatpak, snap or archives are missing; \
                  flatpak list would show some of those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(BlockReader::new(&DIALECT)),
};

static DIALECT: Dialect = Dialect {
    split,
    names_package: |line| {
        is_padded(line)
            && split(line).is_some_and(|(key, _)| meaning(key).is_some_and(|m| m.field == NAME))
    },
    meaning,
    second: no_second,
    presence,
    // pacman -Si, of what could be installed.
    index_keys: &["Repository", "Download Size"],
    heading: no_heading,
    ends_at_blank: true,
    expected: key!("a block that begins with “Name            : ”"),
    untold: None,
};

const NAME: Field = Field::PackageName;

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let seen = DIALECT.look(
        sample,
        &[
            "Depends On",
            "Optional Deps",
            "Required By",
            "Conflicts With",
            "Install Reason",
            "Validated By",
            "Packager",
            "Install Script",
        ],
    );
    // The keys of other languages are not known one by one; in all of them they are padded to
    // many columns, and a version of Arch stands below the name.
    let is_wide = sample
        .filled_lines()
        .filter(|line| (DIALECT.names_package)(line))
        .all(|line| line.find(':').is_some_and(|at| at >= 14));
    let has_version_below = sample
        .filled_lines()
        .zip(sample.filled_lines().skip(1))
        .any(|(line, next)| (DIALECT.names_package)(line) && is_version(next));
    let is_translated = is_wide && has_version_below && seen.packages >= 1;
    let confidence = match seen.keys {
        _ if seen.packages == 0 => return None,
        3.. => Confidence::Certain,
        _ if is_translated => Confidence::Likely,
        _ => return None,
    };
    let reason = clause!("its blocks begin with the name and have the keys of pacman -Qi");
    Some(Sniffed { confidence, reason })
}

/// A version of Arch ends with its release: `5.2.026-2`.
fn is_version(line: &str) -> bool {
    split(line).is_some_and(|(key, value)| {
        meaning(key).is_some_and(|m| m.field == Field::Version)
            && value.rsplit_once('-').is_some_and(|(_, release)| {
                !release.is_empty() && release.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            })
    })
}

fn meaning(key: &str) -> Option<Meaning> {
    let meaning = meaning_of(key)?;
    match meaning.field {
        Field::Name if meaning.rank <= 2 => Some(Meaning { field: NAME, rank: 0 }),
        Field::Version => Some(meaning),
        Field::Publisher if key == "Packager" => Some(meaning),
        _ => None,
    }
}

fn presence(key: &str, _: &str) -> Option<Presence> {
    match key {
        "Install Date" | "Install Reason" => Some(Presence::Installed),
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
    fn blocks_are_read_in_any_language() {
        check(
            "Name            : kesl\nVersion         : 12.1.0-1\nDescription     : a: b\nDepends On      : glibc\n                  zlib\nPackager        : A <a@b.example>\nInstall Date    : Tue\nInstall Reason  : Explicitly installed\n\n",
            expect![[r#"
                Certain: its blocks begin with the name and have the keys of pacman -Qi
                1: kesl | version 12.1.0-1 | publisher A <a@b.example> | package kesl
                lines: 8 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "Название             : kesl\nВерсия               : 12.1.0-1\nОписание             : защита\n\nНазвание             : bash\nВерсия               : 5.2-1\n",
            expect![[r#"
                Likely: its blocks begin with the name and have the keys of pacman -Qi
                1: kesl | version 12.1.0-1 | package kesl
                5: bash | version 5.2-1 | package bash
                lines: 5 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn packages_of_a_repository_are_available() {
        check(
            "Repository      : extra\nName            : kesl\nVersion         : 12.1.0-1\nDepends On      : None\nOptional Deps   : None\nDownload Size   : 1 MiB\nPackager        : A\n\n",
            expect![[r#"
                Certain: its blocks begin with the name and have the keys of pacman -Qi
                1: kesl | version 12.1.0-1 | publisher A | package kesl | available
                lines: 7 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn windows_lists_are_not_recognised() {
        check(
            "Name              : 7-Zip\nVersion           : 23.01\nVendor            : Igor Pavlov\n",
            expect![[r#"
                not recognised
                1: 7-Zip | version 23.01 | package 7-Zip
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
    }
}
