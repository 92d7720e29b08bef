//! Step 3: the list is given and checked.

use std::rc::Rc;

use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::reading::{InputKey, Reading};
use crate::app::samples::Sample;
use crate::app::state::{Input, InputError, ScanState};
use crate::ui::components::alert::Alert;
use crate::ui::components::error_summary::ErrorSummary;
use crate::ui::components::file_chooser::FileChooser;
use crate::ui::components::file_list::FileList;
use crate::ui::components::icon::Tone;
use crate::ui::components::reading_fold::ReadingFold;
use crate::ui::components::scan_progress::ScanProgress;
use crate::ui::components::step_section::StepSection;
use crate::ui::{ids, text};

/// The text box, the file chooser, the samples, and the button that starts the check.
///
/// MUST lose nothing that was given, whatever happens. MUST be usable without a mouse.
#[component]
pub fn Give(props: &GiveProps) -> Html {
    html! {
        <StepSection number={3} id={ids::GIVE} heading={text::GIVE}>
            if !props.errors.is_empty() {
                <ErrorSummary errors={props.errors.clone()} />
            }
            <PasteBox
                text={props.input.pasted.clone()}
                is_wrong={props.errors.contains(&InputError::NothingGiven)}
                on_action={props.on_action.clone()}
            />
            for reading in props.readings.iter().filter(|reading| reading.key == InputKey::Pasted) {
                <ReadingFold reading={reading.clone()} on_action={props.on_action.clone()} />
            }
            <FileChooser on_files={props.on_files.clone()} />
            if !props.input.files.is_empty() {
                <FileList
                    files={props.input.files.clone()}
                    readings={props.readings.clone()}
                    on_action={props.on_action.clone()}
                />
            }
            { samples(props) }
            { scan(props) }
        </StepSection>
    }
}

fn samples(props: &GiveProps) -> Html {
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
                            onclick={props.on_action.reform(move |_| Action::SampleTaken(sample))}
                        >
                            { text::sample(sample) }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}

fn scan(props: &GiveProps) -> Html {
    if let ScanState::Running { progress, .. } = &props.scan {
        return html! {
            <div class="actions actions--running">
                <ScanProgress progress={*progress} />
                <button
                    type="button"
                    class="usa-button usa-button--outline"
                    id={ids::CANCEL}
                    onclick={props.on_action.reform(|_| Action::CheckCancelled)}
                >
                    { text::CANCEL }
                </button>
            </div>
        };
    }
    html! {
        <>
            if let ScanState::Failed(failure) = &props.scan {
                <Alert tone={Tone::Bad} heading={text::FAILURE_HEADING} id={ids::FAILURE}>
                    <p class="alert__paragraph">{ text::failure(*failure) }</p>
                </Alert>
            }
            if props.scan == ScanState::Cancelled {
                <p class="notice">{ text::CANCELLED }</p>
            }
            <div class="actions">
                <button
                    type="button"
                    class="usa-button usa-button--big"
                    id={ids::CHECK}
                    onclick={props.on_action.reform(|_| Action::CheckAsked)}
                >
                    { text::CHECK }
                </button>
                if props.has_cleared {
                    <p class="notice">
                        { text::CLEARED }{ " " }
                        <button
                            type="button"
                            class="usa-button usa-button--unstyled"
                            id={ids::UNDO}
                            onclick={props.on_action.reform(|_| Action::ClearUndone)}
                        >
                            { text::UNDO }
                        </button>
                    </p>
                } else if !props.input.is_empty() {
                    <button
                        type="button"
                        class="usa-button usa-button--unstyled"
                        id={ids::CLEAR}
                        onclick={props.on_action.reform(|_| Action::InputCleared)}
                    >
                        { text::CLEAR }
                    </button>
                }
            </div>
        </>
    }
}

/// What [`Give`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct GiveProps {
    /// What is given.
    pub input: Input,
    /// How the inputs that are looked into are read.
    pub readings: Vec<Reading>,
    /// What is wrong.
    pub errors: Vec<InputError>,
    /// The scan.
    pub scan: ScanState,
    /// True if what was cleared can be brought back.
    pub has_cleared: bool,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
    /// Gets the files chosen or dropped.
    pub on_files: Callback<Vec<File>>,
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
