//! A user's own rules: catalog and directive entries in one file, with the same types and checks as
//! the bundled ones.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::update::UpdateReport;
use crate::engine::catalog::CatalogFile;
use crate::engine::directive::Directive;

/// The value of `schema` in a pack.
pub const SCHEMA: &str = "clearlist-pack/1";

/// One pack.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Must be [`SCHEMA`].
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// Stable id of lower-case letters, digits, dots and hyphens.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// What people call it.
    pub title: String,
    /// Only in a signed data update: the day on which a person last checked all that is in it, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default)]
    pub checked_on: Option<Spanned<String>>,
    /// Bundled directives that are not applied, by id: switched off, or replaced by one of the same
    /// id in the pack.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    #[serde(default)]
    pub off: Vec<Spanned<String>>,
    /// Vendors and their products, as in a catalog file.
    #[serde(default, rename = "catalog")]
    pub catalog: Vec<CatalogFile>,
    /// Directives, as in a directive file.
    #[serde(default, rename = "directive")]
    pub directives: Vec<Directive>,
}

/// A pack that is loaded, as the report tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackReport {
    /// Stable id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file, in lower-case hex.
    pub sha256: String,
    /// The ids of its directives.
    pub directives: Vec<String>,
    /// The ids of bundled directives that it replaces by its own.
    pub replaced: Vec<String>,
    /// The ids of bundled directives that it switches off.
    pub off: Vec<String>,
    /// What is known of it as a data update, if somebody who is trusted signed it as one.
    #[serde(default)]
    pub update: Option<UpdateReport>,
}

/// A pack to start from: it loads as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackExample {
    /// Short name; with `.toml` behind it, a name for the file.
    pub id: &'static str,
    /// What it is for, in a few words.
    pub title: &'static str,
    /// The file.
    pub text: &'static str,
}

/// The packs to start from, the most common first.
pub const EXAMPLES: &[PackExample] = &[
    PackExample {
        id: "block-list",
        title: "A list of programs that are not allowed",
        text: include_str!("examples/block-list.toml"),
    },
    PackExample {
        id: "end-of-life",
        title: "Versions that are past their end of life",
        text: include_str!("examples/end-of-life.toml"),
    },
    PackExample {
        id: "own-order",
        title: "An order about makers that Clearlist knows",
        text: include_str!("examples/own-order.toml"),
    },
];
