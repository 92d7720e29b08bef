//! Excel workbooks since 2007 (.xlsx, .xlsm): XML in a ZIP archive.

use std::collections::HashMap;
use std::io::Read;

use super::workbook::{
    Cell, DAYS_TO_1904, EachCell, Sheet, Workbook, is_builtin_date_format, is_date_format,
};
use super::xml::{Attributes, Event, Xml};
use super::zip::{Archive, Unpacking};
use super::{Container, WORKBOOK_DAMAGED, damaged};
use crate::engine::limits::{SHARED_TEXT_BYTES, WORKBOOK_MARKS, WORKBOOK_SHEETS};
use crate::engine::problem::ProblemKind;

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "xlsx",
    title: "Excel workbook",
    reads: "the sheets of an Excel workbook (.xlsx, .xlsm) whose rows list programs under a header; \
            row numbers are those of the sheet",
    how_to_get: "choose the workbook as it is, or the Excel export of an inventory tool; a workbook \
                 with a password has to be saved without it, a binary one (.xlsb) as .xlsx",
    cannot_show: "only the programs that the tool or person who made the table wrote down; rows and \
                  columns that are hidden are read too, what a formula would give today is not",
};

pub(super) struct Xlsx<'a> {
    archive: Archive<'a>,
    sheets: Vec<Sheet>,
    /// The member of each sheet.
    paths: Vec<String>,
    shared: Shared,
    /// By the number of a cell's style: it shows a date.
    date_styles: Vec<bool>,
    counts_from_1904: bool,
    /// More describes it than is looked at.
    is_cut: bool,
}

/// Opens a workbook.
pub(super) fn open(archive: Archive<'_>) -> Result<Xlsx<'_>, ProblemKind> {
    let (paths_by_id, has_all_paths) = relations(&archive);
    let (mut sheets, mut paths, mut counts_from_1904) = (Vec::new(), Vec::new(), false);
    let has_all_sheets =
        each_mark(&archive, "xl/workbook.xml", &mut |name, attributes| match name {
            "workbookPr" => {
                counts_from_1904 =
                    matches!(attributes.get("date1904").as_deref(), Some("1" | "true" | "on"));
            }
            "sheet" => {
                let path = attributes.get("id").and_then(|id| paths_by_id.get(&*id));
                // What is missing is a chart or a macro.
                // One more than is looked at tells that there are more; two cannot be the same, and
                // members are found whatever the case.
                if let (Some(path), Some(name)) = (path, attributes.get("name"))
                    && sheets.len() <= WORKBOOK_SHEETS
                    && !paths.iter().any(|other: &String| other.eq_ignore_ascii_case(path))
                {
                    let state = attributes.get("state").unwrap_or_default();
                    let is_hidden = matches!(&*state, "hidden" | "veryHidden");
                    sheets.push(Sheet::named(&name, is_hidden));
                    paths.push(path.clone());
                }
            }
            _ => {}
        });
    if sheets.is_empty() {
        return Err(damaged(WORKBOOK_DAMAGED));
    }
    let shared = match xml(&archive, "xl/sharedStrings.xml") {
        Some(xml) => Shared::of(xml, SHARED_TEXT_BYTES),
        None => Shared::default(),
    };
    let (date_styles, has_all_styles) = date_styles(&archive);
    let is_cut = !(has_all_paths && has_all_sheets && has_all_styles);
    Ok(Xlsx { archive, sheets, paths, shared, date_styles, counts_from_1904, is_cut })
}

fn xml<'a>(archive: &Archive<'a>, path: &str) -> Option<Xml<Unpacking<'a>>> {
    Some(Xml::new(archive.read(archive.member(path)?)))
}

/// Gives the marks of a part that describes the workbook. False if there are too many, and some were not given.
fn each_mark(
    archive: &Archive<'_>,
    path: &str,
    each: &mut dyn FnMut(&str, Attributes<'_>),
) -> bool {
    let Some(mut xml) = xml(archive, path) else { return true };
    let mut marks = 0_u32;
    while let Some(event) = xml.next() {
        if let Event::Start(name, attributes) = event {
            if marks == WORKBOOK_MARKS {
                return false;
            }
            each(name, attributes);
            marks += 1;
        }
    }
    true
}

/// The members of the worksheets by the ids that the workbook calls them, and whether that is all of them.
fn relations(archive: &Archive<'_>) -> (HashMap<String, String>, bool) {
    let mut paths = HashMap::new();
    let is_whole = each_mark(archive, "xl/_rels/workbook.xml.rels", &mut |name, attributes| {
        let is_sheet = name == "Relationship"
            && attributes.get("Type").is_some_and(|kind| kind.ends_with("/worksheet"));
        if let (true, Some(id), Some(target)) =
            (is_sheet, attributes.get("Id"), attributes.get("Target"))
        {
            let target = target.replace('\\', "/");
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{}", target.trim_start_matches("./")),
            };
            paths.insert(id.into_owned(), path);
        }
    });
    (paths, is_whole)
}

/// Which styles of cells show dates, and whether that is all of them.
fn date_styles(archive: &Archive<'_>) -> (Vec<bool>, bool) {
    let (mut codes, mut styles, mut in_cells) = (HashMap::<u32, bool>::new(), Vec::new(), false);
    let is_whole = each_mark(archive, "xl/styles.xml", &mut |name, attributes| match name {
        "numFmt" => {
            if let (Some(id), Some(code)) =
                (attributes.number("numFmtId"), attributes.get("formatCode"))
            {
                codes.insert(id, is_date_format(&code));
            }
        }
        "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
        "cellXfs" => in_cells = true,
        "xf" if in_cells => {
            let id: u32 = attributes.number("numFmtId").unwrap_or_default();
            styles.push(codes.get(&id).copied().unwrap_or_else(|| is_builtin_date_format(id)));
        }
        _ => {}
    });
    (styles, is_whole)
}

/// The texts that cells refer to by number, one behind the other.
#[derive(Default)]
struct Shared {
    text: String,
    ends: Vec<usize>,
    is_cut: bool,
}

impl Shared {
    /// Reads them, `most` bytes of them at most.
    fn of(mut xml: Xml<impl Read>, most: usize) -> Self {
        let mut shared = Self::default();
        let mut depth = TextDepth::default();
        while let Some(event) = xml.next() {
            match event {
                Event::Text(text) if depth.is_text() => push_text(&mut shared.text, text),
                Event::End("si") => shared.ends.push(shared.text.len()),
                event => depth.see(event),
            }
            // Empty texts take room too.
            if shared.text.len() + shared.ends.len() * 8 > most {
                shared.is_cut = true;
                break;
            }
        }
        shared.is_cut |= xml.is_damaged();
        shared
    }

    fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(number)?)
    }
}

/// Which text is a cell's: that in `t`, but not the reading aids for Japanese in `rPh`.
#[derive(Default)]
struct TextDepth {
    in_text: bool,
    in_reading_aid: bool,
}

impl TextDepth {
    fn see(&mut self, event: Event<'_>) {
        match event {
            Event::Start("t", _) => self.in_text = true,
            Event::End("t") => self.in_text = false,
            Event::Start("rPh", _) => self.in_reading_aid = true,
            Event::End("rPh") => self.in_reading_aid = false,
            _ => {}
        }
    }

    fn is_text(&self) -> bool {
        self.in_text && !self.in_reading_aid
    }
}

/// Appends text in which Excel writes characters that XML has not as `_x000D_`.
fn push_text(out: &mut String, mut text: &str) {
    while let Some((before, after)) = text.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let character =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                out.push(character);
                text = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                text = after;
            }
        }
    }
    out.push_str(text);
}

/// The row and column that `BC14` names, from 0.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        column =
            column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'@'))?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// A cell holds 32,767 characters; what is more is passed over.
const CELL_BYTES: usize = 4 * 32_767;

/// The cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    is_date: bool,
    is_formula: bool,
    value: String,
}

impl Workbook for Xlsx<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn is_damaged(&self) -> bool {
        self.archive.is_damaged() || self.is_cut
    }

    fn cells(&self, sheet: usize, each: &mut EachCell<'_>) -> bool {
        let path = self.paths.get(sheet).map_or("", String::as_str);
        let Some(member) = self.archive.member(path) else { return false };
        let mut xml = Xml::new(self.archive.read(member));
        let (mut cell, mut depth) = (Open::default(), TextDepth::default());
        let (mut next_row, mut next_column) = (0_u32, 0_u32);
        let (mut in_value, mut is_whole) = (false, !self.shared.is_cut);
        while let Some(event) = xml.next() {
            match event {
                Event::Start("row", attributes) => {
                    let row = attributes.number::<u32>("r").and_then(|row| row.checked_sub(1));
                    cell.row = row.unwrap_or(next_row);
                    next_row = cell.row.saturating_add(1);
                    next_column = 0;
                }
                Event::Start("c", attributes) => {
                    let place = attributes.get("r").and_then(|name| position(&name));
                    (cell.row, cell.column) = place.unwrap_or((cell.row, next_column));
                    next_column = cell.column.saturating_add(1);
                    cell.kind.clear();
                    cell.kind.push_str(&attributes.get("t").unwrap_or_default());
                    let style: usize = attributes.number("s").unwrap_or_default();
                    cell.is_date = self.date_styles.get(style).copied().unwrap_or_default();
                    cell.is_formula = false;
                    cell.value.clear();
                }
                Event::Start("f", _) => cell.is_formula = true,
                Event::Start("v", _) => in_value = true,
                Event::End("v") => in_value = false,
                Event::Text(text)
                    if (in_value || depth.is_text()) && cell.value.len() <= CELL_BYTES =>
                {
                    push_text(&mut cell.value, text);
                }
                Event::End("c") => match self.value(&cell) {
                    Some(value) => {
                        if !each(cell.row, cell.column, value) {
                            return true;
                        }
                    }
                    None => is_whole &= cell.value.is_empty(),
                },
                Event::End("sheetData") => return is_whole,
                event => depth.see(event),
            }
        }
        // The end of the rows was not met.
        false
    }
}

impl Xlsx<'_> {
    /// What the cell holds; `None` if it is empty or refers to text that is not there.
    fn value<'c>(&'c self, cell: &'c Open) -> Option<Cell<'c>> {
        let value = cell.value.as_str();
        if value.trim().is_empty() {
            // Excel saves what a formula comes to, empty text as such; other programs may not.
            return (cell.is_formula && cell.kind != "str").then_some(Cell::Error(""));
        }
        Some(match cell.kind.as_str() {
            "s" => {
                let text = self.shared.get(value.trim().parse().ok()?)?;
                Cell::Text(if text.is_empty() { " " } else { text })
            }
            "str" | "inlineStr" | "d" => Cell::Text(value),
            "b" => Cell::Bool(value.trim() == "1"),
            "e" => Cell::Error(value),
            _ => match value.trim().parse::<f64>() {
                Ok(days) if cell.is_date && self.counts_from_1904 => {
                    Cell::Date(days + DAYS_TO_1904)
                }
                Ok(days) if cell.is_date => Cell::Date(days),
                Ok(number) => Cell::Number(number),
                Err(_) => Cell::Text(value),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_cells_are_read() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("BC14"), Some((13, 54)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for name in ["", "A", "1", "A0", "ZZZZZZZZZZ1", "é1"] {
            assert_eq!(position(name), None, "{name}");
        }
    }

    #[test]
    fn shared_texts_are_held_up_to_so_many_bytes() {
        let xml = "<sst><si><t>One</t></si><si><t/></si><si><t>Two</t></si></sst>";
        let read = |most: usize| {
            let shared = Shared::of(Xml::new(xml.as_bytes()), most);
            let texts: Vec<String> =
                (0..3).map_while(|number| shared.get(number).map(str::to_owned)).collect();
            (texts.join(","), shared.is_cut)
        };
        // Six letters, and where each of the three ends.
        assert_eq!(read(6 + 3 * 8), ("One,,Two".to_owned(), false));
        assert_eq!(read(6 + 3 * 8 - 1), ("One,,Two".to_owned(), true));
        assert_eq!(read(3 + 2 * 8), ("One,".to_owned(), true));
    }

    #[test]
    fn escaped_characters_are_read() {
        let mut out = String::new();
        push_text(&mut out, "a_x000D__x000A_b_x00_c_xZZZZ_");
        assert_eq!(out, "a\r\nb_x00_c_xZZZZ_");
    }
}
