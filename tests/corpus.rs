//! Whole files through the whole engine: `tests/corpus/<format>/<case>/input.*` must give
//! `expected.txt`. `UPDATE_EXPECT=1 cargo test --test corpus` writes the expectations anew; read
//! them before committing them.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use clearlist::bundled;
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::report::{Report, answer};
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings};

/// Cases by their path under `tests/corpus`.
fn cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases = Vec::new();
    for format in sorted(&root) {
        for case in sorted(&format) {
            let input = sorted(&case)
                .into_iter()
                .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
                .unwrap_or_else(|| panic!("{} has no input file", case.display()));
            let name = case.strip_prefix(&root).unwrap().display().to_string();
            cases.push((name, input));
        }
    }
    cases
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn scan(rules: &Rules, bytes: &[u8], chunk: usize) -> Report {
    let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source("input");
    bytes.chunks(chunk).for_each(|piece| scan.push(piece));
    scan.end_source();
    scan.finish()
}

/// What a reviewer wants to see of a report.
fn rendered(report: &Report) -> String {
    let is_one = report.sources.len() == 1;
    let mut text = format!("{}\n", answer(report));
    for source in &report.sources {
        if !is_one {
            text.push_str(&format!("\nsource: {}\n", source.name));
        }
        text.push_str(&format!(
            "format: {} ({})\nbecause: {} ({})\nlines: {} = {} records + {} structure + {} problems\n\
             records: {}, removed: {}, available: {}, ",
            source.format,
            match source.container.as_str() {
                "" => source.encoding.clone(),
                container => format!("{}, in {container}", source.encoding),
            },
            source.format_reason,
            source.confidence,
            source.lines.total,
            source.lines.records,
            source.lines.structure,
            source.lines.problems,
            source.records,
            source.removed,
            source.available,
        ));
        if !is_one {
            text.push_str(&format!("hosts: {}\n", source.hosts));
        }
    }
    if !is_one {
        text.push('\n');
    }
    text.push_str(&format!("titles: {}, hosts: {}\n", report.totals.titles, report.totals.hosts));
    for finding in &report.findings {
        let outcomes: Vec<String> = finding
            .outcomes
            .iter()
            .filter(|o| o.outcome != OutcomeKind::NotCovered)
            .map(|o| format!("{}={}", o.directive, o.outcome.id()))
            .collect();
        text.push_str(&format!(
            "\n{} | {} | {} | {}\n  {} ({:?}): {}\n",
            finding.name,
            finding.version,
            finding.publisher,
            finding.identifiers.iter().map(|i| i.value.as_str()).collect::<Vec<_>>().join(", "),
            finding.product.id,
            finding.strength,
            outcomes.join(" "),
        ));
        for put_right in [&finding.repaired_name, &finding.repaired_publisher] {
            if !put_right.is_empty() {
                text.push_str(&format!("  put right: {put_right}\n"));
            }
        }
        for evidence in &finding.evidence {
            text.push_str(&format!("  {} = {:?}", evidence.rule, evidence.text));
            if evidence.is_beginning {
                text.push_str(&format!(", cut, the beginning of {:?}", evidence.pattern));
            }
            if !evidence.repaired_from.is_empty() {
                text.push_str(&format!(", put right from {:?}", evidence.repaired_from));
            }
            text.push('\n');
        }
        for place in &finding.places {
            let source = if is_one { String::new() } else { format!("{}: ", place.source) };
            text.push_str(&format!("  {source}line {} on {}\n", place.line, place.host));
        }
    }
    for problem in &report.problems {
        let source = if is_one { String::new() } else { format!("{}: ", problem.source) };
        text.push_str(&format!("\n{source}line {}: {}\n", problem.line, problem.message));
    }
    text
}

/// Fails unless every line of every source is told.
#[track_caller]
fn accounts_for_every_line(report: &Report, case: &str) {
    for source in &report.sources {
        let lines = source.lines;
        assert_eq!(
            lines.total,
            lines.records + lines.structure + lines.problems,
            "{} of {case}",
            source.name
        );
    }
}

#[test]
fn every_case_gives_the_report_that_was_reviewed_and_accounts_for_every_line() {
    let rules = bundled::rules();
    let is_updating = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for (name, input) in cases() {
        let report = scan(&rules, &fs::read(&input).unwrap(), usize::MAX);
        accounts_for_every_line(&report, &name);
        let found = rendered(&report);
        let path = input.with_file_name("expected.txt");
        if is_updating {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("--- {name}: expected\n{expected}\n--- {name}: found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_case_depends_on_how_its_bytes_are_cut() {
    let rules = bundled::rules();
    for (name, input) in cases() {
        let bytes = fs::read(&input).unwrap();
        let whole = scan(&rules, &bytes, usize::MAX);
        for chunk in [1, 7, 4096] {
            assert_eq!(whole, scan(&rules, &bytes, chunk), "{name} in pieces of {chunk} bytes");
        }
    }
}

#[test]
fn no_case_panics_or_loses_a_line_when_cut_short_anywhere() {
    let rules = bundled::rules();
    for (name, input) in cases() {
        let bytes = fs::read(&input).unwrap();
        // A prime step meets every kind of place without taking minutes.
        for end in (0..bytes.len()).step_by(97) {
            let report = scan(&rules, &bytes[..end], usize::MAX);
            accounts_for_every_line(&report, &format!("{name} cut at {end}"));
        }
    }
}

#[test]
fn every_format_has_three_cases_and_each_is_read_as_its_format() {
    let rules = bundled::rules();
    let cases = cases();
    for format in clearlist::engine::formats::FORMATS {
        let prefix = format!("{}/", format.id);
        let own: Vec<_> = cases.iter().filter(|(name, _)| name.starts_with(&prefix)).collect();
        assert!(own.len() >= 3, "{} has {} cases", format.id, own.len());
        for (name, input) in own {
            let report = scan(&rules, &fs::read(input).unwrap(), usize::MAX);
            assert_eq!(report.sources[0].format, format.id, "{name}");
        }
    }
}

#[test]
fn every_container_has_three_cases_and_each_is_opened() {
    let rules = bundled::rules();
    let cases = cases();
    for container in clearlist::engine::container::CONTAINERS {
        let prefix = format!("{}/", container.id);
        let own: Vec<_> = cases.iter().filter(|(name, _)| name.starts_with(&prefix)).collect();
        assert!(own.len() >= 3, "{} has {} cases", container.id, own.len());
        for (name, input) in own {
            let report = scan(&rules, &fs::read(input).unwrap(), usize::MAX);
            let is_opened = report
                .sources
                .iter()
                .any(|source| source.format == container.id || source.container == container.id);
            let is_told = report.problems.iter().any(|problem| problem.kind == "not-opened");
            assert!(is_opened || is_told, "{name}");
        }
    }
}
