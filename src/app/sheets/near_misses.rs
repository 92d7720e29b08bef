//! What is no finding and yet close to one.

use super::list;
use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::{ids, text};
use crate::engine::clause::Unwritten;
use crate::engine::report::{NearMiss, Place};

/// The near misses with what they have of a vendor's, and where they are; and how many `more` there are.
///
/// MUST say that they are no findings.
pub fn near_misses(misses: &[NearMiss], more: u64) -> Node {
    let entries = misses.iter().map(|miss| {
        let name = Tag::Strong.says("", &miss.name);
        Node::all([name, format!(": {} {}", miss.told(), text::near_where(miss)).into()])
    });
    Node::when(!misses.is_empty(), || {
        Tag::Div.of(
            "part",
            [
                Tag::H3
                    .says("", text::NEAR_MISSES_HEADING)
                    .with(Attribute::Id, ids::NEAR_MISSES)
                    .with(Attribute::Tabindex, "-1"),
                Tag::P.says("", text::NEAR_MISSES_HINT),
                list("usa-list", entries),
                Node::when(more > 0, || Tag::P.says("", text::more_near_misses(more))),
            ],
        )
    })
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let miss = NearMiss {
        name: format!("{} Kaspersy", crate::app::example::HOSTILE),
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
        wording: Unwritten::default(),
    };
    vec![
        ("more", near_misses(std::slice::from_ref(&miss), 1)),
        ("one", near_misses(&[miss], 0)),
        ("none", near_misses(&[], 0)),
    ]
}
