//! The sentences about the pictures of a fleet.

use super::computers;
use crate::engine::language::{Phrase, date, many, number, phrase, say};

/// The heading.
pub const PICTURES: Phrase = phrase("At a glance");

/// Over the bars of the products; `most` is the one on most computers.
pub fn hosts_by_product(most: &str, on: u64, of: u64) -> String {
    say!(
        "Computers by product. {most} is on most: {on} of {computers}.",
        most,
        on = number(on),
        computers = computers(of)
    )
}

/// Over the bars of the directives; `most` is the one under which most has to go.
pub fn findings_by_directive(most: &str, on: u64) -> String {
    many!(
        on,
        "Programs by directive. Most come under {most}: {n} program.",
        "Programs by directive. Most come under {most}: {n} programs.",
        most
    )
}

/// How many of how many.
pub fn of(count: u64, all: u64) -> String {
    say!("{count} of {all}", count = number(count), all = number(all))
}

/// The row of products that are not named.
pub fn other_products(count: usize) -> String {
    many!(count as u64, "and {n} product more, below", "and {n} products more, below")
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
