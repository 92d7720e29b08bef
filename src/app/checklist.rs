//! What of a removal is done: steps of a product and computers of a program, as the reader ticks them off.
//!
//! What is ticked is called by ids and the names of computers, so that it is known again when the list is checked
//! once more.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::state::{Announcement, State};
use super::text::title_as_written;
use super::view::{self, ProductGroup};
use crate::engine::language::{say, told};
use crate::engine::report::{Finding, Report};
use crate::engine::writers::formula::Rows;

/// What is ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist {
    /// The keys of what is done, in the order it was ticked.
    pub done: Rc<Vec<String>>,
    /// How much that is of each product of the results, as the worker counted it; empty where nothing is done.
    pub progress: Rc<Vec<RemovalProgress>>,
    /// By which number it was asked to count; an answer to an earlier one is late.
    pub wanted: u32,
    /// True if the browser is to remember what is done.
    pub is_kept: bool,
    /// True if it did not.
    pub is_not_kept: bool,
}

impl Checklist {
    /// True if that is done.
    pub fn is_done(&self, key: &str) -> bool {
        self.done.iter().any(|known| known == key)
    }
}

/// How much of the removal of a product is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalProgress {
    /// Steps that are done.
    pub steps: usize,
    /// Steps there are.
    pub all_steps: usize,
    /// Programs on computers that are done.
    pub installations: usize,
    /// Programs on computers that there are.
    pub all_installations: usize,
}

impl RemovalProgress {
    /// True if there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.all_steps + self.all_installations == 0
    }
}

/// Stands between the parts of a key; nobody can type it.
const PART: char = '\u{1F}';

/// Stands between the keys that the browser remembers.
const KEY: char = '\u{1E}';

/// What a step of a product's removal is called.
pub fn step_key(product: &str, step: &str) -> String {
    format!("step{PART}{product}{PART}{step}")
}

/// What a program on a computer is called.
pub fn host_key(finding: &str, host: &str) -> String {
    format!("host{PART}{finding}{PART}{host}")
}

/// What is done, as the browser remembers it.
pub fn to_keep(done: &[String]) -> String {
    done.join(&KEY.to_string())
}

/// What the browser remembered.
pub fn from_kept(kept: &str) -> Vec<String> {
    kept.split(KEY).filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

/// Has it counted how much is done: more was ticked, or the results are others.
pub(super) fn count_again(state: &mut State) {
    state.checklist.wanted = state.new_number();
}

/// What an action that is about the checklist makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    let list = &mut state.checklist;
    match action {
        Action::Ticked(key) => {
            let done = Rc::make_mut(&mut list.done);
            let before = done.len();
            done.retain(|known| *known != key);
            if done.len() == before {
                done.push(key);
            }
            count_again(state);
        }
        Action::DoneCounted(number, progress) if number == list.wanted => {
            list.progress = progress;
        }
        Action::TicksRestored(done) => {
            list.done = Rc::new(done);
            list.is_kept = true;
        }
        Action::TickKeepingToggled => {
            list.is_kept = !list.is_kept;
            list.is_not_kept = false;
        }
        Action::TicksNotKept => {
            list.is_kept = false;
            list.is_not_kept = true;
            state.announce(Announcement::NotKept);
        }
        _ => {}
    }
}

/// What of a product's removal can be done: its steps, by key and title, unless they stand with another product, and
/// the findings that have to go.
fn to_do<'r>(
    report: &'r Report,
    group: &'r ProductGroup,
    removal: &'r view::Removal,
) -> (Vec<(String, &'r str)>, impl Iterator<Item = &'r Finding>) {
    let mut known = HashSet::new();
    let steps = view::steps(removal)
        // A step may be there for several platforms.
        .filter(|view| known.insert(&view.step.id))
        .map(|view| (step_key(&group.product, &view.step.id), told(&view.step.title)))
        .collect();
    (steps, view::of_group(report, group).filter(|finding| finding.gravest().has_to_act()))
}

/// The finding and the computer of a key of [`host_key`].
fn installation(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("host")?.strip_prefix(PART)?.split_once(PART)
}

/// How much is done of each product, in the order of the results.
pub fn progress(report: &Report, done: &[String]) -> Vec<RemovalProgress> {
    // Few are ticked of what may be a million: no key is made of those that are not.
    let mut hosts_done: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (finding, host) in done.iter().filter_map(|key| installation(key)) {
        hosts_done.entry(finding).or_default().insert(host);
    }
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let (groups, removals) = view::groups_and_removals(report);
    let of = |(group, removal)| {
        let (steps, findings) = to_do(report, group, removal);
        let mut progress = RemovalProgress {
            steps: steps.iter().filter(|(key, _)| done.contains(key.as_str())).count(),
            all_steps: steps.len(),
            ..RemovalProgress::default()
        };
        for finding in findings {
            progress.all_installations += finding.hosts.len();
            if let Some(done) = hosts_done.get(finding.id.as_str()) {
                let is_done = |host: &&String| done.contains(host.as_str());
                progress.installations += finding.hosts.iter().filter(is_done).count();
            }
        }
        progress
    };
    groups.iter().zip(&removals).map(of).collect()
}

/// The checklist as a table: every step of every product that has to go, and every computer that it is on, with
/// whether it is done. Written so that no spreadsheet takes a cell for a formula.
pub fn to_csv(report: &Report, done: &[String]) -> Vec<u8> {
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let (yes, no) = (say!("yes"), say!("no"));
    let is_done = |key: &str| if done.contains(key) { yes } else { no }.to_owned();
    let headings = [say!("Product"), say!("Program"), say!("Computer"), say!("Step"), say!("Done")];
    let mut rows = Rows::new(report.marking.clone(), &headings);
    let (groups, removals) = view::groups_and_removals(report);
    for (group, removal) in groups.iter().zip(&removals) {
        let (steps, findings) = to_do(report, group, removal);
        let product = view::name_of(report, group);
        for (key, title) in steps {
            let nothing = String::new();
            rows.push([product.clone(), nothing.clone(), nothing, title.to_owned(), is_done(&key)]);
        }
        for finding in findings {
            let program = title_as_written(finding);
            for host in &finding.hosts {
                let done = is_done(&host_key(&finding.id, host));
                rows.push([product.clone(), program.clone(), host.clone(), String::new(), done]);
            }
        }
    }
    rows.finish().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::example;
    use crate::app::reduce::reduce;
    use crate::app::state::ScanState;
    use crate::engine::directive::OutcomeKind;
    use crate::engine::record::Platform;

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-30"), |state, action| reduce(&state, action))
    }

    #[test]
    fn what_is_ticked_twice_is_not_done() {
        let tick = |key: &str| Action::Ticked(key.into());
        let state = after([tick("a"), tick("b"), tick("a")]);
        assert_eq!(*state.checklist.done, ["b"]);
        assert!(state.checklist.is_done("b") && !state.checklist.is_done("a"));
    }

    #[test]
    fn the_progress_of_a_product_counts_its_steps_and_its_computers() {
        let report = example::report();
        let product = &report.findings[0].product.id;
        let done = [
            step_key(product, &report.findings[0].remediation[0]),
            step_key("another", &report.findings[0].remediation[1]),
            host_key("example", "PC-01"),
            host_key("another", "PC-01"),
            host_key("another", "PC-02"),
            // Remembered of an earlier list, and gone since.
            host_key("example", "PC-99"),
        ];
        let expected =
            RemovalProgress { steps: 1, all_steps: 2, installations: 1, all_installations: 3 };
        assert_eq!(progress(&report, &done), [expected]);
    }

    #[test]
    fn of_what_may_stay_nothing_is_to_be_done() {
        let mut report = example::report();
        report.findings[0].outcomes.retain(|it| it.outcome == OutcomeKind::NotCovered);
        assert!(progress(&report, &[]).iter().all(RemovalProgress::is_nothing));
        let table = String::from_utf8_lossy(&to_csv(&report, &[])).into_owned();
        assert_eq!(table.lines().count(), 1, "{table}");
    }

    #[test]
    fn a_step_for_several_systems_is_one() {
        let mut report = example::report();
        let systems = vec![Platform::Windows, Platform::Macos];
        report.findings[0].product.platforms.clone_from(&systems);
        for step in &mut report.remediation_steps {
            step.platforms.clone_from(&systems);
        }
        assert_eq!(progress(&report, &[])[0].all_steps, 2);
    }

    #[test]
    fn steps_that_stand_with_another_product_are_told_there_alone() {
        let mut report = example::report();
        let mut other = report.findings[0].clone();
        (other.id, other.product.id) = ("other".into(), "another.product".into());
        report.findings.push(other);
        let steps: Vec<usize> = progress(&report, &[]).iter().map(|it| it.all_steps).collect();
        assert_eq!(steps, [2, 0]);
        let table = String::from_utf8_lossy(&to_csv(&report, &[])).into_owned();
        assert_eq!(table.matches("Uninstall the program.").count(), 1, "{table}");
    }

    #[test]
    fn it_is_counted_anew_when_the_results_are_others() {
        let state = after([Action::TextChanged("Kaspersky Free\n".into()), Action::CheckAsked]);
        let ScanState::Running { id: scan, .. } = state.scan else { panic!("it runs") };
        let found = reduce(&state, Action::Finished(scan, example::results()));
        assert!(found.checklist.wanted > state.checklist.wanted);
        let judged = reduce(&found, Action::Judged(scan, example::results()));
        assert!(judged.checklist.wanted > found.checklist.wanted);
    }

    #[test]
    fn a_late_count_is_not_shown() {
        let state = after([Action::Ticked("a".into())]);
        let asked = state.checklist.wanted;
        let state = reduce(&state, Action::Ticked("b".into()));
        let counted = Rc::new(vec![RemovalProgress::default()]);
        let late = reduce(&state, Action::DoneCounted(asked, counted.clone()));
        assert_eq!(late, state);
        let wanted = state.checklist.wanted;
        let told = reduce(&state, Action::DoneCounted(wanted, counted.clone()));
        assert_eq!(told.checklist.progress, counted);
    }

    #[test]
    fn what_the_browser_remembers_is_the_same_again() {
        let done = vec![step_key("p", "s"), host_key("f", "PC, \"1\"")];
        assert_eq!(from_kept(&to_keep(&done)), done);
        assert_eq!(from_kept(""), [""; 0]);
        let state = after([Action::TicksRestored(done.clone())]);
        assert!(state.checklist.is_kept);
        assert_eq!(*state.checklist.done, done);
    }

    #[test]
    fn the_table_says_of_each_step_and_computer_whether_it_is_done() {
        let mut report = example::report();
        report.findings[0].hosts.push("=cmd".into());
        let steps = report.findings[0].remediation.clone();
        let product = report.findings[0].product.id.clone();
        let done = [step_key(&product, &steps[1]), host_key("example", "PC-02")];
        let table = String::from_utf8_lossy(&to_csv(&report, &done)).into_owned();
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].ends_with(r#""Uninstall the program.","no""#), "{table}");
        assert!(lines[2].ends_with(r#"check it.","yes""#), "{table}");
        assert!(lines[3].ends_with(r#""PC-01","","no""#), "{table}");
        assert!(lines[4].ends_with(r#""PC-02","","yes""#), "{table}");
        assert!(lines[6].ends_with(r#""'=cmd","","no""#), "{table}");
        assert_eq!(lines.len(), 7);
    }
}
