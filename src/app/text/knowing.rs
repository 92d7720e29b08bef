//! The sentences about explanations, near misses and deadlines.

use crate::engine::language::{Phrase, date, many, phrase, say, told};
use crate::engine::report::{Deadline, NearMiss};

/// The fold with the explanation of a finding.
pub const WHY: Phrase = phrase("Why? What was compared, what fitted, what was rejected");
/// In it until the answer comes.
pub const WHY_IS_COMING: Phrase = phrase("Looking it up…");

/// Over the near misses.
pub const NEAR_MISSES_HEADING: Phrase = phrase("Not found, but worth a look");
/// What near misses are.
pub const NEAR_MISSES_HINT: Phrase = phrase(
    "These are none of the programs that Clearlist knows, and close to one. \
    They may be a slip of the pen, another program, or one that nobody has told Clearlist of.",
);

/// Beside the answer, where there are near misses.
pub fn near_misses_too(count: u64) -> String {
    many!(
        count,
        "{n} other program is worth a look: close to what is looked for, but not found.",
        "{n} other programs are worth a look: close to what is looked for, but not found."
    )
}

/// Below the near misses, where there are more.
pub fn more_near_misses(count: u64) -> String {
    many!(
        count,
        "{n} more program is close to a product, and not listed here.",
        "{n} more programs are close to products, and not listed here."
    )
}

/// Where a near miss is.
pub fn near_where(miss: &NearMiss) -> String {
    let first = miss.places.first();
    let place = first.map(|place| {
        say!(
            "{host}, {source} line {line}",
            host = place.host,
            source = place.source,
            line = place.line
        )
    });
    match (place, miss.host_count.saturating_sub(1)) {
        (None, _) => String::new(),
        (Some(place), 0) => format!("({place})"),
        (Some(place), 1) => say!("({place}, and 1 more computer)", place),
        (Some(place), more) => say!("({place}, and {more} more computers)", place, more),
    }
}

/// Over the deadlines.
pub const DEADLINES_HEADING: Phrase = phrase("By when");
/// On the button that saves them.
pub const SAVE_CALENDAR: Phrase = phrase("Save as calendar (.ics)");

/// The mark of the day of the report between what is to come.
pub fn deadlines_today(generated_on: &str) -> String {
    say!("{day}: today", day = date(generated_on))
}
/// Over the deadlines that are over.
pub const DEADLINES_OVER: Phrase = phrase("Already over");

/// The day of a deadline, and how far it is.
pub fn deadline_day(deadline: &Deadline) -> String {
    let when = match deadline.in_days {
        days if days < 0 => say!("over").to_owned(),
        0 => say!("today").to_owned(),
        1 => say!("tomorrow").to_owned(),
        days => say!("in {days} days", days),
    };
    format!("{} ({when})", date(&deadline.due_on))
}

/// What a deadline was counted from, in a report of that day, as the rest of the sentence before it.
pub fn deadline_clock(deadline: &Deadline, generated_on: &str) -> String {
    let what = deadline.counted_from_what(generated_on);
    let counted = match (&deadline.clock, &deadline.counted_from) {
        (Some(clock), Some(day)) => {
            say!(
                " ({clock}, counted from {day}, {what})",
                clock = told(clock),
                day = date(day),
                what = told(what)
            )
        }
        _ => String::new(),
    };
    let unconfirmed = if deadline.unconfirmed { say!(" This could not be confirmed.") } else { "" };
    format!("{counted}{unconfirmed}")
}
