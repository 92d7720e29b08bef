//! Microsoft Configuration Manager: its reports saved as CSV, and queries of its database.

use super::columns::{Field, Meaning, meaning_of};
use super::tool_table::{self, Header, Tool};
use super::{Format, Reader, Sample, Sniffed, delimited};
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "configmgr",
    title: "Configuration Manager",
    reads: "reports of Microsoft Configuration Manager (SCCM) exported as CSV, and queries of its \
            views saved as CSV (ARPDisplayName0, ProductName0, Publisher0)",
    how_to_get: "in the Configuration Manager console: Monitoring, Reporting, Reports, a report \
                 such as \"Software registered in Add Remove Programs on a specific computer\", \
                 then Export, CSV (comma delimited)",
    cannot_show: "only what the clients reported at their last inventory: computers without a \
                  client, programs of single users and programs that are merely copied to the disk \
                  are missing, and some reports leave out the publisher",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    // The names of the text boxes of a report, as its CSV export writes them.
    Header::certain(&["Details_Table0_*"]),
    Header::certain(&["ARPDisplayName0"]),
    Header::certain(&["ProductName0", "ProductVersion0"]),
    Header::certain(&["DisplayName0", "Publisher0"]),
    Header::certain(&["DisplayName0", "Version0"]),
    Header::certain(&["Netbios_Name0", "DisplayName0"]),
    Header::certain(&["Netbios_Name0", "ProductName0"]),
    Header::certain(&["Name0", "DisplayName0"]),
    Header::certain(&["Name0", "ProductName0"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS)
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    delimited::open_as(Table, HEADERS, sample)
}

struct Table;

impl Tool for Table {
    fn part(&self) -> Option<Box<dyn Tool>> {
        Some(Box::new(Self))
    }

    fn means(&self, header: &[String], at: usize, usual: Option<Meaning>) -> Option<Meaning> {
        // `Name0` is the computer's name in `v_R_System`, beside the name of the program.
        let is_name0 = header.get(at).is_some_and(|cell| cell.ends_with("Name0"));
        let is_plain = |meaning: Meaning| meaning.field == Field::Name && meaning.rank == 2;
        let names_program = |cell: &String| {
            meaning_of(cell).is_some_and(|means| means.field == Field::Name && means.rank < 2)
        };
        match usual {
            Some(meaning) if is_name0 && is_plain(meaning) && header.iter().any(names_program) => {
                Some(Meaning { field: Field::Host, rank: 1 })
            }
            other => other,
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

    #[test]
    fn the_header_stands_below_the_heading_of_the_report() {
        check(
            "textbox12,textbox5\nInstalled software,7/2/2024\n\n\
             Details_Table0_Netbios_Name0,Details_Table0_ProductName,Details_Table0_ProductVersion\n\
             PC-1,\"Kaspersky Endpoint Security, 11\",11.1\n",
            expect![[r#"
                Certain: line 4 is a header of Configuration Manager: “Details_Table0_Netbios_Name0”, “Details_Table0_ProductName”, “Details_Table0_ProductVersion”
                reading: comma-separated; name from “Details_Table0_ProductName”; version from “Details_Table0_ProductVersion”; computer from “Details_Table0_Netbios_Name0”
                5: Kaspersky Endpoint Security, 11 | version 11.1 | host PC-1
                lines: 1 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn name0_is_the_computer_beside_the_name_of_a_program() {
        check(
            "Name0,DisplayName0,Publisher0,Version0\nPC-1,7-Zip,Igor Pavlov,23.01\n",
            expect![[r#"
                Certain: line 1 is a header of Configuration Manager: “DisplayName0”, “Publisher0”
                reading: comma-separated; name from “DisplayName0”; version from “Version0”; publisher from “Publisher0”; computer from “Name0”
                2: 7-Zip | version 23.01 | publisher Igor Pavlov | host PC-1
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in ["Name,DisplayName,Publisher\nA,B,C\n", "Details\nA\n"] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
