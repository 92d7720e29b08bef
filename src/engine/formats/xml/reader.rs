//! Reads XML that arrives in pieces, and XML that is none: unclosed tags, several documents one
//! behind the other, HTML.

use super::elements::{Elements, Out, add_line, walk};
use super::html;
use super::tags::{Found, Mark, Says, Tag, find_mark};
use super::text::local_name;
use super::tree::{TagPlace, Tree};
use crate::engine::clause::clause;
use crate::engine::formats::Reader;
use crate::engine::formats::common::{apart, is_prompt_line, is_remark};
use crate::engine::formats::json::Ledger;
use crate::engine::limits::{LINE_BYTES, XML_DEPTH, XML_ELEMENTS, XML_RECORD_BYTES};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

/// A push reader of XML. The document element is a unit, read when it is complete, so that what
/// stands below the programs (often the computer's name) is as good as what stands above. One that
/// is too long is opened: the elements in it are units then.
pub(in crate::engine::formats) struct XmlReader {
    /// What the format makes of the elements; one program reads for all formats.
    elements: Box<dyn Elements>,
    /// Text from the unit being read on.
    buffer: String,
    /// The next byte of the buffer. Invariant: a character boundary.
    at: usize,
    /// No mark that is looked for begins before that byte.
    looked: usize,
    /// The line of the next byte.
    line: u64,
    tree: Tree,
    /// The elements of the tree that are open, outermost first.
    open: Vec<usize>,
    /// The elements that were opened since they are too long, outermost first.
    scopes: Vec<Scope>,
    /// Records so far.
    records: u64,
    /// How many elements deeper than [`XML_DEPTH`] are open.
    too_deep: u64,
    has_told_depth: bool,
    /// What ends the text that is passed over: a comment, a script.
    passing: Option<&'static str>,
    is_html: bool,
    /// A declaration says that it is XML.
    is_xml: bool,
    has_element: bool,
    /// True while lines that are no XML follow each other: one problem says it for all.
    in_junk: bool,
    ledger: Ledger,
    wrong: Vec<u64>,
    ends_with_line_end: bool,
    is_finished: bool,
    /// The most bytes, and elements and texts, of a unit that is held.
    held: (usize, usize),
}

/// An element that is not held but passed through.
struct Scope {
    name: String,
    line: u64,
    records_before: u64,
    /// It was told that something of it is missing.
    is_told: bool,
}

impl XmlReader {
    pub fn new(elements: impl Elements + 'static) -> Self {
        Self::holding(elements, XML_RECORD_BYTES, XML_ELEMENTS)
    }

    /// A reader that holds units of so many bytes, and so many elements and texts.
    pub(super) fn holding(elements: impl Elements + 'static, bytes: usize, nodes: usize) -> Self {
        Self {
            elements: Box::new(elements),
            buffer: String::new(),
            at: 0,
            looked: 0,
            line: 1,
            tree: Tree::default(),
            open: Vec::new(),
            scopes: Vec::new(),
            records: 0,
            has_told_depth: false,
            too_deep: 0,
            passing: None,
            is_html: false,
            is_xml: false,
            has_element: false,
            in_junk: false,
            ledger: Ledger::default(),
            wrong: Vec::new(),
            ends_with_line_end: true,
            is_finished: false,
            held: (bytes, nodes),
        }
    }

    pub fn boxed(elements: impl Elements + 'static) -> Box<dyn Reader> {
        Box::new(Self::new(elements))
    }
}

impl Reader for XmlReader {
    fn push(&mut self, text: &str, sink: &mut dyn Sink) {
        if !text.is_empty() {
            self.ends_with_line_end = text.ends_with('\n');
        }
        self.buffer.push_str(text);
        while self.step(sink) {}
        let keep = self.open.first().map_or(self.at, |unit| self.tree.start_of(*unit));
        if keep > 0 {
            self.buffer.drain(..keep);
            self.tree.forget_raw(keep);
            self.at -= keep;
            self.looked = self.looked.saturating_sub(keep);
        }
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        self.is_finished = true;
        while self.step(sink) {}
        let is_cut = self.is_cut();
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        self.line += line_ends_in(rest);
        self.at = self.buffer.len();
        let last = if self.ends_with_line_end { self.line - 1 } else { self.line };
        if !self.open.is_empty() {
            self.close(0, self.at..self.at, last, sink);
        }
        if is_cut {
            let start = self.buffer.trim_end().rfind('\n').map_or(0, |at| at + 1);
            let text = self.buffer.get(start..).unwrap_or_default();
            sink.problem(last, ProblemKind::CutShort, text);
            self.add_wrong(last);
        }
        self.tell_wrong(sink);
        let mut out = Out { sink, ledger: &mut self.ledger, wrong: &mut self.wrong, records: 0 };
        self.elements.end(&mut out);
        self.ledger.finish(last, sink);
    }
}

impl XmlReader {
    /// True if the source has ended inside of something.
    fn is_cut(&self) -> bool {
        // Few pages close all that they open; one that ends inside of a table was cut.
        let is_open = if self.is_html {
            let mut names = self.open.iter().map(|at| self.tree.element(&self.buffer, *at));
            names.any(|element| element.is("table"))
                || self.scopes.iter().any(|scope| scope.name.eq_ignore_ascii_case("table"))
        } else {
            !self.open.is_empty() || !self.scopes.is_empty()
        };
        is_open || self.passing.is_some() || self.at < self.buffer.len()
    }

    /// Reads the next mark or text. False if more text is needed.
    fn step(&mut self, sink: &mut dyn Sink) -> bool {
        if let Some(end) = self.passing {
            return self.pass(end) || self.relieve(self.buffer.len(), sink);
        }
        if self.open.is_empty() && !self.buffer.get(self.at..).unwrap_or_default().starts_with('<')
        {
            return self.outside(sink);
        }
        let found = find_mark(&self.buffer, self.at, self.looked, self.is_finished, self.is_html);
        match found {
            Found::Starved { looked } => {
                self.looked = looked;
                // What is held grows without an end in sight.
                self.relieve(self.buffer.len(), sink) || self.pass_unheld()
            }
            Found::Mark { end, mark } => {
                if self.relieve(end, sink) {
                    return true;
                }
                self.mark(mark, end, sink);
                self.looked = self.at;
                true
            }
        }
    }

    /// Outside of any unit nothing needs to be held: a comment or section is passed over as it comes.
    fn pass_unheld(&mut self) -> bool {
        if !self.open.is_empty() {
            return false;
        }
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        self.passing = if rest.starts_with("<!--") {
            Some("-->")
        } else if rest.starts_with("<![CDATA[") {
            Some("]]>")
        } else if rest.len() > LINE_BYTES {
            Some(">")
        } else {
            None
        };
        self.passing.is_some()
    }

    /// Passes over text until `end` has been found (whatever the case of letters).
    fn pass(&mut self, end: &'static str) -> bool {
        let bytes = self.buffer.as_bytes();
        let from = self.looked.max(self.at);
        let rest = bytes.get(from..).unwrap_or_default();
        let found =
            rest.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
        match found {
            Some(at) => {
                // The end of a script is a tag, and read as one.
                let length = if end.starts_with('<') { 0 } else { end.len() };
                self.go_to(from + at + length);
                self.passing = None;
                true
            }
            None => {
                // Its beginning may stand at the end of what has come.
                let keep = self
                    .buffer
                    .floor_char_boundary(self.buffer.len().saturating_sub(end.len()).max(self.at));
                if self.open.is_empty() {
                    self.go_to(keep);
                } else {
                    self.looked = keep;
                }
                false
            }
        }
    }

    fn go_to(&mut self, at: usize) {
        let passed = self.buffer.get(self.at..at).unwrap_or_default();
        self.line += line_ends_in(passed);
        self.at = at;
        self.looked = at;
    }

    /// Text outside of any unit, line by line: notes, prompts; white space mostly.
    fn outside(&mut self, sink: &mut dyn Sink) -> bool {
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let window = rest.get(..rest.floor_char_boundary(LINE_BYTES)).unwrap_or_default();
        let end = match window.find(['\n', '<']) {
            Some(at) if window.as_bytes().get(at) == Some(&b'\n') => at + 1,
            Some(at) => at,
            None if self.is_finished || rest.len() >= LINE_BYTES => window.len(),
            None => return false,
        };
        let piece = window.get(..end).unwrap_or_default().trim();
        let is_junk = self.scopes.is_empty()
            && self.has_element
            && !piece.is_empty()
            && !self.is_html
            && !is_prompt_line(piece)
            && !is_remark(piece);
        if is_junk {
            if !self.in_junk {
                let expected = clause!("an element of XML");
                sink.problem(self.line, ProblemKind::UnexpectedLine { expected }, piece);
            }
            self.in_junk = true;
            self.add_wrong(self.line);
            self.tell_wrong(sink);
        }
        self.go_to(self.at + end);
        true
    }

    fn mark(&mut self, mark: Mark, end: usize, sink: &mut dyn Sink) {
        let (start, line) = (self.at, self.line);
        self.go_to(end);
        match mark {
            Mark::Text => self.text(start..end, false),
            Mark::Section { inside } => self.text(inside, true),
            Mark::Passed(Says::Html) => self.is_html |= !self.has_element,
            Mark::Passed(Says::Xml) => self.is_xml = true,
            Mark::Passed(Says::Nothing) => {}
            Mark::Tag(tag) => self.start_tag(tag, start, line, sink),
            Mark::EndTag { name } => {
                let name = self.buffer.get(name).unwrap_or_default().to_owned();
                self.end_tag(&name, start..end, line, sink);
            }
        }
    }

    fn text(&mut self, raw: std::ops::Range<usize>, is_decoded: bool) {
        if !self.open.is_empty() {
            let raw = self.buffer.get(raw).unwrap_or_default();
            self.tree.text(raw, is_decoded, self.open.last().copied());
        }
    }

    fn start_tag(&mut self, tag: Tag, start: usize, line: u64, sink: &mut dyn Sink) {
        let name = tag.name_in(&self.buffer).to_owned();
        if !tag.is_closed {
            let tag = self.buffer.get(start..self.at).unwrap_or_default().trim_end();
            let reason = clause!("the tag <{name} has no end", name = &name);
            sink.problem(line, ProblemKind::BadXml { reason }, tag);
            self.add_wrong(line);
        }
        if !tag.is_closed && self.is_html {
            return;
        }
        if !self.has_element && (!self.is_xml || name.eq_ignore_ascii_case("html")) {
            self.is_html |= html::ROOTS.iter().any(|root| name.eq_ignore_ascii_case(root));
        }
        self.has_element = true;
        self.in_junk = false;
        if self.is_html {
            self.end_implied(&name, start, line, sink);
        }
        let depth = self.scopes.len() + self.open.len();
        let is_empty = tag.is_empty || !tag.is_closed || (self.is_html && html::is_void(&name));
        if depth >= XML_DEPTH || self.too_deep > 0 {
            if self.too_deep == 0 {
                if !std::mem::replace(&mut self.has_told_depth, true) {
                    let why = clause!(
                        "elements of XML are nested more than {most} deep here, and what is deeper was \
                         passed over",
                        most = XML_DEPTH,
                    );
                    sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, &name);
                }
                self.add_wrong(line);
            }
            self.too_deep += u64::from(!is_empty);
            return;
        }
        let parent = self.open.last().copied();
        let place = TagPlace { start, end: self.at, line, end_line: self.line, depth, parent };
        let at = self.tree.open(&self.buffer, tag.inside, place);
        self.open.push(at);
        if is_empty {
            if self.is_html && !self.open.is_empty() {
                // A line break in a cell parts words.
                self.tree.text(" ", true, Some(at));
            }
            let end = self.at;
            self.close(self.open.len() - 1, end..end, self.line, sink);
        } else if self.is_html && (name.eq_ignore_ascii_case("script")) {
            self.passing = Some("</script");
        } else if self.is_html && (name.eq_ignore_ascii_case("style")) {
            self.passing = Some("</style");
        }
    }

    fn end_tag(&mut self, name: &str, tag: std::ops::Range<usize>, line: u64, sink: &mut dyn Sink) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.open.iter().rposition(|at| self.ends(*at, name)) {
            Some(at) if self.is_html && self.is_beyond_table(at, name) => {}
            Some(at) => {
                if !self.is_html {
                    self.end_unclosed(at + 1, tag.start, line, sink);
                }
                self.close(at, tag, self.line, sink);
            }
            None => match self.scopes.iter().rposition(|it| same(&it.name, name, self.is_html)) {
                Some(at) => {
                    if !self.open.is_empty() {
                        let start = tag.start;
                        self.close(0, start..start, line, sink);
                    }
                    self.close_scopes(at, sink);
                }
                None if self.is_html => {}
                None => {
                    let reason = clause!("</{name}> closes an element that is not open", name);
                    sink.problem(line, ProblemKind::BadXml { reason }, name);
                    self.add_wrong(line);
                }
            },
        }
    }

    /// Elements that are open from that one inward have no closing tag.
    fn end_unclosed(&mut self, from: usize, end: usize, line: u64, sink: &mut dyn Sink) {
        let Some(first) = self.open.get(from).copied() else { return };
        let element = self.tree.element(&self.buffer, first);
        let begins = element.line();
        let reason = clause!("the element <{name}> is not closed", name = element.name());
        sink.problem(begins, ProblemKind::BadXml { reason }, element.name());
        self.add_wrong(begins);
        let unclosed = self.open.split_off(from);
        for at in unclosed.iter().rev() {
            self.tree.close(*at, end..end, line);
            self.tree.end_early(&self.buffer, *at);
        }
    }

    fn ends(&self, at: usize, name: &str) -> bool {
        same(self.tree.element(&self.buffer, at).name(), local_name(name), self.is_html)
    }

    /// In HTML, a closing tag in a cell closes nothing around the cell's table.
    fn is_beyond_table(&self, at: usize, name: &str) -> bool {
        const AROUND: &[&str] = &["table", "tr", "tbody", "thead", "tfoot", "body", "html"];
        let inner = self.open.get(at + 1..).unwrap_or_default();
        !AROUND.iter().any(|around| name.eq_ignore_ascii_case(around))
            && inner.iter().any(|at| self.tree.element(&self.buffer, *at).is("table"))
    }

    /// HTML lets the closing tags of rows, cells and entries away.
    fn end_implied(&mut self, name: &str, start: usize, line: u64, sink: &mut dyn Sink) {
        let ended = html::ended_by(name);
        if ended.is_empty() {
            return;
        }
        let mut first = None;
        for (position, at) in self.open.iter().enumerate().rev() {
            let element = self.tree.element(&self.buffer, *at);
            if ["table", "ul", "ol", "select"].iter().any(|list| element.is(list)) {
                break;
            }
            if ended.iter().any(|name| element.is(name)) {
                first = Some(position);
            }
        }
        if let Some(first) = first {
            self.close(first, start..start, line, sink);
        }
    }

    /// The elements from that one of the open ones inward end; `tag` is the closing tag.
    fn close(&mut self, from: usize, tag: std::ops::Range<usize>, line: u64, sink: &mut dyn Sink) {
        let inner = self.open.get(from + 1..).unwrap_or_default();
        for at in inner.iter().rev() {
            self.tree.close(*at, tag.start..tag.start, line);
        }
        if let Some(at) = self.open.get(from) {
            self.tree.close(*at, tag, line);
        }
        self.open.truncate(from);
        if from == 0 {
            self.hand_out(0, sink);
            self.tell_wrong(sink);
            self.tree.clear();
        }
    }

    fn hand_out(&mut self, at: usize, sink: &mut dyn Sink) {
        let element = self.tree.element(&self.buffer, at);
        let mut out = Out { sink, ledger: &mut self.ledger, wrong: &mut self.wrong, records: 0 };
        walk(&mut *self.elements, &element, &mut out);
        self.records += out.records;
    }

    /// The elements that were opened end, from that one inward. One that was no record and had none
    /// in it is told.
    fn close_scopes(&mut self, from: usize, sink: &mut dyn Sink) {
        let records = self.records;
        let mut closed = self.scopes.split_off(from).into_iter().rev();
        let empty = closed.find(|scope| !scope.is_told && scope.records_before == records);
        if let Some(Scope { name, line, .. }) = empty.filter(|_| !self.is_html) {
            let why = clause!(
                "an element of XML has more than {most} bytes, or more than {elements} elements in it, and \
                 no program could be read of it",
                most = self.held.0,
                elements = self.held.1,
            );
            sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, &name);
            self.add_wrong(line);
            // What is around it has none either, and need not say so too.
            self.scopes.iter_mut().for_each(|scope| scope.is_told = true);
        }
    }

    /// Opens the unit if it is longer than is held when it goes on to `end`. True if it was.
    fn relieve(&mut self, end: usize, sink: &mut dyn Sink) -> bool {
        let Some(unit) = self.open.first().copied() else { return false };
        let bytes = end - self.tree.start_of(unit);
        if bytes <= self.held.0 && self.tree.len() <= self.held.1 {
            return false;
        }
        for at in self.open.iter().rev() {
            self.tree.close(*at, self.at..self.at, self.line);
        }
        let element = self.tree.element(&self.buffer, unit);
        let is_leaf = self.open.len() == 1 && element.children().next().is_none();
        let (line, name) = (element.line(), element.name().to_owned());
        if is_leaf {
            let why = clause!(
                "an element of XML has more than {most} bytes and was passed over",
                most = self.held.0,
            );
            sink.problem(line, ProblemKind::Incomplete { why, advice: apart() }, &name);
            self.add_wrong(line);
            self.scopes.iter_mut().for_each(|scope| scope.is_told = true);
        }
        self.elements.opened(&self.tree.element(&self.buffer, unit));
        let records_before = self.records;
        let next = self.open.get(1).copied();
        let complete: Vec<usize> = self.tree.children_of(unit, next);
        for child in complete {
            self.hand_out(child, sink);
        }
        self.tell_wrong(sink);
        self.scopes.push(Scope { name, line, records_before, is_told: is_leaf });
        self.open.remove(0);
        match next {
            Some(next) => {
                self.tree.keep_from(next);
                for at in &mut self.open {
                    *at -= next;
                }
            }
            None => self.tree.clear(),
        }
        true
    }

    fn add_wrong(&mut self, line: u64) {
        add_line(&mut self.wrong, line);
    }

    /// All records up to here are told.
    fn tell_wrong(&mut self, sink: &mut dyn Sink) {
        for line in self.wrong.drain(..) {
            self.ledger.mark(line, line, LineClass::Problem, sink);
        }
    }
}

fn same(one: &str, other: &str, is_html: bool) -> bool {
    one == local_name(other) || (is_html && one.eq_ignore_ascii_case(local_name(other)))
}

fn line_ends_in(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}
