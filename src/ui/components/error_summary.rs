//! What keeps a list from being checked.

use yew::prelude::*;

use super::alert::Alert;
use super::icon::Tone;
use crate::app::state::InputError;
use crate::ui::{ids, text};

/// The errors of the form, each with a link to its place.
///
/// MUST get the focus when it appears. MUST link to each field. MUST say what to do.
/// SHOULD NOT appear before a check is asked for.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    html! {
        <Alert tone={Tone::Bad} heading={text::ERRORS_HEADING} id={ids::ERRORS}>
            <ul class="usa-list usa-list--unstyled">
                for error in props.errors.iter() {
                    <li key={ids::field_of(*error)}>
                        <a class="usa-link" href={format!("#{}", ids::field_of(*error))}>
                            { text::input_error(*error) }
                        </a>
                    </li>
                }
            </ul>
        </Alert>
    }
}

/// What an [`ErrorSummary`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct ErrorSummaryProps {
    /// The errors.
    pub errors: Vec<InputError>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ErrorSummaryProps)> {
    let errors = vec![InputError::NoDirective, InputError::NothingGiven];
    vec![("both", ErrorSummaryProps { errors })]
}
