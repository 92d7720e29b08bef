//! Snipe-IT: its list of licences, exported as CSV.

use super::columns::{Field, Meaning};
use super::tool_table::{self, Header, Tool};
use super::{Format, Reader, Sample, Sniffed, delimited};

pub(super) static FORMAT: Format = Format {
    id: "snipe-it",
    title: "Snipe-IT licences",
    reads: "the list of licences of Snipe-IT exported as CSV",
    how_to_get: "in Snipe-IT: Licenses, then Export, CSV",
    cannot_show: "licences are not installations: a licensed program may be on no computer, and a \
                  program without a licence may be on many; make a list of the installed programs \
                  with the command of step 2",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["Licensed to Name", "Manufacturer"]),
    Header::certain(&["Licensed to Name", "Seats"]),
    Header::certain(&["Licensed to Email", "Seats"]),
    Header::certain(&["Item name", "Manufacturer", "Seats"]),
    Header::likely(&["Item name", "Manufacturer", "Serial number"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, "Snipe-IT", HEADERS)
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
        let word = header.get(at).map(|cell| cell.to_lowercase()).unwrap_or_default();
        match word.as_str() {
            "license" | "license name" | "software name" => {
                Some(Meaning { field: Field::Name, rank: 0 })
            }
            // Who bought it and from whom; a key to the program, not its uninstall key.
            "company" | "supplier" | "product key" | "category" | "id" | "location"
            | "serial number" => None,
            _ => usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::expect;

    #[test]
    fn the_manufacturer_is_the_publisher_and_the_company_is_not() {
        let text = "Company,Item name,Category,Manufacturer,Supplier,Serial number,Seats,Licensed to Name\n\
                    Contoso,Kaspersky Endpoint Security Select,Security,Kaspersky,Softline,AAAA-1,50,IT\n\
                    Contoso,Zoom,Meetings,,Yandex Reseller,BBBB-2,10,IT\n";
        expect![[r#"
            Certain: line 1 is a header of Snipe-IT: “Manufacturer”, “Licensed to Name”
            reading: comma-separated; name from “Item name”; publisher from “Manufacturer”
            2: Kaspersky Endpoint Security Select | publisher Kaspersky
            3: Zoom
            lines: 2 records + 1 structure + 0 problems
        "#]]
        .assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in ["Item name,Manufacturer\nA,B\n", "Seats,Name\n1,A\n"] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
