//! `sc query`: the services and drivers of a Windows computer, as blocks of labels and values.

use super::block::Block;
use super::columns::{Field, Meaning, meaning_of, path_in};
use super::common::{is_prompt_line, is_remark};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, LineClass, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "sc-query",
    title: "Windows services (sc query)",
    reads: "what sc query, sc queryex and sc qc print on Windows, in any language",
    how_to_get: "in a command prompt on Windows: sc query type= all state= all bufsize= 262144 > \
                 services.txt (mind the spaces); this is evidence beside a list of programs, not \
                 instead of one",
    cannot_show: "this lists services and drivers, not installed programs: a clean list does not \
                  clear the computer; without state= all those that do not run are left out, and \
                  without type= all the drivers; make a list of programs with the PowerShell command \
                  of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(ServiceReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    /// Lines looked at; the third of a block shows it.
    const LINES: usize = 100;
    let mut above = "";
    for line in sample.filled_lines().take(LINES) {
        let is_type = detail_in(line).is_some_and(|(_, value)| is_service_type(value));
        if is_type && (heading_in(above).is_some()) {
            let reason =
                key!("its blocks have a service’s name and its type, as sc query prints them");
            let confidence = Confidence::Certain;
            return Some(Sniffed { confidence, reason: reason.into() });
        }
        above = line;
    }
    None
}

/// `SERVICE_NAME: klnagent`, in any language: a label of capitals or words joined by underscores, at
/// the line's start.
fn heading_in(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.contains(char::is_alphabetic)
        && !label.starts_with(char::is_whitespace)
        && label.chars().count() <= 40
        && (label.contains('_') || label.split(' ').count() <= 4);
    (is_label && (value.is_empty() || value.starts_with(' '))).then_some((label, value.trim()))
}

/// `        STATE              : 4  RUNNING`.
fn detail_in(line: &str) -> Option<(&str, &str)> {
    let inside = line.strip_prefix("    ").or_else(|| line.strip_prefix('\t'))?;
    let (label, value) = inside.split_once(':')?;
    Some((label.trim(), value.trim()))
}

/// `10  WIN32_OWN_PROCESS`: the type is a number and the name of a constant, which no Windows
/// translates.
fn is_service_type(value: &str) -> bool {
    const TYPES: &[&str] = &[
        "WIN32",
        "KERNEL_DRIVER",
        "FILE_SYSTEM_DRIVER",
        "RECOGNIZER_DRIVER",
        "USER_OWN_PROCESS",
        "USER_SHARE_PROCESS",
        "INTERACTIVE",
        "ADAPTER",
    ];
    let mut words = value.split_whitespace();
    let is_number =
        words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_number && words.next().is_some_and(|word| TYPES.iter().any(|t| word.starts_with(t)))
}

#[derive(Default)]
struct ServiceReader {
    block: Block,
    /// How many headings the block has: the service's name, then the one shown to people.
    headings: usize,
    /// The service's name.
    service: String,
    /// Its driver's file, if it is a driver: the service and the file are named alike.
    driver: String,
    is_driver: bool,
    has_record: bool,
    is_incomplete: bool,
}

impl LineReader for ServiceReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if text.trim().is_empty() {
            // In the output of "sc query", a block ends here.
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if text.starts_with("Enum: more data") || text.starts_with("Enum:") {
            self.release(sink);
            self.is_incomplete = true;
            return Outcome::STRUCTURE;
        }
        if text.starts_with("[SC]") || is_prompt_line(text) {
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if let Some((label, value)) = detail_in(text) {
            if self.block.is_empty() {
                return unexpected(line, sink);
            }
            self.block.add_line(line.number, text);
            self.detail(label, value);
            return Outcome::Later;
        }
        if text.starts_with(char::is_whitespace) && !self.block.is_empty() {
            // "(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)" below the state.
            self.block.add_line(line.number, text);
            return Outcome::Later;
        }
        match heading_in(text) {
            Some((_, value)) => {
                let begins_anew = self.headings != 1 || self.has_details();
                if begins_anew {
                    self.release(sink);
                    self.service.push_str(value);
                } else {
                    self.block.put(Some(Meaning { field: Field::Name, rank: 0 }), value);
                }
                self.block.add_line(line.number, text);
                self.headings += 1;
                Outcome::Later
            }
            None if is_remark(text) => {
                self.release(sink);
                Outcome::STRUCTURE
            }
            None => unexpected(line, sink),
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if !self.has_record {
            sink.problem(0, ProblemKind::Unrecognised, "");
        } else if self.is_incomplete {
            let kind = ProblemKind::Incomplete {
                why: clause!("sc says that there is more than it had room for"),
                advice: clause!("use sc query type= all state= all bufsize= 262144"),
            };
            sink.problem(0, kind, "");
        }
    }
}

fn unexpected(line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
    let expected = clause!("a service’s name, or a label and a value of it");
    sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
    Outcome::PROBLEM
}

impl ServiceReader {
    /// True if the block has lines below its headings.
    fn has_details(&self) -> bool {
        self.block.lines() > self.headings as u64
    }

    fn detail(&mut self, label: &str, value: &str) {
        if is_service_type(value) {
            self.is_driver |= value.contains("DRIVER");
            return;
        }
        let meaning = meaning_of(label);
        // sc qc gives the command that starts it.
        if meaning.is_some_and(|meaning| meaning.field == Field::Path) || value.contains(":\\") {
            self.block.put(Some(Meaning { field: Field::File, rank: 0 }), path_in(value));
        } else if meaning.is_some_and(|meaning| meaning.field == Field::Name) {
            self.block.put(meaning, value);
        }
    }

    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let class = if self.has_details() {
            if !self.has_record {
                sink.reading(clause!("service from the first line; name from the second"));
                self.has_record = true;
            }
            let mut draft = self.block.draft();
            draft.identify(IdentifierKind::Service, &self.service);
            if self.is_driver {
                self.driver.push_str(&self.service);
                self.driver.push_str(".sys");
                draft.identify(IdentifierKind::Driver, &self.driver);
            }
            sink.record(&draft.record(self.block.first_line(), self.block.text()));
            LineClass::Record
        } else if is_remark(self.block.text()) {
            LineClass::Structure
        } else {
            let expected = clause!("a service with its type and state");
            let kind = ProblemKind::UnexpectedLine { expected };
            sink.problem(self.block.first_line(), kind, self.block.text());
            LineClass::Problem
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
        self.headings = 0;
        self.service.clear();
        self.driver.clear();
        self.is_driver = false;
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
    fn each_block_is_a_service() {
        check(
            "\nSERVICE_NAME: klnagent\nDISPLAY_NAME: Kaspersky Security Center Network Agent\n\
             \x20       TYPE               : 10  WIN32_OWN_PROCESS  \n\
             \x20       STATE              : 4  RUNNING \n\
             \x20                               (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)\n\
             \x20       WAIT_HINT          : 0x0\n\
             \n\
             Имя_службы: klif\nВыводимое_имя: Kaspersky Lab Driver\n\
             \x20       Тип                : 2  FILE_SYSTEM_DRIVER  \n\
             \x20       Состояние          : 1  STOPPED\n\
             Enum: more data, need 1822 bytes start resume at index 79\n",
            expect![[r#"
                Certain: its blocks have a service’s name and its type, as sc query prints them
                reading: service from the first line; name from the second
                2: Kaspersky Security Center Network Agent | service klnagent
                9: Kaspersky Lab Driver | service klif | driver klif.sys
                0! this list is not complete: sc says that there is more than it had room for; what is there was checked; use sc query type= all state= all bufsize= 262144
                lines: 10 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_settings_of_a_service_have_its_path() {
        check(
            "C:\\>sc qc AVP21.3\n[SC] QueryServiceConfig SUCCESS\n\nSERVICE_NAME: AVP21.3\n\
             \x20       TYPE               : 10  WIN32_OWN_PROCESS \n\
             \x20       BINARY_PATH_NAME   : \"C:\\Program Files (x86)\\Kaspersky Lab\\Kaspersky 21.3\\avp.exe\" -r\n\
             \x20       DISPLAY_NAME       : Kaspersky Anti-Virus Service 21.3\n\
             \x20       DEPENDENCIES       : RPCSS\n\
             \x20                          : klif\n",
            expect![[r#"
                Certain: its blocks have a service’s name and its type, as sc query prints them
                reading: service from the first line; name from the second
                4: Kaspersky Anti-Virus Service 21.3 | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\Kaspersky 21.3\avp.exe | service AVP21.3
                lines: 6 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_block_cut_short_and_stray_lines_are_said() {
        check(
            "        TYPE               : 10  WIN32_OWN_PROCESS\nSERVICE_NAME: A\n        TYPE               : 10  WIN32_OWN_PROCESS\n\
             what is this\nSERVICE_NAME: B\nDISPLAY_NAME: Kasp\n",
            expect![[r#"
                Certain: its blocks have a service’s name and its type, as sc query prints them
                1! expected a service’s name, or a label and a value of it; passed over
                4! expected a service’s name, or a label and a value of it; passed over
                reading: service from the first line; name from the second
                2:  | service A
                5! expected a service with its type and state; passed over
                lines: 2 records + 0 structure + 4 problems
            "#]],
        );
    }

    #[test]
    fn other_blocks_are_not_recognised() {
        check(
            "Name: 7-Zip\n    Version: 23.01\n",
            expect![[r#"
            not recognised
            reading: service from the first line; name from the second
            1:  | service 7-Zip
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
