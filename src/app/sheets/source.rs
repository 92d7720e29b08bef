//! What became of one list that was read.

use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::text;
use crate::engine::language::Phrase;
use crate::engine::report::{FirstRecord, SourceReport};

/// The accounting of a source: name, size, fingerprint, how it was read, what became of its lines,
/// and its first entries.
///
/// MUST be readable at 320 px: it is a list of terms, not a wide table. Long fingerprints MUST wrap.
pub fn source(source: &SourceReport) -> Node {
    let rows = [
        (text::SIZE, text::bytes(source.bytes)),
        (text::READ_AS, text::read_as(source)),
        (text::ENCODING, text::encoding(source)),
        (text::LINES, text::lines(source)),
        (text::ENTRIES, text::entry_count(source)),
        (text::COMPUTERS, text::number(source.hosts)),
    ];
    let row = |term: &str, value: Node| {
        Tag::Div.of("terms__row", [Tag::Dt.says("", term), Tag::Dd.of("", [value])])
    };
    let hash = row(&text::FINGERPRINT, Tag::Code.says("hash", &source.sha256));
    let rows = rows.into_iter().map(|(term, value)| row(&term, value.into())).chain([hash]);
    let of_list = Tag::Span.says("usa-sr-only", text::of_list(&source.name));
    let summary = Tag::Summary.of("fold__summary", [text::FIRST_ROWS.into(), of_list]);
    let first = first_rows(&source.name, &source.first_records);
    Node::all([
        Tag::H4.says("source__name", &source.name),
        Tag::Dl.of("terms", rows),
        Tag::Details.of("fold", [summary, first]),
    ])
}

/// The first entries, so that a reader sees whether the list was understood.
///
/// MUST be a table with a caption. MUST scroll in a region of its own that the keyboard reaches,
/// so that the page does not scroll sideways.
pub fn first_rows(name: &str, rows: &[FirstRecord]) -> Node {
    if rows.is_empty() {
        return Tag::P.says("", text::NO_FIRST_ROWS);
    }
    let caption = text::first_rows(name);
    let cell = |words: &str| Tag::Td.says("", told(words));
    let body = rows.iter().map(|row| {
        Tag::Tr.of(
            "",
            [
                Tag::Th.says("", told(&row.name)).with(Attribute::Scope, "row"),
                cell(&row.version),
                cell(&row.publisher),
                cell(&row.host),
                cell(&text::number(row.line)),
            ],
        )
    });
    let heading = |words: Phrase| Tag::Th.says("", words).with(Attribute::Scope, "col");
    let table = Tag::Table.of(
        "places",
        [
            Tag::Caption.says("places__caption", &caption),
            Tag::Thead.of("", [Tag::Tr.of("", text::FIRST_ROWS_COLUMNS.map(heading))]),
            Tag::Tbody.of("", body),
        ],
    );
    Tag::Div
        .of("wide", [table])
        .with(Attribute::Role, "group")
        .with(Attribute::Tabindex, "0")
        .with(Attribute::AriaLabel, caption)
}

fn told(words: &str) -> &str {
    if words.is_empty() { "–" } else { words }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    vec![
        ("a table", source(&crate::app::example::source_read())),
        ("no entries", first_rows("empty.csv", &[])),
    ]
}
