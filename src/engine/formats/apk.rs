//! `apk info -v` and `apk list`: packages of Alpine Linux, as `name-version-rN`.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "apk",
    title: "Alpine package list (apk info -v, apk list)",
    reads: "lines that begin with name-version-rN, such as “bash-5.2.15-r5”, as apk info -v and apk \
            list print them",
    how_to_get: "in a terminal: apk list --installed > programs.txt",
    cannot_show: "it has no makers, and only packages of the system's package manager; what was \
                  copied or built by hand is missing",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| {
        line.starts_with("WARNING:") || line.starts_with("fetch ") || line.starts_with("Installed:")
    },
    kinds: PACKAGE,
    expected: key!("a package such as “bash-5.2.15-r5”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    let has_origin = sample.filled_lines().any(|line| line.contains(" {") && line.contains("} ("));
    let confidence = match counts.packages {
        _ if !counts.are_most(1) => return None,
        3.. => Confidence::Certain,
        _ if has_origin => Confidence::Certain,
        _ => Confidence::Likely,
    };
    let reason = clause!("its lines begin with name-version-rN, as those of apk");
    Some(Sniffed { confidence, reason })
}

/// `bash-5.2.15-r5` → `bash` and `5.2.15-r5`.
fn name_and_version(word: &str) -> Option<(&str, &str)> {
    let (rest, release) = word.rsplit_once("-r")?;
    let (name, version) = rest.rsplit_once('-')?;
    let is_package = is_package_word(name)
        && version.starts_with(|c: char| c.is_ascii_digit())
        && !release.is_empty()
        && release.bytes().all(|b| b.is_ascii_digit());
    // The version and the release stand next to each other in the same text.
    Some((name, word.get(name.len() + 1..)?)).filter(|_| is_package)
}

fn package(line: &str) -> Option<Package<'_>> {
    let line = line.trim_end();
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let (name, mut version) = name_and_version(first).filter(|_| line.starts_with(first))?;
    let mut presence = Presence::Installed;
    match words.next() {
        // "- description", "< 5.2.21-r0" of apk version.
        None | Some("-" | "<" | ">" | "=" | "?") => {}
        // The architecture, of apk list.
        Some(_) if line.contains(" {") => {
            let state = line.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
            match state {
                None => presence = Presence::Available,
                Some((_, state)) => {
                    // "[upgradable from: bash-5.2.15-r4]".
                    let installed = state.rsplit(' ').next().and_then(name_and_version);
                    version = installed.map_or(version, |(_, installed)| installed);
                }
            }
        }
        Some(_) => return None,
    }
    Some(Package { name, version, presence, ..Package::default() })
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
    fn names_versions_and_states_are_told_apart() {
        check(
            "musl-1.2.4-r2\nca-certificates-bundle-20230506-r0\nbash-5.2.21-r0 - The GNU shell\nkesl-12.1-r0 x86_64 {kesl} (x) [installed]\nklnagent64-15-r1 x86_64 {klnagent64} (x)\ncurl-8.5.0-r0 x86_64 {curl} (curl) [upgradable from: curl-8.4.0-r0]\n",
            expect![[r#"
                Certain: its lines begin with name-version-rN, as those of apk
                1: musl | version 1.2.4-r2 | package musl
                2: ca-certificates-bundle | version 20230506-r0 | package ca-certificates-bundle
                3: bash | version 5.2.21-r0 | package bash
                4: kesl | version 12.1-r0 | package kesl
                5: klnagent64 | version 15-r1 | package klnagent64 | available
                6: curl | version 8.4.0-r0 | package curl
                lines: 6 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn packages_of_other_systems_are_not_recognised() {
        check(
            "bash-5.2.15-3.el9.x86_64\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.15-r5”; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
        check(
            "hello-2.12.1\ngit-2.44.0\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.15-r5”; passed over
            2! expected a package such as “bash-5.2.15-r5”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "My-Tool-r2\n",
            expect![[r#"
            not recognised
            1! expected a package such as “bash-5.2.15-r5”; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
