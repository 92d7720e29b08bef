//! Lists that are too long to stand where they belong: there stand the first of each, and all others at the
//! end of the file, with a link there and one back.

use std::fmt::{self, Write as _};

use super::document::{begin_table, end_table, escaped, row};
use super::words::{COMPUTERS_NAMED, labelled};
use crate::engine::language::{many_plain, say};
use crate::engine::report::Place;

/// How many computers stand where they belong.
pub(super) const SHOWN: usize = COMPUTERS_NAMED;

/// What is to stand at the end, in the order in which it was met.
#[derive(Default)]
pub(super) struct Annex<'r> {
    /// Each with what it is of.
    parts: Vec<(String, Part<'r>)>,
}

enum Part<'r> {
    Places(&'r [Place]),
    Names(&'r [String]),
}

impl<'r> Annex<'r> {
    /// The places of a finding: a table of the first here, the others in the annex as of `what`.
    pub(super) fn write_places(
        &mut self,
        out: &mut String,
        what: String,
        places: &'r [Place],
    ) -> fmt::Result {
        write_table(out, say!("Where it stands"), places.get(..SHOWN).unwrap_or(places))?;
        self.add_places(out, what, places)
    }

    /// The places after the first, of which the text here has the computers' names.
    pub(super) fn add_places(
        &mut self,
        out: &mut String,
        what: String,
        places: &'r [Place],
    ) -> fmt::Result {
        self.add(out, what, Part::Places(places.get(SHOWN..).unwrap_or_default()))
    }

    /// The computers after the first, which the text here has.
    pub(super) fn add_names(
        &mut self,
        out: &mut String,
        what: String,
        names: &'r [String],
    ) -> fmt::Result {
        self.add(out, what, Part::Names(names.get(SHOWN..).unwrap_or_default()))
    }

    fn add(&mut self, out: &mut String, what: String, part: Part<'r>) -> fmt::Result {
        let more = part.len();
        if more == 0 {
            return Ok(());
        }
        let number = self.parts.len() + 1;
        let link = many_plain!(
            more as u64,
            "Annex {number} has {n} more computer: {what}",
            "Annex {number} has {n} more computers: {what}",
            number,
            what
        );
        writeln!(
            out,
            "<p id=\"annexed-{number}\"><a href=\"#annex-{number}\">{}</a></p>",
            escaped(&link)
        )?;
        self.parts.push((what, part));
        Ok(())
    }

    /// All parts; nothing if there are none.
    pub(super) fn write(&self, out: &mut String) -> fmt::Result {
        if self.parts.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section>\n<h2>{}</h2>", escaped(say!("Annexes")))?;
        for ((what, part), number) in self.parts.iter().zip(1..) {
            let heading = labelled(say!("Annex {number}", number), what);
            writeln!(out, "<section id=\"annex-{number}\">\n<h3>{}</h3>", escaped(&heading))?;
            match part {
                Part::Places(places) => write_table(out, say!("Where else it stands"), places)?,
                Part::Names(names) => {
                    let named: Vec<String> = names.iter().map(|name| escaped(name)).collect();
                    writeln!(out, "<p>{}</p>", named.join(", "))?;
                }
            }
            writeln!(
                out,
                "<p><a href=\"#annexed-{number}\">{}</a></p>\n</section>",
                escaped(&say!("Back to where annex {number} belongs", number))
            )?;
        }
        writeln!(out, "</section>")
    }
}

impl Part<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Places(places) => places.len(),
            Self::Names(names) => names.len(),
        }
    }
}

fn write_table(out: &mut String, caption: &str, places: &[Place]) -> fmt::Result {
    let headings = [say!("Computer"), say!("List"), say!("Line"), say!("As written")];
    begin_table(out, caption, &headings)?;
    for place in places {
        row(out, &[&place.host, &place.source, &place.line.to_string(), &place.text])?;
    }
    end_table(out)
}
