//! The sentences about the pictures of a fleet.

use super::{computers, date, number, plural};

/// The heading.
pub const PICTURES: &str = "At a glance";

/// Over the bars of the products; `most` is the one on most computers, if there is one.
pub fn hosts_by_product(most: Option<&str>, on: u64, of: u64) -> String {
    let of = format!("{} of {}", number(on), computers(of));
    match most {
        Some(most) => format!("Computers by product. {most} is on most: {of}."),
        None => format!("Computers by product. No product is on more than {of}."),
    }
}

/// Over the bars of the directives; `most` is the one under which most has to go, if there is one.
pub fn findings_by_directive(most: Option<&str>, on: u64) -> String {
    let programs = plural(on, "program", "programs");
    match most {
        Some(most) => format!("Programs by directive. Most come under {most}: {programs}."),
        None => format!("Programs by directive. No directive covers more than {programs}."),
    }
}

/// How many of how many.
pub fn of(count: u64, all: u64) -> String {
    format!("{} of {}", number(count), number(all))
}

/// The row of products that are not named.
pub fn other_products(count: usize) -> String {
    format!("and {} more, below", plural(count as u64, "product", "products"))
}

/// The row of directives that are not named.
pub fn other_directives(count: usize) -> String {
    format!("and {} more, below", plural(count as u64, "directive", "directives"))
}

/// Over the bars of the progress.
pub fn progress_since(earlier_on: &str) -> String {
    format!("Progress since the report of {}.", date(earlier_on))
}

/// The row of what is gone.
pub const REMOVED: &str = "Removed";

/// The row of the time that is used; `directive` sets the deadline.
pub fn time_used(directive: &str, due_on: &str) -> String {
    format!("Time used until {} ({directive})", date(due_on))
}

/// How many days of how many.
pub fn days_of(days: u64, all: u64) -> String {
    format!("{} of {}", number(days), plural(all, "day", "days"))
}
