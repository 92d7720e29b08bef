//! The sentences of step 4, on the screen and on paper.

use super::{computers, entries, list, lower_first, upper_first};
use crate::app::protocol::HeadlineKind;
use crate::app::view::as_written;
use crate::engine::age;
use crate::engine::catalog::{Field, Phase, Relation, Shell, SourceKind, Strength, Who};
use crate::engine::directive::{Basis, Kind, OutcomeKind, Status};
use crate::engine::language::{Phrase, date, many, number, phrase, say, told};
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::report::{Evidence, Finding, Place, Report, SourceReport};

/// Heading of step 4.
pub const RESULTS: Phrase = phrase("Results");
/// Before there are results.
pub const NO_RESULTS: Phrase = phrase("Results will appear here.");
/// When the page has changed since.
pub const STALE: Phrase = phrase(
    "You changed your choices or your list after this check. These results are for what it was before.",
);
/// When only what is on show is left of the results.
pub const LOST: Phrase = phrase(
    "The browser has stopped the part of this page that held the whole report. What you see stays, but it can no longer be searched, explained, saved or decided about until you check again.",
);
/// The button that checks again.
pub const CHECK_AGAIN: Phrase = phrase("Check again");
/// The print button.
pub const PRINT: Phrase = phrase("Print the report");
/// The choice of a way to save the report.
pub const EXPORT_LABEL: Phrase = phrase("Save the report as");
/// What stands at head and foot of what is saved.
pub const MARKING: Phrase = phrase("Marking, if any");
/// The button that saves it so.
pub const EXPORT: Phrase = phrase("Save");
/// The button that starts over.
pub const CHECK_ANOTHER: Phrase = phrase("Check another list");

/// What kind of answer it is, in words.
pub fn headline(kind: HeadlineKind) -> &'static str {
    match kind {
        HeadlineKind::Found => say!("Banned software found"),
        HeadlineKind::Review => say!("A person has to decide"),
        HeadlineKind::Clear => say!("Nothing found"),
        HeadlineKind::ClearInPart => say!("Nothing found, but not everything could be read"),
        HeadlineKind::NothingRead => say!("No list of programs found"),
    }
}

/// What was read, in one sentence.
pub fn what_was_read(source: &SourceReport) -> String {
    let format = if source.format_title.is_empty() {
        say!("nothing that could be read").to_owned()
    } else {
        told(&source.format_title).to_owned()
    };
    let not_installed = if source.not_installed() == 0 {
        String::new()
    } else {
        say!(
            ", {not_installed} of them not installed",
            not_installed = number(source.not_installed())
        )
    };
    say!(
        "{name}: {format}, {entries}{not_installed}, on {computers}.",
        name = source.name,
        format,
        entries = entries(source.records),
        not_installed,
        computers = computers(source.hosts)
    )
}

/// Over what was read and what it cannot show.
pub const LIMITS_HEADING: Phrase = phrase("What this answer rests on");
/// Lists that are not named one by one.
pub fn more_sources(count: usize) -> String {
    many!(count as u64, "and {n} list more, listed below", "and {n} lists more, listed below")
}
/// Before the limits of lists, of all that were read or of those named.
pub fn limits_of(names: &[&str], are_all: bool) -> String {
    match (are_all, names) {
        (true, [_]) => say!("Limits of this list").into(),
        (true, _) => say!("Limits of these lists").into(),
        (false, names) => say!("Limits of {names}", names = list(names)),
    }
}
/// Over the lists that could not be read, where others could.
pub const NOT_READ: Phrase = phrase("These could not be read and were not checked:");
/// What to do when nothing could be read.
pub const NOTHING_READ_HELP: Phrase =
    phrase("Use one of the commands of step 2, or paste program names, one on each line.");

/// Heading of the findings.
pub fn findings_heading(count: usize) -> String {
    many!(count as u64, "What was found ({n} program)", "What was found ({n} programs)")
}

/// A product on so many computers.
pub fn on_computers(hosts: u64) -> String {
    say!("On {computers}", computers = computers(hosts))
}

/// The computers of a finding, by name where they are few.
pub fn on_hosts(finding: &Finding) -> String {
    match crate::app::view::few_hosts(finding) {
        Some(names) => say!("On {names}", names = list(&names)),
        None => on_computers(finding.host_count),
    }
}

/// How much of the findings is shown.
pub fn findings_shown(shown: usize, all: usize) -> String {
    say!(
        "{shown} of {all} findings are shown.",
        shown = number(shown as u64),
        all = number(all as u64)
    )
}
/// The button that shows more findings.
pub fn show_more_findings(more: usize) -> String {
    say!("Show {more} more", more = number(more as u64))
}

/// Stands for the name of what has none.
pub const NO_NAME: Phrase = phrase("(no name)");

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
        say!("The list names no publisher").into()
    } else {
        say!("Publisher: {publisher}", publisher)
    }
}

/// How sure it is that a title is the product.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => say!("Certain"),
        Strength::Medium => say!("Likely: nothing speaks against it"),
        Strength::Weak => say!("A hint only: a person should look"),
    }
}

/// How much one comparison says.
pub fn match_strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => say!("strong sign"),
        Strength::Medium => say!("good sign"),
        Strength::Weak => say!("weak sign"),
    }
}

/// What part of an entry was compared.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Name => say!("name"),
        Field::Publisher => say!("publisher"),
        Field::ProductCode => say!("product code"),
        Field::Package => say!("package name"),
        Field::Bundle => say!("app identifier"),
        Field::Signer => say!("signer"),
        Field::Path => say!("folder or file"),
        Field::Service => say!("service name"),
        Field::Driver => say!("driver file"),
        Field::Process => say!("process name"),
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
            say!("The {field} ", field = field(evidence.field))
        } else if evidence.disguise.is_empty() {
            say!("The {field}, put right, ", field = field(evidence.field))
        } else {
            say!(
                "The {field}, read with the letters it looks like, ",
                field = field(evidence.field)
            )
        },
        between: if evidence.is_beginning {
            say!(" was cut by the tool that made the list, and is the beginning of ")
        } else {
            say!(" matches ")
        },
        after: {
            let strength = match_strength(evidence.strength);
            let mut after = say!(": a {strength} (rule {rule})", strength, rule = evidence.rule);
            if !evidence.disguise.is_empty() {
                after += &say!("; it is disguised: {how}", how = evidence.disguise_told());
            }
            if evidence.is_version_unknown {
                after += &say!(
                    "; the rule is for the versions {versions}, and the list does not tell the version",
                    versions = evidence.versions
                );
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
        say!(
            "The letters of this entry were damaged by a wrong encoding before they came into the \
             list; put right, they read: {texts}.",
            texts = texts.join(", ")
        )
    })
}

/// The fold with the computers and lines.
pub fn where_found(finding: &Finding) -> String {
    let records = if finding.record_count == finding.host_count {
        String::new()
    } else {
        many!(finding.record_count, ", {n} entry in the list", ", {n} entries in the list")
    };
    say!(
        "Where it was found: {computers}{records}",
        computers = computers(finding.host_count),
        records
    )
}
/// A place of a finding.
pub fn place(place: &Place) -> String {
    say!("{source}, line {line}", source = place.source, line = number(place.line))
}
/// The button that shows more places.
pub const SHOW_MORE_PLACES: Phrase = phrase("Show more computers");
/// How many places are not shown.
pub fn places_left(left: u64) -> String {
    say!("and {computers} more", computers = computers(left))
}
/// Where the places are that are not on the paper.
pub const PLACES_NOT_PRINTED: Phrase = phrase("The report saved as JSON has them all.");
/// Column: computer.
pub const COMPUTER: Phrase = phrase("Computer");
/// Column: place in the list.
pub const LINE_OF_LIST: Phrase = phrase("Where in the list");

/// The fold with the evidence.
pub const HOW_WE_KNOW: Phrase = phrase("How we know");
/// Before the line as written.
pub fn line_as_written(place: &Place) -> String {
    say!(
        "The list says, in {source}, line {line}:",
        source = place.source,
        line = number(place.line)
    )
}
/// The heading of the outcomes.
pub const WHAT_THE_DIRECTIVES_SAY: Phrase = phrase("What the directives say about it");
/// Whose product it is.
pub fn made_by(vendor: &str, relation: Relation) -> String {
    match relation {
        Relation::Branded => say!("A product of {vendor}.", vendor),
        Relation::Embedded => {
            say!("Another company’s product with code of {vendor} in it.", vendor)
        }
        Relation::PossiblyEmbedded => {
            say!("Another company’s product. Some versions had code of {vendor} in them.", vendor)
        }
    }
}

/// What follows from a directive for a finding.
pub fn outcome(kind: Kind, outcome: OutcomeKind) -> &'static str {
    match (outcome, kind) {
        (OutcomeKind::Prohibited, Kind::RemovalOrder) => say!("Must be removed"),
        (OutcomeKind::Prohibited, Kind::BanOnUse) => say!("Must not be used"),
        (OutcomeKind::Prohibited, Kind::BanOnSupply) => say!("Must not be sold or supplied"),
        (OutcomeKind::Prohibited, Kind::BanOnFunding) => {
            say!("Must not be paid for from these funds")
        }
        (OutcomeKind::Prohibited, Kind::Advice) => say!("Advised against"),
        (OutcomeKind::Review, _) => say!("Needs a decision"),
        (OutcomeKind::Indicator, _) => say!("A sign to follow up"),
        (OutcomeKind::Embedded, _) => say!("Left out: part of another product"),
        (OutcomeKind::Exempt, _) => say!("Expressly left out"),
        (OutcomeKind::NotCovered, _) => say!("Not covered"),
    }
}

/// Which of the directives say nothing of a program.
pub fn not_covered_by(directives: &[&str]) -> String {
    say!("Not covered by {directives}.", directives = list(directives))
}

/// What follows for a finding over all directives; `is_only_advice` if none of those that are
/// against it is more than advice.
pub fn gravest(outcome: OutcomeKind, is_only_advice: bool) -> &'static str {
    match outcome {
        OutcomeKind::Prohibited if is_only_advice => say!("Advised against"),
        OutcomeKind::Prohibited => say!("Banned"),
        OutcomeKind::Review => say!("Needs a decision"),
        OutcomeKind::Indicator => say!("A sign to follow up"),
        OutcomeKind::Embedded => say!("Left out: part of another product"),
        OutcomeKind::Exempt => say!("Expressly left out"),
        OutcomeKind::NotCovered => say!("Not covered"),
    }
}

/// On what ground an outcome stands.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Named => say!("Ground: the directive names it."),
        Basis::Definition => say!("Ground: the directive’s definition."),
        Basis::OutOfScope => say!("Ground: the directive names it as outside its scope."),
        Basis::Unclear => say!("Ground: the text of the directive leaves it open."),
    }
}

/// The fold with the steps of removal.
pub fn removal(steps: usize) -> String {
    many!(steps as u64, "How to remove it ({n} step)", "How to remove it ({n} steps)")
}
/// How to use the steps.
pub const REMOVAL_HINT: Phrase = phrase(
    "Do the steps in this order. Where a step offers several commands, one of them is enough.",
);
/// The heading of a phase, with its platform where there are several.
pub fn phase_on(platform: Option<Platform>, phase: Phase) -> String {
    match platform {
        Some(platform) => {
            say!(
                "On {platform}: {phase}",
                platform = self::platform(platform),
                phase = lower_first(self::phase(phase))
            )
        }
        None => self::phase(phase).to_owned(),
    }
}
/// Before the name of the product whose steps are the same.
pub const SAME_STEPS: Phrase = phrase("How to remove it: the same steps as for ");
/// What the copy button of a step copies.
pub fn command_of_step(number: usize) -> String {
    say!("the command of removal step {number}", number)
}
/// Which program a command is for.
pub fn command_for(shell: &str, program: &str) -> String {
    say!("{shell}, for {program}", shell, program)
}

/// What a platform is called.
pub fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Windows => say!("Windows"),
        Platform::Macos => say!("Mac"),
        Platform::Linux => say!("Linux"),
        Platform::Android => say!("Android"),
        Platform::Ios => say!("iPhone and iPad"),
    }
}

/// When in a removal a step comes.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => say!("Before you start"),
        Phase::Remove => say!("Remove it"),
        Phase::CleanUp => say!("Clean up what is left"),
        Phase::Restart => say!("Restart"),
        Phase::Verify => say!("Make sure it is gone"),
        Phase::Replace => say!("Protect the computer again"),
    }
}

/// Who can do a step.
pub fn who(who: Who) -> &'static str {
    match who {
        Who::User => say!("Anybody at the computer can do this."),
        Who::Administrator => say!("An administrator of the computer has to do this."),
        Who::FleetAdministrator => say!("Whoever manages all the computers has to do this."),
    }
}

/// Where a command is typed.
pub fn shell(shell: Shell) -> &'static str {
    match shell {
        Shell::Powershell => say!("PowerShell"),
        Shell::Cmd => say!("Command Prompt"),
        Shell::Sh => say!("Terminal"),
    }
}

/// The heading of the directives.
pub const DIRECTIVES_HEADING: Phrase = phrase("The directives that were applied");
/// What a directive does.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::RemovalOrder => say!("It orders the removal of software."),
        Kind::BanOnUse => say!("It forbids the use of software."),
        Kind::BanOnSupply => say!("It forbids the sale and supply of software, not its use."),
        Kind::BanOnFunding => {
            say!("It forbids to spend certain public money on software, not its use.")
        }
        Kind::Advice => say!("It gives advice; it forbids nothing."),
    }
}
/// Whether a directive holds.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::InForce => say!("In force"),
        Status::Revoked => say!("Withdrawn"),
        Status::Superseded => say!("Replaced by another"),
    }
}
/// The mark of what could not be confirmed.
pub const NOT_CONFIRMED: Phrase = phrase("not confirmed");
/// Over the summary.
pub const WHAT_IT_SAYS: Phrase = phrase("What it says");
/// Over those who are bound.
pub const WHO_IS_BOUND: Phrase = phrase("Who has to follow it");
/// Over those who are not.
pub const WHO_IS_NOT_BOUND: Phrase = phrase("Who does not");
/// Over the duties.
pub const WHAT_TO_DO: Phrase = phrase("What it asks for, and by when");
/// Over other facts.
pub const GOOD_TO_KNOW: Phrase = phrase("Good to know");
/// Over the sources.
pub const SOURCES: Phrase = phrase("Sources");
/// Over the status.
pub const STATUS: Phrase = phrase("Does it still hold?");
/// A day something is due.
pub fn due(due_on: Option<&str>, clock: Option<&str>) -> Option<String> {
    match (due_on, clock) {
        (Some(day), Some(clock)) => {
            Some(say!("By {day} ({clock})", day = date(day), clock = told(clock)))
        }
        (Some(day), None) => Some(say!("By {day}", day = date(day))),
        (None, Some(clock)) => Some(upper_first(told(clock))),
        (None, None) => None,
    }
}
/// What kind of text a source is.
pub fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Issuer => say!("official text"),
        SourceKind::Vendor => say!("the maker’s own page"),
        SourceKind::Secondary => say!("account by others"),
        SourceKind::Inventory => say!("list from a real computer"),
    }
}
/// For those who hear a link that leads away.
pub const OPENS_ELSEWHERE: Phrase = phrase(" (opens the source’s website)");
/// A source by its number, for those who hear the link alone.
pub fn source_numbered(number: usize, title: &str) -> String {
    say!("Source {number}: {title}", number, title)
}
/// Before sources.
pub fn source_label(count: usize) -> &'static str {
    if count == 1 { say!("Source: ") } else { say!("Sources: ") }
}

/// The heading of the accounting.
pub const ACCOUNTING_HEADING: Phrase = phrase("What was read and what was not");
/// The sum of the lines.
pub fn lines(source: &SourceReport) -> String {
    let lines = &source.lines;
    many!(
        lines.total,
        "{n} line = {records} with programs + {structure} without (headings, blank lines, notes) + {problems} that could not be read",
        "{n} lines = {records} with programs + {structure} without (headings, blank lines, notes) + {problems} that could not be read",
        records = number(lines.records),
        structure = number(lines.structure),
        problems = number(lines.problems)
    )
}
/// Label: size.
pub const SIZE: Phrase = phrase("Size");
/// Label: fingerprint.
pub const FINGERPRINT: Phrase = phrase("Fingerprint (SHA-256)");
/// Label: how it was read.
pub const READ_AS: Phrase = phrase("Read as");
/// Label: lines.
pub const LINES: Phrase = phrase("Lines");
/// Label: entries.
pub const ENTRIES: Phrase = phrase("Entries");
/// Label: computers.
pub const COMPUTERS: Phrase = phrase("Computers");
/// Label: text encoding.
pub const ENCODING: Phrase = phrase("Text encoding");

/// The button that shows more lists.
pub fn show_more_sources(more: usize) -> String {
    many!(more as u64, "Show {n} list more", "Show {n} lists more")
}

/// The heading of the problems.
pub fn problems_heading(count: u64) -> String {
    say!("What could not be read, or not fully ({count})", count = number(count))
}
/// When there are no problems.
pub const NO_PROBLEMS: Phrase = phrase("Every line was read.");
/// Where a problem is.
pub fn problem_place(source: &str, line: u64) -> String {
    if line == 0 {
        source.to_owned()
    } else {
        say!("{source}, line {line}", source, line = number(line))
    }
}
/// The button that shows more problems.
pub fn show_more_problems(more: usize) -> String {
    say!("Show {more} more", more = number(more as u64))
}
/// Problems that were counted and not listed.
pub fn problems_not_listed(count: u64) -> String {
    say!("{count} more are counted here but not listed one by one.", count = number(count))
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
pub const REPORT_TITLE: Phrase = phrase("Software check against government directives");
/// When and with what it was made.
pub fn report_made(generated_on: &str, version: &str, data_checked_on: &str) -> String {
    say!(
        "Made on {day} with Clearlist {version}; rules last checked on {checked}.",
        day = date(generated_on),
        version,
        checked = age::aged(date(data_checked_on), age::is_old(data_checked_on, generated_on))
    )
}
/// Which directives were applied.
pub fn report_directives(report: &Report) -> String {
    let titles: Vec<&str> = report.directives.iter().map(|d| told(&d.short_title)).collect();
    say!("Directives applied: {titles}.", titles = list(&titles))
}
/// The heading of the inventories.
pub const REPORT_SOURCES: Phrase = phrase("Lists checked");
/// The signature block.
pub const SIGNED_HEADING: Phrase = phrase("Signed off");
/// The lines to fill in by hand.
pub const SIGN_HERE: [Phrase; 4] =
    [phrase("Name"), phrase("Role"), phrase("Date"), phrase("Signature")];
