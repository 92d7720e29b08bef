//! How far a scan is.

use yew::prelude::*;

use crate::app::protocol::Progress;
use crate::app::{ids, text};

/// A progress bar with words.
///
/// MUST say in words how far it is. SHOULD NOT be a live region: it changes ten times a second.
///
/// `progress` is `None` until the worker tells. If nothing new is heard, it MUST say what to do.
pub fn scan_progress(progress: Option<&Progress>, is_silent: bool) -> Html {
    let (value, max) = match progress {
        None => (None, None),
        Some(p) => {
            (Some(p.bytes.min(p.bytes_total).to_string()), Some(p.bytes_total.max(1).to_string()))
        }
    };
    html! {
        <div class="scan-progress">
            <label class="scan-progress__label" for={ids::PROGRESS}>{ text::PROGRESS_LABEL }</label>
            <progress id={ids::PROGRESS} class="scan-progress__bar" {value} {max}></progress>
            <p class="scan-progress__words">{ text::progress(progress) }</p>
            if is_silent {
                <p class="scan-progress__words"><strong>{ text::SILENT }</strong></p>
            }
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let progress = Progress {
        bytes: 48_000_000,
        bytes_total: 126_000_000,
        records: 381_000,
        titles: 9_000,
        findings: 3,
    };
    vec![
        ("starting", scan_progress(None, false)),
        ("on the way", scan_progress(Some(&progress), false)),
        ("silent", scan_progress(Some(&progress), true)),
    ]
}
