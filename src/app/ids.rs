//! The ids of the page's elements: what labels, links and the keyboard focus refer to.

use crate::app::packs::PackKey;
use crate::app::reading::InputKey;
use crate::app::samples::Sample;
use crate::app::state::{FileKey, Focus, InputError, System};
use crate::engine::record::Platform;

/// The main part of the page.
pub const MAIN: &str = "main";
/// Heading of step 1.
pub const WHO: &str = "who";
/// The fold with the directives.
pub const DIRECTIVES: &str = "directives";
/// The fold with the reader's own rules.
pub const OWN_RULES: &str = "own-rules";
/// The file chooser for packs.
pub const PACK_FILES: &str = "pack-files";
/// The check box by which the browser remembers packs.
pub const KEEP_PACKS: &str = "keep-packs";
/// The button that brings back a pack.
pub const PACK_UNDO: &str = "pack-undo";
/// Heading of step 2.
pub const GET: &str = "get";
/// The fold with queries for a fleet.
pub const FLEET: &str = "fleet";
/// The choice of the tool that queries are written for.
pub const ENGINE: &str = "engine";
/// Heading of step 3.
pub const GIVE: &str = "give";
/// The text box.
pub const PASTE: &str = "paste";
/// The file chooser.
pub const FILES: &str = "files";
/// The button that starts a check.
pub const CHECK: &str = "check";
/// The button that cancels.
pub const CANCEL: &str = "cancel";
/// The button that clears.
pub const CLEAR: &str = "clear";
/// The button that brings back.
pub const UNDO: &str = "undo";
/// The summary of errors.
pub const ERRORS: &str = "errors";
/// The message of a failed scan.
pub const FAILURE: &str = "failure";
/// The progress bar.
pub const PROGRESS: &str = "progress";
/// Heading of step 4.
pub const RESULTS: &str = "results";
/// The answer.
pub const ANSWER: &str = "answer";
/// The one polite live region.
pub const STATUS: &str = "status";
/// Heading of the near misses.
pub const NEAR_MISSES: &str = "near-misses";
/// The print button.
pub const PRINT: &str = "print";
/// The choice of a way to save the report.
pub const EXPORT: &str = "export";
/// What stands at head and foot of what is saved.
pub const MARKING: &str = "marking";
/// The button that saves.
pub const SAVE: &str = "save-report";
/// The fold with a link to share.
pub const SHARE: &str = "share";
/// The check box by which names are shared.
pub const SHARE_NAMES: &str = "share-names";
/// The button that makes the link.
pub const MAKE_SUMMARY: &str = "make-summary";
/// The button that hands the link to another program.
pub const SHARE_WITH: &str = "share-with";
/// The button that leaves what was shared.
pub const LEAVE_SHARED: &str = "leave-shared";
/// The link to share.
pub const SHARE_LINK: &str = "share-link";
/// The summary to share as text.
pub const SHARE_TEXT: &str = "share-text";
/// The button that saves the deadlines.
pub const SAVE_CALENDAR: &str = "save-calendar";
/// The button that starts over.
pub const ANOTHER: &str = "check-another";

/// Heading of the findings as a table.
pub const BROWSE: &str = "browse";
/// Heading of the decisions.
pub const DECISIONS: &str = "decisions";
/// The button that brings back a decision.
pub const DECISION_UNDO: &str = "decision-undo";
/// The button that saves the decisions.
pub const SAVE_DECISIONS: &str = "save-decisions";
/// The file chooser for decisions.
pub const DECISION_FILES: &str = "decision-files";
/// The check box by which the browser remembers decisions.
pub const KEEP_DECISIONS: &str = "keep-decisions";
/// Heading of the comparison.
pub const COMPARISON: &str = "comparison";
/// The file chooser for an earlier report.
pub const EARLIER: &str = "earlier-report";

/// The check box by which the browser remembers what is ticked.
pub const KEEP_TICKS: &str = "keep-ticks";
/// The button that saves the checklist.
pub const SAVE_TICKS: &str = "save-checklist";
/// What is said of forgetting everything.
pub const FORGETTING: &str = "forgetting";
/// The choice of the language.
pub const LANGUAGE: &str = "language";
/// The button that uses a newer version of the page.
pub const USE_NEWER: &str = "use-newer";
/// The button that tries every way out.
pub const TRY_WAYS_OUT: &str = "try-ways-out";
/// The button that forgets everything.
pub const FORGET: &str = "forget";
/// The button that does not.
pub const FORGET_NOT: &str = "forget-not";

/// The radio button of a profile.
pub fn profile(id: &str) -> String {
    format!("profile-{id}")
}

/// The check box of a directive.
pub fn directive(id: &str) -> String {
    format!("directive-{id}")
}

/// The button that shows the text of a pack.
pub fn pack(key: PackKey) -> String {
    format!("pack-{}", key.0)
}

/// The check box of a pack.
pub fn pack_box(key: PackKey) -> String {
    format!("pack-{}-on", key.0)
}

/// The button that saves a pack.
pub fn pack_save(key: PackKey) -> String {
    format!("pack-{}-save", key.0)
}

/// The text of a pack.
pub fn pack_text(key: PackKey) -> String {
    format!("pack-{}-text", key.0)
}

/// The text of a query, counted from 0.
pub fn query(index: usize) -> String {
    format!("query-{}", index + 1)
}

/// The button that saves a query, counted from 0.
pub fn query_save(index: usize) -> String {
    format!("{}-save", query(index))
}

/// The radio button of a system.
pub fn system(system: System) -> String {
    format!("system-{}", system.id())
}

/// The button that takes a sample.
pub fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::Office => "sample-office",
        Sample::Winget => "sample-winget",
        Sample::Dpkg => "sample-dpkg",
    }
}

/// The button that takes a file off the list.
pub fn remove_button(key: FileKey) -> String {
    format!("remove-file-{}", key.0)
}

/// An id in the fold of an input.
fn of_input(what: &str, key: InputKey) -> String {
    match key {
        InputKey::Pasted => format!("{what}-pasted"),
        InputKey::File(key) => format!("{what}-file-{}", key.0),
    }
}

/// The summary of the fold in which the reading of an input is changed.
pub fn reading(key: InputKey) -> String {
    of_input("reading", key)
}

/// The choice of an input's format.
pub fn format(key: InputKey) -> String {
    of_input("format", key)
}

/// The choice of an input's encoding.
pub fn encoding(key: InputKey) -> String {
    of_input("encoding", key)
}

/// The name of an input's computer.
pub fn host(key: InputKey) -> String {
    of_input("host", key)
}

/// The choice of what a column of an input holds, counted from 0.
pub fn column(key: InputKey, at: usize) -> String {
    format!("{}-{}", of_input("column", key), at + 1)
}

/// The check box that says that the first row of an input is a heading.
pub fn heading_box(key: InputKey) -> String {
    of_input("heading", key)
}

/// A short name of a platform.
pub fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Windows => "windows",
        Platform::Macos => "macos",
        Platform::Linux => "linux",
        Platform::Android => "android",
        Platform::Ios => "ios",
    }
}

/// The heading of a product, by its place among the results' groups.
pub fn product(group: usize) -> String {
    format!("product-{group}")
}

/// The fold with the steps of removal of a product.
pub fn removal(group: usize) -> String {
    format!("remove-{group}")
}

/// A command of a step of removal.
pub fn step_command(group: usize, platform: Platform, step: usize, index: usize) -> String {
    format!("{}-{}-step-{step}-{}", removal(group), self::platform(platform), index + 1)
}

/// A source of a directive, both counted from 0.
pub fn directive_source(directive: usize, source: usize) -> String {
    format!("directive-{directive}-source-{}", source + 1)
}

/// The heading of a finding, counted from 0.
pub fn finding(index: usize) -> String {
    format!("finding-{index}")
}

/// What is to be corrected.
pub fn field_of(error: InputError) -> &'static str {
    match error {
        InputError::NothingGiven => PASTE,
        InputError::NoDirective => DIRECTIVES,
        InputError::PackMistakes => OWN_RULES,
    }
}

/// The element the focus goes to.
pub fn focused(focus: Focus) -> String {
    match focus {
        Focus::ErrorSummary => ERRORS.into(),
        Focus::Failure => FAILURE.into(),
        Focus::Results => RESULTS.into(),
        Focus::Give => GIVE.into(),
        Focus::PasteBox => PASTE.into(),
        Focus::FileChooser => FILES.into(),
        Focus::CheckButton => CHECK.into(),
        Focus::CancelButton => CANCEL.into(),
        Focus::UndoButton => UNDO.into(),
        Focus::RemoveButton(key) => remove_button(key),
        Focus::Finding(index) => finding(index),
        Focus::Reading(key) => reading(key),
        Focus::Pack(key) => pack(key),
        Focus::PackPlace(key, ..) => pack_text(key),
        Focus::PackUndo => PACK_UNDO.into(),
        Focus::Decisions => DECISIONS.into(),
        Focus::DecisionUndo => DECISION_UNDO.into(),
        Focus::Comparison => COMPARISON.into(),
        Focus::Forgetting => FORGETTING.into(),
        Focus::Language => LANGUAGE.into(),
    }
}
