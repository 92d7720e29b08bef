//! The report as one table, for a spreadsheet: a row for each finding on each computer, and rows for what
//! was read, and for what became of each installation since an earlier report.
//!
//! Its headings, and the columns that rows are chosen by (`Row`, `Outcome`, `Certainty`, `Change`), are in English
//! whoever saves it, since programs go by them; what is said of a row is told.
//!
//! The last column says whether it is still there, in words by which Clearlist itself, given the table as a
//! list, does not take for installed what is removed.

use super::Writer;
use super::formula::Rows;
use super::words::{
    accounting, became, certainty, decision, directives, hosts_compared, labelled, line, made_by,
    marking, message, more_near_misses, name, pack_title, printable, why, without_effect,
};
use crate::engine::language::{speaking, told};
use crate::engine::report::{Change, Comparison, Finding, Place, Report, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "csv",
    title: "a table for a spreadsheet (CSV)",
    file_name: "clearlist-report.csv",
    media_type: "text/csv",
    is_told: true,
    write: |report| write(report).into_bytes(),
};

const HEADINGS: [&str; 17] = [
    "Row",
    "Computer",
    "Outcome",
    "Product",
    "Product id",
    "Maker",
    "Program",
    "Version",
    "Publisher",
    "Certainty",
    "Directives",
    "Why",
    "List",
    "Line",
    "Text",
    "SHA-256",
    "Change",
];

/// A row; what it has nothing for is empty.
#[derive(Clone, Default)]
struct Row {
    row: &'static str,
    computer: String,
    outcome: String,
    product: String,
    product_id: String,
    maker: String,
    program: String,
    version: String,
    publisher: String,
    certainty: String,
    directives: String,
    why: String,
    list: String,
    line: String,
    text: String,
    sha256: String,
    change: String,
}

/// What the first column says of rows about an earlier report.
const COMPARED: &str = "compared with the earlier report";

fn write(report: &Report) -> String {
    let mut rows = Rows::new(marking(report), &HEADINGS);
    let mut push = |row: Row| rows.push(row.cells());
    let summary = format!("{} {}", answer(report), made_by(report));
    push(Row { row: "report", text: summary, ..Row::default() });
    for pack in &report.packs {
        push(Row {
            row: if pack.update.is_some() { "data update" } else { "own rules" },
            list: printable(&pack.file),
            text: printable(&pack_title(pack)),
            sha256: pack.sha256.clone(),
            ..Row::default()
        });
    }
    for finding in &report.findings {
        let row = found("finding", report, finding);
        finding.places.iter().for_each(|place| push(row.clone().at(place)));
    }
    for waived in &report.waived {
        let row = found("set aside", report, &waived.finding);
        let row = Row { why: decision(report, waived), ..row };
        waived.finding.places.iter().for_each(|place| push(row.clone().at(place)));
    }
    for note in report.waivers.iter().filter_map(without_effect) {
        push(Row { row: "decision", why: note, ..Row::default() });
    }
    if let Some(comparison) = &report.comparison {
        write_compared(comparison, &mut push);
    }
    for miss in &report.near_misses {
        for place in &miss.places {
            push(Row {
                row: "near miss, no finding",
                maker: miss.vendor.clone(),
                program: printable(&miss.name),
                version: printable(&miss.version),
                publisher: printable(&miss.publisher),
                why: printable(&miss.told()),
                ..Row::default().at(place)
            });
        }
    }
    if let Some(more) = more_near_misses(report) {
        push(Row { row: "near miss, no finding", why: more, ..Row::default() });
    }
    for source in &report.sources {
        push(Row {
            row: "list",
            list: printable(&source.name),
            text: labelled(told(&source.format_title), accounting(source)),
            sha256: source.sha256.clone(),
            ..Row::default()
        });
    }
    for problem in &report.problems {
        push(Row {
            row: "problem",
            why: message(problem),
            list: printable(&problem.source),
            line: line(problem.line),
            text: printable(&problem.text),
            ..Row::default()
        });
    }
    rows.finish()
}

/// What is the same in the row of every place of the finding.
fn found(row: &'static str, report: &Report, finding: &Finding) -> Row {
    Row {
        row,
        outcome: finding.gravest().id().to_owned(),
        product: finding.product.name.clone(),
        product_id: finding.product.id.clone(),
        maker: finding.product.vendor.clone(),
        program: name(finding),
        version: printable(&finding.version),
        publisher: printable(&finding.publisher),
        certainty: speaking(None, || certainty(finding.strength)).to_owned(),
        directives: directives(report, finding),
        why: why(finding),
        ..Row::default()
    }
}

fn write_compared(comparison: &Comparison, push: &mut impl FnMut(Row)) {
    push(Row { row: COMPARED, text: printable(&comparison.to_string()), ..Row::default() });
    for why in comparison.open_told() {
        push(Row { row: COMPARED, why: printable(&why), ..Row::default() });
    }
    for change in &comparison.changes {
        for host in &change.hosts {
            push(compared(change, host));
        }
    }
    for (what, hosts) in hosts_compared(comparison) {
        for host in hosts {
            let computer = printable(host);
            push(Row { row: COMPARED, computer, why: what.to_owned(), ..Row::default() });
        }
    }
}

fn compared(change: &Change, host: &str) -> Row {
    Row {
        row: COMPARED,
        computer: printable(host),
        outcome: change.outcome.id().to_owned(),
        product: change.product_name.clone(),
        product_id: change.product.clone(),
        program: printable(if change.now.is_empty() { &change.earlier } else { &change.now }),
        why: became(change).to_owned(),
        text: printable(&change.earlier),
        change: speaking(None, || change.kind.title()).to_owned(),
        ..Row::default()
    }
}

impl Row {
    /// The same at a place.
    fn at(self, place: &Place) -> Self {
        Self {
            computer: printable(&place.host),
            list: printable(&place.source),
            line: place.line.to_string(),
            text: printable(&place.text),
            ..self
        }
    }

    fn cells(self) -> [String; HEADINGS.len()] {
        [
            self.row.to_owned(),
            self.computer,
            self.outcome,
            self.product,
            self.product_id,
            self.maker,
            self.program,
            self.version,
            self.publisher,
            self.certainty,
            self.directives,
            self.why,
            self.list,
            self.line,
            self.text,
            self.sha256,
            self.change,
        ]
    }
}
