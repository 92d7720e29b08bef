//! `apt list`: packages of Debian and Ubuntu, installed ones and others, in the user's language.

use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_debian_name, is_version_word, without_architecture,
};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence};

pub(super) static FORMAT: Format = Format {
    id: "apt-list",
    title: "Debian package list (apt list)",
    reads: "what apt list prints, with or without --installed, in any language: a package, where \
            it is from, its version and whether it is installed",
    how_to_get: "in a terminal: apt list --installed > programs.txt",
    cannot_show: "only packages of the system's package manager are listed; programs from snap, \
                  flatpak, archives or another package manager are missing; snap list and flatpak \
                  list would show those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure,
    kinds: PACKAGE,
    expected: key!("a package's line such as “bash/stable,now 5.2.15-2 amd64 [installed]”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_most(1).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "its lines are “package/suite version architecture”, as apt list prints them"
        ),
    })
}

/// `Listing...` in all languages, apt's warning and notes, descriptions of `apt search`.
fn is_structure(line: &str) -> bool {
    let text = line.trim();
    line.starts_with("  ")
        || text.contains("...")
        || text.ends_with('\u{2026}')
        || ["WARNING:", "N: ", "W: ", "E: "].iter().any(|sign| text.starts_with(sign))
}

fn package(line: &str) -> Option<Package<'_>> {
    let (head, state) = match line.trim_end().strip_suffix(']') {
        Some(rest) => rest.split_once('[').map(|(head, state)| (head, Some(state)))?,
        None => (line, None),
    };
    let mut words = head.split_whitespace();
    let (place, version, architecture) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !line.starts_with(place) {
        return None;
    }
    let (name, suites) = place.split_once('/')?;
    let is_architecture =
        architecture.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_debian_name(name) || !is_version_word(version) || !is_architecture {
        return None;
    }
    let is_now = suites.split(',').any(|suite| suite == "now");
    let presence = match state {
        None => Presence::Available,
        Some(state) if is_residual(state) => Presence::Removed,
        Some(_) => Presence::Installed,
    };
    // "[upgradable from: 5.1]": the version in front is the one that could be installed.
    let installed = state.and_then(|state| state.rsplit([' ', ':', '：']).next());
    let version = match installed {
        Some(installed) if !is_now && is_version_word(installed) => installed,
        _ => version,
    };
    Some(Package { name: without_architecture(name), version, presence, ..Package::default() })
}

/// What the translations of apt write for `residual-config`: removed, its settings are left.
fn is_residual(state: &str) -> bool {
    const RESIDUAL: &[&str] = &[
        "residual-config",
        "configuració-residual",
        "zbytkové-konfigurační-coubory",
        "zbytkové-konfigurační-soubory",
        "residual-konfig",
        "Konfiguration-verbleibend",
        "υπολοιπόμενο-config",
        "configuración-residual",
        "configuration restante",
        "megmaradt konfig",
        "configurazione residua",
        "設定が残存",
        "overgebleven configuratie",
        "остались файлы настроек",
        "kvarvarande-inställning",
        "ค่าตั้งตกค้าง",
        "artık-yapılandırma",
        "配置文件残留",
    ];
    RESIDUAL.contains(&state.trim())
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
    fn states_are_told_in_any_language() {
        check(
            "Listing... Done\nbash/stable,now 5.2.15-2 amd64 [installed,automatic]\nzsh/stable 5.9-4 amd64\nkesl/now 12.0 amd64 [residual-config]\nklnagent64/now 15.1 amd64  [Installiert,lokal]\nkesl-gui/now 12.0 amd64 [остались файлы настроек]\n",
            expect![[r#"
                Certain: its lines are “package/suite version architecture”, as apt list prints them
                2: bash | version 5.2.15-2 | package bash
                3: zsh | version 5.9-4 | package zsh | available
                4: kesl | version 12.0 | package kesl | removed
                5: klnagent64 | version 15.1 | package klnagent64
                6: kesl-gui | version 12.0 | package kesl-gui | removed
                lines: 5 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn of_what_could_be_upgraded_the_installed_version_is_told() {
        check(
            "Auflistung…\nkesl/stable 12.1 amd64 [aktualisierbar von: 12.0]\nzsh/stable 5.9 amd64 [可从该版本升级：5.8]\nbash/stable,now 5.2 amd64 [installed,upgradable to: 5.3]\n",
            expect![[r#"
                Certain: its lines are “package/suite version architecture”, as apt list prints them
                2: kesl | version 12.0 | package kesl
                3: zsh | version 5.8 | package zsh
                4: bash | version 5.2 | package bash
                lines: 3 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn paths_and_branches_are_not_recognised() {
        check(
            "feature/login 3 days ago\nsrc/main.rs 120 lines\n",
            expect![[r#"
            not recognised
            1! expected a package's line such as “bash/stable,now 5.2.15-2 amd64 [installed]”; passed over
            2: src | version 120 | package src | available
            lines: 1 records + 0 structure + 1 problems
        "#]],
        );
        check(
            "usr/bin 1 2\nkesl/now\n",
            expect![[r#"
            not recognised
            1: usr | version 1 | package usr | available
            2! expected a package's line such as “bash/stable,now 5.2.15-2 amd64 [installed]”; passed over
            lines: 1 records + 0 structure + 1 problems
        "#]],
        );
    }
}
