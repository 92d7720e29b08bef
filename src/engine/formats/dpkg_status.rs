//! Stanzas of Debian's package database: `/var/lib/dpkg/status`, `dpkg -s`, `apt show`.

use super::columns::{Field, Meaning};
use super::package_blocks::{BlockReader, Dialect, no_heading, no_second};
use super::packages::presence_of_status;
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "dpkg-status",
    title: "Debian package database (/var/lib/dpkg/status)",
    reads: "blocks that begin with “Package:” and have “Version:” and “Maintainer:” below: the file \
            /var/lib/dpkg/status, and what dpkg -s, apt show and apt-cache show print",
    how_to_get: "copy the file /var/lib/dpkg/status, or in a terminal: dpkg -s > programs.txt",
    cannot_show: "only packages of the system's package manager are listed, and apt-cache show \
                  does not say what is installed; dpkg -s does, snap list and flatpak list show \
                  other programs",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(BlockReader::new(&DIALECT)),
};

static DIALECT: Dialect = Dialect {
    split,
    names_package: |line| line.starts_with("Package:"),
    meaning,
    second: no_second,
    presence,
    index_keys: &["Filename", "SHA256", "APT-Sources"],
    heading: no_heading,
    ends_at_blank: true,
    expected: key!("a block that begins with “Package:”"),
    untold: Some((
        key!(
            "blocks without a Status line, as apt-cache show prints them, do not say whether the \
             package is installed"
        ),
        key!("dpkg -l or dpkg -s lists what is installed"),
    )),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let seen = DIALECT.look(
        sample,
        &[
            "Status",
            "Version",
            "Maintainer",
            "Architecture",
            "Installed-Size",
            "Depends",
            "Section",
        ],
    );
    (seen.packages > 0 && seen.keys >= 3).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its blocks begin with “Package:” and have the keys of Debian's packages"),
    })
}

fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_key.then_some((key, value.trim()))
}

fn meaning(key: &str) -> Option<Meaning> {
    let field = match key {
        "Package" => Field::PackageName,
        "Version" => Field::Version,
        "Maintainer" => Field::Publisher,
        _ => return None,
    };
    Some(Meaning { field, rank: 0 })
}

fn presence(key: &str, value: &str) -> Option<Presence> {
    match key {
        "Status" => presence_of_status(value),
        "APT-Manual-Installed" => Some(Presence::Installed),
        _ => None,
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
    fn the_status_says_whether_it_is_there() {
        check(
            "Package: bash\nStatus: install ok installed\nMaintainer: A\nArchitecture: amd64\nVersion: 5.2\nDescription: shell\n a longer text\n\nPackage: kesl\nStatus: deinstall ok config-files\nVersion: 12.0\n\n",
            expect![[r#"
                Certain: its blocks begin with “Package:” and have the keys of Debian's packages
                1: bash | version 5.2 | publisher A | package bash
                9: kesl | version 12.0 | package kesl | removed
                lines: 10 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_index_does_not_say_so_and_the_report_does() {
        check(
            "Package: kesl\nVersion: 12.1\nMaintainer: AO Kaspersky Lab\nArchitecture: amd64\nFilename: pool/k/kesl.deb\n\nPackage: klnagent64\nVersion: 15\nFilename: pool/k.deb\n\nPackage: bash\nVersion: 5\nAPT-Manual-Installed: no\nAPT-Sources: x\n",
            expect![[r#"
                Certain: its blocks begin with “Package:” and have the keys of Debian's packages
                1! this list is not complete: blocks without a Status line, as apt-cache show prints them, do not say whether the package is installed; what is there was checked; dpkg -l or dpkg -s lists what is installed
                1: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl | available
                7: klnagent64 | version 15 | package klnagent64 | available
                11: bash | version 5 | package bash
                lines: 12 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_blocks_are_not_recognised() {
        check(
            "Package: a present\nFrom: Ana\n\nDear all\n",
            expect![[r#"
            not recognised
            1: a present | package a present
            4! expected a block that begins with “Package:”; passed over
            lines: 2 records + 1 structure + 1 problems
        "#]],
        );
        check(
            "Name: kesl\nVersion: 12\nVendor: Kaspersky\n",
            expect![[r#"
            not recognised
            1! expected the name of a program, found none
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
