//! Queries for the reader's own inventory tools, which ask a whole fleet at once.

use std::rc::Rc;

use super::action::Action;
use super::state::{Announcement, State};
use crate::engine::queries::Queries;

/// What is known of the queries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fleet {
    /// The id of the tool they are for; `None` until the reader chooses one.
    pub engine: Option<String>,
    /// What they are to look for.
    pub asked: Rc<FleetAsked>,
    /// The number by which they are wanted; a worker's answer to an earlier one is late.
    pub wanted: u32,
    /// The number of those that came last.
    pub came: u32,
    /// The queries that came last.
    pub queries: Option<Rc<Queries>>,
}

/// What queries are to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FleetAsked {
    /// The id of the tool.
    pub engine: String,
    /// The ids of the directives.
    pub directives: Vec<String>,
    /// Rules of the reader's own, by name and text.
    pub packs: Vec<(String, Rc<str>)>,
}

impl Fleet {
    /// The queries, if they are those of what is asked for now.
    pub fn current(&self) -> Option<&Rc<Queries>> {
        self.queries.as_ref().filter(|_| self.wanted == self.came)
    }
}

/// What an action that is about queries makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    match action {
        Action::EngineChosen(engine) => {
            state.fleet.engine = engine;
            state.fleet.queries = None;
        }
        Action::QueriesArrived(number, queries) if number == state.fleet.wanted => {
            state.fleet.came = number;
            state.fleet.queries = Some(queries);
            state.announce(Announcement::QueriesWritten);
        }
        // The reader can choose again, when there may be another worker.
        Action::PreviewsLost if state.fleet.wanted != state.fleet.came => {
            state.fleet.came = state.fleet.wanted;
            state.fleet.engine = None;
        }
        _ => {}
    }
}

/// Has the queries written once more if they are no longer those of what is chosen. They wait while
/// the reader's own rules are not looked at or have mistakes, and while no directive is ticked.
pub(super) fn keep_current(state: &mut State) {
    let Some(engine) = &state.fleet.engine else { return };
    let asked = FleetAsked {
        engine: engine.clone(),
        directives: state.applied_directives(),
        packs: state.packs.applied(),
    };
    let has_to_wait = !state.packs.is_current() || state.packs.has_mistakes();
    if has_to_wait || asked.directives.is_empty() {
        // What is there is of something else.
        if asked != *state.fleet.asked {
            state.fleet.queries = None;
        }
        return;
    }
    let is_coming = state.fleet.wanted != state.fleet.came;
    if asked != *state.fleet.asked || (state.fleet.queries.is_none() && !is_coming) {
        state.fleet.asked = Rc::new(asked);
        state.fleet.wanted = state.new_number();
    }
}

/// Has the queries' notes worded anew, in another language.
pub(super) fn word_again(state: &mut State) {
    if state.fleet.queries.is_some() || state.fleet.wanted != state.fleet.came {
        state.fleet.wanted = state.new_number();
    }
}

/// A worker that was ended takes what it was asked with it.
pub(super) fn ask_again(state: &mut State) {
    if state.fleet.wanted != state.fleet.came {
        state.fleet.wanted = state.new_number();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reduce::reduce;
    use crate::bundled::DIRECTIVES;

    fn state(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-25"), |state, action| reduce(&state, action))
    }

    fn chosen(id: &str) -> Action {
        Action::EngineChosen(Some(id.to_owned()))
    }

    fn answered(state: &State) -> State {
        let queries = Rc::new(Queries::default());
        reduce(state, Action::QueriesArrived(state.fleet.wanted, queries))
    }

    fn toggled() -> Action {
        Action::DirectiveToggled(DIRECTIVES[0].id.to_owned())
    }

    #[test]
    fn queries_are_asked_for_when_a_tool_is_chosen_and_when_something_else_is_to_be_found() {
        let asked = state([chosen("sql")]);
        assert!(asked.fleet.current().is_none());
        let there = answered(&asked);
        assert!(there.fleet.current().is_some());
        let same = reduce(&there, Action::TextChanged("a".into()));
        assert!(same.fleet.current().is_some(), "a list changes nothing");
        let other = reduce(&there, toggled());
        assert!(other.fleet.current().is_none() && other.fleet.wanted > there.fleet.wanted);
        let late = reduce(&other, Action::QueriesArrived(there.fleet.wanted, Rc::default()));
        assert!(late.fleet.current().is_none(), "an answer to an earlier question");
        assert!(answered(&late).fleet.current().is_some());
        let none = reduce(&there, Action::EngineChosen(None));
        assert!(none.fleet.current().is_none());
    }

    #[test]
    fn without_directives_no_query_looks_for_all_of_them() {
        let all = DIRECTIVES.iter().map(|d| Action::DirectiveToggled(d.id.to_owned()));
        let none = state(all.chain([chosen("sql")]));
        assert_eq!(none.fleet.wanted, 0);
        let one = reduce(&none, toggled());
        assert_eq!(one.fleet.asked.directives, [DIRECTIVES[0].id]);
        let none = reduce(&answered(&one), toggled());
        assert!(none.fleet.current().is_none());
    }

    #[test]
    fn queries_wait_for_rules_without_mistakes() {
        let added = Action::PackAdded { name: "own.toml".into(), text: "".into() };
        let waiting = state([added, chosen("sql")]);
        assert_eq!(waiting.fleet.wanted, 0);
        let checked = Action::RulesChecked(waiting.packs.wanted, Rc::default());
        let asked = reduce(&waiting, checked);
        assert_eq!(asked.fleet.asked.packs.len(), 1);
    }

    #[test]
    fn a_worker_that_is_lost_is_not_asked_again_and_again() {
        let lost = reduce(&state([chosen("sql")]), Action::PreviewsLost);
        assert_eq!(lost.fleet.engine, None);
        assert_eq!(reduce(&lost, Action::PreviewsLost), lost);
        let again = reduce(&lost, chosen("sql"));
        assert!(again.fleet.wanted > lost.fleet.wanted);
    }
}
