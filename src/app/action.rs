//! Everything that can happen to the page.

use std::rc::Rc;

use super::protocol::{Progress, Results, ScanId};
use super::samples::Sample;
use super::state::{Announcement, ChosenFile, Failure, FileKey, System};
use crate::engine::report::Place;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The reader said who they are, by the profile's id.
    ProfileChosen(String),
    /// The reader ticked or unticked a directive.
    DirectiveToggled(String),
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
    /// The reader wants the list checked.
    CheckAsked,
    /// The reader does not want to wait.
    CheckCancelled,
    /// The worker told how far it is.
    Progressed(ScanId, Progress),
    /// The worker is done.
    Finished(ScanId, Rc<Results>),
    /// The scan came to a bad end.
    Failed(ScanId, Failure),
    /// The worker sent more places of a finding, from the one at this index on.
    PlacesArrived(ScanId, String, usize, Rc<Vec<Place>>),
    /// The reader wants more findings on the page.
    MoreFindingsAsked,
    /// The reader wants to print.
    PrintAsked,
    /// The print dialog was closed.
    Printed,
    /// Something happened outside that a reader should hear of.
    Announced(Announcement),
}
