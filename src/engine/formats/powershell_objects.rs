//! Objects of PowerShell as text, one a line: `@{DisplayName=7-Zip; DisplayVersion=23.01}`, as
//! Set-Content, Add-Content and Write-Host write what Select-Object gives.

use super::columns::{Columns, Draft, Field, meaning_of};
use super::common::{is_prompt_line, is_remark};
use super::powershell_list::is_of_machine;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "powershell-objects",
    title: "PowerShell objects as text (@{…})",
    reads: "lines such as “@{DisplayName=7-Zip; DisplayVersion=23.01}”, which PowerShell writes where \
            Set-Content or Add-Content is used in place of Export-Csv",
    how_to_get: "better with Export-Csv list.csv -NoTypeInformation -Encoding UTF8 at the end of the \
                 command, which keeps apart what belongs apart",
    cannot_show: "only the properties that were selected, and only the keys of the registry that were \
                  asked for: those of 32-bit programs, of each user, and Store apps may be missing; the \
                  PowerShell command of step 2 lists all",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(ObjectReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut objects, mut others) = (0, 0);
    let mut keys = None;
    for line in sample.filled_lines() {
        match inside(line) {
            Some((inside, _)) => {
                objects += 1;
                keys.get_or_insert_with(|| pairs(inside).map(|(key, _)| key).collect::<Vec<_>>());
            }
            None => others += usize::from(!is_prompt_line(line) && !is_remark(line)),
        }
    }
    let keys = keys?;
    let names_programs = Columns::of(keys.iter().copied()).name_programs()
        && !keys.iter().any(|key| is_of_machine(key));
    (names_programs && others * 2 <= objects).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are objects of PowerShell with {keys}", keys = keys.join(", ")),
    })
}

/// What stands in the braces, and whether they are closed.
fn inside(line: &str) -> Option<(&str, bool)> {
    let inside = line.trim().strip_prefix("@{")?;
    let closed = inside.strip_suffix('}');
    let inside = closed.unwrap_or(inside);
    inside.contains('=').then_some((inside, closed.is_some()))
}

/// `Key=value; Key=value`. A value may hold a semicolon: the next key is a word with `=` behind it.
fn pairs(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(inside);
    std::iter::from_fn(move || {
        let (key, behind) = rest?.split_once('=')?;
        let end = behind.match_indices("; ").map(|(at, _)| at).find(|at| {
            let next = behind.get(at + 2..).and_then(|next| next.split_once('='));
            next.is_some_and(|(key, _)| is_key(key))
        });
        let (value, next) = match end {
            Some(at) => (behind.get(..at).unwrap_or(behind), behind.get(at + 2..)),
            None => (behind, None),
        };
        rest = next;
        Some((key.trim(), value.trim()))
    })
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '#'))
}

#[derive(Default)]
struct ObjectReader {
    has_said_reading: bool,
}

impl LineReader for ObjectReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let Some((inside, is_closed)) = inside(line.text) else {
            let text = line.text;
            if text.trim().is_empty() || is_prompt_line(text) || is_remark(text) {
                return Outcome::STRUCTURE;
            }
            let expected =
                clause!("an object such as “@{DisplayName=7-Zip; DisplayVersion=23.01}”");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
            return Outcome::PROBLEM;
        };
        let mut draft = Draft::default();
        let mut is_cut = false;
        for (key, value) in pairs(inside) {
            // The last value of a line that was cut is not whole.
            let meaning = meaning_of(key);
            is_cut = !is_closed && meaning.is_some_and(|meaning| meaning.field == Field::Name);
            if let Some(meaning) = meaning {
                draft.put(meaning, value);
            }
        }
        if draft.is_empty() {
            if draft.version().is_empty() {
                // A key of the registry without a name.
                return Outcome::STRUCTURE;
            }
            sink.problem(line.number, ProblemKind::NoName, line.text);
            return Outcome::PROBLEM;
        }
        if is_cut {
            sink.problem(line.number, ProblemKind::NameCut, line.text);
        }
        if !self.has_said_reading {
            let keys: Vec<&str> = pairs(inside).map(|(key, _)| key).collect();
            sink.reading(Columns::of(keys.iter().copied()).described(&keys));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(line.number, line.text));
        Outcome::RECORD
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
    fn each_object_is_a_program() {
        check(
            "PS C:\\> Get-Content list.txt\n\
             @{DisplayName=Kaspersky Free; DisplayVersion=21.3; Publisher=AO Kaspersky Lab}\n\
             @{DisplayName=A; B=C Tools; x=1; DisplayVersion=1.0; Publisher=Foo; Bar, Inc.}\n\
             @{DisplayName=; DisplayVersion=; Publisher=}\n\
             @{DisplayName=; DisplayVersion=2.0; Publisher=}\n\
             and something else\n\
             @{DisplayName=Mozilla Fire\n",
            expect![[r#"
                Certain: its lines are objects of PowerShell with DisplayName, DisplayVersion, Publisher
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                2: Kaspersky Free | version 21.3 | publisher AO Kaspersky Lab
                3: A | version 1.0 | publisher Foo; Bar, Inc.
                5! expected the name of a program, found none
                6! expected an object such as “@{DisplayName=7-Zip; DisplayVersion=23.01}”; passed over
                7! the tool cut this name; what is left was checked, but a wider list would say more
                7: Mozilla Fire
                lines: 3 records + 2 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn objects_of_something_else_are_not_recognised() {
        check(
            "@{Name=PC-17; TotalPhysicalMemory=17}\n",
            expect![[r#"
            not recognised
            reading: name from “Name”
            1: PC-17
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "@{Path=C:\\x; Length=3}\n",
            expect![[r#"
            not recognised
            reading: identifiers from “Path”
            1:  | path C:\x
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
