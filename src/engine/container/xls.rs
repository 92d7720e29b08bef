//! Excel workbooks from before 2007 (.xls): records, in a stream of a compound file.
//!
//! Two dialects: that of Excel 97 and later, and that of Excel 5 and 95, whose text is in the code
//! page of the computer that wrote it.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::compound::Compound;
use super::workbook::{
    Cell, DAYS_TO_1904, EachCell, Sheet, Workbook, is_builtin_date_format, is_date_format,
};
use super::{Container, WORKBOOK_DAMAGED, damaged, locked};
use crate::engine::language::key;
use crate::engine::limits::{SHARED_TEXT_BYTES, WORKBOOK_SHEETS};
use crate::engine::not_inventory::looks_like_bytes;
use crate::engine::problem::ProblemKind;

/// The row of [`CONTAINERS`](super::CONTAINERS).
pub static CONTAINER: Container = Container {
    id: "xls",
    title: "Excel workbook of the old kind",
    reads: "the sheets of an Excel 95 to 2003 workbook (.xls) whose rows list programs under a \
            header; row numbers are those of the sheet",
    how_to_get: "choose the workbook as it is; one with a password has to be saved without it",
    cannot_show: "only the programs that the tool or person who made the table wrote down, in at most \
                  65,536 rows a sheet: a longer list was cut when it was saved",
};

pub(super) struct Xls {
    stream: Vec<u8>,
    sheets: Vec<Sheet>,
    /// Where each sheet begins in the stream.
    starts: Vec<usize>,
    strings: Strings,
    /// By the number of a cell's style: it shows a date.
    date_styles: Vec<bool>,
    counts_from_1904: bool,
    text: TextKind,
    /// The directory is lost.
    is_damaged: bool,
}

/// How text is written.
#[derive(Clone, Copy)]
enum TextKind {
    /// As Unicode, in one or two bytes a character.
    Unicode,
    /// In a code page.
    CodePage(&'static Encoding),
}

/// Opens a workbook.
pub(super) fn open(bytes: &[u8]) -> Result<Xls, ProblemKind> {
    let file = Compound::new(bytes);
    if file.as_ref().is_some_and(|file| file.has("EncryptedPackage")) {
        return Err(locked(key!("the workbook or document is protected by a password")));
    }
    let stream = file.and_then(|file| file.stream("Workbook").or_else(|| file.stream("Book")));
    if let Some(stream) = stream {
        return Xls::new(stream);
    }
    // Where the directory is lost with the end of the file, the workbook mostly stands at its
    // beginning, in one piece.
    match bytes.get(512..) {
        Some(rest) if rest.starts_with(&kind::BEGIN.to_le_bytes()) => {
            Xls::new(rest.to_vec()).map(|book| Xls { is_damaged: true, ..book })
        }
        _ => Err(something_else(bytes)),
    }
}

/// Other documents are kept in compound files too.
fn something_else(bytes: &[u8]) -> ProblemKind {
    /// The names of the streams stand near the beginning, or in a file of ordinary size.
    const LOOKED_AT: usize = 8 * 1024 * 1024;
    match looks_like_bytes(bytes.get(..LOOKED_AT).unwrap_or(bytes)) {
        Some((looks_like, advice)) if !looks_like.contains("Excel") => {
            ProblemKind::NotText { looks_like: looks_like.into(), advice: advice.into() }
        }
        _ => damaged(WORKBOOK_DAMAGED),
    }
}

mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000A;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MULTIPLE_RK: u16 = 0x00BD;
    pub(super) const RICH_STRING: u16 = 0x00D6;
    pub(super) const STYLE: u16 = 0x00E0;
    pub(super) const SHARED_STRINGS: u16 = 0x00FC;
    pub(super) const LABEL_SHARED: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BEGIN: u16 = 0x0809;
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// The record at a place of the stream: its kind, its data, and where the next one is.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
    let data = stream.get(at + 4..at + 4 + length)?;
    Some((kind, data, at + 4 + length))
}

impl Xls {
    fn new(stream: Vec<u8>) -> Result<Self, ProblemKind> {
        let (first, data, mut at) = record(&stream, 0).ok_or_else(|| damaged(WORKBOOK_DAMAGED))?;
        if first != kind::BEGIN {
            return Err(damaged(WORKBOOK_DAMAGED));
        }
        let is_unicode = u16_at(data, 0) == Some(0x0600);
        let mut text =
            if is_unicode { TextKind::Unicode } else { TextKind::CodePage(WINDOWS_1252) };
        let (mut sheets, mut starts, mut strings) = (Vec::new(), Vec::new(), Strings::default());
        let (mut formats, mut styles, mut counts_from_1904) =
            (std::collections::HashMap::new(), Vec::new(), false);
        while let Some((kind, data, next)) = record(&stream, at) {
            match kind {
                kind::END => break,
                kind::FILE_PASS => {
                    return Err(locked(key!("the workbook is protected by a password")));
                }
                kind::DATE_MODE => counts_from_1904 = u16_at(data, 0) == Some(1),
                kind::CODE_PAGE if !is_unicode => {
                    text = TextKind::CodePage(code_page(u16_at(data, 0).unwrap_or_default()));
                }
                // Only sheets of cells; others are charts and macros.
                kind::BOUND_SHEET if data.get(5) == Some(&0) => {
                    let start = u32_at(data, 0).and_then(|start| usize::try_from(start).ok());
                    let name = text.short(data.get(6..).unwrap_or_default());
                    let is_hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    let start = start.unwrap_or(usize::MAX);
                    // One more than is looked at tells that there are more.
                    if sheets.len() <= WORKBOOK_SHEETS && !starts.contains(&start) {
                        sheets.push(Sheet::named(&name, is_hidden));
                        starts.push(start);
                    }
                }
                kind::FORMAT => {
                    let code = match text {
                        TextKind::Unicode => text.long(data.get(2..).unwrap_or_default()),
                        TextKind::CodePage(_) => text.short(data.get(2..).unwrap_or_default()),
                    };
                    formats.insert(u16_at(data, 0).unwrap_or_default(), is_date_format(&code));
                }
                kind::STYLE => styles.push(u16_at(data, 2).unwrap_or_default()),
                kind::SHARED_STRINGS => strings = Strings::of(&stream, at),
                _ => {}
            }
            at = next;
        }
        if sheets.is_empty() {
            return Err(damaged(WORKBOOK_DAMAGED));
        }
        let date_styles = styles
            .into_iter()
            .map(|id| {
                formats.get(&id).copied().unwrap_or_else(|| is_builtin_date_format(id.into()))
            })
            .collect();
        Ok(Self {
            stream,
            sheets,
            starts,
            strings,
            date_styles,
            counts_from_1904,
            text,
            is_damaged: false,
        })
    }

    fn number(&self, style: Option<u16>, number: f64) -> Cell<'static> {
        let is_date = style.and_then(|style| self.date_styles.get(usize::from(style)));
        match (is_date, self.counts_from_1904) {
            (Some(true), true) => Cell::Date(number + DAYS_TO_1904),
            (Some(true), false) => Cell::Date(number),
            _ => Cell::Number(number),
        }
    }
}

impl Workbook for Xls {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    fn cells(&self, sheet: usize, each: &mut EachCell<'_>) -> bool {
        let Some(start) = self.starts.get(sheet) else { return false };
        let Some((kind::BEGIN, _, mut at)) = record(&self.stream, *start) else { return false };
        // Charts in the sheet have beginnings and ends of their own.
        let mut depth = 0_u32;
        let mut formula: Option<(u32, u32)> = None;
        let mut is_whole = !self.strings.is_cut;
        while let Some((kind, data, next)) = record(&self.stream, at) {
            at = next;
            match kind {
                kind::BEGIN => depth += 1,
                kind::END if depth == 0 => return is_whole,
                kind::END => depth -= 1,
                _ if depth > 0 => {}
                kind::STRING => {
                    if let Some((row, column)) = formula.take() {
                        let text = self.text.long(data);
                        if !text.is_empty() && !each(row, column, Cell::Text(&text)) {
                            return true;
                        }
                    }
                }
                _ => {
                    let Some((row, column)) = place(data) else { continue };
                    let style = u16_at(data, 4);
                    let mut text = String::new();
                    let cell = match kind {
                        kind::NUMBER => f64_at(data, 6).map(|number| self.number(style, number)),
                        kind::RK => u32_at(data, 6).map(|rk| self.number(style, rk_number(rk))),
                        kind::LABEL_SHARED => {
                            let found = u32_at(data, 6)
                                .and_then(|at| usize::try_from(at).ok())
                                .and_then(|at| self.strings.get(at));
                            is_whole &= found.is_some();
                            found.map(Cell::Text)
                        }
                        kind::LABEL | kind::RICH_STRING => {
                            text.push_str(&self.text.long(data.get(6..).unwrap_or_default()));
                            Some(Cell::Text(&text))
                        }
                        kind::BOOL_OR_ERROR => bool_or_error(data.get(6..).unwrap_or_default()),
                        kind::FORMULA => {
                            let result = data.get(6..14).unwrap_or_default();
                            match result {
                                [0, .., 0xFF, 0xFF] => {
                                    formula = Some((row, column));
                                    None
                                }
                                [1, _, value, .., 0xFF, 0xFF] => Some(Cell::Bool(*value != 0)),
                                [2, _, code, .., 0xFF, 0xFF] => Some(Cell::Error(error(*code))),
                                [_, _, _, _, _, _, 0xFF, 0xFF] => None,
                                _ => f64_at(result, 0).map(|number| self.number(style, number)),
                            }
                        }
                        kind::MULTIPLE_RK => {
                            let cells = data.get(4..data.len().saturating_sub(2));
                            for (at, cell) in (0..).zip(cells.unwrap_or_default().chunks_exact(6)) {
                                let number = rk_number(u32_at(cell, 2).unwrap_or_default());
                                let cell = self.number(u16_at(cell, 0), number);
                                if !each(row, column + at, cell) {
                                    return true;
                                }
                            }
                            None
                        }
                        _ => None,
                    };
                    if let Some(cell) = cell
                        && !matches!(cell, Cell::Text(""))
                        && !each(row, column, cell)
                    {
                        return true;
                    }
                }
            }
        }
        // The end of the sheet was not met.
        false
    }
}

fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

/// A number in four bytes: the upper part of a long one, or a whole one, possibly in hundredths.
fn rk_number(rk: u32) -> f64 {
    let number = if rk & 2 == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    if rk & 1 == 0 { number } else { number / 100.0 }
}

fn bool_or_error(data: &[u8]) -> Option<Cell<'static>> {
    match data {
        [value, 0, ..] => Some(Cell::Bool(*value != 0)),
        [code, _, ..] => Some(Cell::Error(error(*code))),
        _ => None,
    }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn code_page(number: u16) -> &'static Encoding {
    let label = match number {
        866 => "ibm866".to_owned(),
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        1250..=1258 => format!("windows-{number}"),
        _ => String::new(),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

impl TextKind {
    /// Text behind one byte with its length.
    fn short(self, data: &[u8]) -> String {
        let length = usize::from(data.first().copied().unwrap_or_default());
        self.text(data.get(1..).unwrap_or_default(), length)
    }

    /// Text behind two bytes with its length.
    fn long(self, data: &[u8]) -> String {
        let length = usize::from(u16_at(data, 0).unwrap_or_default());
        self.text(data.get(2..).unwrap_or_default(), length)
    }

    fn text(self, data: &[u8], length: usize) -> String {
        match self {
            Self::Unicode => {
                let is_wide = data.first().is_some_and(|flags| flags & 1 != 0);
                let mut out = String::new();
                characters(data.get(1..).unwrap_or_default(), is_wide, length, &mut out);
                out
            }
            Self::CodePage(encoding) => {
                let text = data.get(..length).unwrap_or(data);
                encoding.decode_without_bom_handling(text).0.into_owned()
            }
        }
    }
}

/// Appends so many characters, or as many as there are. How many there were.
fn characters(data: &[u8], is_wide: bool, most: usize, out: &mut String) -> usize {
    if is_wide {
        let units: Vec<u16> =
            data.chunks_exact(2).take(most).filter_map(|unit| u16_at(unit, 0)).collect();
        out.push_str(&String::from_utf16_lossy(&units));
        units.len()
    } else {
        let bytes = data.get(..most).unwrap_or(data);
        out.extend(bytes.iter().map(|byte| char::from(*byte)));
        bytes.len()
    }
}

/// The texts that cells refer to by number, one behind the other.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
    is_cut: bool,
}

impl Strings {
    /// Reads them from the record there and those that continue it.
    fn of(stream: &[u8], at: usize) -> Self {
        let mut strings = Self::default();
        let Some((_, data, next)) = record(stream, at) else { return strings };
        let count = u32_at(data, 4).unwrap_or_default();
        let mut pieces = Pieces { stream, next, data: data.get(8..).unwrap_or_default() };
        for _ in 0..count {
            // Empty texts take room too.
            let is_read = strings.text.len() + strings.ends.len() * 8 <= SHARED_TEXT_BYTES
                && pieces.string(&mut strings.text).is_some();
            if !is_read {
                strings.is_cut = true;
                break;
            }
            strings.ends.push(strings.text.len());
        }
        strings
    }

    fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(number)?)
    }
}

/// The data of a record and of those that continue it.
struct Pieces<'a> {
    stream: &'a [u8],
    next: usize,
    data: &'a [u8],
}

impl<'a> Pieces<'a> {
    fn go_on(&mut self) -> Option<()> {
        let (kind::CONTINUE, data, next) = record(self.stream, self.next)? else { return None };
        (self.data, self.next) = (data, next);
        Some(())
    }

    /// So many bytes, which are never parted.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        while self.data.is_empty() {
            self.go_on()?;
        }
        let (taken, rest) = self.data.split_at_checked(count)?;
        self.data = rest;
        Some(taken)
    }

    fn pass_over(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.data.is_empty() {
                self.go_on()?;
            }
            let (_, rest) = self.data.split_at(count.min(self.data.len()));
            count -= self.data.len() - rest.len();
            self.data = rest;
        }
        Some(())
    }

    fn string(&mut self, out: &mut String) -> Option<()> {
        let head = self.take(3)?;
        let mut left = usize::from(u16_at(head, 0)?);
        let mut flags = *head.get(2)?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16_at(self.take(2)?, 0)?) };
        let extra =
            if flags & 4 == 0 { 0 } else { usize::try_from(u32_at(self.take(4)?, 0)?).ok()? };
        loop {
            let is_wide = flags & 1 != 0;
            let read = characters(self.data, is_wide, left, out);
            left -= read;
            self.data = self.data.get(read * if is_wide { 2 } else { 1 }..).unwrap_or_default();
            if left == 0 {
                break;
            }
            // A text that goes on in the next record says anew how wide its characters are.
            self.go_on()?;
            flags = *self.take(1)?.first()?;
        }
        self.pass_over(runs * 4)?;
        self.pass_over(extra)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_read() {
        assert_eq!(rk_number(0x4028_0000), 12.0);
        assert_eq!(rk_number((1210 << 2) | 3), 12.1);
        assert_eq!(rk_number((-5_i32 << 2).cast_unsigned() | 2), -5.0);
    }

    #[test]
    fn text_goes_on_in_the_next_record() {
        let record = |kind: u16, data: &[u8]| {
            [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
        };
        let first = [&2_u32.to_le_bytes()[..], &2_u32.to_le_bytes(), &[5, 0, 0], b"Kas"].concat();
        let second = [&[1][..], &[b'p', 0, 0x3A, 0x04], &[1, 0, 0], b"x"].concat();
        let stream =
            [record(kind::SHARED_STRINGS, &first), record(kind::CONTINUE, &second)].concat();
        let strings = Strings::of(&stream, 0);
        assert_eq!(
            (strings.get(0), strings.get(1), strings.get(2)),
            (Some("Kaspк"), Some("x"), None)
        );
        assert!(!strings.is_cut);
        assert!(Strings::of(&stream[..stream.len() - 2], 0).is_cut);
    }
}
