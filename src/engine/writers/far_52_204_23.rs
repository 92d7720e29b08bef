//! The contractor's report of a covered article under FAR 52.204-23(c)(2): what is told first, and what
//! follows.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::Writer;
use super::document::{self, escaped};
use super::paperwork::{
    Element, Product, blank, directive, gaps, hosts_of, products, set_aside, write_citation,
    write_duties, write_gaps, write_origin, write_products, write_set_aside,
};
use super::pieces::{write_cannot_show, write_lists, write_sources};
use super::words::{counted, printable};
use crate::engine::catalog::Relation;
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{DirectiveReport, Report};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "far-52-204-23-report",
    title: "FAR 52.204-23: the contractor's report, to fill in and print",
    file_name: "clearlist-far-52-204-23-report.html",
    media_type: "text/html",
    is_told: false,
    write: |report| write(report).into_bytes(),
};

/// The clause puts section 1634 into contracts.
const ID: &str = "us-ndaa-2018-1634";
const SHORT_TITLE: &str = "NDAA section 1634";
const SOURCE: &str = "FAR 52.204-23 (July 2018), paragraph (c), GSA's copy of the FAR";
const SOURCE_URL: &str = "https://github.com/GSA/GSA-Acquisition-FAR/blob/0fc042ddcffa289e21fa72b76482ec84b454b6c6/dita/52.204-23.dita";

/// What is told once for the whole report: paragraph (c)(2)(i).
const CONTRACT: [&str; 2] = ["Contract number", "Order numbers, if applicable"];

/// What is told of each covered article: paragraph (c)(2)(i).
const ARTICLE: [&str; 5] = [
    "Supplier name",
    "Brand",
    "Model number (OEM number, manufacturer part number or wholesaler number)",
    "Item description",
    "Readily available information about mitigation actions undertaken or recommended",
];

/// What follows: paragraph (c)(2)(ii).
const FOLLOW_UP: [Element; 4] = [
    Element {
        mark: "1",
        text: "Further available information about mitigation actions undertaken or recommended",
    },
    Element {
        mark: "2",
        text: "Efforts undertaken to prevent use or submission of a covered article",
    },
    Element { mark: "3", text: "Reasons that led to the use or submission of the covered article" },
    Element {
        mark: "4",
        text: "Additional efforts that will be incorporated to prevent it in the future",
    },
];

fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    document::begin(out, report, "FAR 52.204-23: report of covered articles")?;
    let directive = directive(report, ID);
    write_origin(out, report, directive, SHORT_TITLE)?;
    write_clocks(out, report, directive)?;
    writeln!(out, "<section>\n<h2>First report</h2>")?;
    for line in CONTRACT {
        writeln!(out, "<p class=\"line\">{line}:</p>")?;
    }
    match directive {
        None => write_article(out, report, None)?,
        Some(_) => write_articles(out, report)?,
    }
    writeln!(out, "</section>\n<section>\n<h2>Follow-up</h2>")?;
    for element in &FOLLOW_UP {
        writeln!(out, "<h3>{}. {}</h3>", element.mark, element.text)?;
        blank(out, "To be filled in by the contractor")?;
    }
    writeln!(out, "</section>\n<section>\n<h2>What was read</h2>")?;
    write_lists(out, report)?;
    write_cannot_show(out, report)?;
    write_gaps(out, &gaps(report))?;
    writeln!(out, "</section>")?;
    write_citation(out, SOURCE, SOURCE_URL)?;
    document::sign(out, "Signed")?;
    writeln!(out, "</main>")?;
    document::end(out, report)
}

/// To whom, by when; and which of the clocks binds.
fn write_clocks(
    out: &mut String,
    report: &Report,
    directive: Option<&DirectiveReport>,
) -> fmt::Result {
    let Some(directive) = directive else { return Ok(()) };
    writeln!(out, "<section>\n<h2>To whom, and by when</h2>")?;
    write_duties(out, report, directive, |duty| duty.runs.is_some())?;
    // What is known of the clocks: they were changed.
    let is_of_time = |text: &str| text.contains("business days");
    for fact in directive.facts.iter().filter(|fact| is_of_time(&fact.text)) {
        write!(out, "<p>{} ", escaped(&fact.text))?;
        if fact.unconfirmed {
            write!(out, "This could not be confirmed. ")?;
        }
        write_sources(
            out,
            directive.sources.iter().filter(|source| fact.sources.contains(&source.id)),
        )?;
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</section>")
}

fn write_articles(out: &mut String, report: &Report) -> fmt::Result {
    let covered = products(report, ID, &[OutcomeKind::Prohibited]);
    let undecided = products(report, ID, &[OutcomeKind::Review, OutcomeKind::Indicator]);
    let answer = match covered.len() {
        0 if undecided.is_empty() && !gaps(report).is_empty() => {
            "No covered article was found among what could be read. Not everything could be read."
                .to_owned()
        }
        0 if undecided.is_empty() && set_aside(report, ID).is_empty() => {
            "No covered article was found in the lists, so there is nothing to report from them."
                .to_owned()
        }
        0 => {
            "No covered article was found for certain. What is named below has to be decided first."
                .to_owned()
        }
        number => format!(
            "{} found on {}.",
            counted(number as u64, "covered article was", "covered articles were"),
            counted(hosts_of(&covered).len() as u64, "computer", "computers")
        ),
    };
    writeln!(out, "<p class=\"answer\">{answer}</p>")?;
    for product in &covered {
        write_article(out, report, Some(product))?;
    }
    if !undecided.is_empty() {
        write_products(out, "A person has to decide whether these are covered", &undecided)?;
    }
    write_set_aside(out, report, ID)
}

/// One covered article; without a product, all is to be filled in.
fn write_article(out: &mut String, report: &Report, product: Option<&Product<'_>>) -> fmt::Result {
    let heading = product.map_or("Covered article", |product| product.product.name.as_str());
    writeln!(out, "<h3>{}</h3>", escaped(heading))?;
    writeln!(
        out,
        "<div class=\"table\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\n<table>\n<tbody>",
        escaped(&format!("What is reported of {heading}"))
    )?;
    for (index, asked) in ARTICLE.into_iter().enumerate() {
        let known = product.map_or_else(String::new, |product| known(report, product, index));
        writeln!(
            out,
            "<tr><th scope=\"row\">{asked}</th><td class=\"blank\">{}</td></tr>",
            escaped(&known)
        )?;
    }
    writeln!(out, "</tbody>\n</table>\n</div>")
}

/// What the report knows of the element of [`ARTICLE`]; a list does not tell who sold a program.
fn known(report: &Report, product: &Product<'_>, element: usize) -> String {
    match element {
        // The maker of the code inside is not the brand.
        1 if product.product.relation == Relation::Branded => product.product.vendor.clone(),
        1 => listed(
            product.findings.iter().map(|it| it.publisher.as_str()),
            "Publishers in the lists",
        ),
        2 => {
            let codes: Vec<String> =
                product.findings.iter().filter_map(|finding| finding.product_code()).collect();
            listed(codes.iter().map(String::as_str), "Product codes in the lists")
        }
        3 => format!(
            "{} ({}), on {}",
            product.product.name,
            product.as_written(),
            counted(product.hosts.len() as u64, "computer", "computers")
        ),
        4 => {
            let steps: Vec<&str> =
                product.steps(report).iter().map(|step| step.title.as_str()).collect();
            match steps.is_empty() {
                true => String::new(),
                false => format!("Recommended by the rules: {}", steps.join(" ")),
            }
        }
        _ => String::new(),
    }
}

/// How many texts are written out; the report has them all.
const LISTED: usize = 10;

/// Distinct texts of the lists, with what they are; empty if there are none.
fn listed<'t>(texts: impl Iterator<Item = &'t str>, what: &str) -> String {
    let texts: BTreeSet<&str> = texts.filter(|text| !text.is_empty()).collect();
    let more = texts.len().saturating_sub(LISTED);
    let shown: Vec<String> = texts.iter().take(LISTED).map(|text| printable(text)).collect();
    match (shown.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!("{what}: {}", shown.join("; ")),
        (false, more) => format!("{what}: {}; and {more} more", shown.join("; ")),
    }
}
