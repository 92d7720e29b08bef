//! The pieces of the results that only say something: one thing a file, with what it must do for
//! everybody. The worker makes them out of the report; the page draws them as they are.

use super::sheet::{Attribute, Node, Tag, Tone};

pub mod answer;
pub mod comparison;
pub mod deadlines;
pub mod directive;
pub mod evidence;
pub mod near_misses;
pub mod offer;
pub mod outcomes;
pub mod pictures;
pub mod problem;
pub mod product;
pub mod removal;
pub mod report_head;
pub mod shared;
pub mod source;
pub mod sources;

/// A message that stands out, as USWDS has it.
///
/// MUST be understandable without colour: the icon has a shape and the words say it.
/// Its heading, of the level below a step's, MAY be left empty.
/// With an id, the focus can be moved to it.
fn alert(tone: Tone, heading: &str, id: &str, class: &str, message: Node) -> Node {
    let heading = Node::when(!heading.is_empty(), || Tag::H3.says("alert__heading", heading));
    let text = Tag::Div.of("alert__text", [heading, message]);
    let body = Tag::Div.of("alert__body", [Node::Icon(tone), text]);
    let class = format!("alert alert--{} {class}", tone.class());
    let alert = Tag::Div.of(class.trim_end(), [body]);
    if id.is_empty() {
        alert
    } else {
        alert.with(Attribute::Id, id).with(Attribute::Tabindex, "-1")
    }
}

/// A list of these, each in an entry of its own.
fn list(class: &str, entries: impl IntoIterator<Item = Node>) -> Node {
    Tag::Ul.of(class, entries.into_iter().map(|entry| Tag::Li.of("", [entry])))
}
