//! Tables that one tool writes: what their header shows, and what their rows have that others have not.
//!
//! The table itself is read as any other, by [`delimited`](super::delimited); a tool says here by
//! which words its header is known, and may have a say in what is made of a column or a row.

use super::columns::{Columns, Field, Meaning};
use super::{Confidence, Sample, Sniffed};
use crate::engine::clause::{Clause, clause};
use crate::engine::limits::QUOTED_LINES;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

/// Words that stand together in the header of a tool's table.
pub(super) struct Header {
    /// How sure it is that no other tool writes these words.
    confidence: Confidence,
    /// The words, each a whole cell in any case, or with `*` at the end the beginning of one.
    words: &'static [&'static str],
}

impl Header {
    /// Only that tool writes these words.
    pub const fn certain(words: &'static [&'static str]) -> Self {
        Self { confidence: Confidence::Certain, words }
    }

    /// The words are typical of it.
    pub const fn likely(words: &'static [&'static str]) -> Self {
        Self { confidence: Confidence::Likely, words }
    }
}

/// A line of the sample that is a tool's header.
pub(super) struct Found<'a> {
    /// The line, as written.
    pub text: &'a str,
    /// Its number, from 1.
    pub line: u64,
    /// What stands between its cells.
    pub delimiter: u8,
    header: &'static Header,
}

/// Lines among which the header is looked for: reports have a heading and notes above it.
const HEADER_LINES: usize = 24;
/// The longest line that can be a header.
const HEADER_BYTES: usize = 8 * 1024;

/// The header of the tool's table, if the sample has one.
pub(super) fn find<'a>(sample: &Sample<'a>, headers: &'static [Header]) -> Option<Found<'a>> {
    let lines = (1..).zip(sample.lines()).take(HEADER_LINES);
    let lines = lines.filter(|(_, text)| text.len() <= HEADER_BYTES);
    lines.clone().find_map(|(line, text)| {
        headers.iter().find_map(|header| {
            let delimiter =
                *b",;\t|".iter().find(|delimiter| has_all(text, **delimiter, header))?;
            Some(Found { text, line, delimiter, header })
        })
    })
}

/// What a tool says of a sample that may be its table.
pub(super) fn sniff(
    sample: &Sample<'_>,
    tool: &'static str,
    headers: &'static [Header],
) -> Option<Sniffed> {
    let found = find(sample, headers)?;
    let words: Vec<String> = cells(found.text, found.delimiter)
        .filter(|cell| found.header.words.iter().any(|word| is_word(cell, word)))
        .take(4)
        .map(|cell| format!("\u{201C}{cell}\u{201D}"))
        .collect();
    let (line, words) = (found.line, words.join(", "));
    let reason = clause!(
        "line {line} is a header of {tool}: {words}",
        line,
        tool = Clause::from(tool),
        words
    );
    Some(Sniffed { confidence: found.header.confidence, reason })
}

fn has_all(line: &str, delimiter: u8, header: &Header) -> bool {
    header.words.iter().all(|word| cells(line, delimiter).any(|cell| is_word(cell, word)))
}

/// A header's cells hold no delimiter, so that it can be cut before anything else is known.
fn cells(line: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    line.split(char::from(delimiter)).map(|cell| cell.trim_matches(['"', ' ', '\t']))
}

fn is_word(cell: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => {
            cell.get(..beginning.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(beginning))
        }
        None => cell.eq_ignore_ascii_case(word),
    }
}

/// What a tool's table has that others have not. Whatever is not said here is read as usual.
pub(super) trait Tool {
    /// What the column at that place means, if not what its words usually do.
    fn means(&self, _header: &[String], _at: usize, usual: Option<Meaning>) -> Option<Meaning> {
        usual
    }

    /// The header has been read, on that line. True if what is wrong with it has been said.
    fn header(
        &mut self,
        _header: &[String],
        _columns: &Columns,
        _line: u64,
        _sink: &mut dyn Sink,
    ) -> bool {
        false
    }

    /// A row. `None` has it read as usual.
    fn row(&mut self, _row: &TableRow<'_>, _sink: &mut dyn Sink) -> Option<LineClass> {
        None
    }

    /// A row said of another computer what one before it said, and was not read again.
    fn repeated(&mut self) {}

    /// The source has ended; `line` is that of the last row.
    fn end(&mut self, _line: u64, _sink: &mut dyn Sink) {}

    /// The same for other rows of the table, if what is made of them does not depend on these.
    fn part(&self) -> Option<Box<dyn Tool>> {
        None
    }

    /// How many lines one cell may run over before its quotation mark is taken for a stray one.
    fn quoted_lines(&self) -> usize {
        QUOTED_LINES
    }
}

/// A table of no tool in particular.
pub(super) struct AnyTable;

impl Tool for AnyTable {
    fn part(&self) -> Option<Box<dyn Tool>> {
        Some(Box::new(Self))
    }
}

/// A row as a tool sees it.
pub(super) struct TableRow<'a> {
    /// The header's cells.
    pub header: &'a [String],
    /// What they mean.
    pub columns: &'a Columns,
    /// The cell at a place.
    pub cells: &'a dyn Fn(usize) -> &'a str,
    /// The row's first line.
    pub line: u64,
    /// As written.
    pub text: &'a str,
}

impl<'a> TableRow<'a> {
    /// The cell below that word of the header (in any case); empty if there is no such column.
    pub fn cell(&self, word: &str) -> &'a str {
        let at = self.header.iter().position(|cell| cell.eq_ignore_ascii_case(word));
        at.map_or("", |at| (self.cells)(at).trim())
    }

    /// The cell of the surest column of that field; empty if there is none.
    pub fn field(&self, field: Field) -> &'a str {
        self.columns.position(field).map_or("", |at| (self.cells)(at).trim())
    }
}

/// The list says on how many devices a program is, and names none.
pub(super) fn counts_only(column: &str, advice: &'static str) -> ProblemKind {
    ProblemKind::Incomplete {
        why: clause!(
            "it says on how many computers a program is (\u{201C}{column}\u{201D}), not on which",
            column,
        ),
        advice: advice.into(),
    }
}

/// Says so of a table that has that column and none that names a computer.
pub(super) fn say_if_counts_only(
    column: &str,
    advice: &'static str,
    (header, columns): (&[String], &Columns),
    line: u64,
    sink: &mut dyn Sink,
) {
    let counts = header.iter().find(|cell| cell.eq_ignore_ascii_case(column));
    if let Some(counts) = counts
        && !columns.have(Field::Host)
    {
        sink.problem(line, counts_only(counts, advice), &header.join(","));
    }
}

/// What Tanium writes in place of a name when a computer gave none.
pub(super) enum NoAnswer {
    /// The computer has none.
    None,
    /// It may well have some.
    Missing(ProblemKind),
}

/// What it means that this stands in place of a name, if it is none.
pub(super) fn no_answer(name: &str) -> Option<NoAnswer> {
    let missing = |why, advice| Some(NoAnswer::Missing(ProblemKind::Incomplete { why, advice }));
    match name {
        "[no results]" => Some(NoAnswer::None),
        "[too many results]" => missing(
            clause!(
                "some computers have more rows than the tool gives (\u{201C}[too many results]\u{201D})"
            ),
            clause!("ask for those computers alone and check that list too"),
        ),
        "[current result unavailable]"
        | "[current results unavailable]"
        | "[results currently unavailable]" => missing(
            clause!(
                "some computers had not answered when it was made (\u{201C}[current result \
                 unavailable]\u{201D})"
            ),
            clause!("wait until all have answered and make the list again"),
        ),
        _ if name.starts_with("TSE-Error") => missing(
            clause!("some computers answered with an error (\u{201C}TSE-Error\u{201D})"),
            clause!("make the lists of those computers on the computers themselves"),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static HEADERS: &[Header] =
        &[Header::certain(&["DeviceName", "Software*"]), Header::likely(&["A", "B"])];

    fn found(text: &str) -> Option<(u64, char, Confidence)> {
        let sample = Sample { text, is_whole: true, tables: &[] };
        find(&sample, HEADERS).map(|f| (f.line, char::from(f.delimiter), f.header.confidence))
    }

    #[test]
    fn a_header_is_known_by_its_words_in_any_order_and_case() {
        assert_eq!(
            found("note\n\"softwareName\";\"DEVICENAME\"\n1;2\n"),
            Some((2, ';', Confidence::Certain))
        );
        assert_eq!(found("| a | b |\n"), Some((1, '|', Confidence::Likely)));
        for other in ["DeviceName\n", "DeviceNames,Software\n", "A B\n", "the A, not B,\n", ""] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn what_stands_for_no_answer_is_told_from_names() {
        assert!(matches!(no_answer("[no results]"), Some(NoAnswer::None)));
        assert!(matches!(no_answer("TSE-Error: timed out"), Some(NoAnswer::Missing(_))));
        assert!(no_answer("[Brackets] Editor").is_none());
    }
}
