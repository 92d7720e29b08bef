//! The findings as OSCAL assessment results.

use serde_json::{Value, json};

use super::super::Writer;
use super::super::json::pretty;
use super::super::uuid::{self, uuid};
use super::{Parts, markup, whole};
use crate::engine::directive::OutcomeKind;
use crate::engine::report::{Finding, Report, answer};

/// The row of [`WRITERS`](super::super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "oscal-assessment-results",
    title: "OSCAL assessment results",
    file_name: "clearlist-assessment-results.json",
    media_type: "application/json",
    write: |report| pretty(&whole(document(report))).into_bytes(),
};

/// The control whose statement b is to prohibit or restrict the use of software that an organisation
/// names, as the catalogue of NIST SP 800-53 revision 5 calls it. A ban by directive names such software.
/// No other control is touched: that a list was read does not assess the inventory (CM-8), and software
/// that is banned is not for that flawed (SI-2).
const CONTROL: &str = "cm-7";
const STATEMENT: &str = "cm-7_smt.b";

fn document(report: &Report) -> Value {
    let parts = Parts::new(report, |_, _| true);
    let plan = uuid(&["no-assessment-plan"]);
    let mut resources = vec![json!({
        "uuid": plan,
        "title": "No assessment plan",
        "description": "There is no assessment plan: lists of installed programs were compared with the directives named here, nothing else was assessed.",
    })];
    resources.extend(parts.resources());
    let id = uuid::document("oscal-assessment-results", report);
    json!({ "assessment-results": {
        "uuid": id,
        "metadata": parts.metadata("Clearlist assessment results"),
        "import-ap": {
            "href": format!("#{plan}"),
            "remarks": "There is no file of a plan; OSCAL wants a reference.",
        },
        "results": [{
            "uuid": uuid(&["result", &id]),
            "title": format!("Comparison of lists of installed programs, {}", report.generated_on),
            "description": markup(&answer(report).to_string()),
            "start": parts.time(),
            "end": parts.time(),
            "props": parts.facts(),
            "local-definitions": parts.local_definitions(),
            "reviewed-controls": {
                "description": "Directives are no controls. What was examined bears on one statement of one control of NIST SP 800-53 revision 5: that the use of named software is prohibited or restricted (CM-7 b). The software is named by the directives. Whether that control or any other is implemented was not assessed.",
                "control-selections": [{
                    "include-controls": [{ "control-id": CONTROL, "statement-ids": [STATEMENT] }],
                }],
            },
            "observations": parts.observations(),
            "risks": parts.risks(),
            "findings": findings(&parts),
            "remarks": markup(&parts.remarks()),
        }],
        "back-matter": { "resources": resources },
    } })
}

/// What stands and calls for something. What is set aside, exempt or not covered is an observation only.
fn findings(parts: &Parts<'_>) -> Vec<Value> {
    let stand = parts.findings.iter().filter(|(_, waived)| waived.is_none());
    stand
        .filter(|(finding, _)| finding.gravest().is_open())
        .map(|(it, _)| finding(parts, it))
        .collect()
}

fn finding(parts: &Parts<'_>, finding: &Finding) -> Value {
    let status = match finding.gravest() {
        OutcomeKind::Prohibited => json!({ "state": "not-satisfied", "reason": "fail" }),
        _ => json!({
            "state": "not-satisfied",
            "reason": "other",
            "remarks": "A person has to decide whether a directive covers it.",
        }),
    };
    json!({
        "uuid": parts.id("finding", finding, None),
        "title": markup(&super::name(finding)),
        "description": markup(&super::sentence(parts.report, finding)),
        "props": parts.finding_props(finding, None),
        "origins": [parts.origin()],
        "target": {
            "type": "statement-id",
            "target-id": STATEMENT,
            "description": "Prohibit or restrict the use of software that is named.",
            "status": status,
        },
        "related-observations": [{ "observation-uuid": parts.id("observation", finding, None) }],
        "related-risks": [{ "risk-uuid": parts.id("risk", finding, None) }],
    })
}
