//! One program that was found.

use std::rc::Rc;

use yew::prelude::*;

use super::place_list::place_list;
use super::set_aside::set_aside;
use super::sheet::sheet;
use super::why::why;
use crate::app::action::Action;
use crate::app::checklist::Checklist;
use crate::app::protocol::{Request, Results, ScanId};
use crate::app::state::More;

/// A finding: what the worker says of it, where it is, and a way to decide about it.
#[component]
pub fn FindingCard(props: &FindingCardProps) -> Html {
    let Some(finding) = props.results.findings.get(props.index) else {
        return Html::default();
    };
    html! {
        <div class="finding">
            { sheet(&finding.sheet, &props.on_action) }
            { why(props.scan, &props.more, finding, &props.on_action, &props.on_request) }
            { place_list(
                props.scan,
                finding,
                &props.more,
                &props.checklist,
                props.is_printing,
                &props.on_action,
                &props.on_request,
            ) }
            { set_aside(&props.results, props.index, props.is_deciding, &props.on_action) }
        </div>
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
    /// What of the removal is done.
    pub checklist: Checklist,
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
        results: crate::app::example::results(),
        more: Rc::default(),
        index: 0,
        is_deciding: false,
        checklist: Checklist::default(),
        is_printing: false,
        on_action: Callback::noop(),
        on_request: Callback::noop(),
    };
    vec![("hostile name", props)]
}
