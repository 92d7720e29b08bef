//! OpenDocument spreadsheets (.ods), as LibreOffice writes them: XML in a ZIP archive.

use std::cell::RefCell;
use std::collections::HashSet;

use super::workbook::{COLUMNS, Cell, EachCell, Sheet, Workbook};
use super::xml::{Attributes, Event, Xml};
use super::zip::{Archive, Unpacking};
use super::{Container, SPREADSHEET_DAMAGED, damaged, locked};
use crate::engine::language::key;
use crate::engine::limits::{LINE_BYTES, WORKBOOK_SHEETS};
use crate::engine::problem::ProblemKind;

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "ods",
    title: "OpenDocument spreadsheet",
    reads: "the sheets of an OpenDocument spreadsheet (.ods) whose rows list programs under a \
            header; row numbers are those of the sheet",
    how_to_get: "choose the spreadsheet as LibreOffice saved it; one with a password has to be saved \
                 without it",
    cannot_show: "only the programs that the tool or person who made the table wrote down; rows and \
                  columns that are hidden are read too, what a formula would give today is not",
};

const CONTENT: &str = "content.xml";

pub(super) struct Ods<'a> {
    archive: Archive<'a>,
    sheets: Vec<Sheet>,
    /// Where the last sheet that was read left the content.
    place: RefCell<Option<Place<'a>>>,
}

/// A place in the content, which has all sheets one behind the other.
struct Place<'a> {
    xml: Xml<Unpacking<'a>>,
    /// How many sheets have begun.
    begun: usize,
    /// Nothing of the last of them was read.
    is_at_beginning: bool,
}

impl Place<'_> {
    /// True if the sheet with that number is still ahead.
    fn is_before(&self, sheet: usize) -> bool {
        self.begun <= sheet || (self.is_at_beginning && self.begun == sheet + 1)
    }

    /// Goes on to that sheet. False if there is none.
    fn go_to(&mut self, sheet: usize) -> bool {
        while self.begun <= sheet {
            match self.xml.next() {
                Some(Event::Start("table", _)) => self.begun += 1,
                Some(_) => {}
                None => return false,
            }
        }
        self.is_at_beginning = false;
        true
    }
}

/// True for a spreadsheet among the documents of that family, by the type it gives itself.
pub(super) fn is_spreadsheet(archive: &Archive<'_>) -> bool {
    let Some(member) = archive.member("mimetype") else { return false };
    let mut kind = Vec::new();
    if member.size < 100 {
        archive.read(member).each(&mut |piece| kind.extend_from_slice(piece));
    }
    kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
}

/// Opens a spreadsheet.
pub(super) fn open(archive: Archive<'_>) -> Result<Ods<'_>, ProblemKind> {
    if is_encrypted(&archive) {
        return Err(locked(key!("the spreadsheet is protected by a password")));
    }
    let Some(mut xml) = content(&archive) else { return Err(damaged(SPREADSHEET_DAMAGED)) };
    let (mut hidden_styles, mut style, mut sheets) = (HashSet::new(), String::new(), Vec::new());
    while let Some(event) = xml.next() {
        match event {
            Event::Start("style", attributes) => {
                style = attributes.get("name").unwrap_or_default().into_owned();
            }
            Event::Start("table-properties", attributes)
                if attributes.get("display").as_deref() == Some("false")
                    && hidden_styles.len() <= WORKBOOK_SHEETS =>
            {
                hidden_styles.insert(style.clone());
            }
            // One more than is looked at tells that there are more.
            Event::Start("table", attributes) if sheets.len() <= WORKBOOK_SHEETS => {
                let name = attributes.get("name").unwrap_or_default();
                let style = attributes.get("style-name").unwrap_or_default();
                sheets.push(Sheet::named(&name, hidden_styles.contains(&*style)));
            }
            _ => {}
        }
    }
    if sheets.is_empty() {
        return Err(damaged(SPREADSHEET_DAMAGED));
    }
    Ok(Ods { archive, sheets, place: RefCell::new(None) })
}

fn content<'a>(archive: &Archive<'a>) -> Option<Xml<Unpacking<'a>>> {
    Some(Xml::new(archive.read(archive.member(CONTENT)?)))
}

/// True if the list of contents says how its parts are encrypted.
fn is_encrypted(archive: &Archive<'_>) -> bool {
    let Some(member) = archive.member("META-INF/manifest.xml") else { return false };
    let mut xml = Xml::new(archive.read(member));
    while let Some(event) = xml.next() {
        if matches!(event, Event::Start("encryption-data", _)) {
            return true;
        }
    }
    false
}

/// More than any spreadsheet program lets a cell hold; the rest is passed over.
const CELL_BYTES: usize = 4 * 32_767;

/// The cell that is being read.
#[derive(Default)]
struct Open {
    value: Option<f64>,
    kind: String,
    /// The day or the text that an attribute gives.
    told: String,
    /// The text of its paragraphs.
    text: String,
    times: u32,
}

impl Open {
    fn begin(&mut self, attributes: Attributes<'_>) {
        self.value = attributes.number("value");
        self.kind.clear();
        // LibreOffice says apart from the standard what is an error.
        let kind = attributes.get("value-type").unwrap_or_default();
        self.kind.push_str(&kind);
        self.told.clear();
        let told = ["date-value", "time-value", "string-value", "boolean-value"];
        if let Some(value) = told.iter().find_map(|name| attributes.get(name)) {
            self.told.push_str(&value);
        }
        self.text.clear();
        self.times = attributes.number("number-columns-repeated").unwrap_or(1);
    }

    fn cell(&self) -> Option<Cell<'_>> {
        match (self.kind.as_str(), self.value) {
            ("float" | "percentage" | "currency", Some(value)) => Some(Cell::Number(value)),
            ("boolean", _) => Some(Cell::Bool(self.told == "true")),
            ("date", _) if !self.told.is_empty() => {
                days_of(&self.told).map(Cell::Date).or(Some(Cell::Text(&self.told)))
            }
            _ => {
                let text = if self.text.trim().is_empty() { &self.told } else { &self.text };
                let is_error = text.starts_with('#') && (text.ends_with('!') || text == "#N/A");
                match text.trim() {
                    "" => None,
                    _ if is_error => Some(Cell::Error(text)),
                    _ => Some(Cell::Text(text)),
                }
            }
        }
    }
}

/// The day of `2024-03-01` or `2024-03-01T12:00:00`.
fn days_of(text: &str) -> Option<f64> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let date: jiff::civil::Date = date.parse().ok()?;
    let days = (date - jiff::civil::date(1899, 12, 30)).get_days();
    let time: jiff::civil::Time =
        if time.is_empty() { jiff::civil::Time::midnight() } else { time.parse().ok()? };
    let seconds =
        i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

/// The most text of one row that is kept; a sensible row has some hundred bytes.
const ROW_BYTES: usize = 4 * LINE_BYTES;

impl Workbook for Ods<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn is_damaged(&self) -> bool {
        self.archive.is_damaged()
    }

    /// Sheets that are asked for in their order are read in one pass.
    fn cells(&self, sheet: usize, each: &mut EachCell<'_>) -> bool {
        let place = self.place.take().filter(|place| place.is_before(sheet));
        let begin =
            || Some(Place { xml: content(&self.archive)?, begun: 0, is_at_beginning: false });
        let Some(mut place) = place.or_else(begin) else { return false };
        let is_whole = place.cells(sheet, each);
        self.place.replace(Some(place));
        is_whole
    }
}

impl Place<'_> {
    fn cells(&mut self, sheet: usize, each: &mut EachCell<'_>) -> bool {
        if !self.go_to(sheet) {
            return false;
        }
        let (mut row, mut row_times, mut column, mut is_whole) = (0_u32, 1_u32, 0_u32, true);
        let (mut cell, mut in_cell, mut in_note, mut paragraphs) =
            (Open::default(), false, false, 0);
        // The cells of the row, for a row that stands for several.
        let mut cells: Vec<(u32, u32, Kept)> = Vec::new();
        let mut row_bytes = 0;
        while let Some(event) = self.xml.next() {
            match event {
                // The next one begins, and this one has not ended.
                Event::Start("table", _) => {
                    self.begun += 1;
                    self.is_at_beginning = true;
                    return false;
                }
                Event::Start("table-row", attributes) => {
                    row_times = attributes.number("number-rows-repeated").unwrap_or(1);
                    column = 0;
                    cells.clear();
                    row_bytes = 0;
                }
                Event::Start("table-cell" | "covered-table-cell", attributes) => {
                    cell.begin(attributes);
                    in_cell = true;
                    paragraphs = 0;
                }
                Event::Start("annotation", _) => in_note = true,
                Event::End("annotation") => in_note = false,
                Event::Start("p", _) if in_cell && !in_note => {
                    paragraphs += 1;
                    if paragraphs > 1 {
                        cell.text.push('\n');
                    }
                }
                Event::Start("s" | "tab" | "line-break", _) if in_cell && !in_note => {
                    cell.text.push(' ');
                }
                // Between the paragraphs there is only what makes the XML easy to read.
                Event::Text(text)
                    if in_cell && !in_note && paragraphs > 0 && cell.text.len() <= CELL_BYTES =>
                {
                    cell.text.push_str(text);
                }
                Event::End("table-cell" | "covered-table-cell") => {
                    in_cell = false;
                    if let Some(value) = cell.cell().filter(|_| cell.times > 0) {
                        // No sheet has cells to the right of that: they would be passed over one by one.
                        let times = cell.times.min(COLUMNS.saturating_sub(column));
                        is_whole &= times == cell.times;
                        if times > 0 {
                            cells.push((column, times, Kept::of(value)));
                            row_bytes += cell.text.len() + cell.told.len();
                        }
                    }
                    column = column.saturating_add(cell.times);
                    if cells.len() > COLUMNS as usize || row_bytes > ROW_BYTES {
                        return false;
                    }
                }
                Event::End("table-row") => {
                    let times = if cells.is_empty() { 0 } else { row_times };
                    for at in 0..times {
                        for (column, times, kept) in &cells {
                            let mut columns = *column..column.saturating_add(*times);
                            let row = row.saturating_add(at);
                            if !columns.all(|column| each(row, column, kept.cell())) {
                                return true;
                            }
                        }
                    }
                    row = row.saturating_add(row_times);
                }
                Event::End("table") => return is_whole,
                _ => {}
            }
        }
        // The end of the sheet was not met.
        false
    }
}

/// A cell that is kept until its row ends.
enum Kept {
    Text(String),
    Error(String),
    Number(f64),
    Date(f64),
    Bool(bool),
}

impl Kept {
    fn of(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(text.to_owned()),
            Cell::Error(text) => Self::Error(text.to_owned()),
            Cell::Number(number) => Self::Number(number),
            Cell::Date(days) => Self::Date(days),
            Cell::Bool(is_true) => Self::Bool(is_true),
        }
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Error(text) => Cell::Error(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Date(days) => Cell::Date(*days),
            Self::Bool(is_true) => Cell::Bool(*is_true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_does() {
        assert_eq!(days_of("2024-03-01"), Some(45_352.0));
        assert_eq!(days_of("2024-03-01T12:00:00"), Some(45_352.5));
        assert_eq!(days_of("yesterday"), None);
    }
}
