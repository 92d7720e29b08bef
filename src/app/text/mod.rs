//! Every sentence the page shows, in plain words. Numbers and plurals are put in here.

use crate::app::protocol::{HeadlineKind, Progress};
use crate::app::samples::Sample;
use crate::app::state::{Announcement, Failure, InputError, ScanState, State, System, WaysOut};
use crate::engine::age;
use crate::engine::language::{self, Phrase, many, phrase, say, told};

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
mod ways_out;

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
pub use ways_out::*;

pub use crate::engine::language::{date, number};

// The page as a whole.

/// The name.
pub const NAME: &str = "Clearlist";
/// What it is for, in one line.
pub const TAGLINE: Phrase = phrase("Find banned software in a list of programs");
/// The link over everything else, for keyboards.
pub const SKIP_LINK: Phrase = phrase("Skip to the main part");
/// What the page does, first thing.
pub const INTRODUCTION: Phrase = phrase(
    "Give this page the list of programs from a computer, or from many. \
    It tells you whether software that a government directive bans is on the list, how it knows, \
    and how to remove it.",
);
/// The promise.
pub const NOTHING_LEAVES: Phrase = phrase(
    "Nothing leaves this browser. Your list is read on this computer \
    and is not sent or stored anywhere.",
);
/// What the page is not.
pub const NOT_GOVERNMENT: Phrase =
    phrase("This is not a government website. It gives information, not legal advice.");
/// The name of the footer.
pub const ABOUT: Phrase = phrase("About this page");

/// The choice of the language.
pub const LANGUAGE: Phrase = phrase("Language");
/// When it could not be changed.
pub const LANGUAGE_MISSING: Phrase =
    phrase("That language could not be loaded. Load the page again, or go on in this one.");
/// When it was.
pub fn language_changed() -> String {
    say!("The language of this page is now {language}.", language = language::spoken().own_name())
}

/// When the page's own program has stopped.
pub const PAGE_STOPPED: Phrase = phrase(
    "This page has stopped working because of an error in it. Nothing \
    was sent anywhere. Load the page again to go on; you will have to give your list again.",
);

/// What the page says once it works without a network.
pub const WORKS_OFFLINE: Phrase =
    phrase("This page is kept in this browser: it works without a network from now on.");
/// When a newer version of the page waits to be used.
pub const NEWER_WAITS: Phrase = phrase(
    "A newer version of Clearlist is ready. It is used once all windows with this page have been closed. \
    To use it now, save what you need first: the page is loaded again.",
);
/// The button that uses it.
pub const USE_NEWER: Phrase = phrase("Use the newer version now");

/// Version and age of the rules.
pub fn versions(version: &str, data_checked_on: &str) -> String {
    if data_checked_on.is_empty() {
        return say!("Clearlist {version}.", version);
    }
    say!("Clearlist {version}. Rules last checked on {day}.", version, day = date(data_checked_on))
}

/// That the rules are old, and what to do.
pub fn data_old(checked_on: &str) -> String {
    age::warning(date(checked_on))
}

/// The title of the window.
pub fn document_title(state: &State) -> String {
    match (&state.scan, &state.shown) {
        (ScanState::Running { .. }, _) => say!("Checking… – {page}", page = NAME),
        (ScanState::Failed(_), _) => say!("The check stopped – {page}", page = NAME),
        _ if state.opened.is_some() => format!("{SHARED} – {NAME}"),
        _ if !state.errors.is_empty() => say!("Something is missing – {page}", page = NAME),
        (_, Some(shown)) => {
            let answer = match shown.results.headline.kind {
                HeadlineKind::Found => say!("Banned software found"),
                HeadlineKind::Review => say!("Decision needed"),
                HeadlineKind::Clear => say!("Nothing found"),
                HeadlineKind::ClearInPart => say!("Nothing found, not all read"),
                HeadlineKind::NothingRead => say!("No list found"),
            };
            format!("{answer} – {NAME}")
        }
        _ => say!("{page}: find banned software in a list of programs", page = NAME),
    }
}

/// What a reader who does not see the page change is told: one sentence.
pub fn announcement(what: Announcement, state: &State) -> String {
    match what {
        Announcement::LanguageChanged => language_changed(),
        Announcement::Copied => say!("Copied.").into(),
        Announcement::Selected => {
            say!("The browser did not let the page copy. The text is selected: press Ctrl and C.")
                .into()
        }
        Announcement::FilesAdded(count) => format!(
            "{} {}",
            many!(count as u64, "{n} file added.", "{n} files added."),
            files_on_the_list(state)
        ),
        Announcement::FileRemoved => {
            format!("{} {}", say!("File removed."), files_on_the_list(state))
        }
        Announcement::SampleTaken => say!("The example list is in the box.").into(),
        Announcement::Cleared => say!("Cleared. You can undo this.").into(),
        Announcement::Restored => say!("Everything is back.").into(),
        Announcement::Checking => say!("Checking the list.").into(),
        Announcement::StillChecking(records) => {
            say!("Still checking. {entries} so far.", entries = entries(records))
        }
        Announcement::Silent => SILENT.into(),
        Announcement::Lost => LOST.into(),
        Announcement::Cancelled => CANCELLED.into(),
        Announcement::Finished => state.shown.as_ref().map_or_else(String::new, |shown| {
            say!("Done. {sentence}", sentence = shown.results.headline.sentence)
        }),
        Announcement::MoreShown(count) => say!("{count} findings are shown.", count),
        Announcement::ReadAs(key) => {
            state.reading(key).map_or_else(String::new, |reading| read_anew(&reading))
        }
        Announcement::SummaryMade => SUMMARY_MADE.into(),
        Announcement::Saved => say!("It was handed to your browser as a download.").into(),
        Announcement::QueriesWritten => QUERIES_WRITTEN.into(),
        Announcement::PackAdded => say!("The file of rules was added.").into(),
        Announcement::PackRemoved => can_be_undone(&PACK_REMOVED),
        Announcement::PacksChecked(count) => packs_checked(count),
        Announcement::PackTrouble => {
            state.packs.trouble.as_ref().map_or_else(String::new, pack_trouble)
        }
        Announcement::DecisionRemoved => can_be_undone(&TAKEN_BACK),
        Announcement::DecisionTrouble => decision_trouble(&state.decisions),
        Announcement::Judged => judged(state),
        Announcement::NotKept => not_kept(),
        Announcement::Forgotten => FORGOTTEN.into(),
        Announcement::NewerWaits => NEWER_WAITS.into(),
        Announcement::WaysOutTried => match &state.ways_out {
            WaysOut::Tried(became) => ways_out(became).into(),
            WaysOut::Untried | WaysOut::Trying => String::new(),
        },
    }
}

fn files_on_the_list(state: &State) -> String {
    many!(state.input.files.len() as u64, "{n} file on the list.", "{n} files on the list.")
}

fn can_be_undone(done: &str) -> String {
    say!("{done} You can undo this.", done)
}

// Step 1.

/// Heading of step 1.
pub const WHO: Phrase = phrase("Who are you?");
/// What step 1 is for.
pub const WHO_LEGEND: Phrase = phrase(
    "Choose what fits you best. It decides which directives are applied. A directive is an official order, law or advice against some software.",
);
/// The fold with the directives.
pub fn directives_chosen(chosen: usize, all: usize) -> String {
    say!("Directives that will be applied: {chosen} of {all}", chosen, all)
}
/// What the check boxes do.
pub const DIRECTIVES_LEGEND: Phrase = phrase("Directives to apply");
/// How the check boxes came to be ticked.
pub const DIRECTIVES_HINT: Phrase = phrase(
    "Ticked for your choice above. You can change this; the check then uses what is ticked.",
);
/// Why a directive is ticked.
pub fn why_chosen(why: &str) -> String {
    say!("Why: {why}", why)
}
/// When a person last checked what is said of a directive.
pub fn checked_on(day: &str) -> String {
    say!("A person last checked this on {day}.", day = date(day))
}
/// Who issued a directive, and when.
pub fn issued(issuer: &str, issued_on: &str) -> String {
    format!("{}, {}", told(issuer), date(issued_on))
}

// Step 2.

/// Heading of step 2.
pub const GET: Phrase = phrase("Get your list");
/// What step 2 is for.
pub const GET_LEGEND: Phrase = phrase("Where does the list come from?");
/// For those who have one.
pub const GET_HINT: Phrase = phrase("If you already have a list, go on to step 3.");
/// Over the command.
pub const COMMAND: Phrase = phrase("Command");
/// What the copy button copies.
pub fn command_of(system: System) -> String {
    say!("the command for {system}", system = self::system(system))
}
/// What the copy button says.
pub const COPY: Phrase = phrase("Copy");
/// What the copy button says when it has copied.
pub const COPIED: Phrase = phrase("Copied");
/// The copy button for those who hear it alone.
pub fn copy_what(what: &str) -> String {
    say!("Copy {what}", what)
}

/// What a system is called.
pub fn system(system: System) -> &'static str {
    match system {
        System::PowerShell => say!("Windows, with PowerShell"),
        System::Winget => say!("Windows, with winget"),
        System::Macos => say!("Mac"),
        System::Debian => say!("Debian or Ubuntu Linux"),
        System::Rpm => say!("Red Hat, Fedora or SUSE Linux"),
        System::InventoryProduct => say!("An inventory product (many computers)"),
    }
}

/// The help for getting a list from a system.
pub struct SystemHelp {
    /// How to begin.
    pub how: &'static [Phrase],
    /// What the list will hold.
    pub lists: Phrase,
    /// What it cannot show.
    pub cannot_show: Phrase,
}

/// The help for getting a list from that system.
pub fn system_help(system: System) -> SystemHelp {
    match system {
        System::PowerShell => SystemHelp {
            how: const {
                &[
                    phrase(
                        "Press the Windows key, type PowerShell and press Enter. You do not need to be an administrator.",
                    ),
                    phrase("Paste the command and press Enter. It is one long line."),
                    phrase(
                        "It makes the file programs.csv in your user folder (C:\\Users\\your name). Choose that file in step 3.",
                    ),
                ]
            },
            lists: phrase(
                "It lists desktop programs installed for all users and for you, with publisher, version and removal code. This is the best list for a Windows computer.",
            ),
            cannot_show: phrase(
                "It does not show apps from the Microsoft Store, or programs that run without being installed. Nor does it show what another user installed only for themselves.",
            ),
        },
        System::Winget => SystemHelp {
            how: const {
                &[
                    phrase("Press the Windows key, type PowerShell and press Enter."),
                    phrase("Paste the command and press Enter."),
                    phrase(
                        "It makes the file programs.txt in your user folder. Choose that file in step 3.",
                    ),
                ]
            },
            lists: phrase(
                "It lists desktop programs and Microsoft Store apps with version and package name.",
            ),
            cannot_show: phrase(
                "It does not show publishers, and it cuts long names short. If the answer matters, use the PowerShell command instead.",
            ),
        },
        System::Macos => SystemHelp {
            how: const {
                &[
                    phrase(
                        "Open Terminal: press Command and Space, type Terminal and press Return.",
                    ),
                    phrase("Paste the command and press Return. It may take a minute."),
                    phrase(
                        "It makes the file programs.txt on your desktop. Choose that file in step 3.",
                    ),
                ]
            },
            lists: phrase(
                "It lists the apps on the Mac with version, folder and the company that signed them.",
            ),
            cannot_show: phrase(
                "It does not show browser extensions, command-line tools or services that come without an app.",
            ),
        },
        System::Debian => SystemHelp {
            how: const {
                &[
                    phrase("Open a terminal, paste the command and press Enter."),
                    phrase(
                        "It makes the file programs.txt in your home folder. Choose that file in step 3.",
                    ),
                ]
            },
            lists: phrase(
                "It lists every package that the system’s package manager knows, and whether it is installed.",
            ),
            cannot_show: phrase(
                "It does not show snaps, flatpaks, containers, or programs copied onto the computer by hand.",
            ),
        },
        System::Rpm => SystemHelp {
            how: const {
                &[
                    phrase("Open a terminal, paste the command and press Enter."),
                    phrase(
                        "It makes the file programs.txt in your home folder. Choose that file in step 3.",
                    ),
                ]
            },
            lists: phrase("It lists every installed package with its version."),
            cannot_show: phrase(
                "It does not show flatpaks, containers, or programs copied onto the computer by hand.",
            ),
        },
        System::InventoryProduct => SystemHelp {
            how: const {
                &[
                    phrase(
                        "In your product (for example Intune, Configuration Manager, Lansweeper, GLPI or Wazuh), open the report of installed or discovered software.",
                    ),
                    phrase(
                        "Include the columns computer, program name, version and publisher if you can.",
                    ),
                    phrase(
                        "Export it as CSV, JSON or an Excel workbook and choose that file in step 3. You can choose many files at once.",
                    ),
                ]
            },
            lists: phrase(
                "A table with one program a row is enough. The first row must name the columns. Comma, semicolon, tab and bar between the columns are all fine.",
            ),
            cannot_show: phrase(
                "A list is only as complete as the product’s last scan. Computers that it does not reach are missing.",
            ),
        },
    }
}

// Step 3.

/// Heading of step 3.
pub const GIVE: Phrase = phrase("Check your list");
/// The label of the text box.
pub const PASTE_LABEL: Phrase = phrase("Paste the list");
/// What can be pasted.
pub const PASTE_HINT: Phrase =
    phrase("Paste what the command printed, a table, or just program names, one on each line.");
/// The label of the file chooser.
pub const FILES_LABEL: Phrase = phrase("Or choose files");
/// What can be chosen.
pub const FILES_HINT: Phrase = phrase(
    "Text, CSV, JSON, XML, Excel, ZIP. Choose as many as you like. They are checked together with what you pasted.",
);
/// In the box where files are dropped.
pub const DROP_HERE: Phrase = phrase("Drag files here, or:");
/// The name of the list of files.
pub const CHOSEN_FILES: Phrase = phrase("Chosen files");
/// The button that takes a file off the list.
pub const REMOVE: Phrase = phrase("Remove");
/// The label of the samples.
pub const TRY_A_SAMPLE: Phrase = phrase("No list at hand? Try an invented one:");
/// The button that starts.
pub const CHECK: Phrase = phrase("Check the list");
/// The button that cancels.
pub const CANCEL: Phrase = phrase("Cancel");
/// The button that clears.
pub const CLEAR: Phrase = phrase("Clear");
/// What is said after clearing.
pub const CLEARED: Phrase = phrase("Cleared.");
/// The button that brings back.
pub const UNDO: Phrase = phrase("Undo");
/// After a cancel.
pub const CANCELLED: Phrase = phrase("The check was cancelled. Your list is still here.");

/// What a sample is called.
pub fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::Office => say!("Table of an office"),
        Sample::Winget => say!("One Windows computer"),
        Sample::Dpkg => say!("One Linux computer"),
    }
}

/// The heading of the summary of errors.
pub const ERRORS_HEADING: Phrase = phrase("The list cannot be checked yet");

/// What is missing and what to do.
pub fn input_error(error: InputError) -> &'static str {
    match error {
        InputError::NothingGiven => {
            say!("There is no list yet. Paste one, choose a file or take an example.")
        }
        InputError::NoDirective => say!("No directive is ticked. Tick at least one in step 1."),
        InputError::PackMistakes => {
            say!(
                "Your own rules have mistakes. Mend them in step 1, or untick the file they are in."
            )
        }
    }
}

/// The heading of a scan that came to a bad end.
pub const FAILURE_HEADING: Phrase = phrase("The check did not finish");

/// Why a scan came to a bad end and what to do.
pub fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::WorkerNotLoaded => {
            say!(
                "The part of this page that reads lists could not be loaded. Nothing was sent anywhere, and your list is still here. Load this page again; if that does not help, some of its files are missing where it is hosted."
            )
        }
        Failure::WorkerStopped => {
            say!(
                "The check stopped unexpectedly. Nothing was sent anywhere, and your list is still here. Try again, or check fewer or smaller files at once."
            )
        }
    }
}

/// How far a scan is.
pub fn progress(progress: Option<&Progress>) -> String {
    match progress {
        None => say!("Starting…").into(),
        Some(p) => {
            let read = say!(
                "{bytes} of {all} read: {entries}",
                bytes = bytes(p.bytes.min(p.bytes_total)),
                all = bytes(p.bytes_total),
                entries = entries(p.records)
            );
            match p.findings {
                0 => read,
                found => read + &many!(found, ", {n} match so far", ", {n} matches so far"),
            }
        }
    }
}

/// When nothing is heard of a scan.
pub const SILENT: Phrase = phrase(
    "Nothing new for 20 seconds. Large packed files and slow computers can take that long. If it goes on, cancel and check again, with fewer or smaller files: your list stays here.",
);

/// The label of the progress bar.
pub const PROGRESS_LABEL: Phrase = phrase("Checking the list");

// Small words.

/// A size as people say it, in steps of a thousand.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if n < 1000 {
        return many!(n, "{n} byte", "{n} bytes");
    }
    let (mut tenths, mut unit) = (n / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    if tenths < 100 {
        format!("{} {}", language::tenths(tenths), UNITS[unit])
    } else {
        format!("{} {}", number(tenths / 10), UNITS[unit])
    }
}

/// Entries of a list.
pub fn entries(n: u64) -> String {
    many!(n, "{n} entry", "{n} entries")
}

/// Computers.
pub fn computers(n: u64) -> String {
    many!(n, "{n} computer", "{n} computers")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[&str]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => say!("{first} and {last}", first = rest.join(", "), last),
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

#[cfg(test)]
mod tests {
    use super::*;

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
