//! The files that were chosen.

use yew::prelude::*;

use super::reading_fold::ReadingFold;
use crate::app::action::Action;
use crate::app::reading::{InputKey, Reading};
use crate::app::state::{ChosenFile, FileKey};
use crate::app::{ids, text};

/// The chosen files, each with its size, how it is read, and a button that takes it off the list.
///
/// MUST name the file in its button. MUST NOT lose the focus when a file is taken off.
pub fn file_list(files: &[ChosenFile], readings: &[Reading], on_action: &Callback<Action>) -> Html {
    html! {
        <ul class="file-list" aria-label={text::CHOSEN_FILES}>
            for file in files.iter() {
                <li key={file.key.0} class="file-list__row">
                    <span class="file-list__name">{ &file.name }</span>
                    <span class="file-list__size">{ text::bytes(file.bytes) }</span>
                    <button
                        type="button"
                        id={ids::remove_button(file.key)}
                        class="usa-button usa-button--unstyled file-list__remove"
                        aria-label={format!("{} {}", text::REMOVE, file.name)}
                        onclick={removal(on_action, file.key)}
                    >
                        { text::REMOVE }
                    </button>
                    { reading(file, readings, on_action) }
                </li>
            }
        </ul>
    }
}

fn reading(file: &ChosenFile, readings: &[Reading], on_action: &Callback<Action>) -> Html {
    let key = InputKey::File(file.key);
    if let Some(reading) = readings.iter().find(|reading| reading.key == key) {
        return html! {
            <ReadingFold reading={reading.clone()} on_action={on_action.clone()} />
        };
    }
    html! {
        <button
            type="button"
            class="usa-button usa-button--unstyled"
            onclick={on_action.reform(move |_| Action::ReadingAsked(key))}
        >
            { text::SHOW_READING }
            <span class="usa-sr-only">{ text::of_list(&file.name) }</span>
        </button>
    }
}

fn removal(on_action: &Callback<Action>, key: FileKey) -> Callback<MouseEvent> {
    on_action.reform(move |_| Action::FileRemoved(key))
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let file = |key, name: &str, bytes| ChosenFile { key: FileKey(key), name: name.into(), bytes };
    let files = [file(0, "programs.csv", 48_200), file(1, "<img src=x onerror=alert(1)>.csv", 1)];
    let readings = [crate::app::example::reading()];
    vec![("two files", file_list(&files, &readings, &Callback::noop()))]
}
