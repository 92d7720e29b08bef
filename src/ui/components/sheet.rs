//! What the worker made for the page to show.

use yew::prelude::*;
use yew::virtual_dom::VTag;

use super::command_block::command_block;
use super::icon::icon;
use super::later::Later;
use crate::app::action::Action;
use crate::app::sheet::{Attribute, Element, Node, is_address};

/// A sheet, as the elements it is made of.
///
/// MUST NOT make of text anything but text.
pub fn sheet(node: &Node, on_action: &Callback<Action>) -> Html {
    let all = |nodes: &[Node]| nodes.iter().map(|node| sheet(node, on_action)).collect::<Html>();
    match node {
        Node::Text(text) => text.into(),
        Node::Element(element) => drawn(element, all(&element.children)),
        Node::Icon(tone) => icon(*tone),
        Node::Command(it) => command_block(
            it.id.clone().into(),
            it.text.clone().into(),
            it.what.clone().into(),
            it.label.clone().into(),
            on_action,
        ),
        Node::Later(nodes) => html! { <Later is_now={false}>{ all(nodes) }</Later> },
        Node::All(nodes) => all(nodes),
    }
}

fn drawn(element: &Element, children: Html) -> Html {
    let mut tag = VTag::new(element.tag.name());
    for (attribute, value) in &element.attributes {
        if *attribute != Attribute::Href || is_address(value) {
            tag.add_attribute(attribute.name(), value.clone());
        }
    }
    tag.add_child(children);
    tag.into()
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use crate::app::sheet::{Tag, Tone};

    let hostile = crate::app::example::HOSTILE;
    let link = |href: &str| Tag::A.says("usa-link", hostile).with(Attribute::Href, href);
    let parts = Node::all([
        Node::Icon(Tone::Bad),
        Tag::P.of("wide", [hostile.into(), link("https://example.org/"), link("#directives")]),
        link("javascript:alert(1)"),
        Node::Later(vec![Tag::Strong.says("", hostile).with(Attribute::AriaLabel, hostile)]),
    ]);
    vec![
        ("every kind of part", sheet(&parts, &Callback::noop())),
        ("nothing", sheet(&Node::nothing(), &Callback::noop())),
    ]
}
