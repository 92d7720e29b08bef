//! Qualys: the software of assets as JSON of CyberSecurity Asset Management and Global AssetView.

use super::columns::{Draft, Field};
use super::help_log::sure;
use super::json::{self, Object, Tool};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "qualys",
    title: "Qualys assets (CSAM, Global AssetView)",
    reads: "the software of assets as JSON of the Qualys interface for CyberSecurity Asset Management \
            and Global AssetView",
    how_to_get: "ask the Qualys API for POST /rest/2.0/search/am/asset with includeFields=software, until \
                 hasMore is 0, and save each answer as a file",
    cannot_show: "only assets with an agent, or that were scanned with a login, list their software; the \
                  names are those that Qualys gives programs, so a product that it does not know may be \
                  called otherwise",
    platform: None,
    sniff,
    open: |_| json::open_as(Answer::default()),
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["softwareListData", "assetName"]),
    (Confidence::Certain, &["softwareListData", "assetId"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

#[derive(Default)]
struct Answer {
    has_said_page: bool,
}

impl Tool for Answer {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        if !self.has_said_page && object.fields.has("hasMore", "1") {
            self.has_said_page = true;
            sink.problem(object.line, json::first_page("hasMore"), "");
        }
    }

    // Numbers of Qualys' own, and what it cuts the name into.
    fn ignored(&self) -> &'static [&'static str] {
        &["id", "cpeId", "cpe", "productName", "packageName"]
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        // "Unknown" stands where Qualys does not know the program; the computer's own words are there.
        let found_out = |key| Some(object.fields.get(key)).filter(|value| *value != "Unknown");
        let name = found_out("fullName").unwrap_or(object.fields.get("discoveredName"));
        draft.put(sure(Field::Name), name);
        draft.put(sure(Field::Publisher), object.fields.get("discoveredPublisher"));
        let version = found_out("version").unwrap_or(object.fields.get("discoveredVersion"));
        draft.put(sure(Field::Version), version);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::expect;

    #[test]
    fn software_is_called_by_its_full_name() {
        let text = r#"{"responseCode": "SUCCESS", "hasMore": 1, "assetListData": {"asset": [
{"assetId": 1, "assetName": "pc-17", "netbiosName": "PC-17", "operatingSystem": {"fullName": "Windows 11", "version": "23H2"},
 "hardware": {"fullName": "Dell Latitude", "productName": "Latitude"},
 "softwareListData": {"software": [
  {"id": 1, "fullName": "Kaspersky Endpoint Security 12.6", "productName": "Endpoint Security", "publisher": "Kaspersky Lab", "version": "12.6.0.438", "softwareInstances": [{"PRODUCT": "x", "VERSION": "1"}]},
  {"id": 2, "fullName": "Unknown", "productName": "Unknown", "publisher": "Unknown", "version": "Unknown", "discoveredName": "kvrt", "discoveredPublisher": "AO Kaspersky Lab", "discoveredVersion": "20.0"}]},
 "serviceList": {"service": [{"description": "x", "name": "klnagent", "status": "RUNNING"}]}}]}}
"#;
        expect![[r#"
            Certain: it is JSON with keys of Qualys assets (CSAM, Global AssetView): “softwareListData”, “assetName”
            1! this list is not complete: it is one page of a longer list (“hasMore”); what is there was checked; fetch the other pages too and give this page all of them
            reading: name from “fullName”; version from “version”; publisher from “publisher”
            5: Kaspersky Endpoint Security 12.6 | version 12.6.0.438 | publisher Kaspersky Lab | host pc-17
            6: kvrt | version 20.0 | publisher AO Kaspersky Lab | host pc-17
            lines: 2 records + 5 structure + 0 problems
        "#]].assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = "[{\"fullName\":\"A\",\"assetName\":\"pc\"}]\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
