//! Why a finding is what it is said to be.

use yew::prelude::*;

use crate::app::protocol::{Request, ScanId};
use crate::app::state::{More, of_finding};
use crate::engine::explain::Section;
use crate::engine::report::Finding;
use crate::ui::text;

/// A fold with what was compared, what fitted, and what was rejected and why.
///
/// MUST ask the worker only when it is opened. MUST show texts of the list as text.
pub fn why(scan: ScanId, more: &More, finding: &Finding, on_request: &Callback<Request>) -> Html {
    let known = of_finding(&more.explanations, &finding.id);
    let onclick = {
        let (is_known, id) = (known.is_some(), finding.id.clone());
        let on_request = on_request.clone();
        Callback::from(move |_: MouseEvent| {
            if !is_known {
                on_request.emit(Request::Explain { scan, finding: id.clone() });
            }
        })
    };
    html! {
        // On paper, what nobody asked for is only a heading.
        <details class={classes!("fold", known.is_none().then_some("no-print"))}>
            <summary class="fold__summary" {onclick}>{ text::WHY }</summary>
            if let Some(sections) = known {
                { for sections.iter().map(section) }
            } else {
                <p role="status">{ text::WHY_IS_COMING }</p>
            }
        </details>
    }
}

fn section(section: &Section) -> Html {
    html! {
        <>
            <p><strong>{ section.heading.clone() }</strong></p>
            <ul class="usa-list">
                for (index, line) in section.lines.iter().enumerate() {
                    <li key={index}>{ line.clone() }</li>
                }
            </ul>
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let results = super::example::results();
    let Some(finding) = results.report.findings.first() else { return Vec::new() };
    let mut more = More::default();
    let asked = why(ScanId(1), &more, finding, &Callback::noop());
    let heading = "What it is".to_owned();
    let lines = vec![format!("It is {}.", super::example::HOSTILE)];
    more.explanations.push((finding.id.clone(), vec![Section { heading, lines }]));
    let answered = why(ScanId(1), &more, finding, &Callback::noop());
    vec![("not asked yet", asked), ("answered", answered)]
}
