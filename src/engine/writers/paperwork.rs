//! What the papers of a directive share: the directive as the report has it, the products that it says
//! something of, how they were looked for, and room to fill in by hand.
//!
//! They are HTML files to print, and say nothing that neither the report nor the directive's own text says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use super::document::{begin_table, end_table, escaped, row};
use super::pieces::{write_cannot_show, write_lists};
use super::words::{counted, decision, labelled, made_by, message, printable};
use crate::engine::directive::{Basis, Duty, OutcomeKind};
use crate::engine::language::{many_plain, say};
use crate::engine::report::{
    DirectiveReport, Finding, PackReport, ProductReport, RemediationStep, Report, Waived,
};

/// What a form asks for, and where that was read.
pub(super) struct Element {
    /// Its mark in the text, such as `a`; empty if it has none.
    pub(super) mark: &'static str,
    /// The element, as one clause without a full stop.
    pub(super) text: &'static str,
}

/// A product of which a directive says the same.
pub(super) struct Product<'r> {
    /// The product.
    pub(super) product: &'r ProductReport,
    /// What was found of it, in the report's order.
    pub(super) findings: Vec<&'r Finding>,
    /// On what ground the directive says so.
    pub(super) basis: Option<Basis>,
    /// Distinct computers.
    pub(super) hosts: BTreeSet<&'r str>,
}

/// The directive, if it was applied.
pub(super) fn directive<'r>(report: &'r Report, id: &str) -> Option<&'r DirectiveReport> {
    report.directives.iter().find(|directive| directive.id == id)
}

/// The products of which the directive says one of these, of what stands, in the report's order.
pub(super) fn products<'r>(
    report: &'r Report,
    id: &str,
    outcomes: &[OutcomeKind],
) -> Vec<Product<'r>> {
    let mut products: Vec<Product<'r>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        let told = finding.outcomes.iter().find(|outcome| outcome.directive == id);
        let Some(told) = told.filter(|told| outcomes.contains(&told.outcome)) else { continue };
        let at = *places.entry(&finding.product.id).or_insert(products.len());
        if at == products.len() {
            products.push(Product {
                product: &finding.product,
                findings: Vec::new(),
                basis: told.basis,
                hosts: BTreeSet::new(),
            });
        }
        if let Some(product) = products.get_mut(at) {
            product.findings.push(finding);
            product.hosts.extend(finding.hosts.iter().map(String::as_str));
        }
    }
    products
}

/// Distinct computers of all of them.
pub(super) fn hosts_of<'r>(products: &[Product<'r>]) -> BTreeSet<&'r str> {
    products.iter().flat_map(|product| product.hosts.iter().copied()).collect()
}

/// How many names of one product are written out; the report has them all.
const NAMES_SHOWN: usize = 20;

impl Product<'_> {
    /// The program's names and versions as the lists have them.
    pub(super) fn as_written(&self) -> String {
        let written: BTreeSet<String> = self
            .findings
            .iter()
            .map(|finding| {
                let name = super::words::name(finding);
                match finding.version.as_str() {
                    "" => name,
                    version => format!("{name}, version {}", printable(version)),
                }
            })
            .collect();
        let more = written.len().saturating_sub(NAMES_SHOWN);
        let shown: Vec<String> = written.into_iter().take(NAMES_SHOWN).collect();
        let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
        shown.join("; ") + &rest
    }

    /// Why the directive covers it, in a few words.
    fn ground(&self) -> &'static str {
        match self.basis {
            Some(Basis::Named) => "named in the text",
            Some(Basis::Definition) => "falls under the definition",
            Some(Basis::OutOfScope) => "left out by the text",
            Some(Basis::Unclear) | None => "to be decided",
        }
    }

    /// The steps that the rules recommend, in the order to do them.
    pub(super) fn steps<'r>(&self, report: &'r Report) -> Vec<&'r RemediationStep> {
        let is_for = |step: &&RemediationStep| {
            self.findings.iter().any(|finding| finding.remediation.contains(&step.id))
        };
        report.remediation_steps.iter().filter(is_for).collect()
    }
}

/// What made the paper, and from what the directive's duties are known.
pub(super) fn write_origin(
    out: &mut String,
    report: &Report,
    directive: Option<&DirectiveReport>,
    short_title: &str,
) -> fmt::Result {
    writeln!(out, "<p>Filled in by {}.</p>", escaped(&made_by(report)))?;
    let Some(directive) = directive else {
        return writeln!(
            out,
            "<p class=\"answer\">{short_title} was not applied in this report, so nothing is filled in from it. \
             Check again with {short_title} among the directives.</p>"
        );
    };
    writeln!(
        out,
        "<p>{}, {}, {}. {}</p>",
        escaped(&directive.title),
        escaped(&directive.issuer),
        escaped(&directive.issued_on),
        escaped(&directive.status_note)
    )?;
    let is_of_own_rules =
        |pack: &PackReport| pack.update.is_none() && pack.replaced.contains(&directive.id);
    if report.packs.iter().any(is_of_own_rules) {
        writeln!(
            out,
            "<p><strong>What is known of it was replaced by rules of your own.</strong></p>"
        )?;
    }
    Ok(())
}

/// Who is to do what by when, with the days that the report counted.
pub(super) fn write_duties(
    out: &mut String,
    report: &Report,
    directive: &DirectiveReport,
    is_wanted: impl Fn(&Duty) -> bool,
) -> fmt::Result {
    writeln!(out, "<ul>")?;
    for duty in directive.duties.iter().filter(|duty| is_wanted(duty)) {
        write!(out, "<li>{}", escaped(&duty.text))?;
        if let Some(clock) = &duty.clock {
            write!(out, " <strong>{}</strong>", escaped(&sentence(clock)))?;
        }
        let is_its = |deadline: &&crate::engine::report::Deadline| {
            deadline.directive == directive.id && deadline.text == duty.text
        };
        let counted = report.deadlines.iter().find(is_its);
        if let Some(deadline) = counted {
            let over = if deadline.is_past { " (over)" } else { "" };
            write!(out, " By {}{over}", escaped(&deadline.due_on))?;
            if let Some(day) = &deadline.counted_from {
                let what = deadline.counted_from_what(&report.generated_on);
                write!(out, ", counted from {}, {what}", escaped(day))?;
            }
            write!(out, ".")?;
        } else if let Some(day) = &duty.due_on {
            write!(out, " By {}.", escaped(day))?;
        }
        if duty.unconfirmed {
            write!(out, " This could not be confirmed.")?;
        }
        write!(out, " ")?;
        let sources = directive.sources.iter().filter(|source| duty.sources.contains(&source.id));
        super::pieces::write_sources(out, sources)?;
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>")
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// The products with the number of endpoints that each affects.
pub(super) fn write_products(
    out: &mut String,
    caption: &str,
    products: &[Product<'_>],
) -> fmt::Result {
    begin_table(out, caption, &["Product", "Endpoints", "Ground", "As the lists have it"])?;
    for product in products {
        row(
            out,
            &[
                &product.product.name,
                &product.hosts.len().to_string(),
                product.ground(),
                &product.as_written(),
            ],
        )?;
    }
    end_table(out)
}

/// What is set aside of what the directive covers or leaves to a person: it was found all the same.
pub(super) fn set_aside<'r>(report: &'r Report, id: &str) -> Vec<&'r Waived> {
    let is_told = |waived: &&Waived| {
        let told = waived.finding.outcomes.iter().find(|outcome| outcome.directive == id);
        told.is_some_and(|told| told.outcome.is_open())
    };
    report.waived.iter().filter(is_told).collect()
}

/// The same as a list, for a person to say whether it belongs into the paper.
pub(super) fn write_set_aside(out: &mut String, report: &Report, id: &str) -> fmt::Result {
    let set_aside = set_aside(report, id);
    if set_aside.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<p>The following was found too, and set aside by recorded decisions. It is not counted above.</p>\n<ul>"
    )?;
    for waived in set_aside {
        let finding = &waived.finding;
        writeln!(
            out,
            "<li>{} ({}) on {}: {}</li>",
            escaped(&super::words::name(finding)),
            escaped(&finding.product.name),
            counted(finding.hosts.len() as u64, "computer", "computers"),
            escaped(&decision(report, waived))
        )?;
    }
    writeln!(out, "</ul>")
}

/// How it was looked for, with everything that this did not show.
pub(super) fn write_methods(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(
        out,
        "<p>Lists of installed programs were compared with a catalog of products ({}): {} on {}. A computer \
         that several lists call by one name is counted once; a list that names none counts as one.</p>",
        escaped(&made_by(report)),
        counted(report.totals.records, "entry", "entries"),
        counted(report.totals.hosts, "computer", "computers")
    )?;
    write_lists(out, report)?;
    write_cannot_show(out, report)?;
    write_gaps(out, &gaps(report))?;
    blank(out, "Other methods, and systems that these lists do not show")
}

/// What could not be read, so that something may be there that was not found.
pub(super) fn write_gaps(out: &mut String, gaps: &[String]) -> fmt::Result {
    if gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "<p>Not everything could be read:</p>\n<ul>")?;
    for gap in gaps {
        writeln!(out, "<li>{}</li>", escaped(gap))?;
    }
    writeln!(out, "</ul>")
}

/// How many problems are told one by one.
const GAPS_SHOWN: usize = 20;

/// Why the inventory is not whole; nothing if it is, as far as the lists tell.
pub(super) fn gaps(report: &Report) -> Vec<String> {
    let mut gaps = Vec::new();
    if report.totals.records == 0 {
        gaps.push(say!("No list of installed programs was read.").to_owned());
    }
    for source in report.sources.iter().filter(|source| source.records == 0) {
        gaps.push(say!("Nothing was read from {list}.", list = printable(&source.name)));
    }
    let is_serious = |problem: &&crate::engine::report::Problem| {
        problem.stops_the_source || problem.may_hide_a_program
    };
    let serious: Vec<_> = report.problems.iter().filter(is_serious).collect();
    for problem in serious.iter().take(GAPS_SHOWN) {
        let list = printable(&problem.source);
        let place = match problem.line {
            0 => list,
            line => say!("{list}, line {line}", list, line),
        };
        gaps.push(labelled(place, message(problem)) + ".");
    }
    let more = serious.len().saturating_sub(GAPS_SHOWN);
    if more > 0 {
        gaps.push(many_plain!(
            more as u64,
            "{n} more problem may hide a program.",
            "{n} more problems may hide a program."
        ));
    }
    // They are counted without being told apart.
    let unlisted = report.totals.problems.saturating_sub(report.problems.len() as u64);
    if unlisted > 0 {
        gaps.push(many_plain!(
            unlisted,
            "{n} problem more were only counted, and may hide a program.",
            "{n} problems more were only counted, and may hide a program."
        ));
    }
    gaps
}

/// Room to write by hand.
pub(super) fn blank(out: &mut String, what: &str) -> fmt::Result {
    writeln!(out, "<p class=\"blank\">{}:</p>", escaped(what))
}

/// Where the elements of a form were read.
pub(super) fn write_citation(out: &mut String, title: &str, url: &str) -> fmt::Result {
    writeln!(
        out,
        "<p class=\"quiet\">What is asked for here was read in: {title} &lt;{}&gt;.</p>",
        escaped(url)
    )
}
