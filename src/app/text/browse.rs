//! The sentences about looking through the findings.

use crate::app::browse::{Browse, By, ROWS_A_PAGE, Sort};
use crate::engine::language::{Phrase, many, phrase, say};

/// The heading.
pub const BROWSE: Phrase = phrase("Look through what was checked and found");
/// What a row is.
pub const BROWSE_BY: Phrase = phrase("A row for each");
/// Which outcome.
pub const BROWSE_OUTCOME: Phrase = phrase("Outcome");
/// Which directive.
pub const BROWSE_DIRECTIVE: Phrase = phrase("Directive");
/// What comes first.
pub const BROWSE_SORT: Phrase = phrase("First");
/// The link from the answer to all programs that were checked.
pub fn all_checked(titles: u64) -> String {
    many!(
        titles,
        "{n} program was checked: look through all",
        "{n} programs were checked: look through all"
    )
}
/// What is looked for.
pub const BROWSE_SEARCH: Phrase = phrase("Find a program, product or computer");
/// No choice.
pub const ANY: Phrase = phrase("any");
/// The outcome of a program that a decision is about.
pub const IS_SET_ASIDE: Phrase = phrase("Set aside");
/// The outcome of a program in which nothing was found.
pub const IS_NOTHING: Phrase = phrase("Nothing found");
/// The button that goes on.
pub const NEXT_ROWS: Phrase = phrase("Next rows");
/// The button that goes back.
pub const ROWS_BEFORE: Phrase = phrase("Rows before");
/// Where nothing is left.
pub const NO_ROWS: Phrase = phrase("No row fits. Choose less, or look for something else.");

/// What a row is, to choose from.
pub fn by(by: By) -> &'static str {
    match by {
        By::Program => say!("program"),
        By::Product => say!("product"),
        By::Computer => say!("computer"),
        By::Directive => say!("directive"),
        By::Checked => say!("program that was checked"),
    }
}

/// What comes first, to choose from.
pub fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Gravest => say!("what is gravest"),
        Sort::Name => say!("by name"),
        Sort::Most => say!("what is most"),
    }
}

/// The headings of the table.
pub fn browse_headings(by: By) -> [&'static str; 4] {
    match by {
        By::Program => [say!("Program"), say!("Outcome"), say!("Computers"), say!("Which")],
        By::Product => [say!("Product"), say!("Outcome"), say!("Computers"), say!("Which")],
        By::Computer => [say!("Computer"), say!("Outcome"), say!("Programs"), say!("Which")],
        By::Directive => [say!("Directive"), say!("Outcome"), say!("Computers"), say!("Which")],
        By::Checked => [say!("Program"), say!("Outcome"), say!("Version"), say!("Publisher")],
    }
}

/// Which rows are seen.
pub fn rows_seen(asked: &Browse, total: usize) -> String {
    if total == 0 {
        return NO_ROWS.into();
    }
    let end = (asked.from + ROWS_A_PAGE).min(total);
    say!("Rows {from} to {end} of {total}.", from = asked.from + 1, end, total)
}
