//! The answer, and what it rests on.

use yew::prelude::*;

use super::alert::alert;
use super::icon::Tone;
use crate::app::protocol::{HeadlineKind, Results};
use crate::app::view;
use crate::ui::{ids, text};

/// The one sentence that comes first, what was read, and what such a list cannot show.
///
/// MUST tell the status by words and shape. A clear answer MUST NOT stand without what was read
/// and what the list cannot show. Where nothing was read, MUST say why for each list.
pub fn answer_box(results: &Results) -> Html {
    let kind = results.headline.kind;
    let message = html! {
        <>
            <p class="alert__paragraph answer__sentence">{ results.headline.sentence.clone() }</p>
            { stopped(results) }
            // Who reads only the answer would miss them.
            if !results.report.near_misses.is_empty() {
                <p class="alert__paragraph">
                    <a class="usa-link" href={format!("#{}", ids::NEAR_MISSES)}>
                        { text::near_misses_too(results.report.near_misses.len()) }
                    </a>
                </p>
            }
        </>
    };
    html! {
        <>
            { alert(tone(kind), text::headline(kind), Some(ids::ANSWER), "answer", message) }
            if kind != HeadlineKind::NothingRead {
                { rests_on(results) }
            }
        </>
    }
}

/// Why some lists could not be read at all.
fn stopped(results: &Results) -> Html {
    let unread = view::unread(&results.report);
    if unread.is_empty() {
        return Html::default();
    }
    let is_nothing_read = results.headline.kind == HeadlineKind::NothingRead;
    html! {
        <>
            if !is_nothing_read {
                <p class="alert__paragraph">{ text::NOT_READ }</p>
            }
            <ul class="usa-list answer__unread">
                for (index, problem) in unread.iter().enumerate() {
                    <li key={index}>
                        <strong>{ problem.source.clone() }{ ":" }</strong>{ " " }
                        { text::sentence(&problem.message) }
                    </li>
                }
            </ul>
            if is_nothing_read {
                <p class="alert__paragraph">{ text::NOTHING_READ_HELP }</p>
            }
        </>
    }
}

fn rests_on(results: &Results) -> Html {
    /// More are in the accounting below.
    const LISTED: usize = 5;
    let sources = &results.report.sources;
    html! {
        <div class="rests-on">
            <h3>{ text::LIMITS_HEADING }</h3>
            <ul class="usa-list">
                for (index, source) in sources.iter().take(LISTED).enumerate() {
                    <li key={index}>{ text::what_was_read(source) }</li>
                }
                if sources.len() > LISTED {
                    <li key="more">{ text::more_sources(sources.len() - LISTED) }</li>
                }
            </ul>
            for (cannot_show, names) in view::blind_spots(&results.report) {
                <p key={cannot_show.to_owned()}>
                    <strong>{ text::limits_of(&names, names.len() == sources.len()) }{ ":" }</strong>{ " " }
                    { text::sentence(cannot_show) }
                </p>
            }
        </div>
    }
}

fn tone(kind: HeadlineKind) -> Tone {
    match kind {
        HeadlineKind::Found => Tone::Bad,
        HeadlineKind::Review | HeadlineKind::ClearInPart | HeadlineKind::NothingRead => {
            Tone::Attention
        }
        HeadlineKind::Clear => Tone::Good,
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![
        ("found", answer_box(&super::example::results())),
        ("clear", answer_box(&super::example::clear())),
        ("nothing read", answer_box(&super::example::nothing_read())),
    ]
}
