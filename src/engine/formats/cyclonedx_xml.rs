//! Bills of materials in CycloneDX's XML form.

use super::columns::{Draft, Field, Meaning};
use super::cyclonedx::is_program;
use super::xml::{Element, Elements, Out, Verdict, XmlReader};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;

pub(super) static FORMAT: Format = Format {
    id: "cyclonedx-xml",
    title: "CycloneDX bill of materials (XML)",
    reads: "a software bill of materials in CycloneDX's XML form: its components, with components \
            in components, and the software that it describes",
    how_to_get: "ask the maker of the software for it, or make one: \
                 syft dir:/ -o cyclonedx-xml=list.xml",
    cannot_show: "only the parts that the tool could see in the files: a program that is installed \
                  but not described is missing; it says nothing about computers",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Bom::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = key!("it is XML with the namespace of CycloneDX");
    let is_bom = sample.text.trim_start().starts_with('<')
        && sample.text.contains("http://cyclonedx.org/schema/bom/");
    is_bom.then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Bom {
    has_said_reading: bool,
}

impl Elements for Bom {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        match element.name() {
            "bom" | "components" => Verdict::Container,
            "metadata" => {
                if let Some(subject) = element.child("component")
                    && is_program(subject.attribute("type"))
                    && self.component(&subject, out) == Verdict::Container
                {
                    out.record_lines(subject.line(), subject.last_line());
                }
                Verdict::Done
            }
            "component" => {
                let verdict = self.component(element, out);
                if verdict == Verdict::Container {
                    out.record_lines(element.line(), element.last_line());
                }
                verdict
            }
            "composition" if element.child_text("aggregate").starts_with("incomplete") => {
                out.sink.problem(element.line(), incomplete(), element.raw());
                Verdict::Done
            }
            "compositions" => Verdict::Container,
            _ => Verdict::Done,
        }
    }
}

/// The maker says that parts are missing.
pub(super) fn incomplete() -> ProblemKind {
    ProblemKind::Incomplete {
        why: clause!("the bill of materials says that parts are missing in it"),
        advice: clause!("ask its maker for a complete one"),
    }
}

impl Bom {
    /// Gives a component out; components in it come next, so that it is a container then.
    fn component(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        let mut draft = Draft::default();
        for child in element.children() {
            let (field, rank, value) = match child.name() {
                "name" => (Field::Name, 0, child.own_text()),
                "version" => (Field::Version, 0, child.own_text()),
                "publisher" => (Field::Publisher, 0, child.own_text()),
                "supplier" | "manufacturer" => (Field::Publisher, 1, child.child_text("name")),
                "author" => (Field::Publisher, 2, child.own_text()),
                "purl" => (Field::PackageUrl, 8, child.own_text()),
                "cpe" => (Field::Cpe, 9, child.own_text()),
                _ => continue,
            };
            draft.put(Meaning { field, rank }, value);
        }
        if draft.name().is_empty() {
            out.problem(element, ProblemKind::NoName);
            return Verdict::Done;
        }
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "name from <name>; version from <version>; publisher from <publisher> or \
                 <supplier>; identifiers from <purl>"
            ));
            self.has_said_reading = true;
        }
        out.record(&draft.record(element.line(), element.raw()));
        Verdict::Container
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
            "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\" version=\"1\">\n<metadata>\n\
             <tools><tool><name>syft</name><version>1</version></tool></tools>\n<component type=\"application\"><name>Suite</name><version>2</version></component>\n</metadata>\n\
             <components>\n<component type=\"library\">\n<supplier><name>AO Kaspersky Lab</name></supplier>\n<name>kesl</name>\n<version>12.1</version>\n\
             <licenses><license><name>x</name></license></licenses>\n<purl>pkg:deb/kesl@12.1</purl>\n<components>\n<component><name>inner</name></component>\n</components>\n</component>\n\
             <component><version>1</version></component>\n</components>\n<compositions><composition><aggregate>incomplete</aggregate></composition></compositions>\n</bom>\n",
            expect![[r#"
                Certain: it is XML with the namespace of CycloneDX
                reading: name from <name>; version from <version>; publisher from <publisher> or <supplier>; identifiers from <purl>
                5: Suite | version 2
                8: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl
                15: inner
                18! expected the name of a program, found none
                20! this list is not complete: the bill of materials says that parts are missing in it; what is there was checked; ask its maker for a complete one
                lines: 11 records + 9 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_xml_is_not_recognised() {
        check(
            "<bom xmlns=\"urn:other\"><component><name>a</name></component></bom>\n",
            expect![[r#"
            not recognised
            reading: name from <name>; version from <version>; publisher from <publisher> or <supplier>; identifiers from <purl>
            1: a
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
