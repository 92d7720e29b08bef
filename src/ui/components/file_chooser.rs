//! Where files are chosen or dropped.

use web_sys::File;
use yew::prelude::*;

use crate::app::{ids, text};
use crate::ui::browser;

/// A native file input in a box over which files can be dropped.
///
/// MUST work as the native input does, by keyboard, without dragging.
/// MUST take several files. MUST be labelled and described.
#[component]
pub fn FileChooser(props: &FileChooserProps) -> Html {
    let is_over = use_state_eq(|| false);
    let onchange = props.on_files.reform(|event: Event| {
        event.target_dyn_into().map(|input| browser::take_files(&input)).unwrap_or_default()
    });
    let ondrop = {
        let (on_files, is_over) = (props.on_files.clone(), is_over.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            on_files.emit(browser::dropped_files(&event));
        })
    };
    let over = {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(true);
        })
    };
    let ondragleave = {
        let is_over = is_over.clone();
        Callback::from(move |_: DragEvent| is_over.set(false))
    };
    html! {
        <div class="usa-form-group">
            <label class="usa-label" for={ids::FILES}>{ text::FILES_LABEL }</label>
            <span class="usa-hint" id="files-hint">{ text::FILES_HINT }</span>
            <div
                class={classes!("file-chooser", is_over.then_some("file-chooser--over"))}
                {ondrop}
                ondragenter={over.clone()}
                ondragover={over}
                {ondragleave}
            >
                <span class="file-chooser__words" aria-hidden="true">{ text::DROP_HERE }</span>
                <input
                    id={ids::FILES}
                    class="file-chooser__input"
                    type="file"
                    multiple=true
                    aria-describedby="files-hint"
                    {onchange}
                />
            </div>
        </div>
    }
}

/// What a [`FileChooser`] needs.
#[derive(Clone, PartialEq, Properties)]
pub struct FileChooserProps {
    /// Gets the files chosen or dropped.
    pub on_files: Callback<Vec<File>>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, FileChooserProps)> {
    vec![("empty", FileChooserProps { on_files: Callback::noop() })]
}
