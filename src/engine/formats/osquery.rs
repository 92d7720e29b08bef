//! osquery: results of queries over its tables of software, printed, logged or as JSON.

use super::columns::Draft;
use super::json::{self, Object};
use super::tool_table::{self, AnyTable, Header};
use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::clause::clause;
use crate::engine::record::Presence;

pub(super) static FORMAT: Format = Format {
    id: "osquery",
    title: "osquery",
    reads: "results of osquery over programs, apps, deb_packages, rpm_packages and the like: the \
            table that osqueryi draws, its JSON and CSV, and the results log of osqueryd",
    how_to_get: "on the computer, on Windows: osqueryi --json \"SELECT * FROM programs\" > \
                 list.json; on a Mac the same with apps in place of programs, on Linux with \
                 deb_packages or rpm_packages",
    cannot_show: "only what is in the tables that were asked for: browser extensions are in \
                  chrome_extensions and firefox_addons, what runs without being installed is in \
                  processes and services",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["name", "identifying_number"]),
    Header::certain(&["name", "install_source", "uninstall_string"]),
    Header::certain(&["name", "bundle_identifier", "bundle_short_version"]),
    Header::likely(&["name", "install_location", "install_date"]),
    Header::likely(&["name", "version", "maintainer", "revision"]),
    Header::likely(&["name", "version", "release", "sha1"]),
];

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["hostIdentifier", "unixTime"]),
    (Confidence::Certain, &["hostIdentifier", "calendarTime"]),
    (Confidence::Likely, &["identifying_number", "install_source"]),
    (Confidence::Likely, &["identifying_number", "uninstall_string"]),
    (Confidence::Likely, &["bundle_identifier", "bundle_short_version"]),
    (Confidence::Likely, &["maintainer", "revision", "arch"]),
    (Confidence::Likely, &["package_group", "sha1"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let mut lines = sample.filled_lines();
    let has_prompt = lines.next().is_some_and(|line| line.trim_start().starts_with("osquery>"));
    let has_box = lines.next().is_some_and(|line| line.starts_with("+-"));
    if has_prompt && has_box && delimited::sniff(sample).is_some() {
        let reason = clause!("a table is drawn below the prompt \u{201C}osquery>\u{201D}");
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    tool_table::sniff(sample, FORMAT.title, HEADERS)
        .or_else(|| json::sniff_keys(sample, FORMAT.title, KEYS))
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if json::sniff_keys(sample, FORMAT.title, &[(Confidence::Possible, &[])]).is_some() {
        json::open_as(Results)
    } else {
        delimited::open_as(AnyTable, HEADERS, sample)
    }
}

struct Results;

impl json::Tool for Results {
    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        // `diffResults` of older versions: what was added, and what was removed.
        if object.key == "removed" {
            draft.set_presence(Presence::Removed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn a_table_below_the_prompt_is_read() {
        check(
            "osquery> SELECT name, version FROM programs;\n\
             +------------------------+---------+\n\
             | name                   | version |\n\
             +------------------------+---------+\n\
             | Dell Command | Update  | 5.1.0   |\n\
             | Kaspersky              | 21.3    |\n\
             +------------------------+---------+\n",
            expect![[r#"
                Certain: a table is drawn below the prompt “osquery>”
                reading: a table drawn with pipes; name from “name”; version from “version”
                5! expected 2 fields, found 3; read as far as it goes
                5: Dell Command | Update | version 5.1.0
                6: Kaspersky | version 21.3
                lines: 2 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn rows_of_a_query_as_json_and_csv_are_read() {
        check(
            r#"[
  {"identifying_number":"{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}","install_date":"","install_location":"","install_source":"","language":"1033","name":"Kaspersky Endpoint Security for Windows","publisher":"AO Kaspersky Lab","uninstall_string":"","version":"12.6"}
]
"#,
            expect![[r#"
                Likely: it is JSON with keys of osquery: “identifying_number”, “install_source”
                reading: name from “name”; version from “version”; publisher from “publisher”; identifiers from “identifying_number”, “install_location”, “uninstall_string”
                2: Kaspersky Endpoint Security for Windows | version 12.6 | publisher AO Kaspersky Lab | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "name|version|install_location|install_source|language|publisher|uninstall_string|install_date|identifying_number\n\
             7-Zip|23.01||||Igor Pavlov|||\n",
            expect![[r#"
                Certain: line 1 is a header of osquery: “name”, “identifying_number”
                reading: pipe-separated; name from “name”; version from “version”; publisher from “publisher”; identifiers from “install_location”, “uninstall_string”, “identifying_number”
                2: 7-Zip | version 23.01 | publisher Igor Pavlov
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_a_difference_removed_is_gone() {
        check(
            r#"{"diffResults":{"added":[{"name":"kesl","version":"12.1"}],"removed":[{"name":"kav4fs","version":"8.0"}]},"name":"deb","hostIdentifier":"srv-1","calendarTime":"x","unixTime":1}
"#,
            expect![[r#"
                Certain: it is JSON with keys of osquery: “hostIdentifier”, “unixTime”
                reading: name from “name”; version from “version”
                1: kesl | version 12.1 | host srv-1
                1: kav4fs | version 8.0 | host srv-1 | removed
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            r#"[{"name":"A","version":"1"}]"#,
            "+-----+\n| name|\n+-----+\n| A   |\n+-----+\n",
            "osquery> .help\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
