//! XML, read as it arrives: what its readers share.

mod counted;
mod elements;
mod html;
mod reader;
mod tags;
mod text;
mod tree;

#[cfg(test)]
mod tests;

pub(super) use counted::counted;
pub(super) use elements::{Elements, Out, Verdict};
pub(super) use reader::XmlReader;
pub(super) use text::append_decoded;
pub(super) use tree::Element;
