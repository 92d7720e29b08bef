//! A list in YAML: `- name: 7-Zip`, with the other keys of the program indented below.

use super::block::Block;
use super::columns::{Columns, Field, meaning_of};
use super::common::is_prompt_line;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

pub(super) static FORMAT: Format = Format {
    id: "yaml-list",
    title: "List in YAML",
    reads: "YAML whose items have a name and a version or a publisher, as scripts and tools for \
            many computers write it",
    how_to_get: "take the file as your tool writes it; a JSON or CSV export of the same tool is \
                 better, if it has one",
    cannot_show: "only what the tool that made the list looks for: programs of other users, from \
                  a store or merely copied to the disk are often missing; the PowerShell command \
                  of step 2 lists more",
    platform: None,
    sniff,
    open: |_| Lines::boxed(YamlReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    const KEYS: usize = 100;
    let (mut items, mut pairs, mut others) = (0, 0, 0);
    let mut keys: Vec<&str> = Vec::new();
    for line in sample.filled_lines() {
        let line = Entry::of(line);
        if line.is_nothing() || is_prompt_line(line.text) {
            continue;
        }
        match line.pair() {
            Some((key, _)) => {
                pairs += 1;
                items += usize::from(line.begins_item);
                if keys.len() < KEYS && !keys.contains(&key) {
                    keys.push(key);
                }
            }
            None => others += 1,
        }
    }
    let columns = Columns::of(keys.iter().copied());
    let is_of_programs = columns.have(Field::Name)
        && (columns.have(Field::Version) || columns.have(Field::Publisher));
    // A task of a workflow has a name too, and keys that no program has.
    if items == 0 || others * 2 > pairs || !is_of_programs || columns.known() * 3 < keys.len() {
        return None;
    }
    let keys = keys.iter().take(4).copied().collect::<Vec<_>>().join(", ");
    Some(Sniffed {
        confidence: Confidence::Likely,
        reason: clause!("its items begin with “- ” and have the keys {keys}", keys),
    })
}

/// A line of YAML.
struct Entry<'a> {
    /// Blanks before it.
    indent: usize,
    /// True for `- key: value`.
    begins_item: bool,
    /// Without indentation and hyphen.
    text: &'a str,
}

impl<'a> Entry<'a> {
    fn of(line: &'a str) -> Self {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let item = if text.trim_end() == "-" { Some("") } else { text.strip_prefix("- ") };
        Self { indent, begins_item: item.is_some(), text: item.unwrap_or(text).trim() }
    }

    /// A comment, or the line between two documents.
    fn is_nothing(&self) -> bool {
        (self.text.is_empty() && !self.begins_item)
            || self.text.starts_with('#')
            || self.text == "---"
            || self.text == "..."
    }

    fn pair(&self) -> Option<(&'a str, &'a str)> {
        let (key, value) = match self.text.split_once(": ") {
            Some(pair) => pair,
            None => (self.text.strip_suffix(':')?, ""),
        };
        let key = unquoted(key);
        let is_key = !key.is_empty()
            && key.len() <= 60
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_- .".contains(&b));
        is_key.then_some((key, unquoted(value)))
    }
}

/// Without the quotation marks around it, or a comment behind.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for mark in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(mark)
            && let Some((inside, behind)) = rest.rsplit_once(mark)
            && (behind.is_empty() || behind.trim_start().starts_with('#'))
        {
            return inside;
        }
    }
    text.split(" #").next().unwrap_or(text).trim_end()
}

#[derive(Default)]
struct YamlReader {
    block: Block,
    /// How far the items of the list are indented.
    item_indent: usize,
    host: String,
    keys: Vec<String>,
    has_record: bool,
}

impl LineReader for YamlReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let entry = Entry::of(line.text);
        if entry.is_nothing() {
            return Outcome::STRUCTURE;
        }
        let is_inside = !self.block.is_empty() && entry.indent > self.item_indent;
        if !is_inside {
            self.release(sink);
            if !entry.begins_item {
                // `hostname: PC-17` above the list.
                if let Some((key, value)) = entry.pair()
                    && meaning_of(key).is_some_and(|meaning| meaning.field == Field::Host)
                {
                    self.host.clear();
                    self.host.push_str(value);
                }
                return Outcome::STRUCTURE;
            }
            self.item_indent = entry.indent;
        }
        self.block.add_line(line.number, line.text);
        match entry.pair() {
            // The items of a list within say nothing of the program itself.
            Some((key, value)) if !(is_inside && entry.begins_item) => {
                if !self.has_record {
                    self.keys.push(key.to_owned());
                }
                self.block.put(meaning_of(key), value);
            }
            _ => self.block.put(None, ""),
        }
        Outcome::Later
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if !self.has_record {
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

impl YamlReader {
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let (line, text) = (self.block.first_line(), self.block.text());
        let mut draft = self.block.draft();
        let class = if draft.is_empty() {
            sink.problem(line, ProblemKind::NoName, text);
            LineClass::Problem
        } else {
            if !self.has_record {
                let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
                sink.reading(Columns::of(keys.iter().copied()).described(&keys));
                self.has_record = true;
            }
            draft.default_host(&self.host);
            sink.record(&draft.record(line, text));
            LineClass::Record
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
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
    fn each_item_is_a_program() {
        check(
            "---\n# made by a script\nhostname: PC-17\nsoftware:\n\
             \x20 - name: 7-Zip\n    version: \"23.01\"\n    publisher: 'Igor Pavlov' # sic\n\
             \x20   paths:\n      - name: not a program\n\
             \x20 - version: 12.6.0.438\n    name: Kaspersky Endpoint Security\n    vendor: \"АО \"Лаборатория Касперского\"\"\n\
             \x20 - version: 1.0\n\
             other: x\n",
            expect![[r#"
                Likely: its items begin with “- ” and have the keys hostname, software, name, version
                reading: name from “name”; version from “version”; publisher from “publisher”
                5: 7-Zip | version 23.01 | publisher Igor Pavlov | host PC-17
                10: Kaspersky Endpoint Security | version 12.6.0.438 | publisher АО "Лаборатория Касперского" | host PC-17
                13! expected the name of a program, found none
                lines: 8 records + 5 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn workflows_and_lists_of_words_are_not_recognised() {
        for text in [
            "steps:\n  - name: Checkout\n    uses: actions/checkout@v4\n  - name: Build\n    run: cargo build\n",
            "- Firefox\n- 7-Zip\n",
            "- Fallout: New Vegas\n- Halo: Reach\n",
            "name: x\nversion: 1\npublisher: y\n",
        ] {
            let found = transcript(&FORMAT, text);
            assert!(found.starts_with("not recognised"), "{text}{found}");
        }
    }
}
