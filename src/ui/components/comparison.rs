//! What has changed since an earlier report.

use web_sys::File;
use yew::prelude::*;

use super::alert::alert;
use super::icon::Tone;
use super::own_rules::chooser;
use crate::app::decisions::{ComparisonView, Decisions};
use crate::app::protocol::Results;
use crate::ui::{ids, text};

/// A way to give an earlier report, and what has changed since it.
///
/// MUST say every reason why a removal is not shown to be complete.
pub fn comparison(
    results: &Results,
    decisions: &Decisions,
    on_files: &Callback<Vec<File>>,
) -> Html {
    let known = results.comparison.as_ref();
    html! {
        <div class={classes!("part", known.is_none().then_some("no-print"))}>
            <h3 id={ids::COMPARISON} tabindex="-1">{ text::COMPARISON }</h3>
            if let Some(comparison) = known {
                { changes(comparison) }
            }
            if !decisions.not_compared.is_empty() {
                <p class="usa-error-message">{ text::not_compared(decisions) }</p>
            }
            <div class="no-print">
                { chooser(
                    ids::EARLIER,
                    text::EARLIER,
                    text::EARLIER_HINT,
                    ".html,.json",
                    false,
                    on_files,
                ) }
            </div>
        </div>
    }
}

fn changes(comparison: &ComparisonView) -> Html {
    let tone = if comparison.is_complete { Tone::Good } else { Tone::Attention };
    let body = html! {
        <>
            <p class="alert__paragraph">{ comparison.sentence.clone() }</p>
            <ul class="usa-list">
                for (index, why) in comparison.open.iter().enumerate() {
                    <li key={index}>{ why.clone() }</li>
                }
            </ul>
        </>
    };
    html! {
        <>
            { alert(tone, "", None, "", body) }
                <table class="places">
                    <thead>
                        <tr>
                            for heading in text::COMPARED_HEADINGS {
                                <th scope="col">{ heading }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for (index, row) in comparison.rows.iter().enumerate() {
                            <tr key={index}>
                                for cell in row.iter() {
                                    <td>{ cell.clone() }</td>
                                }
                            </tr>
                        }
                    </tbody>
                </table>
            if comparison.more > 0 {
                <p>{ text::more_compared(comparison.more) }</p>
            }
            for hosts in comparison.hosts.iter() {
                <p>{ hosts.clone() }</p>
            }
        </>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let hostile = super::example::HOSTILE;
    let mut results = (*super::example::results()).clone();
    let trouble = Decisions { not_compared: format!("found {hostile}"), ..Decisions::default() };
    let none = comparison(&results, &trouble, &Callback::noop());
    results.comparison = Some(ComparisonView {
        sentence: "Removal is not shown to be complete. Since 2026-11-01: 1 remaining.".into(),
        is_complete: false,
        open: vec!["1 program that has to go is still there.".into()],
        rows: vec![["remaining".into(), hostile.into(), "PC-1".into()]],
        more: 1,
        hosts: vec![format!("Computers not read again: {hostile}")],
    });
    let compared = comparison(&results, &Decisions::default(), &Callback::noop());
    vec![("none, a wrong file", none), ("one remaining", compared)]
}
