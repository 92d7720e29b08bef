//! Directives: data that say who is bound, what is covered, and what is to be done by when.
//!
//! A directive file is TOML and holds one instrument; the types here are its schema.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::catalog::{Category, ExampleTitle, Relation, Source};
use super::record::Platform;

/// The value of `schema` in a directive file.
pub const SCHEMA: &str = "clearlist-directive/1";

/// One directive.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Directive {
    /// Must be [`SCHEMA`] in a file of its own; a pack need not say it.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = SCHEMA), description = "What kind of file this is."))]
    #[serde(default = "unsaid")]
    pub schema: Spanned<String>,
    /// Stable id, for example `us-dhs-bod-17-01`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// Ids that it had before, the first one first: old reports, waivers and calls may name them.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub formerly: Vec<Spanned<String>>,
    /// The official title.
    pub title: String,
    /// What people call it, short enough for a table.
    pub short_title: String,
    /// Who issued it.
    pub issuer: String,
    /// The day it was issued, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub issued_on: Spanned<String>,
    /// The day a person last compared the file with its sources, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub checked_on: Spanned<String>,
    /// What it does.
    pub kind: Kind,
    /// Whether it still holds.
    pub status: Status,
    /// What is known of the status, in one sentence.
    pub status_note: String,
    /// What it says, in one or two plain sentences.
    pub summary: String,
    /// What was read.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// Who is bound.
    pub bound: Vec<Statement>,
    /// Who is expressly not bound.
    #[serde(default)]
    pub not_bound: Vec<Statement>,
    /// What it says of products; the first entry that fits a product decides.
    pub coverage: Vec<Coverage>,
    /// What is to be done by when.
    #[serde(default, rename = "duty")]
    pub duties: Vec<Duty>,
    /// What else a reader should know.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Statement>,
    /// Titles and the outcome they must have.
    #[serde(default)]
    pub matches: Vec<ExampleOutcome>,
    /// Titles this directive must say nothing about (not identified, or not covered).
    #[serde(default)]
    pub must_not_match: Vec<ExampleTitle>,
}

/// What the schema of an entry of a pack is.
fn unsaid() -> Spanned<String> {
    Spanned::new(0..0, SCHEMA.to_owned())
}

impl Directive {
    /// True if that is its id, or was.
    pub fn is_called(&self, id: &str) -> bool {
        self.id.get_ref() == id || self.formerly.iter().any(|former| former.get_ref() == id)
    }
}

/// What a directive does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It orders removal.
    RemovalOrder,
    /// It forbids use.
    BanOnUse,
    /// It forbids supply; use is not punished.
    BanOnSupply,
    /// It forbids to spend certain public money on it; use is not punished.
    BanOnFunding,
    /// It advises or warns.
    Advice,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::RemovalOrder, Self::BanOnUse, Self::BanOnSupply, Self::BanOnFunding, Self::Advice];
}

/// Whether a directive still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing found says otherwise.
    InForce,
    /// It was withdrawn.
    Revoked,
    /// It is carried on by another.
    Superseded,
}

/// A sentence with its sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// A plain sentence, with capital and full stop.
    pub text: String,
    /// True if it could not be confirmed; it is then shown so.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// What a directive says of an identified product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// Covered: the directive requires it to go, or forbids it.
    Prohibited,
    /// A person has to decide.
    Review,
    /// Not itself forbidden, but a sign that something forbidden may be in use.
    Indicator,
    /// Another company's product with covered code in it, which this directive leaves out.
    Embedded,
    /// Expressly left out.
    Exempt,
    /// The directive says nothing about it.
    NotCovered,
}

impl OutcomeKind {
    /// Every kind, gravest first.
    pub const ALL: [Self; 6] = [
        Self::Prohibited,
        Self::Review,
        Self::Indicator,
        Self::Embedded,
        Self::Exempt,
        Self::NotCovered,
    ];

    /// The stable kebab-case name used in data and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Prohibited => "prohibited",
            Self::Review => "review",
            Self::Indicator => "indicator",
            Self::Embedded => "embedded",
            Self::Exempt => "exempt",
            Self::NotCovered => "not-covered",
        }
    }

    /// True if something is to be done: to be removed, or to be decided by a person.
    pub fn has_to_act(self) -> bool {
        matches!(self, Self::Prohibited | Self::Review)
    }

    /// True if that, or if a sign is to be followed up: nothing is over while it stands.
    pub fn is_open(self) -> bool {
        self.has_to_act() || self == Self::Indicator
    }
}

/// Why a product is covered or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The directive names it.
    Named,
    /// It falls under the directive's definition without being named.
    Definition,
    /// The directive names it as outside its scope.
    OutOfScope,
    /// The text leaves it open.
    Unclear,
}

/// One entry of a directive's coverage. Every condition given must hold; a condition not given
/// holds for every product.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// What follows.
    pub outcome: OutcomeKind,
    /// On what ground.
    pub basis: Basis,
    /// The vendors, by id.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub vendors: Spanned<Vec<String>>,
    /// Products, by id.
    #[serde(default)]
    pub products: Vec<String>,
    /// Whose code.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// What for.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// What it was found on. Where a list does not tell and it could be another, a prohibition
    /// becomes a review.
    #[serde(default)]
    pub platforms: Vec<Platform>,
    /// The reason, in one plain sentence with capital and full stop.
    pub why: String,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// Something to be done by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// What, as one imperative sentence.
    pub text: String,
    /// The day, `YYYY-MM-DD`, where the directive fixes one.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date")))]
    pub due_on: Option<String>,
    /// The clock as the directive words it, for example `within 30 calendar days`.
    #[serde(default)]
    pub clock: Option<String>,
    /// The same clock to be counted by, where it runs from something that happens at the reader's.
    #[serde(default)]
    pub runs: Option<Clock>,
    /// True if it could not be confirmed; it is then shown so.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// A time from a day on. One of `days`, `business_days` and `months` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// What it runs from.
    pub from: ClockFrom,
    /// The day it runs from, `YYYY-MM-DD`, with `from = "day"`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date")))]
    pub day: Option<String>,
    /// Calendar days.
    #[serde(default)]
    pub days: Option<u32>,
    /// Days without Saturdays, Sundays and US federal holidays.
    #[serde(default)]
    pub business_days: Option<u32>,
    /// Calendar months.
    #[serde(default)]
    pub months: Option<u32>,
    /// True if it begins anew each time it has run out. Business days do not.
    #[serde(default)]
    pub repeats: bool,
}

/// What a clock runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClockFrom {
    /// The day on which a covered program is found.
    Discovery,
    /// The day of the first report: of the duty before it whose clock runs from the discovery.
    FirstReport,
    /// A day that the directive fixes.
    Day,
}

/// A title and what the directive says of it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExampleOutcome {
    /// The title.
    pub title: ExampleTitle,
    /// What the list that has the title is of, where it tells.
    #[serde(default)]
    pub platform: Option<Platform>,
    /// What must come out.
    #[cfg_attr(feature = "schema", schemars(with = "OutcomeKind"))]
    pub outcome: Spanned<OutcomeKind>,
}
