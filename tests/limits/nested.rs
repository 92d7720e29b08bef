//! JSON and XML.

use super::*;

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
