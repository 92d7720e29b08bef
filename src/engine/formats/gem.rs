//! `gem list`: the libraries of a Ruby installation, `name (version, version)`.

use super::packages::{PACKAGE, Package, is_package_word, is_version_word, not_expected};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "gem",
    title: "Ruby gem list (gem list)",
    reads: "lines of a gem and its versions in parentheses, such as “rake (13.0.6, 12.3.3)”",
    how_to_get: "in a terminal: gem list > gems.txt; this is evidence beside a list of programs, not \
                 instead of one",
    cannot_show: "this lists libraries of one Ruby installation, not programs, and no makers: a clean \
                  list does not clear the computer; make a list of programs with the command of step 2",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GemReader),
};

fn is_heading(line: &str) -> bool {
    line.trim() == "*** LOCAL GEMS ***"
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut gems, mut others, mut has_heading) = (0, 0, false);
    for line in sample.filled_lines() {
        if is_heading(line) {
            has_heading = true;
        } else if gem(line).is_some() {
            gems += 1;
        } else {
            others += 1;
        }
    }
    (has_heading && gems > 0 && others * 2 <= gems).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("it has the heading *** LOCAL GEMS ***"),
    })
}

/// `bigdecimal (default: 3.1.3, 3.1.1)`, `nokogiri (1.16.0 ruby x86_64-linux)`: the name, and what is
/// in the parentheses.
fn gem(line: &str) -> Option<(&str, &str)> {
    let (name, versions) = line.trim().strip_suffix(')')?.split_once(" (")?;
    let is_gem = is_package_word(name) && versions_in(versions).all(is_version_word);
    (is_gem && !versions.is_empty()).then_some((name, versions))
}

/// The versions, without the systems that each was built for.
fn versions_in(versions: &str) -> impl Iterator<Item = &str> {
    versions.split(", ").map(|version| {
        let version = version.strip_prefix("default: ").unwrap_or(version);
        version.split(' ').next().unwrap_or(version)
    })
}

struct GemReader;

impl LineReader for GemReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        if line.text.trim().is_empty() || is_heading(line.text) {
            return Outcome::STRUCTURE;
        }
        let Some((name, versions)) = gem(line.text) else {
            return not_expected(
                key!("a gem and its versions, such as “rake (13.0.6)”"),
                line,
                sink,
            );
        };
        for version in versions_in(versions) {
            Package { name, version, ..Package::default() }.tell(PACKAGE, line, sink);
        }
        Outcome::RECORD
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
    fn each_version_is_a_record() {
        check(
            "\n*** LOCAL GEMS ***\n\nbigdecimal (default: 3.1.3, 3.1.1)\nnokogiri (1.16.0 ruby x86_64-linux)\nnonsense\n",
            expect![[r#"
                Certain: it has the heading *** LOCAL GEMS ***
                4: bigdecimal | version 3.1.3 | package bigdecimal
                4: bigdecimal | version 3.1.1 | package bigdecimal
                5: nokogiri | version 1.16.0 | package nokogiri
                6! expected a gem and its versions, such as “rake (13.0.6)”; passed over
                lines: 2 records + 3 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn lists_without_the_heading_are_not_recognised() {
        check(
            "7zip (23.01)\nvlc (3.0)\n",
            expect![[r#"
            not recognised
            1: 7zip | version 23.01 | package 7zip
            2: vlc | version 3.0 | package vlc
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
