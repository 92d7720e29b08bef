//! `cargo install --list`: programs that Cargo built, each with the files it is started by.

use super::columns::Field;
use super::common::is_prompt_line;
use super::help_log::sure;
use super::packages::{is_package_word, is_version_word, not_expected};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::formats::block::Block;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "cargo",
    title: "Rust program list (cargo install --list)",
    reads: "lines of a crate and its version, such as “ripgrep v14.1.1:”, and below each the names of \
            its programs",
    how_to_get: "in a terminal: cargo install --list > programs.txt",
    cannot_show: "only what one user built with Cargo is listed, and no makers: a clean list does not \
                  clear the computer; make a list of programs with the command of step 2",
    platform: None,
    sniff,
    open: |_| Lines::boxed(CargoReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut crates, mut programs, mut others) = (0, 0, 0);
    for line in sample.filled_lines() {
        if crate_in(line).is_some() {
            crates += 1;
        } else if program_in(line).is_some() {
            programs += 1;
        } else if !is_prompt_line(line) {
            others += 1;
        }
    }
    (crates > 0 && programs > 0 && others <= crates).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are crates with their versions and, indented, their programs"),
    })
}

/// `ripgrep v14.1.1:`, `mytool v0.1.0 (/home/ana/mytool):`.
fn crate_in(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_suffix(':')?.split_once(" v")?;
    let version = rest.split(' ').next()?;
    (is_package_word(name) && is_version_word(version)).then_some((name, version))
}

fn program_in(line: &str) -> Option<&str> {
    line.strip_prefix("    ").filter(|name| is_package_word(name))
}

#[derive(Default)]
struct CargoReader {
    /// The crate that is being read.
    block: Block,
}

impl LineReader for CargoReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if let Some((name, version)) = crate_in(line.text) {
            self.end(sink);
            self.block.add_line(line.number, line.text);
            self.block.put(Some(sure(Field::PackageName)), name);
            self.block.put(Some(sure(Field::Version)), version);
            return Outcome::RECORD;
        }
        if let Some(program) = program_in(line.text)
            && !self.block.is_empty()
        {
            self.block.add_line(line.number, line.text);
            self.block.put(Some(sure(Field::Process)), program);
            return Outcome::RECORD;
        }
        not_expected(key!("a crate and its version, such as “ripgrep v14.1.1:”"), line, sink)
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if !self.block.is_empty() {
            let draft = self.block.draft();
            sink.record(&draft.record(self.block.first_line(), self.block.text()));
            self.block.clear();
        }
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
    fn programs_belong_to_the_crate_above() {
        check(
            "$ cargo install --list\ncargo-edit v0.12.2:\n    cargo-add\n    cargo-rm\nmytool v0.1.0 (/home/ana/mytool):\n    mytool\nwhat is this\nripgrep v14.1.1:\n    rg\n",
            expect![[r#"
                Certain: its lines are crates with their versions and, indented, their programs
                2: cargo-edit | version 0.12.2 | package cargo-edit | process cargo-add | process cargo-rm
                7! expected a crate and its version, such as “ripgrep v14.1.1:”; passed over
                5: mytool | version 0.1.0 | package mytool | process mytool
                8: ripgrep | version 14.1.1 | package ripgrep | process rg
                lines: 7 records + 1 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_text_is_not_recognised() {
        check(
            "Python v3.12:\nis a language\n",
            expect![[r#"
            not recognised
            2! expected a crate and its version, such as “ripgrep v14.1.1:”; passed over
            1: Python | version 3.12 | package Python
            lines: 1 records + 0 structure + 1 problems
        "#]],
        );
    }
}
