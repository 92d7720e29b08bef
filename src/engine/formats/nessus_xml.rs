//! The report file of Nessus (`.nessus`, version 2): hosts, and in them what each plugin wrote.

use super::columns::{Draft, Field, Meaning, meaning_of};
use super::nessus_output::{Entry, Listing, OutputReader, says_partial};
use super::xml::{Element, Elements, Out, Verdict, XmlReader, append_decoded};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Identifier, IdentifierKind, Record};

pub(super) static FORMAT: Format = Format {
    id: "nessus-xml",
    title: "Nessus report (.nessus)",
    reads: "a report of Nessus, Tenable.sc or Tenable Vulnerability Management as a .nessus file: \
            the programs that its plugins for installed software list, computer by computer",
    how_to_get: "in Nessus: open the scan, Export, Nessus; the scan must have logged in to the \
                 computers, and have plugins 20811 (Windows) and 22869 (Linux)",
    cannot_show: "only computers that the scanner could log in to have a list of programs, and a \
                  scan whose report is not verbose lists only a part of them",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Report::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = key!("its first element is <NessusClientData_v2>");
    sample
        .text
        .contains("<NessusClientData_v2")
        .then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Report {
    host: String,
    has_said_reading: bool,
    has_said_partial: bool,
    records: u64,
}

impl Elements for Report {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        match element.name() {
            "ReportHost" => {
                self.host = host_of(element).to_owned();
                Verdict::Container
            }
            "HostProperties" => Verdict::Container,
            "tag" if element.attribute("name").starts_with("cpe") => {
                self.lines(element, Listing::Cpes, out);
                Verdict::Done
            }
            "ReportItem" => {
                self.item(element, out);
                Verdict::Done
            }
            "Policy" | "tag" => Verdict::Done,
            _ => Verdict::Container,
        }
    }

    fn opened(&mut self, element: &Element<'_>) {
        if element.name() == "ReportHost" {
            self.host = host_of(element).to_owned();
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        if self.records == 0 {
            let why = clause!("no computer of this report has a list of programs");
            let advice = clause!("scan again with credentials and with plugins 20811 and 22869");
            out.sink.problem(0, ProblemKind::Incomplete { why, advice }, "");
        }
    }
}

impl Report {
    fn item(&mut self, item: &Element<'_>, out: &mut Out<'_>) {
        let Some(output) = item.child("plugin_output") else { return };
        match Listing::of_plugin(item.attribute("pluginID")) {
            Some(listing) => self.lines(&output, listing, out),
            None if item.attribute("severity") == "0" => self.facts(item, &output, out),
            None => {}
        }
    }

    /// The lines of a list, each of which may be a record.
    fn lines(&mut self, output: &Element<'_>, listing: Listing, out: &mut Out<'_>) {
        let mut reader = OutputReader::new(listing);
        let mut decoded = String::new();
        for (raw, number) in output.inner().split('\n').zip(output.inner_line()..) {
            decoded.clear();
            let text = raw.strip_prefix("<![CDATA[").unwrap_or(raw);
            append_decoded(text.strip_suffix("]]>").unwrap_or(text), &mut decoded);
            if says_partial(&decoded) && !self.has_said_partial {
                self.has_said_partial = true;
                let why = clause!("the scan was set to list only a part of the programs");
                let advice = clause!("scan again with \"Report verbosity\" set to verbose");
                out.sink.problem(number, ProblemKind::Incomplete { why, advice }, raw);
            }
            let before = self.records;
            // A line may hold line ends as references.
            for line in decoded.lines() {
                reader.line(line, &mut |entry| self.entry(&entry, number, raw, out));
            }
            if self.records > before {
                out.record_lines(number, number);
            }
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, line: u64, raw: &str, out: &mut Out<'_>) {
        self.say_reading(out);
        let package = [Identifier { kind: IdentifierKind::Package, value: entry.package }];
        let identifiers = if entry.package.is_empty() { &[][..] } else { &package[..] };
        self.records += 1;
        out.record(&Record {
            name: entry.name,
            version: entry.version,
            publisher: entry.publisher,
            host: &self.host,
            identifiers,
            line,
            text: raw.trim(),
            presence: entry.presence,
        });
    }

    /// What a plugin that looks for one product says: `Path : …` and `Version : …`, or the names of
    /// services.
    fn facts(&mut self, item: &Element<'_>, output: &Element<'_>, out: &mut Out<'_>) {
        let mut draft = Draft::default();
        let mut has_any = false;
        for line in output.text().lines().chain([""]) {
            let fact = line.split_once(':').and_then(|(key, value)| {
                let meaning = meaning_of(key)?;
                Some((meaning, value.trim()))
            });
            let is_next = match fact {
                Some((Meaning { field: Field::Path, .. }, _)) => !paths(&draft).is_empty(),
                Some((Meaning { field: Field::Name, .. }, _)) => !draft.name().is_empty(),
                Some(_) => false,
                None => line.trim().is_empty(),
            };
            if is_next {
                has_any |= self.fact(std::mem::take(&mut draft), item, out);
            }
            if let Some((meaning, value)) = fact {
                draft.put(meaning, value);
            }
        }
        if has_any {
            out.record_lines(item.line(), item.last_line());
        }
    }

    fn fact<'a>(&mut self, mut draft: Draft<'a>, item: &Element<'a>, out: &mut Out<'_>) -> bool {
        let is_install = !draft.version().is_empty() && !paths(&draft).is_empty();
        let is_service = draft.identifiers().iter().any(|id| id.kind == IdentifierKind::Service);
        if !is_install && !is_service {
            return false;
        }
        self.say_reading(out);
        draft.default_name(product_of(item.attribute("pluginName")));
        self.records += 1;
        let record = draft.record(item.line(), item.raw());
        let host = if record.host.is_empty() { &self.host } else { record.host };
        out.record(&Record { host, ..record });
        true
    }

    fn say_reading(&mut self, out: &mut Out<'_>) {
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "programs from the output of plugins that list software; computer from \
                 <ReportHost>"
            ));
            self.has_said_reading = true;
        }
    }
}

fn paths<'a>(draft: &Draft<'a>) -> &'a str {
    let path = draft.identifiers().iter().find(|id| id.kind == IdentifierKind::Path);
    path.map_or("", |id| id.value)
}

/// The computer's name, or its address if the scanner did not learn its name.
fn host_of<'a>(host: &Element<'a>) -> &'a str {
    let given = host.attribute("name");
    let is_address = given.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:".contains(&byte));
    if !is_address {
        return given;
    }
    let Some(properties) = host.child("HostProperties") else { return given };
    ["hostname", "netbios-name", "host-fqdn", "host-rdns"]
        .iter()
        .find_map(|name| {
            let tag = properties.children().find(|tag| tag.attribute("name") == *name)?;
            Some(tag.own_text()).filter(|text| !text.is_empty())
        })
        // `WORKGROUP\FIN-07`.
        .map_or(given, |name| name.rsplit_once('\\').map_or(name, |(_, name)| name))
}

/// "Mozilla Firefox Installed" → "Mozilla Firefox".
fn product_of(plugin: &str) -> &str {
    const BEHIND: &[&str] =
        &[" (credentialed", " Installed", " Installation", " Detection", " Detect", " Version "];
    let end = BEHIND.iter().filter_map(|part| plugin.find(part)).min();
    end.and_then(|end| plugin.get(..end)).unwrap_or(plugin)
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
    fn programs_are_read_line_by_line_with_their_computer() {
        check(
            "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><policyName>name</policyName></Policy>\n\
             <Report name=\"x\">\n<ReportHost name=\"10.0.0.7\"><HostProperties>\n\
             <tag name=\"cpe-1\">cpe:/a:mozilla:firefox:128.0 -&gt; Mozilla Firefox</tag>\n\
             <tag name=\"netbios-name\">WORKGROUP\\FIN-07</tag>\n</HostProperties>\n\
             <ReportItem port=\"445\" pluginID=\"20811\" pluginName=\"Microsoft Windows Installed Software Enumeration (credentialed check)\" severity=\"0\">\n\
             <plugin_output>\nThe following software are installed on the remote host :\n\n\
             Kaspersky &amp; Co  [version 12.6]  [installed on 2024/05/02]\nA &lt;B&gt;\n\
             </plugin_output>\n</ReportItem>\n\
             <ReportItem pluginID=\"55555\" pluginName=\"Foo Detection\" severity=\"0\">\n\
             <plugin_output>\n  Path    : C:\\Program Files\\Foo\\\n  Version : 1.2\n\n  Path    : C:\\Foo2\\\n  Version : 2.2\n</plugin_output>\n</ReportItem>\n\
             <ReportItem pluginID=\"44401\" pluginName=\"Services\" severity=\"0\"><plugin_output>AVP startup parameters :\n\
             Display name : Kaspersky Service\nService name : AVP.KES.21.3\nExecutable path : &quot;C:\\Kaspersky Lab\\avp.exe&quot; -r\n</plugin_output></ReportItem>\n\
             </ReportHost>\n<ReportHost name=\"srv1.example.org\"><ReportItem pluginID=\"22869\">\n\
             <plugin_output>\nHere is the list of packages installed on the remote Debian Linux system : \n\n  ii  kesl  12.1.0  amd64  x\n</plugin_output>\n\
             </ReportItem></ReportHost>\n</Report>\n</NessusClientData_v2>\n",
            expect![[r#"
                Certain: its first element is <NessusClientData_v2>
                reading: programs from the output of plugins that list software; computer from <ReportHost>
                6: Mozilla Firefox | version 128.0 | publisher mozilla | host FIN-07
                13: Kaspersky & Co | version 12.6 | host FIN-07
                14: A <B> | host FIN-07
                17: Foo | version 1.2 | host FIN-07 | path C:\Program Files\Foo\
                17: Foo | version 2.2 | host FIN-07 | path C:\Foo2\
                26: Kaspersky Service | host FIN-07 | service AVP.KES.21.3 | path C:\Kaspersky Lab\avp.exe
                36: kesl | version 12.1.0 | host srv1.example.org | package kesl
                lines: 18 records + 22 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_report_without_programs_says_so_and_a_part_is_told() {
        check(
            "<NessusClientData_v2>\n<Report><ReportHost name=\"a\"><ReportItem pluginID=\"1\"/></ReportHost></Report></NessusClientData_v2>\n",
            expect![[r#"
                Certain: its first element is <NessusClientData_v2>
                0! this list is not complete: no computer of this report has a list of programs; what is there was checked; scan again with credentials and with plugins 20811 and 22869
                lines: 0 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "<NessusClientData_v2><Report><ReportHost name=\"a\"><ReportItem pluginID=\"20811\">\n<plugin_output>Due to the large number of applications installed, only a partial\n\
             list of software is reported below.\nFoo  [version 1]\nKaspersky  [ver",
            expect![[r#"
                Certain: its first element is <NessusClientData_v2>
                2! this list is not complete: the scan was set to list only a part of the programs; what is there was checked; scan again with "Report verbosity" set to verbose
                reading: programs from the output of plugins that list software; computer from <ReportHost>
                4: Foo | version 1 | host a
                5: Kaspersky | host a
                5! the file ends in the middle; it may have been cut short, make it again
                lines: 2 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_xml_is_not_recognised() {
        check(
            "<Report><ReportHost name=\"a\"/></Report>\n",
            expect![[r#"
            not recognised
            0! this list is not complete: no computer of this report has a list of programs; what is there was checked; scan again with credentials and with plugins 20811 and 22869
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
