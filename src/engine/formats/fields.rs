//! Cuts the lines of delimited text in fields.
//!
//! Most lines are cut where they stand: those without quotation marks, and those whose marks merely
//! enclose whole fields. What else quotation marks can mean is left to `csv-core`.

use csv_core::{ReadRecordResult, ReaderBuilder};
use memchr::{memchr, memchr_iter};

/// How fields are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// A table drawn with pipes, as Markdown and osquery draw it: cells are padded, the outer
    /// pipes are its frame, and quotation marks are just characters.
    pub is_drawn: bool,
}

/// No character of text; a table of one column has it for a delimiter.
pub(super) const NONE: u8 = 0x1F;

impl Dialect {
    pub const fn plain(delimiter: u8) -> Self {
        Self { delimiter, is_drawn: false }
    }

    pub fn described(self) -> &'static str {
        match (self.delimiter, self.is_drawn) {
            (b',', _) => "comma-separated",
            (b';', _) => "semicolon-separated",
            (b'\t', _) => "tab-separated",
            (b'|', false) => "pipe-separated",
            (_, true) => "a table drawn with pipes",
            _ => "a table of one column",
        }
    }
}

/// Cuts lines in fields.
pub(super) struct Splitter {
    dialect: Dialect,
    quoting: csv_core::Reader,
    plain: csv_core::Reader,
    /// Where the fields of the last line stand in it, if it was cut in place.
    ranges: Vec<(usize, usize)>,
    is_in_place: bool,
    /// The fields of the last row that `csv-core` cut, one behind the other.
    text: Vec<u8>,
    text_length: usize,
    /// Where each of them ends.
    ends: Vec<usize>,
    ends_length: usize,
}

impl Splitter {
    pub fn new(dialect: Dialect) -> Self {
        let reader =
            |quoting| ReaderBuilder::new().delimiter(dialect.delimiter).quoting(quoting).build();
        Self {
            dialect,
            quoting: reader(!dialect.is_drawn),
            plain: reader(false),
            ranges: Vec::new(),
            is_in_place: false,
            text: Vec::new(),
            text_length: 0,
            ends: Vec::new(),
            ends_length: 0,
        }
    }

    /// Cuts a line. False if a quotation mark is still open at its end.
    pub fn split(&mut self, line: &str) -> bool {
        self.is_in_place = self.cut_in_place(line.as_bytes());
        if self.is_in_place {
            return true;
        }
        self.text_length = 0;
        self.ends_length = 0;
        self.quoting.reset();
        self.feed(line, true)
    }

    /// Goes on with the next line of a row whose quotation mark is open.
    pub fn split_on(&mut self, line: &str) -> bool {
        self.feed(line, true)
    }

    /// Cuts a line that stands for itself, whatever its quotation marks say.
    pub fn split_one(&mut self, line: &str) {
        if !self.split(line) {
            self.text_length = 0;
            self.ends_length = 0;
            self.plain.reset();
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
        Fields { text, cuts, is_drawn: self.dialect.is_drawn }
    }

    /// Finds the fields without moving them; false if that takes more than looking for marks.
    fn cut_in_place(&mut self, line: &[u8]) -> bool {
        self.ranges.clear();
        let Dialect { delimiter, is_drawn } = self.dialect;
        if line.is_empty() {
            return false;
        }
        if is_drawn || memchr(b'"', line).is_none() {
            let mut start = 0;
            for end in memchr_iter(delimiter, line) {
                self.ranges.push((start, end));
                start = end + 1;
            }
            self.ranges.push((start, line.len()));
            return true;
        }
        let mut start = 0;
        loop {
            let rest = line.get(start..).unwrap_or_default();
            if let Some(inside) = rest.strip_prefix(b"\"") {
                let Some(length) = memchr(b'"', inside) else { return false };
                let end = start + 1 + length;
                self.ranges.push((start + 1, end));
                match line.get(end + 1) {
                    None => return true,
                    Some(next) if *next == delimiter => start = end + 2,
                    // A doubled mark, or text behind the closing one.
                    Some(_) => return false,
                }
            } else {
                let Some(length) = memchr(delimiter, rest) else {
                    self.ranges.push((start, line.len()));
                    return true;
                };
                self.ranges.push((start, start + length));
                start += length + 1;
            }
        }
    }

    fn feed(&mut self, line: &str, is_quoting: bool) -> bool {
        self.is_in_place = false;
        if line.is_empty() && self.text_length == 0 && self.ends_length == 0 {
            // csv-core passes over empty lines outside quotes; at the start that is our case.
            let reader = if is_quoting { &self.quoting } else { &self.plain };
            if reader.line() == 1 {
                return true;
            }
        }
        // Room for everything, so that csv-core never runs out of it.
        let room = self.text_length + line.len() + 2;
        if self.text.len() < room {
            self.text.resize(room, 0);
        }
        let reader = if is_quoting { &mut self.quoting } else { &mut self.plain };
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

/// The fields of a row.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    text: &'a str,
    cuts: Cuts<'a>,
    is_drawn: bool,
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
        self.cuts.len().saturating_sub(self.frame().0 + self.frame().1)
    }

    /// A field, counted from 0; empty where there is none.
    pub fn get(self, at: usize) -> &'a str {
        let field = if at < self.len() { self.raw(at + self.frame().0) } else { "" };
        // `a, "b"`: a mark behind a blank is no mark to csv-core.
        match field.strip_prefix(' ') {
            Some(rest) if !self.is_drawn => {
                let rest = rest.trim();
                rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
            }
            _ => field,
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
        splitter.quoting.reset();
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
    fn an_open_mark_is_told() {
        let mut splitter = Splitter::new(Dialect::plain(b','));
        assert!(!splitter.split("a,\"b"));
        assert!(!splitter.split("\"a\"\"\",\"b"));
    }
}
