//! What is known of all sources together: titles and hosts interned, findings with their places.

use std::collections::HashSet;

use crate::engine::identify::Identification;
use crate::engine::limits::{FIRST_RECORDS, PROBLEMS_LISTED, QUOTE_CHARS};
use crate::engine::problem::{ProblemKind, shortened};
use crate::engine::record::{Identifier, IdentifierKind, Platform, Presence, Record};
use crate::engine::report::{FirstRecord, Problem, SourceReport, TitleIdentifier};
use crate::engine::rules::{RuleRef, Rules, rules_in_order};
use crate::engine::title::{Interner, Title, write_title_key};

/// What is known of all sources together.
pub(super) struct Inventory<'r> {
    rules: &'r Rules,
    refs: Vec<RuleRef<'r>>,
    pub(super) sources: Vec<SourceReport>,
    pub(super) problems: Vec<Problem>,
    pub(super) records: u64,
    pub(super) titles: Interner,
    /// By title number: which of `found` it is, if any.
    found_by_title: Vec<Vec<usize>>,
    pub(super) found: Vec<Found<'r>>,
    /// Pairs of a finding and a host that have a place already.
    places: HashSet<(usize, usize)>,
    hosts: Interner,
    host_labels: Vec<HostLabel>,
    /// The current source's host without a name: the source's and the host's number.
    unnamed_host: Option<(usize, usize)>,
    /// By host number: the last source that named it, to count a source's hosts.
    last_source_of_host: Vec<usize>,
    key: String,
}

/// What a host is called.
pub(super) enum HostLabel {
    /// As the inventory names it.
    Named(String),
    /// The inventory names none; the number of its source.
    Unnamed(usize),
}

/// A title that was identified.
pub(super) struct Found<'r> {
    pub(super) title: Title,
    pub(super) identification: Identification<'r>,
    pub(super) platform: Option<Platform>,
    pub(super) records: u64,
    /// Host numbers with the first place on each.
    pub(super) places: Vec<(usize, FoundPlace)>,
}

pub(super) struct FoundPlace {
    pub(super) source: usize,
    pub(super) line: u64,
    pub(super) text: String,
}

impl<'r> Inventory<'r> {
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            refs: rules_in_order(&rules.catalog).collect(),
            sources: Vec::new(),
            problems: Vec::new(),
            records: 0,
            titles: Interner::default(),
            found_by_title: Vec::new(),
            found: Vec::new(),
            places: HashSet::new(),
            hosts: Interner::default(),
            host_labels: Vec::new(),
            unnamed_host: None,
            last_source_of_host: Vec::new(),
            key: String::new(),
        }
    }

    /// The hosts' names. One that the inventory does not name is called by its source's name where
    /// there are several sources: people save such lists as `pc-0815.csv`.
    pub(super) fn host_names(&self) -> Vec<String> {
        let is_one_source = self.sources.len() == 1;
        self.host_labels
            .iter()
            .map(|label| match label {
                HostLabel::Named(name) => name.clone(),
                HostLabel::Unnamed(_) if is_one_source => "(computer not named)".to_owned(),
                HostLabel::Unnamed(source) => {
                    let name = self.sources.get(*source).map_or("", |s| s.name.as_str());
                    host_of_file(name)
                        .map_or_else(|| format!("(computer not named, in {name})"), str::to_owned)
                }
            })
            .collect()
    }

    fn host(&mut self, name: &str, source: usize) -> usize {
        if name.is_empty() {
            return self.unnamed_host(source);
        }
        let (number, is_new) = self.hosts.intern(name);
        if is_new {
            self.add_host(HostLabel::Named(name.to_owned()));
        }
        number
    }

    fn unnamed_host(&mut self, source: usize) -> usize {
        match self.unnamed_host {
            Some((of_source, number)) if of_source == source => number,
            _ => {
                // No host's name holds a NUL: the decoder drops them.
                let (number, _) = self.hosts.intern(&format!("\0{source}"));
                self.add_host(HostLabel::Unnamed(source));
                self.unnamed_host = Some((source, number));
                number
            }
        }
    }

    fn add_host(&mut self, label: HostLabel) {
        self.host_labels.push(label);
        self.last_source_of_host.push(usize::MAX);
    }

    pub(super) fn record(&mut self, record: &Record<'_>, platform: Option<Platform>) {
        let Some(source) = self.sources.len().checked_sub(1) else { return };
        self.records += 1;
        self.sources[source].records += 1;
        let host = self.host(record.host.trim(), source);
        if self.last_source_of_host[host] != source {
            self.last_source_of_host[host] = source;
            self.sources[source].hosts += 1;
        }
        let (name, publisher, version) =
            (record.name.trim(), record.publisher.trim(), record.version.trim());
        if self.sources[source].first_records.len() < FIRST_RECORDS {
            self.sources[source].first_records.push(first_record(record));
        }
        match record.presence {
            Presence::Installed => {}
            Presence::Removed => {
                self.sources[source].removed += 1;
                return;
            }
            Presence::Available => {
                self.sources[source].available += 1;
                return;
            }
        }
        let index = &self.rules.index;
        let is_kept = |identifier: &&Identifier<'_>| {
            identifier.kind != IdentifierKind::Path || index.is_path_of_interest(identifier.value)
        };
        let needs_a_copy = !record.identifiers.iter().all(|identifier| is_kept(&identifier));
        let kept: Vec<Identifier<'_>>;
        let identifiers = if needs_a_copy {
            kept = record.identifiers.iter().filter(is_kept).copied().collect();
            &kept[..]
        } else {
            record.identifiers
        };
        write_title_key(&mut self.key, name, publisher, version, identifiers);
        let (number, is_new) = self.titles.intern(&self.key);
        if is_new {
            let title = Title {
                name: name.to_owned(),
                publisher: publisher.to_owned(),
                version: version.to_owned(),
                identifiers: identifiers
                    .iter()
                    .map(|i| TitleIdentifier { kind: i.kind, value: i.value.trim().to_owned() })
                    .collect(),
            };
            let identified = index.identify(&self.rules.catalog, &self.refs, &title);
            let first = self.found.len();
            self.found.extend(identified.into_iter().map(|identification| Found {
                title: title.clone(),
                identification,
                platform,
                records: 0,
                places: Vec::new(),
            }));
            self.found_by_title.push((first..self.found.len()).collect());
        }
        for &found in &self.found_by_title[number] {
            self.found[found].records += 1;
            if self.places.insert((found, host)) {
                let text = shortened(record.text.trim(), QUOTE_CHARS);
                let place = FoundPlace { source, line: record.line, text };
                self.found[found].places.push((host, place));
            }
        }
    }

    pub(super) fn problem(&mut self, line: u64, kind: &ProblemKind, text: &str) {
        let Some(source) = self.sources.last_mut() else { return };
        source.problems += 1;
        if source.problems <= PROBLEMS_LISTED as u64 {
            self.problems.push(Problem {
                source: source.name.clone(),
                line,
                kind: kind.id().to_owned(),
                text: shortened(text.trim(), QUOTE_CHARS),
                message: kind.to_string(),
                stops_the_source: kind.stops_the_source(),
                may_hide_a_program: kind.may_hide_a_program(),
            });
        }
    }
}

/// The computer that a file is called after: the file's name without its ending. `None` for names
/// that no computer has, with blanks in them.
pub fn host_of_file(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_ending =
        (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_ending && !stem.is_empty() && !stem.contains(char::is_whitespace)).then_some(stem)
}

/// The record as the report shows it.
fn first_record(record: &Record<'_>) -> FirstRecord {
    let kept = |text: &str| shortened(text.trim(), QUOTE_CHARS);
    FirstRecord {
        line: record.line,
        name: kept(record.name),
        version: kept(record.version),
        publisher: kept(record.publisher),
        host: kept(record.host),
        identifiers: record
            .identifiers
            .iter()
            .map(|i| TitleIdentifier { kind: i.kind, value: kept(i.value) })
            .collect(),
    }
}
