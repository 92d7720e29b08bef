//! A form that records a decision about a finding.

use yew::prelude::*;

use crate::app::action::Action;
use crate::app::protocol::Results;
use crate::app::text;
use crate::app::view::FindingView;
use crate::engine::waivers::{Waiver, WaiverKind};
use crate::ui::browser;

/// A button, and the form that it shows.
///
/// MUST ask who decides, why and until when; the browser says what is missing.
pub fn set_aside(
    results: &Results,
    index: usize,
    is_open: bool,
    on_action: &Callback<Action>,
) -> Html {
    let Some(finding) = results.findings.get(index) else { return Html::default() };
    html! {
        <div class="finding__decide no-print">
            <button
                type="button"
                class="usa-button usa-button--unstyled"
                aria-expanded={if is_open { "true" } else { "false" }}
                onclick={on_action.reform(move |_| Action::DecisionFormToggled(index))}
            >
                { text::SET_ASIDE }
                <span class="usa-sr-only">{ " " }{ finding.title.clone() }</span>
            </button>
            if is_open {
                { form(finding, index, &results.generated_on, on_action) }
            }
        </div>
    }
}

fn form(finding: &FindingView, index: usize, today: &str, on_action: &Callback<Action>) -> Html {
    let id = |name: &str| format!("aside-{index}-{name}");
    let row = |name: &'static str, label: &'static str, hint: Option<&'static str>, field: Html| {
        html! {
            <>
                <label class="usa-label" for={id(name)}>
                    { label }
                    if let Some(hint) = hint {
                        <span class="usa-hint choice__line">{ hint }</span>
                    }
                </label>
                { field }
            </>
        }
    };
    let input = |name: &'static str, label, hint, is_required: bool| {
        let field = html! {
            <input class="usa-input" id={id(name)} {name} required={is_required} autocomplete="off" />
        };
        row(name, label, hint, field)
    };
    let choice = |name: &'static str, label, options: Vec<(&'static str, &'static str)>| {
        let field = html! {
            <select class="choice-box" id={id(name)} {name}>
                for (index, (value, words)) in options.into_iter().enumerate() {
                    // Else the last one would be chosen: options are put in from the end.
                    <option {value} selected={index == 0}>{ words }</option>
                }
            </select>
        };
        row(name, label, None, field)
    };
    let kinds = WaiverKind::ALL.map(|kind| (kind.id(), text::decision_kind(kind))).to_vec();
    let scopes = vec![(FINDING, text::THIS_PROGRAM.told()), ("", text::THIS_PRODUCT.told())];
    let reason = html! {
        <textarea class="usa-textarea set-aside__reason" id={id("reason")} name="reason" required=true />
    };
    let until = html! {
        <input
            class="usa-input set-aside__day"
            type="date"
            id={id("until")}
            name="until"
            min={today.to_owned()}
            required=true
        />
    };
    let onsubmit = {
        let (finding, product) = (finding.id.clone(), finding.product.clone());
        on_action.reform(move |event: SubmitEvent| {
            event.prevent_default();
            let filled_in = browser::filled_in(&event);
            Action::Decided(decision(&finding, &product, filled_in))
        })
    };
    html! {
        <form class="set-aside" {onsubmit}>
            <p class="usa-hint">{ text::SET_ASIDE_HINT }</p>
            { choice("kind", &text::KIND, kinds) }
            { choice("scope", &text::SCOPE, scopes) }
            { input("hosts", &text::ON_COMPUTERS, Some(&text::ON_COMPUTERS_HINT), false) }
            { row("reason", &text::REASON, None, reason) }
            { input("by", &text::DECIDED_BY, None, true) }
            { row("until", &text::UNTIL, Some(&text::UNTIL_HINT), until) }
            { input("reference", &text::REFERENCE, None, false) }
            <button type="submit" class="usa-button usa-button--outline">{ text::RECORD }</button>
        </form>
    }
}

/// The value of the scope that is one finding.
const FINDING: &str = "finding";

/// The decision that the form says. Its id and day are given by the page.
fn decision(finding: &str, product: &str, filled_in: impl Fn(&str) -> String) -> Waiver {
    let text = |name: &str| filled_in(name).trim().to_owned();
    let is_one = text("scope") == FINDING;
    let kind = text("kind");
    let hosts = text("hosts");
    let hosts = hosts.split(',').map(str::trim).filter(|host| !host.is_empty());
    Waiver {
        id: String::new(),
        kind: WaiverKind::ALL
            .into_iter()
            .find(|known| known.id() == kind)
            .unwrap_or(WaiverKind::FalsePositive),
        reason: text("reason"),
        decided_by: text("by"),
        decided_on: String::new(),
        until: text("until"),
        reference: text("reference"),
        finding: if is_one { finding.to_owned() } else { String::new() },
        product: if is_one { String::new() } else { product.to_owned() },
        program: String::new(),
        hosts: hosts.map(str::to_owned).collect(),
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let drawn = |is_open| set_aside(&crate::app::example::results(), 0, is_open, &Callback::noop());
    vec![("closed", drawn(false)), ("open", drawn(true))]
}
