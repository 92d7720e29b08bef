//! The sentences about looking through the findings.

use super::plural;
use crate::app::browse::{Browse, By, ROWS_A_PAGE, Sort};

/// The heading.
pub const BROWSE: &str = "Look through what was checked and found";
/// What a row is.
pub const BROWSE_BY: &str = "A row for each";
/// Which outcome.
pub const BROWSE_OUTCOME: &str = "Outcome";
/// Which directive.
pub const BROWSE_DIRECTIVE: &str = "Directive";
/// What comes first.
pub const BROWSE_SORT: &str = "First";
/// The link from the answer to all programs that were checked.
pub fn all_checked(titles: u64) -> String {
    let were = if titles == 1 { "was" } else { "were" };
    format!("{} {were} checked: look through all", plural(titles, "program", "programs"))
}
/// What is looked for.
pub const BROWSE_SEARCH: &str = "Find a program, product or computer";
/// No choice.
pub const ANY: &str = "any";
/// The outcome of a program that a decision is about.
pub const IS_SET_ASIDE: &str = "Set aside";
/// The outcome of a program in which nothing was found.
pub const IS_NOTHING: &str = "Nothing found";
/// The button that goes on.
pub const NEXT_ROWS: &str = "Next rows";
/// The button that goes back.
pub const ROWS_BEFORE: &str = "Rows before";
/// Where nothing is left.
pub const NO_ROWS: &str = "No row fits. Choose less, or look for something else.";

/// What a row is, to choose from.
pub fn by(by: By) -> &'static str {
    match by {
        By::Program => "program",
        By::Product => "product",
        By::Computer => "computer",
        By::Directive => "directive",
        By::Checked => "program that was checked",
    }
}

/// What comes first, to choose from.
pub fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Gravest => "what is gravest",
        Sort::Name => "by name",
        Sort::Most => "what is most",
    }
}

/// The headings of the table.
pub fn browse_headings(by: By) -> [&'static str; 4] {
    match by {
        By::Program => ["Program", "Outcome", "Computers", "Which"],
        By::Product => ["Product", "Outcome", "Computers", "Which"],
        By::Computer => ["Computer", "Outcome", "Programs", "Which"],
        By::Directive => ["Directive", "Outcome", "Computers", "Which"],
        By::Checked => ["Program", "Outcome", "Version", "Publisher"],
    }
}

/// Which rows are seen.
pub fn rows_seen(asked: &Browse, total: usize) -> String {
    if total == 0 {
        return NO_ROWS.into();
    }
    let end = (asked.from + ROWS_A_PAGE).min(total);
    format!("Rows {} to {end} of {total}.", asked.from + 1)
}
