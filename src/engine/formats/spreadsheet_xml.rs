//! Workbooks in the XML form of Excel 2003, which consoles still export as ".xls".

use super::markup_table::{MOST_COLUMNS, Row, Tables};
use super::xml::{Element, Elements, Out, Verdict, XmlReader};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "spreadsheet-xml",
    title: "Excel 2003 XML workbook",
    reads: "a workbook in the XML form of Excel 2003, as some consoles export it (often named \
            .xls): the sheets whose header names a column for programs",
    how_to_get: "in Excel: File, Save As, XML Spreadsheet 2003; or the Excel export of your \
                 inventory tool",
    cannot_show: "only what the tool that made the workbook lists, and rows that were filtered out \
                  before it was saved are missing",
    platform: None,
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Workbook { tables: Tables::new(sample.tables) })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let is_workbook = sample.text.contains("<Workbook")
        && sample.text.contains("urn:schemas-microsoft-com:office:spreadsheet");
    let reason = key!("it is XML with a <Workbook> of Excel 2003");
    is_workbook.then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

struct Workbook {
    tables: Tables,
}

impl Elements for Workbook {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        match element.name() {
            "Table" | "Worksheet" => {
                self.tables.begin();
                Verdict::Container
            }
            "Row" => {
                let row = Row { element, cells: cells_of(element), is_header: false };
                if self.tables.row(&row, out) { Verdict::Record } else { Verdict::Done }
            }
            "Workbook" => Verdict::Container,
            _ => Verdict::Done,
        }
    }

    fn opened(&mut self, element: &Element<'_>) {
        if element.name() == "Table" {
            self.tables.begin();
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        self.tables.end(out);
    }
}

/// The texts of a row. Empty cells are left out, and the next one then says its column.
fn cells_of(row: &Element<'_>) -> Vec<String> {
    let mut cells = Vec::new();
    for cell in row.children().filter(|child| child.is("Cell")) {
        if let Ok(column) = cell.attribute("Index").parse::<usize>() {
            while cells.len() + 1 < column.min(MOST_COLUMNS) {
                cells.push(String::new());
            }
        }
        let text = cell.child("Data").map_or("", |data| data.text());
        cells.push(text.to_owned());
        let merged = cell.attribute("MergeAcross").parse::<usize>().unwrap_or(0);
        for _ in 0..merged.min(MOST_COLUMNS) {
            cells.push(String::new());
        }
    }
    cells
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
    fn rows_are_read_with_their_columns() {
        check(
            "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\n\
             <Styles><Style ss:ID=\"s1\" ss:Name=\"x\"/></Styles>\n<Worksheet ss:Name=\"Software\"><Table ss:ExpandedColumnCount=\"3\">\n\
             <Row><Cell ss:MergeAcross=\"2\"><Data ss:Type=\"String\">Report of programs</Data></Cell></Row>\n\
             <Row>\n<Cell><Data ss:Type=\"String\">Computer</Data></Cell><Cell><Data ss:Type=\"String\">Software</Data></Cell><Cell><Data ss:Type=\"String\">Vendor</Data></Cell>\n</Row>\n\
             <Row><Cell><Data ss:Type=\"String\">PC-1</Data></Cell><Cell><Data ss:Type=\"String\">Kaspersky</Data></Cell></Row>\n\
             <Row><Cell ss:Index=\"2\"><Data ss:Type=\"String\">Plug-in</Data></Cell><Cell><Data ss:Type=\"String\">AO Kaspersky Lab</Data></Cell></Row>\n\
             <Row/>\n</Table></Worksheet>\n<Worksheet><Table>\n<Row><Cell><Data>Country</Data></Cell><Cell><Data>City</Data></Cell></Row>\n</Table></Worksheet>\n</Workbook>\n",
            expect![[r#"
                Certain: it is XML with a <Workbook> of Excel 2003
                reading: name from “Software”; publisher from “Vendor”; computer from “Computer”
                10: Kaspersky | host PC-1
                11: Plug-in | publisher AO Kaspersky Lab
                lines: 2 records + 15 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_xml_is_not_recognised() {
        check(
            "<Workbook><Row/></Workbook>\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
