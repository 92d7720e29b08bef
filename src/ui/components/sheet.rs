//! What the worker made for the page to show.

use yew::prelude::*;
use yew::virtual_dom::VTag;

use super::command_block::command_block;
use super::icon::icon;
use super::later::Later;
use crate::app::action::Action;
use crate::app::checklist::Checklist;
use crate::app::sheet::{Attribute, Element, Node, is_address};
use crate::app::text;

/// A sheet, as the elements it is made of.
///
/// MUST NOT make of text anything but text.
pub fn sheet(node: &Node, on_action: &Callback<Action>) -> Html {
    sheet_with(node, &Checklist::default(), on_action)
}

/// A sheet with boxes to tick.
pub fn sheet_with(node: &Node, checklist: &Checklist, on_action: &Callback<Action>) -> Html {
    let all = |nodes: &[Node]| {
        nodes.iter().map(|node| sheet_with(node, checklist, on_action)).collect::<Html>()
    };
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
        Node::Check(it) => check(&it.key, &it.of, checklist, on_action),
        Node::Later(nodes) => html! { <Later is_now={false}>{ all(nodes) }</Later> },
        Node::All(nodes) => all(nodes),
    }
}

/// A box of the checklist.
///
/// MUST be a native check box with a label that is seen. MUST say what it is of to those who hear it alone.
pub fn check(key: &str, of: &str, checklist: &Checklist, on_action: &Callback<Action>) -> Html {
    let is_done = checklist.is_done(key);
    let key = key.to_owned();
    let onchange = on_action.reform(move |_: Event| Action::Ticked(key.clone()));
    html! {
        <label class="check">
            <input type="checkbox" checked={is_done} {onchange} />
            { text::DONE }<span class="usa-sr-only">{ format!(": {of}") }</span>
        </label>
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
    use crate::app::sheet::{Check, Tag, Tone};

    let hostile = crate::app::example::HOSTILE;
    let link = |href: &str| Tag::A.says("usa-link", hostile).with(Attribute::Href, href);
    let parts = Node::all([
        Node::Icon(Tone::Bad),
        Tag::P.of("wide", [hostile.into(), link("https://example.org/"), link("#directives")]),
        link("javascript:alert(1)"),
        Node::Check(Box::new(Check { key: hostile.into(), of: hostile.into() })),
        Node::Later(vec![Tag::Strong.says("", hostile).with(Attribute::AriaLabel, hostile)]),
    ]);
    vec![
        ("every kind of part", sheet(&parts, &Callback::noop())),
        ("nothing", sheet(&Node::nothing(), &Callback::noop())),
    ]
}
