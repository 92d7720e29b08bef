//! The sentences of step 4, on the screen and on paper.

use super::{
    computers, date, entries, list, lower_after_name, lower_first, number, plural, upper_first,
    versions,
};
use crate::app::protocol::HeadlineKind;
use crate::app::view::as_written;
use crate::engine::catalog::{Field, Phase, Relation, Shell, SourceKind, Strength, Who};
use crate::engine::directive::{Basis, Kind, OutcomeKind, Status};
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::report::{Evidence, Finding, Place, Report, SourceReport};

/// Heading of step 4.
pub const RESULTS: &str = "Results";
/// Before there are results.
pub const NO_RESULTS: &str = "Results will appear here.";
/// When the page has changed since.
pub const STALE: &str = "You changed your choices or your list after this check. These results are for what it was before.";
/// The button that checks again.
pub const CHECK_AGAIN: &str = "Check again";
/// The print button.
pub const PRINT: &str = "Print the report";
/// The choice of a way to save the report.
pub const EXPORT_LABEL: &str = "Save the report as";
/// What stands at head and foot of what is saved.
pub const MARKING: &str = "Marking, if any";
/// The button that saves it so.
pub const EXPORT: &str = "Save";
/// The button that starts over.
pub const CHECK_ANOTHER: &str = "Check another list";

/// What kind of answer it is, in words.
pub fn headline(kind: HeadlineKind) -> &'static str {
    match kind {
        HeadlineKind::Found => "Banned software found",
        HeadlineKind::Review => "A person has to decide",
        HeadlineKind::Clear => "Nothing found",
        HeadlineKind::ClearInPart => "Nothing found, but not everything could be read",
        HeadlineKind::NothingRead => "No list of programs found",
    }
}

/// What was read, in one sentence.
pub fn what_was_read(source: &SourceReport) -> String {
    let format = if source.format_title.is_empty() {
        "nothing that could be read".to_owned()
    } else {
        source.format_title.clone()
    };
    let not_installed = if source.not_installed() == 0 {
        String::new()
    } else {
        format!(", {} of them not installed", number(source.not_installed()))
    };
    format!(
        "{}: {format}, {}{not_installed}, on {}.",
        source.name,
        entries(source.records),
        computers(source.hosts)
    )
}

/// Over what was read and what it cannot show.
pub const LIMITS_HEADING: &str = "What this answer rests on";
/// Lists that are not named one by one.
pub fn more_sources(count: usize) -> String {
    format!("and {} more, listed below", plural(count as u64, "list", "lists"))
}
/// Before the limits of lists, of all that were read or of those named.
pub fn limits_of(names: &[&str], are_all: bool) -> String {
    match (are_all, names) {
        (true, [_]) => "Limits of this list".into(),
        (true, _) => "Limits of these lists".into(),
        (false, names) => format!("Limits of {}", list(names)),
    }
}
/// Over the lists that could not be read, where others could.
pub const NOT_READ: &str = "These could not be read and were not checked:";
/// What to do when nothing could be read.
pub const NOTHING_READ_HELP: &str =
    "Use one of the commands of step 2, or paste program names, one on each line.";

/// Heading of the findings.
pub fn findings_heading(count: usize) -> String {
    format!("What was found ({})", plural(count as u64, "program", "programs"))
}

/// A product on so many computers.
pub fn on_computers(hosts: u64) -> String {
    format!("On {}", computers(hosts))
}

/// The computers of a finding, by name where they are few.
pub fn on_hosts(finding: &Finding) -> String {
    match crate::app::view::few_hosts(finding) {
        Some(names) => format!("On {}", list(&names)),
        None => on_computers(finding.host_count),
    }
}

/// How much of the findings is shown.
pub fn findings_shown(shown: usize, all: usize) -> String {
    format!("{} of {} findings are shown.", number(shown as u64), number(all as u64))
}
/// The button that shows more findings.
pub fn show_more_findings(more: usize) -> String {
    format!("Show {} more", number(more as u64))
}

/// Stands for the name of what has none.
pub const NO_NAME: &str = "(no name)";

/// A title as the list writes it.
pub fn title_as_written(finding: &Finding) -> String {
    let text = as_written(&finding.name, &finding.version);
    if !text.is_empty() {
        return text;
    }
    finding.identifiers.first().map_or_else(|| NO_NAME.into(), |i| i.value.clone())
}

/// The publisher as the list writes it.
pub fn published_by(publisher: &str) -> String {
    if publisher.is_empty() {
        "The list names no publisher".into()
    } else {
        format!("Publisher: {publisher}")
    }
}

/// How sure it is that a title is the product.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "Certain",
        Strength::Medium => "Likely: nothing speaks against it",
        Strength::Weak => "A hint only: a person should look",
    }
}

/// How much one comparison says.
pub fn match_strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "strong sign",
        Strength::Medium => "good sign",
        Strength::Weak => "weak sign",
    }
}

/// What part of an entry was compared.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Publisher => "publisher",
        Field::ProductCode => "product code",
        Field::Package => "package name",
        Field::Bundle => "app identifier",
        Field::Signer => "signer",
        Field::Path => "folder or file",
        Field::Service => "service name",
        Field::Driver => "driver file",
        Field::Process => "process name",
    }
}

/// What an identifier names.
pub fn identifier(kind: IdentifierKind) -> &'static str {
    field(Field::of(kind))
}

/// The parts of the sentence that says what was compared with what.
pub struct EvidenceWords {
    /// Before the text as written.
    pub before: String,
    /// Between the text as written and the pattern.
    pub between: &'static str,
    /// After the pattern.
    pub after: String,
}

/// What was compared with what.
pub fn evidence(evidence: &Evidence) -> EvidenceWords {
    EvidenceWords {
        before: if evidence.repaired_from.is_empty() {
            format!("The {} ", field(evidence.field))
        } else if evidence.disguise.is_empty() {
            format!("The {}, put right, ", field(evidence.field))
        } else {
            format!("The {}, read with the letters it looks like, ", field(evidence.field))
        },
        between: if evidence.is_beginning {
            " was cut by the tool that made the list, and is the beginning of "
        } else {
            " matches "
        },
        after: {
            let strength = match_strength(evidence.strength);
            let mut after = format!(": a {strength} (rule {})", evidence.rule);
            if !evidence.disguise.is_empty() {
                after.push_str("; it is disguised: ");
                after.push_str(&evidence.disguise);
            }
            if evidence.is_version_unknown {
                after.push_str("; the rule is for the versions ");
                after.push_str(&evidence.versions);
                after.push_str(", and the list does not tell the version");
            }
            after
        },
    }
}

/// What the entry says where its letters were damaged before they came into the list.
pub fn put_right(finding: &Finding) -> Option<String> {
    let texts: Vec<&str> = [&finding.repaired_name, &finding.repaired_publisher]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    (!texts.is_empty()).then(|| {
        format!(
            "The letters of this entry were damaged by a wrong encoding before they came into the \
             list; put right, they read: {}.",
            texts.join(", ")
        )
    })
}

/// The fold with the computers and lines.
pub fn where_found(finding: &Finding) -> String {
    let records = if finding.record_count == finding.host_count {
        String::new()
    } else {
        format!(", {} in the list", plural(finding.record_count, "entry", "entries"))
    };
    format!("Where it was found: {}{records}", computers(finding.host_count))
}
/// A place of a finding.
pub fn place(place: &Place) -> String {
    format!("{}, line {}", place.source, number(place.line))
}
/// The button that shows more places.
pub const SHOW_MORE_PLACES: &str = "Show more computers";
/// How many places are not shown.
pub fn places_left(left: u64) -> String {
    format!("and {} more", computers(left))
}
/// Where the places are that are not on the paper.
pub const PLACES_NOT_PRINTED: &str = "The report saved as JSON has them all.";
/// Column: computer.
pub const COMPUTER: &str = "Computer";
/// Column: place in the list.
pub const LINE_OF_LIST: &str = "Where in the list";

/// The fold with the evidence.
pub const HOW_WE_KNOW: &str = "How we know";
/// Before the line as written.
pub fn line_as_written(place: &Place) -> String {
    format!("The list says, in {}, line {}:", place.source, number(place.line))
}
/// The heading of the outcomes.
pub const WHAT_THE_DIRECTIVES_SAY: &str = "What the directives say about it";
/// Whose product it is.
pub fn made_by(vendor: &str, relation: Relation) -> String {
    match relation {
        Relation::Branded => format!("A product of {vendor}."),
        Relation::Embedded => format!("Another company’s product with code of {vendor} in it."),
        Relation::PossiblyEmbedded => {
            format!("Another company’s product. Some versions had code of {vendor} in them.")
        }
    }
}

/// What follows from a directive for a finding.
pub fn outcome(kind: Kind, outcome: OutcomeKind) -> &'static str {
    match (outcome, kind) {
        (OutcomeKind::Prohibited, Kind::RemovalOrder) => "Must be removed",
        (OutcomeKind::Prohibited, Kind::BanOnUse) => "Must not be used",
        (OutcomeKind::Prohibited, Kind::BanOnSupply) => "Must not be sold or supplied",
        (OutcomeKind::Prohibited, Kind::BanOnFunding) => "Must not be paid for from these funds",
        (OutcomeKind::Prohibited, Kind::Advice) => "Advised against",
        (OutcomeKind::Review, _) => "Needs a decision",
        (OutcomeKind::Indicator, _) => "A sign to follow up",
        (OutcomeKind::Embedded, _) => "Left out: part of another product",
        (OutcomeKind::Exempt, _) => "Expressly left out",
        (OutcomeKind::NotCovered, _) => "Not covered",
    }
}

/// Which of the directives say nothing of a program.
pub fn not_covered_by(directives: &[&str]) -> String {
    format!("Not covered by {}.", list(directives))
}

/// What follows for a finding over all directives; `is_only_advice` if none of those that are
/// against it is more than advice.
pub fn gravest(outcome: OutcomeKind, is_only_advice: bool) -> &'static str {
    match outcome {
        OutcomeKind::Prohibited if is_only_advice => "Advised against",
        OutcomeKind::Prohibited => "Banned",
        OutcomeKind::Review => "Needs a decision",
        OutcomeKind::Indicator => "A sign to follow up",
        OutcomeKind::Embedded => "Left out: part of another product",
        OutcomeKind::Exempt => "Expressly left out",
        OutcomeKind::NotCovered => "Not covered",
    }
}

/// On what ground an outcome stands.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Named => "Ground: the directive names it.",
        Basis::Definition => "Ground: the directive’s definition.",
        Basis::OutOfScope => "Ground: the directive names it as outside its scope.",
        Basis::Unclear => "Ground: the text of the directive leaves it open.",
    }
}

/// The fold with the steps of removal.
pub fn removal(steps: usize) -> String {
    format!("How to remove it ({})", plural(steps as u64, "step", "steps"))
}
/// How to use the steps.
pub const REMOVAL_HINT: &str =
    "Do the steps in this order. Where a step offers several commands, one of them is enough.";
/// The heading of a phase, with its platform where there are several.
pub fn phase_on(platform: Option<Platform>, phase: Phase) -> String {
    match platform {
        Some(platform) => {
            format!("On {}: {}", self::platform(platform), lower_first(self::phase(phase)))
        }
        None => self::phase(phase).to_owned(),
    }
}
/// Before the name of the product whose steps are the same.
pub const SAME_STEPS: &str = "How to remove it: the same steps as for ";
/// What the copy button of a step copies.
pub fn command_of_step(number: usize) -> String {
    format!("the command of removal step {number}")
}
/// Which program a command is for.
pub fn command_for(shell: &str, program: &str) -> String {
    format!("{shell}, for {program}")
}

/// What a platform is called.
pub fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Windows => "Windows",
        Platform::Macos => "Mac",
        Platform::Linux => "Linux",
        Platform::Android => "Android",
        Platform::Ios => "iPhone and iPad",
    }
}

/// When in a removal a step comes.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "Before you start",
        Phase::Remove => "Remove it",
        Phase::CleanUp => "Clean up what is left",
        Phase::Restart => "Restart",
        Phase::Verify => "Make sure it is gone",
        Phase::Replace => "Protect the computer again",
    }
}

/// Who can do a step.
pub fn who(who: Who) -> &'static str {
    match who {
        Who::User => "Anybody at the computer can do this.",
        Who::Administrator => "An administrator of the computer has to do this.",
        Who::FleetAdministrator => "Whoever manages all the computers has to do this.",
    }
}

/// Where a command is typed.
pub fn shell(shell: Shell) -> &'static str {
    match shell {
        Shell::Powershell => "PowerShell",
        Shell::Cmd => "Command Prompt",
        Shell::Sh => "Terminal",
    }
}

/// The heading of the directives.
pub const DIRECTIVES_HEADING: &str = "The directives that were applied";
/// What a directive does.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::RemovalOrder => "It orders the removal of software.",
        Kind::BanOnUse => "It forbids the use of software.",
        Kind::BanOnSupply => "It forbids the sale and supply of software, not its use.",
        Kind::BanOnFunding => "It forbids to spend certain public money on software, not its use.",
        Kind::Advice => "It gives advice; it forbids nothing.",
    }
}
/// Whether a directive holds.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::InForce => "In force",
        Status::Revoked => "Withdrawn",
        Status::Superseded => "Replaced by another",
    }
}
/// The mark of what could not be confirmed.
pub const NOT_CONFIRMED: &str = "not confirmed";
/// Over the summary.
pub const WHAT_IT_SAYS: &str = "What it says";
/// Over those who are bound.
pub const WHO_IS_BOUND: &str = "Who has to follow it";
/// Over those who are not.
pub const WHO_IS_NOT_BOUND: &str = "Who does not";
/// Over the duties.
pub const WHAT_TO_DO: &str = "What it asks for, and by when";
/// Over other facts.
pub const GOOD_TO_KNOW: &str = "Good to know";
/// Over the sources.
pub const SOURCES: &str = "Sources";
/// Over the status.
pub const STATUS: &str = "Does it still hold?";
/// A day something is due.
pub fn due(due_on: Option<&str>, clock: Option<&str>) -> Option<String> {
    match (due_on, clock) {
        (Some(day), Some(clock)) => Some(format!("By {} ({clock})", date(day))),
        (Some(day), None) => Some(format!("By {}", date(day))),
        (None, Some(clock)) => Some(upper_first(clock)),
        (None, None) => None,
    }
}
/// What kind of text a source is.
pub fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Issuer => "official text",
        SourceKind::Vendor => "the maker’s own page",
        SourceKind::Secondary => "account by others",
        SourceKind::Inventory => "list from a real computer",
    }
}
/// For those who hear a link that leads away.
pub const OPENS_ELSEWHERE: &str = " (opens the source’s website)";
/// A source by its number, for those who hear the link alone.
pub fn source_numbered(number: usize, title: &str) -> String {
    format!("Source {number}: {title}")
}
/// Before sources.
pub fn source_label(count: usize) -> &'static str {
    if count == 1 { "Source: " } else { "Sources: " }
}

/// The heading of the accounting.
pub const ACCOUNTING_HEADING: &str = "What was read and what was not";
/// The sum of the lines.
pub fn lines(source: &SourceReport) -> String {
    let lines = &source.lines;
    format!(
        "{} = {} with programs + {} without (headings, blank lines, notes) + {} that could not be read",
        plural(lines.total, "line", "lines"),
        number(lines.records),
        number(lines.structure),
        number(lines.problems)
    )
}
/// Label: size.
pub const SIZE: &str = "Size";
/// Label: fingerprint.
pub const FINGERPRINT: &str = "Fingerprint (SHA-256)";
/// Label: how it was read.
pub const READ_AS: &str = "Read as";
/// Label: lines.
pub const LINES: &str = "Lines";
/// Label: entries.
pub const ENTRIES: &str = "Entries";
/// Label: computers.
pub const COMPUTERS: &str = "Computers";
/// Label: text encoding.
pub const ENCODING: &str = "Text encoding";

/// The button that shows more lists.
pub fn show_more_sources(more: usize) -> String {
    format!("Show {} more", plural(more as u64, "list", "lists"))
}

/// The heading of the problems.
pub fn problems_heading(count: u64) -> String {
    format!("What could not be read, or not fully ({})", number(count))
}
/// When there are no problems.
pub const NO_PROBLEMS: &str = "Every line was read.";
/// Where a problem is.
pub fn problem_place(source: &str, line: u64) -> String {
    if line == 0 { source.to_owned() } else { format!("{source}, line {}", number(line)) }
}
/// The button that shows more problems.
pub fn show_more_problems(more: usize) -> String {
    format!("Show {} more", number(more as u64))
}
/// Problems that were counted and not listed.
pub fn problems_not_listed(count: u64) -> String {
    format!("{} more are counted here but not listed one by one.", number(count))
}
/// A problem's message as a sentence.
pub fn sentence(message: &str) -> String {
    let mut text = upper_first(message);
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

// The printed report.

/// The title of the printed report.
pub const REPORT_TITLE: &str = "Software check against government directives";
/// When and with what it was made.
pub fn report_made(generated_on: &str, version: &str, data_checked_on: &str) -> String {
    format!(
        "Made on {} with {}",
        date(generated_on),
        lower_after_name(&versions(version, data_checked_on))
    )
}
/// Which directives were applied.
pub fn report_directives(report: &Report) -> String {
    let titles: Vec<&str> = report.directives.iter().map(|d| d.short_title.as_str()).collect();
    format!("Directives applied: {}.", list(&titles))
}
/// The heading of the inventories.
pub const REPORT_SOURCES: &str = "Lists checked";
/// The signature block.
pub const SIGNED_HEADING: &str = "Signed off";
/// The lines to fill in by hand.
pub const SIGN_HERE: [&str; 4] = ["Name", "Role", "Date", "Signature"];
