//! Cuts the lines of a table into cells by where its columns start on the screen.

use unicode_width::UnicodeWidthChar;

/// Where the columns of a table start, counted in screen columns from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Invariant: ascending, and the first is 0 (what stands before the first column is its own).
    starts: Vec<usize>,
}

/// The cells of one line; reused from line to line.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    /// Where each cell starts, in bytes, then where the last one ends.
    offsets: Vec<usize>,
    /// The same by the other way of counting columns; only used while cutting.
    other: Vec<usize>,
    /// Columns whose start fell inside a word.
    crossed: usize,
}

/// How a tool counted the columns when it padded a cell.
#[derive(Clone, Copy)]
enum Measure {
    /// As a terminal shows it: Chinese, Japanese and Korean letters take two columns.
    Screen,
    /// One for each UTF-16 unit, as the length of a string is counted on Windows.
    Units,
}

impl Measure {
    fn of(self, c: char) -> usize {
        match self {
            Self::Screen => c.width().unwrap_or(0),
            Self::Units => c.len_utf16(),
        }
    }
}

impl Layout {
    /// The columns that start there; the first is moved to the left edge.
    pub fn new(mut starts: Vec<usize>) -> Self {
        starts.sort_unstable();
        starts.dedup();
        match starts.first_mut() {
            Some(first) => *first = 0,
            None => starts.push(0),
        }
        Self { starts }
    }

    /// The columns below a rule that has a run of dashes for each of them; nothing if the line is
    /// no rule.
    pub fn of_rule(line: &str) -> Option<Self> {
        if !is_rule(line) {
            return None;
        }
        Some(Self::new(word_starts(line)))
    }

    /// How many columns there are; at least one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// How wide the column is, without the space that parts it from the next; nothing for the
    /// last one, which is as wide as it pleases.
    pub fn width(&self, column: usize) -> Option<usize> {
        let end = self.starts.get(column + 1)?;
        Some(end.saturating_sub(*self.starts.get(column)?).saturating_sub(1))
    }

    /// Cuts a line. Where a column's start falls inside a word, the whole word goes to the column
    /// it seems to belong to: numbers are aligned to the right, and text that went through a wrong
    /// code page is wider or narrower than it was.
    pub fn cut(&self, line: &str, cells: &mut Cells) {
        cells.offsets.clear();
        if line.is_ascii() {
            cells.offsets.extend(self.starts.iter().map(|start| (*start).min(line.len())));
        } else {
            offsets(line, &self.starts, Measure::Screen, &mut cells.offsets);
            let crossed = count_crossed(line, &cells.offsets);
            if crossed > 0 {
                cells.other.clear();
                offsets(line, &self.starts, Measure::Units, &mut cells.other);
                if count_crossed(line, &cells.other) < crossed {
                    std::mem::swap(&mut cells.offsets, &mut cells.other);
                }
            }
        }
        cells.offsets.push(line.len());
        cells.crossed = 0;
        let mut lower = 0;
        // The last offset is the line's end, not a column's start.
        let columns = cells.offsets.len() - 1;
        for offset in cells.offsets.iter_mut().take(columns).skip(1) {
            if !is_between_words(line, *offset) {
                cells.crossed += 1;
                *offset = moved_out_of_word(line, lower, *offset);
            }
            *offset = (*offset).max(lower);
            lower = *offset;
        }
    }
}

impl Cells {
    /// The text of a cell, trimmed; empty beyond the last column.
    pub fn cell<'a>(&self, line: &'a str, column: usize) -> &'a str {
        let (Some(start), Some(end)) = (self.offsets.get(column), self.offsets.get(column + 1))
        else {
            return "";
        };
        line.get(*start..*end).unwrap_or_default().trim()
    }

    /// How many columns started inside a word: none in a row that the table's maker wrote.
    pub fn crossed(&self) -> usize {
        self.crossed
    }
}

/// True if the line consists of runs of one kind of dash with spaces between.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let Some(dash) = line.chars().next() else {
        return false;
    };
    matches!(dash, '-' | '=' | '\u{2500}') && line.chars().all(|c| c == dash || c == ' ')
}

/// The screen columns at which the words of a line start.
pub(super) fn word_starts(line: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut column = 0;
    let mut in_word = false;
    for c in line.chars() {
        let is_space = c == ' ' || c == '\t';
        if !is_space && !in_word {
            starts.push(column);
        }
        in_word = !is_space;
        column += Measure::Screen.of(c);
    }
    starts
}

/// How many columns of a terminal the text takes.
pub(super) fn screen_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(|c| Measure::Screen.of(c)).sum() }
}

fn offsets(line: &str, starts: &[usize], measure: Measure, offsets: &mut Vec<usize>) {
    let mut column = 0;
    let mut waiting = starts.iter().peekable();
    for (at, c) in line.char_indices() {
        while waiting.next_if(|start| **start <= column).is_some() {
            offsets.push(at);
        }
        column += measure.of(c);
    }
    offsets.extend(waiting.map(|_| line.len()));
}

fn count_crossed(line: &str, offsets: &[usize]) -> usize {
    offsets.iter().filter(|offset| !is_between_words(line, **offset)).count()
}

/// True at the line's ends and right after a space. (A cell that is aligned to the right may begin
/// with spaces; one that is aligned to the left ends with at least one.)
fn is_between_words(line: &str, offset: usize) -> bool {
    offset == 0 || offset >= line.len() || line.as_bytes().get(offset - 1) == Some(&b' ')
}

/// The offset to cut at instead of `offset`, which is inside a word; `lower` is where the cell to
/// the left starts.
fn moved_out_of_word(line: &str, lower: usize, offset: usize) -> usize {
    let left = line.get(lower..offset).unwrap_or_default();
    let right = line.get(offset..).unwrap_or_default();
    let word_end = right.find(' ').map_or(line.len(), |at| offset + at);
    let Some(space) = left.rfind(' ') else {
        // The word fills the left cell and runs over its end.
        return word_end;
    };
    let word_start = lower + space + 1;
    let is_left_empty = left.get(..space).is_none_or(|text| text.trim().is_empty());
    let has_gap_before = left.get(..space).is_some_and(|text| text.ends_with(' '));
    let has_gap_after =
        line.get(word_end..).is_some_and(|text| text.is_empty() || text.starts_with("  "));
    if !is_left_empty && !has_gap_before && has_gap_after && word_end < line.len() {
        word_end
    } else {
        word_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: &str, line: &str, expected: &[&str]) {
        let layout = Layout::of_rule(rule).unwrap();
        let mut cells = Cells::default();
        layout.cut(line, &mut cells);
        let found: Vec<_> = (0..layout.len()).map(|at| cells.cell(line, at)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cells_are_cut_where_the_dashes_start() {
        check("---- -- -------", "Foo  A  1.0", &["Foo", "A", "1.0"]);
        check("---- -- -------", "Foo", &["Foo", "", ""]);
        check("---- -- -------", "        1.0 beta", &["", "", "1.0 beta"]);
    }

    #[test]
    fn wide_letters_take_two_columns_or_one_as_the_row_shows() {
        check("------ -------", "微信   3.9", &["微信", "3.9"]);
        check("------ -------", "微信12 3.9", &["微信12", "3.9"]);
        check("------ -------", "微信12345 3.9", &["微信12345", "3.9"]);
        check("------ -------", "微信AB   3.9.1", &["微信AB", "3.9.1"]);
    }

    #[test]
    fn a_number_aligned_to_the_right_may_be_wider_than_its_dashes() {
        check("----         ----", "7-Zip    12345678", &["7-Zip", "12345678"]);
        check("----   ---- ---", "A    123456 1.0", &["A", "123456", "1.0"]);
    }

    #[test]
    fn a_word_that_runs_over_its_column_stays_whole() {
        check("---- ----", "Kaspersky  21.3", &["Kaspersky", "21.3"]);
        check("------- ----", "A Kaspersky  21.3", &["A Kaspersky", "21.3"]);
    }

    #[test]
    fn a_rule_is_made_of_dashes_only() {
        assert!(is_rule("---- ----"));
        assert!(is_rule("  ----"));
        assert!(!is_rule("---+----"));
        assert!(!is_rule("-- a"));
        assert!(!is_rule("-=-"));
        assert!(!is_rule(" "));
    }
}
