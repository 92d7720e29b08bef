//! The computers a program is on.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::protocol::{Request, Results, ScanId};
use crate::app::state::More;
use crate::engine::report::Place;
use crate::ui::text;

/// How many rows are on the page at first, and are added at a time.
const ROWS_AT_FIRST: usize = 10;
const ROWS_MORE: usize = 200;

/// A folded list of the computers a finding is on, with the line of each.
///
/// MUST say how many there are before it is opened. MUST NOT put more rows on the page than
/// somebody asked for: there may be a hundred thousand. MUST be a table with a caption.
#[component]
pub fn PlaceList(props: &PlaceListProps) -> Html {
    let rows = use_state_eq(|| ROWS_AT_FIRST);
    let Some(finding) = props.results.report.findings.get(props.index) else {
        return Html::default();
    };
    let more = props.more.places.get(&finding.id).map_or(&[] as &[Place], Vec::as_slice);
    let known = finding.places.len() + more.len();
    let shown = if props.is_printing { known } else { (*rows).min(known) };
    let all = (finding.host_count as usize).max(known);
    let left = (all - shown) as u64;
    let onclick = {
        let (rows, on_request) = (rows.clone(), props.on_request.clone());
        let (scan, finding) = (props.scan, finding.id.clone());
        Callback::from(move |_: MouseEvent| {
            let wanted = *rows + ROWS_MORE;
            if wanted > known && known < all {
                let finding = finding.clone();
                on_request.emit(Request::MorePlaces { scan, finding, from: known });
            }
            rows.set(wanted);
        })
    };
    html! {
        <details class="fold">
            <summary class="fold__summary">{ text::where_found(finding) }</summary>
                <table class="places">
                    <caption class="usa-sr-only">{ text::where_found(finding) }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ text::COMPUTER }</th>
                            <th scope="col">{ text::LINE_OF_LIST }</th>
                        </tr>
                    </thead>
                    <tbody>
                        for (index, place) in finding.places.iter().chain(more).take(shown).enumerate() {
                            <tr key={index}>
                                <th scope="row" class="places__host">{ place.host.clone() }</th>
                                <td>{ text::place(place) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            if left > 0 {
                <p class="places__more">
                    { text::places_left(left) }{ " " }
                    <button type="button" class="usa-button usa-button--unstyled" {onclick}>
                        { text::SHOW_MORE_PLACES }
                    </button>
                    <span class="print-only">{ text::PLACES_NOT_PRINTED }</span>
                </p>
            }
        </details>
    }
}

/// What a [`PlaceList`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlaceListProps {
    /// The scan the results came out of.
    pub scan: ScanId,
    /// The results.
    pub results: Rc<Results>,
    /// What the reader asked of them.
    pub more: Rc<More>,
    /// Which finding, counted from 0.
    pub index: usize,
    /// True if everything known is to be on the page.
    pub is_printing: bool,
    /// Asks the worker for more.
    pub on_request: Callback<Request>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, PlaceListProps)> {
    let props = PlaceListProps {
        scan: ScanId(1),
        results: super::example::results(),
        more: Rc::default(),
        index: 0,
        is_printing: false,
        on_request: Callback::noop(),
    };
    vec![("two of three computers", props)]
}
