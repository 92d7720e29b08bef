//! `pnputil /enum-drivers`: the driver packages added to a Windows computer.

use super::columns::{Draft, Field, Meaning};
use super::common::{is_guid, is_prompt_line, is_remark, looks_like_version};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, LineClass, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "pnputil",
    title: "Driver packages (pnputil /enum-drivers)",
    reads: "what pnputil /enum-drivers (or -e, on older Windows) and dism /get-drivers print, in any \
            language",
    how_to_get: "in a command prompt of an administrator on Windows: pnputil /enum-drivers > \
                 drivers.txt; this is evidence beside a list of programs, not instead of one",
    cannot_show: "this lists driver packages that did not come with Windows, not installed \
                  programs: a clean list does not clear the computer; make a list of programs with \
                  the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(PackageReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    // The list of Get-WindowsDriver has paths.
    let mut values = sample.filled_lines().filter_map(labelled).map(|(_, value)| value);
    let second = values.by_ref().skip_while(|value| !is_published_name(value)).nth(1);
    if second.is_some_and(|value| value.contains('\\')) {
        return None;
    }
    let packages = sample
        .filled_lines()
        .filter_map(labelled)
        .filter(|(_, value)| is_published_name(value))
        .count();
    let labels = sample.filled_lines().filter(|line| labelled(line).is_some()).count();
    // Five to nine lines a package.
    (packages > 0 && labels >= packages * 3 && labels <= packages * 12).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "its blocks begin with a driver’s published name (oem0.inf), as pnputil prints them"
        ),
    })
}

/// `Published Name:     oem12.inf`, `Published name :            oem12.inf`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.contains(char::is_alphabetic) && !label.starts_with(char::is_whitespace);
    is_label.then_some((label.trim(), value.trim()))
}

/// `oem12.inf`: under this name Windows keeps a package of somebody else.
fn is_published_name(value: &str) -> bool {
    let number = value.strip_prefix("oem").and_then(|rest| rest.strip_suffix(".inf"));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

/// More lines than any package has.
const MOST_VALUES: usize = 16;

#[derive(Default)]
struct PackageReader {
    /// The values of the package that is being read; the first is its published name.
    values: Vec<String>,
    text: String,
    first_line: u64,
    /// True if a space stands before the colons: dism and older versions write so.
    is_spaced: bool,
    has_record: bool,
    /// Lines above the first package.
    above: u64,
}

impl LineReader for PackageReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim_end();
        if text.is_empty() || is_prompt_line(text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        let labelled = labelled(text);
        if labelled.is_some_and(|(_, value)| is_published_name(value)) {
            self.release(sink);
        }
        match labelled {
            Some((_, value)) if !self.values.is_empty() || is_published_name(value) => {
                if self.values.is_empty() {
                    self.first_line = line.number;
                    self.is_spaced = text.contains(" :");
                } else {
                    self.text.push('\n');
                }
                if self.values.len() < MOST_VALUES {
                    self.text.push_str(text);
                    self.values.push(value.to_owned());
                    return Outcome::Later;
                }
                unexpected(line, sink)
            }
            _ if !self.has_record && self.values.is_empty() => {
                self.above += 1;
                Outcome::Later
            }
            _ if is_remark(text) => Outcome::STRUCTURE,
            _ => unexpected(line, sink),
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.has_record {
            sink.lines(LineClass::Structure, self.above);
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

fn unexpected(line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
    let expected = clause!("a label and a value of a driver package");
    sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
    Outcome::PROBLEM
}

impl PackageReader {
    fn release(&mut self, sink: &mut dyn Sink) {
        let Some(published) = self.values.first() else { return };
        if !self.has_record {
            sink.reading(clause!(
                "driver from the published and original names; publisher from the provider; signer \
                 from the last line"
            ));
            self.has_record = true;
        }
        let mut draft = Draft::default();
        draft.identify(IdentifierKind::Driver, published);
        let rest = self.values.get(1..).unwrap_or_default();
        let is_file = |value: &str| value.to_ascii_lowercase().ends_with(".inf");
        let original = rest.first().filter(|value| is_file(value));
        if let Some(original) = original {
            draft.identify(IdentifierKind::Driver, original);
        }
        // The provider follows the names in old and new versions alike. dism says in between whether
        // the driver came with Windows, and what class of device it is for.
        let before_provider = match (original, self.is_spaced) {
            (Some(_), true) => 3,
            (Some(_), false) => 1,
            (None, _) => 0,
        };
        let after_names = rest.get(before_provider..).unwrap_or_default();
        if let Some(provider) = after_names.first() {
            draft.put(Meaning { field: Field::Publisher, rank: 0 }, provider);
        }
        for value in after_names.iter().skip(1) {
            // "08/05/2021 30.0.17026.1", in the order of days and months that the system has.
            if let Some(version) = value.split(' ').find(|word| is_version(word))
                && value.split(' ').count() <= 3
            {
                draft.put(Meaning { field: Field::Version, rank: 0 }, version);
            }
        }
        if after_names.len() >= 4
            && before_provider < 3
            && let Some(signer) = after_names.last()
            && !is_guid(signer.trim_matches(['{', '}']))
        {
            draft.identify(IdentifierKind::Signer, signer);
        }
        sink.record(&draft.record(self.first_line, &self.text));
        sink.lines(LineClass::Record, self.values.len() as u64);
        self.values.clear();
        self.text.clear();
    }
}

/// A version of four numbers, which no date has.
fn is_version(word: &str) -> bool {
    looks_like_version(word) && word.matches('.').count() == 3
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
    fn each_block_is_a_driver_package() {
        check(
            "Microsoft PnP Utility\n\nPublished Name:     oem12.inf\nOriginal Name:      klim6.inf\n\
             Provider Name:      Kaspersky Lab\nClass Name:         Network Service\n\
             Class GUID:         {4d36e974-e325-11ce-bfc1-08002be10318}\n\
             Driver Version:     08/05/2021 30.0.17026.1\n\
             Signer Name:        Microsoft Windows Hardware Compatibility Publisher\n\n\
             Veröffentlichter Name:     oem5.inf\nOriginalname:              nv_dispi.inf\n\
             Anbietername:              NVIDIA\nKlassenname:               Anzeigegeräte\n\
             Treiberversion:            08.08.2024 32.0.15.6094\nName des Signaturgebers:   Microsoft\n",
            expect![[r#"
                Certain: its blocks begin with a driver’s published name (oem0.inf), as pnputil prints them
                reading: driver from the published and original names; publisher from the provider; signer from the last line
                3:  | version 30.0.17026.1 | publisher Kaspersky Lab | driver oem12.inf | driver klim6.inf | signer Microsoft Windows Hardware Compatibility Publisher
                11:  | version 32.0.15.6094 | publisher NVIDIA | driver oem5.inf | driver nv_dispi.inf | signer Microsoft
                lines: 13 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn older_versions_name_no_original_file() {
        check(
            "Microsoft PnP Utility\n\nPublished name :            oem0.inf\nDriver package provider :   Kaspersky Lab\n\
             Class :                     Network adapters\nDriver date and version :   06/21/2006 6.1.7600.16385\n\
             Signer name :               microsoft windows\n\nand a stray line\n",
            expect![[r#"
                Certain: its blocks begin with a driver’s published name (oem0.inf), as pnputil prints them
                reading: driver from the published and original names; publisher from the provider; signer from the last line
                3:  | version 6.1.7600.16385 | publisher Kaspersky Lab | driver oem0.inf | signer microsoft windows
                9! expected a label and a value of a driver package; passed over
                lines: 5 records + 3 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn dism_has_another_order() {
        check(
            "Driver packages listing:\n\nPublished Name : oem3.inf\nOriginal File Name : klim6.inf\nInbox : No\n\
             Class Name : NetService\nProvider Name : Kaspersky Lab\nDate : 8/5/2021\nVersion : 30.0.17026.1\n\n\
             The operation completed successfully.\n",
            expect![[r#"
                Certain: its blocks begin with a driver’s published name (oem0.inf), as pnputil prints them
                reading: driver from the published and original names; publisher from the provider; signer from the last line
                3:  | version 30.0.17026.1 | publisher Kaspersky Lab | driver oem3.inf | driver klim6.inf
                lines: 7 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_blocks_are_not_recognised() {
        check(
            "Name: 7-Zip\nVersion: 23.01\nFile: 7z.inf\n",
            expect![[r#"
            not recognised
            0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
