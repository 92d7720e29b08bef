//! Parts of HTML files that say the same wherever they stand: what was read, by whose rules, and what a
//! directive was read in.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::document::{begin_table, end_table, escaped, row};
use super::words::{
    accounting, computers, decision, labelled, line, message, name, outcome, pack_title,
};
use crate::engine::catalog::Source;
use crate::engine::language::{say, told};
use crate::engine::report::{DirectiveReport, Report};

/// Each list, and where each line of it went.
pub(super) fn write_lists(out: &mut String, report: &Report) -> fmt::Result {
    begin_table(
        out,
        say!("Lists"),
        &[
            say!("List"),
            say!("Read as"),
            say!("Entries"),
            say!("Computers"),
            say!("Every line"),
            "SHA-256",
        ],
    )?;
    for source in &report.sources {
        row(
            out,
            &[
                &source.name,
                told(&source.format_title),
                &source.records.to_string(),
                &source.hosts.to_string(),
                &accounting(source),
                &source.sha256,
            ],
        )?;
    }
    end_table(out)
}

/// What the formats of the lists cannot show, each once; nothing if there is nothing.
pub(super) fn write_cannot_show(out: &mut String, report: &Report) -> fmt::Result {
    let limited = report.sources.iter().filter(|source| !source.cannot_show.is_empty());
    let formats: BTreeSet<(&str, &str)> =
        limited.map(|source| (source.format_title.as_str(), source.cannot_show.as_str())).collect();
    if formats.is_empty() {
        return Ok(());
    }
    writeln!(out, "<p>{}</p>\n<ul>", escaped(say!("What such lists cannot show:")))?;
    for (format, cannot_show) in formats {
        let text = labelled(told(format), told(cannot_show));
        writeln!(out, "<li>{}</li>", escaped(&text))?;
    }
    writeln!(out, "</ul>")
}

/// The data updates and the reader's own rules; nothing if there are none.
pub(super) fn write_packs(out: &mut String, report: &Report) -> fmt::Result {
    let (updates, own): (Vec<_>, Vec<_>) =
        report.packs.iter().partition(|pack| pack.update.is_some());
    for (caption, packs) in [(say!("Data updates"), updates), (say!("Own rules"), own)] {
        if packs.is_empty() {
            continue;
        }
        begin_table(out, caption, &[say!("Title"), say!("File"), "SHA-256"])?;
        for pack in packs {
            row(out, &[&pack_title(pack), &pack.file, &pack.sha256])?;
        }
        end_table(out)?;
    }
    Ok(())
}

/// What was wrong with the lists; nothing if nothing was.
pub(super) fn write_problems(out: &mut String, report: &Report) -> fmt::Result {
    if report.problems.is_empty() {
        return Ok(());
    }
    let caption = say!("Problems: {count}", count = report.totals.problems);
    let headings = [say!("List"), say!("Line"), say!("Problem"), say!("As written")];
    begin_table(out, &caption, &headings)?;
    for problem in &report.problems {
        row(out, &[&problem.source, &line(problem.line), &message(problem), &problem.text])?;
    }
    end_table(out)
}

/// What was set aside, on which of its computers, and by which decision; nothing if nothing was.
pub(super) fn write_set_aside(out: &mut String, report: &Report) -> fmt::Result {
    if report.waived.is_empty() {
        return Ok(());
    }
    begin_table(
        out,
        say!("Set aside by recorded decisions"),
        &[
            say!("Program"),
            say!("Product"),
            say!("Computers"),
            say!("Outcome"),
            say!("Decision"),
            say!("On"),
        ],
    )?;
    for waived in &report.waived {
        let finding = &waived.finding;
        row(
            out,
            &[
                &name(finding),
                &finding.product.name,
                &finding.host_count.to_string(),
                outcome(finding.gravest()),
                &decision(report, waived),
                &computers(finding),
            ],
        )?;
    }
    end_table(out)
}

/// The directives that were applied, each with what it was read in.
pub(super) fn write_directives(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<section>\n<h2>{}</h2>\n<ul>", escaped(say!("Directives applied")))?;
    for directive in &report.directives {
        let DirectiveReport { title, issuer, issued_on, summary, status_note, .. } = directive;
        write!(
            out,
            "<li><strong>{}</strong>, {}, {}. {} {} ",
            escaped(title),
            escaped(told(issuer)),
            escaped(issued_on),
            escaped(told(summary)),
            escaped(told(status_note))
        )?;
        write_sources(out, directive.sources.iter())?;
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>\n</section>")
}

/// What was read, in small print.
pub(super) fn write_sources<'s>(
    out: &mut String,
    sources: impl Iterator<Item = &'s Source>,
) -> fmt::Result {
    write!(out, "<span class=\"quiet\">{}", escaped(say!("Sources:")))?;
    for Source { title, url, .. } in sources {
        write!(out, " {}", escaped(title))?;
        if let Some(url) = url {
            write!(out, " &lt;{}&gt;", escaped(url))?;
        }
        write!(out, ";")?;
    }
    write!(out, "</span>")
}
