//! A worker that helps this one.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use clearlist::app::protocol::{PartProgress, Reply, Request, from_bytes};
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use crate::scope;

/// A worker that helps this one; it ends when this is dropped, and when this worker ends.
pub struct Helper {
    line: Rc<Line>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

/// The answer to a question asked of a helper.
pub struct Answer(Promise);

/// What is known of a helper.
struct Line {
    worker: Worker,
    is_ready: Cell<bool>,
    has_failed: Cell<bool>,
    /// What waits until it listens: what is sent earlier is lost.
    waiting: RefCell<Vec<(Array, Array)>>,
    /// How to settle the promises of its next answers, which come in the order of the questions.
    asked: RefCell<VecDeque<(Function, Function)>>,
    /// How far it is with what it was asked.
    progress: Cell<PartProgress>,
}

impl Helper {
    /// Starts a worker with this one's own script and program.
    pub fn start() -> Result<Self, JsValue> {
        let worker = Worker::new(&scope().location().href())?;
        let line = Rc::new(Line {
            worker,
            is_ready: Cell::new(false),
            has_failed: Cell::new(false),
            waiting: RefCell::default(),
            asked: RefCell::default(),
            progress: Cell::default(),
        });
        // The closures live as long as the helper, and must not keep the line alive beyond it.
        let of_messages = Rc::downgrade(&line);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(line) = of_messages.upgrade() {
                line.hear(event.data());
            }
        });
        let of_errors = Rc::downgrade(&line);
        let on_error = Closure::<dyn Fn()>::new(move || {
            if let Some(line) = of_errors.upgrade() {
                line.fail();
            }
        });
        line.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        line.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        line.worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        line.worker.post_message(&wasm_bindgen::module())?;
        Ok(Self { line, _on_message: on_message, _on_error: on_error })
    }

    /// Asks for something; `with` goes along, and what is in `given_away` is then gone from here.
    pub fn ask(&self, request: &Request, with: &JsValue, given_away: &Array) -> Answer {
        let mut settle = None;
        let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
        self.line.asked.borrow_mut().extend(settle);
        match serde_wasm_bindgen::to_value(request) {
            Ok(request) if !self.line.has_failed.get() => {
                self.line.send(Array::of2(&request, with), given_away.clone());
            }
            _ => self.line.fail(),
        }
        Answer(promise)
    }

    /// How far it is with what it was asked.
    pub fn progress(&self) -> PartProgress {
        self.line.progress.get()
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.line.worker.set_onmessage(None);
        self.line.worker.set_onerror(None);
        self.line.worker.set_onmessageerror(None);
        self.line.worker.terminate();
    }
}

impl Answer {
    /// The answer, when it comes; `None` if the helper failed.
    pub async fn get(self) -> Option<Reply> {
        let answer = JsFuture::from(self.0).await.ok()?;
        reply_in(&answer)
    }
}

fn reply_in(data: &JsValue) -> Option<Reply> {
    from_bytes(&Uint8Array::new(data).to_vec())
}

impl Line {
    fn hear(&self, data: JsValue) {
        match reply_in(&data) {
            Some(Reply::Ready(_)) => {
                self.is_ready.set(true);
                for (message, given_away) in self.waiting.take() {
                    self.send(message, given_away);
                }
            }
            Some(Reply::PartProgress(progress)) => self.progress.set(progress),
            Some(Reply::Stopped { .. }) | None => self.fail(),
            Some(_) => {
                let next = self.asked.borrow_mut().pop_front();
                if next.is_some_and(|(resolve, _)| resolve.call1(&JsValue::NULL, &data).is_err()) {
                    self.fail();
                }
            }
        }
    }

    fn send(&self, message: Array, given_away: Array) {
        if !self.is_ready.get() {
            self.waiting.borrow_mut().push((message, given_away));
        } else if self.worker.post_message_with_transfer(&message, &given_away).is_err() {
            self.fail();
        }
    }

    /// Nothing will be answered any more.
    fn fail(&self) {
        self.has_failed.set(true);
        for (_, reject) in self.asked.take() {
            // Whoever waits is told; there is nobody to tell of more.
            let _ = reject.call0(&JsValue::NULL);
        }
    }
}
