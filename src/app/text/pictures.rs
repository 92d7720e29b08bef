//! The sentences about the pictures of a fleet.

use super::computers;
use crate::engine::language::{Phrase, date, many, number, phrase, say};

/// The heading.
pub const PICTURES: Phrase = phrase("At a glance");

/// Over the bars of the products; `most` is the one on most computers, if there is one.
pub fn hosts_by_product(most: Option<&str>, on: u64, of: u64) -> String {
    let (on, computers) = (number(on), computers(of));
    match most {
        Some(most) => say!(
            "Computers by product. {most} is on most: {on} of {computers}.",
            most,
            on,
            computers
        ),
        None => say!(
            "Computers by product. No product is on more than {on} of {computers}.",
            on,
            computers
        ),
    }
}

/// Over the bars of the directives; `most` is the one under which most has to go, if there is one.
pub fn findings_by_directive(most: Option<&str>, on: u64) -> String {
    match most {
        Some(most) => many!(
            on,
            "Programs by directive. Most come under {most}: {n} program.",
            "Programs by directive. Most come under {most}: {n} programs.",
            most
        ),
        None => many!(
            on,
            "Programs by directive. No directive covers more than {n} program.",
            "Programs by directive. No directive covers more than {n} programs."
        ),
    }
}

/// How many of how many.
pub fn of(count: u64, all: u64) -> String {
    say!("{count} of {all}", count = number(count), all = number(all))
}

/// The row of products that are not named.
pub fn other_products(count: usize) -> String {
    many!(count as u64, "and {n} product more, below", "and {n} products more, below")
}

/// The row of directives that are not named.
pub fn other_directives(count: usize) -> String {
    many!(count as u64, "and {n} directive more, below", "and {n} directives more, below")
}

/// Over the bars of the progress.
pub fn progress_since(earlier_on: &str) -> String {
    say!("Progress since the report of {day}.", day = date(earlier_on))
}

/// The row of what is gone.
pub const REMOVED: Phrase = phrase("Removed");

/// The row of the time that is used; `directive` sets the deadline.
pub fn time_used(directive: &str, due_on: &str) -> String {
    say!("Time used until {day} ({directive})", day = date(due_on), directive)
}

/// How many days of how many.
pub fn days_of(days: u64, all: u64) -> String {
    many!(all, "{days} of {n} day", "{days} of {n} days", days = number(days))
}
