//! A report compared with an earlier one: what is gone, what remains, what is new, and whether the removal
//! is complete.
//!
//! What is compared is *installations*: a product on a computer. Programs that are set aside are there and so
//! are compared too.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::clause::{Clause, Unwritten, clause, clause_of};
use super::directive::OutcomeKind;
use super::language::say;
use super::limits::REPORT_BYTES;
use super::report::{Change, ChangeKind, Comparison, Finding, Report, SCHEMA};
use super::rules::Rules;
use super::scan::is_unnamed;
use super::words::fold;
use super::writers::html;

/// What has changed since an earlier report. Products are taken for the same that the rules know by the
/// same id now, and computers whose names differ only in case.
pub fn compare(earlier: &Report, now: &Report, rules: &Rules) -> Comparison {
    let was_read = Hosts::of(earlier);
    let is_read = Hosts::of(now);
    let (before, after) = (installations(earlier, rules), installations(now, rules));
    let mut grouped: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    let all: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
    for key in all {
        let (was, is) = (before.get(key), after.get(key));
        let kind = match (was, is) {
            (Some(was), Some(is)) if was.programs == is.programs => ChangeKind::Remaining,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (None, _) => ChangeKind::New,
            (Some(_), None) if is_read.folded.contains(&key.1) => ChangeKind::Removed,
            (Some(_), None) => ChangeKind::NotRead,
        };
        let Some(told) = is.or(was) else { continue };
        let programs = |there: Option<&Installation<'_>>| {
            let programs = there.map(|there| there.programs.iter().cloned().collect::<Vec<_>>());
            programs.unwrap_or_default().join("; ")
        };
        let group = Group {
            kind,
            outcome: told.outcome,
            product_name: told.name.to_owned(),
            product: key.0.clone(),
            earlier: programs(was),
            now: programs(is),
            is_set_aside: is.is_some_and(|is| is.is_set_aside),
        };
        grouped.entry(group).or_default().push(told.host.to_owned());
    }
    let changes: Vec<Change> =
        grouped.into_iter().map(|(group, hosts)| group.change(hosts)).collect();
    let open = open(earlier, now, &changes, &was_read, &is_read);
    let is_complete = open.is_empty();
    Comparison {
        earlier_on: earlier.generated_on.clone(),
        is_complete,
        open: open.iter().map(Clause::english).collect(),
        changes,
        hosts_not_read: was_read.without(&is_read),
        hosts_new: is_read.without(&was_read),
        wording: Unwritten(open),
    }
}

/// What changes are told together; in the order in which they are told.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    kind: ChangeKind,
    outcome: OutcomeKind,
    product_name: String,
    product: String,
    earlier: String,
    now: String,
    is_set_aside: bool,
}

impl Group {
    fn change(self, hosts: Vec<String>) -> Change {
        let Self { kind, outcome, product_name, product, earlier, now, is_set_aside } = self;
        Change { kind, product, product_name, earlier, now, outcome, is_set_aside, hosts }
    }
}

/// The computers of a report.
struct Hosts {
    /// As written, in the order they were met.
    names: Vec<String>,
    folded: HashSet<String>,
}

impl Hosts {
    fn of(report: &Report) -> Self {
        let mut hosts = Self { names: Vec::new(), folded: HashSet::new() };
        let found = all_findings(report).flat_map(|(finding, _)| &finding.hosts);
        // Reports of the first version name only the computers on which something was found.
        for host in report.hosts.iter().chain(found) {
            if hosts.folded.insert(fold(host)) {
                hosts.names.push(host.clone());
            }
        }
        hosts
    }

    fn without(&self, other: &Self) -> Vec<String> {
        let names = self.names.iter().filter(|name| !other.folded.contains(&fold(name)));
        names.cloned().collect()
    }
}

/// A product on a computer.
struct Installation<'r> {
    /// The computer, as written.
    host: &'r str,
    /// The product's name.
    name: &'r str,
    /// Names and versions as written.
    programs: BTreeSet<String>,
    outcome: OutcomeKind,
    is_set_aside: bool,
}

/// The findings that stand and those set aside, with which they are.
fn all_findings(report: &Report) -> impl Iterator<Item = (&Finding, bool)> {
    let waived = report.waived.iter().map(|waived| (&waived.finding, true));
    report.findings.iter().map(|finding| (finding, false)).chain(waived)
}

/// By the product's id of now and the computer's folded name.
fn installations<'r>(
    report: &'r Report,
    rules: &Rules,
) -> BTreeMap<(String, String), Installation<'r>> {
    let mut found: BTreeMap<(String, String), Installation<'r>> = BTreeMap::new();
    for (finding, is_set_aside) in all_findings(report) {
        let id = &finding.product.id;
        let id = rules.product(id).map_or(id, |(_, product)| product.id.get_ref());
        for host in &finding.hosts {
            let there = found.entry((id.clone(), fold(host))).or_insert_with(|| Installation {
                host,
                name: &finding.product.name,
                programs: BTreeSet::new(),
                outcome: OutcomeKind::NotCovered,
                is_set_aside: true,
            });
            there
                .programs
                .insert(format!("{} {}", finding.name, finding.version).trim().to_owned());
            there.outcome = there.outcome.min(finding.gravest());
            there.is_set_aside &= is_set_aside;
        }
    }
    found
}

/// Why it cannot be said that the removal is complete.
fn open(
    earlier: &Report,
    now: &Report,
    changes: &[Change],
    was_read: &Hosts,
    is_read: &Hosts,
) -> Vec<Clause> {
    let mut open = Vec::new();
    let mut not_if = |is_so: bool, why: Clause| {
        if is_so {
            open.push(why);
        }
    };
    let to_go = |change: &&Change| change.outcome.is_open() && !change.is_set_aside;
    let count = |kinds: &[ChangeKind]| {
        let of_kind = changes.iter().filter(to_go).filter(|change| kinds.contains(&change.kind));
        of_kind.map(|change| change.hosts.len() as u64).sum::<u64>()
    };
    let were_there = changes.iter().filter(|c| c.kind != ChangeKind::New && c.outcome.is_open());
    not_if(were_there.count() == 0, clause!("The earlier report found nothing that has to go."));
    let remaining = count(&[ChangeKind::Remaining, ChangeKind::Changed]);
    not_if(
        remaining > 0,
        clause_of!(
            remaining,
            "{count} program that has to go is still there.",
            "{count} programs that have to go are still there, counted by computer.",
            count = remaining,
        ),
    );
    let new = count(&[ChangeKind::New]);
    not_if(
        new > 0,
        clause_of!(
            new,
            "{count} program that has to go was not found before.",
            "{count} programs that have to go were not found before, counted by computer.",
            count = new,
        ),
    );
    let missing = was_read.without(is_read).len() as u64;
    not_if(
        missing > 0,
        clause_of!(
            missing,
            "{count} computer that was read before was not read again.",
            "{count} computers that were read before were not read again.",
            count = missing,
        ),
    );
    not_if(
        was_read.names.iter().chain(&is_read.names).any(|host| is_unnamed(host)),
        clause!(
            "A list names no computer, so it cannot be told whether the same one was read again."
        ),
    );
    not_if(
        earlier.hosts.is_empty() && earlier.totals.hosts > 0,
        clause!(
            "The earlier report was made by a version that did not name every computer it read."
        ),
    );
    not_if(
        now.totals.records == 0
            || now.problems.iter().any(|p| p.stops_the_source || p.may_hide_a_program),
        clause!("Not everything could be read this time; see the problems."),
    );
    let dropped = earlier.directives.iter().filter(|directive| {
        let mut applied = now.directives.iter();
        !applied.any(|known| known.id == directive.id)
    });
    let dropped: Vec<Clause> =
        dropped.map(|directive| Clause::from(directive.short_title.clone())).collect();
    not_if(
        !dropped.is_empty(),
        clause!(
            "The earlier report applied what this one does not: {directives}.",
            directives = dropped,
        ),
    );
    not_if(
        earlier.generated_on > now.generated_on,
        clause!(
            "The report compared with is of {day}, which is later.",
            day = &earlier.generated_on,
        ),
    );
    open
}

/// Why a file of so many bytes is not read as a report, if it is not: one sentence without capital and
/// full stop.
pub fn too_large(bytes: u64) -> Option<String> {
    const MB: u64 = 1024 * 1024;
    (bytes > REPORT_BYTES).then(|| {
        say!(
            "the report is {size} MB, and {most} MB are the most that are read; make reports of parts of \
             the fleet and compare those",
            size = bytes.div_ceil(MB),
            most = REPORT_BYTES / MB,
        )
    })
}

/// A report out of a file that Clearlist saved: as JSON, or as HTML, which has the same inside.
///
/// # Errors
///
/// One sentence that says what the file is not, without capital and full stop.
pub fn read_report(text: &str) -> Result<Report, String> {
    if let Some(why) = too_large(text.len() as u64) {
        return Err(why);
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let data = html::data(text);
    let json = data.as_deref().unwrap_or(text);
    let report: Result<Report, _> = serde_json::from_str(json);
    match report {
        Ok(report) if report.schema == SCHEMA => Ok(report),
        Ok(Report { schema, .. }) => Err(say!(
            "the report is of the kind {found}, and {expected} can be compared with",
            found = format!("{schema:?}"),
            expected = format!("{SCHEMA:?}"),
        )),
        Err(error) if json.contains(SCHEMA) => Err(say!("the report is damaged: {error}", error)),
        Err(_) => Err(say!("expected a report that Clearlist saved as JSON or as HTML").to_owned()),
    }
}
