//! The scan: sources in, piece by piece; a report out.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::catalog::{Source, Step};
use super::decode::Decoder;
use super::detect::{detect_format, format_by_id};
use super::directive::{Directive, OutcomeKind};
use super::formats::{Format, Reader, Sample};
use super::identify::Identification;
use super::judge::judge;
use super::limits::{PROBLEMS_LISTED, QUOTE_CHARS, SAMPLE_BYTES};
use super::problem::{ProblemKind, shortened};
use super::record::{Identifier, IdentifierKind, LineClass, Platform, Presence, Record, Sink};
use super::report::{
    DirectiveReport, Evidence, Finding, LineCounts, Place, Problem, ProductReport, Report, SCHEMA,
    SourceReport, TitleIdentifier, Tool, Totals,
};
use super::rules::{RuleRef, Rules, rules_in_order, steps_for};
use super::title::{Interner, Title, write_title_key};

/// What a scan is to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Ids of the directives to apply; empty for all.
    pub directives: Vec<String>,
    /// The day it is, `YYYY-MM-DD`, since the engine knows no clock.
    pub today: String,
    /// The id of the format to read every source as; `None` to find it from the content.
    pub format: Option<String>,
}

/// Settings that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// No directive has that id.
    UnknownDirective(String),
    /// No format has that id.
    UnknownFormat(String),
    /// `today` is no day.
    BadDate(String),
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownDirective(id) => write!(
                f,
                "no directive has the id {id:?}; `clearlist directives` lists those there are"
            ),
            Self::UnknownFormat(id) => {
                write!(f, "no format has the id {id:?}; `clearlist formats` lists those there are")
            }
            Self::BadDate(text) => write!(f, "expected a day as YYYY-MM-DD, found {text:?}"),
        }
    }
}

impl std::error::Error for SettingsError {}

/// How far a scan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanProgress {
    /// Records read.
    pub records: u64,
    /// Distinct titles.
    pub titles: u64,
    /// Titles identified.
    pub findings: u64,
}

/// A scan of any number of sources.
///
/// Call [`begin_source`](Self::begin_source), [`push`](Self::push) any number of times and
/// [`end_source`](Self::end_source) for each source, then [`finish`](Self::finish). Memory grows
/// with distinct titles, hosts and findings, not with bytes.
pub struct Scan<'r> {
    rules: &'r Rules,
    directives: Vec<&'r Directive>,
    settings: Settings,
    inventory: Inventory<'r>,
    current: Option<Current>,
}

impl<'r> Scan<'r> {
    /// A scan by these rules.
    ///
    /// # Errors
    ///
    /// If the settings name a directive or format that there is not, or no day.
    pub fn new(rules: &'r Rules, settings: Settings) -> Result<Self, SettingsError> {
        if settings.today.len() != 10 || settings.today.parse::<jiff::civil::Date>().is_err() {
            return Err(SettingsError::BadDate(settings.today));
        }
        if let Some(id) = &settings.format
            && format_by_id(id).is_none()
        {
            return Err(SettingsError::UnknownFormat(id.clone()));
        }
        let unknown = settings.directives.iter().find(|id| rules.directive(id).is_none());
        if let Some(id) = unknown {
            return Err(SettingsError::UnknownDirective(id.clone()));
        }
        let is_wanted = |directive: &&Directive| {
            settings.directives.is_empty() || settings.directives.contains(directive.id.get_ref())
        };
        Ok(Self {
            rules,
            directives: rules.directives.iter().filter(is_wanted).collect(),
            inventory: Inventory::new(rules),
            settings,
            current: None,
        })
    }

    /// A source begins. One that was not ended is ended first.
    pub fn begin_source(&mut self, name: &str) {
        self.end_source();
        self.inventory.sources.push(SourceReport {
            name: name.to_owned(),
            bytes: 0,
            sha256: String::new(),
            encoding: String::new(),
            format: String::new(),
            format_title: String::new(),
            format_reason: String::new(),
            cannot_show: String::new(),
            lines: LineCounts::default(),
            records: 0,
            not_installed: 0,
            hosts: 0,
            problems: 0,
        });
        self.current = Some(Current::new(&self.settings));
    }

    /// The next bytes of the source. Without a source begun, they are passed over.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(current) = &mut self.current {
            current.push(bytes, &mut self.inventory);
        }
    }

    /// The source has ended.
    pub fn end_source(&mut self) {
        if let Some(current) = self.current.take() {
            current.end(&mut self.inventory);
        }
    }

    /// How far the scan has come.
    pub fn progress(&self) -> ScanProgress {
        ScanProgress {
            records: self.inventory.records,
            titles: self.inventory.titles.len() as u64,
            findings: self.inventory.found.len() as u64,
        }
    }

    /// Ends the scan and puts the report together.
    pub fn finish(mut self) -> Report {
        self.end_source();
        let Self { rules, directives, settings, inventory, .. } = self;
        let host_names = inventory.host_names();
        let mut findings: Vec<Finding> = Vec::new();
        let mut steps: Vec<&Step> = Vec::new();
        let mut step_sources: Vec<&Source> = Vec::new();
        for found in &inventory.found {
            let own_steps = steps_for(found.identification.file, found.identification.product);
            let finding = finding(found, &directives, &own_steps, &host_names, &inventory.sources);
            for step in own_steps {
                if finding.remediation.contains(&step.id) && !steps.iter().any(|s| s.id == step.id) {
                    steps.push(step);
                    for source in &found.identification.file.sources {
                        let is_known = step_sources.iter().any(|s| s.id == source.id);
                        if step.sources.contains(&source.id) && !is_known {
                            step_sources.push(source);
                        }
                    }
                }
            }
            findings.push(finding);
        }
        findings.sort_by(|a, b| {
            (a.gravest(), &a.product.name, &a.name, &a.version, &a.id).cmp(&(
                b.gravest(),
                &b.product.name,
                &b.name,
                &b.version,
                &b.id,
            ))
        });
        steps.sort_by_key(|step| step.phase);
        Report {
            schema: SCHEMA.to_owned(),
            tool: Tool {
                name: "clearlist".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                data_checked_on: rules.checked_on().to_owned(),
            },
            generated_on: settings.today,
            totals: Totals {
                records: inventory.records,
                titles: inventory.titles.len() as u64,
                hosts: host_names.len() as u64,
                findings: findings.len() as u64,
                waived: 0,
                problems: inventory.sources.iter().map(|source| source.problems).sum(),
            },
            directives: directives.iter().map(|d| directive_report(d, &findings)).collect(),
            sources: inventory.sources,
            findings,
            waived: Vec::new(),
            remediation_steps: steps.into_iter().cloned().collect(),
            remediation_sources: step_sources.into_iter().cloned().collect(),
            problems: inventory.problems,
        }
    }
}

/// What is known of all sources together.
struct Inventory<'r> {
    rules: &'r Rules,
    refs: Vec<RuleRef<'r>>,
    sources: Vec<SourceReport>,
    problems: Vec<Problem>,
    records: u64,
    titles: Interner,
    /// By title number: which of `found` it is, if any.
    found_by_title: Vec<Vec<usize>>,
    found: Vec<Found<'r>>,
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
enum HostLabel {
    /// As the inventory names it.
    Named(String),
    /// The inventory names none; the number of its source.
    Unnamed(usize),
}

/// A title that was identified.
struct Found<'r> {
    title: Title,
    identification: Identification<'r>,
    platform: Option<Platform>,
    records: u64,
    /// Host numbers with the first place on each.
    places: Vec<(usize, FoundPlace)>,
}

struct FoundPlace {
    source: usize,
    line: u64,
    text: String,
}

impl<'r> Inventory<'r> {
    fn new(rules: &'r Rules) -> Self {
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

    /// The hosts' names. One that the inventory does not name is told apart by its source where
    /// there are several sources.
    fn host_names(&self) -> Vec<String> {
        let is_one_source = self.sources.len() == 1;
        self.host_labels
            .iter()
            .map(|label| match label {
                HostLabel::Named(name) => name.clone(),
                HostLabel::Unnamed(_) if is_one_source => "(computer not named)".to_owned(),
                HostLabel::Unnamed(source) => {
                    let name = self.sources.get(*source).map_or("", |s| s.name.as_str());
                    format!("(computer not named, in {name})")
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

    fn record(&mut self, record: &Record<'_>, platform: Option<Platform>) {
        let Some(source) = self.sources.len().checked_sub(1) else { return };
        self.records += 1;
        self.sources[source].records += 1;
        let host = self.host(record.host.trim(), source);
        if self.last_source_of_host[host] != source {
            self.last_source_of_host[host] = source;
            self.sources[source].hosts += 1;
        }
        if record.presence == Presence::NotInstalled {
            self.sources[source].not_installed += 1;
            return;
        }
        let (name, publisher, version) =
            (record.name.trim(), record.publisher.trim(), record.version.trim());
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

    fn problem(&mut self, line: u64, kind: &ProblemKind, text: &str) {
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

/// The source being read.
struct Current {
    forced_format: Option<&'static Format>,
    hasher: Sha256,
    decoder: Decoder,
    text: String,
    /// Line ends so far.
    line_ends: u64,
    ends_in_line: bool,
    has_bad_text: bool,
    stage: Stage,
    platform: Option<Platform>,
}

enum Stage {
    /// Waiting for enough text to find the format.
    Sampling(String),
    /// Reading.
    Reading(Box<dyn Reader>),
    /// Nothing can be read; the rest is counted.
    Unread,
}

impl Current {
    fn new(settings: &Settings) -> Self {
        Self {
            forced_format: settings.format.as_deref().and_then(format_by_id),
            hasher: Sha256::new(),
            decoder: Decoder::default(),
            text: String::new(),
            line_ends: 0,
            ends_in_line: false,
            has_bad_text: false,
            stage: Stage::Sampling(String::new()),
            platform: None,
        }
    }

    fn push(&mut self, bytes: &[u8], inventory: &mut Inventory<'_>) {
        self.hasher.update(bytes);
        if let Some(source) = inventory.sources.last_mut() {
            source.bytes += bytes.len() as u64;
        }
        let mut text = std::mem::take(&mut self.text);
        self.decoder.push(bytes, &mut text);
        self.text(&text, inventory);
        text.clear();
        self.text = text;
    }

    fn text(&mut self, text: &str, inventory: &mut Inventory<'_>) {
        let Some(last) = text.as_bytes().last() else { return };
        if !self.has_bad_text
            && let Some(at) = text.find('\u{FFFD}')
        {
            self.has_bad_text = true;
            let line = self.line_ends + line_ends(&text[..at]) + 1;
            let around = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let encoding = self.decoder.encoding().to_owned();
            let quoted = text[around..].lines().next().unwrap_or_default();
            inventory.problem(line, &ProblemKind::InvalidText { encoding }, quoted);
        }
        self.line_ends += line_ends(text);
        self.ends_in_line = *last != b'\n';
        match &mut self.stage {
            Stage::Sampling(sample) => {
                sample.push_str(text);
                if sample.len() >= SAMPLE_BYTES {
                    self.choose_format(false, inventory);
                }
            }
            Stage::Reading(reader) => {
                reader.push(text, &mut SourceSink { inventory, platform: self.platform });
            }
            Stage::Unread => {}
        }
    }

    fn choose_format(&mut self, is_whole: bool, inventory: &mut Inventory<'_>) {
        let Stage::Sampling(text) = std::mem::replace(&mut self.stage, Stage::Unread) else {
            return;
        };
        // Always the same piece of text, however the bytes were cut.
        let cut = text.floor_char_boundary(SAMPLE_BYTES);
        let sample = Sample { text: &text[..cut], is_whole: is_whole && cut == text.len() };
        let (format, reason) = match self.forced_format {
            Some(format) => (format, "chosen by the user".to_owned()),
            None => match detect_format(&sample) {
                Ok(detected) => (detected.format, detected.reason),
                Err(kind) => {
                    inventory.problem(0, &kind, "");
                    return;
                }
            },
        };
        self.platform = format.platform;
        if let Some(source) = inventory.sources.last_mut() {
            source.format = format.id.to_owned();
            source.format_title = format.title.to_owned();
            source.format_reason = reason;
            source.cannot_show = format.cannot_show.to_owned();
        }
        let mut reader = (format.open)(&sample);
        reader.push(&text, &mut SourceSink { inventory, platform: self.platform });
        self.stage = Stage::Reading(reader);
    }

    fn end(mut self, inventory: &mut Inventory<'_>) {
        let mut text = std::mem::take(&mut self.text);
        self.decoder.finish(&mut text);
        self.text(&text, inventory);
        if let Some((looks_like, advice)) = self.decoder.not_text() {
            let (looks_like, advice) = (looks_like.to_owned(), advice.to_owned());
            inventory.problem(0, &ProblemKind::NotText { looks_like, advice }, "");
            self.stage = Stage::Unread;
        }
        self.choose_format(true, inventory);
        let total = self.line_ends + u64::from(self.ends_in_line);
        match &mut self.stage {
            Stage::Reading(reader) => {
                reader.finish(&mut SourceSink { inventory, platform: self.platform });
            }
            Stage::Sampling(_) | Stage::Unread => {
                if let Some(source) = inventory.sources.last_mut() {
                    source.lines.problems = total;
                }
            }
        }
        if self.decoder.is_cut_short() {
            inventory.problem(total, &ProblemKind::CutShort, "");
        }
        if let Some(source) = inventory.sources.last_mut() {
            source.lines.total = total;
            source.encoding = self.decoder.encoding().to_owned();
            source.sha256 = hex(&self.hasher.finalize());
        }
    }
}

fn line_ends(text: &str) -> u64 {
    text.bytes().filter(|&byte| byte == b'\n').count() as u64
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where a source's reader puts what it reads.
struct SourceSink<'s, 'r> {
    inventory: &'s mut Inventory<'r>,
    platform: Option<Platform>,
}

impl Sink for SourceSink<'_, '_> {
    fn record(&mut self, record: &Record<'_>) {
        self.inventory.record(record, self.platform);
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        if let Some(source) = self.inventory.sources.last_mut() {
            match class {
                LineClass::Record => source.lines.records += count,
                LineClass::Structure => source.lines.structure += count,
                LineClass::Problem => source.lines.problems += count,
            }
        }
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str) {
        self.inventory.problem(line, &kind, text);
    }

    fn reading(&mut self, detail: &str) {
        if let Some(source) = self.inventory.sources.last_mut() {
            source.format_reason.push_str("; ");
            source.format_reason.push_str(detail);
        }
    }
}

fn finding(
    found: &Found<'_>,
    directives: &[&Directive],
    steps: &[&Step],
    host_names: &[String],
    sources: &[SourceReport],
) -> Finding {
    let Identification { file, product, strength, evidence } = &found.identification;
    let host_name = |host: usize| host_names.get(host).cloned().unwrap_or_default();
    let platforms = match found.platform {
        Some(platform) => vec![platform],
        None => product.platforms.clone(),
    };
    let is_for_platform = |step: &&&Step| step.platforms.iter().any(|p| platforms.contains(p));
    Finding {
        id: finding_id(product.id.get_ref(), &found.title),
        product: ProductReport {
            id: product.id.get_ref().clone(),
            name: product.name.clone(),
            vendor: file.vendor.name.clone(),
            relation: product.relation,
            note: product.note.clone().unwrap_or_default(),
            platforms: platforms.clone(),
        },
        name: found.title.name.clone(),
        publisher: found.title.publisher.clone(),
        version: found.title.version.clone(),
        identifiers: found.title.identifiers.clone(),
        hosts: found.places.iter().map(|(host, _)| host_name(*host)).collect(),
        host_count: found.places.len() as u64,
        record_count: found.records,
        places: found
            .places
            .iter()
            .map(|(host, place)| Place {
                source: sources.get(place.source).map(|s| s.name.clone()).unwrap_or_default(),
                line: place.line,
                host: host_name(*host),
                text: place.text.clone(),
            })
            .collect(),
        strength: *strength,
        evidence: evidence.iter().map(shortened_evidence).collect(),
        outcomes: directives.iter().map(|d| judge(d, file, product, *strength)).collect(),
        remediation: steps.iter().filter(is_for_platform).map(|step| step.id.clone()).collect(),
    }
}

fn shortened_evidence(evidence: &Evidence) -> Evidence {
    Evidence { text: shortened(&evidence.text, QUOTE_CHARS), ..evidence.clone() }
}

/// The same for the same product and title in every scan.
fn finding_id(product: &str, title: &Title) -> String {
    let mut hasher = Sha256::new();
    for text in [product, &title.name, &title.publisher, &title.version] {
        hasher.update(text);
        hasher.update([0]);
    }
    for identifier in &title.identifiers {
        hasher.update(identifier.kind.id());
        hasher.update([0]);
        hasher.update(&identifier.value);
        hasher.update([0]);
    }
    format!("f-{}", &hex(&hasher.finalize())[..12])
}

fn directive_report(directive: &Directive, findings: &[Finding]) -> DirectiveReport {
    let count = |kind: OutcomeKind| {
        let is_it = |f: &&Finding| {
            let id = directive.id.get_ref();
            f.outcomes.iter().any(|o| &o.directive == id && o.outcome == kind)
        };
        findings.iter().filter(is_it).count() as u64
    };
    DirectiveReport {
        id: directive.id.get_ref().clone(),
        title: directive.title.clone(),
        short_title: directive.short_title.clone(),
        issuer: directive.issuer.clone(),
        issued_on: directive.issued_on.get_ref().clone(),
        kind: directive.kind,
        status: directive.status,
        status_note: directive.status_note.clone(),
        summary: directive.summary.clone(),
        outcomes: OutcomeKind::ALL.into_iter().map(|kind| (kind, count(kind))).collect(),
        bound: directive.bound.clone(),
        not_bound: directive.not_bound.clone(),
        duties: directive.duties.clone(),
        facts: directive.facts.clone(),
        sources: directive.sources.clone(),
    }
}
