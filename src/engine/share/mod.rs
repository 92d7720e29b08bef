//! A summary of a report, small enough to be carried by a link.
//!
//! It says what was found and by which rules, and nothing of how the list was written. Names of computers
//! are in it only where that was chosen, and those of files with them, since people name files after
//! computers. [`link`] packs it and reads it again, [`Summary::to_text`] writes it for people.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::age;
use super::directive::{Kind, OutcomeKind};
use super::language::{counted, key, say, speaking};
use super::report::{Finding, Report, answer};
use super::writers::words::printable;

mod base64url;
mod letters;
pub mod link;
mod text;

/// What a link carries of a report.
///
/// What it is made of goes into links as it stands here, by position. Links are for ever: whoever adds,
/// removes or moves a field gives [`link::VERSION`] the next number, and keeps what read the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The day of the report, `YYYY-MM-DD`.
    pub generated_on: String,
    /// The version of the program that made it.
    pub tool_version: String,
    /// The last day on which a person checked any of the rules used, `YYYY-MM-DD`.
    pub data_checked_on: String,
    /// The line that the reader wants at head and foot; empty if none.
    pub marking: String,
    /// The answer in one sentence.
    pub answer: String,
    /// Sums over all lists.
    pub sums: Sums,
    /// The titles of the reader's own rules that were applied.
    pub packs: Vec<String>,
    /// The directives that were applied.
    pub directives: Vec<SummaryDirective>,
    /// What was found and stands, gravest first.
    pub findings: Vec<SummaryFinding>,
    /// True if the names of computers and files are told.
    pub has_names: bool,
    /// The names of the lists; none where names are not told.
    pub lists: Vec<String>,
}

/// Sums over all lists of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Lists.
    pub lists: u64,
    /// Lists of which nothing could be read.
    pub lists_not_read: u64,
    /// Records.
    pub records: u64,
    /// Distinct programs.
    pub titles: u64,
    /// Distinct computers.
    pub hosts: u64,
    /// Findings set aside by recorded decisions.
    pub set_aside: u64,
    /// Problems with the lists.
    pub problems: u64,
}

/// A directive that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryDirective {
    /// What people call it.
    pub title: String,
    /// What it does.
    #[serde(with = "letters::kind")]
    pub kind: Kind,
}

/// A program that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryFinding {
    /// The vendor's name.
    pub vendor: String,
    /// The product's name.
    pub product: String,
    /// The program's name as written.
    pub name: String,
    /// The version as written; empty if none.
    pub version: String,
    /// What each directive says of it, in the order of [`Summary::directives`].
    #[serde(with = "letters::outcomes")]
    pub outcomes: Vec<OutcomeKind>,
    /// On how many computers it is.
    pub host_count: u64,
    /// Their names; none where names are not told.
    pub hosts: Vec<String>,
}

impl Summary {
    /// The summary of a finished report, with the names of computers and files if they are wanted.
    pub fn of(report: &Report, has_names: bool) -> Self {
        let finding = |finding: &Finding| SummaryFinding {
            vendor: finding.product.vendor.clone(),
            product: finding.product.name.clone(),
            name: finding.name.clone(),
            version: finding.version.clone(),
            outcomes: report.directives.iter().map(|d| outcome_under(finding, &d.id)).collect(),
            host_count: finding.host_count,
            hosts: if has_names { finding.hosts.clone() } else { Vec::new() },
        };
        let directives = report.directives.iter().map(|directive| SummaryDirective {
            title: directive.short_title.clone(),
            kind: directive.kind,
        });
        // A list may have been stopped twice, as a file in an archive and by what was in it.
        let stops = report.problems.iter().filter(|problem| problem.stops_the_source);
        let not_read: BTreeSet<&str> = stops.map(|problem| problem.source.as_str()).collect();
        let lists = report.sources.iter().filter(|_| has_names).map(|source| source.name.clone());
        Self {
            generated_on: report.generated_on.clone(),
            tool_version: report.tool.version.clone(),
            data_checked_on: report.tool.data_checked_on.clone(),
            marking: report.marking.clone(),
            // A link is the same whoever makes it.
            answer: speaking(None, || answer(report).to_string()),
            sums: Sums {
                lists: report.sources.len() as u64,
                lists_not_read: not_read.len() as u64,
                records: report.totals.records,
                titles: report.totals.titles,
                hosts: report.totals.hosts,
                set_aside: report.totals.waived,
                problems: report.totals.problems,
            },
            packs: report.packs.iter().map(|pack| pack.title.clone()).collect(),
            directives: directives.collect(),
            findings: report.findings.iter().map(finding).collect(),
            has_names,
            lists: lists.collect(),
        }
    }

    /// What is in it, as plain sentences, for whoever is about to pass it on.
    pub fn contents(&self) -> Vec<String> {
        let mut told = vec![
            say!("The answer, the sums, the day of the report, and by which rules it was made.")
                .to_owned(),
        ];
        told.push(match self.findings.len() as u64 {
            0 => say!("No program, since nothing was found.").to_owned(),
            n => say!(
                "{programs} with maker, product, and the name and version that your list has, and what \
                 {directives_say} of each.",
                programs = counted(n, key!("{n} program"), key!("{n} programs")),
                directives_say = counted(
                    self.directives.len() as u64,
                    key!("{n} directive says"),
                    key!("{n} directives say"),
                ),
            ),
        });
        told.push(if self.has_names {
            let hosts: BTreeSet<&String> = self.findings.iter().flat_map(|f| &f.hosts).collect();
            say!(
                "The names of the computers with these programs ({hosts}) and of the lists ({lists}).",
                hosts = hosts.len(),
                lists = self.lists.len(),
            )
        } else {
            say!("The number of computers, not their names; no names of files.").to_owned()
        });
        if self.sums.set_aside > 0 {
            told.push(counted(
                self.sums.set_aside,
                key!("That {n} finding is set aside; not which, nor why."),
                key!("That {n} findings are set aside; not which, nor why."),
            ));
        }
        if !self.packs.is_empty() {
            let titles: Vec<String> = self.packs.iter().map(|title| printable(title)).collect();
            told.push(say!("The titles of your own rules: {titles}.", titles = titles.join("; ")));
        }
        if !self.marking.is_empty() {
            told.push(say!("The marking: {marking}.", marking = printable(&self.marking)));
        }
        told.push(
            say!(
                "Not in it: the rest of your lists, where anything stands in them, and why anything counts as \
                 found."
            )
            .to_owned(),
        );
        told
    }

    /// How many findings had which outcome under the directive at that place, the gravest first. What none
    /// had is left out, and so is that the directive says nothing.
    pub fn outcome_counts(&self, directive: usize) -> Vec<(OutcomeKind, usize)> {
        let with = |kind: OutcomeKind| {
            let outcomes = self.findings.iter().filter_map(|f| f.outcomes.get(directive));
            (kind, outcomes.filter(|outcome| **outcome == kind).count())
        };
        let told = OutcomeKind::ALL.into_iter().filter(|kind| *kind != OutcomeKind::NotCovered);
        told.map(with).filter(|(_, count)| *count > 0).collect()
    }

    /// How much was read, and what of it could not be, as sentences.
    pub fn read(&self) -> String {
        let Sums { lists, lists_not_read, records, titles, hosts, set_aside, problems } = self.sums;
        let mut told = vec![say!(
            "{lists} with {records}: {programs} on {computers}.",
            lists = counted(lists, key!("{n} list"), key!("{n} lists")),
            records = counted(records, key!("{n} record"), key!("{n} records")),
            programs = counted(titles, key!("{n} program"), key!("{n} programs")),
            computers = counted(hosts, key!("{n} computer"), key!("{n} computers")),
        )];
        for (n, one, many) in [
            (
                set_aside,
                key!("{n} finding is set aside by recorded decisions."),
                key!("{n} findings are set aside by recorded decisions."),
            ),
            (
                problems,
                key!("{n} problem with what was given."),
                key!("{n} problems with what was given."),
            ),
            (
                lists_not_read,
                key!("{n} list could not be read."),
                key!("{n} lists could not be read."),
            ),
        ] {
            if n > 0 {
                told.push(counted(n, one, many));
            }
        }
        told.join(" ")
    }

    /// What made the report, by which rules, and when.
    pub fn made_by(&self) -> String {
        say!(
            "Report of {day} by Clearlist {version}, rules checked on {checked_on}.",
            day = printable(&self.generated_on),
            version = printable(&self.tool_version),
            checked_on = age::aged(
                printable(&self.data_checked_on),
                age::is_old(&self.data_checked_on, &self.generated_on)
            ),
        )
    }

    /// True if what is read of it fits together: outcomes and directives, names and whether they are told. A link may
    /// hold anything.
    fn is_sound(&self) -> bool {
        let has_all_outcomes =
            |finding: &SummaryFinding| finding.outcomes.len() == self.directives.len();
        let has_names = |finding: &SummaryFinding| !finding.hosts.is_empty();
        self.findings.iter().all(has_all_outcomes)
            && super::report::marking(&self.marking).as_ref() == Ok(&self.marking)
            && (self.has_names || (self.lists.is_empty() && !self.findings.iter().any(has_names)))
    }
}

impl SummaryFinding {
    /// The name and version as written, else the product's name.
    pub fn title(&self) -> String {
        let name = if self.name.is_empty() { &self.product } else { &self.name };
        let version =
            if self.version.is_empty() { String::new() } else { format!(" {}", self.version) };
        printable(&format!("{name}{version}"))
    }

    /// The gravest of the outcomes.
    pub fn gravest(&self) -> OutcomeKind {
        self.outcomes.iter().copied().min().unwrap_or(OutcomeKind::NotCovered)
    }

    /// What the directives say of it, each with its title; those that say nothing are left out.
    pub fn outcomes_told<'s>(
        &'s self,
        summary: &'s Summary,
    ) -> impl Iterator<Item = (&'s SummaryDirective, OutcomeKind)> {
        let told = summary.directives.iter().zip(self.outcomes.iter().copied());
        told.filter(|(_, outcome)| *outcome != OutcomeKind::NotCovered)
    }
}

fn outcome_under(finding: &Finding, directive: &str) -> OutcomeKind {
    let found = finding.outcomes.iter().find(|outcome| outcome.directive == directive);
    found.map_or(OutcomeKind::NotCovered, |outcome| outcome.outcome)
}
