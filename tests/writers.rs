//! What the writers of reports write, read again by others' readers: nothing is lost, and text of an
//! inventory is only ever text.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::io::Cursor;

use base64::Engine as _;
use calamine::{Data, Reader as _, Xlsx};
use clearlist::bundled;
use clearlist::engine::report::{Finding, Report, Waived, WaiverReport, answer};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind};
use clearlist::engine::writers::{WRITERS, html};
use pulldown_cmark::{Event, Options, Parser};
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

fn written_bytes(report: &Report, id: &str) -> Vec<u8> {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    let bytes = (writer.write)(report);
    assert_eq!(bytes, (writer.write)(report), "the same report gives the same bytes");
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

#[test]
fn the_html_file_is_whole_has_nothing_active_and_carries_the_report() {
    let report = Report { marking: "CUI//<SP>".to_owned(), ..report() };
    let text = written(&report, "html");
    let mut reader = quick_xml::Reader::from_str(&text);
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
fn the_workbook_has_everything_as_text_and_numbers() {
    let mut report = report();
    let mut set_aside = report.findings.remove(0);
    set_aside.hosts.truncate(1);
    set_aside.places.truncate(1);
    report.waivers = vec![WaiverReport {
        waiver: Waiver {
            id: "w-1".to_owned(),
            kind: WaiverKind::ApprovedException,
            reason: "=needed".to_owned(),
            decided_by: "A. Person".to_owned(),
            decided_on: "2026-11-01".to_owned(),
            until: "2026-12-31".to_owned(),
            reference: "T-7".to_owned(),
            finding: set_aside.id.clone(),
            product: String::new(),
            program: String::new(),
            hosts: Vec::new(),
        },
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
