//! Registration files (`.reg`), as regedit and `reg export` write them.

use encoding_rs::{UTF_16LE, WINDOWS_1252};

use super::common::{is_prompt_line, is_remark};
use super::registry::Registry;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "reg-export",
    title: "Windows registry export (.reg)",
    reads: "registration files of regedit and reg export, of versions 4 and 5: the Uninstall keys, \
            services and products of Windows Installer in them",
    how_to_get: "in a command prompt on Windows: reg export \
                 HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall list1.reg, then the \
                 same with HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall \
                 list2.reg and HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall \
                 list3.reg; give this page all three files",
    cannot_show: "only the keys that were exported: 32-bit programs stand under WOW6432Node and \
                  each user's own under that user's key, and apps from the Store have no such key; \
                  the PowerShell command of step 2 lists all of them",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(ExportReader::default()),
};

const VERSION_5: &str = "Windows Registry Editor Version 5";
const VERSION_4: &str = "REGEDIT4";

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    /// Lines looked at where the first line is missing.
    const LINES: usize = 200;
    let mut lines = sample.filled_lines().map(str::trim).filter(|line| !is_prompt_line(line));
    let first = lines.clone().next()?;
    if first.starts_with(VERSION_5) || first == VERSION_4 {
        let reason = clause!("its first line is “{first}”", first);
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    let (mut keys, mut others) = (0_usize, 0_usize);
    let mut goes_on = false;
    for line in lines.by_ref().take(LINES) {
        if key_in(line).is_some() {
            keys += 1;
        } else if !goes_on && !line.starts_with(['"', '@', ';']) {
            others += 1;
        }
        goes_on = line.ends_with('\\');
    }
    (keys > 0 && others <= keys).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "its lines are keys of the registry in brackets and values, as regedit writes them"
        ),
    })
}

/// `[HKEY_LOCAL_MACHINE\…]` and `[-HKEY_LOCAL_MACHINE\…]`, which deletes the key: its path and
/// whether it is to be deleted.
fn key_in(line: &str) -> Option<(&str, bool)> {
    let path = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (path, is_removed) = match path.strip_prefix('-') {
        Some(path) => (path, true),
        None => (path, false),
    };
    path.starts_with("HKEY_").then_some((path, is_removed))
}

/// The most bytes and text kept of one value.
const VALUE_BYTES: usize = 64 * 1024;

/// A value whose end is in a line to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// Text with a line end in it.
    Text,
    /// Bytes that stand for text.
    Bytes,
    /// Bytes that stand for something else.
    Other,
}

#[derive(Default)]
struct ExportReader {
    registry: Registry,
    /// Bytes are text of one byte a letter, as in version 4.
    has_narrow_bytes: bool,
    open: Option<Open>,
    /// Where the open value began.
    open_line: u64,
    name: String,
    text: String,
    bytes: Vec<u8>,
    /// True if the last value is text in bytes without the zero at its end.
    is_unended: bool,
}

impl LineReader for ExportReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        let begins_anew = key_in(text).is_some() || name_in(text).is_some();
        match self.open {
            Some(Open::Text) if !begins_anew => {
                self.registry.add_line(line);
                self.text_goes_on(line.text);
                return Outcome::Later;
            }
            Some(Open::Bytes | Open::Other) if !begins_anew && !text.is_empty() => {
                self.registry.add_line(line);
                self.bytes_go_on(text);
                return Outcome::Later;
            }
            Some(_) => {
                sink.problem(self.open_line, ProblemKind::UnclosedQuote, &self.name);
                self.close();
            }
            None => {}
        }
        if let Some((path, is_removed)) = key_in(text) {
            return if is_removed {
                self.registry.removed_key(path, line, sink)
            } else {
                self.registry.key(path, line, sink)
            };
        }
        if let Some((name, data)) = name_in(text) {
            if self.registry.has_key() {
                self.registry.add_line(line);
                self.value(name, data, line.number);
                return Outcome::Later;
            }
        } else if text.starts_with(VERSION_5) || text == VERSION_4 {
            self.has_narrow_bytes = text == VERSION_4;
            return Outcome::STRUCTURE;
        } else if text.is_empty()
            || text.starts_with(';')
            || is_prompt_line(text)
            || is_remark(text)
        {
            return Outcome::STRUCTURE;
        }
        let expected = clause!("a key in brackets, or a value of one");
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
        Outcome::PROBLEM
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if self.open.is_some() || self.is_unended {
            sink.problem(self.open_line, ProblemKind::CutShort, &self.name);
            self.close();
        }
        self.registry.end(None, sink);
    }
}

/// `"Name"=…` or `@=…` (the key's default value): the name as written and what follows the sign.
fn name_in(line: &str) -> Option<(&str, &str)> {
    if let Some(data) = line.strip_prefix("@=") {
        return Some(("@", data));
    }
    let rest = line.strip_prefix('"')?;
    let end = closing_mark(rest)?;
    let data = rest.get(end + 1..)?.strip_prefix('=')?;
    Some((rest.get(..end)?, data))
}

/// Where the quotation mark stands that closes the text: the first without a backslash for it.
fn closing_mark(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let closes = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        closes
    })
}

/// Appends the text without the backslashes before backslashes and quotation marks.
fn push_unescaped(text: &str, out: &mut String) {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => chars.next().unwrap_or('\\'),
            other => other,
        });
    }
}

impl ExportReader {
    fn value(&mut self, name: &str, data: &str, line: u64) {
        self.is_unended = false;
        self.name.clear();
        push_unescaped(name, &mut self.name);
        self.text.clear();
        self.bytes.clear();
        self.open_line = line;
        if let Some(text) = data.strip_prefix('"') {
            self.open = Some(Open::Text);
            self.text_ends(text);
        } else if let Some((kind, bytes)) = data.strip_prefix("hex").and_then(|d| d.split_once(':'))
        {
            // 1 is text, 2 text with variables, 7 several texts; the rest is numbers and data.
            let is_text = matches!(kind, "(1)" | "(2)" | "(7)");
            self.open = Some(if is_text { Open::Bytes } else { Open::Other });
            self.bytes_go_on(bytes);
        } else {
            // `dword:…`, or `-`, which deletes the value.
            self.open = Some(Open::Other);
            self.close();
        }
    }

    fn text_goes_on(&mut self, text: &str) {
        if self.text.len() < VALUE_BYTES {
            self.text.push(' ');
        }
        self.text_ends(text);
    }

    fn text_ends(&mut self, text: &str) {
        let end = closing_mark(text);
        let part = end.and_then(|end| text.get(..end)).unwrap_or(text);
        if self.text.len() + part.len() < VALUE_BYTES {
            push_unescaped(part, &mut self.text);
        }
        if end.is_some() {
            self.close();
        }
    }

    fn bytes_go_on(&mut self, text: &str) {
        let text = text.trim();
        let (digits, goes_on) = match text.strip_suffix('\\') {
            Some(digits) => (digits, true),
            None => (text, false),
        };
        if self.open == Some(Open::Bytes) && self.bytes.len() < VALUE_BYTES {
            let bytes = digits.split(',').map(str::trim).filter(|byte| !byte.is_empty());
            self.bytes.extend(bytes.filter_map(|byte| u8::from_str_radix(byte, 16).ok()));
        }
        if !goes_on {
            self.close();
        }
    }

    /// The value has ended: gives it to the registry.
    fn close(&mut self) {
        match self.open.take() {
            Some(Open::Text) => self.registry.value(&self.name, Some(&self.text)),
            Some(Open::Bytes) => {
                self.is_unended = !self.bytes.ends_with(&[0]);
                let encoding = if self.has_narrow_bytes { WINDOWS_1252 } else { UTF_16LE };
                let (text, _) = encoding.decode_without_bom_handling(&self.bytes);
                let text = text.replace('\0', " ");
                self.registry.value(&self.name, Some(&text));
            }
            Some(Open::Other) => self.registry.value(&self.name, None),
            None => {}
        }
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
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

    #[test]
    fn entries_below_uninstall_are_programs() {
        check(
            &format!(
                r#"Windows Registry Editor Version 5.00

{UNINSTALL}]

{UNINSTALL}\AddressBook]

{UNINSTALL}\{{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}}]
@="unused"
"DisplayName"="Kaspersky Endpoint Security для Windows"
"DisplayVersion"="11.6.0.394"
"Publisher"="\"Лаборатория Касперского\""
"InstallLocation"="C:\\Program Files (x86)\\Kaspersky Lab\\"
"UninstallString"=hex(2):4d,00,73,00,69,00,45,00,78,00,65,00,63,00,20,00,2f,00,\
  58,00,7b,00,37,00,45,00,43,00,36,00,36,00,41,00,39,00,46,00,2d,00,30,00,41,\
  00,34,00,39,00,2d,00,34,00,44,00,43,00,30,00,2d,00,41,00,39,00,45,00,38,00,\
  2d,00,34,00,36,00,30,00,33,00,33,00,33,00,45,00,41,00,38,00,30,00,31,00,33,\
  00,7d,00,00,00
"NoModify"=dword:00000001
"Version"=dword:0b060000

; a comment
{UNINSTALL}\KB1]
"DisplayName"="Update for
Something (KB1)"
"ParentDisplayName"="Something"
"ReleaseType"="Update"
"Inno Setup: Setup Version"="6.2.0"
"DisplayVersion"=-
"#
            ),
            expect![[r#"
                Certain: its first line is “Windows Registry Editor Version 5.00”
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                5:  | product-code AddressBook
                7: Kaspersky Endpoint Security для Windows | version 11.6.0.394 | publisher "Лаборатория Касперского" | path C:\Program Files (x86)\Kaspersky Lab\ | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                22: Update for Something (KB1) | product-code KB1
                lines: 21 records + 7 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn services_products_and_deleted_keys_are_told_apart() {
        check(
            r#"REGEDIT4

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\klif]
"Type"=dword:00000002
"ImagePath"=hex(2):5c,53,79,73,74,65,6d,52,6f,6f,74,5c,6b,6c,69,66,2e,73,79,73,\
  00
"DisplayName"="@klif.inf,%klif.DisplayName%;Kaspersky Lab Driver"
[HKEY_CLASSES_ROOT\Installer\Products\F9A66CE794A00CD49A8E643033AE0831]
"ProductName"="Kaspersky Endpoint Security"
[HKEY_CLASSES_ROOT\Installer\Products\F9A66CE794A00CD49A8E643033AE0831\SourceList]
"PackageName"="kes_win.msi"
[-HKEY_USERS\S-1-5-21-1\Software\Microsoft\Windows\CurrentVersion\Uninstall\Zoom]
[HKEY_LOCAL_MACHINE\SOFTWARE\KasperskyLab]
"ProductRoot"="C:\\X"
"#,
            expect![[r#"
                Certain: its first line is “REGEDIT4”
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                3: Kaspersky Lab Driver | driver klif.sys | path \SystemRoot\klif.sys | service klif
                8: Kaspersky Endpoint Security | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                12:  | product-code Zoom | removed
                lines: 8 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn keys_without_values_are_said_to_be_incomplete() {
        check(
            &format!(
                "{UNINSTALL}\\{{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}}]\n{UNINSTALL}\\7-Zip]\n"
            ),
            expect![[r#"
                Certain: its lines are keys of the registry in brackets and values, as regedit writes them
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                1:  | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                2:  | product-code 7-Zip
                0! this list is not complete: it has only the names of keys, without the names of programs in them; what is there was checked; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_file_cut_inside_a_value_and_stray_lines_are_said() {
        check(
            &format!(
                "Windows Registry Editor Version 5.00\n\"Lost\"=\"1\"\nwhat is this line about\n\
                 {UNINSTALL}\\A]\n\"DisplayName\"=\"7-Zip\n{UNINSTALL}\\B]\n\"DisplayName\"=hex(1):37,00,\\\n  2d,00,5a,\\\n"
            ),
            expect![[r#"
                Certain: its first line is “Windows Registry Editor Version 5.00”
                2! expected a key in brackets, or a value of one; passed over
                3! expected a key in brackets, or a value of one; passed over
                5! a quotation mark is opened here and never closed; the lines were read one by one
                reading: name from “DisplayName” or “ProductName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from the key’s name, “UninstallString”, “InstallLocation”, “ImagePath”
                4: 7-Zip | product-code A
                7! the file ends in the middle; it may have been cut short, make it again
                6: 7-� | product-code B
                lines: 5 records + 1 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn other_parts_of_the_registry_and_other_texts_are_no_lists() {
        check(
            "Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Control Panel\\Mouse]\n\"Beep\"=\"No\"\n",
            expect![[r#"
                Certain: its first line is “Windows Registry Editor Version 5.00”
                0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
                lines: 0 records + 4 structure + 0 problems
            "#]],
        );
        check(
            "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run]\n+ \"avp\"\t\"\"\n",
            expect![[r#"
                not recognised
                1! expected a key in brackets, or a value of one; passed over
                2! expected a key in brackets, or a value of one; passed over
                0! this looks like a part of the registry without entries of programs, which does not list installed programs; export HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall, the same below HKLM\SOFTWARE\WOW6432Node and below HKCU\Software, with all that is in them, or use the PowerShell command of step 2
                lines: 0 records + 0 structure + 2 problems
            "#]],
        );
    }
}
