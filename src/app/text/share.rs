//! The sentences about passing a summary on.

use super::number;
use crate::engine::limits::LINK_CHARS;

/// The fold with it.
pub const SHARE: &str = "Share a link";
/// What it is, and who can read it.
pub const SHARE_HINT: &str = "The link carries a short summary of this result behind its # sign. Browsers send \
    nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the \
    link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.";
/// The check box by which names are told.
pub const SHARE_NAMES: &str = "with the names of computers and files";
/// The button that makes the summary.
pub const MAKE_SUMMARY: &str = "Make the link";
/// When the summary is there.
pub const SUMMARY_MADE: &str = "The summary is made. Read what is in it before you pass it on.";
/// Over what is in a summary.
pub const SUMMARY_CONTENTS: &str = "What is in it:";
/// The line over the link.
pub const THE_LINK: &str = "The link";
/// The line over the summary as text.
pub const AS_TEXT: &str = "The same as text";
/// The button that hands the link to another program.
pub const SHARE_WITH: &str = "Share…";

/// How long the link is.
pub fn link_size(chars: usize) -> String {
    format!(
        "The link has {} characters. {} are the most that can be relied on to arrive.",
        number(chars as u64),
        number(LINK_CHARS as u64)
    )
}

// A link that was opened.

/// The heading over what a link carries.
pub const SHARED: &str = "A shared summary";
/// While the worker reads it.
pub const SHARED_IS_COMING: &str = "Reading the link…";
/// When the worker will not answer.
pub const SHARED_LOST: &str =
    "The link could not be read, because a part of this page stopped. Load the page again.";
/// The button that leaves it.
pub const LEAVE_SHARED: &str = "Leave this and check your own list";
/// Over what is known of it.
pub const NOT_CHECKED_HERE: &str = "This was not checked here";
/// What that means.
pub const SHARED_COULD_BE_CHANGED: &str = "It shows what the link says. Anyone who passed the link on could have \
    changed it. For anything that matters, ask for the report itself, or check the list here.";
/// Over why a link shows nothing.
pub const NOT_SHARED: &str = "This link shows no summary";
/// Of a directive that says nothing of anything.
pub const SHARED_NOTHING: &str = "Nothing found.";
/// Over the names of the lists.
pub const SHARED_LISTS: &str = "The lists:";
/// Over the titles of rules of whoever shared it.
pub const SHARED_PACKS: &str = "Rules of their own that were applied too:";

/// Which product a program is.
pub fn shared_product(product: &str, vendor: &str) -> String {
    format!("It is {product} ({vendor})")
}
