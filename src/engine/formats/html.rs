//! Web pages with tables or lists: ConvertTo-Html, reports of `wmic /format:htable`, consoles saved as HTML.

use super::markup_table::{MOST_COLUMNS, Row, Tables};
use super::xml::{Element, Elements, Out, Verdict, XmlReader, counted};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "html",
    title: "Web page with a table (HTML)",
    reads: "the tables of a web page or report in HTML whose header names a column for programs, \
            such as ConvertTo-Html and the reports of inventory tools write; and the lists of \
            ConvertTo-Html -As List",
    how_to_get: "save the page as \"HTML only\", or in PowerShell: Get-Package | Select-Object \
                 Name, Version, ProviderName | ConvertTo-Html > list.html",
    cannot_show: "only the rows that stand in the saved page: what a web console shows on further \
                  pages, or loads while one scrolls, is missing; its export as CSV has all",
    platform: None,
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Page { tables: Tables::new(sample.tables) })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let start = sample.filled_lines().next()?.trim_start();
    let begins = |text: &str| start.get(..text.len()).is_some_and(|s| s.eq_ignore_ascii_case(text));
    let is_page = ["<!doctype html", "<html", "<table", "<head", "<body", "<style", "<meta"]
        .iter()
        .any(|text| begins(text))
        || (begins("<?xml") && sample.text.contains("<html"))
        || (begins("<h") && sample.text.contains("<table"));
    if !is_page {
        return None;
    }
    let counted = counted(open(sample), sample);
    let (confidence, reason) = match counted.records {
        1.. => (Confidence::Likely, key!("it is HTML, and the headings in a table name programs")),
        // The table may come later: pages have long scripts and styles above.
        0 if !sample.is_whole => (Confidence::Possible, key!("it is HTML")),
        0 => return None,
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

struct Page {
    tables: Tables,
}

impl Elements for Page {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if element.is("table") {
            self.tables.begin();
        }
        if !element.is("tr") {
            return Verdict::Container;
        }
        // A table inside of a cell: the row only lays out the page.
        if element.children().any(|cell| holds_table(&cell, 0)) {
            return Verdict::Container;
        }
        let row = row_of(element);
        if self.tables.row(&row, out) { Verdict::Record } else { Verdict::Done }
    }

    fn opened(&mut self, element: &Element<'_>) {
        if element.is("table") {
            self.tables.begin();
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        self.tables.end(out);
    }
}

fn holds_table(element: &Element<'_>, depth: usize) -> bool {
    const DEPTH: usize = 12;
    depth < DEPTH
        && element.children().any(|child| child.is("table") || holds_table(&child, depth + 1))
}

fn row_of<'a, 'e>(element: &'e Element<'a>) -> Row<'a, 'e> {
    let mut row = Row { element, cells: Vec::new(), is_header: true };
    for cell in element.children() {
        if !cell.is("td") && !cell.is("th") {
            continue;
        }
        row.is_header &= cell.is("th");
        let text: Vec<&str> = cell.text().split_whitespace().collect();
        row.cells.push(text.join(" "));
        let span = cell.attribute("colspan").parse().unwrap_or(1);
        for _ in 1..span {
            if row.cells.len() < MOST_COLUMNS {
                row.cells.push(String::new());
            }
        }
    }
    row
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
    fn a_table_of_powershell_is_read() {
        check(
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<title>HTML TABLE</title>\n</head><body>\n<table>\n\
             <colgroup><col/><col/></colgroup>\n<tr><th>DisplayName</th><th>Publisher</th></tr>\n\
             <tr><td>Kaspersky &amp; Co</td><td>AO Kaspersky Lab</td></tr>\n<tr><td></td><td></td></tr>\n<tr><td></td><td>Foo</td></tr>\n</table>\n</body></html>\n",
            expect![[r#"
                Likely: it is HTML, and the headings in a table name programs
                reading: name from “DisplayName”; publisher from “Publisher”
                9: Kaspersky & Co | publisher AO Kaspersky Lab
                11:  | publisher Foo
                lines: 2 records + 11 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_list_of_powershell_is_read() {
        check(
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<title>HTML TABLE</title>\n</head><body>\n<table>\n\
             <tr><td>DisplayName:</td><td>Kaspersky &amp; Co</td></tr>\n<tr><td>DisplayVersion:</td><td>21.3</td></tr>\n<tr><td>EstimatedSize:</td><td></td></tr>\n\
             <tr><td><hr></td></tr>\n<tr><td>DisplayName:</td><td></td></tr>\n<tr><td>DisplayVersion:</td><td></td></tr>\n<tr><td>EstimatedSize:</td><td></td></tr>\n\
             <tr><td><hr></td></tr>\n<tr><td>DisplayName:</td><td></td></tr>\n<tr><td>DisplayVersion:</td><td>1.0</td></tr>\n<tr><td>EstimatedSize:</td><td></td></tr>\n\
             <tr><td><hr></td></tr>\n<tr><td>DisplayName:</td><td>7-Zip</td></tr>\n<tr><td>DisplayVersion:</td><td>23.01</td></tr>\n</table>\n</body></html>\n",
            expect![[r#"
                Likely: it is HTML, and the headings in a table name programs
                reading: name from “DisplayName”; version from “DisplayVersion”
                7: Kaspersky & Co | version 21.3
                15! expected the name of a program, found none
                19: 7-Zip | version 23.01
                lines: 5 records + 14 structure + 3 problems
            "#]],
        );
    }

    #[test]
    fn tables_that_follow_each_other_are_a_program_each() {
        check(
            "<table>\n<tr><td>Name:</td><td>Kaspersky Free</td></tr>\n<tr><td>Version:</td><td>21.3</td></tr>\n</table>\n\
             <table>\n<tr><td>Name:</td><td>7-Zip</td></tr>\n</table>\n\
             <table>\n<tr><td>Name:</td><td>PC-17</td></tr>\n<tr><td>TotalPhysicalMemory:</td><td>1</td></tr>\n</table>\n\
             <table><tr><th>Name</th><th>Version</th></tr>\n<tr><td>Re:</td><td>2</td></tr></table>\n",
            expect![[r#"
                Likely: it is HTML, and the headings in a table name programs
                reading: name from “Name”; version from “Version”
                2: Kaspersky Free | version 21.3
                6: 7-Zip
                13: Re: | version 2
                lines: 4 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_list_of_people_is_not_recognised() {
        check(
            "<table>\n<tr><td>Name:</td><td>Ana</td></tr>\n<tr><td>Company:</td><td>Kaspersky</td></tr>\n</table>\n",
            expect![[r#"
                not recognised
                lines: 0 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn html_that_is_no_xml_is_read() {
        check(
            "<html><head><script>if (a < b) document.write(\"<table><tr>\");</script><link rel=x href=y>\n<body bgcolor=white>\n<table border=0><tr><td>Menu<td>Help</table>\n\
             <p>List<br>\n<table class=grid>\n<thead>\n<tr><th>Computer<th>Software<th>Version\n<tbody>\n<tr title=\"a > b\"><td>PC-1<td><a href=\"?a=1&b=2\">Kaspersky\n  Endpoint</a> Security<td>12.6\n\
             <tr><td>PC-2</div><td><img src=x> Firefox&nbsp;ESR<td>128\n</table>\n</body>\n",
            expect![[r#"
                Likely: it is HTML, and the headings in a table name programs
                reading: name from “Software”; version from “Version”; computer from “Computer”
                9: Kaspersky Endpoint Security | version 12.6 | host PC-1
                11: Firefox ESR | version 128 | host PC-2
                lines: 4 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_page_saved_in_part_was_cut() {
        check(
            "<table><tr><td>Name</td><td>Version</td></tr>\n<tr><td>A</td><td>1</td></tr>\n<tr><td>Kasper",
            expect![[r#"
                Likely: it is HTML, and the headings in a table name programs
                reading: name from “Name”; version from “Version”
                2: A | version 1
                3: Kasper
                3! the file ends in the middle; it may have been cut short, make it again
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_page_without_a_table_of_programs_is_not_recognised() {
        check(
            "<!DOCTYPE html>\n<html><body><h1>Kaspersky</h1>\n<table><tr><th>Country</th><th>Capital</th></tr>\n<tr><td>A</td><td>B</td></tr></table></body></html>\n",
            expect![[r#"
                not recognised
                3! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Country”, “Capital”; rename the column that holds the program names to Name
                lines: 0 records + 4 structure + 0 problems
            "#]],
        );
    }
}
