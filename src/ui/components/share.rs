//! A summary to be passed on by a link.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::outline_button::outline_button;
use super::sheet::sheet;
use crate::app::action::Action;
use crate::app::protocol::{Request, ScanId};
use crate::app::state::More;
use crate::app::{ids, text};
use crate::ui::browser;

/// A fold that makes a link, and text that says the same.
///
/// MUST tell names only when the box is ticked. MUST say who can read the link before it is made. The button
/// that hands it to another program SHOULD NOT be there where the browser cannot.
pub fn share(
    scan: ScanId,
    marking: &str,
    more: &More,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
) -> Html {
    let marking = marking.to_owned();
    let ask = on_request.reform(move |()| Request::Share {
        scan,
        has_names: browser::is_ticked(ids::SHARE_NAMES),
        marking: marking.clone(),
        address: browser::address(),
    });
    html! {
        // Of other results, nothing is ticked.
        <details key={scan.0} class="fold no-print">
            <summary class="fold__summary" id={ids::SHARE}>{ text::SHARE }</summary>
            <p class="usa-hint">{ text::SHARE_HINT }</p>
            <div class="usa-checkbox">
                <input
                    type="checkbox"
                    class="usa-checkbox__input"
                    id={ids::SHARE_NAMES}
                    onchange={ask.reform(|_: Event| ())}
                />
                <label class="usa-checkbox__label" for={ids::SHARE_NAMES}>
                    { text::SHARE_NAMES }
                </label>
            </div>
            <div class="actions">
                { outline_button(ids::MAKE_SUMMARY, text::MAKE_SUMMARY.into(), ask.reform(|_: MouseEvent| ())) }
            </div>
            if let Some(offer) = &more.offer {
                { sheet(&offer.sheet, on_action) }
                if more.can_share && !offer.link.is_empty() {
                    <div class="actions">{ hand_over(&offer.link) }</div>
                }
            }
        </details>
    }
}

fn hand_over(link: &str) -> Html {
    let link = link.to_owned();
    let onclick = Callback::from(move |_: MouseEvent| {
        let link = link.clone();
        spawn_local(async move { browser::share(&link).await });
    });
    outline_button(ids::SHARE_WITH, text::SHARE_WITH.into(), onclick)
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use std::rc::Rc;

    use crate::app::share::Offer;

    let drawn = |more: &More| share(ScanId(1), "", more, &Callback::noop(), &Callback::noop());
    let of = |link: &str, can_share| {
        let offer = Offer { sheet: crate::app::example::HOSTILE.into(), link: link.into() };
        drawn(&More { offer: Some(Rc::new(offer)), can_share, ..More::default() })
    };
    vec![
        ("not made yet", drawn(&More::default())),
        ("made", of("https://clearlist.example/#share=1.A", true)),
        ("too long", of("", true)),
        ("in a browser that hands nothing over", of("https://clearlist.example/#share=1.A", false)),
    ]
}
