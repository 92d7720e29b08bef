//! Files of the reader's own: rules, decisions, reports.

use super::*;

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
