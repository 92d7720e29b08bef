//! ManageEngine Endpoint Central (Desktop Central): software as JSON of its interface for programs.

use super::columns::Draft;
use super::json::{self, Object, Tool};
use super::tool_table::counts_only;
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "endpoint-central",
    title: "ManageEngine Endpoint Central",
    reads: "the software of one computer, and of all computers together, as JSON of the Endpoint Central \
            API (inventory/installedsoftware and inventory/software)",
    how_to_get: "for each computer, ask the Endpoint Central API for GET \
                 /api/1.4/inventory/installedsoftware?resid=NUMBER, with the number that \
                 /api/1.4/som/computers gives it, and save each answer as a file",
    cannot_show: "no answer names its computer, and the list of all software counts computers only; \
                  programs that are merely copied to the disk and browser extensions are missing",
    platform: None,
    sniff,
    open: |_| json::open_as(Answer::default()),
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["message_response", "installedsoftware"]),
    (Confidence::Certain, &["software_name", "manufacturer_name", "managed_installations"]),
    (Confidence::Certain, &["message_response", "software_name", "manufacturer_name"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

#[derive(Default)]
struct Answer {
    has_said_page: bool,
    /// The first record that counts computers instead of naming one.
    counts_from: Option<u64>,
}

impl Tool for Answer {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        let number = |key| object.fields.get(key).parse::<u64>().ok();
        if !self.has_said_page
            && let (Some(total), Some(limit), Some(page)) =
                (number("total"), number("limit"), number("page"))
            && (page > 1 || limit.saturating_mul(page) < total)
        {
            self.has_said_page = true;
            sink.problem(object.line, json::first_page("total"), "");
        }
    }

    // Numbers of its own.
    fn ignored(&self) -> &'static [&'static str] {
        &["software_id", "managed_sw_id", "managed_software_id", "manufacturer_id"]
    }

    fn record<'a>(&mut self, object: &Object<'a>, _draft: &mut Draft<'a>) {
        let is_of_all = !object.fields.get("network_installations").is_empty()
            && object.key != "installedsoftware";
        if is_of_all {
            self.counts_from.get_or_insert(object.line);
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some(line) = self.counts_from {
            let advice = key!("ask for inventory/installedsoftware of each computer");
            sink.problem(line, counts_only("managed_installations", advice), "");
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
    fn the_software_of_a_computer_is_read() {
        check(
            r#"{"message_type": "installedsoftware", "message_response": {"installedsoftware": [
{"software_id": 301, "software_name": "Kaspersky Endpoint Security for Windows", "display_name": "Kaspersky Endpoint Security for Windows", "software_version": "12.6.0.438", "manufacturer_id": 5, "manufacturer_name": "AO Kaspersky Lab", "installed_date": 1704189600000},
{"software_id": 302, "software_name": "7-Zip 23.01 (x64)", "software_version": "23.01", "manufacturer_name": "Igor Pavlov", "installed_date": 0}]},
"status": "success"}
"#,
            expect![[r#"
                Certain: it is JSON with keys of ManageEngine Endpoint Central: “message_response”, “installedsoftware”
                reading: name from “software_name” or “display_name”; version from “software_version”; publisher from “manufacturer_name”
                2: Kaspersky Endpoint Security for Windows | version 12.6.0.438 | publisher AO Kaspersky Lab
                3: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_software_of_all_computers_counts_them() {
        check(
            r#"{"message_response": {"software": [
{"software_id": 301, "software_name": "Kaspersky Free", "software_version": "21.3", "manufacturer_name": "Kaspersky", "managed_installations": 2, "network_installations": 3}],
"total": 400, "limit": 25, "page": 1}, "status": "success"}
"#,
            expect![[r#"
                Certain: it is JSON with keys of ManageEngine Endpoint Central: “software_name”, “manufacturer_name”, “managed_installations”
                1! this list is not complete: it is one page of a longer list (“total”); what is there was checked; fetch the other pages too and give this page all of them
                reading: name from “software_name”; version from “software_version”; publisher from “manufacturer_name”
                2: Kaspersky Free | version 21.3 | publisher Kaspersky
                2! this list is not complete: it says on how many computers a program is (“managed_installations”), not on which; what is there was checked; ask for inventory/installedsoftware of each computer
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = "[{\"software_name\":\"A\",\"software_version\":\"1\"}]\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
