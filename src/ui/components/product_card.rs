//! One product that was found, under all the names and versions it was found by.

use std::rc::Rc;

use yew::prelude::*;

use super::finding_card::FindingCard;
use super::outcome_list::outcome_list;
use super::outcome_tag::outcome_tag;
use super::removal_steps::removal_steps;
use crate::app::action::Action;
use crate::app::protocol::{Request, Results, ScanId};
use crate::app::state::More;
use crate::app::view::{self, Removal};
use crate::engine::report::Finding;
use crate::ui::{ids, text};

/// A product: what it is, what the directives say of it, and its findings.
///
/// MUST say first what follows. MUST say the outcomes once where they are the same for all its
/// findings. A component, though it remembers nothing: there may be many, and those that are on the
/// page already are not drawn again when more come.
#[component]
pub fn ProductCard(props: &ProductCardProps) -> Html {
    let Some(group) = props.results.groups.get(props.index) else { return Html::default() };
    let report = &props.results.report;
    let findings: Vec<&Finding> =
        group.findings.iter().filter_map(|&index| report.findings.get(index)).collect();
    let Some(first) = findings.first() else { return Html::default() };
    let product = &first.product;
    let gravest = first.gravest();
    let is_only_advice = view::is_only_advice(report, first);
    let shared = view::shared_outcomes(&findings);
    let heading = ids::product(props.index);
    html! {
        <article class="product" aria-labelledby={heading.clone()}>
            <div class="product__head">
                <h4 class="product__name" id={heading}>{ product.name.clone() }</h4>
                { outcome_tag(gravest, text::gravest(gravest, is_only_advice)) }
            </div>
            <p class="product__facts">
                { text::made_by(&product.vendor, product.relation) }{ " " }
                { text::on_computers(group.hosts) }{ "." }
                if !product.note.is_empty() {
                    { " " }{ product.note.clone() }
                }
            </p>
            if let Some(outcomes) = shared {
                <h5 class="product__heading">{ text::WHAT_THE_DIRECTIVES_SAY }</h5>
                { outcome_list(report, outcomes) }
            }
            for index in group.findings.iter().copied().take(props.findings_on_page) {
                <FindingCard
                    key={index}
                    scan={props.scan}
                    results={props.results.clone()}
                    more={props.more.clone()}
                    {index}
                    is_deciding={props.deciding == Some(index)}
                    shows_outcomes={shared.is_none()}
                    is_printing={props.is_printing}
                    on_action={props.on_action.clone()}
                    on_request={props.on_request.clone()}
                />
            }
            { removal(props) }
        </article>
    }
}

fn removal(props: &ProductCardProps) -> Html {
    match props.results.removals.get(props.index) {
        Some(Removal::Steps(platforms)) => {
            removal_steps(&props.results, props.index, platforms, &props.on_action)
        }
        Some(&Removal::SameAs(other)) => html! {
            <p class="product__steps">
                { text::SAME_STEPS }
                <a class="usa-link" href={format!("#{}", ids::removal(other))}>
                    { product_name(&props.results, other) }
                </a>
                { "." }
            </p>
        },
        Some(Removal::None) | None => Html::default(),
    }
}

fn product_name(results: &Results, group: usize) -> String {
    let first = results.groups.get(group).and_then(|group| group.findings.first());
    let finding = first.and_then(|&index| results.report.findings.get(index));
    finding.map(|finding| finding.product.name.clone()).unwrap_or_default()
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
    /// The product's place among the results' groups, counted from 0.
    pub index: usize,
    /// How many of its findings are on the page.
    pub findings_on_page: usize,
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
        results: super::example::results(),
        more: Rc::default(),
        deciding: None,
        index: 0,
        findings_on_page: 25,
        is_printing: false,
        on_action: Callback::noop(),
        on_request: Callback::noop(),
    };
    vec![("banned", props)]
}
