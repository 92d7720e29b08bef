//! `brew list`: formulae and casks of Homebrew, one a line or in columns.

use super::common::{is_prompt_line, without_colours};
use super::packages::{PACKAGE, Package, is_package_word, not_expected};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "brew",
    title: "Homebrew list (brew list)",
    reads: "what brew list prints, with --versions (“git 2.44.0”) or under the headings ==> Formulae \
            and ==> Casks; also what brew search prints",
    how_to_get: "in Terminal on the Mac: (brew list --formula --versions; brew list --cask \
                 --versions) > list.txt",
    cannot_show: "only what Homebrew installed is listed; system_profiler SPApplicationsDataType \
                  lists all applications, with who signed them",
    platform: Some(Platform::Macos),
    sniff,
    open,
};

/// The mark that brew search puts behind what is installed.
const INSTALLED: char = '\u{2714}';

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    let is_search = sample
        .filled_lines()
        .any(|line| line.contains(INSTALLED) || (is_prompt_line(line) && line.contains("search")));
    Lines::boxed(BrewReader { is_search })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut rows, mut with_versions, mut typical, mut others) = (0, 0, 0, 0);
    let (mut has_heading, mut has_command) = (false, false);
    for line in sample.filled_lines().map(without_colours) {
        if is_heading(&line) {
            has_heading |= matches!(line.trim(), "==> Formulae" | "==> Casks");
        } else if is_prompt_line(&line) {
            has_command |= line.contains("brew list") || line.contains("brew ls");
        } else if let Some((name, versions)) = with_versions_of(&line) {
            with_versions += 1;
            typical += usize::from(is_typical(name, versions));
        } else if names(&line).all(is_name) {
            rows += 1;
        } else {
            others += 1;
        }
    }
    let all = rows + with_versions;
    let is_list = all > 0 && others * 3 <= all;
    let certain = |reason: &'static str| {
        Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
    };
    if has_heading && is_list {
        return certain(key!("it has the headings of Homebrew, such as ==> Casks"));
    }
    if has_command && is_list {
        return certain(key!("its lines stand under the command brew list"));
    }
    // Other lists have names and versions too; these have Homebrew's own way of writing both.
    (is_list && with_versions >= 3 && (rows + others) * 10 <= all && typical > 0).then(|| Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines are names and versions as Homebrew writes them"),
    })
}

fn is_heading(line: &str) -> bool {
    line.starts_with("==>")
}

/// `git`, `python@3.12`, `homebrew/cask/firefox`; a capital is in no name.
fn is_name(word: &str) -> bool {
    let word = word.trim_end_matches(INSTALLED);
    let name = word.rsplit('/').next().unwrap_or(word);
    word.is_empty() || (is_package_word(name) && !name.bytes().any(|b| b.is_ascii_uppercase()))
}

/// `2.44.0`, `3.12.2_1`, `4.38.0,181591`, `latest`.
fn is_version(word: &str) -> bool {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit())
        && (word.contains(['.', ',']) || word.bytes().all(|b| b.is_ascii_digit()));
    is_number || word == "latest" || word.starts_with("HEAD-")
}

/// A name and the versions behind it, if there are any and nothing else is.
fn with_versions_of(line: &str) -> Option<(&str, &str)> {
    let (name, versions) = line.trim().split_once(' ')?;
    let is_row = is_name(name)
        && !name.is_empty()
        && !line.starts_with(' ')
        && versions.split_whitespace().all(is_version)
        && !versions.trim().is_empty();
    is_row.then_some((name, versions))
}

/// What no other tool's names and versions have.
fn is_typical(name: &str, versions: &str) -> bool {
    let at_version = name
        .split_once('@')
        .is_some_and(|(_, version)| version.starts_with(|c: char| c.is_ascii_digit()));
    let revision = versions.rsplit_once('_').is_some_and(|(_, revision)| {
        !revision.is_empty() && revision.bytes().all(|b| b.is_ascii_digit())
    });
    at_version || revision || versions.contains(',') || versions.split(' ').count() > 1
}

/// The words of a row of names, without notes such as "(deprecated)".
fn names(line: &str) -> impl Iterator<Item = &str> + Clone {
    line.split_whitespace().filter(|word| !word.starts_with('('))
}

struct BrewReader {
    /// True if the list is of what could be installed, and marks what is.
    is_search: bool,
}

impl LineReader for BrewReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.trim();
        if text.is_empty() || is_heading(text) || is_prompt_line(text) {
            return Outcome::STRUCTURE;
        }
        if let Some((name, versions)) = with_versions_of(text) {
            for version in versions.split_whitespace() {
                Package { name: last_part(name), version, ..Package::default() }
                    .tell(PACKAGE, line, sink);
            }
            return Outcome::RECORD;
        }
        // A sentence is no row of names.
        let mut words = names(text).peekable();
        if !words.clone().all(is_name) {
            return not_expected(key!("names of packages, or a name and its version"), line, sink);
        }
        while let Some(word) = words.next() {
            let name = last_part(word.trim_end_matches(INSTALLED));
            let is_marked = word.ends_with(INSTALLED)
                || words.next_if(|next| next.starts_with(INSTALLED)).is_some();
            let presence = if self.is_search && !is_marked {
                Presence::Available
            } else {
                Presence::Installed
            };
            if !name.is_empty() {
                Package { name, presence, ..Package::default() }.tell(PACKAGE, line, sink);
            }
        }
        Outcome::RECORD
    }
}

/// `homebrew/cask/firefox` → `firefox`.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
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
    fn headings_columns_and_versions_are_read() {
        check(
            "==> Formulae\ngit\t\tpython@3.12\n7zip node\n==> Casks\nkaspersky-vpn\nWhat is This one?\n",
            expect![[r#"
                Certain: it has the headings of Homebrew, such as ==> Casks
                2: git | package git
                2: python@3.12 | package python@3.12
                3: 7zip | package 7zip
                3: node | package node
                5: kaspersky-vpn | package kaspersky-vpn
                lines: 3 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "git 2.44.0\nnode 20.11.1 21.7.1\nhomebrew/cask/kaspersky-vpn 2.40.0,12\n",
            expect![[r#"
                Likely: its lines are names and versions as Homebrew writes them
                1: git | version 2.44.0 | package git
                2: node | version 20.11.1 | package node
                2: node | version 21.7.1 | package node
                3: kaspersky-vpn | version 2.40.0,12 | package kaspersky-vpn
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn of_a_search_only_marked_packages_are_installed() {
        check(
            "==> Casks\nkaspersky-vpn  nordvpn ✔  x✔\ny (deprecated)\n",
            expect![[r#"
                Certain: it has the headings of Homebrew, such as ==> Casks
                2: kaspersky-vpn | package kaspersky-vpn | available
                2: nordvpn | package nordvpn
                2: x | package x
                3: y | package y | available
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lists_of_windows_programs_are_not_recognised() {
        check(
            "firefox 115.0\n7zip 23.01\nvlc 3.0.20\n",
            expect![[r#"
            not recognised
            1: firefox | version 115.0 | package firefox
            2: 7zip | version 23.01 | package 7zip
            3: vlc | version 3.0.20 | package vlc
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "git\nnode\nkaspersky\n",
            expect![[r#"
            not recognised
            1: git | package git
            2: node | package node
            3: kaspersky | package kaspersky
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "Chocolatey v2.2.2\n7zip 23.1.0\nvlc 3.0\ngit 2.44\n3 packages installed.\n",
            expect![[r#"
                not recognised
                1! expected names of packages, or a name and its version; passed over
                2: 7zip | version 23.1.0 | package 7zip
                3: vlc | version 3.0 | package vlc
                4: git | version 2.44 | package git
                lines: 3 records + 1 structure + 1 problems
            "#]],
        );
    }
}
