//! The sentences about passing a summary on.

use crate::engine::language::{Phrase, number, phrase, say};
use crate::engine::limits::LINK_CHARS;

/// The fold with it.
pub const SHARE: Phrase = phrase("Share a link");
/// What it is, and who can read it.
pub const SHARE_HINT: Phrase = phrase(
    "The link carries a short summary of this result behind its # sign. Browsers send \
    nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the \
    link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.",
);
/// The check box by which names are told.
pub const SHARE_NAMES: Phrase = phrase("with the names of computers and files");
/// The button that makes the summary.
pub const MAKE_SUMMARY: Phrase = phrase("Make the link");
/// When the summary is there.
pub const SUMMARY_MADE: Phrase =
    phrase("The summary is made. Read what is in it before you pass it on.");
/// Over what is in a summary.
pub const SUMMARY_CONTENTS: Phrase = phrase("What is in it:");
/// The line over the link.
pub const THE_LINK: Phrase = phrase("The link");
/// The line over the summary as text.
pub const AS_TEXT: Phrase = phrase("The same as text");
/// The button that hands the link to another program.
pub const SHARE_WITH: Phrase = phrase("Share…");

/// How long the link is.
pub fn link_size(chars: usize) -> String {
    say!(
        "The link has {chars} characters. {most} are the most that can be relied on to arrive.",
        chars = number(chars as u64),
        most = number(LINK_CHARS as u64)
    )
}

// A link that was opened.

/// The heading over what a link carries.
pub const SHARED: Phrase = phrase("A shared summary");
/// While the worker reads it.
pub const SHARED_IS_COMING: Phrase = phrase("Reading the link…");
/// When the worker will not answer.
pub const SHARED_LOST: Phrase =
    phrase("The link could not be read, because a part of this page stopped. Load the page again.");
/// The button that leaves it.
pub const LEAVE_SHARED: Phrase = phrase("Leave this and check your own list");
/// Over what is known of it.
pub const NOT_CHECKED_HERE: Phrase = phrase("This was not checked here");
/// What that means.
pub const SHARED_COULD_BE_CHANGED: Phrase = phrase(
    "It shows what the link says. Anyone who passed the link on could have \
    changed it. For anything that matters, ask for the report itself, or check the list here.",
);
/// Over why a link shows nothing.
pub const NOT_SHARED: Phrase = phrase("This link shows no summary");
/// Of a directive that says nothing of anything.
pub const SHARED_NOTHING: Phrase = phrase("Nothing found.");
/// Over the names of the lists.
pub const SHARED_LISTS: Phrase = phrase("The lists:");
/// Over the titles of rules of whoever shared it.
pub const SHARED_PACKS: Phrase = phrase("Rules of their own that were applied too:");

/// Which product a program is.
pub fn shared_product(product: &str, vendor: &str) -> String {
    say!("It is {product} ({vendor})", product, vendor)
}
