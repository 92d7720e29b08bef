//! Profiles: who the user is, and so which directives apply.

use serde::{Deserialize, Serialize};

/// The value of `schema` in the profiles' file.
pub const SCHEMA: &str = "clearlist-profiles/1";

/// The file of profiles.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfilesFile {
    /// Must be [`SCHEMA`].
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA), description = "What kind of file this is."))]
    pub schema: String,
    /// The profiles, in the order they are offered.
    #[serde(rename = "profile")]
    pub profiles: Vec<Profile>,
}

/// Who the user is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Stable id, for example `us-federal-civilian`.
    pub id: String,
    /// What the user would say of themselves.
    pub title: String,
    /// Who that is, in one sentence.
    pub description: String,
    /// The directives that apply.
    #[serde(rename = "directive")]
    pub directives: Vec<ProfileDirective>,
}

/// A directive that applies to a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileDirective {
    /// The directive's id.
    pub id: String,
    /// Why it applies, in one sentence.
    pub why: String,
}
