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
    became, certainty, compared, due_on, first_of, hosts_compared, labelled, made_by,
    more_near_misses, name, outcome, outcomes, short_title, without_effect,
};
use crate::engine::language::{many_plain, say, told};
use crate::engine::remediation;
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "html",
    title: "one HTML file that opens anywhere",
    file_name: "clearlist-report.html",
    media_type: "text/html",
    is_told: true,
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
    let title = say!("Clearlist report of {day}", day = report.generated_on);
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
    document::sign(out, say!("Signed off"))?;
    annex.write(out)?;
    writeln!(out, "</main>")?;
    let data = unseen_escaped(serde_json::to_string(report).unwrap_or_default());
    writeln!(
        out,
        "<details class=\"data\">\n<summary>{}</summary>\n<pre id=\"{DATA}\">{}</pre>\n</details>",
        escaped(say!("The report as data, for programs")),
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
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("What was found")))?;
    begin_table(
        out,
        say!("All findings"),
        &[
            say!("Number"),
            say!("Program"),
            say!("Version"),
            say!("Product"),
            say!("Computers"),
            say!("Outcome"),
            say!("Certainty"),
        ],
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
                outcome(finding.gravest()),
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
    let what = say!(
        "It is {product} by {maker} ({id}, last checked on {day}).",
        product = escaped(&product.name),
        maker = escaped(&product.vendor),
        id = code(&product.id),
        day = escaped(&product.checked_on)
    );
    writeln!(out, "<p>{what}</p>")?;
    if !product.note.is_empty() {
        writeln!(out, "<p>{}</p>", escaped(told(&product.note)))?;
    }
    writeln!(out, "<ul>")?;
    if outcomes(report, finding).next().is_none() {
        let nothing = say!("None of the directives applied covers it.");
        writeln!(out, "<li>{}</li>", escaped(nothing))?;
    }
    for (directive, it) in outcomes(report, finding) {
        let said = labelled(told(&directive.short_title), outcome(it.outcome));
        let (said, why) = (escaped(&said), escaped(&it.told()));
        writeln!(out, "<li><strong>{said}.</strong> {why}</li>")?;
    }
    for evidence in &finding.evidence {
        let fits = say!(
            "Evidence: {field} {text} fits {pattern} (rule {rule}).",
            field = escaped(super::words::field(evidence)),
            text = code(&evidence.text),
            pattern = code(&evidence.pattern),
            rule = code(&evidence.rule)
        );
        let disguise = match evidence.disguise_told() {
            none if none.is_empty() => none,
            disguise => " ".to_owned() + &say!("Disguise: {disguise}.", disguise),
        };
        writeln!(out, "<li>{fits}{}</li>", escaped(&disguise))?;
    }
    writeln!(out, "</ul>")?;
    annex.write_places(out, format!("{number}. {}", name(finding)), &finding.places)?;
    writeln!(out, "</section>")
}

/// Text as it was written somewhere.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn write_decisions<'r>(out: &mut String, annex: &mut Annex<'r>, report: &'r Report) -> fmt::Result {
    if report.waivers.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("Set aside by recorded decisions")))?;
    write_set_aside(out, report)?;
    for waived in &report.waived {
        let program = name(&waived.finding);
        let what = say!("{program}, set aside ({decision})", program, decision = waived.waiver);
        annex.add_places(out, what, &waived.finding.places)?;
    }
    for note in report.waivers.iter().filter_map(without_effect) {
        writeln!(out, "<p>{}</p>", escaped(&note))?;
    }
    writeln!(out, "</section>")
}

fn write_comparison<'r>(
    out: &mut String,
    annex: &mut Annex<'r>,
    report: &'r Report,
) -> fmt::Result {
    let Some(comparison) = &report.comparison else { return Ok(()) };
    let heading = say!("Compared with the report of {day}", day = comparison.earlier_on);
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(&heading))?;
    writeln!(out, "<p><strong>{}</strong></p>", escaped(&comparison.to_string()))?;
    if !comparison.open.is_empty() {
        writeln!(out, "<ul>")?;
        for why in comparison.open_told() {
            writeln!(out, "<li>{}</li>", escaped(&why))?;
        }
        writeln!(out, "</ul>")?;
    }
    begin_table(
        out,
        say!("What became of each product"),
        &[
            say!("Product"),
            say!("What became of it"),
            say!("Before"),
            say!("Now"),
            say!("Outcome"),
            say!("Computers"),
        ],
    )?;
    for change in &comparison.changes {
        row(
            out,
            &[
                &change.product_name,
                became(change),
                &change.earlier,
                &change.now,
                outcome(change.outcome),
                &first_of(&change.hosts, annex::SHOWN),
            ],
        )?;
    }
    end_table(out)?;
    for change in &comparison.changes {
        let what = labelled(became(change), compared(change));
        annex.add_names(out, what, &change.hosts)?;
    }
    for (what, hosts) in hosts_compared(comparison) {
        let named = labelled(what, first_of(hosts, annex::SHOWN));
        writeln!(out, "<p>{}.</p>", escaped(&named))?;
        annex.add_names(out, what.to_owned(), hosts)?;
    }
    writeln!(out, "</section>")
}

fn write_near_misses(out: &mut String, report: &Report) -> fmt::Result {
    if report.near_misses.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>{}</h2>\n<ul>", escaped(say!("Not found, but worth a look")))?;
    for miss in &report.near_misses {
        let name = format!("<strong>{}</strong>", escaped(&miss.name));
        let why = labelled(name, escaped(&miss.told()));
        let computers = many_plain!(miss.host_count, "{n} computer", "{n} computers");
        writeln!(out, "<li>{why} ({computers})</li>")?;
    }
    if let Some(more) = more_near_misses(report) {
        writeln!(out, "<li>{}</li>", escaped(&more))?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_deadlines(out: &mut String, report: &Report) -> fmt::Result {
    if report.deadlines.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>{}</h2>\n<ul>", escaped(say!("By when")))?;
    for deadline in &report.deadlines {
        let day = format!("<strong>{}</strong>", escaped(&due_on(deadline)));
        let what = labelled(day, escaped(short_title(report, &deadline.directive)));
        write!(out, "<li>{what}. {}", escaped(told(&deadline.text)))?;
        if deadline.unconfirmed {
            write!(out, " {}", escaped(say!("This could not be confirmed.")))?;
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>{}</h2>\n<ol>", escaped(say!("What to do")))?;
    for step in &report.remediation_steps {
        let (title, text) = (escaped(told(&step.title)), escaped(told(&step.text)));
        write!(out, "<li><strong>{title}</strong> {text}")?;
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
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("What was read")))?;
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
