//! `pkg info` of FreeBSD, `pkg_info` of OpenBSD and NetBSD, `nix-env -q`: `name-version`, perhaps
//! with what it is behind it.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_lower, is_package_word, name_and_version,
    no_structure,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "pkg-info",
    title: "BSD package list (pkg info), nix-env -q",
    reads: "lines that begin with name-version, such as “bash-5.2.21  GNU Project's Bourne Again \
            SHell”",
    how_to_get: "in a terminal, on FreeBSD: pkg info > programs.txt; on OpenBSD and NetBSD: \
                 pkg_info > programs.txt; with Nix: nix-env -q > programs.txt",
    cannot_show: "it has no makers, and only packages of the system's package manager; what was \
                  copied or built by hand is missing",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("a package such as “bash-5.2.21”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    if !counts.are_most(1) {
        return None;
    }
    let lower = GRAMMAR.share(sample, is_lower);
    // Names such as openjdk-17-jre have numbers in them too.
    let dotted = GRAMMAR.share(sample, |package| package.version.contains('.'));
    let is_fit = (counts.are_nearly_all(3) && lower >= 80 && dotted >= 60)
        || (counts.are_most(5) && lower >= 95 && dotted >= 90);
    is_fit.then(|| Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines begin with a package's name, a hyphen and its version"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    const FILES: &[&str] = &[".exe", ".msi", ".zip", ".rpm", ".deb", ".dmg", ".pkg", ".gz", ".iso"];
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (name, version) = name_and_version(word)?;
    let is_package = is_package_word(name)
        && version.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b',' | b'+' | b'~' | b'-')
        })
        && !FILES.iter().any(|ending| version.ends_with(ending))
        // What the package is stands in a column of its own.
        && (rest.is_empty() || rest.starts_with(' ') || word.len() >= 25);
    is_package.then(|| Package { name, version, ..Package::default() })
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
    fn name_and_version_are_parted_at_the_first_number() {
        check(
            "bash-5.2.26          GNU Project's Bourne Again SHell\nkesl-12.1.0\npy39-packaging-23.2  Core utilities\na-very-long-name-of-a-package-1.0 and what it is\n",
            expect![[r#"
                Likely: its lines begin with a package's name, a hyphen and its version
                1: bash | version 5.2.26 | package bash
                2: kesl | version 12.1.0 | package kesl
                3: py39-packaging | version 23.2 | package py39-packaging
                4: a-very-long-name-of-a-package | version 1.0 | package a-very-long-name-of-a-package
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn names_of_debian_and_files_are_not_recognised() {
        check(
            "python3-yaml\nlibstdc++-12-dev\nx11-utils\nopenjdk-17-jre\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.21”; passed over
            2: libstdc++ | version 12-dev | package libstdc++
            3! expected a package such as “bash-5.2.21”; passed over
            4: openjdk | version 17-jre | package openjdk
            lines: 2 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "setup-1.2.exe\nfoo-2.0.zip\nbar-3.1.msi\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.21”; passed over
            2! expected a package such as “bash-5.2.21”; passed over
            3! expected a package such as “bash-5.2.21”; passed over
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
        check(
            "7-Zip 23.01\nNotepad++ 8.6\nK-Lite-2.0 Codec\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.21”; passed over
            2! expected a package such as “bash-5.2.21”; passed over
            3! expected a package such as “bash-5.2.21”; passed over
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
