//! Software identification tags (SWID, ISO/IEC 19770-2): one `SoftwareIdentity` a program.

use super::columns::{Draft, Field, Meaning};
use super::xml::{Element, Elements, Out, Verdict, XmlReader};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Presence;

pub(super) static FORMAT: Format = Format {
    id: "swid",
    title: "Software identification tags (SWID)",
    reads: "software identification tags of ISO/IEC 19770-2 (files that end in .swidtag), one or \
            several in a file, of the form of 2015 or of 2009",
    how_to_get: "in PowerShell on Windows: Get-ChildItem C:\\ProgramData, 'C:\\Program Files*' \
                 -Recurse -Filter *.swidtag | Get-Content > list.xml; on Linux: cat \
                 /usr/lib/swidtag/*/*.swidtag > list.xml",
    cannot_show: "only programs whose maker ships a tag, and few do: also use the system's own list \
                  of programs from step 2",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Tags::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has = |part: &str| sample.text.contains(part);
    let is_tag = (has("SoftwareIdentity") && has("http://standards.iso.org/iso/19770/-2/"))
        || has("software_identification_tag");
    let reason = key!("it is XML with <SoftwareIdentity> in the namespace of ISO/IEC 19770-2");
    (is_tag && has("<")).then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Tags {
    has_said_reading: bool,
}

impl Elements for Tags {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        let mut draft = Draft::default();
        match element.name() {
            "SoftwareIdentity" => of_2015(element, &mut draft),
            "software_identification_tag" => of_2009(element, &mut draft),
            _ => return Verdict::Container,
        }
        if draft.is_empty() {
            out.problem(element, ProblemKind::NoName);
            return Verdict::Done;
        }
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "name and version from <SoftwareIdentity>; publisher from the <Entity> that is \
                 the software's creator; identifiers from “tagId”, <File> and <Process>"
            ));
            self.has_said_reading = true;
        }
        out.record(&draft.record(element.line(), element.raw()));
        Verdict::Record
    }
}

fn of_2015<'a>(tag: &Element<'a>, draft: &mut Draft<'a>) {
    let mut put = |field, rank, value| draft.put(Meaning { field, rank }, value);
    for (key, value) in tag.attributes() {
        match key {
            "name" => put(Field::Name, 0, value),
            "version" => put(Field::Version, 0, value),
            "tagId" => put(Field::Id, 0, value),
            _ => {}
        }
    }
    for child in tag.children() {
        match child.name() {
            "Entity" => {
                let rank = rank_of(child.attribute("role"));
                put(Field::Publisher, rank, child.attribute("name"));
                if child.attribute("name").is_empty() {
                    put(Field::Publisher, rank + 10, child.attribute("regid"));
                }
            }
            "Meta" => {
                put(Field::Name, 3, child.attribute("product"));
                put(Field::Version, 3, child.attribute("colloquialVersion"));
            }
            _ => {}
        }
    }
    // The tag of an installer, not of what it installs.
    if tag.attribute("corpus") == "true" {
        draft.set_presence(Presence::Available);
    }
    for child in tag.children().filter(|child| child.is("Payload") || child.is("Evidence")) {
        files(&child, draft, 0);
    }
}

/// Files and processes of the program, by name.
fn files<'a>(element: &Element<'a>, draft: &mut Draft<'a>, depth: usize) {
    const DEPTH: usize = 8;
    for child in element.children() {
        match child.name() {
            "File" => {
                draft.put(Meaning { field: Field::File, rank: 0 }, child.attribute("name"));
            }
            "Process" => {
                draft.put(Meaning { field: Field::Process, rank: 0 }, child.attribute("name"));
            }
            _ if depth < DEPTH => files(&child, draft, depth + 1),
            _ => {}
        }
    }
}

/// The creator of the software is its publisher; who wrote the tag often is.
fn rank_of(role: &str) -> u8 {
    let has = |word: &str| role.split_whitespace().any(|other| other == word);
    if has("softwareCreator") {
        0
    } else if has("licensor") {
        1
    } else if has("distributor") || has("aggregator") {
        2
    } else {
        3
    }
}

fn of_2009<'a>(tag: &Element<'a>, draft: &mut Draft<'a>) {
    for child in tag.children() {
        let (field, rank, value) = match child.name() {
            "product_title" => (Field::Name, 0, child.own_text()),
            "product_version" => (Field::Version, 0, child.child_text("name")),
            "software_creator" => (Field::Publisher, 0, child.child_text("name")),
            "software_licensor" => (Field::Publisher, 1, child.child_text("name")),
            "tag_creator" => (Field::Publisher, 3, child.child_text("name")),
            "software_id" => (Field::Id, 0, child.child_text("unique_id")),
            _ => continue,
        };
        draft.put(Meaning { field, rank }, value);
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
    fn tags_of_both_forms_follow_each_other() {
        check(
            "<?xml version=\"1.0\"?>\n<SoftwareIdentity xmlns=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\" name=\"Endpoint Security\" tagId=\"com.kaspersky.kes-12\" version=\"12.6\">\n\
             <Entity name=\"Reseller\" role=\"tagCreator\"/>\n<Entity name=\"AO Kaspersky Lab\" regid=\"kaspersky.com\" role=\"softwareCreator licensor\"/>\n\
             <Payload><Directory name=\"x\"><File name=\"avp.exe\"/></Directory></Payload>\n</SoftwareIdentity>\n\
             <swid:software_identification_tag xmlns:swid=\"http://standards.iso.org/iso/19770/-2/2009/schema.xsd\">\n<swid:product_title>Old</swid:product_title>\n\
             <swid:product_version><swid:name>1.2</swid:name></swid:product_version><swid:software_creator><swid:name>Foo</swid:name></swid:software_creator>\n</swid:software_identification_tag>\n\
             <SoftwareIdentity xmlns=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\" name=\"Setup\" corpus=\"true\"/>\n<SoftwareIdentity/>\n",
            expect![[r#"
                Certain: it is XML with <SoftwareIdentity> in the namespace of ISO/IEC 19770-2
                reading: name and version from <SoftwareIdentity>; publisher from the <Entity> that is the software's creator; identifiers from “tagId”, <File> and <Process>
                2: Endpoint Security | version 12.6 | publisher AO Kaspersky Lab | package com.kaspersky.kes-12 | bundle com.kaspersky.kes-12 | process avp.exe
                7: Old | version 1.2 | publisher Foo
                11: Setup | available
                12! expected the name of a program, found none
                lines: 10 records + 1 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_xml_is_not_recognised() {
        check(
            "<SoftwareIdentity name=\"a\"/>\n",
            expect![[r#"
            not recognised
            reading: name and version from <SoftwareIdentity>; publisher from the <Entity> that is the software's creator; identifiers from “tagId”, <File> and <Process>
            1: a
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
