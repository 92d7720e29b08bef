//! What has to hold of every file that is written of any report: others' readers read it, and text of the
//! inventory is nothing but text in it.

use clearlist::engine::report::Report;
use clearlist::engine::writers::WRITERS;
use quick_xml::events::Event as Xml;
use serde_json::Value;

use super::plain::{BEGIN_FORMULAS, is_plain_markdown};
use super::{RULES, SourceOptions, read_report, scanned};

/// The elements that writers make. None of them does anything.
const ELEMENTS: [&str; 33] = [
    "a", "body", "br", "caption", "code", "details", "div", "footer", "h1", "h2", "h3", "head",
    "header", "html", "li", "main", "meta", "ol", "p", "pre", "section", "span", "strong", "style",
    "summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
];

/// Their attributes.
const ATTRIBUTES: [&str; 11] = [
    "aria-label",
    "charset",
    "class",
    "content",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
];

/// Fails unless it holds.
pub fn is_only_text(report: &Report) {
    for writer in WRITERS {
        let bytes = writer.written(report);
        if writer.id == "xlsx" {
            is_a_workbook(report, &bytes);
            continue;
        }
        let text = std::str::from_utf8(&bytes).unwrap();
        match writer.media_type.split(';').next().unwrap_or_default() {
            "text/html" => is_plain_markup(text),
            "text/csv" => is_a_table(text),
            "text/markdown" => is_plain_markdown(text),
            kind if kind.ends_with("json") => {
                serde_json::from_str::<Value>(text).unwrap();
            }
            _ => {
                let is_moved = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                assert!(!text.contains(is_moved), "{}: {text:?}", writer.id);
            }
        }
        if ["json", "html"].contains(&writer.id) {
            assert_eq!(read_report(text).as_ref(), Ok(report), "{}", writer.id);
        }
    }
}

fn is_plain_markup(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Xml::Start(tag) | Xml::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                assert!(ELEMENTS.contains(&name.as_str()), "{name}");
                for attribute in tag.attributes().map(Result::unwrap) {
                    let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
                    assert!(ATTRIBUTES.contains(&key.as_str()) || key == "tabindex", "{key}");
                    assert!(key != "href" || attribute.value.starts_with(b"#"), "{attribute:?}");
                }
                depth += usize::from(matches!(event, Xml::Start(_)));
            }
            Xml::End(_) => depth -= 1,
            Xml::Text(piece) => drop(piece.decode().unwrap()),
            Xml::GeneralRef(name) => {
                let name = name.decode().unwrap();
                assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name.as_ref()), "{name}");
            }
            Xml::DocType(_) => {}
            Xml::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0, "everything that was opened is closed");
}

fn is_a_table(text: &str) {
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    // Rows of another length are an error to it.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for row in reader.records().map(Result::unwrap) {
        for cell in &row {
            assert!(!cell.starts_with(BEGIN_FORMULAS), "{cell:?}");
        }
    }
}

/// Clearlist reads it again: as many rows as there are places.
fn is_a_workbook(report: &Report, bytes: &[u8]) {
    let again = scanned(&RULES, &SourceOptions::default(), bytes, usize::MAX);
    let is_of = |name: &str| name == "input" || name.ends_with("Findings");
    let places: usize = report.findings.iter().map(|finding| finding.places.len()).sum();
    if places > 0 {
        // A sheet that is the only one to be read is called by the file's name.
        let findings = again.sources.iter().find(|source| is_of(&source.name)).unwrap();
        let marked = if report.marking.is_empty() { 0 } else { 2 };
        assert_eq!(findings.lines.total, (1 + places + marked) as u64, "{findings:#?}");
    }
}
