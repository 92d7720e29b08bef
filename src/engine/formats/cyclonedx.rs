//! Bills of materials in CycloneDX's JSON form.

use super::columns::{Columns, Draft};
use super::cyclonedx_xml::incomplete;
use super::json::{JsonReader, Object, Objects, Verdict};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "cyclonedx",
    title: "CycloneDX bill of materials (JSON)",
    reads: "a software bill of materials in CycloneDX's JSON form: its components, with components \
            in components, and the software that it describes",
    how_to_get: "ask the maker of the software for it, or make one: \
                 syft dir:/ -o cyclonedx-json=list.json",
    cannot_show: "only the parts that the tool could see in the files: a program that is installed \
                  but not described is missing; it says nothing about computers",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    JsonReader::boxed(Bom::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = key!("it is JSON whose “bomFormat” is CycloneDX");
    let after = sample.text.split_once("\"bomFormat\"").map(|(_, after)| after);
    let value = after.and_then(|after| after.trim_start().strip_prefix(':'));
    value
        .is_some_and(|value| value.trim_start().starts_with("\"CycloneDX\""))
        .then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// Types of the component that a bill of materials describes which are software; it can also be a
/// device, or a folder that was looked through.
pub(super) fn is_program(component_type: &str) -> bool {
    matches!(
        component_type,
        "application" | "framework" | "library" | "platform" | "firmware" | "device-driver"
    )
}

#[derive(Default)]
struct Bom {
    has_said_reading: bool,
}

impl Objects for Bom {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        let fields = object.fields;
        match object.key {
            "components" => {
                let draft = fields.draft();
                if draft.name().is_empty() {
                    return Verdict::Container;
                }
                self.record(object, &draft, sink);
                return Verdict::Record;
            }
            "compositions" if fields.get("aggregate").starts_with("incomplete") => {
                sink.problem(object.line, incomplete(), object.text);
            }
            "" if is_program(fields.get("metadata.component.type")) => {
                let name = fields.get("metadata.component.name");
                if !name.is_empty() {
                    sink.record(&Record {
                        name,
                        version: fields.get("metadata.component.version"),
                        publisher: fields.get("metadata.component.publisher"),
                        line: object.line,
                        text: name,
                        ..Record::default()
                    });
                }
            }
            _ => {}
        }
        Verdict::Container
    }
}

impl Bom {
    fn record(&mut self, object: &Object<'_>, draft: &Draft<'_>, sink: &mut dyn Sink) {
        if !self.has_said_reading {
            let keys: Vec<&str> = object.fields.iter().map(|(key, _)| key).collect();
            sink.reading(Columns::of(keys.iter().copied()).described(&keys));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(object.line, object.text));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn components_in_components_and_the_subject_are_read() {
        check(
            r#"{"bomFormat": "CycloneDX", "specVersion": "1.5",
"metadata": {"tools": [{"name": "syft", "version": "1"}], "component": {"type": "application", "name": "Suite", "version": "2"}},
"components": [
{"type": "library", "name": "kesl", "version": "12.1", "supplier": {"name": "AO Kaspersky Lab"}, "purl": "pkg:deb/kesl@12.1",
 "components": [{"name": "inner", "version": "1"}]}
],
"services": [{"name": "cloud"}],
"compositions": [{"aggregate": "incomplete"}]}
"#,
            expect![[r#"
                Certain: it is JSON whose “bomFormat” is CycloneDX
                1: Suite | version 2
                reading: name from “name”; version from “version”; publisher from “supplier.name”; identifiers from “purl”
                4: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl
                5: inner | version 1
                8! this list is not complete: the bill of materials says that parts are missing in it; what is there was checked; ask its maker for a complete one
                lines: 2 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        check(
            "[{\"bomFormat\": \"other\", \"name\": \"CycloneDX\"}]\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
