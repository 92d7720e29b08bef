//! JSON of any tool: an array of objects, one object, one object a line, or lists deeper inside.

use super::columns::{Columns, Draft};
use super::common::without_ellipsis;
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{
    ColumnReading, IdentifierKind, LineClass, Presence, Record, Sink, TitleKey,
};

mod scan;
mod text;
mod walk;

pub(super) use scan::Ledger;
pub(super) use text::{Value, elements, members};
pub(super) use walk::{JsonReader, Object, Objects, Place, Section, Text, Verdict, section_of};

pub(super) static FORMAT: Format = Format {
    id: "json",
    title: "JSON",
    reads: "JSON of any tool whose objects have a program's name, package or product code: an \
            array, one object, one object a line, or lists inside other objects, such as \
            ConvertTo-Json writes",
    how_to_get: "in PowerShell: Get-Package | Select-Object Name, Version, ProviderName | \
                 ConvertTo-Json > list.json; or the JSON export of your inventory tool",
    cannot_show: "only what the tool that made the file lists: it says nothing about programs \
                  that are merely copied to the disk, browser extensions, or computers that are \
                  not in the file",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    open_as(AnyJson)
}

/// A reader of what a tool wrote.
pub(super) fn open_as(tool: impl Tool + 'static) -> Box<dyn Reader> {
    JsonReader::boxed(Records::of(tool))
}

/// What a tool's JSON has that others have not. Whatever is not said here is read as usual.
pub(super) trait Tool {
    /// Sees each object that is no record: totals, pages.
    fn container(&mut self, _object: &Object<'_>, _sink: &mut dyn Sink) {}

    /// True for an object that lists no program, though its keys are those of one.
    fn passes_over(&self, _object: &Object<'_>) -> bool {
        false
    }

    /// Keys (without their path) that mean nothing here, whatever they usually do.
    fn ignored(&self) -> &'static [&'static str] {
        &[]
    }

    /// Changes what was made of a record's members.
    fn record<'a>(&mut self, _object: &Object<'a>, _draft: &mut Draft<'a>) {}

    /// The computer of records that name none.
    fn host(&self) -> String {
        String::new()
    }

    /// The source has ended after so many records.
    fn end(&mut self, _records: u64, _sink: &mut dyn Sink) {}
}

/// JSON of no tool in particular.
pub(super) struct AnyJson;

impl Tool for AnyJson {}

/// What a tool says of a sample that may be its JSON: it begins like JSON and has all the keys of
/// one of the sets, of which the first is the surest.
pub(super) fn sniff_keys(
    sample: &Sample<'_>,
    tool: &'static str,
    sets: &[(Confidence, &[&str])],
) -> Option<Sniffed> {
    json_start(sample)?;
    let (confidence, keys) =
        sets.iter().find(|(_, keys)| keys.iter().all(|key| has_key(sample.text, key)))?;
    let keys: Vec<String> = keys.iter().map(|key| format!("\u{201C}{key}\u{201D}")).collect();
    let keys = keys.join(", ");
    let reason = clause!("it is JSON with keys of {tool}: {keys}", tool = Clause::from(tool), keys);
    Some(Sniffed { confidence: *confidence, reason })
}

/// True if the text has `"key":`.
pub(super) fn has_key(text: &str, key: &str) -> bool {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(key) {
        let is_key = before.ends_with('"')
            && behind.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'));
        if is_key {
            return true;
        }
        rest = behind;
    }
    false
}

/// The list is a page of a longer one.
pub(super) fn first_page(key: &str) -> ProblemKind {
    ProblemKind::Incomplete {
        why: clause!("it is one page of a longer list (\u{201C}{key}\u{201D})", key),
        advice: clause!("fetch the other pages too and give this page all of them"),
    }
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let start = json_start(sample)?;
    let mut found = Found::default();
    let mut reader = open(sample);
    reader.push(start, &mut found);
    reader.finish(&mut found);
    Some(if found.records > 0 {
        let reason =
            clause!("it is JSON, and its objects have {keys}", keys = Clause::from(found.has));
        Sniffed { confidence: Confidence::Likely, reason }
    } else {
        Sniffed { confidence: Confidence::Possible, reason: clause!("it is JSON") }
    })
}

/// The sample from the first line that begins like JSON. Notes and prompts may stand above it.
fn json_start<'a>(sample: &Sample<'a>) -> Option<&'a str> {
    const LINES_ABOVE: usize = 20;
    let mut at = 0;
    for line in sample.text.split_inclusive('\n').take(LINES_ABOVE) {
        let rest = sample.text.get(at..)?;
        let trimmed = rest.trim_start();
        let mut bytes = trimmed.bytes();
        let bracket = bytes.next();
        let next = bytes.find(|byte| !byte.is_ascii_whitespace());
        let begins = match (bracket, next) {
            (Some(b'{'), Some(b'"' | b'}')) => true,
            (Some(b'['), Some(b'{' | b'[' | b']')) => true,
            // `["Name","Version"]` is JSON; `["HKEY…` or an ini section is not.
            (Some(b'['), Some(b'"')) => !line.trim_end().ends_with("\"]") || line.contains("\","),
            _ => false,
        };
        if begins {
            return Some(rest);
        }
        at += line.len();
    }
    None
}

/// Reads whatever object has the fields of a program.
pub(super) struct Records<T> {
    /// What the tool has that others have not.
    pub tool: T,
    has_said_reading: bool,
    records: u64,
    /// Keys of the first object that had no other in it and was no record, with its line.
    unread: Option<(u64, Vec<String>)>,
}

impl<T: Tool> Objects for Records<T> {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        if self.tool.passes_over(object) {
            return Verdict::Container;
        }
        let mut draft = object.fields.draft_without(self.tool.ignored());
        if draft.name().is_empty() {
            draft.default_name(object.map_key);
        }
        let verdict = verdict(object, &draft);
        if verdict == Verdict::Record {
            self.record(object, draft, sink);
            return verdict;
        }
        self.tool.container(object, sink);
        if !object.has_objects && self.unread.is_none() && self.records == 0 {
            let keys = object.fields.iter().map(|(key, _)| key.to_owned()).collect();
            self.unread = Some((object.line, keys));
        }
        verdict
    }

    fn leaf(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        self.record(object, object.fields.draft_without(self.tool.ignored()), sink);
        Verdict::Record
    }

    fn text(&mut self, text: &Text<'_>, sink: &mut dyn Sink) -> bool {
        if !text.name.contains(char::is_alphabetic) {
            return false;
        }
        self.say_reading(|| clause!("each text of a list is a name"), sink);
        self.records += 1;
        let host = self.tool.host();
        sink.record(&Record {
            name: text.name,
            version: text.version,
            host: if text.host.is_empty() { &host } else { text.host },
            line: text.line,
            text: text.text,
            ..Record::default()
        });
        true
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if self.records == 0
            && let Some((line, columns)) = self.unread.take()
            && !columns.is_empty()
        {
            sink.problem(line, ProblemKind::NoNameColumn { columns }, "");
        }
        self.tool.end(self.records, sink);
    }
}

fn verdict(object: &Object<'_>, draft: &Draft<'_>) -> Verdict {
    let has_name = !draft.name().is_empty();
    let has_id = draft.identifiers().iter().any(|id| id.kind != IdentifierKind::Path);
    let has_more = has_id
        || !draft.version().is_empty()
        || !draft.publisher().is_empty()
        || !draft.identifiers().is_empty();
    match object.place {
        Place::InPrograms if has_name || has_id || !draft.publisher().is_empty() => Verdict::Record,
        Place::InPrograms => Verdict::Container,
        // Around a list of programs stands a computer; a program that lists others has all of it.
        Place::BesidePrograms => {
            let is_program = has_name
                && !draft.version().is_empty()
                && !draft.publisher().is_empty()
                && draft.host().is_empty();
            if is_program && object.holds_programs { Verdict::Record } else { Verdict::Container }
        }
        Place::Anywhere if has_id || (has_name && has_more) => Verdict::Record,
        Place::Anywhere if has_name && object.has_objects => Verdict::UnlessInside,
        Place::Anywhere if has_name => Verdict::Record,
        Place::Anywhere => Verdict::Container,
    }
}

impl<T: Tool> Records<T> {
    pub fn of(tool: T) -> Self {
        Self { tool, has_said_reading: false, records: 0, unread: None }
    }

    fn record<'a>(&mut self, object: &Object<'a>, mut draft: Draft<'a>, sink: &mut dyn Sink) {
        draft.default_name(object.map_key);
        draft.default_host(object.host);
        if object.is_removed {
            draft.set_presence(Presence::Removed);
        }
        self.tool.record(object, &mut draft);
        let host = self.tool.host();
        let mut draft: Draft<'_> = draft;
        draft.default_host(&host);
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            sink.problem(object.line, ProblemKind::NameCut, object.text);
        }
        if !self.has_said_reading {
            let ignored = self.tool.ignored();
            let is_used = |key: &&str| !ignored.contains(&key.rsplit('.').next().unwrap_or(key));
            let keys: Vec<&str> =
                object.fields.iter().map(|(key, _)| key).filter(is_used).collect();
            self.say_reading(|| Columns::of(keys.iter().copied()).described(&keys), sink);
        }
        self.records += 1;
        sink.record(&draft.record(object.line, object.text));
    }

    fn say_reading(&mut self, detail: impl FnOnce() -> Clause, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            sink.reading(detail());
            self.has_said_reading = true;
        }
    }
}

/// Counts what a reading of the sample would find.
#[derive(Default)]
struct Found {
    records: u64,
    has: &'static str,
}

impl Sink for Found {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        self.records += 1;
        if self.has.is_empty() {
            self.has = match (record.name.is_empty(), record.version.is_empty()) {
                (false, false) => key!("a name and a version"),
                (false, true) => key!("a name"),
                (true, _) => key!("the id of a program"),
            };
        }
        None
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn problem(&mut self, _: u64, _: ProblemKind, _: &str) {}
    fn reading(&mut self, _: Clause) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}

#[cfg(test)]
mod tests;
