//! Every sentence the page shows, in plain words. Numbers and plurals are put in here.

use crate::app::protocol::{HeadlineKind, Progress};
use crate::app::samples::Sample;
use crate::app::state::{Announcement, Failure, InputError, ScanState, State, System};
use crate::app::view::as_written;
use crate::engine::catalog::{Field, Phase, Relation, Shell, SourceKind, Strength, Who};
use crate::engine::directive::{Basis, Kind, OutcomeKind, Status};
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::report::{Evidence, Finding, Place, Report, SourceReport};

mod browse;
mod checklist;
mod decisions;
mod fleet;
mod knowing;
mod own_rules;
mod pictures;
mod reading;
mod share;

pub use browse::*;
pub use checklist::*;
pub use decisions::*;
pub use fleet::*;
pub use knowing::*;
pub use own_rules::*;
pub use pictures::*;
pub use reading::*;
pub use share::*;

// The page as a whole.

/// The name.
pub const NAME: &str = "Clearlist";
/// What it is for, in one line.
pub const TAGLINE: &str = "Find banned software in a list of programs";
/// The link over everything else, for keyboards.
pub const SKIP_LINK: &str = "Skip to the main part";
/// What the page does, first thing.
pub const INTRODUCTION: &str = "Give this page the list of programs from a computer, or from many. \
    It tells you whether software that a government directive bans is on the list, how it knows, \
    and how to remove it.";
/// The promise.
pub const NOTHING_LEAVES: &str = "Nothing leaves this browser. Your list is read on this computer \
    and is not sent or stored anywhere.";
/// What the page is not.
pub const NOT_GOVERNMENT: &str =
    "This is not a government website. It gives information, not legal advice.";
/// The name of the footer.
pub const ABOUT: &str = "About this page";

/// When the page's own program has stopped.
pub const PAGE_STOPPED: &str = "This page has stopped working because of an error in it. Nothing \
    was sent anywhere. Load the page again to go on; you will have to give your list again.";

/// Version and age of the rules.
pub fn versions(version: &str, data_checked_on: &str) -> String {
    if data_checked_on.is_empty() {
        return format!("Clearlist {version}.");
    }
    format!("Clearlist {version}. Rules last checked on {}.", date(data_checked_on))
}

/// The title of the window.
pub fn document_title(state: &State) -> String {
    match (&state.scan, &state.shown) {
        (ScanState::Running { .. }, _) => format!("Checking… – {NAME}"),
        (ScanState::Failed(_), _) => format!("The check stopped – {NAME}"),
        _ if state.opened.is_some() => format!("{SHARED} – {NAME}"),
        _ if !state.errors.is_empty() => format!("Something is missing – {NAME}"),
        (_, Some(shown)) => {
            let answer = match shown.results.headline.kind {
                HeadlineKind::Found => "Banned software found",
                HeadlineKind::Review => "Decision needed",
                HeadlineKind::Clear => "Nothing found",
                HeadlineKind::ClearInPart => "Nothing found, not all read",
                HeadlineKind::NothingRead => "No list found",
            };
            format!("{answer} – {NAME}")
        }
        _ => format!("{NAME}: {}", lower_first(TAGLINE)),
    }
}

/// What a reader who does not see the page change is told: one sentence.
pub fn announcement(what: Announcement, state: &State) -> String {
    match what {
        Announcement::Copied => "Copied.".into(),
        Announcement::Selected => {
            "The browser did not let the page copy. The text is selected: press Ctrl and C.".into()
        }
        Announcement::FilesAdded(count) => format!(
            "{} added. {} on the list.",
            plural(count as u64, "file", "files"),
            plural(state.input.files.len() as u64, "file", "files"),
        ),
        Announcement::FileRemoved => format!(
            "File removed. {} on the list.",
            plural(state.input.files.len() as u64, "file", "files")
        ),
        Announcement::SampleTaken => "The example list is in the box.".into(),
        Announcement::Cleared => "Cleared. You can undo this.".into(),
        Announcement::Restored => "Everything is back.".into(),
        Announcement::Checking => "Checking the list.".into(),
        Announcement::StillChecking(records) => {
            format!("Still checking. {} so far.", entries(records))
        }
        Announcement::Cancelled => CANCELLED.into(),
        Announcement::Finished => state
            .shown
            .as_ref()
            .map_or_else(String::new, |shown| format!("Done. {}", shown.results.headline.sentence)),
        Announcement::MoreShown(count) => format!("{count} findings are shown."),
        Announcement::ReadAs(key) => {
            state.reading(key).map_or_else(String::new, |reading| read_anew(&reading))
        }
        Announcement::SummaryMade => SUMMARY_MADE.into(),
        Announcement::Saved => "It was handed to your browser as a download.".into(),
        Announcement::QueriesWritten => QUERIES_WRITTEN.into(),
        Announcement::PackAdded => "The file of rules was added.".into(),
        Announcement::PackRemoved => format!("{PACK_REMOVED} You can undo this."),
        Announcement::PacksChecked(count) => packs_checked(count),
        Announcement::PackTrouble => {
            state.packs.trouble.as_ref().map_or_else(String::new, pack_trouble)
        }
        Announcement::DecisionRemoved => format!("{TAKEN_BACK} You can undo this."),
        Announcement::DecisionTrouble => decision_trouble(&state.decisions),
        Announcement::Judged => judged(state),
        Announcement::NotKept => not_kept(),
        Announcement::Forgotten => FORGOTTEN.into(),
    }
}

// Step 1.

/// Heading of step 1.
pub const WHO: &str = "Who are you?";
/// What step 1 is for.
pub const WHO_LEGEND: &str = "Choose what fits you best. It decides which directives are applied. A directive is an official order, law or advice against some software.";
/// The fold with the directives.
pub fn directives_chosen(chosen: usize, all: usize) -> String {
    format!("Directives that will be applied: {chosen} of {all}")
}
/// What the check boxes do.
pub const DIRECTIVES_LEGEND: &str = "Directives to apply";
/// How the check boxes came to be ticked.
pub const DIRECTIVES_HINT: &str =
    "Ticked for your choice above. You can change this; the check then uses what is ticked.";
/// Why a directive is ticked.
pub fn why_chosen(why: &str) -> String {
    format!("Why: {why}")
}
/// When a person last checked what is said of a directive.
pub fn checked_on(day: &str) -> String {
    format!("A person last checked this on {}.", date(day))
}
/// Who issued a directive, and when.
pub fn issued(issuer: &str, issued_on: &str) -> String {
    format!("{issuer}, {}", date(issued_on))
}

// Step 2.

/// Heading of step 2.
pub const GET: &str = "Get your list";
/// What step 2 is for.
pub const GET_LEGEND: &str = "Where does the list come from?";
/// For those who have one.
pub const GET_HINT: &str = "If you already have a list, go on to step 3.";
/// Over the command.
pub const COMMAND: &str = "Command";
/// What the copy button copies.
pub fn command_of(system: System) -> String {
    format!("the command for {}", self::system(system))
}
/// What the copy button says.
pub const COPY: &str = "Copy";
/// What the copy button says when it has copied.
pub const COPIED: &str = "Copied";
/// The copy button for those who hear it alone.
pub fn copy_what(what: &str) -> String {
    format!("Copy {what}")
}

/// What a system is called.
pub fn system(system: System) -> &'static str {
    match system {
        System::PowerShell => "Windows, with PowerShell",
        System::Winget => "Windows, with winget",
        System::Macos => "Mac",
        System::Debian => "Debian or Ubuntu Linux",
        System::Rpm => "Red Hat, Fedora or SUSE Linux",
        System::InventoryProduct => "An inventory product (many computers)",
    }
}

/// The help for getting a list from a system.
pub struct SystemHelp {
    /// How to begin.
    pub how: &'static [&'static str],
    /// What the list will hold.
    pub lists: &'static str,
    /// What it cannot show.
    pub cannot_show: &'static str,
}

/// The help for getting a list from that system.
pub fn system_help(system: System) -> SystemHelp {
    match system {
        System::PowerShell => SystemHelp {
            how: &[
                "Press the Windows key, type PowerShell and press Enter. You do not need to be an administrator.",
                "Paste the command and press Enter. It is one long line.",
                "It makes the file programs.csv in your user folder (C:\\Users\\your name). Choose that file in step 3.",
            ],
            lists: "It lists desktop programs installed for all users and for you, with publisher, version and removal code. This is the best list for a Windows computer.",
            cannot_show: "It does not show apps from the Microsoft Store, or programs that run without being installed. Nor does it show what another user installed only for themselves.",
        },
        System::Winget => SystemHelp {
            how: &[
                "Press the Windows key, type PowerShell and press Enter.",
                "Paste the command and press Enter.",
                "It makes the file programs.txt in your user folder. Choose that file in step 3.",
            ],
            lists: "It lists desktop programs and Microsoft Store apps with version and package name.",
            cannot_show: "It does not show publishers, and it cuts long names short. If the answer matters, use the PowerShell command instead.",
        },
        System::Macos => SystemHelp {
            how: &[
                "Open Terminal: press Command and Space, type Terminal and press Return.",
                "Paste the command and press Return. It may take a minute.",
                "It makes the file programs.txt on your desktop. Choose that file in step 3.",
            ],
            lists: "It lists the apps on the Mac with version, folder and the company that signed them.",
            cannot_show: "It does not show browser extensions, command-line tools or services that come without an app.",
        },
        System::Debian => SystemHelp {
            how: &[
                "Open a terminal, paste the command and press Enter.",
                "It makes the file programs.txt in your home folder. Choose that file in step 3.",
            ],
            lists: "It lists every package that the system’s package manager knows, and whether it is installed.",
            cannot_show: "It does not show snaps, flatpaks, containers, or programs copied onto the computer by hand.",
        },
        System::Rpm => SystemHelp {
            how: &[
                "Open a terminal, paste the command and press Enter.",
                "It makes the file programs.txt in your home folder. Choose that file in step 3.",
            ],
            lists: "It lists every installed package with its version.",
            cannot_show: "It does not show flatpaks, containers, or programs copied onto the computer by hand.",
        },
        System::InventoryProduct => SystemHelp {
            how: &[
                "In your product (for example Intune, Configuration Manager, Lansweeper, GLPI or Wazuh), open the report of installed or discovered software.",
                "Include the columns computer, program name, version and publisher if you can.",
                "Export it as CSV, JSON or an Excel workbook and choose that file in step 3. You can choose many files at once.",
            ],
            lists: "A table with one program a row is enough. The first row must name the columns. Comma, semicolon, tab and bar between the columns are all fine.",
            cannot_show: "A list is only as complete as the product’s last scan. Computers that it does not reach are missing.",
        },
    }
}

// Step 3.

/// Heading of step 3.
pub const GIVE: &str = "Check your list";
/// The label of the text box.
pub const PASTE_LABEL: &str = "Paste the list";
/// What can be pasted.
pub const PASTE_HINT: &str =
    "Paste what the command printed, a table, or just program names, one on each line.";
/// The label of the file chooser.
pub const FILES_LABEL: &str = "Or choose files";
/// What can be chosen.
pub const FILES_HINT: &str = "Text, CSV, JSON, XML, Excel, ZIP. Choose as many as you like. They are checked together with what you pasted.";
/// In the box where files are dropped.
pub const DROP_HERE: &str = "Drag files here, or:";
/// The name of the list of files.
pub const CHOSEN_FILES: &str = "Chosen files";
/// The button that takes a file off the list.
pub const REMOVE: &str = "Remove";
/// The label of the samples.
pub const TRY_A_SAMPLE: &str = "No list at hand? Try an invented one:";
/// The button that starts.
pub const CHECK: &str = "Check the list";
/// The button that cancels.
pub const CANCEL: &str = "Cancel";
/// The button that clears.
pub const CLEAR: &str = "Clear";
/// What is said after clearing.
pub const CLEARED: &str = "Cleared.";
/// The button that brings back.
pub const UNDO: &str = "Undo";
/// After a cancel.
pub const CANCELLED: &str = "The check was cancelled. Your list is still here.";

/// What a sample is called.
pub fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::Office => "Table of an office",
        Sample::Winget => "One Windows computer",
        Sample::Dpkg => "One Linux computer",
    }
}

/// The heading of the summary of errors.
pub const ERRORS_HEADING: &str = "The list cannot be checked yet";

/// What is missing and what to do.
pub fn input_error(error: InputError) -> &'static str {
    match error {
        InputError::NothingGiven => {
            "There is no list yet. Paste one, choose a file or take an example."
        }
        InputError::NoDirective => "No directive is ticked. Tick at least one in step 1.",
        InputError::PackMistakes => {
            "Your own rules have mistakes. Mend them in step 1, or untick the file they are in."
        }
    }
}

/// The heading of a scan that came to a bad end.
pub const FAILURE_HEADING: &str = "The check did not finish";

/// Why a scan came to a bad end and what to do.
pub fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::WorkerNotLoaded => {
            "The part of this page that reads lists could not be loaded. Nothing was sent anywhere, and your list is still here. Load this page again; if that does not help, some of its files are missing where it is hosted."
        }
        Failure::WorkerStopped => {
            "The check stopped unexpectedly. Nothing was sent anywhere, and your list is still here. Try again, or check fewer or smaller files at once."
        }
    }
}

/// How far a scan is.
pub fn progress(progress: Option<&Progress>) -> String {
    match progress {
        None => "Starting…".into(),
        Some(p) => format!(
            "{} of {} read: {}{}",
            bytes(p.bytes.min(p.bytes_total)),
            bytes(p.bytes_total),
            entries(p.records),
            if p.findings == 0 {
                String::new()
            } else {
                format!(", {} so far", plural(p.findings, "match", "matches"))
            }
        ),
    }
}

/// The label of the progress bar.
pub const PROGRESS_LABEL: &str = "Checking the list";

// Step 4.

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

// Small words.

/// A day as Americans write it: `September 13, 2017`. Anything else stays as it is.
pub fn date(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = day.splitn(3, '-').map(str::parse::<usize>);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month @ 1..=12)), Some(Ok(date))) => {
            format!("{} {date}, {year}", MONTHS[month - 1])
        }
        _ => day.to_owned(),
    }
}

/// A number with commas: `1,234,567`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size as people say it, in steps of a thousand.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if n < 1000 {
        return plural(n, "byte", "bytes");
    }
    let (mut tenths, mut unit) = (n / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    if tenths < 100 {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
    } else {
        format!("{} {}", tenths / 10, UNITS[unit])
    }
}

/// Entries of a list.
pub fn entries(n: u64) -> String {
    plural(n, "entry", "entries")
}

/// Computers.
pub fn computers(n: u64) -> String {
    plural(n, "computer", "computers")
}

fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[&str]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Lower-cases the first letter, unless the word is a name in itself (`CSV`, `winget list`).
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

fn lower_after_name(text: &str) -> String {
    text.replace(". Rules", "; rules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_where_readers_expect_them() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(1_000), "1.0 kB");
        assert_eq!(bytes(48_200), "48 kB");
        assert_eq!(bytes(126_000_000), "126 MB");
        assert_eq!(bytes(2_500_000_000), "2.5 GB");
    }

    #[test]
    fn days_are_written_out_and_anything_else_stays() {
        assert_eq!(date("2017-09-13"), "September 13, 2017");
        assert_eq!(date("2017-13-13"), "2017-13-13");
        assert_eq!(date("soon"), "soon");
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("expected 5 fields, found 3"), "Expected 5 fields, found 3.");
        assert_eq!(
            sentence("was it saved without line breaks?"),
            "Was it saved without line breaks?"
        );
    }
}
