//! Line-oriented formats: text arrives in pieces, a [`LineReader`] sees whole lines.

use memchr::memchr;

use super::Reader;
use crate::engine::limits::LINE_BYTES;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

/// One physical line of a source, without its end.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Counted from 1, as an editor shows it.
    pub number: u64,
    /// The text, not trimmed.
    pub text: &'a str,
}

/// What a reader made of a line, for the accounting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The line is of that class.
    Is(LineClass),
    /// The reader will account for the line itself with [`Sink::lines`], once it knows (a line of
    /// a block whose end it has not seen).
    Later,
}

impl Outcome {
    /// The line holds a record.
    pub const RECORD: Self = Self::Is(LineClass::Record);
    /// The line is a header, a separator, blank or the like.
    pub const STRUCTURE: Self = Self::Is(LineClass::Structure);
    /// The line should have held a record.
    pub const PROBLEM: Self = Self::Is(LineClass::Problem);
}

/// A format read line by line.
pub trait LineReader {
    /// The next line, blank ones included.
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome;

    /// The source has ended: give out and account for what was still held back.
    fn end(&mut self, _sink: &mut dyn Sink) {}
}

/// Makes a [`Reader`] of a [`LineReader`]: joins pieces to lines, counts them, bounds their length.
pub struct Lines<R> {
    reader: R,
    /// The beginning of a line whose end has not come yet; at most [`LINE_BYTES`].
    partial: String,
    /// Bytes of the current line beyond the limit.
    passed_over: u64,
    /// Lines that have ended.
    ended: u64,
}

impl<R: LineReader> Lines<R> {
    /// A reader of the whole source from its first line.
    pub fn new(reader: R) -> Self {
        Self { reader, partial: String::new(), passed_over: 0, ended: 0 }
    }

    /// The same, boxed, as a table of formats wants it.
    pub fn boxed(reader: R) -> Box<dyn Reader>
    where
        R: 'static,
    {
        Box::new(Self::new(reader))
    }

    fn append(&mut self, piece: &str) {
        let room = LINE_BYTES - self.partial.len();
        if piece.len() <= room {
            self.partial.push_str(piece);
        } else {
            let cut = piece.floor_char_boundary(room);
            self.partial.push_str(&piece[..cut]);
            self.passed_over += (piece.len() - cut) as u64;
        }
    }

    fn line(&mut self, text: &str, sink: &mut dyn Sink) {
        self.ended += 1;
        let line = Line { number: self.ended, text };
        if let Outcome::Is(class) = self.reader.line(line, sink) {
            sink.lines(class, 1);
        }
    }

    fn end_partial(&mut self, sink: &mut dyn Sink) {
        let text = std::mem::take(&mut self.partial);
        if self.passed_over == 0 {
            self.line(&text, sink);
        } else {
            self.ended += 1;
            let bytes = text.len() as u64 + self.passed_over;
            let kind = ProblemKind::LineTooLong { bytes, limit: LINE_BYTES as u64 };
            sink.problem(self.ended, kind, &text);
            sink.lines(LineClass::Problem, 1);
            self.passed_over = 0;
        }
        self.partial = text;
        self.partial.clear();
    }
}

impl<R: LineReader> Reader for Lines<R> {
    fn push(&mut self, mut text: &str, sink: &mut dyn Sink) {
        while let Some(end) = memchr(b'\n', text.as_bytes()) {
            let (piece, rest) = (&text[..end], &text[end + 1..]);
            if self.partial.is_empty() && self.passed_over == 0 && piece.len() <= LINE_BYTES {
                self.line(piece, sink);
            } else {
                self.append(piece);
                self.end_partial(sink);
            }
            text = rest;
        }
        self.append(text);
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        if !self.partial.is_empty() {
            self.end_partial(sink);
        }
        self.reader.end(sink);
    }
}
