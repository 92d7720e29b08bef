//! Cuts the lines of delimited text in fields.
//!
//! Most lines are cut where they stand: those without quotation marks, and those whose marks merely
//! enclose whole fields. What else quotation marks can mean is left to `csv-core`.

use crate::engine::clause::{Clause, clause};
use csv_core::{ReadRecordResult, ReaderBuilder};

/// How fields are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// A table drawn with pipes, as Markdown and osquery draw it: cells are padded, the outer
    /// pipes are its frame, and quotation marks are just characters.
    pub is_drawn: bool,
    /// Lines made of the cells of a sheet: no cell holds the delimiter, and quotation marks are just
    /// characters.
    pub is_sheet: bool,
}

/// No character of text; a table of one column has it for a delimiter.
pub(super) const NONE: u8 = 0x1F;

impl Dialect {
    pub const SHEET: Self = Self { delimiter: b'\t', is_drawn: false, is_sheet: true };

    pub const fn plain(delimiter: u8) -> Self {
        Self { delimiter, is_drawn: false, is_sheet: false }
    }

    pub fn described(self) -> Clause {
        match (self.delimiter, self.is_drawn) {
            (b',', _) => clause!("comma-separated"),
            (b';', _) => clause!("semicolon-separated"),
            (b'\t', _) => clause!("tab-separated"),
            (b'|', false) => clause!("pipe-separated"),
            (_, true) => clause!("a table drawn with pipes"),
            _ => clause!("a table of one column"),
        }
    }
}

/// Cuts lines in fields.
pub(super) struct Splitter {
    dialect: Dialect,
    /// Made when a line first needs them: most never do.
    readers: Option<Box<Readers>>,
    /// Where the fields of the last line stand in it, if it was cut in place.
    ranges: Vec<(usize, usize)>,
    is_in_place: bool,
    /// The last line was cut without regard to its quotation marks.
    is_plain: bool,
    /// The fields of the last row that `csv-core` cut, one behind the other.
    text: Vec<u8>,
    text_length: usize,
    /// Where each of them ends.
    ends: Vec<usize>,
    ends_length: usize,
}

impl Splitter {
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            readers: None,
            ranges: Vec::new(),
            is_in_place: false,
            is_plain: false,
            text: Vec::new(),
            text_length: 0,
            ends: Vec::new(),
            ends_length: 0,
        }
    }

    /// Cuts a line. False if a quotation mark is still open at its end.
    pub fn split(&mut self, line: &str) -> bool {
        self.is_plain = false;
        self.is_in_place = self.cut_in_place(line.as_bytes());
        if self.is_in_place {
            return true;
        }
        self.text_length = 0;
        self.ends_length = 0;
        self.readers().quoting.reset();
        self.feed(line, true)
    }

    /// Goes on with the next line of a row whose quotation mark is open.
    pub fn split_on(&mut self, line: &str) -> bool {
        self.feed(line, true)
    }

    /// Cuts a line that stands for itself, whatever its quotation marks say.
    pub fn split_one(&mut self, line: &str) {
        if !self.split(line) {
            self.is_plain = true;
            self.text_length = 0;
            self.ends_length = 0;
            self.readers().plain.reset();
            self.feed(line, false);
        }
    }

    /// The fields of the last row. `line` is the line that was cut, if it was a single one.
    pub fn fields<'a>(&'a self, line: &'a str) -> Fields<'a> {
        let (text, cuts) = if self.is_in_place {
            (line, Cuts::Ranges(&self.ranges))
        } else {
            let text = self.text.get(..self.text_length).unwrap_or_default();
            let ends = self.ends.get(..self.ends_length).unwrap_or_default();
            // Fields are cut at ASCII characters only, so the text stays valid.
            (std::str::from_utf8(text).unwrap_or_default(), Cuts::Ends(ends))
        };
        Fields { text, cuts, is_drawn: self.dialect.is_drawn, is_plain: self.is_plain }
    }

    /// Finds the fields without moving them; false if that takes more than looking for delimiters
    /// and for marks that enclose whole fields.
    ///
    /// Eight bytes at a time: fields are too short for a search to begin anew in each.
    fn cut_in_place(&mut self, line: &[u8]) -> bool {
        const STEP: usize = 8;
        self.ranges.clear();
        if line.is_empty() {
            return false;
        }
        let Dialect { delimiter, is_drawn, is_sheet } = self.dialect;
        // There a quotation mark is a character like any other.
        let quote = if is_drawn || is_sheet { delimiter } else { b'"' };
        let (delimiters, quotes) = (repeated(delimiter), repeated(quote));
        let mut cut = Cut { start: 0, quoted_to: None, is_quoted: false };
        let (steps, rest) = line.as_chunks::<STEP>();
        for (step, base) in steps.iter().zip((0..).step_by(STEP)) {
            let word = u64::from_le_bytes(*step);
            let mut hits = zero_bytes(word ^ delimiters) | zero_bytes(word ^ quotes);
            while hits != 0 {
                let at = base + (hits.trailing_zeros() / 8) as usize;
                if !cut.meet(at, line[at] == delimiter, &mut self.ranges) {
                    return false;
                }
                hits &= hits - 1;
            }
        }
        for (at, byte) in (line.len() - rest.len()..).zip(rest) {
            if (*byte == delimiter || *byte == quote)
                && !cut.meet(at, *byte == delimiter, &mut self.ranges)
            {
                return false;
            }
        }
        cut.end(line.len(), &mut self.ranges)
    }

    fn readers(&mut self) -> &mut Readers {
        let dialect = self.dialect;
        self.readers.get_or_insert_with(|| Box::new(Readers::new(dialect)))
    }

    fn feed(&mut self, line: &str, is_quoting: bool) -> bool {
        self.is_in_place = false;
        let dialect = self.dialect;
        let readers = self.readers.get_or_insert_with(|| Box::new(Readers::new(dialect)));
        let reader = if is_quoting { &mut readers.quoting } else { &mut readers.plain };
        if line.is_empty() && self.text_length == 0 && self.ends_length == 0 {
            // csv-core passes over empty lines outside quotes; at the start that is our case.
            if reader.line() == 1 {
                return true;
            }
        }
        // Room for everything, so that csv-core never runs out of it.
        let room = self.text_length + line.len() + 2;
        if self.text.len() < room {
            self.text.resize(room, 0);
        }
        for mut input in [line.as_bytes(), b"\n"] {
            while !input.is_empty() {
                if self.ends.len() < self.ends_length + 16 {
                    self.ends.resize(self.ends.len() * 2 + 64, 0);
                }
                // Both lengths never exceed their vectors: csv-core counts what it writes there.
                let (result, read, written, ended) = reader.read_record(
                    input,
                    &mut self.text[self.text_length..],
                    &mut self.ends[self.ends_length..],
                );
                input = input.get(read..).unwrap_or_default();
                self.text_length += written;
                self.ends_length += ended;
                match result {
                    ReadRecordResult::Record | ReadRecordResult::End => return true,
                    ReadRecordResult::InputEmpty | ReadRecordResult::OutputEndsFull => {}
                    ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2 + 64, 0),
                }
            }
        }
        false
    }
}

/// What cuts the lines that cannot be cut in place.
struct Readers {
    quoting: csv_core::Reader,
    /// For lines whose quotation marks are just characters.
    plain: csv_core::Reader,
}

impl Readers {
    fn new(dialect: Dialect) -> Self {
        let reader =
            |quoting| ReaderBuilder::new().delimiter(dialect.delimiter).quoting(quoting).build();
        Self { quoting: reader(!dialect.is_drawn && !dialect.is_sheet), plain: reader(false) }
    }
}

/// A line that is being cut in place.
struct Cut {
    /// Where the field begins.
    start: usize,
    /// A mark was opened at the field's beginning and not closed yet.
    is_quoted: bool,
    /// Where the mark that closes the field stands.
    quoted_to: Option<usize>,
}

impl Cut {
    /// A delimiter or a quotation mark stands there; false if it means more than can be told here.
    fn meet(&mut self, at: usize, is_delimiter: bool, ranges: &mut Vec<(usize, usize)>) -> bool {
        match (is_delimiter, self.is_quoted, self.quoted_to) {
            (true, true, _) => true,
            (true, false, None) => {
                ranges.push((self.start, at));
                self.start = at + 1;
                true
            }
            (true, false, Some(end)) => {
                ranges.push((self.start + 1, end));
                self.start = at + 1;
                self.quoted_to = None;
                // Nothing stands between the closing mark and the delimiter.
                end + 1 == at
            }
            (false, true, _) => {
                self.is_quoted = false;
                self.quoted_to = Some(at);
                true
            }
            (false, false, None) if at == self.start => {
                self.is_quoted = true;
                true
            }
            // Inside an unquoted field a mark is a character.
            (false, false, None) => true,
            // A doubled mark.
            (false, false, Some(_)) => false,
        }
    }

    /// The line ends there; false if more lines belong to the row.
    fn end(&self, length: usize, ranges: &mut Vec<(usize, usize)>) -> bool {
        match self.quoted_to {
            None => ranges.push((self.start, length)),
            Some(end) => ranges.push((self.start + 1, end)),
        }
        !self.is_quoted && self.quoted_to.is_none_or(|end| end + 1 == length)
    }
}

fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is zero, and no other bit.
fn zero_bytes(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    !(((word & LOW) + LOW) | word | LOW)
}

/// The fields of a row.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    text: &'a str,
    cuts: Cuts<'a>,
    is_drawn: bool,
    is_plain: bool,
}

#[derive(Clone, Copy)]
enum Cuts<'a> {
    /// Where each field begins and ends.
    Ranges(&'a [(usize, usize)]),
    /// Where each field ends; the next one begins there.
    Ends(&'a [usize]),
}

impl Cuts<'_> {
    fn len(self) -> usize {
        match self {
            Self::Ranges(ranges) => ranges.len(),
            Self::Ends(ends) => ends.len(),
        }
    }
}

impl<'a> Fields<'a> {
    /// How many there are, without the frame of a drawn table.
    pub fn len(self) -> usize {
        if !self.is_drawn {
            return self.cuts.len();
        }
        self.cuts.len().saturating_sub(self.frame().0 + self.frame().1)
    }

    /// A field, counted from 0; empty where there is none.
    pub fn get(self, at: usize) -> &'a str {
        if !self.is_drawn {
            let field = self.raw(at);
            return match field.strip_prefix('"') {
                // One mark of the line has no partner; the others enclose their fields.
                Some(inner) if self.is_plain => inner.strip_suffix('"').unwrap_or(inner),
                _ => unmarked(field),
            };
        }
        let (before, _) = self.frame();
        if at < self.len() { self.raw(at + before) } else { "" }
    }

    /// The fields where they stand in their line, if the line was cut there.
    pub fn in_place(self) -> Option<InPlace<'a>> {
        match self.cuts {
            Cuts::Ranges(ranges) if !self.is_drawn => Some(InPlace { text: self.text, ranges }),
            _ => None,
        }
    }

    fn raw(self, at: usize) -> &'a str {
        let range = match self.cuts {
            Cuts::Ranges(ranges) => ranges.get(at).copied(),
            Cuts::Ends(ends) => ends.get(at).map(|end| {
                let start = at.checked_sub(1).and_then(|before| ends.get(before));
                (start.copied().unwrap_or_default(), *end)
            }),
        };
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// How many fields before and behind are the frame.
    fn frame(self) -> (usize, usize) {
        let count = self.cuts.len();
        if !self.is_drawn || count < 2 {
            return (0, 0);
        }
        let is_blank = |at: usize| usize::from(self.raw(at).trim().is_empty());
        (is_blank(0), is_blank(count - 1))
    }
}

/// The fields of a line that was cut where it stands.
#[derive(Clone, Copy)]
pub(super) struct InPlace<'a> {
    text: &'a str,
    ranges: &'a [(usize, usize)],
}

impl<'a> InPlace<'a> {
    /// What is written from one field to another, with what stands between them and the quotation
    /// marks around them: the same only where the fields are the same. Empty where there are none.
    pub fn run(self, first: usize, last: usize) -> &'a str {
        let (Some(&(start, _)), Some(&(_, end))) = (self.ranges.get(first), self.ranges.get(last))
        else {
            return "";
        };
        let bytes = self.text.as_bytes();
        // A mark beside a field is one that encloses it; else a delimiter or nothing stands there.
        let is_mark = |at: usize| bytes.get(at) == Some(&b'"');
        let start = if start > 0 && is_mark(start - 1) { start - 1 } else { start };
        let end = if is_mark(end) { end + 1 } else { end };
        self.text.get(start..end).unwrap_or_default()
    }
}

/// `a, "b"`: a mark behind a blank is no mark to csv-core.
fn unmarked(field: &str) -> &str {
    match field.strip_prefix(' ') {
        Some(rest) => {
            let rest = rest.trim();
            rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
        }
        None => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts in place where that can be done, and by `csv-core` alone: both must say the same.
    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let mut splitter = Splitter::new(Dialect::plain(b','));
        assert!(splitter.split(line), "{line} is whole");
        let fields = splitter.fields(line);
        let found: Vec<&str> = (0..fields.len()).map(|at| fields.get(at)).collect();
        assert_eq!(found, expected);

        splitter.text_length = 0;
        splitter.ends_length = 0;
        splitter.readers().quoting.reset();
        assert!(splitter.feed(line, true));
        let fields = splitter.fields("");
        let found: Vec<&str> = (0..fields.len()).map(|at| fields.get(at)).collect();
        assert_eq!(found, expected, "by csv-core");
    }

    #[test]
    fn a_line_cut_in_place_has_the_fields_that_csv_core_finds() {
        check("a,b,c", &["a", "b", "c"]);
        check("a,,", &["a", "", ""]);
        check(",", &["", ""]);
        check("\"a\",\"b, c\",\"\"", &["a", "b, c", ""]);
        check("a,\"b\",", &["a", "b", ""]);
        check("a\"b,c", &["a\"b", "c"]);
        check("\"say \"\"hi\"\"\",b", &["say \"hi\"", "b"]);
        check("\"a\"b,c", &["ab", "c"]);
        check("名前,\"версия, 1\"", &["名前", "версия, 1"]);
    }

    #[test]
    fn a_run_is_the_same_only_where_its_fields_are() {
        let mut splitter = Splitter::new(Dialect::plain(b','));
        let lines = [
            "x,a,b,y",
            "x,\"a\",b,y",
            "x,a,\"b\",y",
            "x,\"a\",\"b\",y",
            "x,,,y",
            "x,\"\",,y",
            "x,\"a,b\",,y",
            "x,a\",b,y",
            "x,\"a\",b\",y",
            "x,,ab,y",
            "x,ab,,y",
            "x,\"a,\",b,y",
        ];
        let mut seen: Vec<(String, Vec<String>)> = Vec::new();
        for line in lines {
            assert!(splitter.split(line), "{line} is whole");
            let fields = splitter.fields(line);
            let places = fields.in_place().unwrap_or_else(|| panic!("{line} is cut in place"));
            let run = places.run(1, 2).to_owned();
            let cells = vec![fields.get(1).to_owned(), fields.get(2).to_owned()];
            assert!(seen.iter().all(|(other, of)| *other != run || *of == cells), "{line}");
            assert!(run.len() >= cells.concat().len() && line.contains(&run), "{line}: {run}");
            seen.push((run, cells));
        }
        assert_eq!(seen[3].0, "\"a\",\"b\"");
    }

    #[test]
    fn an_open_mark_is_told() {
        let mut splitter = Splitter::new(Dialect::plain(b','));
        assert!(!splitter.split("a,\"b"));
        assert!(!splitter.split("\"a\"\"\",\"b"));
    }
}
