//! Wazuh: packages of its agents, as JSON of its API, its index and its agents, and as a dump of
//! an agent's database.

use super::columns::{Draft, Field, Meaning};
use super::json::{self, Object, Tool};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "wazuh",
    title: "Wazuh",
    reads: "packages that Wazuh agents report: answers of the API, documents of its index, \
            messages of syscollector, and sqlite3 dumps of sys_programs",
    how_to_get: "ask the Wazuh API for GET /experimental/syscollector/packages?limit=100000 (all \
                 agents) or GET /syscollector/001/packages (one), and save the answer as a file",
    cannot_show: "only what agents reported at their last scan; an answer of the API holds 500 \
                  rows unless it is asked for more, and programs that are merely copied to the \
                  disk are missing",
    platform: None,
    sniff,
    open,
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["affected_items", "total_affected_items"]),
    (Confidence::Likely, &["msu_name", "item_id"]),
];

/// Words that only documents and messages of Wazuh have.
const WORDS: &[&str] =
    &["wazuh-states-inventory-packages", "syscollector_packages", "dbsync_packages"];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    if let Some(fields) = dump_fields(sample) {
        let reason =
            clause!("its lines have {fields} fields of the table sys_programs of Wazuh", fields);
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    json::sniff_keys(sample, FORMAT.title, KEYS).or_else(|| {
        let any = json::sniff_keys(sample, FORMAT.title, &[(Confidence::Certain, &[])])?;
        let word = WORDS.iter().find(|word| sample.text.contains(**word))?;
        let reason = clause!("it is JSON with \u{201C}{word}\u{201D} of Wazuh", word = *word);
        Some(Sniffed { reason, ..any })
    })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    match dump_fields(sample) {
        Some(fields) => Lines::boxed(Dump { fields, has_said_reading: false }),
        None => json::open_as(Answer::default()),
    }
}

/// What a package is called in `com.vendor.product`, which macOS agents write as description.
fn bundle_in(text: &str) -> Option<&str> {
    let is_bundle = text.split('.').count() >= 3
        && text.split('.').all(|part| !part.is_empty())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        && text.starts_with(|c: char| c.is_ascii_alphabetic());
    is_bundle.then_some(text)
}

#[derive(Default)]
struct Answer {
    /// How many rows there are according to the answer, and the line that says so.
    total: Option<(u64, u64)>,
}

impl Tool for Answer {
    // The id of a document of the index, of which no two are alike.
    fn ignored(&self) -> &'static [&'static str] {
        &["_id"]
    }

    fn container(&mut self, object: &Object<'_>, _sink: &mut dyn Sink) {
        let total = object.fields.get("data.total_affected_items").parse().ok();
        if let Some(total) = total
            && self.total.is_none_or(|(most, _)| total > most)
        {
            self.total = Some((total, object.line));
        }
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        let description = object.fields.iter().find(|(key, _)| key.ends_with("description"));
        if let Some((_, description)) = description
            && let Some(bundle) = bundle_in(description)
        {
            draft.identify(IdentifierKind::Bundle, bundle);
        }
        // Agents report what has changed since their last scan.
        if object.fields.get("operation").eq_ignore_ascii_case("deleted") {
            draft.set_presence(Presence::Removed);
        }
    }

    fn end(&mut self, records: u64, sink: &mut dyn Sink) {
        if let Some((total, line)) = self.total
            && total > records
        {
            let kind = ProblemKind::Incomplete {
                why: clause!("it holds {records} of {total} rows", records, total),
                advice: clause!(
                    "ask for the other rows too (limit and offset) and give this page all \
                         answers"
                ),
            };
            sink.problem(line, kind, "");
        }
    }
}

// ---------------------------------------------------------------------------------------------
// `sqlite3 001.db "select * from sys_programs"`

/// The fewest fields that a version of the table has, and the most.
const FIELDS: std::ops::RangeInclusive<usize> = 16..=20;
/// Positions of the fields, from 0; all versions of the table agree up to there.
const FORMAT_AT: usize = 2;
const NAME_AT: usize = 3;
const USED: &[(usize, Field)] = &[
    (NAME_AT, Field::Name),
    (7, Field::Publisher),
    (9, Field::Version),
    (14, Field::Path),
    (16, Field::Cpe),
];
const DESCRIPTION_AT: usize = 13;
const KINDS: &[&str] =
    &["win", "deb", "rpm", "pkg", "pacman", "apk", "macports", "snap", "npm", "pypi"];

/// How many fields the rows have, if the lines are rows of that table.
fn dump_fields(sample: &Sample<'_>) -> Option<usize> {
    let is_row = |line: &&str| {
        let kind = line.split('|').nth(FORMAT_AT).unwrap_or_default();
        line.split('|').count() >= *FIELDS.start() && KINDS.contains(&kind)
    };
    let rows = sample.filled_lines().take(20).filter(is_row);
    let all = sample.filled_lines().take(20).count();
    let fewest = rows.clone().map(|line| line.split('|').count()).min()?;
    (rows.count() * 2 > all && FIELDS.contains(&fewest)).then_some(fewest)
}

struct Dump {
    /// How many fields a row has; a name with bars in it has more.
    fields: usize,
    has_said_reading: bool,
}

impl LineReader for Dump {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        if text.is_empty() || super::common::is_prompt_line(text) {
            return Outcome::STRUCTURE;
        }
        let cells: Vec<&str> = text.split('|').collect();
        let kind = cells.get(FORMAT_AT).copied().unwrap_or_default();
        if !KINDS.contains(&kind) {
            let expected = clause!("a row of sys_programs with a kind of package");
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
            return Outcome::PROBLEM;
        }
        let (expected, found) = (self.fields, cells.len());
        if found < expected {
            sink.problem(line.number, ProblemKind::FieldCount { expected, found }, text);
        }
        // What a row has too much are the parts of a name with a bar in it.
        let extra = found.saturating_sub(expected);
        let name = cells.get(NAME_AT..=NAME_AT + extra).unwrap_or_default().join("|");
        let cell = |at: usize| match at {
            NAME_AT => name.as_str(),
            _ => cells.get(at + extra).copied().unwrap_or_default(),
        };
        let mut draft = Draft::default();
        for (at, field) in USED {
            let rank = if *field == Field::Cpe { 9 } else { 0 };
            draft.put(Meaning { field: *field, rank }, cell(*at));
        }
        if let Some(bundle) = bundle_in(cell(DESCRIPTION_AT)) {
            draft.identify(IdentifierKind::Bundle, bundle);
        }
        if draft.is_empty() {
            sink.problem(line.number, ProblemKind::NoName, text);
            return Outcome::PROBLEM;
        }
        if !self.has_said_reading {
            self.has_said_reading = true;
            sink.reading(clause!(
                "no header line; name from column 4; publisher from column 8; version from \
                 column 10"
            ));
        }
        sink.record(&draft.record(line.number, line.text));
        Outcome::RECORD
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
    fn an_answer_with_fewer_rows_than_there_are_is_incomplete() {
        check(
            r#"{"data":{"affected_items":[
{"name":"Kaspersky Security","version":"11.1","vendor":"AO Kaspersky Lab","format":"win","agent_id":"003"},
{"name":"7-Zip","version":"23.01","vendor":"Igor Pavlov","format":"win","agent_id":"003"}],
"total_affected_items":812,"total_failed_items":0,"failed_items":[]},"message":"ok","error":0}"#,
            expect![[r#"
                Certain: it is JSON with keys of Wazuh: “affected_items”, “total_affected_items”
                reading: name from “name”; version from “version”; publisher from “vendor”; computer from “agent_id”
                2: Kaspersky Security | version 11.1 | publisher AO Kaspersky Lab | host 003
                3: 7-Zip | version 23.01 | publisher Igor Pavlov | host 003
                1! this list is not complete: it holds 2 of 812 rows; what is there was checked; ask for the other rows too (limit and offset) and give this page all answers
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn messages_of_syscollector_are_read() {
        check(
            r#"[{"component":"syscollector_packages","items":[
{"data":{"package":{"name":"kesl","version":"12.1","vendor":"AO Kaspersky Lab"}}},
{"data":{"package":{"description":"com.kaspersky.kav","name_":"Kaspersky","version_":"24.0"}}}]}]"#,
            expect![[r#"
                Certain: it is JSON with “syscollector_packages” of Wazuh
                reading: name from “data.package.name”; version from “data.package.version”; publisher from “data.package.vendor”
                2: kesl | version 12.1 | publisher AO Kaspersky Lab
                3: Kaspersky | version 24.0 | package Kaspersky | bundle com.kaspersky.kav
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_package_that_an_agent_reports_deleted_is_removed() {
        check(
            r#"{"data":{"architecture":"amd64","checksum":"ab","format":"deb","name":"kesl","vendor":"AO Kaspersky Lab","version":"12.1"},"operation":"DELETED","type":"dbsync_packages"}
"#,
            expect![[r#"
                Certain: it is JSON with “dbsync_packages” of Wazuh
                reading: name from “data.name”; version from “data.version”; publisher from “data.vendor”
                1: kesl | version 12.1 | publisher AO Kaspersky Lab | removed
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn documents_of_the_index_name_their_agent() {
        check(
            r#"{"hits":{"total":{"value":1},"hits":[{"_index":"wazuh-states-inventory-packages-x","_id":"003_a.b","_source":{"agent":{"id":"003","name":"pc-1","version":"v4.13.0"},"package":{"architecture":"x86_64","name":"Kaspersky","vendor":"Kaspersky","version":"21.3"},"wazuh":{"schema":{"version":"1.0"}}}}]}}"#,
            expect![[r#"
                Certain: it is JSON with “wazuh-states-inventory-packages” of Wazuh
                reading: name from “_source.package.name”; version from “_source.package.version”; publisher from “_source.package.vendor”; computer from “_source.agent.name” or “_source.agent.id”
                1: Kaspersky | version 21.3 | publisher Kaspersky | host pc-1
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_dump_of_the_table_has_no_header() {
        check(
            "0|2024/07/02 09:00:00|win|7-Zip 23.01 (x64)||||Igor Pavlov|2024/01/02|23.01|x86_64|||||0||||a1\n\
             0|2024/07/02 09:00:00|win|Dell Command | Update||||Dell Inc.||5.1.0|x86_64|||||0||||a2\n\
             0|2024/07/02 09:00:00|pkg|Kaspersky||utilities|0|||24.0|arm64||/Applications|com.kaspersky.kav.gui|/Applications/Kaspersky.app|0||||a3\n\
             0|2024/07/02 09:00:00|deb|kesl\nbroken\n",
            expect![[r#"
                Certain: its lines have 20 fields of the table sys_programs of Wazuh
                reading: no header line; name from column 4; publisher from column 8; version from column 10
                1: 7-Zip 23.01 (x64) | version 23.01 | publisher Igor Pavlov
                2: Dell Command | Update | version 5.1.0 | publisher Dell Inc.
                3: Kaspersky | version 24.0 | path /Applications/Kaspersky.app | bundle com.kaspersky.kav.gui
                4! expected 20 fields, found 4; read as far as it goes
                4: kesl
                5! expected a row of sys_programs with a kind of package; passed over
                lines: 4 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            r#"[{"name":"A","version":"1"}]"#,
            "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p\n",
            "wazuh-states-inventory-packages\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
