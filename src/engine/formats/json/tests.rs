use expect_test::{Expect, expect};

use super::FORMAT;
use crate::engine::formats::testing::transcript;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&transcript(&FORMAT, text));
}

#[test]
fn an_array_of_objects_gives_a_record_each() {
    check(
        r#"[
  {
    "DisplayName": "Kaspersky Endpoint Security for Windows",
    "DisplayVersion": "12.6.0.438",
    "Publisher": "AO Kaspersky Lab",
    "UninstallString": "MsiExec.exe /I{305A9EC9-294E-4555-A7C5-E1C767E01C11}"
  },
  {
    "DisplayName": null,
    "DisplayVersion": null,
    "Publisher": null
  },
  { "DisplayName": "7-Zip 23.01 (x64)", "DisplayVersion": "23.01", "Publisher": "Igor Pavlov" }
]
"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from “UninstallString”
            2: Kaspersky Endpoint Security for Windows | version 12.6.0.438 | publisher AO Kaspersky Lab | product-code {305A9EC9-294E-4555-A7C5-E1C767E01C11}
            13: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
            lines: 7 records + 7 structure + 0 problems
        "#]],
    );
}

#[test]
fn one_object_is_one_record() {
    check(
        r#"{"Name":"Kaspersky","Version":"21.3.10.391"}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “Name”; version from “Version”
            1: Kaspersky | version 21.3.10.391
            lines: 1 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn objects_may_stand_one_a_line_below_a_prompt() {
    check(
        "$ osqueryi --json 'select name from programs'\n\
         {\"name\":\"AmneziaVPN\",\"hostIdentifier\":\"PC1\"}\n\
         \n\
         {\"columns\":{\"name\":\"Kaspersky VPN\",\"version\":\"5.21\"},\"name\":\"pack_programs\",\
         \"hostIdentifier\":\"PC2\",\"action\":\"removed\"}\n\
         $ exit\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: name from “name”; computer from “hostIdentifier”
            2: AmneziaVPN | host PC1
            4: Kaspersky VPN | version 5.21 | host PC2 | removed
            lines: 2 records + 3 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_line_that_is_no_json_is_a_problem_and_the_next_is_read() {
    check(
        "{\"name\":\"A\"}\n12 rows\nmore\n{\"name\":\"B\"}\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: name from “name”
            1: A
            2! expected an object or an array of JSON; passed over
            4: B
            lines: 2 records + 0 structure + 2 problems
        "#]],
    );
}

#[test]
fn the_computer_may_be_named_below_its_programs() {
    check(
        r#"[{"software":[{"name":"A","version":"1"},{"name":"B"}],"hostname":"PC1"},
{"name":"PC2","os":{"name":"Windows","version":"10"},"software":[{"name":"C"}]},
{"name":"PC3","software":[]}]"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “version”
            1: A | version 1 | host PC1
            1: B | host PC1
            2: C | host PC2
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn only_lists_of_programs_are_read_where_there_are_such() {
    check(
        r#"{"deviceid":"pc-1","content":{
"hardware":{"name":"PC-1","uuid":"x"},
"operatingsystem":{"name":"Windows","version":"10"},
"local_users":[{"name":"root"}],
"remote_mgmt":[{"id":"1","type":"x","name":"y"}],
"antivirus":[{"company":"AO Kaspersky Lab","name":"Kaspersky Endpoint Security","version":"12.6"}],
"softwares":[{"name":"7-Zip","publisher":"Igor Pavlov","version":"23.01","guid":"7-Zip"}]}}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “version”; publisher from “company”
            6: Kaspersky Endpoint Security | version 12.6 | publisher AO Kaspersky Lab | host PC-1
            7: 7-Zip | version 23.01 | publisher Igor Pavlov | host PC-1 | product-code 7-Zip
            lines: 2 records + 5 structure + 0 problems
        "#]],
    );
}

#[test]
fn lists_nested_anywhere_are_found_with_their_host() {
    check(
        r#"{"hits":{"hits":[{"_id":"1","_source":{"agent":{"name":"PC1"},"package":{"name":"Kaspersky","vendor":"Kaspersky","version":"21"}}}]}}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “_source.package.name”; version from “_source.package.version”; publisher from “_source.package.vendor”; computer from “_source.agent.name”; identifiers from “_id”
            1: Kaspersky | version 21 | publisher Kaspersky | host PC1
            lines: 1 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_map_of_packages_gives_the_key_for_a_name() {
    check(
        r#"{"ansible_facts":{"ansible_hostname":"srv1","packages":{
"kesl":[{"arch":"amd64","name":"kesl","version":"12.1.0"}],
"bash":{"version":"5.2"}}},
"installed_software":{"7-Zip":"23.01","Foo":1.5},
"apps":["Lark","Kaspersky Safe Kids"]}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “version”
            2: kesl | version 12.1.0 | host srv1
            3: bash | version 5.2 | host srv1
            4: 7-Zip | version 23.01
            4: Foo | version 1.5
            5: Lark
            5: Kaspersky Safe Kids
            lines: 4 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_winget_export_has_packages_only() {
    check(
        r#"{
  "$schema" : "https://aka.ms/winget-packages.schema.2.0.json",
  "CreationDate" : "2025-01-02T10:00:00.000-00:00",
  "Sources" : [ { "Packages" : [ { "PackageIdentifier" : "Kaspersky.Kaspersky", "Version" : "21.3.10.391" } ],
    "SourceDetails" : { "Argument" : "https://cdn.winget.microsoft.com/cache", "Identifier" : "Microsoft.Winget.Source_8wekyb3d8bbwe", "Name" : "winget" } } ],
  "WinGetVersion" : "1.9.25200"
}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have the id of a program
            reading: version from “Version”; identifiers from “PackageIdentifier”
            4:  | version 21.3.10.391 | package Kaspersky.Kaspersky
            lines: 1 records + 6 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_bill_of_materials_gives_its_components() {
    check(
        r#"{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"component":{"name":"host","type":"device"},"tools":[{"name":"syft","version":"1"}]},
"components":[{"type":"application","name":"kesl","version":"12.1.0","publisher":"AO Kaspersky Lab","purl":"pkg:deb/debian/kesl@12.1.0","licenses":[{"license":{"name":"MIT"}}],
"properties":[{"name":"x","value":"y"}]}]}"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “version”; publisher from “publisher”; identifiers from “purl”
            2: kesl | version 12.1.0 | publisher AO Kaspersky Lab | package kesl
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_file_cut_short_keeps_what_was_complete_and_says_so() {
    check(
        "{\"value\":[\n{\"name\":\"A\",\"version\":\"1\"},\n{\"name\":\"Kaspersky\",\"vers",
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “version”
            2: A | version 1
            3: Kaspersky
            3! the file ends in the middle; it may have been cut short, make it again
            lines: 2 records + 1 structure + 0 problems
        "#]],
    );
    check(
        "[{\"name\":\"A\"},\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: name from “name”
            1: A
            1! the file ends in the middle; it may have been cut short, make it again
            lines: 1 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn broken_json_is_told_at_its_line_and_read_as_far_as_it_goes() {
    check(
        "[\n{\"name\":\"A\",\"path\":\"C:\\Program Files\\A\"},\n{\"name\":\"B\",},\n{\"name\":\"C\"\n{\"name\":\"D\"},\n{\"name\":\"E\"}\n]\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: name from “name”; identifiers from “path”
            2: A | path C:\Program Files\A
            2! expected JSON: invalid escape
            3: B
            3! expected JSON: key must be a string
            4: C
            5! expected JSON: expected `,` or `}`
            5: D
            6: E
            lines: 5 records + 2 structure + 0 problems
        "#]],
    );
    check(
        "[{\"name\":\"A\n\",\"version\":\"1\"},\n{\"name\":\"B\"},\n{\"name\":\"C\"}]\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name and a version
            reading: name from “name”; version from “,"version”
            1: A | version 1
            1! expected JSON: control character (\u0000-\u001F) found while parsing a string
            3: B
            4: C
            lines: 4 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn objects_without_a_name_are_named_in_one_problem() {
    check(
        r#"[{"KB":"KB5001","InstalledOn":"2024"},{"KB":"KB5002","InstalledOn":"2024"}]"#,
        expect![[r#"
            Possible: it is JSON
            1! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “KB”, “InstalledOn”; rename the column that holds the program names to Name
            lines: 0 records + 1 structure + 0 problems
        "#]],
    );
    check(
        "[]",
        expect![[r#"
            Possible: it is JSON
            lines: 0 records + 1 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_name_alone_counts_unless_named_things_are_inside() {
    check(
        r#"[{"name":"Group","members":[{"name":"A"},{"name":"B"}]},{"name":"C","extra":{"size":1}}]"#,
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: name from “name”
            1: A
            1: B
            1: C
            lines: 1 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn texts_in_an_array_are_names() {
    check(
        "[\"7-Zip 23.01\",\n \"Kaspersky Endpoint Security\", \"12\"]\n",
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            reading: each text of a list is a name
            1: 7-Zip 23.01
            2: Kaspersky Endpoint Security
            lines: 2 records + 0 structure + 0 problems
        "#]],
    );
}

#[test]
fn deep_nesting_neither_breaks_nor_hides_the_rest() {
    let deep = format!("{}{}\n{{\"name\":\"A\"}}\n", "[".repeat(3000), "]".repeat(3000));
    check(
        &deep,
        expect![[r#"
            Likely: it is JSON, and its objects have a name
            1! this list is not complete: brackets of JSON are nested more than 100 deep here, and what is deeper may be missing; what is there was checked; make the list again with a tool that writes each program on its own
            reading: name from “name”
            2: A
            lines: 1 records + 0 structure + 1 problems
        "#]],
    );
    let deep = format!("{}{{\"name\":\"B\"}}", "{\"a\":".repeat(3000));
    check(
        &deep,
        expect![[r#"
            Possible: it is JSON
            1! this list is not complete: brackets of JSON are nested more than 100 deep here, and what is deeper may be missing; what is there was checked; make the list again with a tool that writes each program on its own
            1! the file ends in the middle; it may have been cut short, make it again
            lines: 0 records + 0 structure + 1 problems
        "#]],
    );
}

#[test]
fn what_is_not_json_is_not_recognised() {
    for text in [
        "[HKEY_LOCAL_MACHINE\\SOFTWARE]\n\"DisplayName\"=\"A\"\n",
        "{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}\n",
        "[2024-01-01] started\n",
        "{'name': 'A'}\n",
        "7-Zip\n",
        "",
    ] {
        let sniffed = transcript(&FORMAT, text);
        assert!(sniffed.starts_with("not recognised\n"), "{text}: {sniffed}");
    }
}
