//! Inventories of the GLPI agent as JSON.

use super::columns::Draft;
use super::json::{self, Object, Tool};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "glpi-json",
    title: "GLPI agent inventory as JSON",
    reads: "the JSON that the GLPI agent makes of one computer: its softwares and its antivirus",
    how_to_get: "on the computer: glpi-inventory --json > list.json",
    cannot_show: "a partial inventory may hold the antivirus only; programs that are merely copied \
                  to the disk and browser extensions are missing",
    platform: None,
    sniff,
    open,
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["deviceid", "content", "itemtype"]),
    (Confidence::Certain, &["content", "versionclient"]),
    (Confidence::Certain, &["content", "softwares"]),
    (Confidence::Certain, &["content", "antivirus", "uptodate"]),
    (Confidence::Certain, &["content", "accesslog", "logdate"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, key!("the GLPI agent"), KEYS)
}

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    json::open_as(Inventory::default())
}

#[derive(Default)]
struct Inventory {
    has_said_partial: bool,
    has_programs: bool,
    /// The line of the first security program.
    antivirus: Option<u64>,
}

const ADVICE: &str = key!("make a full inventory: glpi-inventory --json > list.json");

impl Tool for Inventory {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        if !self.has_said_partial && object.fields.get("partial") == "true" {
            self.has_said_partial = true;
            let why = clause!("it calls itself a partial inventory (\u{201C}partial\u{201D})");
            let kind = ProblemKind::Incomplete { why, advice: ADVICE.into() };
            sink.problem(object.line, kind, "");
        }
    }

    fn record<'a>(&mut self, object: &Object<'a>, _draft: &mut Draft<'a>) {
        match object.key {
            "softwares" => self.has_programs = true,
            "antivirus" => {
                self.antivirus.get_or_insert(object.line);
            }
            _ => {}
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let (Some(line), false, false) =
            (self.antivirus, self.has_programs, self.has_said_partial)
        {
            let why = clause!("it lists the antivirus only and no other programs");
            let kind = ProblemKind::Incomplete { why, advice: ADVICE.into() };
            sink.problem(line, kind, "");
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
    fn a_partial_inventory_says_so_once() {
        check(
            r#"{"action":"inventory","partial":true,"deviceid":"pc-1-2024","itemtype":"Computer","content":{
"antivirus":[{"company":"AO Kaspersky Lab","name":"Kaspersky Endpoint Security","version":"12.6","enabled":true}],
"hardware":{"name":"PC-1"}}}
"#,
            expect![[r#"
                Certain: it is JSON with keys of the GLPI agent: “deviceid”, “content”, “itemtype”
                1! this list is not complete: it calls itself a partial inventory (“partial”); what is there was checked; make a full inventory: glpi-inventory --json > list.json
                reading: name from “name”; version from “version”; publisher from “company”
                2: Kaspersky Endpoint Security | version 12.6 | publisher AO Kaspersky Lab | host PC-1
                lines: 1 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn an_antivirus_alone_is_not_a_whole_list() {
        check(
            r#"{"content":{"antivirus":[{"name":"Windows Defender","uptodate":true}],"hardware":{"name":"PC-2"},"versionclient":"GLPI-Agent_v1.7"}}"#,
            expect![[r#"
                Certain: it is JSON with keys of the GLPI agent: “content”, “versionclient”
                reading: name from “name”
                1: Windows Defender | host PC-2
                1! this list is not complete: it lists the antivirus only and no other programs; what is there was checked; make a full inventory: glpi-inventory --json > list.json
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
        check(
            r#"{"content":{"antivirus":[{"name":"Windows Defender","uptodate":true}],
"softwares":[{"name":"7-Zip","publisher":"Igor Pavlov","version":"23.01"}],"versionclient":"GLPI-Agent_v1.7"}}"#,
            expect![[r#"
                Certain: it is JSON with keys of the GLPI agent: “content”, “versionclient”
                reading: name from “name”
                1: Windows Defender
                2: 7-Zip | version 23.01 | publisher Igor Pavlov
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = r#"{"content":[{"name":"A","version":"1"}]}"#;
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
