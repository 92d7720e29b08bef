//! The files that were chosen.

use yew::prelude::*;

use super::reading_fold::ReadingFold;
use crate::app::action::Action;
use crate::app::reading::{InputKey, Reading};
use crate::app::state::{ChosenFile, FileKey};
use crate::ui::{ids, text};

/// The chosen files, each with its size, how it is read, and a button that takes it off the list.
///
/// MUST name the file in its button. MUST NOT lose the focus when a file is taken off.
#[component]
pub fn FileList(props: &FileListProps) -> Html {
    html! {
        <ul class="file-list" aria-label={text::CHOSEN_FILES}>
            for file in props.files.iter() {
                <li key={file.key.0} class="file-list__row">
                    <span class="file-list__name">{ &file.name }</span>
                    <span class="file-list__size">{ text::bytes(file.bytes) }</span>
                    <button
                        type="button"
                        id={ids::remove_button(file.key)}
                        class="usa-button usa-button--unstyled file-list__remove"
                        aria-label={format!("{} {}", text::REMOVE, file.name)}
                        onclick={removal(&props.on_action, file.key)}
                    >
                        { text::REMOVE }
                    </button>
                    { reading(props, file) }
                </li>
            }
        </ul>
    }
}

fn reading(props: &FileListProps, file: &ChosenFile) -> Html {
    let key = InputKey::File(file.key);
    if let Some(reading) = props.readings.iter().find(|reading| reading.key == key) {
        return html! {
            <ReadingFold reading={reading.clone()} on_action={props.on_action.clone()} />
        };
    }
    html! {
        <button
            type="button"
            class="usa-button usa-button--unstyled"
            onclick={props.on_action.reform(move |_| Action::ReadingAsked(key))}
        >
            { text::SHOW_READING }
            <span class="usa-sr-only">{ text::of_list(&file.name) }</span>
        </button>
    }
}

fn removal(on_action: &Callback<Action>, key: FileKey) -> Callback<MouseEvent> {
    on_action.reform(move |_| Action::FileRemoved(key))
}

/// What a [`FileList`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct FileListProps {
    /// The files.
    pub files: Vec<ChosenFile>,
    /// How those that are looked into are read.
    pub readings: Vec<Reading>,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, FileListProps)> {
    let file = |key, name: &str, bytes| ChosenFile { key: FileKey(key), name: name.into(), bytes };
    let files =
        vec![file(0, "programs.csv", 48_200), file(1, "<img src=x onerror=alert(1)>.csv", 1)];
    let readings = vec![super::example::reading()];
    vec![("two files", FileListProps { files, readings, on_action: Callback::noop() })]
}
