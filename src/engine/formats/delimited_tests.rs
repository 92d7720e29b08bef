use expect_test::{Expect, expect};

use std::cell::Cell;

use super::{AnyTable, Delimited, Dialect, FORMAT, Row, Shape, Splitter};
use crate::engine::formats::testing::{Transcript, transcript};
use crate::engine::formats::{Line, LineReader, Sample};

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&transcript(&FORMAT, text));
}

#[test]
fn export_csv_is_read_by_its_header() {
    check(
        "#TYPE Selected.System.Management.Automation.PSCustomObject\n\
         \"DisplayName\",\"DisplayVersion\",\"Publisher\",\"InstallDate\"\n\
         \"Kaspersky Endpoint Security для Windows\",\"12.1.0.506\",\"АО \"\"Лаборатория Касперского\"\"\",\"20240101\"\n\
         ,,,\n\
         \"\",\"\",\"\",\"\"\n\
         \"7-Zip 23.01 (x64)\",\"23.01\",\"Igor Pavlov\",\n\
         ,\"1.0\",,\n\
         ,,\"AO Kaspersky Lab\",\n",
        expect![[r#"
            Certain: line 2 is a header with known words: “DisplayName”, “DisplayVersion”, “Publisher”, “InstallDate”
            reading: comma-separated; name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
            3: Kaspersky Endpoint Security для Windows | version 12.1.0.506 | publisher АО "Лаборатория Касперского"
            6: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
            7! expected the name of a program, found none
            8:  | publisher AO Kaspersky Lab
            lines: 3 records + 4 structure + 1 problems
        "#]],
    );
}

#[test]
fn appended_exports_may_have_other_columns() {
    check(
        "\n#TYPE Selected.A\n\"Name\",\"Version\",\"Vendor\"\n\"A\",\"1.0\",\"V\"\n\
         #TYPE Selected.B\n\"Publisher\",\"DisplayName\"\n\"V\",\"B\"\n\
         \"Publisher\",\"DisplayName\"\n\"Name\",\"Vendor\"\n\"C\",\"W\"\n",
        expect![[r#"
            Certain: line 3 is a header with known words: “Name”, “Version”, “Vendor”
            reading: comma-separated; name from “Name”; version from “Version”; publisher from “Vendor”
            4: A | version 1.0 | publisher V
            7: B | publisher V
            10: C | publisher W
            lines: 3 records + 7 structure + 0 problems
        "#]],
    );
}

#[test]
fn wmic_does_not_quote_what_holds_a_comma() {
    check(
        "\nNode,IdentifyingNumber,Name,Vendor,Version\n\
         PC1,{7EC66A9F-0A49-4DC0-A9E8-460333EA8013},Kaspersky Endpoint Security,AO Kaspersky Lab,11.6\n\
         PC1,{00000000-0A49-4DC0-A9E8-460333EA8013},Tool,Contoso, Ltd.,1.0\n\
         PC1,{00000000-0A49-4DC0-A9E8-460333EA8014},Codecs 1,2,3,Foo,2.0.1\n\
         PC1,{00000000-0A49-4DC0-A9E8-460333EA8015},Short\n",
        expect![[r#"
            Likely: line 2 is a header with known words: “Node”, “IdentifyingNumber”, “Name”, “Vendor”, …
            reading: comma-separated; name from “Name”; version from “Version”; publisher from “Vendor”; computer from “Node”; identifiers from “IdentifyingNumber”
            3: Kaspersky Endpoint Security | version 11.6 | publisher AO Kaspersky Lab | host PC1 | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
            4: Tool | version 1.0 | publisher Contoso, Ltd. | host PC1 | product-code {00000000-0A49-4DC0-A9E8-460333EA8013}
            5! expected 5 fields, found 7; read as far as it goes
            5: Codecs 1,2,3 | version 2.0.1 | publisher Foo | host PC1 | product-code {00000000-0A49-4DC0-A9E8-460333EA8014}
            6! expected 5 fields, found 3; read as far as it goes
            6: Short | host PC1 | product-code {00000000-0A49-4DC0-A9E8-460333EA8015}
            lines: 4 records + 2 structure + 0 problems
        "#]],
    );
}

#[test]
fn configuration_manager_reports_have_lines_above_the_header() {
    check(
        "textbox12,textbox2\nInstalled software,\"Report of 1/2/2024\"\n\n\
         Details_Table0_Netbios_Name0,Details_Table0_User_Name0,Details_Table0_ProductName,Details_Table0_ProductVersion\n\
         PC1,jdoe,Kaspersky Security Center Network Agent,14.2.0.26967\n",
        expect![[r#"
            Likely: line 4 is a header with known words: “Details_Table0_Netbios_Name0”, “Details_Table0_User_Name0”, “Details_Table0_ProductName”, “Details_Table0_ProductVersion”
            reading: comma-separated; name from “Details_Table0_ProductName”; version from “Details_Table0_ProductVersion”; computer from “Details_Table0_Netbios_Name0”
            5: Kaspersky Security Center Network Agent | version 14.2.0.26967 | host PC1
            lines: 1 records + 4 structure + 0 problems
        "#]],
    );
}

#[test]
fn semicolons_and_sep_lines_are_understood() {
    check(
        "sep=;\nSoftware;Version;Hersteller\nAmneziaVPN;4,8;AmneziaVPN\n\"A; B\";1;C\n",
        expect![[r#"
            Likely: line 2 is a header with known words: “Software”, “Version”, “Hersteller”
            reading: semicolon-separated; name from “Software”; version from “Version”; publisher from “Hersteller”
            3: AmneziaVPN | version 4,8 | publisher AmneziaVPN
            4: A; B | version 1 | publisher C
            lines: 2 records + 2 structure + 0 problems
        "#]],
    );
    check(
        "Имя компьютера;Название программы;Версия;Издатель\nПК-1;Kaspersky;21.3;\"Лаборатория Касперского\"\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Имя компьютера”, “Название программы”, “Версия”, “Издатель”
            reading: semicolon-separated; name from “Название программы”; version from “Версия”; publisher from “Издатель”; computer from “Имя компьютера”
            2: Kaspersky | version 21.3 | publisher Лаборатория Касперского | host ПК-1
            lines: 1 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn tabs_and_trailing_delimiters_are_understood() {
    check(
        "Name\tVersion\tPublisher\t\nA\t1.0\tV\t\nB\t2.0\tW\t\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”, “Publisher”
            reading: tab-separated; name from “Name”; version from “Version”; publisher from “Publisher”
            2: A | version 1.0 | publisher V
            3: B | version 2.0 | publisher W
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_stray_quotation_mark_does_not_swallow_the_rest() {
    check(
        "Name,Version\n\"A,1.0\nB,2.0\n\"C\",3.0\nD,4.0\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”
            reading: comma-separated; name from “Name”; version from “Version”
            2! a quotation mark is opened here and never closed; the lines were read one by one
            2: A | version 1.0
            3: B | version 2.0
            4: C | version 3.0
            5: D | version 4.0
            lines: 4 records + 1 structure + 0 problems
        "#]],
    );
    check(
        "Name,Version\nA,1.0\n\"B,2.0\nC,3.0\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”
            reading: comma-separated; name from “Name”; version from “Version”
            2: A | version 1.0
            3! a quotation mark is opened here and never closed; the lines were read one by one
            3: B | version 2.0
            4: C | version 3.0
            lines: 3 records + 1 structure + 0 problems
        "#]],
    );
    let long = format!("Name,Version\n\"A,1.0\n{}", "B,2.0\n".repeat(300));
    let transcript = transcript(&FORMAT, &long);
    assert!(transcript.contains("lines: 301 records + 1 structure + 0 problems"), "{transcript}");
}

#[test]
fn a_quoted_field_may_run_over_lines() {
    check(
        "Name,Comments,Version\nA,\"one\n\ntwo, \"\"three\"\"\",1.0\nB,,2.0\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Comments”, “Version”
            reading: comma-separated; name from “Name”; version from “Version”
            2: A | version 1.0
            5: B | version 2.0
            lines: 4 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn ragged_rows_are_read_as_far_as_they_go() {
    check(
        "Name,Version,Publisher\nA\nB,2.0\nC,3.0,W,x\n12 programs found\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”, “Publisher”
            reading: comma-separated; name from “Name”; version from “Version”; publisher from “Publisher”
            2! expected 3 fields, found 1; read as far as it goes
            2: A
            3! expected 3 fields, found 2; read as far as it goes
            3: B | version 2.0
            4! expected 3 fields, found 4; read as far as it goes
            4: C | version 3.0 | publisher W,x
            lines: 3 records + 2 structure + 0 problems
        "#]],
    );
}

#[test]
fn drawn_tables_are_read_without_their_frame() {
    check(
        "osquery> SELECT name, version, publisher FROM programs;\n\
         +--------------------------+---------+---------------------+\n\
         | name                     | version | publisher           |\n\
         +--------------------------+---------+---------------------+\n\
         | Dell Command Update      | 5.1.0   | Dell Inc.           |\n\
         | Kaspersky VPN            | 5.21    | \"Лаборатория Касперского\" |\n\
         +--------------------------+---------+---------------------+\n\
         osquery> \n",
        expect![[r#"
            Likely: line 3 is a header with known words: “name”, “version”, “publisher”
            reading: a table drawn with pipes; name from “name”; version from “version”; publisher from “publisher”
            5: Dell Command Update | version 5.1.0 | publisher Dell Inc.
            6: Kaspersky VPN | version 5.21 | publisher "Лаборатория Касперского"
            lines: 2 records + 6 structure + 0 problems
        "#]],
    );
    check(
        "| Name | Version |\n|:-----|--------:|\n| A    | 1.0     |\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”
            reading: a table drawn with pipes; name from “Name”; version from “Version”
            3: A | version 1.0
            lines: 1 records + 2 structure + 0 problems
        "#]],
    );
    check(
        " name | version \n------+---------\n A    | 1.0\n B    | 2.0\n(2 rows)\n\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “name”, “version”
            reading: a table drawn with pipes; name from “name”; version from “version”
            3: A | version 1.0
            4: B | version 2.0
            lines: 2 records + 4 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_table_without_a_header_is_read_if_its_versions_show() {
    check(
        "7zip|23.1.0\nkaspersky|21.3.10\nfirefox|120.0.1\n",
        expect![[r#"
            Possible: its lines have the same number of fields, and one field looks like a version
            reading: pipe-separated; no header line; name from column 1; version from column 2
            1: 7zip | version 23.1.0
            2: kaspersky | version 21.3.10
            3: firefox | version 120.0.1
            lines: 3 records + 0 structure + 0 problems
        "#]],
    );
    check(
        "PC1;Kaspersky VPN;5.21.1;Kaspersky;20240101\nPC1;7-Zip;23.01;Igor Pavlov;20230101\nPC2;Git;2.44.0;The Git Team;\n",
        expect![[r#"
            Possible: its lines have the same number of fields, and one field looks like a version
            reading: semicolon-separated; no header line; name from column 2; version from column 3; publisher from column 4
            1: Kaspersky VPN | version 5.21.1 | publisher Kaspersky
            2: 7-Zip | version 23.01 | publisher Igor Pavlov
            3: Git | version 2.44.0 | publisher The Git Team
            lines: 3 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_header_without_a_name_stops_the_source() {
    check(
        "Hotfix,Installed,By\nKB1,1/1/2024,me\nKB2,1/1/2024,me\n",
        expect![[r#"
        Possible: it is comma-separated, but no column is named as a program's name
        1! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Hotfix”, “Installed”, “By”; rename the column that holds the program names to Name
        lines: 0 records + 1 structure + 2 problems
    "#]],
    );
    check(
        "\"Host Name\",\"OS Name\",\"OS Version\"\n\"PC1\",\"Windows\",\"10\"\n\"PC2\",\"Windows\",\"10\"\n",
        expect![[r#"
        Possible: it is comma-separated, but no column is named as a program's name
        1! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Host Name”, “OS Name”, “OS Version”; rename the column that holds the program names to Name
        lines: 0 records + 1 structure + 2 problems
    "#]],
    );
}

#[test]
fn one_column_is_a_table_if_its_header_is_a_name() {
    check(
        "\"DisplayName\"\n\"Kaspersky Safe Kids\"\n\"Foo, Inc. Tool\"\n\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “DisplayName”
            reading: a table of one column; name from “DisplayName”
            2: Kaspersky Safe Kids
            3: Foo, Inc. Tool
            lines: 2 records + 2 structure + 0 problems
        "#]],
    );
    check(
        "Software\nFoo, Inc. Tool\nDell Command | Update\n",
        expect![[r#"
            Possible: line 1 is a header with known words: “Software”
            reading: a table of one column; name from “Software”
            2: Foo, Inc. Tool
            3: Dell Command | Update
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn installs_and_uninstalls_are_told_apart() {
    check(
        "AssetName,+/-,Software,Version\nPC1,-,Kaspersky Free,21.3\nPC1,+,7-Zip,23.01\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “AssetName”, “+/-”, “Software”, “Version”
            reading: comma-separated; name from “Software”; version from “Version”; computer from “AssetName”
            2: Kaspersky Free | version 21.3 | host PC1 | removed
            3: 7-Zip | version 23.01 | host PC1
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn duplicate_headers_and_incomplete_answers_of_tanium_are_told() {
    check(
        "Count,Name,Silent Uninstall String,Uninstallable,Version,Name\n\
         2,Kaspersky Endpoint Security,MsiExec.exe /X{7EC66A9F-0A49-4DC0-A9E8-460333EA8013} /qn,Is Uninstallable,11.6,x\n\
         1,[no results],,,,\n1,[too many results],,,,\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Count”, “Name”, “Silent Uninstall String”, “Uninstallable”, …
            reading: comma-separated; name from “Name” or “Name”; version from “Version”; identifiers from “Silent Uninstall String”
            2: Kaspersky Endpoint Security | version 11.6 | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
            2: x
            4! this list is not complete: some computers have more rows than the tool gives (“[too many results]”); what is there was checked; ask for those computers alone and check that list too
            lines: 1 records + 2 structure + 1 problems
        "#]],
    );
}

#[test]
fn blanks_behind_commas_do_not_hide_quotation_marks() {
    check(
        "\"Name\", \"Version\"\n\"A\", \"1.0\"\n\"B\", \"2.0\"\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”
            reading: comma-separated; name from “Name”; version from “Version”
            2: A | version 1.0
            3: B | version 2.0
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_cut_name_is_told() {
    check(
        "Name,Version\nKaspersky Endpoint Sec…,12.6\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “Version”
            reading: comma-separated; name from “Name”; version from “Version”
            2! the tool cut this name; what is left was checked, but a wider list would say more
            2: Kaspersky Endpoint Sec | version 12.6
            lines: 1 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn lists_of_processes_drivers_and_services_are_read_for_their_ids() {
    check(
        "\"Image Name\",\"PID\",\"Session Name\",\"Session#\",\"Mem Usage\"\n\
         \"System Idle Process\",\"0\",\"Services\",\"0\",\"8 K\"\n\
         \"avp.exe\",\"4321\",\"Services\",\"0\",\"1,704 K\"\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Image Name”, “PID”, “Session Name”, “Session#”, …
            reading: comma-separated; identifiers from “Image Name”
            2:  | process System Idle Process
            3:  | process avp.exe
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
    check(
        "Name,DisplayName,State,StartMode,PathName\n\
         klnagent,Kaspersky Security Center Network Agent,Running,Auto,\"\"\"C:\\Program Files (x86)\\Kaspersky Lab\\NetworkAgent\\klnagent.exe\"\"\"\n",
        expect![[r#"
            Likely: line 1 is a header with known words: “Name”, “DisplayName”, “State”, “StartMode”, …
            reading: comma-separated; name from “DisplayName”; identifiers from “PathName”, “Name”
            2: Kaspersky Security Center Network Agent | path C:\Program Files (x86)\Kaspersky Lab\NetworkAgent\klnagent.exe | service klnagent
            lines: 1 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn text_that_is_no_table_is_not_recognised() {
    for text in [
        "7-Zip 23.01 (x64)\nKaspersky, Inc. Tool\nDell Command | Update\n",
        "Name          Id            Version\n-----------------------------------\nA             B             1.0\n",
        "Dell Command | Update  Dell.CommandUpdate  5.1.0\nFoo | Bar  Foo.Bar  1.0\n7-Zip  7zip.7zip  23.01\n",
        "Please check, as agreed, the list of software.\nIt was made by me, version 2.\nThanks, Bob\n",
        "{\"name\":\"A\",\"version\":\"1\"}\n",
        "[Installed]\nName,Version\nA,1\n",
        "Name            \nA               \n",
        "DisplayName : A\nVersion     : 1, 2, 3\n",
        "",
    ] {
        let sniffed = transcript(&FORMAT, text);
        assert!(sniffed.starts_with("not recognised\n"), "{text}: {sniffed}");
    }
}

/// How many cells are asked for to read that row below that header.
fn cells_asked_for(header: &str, text: &str) -> usize {
    let sample = Sample { text: header, is_whole: true, tables: &[] };
    let mut reader = Delimited::new(Shape::of(&sample).unwrap(), Vec::new(), Box::new(AnyTable));
    let mut told = Transcript::default();
    reader.line(Line { number: 1, text: header }, &mut told);
    let mut splitter = Splitter::new(Dialect::plain(b','));
    assert!(splitter.split(text));
    let fields = splitter.fields(text);
    let row = Row { fields, line: 2, lines: 1, text, is_unclosed: false };
    let asked = Cell::new(0);
    let cell = |at| {
        asked.set(asked.get() + 1);
        fields.get(at)
    };
    reader.table.record(&row, cell, &mut told);
    asked.get()
}

#[test]
fn a_row_of_many_programs_is_gone_through_once_and_not_for_each_of_them() {
    let header = |programs: usize| format!("Host{}", ",Name,Version,Comment".repeat(programs));
    let row = |programs: usize| format!("PC-1{}", ",Firefox,128,x".repeat(programs));
    let of = |programs| cells_asked_for(&header(programs), &row(programs));
    assert_eq!(of(100), 100 * of(1), "each asks for the same, its computer included");
    assert!(of(1) < 8, "{}", of(1));
}

#[test]
fn a_short_row_costs_what_is_in_it_however_wide_the_table_is() {
    let row = "\"Firefox\n128\",x";
    let header = |width: usize| format!("Name,Version{}", ",Comment".repeat(width));
    assert_eq!(cells_asked_for(&header(10_000), row), cells_asked_for(&header(1), row));
}
