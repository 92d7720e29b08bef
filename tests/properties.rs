//! What holds for any input at all.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::report::{Report, WRITERS};
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings};
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
            prop_assert_eq!((writer.write)(&one), (writer.write)(&two));
        }
    }

    #[test]
    fn a_json_report_reads_back_as_the_same_report(text in inventory_like()) {
        let report = scan(text.as_bytes(), usize::MAX);
        let json = (WRITERS.iter().find(|writer| writer.id == "json").unwrap().write)(&report);
        prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }
}
