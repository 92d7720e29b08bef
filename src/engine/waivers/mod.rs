//! Waivers: recorded decisions about what was found, with who, why and until when. One moves a finding,
//! or the part of it that is on some computers, out of the findings that stand; it never deletes it.

use serde::{Deserialize, Serialize};

/// A recorded decision. Everything that it names must fit a finding for it to set that aside; what it
/// leaves empty fits every one, but it names at least one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// What it is called by; no other of the file has it.
    pub id: String,
    /// What kind of decision it is.
    pub kind: WaiverKind,
    /// Why, as one or more sentences.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// The day of the decision, `YYYY-MM-DD`; empty if not told.
    #[serde(default)]
    pub decided_on: String,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: String,
    /// Where the decision is filed, such as a ticket's number; empty if not told.
    #[serde(default)]
    pub reference: String,
    /// The id of a finding, as reports have it; empty for any.
    #[serde(default)]
    pub finding: String,
    /// The id of a product; empty for any.
    #[serde(default)]
    pub product: String,
    /// The program's name as written, where `*` stands for any text, in any case; empty for any.
    #[serde(default)]
    pub program: String,
    /// The computers, each a name where `*` stands for any text, in any case; empty for all.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// A kind of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaiverKind {
    /// What was found is not what it was taken for.
    FalsePositive,
    /// It may stay for a time, as somebody who may say so has said.
    ApprovedException,
    /// The product is not covered, as somebody who may say so has said.
    ExemptProduct,
}

impl WaiverKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::FalsePositive, Self::ApprovedException, Self::ExemptProduct];

    /// The stable kebab-case name used in data and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::FalsePositive => "false-positive",
            Self::ApprovedException => "approved-exception",
            Self::ExemptProduct => "exempt-product",
        }
    }

    /// The kind in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::FalsePositive => "false positive",
            Self::ApprovedException => "approved exception",
            Self::ExemptProduct => "exempt product",
        }
    }
}

/// What became of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaiverEffect {
    /// It sets findings aside.
    Applied,
    /// Its last day is over: it sets nothing aside.
    Expired,
    /// Nothing was found that it is for.
    Unused,
}
