//! A plan of action to fill in: a row for each finding that something is to be done about, with the days
//! 30, 60 and 90 days after the report, as Binding Operational Directive 17-01 counts them.
//!
//! What is set aside by a recorded decision is in rows of its own behind them, with the decision and no days.
//!
//! Of a comparison with an earlier report it says what became of the finding's computers. What is gone has
//! no row: nothing is to be done about it, and each row is a finding.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Writer;
use super::formula::Rows;
use super::since::{Since, in_words};
use super::words::{
    computers, decision, labelled, made_by, marking, name, outcome, outcomes, printable,
};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::{say, told};
use crate::engine::report::{Finding, Report};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "action-plan",
    title: "a plan of action to fill in (CSV)",
    file_name: "clearlist-action-plan.csv",
    media_type: "text/csv",
    is_told: true,
    write: |report| write(report).into_bytes(),
};

fn write(report: &Report) -> String {
    let mut rows = Rows::new(
        marking(report),
        &[
            say!("Finding"),
            say!("Product"),
            say!("Program"),
            say!("Version"),
            say!("Number of computers"),
            say!("Computers"),
            say!("What is said of it"),
            say!("Reason"),
            say!("First step"),
            say!("Next deadline of a directive"),
            say!("Identified and reported by (30 days)"),
            say!("Plan ready by (60 days)"),
            say!("Removal begun by (90 days)"),
            say!("Owner"),
            say!("Status"),
            say!("Report"),
            say!("Since the earlier report"),
        ],
    );
    let since = Since::of(report);
    for finding in &report.findings {
        let gravest = finding.gravest();
        if gravest.is_open() {
            rows.push(row(report, finding, gravest, None, since.as_ref()));
        }
    }
    for waived in &report.waived {
        let gravest = waived.finding.gravest();
        if gravest.is_open() {
            let decision = Some(decision(report, waived));
            rows.push(row(report, &waived.finding, gravest, decision, since.as_ref()));
        }
    }
    rows.finish()
}

/// A row; of what a decision sets aside nothing is due.
fn row(
    report: &Report,
    finding: &Finding,
    gravest: OutcomeKind,
    decision: Option<String>,
    since: Option<&Since<'_>>,
) -> [String; 17] {
    let gravely: Vec<_> =
        outcomes(report, finding).filter(|(_, it)| it.outcome == gravest).collect();
    let titles: Vec<&str> = gravely.iter().map(|(d, _)| told(&d.short_title)).collect();
    let reason = gravely.first().map_or_else(String::new, |(_, it)| it.told());
    let steps = &report.remediation_steps;
    let first = steps.iter().find(|step| finding.remediation.contains(&step.id));
    let is_due = decision.is_none();
    let next = report.deadlines.iter().filter(|deadline| is_due && !deadline.is_past);
    let next =
        next.into_iter().find(|deadline| gravely.iter().any(|(d, _)| d.id == deadline.directive));
    let after = |days: i64| {
        let day = report.generated_on.parse::<Date>().ok().filter(|_| is_due);
        let day = day.and_then(|day| day.checked_add(days.days()).ok());
        day.map_or_else(String::new, |day| day.to_string())
    };
    [
        finding.id.clone(),
        finding.product.name.clone(),
        name(finding),
        printable(&finding.version),
        finding.host_count.to_string(),
        computers(finding),
        labelled(outcome(gravest), titles.join("; ")),
        reason,
        first.map_or_else(String::new, |step| told(&step.title).to_owned()),
        next.map_or_else(String::new, |it| labelled(&it.due_on, told(&it.text))),
        after(30),
        after(60),
        after(90),
        String::new(),
        decision.map_or_else(
            || say!("open").to_owned(),
            |decision| say!("set aside: {decision}", decision),
        ),
        made_by(report),
        since.map_or_else(String::new, |since| in_words(&since.became(finding))),
    ]
}
