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
