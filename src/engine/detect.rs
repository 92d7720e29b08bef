//! Which format a source is in: by content, never by file name.

use super::formats::{Confidence, FORMATS, Format, Sample};
use super::not_inventory;
use super::problem::ProblemKind;

/// The format of a source, and why.
pub struct Detected {
    /// The format.
    pub format: &'static Format,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why, for the report.
    pub reason: String,
}

/// The format with that id.
pub fn format_by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}

/// Chooses the format of a source by its beginning.
///
/// The surest format wins; only a certain one wins over the signs of something that is not an
/// inventory, since a generic reader would make programs of anything.
///
/// # Errors
///
/// A problem that [stops the source](ProblemKind::stops_the_source).
pub fn detect_format(sample: &Sample<'_>) -> Result<Detected, ProblemKind> {
    if sample.is_whole && sample.text.trim().is_empty() {
        return Err(ProblemKind::Empty);
    }
    // `rev`: among equals `max_by_key` takes the last, and the first of the table is to win.
    let best = FORMATS
        .iter()
        .copied()
        .rev()
        .filter_map(|format| Some((format, (format.sniff)(sample)?)))
        .max_by_key(|(_, sniffed)| sniffed.confidence);
    if best.as_ref().is_none_or(|(_, sniffed)| sniffed.confidence != Confidence::Certain)
        && let Some((looks_like, advice)) = not_inventory::looks_like_text(sample)
    {
        return Err(ProblemKind::NotAnInventory {
            looks_like: looks_like.to_owned(),
            advice: advice.to_owned(),
        });
    }
    match best {
        Some((format, sniffed)) => {
            Ok(Detected { format, confidence: sniffed.confidence, reason: sniffed.reason })
        }
        None => Err(ProblemKind::Unrecognised),
    }
}
