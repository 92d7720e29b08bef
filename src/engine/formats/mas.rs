//! `mas list`: apps from the Mac App Store, with their number in it.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "mas",
    title: "Mac App Store list (mas list)",
    reads: "lines of an app's number, name and version, such as “497799835  Xcode  (15.0)”, as mas \
            list prints them",
    how_to_get: "in Terminal on the Mac: mas list > list.txt",
    cannot_show: "only apps from the App Store are listed; system_profiler SPApplicationsDataType \
                  lists all applications, with who signed them",
    platform: Some(Platform::Macos),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| line.starts_with("==>") || line.starts_with("Warning:"),
    kinds: PACKAGE,
    expected: key!("a line such as “497799835  Xcode  (15.0)”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    let with_version = GRAMMAR.share(sample, |package| !package.version.is_empty());
    let confidence = match counts.packages {
        _ if !counts.are_most(1) => return None,
        _ if with_version >= 80 => Confidence::Certain,
        3.. if counts.are_nearly_all(3) => Confidence::Likely,
        _ => return None,
    };
    let reason = clause!("its lines are a number of the App Store, a name and a version");
    Some(Sniffed { confidence, reason })
}

fn package(line: &str) -> Option<Package<'_>> {
    let line = line.trim();
    let (id, rest) = line.split_once([' ', '\t'])?;
    // The oldest numbers have nine digits, the newest ten.
    if !(8..=11).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = rest.trim();
    let (name, version) = match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        // "(15.0 -> 15.1)" of mas outdated.
        Some((name, version)) if !name.trim().is_empty() => {
            (name.trim(), version.split(" -> ").next().unwrap_or(version).trim())
        }
        _ => (rest, ""),
    };
    let has_letter = name.chars().any(char::is_alphabetic);
    has_letter.then(|| Package { name, id, version, ..Package::default() })
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
    fn numbers_names_and_versions_are_read() {
        check(
            "497799835  Xcode       (15.3)\n425424353 Tools (Beta) (1.0 -> 1.1)\n1107294811 Kaspersky VPN (2.40)\n",
            expect![[r#"
                Certain: its lines are a number of the App Store, a name and a version
                1: Xcode | version 15.3 | package 497799835
                2: Tools (Beta) | version 1.0 | package 425424353
                3: Kaspersky VPN | version 2.40 | package 1107294811
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_numbered_lists_are_not_recognised() {
        check(
            "1 Firefox (115.0)\n2 Kaspersky (21.3)\n",
            expect![[r#"
            not recognised
            1! expected a line such as “497799835  Xcode  (15.0)”; passed over
            2! expected a line such as “497799835  Xcode  (15.0)”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "12345678\n87654321\n",
            expect![[r#"
            not recognised
            1! expected a line such as “497799835  Xcode  (15.0)”; passed over
            2! expected a line such as “497799835  Xcode  (15.0)”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
        check(
            "2023 Tax Software (1.0)\n",
            expect![[r#"
            not recognised
            1! expected a line such as “497799835  Xcode  (15.0)”; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
