//! What stands over and under a printed report, and is not on the screen.

use yew::prelude::*;

use crate::app::state::Shown;
use crate::engine::report::PackReport;
use crate::ui::text;

/// The head of a printed report: title, when and with what it was made, what was checked.
///
/// MUST be on paper only.
pub fn report_head(shown: &Shown) -> Html {
    let report = &shown.results.report;
    let tool = &report.tool;
    html! {
        <div class="print-only report-head">
            <p class="report-head__title">{ text::REPORT_TITLE }</p>
            <p>{ text::report_made(&report.generated_on, &tool.version, &tool.data_checked_on) }</p>
            <p>{ text::report_directives(shown) }</p>
            { packs(&report.packs) }
            <p><strong>{ text::REPORT_SOURCES }{ ":" }</strong></p>
            <ul>
                for (index, source) in report.sources.iter().enumerate() {
                    <li key={index}>
                        { source.name.clone() }{ ", SHA-256 " }
                        <code class="hash">{ source.sha256.clone() }</code>
                    </li>
                }
            </ul>
        </div>
    }
}

/// The reader's own rules that were applied.
///
/// MUST give the hash of each, so that it can be told which text it was.
pub fn packs(packs: &[PackReport]) -> Html {
    if packs.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <p><strong>{ text::REPORT_PACKS }{ ":" }</strong></p>
            <ul>
                for pack in packs.iter() {
                    <li key={pack.id.clone()}>
                        { text::pack_applied(pack) }{ ", SHA-256 " }
                        <code class="hash">{ pack.sha256.clone() }</code>
                    </li>
                }
            </ul>
        </>
    }
}

/// The lines to sign on.
///
/// MUST be on paper only.
pub fn signature() -> Html {
    html! {
        <div class="print-only signature">
            <p class="signature__title">{ text::SIGNED_HEADING }</p>
            for line in text::SIGN_HERE {
                <p key={line} class="signature__line">{ line }</p>
            }
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![("found", report_head(&super::example::shown()))]
}
