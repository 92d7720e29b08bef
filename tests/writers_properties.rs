//! Any text of any list in every file: the file is valid to its own kind's reader, and the text is found in it
//! again as it is shown. `writers` holds that it is no markup and no formula, `removal_scripts` that it is no
//! script.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use calamine::{Data, Reader as _, Xlsx};
use clearlist::bundled;
use clearlist::engine::report::Report;
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::writers::WRITERS;
use clearlist::engine::writers::words::printable;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use quick_xml::events::Event as Xml;
use serde_json::Value;

thread_local! {
    static RULES: Rules = bundled::rules();
}

/// A report of these bytes by the directive that most papers are of.
fn scanned(bytes: &[u8]) -> Report {
    RULES.with(|rules| {
        let settings = Settings {
            directives: vec!["us-dhs-bod-17-01".to_owned()],
            today: "2026-11-25".to_owned(),
            ..Settings::default()
        };
        let mut scan = Scan::new(rules, settings).unwrap();
        scan.begin_source("list.csv");
        scan.push(bytes);
        scan.end_source();
        scan.finish()
    })
}

fn bytes_of(report: &Report, id: &str) -> Vec<u8> {
    WRITERS.iter().find(|writer| writer.id == id).unwrap().written(report)
}

fn text_of(report: &Report, id: &str) -> String {
    String::from_utf8(bytes_of(report, id)).unwrap()
}

fn json_of(report: &Report, id: &str) -> Value {
    serde_json::from_slice(&bytes_of(report, id)).unwrap()
}

/// Any text: what means something to a format or a shell, any characters, halves of UTF-16's pairs as JSON and
/// a wrong encoder write them, and what is no character at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(&[
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\"", "\"\"", "'", "$(touch x)", "`touch x`", "%PATH%",
            "]]>", "<![CDATA[", "<!--", "--><script>", "&lt;", "&#0;", "&#xD800;", "\\ud800", "\\u{0}", "\u{202E}",
            "\u{2066}", "\u{200F}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}", "_xD800_", "_x000D_",
            "{{x}}", "\\", "|", "\u{0}", "\u{B}", "\u{1B}]0;x\u{7}", "\u{7F}", "\u{9B}", "\u{85}", "\u{2028}", ",", ";",
        ][..]).prop_map(str::to_owned),
        2 => "\\PC{1,6}",
        1 => prop::char::any().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// A report whose findings say these texts where a list may say anything.
fn report_of(texts: &[String; 4]) -> Report {
    let [host, name, version, publisher] = texts;
    let mut report = scanned(
        b"Computer,Name,Version,Publisher\nPC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
          PC-2,Kaspersky Safe Kids,1,\nPC-2,Kaspersy Total,1,\nPC-2,Firefox,1,Mozilla\nPC-3,\n",
    );
    // Set here and not in the list, of which readers would trim them and cut them at line ends.
    let finding = &mut report.findings[0];
    let host = format!("pc {host}");
    finding.name = format!("{name} Kaspersky Free");
    finding.version.clone_from(version);
    finding.publisher.clone_from(publisher);
    finding.hosts = vec![host.clone()];
    report.hosts[0].clone_from(&host);
    for place in &mut finding.places {
        place.host.clone_from(&host);
        place.text.clone_from(name);
    }
    report.near_misses[0].name = format!("Kaspersy {name}");
    report.problems[0].text.clone_from(publisher);
    report.sources[0].name = format!("{version}.csv");
    report
}

/// The characters that XML 1.0 has at all.
fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text as XML can carry it.
fn in_xml(text: &str) -> String {
    text.chars().map(|c| if is_of_xml(c) { c } else { '\u{FFFD}' }).collect()
}

/// The texts of a document in XML. Fails if it is not well-formed.
#[track_caller]
fn texts_of_xml(document: &str) -> String {
    let wrong = document.chars().find(|c| !is_of_xml(*c));
    assert_eq!(wrong, None, "no character of XML 1.0");
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut texts, mut depth) = (String::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(_) => depth += 1,
            Xml::End(_) => depth -= 1,
            Xml::Text(text) => texts.push_str(&text.decode().unwrap()),
            Xml::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(character) => texts.push(character),
                None => {
                    let name = reference.decode().unwrap();
                    texts.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                }
            },
            Xml::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    texts
}

/// What the cells of all sheets say. Fails on a workbook that another program cannot read.
#[track_caller]
fn cells_of_workbook(bytes: &[u8]) -> BTreeSet<String> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = workbook.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.cells().map(|(_, _, cell)| cell));
    let text = |cell: &Data| match cell {
        // What would be an escape to Excel has its first character escaped (ECMA-376, part 1, 22.9.2.19).
        Data::String(text) => Some(text.replace("_x005F_", "_")),
        _ => None,
    };
    cells.filter_map(text).collect()
}

fn cells_of_table(text: &str) -> BTreeSet<String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Everything that is a text in a document of JSON, and no name of a field.
fn strings_of(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(into.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| strings_of(item, into)),
        Value::Object(fields) => fields.values().for_each(|item| strings_of(item, into)),
        _ => {}
    }
}

/// The writers of JSON by their ids.
fn json_writers() -> impl Iterator<Item = &'static str> {
    WRITERS.iter().filter(|writer| writer.media_type.ends_with("json")).map(|writer| writer.id)
}

/// What a writer's document shows, as it is shown: Heimdall shows the profiles, and takes every text for HTML.
fn shown_of(id: &str, document: Value) -> Value {
    fn meant(value: &Value) -> Value {
        match value {
            Value::String(text) => quick_xml::escape::unescape(text).unwrap().into(),
            Value::Array(items) => items.iter().map(meant).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(name, item)| (name.clone(), meant(item))).collect()
            }
            other => other.clone(),
        }
    }
    if id == "hdf" { meant(&document["profiles"]) } else { document }
}

/// The text without what these formats escape with, what is no text to some of
/// them, and what each shows in its own way where a line must not end.
fn essence(text: &str) -> String {
    let is_kept = |c: &char| {
        is_of_xml(*c)
            && !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '{' | '}' | '\\' | '\u{FFFD}')
    };
    text.chars().filter(is_kept).collect()
}

/// Calls `seen` with the name of each field and what is in it.
fn fields<'v>(value: &'v Value, seen: &mut dyn FnMut(&'v str, &'v Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| fields(item, seen)),
        Value::Object(all) => {
            for (name, item) in all {
                seen(name, item);
                fields(item, seen);
            }
        }
        _ => {}
    }
}

/// As NIST's schema has it: no list and no text is empty, UUIDs are of version 4 or 5 and stand for one thing,
/// what is referred to is there, and what stands in a property is one line without blanks at its ends.
#[track_caller]
fn is_oscal(document: &Value) {
    let (mut made, mut asked) = (BTreeSet::new(), BTreeSet::new());
    fields(document, &mut |name, value| {
        assert!(*value != Value::Array(Vec::new()) && value != "", "{name} is empty");
        let text = value.as_str().unwrap_or_default();
        match name {
            "uuid" => {
                let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c) || c == '-';
                assert!(text.len() == 36 && text.chars().all(is_hex), "{text:?}");
                assert!(matches!(&text[14..15], "4" | "5"), "{text:?}");
                assert!(made.insert(text), "{text} twice");
            }
            "href" => drop(text.strip_prefix('#').map(|id| asked.insert(id))),
            name if name.ends_with("-uuid") => drop(asked.insert(text)),
            "value" => {
                assert_eq!(text.trim(), text);
                assert!(!text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']), "{text:?}");
            }
            _ => {}
        }
    });
    let missing: Vec<_> = asked.difference(&made).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

thread_local! {
    /// The schema that reports are published with.
    static SCHEMA: (Schemas, SchemaIndex) = {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
        let text = std::fs::read_to_string(path).unwrap();
        compiler.add_resource("report.json", serde_json::from_str(&text).unwrap()).unwrap();
        let schema = compiler.compile("report.json", &mut schemas).unwrap();
        (schemas, schema)
    };
}

/// Every file of the report is what its kind's own reader takes.
#[track_caller]
fn is_valid(report: &Report) {
    let json = json_of(report, "json");
    SCHEMA.with(|(schemas, schema)| {
        if let Err(wrong) = schemas.validate(&json, *schema) {
            panic!("{wrong}");
        }
    });
    for writer in WRITERS {
        let bytes = writer.written(report);
        match writer.media_type.split(';').next().unwrap() {
            "text/html" => drop(texts_of_xml(std::str::from_utf8(&bytes).unwrap())),
            "text/csv" => drop(cells_of_table(std::str::from_utf8(&bytes).unwrap())),
            kind if kind.ends_with("json") => {
                serde_json::from_slice::<Value>(&bytes).unwrap();
            }
            _ if writer.id == "xlsx" => {
                cells_of_workbook(&bytes);
                parts_are_xml(&bytes);
            }
            _ => drop(String::from_utf8(bytes).unwrap()),
        }
    }
    is_oscal(&json_of(report, "oscal-assessment-results"));
    is_oscal(&json_of(report, "oscal-poam"));
}

/// `calamine` takes more than Excel does: each part of the workbook has to be XML 1.0.
#[track_caller]
fn parts_are_xml(bytes: &[u8]) {
    // The writer stores nothing but local headers of fixed length, each with its sizes.
    let mut rest = bytes;
    let mut parts = 0;
    while let Some(header) = rest.strip_prefix(b"PK\x03\x04") {
        let number = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let packed = number(14) + (number(16) << 16);
        let begin = 26 + number(22) + number(24);
        let part = &header[begin..begin + packed];
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(part).read_to_string(&mut text).unwrap();
        texts_of_xml(&text);
        parts += 1;
        rest = &header[begin + packed..];
    }
    assert!(parts > 5, "{parts} parts");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_found_again_as_it_is_shown(
        texts in [any_text(), any_text(), any_text(), any_text()],
    ) {
        let report = report_of(&texts);
        is_valid(&report);
        let finding = &report.findings[0];
        let shown = [&finding.name, &finding.version, &finding.publisher, &finding.hosts[0]]
            .map(|text| printable(text));

        let again: Report = serde_json::from_value(json_of(&report, "json")).unwrap();
        prop_assert_eq!(&again, &report);

        let html = texts_of_xml(&text_of(&report, "html"));
        let plain = text_of(&report, "text");
        for text in &shown {
            prop_assert!(html.contains(&in_xml(text)), "{text:?} in HTML");
            prop_assert!(plain.contains(text.trim()), "{text:?} in text");
        }

        let table = cells_of_table(&text_of(&report, "csv"));
        let workbook = cells_of_workbook(&bytes_of(&report, "xlsx"));
        for text in shown.iter().filter(|text| !text.is_empty()) {
            let is_there = table.contains(text) || table.contains(&format!("'{text}"));
            prop_assert!(is_there, "{text:?} in {table:?}");
            prop_assert!(workbook.contains(&in_xml(text)), "{text:?} in {workbook:?}");
        }

        let markdown = text_of(&report, "markdown");
        let code: Vec<String> = Parser::new_ext(&markdown, Options::ENABLE_TABLES)
            .filter_map(|event| match event {
                Event::Code(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        prop_assert!(code.iter().any(|it| it.contains(shown[0].trim())), "{:?} in {code:?}", shown[0]);

        // The report itself was read again as a whole.
        for id in json_writers().filter(|id| *id != "json") {
            let mut strings = BTreeSet::new();
            strings_of(&shown_of(id, json_of(&report, id)), &mut strings);
            // The list is called after the version, which is to be found without that.
            let list = essence(&printable(&report.sources[0].name));
            let values: Vec<String> =
                strings.iter().map(|it| essence(it).replace(&list, "")).collect();
            for text in &shown {
                let is_there = values.iter().any(|it| it.contains(&essence(text)));
                prop_assert!(is_there, "{text:?} in {id}: {values:?}");
            }
        }
    }

    #[test]
    fn whatever_is_read_its_report_is_valid_in_every_format(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        text in any_text(),
        is_text in any::<bool>(),
    ) {
        let list = format!("Computer,Name,Version\n{text},Kaspersky Free {text},{text}\n{text}");
        is_valid(&scanned(if is_text { list.as_bytes() } else { &bytes }));
    }
}
