//! `dpkg -l`: packages of Debian, Ubuntu and their relatives, with what became of each.

use super::common::{is_prompt_line, is_remark};
use super::packages::is_debian_name;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Identifier, IdentifierKind, Platform, Presence, Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "dpkg",
    title: "Debian package list (dpkg -l)",
    reads: "the table that dpkg -l prints, whole or some of its lines, with or without its heading",
    how_to_get: "in a terminal: dpkg -l > programs.txt",
    cannot_show: "only packages of the system's package manager are listed; programs from snap, \
                  flatpak, archives or another package manager are missing; snap list and flatpak \
                  list would show those",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(DpkgReader { name_width: None, has_rows: false }),
};

/// The rule under the heading begins so in every language.
const RULE: &str = "+++-";

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut rows, mut others, mut has_rule) = (0, 0, false);
    for line in sample.filled_lines() {
        if Row::of(line).is_some() {
            rows += 1;
        } else if line.starts_with(RULE) {
            has_rule = true;
        } else if !is_heading(line) && !is_prompt_line(line) && !is_remark(line) {
            others += 1;
        }
    }
    if has_rule && rows > 0 {
        let reason = clause!("it has the heading of dpkg -l");
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    if rows > 0 && others * 10 <= rows {
        let reason = clause!("its lines begin with the status letters of dpkg -l (such as ii)");
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    None
}

/// A package's line.
struct Row<'a> {
    status: &'a str,
    /// The name as written, with `:amd64` where packages of several architectures are installed.
    name: &'a str,
    version: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (status, name, version) = (words.next()?, words.next()?, words.next()?);
        // Policy 5.6.12: a version begins with a digit; dpkg writes `<none>` where there is none.
        let is_version = version.starts_with(|c: char| c.is_ascii_digit()) || version == "<none>";
        let is_row =
            line.starts_with(status) && is_status(status) && is_debian_name(name) && is_version;
        is_row.then_some(Self { status, name, version })
    }

    fn presence(&self) -> Presence {
        presence_of_letters(self.status).unwrap_or_default()
    }
}

/// The second letter says what there is: `c` and `n` stand for settings only and nothing.
pub(super) fn presence_of_letters(letters: &str) -> Option<Presence> {
    is_status(letters).then(|| match letters.as_bytes().get(1) {
        Some(b'c') => Presence::Removed,
        Some(b'n') => Presence::Available,
        _ => Presence::Installed,
    })
}

/// Wanted (unknown, install, remove, purge, hold), present (not, settings only, half installed,
/// unpacked, half configured, triggers awaited or pending, installed), and an R for an error.
fn is_status(word: &str) -> bool {
    match word.as_bytes() {
        [wanted, present] => is_wanted(*wanted) && is_present(*present),
        [wanted, present, error] => {
            is_wanted(*wanted) && is_present(*present) && matches!(error, b'R' | b'r' | b'x' | b'X')
        }
        _ => false,
    }
}

fn is_wanted(letter: u8) -> bool {
    matches!(letter, b'u' | b'i' | b'r' | b'p' | b'h')
}

fn is_present(letter: u8) -> bool {
    matches!(letter, b'n' | b'c' | b'H' | b'U' | b'F' | b'W' | b't' | b'i')
}

/// The lines above the packages: three of letters and what they mean, one of column names.
fn is_heading(line: &str) -> bool {
    line.starts_with('|') || line.starts_with(RULE) || line.starts_with("Desired=") || {
        // Localised: "Gewünscht=Unbekannt/Installieren/…".
        line.split_once('=').is_some_and(|(word, rest)| {
            word.chars().all(char::is_alphabetic) && rest.matches('/').count() >= 3
        })
    }
}

struct DpkgReader {
    /// The width of the name column where dpkg cuts names to fit a terminal.
    name_width: Option<usize>,
    has_rows: bool,
}

impl LineReader for DpkgReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if let Some(row) = Row::of(line.text) {
            let name = row.name.split(':').next().unwrap_or(row.name);
            if self.name_width == Some(row.name.len()) {
                sink.problem(line.number, ProblemKind::NameCut, line.text);
            }
            sink.record(&Record {
                name,
                version: row.version,
                identifiers: &[Identifier { kind: IdentifierKind::Package, value: name }],
                line: line.number,
                text: line.text,
                presence: row.presence(),
                ..Record::default()
            });
            self.has_rows = true;
            return Outcome::RECORD;
        }
        if let Some(widths) = line.text.strip_prefix(RULE) {
            self.name_width = cut_width(widths);
        }
        let text = line.text.trim();
        let is_structure = text.is_empty()
            || is_heading(text)
            // The heading's lines are wrapped in some languages.
            || (!self.has_rows && line.text.starts_with(' '))
            || is_prompt_line(text)
            || is_remark(text)
            || text.starts_with("dpkg");
        if is_structure {
            return Outcome::STRUCTURE;
        }
        let expected = clause!("a package's line such as “ii  bash  5.2.15-2  amd64 …”");
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
        Outcome::PROBLEM
    }
}

/// The width of the name column if dpkg fitted the table to a terminal, which cuts names.
///
/// For a terminal of 80 + w columns dpkg gives 14 + w/4 to the name and 12 + w/4 to the version;
/// otherwise each column is as wide as its longest entry.
fn cut_width(widths: &str) -> Option<usize> {
    let mut widths = widths.split('-').map(str::len);
    let (name, version) = (widths.next()?, widths.next()?);
    (name >= 14 && name == version + 2).then_some(name)
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

    const HEADING: &str = "\
Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name           Version      Architecture Description
";

    #[test]
    fn packages_are_read_and_removed_ones_are_not_installed() {
        check(
            &format!(
                "{HEADING}+++-==================-============-============-=======\n\
                 ii  bash               5.2.15-2+b2  amd64        GNU Bourne Again SHell\n\
                 ii  libc6:amd64        2.36-9       amd64        GNU C Library\n\
                 rc  kesl               12.0.0-6672  amd64        Kaspersky\n\
                 hi  klnagent64         15.1.0-20748 amd64        agent\n\
                 iFR broken             1.0          all          half configured\n"
            ),
            expect![[r#"
                Certain: it has the heading of dpkg -l
                6: bash | version 5.2.15-2+b2 | package bash
                7: libc6 | version 2.36-9 | package libc6
                8: kesl | version 12.0.0-6672 | package kesl | removed
                9: klnagent64 | version 15.1.0-20748 | package klnagent64
                10: broken | version 1.0 | package broken
                lines: 5 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn lines_without_the_heading_are_read() {
        check(
            "$ dpkg -l | grep kes\nii  kesl  12.0.0-6672  amd64  Kaspersky\n",
            expect![[r#"
            Certain: its lines begin with the status letters of dpkg -l (such as ii)
            2: kesl | version 12.0.0-6672 | package kesl
            lines: 1 records + 1 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn a_name_that_fills_a_column_fitted_to_a_terminal_is_cut() {
        check(
            &format!(
                "{HEADING}+++-==============-============-============-=========\n\
                 ii  adwaita-icon-t 43-1         all          default icon theme\n"
            ),
            expect![[r#"
                Certain: it has the heading of dpkg -l
                6! the tool cut this name; what is left was checked, but a wider list would say more
                6: adwaita-icon-t | version 43-1 | package adwaita-icon-t
                lines: 1 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_stray_line_is_a_problem_and_reading_goes_on() {
        check(
            &format!(
                "{HEADING}+++-====================-============-============-=====\n\
                 see the other sheet for\n\
                 ii  bash                 5.2.15-2     amd64        shell\n"
            ),
            expect![[r#"
                Certain: it has the heading of dpkg -l
                6! expected a package's line such as “ii  bash  5.2.15-2  amd64 …”; passed over
                7: bash | version 5.2.15-2 | package bash
                lines: 1 records + 5 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn a_list_of_names_or_a_windows_table_is_not_recognised() {
        check(
            "in  the beginning\nFirefox\n7-Zip\n",
            expect![[r#"
            not recognised
            1! expected a package's line such as “ii  bash  5.2.15-2  amd64 …”; passed over
            2! expected a package's line such as “ii  bash  5.2.15-2  amd64 …”; passed over
            3! expected a package's line such as “ii  bash  5.2.15-2  amd64 …”; passed over
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
        check(
            "ii\n",
            expect![[r#"
            not recognised
            1! expected a package's line such as “ii  bash  5.2.15-2  amd64 …”; passed over
            lines: 0 records + 0 structure + 1 problems
        "#]],
        );
    }
}
