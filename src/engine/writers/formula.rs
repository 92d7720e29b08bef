//! Rows of CSV that a spreadsheet takes for text and nothing else.
//!
//! A cell that begins with one of a few characters is a formula to Excel, LibreOffice and Google Sheets,
//! quoted or not (OWASP, "CSV Injection"); an apostrophe before it makes it text.

use csv_core::{QuoteStyle, Terminator, WriteResult, WriterBuilder};

/// Rows of CSV (RFC 4180) in UTF-8, with the mark at their beginning by which Excel knows that.
///
/// A marking stands alone in the first row and in the last.
pub struct Rows {
    text: Vec<u8>,
    marking: String,
    columns: usize,
}

impl Rows {
    /// The row of headings, below that of the marking if it is not empty.
    pub fn new(marking: String, headings: &[&str]) -> Self {
        let mut rows = Self { text: "\u{FEFF}".into(), marking, columns: headings.len() };
        rows.mark();
        rows.push(headings.iter().map(|heading| (*heading).to_owned()));
        rows
    }

    /// Adds a row.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .build();
        for (index, cell) in cells.into_iter().enumerate() {
            let cell = harmless(&cell);
            // Every byte is at most doubled; quotation marks and a comma stand around.
            let mut buffer = vec![0; 2 * cell.len() + 4];
            let mut at = 0;
            if index > 0 {
                let (_, written) = writer.delimiter(&mut buffer);
                at += written;
            }
            let (result, _, written) =
                writer.field(cell.as_bytes(), buffer.get_mut(at..).unwrap_or_default());
            debug_assert!(matches!(result, WriteResult::InputEmpty));
            buffer.truncate(at + written);
            self.text.append(&mut buffer);
        }
        let mut end = [0; 4];
        let (_, written) = writer.terminator(&mut end);
        self.text.extend(end.iter().take(written));
    }

    /// Every row has as many cells, which strict readers want.
    fn mark(&mut self) {
        if !self.marking.is_empty() {
            let rest = vec![String::new(); self.columns.saturating_sub(1)];
            self.push(std::iter::once(self.marking.clone()).chain(rest));
        }
    }

    /// All rows.
    pub fn finish(mut self) -> String {
        self.mark();
        // What was pushed was text, and quoting adds nothing but ASCII.
        String::from_utf8(self.text).unwrap_or_default()
    }
}

/// The text as no spreadsheet calculates it.
fn harmless(cell: &str) -> String {
    if begins_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// True if a spreadsheet would calculate the text were it typed in.
pub(super) fn begins_formula(text: &str) -> bool {
    // The wide forms are the same to spreadsheets set to Chinese or Japanese.
    const BEGIN_FORMULAS: [char; 11] =
        ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];
    text.starts_with(BEGIN_FORMULAS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        let mut rows = Rows::new(String::new(), &["A", "B"]);
        rows.push(["=HYPERLINK(\"https://example.com\")".to_owned(), "a \"b\", c".to_owned()]);
        rows.push(["\u{FF1D}1+1".to_owned(), String::new()]);
        assert_eq!(
            rows.finish(),
            "\u{FEFF}\"A\",\"B\"\r\n\"'=HYPERLINK(\"\"https://example.com\"\")\",\"a \"\"b\"\", c\"\r\n\
             \"'\u{FF1D}1+1\",\"\"\r\n"
        );
    }
}
