//! The computers a program is on.

use yew::prelude::*;

use super::sheet::check;
use crate::app::action::Action;
use crate::app::checklist::{Checklist, host_key};
use crate::app::protocol::{Request, ScanId};
use crate::app::state::{More, of_finding};
use crate::app::text;
use crate::app::view::FindingView;
use crate::engine::report::Place;

/// How many rows are on the page at first, and are added at a time.
const ROWS_AT_FIRST: usize = 10;
const ROWS_MORE: usize = 200;

/// A folded list of the computers a finding is on, with the line of each.
///
/// MUST say how many there are before it is opened. MUST NOT put more rows on the page than
/// somebody asked for: there may be a hundred thousand. MUST be a table with a caption.
pub fn place_list(
    scan: ScanId,
    finding: &FindingView,
    more: &More,
    checklist: &Checklist,
    is_printing: bool,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
) -> Html {
    let rows = of_finding(&more.rows, &finding.id).copied().unwrap_or(ROWS_AT_FIRST);
    let more = of_finding(&more.places, &finding.id).map_or(&[] as &[Place], Vec::as_slice);
    let known = finding.places.len() + more.len();
    let shown = if is_printing { known } else { rows.min(known) };
    let all = (finding.hosts as usize).max(known);
    let left = (all - shown) as u64;
    let onclick = {
        let (on_action, on_request) = (on_action.clone(), on_request.clone());
        let finding = finding.id.clone();
        Callback::from(move |_: MouseEvent| {
            let wanted = rows + ROWS_MORE;
            if wanted > known && known < all {
                let finding = finding.clone();
                on_request.emit(Request::MorePlaces { scan, finding, from: known });
            }
            on_action.emit(Action::MorePlacesAsked(finding.clone(), wanted));
        })
    };
    html! {
        <details class="fold">
            <summary class="fold__summary">{ finding.where_found.clone() }</summary>
                <table class="places">
                    <caption class="usa-sr-only">{ finding.where_found.clone() }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ text::COMPUTER }</th>
                            <th scope="col">{ text::LINE_OF_LIST }</th>
                            if finding.has_to_act {
                                <th scope="col">{ text::DONE }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for (index, place) in finding.places.iter().chain(more).take(shown).enumerate() {
                            <tr key={index}>
                                <th scope="row" class="places__host">{ place.host.clone() }</th>
                                <td>{ text::place(place) }</td>
                                if finding.has_to_act {
                                    <td>{ check(&host_key(&finding.id, &place.host), &place.host, checklist, on_action) }</td>
                                }
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

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let results = crate::app::example::results();
    let Some(finding) = results.findings.first() else { return Vec::new() };
    let (more, noop) = (More::default(), Callback::noop());
    let drawn = place_list(
        ScanId(1),
        finding,
        &more,
        &Checklist::default(),
        false,
        &noop,
        &Callback::noop(),
    );
    vec![("two of three computers", drawn)]
}
