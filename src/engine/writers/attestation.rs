//! An attestation that no covered product was found: what exactly was read, by which rules, what the lists
//! cannot show, and room to sign.
//!
//! It cannot be made from an inventory that is not whole, nor where something stands that is prohibited or
//! that a person has to decide about, or is there by an approved exception: then the file says so, and has
//! no room to sign.

use std::fmt::{self, Write as _};

use super::Writer;
use super::document::{self, begin_table, end_table, escaped, row};
use super::paperwork::gaps;
use super::pieces::{write_cannot_show, write_lists, write_packs, write_problems, write_set_aside};
use super::words::{counted, made_by, name, printable, why};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Report, WaiverReport, answer};
use crate::engine::waivers::{WaiverEffect, WaiverKind};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "attestation",
    title: "an attestation that no covered product was found, to sign",
    file_name: "clearlist-attestation.html",
    media_type: "text/html",
    write: |report| write(report).into_bytes(),
};

fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_attestation(&mut text, report);
    text
}

fn write_attestation(out: &mut String, report: &Report) -> fmt::Result {
    let obstacles = obstacles(report);
    let title = match obstacles.is_empty() {
        true => "Attestation: no covered product was found",
        false => "No attestation can be made",
    };
    document::begin(out, report, title)?;
    match obstacles.is_empty() {
        true => writeln!(out, "<p class=\"answer\">{}</p>", escaped(&statement(report)))?,
        false => write_refusal(out, report, &obstacles)?,
    }
    writeln!(out, "<p>{}.</p>", escaped(&made_by(report)))?;
    writeln!(out, "<section>\n<h2>What was read</h2>")?;
    write_lists(out, report)?;
    write_packs(out, report)?;
    writeln!(out, "</section>")?;
    write_not_shown(out, report)?;
    write_decisions(out, report)?;
    write_rules(out, report)?;
    if obstacles.is_empty() {
        document::sign(out, "Attested")?;
    }
    writeln!(out, "</main>")?;
    document::end(out, report)
}

/// Why nothing can be attested; nothing if it can.
fn obstacles(report: &Report) -> Vec<String> {
    let mut obstacles = Vec::new();
    if report.directives.is_empty() {
        obstacles.push("No directive was applied.".to_owned());
    }
    for (kind, what) in [
        (OutcomeKind::Prohibited, "is prohibited"),
        (OutcomeKind::Review, "has to be decided about"),
        (OutcomeKind::Indicator, "is a sign that something prohibited may be in use"),
    ] {
        for finding in report.findings.iter().filter(|finding| finding.gravest() == kind) {
            let version = match finding.version.as_str() {
                "" => String::new(),
                version => format!(", version {}", printable(version)),
            };
            obstacles.push(format!(
                "{}{version} ({}) {what}, on {}.",
                name(finding),
                printable(&finding.product.name),
                counted(finding.hosts.len() as u64, "computer", "computers")
            ));
        }
    }
    for waived in report.waived.iter().filter(|w| w.finding.gravest() == OutcomeKind::Prohibited) {
        let mut known = report.waivers.iter().map(|told| &told.waiver);
        let waiver = known.find(|waiver| waiver.id == waived.waiver);
        // What may stay for a time is there; a false positive is not, and what is exempt is not covered.
        if waiver.is_none_or(|waiver| waiver.kind == WaiverKind::ApprovedException) {
            obstacles.push(format!(
                "{} ({}) is there by an approved exception, on {}.",
                name(&waived.finding),
                printable(&waived.finding.product.name),
                counted(waived.finding.hosts.len() as u64, "computer", "computers")
            ));
        }
    }
    obstacles.extend(gaps(report));
    obstacles
}

/// How many reasons are written out.
const OBSTACLES_SHOWN: usize = 100;

fn write_refusal(out: &mut String, report: &Report, obstacles: &[String]) -> fmt::Result {
    writeln!(
        out,
        "<p class=\"answer\">That no covered product is there cannot be attested. {}</p>\n<p>The reasons:</p>\n<ul>",
        escaped(&answer(report).to_string())
    )?;
    for obstacle in obstacles.iter().take(OBSTACLES_SHOWN) {
        writeln!(out, "<li>{}</li>", escaped(obstacle))?;
    }
    writeln!(out, "</ul>")?;
    match obstacles.len().saturating_sub(OBSTACLES_SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more, which are in the report.</p>"),
    }
}

/// What is attested. What is set aside was found: then it says so.
fn statement(report: &Report) -> String {
    let totals = report.totals;
    let plural = |number: u64, one: &str, more: &str| {
        format!("{number} {}", if number == 1 { one } else { more })
    };
    let read = format!(
        "the {} of {} that the lists named below have",
        plural(totals.records, "entry", "entries"),
        plural(totals.hosts, "computer", "computers")
    );
    let set_aside: u64 =
        report.waived.iter().filter(|waived| waived.finding.gravest().is_open()).count() as u64;
    match set_aside {
        0 => format!(
            "On {}, no product that the directives named below cover was found in {read}.",
            report.generated_on
        ),
        _ => format!(
            "On {}, no product that the directives named below cover was found in {read}, other than {} set \
             aside by the recorded decisions named below.",
            report.generated_on,
            plural(set_aside, "finding that is", "findings that are")
        ),
    }
}

/// What the lists cannot show, and what is close to a product and none.
fn write_not_shown(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(
        out,
        "<section>\n<h2>What this does not say</h2>\n<ul>\n\
         <li>Nothing is said of computers, and of days, that no list above is of.</li>"
    )?;
    for source in report.sources.iter().filter(|source| source.not_installed() > 0) {
        writeln!(
            out,
            "<li>{}: {} entries are not installed, as the list itself says, and were not judged.</li>",
            escaped(&source.name),
            source.not_installed()
        )?;
    }
    for miss in &report.near_misses {
        writeln!(
            out,
            "<li>{} is no finding, and close to one: {}</li>",
            escaped(&miss.name),
            escaped(&miss.why)
        )?;
    }
    writeln!(out, "</ul>")?;
    write_cannot_show(out, report)?;
    write_problems(out, report)?;
    let left_out: Vec<_> = report.findings.iter().filter(|it| !it.gravest().is_open()).collect();
    if !left_out.is_empty() {
        begin_table(
            out,
            "Recognised, and not covered by the directives applied",
            &["Program", "Product", "Computers", "Outcome", "Why"],
        )?;
        for finding in left_out {
            row(
                out,
                &[
                    &name(finding),
                    &finding.product.name,
                    &finding.host_count.to_string(),
                    finding.gravest().id(),
                    why(finding),
                ],
            )?;
        }
        end_table(out)?;
    }
    writeln!(out, "</section>")
}

/// The recorded decisions, those that are over too, and what they set aside.
fn write_decisions(out: &mut String, report: &Report) -> fmt::Result {
    if report.waivers.is_empty() && report.waived.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>Recorded decisions</h2>")?;
    if !report.waivers.is_empty() {
        begin_table(
            out,
            "Decisions",
            &["Decision", "Kind", "Reason", "Decided by", "Holds until", "On this day", "Findings"],
        )?;
        for WaiverReport { waiver, effect, findings, .. } in &report.waivers {
            let state = match effect {
                WaiverEffect::Applied => "in force",
                WaiverEffect::Unused => "in force, nothing was found that it is for",
                WaiverEffect::Expired => "over, sets nothing aside",
            };
            row(
                out,
                &[
                    &waiver.id,
                    waiver.kind.title(),
                    &waiver.reason,
                    &waiver.decided_by,
                    &waiver.until,
                    state,
                    &findings.to_string(),
                ],
            )?;
        }
        end_table(out)?;
    }
    write_set_aside(out, report)?;
    writeln!(out, "</section>")
}

/// By which directives, and of which day what is known of them is.
fn write_rules(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<section>\n<h2>By which rules</h2>")?;
    begin_table(
        out,
        "Directives applied",
        &["Directive", "Issued by", "Issued on", "Id", "Last checked on"],
    )?;
    for directive in &report.directives {
        row(
            out,
            &[
                &directive.title,
                &directive.issuer,
                &directive.issued_on,
                &directive.id,
                &directive.checked_on,
            ],
        )?;
    }
    end_table(out)?;
    writeln!(out, "</section>")
}
