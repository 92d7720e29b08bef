//! What is known of all sources together: titles and hosts interned, findings with their places.

use std::collections::{HashMap, HashSet};

use crate::engine::clause::{Unwritten, clause};
use crate::engine::identify::{Identification, Near};
use crate::engine::limits::{
    COLUMNS_LISTED_IN_ALL, FIRST_RECORDS, HOST_CHARS, PROBLEMS_LISTED, PROBLEMS_LISTED_IN_ALL,
    QUOTE_CHARS,
};
use crate::engine::problem::{ProblemKind, shortened};
use crate::engine::recognise::{Recognised, recognise};
use crate::engine::record::{Identifier, IdentifierKind, Platform, Presence, Record, TitleKey};
use crate::engine::repair::repaired;
use crate::engine::report::{FirstRecord, Problem, SourceReport, TitleIdentifier};
use crate::engine::rules::{RuleRef, Rules, rules_in_order};
use crate::engine::title::{Interner, Title, whole, write_title_key};

/// What is known of all sources together.
pub(super) struct Inventory<'r> {
    rules: &'r Rules,
    refs: Vec<RuleRef<'r>>,
    pub(super) sources: Vec<SourceReport>,
    /// What the sources are called.
    names: HashSet<String>,
    /// By a name that was taken: the number to try next behind it.
    next_numbers: HashMap<String, u64>,
    pub(super) problems: Vec<Problem>,
    /// By source number: how many of its problems are listed.
    pub(super) listed: Vec<Listed>,
    /// The same of all sources.
    pub(super) listed_in_all: Listed,
    /// How many columns of all sources are listed.
    columns_listed: usize,
    pub(super) records: u64,
    pub(super) titles: Interner,
    /// By title number: which of `found` it is, if any.
    pub(super) found_by_title: Vec<Vec<usize>>,
    pub(super) found: Vec<Found<'r>>,
    /// How many of `found` are products.
    pub(super) findings: usize,
    /// Pairs of a finding and a host that have a place already.
    pub(super) places: HashSet<(usize, usize)>,
    hosts: Interner,
    pub(super) host_labels: Vec<HostLabel>,
    /// The current source's host without a name: the source's and the host's number.
    unnamed_host: Option<(usize, usize)>,
    /// By host number: the last source that named it, to count a source's hosts.
    last_source_of_host: Vec<usize>,
    /// The host of the last record.
    last_host: Option<usize>,
    key: String,
    /// True if the tool cut the name of the next record.
    is_next_name_cut: bool,
}

/// How many problems are listed one by one. Those that may hide a program are counted apart, so that
/// no number of others keeps them off the list: a clean answer is withheld for what is listed.
#[derive(Clone, Copy, Default)]
pub(super) struct Listed {
    hiding: usize,
    other: usize,
}

impl Listed {
    /// True if another problem of this source is to be listed, and counts it. The first of each source
    /// always is.
    pub(super) fn takes(&mut self, may_hide_a_program: bool, in_all: &mut Self) -> bool {
        let (own, all) = if may_hide_a_program {
            (&mut self.hiding, &mut in_all.hiding)
        } else {
            (&mut self.other, &mut in_all.other)
        };
        let takes = *own < PROBLEMS_LISTED && (*own == 0 || *all < PROBLEMS_LISTED_IN_ALL);
        if takes {
            *own += 1;
            *all += 1;
        }
        takes
    }
}

/// What a host is called.
pub(super) enum HostLabel {
    /// As the inventory names it.
    Named(String),
    /// The inventory names none; the number of its source.
    Unnamed(usize),
}

/// A title that was identified, or nearly.
pub(super) struct Found<'r> {
    pub(super) title: Title,
    pub(super) repaired: Repaired,
    pub(super) told: Told<'r>,
    pub(super) platform: Option<Platform>,
    pub(super) records: u64,
    /// Host numbers with the first place on each.
    pub(super) places: Vec<(usize, FoundPlace)>,
}

/// What a title was told to be.
pub(super) enum Told<'r> {
    Product(Identification<'r>),
    /// None of the products, and close to one.
    Near(Near<'r>),
}

/// A title's texts put right where they were read in a wrong encoding; else empty.
#[derive(Clone, Default)]
pub(super) struct Repaired {
    pub(super) name: String,
    pub(super) publisher: String,
}

pub(super) struct FoundPlace {
    pub(super) source: usize,
    pub(super) line: u64,
    pub(super) text: String,
}

/// How the name begins of a computer that has none.
const UNNAMED: &str = "(computer not named";

/// True if that is what a computer is called that its list does not name.
pub(in crate::engine) fn is_unnamed(host: &str) -> bool {
    host.starts_with(UNNAMED)
}

impl<'r> Inventory<'r> {
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            refs: rules_in_order(&rules.catalog).collect(),
            sources: Vec::new(),
            names: HashSet::new(),
            next_numbers: HashMap::new(),
            problems: Vec::new(),
            listed: Vec::new(),
            listed_in_all: Listed::default(),
            columns_listed: 0,
            records: 0,
            titles: Interner::default(),
            found_by_title: Vec::new(),
            found: Vec::new(),
            findings: 0,
            places: HashSet::new(),
            hosts: Interner::default(),
            host_labels: Vec::new(),
            unnamed_host: None,
            last_source_of_host: Vec::new(),
            last_host: None,
            key: String::new(),
            is_next_name_cut: false,
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
                HostLabel::Unnamed(_) if is_one_source => format!("{UNNAMED})"),
                HostLabel::Unnamed(source) => {
                    let name = self.sources.get(*source).map_or("", |s| s.name.as_str());
                    host_of_file(name)
                        .map_or_else(|| format!("{UNNAMED}, in {name})"), str::to_owned)
                }
            })
            .collect()
    }

    pub(super) fn host(&mut self, name: &str, source: usize) -> usize {
        if name.is_empty() {
            return self.unnamed_host(source);
        }
        let cut = (name.len() > HOST_CHARS).then(|| shortened(name, HOST_CHARS));
        let name = cut.as_deref().unwrap_or(name);
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

    /// Counts a record of the current source; its source's and its host's number.
    fn count(&mut self, host: &str) -> Option<(usize, usize)> {
        let source = self.sources.len().checked_sub(1)?;
        self.records += 1;
        self.sources[source].records += 1;
        // Most lists have the records of a computer together.
        let number = match self.last_host {
            Some(last) if matches!(&self.host_labels[last], HostLabel::Named(l) if l == host) => {
                last
            }
            _ => self.host(host, source),
        };
        self.last_host = Some(number);
        self.count_host(number, source);
        Some((source, number))
    }

    /// Counts a host of a source, once.
    pub(super) fn count_host(&mut self, host: usize, source: usize) {
        if self.last_source_of_host[host] != source {
            self.last_source_of_host[host] = source;
            self.sources[source].hosts += 1;
        }
    }

    /// A record that says the same as an earlier one of another computer or place.
    pub(super) fn repeat(&mut self, title: TitleKey, host: &str, line: u64, text: &str) {
        self.is_next_name_cut = false;
        if let Some((source, host)) = self.count(host) {
            self.place(title, source, host, line, text);
        }
    }

    fn place(&mut self, title: TitleKey, source: usize, host: usize, line: u64, text: &str) {
        if !title.is_found {
            return;
        }
        for &found in &self.found_by_title[title.number] {
            self.found[found].records += 1;
            if self.places.insert((found, host)) {
                let text = shortened(text.trim(), QUOTE_CHARS);
                let place = FoundPlace { source, line, text };
                self.found[found].places.push((host, place));
            }
        }
    }

    /// A record. What comes back stands for its title, if it is installed.
    pub(super) fn record(
        &mut self,
        record: &Record<'_>,
        platform: Option<Platform>,
    ) -> Option<TitleKey> {
        let is_name_cut = std::mem::take(&mut self.is_next_name_cut);
        let (source, host) = self.count(record.host.trim())?;
        let texts = [record.name, record.publisher, record.version].map(str::trim);
        if self.sources[source].first_records.len() < FIRST_RECORDS {
            self.sources[source].first_records.push(first_record(record));
        }
        match record.presence {
            Presence::Installed => {}
            Presence::Removed => {
                self.sources[source].removed += 1;
                return None;
            }
            Presence::Available => {
                self.sources[source].available += 1;
                return None;
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
        write_title_key(&mut self.key, is_name_cut, texts, identifiers);
        let (number, is_new) = self.titles.intern(&self.key);
        if is_new {
            let [name, publisher, version] = texts.map(|text| whole(text).into_owned());
            let title = Title {
                name,
                publisher,
                version,
                identifiers: identifiers
                    .iter()
                    .map(|i| TitleIdentifier { kind: i.kind, value: i.value.trim().to_owned() })
                    .collect(),
                is_name_cut,
            };
            self.add_title(&title, platform);
        }
        let title = TitleKey { number, is_found: !self.found_by_title[number].is_empty() };
        self.place(title, source, host, record.line, record.text);
        Some(title)
    }

    /// Identifies a title that is new.
    pub(super) fn add_title(&mut self, title: &Title, platform: Option<Platform>) {
        let found: Vec<Told<'r>> = match recognise(self.rules, &self.refs, title) {
            Recognised::Products(products) => products.into_iter().map(Told::Product).collect(),
            Recognised::Near(near) => vec![Told::Near(near)],
            Recognised::Nothing => Vec::new(),
        };
        let first = self.found.len();
        if !found.is_empty() {
            let repaired = repaired_texts(title);
            self.findings += found.iter().filter(|told| matches!(told, Told::Product(_))).count();
            self.found.extend(found.into_iter().map(|told| Found {
                title: title.clone(),
                repaired: repaired.clone(),
                told,
                platform,
                records: 0,
                places: Vec::new(),
            }));
        }
        self.found_by_title.push((first..self.found.len()).collect());
    }

    /// A source begins, under a name that no earlier one has: every computer's export is likely to
    /// be called `programs.csv`. Its number.
    pub(super) fn begin_source(&mut self, name: &str) -> usize {
        let name = self.free_name(name);
        self.sources.push(SourceReport { name, ..SourceReport::default() });
        self.listed.push(Listed::default());
        self.sources.len() - 1
    }

    /// A source gets another name, told apart from the others' in the same way.
    pub(super) fn rename_source(&mut self, source: usize, name: &str) {
        let name = self.free_name(name);
        if let Some(source) = self.sources.get_mut(source) {
            self.names.remove(&std::mem::replace(&mut source.name, name));
        }
    }

    /// The name, with a number behind it if an earlier source has it; it is taken from now on.
    fn free_name(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        // An archive may hold ten thousand files of one name: each number is tried once.
        let next = self.next_numbers.entry(name.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{name} ({next})");
            *next += 1;
            // There are fewer sources than numbers, so one is free.
            if self.names.insert(numbered.clone()) {
                return numbered;
            }
        }
    }

    /// The source has ended, and nothing needs its columns but the report, which lists them if there is room.
    pub(super) fn list_columns(&mut self, number: usize) {
        let Some(source) = self.sources.get_mut(number) else { return };
        let listed = self.columns_listed + source.columns.len();
        if listed <= COLUMNS_LISTED_IN_ALL {
            self.columns_listed = listed;
        } else {
            source.columns = Vec::new();
            source.add_format_reason(clause!(
                "its columns are not listed, since all files together have more than {most}",
                most = COLUMNS_LISTED_IN_ALL,
            ));
        }
    }

    /// A problem of the source that is being read, which is the last one.
    pub(super) fn problem(&mut self, line: u64, kind: &ProblemKind, text: &str) {
        self.is_next_name_cut |= *kind == ProblemKind::NameCut;
        if let Some(last) = self.sources.len().checked_sub(1) {
            self.problem_of(last, line, kind, text);
        }
    }

    /// A problem of the source with that number.
    pub(super) fn problem_of(&mut self, number: usize, line: u64, kind: &ProblemKind, text: &str) {
        let Some(source) = self.sources.get_mut(number) else { return };
        source.problems += 1;
        let is_listed = self
            .listed
            .get_mut(number)
            .is_some_and(|listed| listed.takes(kind.may_hide_a_program(), &mut self.listed_in_all));
        if is_listed {
            let wording = kind.clause();
            self.problems.push(Problem {
                source: source.name.clone(),
                line,
                kind: kind.id().to_owned(),
                text: shortened(text.trim(), QUOTE_CHARS),
                message: wording.english(),
                stops_the_source: kind.stops_the_source(),
                may_hide_a_program: kind.may_hide_a_program(),
                wording: Unwritten(Some(wording)),
            });
        }
    }
}

fn repaired_texts(title: &Title) -> Repaired {
    Repaired {
        name: repaired(&title.name).unwrap_or_default(),
        publisher: repaired(&title.publisher).unwrap_or_default(),
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
