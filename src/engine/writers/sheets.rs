//! Workbooks (Office Open XML, ECMA-376): sheets of rows under a heading that stays in sight, can be
//! filtered by, and stands on each printed page.
//!
//! A text is a text cell and nothing else: never a formula, also after somebody edits it, and never a
//! link. The first texts, which are those that come again in every row, stand once in a table; the others
//! stand in the sheets, so that little is held.

use std::collections::HashMap;
use std::fmt::{self, Write};

use super::archive::{Archive, Member};
use super::document::escaped;
use super::formula::begins_formula;
use crate::engine::language::{Phrase, say, spoken};
use crate::engine::limits::MARKING_CHARS;

/// What a workbook says of itself.
pub(super) struct About {
    /// Its title.
    pub(super) title: String,
    /// The day it was made, `YYYY-MM-DD`.
    pub(super) day: String,
    /// What stands in the first and last row of each sheet, and at head and foot in print; empty for
    /// nothing.
    pub(super) marking: String,
}

/// A sheet.
pub(super) struct Sheet<'r> {
    /// Its name; what Excel takes in no name is left out of it.
    pub(super) name: &'r str,
    /// The heading and the width of each column.
    pub(super) columns: &'static [(Phrase, Width)],
    /// The rows, each with as many cells as there are columns.
    pub(super) rows: Box<dyn Iterator<Item = Vec<Cell>> + 'r>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// A number or a word.
    Narrow,
    /// A name.
    Middle,
    /// Sentences, which are wrapped.
    Wide,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text; nothing is written for an empty one.
    Text(String),
    /// A number.
    Number(u64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// Microsoft, "Excel specifications and limits": the rows of a sheet.
pub(super) const SHEET_ROWS: u32 = 1_048_576;

/// The same: the characters of a cell, as UTF-16 counts them.
const CELL_UNITS: usize = 32_767;

/// How much text all sheets together may have, in bytes: ZIP without extensions ends at 4 GB, and the table
/// of texts has at most 400 MB.
pub(super) const WORKBOOK_BYTES: u64 = 3 * 1024 * 1024 * 1024;

/// The workbook as a file; sheets with more than so many rows say what was left out.
pub(super) fn workbook(about: &About, sheets: Vec<Sheet<'_>>, most_rows: u32) -> Vec<u8> {
    let mut archive = Archive::default();
    let numbers = 1..=sheets.len();
    archive.add("[Content_Types].xml", |out| write_types(out, numbers.clone()));
    archive.add("_rels/.rels", |out| write_relations(out, &ROOT));
    archive.add("docProps/core.xml", |out| write_core(out, about));
    archive.add("docProps/app.xml", |out| {
        write!(out, "{XML}<Properties xmlns=\"{SCHEMAS}/extended-properties\"><Application>Clearlist</Application></Properties>")
    });
    archive.add("xl/styles.xml", |out| write!(out, "{XML}{STYLES}"));
    let (mut names, mut room) = (Vec::new(), WORKBOOK_BYTES);
    let mut shared = Shared::default();
    for (number, sheet) in numbers.clone().zip(sheets) {
        let name = name_of(sheet.name);
        let mut written = Written { name, heading: 1, last: 1, column: String::new() };
        archive.add(&format!("xl/worksheets/sheet{number}.xml"), |out| {
            let mut out = Counted { out, room: &mut room, shared: &mut shared };
            written = write_sheet(&mut out, about, sheet, most_rows)?;
            Ok(())
        });
        names.push(written);
    }
    archive.add("xl/sharedStrings.xml", |out| write_shared(out, &shared));
    archive.add("xl/workbook.xml", |out| write_workbook(out, &names));
    let relations: Vec<(String, String)> = numbers
        .map(|number| ("worksheet".to_owned(), format!("worksheets/sheet{number}.xml")))
        .chain([
            ("styles".to_owned(), "styles.xml".to_owned()),
            ("sharedStrings".to_owned(), "sharedStrings.xml".to_owned()),
        ])
        .collect();
    archive.add("xl/_rels/workbook.xml.rels", |out| {
        let relations: Vec<(&str, &str)> =
            relations.iter().map(|(kind, target)| (kind.as_str(), target.as_str())).collect();
        write_relations(out, &relations)
    });
    archive.finish()
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SCHEMAS: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const ROOT: [(&str, &str); 3] = [
    ("officeDocument", "xl/workbook.xml"),
    ("metadata/core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
];

/// The styles of cells: text, wrapped text, the same where it could begin a formula, headings.
/// `quotePrefix` keeps a text a text when it is edited.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill>\
    <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDFE1E2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"6\">\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyFont=\"1\"/>\
    </cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// The numbers of styles in [`STYLES`].
const HEADING: u8 = 4;
const BOLD: u8 = 5;

fn write_types(out: &mut Member, numbers: impl Iterator<Item = usize>) -> fmt::Result {
    let part = |out: &mut Member, path: &str, kind: &str| {
        write!(out, "<Override PartName=\"/{path}\" ContentType=\"application/vnd.{kind}+xml\"/>")
    };
    write!(
        out,
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    )?;
    let sheet = "openxmlformats-officedocument.spreadsheetml";
    part(out, "xl/workbook.xml", &format!("{sheet}.sheet.main"))?;
    for number in numbers {
        let path = format!("xl/worksheets/sheet{number}.xml");
        part(out, &path, &format!("{sheet}.worksheet"))?;
    }
    part(out, "xl/styles.xml", &format!("{sheet}.styles"))?;
    part(out, "xl/sharedStrings.xml", &format!("{sheet}.sharedStrings"))?;
    part(out, "docProps/core.xml", "openxmlformats-package.core-properties")?;
    part(out, "docProps/app.xml", "openxmlformats-officedocument.extended-properties")?;
    write!(out, "</Types>")
}

fn write_relations(out: &mut Member, relations: &[(&str, &str)]) -> fmt::Result {
    write!(out, "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">")?;
    for (index, (kind, target)) in relations.iter().enumerate() {
        let number = index + 1;
        // The properties that every package has are named by the package's schema.
        let schemas = if kind.starts_with("metadata/") { PACKAGE } else { SCHEMAS };
        write!(
            out,
            "<Relationship Id=\"rId{number}\" Type=\"{schemas}/relationships/{kind}\" Target=\"{target}\"/>"
        )?;
    }
    write!(out, "</Relationships>")
}

fn write_core(out: &mut Member, about: &About) -> fmt::Result {
    write!(
        out,
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>Clearlist</dc:creator><dc:language>{}</dc:language>",
        escaped(&about.title),
        spoken().code()
    )?;
    for name in ["created", "modified"] {
        // A report knows its day and no time.
        let day = escaped(&about.day);
        write!(
            out,
            "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{name}>"
        )?;
    }
    write!(out, "</cp:coreProperties>")
}

/// What became of a sheet.
struct Written {
    name: String,
    /// The row of the headings, counted from 1.
    heading: u32,
    /// The last row with data.
    last: u32,
    /// The last column, in letters.
    column: String,
}

fn write_workbook(out: &mut Member, sheets: &[Written]) -> fmt::Result {
    write!(out, "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{SCHEMAS}/relationships\"><sheets>")?;
    for (index, sheet) in sheets.iter().enumerate() {
        let (name, number) = (escaped(&sheet.name), index + 1);
        write!(out, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")?;
    }
    write!(out, "</sheets><definedNames>")?;
    // By name, as Excel writes them.
    for (index, sheet) in sheets.iter().enumerate() {
        let Written { heading, last, column, .. } = sheet;
        let name = in_formula(&sheet.name);
        write!(
            out,
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{index}\" hidden=\"1\">\
             '{name}'!$A${heading}:${column}${last}</definedName>"
        )?;
    }
    for (index, sheet) in sheets.iter().enumerate() {
        let (name, heading) = (in_formula(&sheet.name), sheet.heading);
        write!(
            out,
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">\
             '{name}'!$1:${heading}</definedName>"
        )?;
    }
    write!(out, "</definedNames></workbook>")
}

/// Texts that stand once in the workbook, by their numbers.
#[derive(Default)]
struct Shared {
    texts: Vec<String>,
    numbers: HashMap<String, usize>,
}

/// How many texts are in the table, and how long each may be, in bytes: a fleet has some hundred that come
/// again, and the table is held while the sheets are written.
const SHARED_TEXTS: usize = 65_536;
const SHARED_BYTES: usize = 1024;

impl Shared {
    /// The text's number; `None` if it is not in the table, and has no place there.
    fn number(&mut self, text: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        let number = self.texts.len();
        if number >= SHARED_TEXTS || text.len() > SHARED_BYTES {
            return None;
        }
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        Some(number)
    }
}

fn write_shared(out: &mut Member, shared: &Shared) -> fmt::Result {
    write!(out, "{XML}<sst xmlns=\"{MAIN}\">")?;
    for text in &shared.texts {
        write!(out, "<si><t xml:space=\"preserve\">{}</t></si>", cell_text(text))?;
    }
    write!(out, "</sst>")
}

/// A sheet that is being written, with how much may still be.
struct Counted<'a> {
    out: &'a mut Member,
    room: &'a mut u64,
    shared: &'a mut Shared,
}

impl Write for Counted<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        *self.room = self.room.saturating_sub(text.len() as u64);
        self.out.write_str(text)
    }
}

/// More than any row has: the longest cell has some 200 kB of XML.
const ROW_BYTES: u64 = 16 * 1024 * 1024;

fn write_sheet(
    out: &mut Counted<'_>,
    about: &About,
    sheet: Sheet<'_>,
    most_rows: u32,
) -> Result<Written, fmt::Error> {
    let Sheet { name, columns, rows } = sheet;
    let is_marked = !about.marking.is_empty();
    let heading = if is_marked { 2 } else { 1 };
    write_head(out, columns, heading)?;
    let marking = [Cell::from(about.marking.as_str())];
    if is_marked {
        write_row(out, 1, &marking, |_| BOLD)?;
    }
    let headings: Vec<Cell> =
        columns.iter().map(|(heading, _)| Cell::from(heading.told())).collect();
    write_row(out, heading, &headings, |_| HEADING)?;
    // A row for what was left out, and one for the marking.
    let most = most_rows.saturating_sub(2);
    let (mut last, mut left_out) = (heading, 0_u64);
    for row in rows {
        if last >= most || *out.room < ROW_BYTES {
            left_out += 1;
            continue;
        }
        last += 1;
        write_row(out, last, &row, |column| {
            let is_wide = columns.get(column).is_some_and(|(_, width)| *width == Width::Wide);
            u8::from(is_wide)
        })?;
    }
    let mut end = last + 1;
    if left_out > 0 {
        let why = say!(
            "{count} more rows are not here, since a workbook ends before them. They are in the report as CSV and as JSON.",
            count = left_out
        );
        write_row(out, end, &[Cell::from(why)], |_| BOLD)?;
        end += 1;
    }
    if is_marked {
        write_row(out, end, &marking, |_| BOLD)?;
    }
    let column = letters(columns.len().saturating_sub(1));
    write!(out, "</sheetData><autoFilter ref=\"A{heading}:{column}{last}\"/>")?;
    write_foot(out, about, &column, last)?;
    Ok(Written { name: name_of(name), heading, last, column })
}

fn write_head(out: &mut Counted<'_>, columns: &[(Phrase, Width)], heading: u32) -> fmt::Result {
    let below = heading + 1;
    write!(
        out,
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{heading}\" topLeftCell=\"A{below}\" \
         activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>"
    )?;
    for (index, (_, width)) in columns.iter().enumerate() {
        let number = index + 1;
        let characters = match width {
            Width::Narrow => 14,
            Width::Middle => 28,
            Width::Wide => 60,
        };
        write!(
            out,
            "<col min=\"{number}\" max=\"{number}\" width=\"{characters}\" customWidth=\"1\"/>"
        )?;
    }
    write!(out, "</cols><sheetData>")
}

fn write_foot(out: &mut Counted<'_>, about: &About, column: &str, last: u32) -> fmt::Result {
    // All columns on one page's width, as many pages as it takes.
    write!(
        out,
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter>"
    )?;
    // An ampersand begins a code there. The whole may have 255 characters.
    let marking: String = about.marking.chars().take(MARKING_CHARS).collect();
    let marking = escaped(&marking.replace('&', "&&"));
    if !marking.is_empty() {
        write!(out, "<oddHeader>&amp;C{marking}</oddHeader>")?;
    }
    write!(
        out,
        "<oddFooter>&amp;L&amp;A&amp;C{marking}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    )?;
    // A version such as 21.3 is a text and looks like a number; it is no mistake.
    write!(
        out,
        "<ignoredErrors><ignoredError sqref=\"A1:{column}{last}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>"
    )
}

fn write_row(
    out: &mut Counted<'_>,
    number: u32,
    cells: &[Cell],
    style: impl Fn(usize) -> u8,
) -> fmt::Result {
    write!(out, "<row r=\"{number}\">")?;
    for (column, cell) in cells.iter().enumerate() {
        let (at, style) = (letters(column), style(column));
        match cell {
            Cell::Text(text) if text.is_empty() => {}
            Cell::Text(text) => {
                // The styles of text have a twin that keeps a text what it is.
                let style = if style < 2 && begins_formula(text) { style + 2 } else { style };
                if let Some(shared) = out.shared.number(text) {
                    write!(out, "<c r=\"{at}{number}\" s=\"{style}\" t=\"s\"><v>{shared}</v></c>")?;
                    continue;
                }
                write!(
                    out,
                    "<c r=\"{at}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    cell_text(text)
                )?;
            }
            Cell::Number(value) => {
                write!(out, "<c r=\"{at}{number}\" s=\"{style}\"><v>{value}</v></c>")?;
            }
        }
    }
    write!(out, "</row>")
}

/// How long a sheet's name may be.
const NAME_CHARS: usize = 31;

/// A text as a sheet's name: Excel opens no workbook in which one is longer, or has a character that addresses
/// are made of.
fn name_of(text: &str) -> String {
    let is_taken = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let name: String = text.chars().filter(is_taken).take(NAME_CHARS).collect();
    name.trim_matches('\'').to_owned()
}

/// A sheet's name as it stands in a formula, between apostrophes.
fn in_formula(name: &str) -> String {
    escaped(&name.replace('\'', "''"))
}

/// A column, counted from 0, in letters.
fn letters(column: usize) -> String {
    let mut text = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        text.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    text
}

/// Text as a cell holds it, cut with an ellipsis if it is longer than a cell can be.
fn cell_text(text: &str) -> String {
    let cut = match text.encode_utf16().count() > CELL_UNITS {
        false => text.to_owned(),
        true => {
            let mut units = 0;
            let fits = |c: &char| {
                units += c.len_utf16();
                units < CELL_UNITS
            };
            text.chars().take_while(fits).chain(['…']).collect()
        }
    };
    escaped(&literal(&cut))
}

/// Excel reads `_x0041_` as the letter A (ECMA-376, part 1, 22.9.2.19): where a text has such a thing, the
/// line is written so.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text.as_bytes().get(at..at + 7).unwrap_or_default();
        let is_code = matches!(rest, [b'_', b'x', a, b, c, d, b'_']
            if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()));
        out.push_str(if is_code { "_x005F" } else { "" });
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use calamine::{Reader as _, Xlsx};

    use super::*;
    use crate::engine::language::phrase;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_sheet_has_a_name_that_excel_takes() {
        assert_eq!(name_of("Near misses, no findings"), "Near misses, no findings");
        let long = name_of("'Presque : [rien] ? À l'écart, et bien d'autres choses'");
        assert_eq!(long, "Presque  rien  À l'écart, et b");
        assert_eq!(in_formula("À l'écart & plus"), "À l&#39;&#39;écart &amp; plus");
    }

    #[test]
    fn text_stays_what_it_is() {
        assert_eq!(cell_text("a<b>\u{7}&\u{FFFE}"), "a&lt;b&gt;\u{FFFD}&amp;\u{FFFD}");
        assert_eq!(cell_text("_x0041_ _x00_ _x004"), "_x005F_x0041_ _x00_ _x004");
        // Outside of the first plane a character counts as two.
        let long = cell_text(&"\u{1F600}".repeat(20_000));
        assert_eq!(long.encode_utf16().count(), CELL_UNITS);
        assert!(long.ends_with('…'));
        let whole = "x".repeat(CELL_UNITS);
        assert_eq!(cell_text(&whole), whole);
    }

    #[test]
    fn a_sheet_says_what_it_has_no_room_for() {
        const COLUMNS: &[(Phrase, Width)] = &[(phrase("Number"), Width::Narrow)];
        let rows_of = |count: u64, marking: &str| {
            let rows = Box::new((0..count).map(|number| vec![Cell::from(number)]));
            let sheet = Sheet { name: "Rows", columns: COLUMNS, rows };
            let about = About {
                title: "Rows".to_owned(),
                day: "2026-11-25".to_owned(),
                marking: marking.to_owned(),
            };
            let file = std::io::Cursor::new(workbook(&about, vec![sheet], 10));
            let mut again: Xlsx<_> = calamine::open_workbook_from_rs(file).unwrap();
            let rows = again.worksheet_range("Rows").unwrap();
            rows.rows().map(|row| row[0].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(rows_of(7, "").len(), 8);
        let rows = rows_of(30, "CUI");
        assert_eq!(rows.len(), 10);
        assert_eq!(rows[7], "5");
        assert!(rows[8].starts_with("24 more rows are not here"), "{rows:?}");
        assert_eq!((rows[0].as_str(), rows[9].as_str()), ("CUI", "CUI"));
    }

    #[test]
    fn texts_stand_once_as_long_as_the_table_has_room() {
        let mut shared = Shared::default();
        assert_eq!(shared.number(&"x".repeat(SHARED_BYTES + 1)), None);
        for number in 0..SHARED_TEXTS {
            assert_eq!(shared.number(&number.to_string()), Some(number));
        }
        assert_eq!(shared.number("one more"), None);
        assert_eq!(shared.number("7"), Some(7));
    }
}
