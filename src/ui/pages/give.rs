//! Step 3: the list is given and checked.

use std::rc::Rc;

use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::reading::InputKey;
use crate::app::samples::Sample;
use crate::app::sheet::Tone;
use crate::app::state::{Failure, InputError, ScanState, State};
use crate::app::{ids, text};
use crate::ui::components::alert::alert;
use crate::ui::components::error_summary::error_summary;
use crate::ui::components::file_chooser::FileChooser;
use crate::ui::components::file_list::file_list;
use crate::ui::components::outline_button::outline_button;
use crate::ui::components::reading_fold::ReadingFold;
use crate::ui::components::scan_progress::scan_progress;
use crate::ui::components::step_section::step_section;

/// The text box, the file chooser, the samples, and the button that starts the check.
///
/// MUST lose nothing that was given, whatever happens. MUST be usable without a mouse.
pub fn give(state: &State, on_action: &Callback<Action>, on_files: &Callback<Vec<File>>) -> Html {
    let readings = state.all_readings();
    let body = html! {
        <>
            if !state.errors.is_empty() {
                { error_summary(&state.errors) }
            }
            <PasteBox
                text={state.input.pasted.clone()}
                is_wrong={state.errors.contains(&InputError::NothingGiven)}
                on_action={on_action.clone()}
            />
            for reading in readings.iter().filter(|reading| reading.key == InputKey::Pasted) {
                <ReadingFold reading={reading.clone()} on_action={on_action.clone()} />
            }
            <FileChooser on_files={on_files.clone()} />
            if !state.input.files.is_empty() {
                { file_list(&state.input.files, &readings, on_action) }
            }
            { samples(on_action) }
            { scan(state, on_action) }
        </>
    };
    step_section(3, ids::GIVE, text::GIVE, "", body)
}

fn samples(on_action: &Callback<Action>) -> Html {
    html! {
        <div class="samples" role="group" aria-labelledby="samples-label">
            <p class="samples__label" id="samples-label">{ text::TRY_A_SAMPLE }</p>
            <ul class="samples__list">
                for sample in Sample::ALL {
                    <li key={text::sample(sample)}>
                        <button
                            type="button"
                            class="usa-button usa-button--outline samples__button"
                            id={ids::sample(sample)}
                            onclick={on_action.reform(move |_| Action::SampleTaken(sample))}
                        >
                            { text::sample(sample) }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}

fn scan(state: &State, on_action: &Callback<Action>) -> Html {
    if let ScanState::Running { progress, is_silent, .. } = &state.scan {
        return html! {
            <div class="actions actions--running">
                { scan_progress(progress.as_ref(), *is_silent) }
                { outline_button(ids::CANCEL, text::CANCEL.into(), on_action.reform(|_| Action::CheckCancelled)) }
            </div>
        };
    }
    html! {
        <>
            if let ScanState::Failed(failure) = &state.scan {
                { failed(*failure) }
            }
            if state.scan == ScanState::Cancelled {
                <p class="notice">{ text::CANCELLED }</p>
            }
            <div class="actions">
                <button
                    type="button"
                    class="usa-button usa-button--big"
                    id={ids::CHECK}
                    onclick={on_action.reform(|_| Action::CheckAsked)}
                >
                    { text::CHECK }
                </button>
                if state.cleared.is_some() {
                    <p class="notice">
                        { text::CLEARED }{ " " }
                        <button
                            type="button"
                            class="usa-button usa-button--unstyled"
                            id={ids::UNDO}
                            onclick={on_action.reform(|_| Action::ClearUndone)}
                        >
                            { text::UNDO }
                        </button>
                    </p>
                } else if !state.input.is_empty() {
                    <button
                        type="button"
                        class="usa-button usa-button--unstyled"
                        id={ids::CLEAR}
                        onclick={on_action.reform(|_| Action::InputCleared)}
                    >
                        { text::CLEAR }
                    </button>
                }
            </div>
        </>
    }
}

fn failed(failure: Failure) -> Html {
    let message = html! { <p class="alert__paragraph">{ text::failure(failure) }</p> };
    alert(Tone::Bad, &text::FAILURE_HEADING, Some(ids::FAILURE), "", message)
}

/// The text box. A component of its own: it is drawn again only when its text changes, which may
/// be megabytes.
#[component]
fn PasteBox(props: &PasteBoxProps) -> Html {
    let oninput = props.on_action.reform(|event: InputEvent| {
        let text = event
            .target_dyn_into::<HtmlTextAreaElement>()
            .map_or_else(|| Rc::from(""), |area| Rc::from(area.value()));
        Action::TextChanged(text)
    });
    let described_by = if props.is_wrong { "paste-hint paste-error" } else { "paste-hint" };
    html! {
        <div class={classes!("usa-form-group", props.is_wrong.then_some("usa-form-group--error"))}>
            <label class="usa-label" for={ids::PASTE}>{ text::PASTE_LABEL }</label>
            <span class="usa-hint" id="paste-hint">{ text::PASTE_HINT }</span>
            if props.is_wrong {
                <span class="usa-error-message" id="paste-error">
                    { text::input_error(InputError::NothingGiven) }
                </span>
            }
            <textarea
                id={ids::PASTE}
                class={classes!("usa-textarea", "paste", props.is_wrong.then_some("usa-input--error"))}
                aria-describedby={described_by}
                aria-invalid={props.is_wrong.then_some("true")}
                rows="8"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                value={AttrValue::from(props.text.clone())}
                {oninput}
            />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PasteBoxProps {
    text: Rc<str>,
    is_wrong: bool,
    on_action: Callback<Action>,
}
