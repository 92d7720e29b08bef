//! The sentences about passing a summary on.

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
/// The label of the link.
pub const THE_LINK: &str = "The link";
/// The label of the summary as text.
pub const AS_TEXT: &str = "The same as text";
/// What the button beside the link copies.
pub const LINK: &str = "link";
/// What the button beside the text copies.
pub const TEXT: &str = "as text";
/// The button that hands the link to another program.
pub const SHARE_WITH: &str = "Share…";
