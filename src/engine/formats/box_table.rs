//! Tables drawn with the lines of Unicode (`│ ┌ ├`): the same as those drawn with pipes, which
//! the delimited reader knows.

use crate::engine::clause::clause;
use std::borrow::Cow;

use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "box-table",
    title: "Table drawn with lines",
    reads: "tables whose cells stand between lines such as │ or ║, as Nushell, DuckDB, Rich and \
            other tools draw them",
    how_to_get: "copy the whole table with its header from the window it was printed in; a CSV \
                 export of the same tool is better, if it has one",
    cannot_show: "only the rows and columns that fitted in the window: drawn tables are often cut \
                  in the middle; export the list as CSV to have all of it",
    platform: None,
    sniff,
    open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let with_lines = sample.filled_lines().filter(|line| line.contains(is_upright)).count();
    let is_drawn = with_lines >= 2 && with_lines * 3 >= sample.filled_lines().count();
    if !is_drawn {
        return None;
    }
    let drawn = drawn_with_pipes(sample.text);
    let sniffed = (delimited::FORMAT.sniff)(&Sample { text: &drawn, ..*sample })?;
    // Nothing but a table is drawn with such lines.
    let confidence = sniffed.confidence.max(Confidence::Possible);
    Some(Sniffed {
        confidence,
        reason: clause!("its cells stand between lines; {reason}", reason = sniffed.reason),
    })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    let drawn = drawn_with_pipes(sample.text);
    Box::new(BoxReader { reader: delimited::open(&Sample { text: &drawn, ..*sample }) })
}

/// A line between two cells of a row.
fn is_upright(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '┆' | '┊')
}

/// The text with pipes, dashes and plus signs instead of lines.
fn drawn_with_pipes(text: &str) -> Cow<'_, str> {
    let is_line = |c: char| matches!(c, '\u{2500}'..='\u{257F}');
    if !text.contains(is_line) {
        return Cow::Borrowed(text);
    }
    let pipe = |c: char| match c {
        c if is_upright(c) => '|',
        '─' | '━' | '═' | '┄' | '┈' | '╌' => '-',
        c if is_line(c) => '+',
        c => c,
    };
    Cow::Owned(text.chars().map(pipe).collect())
}

struct BoxReader {
    reader: Box<dyn Reader>,
}

impl Reader for BoxReader {
    fn push(&mut self, text: &str, sink: &mut dyn Sink) {
        self.reader.push(&drawn_with_pipes(text), sink);
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        self.reader.finish(sink);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn cells_are_read_without_the_lines_between() {
        check(
            "┌─────────────────────┬────────────┬──────────────────┐\n\
             │ Name                │ Version    │ Publisher        │\n\
             ├─────────────────────┼────────────┼──────────────────┤\n\
             │ 7-Zip 23.01 (x64)   │ 23.01      │ Igor Pavlov      │\n\
             │ Kaspersky VPN       │ 5.21       │ AO Kaspersky Lab │\n\
             └─────────────────────┴────────────┴──────────────────┘\n",
            expect![[r#"
                Likely: its cells stand between lines; line 2 is a header with known words: “Name”, “Version”, “Publisher”
                reading: a table drawn with pipes; name from “Name”; version from “Version”; publisher from “Publisher”
                4: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
                5: Kaspersky VPN | version 5.21 | publisher AO Kaspersky Lab
                lines: 2 records + 4 structure + 0 problems
            "#]],
        );
        check(
            "╭───┬──────────────┬─────────╮\n\
             │ # │     name     │ version │\n\
             ├───┼──────────────┼─────────┤\n\
             │ 0 │ Kaspersky    │ 21.3    │\n\
             ╰───┴──────────────┴─────────╯\n",
            expect![[r#"
                Likely: its cells stand between lines; line 2 is a header with known words: “#”, “name”, “version”
                reading: a table drawn with pipes; name from “name”; version from “version”
                4: Kaspersky | version 21.3
                lines: 1 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn trees_and_names_are_not_recognised() {
        for text in [
            "├── src\n│   ├── main.rs\n│   └── lib.rs\n└── Cargo.toml\n",
            "Kaspersky │ VPN\n",
            "Firefox\n7-Zip\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
