//! The page's end of the line to a worker.
//!
//! One worker serves one scan: WebAssembly memory never shrinks, and ending the worker gives it
//! back. Dropping the client ends the worker, which is also how a scan is cancelled.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ErrorEvent, File, MessageEvent, Worker};
use yew::Callback;

use crate::app::protocol::{Reply, Request, ScanId, from_bytes};
use crate::app::state::Failure;

/// How long a worker that reads nothing may take to say anything, in milliseconds. The longest answers, as the report
/// of a large fleet written down, take seconds.
const ANSWERS_WITHIN_MS: u32 = 60_000;

/// What comes from a worker.
pub enum FromWorker {
    /// It answered.
    Reply(Reply),
    /// It will never answer again. The scan is the one it was started for, if it was.
    Failed(Option<ScanId>, Failure),
}

/// A worker and the line to it.
pub struct WorkerClient {
    line: Rc<Line>,
}

/// What the page knows of a worker.
struct Line {
    on_event: Callback<FromWorker>,
    scan: Cell<Option<ScanId>>,
    is_ready: Cell<bool>,
    /// True from a question on until it says something.
    is_asked: Cell<bool>,
    /// True while it reads. It may be silent then for long, of which the page tells.
    is_reading: Cell<bool>,
    /// Runs out if it says nothing to a question: browsers end workers without a word.
    patience: RefCell<Option<Timeout>>,
    has_failed: Cell<Option<Failure>>,
    /// True once nobody wants its answers any more.
    has_ended: Cell<bool>,
    /// The worker, once its program has been loaded.
    worker: RefCell<Option<Running>>,
    /// What waits until the worker listens: what is sent earlier is lost.
    waiting: RefCell<Vec<JsValue>>,
}

/// A worker that was started, with what the browser calls for as long as it lives.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
    _on_message_error: Closure<dyn Fn(MessageEvent)>,
}

impl WorkerClient {
    /// Starts a worker as soon as its program is there; `program` is what
    /// [`browser::load_worker`] promised. Everything it sends goes to `on_event`.
    ///
    /// [`browser::load_worker`]: super::browser::load_worker
    pub fn start(program: &Promise, on_event: Callback<FromWorker>) -> Self {
        let line = Rc::new(Line {
            on_event,
            scan: Cell::new(None),
            is_ready: Cell::new(false),
            is_asked: Cell::new(false),
            is_reading: Cell::new(false),
            patience: RefCell::default(),
            has_failed: Cell::new(None),
            has_ended: Cell::new(false),
            worker: RefCell::default(),
            waiting: RefCell::default(),
        });
        let program = JsFuture::from(program.clone());
        let client = Self { line: line.clone() };
        spawn_local(async move {
            let loaded = program.await;
            if line.has_ended.get() {
                return;
            }
            let running = loaded.and_then(|program| line.run(&program.unchecked_into()));
            match running {
                Ok(running) => {
                    line.worker.replace(Some(running));
                }
                Err(_) => line.fail(Failure::WorkerNotLoaded),
            }
        });
        client
    }

    /// Sends a request with the files it speaks of, now or as soon as the worker listens.
    pub fn send(&self, request: &Request, files: &[File]) {
        match request {
            Request::Start { scan, .. } => {
                self.line.scan.set(Some(*scan));
                self.line.is_reading.set(true);
            }
            // There may be nothing to say to it.
            Request::Speak { .. } => (),
            _ => self.line.is_asked.set(true),
        }
        let Ok(request) = serde_wasm_bindgen::to_value(request) else {
            return self.line.fail(Failure::WorkerStopped);
        };
        let message = Array::of1(&request);
        for file in files {
            message.push(file);
        }
        if self.line.is_ready.get() {
            self.line.post(&message);
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
    /// Starts the worker: the script's address and the compiled program are in `program`.
    fn run(self: &Rc<Self>, program: &Array) -> Result<Running, JsValue> {
        let script = program.get(0).as_string().unwrap_or_default();
        let worker = Worker::new(&script)?;

        // The line holds the worker, and so these must not hold the line.
        let line = Rc::downgrade(self);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(line) = line.upgrade() {
                line.hear(&event.data());
            }
        });
        let line = Rc::downgrade(self);
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |_: ErrorEvent| {
            if let Some(line) = line.upgrade() {
                line.fail(if line.is_ready.get() {
                    Failure::WorkerStopped
                } else {
                    Failure::WorkerNotLoaded
                });
            }
        });
        let line = Rc::downgrade(self);
        let on_message_error = Closure::<dyn Fn(MessageEvent)>::new(move |_: MessageEvent| {
            if let Some(line) = line.upgrade() {
                line.fail(Failure::WorkerStopped);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        worker.post_message(&program.get(1))?;
        Ok(Running {
            worker,
            _on_message: on_message,
            _on_error: on_error,
            _on_message_error: on_message_error,
        })
    }

    fn hear(self: &Rc<Self>, data: &JsValue) {
        match from_bytes::<Reply>(&Uint8Array::new(data).to_vec()) {
            Some(reply @ Reply::Ready(_)) => {
                self.is_ready.set(true);
                for message in self.waiting.take() {
                    self.post(&message);
                }
                self.on_event.emit(FromWorker::Reply(reply));
            }
            Some(Reply::Stopped { .. }) | None => self.fail(Failure::WorkerStopped),
            Some(reply) => {
                self.is_asked.set(false);
                self.patience.take();
                if let Reply::Finished { .. } = reply {
                    self.is_reading.set(false);
                }
                self.on_event.emit(FromWorker::Reply(reply));
            }
        }
    }

    /// Tells of the end once.
    fn fail(&self, failure: Failure) {
        if self.has_failed.replace(Some(failure)).is_none() {
            self.on_event.emit(FromWorker::Failed(self.scan.get(), failure));
        }
    }

    fn post(self: &Rc<Self>, message: &JsValue) {
        let is_posted = match &*self.worker.borrow() {
            Some(running) => running.worker.post_message(message).is_ok(),
            None => false,
        };
        if !is_posted {
            self.fail(Failure::WorkerStopped);
        } else if self.is_asked.get() && !self.is_reading.get() && self.patience.borrow().is_none()
        {
            let line = Rc::downgrade(self);
            let give_up = move || {
                if let Some(line) = line.upgrade() {
                    line.fail(Failure::WorkerStopped);
                }
            };
            self.patience.replace(Some(Timeout::new(ANSWERS_WITHIN_MS, give_up)));
        }
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.line.has_ended.set(true);
        self.line.patience.take();
        if let Some(running) = self.line.worker.take() {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.set_onmessageerror(None);
            running.worker.terminate();
        }
    }
}
