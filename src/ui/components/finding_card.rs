//! One program that was found.

use std::rc::Rc;

use yew::prelude::*;

use super::outcome_list::outcome_list;
use super::place_list::place_list;
use super::set_aside::set_aside;
use super::why::why;
use crate::app::action::Action;
use crate::app::protocol::{Request, Results, ScanId};
use crate::app::state::More;
use crate::engine::report::{Evidence, Finding};
use crate::ui::{ids, text};

/// A finding: the program as written, how it was recognised, where it is.
///
/// MUST show the line as written and what in it matched, as text, and the same text put right if
/// its letters were damaged. MUST say in words how sure it is.
/// MUST have a heading that can take the focus.
#[component]
pub fn FindingCard(props: &FindingCardProps) -> Html {
    let Some(finding) = props.results.report.findings.get(props.index) else {
        return Html::default();
    };
    html! {
        <div class="finding">
            <h5 class="finding__name" id={ids::finding(props.index)} tabindex="-1">
                { text::title_as_written(finding) }
            </h5>
            <p class="finding__facts">
                { text::published_by(&finding.publisher) }
                { ". " }{ text::on_hosts(finding) }{ "." }
            </p>
            if let Some(sentence) = text::put_right(finding) {
                <p class="finding__facts">{ sentence }</p>
            }
            if props.shows_outcomes {
                <h6 class="finding__heading">{ text::WHAT_THE_DIRECTIVES_SAY }</h6>
                { outcome_list(&props.results.report, &finding.outcomes) }
            }
            <h6 class="finding__heading">{ text::HOW_WE_KNOW }</h6>
            { known_by(finding) }
            { why(props.scan, &props.more, finding, &props.on_request) }
            { place_list(
                props.scan,
                finding,
                &props.more,
                props.is_printing,
                &props.on_action,
                &props.on_request,
            ) }
            { set_aside(&props.results, props.index, props.is_deciding, &props.on_action) }
        </div>
    }
}

fn known_by(finding: &Finding) -> Html {
    html! {
        <>
            if let Some(place) = finding.places.first() {
                <p class="finding__where">{ text::line_as_written(place) }</p>
                <pre class="finding__line"><code>{ place.text.clone() }</code></pre>
            }
            <ul class="usa-list finding__evidence">
                for (index, evidence) in finding.evidence.iter().enumerate() {
                    <li key={index}>{ compared(evidence) }</li>
                }
            </ul>
            <p class="finding__sure">{ text::strength(finding.strength) }{ "." }</p>
        </>
    }
}

fn compared(evidence: &Evidence) -> Html {
    let words = text::evidence(evidence);
    html! {
        <>
            { words.before }<q>{ evidence.text.clone() }</q>
            { words.between }<q>{ evidence.pattern.clone() }</q>
            { words.after }
        </>
    }
}

/// What a [`FindingCard`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct FindingCardProps {
    /// The scan the results came out of.
    pub scan: ScanId,
    /// The results.
    pub results: Rc<Results>,
    /// What the reader asked of them.
    pub more: Rc<More>,
    /// Which finding, counted from 0.
    pub index: usize,
    /// True if the reader is deciding about it.
    pub is_deciding: bool,
    /// True if the outcomes are this finding's own and not told for the whole product.
    pub shows_outcomes: bool,
    /// True if everything known is to be on the page.
    pub is_printing: bool,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
    /// Asks the worker for more.
    pub on_request: Callback<Request>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, FindingCardProps)> {
    let props = FindingCardProps {
        scan: ScanId(1),
        results: super::example::results(),
        more: Rc::default(),
        index: 0,
        is_deciding: false,
        shows_outcomes: true,
        is_printing: false,
        on_action: Callback::noop(),
        on_request: Callback::noop(),
    };
    vec![("hostile name", props)]
}
