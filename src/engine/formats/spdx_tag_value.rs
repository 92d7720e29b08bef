//! Bills of materials in SPDX's form of tags and values, a line each.

use super::block::Block;
use super::columns::{Field, Meaning};
use super::spdx::{claimed, meaning_of_reference, name_of_agent};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "spdx-tag-value",
    title: "SPDX bill of materials (tags and values)",
    reads: "a software bill of materials in SPDX's form of tags and values (PackageName: …), as in \
            files that end in .spdx",
    how_to_get: "ask the maker of the software for it, or make one: \
                 syft dir:/ -o spdx-tag-value=list.spdx",
    cannot_show: "only the parts that the tool could see in the files: a program that is installed \
                  but not described is missing; it says nothing about computers",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    Lines::boxed(TagReader::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has = |tag: &str| sample.lines().any(|line| line.starts_with(tag));
    let reason = key!("its lines are tags and values of SPDX, such as “PackageName: …”");
    let confidence = if has("SPDXVersion: SPDX-") {
        Confidence::Certain
    } else if has("PackageName:") && (has("SPDXID:") || has("PackageVersion:")) {
        Confidence::Likely
    } else {
        return None;
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

#[derive(Default)]
struct TagReader {
    package: Block,
    /// True between `<text>` and `</text>`.
    in_text: bool,
    last_line: u64,
    has_said_reading: bool,
}

impl LineReader for TagReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        self.last_line = line.number;
        if self.in_text {
            self.in_text = !text.contains("</text>");
            return self.belongs(line);
        }
        if text.is_empty() || text.starts_with('#') {
            return Outcome::STRUCTURE;
        }
        let tag = text.split_once(':').filter(|(tag, _)| {
            !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let Some((tag, value)) = tag else {
            let expected = clause!("a tag of SPDX, a colon and a value");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
            return Outcome::PROBLEM;
        };
        let value = value.trim();
        self.in_text = value.contains("<text>") && !value.contains("</text>");
        if tag == "PackageName" || ENDS_PACKAGE.contains(&tag) {
            self.release(sink);
        }
        if tag == "PackageName" {
            self.package.add_line(line.number, line.text);
            self.package.put(Some(Meaning { field: Field::Name, rank: 0 }), claimed(value));
            return Outcome::RECORD;
        }
        let (field, rank, value) = match tag {
            "PackageVersion" => (Field::Version, 0, claimed(value)),
            "PackageSupplier" => (Field::Publisher, 0, name_of_agent(value)),
            "PackageOriginator" => (Field::Publisher, 1, name_of_agent(value)),
            "ExternalRef" => match reference_of(value) {
                Some((meaning, locator)) => (meaning.field, meaning.rank, locator),
                None => return self.belongs(line),
            },
            _ => return self.belongs(line),
        };
        if !self.package.is_empty() {
            self.package.put(Some(Meaning { field, rank }), value);
        }
        self.belongs(line)
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.in_text {
            sink.problem(self.last_line, ProblemKind::CutShort, "");
        }
    }
}

/// Tags of what is no package.
const ENDS_PACKAGE: &[&str] = &[
    "FileName",
    "SnippetSPDXID",
    "LicenseID",
    "Relationship",
    "Annotator",
    "Reviewer",
    "SPDXVersion",
    "DocumentName",
];

/// `SECURITY cpe23Type cpe:2.3:a:…`.
fn reference_of(value: &str) -> Option<(Meaning, &str)> {
    let mut words = value.split_whitespace();
    let (kind, locator) = (words.nth(1)?, words.next()?);
    Some((meaning_of_reference(kind), locator))
}

impl TagReader {
    /// The line belongs to the package that is open, or to none.
    fn belongs(&mut self, line: Line<'_>) -> Outcome {
        if self.package.is_empty() {
            return Outcome::STRUCTURE;
        }
        self.package.add_line(line.number, line.text);
        Outcome::RECORD
    }

    fn release(&mut self, sink: &mut dyn Sink) {
        if self.package.is_empty() {
            return;
        }
        if !self.has_said_reading {
            sink.reading(clause!(
                "name from PackageName; version from PackageVersion; publisher from \
                 PackageSupplier or PackageOriginator; identifiers from ExternalRef"
            ));
            self.has_said_reading = true;
        }
        let draft = self.package.draft();
        if draft.name().is_empty() {
            sink.problem(self.package.first_line(), ProblemKind::NoName, self.package.text());
        } else {
            sink.record(&draft.record(self.package.first_line(), self.package.text()));
        }
        self.package.clear();
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
    fn each_package_begins_with_its_name() {
        check(
            "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nDocumentName: x\n\n##### Package: kesl\n\n\
             PackageName: kesl\nSPDXID: SPDXRef-1\nPackageVersion: 12.1\nPackageSupplier: Organization: AO Kaspersky Lab\n\
             PackageLicenseComments: <text>PackageName: no\nnone</text>\nExternalRef: PACKAGE-MANAGER purl pkg:deb/kesl@12.1\n\n\
             PackageName: bash\nPackageSupplier: NOASSERTION\n\nRelationship: A CONTAINS B\nPackageVersion: 7\nstray words\n",
            expect![[r#"
                Certain: its lines are tags and values of SPDX, such as “PackageName: …”
                reading: name from PackageName; version from PackageVersion; publisher from PackageSupplier or PackageOriginator; identifiers from ExternalRef
                7: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl
                15: bash
                20! expected a tag of SPDX, a colon and a value; passed over
                lines: 9 records + 10 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn a_text_that_never_ends_was_cut() {
        check(
            "PackageName: kesl\nPackageVersion: 1\nPackageComment: <text>it is",
            expect![[r#"
            Likely: its lines are tags and values of SPDX, such as “PackageName: …”
            reading: name from PackageName; version from PackageVersion; publisher from PackageSupplier or PackageOriginator; identifiers from ExternalRef
            1: kesl | version 1
            3! the file ends in the middle; it may have been cut short, make it again
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn other_blocks_are_not_recognised() {
        check(
            "Package: kesl\nVersion: 12.1\n",
            expect![[r#"
            not recognised
            lines: 0 records + 2 structure + 0 problems
        "#]],
        );
    }
}
