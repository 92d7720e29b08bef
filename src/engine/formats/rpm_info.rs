//! `rpm -qai`, `dnf info`, `zypper info`: a block of `Name        : value` lines a package.

use super::columns::{Field, Meaning};
use super::dnf_list::presence_of_heading;
use super::package_blocks::{BlockReader, Dialect};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "rpm-info",
    title: "RPM package details (rpm -qai, dnf info)",
    reads: "blocks that begin with “Name        : bash” and have version, release and vendor \
            below: what rpm -qai, dnf info, yum info and zypper info print",
    how_to_get: "in a terminal: rpm -qai > programs.txt",
    cannot_show: "only packages of the system's package manager are listed; programs from snap, \
                  flatpak or archives are missing; snap list and flatpak list would show those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(BlockReader::new(&DIALECT)),
};

static DIALECT: Dialect = Dialect {
    split,
    names_package: |line| split(line).is_some_and(|(key, _)| key == "Name") && is_padded(line),
    meaning,
    second: |line| {
        // rpm of Red Hat 6 and before.
        let (_, vendor) = line.split_once("   Vendor: ")?;
        Some((Meaning { field: Field::Publisher, rank: 0 }, vendor))
    },
    presence,
    index_keys: &[],
    heading: |line| {
        // zypper says it above each block, so that nothing is left of the one before.
        let is_zypper = line.starts_with("Information for package ");
        if is_zypper { Some(Presence::Installed) } else { presence_of_heading(line) }
    },
    ends_at_blank: false,
    expected: key!("a block that begins with “Name        : ”"),
    untold: None,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let seen = DIALECT.look(
        sample,
        &[
            "Release",
            "Architecture",
            "Arch",
            "Source RPM",
            "Source",
            "Repository",
            "Repo",
            "License",
            "Group",
            "Build Host",
            "Build Date",
            "Signature",
            "Vendor",
            "From repo",
            "Installed Size",
        ],
    );
    let has_version = DIALECT.look(sample, &["Version"]).keys == 1;
    (seen.packages > 0 && has_version && seen.keys >= 3).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its blocks begin with “Name : ” and have the keys of RPM packages"),
    })
}

/// `Name        : bash`, `Install Date: Tue …`; indented lines belong to the key above.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = key.len() <= 48
        && key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-' || c == '/')
        && (value.is_empty() || value.starts_with(' '));
    // "bash                    Relocations: (not relocatable)" is two columns.
    let value = value.trim();
    let value = match value.split_once("    ") {
        Some((first, rest)) if rest.contains(": ") => first,
        _ => value,
    };
    is_key.then_some((key, value))
}

/// True if a blank stands before the colon, as where keys are padded to one width.
pub(super) fn is_padded(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| key.ends_with(' '))
}

fn meaning(key: &str) -> Option<Meaning> {
    let (field, rank) = match key {
        "Name" => (Field::PackageName, 0),
        "Version" => (Field::Version, 0),
        "Vendor" => (Field::Publisher, 0),
        "Packager" => (Field::Publisher, 6),
        _ => return None,
    };
    Some(Meaning { field, rank })
}

fn presence(key: &str, value: &str) -> Option<Presence> {
    match key {
        "Install Date" => Some(Presence::Installed),
        "Repo" | "Repository" if value == "installed" || value.starts_with('@') => {
            Some(Presence::Installed)
        }
        // zypper info: "Yes", "Yes (automatically)", "No".
        "Installed" if value.starts_with("No") => Some(Presence::Available),
        "Installed" if value.starts_with("Yes") => Some(Presence::Installed),
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
    fn blocks_begin_with_a_name_and_run_over_blank_lines() {
        check(
            "Name        : kesl\nVersion     : 12.1.0\nRelease     : 1297\nArchitecture: x86_64\nInstall Date: Tue 14 Mar 2023\nVendor      : AO Kaspersky Lab\nDescription :\nProtects.\n\nName of it: none\nName        : bash\nVersion     : 5.1\nRelease     : 6\nVendor      : (none)\nPackager    : Somebody\n",
            expect![[r#"
                Certain: its blocks begin with “Name : ” and have the keys of RPM packages
                1: kesl | version 12.1.0 | publisher AO Kaspersky Lab | package kesl
                11: bash | version 5.1 | publisher Somebody | package bash
                lines: 14 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn two_columns_and_sections_are_read() {
        check(
            "Name        : klnagent               Relocations: (not relocatable)\nVersion     : 10.1.1                 Vendor: Kaspersky Lab\nRelease     : 26                     Build Date: Tue 11 Nov 2014\nLicense     : x\nSource RPM  : x\n",
            expect![[r#"
                Certain: its blocks begin with “Name : ” and have the keys of RPM packages
                1: klnagent | version 10.1.1 | publisher Kaspersky Lab | package klnagent
                lines: 5 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Available Packages\nName         : kesl\nVersion      : 12.1.0\nRelease      : 1297\nArchitecture : x86_64\nRepository   : company\nInstalled Packages\nName         : bash\nVersion      : 5\nRepository   : @System\n",
            expect![[r#"
                Certain: its blocks begin with “Name : ” and have the keys of RPM packages
                2: kesl | version 12.1.0 | package kesl | available
                8: bash | version 5 | package bash
                lines: 8 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn blocks_of_other_tools_are_not_recognised() {
        check(
            "Name        : 7-Zip\nVersion     : 23\nVendor      : Igor Pavlov\nCaption     : 7-Zip\n",
            expect![[r#"
                not recognised
                1: 7-Zip | version 23 | publisher Igor Pavlov | package 7-Zip
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Name : kesl\n",
            expect![[r#"
            not recognised
            1: kesl | package kesl
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
