//! The papers of Binding Operational Directive 17-01: the report that was due after 30 days, and the plan
//! of action that was due after 60.
//!
//! Their elements are those of the directive's text: Required Actions 1 a to c, and 2 a to n.

use std::fmt::{self, Write as _};

use super::Writer;
use super::document::{self, begin_table, end_table, escaped, row};
use super::paperwork::{
    Element, Product, blank, directive, gaps, hosts_of, products, set_aside, write_citation,
    write_duties, write_methods, write_origin, write_products, write_set_aside,
};
use super::words::counted;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{DirectiveReport, Report};

/// The row of [`WRITERS`](super::WRITERS) for the report.
pub const REPORT: Writer = Writer {
    id: "bod-17-01-report",
    title: "BOD 17-01: the 30-day report to DHS, to print",
    file_name: "clearlist-bod-17-01-report.html",
    media_type: "text/html",
    is_told: false,
    write: |report| written(report, write_report),
};

/// The row of [`WRITERS`](super::WRITERS) for the plan.
pub const PLAN: Writer = Writer {
    id: "bod-17-01-plan",
    title: "BOD 17-01: the 60-day plan of action, to fill in and print",
    file_name: "clearlist-bod-17-01-plan.html",
    media_type: "text/html",
    is_told: false,
    write: |report| written(report, write_plan),
};

const ID: &str = "us-dhs-bod-17-01";
const SHORT_TITLE: &str = "BOD 17-01";
const SOURCE: &str = "Binding Operational Directive 17-01, web copy of the text, Required Actions";
const SOURCE_URL: &str = "https://github.com/cisagov/cyber.dhs.gov/blob/012c727ed14a2a3ca65c4a9bf7f412029711b589/pages/17-01.md";

fn written(report: &Report, write: fn(&mut String, &Report) -> fmt::Result) -> Vec<u8> {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, report);
    text.into_bytes()
}

/// What the 30-day report includes: Required Action 1, a to c.
const REPORTED: [Element; 3] = [
    Element {
        mark: "a",
        text: "List of Kaspersky-branded products found, or that none were found",
    },
    Element { mark: "b", text: "Number of endpoints affected by each product" },
    Element { mark: "c", text: "Methods used to find the products" },
];

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    document::begin(out, report, "BOD 17-01: report of Kaspersky-branded products")?;
    let directive = directive(report, ID);
    write_origin(out, report, directive, SHORT_TITLE)?;
    if let Some(directive) = directive {
        write_duties(out, report, directive, |duty| is_due_after(duty.clock.as_deref(), "30"))?;
    }
    blank(out, "Agency")?;
    for element in &REPORTED {
        heading(out, element)?;
        match element.mark {
            "a" => write_answer(out, report, directive)?,
            "b" => write_found(out, report, directive)?,
            _ => write_methods(out, report)?,
        }
        writeln!(out, "</section>")?;
    }
    finish(out, report)
}

/// The directive's clocks run from its issuance, save the one that comes again.
fn is_due_after(clock: Option<&str>, days: &str) -> bool {
    clock.is_some_and(|clock| clock.starts_with(&format!("within {days} ")))
}

fn heading(out: &mut String, element: &Element) -> fmt::Result {
    writeln!(out, "<section>\n<h2>{}. {}</h2>", element.mark, element.text)
}

fn finish(out: &mut String, report: &Report) -> fmt::Result {
    write_citation(out, SOURCE, SOURCE_URL)?;
    document::sign(out, "Signed")?;
    writeln!(out, "</main>")?;
    document::end(out, report)
}

fn found(report: &Report) -> Vec<Product<'_>> {
    products(report, ID, &[OutcomeKind::Prohibited])
}

fn undecided(report: &Report) -> Vec<Product<'_>> {
    products(report, ID, &[OutcomeKind::Review, OutcomeKind::Indicator])
}

/// Whether something was found, in one sentence; and what stands beside it.
fn write_answer(
    out: &mut String,
    report: &Report,
    directive: Option<&DirectiveReport>,
) -> fmt::Result {
    if directive.is_none() {
        return blank(out, "Products found");
    }
    let (found, undecided) = (found(report), undecided(report));
    let is_whole = gaps(report).is_empty();
    let is_all = undecided.is_empty() && set_aside(report, ID).is_empty();
    let answer = if !found.is_empty() {
        format!(
            "{} found on {}.",
            counted(
                found.len() as u64,
                "Kaspersky-branded product was",
                "Kaspersky-branded products were"
            ),
            counted(hosts_of(&found).len() as u64, "endpoint", "endpoints")
        )
    } else if !is_whole {
        "No Kaspersky-branded product was found among what could be read. Not everything could be read, so \
         that none is there cannot be said."
            .to_owned()
    } else if !is_all {
        "No Kaspersky-branded product was found for certain. What is named below has to be decided first."
            .to_owned()
    } else {
        "No Kaspersky-branded products were found.".to_owned()
    };
    writeln!(out, "<p class=\"answer\">{answer}</p>")?;
    if !found.is_empty() {
        writeln!(out, "<ul>")?;
        for product in &found {
            writeln!(out, "<li>{}</li>", escaped(&product.product.name))?;
        }
        writeln!(out, "</ul>")?;
    }
    if !undecided.is_empty() {
        write_products(out, "A person has to decide whether these are such products", &undecided)?;
    }
    write_set_aside(out, report, ID)?;
    let left_out = products(report, ID, &[OutcomeKind::Embedded, OutcomeKind::Exempt]);
    if !left_out.is_empty() {
        write_products(out, "Recognised, and left out by the directive", &left_out)?;
    }
    Ok(())
}

fn write_found(
    out: &mut String,
    report: &Report,
    directive: Option<&DirectiveReport>,
) -> fmt::Result {
    let found = found(report);
    match directive {
        None => blank(out, "Number of endpoints"),
        Some(_) if found.is_empty() => writeln!(out, "<p>None.</p>"),
        Some(_) => write_products(out, "Endpoints affected by each product", &found),
    }
}

/// What the 60-day plan addresses: Required Action 2, a to n.
const PLANNED: [Element; 14] = [
    Element { mark: "a", text: "Agency name" },
    Element { mark: "b", text: "Point of contact: name, telephone number and e-mail address" },
    Element { mark: "c", text: "List of identified products" },
    Element { mark: "d", text: "Number of endpoints affected" },
    Element { mark: "e", text: "Methods used to identify the products" },
    Element { mark: "f", text: "List of agencies (components) affected within the department" },
    Element { mark: "g", text: "Mission function of the affected endpoints or systems" },
    Element {
        mark: "h",
        text: "All contracts, service-level agreements or other agreements with Kaspersky",
    },
    Element { mark: "i", text: "Timeline to remove the identified products" },
    Element {
        mark: "j",
        text: "If applicable, FISMA performance requirements or security controls that the removal would affect",
    },
    Element {
        mark: "k",
        text: "If applicable, chosen or proposed replacement products or capabilities",
    },
    Element { mark: "l", text: "If applicable, timeline for the replacement" },
    Element { mark: "m", text: "Foreseeable challenges not addressed otherwise in this plan" },
    Element {
        mark: "n",
        text: "Costs of licences, maintenance and replacement (coordinate with the Chief Financial Officer)",
    },
];

/// What element j names, "including but not limited to".
const CONTROLS: [&str; 12] = [
    "Data loss or leakage prevention",
    "Network access control",
    "Mobile device management",
    "Sandboxing or detonation chamber",
    "Web site reputation filtering or web content filtering",
    "Hardware and software allow-listing",
    "Vulnerability and patch management",
    "Anti-malware",
    "Anti-exploit",
    "Spam filtering",
    "Data encryption",
    "Other capabilities",
];

fn write_plan(out: &mut String, report: &Report) -> fmt::Result {
    document::begin(out, report, "BOD 17-01: plan of action to remove Kaspersky-branded products")?;
    let directive = directive(report, ID);
    write_origin(out, report, directive, SHORT_TITLE)?;
    if let Some(directive) = directive {
        // The report is done when the plan is made; all else is still before the agency.
        write_duties(out, report, directive, |duty| !is_due_after(duty.clock.as_deref(), "30"))?;
    }
    for element in &PLANNED {
        heading(out, element)?;
        write_planned(out, report, directive, element.mark)?;
        writeln!(out, "</section>")?;
    }
    finish(out, report)
}

fn write_planned(
    out: &mut String,
    report: &Report,
    directive: Option<&DirectiveReport>,
    mark: &str,
) -> fmt::Result {
    match mark {
        "b" => {
            for line in ["Name", "Telephone number", "E-mail address"] {
                writeln!(out, "<p class=\"line\">{line}:</p>")?;
            }
            Ok(())
        }
        "c" => write_answer(out, report, directive),
        "d" => write_found(out, report, directive),
        "e" => write_methods(out, report),
        "g" => {
            write_endpoints(out, &found(report))?;
            blank(out, "Mission function")
        }
        "i" => {
            write_steps(out, report, &found(report))?;
            blank(out, "Begin, milestones and end")
        }
        "j" => write_table(
            out,
            "Requirements and controls",
            "Control",
            &CONTROLS,
            &["Affected", "How it is met after the removal"],
        ),
        "n" => write_table(
            out,
            "Costs",
            "Kind",
            &["Licences", "Maintenance", "Replacement"],
            &["Amount", "Coordinated with"],
        ),
        _ => blank(out, "To be filled in by the agency"),
    }
}

/// How many computers are named; the report has them all.
const COMPUTERS_NAMED: usize = 100;

fn write_endpoints(out: &mut String, found: &[Product<'_>]) -> fmt::Result {
    let hosts = hosts_of(found);
    if hosts.is_empty() {
        return Ok(());
    }
    begin_table(out, "Endpoints", &["Computer", "Products", "Mission function"])?;
    for host in hosts.iter().take(COMPUTERS_NAMED) {
        let there = found.iter().filter(|product| product.hosts.contains(host));
        let names: Vec<&str> = there.map(|product| product.product.name.as_str()).collect();
        row(out, &[host, &names.join("; "), ""])?;
    }
    end_table(out)?;
    match hosts.len().saturating_sub(COMPUTERS_NAMED) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more, which are in the report as a table.</p>"),
    }
}

fn write_steps(out: &mut String, report: &Report, found: &[Product<'_>]) -> fmt::Result {
    let is_for = |id: &String| {
        let steps = found.iter().flat_map(|product| product.steps(report));
        steps.into_iter().any(|step| step.id == *id)
    };
    let steps: Vec<_> = report.remediation_steps.iter().filter(|step| is_for(&step.id)).collect();
    if steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "<p>What the rules recommend, in this order:</p>\n<ol>")?;
    for step in steps {
        writeln!(out, "<li>{}</li>", escaped(&step.title))?;
    }
    writeln!(out, "</ol>")
}

/// A table whose first column is there, and whose others are to be filled in.
fn write_table(
    out: &mut String,
    caption: &str,
    what: &str,
    rows: &[&str],
    columns: &[&str],
) -> fmt::Result {
    let headings: Vec<&str> = std::iter::once(what).chain(columns.iter().copied()).collect();
    begin_table(out, caption, &headings)?;
    for name in rows {
        let cells: Vec<&str> = std::iter::once(*name).chain(columns.iter().map(|_| "")).collect();
        row(out, &cells)?;
    }
    end_table(out)
}
