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
use super::words::{made_by, more_near_misses, name, outcome, printable, why};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::{many_plain, say, told};
use crate::engine::report::{Finding, Report, WaiverReport, answer};
use crate::engine::waivers::{WaiverEffect, WaiverKind};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "attestation",
    title: "an attestation that no covered product was found, to sign",
    file_name: "clearlist-attestation.html",
    media_type: "text/html",
    is_told: true,
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
        true => say!("Attestation: no covered product was found"),
        false => say!("No attestation can be made"),
    };
    document::begin(out, report, title)?;
    match obstacles.is_empty() {
        true => writeln!(out, "<p class=\"answer\">{}</p>", escaped(&statement(report)))?,
        false => write_refusal(out, report, &obstacles)?,
    }
    writeln!(out, "<p>{}.</p>", escaped(&made_by(report)))?;
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("What was read")))?;
    write_lists(out, report)?;
    write_packs(out, report)?;
    writeln!(out, "</section>")?;
    write_not_shown(out, report)?;
    write_decisions(out, report)?;
    write_rules(out, report)?;
    if obstacles.is_empty() {
        document::sign(out, say!("Attested"))?;
    }
    writeln!(out, "</main>")?;
    document::end(out, report)
}

/// Why nothing can be attested; nothing if it can.
fn obstacles(report: &Report) -> Vec<String> {
    let mut obstacles = Vec::new();
    if report.directives.is_empty() {
        obstacles.push(say!("No directive was applied.").to_owned());
    }
    for kind in [OutcomeKind::Prohibited, OutcomeKind::Review, OutcomeKind::Indicator] {
        for finding in report.findings.iter().filter(|finding| finding.gravest() == kind) {
            let name = name(finding);
            let program = match finding.version.as_str() {
                "" => name,
                version => say!("{name}, version {version}", name, version = printable(version)),
            };
            let product = printable(&finding.product.name);
            let computers = on(finding);
            obstacles.push(match kind {
                OutcomeKind::Prohibited => {
                    say!("{program} ({product}) is prohibited, on {computers}.", program, product, computers)
                }
                OutcomeKind::Review => say!(
                    "{program} ({product}) has to be decided about, on {computers}.",
                    program,
                    product,
                    computers
                ),
                _ => say!(
                    "{program} ({product}) is a sign that something prohibited may be in use, on {computers}.",
                    program,
                    product,
                    computers
                ),
            });
        }
    }
    for waived in report.waived.iter().filter(|w| w.finding.gravest() == OutcomeKind::Prohibited) {
        let mut known = report.waivers.iter().map(|told| &told.waiver);
        let waiver = known.find(|waiver| waiver.id == waived.waiver);
        // What may stay for a time is there; a false positive is not, and what is exempt is not covered.
        if waiver.is_none_or(|waiver| waiver.kind == WaiverKind::ApprovedException) {
            obstacles.push(say!(
                "{program} ({product}) is there by an approved exception, on {computers}.",
                program = name(&waived.finding),
                product = printable(&waived.finding.product.name),
                computers = on(&waived.finding)
            ));
        }
    }
    obstacles.extend(gaps(report));
    obstacles
}

/// How many computers a finding is on.
fn on(finding: &Finding) -> String {
    many_plain!(finding.hosts.len() as u64, "{n} computer", "{n} computers")
}

/// How many reasons are written out.
const OBSTACLES_SHOWN: usize = 100;

fn write_refusal(out: &mut String, report: &Report, obstacles: &[String]) -> fmt::Result {
    writeln!(
        out,
        "<p class=\"answer\">{} {}</p>\n<p>{}</p>\n<ul>",
        escaped(say!("That no covered product is there cannot be attested.")),
        escaped(&answer(report).to_string()),
        escaped(say!("The reasons:"))
    )?;
    for obstacle in obstacles.iter().take(OBSTACLES_SHOWN) {
        writeln!(out, "<li>{}</li>", escaped(obstacle))?;
    }
    writeln!(out, "</ul>")?;
    match obstacles.len().saturating_sub(OBSTACLES_SHOWN) {
        0 => Ok(()),
        more => {
            let more = say!("And {more} more, which are in the report.", more);
            writeln!(out, "<p>{}</p>", escaped(&more))
        }
    }
}

/// What is attested. What is set aside was found: then it says so.
fn statement(report: &Report) -> String {
    let totals = report.totals;
    let day = &report.generated_on;
    let entries = many_plain!(totals.records, "{n} entry", "{n} entries");
    let computers = many_plain!(totals.hosts, "{n} computer", "{n} computers");
    let set_aside: u64 =
        report.waived.iter().filter(|waived| waived.finding.gravest().is_open()).count() as u64;
    match set_aside {
        0 => say!(
            "On {day}, no product that the directives named below cover was found in the {entries} of {computers} that the lists named below have.",
            day,
            entries,
            computers
        ),
        _ => many_plain!(
            set_aside,
            "On {day}, no product that the directives named below cover was found in the {entries} of {computers} that the lists named below have, other than {n} finding that is set aside by the recorded decisions named below.",
            "On {day}, no product that the directives named below cover was found in the {entries} of {computers} that the lists named below have, other than {n} findings that are set aside by the recorded decisions named below.",
            day,
            entries,
            computers
        ),
    }
}

/// What the lists cannot show, and what is close to a product and none.
fn write_not_shown(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(
        out,
        "<section>\n<h2>{}</h2>\n<ul>\n<li>{}</li>",
        escaped(say!("What this does not say")),
        escaped(say!("Nothing is said of computers, and of days, that no list above is of."))
    )?;
    for source in report.sources.iter().filter(|source| source.not_installed() > 0) {
        let not_judged = say!(
            "{list}: {count} entries are not installed, as the list itself says, and were not judged.",
            list = source.name,
            count = source.not_installed()
        );
        writeln!(out, "<li>{}</li>", escaped(&not_judged))?;
    }
    for miss in &report.near_misses {
        let why = miss.told();
        let close =
            say!("{program} is no finding, and close to one: {why}", program = miss.name, why);
        writeln!(out, "<li>{}</li>", escaped(&close))?;
    }
    if let Some(more) = more_near_misses(report) {
        writeln!(out, "<li>{}</li>", escaped(&more))?;
    }
    writeln!(out, "</ul>")?;
    write_cannot_show(out, report)?;
    write_problems(out, report)?;
    let left_out: Vec<_> = report.findings.iter().filter(|it| !it.gravest().is_open()).collect();
    if !left_out.is_empty() {
        begin_table(
            out,
            say!("Recognised, and not covered by the directives applied"),
            &[say!("Program"), say!("Product"), say!("Computers"), say!("Outcome"), say!("Why")],
        )?;
        for finding in left_out {
            row(
                out,
                &[
                    &name(finding),
                    &finding.product.name,
                    &finding.host_count.to_string(),
                    outcome(finding.gravest()),
                    &why(finding),
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
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("Recorded decisions")))?;
    if !report.waivers.is_empty() {
        begin_table(
            out,
            say!("Decisions"),
            &[
                say!("Decision"),
                say!("Kind"),
                say!("Reason"),
                say!("Decided by"),
                say!("Holds until"),
                say!("On this day"),
                say!("Findings"),
            ],
        )?;
        for WaiverReport { waiver, effect, findings, .. } in &report.waivers {
            let state = match effect {
                WaiverEffect::Applied => say!("in force"),
                WaiverEffect::Unused => say!("in force, nothing was found that it is for"),
                WaiverEffect::Expired => say!("over, sets nothing aside"),
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
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("By which rules")))?;
    begin_table(
        out,
        say!("Directives applied"),
        &[
            say!("Directive"),
            say!("Issued by"),
            say!("Issued on"),
            say!("Id"),
            say!("Last checked on"),
        ],
    )?;
    for directive in &report.directives {
        row(
            out,
            &[
                &directive.title,
                told(&directive.issuer),
                &directive.issued_on,
                &directive.id,
                &directive.checked_on,
            ],
        )?;
    }
    end_table(out)?;
    writeln!(out, "</section>")
}
