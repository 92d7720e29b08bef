//! What of a removal is done: steps of a product and computers of a program, as the reader ticks them off.
//!
//! What is ticked is called by ids and the names of computers, so that it is known again when the list is checked
//! once more.

use std::collections::HashSet;
use std::rc::Rc;

use super::action::Action;
use super::state::{Announcement, State};
use super::text::title_as_written;
use super::view::{FindingView, ProductView};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Finding, Report};
use crate::engine::writers::formula::Rows;

/// What is ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist {
    /// The keys of what is done, in the order it was ticked.
    pub done: Rc<Vec<String>>,
    /// True if the browser is to remember it.
    pub is_kept: bool,
    /// True if it did not.
    pub is_not_kept: bool,
}

impl Checklist {
    /// True if that is done.
    pub fn is_done(&self, key: &str) -> bool {
        self.done.iter().any(|known| known == key)
    }

    /// How many of the product's steps and installations are done.
    pub fn progress(&self, product: &ProductView, findings: &[FindingView]) -> Progress {
        let steps = product.steps.iter().filter(|key| self.is_done(key)).count();
        let findings = product.findings.iter().filter_map(|&index| findings.get(index));
        let mut progress =
            Progress { steps, all_steps: product.steps.len(), ..Progress::default() };
        for finding in findings {
            progress.all_hosts += finding.hosts;
            let of_it = host_key(&finding.id, "");
            progress.hosts += self.done.iter().filter(|key| key.starts_with(&of_it)).count() as u64;
        }
        progress
    }
}

/// How much of a removal is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps that are done.
    pub steps: usize,
    /// Steps there are.
    pub all_steps: usize,
    /// Programs on computers that are done.
    pub hosts: u64,
    /// Programs on computers that there are.
    pub all_hosts: u64,
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

/// The checklist as a table: every step of every product that has to go, and every computer that it is on, with
/// whether it is done. Written so that no spreadsheet takes a cell for a formula.
pub fn to_csv(report: &Report, done: &[String]) -> Vec<u8> {
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let told = |key: &str| if done.contains(key) { "yes" } else { "no" }.to_owned();
    let headings = ["Product", "Program", "Computer", "Step", "Done"];
    let mut rows = Rows::new(report.marking.clone(), &headings);
    // The steps of a product stand above its computers.
    let mut steps_told: HashSet<(&str, &str)> = HashSet::new();
    for finding in report.findings.iter().filter(|finding| has_to_go(finding)) {
        let (id, product) = (&finding.product.id, &finding.product.name);
        let is_step_of_it = |id: &String| finding.remediation.contains(id);
        for step in report.remediation_steps.iter().filter(|step| is_step_of_it(&step.id)) {
            if steps_told.insert((id, &step.id)) {
                let is_done = told(&step_key(id, &step.id));
                let nothing = String::new();
                rows.push([product.clone(), nothing.clone(), nothing, step.title.clone(), is_done]);
            }
        }
        let program = title_as_written(finding);
        for host in &finding.hosts {
            let is_done = told(&host_key(&finding.id, host));
            rows.push([product.clone(), program.clone(), host.clone(), String::new(), is_done]);
        }
    }
    rows.finish().into_bytes()
}

fn has_to_go(finding: &Finding) -> bool {
    matches!(finding.gravest(), OutcomeKind::Prohibited | OutcomeKind::Review)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::example;
    use crate::app::reduce::reduce;

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
        let results = example::results();
        let [product] = results.products.as_slice() else { panic!("one product") };
        let host = |finding: &str, host| Action::Ticked(host_key(finding, host));
        let state = after([
            Action::Ticked(product.steps[0].clone()),
            Action::Ticked(step_key("another", "step")),
            host("example", "PC-01"),
            host("another", "PC-01"),
        ]);
        let progress = state.checklist.progress(product, &results.findings);
        assert_eq!(progress, Progress { steps: 1, all_steps: 2, hosts: 1, all_hosts: 3 });
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
