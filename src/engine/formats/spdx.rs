//! Bills of materials in SPDX's JSON form, version 2: packages with their supplier.

use serde::Deserialize;

use super::columns::{Draft, Field, Meaning};
use super::json::{JsonReader, Object, Objects, Verdict};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "spdx",
    title: "SPDX bill of materials (JSON)",
    reads: "a software bill of materials in SPDX's JSON form, version 2: its packages",
    how_to_get: "ask the maker of the software for it, or make one: \
                 syft dir:/ -o spdx-json=list.json",
    cannot_show: "only the parts that the tool could see in the files: a program that is installed \
                  but not described is missing; it says nothing about computers",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    JsonReader::boxed(Packages::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = key!("it is JSON with “spdxVersion”");
    let after = sample.text.split_once("\"spdxVersion\"").map(|(_, after)| after);
    let value = after.and_then(|after| after.trim_start().strip_prefix(':'));
    value
        .is_some_and(|value| value.trim_start().starts_with("\"SPDX-"))
        .then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// The name in `Organization: AO Kaspersky Lab (info@example.org)`; none if nothing is claimed.
pub(super) fn name_of_agent(text: &str) -> &str {
    let text = text.trim();
    let name = ["Organization:", "Person:", "Tool:"]
        .iter()
        .find_map(|kind| text.strip_prefix(kind))
        .unwrap_or(text);
    // The address of e-mail stands in brackets behind.
    let name = match name.rsplit_once(" (") {
        Some((name, address)) if address.ends_with("@)") || address.contains('@') => name,
        _ => name.trim_end().trim_end_matches("()"),
    };
    claimed(name)
}

/// The text, unless it says that nothing is said.
pub(super) fn claimed(text: &str) -> &str {
    let text = text.trim();
    if matches!(text, "NOASSERTION" | "NONE") { "" } else { text }
}

#[derive(Default)]
struct Packages {
    has_said_reading: bool,
}

/// What the fields of an object leave out: an array of objects.
#[derive(Default, Deserialize)]
struct References {
    #[serde(default, rename = "externalRefs")]
    references: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default, rename = "referenceType")]
    kind: String,
    #[serde(default, rename = "referenceLocator")]
    locator: String,
}

impl Objects for Packages {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        if object.key != "packages" {
            return Verdict::Container;
        }
        // An object that was cut has none.
        let references = serde_json::from_str::<References>(object.text).unwrap_or_default();
        let mut draft = Draft::default();
        for (key, value) in object.fields.iter() {
            let (field, rank, value) = match key {
                "name" => (Field::Name, 0, claimed(value)),
                "versionInfo" => (Field::Version, 0, claimed(value)),
                "supplier" => (Field::Publisher, 0, name_of_agent(value)),
                "originator" => (Field::Publisher, 1, name_of_agent(value)),
                _ => continue,
            };
            draft.put(Meaning { field, rank }, value);
        }
        for reference in &references.references {
            draft.put(meaning_of_reference(&reference.kind), &reference.locator);
        }
        if draft.name().is_empty() {
            return Verdict::Container;
        }
        if !self.has_said_reading {
            sink.reading(clause!(
                "name from “name”; version from “versionInfo”; publisher from “supplier” or \
                 “originator”; identifiers from “externalRefs”"
            ));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(object.line, object.text));
        Verdict::Record
    }
}

/// What the locator of an external reference of that type means.
pub(super) fn meaning_of_reference(kind: &str) -> Meaning {
    match kind {
        "cpe22Type" | "cpe23Type" | "cpe22" | "cpe23" => Meaning { field: Field::Cpe, rank: 9 },
        // What is no package URL is none to the draft either.
        _ => Meaning { field: Field::PackageUrl, rank: 8 },
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{FORMAT, name_of_agent};
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn packages_have_a_supplier_and_references() {
        check(
            r#"{"spdxVersion": "SPDX-2.3", "name": "doc", "creationInfo": {"creators": ["Tool: syft"]},
"packages": [
{"SPDXID": "SPDXRef-1", "name": "kesl", "versionInfo": "12.1", "supplier": "Organization: AO Kaspersky Lab (info@example.org)",
 "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:deb/kesl@12.1"}]},
{"name": "endpoint", "versionInfo": "NOASSERTION", "supplier": "NOASSERTION",
 "externalRefs": [{"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:kaspersky:endpoint_security:12:*"}]}
],
"files": [{"fileName": "a", "SPDXID": "x"}]}
"#,
            expect![[r#"
                Certain: it is JSON with “spdxVersion”
                reading: name from “name”; version from “versionInfo”; publisher from “supplier” or “originator”; identifiers from “externalRefs”
                3: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl
                5: endpoint | publisher kaspersky
                lines: 4 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn agents_are_named_without_what_they_are() {
        for (text, name) in [
            ("Organization: AO Kaspersky Lab (info@example.org)", "AO Kaspersky Lab"),
            ("Organization: Foo (Bar) Ltd ()", "Foo (Bar) Ltd"),
            ("Person: Ana", "Ana"),
            ("NOASSERTION", ""),
        ] {
            assert_eq!(name_of_agent(text), name, "{text}");
        }
    }

    #[test]
    fn other_json_is_not_recognised() {
        check(
            "{\"packages\": [{\"name\": \"spdxVersion\"}]}\n",
            expect![[r#"
            not recognised
            reading: name from “name”; version from “versionInfo”; publisher from “supplier” or “originator”; identifiers from “externalRefs”
            1: spdxVersion
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
