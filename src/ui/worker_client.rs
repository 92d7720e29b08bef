//! The page's end of the line to a worker.
//!
//! One worker serves one scan: WebAssembly memory never shrinks, and ending the worker gives it
//! back. Dropping the client ends the worker, which is also how a scan is cancelled.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, File, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::browser;
use crate::app::protocol::{Reply, Request, ScanId};
use crate::app::state::Failure;

/// What comes from a worker.
pub enum FromWorker {
    /// It answered.
    Reply(Reply),
    /// It will never answer again. The scan is the one it was started for, if it was.
    Failed(Option<ScanId>, Failure),
}

/// A worker and the line to it.
pub struct WorkerClient {
    worker: Worker,
    line: Rc<Line>,
    // They are called by the browser for as long as the worker lives.
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
    _on_message_error: Closure<dyn Fn(MessageEvent)>,
}

/// What the page knows of a worker.
struct Line {
    on_event: Callback<FromWorker>,
    scan: Cell<Option<ScanId>>,
    is_ready: Cell<bool>,
    has_failed: Cell<Option<Failure>>,
    /// What waits until the worker listens: what is sent earlier is lost.
    waiting: RefCell<Vec<JsValue>>,
}

impl WorkerClient {
    /// Starts a worker. Everything it sends goes to `on_event`.
    ///
    /// # Errors
    ///
    /// If the browser refuses to start it.
    pub fn start(on_event: Callback<FromWorker>) -> Result<Self, Failure> {
        let script = browser::worker_script().ok_or(Failure::WorkerNotLoaded)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options(&script, &options).map_err(|_| Failure::WorkerNotLoaded)?;
        let line = Rc::new(Line {
            on_event,
            scan: Cell::new(None),
            is_ready: Cell::new(false),
            has_failed: Cell::new(None),
            waiting: RefCell::default(),
        });

        let on_message = {
            let (line, worker) = (line.clone(), worker.clone());
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                match serde_wasm_bindgen::from_value::<Reply>(event.data()) {
                    Ok(Reply::Ready) => {
                        browser::forget_url(&script);
                        line.is_ready.set(true);
                        for message in line.waiting.take() {
                            line.post(&worker, &message);
                        }
                    }
                    Ok(Reply::Stopped { .. }) => line.fail(Failure::WorkerStopped),
                    Ok(reply) => line.on_event.emit(FromWorker::Reply(reply)),
                    Err(_) => line.fail(Failure::WorkerStopped),
                }
            })
        };
        let on_error = {
            let line = line.clone();
            Closure::<dyn Fn(ErrorEvent)>::new(move |_: ErrorEvent| {
                let failure = if line.is_ready.get() {
                    Failure::WorkerStopped
                } else {
                    Failure::WorkerNotLoaded
                };
                line.fail(failure);
            })
        };
        let on_message_error = {
            let line = line.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |_: MessageEvent| {
                line.fail(Failure::WorkerStopped);
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            line,
            _on_message: on_message,
            _on_error: on_error,
            _on_message_error: on_message_error,
        })
    }

    /// Sends a request with the files it speaks of, now or as soon as the worker listens.
    pub fn send(&self, request: &Request, files: &[File]) {
        if let Request::Start { scan, .. } = request {
            self.line.scan.set(Some(*scan));
        }
        let Ok(request) = serde_wasm_bindgen::to_value(request) else {
            return self.line.fail(Failure::WorkerStopped);
        };
        let message = Array::of1(&request);
        for file in files {
            message.push(file);
        }
        if self.line.is_ready.get() {
            self.line.post(&self.worker, &message);
        } else {
            self.line.waiting.borrow_mut().push(message.into());
        }
    }

    /// True if it has told that it listens.
    pub fn is_ready(&self) -> bool {
        self.line.is_ready.get()
    }

    /// True if it will never answer again.
    pub fn has_failed(&self) -> bool {
        self.line.has_failed.get().is_some()
    }
}

impl Line {
    /// Tells of the end once.
    fn fail(&self, failure: Failure) {
        if self.has_failed.replace(Some(failure)).is_none() {
            self.on_event.emit(FromWorker::Failed(self.scan.get(), failure));
        }
    }

    fn post(&self, worker: &Worker, message: &JsValue) {
        if worker.post_message(message).is_err() {
            self.fail(Failure::WorkerStopped);
        }
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}
