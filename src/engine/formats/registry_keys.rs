//! `Get-ChildItem HKLM:\…\Uninstall`: keys of the registry in two columns, the name of a key and its
//! values as labelled lines beside it.

use super::common::{is_prompt_line, is_remark};
use super::fixed_width::{Cells, Layout, is_rule, screen_width};
use super::registry::Registry;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "registry-keys",
    title: "Registry keys (Get-ChildItem)",
    reads: "what Get-ChildItem prints in PowerShell of the Uninstall keys or the services",
    how_to_get: "in PowerShell: Get-ChildItem \
                 HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall, \
                 HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall, \
                 HKCU:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall > list.txt",
    cannot_show: "only the keys that were asked for: 32-bit programs stand under WOW6432Node and \
                  each user's own under that user's key, and apps from the Store have no such key; \
                  the PowerShell command of step 2 lists all of them",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(KeysReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    /// Lines looked at; notes and prompts stand above.
    const LINES: usize = 60;
    let mut above = "";
    for line in sample.filled_lines().take(LINES) {
        if layout_of(above, line).is_some() {
            return Some(Sniffed {
                confidence: Confidence::Certain,
                reason: clause!(
                    "its columns are Name and Property, as Get-ChildItem prints keys of the \
                         registry"
                ),
            });
        }
        above = line;
    }
    None
}

/// The two columns, if the lines are the header and the rule.
fn layout_of(header: &str, rule: &str) -> Option<Layout> {
    let is_header = header.split_whitespace().eq(["Name", "Property"]);
    if is_header && is_rule(rule) { Layout::of_rule(rule) } else { None }
}

/// `    Hive: HKEY_LOCAL_MACHINE\SOFTWARE\…` (translated on other Windows), or `    Key: …`.
fn hive_in(line: &str) -> Option<&str> {
    let (_, path) = line.split_once(": ")?;
    (line.starts_with("  ") && path.starts_with("HKEY_")).then_some(path.trim())
}

/// More lines than any key has.
const MOST_LINES: usize = 400;
/// The most text kept of one key, in bytes; the rest of a longer one is counted, not read.
const KEY_BYTES: usize = 64 * 1024;

#[derive(Default)]
struct KeysReader {
    registry: Registry,
    hive: String,
    layout: Option<Layout>,
    cut: Cells,
    above: String,
    /// The name of the key that is read, which may go on in the next line.
    name: String,
    /// True if the name filled its column in the last line.
    is_name_full: bool,
    /// The lines of the key and their numbers.
    lines: Vec<(u64, String)>,
    /// How many bytes the lines have.
    bytes: usize,
    values: Vec<(String, String)>,
}

impl LineReader for KeysReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim_end();
        if text.is_empty() || is_prompt_line(text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if let Some(path) = hive_in(text) {
            self.release(sink);
            self.hive.clear();
            self.hive.push_str(path);
            self.layout = None;
            return Outcome::STRUCTURE;
        }
        if let Some(layout) = layout_of(&self.above, text) {
            self.layout = Some(layout);
            return Outcome::STRUCTURE;
        }
        self.above.clear();
        self.above.push_str(text);
        let Some(layout) = &self.layout else {
            if is_remark(text) || text.split_whitespace().eq(["Name", "Property"]) {
                return Outcome::STRUCTURE;
            }
            let expected = clause!("a header of Name and Property");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
            return Outcome::PROBLEM;
        };
        layout.cut(text, &mut self.cut);
        let name = self.cut.cell(text, 0).to_owned();
        let is_full = layout.width(0).is_some_and(|width| screen_width(&name) >= width);
        let value = self.cut.cell(text, 1);
        // A long name is cut where its column ends, and goes on below.
        let goes_on = self.is_name_full && !self.lines.is_empty() && !self.name.ends_with('}');
        if (!name.is_empty() && !goes_on) || self.lines.len() >= MOST_LINES {
            self.release(sink);
        }
        self.name.push_str(&name);
        self.is_name_full = is_full;
        self.take(value, line.number, text);
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        self.registry.end(None, sink);
    }
}

impl KeysReader {
    fn take(&mut self, value: &str, number: u64, text: &str) {
        self.bytes += text.len();
        let fits = self.bytes < KEY_BYTES;
        self.lines.push((number, if fits { text.to_owned() } else { String::new() }));
        if !fits {
            return;
        }
        let labelled = value
            .split_once(" : ")
            .or_else(|| value.strip_suffix(" :").map(|label| (label, "")))
            .filter(|(label, _)| label.len() <= 60);
        match (labelled, self.values.last_mut()) {
            (Some((label, value)), _) => {
                self.values.push((label.trim().to_owned(), value.trim().to_owned()));
            }
            (None, Some((_, last))) => {
                // Paths and codes are cut inside a word, texts between words.
                if last.contains(' ') {
                    last.push(' ');
                }
                last.push_str(value.trim());
            }
            (None, None) => {}
        }
    }

    /// Gives the key that was read to the registry.
    fn release(&mut self, sink: &mut dyn Sink) {
        let mut lines = self.lines.drain(..);
        if let Some((number, text)) = lines.next() {
            let path = format!("{}\\{}", self.hive, self.name);
            let is_of_key = !self.hive.is_empty() && !self.name.is_empty();
            if is_of_key {
                self.registry.key(&path, Line { number, text: &text }, sink);
                for (number, text) in lines {
                    self.registry.add_line(Line { number, text: &text });
                }
                for (name, value) in &self.values {
                    self.registry.value(name, Some(value));
                }
                self.registry.release(sink);
            } else {
                let expected = clause!("the name of a key, below its hive");
                sink.problem(number, ProblemKind::UnexpectedLine { expected }, &text);
                sink.lines(LineClass::Problem, 1 + lines.count() as u64);
            }
        }
        self.values.clear();
        self.bytes = 0;
        self.name.clear();
        self.is_name_full = false;
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
    fn values_stand_beside_names_that_may_go_on_below() {
        check(
            "\n\n    Hive: HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\n\n\n\
             Name                           Property\n\
             ----                           --------\n\
             7-Zip                          DisplayName          : 7-Zip 23.01 (x64)\n\
             \x20                              DisplayVersion       : 23.01\n\
             \x20                              Publisher            : Igor Pavlov\n\
             AddressBook                    \n\
             {7EC66A9F-0A49-4DC0-A9E8-46033 DisplayName          : Kaspersky Endpoint Security for\n\
             3EA8013}                                              Windows\n\
             \x20                              Publisher            : AO Kaspersky Lab\n\
             \x20                              UninstallString      : MsiExec.exe /X{7EC66A9F-0A49-4DC0-\n\
             \x20                                                     A9E8-460333EA8013}\n\
             Zoom                           DisplayName          : Zoom\n\n\n",
            expect![[r#"
                Certain: its columns are Name and Property, as Get-ChildItem prints keys of the registry
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                8: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov | product-code 7-Zip
                11:  | product-code AddressBook
                12: Kaspersky Endpoint Security for Windows | publisher AO Kaspersky Lab | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                17: Zoom | product-code Zoom
                lines: 10 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn keys_without_their_hive_are_said() {
        check(
            "Name                           Property\n----                           --------\n\
             Kaspersky                      DisplayName : Kaspersky\n",
            expect![[r#"
                Certain: its columns are Name and Property, as Get-ChildItem prints keys of the registry
                3! expected the name of a key, below its hive; passed over
                0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
                lines: 0 records + 2 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "Name  Version\n----  -------\n7-Zip 23.01\n",
            expect![[r#"
            not recognised
            1! expected a header of Name and Property; passed over
            3! expected a header of Name and Property; passed over
            0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
            lines: 0 records + 1 structure + 2 problems
        "#]],
        );
    }
}
