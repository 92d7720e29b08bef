//! Every call to the browser that is not Yew's own.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Date, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    Blob, BlobPropertyBag, Document, DragEvent, Element, File, FileList, FormData,
    HtmlAnchorElement, HtmlDetailsElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, Response, ShareData, Storage, SubmitEvent, Url, Window,
};

use crate::app::state::WayOut;

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The day it is for the reader, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

#[wasm_bindgen]
extern "C" {
    /// A file of the page's own, by the name that the page's HTML gives it: a promise of a `Response`
    /// (`static/start.js`).
    #[wasm_bindgen(js_name = clearlistFile)]
    fn file(name: &str) -> Promise;

    #[wasm_bindgen(js_name = clearlistTryWaysOut)]
    fn try_ways_out_there() -> Promise;

    #[wasm_bindgen(js_name = clearlistOnKept)]
    fn on_kept(hear: &Closure<dyn Fn(bool)>);

    /// From now on, the browser asks before it leaves the page, or no longer does.
    #[wasm_bindgen(js_name = clearlistHold)]
    pub fn hold(is_held: bool);

    /// Has the newer version of the page used, and loads the page again.
    #[wasm_bindgen(js_name = clearlistUseNewer)]
    pub fn use_newer();
}

/// What a file of the page's own holds, as the browser is asked for it.
async fn held_by(
    name: &str,
    ask: fn(&Response) -> Result<Promise, JsValue>,
) -> Result<JsValue, JsValue> {
    let response = JsFuture::from(file(name)).await?;
    JsFuture::from(ask(response.unchecked_ref())?).await
}

/// Loads the worker's program, which the page's HTML names: a promise of a script's address and
/// the compiled WebAssembly, to start any number of workers with and without another request.
///
/// The address is a `blob:` one: only a worker started from one is bound by the page's own policy
/// of what may be loaded and sent to. One started from a network address could send anything
/// anywhere (measured in Chromium 156 and Firefox 153). The script is what `wasm-bindgen` wrote,
/// before it a line that lets it start such workers only, and after it one that starts it with the
/// first message.
pub fn load_worker() -> Promise {
    future_to_promise(async {
        const TRUST: &str = "self.trustedTypes?.createPolicy(\"default\", \
            { createScriptURL: (url) => url.startsWith(\"blob:\") ? url : null });\n";
        const START: &str = "\naddEventListener(\"message\", (event) => \
            wasm_bindgen({ module_or_path: event.data }), { once: true });\n";
        let script = held_by("worker", Response::text).await?;
        let bytes = held_by("worker-wasm", Response::array_buffer).await?;
        let module = JsFuture::from(js_sys::WebAssembly::compile(&bytes)).await?;
        let script = [TRUST, &script.as_string().unwrap_or_default(), START].concat();
        let blob =
            blob("text/javascript", &JsValue::from_str(&script)).ok_or(JsValue::UNDEFINED)?;
        let start = Url::create_object_url_with_blob(&blob)?;
        Ok(Array::of2(&start.into(), &module).into())
    })
}

/// Gives back what a `blob:` address holds.
pub fn forget_url(url: &str) {
    // Refused never: an address that holds nothing is no error.
    let _ = Url::revoke_object_url(url);
}

fn blob(media_type: &str, part: &JsValue) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(part);
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

/// How many workers this computer can run at once.
pub fn cores() -> u32 {
    let cores = window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    // A small whole number in every browser.
    cores.clamp(1.0, 64.0) as u32
}

/// Leaves a mark on the browser's time line, for measurements (`benches/browser.rs`).
pub fn mark(name: &str) {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        // Refused only for names that the browser itself uses.
        let _ = performance.mark(&format!("clearlist:{name}"));
    }
}

/// The page's address.
pub fn address() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// True if the browser hands links to other programs.
pub fn can_share() -> bool {
    window().is_some_and(|window| {
        Reflect::has(&window.navigator(), &JsValue::from_str("share")).unwrap_or_default()
    })
}

/// Has the reader choose a program to hand the link to, and hands it over.
pub async fn share(link: &str) {
    if let Some(window) = window() {
        let data = ShareData::new();
        data.set_url(link);
        // Refused when the reader closes the choice.
        let _ = JsFuture::from(window.navigator().share_with_data(&data)).await;
    }
}

/// The end of the page's address, from the `#` on; empty if there is none.
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Calls that with the end of the page's address, now and whenever it changes.
pub fn on_hash(hear: impl Fn(String) + 'static) {
    hear(hash());
    let hear = Closure::<dyn Fn()>::new(move || hear(hash()));
    if let Some(window) = window() {
        window.set_onhashchange(Some(hear.as_ref().unchecked_ref()));
    }
    // It serves for as long as the page lives.
    hear.forget();
}

/// Calls that whenever the browser keeps the page for when there is no network; true if it has a newer version that waits.
pub fn on_kept_page(hear: impl Fn(bool) + 'static) {
    let hear = Closure::<dyn Fn(bool)>::new(hear);
    on_kept(&hear);
    // It serves for as long as the page lives.
    hear.forget();
}

/// Tries to send something by each of these ways, and tells what became of it.
pub async fn try_ways_out(names: impl Iterator<Item = &'static str>) -> Vec<WayOut> {
    let found = JsFuture::from(try_ways_out_there()).await.unwrap_or(JsValue::UNDEFINED);
    let became = |name| match Reflect::get(&found, &JsValue::from_str(name)).ok()?.as_bool() {
        Some(true) => Some(WayOut::Blocked),
        Some(false) => Some(WayOut::Open),
        None => None,
    };
    names.map(|name| became(name).unwrap_or(WayOut::Untried)).collect()
}

/// Sets the end of the page's address. The page stays where it is, and so does the way back.
pub fn set_hash(new: &str) {
    // Where nothing is said, a link within the page may stand there.
    if new.is_empty() && !hash().contains('=') {
        return;
    }
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        // Refused only for another page's address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{new}")));
    }
}

/// The text of the file of a language; `None` if it cannot be had.
pub async fn text_of_language(code: &str) -> Option<String> {
    held_by(code, Response::text).await.ok()?.as_string()
}

/// Says which language the page is in.
pub fn set_language(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Refused only for names that cannot be attributes.
        let _ = root.set_attribute("lang", code);
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the keyboard focus to the element with that id, and shows it. A fold whose summary it is
/// is opened.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        if let Some(Ok(fold)) = element.parent_element().map(JsCast::dyn_into::<HtmlDetailsElement>)
        {
            fold.set_open(true);
        }
        // Refused only for an element that is not in a document.
        let _ = element.focus();
    }
}

/// The value chosen in the select with that id.
pub fn chosen(id: &str) -> Option<String> {
    let element = document()?.get_element_by_id(id)?;
    Some(element.dyn_ref::<HtmlSelectElement>()?.value())
}

/// True if the check box with that id is ticked.
pub fn is_ticked(id: &str) -> bool {
    let element = document().and_then(|document| document.get_element_by_id(id));
    element
        .is_some_and(|it| it.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked))
}

/// Has the select show that value.
pub fn choose(select: &HtmlSelectElement, value: &str) {
    if select.value() != value {
        select.set_value(value);
    }
}

/// Has the select with that id show that value.
pub fn choose_in(id: &str, value: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(select) = element.as_ref().and_then(|it| it.dyn_ref()) {
        choose(select, value);
    }
}

/// Copies the text to the clipboard. Where the browser does not allow it, the text of the element
/// with that id is selected instead, to be copied by hand. True if it was copied.
pub async fn copy(text: &str, id: &str) -> bool {
    let clipboard = window().map(|window| window.navigator().clipboard());
    if let Some(clipboard) = clipboard.filter(|clipboard| !clipboard.is_undefined())
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    select(id);
    false
}

fn select(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(area) =
        element.as_ref().and_then(|element| element.dyn_ref::<HtmlTextAreaElement>())
    {
        return area.select();
    }
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(element), Some(selection)) = (element, selection) {
        // Refused only for a node that is not in a document.
        let _ = selection.select_all_children(&element);
    }
}

/// Shows a place in a text area, in UTF-16 code units: on that line, counted from 1, of so many.
pub fn show_in_text(id: &str, at: usize, line: usize, lines: usize) {
    let area = document().and_then(|document| document.get_element_by_id(id));
    let Some(Ok(area)) = area.map(JsCast::dyn_into::<HtmlTextAreaElement>) else { return };
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    // Refused never for a text area.
    let _ = area.set_selection_range(at, at);
    // Lines are not wrapped, and so all of one height. Browsers do not scroll there by themselves.
    let above =
        i64::from(area.scroll_height()) * line.saturating_sub(1) as i64 / lines.max(1) as i64;
    area.set_scroll_top(i32::try_from(above).unwrap_or(0) - area.client_height() / 2);
}

/// The text of a file in UTF-8, with U+FFFD for what is none. `None` if it cannot be read.
pub async fn text_of(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// What this page kept in the browser of that kind, in order; nothing where that is not allowed.
pub fn kept(kind: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..).map_while(|number| storage.get_item(&kept_key(kind, number)).ok().flatten()).collect()
}

/// Keeps these texts instead of what was kept of that kind. False if the browser does not allow it; then
/// nothing is kept.
pub fn keep(kind: &str, texts: &[String]) -> bool {
    let Some(storage) = storage() else { return texts.is_empty() };
    let forget = || {
        for number in 0..kept(kind).len() {
            // Refused never where reading is not.
            let _ = storage.remove_item(&kept_key(kind, number));
        }
    };
    forget();
    let are_kept = texts
        .iter()
        .enumerate()
        .all(|(number, text)| storage.set_item(&kept_key(kind, number), text).is_ok());
    if !are_kept {
        forget();
    }
    are_kept
}

/// Forgets all that this page ever kept in the browser.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(KEPT)) {
        // Refused never where reading is not.
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// How the keys begin of what is kept: other pages of the same address may keep something too.
const KEPT: &str = "clearlist.";

fn kept_key(kind: &str, number: usize) -> String {
    format!("{KEPT}{kind}.{number}")
}

/// Opens the print dialog. Returns when it is closed, in browsers that wait for it.
pub fn print() {
    if let Some(window) = window() {
        // Refused where printing is forbidden; there is nothing else to do then.
        let _ = window.print();
    }
}

/// From now on, everything folded is unfolded while the page is printed, and the page is at its top: from further
/// down, Chromium leaves out what stands fast at the foot of each page (measured in version 156).
pub fn unfold_for_print() {
    const MARK: &str = "data-folded";
    fn all(selector: &str) -> Vec<Element> {
        let nodes = document().and_then(|document| document.query_selector_all(selector).ok());
        let Some(nodes) = nodes else { return Vec::new() };
        (0..nodes.length()).filter_map(|at| nodes.item(at)?.dyn_into().ok()).collect()
    }
    let was_at = Rc::new(Cell::new(0.0));
    let scrolled_to = was_at.clone();
    let unfold = Closure::<dyn Fn()>::new(move || {
        if let Some(window) = window() {
            scrolled_to.set(window.scroll_y().unwrap_or_default());
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        for details in all("details:not([open])") {
            // Refused only for malformed names.
            let _ = details.set_attribute(MARK, "");
            let _ = details.set_attribute("open", "");
        }
    });
    let fold = Closure::<dyn Fn()>::new(move || {
        for details in all("details[data-folded]") {
            // Refused only for malformed names.
            let _ = details.remove_attribute(MARK);
            let _ = details.remove_attribute("open");
        }
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, was_at.get());
        }
    });
    if let Some(window) = window() {
        let add = |event: &str, closure: &Closure<dyn Fn()>| {
            // Refused never: both arguments are what is asked for.
            let _ =
                window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        };
        add("beforeprint", &unfold);
        add("afterprint", &fold);
    }
    // They serve for as long as the page lives.
    unfold.forget();
    fold.forget();
}

/// Hands the bytes to the reader as a download of that name.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Option<()> {
    let part = Uint8Array::from(bytes);
    let url = Url::create_object_url_with_blob(&blob(media_type, &part)?).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken hold of the blob by the time the click returns.
    forget_url(&url);
    Some(())
}

/// What is filled in in the form that is sent, by the fields' names; empty for a field that is not there.
pub fn filled_in(event: &SubmitEvent) -> impl Fn(&str) -> String + use<> {
    let form = event.target().and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    let data = form.and_then(|form| FormData::new_with_form(&form).ok());
    move |name| {
        let value = data.as_ref().map(|data| data.get(name));
        value.and_then(|value| value.as_string()).unwrap_or_default()
    }
}

/// The files chosen in a file input. The input is emptied, so that the same file can be chosen
/// again after it was taken off the list.
pub fn take_files(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files().map(files_of).unwrap_or_default();
    input.set_value("");
    files
}

/// The files dropped.
pub fn dropped_files(event: &DragEvent) -> Vec<File> {
    let list = event.data_transfer().and_then(|transfer| transfer.files());
    list.map(files_of).unwrap_or_default()
}

fn files_of(list: FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// The size of a file in bytes. Sizes are below 2⁵³, which a browser's number holds exactly.
pub fn size_of(file: &File) -> u64 {
    file.size() as u64
}

/// Says above everything else that the page's own program has stopped.
pub fn show_that_the_page_stopped(sentence: &str) {
    let shown = document().and_then(|document| {
        let alert = document.create_element("p").ok()?;
        alert.set_attribute("role", "alert").ok()?;
        alert.set_class_name("page-stopped");
        alert.set_text_content(Some(sentence));
        document.body()?.prepend_with_node_1(&alert).ok()
    });
    if shown.is_none() {
        web_sys::console::error_1(&sentence.into());
    }
}
