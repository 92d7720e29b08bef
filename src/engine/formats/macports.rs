//! `port installed` of MacPorts: `name @version_revision+variants (active)`.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word, is_version_word};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "macports",
    title: "MacPorts list (port installed)",
    reads: "lines of a port and its version, such as “openssl3 @3.2.1_0 (active)”, active or not",
    how_to_get: "in Terminal on the Mac: port installed > list.txt",
    cannot_show: "only what MacPorts installed is listed, and no makers; system_profiler \
                  SPApplicationsDataType lists all applications, with who signed them",
    platform: Some(Platform::Macos),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| line.ends_with("currently installed:") || line.starts_with("No ports "),
    kinds: PACKAGE,
    expected: key!("a port and its version, such as “openssl3 @3.2.1_0 (active)”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    (counts.are_most(1) || (counts.structure > 0 && counts.packages > 0)).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are ports and their versions as MacPorts writes them"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let (name, rest) = line.trim().split_once(" @")?;
    let (version, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    // Variants say how it was built.
    let version = version.split('+').next()?;
    let is_port = is_package_word(name)
        && is_version_word(version)
        && version.contains('_')
        && (rest.is_empty() || rest.starts_with('(') || rest.contains("platform="));
    is_port.then(|| Package { name, version, ..Package::default() })
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
    fn variants_are_taken_off_the_version() {
        check(
            "The following ports are currently installed:\n  autoconf @2.72_0 (active)\n  curl @8.7.1_0+brotli+http2 (active)\n  openssl3 @3.2.1_0\n  zlib @1.3.1_0 (active) requested_variants='' platform='darwin 23' archs='arm64'\n",
            expect![[r#"
                Certain: its lines are ports and their versions as MacPorts writes them
                2: autoconf | version 2.72_0 | package autoconf
                3: curl | version 8.7.1_0 | package curl
                4: openssl3 | version 3.2.1_0 | package openssl3
                5: zlib | version 1.3.1_0 | package zlib
                lines: 4 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn addresses_and_handles_are_not_recognised() {
        check(
            "ana @example\nbob @7 (away)\n",
            expect![[r#"
            not recognised
            1! expected a port and its version, such as “openssl3 @3.2.1_0 (active)”; passed over
            2! expected a port and its version, such as “openssl3 @3.2.1_0 (active)”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
    }
}
