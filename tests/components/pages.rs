//! The page as a whole, in each of its states.

use std::rc::Rc;

use clearlist::app::action::Action;
use clearlist::app::example::{self, HOSTILE};
use clearlist::app::reduce::reduce;
use clearlist::app::sheets as s;
use clearlist::app::state::{ChosenFile, Failure, FileKey, ScanState, State};
use clearlist::app::{text, view};
use clearlist::bundled::DATA_CHECKED_ON;
use clearlist::ui::components::sheet::sheet;
use clearlist::ui::pages::page::{PageProps, page};
use yew::Callback;

use crate::drawing::{Drawn, DrawnProps, assert_harmless, render, values};

/// The page in each of its states.
fn pages() -> Vec<(&'static str, State)> {
    let after = |actions: Vec<Action>| {
        actions.into_iter().fold(State::new("2026-11-24"), |state, action| reduce(&state, action))
    };
    let file = ChosenFile { key: FileKey(0), name: HOSTILE.into(), bytes: 1 };
    let given = vec![Action::TextChanged(HOSTILE.into()), Action::FilesAdded(vec![file])];
    let started = after([given.clone(), vec![Action::CheckAsked]].concat());
    let mut failed = started.clone();
    failed.scan = ScanState::Failed(Failure::WorkerStopped);
    let mut with_results = after(given.clone());
    with_results.shown = Some(example::shown());
    let mut looked_into = after(given.clone());
    for previewing in &mut looked_into.readings.previews {
        previewing.came = previewing.wanted;
        previewing.preview = example::reading().preview;
    }
    let opened = after(vec![Action::HashChanged("#share=1.A".into())]);
    let mut with_shared = opened.clone();
    if let (Some(opened), [(_, node), ..]) =
        (&mut with_shared.opened, s::shared::examples().as_slice())
    {
        opened.sheet = Some(Rc::new(node.clone()));
    }
    vec![
        ("just opened", after(Vec::new())),
        ("opened by a shared link", opened),
        ("with a shared summary", with_shared),
        ("with errors", after(vec![Action::CheckAsked])),
        ("with a list", after(given.clone())),
        ("looked into", looked_into),
        ("cleared", after([given, vec![Action::InputCleared]].concat())),
        ("running", started),
        ("failed", failed),
        ("with results", with_results),
    ]
}

fn render_page(state: State) -> String {
    render::<Drawn>(DrawnProps {
        html: page(&PageProps {
            state: Rc::new(state),
            on_action: Callback::noop(),
            on_files: Callback::noop(),
            on_pack_files: Callback::noop(),
            on_report_files: Callback::noop(),
            on_request: Callback::noop(),
            on_language: Callback::noop(),
        }),
    })
}

#[test]
fn no_text_of_an_inventory_becomes_markup_on_the_page() {
    for (name, state) in pages() {
        assert_harmless(name, &render_page(state));
    }
}

#[test]
fn the_page_says_that_its_data_is_old_from_the_366th_day_on() {
    let checked_on: jiff::civil::Date = DATA_CHECKED_ON.parse().expect("a day");
    let drawn = |days: i64| {
        let today = checked_on.saturating_add(jiff::Span::new().days(days)).to_string();
        render_page(State::new(&today))
    };
    let warning = text::data_old(DATA_CHECKED_ON);
    assert!(warning.contains("over a year ago"), "{warning}");
    assert!(!drawn(365).contains(&warning));
    assert!(drawn(366).contains(&warning));
}

#[test]
fn results_say_it_of_the_data_that_they_were_made_with() {
    let answer = |generated_on: &str| {
        let mut report = example::report();
        report.generated_on = generated_on.into();
        let results = view::results(&report);
        render::<Drawn>(DrawnProps { html: sheet(&results.answer, &Callback::noop()) })
    };
    // The data of the example is of November 1, 2026.
    assert!(!answer("2027-11-01").contains("over a year ago"));
    assert!(answer("2027-11-02").contains("last checked on November 1, 2026, over a year ago"));
}

#[test]
fn every_id_on_the_page_is_there_once() {
    for (name, state) in pages() {
        let html = render_page(state);
        let mut ids = values(&html, "id");
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name} has an id twice");
    }
}

#[test]
fn every_reference_on_the_page_leads_somewhere() {
    for (name, state) in pages() {
        let html = render_page(state);
        let ids = values(&html, "id");
        let named = ["for", "aria-labelledby", "aria-describedby"].iter().flat_map(|attribute| {
            values(&html, attribute).into_iter().flat_map(str::split_whitespace)
        });
        let links = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        for id in named.chain(links) {
            assert!(ids.contains(&id), "{name} refers to {id:?}, which is not there");
        }
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    for (name, state) in pages() {
        let html = render_page(state);
        let mut level = 0;
        for heading in html.split("<h").skip(1) {
            let Some(next) = heading.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(next <= level + 1, "{name}: level {next} comes after level {level}");
            level = next;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one main heading");
    }
}

#[test]
fn every_button_has_a_type_so_that_none_sends_a_form() {
    for (name, state) in pages() {
        let html = render_page(state);
        for button in html.split("<button").skip(1) {
            let tag = button.split('>').next().unwrap_or_default();
            assert!(tag.contains("type=\"button\""), "{name}: {tag}");
        }
    }
}

#[test]
fn links_that_lead_away_tell_the_other_side_nothing() {
    for (name, state) in pages() {
        let html = render_page(state);
        for link in html.split("<a ").skip(1) {
            let tag = link.split('>').next().unwrap_or_default();
            if tag.contains("href=\"http") {
                assert!(tag.contains("rel=\"noopener noreferrer\""), "{name}: {tag}");
                assert!(tag.contains("href=\"https://"), "{name}: {tag}");
            }
        }
    }
}
