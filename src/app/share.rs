//! Passing a summary on by a link, and showing what such a link carries.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::sheet::Node;
use super::state::{Focus, State};
use super::text;
use crate::engine::share::link::shared_in;

/// A summary that can be passed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What is in it, how long the link is, and both link and text to be copied.
    pub sheet: Node,
    /// The link; empty if it would be too long.
    pub link: String,
}

/// A link that somebody shared, and that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it carries, as it stands in the address.
    pub shared: String,
    /// The number by which the worker is asked; an answer to an earlier one is late.
    pub wanted: u32,
    /// What the worker made of it.
    pub sheet: Option<Rc<Node>>,
}

/// True if the page itself wrote the end of the address: what is looked at, and the language.
fn is_of_the_page(hash: &str) -> bool {
    hash.contains('=')
}

/// What an action that is about shared links makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    match action {
        Action::HashChanged(hash) => match shared_in(&hash) {
            Some(shared) if state.opened.as_ref().is_none_or(|it| it.shared != shared) => {
                let (shared, wanted) = (shared.to_owned(), state.new_number());
                state.opened = Some(Opened { shared, wanted, sheet: None });
            }
            None if hash.len() <= 1 || is_of_the_page(&hash) => state.opened = None,
            // The same once more; or a link within the page, as the one that skips to its main part.
            _ => (),
        },
        Action::SharedRead(number, sheet) => {
            if let Some(opened) = state.opened.as_mut().filter(|opened| opened.wanted == number) {
                // Worded anew, it leaves the reader where they are.
                if opened.sheet.replace(sheet).is_none() {
                    state.focus_on(Focus::Results);
                }
            }
        }
        Action::SharedLeft => {
            state.opened = None;
            state.focus_on(if state.shown.is_some() { Focus::Results } else { Focus::Give });
        }
        Action::PreviewsLost => {
            if let Some(opened) = state.opened.as_mut().filter(|opened| opened.sheet.is_none()) {
                opened.sheet = Some(Rc::new(text::SHARED_LOST.into()));
            }
        }
        _ => {}
    }
}

/// A worker that was ended takes what it was asked with it.
pub(super) fn ask_again(state: &mut State) {
    if state.opened.as_ref().is_some_and(|opened| opened.sheet.is_none()) {
        word_again(state);
    }
}

/// Has the summary read once more, to be worded in another language.
pub(super) fn word_again(state: &mut State) {
    let wanted = state.new_number();
    if let Some(opened) = &mut state.opened {
        opened.wanted = wanted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reduce::reduce;
    use crate::app::state::ScanState;
    use crate::engine::language::Language;

    fn state(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-30"), |state, action| reduce(&state, action))
    }

    fn hash(text: &str) -> Action {
        Action::HashChanged(text.to_owned())
    }

    fn shared(state: &State) -> Option<(&str, bool)> {
        state.opened.as_ref().map(|opened| (opened.shared.as_str(), opened.sheet.is_some()))
    }

    fn read(state: &State) -> State {
        let wanted = state.opened.as_ref().map_or(0, |opened| opened.wanted);
        reduce(state, Action::SharedRead(wanted, Rc::new("summary".into())))
    }

    fn focus(state: &State) -> Option<Focus> {
        state.focus.as_ref().map(|focus| focus.what)
    }

    #[test]
    fn a_shared_link_is_opened_and_its_summary_takes_the_focus() {
        let opened = state([hash("#share=1.A")]);
        assert_eq!(shared(&opened), Some(("1.A", false)));
        let there = read(&opened);
        assert_eq!(shared(&there), Some(("1.A", true)));
        assert_eq!(focus(&there), Some(Focus::Results));
        assert_eq!(reduce(&there, hash("#share=1.A")), there, "the same link is not read again");
    }

    #[test]
    fn what_the_address_says_of_the_table_is_no_shared_link() {
        for other in ["", "#", "#main", "#by=computer&sort=most"] {
            assert_eq!(shared(&state([hash(other)])), None, "{other}");
        }
        let there = read(&state([hash("#share=1.A")]));
        assert_eq!(reduce(&there, hash("#main")), there, "a link within the page");
        for before in ["", "#lang=es", "#by=computer&lang=es"] {
            assert_eq!(shared(&reduce(&there, hash(before))), None, "back to before: {before}");
        }
    }

    #[test]
    fn an_answer_about_an_earlier_link_is_late() {
        let first = state([hash("#share=1.A")]);
        let late = first.opened.as_ref().map_or(0, |opened| opened.wanted);
        let second = reduce(&first, hash("#share=1.B"));
        let answered = reduce(&second, Action::SharedRead(late, Rc::default()));
        assert_eq!(shared(&answered), Some(("1.B", false)));
    }

    #[test]
    fn a_summary_is_read_again_in_another_language_and_leaves_the_reader_where_they_are() {
        let there = read(&state([hash("#share=1.A")]));
        let changed = reduce(&there, Action::LanguageChanged(Language::French));
        let told = read(&changed);
        assert_eq!(focus(&told), Some(Focus::Language));
        let late = there.opened.as_ref().map_or(0, |opened| opened.wanted);
        let french: Rc<Node> = Rc::new("résumé".into());
        let late = reduce(&changed, Action::SharedRead(late, french.clone()));
        assert_eq!(late, changed, "what was asked for in English");
        let wanted = changed.opened.as_ref().map_or(0, |opened| opened.wanted);
        let told = reduce(&changed, Action::SharedRead(wanted, french.clone()));
        assert_eq!(told.opened.and_then(|opened| opened.sheet), Some(french));
    }

    #[test]
    fn leaving_a_summary_leads_to_the_readers_own_list() {
        let left = reduce(&read(&state([hash("#share=1.A")])), Action::SharedLeft);
        assert_eq!((shared(&left), focus(&left)), (None, Some(Focus::Give)));
    }

    #[test]
    fn a_summary_stays_while_a_list_is_checked_and_goes_when_its_results_come() {
        let checking =
            [hash("#share=1.A"), Action::TextChanged("Name\nx\n".into()), Action::CheckAsked];
        let checking = state(checking);
        assert_eq!(shared(&checking), Some(("1.A", false)));
        let ScanState::Running { id, .. } = checking.scan else { panic!("{:?}", checking.scan) };
        let results = crate::app::example::results();
        let finished = reduce(&checking, Action::Finished(id, results));
        assert_eq!(shared(&finished), None);

        let before = checking.opened.as_ref().map_or(0, |opened| opened.wanted);
        let cancelled = reduce(&checking, Action::CheckCancelled);
        let again = cancelled.opened.as_ref().map_or(0, |opened| opened.wanted);
        assert!(again > before, "the worker that was asked is gone");
    }

    #[test]
    fn a_worker_that_is_lost_is_told_of() {
        let lost = reduce(&state([hash("#share=1.A")]), Action::PreviewsLost);
        assert_eq!(shared(&lost), Some(("1.A", true)));
        let there = read(&state([hash("#share=1.A")]));
        assert_eq!(reduce(&there, Action::PreviewsLost), there);
    }

    #[test]
    fn a_summary_to_pass_on_is_of_the_results_on_show() {
        let checking = state([Action::TextChanged("Name\nx\n".into()), Action::CheckAsked]);
        let ScanState::Running { id, .. } = checking.scan else { panic!("{:?}", checking.scan) };
        let results = crate::app::example::results();
        let done = reduce(&checking, Action::Finished(id, results.clone()));
        let offered = reduce(&done, Action::Offered(id, Rc::default(), true));
        let offer = |state: &State| {
            let more = state.shown.as_ref().map(|shown| shown.more.clone()).unwrap_or_default();
            (more.offer.is_some(), more.can_share)
        };
        assert_eq!(offer(&offered), (true, true));
        let other = crate::app::protocol::ScanId(id.0 + 1);
        assert!(!offer(&reduce(&done, Action::Offered(other, Rc::default(), true))).0);
        assert!(
            !offer(&reduce(&offered, Action::Judged(id, results))).0,
            "judged by other decisions"
        );
        let marked = reduce(&offered, Action::MarkingTyped("CUI".into()));
        assert!(!offer(&marked).0, "it has no marking yet");
    }
}
