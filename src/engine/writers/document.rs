//! What every HTML file that is written has: a policy that lets it load nothing at all, whatever is in it;
//! the marking at head and foot, of each printed page too; tables; and text that is only ever text.
//!
//! Such a file is well-formed XML too.

use std::fmt::{self, Write as _};

use super::words::{marking, printable};
use crate::engine::language::{say, spoken};
use crate::engine::report::Report;

/// In print, a heading and the head of a table stand with what follows them. Firefox, which does not heed
/// `break-after: avoid`, has rules of its own: a heading needs room below it, and a table is kept whole if a
/// page is enough for it, but for those of annexes, which follow a heading at once and are long.
const STYLE: &str = include_str!("html.css");

/// The SHA-256 of [`STYLE`] in base64, as a content security policy writes it.
const STYLE_HASH: &str = "sha256-VJd7dIkTQUOopw3n7JtrVCULRdGVCrSGav14QfLE9N0=";

/// The file up to and with its heading, inside `<main>`.
pub(super) fn begin(out: &mut String, report: &Report, title: &str) -> fmt::Result {
    let (lang, title) = (spoken().code(), escaped(title));
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE_HASH}'; \
         base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>"
    )?;
    mark(out, report, "header")?;
    writeln!(out, "<main>\n<h1>{title}</h1>")
}

/// The end of the file, below `</main>`.
pub(super) fn end(out: &mut String, report: &Report) -> fmt::Result {
    mark(out, report, "footer")?;
    writeln!(out, "</body>\n</html>")
}

fn mark(out: &mut String, report: &Report, element: &str) -> fmt::Result {
    match marking(report) {
        text if text.is_empty() => Ok(()),
        text => writeln!(out, "<{element} class=\"marking\">{}</{element}>", escaped(&text)),
    }
}

/// Lines to be filled in by whoever signs.
pub(super) fn sign(out: &mut String, heading: &str) -> fmt::Result {
    writeln!(out, "<section class=\"sign\">\n<h2>{}</h2>", escaped(heading))?;
    for line in [say!("Name:"), say!("Role:"), say!("Date:"), say!("Signature:")] {
        writeln!(out, "<p>{}</p>", escaped(line))?;
    }
    writeln!(out, "</section>")
}

/// A table up to its rows. Wide ones scroll, by keyboard too.
pub(super) fn begin_table(out: &mut String, caption: &str, headings: &[&str]) -> fmt::Result {
    let caption = escaped(caption);
    write!(
        out,
        "<div class=\"table\" role=\"group\" aria-label=\"{caption}\" tabindex=\"0\">\n<table>\n\
         <caption>{caption}</caption>\n<thead>\n<tr>"
    )?;
    for heading in headings {
        write!(out, "<th scope=\"col\">{}</th>", escaped(heading))?;
    }
    writeln!(out, "</tr>\n</thead>\n<tbody>")
}

/// A row of a table.
pub(super) fn row(out: &mut String, cells: &[&str]) -> fmt::Result {
    write!(out, "<tr>")?;
    for cell in cells {
        write!(out, "<td>{}</td>", escaped(cell))?;
    }
    writeln!(out, "</tr>")
}

/// The end of a table.
pub(super) fn end_table(out: &mut String) -> fmt::Result {
    writeln!(out, "</tbody>\n</table>\n</div>")
}

/// Text as HTML and as an attribute's value. Control characters, which XML does not have, are shown as
/// such.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Neither is a character of XML.
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
