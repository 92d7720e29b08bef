//! Bills of materials in SPDX's form since version 3: a graph whose packages point to their makers.

use std::collections::HashMap;

use serde::Deserialize;

use super::columns::{Draft, Field, Meaning};
use super::json::{JsonReader, Object, Objects, Verdict};
use super::spdx::{claimed, meaning_of_reference};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "spdx-3",
    title: "SPDX 3 bill of materials (JSON-LD)",
    reads: "a software bill of materials in SPDX's form since version 3: its packages, with the \
            organisations that they point to",
    how_to_get: "ask the maker of the software for its SPDX 3 bill of materials",
    cannot_show: "only the parts that the tool could see in the files: a program that is installed \
                  but not described is missing; it says nothing about computers",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    JsonReader::boxed(Graph::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = key!("it is JSON with “@graph” in the context of SPDX 3");
    let is_graph = sample.text.contains("\"@context\"")
        && sample.text.contains("https://spdx.org/rdf/3.")
        && sample.text.trim_start().starts_with('{');
    is_graph.then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Graph {
    /// Names of organisations and persons by their ids.
    agents: HashMap<String, String>,
    has_said_reading: bool,
}

/// How many agents are remembered. A distribution's bill has some hundred.
const MOST_AGENTS: usize = 100_000;

/// The whole graph, as far as it tells agents.
#[derive(Deserialize)]
struct Whole {
    #[serde(default, rename = "@graph")]
    graph: Vec<Agent>,
}

#[derive(Deserialize)]
struct Agent {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default, rename = "spdxId")]
    id: String,
    #[serde(default)]
    name: String,
}

/// What the fields of an object leave out: an array of objects.
#[derive(Default, Deserialize)]
struct Identifiers {
    #[serde(default, rename = "externalIdentifier")]
    identifiers: Vec<External>,
}

#[derive(Deserialize)]
struct External {
    #[serde(default, rename = "externalIdentifierType")]
    kind: String,
    #[serde(default)]
    identifier: String,
}

impl Objects for Graph {
    fn object(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        let kind = object.fields.get("type");
        match kind.rsplit_once(['_', '/']).map_or(kind, |(_, kind)| kind) {
            "" if object.key.is_empty() && object.has_objects => {
                // Packages may point to agents that stand below them.
                if let Ok(whole) = serde_json::from_str::<Whole>(object.text) {
                    for agent in whole.graph {
                        self.agent(&agent.kind, agent.id, agent.name);
                    }
                }
                Verdict::Container
            }
            "Package" => self.package(object, sink),
            _ => {
                let (id, name) = (object.fields.get("spdxId"), object.fields.get("name"));
                self.agent(kind, id.to_owned(), name.to_owned());
                Verdict::Container
            }
        }
    }
}

impl Graph {
    fn agent(&mut self, kind: &str, id: String, name: String) {
        let is_agent = ["Organization", "Person", "Agent"].iter().any(|end| kind.ends_with(end));
        if is_agent && !id.is_empty() && self.agents.len() < MOST_AGENTS {
            self.agents.insert(id, name);
        }
    }

    fn package(&mut self, object: &Object<'_>, sink: &mut dyn Sink) -> Verdict {
        let external = serde_json::from_str::<Identifiers>(object.text).unwrap_or_default();
        let mut draft = Draft::default();
        for (key, value) in object.fields.iter() {
            let agent = self.agents.get(value).map_or("", |name| name.as_str());
            let (field, rank, value) = match key {
                "name" => (Field::Name, 0, claimed(value)),
                "software_packageVersion" | "packageVersion" => (Field::Version, 0, claimed(value)),
                "suppliedBy" => (Field::Publisher, 0, agent),
                "originatedBy" => (Field::Publisher, 1, agent),
                "software_packageUrl" | "packageUrl" => (Field::PackageUrl, 8, value),
                _ => continue,
            };
            draft.put(Meaning { field, rank }, value);
        }
        for external in &external.identifiers {
            draft.put(meaning_of_reference(&external.kind), &external.identifier);
        }
        if draft.name().is_empty() {
            return Verdict::Container;
        }
        if !self.has_said_reading {
            sink.reading(clause!(
                "name from “name”; version from “software_packageVersion”; publisher from the \
                 agents that “suppliedBy” or “originatedBy” point to; identifiers from \
                 “software_packageUrl”"
            ));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(object.line, object.text));
        Verdict::Record
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
    fn packages_point_to_agents_below_them() {
        check(
            r#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
"@graph": [
{"type": "software_Package", "spdxId": "urn:p1", "name": "kesl", "software_packageVersion": "12.1", "suppliedBy": "urn:a1",
 "software_packageUrl": "pkg:deb/kesl@12.1"},
{"type": "software_Package", "spdxId": "urn:p2", "name": "x", "originatedBy": ["urn:a2"],
 "externalIdentifier": [{"type": "ExternalIdentifier", "externalIdentifierType": "cpe23", "identifier": "cpe:2.3:a:foo:bar:1:*"}]},
{"type": "Organization", "spdxId": "urn:a1", "name": "AO Kaspersky Lab"},
{"type": "software_File", "spdxId": "urn:f", "name": "file"},
{"type": "Relationship", "from": "urn:p1", "to": ["urn:f"]}
]}
"#,
            expect![[r#"
                Certain: it is JSON with “@graph” in the context of SPDX 3
                reading: name from “name”; version from “software_packageVersion”; publisher from the agents that “suppliedBy” or “originatedBy” point to; identifiers from “software_packageUrl”
                3: kesl | version 12.1 | publisher AO Kaspersky Lab | package kesl
                5: x | publisher foo
                lines: 4 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        check(
            "{\"@context\": \"https://schema.org\", \"@graph\": [{\"name\": \"a\"}]}\n",
            expect![[r#"
            not recognised
            lines: 0 records + 1 structure + 0 problems
        "#]],
        );
    }
}
