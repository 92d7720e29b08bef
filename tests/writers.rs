//! What the writers of reports write, read again by others' readers: nothing is lost, and text of an
//! inventory is only ever text.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use base64::Engine as _;
use clearlist::bundled;
use clearlist::engine::report::Report;
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::writers::{WRITERS, html};
use pulldown_cmark::{Event, Options, Parser};
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use sha2::{Digest, Sha256};

/// Names that would do something in one of the formats.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script> Kaspersky Free",
    "=HYPERLINK(\"https://example.com\";\"x\") Kaspersky Free",
    "+1 Kaspersky Free",
    "@SUM(A1) Kaspersky Free",
    "`whoami` ``x`` | @everyone Kaspersky Free",
    "[x](javascript:alert(1)) ![y](https://example.com/z.png) Kaspersky Free",
    "]]> --> </pre></style> &amp; \u{202E} Kaspersky Free",
    "# Kaspersky Free\u{7}\u{1B}[31m",
];

fn report() -> Report {
    let pack = RulesFile { name: "own <b>.toml", text: EXAMPLES[0].text };
    let rules = Rules::load_with_packs(bundled::files(), &[pack]).unwrap();
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(&rules, settings).unwrap();
    scan.begin_source("<list> & \"more\".csv");
    let mut list = "Computer,Name,Version,Publisher\n".to_owned();
    for (number, name) in HOSTILE.iter().enumerate() {
        let name = name.replace('"', "\"\"");
        list += &format!("PC-{number},\"{name}\",21.{number},AO Kaspersky Lab\n");
    }
    list += "PC-1,Remote Desk,5.2,Example Software\n=PC,Kaspersky Free,1,\nPC-9,Kaspersy Total,1,\n,,,\nPC,\n";
    scan.push(list.as_bytes());
    scan.end_source();
    let report = scan.finish();
    assert!(report.findings.len() > HOSTILE.len(), "{:#?}", report.findings);
    assert!(!report.near_misses.is_empty());
    report
}

fn written(report: &Report, id: &str) -> String {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    let bytes = (writer.write)(report);
    assert_eq!(bytes, (writer.write)(report), "the same report gives the same bytes");
    String::from_utf8(bytes).unwrap()
}

/// The rows of CSV, as another program reads them.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn every_writer_names_the_tool_and_the_day_and_has_a_file_of_its_own() {
    let report = report();
    let mut names: Vec<&str> = WRITERS.iter().map(|writer| writer.file_name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), WRITERS.len());
    for writer in WRITERS {
        let text = written(&report, writer.id);
        let is_dated = text.contains("report of 2026-11-25")
            || text.contains("\"generated_on\": \"2026-11-25\"")
            || text.contains("DTSTAMP:20261125T");
        assert!(is_dated, "{}", writer.id);
        assert!(text.contains(env!("CARGO_PKG_VERSION")), "{}", writer.id);
    }
}

#[test]
fn the_table_has_every_finding_on_every_computer_and_no_formula() {
    let report = report();
    let rows = rows(&written(&report, "csv"));
    for cell in rows.iter().flatten() {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        assert!(!is_formula, "{cell:?}");
    }
    let of = |kind: &str| rows.iter().filter(|row| row[0] == kind).count();
    let places: usize = report.findings.iter().map(|finding| finding.places.len()).sum();
    assert_eq!(of("finding"), places);
    assert_eq!(of("list"), report.sources.len());
    assert_eq!(of("own rules"), 1);
    assert_eq!(of("problem"), report.problems.len());
    assert!(of("near miss, no finding") > 0);
    let programs: Vec<&str> = rows.iter().map(|row| row[6].trim_start_matches('\'')).collect();
    for name in HOSTILE {
        let shown: String =
            name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        assert!(programs.contains(&shown.as_str()), "{shown:?} is not in {programs:?}");
    }
    let computers: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert!(computers.contains(&"'=PC"), "{computers:?}");
}

#[test]
fn the_plan_has_a_row_for_everything_to_be_done_with_its_days() {
    let report = report();
    let rows = rows(&written(&report, "action-plan"));
    assert_eq!(rows.len(), 1 + report.findings.len());
    assert_eq!(rows[1][10..13], ["2026-12-25", "2027-01-24", "2027-02-23"]);
    assert!(rows.iter().skip(1).all(|row| !row[7].is_empty() && row[14] == "open"), "{rows:?}");
    let next = &rows[1][9];
    assert!(next.starts_with("2026-1") || next.starts_with("2027-"), "{next}");
}

#[test]
fn the_html_file_is_whole_has_nothing_active_and_carries_the_report() {
    let report = Report { marking: "CUI//<SP>".to_owned(), ..report() };
    let text = written(&report, "html");
    let mut reader = Reader::from_str(&text);
    let (mut data, mut style, mut words) = (String::new(), String::new(), String::new());
    let mut within: Vec<String> = Vec::new();
    let mut is_data = false;
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                is_data = tag
                    .attributes()
                    .map(Result::unwrap)
                    .any(|it| it.key.as_ref() == b"id" && *it.value == *html::DATA.as_bytes());
                for attribute in tag.attributes().map(Result::unwrap) {
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    let is_plain =
                        ["lang", "class", "id", "role", "tabindex", "aria-label", "scope"];
                    assert!(is_plain.contains(&key.as_str()), "{key} in {name}");
                }
                within.push(name);
            }
            Xml::Empty(tag) => assert_eq!(tag.name().as_ref(), b"meta"),
            Xml::End(_) => {
                within.pop();
            }
            Xml::Text(piece) => {
                let piece = piece.decode().unwrap();
                let into = match within.last().map(String::as_str) {
                    Some("style") => &mut style,
                    _ if is_data => &mut data,
                    _ => &mut words,
                };
                into.push_str(&piece);
            }
            Xml::GeneralRef(name) => {
                let character = match name.decode().unwrap().as_ref() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "#39" => '\'',
                    other => panic!("{other}"),
                };
                if is_data { data.push(character) } else { words.push(character) }
            }
            Xml::DocType(_) => {}
            Xml::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(within.is_empty(), "everything that was opened is closed");
    let again: Report = serde_json::from_str(&data).unwrap();
    assert_eq!(again, report);
    assert!(words.contains(HOSTILE[0]) && words.contains(HOSTILE[6]), "{words}");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&style));
    assert!(text.contains(&format!("style-src 'sha256-{hash}'")), "the policy allows its style");
}

#[test]
fn in_markdown_every_text_of_the_list_is_code() {
    let report = report();
    let text = written(&report, "markdown");
    let (mut code, mut rows) = (Vec::new(), 0);
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Code(text) => code.push(text.to_string()),
            Event::Text(text) => assert!(!text.contains("alert(1)"), "{text}"),
            Event::Html(html) | Event::InlineHtml(html) => panic!("markup: {html}"),
            Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => panic!("link: {dest_url}"),
            Event::Start(pulldown_cmark::Tag::Image { dest_url, .. }) => {
                panic!("image: {dest_url}")
            }
            Event::Start(pulldown_cmark::Tag::TableRow) => rows += 1,
            _ => {}
        }
    }
    assert_eq!(rows, report.findings.len());
    for name in HOSTILE {
        let shown: String =
            name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        assert!(code.contains(&shown), "{shown:?} is not in {code:?}");
    }
}

#[test]
fn a_marking_is_at_head_and_foot_of_what_people_read() {
    const MARKING: &str = "CUI//SP-<b>*PRVCY*\u{7}";
    let report = Report { marking: MARKING.to_owned(), ..report() };
    let plain = written(&Report { marking: String::new(), ..report.clone() }, "html");
    assert!(!plain.contains("class=\"marking\""));
    let shown = "CUI//SP-<b>*PRVCY*\u{FFFD}";
    let text = written(&report, "text");
    assert_eq!((text.lines().next(), text.lines().last()), (Some(shown), Some(shown)));
    let markdown = written(&report, "markdown");
    let mut paragraphs: Vec<String> = Vec::new();
    for event in Parser::new(&markdown) {
        match event {
            Event::Start(_) => paragraphs.push(String::new()),
            Event::Text(piece) => paragraphs.last_mut().unwrap().push_str(&piece),
            _ => {}
        }
    }
    assert_eq!(paragraphs[1], shown, "{markdown}");
    assert_eq!(paragraphs.last().unwrap(), shown, "{markdown}");
    for id in ["csv", "action-plan"] {
        let rows = rows(&written(&report, id));
        for row in [&rows[0], &rows[rows.len() - 1]] {
            assert_eq!(row[0], shown, "{id}");
            assert!(row[1..].iter().all(String::is_empty), "{id}");
        }
    }
    let html = written(&report, "html");
    let body = html.split_once("<body>").unwrap().1.trim();
    let in_html = "class=\"marking\">CUI//SP-&lt;b&gt;*PRVCY*\u{FFFD}<";
    assert!(body.starts_with(&format!("<header {in_html}")), "{}", &body[..200]);
    assert!(body.ends_with(&format!("<footer {in_html}/footer>\n</body>\n</html>")));
    assert!(!written(&report, "ics").contains("CUI"));
    let again: Report = serde_json::from_str(&written(&report, "json")).unwrap();
    assert_eq!(again.marking, MARKING);
}
