//! The report as JSON, `clearlist-report/1`.

use serde::Serialize;

use super::Writer;
use crate::engine::report::Report;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "json",
    title: "JSON, for programs",
    file_name: "clearlist-report.json",
    media_type: "application/json",
    is_told: false,
    write: |report: &Report| pretty(report).into_bytes(),
};

/// As JSON that people can read too, with a line end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Serialising plain structs of strings and numbers to a string cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
