//! The files that were chosen.

use yew::prelude::*;

use crate::app::action::Action;
use crate::app::state::{ChosenFile, FileKey};
use crate::ui::{ids, text};

/// The chosen files, each with its size and a button that takes it off the list.
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
                </li>
            }
        </ul>
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
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, FileListProps)> {
    let file = |key, name: &str, bytes| ChosenFile { key: FileKey(key), name: name.into(), bytes };
    let files =
        vec![file(0, "programs.csv", 48_200), file(1, "<img src=x onerror=alert(1)>.csv", 1)];
    vec![("two files", FileListProps { files, on_action: Callback::noop() })]
}
