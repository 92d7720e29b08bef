//! What people give the page by mistake, recognised so that the answer says what it is.

/// Stub.
pub fn looks_like_bytes(_head: &[u8]) -> Option<(&'static str, &'static str)> { None }
/// Stub.
pub fn looks_like_text(_sample: &super::formats::Sample<'_>) -> Option<(&'static str, &'static str)> { None }
