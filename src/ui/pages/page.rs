//! The page as a whole: header, four steps, footer.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlSelectElement};
use yew::prelude::*;

use super::get::get;
use super::give::give;
use super::results::{ReportFile, ResultsStep};
use super::who::Who;
use crate::app::action::Action;
use crate::app::protocol::Request;
use crate::app::sheet::Tone;
use crate::app::state::{Forgetting, Numbered, Offline, State, WaysOut};
use crate::app::{ids, text};
use crate::engine::language::Language;
use crate::ui::browser;
use crate::ui::components::alert::alert;
use crate::ui::components::live_region::live_region;
use crate::ui::components::outline_button::outline_button;

/// Everything on the page, drawn from the state.
///
/// MUST have one banner, one main part, one footer, and a link that skips to the main part.
/// MUST say that nothing leaves the browser and that it is not a government website.
pub fn page(props: &PageProps) -> Html {
    let state = &*props.state;
    let on_action = &props.on_action;
    let has_results = state.shown.is_some() || state.opened.is_some();
    // The reader's own marking is not that of what somebody shared.
    let is_marked = state.shown.is_some() && state.opened.is_none() && !state.marking.is_empty();
    // On each page that is printed: browsers repeat what stands fast.
    let marking = |end: &str| {
        let class = format!("print-only marking marking--{end}");
        html! { <p {class}>{ state.marking.clone() }</p> }
    };
    html! {
        <>
        // Drawn anew in another language: a component with the same properties would not be.
        <div
            key={state.language.code()}
            class={classes!("page", has_results.then_some("page--with-results"))}
        >
            if is_marked {
                { marking("head") }
            }
            <a class="usa-skipnav" href={format!("#{}", ids::MAIN)}>{ text::SKIP_LINK }</a>
            <header class="banner">
                <div class="banner__inner">
                    <p class="banner__name">{ text::NAME }</p>
                    <p class="banner__note">{ text::NOT_GOVERNMENT }</p>
                    { language(state, &props.on_language) }
                </div>
            </header>
            <main id={ids::MAIN} class="main" tabindex="-1">
                if state.offline == Offline::NewerWaits {
                    { newer() }
                }
                if state.is_data_old() {
                    { old(state) }
                }
                <div class="intro">
                    <h1 class="intro__title">{ text::TAGLINE }</h1>
                    <p class="usa-intro intro__text">{ text::INTRODUCTION }</p>
                    <p class="intro__promise">{ text::NOTHING_LEAVES }</p>
                </div>
                <Who
                    profile={state.profile.clone()}
                    directives={state.directives.clone()}
                    rows={state.all_directives()}
                    packs={state.packs.clone()}
                    choices={state.readings.choices.clone()}
                    errors={state.errors.clone()}
                    on_action={on_action.clone()}
                    on_pack_files={props.on_pack_files.clone()}
                />
                { get(state, on_action) }
                { give(state, on_action, &props.on_files) }
                <ResultsStep
                    shown={state.shown.clone()}
                    opened={state.opened.clone()}
                    inputs={state.inputs_of_results()}
                    choices={state.readings.choices.clone()}
                    is_stale={state.is_stale()}
                    findings_on_page={state.findings_on_page}
                    rows={state.rows}
                    is_printing={state.is_printing}
                    on_action={on_action.clone()}
                    browsing={state.browsing.clone()}
                    decisions={state.decisions.clone()}
                    checklist={state.checklist.clone()}
                    marking={state.marking.clone()}
                    on_request={props.on_request.clone()}
                    on_report_files={props.on_report_files.clone()}
                />
            </main>
            <footer class="footer">
                <div class="footer__inner">
                    { ways_out(&state.ways_out, on_action) }
                    { forgetting(state.forgetting, on_action) }
                    <p>{ text::NOT_GOVERNMENT }</p>
                    <p>{ text::NOTHING_LEAVES }</p>
                    if state.offline != Offline::NotYet {
                        <p class="no-print">{ text::WORKS_OFFLINE }</p>
                    }
                    <p>{ text::versions(env!("CARGO_PKG_VERSION"), state.data_checked_on()) }</p>
                </div>
            </footer>
            if is_marked {
                { marking("foot") }
            }
        </div>
        // It stays, since only what changes in it is read out.
        { status(state) }
        </>
    }
}

/// A newer version of the page is there.
///
/// MUST say what is lost by using it now, and MUST NOT be in the way of going on.
fn newer() -> Html {
    let onclick = Callback::from(|_: MouseEvent| browser::use_newer());
    let message = html! {
        <>
            <p class="alert__paragraph">{ text::NEWER_WAITS }</p>
            { outline_button(ids::USE_NEWER, text::USE_NEWER.into(), onclick) }
        </>
    };
    alert(Tone::Info, "", None, "no-print", message)
}

/// The data is old.
///
/// MUST say of when it is, and what to do. Results say it for themselves, on paper too.
fn old(state: &State) -> Html {
    let warning = text::data_old(state.data_checked_on());
    let message = html! { <p class="alert__paragraph">{ warning }</p> };
    alert(Tone::Attention, "", None, "no-print", message)
}

/// The choice of the language.
///
/// MUST name each language in itself, and say which language that name is.
fn language(state: &State, on_language: &Callback<Language>) -> Html {
    let onchange = on_language.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        select.and_then(|select| Language::of_tag(&select.value())).unwrap_or_default()
    });
    html! {
        <div class="banner__language no-print">
            <label class="banner__label" for={ids::LANGUAGE}>{ text::LANGUAGE }</label>
            <select id={ids::LANGUAGE} class="choice-box" {onchange}>
                for language in Language::ALL {
                    <option
                        value={language.code()}
                        lang={language.code()}
                        selected={language == state.language}
                    >
                        { language.own_name() }
                    </option>
                }
            </select>
            if state.is_language_missing {
                <p class="banner__trouble" role="alert">{ text::LANGUAGE_MISSING }</p>
            }
        </div>
    }
}

/// A way to see that nothing leaves the page.
///
/// MUST say of each way whether it is blocked, in words. MUST send nothing of what the reader gave.
fn ways_out(tried: &WaysOut, on_action: &Callback<Action>) -> Html {
    let is_trying = *tried == WaysOut::Trying;
    let onclick = {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| {
            if is_trying {
                return;
            }
            let on_action = on_action.clone();
            on_action.emit(Action::WaysOutAsked);
            spawn_local(async move {
                let names = text::WAYS_OUT.iter().map(|(name, _)| *name);
                on_action.emit(Action::WaysOutTried(browser::try_ways_out(names).await));
            });
        })
    };
    html! {
        <div class="forgetting no-print">
            <h2 class="forgetting__heading">{ text::WAYS_OUT_HEADING }</h2>
            <p>{ text::WAYS_OUT_ABOUT }</p>
            if let WaysOut::Tried(became) = tried {
                <p><strong>{ text::ways_out(became) }</strong></p>
                <ul>
                    for ((_, way), became) in text::WAYS_OUT.iter().zip(became) {
                        <li>{ *way }{ ": " }{ text::way_out(*became) }</li>
                    }
                </ul>
                <p>{ text::WAYS_OUT_REST }</p>
            }
            if is_trying {
                <p>{ text::TRYING_WAYS_OUT }</p>
            }
            { outline_button(ids::TRY_WAYS_OUT, text::TRY_WAYS_OUT.into(), onclick) }
        </div>
    }
}

/// What the page keeps, and a way to have it forgotten.
///
/// MUST ask once more before it is done, since it cannot be undone. MUST say when it is.
fn forgetting(forgetting: Forgetting, on_action: &Callback<Action>) -> Html {
    let button = |id, words: &'static str, action: fn() -> Action| {
        outline_button(id, words.into(), on_action.reform(move |_: MouseEvent| action()))
    };
    html! {
        <div class="forgetting no-print">
            <h2 class="forgetting__heading">{ text::KEPT_HEADING }</h2>
            <p>{ text::KEPT }</p>
            <div id={ids::FORGETTING} tabindex="-1">
                if forgetting == Forgetting::Asked {
                    <p><strong>{ text::FORGET_ASKED }</strong></p>
                    <button
                        type="button"
                        class="usa-button"
                        id={ids::FORGET}
                        onclick={on_action.reform(|_| Action::Forgotten)}
                    >
                        { text::FORGET_YES }
                    </button>
                    { button(ids::FORGET_NOT, &text::FORGET_NO, || Action::ForgettingRefused) }
                } else {
                    if forgetting != Forgetting::No {
                        <p><strong>{ text::FORGOTTEN }</strong></p>
                    }
                    { button(ids::FORGET, &text::FORGET, || Action::ForgettingAsked) }
                }
            </div>
        </div>
    }
}

fn status(state: &State) -> Html {
    match &state.announcement {
        Some(Numbered { number, what }) => {
            live_region(*number, Some(text::announcement(*what, state)))
        }
        None => live_region(0, None),
    }
}

/// What the page is drawn from.
pub struct PageProps {
    /// The state.
    pub state: Rc<State>,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
    /// Gets the files chosen or dropped.
    pub on_files: Callback<Vec<File>>,
    /// Gets the files of rules that were chosen.
    pub on_pack_files: Callback<Vec<File>>,
    /// Gets the files that are about the report.
    pub on_report_files: Callback<(ReportFile, Vec<File>)>,
    /// Asks the worker that holds the report.
    pub on_request: Callback<Request>,
    /// Gets the language that was chosen.
    pub on_language: Callback<Language>,
}
