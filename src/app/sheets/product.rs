//! One product that was found.

use super::outcomes;
use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::view::ProductGroup;
use crate::app::{ids, text, view};
use crate::engine::language::told;
use crate::engine::report::Report;

/// A product: what it is, and what the directives say of it where they say the same of all its findings.
///
/// MUST say first what follows.
///
/// `index` is its place among the products of the results.
pub fn product(report: &Report, index: usize, group: &ProductGroup) -> Node {
    let Some(first) = view::of_group(report, group).next() else { return Node::nothing() };
    let product = &first.product;
    let is_only_advice = view::is_only_advice(report, first);
    let name =
        Tag::H4.says("product__name", &product.name).with(Attribute::Id, ids::product(index));
    let tag = outcomes::tag(first.gravest(), text::gravest(first.gravest(), is_only_advice));
    let made_by = text::made_by(&product.vendor, product.relation);
    let mut facts = format!("{made_by} {}.", text::on_computers(group.hosts));
    if !product.note.is_empty() {
        facts.push(' ');
        facts.push_str(told(&product.note));
    }
    let shared = view::shared_outcomes(view::of_group(report, group)).map(|shared| {
        Node::all([
            Tag::H5.says("product__heading", text::WHAT_THE_DIRECTIVES_SAY),
            outcomes::outcomes(report, shared),
        ])
    });
    Node::all([
        Tag::Div.of("product__head", [name, tag]),
        Tag::P.says("product__facts", facts),
        shared.unwrap_or_default(),
    ])
}
