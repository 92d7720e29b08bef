//! XML, read as it arrives: what its readers share.

mod counted;
mod reader;
mod tags;
mod text;
mod tree;

pub(super) use counted::counted;
pub(super) use reader::{Elements, Out, Verdict, XmlReader};
pub(super) use text::append_decoded;
pub(super) use tree::Element;
