//! Kaspersky Security Center: its registry of applications, as its interface for programs gives it.

use super::columns::Draft;
use super::json::{self, Object};
use super::tool_table::{self, AnyTable, Header};
use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "kaspersky-security-center",
    title: "Kaspersky Security Center",
    reads: "the registry of applications of Kaspersky Security Center: JSON of its OpenAPI and of \
            Cortex XSOAR, the tables that XSOAR shows, and CSV with the same names",
    how_to_get: "in Cortex XSOAR, run the command !ksc-software-applications-list, or for one \
                 computer !ksc-host-software-applications-list; or call \
                 InventoryApi.GetInvProductsList of the OpenAPI of Kaspersky Security Center and \
                 save the answer",
    cannot_show: "Kaspersky Security Center and its agents are Kaspersky products themselves even \
                  where this list does not name them; the list of all applications does not name \
                  the computers, and the registry holds what agents reported last",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["ARPRegKey", "DisplayName"]),
    Header::certain(&["wstrDisplayName", "wstrDisplayVersion"]),
];

/// The table below the heading of XSOAR.
static SHOWN: &[Header] = &[Header::likely(&["DisplayName", "Publisher", "DisplayVersion"])];

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["KasperskySecurityCenter"]),
    (Confidence::Certain, &["ARPRegKey", "DisplayName"]),
    (Confidence::Certain, &["wstrDisplayName", "wstrPublisher"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS)
        .or_else(|| json::sniff_keys(sample, FORMAT.title, KEYS))
        .or_else(|| {
            let heading = heading_in(sample)?;
            tool_table::find(sample, SHOWN)?;
            let reason =
                clause!("it has a table below the heading \u{201C}{heading}\u{201D}", heading);
            Some(Sniffed { confidence: Confidence::Certain, reason })
        })
}

/// `### Inventory Software Applications`, `### Host 4328e16f-… Software Applications`.
fn heading_in<'a>(sample: &Sample<'a>) -> Option<&'a str> {
    const LINES_ABOVE: usize = 20;
    sample.filled_lines().take(LINES_ABOVE).map(|line| line.trim_matches(['#', ' '])).find(
        |heading| {
            let what = heading.strip_suffix("Software Applications").map(str::trim);
            what.is_some_and(|what| what == "Inventory" || what.starts_with("Host "))
        },
    )
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if json::sniff_keys(sample, FORMAT.title, KEYS).is_some() {
        json::open_as(Products::default())
    } else if tool_table::find(sample, HEADERS).is_some() {
        delimited::open_as(AnyTable, HEADERS, sample)
    } else {
        delimited::open_as(AnyTable, SHOWN, sample)
    }
}

#[derive(Default)]
struct Products {
    /// The first record that counts computers instead of naming one.
    counts_from: Option<u64>,
}

impl json::Tool for Products {
    // Updates have the keys of programs.
    fn passes_over(&self, object: &Object<'_>) -> bool {
        object.key == "Patch" || !object.fields.get("PatchID").is_empty()
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        let is_counted = object.fields.iter().any(|(key, _)| key.ends_with("nHostCount"));
        if draft.host().is_empty() && is_counted {
            self.counts_from.get_or_insert(object.line);
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some(line) = self.counts_from {
            let advice =
                key!("list the programs of each computer (!ksc-host-software-applications-list)");
            sink.problem(line, tool_table::counts_only("nHostCount", advice), "");
        }
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
    fn products_are_read_and_patches_are_not() {
        check(
            r#"{"KasperskySecurityCenter":{"Inventory":{"Software":[
{"ARPRegKey":"{8CCB15BC-2D37-49A3-BF21-6D030D822CEA}","DisplayName":"Plug-in for Microsoft Exchange ActiveSync","DisplayVersion":"12.0.0.7734","ProductID":"1F2C","Publisher":"Kaspersky","VapmBuild":{"type":"long","value":0},"bIsMsi":false}],
"Patch":[{"DisplayName":"Update (KB3176936)","PatchID":"KB3176936","Publisher":"Microsoft Windows","DisplayVersion":"1"}]}}}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Kaspersky Security Center: “KasperskySecurityCenter”
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from “ARPRegKey”, “ProductID”
                2: Plug-in for Microsoft Exchange ActiveSync | version 12.0.0.7734 | publisher Kaspersky | product-code {8CCB15BC-2D37-49A3-BF21-6D030D822CEA}
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn answers_of_the_openapi_wrap_each_product() {
        check(
            r#"{"PxgRetVal":{"GNRL_EA_PARAM_1":[{"type":"params","value":{"wstrDisplayName":"KMPlayer","wstrDisplayVersion":"4.2","wstrPublisher":"PandoraTV","wstrARPRegKey":"KMPlayer","nHostCount":2}}]}}"#,
            expect![[r#"
                Certain: it is JSON with keys of Kaspersky Security Center: “wstrDisplayName”, “wstrPublisher”
                reading: name from “value.wstrDisplayName”; version from “value.wstrDisplayVersion”; publisher from “value.wstrPublisher”; identifiers from “value.wstrARPRegKey”
                1: KMPlayer | version 4.2 | publisher PandoraTV | product-code KMPlayer
                1! this list is not complete: it says on how many computers a program is (“nHostCount”), not on which; what is there was checked; list the programs of each computer (!ksc-host-software-applications-list)
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_table_of_markdown_is_read() {
        check(
            "### Host 4328e16f-bf83-47c3-8d0b-0fdf79f9d673 Software Applications\n\
             |DisplayName|Publisher|DisplayVersion|\n|---|---|---|\n\
             | Kaspersky Security Center | Kaspersky | 12.0 |\n| 7-Zip | Igor Pavlov | 23.01 |\n",
            expect![[r#"
                Certain: it has a table below the heading “Host 4328e16f-bf83-47c3-8d0b-0fdf79f9d673 Software Applications”
                reading: a table drawn with pipes; name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”
                4: Kaspersky Security Center | version 12.0 | publisher Kaspersky
                5: 7-Zip | version 23.01 | publisher Igor Pavlov
                lines: 2 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in [
            "DisplayName,Publisher,DisplayVersion\nA,B,1\n",
            "### Software Applications\n|DisplayName|Publisher|DisplayVersion|\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
