//! `system_profiler -json SPApplicationsDataType` on a Mac: one array of objects for each data type.

use super::columns::{Draft, Field, Meaning};
use super::json::{JsonReader, Object, Objects, Verdict};
use super::system_profiler::{first_signer, info_of};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::record::{IdentifierKind, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "system-profiler-json",
    title: "macOS System Information as JSON",
    reads: "the JSON that system_profiler -json prints on a Mac for SPApplicationsDataType",
    how_to_get: "in Terminal on the Mac: system_profiler -json SPApplicationsDataType > list.json",
    cannot_show: "only applications (bundles that end in .app) are listed: browser extensions, \
                  command-line tools and background services without an application are missing; \
                  pkgutil --pkgs lists what installers left",
    platform: Some(Platform::Macos),
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn super::Reader> {
    JsonReader::boxed(Programs::default())
}

/// The data types that list software.
pub(super) const DATA_TYPES: &[&str] = &[
    "SPApplicationsDataType",
    "SPInstallHistoryDataType",
    "SPExtensionsDataType",
    "SPLegacySoftwareDataType",
    "SPDisabledSoftwareDataType",
    "SPStartupItemDataType",
    "SPPrefPaneDataType",
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has_object = sample.text.lines().any(|line| line.trim_start().starts_with('{'));
    let data_type = DATA_TYPES.iter().find(|name| {
        let after = sample.text.split_once(&format!("\"{name}\"")).map(|(_, after)| after);
        after.is_some_and(|after| after.trim_start().starts_with(':'))
    })?;
    let reason = clause!("it is JSON with an array named {data_type}", data_type = *data_type);
    has_object.then_some(Sniffed { confidence: Confidence::Certain, reason })
}

#[derive(Default)]
struct Programs {
    has_said_reading: bool,
}

impl Objects for Programs {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        if !DATA_TYPES.contains(&object.key) {
            return Verdict::Container;
        }
        let mut draft = draft_of(object.fields.iter());
        draft.default_host(object.host);
        if draft.name().is_empty() && draft.identifiers().is_empty() {
            return Verdict::Container;
        }
        if !self.has_said_reading {
            sink.reading(clause!(
                "name from “_name”; version from “version”; publisher from “info” where that is \
                 a text of copyright; identifiers from “path”, the first of “signed_by”"
            ));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(object.line, object.text));
        Verdict::Record
    }
}

/// The record that keys and values of an entry make.
pub(super) fn draft_of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Draft<'a> {
    let mut draft = Draft::default();
    let mut has_signer = false;
    for (key, value) in fields {
        let field = match key {
            "_name" => Field::Name,
            "version" | "install_version" | "spext_version" => Field::Version,
            "path" | "spext_path" | "location" => Field::Path,
            "spext_bundleid" | "bundle_id" => Field::Bundle,
            "signed_by" | "spext_signed_by" => {
                // A field for each certificate; what signed it stands first, Apple's behind. (In
                // one text they are parted by commas.)
                if !has_signer && let Some(signer) = first_signer(value) {
                    draft.identify(IdentifierKind::Signer, signer);
                    has_signer = true;
                }
                continue;
            }
            "info" | "get_info_string" | "spext_info" => {
                let info = info_of(value);
                if let Some(path) = info.path {
                    draft.identify(IdentifierKind::Path, path);
                }
                if let Some(copyright) = info.copyright {
                    draft.put(Meaning { field: Field::Publisher, rank: 0 }, copyright);
                }
                continue;
            }
            _ => continue,
        };
        draft.put(Meaning { field, rank: 0 }, value);
    }
    draft
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
    fn each_object_is_an_application() {
        check(
            r#"{
  "SPApplicationsDataType" : [
    {
      "_name" : "Kaspersky",
      "arch_kind" : "arch_arm_i64",
      "info" : "24.0, Copyright © 2024 AO Kaspersky Lab.",
      "lastModified" : "2024-12-03T10:11:12Z",
      "obtained_from" : "identified_developer",
      "path" : "\/Applications\/Kaspersky.app",
      "signed_by" : [
        "Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94)",
        "Developer ID Certification Authority",
        "Apple Root CA"
      ],
      "version" : "24.0.0.1"
    },
    {
      "_name" : "计算器: 2",
      "path" : "/System/Applications/Calculator.app",
      "info" : "10.16"
    }
  ]
}
"#,
            expect![[r#"
                Certain: it is JSON with an array named SPApplicationsDataType
                reading: name from “_name”; version from “version”; publisher from “info” where that is a text of copyright; identifiers from “path”, the first of “signed_by”
                3: Kaspersky | version 24.0.0.1 | publisher 24.0, Copyright © 2024 AO Kaspersky Lab. | path /Applications/Kaspersky.app | signer Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94)
                17: 计算器: 2 | path /System/Applications/Calculator.app
                lines: 19 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_data_types_of_a_report_hold_no_programs() {
        check(
            r#"{"SPHardwareDataType":[{"_name":"hardware_overview","machine_name":"MacBook Pro"}],
"SPApplicationsDataType":[{"_name":"Firefox","version":"120.0","path":"/Applications/Firefox.app"}],
"SPExtensionsDataType":[{"_name":"klif","spext_bundleid":"com.kaspersky.kext.klif","spext_version":"3.0"}]}
"#,
            expect![[r#"
                Certain: it is JSON with an array named SPApplicationsDataType
                reading: name from “_name”; version from “version”; publisher from “info” where that is a text of copyright; identifiers from “path”, the first of “signed_by”
                2: Firefox | version 120.0 | path /Applications/Firefox.app
                3: klif | version 3.0 | bundle com.kaspersky.kext.klif
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_file_cut_short_is_read_as_far_as_it_goes() {
        check(
            r#"{
  "SPApplicationsDataType" : [
    {
      "_name" : "Firefox",
      "version" : "120.0"
    },
    {
      "_name" : "Kaspersky",
      "vers"#,
            expect![[r#"
                Certain: it is JSON with an array named SPApplicationsDataType
                reading: name from “_name”; version from “version”; publisher from “info” where that is a text of copyright; identifiers from “path”, the first of “signed_by”
                3: Firefox | version 120.0
                7: Kaspersky
                9! the file ends in the middle; it may have been cut short, make it again
                lines: 7 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        check(
            r#"[{"name":"SPApplicationsDataType","version":"1"}]"#,
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
        check(
            "see \"SPApplicationsDataType\" : it lists programs\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
