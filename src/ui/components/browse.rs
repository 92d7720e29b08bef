//! The findings looked through as a table.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::choice_box::ChoiceBox;
use super::outline_button::outline_button;
use crate::app::action::Action;
use crate::app::browse::{Browse, Browsed, By, ROWS_A_PAGE, SET_ASIDE, Sort};
use crate::app::{ids, text};
use crate::engine::directive::OutcomeKind;

/// Fields that say what is looked at, the rows, and buttons to the next ones.
///
/// MUST say how many rows there are when that changes. MUST be a table with headings.
pub fn browse(
    asked: &Browse,
    browsed: &Browsed,
    directives: &[(String, String)],
    on_action: &Callback<Action>,
) -> Html {
    // What is looked at changes, and the rows begin anew.
    let changed = |change: fn(&mut Browse, String)| {
        let asked = asked.clone();
        on_action.reform(move |value: String| {
            let mut asked = Browse { from: 0, ..asked.clone() };
            change(&mut asked, value);
            Action::BrowseChanged(asked)
        })
    };
    let any = || (AttrValue::from(""), AttrValue::from(text::ANY));
    let bys = By::ALL.map(|by| (by.id(), text::by(by)));
    let outcomes = OutcomeKind::ALL.map(|kind| (kind.id(), text::gravest(kind, false)));
    let sorts = Sort::ALL.map(|sort| (sort.id(), text::sort(sort)));
    let directives = directives.iter().map(|(id, name)| (id.clone().into(), name.clone().into()));
    let by = changed(|asked, value| {
        asked.by = By::ALL.into_iter().find(|by| by.id() == value).unwrap_or_default();
    });
    let outcome = changed(|asked, value| {
        asked.outcome = OutcomeKind::ALL.into_iter().find(|kind| kind.id() == value);
    });
    let directive = changed(|asked, value| asked.directive = value);
    let sort = changed(|asked, value| {
        asked.sort = Sort::ALL.into_iter().find(|sort| sort.id() == value).unwrap_or_default();
    });
    let search = changed(|asked, value| asked.search = value).reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default()
    });
    let chosen = asked.outcome.map_or("", OutcomeKind::id);
    html! {
        <div class="part no-print">
            <h3 id={ids::BROWSE} tabindex="-1">{ text::BROWSE }</h3>
            <div class="browse">
                { choice("by", &text::BROWSE_BY, words(&bys), asked.by.id(), by) }
                { choice(
                    "outcome",
                    &text::BROWSE_OUTCOME,
                    [vec![any()], words(&outcomes)].concat(),
                    chosen,
                    outcome,
                ) }
                { choice(
                    "directive",
                    &text::BROWSE_DIRECTIVE,
                    [any()].into_iter().chain(directives).collect(),
                    &asked.directive,
                    directive,
                ) }
                { choice("sort", &text::BROWSE_SORT, words(&sorts), asked.sort.id(), sort) }
                <div class="browse__search">
                    <label class="usa-label" for="browse-search">{ text::BROWSE_SEARCH }</label>
                    <input
                        class="usa-input"
                        id="browse-search"
                        type="search"
                        autocomplete="off"
                        value={asked.search.clone()}
                        oninput={search}
                    />
                </div>
            </div>
            <p role="status">{ text::rows_seen(asked, browsed.total) }</p>
            if !browsed.rows.is_empty() {
                { table(asked.by, browsed) }
            }
            <p class="actions">
                if asked.from > 0 {
                    { turn(&text::ROWS_BEFORE, asked.from.saturating_sub(ROWS_A_PAGE), asked, on_action) }
                }
                if asked.from + ROWS_A_PAGE < browsed.total {
                    { turn(&text::NEXT_ROWS, asked.from + ROWS_A_PAGE, asked, on_action) }
                }
            </p>
        </div>
    }
}

fn words(choices: &[(&'static str, &'static str)]) -> Vec<(AttrValue, AttrValue)> {
    choices.iter().map(|&(value, words)| (value.into(), words.into())).collect()
}

fn choice(
    name: &str,
    label: &'static str,
    options: Vec<(AttrValue, AttrValue)>,
    value: &str,
    on_choose: Callback<String>,
) -> Html {
    let id = AttrValue::from(format!("browse-{name}"));
    html! {
        <div>
            <label class="usa-label" for={id.clone()}>{ label }</label>
            <ChoiceBox {id} {options} value={value.to_owned()} {on_choose} />
        </div>
    }
}

fn table(by: By, browsed: &Browsed) -> Html {
    html! {
        <table class="places" aria-labelledby={ids::BROWSE}>
            <thead>
                <tr>
                    for heading in text::browse_headings(by) {
                        <th scope="col">{ heading }</th>
                    }
                </tr>
            </thead>
            <tbody>
                for (index, [name, outcome, count, which]) in browsed.rows.iter().enumerate() {
                    <tr key={index}>
                        <th scope="row">{ name.clone() }</th>
                        <td>{ outcome_words(outcome) }</td>
                        <td>{ count.clone() }</td>
                        <td>{ which.clone() }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn outcome_words(id: &str) -> &'static str {
    match OutcomeKind::ALL.into_iter().find(|kind| kind.id() == id) {
        Some(kind) => text::gravest(kind, false),
        None if id == SET_ASIDE => &text::IS_SET_ASIDE,
        None => &text::IS_NOTHING,
    }
}

fn turn(words: &'static str, from: usize, asked: &Browse, on_action: &Callback<Action>) -> Html {
    let asked = Browse { from, ..asked.clone() };
    let onclick = on_action.reform(move |_| Action::BrowseChanged(asked.clone()));
    outline_button("", words.into(), onclick)
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let hostile = crate::app::example::HOSTILE;
    let row = [hostile.to_owned(), "prohibited".into(), "1".into(), hostile.to_owned()];
    let results = crate::app::example::results();
    let drawn = |asked: &Browse, browsed: &Browsed| {
        browse(asked, browsed, &results.directives_named, &Callback::noop())
    };
    let asked = Browse { from: 50, search: hostile.into(), ..Browse::default() };
    vec![
        ("none", drawn(&Browse::default(), &Browsed::default())),
        ("the second of three pages", drawn(&asked, &Browsed { rows: vec![row], total: 120 })),
    ]
}
