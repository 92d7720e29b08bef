//! `xbps-query -l` of Void Linux: a state, `name-version_revision` and what the package is.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word, no_structure};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "xbps",
    title: "Void Linux package list (xbps-query -l)",
    reads: "lines of a state, name-version_revision and a description, such as “ii bash-5.2.21_1  The \
            GNU Bourne Again Shell”",
    how_to_get: "in a terminal: xbps-query -l > programs.txt",
    cannot_show: "it has no makers, and only packages of the system's package manager; programs \
                  from flatpak or archives are missing; flatpak list would show some of those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("a state and a package, such as “ii bash-5.2.21_1”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_most(2).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are a state, a package and its version as XBPS writes them"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    // Installed, unpacked, half removed, unknown.
    let rest = ["ii ", "uu ", "hr ", "?? "].iter().find_map(|state| line.strip_prefix(state))?;
    let word = rest.split(' ').next()?;
    // A version has no hyphen in it, and ends with the revision of the package.
    let (name, version) = word.rsplit_once('-')?;
    let (number, revision) = version.rsplit_once('_')?;
    let is_version = !number.is_empty()
        && !revision.is_empty()
        && revision.bytes().all(|byte| byte.is_ascii_digit());
    (is_version && is_package_word(name)).then(|| Package { name, version, ..Package::default() })
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
    fn states_packages_and_descriptions_are_parted() {
        check(
            "$ xbps-query -l\nii base-system-0.114_1     Void Linux base system meta package\nii libstdc++-13.2.0_2       GNU Standard C++ Library\nuu kesl-12.1.0_1            Endpoint protection\nii broken\n",
            expect![[r#"
                Certain: its lines are a state, a package and its version as XBPS writes them
                2: base-system | version 0.114_1 | package base-system
                3: libstdc++ | version 13.2.0_2 | package libstdc++
                4: kesl | version 12.1.0_1 | package kesl
                5! expected a state and a package, such as “ii bash-5.2.21_1”; passed over
                lines: 3 records + 1 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_other_systems_are_not_recognised() {
        check(
            "ii  bash  5.2.15-2  amd64  GNU Bourne Again SHell\nii  kesl  12.1.0  amd64  Endpoint protection\n",
            expect![[r#"
                not recognised
                1! expected a state and a package, such as “ii bash-5.2.21_1”; passed over
                2! expected a state and a package, such as “ii bash-5.2.21_1”; passed over
                lines: 0 records + 0 structure + 2 problems
            "#]],
        );
    }
}
