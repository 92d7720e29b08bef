//! What has to hold of any bytes: a check for each fuzz target. None may panic.
//!
//! `tests/fuzz_targets.rs` makes the same checks with the seeds and with what was found before, so that they
//! are held where nobody fuzzes.
#![allow(clippy::unwrap_used, reason = "a check ends at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use clearlist::bundled;
use clearlist::engine::clause::Clause;
use clearlist::engine::compare::{compare, read_report};
use clearlist::engine::decode::{Decoder, encoding_by_name};
use clearlist::engine::detect::detect_format;
use clearlist::engine::encodings::ENCODINGS;
use clearlist::engine::formats::{FORMATS, Format, Sample};
use clearlist::engine::limits::SAMPLE_BYTES;
use clearlist::engine::problem::ProblemKind;
use clearlist::engine::record::{ColumnReading, LineClass, Record, Sink, TitleKey};
use clearlist::engine::report::Report;
use clearlist::engine::rules::update::{TrustedKey, public_key, sign};
use clearlist::engine::rules::{Rules, RulesError, RulesFile};
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::share::Summary;
use clearlist::engine::share::link::{link, read, shared_in};
use clearlist::engine::waivers::{self, apply};
use clearlist::engine::writers::WRITERS;
use flate2::Compression;
use flate2::write::ZlibEncoder;

mod plain;
mod written;

/// The check of one target.
pub type Check = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Check); 9] = [
    ("decode", decode),
    ("detect", detect),
    ("format", format),
    ("scan", scan),
    ("pack", pack),
    ("waivers", waivers),
    ("earlier", earlier),
    ("share", share),
    ("writers", writers),
];

/// Loading them takes longer than most checks.
static RULES: LazyLock<Rules> = LazyLock::new(bundled::rules);

/// A report that decisions are applied to, and that earlier ones are compared with.
static TODAY: LazyLock<Report> = LazyLock::new(|| {
    let list = "Computer,Name,Version,Publisher\n\
                PC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
                PC-2,Kaspersky Free,21.9,AO Kaspersky Lab\n\
                LAB-7,Kaspersky Password Manager,9.2,AO Kaspersky Lab\n\
                LAB-7,WeChat,3.9,Tencent\n\
                PC-3,Firefox,133.0,Mozilla\n";
    scanned(&RULES, &SourceOptions::default(), list.as_bytes(), usize::MAX)
});

/// The first byte: how large the pieces are that the rest is cut into.
fn cut(bytes: &[u8]) -> (usize, &[u8]) {
    match bytes.split_first() {
        Some((&first, rest)) => (usize::from(first) + 1, rest),
        None => (1, bytes),
    }
}

/// By two directives, those that have most papers and cover most makers: what a report says of a directive is
/// always the same, and with all of them would take ten times as long as the rest.
fn scanned(rules: &Rules, options: &SourceOptions, bytes: &[u8], size: usize) -> Report {
    let wanted = ["us-dhs-bod-17-01", "tx-prohibited-tech"];
    let is_there = |id: &&str| rules.directive(id).is_some();
    let settings = Settings {
        directives: wanted.iter().filter(|id| is_there(id)).map(|id| (*id).to_owned()).collect(),
        today: "2026-11-30".to_owned(),
        ..Settings::default()
    };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source_with("input", options).unwrap();
    bytes.chunks(size).for_each(|piece| scan.push(piece));
    scan.end_source();
    scan.finish()
}

fn decoded(encoding: Option<&str>, bytes: &[u8], size: usize) -> (Decoder, String) {
    let mut decoder = Decoder::new(encoding.and_then(encoding_by_name));
    let mut text = String::new();
    bytes.chunks(size).for_each(|piece| decoder.push(piece, &mut text));
    decoder.finish(&mut text);
    (decoder, text)
}

/// The same text comes out however the bytes are cut; it has one kind of line end and no NUL, and what is not
/// text gives none. The second byte may choose the encoding.
pub fn decode(bytes: &[u8]) {
    let (size, bytes) = cut(bytes);
    let (&choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let encoding = ENCODINGS.get(usize::from(choice).wrapping_sub(1)).map(|it| it.id);
    let (whole, text) = decoded(encoding, bytes, usize::MAX);
    let (pieces, again) = decoded(encoding, bytes, size);
    assert_eq!(text, again);
    let told = |decoder: &Decoder| {
        (decoder.encoding(), decoder.reason(), decoder.is_joined(), decoder.is_cut_short())
    };
    assert_eq!(told(&whole), told(&pieces));
    assert!(!text.contains(['\r', '\0']), "{text:?}");
    if whole.not_text().is_some() {
        assert_eq!(text, "");
    }
    if encoding.is_some() {
        assert_eq!(encoding, Some(whole.encoding()));
    }
}

/// The beginning of a text, as much as a format is chosen by.
fn sample_of(text: &str) -> Sample<'_> {
    let end = text.floor_char_boundary(SAMPLE_BYTES);
    Sample { text: &text[..end], is_whole: end == text.len(), tables: &[] }
}

/// Text as the decoder gives it.
fn text_of(bytes: &[u8]) -> String {
    decoded(Some("UTF-8"), bytes, usize::MAX).1
}

/// The format that is chosen says so itself, no other is surer, and both say why. The first byte says whether
/// the rest is a whole text or the beginning of one.
pub fn detect(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let text = text_of(bytes);
    let sample = Sample { is_whole: choice % 2 == 0, ..sample_of(&text) };
    let sniffed: Vec<_> = FORMATS.iter().map(|format| (format.sniff)(&sample)).collect();
    let Ok(found) = detect_format(&sample) else { return };
    let at = FORMATS.iter().position(|format| format.id == found.format.id).unwrap();
    let own = sniffed[at].as_ref().unwrap();
    assert_eq!((own.confidence, &own.reason), (found.confidence, &found.reason));
    let surest = sniffed.iter().flatten().map(|it| it.confidence).max();
    assert_eq!(surest, Some(found.confidence), "{}", found.format.id);
    assert!(!found.reason.to_string().is_empty(), "{}", found.format.id);
}

/// What a format's reader says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    text: String,
    lines: [u64; 3],
    last: u64,
}

impl Sink for Told {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        self.text += &format!("{record:?}\n");
        self.last = self.last.max(record.line);
        None
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        self.lines[class as usize] += count;
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str) {
        self.text += &format!("{line}: {kind:?} {text:?}\n");
        self.last = self.last.max(line);
    }

    fn reading(&mut self, detail: Clause) {
        self.text += &format!("{detail}\n");
    }

    fn columns(&mut self, columns: &[ColumnReading]) {
        self.text += &format!("{columns:?}\n");
    }
}

fn told(format: &Format, text: &str, size: usize) -> Told {
    let mut reader = (format.open)(&sample_of(text));
    let mut told = Told::default();
    let mut rest = text;
    while !rest.is_empty() {
        // No character has more bytes.
        let end = rest.floor_char_boundary(size.max(4));
        reader.push(&rest[..end], &mut told);
        rest = &rest[end..];
    }
    reader.finish(&mut told);
    told
}

/// The first byte chooses a format. Its reader, which may be given what is not of its format, tells each line
/// once and no line that there is not, and the same however the text is cut.
pub fn format(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(choice) % FORMATS.len()];
    let (size, bytes) = cut(bytes);
    let text = text_of(bytes);
    let whole = told(format, &text, usize::MAX);
    let lines = text.lines().count() as u64;
    assert_eq!(whole.lines.iter().sum::<u64>(), lines, "{}: {:?}", format.id, whole);
    assert!(whole.last <= lines, "{}: line {} of {lines}", format.id, whole.last);
    assert_eq!(whole, told(format, &text, size), "{} in pieces of {size}", format.id);
}

/// Every line is accounted for; what is found stands in the list, with evidence; nothing depends on how the
/// bytes are cut; the report is read again as it is. The second byte may choose the encoding.
pub fn scan(bytes: &[u8]) {
    let (size, bytes) = cut(bytes);
    let (&choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let encoding = ENCODINGS.get(usize::from(choice).wrapping_sub(1)).map(|it| it.id.to_owned());
    let options = SourceOptions { encoding, ..SourceOptions::default() };
    let report = scanned(&RULES, &options, bytes, usize::MAX);
    is_sound(&report);
    assert_eq!(report, scanned(&RULES, &options, bytes, size), "in pieces of {size}");
    assert_eq!(read_report(&text_of(&written(&report, "json"))), Ok(report));
}

fn is_sound(report: &Report) {
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    for source in &report.sources {
        let lines = source.lines;
        assert_eq!(lines.total, lines.records + lines.structure + lines.problems, "{source:?}");
        let last = last.entry(&source.name).or_default();
        *last = lines.total.max(*last);
    }
    let of_sources: u64 = report.sources.iter().map(|source| source.records).sum();
    assert_eq!(report.totals.records, of_sources);
    assert_eq!(report.totals.findings, report.findings.len() as u64);
    let ids: BTreeSet<&str> = report.findings.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), report.findings.len(), "no id is there twice");
    for finding in &report.findings {
        assert!(!finding.evidence.is_empty() && !finding.outcomes.is_empty(), "{finding:?}");
        assert!(!finding.places.is_empty() && !finding.hosts.is_empty(), "{finding:?}");
        assert_eq!(finding.host_count, finding.hosts.len() as u64);
        for place in &finding.places {
            assert!((1..=last[place.source.as_str()]).contains(&place.line), "{place:?}");
            assert!(finding.hosts.contains(&place.host), "{place:?}");
        }
    }
}

fn written(report: &Report, id: &str) -> Vec<u8> {
    WRITERS.iter().find(|writer| writer.id == id).unwrap().written(report)
}

/// Whatever is wrong with a file stands in it and is said.
fn are_told(text: &str, errors: &[RulesError]) {
    assert!(!errors.is_empty());
    for error in errors {
        let lines = text.lines().count().max(1);
        // What is missing at the end stands behind the last line.
        assert!((1..=lines + 1).contains(&error.line), "{error:?} of {lines} lines");
        assert!(error.column >= 1 && !error.message.is_empty(), "{error:?}");
    }
}

/// A few of the bundled files: with all of them, reading a pack would take a hundred times as long.
static BASE: LazyLock<Vec<RulesFile<'static>>> = LazyLock::new(|| {
    let is_wanted = |file: &&RulesFile<'_>| {
        ["zte.toml", "vmate.toml", "lt-2017.toml", "uk-ncsc-2017-av.toml", "steps.toml"]
            .iter()
            .any(|name| file.name.ends_with(name))
    };
    bundled::files().iter().filter(is_wanted).copied().collect()
});

/// Signs data updates that nobody else trusts.
const SECRET: [u8; 32] = [7; 32];

/// A pack is read, or what is wrong with it is told with its place; the same each time. What is read can be
/// applied. So it is when it is signed as a data update.
pub fn pack(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    is_read(&text);
    if let Some(signed) = sign(&text, &SECRET) {
        is_read(&signed);
    }
}

fn is_read(text: &str) {
    let keys: Vec<TrustedKey> =
        TrustedKey::new("fuzzing", "2026-01-01", &public_key(&SECRET)).into_iter().collect();
    let load = || Rules::load_with_packs(&BASE, &[RulesFile { name: "own.toml", text }], &keys);
    match load() {
        Ok(rules) => {
            let list = "Name,Version,Publisher\nVMate,1,\nRemote Desk,5.2,Example Software\n";
            let options = SourceOptions::default();
            let report = scanned(&rules, &options, list.as_bytes(), usize::MAX);
            is_sound(&report);
            assert_eq!(report.packs.len() + rules.superseded.len(), 1);
            for writer in WRITERS {
                writer.written(&report);
            }
        }
        Err(errors) => {
            are_told(text, &errors);
            assert_eq!(load().err(), Some(errors));
        }
    }
}

/// Each computer with each finding, whether it stands or is set aside.
fn installations(report: &Report) -> BTreeSet<(&str, &str)> {
    let aside = report.waived.iter().map(|waived| &waived.finding);
    let all = report.findings.iter().chain(aside);
    all.flat_map(|it| it.hosts.iter().map(|host| (it.id.as_str(), host.as_str()))).collect()
}

/// Decisions are read, or what is wrong with them is told with its place; what was read is written and read
/// as the same, and takes nothing out of a report.
pub fn waivers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let load = |text: &str| waivers::file::read(&RulesFile { name: "w.toml", text }, &RULES);
    match load(&text) {
        Ok(decisions) => {
            assert_eq!(load(&waivers::file::write(&decisions)).as_ref(), Ok(&decisions));
            let mut report = TODAY.clone();
            apply(&mut report, &decisions);
            assert_eq!(installations(&report), installations(&TODAY));
            assert_eq!(report.waivers.len(), decisions.len());
        }
        Err(errors) => are_told(&text, &errors),
    }
}

/// An earlier report is read or refused in a sentence; what was read is written and read as the same, as JSON
/// and as HTML, and compares with a report of today, which is then written in every way.
pub fn earlier(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match read_report(&text) {
        Ok(earlier) => {
            for id in ["json", "html"] {
                let again = read_report(&text_of(&written(&earlier, id)));
                assert_eq!(again.as_ref(), Ok(&earlier), "{id}");
            }
            let comparison = compare(&earlier, &TODAY, &RULES);
            let report = Report { comparison: Some(comparison), ..TODAY.clone() };
            written::is_only_text(&report);
        }
        Err(refused) => assert!(!refused.is_empty() && !refused.ends_with('.'), "{refused}"),
    }
}

/// Bytes as a link carries them: behind the check sum, which would stop nearly all changes.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    format!("1.{}", BASE64.encode(encoder.finish().unwrap()))
}

/// What a link carries is shown as plain text or refused in a sentence, and what is shown can be passed on as
/// the same. The first byte says whether the rest is a link's text or what one carries, unpacked.
pub fn share(bytes: &[u8]) {
    const ADDRESS: &str = "https://clearlist.example/";
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let text =
        if choice % 2 == 0 { packed(bytes) } else { String::from_utf8_lossy(bytes).into_owned() };
    let summary: Summary = match read(shared_in(&text).unwrap_or(&text)) {
        Ok(summary) => summary,
        Err(refused) => {
            let refused = refused.to_string();
            assert!(!refused.is_empty() && !refused.ends_with('.'), "{refused}");
            return;
        }
    };
    let shown = summary.to_text();
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    let told = [summary.contents().concat(), summary.read(), summary.made_by()].concat();
    assert!(!told.contains(|c: char| c.is_control()), "{told:?}");
    if let Ok(link) = link(ADDRESS, &summary) {
        let carried = link.strip_prefix(ADDRESS).and_then(shared_in).unwrap();
        assert_eq!(read(carried).as_ref(), Ok(&summary));
    }
}

/// The texts of an inventory that has something to report, whatever they are; see [`writers`].
fn inventory(texts: &[&str]) -> String {
    const NAMES: [&str; 4] = ["Kaspersky Free", "Kaspersky Safe Kids", "Kaspersy Total", "WeChat"];
    let mut list = "Computer,Name,Version,Publisher\n".to_owned();
    for (row, cells) in texts.chunks(4).enumerate() {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().replace('"', "\"\"");
        let name = NAMES[row % NAMES.len()];
        list +=
            &format!("\"{}\",\"{} {name}\",\"{}\",\"{}\"\n", cell(0), cell(1), cell(2), cell(3));
    }
    list
}

/// The lines are the texts of an inventory: computer, what stands before the program's name, version, maker,
/// and again. Whatever they are, every writer writes them as text and nothing else.
pub fn writers(bytes: &[u8]) {
    let text = text_of(bytes);
    let texts: Vec<&str> = text.lines().collect();
    let options = SourceOptions { encoding: Some("UTF-8".to_owned()), ..SourceOptions::default() };
    let mut report = scanned(&RULES, &options, inventory(&texts).as_bytes(), usize::MAX);
    report.comparison = Some(compare(&TODAY, &report, &RULES));
    let first = texts.first().copied().unwrap_or_default();
    report.marking = clearlist::engine::report::marking(first).unwrap_or_default();
    written::is_only_text(&report);
}
