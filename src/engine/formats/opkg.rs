//! `opkg list-installed` of OpenWrt and other small systems: `name - version`.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_debian_name, no_structure};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "opkg",
    title: "OpenWrt package list (opkg list-installed)",
    reads: "lines of a package's name, a hyphen between blanks and its version, such as “busybox - \
            1.36.1-1”",
    how_to_get: "in a terminal of the router: opkg list-installed > programs.txt",
    cannot_show: "it has no makers, and only packages: what the maker of the device built into its \
                  firmware is not among them; the device's model and firmware version would show that",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: PACKAGE,
    expected: key!("a package and its version, such as “busybox - 1.36.1-1”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_nearly_all(3).then(|| Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines are names and versions as opkg writes them"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let (name, rest) = line.split_once(" - ")?;
    // opkg list has a description too.
    let version = rest.split(" - ").next()?.trim();
    let has_digit = version.bytes().any(|byte| byte.is_ascii_digit());
    let is_version = has_digit
        && version.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'~' | b':')
        });
    // Names of Yocto have underscores.
    let is_name = is_debian_name(&name.replace('_', "-"));
    (is_name && is_version).then(|| Package { name, version, ..Package::default() })
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
    fn names_and_versions_are_parted() {
        check(
            "root@OpenWrt:~# opkg list-installed\nbase-files - 1554-r24106-10cc5fcd00\nluci-app-firewall - git-24.170.05500-1111111\nkesl - 12.1.0-1 - Endpoint protection\nCollected errors:\n",
            expect![[r#"
                Likely: its lines are names and versions as opkg writes them
                2: base-files | version 1554-r24106-10cc5fcd00 | package base-files
                3: luci-app-firewall | version git-24.170.05500-1111111 | package luci-app-firewall
                4: kesl | version 12.1.0-1 | package kesl
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_lists_with_hyphens_are_not_recognised() {
        check(
            "Mozilla Firefox - 128.0\n7-Zip - 23.01\nVLC - 3.0\n",
            expect![[r#"
            not recognised
            1! expected a package and its version, such as “busybox - 1.36.1-1”; passed over
            2! expected a package and its version, such as “busybox - 1.36.1-1”; passed over
            3! expected a package and its version, such as “busybox - 1.36.1-1”; passed over
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
