//! `choco list`: packages of Chocolatey, and with `--include-programs` the programs beside them.

use super::common::{is_prompt_line, is_remark, looks_like_version};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{
    Identifier, IdentifierKind, LineClass, Platform, Presence, Record, Sink,
};

pub(super) static FORMAT: Format = Format {
    id: "choco",
    title: "Chocolatey list (choco list)",
    reads: "what choco list prints on Windows, with or without --include-programs, --limit-output \
            or its heading; of choco search and choco outdated it says what they are",
    how_to_get: "in a command prompt on Windows: choco list --include-programs > list.txt (with \
                 Chocolatey 1 and older: choco list --local-only --include-programs > list.txt)",
    cannot_show: "choco list shows only what Chocolatey installed, and no publishers; what was \
                  installed in any other way is missing unless --include-programs is added; the \
                  PowerShell command of step 2 lists all of it with its publisher",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(ChocoReader::default()),
};

const HEADING: &str = "Chocolatey v";
const NOT_MANAGED: &str = "applications not managed with Chocolatey.";
const OUTDATED: &str = "Output is package name | current version | available version";

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut entries, mut others) = (0_usize, 0_usize);
    let (mut has_heading, mut has_total, mut has_itself, mut has_spaced) =
        (false, false, false, false);
    for line in sample.filled_lines() {
        if line.starts_with(HEADING) {
            has_heading = true;
        } else if Total::of(line).is_some() || line.trim().starts_with(OUTDATED) {
            has_total = true;
        } else if let Some(entry) = Entry::of(line) {
            entries += 1;
            has_itself |= entry.name == "chocolatey" && entry.is_piped;
            has_spaced |= !entry.is_piped;
        } else if !is_prompt_line(line) && !line.starts_with(' ') {
            others += 1;
        }
    }
    // `choco install` prints the heading too, and then sentences.
    if has_total && (has_heading || entries > 0) && others <= entries + 4 {
        let reason = if has_heading {
            key!("its heading is “Chocolatey v…”, and it ends with the number of packages")
        } else {
            key!("its lines are a package and a version, and it ends with the number of packages")
        };
        return Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() });
    }
    if has_heading && entries > 0 && others * 2 <= entries {
        let reason =
            key!("its heading is “Chocolatey v…” and its lines are a package and a version");
        return Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() });
    }
    // Chocolatey is a package of its own and so in every list of it.
    (has_itself && !has_spaced && others * 10 <= entries).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "its lines are “package|version”, and one of the packages is chocolatey itself"
        ),
    })
}

/// The line that ends a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Total {
    /// `58 packages installed.`
    Installed,
    /// `3 packages found.`: a search of what could be installed.
    Found,
    /// `12 applications not managed with Chocolatey.`
    NotManaged,
    /// `Chocolatey has determined 2 package(s) are outdated.`
    Outdated,
}

impl Total {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim();
        if line.starts_with("Chocolatey has determined ") {
            return Some(Self::Outdated);
        }
        let (number, rest) = line.split_once(' ')?;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match rest {
            "packages installed." => Some(Self::Installed),
            "packages found." => Some(Self::Found),
            NOT_MANAGED => Some(Self::NotManaged),
            _ => None,
        }
    }
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry<'a> {
    name: &'a str,
    version: &'a str,
    /// True if a pipe stands between them.
    is_piped: bool,
    /// The name of a package; that of any other program may be anything.
    is_package: bool,
    /// True if the line says what only the answers of a server do.
    is_of_server: bool,
}

impl<'a> Entry<'a> {
    fn of(line: &'a str) -> Option<Self> {
        if line.starts_with(char::is_whitespace) {
            return None;
        }
        let line = line.trim_end();
        if let Some((name, rest)) = line.split_once('|') {
            // `choco outdated` gives two versions and whether the package is pinned.
            let version = rest.split('|').next().unwrap_or_default().trim();
            let is_version =
                version.is_empty() || version.starts_with(|c: char| c.is_ascii_digit());
            let name = name.trim();
            let is_package = is_package_name(name);
            return (is_version && !name.is_empty()).then_some(Self {
                name,
                version,
                is_piped: true,
                is_package,
                is_of_server: false,
            });
        }
        let (name, rest) = line.split_once(' ')?;
        let (version, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_of_server = after.starts_with("[Approved]")
            || after.starts_with("Downloads cached")
            || after.starts_with("- Possibly broken");
        let is_entry = is_package_name(name)
            && version.starts_with(|c: char| c.is_ascii_digit())
            && (looks_like_version(version) || version.bytes().all(|byte| byte.is_ascii_digit()))
            && (after.is_empty() || is_of_server);
        is_entry.then_some(Self { name, version, is_piped: false, is_package: true, is_of_server })
    }
}

/// The ids of packages are made of letters, digits, dots, hyphens and underscores.
fn is_package_name(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// The most text held back until the total below says what the packages are. A computer has some
/// hundred packages, which take a few kilobytes.
const HELD_BYTES: usize = 64 * 1024;

#[derive(Default)]
struct ChocoReader {
    /// Lines of packages, each with its end, of which it is not yet known whether they are
    /// installed or merely found by a search.
    held: String,
    /// The numbers of the held lines.
    numbers: Vec<u64>,
    /// True below a heading until the total has come.
    expects_total: bool,
    is_outdated: bool,
    has_installed: bool,
    has_available: bool,
    has_said_reading: bool,
}

impl LineReader for ChocoReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim_end();
        if let Some(total) = Total::of(text) {
            self.expects_total = false;
            self.is_outdated |= total == Total::Outdated;
            let is_found = total == Total::Found;
            self.release(if is_found { Presence::Available } else { Presence::Installed }, sink);
            return Outcome::STRUCTURE;
        }
        if text.starts_with(HEADING) {
            self.release(Presence::Installed, sink);
            self.expects_total = true;
            return Outcome::STRUCTURE;
        }
        if text.trim_start().starts_with(OUTDATED) {
            self.is_outdated = true;
            return Outcome::STRUCTURE;
        }
        if Entry::of(text).is_some() {
            if self.held.len() + text.len() > HELD_BYTES {
                self.release(Presence::Installed, sink);
            }
            self.held.push_str(text);
            self.held.push('\n');
            self.numbers.push(line.number);
            return Outcome::Later;
        }
        if is_prompt_line(text) {
            self.release(Presence::Installed, sink);
            return Outcome::STRUCTURE;
        }
        // With --verbose, details stand indented below the package.
        if text.is_empty() || text.starts_with(' ') || is_note(text) {
            return Outcome::STRUCTURE;
        }
        let expected = clause!("a package and its version");
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
        Outcome::PROBLEM
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(Presence::Installed, sink);
        let why = if self.is_outdated {
            Some(key!("choco outdated gives only packages of which there is a newer version"))
        } else if self.has_available && !self.has_installed {
            Some(key!("choco search gives what could be installed, not what is"))
        } else {
            None
        };
        if let Some(why) = why {
            let advice = clause!("use choco list --include-programs");
            sink.problem(0, ProblemKind::Incomplete { why: why.into(), advice }, "");
        } else if self.expects_total {
            sink.problem(0, ProblemKind::CutShort, "");
        }
    }
}

/// What Chocolatey says beside the list.
fn is_note(line: &str) -> bool {
    const NOTES: &[&str] = &[
        "Outdated Packages",
        "Did you know",
        "Features? Learn more",
        "(https://chocolatey.org",
        "Directly",
        "Use of ",
        "Validation Warnings",
    ];
    is_remark(line) || NOTES.iter().any(|note| line.starts_with(note))
}

impl ChocoReader {
    /// Gives out the lines held back.
    fn release(&mut self, presence: Presence, sink: &mut dyn Sink) {
        for (text, number) in self.held.lines().zip(&self.numbers) {
            let Some(entry) = Entry::of(text) else { continue };
            if !self.has_said_reading {
                sink.reading(if entry.is_piped {
                    clause!("package, a pipe, version")
                } else {
                    clause!("package, a space, version")
                });
                self.has_said_reading = true;
            }
            let package = [Identifier { kind: IdentifierKind::Package, value: entry.name }];
            let presence = if entry.is_of_server { Presence::Available } else { presence };
            self.has_installed |= presence == Presence::Installed;
            self.has_available |= presence == Presence::Available;
            sink.record(&Record {
                name: entry.name,
                version: entry.version,
                identifiers: if entry.is_package { &package } else { &[] },
                line: *number,
                text,
                presence,
                ..Record::default()
            });
        }
        sink.lines(LineClass::Record, self.numbers.len() as u64);
        self.held.clear();
        self.numbers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn packages_and_other_programs_are_read() {
        check(
            "C:\\>choco list -li\nChocolatey v0.10.15\n7zip 19.0\nkb2919355 1.0.20160915\nnodejs.install 14.3.0\n3 packages installed.\n\n\
             Kaspersky Endpoint Security for Windows|11.6.0.394\n微信|2.4.1.67\nTalend Open Studio|\n\
             3 applications not managed with Chocolatey.\n\n\
             Did you know Pro / Business automatically syncs with Programs and\n Features? Learn more about Package Synchronizer at\n \n",
            expect![[r#"
                Certain: its heading is “Chocolatey v…”, and it ends with the number of packages
                reading: package, a space, version
                3: 7zip | version 19.0 | package 7zip
                4: kb2919355 | version 1.0.20160915 | package kb2919355
                5: nodejs.install | version 14.3.0 | package nodejs.install
                8: Kaspersky Endpoint Security for Windows | version 11.6.0.394
                9: 微信 | version 2.4.1.67
                10: Talend Open Studio
                lines: 6 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_a_search_finds_is_not_installed() {
        check(
            "Chocolatey v2.2.2\nkasperskyfree 21.3.10.391 [Approved] Downloads cached for licensed users\nkav 1.0\n2 packages found.\n",
            expect![[r#"
                Certain: its heading is “Chocolatey v…”, and it ends with the number of packages
                reading: package, a space, version
                2: kasperskyfree | version 21.3.10.391 | package kasperskyfree | available
                3: kav | version 1.0 | package kav | available
                0! this list is not complete: choco search gives what could be installed, not what is; what is there was checked; use choco list --include-programs
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_short_form_is_recognised_by_chocolatey_itself() {
        check(
            "chocolatey|2.2.2\ngit|2.43.0\nKaspersky Security Cloud|21.3.10.391\n",
            expect![[r#"
                Certain: its lines are “package|version”, and one of the packages is chocolatey itself
                reading: package, a pipe, version
                1: chocolatey | version 2.2.2 | package chocolatey
                2: git | version 2.43.0 | package git
                3: Kaspersky Security Cloud | version 21.3.10.391
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "bash|5.2.15\ncoreutils|9.1\n",
            expect![[r#"
            not recognised
            reading: package, a pipe, version
            1: bash | version 5.2.15 | package bash
            2: coreutils | version 9.1 | package coreutils
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn a_list_without_its_total_was_cut_and_one_of_updates_is_no_list() {
        check(
            "Chocolatey v2.2.2\n7zip 23.1.0\nwhat is this text about\ngit 2.43.0\n",
            expect![[r#"
                Certain: its heading is “Chocolatey v…” and its lines are a package and a version
                3! expected a package and its version; passed over
                reading: package, a space, version
                2: 7zip | version 23.1.0 | package 7zip
                4: git | version 2.43.0 | package git
                0! the file ends in the middle; it may have been cut short, make it again
                lines: 2 records + 1 structure + 1 problems
            "#]],
        );
        check(
            "Chocolatey v2.2.2\nOutdated Packages\n Output is package name | current version | available version | pinned?\n\n\
             git|2.40.0|2.47.1|false\n\nChocolatey has determined 1 package(s) are outdated. \n",
            expect![[r#"
                Certain: its heading is “Chocolatey v…”, and it ends with the number of packages
                reading: package, a pipe, version
                5: git | version 2.40.0 | package git
                0! this list is not complete: choco outdated gives only packages of which there is a newer version; what is there was checked; use choco list --include-programs
                lines: 1 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_log_of_an_installation_is_not_recognised() {
        check(
            "Chocolatey v2.2.2\nInstalling the following packages:\ngit\nBy installing, you accept licenses for the packages.\n\
             Downloading package from source 'https://community.chocolatey.org/api/v2/'\ngit v2.43.0 [Approved]\n\
             The install of git was successful.\n Chocolatey installed 1/1 packages.\n",
            expect![[r#"
                not recognised
                3! expected a package and its version; passed over
                5! expected a package and its version; passed over
                6! expected a package and its version; passed over
                0! the file ends in the middle; it may have been cut short, make it again
                lines: 0 records + 5 structure + 3 problems
            "#]],
        );
    }
}
