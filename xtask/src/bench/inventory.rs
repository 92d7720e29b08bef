//! Makes an inventory of a fleet to measure with: invented, and the same for the same seed.
//!
//! Shaped like the export of a fleet tool: one row a program on a computer, quoted only where a field needs it, some
//! 20,000 titles of which a few are on most computers and most on few, 1 row in 10,000 covered by a directive, and some
//! names in Cyrillic, Chinese and Japanese.

use std::io::{self, Write};

/// How many distinct programs there are.
pub const TITLES: usize = 20_000;

/// One row in so many is covered by a directive.
pub const COVERED_ONE_IN: u64 = 10_000;

/// The header of the table.
const HEADER: &str =
    "ComputerName,UserName,DisplayName,Publisher,DisplayVersion,InstallDate,InstallLocation";

/// The seed that every measurement uses.
const SEED: u64 = 0x0c1e_a415_7000_2026;

/// Writes an inventory of so many records as CSV, UTF-8 with CR LF, as Windows tools write it.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn write_csv(records: u64, out: &mut impl Write) -> io::Result<()> {
    let mut numbers = Numbers(SEED);
    let titles: Vec<Title> = (0..TITLES).map(|number| Title::new(number, &mut numbers)).collect();
    write!(out, "{HEADER}\r\n")?;
    let (mut host, mut left_on_host) = (0, 0);
    for _ in 0..records {
        if left_on_host == 0 {
            host += 1;
            left_on_host = 60 + numbers.below(120);
        }
        left_on_host -= 1;
        let title = if numbers.below(COVERED_ONE_IN) == 0 {
            &COVERED[numbers.index(COVERED.len())]
        } else {
            // The square makes the first titles far more frequent than the last.
            let place = (numbers.below(1 << 20) * numbers.below(1 << 20)) >> 20;
            &titles[(place as usize * TITLES) >> 20].fields
        };
        let [name, publisher, version, folder] = title.each_ref().map(AsRef::as_ref);
        let (month, day) = (1 + numbers.below(12), 1 + numbers.below(28));
        write!(out, "PC-{host:06},u{:05},", host * 7919 % 100_000)?;
        write_field(out, name)?;
        out.write_all(b",")?;
        write_field(out, publisher)?;
        write!(out, ",{version},2025{month:02}{day:02},{folder}\r\n")?;
    }
    Ok(())
}

fn write_field(out: &mut impl Write, text: &str) -> io::Result<()> {
    if text.contains([',', '"']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}

/// Name, publisher, version, folder.
type Fields = [std::borrow::Cow<'static, str>; 4];

/// Software that directives cover, as real inventories write it.
static COVERED: [Fields; 3] = [
    [
        std::borrow::Cow::Borrowed("Kaspersky Endpoint Security for Windows"),
        std::borrow::Cow::Borrowed("AO Kaspersky Lab"),
        std::borrow::Cow::Borrowed("12.6.0.438"),
        std::borrow::Cow::Borrowed(
            r"C:\Program Files (x86)\Kaspersky Lab\Kaspersky Endpoint Security for Windows\",
        ),
    ],
    [
        std::borrow::Cow::Borrowed("Агент администрирования Kaspersky Security Center"),
        std::borrow::Cow::Borrowed("\"Лаборатория Касперского\""),
        std::borrow::Cow::Borrowed("15.1.0.20748"),
        std::borrow::Cow::Borrowed(""),
    ],
    [
        std::borrow::Cow::Borrowed("Kaspersky Free"),
        std::borrow::Cow::Borrowed("Kaspersky"),
        std::borrow::Cow::Borrowed("21.3.10.391"),
        std::borrow::Cow::Borrowed(r"C:\Program Files (x86)\Kaspersky Lab\Kaspersky Free 21.3\"),
    ],
];

/// An invented program.
struct Title {
    fields: Fields,
}

impl Title {
    fn new(number: usize, numbers: &mut Numbers) -> Self {
        const WORDS: [&str; 16] = [
            "Viewer",
            "Runtime",
            "Driver",
            "Studio",
            "Toolkit",
            "Client",
            "Update",
            "Reader",
            "Manager",
            "Components",
            "Language Pack",
            "Redistributable (x64)",
            "SDK",
            "Service",
            "Launcher",
            "Plug-in",
        ];
        const FOREIGN: [&str; 4] =
            ["Просмотр документов", "输入法", "印刷ユーティリティ", "Паке́т драйверов"];
        const PUBLISHERS: [&str; 8] = [
            "Contoso Corporation",
            "Fabrikam, Inc.",
            "Northwind Traders",
            "Adventure Works GmbH",
            "Litware, Inc.",
            "Tailspin Toys",
            "Proseware S.r.l.",
            "株式会社サンプル",
        ];
        let maker =
            ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel"][number % 8];
        let word = WORDS[numbers.index(WORDS.len())];
        let name = match numbers.below(50) {
            0 => format!("{maker} {} {number}", FOREIGN[numbers.index(FOREIGN.len())]),
            1 => format!("{maker} \"{word}\" {number}"),
            _ => format!("{maker} {word} {number}"),
        };
        let version =
            format!("{}.{}.{}", numbers.below(30), numbers.below(20), numbers.below(90_000));
        let folder = match numbers.below(3) {
            0 => String::new(),
            1 => format!(r"C:\Program Files\{maker}\{word} {number}\"),
            _ => format!(r"C:\Program Files (x86)\{maker} {number}\"),
        };
        let publisher = PUBLISHERS[numbers.index(PUBLISHERS.len())];
        Title { fields: [name.into(), publisher.into(), version.into(), folder.into()] }
    }
}

/// Numbers that look random and are the same for the same seed: SplitMix64, by Sebastiano Vigna
/// (<https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_so_many_rows_and_is_the_same_each_time() -> io::Result<()> {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        write_csv(1000, &mut one)?;
        write_csv(1000, &mut two)?;
        assert_eq!(one.iter().filter(|byte| **byte == b'\n').count(), 1001);
        assert_eq!(one, two);
        Ok(())
    }
}
