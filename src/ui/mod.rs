//! The page, in Yew.
//!
//! [`App`] joins the state to the browser and the worker; [`pages`] are the four steps,
//! [`components`] what they are made of, [`browser`] every call to the browser.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::browse;
use crate::app::checklist;
use crate::app::decisions;
use crate::app::fleet::FleetAsked;
use crate::app::packs::{Mistake, PackTrouble, from_kept, to_keep};
use crate::app::preview;
use crate::app::protocol::{PASTED, Reply, Request, ScanId};
use crate::app::reading::InputKey;
use crate::app::reduce::reduce;
use crate::app::state::{
    Announcement, Asked, ChosenFile, Failure, FileKey, Focus, Forgetting, Offline, SILENCE_MS,
    ScanState, State,
};
use crate::app::{ids, text};
use crate::engine::language::{Language, spoken};
use crate::engine::limits::PACK_BYTES;
use crate::engine::scan::Settings;

pub mod browser;
pub mod components;
mod languages;
pub mod pages;
mod told;
pub mod worker_client;

use languages::Change;
use pages::page::{PageProps, page};
use pages::results::ReportFile;
use worker_client::{FromWorker, WorkerClient};

/// Starts the page.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        browser::show_that_the_page_stopped(&text::PAGE_STOPPED);
    }));
    browser::unfold_for_print();
    spawn_local(async {
        // Without the file it begins in English.
        languages::change_to(languages::first()).await;
        yew::Renderer::<App>::new().render();
    });
}

/// How long the worker's program may take to load before the reader is told, in milliseconds.
/// A minute is long even for a slow line: the program is smaller than a photograph.
const WORKER_LOADS_WITHIN_MS: u32 = 60_000;

/// How long the page waits for the next letter before it has the list looked into, in milliseconds.
const TYPING_PAUSES_MS: u32 = 250;

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

    /// A worker that is not busy with a scan.
    fn for_previews(&mut self, on_worker: &Callback<FromWorker>) -> Option<&WorkerClient> {
        if self.idle.as_ref().is_some_and(WorkerClient::has_failed) {
            self.forget_program();
            self.idle = None;
        }
        let shown = self.shown.as_ref().filter(|(_, client)| !client.has_failed());
        if self.idle.is_none() && shown.is_none() {
            let idle = self.start(on_worker);
            self.idle = Some(idle);
        }
        self.idle.as_ref().or(self.shown.as_ref().map(|(_, client)| client))
    }

    fn start(&mut self, on_worker: &Callback<FromWorker>) -> WorkerClient {
        let program = self.program.get_or_insert_with(browser::load_worker);
        let client = WorkerClient::start(program, on_worker.clone());
        if let Some(request) = languages::as_spoken() {
            client.send(&request, &[]);
        }
        client
    }
}

/// The page with its state.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| PageState(Rc::new(first_state())));
    let on_action: Callback<Action> = state.dispatcher().to_callback();
    let files = use_mut_ref(Vec::<(FileKey, File)>::new);
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

    // Before anything that is asked of the workers, so that they answer in the language of now.
    use_language(&state.0, &workers);
    use_scan(&state.0, &workers, &files, &on_worker, &on_action);
    use_previews(&state.0, &workers, &files, &on_worker);
    use_packs(&state.0, &workers, &on_worker, &on_action);
    use_queries(&state.0, &workers, &on_worker);
    use_browsing(&state.0, &workers);
    use_shared(&state.0, &workers, &on_worker, &on_action);
    use_decisions(&state.0, &workers, &on_action);

    use_checklist(&state.0, &workers, &on_action);
    use_effect_with(state.0.forgetting, {
        let (workers, files, on_worker) = (workers.clone(), files.clone(), on_worker.clone());
        move |forgetting| {
            if let Forgetting::Done(_) = forgetting {
                files.borrow_mut().clear();
                let mut workers = workers.borrow_mut();
                // Their memory goes with them. The program of a worker is the page's own.
                *workers = Workers { program: workers.program.take(), ..Workers::default() };
                let idle = workers.start(&on_worker);
                workers.idle = Some(idle);
                browser::forget_all();
                browser::set_hash("");
            }
        }
    });
    use_effect_with((), {
        let on_action = on_action.clone();
        move |()| {
            browser::on_kept_page(move |newer| {
                let offline = if newer { Offline::NewerWaits } else { Offline::Ready };
                on_action.emit(Action::OfflineChanged(offline));
            });
        }
    });
    use_effect_with(state.0.has_something_to_lose(), |&has| browser::hold(has));
    use_silence(&state.0, &on_action);
    use_effect_with(text::document_title(&state.0), |title| browser::set_title(title));
    use_effect_with(state.0.focus.clone(), {
        let state = state.0.clone();
        move |focus| {
            let Some(focus) = focus else { return };
            let id = ids::focused(focus.what);
            browser::focus(&id);
            if let Focus::PackPlace(key, line, column) = focus.what
                && let Some(pack) = state.packs.of(key)
            {
                let (at, lines) = pack.place(line, column);
                browser::show_in_text(&id, at, line, lines);
            }
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
            let first = files.last().map_or(0, |(key, _)| key.0 + 1);
            let chosen = (first..).zip(chosen).map(|(key, file)| {
                let key = FileKey(key);
                let known = ChosenFile { key, name: file.name(), bytes: browser::size_of(&file) };
                files.push((key, file));
                known
            });
            let chosen: Vec<ChosenFile> = chosen.collect();
            drop(files);
            on_action.emit(Action::FilesAdded(chosen));
        }
    });
    let on_report_files = use_callback((), {
        let (workers, on_action) = (workers.clone(), on_action.clone());
        move |(what, files): (ReportFile, Vec<File>), ()| {
            let Some(file) = files.into_iter().next() else { return };
            match what {
                ReportFile::Earlier => {
                    if let Some((scan, client)) = &workers.borrow().shown {
                        client.send(&Request::Compare { scan: *scan }, &[file]);
                    }
                }
                ReportFile::Decisions => {
                    let (workers, on_action) = (workers.clone(), on_action.clone());
                    spawn_local(async move {
                        match text_file(&file).await {
                            Ok(text) => {
                                if let Some((scan, client)) = &workers.borrow().shown {
                                    let (scan, name) = (*scan, file.name());
                                    client.send(&Request::ReadWaivers { scan, name, text }, &[]);
                                }
                            }
                            Err(trouble) => on_action.emit(unread_decisions(&trouble)),
                        }
                    });
                }
            }
        }
    });
    let on_language = use_callback((), {
        let on_action = on_action.clone();
        move |language: Language, ()| {
            let on_action = on_action.clone();
            spawn_local(async move {
                match languages::change_to(language).await {
                    Change::Made => on_action.emit(Action::LanguageChanged(language)),
                    Change::Missing => {
                        browser::choose_in(ids::LANGUAGE, spoken().code());
                        on_action.emit(Action::LanguageMissing);
                    }
                    Change::Late => (),
                }
            });
        }
    });
    let on_request = use_callback((), move |request: Request, ()| {
        if let Some((_, client)) = &workers.borrow().shown {
            client.send(&request, &[]);
        }
    });

    let on_pack_files = use_callback((), {
        let on_action = on_action.clone();
        move |chosen: Vec<File>, ()| {
            for file in chosen {
                let on_action = on_action.clone();
                spawn_local(async move { on_action.emit(pack_of(&file).await) });
            }
        }
    });

    let state = state.0.clone();
    page(&PageProps {
        state,
        on_action,
        on_files,
        on_pack_files,
        on_request,
        on_report_files,
        on_language,
    })
}

/// Has the whole page and all workers speak the language that was chosen.
#[hook]
fn use_language(state: &Rc<State>, workers: &Rc<RefCell<Workers>>) {
    let workers = workers.clone();
    let is_first = use_mut_ref(|| true);
    use_effect_with(state.language, move |language| {
        browser::set_language(language.code());
        if is_first.replace(false) {
            return;
        }
        let (request, workers) = (languages::request(), workers.borrow());
        let busy = [&workers.running, &workers.shown].into_iter().flatten();
        for client in busy.map(|(_, client)| client).chain(&workers.idle) {
            client.send(&request, &[]);
        }
    });
}

/// The state of the page just opened, with the packs and decisions that the browser remembers.
fn first_state() -> State {
    let mut state = State::new(&browser::today());
    state.language = spoken();
    // What the address says stays in it.
    state.is_language_chosen = languages::asked().is_some();
    state.browsing.asked = browse::from_hash(&browser::hash());
    let kept: Vec<_> =
        browser::kept(PACKS_KEPT).iter().filter_map(|kept| from_kept(kept)).collect();
    if !kept.is_empty() {
        state = reduce(&state, Action::PacksRestored(kept));
    }
    let kept = browser::kept(DECISIONS_KEPT);
    let kept: Vec<_> = kept.iter().filter_map(|kept| decisions::from_kept(kept)).collect();
    if !kept.is_empty() {
        state = reduce(&state, Action::DecisionsRestored(kept));
    }
    if let [kept, ..] = browser::kept(TICKS_KEPT).as_slice() {
        state = reduce(&state, Action::TicksRestored(checklist::from_kept(kept)));
    }
    state
}

/// What becomes of a file of rules.
async fn pack_of(file: &File) -> Action {
    match text_file(file).await {
        Ok(text) => Action::PackAdded { name: file.name(), text: text.into() },
        Err(trouble) => Action::PackFailed(trouble),
    }
}

/// The text of a file of rules or decisions.
async fn text_file(file: &File) -> Result<String, PackTrouble> {
    let name = file.name();
    if browser::size_of(file) > PACK_BYTES as u64 {
        return Err(PackTrouble::TooLarge(name));
    }
    let text = browser::text_of(file).await;
    text.filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
        .ok_or(PackTrouble::NotText(name))
}

/// A file of decisions that could not even be looked at.
fn unread_decisions(trouble: &PackTrouble) -> Action {
    let message = text::pack_trouble(trouble);
    let (file, example) = (String::new(), String::new());
    Action::DecisionsLoaded(Err(vec![Mistake { file, line: 1, column: 1, message, example }]))
}

/// Has the rows made of the findings that are looked at, and says in the page's address what they are.
#[hook]
fn use_browsing(state: &Rc<State>, workers: &Rc<RefCell<Workers>>) {
    let (workers, asked) = (workers.clone(), state.browsing.asked.clone());
    use_effect_with(state.browsing.wanted, move |&number| {
        if let Some((scan, client)) = &workers.borrow().shown {
            client.send(&Request::Browse { scan: *scan, number, browse: asked }, &[]);
        }
    });
    let is_on_show = state.shown.is_some() && state.opened.is_none();
    let looked_at = is_on_show.then(|| browse::to_hash(&state.browsing.asked));
    let language = state.is_language_chosen.then(|| languages::to_hash(state.language));
    use_effect_with(
        (looked_at, language, state.opened.is_some()),
        |(looked_at, language, is_opened)| {
            let said = [looked_at, language].into_iter().flatten();
            let said: Vec<&str> =
                said.map(String::as_str).filter(|said| !said.is_empty()).collect();
            // The address of what was opened stays what it is.
            if !is_opened && (looked_at.is_some() || language.is_some()) {
                browser::set_hash(&said.join("&"));
            }
        },
    );
}

/// Has the link read that somebody shared: that of the page's address, now and whenever it changes.
#[hook]
fn use_shared(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    on_worker: &Callback<FromWorker>,
    on_action: &Callback<Action>,
) {
    let on_action = on_action.clone();
    use_effect_with((), move |()| {
        browser::on_hash(move |hash| on_action.emit(Action::HashChanged(hash)));
    });
    let (workers, on_worker) = (workers.clone(), on_worker.clone());
    let asked = state.opened.as_ref().map(|opened| (opened.wanted, opened.shared.clone()));
    use_effect_with(asked, move |asked| {
        if let Some((number, shared)) = asked
            && let Some(client) = workers.borrow_mut().for_previews(&on_worker)
        {
            let (number, shared) = (*number, shared.clone());
            client.send(&Request::OpenShared { number, shared }, &[]);
        }
    });
}

/// Has the results judged by the decisions of now, and has those remembered if that is wanted.
#[hook]
fn use_decisions(state: &Rc<State>, workers: &Rc<RefCell<Workers>>, on_action: &Callback<Action>) {
    let scan = state.shown.as_ref().map(|shown| shown.scan);
    let asked = (scan, state.decisions.all.clone());
    let (is_undecided, workers) = (state.is_undecided(), workers.clone());
    use_effect_with(asked, move |(_, waivers)| {
        if is_undecided && let Some((scan, client)) = &workers.borrow().shown {
            let (scan, waivers) = (*scan, waivers.as_ref().clone());
            client.send(&Request::Decide { scan, waivers }, &[]);
        }
    });
    let kept = state
        .decisions
        .is_kept
        .then(|| state.decisions.all.iter().map(decisions::to_keep).collect());
    let on_action = on_action.clone();
    use_kept(DECISIONS_KEPT, kept, move || on_action.emit(Action::DecisionsNotKept));
}

/// Has it counted how much of the removal is done, and has the ticks remembered if that is wanted.
#[hook]
fn use_checklist(state: &Rc<State>, workers: &Rc<RefCell<Workers>>, on_action: &Callback<Action>) {
    let checklist = &state.checklist;
    let (workers, done) = (workers.clone(), checklist.done.clone());
    use_effect_with(checklist.wanted, move |&number| {
        if !done.is_empty()
            && let Some((scan, client)) = &workers.borrow().shown
        {
            let (scan, done) = (*scan, done.as_ref().clone());
            client.send(&Request::CountDone { scan, number, done }, &[]);
        }
    });
    let kept = checklist.is_kept.then(|| vec![checklist::to_keep(&checklist.done)]);
    let on_action = on_action.clone();
    use_kept(TICKS_KEPT, kept, move || on_action.emit(Action::TicksNotKept));
}

/// Has the browser keep texts of a kind, or forget them when they are no longer to be kept.
#[hook]
fn use_kept(kind: &'static str, texts: Option<Vec<String>>, on_refused: impl FnOnce() + 'static) {
    let before = use_mut_ref(|| false);
    use_effect_with(texts, move |texts| {
        let was_kept = before.replace(texts.is_some());
        match texts {
            Some(texts) if !browser::keep(kind, texts) => on_refused(),
            None if was_kept => {
                browser::keep(kind, &[]);
            }
            _ => (),
        }
    });
}

/// What the browser calls the packs that it keeps.
const PACKS_KEPT: &str = "pack";
/// What it calls what is ticked.
const TICKS_KEPT: &str = "done";
/// What it calls decisions.
const DECISIONS_KEPT: &str = "decision";

/// Has the packs looked at when they change and the reader pauses, and remembered if that is wanted.
#[hook]
fn use_packs(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    on_worker: &Callback<FromWorker>,
    on_action: &Callback<Action>,
) {
    let (workers, on_worker) = (workers.clone(), on_worker.clone());
    let asked = state.clone();
    use_effect_with(state.packs.wanted, move |&number| {
        // None was asked for yet.
        let timeout = (number != 0).then(|| {
            Timeout::new(TYPING_PAUSES_MS, move || {
                // The texts are copied once a pause, not at each drawing of the page.
                let request = Request::CheckRules { number, packs: asked.packs.files() };
                if let Some(client) = workers.borrow_mut().for_previews(&on_worker) {
                    client.send(&request, &[]);
                }
            })
        });
        move || drop(timeout)
    });

    let kept = state.packs.is_kept.then(|| to_keep(&state.packs.all));
    let on_action = on_action.clone();
    use_kept(PACKS_KEPT, kept, move || on_action.emit(Action::PackFailed(PackTrouble::NotKept)));
}

/// Starts a worker when the state says that a scan is running, and ends it when it no longer does.
#[hook]
fn use_scan(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    files: &Rc<RefCell<Vec<(FileKey, File)>>>,
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
            client.send(&start_request(id, asked, &state), &files_of(asked, &files));
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

/// Tells when nothing new is heard of the scan that is running.
#[hook]
fn use_silence(state: &State, on_action: &Callback<Action>) {
    let running = match &state.scan {
        ScanState::Running { id, progress, .. } => Some((*id, *progress)),
        ScanState::Idle | ScanState::Cancelled | ScanState::Failed(_) => None,
    };
    let on_action = on_action.clone();
    use_effect_with(running, move |running| {
        let timeout = running
            .map(|(id, _)| Timeout::new(SILENCE_MS, move || on_action.emit(Action::Silent(id))));
        move || drop(timeout)
    });
}

/// Has queries for the reader's own tools written, when what they look for stays the same for a moment.
#[hook]
fn use_queries(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    on_worker: &Callback<FromWorker>,
) {
    let (workers, on_worker) = (workers.clone(), on_worker.clone());
    let asked = state.fleet.asked.clone();
    use_effect_with(state.fleet.wanted, move |&number| {
        // None were asked for yet.
        let timeout = (number != 0).then(|| {
            Timeout::new(TYPING_PAUSES_MS, move || {
                let FleetAsked { engine, directives, packs } = (*asked).clone();
                let packs = texts_of(&packs);
                let request = Request::WriteQueries { number, engine, directives, packs };
                if let Some(client) = workers.borrow_mut().for_previews(&on_worker) {
                    client.send(&request, &[]);
                }
            })
        });
        move || drop(timeout)
    });
}

fn texts_of(packs: &[(String, Rc<str>)]) -> Vec<(String, String)> {
    packs.iter().map(|(name, text)| (name.clone(), text.to_string())).collect()
}

/// Has the beginnings of the inputs read that are wanted, when the reader pauses.
#[hook]
fn use_previews(
    state: &Rc<State>,
    workers: &Rc<RefCell<Workers>>,
    files: &Rc<RefCell<Vec<(FileKey, File)>>>,
    on_worker: &Callback<FromWorker>,
) {
    let asked = use_mut_ref(Vec::<u32>::new);
    let wanted: Vec<(InputKey, u32)> = state
        .readings
        .previews
        .iter()
        .filter(|previewing| !previewing.is_current())
        .map(|previewing| (previewing.key, previewing.wanted))
        .collect();
    let (state, workers, files) = (state.clone(), workers.clone(), files.clone());
    let on_worker = on_worker.clone();
    use_effect_with(wanted, move |wanted| {
        let mut numbers = asked.borrow_mut();
        numbers.retain(|number| wanted.iter().any(|(_, wanted)| wanted == number));
        let mut due = wanted.clone();
        due.retain(|(_, number)| !numbers.contains(number));
        drop(numbers);
        let timeout = (!due.is_empty()).then(|| {
            Timeout::new(TYPING_PAUSES_MS, move || {
                let mut workers = workers.borrow_mut();
                for (key, number) in due {
                    asked.borrow_mut().push(number);
                    let (request, file) = preview_request(key, number, &state, &files.borrow());
                    if let Some(client) = workers.for_previews(&on_worker) {
                        client.send(&request, file.as_slice());
                    }
                }
            })
        });
        move || drop(timeout)
    });
}

fn preview_request(
    key: InputKey,
    number: u32,
    state: &State,
    files: &[(FileKey, File)],
) -> (Request, Option<File>) {
    let (name, pasted, file) = match key {
        InputKey::Pasted => {
            let (text, is_whole) = preview::beginning(&state.input.pasted);
            (PASTED.into(), Some((text.to_owned(), is_whole)), None)
        }
        InputKey::File(key) => {
            let file = file_of(files, key);
            (file.as_ref().map(File::name).unwrap_or_default(), None, file)
        }
    };
    let (options, tables) = (state.input.options_of(key), state.tables.clone());
    (Request::Preview { number, name, options, tables, pasted }, file)
}

/// Makes an action of what a worker says.
fn hear(event: FromWorker, on_action: &Callback<Action>) {
    match event {
        FromWorker::Reply(Reply::Progress { scan, progress }) => {
            browser::mark("progress");
            on_action.emit(Action::Progressed(scan, progress));
        }
        FromWorker::Reply(Reply::Finished { scan, results, memory_bytes, readers }) => {
            on_action.emit(Action::Finished(scan, Rc::new(*results)));
            browser::mark(&format!("memory={memory_bytes}"));
            browser::mark(&format!("readers={readers}"));
            browser::mark("finished");
        }
        FromWorker::Reply(Reply::Queries { number, queries }) => {
            on_action.emit(Action::QueriesArrived(number, Rc::new(*queries)));
        }
        FromWorker::Reply(Reply::RulesChecked { number, own }) => {
            on_action.emit(Action::RulesChecked(number, Rc::new(*own)));
        }
        FromWorker::Reply(Reply::Places { scan, finding, from, places }) => {
            on_action.emit(Action::PlacesArrived(scan, finding, from, Rc::new(places)));
        }
        FromWorker::Reply(Reply::Browsed { number, browsed }) => {
            on_action.emit(Action::Browsed(number, Rc::new(browsed)));
        }
        FromWorker::Reply(Reply::Judged { scan, results }) => {
            on_action.emit(Action::Judged(scan, Rc::new(*results)));
        }
        FromWorker::Reply(Reply::Retold { scan, results }) => {
            on_action.emit(Action::Retold(scan, Rc::new(*results)));
        }
        FromWorker::Reply(Reply::NotCompared { why, .. }) => {
            on_action.emit(Action::NotCompared(why));
        }
        FromWorker::Reply(Reply::WaiversRead(read)) => {
            on_action.emit(Action::DecisionsLoaded(read));
        }
        FromWorker::Reply(Reply::DoneCounted { number, progress }) => {
            on_action.emit(Action::DoneCounted(number, Rc::new(progress)));
        }
        FromWorker::Reply(Reply::Findings { scan, from, findings }) => {
            on_action.emit(Action::FindingsArrived(scan, from, findings));
        }
        FromWorker::Reply(Reply::Offered { scan, offer }) => {
            on_action.emit(Action::Offered(scan, Rc::new(*offer), browser::can_share()));
        }
        FromWorker::Reply(Reply::SharedRead { number, sheet }) => {
            on_action.emit(Action::SharedRead(number, Rc::new(*sheet)));
        }
        FromWorker::Reply(Reply::Explained { scan, finding, why }) => {
            on_action.emit(Action::Explained(scan, finding, why));
        }
        FromWorker::Reply(Reply::Written { file_name, media_type, bytes }) => {
            if browser::download(&file_name, &media_type, &bytes).is_some() {
                on_action.emit(Action::Announced(Announcement::Saved));
            }
        }
        FromWorker::Failed(Some(scan), failure) => {
            on_action.emit(Action::Failed(scan, failure));
            on_action.emit(Action::PreviewsLost);
        }
        FromWorker::Reply(Reply::Ready(choices)) => {
            on_action.emit(Action::ChoicesArrived(Rc::new(choices)));
        }
        FromWorker::Reply(Reply::Previewed { number, preview }) => {
            let preview = preview.map(|preview| Rc::new(*preview));
            on_action.emit(Action::Previewed(number, preview));
        }
        // No scan is waiting for it; another worker is started for the next one.
        FromWorker::Failed(None, _) => on_action.emit(Action::PreviewsLost),
        // The client keeps it to itself.
        FromWorker::Reply(
            Reply::Stopped { .. } | Reply::Part { .. } | Reply::PartProgress(_) | Reply::Hashed(_),
        ) => (),
    }
}

fn start_request(scan: ScanId, asked: &Asked, state: &State) -> Request {
    let (pasted, files) = (&asked.input.pasted, asked.input.files.iter());
    let options = |key| asked.input.options_of(key);
    let settings = Settings {
        directives: asked.directives.clone(),
        today: state.today.clone(),
        tables: asked.tables.clone(),
        ..Settings::default()
    };
    Request::Start {
        scan,
        settings,
        packs: texts_of(&asked.packs),
        waivers: state.decisions.all.as_ref().clone(),
        cores: browser::cores(),
        pasted: asked.input.has_text().then(|| (pasted.to_string(), options(InputKey::Pasted))),
        files: files.map(|file| (file.name.clone(), options(InputKey::File(file.key)))).collect(),
    }
}

/// The file that was chosen.
fn file_of(files: &[(FileKey, File)], key: FileKey) -> Option<File> {
    files.iter().find(|(known, _)| *known == key).map(|(_, file)| file.clone())
}

fn files_of(asked: &Asked, files: &RefCell<Vec<(FileKey, File)>>) -> Vec<File> {
    let files = files.borrow();
    asked.input.files.iter().filter_map(|file| file_of(&files, file.key)).collect()
}
