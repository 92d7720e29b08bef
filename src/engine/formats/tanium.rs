//! Tanium: answers to questions about installed applications, exported as CSV.

use super::columns::Columns;
use super::tool_table::{self, Header, Tool};
use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "tanium",
    title: "Tanium",
    reads: "results of a Tanium question exported as CSV: Get Installed Applications from all \
            machines, with or without the names of the computers",
    how_to_get: "in Tanium: ask \"Get Computer Name and Installed Applications from all machines\", \
                 wait until all have answered, then Export, CSV",
    cannot_show: "computers that were off or had not answered when the list was exported are \
                  missing, and a question without Computer Name counts computers and names none",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[Header::certain(&["Silent Uninstall String", "Uninstallable"])];

/// Columns that a question has; many tables have them.
static COLUMNS: &[Header] = &[Header::likely(&["Count"]), Header::likely(&["Computer Name"])];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS).or_else(|| {
        tool_table::find(sample, COLUMNS)?;
        let cell = notice_in(sample)?;
        delimited::sniff(sample)?;
        let reason = clause!("its rows have \u{201C}{cell}\u{201D}, as Tanium writes it", cell);
        Some(Sniffed { confidence: Confidence::Certain, reason })
    })
}

/// What stands in place of an answer in a row of the sample.
fn notice_in<'a>(sample: &Sample<'a>) -> Option<&'a str> {
    let cells = sample
        .lines()
        .filter(|line| line.contains('['))
        .flat_map(|line| line.split([',', '\t', ';']).map(|cell| cell.trim_matches(['"', ' '])));
    cells.into_iter().find(|cell| cell.starts_with('[') && tool_table::no_answer(cell).is_some())
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    delimited::open_as(Table, HEADERS, sample)
}

struct Table;

impl Tool for Table {
    fn part(&self) -> Option<Box<dyn Tool>> {
        Some(Box::new(Self))
    }

    fn header(
        &mut self,
        header: &[String],
        columns: &Columns,
        line: u64,
        sink: &mut dyn Sink,
    ) -> bool {
        let advice = key!("ask for Computer Name too");
        tool_table::say_if_counts_only("Count", advice, (header, columns), line, sink);
        false
    }

    // With one row a computer, all its programs stand in one cell, one a line.
    fn quoted_lines(&self) -> usize {
        2_000
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
    fn rows_that_stand_for_a_missing_answer_make_the_list_incomplete() {
        check(
            "Computer Name,Name,Version,Count\nPC-1,7-Zip,23.01,1\nPC-2,[no results],[no results],1\n\
             PC-3,[too many results],,1\nPC-4,[current result unavailable],,1\n",
            expect![[r#"
                Certain: its rows have “[no results]”, as Tanium writes it
                reading: comma-separated; name from “Name”; version from “Version”; computer from “Computer Name”
                2: 7-Zip | version 23.01 | host PC-1
                4! this list is not complete: some computers have more rows than the tool gives (“[too many results]”); what is there was checked; ask for those computers alone and check that list too
                lines: 1 records + 2 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn a_question_without_the_computer_counts_them() {
        check(
            "Count,Name,Silent Uninstall String,Uninstallable,Version\n\"212\",\"7-Zip\",\"\",\"Not Uninstallable\",\"23.01\"\n",
            expect![[r#"
                Certain: line 1 is a header of Tanium: “Silent Uninstall String”, “Uninstallable”
                1! this list is not complete: it says on how many computers a program is (“Count”), not on which; what is there was checked; ask for Computer Name too
                reading: comma-separated; name from “Name”; version from “Version”; identifiers from “Silent Uninstall String”
                2: 7-Zip | version 23.01
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn several_questions_at_once_have_the_same_headers() {
        check(
            "Computer Name,Name,Silent Uninstall String,Uninstallable,Version,Name,Version,Count\n\
             PC-1,7-Zip,,Not Uninstallable,23.01,Kaspersky VPN,5.21,1\n\
             PC-2,7-Zip,,Not Uninstallable,23.01,[no results],,1\n",
            expect![[r#"
                Certain: line 1 is a header of Tanium: “Silent Uninstall String”, “Uninstallable”
                reading: comma-separated; name from “Name” or “Name”; version from “Version” or “Version”; computer from “Computer Name”; identifiers from “Silent Uninstall String”
                2: 7-Zip | version 23.01 | host PC-1
                2: Kaspersky VPN | version 5.21 | host PC-1
                3: 7-Zip | version 23.01 | host PC-2
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn all_programs_of_a_computer_may_stand_in_one_cell() {
        check(
            "Computer Name,Name,Silent Uninstall String,Uninstallable,Version,Count\n\
             PC-1,\"7-Zip\nKaspersky\nFirefox\",\"a\nb\nc\",\"No\nYes\nNo\",\"23.01\n21.3\n\n\",1\n",
            expect![[r#"
                Certain: line 1 is a header of Tanium: “Silent Uninstall String”, “Uninstallable”
                reading: comma-separated; name from “Name”; version from “Version”; computer from “Computer Name”; identifiers from “Silent Uninstall String”
                2: 7-Zip | version 23.01 | host PC-1
                2: Kaspersky | version 21.3 | host PC-1
                2: Firefox | host PC-1
                lines: 10 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in [
            "Count,Name,Version\n1,7-Zip,23\n",
            "Name,Version\n[no results],\n7-Zip,23\n",
            "[no results]\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
