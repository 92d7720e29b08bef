//! How each input is to be read, and what the worker says of its beginning.

use std::rc::Rc;

use super::action::Action;
use super::preview::{Choices, Preview};
use super::protocol::PASTED;
use super::samples::Sample;
use super::state::{Announcement, FileKey, Focus, State};
use crate::engine::record::{ColumnField, ColumnReading, TableChoice};
use crate::engine::scan::{SourceOptions, host_of_file};

/// An input of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputKey {
    /// The text in the box.
    Pasted,
    /// A file.
    File(FileKey),
}

/// How many files are looked into unasked. Who chooses a thousand computers' lists wants them
/// checked, not shown one by one.
pub const FILES_PREVIEWED: usize = 20;

/// What is known of how the inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// Ways to read, once the worker has told.
    pub choices: Rc<Choices>,
    /// The sample that the reader wants and the worker has not told yet.
    pub sample_wanted: Option<Sample>,
    /// The reader wants that sample checked as soon as it is there.
    pub is_check_wanted: bool,
    /// The inputs that are looked into.
    pub previews: Vec<Previewing>,
}

impl Readings {
    /// What is known of that input.
    pub fn of(&self, key: InputKey) -> Option<&Previewing> {
        self.previews.iter().find(|previewing| previewing.key == key)
    }

    fn of_mut(&mut self, key: InputKey) -> Option<&mut Previewing> {
        self.previews.iter_mut().find(|previewing| previewing.key == key)
    }
}

/// What is known of the beginning of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewing {
    /// The input.
    pub key: InputKey,
    /// The number of the preview that is wanted. A worker's answer to an earlier one is late.
    pub wanted: u32,
    /// The number of the preview that came last; another than `wanted` while that is on its way.
    pub came: u32,
    /// The last preview; `None` if none came yet, or the input could not be read.
    pub preview: Option<Rc<Preview>>,
    /// True if the reader has changed how it is read and waits to hear what that made of it.
    pub is_awaited: bool,
}

impl Previewing {
    /// True if the worker has answered.
    pub fn is_current(&self) -> bool {
        self.wanted == self.came
    }
}

/// What the page shows of how an input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The input.
    pub key: InputKey,
    /// Its name.
    pub name: String,
    /// What is asked of it.
    pub options: SourceOptions,
    /// What the worker said last.
    pub preview: Option<Rc<Preview>>,
    /// True if nothing newer is on its way.
    pub is_current: bool,
    /// The columns, as the reader wants them if they have said so.
    pub columns: Vec<ColumnReading>,
    /// True if the reader has said what the columns hold.
    pub is_mapped: bool,
    /// What the computer is called if neither the list nor the reader names it.
    pub host: Option<String>,
    /// Ways to read.
    pub choices: Rc<Choices>,
}

impl Reading {
    /// True if the first row of the table is taken for a heading.
    pub fn has_heading(&self) -> bool {
        self.columns.iter().any(|column| !column.header.is_empty())
    }
}

impl State {
    /// How an input is read, as far as that is known; `None` if it is not looked into.
    pub fn reading(&self, key: InputKey) -> Option<Reading> {
        let previewing = self.readings.of(key)?;
        let name = match key {
            InputKey::Pasted => PASTED.into(),
            InputKey::File(file) => self.input.files.iter().find(|f| f.key == file)?.name.clone(),
        };
        let (columns, is_mapped) = self.columns(key);
        let is_alone =
            self.input.files.len() + usize::from(!self.input.pasted.trim().is_empty()) == 1;
        Some(Reading {
            key,
            options: self.input.options_of(key),
            preview: previewing.preview.clone(),
            is_current: previewing.is_current(),
            columns,
            is_mapped,
            host: if is_alone { None } else { host_of_file(&name).map(str::to_owned) },
            choices: self.readings.choices.clone(),
            name,
        })
    }

    /// How the inputs that are looked into are read.
    pub fn all_readings(&self) -> Vec<Reading> {
        self.readings.previews.iter().filter_map(|known| self.reading(known.key)).collect()
    }

    /// The input that each source of the results is of, where it is still on the page.
    pub fn inputs_of_results(&self) -> Vec<Option<InputKey>> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let asked = &shown.asked.input;
        // Text that is pasted is always a source, whatever it was called.
        let pasted = asked.has_text().then_some((InputKey::Pasted, None));
        let files = asked.files.iter().map(|f| (InputKey::File(f.key), Some(f.name.as_str())));
        let mut inputs = pasted.into_iter().chain(files);
        let is_there = |key: &InputKey| match key {
            InputKey::Pasted => self.input.has_text(),
            InputKey::File(file) => self.input.files.iter().any(|f| f.key == *file),
        };
        // A file that could not be read is no source. Of files with one name each has a number.
        let is_of = |source: &str, name: Option<&str>| {
            let rest = name.map_or(Some(""), |name| source.strip_prefix(name));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        };
        let sources = shown.results.sources.iter();
        sources
            .map(|source| {
                let inputs = inputs.by_ref();
                let input = inputs.find(|(_, name)| is_of(&source.name, *name));
                input.map(|(key, _)| key).filter(is_there)
            })
            .collect()
    }

    /// The columns of an input as the reader wants them, and whether they have said so.
    fn columns(&self, key: InputKey) -> (Vec<ColumnReading>, bool) {
        let preview = self.readings.of(key).and_then(|p| p.preview.as_ref());
        let mut columns = preview.map(|preview| preview.source.columns.clone()).unwrap_or_default();
        let choice = self.tables.iter().find(|table| table.is_of_table(&columns));
        if let Some(choice) = choice {
            for (at, column) in columns.iter_mut().enumerate() {
                column.means = choice.columns.get(at).copied().flatten();
            }
        }
        let is_mapped = choice.is_some() && !columns.is_empty();
        (columns, is_mapped)
    }
}

/// What an action that is about reading makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    match action {
        Action::ChoicesArrived(choices) => {
            state.readings.choices = choices;
            if let Some(sample) = state.readings.sample_wanted.take() {
                super::reduce::take_sample(state, sample);
                if std::mem::take(&mut state.readings.is_check_wanted) {
                    super::reduce::ask_for_check(state);
                }
            }
        }
        Action::FormatChosen(key, format) => change(state, key, |o| o.format = format),
        Action::EncodingChosen(key, encoding) => change(state, key, |o| o.encoding = encoding),
        Action::HostTyped(key, host) => {
            let host = (!host.is_empty()).then_some(host);
            let mut options = state.input.options_of(key);
            if options.host != host {
                options.host = host;
                state.input.set_options(key, options);
                // Every keystroke is one; only the rows in view change.
                want(state, key, false);
            }
        }
        Action::ColumnChosen(key, at, means) => {
            let (mut columns, _) = state.columns(key);
            if let Some(column) = columns.get_mut(at) {
                column.means = means;
                choose_table(state, key, header_of(&columns), &columns);
            }
        }
        Action::HeadingToggled(key) => toggle_heading(state, key),
        Action::MappingForgotten(key) => {
            let (columns, is_mapped) = state.columns(key);
            if is_mapped {
                state.tables.retain(|table| !table.is_of_table(&columns));
                want_all(state);
                await_answer(state, key);
                // The button that was pressed is gone.
                state.focus_on(Focus::Reading(key));
            }
        }
        Action::ReadingAsked(key) => {
            if state.readings.of(key).is_none() {
                want(state, key, false);
            }
            state.focus_on(Focus::Reading(key));
        }
        Action::Previewed(number, preview) => previewed(state, number, preview),
        Action::PreviewsLost => {
            for previewing in &mut state.readings.previews {
                previewing.came = previewing.wanted;
                previewing.is_awaited = false;
            }
            // No sample will come from there; to be told so is better than to wait.
            if std::mem::take(&mut state.readings.is_check_wanted) {
                state.readings.sample_wanted = None;
                super::reduce::ask_for_check(state);
            }
        }
        _ => {}
    }
}

fn change(state: &mut State, key: InputKey, with: impl FnOnce(&mut SourceOptions)) {
    let before = state.input.options_of(key);
    let mut options = before.clone();
    with(&mut options);
    if options != before {
        state.input.set_options(key, options);
        want(state, key, true);
    }
}

/// Has the beginning of an input read, once more if it was.
pub(super) fn want(state: &mut State, key: InputKey, is_awaited: bool) {
    let wanted = state.new_number();
    match state.readings.of_mut(key) {
        Some(previewing) => {
            previewing.wanted = wanted;
            previewing.is_awaited |= is_awaited;
        }
        None => {
            let previewing = Previewing { key, wanted, came: 0, preview: None, is_awaited };
            state.readings.previews.push(previewing);
        }
    }
}

/// Has all beginnings read once more: what is said of a table may be true of every input, and all is worded anew in
/// another language.
pub(super) fn want_all(state: &mut State) {
    let keys: Vec<InputKey> = state.readings.previews.iter().map(|known| known.key).collect();
    for key in keys {
        want(state, key, false);
    }
}

/// A worker that was stopped takes what it was asked about beginnings with it.
pub(super) fn ask_again(state: &mut State) {
    let unanswered = state.readings.previews.iter().filter(|known| !known.is_current());
    let keys: Vec<InputKey> = unanswered.map(|known| known.key).collect();
    for key in keys {
        want(state, key, false);
    }
}

fn await_answer(state: &mut State, key: InputKey) {
    if let Some(previewing) = state.readings.of_mut(key) {
        previewing.is_awaited = true;
    }
}

fn choose_table(state: &mut State, key: InputKey, header: Vec<String>, columns: &[ColumnReading]) {
    let means: Vec<Option<ColumnField>> = columns.iter().map(|column| column.means).collect();
    let choice = TableChoice { header, columns: means };
    let is_same = |table: &TableChoice| {
        table.header == choice.header
            && (!table.header.is_empty() || table.columns.len() == choice.columns.len())
    };
    match state.tables.iter_mut().find(|table| is_same(table)) {
        Some(table) => *table = choice,
        None => state.tables.push(choice),
    }
    want_all(state);
    await_answer(state, key);
}

/// The first row becomes a heading if it was none, and a row if it was one.
fn toggle_heading(state: &mut State, key: InputKey) {
    let (mut columns, _) = state.columns(key);
    if columns.is_empty() {
        return;
    }
    state.tables.retain(|table| !table.is_of_table(&columns));
    let had_heading = columns.iter().any(|column| !column.header.is_empty());
    for column in &mut columns {
        column.header = match column.values.first() {
            Some(first) if !had_heading => first.clone(),
            _ => String::new(),
        };
    }
    // So it is until the worker tells what became of it.
    if let Some(Previewing { preview: Some(preview), .. }) = state.readings.of_mut(key) {
        Rc::make_mut(preview).source.columns.clone_from(&columns);
    }
    choose_table(state, key, header_of(&columns), &columns);
}

fn header_of(columns: &[ColumnReading]) -> Vec<String> {
    trimmed(columns.iter().map(|column| column.header.trim().to_owned()))
}

/// Without empty cells at the end.
fn trimmed(cells: impl Iterator<Item = String>) -> Vec<String> {
    let mut cells: Vec<String> = cells.collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn previewed(state: &mut State, number: u32, preview: Option<Rc<Preview>>) {
    let mut previews = state.readings.previews.iter_mut();
    let is_it = |previewing: &Previewing| previewing.wanted == number && !previewing.is_current();
    let Some(previewing) = previews.find(|previewing| is_it(previewing)) else { return };
    let key = previewing.key;
    let lacked_names = previewing.preview.as_ref().is_some_and(|preview| preview.lacks_names());
    let lacks_names = preview.as_ref().is_some_and(|preview| preview.lacks_names());
    previewing.came = number;
    previewing.preview = preview;
    let is_awaited = std::mem::take(&mut previewing.is_awaited);
    // Who types hears nothing of each letter; who has changed something hears what came of it, and
    // everybody that they have to say something.
    if is_awaited || (lacks_names && !lacked_names) {
        state.announce(Announcement::ReadAs(key));
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
