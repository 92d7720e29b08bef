//! `rpm -qa`: packages of Red Hat, SUSE and their relatives, as `name-version-release.arch`.

use super::common::{is_prompt_line, is_remark};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Identifier, IdentifierKind, Platform, Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "rpm",
    title: "RPM package list (rpm -qa)",
    reads: "what rpm -qa prints: one name-version-release.architecture a line, with rpm -qa --last \
            the day of installation behind",
    how_to_get: "in a terminal: rpm -qa > programs.txt",
    cannot_show: "only packages of the system's package manager are listed; programs from snap, \
                  flatpak, archives or another package manager are missing; snap list and flatpak \
                  list would show those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(RpmReader),
};

/// The architectures that RPM names, `noarch` and sources included.
pub(super) const ARCHITECTURES: &[&str] = &[
    "x86_64",
    "noarch",
    "i386",
    "i486",
    "i586",
    "i686",
    "aarch64",
    "armv7hl",
    "armv7l",
    "ppc64le",
    "ppc64",
    "s390x",
    "riscv64",
    "loongarch64",
    "src",
    "(none)",
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut with_architecture, mut without, mut others) = (0, 0, 0);
    for line in sample.filled_lines().map(str::trim) {
        match Package::of(line) {
            Some(package) if package.has_architecture => with_architecture += 1,
            Some(_) => without += 1,
            None if is_prompt_line(line) || is_remark(line) || is_message(line) => {}
            None => others += 1,
        }
    }
    let packages = with_architecture + without;
    // Three lines with an architecture are no accident; notes among them do not change that.
    let most_others = if with_architecture >= 3 { packages / 2 } else { packages / 10 };
    if packages == 0 || others > most_others {
        return None;
    }
    if with_architecture * 2 >= packages {
        let reason =
            key!("its lines are name-version-release.architecture, as rpm -qa prints them");
        return Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() });
    }
    if packages >= 3 {
        let reason = key!("its lines are name-version-release, as rpm -qa may print them");
        return Some(Sniffed { confidence: Confidence::Likely, reason: reason.into() });
    }
    None
}

/// A package's line, taken apart.
struct Package<'a> {
    name: &'a str,
    /// Version and release, `11.2.0-4528`.
    version: &'a str,
    has_architecture: bool,
}

impl<'a> Package<'a> {
    fn of(text: &'a str) -> Option<Self> {
        // rpm -qa --last has the day of installation behind.
        let text = match text.split_once(char::is_whitespace) {
            Some((package, day)) if is_day_and_time(day) => package,
            _ => text,
        };
        if text.contains(char::is_whitespace) || text.contains(['/', '\\']) {
            return None;
        }
        let (text, has_architecture) = match text.rsplit_once('.') {
            Some((rest, last)) if ARCHITECTURES.contains(&last) => (rest, true),
            // A package's file, not an installed package.
            Some((_, "rpm" | "deb")) => return None,
            _ => (text, false),
        };
        let (rest, release) = text.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        let begins_with_digit =
            |part: &str| part.bytes().next().is_some_and(|b| b.is_ascii_digit());
        let is_version = if has_architecture {
            !version.is_empty() && !release.is_empty()
        } else {
            // `gpg-pubkey-8a3872bf-3228467c` has hexadecimal ones.
            (begins_with_digit(version) && begins_with_digit(release)) || name == "gpg-pubkey"
        };
        let is_name = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
        // `version` and `release` stand next to each other in the same text.
        let version = text.get(name.len() + 1..)?;
        (is_name && is_version).then_some(Self { name, version, has_architecture })
    }
}

/// The name, and version with release, of `kesl-12.1.0-1297` with or without its architecture.
pub(super) fn name_and_version(text: &str) -> Option<(&str, &str)> {
    Package::of(text).map(|package| (package.name, package.version))
}

/// `Tue 14 Mar 2023 10:12:33 AM CET`, in any language: a year and a time of day.
fn is_day_and_time(text: &str) -> bool {
    let has_year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")));
    let has_time = text.split_whitespace().any(|word| {
        matches!(word.as_bytes(), [a, b, b':', c, d, ..] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()))
            || matches!(word.as_bytes(), [a, b':', c, d, ..] if [a, c, d].iter().all(|b| b.is_ascii_digit()))
    });
    // Chinese and Japanese join them: "2023年03月14日 10时12分33秒".
    let has_written_time = text.contains(['时', '時', '시']);
    has_year && (has_time || has_written_time)
}

/// What rpm says instead of a package.
fn is_message(text: &str) -> bool {
    text.starts_with("error:")
        || text.starts_with("warning:")
        || (text.starts_with("package ") && text.ends_with(" is not installed"))
}

struct RpmReader;

impl LineReader for RpmReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        let (name, version) = match Package::of(text) {
            Some(package) => (package.name, package.version),
            None if text.is_empty() || is_prompt_line(text) || is_message(text) => {
                return Outcome::STRUCTURE;
            }
            // A bare name among packages is still a package.
            None if !text.contains(char::is_whitespace) => (text, ""),
            None if is_remark(text) => return Outcome::STRUCTURE,
            None => {
                let expected = clause!("a package such as bash-5.2.15-3.el9.x86_64");
                sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
                return Outcome::PROBLEM;
            }
        };
        sink.record(&Record {
            name,
            version,
            identifiers: &[Identifier { kind: IdentifierKind::Package, value: name }],
            line: line.number,
            text: line.text,
            ..Record::default()
        });
        Outcome::RECORD
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
    fn name_version_and_release_are_told_apart_from_the_right() {
        check(
            "kesl-12.0.0-6672.x86_64\npython3-dnf-plugins-core-4.3.0-13.el9.noarch\n\
             gpg-pubkey-8a3872bf-3228467c\njava-17-openjdk-17.0.9.0.9-2.el9.x86_64\n",
            expect![[r#"
                Certain: its lines are name-version-release.architecture, as rpm -qa prints them
                1: kesl | version 12.0.0-6672 | package kesl
                2: python3-dnf-plugins-core | version 4.3.0-13.el9 | package python3-dnf-plugins-core
                3: gpg-pubkey | version 8a3872bf-3228467c | package gpg-pubkey
                4: java-17-openjdk | version 17.0.9.0.9-2.el9 | package java-17-openjdk
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_day_of_installation_may_stand_behind() {
        check(
            "kesl-12.0.0-6672.x86_64            Tue 14 Mar 2023 10:12:33 AM CET\n\
             bash-5.2.15-3.el9.x86_64           2023年03月14日 星期二 10时12分33秒\n\
             klnagent64-15.1.0-20748.x86_64     mar. 14 mars 2023 10:12:33\n\
             glibc-2.34-60.el9.x86_64           a note of 2023\n",
            expect![[r#"
                Certain: its lines are name-version-release.architecture, as rpm -qa prints them
                1: kesl | version 12.0.0-6672 | package kesl
                2: bash | version 5.2.15-3.el9 | package bash
                3: klnagent64 | version 15.1.0-20748 | package klnagent64
                4! expected a package such as bash-5.2.15-3.el9.x86_64; passed over
                lines: 3 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn messages_and_prompts_are_structure_and_bare_names_are_packages() {
        check(
            "[me@pc ~]$ rpm -qa\nbash-5.2.15-3.el9.x86_64\nglibc-2.34-60.el9.x86_64\n\
             package kesl is not installed\nklnagent64\n\nnot a package line\n",
            expect![[r#"
                not recognised
                2: bash | version 5.2.15-3.el9 | package bash
                3: glibc | version 2.34-60.el9 | package glibc
                5: klnagent64 | package klnagent64
                7! expected a package such as bash-5.2.15-3.el9.x86_64; passed over
                lines: 3 records + 3 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn packages_without_architecture_are_recognised_when_there_are_several() {
        check(
            "bash-5.2.15-3\nglibc-2.34-60\nkesl-12.0.0-6672\n",
            expect![[r#"
            Likely: its lines are name-version-release, as rpm -qa may print them
            1: bash | version 5.2.15-3 | package bash
            2: glibc | version 2.34-60 | package glibc
            3: kesl | version 12.0.0-6672 | package kesl
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn file_names_and_names_with_hyphens_are_not_recognised() {
        check(
            "kesl-12.0.0-6672.x86_64.rpm\n",
            expect![[r#"
            not recognised
            1: kesl-12.0.0-6672.x86_64.rpm | package kesl-12.0.0-6672.x86_64.rpm
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "python3-yaml\nlibstdc++-12-dev\nx11-utils\n",
            expect![[r#"
            not recognised
            1: python3-yaml | package python3-yaml
            2: libstdc++-12-dev | package libstdc++-12-dev
            3: x11-utils | package x11-utils
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }
}
