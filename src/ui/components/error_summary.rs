//! What keeps a list from being checked.

use yew::prelude::*;

use super::alert::alert;
use crate::app::sheet::Tone;
use crate::app::state::InputError;
use crate::app::{ids, text};

/// The errors of the form, each with a link to its place.
///
/// MUST get the focus when it appears. MUST link to each field. MUST say what to do.
/// SHOULD NOT appear before a check is asked for.
pub fn error_summary(errors: &[InputError]) -> Html {
    let list = html! {
        <ul class="usa-list usa-list--unstyled">
            for error in errors.iter() {
                <li key={ids::field_of(*error)}>
                    <a class="usa-link" href={format!("#{}", ids::field_of(*error))}>
                        { text::input_error(*error) }
                    </a>
                </li>
            }
        </ul>
    };
    alert(Tone::Bad, &text::ERRORS_HEADING, Some(ids::ERRORS), "", list)
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    vec![("both", error_summary(&[InputError::NoDirective, InputError::NothingGiven]))]
}
