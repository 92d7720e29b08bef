//! Invented results for the examples of the components: hostile names, every kind of outcome.

use std::rc::Rc;

use crate::app::preview::{Choices, Preview};
use crate::app::protocol::{Results, ScanId};
use crate::app::reading::{InputKey, Reading};
use crate::app::sheets;
use crate::app::state::{Asked, FileKey, Input, Shown};
use crate::app::view;
use crate::engine::catalog::{
    Command, Field, Phase, Relation, Shell, Source, SourceKind, Step, Strength, Who,
};
use crate::engine::clause::Unwritten;
use crate::engine::directive::{Basis, Duty, Kind, OutcomeKind, Statement, Status};
use crate::engine::record::{ColumnField, ColumnReading, IdentifierKind, Platform};
use crate::engine::report::{
    DirectiveReport, Evidence, Finding, FirstRecord, LineCounts, Outcome, Place, Problem,
    ProductReport, Report, SCHEMA, SourceReport, TitleIdentifier, Tool, Totals,
};
use crate::engine::scan::SourceOptions;

/// What a hostile inventory would call a program.
pub const HOSTILE: &str = "<script>alert(1)</script>";

/// Results with one finding on three computers, of which the page knows two.
pub fn results() -> Rc<Results> {
    let mut results = view::results(&report());
    if let Some(finding) = results.findings.first_mut() {
        finding.places.truncate(2);
    }
    Rc::new(results)
}

/// Results of a list that is clear.
pub fn clear() -> Rc<Results> {
    let mut report = report();
    report.findings.clear();
    report.problems.clear();
    report.totals = Totals { findings: 0, problems: 0, ..report.totals };
    Rc::new(view::results(&report))
}

/// Results of something that is no list.
pub fn nothing_read() -> Rc<Results> {
    let mut report = report();
    report.findings.clear();
    report.totals = Totals::default();
    report.problems = vec![no_list()];
    Rc::new(view::results(&report))
}

/// What is wrong with something that is no list.
pub fn no_list() -> Problem {
    Problem {
        source: "holiday.png".into(),
        line: 0,
        kind: "not-text".into(),
        text: String::new(),
        message: "this is a PNG picture, not a list of programs as text; export the list as text"
            .into(),
        stops_the_source: true,
        may_hide_a_program: true,
        wording: Unwritten::default(),
    }
}

/// The results, on show.
pub fn shown() -> Shown {
    let asked = Rc::new(Asked {
        input: Input::default(),
        tables: Vec::new(),
        directives: vec!["us-dhs-bod-17-01".into()],
        packs: Vec::new(),
        profile: String::new(),
    });
    Shown { scan: ScanId(1), asked, results: results(), more: Rc::default() }
}

/// How an input is read.
pub fn reading() -> Reading {
    let source = source_read();
    Reading {
        key: InputKey::File(FileKey(0)),
        name: "office.csv".into(),
        options: SourceOptions::default(),
        columns: source.columns.clone(),
        preview: Some(Rc::new(Preview {
            first_rows: sheets::source::first_rows(&source.name, &source.first_records),
            source,
            problems: Vec::new(),
            is_whole: true,
        })),
        is_current: true,
        is_mapped: false,
        host: Some("pc-0815".into()),
        choices: Rc::new(Choices {
            directives: Vec::new(),
            formats: vec![("delimited".into(), "Table with columns".into())],
            encodings: vec![("UTF-8".into(), "UTF-8".into())],
            samples: Vec::new(),
            writers: Vec::new(),
            packs: Vec::new(),
            engines: Vec::new(),
        }),
    }
}

/// A list as it was read.
pub fn source_read() -> SourceReport {
    let column = |header: &str, means, value: &str| ColumnReading {
        header: header.into(),
        means,
        values: vec![value.into(), String::new()],
    };
    SourceReport {
        name: "office.csv".into(),
        container: String::new(),
        bytes: 1234,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        encoding: "UTF-8".into(),
        encoding_reason: "every byte of it is valid UTF-8".into(),
        format: "delimited".into(),
        format_title: "Table with columns".into(),
        format_reason: "the first line names columns".into(),
        format_wording: Unwritten::default(),
        confidence: "likely".into(),
        columns: vec![
            column("Computer", Some(ColumnField::Host), "PC-01"),
            column(HOSTILE, None, "<b>1</b>"),
        ],
        first_records: vec![FirstRecord {
            line: 2,
            name: format!("{HOSTILE} Kaspersky"),
            version: "12.6".into(),
            publisher: String::new(),
            host: "PC-01".into(),
            identifiers: Vec::new(),
        }],
        cannot_show: "programs of single users are missing".into(),
        lines: LineCounts { total: 7, records: 5, structure: 1, problems: 1 },
        records: 5,
        removed: 1,
        available: 0,
        hosts: 3,
        problems: 1,
    }
}

/// The report behind them.
pub fn report() -> Report {
    let hosts: Vec<String> = ["PC-01", "PC-02", "<b>PC-03</b>"].map(str::to_owned).into();
    let places = hosts.iter().zip(2..).map(|(host, line)| Place {
        source: "office.csv".into(),
        line,
        host: host.clone(),
        text: format!("{host},{HOSTILE} Kaspersky,12.6,AO Kaspersky Lab"),
    });
    let finding = Finding {
        id: "example".into(),
        product: ProductReport {
            id: "kaspersky.endpoint-security".into(),
            name: "Kaspersky Endpoint Security".into(),
            vendor: "Kaspersky".into(),
            checked_on: "2026-11-23".into(),
            relation: Relation::Branded,
            platforms: vec![Platform::Windows],
            note: String::new(),
        },
        name: format!("{HOSTILE} Kaspersky"),
        publisher: "AO Kaspersky Lab".into(),
        repaired_name: String::new(),
        repaired_publisher: String::new(),
        is_name_cut: false,
        version: "12.6".into(),
        identifiers: vec![TitleIdentifier {
            kind: IdentifierKind::ProductCode,
            value: "{7EC66A95-AC2D-4127-940B-0445A526AB2F}".into(),
        }],
        places: places.collect(),
        host_count: 3,
        record_count: 4,
        hosts,
        strength: Strength::Strong,
        evidence: vec![Evidence::new(
            Field::Name,
            format!("{HOSTILE} Kaspersky"),
            "kaspersky".into(),
            "kaspersky.endpoint-security/name".into(),
            Strength::Strong,
        )],
        outcomes: vec![
            Outcome {
                directive: "us-dhs-bod-17-01".into(),
                outcome: OutcomeKind::Prohibited,
                basis: Some(Basis::Named),
                why: "The directive lists Kaspersky Endpoint Security.".into(),
                sources: vec!["fr".into()],
            },
            Outcome {
                directive: "example-advice".into(),
                outcome: OutcomeKind::NotCovered,
                basis: None,
                why: "The advice says nothing about it.".into(),
                sources: Vec::new(),
            },
        ],
        remediation: vec!["kaspersky.step.remove".into(), "kaspersky.step.verify".into()],
    };
    Report {
        schema: SCHEMA.into(),
        tool: Tool {
            name: "clearlist".into(),
            version: "0.1.0".into(),
            data_checked_on: "2026-11-01".into(),
        },
        generated_on: "2026-11-24".into(),
        marking: String::new(),
        hosts: Vec::new(),
        sources: vec![source_read()],
        totals: Totals {
            records: 5,
            titles: 2,
            hosts: 3,
            findings: 1,
            waived: 0,
            problems: 1,
            near_misses: 0,
        },
        directives: vec![bod(), advice()],
        findings: vec![finding],
        waived: Vec::new(),
        waivers: Vec::new(),
        comparison: None,
        packs: Vec::new(),
        deadlines: Vec::new(),
        near_misses: Vec::new(),
        remediation_steps: steps(),
        remediation_sources: vec![source("vendor", SourceKind::Vendor)],
        problems: vec![Problem {
            source: "office.csv".into(),
            line: 7,
            kind: "field-count".into(),
            text: HOSTILE.into(),
            message: "expected 4 fields, found 1; read as far as it goes".into(),
            stops_the_source: false,
            may_hide_a_program: false,
            wording: Unwritten::default(),
        }],
    }
}

fn source(id: &str, read: SourceKind) -> Source {
    Source {
        id: id.into(),
        title: "82 FR 43782".into(),
        url: Some("https://www.govinfo.gov/content/pkg/FR-2017-09-19/html/2017-19838.htm".into()),
        read,
    }
}

fn bod() -> DirectiveReport {
    let statement = |text: &str, unconfirmed| Statement {
        text: text.into(),
        unconfirmed,
        sources: vec!["fr".into()],
    };
    DirectiveReport {
        id: "us-dhs-bod-17-01".into(),
        title: "Binding Operational Directive 17-01: Removal of Kaspersky-branded Products".into(),
        short_title: "BOD 17-01".into(),
        issuer: "U.S. Department of Homeland Security".into(),
        issued_on: "2017-09-13".into(),
        checked_on: "2026-11-23".into(),
        kind: Kind::RemovalOrder,
        status: Status::InForce,
        status_note: "No revocation was found.".into(),
        summary: "Agencies have to find and remove Kaspersky-branded products.".into(),
        outcomes: [(OutcomeKind::Prohibited, 1)].into_iter().collect(),
        bound: vec![statement("Federal executive-branch agencies.", false)],
        not_bound: vec![statement("National security systems.", false)],
        duties: vec![Duty {
            text: "Find the products and report them.".into(),
            due_on: Some("2017-10-13".into()),
            runs: None,
            clock: Some("within 30 calendar days".into()),
            unconfirmed: false,
            sources: vec!["fr".into()],
        }],
        facts: vec![statement("A court challenge was dismissed.", true)],
        sources: vec![source("fr", SourceKind::Issuer)],
    }
}

fn advice() -> DirectiveReport {
    DirectiveReport {
        id: "example-advice".into(),
        title: "An example of advice".into(),
        short_title: "Example advice".into(),
        kind: Kind::Advice,
        status: Status::Superseded,
        outcomes: [(OutcomeKind::NotCovered, 1)].into_iter().collect(),
        bound: Vec::new(),
        not_bound: Vec::new(),
        duties: Vec::new(),
        facts: Vec::new(),
        ..bod()
    }
}

fn steps() -> Vec<Step> {
    let step = |id: &str, phase, title: &str, commands| Step {
        instead_of: None,
        id: id.into(),
        phase,
        platforms: vec![Platform::Windows],
        products: Vec::new(),
        title: title.into(),
        text: "Wait until it is done.".into(),
        who: Who::Administrator,
        commands,
        sources: vec!["vendor".into()],
    };
    let command = |text: &str| Command { shell: Shell::Cmd, text: text.into(), password: None };
    vec![
        step(
            "kaspersky.step.remove",
            Phase::Remove,
            "Uninstall the program.",
            vec![command("msiexec /x {ProductCode} /qn")],
        ),
        step(
            "kaspersky.step.verify",
            Phase::Verify,
            "Make the list again and check it.",
            vec![command("sc query AVP")],
        ),
    ]
}
