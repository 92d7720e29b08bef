//! What holds for any input at all.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::report::Report;
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{PartScan, Scan, Settings, SourceOptions};
use clearlist::engine::writers::WRITERS;
use proptest::prelude::*;

thread_local! {
    static RULES: Rules = bundled::rules();
}

fn scan(bytes: &[u8], chunk: usize) -> Report {
    RULES.with(|rules| {
        let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
        let mut scan = Scan::new(rules, settings).unwrap();
        scan.begin_source("input");
        bytes.chunks(chunk.max(1)).for_each(|piece| scan.push(piece));
        scan.end_source();
        scan.finish()
    })
}

/// Text made of what inventories are made of, so that readers get past their first line.
fn inventory_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Name,Version,Publisher\n"),
        Just("Name;Version\n"),
        Just("DisplayName\tPublisher\tVersion\n"),
        Just("Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab\n"),
        Just("DisplayName     : Firefox\n"),
        Just("Name            Version\n"),
        Just("----            -------\n"),
        Just("Firefox         128.0  \n"),
        Just("名称    ID         版本\n-----------------------\n"),
        Just("ii  bash  5.2.15-2+b2  amd64  GNU shell\n"),
        Just("||/ Name           Version      Architecture Description\n"),
        Just("+++-==============-============-============-=================\n"),
        Just("bash-5.2.15-3.el9.x86_64\n"),
        Just("Applications:\n\n    Safari:\n\n      Version: 17.0\n"),
        Just("{\"name\":\"Firefox\",\"version\":\"1\"}\n"),
        Just("[{\"name\":"),
        Just("\"a \"\" quoted\nname\",1\n"),
        Just("\"never closed\n"),
        Just("#TYPE System.Object\n"),
        Just("sep=;\n"),
        Just("<?xml version=\"1.0\"?>\n"),
        Just("<REQUEST><CONTENT>\n<HARDWARE><NAME>pc"),
        Just("<SOFTWARES>\n<NAME>Kaspersky</NAME>\n</SOFTWARES>\n"),
        Just("</CONTENT>"),
        Just("<!DOCTYPE html>\n<table><tr><th>Name<th>Publisher\n<tr><td>Firefox<td>"),
        Just("<item name=\"Firefox\" vendor='Mozilla'/>\n"),
        Just("<item name=\""),
        Just("<NessusClientData_v2>\n<ReportItem pluginID=\"20811\"><plugin_output>\n"),
        Just("<!--"),
        Just("<![CDATA[\n"),
        Just("]]>"),
        Just("</"),
        Just("&#10;"),
        Just("PackageName: kesl\nSPDXID: a\nPackageComment: <text>\n"),
        Just("\n"),
        Just("\r\r\n"),
        Just("\t"),
        Just(","),
        Just("…"),
        Just("<script>alert(1)</script>"),
    ];
    let any = "\\PC{0,20}".prop_map(|text| text);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any], 0..40)
        .prop_map(|pieces| pieces.concat())
}

/// Reads the text in so many parts, as several workers do, and tells whether the parts could be
/// joined; `None` if it is not read in parts.
fn scan_in_parts(text: &str, parts: usize) -> Option<(Report, bool)> {
    RULES.with(|rules| {
        let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
        let options = SourceOptions::default();
        let bytes = text.as_bytes();
        let new_part = || PartScan::new(rules, &settings, &options, bytes);
        let mut begins = Vec::new();
        // A source is read on from where its format is known.
        let first = 70_000.min(bytes.len());
        for number in 0..parts - 1 {
            let from = first + (bytes.len() - first) * number / parts;
            begins.push(from + new_part()?.beginning_in(&bytes[from..])?);
        }
        begins.dedup();
        let mut scan = Scan::new(rules, settings.clone()).unwrap();
        scan.begin_source("input");
        scan.push(&bytes[..*begins.first()?]);
        let ends = begins.iter().skip(1).copied().chain([bytes.len()]);
        let read = begins.iter().zip(ends).map(|(&begin, end)| {
            let mut part = new_part()?;
            part.push(&bytes[begin..end]);
            Some(part.finish(end == bytes.len()))
        });
        let read: Vec<_> = read.collect::<Option<_>>()?;
        let are_joined = scan.join(read).is_ok();
        if !are_joined {
            scan.push(&bytes[*begins.first()?..]);
        }
        scan.end_source();
        Some((scan.finish(), are_joined))
    })
}

/// Rows of a fleet's table: titles and computers that repeat, quoted fields with line ends, rows
/// that are too short, names cut, a header once more.
fn fleet_like() -> impl Strategy<Value = String> {
    let row = prop_oneof![
        8 => ("PC-[0-9]", 0_usize..6, "[1-3]\\.0").prop_map(|(host, title, version)| {
            let names = [
                "Firefox,Mozilla",
                "Kaspersky Endpoint Security,AO Kaspersky Lab",
                "\"Agent, small\",\"Contoso, Ltd.\"",
                "Агент администрирования Kaspersky Security Center,\"\"\"Лаборатория Касперского\"\"\"",
                "微信,Tencent",
                "Kaspersky Endpoint Secu…,AO Kaspersky Lab",
            ];
            format!("{host},{},{version},2025\n", names[title])
        }),
        1 => Just("PC-1,\"two\nlines\",Contoso,1.0,2025\n".to_owned()),
        1 => Just("PC-1,short\n".to_owned()),
        1 => Just("PC-2,\"never closed,Contoso,1.0,2025\n".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("ComputerName,DisplayName,Publisher,Version,Date\n".to_owned()),
        1 => Just("PC-3,bad \u{FFFD} text,Contoso,1.0,2025\n".to_owned()),
    ];
    prop::collection::vec(row, 1..200).prop_map(|rows| {
        let above: String =
            (0..2000).map(|row| format!("PC-0,Program {row},Contoso,1.0,20250101\n")).collect();
        format!("ComputerName,DisplayName,Publisher,Version,Date\n{above}{}", rows.concat())
    })
}

/// Bytes of lists in all encodings, joined as nobody should.
fn list_bytes() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&[u8]] = &[
        b"Name,Version\r\n",
        b"Kaspersky Free,21\r\n",
        b"\xC0\xED\xF2\xE8\xE2\xE8\xF0\xF3\xF1\r\n",
        b"\x80\xAD\xE2\xA8\xA2\xA8\xE0\xE3\xE1\n",
        b"\xBF\xA8\xB0\xCD\xCB\xB9\xBB\xF9\n",
        "微信,3.9\n".as_bytes(),
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"N\0a\0m\0e\0,\0V\0e\0r\0s\0\r\0\n\0",
        b"\x10\x04=\x04B\x048\x04\r\0\n\0",
        b"\0",
        b"\r",
        b"\n",
        b"\xE9",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat())
}

fn is_accounted_for(report: &Report) -> bool {
    report
        .sources
        .iter()
        .all(|s| s.lines.total == s.lines.records + s.lines.structure + s.lines.problems)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic_and_every_line_is_accounted_for(
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        prop_assert!(is_accounted_for(&scan(&bytes, usize::MAX)));
    }

    #[test]
    fn no_text_makes_it_panic_and_every_line_is_accounted_for(text in inventory_like()) {
        prop_assert!(is_accounted_for(&scan(text.as_bytes(), usize::MAX)), "{}", text);
    }

    #[test]
    fn the_report_does_not_depend_on_how_the_bytes_are_cut(
        text in inventory_like(),
        chunk in 1_usize..40,
    ) {
        prop_assert_eq!(scan(text.as_bytes(), usize::MAX), scan(text.as_bytes(), chunk));
    }

    #[test]
    fn no_encoding_depends_on_how_the_bytes_are_cut(bytes in list_bytes(), chunk in 1_usize..9) {
        let whole = scan(&bytes, usize::MAX);
        prop_assert!(is_accounted_for(&whole));
        prop_assert_eq!(whole, scan(&bytes, chunk));
    }

    #[test]
    fn adding_a_record_that_matches_nothing_changes_no_finding(
        names in prop::collection::vec("[A-Za-z ]{1,20}", 0..20),
        at in 0_usize..20,
    ) {
        let mut rows = names;
        rows.push("Kaspersky Anti-Virus".to_owned());
        let list = |rows: &[String]| format!("Name,Version\n{}", rows.iter().map(|row| format!("{row},1\n")).collect::<String>());
        let before = scan(list(&rows).as_bytes(), usize::MAX);
        rows.insert(at.min(rows.len()), "Harmless Program".to_owned());
        let after = scan(list(&rows).as_bytes(), usize::MAX);
        let ids = |report: &Report| report.findings.iter().map(|f| f.id.clone()).collect::<Vec<_>>();
        prop_assert_eq!(ids(&before), ids(&after));
        prop_assert!(!before.findings.is_empty());
    }

    #[test]
    fn every_writer_gives_the_same_text_for_the_same_input(text in inventory_like()) {
        let (one, two) = (scan(text.as_bytes(), usize::MAX), scan(text.as_bytes(), usize::MAX));
        for writer in WRITERS {
            prop_assert_eq!(writer.written(&one), writer.written(&two));
        }
    }

    #[test]
    fn a_json_report_reads_back_as_the_same_report(text in inventory_like()) {
        let report = scan(text.as_bytes(), usize::MAX);
        let json = WRITERS.iter().find(|writer| writer.id == "json").unwrap().written(&report);
        prop_assert_eq!(serde_json::from_slice::<Report>(&json).unwrap(), report);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_report_does_not_depend_on_how_many_scans_read_parts_of_it(
        text in fleet_like(),
        parts in 2_usize..6,
    ) {
        if let Some((in_parts, are_joined)) = scan_in_parts(&text, parts) {
            let mut whole = scan(text.as_bytes(), usize::MAX);
            if are_joined {
                whole.sources[0].sha256.clear();
            }
            prop_assert_eq!(whole, in_parts);
        }
    }
}

#[test]
fn a_large_table_is_read_in_parts() {
    let rows: String = (0..10_000)
        .map(|row| format!("PC-{},Program {},Contoso,1.{row},2025\n", row / 50, row % 700))
        .collect();
    let text = format!("ComputerName,DisplayName,Publisher,Version,Date\n{rows}");
    let (in_parts, are_joined) = scan_in_parts(&text, 3).unwrap();
    assert!(are_joined);
    let mut whole = scan(text.as_bytes(), usize::MAX);
    whole.sources[0].sha256.clear();
    assert_eq!(in_parts, whole);
    assert_eq!(in_parts.totals.records, 10_000);
}

/// Both kinds are more than are listed, and each part alone has fewer.
#[test]
fn the_problems_that_are_listed_do_not_depend_on_the_parts_that_a_table_is_read_in() {
    let rows: String = (0..6_000)
        // Not where a part begins: a row that is too short could be anything there.
        .map(|row| match (row / 100, row % 2) {
            (1 | 2 | 22 | 23 | 33 | 34 | 43 | 44 | 54 | 55, 0) => format!("PC-1,short {row}\n"),
            (1 | 2 | 22 | 23 | 33 | 34 | 43 | 44 | 54 | 55, _) => {
                format!("PC-1,Program {row}…,Contoso,1.0,2025\n")
            }
            _ => format!("PC-{},Program {},Contoso,1.{row},2025\n", row / 50, row % 700),
        })
        .collect();
    let text = format!("ComputerName,DisplayName,Publisher,Version,Date\n{rows}");
    let (in_parts, are_joined) = scan_in_parts(&text, 4).unwrap();
    assert!(are_joined);
    let mut whole = scan(text.as_bytes(), usize::MAX);
    whole.sources[0].sha256.clear();
    assert_eq!(in_parts, whole);
    let hiding = whole.problems.iter().filter(|problem| problem.may_hide_a_program).count();
    assert_eq!((whole.totals.problems, whole.problems.len(), hiding), (1000, 400, 200));
}
