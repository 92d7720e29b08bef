//! One directive that was applied.

use yew::prelude::*;

use super::later::Later;
use super::source_links::source_link;
use crate::engine::directive::{Duty, Statement};
use crate::engine::report::DirectiveReport;
use crate::ui::{ids, text};

/// A directive, folded: what it says, who is bound, what is to be done by when, its sources.
///
/// MUST mark what could not be confirmed. MUST give the source of every statement.
///
/// `index` is its place among the directives of the results.
pub fn directive_panel(index: usize, directive: &DirectiveReport) -> Html {
    html! {
        <details key={directive.id.clone()} class="fold directive">
            <summary class="fold__summary">
                <h4 class="directive__name">{ directive.short_title.clone() }</h4>{ " " }
                <span class="directive__status">{ text::status(directive.status) }</span>
            </summary>
            <Later is_now={false}>
                <div class="directive__body">
                    <p class="directive__title">{ directive.title.clone() }</p>
                    <p class="directive__issued">
                        { text::issued(&directive.issuer, &directive.issued_on) }{ ". " }
                        { text::kind(directive.kind) }
                    </p>
                    <h5>{ text::WHAT_IT_SAYS }</h5>
                    <p>{ directive.summary.clone() }</p>
                    { statements(index, directive, text::WHO_IS_BOUND, &directive.bound) }
                    { statements(index, directive, text::WHO_IS_NOT_BOUND, &directive.not_bound) }
                    { duties(index, directive) }
                    <div class="no-print">{ statements(index, directive, text::GOOD_TO_KNOW, &directive.facts) }</div>
                    <h5>{ text::STATUS }</h5>
                    <p><strong>{ text::status(directive.status) }{ "." }</strong>{ " " }{ directive.status_note.clone() }</p>
                    <p>{ text::checked_on(&directive.checked_on) }</p>
                    { source_list(index, directive) }
                </div>
            </Later>
        </details>
    }
}

fn statements(
    index: usize,
    directive: &DirectiveReport,
    heading: &'static str,
    statements: &[Statement],
) -> Html {
    if statements.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h5>{ heading }</h5>
            <ul class="usa-list">
                for (at, statement) in statements.iter().enumerate() {
                    <li key={at}>
                        { statement.text.clone() }
                        { confirmation(statement.unconfirmed) }
                        { cited(index, directive, &statement.sources) }
                    </li>
                }
            </ul>
        </>
    }
}

fn duties(index: usize, directive: &DirectiveReport) -> Html {
    if directive.duties.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h5>{ text::WHAT_TO_DO }</h5>
            <ul class="usa-list">
                for (at, duty) in directive.duties.iter().enumerate() {
                    <li key={at}>{ self::duty(index, directive, duty) }</li>
                }
            </ul>
        </>
    }
}

fn duty(index: usize, directive: &DirectiveReport, duty: &Duty) -> Html {
    html! {
        <>
            if let Some(due) = text::due(duty.due_on.as_deref(), duty.clock.as_deref()) {
                <strong>{ due }{ ": " }</strong>
            }
            { duty.text.clone() }
            { confirmation(duty.unconfirmed) }
            { cited(index, directive, &duty.sources) }
        </>
    }
}

fn confirmation(unconfirmed: bool) -> Html {
    if unconfirmed {
        html! { <>{ " " }<strong class="unconfirmed">{ text::NOT_CONFIRMED }</strong></> }
    } else {
        Html::default()
    }
}

/// The numbers of sources in the panel's list, as links to it.
fn cited(index: usize, directive: &DirectiveReport, ids: &[String]) -> Html {
    let numbered = directive.sources.iter().enumerate().filter(|(_, s)| ids.contains(&s.id));
    html! {
        <span class="cited">
            for (at, source) in numbered {
                { " " }
                <a
                    key={at}
                    class="usa-link"
                    href={format!("#{}", ids::directive_source(index, at))}
                    aria-label={text::source_numbered(at + 1, &source.title)}
                >
                    { format!("[{}]", at + 1) }
                </a>
            }
        </span>
    }
}

fn source_list(index: usize, directive: &DirectiveReport) -> Html {
    html! {
        <>
            <h5>{ text::SOURCES }</h5>
            <ol class="usa-list">
                for (at, source) in directive.sources.iter().enumerate() {
                    <li key={at} id={ids::directive_source(index, at)}>
                        { source_link(source) }
                        { format!(" [{}]", text::source_kind(source.read)) }
                    </li>
                }
            </ol>
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let results = super::example::results();
    let directives = results.report.directives.iter().take(1);
    directives.map(|directive| ("removal order", directive_panel(0, directive))).collect()
}
