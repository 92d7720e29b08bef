//! Lansweeper: its reports of software exported as CSV.

use super::tool_table::{self, AnyTable, Header};
use super::{Format, Reader, Sample, Sniffed, delimited};

pub(super) static FORMAT: Format = Format {
    id: "lansweeper",
    title: "Lansweeper",
    reads: "reports of software of Lansweeper exported as CSV, also the history of installations, \
            where \"-\" in the column \"+/-\" means uninstalled",
    how_to_get: "in the Lansweeper web console: Reports, search for \"software\", open a report \
                 that has the columns AssetName and Software, then Export to CSV",
    cannot_show: "only computers that could be scanned, as they were at their last scan; programs \
                  that are merely copied to the disk and browser extensions are missing",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["AssetName", "+/-"]),
    Header::certain(&["AssetID", "AssetName", "Software*"]),
    Header::certain(&["AssetName", "Software*", "Lastchanged"]),
    Header::likely(&["AssetName", "Software*"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS)
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    delimited::open_as(AnyTable, HEADERS, sample)
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::expect;

    #[test]
    fn what_was_uninstalled_is_removed() {
        let text = "AssetName,Type,+/-,Software,Version,Publisher,Lastchanged\n\
                    PC-1,Desktop app,-,Kaspersky Endpoint Security,12.3,AO Kaspersky Lab,7/3/2024\n\
                    PC-1,Desktop app,+,UltraAV,1.8,Pango Group,7/6/2024\n";
        expect![[r#"
            Certain: line 1 is a header of Lansweeper: “AssetName”, “+/-”
            reading: comma-separated; name from “Software”; version from “Version”; publisher from “Publisher”; computer from “AssetName”
            2: Kaspersky Endpoint Security | version 12.3 | publisher AO Kaspersky Lab | host PC-1 | removed
            3: UltraAV | version 1.8 | publisher Pango Group | host PC-1
            lines: 2 records + 1 structure + 0 problems
        "#]]
        .assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in ["Asset,Software\nA,B\n", "AssetName,Owner\nA,B\n"] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
