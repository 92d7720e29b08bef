//! One file as it was given: what it is packed in is taken off, and what is inside becomes sources.
//!
//! A gzip file stays the source it was given as, and a tar archive in it too. An archive is a source without lines, followed by
//! one for each file in it. A workbook is the source of its sheet, or one source for each sheet that
//! lists programs.

use std::cell::Cell;

use sha2::{Digest, Sha256};

use super::SourceOptions;
use super::inventory::Inventory;
use super::source::{Given, SourceScan};
use super::tape::Tape;
use crate::engine::clause::{Clause, Unwritten, clause, clause_of};
use crate::engine::container::gzip::{self, Gunzip};
use crate::engine::container::workbook::{Told, Workbook, lines_of};
use crate::engine::container::zip::{self, Archive, Damage, Member};
use crate::engine::container::{self, Container, HEAD_BYTES, Opened, Packing};
use crate::engine::detect::detect_format;
use crate::engine::formats::{SHEET, Sample};
use crate::engine::limits::{
    ARCHIVE_ENTRIES, ARCHIVE_LEVELS, ARCHIVE_MEMBERS, MEMBER_NAME_CHARS, SAMPLE_BYTES, SHEET_CELLS,
    UNPACK_RATIO, UNPACKED_BYTES, UNPACKED_FREELY, WHOLE_BYTES, WORKBOOK_SHEETS,
};
use crate::engine::problem::{ProblemKind, quoted_list, shortened};
use crate::engine::record::{ColumnField, TableChoice};
use crate::engine::words::hex;

/// The file being read.
pub(super) struct Intake {
    /// The number of its source.
    source: usize,
    options: SourceOptions,
    tables: Vec<TableChoice>,
    /// How many archives it is inside of.
    level: usize,
    /// It came out of a gzip file, which counts as one archive with a tar archive in it.
    is_unzipped: bool,
    stage: Stage,
}

enum Stage {
    /// Waiting for the bytes that tell how it is packed.
    Head(Vec<u8>),
    Plain(Box<SourceScan>),
    Gzip(Box<Packed>),
    Tar(Box<Tape>),
    Whole(Whole),
}

struct Packed {
    as_given: AsGiven,
    gunzip: Gunzip,
    inside: Intake,
}

/// What one file that the user gave was unpacked to, everything inside it together.
#[derive(Default)]
pub(super) struct Unpacked {
    bytes: Cell<u64>,
    /// The files that came out of archives, and the sheets of workbooks beyond the first of each.
    files: Cell<usize>,
}

impl Unpacked {
    /// Counts another source. Why there is none, if it would be one too many.
    fn count_source(&self) -> Result<(), ProblemKind> {
        if self.files.get() == ARCHIVE_MEMBERS {
            let why = clause!(
                "more than {most} files would have been unpacked from one file, and the rest was not \
                 read",
                most = ARCHIVE_MEMBERS,
            );
            let advice = clause!("split the archive and choose the parts");
            return Err(ProblemKind::Incomplete { why, advice });
        }
        self.files.set(self.files.get() + 1);
        Ok(())
    }
}

/// The bytes of the file as the user gave it, or as they stood in an archive.
#[derive(Default)]
pub(super) struct AsGiven {
    hasher: Sha256,
    bytes: u64,
}

impl AsGiven {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// How many there were, and their hash.
    pub(super) fn finish(self) -> (u64, String) {
        (self.bytes, hex(&self.hasher.finalize()))
    }
}

/// What has to be read whole, as far as it is not too large.
#[derive(Default)]
struct Whole {
    as_given: AsGiven,
    bytes: Vec<u8>,
}

impl Whole {
    /// The next bytes. Of more than `most` only the beginning is kept, in which it still shows what it is.
    fn push(&mut self, bytes: &[u8], most: u64) {
        self.as_given.push(bytes);
        if self.as_given.bytes <= most {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.bytes.truncate(SAMPLE_BYTES);
            self.bytes.shrink_to_fit();
        }
    }
}

impl Intake {
    pub(super) fn new(source: usize, options: &SourceOptions, tables: &[TableChoice]) -> Self {
        Self {
            source,
            options: options.clone(),
            tables: tables.to_vec(),
            level: 0,
            is_unzipped: false,
            stage: Stage::Head(Vec::new()),
        }
    }

    /// The source's scan, if the file is not packed in anything.
    pub(super) fn plain(&mut self) -> Option<&mut SourceScan> {
        match &mut self.stage {
            Stage::Plain(source) => Some(source),
            Stage::Head(_) | Stage::Gzip(_) | Stage::Tar(_) | Stage::Whole(_) => None,
        }
    }

    /// What is inside this file.
    fn inside(&self, source: usize) -> Self {
        // Nobody else can hash what is packed.
        let options = SourceOptions { without_sha256: false, ..self.options.clone() };
        Self { level: self.level + 1, ..Self::new(source, &options, &self.tables) }
    }

    /// The same for another source.
    pub(super) fn of(&self, source: usize) -> Self {
        Self { level: self.level, ..Self::new(source, &self.options, &self.tables) }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        match &mut self.stage {
            Stage::Head(head) => {
                let (now, later) = bytes.split_at(bytes.len().min(HEAD_BYTES - head.len()));
                head.extend_from_slice(now);
                if head.len() == HEAD_BYTES {
                    self.begin(inventory, unpacked);
                    self.push(later, inventory, unpacked);
                }
            }
            Stage::Plain(source) => source.push(bytes, inventory),
            Stage::Gzip(packed) => {
                let Packed { as_given, gunzip, inside } = &mut **packed;
                as_given.push(bytes);
                gunzip.push(bytes, &unpacked.bytes, &mut |piece| {
                    inside.push(piece, inventory, unpacked);
                });
            }
            Stage::Tar(tape) => tape.push(bytes, inventory, unpacked),
            Stage::Whole(whole) => whole.push(bytes, WHOLE_BYTES),
        }
    }

    /// The head is there, or all there is of it.
    fn begin(&mut self, inventory: &mut Inventory<'_>, unpacked: &Unpacked) {
        let Stage::Head(head) = &mut self.stage else { return };
        let head = std::mem::take(head);
        self.stage = match container::packing_of(&head) {
            Packing::Gzip if self.level < ARCHIVE_LEVELS => Stage::Gzip(Box::new(Packed {
                as_given: AsGiven::default(),
                gunzip: Gunzip::default(),
                inside: Self { is_unzipped: true, ..self.inside(self.source) },
            })),
            Packing::Whole if container::is_tar(&head) && self.tar_level() <= ARCHIVE_LEVELS => {
                let inside = Self { level: self.tar_level(), ..self.inside(self.source) };
                Stage::Tar(Box::new(Tape::new(self.source, inside)))
            }
            // What is too deep inside is told by what it looks like.
            Packing::Whole if container::is_tar(&head) => {
                Stage::Plain(Box::new(SourceScan::new(&self.options, &self.tables)))
            }
            Packing::Whole => Stage::Whole(Whole::default()),
            Packing::Gzip | Packing::None => {
                Stage::Plain(Box::new(SourceScan::new(&self.options, &self.tables)))
            }
        };
        self.push(&head, inventory, unpacked);
    }

    /// The file has ended. Where there was more of it than was read, nothing is said of its end, and
    /// what can only be read whole is not opened.
    pub(super) fn end(
        mut self,
        is_whole: bool,
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        self.begin(inventory, unpacked);
        match std::mem::replace(&mut self.stage, Stage::Head(Vec::new())) {
            Stage::Head(_) => {}
            Stage::Plain(source) => {
                source.end(is_whole, inventory);
                inventory.list_columns(self.source);
            }
            Stage::Gzip(packed) => {
                let Packed { as_given, mut gunzip, mut inside } = *packed;
                let problem = gunzip.finish(&unpacked.bytes, &mut |piece| {
                    inside.push(piece, inventory, unpacked);
                });
                inside.end(is_whole, inventory, unpacked);
                if let Some(kind) = problem.filter(|_| is_whole) {
                    inventory.problem_of(self.source, 0, &kind, "");
                }
                if let Some(source) = inventory.sources.get_mut(self.source) {
                    source.container = gzip::CONTAINER.id.to_owned();
                    (source.bytes, source.sha256) = as_given.finish();
                }
            }
            Stage::Tar(tape) => tape.end(is_whole, inventory, unpacked),
            Stage::Whole(_) if !is_whole => {}
            Stage::Whole(Whole { as_given, bytes }) => {
                self.whole(as_given.finish(), &bytes, inventory, unpacked);
            }
        }
    }

    /// How many archives the members of a tar archive here are inside of.
    fn tar_level(&self) -> usize {
        if self.is_unzipped { self.level } else { self.level + 1 }
    }

    /// The file was read to its end; `as_given` are its bytes in number and their hash.
    fn whole(
        &self,
        as_given: (u64, String),
        bytes: &[u8],
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        if let Some(source) = inventory.sources.get_mut(self.source) {
            (source.bytes, source.sha256) = as_given.clone();
        }
        if as_given.0 > WHOLE_BYTES {
            let (what, advice) = container::too_large(bytes);
            let kind =
                ProblemKind::TooLarge { what, bytes: as_given.0, limit: WHOLE_BYTES, advice };
            inventory.problem_of(self.source, 0, &kind, "");
            return;
        }
        match container::open(bytes, &unpacked.bytes) {
            Ok(Opened::Archive(archive)) => self.archive(&archive, inventory, unpacked),
            Ok(Opened::Workbook(container, book)) => {
                self.workbook(container, &*book, &as_given, inventory, unpacked);
            }
            Err(kind) => inventory.problem_of(self.source, 0, &kind, ""),
        }
    }

    fn archive(&self, archive: &Archive<'_>, inventory: &mut Inventory<'_>, unpacked: &Unpacked) {
        if self.level >= ARCHIVE_LEVELS {
            let kind = ProblemKind::NotOpened {
                why: clause!("it is an archive in an archive in an archive"),
                advice: clause!("unpack the outer ones and choose the lists inside"),
            };
            inventory.problem_of(self.source, 0, &kind, "");
            return;
        }
        let name = inventory.sources.get(self.source).map(|s| s.name.clone()).unwrap_or_default();
        let mut counts = Counts::default();
        let mut size = 0_u64;
        for member in archive.members() {
            if counts.passes_over(member.is_folder(), member.is_clutter(), member.size) {
                continue;
            }
            let names = (name.as_str(), member.name.as_str());
            let begun = counts.begin_source(names, self.source, inventory, unpacked);
            let Some(source) = begun else { break };
            let so_far = size.saturating_add(member.size);
            let is_read = match why_not(member, so_far, archive.size(), unpacked.bytes.get()) {
                Some(kind) => {
                    inventory.problem_of(source, 0, &kind, "");
                    false
                }
                None => {
                    size = so_far;
                    unpacked.bytes.set(unpacked.bytes.get().saturating_add(member.size));
                    self.member(archive, member, source, inventory, unpacked);
                    true
                }
            };
            if let Some(source) = inventory.sources.get_mut(source) {
                // What is in it twice keeps the name of the inner one.
                if source.container.is_empty() {
                    source.container = zip::CONTAINER.id.to_owned();
                }
                if !is_read {
                    source.bytes = member.size;
                }
            }
        }
        if archive.has_too_many() {
            let why = clause!(
                "its directory has more than {most} entries, and the rest was not read",
                most = ARCHIVE_ENTRIES,
            );
            let advice = clause!("split the archive and choose the parts");
            inventory.problem_of(self.source, 0, &ProblemKind::Incomplete { why, advice }, "");
        }
        let damage = archive.is_damaged().then_some(ProblemKind::CutShort);
        counts.tell(&zip::CONTAINER, damage, self.source, inventory);
    }

    fn member(
        &self,
        archive: &Archive<'_>,
        member: &Member,
        source: usize,
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        let mut inside = self.inside(source);
        let mut unpacking = archive.read(member);
        unpacking.each(&mut |piece| inside.push(piece, inventory, unpacked));
        inside.end(true, inventory, unpacked);
        let kind = match unpacking.damage() {
            None => return,
            Some(Damage::CutShort) => ProblemKind::CutShort,
            Some(Damage::Damaged) => ProblemKind::Incomplete {
                why: clause!("the archive is damaged here"),
                advice: clause!("copy the archive again from where it came from"),
            },
            Some(Damage::UnknownMethod) => ProblemKind::NotOpened {
                why: clause!("it is packed in a way that this program does not know"),
                advice: clause!("unpack it and choose the list itself"),
            },
        };
        inventory.problem_of(source, 0, &kind, "");
    }

    fn workbook(
        &self,
        container: &'static Container,
        book: &dyn Workbook,
        as_given: &(u64, String),
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        let (chosen, others) = self.choose_sheets(book);
        let has_too_many = book.sheets().len() > WORKBOOK_SHEETS;
        if chosen.is_empty() {
            inventory.problem_of(self.source, 0, &ProblemKind::Unrecognised, "");
        }
        let file = inventory.sources.get(self.source).map(|s| s.name.clone()).unwrap_or_default();
        let is_one = chosen.len() == 1;
        // The text of all its sheets, in bytes.
        let mut text = 0_u64;
        for (number, Chosen { sheet, given }) in chosen.into_iter().enumerate() {
            let Some(about) = book.sheets().get(sheet) else { continue };
            let name = format!("{file} \u{203A} {}", about.name);
            let source = match number {
                0 => self.source,
                _ => {
                    if let Err(kind) = unpacked.count_source() {
                        inventory.problem_of(self.source, 0, &kind, "");
                        break;
                    }
                    inventory.begin_source(&name)
                }
            };
            if number == 0 && !is_one {
                inventory.rename_source(source, &name);
            }
            if number == 0 && book.is_damaged() {
                inventory.problem_of(source, 0, &ProblemKind::CutShort, "");
            }
            if number == 0 && has_too_many {
                let why = clause!(
                    "the workbook has more than {most} sheets, and the rest was not read",
                    most = WORKBOOK_SHEETS,
                );
                let advice = clause!("split the workbook and choose the parts");
                inventory.problem_of(source, 0, &ProblemKind::Incomplete { why, advice }, "");
            }
            let mut scan = SourceScan::of_text(given, &self.options, &self.tables);
            let mut too_much = None;
            let told = lines_of(book, sheet, &mut |piece| {
                let count = piece.len() as u64;
                text += count;
                unpacked.bytes.set(unpacked.bytes.get().saturating_add(count));
                too_much = too_much_text(text, as_given.0, unpacked.bytes.get());
                if too_much.is_none() {
                    scan.text(piece, inventory);
                }
                too_much.is_none()
            });
            scan.end(true, inventory);
            for kind in problems_of(&told).into_iter().chain(too_much) {
                inventory.problem_of(source, 0, &kind, "");
            }
            for (row, kind) in failed_formulas(&told, inventory, source) {
                inventory.problem_of(source, row, &kind, "");
            }
            let number_of_source = source;
            let Some(source) = inventory.sources.get_mut(source) else { continue };
            (source.bytes, source.sha256) = as_given.clone();
            source.encoding.clear();
            source.encoding_reason.clear();
            if source.format == SHEET.id {
                source.format = container.id.to_owned();
                source.format_title = container.title.to_owned();
                source.cannot_show = container.cannot_show.to_owned();
            } else {
                source.container = container.id.to_owned();
            }
            let Unwritten(reasons) = std::mem::take(&mut source.format_wording);
            let mut reasons = reasons.into_iter();
            let (sheet, reason) = (&about.name, reasons.next().unwrap_or_default());
            source.set_format_reason(if about.is_hidden {
                clause!(
                    "the sheet “{sheet}”, which is hidden, lists programs: {reason}",
                    sheet,
                    reason
                )
            } else {
                clause!("the sheet “{sheet}” lists programs: {reason}", sheet, reason)
            });
            let notes = notes_on_versions(&told, &source.columns);
            let others = (number == 0 && !others.is_empty()).then(|| {
                clause_of!(
                    others.len() as u64,
                    "the sheet {sheets} lists no programs",
                    "the sheets {sheets} list no programs",
                    sheets = quoted_list(&others),
                )
            });
            reasons.chain(notes).chain(others).for_each(|more| source.add_format_reason(more));
            inventory.list_columns(number_of_source);
        }
    }

    /// The sheets with a header of known words; without any, those that could be read as anything
    /// else, such as a plain list. And the names of the others.
    fn choose_sheets(&self, book: &dyn Workbook) -> (Vec<Chosen>, Vec<String>) {
        let sheets = book.sheets().len().min(WORKBOOK_SHEETS);
        let looks: Vec<Look> = (0..sheets).map(|sheet| Look::at(book, sheet)).collect();
        let sample = |look: &Look| -> Option<Given> {
            if self.options.format.is_some() {
                return None;
            }
            let sniffed = (SHEET.sniff)(&look.sample(&self.tables))?;
            let (confidence, reason) = (sniffed.confidence.id(), sniffed.reason);
            Some(Given { format: &SHEET, confidence, reason })
        };
        let mut chosen: Vec<Chosen> = (0..)
            .zip(&looks)
            .filter_map(|(sheet, look)| Some(Chosen { sheet, given: Some(sample(look)?) }))
            .collect();
        if chosen.is_empty() {
            let is_readable = |look: &Look| {
                let is_empty = look.text.trim().is_empty();
                !is_empty
                    && (self.options.format.is_some()
                        || detect_format(&look.sample(&self.tables)).is_ok())
            };
            chosen = (0..)
                .zip(&looks)
                .filter(|(_, look)| is_readable(look))
                .map(|(sheet, _)| Chosen { sheet, given: None })
                .collect();
        }
        let is_chosen = |sheet: usize| chosen.iter().any(|chosen| chosen.sheet == sheet);
        let others = (0..sheets).zip(book.sheets()).filter(|(sheet, _)| !is_chosen(*sheet));
        let others = others.map(|(_, sheet)| sheet.name.clone()).collect();
        (chosen, others)
    }
}

/// A sheet that is to be read, and as what if that is known.
struct Chosen {
    sheet: usize,
    given: Option<Given>,
}

/// The beginning of a sheet.
struct Look {
    text: String,
    is_whole: bool,
}

impl Look {
    fn at(book: &dyn Workbook, sheet: usize) -> Self {
        let (mut text, mut is_whole) = (String::new(), true);
        lines_of(book, sheet, &mut |piece| {
            text.push_str(piece);
            is_whole = text.len() <= SAMPLE_BYTES;
            is_whole
        });
        text.truncate(text.floor_char_boundary(SAMPLE_BYTES));
        Self { text, is_whole }
    }

    fn sample<'s>(&'s self, tables: &'s [TableChoice]) -> Sample<'s> {
        Sample { text: &self.text, is_whole: self.is_whole, tables }
    }
}

/// What became of the members of an archive.
#[derive(Default)]
pub(super) struct Counts {
    read: usize,
    folders: usize,
    clutter: usize,
    empty: usize,
    /// Links and devices.
    pub(super) others: usize,
    /// There is a file that was one too many, and none behind it is read.
    pub(super) is_full: bool,
}

impl Counts {
    /// True for what holds no list, which is counted.
    pub(super) fn passes_over(&mut self, is_folder: bool, is_clutter: bool, size: u64) -> bool {
        let count = if is_folder {
            &mut self.folders
        } else if is_clutter {
            &mut self.clutter
        } else if size == 0 {
            &mut self.empty
        } else {
            return false;
        };
        *count += 1;
        true
    }

    /// The source of the next member; `None` if it would be one too many, which is said of the
    /// archive.
    pub(super) fn begin_source(
        &mut self,
        (archive, member): (&str, &str),
        source: usize,
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) -> Option<usize> {
        if let Err(kind) = unpacked.count_source() {
            inventory.problem_of(source, 0, &kind, "");
            self.is_full = true;
            return None;
        }
        self.read += 1;
        let member = shortened(member, MEMBER_NAME_CHARS);
        Some(inventory.begin_source(&format!("{archive} \u{203A} {member}")))
    }

    /// The archive has ended: its source says what was in it, and what was wrong.
    pub(super) fn tell(
        &self,
        container: &'static Container,
        damage: Option<ProblemKind>,
        source: usize,
        inventory: &mut Inventory<'_>,
    ) {
        let kind = match (damage, self.read) {
            (None, 0) => (!self.is_full).then_some(ProblemKind::Empty),
            (Some(_), 0) => Some(ProblemKind::NotOpened {
                why: clause!("the archive is damaged or was cut short"),
                advice: clause!("copy it again from where it came from"),
            }),
            (damage, _) => damage,
        };
        if let Some(kind) = kind {
            inventory.problem_of(source, 0, &kind, "");
        }
        if let Some(source) = inventory.sources.get_mut(source) {
            source.format = container.id.to_owned();
            source.format_title = container.title.to_owned();
            source.set_format_reason(self.described());
            if let Some(passed_over) = self.passed_over() {
                source.add_format_reason(passed_over);
            }
            source.confidence = "certain".to_owned();
        }
    }

    /// True if a file in it was read.
    pub(super) fn has_read_any(&self) -> bool {
        self.read > 0
    }

    fn described(&self) -> Clause {
        clause_of!(
            self.read as u64,
            "it holds {files} file, which is a source of its own",
            "it holds {files} files, each a source of its own",
            files = self.read,
        )
    }

    /// What of it was not looked into, if anything.
    fn passed_over(&self) -> Option<Clause> {
        let count = |count: usize, told: fn(usize, u64) -> Clause| {
            (count > 0).then(|| told(count, count as u64))
        };
        let over: Vec<Clause> = [
            count(self.folders, |count, n| {
                clause_of!(n, "{count} folder", "{count} folders", count)
            }),
            count(self.clutter, |count, n| {
                clause_of!(
                    n,
                    "{count} file of the operating system",
                    "{count} files of the operating system",
                    count
                )
            }),
            count(self.empty, |count, n| {
                clause_of!(n, "{count} empty file", "{count} empty files", count)
            }),
            count(self.others, |count, n| {
                clause_of!(n, "{count} link or device", "{count} links and devices", count)
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!over.is_empty()).then(|| clause!("passed over: {what}", what = over))
    }
}

/// Why a member is not unpacked, if it is not.
fn why_not(member: &Member, so_far: u64, packed: u64, unpacked: u64) -> Option<ProblemKind> {
    let is_too_tight = so_far > UNPACKED_FREELY && so_far > packed.saturating_mul(UNPACK_RATIO);
    let is_too_much = unpacked.saturating_add(member.size) > UNPACKED_BYTES;
    let megabytes = |bytes: u64| bytes / (1024 * 1024);
    let (why, advice) = if member.is_encrypted {
        (
            clause!("it is protected by a password"),
            clause!("unpack the archive with its password and choose the list itself"),
        )
    } else if is_too_tight {
        (
            clause!(
                "what is in the archive would unpack to more than {ratio} times its size, \
                 which no list of programs does",
                ratio = UNPACK_RATIO,
            ),
            clause!("unpack it yourself and choose the list, or make the list again"),
        )
    } else if is_too_much {
        (
            clause!(
                "with it, more than {size} MB would have been unpacked from one file",
                size = megabytes(UNPACKED_BYTES),
            ),
            clause!("split the archive and choose the parts"),
        )
    } else {
        return None;
    };
    Some(ProblemKind::NotOpened { why, advice })
}

/// Why no more of a sheet is read, if the cells of a workbook of `packed` bytes have so much text, and
/// `unpacked` bytes came out of the file that was given. Cells that repeat a text, and rows that stand
/// for many, are cheap to write down.
fn too_much_text(text: u64, packed: u64, unpacked: u64) -> Option<ProblemKind> {
    let why = if text > UNPACKED_FREELY && text > packed.saturating_mul(UNPACK_RATIO) {
        clause!(
            "its cells have more than {ratio} times as much text as the workbook has bytes, which no \
             list of programs has, so the rest was not read",
            ratio = UNPACK_RATIO,
        )
    } else if unpacked > UNPACKED_BYTES {
        clause!(
            "with it, more than {size} MB would have been unpacked from one file",
            size = UNPACKED_BYTES / (1024 * 1024),
        )
    } else {
        return None;
    };
    let advice = clause!("save the sheet as CSV and choose that file");
    Some(ProblemKind::Incomplete { why, advice })
}

fn problems_of(told: &Told) -> Vec<ProblemKind> {
    let mut problems = Vec::new();
    if told.is_damaged {
        problems.push(ProblemKind::Incomplete {
            why: clause!("the workbook is damaged, and not every cell could be read"),
            advice: clause!("open the workbook, save it again and choose it once more"),
        });
    }
    if told.is_cut {
        problems.push(ProblemKind::Incomplete {
            why: clause!("the sheet has more than {most} cells", most = SHEET_CELLS),
            advice: clause!("save the sheet as CSV and choose that file"),
        });
    }
    problems
}

/// Where formulas fail in columns that are used: a name may be missing.
fn failed_formulas(
    told: &Told,
    inventory: &Inventory<'_>,
    source: usize,
) -> Vec<(u64, ProblemKind)> {
    let columns = inventory.sources.get(source).map_or(&[][..], |source| &source.columns);
    told.columns
        .iter()
        .filter(|(_, odd)| odd.errors > 0)
        .filter_map(|(at, odd)| {
            let column = columns.get(usize::try_from(*at).ok()?)?;
            column.means?;
            let why = clause_of!(
                odd.errors,
                "in the column \u{201C}{column}\u{201D}, {count} cell holds a formula that gives no value",
                "in the column \u{201C}{column}\u{201D}, {count} cells hold a formula that gives no value",
                column = &column.header,
                count = odd.errors,
            );
            let advice = clause!("mend the formulas, or copy the column as values, and save the workbook");
            let kind = ProblemKind::Incomplete { why, advice };
            Some((odd.first_error, kind))
        })
        .collect()
}

/// What a spreadsheet program may have made of versions.
fn notes_on_versions(
    told: &Told,
    columns: &[crate::engine::record::ColumnReading],
) -> impl Iterator<Item = Clause> + use<> {
    let (mut fractions, mut dates) = (0, 0);
    for (at, odd) in &told.columns {
        let column = usize::try_from(*at).ok().and_then(|at| columns.get(at));
        if column.is_some_and(|column| column.means == Some(ColumnField::Version)) {
            fractions += odd.fractions;
            dates += odd.dates;
        }
    }
    let fractions = (fractions > 0).then(|| {
        clause_of!(
            fractions,
            "{count} version is kept as a number, in which 12.10 cannot be told from 12.1",
            "{count} versions are kept as a number, in which 12.10 cannot be told from 12.1",
            count = fractions,
        )
    });
    let dates = (dates > 0).then(|| {
        clause_of!(
            dates,
            "{count} version is kept as a date",
            "{count} versions are kept as a date",
            count = dates,
        )
    });
    fractions.into_iter().chain(dates)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MB: u64 = 1024 * 1024;

    fn archive(bytes: &[u8]) -> Archive<'_> {
        Archive::new(bytes)
    }

    /// The header of a file in an archive that says it has so many bytes.
    fn header(size: u32) -> Vec<u8> {
        let mut header = [&b"PK\x03\x04"[..], &[0; 26], b"a.csv"].concat();
        header[22..26].copy_from_slice(&size.to_le_bytes());
        header[18] = 1;
        header[26] = 5;
        header.push(b'x');
        header
    }

    #[track_caller]
    fn check(size: u64, packed: u64, unpacked: u64, expected: Option<&str>) {
        let bytes = header(u32::try_from(size).unwrap_or(u32::MAX));
        let archive = archive(&bytes);
        let member = archive.members().next().cloned();
        let kind = member.as_ref().and_then(|member| why_not(member, size, packed, unpacked));
        let message = kind.map(|kind| kind.to_string()).unwrap_or_default();
        match expected {
            Some(part) => assert!(message.contains(part), "{message}"),
            None => assert_eq!((message.as_str(), member.is_some()), ("", true)),
        }
    }

    #[test]
    fn what_packs_too_tightly_is_not_unpacked() {
        check(16 * MB, 1000, 0, None);
        check(17 * MB, 1000, 0, Some("more than 200 times its size"));
        check(1000 * MB, 5 * MB, 0, None);
        check(1001 * MB, 5 * MB, 0, Some("more than 200 times its size"));
    }

    #[test]
    fn one_file_unpacks_to_so_much_and_no_more() {
        check(1000 * MB, 100 * MB, UNPACKED_BYTES - 1000 * MB, None);
        check(1000 * MB, 100 * MB, UNPACKED_BYTES - 999 * MB, Some("more than 8192 MB"));
    }

    #[test]
    fn what_is_read_whole_is_held_up_to_so_many_bytes() {
        let most = 10 * SAMPLE_BYTES;
        let held = |bytes: usize| {
            let mut whole = Whole::default();
            let content = vec![b'x'; bytes];
            content.chunks(1000).for_each(|piece| whole.push(piece, most as u64));
            (whole.bytes.len(), whole.as_given.bytes)
        };
        assert_eq!(held(most), (most, most as u64));
        assert_eq!(held(most + 1), (SAMPLE_BYTES, most as u64 + 1));
    }

    #[test]
    fn the_text_of_cells_is_bounded_by_the_size_of_the_workbook_and_in_all() {
        let told = |text, packed, unpacked| {
            too_much_text(text, packed, unpacked).map_or_else(String::new, |kind| kind.to_string())
        };
        assert_eq!(told(UNPACKED_FREELY, 1000, UNPACKED_FREELY), "");
        assert!(told(UNPACKED_FREELY + 1, 1000, 0).contains("more than 200 times as much text"));
        assert_eq!(told(1000 * MB, 5 * MB, UNPACKED_BYTES), "");
        assert!(told(1000 * MB + 1, 5 * MB, 0).contains("more than 200 times as much text"));
        assert!(told(0, 5 * MB, UNPACKED_BYTES + 1).contains("more than 8192 MB"));
    }

    #[test]
    fn a_workbook_that_is_too_large_says_so() {
        let (what, advice) = container::too_large(b"PK\x03\x04xl/workbook.xml");
        let kind = ProblemKind::TooLarge { what, bytes: 512 * MB, limit: WHOLE_BYTES, advice };
        assert_eq!(
            kind.to_string(),
            "the workbook is 512 MB; the largest workbook that can be read is 200 MB; save the \
             sheet with the programs as CSV and choose that file"
        );
        assert_eq!(
            container::too_large(b"PK\x03\x04lists/pc.csv").0,
            crate::engine::problem::WholeFile::Archive
        );
    }
}
