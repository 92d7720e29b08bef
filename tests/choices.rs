//! What the user says of a source and its tables is done, and is done to no other.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::record::{ColumnField, TableChoice};
use clearlist::engine::report::{Report, SourceReport};
use clearlist::engine::scan::{Scan, Settings, SourceOptions};

const STRANGE: &str = "Ding;Was es ist;Stand;Wer\n\
    a1;Kaspersky Free;21.3;AO Kaspersky Lab\n\
    a2;Firefox;128;Mozilla\n\
    a3;7-Zip;23.01;Igor Pavlov\n";

fn choice(header: &[&str], columns: &[Option<ColumnField>]) -> TableChoice {
    TableChoice {
        header: header.iter().map(|&cell| cell.to_owned()).collect(),
        columns: columns.to_vec(),
    }
}

fn strange() -> TableChoice {
    let (name, version, publisher) =
        (ColumnField::Name, ColumnField::Version, ColumnField::Publisher);
    choice(
        &["Ding", "Was es ist", "Stand", "Wer"],
        &[None, Some(name), Some(version), Some(publisher)],
    )
}

fn scan(tables: &[TableChoice], sources: &[(&str, &str, SourceOptions)]) -> Report {
    let rules = bundled::rules();
    let settings =
        Settings { today: "2026-11-24".into(), tables: tables.to_vec(), ..Settings::default() };
    let mut scan = Scan::new(&rules, settings).unwrap();
    for (name, text, options) in sources {
        scan.begin_source_with(name, options).unwrap();
        scan.push(text.as_bytes());
    }
    scan.finish()
}

fn plain<'a>(name: &'a str, text: &'a str) -> (&'a str, &'a str, SourceOptions) {
    (name, text, SourceOptions::default())
}

fn names(source: &SourceReport) -> Vec<&str> {
    source.first_records.iter().map(|record| record.name.as_str()).collect()
}

fn headers(source: &SourceReport) -> Vec<&str> {
    source.columns.iter().map(|column| column.header.as_str()).collect()
}

#[test]
fn a_table_whose_header_is_not_understood_tells_its_columns() {
    let report = scan(&[], &[plain("a.csv", STRANGE)]);
    let [source] = report.sources.as_slice() else { panic!() };
    assert_eq!(source.records, 0);
    assert_eq!(headers(source), ["Ding", "Was es ist", "Stand", "Wer"]);
    assert_eq!(source.columns[1].values, ["Kaspersky Free", "Firefox", "7-Zip"]);
    assert_eq!(report.problems[0].kind, "no-name-column");
}

#[test]
fn what_is_said_of_a_header_is_true_of_every_table_with_it_and_of_no_other() {
    let other = STRANGE.replace("Ding", "Dings");
    let report = scan(
        &[strange()],
        &[plain("a.csv", STRANGE), plain("b.csv", STRANGE), plain("c.csv", &other)],
    );
    let [first, second, third] = report.sources.as_slice() else { panic!() };
    assert_eq!(names(first), ["Kaspersky Free", "Firefox", "7-Zip"]);
    assert_eq!(names(second), names(first));
    assert_eq!(names(third), [""; 0]);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].version, "21.3");
}

#[test]
fn what_the_user_says_is_believed_over_the_words_of_the_header() {
    let text = "Name,Description,Version\nPC-1,Kaspersky Free,1\nPC-2,Firefox,2\n";
    let said = [Some(ColumnField::Host), Some(ColumnField::Name), Some(ColumnField::Version)];
    let report =
        scan(&[choice(&["Name", "Description", "Version"], &said)], &[plain("a.csv", text)]);
    assert_eq!(names(&report.sources[0]), ["Kaspersky Free", "Firefox"]);
    assert_eq!(report.findings[0].hosts, ["PC-1"]);
}

#[test]
fn a_table_without_a_header_is_read_as_the_user_says() {
    let text = "1;PC-1;AO Kaspersky Lab;Kaspersky Free\n2;PC-1;Mozilla;Firefox\n\
                3;PC-2;Igor Pavlov;7-Zip\n";
    let said =
        [None, Some(ColumnField::Host), Some(ColumnField::Publisher), Some(ColumnField::Name)];
    let narrow = "1,Kaspersky,x\n2,Firefox,x\n3,Foo,y\n";
    let report = scan(&[choice(&[], &said)], &[plain("a.csv", text), plain("narrow.csv", narrow)]);
    let [source, narrow] = report.sources.as_slice() else { panic!() };
    assert_eq!(names(source), ["Kaspersky Free", "Firefox", "7-Zip"]);
    assert_eq!(headers(source), [""; 4]);
    assert_eq!(source.columns[3].values, ["Kaspersky Free", "Firefox", "7-Zip"]);
    assert_eq!(source.lines.structure, 0);
    assert_eq!(report.findings[0].hosts, ["PC-1"]);
    assert_eq!(narrow.records, 0, "it has another number of columns");
}

#[test]
fn a_choice_without_a_name_is_a_problem_and_the_columns_stay_to_be_chosen() {
    let text = "1;Kaspersky Free;x\n2;Firefox;y\n";
    let report = scan(&[choice(&[], &[None; 3])], &[plain("a.csv", text)]);
    let [source] = report.sources.as_slice() else { panic!() };
    assert_eq!(source.columns.len(), 3);
    assert_eq!(report.problems[0].kind, "no-name-column");
    assert_eq!(source.lines.problems, 2);
}

#[test]
fn a_choice_speaks_of_tables_of_powershell_too() {
    let text =
        "\nDing           Stand\n----           -----\nKaspersky Free 21.3\nFirefox        128\n";
    assert_eq!(scan(&[], &[plain("a.txt", text)]).sources[0].records, 0);
    let said = [Some(ColumnField::Name), Some(ColumnField::Version)];
    let report = scan(&[choice(&["Ding", "Stand"], &said)], &[plain("a.txt", text)]);
    assert_eq!(report.sources[0].format, "powershell-table");
    assert_eq!(names(&report.sources[0]), ["Kaspersky Free", "Firefox"]);
    assert_eq!(report.sources[0].columns[0].values, ["Kaspersky Free", "Firefox"]);
}

#[test]
fn files_that_name_no_computer_are_computers_called_by_their_names() {
    let list = "Name\nKaspersky Free\n";
    let named = SourceOptions { host: Some("reception".into()), ..SourceOptions::default() };
    let report = scan(
        &[],
        &[
            plain("pc-0815.csv", list),
            plain("pasted text", list),
            plain("my list.csv", list),
            ("x.csv", list, named),
        ],
    );
    assert_eq!(
        report.findings[0].hosts,
        [
            "pc-0815",
            "(computer not named, in pasted text)",
            "(computer not named, in my list.csv)",
            "reception"
        ]
    );
    let alone = scan(&[], &[plain("pc-0815.csv", list)]);
    assert_eq!(alone.findings[0].hosts, ["(computer not named)"]);
}

#[test]
fn a_source_that_is_left_early_tells_nothing_of_its_end() {
    let rules = bundled::rules();
    let settings = Settings { today: "2026-11-24".into(), ..Settings::default() };
    let csv = format!("Name,Version,Vendor\n{}Kaspersky Free,1,\"AO Kas", "A,1,B\n".repeat(30_000));
    let json = format!("[{}{{\"Name\":\"Fire", "{\"Name\":\"A\",\"Version\":\"1\"},".repeat(5_000));
    let mut utf_16: Vec<u8> = "\u{FEFF}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    utf_16.extend(csv.encode_utf16().flat_map(u16::to_le_bytes));
    utf_16.pop();
    for (bytes, format, encoding) in [
        (json.into_bytes(), "json", "UTF-8"),
        (csv.into_bytes(), "delimited", "UTF-8"),
        (utf_16, "delimited", "UTF-16LE"),
    ] {
        let mut scan = Scan::new(&rules, settings.clone()).unwrap();
        scan.begin_source("a");
        scan.push(&bytes);
        scan.leave_source();
        let report = scan.finish();
        assert_eq!(report.problems, [], "{format}");
        assert_eq!(report.sources[0].format, format);
        assert_eq!(report.sources[0].encoding, encoding);
        assert_eq!(report.sources[0].first_records.len(), 5);
    }
}
