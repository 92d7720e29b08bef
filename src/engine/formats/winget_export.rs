//! `winget export`: a file of JSON with the ids of packages, meant for `winget import`.

use super::columns::{Draft, Field, Meaning};
use super::json::{JsonReader, Object, Objects, Verdict};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::record::{IdentifierKind, Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "winget-export",
    title: "winget export",
    reads: "the file that winget export writes on Windows 10 and 11",
    how_to_get: "in PowerShell or a command prompt: winget export list.json --include-versions; \
                 better, since it leaves nothing out: winget list > list.txt",
    cannot_show: "the file holds only ids, no names or publishers, and only programs that are in \
                  winget's own catalogue today: whatever else is installed, such as products \
                  that were taken out of that catalogue, is left out; the PowerShell command of step \
                  2 or winget list shows it",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| JsonReader::boxed(Packages::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has_key = |key: &str| {
        let after = sample.text.split_once(&format!("\"{key}\"")).map(|(_, after)| after);
        after.is_some_and(|after| after.trim_start().starts_with(':'))
    };
    let is_of_winget = sample.text.contains("winget-packages.schema") || has_key("WinGetVersion");
    let has_object = sample.text.lines().any(|line| line.trim_start().starts_with('{'));
    // The version stands last, which may be beyond the sample.
    let has_packages = has_key("Sources") && has_key("Packages") && has_key("PackageIdentifier");
    let is_like_it = has_key("SourceDetails") && has_packages;
    (has_object && (is_like_it || (is_of_winget && has_key("Sources")))).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "it is JSON with Sources, their Packages and each package’s PackageIdentifier"
        ),
    })
}

#[derive(Default)]
struct Packages {
    has_said_reading: bool,
}

impl Objects for Packages {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        let id = object.fields.get("PackageIdentifier");
        if id.is_empty() || object.key != "Packages" {
            return Verdict::Container;
        }
        let mut draft = Draft::default();
        draft.identify(IdentifierKind::Package, id);
        let version = Meaning { field: Field::Version, rank: 0 };
        draft.put(version, object.fields.get("Version"));
        if !self.has_said_reading {
            sink.reading(clause!(
                "identifiers from “PackageIdentifier”; version from “Version”; no names"
            ));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(object.line, object.text));
        Verdict::Record
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn each_package_is_read_by_its_id() {
        check(
            r#"{
  "$schema" : "https://aka.ms/winget-packages.schema.2.0.json",
  "Sources" : [ {
      "Packages" : [
        { "PackageIdentifier" : "Kaspersky.Kaspersky", "Version" : "21.9.6.465" },
        { "PackageIdentifier" : "9NKSQGP7F2NH" }
      ],
      "SourceDetails" : {
        "Argument" : "https://cdn.winget.microsoft.com/cache",
        "Identifier" : "Microsoft.Winget.Source_8wekyb3d8bbwe",
        "Name" : "winget",
        "Type" : "Microsoft.PreIndexed.Package"
      }
  } ],
  "WinGetVersion" : "1.7.10861"
}
"#,
            expect![[r#"
                Certain: it is JSON with Sources, their Packages and each package’s PackageIdentifier
                reading: identifiers from “PackageIdentifier”; version from “Version”; no names
                5:  | version 21.9.6.465 | package Kaspersky.Kaspersky
                6:  | package 9NKSQGP7F2NH
                lines: 2 records + 14 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        check(
            r#"{"Sources":[{"Packages":[{"Name":"a"}]}]}"#,
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
        check(
            "see WinGetVersion and \"Sources\": none\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
