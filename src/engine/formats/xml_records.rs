//! XML of any tool: elements that have a program's name and something more of it, in attributes, in
//! elements of their own or in properties that have a name.

use std::collections::HashMap;

use super::columns::{Columns, Draft, Field, Meaning, meaning_of};
use super::common::{too_many_fields, without_ellipsis};
use super::json::{Section, section_of};
use super::xml::{Element, Elements, Out, Verdict, XmlReader, counted};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::limits::RECORD_FIELDS;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Record};

pub(super) static FORMAT: Format = Format {
    id: "xml",
    title: "XML",
    reads: "XML with elements that have a program's name and its version, publisher or id: what \
            ConvertTo-Xml, Export-Clixml, wmic /format:rawxml, Jamf, Lansweeper, PDQ, NirSoft and \
            the like write",
    how_to_get: "in PowerShell: Get-Package | Select-Object Name, Version, ProviderName | \
                 Export-Clixml list.xml; or the XML export of your inventory tool",
    cannot_show: "only what the tool that made the file lists: it says nothing about programs \
                  that are merely copied to the disk, browser extensions, or computers that are \
                  not in the file",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Records::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let root = root_of(sample.text)?;
    if OTHERS.iter().any(|other| root.eq_ignore_ascii_case(other)) {
        return None;
    }
    let counted = counted(open(sample), sample);
    let (confidence, reason) = match (counted.full, counted.records) {
        (1.., _) => (
            Confidence::Likely,
            key!("it is XML, and its elements have a program's name and its publisher or id"),
        ),
        // Many things have a name and a version; a single one is rather the document's own.
        (0, 2..) => {
            (Confidence::Possible, key!("it is XML, and its elements have a name and a version"))
        }
        // The programs may come later.
        _ if !sample.is_whole => (Confidence::Possible, key!("it is XML")),
        _ => return None,
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

/// First elements of documents that have names and versions of something else.
const OTHERS: &[&str] = &[
    "rss",
    "feed",
    "RDF",
    "svg",
    "html",
    "urlset",
    "sitemapindex",
    "project",
    "configuration",
    "manifest",
    "assembly",
    "assemblyBinding",
    "package",
    "Wix",
    "opml",
    "kml",
    "gpx",
    "schema",
    "xliff",
    "document",
    "Events",
    "Event",
    "testsuites",
    "testsuite",
    "nmaprun",
    "Task",
    "unattend",
    "plist",
    "bom",
    "stylesheet",
    "wsdl",
    "definitions",
    "beans",
    "web-app",
    "persistence",
    "ivy-module",
    "resources",
    "Package",
    "metadata",
    "log4j",
    "dependencies",
    "PropertySheet",
    "Policies",
    "policyDefinitions",
    "gupnp",
    "coverage",
    "checkstyle",
    "TS",
    // Only the tables of software in it count, and they have a format of their own.
    "MsInfo",
];

/// The name of the document's first element, if the text begins like XML.
fn root_of(text: &str) -> Option<&str> {
    const LINES_ABOVE: usize = 20;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(LINES_ABOVE) {
        if line.trim_start().starts_with('<') {
            break;
        }
        start += line.len();
    }
    let mut rest = text.get(start..)?.trim_start();
    loop {
        let tag = rest.strip_prefix('<')?;
        let end = if tag.starts_with("!--") { rest.find("-->")? + 3 } else { rest.find('>')? + 1 };
        if !tag.starts_with(['!', '?']) {
            let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
            let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
            // `<user@example.org>` of an e-mail is no element.
            return (is_name && !name.contains('@'))
                .then(|| name.rsplit_once(':').map_or(name, |(_, name)| name));
        }
        rest = rest.get(end..)?.trim_start();
    }
}

#[derive(Default)]
struct Records {
    /// The computers that elements around name, with the depth of those elements.
    hosts: Vec<(usize, String)>,
    /// What names mean; the same few come again and again.
    meanings: HashMap<Box<str>, Option<Meaning>>,
    /// The element opened last, too long to be held, lists programs by its name.
    opened_programs: bool,
    has_said_reading: bool,
    records: u64,
}

/// How many names' meanings are remembered.
const MOST_MEANINGS: usize = 4096;
/// How deep elements in an element are looked into for fields.
const FIELD_DEPTH: usize = 4;

/// The fields of an element as they are put together.
struct Gathered<'a> {
    draft: Draft<'a>,
    fields: usize,
    /// The element has fields of its own that were not looked at.
    is_cut: bool,
    holds_programs: bool,
    /// An element in it has a name of its own, and may be the program.
    has_names_inside: bool,
}

impl Elements for Records {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        let depth = element.depth();
        self.hosts.retain(|(other, _)| *other < depth);
        if section_of(element.name()) == Section::Other {
            return Verdict::Done;
        }
        let gathered = self.gathered(element);
        let draft = &gathered.draft;
        let has_name = !draft.name().is_empty();
        let has_id = draft.identifiers().iter().any(|id| id.kind != IdentifierKind::Path);
        let has_more = has_id || !draft.version().is_empty() || !draft.publisher().is_empty();
        let in_programs =
            section_of(element.name()) == Section::Programs || self.in_programs(element);
        let is_record = !gathered.holds_programs && has_name && (has_more || in_programs)
            || (in_programs && !gathered.holds_programs && has_id);
        // Of what is a record, or would be if it had a name among the fields that were read.
        if gathered.is_cut && !gathered.holds_programs && (is_record || in_programs) {
            out.sink.problem(element.line(), too_many_fields(), element.raw());
        }
        if is_record && !gathered.has_names_inside {
            self.record(element, gathered.draft, out);
            return Verdict::Record;
        }
        self.meet(element, &gathered);
        if is_record { Verdict::UnlessInside } else { Verdict::Container }
    }

    fn leaf(&mut self, element: &Element<'_>, out: &mut Out<'_>) {
        let gathered = self.gathered(element);
        self.record(element, gathered.draft, out);
    }

    fn opened(&mut self, element: &Element<'_>) {
        let mut gathered = self.gathered(element);
        gathered.holds_programs = true;
        self.opened_programs = section_of(element.name()) == Section::Programs;
        self.meet(element, &gathered);
    }

    fn end(&mut self, out: &mut Out<'_>) {
        if self.records == 0 {
            let kind = ProblemKind::NotAnInventory {
                looks_like: clause!("an XML file"),
                advice: clause!("export the list as CSV or JSON instead"),
            };
            out.sink.problem(0, kind, "");
        }
    }
}

impl Records {
    fn in_programs(&self, element: &Element<'_>) -> bool {
        match element.parent_name() {
            Some(name) => section_of(name) == Section::Programs,
            None => self.opened_programs,
        }
    }

    /// An element that is no record may name the computer.
    fn meet(&mut self, element: &Element<'_>, gathered: &Gathered<'_>) {
        let draft = &gathered.draft;
        let host = if !draft.host().is_empty() {
            draft.host()
        } else if gathered.holds_programs {
            // `<computer><general><name>…` of Jamf.
            let general = element.child("general").map_or("", |general| general.child_text("name"));
            if general.is_empty() { draft.name() } else { general }
        } else {
            ""
        };
        if !host.is_empty() {
            self.hosts.push((element.depth(), host.to_owned()));
        }
    }

    fn record(&mut self, element: &Element<'_>, mut draft: Draft<'_>, out: &mut Out<'_>) {
        if let Some(kept) = without_ellipsis(draft.name()) {
            draft.rename(kept);
            out.sink.problem(element.line(), ProblemKind::NameCut, element.raw());
        }
        if !self.has_said_reading {
            let keys = keys_of(element);
            out.sink.reading(Columns::of(keys.iter().copied()).described(&keys));
            self.has_said_reading = true;
        }
        self.records += 1;
        let around = self.hosts.last().map_or("", |(_, host)| host.as_str());
        let record = draft.record(element.line(), element.raw());
        let host = if record.host.is_empty() { around } else { record.host };
        out.record(&Record { host, ..record });
    }

    fn gathered<'a>(&mut self, element: &Element<'a>) -> Gathered<'a> {
        let mut gathered = Gathered {
            draft: Draft::default(),
            fields: 0,
            is_cut: false,
            holds_programs: false,
            has_names_inside: false,
        };
        self.gather(element, "", FIELD_DEPTH, &mut gathered);
        gathered
    }

    fn gather<'a>(
        &mut self,
        element: &Element<'a>,
        path: &str,
        depth: usize,
        gathered: &mut Gathered<'a>,
    ) {
        for (key, value) in element.attributes() {
            // An attribute that says what kind of thing this is, of PowerShell and of schemas.
            if !matches!(key, "Type" | "type" | "TYPE" | "xmlns" | "RefId" | "N" | "ID" | "class") {
                self.put(path, key, value, gathered);
            }
        }
        let mut names_seen: Vec<&str> = Vec::new();
        for child in element.children() {
            let name = child.name();
            // An element in one of its own name was not closed.
            if child.is(element.name()) && !is_property(name) {
                continue;
            }
            if gathered.fields >= RECORD_FIELDS {
                // What holds others may be a program itself, and an empty one says nothing.
                let is_field = child.children().next().is_none() && !child.own_text().is_empty();
                gathered.is_cut |= depth == FIELD_DEPTH && is_field;
                continue;
            }
            let section = section_of(name);
            let is_leaf = child.children().next().is_none();
            if section == Section::Programs && !is_leaf {
                gathered.holds_programs = true;
                continue;
            }
            if section == Section::Other && !is_leaf {
                continue;
            }
            let named = property_name(&child);
            if let Some(key) = named {
                let value = if is_leaf { child.own_text() } else { child.text() };
                let value = if value.is_empty() { child.attribute("value") } else { value };
                self.put(path, key, value, gathered);
            } else if is_leaf {
                self.put(path, name, child.own_text(), gathered);
                if depth > 1 && child.attributes().next().is_some() {
                    let path = format!("{path}{name}.");
                    self.gather(&child, &path, 1, gathered);
                }
            } else if depth > 1 {
                // Elements of one name are a list of something else; the wrappers of PowerShell
                // around properties are none.
                if names_seen.contains(&name) {
                    continue;
                }
                names_seen.push(name);
                if matches!(name, "MS" | "Props") {
                    self.gather(&child, path, depth - 1, gathered);
                } else {
                    let path = format!("{path}{name}.");
                    self.gather(&child, &path, depth - 1, gathered);
                }
            }
        }
    }

    fn put<'a>(&mut self, path: &str, key: &str, value: &'a str, gathered: &mut Gathered<'a>) {
        gathered.fields += 1;
        if value.is_empty() {
            return;
        }
        let joined;
        let key = if path.is_empty() {
            key
        } else {
            joined = format!("{path}{key}");
            &joined
        };
        let meaning = match self.meanings.get(key) {
            Some(meaning) => *meaning,
            None => {
                if self.meanings.len() > MOST_MEANINGS {
                    self.meanings.clear();
                }
                let meaning = meaning_of(key);
                self.meanings.insert(key.into(), meaning);
                meaning
            }
        };
        match meaning {
            // What is further inside is something of its own.
            Some(Meaning { field: Field::Name | Field::PackageName, .. }) if !path.is_empty() => {
                gathered.has_names_inside = true;
            }
            Some(Meaning { field, .. }) if !path.is_empty() && !is_of_around(field) => {}
            Some(meaning) => gathered.draft.put(meaning, value),
            None => {}
        }
    }
}

/// What an element further inside can say of the one around it: `<vendor><name>…`.
fn is_of_around(field: Field) -> bool {
    matches!(field, Field::Publisher | Field::Version | Field::Host)
}

/// The names of its fields, for people.
fn keys_of<'a>(element: &Element<'a>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = element.attributes().map(|(key, _)| key).collect();
    for child in element.children() {
        if matches!(child.name(), "MS" | "Props") {
            keys.extend(keys_of(&child));
        } else {
            keys.push(property_name(&child).unwrap_or(child.name()));
        }
    }
    keys
}

fn is_property(name: &str) -> bool {
    ["property", "prop", "field", "column", "attribute", "param", "value", "data"]
        .iter()
        .any(|property| name.eq_ignore_ascii_case(property))
}

/// The name of a property: `<Property Name="DisplayName">`, `<S N="DisplayName">` of Export-Clixml.
fn property_name<'a>(element: &Element<'a>) -> Option<&'a str> {
    let name = element.attribute("N");
    if !name.is_empty() {
        return Some(name);
    }
    let key = if is_property(element.name()) {
        [element.attribute("name"), element.attribute("key")]
    } else {
        ["", ""]
    };
    key.into_iter().find(|key| !key.is_empty())
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
    fn properties_of_powershell_are_read() {
        check(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Objects>\n  <Object Type=\"System.Management.Automation.PSCustomObject\">\n    \
             <Property Name=\"DisplayName\" Type=\"System.String\">Kaspersky Endpoint Security</Property>\n    <Property Name=\"DisplayVersion\" Type=\"System.String\">12.6</Property>\n    \
             <Property Name=\"Publisher\" Type=\"System.Object\" />\n  </Object>\n</Objects>\n",
            expect![[r#"
                not recognised
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                3: Kaspersky Endpoint Security | version 12.6
                lines: 5 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n  <Obj RefId=\"0\">\n    <TN RefId=\"0\">\n      <T>Selected.System.Management.Automation.PSCustomObject</T>\n    </TN>\n    \
             <MS>\n      <S N=\"DisplayName\">Kaspersky</S>\n      <S N=\"Publisher\">AO Kaspersky Lab</S>\n      <Nil N=\"InstallDate\" />\n    </MS>\n  </Obj>\n  <Obj RefId=\"1\">\n    <MS>\n      <S N=\"DisplayName\">7-Zip</S>\n      <S N=\"DisplayVersion\">23.01</S>\n    </MS>\n  </Obj>\n</Objs>\n",
            expect![[r#"
                Likely: it is XML, and its elements have a program's name and its publisher or id
                reading: name from “DisplayName”; publisher from “Publisher”
                2: Kaspersky | publisher AO Kaspersky Lab
                12: 7-Zip | version 23.01
                lines: 16 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "<COMMAND><RESULTS NODE=\"FIN-07\"><CIM>\n<INSTANCE CLASSNAME=\"Win32_Product\"><PROPERTY NAME=\"Caption\" CLASSORIGIN=\"x\" TYPE=\"string\"><VALUE>Kaspersky</VALUE></PROPERTY>\
             <PROPERTY NAME=\"Version\" TYPE=\"string\"><VALUE>12.6</VALUE></PROPERTY></INSTANCE>\n</CIM></RESULTS></COMMAND>\n",
            expect![[r#"
                not recognised
                reading: name from “Caption”; version from “Version”
                2: Kaspersky | version 12.6 | host FIN-07
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn fields_are_elements_or_attributes_and_the_computer_stands_around() {
        check(
            "<computers>\n<computer>\n<general><name>mac-7</name></general>\n<hardware><model>x</model></hardware>\n<software>\n<applications><size>1</size>\n\
             <application><name>Kaspersky.app</name><path>/Applications/Kaspersky.app</path><version>24</version><bundle_id>com.kaspersky.kav</bundle_id></application>\n</applications>\n</software>\n</computer>\n\
             <computer><general><name>mac-8</name></general><software><applications>\n<application><name>Zoom.app</name></application></applications></software></computer>\n</computers>\n",
            expect![[r#"
                Likely: it is XML, and its elements have a program's name and its publisher or id
                reading: name from “name”; version from “version”; identifiers from “path”, “bundle_id”
                7: Kaspersky.app | version 24 | host mac-7 | path /Applications/Kaspersky.app | bundle com.kaspersky.kav
                12: Zoom.app | host mac-8
                lines: 2 records + 11 structure + 0 problems
            "#]],
        );
        check(
            "<Report>\n<Computer Name=\"PC-1\">\n<Programs>\n<Program Name=\"Kaspersky &#x2122;\" Version=\"1\" Vendor=\"AO Kaspersky Lab\"/>\n<Program Name=\"Old\"/>\n</Programs></Computer>\n\
             <Row><AssetName>PC-2</AssetName><softwareName>7-Zip</softwareName><softwareVersion>23</softwareVersion></Row>\n</Report>\n",
            expect![[r#"
                Likely: it is XML, and its elements have a program's name and its publisher or id
                reading: name from “Name”; version from “Version”; publisher from “Vendor”
                4: Kaspersky ™ | version 1 | publisher AO Kaspersky Lab | host PC-1
                5: Old | host PC-1
                7: 7-Zip | version 23 | host PC-2
                lines: 3 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn damage_is_told_and_the_rest_is_read() {
        check(
            "<items>\n<item><display_name>A</display_name><version>1</version>\n<item><display_name>Kaspersky</display_name><version>2</version></item>\n\
             <item name=\"x\n<item><display_name>C</display_name><version>3</version></item></foo>\n<item><display_name>D</display_name><version>4</version></item>\n</items>\n",
            expect![[r#"
                Possible: it is XML, and its elements have a name and a version
                4! the XML is damaged here: the tag <item has no end; read as far as it goes
                5! the XML is damaged here: </foo> closes an element that is not open; read as far as it goes
                2! the XML is damaged here: the element <item> is not closed; read as far as it goes
                reading: name from “display_name”; version from “version”
                2: A | version 1
                3: Kaspersky | version 2
                5: C | version 3
                6: D | version 4
                lines: 4 records + 2 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_documents_are_not_recognised() {
        for text in [
            "<rss version=\"2.0\"><channel><item><title>Kaspersky</title><author>a</author></item></channel></rss>\n",
            "<svg xmlns=\"x\"><title>a</title></svg>\n",
            "<config><server name=\"a\" port=\"1\"/></config>\n",
            "<!-- x --><project><name>a</name><version>1</version></project>\n",
            "<user@example.org> wrote\n",
        ] {
            let transcript = transcript(&FORMAT, text);
            assert!(transcript.starts_with("not recognised"), "{text}: {transcript}");
        }
    }
}
