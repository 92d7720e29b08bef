//! What the logs of help forums (FRST, HijackThis, DDS) have in common: lines that name a file
//! which runs or starts with Windows, and often who made it.

use super::Line;
use super::columns::{Draft, Field, Meaning};
use crate::engine::record::{IdentifierKind, Sink};

/// A field that a log gives without doubt.
pub(super) const fn sure(field: Field) -> Meaning {
    Meaning { field, rank: 0 }
}

/// The program that Windows' Security Center knows: `AV: Name (Enabled - Up to date) {GUID}` in
/// FRST, `AV: Name *Enabled/Updated* {GUID}` in DDS.
pub(super) fn security_product(line: &str) -> Option<&str> {
    let rest =
        ["AV: ", "AS: ", "FW: ", "SP: "].iter().find_map(|label| line.strip_prefix(label))?;
    let end = [" (", " *", " {"].iter().filter_map(|mark| rest.rfind(mark)).min()?;
    // A name may hold parentheses of its own; the state is the last of them.
    let name = rest.get(..end)?.trim();
    (!name.is_empty()).then_some(name)
}

/// Who made a file, as FRST writes it: `(signer -> company)`, or `(company)` in old versions.
#[derive(Clone, Copy, Default)]
pub(super) struct Maker<'a> {
    pub signer: &'a str,
    pub company: &'a str,
}

impl<'a> Maker<'a> {
    /// The maker in such a group without its parentheses.
    pub fn of(group: &'a str) -> Self {
        match group.split_once(" -> ") {
            Some((signer, company)) => Self { signer: signer.trim(), company: company.trim() },
            None => Self { signer: "", company: group.trim() },
        }
    }

    /// Tells the record; an unsigned file's company is all there is, a signed one without a
    /// company is its signer's.
    pub fn put_into(self, draft: &mut Draft<'a>) {
        draft.put(sure(Field::Publisher), self.company);
        draft.put(Meaning { field: Field::Publisher, rank: 1 }, self.signer);
        draft.put(sure(Field::Signer), self.signer);
    }
}

/// A line in two: what is before the parentheses at its end, and what is inside them. Remarks in
/// brackets behind them (`[File not signed]`) are passed over.
pub(super) fn without_last_group(line: &str) -> Option<(&str, &str)> {
    let mut text = line.split(" <====").next().unwrap_or_default().trim_end();
    while let Some(rest) = text.strip_suffix(']') {
        text = rest.get(..rest.rfind('[')?)?.trim_end();
    }
    let inside_and_before = text.strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inside_and_before.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            // '(' is one byte long.
            let before = inside_and_before.get(..at)?.trim_end();
            return Some((before, inside_and_before.get(at + 1..)?));
        }
    }
    None
}

/// Where the first path with a drive begins in the text.
fn drive_path_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(3).enumerate().find_map(|(at, window)| {
        let is_path = matches!(window, [drive, b':', b'\\'] if drive.is_ascii_alphabetic());
        let is_at_word = at == 0 || bytes.get(at - 1).is_some_and(|b| !b.is_ascii_alphanumeric());
        (is_path && is_at_word).then_some(at)
    })
}

/// The first path of a file in the text, without the quotation marks around it and the arguments
/// and remarks behind it; with what stands before it.
pub(super) fn path_in(text: &str) -> Option<(&str, &str)> {
    let start = drive_path_start(text)?;
    // An ASCII letter stands there, so it is a character boundary.
    let (before, rest) = text.split_at(start);
    if before.ends_with('"') {
        return Some((before, rest.split('"').next().unwrap_or(rest)));
    }
    let end = file_end(rest).unwrap_or_else(|| {
        [" [", " (", " <", " => ", " -> ", "\t", "\""]
            .iter()
            .filter_map(|mark| rest.find(mark))
            // `C:\Program Files (x86)\…` goes on behind its parenthesis.
            .filter(|at| !rest.get(*at..).is_some_and(|rest| rest.starts_with(" (x86)")))
            .min()
            .unwrap_or(rest.len())
    });
    Some((before, rest.get(..end).unwrap_or(rest).trim_end()))
}

/// Where the name of a program's file ends: behind a known ending that no word goes on from.
fn file_end(path: &str) -> Option<usize> {
    const ENDINGS: &[&str] =
        &[".exe", ".dll", ".sys", ".com", ".scr", ".cpl", ".ocx", ".bat", ".cmd", ".lnk", ".msc"];
    let bytes = path.as_bytes();
    (0..bytes.len().saturating_sub(3)).map(|at| at + 4).find(|end| {
        let is_ending = bytes.get(end - 4..*end).is_some_and(|part| {
            ENDINGS.iter().any(|ending| part.eq_ignore_ascii_case(ending.as_bytes()))
        });
        let is_over = match bytes.get(*end) {
            Some(next) => matches!(next, b' ' | b',' | b'"' | b')' | b']' | b'\t' | b';' | b'|'),
            None => true,
        };
        is_ending && is_over
    })
}

/// The name of a path's file.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('\\').next().unwrap_or(path)
}

/// A service or driver: `R2 AVP21.3; C:\…` in FRST, `R1 klif;Kaspersky Lab Driver;C:\…` in DDS.
pub(super) fn service(line: &str) -> Option<Draft<'_>> {
    let [state, start, b' ', ..] = line.as_bytes() else { return None };
    if !matches!(state, b'R' | b'S' | b'U') || !start.is_ascii_digit() {
        return None;
    }
    let (name, rest) = line.get(3..)?.split_once(';')?;
    let (display, rest) = match rest.split_once(';') {
        Some((display, rest)) if drive_path_start(display).is_none() => (display.trim(), rest),
        _ => ("", rest),
    };
    let mut draft = Draft::default();
    draft.put(sure(Field::Service), name);
    draft.put(sure(Field::Name), display);
    if let Some((_, path)) = path_in(rest) {
        draft.put(sure(Field::File), path);
    }
    draft.default_name(name);
    Some(draft)
}

/// A file that the log names, under the name that stands before it if there is one: `[Name] => C:\…`,
/// `BHO: Name -> {GUID} -> C:\…`, `BHO: Name - {GUID} - C:\…`.
pub(super) fn file<'a>(text: &'a str) -> Option<Draft<'a>> {
    let (before, path) = path_in(text)?;
    let mut draft = Draft::default();
    draft.put(sure(Field::Name), name_before(before));
    draft.put(sure(Field::File), path);
    draft.default_name(file_name(path));
    Some(draft)
}

/// The name among what stands before a path; empty if there is none.
pub(super) fn name_before(before: &str) -> &str {
    let bracketed = before.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let name = match bracketed {
        Some((name, _)) => name,
        None => {
            let labelled = before.split_once(": ").map_or("", |(_, rest)| rest);
            let end = [" - ", " -> ", ": {", " = ", " => "]
                .iter()
                .filter_map(|mark| labelled.find(mark))
                .min()
                .unwrap_or(0);
            labelled.get(..end).unwrap_or_default()
        }
    };
    let name = name.trim();
    // `CHR Extension: (Name) - C:\…`
    let name = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    let name = name.strip_suffix(".lnk").unwrap_or(name);
    // A class id, a key, a placeholder or something said about a port is no name.
    let is_none = name.starts_with(['{', '\\', '(', '<', '"'])
        || name.contains('{')
        || name.eq_ignore_ascii_case("no name");
    if is_none { "" } else { name }
}

/// Gives out a record of one line.
pub(super) fn record<'a>(mut draft: Draft<'a>, host: &'a str, line: Line<'_>, sink: &mut dyn Sink) {
    draft.default_host(host);
    sink.record(&draft.record(line.number, line.text));
}

/// A record of a name and nothing else.
pub(super) fn named(name: &str) -> Draft<'_> {
    let mut draft = Draft::default();
    draft.put(sure(Field::Name), name);
    draft
}

/// A process by its path.
pub(super) fn process(path: &str) -> Draft<'_> {
    let mut draft = Draft::default();
    draft.put(sure(Field::File), path);
    draft.identify(IdentifierKind::Process, file_name(path));
    draft.default_name(file_name(path));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_ends_where_its_file_does() {
        for (text, path) in [
            (
                "C:\\Program Files (x86)\\Foo\\foo.exe -r /x",
                "C:\\Program Files (x86)\\Foo\\foo.exe",
            ),
            ("=> \"C:\\Foo Bar\\foo\" -r", "C:\\Foo Bar\\foo"),
            ("x C:\\Windows\\klif.SYS [123 2020-01-01] (A)", "C:\\Windows\\klif.SYS"),
            ("x C:\\Foo\\bar.executable [1]", "C:\\Foo\\bar.executable"),
            ("C:\\Program Files (x86)\\Foo [2020-01-01]", "C:\\Program Files (x86)\\Foo"),
            ("C:\\Foo\\ü.exe", "C:\\Foo\\ü.exe"),
            ("(A -> B) C:\\Foo\\foo.exe <3>", "C:\\Foo\\foo.exe"),
        ] {
            assert_eq!(path_in(text).map(|(_, path)| path), Some(path), "{text}");
        }
        assert_eq!(path_in("http:\\\\x and c:"), None);
    }

    #[test]
    fn the_maker_is_the_last_parenthesis() {
        for (line, expected) in [
            ("C:\\a.exe [1] (A (B) -> C)", Some(("C:\\a.exe [1]", "A (B) -> C"))),
            ("C:\\a.exe [1] (A) [File not signed]", Some(("C:\\a.exe [1]", "A"))),
            ("C:\\a.exe (A) <==== ATTENTION", Some(("C:\\a.exe", "A"))),
            ("C:\\a.exe )", None),
            ("]", None),
            ("C:\\a.exe", None),
        ] {
            assert_eq!(without_last_group(line), expected, "{line}");
        }
    }

    #[test]
    fn the_name_before_a_path_is_found() {
        for (before, name) in [
            ("HKLM\\...\\Run: [Foo Bar] => ", "Foo Bar"),
            ("BHO-x32: Foo -> {A-B} -> ", "Foo"),
            ("BHO: Foo: Bar - {A-B} - ", "Foo: Bar"),
            ("BHO: Foo: {A-B} - ", "Foo"),
            ("BHO: (no name) - {A-B} - ", ""),
            ("CHR Extension: (Foo (x)) - ", "Foo (x)"),
            ("Startup: Foo.lnk = ", "Foo"),
            ("FirewallRules: [{A-B}] => (Allow) ", ""),
            ("", ""),
        ] {
            assert_eq!(name_before(before), name, "{before}");
        }
    }

    #[test]
    fn the_security_center_names_a_program() {
        assert_eq!(
            security_product(
                "AV: Foo (Enabled - Up to date) {D68DDC3A-831F-4FAE-9E44-DA132C1ACF46}"
            ),
            Some("Foo")
        );
        assert_eq!(security_product("SP: Foo *Enabled/Updated* {A}"), Some("Foo"));
        assert_eq!(security_product("AV: "), None);
        assert_eq!(security_product("AVG: x (a)"), None);
    }
}
