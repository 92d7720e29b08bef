//! JSON of any tool: an array of objects, one object, one object a line, or lists deeper inside.

use super::columns::{Columns, Draft};
use super::common::without_ellipsis;
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, IdentifierKind, LineClass, Presence, Record, Sink};

mod scan;
mod text;
mod walk;

pub(super) use scan::Ledger;
pub(super) use walk::{JsonReader, Object, Objects, Place, Section, Text, Verdict, section_of};

pub(super) static FORMAT: Format = Format {
    id: "json",
    title: "JSON",
    reads: "JSON with objects that have a program's name, package or product code: an array, one \
            object, one object a line, or lists inside other objects (ConvertTo-Json, osquery, \
            GLPI, Wazuh, Defender, Ansible, winget export)",
    how_to_get: "in PowerShell: Get-Package | Select-Object Name, Version, ProviderName | \
                 ConvertTo-Json; or the JSON export of your inventory tool",
    cannot_show: "only what the tool that made the file lists: it says nothing about programs \
                  that are merely copied to the disk, browser extensions, or computers that are \
                  not in the file",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    JsonReader::boxed(Records::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let start = json_start(sample)?;
    let mut found = Found::default();
    let mut reader = open(sample);
    reader.push(start, &mut found);
    reader.finish(&mut found);
    Some(if found.records > 0 {
        let reason = format!("it is JSON, and its objects have {}", found.has);
        Sniffed { confidence: Confidence::Likely, reason }
    } else {
        Sniffed { confidence: Confidence::Possible, reason: "it is JSON".to_owned() }
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
#[derive(Default)]
struct Records {
    has_said_reading: bool,
    records: u64,
    /// Keys of the first object that had no other in it and was no record, with its line.
    unread: Option<(u64, Vec<String>)>,
}

impl Objects for Records {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        let mut draft = object.fields.draft();
        if draft.name().is_empty() {
            draft.default_name(object.map_key);
        }
        let verdict = verdict(object, &draft);
        if verdict == Verdict::Record {
            self.record(object, draft, sink);
        } else if !object.has_objects && self.unread.is_none() && self.records == 0 {
            let keys = object.fields.iter().map(|(key, _)| key.to_owned()).collect();
            self.unread = Some((object.line, keys));
        }
        verdict
    }

    fn leaf(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        self.record(object, object.fields.draft(), sink);
        Verdict::Record
    }

    fn text(&mut self, text: &Text<'_>, sink: &mut dyn Sink) -> bool {
        if !text.name.contains(char::is_alphabetic) {
            return false;
        }
        self.say_reading("each text of a list is a name", sink);
        self.records += 1;
        sink.record(&Record {
            name: text.name,
            version: text.version,
            host: text.host,
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

impl Records {
    fn record<'a>(&mut self, object: &Object<'a>, mut draft: Draft<'a>, sink: &mut dyn Sink) {
        draft.default_name(object.map_key);
        draft.default_host(object.host);
        if object.is_removed {
            draft.set_presence(Presence::Removed);
        }
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            sink.problem(object.line, ProblemKind::NameCut, object.text);
        }
        if !self.has_said_reading {
            let keys: Vec<&str> = object.fields.iter().map(|(key, _)| key).collect();
            let described = Columns::of(keys.iter().copied()).described(&keys);
            self.say_reading(&described, sink);
        }
        self.records += 1;
        sink.record(&draft.record(object.line, object.text));
    }

    fn say_reading(&mut self, detail: &str, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            sink.reading(detail);
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
    fn record(&mut self, record: &Record<'_>) {
        self.records += 1;
        if self.has.is_empty() {
            self.has = match (record.name.is_empty(), record.version.is_empty()) {
                (false, false) => "a name and a version",
                (false, true) => "a name",
                (true, _) => "the id of a program",
            };
        }
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn problem(&mut self, _: u64, _: ProblemKind, _: &str) {}
    fn reading(&mut self, _: &str) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}

#[cfg(test)]
mod tests;
