//! Goes through the objects of JSON text, outermost first, and knows what stands around each.

use crate::engine::language::key;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::IgnoredAny;

use super::scan::{Ledger, Scanner, Scope, Unit, Units};
use super::text::{Value, append_unescaped, elements, members, offset_in};
use crate::engine::clause::Clause;
use crate::engine::formats::Reader;
use crate::engine::formats::columns::{Draft, Field, Meaning, meaning_of};
use crate::engine::formats::common::too_many_fields;
use crate::engine::limits::{JSON_DEPTH, RECORD_FIELDS};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

/// What a format makes of the objects in JSON text.
pub(in crate::engine::formats) trait Objects {
    /// An object, before those in it. If it is a record, it goes to the sink here and now; its
    /// lines are told by the caller.
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict;

    /// The same object once more after [`Verdict::UnlessInside`], if nothing in it was a record.
    fn leaf(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        self.object(object, sink)
    }

    /// A text that is an element of a list of programs or of the outermost array. True if it is a
    /// record, given to the sink.
    fn text(&mut self, _text: &Text<'_>, _sink: &mut dyn Sink) -> bool {
        false
    }

    /// The source has ended.
    fn end(&mut self, _sink: &mut dyn Sink) {}
}

/// Of any format: one program reads for all of them.
impl Objects for Box<dyn Objects> {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        (**self).object(object, sink)
    }

    fn leaf(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        (**self).leaf(object, sink)
    }

    fn text(&mut self, text: &Text<'_>, sink: &mut dyn Sink) -> bool {
        (**self).text(text, sink)
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        (**self).end(sink);
    }
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) enum Verdict {
    /// A record. What is in it is part of it, save lists of programs by their key.
    Record,
    /// A record if nothing in it is one.
    UnlessInside,
    /// Not a record, but records may be in it.
    Container,
}

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) enum Place {
    /// Somewhere; no key of the unit says that programs are listed under it.
    Anywhere,
    /// Under a key that says that programs are listed there (`software`, `packages`).
    InPrograms,
    /// Beside or around such a list.
    BesidePrograms,
}

/// An object with what stands around it.
pub(in crate::engine::formats) struct Object<'a> {
    /// The key it stands under, or the array that it is an element of; empty for none.
    pub key: &'a str,
    /// Where it stands.
    pub place: Place,
    /// The computer that an object around it names; empty for none.
    pub host: &'a str,
    /// The key that names it in a map of programs (`packages: {"bash": …}`); empty elsewhere.
    pub map_key: &'a str,
    /// True if an object around it says that what it holds is gone (osquery's `action`: `removed`).
    pub is_removed: bool,
    /// The line it begins on.
    pub line: u64,
    /// As written.
    pub text: &'a str,
    /// Its members, and those of objects in it.
    pub fields: &'a Fields,
    /// True if a list of programs is a member of it.
    pub holds_programs: bool,
    /// True if objects are in it, themselves or in arrays.
    pub has_objects: bool,
}

/// A text in a list, or a member of a map of names to versions.
pub(in crate::engine::formats) struct Text<'a> {
    /// The text: a name.
    pub name: &'a str,
    /// The version, in a map.
    pub version: &'a str,
    /// The computer that an object around it names; empty for none.
    pub host: &'a str,
    /// Its line.
    pub line: u64,
    /// As written.
    pub text: &'a str,
}

/// The members of an object that are not objects or arrays of objects themselves. Members of
/// objects in it have their keys joined with dots (`supplier.name`); arrays of texts give one
/// field an element.
#[derive(Debug, Default)]
pub(in crate::engine::formats) struct Fields {
    /// Keys and values, one behind the other.
    text: String,
    entries: Vec<Entry>,
    /// The object has members of its own that were not looked at.
    is_cut: bool,
    /// What keys mean; the same few come again and again.
    meanings: HashMap<Box<str>, Option<Meaning>>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: Range<usize>,
    value: Range<usize>,
    meaning: Option<Meaning>,
}

/// How deep objects in an object are looked into for fields.
const FIELD_DEPTH: usize = 3;
/// Elements of an array of texts that are looked at.
const MOST_ELEMENTS: usize = 16;
/// How many keys' meanings are remembered.
const MOST_MEANINGS: usize = 4096;

impl Fields {
    /// The fields with their keys, in order; those of objects inside follow.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (self.get_text(&entry.key), self.get_text(&entry.value)))
    }

    /// The first field of that key (case matters); empty if there is none.
    pub fn get(&self, key: &str) -> &str {
        self.iter().find(|(other, _)| *other == key).map_or("", |(_, value)| value)
    }

    /// The fields put together by what their keys mean.
    pub fn draft(&self) -> Draft<'_> {
        self.draft_without(&[])
    }

    /// The same without those keys, wherever they stand.
    pub fn draft_without(&self, ignored: &[&str]) -> Draft<'_> {
        let is_ignored = |entry: &Entry| {
            let key = self.get_text(&entry.key);
            !ignored.is_empty() && ignored.contains(&key.rsplit('.').next().unwrap_or(key))
        };
        let mut draft = Draft::default();
        for entry in &self.entries {
            if let Some(meaning) = entry.meaning
                && !is_ignored(entry)
            {
                draft.put(meaning, self.get_text(&entry.value));
            }
        }
        draft
    }

    /// True if a field of that key, here or in an object inside, has that value.
    pub fn has(&self, key: &str, value: &str) -> bool {
        self.iter().any(|(path, other)| {
            other == value && path.rsplit('.').next().is_some_and(|last| last == key)
        })
    }

    /// True if no key means anything.
    fn mean_nothing(&self) -> bool {
        self.entries.iter().all(|entry| entry.meaning.is_none())
    }

    fn get_text(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn read(&mut self, object: &str) {
        self.text.clear();
        self.entries.clear();
        self.is_cut = false;
        if self.meanings.len() > MOST_MEANINGS {
            self.meanings.clear();
        }
        self.read_below(object, "", FIELD_DEPTH);
    }

    fn read_below(&mut self, object: &str, path: &str, depth: usize) {
        let mut has_objects = false;
        for member in members(object) {
            if self.entries.len() >= RECORD_FIELDS {
                if depth < FIELD_DEPTH {
                    return;
                }
                self.is_cut |= match member.value {
                    Value::Text(text) => !text.is_empty(),
                    Value::Bare(_) => true,
                    // What holds others may be a program itself.
                    Value::Array(_) | Value::Object(_) | Value::Null => false,
                };
                continue;
            }
            match member.value {
                Value::Text(_) | Value::Bare(_) => self.add(path, member.key, member.value),
                Value::Array(array) => {
                    for element in elements(array).take(MOST_ELEMENTS) {
                        match element {
                            Value::Text(_) | Value::Bare(_) => self.add(path, member.key, element),
                            Value::Null => {}
                            Value::Object(_) | Value::Array(_) => break,
                        }
                    }
                }
                Value::Object(_) => has_objects = true,
                Value::Null => {}
            }
        }
        if has_objects && depth > 1 {
            for member in members(object) {
                if let Value::Object(inner) = member.value
                    && !member.key.is_empty()
                    && section_of(member.key) != Section::Programs
                {
                    let path = format!("{path}{}.", member.key);
                    self.read_below(inner, &path, depth - 1);
                }
            }
        }
    }

    fn add(&mut self, path: &str, key: &str, value: Value<'_>) {
        let start = self.text.len();
        self.text.push_str(path);
        append_unescaped(key, &mut self.text);
        let middle = self.text.len();
        let key = self.text.get(start..middle).unwrap_or_default();
        let meaning = match self.meanings.get(key) {
            Some(meaning) => *meaning,
            None => {
                let meaning = meaning_of(key);
                self.meanings.insert(key.into(), meaning);
                meaning
            }
        };
        value.append_to(&mut self.text);
        self.entries.push(Entry { key: start..middle, value: middle..self.text.len(), meaning });
    }
}

/// What a key says about what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) enum Section {
    /// A list (or one) of installed programs.
    Programs,
    /// Things that have names but are no programs.
    Other,
    Unknown,
}

/// What a key, or the name of an element, says.
pub(in crate::engine::formats) fn section_of(key: &str) -> Section {
    // The longest word below has 22 characters, so a longer key needs no look.
    let mut word = [0_u8; 32];
    let mut length = 0;
    for byte in key.bytes().filter(u8::is_ascii_alphanumeric) {
        let Some(free) = word.get_mut(length) else { return Section::Unknown };
        *free = byte.to_ascii_lowercase();
        length += 1;
    }
    let word = word.get(..length).and_then(|word| std::str::from_utf8(word).ok());
    match word.unwrap_or_default() {
        "software"
        | "softwares"
        | "installedsoftware"
        | "installedsoftwares"
        | "installedapplications"
        | "installedapps"
        | "installedprograms"
        | "installedpackages"
        | "installedproducts"
        | "programs"
        | "applications"
        | "apps"
        | "packages"
        | "products"
        | "components"
        | "snapshot"
        | "columns"
        | "softwareinventory"
        | "applicationinventory"
        | "spapplicationsdatatype"
        | "antivirus"
        | "antiviruses"
        | "detectedapps"
        | "discoveredapps"
        | "managedapps"
        | "softwarelist"
        | "softwaretitles"
        | "softwaretitle"
        | "applicationlist"
        | "applist"
        | "programlist"
        | "packagelist"
        | "debpackages"
        | "rpmpackages"
        | "win32product"
        | "softwareinstalled"
        | "appsinstalled"
        | "programsinstalled"
        | "uninstallkeys" => Section::Programs,
        "hardware"
        | "bios"
        | "cpus"
        | "cpu"
        | "processors"
        | "processor"
        | "memory"
        | "memories"
        | "drives"
        | "disks"
        | "storages"
        | "storage"
        | "networks"
        | "network"
        | "printers"
        | "monitors"
        | "users"
        | "user"
        | "localusers"
        | "localgroups"
        | "groups"
        | "operatingsystem"
        | "os"
        | "licenseinfos"
        | "licenses"
        | "license"
        | "properties"
        | "hashes"
        | "externalreferences"
        | "authors"
        | "metadata"
        | "envs"
        | "environment"
        | "ports"
        | "usbdevices"
        | "videos"
        | "sounds"
        | "inputs"
        | "controllers"
        | "slots"
        | "batteries"
        | "volumes"
        | "physicalvolumes"
        | "links"
        | "tags"
        | "categories"
        | "vulnerabilities"
        | "cves"
        | "assignments"
        | "hotfixes"
        | "updates"
        | "certificates"
        | "schema"
        | "cimclass"
        | "cimsystemproperties"
        | "psobject"
        | "runspaceid" => Section::Other,
        _ => Section::Unknown,
    }
}

/// Reads the objects of a JSON source for a format.
pub(in crate::engine::formats) struct JsonReader<O> {
    scanner: Scanner<Walker<O>>,
}

impl<O: Objects> JsonReader<O> {
    pub fn new(objects: O) -> Self {
        let walker = Walker { objects, fields: Fields::default(), records: 0, problems: 0 };
        Self { scanner: Scanner::new(walker) }
    }

    /// What the format makes of the objects, to tell it what stands outside of them.
    pub fn objects_mut(&mut self) -> &mut O {
        &mut self.scanner.units_mut().objects
    }
}

impl JsonReader<Box<dyn Objects>> {
    pub fn boxed(objects: impl Objects + 'static) -> Box<dyn Reader> {
        Box::new(Self::new(Box::new(objects)))
    }
}

impl<O: Objects> Reader for JsonReader<O> {
    fn push(&mut self, text: &str, sink: &mut dyn Sink) {
        self.scanner.push(text, sink);
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        self.scanner.finish(sink);
        self.scanner.units_mut().objects.end(sink);
    }
}

struct Walker<O> {
    objects: O,
    fields: Fields,
    records: u64,
    /// Records that were not valid JSON.
    problems: u64,
}

/// What stands around a value.
#[derive(Clone, Copy)]
struct Around<'a> {
    key: &'a str,
    place: Place,
    host: &'a str,
    map_key: &'a str,
    /// The value is what a key of programs holds, not an element of it.
    is_section: bool,
    /// The value is part of a record, and its fields among the record's; only lists in it are
    /// looked at.
    is_part: bool,
    is_removed: bool,
    depth: usize,
}

/// Where a walk is, and where it reports.
struct Walk<'w> {
    /// The unit's text.
    text: &'w str,
    /// A place in it, and its line.
    known: (usize, u64),
    first_line: u64,
    is_valid: bool,
    lines: &'w mut Ledger,
    sink: &'w mut dyn Sink,
}

impl Walk<'_> {
    /// The line on which a part of the unit begins.
    fn line_of(&mut self, part: &str) -> u64 {
        let at = offset_in(self.text, part);
        let (from, line) = if at >= self.known.0 { self.known } else { (0, self.first_line) };
        let passed = self.text.as_bytes().get(from..at).unwrap_or_default();
        let line = line + line_ends_in(passed);
        self.known = (at, line);
        line
    }
}

fn line_ends_in(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

impl<O: Objects> Units for Walker<O> {
    fn unit(&mut self, unit: &Unit<'_>, scopes: &[Scope], lines: &mut Ledger, sink: &mut dyn Sink) {
        let problem = match serde_json::from_str::<IgnoredAny>(unit.text) {
            Err(error) if !unit.is_cut => Some(error),
            _ => None,
        };
        let value = Value::of(unit.text);
        let scope_key = scopes.last().map_or("", |scope| scope.key.as_str());
        let host =
            scopes.iter().rev().map(|scope| scope.host.as_str()).find(|host| !host.is_empty());
        let in_programs = scopes.last().is_some_and(|scope| scope.is_of_programs)
            || section_of(unit.key) == Section::Programs;
        let place = if in_programs {
            Place::InPrograms
        } else if scopes.last().is_some_and(|scope| scope.has_programs) || has_programs(value, 0) {
            Place::BesidePrograms
        } else {
            Place::Anywhere
        };
        let around = Around {
            key: if unit.key.is_empty() { scope_key } else { unit.key },
            place,
            host: host.unwrap_or_default(),
            map_key: if in_programs { unit.key } else { "" },
            is_section: section_of(unit.key) == Section::Programs,
            is_part: false,
            is_removed: false,
            depth: 0,
        };
        if section_of(around.key) == Section::Other && !scopes.iter().all(|scope| scope.is_array) {
            return;
        }
        let problems = self.problems;
        let mut walk = Walk {
            text: unit.text,
            known: (0, unit.line),
            first_line: unit.line,
            is_valid: problem.is_none(),
            lines,
            sink,
        };
        match value {
            Value::Text(_) if scopes.iter().all(|scope| scope.is_array) || in_programs => {
                self.list_text(value, unit.text, &around, &mut walk);
            }
            _ => {
                self.value(value, &around, &mut walk);
                // Brackets out of order can end the value before the unit.
                for value in values_behind(value, unit.text) {
                    self.value(value, &around, &mut walk);
                }
            }
        }
        if let Some(error) = problem
            && self.problems == problems
        {
            let line = unit.line + (error.line() as u64).saturating_sub(1);
            let text = unit.text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
            sink.problem(line, ProblemKind::BadJson { reason: reason_of(&error) }, text);
            lines.mark(line, line, LineClass::Problem, sink);
        }
    }

    fn opened(&mut self, scope: &mut Scope, text: &str) {
        scope.is_of_programs |= section_of(&scope.key) == Section::Programs;
        scope.has_programs |= !scope.is_array && has_programs(Value::Object(text), 0);
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn scope_text(&mut self, scope: &mut Scope, key: &str, text: &str) {
        let rank = match meaning_of(key) {
            Some(Meaning { field: Field::Host, rank }) => rank,
            // The name of what holds a list of programs is the computer's.
            Some(Meaning { field: Field::Name, rank: 2 }) if scope.has_programs => u8::MAX - 1,
            _ => return,
        };
        if rank < scope.host_rank {
            scope.host = text.trim().to_owned();
            scope.host_rank = rank;
        }
    }
}

impl<O: Objects> Walker<O> {
    fn value(&mut self, value: Value<'_>, around: &Around<'_>, walk: &mut Walk<'_>) {
        if around.depth > JSON_DEPTH {
            return;
        }
        match value {
            Value::Object(object) => self.object(object, around, walk),
            Value::Array(array) => {
                for element in elements(array) {
                    let around = Around {
                        is_section: false,
                        is_part: false,
                        depth: around.depth + 1,
                        ..*around
                    };
                    match element {
                        Value::Text(text) if around.place == Place::InPrograms => {
                            self.list_text(element, text, &around, walk);
                        }
                        _ => self.value(element, &around, walk),
                    }
                }
            }
            Value::Text(_) | Value::Bare(_) | Value::Null => {}
        }
    }

    fn object(&mut self, object: &str, around: &Around<'_>, walk: &mut Walk<'_>) {
        let line = walk.line_of(object);
        let inside = Inside::of(object);
        let records = self.records;
        if around.is_part {
            self.members(object, true, around, walk);
            return;
        }
        let verdict = self.offer(object, line, inside, around, walk, false);
        let is_record = verdict == Verdict::Record;
        if inside.has_containers {
            let host = if is_record { String::new() } else { self.host_of(inside, around) };
            let is_removed = around.is_removed || self.fields.get("action") == "removed";
            let below = Around {
                host: if host.is_empty() { around.host } else { &host },
                is_removed,
                depth: around.depth + 1,
                ..*around
            };
            if around.is_section && !is_record && self.fields.mean_nothing() {
                self.map_of_versions(object, &below, walk);
            }
            self.members(object, is_record, &below, walk);
        } else if around.is_section && !is_record && self.fields.mean_nothing() {
            self.map_of_versions(object, around, walk);
        }
        if verdict == Verdict::UnlessInside && self.records == records {
            self.offer(object, line, inside, around, walk, true);
        }
    }

    /// Goes into the members of an object.
    fn members(&mut self, object: &str, is_record: bool, below: &Around<'_>, walk: &mut Walk<'_>) {
        for member in members(object) {
            if !matches!(member.value, Value::Object(_) | Value::Array(_)) {
                continue;
            }
            let section = section_of(member.key);
            let is_programs = section == Section::Programs;
            let goes_in = match section {
                Section::Programs => true,
                Section::Other => false,
                // What is in a record is part of it. But a value without a key stands in a wrong
                // place, and with an array of objects the record could be a mere wrapper of them.
                Section::Unknown => {
                    !is_record
                        || member.key.is_empty()
                        || (below.place == Place::Anywhere && holds_objects(member.value))
                }
            };
            let is_part = is_record
                && section == Section::Unknown
                && !member.key.is_empty()
                && matches!(member.value, Value::Object(_));
            if goes_in {
                let around = Around {
                    key: if member.key.is_empty() { below.key } else { member.key },
                    place: if is_programs { Place::InPrograms } else { below.place },
                    map_key: if below.is_section { member.key } else { "" },
                    is_section: is_programs && matches!(member.value, Value::Object(_)),
                    is_part,
                    depth: below.depth + usize::from(is_part),
                    ..*below
                };
                self.value(member.value, &around, walk);
            }
        }
    }

    /// Shows an object to the format, and accounts for it if it is a record.
    fn offer(
        &mut self,
        text: &str,
        line: u64,
        inside: Inside,
        around: &Around<'_>,
        walk: &mut Walk<'_>,
        again: bool,
    ) -> Verdict {
        self.fields.read(text);
        let object = Object {
            key: around.key,
            place: around.place,
            host: around.host,
            map_key: around.map_key,
            is_removed: around.is_removed,
            line,
            text: text.trim_end(),
            fields: &self.fields,
            holds_programs: inside.holds_programs,
            has_objects: inside.has_objects,
        };
        let verdict = if again {
            self.objects.leaf(&object, walk.sink)
        } else {
            self.objects.object(&object, walk.sink)
        };
        // Of what is a record, or would be if it had a name among the fields that were read. A map of programs
        // is gone through by itself.
        let is_unnamed = verdict == Verdict::Container
            && around.place == Place::InPrograms
            && !around.is_section;
        if self.fields.is_cut && (verdict == Verdict::Record || is_unnamed) {
            walk.sink.problem(line, too_many_fields(), text);
        }
        if verdict == Verdict::Record {
            self.records += 1;
            self.account(text, line, walk);
        }
        verdict
    }

    /// A record's lines, and what was wrong with it as JSON.
    fn account(&mut self, text: &str, line: u64, walk: &mut Walk<'_>) {
        let text = text.trim_end();
        let last = line + line_ends_in(text.as_bytes());
        walk.lines.mark(line, last, LineClass::Record, walk.sink);
        if !walk.is_valid
            && let Err(error) = serde_json::from_str::<IgnoredAny>(text)
        {
            self.problems += 1;
            let at = line + (error.line() as u64).saturating_sub(1);
            let wrong = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
            walk.sink.problem(at, ProblemKind::BadJson { reason: reason_of(&error) }, wrong);
        }
    }

    fn list_text(
        &mut self,
        value: Value<'_>,
        part: &str,
        around: &Around<'_>,
        walk: &mut Walk<'_>,
    ) {
        let mut name = String::new();
        value.append_to(&mut name);
        self.entry(&name, "", part, around, walk);
    }

    /// `{"7-Zip": "23.01", …}` under a key of programs.
    fn map_of_versions(&mut self, object: &str, around: &Around<'_>, walk: &mut Walk<'_>) {
        for member in members(object) {
            if let Value::Text(raw) | Value::Bare(raw) = member.value {
                let (mut name, mut version) = (String::new(), String::new());
                append_unescaped(member.key, &mut name);
                member.value.append_to(&mut version);
                let start = offset_in(object, member.key);
                let end = offset_in(object, raw) + raw.len();
                let part = object.get(start..end).unwrap_or(raw);
                self.entry(&name, &version, part, around, walk);
            }
        }
    }

    fn entry(
        &mut self,
        name: &str,
        version: &str,
        part: &str,
        around: &Around<'_>,
        walk: &mut Walk<'_>,
    ) {
        let line = walk.line_of(part);
        let text = Text {
            name: name.trim(),
            version: version.trim(),
            host: around.host,
            line,
            text: part,
        };
        if self.objects.text(&text, walk.sink) {
            self.records += 1;
            self.account_lines(part, line, walk);
        }
    }

    fn account_lines(&mut self, part: &str, line: u64, walk: &mut Walk<'_>) {
        let last = line + line_ends_in(part.as_bytes());
        walk.lines.mark(line, last, LineClass::Record, walk.sink);
    }

    /// The computer that an object which is no record names, from the fields just read.
    fn host_of(&self, inside: Inside, around: &Around<'_>) -> String {
        let draft = self.fields.draft();
        let host = if !draft.host().is_empty() {
            draft.host()
        } else if inside.holds_programs && inside.holds_more_than_components {
            match (self.fields.get("name"), looks_like_host(around.key)) {
                ("", true) => around.key,
                // `"general": {"name": …}` of Jamf.
                ("", false) => self.fields.get("general.name"),
                (name, _) => name,
            }
        } else {
            ""
        };
        host.to_owned()
    }
}

/// What an object has in it, from one look at its members.
#[derive(Clone, Copy, Default)]
struct Inside {
    has_containers: bool,
    has_objects: bool,
    holds_programs: bool,
    /// The programs are not the components of a bill of materials, whose name is a product's.
    holds_more_than_components: bool,
}

impl Inside {
    fn of(object: &str) -> Self {
        let mut inside = Self::default();
        // Most records have no brackets inside; that is soon seen.
        if !has_brackets(object) {
            return inside;
        }
        for member in members(object) {
            if matches!(member.value, Value::Object(_) | Value::Array(_)) {
                inside.has_containers = true;
                // Without a key it stands in a wrong place, behind an object that is not closed.
                inside.has_objects |= !member.key.is_empty() && holds_objects(member.value);
                if section_of(member.key) == Section::Programs {
                    inside.holds_programs = true;
                    inside.holds_more_than_components |=
                        !member.key.eq_ignore_ascii_case("components");
                }
            }
        }
        inside
    }
}

/// True if a bracket opens inside the object. (Two searches for one byte are faster than one for
/// two.)
fn has_brackets(object: &str) -> bool {
    let inner = object.get(1..).unwrap_or_default();
    inner.contains('{') || inner.contains('[')
}

/// The objects and arrays that stand behind the value in the text.
fn values_behind<'a>(value: Value<'a>, text: &'a str) -> impl Iterator<Item = Value<'a>> {
    let end = match value {
        Value::Object(part) | Value::Array(part) => offset_in(text, part) + part.len(),
        Value::Text(_) | Value::Bare(_) | Value::Null => text.len(),
    };
    let mut rest = text.get(end..).unwrap_or_default();
    std::iter::from_fn(move || {
        rest = rest.get(rest.find(['{', '['])?..)?;
        let value = Value::of(rest);
        let (Value::Object(part) | Value::Array(part)) = value else { return None };
        rest = rest.get(part.len()..)?;
        Some(value)
    })
}

/// True for an object, and for an array whose first element is one.
fn holds_objects(value: Value<'_>) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(array) => matches!(elements(array).next(), Some(Value::Object(_))),
        _ => false,
    }
}

/// True if somewhere in the value a key says that programs are listed under it.
fn has_programs(value: Value<'_>, depth: usize) -> bool {
    if depth > JSON_DEPTH {
        return false;
    }
    match value {
        Value::Object(object) => {
            has_brackets(object)
                && members(object).any(|member| {
                    matches!(member.value, Value::Object(_) | Value::Array(_))
                        && (section_of(member.key) == Section::Programs
                            || has_programs(member.value, depth + 1))
                })
        }
        Value::Array(array) => elements(array).any(|element| has_programs(element, depth + 1)),
        _ => false,
    }
}

/// `PC-0042`, `srv01.example.org`: a map of computers has their names as keys.
fn looks_like_host(key: &str) -> bool {
    key.len() <= 63
        && key.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-')
        && key.bytes().any(|byte| byte.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// The parser's reason without its own line and column, which count from the unit.
fn reason_of(error: &serde_json::Error) -> Clause {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    PARSER_REASONS
        .iter()
        .find(|known| **known == text)
        .map_or_else(|| Clause::untold(text), |known| Clause::from(*known))
}

/// What the parser says of damaged JSON, as it says it.
const PARSER_REASONS: &[&str] = &[
    key!("EOF while parsing a list"),
    key!("EOF while parsing an object"),
    key!("EOF while parsing a string"),
    key!("EOF while parsing a value"),
    key!("expected `:`"),
    key!("expected `,` or `]`"),
    key!("expected `,` or `}`"),
    key!("expected ident"),
    key!("expected value"),
    key!("invalid escape"),
    key!("invalid number"),
    key!("number out of range"),
    key!("invalid unicode code point"),
    key!("control character (\\u0000-\\u001F) found while parsing a string"),
    key!("key must be a string"),
    key!("lone leading surrogate in hex escape"),
    key!("trailing comma"),
    key!("trailing characters"),
    key!("unexpected end of hex escape"),
    key!("recursion limit exceeded"),
];
