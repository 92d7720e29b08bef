//! How far a scan is.

use yew::prelude::*;

use crate::app::protocol::Progress;
use crate::ui::{ids, text};

/// A progress bar with words.
///
/// MUST say in words how far it is. SHOULD NOT be a live region: it changes ten times a second.
#[component]
pub fn ScanProgress(props: &ScanProgressProps) -> Html {
    let (value, max) = match &props.progress {
        None => (None, None),
        Some(p) => {
            (Some(p.bytes.min(p.bytes_total).to_string()), Some(p.bytes_total.max(1).to_string()))
        }
    };
    html! {
        <div class="scan-progress">
            <label class="scan-progress__label" for={ids::PROGRESS}>{ text::PROGRESS_LABEL }</label>
            <progress id={ids::PROGRESS} class="scan-progress__bar" {value} {max}></progress>
            <p class="scan-progress__words">{ text::progress(props.progress.as_ref()) }</p>
        </div>
    }
}

/// What a [`ScanProgress`] shows.
#[derive(Clone, PartialEq, Eq, Properties)]
pub struct ScanProgressProps {
    /// How far; `None` until the worker tells.
    pub progress: Option<Progress>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ScanProgressProps)> {
    let progress = Progress {
        bytes: 48_000_000,
        bytes_total: 126_000_000,
        records: 381_000,
        titles: 9_000,
        findings: 3,
    };
    vec![
        ("starting", ScanProgressProps { progress: None }),
        ("on the way", ScanProgressProps { progress: Some(progress) }),
    ]
}
