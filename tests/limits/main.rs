//! Every limit of `engine::limits`: what is exactly as large is read, and what is larger is told, with all
//! that can be kept kept. And what has no limit: many titles, computers, columns and findings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

mod archives;
mod making;
mod nested;
mod numbers;
mod own_files;
mod text;
mod told;
mod workbooks;

use clearlist::bundled;
use clearlist::engine::compare::{read_report, too_large};
use clearlist::engine::limits::*;
use clearlist::engine::record::{ColumnField, TableChoice};
use clearlist::engine::report::{Problem, Report, SourceReport, answer};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::waivers;

use making::*;

thread_local! {
    static RULES: Rules = bundled::rules();
}

const ROW: &str = "Kaspersky Free,21.3\n";
const LIST: &str = "Name,Version\nKaspersky Free,21.3\n";
const SECOND: &str = "Kaspersky Password Manager";
const SECOND_LIST: &str = "Name,Version\nKaspersky Password Manager,9.2\n";

fn settings() -> Settings {
    Settings { today: "2026-01-31".to_owned(), ..Settings::default() }
}

fn scan(bytes: impl AsRef<[u8]>) -> Report {
    scan_all([("input", bytes.as_ref())])
}

/// The sources read, in pieces as the page has them. What holds of every report is checked of it.
fn scan_all<'b>(sources: impl IntoIterator<Item = (&'b str, &'b [u8])>) -> Report {
    let report = RULES.with(|rules| {
        let mut scan = Scan::new(rules, settings()).unwrap();
        for (name, bytes) in sources {
            scan.begin_source(name);
            bytes.chunks(256 * 1024).for_each(|piece| scan.push(piece));
            scan.end_source();
        }
        scan.finish()
    });
    for source in &report.sources {
        let lines = &source.lines;
        assert_eq!(
            lines.total,
            lines.records + lines.structure + lines.problems,
            "the lines of {} add up",
            source.name
        );
    }
    report
}

/// The only source.
#[track_caller]
fn source(report: &Report) -> &SourceReport {
    assert_eq!(report.sources.len(), 1);
    &report.sources[0]
}

#[track_caller]
fn no_problem(report: &Report) {
    assert!(report.problems.is_empty(), "{:#?}", report.problems.first());
    assert_eq!(report.totals.problems, 0);
}

/// The only problem, of that kind, whose message says all of that. It is told on that line.
#[track_caller]
fn problem<'r>(report: &'r Report, line: u64, kind: &str, says: &[&str]) -> &'r Problem {
    let [problem] = &report.problems[..] else {
        panic!(
            "expected one problem, found {}: {:#?}",
            report.problems.len(),
            report.problems.get(..3)
        );
    };
    assert_eq!((problem.line, problem.kind.as_str()), (line, kind), "{}", problem.message);
    for part in says {
        assert!(problem.message.contains(part), "{part:?} in: {}", problem.message);
    }
    problem
}

/// The names of what was found.
fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.name.as_str()).collect()
}

/// The lines with records, with structure and with problems.
fn lines(source: &SourceReport) -> (u64, u64, u64) {
    (source.lines.records, source.lines.structure, source.lines.problems)
}

/// The number that a constant is set to: a product of whole numbers.
fn value(product: &str) -> u64 {
    product
        .split('*')
        .map(|factor| factor.trim().replace('_', "").parse::<u64>().unwrap())
        .product()
}

/// The number with a comma behind each thousand.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let group = |(at, digit): (usize, char)| {
        let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
        [comma.then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.char_indices().flat_map(group).collect()
}

/// A document that states a limit which is another one misleads whoever relies on it.
#[test]
fn the_document_states_every_limit_with_its_value() {
    let root = env!("CARGO_MANIFEST_DIR");
    let code = std::fs::read_to_string(format!("{root}/src/engine/limits.rs")).unwrap();
    let document = std::fs::read_to_string(format!("{root}/docs/limits.md")).unwrap();
    let constants = code.lines().filter_map(|line| line.strip_prefix("pub const "));
    let constants: Vec<(&str, u64)> = constants
        .map(|constant| {
            let (name, rest) = constant.split_once(':').unwrap();
            (name, value(rest.split_once('=').unwrap().1.trim_end_matches(';')))
        })
        .collect();
    assert!(constants.len() > 30, "{constants:?}");
    for (name, value) in &constants {
        let stated = format!("| `{name}` | {} |", grouped(*value));
        assert!(document.contains(&stated), "docs/limits.md does not state {stated:?}");
    }
    // And none that there is not.
    let named = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    for (name, _) in
        named.filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    {
        assert!(constants.iter().any(|(known, _)| *known == name), "there is no limit {name}");
    }
}
