//! `winget list`: columns by screen position under one unbroken rule.

use super::columns::{Field, meaning_of};
use super::common::{
    is_guid, is_prompt_line, is_remark, product_code_in, without_colours, without_ellipsis,
};
use super::fixed_width::{Cells, Layout, screen_width, word_starts};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{
    Identifier, IdentifierKind, LineClass, Platform, Presence, Record, Sink,
};

pub(super) static FORMAT: Format = Format {
    id: "winget",
    title: "winget list",
    reads: "what winget list prints on Windows 10 and 11, on the screen or into a file, in any \
            language",
    how_to_get: "in PowerShell or a command prompt: winget list > list.txt",
    cannot_show: "winget names no publishers, cuts long names and ids to the width of the window, \
                  and does not show what other users of the computer installed for themselves; \
                  the PowerShell command of step 2 cuts nothing and shows publishers",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

fn open(sample: &Sample<'_>) -> Box<dyn super::Reader> {
    let mut reader = WingetReader::default();
    if let Some(found) = first_table(sample) {
        reader.first = Some((found.rules_above, found.table));
    }
    Lines::boxed(reader)
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let found = first_table(sample)?;
    let reason = match found.header {
        Some(header) => {
            let words = header.split_whitespace().collect::<Vec<_>>().join(" ");
            clause!(
                "one line of dashes stands under the header “{words}”, as winget draws it",
                words
            )
        }
        None => clause!("one line of dashes stands above rows with ids as winget writes them"),
    };
    // Ids such as `ARP\Machine\X64\…` are winget's alone; any table may have a line of dashes.
    // And winget lists no publishers.
    let names_publishers = found.header.is_some_and(|header| {
        let mut meanings = header.split_whitespace().filter_map(meaning_of);
        meanings.any(|meaning| meaning.field == Field::Publisher)
    });
    let confidence = match (found.ids, found.header) {
        (3.., _) | (1.., Some(_)) => Confidence::Certain,
        (0, _) if names_publishers => return None,
        (_, Some(_)) => Confidence::Likely,
        _ => return None,
    };
    Some(Sniffed { confidence, reason })
}

/// Where the columns of a table are.
#[derive(Clone, Debug)]
struct Table {
    /// Name, id, version, and whatever follows.
    layout: Layout,
    /// The first word of its header; empty if that is lost.
    name_header: String,
    /// True if the table lists what could be installed, not what is (`winget search`).
    is_of_available: bool,
    described: Clause,
}

/// The first table of a sample.
struct FirstTable<'a> {
    /// How many rules stand above its own.
    rules_above: usize,
    /// The line above its rule, if that is a header.
    header: Option<&'a str>,
    table: Table,
    /// How many rows have an id that only winget writes.
    ids: usize,
}

fn first_table<'a>(sample: &Sample<'a>) -> Option<FirstTable<'a>> {
    /// Lines drawn above the table, under headings.
    const RULES: usize = 5;
    let mut lines = sample.filled_lines();
    for rules_above in 0..RULES {
        let mut above = "";
        loop {
            let line = lines.next()?;
            if is_rule(line) {
                break;
            }
            above = line;
        }
        let found = table_at(rules_above, above, lines.clone());
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The table whose rule stands below the line `above`, if there is one.
fn table_at<'a>(
    rules_above: usize,
    above: &'a str,
    below: impl Iterator<Item = &'a str>,
) -> Option<FirstTable<'a>> {
    /// Rows that are looked at: as many as show where the columns are.
    const ROWS: usize = 400;
    let rows: Vec<&str> = below
        .take(ROWS)
        .take_while(|line| !is_prompt_line(line) && !is_rule(line))
        .filter(|line| !is_remark(line) && !begins_with_number(line))
        .collect();
    let by_header = Table::of_header(above).filter(|table| table.fits(&rows));
    let (header, table) = match by_header {
        Some(table) => (Some(above), table),
        None => (None, Table::of_rows(&rows)?),
    };
    let mut cells = Cells::default();
    let ids = rows
        .iter()
        .filter(|row| {
            table.layout.cut(row, &mut cells);
            is_typical_id(cells.cell(row, ID))
        })
        .count();
    Some(FirstTable { rules_above, header, table, ids })
}

const NAME: usize = 0;
const ID: usize = 1;
const VERSION: usize = 2;

/// One unbroken run of dashes, as wide as a table.
fn is_rule(line: &str) -> bool {
    // The narrowest table: "Name Id Version" with one short row.
    const NARROWEST: usize = 15;
    let line = line.trim();
    line.len() >= NARROWEST && line.bytes().all(|byte| byte == b'-')
}

impl Table {
    /// The columns below a header of three to five words. (The order is the same in all languages;
    /// of the words only the Korean ones have spaces in them.)
    fn of_header(header: &str) -> Option<Self> {
        // "장치 ID" (id) and "사용 가능" (available).
        const WITH_SPACE: &[(&str, &str)] = &[("장치 ID", "장치-ID"), ("사용 가능", "사용-가능")];
        if is_prompt_line(header) {
            return None;
        }
        let mut joined = String::new();
        for (with_space, without) in WITH_SPACE {
            if header.contains(with_space) {
                let source = if joined.is_empty() { header } else { &joined };
                joined = source.replace(with_space, without);
            }
        }
        let header = if joined.is_empty() { header } else { &joined };
        let words: Vec<&str> = header.split_whitespace().collect();
        let is_header = (3..=5).contains(&words.len())
            && header.starts_with(|c: char| !c.is_whitespace())
            && words.iter().all(|word| word.contains(char::is_alphabetic));
        if !is_header {
            return None;
        }
        // `winget search` has a column for what the search matched; `list` has none.
        let is_of_available = words.len() >= 4
            && words.iter().any(|word| {
                matches!(*word, "Match" | "Übereinstimmung" | "Correspondance" | "Coincidencia")
                    || matches!(*word, "Corrispondenza" | "Correspondência" | "Совпадение")
                    || matches!(*word, "匹配" | "一致" | "相符" | "일치")
            });
        let described = match words.as_slice() {
            [name, id, version, ..] => {
                let id = id.replace('-', " ");
                clause!(
                    "name from “{name}”; version from “{version}”; identifiers from “{id}”",
                    name = *name,
                    version = *version,
                    id
                )
            }
            _ => return None,
        };
        let name_header = words.first().copied().unwrap_or_default().to_owned();
        let layout = Layout::new(word_starts(header));
        Some(Self { layout, name_header, is_of_available, described })
    }

    /// The columns of a table whose header is lost, from where ids and versions stand.
    fn of_rows(rows: &[&str]) -> Option<Self> {
        let rows: Vec<Vec<(usize, &str)>> = rows.iter().map(|row| words_at(row)).collect();
        let rows: Vec<&Vec<_>> = rows.iter().filter(|words| words.len() >= 3).collect();
        if rows.is_empty() {
            return None;
        }
        let id = most_frequent(rows.iter().flat_map(|words| {
            words.iter().skip(1).filter(|(_, word)| is_like_id(word)).map(|(at, _)| *at)
        }))?;
        let starts_at = |at: usize| {
            rows.iter().filter(|words| words.iter().any(|(start, _)| *start == at)).count()
        };
        if starts_at(id) * 2 < rows.len() {
            return None;
        }
        let version = most_frequent(rows.iter().flat_map(|words| {
            words.iter().filter(|(at, word)| *at > id && is_like_version(word)).map(|(at, _)| *at)
        }))?;
        if starts_at(version) * 2 < rows.len() {
            return None;
        }
        let mut starts = vec![0, id, version];
        // What follows the version: the available one, the source.
        starts.extend(most_frequent(rows.iter().flat_map(|words| {
            words
                .iter()
                .filter(|(at, word)| *at > version && matches!(*word, "winget" | "msstore"))
                .map(|(at, _)| *at)
        })));
        let described = clause!(
            "name, id and version from where they stand in the rows; the header is missing"
        );
        let layout = Layout::new(starts);
        Some(Self { layout, name_header: String::new(), is_of_available: false, described })
    }

    /// True if most of the rows have an id and a version in these columns.
    fn fits(&self, rows: &[&str]) -> bool {
        let mut cells = Cells::default();
        let fitting = rows
            .iter()
            .filter(|row| {
                self.layout.cut(row, &mut cells);
                !cells.cell(row, ID).is_empty() && !cells.cell(row, VERSION).is_empty()
            })
            .count();
        fitting * 3 >= rows.len()
    }
}

/// The words of a row with the screen column each starts at.
fn words_at(row: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut column = 0;
    for part in row.split_inclusive(' ') {
        let word = part.trim_end_matches(' ');
        if !word.is_empty() {
            words.push((column, word));
        }
        column += screen_width(part);
    }
    words
}

/// The number that comes most often; the smallest of several such.
fn most_frequent(numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    for number in numbers {
        *counts.entry(number).or_insert(0_usize) += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number)))
        .map(|(n, _)| n)
}

/// True for an id that only winget writes.
fn is_typical_id(id: &str) -> bool {
    id.starts_with("ARP\\") || id.starts_with("MSIX\\") || is_package_id(id)
}

/// `Publisher.Package`, with more parts at times.
fn is_package_id(id: &str) -> bool {
    let id = without_ellipsis(id).unwrap_or(id);
    !id.contains([' ', '\\', '/', '{'])
        && id.contains('.')
        && id.split('.').take(2).all(|part| {
            part.starts_with(char::is_alphanumeric) && part.contains(char::is_alphabetic)
        })
}

/// True for a word that may be an id in a row whose columns are not known.
fn is_like_id(word: &str) -> bool {
    is_typical_id(word)
        || word.starts_with('{')
        || is_store_id(word)
        || (word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `XPFCKBRNFZQ62G`, `9NKSQGP7F2NH`: products of the Store.
fn is_store_id(word: &str) -> bool {
    matches!(word.len(), 12..=14)
        && (word.starts_with("XP") || word.starts_with('9'))
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_like_version(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "<" | ">" | "Unknown" | "Unbekannt" | "Inconnu" | "Desconocido" | "未知")
}

#[derive(Default)]
struct WingetReader {
    /// The first table, as the sample shows it, below so many rules; taken when its rule comes.
    first: Option<(usize, Table)>,
    rules: usize,
    table: Option<Table>,
    has_seen_table: bool,
    /// Lines of text above the first rule.
    above: u64,
    /// The last line of text, which may turn out to be the header of a further table.
    held: String,
    held_line: u64,
    /// True if a prompt says that it is the output of `winget search`.
    is_search: bool,
    cells: Cells,
    /// An id put together: the family name of an MSIX package.
    id: String,
    reading: Clause,
}

impl LineReader for WingetReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if text.trim().is_empty() {
            return Outcome::STRUCTURE;
        }
        if is_rule(text) {
            self.rule(sink);
            return Outcome::STRUCTURE;
        }
        self.release(sink);
        if is_prompt_line(text) {
            self.is_search = text.contains("winget search") || text.contains("winget find");
            self.table = None;
            return Outcome::STRUCTURE;
        }
        if is_progress(text) {
            return Outcome::STRUCTURE;
        }
        self.held.push_str(text);
        self.held_line = line.number;
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.has_seen_table {
            sink.lines(LineClass::Structure, self.above);
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

impl WingetReader {
    /// A rule came: what is held is the header of its table, unless it is a line drawn.
    fn rule(&mut self, sink: &mut dyn Sink) {
        let rules_above = self.rules;
        self.rules += 1;
        let by_header = Table::of_header(&self.held);
        let is_header = by_header.is_some();
        let table = match self.first.take() {
            Some((above, first)) if above == rules_above => Some(first),
            Some(first) => {
                self.first = Some(first);
                None
            }
            // A further table of the same run has the same words.
            None => by_header.filter(|new| {
                self.table.as_ref().is_none_or(|old| {
                    old.name_header.is_empty() || old.name_header == new.name_header
                })
            }),
        };
        let Some(table) = table else {
            self.release(sink);
            return;
        };
        if is_header {
            sink.lines(LineClass::Structure, 1);
            self.held.clear();
        } else {
            self.release(sink);
        }
        if self.reading != table.described {
            sink.reading(table.described.clone());
            self.reading.clone_from(&table.described);
        }
        self.has_seen_table = true;
        self.table = Some(table);
    }

    /// Gives out the line held, which is no header.
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.held.is_empty() {
            return;
        }
        let class = match &self.table {
            Some(table) => {
                let presence = if table.is_of_available || self.is_search {
                    Presence::Available
                } else {
                    Presence::Installed
                };
                let line = Line { number: self.held_line, text: &self.held };
                row(table, &mut self.cells, &mut self.id, line, presence, sink)
            }
            None if !self.has_seen_table => {
                self.above += 1;
                self.held.clear();
                return;
            }
            None if is_remark(&self.held) => LineClass::Structure,
            None => {
                let expected = clause!("the header of a table and a line of dashes");
                sink.problem(self.held_line, ProblemKind::UnexpectedLine { expected }, &self.held);
                LineClass::Problem
            }
        };
        sink.lines(class, 1);
        self.held.clear();
    }
}

fn row(
    table: &Table,
    cells: &mut Cells,
    id_buffer: &mut String,
    line: Line<'_>,
    presence: Presence,
    sink: &mut dyn Sink,
) -> LineClass {
    let text = line.text.trim_end();
    // "<additional entries truncated due to result limit>", in the user's language.
    if text.starts_with('<') && text.ends_with('>') {
        sink.problem(line.number, ProblemKind::CutShort, text);
        return LineClass::Structure;
    }
    table.layout.cut(text, cells);
    let is_cut_well = cells.crossed() == 0;
    let (mut name, mut id, mut version) =
        (cells.cell(text, NAME), cells.cell(text, ID), cells.cell(text, VERSION));
    let is_row = !id.is_empty() && !version.is_empty();
    if !(is_row && is_cut_well) {
        // The columns do not fit: a total below the table, or a row whose letters changed their
        // width in a wrong code page.
        if let Some(parts) = by_words(text) {
            (name, id, version) = parts;
        } else if is_remark(text) || begins_with_number(text) || text.ends_with('.') {
            // A total, in any language: "11 upgrades available."
            return LineClass::Structure;
        } else if text.contains("  ") {
            // Cut as well as it can be.
        } else if text.split_whitespace().count() >= 4 {
            let expected = clause!("a row with a name, an id and a version");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
            return LineClass::Problem;
        } else {
            // A name somebody added by hand.
            (name, id, version) = (text.trim(), "", "");
        }
    }
    if name.is_empty() && id.is_empty() {
        sink.problem(line.number, ProblemKind::NoName, text);
        return LineClass::Problem;
    }
    if let Some(kept) = without_ellipsis(name) {
        name = kept;
        sink.problem(line.number, ProblemKind::NameCut, text);
    }
    let identifier = identifier(id, id_buffer);
    let identifiers =
        if identifier.value.is_empty() { &[][..] } else { std::slice::from_ref(&identifier) };
    sink.record(&Record {
        name,
        version: without_ellipsis(version).unwrap_or(version),
        identifiers,
        line: line.number,
        text,
        presence,
        ..Record::default()
    });
    LineClass::Record
}

fn begins_with_number(text: &str) -> bool {
    text.split(' ').next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Name, id and version of a row whose columns are not where they should be, by the one word that
/// looks like an id and what stands around it.
fn by_words(row: &str) -> Option<(&str, &str, &str)> {
    let row = row.trim_end();
    let mut start = 0;
    while let Some(rest) = row.get(start..).filter(|rest| !rest.is_empty()) {
        let end = word_end(rest);
        let word = rest.get(..end)?.trim_end();
        if start > 0 && is_like_id(word) {
            let name = row.get(..start)?.trim();
            // The key of an uninstall entry may have spaces, but no source stands after its
            // version.
            let id_end = if word.starts_with("ARP\\") || word.starts_with("MSIX\\") {
                last_word_start(rest)
            } else {
                end
            };
            let id = rest.get(..id_end)?.trim();
            let version = rest.get(id_end..)?.trim_start();
            let sign = if version.starts_with(['<', '>']) { 2 } else { 0 };
            let version_end =
                version.get(sign..)?.find(' ').map_or(version.len(), |space| sign + space);
            return Some((name, id, version.get(..version_end)?));
        }
        start += end;
    }
    None
}

/// Where the first word ends: behind the spaces after it, or behind the question mark that a wrong
/// code page makes of the last byte of a cell and the space after it.
fn word_end(text: &str) -> usize {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_end = match c {
            ' ' => next != Some(' '),
            '?' => !before.is_ascii() && next.is_some_and(|next| next.is_ascii_alphanumeric()),
            _ => false,
        };
        if is_end {
            return at + c.len_utf8();
        }
        before = c;
    }
    text.len()
}

/// Where the last word starts, or the sign and the word of a version such as `> 1.2`.
fn last_word_start(text: &str) -> usize {
    let (mut start, mut last) = (0, 0);
    let mut before_last = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        before_last = last;
        last = start;
        start += word_end(rest);
    }
    let has_sign = text.get(before_last..).is_some_and(|rest| rest.starts_with(['<', '>']));
    if has_sign { before_last } else { last }
}

/// What the id names. `buffer` is for one that has to be put together.
fn identifier<'a>(id: &'a str, buffer: &'a mut String) -> Identifier<'a> {
    let package = |value| Identifier { kind: IdentifierKind::Package, value };
    let product_code = |value| Identifier { kind: IdentifierKind::ProductCode, value };
    let (id, is_cut) = match without_ellipsis(id) {
        Some(kept) => (kept, true),
        None => (id, false),
    };
    if let Some(full_name) = id.strip_prefix("MSIX\\") {
        return package(family_name(full_name, buffer));
    }
    if let Some(path) = id.strip_prefix("ARP\\") {
        // `Machine\X64\Key`. Keys have no backslash.
        let key = path.splitn(3, '\\').nth(2).unwrap_or_default();
        // The beginning of a key serves as that of a package's name; it is no product code.
        return if is_cut { package(key) } else { product_code(key) };
    }
    if is_cut {
        return package(id);
    }
    if is_guid(id) || product_code_in(id).is_some() {
        return product_code(id);
    }
    let is_family_name = id.rsplit_once('_').is_some_and(|(_, hash)| is_publisher_hash(hash));
    if is_package_id(id) || is_family_name || is_store_id(id) {
        package(id)
    } else {
        // Old versions wrote the key of an uninstall entry as it is.
        product_code(id)
    }
}

/// `Name_1.0.0.0_x64__hash` → `Name_hash`; of a cut one, the name alone.
fn family_name<'a>(full_name: &'a str, buffer: &'a mut String) -> &'a str {
    let mut parts = full_name.split('_');
    let name = parts.next().unwrap_or_default();
    match parts.next_back() {
        Some(hash) if is_publisher_hash(hash) => {
            buffer.clear();
            buffer.push_str(name);
            buffer.push('_');
            buffer.push_str(hash);
            buffer
        }
        _ => name,
    }
}

/// The 13 letters and digits that stand for a publisher in the names of MSIX packages.
fn is_publisher_hash(text: &str) -> bool {
    text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// `   - `, `   \ `, `  ██████▒▒▒▒  1024 KB / 16.5 MB`: what winget shows while it works.
fn is_progress(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "-" | "\\" | "|" | "/")
        || text.starts_with(['\u{2588}', '\u{2592}', '\u{2591}', '\u{2593}'])
        // The same after a round through code page 437, or 936.
        || text.starts_with("\u{393}\u{FB}")
        || text.starts_with("\u{9225}\u{6283}")
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
    fn each_form_of_id_is_told_from_the_others() {
        check(
            r"   -
   \
  ████▒▒▒▒  1024 KB / 16.5 MB
Name                     Id                                       Version      Available Source
------------------------------------------------------------------------------------------------
Kaspersky                Kaspersky.Kaspersky                      21.9.6.465   21.13     winget
Kaspersky Endpoint Secu… ARP\Machine\X86\{27534751-4A40-48BD-B39… 12.4.0.467
Kaspersky VPN            {3507FA00-ADA2-4A02-99B9-51AD26CA9120}   21.3
Mozilla Firefox          ARP\Machine\X64\Mozilla Firefox 115 (x6… 115.0
Mozilla Thunderbird      ARP\Machine\X64\Mozilla Thunderbird 115  115.0
ShellEx Package          MSIX\Kaspersky.ShellEx16_1.0.0.0_x64__b… 1.0.0.0
Windows Terminal         MSIX\MS.Term_1.2.3.4_x64__8wekyb3d8bbwe  1.2.3.4
Dell Command | Update    ARP\Machine\X64\{E56CEEA2-FB6D-4ED1-8BA… > 5.4.1
CapCut                   CapCut                                   Unknown
WhatsApp                 9NKSQGP7F2NH                             2.2                    msstore
Ubuntu                   Canonical.Ubuntu_79rhkp1fndgsc           2004
2 upgrades available.
1 package(s) have version numbers that cannot be determined. Use --include-unknown to see all results.
",
            expect![[r#"
                Certain: one line of dashes stands under the header “Name Id Version Available Source”, as winget draws it
                reading: name from “Name”; version from “Version”; identifiers from “Id”
                6: Kaspersky | version 21.9.6.465 | package Kaspersky.Kaspersky
                7! the tool cut this name; what is left was checked, but a wider list would say more
                7: Kaspersky Endpoint Secu | version 12.4.0.467 | package {27534751-4A40-48BD-B39
                8: Kaspersky VPN | version 21.3 | product-code {3507FA00-ADA2-4A02-99B9-51AD26CA9120}
                9: Mozilla Firefox | version 115.0 | package Mozilla Firefox 115 (x6
                10: Mozilla Thunderbird | version 115.0 | product-code Mozilla Thunderbird 115
                11: ShellEx Package | version 1.0.0.0 | package Kaspersky.ShellEx16
                12: Windows Terminal | version 1.2.3.4 | package MS.Term_8wekyb3d8bbwe
                13: Dell Command | Update | version > 5.4.1 | package {E56CEEA2-FB6D-4ED1-8BA
                14: CapCut | version Unknown | product-code CapCut
                15: WhatsApp | version 2.2 | package 9NKSQGP7F2NH
                16: Ubuntu | version 2004 | package Canonical.Ubuntu_79rhkp1fndgsc
                lines: 11 records + 7 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn wide_letters_take_two_columns_and_headers_come_in_any_language() {
        check(
            "名称              ID                      版本      可用    源\n\
             ----------------------------------------------------------------\n\
             微信              Tencent.WeChat          3.9.12    3.9.13  winget\n\
             卡巴斯基安全软件… Kaspersky.KasperskyInt… 21.3      \n\
             7-Zip             7zip.7zip               23.01             winget\n\
             11 升级可用。\n",
            expect![[r#"
                Certain: one line of dashes stands under the header “名称 ID 版本 可用 源”, as winget draws it
                reading: name from “名称”; version from “版本”; identifiers from “ID”
                3: 微信 | version 3.9.12 | package Tencent.WeChat
                4! the tool cut this name; what is left was checked, but a wider list would say more
                4: 卡巴斯基安全软件 | version 21.3 | package Kaspersky.KasperskyInt
                5: 7-Zip | version 23.01 | package 7zip.7zip
                lines: 3 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "이름           장치 ID             버전  사용 가능 원본\n\
             --------------------------------------------------------\n\
             카스퍼스키 VPN Kaspersky.Kaspersky 21.3  21.4      winget\n",
            expect![[r#"
                Certain: one line of dashes stands under the header “이름 장치 ID 버전 사용 가능 원본”, as winget draws it
                reading: name from “이름”; version from “버전”; identifiers from “장치 ID”
                3: 카스퍼스키 VPN | version 21.3 | package Kaspersky.Kaspersky
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn rows_in_a_wrong_code_page_are_read_by_their_words() {
        check(
            "鍚嶇О           ID                  鐗堟湰        婧?\n\
             ----------------------------------------------------\n\
             寰\u{E1BB}俊             Tencent.WeChat      3.9.12.57   winget\n\
             璞嗗寘璞嗗寘           ByteDance.Doubao.Long 1.2.3     winget\n\
             Kaspersky End鈥?Kaspersky.Kaspersky 21.3        winget\n",
            expect![[r#"
                Certain: one line of dashes stands under the header “鍚嶇О ID 鐗堟湰 婧?”, as winget draws it
                reading: name from “鍚嶇О”; version from “鐗堟湰”; identifiers from “ID”
                3: 寰俊 | version 3.9.12.57 | package Tencent.WeChat
                4: 璞嗗寘璞嗗寘 | version 1.2.3 | package ByteDance.Doubao.Long
                5! the tool cut this name; what is left was checked, but a wider list would say more
                5: Kaspersky End | version 21.3 | package Kaspersky.Kaspersky
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_lost_header_is_made_up_for_by_the_rows() {
        check(
            "                                                             \n\
             -----------------------------------------------------------\n\
             7-Zip 23.01 (x64)    7zip.7zip               23.01    winget\n\
             Kaspersky            Kaspersky.Kaspersky     21.3     winget\n\
             Bkav Pro             ARP\\Machine\\X86\\Bkav    8.0\n\
             Steam                Valve.Steam             2.10.91  winget\n",
            expect![[r#"
                Certain: one line of dashes stands above rows with ids as winget writes them
                reading: name, id and version from where they stand in the rows; the header is missing
                3: 7-Zip 23.01 (x64) | version 23.01 | package 7zip.7zip
                4: Kaspersky | version 21.3 | package Kaspersky.Kaspersky
                5: Bkav Pro | version 8.0 | product-code Bkav
                6: Steam | version 2.10.91 | package Valve.Steam
                lines: 4 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_a_search_finds_is_not_installed() {
        check(
            "Name      Id                  Version Match          Source\n\
             ------------------------------------------------------------\n\
             Kaspersky Kaspersky.Kaspersky 21.3    Tag: kaspersky winget\n",
            expect![[r#"
                Certain: one line of dashes stands under the header “Name Id Version Match Source”, as winget draws it
                reading: name from “Name”; version from “Version”; identifiers from “Id”
                3: Kaspersky | version 21.3 | package Kaspersky.Kaspersky | available
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_second_table_and_what_follows_a_prompt_are_read() {
        check(
            "PS C:\\> winget list\n\
             Name  Id        Version Available Source\n\
             ----------------------------------------\n\
             7-Zip 7zip.7zip 23.01   24.01     winget\n\
             1 upgrades available.\n\n\
             The following packages have an upgrade available, but require explicit targeting for upgrade:\n\
             Name    Id              Version Available Source\n\
             -------------------------------------------------\n\
             Discord Discord.Discord 1.0.1   1.0.2     winget\n\
             <additional entries truncated due to result limit>\n\
             Something that nobody who reads this would have expected here\n\
             Kaspersky\n\
             PS C:\\> hostname\n\
             PC-17\n",
            expect![[r#"
                Certain: one line of dashes stands under the header “Name Id Version Available Source”, as winget draws it
                reading: name from “Name”; version from “Version”; identifiers from “Id”
                4: 7-Zip | version 23.01 | package 7zip.7zip
                10: Discord | version 1.0.1 | package Discord.Discord
                11! the file ends in the middle; it may have been cut short, make it again
                12! expected a row with a name, an id and a version; passed over
                13: Kaspersky
                15! expected the header of a table and a line of dashes; passed over
                lines: 3 records + 10 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "DisplayName     DisplayVersion Publisher\n\
             -----------     -------------- ---------\n\
             7-Zip           23.01          Igor Pavlov\n",
            expect![[r#"
                not recognised
                0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
                lines: 0 records + 0 structure + 3 problems
            "#]],
        );
        check(
            "Programs on this computer\n-------------------------\n7-Zip\nSteam\n",
            expect![[r#"
                not recognised
                reading: name from “Programs”; version from “this”; identifiers from “on”
                3: 7-Zip
                4: Steam
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "-------------------------\n7-Zip 23.01 x64\nSteam 2.10 x86\n",
            expect![[r#"
            not recognised
            0! this does not look like a list of installed programs; use one of the commands of step 2, or a list with one program name a line
            lines: 0 records + 1 structure + 2 problems
        "#]],
        );
    }
}
