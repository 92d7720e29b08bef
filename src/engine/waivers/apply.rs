//! Waivers applied to a report.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use jiff::civil::Date;

use super::{Waiver, WaiverEffect};
use crate::engine::report::{Finding, OutcomeCounts, Place, Report, Waived, WaiverReport};

/// Moves what the waivers are for out of the findings that stand, and counts anew what depends on them.
/// The report must have none applied yet.
///
/// Where several are for the same finding on the same computer, the first that holds on the report's day
/// sets it aside. One that is over sets nothing aside, and says so.
pub fn apply(report: &mut Report, waivers: &[Waiver]) {
    let days: Vec<i32> = waivers.iter().map(|w| days_left(w, &report.generated_on)).collect();
    let known: Vec<(usize, &Waiver, bool)> =
        waivers.iter().zip(&days).enumerate().map(|(at, (w, &days))| (at, w, days < 0)).collect();
    let mut findings = vec![0; waivers.len()];
    let mut hosts: Vec<BTreeSet<String>> = vec![BTreeSet::new(); waivers.len()];
    for finding in mem::take(&mut report.findings) {
        let fitting: Vec<_> = known.iter().filter(|(_, waiver, _)| waiver.fits(&finding)).collect();
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut stays = Vec::new();
        for (at, host) in finding.hosts.iter().enumerate() {
            let mut fit = fitting.iter().filter(|(_, waiver, _)| waiver.fits_host(host));
            let holds = fit.clone().find(|(_, _, is_over)| !is_over);
            if holds.is_none() {
                stays.push(at);
            }
            // Of one that is over it is told what it would set aside.
            if let Some((waiver, ..)) = holds.or_else(|| fit.next()) {
                parts.entry(*waiver).or_default().push(at);
            }
        }
        for (at, waiver, is_over) in fitting {
            let Some(part) = parts.get(at) else { continue };
            if let (Some(findings), Some(hosts)) = (findings.get_mut(*at), hosts.get_mut(*at)) {
                *findings += 1;
                hosts.extend(part.iter().filter_map(|&at| finding.hosts.get(at).cloned()));
            }
            if !is_over {
                // What to do about it is told when it is no longer set aside.
                let finding = Finding { remediation: Vec::new(), ..on_hosts(&finding, part) };
                report.waived.push(Waived { finding, waiver: waiver.id.clone() });
            }
        }
        if stays.len() == finding.hosts.len() {
            report.findings.push(finding);
        } else if !stays.is_empty() {
            report.findings.push(on_hosts(&finding, &stays));
        }
    }
    let told = waivers.iter().zip(days).zip(findings.into_iter().zip(hosts));
    report.waivers = told
        .map(|((waiver, days), (findings, hosts))| WaiverReport {
            waiver: waiver.clone(),
            effect: match (days < 0, findings) {
                (true, _) => WaiverEffect::Expired,
                (false, 0) => WaiverEffect::Unused,
                (false, _) => WaiverEffect::Applied,
            },
            ends_in_days: days,
            findings,
            hosts: hosts.len() as u64,
        })
        .collect();
    count(report);
}

/// How many days the waiver still holds; negative if it is over.
fn days_left(waiver: &Waiver, today: &str) -> i32 {
    match (waiver.until.parse::<Date>(), today.parse::<Date>()) {
        (Ok(until), Ok(today)) => (until - today).get_days(),
        // Whoever gives no day is not let off by a decision that has one.
        _ => -1,
    }
}

/// The finding as it is on some of its computers.
fn on_hosts(finding: &Finding, hosts: &[usize]) -> Finding {
    let host = |&at: &usize| finding.hosts.get(at).cloned();
    let place = |&at: &usize| finding.places.get(at).cloned();
    let host_count = hosts.len() as u64;
    // How many records each computer has is known only where each has one.
    let has_one_each = finding.record_count == finding.host_count;
    Finding {
        hosts: hosts.iter().filter_map(host).collect(),
        places: hosts.iter().filter_map(place).collect::<Vec<Place>>(),
        host_count,
        record_count: if has_one_each { host_count } else { finding.record_count },
        ..finding.clone()
    }
}

/// What depends on the findings that stand.
fn count(report: &mut Report) {
    report.totals.findings = report.findings.len() as u64;
    report.totals.waived = report.waived.len() as u64;
    let findings = &report.findings;
    report
        .remediation_steps
        .retain(|step| findings.iter().any(|f| f.remediation.contains(&step.id)));
    let counts = OutcomeCounts::of(findings);
    for directive in &mut report.directives {
        let of_it = counts.get(directive.id.as_str());
        directive.outcomes = of_it.cloned().unwrap_or_else(OutcomeCounts::none);
    }
    let has_to_act = |id: &str| counts.get(id).is_some_and(OutcomeCounts::has_to_act);
    report.deadlines.retain(|deadline| has_to_act(&deadline.directive));
}
