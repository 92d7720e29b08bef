//! One source: its bytes decoded, its format found, its text handed to the format's reader.

use sha2::{Digest, Sha256};

use super::SourceOptions;
use super::inventory::Inventory;
use super::part::{Part, Standing};
use crate::engine::clause::{Clause, Unwritten, clause};
use crate::engine::decode::{Decoder, encoding_by_name};
use crate::engine::detect::{detect_format, format_by_id};
use crate::engine::formats::{Format, Reader, Sample};
use crate::engine::limits::{CELL_CHARS, COLUMNS, FIRST_ROWS, SAMPLE_BYTES};
use crate::engine::problem::{INVALID_TEXT, ProblemKind, shortened};
use crate::engine::record::{
    ColumnReading, LineClass, Platform, Record, Sink, TableChoice, TitleKey,
};
use crate::engine::report::Problem;
use crate::engine::words::hex;

/// The source being read.
pub(super) struct SourceScan {
    given: Option<Given>,
    hasher: Option<Sha256>,
    decoder: Decoder,
    text: String,
    /// Line ends so far.
    line_ends: u64,
    ends_in_line: bool,
    has_bad_text: bool,
    stage: Stage,
    /// Where the last part that was joined ended.
    standing: Option<Standing>,
    platform: Option<Platform>,
    /// The computer of records that name none, if the user says which.
    host: Option<String>,
    tables: Vec<TableChoice>,
}

/// A format that need not be found, and why it is that one.
pub(super) struct Given {
    pub(super) format: &'static Format,
    pub(super) confidence: &'static str,
    pub(super) reason: Clause,
}

enum Stage {
    /// Waiting for enough text to find the format.
    Sampling(String),
    /// Reading.
    Reading(Box<dyn Reader>),
    /// Nothing can be read; the rest is counted.
    Unread,
}

impl SourceScan {
    pub(super) fn new(options: &SourceOptions, tables: &[TableChoice]) -> Self {
        Self {
            given: options.format.as_deref().and_then(format_by_id).map(|format| Given {
                format,
                confidence: "chosen",
                reason: clause!("chosen by the user"),
            }),
            hasher: (!options.without_sha256).then(Sha256::new),
            decoder: Decoder::new(options.encoding.as_deref().and_then(encoding_by_name)),
            text: String::new(),
            line_ends: 0,
            ends_in_line: false,
            has_bad_text: false,
            stage: Stage::Sampling(String::new()),
            standing: None,
            platform: None,
            host: options.host.clone(),
            tables: tables.to_vec(),
        }
    }

    /// A source that is given as text with [`text`](Self::text), such as the rows of a sheet.
    pub(super) fn of_text(
        given: Option<Given>,
        options: &SourceOptions,
        tables: &[TableChoice],
    ) -> Self {
        let source = Self::new(options, tables);
        Self { given: source.given.or(given), has_bad_text: true, ..source }
    }

    pub(super) fn push(&mut self, bytes: &[u8], inventory: &mut Inventory<'_>) {
        if let Some(hasher) = &mut self.hasher {
            hasher.update(bytes);
        }
        if let Some(source) = inventory.sources.last_mut() {
            source.bytes += bytes.len() as u64;
        }
        let mut text = std::mem::take(&mut self.text);
        self.decoder.push(bytes, &mut text);
        self.text(&text, inventory);
        text.clear();
        self.text = text;
    }

    /// The next piece of decoded text, with line ends made `\n`.
    pub(super) fn text(&mut self, text: &str, inventory: &mut Inventory<'_>) {
        let Some(last) = text.as_bytes().last() else { return };
        if !self.has_bad_text
            && let Some(at) = memchr::memmem::find(text.as_bytes(), "\u{FFFD}".as_bytes())
        {
            self.has_bad_text = true;
            let line = self.line_ends + line_ends(&text[..at]) + 1;
            let around = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let encoding = self.decoder.encoding().to_owned();
            let quoted = text[around..].lines().next().unwrap_or_default();
            inventory.problem(line, &ProblemKind::InvalidText { encoding }, quoted);
        }
        self.line_ends += line_ends(text);
        self.ends_in_line = *last != b'\n';
        match &mut self.stage {
            Stage::Sampling(sample) => {
                sample.push_str(text);
                if sample.len() >= SAMPLE_BYTES {
                    self.choose_format(false, inventory);
                }
            }
            Stage::Reading(reader) => {
                let host = self.host.as_deref();
                reader.push(text, &mut SourceSink { inventory, platform: self.platform, host });
            }
            Stage::Unread => {}
        }
    }

    fn choose_format(&mut self, is_whole: bool, inventory: &mut Inventory<'_>) {
        let Stage::Sampling(text) = &mut self.stage else { return };
        let text = std::mem::take(text);
        self.stage = Stage::Unread;
        // Always the same piece of text, however the bytes were cut.
        let cut = text.floor_char_boundary(SAMPLE_BYTES);
        let is_whole = is_whole && cut == text.len();
        let sample = Sample { text: &text[..cut], is_whole, tables: &self.tables };
        let (format, confidence, reason) = match self.given.take() {
            Some(given) => (given.format, given.confidence, given.reason),
            None => match detect_format(&sample) {
                Ok(found) => (found.format, found.confidence.id(), found.reason),
                Err(kind) => {
                    inventory.problem(0, &kind, "");
                    return;
                }
            },
        };
        self.platform = format.platform;
        if let Some(source) = inventory.sources.last_mut() {
            source.format = format.id.to_owned();
            source.format_title = format.title.to_owned();
            source.set_format_reason(reason);
            source.confidence = confidence.to_owned();
            source.cannot_show = format.cannot_show.to_owned();
        }
        let mut reader = (format.open)(&sample);
        let host = self.host.as_deref();
        reader.push(&text, &mut SourceSink { inventory, platform: self.platform, host });
        self.stage = Stage::Reading(reader);
    }

    /// The source has ended: what was held back of its bytes and text is read.
    pub(super) fn flush(&mut self, inventory: &mut Inventory<'_>) {
        let mut text = std::mem::take(&mut self.text);
        self.decoder.finish(&mut text);
        self.text(&text, inventory);
        if let Stage::Reading(reader) = &mut self.stage {
            let host = self.host.as_deref();
            reader.finish(&mut SourceSink { inventory, platform: self.platform, host });
        }
    }

    /// The same source, to be read from some line in its middle on.
    pub(super) fn part(&self) -> Option<Self> {
        let Stage::Reading(reader) = &self.stage else { return None };
        Some(Self {
            given: None,
            hasher: None,
            decoder: self.decoder.part()?,
            text: String::new(),
            line_ends: 0,
            ends_in_line: false,
            has_bad_text: false,
            stage: Stage::Reading(reader.part()?),
            standing: None,
            platform: self.platform,
            host: self.host.clone(),
            tables: Vec::new(),
        })
    }

    /// What decides how the next bytes are read.
    pub(super) fn standing(&self) -> Option<Standing> {
        if let Some(standing) = &self.standing {
            return Some(standing.clone());
        }
        let Stage::Reading(reader) = &self.stage else { return None };
        Some(Standing { decoder: self.decoder.standing()?, reader: reader.standing()? })
    }

    /// True if the text could be the beginning of a record.
    pub(super) fn begins_record(&self, text: &str) -> bool {
        matches!(&self.stage, Stage::Reading(reader) if reader.begins_record(text))
    }

    /// Takes what another scan read of the part that comes next, which follows.
    pub(super) fn join(&mut self, part: Part, inventory: &mut Inventory<'_>) {
        // The bytes of the part did not come by here.
        self.hasher = None;
        if let Some(ended) = &part.ended {
            self.decoder.go_on_from(ended.decoder);
        }
        let worded = part.problems.into_iter().zip(part.wordings);
        let worded =
            worded.map(|(problem, wording)| Problem { wording: Unwritten(wording), ..problem });
        let (mut problems, mut count) = (worded.collect::<Vec<_>>(), part.report.problems);
        if self.has_bad_text && part.has_bad_text {
            // That is told once a source.
            problems.retain(|problem| problem.kind != INVALID_TEXT);
            count -= 1;
        }
        inventory.join_problems(problems, count, self.line_ends);
        inventory.join(part.inventory, &part.report, self.line_ends, self.platform);
        self.has_bad_text |= part.has_bad_text;
        self.standing = part.ended;
        self.line_ends += part.line_ends;
        self.ends_in_line = part.ends_in_line;
    }

    pub(super) fn line_ends(&self) -> u64 {
        self.line_ends
    }

    pub(super) fn ends_in_line(&self) -> bool {
        self.ends_in_line
    }

    pub(super) fn has_bad_text(&self) -> bool {
        self.has_bad_text
    }

    /// Ends the source. Where there was more of it than was read, nothing is said of its end.
    pub(super) fn end(mut self, is_whole: bool, inventory: &mut Inventory<'_>) {
        let mut text = std::mem::take(&mut self.text);
        if is_whole {
            self.decoder.finish(&mut text);
        }
        self.text(&text, inventory);
        if let Some((looks_like, advice)) = self.decoder.not_text() {
            let (looks_like, advice) = (looks_like.into(), advice.into());
            inventory.problem(0, &ProblemKind::NotText { looks_like, advice }, "");
            self.stage = Stage::Unread;
        }
        self.choose_format(is_whole, inventory);
        let total = self.line_ends + u64::from(self.ends_in_line);
        match &mut self.stage {
            Stage::Reading(_) if !is_whole => {}
            Stage::Reading(reader) => {
                let host = self.host.as_deref();
                reader.finish(&mut SourceSink { inventory, platform: self.platform, host });
            }
            Stage::Sampling(_) | Stage::Unread => {
                if let Some(source) = inventory.sources.last_mut() {
                    source.lines.problems = total;
                }
            }
        }
        if self.decoder.is_joined() {
            let first = self.decoder.encoding().to_owned();
            inventory.problem(0, &ProblemKind::JoinedEncodings { first }, "");
        }
        if is_whole && self.decoder.is_cut_short() {
            inventory.problem(total, &ProblemKind::CutShort, "");
        }
        if let Some(source) = inventory.sources.last_mut() {
            source.lines.total = total;
            source.encoding = self.decoder.encoding().to_owned();
            source.encoding_reason = self.decoder.reason().to_owned();
            source.sha256 = self.hasher.map(|hasher| hex(&hasher.finalize())).unwrap_or_default();
        }
    }
}

fn line_ends(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// Where a source's reader puts what it reads.
struct SourceSink<'s, 'r> {
    inventory: &'s mut Inventory<'r>,
    platform: Option<Platform>,
    host: Option<&'s str>,
}

impl Sink for SourceSink<'_, '_> {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        match self.host {
            Some(host) if record.host.trim().is_empty() => {
                self.inventory.record(&Record { host, ..*record }, self.platform)
            }
            _ => self.inventory.record(record, self.platform),
        }
    }

    fn repeat(&mut self, title: TitleKey, host: &str, line: u64, text: &str) {
        let host = match self.host {
            Some(own) if host.is_empty() => own,
            _ => host,
        };
        self.inventory.repeat(title, host, line, text);
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        if let Some(source) = self.inventory.sources.last_mut() {
            match class {
                LineClass::Record => source.lines.records += count,
                LineClass::Structure => source.lines.structure += count,
                LineClass::Problem => source.lines.problems += count,
            }
        }
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str) {
        self.inventory.problem(line, &kind, text);
    }

    fn reading(&mut self, detail: Clause) {
        if let Some(source) = self.inventory.sources.last_mut() {
            source.add_format_reason(detail);
        }
    }

    fn columns(&mut self, columns: &[ColumnReading]) {
        if let Some(source) = self.inventory.sources.last_mut()
            && source.columns.is_empty()
        {
            let told = |column: &ColumnReading| ColumnReading {
                header: shortened(&column.header, CELL_CHARS),
                ..column.clone()
            };
            source.columns = columns.iter().take(COLUMNS).map(told).collect();
        }
    }

    fn cells(&mut self, cells: &mut dyn Iterator<Item = &str>) {
        if let Some(source) = self.inventory.sources.last_mut() {
            for (column, cell) in source.columns.iter_mut().zip(cells) {
                if column.values.len() < FIRST_ROWS {
                    column.values.push(shortened(cell.trim(), CELL_CHARS));
                }
            }
        }
    }
}
