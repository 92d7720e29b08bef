//! A summary as plain text, for a message or a ticket.

use std::fmt::{self, Write as _};

use super::{Summary, SummaryFinding};
use crate::engine::language::{counted, key, say, told};
use crate::engine::writers::words::{first_of, printable};

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
            writeln!(
                out,
                "{}",
                say!("Lists: {lists}", lists = first_of(&self.lists, HOSTS_NAMED))
            )?;
        }
        if !self.packs.is_empty() {
            let packs = first_of(&self.packs, self.packs.len());
            writeln!(out, "{}", say!("Own rules: {packs}", packs))?;
        }
        if !self.findings.is_empty() {
            writeln!(out, "\n{}", say!("WHAT WAS FOUND"))?;
        }
        for finding in &self.findings {
            writeln!(out, "  {}, {}", finding.title(), finding.on_computers())?;
            let (product, vendor) = (printable(&finding.product), printable(&finding.vendor));
            writeln!(out, "    {}", say!("product: {product} ({vendor})", product, vendor))?;
            for (directive, outcome) in finding.outcomes_told(self) {
                let title = printable(told(&directive.title));
                writeln!(out, "    {}: {title}", told(outcome.id()))?;
            }
        }
        writeln!(out, "\n{}", say!("BY DIRECTIVE"))?;
        for (index, directive) in self.directives.iter().enumerate() {
            let counts = self.outcome_counts(index);
            let counts: Vec<String> =
                counts.iter().map(|(kind, count)| format!("{count} {}", told(kind.id()))).collect();
            let counts = if counts.is_empty() { say!("nothing found") } else { &counts.join(", ") };
            writeln!(out, "  {}: {counts}", printable(told(&directive.title)))?;
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
        let computers = counted(self.host_count, key!("{n} computer"), key!("{n} computers"));
        match first_of(&self.hosts, HOSTS_NAMED) {
            names if names.is_empty() => say!("on {computers}", computers),
            names => say!("on {computers}: {names}", computers, names),
        }
    }
}
