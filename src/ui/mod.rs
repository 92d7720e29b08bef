//! The page, in Yew.
//!
//! [`App`] joins the state to the browser and the worker; [`pages`] are the four steps,
//! [`components`] what they are made of, [`text`] every sentence, [`browser`] every call to the
//! browser.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use web_sys::File;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::protocol::{Reply, Request, ScanId};
use crate::app::reduce::reduce;
use crate::app::state::{Announcement, Asked, ChosenFile, Failure, FileKey, ScanState, State};
use crate::engine::scan::Settings;

pub mod browser;
pub mod components;
pub mod ids;
pub mod pages;
pub mod text;
pub mod worker_client;

use pages::page::Page;
use worker_client::{FromWorker, WorkerClient};

/// Starts the page.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        browser::show_that_the_page_stopped(text::PAGE_STOPPED);
    }));
    browser::unfold_for_print();
    yew::Renderer::<App>::new().render();
}

/// How long the worker's program may take to load before the reader is told, in milliseconds.
/// A minute is long even for a slow line: the program is smaller than a photograph.
const WORKER_LOADS_WITHIN_MS: u32 = 60_000;

/// The state as Yew holds it.
#[derive(PartialEq, Eq)]
struct PageState(Rc<State>);

impl Reducible for PageState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = reduce(&self.0, action);
        // The same state means that nothing is drawn again.
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

/// The workers there are.
#[derive(Default)]
struct Workers {
    /// Their program, loaded once with the page; see [`browser::load_worker`].
    program: Option<Promise>,
    /// Loaded with the page, so that the first check need not wait for it.
    idle: Option<WorkerClient>,
    /// The one that is reading.
    running: Option<(ScanId, WorkerClient)>,
    /// The one that holds the whole report of the results on show.
    shown: Option<(ScanId, WorkerClient)>,
}

impl Workers {
    /// A worker for a scan: the idle one, or another.
    fn take(&mut self, on_worker: &Callback<FromWorker>) -> WorkerClient {
        match self.idle.take() {
            Some(client) if !client.has_failed() => client,
            Some(_) => {
                self.forget_program();
                self.start(on_worker)
            }
            None => self.start(on_worker),
        }
    }

    /// Has the program asked for once more: it did not come, or did not start.
    fn forget_program(&mut self) {
        self.program = None;
    }

    fn start(&mut self, on_worker: &Callback<FromWorker>) -> WorkerClient {
        let program = self.program.get_or_insert_with(browser::load_worker);
        WorkerClient::start(program, on_worker.clone())
    }
}

/// The page with its state.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| PageState(Rc::new(State::new(&browser::today()))));
    let on_action: Callback<Action> = state.dispatcher().to_callback();
    let files = use_mut_ref(BTreeMap::<FileKey, File>::new);
    let workers = use_mut_ref(Workers::default);

    let on_worker = use_callback((), {
        let on_action = on_action.clone();
        move |event: FromWorker, ()| hear(event, &on_action)
    });

    use_effect_with((), {
        let (workers, on_worker) = (workers.clone(), on_worker.clone());
        // One that cannot be started now is tried again when it is needed, and then told of.
        move |()| {
            let idle = workers.borrow_mut().start(&on_worker);
            workers.borrow_mut().idle = Some(idle);
        }
    });

    use_scan(&state.0, &workers, &files, &on_worker, &on_action);

    use_effect_with(text::document_title(&state.0), |title| browser::set_title(title));
    use_effect_with(state.0.focus.clone(), |focus| {
        if let Some(focus) = focus {
            browser::focus(&ids::focused(focus.what));
        }
    });
    use_effect_with(state.0.is_printing, {
        let on_action = on_action.clone();
        move |&is_printing| {
            if is_printing {
                browser::print();
                on_action.emit(Action::Printed);
            }
        }
    });

    let on_files = use_callback((), {
        let on_action = on_action.clone();
        move |chosen: Vec<File>, ()| {
            let mut files = files.borrow_mut();
            let first = files.last_key_value().map_or(0, |(key, _)| key.0 + 1);
            let chosen = (first..).zip(chosen).map(|(key, file)| {
                let key = FileKey(key);
                let known = ChosenFile { key, name: file.name(), bytes: browser::size_of(&file) };
                files.insert(key, file);
                known
            });
            let chosen: Vec<ChosenFile> = chosen.collect();
            drop(files);
            on_action.emit(Action::FilesAdded(chosen));
        }
    });
    let on_request = use_callback((), move |request: Request, ()| {
        if let Some((_, client)) = &workers.borrow().shown {
            client.send(&request, &[]);
        }
    });

    html! { <Page state={state.0.clone()} {on_action} {on_files} {on_request} /> }
}

/// Starts a worker when the state says that a scan is running, and ends it when it no longer does.
#[hook]
fn use_scan(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    files: &Rc<RefCell<BTreeMap<FileKey, File>>>,
    on_worker: &Callback<FromWorker>,
    on_action: &Callback<Action>,
) {
    let running = match &state.scan {
        ScanState::Running { id, .. } => Some(*id),
        ScanState::Idle | ScanState::Cancelled | ScanState::Failed(_) => None,
    };
    let (state, workers, files) = (state.clone(), workers.clone(), files.clone());
    let (on_worker, on_action) = (on_worker.clone(), on_action.clone());
    use_effect_with(running, move |_| {
        let ended = workers.borrow_mut().running.take();
        if let Some((id, client)) = ended
            && state.shown.as_ref().is_some_and(|shown| shown.scan == id)
        {
            workers.borrow_mut().shown = Some((id, client));
        } // Else it is dropped, and so ended: the scan was cancelled or has failed.

        if state.scan == ScanState::Failed(Failure::WorkerNotLoaded) {
            workers.borrow_mut().forget_program();
        }
        let mut timeout = None;
        if let ScanState::Running { id, asked, .. } = &state.scan {
            let id = *id;
            browser::mark("asked");
            let client = workers.borrow_mut().take(&on_worker);
            client.send(&start_request(id, asked, &state.today), &files_of(asked, &files));
            workers.borrow_mut().running = Some((id, client));
            timeout = Some(Timeout::new(WORKER_LOADS_WITHIN_MS, move || {
                let workers = workers.borrow();
                let loads = workers.running.as_ref().filter(|(running, _)| *running == id);
                if loads.is_some_and(|(_, client)| !client.is_ready()) {
                    on_action.emit(Action::Failed(id, Failure::WorkerNotLoaded));
                }
            }));
        }
        move || drop(timeout)
    });
}

/// Makes an action of what a worker says.
fn hear(event: FromWorker, on_action: &Callback<Action>) {
    match event {
        FromWorker::Reply(Reply::Progress { scan, progress }) => {
            browser::mark("progress");
            on_action.emit(Action::Progressed(scan, progress));
        }
        FromWorker::Reply(Reply::Finished { scan, results, memory_bytes }) => {
            on_action.emit(Action::Finished(scan, Rc::new(*results)));
            browser::mark(&format!("memory={memory_bytes}"));
            browser::mark("finished");
        }
        FromWorker::Reply(Reply::Places { scan, finding, from, places }) => {
            on_action.emit(Action::PlacesArrived(scan, finding, from, Rc::new(places)));
        }
        FromWorker::Reply(Reply::Written { text, .. }) => {
            if browser::download(text::REPORT_FILE, "application/json", &text).is_some() {
                on_action.emit(Action::Announced(Announcement::Saved));
            }
        }
        FromWorker::Failed(Some(scan), failure) => on_action.emit(Action::Failed(scan, failure)),
        // No scan is waiting for it; another worker is started for the next one.
        FromWorker::Failed(None, _) => (),
        // The client keeps these to itself.
        FromWorker::Reply(Reply::Ready | Reply::Stopped { .. }) => (),
    }
}

fn start_request(scan: ScanId, asked: &Asked, today: &str) -> Request {
    let pasted = &asked.input.pasted;
    // An empty box is no list.
    let is_given = !pasted.trim().is_empty();
    let settings = Settings {
        directives: asked.directives.clone(),
        today: today.to_owned(),
        ..Settings::default()
    };
    Request::Start {
        scan,
        settings,
        pasted: is_given.then(|| pasted.to_string()),
        files: asked.input.files.iter().map(|file| file.name.clone()).collect(),
    }
}

fn files_of(asked: &Asked, files: &RefCell<BTreeMap<FileKey, File>>) -> Vec<File> {
    let files = files.borrow();
    asked.input.files.iter().filter_map(|file| files.get(&file.key).cloned()).collect()
}
