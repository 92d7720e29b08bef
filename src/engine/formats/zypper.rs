//! `zypper search`: a table drawn with pipes, a letter in front of what is installed.

use super::common::without_colours;
use super::packages::{PACKAGE, Package, is_package_word, not_expected};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{Platform, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "zypper",
    title: "SUSE package list (zypper search)",
    reads: "the table that zypper search and zypper packages print, in any language: “S | Name | …” \
            and a row a package",
    how_to_get: "in a terminal: zypper --non-interactive search -i -s > programs.txt",
    cannot_show: "it has no vendors, and only packages of the system's package manager; rpm -qai \
                  shows vendors, snap list and flatpak list show other programs",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(ZypperReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let mut lines = sample.filled_lines().skip_while(|line| !is_rule(line));
    let header = sample.filled_lines().take_while(|line| !is_rule(line)).last()?;
    let layout = Layout::of_header(header)?;
    lines.next()?;
    // Tables of databases are drawn alike.
    let has_row = lines.take(20).any(|line| row(layout, line).is_some());
    has_row.then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("it has the header of zypper: a letter for the state, then the name"),
    })
}

/// `---+-----+-----`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("-+-") && line.bytes().all(|b| matches!(b, b'-' | b'+'))
}

/// Which cells hold what.
#[derive(Clone, Copy)]
struct Layout {
    name: usize,
    version: Option<usize>,
}

impl Layout {
    /// By the number of columns, since the words are the user's: search has `S Name Summary Type`,
    /// with -s `S Name Type Version Arch Repository`; packages has `S Repository Name Version Arch`.
    fn of_header(line: &str) -> Option<Self> {
        let mut cells = line.split('|').map(str::trim);
        // "S" for the state, another capital in some languages.
        let state = cells.next()?;
        let mut letters = state.chars();
        let is_state = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if !is_state || !line.contains('|') {
            return None;
        }
        match cells.count() {
            3 => Some(Self { name: 1, version: None }),
            4 => Some(Self { name: 2, version: Some(3) }),
            5 => Some(Self { name: 1, version: Some(3) }),
            _ => None,
        }
    }
}

/// The state in front of a row: `i` installed, `i+` because somebody wanted it, `v` installed in
/// another version; a lock or a retraction may stand behind.
fn presence(state: &str) -> Option<(Presence, bool)> {
    let is_state = state.len() <= 3
        && state.bytes().all(|b| matches!(b, b'i' | b'v' | b'+' | b'!' | b'l' | b'.' | b'r'));
    is_state.then(|| {
        let is_other_version = state.starts_with('v');
        let is_there = state.starts_with('i') || is_other_version;
        (if is_there { Presence::Installed } else { Presence::Available }, is_other_version)
    })
}

#[derive(Default)]
struct ZypperReader {
    layout: Option<Layout>,
    /// The header, if the line above may have been one.
    above: Option<Layout>,
    /// The name of the last package that is installed: rows of its other versions follow.
    last_installed: String,
}

/// A row's name, version and state, and whether another version is the one that is installed.
fn row(layout: Layout, line: &str) -> Option<(Package<'_>, bool)> {
    let cell = |at: usize| line.split('|').nth(at).map(str::trim);
    let (presence, is_other_version) = presence(cell(0)?)?;
    let name = cell(layout.name).filter(|name| is_package_word(name))?;
    let version = layout.version.and_then(cell).unwrap_or_default();
    Some((Package { name, version, presence, ..Package::default() }, is_other_version))
}

impl ZypperReader {
    fn tell(
        &mut self,
        mut package: Package<'_>,
        is_other: bool,
        line: Line<'_>,
        sink: &mut dyn Sink,
    ) {
        if is_other && self.last_installed == package.name {
            // The row of the installed version came before.
            package.presence = Presence::Available;
        } else if is_other {
            package.version = "";
        } else if package.presence == Presence::Installed {
            package.name.clone_into(&mut self.last_installed);
        }
        package.tell(PACKAGE, line, sink);
    }
}

impl LineReader for ZypperReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if is_rule(text) {
            self.layout = self.above.or(self.layout);
            return Outcome::STRUCTURE;
        }
        if let Some(layout) = self.layout
            && text.contains('|')
        {
            // The header once more, of another search.
            self.above = Layout::of_header(text);
            if let Some((package, is_other)) = row(layout, text) {
                self.tell(package, is_other, line, sink);
                return Outcome::RECORD;
            }
            if self.above.is_some() {
                return Outcome::STRUCTURE;
            }
            return not_expected(EXPECTED, line, sink);
        }
        if self.layout.is_none() {
            self.above = Layout::of_header(text);
            return Outcome::STRUCTURE;
        }
        not_expected(EXPECTED, line, sink)
    }
}

const EXPECTED: &str = key!("a row such as “i | bash | package | 5.2 | x86_64 | Main”");

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
    fn letters_say_what_is_installed() {
        check(
            "S  | Name | Type    | Version | Arch   | Repository\n---+------+---------+---------+--------+-----------\ni+ | kesl | package | 12.1-1  | x86_64 | x\nv  | kesl | package | 12.0-1  | x86_64 | y\nv  | zsh  | package | 5.9-1   | x86_64 | y\n   | bash | package | 5.2-1   | x86_64 | y\nil | vim  | package | 9.1-1   | x86_64 | y\n",
            expect![[r#"
                Certain: it has the header of zypper: a letter for the state, then the name
                3: kesl | version 12.1-1 | package kesl
                4: kesl | version 12.0-1 | package kesl | available
                5: zsh | package zsh
                6: bash | version 5.2-1 | package bash | available
                7: vim | version 9.1-1 | package vim
                lines: 5 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_columns_are_known_by_their_number() {
        check(
            "S | Name | Zusammenfassung | Typ\n--+------+-----------------+------\n  | kesl | a | Paket\ni | bash | b | Paket\nwhat is this\n",
            expect![[r#"
                Certain: it has the header of zypper: a letter for the state, then the name
                3: kesl | package kesl | available
                4: bash | package bash
                5! expected a row such as “i | bash | package | 5.2 | x86_64 | Main”; passed over
                lines: 2 records + 2 structure + 1 problems
            "#]],
        );
        check(
            "S | Repository | Name | Version | Arch\n--+------------+------+---------+-----\ni | @System    | kesl | 12.1-1  | noarch\n",
            expect![[r#"
                Certain: it has the header of zypper: a letter for the state, then the name
                3: kesl | version 12.1-1 | package kesl
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn tables_of_databases_are_not_recognised() {
        check(
            " id | name    | version | vendor\n----+---------+---------+-------\n  1 | Firefox | 115.0   | Mozilla\n",
            expect![[r#"
                not recognised
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
        check(
            " N | name    | version | vendor\n---+---------+---------+-------\n 1 | Firefox | 115.0   | Mozilla\n",
            expect![[r#"
                not recognised
                3! expected a row such as “i | bash | package | 5.2 | x86_64 | Main”; passed over
                lines: 0 records + 2 structure + 1 problems
            "#]],
        );
    }
}
