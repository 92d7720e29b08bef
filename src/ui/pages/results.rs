//! Step 4: the results.

use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::decisions::Decisions;
use crate::app::preview::Choices;
use crate::app::protocol::{HeadlineKind, ProductGroup, Request, Results};
use crate::app::reading::InputKey;
use crate::app::state::{Browsing, FINDINGS_A_PAGE, Rows, SOURCES_A_PAGE, Shown};
use crate::engine::writers::ics;
use crate::ui::components::alert::alert;
use crate::ui::components::answer_box::answer_box;
use crate::ui::components::browse::browse;
use crate::ui::components::comparison::comparison;
use crate::ui::components::deadline_list::deadline_list;
use crate::ui::components::decisions::decisions;
use crate::ui::components::directive_panel::directive_panel;
use crate::ui::components::export_menu::export_menu;
use crate::ui::components::icon::Tone;
use crate::ui::components::near_misses::near_misses;
use crate::ui::components::problem_list::problem_list;
use crate::ui::components::product_card::ProductCard;
use crate::ui::components::report_head::{packs, report_head, signature};
use crate::ui::components::share::share;
use crate::ui::components::source_card::source_card;
use crate::ui::components::step_section::step_section;
use crate::ui::{ids, text};

/// The answer, the findings, how to remove them, the directives, what was read.
///
/// MUST say the answer first. MUST take the focus to its heading when results arrive. A component,
/// though it remembers nothing: results may be large, and are not drawn again at each letter typed.
#[component]
pub fn ResultsStep(props: &ResultsStepProps) -> Html {
    let body = match &props.shown {
        Some(shown) => body(props, shown),
        None => html! { <p class="step__lead">{ text::NO_RESULTS }</p> },
    };
    step_section(4, ids::RESULTS, text::RESULTS, "results", body)
}

fn body(props: &ResultsStepProps, shown: &Shown) -> Html {
    let results = &shown.results;
    let has_findings = !results.report.findings.is_empty() || !props.decisions.all.is_empty();
    let was_read = results.headline.kind != HeadlineKind::NothingRead;
    html! {
        <>
            { report_head(shown) }
            if props.is_stale {
                { stale(&props.on_action) }
            }
            { answer_box(results) }
            { buttons(props, shown) }
            { share(shown.scan, &shown.more, &props.on_action, &props.on_request) }
            if results.report.findings.len() > 1 {
                { browse(
                    &props.browsing.asked,
                    &props.browsing.browsed,
                    &results.report.directives,
                    &props.on_action,
                ) }
            }
            if !results.report.findings.is_empty() {
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
            if !results.report.near_misses.is_empty() {
                { near_misses(&results.report.near_misses) }
            }
            if !results.report.deadlines.is_empty() {
                { deadline_list(&results.report, write(props, shown, ics::WRITER.id)) }
            }
            if was_read {
                { comparison(
                    results,
                    &props.decisions,
                    &props.on_report_files.reform(|files| (ReportFile::Earlier, files)),
                ) }
                { directives(shown) }
            }
            { accounting(props, shown) }
            { signature() }
        </>
    }
}

fn stale(on_action: &Callback<Action>) -> Html {
    let message = html! {
        <p class="alert__paragraph">
            { text::STALE }{ " " }
            <button
                type="button"
                class="usa-button usa-button--unstyled"
                onclick={on_action.reform(|_| Action::CheckAsked)}
            >
                { text::CHECK_AGAIN }
            </button>
        </p>
    };
    alert(Tone::Info, "", None, "no-print", message)
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
            { export_menu(shown.scan, &props.choices, &props.on_request) }
            <button
                type="button"
                class="usa-button usa-button--outline"
                id={ids::ANOTHER}
                onclick={props.on_action.reform(|_| Action::StartedOver)}
            >
                { text::CHECK_ANOTHER }
            </button>
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

fn directives(shown: &Shown) -> Html {
    let results = &shown.results;
    html! {
        <div class="part">
            <h3>{ text::DIRECTIVES_HEADING }</h3>
            for (index, directive) in results.report.directives.iter().enumerate() {
                { directive_panel(index, directive) }
            }
            <div class="no-print">{ packs(&results.report.packs) }</div>
        </div>
    }
}

fn accounting(props: &ResultsStepProps, shown: &Shown) -> Html {
    let results = &shown.results;
    html! {
        <div class="part">
            <h3>{ text::ACCOUNTING_HEADING }</h3>
            { sources(props, results) }
            <h4>{ text::problems_heading(results.report.totals.problems) }</h4>
            { problem_list(
                &results.report,
                props.rows.problems,
                props.is_printing,
                &props.on_action,
            ) }
        </div>
    }
}

/// The findings by product, with how to remove them.
fn found(props: &ResultsStepProps, shown: &Shown) -> Html {
    let (scan, results, more) = (shown.scan, &shown.results, &shown.more);
    let all = results.report.findings.len();
    let shown = if props.is_printing { all } else { props.findings_on_page.min(all) };
    let of_group = |group: &ProductGroup| group.findings.iter().filter(|&&i| i < shown).count();
    let groups =
        results.groups.iter().map(of_group).enumerate().filter(|(_, findings)| *findings > 0);
    html! {
        <div class="part">
            <h3>{ text::findings_heading(all) }</h3>
            for (index, findings_on_page) in groups {
                <ProductCard
                    key={index}
                    {scan}
                    results={results.clone()}
                    more={more.clone()}
                    deciding={props.decisions.form}
                    {index}
                    {findings_on_page}
                    is_printing={props.is_printing}
                    on_action={props.on_action.clone()}
                    on_request={props.on_request.clone()}
                />
            }
            if shown < all {
                <p>{ text::findings_shown(shown, all) }</p>
                <button
                    type="button"
                    class="usa-button usa-button--outline"
                    onclick={props.on_action.reform(|_| Action::MoreFindingsAsked)}
                >
                    { text::show_more_findings((all - shown).min(FINDINGS_A_PAGE)) }
                </button>
            }
        </div>
    }
}

/// What [`ResultsStep`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ResultsStepProps {
    /// The results, if there are any.
    pub shown: Option<Shown>,
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
    let sources = &results.report.sources;
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
                <button type="button" class="usa-button usa-button--outline" {onclick}>
                    { text::show_more_sources(SOURCES_A_PAGE.min(all - shown)) }
                </button>
            }
        </>
    }
}
