//! `reg query`: a line for each key, indented lines for its values.

use super::common::{is_prompt_line, is_remark};
use super::registry::Registry;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "reg-query",
    title: "reg query",
    reads: "what reg query prints on Windows of the Uninstall keys or the services, with /s or \
            only the names of the keys",
    how_to_get: "in a command prompt on Windows: reg query \
                 HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall /s > list.txt, then \
                 the same with HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall \
                 /s >> list.txt and HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall \
                 /s >> list.txt",
    cannot_show: "only the keys that were asked for: 32-bit programs stand under WOW6432Node and \
                  each user's own under that user's key, and apps from the Store have no such key; \
                  the PowerShell command of step 2 lists all of them",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(QueryReader::default()),
};

/// What ends the output of a search; it is translated on other Windows.
const END_OF_SEARCH: &str = "End of search: ";

/// The first line of Windows XP's.
const BANNER: &str = "! REG.EXE VERSION";

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    /// Lines looked at.
    const LINES: usize = 200;
    let (mut keys, mut values, mut others) = (0_usize, 0_usize, 0_usize);
    for line in sample.filled_lines().take(LINES) {
        if is_key(line) {
            keys += 1;
        } else if value_in(line).is_some() {
            values += 1;
        } else if line.starts_with(END_OF_SEARCH) && keys == 0 {
            let reason = clause!("it is the end of a search of reg query");
            return Some(Sniffed { confidence: Confidence::Certain, reason });
        } else if !is_prompt_line(line) && !is_remark(line) && !line.starts_with(BANNER) {
            others += 1;
        }
    }
    (keys > 0 && others * 4 <= keys + values).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: if values > 0 {
            clause!(
                "its lines are keys of the registry and indented values, as reg query prints them"
            )
        } else {
            clause!("its lines are keys of the registry without values, as reg query prints them")
        },
    })
}

fn is_key(line: &str) -> bool {
    line.starts_with("HKEY_") && line.contains('\\')
}

/// `    DisplayName    REG_SZ    7-Zip`: the value's name, its type and its data. Windows XP parts
/// them with tabs.
fn value_in(line: &str) -> Option<(&str, &str, &str)> {
    if !line.starts_with("  ") && !line.starts_with('\t') {
        return None;
    }
    let line = line.trim();
    let (at, _) = line.match_indices("REG_").find(|(at, _)| {
        line.get(..*at).is_some_and(|before| before.ends_with("  ") || before.ends_with('\t'))
    })?;
    let name = line.get(..at)?.trim();
    let rest = line.get(at..)?;
    let (kind, data) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let is_kind = kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_kind.then_some((name, kind, data.trim()))
}

#[derive(Default)]
struct QueryReader {
    registry: Registry,
    /// True if the line above was a value: a line that is none goes on with it.
    is_after_value: bool,
    /// The name of the first value.
    first_name: String,
    /// True if not all values have the same name.
    has_other_names: bool,
    is_search: bool,
    /// True if a command with `/f` stands above.
    is_filtered: bool,
}

impl LineReader for QueryReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if text.trim().is_empty() {
            self.is_after_value = false;
            return Outcome::STRUCTURE;
        }
        if is_key(text) {
            self.is_after_value = false;
            return self.registry.key(text, line, sink);
        }
        if let Some((name, kind, data)) = value_in(text)
            && self.registry.has_key()
        {
            self.value(name, kind, data);
            self.registry.add_line(line);
            self.is_after_value = true;
            return Outcome::Later;
        }
        if is_prompt_line(text) {
            self.is_filtered |= text.to_ascii_lowercase().contains(" /f ");
            self.is_after_value = false;
            return Outcome::STRUCTURE;
        }
        if self.is_after_value && !is_end_of_search(text) {
            self.registry.add_line(line);
            self.registry.extend_value(text);
            return Outcome::Later;
        }
        if is_end_of_search(text) {
            self.registry.release(sink);
            self.is_search = true;
            return Outcome::STRUCTURE;
        }
        if is_remark(text) || text.starts_with(BANNER) {
            return Outcome::STRUCTURE;
        }
        let expected = clause!("a key of the registry, or a value of one");
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
        Outcome::PROBLEM
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        let is_search = self.is_filtered || (self.is_search && self.has_other_names);
        let why = key!("it is the result of a search, which gives only the keys that match");
        self.registry.end(is_search.then_some(why), sink);
    }
}

/// "End of search: 17 match(es) found.", "Suche beendet: 17 Übereinstimmung(en) gefunden.", in any
/// language: a label, a number, and a sentence's end.
fn is_end_of_search(line: &str) -> bool {
    let line = line.trim_end();
    line.split_once([':', '：']).is_some_and(|(label, rest)| {
        !label.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && line.ends_with(['.', '。'])
    })
}

impl QueryReader {
    fn value(&mut self, name: &str, kind: &str, data: &str) {
        if self.first_name.is_empty() {
            self.first_name.push_str(name);
        } else if self.first_name != name {
            self.has_other_names = true;
        }
        let is_text = matches!(kind, "REG_SZ" | "REG_EXPAND_SZ" | "REG_MULTI_SZ");
        self.registry.value(name, is_text.then_some(data));
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

    const UNINSTALL: &str =
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

    #[test]
    fn each_key_is_a_program() {
        check(
            &format!(
                "\nC:\\>reg query HKLM\\X /s\n\n{UNINSTALL}\\7-Zip\n    DisplayName    REG_SZ    7-Zip 23.01 (x64)\n\
                 \x20   EstimatedSize    REG_DWORD    0x15ab\n\n\
                 {UNINSTALL}\\InstallWIX_{{3DE3615C-3799-3403-92E4-E0BE00000000}}\n\
                 \x20   (Default)    REG_SZ    \n\
                 \x20   DisplayName    REG_SZ    Kaspersky\n\
                 \x20   Inno Setup: App Path    REG_SZ    C:\\X\n\
                 \x20   Comments    REG_SZ    first\nsecond line\n\
                 \x20   Publisher    REG_SZ    AO Kaspersky Lab\n\n\
                 {UNINSTALL}\\AddressBook\n\n"
            ),
            expect![[r#"
                Certain: its lines are keys of the registry and indented values, as reg query prints them
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                4: 7-Zip 23.01 (x64) | product-code 7-Zip
                8: Kaspersky | publisher AO Kaspersky Lab | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BE00000000}
                16:  | product-code AddressBook
                lines: 11 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn names_of_keys_alone_are_said_to_be_incomplete() {
        check(
            &format!(
                "\n{UNINSTALL}\\{{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}}\n{UNINSTALL}\\7-Zip\n"
            ),
            expect![[r#"
                Certain: its lines are keys of the registry without values, as reg query prints them
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                2:  | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                3:  | product-code 7-Zip
                0! this list is not complete: it has only the names of keys, without the names of programs in them; what is there was checked; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_a_search_gives_is_not_everything() {
        check(
            &format!(
                "! REG.EXE VERSION 3.0\n\n{UNINSTALL}\\X\n\tDisplayName\tREG_SZ\tKaspersky\n\
                 \tPublisher\tREG_SZ\tAO Kaspersky Lab\n\nEnd of search: 2 match(es) found.\n"
            ),
            expect![[r#"
                Certain: its lines are keys of the registry and indented values, as reg query prints them
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                3: Kaspersky | publisher AO Kaspersky Lab | product-code X
                0! this list is not complete: it is the result of a search, which gives only the keys that match; what is there was checked; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them
                lines: 3 records + 4 structure + 0 problems
            "#]],
        );
        check(
            &format!(
                "{UNINSTALL}\\X\n    DisplayName    REG_SZ    7-Zip\n\nSuche beendet: 1 Übereinstimmung(en) gefunden.\n"
            ),
            expect![[r#"
                Certain: its lines are keys of the registry and indented values, as reg query prints them
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                1: 7-Zip | product-code X
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "End of search: 0 match(es) found.\n",
            expect![[r#"
            Certain: it is the end of a search of reg query
            0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        check(
            "PSPath : HKEY_LOCAL_MACHINE\\SOFTWARE\nName : 7-Zip\nA : b\n",
            expect![[r#"
            not recognised
            1! expected a key of the registry, or a value of one; passed over
            2! expected a key of the registry, or a value of one; passed over
            3! expected a key of the registry, or a value of one; passed over
            0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
            lines: 0 records + 0 structure + 3 problems
        "#]],
        );
    }
}
