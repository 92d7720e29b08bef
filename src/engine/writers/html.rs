//! The report as one HTML file: no script, nothing fetched, and the whole report inside as data, so that
//! it can be read by programs again.

use std::fmt::{self, Write as _};

use super::Writer;
use super::annex::{self, Annex};
use super::document::{self, begin_table, end_table, escaped, row};
use super::pieces::{
    write_cannot_show, write_directives, write_lists, write_packs, write_problems, write_set_aside,
};
use super::words::{
    became, certainty, compared, first_of, hosts_compared, made_by, name, outcomes, short_title,
    without_effect,
};
use crate::engine::remediation;
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "html",
    title: "one HTML file that opens anywhere",
    file_name: "clearlist-report.html",
    media_type: "text/html",
    write: |report| write(report).into_bytes(),
};

/// The id of the element that holds the report as JSON.
pub const DATA: &str = "clearlist-report";

fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    let title = format!("Clearlist report of {}", report.generated_on);
    document::begin(out, report, &title)?;
    writeln!(out, "<p class=\"answer\">{}</p>", escaped(&answer(report).to_string()))?;
    writeln!(out, "<p>{}.</p>", escaped(&made_by(report)))?;
    write_summary(out, report)?;
    let mut annex = Annex::default();
    for (number, finding) in report.findings.iter().enumerate() {
        write_finding(out, &mut annex, report, number + 1, finding)?;
    }
    write_decisions(out, &mut annex, report)?;
    write_comparison(out, &mut annex, report)?;
    write_near_misses(out, report)?;
    write_deadlines(out, report)?;
    write_steps(out, report)?;
    write_directives(out, report)?;
    write_read(out, report)?;
    document::sign(out, "Signed off")?;
    annex.write(out)?;
    writeln!(out, "</main>")?;
    let data = unseen_escaped(serde_json::to_string(report).unwrap_or_default());
    writeln!(
        out,
        "<details class=\"data\">\n<summary>The report as data, for programs</summary>\n\
         <pre id=\"{DATA}\">{}</pre>\n</details>",
        escaped(&data)
    )?;
    document::end(out, report)
}

/// JSON in which what HTML is written without stands as JSON can have it too: so it is read again as it was.
/// There, it is in texts only.
fn unseen_escaped(json: String) -> String {
    let is_unseen = |c: char| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if !json.contains(is_unseen) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match is_unseen(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

fn write_summary(out: &mut String, report: &Report) -> fmt::Result {
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>What was found</h2>")?;
    begin_table(
        out,
        "All findings",
        &["Number", "Program", "Version", "Product", "Computers", "Outcome", "Certainty"],
    )?;
    for (number, finding) in report.findings.iter().enumerate() {
        row(
            out,
            &[
                &(number + 1).to_string(),
                &name(finding),
                &finding.version,
                &finding.product.name,
                &finding.host_count.to_string(),
                finding.gravest().id(),
                certainty(finding.strength),
            ],
        )?;
    }
    end_table(out)?;
    writeln!(out, "</section>")
}

fn write_finding<'r>(
    out: &mut String,
    annex: &mut Annex<'r>,
    report: &Report,
    number: usize,
    finding: &'r Finding,
) -> fmt::Result {
    writeln!(out, "<section>\n<h3>{number}. {}</h3>", escaped(&name(finding)))?;
    let product = &finding.product;
    writeln!(
        out,
        "<p>It is {} by {} (<code>{}</code>, last checked on {}).</p>",
        escaped(&product.name),
        escaped(&product.vendor),
        escaped(&product.id),
        escaped(&product.checked_on)
    )?;
    if !product.note.is_empty() {
        writeln!(out, "<p>{}</p>", escaped(&product.note))?;
    }
    writeln!(out, "<ul>")?;
    if outcomes(report, finding).next().is_none() {
        writeln!(out, "<li>None of the directives applied covers it.</li>")?;
    }
    for (directive, outcome) in outcomes(report, finding) {
        writeln!(
            out,
            "<li><strong>{}: {}.</strong> {}</li>",
            escaped(&directive.short_title),
            outcome.outcome.id(),
            escaped(&outcome.why)
        )?;
    }
    for evidence in &finding.evidence {
        writeln!(
            out,
            "<li>Evidence: {} <code>{}</code> fits <code>{}</code> (rule <code>{}</code>).{}</li>",
            super::words::field(evidence),
            escaped(&evidence.text),
            escaped(&evidence.pattern),
            escaped(&evidence.rule),
            match evidence.disguise.as_str() {
                "" => String::new(),
                disguise => format!(" Disguise: {}.", escaped(disguise)),
            }
        )?;
    }
    writeln!(out, "</ul>")?;
    annex.write_places(out, format!("{number}. {}", name(finding)), &finding.places)?;
    writeln!(out, "</section>")
}

fn write_decisions<'r>(out: &mut String, annex: &mut Annex<'r>, report: &'r Report) -> fmt::Result {
    if report.waivers.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>Set aside by recorded decisions</h2>")?;
    write_set_aside(out, report)?;
    for waived in &report.waived {
        let what = format!("{}, set aside ({})", name(&waived.finding), waived.waiver);
        annex.add_places(out, what, &waived.finding.places)?;
    }
    for told in report.waivers.iter().filter_map(without_effect) {
        writeln!(out, "<p>{}</p>", escaped(&told))?;
    }
    writeln!(out, "</section>")
}

fn write_comparison<'r>(
    out: &mut String,
    annex: &mut Annex<'r>,
    report: &'r Report,
) -> fmt::Result {
    let Some(comparison) = &report.comparison else { return Ok(()) };
    writeln!(
        out,
        "<section>\n<h2>Compared with the report of {}</h2>",
        escaped(&comparison.earlier_on)
    )?;
    writeln!(out, "<p><strong>{}</strong></p>", escaped(&comparison.to_string()))?;
    if !comparison.open.is_empty() {
        writeln!(out, "<ul>")?;
        for why in &comparison.open {
            writeln!(out, "<li>{}</li>", escaped(why))?;
        }
        writeln!(out, "</ul>")?;
    }
    begin_table(
        out,
        "What became of each product",
        &["Product", "What became of it", "Before", "Now", "Outcome", "Computers"],
    )?;
    for change in &comparison.changes {
        row(
            out,
            &[
                &change.product_name,
                became(change),
                &change.earlier,
                &change.now,
                change.outcome.id(),
                &first_of(&change.hosts, annex::SHOWN),
            ],
        )?;
    }
    end_table(out)?;
    for change in &comparison.changes {
        let what = format!("{}: {}", became(change), compared(change));
        annex.add_names(out, what, &change.hosts)?;
    }
    for (what, hosts) in hosts_compared(comparison) {
        writeln!(out, "<p>{what}: {}.</p>", escaped(&first_of(hosts, annex::SHOWN)))?;
        annex.add_names(out, what.to_owned(), hosts)?;
    }
    writeln!(out, "</section>")
}

fn write_near_misses(out: &mut String, report: &Report) -> fmt::Result {
    if report.near_misses.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>Not found, but worth a look</h2>\n<ul>")?;
    for miss in &report.near_misses {
        let (name, why) = (escaped(&miss.name), escaped(&miss.why));
        let computers = if miss.host_count == 1 { "computer" } else { "computers" };
        writeln!(out, "<li><strong>{name}</strong>: {why} ({} {computers})</li>", miss.host_count)?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_deadlines(out: &mut String, report: &Report) -> fmt::Result {
    if report.deadlines.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>By when</h2>\n<ul>")?;
    for deadline in &report.deadlines {
        let over = if deadline.is_past { " (over)" } else { "" };
        let unconfirmed = if deadline.unconfirmed { " This could not be confirmed." } else { "" };
        writeln!(
            out,
            "<li><strong>{}{over}</strong>: {}. {}{unconfirmed}</li>",
            escaped(&deadline.due_on),
            escaped(short_title(report, &deadline.directive)),
            escaped(&deadline.text)
        )?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>What to do</h2>\n<ol>")?;
    for step in &report.remediation_steps {
        write!(out, "<li><strong>{}</strong> {}", escaped(&step.title), escaped(&step.text))?;
        let mut written: Vec<String> = Vec::new();
        for finding in report.findings.iter().filter(|f| f.remediation.contains(&step.id)) {
            for command in remediation::commands(step, finding) {
                if !written.contains(&command.text) {
                    write!(out, "<pre>{}</pre>", escaped(&command.text))?;
                    written.push(command.text);
                }
            }
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ol>\n</section>")
}

fn write_read(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<section>\n<h2>What was read</h2>")?;
    write_lists(out, report)?;
    write_cannot_show(out, report)?;
    write_packs(out, report)?;
    write_problems(out, report)?;
    writeln!(out, "</section>")
}

/// The report inside a file that [`WRITER`] wrote, as JSON; `None` if there is none.
pub fn data(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<pre id=\"{DATA}\">"))?;
    let (data, _) = rest.split_once("</pre>")?;
    let mut plain = data.to_owned();
    // The ampersand last: what it is followed by may look like another reference.
    for (reference, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        plain = plain.replace(reference, c);
    }
    Some(plain)
}
