//! Every component, rendered as HTML: its markup, its labels, and that no text of an inventory
//! becomes markup.

#![cfg(feature = "web")]
#![allow(missing_docs)]

use std::rc::Rc;

use clearlist::app::action::Action;
use clearlist::app::reduce::reduce;
use clearlist::app::state::{ChosenFile, Failure, FileKey, ScanState, State};
use clearlist::ui::components as c;
use clearlist::ui::components::example::{self, HOSTILE};
use clearlist::ui::pages::page::{Page, PageProps};
use expect_test::{Expect, expect};
use futures::executor::block_on;
use yew::{BaseComponent, Callback, LocalServerRenderer};

fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
    C::Properties: Clone,
{
    block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render())
}

/// Each example by name, with one element a line.
fn check<C>(examples: Vec<(&'static str, C::Properties)>, expected: Expect)
where
    C: BaseComponent,
    C::Properties: Clone,
{
    let mut text = String::new();
    for (name, props) in examples {
        let html = render::<C>(props);
        assert_harmless(name, &html);
        text.push_str(&format!("-- {name}\n{}\n", html.replace("><", ">\n<")));
    }
    expected.assert_eq(&text);
}

/// No text of the examples became markup, and nothing is in the HTML that the page's policy forbids.
#[track_caller]
fn assert_harmless(name: &str, html: &str) {
    for forbidden in ["<script", "<img", "<b>", "javascript:", " style=", " onclick=", " onerror=\""] {
        assert!(!html.contains(forbidden), "{name} has {forbidden:?}:\n{html}");
    }
}

#[test]
fn an_alert_has_words_and_a_shape() {
    check::<c::alert::Alert>(c::alert::examples(), expect![[""]]);
}

#[test]
fn the_answer_comes_first_and_says_what_it_rests_on() {
    check::<c::answer_box::AnswerBox>(c::answer_box::examples(), expect![[""]]);
}

#[test]
fn a_command_is_shown_whole_and_its_button_names_it() {
    check::<c::command_block::CommandBlock>(c::command_block::examples(), expect![[""]]);
}

#[test]
fn a_directive_gives_a_source_for_each_statement_and_marks_what_is_not_confirmed() {
    check::<c::directive_panel::DirectivePanel>(c::directive_panel::examples(), expect![[""]]);
}

#[test]
fn an_error_links_to_its_field() {
    check::<c::error_summary::ErrorSummary>(c::error_summary::examples(), expect![[""]]);
}

#[test]
fn the_file_chooser_is_a_native_input_with_a_label() {
    check::<c::file_chooser::FileChooser>(c::file_chooser::examples(), expect![[""]]);
}

#[test]
fn a_remove_button_names_its_file() {
    check::<c::file_list::FileList>(c::file_list::examples(), expect![[""]]);
}

#[test]
fn a_finding_shows_the_line_as_written_and_what_matched() {
    check::<c::finding_card::FindingCard>(c::finding_card::examples(), expect![[""]]);
}

#[test]
fn an_icon_is_not_read_out() {
    check::<c::icon::Icon>(c::icon::examples(), expect![[""]]);
}

#[test]
fn the_live_region_is_there_before_it_has_anything_to_say() {
    check::<c::live_region::LiveRegion>(c::live_region::examples(), expect![[""]]);
}

#[test]
fn an_outcome_gives_the_directive_the_reason_and_the_source() {
    check::<c::outcome_list::OutcomeList>(c::outcome_list::examples(), expect![[""]]);
}

#[test]
fn an_outcome_is_told_in_words() {
    check::<c::outcome_tag::OutcomeTag>(c::outcome_tag::examples(), expect![[""]]);
}

#[test]
fn a_list_of_computers_says_how_many_there_are() {
    check::<c::place_list::PlaceList>(c::place_list::examples(), expect![[""]]);
}

#[test]
fn a_problem_says_its_place_first() {
    check::<c::problem_list::ProblemList>(c::problem_list::examples(), expect![[""]]);
}

#[test]
fn a_product_says_first_what_follows() {
    check::<c::product_card::ProductCard>(c::product_card::examples(), expect![[""]]);
}

#[test]
fn removal_steps_are_numbered_through_and_say_who_can_do_them() {
    check::<c::removal_steps::RemovalSteps>(c::removal_steps::examples(), expect![[""]]);
}

#[test]
fn the_head_of_the_printed_report_names_the_lists_with_their_fingerprints() {
    check::<c::report_head::ReportHead>(c::report_head::examples(), expect![[""]]);
}

#[test]
fn progress_is_told_in_words() {
    check::<c::scan_progress::ScanProgress>(c::scan_progress::examples(), expect![[""]]);
}

#[test]
fn the_lines_of_a_source_add_up() {
    check::<c::source_card::SourceCard>(c::source_card::examples(), expect![[""]]);
}

#[test]
fn only_https_addresses_become_links() {
    check::<c::source_links::SourceLinks>(c::source_links::examples(), expect![[""]]);
}

#[test]
fn a_step_is_a_region_named_by_its_heading() {
    check::<c::step_section::StepSection>(c::step_section::examples(), expect![[""]]);
}

/// The page in each of its states.
fn pages() -> Vec<(&'static str, State)> {
    let after = |actions: Vec<Action>| {
        actions.into_iter().fold(State::new("2026-11-24"), |state, action| reduce(&state, action))
    };
    let file = ChosenFile { key: FileKey(0), name: HOSTILE.into(), bytes: 1 };
    let given = vec![Action::TextChanged(HOSTILE.into()), Action::FilesAdded(vec![file])];
    let started = after([given.clone(), vec![Action::CheckAsked]].concat());
    let failed = State { scan: ScanState::Failed(Failure::WorkerStopped), ..started.clone() };
    let with_results = State { shown: Some(example::shown()), ..after(given.clone()) };
    vec![
        ("just opened", after(Vec::new())),
        ("with errors", after(vec![Action::CheckAsked])),
        ("with a list", after(given.clone())),
        ("cleared", after([given, vec![Action::InputCleared]].concat())),
        ("running", started),
        ("failed", failed),
        ("with results", with_results),
    ]
}

fn render_page(state: State) -> String {
    render::<Page>(PageProps {
        state: Rc::new(state),
        on_action: Callback::noop(),
        on_files: Callback::noop(),
        on_request: Callback::noop(),
    })
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    html.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_text_of_an_inventory_becomes_markup_on_the_page() {
    for (name, state) in pages() {
        assert_harmless(name, &render_page(state));
    }
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
