//! A scan: all that was given is read, and the page told how far it is.

use clearlist::app::preview::{self, PREVIEW_BYTES, Preview};
use clearlist::app::protocol::{PASTED, Progress, Reply, ScanId};
use clearlist::app::unread::Unread;
use clearlist::engine::container::{HEAD_BYTES, Packing, packing_of};
use clearlist::engine::record::TableChoice;
use clearlist::engine::report::Report;
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::title::Titles;
use js_sys::Date;
use web_sys::Blob;

use crate::files::{Slices, bytes_of, each_piece_of};
use crate::hashing::{Hashing, sha256};
use crate::parts::Parts;
use crate::{memory_bytes, send};

/// How long the page is left without news, in milliseconds.
const SILENCE_MS: f64 = 100.0;

/// What is to be done with all that is read.
pub struct Asked {
    /// The scan.
    pub scan: ScanId,
    /// What to judge by.
    pub settings: Settings,
    /// Rules of the reader's own to judge by too, by name and text.
    pub packs: Vec<(String, String)>,
    /// How many workers can work at once.
    pub cores: u32,
}

/// What was read.
pub struct Read {
    pub report: Report,
    /// All titles, whatever they are.
    pub titles: Titles,
    /// The most memory that a worker needed, in bytes.
    pub memory_bytes: u64,
    /// How many workers read the file that was read by most.
    pub readers: u32,
}

/// Reads everything. `None` if the settings cannot be carried out, which the page never asks for.
pub async fn read_all(
    rules: &'static Rules,
    asked: Asked,
    pasted: Option<(String, SourceOptions)>,
    files: Vec<((String, SourceOptions), Blob)>,
) -> Option<Read> {
    let scan = Scan::new(rules, asked.settings.clone()).ok()?;
    let pasted_bytes = pasted.as_ref().map_or(0, |(text, _)| text.len() as u64);
    let bytes_total = files.iter().map(|(_, file)| file.size() as u64).sum::<u64>() + pasted_bytes;
    let mut reading = Reading {
        rules,
        asked,
        scan,
        bytes: 0,
        bytes_total,
        // What is read first is told at once.
        told_at: 0.0,
        hashes: Vec::new(),
        memory_of_others: 0,
        readers: 1,
    };

    if let Some((text, options)) = pasted {
        reading.scan.begin_source_with(&PASTED, &options).ok()?;
        reading.push(text.as_bytes(), None);
        reading.scan.end_source();
    }
    let mut unread = Vec::new();
    for ((name, options), file) in files {
        options.check().ok()?;
        if let Err(bytes_read) = reading.read(&name, &options, &file).await {
            unread.push(Unread { name, bytes_read });
        }
    }
    let Reading { scan, hashes, memory_of_others, readers, .. } = reading;
    let (mut report, titles) = scan.finish_with_titles();
    for (source, digest) in hashes {
        if let Some(source) = report.sources.get_mut(source) {
            source.sha256 = digest;
        }
    }
    for file in &unread {
        file.note_in(&mut report);
    }
    Some(Read { report, titles, memory_bytes: memory_bytes().max(memory_of_others), readers })
}

/// How the beginning of a file is read. `None` if the file cannot be read.
pub async fn preview_file(
    rules: &Rules,
    name: &str,
    options: &SourceOptions,
    tables: &[TableChoice],
    file: &Blob,
) -> Option<Preview> {
    let end = (file.size() as u64).min(PREVIEW_BYTES as u64);
    let bytes = bytes_of(file, 0, end).await.ok()?;
    preview::preview(rules, name, options, tables, &bytes, end == file.size() as u64)
}

/// A scan on its way.
struct Reading {
    rules: &'static Rules,
    asked: Asked,
    scan: Scan<'static>,
    bytes: u64,
    bytes_total: u64,
    told_at: f64,
    /// The SHA-256 of sources that another worker hashed, by the sources' numbers.
    hashes: Vec<(usize, String)>,
    /// The most memory that another worker needed for a part.
    memory_of_others: u64,
    /// How many workers read the file that was read by most.
    readers: u32,
}

impl Reading {
    /// Reads a file. `Err` has how many bytes of it could be read.
    async fn read(&mut self, name: &str, options: &SourceOptions, file: &Blob) -> Result<(), u64> {
        let size = file.size() as u64;
        // A file that vanished is no empty list: it begins only when something can come of it.
        let head = bytes_of(file, 0, size.min(HEAD_BYTES as u64)).await.map_err(|_| 0_u64)?;
        let source = self.scan.sources();
        // What is packed is hashed where it is unpacked.
        let mut hashing = match packing_of(&head) {
            Packing::None => Hashing::start(file),
            Packing::Gzip | Packing::Whole => None,
        };
        let is_hashed_elsewhere = hashing.is_some();
        let options = SourceOptions { without_sha256: is_hashed_elsewhere, ..options.clone() };
        // Refused never: the options were checked.
        let _ = self.scan.begin_source_with(name, &options);

        let parts = Parts::begin(self.rules, &self.asked, &options, file).await;
        let first_end = parts.as_ref().map_or(size, Parts::first_end);
        self.read_on(file, 0, first_end, parts.as_ref(), &mut hashing).await?;
        let hash = hashing.map(|hashing| hashing.finish(file, first_end));
        if let Some(parts) = parts {
            let joined = match parts.all().await {
                Some((all, memory)) => {
                    self.memory_of_others = self.memory_of_others.max(memory);
                    self.readers = self.readers.max(1 + all.len() as u32);
                    self.scan.join(all).is_ok()
                }
                None => false,
            };
            if joined {
                self.bytes += size - first_end;
            } else {
                self.read_on(file, first_end, size, None, &mut None).await?;
            }
        }
        self.scan.end_source();
        if is_hashed_elsewhere {
            let hash = match hash {
                Some(hash) => hash.await,
                None => None,
            };
            let hash = match hash {
                Some(hash) => Some(hash),
                None => sha256(file).await,
            };
            // A file that changed or vanished meanwhile has none.
            self.hashes.extend(hash.map(|hash| (source, hash)));
        }
        Ok(())
    }

    /// Reads the file from one place to another. `Err` has how many bytes of it could be read.
    async fn read_on(
        &mut self,
        file: &Blob,
        from: u64,
        to: u64,
        parts: Option<&Parts>,
        hashing: &mut Option<Hashing>,
    ) -> Result<(), u64> {
        let (mut slices, mut buffer) = (Slices::new(file, from, to), Vec::new());
        loop {
            match slices.next().await {
                Ok(Some(slice)) => {
                    each_piece_of(&slice, &mut buffer, |piece| self.push(piece, parts));
                    if let Some(to_hash) = hashing
                        && to_hash.take(&slice).await.is_none()
                    {
                        *hashing = None;
                    }
                }
                Ok(None) => return Ok(()),
                Err(_) => {
                    self.scan.end_source();
                    return Err(slices.at());
                }
            }
        }
    }

    fn push(&mut self, piece: &[u8], parts: Option<&Parts>) {
        self.scan.push(piece);
        self.bytes += piece.len() as u64;
        let now = Date::now();
        if now - self.told_at >= SILENCE_MS {
            self.told_at = now;
            self.tell(parts);
        }
    }

    fn tell(&self, parts: Option<&Parts>) {
        let own = self.scan.progress();
        let others = parts.map(Parts::progress).unwrap_or_default();
        let progress = Progress {
            bytes: self.bytes + others.bytes,
            bytes_total: self.bytes_total,
            records: own.records + others.records,
            titles: own.titles,
            findings: own.findings.max(others.findings),
        };
        send(&Reply::Progress { scan: self.asked.scan, progress });
    }
}
