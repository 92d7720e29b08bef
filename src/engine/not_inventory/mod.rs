//! What people give the page by mistake, recognised so that the answer says what it is.
//!
//! Two tables, one row a kind: [`looks_like_bytes`] for files that are not text, by what they
//! begin with, and [`looks_like_text`] for text that lists no programs. A row says what it looks
//! like (with its article, as in "this is a PNG picture") and what to do instead.

mod bytes;
mod kinds;
mod systeminfo;
mod text;

pub use bytes::{looks_like_bytes, looks_like_zip_of};
pub use text::looks_like_text;

/// What the tables say, for the files of languages; what stands only in code is marked there.
pub fn texts() -> impl Iterator<Item = &'static str> {
    bytes::texts().chain(text::texts())
}

/// What something looks like, and what to do instead.
type Advice = (&'static str, &'static str);
