//! What is no finding and yet close to one.

use yew::prelude::*;

use crate::engine::report::{NearMiss, Place};
use crate::ui::{ids, text};

/// The near misses with what they have of a vendor's, and where they are.
///
/// MUST say that they are no findings.
pub fn near_misses(misses: &[NearMiss]) -> Html {
    html! {
        <div class="part">
            <h3 id={ids::NEAR_MISSES} tabindex="-1">{ text::NEAR_MISSES_HEADING }</h3>
            <p>{ text::NEAR_MISSES_HINT }</p>
            <ul class="usa-list">
                for (index, miss) in misses.iter().enumerate() {
                    <li key={index}>
                        <strong>{ miss.name.clone() }</strong>{ ": " }{ miss.why.clone() }{ " " }
                        { text::near_where(miss) }
                    </li>
                }
            </ul>
        </div>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    let miss = NearMiss {
        name: format!("{} Kaspersy", super::example::HOSTILE),
        publisher: String::new(),
        version: String::new(),
        vendor: "Kaspersky".into(),
        why: "\"kaspersy\" is one letter away from \"kaspersky\".".into(),
        host_count: 2,
        places: vec![Place {
            source: "office.csv".into(),
            line: 7,
            host: "PC-1".into(),
            text: String::new(),
        }],
    };
    vec![("one", near_misses(&[miss]))]
}
