//! Decisions about what was found, on the page: those that are recorded, and what they did.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::packs::Mistake;
use super::protocol::Results;
use super::sheet::Node;
use super::state::{Announcement, Focus, Shown, State};
use super::view::FINDINGS_SENT;
use crate::engine::report::Report;
use crate::engine::waivers::{Waiver, WaiverKind};
use crate::engine::writers::words;

/// The decisions of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// In the order they were recorded.
    pub all: Rc<Vec<Waiver>>,
    /// The one taken back last, and where it stood, until another is recorded.
    pub removed: Option<(usize, Waiver)>,
    /// What is wrong with the file that was loaded last.
    pub mistakes: Vec<Mistake>,
    /// Why the file that was loaded last is none that can be compared with; empty if nothing is wrong.
    pub not_compared: String,
    /// The finding that is being decided about, by its place in the report, counted from 0.
    pub form: Option<usize>,
    /// True if the browser is to remember them.
    pub is_kept: bool,
    /// True if it did not.
    pub is_not_kept: bool,
}

/// A recorded decision as the screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Its id.
    pub id: String,
    /// What it is, why, by whom and until when.
    pub decision: String,
    /// What it sets aside: programs, each with the first of its computers.
    pub sets_aside: Vec<String>,
    /// How many programs more.
    pub more: usize,
    /// Why it sets nothing aside; empty if it does.
    pub note: String,
}

/// A comparison with an earlier report as the screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonView {
    /// The verdict.
    pub sentence: String,
    /// The verdict, its reasons and what became of each product.
    pub sheet: Node,
}

/// How many programs of a decision and computers of a program are on the screen; reports have all.
const SHOWN: usize = 20;

/// What the decisions that were applied did.
pub fn decisions(report: &Report) -> Vec<DecisionView> {
    let view = |told: &crate::engine::report::WaiverReport| {
        let of_it = report.waived.iter().filter(|waived| waived.waiver == told.waiver.id);
        let sets_aside = of_it.clone().take(SHOWN);
        DecisionView {
            id: told.waiver.id.clone(),
            decision: words::recorded(&told.waiver),
            sets_aside: sets_aside.map(|w| words::program_on(&w.finding, SHOWN)).collect(),
            more: of_it.count().saturating_sub(SHOWN),
            note: words::without_effect(told).unwrap_or_default(),
        }
    };
    report.waivers.iter().map(view).collect()
}

impl State {
    /// True if what is on show was not judged by the decisions of now.
    pub fn is_undecided(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.results.waivers != *self.decisions.all)
    }
}

/// What an action that is about decisions makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    match action {
        Action::DecisionFormToggled(finding) => {
            let is_open = state.decisions.form == Some(finding);
            state.decisions.form = (!is_open).then_some(finding);
        }
        Action::Decided(waiver) => {
            state.decisions.form = None;
            let id = free_id(state);
            let decided_on = state.today.clone();
            Rc::make_mut(&mut state.decisions.all).push(Waiver { id, decided_on, ..waiver });
            state.decisions.removed = None;
            state.focus_on(Focus::Decisions);
        }
        Action::DecisionRemoved(id) => {
            if let Some(at) = state.decisions.all.iter().position(|known| known.id == id) {
                let removed = Rc::make_mut(&mut state.decisions.all).remove(at);
                state.decisions.removed = Some((at, removed));
                state.announce(Announcement::DecisionRemoved);
                state.focus_on(Focus::DecisionUndo);
            }
        }
        Action::DecisionRemovalUndone => {
            if let Some((at, waiver)) = state.decisions.removed.take() {
                let all = Rc::make_mut(&mut state.decisions.all);
                all.insert(at.min(all.len()), waiver);
                state.focus_on(Focus::Decisions);
            }
        }
        Action::DecisionsLoaded(Ok(loaded)) => {
            state.decisions.mistakes.clear();
            let all = Rc::make_mut(&mut state.decisions.all);
            for waiver in loaded {
                // Loaded again, a decision is as the file has it.
                match all.iter_mut().find(|known| known.id == waiver.id) {
                    Some(known) => *known = waiver,
                    None => all.push(waiver),
                }
            }
            state.focus_on(Focus::Decisions);
        }
        Action::DecisionsLoaded(Err(mistakes)) => {
            state.decisions.mistakes = mistakes;
            state.announce(Announcement::DecisionTrouble);
            state.focus_on(Focus::Decisions);
        }
        Action::DecisionKeepingToggled => {
            state.decisions.is_kept = !state.decisions.is_kept;
            state.decisions.is_not_kept = false;
        }
        Action::DecisionsRestored(kept) => {
            state.decisions.all = Rc::new(kept);
            state.decisions.is_kept = true;
        }
        Action::DecisionsNotKept => {
            state.decisions.is_kept = false;
            state.decisions.is_not_kept = true;
            state.announce(Announcement::DecisionTrouble);
        }
        Action::NotCompared(why) => {
            state.decisions.not_compared = why;
            state.announce(Announcement::DecisionTrouble);
            state.focus_on(Focus::Comparison);
        }
        Action::Judged(scan, results) => {
            if let Some(shown) = state.shown.as_mut().filter(|shown| shown.scan == scan) {
                let is_compared =
                    results.comparison.is_some() && shown.results.comparison.is_none();
                // Of other computers, perhaps.
                replace(shown, results);
                // Those that were asked for since are asked for again.
                state.findings_on_page = state.findings_on_page.min(FINDINGS_SENT);
                state.decisions.form = None;
                state.decisions.not_compared.clear();
                super::reduce::browse_again(state);
                super::checklist::count_again(state);
                state.announce(Announcement::Judged);
                if is_compared {
                    state.focus_on(Focus::Comparison);
                }
            }
        }
        Action::Retold(scan, results) => {
            // Results that were put aside come back in the language of now.
            let aside = state.cleared.as_mut().and_then(|cleared| cleared.shown.as_mut());
            let known = [state.shown.as_mut(), aside].into_iter().flatten();
            for shown in known.filter(|shown| shown.scan == scan) {
                replace(shown, results.clone());
            }
            state.findings_on_page = state.findings_on_page.min(FINDINGS_SENT);
        }
        _ => {}
    }
}

/// Puts other results of a scan in the place of those there were. What was asked for beside them is of these.
fn replace(shown: &mut Shown, results: Rc<Results>) {
    shown.results = results;
    let more = Rc::make_mut(&mut shown.more);
    more.places.clear();
    more.explanations.clear();
    more.offer = None;
}

/// An id that no decision of the page has: the day and a number.
fn free_id(state: &State) -> String {
    let is_taken = |id: &String| state.decisions.all.iter().any(|known| known.id == *id);
    let mut ids = (1..).map(|number| format!("{}-{number}", state.today));
    ids.find(|id| !is_taken(id)).unwrap_or_default()
}

/// Stands between the fields of a decision that the browser remembers; nobody can type it.
const FIELD: char = '\u{1F}';

/// The decision as the browser remembers it.
pub fn to_keep(waiver: &Waiver) -> String {
    let Waiver {
        id,
        kind,
        reason,
        decided_by,
        decided_on,
        until,
        reference,
        finding,
        product,
        program,
        hosts,
    } = waiver;
    let fields: [&str; 10] = [
        id,
        kind.id(),
        reason,
        decided_by,
        decided_on,
        until,
        reference,
        finding,
        product,
        program,
    ];
    let fields = fields.into_iter().chain(hosts.iter().map(String::as_str));
    fields.collect::<Vec<_>>().join(&FIELD.to_string())
}

/// What the browser remembered; `None` for what it never was given.
pub fn from_kept(kept: &str) -> Option<Waiver> {
    let mut fields = kept.split(FIELD).map(str::to_owned);
    let mut next = || fields.next();
    let (id, kind) = (next()?, next()?);
    Some(Waiver {
        id,
        kind: WaiverKind::ALL.into_iter().find(|known| known.id() == kind)?,
        reason: next()?,
        decided_by: next()?,
        decided_on: next()?,
        until: next()?,
        reference: next()?,
        finding: next()?,
        product: next()?,
        program: next()?,
        hosts: fields.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reduce::reduce;

    fn waiver(reason: &str) -> Waiver {
        Waiver {
            id: String::new(),
            kind: WaiverKind::ApprovedException,
            reason: reason.into(),
            decided_by: "CISO".into(),
            decided_on: String::new(),
            until: "2027-01-01".into(),
            reference: String::new(),
            finding: String::new(),
            product: "kaspersky.free".into(),
            program: String::new(),
            hosts: vec!["LAB-*".into(), "PC-1".into()],
        }
    }

    fn ids(state: &State) -> Vec<&str> {
        state.decisions.all.iter().map(|waiver| waiver.id.as_str()).collect()
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-29"), |state, action| reduce(&state, action))
    }

    #[test]
    fn a_decision_gets_an_id_that_no_other_has_and_the_day() {
        let state = after([
            Action::Decided(waiver("a")),
            Action::Decided(waiver("b")),
            Action::DecisionRemoved("2026-11-29-1".into()),
            Action::Decided(waiver("c")),
        ]);
        assert_eq!(ids(&state), ["2026-11-29-2", "2026-11-29-1"]);
        assert_eq!(state.decisions.all[0].decided_on, "2026-11-29");
    }

    #[test]
    fn what_was_taken_back_comes_again_where_it_stood() {
        let state = after([
            Action::Decided(waiver("a")),
            Action::Decided(waiver("b")),
            Action::DecisionRemoved("2026-11-29-1".into()),
            Action::DecisionRemovalUndone,
        ]);
        assert_eq!(ids(&state), ["2026-11-29-1", "2026-11-29-2"]);
        assert_eq!(state.decisions.removed, None);
    }

    #[test]
    fn a_decision_that_is_loaded_again_is_as_its_file_has_it() {
        let again = Waiver { id: "2026-11-29-1".into(), ..waiver("changed") };
        let other = Waiver { id: "other".into(), ..waiver("b") };
        let state =
            after([Action::Decided(waiver("a")), Action::DecisionsLoaded(Ok(vec![again, other]))]);
        assert_eq!(ids(&state), ["2026-11-29-1", "other"]);
        assert_eq!(state.decisions.all[0].reason, "changed");
    }

    #[test]
    fn what_the_browser_remembers_is_the_same_again() {
        for waiver in [waiver("two\nlines"), Waiver { hosts: Vec::new(), ..waiver("x") }] {
            assert_eq!(from_kept(&to_keep(&waiver)), Some(waiver));
        }
        assert_eq!(from_kept("nothing of ours"), None);
    }
}
