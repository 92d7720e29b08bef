//! `dpkg --get-selections`: packages of Debian and what is wanted of each.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_debian_name, no_structure, without_architecture,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "dpkg-selections",
    title: "Debian package selections (dpkg --get-selections)",
    reads: "what dpkg --get-selections prints: a package and install, hold, deinstall or purge",
    how_to_get: "in a terminal: dpkg --get-selections '*' > programs.txt",
    cannot_show: "it has no versions and no publishers, and only packages of the system's package \
                  manager; dpkg -l shows versions, snap list and flatpak list show other programs",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("a package's name and install, hold, deinstall or purge"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_most(1).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are a package and what dpkg is to do with it, such as install"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let mut words = line.split_whitespace();
    let (name, wanted) = (words.next()?, words.next()?);
    if words.next().is_some() || !is_debian_name(name) || !line.starts_with(name) {
        return None;
    }
    let presence = match wanted {
        "install" | "hold" => Presence::Installed,
        // Its settings are still there; or nothing, once it is purged.
        "deinstall" | "purge" => Presence::Removed,
        _ => return None,
    };
    Some(Package { name: without_architecture(name), presence, ..Package::default() })
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
    fn what_is_wanted_says_whether_it_is_there() {
        check(
            "adduser\t\t\tinstall\nkesl:amd64\t\tdeinstall\nlinux-image\thold\nold\tpurge\nand a remark here that is no row\n",
            expect![[r#"
                Certain: its lines are a package and what dpkg is to do with it, such as install
                1: adduser | package adduser
                2: kesl | package kesl | removed
                3: linux-image | package linux-image
                4: old | package old | removed
                5! expected a package's name and install, hold, deinstall or purge; passed over
                lines: 4 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_lists_of_two_words_are_not_recognised() {
        check(
            "Please install\nAdobe Reader\n7-Zip\n",
            expect![[r#"
            not recognised
            1! expected a package's name and install, hold, deinstall or purge; passed over
            2! expected a package's name and install, hold, deinstall or purge; passed over
            3! expected a package's name and install, hold, deinstall or purge; passed over
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
        check(
            "git 2.44\n",
            expect![[r#"
            not recognised
            1! expected a package's name and install, hold, deinstall or purge; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
