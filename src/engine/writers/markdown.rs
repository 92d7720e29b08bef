//! The report as Markdown, for a ticket.
//!
//! Every text of an inventory stands in a code span: there nothing of it is markup, and `@name` calls
//! nobody. The grammar is CommonMark's, with the tables of GitHub.

use std::fmt::{self, Write as _};

use super::Writer;
use super::words::{
    accounting, became, certainty, compared, decision, first_of, hosts_compared, made_by, marking,
    name, outcomes, printable, program_on, short_title, without_effect,
};
use crate::engine::remediation;
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "markdown",
    title: "Markdown, for a ticket",
    file_name: "clearlist-report.md",
    media_type: "text/markdown",
    write: |report| write(report).into_bytes(),
};

/// How many computers of a finding are named; the rest is counted.
const COMPUTERS_NAMED: usize = 10;

fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &Report) -> fmt::Result {
    let marking = words(&marking(report));
    if !marking.is_empty() {
        writeln!(out, "**{marking}**\n")?;
    }
    writeln!(out, "# Clearlist report\n\n**{}**", words(&answer(report).to_string()))?;
    if !report.findings.is_empty() {
        writeln!(out, "\n## What was found\n")?;
        writeln!(out, "| Program | Version | Product | Computers | Outcome | Certainty |")?;
        writeln!(out, "|---|---|---|--:|---|---|")?;
        for finding in &report.findings {
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                in_table(&name(finding)),
                in_table(&finding.version),
                words(&finding.product.name),
                finding.host_count,
                finding.gravest().id(),
                certainty(finding.strength),
            )?;
        }
        for finding in &report.findings {
            write_finding(out, report, finding)?;
        }
    }
    if !report.waivers.is_empty() {
        writeln!(out, "\n## Set aside by recorded decisions\n")?;
        for waived in &report.waived {
            let what = code(&program_on(&waived.finding, COMPUTERS_NAMED));
            writeln!(out, "- {what}: {}", code(&decision(report, waived)))?;
        }
        for told in report.waivers.iter().filter_map(without_effect) {
            writeln!(out, "- {}", code(&told))?;
        }
    }
    if let Some(comparison) = &report.comparison {
        writeln!(out, "\n## Compared with the report of {}\n", words(&comparison.earlier_on))?;
        writeln!(out, "**{}**\n", words(&comparison.to_string()))?;
        for why in &comparison.open {
            writeln!(out, "- {}", code(why))?;
        }
        for change in &comparison.changes {
            let hosts = first_of(&change.hosts, COMPUTERS_NAMED);
            let text = format!("{} on {hosts}", compared(change));
            writeln!(out, "- {}: {}", became(change), code(&text))?;
        }
        for (what, hosts) in hosts_compared(comparison) {
            writeln!(out, "- {what}: {}", code(&first_of(hosts, COMPUTERS_NAMED)))?;
        }
    }
    if !report.near_misses.is_empty() {
        writeln!(out, "\n## Not found, but worth a look\n")?;
        for miss in &report.near_misses {
            writeln!(out, "- {}: {}", code(&miss.name), code(&miss.why))?;
        }
    }
    if !report.deadlines.is_empty() {
        writeln!(out, "\n## By when\n")?;
        for deadline in &report.deadlines {
            let over = if deadline.is_past { " (over)" } else { "" };
            let unconfirmed = if deadline.unconfirmed { " (not confirmed)" } else { "" };
            writeln!(
                out,
                "- **{}**{over} {}: {}{unconfirmed}",
                deadline.due_on,
                words(short_title(report, &deadline.directive)),
                words(&deadline.text)
            )?;
        }
    }
    write_steps(out, report)?;
    writeln!(out, "\n## What was read\n")?;
    for source in &report.sources {
        writeln!(
            out,
            "- {}, SHA-256 `{}`: {}; {}",
            code(&source.name),
            source.sha256,
            words(&source.format_title),
            accounting(source)
        )?;
    }
    for pack in &report.packs {
        let (title, file) = (words(&pack.title), code(&pack.file));
        writeln!(out, "- Own rules: {title} ({file}), SHA-256 `{}`", pack.sha256)?;
    }
    if !report.problems.is_empty() {
        writeln!(out, "\n## Problems\n")?;
        for problem in &report.problems {
            let line = match problem.line {
                0 => String::new(),
                line => format!(" line {line}"),
            };
            writeln!(out, "- {}{line}: {}", code(&problem.source), code(&problem.message))?;
        }
        let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
        if more > 0 {
            writeln!(out, "- and {more} more")?;
        }
    }
    writeln!(out, "\n{}", words(&made_by(report)))?;
    if !marking.is_empty() {
        writeln!(out, "\n**{marking}**")?;
    }
    Ok(())
}

fn write_finding(out: &mut String, report: &Report, finding: &Finding) -> fmt::Result {
    writeln!(out, "\n### {}\n", code(&name(finding)))?;
    writeln!(out, "It is {} (`{}`).", words(&finding.product.name), finding.product.id)?;
    writeln!(out)?;
    if outcomes(report, finding).next().is_none() {
        writeln!(out, "- None of the directives applied covers it.")?;
    }
    for (directive, outcome) in outcomes(report, finding) {
        let (title, kind) = (words(&directive.short_title), outcome.outcome.id());
        writeln!(out, "- **{title}: {kind}.** {}", words(&outcome.why))?;
    }
    for evidence in &finding.evidence {
        let (field, text) = (super::words::field(evidence), code(&evidence.text));
        writeln!(
            out,
            "- Evidence: {field} {text} fits {} (rule `{}`)",
            code(&evidence.pattern),
            evidence.rule
        )?;
    }
    let hosts: Vec<String> =
        finding.hosts.iter().take(COMPUTERS_NAMED).map(|host| code(host)).collect();
    let more = finding.hosts.len().saturating_sub(COMPUTERS_NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    writeln!(out, "- On {}{rest}", hosts.join(", "))
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## What to do\n")?;
    for (number, step) in report.remediation_steps.iter().enumerate() {
        writeln!(out, "{}. **{}** {}", number + 1, words(&step.title), words(&step.text))?;
        let mut written: Vec<String> = Vec::new();
        for finding in report.findings.iter().filter(|f| f.remediation.contains(&step.id)) {
            for command in remediation::commands(step, finding) {
                if !written.contains(&command.text) {
                    writeln!(out, "   - {}", code(&command.text))?;
                    written.push(command.text);
                }
            }
        }
    }
    Ok(())
}

/// Words of the rules, which may be a user's own: nothing of them is markup.
fn words(text: &str) -> String {
    let mut out = String::new();
    for c in printable(text).chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, '.' | ',' | ':' | ';' | '?' | '\'' | '"' | '/' | '(' | ')' | '-' | '%')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as a code span (CommonMark 6.1): the backticks around it are more than any inside.
fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match text.trim().is_empty() {
        true => String::new(),
        // One space at each end is taken off again.
        false => format!("{fence} {text} {fence}"),
    }
}

/// The same in a table, whose cells end at a bar even in code.
fn in_table(text: &str) -> String {
    code(text).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_span_ends_only_at_its_end() {
        assert_eq!(code("a"), "` a `");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("a\n# b"), "` a\u{FFFD}# b `");
        assert_eq!(code(" "), "");
        assert_eq!(in_table("a|b"), "` a\\|b `");
    }

    #[test]
    fn words_are_no_markup() {
        assert_eq!(words("a *b* <c> [d](e) #1 @f"), "a \\*b\\* \\<c\\> \\[d\\](e) \\#1 \\@f");
    }
}
