//! Workbooks and spreadsheets.

use super::*;

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
