//! Farbar Recovery Scan Tool: `Addition.txt`, which lists the installed programs, and `FRST.txt`,
//! which shows only what runs and starts.

use super::columns::{Draft, Field};
use super::common::is_drive_path;
use super::help_log::{
    Maker, file, file_name, named, path_in, process, record, security_product, service, sure,
    without_last_group,
};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "frst",
    title: "Farbar Recovery Scan Tool log (FRST)",
    reads: "Addition.txt and FRST.txt of Farbar Recovery Scan Tool in any language, whole, one \
            after the other, or only the section of installed programs",
    how_to_get: "run FRST, leave the box Addition.txt ticked, press Scan, and take Addition.txt \
                 from the folder that FRST was started in",
    cannot_show: "FRST leaves out files that it knows to be harmless (\"Whitelisted\"), and \
                  FRST.txt has no list of programs at all; Addition.txt has it, for the user who \
                  ran the scan and for all users together",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(FrstReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut programs, mut packages, mut sections) = (0, 0, 0);
    let (mut has_title, mut has_list) = (false, false);
    for line in sample.filled_lines() {
        let line = line.trim();
        has_title |= is_title(line);
        programs += usize::from(program(line).is_some());
        packages += usize::from(package(line).is_some());
        sections += usize::from(is_section(line));
        has_list |= line.starts_with("==================== Installed Programs ===");
    }
    let reason = if has_title && (sections > 0 || programs > 0) {
        key!("it names Farbar Recovery Scan Tool and has its sections")
    } else if programs >= 2 || (programs + packages > 0 && sections > 0) {
        key!(
            "its lines are programs as FRST writes them: name, (registry key), (version - publisher)"
        )
    } else if has_list {
        key!("it has FRST's section of installed programs")
    } else {
        return None;
    };
    Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// The first line of a log, in any language. A log of a fix names the tool as well.
fn is_title(line: &str) -> bool {
    line.contains("Farbar Recovery Scan Tool") && !line.starts_with("Fix result of")
}

/// `==================== Installed Programs ======================`
fn is_section(line: &str) -> bool {
    line.strip_prefix("==========").is_some_and(|rest| {
        let title = rest.trim_start_matches('=');
        title.starts_with(' ') && title.ends_with('=') && title.contains(char::is_alphabetic)
    })
}

/// A line that only draws, or the title of a section.
fn is_drawn(line: &str) -> bool {
    line.starts_with("====")
}

/// `Name (HKLM-x32\...\Key) (Version: 1.0 - Publisher) [Hidden]`. The name, the key and the
/// publisher may hold parentheses themselves.
fn program(line: &str) -> Option<Draft<'_>> {
    let start = line.rfind("(HKLM").or_else(|| line.rfind("(HKU\\"))?;
    let name = line.get(..start)?;
    // '(' is one byte long.
    let rest = line.get(start + 1..)?;
    if !name.is_empty() && !name.ends_with(' ') {
        return None;
    }
    if !rest.contains('\\') {
        return None;
    }
    let mut draft = named(name);
    let details = rest.match_indices(") (").find_map(|(at, mark)| {
        let details = rest.get(at + mark.len()..)?;
        // "Version" in every language met, but a translator could have meant it well.
        let (word, details) = details.split_once([':', '：'])?;
        word.chars().all(char::is_alphabetic).then_some((at, details))
    });
    let key = match details {
        Some((at, details)) => {
            let inside = details.rsplit_once(')').map_or(details, |(inside, _)| inside);
            let (version, publisher) = inside.split_once(" - ").unwrap_or((inside, ""));
            draft.put(sure(Field::Version), version);
            draft.put(sure(Field::Publisher), publisher);
            rest.get(..at)?
        }
        None => rest.trim_end().trim_end_matches(')'),
    };
    draft.put(sure(Field::ProductCode), key);
    Some(draft)
}

/// A line of the section of programs as FRST wrote it until 2013: `Name (x32 Version: 1.0)`.
/// Nothing if it is what is left of a line that was broken in two.
fn old_program(line: &str) -> Option<Draft<'_>> {
    match line.rsplit_once(" (") {
        Some((name, rest)) if rest.starts_with("x32") || rest.starts_with("Version:") => {
            let mut draft = named(name);
            let version = rest.split_once("Version: ").map_or("", |(_, version)| version);
            draft.put(sure(Field::Version), version.trim_end_matches(')'));
            (!name.ends_with(')')).then_some(draft)
        }
        _ => Some(named(line)),
    }
}

/// A Store app: `Name -> C:\Program Files\WindowsApps\Family_1.0_x64__hash [date] (Publisher)`.
fn package(line: &str) -> Option<Draft<'_>> {
    let (name, rest) = line.split_once(" -> ")?;
    let (path, rest) = rest.split_once(" [")?;
    let is_of_windows = path.contains("\\WindowsApps\\") || path.contains("\\SystemApps\\");
    // `ShortcutTarget: Foo.lnk -> C:\…` is of another section.
    if !is_drive_path(path) || (name.contains(": ") && !is_of_windows) {
        return None;
    }
    let mut draft = named(name);
    let full_name = file_name(path);
    if full_name.contains("__") {
        draft.put(sure(Field::Package), full_name);
        draft.put(sure(Field::Version), full_name.split('_').nth(1).unwrap_or_default());
    }
    if let Some((_, rest)) = rest.split_once("] (") {
        let publisher = rest.split_once(") [").map_or(rest, |(publisher, _)| publisher);
        draft.put(sure(Field::Publisher), publisher.trim_end().trim_end_matches(')'));
    }
    draft.put(sure(Field::Path), path);
    Some(draft)
}

/// What runs or starts: processes, services, drivers, autostarts, extensions of browsers. They
/// tell of a program that the list of programs may not show.
fn other(line: &str) -> Option<Draft<'_>> {
    if let Some(name) = security_product(line) {
        return Some(named(name));
    }
    let (before, group) = match without_last_group(line) {
        Some((before, group)) => (before, Some(group)),
        None => (line, None),
    };
    if let Some(mut draft) = service(line) {
        // `[X]` stands for a file that is not there: what is left of a program that was removed.
        if line.ends_with(" [X]") {
            draft.set_presence(Presence::Removed);
        }
        Maker::of(group.unwrap_or_default()).put_into(&mut draft);
        return Some(draft);
    }
    if let Some(rest) = line.strip_prefix('(') {
        // `(C:\Windows\explorer.exe ->) (Signer -> Company) C:\path\file.exe <2>`
        let (maker, path) = maker_and_path(rest)?;
        let maker = maker.rsplit_once(" ->) (").map_or(maker, |(_, maker)| maker);
        let (_, path) = path_in(path)?;
        let mut draft = process(path);
        Maker::of(maker).put_into(&mut draft);
        return Some(draft);
    }
    if let Some((label, rest)) = line.split_once(" Extension: (")
        && label.len() <= 8
    {
        let (name, _) = rest.split_once(") - ")?;
        return Some(named(name));
    }
    // Everything else that names a file without its maker is the tool's own, a setting or an event.
    let group = group.filter(|group| group.contains(" -> "))?;
    let mut draft = file(before)?;
    Maker::of(group).put_into(&mut draft);
    Some(draft)
}

/// `A (B) -> C) C:\…`: the parenthesis right before the path is the maker's.
fn maker_and_path(rest: &str) -> Option<(&str, &str)> {
    rest.match_indices(") ").find_map(|(at, mark)| {
        let path = rest.get(at + mark.len()..)?;
        is_drive_path(path).then(|| Some((rest.get(..at)?, path)))?
    })
}

/// `Ran by ana (administrator) on PC-17 (Dell Inc.) (date)`, in any language.
fn host_in(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(" (")?;
    let (rights, rest) = rest.split_once(") ")?;
    // `Ran by ana (05-01-2024 12:00:00)` names no computer.
    if rights.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut words = rest.split_whitespace();
    let (_on, host) = (words.next()?, words.next()?);
    (!host.starts_with('(')).then_some(host)
}

#[derive(Default)]
struct FrstReader {
    host: String,
    /// True below the first line of a log: the next one names the computer.
    is_below_title: bool,
    has_title: bool,
    /// True above the first section of a log: its head names its own file.
    is_in_head: bool,
    /// True in the section of installed programs.
    is_in_programs: bool,
    has_programs: bool,
    last_line: u64,
}

impl LineReader for FrstReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        if text.is_empty() {
            return Outcome::STRUCTURE;
        }
        self.last_line = line.number;
        if is_title(text) {
            self.has_title = true;
            self.is_below_title = true;
            self.is_in_head = true;
            self.is_in_programs = false;
            return Outcome::STRUCTURE;
        }
        if std::mem::take(&mut self.is_below_title) {
            if let Some(host) = host_in(text) {
                self.host.clear();
                self.host.push_str(host);
            }
            return Outcome::STRUCTURE;
        }
        if is_drawn(text) {
            if is_section(text) {
                self.is_in_head = false;
                self.is_in_programs = text.contains(" Installed Programs ");
                self.has_programs |= self.is_in_programs;
            }
            return Outcome::STRUCTURE;
        }
        if let Some(draft) = program(text) {
            self.is_in_programs = true;
            self.has_programs = true;
            return self.give(draft, line, sink);
        }
        if let Some(draft) = package(text) {
            return self.give(draft, line, sink);
        }
        // The note below the title of a section stands in parentheses.
        if self.is_in_programs {
            let is_note = text.starts_with('(') && text.ends_with(')');
            if is_note || text.ends_with(':') || text.starts_with('[') {
                return Outcome::STRUCTURE;
            }
            let Some(draft) = old_program(text) else {
                let expected =
                    key!("a program as “Name (HKLM\\...\\Key) (Version: 1.0 - Publisher)”");
                let kind = ProblemKind::UnexpectedLine { expected: expected.into() };
                sink.problem(line.number, kind, line.text);
                return Outcome::PROBLEM;
            };
            return self.give(draft, line, sink);
        }
        match other(text) {
            Some(draft) if !self.is_in_head => self.give(draft, line, sink),
            _ => Outcome::STRUCTURE,
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if !self.has_programs {
            let why = key!(
                "it is FRST.txt, which shows what runs and starts and has no list of \
                       installed programs"
            );
            let advice = key!("check Addition.txt as well, which FRST writes beside it");
            let kind = ProblemKind::Incomplete { why: why.into(), advice: advice.into() };
            sink.problem(0, kind, "");
        } else if self.has_title && self.is_in_programs {
            // Some twenty sections follow that of the programs.
            sink.problem(self.last_line, ProblemKind::CutShort, "");
        }
    }
}

impl FrstReader {
    fn give(&self, draft: Draft<'_>, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if draft.is_empty() {
            sink.problem(line.number, ProblemKind::NoName, line.text);
            return Outcome::PROBLEM;
        }
        record(draft, &self.host, line, sink);
        Outcome::RECORD
    }
}

#[cfg(test)]
#[path = "frst_tests.rs"]
mod tests;
