//! A summary as plain text, for a message or a ticket.

use std::fmt::{self, Write as _};

use super::{Summary, SummaryFinding};
use crate::engine::writers::words::{counted, first_of, printable};

/// How many computers of a program are named; the rest is counted.
const HOSTS_NAMED: usize = 20;

impl Summary {
    /// The summary as plain text. Control characters of the list are replaced.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let marking = printable(&self.marking);
        if !marking.is_empty() {
            writeln!(out, "{marking}\n")?;
        }
        writeln!(out, "{}\n", printable(&self.answer))?;
        writeln!(out, "{}", self.made_by())?;
        writeln!(out, "{}", self.read())?;
        if self.has_names {
            writeln!(out, "Lists: {}", first_of(&self.lists, HOSTS_NAMED))?;
        }
        if !self.packs.is_empty() {
            writeln!(out, "Own rules: {}", first_of(&self.packs, self.packs.len()))?;
        }
        if !self.findings.is_empty() {
            writeln!(out, "\nWHAT WAS FOUND")?;
        }
        for finding in &self.findings {
            writeln!(out, "  {}, {}", finding.title(), finding.on_computers())?;
            let (product, vendor) = (printable(&finding.product), printable(&finding.vendor));
            writeln!(out, "    product: {product} ({vendor})")?;
            for (directive, outcome) in finding.outcomes_told(self) {
                writeln!(out, "    {}: {}", outcome.id(), printable(&directive.title))?;
            }
        }
        writeln!(out, "\nBY DIRECTIVE")?;
        for (index, directive) in self.directives.iter().enumerate() {
            let counts = self.outcome_counts(index);
            let counts: Vec<String> =
                counts.iter().map(|(outcome, count)| format!("{count} {}", outcome.id())).collect();
            let told = if counts.is_empty() { "nothing found" } else { &counts.join(", ") };
            writeln!(out, "  {}: {told}", printable(&directive.title))?;
        }
        if !marking.is_empty() {
            writeln!(out, "\n{marking}")?;
        }
        Ok(())
    }
}

impl SummaryFinding {
    /// On how many computers it is, and on which, where they are named.
    pub fn on_computers(&self) -> String {
        let count = counted(self.host_count, "computer", "computers");
        match first_of(&self.hosts, HOSTS_NAMED) {
            named if named.is_empty() => format!("on {count}"),
            named => format!("on {count}: {named}"),
        }
    }
}
