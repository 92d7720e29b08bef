//! What the page says of how a list is read, before and after the check.

use super::sentence;
use crate::app::preview::Preview;
use crate::app::reading::{InputKey, Reading};
use crate::engine::language::{Phrase, number, phrase, say, told};
use crate::engine::record::{ColumnField, ColumnReading};
use crate::engine::report::{Problem, SourceReport};

/// The fold in which it can be changed.
pub const CHANGE_READING: Phrase = phrase("Not right? See how it is read and change it");
/// The button that leads there from the results.
pub const CHANGE_READING_AGAIN: Phrase = phrase("Change how it is read");
/// The button for a list that was not looked into.
pub const SHOW_READING: Phrase = phrase("Show how it is read");
/// Of which list, for those who hear a button alone.
pub fn of_list(name: &str) -> String {
    format!(": {name}")
}
/// The name of the fields.
pub fn how_it_is_read(name: &str) -> String {
    say!("How {name} is read", name)
}

/// What an input was taken for, in one line.
pub fn taken_for(reading: &Reading) -> String {
    let Some(preview) = &reading.preview else {
        return if reading.is_current {
            say!("The beginning of it could not be looked at. The check will say why.").into()
        } else {
            say!("Looking at the beginning of it…").into()
        };
    };
    if preview.lacks_names() {
        return say!(
            "No column is known to hold the names of programs. Open this and say which one does:"
        )
        .into();
    }
    if let Some(stop) = preview.stop() {
        return say!(
            "It cannot be read as a list of programs. {message}",
            message = sentence(&stop.message)
        );
    }
    let source = &preview.source;
    if source.format.is_empty() {
        return say!("It will be looked at as a whole when you check it.").into();
    }
    let mapped = if reading.is_mapped { say!(", columns as you chose") } else { "" };
    let first = match source.first_records.iter().find(|record| !record.name.is_empty()) {
        Some(record) => say!("The first program is “{name}”.", name = record.name),
        None => say!("No program was found in its beginning.").into(),
    };
    // What was pasted is text already, and what is packed has no encoding of its own.
    let encoding = match reading.key {
        InputKey::File(_) if !source.encoding.is_empty() => format!(", {}", source.encoding),
        _ => String::new(),
    };
    say!(
        "We took this for: {format} ({confidence}{mapped}){encoding}. {first}",
        format = told(&source.format_title),
        confidence = confidence(&source.confidence),
        mapped,
        encoding,
        first
    )
}

/// How sure a format is.
pub fn confidence(word: &str) -> &'static str {
    match word {
        "certain" => say!("certain"),
        "likely" => say!("likely"),
        "chosen" => say!("as you chose"),
        _ => say!("a guess"),
    }
}

/// What is told to a reader who does not see it, when a change has made something else of it.
pub fn read_anew(reading: &Reading) -> String {
    format!("{}: {}", reading.name, taken_for(reading))
}

/// Why it was taken for that.
pub fn why_taken(preview: &Preview) -> Option<String> {
    let SourceReport { format_reason, encoding, encoding_reason, .. } = &preview.source;
    if format_reason.is_empty() || encoding_reason.is_empty() {
        return None;
    }
    Some(say!(
        "Why: {format_reason}. Text encoding {encoding}: {encoding_reason}.",
        format_reason,
        encoding,
        encoding_reason = told(encoding_reason)
    ))
}

/// A problem of the beginning. Which list it is of is plain there.
pub fn preview_problem(problem: &Problem) -> String {
    match problem.line {
        0 => sentence(&problem.message),
        line => say!(
            "Line {line}: {message}",
            line = number(line),
            message = sentence(&problem.message)
        ),
    }
}

/// The label of the formats.
pub const FORMAT_LABEL: Phrase = phrase("What it is");
/// The choice to have it found.
pub const AUTOMATIC: Phrase = phrase("Find it out");
/// The label of the computer's name.
pub const HOST_LABEL: Phrase = phrase("Computer");
/// What the computer's name is for.
pub fn host_hint(reading: &Reading) -> String {
    match &reading.host {
        Some(host) => say!(
            "For entries that name no computer. If this is empty they are on “{host}”, after the file.",
            host
        ),
        None => say!("For entries that name no computer.").into(),
    }
}

/// The caption of the first entries.
pub fn first_rows(name: &str) -> String {
    say!("First entries of {name}, as they were read", name)
}
/// The fold with the first entries.
pub const FIRST_ROWS: Phrase = phrase("First entries, as they were read");
/// The headings of the first entries.
pub const FIRST_ROWS_COLUMNS: [Phrase; 5] =
    [phrase("Name"), phrase("Version"), phrase("Publisher"), phrase("Computer"), phrase("Line")];
/// Where there are none.
pub const NO_FIRST_ROWS: Phrase = phrase("No entry was read.");

/// The caption of the columns.
pub fn columns_of(name: &str) -> String {
    say!("Columns of {name}", name)
}
/// How to correct the columns.
pub const COLUMNS_HINT: Phrase = phrase(
    "Say what each column holds. It is remembered, while this page is open, for every list with the same headings.",
);
/// The headings of the columns' table.
pub const COLUMN_TABLE: [Phrase; 3] =
    [phrase("Column"), phrase("First rows"), phrase("What it holds")];
/// What a column is called.
pub fn column_name(column: &ColumnReading, at: usize) -> String {
    if column.header.trim().is_empty() {
        say!("Column {at}", at = number(at as u64 + 1))
    } else {
        column.header.clone()
    }
}
/// What stands in a column.
pub fn column_values(column: &ColumnReading) -> String {
    let filled: Vec<&str> =
        column.values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    if filled.is_empty() { "–".into() } else { filled.join(" · ") }
}
/// The choice of a column, for those who hear it alone.
pub fn meaning_of_column(column: &ColumnReading, at: usize) -> String {
    say!("What {at} holds", at = column_name(column, at))
}
/// The choice for a column that is not used.
pub const NOTHING_USED: Phrase = phrase("Nothing that is used");
/// What a column can hold.
pub fn column_field(field: ColumnField) -> &'static str {
    match field {
        ColumnField::Name => say!("Name of the program"),
        ColumnField::Version => say!("Version"),
        ColumnField::Publisher => say!("Publisher"),
        ColumnField::Host => say!("Computer"),
        ColumnField::ProductCode => say!("Product code or uninstall key"),
        ColumnField::PackageName => say!("Name of a package"),
        ColumnField::Package => say!("Package id"),
        ColumnField::PackageUrl => say!("Package address (purl)"),
        ColumnField::Bundle => say!("Bundle id of an app"),
        ColumnField::Id => say!("Some other id"),
        ColumnField::Cpe => say!("CPE name"),
        ColumnField::Path => say!("Folder or file"),
        ColumnField::UninstallCommand => say!("Command that uninstalls it"),
        ColumnField::Signer => say!("Who signed it"),
        ColumnField::Service => say!("Service"),
        ColumnField::Driver => say!("Driver"),
        ColumnField::Process => say!("Process"),
        ColumnField::File => say!("File of a driver or process"),
        ColumnField::Presence => say!("Whether it is installed"),
    }
}
/// The check box for a table's first row.
pub const FIRST_ROW_IS_HEADING: Phrase = phrase("The first row holds headings, not a program");
/// When the reader has said what the columns hold.
pub const MAPPED: Phrase = phrase("The columns are read as you said.");
/// The button that takes that back.
pub const FORGET_MAPPING: Phrase = phrase("Find it out instead");

/// How a source was read, with how sure that is.
pub fn read_as(source: &SourceReport) -> String {
    match (source.format_title.as_str(), source.format_reason_told()) {
        ("", reason) if reason.is_empty() => say!("It could not be read").into(),
        ("", reason) => say!("It could not be read: {reason}", reason),
        (title, reason) if reason.is_empty() => told(title).to_owned(),
        (title, reason) => {
            format!("{} ({}: {reason})", told(title), confidence(&source.confidence))
        }
    }
}
/// The encoding of a source, and why.
pub fn encoding(source: &SourceReport) -> String {
    match (source.encoding.as_str(), source.encoding_reason.as_str()) {
        ("", _) => say!("Not text").into(),
        (encoding, "") => encoding.to_owned(),
        (encoding, reason) => format!("{encoding} ({})", told(reason)),
    }
}
/// The entries of a source.
pub fn entry_count(source: &SourceReport) -> String {
    if source.not_installed() == 0 {
        number(source.records)
    } else {
        say!(
            "{records}, of which {not_installed} are not installed",
            records = number(source.records),
            not_installed = number(source.not_installed())
        )
    }
}
