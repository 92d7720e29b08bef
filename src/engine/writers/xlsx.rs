//! The report as an Excel workbook: what was found, on which computers, what was set aside, what became of
//! it since an earlier report, and what was read, each on a sheet of its own.

use std::collections::HashMap;

use super::Writer;
use super::sheets::{About, Cell, SHEET_ROWS, Sheet, Width, workbook};
use super::words::{
    became, certainty, directives, hosts_compared, marking, message, more_near_misses, name,
    outcome, pack_title, printable, rules_checked_on, why,
};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::{Phrase, phrase, say, told};
use crate::engine::report::{Comparison, Finding, Place, Report, Waived, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "xlsx",
    title: "an Excel workbook",
    file_name: "clearlist-report.xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    is_told: true,
    write,
};

fn write(report: &Report) -> Vec<u8> {
    let about = About {
        title: say!("Clearlist report of {day}", day = report.generated_on),
        day: report.generated_on.clone(),
        marking: marking(report),
    };
    workbook(&about, sheets(report), SHEET_ROWS)
}

fn sheets(report: &Report) -> Vec<Sheet<'_>> {
    let mut sheets = vec![findings(report), computers(report), set_aside(report)];
    sheets.extend(report.comparison.as_ref().map(compared));
    sheets.extend([near_misses(report), accounting(report), problems(report), about(report)]);
    sheets
}

use Width::{Middle, Narrow, Wide};

const FINDINGS: [(Phrase, Width); 16] = [
    (phrase("Computer"), Middle),
    (phrase("Outcome"), Narrow),
    (phrase("Product"), Middle),
    (phrase("Maker"), Middle),
    (phrase("Program"), Middle),
    (phrase("Version"), Narrow),
    (phrase("Publisher"), Middle),
    (phrase("Certainty"), Narrow),
    (phrase("Directives"), Wide),
    (phrase("Why"), Wide),
    (phrase("List"), Middle),
    (phrase("Line"), Narrow),
    (phrase("As written"), Wide),
    (phrase("Product id"), Middle),
    (phrase("Rules of product checked on"), Narrow),
    (phrase("Finding"), Middle),
];

fn findings(report: &Report) -> Sheet<'_> {
    let rows = report.findings.iter().flat_map(move |finding| {
        let said = (directives(report, finding), why(finding));
        finding.places.iter().map(move |place| found(finding, place, said.clone()).into())
    });
    Sheet { name: say!("Findings"), columns: &FINDINGS, rows: Box::new(rows) }
}

/// A row; `directives` and `why` are the same for every place of the finding.
fn found(finding: &Finding, place: &Place, (directives, why): (String, String)) -> [Cell; 16] {
    [
        printable(&place.host).into(),
        outcome(finding.gravest()).into(),
        printable(&finding.product.name).into(),
        printable(&finding.product.vendor).into(),
        name(finding).into(),
        printable(&finding.version).into(),
        printable(&finding.publisher).into(),
        certainty(finding.strength).into(),
        directives.into(),
        why.into(),
        printable(&place.source).into(),
        place.line.into(),
        printable(&place.text).into(),
        finding.product.id.as_str().into(),
        finding.product.checked_on.as_str().into(),
        finding.id.as_str().into(),
    ]
}

/// What is on a computer.
#[derive(Default)]
struct Tally<'r> {
    found: u64,
    gravest: Option<OutcomeKind>,
    products: Vec<&'r str>,
    set_aside: u64,
}

fn computers(report: &Report) -> Sheet<'_> {
    let mut tallies: HashMap<&str, Tally<'_>> = HashMap::new();
    for finding in &report.findings {
        let gravest = finding.gravest();
        for host in &finding.hosts {
            let tally = tallies.entry(host).or_default();
            tally.found += 1;
            tally.gravest = Some(tally.gravest.map_or(gravest, |before| before.min(gravest)));
            if !tally.products.contains(&finding.product.name.as_str()) {
                tally.products.push(&finding.product.name);
            }
        }
    }
    for host in report.waived.iter().flat_map(|waived| &waived.finding.hosts) {
        tallies.entry(host).or_default().set_aside += 1;
    }
    let rows = report.hosts.iter().map(move |host| {
        let nothing = Tally::default();
        let tally = tallies.get(host.as_str()).unwrap_or(&nothing);
        vec![
            printable(host).into(),
            tally.found.into(),
            tally.gravest.map_or(say!("nothing found"), outcome).into(),
            printable(&tally.products.join("; ")).into(),
            tally.set_aside.into(),
        ]
    });
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("Computer"), Middle),
        (phrase("Findings"), Narrow),
        (phrase("Gravest outcome"), Narrow),
        (phrase("Products"), Wide),
        (phrase("Set aside"), Narrow),
    ];
    Sheet { name: say!("Computers"), columns: COLUMNS, rows: Box::new(rows) }
}

fn set_aside(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("Computer"), Middle),
        (phrase("Outcome"), Narrow),
        (phrase("Product"), Middle),
        (phrase("Program"), Middle),
        (phrase("Version"), Narrow),
        (phrase("Decision"), Middle),
        (phrase("Kind"), Middle),
        (phrase("Reason"), Wide),
        (phrase("Decided by"), Middle),
        (phrase("Decided on"), Narrow),
        (phrase("Holds until"), Narrow),
        (phrase("Filed as"), Middle),
        (phrase("List"), Middle),
        (phrase("Line"), Narrow),
        (phrase("As written"), Wide),
        (phrase("Finding"), Middle),
    ];
    let rows = report.waived.iter().flat_map(move |waived| {
        waived.finding.places.iter().map(move |place| decided(report, waived, place))
    });
    Sheet { name: say!("Set aside"), columns: COLUMNS, rows: Box::new(rows) }
}

fn decided(report: &Report, waived: &Waived, place: &Place) -> Vec<Cell> {
    let Waived { finding, waiver } = waived;
    let known = report.waivers.iter().map(|known| &known.waiver).find(|known| known.id == *waiver);
    let of = |field: fn(&crate::engine::waivers::Waiver) -> &str| {
        Cell::from(printable(known.map_or("", field)))
    };
    vec![
        printable(&place.host).into(),
        outcome(finding.gravest()).into(),
        printable(&finding.product.name).into(),
        name(finding).into(),
        printable(&finding.version).into(),
        printable(waiver).into(),
        of(|waiver| waiver.kind.title()),
        of(|waiver| &waiver.reason),
        of(|waiver| &waiver.decided_by),
        of(|waiver| &waiver.decided_on),
        of(|waiver| &waiver.until),
        of(|waiver| &waiver.reference),
        printable(&place.source).into(),
        place.line.into(),
        printable(&place.text).into(),
        finding.id.as_str().into(),
    ]
}

/// No heading of it names a program, so that Clearlist, given the workbook as a list, does not take for
/// installed what is gone.
fn compared(comparison: &Comparison) -> Sheet<'_> {
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("What became of it"), Middle),
        (phrase("Computer"), Middle),
        (phrase("Product compared"), Middle),
        (phrase("Outcome"), Narrow),
        (phrase("Before"), Wide),
        (phrase("Now"), Wide),
        (phrase("Product id"), Middle),
    ];
    let changes = comparison.changes.iter().flat_map(|change| {
        change.hosts.iter().map(move |host| {
            vec![
                became(change).into(),
                printable(host).into(),
                printable(&change.product_name).into(),
                outcome(change.outcome).into(),
                printable(&change.earlier).into(),
                printable(&change.now).into(),
                change.product.as_str().into(),
            ]
        })
    });
    let computers = hosts_compared(comparison).flat_map(|(what, hosts)| {
        hosts.iter().map(move |host| {
            let mut row = vec![Cell::from(""); COLUMNS.len()];
            row.splice(..2, [Cell::from(what), Cell::from(printable(host))]);
            row
        })
    });
    Sheet { name: say!("Compared"), columns: COLUMNS, rows: Box::new(changes.chain(computers)) }
}

fn near_misses(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("Program"), Middle),
        (phrase("Version"), Narrow),
        (phrase("Publisher"), Middle),
        (phrase("Close to"), Middle),
        (phrase("Why"), Wide),
        (phrase("Number of computers"), Narrow),
        (phrase("Computer"), Middle),
        (phrase("List"), Middle),
        (phrase("Line"), Narrow),
    ];
    let rows = report.near_misses.iter().flat_map(|miss| {
        miss.places.iter().map(move |place| {
            vec![
                printable(&miss.name).into(),
                printable(&miss.version).into(),
                printable(&miss.publisher).into(),
                printable(&miss.vendor).into(),
                printable(&miss.told()).into(),
                miss.host_count.into(),
                printable(&place.host).into(),
                printable(&place.source).into(),
                place.line.into(),
            ]
        })
    });
    let rest = more_near_misses(report).map(|more| {
        let mut row = vec![Cell::from(""); COLUMNS.len()];
        row.splice(4..5, [Cell::from(more)]);
        row
    });
    let rows = Box::new(rows.chain(rest));
    Sheet { name: say!("Near misses, no findings"), columns: COLUMNS, rows }
}

fn accounting(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("List"), Middle),
        (phrase("Read as"), Middle),
        (phrase("Encoding"), Narrow),
        (phrase("Lines"), Narrow),
        (phrase("Lines with records"), Narrow),
        (phrase("Lines of structure"), Narrow),
        (phrase("Lines with problems"), Narrow),
        (phrase("Entries"), Narrow),
        (phrase("Not installed, as the list says"), Narrow),
        (phrase("Computers"), Narrow),
        (phrase("Problems"), Narrow),
        (phrase("Bytes"), Narrow),
        (phrase("SHA-256"), Wide),
        (phrase("Why read so"), Wide),
        (phrase("Cannot show"), Wide),
    ];
    let rows = report.sources.iter().map(|source| {
        vec![
            printable(&source.name).into(),
            told(&source.format_title).into(),
            source.encoding.as_str().into(),
            source.lines.total.into(),
            source.lines.records.into(),
            source.lines.structure.into(),
            source.lines.problems.into(),
            source.records.into(),
            source.not_installed().into(),
            source.hosts.into(),
            source.problems.into(),
            source.bytes.into(),
            source.sha256.as_str().into(),
            printable(&source.format_reason_told()).into(),
            told(&source.cannot_show).into(),
        ]
    });
    Sheet { name: say!("Accounting"), columns: COLUMNS, rows: Box::new(rows) }
}

fn problems(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(Phrase, Width)] = &[
        (phrase("List"), Middle),
        (phrase("Line"), Narrow),
        (phrase("Kind"), Middle),
        (phrase("Problem"), Wide),
        (phrase("As written"), Wide),
        (phrase("May hide a program"), Narrow),
        (phrase("Nothing of the list was read"), Narrow),
    ];
    let is = |it: bool| if it { say!("yes") } else { say!("no") };
    let rows = report.problems.iter().map(move |problem| {
        vec![
            printable(&problem.source).into(),
            // 0 is the list as a whole.
            if problem.line == 0 { "".into() } else { problem.line.into() },
            problem.kind.as_str().into(),
            message(problem).into(),
            printable(&problem.text).into(),
            is(problem.may_hide_a_program).into(),
            is(problem.stops_the_source).into(),
        ]
    });
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    let rest = (more > 0).then(|| {
        let text = say!("and {more} more, which are only counted", more);
        let mut row = vec![Cell::from(""); COLUMNS.len()];
        row.splice(3..4, [Cell::from(text)]);
        row
    });
    Sheet { name: say!("Problems"), columns: COLUMNS, rows: Box::new(rows.chain(rest)) }
}

fn about(report: &Report) -> Sheet<'_> {
    let tool = &report.tool;
    let totals = report.totals;
    let of = |what: &str, value: Cell| vec![Cell::from(what), value];
    let mut rows = vec![
        of(say!("Answer"), answer(report).to_string().into()),
        of(say!("Marking"), marking(report).into()),
        of(say!("Made by"), format!("{} {}", tool.name, tool.version).into()),
        of(say!("Rules checked on"), rules_checked_on(report).into()),
        of(say!("Day"), say!("report of {day}", day = report.generated_on).into()),
        of(say!("Findings"), totals.findings.into()),
        of(say!("Findings set aside"), totals.waived.into()),
        of(say!("Distinct programs"), totals.titles.into()),
        of(say!("Entries"), totals.records.into()),
        of(say!("Computers"), totals.hosts.into()),
        of(say!("Problems"), totals.problems.into()),
    ];
    if let Some(comparison) = &report.comparison {
        let earlier = say!("Compared with {day}", day = comparison.earlier_on);
        rows.push(of(&earlier, printable(&comparison.to_string()).into()));
        let open = comparison.open_told().into_iter();
        rows.extend(open.map(|why| of(say!("Why it is open"), printable(&why).into())));
    }
    rows.extend(report.directives.iter().map(|directive| {
        let text = say!(
            "{directive} ({id}), {issuer}, {issued_on}; checked on {checked_on}. {status}",
            directive = directive.title,
            id = directive.id,
            issuer = told(&directive.issuer),
            issued_on = directive.issued_on,
            checked_on = directive.checked_on,
            status = told(&directive.status_note)
        );
        of(say!("Directive applied"), printable(&text).into())
    }));
    rows.extend(report.packs.iter().map(|pack| {
        let text = format!("{} ({}), SHA-256 {}", pack_title(pack), pack.file, pack.sha256);
        let what = if pack.update.is_some() { say!("Data update") } else { say!("Own rules") };
        of(what, printable(&text).into())
    }));
    rows.push(of(
        say!("Long texts"),
        say!("A text of more than 32,767 characters, the most that a cell holds, ends in an ellipsis.")
            .into(),
    ));
    const COLUMNS: &[(Phrase, Width)] = &[(phrase("What"), Middle), (phrase("Value"), Wide)];
    Sheet { name: say!("About"), columns: COLUMNS, rows: Box::new(rows.into_iter()) }
}
