//! Paths of the Nix store: `/nix/store/<hash>-name-version`.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, name_and_version};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "nix",
    title: "Nix store paths (nix-store -q, nix profile list)",
    reads: "lines with a path such as /nix/store/…-firefox-115.0, one package a line",
    how_to_get: "in a terminal, on NixOS: nix-store -q --requisites /run/current-system > \
                 programs.txt",
    cannot_show: "it has no makers, and only what the given system or profile holds; profiles of \
                  other users have to be listed too",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| {
        // What nix profile list says of each package above its path.
        ["Name:", "Index:", "Flake attribute:", "Original flake URL:", "Locked flake URL:"]
            .iter()
            .any(|key| line.starts_with(key))
    },
    kinds: PACKAGE,
    expected: key!("a path such as /nix/store/…-firefox-115.0"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    (counts.packages > 0 && counts.others <= counts.packages * 4).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines have paths of the Nix store"),
    })
}

const STORE: &str = "/nix/store/";

fn package(line: &str) -> Option<Package<'_>> {
    let (_, path) = line.split_once(STORE)?;
    let path = path.split(|c: char| c.is_whitespace() || c == '/' || c == '"').next()?;
    // The hash has 32 letters and digits.
    let (hash, name) = path.split_at_checked(32)?;
    let name = name.strip_prefix('-')?.trim_end_matches(".drv");
    if name.is_empty() || !hash.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let (name, version) = name_and_version(name).unwrap_or((name, ""));
    Some(Package { name, version, ..Package::default() })
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
    fn the_hash_is_passed_over() {
        check(
            "/nix/store/0c1xh9jy9yv8xw2pcb1d5cxkvhfqg2kb-kesl-12.1.0\n  out: /nix/store/0c1xh9jy9yv8xw2pcb1d5cxkvhfqg2kb-hello-2.12.1.drv\n/nix/store/0c1xh9jy9yv8xw2pcb1d5cxkvhfqg2kb-etc/bin\n/nix/store/short-x\n",
            expect![[r#"
                Certain: its lines have paths of the Nix store
                1: kesl | version 12.1.0 | package kesl
                2: hello | version 2.12.1 | package hello
                3: etc | package etc
                4! expected a path such as /nix/store/…-firefox-115.0; passed over
                lines: 3 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_paths_are_not_recognised() {
        check(
            "/usr/bin/bash\n/opt/kaspersky/kesl\n",
            expect![[r#"
            not recognised
            1! expected a path such as /nix/store/…-firefox-115.0; passed over
            2! expected a path such as /nix/store/…-firefox-115.0; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
    }
}
