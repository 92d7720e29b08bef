//! The words that several writers share.

use std::fmt::Display;

use crate::engine::age;
use crate::engine::catalog::{Field, Strength};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::{many_plain, say, told};
use crate::engine::report::{
    Change, ChangeKind, Comparison, Deadline, DirectiveReport, Evidence, Finding, Outcome,
    PackReport, Problem, Report, SourceReport, Waived, WaiverReport,
};
use crate::engine::waivers::{Waiver, WaiverEffect};

/// Text of an inventory without control characters: tabs stand between the cells of a row, the rest
/// could move a cursor or end a line.
pub fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// That there are more near misses than are listed, if there are.
pub(super) fn more_near_misses(report: &Report) -> Option<String> {
    let more = report.unlisted_near_misses();
    (more > 0).then(|| {
        many_plain!(
            more,
            "{n} more program is close to a product, and not listed here.",
            "{n} more programs are close to products, and not listed here."
        )
    })
}

/// A text with what it is of before it.
pub(super) fn labelled(what: impl Display, text: impl Display) -> String {
    say!("{what}: {text}", what, text)
}

/// What is wrong with a list, without control characters.
pub(super) fn message(problem: &Problem) -> String {
    printable(&problem.told())
}

/// What follows for a finding, in a word.
pub(super) fn outcome(kind: OutcomeKind) -> &'static str {
    told(kind.id())
}

/// The field of a piece of evidence.
pub(super) fn field(evidence: &Evidence) -> &'static str {
    match evidence.field {
        Field::Name => say!("name"),
        Field::Publisher => say!("publisher"),
        Field::ProductCode => say!("product code"),
        Field::Package => say!("package name"),
        Field::Bundle => say!("bundle id"),
        Field::Signer => say!("signer"),
        Field::Path => say!("path"),
        Field::Service => say!("service"),
        Field::Driver => say!("driver file"),
        Field::Process => say!("process file"),
    }
}

/// How sure it is that a title is the product.
pub(super) fn certainty(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => say!("certain"),
        Strength::Medium => say!("likely"),
        Strength::Weak => say!("a hint only"),
    }
}

/// The program as its list names it, else the product.
pub fn name(finding: &Finding) -> String {
    printable(if finding.name.is_empty() { &finding.product.name } else { &finding.name })
}

/// What people call the directive.
pub(super) fn short_title<'r>(report: &'r Report, id: &'r str) -> &'r str {
    let found = report.directives.iter().find(|directive| directive.id == id);
    found.map_or(id, |directive| told(&directive.short_title))
}

/// The outcomes of a finding that say something, each with its directive.
pub fn outcomes<'r>(
    report: &'r Report,
    finding: &'r Finding,
) -> impl Iterator<Item = (&'r DirectiveReport, &'r Outcome)> {
    let told = finding.outcomes.iter().filter(|o| o.outcome != OutcomeKind::NotCovered);
    told.filter_map(|outcome| {
        Some((report.directives.iter().find(|d| d.id == outcome.directive)?, outcome))
    })
}

/// What a finding comes to, in a sentence or two: what is where, what is said of it, and why.
pub(super) fn sentence(report: &Report, finding: &Finding) -> String {
    let gravest = finding.gravest();
    let told: Vec<_> =
        outcomes(report, finding).filter(|(_, outcome)| outcome.outcome == gravest).collect();
    let mut text = name(finding);
    if !finding.version.is_empty() {
        text += &format!(" {}", printable(&finding.version));
    }
    text += &format!(" {}: {}", on_computers(finding), gravest.id());
    match told.first() {
        None => text += " by the directives applied.",
        Some((_, first)) => {
            let titles: Vec<&str> = told.iter().map(|(d, _)| d.short_title.as_str()).collect();
            text += &format!(" ({}). {}", titles.join("; "), first.why);
        }
    }
    text
}

/// On how many computers a finding is.
pub(super) fn on_computers(finding: &Finding) -> String {
    match finding.host_count {
        1 => "on 1 computer".to_owned(),
        count => format!("on {count} computers"),
    }
}

/// How many computers are named in one line; the report has them all.
pub(super) const COMPUTERS_NAMED: usize = 20;

/// The first computers of a finding, and how many more there are.
pub(super) fn computers(finding: &Finding) -> String {
    first_of(&finding.hosts, COMPUTERS_NAMED)
}

/// What the directives say of a finding, in one line.
pub(super) fn directives(report: &Report, finding: &Finding) -> String {
    let titles: Vec<String> = outcomes(report, finding)
        .map(|(d, it)| labelled(told(&d.short_title), outcome(it.outcome)))
        .collect();
    titles.join("; ")
}

/// Why the gravest of the outcomes of a finding is what it is.
pub(super) fn why(finding: &Finding) -> String {
    let gravest = finding.gravest();
    finding
        .outcomes
        .iter()
        .find(|outcome| outcome.outcome == gravest)
        .map_or_else(String::new, |outcome| outcome.told())
}

/// A line of a list in words; empty for the list as a whole.
pub(super) fn line(number: u64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

/// The decision by which a finding is set aside, in one line.
pub(super) fn decision(report: &Report, waived: &Waived) -> String {
    let known = report.waivers.iter().find(|known| known.waiver.id == waived.waiver);
    known.map_or_else(|| printable(&waived.waiver), |known| recorded(&known.waiver))
}

/// A decision in one line: what it is, until when, by whom, why.
pub fn recorded(waiver: &Waiver) -> String {
    let Waiver { kind, reason, decided_by, decided_on, until, .. } = waiver;
    let kind = kind.title();
    let filed = match waiver.reference.as_str() {
        "" => waiver.id.clone(),
        reference => format!("{}, {reference}", waiver.id),
    };
    printable(&match decided_on.as_str() {
        "" => say!(
            "{kind} until {until}, decided by {decided_by}: {reason} ({filed})",
            kind,
            until,
            decided_by,
            reason,
            filed
        ),
        decided_on => say!(
            "{kind} until {until}, decided by {decided_by} on {decided_on}: {reason} ({filed})",
            kind,
            until,
            decided_by,
            decided_on,
            reason,
            filed
        ),
    })
}

/// A finding in a line: the program, and the first of its computers.
pub fn program_on(finding: &Finding, computers: usize) -> String {
    let mut program = name(finding);
    if !finding.version.is_empty() {
        program += " ";
        program += &printable(&finding.version);
    }
    say!("{program} on {computers}", program, computers = first_of(&finding.hosts, computers))
}

/// The first of some names, and how many more there are.
pub fn first_of(names: &[String], shown: usize) -> String {
    let named: Vec<String> = names.iter().take(shown).map(|name| printable(name)).collect();
    let named = named.join(", ");
    match names.len().saturating_sub(shown) {
        0 => named,
        more => say!("{named} and {more} more", named, more),
    }
}

/// What became of an installation, in words.
pub fn became(change: &Change) -> &'static str {
    match (change.kind, change.is_set_aside) {
        (ChangeKind::Remaining, true) => say!("remaining, set aside"),
        (ChangeKind::Changed, true) => say!("changed, set aside"),
        (ChangeKind::New, true) => say!("new, set aside"),
        (kind, _) => kind.title(),
    }
}

/// A change in a line: the program before and now, and the outcome.
pub fn compared(change: &Change) -> String {
    let program = match (change.kind, change.now.as_str()) {
        (ChangeKind::Changed, now) => {
            say!("{earlier} is now {now}", earlier = change.earlier, now)
        }
        (_, "") => change.earlier.clone(),
        (_, now) => now.to_owned(),
    };
    format!("{} ({})", printable(&program), outcome(change.outcome))
}

/// The same, with the first of its computers.
pub(super) fn compared_on(change: &Change, computers: usize) -> String {
    let computers = first_of(&change.hosts, computers);
    say!("{program} on {computers}", program = compared(change), computers)
}

/// The day of a deadline, with whether it is over.
pub(super) fn due_on(deadline: &Deadline) -> String {
    match deadline.is_past {
        true => say!("{day} (over)", day = deadline.due_on),
        false => deadline.due_on.clone(),
    }
}

/// What stands behind a deadline that could not be confirmed; empty for others.
pub(super) fn not_confirmed(deadline: &Deadline) -> String {
    if deadline.unconfirmed { format!(" ({})", say!("not confirmed")) } else { String::new() }
}

/// The computers that only one of two reports has, with what they are.
pub fn hosts_compared(comparison: &Comparison) -> impl Iterator<Item = (&'static str, &[String])> {
    let both = [
        (say!("Computers not read again"), comparison.hosts_not_read.as_slice()),
        (say!("Computers not read before"), comparison.hosts_new.as_slice()),
    ];
    both.into_iter().filter(|(_, hosts)| !hosts.is_empty())
}

/// How many of something: `1 entry`, `2 entries`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What a reader should know of a decision that sets nothing aside, as a sentence; `None` for one that does.
pub fn without_effect(decided: &WaiverReport) -> Option<String> {
    let (id, until) = (printable(&decided.waiver.id), &decided.waiver.until);
    match (decided.effect, decided.findings) {
        (WaiverEffect::Applied, _) => None,
        (WaiverEffect::Expired, 0) => Some(say!("Decision {id} ended on {until}.", id, until)),
        (WaiverEffect::Expired, findings) => Some(say!(
            "Decision {id} ended on {until} and no longer counts: what it set aside stands again ({findings} on {computers}).",
            id,
            until,
            findings = many_plain!(findings, "{n} finding", "{n} findings"),
            computers = many_plain!(decided.hosts, "{n} computer", "{n} computers")
        )),
        (WaiverEffect::Unused, _) => Some(say!("Decision {id} is for nothing that was found.", id)),
    }
}

/// Where each line of a source went.
pub(super) fn accounting(source: &SourceReport) -> String {
    let lines = source.lines;
    say!(
        "{total} lines = {records} with records + {structure} of structure + {problems} with problems",
        total = lines.total,
        records = lines.records,
        structure = lines.structure,
        problems = lines.problems
    )
}

/// The reader's marking, in one line; empty if there is none.
pub(super) fn marking(report: &Report) -> String {
    printable(&report.marking)
}

/// What made the report, from which rules, and when.
pub(super) fn made_by(report: &Report) -> String {
    let tool = &report.tool;
    say!(
        "{tool} {version}, rules checked on {checked_on}, report of {day}",
        tool = tool.name,
        version = tool.version,
        checked_on = rules_checked_on(report),
        day = report.generated_on
    )
}

/// The last day on which a person checked any of the rules, and what to do if that is long ago.
pub(super) fn rules_checked_on(report: &Report) -> String {
    let checked_on = &report.tool.data_checked_on;
    age::aged(checked_on, age::is_old(checked_on, &report.generated_on))
}

/// What a pack is called, and of a data update who signed it and the makers that it has entries for.
pub(super) fn pack_title(pack: &PackReport) -> String {
    let title = &pack.title;
    match &pack.update {
        None => title.clone(),
        Some(update) => {
            let mut told = say!(
                "{title}, data update of {day}, signed by {name} (key {key})",
                title,
                day = update.checked_on,
                name = update.signed_by,
                key = update.key
            );
            if !update.vendors.is_empty() {
                told += &say!(", with entries for {vendors}", vendors = update.vendors.join(", "));
            }
            told
        }
    }
}
