//! Cuts a stream of JSON text into units small enough to hold: objects and texts.
//!
//! Arrays at the outermost level are opened, so that their elements are units; so are objects and
//! arrays longer than [`JSON_RECORD_BYTES`]. A unit is handed out whole: what stands below the
//! programs of an object (often the computer's name) is then as good as what stands above.

use super::text::{append_unescaped, end_of_plain};
use crate::engine::clause::clause;
use crate::engine::formats::common::{apart, is_prompt_line};
use crate::engine::limits::{JSON_DEPTH, JSON_RECORD_BYTES, LINE_BYTES, QUOTE_CHARS};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

/// What the scanner hands out.
pub(super) trait Units {
    /// A unit is complete (or as complete as it gets). `scopes` are the opened objects and arrays
    /// around it, outermost first.
    fn unit(&mut self, unit: &Unit<'_>, scopes: &[Scope], lines: &mut Ledger, sink: &mut dyn Sink);

    /// An object was too long to be held and is opened; `text` is what is known of it, from its
    /// opening bracket on.
    fn opened(&mut self, scope: &mut Scope, text: &str);

    /// A member of an opened object is a text.
    fn scope_text(&mut self, scope: &mut Scope, key: &str, text: &str);

    /// How many records there were.
    fn records(&self) -> u64;
}

/// An object, array or text.
pub(super) struct Unit<'a> {
    /// The unit as written; begins with `{`, `[` or `"`.
    pub text: &'a str,
    /// The key it stands under in an opened object, escapes resolved; empty in an array.
    pub key: &'a str,
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// True if the source ended before the unit did.
    pub is_cut: bool,
}

/// An object or array that is not held but passed through.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// True for an array.
    pub is_array: bool,
    /// The key it stands under; empty for an element.
    pub key: String,
    /// The computer its members name, so far.
    pub host: String,
    /// How sure the name of the computer is; smaller is surer.
    pub host_rank: u8,
    /// True if it, or something around it, is a list of programs by its key.
    pub is_of_programs: bool,
    /// True if something in it is a list of programs by its key, so that nothing else in it is.
    pub has_programs: bool,
    /// Key of a member whose value has not come yet.
    pending_key: String,
    /// Where an object that was opened began, and how many records there were before it, until it is
    /// told that nothing could be read of it. Nothing is to be told of others.
    untold: Option<(u64, u64)>,
}

/// What is being scanned.
enum Part {
    /// Nothing: between values.
    Between,
    /// A unit, from this byte of the buffer and this line.
    Unit { start: usize, line: u64 },
    /// A key of an opened object.
    Key { start: usize },
    /// A text or a nest of brackets too long to hold, up to its end.
    Dropped,
    /// The rest of a line that is no JSON.
    Junk,
}

/// Reads a whole source of JSON: one value, several, or one a line.
pub(in crate::engine::formats) struct Scanner<U> {
    units: U,
    /// Text from the part being scanned on.
    buffer: String,
    /// The next byte of the buffer. Invariant: a character boundary.
    at: usize,
    /// The line of that byte.
    line: u64,
    /// True if nothing but blanks precedes it on its line.
    at_line_start: bool,
    part: Part,
    /// Brackets open within the part.
    open: Vec<u8>,
    /// How many more are open beyond [`JSON_DEPTH`].
    too_deep: u64,
    was_too_deep: bool,
    in_string: bool,
    scopes: Vec<Scope>,
    lines: Ledger,
    seen_value: bool,
    /// True while lines that are no JSON follow each other: one problem says it for all.
    in_junk: bool,
    ends_with_line_end: bool,
    is_finished: bool,
}

/// What a step came to.
enum Step {
    Went,
    /// More text is needed.
    Starved,
}

impl<U: Units> Scanner<U> {
    pub fn new(units: U) -> Self {
        Self {
            units,
            buffer: String::new(),
            at: 0,
            line: 1,
            at_line_start: true,
            part: Part::Between,
            open: Vec::new(),
            too_deep: 0,
            was_too_deep: false,
            in_string: false,
            scopes: Vec::new(),
            lines: Ledger::default(),
            seen_value: false,
            in_junk: false,
            ends_with_line_end: true,
            is_finished: false,
        }
    }

    pub fn units_mut(&mut self) -> &mut U {
        &mut self.units
    }

    pub fn push(&mut self, text: &str, sink: &mut dyn Sink) {
        self.buffer.push_str(text);
        if !text.is_empty() {
            self.ends_with_line_end = text.ends_with('\n');
        }
        self.scan(sink);
        let keep = match self.part {
            Part::Unit { start, .. } | Part::Key { start } => start,
            Part::Between | Part::Dropped | Part::Junk => self.at,
        };
        if keep > 0 {
            self.buffer.drain(..keep);
            self.at -= keep;
            if let Part::Unit { start, .. } | Part::Key { start } = &mut self.part {
                *start = 0;
            }
        }
    }

    /// The source has ended. What is incomplete is handed out as far as it goes.
    pub fn finish(&mut self, sink: &mut dyn Sink) {
        self.is_finished = true;
        self.scan(sink);
        let cut_line = match self.part {
            Part::Unit { start, line } => {
                let end = self.at;
                self.part = Part::Between;
                self.hand_out(start, end, line, true, sink);
                true
            }
            Part::Between | Part::Key { .. } | Part::Junk => !self.scopes.is_empty(),
            Part::Dropped => true,
        };
        let last = if self.ends_with_line_end { self.line - 1 } else { self.line };
        if cut_line {
            let start = self.buffer.trim_end().rfind('\n').map_or(0, |at| at + 1);
            let text = self.buffer.get(start..).unwrap_or_default();
            sink.problem(last, ProblemKind::CutShort, text);
            self.lines.mark(last, last, LineClass::Problem, sink);
        }
        self.lines.finish(last, sink);
    }

    fn scan(&mut self, sink: &mut dyn Sink) {
        loop {
            let step = match self.part {
                Part::Unit { start, line } => self.in_unit(start, line, sink),
                Part::Key { start } => self.in_key(start),
                Part::Dropped => self.in_dropped(sink),
                Part::Junk => self.in_junk(),
                Part::Between if self.scopes.is_empty() => self.outside(sink),
                Part::Between => self.between(sink),
            };
            if matches!(step, Step::Starved) {
                return;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.buffer.as_bytes().get(self.at).copied()
    }

    /// Steps over an ASCII byte.
    fn pass(&mut self, byte: u8) {
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.at_line_start = true;
        } else if byte != b' ' && byte != b'\t' {
            self.at_line_start = false;
        }
    }

    /// Outside any value: only a line that begins like JSON begins one.
    fn outside(&mut self, sink: &mut dyn Sink) -> Step {
        let Some(byte) = self.peek() else { return Step::Starved };
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'}' | b']' => {
                self.pass(byte);
                return Step::Went;
            }
            b'{' | b'[' => match self.begins_value(byte) {
                None => return Step::Starved,
                Some(true) => {
                    self.seen_value = true;
                    self.in_junk = false;
                    self.begin(byte);
                    return Step::Went;
                }
                Some(false) => {}
            },
            _ => {}
        }
        self.junk(sink)
    }

    /// Is this bracket followed by what follows it in JSON? `None` if that has not come yet.
    fn begins_value(&self, bracket: u8) -> Option<bool> {
        let rest = self.buffer.as_bytes().get(self.at + 1..)?;
        match rest.iter().take(LINE_BYTES).find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'"') => Some(true),
            Some(b'}') => Some(bracket == b'{'),
            Some(b']' | b'{' | b'[') => Some(bracket == b'['),
            Some(_) => Some(false),
            None if self.is_finished || rest.len() >= LINE_BYTES => Some(true),
            None => None,
        }
    }

    /// Something that is no JSON stands outside any value: a prompt, a note, a fence.
    fn junk(&mut self, sink: &mut dyn Sink) -> Step {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let window = rest.get(..rest.floor_char_boundary(LINE_BYTES)).unwrap_or_default();
        let text = match window.split_once('\n') {
            Some((text, _)) => text.trim_end(),
            None if self.is_finished || rest.len() >= LINE_BYTES => window,
            None => return Step::Starved,
        };
        if self.at_line_start
            && self.seen_value
            && !is_prompt_line(text)
            && !text.starts_with("```")
        {
            if !self.in_junk {
                let expected = clause!("an object or an array of JSON");
                sink.problem(self.line, ProblemKind::UnexpectedLine { expected }, text);
            }
            self.in_junk = true;
            self.lines.mark(self.line, self.line, LineClass::Problem, sink);
        }
        self.at_line_start = false;
        self.part = Part::Junk;
        Step::Went
    }

    fn in_junk(&mut self) -> Step {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        match rest.find('\n') {
            Some(end) => {
                self.at += end;
                self.pass(b'\n');
                self.part = Part::Between;
                Step::Went
            }
            None => {
                self.at += rest.len();
                Step::Starved
            }
        }
    }

    /// A value begins at this bracket. An array at the outermost level is opened at once.
    fn begin(&mut self, bracket: u8) {
        if bracket == b'[' && self.scopes.is_empty() {
            self.pass(bracket);
            self.scopes.push(Scope { is_array: true, host_rank: u8::MAX, ..Scope::default() });
        } else {
            self.part = Part::Unit { start: self.at, line: self.line };
        }
    }

    /// Between the members or elements of what was opened.
    fn between(&mut self, sink: &mut dyn Sink) -> Step {
        let Some(byte) = self.peek() else { return Step::Starved };
        let is_array = self.scopes.last().is_none_or(|scope| scope.is_array);
        match byte {
            b'{' | b'[' => self.begin(byte),
            b'"' if is_array || self.has_key() => {
                self.part = Part::Unit { start: self.at, line: self.line };
            }
            b'"' => self.part = Part::Key { start: self.at },
            b'}' | b']' => {
                self.pass(byte);
                self.close(byte == b']', sink);
            }
            b',' => {
                self.pass(byte);
                self.forget_key();
            }
            _ => self.pass_any(byte),
        }
        Step::Went
    }

    fn has_key(&self) -> bool {
        self.scopes.last().is_some_and(|scope| !scope.pending_key.is_empty())
    }

    fn forget_key(&mut self) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.pending_key.clear();
        }
    }

    /// A closing bracket came between values: what it closes ends, and what was left open in it.
    fn close(&mut self, is_array: bool, sink: &mut dyn Sink) {
        if let Some(at) = self.scopes.iter().rposition(|scope| scope.is_array == is_array) {
            let records = self.units.records();
            let closed = self.scopes.split_off(at);
            let mut closed = closed.iter().rev().filter_map(|scope| scope.untold);
            // What is around it has none either, and need not say so too.
            if let Some((line, _)) = closed.find(|(_, before)| *before == records) {
                let why = clause!(
                    "an object of JSON has more than {most} bytes, and no program could be read of it",
                    most = JSON_RECORD_BYTES,
                );
                sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, "");
                self.lines.mark(line, line, LineClass::Problem, sink);
                self.scopes.iter_mut().for_each(|scope| scope.untold = None);
            }
            self.forget_key();
        }
    }

    fn in_key(&mut self, start: usize) -> Step {
        if self.at == start {
            self.pass(b'"');
            self.in_string = true;
        }
        if !self.pass_string() {
            return Step::Starved;
        }
        let end = if self.buffer.as_bytes().get(self.at - 1) == Some(&b'"') {
            self.at - 1
        } else {
            self.at
        };
        let key = self.buffer.get(start + 1..end).unwrap_or_default();
        if let Some(scope) = self.scopes.last_mut() {
            scope.pending_key.clear();
            append_unescaped(key, &mut scope.pending_key);
        }
        self.part = Part::Between;
        Step::Went
    }

    /// Passes the rest of a string and its closing mark. A line end ends a string that was not
    /// closed, so that one forgotten mark does not swallow the source. False if the end has not
    /// come yet.
    fn pass_string(&mut self) -> bool {
        let bytes = self.buffer.as_bytes();
        loop {
            self.at = end_of_plain(bytes, self.at);
            match bytes.get(self.at) {
                None => break,
                Some(b'"') => {
                    self.at += 1;
                    self.in_string = false;
                    return true;
                }
                Some(b'\n') => {
                    self.in_string = false;
                    return true;
                }
                // The escaped character is passed with it, unless it has not come or ends the line.
                Some(_) => match bytes.get(self.at + 1) {
                    None if !self.is_finished => return false,
                    None | Some(b'\n') => self.at += 1,
                    Some(_) => self.at = self.buffer.ceil_char_boundary(self.at + 2),
                },
            }
        }
        if self.is_finished {
            self.in_string = false;
        }
        self.is_finished
    }

    fn in_unit(&mut self, start: usize, line: u64, sink: &mut dyn Sink) -> Step {
        loop {
            if self.at - start > JSON_RECORD_BYTES {
                self.open_or_drop(start, line, sink);
                return Step::Went;
            }
            if self.in_string {
                if !self.pass_string() {
                    return Step::Starved;
                }
                if self.open.is_empty() && self.too_deep == 0 {
                    return self.end_unit(start, line, sink);
                }
                continue;
            }
            let Some(byte) = self.peek() else { return Step::Starved };
            match self.bracket(byte) {
                Bracket::Inside => self.pass_any(byte),
                Bracket::Ends => {
                    self.pass(byte);
                    return self.end_unit(start, line, sink);
                }
                Bracket::EndsOuter => return self.end_unit(start, line, sink),
            }
        }
    }

    fn pass_any(&mut self, byte: u8) {
        if byte.is_ascii() {
            self.pass(byte);
        } else {
            self.at_line_start = false;
            self.at = self.buffer.ceil_char_boundary(self.at + 1);
        }
    }

    /// Keeps count of the brackets and marks of a part.
    fn bracket(&mut self, byte: u8) -> Bracket {
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' if self.open.len() >= JSON_DEPTH => {
                self.too_deep += 1;
                self.was_too_deep = true;
            }
            b'{' | b'[' => self.open.push(byte),
            b'}' | b']' if self.too_deep > 0 => self.too_deep -= 1,
            b'}' | b']' => {
                let opening = if byte == b'}' { b'{' } else { b'[' };
                if let Some(at) = self.open.iter().rposition(|open| *open == opening) {
                    self.open.truncate(at);
                    if self.open.is_empty() {
                        return Bracket::Ends;
                    }
                } else if self.scopes.iter().any(|scope| scope.is_array == (byte == b']')) {
                    return Bracket::EndsOuter;
                }
            }
            _ => {}
        }
        Bracket::Inside
    }

    fn end_unit(&mut self, start: usize, line: u64, sink: &mut dyn Sink) -> Step {
        let end = self.at;
        if end - start > JSON_RECORD_BYTES {
            self.open_or_drop(start, line, sink);
            return Step::Went;
        }
        self.part = Part::Between;
        self.open.clear();
        self.too_deep = 0;
        self.in_string = false;
        self.hand_out(start, end, line, false, sink);
        self.forget_key();
        Step::Went
    }

    fn hand_out(&mut self, start: usize, end: usize, line: u64, is_cut: bool, sink: &mut dyn Sink) {
        let text = self.buffer.get(start..end).unwrap_or_default();
        if std::mem::take(&mut self.was_too_deep) {
            let why = clause!(
                "brackets of JSON are nested more than {most} deep here, and what is deeper may be \
                 missing",
                most = JSON_DEPTH,
            );
            sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, text);
            self.lines.mark(line, line, LineClass::Problem, sink);
        }
        let key = self.scopes.last_mut().map(|scope| std::mem::take(&mut scope.pending_key));
        let key = key.unwrap_or_default();
        if text.starts_with('"')
            && !key.is_empty()
            && let Some(scope) = self.scopes.last_mut()
        {
            let mut value = String::new();
            super::text::Value::of(text).append_to(&mut value);
            self.units.scope_text(scope, &key, &value);
        } else {
            let unit = Unit { text, key: &key, line, is_cut };
            self.units.unit(&unit, &self.scopes, &mut self.lines, sink);
        }
    }

    /// The unit is too long to be held: what is in it becomes units, or it is passed over.
    fn open_or_drop(&mut self, start: usize, line: u64, sink: &mut dyn Sink) {
        let first = self.buffer.as_bytes().get(start).copied().unwrap_or_default();
        if first == b'"' || self.scopes.len() >= JSON_DEPTH {
            let why = clause!(
                "a text of JSON has more than {most} bytes and was passed over",
                most = JSON_RECORD_BYTES,
            );
            let end = self.buffer.floor_char_boundary(start + 4 * QUOTE_CHARS);
            let text = self.buffer.get(start..end).unwrap_or_default();
            sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, text);
            self.lines.mark(line, line, LineClass::Problem, sink);
            self.part = Part::Dropped;
            self.scopes.iter_mut().for_each(|scope| scope.untold = None);
            self.forget_key();
            return;
        }
        let mut scope = Scope {
            is_array: first == b'[',
            key: self
                .scopes
                .last_mut()
                .map(|scope| std::mem::take(&mut scope.pending_key))
                .unwrap_or_default(),
            host_rank: u8::MAX,
            untold: (first == b'{').then(|| (line, self.units.records())),
            ..Scope::default()
        };
        let known = self.buffer.floor_char_boundary(start + JSON_RECORD_BYTES);
        if let Some(around) = self.scopes.last() {
            scope.is_of_programs = around.is_of_programs;
            scope.has_programs = around.has_programs;
        }
        self.units.opened(&mut scope, self.buffer.get(start..known).unwrap_or_default());
        self.scopes.push(scope);
        // Once more from behind its bracket.
        self.at = start + 1;
        self.line = line;
        self.at_line_start = false;
        self.open.clear();
        self.too_deep = 0;
        self.in_string = false;
        self.part = Part::Between;
    }

    fn in_dropped(&mut self, sink: &mut dyn Sink) -> Step {
        while self.in_string || !self.open.is_empty() {
            if self.in_string {
                if !self.pass_string() {
                    return Step::Starved;
                }
                continue;
            }
            let Some(byte) = self.peek() else { return Step::Starved };
            match self.bracket(byte) {
                Bracket::Inside => self.pass_any(byte),
                Bracket::Ends => self.pass(byte),
                Bracket::EndsOuter => self.open.clear(),
            }
        }
        self.too_deep = 0;
        self.lines.mark(self.line, self.line, LineClass::Problem, sink);
        self.part = Part::Between;
        Step::Went
    }
}

enum Bracket {
    /// The part goes on.
    Inside,
    /// It closes the part.
    Ends,
    /// It closes something around the part, which therefore ends before it.
    EndsOuter,
}

/// Tells each line once, as the most telling of the classes it was marked with: a line that holds
/// both a record and a bracket holds a record.
#[derive(Debug)]
pub(in crate::engine::formats) struct Ledger {
    /// The line that is not told yet.
    line: u64,
    class: LineClass,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { line: 1, class: LineClass::Structure }
    }
}

impl Ledger {
    /// Marks lines, both ends included. What is already told keeps its class.
    pub fn mark(&mut self, from: u64, to: u64, class: LineClass, sink: &mut dyn Sink) {
        if to < self.line {
            return;
        }
        self.advance(from, sink);
        self.class = more_telling(self.class, class);
        if to > self.line {
            sink.lines(self.class, 1);
            let between = to - self.line - 1;
            if between > 0 {
                sink.lines(class, between);
            }
            self.line = to;
            self.class = class;
        }
    }

    /// Tells every line before that one.
    fn advance(&mut self, to: u64, sink: &mut dyn Sink) {
        if to > self.line {
            sink.lines(self.class, 1);
            let between = to - self.line - 1;
            if between > 0 {
                sink.lines(LineClass::Structure, between);
            }
            self.line = to;
            self.class = LineClass::Structure;
        }
    }

    /// Tells what is left; `last` is the source's last line, 0 if it has none.
    pub fn finish(&mut self, last: u64, sink: &mut dyn Sink) {
        if last > 0 {
            self.advance(last, sink);
            sink.lines(self.class, 1);
        }
    }
}

fn more_telling(one: LineClass, other: LineClass) -> LineClass {
    match (one, other) {
        (LineClass::Record, _) | (_, LineClass::Record) => LineClass::Record,
        (LineClass::Problem, _) | (_, LineClass::Problem) => LineClass::Problem,
        _ => LineClass::Structure,
    }
}
