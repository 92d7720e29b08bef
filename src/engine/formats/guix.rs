//! `guix package -I`: name, version, output and place in the store, with tabs between.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_package_word, no_structure};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "guix",
    title: "Guix package list (guix package -I)",
    reads: "lines of a package's name, version, output and place in the store, with tabs between them",
    how_to_get: "in a terminal: guix package --list-installed > programs.txt; for those of the system: \
                 guix package -p /run/current-system/profile --list-installed > system.txt",
    cannot_show: "it has no makers, and only what one user installed, or the system: each profile has a \
                  list of its own",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("a name, a version, an output and a place in /gnu/store, with tabs between"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_most(1).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are packages with their places in /gnu/store"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let mut cells = line.split('\t').map(str::trim);
    let (name, version) = (cells.next()?, cells.next()?);
    let _output = cells.next()?;
    let path = cells.next().filter(|path| path.starts_with("/gnu/store/"))?;
    is_package_word(name).then(|| Package { name, version, path, ..Package::default() })
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
    fn the_output_is_no_maker() {
        check(
            "hello\t2.12.1\tout\t/gnu/store/k74s-hello-2.12.1\ngit\t2.41.0\tsend-email\t/gnu/store/b2b2-git-2.41.0-send-email\n",
            expect![[r#"
                Certain: its lines are packages with their places in /gnu/store
                1: hello | version 2.12.1 | package hello | path /gnu/store/k74s-hello-2.12.1
                2: git | version 2.41.0 | package git | path /gnu/store/b2b2-git-2.41.0-send-email
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "hello\t2.12.1\tout\t/usr/bin/hello\n",
            expect![[r#"
            not recognised
            1! expected a name, a version, an output and a place in /gnu/store, with tabs between; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
