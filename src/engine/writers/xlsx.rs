//! The report as an Excel workbook: what was found, on which computers, what was set aside, what became of
//! it since an earlier report, and what was read, each on a sheet of its own.

use std::collections::HashMap;

use super::Writer;
use super::sheets::{About, Cell, SHEET_ROWS, Sheet, Width, workbook};
use super::words::{became, certainty, directives, hosts_compared, marking, name, printable, why};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Comparison, Finding, Place, Report, Waived, answer};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "xlsx",
    title: "an Excel workbook",
    file_name: "clearlist-report.xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write,
};

fn write(report: &Report) -> Vec<u8> {
    let about = About {
        title: format!("Clearlist report of {}", report.generated_on),
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

const FINDINGS: [(&str, Width); 16] = [
    ("Computer", Middle),
    ("Outcome", Narrow),
    ("Product", Middle),
    ("Maker", Middle),
    ("Program", Middle),
    ("Version", Narrow),
    ("Publisher", Middle),
    ("Certainty", Narrow),
    ("Directives", Wide),
    ("Why", Wide),
    ("List", Middle),
    ("Line", Narrow),
    ("As written", Wide),
    ("Product id", Middle),
    ("Rules of product checked on", Narrow),
    ("Finding", Middle),
];

fn findings(report: &Report) -> Sheet<'_> {
    let rows = report.findings.iter().flat_map(move |finding| {
        finding.places.iter().map(move |place| found(report, finding, place).into())
    });
    Sheet { name: "Findings", columns: &FINDINGS, rows: Box::new(rows) }
}

fn found(report: &Report, finding: &Finding, place: &Place) -> [Cell; 16] {
    [
        printable(&place.host).into(),
        finding.gravest().id().into(),
        printable(&finding.product.name).into(),
        printable(&finding.product.vendor).into(),
        name(finding).into(),
        printable(&finding.version).into(),
        printable(&finding.publisher).into(),
        certainty(finding.strength).into(),
        directives(report, finding).into(),
        why(finding).into(),
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
            tally.gravest.map_or("nothing found", OutcomeKind::id).into(),
            printable(&tally.products.join("; ")).into(),
            tally.set_aside.into(),
        ]
    });
    const COLUMNS: &[(&str, Width)] = &[
        ("Computer", Middle),
        ("Findings", Narrow),
        ("Gravest outcome", Narrow),
        ("Products", Wide),
        ("Set aside", Narrow),
    ];
    Sheet { name: "Computers", columns: COLUMNS, rows: Box::new(rows) }
}

fn set_aside(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(&str, Width)] = &[
        ("Computer", Middle),
        ("Outcome", Narrow),
        ("Product", Middle),
        ("Program", Middle),
        ("Version", Narrow),
        ("Decision", Middle),
        ("Kind", Middle),
        ("Reason", Wide),
        ("Decided by", Middle),
        ("Decided on", Narrow),
        ("Holds until", Narrow),
        ("Filed as", Middle),
        ("List", Middle),
        ("Line", Narrow),
        ("As written", Wide),
        ("Finding", Middle),
    ];
    let rows = report.waived.iter().flat_map(move |waived| {
        waived.finding.places.iter().map(move |place| decided(report, waived, place))
    });
    Sheet { name: "Set aside", columns: COLUMNS, rows: Box::new(rows) }
}

fn decided(report: &Report, waived: &Waived, place: &Place) -> Vec<Cell> {
    let Waived { finding, waiver } = waived;
    let known = report.waivers.iter().map(|known| &known.waiver).find(|known| known.id == *waiver);
    let of = |field: fn(&crate::engine::waivers::Waiver) -> &str| {
        Cell::from(printable(known.map_or("", field)))
    };
    vec![
        printable(&place.host).into(),
        finding.gravest().id().into(),
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
    const COLUMNS: &[(&str, Width)] = &[
        ("What became of it", Middle),
        ("Computer", Middle),
        ("Product compared", Middle),
        ("Outcome", Narrow),
        ("Before", Wide),
        ("Now", Wide),
        ("Product id", Middle),
    ];
    let changes = comparison.changes.iter().flat_map(|change| {
        change.hosts.iter().map(move |host| {
            vec![
                became(change).into(),
                printable(host).into(),
                printable(&change.product_name).into(),
                change.outcome.id().into(),
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
    Sheet { name: "Compared", columns: COLUMNS, rows: Box::new(changes.chain(computers)) }
}

fn near_misses(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(&str, Width)] = &[
        ("Program", Middle),
        ("Version", Narrow),
        ("Publisher", Middle),
        ("Close to", Middle),
        ("Why", Wide),
        ("Number of computers", Narrow),
        ("Computer", Middle),
        ("List", Middle),
        ("Line", Narrow),
    ];
    let rows = report.near_misses.iter().flat_map(|miss| {
        miss.places.iter().map(move |place| {
            vec![
                printable(&miss.name).into(),
                printable(&miss.version).into(),
                printable(&miss.publisher).into(),
                printable(&miss.vendor).into(),
                printable(&miss.why).into(),
                miss.host_count.into(),
                printable(&place.host).into(),
                printable(&place.source).into(),
                place.line.into(),
            ]
        })
    });
    Sheet { name: "Near misses, no findings", columns: COLUMNS, rows: Box::new(rows) }
}

fn accounting(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(&str, Width)] = &[
        ("List", Middle),
        ("Read as", Middle),
        ("Encoding", Narrow),
        ("Lines", Narrow),
        ("Lines with records", Narrow),
        ("Lines of structure", Narrow),
        ("Lines with problems", Narrow),
        ("Entries", Narrow),
        ("Not installed, as the list says", Narrow),
        ("Computers", Narrow),
        ("Problems", Narrow),
        ("Bytes", Narrow),
        ("SHA-256", Wide),
        ("Why read so", Wide),
        ("Cannot show", Wide),
    ];
    let rows = report.sources.iter().map(|source| {
        vec![
            printable(&source.name).into(),
            source.format_title.as_str().into(),
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
            printable(&source.format_reason).into(),
            source.cannot_show.as_str().into(),
        ]
    });
    Sheet { name: "Accounting", columns: COLUMNS, rows: Box::new(rows) }
}

fn problems(report: &Report) -> Sheet<'_> {
    const COLUMNS: &[(&str, Width)] = &[
        ("List", Middle),
        ("Line", Narrow),
        ("Kind", Middle),
        ("Problem", Wide),
        ("As written", Wide),
        ("May hide a program", Narrow),
        ("Nothing of the list was read", Narrow),
    ];
    let is = |it: bool| if it { "yes" } else { "no" };
    let rows = report.problems.iter().map(move |problem| {
        vec![
            printable(&problem.source).into(),
            // 0 is the list as a whole.
            if problem.line == 0 { "".into() } else { problem.line.into() },
            problem.kind.as_str().into(),
            printable(&problem.message).into(),
            printable(&problem.text).into(),
            is(problem.may_hide_a_program).into(),
            is(problem.stops_the_source).into(),
        ]
    });
    let more = report.totals.problems.saturating_sub(report.problems.len() as u64);
    let rest = (more > 0).then(|| {
        let text = format!("and {more} more, which are only counted");
        let mut row = vec![Cell::from(""); COLUMNS.len()];
        row.splice(3..4, [Cell::from(text)]);
        row
    });
    Sheet { name: "Problems", columns: COLUMNS, rows: Box::new(rows.chain(rest)) }
}

fn about(report: &Report) -> Sheet<'_> {
    let tool = &report.tool;
    let totals = report.totals;
    let of = |what: &str, value: Cell| vec![Cell::from(what), value];
    let mut rows = vec![
        of("Answer", answer(report).to_string().into()),
        of("Marking", marking(report).into()),
        of("Made by", format!("{} {}", tool.name, tool.version).into()),
        of("Rules checked on", tool.data_checked_on.as_str().into()),
        of("Day", format!("report of {}", report.generated_on).into()),
        of("Findings", totals.findings.into()),
        of("Findings set aside", totals.waived.into()),
        of("Distinct programs", totals.titles.into()),
        of("Entries", totals.records.into()),
        of("Computers", totals.hosts.into()),
        of("Problems", totals.problems.into()),
    ];
    if let Some(comparison) = &report.comparison {
        let earlier = format!("Compared with {}", comparison.earlier_on);
        rows.push(of(&earlier, printable(&comparison.to_string()).into()));
        let open = comparison.open.iter();
        rows.extend(open.map(|why| of("Why it is open", printable(why).into())));
    }
    rows.extend(report.directives.iter().map(|directive| {
        let text = format!(
            "{} ({}), {}, {}; checked on {}. {}",
            directive.title,
            directive.id,
            directive.issuer,
            directive.issued_on,
            directive.checked_on,
            directive.status_note
        );
        of("Directive applied", printable(&text).into())
    }));
    rows.extend(report.packs.iter().map(|pack| {
        let text = format!("{} ({}), SHA-256 {}", pack.title, pack.file, pack.sha256);
        of("Own rules", printable(&text).into())
    }));
    rows.push(of(
        "Long texts",
        "A text of more than 32,767 characters, the most that a cell holds, ends in an ellipsis."
            .into(),
    ));
    const COLUMNS: &[(&str, Width)] = &[("What", Middle), ("Value", Wide)];
    Sheet { name: "About", columns: COLUMNS, rows: Box::new(rows.into_iter()) }
}
