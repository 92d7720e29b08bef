//! Step 4: the results.

use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::checklist::Checklist;
use crate::app::decisions::Decisions;
use crate::app::preview::Choices;
use crate::app::protocol::{HeadlineKind, Request, Results, ScanId};
use crate::app::reading::InputKey;
use crate::app::share::Opened;
use crate::app::sheet::{Node, Tone};
use crate::app::state::{Browsing, FINDINGS_A_PAGE, PROBLEMS_A_PAGE, Rows, SOURCES_A_PAGE, Shown};
use crate::app::view::ProductView;
use crate::app::{ids, text};
use crate::engine::writers::ics;
use crate::ui::browser;
use crate::ui::components::alert::alert;
use crate::ui::components::browse::browse;
use crate::ui::components::comparison::comparison;
use crate::ui::components::decisions::decisions;
use crate::ui::components::export_menu::export_menu;
use crate::ui::components::outline_button::outline_button;
use crate::ui::components::own_rules::keep;
use crate::ui::components::product_card::ProductCard;
use crate::ui::components::share::share;
use crate::ui::components::sheet::sheet;
use crate::ui::components::source_card::source_card;
use crate::ui::components::step_section::step_section;

/// The answer, the findings, how to remove them, the directives, what was read.
///
/// MUST say the answer first. MUST take the focus to its heading when results arrive. A component,
/// though it remembers nothing: results may be large, and are not drawn again at each letter typed.
#[component]
pub fn ResultsStep(props: &ResultsStepProps) -> Html {
    let (heading, body) = match (&props.opened, &props.shown) {
        (Some(opened), _) => (text::SHARED, shared(opened, &props.on_action)),
        (None, Some(shown)) => (text::RESULTS, body(props, shown)),
        (None, None) => (text::RESULTS, html! { <p class="step__lead">{ text::NO_RESULTS }</p> }),
    };
    step_section(4, ids::RESULTS, heading, "results", body)
}

/// What somebody shared, to be read and left.
fn shared(opened: &Opened, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(|_: MouseEvent| {
        // Loaded again, the page would show it again.
        browser::set_hash("");
        Action::SharedLeft
    });
    html! {
        <>
            if let Some(node) = &opened.sheet {
                { sheet(node, on_action) }
            } else {
                <p role="status">{ text::SHARED_IS_COMING }</p>
            }
            <button
                type="button"
                class="usa-button no-print"
                id={ids::LEAVE_SHARED}
                {onclick}
            >
                { text::LEAVE_SHARED }
            </button>
        </>
    }
}

fn body(props: &ResultsStepProps, shown: &Shown) -> Html {
    let results = &shown.results;
    let has_findings = !results.findings.is_empty() || !props.decisions.all.is_empty();
    let was_read = results.headline.kind != HeadlineKind::NothingRead;
    let said = |node: &Node| sheet(node, &props.on_action);
    html! {
        <>
            { said(&results.head) }
            if shown.more.is_lost {
                { again(Tone::Bad, &text::LOST, &props.on_action) }
            } else if props.is_stale {
                { again(Tone::Info, &text::STALE, &props.on_action) }
            }
            { said(&results.answer) }
            { buttons(props, shown) }
            { share(
                shown.scan,
                &props.marking,
                &shown.more,
                &props.on_action,
                &props.on_request,
            ) }
            { said(&results.pictures) }
            if was_read {
                { browse(
                    &props.browsing.asked,
                    &props.browsing.browsed,
                    &results.directives_named,
                    &props.on_action,
                ) }
            }
            if !results.findings.is_empty() {
                { found(props, shown) }
            }
            if has_findings {
                { decisions(
                    results,
                    &props.decisions,
                    &props.on_action,
                    &props.on_request,
                    &props.on_report_files.reform(|files| (ReportFile::Decisions, files)),
                ) }
            }
            { said(&results.near_misses) }
            if !results.deadlines.is_nothing() {
                <div class="part">
                    { said(&results.deadlines) }
                    { outline_button(ids::SAVE_CALENDAR, text::SAVE_CALENDAR.into(), write(props, shown, ics::WRITER.id)) }
                </div>
            }
            if was_read {
                { comparison(
                    results,
                    &props.decisions,
                    &props.on_action,
                    &props.on_report_files.reform(|files| (ReportFile::Earlier, files)),
                ) }
                <div class="part">
                    <h3>{ text::DIRECTIVES_HEADING }</h3>
                    { said(&results.directives) }
                    <div class="no-print">{ said(&results.packs) }</div>
                </div>
            }
            <div class="part">
                <h3>{ text::ACCOUNTING_HEADING }</h3>
                { sources(props, results) }
                <h4>{ text::problems_heading(results.problem_count) }</h4>
                { problems(props, results) }
            </div>
            { signature() }
        </>
    }
}

/// The lines to sign on, on paper only.
fn signature() -> Html {
    html! {
        <div class="print-only signature">
            <p class="signature__title">{ text::SIGNED_HEADING }</p>
            for line in text::SIGN_HERE {
                <p key={line} class="signature__line">{ line }</p>
            }
        </div>
    }
}

/// Why the list is to be checked again, and the button that does it.
fn again(tone: Tone, why: &'static str, on_action: &Callback<Action>) -> Html {
    let message = html! {
        <p class="alert__paragraph">
            { why }{ " " }
            <button
                type="button"
                class="usa-button usa-button--unstyled"
                onclick={on_action.reform(|_| Action::CheckAsked)}
            >
                { text::CHECK_AGAIN }
            </button>
        </p>
    };
    alert(tone, "", None, "no-print", message)
}

fn buttons(props: &ResultsStepProps, shown: &Shown) -> Html {
    html! {
        <div class="actions no-print">
            <button
                type="button"
                class="usa-button"
                id={ids::PRINT}
                onclick={props.on_action.reform(|_| Action::PrintAsked)}
            >
                { text::PRINT }
            </button>
            { export_menu(
                shown.scan,
                &props.choices,
                &props.marking,
                &props.on_action,
                &props.on_request,
            ) }
            { outline_button(ids::ANOTHER, text::CHECK_ANOTHER.into(), props.on_action.reform(|_| Action::StartedOver)) }
        </div>
    }
}

/// Asks for the report, written down.
fn write(props: &ResultsStepProps, shown: &Shown, writer: &'static str) -> Callback<MouseEvent> {
    let scan = shown.scan;
    props.on_request.reform(move |_| {
        let (writer, marking) = (writer.to_owned(), String::new());
        Request::Write { scan, writer, marking }
    })
}

/// The findings by product, with how to remove them.
fn found(props: &ResultsStepProps, shown: &Shown) -> Html {
    let (scan, results, more) = (shown.scan, &shown.results, &shown.more);
    let (known, all) = (results.findings.len(), results.finding_count);
    let shown = if props.is_printing { known } else { props.findings_on_page.min(all) };
    let onclick = {
        let (on_action, on_request) = (props.on_action.clone(), props.on_request.clone());
        Callback::from(move |_: MouseEvent| {
            if shown >= known {
                on_request.emit(Request::MoreFindings { scan, from: known });
            }
            on_action.emit(Action::MoreFindingsAsked);
        })
    };
    let of = |product: &ProductView| product.findings.iter().filter(|&&i| i < shown).count();
    let products =
        results.products.iter().map(of).enumerate().filter(|(_, findings)| *findings > 0);
    html! {
        <div class="part">
            <h3>{ text::findings_heading(all) }</h3>
            { checklist(props, scan) }
            for (index, findings_on_page) in products {
                <ProductCard
                    key={index}
                    {scan}
                    results={results.clone()}
                    more={more.clone()}
                    deciding={props.decisions.form}
                    checklist={props.checklist.clone()}
                    {index}
                    {findings_on_page}
                    is_printing={props.is_printing}
                    on_action={props.on_action.clone()}
                    on_request={props.on_request.clone()}
                />
            }
            if shown < all {
                <p>
                    { text::findings_shown(shown, all) }
                    <span class="print-only">{ text::PLACES_NOT_PRINTED }</span>
                </p>
                { outline_button("", text::show_more_findings((all - shown).min(FINDINGS_A_PAGE)).into(), onclick) }
            }
        </div>
    }
}

/// How what is done is ticked off, and what becomes of the ticks.
fn checklist(props: &ResultsStepProps, scan: ScanId) -> Html {
    let (done, marking) = (props.checklist.done.clone(), props.marking.clone());
    let onclick = props.on_request.reform(move |_| {
        let (done, marking) = (done.as_ref().clone(), marking.clone());
        Request::WriteChecklist { scan, done, marking }
    });
    html! {
        <div class="no-print">
            <p>{ text::CHECKLIST_HINT }</p>
            if !props.checklist.done.is_empty() || props.checklist.is_kept {
                { keep(
                    ids::KEEP_TICKS,
                    text::KEEP_TICKS,
                    text::KEEP_TICKS_HINT,
                    props.checklist.is_kept,
                    props.on_action.reform(|_| Action::TickKeepingToggled),
                ) }
                if props.checklist.is_not_kept {
                    <p class="usa-error-message">{ text::not_kept() }</p>
                }
                { outline_button(ids::SAVE_TICKS, text::SAVE_TICKS.into(), onclick) }
            }
        </div>
    }
}

/// What [`ResultsStep`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ResultsStepProps {
    /// The results, if there are any.
    pub shown: Option<Shown>,
    /// What somebody shared, in their place.
    pub opened: Option<Opened>,
    /// The input that each source of the results is of, where it is still on the page.
    pub inputs: Vec<Option<InputKey>>,
    /// What can be chosen from.
    pub choices: Rc<Choices>,
    /// True if the page has changed since.
    pub is_stale: bool,
    /// How many findings are on the page.
    pub findings_on_page: usize,
    /// How many lists and problems are.
    pub rows: Rows,
    /// True if everything known is to be on the page.
    pub is_printing: bool,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
    /// The findings as a table.
    pub browsing: Browsing,
    /// Decisions about what was found.
    pub decisions: Decisions,
    /// What of the removal is done.
    pub checklist: Checklist,
    /// What stands at head and foot of what is printed and saved.
    pub marking: String,
    /// Asks the worker.
    pub on_request: Callback<Request>,
    /// Gets the files that are about the report.
    pub on_report_files: Callback<(ReportFile, Vec<File>)>,
}

/// What a file is that is about the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFile {
    /// Decisions.
    Decisions,
    /// An earlier report.
    Earlier,
}

/// What became of each list.
fn sources(props: &ResultsStepProps, results: &Results) -> Html {
    let sources = &results.sources;
    let input_of = |index| props.inputs.get(index).copied().flatten();
    let all = sources.len();
    let shown = if props.is_printing { all } else { props.rows.sources.min(all) };
    let onclick = props.on_action.reform(|_: MouseEvent| Action::MoreSourcesAsked);
    html! {
        <>
            for (index, source) in sources.iter().take(shown).enumerate() {
                { source_card(index, source, input_of(index), &props.on_action) }
            }
            if shown < all {
                { outline_button("", text::show_more_sources(SOURCES_A_PAGE.min(all - shown)).into(), onclick) }
            }
        </>
    }
}

/// What could not be read.
///
/// MUST say how many there are even where not all are listed.
fn problems(props: &ResultsStepProps, results: &Results) -> Html {
    let listed = results.problems.len();
    if listed == 0 {
        return html! { <p>{ text::NO_PROBLEMS }</p> };
    }
    let shown = if props.is_printing { listed } else { props.rows.problems.min(listed) };
    let onclick = props.on_action.reform(|_: MouseEvent| Action::MoreProblemsAsked);
    let not_listed = results.problem_count.saturating_sub(listed as u64);
    html! {
        <>
            <ul class="problems">
                for (index, problem) in results.problems.iter().take(shown).enumerate() {
                    <li key={index} class="problems__row">{ sheet(problem, &props.on_action) }</li>
                }
            </ul>
            if shown < listed {
                { outline_button("", text::show_more_problems(PROBLEMS_A_PAGE.min(listed - shown)).into(), onclick) }
            }
            if not_listed > 0 {
                <p>{ text::problems_not_listed(not_listed) }</p>
            }
        </>
    }
}
