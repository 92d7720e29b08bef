//! Microsoft Defender: what its interface for programs (`/api/…`) answers, and its export files.

use super::columns::Draft;
use super::json::{self, Object, Tool};
use super::tool_table::counts_only;
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "defender-api",
    title: "Microsoft Defender API",
    reads: "JSON of the Microsoft Defender API: machines/SoftwareInventoryByMachine, its export \
            files with one object a line, and Software",
    how_to_get: "call https://api.security.microsoft.com/api/machines/SoftwareInventoryByMachine \
                 until no @odata.nextLink is given, and save each answer; or use \
                 SoftwareInventoryExport and unpack the files it names",
    cannot_show: "software that Defender has no product name for (without a CPE) is missing here; \
                  machines/SoftwareInventoryNoProductCodeByMachine lists it. The list Software \
                  counts computers and names none",
    platform: None,
    sniff,
    open,
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["softwareVendor", "softwareName"]),
    // The export files write the same words with a capital.
    (Confidence::Certain, &["SoftwareVendor", "SoftwareName"]),
    (Confidence::Certain, &["vendor", "weaknesses", "exposedMachines"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    json::open_as(Answer::default())
}

#[derive(Default)]
struct Answer {
    has_said_page: bool,
    /// The first record that counts computers instead of naming one.
    counts_from: Option<u64>,
}

impl Tool for Answer {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        if !self.has_said_page && !object.fields.get("@odata.nextLink").is_empty() {
            self.has_said_page = true;
            sink.problem(object.line, json::first_page("@odata.nextLink"), "");
        }
    }

    // The id is put together from computer, vendor, name and version, so that no two are alike.
    fn ignored(&self) -> &'static [&'static str] {
        &["id", "Id"]
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        if draft.host().is_empty() && !object.fields.get("exposedMachines").is_empty() {
            self.counts_from.get_or_insert(object.line);
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some(line) = self.counts_from {
            let advice =
                key!("ask for machines/SoftwareInventoryByMachine, which names the computers");
            sink.problem(line, counts_only("exposedMachines", advice), "");
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
    fn programs_of_each_machine_are_read_from_broken_json_too() {
        check(
            r#"{
  "@odata.context": "https://api.security.microsoft.com/api/$metadata#Collection",
  "value": [
    {
      "deviceId": "000f",
      "deviceName": "pc-1.corp.example",
      "osPlatform": "Windows10" "Windows11",
      "softwareVendor": "kaspersky",
      "softwareName": "endpoint_security",
      "softwareVersion": "11.6.0.394",
      "numberOfWeaknesses": 3,
      "diskPaths": ["C:\\Program Files (x86)\\Kaspersky Lab\\KES.11.6.0\\avp.exe"],
      "registryPaths": ["HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}"],
      "softwareFirstSeenTimestamp": "2020-12-30 11:07:15",
    },
    {
      "deviceName": "pc-2.corp.example",
      "softwareVendor": "7-zip",
      "softwareName": "7-zip",
      "softwareVersion": "23.1.0.0"
    },
  ],
  "@odata.nextLink": "https://api.security.microsoft.com/api/x?$skiptoken=1"
}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Microsoft Defender API: “softwareVendor”, “softwareName”
                1! this list is not complete: it is one page of a longer list (“@odata.nextLink”); what is there was checked; fetch the other pages too and give this page all of them
                reading: name from “softwareName”; version from “softwareVersion”; publisher from “softwareVendor”; computer from “deviceName” or “deviceId”; identifiers from “diskPaths”, “registryPaths”
                4: endpoint_security | version 11.6.0.394 | publisher kaspersky | host pc-1.corp.example | path C:\Program Files (x86)\Kaspersky Lab\KES.11.6.0\avp.exe | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                7! expected JSON: expected `,` or `}`
                16: 7-zip | version 23.1.0.0 | publisher 7-zip | host pc-2.corp.example
                lines: 18 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn export_files_have_an_object_a_line() {
        check(
            "{\"DeviceId\":\"a\",\"DeviceName\":\"pc-1\",\"SoftwareVendor\":\"tencent\",\"SoftwareName\":\"wechat\",\"SoftwareVersion\":\"3.9\",\"Id\":\"a_tencent_wechat_3.9\"}\n\
             {\"DeviceId\":\"b\",\"DeviceName\":\"pc-2\",\"SoftwareVendor\":\"tencent\",\"SoftwareName\":\"wechat\",\"SoftwareVersion\":\"3.9\",\"Id\":\"b_tencent_wechat_3.9\"}\n",
            expect![[r#"
                Certain: it is JSON with keys of Microsoft Defender API: “SoftwareVendor”, “SoftwareName”
                reading: name from “SoftwareName”; version from “SoftwareVersion”; publisher from “SoftwareVendor”; computer from “DeviceName” or “DeviceId”
                1: wechat | version 3.9 | publisher tencent | host pc-1
                2: wechat | version 3.9 | publisher tencent | host pc-2
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_list_of_software_counts_machines() {
        check(
            r#"{"value":[{"id":"microsoft-_-edge","name":"edge","vendor":"microsoft","weaknesses":467,"exposedMachines":172}]}"#,
            expect![[r#"
                Certain: it is JSON with keys of Microsoft Defender API: “vendor”, “weaknesses”, “exposedMachines”
                reading: name from “name”; publisher from “vendor”
                1: edge | publisher microsoft
                1! this list is not complete: it says on how many computers a program is (“exposedMachines”), not on which; what is there was checked; ask for machines/SoftwareInventoryByMachine, which names the computers
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = r#"[{"name":"softwareVendor","vendor":"softwareName"}]"#;
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
