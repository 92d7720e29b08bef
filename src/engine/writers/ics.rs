//! The deadlines as a calendar (iCalendar, RFC 5545) that any calendar program can take in.

use sha2::{Digest, Sha256};

use super::Writer;
use crate::engine::report::{Deadline, Interval, Report};
use crate::engine::words::hex;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "ics",
    title: "a calendar of the deadlines (iCalendar)",
    file_name: "clearlist-deadlines.ics",
    media_type: "text/calendar",
    write: |report| write(report).into_bytes(),
};

/// RFC 5545, section 3.1: lines of at most 75 bytes without the line end.
const LINE_BYTES: usize = 75;

fn write(report: &Report) -> String {
    let mut out = String::new();
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        &format!("PRODID:-//Clearlist//Clearlist {}//EN", report.tool.version),
        "CALSCALE:GREGORIAN",
    ] {
        line(&mut out, text);
    }
    for deadline in &report.deadlines {
        event(&mut out, report, deadline);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, report: &Report, deadline: &Deadline) {
    let directive = report.directives.iter().find(|d| d.id == deadline.directive);
    let (title, short_title) = directive
        .map_or(("", deadline.directive.as_str()), |d| (d.title.as_str(), d.short_title.as_str()));
    let mut description = deadline.text.clone();
    if let Some(clock) = &deadline.clock {
        description.push_str(&format!("\n{title}: {clock}."));
    }
    if let Some(day) = &deadline.counted_from {
        let what = deadline.counted_from_what(&report.generated_on);
        description.push_str(&format!("\nCounted from {day}, {what}."));
    }
    if deadline.unconfirmed {
        description.push_str("\nThis could not be confirmed.");
    }
    let day = |text: &str| text.replace('-', "");
    let repeats = deadline.repeats_every.map(|interval| match interval {
        Interval::Days(days) => format!("RRULE:FREQ=DAILY;INTERVAL={days}"),
        Interval::Months(months) => format!("RRULE:FREQ=MONTHLY;INTERVAL={months}"),
    });
    for text in [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@clearlist", uid(deadline)),
        // A report knows its day and no time.
        format!("DTSTAMP:{}T000000Z", day(&report.generated_on)),
        format!("DTSTART;VALUE=DATE:{}", day(&deadline.due_on)),
        format!("SUMMARY:{}", escaped(&format!("{short_title}: {}", deadline.text))),
        format!("DESCRIPTION:{}", escaped(&description)),
        "TRANSP:TRANSPARENT".to_owned(),
    ]
    .into_iter()
    .chain(repeats)
    .chain(["END:VEVENT".to_owned()])
    {
        line(out, &text);
    }
}

/// The same for the same duty and day, so that a calendar that takes it in twice shows it once.
fn uid(deadline: &Deadline) -> String {
    let mut hasher = Sha256::new();
    for text in [&deadline.directive, &deadline.text, &deadline.due_on] {
        hasher.update(text);
        hasher.update([0]);
    }
    hex(&hasher.finalize())[..20].to_owned()
}

/// Text as a value: RFC 5545, section 3.3.11.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded between characters.
fn line(out: &mut String, text: &str) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LINE_BYTES {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&mut out, &"я".repeat(100));
        let lines: Vec<&str> = out.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= LINE_BYTES), "{lines:?}");
        let unfolded = out.replace("\r\n ", "");
        assert_eq!(unfolded, format!("{}\r\n", "я".repeat(100)));
    }

    #[test]
    fn what_means_something_in_a_value_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
