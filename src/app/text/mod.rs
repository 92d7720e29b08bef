//! Every sentence the page shows, in plain words. Numbers and plurals are put in here.

use crate::app::protocol::{HeadlineKind, Progress};
use crate::app::samples::Sample;
use crate::app::state::{Announcement, Failure, InputError, ScanState, State, System};

mod browse;
mod checklist;
mod decisions;
mod fleet;
mod knowing;
mod own_rules;
mod pictures;
mod reading;
mod results;
mod share;

pub use browse::*;
pub use checklist::*;
pub use decisions::*;
pub use fleet::*;
pub use knowing::*;
pub use own_rules::*;
pub use pictures::*;
pub use reading::*;
pub use results::*;
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
