//! A summary to be passed on by a link.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::text_to_copy::text_to_copy;
use crate::app::action::Action;
use crate::app::protocol::{Request, ScanId};
use crate::app::share::Offer;
use crate::app::state::More;
use crate::ui::{browser, ids, text};

/// A fold that makes a link, as text too, and says what is in it.
///
/// MUST have names in it only when the box is ticked. MUST say what is in it and how long it is before the
/// buttons that copy.
pub fn share(
    scan: ScanId,
    more: &More,
    on_action: &Callback<Action>,
    on_request: &Callback<Request>,
) -> Html {
    let ask = on_request.reform(move |()| Request::Share {
        scan,
        has_names: browser::is_ticked(ids::SHARE_NAMES),
        marking: browser::typed(ids::MARKING).unwrap_or_default(),
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
            <button
                type="button"
                class="usa-button usa-button--outline"
                onclick={ask.reform(|_: MouseEvent| ())}
            >
                { text::MAKE_SUMMARY }
            </button>
            if let Some(offer) = &more.offer {
                { offered(offer, more.can_share, on_action) }
            }
        </details>
    }
}

fn offered(offer: &Offer, can_share: bool, on_action: &Callback<Action>) -> Html {
    let link = AttrValue::from(offer.link.clone());
    let onclick = {
        let link = link.clone();
        Callback::from(move |_: MouseEvent| {
            let link = link.clone();
            spawn_local(async move { browser::share(&link).await });
        })
    };
    let hand_over = html! {
        if can_share {
            <button type="button" class="usa-button usa-button--outline" {onclick}>
                { text::SHARE_WITH }
            </button>
        }
    };
    let summary = AttrValue::from(offer.text.clone());
    html! {
        <>
            <p>{ text::SUMMARY_CONTENTS }</p>
            <ul class="usa-list">
                for (index, told) in offer.contents.iter().enumerate() {
                    <li key={index}>{ told.clone() }</li>
                }
            </ul>
            <p>{ offer.size.clone() }</p>
            if !link.is_empty() {
                { text_to_copy(
                    ids::SHARE_LINK.into(),
                    text::THE_LINK,
                    link,
                    text::LINK.into(),
                    hand_over,
                    on_action,
                ) }
            }
            { text_to_copy(
                ids::SHARE_TEXT.into(),
                text::AS_TEXT,
                summary,
                text::TEXT.into(),
                Html::default(),
                on_action,
            ) }
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use std::rc::Rc;

    let drawn = |more: &More| share(ScanId(1), more, &Callback::noop(), &Callback::noop());
    let hostile = super::example::HOSTILE;
    let offer = Offer {
        link: "https://clearlist.example/#share=1.AA".into(),
        size: "The link has 37 of at most 8000 characters.".into(),
        contents: vec![format!("The marking: {hostile}.")],
        text: hostile.into(),
    };
    let too_long = Offer { link: String::new(), ..offer.clone() };
    let of = |offer, can_share| More { offer: Some(Rc::new(offer)), can_share, ..More::default() };
    vec![
        ("not made yet", drawn(&More::default())),
        ("made", drawn(&of(offer, true))),
        ("too long", drawn(&of(too_long, false))),
    ]
}
