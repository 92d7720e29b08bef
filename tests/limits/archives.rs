//! Archives, and what is packed.

use super::*;

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
