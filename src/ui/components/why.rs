//! Why a finding is what it is said to be.

use yew::prelude::*;

use super::sheet::sheet;
use crate::app::action::Action;
use crate::app::protocol::{Request, ScanId};
use crate::app::state::{More, of_finding};
use crate::app::text;
use crate::app::view::FindingView;

/// A fold with what was compared, what fitted, and what was rejected and why.
///
/// MUST ask the worker only when it is opened.
pub fn why(
    scan: ScanId,
    more: &More,
    finding: &FindingView,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
) -> Html {
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
            if let Some(known) = known {
                { sheet(known, on_action) }
            } else {
                <p role="status">{ text::WHY_IS_COMING }</p>
            }
        </details>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use crate::app::sheets::evidence;
    use crate::engine::explain::Section;

    let results = crate::app::example::results();
    let Some(finding) = results.findings.first() else { return Vec::new() };
    let mut more = More::default();
    let asked = why(ScanId(1), &more, finding, &Callback::noop(), &Callback::noop());
    let heading = "What it is".to_owned();
    let lines = vec![format!("It is {}.", crate::app::example::HOSTILE)];
    let answer = Box::new(evidence::why(&[Section { heading, lines }]));
    more.explanations.push((finding.id.clone(), answer));
    let answered = why(ScanId(1), &more, finding, &Callback::noop(), &Callback::noop());
    vec![("not asked yet", asked), ("answered", answered)]
}
