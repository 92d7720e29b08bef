//! What text is that only says something, in a spreadsheet and in Markdown. `tests/writers.rs` looks by it too.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The characters that begin formulas, in a spreadsheet of any language.
pub const BEGIN_FORMULAS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Fails on text with anything in it that leads elsewhere or is not shown as it stands.
#[track_caller]
pub fn is_plain_markdown(text: &str) {
    for event in Parser::new_ext(text, Options::all()) {
        let is_markup = matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))
        );
        assert!(!is_markup, "{event:?} in {text}");
    }
}
