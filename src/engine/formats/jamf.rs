//! Jamf Pro: the inventory of computers as JSON of its interfaces for programs.

use super::json::{self, Object, Tool};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "jamf",
    title: "Jamf Pro",
    reads: "the applications of computers as JSON of the Jamf Pro API (computers-inventory) and of its \
            classic API (computers/id/…); what that gives as XML is read as XML",
    how_to_get: "ask the Jamf Pro API for GET /api/v1/computers-inventory?section=GENERAL&\
                 section=APPLICATIONS, page after page, and save each answer as a file",
    cannot_show: "only what computers reported at their last inventory, and of applications only those \
                  in the folders that Jamf looks in; makers are missing: system_profiler \
                  SPApplicationsDataType on the Mac shows who signed each",
    platform: Some(Platform::Macos),
    sniff,
    open: |_| json::open_as(Answer::default()),
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["macAppStore", "bundleId", "applications"]),
    (Confidence::Certain, &["installed_by_casper", "applications"]),
    (Confidence::Certain, &["installed_by_jamf_pro", "applications"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

#[derive(Default)]
struct Answer {
    /// How many computers there are in all, as the answer says, and on which line.
    total: Option<(u64, u64)>,
    computers: u64,
}

impl Tool for Answer {
    fn container(&mut self, object: &Object<'_>, _sink: &mut dyn Sink) {
        if let Ok(total) = object.fields.get("totalCount").parse() {
            self.total.get_or_insert((total, object.line));
        }
        self.computers += u64::from(!object.fields.get("general.name").is_empty());
    }

    // Numbers of Jamf's own.
    fn ignored(&self) -> &'static [&'static str] {
        &["id", "externalVersionId"]
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some((total, line)) = self.total
            && total > self.computers
        {
            sink.problem(line, json::first_page("totalCount"), "");
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
    fn applications_are_on_the_computer_that_the_general_part_names() {
        check(
            r#"{"totalCount": 3, "results": [
{"id": "17", "udid": "A", "general": {"name": "mac-ana", "lastIpAddress": "10.0.0.5"},
 "applications": [{"name": "Kaspersky.app", "path": "/Applications/Kaspersky.app", "version": "24.0", "macAppStore": false, "bundleId": "com.kaspersky.kav.app", "externalVersionId": "0"}],
 "plugins": [{"name": "QuickTime", "version": "7"}], "fonts": [{"name": "Arial", "version": "7"}]},
{"id": "18", "general": {"name": "mac-bob"}, "applications": [{"name": "Safari.app", "version": "17.4", "macAppStore": false, "bundleId": "com.apple.Safari"}]}
]}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Jamf Pro: “macAppStore”, “bundleId”, “applications”
                reading: name from “name”; version from “version”; identifiers from “path”, “bundleId”
                3: Kaspersky.app | version 24.0 | host mac-ana | path /Applications/Kaspersky.app | bundle com.kaspersky.kav.app
                5: Safari.app | version 17.4 | host mac-bob | bundle com.apple.Safari
                1! this list is not complete: it is one page of a longer list (“totalCount”); what is there was checked; fetch the other pages too and give this page all of them
                lines: 2 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_classic_api_is_read() {
        check(
            r#"{"computer": {"general": {"id": 17, "name": "mac-ana"}, "hardware": {"make": "Apple"},
"software": {"unix_executables": [], "installed_by_casper": ["Zoom.pkg"],
"applications": [{"name": "Kaspersky.app", "path": "/Applications/Kaspersky.app", "version": "24.0", "bundle_id": "com.kaspersky.kav.app"}], "fonts": []}}}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Jamf Pro: “installed_by_casper”, “applications”
                reading: each text of a list is a name
                2: Zoom.pkg | host mac-ana
                3: Kaspersky.app | version 24.0 | host mac-ana | path /Applications/Kaspersky.app | bundle com.kaspersky.kav.app
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = "[{\"name\":\"A\",\"bundleId\":\"a.b\"}]\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
