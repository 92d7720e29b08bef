//! `system_profiler SPApplicationsDataType` on a Mac: a name on a line, its facts indented below.

use super::block::Block;
use super::columns::{Field, Meaning};
use super::common::{is_drive_path, is_prompt_line};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, LineClass, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "system-profiler",
    title: "macOS System Information (system_profiler)",
    reads: "the list of applications that system_profiler prints on a Mac, alone or in a whole \
            report of System Information",
    how_to_get: "in Terminal on the Mac: system_profiler SPApplicationsDataType > list.txt",
    cannot_show: "only applications (bundles that end in .app) are listed: browser extensions, \
                  command-line tools and background services without an application are missing; \
                  pkgutil --pkgs lists what installers left",
    platform: Some(Platform::Macos),
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn super::Reader> {
    Lines::boxed(ProfilerReader::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let mut has_heading = false;
    let mut has_name = false;
    let mut names = 0;
    for line in sample.filled_lines() {
        if let Some(section) = section_of(line) {
            has_heading |= section == Section::Programs;
            has_name = false;
        } else if name_of(line).is_some() {
            has_name = true;
        } else if has_name && typical_key(line) {
            names += 1;
            has_name = false;
        }
    }
    let confidence = match (has_heading, names) {
        (true, 1..) | (false, 3..) => Confidence::Certain,
        (false, 1..) => Confidence::Likely,
        _ => return None,
    };
    let reason = if has_heading {
        key!(
            "names with indented facts such as “Location:” stand under a heading of system_profiler"
        )
    } else {
        key!(
            "names end with a colon and have indented facts such as “Location:” below, as \
         system_profiler prints them"
        )
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

/// Parts of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Section {
    /// Lists software.
    #[default]
    Programs,
    /// Anything else: hardware, networks, logs.
    Other,
}

/// The section that the line is the heading of: a word or some at the left edge and a colon.
fn section_of(line: &str) -> Option<Section> {
    // SPApplicationsDataType, SPInstallHistoryDataType, SPExtensionsDataType,
    // SPLegacySoftwareDataType, SPDisabledSoftwareDataType, SPStartupItemDataType,
    // SPPrefPaneDataType.
    const PROGRAMS: &[&str] = &[
        "Applications",
        "Installations",
        "Extensions",
        "Legacy Software",
        "Disabled Software",
        "Startup Items",
        "Preference Panes",
        "System Extensions",
    ];
    if line.starts_with(char::is_whitespace) {
        return None;
    }
    let heading = line.trim_end().strip_suffix(':')?;
    let is_heading = heading.split(' ').count() <= 4 && !heading.contains(['/', '\\']);
    is_heading.then(|| if PROGRAMS.contains(&heading) { Section::Programs } else { Section::Other })
}

/// The name on a line that begins an entry: four spaces before it, a colon behind. (Names have
/// colons in them at times.)
fn name_of(line: &str) -> Option<&str> {
    let name = line.strip_prefix("    ").or_else(|| line.strip_prefix('\t'))?;
    if name.starts_with(char::is_whitespace) {
        return None;
    }
    name.trim_end().strip_suffix(':').map(str::trim_end)
}

/// A fact: six spaces, or two tabs, before a key, a colon and a value.
fn fact_of(line: &str) -> Option<(&str, &str)> {
    let fact = line.strip_prefix("      ").or_else(|| line.strip_prefix("\t\t"))?.trim();
    match fact.split_once(": ") {
        Some((key, value)) => Some((key, value.trim())),
        None => fact.strip_suffix(':').map(|key| (key, "")),
    }
}

fn typical_key(line: &str) -> bool {
    const KEYS: &[&str] = &[
        "Version",
        "Obtained from",
        "Last Modified",
        "Kind",
        "Signed by",
        "Location",
        "Get Info String",
        "Source",
        "Install Date",
        "64-Bit (Intel)",
        "App Store",
        "Bundle ID",
        "Runtime Environment",
        "Loaded",
    ];
    fact_of(line).is_some_and(|(key, _)| KEYS.contains(&key))
}

fn meaning(key: &str) -> Option<Meaning> {
    let field = match key {
        "Version" => Field::Version,
        "Location" | "Path" => Field::Path,
        "Bundle ID" => Field::Bundle,
        _ => return None,
    };
    Some(Meaning { field, rank: 0 })
}

#[derive(Default)]
struct ProfilerReader {
    section: Section,
    block: Block,
    /// Text of `Signed by`, as far as it goes: it may run over several lines.
    signers: String,
    /// Text of `Get Info String`.
    info: String,
    name: String,
    last_key: Key,
    has_fact: bool,
    has_location: bool,
    /// How many entries had a location, and how many had none.
    located: u64,
    not_located: u64,
    last_line: u64,
    is_after_blank: bool,
    /// Lines of text above the first entry.
    above: u64,
    has_entry: bool,
    has_said_reading: bool,
}

/// The last key, as far as what follows on further lines is wanted.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Key {
    Signers,
    Info,
    #[default]
    Other,
}

/// The most kept of a value of several lines, in bytes. Texts of copyright have some hundred.
const VALUE_BYTES: usize = 16 * 1024;

impl LineReader for ProfilerReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if text.trim().is_empty() {
            self.is_after_blank = true;
            return Outcome::STRUCTURE;
        }
        let is_after_blank = std::mem::take(&mut self.is_after_blank);
        self.last_line = line.number;
        if let Some(section) = section_of(text) {
            self.release(sink);
            self.section = section;
            return Outcome::STRUCTURE;
        }
        if is_prompt_line(text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if self.section == Section::Other {
            return Outcome::STRUCTURE;
        }
        if let Some(name) = name_of(text) {
            self.release(sink);
            self.name.push_str(name);
            self.block.add_line(line.number, text);
            if !self.has_entry {
                self.has_entry = true;
                sink.lines(LineClass::Structure, self.above);
            }
            return Outcome::RECORD;
        }
        let fact = fact_of(text).filter(|_| self.last_key == Key::Other || typical_key(text));
        // Values of several lines have no blank ones in them.
        if self.block.is_empty() || (fact.is_none() && is_after_blank && self.has_fact) {
            if self.has_entry {
                self.release(sink);
                let expected = clause!("the name of an application and a colon");
                sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
                return Outcome::PROBLEM;
            }
            self.above += 1;
            return Outcome::Later;
        }
        self.block.add_line(line.number, text);
        match fact {
            Some((key, value)) => self.fact(key, value),
            // What is no fact goes on with the last one: texts of copyright have line ends.
            None => self.go_on(text.trim()),
        }
        Outcome::RECORD
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        let is_last_without_location = !self.block.is_empty() && !self.has_location;
        self.release(sink);
        if !self.has_entry {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        } else if is_last_without_location && self.located >= 2 && self.not_located == 1 {
            sink.problem(self.last_line, ProblemKind::CutShort, "");
        }
    }
}

impl ProfilerReader {
    fn fact(&mut self, key: &str, value: &str) {
        self.last_key = match key {
            "Signed by" => Key::Signers,
            "Get Info String" => Key::Info,
            _ => Key::Other,
        };
        self.has_fact = true;
        self.has_location |= key == "Location";
        match self.last_key {
            Key::Signers | Key::Info => self.go_on(value),
            Key::Other => self.block.put(meaning(key), value),
        }
    }

    fn go_on(&mut self, text: &str) {
        let value = match self.last_key {
            Key::Signers => &mut self.signers,
            Key::Info => &mut self.info,
            Key::Other => return,
        };
        if value.len() + text.len() < VALUE_BYTES {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(text);
        }
    }

    /// The entry has ended: gives it out.
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        if !self.has_said_reading {
            sink.reading(clause!(
                "names from the lines that end with a colon, facts from those below"
            ));
            self.has_said_reading = true;
        }
        let mut draft = self.block.draft();
        draft.default_name(&self.name);
        if let Some(signer) = first_signer(&self.signers) {
            draft.identify(IdentifierKind::Signer, signer);
        }
        let info = info_of(&self.info);
        if let Some(path) = info.path {
            draft.identify(IdentifierKind::Path, path);
        }
        if let Some(copyright) = info.copyright {
            draft.put(Meaning { field: Field::Publisher, rank: 0 }, copyright);
        }
        sink.record(&draft.record(self.block.first_line(), self.block.text()));
        if self.has_location {
            self.located += 1;
        } else {
            self.not_located += 1;
        }
        self.block.clear();
        self.signers.clear();
        self.info.clear();
        self.name.clear();
        self.last_key = Key::Other;
        self.has_fact = false;
        self.has_location = false;
    }
}

/// The first of the signers, whose list ends with Apple's own certificates. Names of companies
/// have commas in them: "Developer ID Application: Parallels, Inc. (4C6364ACXT), Developer ID
/// Certification Authority, Apple Root CA".
pub(super) fn first_signer(signers: &str) -> Option<&str> {
    const AUTHORITIES: &[&str] = &[
        ", Developer ID Certification Authority",
        ", Apple Code Signing Certification Authority",
        ", Apple Worldwide Developer Relations",
        ", Apple System Integration",
        ", Apple Root CA",
        ", Apple Certification Authority",
    ];
    let end = AUTHORITIES.iter().filter_map(|authority| signers.find(authority)).min();
    let signer = end.and_then(|end| signers.get(..end)).unwrap_or(signers).trim();
    (!signer.is_empty()).then_some(signer)
}

/// What `Get Info String` says of the vendor.
pub(super) struct Info<'a> {
    /// The whole text, if it is one of copyright.
    pub copyright: Option<&'a str>,
    /// The file in Windows that a program of Parallels stands for: "15.0, C:\Windows\notepad.exe".
    pub path: Option<&'a str>,
}

/// Reads a `Get Info String`. Mostly it is a version with the copyright behind.
pub(super) fn info_of(info: &str) -> Info<'_> {
    let info = info.trim();
    let has_word = |word: &str| {
        info.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    };
    let is_copyright = info.contains('\u{A9}') || has_word("copyright") || has_word("(c)");
    let path = info
        .find(":\\")
        .and_then(|colon| info.get(colon.checked_sub(1)?..))
        .filter(|path| is_drive_path(path));
    Info { copyright: is_copyright.then_some(info), path }
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
    fn each_name_has_its_facts() {
        check(
            "\
Applications:

    Kaspersky:

      Version: 24.0.0.1
      Obtained from: Identified Developer
      Last Modified: 12/3/24, 10:11 AM
      Kind: Universal
      Signed by: Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94), Developer ID Certification Authority, Apple Root CA
      Location: /Applications/Kaspersky.app
      Get Info String: 24.0, Copyright © 2024 AO Kaspersky Lab.
All rights reserved.

    リモート デスクトップ接続: 2:

      Version: Windows 10 Pro
      Obtained from: Unknown
      Location: /Users/ana/Applications (Parallels)/x.app
      Get Info String: 15.0, C:\\Program Files\\Kaspersky Lab\\avp.exe

    Calculator:

      Version: 10.16
      Signed by: Software Signing, Apple Code Signing Certification Authority, Apple Root CA
      Location: /System/Applications/Calculator.app
      Get Info String: 10.16 (build 3)
",
            expect![[r#"
                Certain: names with indented facts such as “Location:” stand under a heading of system_profiler
                reading: names from the lines that end with a colon, facts from those below
                3: Kaspersky | version 24.0.0.1 | publisher 24.0, Copyright © 2024 AO Kaspersky Lab. All rights reserved. | path /Applications/Kaspersky.app | signer Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94)
                14: リモート デスクトップ接続: 2 | version Windows 10 Pro | path /Users/ana/Applications (Parallels)/x.app | path C:\Program Files\Kaspersky Lab\avp.exe
                21: Calculator | version 10.16 | path /System/Applications/Calculator.app | signer Software Signing
                lines: 19 records + 7 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_programs_of_a_whole_report_are_found() {
        check(
            "\
Hardware:

    Hardware Overview:

      Model Name: MacBook Pro

Applications:

    Firefox:

      Version: 120.0
      Signed by: Developer ID Application: Parallels, Inc. (4C6364ACXT), Developer ID Certification
Authority, Apple Root CA
      Location: /Applications/Firefox.app

Extensions:

    klif:

      Version: 3.0
      Loaded: Yes
      Bundle ID: com.kaspersky.kext.klif

Power:

    AC Charger Information:

      Connected: No
",
            expect![[r#"
                Certain: names with indented facts such as “Location:” stand under a heading of system_profiler
                reading: names from the lines that end with a colon, facts from those below
                9: Firefox | version 120.0 | path /Applications/Firefox.app | signer Developer ID Application: Parallels, Inc. (4C6364ACXT)
                18: klif | version 3.0 | bundle com.kaspersky.kext.klif
                lines: 9 records + 19 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_end_in_the_middle_is_said() {
        check(
            "    A:\n\n      Version: 1\n      Location: /Applications/A.app\n\n\
             \x20   B:\n\n      Version: 1\n      Location: /Applications/B.app\n\n\
             \x20   C:\n\n      Versi",
            expect![[r#"
                Likely: names end with a colon and have indented facts such as “Location:” below, as system_profiler prints them
                reading: names from the lines that end with a colon, facts from those below
                1: A | version 1 | path /Applications/A.app
                6: B | version 1 | path /Applications/B.app
                11: C
                13! the file ends in the middle; it may have been cut short, make it again
                lines: 8 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_indented_text_is_not_recognised() {
        check(
            "Shopping:\n\n    Fruit:\n\n      Apples: 3\n",
            expect![[r#"
            not recognised
            0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
            lines: 0 records + 5 structure + 0 problems
        "#]],
        );
        check(
            "Name: 7-Zip\nVersion: 23\nLocation: C:\\x\n",
            expect![[r#"
            not recognised
            0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
