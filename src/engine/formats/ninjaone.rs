//! NinjaOne: the software of devices as JSON of its interface for programs.

use super::json::{self, Object, Tool};
use super::{Confidence, Format, Sample, Sniffed};

pub(super) static FORMAT: Format = Format {
    id: "ninjaone",
    title: "NinjaOne",
    reads: "the software of all devices as JSON of the NinjaOne API (queries/software)",
    how_to_get: "ask the NinjaOne API for GET /v2/queries/software, again with the cursor of each answer \
                 until no more results come, and save each answer as a file",
    cannot_show: "devices have numbers there and no names, which GET /v2/devices shows, and each answer is \
                  one page; programs that are merely copied to the disk and browser extensions are missing",
    platform: None,
    sniff,
    open: |_| json::open_as(Answer),
};

static KEYS: &[(Confidence, &[&str])] =
    &[(Confidence::Certain, &["cursor", "results", "deviceId", "publisher", "version"])];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

struct Answer;

impl Tool for Answer {
    // The name of the cursor is the place where the next page goes on.
    fn passes_over(&self, object: &Object<'_>) -> bool {
        object.key == "cursor"
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::expect;

    #[test]
    fn the_cursor_is_no_program() {
        let text = r#"{"cursor": {"name": "b3c1", "offset": 0, "count": 2},
"results": [
 {"installDate": "2024-01-02", "name": "7-Zip 23.01 (x64)", "publisher": "Igor Pavlov", "version": "23.01", "deviceId": 17},
 {"installDate": null, "name": "Kaspersky Endpoint Security", "publisher": "AO Kaspersky Lab", "version": "12.6", "deviceId": 18}]}
"#;
        expect![[r#"
            Certain: it is JSON with keys of NinjaOne: “cursor”, “results”, “deviceId”, “publisher”, “version”
            reading: name from “name”; version from “version”; publisher from “publisher”; computer from “deviceId”
            3: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov | host 17
            4: Kaspersky Endpoint Security | version 12.6 | publisher AO Kaspersky Lab | host 18
            lines: 2 records + 2 structure + 0 problems
        "#]].assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text =
            "{\"cursor\":{\"name\":\"x\"},\"results\":[{\"deviceId\":1,\"kbNumber\":\"KB1\"}]}\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
