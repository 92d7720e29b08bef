//! The first entries of a list, as they were read.

use yew::prelude::*;

use crate::engine::report::FirstRecord;
use crate::ui::text;

/// The first entries, so that a reader sees whether the list was understood.
///
/// MUST be a table with a caption. MUST scroll in a region of its own that the keyboard reaches,
/// so that the page does not scroll sideways.
pub fn first_rows(name: &str, rows: &[FirstRecord]) -> Html {
    if rows.is_empty() {
        return html! { <p>{ text::NO_FIRST_ROWS }</p> };
    }
    let caption = text::first_rows(name);
    let cell = |words: &str| if words.is_empty() { "–".to_owned() } else { words.to_owned() };
    html! {
        <div class="wide" role="group" tabindex="0" aria-label={caption.clone()}>
            <table class="places">
                <caption class="places__caption">{ caption }</caption>
                <thead>
                    <tr>
                        for heading in text::FIRST_ROWS_COLUMNS {
                            <th key={heading} scope="col">{ heading }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (index, row) in rows.iter().enumerate() {
                        <tr key={index}>
                            <th scope="row">{ cell(&row.name) }</th>
                            <td>{ cell(&row.version) }</td>
                            <td>{ cell(&row.publisher) }</td>
                            <td>{ cell(&row.host) }</td>
                            <td>{ text::number(row.line) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}
