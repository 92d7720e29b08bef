//! Which format a source is in: by content, never by file name.

use super::formats::{Confidence, FORMATS, Format, Sample, Sniffed};
use super::not_inventory;
use super::problem::ProblemKind;
use crate::engine::clause::Clause;

/// The format of a source, and why.
pub struct Detected {
    /// The format.
    pub format: &'static Format,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why, for the report.
    pub reason: Clause,
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
    let mut best: Option<(&'static Format, Sniffed)> = None;
    for format in FORMATS.iter().copied() {
        let Some(sniffed) = (format.sniff)(sample) else { continue };
        // Among equals the first of the table wins.
        if best.as_ref().is_none_or(|(_, best)| sniffed.confidence > best.confidence) {
            let is_certain = sniffed.confidence == Confidence::Certain;
            best = Some((format, sniffed));
            if is_certain {
                break;
            }
        }
    }
    if best.as_ref().is_none_or(|(_, sniffed)| sniffed.confidence != Confidence::Certain)
        && let Some((looks_like, advice)) = not_inventory::looks_like_text(sample)
    {
        return Err(ProblemKind::NotAnInventory {
            looks_like: looks_like.into(),
            advice: advice.into(),
        });
    }
    match best {
        Some((format, sniffed)) => {
            Ok(Detected { format, confidence: sniffed.confidence, reason: sniffed.reason })
        }
        None => Err(ProblemKind::Unrecognised),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::limits::SAMPLE_BYTES;

    /// A tool that draws its progress into the file puts hundreds of lines above the first row.
    #[test]
    fn a_table_is_found_below_a_long_bar_of_progress() {
        let table = "Name            Id              Version\n\
                     ---------------------------------------\n\
                     Kaspersky Free  Kaspersky.Free  21.3\n\
                     Firefox         Mozilla.Firefox 120.0\n";
        for lines in [0, 10, 500, 1000] {
            let bar: String = (0..lines)
                .map(|line| format!("  {}  {line} KB / 7.00 MB\n", "█".repeat(line % 10)))
                .collect();
            let text = bar + table;
            assert!(text.len() < SAMPLE_BYTES);
            let found = detect_format(&Sample { text: &text, is_whole: true, tables: &[] });
            let id = found.as_ref().map(|found| found.format.id);
            assert_eq!(id.ok(), Some("winget"), "{lines} lines of progress");
        }
    }
}
