//! Lines and tables of text.

use super::*;

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
