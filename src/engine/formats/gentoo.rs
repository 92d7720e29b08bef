//! `qlist -Iv` and `equery list`: packages of Gentoo, as `category/name-version`.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_package_word, name_and_version,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "gentoo",
    title: "Gentoo package list (qlist -Iv, equery list)",
    reads: "lines of category/name-version, such as “app-shells/bash-5.2_p21”",
    how_to_get: "in a terminal: qlist -Iv > programs.txt",
    cannot_show: "it has no makers, and only packages of the system's package manager; programs \
                  from flatpak or archives are missing; flatpak list would show some of those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| line.starts_with(" * "),
    kinds: PACKAGE,
    expected: key!("a package such as “app-shells/bash-5.2_p21”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let counts = GRAMMAR.count(sample);
    let known = sample.filled_lines().filter(|line| is_known_category(atom_of(line))).count();
    (counts.are_most(2) && known * 10 >= counts.packages * 7).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are categories and packages of Gentoo"),
    })
}

/// Nearly all categories are of two words: `app-shells`, `sys-apps`, `x11-libs`.
fn is_known_category(atom: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "app-", "sys-", "dev-", "net-", "x11-", "media-", "gui-", "kde-", "gnome-", "sec-",
        "acct-", "www-", "mail-", "sci-", "games-", "xfce-", "lxde-", "virtual/",
    ];
    BEGINNINGS.iter().any(|beginning| atom.starts_with(beginning)) && atom.contains('/')
}

/// `[IP-] [  ] app-shells/bash-5.2_p21:0` of equery → `app-shells/bash-5.2_p21`.
fn atom_of(line: &str) -> &str {
    let text = line.rsplit("] ").next().unwrap_or(line).trim();
    text.split(':').next().unwrap_or(text)
}

fn package(line: &str) -> Option<Package<'_>> {
    let (category, rest) = atom_of(line).split_once('/')?;
    if !is_package_word(category) || !is_package_word(rest) {
        return None;
    }
    let (name, version) = name_and_version(rest).unwrap_or((rest, ""));
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
    fn categories_are_taken_off() {
        check(
            "app-shells/bash-5.2_p21-r2\n[IP-] [  ] app-antivirus/kesl-12.1.0:0\nvirtual/libc-1-r1\nsys-apps/portage\n",
            expect![[r#"
                Certain: its lines are categories and packages of Gentoo
                1: bash | version 5.2_p21-r2 | package bash
                2: kesl | version 12.1.0 | package kesl
                3: libc | version 1-r1 | package libc
                4: portage | package portage
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn paths_and_branches_are_not_recognised() {
        check(
            "src/main\nfeature/login-2\n",
            expect![[r#"
            not recognised
            1: main | package main
            2: login | version 2 | package login
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "bin/bash\netc/passwd\n",
            expect![[r#"
            not recognised
            1: bash | package bash
            2: passwd | package passwd
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
