//! The sentences about decisions and about an earlier report.

use crate::app::decisions::{DecisionView, Decisions};
use crate::app::packs::{Mistake, PackTrouble};
use crate::app::state::State;
use crate::engine::language::{Phrase, many, phrase, say};
use crate::engine::waivers::WaiverKind;

/// The button that shows the form.
pub const SET_ASIDE: Phrase = phrase("Set aside…");
/// What the form does.
pub const SET_ASIDE_HINT: Phrase = phrase(
    "Something is not what it was taken for, or may stay for a time? Record the \
    decision. What is set aside no longer counts as found, and is still in every report.",
);
/// The kind of decision.
pub const KIND: Phrase = phrase("Kind of decision");
/// What it is for.
pub const SCOPE: Phrase = phrase("It is for");
/// The finding alone.
pub const THIS_PROGRAM: Phrase = phrase("this very program (name, version and publisher)");
/// Every finding of the product.
pub const THIS_PRODUCT: Phrase = phrase("the product, whatever its name and version");
/// Which computers.
pub const ON_COMPUTERS: Phrase = phrase("Only on these computers");
/// How to name them.
pub const ON_COMPUTERS_HINT: Phrase =
    phrase("Names with commas between; * stands for any text. Leave it empty for all.");
/// Why.
pub const REASON: Phrase = phrase("Reason");
/// Who decided.
pub const DECIDED_BY: Phrase = phrase("Decided by");
/// The last day.
pub const UNTIL: Phrase = phrase("Holds until");
/// That there has to be one.
pub const UNTIL_HINT: Phrase = phrase("After this day it no longer counts.");
/// Where it is filed.
pub const REFERENCE: Phrase = phrase("Ticket or file number, if there is one");
/// The button that records it.
pub const RECORD: Phrase = phrase("Record the decision");
/// The heading.
pub const DECISIONS: Phrase = phrase("Decisions");
/// Where there are none.
pub const NO_DECISIONS: Phrase = phrase(
    "No decision is recorded. Choose “Set aside…” below a program to record one, or load \
    a file of decisions.",
);
/// The button that saves them.
pub const SAVE_DECISIONS: Phrase = phrase("Save the decisions as a file");
/// The label of the file chooser.
pub const LOAD_DECISIONS: Phrase = phrase("Load a file of decisions");
/// What file that is.
pub const LOAD_DECISIONS_HINT: Phrase =
    phrase("A waivers.toml, as it was saved here or written for the command line.");
/// The button that takes one back.
pub const TAKE_BACK: Phrase = phrase("Take back");
/// When one was taken back.
pub const TAKEN_BACK: Phrase = phrase("The decision was taken back.");
/// Over the mistakes of a file.
pub const NOT_LOADED: Phrase = phrase("The file has mistakes and was not loaded:");
/// The check box by which the browser remembers them.
pub const KEEP_DECISIONS: Phrase = phrase("Remember them in this browser");
/// What that means.
pub const KEEP_DECISIONS_HINT: Phrase =
    phrase("They are then kept on this computer until you untick this. Your lists never are.");
/// The heading of the comparison.
pub const COMPARISON: Phrase = phrase("Compare with an earlier report");
/// The label of the file chooser.
pub const EARLIER: Phrase = phrase("A report that was saved earlier, as HTML or JSON");
/// What it is for.
pub const EARLIER_HINT: Phrase = phrase(
    "Shows what is gone, what remains and what is new, and whether the removal is complete.",
);
/// The columns of the table.
pub const COMPARED_HEADINGS: [Phrase; 3] =
    [phrase("What became of it"), phrase("Program"), phrase("Computers")];

/// A kind of decision, to choose from.
pub fn decision_kind(kind: WaiverKind) -> &'static str {
    match kind {
        WaiverKind::FalsePositive => say!("False positive: it is something else"),
        WaiverKind::ApprovedException => say!("Approved exception: it may stay for a time"),
        WaiverKind::ExemptProduct => say!("Exempt product: it is not covered for us"),
    }
}

/// What a decision sets aside beyond what is listed.
pub fn more_set_aside(view: &DecisionView) -> String {
    say!("and {more} more", more = view.more)
}

/// Rows that are not on the screen.
pub fn more_compared(more: usize) -> String {
    say!(
        "Not shown here: {rows}. The report that you save has all.",
        rows = many!(more as u64, "{n} row", "{n} rows")
    )
}

/// A mistake with its place.
pub fn decision_mistake(mistake: &Mistake) -> String {
    say!("line {line}: {message}", line = mistake.line, message = mistake.message)
}

/// What went wrong with what the reader did last.
pub fn decision_trouble(decisions: &Decisions) -> String {
    if !decisions.mistakes.is_empty() {
        format!(
            "{NOT_LOADED} {}",
            many!(decisions.mistakes.len() as u64, "{n} mistake", "{n} mistakes")
        )
    } else if decisions.is_not_kept {
        not_kept()
    } else {
        not_compared(decisions)
    }
}

/// When the browser does not remember them.
pub fn not_kept() -> String {
    super::pack_trouble(&PackTrouble::NotKept)
}

/// Why there is no comparison.
pub fn not_compared(decisions: &Decisions) -> String {
    say!(
        "This file cannot be compared with: {not_compared}.",
        not_compared = decisions.not_compared
    )
}

/// When the results were judged once more.
pub fn judged(state: &State) -> String {
    let results = state.shown.as_ref().map(|shown| &shown.results);
    results.map_or_else(String::new, |results| match &results.comparison {
        Some(comparison) => format!("{} {}", results.headline.sentence, comparison.sentence),
        None => results.headline.sentence.clone(),
    })
}
/// Why an earlier report is not compared with: the browser could not read it.
pub const REPORT_UNREAD: Phrase = phrase("the file could not be read");
