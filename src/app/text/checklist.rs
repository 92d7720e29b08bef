//! The sentences about ticking off what is done, and about forgetting everything.

use super::{number, plural};
use crate::app::checklist::RemovalProgress;

/// The label of a box, and the heading of a column of them.
pub const DONE: &str = "Done";
/// How to use the boxes.
pub const CHECKLIST_HINT: &str =
    "Tick each step and each computer when it is done, to see how far you are.";
/// The check box by which the browser remembers what is ticked.
pub const KEEP_TICKS: &str = "Remember what I tick in this browser";
/// What that means.
pub const KEEP_TICKS_HINT: &str = "The names of the computers you tick are then kept on this computer until you \
    untick this. Your lists never are.";
/// The button that saves the checklist.
pub const SAVE_TICKS: &str = "Save the checklist (CSV)";

/// A step, for those who hear its box alone.
pub fn step_named(number: usize, title: &str) -> String {
    format!("step {number}: {title}")
}

/// How much is done of a product.
pub fn progress_of(progress: &RemovalProgress) -> String {
    let RemovalProgress { steps, all_steps, installations, all_installations } = *progress;
    let done = |count: usize, all: usize, one, many| {
        format!("{} of {}", number(count as u64), plural(all as u64, one, many))
    };
    let mut told = Vec::new();
    if all_steps > 0 {
        told.push(done(steps, all_steps, "step", "steps"));
    }
    if all_installations > 0 {
        told.push(done(installations, all_installations, "installation", "installations"));
    }
    format!("Done so far: {}.", told.join(", "))
}

/// The heading of what the page keeps.
pub const KEPT_HEADING: &str = "What this page keeps";
/// What that is.
pub const KEPT: &str = "Your list and the results are only in this page and are gone when you close it. Your files of \
    rules, your decisions and what you tick are kept in this browser only if you ticked “Remember” there.";
/// The button that forgets everything.
pub const FORGET: &str = "Clear everything…";
/// The question before it does.
pub const FORGET_ASKED: &str = "Clear everything now? Your list, the results, your rules, your decisions and \
    everything that this page keeps in this browser will be gone. This cannot be undone.";
/// Yes.
pub const FORGET_YES: &str = "Yes, clear everything";
/// No.
pub const FORGET_NO: &str = "No, keep it";
/// When it is done.
pub const FORGOTTEN: &str = "Everything is cleared: your list, the results, your rules, your decisions, and what this \
    page kept in this browser.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_none_of_is_not_counted() {
        let told = |all_steps, all_installations| {
            let (steps, installations) = (1, 2);
            let progress = RemovalProgress { steps, all_steps, installations, all_installations };
            progress_of(&progress)
        };
        assert_eq!(told(3, 2_000), "Done so far: 1 of 3 steps, 2 of 2,000 installations.");
        assert_eq!(told(1, 0), "Done so far: 1 of 1 step.");
        assert_eq!(told(0, 2), "Done so far: 2 of 2 installations.");
    }
}
