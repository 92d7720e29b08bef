//! What the writers of reports write, read again by others' readers: nothing is lost, and text of an
//! inventory is only ever text.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeSet;
use std::io::Cursor;

#[path = "../fuzz/src/plain.rs"]
mod plain;
mod told;

use base64::Engine as _;
use calamine::{Data, Reader as _, Xlsx};
use clearlist::bundled;
use clearlist::engine::compare::compare;
use clearlist::engine::language::speaking;
use clearlist::engine::report::{
    ChangeKind, Finding, Report, Waived, WaiverReport, answer, marking,
};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind, apply};
use clearlist::engine::writers::{WRITERS, html};
use plain::{BEGIN_FORMULAS, is_plain_markdown};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use quick_xml::events::Event as Xml;
use serde_json::Value;
use sha2::{Digest, Sha256};
use told::{bracketed, english, outside};

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

thread_local! {
    static RULES: Rules = bundled::rules();
}

fn report() -> Report {
    let pack = RulesFile { name: "own <b>.toml", text: EXAMPLES[0].text };
    let rules = Rules::load_with_packs(bundled::files(), &[pack], &[]).unwrap();
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

/// What a scan of the list finds, by every directive.
fn scanned(name: &str, list: &str) -> Report {
    scanned_by(&[], name, list)
}

/// The same by some of them.
fn scanned_by(directives: &[&str], name: &str, list: &str) -> Report {
    RULES.with(|rules| {
        let settings = Settings {
            directives: directives.iter().map(|id| (*id).to_owned()).collect(),
            today: "2026-11-25".to_owned(),
            ..Settings::default()
        };
        let mut scan = Scan::new(rules, settings).unwrap();
        scan.begin_source(name);
        scan.push(list.as_bytes());
        scan.end_source();
        scan.finish()
    })
}

/// A decision to set that finding aside.
fn waiver(id: &str, finding: &str) -> Waiver {
    Waiver {
        id: id.to_owned(),
        kind: WaiverKind::ApprovedException,
        reason: "=needed".to_owned(),
        decided_by: "A. Person".to_owned(),
        decided_on: "2026-11-01".to_owned(),
        until: "2026-12-31".to_owned(),
        reference: "T-7".to_owned(),
        finding: finding.to_owned(),
        product: String::new(),
        program: String::new(),
        hosts: Vec::new(),
    }
}

fn written_bytes(report: &Report, id: &str) -> Vec<u8> {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    let bytes = writer.written(report);
    assert_eq!(bytes, writer.written(report), "the same report gives the same bytes");
    bytes
}

fn written(report: &Report, id: &str) -> String {
    String::from_utf8(written_bytes(report, id)).unwrap()
}

/// The text as writers show it.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// The cells of each sheet of the workbook, as another program reads them.
fn sheets(report: &Report) -> Vec<(String, Vec<Vec<Data>>)> {
    let file = Cursor::new(written_bytes(report, "xlsx"));
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(file).unwrap();
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        assert!(formulas.is_empty(), "{name}: {formulas:?}");
    }
    let sheets = workbook.worksheets().into_iter();
    sheets.map(|(name, cells)| (name, cells.rows().map(<[Data]>::to_vec).collect())).collect()
}

/// The rows of CSV, as another program reads them.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

#[track_caller]
fn no_cell_is_a_formula(rows: &[Vec<String>]) {
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(BEGIN_FORMULAS), "{cell:?}");
    }
}

#[test]
fn every_writer_names_the_tool_and_the_day_and_has_a_file_of_its_own() {
    let report = report();
    let mut names: Vec<&str> = WRITERS.iter().map(|writer| writer.file_name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), WRITERS.len());
    for writer in WRITERS {
        let text = match writer.id {
            "xlsx" => format!("{:?}", sheets(&report)),
            id => written(&report, id),
        };
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
    no_cell_is_a_formula(&rows);
    let of = |kind: &str| rows.iter().filter(|row| row[0] == kind).count();
    let places: usize = report.findings.iter().map(|finding| finding.places.len()).sum();
    assert_eq!(of("finding"), places);
    assert_eq!(of("list"), report.sources.len());
    assert_eq!(of("own rules"), 1);
    assert_eq!(of("problem"), report.problems.len());
    assert!(of("near miss, no finding") > 0);
    let programs: Vec<&str> = rows.iter().map(|row| row[6].trim_start_matches('\'')).collect();
    for name in HOSTILE {
        let shown = shown(name);
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

/// What another program reads out of an HTML file.
#[derive(Default)]
struct Page {
    /// All text but what follows.
    words: String,
    style: String,
    /// The report as data.
    data: String,
    ids: Vec<String>,
    /// The ids that its links lead to.
    links: Vec<String>,
}

/// The elements that writers make.
const ELEMENTS: [&str; 32] = [
    "a", "body", "caption", "code", "details", "div", "footer", "h1", "h2", "h3", "head", "header",
    "html", "li", "main", "meta", "ol", "p", "pre", "section", "span", "strong", "style",
    "summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
];

/// Reads a file as XML. Fails if it is not well-formed, or has anything active.
#[track_caller]
fn page(text: &str) -> Page {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut page = Page::default();
    let mut within: Vec<String> = Vec::new();
    let mut is_data = false;
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                assert!(ELEMENTS.contains(&name.as_str()), "{name}");
                is_data = false;
                for attribute in tag.attributes().map(Result::unwrap) {
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    let value = String::from_utf8(attribute.value.to_vec()).unwrap();
                    is_data |= key == "id" && value == html::DATA;
                    match key.as_str() {
                        "id" => page.ids.push(value),
                        "href" => page.links.push(value.strip_prefix('#').unwrap().to_owned()),
                        key => {
                            let is_plain =
                                ["lang", "class", "role", "tabindex", "aria-label", "scope"];
                            assert!(is_plain.contains(&key), "{key} in {name}");
                        }
                    }
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
                    Some("style") => &mut page.style,
                    _ if is_data => &mut page.data,
                    _ => &mut page.words,
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
                if is_data { page.data.push(character) } else { page.words.push(character) }
            }
            Xml::DocType(_) => {}
            Xml::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(within.is_empty(), "everything that was opened is closed");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&page.style));
    assert!(text.contains(&format!("style-src 'sha256-{hash}'")), "the policy allows its style");
    let mut ids = page.ids.clone();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), page.ids.len(), "no id is there twice");
    assert!(page.links.iter().all(|link| ids.contains(link)), "{:?} in {ids:?}", page.links);
    page
}

#[test]
fn the_html_file_is_whole_has_nothing_active_and_carries_the_report() {
    let report = Report { marking: "CUI//<SP>".to_owned(), ..report() };
    let Page { words, data, .. } = page(&written(&report, "html"));
    let again: Report = serde_json::from_str(&data).unwrap();
    assert_eq!(again, report);
    assert!(words.contains(HOSTILE[0]) && words.contains(HOSTILE[6]), "{words}");
}

#[test]
fn of_a_long_fleet_the_first_computers_stand_at_the_finding_and_all_others_in_an_annex() {
    const FLEET: usize = 2000;
    let row = |number: usize, name: &str| format!("PC-{number:04},{name},21.3\n");
    let all = |name: &str| (0..FLEET).map(|number| row(number, name)).collect::<String>();
    let list = format!(
        "Computer,Name,Version\n{}{}{}",
        all("Kaspersky Free"),
        all("Kaspersky Safe Kids"),
        row(7, "Kaspersky Total Security")
    );
    let mut report = scanned("fleet.csv", &list);
    let earlier = scanned("earlier.csv", &list.replace("PC-0", "OLD-0"));
    report.comparison = Some(compare(&earlier, &report, &bundled::rules()));
    let set_aside = report.findings.iter().find(|it| it.name == "Kaspersky Safe Kids").unwrap();
    let decision = waiver("w-1", &set_aside.id);
    apply(&mut report, &[decision]);
    let text = written(&report, "html");
    let Page { links, ids, data, .. } = page(&text);
    assert_eq!(serde_json::from_str::<Report>(&data).unwrap(), report);
    let file = text.split("<details").next().unwrap();
    let (body, annexes) = file.split_once("<h2>Annexes</h2>").unwrap();
    let places = |part: &str, number: usize| {
        part.matches(&format!("<td>PC-{number:04}</td><td>fleet.csv</td>")).count()
    };
    // Each computer has both programs, and stands once for each.
    for number in 0..FLEET {
        let (here, there) = (places(body, number), places(annexes, number));
        // What is set aside names its first computers in one cell.
        let expected = match number {
            7 => (2, 0),
            0..20 => (1, 0),
            _ => (0, 2),
        };
        assert_eq!((here, there), expected, "PC-{number:04}");
    }
    let headings: Vec<&str> = annexes.lines().filter(|line| line.starts_with("<h3>")).collect();
    assert!(headings[0].starts_with("<h3>Annex 1: "), "{headings:?}");
    assert!(headings[1].contains("set aside (w-1)"), "{headings:?}");
    assert!(headings.len() > 3, "the comparison has annexes too: {headings:?}");
    for name in ["OLD-0999", "PC-0999"] {
        assert!(annexes.contains(name));
    }
    // A link there and one back for each.
    for number in 1..=headings.len() {
        for id in [format!("annex-{number}"), format!("annexed-{number}")] {
            assert!(ids.contains(&id) && links.contains(&id), "{id}");
        }
    }
    assert!(body.find("id=\"annexed-1\"") < body.find("id=\"annexed-2\""));
    let short = written(&scanned("pc.csv", &list[..400]), "html");
    assert!(!short.contains("Annex"), "a short list has none");
}

#[test]
fn the_workbook_has_everything_as_text_and_numbers() {
    let mut report = report();
    let mut set_aside = report.findings.remove(0);
    set_aside.hosts.truncate(1);
    set_aside.places.truncate(1);
    report.waivers = vec![WaiverReport {
        waiver: waiver("w-1", &set_aside.id),
        effect: WaiverEffect::Applied,
        ends_in_days: 36,
        findings: 1,
        hosts: 1,
    }];
    report.waived.push(Waived { finding: set_aside.clone(), waiver: "w-1".to_owned() });
    report.findings[0].places[0].text = "x".repeat(40_000);
    report.totals.problems += 7;
    let sheets = sheets(&report);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "Findings",
        "Computers",
        "Set aside",
        "Near misses, no findings",
        "Accounting",
        "Problems",
        "About",
    ];
    assert_eq!(names, expected);
    let sheet = |name: &str| &sheets.iter().find(|(it, _)| it == name).unwrap().1;
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };

    let findings = sheet("Findings");
    let places: usize = report.findings.iter().map(|finding| finding.places.len()).sum();
    assert_eq!(findings.len(), 1 + places);
    let programs: Vec<String> = findings.iter().map(|row| text(&row[4])).collect();
    for finding in &report.findings {
        assert!(programs.contains(&shown(&finding.name)), "{:?}", finding.name);
    }
    assert!(findings.iter().any(|row| row[0] == Data::String("=PC".to_owned())));
    assert_eq!(findings[1][11], Data::Float(report.findings[0].places[0].line as f64));
    let long = text(&findings[1][12]);
    assert_eq!(long.encode_utf16().count(), 32_767);
    assert!(long.ends_with('…'));

    let computers = sheet("Computers");
    assert_eq!(computers.len(), 1 + report.hosts.len());
    for (row, host) in computers.iter().skip(1).zip(&report.hosts) {
        let there = report.findings.iter().filter(|finding| finding.hosts.contains(host));
        let gravest = there.clone().map(Finding::gravest).min();
        assert_eq!(text(&row[0]), shown(host));
        assert_eq!(row[1], Data::Float(there.count() as f64), "{host}");
        assert_eq!(text(&row[2]), gravest.map_or("nothing found", |it| it.id()), "{host}");
        let is_set_aside = u8::from(set_aside.hosts.contains(host));
        assert_eq!(row[4], Data::Float(f64::from(is_set_aside)), "{host}");
    }

    let aside = sheet("Set aside");
    let decision =
        ["w-1", "approved exception", "=needed", "A. Person", "2026-11-01", "2026-12-31", "T-7"];
    assert_eq!(aside.len(), 2);
    assert_eq!(aside[1][5..12].iter().map(text).collect::<Vec<_>>(), decision);

    let source = &report.sources[0];
    let accounting = &sheet("Accounting")[1];
    let numbers =
        [source.lines.total, source.lines.records, source.lines.structure, source.lines.problems];
    assert_eq!(accounting[3..7], numbers.map(|number| Data::Float(number as f64)));
    assert_eq!(text(&accounting[12]), source.sha256);
    assert_eq!(text(&accounting[0]), source.name);

    let problems = sheet("Problems");
    assert_eq!(problems.len(), 2 + report.problems.len());
    assert!(text(&problems[problems.len() - 1][3]).contains("and 7 more"));
    let about = format!("{:?}", sheet("About"));
    let answer = answer(&report).to_string();
    for told in ["Binding Operational Directive 17-01", &report.packs[0].sha256, &answer] {
        assert!(about.contains(told), "{told} is not in {about}");
    }
}

#[test]
fn clearlist_reads_its_own_workbook_again() {
    let mut report = report();
    // To Excel it would be the letter A.
    let finding = &mut report.findings[0];
    finding.name = format!("_x0041_ {}", finding.name);
    let rules = bundled::rules();
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(&rules, settings).unwrap();
    scan.begin_source("clearlist-report.xlsx");
    scan.push(&written_bytes(&report, "xlsx"));
    scan.end_source();
    let again = scan.finish();
    let findings = again.sources.iter().find(|it| it.name.ends_with("Findings")).unwrap();
    let places: usize = report.findings.iter().map(|finding| finding.places.len()).sum();
    assert_eq!((findings.records, findings.problems), (places as u64, 0), "{findings:#?}");
    for finding in report.findings.iter().filter(|it| it.product.vendor == "Kaspersky") {
        let is_there = |host: &str| {
            let there = again.findings.iter().filter(|it| it.hosts.iter().any(|it| it == host));
            there.map(|it| &it.name).any(|name| *name == shown(&finding.name))
        };
        assert!(finding.hosts.iter().all(|host| is_there(host)), "{finding:#?}");
    }
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
        let shown = shown(name);
        assert!(code.contains(&shown), "{shown:?} is not in {code:?}");
    }
}

#[test]
fn near_misses_that_are_not_listed_are_counted_in_every_file() {
    let says = |more: u64, id: &str, text: &str| {
        let mut report = report();
        report.totals.near_misses += more;
        let file = match id {
            "xlsx" => format!("{:?}", sheets(&report)),
            id => written(&report, id),
        };
        file.contains(text)
    };
    const MORE: &str = "7 more programs are close to products, and not listed here.";
    let told = ["text", "markdown", "html", "csv", "xlsx", "attestation"].map(|id| (id, MORE));
    let facts = ["hdf", "cyclonedx", "oscal-assessment-results", "oscal-poam"];
    let facts = facts.map(|id| (id, "7 more are not listed one by one"));
    for (id, text) in told.into_iter().chain(facts) {
        assert!(says(7, id, text), "{id}");
        assert!(!says(0, id, text), "{id}");
    }
    let counted = format!("\"near_misses\": {}", report().near_misses.len() + 7);
    for id in ["json", "sarif"] {
        assert!(says(7, id, &counted), "{id}");
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
    for (name, rows) in sheets(&report) {
        for row in [&rows[0], &rows[rows.len() - 1]] {
            assert_eq!(row[0], Data::String(shown.to_owned()), "{name}");
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

/// A report of today, compared with an earlier one: something remains, is another version, new, gone, and on
/// a computer that was not read again.
fn compared() -> Report {
    let list = |rows: &[&str]| format!("Computer,Name,Version\n{}\n", rows.join("\n"));
    let mut earlier = scanned(
        "earlier.csv",
        &list(&[
            "PC-1,Kaspersky Free,21.3",
            "PC-2,Kaspersky Free,21.3",
            "PC-3,Kaspersky Free,21.3",
            "=PC-4,Kaspersky Password Manager,9.2",
        ]),
    );
    earlier.generated_on = "2026-11-01".to_owned();
    let rows = [
        "PC-1,Kaspersky Free,21.3",
        "PC-2,Kaspersky Free,21.9",
        "PC-3,Firefox,140",
        "PC-5,Kaspersky Total Security,21",
    ];
    let mut report = scanned("now.csv", &list(&rows));
    report.comparison = Some(compare(&earlier, &report, &bundled::rules()));
    report
}

#[test]
fn the_tables_say_what_became_of_each_installation() {
    let report = compared();
    let comparison = report.comparison.as_ref().unwrap();
    let expected: Vec<[String; 4]> = comparison
        .changes
        .iter()
        .flat_map(|change| {
            change.hosts.iter().map(|host| {
                let [kind, product] = [change.kind.title(), &change.product_name];
                [kind.to_owned(), host.clone(), product.to_owned(), change.earlier.clone()]
            })
        })
        .collect();
    assert_eq!(expected.len(), 5);

    let sheets = sheets(&report);
    let (_, rows_there) = sheets.iter().find(|(name, _)| name == "Compared").unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };
    let found: Vec<[String; 4]> =
        rows_there[1..].iter().map(|row| [0, 1, 2, 4].map(|at| text(&row[at]))).collect();
    assert_eq!(found[..5], expected);
    let rest: Vec<&str> = found[5..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(rest, ["=PC-4", "PC-5"]);
    let (_, about) = sheets.iter().find(|(name, _)| name == "About").unwrap();
    let about = format!("{about:?}");
    assert!(about.contains(&comparison.to_string()) && about.contains(&comparison.open[0]));

    let rows = rows(&written(&report, "csv"));
    no_cell_is_a_formula(&rows);
    let told: Vec<&Vec<String>> =
        rows.iter().filter(|row| row[0] == "compared with the earlier report").collect();
    assert_eq!(told[0][14], comparison.to_string());
    let found: Vec<[String; 4]> = told
        .iter()
        .filter(|row| !row[3].is_empty())
        .map(|row| [16, 1, 3, 14].map(|at| row[at].trim_start_matches('\'').to_owned()))
        .collect();
    assert_eq!(found, expected);
    for why in &comparison.open {
        assert!(told.iter().any(|row| row[11] == *why), "{why}");
    }
    let not_read: Vec<&str> = told
        .iter()
        .filter(|row| row[11] == "Computers not read again")
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(not_read, ["'=PC-4"]);

    let plan = self::rows(&written(&report, "action-plan"));
    assert_eq!(plan.len(), 1 + report.findings.len(), "what is gone has no row");
    let since: Vec<(&str, &str)> =
        plan[1..].iter().map(|row| (row[5].as_str(), row[16].as_str())).collect();
    for told in [("PC-1", "1 remaining"), ("PC-2", "1 changed"), ("PC-5", "1 new")] {
        assert!(since.contains(&told), "{told:?} is not in {since:?}");
    }
    let plain = scanned("now.csv", "Computer,Name\nPC-1,Kaspersky Free\n");
    assert!(!self::sheets(&plain).iter().any(|(name, _)| name == "Compared"));
    assert_eq!(self::rows(&written(&plain, "action-plan"))[1][16], "");
}

/// What a report has, as its own file of that kind is read again: names, versions and computers.
fn read_again(report: &Report, id: &str) -> BTreeSet<(String, String, String)> {
    let bytes = written_bytes(report, id);
    let again = RULES.with(|rules| {
        let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
        let mut scan = Scan::new(rules, settings).unwrap();
        scan.begin_source("clearlist-report");
        scan.push(&bytes);
        scan.end_source();
        scan.finish()
    });
    titles(&again)
}

fn titles(report: &Report) -> BTreeSet<(String, String, String)> {
    let on = |finding: &Finding, host: &String| {
        (finding.name.clone(), finding.version.clone(), host.clone())
    };
    let all = report.findings.iter().flat_map(|it| it.hosts.iter().map(move |host| on(it, host)));
    all.collect()
}

#[test]
fn clearlist_finds_in_its_own_tables_what_was_found_under_the_names_as_they_were_written() {
    let list = "Computer,Name,Version,Publisher\n\
                PC-1,Kaspersky Endpoint Security für Windows (12.6),12.6.0.438,AO Kaspersky Lab\n\
                PC-2,Агент администрирования Kaspersky Security Center,15.0,АО «Лаборатория Касперского»\n\
                PC-2,Kaspersky Total Security 2021,21.3,Kaspersky\n\
                PC-3,微信,3.9,Tencent\n";
    let report = scanned("pc.csv", list);
    assert_eq!(report.findings.len(), 4);
    for id in ["csv", "xlsx"] {
        assert_eq!(read_again(&report, id), titles(&report), "{id}");
    }
    // What is gone is not found again.
    let compared = compared();
    let gone = compared.comparison.as_ref().unwrap().of(ChangeKind::Removed);
    let gone: Vec<&String> = gone.flat_map(|change| &change.hosts).collect();
    assert_eq!(gone, ["PC-3"]);
    for id in ["csv", "xlsx"] {
        let again = read_again(&compared, id);
        assert!(again.is_superset(&titles(&compared)), "{id}: {again:?}");
        assert!(!again.iter().any(|(.., host)| host == "PC-3"), "{id}: {again:?}");
    }
}

/// Texts that would do something in one of the formats, and any others.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&[
            "<script>alert(1)</script>", "</pre>", "</style>", "]]>", "-->", "<!--", "<?x ?>", "&amp;", "&#0;",
            "\"", "'", "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "[x](javascript:alert(1))", "![y](z)",
            "`", "``", "|", "\\", "{0}", "{{ insert: param, x }}", "\u{202E}", "\u{FEFF}", "\u{FFFF}", "\u{0}",
            "\u{1B}[31m", "\u{85}", "\u{2028}", "_x0041_", "BEGIN:VEVENT", "$(touch x)", "'; touch x; '", "# ",
            "<h1>", "* ", "---", "%0A", "~~~", "https://example.com", "@everyone", ";", ",", "N/A",
        ][..]).prop_map(str::to_owned),
        1 => "\\PC{1,8}",
        1 => "[\u{0}-\u{9}\u{B}\u{C}\u{E}-\u{1F}\u{7F}-\u{9F}]",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// Rows of an inventory: what stands before and behind the program's name, its version, its publisher, its
/// computer.
type Rows = Vec<(usize, [String; 5])>;

fn inventory() -> impl Strategy<Value = Rows> {
    let row = (0..NAMES.len(), [hostile(), hostile(), hostile(), hostile(), hostile()]);
    prop::collection::vec(row, 1..6)
}

/// Prohibited, to be reviewed, close to a product, and nothing.
const NAMES: [&str; 5] = [
    "Kaspersky Free",
    "Kaspersky Safe Kids",
    "Kaspersky Total Security",
    "Kaspersy Total",
    "Firefox",
];

fn list_of(rows: &Rows) -> String {
    let mut list = "Computer,Name,Version,Publisher\n".to_owned();
    for (name, [before, behind, version, publisher, host]) in rows {
        let name = format!("{before} {} {behind}", NAMES[*name]);
        let cells = [host, &name, version, publisher].map(|text| text.replace('"', "\"\""));
        list += &format!("\"{}\"\n", cells.join("\",\""));
    }
    list
}

/// A report of the rows, with decisions about the first findings, a comparison with the earlier ones, and a
/// marking, all of it hostile.
fn hostile_report(earlier: &Rows, rows: &Rows, text: &str) -> Report {
    // Those that have papers, without which the others would take ten times as long.
    let directives = ["us-dhs-bod-17-01", "us-ndaa-2018-1634"];
    let mut report = scanned_by(&directives, text, &list_of(rows));
    let earlier = scanned_by(&directives, "earlier", &list_of(earlier));
    let decisions: Vec<Waiver> = report
        .findings
        .iter()
        .take(2)
        .map(|finding| Waiver {
            id: format!("{text}{}", finding.id),
            reason: text.to_owned(),
            decided_by: text.to_owned(),
            reference: text.to_owned(),
            hosts: finding.hosts.iter().take(1).cloned().collect(),
            ..waiver("", &finding.id)
        })
        .collect();
    apply(&mut report, &decisions);
    RULES.with(|rules| report.comparison = Some(compare(&earlier, &report, rules)));
    report.marking = marking(text).unwrap_or_default();
    report
}

/// What has to hold of what a writer makes of any report.
#[track_caller]
fn is_only_text(report: &Report, id: &str) {
    match id {
        "html" => {
            let page = page(&written(report, id));
            assert_eq!(serde_json::from_str::<Report>(&page.data).unwrap(), *report);
        }
        "bod-17-01-report" | "bod-17-01-plan" | "far-52-204-23-report" | "attestation" => {
            page(&written(report, id));
        }
        "text" => {
            let text = written(report, id);
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
        }
        "markdown" => is_plain_markdown(&written(report, id)),
        "csv" | "action-plan" => {
            let rows = rows(&written(report, id));
            no_cell_is_a_formula(&rows);
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
        "xlsx" => {
            let sheets = sheets(report);
            let places: usize = report.findings.iter().map(|it| it.places.len()).sum();
            let marked = if report.marking.is_empty() { 0 } else { 2 };
            assert_eq!(sheets[0].1.len(), 1 + places + marked);
            let cells = sheets.iter().flat_map(|(_, rows)| rows.iter().flatten());
            for cell in cells {
                assert!(matches!(cell, Data::String(_) | Data::Float(_) | Data::Empty), "{cell:?}");
            }
        }
        "json" => {
            let again: Report = serde_json::from_slice(&written_bytes(report, id)).unwrap();
            assert_eq!(again, *report);
        }
        "ics" => {
            let text = written(report, id);
            let events = text.lines().filter(|line| *line == "BEGIN:VEVENT").count();
            assert_eq!(events, report.deadlines.len());
            assert!(text.lines().all(|line| line.len() <= 75));
        }
        // What these mean is held by their validators' tests.
        "sarif" | "cyclonedx" | "oscal-assessment-results" | "oscal-poam" => {
            serde_json::from_slice::<Value>(&written_bytes(report, id)).unwrap();
        }
        "hdf" => {
            let document: Value = serde_json::from_slice(&written_bytes(report, id)).unwrap();
            no_text_is_markup(&document["profiles"]);
        }
        // Of any text, `removal_scripts` holds that it is one literal.
        "powershell-script" | "bash-script" => {
            let script = written(report, id);
            let is_moved = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!script.contains(is_moved), "{script}");
        }
        other => panic!("nothing is said of what {other} has to be"),
    }
}

/// Fails on a text that Heimdall would show as HTML.
#[track_caller]
fn no_text_is_markup(value: &Value) {
    match value {
        Value::String(text) => assert!(!text.contains('<'), "{text}"),
        Value::Array(items) => items.iter().for_each(no_text_is_markup),
        Value::Object(fields) => fields.values().for_each(no_text_is_markup),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_any_list_decision_or_marking_is_more_than_text_in_any_file(
        earlier in inventory(),
        rows in inventory(),
        text in hostile(),
    ) {
        let report = hostile_report(&earlier, &rows, &text);
        for writer in WRITERS {
            is_only_text(&report, writer.id);
        }
    }
}

/// What a report has of the inventory, of names, ids and days: everything in it but texts that are told.
fn given(report: &Report) -> BTreeSet<String> {
    let mut given = BTreeSet::new();
    leaves(&serde_json::to_value(report).unwrap(), &mut given);
    let english = english();
    // What the reader's own rules say is said in their language.
    let own: BTreeSet<&str> = report
        .directives
        .iter()
        .filter(|directive| !english.contains(&directive.summary))
        .map(|directive| directive.id.as_str())
        .collect();
    let outcomes = report.findings.iter().flat_map(|finding| &finding.outcomes);
    let outcomes = outcomes.filter(|outcome| own.contains(outcome.directive.as_str()));
    given.extend(outcomes.map(|outcome| outcome.why.clone()));
    // A name that is close to a brand, as both are compared.
    given.extend(["kaspersy", "kaspersky"].map(str::to_owned));
    given.into_iter().filter(|text| !english.contains(text)).collect()
}

/// Every text, but those that the engine words: these are told again from what they were made of.
fn leaves(value: &Value, into: &mut BTreeSet<String>) {
    const WORDED: [&str; 6] =
        ["format_reason", "encoding_reason", "disguise", "open", "message", "why"];
    match value {
        Value::String(text) => drop(into.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, into)),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| !WORDED.contains(&name.as_str()));
            fields.for_each(|(_, value)| leaves(value, into));
        }
        _ => {}
    }
}

/// What a file says to its reader.
fn words_of(report: &Report, id: &str) -> String {
    match id {
        "html" | "attestation" => page(&written(report, id)).words,
        "markdown" => {
            let text = written(report, id);
            let pieces = Parser::new_ext(&text, Options::ENABLE_TABLES).map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.to_string(),
                _ => "\n".to_owned(),
            });
            pieces.collect()
        }
        "ics" => {
            let text = written(report, id).replace("\r\n ", "");
            let said = text.lines().filter_map(|line| {
                line.strip_prefix("SUMMARY:").or(line.strip_prefix("DESCRIPTION:"))
            });
            let plain = |line: &str| {
                line.replace("\\n", "\n")
                    .replace("\\,", ",")
                    .replace("\\;", ";")
                    .replace("\\\\", "\\")
            };
            said.map(|line| plain(line) + "\n").collect()
        }
        "xlsx" => {
            let cell = |cell: &Data| cell.to_string() + "\n";
            let sheets = sheets(report).into_iter();
            let said = sheets.map(|(name, rows)| {
                name + "\n" + &rows.iter().flatten().map(cell).collect::<String>()
            });
            said.collect()
        }
        "csv" => {
            // Headings, and the columns that programs choose rows by, are in English.
            let in_english = [0, 2, 9, 16];
            let told = |row: Vec<String>| {
                let cells = row.into_iter().enumerate();
                cells.filter(|(at, _)| !in_english.contains(at)).map(|(_, cell)| cell + "\n")
            };
            rows(&written(report, id)).into_iter().skip(1).flat_map(told).collect()
        }
        "action-plan" => {
            let cells = rows(&written(report, id)).into_iter().flatten();
            cells.map(|cell| cell + "\n").collect()
        }
        _ => written(report, id),
    }
}

/// A report of today with everything that a file may have to tell.
fn eventful() -> Report {
    let pack = RulesFile { name: "own.toml", text: EXAMPLES[0].text };
    let rules = Rules::load_with_packs(bundled::files(), &[pack], &[]).unwrap();
    let scanned = |today: &str, list: &str| {
        let settings = Settings { today: today.to_owned(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap();
        scan.begin_source("list.csv");
        scan.push(list.as_bytes());
        scan.end_source();
        scan.finish()
    };
    let mut list = "Computer,Name,Version,Publisher\n\
                    PC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
                    PC-1,Kaspersky Password Manager,9.2,AO Kaspersky Lab\n\
                    PC-2,Kаspersky Total Security,21.3,\n\
                    PC-2,Remote Desk,5.2,Example Software\n\
                    PC-3,Parallels Internet Security Powered by Kaspersky,1,\n\
                    PC-4,Kaspersy Total,1,\n\
                    ,,,\nPC-5,\n"
        .to_owned();
    for number in 0..30 {
        list += &format!("N-{number},Kaspersky Safe Kids,1,AO Kaspersky Lab\n");
    }
    let earlier = "Computer,Name,Version,Publisher\n\
                   PC-1,Kaspersky Free,21.2,AO Kaspersky Lab\n\
                   PC-3,Kaspersky Free,21.2,AO Kaspersky Lab\n\
                   OLD-1,Kaspersky Free,21.2,AO Kaspersky Lab\n";
    let mut report = scanned("2026-11-25", &list);
    let found = |name: &str| &report.findings.iter().find(|it| it.name == name).unwrap().id;
    let decisions = [
        waiver("w-1", found("Kaspersky Password Manager")),
        Waiver { until: "2026-11-02".to_owned(), ..waiver("w-2", found("Kaspersky Free")) },
        Waiver { decided_on: String::new(), ..waiver("w-3", "0000") },
    ];
    apply(&mut report, &decisions);
    report.comparison = Some(compare(&scanned("2026-11-01", earlier), &report, &rules));
    report.totals.problems += 3;
    report
}

#[test]
fn what_people_read_is_told_in_their_language_sentence_by_sentence() {
    let report = eventful();
    let spoken = bracketed();
    let mut given: Vec<String> = given(&report).into_iter().collect();
    given.sort_by_key(|text| std::cmp::Reverse(text.len()));
    given.retain(|text| !text.is_empty());
    let mut others = Vec::new();
    for writer in WRITERS.iter().filter(|writer| writer.is_told) {
        let said = speaking(Some(spoken), || words_of(&report, writer.id));
        let mut left = outside(&said);
        for text in &given {
            left = left.replace(&shown(text), "|");
        }
        for line in left.lines() {
            let is_word = |word: &&str| word.chars().count() > 1;
            let mut words = line.split(|c: char| !c.is_alphabetic()).filter(is_word);
            if words.any(|word| !["SHA", "UTF"].contains(&word)) {
                others.push(format!("{}: {line}", writer.id));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn what_programs_and_authorities_read_is_in_english_whoever_saves_it() {
    let report = eventful();
    let spoken = bracketed();
    for writer in WRITERS {
        let told = speaking(Some(spoken), || writer.written(&report));
        assert_eq!(told == writer.written(&report), !writer.is_told, "{}", writer.id);
    }
    let html = speaking(Some(spoken), || written(&report, "html"));
    assert!(html.contains("<html lang=\"fr\">"), "{}", &html[..200]);
    let table = rows(&speaking(Some(spoken), || written(&report, "csv")));
    assert_eq!(table[0], rows(&written(&report, "csv"))[0]);
    assert!(
        table
            .iter()
            .flat_map(|row| [&row[0], &row[2], &row[9], &row[16]])
            .all(|it| !it.contains('⟦'))
    );
    // So Clearlist finds in it what was found, in any language.
    let again = speaking(Some(spoken), || read_again(&report, "csv"));
    assert_eq!(again, read_again(&report, "csv"));
}
