//! How old the data is: the day on which a person last checked any of it, seen from the day of a report.

use std::fmt::Display;

use jiff::ToSpan;
use jiff::civil::Date;

use super::language::say;

/// How many days data is used without a word after a person last checked it: a year.
const DAYS: i32 = 365;

/// The first day on which data that was checked on that day is too old to say nothing of it; `None` for what is no
/// day.
pub fn old_from(checked_on: &str) -> Option<Date> {
    checked_on.parse::<Date>().ok()?.checked_add((DAYS + 1).days()).ok()
}

/// True if data that was last checked on that day is over a year old today.
pub fn is_old(checked_on: &str, today: &str) -> bool {
    let today: Option<Date> = today.parse().ok();
    old_from(checked_on).zip(today).is_some_and(|(from, today)| today >= from)
}

/// That the data is old, and what to do, as a sentence; the day is written as the reader writes days.
pub fn warning(checked_on: impl Display) -> String {
    say!(
        "The rules were last checked on {day}, over a year ago. Get a newer version of Clearlist, or load a signed data update.",
        day = checked_on
    )
}

/// The day, and in brackets that it is long ago if it is: for where a report tells it.
pub fn aged(checked_on: impl Display, is_old: bool) -> String {
    if is_old {
        say!(
            "{day} (over a year ago: get a newer version of Clearlist, or load a signed data update)",
            day = checked_on
        )
    } else {
        checked_on.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_old_from_the_366th_day_on() {
        assert!(!is_old("2026-11-25", "2026-11-25"));
        assert!(!is_old("2026-11-25", "2027-11-25"), "365 days");
        assert!(is_old("2026-11-25", "2027-11-26"), "366 days");
        assert!(
            !is_old("2027-11-25", "2028-11-24"),
            "365 days, with one that is not in every year"
        );
        assert!(is_old("2027-11-25", "2028-11-25"), "366 days");
        assert!(!is_old("2026-11-25", "2020-01-01"), "a clock that is wrong");
    }

    #[test]
    fn what_is_no_day_is_not_called_old() {
        assert!(!is_old("", "2027-11-26"));
        assert!(!is_old("2020-01-01", "someday"));
        assert_eq!(old_from("9999-12-31"), None);
    }
}
