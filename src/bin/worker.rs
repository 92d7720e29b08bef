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
use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// How much of a file is taken into memory at a time. Larger slices were not read faster.
const SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// How much is read before the worker looks at its watch: some milliseconds' work.
const PART_BYTES: usize = 512 * 1024;

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
                    send(&Reply::Finished { scan, results });
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
    let mut reading = Reading { id, scan, bytes: 0, bytes_total, told_at: Date::now() };

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
    let mut report = reading.scan.finish();
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
    let bytes = slice(file, 0, end).await.ok()?.to_vec();
    preview::preview(rules, name, options, tables, &bytes, end == file.size() as u64)
}

/// A scan on its way.
struct Reading<'r> {
    id: ScanId,
    scan: Scan<'r>,
    bytes: u64,
    bytes_total: u64,
    told_at: f64,
}

impl Reading<'_> {
    /// Reads a file. `Err` has how many bytes of it could be read.
    async fn read(&mut self, name: &str, options: &SourceOptions, file: &Blob) -> Result<(), u64> {
        let size = file.size() as u64;
        let mut buffer = Vec::new();
        let mut at = 0;
        loop {
            let end = (at + SLICE_BYTES).min(size);
            let slice = slice(file, at, end).await;
            // A file that vanished is no empty list: it begins only when something came of it.
            let bytes = slice.map_err(|_| {
                self.scan.end_source();
                at
            })?;
            if at == 0 {
                // Refused never: the options were checked.
                let _ = self.scan.begin_source_with(name, options);
            }
            buffer.resize(bytes.length() as usize, 0);
            bytes.copy_to(&mut buffer);
            self.push(&buffer);
            at = end;
            if at >= size {
                break;
            }
        }
        self.scan.end_source();
        Ok(())
    }

    fn push(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(PART_BYTES) {
            self.scan.push(part);
            self.bytes += part.len() as u64;
            let now = Date::now();
            if now - self.told_at >= SILENCE_MS {
                self.told_at = now;
                self.tell();
            }
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

/// The file's bytes from one place to another.
async fn slice(file: &Blob, from: u64, to: u64) -> Result<Uint8Array, JsValue> {
    let slice = file.slice_with_f64_and_f64(from as f64, to as f64)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}
