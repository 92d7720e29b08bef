//! How examples are rendered and compared with what is expected.

use clearlist::app::sheet::Node;
use clearlist::ui::components::sheet::sheet;
use expect_test::Expect;
use futures::executor::block_on;
use yew::{BaseComponent, Callback, Html, LocalServerRenderer, Properties, component};

pub fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
    C::Properties: Clone,
{
    block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render())
}

/// What is drawn by a function is rendered by this.
#[component]
pub fn Drawn(props: &DrawnProps) -> Html {
    props.html.clone()
}

#[derive(Clone, PartialEq, Properties)]
pub struct DrawnProps {
    pub html: Html,
}

pub fn check_drawn(examples: Vec<(&'static str, Html)>, expected: Expect) {
    let examples = examples.into_iter().map(|(name, html)| (name, DrawnProps { html }));
    check::<Drawn>(examples.collect(), expected);
}

pub fn check_sheets(examples: Vec<(&'static str, Node)>, expected: Expect) {
    let draw = |(name, node)| (name, sheet(&node, &Callback::noop()));
    check_drawn(examples.into_iter().map(draw).collect(), expected);
}

/// Each example by name, with one element a line.
pub fn check<C>(examples: Vec<(&'static str, C::Properties)>, expected: Expect)
where
    C: BaseComponent,
    C::Properties: Clone,
{
    let mut text = String::new();
    for (name, props) in examples {
        let html = render::<C>(props);
        assert_harmless(name, &html);
        text.push_str(&format!("-- {name}\n{}\n", html.replace("><", ">\n<")));
    }
    expected.assert_eq(&text);
}

/// No text of the examples became markup, and nothing is in the HTML that the page's policy forbids.
#[track_caller]
pub fn assert_harmless(name: &str, html: &str) {
    for forbidden in
        ["<script", "<img", "<b>", "javascript:", " style=", " onclick=", " onerror=\""]
    {
        assert!(!html.contains(forbidden), "{name} has {forbidden:?}:\n{html}");
    }
}

/// The values of an attribute, in order.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    html.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
