//! Everything the page knows.

use std::rc::Rc;

use super::browse::{Browse, Browsed};
use super::checklist::Checklist;
use super::decisions::Decisions;
use super::fleet::Fleet;
use super::packs::{PackKey, Packs};
use super::protocol::{Progress, Results, ScanId};
use super::reading::{InputKey, Readings};
use super::samples::Sample;
use super::share::{Offer, Opened};
use super::sheet::Node;
use crate::bundled::{DIRECTIVES, PROFILES, ProfileSummary};
use crate::engine::language::Language;
use crate::engine::record::TableChoice;
use crate::engine::report::Place;
use crate::engine::scan::SourceOptions;

/// The state of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The day it is for the reader, `YYYY-MM-DD`.
    pub today: String,
    /// The language of the page.
    pub language: Language,
    /// True if the reader chose it.
    pub is_language_chosen: bool,
    /// True while the file of a language that was chosen could not be had.
    pub is_language_missing: bool,
    /// The id of the profile chosen.
    pub profile: String,
    /// The ids of the directives that are ticked, those of packs among them. What is applied of them
    /// is told by [`State::applied_directives`].
    pub directives: Vec<String>,
    /// Rules of the reader's own.
    pub packs: Packs,
    /// The findings as a table.
    pub browsing: Browsing,
    /// Decisions about what was found.
    pub decisions: Decisions,
    /// What of the removal is done.
    pub checklist: Checklist,
    /// What stands at head and foot of what is printed and saved; empty for nothing.
    pub marking: String,
    /// Whether everything is to be forgotten.
    pub forgetting: Forgetting,
    /// Whether the page works without a network.
    pub offline: Offline,
    /// Whether the browser was seen to let nothing out.
    pub ways_out: WaysOut,
    /// Queries for the reader's own tools.
    pub fleet: Fleet,
    /// The system whose command is shown.
    pub system: System,
    /// What is to be checked.
    pub input: Input,
    /// What the reader has said about tables, for as long as the page is open: true of every
    /// table with the same header.
    pub tables: Vec<TableChoice>,
    /// What is known of how the inputs are read.
    pub readings: Readings,
    /// What was cleared last, until something new is given.
    pub cleared: Option<Cleared>,
    /// What keeps the list from being checked; empty until a check is asked for.
    pub errors: Vec<InputError>,
    /// The scan.
    pub scan: ScanState,
    /// The results on show.
    pub shown: Option<Shown>,
    /// What somebody shared, in the place of the results.
    pub opened: Option<Opened>,
    /// How many findings of the results are on the page.
    pub findings_on_page: usize,
    /// How many lists and problems of the results are.
    pub rows: Rows,
    /// True from when a print is asked for until it is done: then everything is on the page.
    pub is_printing: bool,
    /// What to tell a reader who does not see the page change.
    pub announcement: Option<Numbered<Announcement>>,
    /// Where the keyboard focus goes next.
    pub focus: Option<Numbered<Focus>>,
    // Invariant: greater than every scan id and number given out.
    next: u32,
}

/// Whether everything is to be forgotten. It cannot be undone, so it is asked twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forgetting {
    /// Nobody asked for it.
    #[default]
    No,
    /// It was asked for once.
    Asked,
    /// It is done; the number tells one time from another.
    Done(u32),
}

/// Whether the page works without a network, as the browser tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// Not yet, or never in this browser.
    #[default]
    NotYet,
    /// From now on.
    Ready,
    /// So it does, and a newer version of it is there and waits.
    NewerWaits,
}

/// What became of a way by which the page could send something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// The browser blocked it.
    Blocked,
    /// It did not.
    Open,
    /// It could not be tried.
    Untried,
}

/// Whether the browser was seen to let nothing out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WaysOut {
    /// Nobody asked.
    #[default]
    Untried,
    /// They are being tried.
    Trying,
    /// What became of each of `text::WAYS_OUT`.
    Tried(Vec<WayOut>),
}

/// Something that happens again even if it is the same: each has another number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered<T> {
    /// The number.
    pub number: u32,
    /// What happens.
    pub what: T,
}

/// What is to be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The text in the box, as typed.
    pub pasted: Rc<str>,
    /// The sample the text was taken from, if it was.
    pub sample: Option<Sample>,
    /// The files, in the order they were chosen.
    pub files: Vec<ChosenFile>,
    /// How to read the inputs of which the reader knows better.
    pub options: Vec<(InputKey, SourceOptions)>,
}

impl Input {
    /// True if there is nothing to check.
    pub fn is_empty(&self) -> bool {
        !self.has_text() && self.files.is_empty()
    }

    /// True if there is text in the box. Spaces are none.
    pub fn has_text(&self) -> bool {
        !self.pasted.trim().is_empty()
    }

    /// How to read that input.
    pub fn options_of(&self, key: InputKey) -> SourceOptions {
        let known = self.options.iter().find(|(known, _)| *known == key);
        known.map(|(_, options)| options.clone()).unwrap_or_default()
    }

    pub(super) fn set_options(&mut self, key: InputKey, options: SourceOptions) {
        self.options.retain(|(known, _)| *known != key);
        if options != SourceOptions::default() {
            // In order, so that the same is the same whichever was said first.
            let after = self.options.iter().position(|(other, _)| *other > key);
            self.options.insert(after.unwrap_or(self.options.len()), (key, options));
        }
    }
}

/// A file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenFile {
    /// Tells it from every other file chosen since the page was opened.
    pub key: FileKey,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Tells chosen files apart; two may have the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey(pub u32);

/// What was cleared and can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The input.
    pub input: Input,
    /// The results.
    pub shown: Option<Shown>,
}

/// The findings looked through as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browsing {
    /// What is looked at.
    pub asked: Browse,
    /// True if all programs that were checked are looked at because nothing was found, and not because the reader
    /// wanted so.
    pub is_all_since_nothing_found: bool,
    /// The number of the rows that are wanted; those of an earlier number are late.
    pub wanted: u32,
    /// The rows that came last.
    pub browsed: Rc<Browsed>,
}

/// What is known of that finding.
pub fn of_finding<'a, T>(known: &'a [(String, T)], finding: &str) -> Option<&'a T> {
    known.iter().find(|(id, _)| id == finding).map(|(_, known)| known)
}

/// How many lists and problems of the results are on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Lists.
    pub sources: usize,
    /// Problems.
    pub problems: usize,
}

impl Default for Rows {
    fn default() -> Self {
        Self { sources: SOURCES_A_PAGE, problems: PROBLEMS_A_PAGE }
    }
}

/// Results on show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The scan they came out of.
    pub scan: ScanId,
    /// What was asked.
    pub asked: Rc<Asked>,
    /// What came out.
    pub results: Rc<Results>,
    /// What the reader asked of it since.
    pub more: Rc<More>,
}

/// What came of results when it was asked for, by the findings' ids. Lists, not maps: they are short, and the page's
/// program is a hundredth smaller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Why findings are what they are said to be.
    pub explanations: Vec<(String, Box<Node>)>,
    /// The places behind those that the results have.
    pub places: Vec<(String, Vec<Place>)>,
    /// How many places are on the page, where somebody wanted more than at first.
    pub rows: Vec<(String, usize)>,
    /// A summary that can be passed on.
    pub offer: Option<Rc<Offer>>,
    /// True if the browser hands links to other programs.
    pub can_share: bool,
    /// True if the worker that held the whole report is gone: nothing more can be asked of it.
    pub is_lost: bool,
}

/// What a scan was asked to do, to tell when it is no longer what the page has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What was to be checked.
    pub input: Input,
    /// What the reader has said about tables.
    pub tables: Vec<TableChoice>,
    /// The directives to apply.
    pub directives: Vec<String>,
    /// Rules of the reader's own, by name and text.
    pub packs: Vec<(String, Rc<str>)>,
    /// The profile chosen.
    pub profile: String,
}

/// What the scan does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScanState {
    /// No scan is running.
    #[default]
    Idle,
    /// A scan is running.
    Running {
        /// Which.
        id: ScanId,
        /// What it was asked.
        asked: Rc<Asked>,
        /// How far it is; `None` until the worker tells.
        progress: Option<Progress>,
        /// True if the worker has told nothing new for so long that a reader wonders.
        is_silent: bool,
    },
    /// The last scan was cancelled.
    Cancelled,
    /// The last scan came to a bad end.
    Failed(Failure),
}

/// Why a scan came to a bad end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The worker's program could not be loaded.
    WorkerNotLoaded,
    /// The worker stopped in the middle.
    WorkerStopped,
}

/// What keeps a list from being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputError {
    /// There is no text and no file.
    NothingGiven,
    /// No directive is chosen.
    NoDirective,
    /// A pack that is to be applied has mistakes.
    PackMistakes,
}

/// A kind of system to get a list from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Windows, by PowerShell from the registry.
    PowerShell,
    /// Windows, by the package manager winget.
    Winget,
    /// macOS.
    Macos,
    /// Debian, Ubuntu and what is made from them.
    Debian,
    /// Red Hat, Fedora, SUSE and what is made from them.
    Rpm,
    /// A product that keeps an inventory of many computers.
    InventoryProduct,
}

impl System {
    /// Every system, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::PowerShell,
        Self::Winget,
        Self::Macos,
        Self::Debian,
        Self::Rpm,
        Self::InventoryProduct,
    ];

    /// A short name for ids in the page.
    pub fn id(self) -> &'static str {
        match self {
            Self::PowerShell => "powershell",
            Self::Winget => "winget",
            Self::Macos => "macos",
            Self::Debian => "debian",
            Self::Rpm => "rpm",
            Self::InventoryProduct => "inventory-product",
        }
    }

    /// The one command to run, where there is one.
    pub fn command(self) -> Option<&'static str> {
        match self {
            Self::PowerShell => Some(POWERSHELL),
            Self::Winget => {
                Some("winget list --accept-source-agreements > \"$HOME\\programs.txt\"")
            }
            Self::Macos => Some("system_profiler SPApplicationsDataType > ~/Desktop/programs.txt"),
            Self::Debian => Some("dpkg -l > ~/programs.txt"),
            Self::Rpm => Some("rpm -qa > ~/programs.txt"),
            Self::InventoryProduct => None,
        }
    }
}

// Three keys: programs for all users (64 and 32 bits) and those of the user who runs it. The file
// lies in the user's own folder, where everybody may write.
const POWERSHELL: &str = "\
Get-ItemProperty HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*, \
HKLM:\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*, \
HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\* -ErrorAction SilentlyContinue | \
Select-Object @{n='ComputerName';e={$env:COMPUTERNAME}}, DisplayName, DisplayVersion, Publisher, \
InstallLocation, UninstallString, PSChildName | \
Export-Csv -NoTypeInformation -Encoding UTF8 \"$HOME\\programs.csv\"";

/// What to tell a reader who does not see the page change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// The page speaks another language.
    LanguageChanged,
    /// A command went to the clipboard.
    Copied,
    /// The clipboard could not be used; the command is selected instead.
    Selected,
    /// So many files were added.
    FilesAdded(usize),
    /// A file was taken off the list.
    FileRemoved,
    /// A sample is in the box.
    SampleTaken,
    /// The input was cleared.
    Cleared,
    /// The input is back.
    Restored,
    /// A scan began.
    Checking,
    /// A scan is running and so many records are read.
    StillChecking(u64),
    /// A scan is running and nothing is heard of it.
    Silent,
    /// The scan was cancelled.
    Cancelled,
    /// The results are there.
    Finished,
    /// What is on show is all that is left of the results.
    Lost,
    /// So many findings are on the page now.
    MoreShown(usize),
    /// Something was handed to the browser as a file.
    Saved,
    /// A summary that can be passed on is there.
    SummaryMade,
    /// The queries are there.
    QueriesWritten,
    /// A pack was added.
    PackAdded,
    /// A pack was taken away.
    PackRemoved,
    /// So many mistakes are in the packs now.
    PacksChecked(usize),
    /// Something could not be done with a pack.
    PackTrouble,
    /// A decision was taken back.
    DecisionRemoved,
    /// Something could not be done with a file of decisions or a report.
    DecisionTrouble,
    /// The results were judged once more.
    Judged,
    /// That input is read another way now, or has to be.
    ReadAs(InputKey),
    /// The browser does not remember what it was asked to.
    NotKept,
    /// Everything is forgotten.
    Forgotten,
    /// A newer version of the page waits.
    NewerWaits,
    /// Every way out was tried.
    WaysOutTried,
}

/// Where the keyboard focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The summary of input errors.
    ErrorSummary,
    /// The message of a failed scan.
    Failure,
    /// The heading of the results.
    Results,
    /// The heading of step 3.
    Give,
    /// The text box.
    PasteBox,
    /// The file chooser.
    FileChooser,
    /// The button that starts a check.
    CheckButton,
    /// The button that cancels.
    CancelButton,
    /// The button that brings back what was cleared.
    UndoButton,
    /// The button that takes that file off the list.
    RemoveButton(FileKey),
    /// The finding at that place of the list, counted from 0.
    Finding(usize),
    /// The fold in which the reading of that input can be changed.
    Reading(InputKey),
    /// That pack.
    Pack(PackKey),
    /// That line and column of a pack, counted from 1.
    PackPlace(PackKey, usize, usize),
    /// The button that brings back the pack that was taken away.
    PackUndo,
    /// The heading of the decisions.
    Decisions,
    /// The button that brings back the decision that was taken back.
    DecisionUndo,
    /// The heading of the comparison.
    Comparison,
    /// What is said of forgetting everything.
    Forgetting,
    /// The choice of the language.
    Language,
}

impl State {
    /// The state of a page just opened on that day (`YYYY-MM-DD`).
    ///
    /// The profile that applies most directives is chosen: it misses nothing.
    pub fn new(today: &str) -> Self {
        let mut state = Self {
            today: today.to_owned(),
            language: Language::default(),
            is_language_chosen: false,
            is_language_missing: false,
            profile: String::new(),
            directives: DIRECTIVES.iter().map(|d| d.id.to_owned()).collect(),
            packs: Packs::default(),
            browsing: Browsing::default(),
            decisions: Decisions::default(),
            checklist: Checklist::default(),
            marking: String::new(),
            forgetting: Forgetting::default(),
            offline: Offline::default(),
            ways_out: WaysOut::default(),
            fleet: Fleet::default(),
            system: System::PowerShell,
            input: Input::default(),
            tables: Vec::new(),
            readings: Readings::default(),
            cleared: None,
            errors: Vec::new(),
            scan: ScanState::Idle,
            shown: None,
            opened: None,
            findings_on_page: FINDINGS_A_PAGE,
            rows: Rows::default(),
            is_printing: false,
            announcement: None,
            focus: None,
            next: 1,
        };
        if let Some(profile) = PROFILES.iter().rev().max_by_key(|p| p.directives.len()) {
            state.choose_profile(profile);
        }
        state
    }

    pub(super) fn choose_profile(&mut self, profile: &ProfileSummary) {
        profile.id.clone_into(&mut self.profile);
        // Who the reader is says nothing of rules of their own.
        let is_bundled = |id: &String| DIRECTIVES.iter().any(|directive| directive.id == id);
        self.directives.retain(|id| !is_bundled(id));
        let chosen = profile.directives.iter().map(|(id, _)| (*id).to_owned());
        self.directives.extend(chosen);
    }

    /// A number that was not given out before.
    pub(super) fn new_number(&mut self) -> u32 {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        number
    }

    /// Gives out no number that the other state has given out.
    pub(super) fn go_on_counting_from(&mut self, other: &Self) {
        self.next = other.next;
    }

    pub(super) fn announce(&mut self, what: Announcement) {
        let number = self.new_number();
        self.announcement = Some(Numbered { number, what });
    }

    pub(super) fn focus_on(&mut self, what: Focus) {
        let number = self.new_number();
        self.focus = Some(Numbered { number, what });
    }

    /// True if a scan is running.
    pub fn is_running(&self) -> bool {
        matches!(self.scan, ScanState::Running { .. })
    }

    /// True if something would be lost if the page were closed now, that its reader gave or made.
    pub fn has_something_to_lose(&self) -> bool {
        let has_own_list = !self.input.is_empty() && self.input.sample.is_none();
        has_own_list
            || self.shown.is_some()
            || (!self.packs.all.is_empty() && !self.packs.is_kept)
            || (!self.decisions.all.is_empty() && !self.decisions.is_kept)
    }

    /// True if the results on show are not those of the choices and the input on the page.
    pub fn is_stale(&self) -> bool {
        let Some(shown) = &self.shown else { return false };
        shown.asked.directives != self.applied_directives()
            || shown.asked.packs != self.packs.applied()
            || shown.asked.input.pasted != self.input.pasted
            || shown.asked.input.files != self.input.files
            || shown.asked.input.options != self.input.options
            || shown.asked.tables != self.tables
    }
}

/// How long nothing may be heard of a scan before the reader is told, in milliseconds. A worker tells ten times a second
/// how far it is, but not while it unpacks a large workbook or loads; a browser may end one and tell nobody.
pub const SILENCE_MS: u32 = 20_000;

/// How many lists are put on the page at a time.
pub const SOURCES_A_PAGE: usize = 20;

/// How many problems are put on the page at a time.
pub const PROBLEMS_A_PAGE: usize = 25;

/// How many findings are put on the page at a time, so that a large report does not freeze it.
pub const FINDINGS_A_PAGE: usize = 25;
