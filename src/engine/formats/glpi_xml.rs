//! The XML that agents of GLPI, FusionInventory and OCS Inventory send to their server: a `REQUEST`
//! a computer, with a `SOFTWARES` element for each program.

use super::columns::{Draft, Field, Meaning};
use super::common::without_ellipsis;
use super::xml::{Element, Elements, Out, Verdict, XmlReader};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Record};

pub(super) static FORMAT: Format = Format {
    id: "glpi-xml",
    title: "Inventory of GLPI, FusionInventory or OCS Inventory (XML)",
    reads: "the XML file of an agent of GLPI, FusionInventory or OCS Inventory, with its list of \
            programs and of antivirus products; several in one file too",
    how_to_get: "on the computer: glpi-agent --local=. (or fusioninventory-agent --local=.), and \
                 choose the file that ends in .xml or .ocs",
    cannot_show: "only what the agent found: programs without an entry in the system's list of \
                  programs are missing, and a partial inventory has no programs at all",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Inventory::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has = |part: &str| sample.text.contains(part);
    let reason = key!("it is XML with <REQUEST> and <CONTENT>, as inventory agents send it");
    let is_request = has("<REQUEST>") && has("<CONTENT>");
    let is_inventory =
        ["<SOFTWARES>", "<ANTIVIRUS>", "<HARDWARE>", "<VERSIONCLIENT>", "<QUERY>INVENTORY"]
            .iter()
            .any(|part| has(part));
    (is_request && is_inventory)
        .then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Inventory {
    host: String,
    has_said_reading: bool,
}

impl Elements for Inventory {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        match element.name() {
            "REQUEST" => {
                self.host = host_of_request(element).unwrap_or_default().to_owned();
                Verdict::Container
            }
            "CONTENT" => {
                if let Some(host) = host_of_content(element) {
                    self.host = host.to_owned();
                }
                Verdict::Container
            }
            // Both stand alone only where the document was too long to be held.
            "HARDWARE" if self.host.is_empty() => {
                self.host = element.child_text("NAME").to_owned();
                Verdict::Done
            }
            "DEVICEID" if self.host.is_empty() => {
                self.host = host_of_id(element.own_text()).to_owned();
                Verdict::Done
            }
            "SOFTWARES" | "ANTIVIRUS" => self.program(element, out),
            // Containers of no known kind, as around several documents.
            name if element.depth() <= 1 && !SECTIONS.contains(&name) => Verdict::Container,
            _ => Verdict::Done,
        }
    }

    fn opened(&mut self, element: &Element<'_>) {
        let host = match element.name() {
            "REQUEST" => host_of_request(element),
            "CONTENT" => host_of_content(element),
            _ => None,
        };
        if let Some(host) = host {
            self.host = host.to_owned();
        }
    }
}

/// Parts of an inventory that have names of other things.
const SECTIONS: &[&str] = &["BIOS", "OPERATINGSYSTEM", "QUERY", "DEVICEID", "HARDWARE"];

impl Inventory {
    fn program(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if element.children().next().is_none() {
            return Verdict::Done;
        }
        let mut draft = draft_of(element);
        if draft.is_empty() {
            out.problem(element, ProblemKind::NoName);
            return Verdict::Done;
        }
        draft.default_host(&self.host);
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            out.sink.problem(element.line(), ProblemKind::NameCut, element.raw());
        }
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "name from NAME; version from VERSION; publisher from PUBLISHER or COMPANY; \
                 computer from HARDWARE or DEVICEID; identifiers from GUID, UNINSTALL_STRING, \
                 FOLDER"
            ));
            self.has_said_reading = true;
        }
        let record: Record<'_> = draft.record(element.line(), element.raw());
        out.record(&record);
        Verdict::Record
    }
}

fn draft_of<'a>(element: &Element<'a>) -> Draft<'a> {
    let mut draft = Draft::default();
    let is_antivirus = element.name() == "ANTIVIRUS";
    let from = element.child_text("FROM");
    for child in element.children() {
        let (field, rank) = match child.name() {
            "NAME" => (Field::Name, 0),
            "VERSION" => (Field::Version, 0),
            "PUBLISHER" | "COMPANY" => (Field::Publisher, 0),
            // Of an antivirus it is the entry's in the Security Center.
            "GUID" if !is_antivirus => (Field::ProductCode, 0),
            "UNINSTALL_STRING" => (Field::UninstallCommand, 0),
            "FOLDER" => (Field::Path, 0),
            "COMMENTS" if from == "Android" => (Field::Package, 0),
            _ => continue,
        };
        draft.put(Meaning { field, rank }, child.own_text());
    }
    if ["deb", "rpm", "pacman", "apk", "gentoo", "slackware"].contains(&from) {
        draft.identify(IdentifierKind::Package, draft.name());
    }
    draft
}

fn host_of_request<'a>(request: &Element<'a>) -> Option<&'a str> {
    let content = request.child("CONTENT");
    content.and_then(|content| host_of_content(&content)).or_else(|| {
        let id = request.child_text("DEVICEID");
        (!id.is_empty()).then(|| host_of_id(id))
    })
}

fn host_of_content<'a>(content: &Element<'a>) -> Option<&'a str> {
    let name = content.child("HARDWARE")?.child_text("NAME");
    (!name.is_empty()).then_some(name)
}

/// `FIN-07-2024-05-02-09-30-11`: the agent's first start behind the computer's name.
fn host_of_id(id: &str) -> &str {
    // The length of "-2024-05-02-09-30-11".
    const TIME: usize = 20;
    let Some(at) = id.len().checked_sub(TIME) else { return id };
    match id.split_at_checked(at) {
        Some((name, time))
            if !name.is_empty()
                && time.split('-').skip(1).count() == 6
                && time.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) =>
        {
            name
        }
        _ => id,
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
    fn programs_and_antivirus_of_a_computer_named_below_them_are_read() {
        check(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<REQUEST>\n  <CONTENT>\n    <ANTIVIRUS>\n      \
             <COMPANY>AO Kaspersky Lab</COMPANY>\n      <GUID>{AE1D740B-8F0F-D137-211D-873D44B3F4AE}</GUID>\n      \
             <NAME>Kaspersky &amp; Co</NAME>\n    </ANTIVIRUS>\n    <BIOS><NAME>x</NAME></BIOS>\n    \
             <HARDWARE>\n      <NAME>FIN-07</NAME>\n    </HARDWARE>\n    <SOFTWARES>\n      \
             <FROM>registry</FROM>\n      <GUID>{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}</GUID>\n      \
             <NAME>Kaspersky Endpoint Security</NAME>\n      <PUBLISHER>&quot;Лаборатория &#x41A;асперского&quot;</PUBLISHER>\n      \
             <VERSION>12.6</VERSION>\n    </SOFTWARES>\n    <SOFTWARES>\n      <FROM>Android</FROM><NAME>TikTok</NAME>\
             <COMMENTS>com.zhiliaoapp.musically</COMMENTS>\n    </SOFTWARES>\n  </CONTENT>\n  <DEVICEID>x-2024-05-02-09-30-11</DEVICEID>\n</REQUEST>\n",
            expect![[r#"
                Certain: it is XML with <REQUEST> and <CONTENT>, as inventory agents send it
                reading: name from NAME; version from VERSION; publisher from PUBLISHER or COMPANY; computer from HARDWARE or DEVICEID; identifiers from GUID, UNINSTALL_STRING, FOLDER
                4: Kaspersky & Co | publisher AO Kaspersky Lab | host FIN-07
                13: Kaspersky Endpoint Security | version 12.6 | publisher "Лаборатория Касперского" | host FIN-07 | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                20: TikTok | host FIN-07 | package com.zhiliaoapp.musically
                lines: 15 records + 10 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_computer_is_named_by_its_id_and_documents_may_follow_each_other() {
        check(
            "<REQUEST><CONTENT>\n<SOFTWARES><NAME>kesl</NAME><FROM>deb</FROM></SOFTWARES>\n</CONTENT>\n\
             <DEVICEID>srv-1-2024-05-02-09-30-11</DEVICEID></REQUEST>\n--\n<?xml version=\"1.0\"?>\n\
             <REQUEST><CONTENT>\n<SOFTWARES><NAME>bash</NAME></SOFTWARES>\n<SOFTWARES/></CONTENT></REQUEST>\n",
            expect![[r#"
                Certain: it is XML with <REQUEST> and <CONTENT>, as inventory agents send it
                reading: name from NAME; version from VERSION; publisher from PUBLISHER or COMPANY; computer from HARDWARE or DEVICEID; identifiers from GUID, UNINSTALL_STRING, FOLDER
                2: kesl | host srv-1 | package kesl
                8: bash
                lines: 2 records + 7 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn damage_is_told_and_the_other_programs_are_read() {
        check(
            "<REQUEST>\n<CONTENT>\n<HARDWARE><NAME>pc</NAME></HARDWARE>\n<SOFTWARES>\n<NAME>A & B</NAME>\n<VERSION>1<PUBLISHER>C</PUBLISHER>\n\
             </SOFTWARES>\n<SOFTWARES>\n<NAME>Kaspersky</NAME>\n<SOFTWARES>\n<NAME>D</NAME>\n</SOFTWARES>\n<SOFTWARES>\n<VERSION>3</VERSION>\n</SOFTWARES>\n\
             <SOFTWARES>\n<NAME>E</NAME",
            expect![[r#"
                Certain: it is XML with <REQUEST> and <CONTENT>, as inventory agents send it
                6! the XML is damaged here: the element <VERSION> is not closed; read as far as it goes
                reading: name from NAME; version from VERSION; publisher from PUBLISHER or COMPANY; computer from HARDWARE or DEVICEID; identifiers from GUID, UNINSTALL_STRING, FOLDER
                4: A & B | version 1 | publisher C | host pc
                8: Kaspersky | host pc
                10: D | host pc
                13! expected the name of a program, found none
                16: E | host pc
                17! the file ends in the middle; it may have been cut short, make it again
                lines: 14 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_xml_is_not_recognised() {
        check(
            "<REQUEST><QUERY>PROLOG</QUERY></REQUEST>\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
