//! The sentences about explanations, near misses and deadlines.

use super::date;
use crate::engine::report::{Deadline, NearMiss};

/// The fold with the explanation of a finding.
pub const WHY: &str = "Why? What was compared, what fitted, what was rejected";
/// In it until the answer comes.
pub const WHY_IS_COMING: &str = "Looking it up…";

/// Over the near misses.
pub const NEAR_MISSES_HEADING: &str = "Not found, but worth a look";
/// What near misses are.
pub const NEAR_MISSES_HINT: &str = "These are none of the programs that Clearlist knows, and close to one. \
    They may be a slip of the pen, another program, or one that nobody has told Clearlist of.";

/// Beside the answer, where there are near misses.
pub fn near_misses_too(count: usize) -> String {
    let (programs, are) = if count == 1 { ("program", "is") } else { ("programs", "are") };
    format!(
        "{count} other {programs} {are} worth a look: close to what is looked for, but not found."
    )
}

/// Where a near miss is.
pub fn near_where(miss: &NearMiss) -> String {
    let first = miss.places.first();
    let place = first.map(|place| format!("{}, {} line {}", place.host, place.source, place.line));
    match (place, miss.host_count.saturating_sub(1)) {
        (None, _) => String::new(),
        (Some(place), 0) => format!("({place})"),
        (Some(place), 1) => format!("({place}, and 1 more computer)"),
        (Some(place), more) => format!("({place}, and {more} more computers)"),
    }
}

/// Over the deadlines.
pub const DEADLINES_HEADING: &str = "By when";
/// On the button that saves them.
pub const SAVE_CALENDAR: &str = "Save as calendar (.ics)";

/// The mark of the day of the report between what is to come.
pub fn deadlines_today(generated_on: &str) -> String {
    format!("{}: today", date(generated_on))
}
/// Over the deadlines that are over.
pub const DEADLINES_OVER: &str = "Already over";

/// The day of a deadline, and how far it is.
pub fn deadline_day(deadline: &Deadline) -> String {
    let when = match deadline.in_days {
        days if days < 0 => "over".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    format!("{} ({when})", date(&deadline.due_on))
}

/// What a deadline was counted from, in a report of that day, as the rest of the sentence before it.
pub fn deadline_clock(deadline: &Deadline, generated_on: &str) -> String {
    let what = deadline.counted_from_what(generated_on);
    let counted = match (&deadline.clock, &deadline.counted_from) {
        (Some(clock), Some(day)) => {
            format!(" ({clock}, counted from {}, {what})", date(day))
        }
        _ => String::new(),
    };
    let unconfirmed = if deadline.unconfirmed { " This could not be confirmed." } else { "" };
    format!("{counted}{unconfirmed}")
}
