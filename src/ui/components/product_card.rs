//! One product that was found, under all the names and versions it was found by.

use std::rc::Rc;

use yew::prelude::*;

use super::finding_card::FindingCard;
use super::sheet::{sheet, sheet_with};
use crate::app::action::Action;
use crate::app::checklist::Checklist;
use crate::app::protocol::{Request, Results, ScanId};
use crate::app::state::More;
use crate::app::{ids, text};

/// A product: what the worker says of it, its findings, and how to remove it.
///
/// A component, though it remembers nothing: there may be many, and those that are on the
/// page already are not drawn again when more come.
#[component]
pub fn ProductCard(props: &ProductCardProps) -> Html {
    let Some(product) = props.results.products.get(props.index) else { return Html::default() };
    let progress = props.checklist.progress.get(props.index).filter(|it| !it.is_nothing());
    html! {
        <article class="product" aria-labelledby={ids::product(props.index)}>
            { sheet(&product.sheet, &props.on_action) }
            for index in product.findings.iter().copied().take(props.findings_on_page) {
                <FindingCard
                    key={index}
                    scan={props.scan}
                    results={props.results.clone()}
                    more={props.more.clone()}
                    {index}
                    is_deciding={props.deciding == Some(index)}
                    checklist={props.checklist.clone()}
                    is_printing={props.is_printing}
                    on_action={props.on_action.clone()}
                    on_request={props.on_request.clone()}
                />
            }
            { sheet_with(&product.removal, &props.checklist, &props.on_action) }
            if let Some(progress) = progress.filter(|_| !props.checklist.done.is_empty()) {
                <p class="product__progress">{ text::progress_of(progress) }</p>
            }
        </article>
    }
}

/// What a [`ProductCard`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ProductCardProps {
    /// The scan the results came out of.
    pub scan: ScanId,
    /// The results.
    pub results: Rc<Results>,
    /// What the reader asked of them.
    pub more: Rc<More>,
    /// The finding that the reader is deciding about.
    pub deciding: Option<usize>,
    /// The product's place among those of the results, counted from 0.
    pub index: usize,
    /// How many of its findings are on the page.
    pub findings_on_page: usize,
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
pub fn examples() -> Vec<(&'static str, ProductCardProps)> {
    let props = ProductCardProps {
        scan: ScanId(1),
        results: crate::app::example::results(),
        more: Rc::default(),
        deciding: None,
        index: 0,
        findings_on_page: 25,
        checklist: Checklist::default(),
        is_printing: false,
        on_action: Callback::noop(),
        on_request: Callback::noop(),
    };
    vec![("banned", props)]
}
