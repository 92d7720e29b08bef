//! By when something is to be done: the days that directives fix, and clocks that run from the day of
//! discovery.
//!
//! Business days leave out Saturdays, Sundays and the holidays of the US federal government (5 U.S.C.
//! 6103(a)). A holiday on a Saturday is kept on the Friday before (5 U.S.C. 6103(b)), one on a Sunday
//! on the Monday after (Executive Order 11582).

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::directive::{Clock, ClockFrom, Directive};
use super::report::{Deadline, Interval};

/// The deadlines of a directive under which something was found on that day, in the order of its
/// duties. Duties without a day are left out; of one that comes again, the next time is told. `today`
/// is the day of the report, `YYYY-MM-DD`.
pub fn deadlines(directive: &Directive, today: &str) -> Vec<Deadline> {
    let Ok(today) = today.parse::<Date>() else { return Vec::new() };
    let mut report_due = None;
    let mut found = Vec::new();
    for duty in &directive.duties {
        let fixed = duty.due_on.as_ref().and_then(|day| day.parse::<Date>().ok());
        let counted = duty.runs.as_ref().and_then(|clock| {
            let from = match clock.from {
                ClockFrom::Discovery => today,
                // Whoever reports on the last day has the longest time.
                ClockFrom::FirstReport => report_due?,
                ClockFrom::Day => clock.day.as_ref()?.parse().ok()?,
            };
            run_out(clock, from, today)
        });
        let from = counted.map(|(from, _)| from);
        let Some(due) = fixed.or(counted.map(|(_, due)| due)) else { continue };
        let is_report = |clock: &Clock| clock.from == ClockFrom::Discovery && !clock.repeats;
        if duty.runs.as_ref().is_some_and(is_report) {
            report_due = Some(due);
        }
        found.push(Deadline {
            directive: directive.id.get_ref().clone(),
            text: duty.text.clone(),
            due_on: due.to_string(),
            counted_from: from.map(|day| day.to_string()),
            clock: duty.clock.clone(),
            is_past: due < today,
            in_days: today.until(due).map_or(0, |span| span.get_days()),
            repeats_every: duty.runs.as_ref().filter(|clock| clock.repeats).and_then(interval),
            unconfirmed: duty.unconfirmed,
            sources: duty.sources.clone(),
        });
    }
    found
}

/// The last day of a clock that runs from a day, and the day it was counted from: another one where
/// it began anew. It has then run out on no day before today.
fn run_out(clock: &Clock, from: Date, today: Date) -> Option<(Date, Date)> {
    if let Some(days) = clock.business_days {
        return Some((from, after_business_days(from, days)?));
    }
    let interval = interval(clock)?;
    // Of months, each time is counted from the first day: the 31st stays the 31st where there is one.
    let nth = |times: i64| from.checked_add(span(interval, times)).ok();
    let most = if clock.repeats { MOST_REPEATS } else { 1 };
    let times =
        (1..=most).find(|&times| nth(times).is_some_and(|due| due >= today)).unwrap_or(most);
    Some((nth(times - 1)?, nth(times)?))
}

/// How often a duty that comes again is counted: some hundred years of days, which nobody keeps up.
const MOST_REPEATS: i64 = 40_000;

fn interval(clock: &Clock) -> Option<Interval> {
    clock.days.map(Interval::Days).or(clock.months.map(Interval::Months))
}

fn span(interval: Interval, times: i64) -> Span {
    match interval {
        Interval::Days(days) => (i64::from(days.min(LONGEST_CLOCK)) * times).days(),
        Interval::Months(months) => (i64::from(months.min(LONGEST_CLOCK)) * times).months(),
    }
}

/// The most days that a clock can run; longer ones are deadlines of another kind.
pub const LONGEST_CLOCK: u32 = 3660;

/// The day that is so many business days after another, which is not counted.
fn after_business_days(from: Date, days: u32) -> Option<Date> {
    let mut day = from;
    for _ in 0..days.min(LONGEST_CLOCK) {
        day = day.tomorrow().ok()?;
        while !is_business_day(day) {
            day = day.tomorrow().ok()?;
        }
    }
    Some(day)
}

fn is_business_day(day: Date) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !is_weekend && !is_federal_holiday(day)
}

/// True on the day that a holiday of the US federal government is kept.
pub fn is_federal_holiday(day: Date) -> bool {
    // New Year's Day can be kept in the year before.
    let years = [day.year(), day.year().saturating_add(1)];
    let fixed = years.into_iter().flat_map(|year| {
        let juneteenth = (year >= 2021).then_some((6, 19));
        [(1, 1), (7, 4), (11, 11), (12, 25)]
            .into_iter()
            .chain(juneteenth)
            .filter_map(move |(month, number)| kept_on(Date::new(year, month, number).ok()?))
    });
    // Birthday of Martin Luther King, Jr.; Washington's Birthday; Memorial Day; Labor Day; Columbus
    // Day; Thanksgiving Day.
    const MOVING: [(i8, i8, Weekday); 6] = [
        (1, 3, Weekday::Monday),
        (2, 3, Weekday::Monday),
        (5, -1, Weekday::Monday),
        (9, 1, Weekday::Monday),
        (10, 2, Weekday::Monday),
        (11, 4, Weekday::Thursday),
    ];
    let mut moving = MOVING.into_iter().filter_map(|(month, nth, weekday)| {
        Date::new(day.year(), month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
    });
    moving.any(|holiday| holiday == day) || fixed.into_iter().any(|holiday| holiday == day)
}

/// The day on which a holiday of a fixed date is kept.
fn kept_on(holiday: Date) -> Option<Date> {
    match holiday.weekday() {
        Weekday::Saturday => holiday.yesterday().ok(),
        Weekday::Sunday => holiday.tomorrow().ok(),
        _ => Some(holiday),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn federal_holidays_are_those_of_the_law_on_the_days_they_are_kept() {
        // The calendar of 2026, and what is kept on other days: 4 July 2026 is a Saturday, 1 January
        // 2022 was one, 19 June 2022 was a Sunday.
        let of_2026 = [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-07-03",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25",
        ];
        let mut found = Vec::new();
        let mut date = day("2026-01-01");
        while date.year() == 2026 {
            if is_federal_holiday(date) {
                found.push(date.to_string());
            }
            date = date.tomorrow().unwrap();
        }
        assert_eq!(found, of_2026);
        assert!(is_federal_holiday(day("2021-12-31")));
        assert!(!is_federal_holiday(day("2022-01-01")));
        assert!(is_federal_holiday(day("2022-06-20")));
        assert!(!is_federal_holiday(day("2020-06-19")));
    }

    #[test]
    fn what_comes_again_is_due_next_on_no_day_before_today() {
        let clock = |days, months, repeats| Clock {
            from: ClockFrom::Day,
            day: None,
            days,
            business_days: None,
            months,
            repeats,
        };
        let next = |clock: &Clock, from: &str, today: &str| {
            let (from, due) = run_out(clock, day(from), day(today)).unwrap();
            (from.to_string(), due.to_string())
        };
        let of = |from: &str, due: &str| (from.to_owned(), due.to_owned());
        let thirty = clock(Some(30), None, true);
        // Binding Operational Directive 17-01: every 30 days after the 90-day mark.
        assert_eq!(next(&thirty, "2017-12-12", "2017-12-13"), of("2017-12-12", "2018-01-11"));
        assert_eq!(next(&thirty, "2017-12-12", "2018-01-11"), of("2017-12-12", "2018-01-11"));
        assert_eq!(next(&thirty, "2017-12-12", "2018-01-12"), of("2018-01-11", "2018-02-10"));
        assert_eq!(next(&clock(Some(30), None, false), "2017-12-12", "2026-01-01").1, "2018-01-11");
        let months = clock(None, Some(1), true);
        assert_eq!(next(&months, "2026-01-31", "2026-03-01"), of("2026-02-28", "2026-03-31"));
    }

    #[test]
    fn business_days_leave_out_weekends_and_holidays() {
        let after = |from: &str, days| after_business_days(day(from), days).unwrap().to_string();
        // 26 November 2026 is Thanksgiving Day, a Thursday.
        assert_eq!(after("2026-11-25", 1), "2026-11-27");
        assert_eq!(after("2026-11-25", 3), "2026-12-01");
        assert_eq!(after("2026-11-27", 1), "2026-11-30");
        assert_eq!(after("2026-11-28", 1), "2026-11-30");
        assert_eq!(after("2026-12-21", 10), "2027-01-06");
    }
}
