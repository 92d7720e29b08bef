use super::*;
use crate::app::preview;
use crate::app::reduce::reduce;
use crate::app::state::ChosenFile;
use crate::bundled;

const STRANGE: &str = "Ding;Was;Stand\na1;Kaspersky Free;21.3\na2;Firefox;128\n";
const PASTED_KEY: InputKey = InputKey::Pasted;

/// A page, and a worker that answers when it is told to.
struct Page(State);

impl Page {
    fn new() -> Self {
        Self(State::new("2026-11-24"))
    }

    fn act(&mut self, action: Action) {
        self.0 = reduce(&self.0, action);
    }

    fn paste(&mut self, text: &str) {
        self.act(Action::TextChanged(text.into()));
        self.answer(PASTED_KEY, text);
    }

    fn choose(&mut self, key: u32, name: &str) -> InputKey {
        let file = ChosenFile { key: FileKey(key), name: name.into(), bytes: 1 };
        self.act(Action::FilesAdded(vec![file]));
        InputKey::File(FileKey(key))
    }

    /// The worker answers what is wanted of that input, which holds the text.
    fn answer(&mut self, key: InputKey, text: &str) {
        let reading = self.reading(key);
        let tables = &self.0.tables;
        let preview = preview::preview(
            &bundled::rules(),
            &reading.name,
            &reading.options,
            tables,
            text.as_bytes(),
            true,
        );
        let wanted = self.wanted(key);
        self.act(Action::Previewed(wanted, preview.map(Rc::new)));
    }

    fn reading(&self, key: InputKey) -> Reading {
        self.0.reading(key).unwrap_or_else(|| panic!("{key:?} is looked into"))
    }

    fn wanted(&self, key: InputKey) -> u32 {
        self.0.readings.of(key).map_or(0, |known| known.wanted)
    }

    fn names(&self, key: InputKey) -> Vec<String> {
        let preview = self.reading(key).preview.unwrap_or_else(|| panic!("a preview came"));
        preview.source.first_records.iter().map(|record| record.name.clone()).collect()
    }

    fn announcement(&self) -> Option<Announcement> {
        self.0.announcement.as_ref().map(|announcement| announcement.what)
    }
}

#[test]
fn what_is_pasted_is_looked_into_and_what_is_emptied_no_more() {
    let mut page = Page::new();
    assert!(page.0.reading(PASTED_KEY).is_none());
    page.act(Action::TextChanged("Firefox\n".into()));
    assert!(!page.reading(PASTED_KEY).is_current);
    page.answer(PASTED_KEY, "Firefox\nKaspersky Free\n");
    assert!(page.reading(PASTED_KEY).is_current);
    assert_eq!(page.names(PASTED_KEY), ["Firefox", "Kaspersky Free"]);
    page.act(Action::TextChanged(" ".into()));
    assert!(page.0.reading(PASTED_KEY).is_none());
}

#[test]
fn a_late_answer_is_not_taken_for_what_is_wanted_now() {
    let mut page = Page::new();
    page.paste("Firefox\n");
    let late = page.wanted(PASTED_KEY);
    page.act(Action::TextChanged("Kaspersky Free\n".into()));
    let before = page.0.clone();
    page.act(Action::Previewed(late, None));
    assert_eq!(page.0, before);
}

#[test]
fn columns_are_said_once_for_every_file_with_that_header() {
    let mut page = Page::new();
    let first = page.choose(0, "a.csv");
    page.answer(first, STRANGE);
    assert!(page.reading(first).preview.is_some_and(|preview| preview.lacks_names()));
    assert_eq!(page.announcement(), Some(Announcement::ReadAs(first)));
    page.act(Action::ColumnChosen(first, 1, Some(ColumnField::Name)));
    let chosen = &page.reading(first).columns[1];
    assert_eq!(chosen.means, Some(ColumnField::Name), "shown before the worker answers");
    page.act(Action::ColumnChosen(first, 2, Some(ColumnField::Version)));
    page.answer(first, STRANGE);
    assert_eq!(page.names(first), ["Kaspersky Free", "Firefox"]);

    let second = page.choose(1, "b.csv");
    page.answer(second, STRANGE);
    assert_eq!(page.names(second), ["Kaspersky Free", "Firefox"]);
    assert!(page.reading(second).is_mapped);
    let other = page.choose(2, "c.csv");
    page.answer(other, &STRANGE.replace("Ding", "Dings"));
    assert!(!page.reading(other).is_mapped);
    assert_eq!(page.0.tables.len(), 1);
}

#[test]
fn what_was_said_of_columns_outlives_the_list() {
    let mut page = Page::new();
    page.paste(STRANGE);
    page.act(Action::ColumnChosen(PASTED_KEY, 1, Some(ColumnField::Name)));
    page.act(Action::InputCleared);
    page.paste(STRANGE);
    assert_eq!(page.names(PASTED_KEY), ["Kaspersky Free", "Firefox"]);
}

#[test]
fn the_first_row_can_be_a_heading_or_a_row() {
    let mut page = Page::new();
    let rows = "1;PC-1;Kaspersky Free\n2;PC-1;Firefox\n3;PC-2;7-Zip\n";
    page.paste(rows);
    assert!(page.reading(PASTED_KEY).has_heading());
    page.act(Action::HeadingToggled(PASTED_KEY));
    page.answer(PASTED_KEY, rows);
    assert!(!page.reading(PASTED_KEY).has_heading());
    page.act(Action::ColumnChosen(PASTED_KEY, 2, Some(ColumnField::Name)));
    page.answer(PASTED_KEY, rows);
    assert_eq!(page.names(PASTED_KEY), ["Kaspersky Free", "Firefox", "7-Zip"]);
    page.act(Action::HeadingToggled(PASTED_KEY));
    page.answer(PASTED_KEY, rows);
    assert_eq!(page.names(PASTED_KEY), ["Firefox", "7-Zip"]);
}

#[test]
fn what_was_said_of_columns_can_be_taken_back() {
    let mut page = Page::new();
    let text = "Name,Version\nKaspersky Free,1\nFirefox,2\n";
    page.paste(text);
    page.act(Action::ColumnChosen(PASTED_KEY, 0, None));
    page.answer(PASTED_KEY, text);
    assert!(page.reading(PASTED_KEY).preview.is_some_and(|preview| preview.lacks_names()));
    page.act(Action::MappingForgotten(PASTED_KEY));
    page.answer(PASTED_KEY, text);
    assert_eq!(page.names(PASTED_KEY), ["Kaspersky Free", "Firefox"]);
    assert!(!page.reading(PASTED_KEY).is_mapped);
    assert_eq!(page.announcement(), Some(Announcement::ReadAs(PASTED_KEY)));
}

#[test]
fn format_and_encoding_of_one_input_can_be_changed_and_changed_back() {
    let mut page = Page::new();
    let list = "Name,Version\nKaspersky Free,1\n";
    page.paste(list);
    page.act(Action::FormatChosen(PASTED_KEY, Some("plain-list".into())));
    page.answer(PASTED_KEY, list);
    assert_eq!(
        page.reading(PASTED_KEY).preview.map(|p| p.source.format.clone()).as_deref(),
        Some("plain-list")
    );
    assert_eq!(page.announcement(), Some(Announcement::ReadAs(PASTED_KEY)));
    page.act(Action::EncodingChosen(PASTED_KEY, Some("IBM866".into())));
    page.answer(PASTED_KEY, list);
    assert_eq!(
        page.reading(PASTED_KEY).preview.map(|p| p.source.encoding.clone()).as_deref(),
        Some("IBM866")
    );
    page.act(Action::EncodingChosen(PASTED_KEY, None));
    page.act(Action::FormatChosen(PASTED_KEY, None));
    assert!(page.0.input.options.is_empty());
}

#[test]
fn a_sample_is_read_as_it_is() {
    let mut page = Page::new();
    page.paste("a\n");
    page.act(Action::FormatChosen(PASTED_KEY, Some("delimited".into())));
    page.act(Action::SampleTaken(Sample::Winget));
    assert_eq!(&*page.0.input.pasted, "a\n", "the worker has not told it yet");
    page.act(Action::ChoicesArrived(Rc::new(preview::choices())));
    assert!(page.0.input.options.is_empty());
    assert_eq!(*page.0.input.pasted, Sample::Winget.text());
    page.act(Action::SampleTaken(Sample::Dpkg));
    assert_eq!(*page.0.input.pasted, Sample::Dpkg.text());
}

#[test]
fn typing_a_computers_name_is_not_told_aloud() {
    let mut page = Page::new();
    page.paste("Kaspersky Free\n");
    let before = page.announcement();
    page.act(Action::HostTyped(PASTED_KEY, "PC-1".into()));
    page.answer(PASTED_KEY, "Kaspersky Free\n");
    assert_eq!(page.announcement(), before);
    let preview = page.reading(PASTED_KEY).preview.unwrap_or_else(|| panic!("a preview came"));
    assert_eq!(preview.source.first_records[0].host, "PC-1");
}

#[test]
fn files_given_together_are_computers_called_by_their_names() {
    let mut page = Page::new();
    let first = page.choose(0, "pc-0815.csv");
    assert_eq!(page.reading(first).host, None, "one list alone needs no name");
    page.choose(1, "pc-0816.csv");
    assert_eq!(page.reading(first).host.as_deref(), Some("pc-0815"));
}

#[test]
fn of_a_thousand_files_the_first_are_looked_into_and_others_when_asked() {
    let mut page = Page::new();
    for key in 0..30 {
        page.choose(key, "a.csv");
    }
    assert_eq!(page.0.readings.previews.len(), FILES_PREVIEWED);
    let late = InputKey::File(FileKey(29));
    page.act(Action::ReadingAsked(late));
    assert!(page.0.reading(late).is_some());
    assert_eq!(page.0.focus.as_ref().map(|focus| focus.what), Some(Focus::Reading(late)));
    page.act(Action::FileRemoved(FileKey(29)));
    assert!(page.0.reading(late).is_none());
}

#[test]
fn a_worker_that_does_not_answer_keeps_nobody_waiting() {
    let mut page = Page::new();
    page.act(Action::TextChanged("Firefox\n".into()));
    page.act(Action::PreviewsLost);
    let reading = page.reading(PASTED_KEY);
    assert!(reading.is_current && reading.preview.is_none());
}

#[test]
fn what_a_stopped_worker_was_asked_is_asked_again() {
    let mut page = Page::new();
    page.act(Action::TextChanged("Firefox\n".into()));
    let asked = page.wanted(PASTED_KEY);
    page.act(Action::CheckAsked);
    page.act(Action::CheckCancelled);
    assert_ne!(page.wanted(PASTED_KEY), asked);
    page.answer(PASTED_KEY, "Firefox\n");
    let answered = page.wanted(PASTED_KEY);
    page.act(Action::CheckAsked);
    page.act(Action::CheckCancelled);
    assert_eq!(page.wanted(PASTED_KEY), answered, "nothing was lost");
}

#[test]
fn a_change_of_reading_makes_results_stale() {
    let mut page = Page::new();
    page.paste(STRANGE);
    page.act(Action::CheckAsked);
    let crate::app::state::ScanState::Running { id, .. } = page.0.scan else { panic!() };
    let rules = bundled::rules();
    let settings =
        crate::engine::scan::Settings { today: "2026-11-24".into(), ..Default::default() };
    let scan = crate::engine::scan::Scan::new(&rules, settings);
    let report = scan.unwrap_or_else(|error| panic!("{error}")).finish();
    page.act(Action::Finished(id, Rc::new(crate::app::view::results(&report))));
    assert!(!page.0.is_stale());
    for action in [
        Action::FormatChosen(PASTED_KEY, Some("plain-list".into())),
        Action::EncodingChosen(PASTED_KEY, Some("UTF-16LE".into())),
        Action::HostTyped(PASTED_KEY, "PC-1".into()),
        Action::ColumnChosen(PASTED_KEY, 0, Some(ColumnField::Name)),
    ] {
        assert!(reduce(&page.0, action.clone()).is_stale(), "{action:?}");
    }
}
