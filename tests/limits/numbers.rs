//! What there may be any number of.

use super::*;

/// A list of rows of a computer, a program and its version.
fn fleet(rows: impl Iterator<Item = String>) -> Report {
    let report = scan(format!("Computer,Name,Version\n{}", rows.collect::<String>()));
    no_problem(&report);
    report
}

#[test]
fn there_may_be_any_number_of_titles() {
    const TITLES: usize = 100_000;
    let report = fleet((0..TITLES).map(|number| format!("PC,P{number},1\n")));
    assert_eq!((report.totals.titles, report.totals.records), (TITLES as u64, TITLES as u64));
    assert_eq!((report.totals.hosts, report.totals.findings), (1, 0));
}

#[test]
fn there_may_be_any_number_of_computers() {
    const HOSTS: usize = 200_000;
    let report = fleet((0..HOSTS).map(|number| format!("PC-{number},Firefox,128\n")));
    assert_eq!((report.totals.hosts, source(&report).hosts), (HOSTS as u64, HOSTS as u64));
    assert_eq!((report.totals.titles, report.totals.records), (1, HOSTS as u64));
}

#[test]
fn a_finding_may_be_on_any_number_of_computers() {
    const HOSTS: usize = 100_000;
    let report = fleet((0..HOSTS).map(|number| format!("PC-{number},Kaspersky Free,21.3\n")));
    assert_eq!(report.totals.findings, 1);
    let finding = &report.findings[0];
    assert_eq!((finding.hosts.len(), finding.places.len()), (HOSTS, HOSTS));
    assert_eq!((finding.host_count, finding.record_count), (HOSTS as u64, HOSTS as u64));
    assert_eq!((finding.places[HOSTS - 1].line, finding.places[0].line), (HOSTS as u64 + 1, 2));
}

#[test]
fn there_may_be_any_number_of_findings() {
    const FINDINGS: usize = 5_000;
    let report = fleet((0..FINDINGS).map(|number| format!("PC,Kaspersky Free,21.{number}\n")));
    assert_eq!((report.totals.findings, report.findings.len()), (FINDINGS as u64, FINDINGS));
}
