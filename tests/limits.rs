//! Every limit of `engine::limits`: what is exactly as large is read, and what is larger is told, with all
//! that can be kept kept. And what has no limit: many titles, computers, columns and findings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

use std::io::Write as _;

use clearlist::bundled;
use clearlist::engine::compare::{read_report, too_large};
use clearlist::engine::limits::*;
use clearlist::engine::record::{ColumnField, TableChoice};
use clearlist::engine::report::{Problem, Report, SourceReport, answer};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::waivers;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

thread_local! {
    static RULES: Rules = bundled::rules();
}

// ---------------------------------------------------------------------------------------------
// Reading

fn settings() -> Settings {
    Settings { today: "2026-01-31".to_owned(), ..Settings::default() }
}

fn scan(bytes: impl AsRef<[u8]>) -> Report {
    scan_all([("input", bytes.as_ref())])
}

/// The sources read, in pieces as the page has them. What holds of every report is checked of it.
fn scan_all<'b>(sources: impl IntoIterator<Item = (&'b str, &'b [u8])>) -> Report {
    let report = RULES.with(|rules| {
        let mut scan = Scan::new(rules, settings()).unwrap();
        for (name, bytes) in sources {
            scan.begin_source(name);
            bytes.chunks(256 * 1024).for_each(|piece| scan.push(piece));
            scan.end_source();
        }
        scan.finish()
    });
    for source in &report.sources {
        let lines = &source.lines;
        assert_eq!(
            lines.total,
            lines.records + lines.structure + lines.problems,
            "the lines of {} add up",
            source.name
        );
    }
    report
}

/// The only source.
#[track_caller]
fn source(report: &Report) -> &SourceReport {
    assert_eq!(report.sources.len(), 1);
    &report.sources[0]
}

#[track_caller]
fn no_problem(report: &Report) {
    assert!(report.problems.is_empty(), "{:#?}", report.problems.first());
    assert_eq!(report.totals.problems, 0);
}

/// The only problem, of that kind, whose message says all of that. It is told on that line.
#[track_caller]
fn problem<'r>(report: &'r Report, line: u64, kind: &str, says: &[&str]) -> &'r Problem {
    let [problem] = &report.problems[..] else {
        panic!(
            "expected one problem, found {}: {:#?}",
            report.problems.len(),
            report.problems.get(..3)
        );
    };
    assert_eq!((problem.line, problem.kind.as_str()), (line, kind), "{}", problem.message);
    for part in says {
        assert!(problem.message.contains(part), "{part:?} in: {}", problem.message);
    }
    problem
}

/// The names of what was found.
fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.name.as_str()).collect()
}

/// The lines with records, with structure and with problems.
fn lines(source: &SourceReport) -> (u64, u64, u64) {
    (source.lines.records, source.lines.structure, source.lines.problems)
}

// ---------------------------------------------------------------------------------------------
// Packing

/// A ZIP archive as it is put together.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: usize,
}

impl Zip {
    /// A member that is stored as it is, or deflated.
    fn add(mut self, name: &str, content: &[u8], is_deflated: bool) -> Self {
        let packed = if is_deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        } else {
            content.to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let size = u32::try_from(content.len()).unwrap();
        self.entry(name, &packed, crc.sum(), size, if is_deflated { 8 } else { 0 });
        self
    }

    fn stored(self, name: &str, content: &[u8]) -> Self {
        self.add(name, content, false)
    }

    fn deflated(self, name: &str, content: &[u8]) -> Self {
        self.add(name, content, true)
    }

    /// A member that has a password, and is not read.
    fn locked(mut self, name: &str) -> Self {
        let at = self.directory.len();
        self.entry(name, b"x", 0, 1, 0);
        // The flags of the entry in the directory.
        self.directory[at + 8] = 1;
        self
    }

    fn entry(&mut self, name: &str, packed: &[u8], crc: u32, size: u32, method: u16) {
        let at = u32::try_from(self.bytes.len()).unwrap();
        let mut sums = Vec::new();
        sums.extend(crc.to_le_bytes());
        sums.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        sums.extend(size.to_le_bytes());
        sums.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        let how = [&[20, 0, 0, 0][..], &method.to_le_bytes(), &[0; 4]].concat();
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend([&how[..], &sums, &[0; 2], name.as_bytes(), packed].concat());
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend([&how[..], &sums, &[0; 12]].concat());
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries += 1;
    }

    fn finish(self) -> Vec<u8> {
        let count = u16::try_from(self.entries).unwrap_or(u16::MAX).to_le_bytes();
        let size = u32::try_from(self.directory.len()).unwrap().to_le_bytes();
        let at = u32::try_from(self.bytes.len()).unwrap().to_le_bytes();
        let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &at, &[0; 2]].concat();
        [self.bytes, self.directory, end].concat()
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// An Excel workbook with these sheets, each the XML of its rows.
fn workbook(sheets: &[String]) -> Zip {
    let names: Vec<String> = (1..=sheets.len()).map(|n| format!("S{n}")).collect();
    workbook_of(names.iter().map(String::as_str).zip(sheets.iter().cloned()))
}

/// The same of sheets with those names.
fn workbook_of<'n>(sheets: impl Iterator<Item = (&'n str, String)>) -> Zip {
    let (mut named, mut related, mut members) = (String::new(), String::new(), Vec::new());
    for (n, (name, rows)) in (1..).zip(sheets) {
        named += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>");
        related += &format!(
            "<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"worksheets/{n}.xml\"/>"
        );
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        members.push((format!("xl/worksheets/{n}.xml"), sheet));
    }
    let zip = Zip::default()
        .deflated(
            "xl/workbook.xml",
            format!("<workbook><sheets>{named}</sheets></workbook>").as_bytes(),
        )
        .deflated(
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{related}</Relationships>").as_bytes(),
        );
    members.iter().fold(zip, |zip, (name, sheet)| zip.deflated(name, sheet.as_bytes()))
}

/// A row of texts.
fn row(cells: &[&str]) -> String {
    let cells: String =
        cells.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
    format!("<row>{cells}</row>")
}

/// An OpenDocument spreadsheet with that XML of its sheets.
fn spreadsheet(tables: &str) -> Vec<u8> {
    let content = format!(
        "<document-content><body><spreadsheet>{tables}</spreadsheet></body></document-content>"
    );
    Zip::default()
        .stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
        .deflated("content.xml", content.as_bytes())
        .finish()
}

/// A row of texts in one, that stands for so many, each cell of it too.
fn repeated_row(cells: &[&str], rows: u32, columns: u32) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| {
            format!("<table-cell number-columns-repeated=\"{columns}\"><p>{cell}</p></table-cell>")
        })
        .collect();
    format!("<table-row number-rows-repeated=\"{rows}\">{cells}</table-row>")
}

const ROW: &str = "Kaspersky Free,21.3\n";
const LIST: &str = "Name,Version\nKaspersky Free,21.3\n";
const SECOND_LIST: &str = "Name,Version\nKaspersky Password Manager,9.2\n";

/// What is read of an archive; its own source has no lines.
fn scan_of_archive(bytes: &[u8]) -> Report {
    let report = scan(bytes);
    assert_eq!(report.sources[0].lines.total, 0);
    report
}

/// That is told of the archive itself, and said so.
#[track_caller]
fn told_of_archive(report: &Report, kind: &str, says: &[&str]) {
    let told = |problem: &&Problem| problem.source == report.sources[0].name;
    let problem = report.problems.iter().find(told).unwrap();
    assert_eq!(problem.kind, kind, "{}", problem.message);
    for part in says {
        assert!(problem.message.contains(part), "{part:?} in: {}", problem.message);
    }
}

// ---------------------------------------------------------------------------------------------
// Text

#[test]
fn a_line_of_a_megabyte_is_read_and_a_longer_one_is_told_and_passed_over() {
    let list = |bytes: usize| {
        let name = "x".repeat(bytes - ",1.0".len());
        format!("Name,Version\n{ROW}{name},1.0\nFirefox,128\n")
    };
    let report = scan(list(LINE_BYTES));
    no_problem(&report);
    assert_eq!(lines(source(&report)), (3, 1, 0));

    let report = scan(list(LINE_BYTES + 1));
    problem(
        &report,
        3,
        "line-too-long",
        &["is 1048577 bytes long", "longest line that is read is 1048576", "without line breaks?"],
    );
    assert_eq!(lines(source(&report)), (2, 1, 1));
    assert_eq!((found(&report), report.totals.titles), (vec!["Kaspersky Free"], 2));
}

#[test]
fn a_list_that_begins_within_the_first_64_kb_is_found_and_one_below_is_told() {
    const TABLE: &str = "Name            Id              Version\n\
                         ---------------------------------------\n\
                         Kaspersky Free  Kaspersky.Free  21.3\n\
                         Firefox         Mozilla.Firefox 120.0\n";
    let list = |above: usize| {
        let bar = format!("  {}  64 KB / 7.00 MB\n", "█".repeat(9));
        let bars = bar.repeat(above / bar.len());
        format!("{bars}{}{TABLE}", "\n".repeat(above - bars.len()))
    };
    let report = scan(list(SAMPLE_BYTES - TABLE.len()));
    no_problem(&report);
    assert_eq!(
        (source(&report).format.as_str(), found(&report)),
        ("winget", vec!["Kaspersky Free"])
    );

    // What is above looks like a list of names, and every line is read as one.
    let report = scan(list(SAMPLE_BYTES));
    assert_eq!((source(&report).format.as_str(), found(&report).len()), ("plain-list", 1));

    // What is above looks like no list.
    let lines = format!("{}\n", "= ".repeat(31)).repeat(SAMPLE_BYTES / 62);
    let report = scan(format!("{lines}{TABLE}"));
    problem(&report, 0, "unrecognised", &["does not look like a list", "step 2"]);
    assert_eq!(source(&report).lines.total, source(&report).lines.problems);
}

#[test]
fn a_line_of_a_plain_list_has_so_many_bytes_and_a_longer_one_is_told() {
    let list = |bytes: usize| {
        let line = format!("{}{SECOND}", "Firefox ".repeat(bytes));
        format!("7-Zip\nGit\nKaspersky Free\nPerl\n{}\nPuTTY\n", &line[line.len() - bytes..])
    };
    let report = scan(list(PLAIN_ENTRY_BYTES));
    no_problem(&report);
    assert_eq!((source(&report).format.as_str(), found(&report).len()), ("plain-list", 2));
    assert_eq!(lines(source(&report)), (6, 0, 0));

    let report = scan(list(PLAIN_ENTRY_BYTES + 1));
    let says = ["the line is 4001 bytes long", "the longest line that is read is 4000 bytes"];
    problem(&report, 5, "line-too-long", &says);
    assert_eq!((found(&report), lines(source(&report))), (vec!["Kaspersky Free"], (5, 0, 1)));
}

#[test]
fn a_field_may_run_over_so_many_lines_and_beyond_that_its_mark_is_stray() {
    let list = |lines: usize| {
        let rows = "Firefox,128,short\n".repeat(300);
        let comment = vec!["of many lines"; lines].join("\n");
        format!("Name,Version,Comment\n{rows}Kaspersky Free,21.3,\"{comment}\"\n{rows}")
    };
    let most = QUOTED_LINES as u64;
    let report = scan(list(QUOTED_LINES));
    no_problem(&report);
    assert_eq!(lines(source(&report)), (600 + most, 1, 0));

    let report = scan(list(QUOTED_LINES + 1));
    let first = report.problems.first().unwrap();
    assert_eq!((first.line, first.kind.as_str()), (302, "unclosed-quote"), "{}", first.message);
    assert!(first.message.contains("the lines were read one by one"), "{}", first.message);
    assert_eq!(source(&report).lines.total, 600 + most + 2);
    assert_eq!(found(&report), ["Kaspersky Free"]);
}

#[test]
fn as_many_columns_are_read_as_a_sheet_has_and_more_are_told() {
    let list = |columns: usize| {
        let header: String = (3..=columns).map(|number| format!(",Extra {number}")).collect();
        let cells = ",x".repeat(columns - 2);
        format!("Name,Version{header}\nKaspersky Free,21.3{cells}\nFirefox,128{cells}\n")
    };
    for columns in [5_000, COLUMNS] {
        let report = scan(list(columns));
        no_problem(&report);
        assert_eq!(source(&report).columns.len(), columns);
        assert_eq!(lines(source(&report)), (2, 1, 0));
    }

    let report = scan(list(COLUMNS + 1));
    let says =
        ["has 16385 columns", "the first 16384 are read", "make it again with fewer columns"];
    problem(&report, 1, "incomplete", &says);
    assert_eq!(lines(source(&report)), (2, 1, 0));
    assert_eq!((found(&report), source(&report).records), (vec!["Kaspersky Free"], 2));
}

#[test]
fn a_row_may_name_a_hundred_programs_and_those_beyond_are_told() {
    let list = |programs: usize| {
        let header = vec!["Name,Version"; programs].join(",");
        let row: String = (1..programs).map(|number| format!("Program {number},1.0,")).collect();
        format!("Host,{header}\nPC-1,{row}Kaspersky Free,21.3\nPC-2,{row}Firefox,128\n")
    };
    let report = scan(list(ROW_PROGRAMS));
    no_problem(&report);
    assert_eq!(source(&report).records, 2 * ROW_PROGRAMS as u64);
    assert_eq!((found(&report), lines(source(&report))), (vec!["Kaspersky Free"], (2, 1, 0)));

    let report = scan(list(ROW_PROGRAMS + 1));
    problem(&report, 1, "incomplete", &["has 203 columns", "the first 201 are read"]);
    assert_eq!(source(&report).records, 2 * ROW_PROGRAMS as u64);
    assert_eq!((found(&report), lines(source(&report))), (vec![], (2, 1, 0)));
}

/// Else all programs would be told to be on one computer.
#[test]
fn the_computer_is_read_wherever_its_column_is() {
    let behind = |header: String, row: &str| {
        let rows = format!("Kaspersky Free,21.3{row},PC-1\nKaspersky Free,21.3{row},PC-2\n");
        let report = scan(format!("{header},Host\n{rows}"));
        assert_eq!(
            (report.hosts.as_slice(), found(&report).len()),
            (&["PC-1", "PC-2"].map(str::to_owned)[..], 1)
        );
        report
    };
    let columns = |count: usize| {
        let header: String = (3..=count).map(|number| format!(",Extra {number}")).collect();
        behind(format!("Name,Version{header}"), &",x".repeat(count - 2))
    };
    no_problem(&columns(COLUMNS - 1));
    let says = ["has 16386 columns", "the first 16384 and the one that names computers are read"];
    problem(&columns(COLUMNS + 1), 1, "incomplete", &says);

    let programs = |count: usize| {
        behind(vec!["Name,Version"; count].join(","), &",Firefox,128".repeat(count - 1))
    };
    no_problem(&programs(ROW_PROGRAMS));
    let says = ["has 203 columns", "the first 200 and the one that names computers are read"];
    problem(&programs(ROW_PROGRAMS + 1), 1, "incomplete", &says);
}

/// A header of nothing but names is the costliest: each could begin a program of its own.
#[test]
fn a_header_as_long_as_a_line_is_read_in_no_time() {
    let columns = LINE_BYTES / "Name,".len();
    let header = vec!["Name"; columns].join(",");
    let report = scan(format!("{header}\nKaspersky Free{}\n", ",x".repeat(columns - 1)));
    problem(&report, 1, "incomplete", &["has 209715 columns", "the first 100 are read"]);
    assert_eq!((found(&report), lines(source(&report))), (vec!["Kaspersky Free"], (1, 1, 0)));
}

// ---------------------------------------------------------------------------------------------
// JSON and XML

const SECOND: &str = "Kaspersky Password Manager";

#[test]
fn a_record_has_so_many_fields_and_more_are_told() {
    // The last field is the version; beyond that, the program is found without it.
    let json = |fields: usize| {
        let others: String = (3..=fields).map(|number| format!("\"x{number}\":1,")).collect();
        format!(
            "[{{\"name\":\"Kaspersky Free\",{others}\"version\":\"21.3\"}},\n{{\"name\":\"{SECOND}\",\"version\":\"9\"}}]\n"
        )
    };
    let xml = |fields: usize| {
        let others: String =
            (3..=fields).map(|number| format!("<x{number}>1</x{number}>")).collect();
        let second = format!("<app><name>{SECOND}</name><version>9</version></app>");
        format!(
            "<software><app><name>Kaspersky Free</name>{others}<version>21.3</version></app>\n{second}</software>\n"
        )
    };
    let says = ["one record has more than 256 fields", "were not read", "with fewer fields"];
    for list in [&json as &dyn Fn(usize) -> String, &xml] {
        let version_of = |report: &Report| {
            let first = report.findings.iter().find(|it| it.name == "Kaspersky Free").unwrap();
            first.version.clone()
        };
        let report = scan(list(RECORD_FIELDS));
        no_problem(&report);
        assert_eq!((version_of(&report), found(&report).len()), ("21.3".to_owned(), 2));

        let report = scan(list(RECORD_FIELDS + 1));
        problem(&report, 1, "incomplete", &says);
        assert_eq!((version_of(&report), found(&report).len()), (String::new(), 2));
        assert_eq!(lines(source(&report)).2, 0);
    }
    // What says nothing is no field.
    let empty = "\"x\":null,\"y\":\"\",\"z\":{},".repeat(RECORD_FIELDS);
    no_problem(&scan(json(RECORD_FIELDS).replace("}", &format!(",{empty}\"last\":null}}"))));
    no_problem(&scan(xml(RECORD_FIELDS).replace("</app>", "<x/></app>")));
    // The name itself may be beyond, and what is around programs may have as many as it likes.
    let others: String = (0..RECORD_FIELDS).map(|number| format!("\"x{number}\":\"1\",")).collect();
    let nameless = format!("{{{others}\"name\":\"Kaspersky Free\",\"version\":\"21.3\"}}");
    let named = format!("{{\"name\":\"{SECOND}\",\"version\":\"9\"}}");
    let report = scan(format!("{{\"software\":[{nameless},\n{named}]}}\n"));
    problem(&report, 1, "incomplete", &says);
    assert_eq!(found(&report), [SECOND]);
    no_problem(&scan(format!("{{{others}\"software\":[\n{named}]}}\n")));
    let map: String = (0..RECORD_FIELDS).map(|number| format!("\"P{number}\":\"1.0\",")).collect();
    let report = scan(format!("{{\"packages\":{{{map}\"Kaspersky Free\":\"21.3\"}}}}\n"));
    no_problem(&report);
    assert_eq!(found(&report), ["Kaspersky Free"]);

    let others: String =
        (0..RECORD_FIELDS).map(|number| format!("<x{number}>1</x{number}>")).collect();
    let named = format!("<app><name>{SECOND}</name><version>9</version></app>");
    let nameless = format!("<app>{others}<name>Kaspersky Free</name><version>21.3</version></app>");
    let report = scan(format!("<computer><software>{nameless}\n{named}</software></computer>\n"));
    problem(&report, 1, "incomplete", &says);
    assert_eq!(found(&report), [SECOND]);
    no_problem(&scan(format!("<computer>{others}<software>\n{named}</software></computer>\n")));
}

#[test]
fn json_may_be_nested_a_hundred_deep_and_what_is_deeper_is_told() {
    let list = |deep: usize| {
        let (open, close) = ("{\"a\":".repeat(deep - 1), "}".repeat(deep - 1));
        format!("{open}{{\"name\":\"Kaspersky Free\"}}{close}\n{{\"name\":\"{SECOND}\"}}\n")
    };
    let report = scan(list(JSON_DEPTH));
    no_problem(&report);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 0, 0)));

    for deep in [JSON_DEPTH + 1, 1_000] {
        let report = scan(list(deep));
        let says =
            ["nested more than 100 deep here", "may be missing", "writes each program on its own"];
        problem(&report, 1, "incomplete", &says);
        assert!(found(&report).contains(&SECOND));
        assert_eq!(source(&report).lines.total, 2);
    }
}

#[test]
fn a_record_of_json_of_16_mb_is_read_and_a_longer_one_is_told() {
    let list = |bytes: usize| {
        let start = "{\"name\":\"Kaspersky Free\",\"version\":\"21.3\",\"comment\":\"";
        let record = format!("{start}{}\"}}", "x".repeat(bytes - start.len() - 2));
        format!("[\n{record},\n{{\"name\":\"{SECOND}\",\"version\":\"9\"}}\n]\n")
    };
    let report = scan(list(JSON_RECORD_BYTES));
    no_problem(&report);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 2, 0)));

    let report = scan(list(JSON_RECORD_BYTES + 1));
    let says = ["an object of JSON has more than 16777216 bytes", "writes each program on its own"];
    problem(&report, 2, "incomplete", &says);
    assert_eq!((found(&report), source(&report).lines.records), (vec![SECOND], 1));
}

#[test]
fn a_text_of_json_of_more_than_16_mb_is_told_and_passed_over() {
    let long = "x".repeat(JSON_RECORD_BYTES);
    let report = scan(format!("[\n\"Kaspersky Free\",\n\"{long}\",\n\"{SECOND}\"\n]\n"));
    let told = problem(&report, 3, "incomplete", &["a text of JSON has more than 16777216 bytes"]);
    assert!(told.text.starts_with("\"xxx"), "{}", told.text);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 2, 1)));
}

/// A fleet of one object is longer than any record and has nothing missing.
#[test]
fn a_list_longer_than_a_record_is_read_piece_by_piece_and_nothing_is_told() {
    let comment = "x".repeat(64 * 1024);
    let programs: Vec<String> = (0..300)
        .map(|number| format!("{{\"name\":\"Program {number}\",\"comment\":\"{comment}\"}}"))
        .collect();
    let json = format!("{{\"hostname\":\"PC-1\",\"software\":[\n{}\n]}}\n", programs.join(",\n"));
    assert!(json.len() > JSON_RECORD_BYTES);
    let report = scan(json);
    no_problem(&report);
    assert_eq!((source(&report).records, report.totals.hosts), (300, 1));

    let apps: String = (0..300)
        .map(|number| format!("<app><name>Program {number}</name><version>1</version><comment>{comment}</comment></app>\n"))
        .collect();
    let report = scan(format!("<?xml version=\"1.0\"?>\n<all><apps>\n{apps}</apps></all>\n"));
    no_problem(&report);
    assert_eq!(source(&report).records, 300);
}

#[test]
fn xml_may_be_nested_a_hundred_deep_and_what_is_deeper_is_told() {
    let list = |deep: usize| {
        let (open, close) = ("<r>".repeat(deep - 2), "</r>".repeat(deep - 2));
        format!(
            "<?xml version=\"1.0\"?>\n{open}<app><name>Kaspersky Free</name><version>1</version></app>{close}\n\
             <apps>\n<app><name>{SECOND}</name><version>9</version></app>\n</apps>\n"
        )
    };
    let report = scan(list(XML_DEPTH));
    no_problem(&report);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 3, 0)));

    for deep in [XML_DEPTH + 1, 100_000] {
        let report = scan(list(deep));
        problem(&report, 2, "incomplete", &["elements of XML are nested more than 100 deep here"]);
        assert_eq!((found(&report), lines(source(&report))), (vec![SECOND], (1, 3, 1)));
    }
}

/// A list of two, the first with this behind its name.
fn apps(more: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<apps>\n<app><name>Kaspersky Free</name><version>1</version>{more}</app>\n\
         <app><name>{SECOND}</name><version>9</version></app>\n</apps>\n"
    )
}

#[test]
fn an_element_of_xml_of_16_mb_is_read_and_a_longer_one_is_told() {
    let around = "<app><name>Kaspersky Free</name><version>1</version><note></note></app>".len();
    let list = |bytes: usize| apps(&format!("<note>{}</note>", "x".repeat(bytes - around)));
    let report = scan(list(XML_RECORD_BYTES));
    no_problem(&report);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 3, 0)));

    let report = scan(list(XML_RECORD_BYTES + 1));
    let says = ["an element of XML has more than 16777216 bytes", "no program could be read of it"];
    problem(&report, 3, "incomplete", &says);
    assert_eq!((found(&report), source(&report).lines.records), (vec![SECOND], 1));

    // The note alone is too long.
    let report = scan(list(XML_RECORD_BYTES + around + 1));
    let says = ["an element of XML has more than 16777216 bytes and was passed over"];
    problem(&report, 3, "incomplete", &says);
    assert_eq!((found(&report), source(&report).lines.records), (vec![SECOND], 1));
}

#[test]
fn so_many_elements_of_xml_are_held_for_a_record_and_beyond_that_it_is_told() {
    // The record, its name and version, and the texts of both.
    let list = |elements: usize| apps(&"<a/>".repeat(elements - 5));
    let report = scan(list(XML_ELEMENTS));
    no_problem(&report);
    assert_eq!((found(&report).len(), lines(source(&report))), (2, (2, 3, 0)));

    let report = scan(list(XML_ELEMENTS + 1));
    let says = ["or more than 400000 elements", "no program could be read of it"];
    problem(&report, 3, "incomplete", &says);
    assert_eq!((found(&report), source(&report).lines.records), (vec![SECOND], 1));
}

// ---------------------------------------------------------------------------------------------
// What of a source is told

/// A list with so many rows that are too short, and a program at its end.
fn short_rows(rows: usize) -> String {
    format!("Name,Version,Publisher\n{}{ROW_OF_THREE}", "Firefox,128\n".repeat(rows))
}

const ROW_OF_THREE: &str = "Kaspersky Free,21.3,AO Kaspersky Lab\n";

#[test]
fn two_hundred_problems_of_a_source_are_listed_and_the_rest_is_counted() {
    for (rows, listed) in
        [(PROBLEMS_LISTED, PROBLEMS_LISTED), (PROBLEMS_LISTED + 1, PROBLEMS_LISTED)]
    {
        let report = scan(short_rows(rows));
        assert_eq!(report.problems.len(), listed);
        assert_eq!((report.totals.problems, source(&report).problems), (rows as u64, rows as u64));
        assert_eq!(
            (found(&report), source(&report).records),
            (vec!["Kaspersky Free"], rows as u64 + 1)
        );
        let told =
            report.problems.iter().all(|problem| problem.message.contains("expected 3 fields"));
        assert!(told);
    }
}

#[test]
fn what_may_hide_a_program_is_listed_however_many_others_stand_before_it() {
    let long = "x".repeat(LINE_BYTES + 1);
    let rows = "Firefox,128\n".repeat(PROBLEMS_LISTED + 50);
    let report = scan(format!("Name,Version,Publisher\n{rows}{long}\n"));
    assert_eq!(report.problems.len(), PROBLEMS_LISTED + 1);
    assert_eq!(report.problems.last().unwrap().kind, "line-too-long");
    assert_eq!(
        answer(&report).to_string(),
        "Nothing covered was found among what could be read (1 program on 1 computer), but one thing \
         could not be read in full."
    );
}

#[test]
fn of_all_sources_so_many_problems_are_listed_and_the_first_of_each_beyond() {
    let list = short_rows(PROBLEMS_LISTED);
    let full = PROBLEMS_LISTED_IN_ALL / PROBLEMS_LISTED;
    for (sources, listed) in
        [(full, PROBLEMS_LISTED_IN_ALL), (full + 2, PROBLEMS_LISTED_IN_ALL + 2)]
    {
        let report = scan_all((0..sources).map(|_| ("list.csv", list.as_bytes())));
        assert_eq!(report.problems.len(), listed);
        assert_eq!(report.totals.problems, (sources * PROBLEMS_LISTED) as u64);
        assert_eq!(report.problems.last().unwrap().source, report.sources.last().unwrap().name);
    }
}

#[test]
fn a_problem_and_a_place_quote_so_many_characters_of_the_input() {
    let list = |chars: usize| {
        let name = "ж".repeat(chars - ",1".chars().count());
        format!(
            "Name,Version,Publisher\n{name},1\nKaspersky Free,21.3,{}\n",
            "ж".repeat(chars - 20)
        )
    };
    let report = scan(list(QUOTE_CHARS));
    assert_eq!(report.problems[0].text.chars().count(), QUOTE_CHARS);
    assert!(report.problems[0].text.ends_with(",1"));
    assert_eq!(report.findings[0].places[0].text.chars().count(), QUOTE_CHARS);
    assert!(report.findings[0].places[0].text.ends_with('ж'));

    let report = scan(list(QUOTE_CHARS + 1));
    for text in [&report.problems[0].text, &report.findings[0].places[0].text] {
        assert_eq!(text.chars().count(), QUOTE_CHARS + 1);
        assert!(text.ends_with('…'), "{text}");
    }
    // What is checked and shown as the name is all of it.
    assert_eq!(report.findings[0].publisher.chars().count(), QUOTE_CHARS + 1 - 20);
}

#[test]
fn the_first_records_rows_and_characters_of_cells_are_shown() {
    let list = |rows: usize, chars: usize| {
        let rows: String =
            (1..=rows).map(|row| format!("{}{row},1\n", "x".repeat(chars - 1))).collect();
        format!("Name,Version\n{rows}")
    };
    for rows in [FIRST_RECORDS, FIRST_RECORDS + 1] {
        let report = scan(list(rows, 8));
        assert_eq!(source(&report).first_records.len(), FIRST_RECORDS);
        assert_eq!(source(&report).records, rows as u64);
    }
    for rows in [FIRST_ROWS, FIRST_ROWS + 1] {
        let report = scan(list(rows, CELL_CHARS));
        let values = &source(&report).columns[0].values;
        assert_eq!(values.len(), FIRST_ROWS);
        assert!(values[0].ends_with("x1"));
    }
    let report = scan(list(1, CELL_CHARS + 1));
    let shown = &source(&report).columns[0].values[0];
    assert_eq!((shown.chars().count(), shown.ends_with('…')), (CELL_CHARS + 1, true));
}

#[test]
fn a_heading_is_told_cut_and_known_again_by_what_is_told() {
    let list =
        |chars: usize| format!("Name,Version,{}\nFirefox,128,Kaspersky Free\n", "x".repeat(chars));
    for (chars, told) in [(CELL_CHARS, CELL_CHARS), (CELL_CHARS + 1, CELL_CHARS + 1)] {
        let report = scan(list(chars));
        assert_eq!(found(&report), Vec::<&str>::new());
        let headings: Vec<String> =
            source(&report).columns.iter().map(|column| column.header.clone()).collect();
        assert_eq!(headings[2].chars().count(), told);
        assert_eq!(headings[2].ends_with('…'), chars > CELL_CHARS);

        let choice =
            TableChoice { header: headings, columns: vec![None, None, Some(ColumnField::Name)] };
        let settings = Settings { tables: vec![choice], ..settings() };
        let report = RULES.with(|rules| {
            let mut scan = Scan::new(rules, settings).unwrap();
            scan.begin_source("input");
            scan.push(list(chars).as_bytes());
            scan.finish()
        });
        assert_eq!(found(&report), ["Kaspersky Free"]);
    }
}

#[test]
fn the_columns_of_all_sources_are_listed_up_to_so_many() {
    let list = |columns: usize| {
        let header = ",Extra".repeat(columns - 2);
        format!("Name,Version{header}\nKaspersky Free,21.3{}\n", ",x".repeat(columns - 2))
    };
    let full = COLUMNS_LISTED_IN_ALL / COLUMNS;
    let mut columns = vec![COLUMNS; full];
    columns.extend([COLUMNS_LISTED_IN_ALL - full * COLUMNS, 2]);
    let lists: Vec<String> = columns.iter().map(|columns| list(*columns)).collect();
    let mut sources: Vec<(&str, &[u8])> =
        lists.iter().map(|list| ("list.csv", list.as_bytes())).collect();
    // A sheet is as good as a file.
    let book = workbook(&[row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"])]).finish();
    sources.push(("book.xlsx", &book));
    let report = scan_all(sources);
    no_problem(&report);
    let (unlisted, listed) = report.sources.split_last_chunk::<2>().map(|(a, b)| (b, a)).unwrap();
    assert!(listed.iter().zip(&columns).all(|(source, columns)| source.columns.len() == *columns));
    for source in unlisted {
        assert_eq!((source.columns.len(), source.records), (0, 1));
        let says = "its columns are not listed, since all files together have more than 100000";
        assert!(source.format_reason.contains(says), "{}", source.format_reason);
    }
    assert!(listed.iter().all(|source| !source.format_reason.contains("not listed")));
    assert_eq!(report.findings[0].host_count, report.sources.len() as u64);
}

#[test]
fn so_many_near_misses_and_places_of_one_are_listed() {
    let list = |titles: usize| {
        let rows: String =
            (1..=titles).map(|number| format!("PC-1,Kaspersy Tool,{number}\n")).collect();
        format!("Host,Name,Version\n{rows}PC-1,Kaspersky Free,21.3\n")
    };
    for (titles, listed) in [(NEAR_MISSES, NEAR_MISSES), (NEAR_MISSES + 1, NEAR_MISSES)] {
        let report = scan(list(titles));
        assert_eq!((report.near_misses.len(), found(&report)), (listed, vec!["Kaspersky Free"]));
        assert_eq!(report.totals.near_misses, titles as u64);
    }
    for (hosts, listed) in
        [(NEAR_MISS_PLACES, NEAR_MISS_PLACES), (NEAR_MISS_PLACES + 1, NEAR_MISS_PLACES)]
    {
        let rows: String =
            (1..=hosts).map(|number| format!("PC-{number},Kaspersy Tool,1\n")).collect();
        let report = scan(format!("Host,Name,Version\n{rows}"));
        assert_eq!(report.near_misses[0].places.len(), listed);
        assert_eq!(report.near_misses[0].host_count, hosts as u64);
    }
}

// ---------------------------------------------------------------------------------------------
// Archives

#[test]
fn ten_thousand_files_come_out_of_one_file_and_more_are_told() {
    let zip = |locked: usize| {
        let mut zip = Zip::default().stored("list.csv", LIST.as_bytes());
        for _ in 0..locked {
            // All of one name: each is told apart from those before it.
            zip = zip.locked("list.csv");
        }
        zip.stored("list.csv", SECOND_LIST.as_bytes()).finish()
    };
    let report = scan_of_archive(&zip(ARCHIVE_MEMBERS - 2));
    assert_eq!((report.sources.len(), found(&report).len()), (ARCHIVE_MEMBERS + 1, 2));
    assert_eq!(report.sources.last().unwrap().name, "input › list.csv (10000)");
    assert!(report.problems.iter().all(|problem| problem.kind == "not-opened"));

    let report = scan_of_archive(&zip(ARCHIVE_MEMBERS - 1));
    assert_eq!(
        (report.sources.len(), found(&report)),
        (ARCHIVE_MEMBERS + 1, vec!["Kaspersky Free"])
    );
    let says = ["more than 10000 files", "the rest was not read", "split the archive"];
    told_of_archive(&report, "incomplete", &says);
}

#[test]
fn the_files_of_archives_inside_one_another_count_together() {
    let inner = |list: &str| {
        let mut zip = Zip::default().stored("list.csv", list.as_bytes());
        for _ in 0..6_000 {
            zip = zip.locked("x.csv");
        }
        zip.finish()
    };
    let (one, two) = (inner(LIST), inner(SECOND_LIST));
    let report =
        scan_of_archive(&Zip::default().stored("1.zip", &one).stored("2.zip", &two).finish());
    // The outer archive, and what came out of it.
    assert_eq!((report.sources.len(), found(&report).len()), (ARCHIVE_MEMBERS + 1, 2));
    let told = report.problems.iter().find(|problem| problem.kind == "incomplete").unwrap();
    assert_eq!(told.source, "input › 2.zip");
    assert!(told.message.contains("more than 10000 files"), "{}", told.message);
}

/// A tar archive with one file in it.
fn tar(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    header[148..156].fill(b' ');
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let padding = vec![0; content.len().next_multiple_of(512) - content.len() + 1024];
    [header, content.to_vec(), padding].concat()
}

/// It is not empty: there was no room for what is in it.
#[test]
fn an_archive_of_which_no_file_could_be_read_is_told_to_be_that() {
    let inner = Zip::default().stored("list.csv", LIST.as_bytes()).finish();
    for (name, inner) in [("last.zip", inner), ("last.tar", tar("list.csv", LIST.as_bytes()))] {
        let mut zip = Zip::default();
        for _ in 1..ARCHIVE_MEMBERS {
            zip = zip.locked("x.csv");
        }
        let report = scan_of_archive(&zip.stored(name, &inner).finish());
        let last = report.sources.last().unwrap();
        assert_eq!(last.name, format!("input › {name}"));
        let of_it = report.problems.iter().filter(|problem| problem.source == last.name);
        let kinds: Vec<&str> = of_it.map(|problem| problem.kind.as_str()).collect();
        assert_eq!((kinds, last.problems), (vec!["incomplete"], 1), "{name}");
        // And one that is opened is read.
        let report = scan_of_archive(&Zip::default().stored(name, &inner).finish());
        no_problem(&report);
        assert_eq!(found(&report), ["Kaspersky Free"]);
    }
}

/// Each is a source, as a file is.
#[test]
fn the_sheets_of_workbooks_in_an_archive_count_as_its_files() {
    let list = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
    let book = workbook(&vec![list; WORKBOOK_SHEETS]).finish();
    let books = ARCHIVE_MEMBERS / WORKBOOK_SHEETS;
    let zip =
        |zip: Zip| (0..books).fold(zip, |zip, n| zip.stored(&format!("{n}.xlsx"), &book)).finish();
    let report = scan_of_archive(&zip(Zip::default()));
    no_problem(&report);
    assert_eq!(report.sources.len(), ARCHIVE_MEMBERS + 1);

    // The last sheet of the last one is too much.
    let report = scan_of_archive(&zip(Zip::default().stored("list.csv", LIST.as_bytes())));
    assert_eq!(report.sources.len(), ARCHIVE_MEMBERS + 1);
    let says = ["more than 10000 files", "the rest was not read", "split the archive"];
    let told = problem(&report, 0, "incomplete", &says);
    assert_eq!(told.source, format!("input › {}.xlsx › S1", books - 1));
}

#[test]
fn the_directory_of_an_archive_has_so_many_entries_and_more_are_told() {
    let zip = |folders: usize| {
        let mut zip = Zip::default().stored("list.csv", LIST.as_bytes());
        for _ in 0..folders {
            zip = zip.stored("f/", b"");
        }
        zip.stored("second.csv", SECOND_LIST.as_bytes()).finish()
    };
    let report = scan_of_archive(&zip(ARCHIVE_ENTRIES - 2));
    no_problem(&report);
    assert_eq!(found(&report).len(), 2);

    let report = scan_of_archive(&zip(ARCHIVE_ENTRIES - 1));
    told_of_archive(&report, "incomplete", &["has more than 100000 entries", "split the archive"]);
    assert_eq!((report.problems.len(), found(&report)), (1, vec!["Kaspersky Free"]));
}

#[test]
fn an_archive_in_an_archive_is_opened_and_one_in_that_is_told() {
    let wrap = |content: &[u8]| {
        Zip::default().stored("list.csv", LIST.as_bytes()).stored("more.zip", content).finish()
    };
    let mut zip = Zip::default().stored("second.csv", SECOND_LIST.as_bytes()).finish();
    for _ in 1..ARCHIVE_LEVELS {
        zip = wrap(&zip);
    }
    let report = scan_of_archive(&zip);
    no_problem(&report);
    assert_eq!(found(&report).len(), 2);

    let report = scan_of_archive(&wrap(&zip));
    let told = report.problems.iter().find(|problem| problem.kind == "not-opened").unwrap();
    assert!(told.message.contains("an archive in an archive in an archive"), "{}", told.message);
    assert!(told.message.contains("unpack the outer ones"), "{}", told.message);
    assert_eq!(found(&report), ["Kaspersky Free"]);
}

#[test]
fn a_name_in_an_archive_is_kept_up_to_so_many_characters() {
    let name_of = |chars: usize| {
        let name = format!("{}.csv", "я".repeat(chars - 4));
        let report = scan_of_archive(&Zip::default().stored(&name, LIST.as_bytes()).finish());
        no_problem(&report);
        assert_eq!(found(&report), ["Kaspersky Free"]);
        report.sources[1].name.strip_prefix("input › ").unwrap().to_owned()
    };
    let whole = name_of(MEMBER_NAME_CHARS);
    assert_eq!((whole.chars().count(), whole.ends_with(".csv")), (MEMBER_NAME_CHARS, true));
    let cut = name_of(MEMBER_NAME_CHARS + 1);
    assert_eq!((cut.chars().count(), cut.ends_with(".cs…")), (MEMBER_NAME_CHARS + 1, true));
}

#[test]
fn names_of_files_and_sheets_are_kept_up_to_so_many_characters() {
    let list = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
    for (chars, kept) in
        [(MEMBER_NAME_CHARS, MEMBER_NAME_CHARS), (MEMBER_NAME_CHARS + 1, MEMBER_NAME_CHARS + 1)]
    {
        let is_cut = chars > MEMBER_NAME_CHARS;
        let long = "é".repeat(chars);
        let report = scan_all([(long.as_str(), LIST.as_bytes())]);
        let name = &source(&report).name;
        assert_eq!((name.chars().count(), name.ends_with('…')), (kept, is_cut));
        assert_eq!(report.findings[0].places[0].source, *name);

        let rows = repeated_row(&["Name", "Version"], 1, 1)
            + &repeated_row(&["Kaspersky Free", "21.3"], 1, 1);
        let table = |name: &str| format!("<table name=\"{name}\">{rows}</table>");
        let names = [long.as_str(), "B"];
        let book = workbook_of(names.into_iter().zip([list.clone(), list.clone()]));
        for bytes in [spreadsheet(&names.map(table).concat()), book.finish()] {
            let report = scan(bytes);
            no_problem(&report);
            let name = report.sources[0].name.strip_prefix("input › ").unwrap();
            assert_eq!((name.chars().count(), name.ends_with('…')), (kept, is_cut));
            assert_eq!(report.sources[1].name, "input › B");
        }
    }
}

/// It stands at every place of every finding, and in every file that is written.
#[test]
fn the_name_of_a_computer_is_kept_up_to_so_many_characters() {
    let on = |host: &str, other: &str| {
        let rows = format!("{host},Kaspersky Free,21.3\n{other},Kaspersky Free,21.3\n");
        let report = scan(format!("Host,Name,Version\n{rows}{rows}"));
        no_problem(&report);
        assert_eq!(report.findings[0].hosts, report.hosts);
        assert_eq!(report.findings[0].places[0].host, report.hosts[0]);
        report.hosts
    };
    let whole = "é".repeat(HOST_CHARS);
    assert_eq!(on(&whole, "PC-2"), [whole.as_str(), "PC-2"]);
    let cut = format!("{whole}…");
    assert_eq!(on(&format!("{whole}x"), &format!("{whole}y")), [cut.as_str()]);
    assert_eq!(on(&format!("{whole}x"), &"z".repeat(LINE_BYTES - 100)).len(), 2);

    // In every other form of a list, and as the reader says it.
    let long = format!("{whole}xyz");
    let json =
        format!("[{{\"host\":\"{long}\",\"name\":\"Kaspersky Free\",\"version\":\"21.3\"}}]");
    let options = SourceOptions { host: Some(long), ..SourceOptions::default() };
    for (list, options) in [(json.as_str(), SourceOptions::default()), (LIST, options)] {
        let report = RULES.with(|rules| {
            let mut scan = Scan::new(rules, settings()).unwrap();
            scan.begin_source_with("input", &options).unwrap();
            scan.push(list.as_bytes());
            scan.finish()
        });
        assert_eq!(report.hosts, [cut.as_str()]);
    }
}

/// A list that begins well and ends in nothing but blank lines.
fn padded(bytes: usize) -> Vec<u8> {
    let line = format!("{}\n", " ".repeat(9_999));
    let mut list = format!("Name,Version\n{ROW}").into_bytes();
    while list.len() + line.len() <= bytes {
        list.extend(line.as_bytes());
    }
    list.resize(bytes, b' ');
    list
}

#[test]
fn sixteen_megabytes_are_unpacked_whatever_they_were_packed_to_and_more_only_if_it_is_likely() {
    let freely = usize::try_from(UNPACKED_FREELY).unwrap();
    let report = scan(gzip(&padded(freely)));
    no_problem(&report);
    assert_eq!(found(&report), ["Kaspersky Free"]);

    let report = scan(gzip(&padded(freely + 1)));
    let says = ["more than 200 times its size", "the rest was not unpacked", "unpack it yourself"];
    problem(&report, 0, "incomplete", &says);
    assert_eq!((found(&report), source(&report).records), (vec!["Kaspersky Free"], 1));

    // In an archive, the sizes are stated: what is too much is not begun, and all else is read.
    let zip = |bytes: usize| {
        Zip::default()
            .stored("list.csv", LIST.as_bytes())
            .deflated("padded.csv", &padded(bytes))
            .stored("second.csv", SECOND_LIST.as_bytes())
            .finish()
    };
    let report = scan_of_archive(&zip(freely - LIST.len() - SECOND_LIST.len()));
    no_problem(&report);
    assert_eq!(found(&report).len(), 2);
    let report = scan_of_archive(&zip(freely + 1));
    problem(&report, 0, "not-opened", &["more than 200 times its size", "unpack it yourself"]);
    assert_eq!(found(&report).len(), 2);
}

/// Each is measured by its own size, not by all that came out before it.
#[test]
fn many_packed_lists_in_one_archive_are_all_unpacked() {
    let list = |first: usize| {
        let rows = (first..first + 9_000).map(|row| format!("Firefox,128,{row:900}\n"));
        gzip(format!("Name,Version,Comment\n{ROW}{}", rows.collect::<String>()).as_bytes())
    };
    let mut zip = Zip::default();
    for number in 0..3 {
        let list = list(number * 9_000);
        assert!(list.len() > 8 * 1024 && list.len() * 200 > 9_000 * 900, "{}", list.len());
        zip = zip.stored(&format!("pc-{number}.csv.gz"), &list);
    }
    let report = scan_of_archive(&zip.finish());
    let unexpected = report.problems.iter().find(|problem| problem.kind != "field-count");
    assert!(unexpected.is_none(), "{unexpected:#?}");
    assert_eq!(report.totals.records, 3 * 9_001);
}

// ---------------------------------------------------------------------------------------------
// Workbooks

#[test]
fn a_thousand_sheets_of_a_workbook_are_looked_at_and_more_are_told() {
    let book = |sheets: usize| {
        let mut rows = vec![String::new(); sheets];
        rows[0] = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
        rows[sheets - 1] = row(&["Name", "Version"]) + &row(&[SECOND, "9"]);
        workbook(&rows).finish()
    };
    let report = scan(book(WORKBOOK_SHEETS));
    no_problem(&report);
    assert_eq!((report.sources.len(), found(&report).len()), (2, 2));

    let report = scan(book(WORKBOOK_SHEETS + 1));
    let says = ["more than 1000 sheets", "the rest was not read", "split the workbook"];
    problem(&report, 0, "incomplete", &says);
    assert_eq!((report.sources.len(), found(&report)), (1, vec!["Kaspersky Free"]));
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_its_size_is_not_opened() {
    let book = |blanks: usize| {
        let rows = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
        workbook(&[format!("{rows}{}", " ".repeat(blanks))]).finish()
    };
    let freely = usize::try_from(UNPACKED_FREELY).unwrap();
    // Blanks between marks are text that is longer than any piece of it.
    let report = scan(book(WORKBOOK_XML_BYTES));
    no_problem(&report);
    assert_eq!(found(&report), ["Kaspersky Free"]);

    let report = scan(book(freely));
    let says = ["the workbook would unpack to more than 200 times its size", "save the sheet"];
    problem(&report, 0, "not-opened", &says);
}

#[test]
fn cells_that_repeat_a_text_are_read_up_to_sixteen_megabytes_and_beyond_that_told() {
    let long = "x".repeat(32_000);
    let shared = format!("<sst><si><t>{long}</t></si></sst>");
    let book = |repeats: usize| {
        let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(repeats);
        let head = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
        workbook(&[head + &rows]).deflated("xl/sharedStrings.xml", shared.as_bytes()).finish()
    };
    let fitting = usize::try_from(UNPACKED_FREELY).unwrap() / (long.len() + 1) - 1;
    let report = scan(book(fitting));
    no_problem(&report);
    assert_eq!(source(&report).records, fitting as u64 + 1);

    let report = scan(book(fitting + 100));
    let says =
        ["more than 200 times as much text as the workbook has bytes", "save the sheet as CSV"];
    problem(&report, 0, "incomplete", &says);
    assert_eq!(found(&report), ["Kaspersky Free"]);
    assert!(source(&report).records > 400, "{}", source(&report).records);
}

/// Each number may be any of four bytes: rows and columns that no sheet has are not gone through.
#[test]
fn rows_and_cells_that_stand_for_four_billion_are_told_in_no_time() {
    let list =
        repeated_row(&["Name", "Version"], 1, 1) + &repeated_row(&["Kaspersky Free", "21"], 1, 1);
    let book = |more: String| {
        let report = scan(spreadsheet(&format!("<table name=\"S\">{list}{more}</table>")));
        assert_eq!(found(&report), ["Kaspersky Free"]);
        report
    };
    no_problem(&book(String::new()));
    no_problem(&book(repeated_row(&[], u32::MAX, 1)));
    let says = ["the workbook is damaged", "not every cell could be read"];
    for (rows, columns) in [(1, u32::MAX), (2, u32::MAX)] {
        problem(&book(repeated_row(&["x"], rows, columns)), 0, "incomplete", &says);
    }
    // No cell at all, four billion times.
    no_problem(&book(repeated_row(&["x"; 16_000], u32::MAX, 0)));
    // Behind the last row that there can be, and short enough that there is not too much text.
    let last = repeated_row(&[], (1 << 20) - 3, 1);
    let report = book(last + &repeated_row(&["x"], u32::MAX, 1));
    problem(&report, 0, "incomplete", &says);
    assert_eq!(source(&report).records, 2);
    // As many rows as there can be say too much for so small a file.
    let report = book(repeated_row(&["Firefox"], u32::MAX, u32::MAX));
    assert!(report.problems.iter().all(|problem| problem.kind == "incomplete"));
    assert!(!report.problems.is_empty());
}

/// They are all in one piece, which is read through for all of them together.
#[test]
fn a_thousand_sheets_of_a_long_spreadsheet_are_read_in_no_time() {
    let empty = "<table name=\"S\"></table>".repeat(WORKBOOK_SHEETS - 1);
    let list =
        repeated_row(&["Name", "Version"], 1, 1) + &repeated_row(&["Kaspersky Free", "21"], 1, 1);
    // Numbers pack badly enough.
    let styles: String =
        (0..300_000_u64).map(|number| format!("<style n=\"{}\"/>", number * 7919)).collect();
    let report = scan(spreadsheet(&format!("{styles}{empty}<table name=\"L\">{list}</table>")));
    no_problem(&report);
    assert_eq!(found(&report), ["Kaspersky Free"]);
    // A sheet within a sheet ends the outer one.
    let nested = format!("<table name=\"A\">{list}").repeat(3) + &"</table>".repeat(3);
    let report = scan(spreadsheet(&nested));
    assert_eq!((report.sources.len(), found(&report)), (3, vec!["Kaspersky Free"]));
    let kinds: Vec<&str> = report.problems.iter().map(|problem| problem.kind.as_str()).collect();
    assert_eq!(kinds, ["incomplete"; 2]);
}

#[test]
fn what_describes_a_workbook_has_so_many_marks_and_more_are_told() {
    let list = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
    let book = |sheets: u32, relations: u32, styles: u32| {
        let marks = |count: u32| "<x/>".repeat(usize::try_from(count).unwrap());
        let parts = [
            (
                "workbook.xml",
                format!(
                    "<workbook><sheet name=\"A\" r:id=\"r1\"/>{}<sheet name=\"B\" r:id=\"r2\"/></workbook>",
                    marks(sheets - 3)
                ),
            ),
            (
                "_rels/workbook.xml.rels",
                format!(
                    "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"1.xml\"/>{}<Relationship Id=\"r2\" Type=\"x/worksheet\" Target=\"2.xml\"/></Relationships>",
                    marks(relations - 3)
                ),
            ),
            ("styles.xml", format!("<styleSheet>{}</styleSheet>", marks(styles - 1))),
            ("1.xml", format!("<worksheet><sheetData>{list}</sheetData></worksheet>")),
            ("2.xml", format!("<worksheet><sheetData>{list}</sheetData></worksheet>")),
        ];
        let zip = parts.iter().fold(Zip::default(), |zip, (name, text)| {
            // As numbers would be packed, that is no better than lists are.
            zip.stored(&format!("xl/{name}"), text.as_bytes())
        });
        scan(zip.finish())
    };
    let most = WORKBOOK_MARKS;
    let report = book(most, most, most);
    no_problem(&report);
    assert_eq!((report.sources.len(), report.totals.records), (2, 2));
    for (report, sheets) in
        [(book(most + 1, 3, 1), 1), (book(3, most + 1, 1), 1), (book(3, 3, most + 1), 2)]
    {
        problem(&report, 0, "cut-short", &["it may have been cut short"]);
        assert_eq!((report.sources.len(), found(&report)), (sheets, vec!["Kaspersky Free"]));
    }
}

#[test]
fn a_sheet_that_is_named_twice_in_another_case_is_read_once() {
    let rows = row(&["Name", "Version"]) + &row(&["Kaspersky Free", "21.3"]);
    let related = ["worksheets/1.xml", "worksheets/1.XML"].iter().zip(1..);
    let related: String = related
        .map(|(path, n)| {
            format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"{path}\"/>")
        })
        .collect();
    let book = Zip::default()
        .deflated(
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/><sheet name=\"B\" r:id=\"r2\"/></sheets></workbook>",
        )
        .deflated(
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{related}</Relationships>").as_bytes(),
        )
        .deflated(
            "xl/worksheets/1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(),
        );
    let report = scan(book.finish());
    no_problem(&report);
    assert_eq!(source(&report).records, 1);
}

// ---------------------------------------------------------------------------------------------
// Files of one's own

#[test]
fn a_file_of_decisions_has_as_many_bytes_as_a_pack_and_more_are_told() {
    let read = |bytes: usize| {
        let text = waivers::file::EXAMPLE;
        let padded = format!("{text}#{}", " ".repeat(bytes - text.len() - 1));
        RULES.with(|rules| {
            let file = RulesFile { name: "waivers.toml", text: &padded };
            waivers::file::read(&file, rules).map_err(|errors| errors[0].message.clone())
        })
    };
    assert!(!read(PACK_BYTES).unwrap().is_empty());
    let message = read(PACK_BYTES + 1).unwrap_err();
    assert!(message.contains("1048577 bytes, and 1048576 are the most"), "{message}");
    assert!(message.contains("make several of it"), "{message}");
}

#[test]
fn an_earlier_report_has_so_many_bytes_and_a_larger_one_is_told() {
    assert_eq!(too_large(REPORT_BYTES), None);
    let message = too_large(REPORT_BYTES + 1).unwrap();
    for part in
        ["the report is 201 MB", "200 MB are the most", "make reports of parts of the fleet"]
    {
        assert!(message.contains(part), "{message}");
    }
}

/// What is read is measured itself, too: nobody has to have asked for its size.
#[test]
fn a_report_of_so_many_bytes_is_read_and_a_larger_one_refused() {
    let report = scan(LIST);
    let mut text = serde_json::to_string(&report).unwrap();
    let most = usize::try_from(REPORT_BYTES).unwrap();
    text.extend(std::iter::repeat_n(' ', most - text.len()));
    assert_eq!(read_report(&text).as_ref(), Ok(&report));
    text.push(' ');
    let refused = read_report(&text).unwrap_err();
    assert!(refused.starts_with("the report is 201 MB, and 200 MB are the most"), "{refused}");
}

#[test]
fn brackets_without_end_in_a_file_of_ones_own_are_a_mistake_and_no_more() {
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[", ""), ("[[", "")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for text in [format!("off = {deep}\n"), deep] {
            let file = RulesFile { name: "own.toml", text: &text };
            let errors = Rules::load_with_packs(bundled::files(), &[file], &[]).err().unwrap();
            assert!(errors[0].line <= 1 && !errors[0].message.is_empty(), "{errors:#?}");
            let errors = RULES.with(|rules| waivers::file::read(&file, rules)).unwrap_err();
            assert!(!errors[0].message.is_empty());
        }
    }
    let deep = format!("{{\"schema\":\"clearlist-report/1\",\"sources\":{}", "[".repeat(100_000));
    assert!(read_report(&deep).unwrap_err().contains("the report is damaged"));
}

/// There is nothing in a pattern that could take time without end.
#[test]
fn a_pattern_is_words_whatever_signs_are_in_it() {
    let pack = EXAMPLES[0]
        .text
        .replace("words = [\"Remote Desk\"]", "words = [\"(a+)+ desk\"]")
        .replace("name = \"Remote Desk 5\"", "name = \"(a+)+ Desk 5\"");
    assert_ne!(pack, EXAMPLES[0].text);
    let file = RulesFile { name: "own.toml", text: &pack };
    let rules = Rules::load_with_packs(bundled::files(), &[file], &[]).unwrap();
    let mut scan = Scan::new(&rules, settings()).unwrap();
    scan.begin_source("list.csv");
    let long = "a".repeat(LINE_BYTES - 100);
    scan.push(format!("Name,Version\n(A+)+ desk,5.1\naaa desk,5.1\n{long} desk,5.1\n").as_bytes());
    let report = scan.finish();
    assert_eq!((found(&report), report.totals.titles), (vec!["(A+)+ desk"], 3));
}

// ---------------------------------------------------------------------------------------------
// What there may be any number of

/// A list of rows of a computer, a program and its version.
fn fleet(rows: impl Iterator<Item = String>) -> Report {
    let report = scan(format!("Computer,Name,Version\n{}", rows.collect::<String>()));
    no_problem(&report);
    report
}

#[test]
fn there_may_be_any_number_of_titles() {
    const TITLES: usize = 100_000;
    let report = fleet((0..TITLES).map(|number| format!("PC,P{number},1\n")));
    assert_eq!((report.totals.titles, report.totals.records), (TITLES as u64, TITLES as u64));
    assert_eq!((report.totals.hosts, report.totals.findings), (1, 0));
}

#[test]
fn there_may_be_any_number_of_computers() {
    const HOSTS: usize = 200_000;
    let report = fleet((0..HOSTS).map(|number| format!("PC-{number},Firefox,128\n")));
    assert_eq!((report.totals.hosts, source(&report).hosts), (HOSTS as u64, HOSTS as u64));
    assert_eq!((report.totals.titles, report.totals.records), (1, HOSTS as u64));
}

#[test]
fn a_finding_may_be_on_any_number_of_computers() {
    const HOSTS: usize = 100_000;
    let report = fleet((0..HOSTS).map(|number| format!("PC-{number},Kaspersky Free,21.3\n")));
    assert_eq!(report.totals.findings, 1);
    let finding = &report.findings[0];
    assert_eq!((finding.hosts.len(), finding.places.len()), (HOSTS, HOSTS));
    assert_eq!((finding.host_count, finding.record_count), (HOSTS as u64, HOSTS as u64));
    assert_eq!((finding.places[HOSTS - 1].line, finding.places[0].line), (HOSTS as u64 + 1, 2));
}

#[test]
fn there_may_be_any_number_of_findings() {
    const FINDINGS: usize = 5_000;
    let report = fleet((0..FINDINGS).map(|number| format!("PC,Kaspersky Free,21.{number}\n")));
    assert_eq!((report.totals.findings, report.findings.len()), (FINDINGS as u64, FINDINGS));
}

// ---------------------------------------------------------------------------------------------
// The document

/// The number that a constant is set to: a product of whole numbers.
fn value(product: &str) -> u64 {
    product
        .split('*')
        .map(|factor| factor.trim().replace('_', "").parse::<u64>().unwrap())
        .product()
}

/// The number with a comma behind each thousand.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let group = |(at, digit): (usize, char)| {
        let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
        [comma.then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.char_indices().flat_map(group).collect()
}

/// A document that states a limit which is another one misleads whoever relies on it.
#[test]
fn the_document_states_every_limit_with_its_value() {
    let root = env!("CARGO_MANIFEST_DIR");
    let code = std::fs::read_to_string(format!("{root}/src/engine/limits.rs")).unwrap();
    let document = std::fs::read_to_string(format!("{root}/docs/limits.md")).unwrap();
    let constants = code.lines().filter_map(|line| line.strip_prefix("pub const "));
    let constants: Vec<(&str, u64)> = constants
        .map(|constant| {
            let (name, rest) = constant.split_once(':').unwrap();
            (name, value(rest.split_once('=').unwrap().1.trim_end_matches(';')))
        })
        .collect();
    assert!(constants.len() > 30, "{constants:?}");
    for (name, value) in &constants {
        let stated = format!("| `{name}` | {} |", grouped(*value));
        assert!(document.contains(&stated), "docs/limits.md does not state {stated:?}");
    }
    // And none that there is not.
    let named = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    for (name, _) in
        named.filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    {
        assert!(constants.iter().any(|(known, _)| *known == name), "there is no limit {name}");
    }
}
