//! What an action makes of the state.

use std::rc::Rc;

use super::action::Action;
use super::browse::By;
use super::checklist;
use super::decisions;
use super::fleet;
use super::packs;
use super::protocol::ScanId;
use super::reading::{self, FILES_PREVIEWED, InputKey};
use super::samples::Sample;
use super::share;
use super::state::{
    Announcement, Asked, ChosenFile, Cleared, FINDINGS_A_PAGE, FileKey, Focus, Forgetting, Input,
    InputError, Offline, PROBLEMS_A_PAGE, Rows, SOURCES_A_PAGE, ScanState, Shown, State, WaysOut,
    of_finding,
};
use crate::bundled::PROFILES;

/// The state after the action. Equal to the state before it if the action changes nothing, as a
/// reply to a scan that is no longer of interest.
pub fn reduce(state: &State, action: Action) -> State {
    let mut next = state.clone();
    match action {
        Action::LanguageChanged(language) => {
            next.language = language;
            next.is_language_chosen = true;
            next.is_language_missing = false;
            // What workers have worded and the page has, they word anew.
            reading::want_all(&mut next);
            packs::word_again(&mut next);
            fleet::word_again(&mut next);
            share::word_again(&mut next);
            browse_again(&mut next);
            next.announce(Announcement::LanguageChanged);
            next.focus_on(Focus::Language);
        }
        Action::LanguageMissing => next.is_language_missing = true,
        Action::ProfileChosen(id) => {
            if let Some(profile) = PROFILES.iter().find(|profile| profile.id == id) {
                next.choose_profile(profile);
                forget_error(&mut next, InputError::NoDirective);
            }
        }
        Action::DirectiveToggled(id) => toggle_directive(&mut next, &id),
        Action::SystemChosen(system) => next.system = system,
        Action::TextChanged(text) => {
            if *text != *next.input.pasted {
                next.input.pasted = text;
                next.input.sample = None;
                something_was_given(&mut next);
                text_has_changed(&mut next);
            }
        }
        Action::SampleTaken(sample) => {
            take_sample(&mut next, sample);
        }
        Action::FilesAdded(files) => add_files(&mut next, files),
        Action::FileRemoved(key) => remove_file(&mut next, key),
        Action::InputCleared => {
            if !next.input.is_empty() || !next.input.pasted.is_empty() {
                next.cleared = Some(Cleared { input: take_input(&mut next), shown: None });
                next.announce(Announcement::Cleared);
                next.focus_on(Focus::UndoButton);
            }
        }
        Action::StartedOver => {
            let input = take_input(&mut next);
            next.cleared = Some(Cleared { input, shown: next.shown.take() });
            next.scan = ScanState::Idle;
            next.announce(Announcement::Cleared);
            next.focus_on(Focus::Give);
        }
        Action::ClearUndone => {
            if let Some(cleared) = next.cleared.take() {
                next.input = cleared.input;
                look_into_inputs(&mut next);
                next.shown = cleared.shown.or(next.shown);
                next.announce(Announcement::Restored);
                next.focus_on(Focus::PasteBox);
            }
        }
        Action::CheckAsked => ask_for_check(&mut next),
        Action::CheckCancelled => {
            if next.is_running() {
                next.scan = ScanState::Cancelled;
                reading::ask_again(&mut next);
                packs::ask_again(&mut next);
                fleet::ask_again(&mut next);
                share::ask_again(&mut next);
                next.announce(Announcement::Cancelled);
                next.focus_on(Focus::CheckButton);
            }
        }
        Action::Progressed(scan, progress) => {
            if let ScanState::Running { id, progress: known, is_silent, .. } = &mut next.scan
                && *id == scan
            {
                *is_silent = false;
                let before = known.map_or(0, |p| p.bytes);
                *known = Some(progress);
                if crosses_a_quarter(before, progress.bytes, progress.bytes_total) {
                    next.announce(Announcement::StillChecking(progress.records));
                }
            }
        }
        Action::Silent(scan) => {
            if let ScanState::Running { id, is_silent, .. } = &mut next.scan
                && *id == scan
                && !std::mem::replace(is_silent, true)
            {
                next.announce(Announcement::Silent);
            }
        }
        Action::Finished(scan, results) => {
            if let ScanState::Running { id, asked, .. } = &next.scan
                && *id == scan
            {
                let nothing_found = results.findings.is_empty();
                next.shown =
                    Some(Shown { scan, asked: asked.clone(), results, more: Rc::default() });
                next.scan = ScanState::Idle;
                next.opened = None;
                next.cleared = None;
                next.findings_on_page = FINDINGS_A_PAGE;
                next.rows = Rows::default();
                next.decisions.form = None;
                next.browsing.asked.from = 0;
                let browsing = &mut next.browsing;
                if nothing_found && browsing.asked.by != By::Checked {
                    browsing.asked.by = By::Checked;
                    browsing.is_all_since_nothing_found = true;
                } else if !nothing_found && std::mem::take(&mut browsing.is_all_since_nothing_found)
                {
                    browsing.asked.by = By::default();
                }
                browse_again(&mut next);
                checklist::count_again(&mut next);
                // The worker of the results before is ended.
                packs::ask_again(&mut next);
                fleet::ask_again(&mut next);
                next.announce(Announcement::Finished);
                next.focus_on(Focus::Results);
            }
        }
        Action::Failed(scan, failure) => {
            if matches!(&next.scan, ScanState::Running { id, .. } if *id == scan) {
                next.scan = ScanState::Failed(failure);
                next.focus_on(Focus::Failure);
            } else if let Some(shown) = next.shown.as_mut().filter(|shown| shown.scan == scan) {
                Rc::make_mut(&mut shown.more).is_lost = true;
                next.announce(Announcement::Lost);
            }
        }
        Action::PlacesArrived(scan, finding, from, places) => {
            if let Some(shown) = next.shown.as_mut().filter(|shown| shown.scan == scan) {
                let mut findings = shown.results.findings.iter();
                let known =
                    findings.find(|found| found.id == finding).map_or(0, |f| f.places.len());
                let behind = of_finding(&shown.more.places, &finding).map_or(0, Vec::len);
                // Asked twice, the same places come twice.
                if known + behind == from {
                    let all = &mut Rc::make_mut(&mut shown.more).places;
                    match all.iter_mut().find(|(id, _)| *id == finding) {
                        Some((_, behind)) => behind.extend(places.iter().cloned()),
                        None => all.push((finding, places.to_vec())),
                    }
                }
            }
        }
        Action::Explained(scan, finding, why) => {
            if let Some(shown) = next.shown.as_mut().filter(|shown| shown.scan == scan) {
                Rc::make_mut(&mut shown.more).explanations.push((finding, why));
            }
        }
        Action::Offered(scan, offer, can_share) => {
            if let Some(shown) = next.shown.as_mut().filter(|shown| shown.scan == scan) {
                let more = Rc::make_mut(&mut shown.more);
                (more.offer, more.can_share) = (Some(offer), can_share);
                next.announce(Announcement::SummaryMade);
            }
        }
        Action::MoreSourcesAsked => next.rows.sources += SOURCES_A_PAGE,
        Action::MoreProblemsAsked => next.rows.problems += PROBLEMS_A_PAGE,
        Action::MorePlacesAsked(finding, rows) => {
            if let Some(shown) = &mut next.shown {
                let all = &mut Rc::make_mut(&mut shown.more).rows;
                all.retain(|(id, _)| *id != finding);
                all.push((finding, rows));
            }
        }
        Action::MoreFindingsAsked => {
            let results = next.shown.as_ref().map(|shown| &shown.results);
            let (known, all) = results.map_or((0, 0), |it| (it.findings.len(), it.finding_count));
            if next.findings_on_page < all {
                let first_new = next.findings_on_page;
                next.findings_on_page = (first_new + FINDINGS_A_PAGE).min(all);
                // What is not known yet is asked for, and told of when it is there.
                if first_new < known {
                    next.announce(Announcement::MoreShown(next.findings_on_page));
                    next.focus_on(Focus::Finding(first_new));
                }
            }
        }
        Action::FindingsArrived(scan, from, findings) => {
            if let Some(shown) = next.shown.as_mut().filter(|shown| shown.scan == scan)
                && shown.results.findings.len() == from
            {
                Rc::make_mut(&mut shown.results).findings.extend(findings);
                next.announce(Announcement::MoreShown(next.findings_on_page));
                next.focus_on(Focus::Finding(from));
            }
        }
        Action::ChoicesArrived(_)
        | Action::FormatChosen(..)
        | Action::EncodingChosen(..)
        | Action::HostTyped(..)
        | Action::ColumnChosen(..)
        | Action::HeadingToggled(_)
        | Action::MappingForgotten(_)
        | Action::ReadingAsked(_)
        | Action::Previewed(..) => reading::reduce(&mut next, action),
        Action::PreviewsLost => {
            reading::reduce(&mut next, action.clone());
            packs::reduce(&mut next, action.clone());
            share::reduce(&mut next, action.clone());
            fleet::reduce(&mut next, action);
        }
        Action::HashChanged(_) | Action::SharedRead(..) | Action::SharedLeft => {
            share::reduce(&mut next, action);
        }
        Action::EngineChosen(_) | Action::QueriesArrived(..) => fleet::reduce(&mut next, action),
        Action::PackAdded { .. }
        | Action::PacksRestored(_)
        | Action::PackToggled(_)
        | Action::PackOpened(_)
        | Action::PackTextChanged(..)
        | Action::PackPlaceAsked(..)
        | Action::PackRemoved(_)
        | Action::PackRemovalUndone
        | Action::PackFailed(_)
        | Action::PackKeepingToggled
        | Action::RulesChecked(..) => packs::reduce(&mut next, action),
        Action::BrowseChanged(asked) => {
            next.browsing.asked = asked;
            next.browsing.is_all_since_nothing_found = false;
            browse_again(&mut next);
        }
        Action::Browsed(number, browsed) => {
            if number == next.browsing.wanted {
                next.browsing.browsed = browsed;
            }
        }
        Action::DecisionFormToggled(_)
        | Action::Decided(_)
        | Action::DecisionRemoved(_)
        | Action::DecisionRemovalUndone
        | Action::DecisionsLoaded(_)
        | Action::DecisionsRestored(_)
        | Action::DecisionKeepingToggled
        | Action::DecisionsNotKept
        | Action::Judged(..)
        | Action::Retold(..)
        | Action::NotCompared(_) => decisions::reduce(&mut next, action),
        Action::Ticked(_)
        | Action::DoneCounted(..)
        | Action::TicksRestored(_)
        | Action::TickKeepingToggled
        | Action::TicksNotKept => checklist::reduce(&mut next, action),
        Action::MarkingTyped(marking) => {
            next.marking = marking;
            if let Some(shown) = &mut next.shown {
                // What was made to be passed on has another.
                Rc::make_mut(&mut shown.more).offer = None;
            }
        }
        Action::ForgettingAsked => {
            next.forgetting = Forgetting::Asked;
            next.focus_on(Focus::Forgetting);
        }
        Action::ForgettingRefused => {
            next.forgetting = Forgetting::No;
            next.focus_on(Focus::Forgetting);
        }
        Action::Forgotten => next = forgotten(state),
        Action::WaysOutAsked => next.ways_out = WaysOut::Trying,
        Action::WaysOutTried(became) => {
            next.ways_out = WaysOut::Tried(became);
            next.announce(Announcement::WaysOutTried);
        }
        Action::OfflineChanged(offline) => {
            if offline == Offline::NewerWaits && next.offline != offline {
                next.announce(Announcement::NewerWaits);
            }
            next.offline = offline;
        }
        Action::PrintAsked => next.is_printing = next.shown.is_some(),
        Action::Printed => next.is_printing = false,
        Action::Announced(what) => next.announce(what),
    }
    fleet::keep_current(&mut next);
    next
}

/// The state of a page on which nothing was ever done.
fn forgotten(state: &State) -> State {
    let mut next = State::new(&state.today);
    next.go_on_counting_from(state);
    // What there is to choose from is the program's own.
    next.readings.choices = state.readings.choices.clone();
    next.offline = state.offline;
    next.language = state.language;
    next.is_language_chosen = state.is_language_chosen;
    next.forgetting = Forgetting::Done(next.new_number());
    next.announce(Announcement::Forgotten);
    next.focus_on(Focus::Forgetting);
    next
}

/// Has the rows of the findings made once more.
pub(super) fn browse_again(state: &mut State) {
    state.browsing.wanted = state.new_number();
}

/// A reader who only hears the page is told of a long scan three times, not ten times a second.
fn crosses_a_quarter(before: u64, now: u64, total: u64) -> bool {
    let quarter = |bytes: u64| bytes.saturating_mul(4).checked_div(total).unwrap_or(0);
    quarter(now) > quarter(before) && now < total
}

fn toggle_directive(state: &mut State, id: &str) {
    let before = state.directives.len();
    state.directives.retain(|chosen| chosen != id);
    if state.directives.len() == before {
        state.directives.push(id.to_owned());
        forget_error(state, InputError::NoDirective);
    }
}

fn forget_error(state: &mut State, error: InputError) {
    state.errors.retain(|known| *known != error);
}

fn something_was_given(state: &mut State) {
    state.cleared = None;
    forget_error(state, InputError::NothingGiven);
    if !state.is_running() {
        state.scan = ScanState::Idle;
    }
}

/// Puts the sample in the box, as soon as the worker has told its text.
pub(super) fn take_sample(state: &mut State, sample: Sample) {
    let at = Sample::ALL.iter().position(|known| *known == sample);
    let Some(text) = at.and_then(|at| state.readings.choices.samples.get(at)) else {
        state.readings.sample_wanted = Some(sample);
        return;
    };
    state.input.pasted = text.as_str().into();
    state.input.sample = Some(sample);
    something_was_given(state);
    // What was said of the text before is not true of it.
    forget_options(state, InputKey::Pasted);
    text_has_changed(state);
    state.announce(Announcement::SampleTaken);
}

fn forget_options(state: &mut State, key: InputKey) {
    state.input.options.retain(|(known, _)| *known != key);
}

fn text_has_changed(state: &mut State) {
    if state.input.has_text() {
        reading::want(state, InputKey::Pasted, false);
    } else {
        forget_options(state, InputKey::Pasted);
        state.readings.previews.retain(|known| known.key != InputKey::Pasted);
    }
}

/// Has every input looked into that is not yet, and forgets those that are gone.
fn look_into_inputs(state: &mut State) {
    let pasted = state.input.has_text().then_some(InputKey::Pasted);
    let files: Vec<InputKey> =
        state.input.files.iter().map(|file| InputKey::File(file.key)).collect();
    let is_there = |key: &InputKey| pasted == Some(*key) || files.contains(key);
    state.readings.previews.retain(|known| is_there(&known.key));
    state.input.options.retain(|(key, _)| is_there(key));
    for key in pasted.into_iter().chain(files.into_iter().take(FILES_PREVIEWED)) {
        if state.readings.of(key).is_none() {
            reading::want(state, key, false);
        }
    }
}

fn add_files(state: &mut State, files: Vec<ChosenFile>) {
    if files.is_empty() {
        return;
    }
    let count = files.len();
    state.input.files.extend(files);
    something_was_given(state);
    look_into_inputs(state);
    state.announce(Announcement::FilesAdded(count));
}

fn remove_file(state: &mut State, key: FileKey) {
    let Some(at) = state.input.files.iter().position(|file| file.key == key) else { return };
    state.input.files.remove(at);
    look_into_inputs(state);
    state.announce(Announcement::FileRemoved);
    // The button that had the focus is gone: its neighbour takes it.
    let files = &state.input.files;
    state.focus_on(match files.get(at).or(files.last()) {
        Some(file) => Focus::RemoveButton(file.key),
        None => Focus::FileChooser,
    });
}

fn take_input(state: &mut State) -> Input {
    state.errors.clear();
    state.readings.previews.clear();
    std::mem::take(&mut state.input)
}

pub(super) fn ask_for_check(state: &mut State) {
    if state.is_running() {
        return;
    }
    if state.input.is_empty() && state.readings.sample_wanted.is_some() {
        state.readings.is_check_wanted = true;
        return;
    }
    if !state.packs.is_current() {
        if state.packs.is_lost {
            packs::want(state);
        }
        state.packs.is_check_wanted = true;
        return;
    }
    state.errors.clear();
    let directives = state.applied_directives();
    if directives.is_empty() {
        state.errors.push(InputError::NoDirective);
    }
    if state.packs.has_mistakes() {
        state.errors.push(InputError::PackMistakes);
    }
    if state.input.is_empty() {
        state.errors.push(InputError::NothingGiven);
    }
    if !state.errors.is_empty() {
        state.scan = ScanState::Idle;
        state.focus_on(Focus::ErrorSummary);
        return;
    }
    let id = ScanId(state.new_number());
    let asked = Rc::new(Asked {
        input: state.input.clone(),
        tables: state.tables.clone(),
        directives,
        packs: state.packs.applied(),
        profile: state.profile.clone(),
    });
    state.scan = ScanState::Running { id, asked, progress: None, is_silent: false };
    state.announce(Announcement::Checking);
    state.focus_on(Focus::CancelButton);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::browse::Browse;
    use crate::app::protocol::{Progress, Results};
    use crate::app::state::{Failure, FileKey, System, WayOut};
    use crate::app::view;
    use crate::bundled::DIRECTIVES;
    use crate::engine::language::Language;
    use crate::engine::scan::{Scan, Settings};

    fn state(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-24"), |state, action| reduce(&state, action))
    }

    fn file(key: u32, name: &str) -> ChosenFile {
        ChosenFile { key: FileKey(key), name: name.into(), bytes: 1 }
    }

    fn typed(text: &str) -> Action {
        Action::TextChanged(text.into())
    }

    fn running(state: &State) -> ScanId {
        match &state.scan {
            ScanState::Running { id, .. } => *id,
            other => panic!("expected a scan, found {other:?}"),
        }
    }

    fn finished(state: &State) -> Action {
        Action::Finished(running(state), Rc::new(nothing_found()))
    }

    fn nothing_found() -> Results {
        let report: crate::engine::report::Report = serde_json::from_str(
            r#"{"schema":"","tool":{"name":"","version":"","data_checked_on":""},"generated_on":"",
            "sources":[],"totals":{"records":0,"titles":0,"hosts":0,"findings":0,"waived":0,"problems":0},
            "directives":[],"findings":[],"waived":[],"remediation_steps":[],"remediation_sources":[],
            "problems":[]}"#,
        )
        .unwrap_or_else(|error| panic!("{error}"));
        view::results(&report)
    }

    /// What a check came to that found something.
    fn found(state: &State) -> Action {
        let rules = crate::bundled::rules();
        let settings = Settings { today: "2026-11-24".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        scan.begin_source("list.txt");
        scan.push(b"Kaspersky Free 21.3\n");
        Action::Finished(running(state), Rc::new(view::results(&scan.finish())))
    }

    #[test]
    fn what_was_found_is_looked_at_first_whatever_an_earlier_check_came_to() {
        let check_again = |state: &State, result: fn(&State) -> Action| {
            let asked = reduce(state, Action::CheckAsked);
            reduce(&asked, result(&asked))
        };
        let clean = check_again(&state([typed("7-Zip")]), finished);
        assert_eq!(clean.browsing.asked.by, By::Checked);
        let clean = check_again(&clean, finished);
        assert_eq!(check_again(&clean, found).browsing.asked.by, By::Program);

        // Not what the reader wanted otherwise.
        for by in [By::Checked, By::Computer] {
            let wanted = Action::BrowseChanged(Browse { by, ..Browse::default() });
            assert_eq!(check_again(&reduce(&clean, wanted), found).browsing.asked.by, by);
        }
    }

    #[test]
    fn what_is_forgotten_is_as_it_never_was_and_numbers_go_on() {
        let busy = state([
            Action::LanguageChanged(Language::Spanish),
            typed("Kaspersky Free"),
            Action::MarkingTyped("CUI".into()),
            Action::Ticked("step".into()),
            Action::CheckAsked,
        ]);
        let asked = reduce(&busy, Action::ForgettingAsked);
        assert_eq!((asked.forgetting, &asked.input), (Forgetting::Asked, &busy.input));
        let kept = reduce(&asked, Action::ForgettingRefused);
        assert_eq!((kept.forgetting, &kept.input), (Forgetting::No, &busy.input));

        let mut next = reduce(&asked, Action::Forgotten);
        assert!(matches!(next.forgetting, Forgetting::Done(_)), "{:?}", next.forgetting);
        let number = next.new_number();
        assert!(number > asked.clone().new_number(), "no late answer is taken for a new one");
        let mut new = State::new(&busy.today);
        new.go_on_counting_from(&next);
        // The page goes on in the language that it speaks.
        (new.language, new.is_language_chosen) = (Language::Spanish, true);
        (new.forgetting, new.announcement, new.focus) =
            (next.forgetting, next.announcement.clone(), next.focus.clone());
        assert_eq!(next, new);
    }

    #[test]
    fn a_newer_version_is_told_once_and_takes_nothing_away() {
        let busy = state([typed("Kaspersky Free")]);
        let ready = reduce(&busy, Action::OfflineChanged(Offline::Ready));
        assert_eq!((ready.offline, &ready.announcement), (Offline::Ready, &busy.announcement));
        let newer = reduce(&ready, Action::OfflineChanged(Offline::NewerWaits));
        let said = newer.announcement.clone().expect("something is said");
        assert_eq!((said.what, &newer.input), (Announcement::NewerWaits, &busy.input));
        let again = reduce(&newer, Action::OfflineChanged(Offline::NewerWaits));
        assert_eq!(again, newer);
        // It is the browser's, and not the reader's to clear.
        assert_eq!(reduce(&newer, Action::Forgotten).offline, Offline::NewerWaits);
    }

    #[test]
    fn what_became_of_every_way_out_is_told() {
        let told = |became: &[WayOut]| {
            let trying = reduce(&State::new("2026-11-30"), Action::WaysOutAsked);
            assert_eq!(trying.ways_out, WaysOut::Trying);
            let tried = reduce(&trying, Action::WaysOutTried(became.to_vec()));
            let said = tried.announcement.clone().expect("something is said").what;
            crate::app::text::announcement(said, &tried)
        };
        let (blocked, open, untried) = (WayOut::Blocked, WayOut::Open, WayOut::Untried);
        assert_eq!(told(&[blocked, blocked]), "Every way that was tried is blocked.");
        assert_eq!(told(&[blocked, untried]), "Every way that was tried is blocked.");
        assert!(told(&[blocked, open]).starts_with("Not every way is blocked."));
        assert!(told(&[untried]).starts_with("Nothing could be tried here"));
    }

    #[test]
    fn in_another_language_everything_that_workers_have_worded_is_asked_for_again() {
        let asked = state([typed("Kaspersky Free"), Action::CheckAsked]);
        let scan = running(&asked);
        let done = reduce(&asked, finished(&asked));
        let done = reduce(&done, Action::Explained(scan, "f-1".into(), Box::default()));
        let done = reduce(&done, Action::DecisionFormToggled(0));
        let done = reduce(&done, Action::PackAdded { name: "own.toml".into(), text: "x".into() });
        let done = reduce(&done, Action::EngineChosen(Some("osquery".into())));
        let done = reduce(&done, Action::RulesChecked(done.packs.wanted, Rc::default()));
        let done = reduce(&done, Action::QueriesArrived(done.fleet.wanted, Rc::default()));
        assert!(done.packs.is_current() && done.fleet.queries.is_some());
        let number = |state: &State| {
            let previews = state.readings.previews.iter().map(|it| it.wanted);
            let others = [state.browsing.wanted, state.packs.wanted, state.fleet.wanted];
            (previews.collect::<Vec<_>>(), others)
        };
        let changed = reduce(&done, Action::LanguageChanged(Language::French));
        let ((before, others), (after, new)) = (number(&done), number(&changed));
        assert!(
            !before.is_empty() && before.iter().zip(&after).all(|(before, after)| after > before)
        );
        assert!(
            others.iter().zip(new).all(|(before, after)| after > *before),
            "{others:?} {new:?}"
        );

        // What the reader does meanwhile stays, and nothing but the language is told of.
        let retold = reduce(&changed, Action::Retold(scan, done.shown.clone().unwrap().results));
        assert_eq!(retold.decisions.form, Some(0));
        assert_eq!(retold.announcement, changed.announcement);
        assert!(retold.shown.unwrap().more.explanations.is_empty());
    }

    #[test]
    fn results_that_were_put_aside_come_back_in_the_language_of_now() {
        let asked = state([typed("Kaspersky Free"), Action::CheckAsked]);
        let scan = running(&asked);
        let aside = reduce(&reduce(&asked, finished(&asked)), Action::StartedOver);
        let mut other = (*crate::app::example::results()).clone();
        other.generated_on = "2026-12-01".into();
        let retold = reduce(&aside, Action::Retold(scan, Rc::new(other.clone())));
        let back = reduce(&retold, Action::ClearUndone);
        assert_eq!(back.shown.unwrap().results.generated_on, other.generated_on);
    }

    #[test]
    fn an_empty_page_is_not_checked_and_says_why() {
        let state = state([Action::CheckAsked]);
        assert_eq!(state.errors, [InputError::NothingGiven]);
        assert_eq!(state.focus.map(|focus| focus.what), Some(Focus::ErrorSummary));
        assert_eq!(state.scan, ScanState::Idle);
    }

    #[test]
    fn an_explanation_is_kept_with_the_results_it_is_of() {
        let asked = state([typed("x"), Action::CheckAsked]);
        let scan = running(&asked);
        let done = reduce(&asked, finished(&asked));
        let explained = |of| {
            let state = reduce(&done, Action::Explained(of, "f-1".into(), Box::default()));
            let explanations = state.shown.map(|shown| shown.more.explanations.clone());
            explanations.unwrap_or_default().into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(explained(scan), ["f-1"]);
        assert_eq!(explained(ScanId(scan.0 + 1)), [""; 0], "of another scan");
    }

    #[test]
    fn spaces_are_no_list() {
        assert_eq!(state([typed(" \n\t"), Action::CheckAsked]).errors, [InputError::NothingGiven]);
    }

    #[test]
    fn a_sample_that_has_not_come_yet_is_checked_when_it_comes() {
        let asked = state([Action::SampleTaken(Sample::Office), Action::CheckAsked]);
        assert!(asked.errors.is_empty());
        assert_eq!(asked.scan, ScanState::Idle);
        let choices = crate::app::preview::choices();
        let come = reduce(&asked, Action::ChoicesArrived(Rc::new(choices)));
        assert!(come.is_running());
        let lost = reduce(&asked, Action::PreviewsLost);
        assert_eq!(lost.errors, [InputError::NothingGiven]);
    }

    #[test]
    fn giving_a_list_takes_the_error_away() {
        let state = state([Action::CheckAsked, typed("a")]);
        assert!(state.errors.is_empty());
    }

    #[test]
    fn the_profile_first_chosen_applies_every_directive() {
        assert_eq!(state([]).applied_directives().len(), DIRECTIVES.len());
    }

    #[test]
    fn a_directive_is_taken_out_and_put_back_in_its_place() {
        let Some(first) = DIRECTIVES.first() else { return };
        let toggle = || Action::DirectiveToggled(first.id.to_owned());
        let without = state([toggle()]);
        assert!(!without.directives.iter().any(|id| id == first.id));
        assert_eq!(reduce(&without, toggle()).applied_directives(), state([]).applied_directives());
    }

    #[test]
    fn without_directives_nothing_is_checked() {
        let all = DIRECTIVES.iter().map(|d| Action::DirectiveToggled(d.id.to_owned()));
        let state = state(all.chain([typed("a"), Action::CheckAsked]));
        assert_eq!(state.errors, [InputError::NoDirective]);
    }

    #[test]
    fn text_and_files_are_checked_together() {
        let state = state([typed("a"), Action::FilesAdded(vec![file(0, "b")]), Action::CheckAsked]);
        let ScanState::Running { asked, .. } = &state.scan else { panic!("{:?}", state.scan) };
        assert_eq!((&*asked.input.pasted, asked.input.files.len()), ("a", 1));
    }

    #[test]
    fn a_second_check_while_one_runs_changes_nothing() {
        let state = state([typed("a"), Action::CheckAsked]);
        assert_eq!(reduce(&state, Action::CheckAsked), state);
    }

    #[test]
    fn what_was_cleared_comes_back() {
        let given = [typed("a"), Action::FilesAdded(vec![file(0, "b")])];
        let cleared = state(given.into_iter().chain([Action::InputCleared]));
        assert!(cleared.input.is_empty());
        let back = reduce(&cleared, Action::ClearUndone);
        assert_eq!((&*back.input.pasted, back.input.files.len()), ("a", 1));
        assert_eq!(back.cleared, None);
    }

    #[test]
    fn what_was_cleared_is_forgotten_once_something_new_is_given() {
        assert_eq!(state([typed("a"), Action::InputCleared, typed("b")]).cleared, None);
    }

    #[test]
    fn the_focus_stays_in_the_list_when_a_file_is_taken_off() {
        let files = vec![file(0, "a"), file(1, "b")];
        let one = state([Action::FilesAdded(files), Action::FileRemoved(FileKey(1))]);
        let focus = |state: &State| state.focus.as_ref().map(|focus| focus.what);
        assert_eq!(focus(&one), Some(Focus::RemoveButton(FileKey(0))));
        let none = reduce(&one, Action::FileRemoved(FileKey(0)));
        assert_eq!(focus(&none), Some(Focus::FileChooser));
    }

    #[test]
    fn cancelling_keeps_the_list() {
        let state = state([typed("a"), Action::CheckAsked, Action::CheckCancelled]);
        assert_eq!((&*state.input.pasted, state.scan), ("a", ScanState::Cancelled));
    }

    #[test]
    fn a_late_reply_of_a_cancelled_scan_changes_nothing() {
        let first = state([typed("a"), Action::CheckAsked]);
        let late = running(&first);
        let late_results = finished(&first);
        let second = reduce(&reduce(&first, Action::CheckCancelled), Action::CheckAsked);
        for action in [
            late_results,
            Action::Failed(late, Failure::WorkerStopped),
            Action::Progressed(late, Progress::default()),
        ] {
            assert_eq!(reduce(&second, action), second);
        }
    }

    #[test]
    fn a_scan_that_fails_keeps_the_list_and_says_so() {
        let started = state([typed("a"), Action::CheckAsked]);
        let failed = reduce(&started, Action::Failed(running(&started), Failure::WorkerStopped));
        assert_eq!(failed.scan, ScanState::Failed(Failure::WorkerStopped));
        assert_eq!(&*failed.input.pasted, "a");
    }

    #[test]
    fn silence_is_told_once_until_something_is_heard() {
        let is_silent =
            |state: &State| matches!(state.scan, ScanState::Running { is_silent: true, .. });
        let started = state([typed("a"), Action::CheckAsked]);
        let silent = Action::Silent(running(&started));
        let told = reduce(&started, silent.clone());
        assert!(!is_silent(&started) && is_silent(&told));
        assert_eq!(told.announcement.as_ref().map(|it| it.what), Some(Announcement::Silent));
        assert_eq!(reduce(&told, silent.clone()), told);
        let heard = Action::Progressed(running(&started), Progress::default());
        assert!(!is_silent(&reduce(&told, heard)));
        // Of a scan that is no more, nothing is told.
        let cancelled = reduce(&started, Action::CheckCancelled);
        assert_eq!(reduce(&cancelled, silent), cancelled);
    }

    #[test]
    fn results_whose_worker_is_gone_stay_on_show_and_that_is_said() {
        let started = state([typed("a"), Action::CheckAsked]);
        let id = running(&started);
        let done = reduce(&started, finished(&started));
        let lost = reduce(&done, Action::Failed(id, Failure::WorkerStopped));
        let is_lost = |state: &State| state.shown.as_ref().map(|shown| shown.more.is_lost);
        assert_eq!((is_lost(&done), is_lost(&lost)), (Some(false), Some(true)));
        assert_eq!(lost.announcement.as_ref().map(|it| it.what), Some(Announcement::Lost));
        assert_eq!(lost.scan, ScanState::Idle);
        let again = reduce(&lost, Action::CheckAsked);
        assert_eq!(is_lost(&reduce(&again, finished(&again))), Some(false));
    }

    #[test]
    fn what_the_reader_gave_or_made_can_be_lost_and_what_is_kept_or_ours_cannot() {
        let pack = || Action::PackAdded { name: "own.toml".into(), text: "".into() };
        let started = state([typed("a"), Action::CheckAsked]);
        let done = reduce(&started, finished(&started));
        let emptied = reduce(&done, typed(""));
        for busy in [
            state([typed("a")]),
            state([Action::FilesAdded(vec![file(1, "a")])]),
            emptied,
            state([pack()]),
        ] {
            assert!(busy.has_something_to_lose());
        }
        let mut sample = state([]);
        sample.input = Input { sample: Some(Sample::Office), ..done.input };
        for free in [
            state([]),
            state([typed("a"), Action::InputCleared]),
            sample,
            state([pack(), Action::PackKeepingToggled]),
        ] {
            assert!(!free.has_something_to_lose());
        }
    }

    #[test]
    fn results_are_stale_once_the_list_or_the_choice_changes() {
        let started = state([typed("a"), Action::CheckAsked]);
        let done = reduce(&started, finished(&started));
        assert!(!done.is_stale());
        assert!(!reduce(&done, Action::SystemChosen(System::Rpm)).is_stale());
        assert!(reduce(&done, typed("b")).is_stale());
        if let Some(first) = DIRECTIVES.first() {
            assert!(reduce(&done, Action::DirectiveToggled(first.id.into())).is_stale());
        }
    }

    #[test]
    fn what_changes_during_a_scan_makes_its_results_stale() {
        let started = state([typed("a"), Action::CheckAsked]);
        let changed = reduce(&started, typed("b"));
        assert!(reduce(&changed, finished(&started)).is_stale());
    }

    #[test]
    fn starting_over_can_be_undone_with_its_results() {
        let started = state([typed("a"), Action::CheckAsked]);
        let done = reduce(&started, finished(&started));
        let over = reduce(&done, Action::StartedOver);
        assert!(over.shown.is_none() && over.input.is_empty());
        let back = reduce(&over, Action::ClearUndone);
        assert_eq!(back.shown, done.shown);
        assert_eq!(&*back.input.pasted, "a");
    }

    #[test]
    fn progress_is_told_aloud_at_most_three_times() {
        let mut state = state([typed("a"), Action::CheckAsked]);
        let id = running(&state);
        let mut told = 0;
        for bytes in 0..=1000 {
            let before = state.announcement.clone();
            let progress = Progress { bytes, bytes_total: 1000, ..Progress::default() };
            state = reduce(&state, Action::Progressed(id, progress));
            told += u32::from(state.announcement != before);
        }
        assert_eq!(told, 3);
    }
}
