//! The stages of a scan, each alone: decoding, telling the format, reading a format, and recognising
//! what a title is.
//!
//! `cargo bench --bench stages` runs it, and `cargo bench --bench stages -- detect` a part of it. Its
//! lists are made here, so that it needs no files.
#![allow(clippy::unwrap_used, reason = "a measurement ends at the first surprise")]

use std::fmt::Write as _;

use clearlist::bundled;
use clearlist::engine::clause::Clause;
use clearlist::engine::decode::Decoder;
use clearlist::engine::detect::{detect_format, format_by_id};
use clearlist::engine::formats::Sample;
use clearlist::engine::limits::SAMPLE_BYTES;
use clearlist::engine::problem::ProblemKind;
use clearlist::engine::recognise::recognise;
use clearlist::engine::record::{ColumnReading, LineClass, Record, Sink, TitleKey};
use clearlist::engine::rules::rules_in_order;
use clearlist::engine::title::Title;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

/// How many programs each list has.
const PROGRAMS: usize = 20_000;
/// The pieces that a worker reads a file in.
const PIECE_BYTES: usize = 256 * 1024;

fn main() {
    divan::main();
}

/// A list, and the format that it is in.
#[derive(Clone, Copy)]
struct List {
    format: &'static str,
    write: fn() -> String,
}

impl std::fmt::Display for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.format)
    }
}

const LISTS: &[List] = &[
    List { format: "delimited", write: csv },
    List { format: "winget", write: winget },
    List { format: "json", write: json },
    List { format: "xml", write: xml },
];

/// The programs of a list: name, version, publisher. One in a thousand is covered.
fn programs() -> impl Iterator<Item = (String, String, &'static str)> {
    (0..PROGRAMS).map(|n| {
        let version = format!("{}.{}.{}", n % 30, n % 7, n);
        match n % 1000 {
            500 => ("Kaspersky Endpoint Security".to_owned(), version, "AO Kaspersky Lab"),
            _ => (format!("Contoso Tool {}", n * 7919 % 100_003), version, "Contoso Ltd."),
        }
    })
}

fn csv() -> String {
    let mut text = "ComputerName,DisplayName,DisplayVersion,Publisher\n".to_owned();
    for (n, (name, version, publisher)) in programs().enumerate() {
        writeln!(text, "PC-{},{name},{version},{publisher}", n / 100).unwrap();
    }
    text
}

fn winget() -> String {
    let mut text = format!("{:<40} {:<40} {:<20} {}\n", "Name", "Id", "Version", "Source");
    text.push_str(&"-".repeat(110));
    text.push('\n');
    for (name, version, _) in programs() {
        let id = name.replace(' ', ".");
        writeln!(text, "{name:<40} {id:<40} {version:<20} winget").unwrap();
    }
    text
}

fn json() -> String {
    let mut text = "[\n".to_owned();
    for (n, (name, version, publisher)) in programs().enumerate() {
        let comma = if n == 0 { "" } else { ",\n" };
        write!(
            text,
            "{comma}  {{\"DisplayName\": \"{name}\", \"DisplayVersion\": \"{version}\", \"Publisher\": \
             \"{publisher}\"}}"
        )
        .unwrap();
    }
    text + "\n]\n"
}

fn xml() -> String {
    let mut text = "<?xml version=\"1.0\"?>\n<Programs>\n".to_owned();
    for (name, version, publisher) in programs() {
        writeln!(
            text,
            "  <Program><Name>{name}</Name><Version>{version}</Version><Publisher>{publisher}\
             </Publisher></Program>"
        )
        .unwrap();
    }
    text + "</Programs>\n"
}

/// The beginning of a list as the format is told by.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(SAMPLE_BYTES)]
}

#[divan::bench(args = ["UTF-8", "UTF-16", "Windows-1251"])]
fn decode(bencher: Bencher<'_, '_>, encoding: &str) {
    let text = csv().replace("Contoso", "Лаборатория");
    let bytes: Vec<u8> = match encoding {
        "UTF-16" => {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        "Windows-1251" => encoding_rs::WINDOWS_1251.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    };
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let (mut decoder, mut out) = (Decoder::new(None), String::new());
        for piece in black_box(&bytes).chunks(PIECE_BYTES) {
            out.clear();
            decoder.push(piece, &mut out);
        }
        decoder.finish(&mut out);
        decoder.encoding()
    });
}

#[divan::bench(args = LISTS)]
fn detect(bencher: Bencher<'_, '_>, list: &List) {
    let text = (list.write)();
    let text = beginning(&text);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| {
        let sample = Sample { text: black_box(text), is_whole: false, tables: &[] };
        let found = detect_format(&sample).unwrap();
        assert_eq!(found.format.id, list.format);
    });
}

#[divan::bench(args = LISTS)]
fn read(bencher: Bencher<'_, '_>, list: &List) {
    let text = (list.write)();
    let format = format_by_id(list.format).unwrap();
    let sample = Sample { text: beginning(&text), is_whole: false, tables: &[] };
    bencher.counter(BytesCount::new(text.len())).bench_local(|| {
        let (mut reader, mut counted) = ((format.open)(&sample), Counted::default());
        reader.push(black_box(&text), &mut counted);
        reader.finish(&mut counted);
        assert_eq!(counted.records, PROGRAMS);
    });
}

/// Titles that nothing covers, which are nearly all, and those of the catalog itself.
#[divan::bench(args = ["unknown", "covered"])]
fn identify(bencher: Bencher<'_, '_>, titles: &str) {
    let rules = bundled::rules();
    let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
    let titles: Vec<Title> = match titles {
        "unknown" => programs()
            .filter(|(name, ..)| name.starts_with("Contoso"))
            .take(1000)
            .map(|(name, version, publisher)| Title {
                name,
                version,
                publisher: publisher.to_owned(),
                ..Title::default()
            })
            .collect(),
        _ => rules
            .catalog
            .iter()
            .flat_map(|file| &file.products)
            .map(|product| Title { name: product.name.clone(), ..Title::default() })
            .collect(),
    };
    bencher.counter(ItemsCount::new(titles.len())).bench_local(|| {
        for title in &titles {
            black_box(recognise(&rules, &refs, black_box(title)));
        }
    });
}

/// Counts what a reader gives out.
#[derive(Default)]
struct Counted {
    records: usize,
}

impl Sink for Counted {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        black_box(record);
        self.records += 1;
        None
    }

    fn lines(&mut self, _: LineClass, _: u64) {}
    fn problem(&mut self, _: u64, _: ProblemKind, _: &str) {}
    fn reading(&mut self, _: Clause) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}
