//! Passing a summary on by a link.

use serde::{Deserialize, Serialize};

use crate::engine::limits::LINK_CHARS;
use crate::engine::report::Report;
use crate::engine::share::Summary;
use crate::engine::share::link::link;

/// A summary that can be passed on, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The link; empty if it would be too long.
    pub link: String,
    /// How long the link is, or that it is too long and what to do instead, as one sentence.
    pub size: String,
    /// What is in it, a sentence each.
    pub contents: Vec<String>,
    /// The summary as plain text.
    pub text: String,
}

/// What can be passed on of a report, by a link to the page at that address.
pub fn offer(report: &Report, has_names: bool, address: &str) -> Offer {
    let summary = Summary::of(report, has_names);
    let (link, size) = match link(address, &summary) {
        Ok(link) => {
            let size = format!("The link has {} of at most {LINK_CHARS} characters.", link.len());
            (link, size)
        }
        Err(too_long) => (String::new(), format!("There is no link: {too_long}.")),
    };
    Offer { link, size, contents: summary.contents(), text: summary.to_text() }
}
