//! `flatpak list`: on a terminal a table with a header that cuts ids in front; else tabs, no header.

use super::common::{is_prompt_line, without_colours, without_ellipsis};
use super::fixed_width::{Cells, Layout, screen_width, word_starts};
use super::packages::{
    Grammar, GrammarReader, PACKAGE, Package, is_reverse_domain, no_structure, not_expected,
};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "flatpak",
    title: "Flatpak list (flatpak list)",
    reads: "what flatpak list prints, as a table or with tabs between: name, application id, \
            version, branch",
    how_to_get: "in a terminal: flatpak list > flatpaks.txt",
    cannot_show: "only flatpaks are listed, and on a terminal their ids are cut; most programs of a \
                  Linux computer come from its package manager, which dpkg -l or rpm -qa lists",
    platform: Some(Platform::Linux),
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    match layout_of(sample) {
        Some(layout) => {
            Lines::boxed(TableReader { layout, cells: Cells::default(), has_rows: false })
        }
        None => Lines::boxed(GrammarReader(&GRAMMAR)),
    }
}

static GRAMMAR: Grammar =
    Grammar { package: tab_row, is_structure: no_structure, kinds: PACKAGE, expected: EXPECTED };

const EXPECTED: &str = key!("a row such as “Firefox  org.mozilla.firefox  115.0  stable  flathub”");

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let certain =
        |reason: &'static str| Sniffed { confidence: Confidence::Certain, reason: reason.into() };
    if layout_of(sample).is_some() {
        return Some(certain(key!(
            "it is a table of names and application ids, as flatpak list prints"
        )));
    }
    // With a header that names its columns it is read as any other table.
    let first = sample.filled_lines().find(|line| !is_prompt_line(line))?;
    tab_row(first)?;
    let has_typical = sample.filled_lines().any(|line| line.split(['\t', ',']).any(is_typical));
    (GRAMMAR.count(sample).are_nearly_all(1) && has_typical)
        .then(|| certain(key!("its lines are names and application ids with tabs between")))
}

/// A branch, a remote or an installation as nearly all flatpaks have them.
fn is_typical(field: &str) -> bool {
    let branch = field.rsplit('/').next().unwrap_or(field);
    matches!(branch, "stable" | "beta" | "master" | "flathub" | "fedora" | "system" | "user")
}

/// `org.mozilla.firefox`, or `app/org.mozilla.firefox/x86_64/stable` with what is around it.
fn id_of(word: &str) -> Option<&str> {
    let word = word.strip_prefix("app/").or_else(|| word.strip_prefix("runtime/")).unwrap_or(word);
    let id = word.split('/').next().unwrap_or(word);
    is_reverse_domain(id, 2).then_some(id)
}

/// An id that may be cut in front: `…eedesktop.Platform`.
fn cut_id_of(word: &str) -> Option<&str> {
    let rest = word.strip_prefix('\u{2026}').filter(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    });
    rest.or_else(|| id_of(word))
}

fn tab_row(line: &str) -> Option<Package<'_>> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).take(8).collect();
    let field = |at: usize| fields.get(at).copied().unwrap_or_default();
    let is_version = |text: &str| text.is_empty() || text.contains(|c: char| c.is_ascii_digit());
    if fields.len() < 2 {
        return None;
    }
    let mut package = Package::default();
    if let Some(id) = id_of(field(1)) {
        (package.name, package.id, package.version) = (field(0), id, field(2));
    } else if let Some(id) = id_of(field(0)) {
        // Before 1.2 a whole reference, then its options; or columns that somebody chose.
        package.id = id;
        let is_reference = field(0).contains('/');
        if is_version(field(1)) {
            package.version = field(1);
        } else if !is_reference && !is_typical(field(1)) {
            package.name = field(1);
            package.version = if is_version(field(2)) { field(2) } else { "" };
        }
    } else {
        return None;
    }
    Some(package)
}

/// The id of a row of the table, and the screen column it begins at.
fn id_column(line: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for word in line.split(' ') {
        // Every word is followed by one space, and an empty one stands for each further space.
        if at > 0 && cut_id_of(word).is_some() {
            let column = screen_width(line.get(..at)?);
            return Some((column, column + screen_width(word)));
        }
        at += word.len() + 1;
    }
    None
}

/// The columns of name, id, version and what follows, from the header and the rows below it.
fn layout_of(sample: &Sample<'_>) -> Option<Layout> {
    let mut lines = sample.filled_lines().map(without_colours).filter(|line| !is_prompt_line(line));
    let header = lines.next()?;
    let is_header = !header.contains(['\t', ':']) && header.contains("  ");
    if !is_header || id_column(&header).is_some() {
        return None;
    }
    let (mut rows, mut has_typical) = (Vec::new(), false);
    for line in lines.take(200) {
        if let Some(column) = id_column(&line) {
            rows.push(column);
            has_typical |= line.split(' ').any(is_typical);
        }
    }
    let id = rows.first()?.0;
    let same = rows.iter().filter(|(column, _)| *column == id).count();
    let starts = word_starts(&header);
    if !has_typical || same * 10 < rows.len() * 8 || !starts.contains(&id) {
        return None;
    }
    // The header's own words may have blanks in them; a column begins where no id reaches.
    let end = rows.iter().filter(|(column, _)| *column == id).map(|(_, end)| *end).max()?;
    let mut below = starts.into_iter().filter(|start| *start > end);
    let mut columns = vec![0, id];
    columns.extend(below.next());
    columns.extend(below.next());
    Some(Layout::new(columns))
}

struct TableReader {
    layout: Layout,
    cells: Cells,
    has_rows: bool,
}

impl LineReader for TableReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        self.layout.cut(text, &mut self.cells);
        let name = self.cells.cell(text, 0);
        let written = self.cells.cell(text, 1);
        if let Some(id) = cut_id_of(written) {
            self.has_rows = true;
            let kept = without_ellipsis(name);
            let is_cut = kept.is_some() || written.starts_with('\u{2026}');
            let version = self.cells.cell(text, 2);
            let version = without_ellipsis(version).unwrap_or(version);
            Package { name: kept.unwrap_or(name), id, version, is_cut, ..Package::default() }
                .tell(PACKAGE, line, sink);
            return Outcome::RECORD;
        }
        if !self.has_rows {
            return Outcome::STRUCTURE;
        }
        not_expected(EXPECTED, line, sink)
    }
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
    fn a_table_is_cut_by_its_header() {
        check(
            "Name             Application ID         Version  Branch  Installation\nGNU Image Mani…  org.gimp.GIMP          2.10.36  stable  system\nopenh264         …top.Platform.openh264           2.2.0   system\nKaspersky VPN    com.kaspersky.vpn      21.9     stable  user\n",
            expect![[r#"
                Certain: it is a table of names and application ids, as flatpak list prints
                2! the tool cut this name; what is left was checked, but a wider list would say more
                2: GNU Image Mani | version 2.10.36 | package org.gimp.GIMP
                3! the tool cut this name; what is left was checked, but a wider list would say more
                3: openh264 | package top.Platform.openh264
                4: Kaspersky VPN | version 21.9 | package com.kaspersky.vpn
                lines: 3 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn tabs_part_the_fields_where_there_is_no_terminal() {
        check(
            "Firefox\torg.mozilla.firefox\t124.0\tstable\tflathub\tsystem\nX\tcom.kaspersky.vpn\t\tstable\tflathub\tuser\nremark\n",
            expect![[r#"
                not recognised
                1: Firefox | version 124.0 | package org.mozilla.firefox
                2: X | package com.kaspersky.vpn
                3! expected a row such as “Firefox  org.mozilla.firefox  115.0  stable  flathub”; passed over
                lines: 2 records + 0 structure + 1 problems
            "#]],
        );
        check(
            "org.gnome.Maps/x86_64/stable\tsystem,current\n",
            expect![[r#"
            Certain: its lines are names and application ids with tabs between
            1: org.gnome.Maps | package org.gnome.Maps
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "com.kaspersky.vpn\t21.9\tstable\ncom.kaspersky.other\tOther\tflathub\n",
            expect![[r#"
                Certain: its lines are names and application ids with tabs between
                1: com.kaspersky.vpn | version 21.9 | package com.kaspersky.vpn
                2: Other | package com.kaspersky.other
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn tables_of_bundle_ids_are_left_to_others() {
        check(
            "Name\tBundle ID\tVersion\nSafari\tcom.apple.mobilesafari\t17\n",
            expect![[r#"
            not recognised
            1! expected a row such as “Firefox  org.mozilla.firefox  115.0  stable  flathub”; passed over
            2: Safari | version 17 | package com.apple.mobilesafari
            lines: 1 records + 0 structure + 1 problems
        "#]],
        );
        check(
            "Name  Id  Version\nFirefox  Mozilla.Firefox  115\n",
            expect![[r#"
            not recognised
            1! expected a row such as “Firefox  org.mozilla.firefox  115.0  stable  flathub”; passed over
            2! expected a row such as “Firefox  org.mozilla.firefox  115.0  stable  flathub”; passed over
            lines: 0 records + 0 structure + 2 problems
        "#]],
        );
    }
}
