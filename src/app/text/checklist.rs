//! The sentences about ticking off what is done, and about forgetting everything.

use crate::app::checklist::RemovalProgress;
use crate::engine::language::{Phrase, many, number, phrase, say};

/// The label of a box, and the heading of a column of them.
pub const DONE: Phrase = phrase("Done");
/// How to use the boxes.
pub const CHECKLIST_HINT: Phrase =
    phrase("Tick each step and each computer when it is done, to see how far you are.");
/// The check box by which the browser remembers what is ticked.
pub const KEEP_TICKS: Phrase = phrase("Remember what I tick in this browser");
/// What that means.
pub const KEEP_TICKS_HINT: Phrase = phrase(
    "The names of the computers you tick are then kept on this computer until you \
    untick this. Your lists never are.",
);
/// The button that saves the checklist.
pub const SAVE_TICKS: Phrase = phrase("Save the checklist (CSV)");

/// A step, for those who hear its box alone.
pub fn step_named(number: usize, title: &str) -> String {
    say!("step {number}: {title}", number, title)
}

/// How much is done of a product.
pub fn progress_of(progress: &RemovalProgress) -> String {
    let RemovalProgress { steps, all_steps, installations, all_installations } = *progress;
    let mut told = Vec::new();
    if all_steps > 0 {
        let done = number(steps as u64);
        told.push(many!(all_steps as u64, "{done} of {n} step", "{done} of {n} steps", done));
    }
    if all_installations > 0 {
        let done = number(installations as u64);
        told.push(many!(
            all_installations as u64,
            "{done} of {n} installation",
            "{done} of {n} installations",
            done
        ));
    }
    say!("Done so far: {done}.", done = told.join(", "))
}

/// The heading of what the page keeps.
pub const KEPT_HEADING: Phrase = phrase("What this page keeps");
/// What that is.
pub const KEPT: Phrase = phrase(
    "Your list and the results are only in this page and are gone when you close it. Your files of \
    rules, your decisions and what you tick are kept in this browser only if you ticked “Remember” there.",
);
/// The button that forgets everything.
pub const FORGET: Phrase = phrase("Clear everything…");
/// The question before it does.
pub const FORGET_ASKED: Phrase = phrase(
    "Clear everything now? Your list, the results, your rules, your decisions and \
    everything that this page keeps in this browser will be gone. This cannot be undone.",
);
/// Yes.
pub const FORGET_YES: Phrase = phrase("Yes, clear everything");
/// No.
pub const FORGET_NO: Phrase = phrase("No, keep it");
/// When it is done.
pub const FORGOTTEN: Phrase = phrase(
    "Everything is cleared: your list, the results, your rules, your decisions, and what this \
    page kept in this browser.",
);

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
