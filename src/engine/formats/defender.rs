//! Microsoft Defender: the table of software of advanced hunting, exported as CSV.

use super::tool_table::{self, Header, TableRow, Tool};
use super::{Format, Reader, Sample, Sniffed, delimited};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

pub(super) static FORMAT: Format = Format {
    id: "defender",
    title: "Microsoft Defender, advanced hunting",
    reads: "results of advanced hunting over DeviceTvmSoftwareInventory exported as CSV",
    how_to_get: "in the Microsoft Defender portal: Hunting, Advanced hunting, run the query \
                 DeviceTvmSoftwareInventory, or only a vendor's part of it: \
                 DeviceTvmSoftwareInventory | where SoftwareVendor has \"kaspersky\"; then Export",
    cannot_show: "software that Defender has no product name for (without a CPE) is missing, and \
                  a query gives at most 10,000 or 30,000 rows without saying that there were more: \
                  ask for one vendor or one group of devices at a time",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["DeviceName", "SoftwareVendor", "SoftwareName"]),
    Header::certain(&["DeviceId", "SoftwareVendor", "SoftwareName"]),
    Header::certain(&["SoftwareVendor", "SoftwareName", "EndOfSupportStatus"]),
    Header::likely(&["SoftwareVendor", "SoftwareName", "SoftwareVersion"]),
];

/// The most rows that advanced hunting gives, in the past and now.
const MOST_ROWS: &[u64] = &[10_000, 30_000, 100_000];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, "Microsoft Defender", HEADERS)
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    delimited::open_as(Table { rows: 0 }, HEADERS, sample)
}

struct Table {
    rows: u64,
}

impl Tool for Table {
    fn row(&mut self, _row: &TableRow<'_>, _sink: &mut dyn Sink) -> Option<LineClass> {
        self.rows += 1;
        None
    }

    fn repeated(&mut self) {
        self.rows += 1;
    }

    fn end(&mut self, line: u64, sink: &mut dyn Sink) {
        if MOST_ROWS.contains(&self.rows) {
            let kind = ProblemKind::Incomplete {
                why: clause!(
                    "it has exactly {rows} rows, the most that advanced hunting gives",
                    rows = self.rows,
                ),
                advice: clause!("ask for one vendor or one group of devices at a time"),
            };
            sink.problem(line, kind, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use crate::engine::clause::Clause;
    use crate::engine::record::{ColumnReading, Record, TitleKey};
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn vendor_and_name_are_words_with_underscores() {
        check(
            "DeviceId,DeviceName,OSPlatform,OSVersion,OSArchitecture,SoftwareVendor,SoftwareName,SoftwareVersion,EndOfSupportStatus,EndOfSupportDate,ProductCodeCpe\n\
             1a2b,pc-1.corp.example,Windows10,10.0,x64,kaspersky,endpoint_security,11.6.0.394,,,cpe:2.3:a:kaspersky:endpoint_security:11.6.0.394:*:*:*:*:*:*:*\n",
            expect![[r#"
                Certain: line 1 is a header of Microsoft Defender: “DeviceName”, “SoftwareVendor”, “SoftwareName”
                reading: comma-separated; name from “SoftwareName”; version from “SoftwareVersion”; publisher from “SoftwareVendor”; computer from “DeviceName” or “DeviceId”; identifiers from “ProductCodeCpe”
                2: endpoint_security | version 11.6.0.394 | publisher kaspersky | host pc-1.corp.example
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_table_with_the_most_rows_that_are_given_was_probably_cut() {
        let mut text = String::from("DeviceName,SoftwareVendor,SoftwareName,SoftwareVersion\n");
        for at in 0..10_000 {
            text.push_str(&format!("pc-{at},igor_pavlov,7-zip,23.01\n"));
        }
        let sample = super::Sample { text: &text, is_whole: true, tables: &[] };
        let mut reader = super::open(&sample);
        let mut problems = Problems::default();
        reader.push(&text, &mut problems);
        reader.finish(&mut problems);
        assert_eq!(problems.0.len(), 1, "{:?}", problems.0);
        assert!(problems.0.concat().contains("exactly 10000 rows"), "{:?}", problems.0);
    }

    #[derive(Default)]
    struct Problems(Vec<String>);

    impl super::Sink for Problems {
        fn record(&mut self, _: &Record<'_>) -> Option<TitleKey> {
            None
        }
        fn lines(&mut self, _: super::LineClass, _: u64) {}
        fn problem(&mut self, _: u64, kind: super::ProblemKind, _: &str) {
            self.0.push(kind.to_string());
        }
        fn reading(&mut self, _: Clause) {}
        fn columns(&mut self, _: &[ColumnReading]) {}
    }

    #[test]
    fn other_tables_are_not_recognised() {
        let text = "DeviceName,Software,Vendor\nA,B,C\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
