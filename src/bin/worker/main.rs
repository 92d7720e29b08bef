//! The web worker: reads the files in slices, drives the engine, tells how far it is.
//!
//! The page starts one for each scan and ends it when the results are no longer on show, or to
//! cancel. After a scan it keeps the whole report for what the page asks of it.

use std::borrow::Cow;
use std::cell::{Cell, LazyCell, RefCell};
use std::rc::Rc;

use clearlist::app::protocol::{Reply, Request, ScanId, to_bytes};
use clearlist::app::sheets;
use clearlist::app::view;
use clearlist::app::{browse, checklist, packs, preview, text};
use clearlist::bundled;
use clearlist::engine::compare::{compare, read_report, too_large};
use clearlist::engine::explain::explain;
use clearlist::engine::language::{self, Catalog, Language, learn};
use clearlist::engine::queries;
use clearlist::engine::report::{self, Report};
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::share::link;
use clearlist::engine::title::Titles;
use clearlist::engine::waivers::{self, Waiver};
use clearlist::engine::writers::WRITERS;
use clearlist::intl::FORMATS;
use js_sys::{Array, ArrayBuffer, Uint8Array, WebAssembly};
use sha2::Sha256;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

mod files;
mod hashing;
mod helper;
mod parts;
mod reading;

use files::bytes_of;
use reading::{Asked, Read, preview_file, read_all};

thread_local! {
    /// The scan that is running, for the last words of a program that stops.
    static RUNNING: Cell<Option<ScanId>> = const { Cell::new(None) };

    /// The rules. The worker lives until the page ends it, and so may they; one that only hashes
    /// needs none.
    static RULES: LazyCell<&'static Rules> =
        LazyCell::new(|| Box::leak(Box::new(bundled::rules())));
}

/// What a scan came to, kept for what the page asks next.
struct Kept {
    scan: ScanId,
    rules: &'static Rules,
    /// All titles that were read.
    titles: Titles,
    /// As it came out of the scan.
    read: Rc<Report>,
    /// What to compare with.
    earlier: Option<Report>,
    /// The decisions.
    waivers: Vec<Waiver>,
    /// With decisions and comparison.
    report: Rc<Report>,
}

impl Kept {
    /// Judges what was read once more.
    fn judge(&mut self) {
        if self.waivers.is_empty() && self.earlier.is_none() {
            self.report = self.read.clone();
            return;
        }
        let mut report = (*self.read).clone();
        waivers::apply(&mut report, &self.waivers);
        report.comparison = self.earlier.as_ref().map(|e| compare(e, &report, self.rules));
        self.report = Rc::new(report);
    }

    fn judged(&mut self) -> Reply {
        self.judge();
        Reply::Judged { scan: self.scan, results: Box::new(view::results(&self.report)) }
    }
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

    let hasher: Rc<RefCell<Sha256>> = Rc::default();
    let kept: Rc<RefCell<Option<Kept>>> = Rc::default();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let Ok(request) = serde_wasm_bindgen::from_value::<Request>(message.get(0)) else {
            return last_words();
        };
        match request {
            Request::Start { scan, settings, packs, waivers, cores, pasted, files } => {
                let blobs = message.iter().skip(1).map(JsCast::unchecked_into::<Blob>);
                let files = files.into_iter().zip(blobs).collect();
                let kept = kept.clone();
                spawn_local(async move {
                    RUNNING.set(Some(scan));
                    let Some(rules) = rules_with(&packs) else { return last_words() };
                    let asked = Asked { scan, settings, packs, cores };
                    let read = read_all(rules, asked, pasted, files).await;
                    let Some(Read { report, titles, memory_bytes, readers }) = read else {
                        return last_words();
                    };
                    let read = Rc::new(report);
                    let report = read.clone();
                    let mut done =
                        Kept { scan, rules, titles, read, earlier: None, waivers, report };
                    done.judge();
                    let results = Box::new(view::results(&done.report));
                    kept.replace(Some(done));
                    RUNNING.set(None);
                    send(&Reply::Finished { scan, results, memory_bytes, readers });
                });
            }
            Request::Speak { language, texts } => {
                language::speak(match language {
                    Language::English => None,
                    other => Some(
                        language::learned(other)
                            .unwrap_or_else(|| learn(Catalog::new(other, texts, FORMATS))),
                    ),
                });
                if let Some(kept) = kept.borrow().as_ref() {
                    let results = Box::new(view::results(&kept.report));
                    send(&Reply::Retold { scan: kept.scan, results });
                }
            }
            Request::Preview { number, name, options, tables, pasted } => {
                let file = message.get(1).dyn_into::<Blob>().ok();
                spawn_local(async move {
                    let preview = match (pasted, file) {
                        (Some((text, is_whole)), _) => {
                            let bytes = text.as_bytes();
                            preview::preview(rules(), &name, &options, &tables, bytes, is_whole)
                        }
                        (None, Some(file)) => {
                            preview_file(rules(), &name, &options, &tables, &file).await
                        }
                        (None, None) => None,
                    };
                    send(&Reply::Previewed { number, preview: preview.map(Box::new) });
                });
            }
            Request::CheckRules { number, packs } => {
                let own = Box::new(packs::check(bundled::files(), &packs, &bundled::update_keys()));
                send(&Reply::RulesChecked { number, own });
            }
            Request::WriteQueries { number, engine, directives, packs } => {
                let written = queries::find(&engine).and_then(|engine| {
                    let own = if packs.is_empty() { None } else { Some(loaded_with(&packs)?) };
                    let rules = own.as_ref().unwrap_or_else(|| rules());
                    Some(Box::new(queries::write(engine, rules, &directives)))
                });
                match written {
                    Some(queries) => send(&Reply::Queries { number, queries }),
                    // The page asks for no unknown tool, and for no rules with mistakes.
                    None => last_words(),
                }
            }
            Request::ReadPart(asked) => {
                let file = message.get(1).unchecked_into::<Blob>();
                spawn_local(async move {
                    match rules_with(&asked.packs) {
                        Some(rules) => parts::read(rules, &asked, &file).await,
                        None => last_words(),
                    }
                });
            }
            Request::Hash => {
                hashing::add(&mut hasher.borrow_mut(), message.get(1).unchecked_ref());
                send(&Reply::Hashed(None));
            }
            Request::HashRest { from } => {
                let (file, hasher) = (message.get(1).unchecked_into::<Blob>(), hasher.take());
                spawn_local(async move {
                    send(&Reply::Hashed(hashing::rest_hashed(hasher, &file, from).await));
                });
            }
            Request::MorePlaces { scan, finding, from } => {
                if let Some(Kept { report, .. }) =
                    kept.borrow().as_ref().filter(|kept| kept.scan == scan)
                    && let Some(found) = report.findings.iter().find(|f| f.id == finding)
                {
                    let more = found.places.iter().skip(from).take(view::PLACES_MORE);
                    let places = more.cloned().collect();
                    send(&Reply::Places { scan, finding, from, places });
                }
            }
            Request::MoreFindings { scan, from } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let findings = view::more_findings(&kept.report, from);
                    send(&Reply::Findings { scan, from, findings });
                }
            }
            Request::Explain { scan, finding } => {
                if let Some(Kept { rules, report, .. }) =
                    kept.borrow().as_ref().filter(|kept| kept.scan == scan)
                    && let Some(found) = report.findings.iter().find(|f| f.id == finding)
                {
                    let sections = explain(rules, &[], &found.title(), None).sections();
                    let why = Box::new(sheets::evidence::why(&sections));
                    send(&Reply::Explained { scan, finding, why });
                }
            }
            Request::Browse { scan, number, browse } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let browsed = browse::browse(&kept.report, &kept.titles, &browse);
                    send(&Reply::Browsed { number, browsed });
                }
            }
            Request::Decide { scan, waivers } => {
                if let Some(kept) = kept.borrow_mut().as_mut().filter(|kept| kept.scan == scan) {
                    kept.waivers = waivers;
                    send(&kept.judged());
                }
            }
            Request::Compare { scan } => {
                let (file, kept) = (message.get(1).unchecked_into::<Blob>(), kept.clone());
                spawn_local(async move {
                    let earlier = earlier_report(&file).await;
                    let mut kept = kept.borrow_mut();
                    let Some(kept) = kept.as_mut().filter(|kept| kept.scan == scan) else { return };
                    match earlier {
                        Ok(earlier) => {
                            kept.earlier = Some(earlier);
                            send(&kept.judged());
                        }
                        Err(why) => send(&Reply::NotCompared { scan, why }),
                    }
                });
            }
            Request::ReadWaivers { scan, name, text } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let file = RulesFile { name: &name, text: &text };
                    send(&Reply::WaiversRead(waivers::file::read(&file, kept.rules)));
                }
            }
            Request::WriteWaivers { waivers } => send(&Reply::Written {
                file_name: "waivers.toml".to_owned(),
                media_type: "application/toml".to_owned(),
                bytes: waivers::file::write(&waivers).into_bytes(),
            }),
            Request::CountDone { scan, number, done } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let progress = checklist::progress(&kept.report, &done);
                    send(&Reply::DoneCounted { number, progress });
                }
            }
            Request::WriteChecklist { scan, done, marking } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let Some(report) = marked(&kept.report, &marking) else { return last_words() };
                    send(&Reply::Written {
                        file_name: "removal-checklist.csv".to_owned(),
                        media_type: "text/csv".to_owned(),
                        bytes: checklist::to_csv(&report, &done),
                    });
                }
            }
            Request::Share { scan, has_names, marking, address } => {
                if let Some(kept) = kept.borrow().as_ref().filter(|kept| kept.scan == scan) {
                    let Some(report) = marked(&kept.report, &marking) else { return last_words() };
                    let offer = Box::new(sheets::offer::offer(&report, has_names, &address));
                    send(&Reply::Offered { scan, offer });
                }
            }
            Request::OpenShared { number, shared } => {
                let sheet = Box::new(sheets::shared::shared(&link::read(&shared)));
                send(&Reply::SharedRead { number, sheet });
            }
            Request::Write { scan, writer, marking } => {
                if let Some(Kept { report, .. }) =
                    kept.borrow().as_ref().filter(|kept| kept.scan == scan)
                    && let Some(found) = WRITERS.iter().find(|w| w.id == writer)
                {
                    let Some(report) = marked(report, &marking) else { return last_words() };
                    let bytes = found.written(&report);
                    let (file_name, media_type) = (found.file_name.into(), found.media_type.into());
                    send(&Reply::Written { file_name, media_type, bytes });
                }
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    send(&Reply::Ready(preview::choices()));
}

/// The report with that marking. `None` for a text that cannot be one, which the page's field does not take.
fn marked<'r>(report: &'r Report, marking: &str) -> Option<Cow<'r, Report>> {
    if marking.is_empty() {
        return Some(Cow::Borrowed(report));
    }
    let marking = report::marking(marking).ok()?;
    Some(Cow::Owned(Report { marking, ..report.clone() }))
}

/// The report in a file that Clearlist saved.
async fn earlier_report(file: &Blob) -> Result<Report, String> {
    // Sizes are whole numbers in every browser.
    let bytes = file.size() as u64;
    if let Some(why) = too_large(bytes) {
        return Err(why);
    }
    let bytes = bytes_of(file, 0, bytes).await;
    let bytes = bytes.map_err(|_| text::REPORT_UNREAD.to_string())?;
    read_report(&String::from_utf8_lossy(&bytes))
}

fn rules() -> &'static Rules {
    RULES.with(|rules| **rules)
}

/// The rules with the reader's own. They are needed for as long as the results are on show, which is
/// as long as the worker lives. `None` if they have mistakes, with which the page asks for no scan.
fn rules_with(packs: &[(String, String)]) -> Option<&'static Rules> {
    if packs.is_empty() {
        return Some(rules());
    }
    Some(Box::leak(Box::new(loaded_with(packs)?)))
}

/// The same for as long as they are needed.
fn loaded_with(packs: &[(String, String)]) -> Option<Rules> {
    let packs: Vec<RulesFile<'_>> =
        packs.iter().map(|(name, text)| RulesFile { name, text }).collect();
    Rules::load_with_packs(bundled::files(), &packs, &bundled::update_keys()).ok()
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn send(reply: &Reply) {
    let sent = match to_bytes(reply) {
        Some(bytes) => scope().post_message(&Uint8Array::from(bytes.as_slice())),
        None => Err(JsValue::from_str("a reply could not be written")),
    };
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
