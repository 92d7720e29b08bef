//! What the page is made of, rendered as HTML: its markup, its labels, and that no text of an inventory
//! becomes markup.

#![cfg(feature = "web")]
#![allow(missing_docs)]
#![allow(clippy::expect_used, reason = "a test ends at the first surprise")]

mod drawing;
mod pages;
mod parts;
mod sheets;
