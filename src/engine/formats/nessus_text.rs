//! Nessus: the output of plugins that list software, as text or in the CSV export of a scan.

use super::columns::{Columns, Field, Meaning};
use super::nessus_output::{Entry, Listing, OutputReader, says_partial};
use super::tool_table::{self, Header, TableRow, Tool};
use super::{
    Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed, delimited,
};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Identifier, IdentifierKind, LineClass, Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "nessus-text",
    title: "Nessus, text and CSV",
    reads: "the output of the Nessus plugins that list software (20811 for Windows, 22869 for \
            Linux) copied as text, and the CSV export of a scan with the column Plugin Output",
    how_to_get: "in Nessus: open the scan, Report, CSV, tick Host, Plugin ID and Plugin Output; or \
                 open the finding \"Microsoft Windows Installed Software Enumeration\" of a \
                 computer and copy its output",
    cannot_show: "only computers that Nessus could log in to are listed, without the publishers of \
                  the programs; updates are left out",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["Plugin ID", "Host", "Plugin Output"]),
    // Tenable.sc (Security Center).
    Header::certain(&["Plugin", "Plugin Name", "Plugin Text"]),
    Header::certain(&["Plugin ID", "Host", "Name", "Synopsis"]),
];

/// Lines among which the heading of the list is looked for.
const LINES_ABOVE: usize = 100;

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, "Nessus", HEADERS).or_else(|| {
        let is_markup = sample.filled_lines().next()?.trim_start().starts_with('<');
        if is_markup {
            return None;
        }
        let mut lines = sample.lines().take(LINES_ABOVE);
        let heading = lines.find(|line| Listing::below(line).is_some())?;
        let heading = heading.split(':').next().unwrap_or(heading).trim();
        let heading = crate::engine::problem::shortened(heading, 80);
        let reason = clause!(
            "a line reads \u{201C}{heading}\u{201D}, as a Nessus plugin writes it",
            heading
        );
        Some(Sniffed { confidence: Confidence::Certain, reason })
    })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if tool_table::find(sample, HEADERS).is_some() {
        delimited::open_as(Export::default(), HEADERS, sample)
    } else {
        Lines::boxed(Output { reader: None, has_said_partial: false })
    }
}

fn partial() -> ProblemKind {
    ProblemKind::Incomplete {
        why: clause!("the plugin says that it lists only a part of the programs"),
        advice: clause!("set Report Verbosity of the scan to Verbose and scan again"),
    }
}

fn give(entry: Entry<'_>, host: &str, line: u64, text: &str, sink: &mut dyn Sink) {
    let package = [Identifier { kind: IdentifierKind::Package, value: entry.package }];
    sink.record(&Record {
        name: entry.name,
        version: entry.version,
        publisher: entry.publisher,
        host,
        identifiers: if entry.package.is_empty() { &[] } else { &package },
        line,
        text,
        presence: entry.presence,
    });
}

/// The output alone, as copied from a report.
struct Output {
    /// Once the heading of a list has been seen.
    reader: Option<OutputReader>,
    has_said_partial: bool,
}

impl LineReader for Output {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if says_partial(line.text) && !self.has_said_partial {
            self.has_said_partial = true;
            sink.problem(line.number, partial(), line.text);
        }
        if let (None, Some(listing)) = (self.reader, Listing::below(line.text)) {
            self.reader = Some(OutputReader::new(listing));
        }
        let Some(reader) = &mut self.reader else { return Outcome::STRUCTURE };
        let has_any = reader.line(line.text, &mut |entry| {
            give(entry, "", line.number, line.text.trim(), sink);
        });
        if has_any { Outcome::RECORD } else { Outcome::STRUCTURE }
    }
}

/// The CSV export: a row for each plugin and host, most of which list no software.
#[derive(Default)]
struct Export {
    /// The output of the last row, if it lists software.
    open: Option<Listed>,
    has_said_partial: bool,
}

/// An output that lists the software of a host.
struct Listed {
    reader: OutputReader,
    host: String,
}

impl Listed {
    /// Reads lines of the output, which stand at that place.
    fn lines(
        &mut self,
        output: &str,
        place: &mut Place<'_>,
        has_said_partial: &mut bool,
        sink: &mut dyn Sink,
    ) -> LineClass {
        // A remark may stand above the heading.
        let mut is_above = output.lines().any(|line| Listing::below(line).is_some());
        let mut class = LineClass::Structure;
        for text in output.lines() {
            let line = place.line_of(text);
            is_above &= Listing::below(text).is_none();
            if says_partial(text) && !*has_said_partial {
                *has_said_partial = true;
                sink.problem(line, partial(), text);
            }
            if is_above {
                continue;
            }
            let host = &self.host;
            if self.reader.line(text, &mut |entry| give(entry, host, line, text.trim(), sink)) {
                class = LineClass::Record;
            }
        }
        class
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The columns that name the computer, the surest first.
const HOSTS: &[&str] = &["DNS Name", "FQDN", "NetBIOS Name", "Host", "IP Address"];
/// The columns that hold the output.
const OUTPUTS: &[&str] = &["Plugin Output", "Plugin Text"];

impl Tool for Export {
    fn means(&self, header: &[String], at: usize, _usual: Option<Meaning>) -> Option<Meaning> {
        let cell = header.get(at)?;
        let is_any = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
        let rank = 0;
        if is_any(OUTPUTS) {
            Some(Meaning { field: Field::Name, rank })
        } else if is_any(HOSTS) {
            Some(Meaning { field: Field::Host, rank })
        } else {
            // `Name` is the plugin's.
            None
        }
    }

    fn header(
        &mut self,
        _header: &[String],
        columns: &Columns,
        line: u64,
        sink: &mut dyn Sink,
    ) -> bool {
        let is_missing = !columns.have(Field::Name);
        if is_missing {
            let kind = ProblemKind::NotAnInventory {
                looks_like: clause!(
                    "a Nessus export without the column \u{201C}Plugin Output\u{201D}"
                ),
                advice: clause!(
                    "export the scan again as CSV with that column, in which the programs stand"
                ),
            };
            sink.problem(line, kind, "");
        }
        is_missing
    }

    fn row(&mut self, row: &TableRow<'_>, sink: &mut dyn Sink) -> Option<LineClass> {
        let ids = [row.cell("Plugin ID"), row.cell("Plugin")];
        let Some(id) = ids.iter().find(|id| is_number(id)) else {
            // The export was cut inside of an output, so that its lines come one by one.
            let Some(open) = &mut self.open else { return Some(LineClass::Structure) };
            let mut place = Place { text: row.text, line: row.line };
            let output = row.text.trim_end_matches('"');
            return Some(open.lines(output, &mut place, &mut self.has_said_partial, sink));
        };
        let host = HOSTS.iter().map(|word| row.cell(word)).find(|cell| !cell.is_empty());
        self.open = Listing::of_plugin(id).map(|listing| Listed {
            reader: OutputReader::new(listing),
            host: host.unwrap_or_default().to_owned(),
        });
        let Some(open) = &mut self.open else { return Some(LineClass::Structure) };
        let output = OUTPUTS.iter().map(|word| row.cell(word)).find(|cell| !cell.is_empty());
        let output = output.unwrap_or_default().trim_start_matches("<plugin_output>");
        let output = output.trim_end_matches("</plugin_output>");
        let mut place = Place { text: row.text, line: row.line };
        Some(open.lines(output, &mut place, &mut self.has_said_partial, sink))
    }

    // A computer may well have a thousand programs.
    fn quoted_lines(&self) -> usize {
        50_000
    }
}

/// What is left of a row, to find the lines of a cell in.
struct Place<'a> {
    text: &'a str,
    line: u64,
}

impl Place<'_> {
    /// The line on which that line of a cell stands; the last found if it does not stand there.
    fn line_of(&mut self, cell_line: &str) -> u64 {
        // Quotation marks are doubled in the row.
        let beginning = cell_line.split('"').next().unwrap_or_default();
        if !beginning.trim().is_empty()
            && let Some(at) = self.text.find(beginning)
            && let (Some(before), Some(rest)) = (self.text.get(..at), self.text.get(at..))
        {
            self.line += before.bytes().filter(|byte| *byte == b'\n').count() as u64;
            self.text = rest;
        }
        self.line
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
    fn an_output_as_text_lists_programs_then_updates() {
        check(
            "\nDue to the large number of applications installed, only a partial\n\
             list of software is reported below.\n\n\
             The following software are installed on the remote host :\n\n\
             7-Zip 23.01 (x64)  [version 23.01]\n\
             Kaspersky Endpoint Security for Windows  [version 12.6.0.438]  [installed on 2024/05/02]\n\
             Old Tool\n\n\
             The following updates are installed :\n\nMicrosoft .NET Framework 4.8 :\n  KB4486129  [version 1]\n",
            expect![[r#"
                Certain: a line reads “The following software are installed on the remote host”, as a Nessus plugin writes it
                2! this list is not complete: the plugin says that it lists only a part of the programs; what is there was checked; set Report Verbosity of the scan to Verbose and scan again
                7: 7-Zip 23.01 (x64) | version 23.01
                8: Kaspersky Endpoint Security for Windows | version 12.6.0.438
                9: Old Tool
                lines: 3 records + 11 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_output_without_line_ends_is_one_line() {
        check(
            "The following software are installed on the remote host :A  [version 1]  [installed on 2024/05/02]Kaspersky  [version 21.3]\n",
            expect![[r#"
                Certain: a line reads “The following software are installed on the remote host”, as a Nessus plugin writes it
                1: A | version 1
                1: Kaspersky | version 21.3
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn programs_stand_inside_a_cell_of_the_export() {
        check(
            "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n\
             \"19506\",\"\",\"\",\"None\",\"10.0.0.5\",\"tcp\",\"0\",\"Nessus Scan Information\",\"s\",\"d\",\"n\",\"\",\"Information about this scan :\n\nKaspersky is not listed here\"\n\
             \"20811\",\"\",\"\",\"None\",\"10.0.0.5\",\"tcp\",\"445\",\"Microsoft Windows Installed Software Enumeration\",\"s\",\"d\",\"n\",\"\",\"\n\
             The following software are installed on the remote host :\n\n\
             7-Zip  [version 23.01]\n\
             Kaspersky \"\"Plus\"\"  [version 21.3]\n\n\
             The following updates are installed :\n\n  KB1  [version 2]\n\"\n\
             \"22869\",\"\",\"\",\"None\",\"10.0.0.6\",\"tcp\",\"22\",\"Software Enumeration (SSH)\",\"s\",\"d\",\"n\",\"\",\"Here is the list of packages installed on the remote Debian Linux system :\n\n  \
             ii  kesl  12.1.0-1297  amd64  agent\n\"\n",
            expect![[r#"
                Certain: line 1 is a header of Nessus: “Plugin ID”, “Host”, “Plugin Output”
                reading: comma-separated; name from “Plugin Output”; computer from “Host”
                8: 7-Zip | version 23.01 | host 10.0.0.5
                9: Kaspersky "Plus" | version 21.3 | host 10.0.0.5
                17: kesl | version 12.1.0-1297 | host 10.0.0.6 | package kesl
                lines: 14 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_export_cut_inside_an_output_is_read_as_far_as_it_goes() {
        check(
            "Plugin ID,Host,Name,Plugin Output\n\
             \"10180\",\"pc-1\",\"Ping\",\"up\"\n\
             \"20811\",\"pc-1\",\"Software\",\"\n\
             The following software are installed on the remote host :\n\n\
             7-Zip  [version 23.01]\n\
             Kaspersky, the \"\"Plus\"\" one  [version 21.3]\nKasper",
            expect![[r#"
                Certain: line 1 is a header of Nessus: “Plugin ID”, “Host”, “Plugin Output”
                reading: comma-separated; name from “Plugin Output”; computer from “Host”
                3! a quotation mark is opened here and never closed; the lines were read one by one
                6: 7-Zip | version 23.01 | host pc-1
                7: Kaspersky, the ""Plus"" one | version 21.3 | host pc-1
                8: Kasper | host pc-1
                lines: 3 records + 5 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_output_of_hundreds_of_programs_is_one_cell() {
        let programs: String =
            (0..600).map(|at| format!("Program {at}  [version {at}]\n")).collect();
        let text = format!(
            "Plugin,Plugin Name,Severity,IP Address,DNS Name,Plugin Text\n\
             \"20811\",\"Installed Software\",\"Info\",\"10.0.0.7\",\"pc-7.example\",\"<plugin_output>\n\
             The following software are installed on the remote host :\n\n{programs}Kaspersky VPN  [version 5]\n</plugin_output>\"\n"
        );
        let transcript = transcript(&FORMAT, &text);
        let last = transcript.lines().skip(601).collect::<Vec<_>>().join("\n");
        expect![[r#"
            604: Program 599 | version 599 | host pc-7.example
            605: Kaspersky VPN | version 5 | host pc-7.example
            lines: 605 records + 1 structure + 0 problems"#]]
        .assert_eq(&last);
    }

    #[test]
    fn an_export_without_the_output_says_so() {
        check(
            "Plugin ID,Host,Name,Synopsis\n20811,10.0.0.5,Microsoft Windows Installed Software Enumeration,s\n",
            expect![[r#"
                Certain: line 1 is a header of Nessus: “Plugin ID”, “Host”, “Name”, “Synopsis”
                1! this looks like a Nessus export without the column “Plugin Output”, which does not list installed programs; export the scan again as CSV with that column, in which the programs stand
                lines: 0 records + 1 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            "Host,Name,Version\nA,B,1\n",
            "<plugin_output>The following software are installed on the remote host :</plugin_output>\n",
            "Software installed on the remote host\n7-Zip [version 23]\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
