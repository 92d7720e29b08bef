//! How much of a source is told.

use super::*;

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
