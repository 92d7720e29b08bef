//! A scan: all that was given is read, and the page told how far it is.

use clearlist::app::preview::{self, PREVIEW_BYTES, Preview};
use clearlist::app::protocol::{PASTED, Progress, Reply, ScanId};
use clearlist::app::unread::Unread;
use clearlist::engine::record::TableChoice;
use clearlist::engine::report::Report;
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use js_sys::{Date, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::files::{bytes_of, digest_of, each_piece, sha256};
use crate::parts::Parts;
use crate::{memory_bytes, send};

/// How long the page is left without news, in milliseconds.
const SILENCE_MS: f64 = 100.0;

/// Reads everything. `None` if the settings cannot be carried out, which the page never asks for.
pub async fn read_all(
    rules: &'static Rules,
    id: ScanId,
    settings: Settings,
    cores: u32,
    pasted: Option<(String, SourceOptions)>,
    files: Vec<((String, SourceOptions), Blob)>,
) -> Option<(Report, u64)> {
    let scan = Scan::new(rules, settings.clone()).ok()?;
    let pasted_bytes = pasted.as_ref().map_or(0, |(text, _)| text.len() as u64);
    let bytes_total = files.iter().map(|(_, file)| file.size() as u64).sum::<u64>() + pasted_bytes;
    let mut reading = Reading {
        id,
        rules,
        settings,
        cores,
        scan,
        bytes: 0,
        bytes_total,
        told_at: Date::now(),
        digests: Vec::new(),
        memory_of_others: 0,
    };

    if let Some((text, options)) = pasted {
        reading.scan.begin_source_with(PASTED, &options).ok()?;
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
    let Reading { scan, digests, memory_of_others, .. } = reading;
    let mut report = scan.finish();
    for (source, file, digest) in digests {
        let is_known = report.sources.get(source).is_none_or(|source| !source.sha256.is_empty());
        if is_known {
            // What is packed was hashed when it was unpacked.
            continue;
        }
        let by_browser = match digest {
            Some(digest) => JsFuture::from(digest).await.ok().and_then(|it| it.as_string()),
            None => None,
        };
        let digest = match by_browser {
            Some(digest) => Some(digest),
            None => sha256(&file).await,
        };
        // A file that changed or vanished meanwhile has none.
        if let Some(source) = report.sources.get_mut(source) {
            source.sha256 = digest.unwrap_or_default();
        }
    }
    for file in &unread {
        file.note_in(&mut report);
    }
    Some((report, memory_bytes().max(memory_of_others)))
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
    id: ScanId,
    rules: &'static Rules,
    settings: Settings,
    cores: u32,
    scan: Scan<'static>,
    bytes: u64,
    bytes_total: u64,
    told_at: f64,
    /// The sources' numbers and files, with promises of their SHA-256.
    digests: Vec<(usize, Blob, Option<Promise>)>,
    /// The most memory that another worker needed for a part.
    memory_of_others: u64,
}

impl Reading {
    /// Reads a file. `Err` has how many bytes of it could be read.
    async fn read(&mut self, name: &str, options: &SourceOptions, file: &Blob) -> Result<(), u64> {
        let size = file.size() as u64;
        // A file that vanished is no empty list: it begins only when something can come of it.
        bytes_of(file, 0, size.min(1)).await.map_err(|_| 0_u64)?;
        let hashed_here = SourceOptions { without_sha256: true, ..options.clone() };
        self.digests.push((self.scan.sources(), file.clone(), digest_of(file)));
        // Refused never: the options were checked.
        let _ = self.scan.begin_source_with(name, &hashed_here);

        let parts = Parts::begin(self.rules, &self.settings, &hashed_here, file, self.cores).await;
        let first_end = parts.as_ref().map_or(size, Parts::first_end);
        self.read_on(file, 0, first_end, parts.as_ref()).await?;
        if let Some(parts) = parts {
            let joined = match parts.all().await {
                Some((all, memory)) => {
                    self.memory_of_others = self.memory_of_others.max(memory);
                    self.scan.join(all).is_ok()
                }
                None => false,
            };
            if joined {
                self.bytes += size - first_end;
            } else {
                self.read_on(file, first_end, size, None).await?;
            }
        }
        self.scan.end_source();
        Ok(())
    }

    /// Reads the file from one place to another. `Err` has how many bytes of it could be read.
    async fn read_on(
        &mut self,
        file: &Blob,
        from: u64,
        to: u64,
        parts: Option<&Parts>,
    ) -> Result<(), u64> {
        let read = each_piece(file, from, to, |piece| self.push(piece, parts)).await;
        read.map_err(|bytes| {
            self.scan.end_source();
            from + bytes
        })
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
        send(&Reply::Progress { scan: self.id, progress });
    }
}
