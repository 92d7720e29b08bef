//! The report as Markdown, for a ticket.
//!
//! Every text of an inventory stands in a code span: there nothing of it is markup, and `@name` calls
//! nobody. The grammar is CommonMark's, with the tables of GitHub.

use std::fmt::{self, Write as _};

use super::Writer;
use super::words::{
    accounting, became, certainty, compared_on, decision, first_of, hosts_compared, labelled,
    made_by, marking, message, more_near_misses, name, not_confirmed, outcome, outcomes,
    pack_title, printable, program_on, short_title, without_effect,
};
use crate::engine::language::{say, told};
use crate::engine::remediation;
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "markdown",
    title: "Markdown, for a ticket",
    file_name: "clearlist-report.md",
    media_type: "text/markdown",
    is_told: true,
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
    writeln!(out, "# {}\n", words(say!("Clearlist report")))?;
    writeln!(out, "**{}**", words(&answer(report).to_string()))?;
    if !report.findings.is_empty() {
        heading(out, say!("What was found"))?;
        let headings = [
            say!("Program"),
            say!("Version"),
            say!("Product"),
            say!("Computers"),
            say!("Outcome"),
            say!("Certainty"),
        ];
        writeln!(out, "| {} |", headings.map(words).join(" | "))?;
        writeln!(out, "|---|---|---|--:|---|---|")?;
        for finding in &report.findings {
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                in_table(&name(finding)),
                in_table(&finding.version),
                words(&finding.product.name),
                finding.host_count,
                words(outcome(finding.gravest())),
                words(certainty(finding.strength)),
            )?;
        }
        for finding in &report.findings {
            write_finding(out, report, finding)?;
        }
    }
    if !report.waivers.is_empty() {
        heading(out, say!("Set aside by recorded decisions"))?;
        for waived in &report.waived {
            let what = code(&program_on(&waived.finding, COMPUTERS_NAMED));
            writeln!(out, "- {}", labelled(what, code(&decision(report, waived))))?;
        }
        for note in report.waivers.iter().filter_map(without_effect) {
            writeln!(out, "- {}", code(&note))?;
        }
    }
    if let Some(comparison) = &report.comparison {
        heading(out, &say!("Compared with the report of {day}", day = comparison.earlier_on))?;
        writeln!(out, "**{}**\n", words(&comparison.to_string()))?;
        for why in comparison.open_told() {
            writeln!(out, "- {}", code(&why))?;
        }
        for change in &comparison.changes {
            let there = code(&compared_on(change, COMPUTERS_NAMED));
            writeln!(out, "- {}", labelled(words(became(change)), there))?;
        }
        for (what, hosts) in hosts_compared(comparison) {
            let named = code(&first_of(hosts, COMPUTERS_NAMED));
            writeln!(out, "- {}", labelled(words(what), named))?;
        }
    }
    if !report.near_misses.is_empty() {
        heading(out, say!("Not found, but worth a look"))?;
        for miss in &report.near_misses {
            writeln!(out, "- {}", labelled(code(&miss.name), code(&miss.told())))?;
        }
        if let Some(more) = more_near_misses(report) {
            writeln!(out, "- {}", words(&more))?;
        }
    }
    if !report.deadlines.is_empty() {
        heading(out, say!("By when"))?;
        for deadline in &report.deadlines {
            let day = format!("**{}**", deadline.due_on);
            let day = if deadline.is_past { say!("{day} (over)", day) } else { day };
            let title = words(short_title(report, &deadline.directive));
            let text = labelled(title, words(told(&deadline.text)));
            writeln!(out, "- {day} {text}{}", words(&not_confirmed(deadline)))?;
        }
    }
    write_steps(out, report)?;
    heading(out, say!("What was read"))?;
    for source in &report.sources {
        let list = format!("{}, SHA-256 `{}`", code(&source.name), source.sha256);
        let read_as = labelled(list, words(told(&source.format_title)));
        writeln!(out, "- {read_as}; {}", accounting(source))?;
    }
    for pack in &report.packs {
        let (title, file) = (words(&pack_title(pack)), code(&pack.file));
        let rules = format!("{title} ({file}), SHA-256 `{}`", pack.sha256);
        let what = if pack.update.is_some() { say!("Data update") } else { say!("Own rules") };
        writeln!(out, "- {}", labelled(what, rules))?;
    }
    if !report.problems.is_empty() {
        heading(out, say!("Problems"))?;
        for problem in &report.problems {
            let list = code(&problem.source);
            let place = match problem.line {
                0 => list,
                line => say!("{list} line {line}", list, line),
            };
            writeln!(out, "- {}", labelled(place, code(&message(problem))))?;
        }
        let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
        if more > 0 {
            writeln!(out, "- {}", say!("and {more} more", more))?;
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
    let product = words(&finding.product.name);
    let what = say!("It is {product} ({id}).", product, id = format!("`{}`", finding.product.id));
    writeln!(out, "{what}\n")?;
    if outcomes(report, finding).next().is_none() {
        writeln!(out, "- {}", words(say!("None of the directives applied covers it.")))?;
    }
    for (directive, it) in outcomes(report, finding) {
        let said = labelled(told(&directive.short_title), outcome(it.outcome));
        writeln!(out, "- **{}.** {}", words(&said), words(&it.told()))?;
    }
    for evidence in &finding.evidence {
        let fits = say!(
            "Evidence: {field} {text} fits {pattern} (rule {rule})",
            field = super::words::field(evidence),
            text = code(&evidence.text),
            pattern = code(&evidence.pattern),
            rule = format!("`{}`", evidence.rule)
        );
        writeln!(out, "- {fits}")?;
    }
    let hosts: Vec<String> =
        finding.hosts.iter().take(COMPUTERS_NAMED).map(|host| code(host)).collect();
    let named = hosts.join(", ");
    let computers = match finding.hosts.len().saturating_sub(COMPUTERS_NAMED) {
        0 => named,
        more => say!("{named} and {more} more", named, more),
    };
    writeln!(out, "- {}", say!("On {computers}", computers))
}

fn write_steps(out: &mut String, report: &Report) -> fmt::Result {
    if report.remediation_steps.is_empty() {
        return Ok(());
    }
    heading(out, say!("What to do"))?;
    for (number, step) in report.remediation_steps.iter().enumerate() {
        let (title, text) = (words(told(&step.title)), words(told(&step.text)));
        writeln!(out, "{}. **{title}** {text}", number + 1)?;
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

fn heading(out: &mut String, text: &str) -> fmt::Result {
    writeln!(out, "\n## {}\n", words(text))
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
