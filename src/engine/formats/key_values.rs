//! Blocks of keys and values with any sign between them: `Key = value`, or a tab. The reader is
//! that of PowerShell's lists.

use super::columns::{Columns, Field};
use super::powershell_list::{self, Shape, Style};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::clause::clause;

pub(super) static FORMAT: Format = Format {
    id: "key-value",
    title: "Blocks of keys and values",
    reads: "blocks of lines such as “Name = 7-Zip” or a key, a tab and a value, one block a \
            program, with a blank line or a line drawn between",
    how_to_get: "take the list as your tool prints it, with the key before each value, and leave \
                 the blank lines between the programs in place",
    cannot_show: "only what the tool that made the list looks for: programs of other users, from \
                  a store or merely copied to the disk are often missing; the PowerShell command \
                  of step 2 lists more",
    platform: None,
    sniff,
    open: powershell_list::open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (shape, seen) = Shape::of(sample)?;
    let style = shape.style;
    let is_ours = !matches!(style, Style::SpacedColon | Style::Colon);
    if !is_ours || seen.has_sections || seen.key_lines * 10 < seen.lines * 7 {
        return None;
    }
    let keys: Vec<&str> = seen.keys.iter().map(String::as_str).collect();
    let columns = Columns::of(keys.iter().copied());
    // Settings are keys and values too, but they have each key once.
    let is_repeated = seen.key_lines * 2 >= seen.keys.len() * 3;
    let is_of_programs = columns.have(Field::Name)
        && columns.name_programs()
        && (columns.have(Field::Version) || columns.have(Field::Publisher));
    if !is_of_programs || !is_repeated || columns.known() * 4 < keys.len() {
        return None;
    }
    let keys = keys.iter().take(4).copied().collect::<Vec<_>>().join(", ");
    let sign = style.sign();
    Some(Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its lines are blocks of a key, “{sign}” and a value: {keys}", sign, keys),
    })
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
    fn blocks_with_equals_signs_are_read() {
        check(
            "Installed Software = 7-Zip\nSoftware Version = 23.01\nVendor = Igor Pavlov\n\
             ----------------------------\n\
             Installed Software = Kaspersky VPN\nSoftware Version = 5.21 = beta\nVendor = AO Kaspersky Lab\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “ = ” and a value: Installed Software, Software Version, Vendor
                reading: name from “Installed Software”; version from “Software Version”; publisher from “Vendor”
                1: 7-Zip | version 23.01 | publisher Igor Pavlov
                5: Kaspersky VPN | version 5.21 = beta | publisher AO Kaspersky Lab
                lines: 6 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn blocks_with_tabs_are_read() {
        check(
            "Name\t7-Zip\nVersion\t23.01\n\nName\tKaspersky\nVersion\t21.3\nComputer\tPC-17\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “tab” and a value: Name, Version, Computer
                reading: name from “Name”; version from “Version”
                1: 7-Zip | version 23.01
                4: Kaspersky | version 21.3 | host PC-17
                lines: 5 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn blocks_without_blanks_behind_the_sign_are_read() {
        check(
            "Name:7-Zip\nPath:C:\\7-Zip\nVersion:23.01\n\nName:Kaspersky VPN\nVersion:21.3\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “:” and a value: Name, Path, Version
                reading: name from “Name”; version from “Version”; identifiers from “Path”
                1: 7-Zip | version 23.01 | path C:\7-Zip
                5: Kaspersky VPN | version 21.3
                lines: 5 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn settings_and_tables_are_not_recognised() {
        for text in [
            "name = foo\nversion = 1.0\nauthor = bar\n",
            "[package]\nname = \"foo\"\nversion = \"1\"\n[dep]\nname = \"bar\"\nversion = \"2\"\n",
            "NAME=\"Ubuntu\"\nVERSION=\"22.04\"\n",
            "Name\tVersion\n7-Zip\t23.01\nKaspersky\t21.3\n",
            "let a = 1\nlet b = 2\nlet a = 3\nlet b = 4\n",
            "Name : 7-Zip\nVersion : 1\n\nName : Foo\nVersion : 2\n",
        ] {
            let found = transcript(&FORMAT, text);
            assert!(found.starts_with("not recognised"), "{text}{found}");
        }
    }
}
