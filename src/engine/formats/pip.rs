//! `pip list`: the libraries of a Python installation, as a table.

use super::common::without_colours;
use super::fixed_width::is_rule;
use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word, is_version_word};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "pip",
    title: "Python package list (pip list)",
    reads: "the table of packages and versions that pip list prints",
    how_to_get: "in a terminal: pip list > packages.txt; this is evidence beside a list of programs, \
                 not instead of one",
    cannot_show: "this lists libraries of one Python installation, not programs, and no makers: a clean \
                  list does not clear the computer; make a list of programs with the command of step 2",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| is_header(line) || is_rule(line) || is_message(line),
    kinds: PACKAGE,
    expected: key!("a package and its version, such as “numpy 1.26.4”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    const LINES: usize = 20;
    let lines = || sample.filled_lines().map(without_colours).take(LINES);
    let header = lines().position(|line| is_header(&line))?;
    let rule = lines().nth(header + 1)?;
    (rule.starts_with("---") && is_rule(&rule)).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its header is that of pip list: Package, Version"),
    })
}

fn is_header(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("Package")
        && words.next() == Some("Version")
        && matches!(words.next(), None | Some("Editable" | "Location" | "Latest" | "Installer"))
}

fn is_message(line: &str) -> bool {
    ["WARNING: ", "DEPRECATION: ", "ERROR: ", "[notice] "]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

fn package(line: &str) -> Option<Package<'_>> {
    // Behind the version stands where the package is worked on, or what could replace it.
    let mut words = line.split_whitespace();
    let name = words.next().filter(|name| is_package_word(name))?;
    let version = words.next().unwrap_or_default();
    (version.is_empty() || is_version_word(version)).then(|| Package {
        name,
        version,
        ..Package::default()
    })
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
    fn packages_and_versions_are_read() {
        check(
            "(venv) ana@pc:~$ pip list\nPackage    Version  Editable project location\n---------- -------- -------------------------\ncertifi    2024.2.2\nmytool     0.1.0    /home/ana/mytool\n",
            expect![[r#"
                Certain: its header is that of pip list: Package, Version
                4: certifi | version 2024.2.2 | package certifi
                5: mytool | version 0.1.0 | package mytool
                lines: 2 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn tables_of_others_are_not_recognised() {
        check(
            "Package    Version    Publisher\n-------    -------    ---------\n7zip       23.01      Igor Pavlov\n",
            expect![[r#"
                not recognised
                1! expected a package and its version, such as “numpy 1.26.4”; passed over
                3: 7zip | version 23.01 | package 7zip
                lines: 1 records + 1 structure + 1 problems
            "#]],
        );
    }
}
