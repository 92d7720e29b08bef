//! Workbooks: the rows of a sheet as lines of text, a line each, with tabs between the cells.
//!
//! So line 14 of the text is row 14 of the sheet, and tables in sheets are read by the same code as
//! tables in text. Tabs and line ends within a cell become blanks, and nothing is quoted.

use std::collections::BTreeMap;

use crate::engine::limits::{LINE_BYTES, MEMBER_NAME_CHARS, SHEET_CELLS};
use crate::engine::problem::shortened;

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// It is not shown when the workbook is opened.
    pub is_hidden: bool,
}

impl Sheet {
    /// A sheet with that name, of which no more is kept than of a file's.
    pub fn named(name: &str, is_hidden: bool) -> Self {
        Self { name: shortened(name, MEMBER_NAME_CHARS), is_hidden }
    }
}

/// What a cell holds; of a formula, what it came to when the workbook was saved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day, counted from 30 December 1899, with the time as a fraction.
    Date(f64),
    /// True or false.
    Bool(bool),
    /// What a formula gives that fails, such as `#REF!`; empty if its value was not saved.
    Error(&'a str),
}

/// Where the cells of a sheet go: row and column, counted from 0, and what is there. False to stop.
pub type EachCell<'e> = dyn FnMut(u32, u32, Cell<'_>) -> bool + 'e;

/// A workbook of any kind.
pub trait Workbook {
    /// The sheets that hold cells, in the order of their tabs.
    fn sheets(&self) -> &[Sheet];

    /// True if the file is damaged or was cut short, so that sheets may be missing.
    fn is_damaged(&self) -> bool;

    /// Gives the cells of a sheet that hold anything, row by row. False if the sheet is damaged and
    /// there may be more.
    fn cells(&self, sheet: usize, each: &mut EachCell<'_>) -> bool;
}

/// The most rows and columns that any spreadsheet program has.
const ROWS: u32 = 1 << 20;
pub(super) const COLUMNS: u32 = 1 << 14;

/// Text is given on in pieces of about this size.
const PIECE: usize = 32 * 1024;

/// What was odd in a column of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Numbers that are not whole: `12.10` and `12.1` are the same number.
    pub fractions: u64,
    /// Days and times.
    pub dates: u64,
    /// Formulas that fail, or whose value was not saved.
    pub errors: u64,
    /// The row of the first of them, from 1.
    pub first_error: u64,
}

/// What is to be said of a sheet that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// By column, from 0.
    pub columns: BTreeMap<u32, Oddities>,
    /// Its cells are damaged or not in order, and some may be missing.
    pub is_damaged: bool,
    /// It has more cells than are read.
    pub is_cut: bool,
}

/// Gives the rows of a sheet as lines, in pieces of whole lines, until `each` says no.
pub fn lines_of(book: &dyn Workbook, sheet: usize, each: &mut dyn FnMut(&str) -> bool) -> Told {
    let mut lines = Lines {
        piece: String::new(),
        row_start: 0,
        row: 0,
        column: 0,
        cells: 0,
        told: Told::default(),
    };
    let mut goes_on = true;
    let is_whole = book.cells(sheet, &mut |row, column, cell| {
        if row > lines.row && lines.piece.len() >= PIECE {
            lines.end_row();
            goes_on = each(&lines.piece);
            lines.piece.clear();
            lines.row_start = 0;
        }
        if goes_on {
            lines.cell(row, column, cell);
        }
        // Behind the last row that there can be, nothing is in order: one row may stand for four billion.
        goes_on && !lines.told.is_cut && row < ROWS
    });
    if goes_on {
        if lines.column > 0 {
            lines.piece.push('\n');
        }
        if !lines.piece.is_empty() {
            each(&lines.piece);
        }
    }
    lines.told.is_damaged |= !is_whole && goes_on && !lines.told.is_cut;
    lines.told
}

struct Lines {
    piece: String,
    /// Where the row begins in it.
    row_start: usize,
    /// The row that is being written.
    row: u32,
    /// The column behind the last cell of it; 0 if it has none.
    column: u32,
    cells: u64,
    told: Told,
}

impl Lines {
    fn end_row(&mut self) {
        self.piece.push('\n');
        self.row_start = self.piece.len();
        self.row += 1;
        self.column = 0;
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        if row >= ROWS || column >= COLUMNS || row < self.row {
            self.told.is_damaged = true;
            return;
        }
        while self.row < row {
            self.end_row();
        }
        if column < self.column {
            self.told.is_damaged = true;
            return;
        }
        self.cells += u64::from(column - self.column) + 1;
        if self.cells > SHEET_CELLS {
            self.told.is_cut = true;
            return;
        }
        let tabs = if self.column == 0 { column } else { column - self.column + 1 };
        self.piece.extend(std::iter::repeat_n('\t', usize::try_from(tabs).unwrap_or_default()));
        self.column = column + 1;
        // The rest of a row that is longer than any line would be passed over with the row.
        if self.piece.len() - self.row_start <= LINE_BYTES {
            self.value(cell);
        }
    }

    fn value(&mut self, cell: Cell<'_>) {
        let odd = self.told.columns.entry(self.column - 1);
        match cell {
            Cell::Text(text) => {
                let blank = |c: char| if c.is_control() || is_line_end(c) { ' ' } else { c };
                self.piece.extend(text.trim().chars().map(blank));
            }
            Cell::Number(number) => {
                if number.fract() != 0.0 {
                    odd.or_default().fractions += 1;
                }
                self.piece.push_str(&number_text(number));
            }
            Cell::Date(days) => {
                odd.or_default().dates += 1;
                self.piece.push_str(&date_text(days));
            }
            Cell::Bool(is_true) => self.piece.push_str(if is_true { "TRUE" } else { "FALSE" }),
            // No name of a program: the cell is left empty, and the failure told.
            Cell::Error(_) => {
                let odd = odd.or_default();
                odd.errors += 1;
                if odd.first_error == 0 {
                    odd.first_error = u64::from(self.row) + 1;
                }
            }
        }
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn number_text(number: f64) -> String {
    if number.abs() < 1e15 { format!("{number}") } else { format!("{number:e}") }
}

/// The day and time, without the part that says nothing.
fn date_text(days: f64) -> String {
    const DAY: f64 = 86_400.0;
    let seconds = (days * DAY).round();
    let whole = (seconds / DAY).floor();
    let rest = seconds - whole * DAY;
    // Both are whole numbers: a day's seconds, and less days than there are in ten thousand years.
    let (hour, minute, second) = (rest / 3600.0, rest % 3600.0 / 60.0, rest % 60.0);
    let time = format!("{:02}:{:02}:{:02}", hour.floor(), minute.floor(), second.floor());
    if !(0.0..3_000_000.0).contains(&whole) {
        return number_text(days);
    }
    if whole == 0.0 {
        return time;
    }
    let span = jiff::Span::new().try_days(whole as i64);
    let date = span.and_then(|span| jiff::civil::date(1899, 12, 30).checked_add(span));
    match date {
        Ok(date) if rest == 0.0 => date.to_string(),
        Ok(date) => format!("{date} {time}"),
        Err(_) => number_text(days),
    }
}

/// True for a number format that shows days or times: `yyyy\-mm\-dd`, `[h]:mm`, not `0.00 "days"`.
pub(super) fn is_date_format(code: &str) -> bool {
    let (mut in_quotes, mut bracket, mut is_escaped) = (false, false, false);
    for c in code.chars() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '"' => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '\\' | '_' | '*' => is_escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            // A colour or a language stands in brackets; the rest of the format decides.
            _ if bracket => {}
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            // Only the first part, which is for positive numbers.
            ';' => return false,
            _ => {}
        }
    }
    false
}

/// True for the numbers of formats that are never written out and show days or times.
pub(super) fn is_builtin_date_format(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// A day counted from 1904, as Excel for the Mac used to, counted as the others are.
pub(super) const DAYS_TO_1904: f64 = 1462.0;

#[cfg(test)]
mod tests {
    use super::*;

    struct One(Vec<(u32, u32, Cell<'static>)>, Vec<Sheet>);

    impl Workbook for One {
        fn sheets(&self) -> &[Sheet] {
            &self.1
        }
        fn is_damaged(&self) -> bool {
            false
        }
        fn cells(&self, _: usize, each: &mut EachCell<'_>) -> bool {
            self.0.iter().all(|(row, column, cell)| each(*row, *column, *cell));
            true
        }
    }

    fn text(cells: Vec<(u32, u32, Cell<'static>)>) -> (String, Told) {
        let mut out = String::new();
        let told = lines_of(&One(cells, Vec::new()), 0, &mut |piece| {
            out.push_str(piece);
            true
        });
        (out, told)
    }

    #[test]
    fn rows_are_lines_and_keep_their_numbers() {
        let (out, told) = text(vec![
            (2, 1, Cell::Text("Name")),
            (2, 3, Cell::Text("two\r\nlines\tand a tab")),
            (4, 0, Cell::Number(12.1)),
            (4, 1, Cell::Number(3.0)),
            (5, 0, Cell::Date(45_352.5)),
            (5, 1, Cell::Date(45_352.0)),
            (5, 2, Cell::Date(0.25)),
            (5, 3, Cell::Bool(true)),
            (5, 4, Cell::Error("#REF!")),
        ]);
        assert_eq!(
            out,
            "\n\n\tName\t\ttwo  lines and a tab\n\n12.1\t3\n2024-03-01 12:00:00\t2024-03-01\t06:00:00\tTRUE\t\n"
        );
        let odd = |column| told.columns.get(&column).copied().unwrap_or_default();
        assert_eq!((odd(0).fractions, odd(1).fractions, odd(4).first_error), (1, 0, 6));
    }

    #[test]
    fn a_sheet_has_so_many_cells_and_no_more() {
        let last = COLUMNS - 1;
        // As many cells as columns each, of which only the last holds anything.
        let rows = u32::try_from(SHEET_CELLS / u64::from(COLUMNS)).unwrap_or_default();
        let read = |rows: u32| {
            let cells = (0..rows).map(|row| (row, last, Cell::Text("x"))).collect();
            let mut lines = 0;
            let told = lines_of(&One(cells, Vec::new()), 0, &mut |piece| {
                lines += piece.bytes().filter(|byte| *byte == b'x').count();
                true
            });
            (lines, told.is_cut, told.is_damaged)
        };
        assert_eq!(read(rows), (4096, false, false));
        // What was read before is kept.
        assert_eq!(read(rows + 1), (4096, true, false));
    }

    #[test]
    fn cells_out_of_order_are_told() {
        let (out, told) = text(vec![
            (1, 1, Cell::Text("a")),
            (0, 0, Cell::Text("b")),
            (1, 0, Cell::Text("c")),
            (1 << 21, 0, Cell::Text("d")),
        ]);
        assert_eq!((out.as_str(), told.is_damaged), ("\n\ta\n", true));
    }

    #[test]
    fn behind_the_last_row_that_a_sheet_can_have_nothing_is_asked_for() {
        let rows = [0, ROWS - 1, ROWS, ROWS + 1].map(|row| (row, 0, Cell::Text("x")));
        let mut asked = 0;
        let book = One(rows.to_vec(), Vec::new());
        let counted = Counted(&book, std::cell::Cell::new(0));
        let told = lines_of(&counted, 0, &mut |piece| {
            asked += piece.bytes().filter(|byte| *byte == b'x').count();
            true
        });
        assert_eq!((asked, counted.1.get(), told.is_damaged), (2, 3, true));
    }

    /// Counts the cells that are asked for.
    struct Counted<'b>(&'b One, std::cell::Cell<usize>);

    impl Workbook for Counted<'_> {
        fn sheets(&self) -> &[Sheet] {
            self.0.sheets()
        }
        fn is_damaged(&self) -> bool {
            false
        }
        fn cells(&self, sheet: usize, each: &mut EachCell<'_>) -> bool {
            self.0.cells(sheet, &mut |row, column, cell| {
                self.1.set(self.1.get() + 1);
                each(row, column, cell)
            })
        }
    }

    #[test]
    fn formats_of_dates_are_known() {
        for code in ["yyyy\\-mm\\-dd", "[$-407]d. mmm yyyy;@", "h:mm", "[Red]m/d/yy"] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["General", "0.00", "0 \"days\"", "0.00;[Red]d", "#,##0\\h", "@"] {
            assert!(!is_date_format(code), "{code}");
        }
    }

    #[test]
    fn odd_dates_do_not_panic() {
        for days in [-1.0, f64::NAN, f64::INFINITY, 1e300, 3e6, 2_958_465.9] {
            date_text(days);
        }
    }
}
