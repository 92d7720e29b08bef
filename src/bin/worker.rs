//! The web worker: reads the files in slices, drives the engine, tells how far it is.
//!
//! The page starts one for each scan and ends it when the results are no longer on show, or to
//! cancel. After a scan it keeps the whole report for what the page asks of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use clearlist::app::preview::{self, PREVIEW_BYTES, Preview};
use clearlist::app::protocol::{PASTED, Progress, Reply, Request, ScanId};
use clearlist::app::unread::Unread;
use clearlist::app::view;
use clearlist::bundled;
use clearlist::engine::record::TableChoice;
use clearlist::engine::report::{Report, WRITERS};
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::words::hex;
use js_sys::{Array, ArrayBuffer, Date, Promise, Uint8Array, WebAssembly};
use sha2::{Digest, Sha256};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// How much of a file is asked of the browser at a time. Larger slices were not read faster.
const SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// Files up to this size are hashed by the browser, which is several times as fast but wants the
/// whole file at once. Larger ones are hashed here, as they are read.
const HASHED_WHOLE_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// How much is read before the worker looks at its watch: some milliseconds' work.
const PART_BYTES: usize = 256 * 1024;

/// How long the page is left without news, in milliseconds.
const SILENCE_MS: f64 = 100.0;

thread_local! {
    /// The scan that is running, for the last words of a program that stops.
    static RUNNING: Cell<Option<ScanId>> = const { Cell::new(None) };
}

fn main() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        last_words();
    }));
    let scope = scope();

    // What goes wrong inside a promise, as running out of memory does, reaches no `onerror`.
    let on_rejection = Closure::<dyn Fn()>::new(last_words);
    let listener = on_rejection.as_ref().unchecked_ref();
    // Refused never: both arguments are what is asked for.
    let _ = scope.add_event_listener_with_callback("unhandledrejection", listener);
    on_rejection.forget();

    // The worker lives until the page ends it, and so may its rules.
    let rules: &'static Rules = Box::leak(Box::new(bundled::rules()));
    let kept: Rc<RefCell<Option<(ScanId, Report)>>> = Rc::default();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let Ok(request) = serde_wasm_bindgen::from_value::<Request>(message.get(0)) else {
            return last_words();
        };
        match request {
            Request::Start { scan, settings, pasted, files } => {
                let blobs = message.iter().skip(1).map(JsCast::unchecked_into::<Blob>);
                let files = files.into_iter().zip(blobs).collect();
                let kept = kept.clone();
                spawn_local(async move {
                    RUNNING.set(Some(scan));
                    let Some(report) = read_all(rules, scan, settings, pasted, files).await else {
                        return last_words();
                    };
                    let results = Box::new(view::results(&report));
                    kept.replace(Some((scan, report)));
                    RUNNING.set(None);
                    send(&Reply::Finished { scan, results, memory_bytes: memory_bytes() });
                });
            }
            Request::Preview { number, name, options, tables, pasted } => {
                let file = message.get(1).dyn_into::<Blob>().ok();
                spawn_local(async move {
                    let preview = match (pasted, file) {
                        (Some((text, is_whole)), _) => {
                            let bytes = text.as_bytes();
                            preview::preview(rules, &name, &options, &tables, bytes, is_whole)
                        }
                        (None, Some(file)) => {
                            preview_file(rules, &name, &options, &tables, &file).await
                        }
                        (None, None) => None,
                    };
                    send(&Reply::Previewed { number, preview: preview.map(Box::new) });
                });
            }
            Request::MorePlaces { scan, finding, from } => {
                if let Some((_, report)) = kept.borrow().as_ref().filter(|(id, _)| *id == scan)
                    && let Some(found) = report.findings.iter().find(|f| f.id == finding)
                {
                    let more = found.places.iter().skip(from).take(view::PLACES_MORE);
                    let places = more.cloned().collect();
                    send(&Reply::Places { scan, finding, from, places });
                }
            }
            Request::Write { scan, writer } => {
                if let Some((_, report)) = kept.borrow().as_ref().filter(|(id, _)| *id == scan)
                    && let Some(found) = WRITERS.iter().find(|w| w.id == writer)
                {
                    let text = (found.write)(report);
                    send(&Reply::Written { scan, writer, text });
                }
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    send(&Reply::Ready(preview::choices()));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn send(reply: &Reply) {
    let sent = serde_wasm_bindgen::to_value(reply)
        .map_err(JsValue::from)
        .and_then(|value| scope().post_message(&value));
    if let Err(error) = sent {
        web_sys::console::error_1(&error);
        // To wait for an answer that never comes is worse than to be told.
        if !matches!(reply, Reply::Stopped { .. }) {
            last_words();
        }
    }
}

/// The size of the WebAssembly memory, which never shrinks.
fn memory_bytes() -> u64 {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    u64::from(buffer.byte_length())
}

fn last_words() {
    send(&Reply::Stopped { scan: RUNNING.get() });
}

/// Reads everything. `None` if the settings cannot be carried out, which the page never asks for.
async fn read_all(
    rules: &Rules,
    id: ScanId,
    settings: Settings,
    pasted: Option<(String, SourceOptions)>,
    files: Vec<((String, SourceOptions), Blob)>,
) -> Option<Report> {
    let scan = Scan::new(rules, settings).ok()?;
    let pasted_bytes = pasted.as_ref().map_or(0, |(text, _)| text.len() as u64);
    let bytes_total = files.iter().map(|(_, file)| file.size() as u64).sum::<u64>() + pasted_bytes;
    let mut reading =
        Reading { id, scan, bytes: 0, bytes_total, told_at: Date::now(), digests: Vec::new() };

    if let Some((text, options)) = pasted {
        reading.scan.begin_source_with(PASTED, &options).ok()?;
        reading.push(text.as_bytes());
        reading.scan.end_source();
    }
    let mut unread = Vec::new();
    for ((name, options), file) in files {
        options.check().ok()?;
        if let Err(bytes_read) = reading.read(&name, &options, &file).await {
            unread.push(Unread { name, bytes_read });
        }
    }
    let Reading { scan, digests, .. } = reading;
    let mut report = scan.finish();
    for (source, digest) in digests {
        // A file that changed or vanished meanwhile has none.
        let digest = JsFuture::from(digest).await.ok().and_then(|digest| digest.as_string());
        if let Some(source) = report.sources.get_mut(source) {
            // What is packed was hashed when it was unpacked.
            if source.sha256.is_empty() {
                source.sha256 = digest.unwrap_or_default();
            }
        }
    }
    for file in &unread {
        file.note_in(&mut report);
    }
    Some(report)
}

/// How the beginning of a file is read. `None` if the file cannot be read.
async fn preview_file(
    rules: &Rules,
    name: &str,
    options: &SourceOptions,
    tables: &[TableChoice],
    file: &Blob,
) -> Option<Preview> {
    let end = (file.size() as u64).min(PREVIEW_BYTES as u64);
    let bytes = received(ask_for_slice(file, 0, end)).await.ok()?.to_vec();
    preview::preview(rules, name, options, tables, &bytes, end == file.size() as u64)
}

/// A scan on its way.
struct Reading<'r> {
    id: ScanId,
    scan: Scan<'r>,
    bytes: u64,
    bytes_total: u64,
    told_at: f64,
    /// The sources' numbers and promises of their files' SHA-256.
    digests: Vec<(usize, Promise)>,
}

impl Reading<'_> {
    /// Reads a file. `Err` has how many bytes of it could be read.
    async fn read(&mut self, name: &str, options: &SourceOptions, file: &Blob) -> Result<(), u64> {
        let size = file.size() as u64;
        let mut buffer = Vec::new();
        let mut at = 0;
        let mut slice = received(ask_for_slice(file, 0, SLICE_BYTES.min(size))).await;
        loop {
            let end = (at + SLICE_BYTES).min(size);
            // A file that vanished is no empty list: it begins only when something came of it.
            let bytes = slice.map_err(|_| {
                self.scan.end_source();
                at
            })?;
            if at == 0 {
                let hashed_here = SourceOptions { without_sha256: true, ..options.clone() };
                self.digests.push((self.scan.sources(), digest_of(file)));
                // Refused never: the options were checked.
                let _ = self.scan.begin_source_with(name, &hashed_here);
            }
            at = end;
            // The browser reads the next slice while this one is worked on.
            let next = (at < size).then(|| ask_for_slice(file, at, (at + SLICE_BYTES).min(size)));
            for from in (0..bytes.length()).step_by(PART_BYTES) {
                let part = bytes.subarray(from, (from + PART_BYTES as u32).min(bytes.length()));
                buffer.resize(part.length() as usize, 0);
                part.copy_to(&mut buffer);
                self.push(&buffer);
            }
            match next {
                Some(next) => slice = received(next).await,
                None => break,
            }
        }
        self.scan.end_source();
        Ok(())
    }

    fn push(&mut self, part: &[u8]) {
        self.scan.push(part);
        self.bytes += part.len() as u64;
        let now = Date::now();
        if now - self.told_at >= SILENCE_MS {
            self.told_at = now;
            self.tell();
        }
    }

    fn tell(&self) {
        let found = self.scan.progress();
        let progress = Progress {
            bytes: self.bytes,
            bytes_total: self.bytes_total,
            records: found.records,
            titles: found.titles,
            findings: found.findings,
        };
        send(&Reply::Progress { scan: self.id, progress });
    }
}

/// Has the browser begin to read the file's bytes from one place to another.
fn ask_for_slice(file: &Blob, from: u64, to: u64) -> Result<Promise, JsValue> {
    Ok(file.slice_with_f64_and_f64(from as f64, to as f64)?.array_buffer())
}

/// The bytes asked for.
async fn received(asked: Result<Promise, JsValue>) -> Result<Uint8Array, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(asked?).await?))
}

fn digest_of(file: &Blob) -> Promise {
    let file = file.clone();
    future_to_promise(async move { sha256(file).await.map(JsValue::from) })
}

/// The file's SHA-256, in lower-case hex.
///
/// The browser has it several times as fast as WebAssembly, but wants the whole file at once, and
/// not over every line: where it does not do it, it is done here.
async fn sha256(file: Blob) -> Result<String, JsValue> {
    if file.size() <= HASHED_WHOLE_BYTES
        && let Ok(digest) = sha256_by_browser(&file).await
    {
        return Ok(digest);
    }
    let mut hasher = Sha256::new();
    let (size, mut at) = (file.size() as u64, 0);
    let mut buffer = Vec::new();
    while at < size {
        let end = (at + SLICE_BYTES).min(size);
        let slice = received(ask_for_slice(&file, at, end)).await?;
        buffer.resize(slice.length() as usize, 0);
        slice.copy_to(&mut buffer);
        hasher.update(&buffer);
        at = end;
    }
    Ok(hex(&hasher.finalize()))
}

async fn sha256_by_browser(file: &Blob) -> Result<String, JsValue> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    let subtle = scope().crypto()?.subtle();
    if subtle.is_undefined() {
        // The page came over a line that is not secure.
        return Err(JsValue::UNDEFINED);
    }
    let digest = subtle.digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref())?;
    Ok(hex(&Uint8Array::new(&JsFuture::from(digest).await?).to_vec()))
}
