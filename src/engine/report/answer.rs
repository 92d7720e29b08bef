//! The one sentence that comes first: is banned software there or not.

use std::collections::BTreeSet;
use std::fmt;

use super::{Finding, Report};
use crate::engine::directive::{Kind, OutcomeKind};

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
        return Answer::NothingRead { why: why.map(|p| p.message.clone()).unwrap_or_default() };
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
                let (product, was) =
                    if *products == 1 { ("product", "was") } else { ("products", "were") };
                write!(f, "{products} {product} that {}", who_forbids(directives))?;
                write!(f, " {was} found on {}.", computers(*hosts))?;
                also_set_aside(f, *set_aside)
            }
            Self::Review { titles, hosts, set_aside } => {
                let (program, needs) =
                    if *titles == 1 { ("program", "needs") } else { ("programs", "need") };
                write!(
                    f,
                    "{} was found that is certainly covered, but {titles} {program} on {} {needs} a decision.",
                    nothing_but(*set_aside),
                    computers(*hosts)
                )
            }
            Self::Clear { titles, hosts, out_of_scope, set_aside } => {
                write!(
                    f,
                    "{} covered was found among {} on {}.",
                    nothing_but(*set_aside),
                    programs(*titles),
                    computers(*hosts)
                )?;
                left_out(f, *out_of_scope)
            }
            Self::ClearInPart { titles, hosts, out_of_scope, set_aside, problems } => {
                write!(
                    f,
                    "{} covered was found among what could be read ({} on {}), but {}.",
                    nothing_but(*set_aside),
                    programs(*titles),
                    computers(*hosts),
                    if *problems == 1 {
                        "one thing could not be read in full".to_owned()
                    } else {
                        format!("{problems} things could not be read in full")
                    }
                )?;
                left_out(f, *out_of_scope)
            }
            Self::NothingRead { .. } => {
                f.write_str("This does not look like a list of installed programs.")
            }
        }
    }
}

/// What a clear answer begins with. What is set aside is there, and must not sound as if it were not.
fn nothing_but(set_aside: u64) -> String {
    match set_aside {
        0 => "Nothing".to_owned(),
        1 => "Besides 1 finding that is set aside by a recorded decision, nothing".to_owned(),
        n => format!("Besides {n} findings that are set aside by recorded decisions, nothing"),
    }
}

fn also_set_aside(f: &mut fmt::Formatter<'_>, set_aside: u64) -> fmt::Result {
    match set_aside {
        0 => Ok(()),
        1 => f.write_str(" 1 more finding is set aside by a recorded decision."),
        n => write!(f, " {n} more findings are set aside by recorded decisions."),
    }
}

fn left_out(f: &mut fmt::Formatter<'_>, out_of_scope: u64) -> fmt::Result {
    match out_of_scope {
        0 => Ok(()),
        1 => f.write_str(" One program was recognised that the chosen directives leave out."),
        n => write!(f, " {n} programs were recognised that the chosen directives leave out."),
    }
}

fn who_forbids(directives: &[(String, Kind)]) -> String {
    if let [(title, kind)] = directives {
        return match kind {
            Kind::RemovalOrder => format!("{title} requires you to remove"),
            Kind::BanOnUse => format!("{title} forbids"),
            Kind::BanOnSupply | Kind::BanOnFunding => format!("{title} covers"),
            Kind::Advice => format!("{title} advises against"),
        };
    }
    /// More are not named in one sentence.
    const NAMED: usize = 3;
    if directives.len() > NAMED {
        return format!("{} directives cover", directives.len());
    }
    let titles: Vec<&str> = directives.iter().map(|(title, _)| title.as_str()).collect();
    match titles.split_last() {
        Some((last, rest)) => format!("{} and {last} cover", rest.join(", ")),
        None => "no directive covers".to_owned(),
    }
}

fn computers(n: u64) -> String {
    if n == 1 { "1 computer".to_owned() } else { format!("{n} computers") }
}

fn programs(n: u64) -> String {
    if n == 1 { "1 program".to_owned() } else { format!("{n} programs") }
}
