//! What System Information saves (`.nfo`): the tables of its [text report](super::msinfo32) as XML.
//!
//! Names of sections and columns are translated, so that the tables of software are known in the same
//! way: by how many columns they have and by what stands in them.

use super::columns::{Field, meaning_of};
use super::msinfo32::{READING, Table};
use super::xml::{Element, Elements, Out, Verdict, XmlReader, counted};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "msinfo32-nfo",
    title: "System Information file (.nfo)",
    reads: "the file that System Information (msinfo32) saves on Windows: the drivers, running tasks, \
            loaded modules, services, program groups and start-up programs in it",
    how_to_get: "in System Information on Windows: File, Save; or in a command prompt: msinfo32 /nfo \
                 report.nfo; this is evidence beside a list of programs, not instead of one",
    cannot_show: "the file has no list of installed programs, only drivers, services, start menus and \
                  what ran at that moment: a clean file does not clear the computer; make a list of \
                  programs with the PowerShell command of step 2",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Saved::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    const LINES_ABOVE: usize = 5;
    let is_saved = sample.filled_lines().take(LINES_ABOVE).any(|line| line.contains("<MsInfo>"));
    // Whether there is any software below what is seen of it, only reading can tell.
    (is_saved && (!sample.is_whole || counted(open(sample), sample).records > 0)).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("it is XML that System Information saved"),
    })
}

#[derive(Default)]
struct Saved {
    host: String,
    table: Table,
    has_said_reading: bool,
}

impl Elements for Saved {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if !element.is("Data") {
            self.opened(element);
            return Verdict::Container;
        }
        let row: Vec<&str> = element.children().map(|cell| cell.text().trim()).collect();
        let Some(table) = self.table.of_row(&row) else {
            self.learn(&row);
            return Verdict::Done;
        };
        self.table = table;
        let mut draft = table.draft(&row);
        draft.default_host(&self.host);
        if draft.is_empty() {
            out.problem(element, ProblemKind::NoName);
            return Verdict::Done;
        }
        if !self.has_said_reading {
            out.sink.reading(READING.into());
            self.has_said_reading = true;
        }
        out.record(&draft.record(element.line(), element.raw()));
        Verdict::Record
    }

    fn opened(&mut self, element: &Element<'_>) {
        if element.is("Category") {
            self.table = Table::Unknown;
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        if !self.has_said_reading {
            let kind = ProblemKind::NotAnInventory {
                looks_like: clause!(
                    "a System Information file (.nfo) without its sections on software"
                ),
                advice: clause!("use the PowerShell command of step 2"),
            };
            out.sink.problem(0, kind, "");
        }
    }
}

impl Saved {
    /// `System Name` and the computer, among what is said of the system.
    fn learn(&mut self, row: &[&str]) {
        if let [label, value] = row
            && self.host.is_empty()
            && meaning_of(label)
                .is_some_and(|meaning| meaning.field == Field::Host && meaning.rank == 0)
        {
            self.host.push_str(value);
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

    const BEGINNING: &str = "<?xml version=\"1.0\"?>\n<MsInfo>\n<Metadata>\n<Version>8.0</Version>\n</Metadata>\n\
        <Category name=\"System Summary\">\n\
        <Data>\n<Item><![CDATA[System Name]]></Item>\n<Value><![CDATA[PC-17]]></Value>\n</Data>\n";

    #[test]
    fn the_tables_of_software_are_read() {
        check(
            &format!(
                "{BEGINNING}<Category name=\"Components\">\n<Category name=\"Sound Device\">\n<Data>\n<Name><![CDATA[Audio]]></Name>\n<Manufacturer><![CDATA[Maker]]></Manufacturer>\n</Data>\n</Category>\n</Category>\n\
                 <Category name=\"Software Environment\">\n<Category name=\"Services\">\n\
                 <Data><Display_Name><![CDATA[Kaspersky Network Agent]]></Display_Name><Name><![CDATA[klnagent]]></Name><State>Running</State><Start_Mode>Auto</Start_Mode><Service_Type>Own Process</Service_Type><Path><![CDATA[\"c:\\program files\\kl\\klnagent.exe\" -s]]></Path><Error_Control>Normal</Error_Control><Start_Name>LocalSystem</Start_Name><Tag_ID>0</Tag_ID></Data>\n\
                 </Category>\n<Category name=\"Program Groups\">\n\
                 <Data>\n<Group_Name>Start Menu\\Programs\\7-Zip</Group_Name>\n<Name>Public:Start Menu\\Programs\\7-Zip</Name>\n<User_Name>Public</User_Name>\n</Data>\n\
                 </Category>\n</Category>\n</Category>\n</MsInfo>\n"
            ),
            expect![[r#"
                Certain: it is XML that System Information saved
                reading: the sections on drivers, tasks, modules, services, program groups and start-up programs; the others list no software
                21: Kaspersky Network Agent | host PC-17 | service klnagent | process klnagent.exe | path c:\program files\kl\klnagent.exe
                24: 7-Zip | host PC-17
                lines: 6 records + 26 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_file_without_software_is_left_to_the_signs_of_what_is_no_inventory() {
        check(
            &format!("{BEGINNING}</Category>\n</MsInfo>\n"),
            expect![[r#"
            not recognised
            0! this looks like a System Information file (.nfo) without its sections on software, which does not list installed programs; use the PowerShell command of step 2
            lines: 0 records + 12 structure + 0 problems
        "#]],
        );
    }
}
