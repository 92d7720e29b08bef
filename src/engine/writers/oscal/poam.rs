//! What is to be done about the findings, as an OSCAL plan of action and milestones.

use serde_json::{Value, json};

use super::super::Writer;
use super::super::json::pretty;
use super::super::uuid::{self, uuid};
use super::{Parts, markup, whole};
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "oscal-poam",
    title: "OSCAL plan of action and milestones",
    file_name: "clearlist-poam.json",
    media_type: "application/json",
    is_told: false,
    write: |report| pretty(&whole(document(report))).into_bytes(),
};

fn document(report: &Report) -> Value {
    let parts = Parts::new(report, |finding, waived| waived.is_some() || is_planned(finding));
    let planned = parts.findings.iter().filter(|(_, waived)| waived.is_none());
    let mut items: Vec<Value> = planned.map(|(finding, _)| item(&parts, finding)).collect();
    if items.is_empty() {
        items.push(json!({
            "uuid": uuid(&["nothing-to-plan"]),
            "title": "Nothing to plan",
            "description": "Nothing that stands is prohibited or to be reviewed. OSCAL wants at least one item.",
        }));
    }
    json!({ "plan-of-action-and-milestones": {
        "uuid": uuid::document("oscal-poam", report),
        "metadata": metadata(&parts),
        "local-definitions": parts.local_definitions(),
        "observations": parts.observations(),
        "risks": parts.risks(),
        "poam-items": items,
        "back-matter": { "resources": parts.resources() },
    } })
}

/// True if the plan has an item for it.
fn is_planned(finding: &Finding) -> bool {
    finding.gravest().has_to_act()
}

fn item(parts: &Parts<'_>, finding: &Finding) -> Value {
    json!({
        "uuid": parts.id("poam-item", finding, None),
        "title": markup(&super::name(finding)),
        "description": markup(&super::sentence(parts.report, finding)),
        "props": parts.finding_props(finding, None),
        "origins": [parts.origin()],
        "related-observations": [{ "observation-uuid": parts.id("observation", finding, None) }],
        "related-risks": [{ "risk-uuid": parts.id("risk", finding, None) }],
    })
}

/// The plan itself has no place for properties and remarks, so that its metadata have them.
fn metadata(parts: &Parts<'_>) -> Value {
    let mut metadata = parts.metadata("Clearlist plan of action and milestones");
    if let Some(of) = metadata.as_object_mut() {
        if let Some(Value::Array(props)) = of.get_mut("props") {
            props.extend(parts.facts());
        }
        let remarks = format!("{} {}", answer(parts.report), parts.remarks());
        of.insert("remarks".to_owned(), json!(markup(&remarks)));
    }
    metadata
}
