//! The deadlines as a calendar (iCalendar, RFC 5545) that any calendar program can take in.

use sha2::{Digest, Sha256};

use super::Writer;
use super::words::{labelled, short_title};
use crate::engine::language::{say, spoken, told};
use crate::engine::report::{Deadline, Interval, Report};
use crate::engine::words::hex;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "ics",
    title: "a calendar of the deadlines (iCalendar)",
    file_name: "clearlist-deadlines.ics",
    media_type: "text/calendar",
    is_told: true,
    write: |report| write(report).into_bytes(),
};

/// RFC 5545, section 3.1: lines of at most 75 bytes without the line end.
const LINE_BYTES: usize = 75;

fn write(report: &Report) -> String {
    let mut out = String::new();
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        &format!(
            "PRODID:-//Clearlist//Clearlist {}//{}",
            report.tool.version,
            spoken().code().to_uppercase()
        ),
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
    let title = directive.map_or("", |directive| directive.title.as_str());
    let text = told(&deadline.text);
    let mut description = vec![text.to_owned()];
    if let Some(clock) = &deadline.clock {
        description.push(labelled(title, told(clock)) + ".");
    }
    if let Some(day) = &deadline.counted_from {
        let what = deadline.counted_from_what(&report.generated_on);
        description.push(say!("Counted from {day}, {what}.", day, what = told(what)));
    }
    if deadline.unconfirmed {
        description.push(say!("This could not be confirmed.").to_owned());
    }
    let summary = labelled(short_title(report, &deadline.directive), text);
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
        format!("SUMMARY:{}", escaped(&summary)),
        format!("DESCRIPTION:{}", escaped(&description.join("\n"))),
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
