//! The one sentence that comes first: is banned software there or not.

use std::collections::BTreeSet;
use std::fmt;

use super::{Finding, Report};
use crate::engine::directive::{Kind, OutcomeKind};
use crate::engine::language::{counted, filled, form_for, key, say, told};

/// What a scan comes to.
///
/// `Display` gives the sentence, with capital and full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Something is covered by at least one directive.
    Prohibited {
        /// Distinct products.
        products: u64,
        /// Distinct computers.
        hosts: u64,
        /// The directives, by short title, with what each does.
        directives: Vec<(String, Kind)>,
        /// Findings set aside by recorded decisions.
        set_aside: u64,
    },
    /// Nothing is covered for sure, but a person has to look at something.
    Review {
        /// Distinct titles to look at.
        titles: u64,
        /// Distinct computers.
        hosts: u64,
        /// Findings set aside by recorded decisions.
        set_aside: u64,
    },
    /// Nothing is covered; `out_of_scope` titles were recognised that the directives leave out.
    Clear {
        /// Distinct titles checked.
        titles: u64,
        /// Distinct computers.
        hosts: u64,
        /// Titles recognised that the directives applied leave out.
        out_of_scope: u64,
        /// Findings set aside by recorded decisions.
        set_aside: u64,
    },
    /// Nothing is covered among what could be read, but not everything could be read.
    ClearInPart {
        /// Distinct titles checked.
        titles: u64,
        /// Distinct computers.
        hosts: u64,
        /// Titles recognised that the directives applied leave out.
        out_of_scope: u64,
        /// Findings set aside by recorded decisions.
        set_aside: u64,
        /// Problems that may hide a program.
        problems: u64,
    },
    /// No list of programs could be read.
    NothingRead {
        /// Why, for the first source; empty if there was no source.
        why: String,
    },
}

/// The answer that a report gives.
pub fn answer(report: &Report) -> Answer {
    let set_aside = report.totals.waived;
    let with =
        |kind: OutcomeKind| report.findings.iter().filter(move |finding| finding.gravest() == kind);
    if with(OutcomeKind::Prohibited).next().is_some() {
        let found: Vec<&Finding> = with(OutcomeKind::Prohibited).collect();
        let products: BTreeSet<&str> = found.iter().map(|f| f.product.id.as_str()).collect();
        return Answer::Prohibited {
            products: products.len() as u64,
            hosts: distinct_hosts(&found),
            directives: report
                .directives
                .iter()
                .filter(|d| d.outcomes.get(OutcomeKind::Prohibited) > 0)
                .map(|d| (d.short_title.clone(), d.kind))
                .collect(),
            set_aside,
        };
    }
    let review: Vec<&Finding> =
        with(OutcomeKind::Review).chain(with(OutcomeKind::Indicator)).collect();
    if !review.is_empty() {
        let titles = review.len() as u64;
        return Answer::Review { titles, hosts: distinct_hosts(&review), set_aside };
    }
    let (titles, hosts) = (report.totals.titles, report.totals.hosts);
    let out_of_scope = report.findings.len() as u64;
    let problems = report.problems.iter().filter(|p| p.may_hide_a_program).count() as u64;
    if report.totals.records == 0 {
        let why = report.problems.iter().find(|p| p.stops_the_source);
        return Answer::NothingRead { why: why.map(|p| p.told()).unwrap_or_default() };
    }
    if problems > 0 {
        Answer::ClearInPart { titles, hosts, out_of_scope, set_aside, problems }
    } else {
        Answer::Clear { titles, hosts, out_of_scope, set_aside }
    }
}

fn distinct_hosts(findings: &[&Finding]) -> u64 {
    let hosts: BTreeSet<&str> =
        findings.iter().flat_map(|f| f.hosts.iter().map(String::as_str)).collect();
    hosts.len() as u64
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prohibited { products, hosts, directives, set_aside } => {
                f.write_str(&prohibited(*products, *hosts, directives))?;
                also(
                    f,
                    *set_aside,
                    key!("{n} more finding is set aside by a recorded decision."),
                    key!("{n} more findings are set aside by recorded decisions."),
                )
            }
            Self::Review { titles, hosts, set_aside } => {
                let (n, hosts) = (*titles, computers(*hosts));
                f.write_str(&match besides(*set_aside) {
                    None => filled(
                        form_for(
                            n,
                            key!(
                                "Nothing was found that is certainly covered, but {n} program on {hosts} needs a \
                                 decision."
                            ),
                            key!(
                                "Nothing was found that is certainly covered, but {n} programs on {hosts} need a \
                                 decision."
                            ),
                        ),
                        &[("n", &n), ("hosts", &hosts)],
                    ),
                    Some(besides) => filled(
                        form_for(
                            n,
                            key!(
                                "{besides}, nothing was found that is certainly covered, but {n} program on \
                                 {hosts} needs a decision."
                            ),
                            key!(
                                "{besides}, nothing was found that is certainly covered, but {n} programs on \
                                 {hosts} need a decision."
                            ),
                        ),
                        &[("besides", &besides), ("n", &n), ("hosts", &hosts)],
                    ),
                })
            }
            Self::Clear { titles, hosts, out_of_scope, set_aside } => {
                let (programs, hosts) = (programs(*titles), computers(*hosts));
                f.write_str(&match besides(*set_aside) {
                    None => say!(
                        "Nothing covered was found among {programs} on {hosts}.",
                        programs,
                        hosts,
                    ),
                    Some(besides) => say!(
                        "{besides}, nothing covered was found among {programs} on {hosts}.",
                        besides,
                        programs,
                        hosts,
                    ),
                })?;
                left_out(f, *out_of_scope)
            }
            Self::ClearInPart { titles, hosts, out_of_scope, set_aside, problems } => {
                let (programs, hosts) = (programs(*titles), computers(*hosts));
                let but = counted(
                    *problems,
                    key!("one thing could not be read in full"),
                    key!("{n} things could not be read in full"),
                );
                f.write_str(&match besides(*set_aside) {
                    None => say!(
                        "Nothing covered was found among what could be read ({programs} on {hosts}), but {but}.",
                        programs,
                        hosts,
                        but,
                    ),
                    Some(besides) => say!(
                        "{besides}, nothing covered was found among what could be read ({programs} on {hosts}), \
                         but {but}.",
                        besides,
                        programs,
                        hosts,
                        but,
                    ),
                })?;
                left_out(f, *out_of_scope)
            }
            Self::NothingRead { .. } => {
                f.write_str(say!("This does not look like a list of installed programs."))
            }
        }
    }
}

/// What a clear answer begins with if something is set aside: it is there, and must not sound as if it were not.
fn besides(set_aside: u64) -> Option<String> {
    (set_aside > 0).then(|| {
        counted(
            set_aside,
            key!("Besides {n} finding that is set aside by a recorded decision"),
            key!("Besides {n} findings that are set aside by recorded decisions"),
        )
    })
}

/// One more sentence of so many, if there are any.
fn also(f: &mut fmt::Formatter<'_>, n: u64, one: &str, many: &str) -> fmt::Result {
    if n == 0 {
        return Ok(());
    }
    write!(f, " {}", counted(n, one, many))
}

fn left_out(f: &mut fmt::Formatter<'_>, out_of_scope: u64) -> fmt::Result {
    also(
        f,
        out_of_scope,
        key!("One program was recognised that the chosen directives leave out."),
        key!("{n} programs were recognised that the chosen directives leave out."),
    )
}

/// What was found, and who forbids it.
fn prohibited(products: u64, hosts: u64, directives: &[(String, Kind)]) -> String {
    let hosts = computers(hosts);
    let said = |one, many, (name, directives): (&str, &str)| {
        let values: [(&str, &dyn fmt::Display); 3] =
            [("n", &products), (name, &directives), ("hosts", &hosts)];
        filled(form_for(products, one, many), &values)
    };
    match directives {
        [(directive, Kind::RemovalOrder)] => said(
            key!("{n} product that {directive} requires you to remove was found on {hosts}."),
            key!("{n} products that {directive} requires you to remove were found on {hosts}."),
            ("directive", told(directive)),
        ),
        [(directive, Kind::BanOnUse)] => said(
            key!("{n} product that {directive} forbids was found on {hosts}."),
            key!("{n} products that {directive} forbids were found on {hosts}."),
            ("directive", told(directive)),
        ),
        [(directive, Kind::BanOnSupply | Kind::BanOnFunding)] => said(
            key!("{n} product that {directive} covers was found on {hosts}."),
            key!("{n} products that {directive} covers were found on {hosts}."),
            ("directive", told(directive)),
        ),
        [(directive, Kind::Advice)] => said(
            key!("{n} product that {directive} advises against was found on {hosts}."),
            key!("{n} products that {directive} advises against were found on {hosts}."),
            ("directive", told(directive)),
        ),
        [] => said(
            key!("{n} product that no directive covers was found on {hosts}."),
            key!("{n} products that no directive covers were found on {hosts}."),
            ("directives", ""),
        ),
        several => said(
            key!("{n} product that {directives} cover was found on {hosts}."),
            key!("{n} products that {directives} cover were found on {hosts}."),
            ("directives", &named(several)),
        ),
    }
}

/// Several directives by their titles, or how many they are.
fn named(directives: &[(String, Kind)]) -> String {
    /// More are not named in one sentence.
    const NAMED: usize = 3;
    if directives.len() > NAMED {
        return say!("{n} directives", n = directives.len());
    }
    let titles: Vec<&str> = directives.iter().map(|(title, _)| told(title)).collect();
    match titles.split_last() {
        Some((last, rest)) => say!("{titles} and {last}", titles = rest.join(", "), last),
        None => String::new(),
    }
}

fn computers(n: u64) -> String {
    counted(n, key!("{n} computer"), key!("{n} computers"))
}

fn programs(n: u64) -> String {
    counted(n, key!("{n} program"), key!("{n} programs"))
}
