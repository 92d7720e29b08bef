//! Everything that can happen to the page.

use std::rc::Rc;

use super::browse::{Browse, Browsed};
use super::checklist::RemovalProgress;
use super::packs::{Mistake, OwnRules, PackFile, PackKey, PackTrouble};
use super::preview::{Choices, Preview};
use super::protocol::{Progress, Results, ScanId};
use super::reading::InputKey;
use super::samples::Sample;
use super::share::Offer;
use super::sheet::Node;
use super::state::{Announcement, ChosenFile, Failure, FileKey, Offline, System, WayOut};
use super::view::FindingView;
use crate::engine::language::Language;
use crate::engine::queries::Queries;
use crate::engine::record::ColumnField;
use crate::engine::report::Place;
use crate::engine::waivers::Waiver;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The page speaks that language now.
    LanguageChanged(Language),
    /// The file of the language that was chosen could not be had.
    LanguageMissing,
    /// The reader said who they are, by the profile's id.
    ProfileChosen(String),
    /// The reader ticked or unticked a directive.
    DirectiveToggled(String),
    /// The reader began a pack: from an example, or with a file.
    PackAdded {
        /// The file's name.
        name: String,
        /// Its text.
        text: Rc<str>,
    },
    /// The browser remembered these.
    PacksRestored(Vec<PackFile>),
    /// The reader wants a pack applied, or no longer.
    PackToggled(PackKey),
    /// The reader wants to write in a pack, or no longer.
    PackOpened(PackKey),
    /// The text of a pack changed.
    PackTextChanged(PackKey, Rc<str>),
    /// The reader wants to see that line and column of a pack, counted from 1.
    PackPlaceAsked(PackKey, usize, usize),
    /// The reader took a pack away.
    PackRemoved(PackKey),
    /// The reader wants it back.
    PackRemovalUndone,
    /// Something could not be done.
    PackFailed(PackTrouble),
    /// The reader wants the packs remembered, or no longer.
    PackKeepingToggled,
    /// The worker told what it makes of the packs, as it was asked by that number.
    RulesChecked(u32, Rc<OwnRules>),
    /// The reader wants to decide about that finding, counted from 0, or no longer.
    DecisionFormToggled(usize),
    /// The reader wants to see more lists.
    MoreSourcesAsked,
    /// The reader wants to see more problems.
    MoreProblemsAsked,
    /// The reader wants to see so many places of the finding with that id.
    MorePlacesAsked(String, usize),
    /// The reader wants to look at other findings.
    BrowseChanged(Browse),
    /// The worker made the rows that were asked for by that number.
    Browsed(u32, Rc<Browsed>),
    /// The reader decided about a finding; id and day are given by the page.
    Decided(Waiver),
    /// The reader takes the decision with that id back.
    DecisionRemoved(String),
    /// The reader wants it again.
    DecisionRemovalUndone,
    /// The worker read a file of decisions.
    DecisionsLoaded(Result<Vec<Waiver>, Vec<Mistake>>),
    /// The browser remembered these.
    DecisionsRestored(Vec<Waiver>),
    /// The reader wants the decisions remembered, or no longer.
    DecisionKeepingToggled,
    /// The browser does not keep them.
    DecisionsNotKept,
    /// The worker judged once more.
    Judged(ScanId, Rc<Results>),
    /// The results of a scan are told in another language.
    Retold(ScanId, Rc<Results>),
    /// The worker cannot compare with what it was given: why.
    NotCompared(String),
    /// The reader chose the tool to write queries for, by its id, or none.
    EngineChosen(Option<String>),
    /// The worker wrote the queries that were asked for by that number.
    QueriesArrived(u32, Rc<Queries>),
    /// The reader chose a system.
    SystemChosen(System),
    /// The text in the box changed.
    TextChanged(Rc<str>),
    /// The reader took a sample.
    SampleTaken(Sample),
    /// The reader chose or dropped files.
    FilesAdded(Vec<ChosenFile>),
    /// The reader took a file off the list.
    FileRemoved(FileKey),
    /// The reader cleared the input.
    InputCleared,
    /// The reader wants to check another list.
    StartedOver,
    /// The reader wants back what was cleared.
    ClearUndone,
    /// The worker told what it can read.
    ChoicesArrived(Rc<Choices>),
    /// The reader says which format an input is in; `None` to have it found.
    FormatChosen(InputKey, Option<String>),
    /// The reader says which encoding an input is in; `None` to have it found.
    EncodingChosen(InputKey, Option<String>),
    /// The reader names the computer of an input; empty to leave it to the list.
    HostTyped(InputKey, String),
    /// The reader says what that column of an input's table holds, counted from 0.
    ColumnChosen(InputKey, usize, Option<ColumnField>),
    /// The reader says that the first row of an input's table is a heading, or that it is none.
    HeadingToggled(InputKey),
    /// The reader takes back what they said of an input's table.
    MappingForgotten(InputKey),
    /// The reader wants to see or change how an input is read.
    ReadingAsked(InputKey),
    /// The worker told how the beginning of an input is read, as it was asked by that number;
    /// `None` if the input cannot be read at all.
    Previewed(u32, Option<Rc<Preview>>),
    /// The worker will not answer what it was asked about beginnings.
    PreviewsLost,
    /// The reader wants the list checked.
    CheckAsked,
    /// The reader does not want to wait.
    CheckCancelled,
    /// The worker told how far it is.
    Progressed(ScanId, Progress),
    /// Nothing new was heard of the scan for [`SILENCE_MS`](super::state::SILENCE_MS).
    Silent(ScanId),
    /// The worker is done.
    Finished(ScanId, Rc<Results>),
    /// The scan came to a bad end.
    Failed(ScanId, Failure),
    /// The worker sent more places of a finding, from the one at this index on.
    PlacesArrived(ScanId, String, usize, Rc<Vec<Place>>),
    /// The worker sent more findings, from the one at this index on.
    FindingsArrived(ScanId, usize, Vec<FindingView>),
    /// The worker told why a finding is what it is said to be.
    Explained(ScanId, String, Box<Node>),
    /// The worker made a summary that can be passed on; true if the browser hands links to other programs.
    Offered(ScanId, Rc<Offer>, bool),
    /// The end of the page's address is this, from the `#` on.
    HashChanged(String),
    /// The worker read the link that it was asked about by that number.
    SharedRead(u32, Rc<Node>),
    /// The reader has seen enough of what somebody shared.
    SharedLeft,
    /// The reader wants more findings on the page.
    MoreFindingsAsked,
    /// The reader ticked that of the checklist, or unticked it.
    Ticked(String),
    /// The worker counted what is done, as it was asked by that number.
    DoneCounted(u32, Rc<Vec<RemovalProgress>>),
    /// The browser remembered these ticks.
    TicksRestored(Vec<String>),
    /// The reader wants the ticks remembered, or no longer.
    TickKeepingToggled,
    /// The browser does not keep them.
    TicksNotKept,
    /// The reader says what is to stand at head and foot of what is printed and saved.
    MarkingTyped(String),
    /// The reader wants everything forgotten, and is asked again.
    ForgettingAsked,
    /// The reader does not want it after all.
    ForgettingRefused,
    /// The reader wants it.
    Forgotten,
    /// The reader wants every way out tried.
    WaysOutAsked,
    /// They were: what became of each of `text::WAYS_OUT`.
    WaysOutTried(Vec<WayOut>),
    /// The browser told whether the page works without a network.
    OfflineChanged(Offline),
    /// The reader wants to print.
    PrintAsked,
    /// The print dialog was closed.
    Printed,
    /// Something happened outside that a reader should hear of.
    Announced(Announcement),
}
