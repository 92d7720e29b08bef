//! The report: plain data that screen, print, exports and command line all draw from.
//!
//! Field names are stable (`clearlist-report/1`): more may be added, none renamed or removed.

use serde::{Deserialize, Serialize};

use super::catalog::{Field, Relation, Source, Step, Strength};
use super::clause::{Clause, Unwritten};
use super::directive::{Basis, Duty, Kind, OutcomeKind, Statement, Status};
use super::language::{filled, key, told};
use super::record::{ColumnReading, IdentifierKind, Platform};
pub use super::rules::pack::PackReport;
use super::title::Title;
use super::waivers::{Waiver, WaiverEffect};

mod answer;
mod comparison;
mod marking;
mod outcome_counts;

pub use answer::{Answer, answer};
pub use comparison::{Change, ChangeKind, Comparison};
pub use marking::{MarkingError, marking};
pub use outcome_counts::OutcomeCounts;

/// The value of `schema` in a report.
pub const SCHEMA: &str = "clearlist-report/1";

/// What a scan found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// What made the report.
    pub tool: Tool,
    /// The day the scan was told it is, `YYYY-MM-DD`.
    pub generated_on: String,
    /// The line that the reader wants at head and foot of what is written, such as a marking of controlled
    /// unclassified information; empty if none.
    #[serde(default)]
    pub marking: String,
    /// The inventories that were read, in the order given.
    pub sources: Vec<SourceReport>,
    /// Every computer of the inventory, in the order they were met. Not in reports of before version 0.2.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Sums over all sources.
    pub totals: Totals,
    /// The user's own rules that were applied.
    #[serde(default)]
    pub packs: Vec<PackReport>,
    /// The directives that were applied.
    pub directives: Vec<DirectiveReport>,
    /// By when something is to be done, earliest first, what is over last: of the directives under which something is
    /// prohibited or to be reviewed.
    #[serde(default)]
    pub deadlines: Vec<Deadline>,
    /// What was found and stands, gravest first.
    pub findings: Vec<Finding>,
    /// What was found and set aside by a recorded decision.
    pub waived: Vec<Waived>,
    /// The recorded decisions that were given, in their order, with what became of each.
    #[serde(default)]
    pub waivers: Vec<WaiverReport>,
    /// What has changed since an earlier report, if one was given.
    #[serde(default)]
    pub comparison: Option<Comparison>,
    /// Titles that are no findings and yet close to one, by vendor and name.
    #[serde(default)]
    pub near_misses: Vec<NearMiss>,
    /// The steps that the findings that stand refer to by id, in the order to do them.
    pub remediation_steps: Vec<RemediationStep>,
    /// What the catalog's facts were read in: the sources the steps refer to, by id.
    pub remediation_sources: Vec<Source>,
    /// What was wrong with the input.
    pub problems: Vec<Problem>,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// `clearlist`.
    pub name: String,
    /// The program's version.
    pub version: String,
    /// The last day on which a person checked any of the rules used, `YYYY-MM-DD`.
    pub data_checked_on: String,
}

/// One inventory file or paste, as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceReport {
    /// The file's name, or what the page calls a paste.
    pub name: String,
    /// What it was taken out of, as the id of a container (`gzip`, `zip`, `xlsx`); empty if nothing.
    #[serde(default)]
    pub container: String,
    /// How many bytes; of a sheet, those of the workbook.
    pub bytes: u64,
    /// SHA-256 of the bytes, in lower-case hex.
    pub sha256: String,
    /// The encoding it was decoded from, for example `UTF-16LE`; empty if it is not text.
    pub encoding: String,
    /// Why that encoding, starting in lower case; empty if it is not text.
    pub encoding_reason: String,
    /// The format it was read as; empty if none.
    pub format: String,
    /// The format's title for people; empty if none.
    pub format_title: String,
    /// Why that format, and how its columns were understood.
    pub format_reason: String,
    /// How sure the format is: `certain`, `likely`, `possible` or `chosen`; empty if none.
    pub confidence: String,
    /// The columns of its (first) table, and what they were taken for; empty if it is no table.
    pub columns: Vec<ColumnReading>,
    /// The first records as they were read.
    pub first_records: Vec<FirstRecord>,
    /// What this format cannot show, and what would.
    pub cannot_show: String,
    /// What became of the lines; `total = records + structure + problems`.
    pub lines: LineCounts,
    /// Records read.
    pub records: u64,
    /// Records of programs that are removed, as the list itself says; they are not judged.
    pub removed: u64,
    /// Records of programs that could be installed, as the list itself says; they are not judged.
    pub available: u64,
    /// Distinct computers.
    pub hosts: u64,
    /// Problems, those not listed one by one included.
    pub problems: u64,
    /// What `format_reason` was worded from, one after the other.
    #[serde(skip)]
    pub format_wording: Unwritten<Vec<Clause>>,
}

impl SourceReport {
    /// Says why it was read as the format.
    pub fn set_format_reason(&mut self, reason: Clause) {
        self.format_reason = reason.english();
        self.format_wording = Unwritten(vec![reason]);
    }

    /// Says something more of how it was read.
    pub fn add_format_reason(&mut self, reason: Clause) {
        self.format_reason.push_str(BETWEEN_REASONS);
        self.format_reason.push_str(&reason.english());
        self.format_wording.0.push(reason);
    }

    /// Why it was read as the format, in the language that is spoken.
    pub fn format_reason_told(&self) -> String {
        let Unwritten(reasons) = &self.format_wording;
        if reasons.is_empty() {
            return self.format_reason.clone();
        }
        let reasons: Vec<String> = reasons.iter().map(Clause::told).collect();
        reasons.join(BETWEEN_REASONS)
    }
}

/// What stands between two reasons.
const BETWEEN_REASONS: &str = "; ";

impl SourceReport {
    /// Records that the list itself says are not installed: removed, or merely available.
    pub fn not_installed(&self) -> u64 {
        self.removed + self.available
    }
}

/// One of the first records of a source as it was read, so that a person sees whether it was
/// understood. Absent fields are empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FirstRecord {
    /// Its line, counted from 1.
    pub line: u64,
    /// The program's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its publisher.
    pub publisher: String,
    /// The computer the record names.
    pub host: String,
    /// The identifiers.
    pub identifiers: Vec<TitleIdentifier>,
}

/// What became of the lines of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineCounts {
    /// All lines.
    pub total: u64,
    /// Lines that hold records.
    pub records: u64,
    /// Headers, blank lines, separators, notes.
    pub structure: u64,
    /// Lines nothing could be read from.
    pub problems: u64,
}

impl Report {
    /// How many near misses are counted and not listed.
    pub fn unlisted_near_misses(&self) -> u64 {
        self.totals.near_misses.saturating_sub(self.near_misses.len() as u64)
    }
}

/// Sums over all sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Records read.
    pub records: u64,
    /// Distinct titles (name, publisher, version, identifiers) that are installed.
    pub titles: u64,
    /// Distinct computers.
    pub hosts: u64,
    /// Findings that stand.
    pub findings: u64,
    /// Findings set aside.
    pub waived: u64,
    /// Problems.
    pub problems: u64,
    /// Near misses, those included that are not listed.
    #[serde(default)]
    pub near_misses: u64,
}

/// A directive that was applied, with what the page and the print say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DirectiveReport {
    /// Stable id.
    pub id: String,
    /// The official title.
    pub title: String,
    /// What people call it.
    pub short_title: String,
    /// Who issued it.
    pub issuer: String,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// The version of what is known of it: the day on which a person last checked it, `YYYY-MM-DD`.
    #[serde(default)]
    pub checked_on: String,
    /// What it does.
    pub kind: Kind,
    /// Whether it still holds.
    pub status: Status,
    /// What is known of the status.
    pub status_note: String,
    /// What it says.
    pub summary: String,
    /// How many findings had which outcome; every outcome is there.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<OutcomeKind, u64>")
    )]
    pub outcomes: OutcomeCounts,
    /// Who is bound.
    pub bound: Vec<Statement>,
    /// Who is not.
    pub not_bound: Vec<Statement>,
    /// What is to be done by when.
    pub duties: Vec<Duty>,
    /// What else a reader should know.
    pub facts: Vec<Statement>,
    /// What was read; statements, duties and outcomes refer to it by id.
    pub sources: Vec<Source>,
}

/// A day by which something is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deadline {
    /// The directive's id.
    pub directive: String,
    /// What, as one imperative sentence.
    pub text: String,
    /// The day, `YYYY-MM-DD`.
    pub due_on: String,
    /// The day it was counted from: that of the discovery, which is the report's, the last day for the
    /// first report of it, or the day before from which a duty comes again. `None` where the directive
    /// fixes the day.
    pub counted_from: Option<String>,
    /// The clock as the directive words it.
    pub clock: Option<String>,
    /// True if the day was over on the day of the report.
    pub is_past: bool,
    /// How many days the day is after that of the report; negative if it was over.
    #[serde(default)]
    pub in_days: i32,
    /// After what time it is due once more, if it is.
    #[serde(default)]
    pub repeats_every: Option<Interval>,
    /// True if it could not be confirmed; it is then shown so.
    pub unconfirmed: bool,
    /// Ids of the directive's sources.
    pub sources: Vec<String>,
}

/// A time between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Interval {
    /// Calendar days.
    Days(u32),
    /// Calendar months.
    Months(u32),
}

impl Deadline {
    /// What the day it was counted from is, in words; empty where the directive fixes the day.
    pub fn counted_from_what(&self, generated_on: &str) -> &'static str {
        match self.counted_from.as_deref() {
            None => "",
            Some(day) if day == generated_on => key!("the day of this report"),
            Some(_) if self.repeats_every.is_some() => key!("the last time before it"),
            Some(_) => key!("the last day for telling what was found"),
        }
    }
}

/// One title that was identified, on all the computers that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Stable over scans: made from the product and the title as written.
    pub id: String,
    /// What it is.
    pub product: ProductReport,
    /// The name as written.
    pub name: String,
    /// The publisher as written; empty if none.
    pub publisher: String,
    /// The name put right, if it was read in a wrong encoding before it came into the list; else
    /// empty.
    #[serde(default)]
    pub repaired_name: String,
    /// The publisher put right in the same way; else empty.
    #[serde(default)]
    pub repaired_publisher: String,
    /// True if the tool that made the list cut the name.
    #[serde(default)]
    pub is_name_cut: bool,
    /// The version as written; empty if none.
    pub version: String,
    /// The identifiers as written.
    pub identifiers: Vec<TitleIdentifier>,
    /// The computers, in the order they were met.
    pub hosts: Vec<String>,
    /// How many computers.
    pub host_count: u64,
    /// How many records; of a finding that is set aside on some of its computers, those on all of them where one
    /// has several.
    pub record_count: u64,
    /// Where it stands in the input: the first place for each computer.
    pub places: Vec<Place>,
    /// How sure the identification is.
    pub strength: Strength,
    /// What was compared with what.
    pub evidence: Vec<Evidence>,
    /// What each directive applied says of it, in the report's order of directives.
    pub outcomes: Vec<Outcome>,
    /// Ids of [`RemediationStep`]s, in the order to do them; none for what is set aside.
    pub remediation: Vec<String>,
}

impl Finding {
    /// The gravest of the outcomes.
    pub fn gravest(&self) -> OutcomeKind {
        self.outcomes.iter().map(|o| o.outcome).min().unwrap_or(OutcomeKind::NotCovered)
    }

    /// The title it was made of.
    pub fn title(&self) -> Title {
        Title {
            name: self.name.clone(),
            publisher: self.publisher.clone(),
            version: self.version.clone(),
            identifiers: self.identifiers.clone(),
            is_name_cut: self.is_name_cut,
        }
    }

    /// The MSI product code of this very installation, in braces and upper case, if one is known.
    pub fn product_code(&self) -> Option<String> {
        self.identifiers
            .iter()
            .filter(|identifier| identifier.kind == IdentifierKind::ProductCode)
            .find_map(|identifier| super::words::guid_in(&identifier.value))
    }
}

/// A finding, or the part of one that is on some of its computers, set aside by a recorded decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waived {
    /// The finding, with the computers that the decision is for.
    pub finding: Finding,
    /// The id of the decision, one of [`Report::waivers`].
    pub waiver: String,
}

/// A recorded decision, and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaiverReport {
    /// The decision.
    pub waiver: Waiver,
    /// What became of it.
    pub effect: WaiverEffect,
    /// How many days its last day is after that of the report; negative if it was over.
    pub ends_in_days: i32,
    /// How many findings it sets aside, in whole or in part; of one that is over, would.
    pub findings: u64,
    /// On how many computers.
    pub hosts: u64,
}

/// The identified product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProductReport {
    /// Stable id, for example `kaspersky.anti-virus`.
    pub id: String,
    /// The name people know.
    pub name: String,
    /// The vendor's name.
    pub vendor: String,
    /// The version of what is known of it: the day on which a person last checked it, `YYYY-MM-DD`.
    #[serde(default)]
    pub checked_on: String,
    /// Whose code it is.
    pub relation: Relation,
    /// Where it was found, if the inventory tells; else where the product runs.
    pub platforms: Vec<Platform>,
    /// What a reader should know about it; empty if nothing.
    pub note: String,
}

/// An identifier of a title, as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TitleIdentifier {
    /// What it names.
    pub kind: IdentifierKind,
    /// As written.
    pub value: String,
}

/// A place in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The source's name.
    pub source: String,
    /// The line, counted from 1.
    pub line: u64,
    /// The computer.
    pub host: String,
    /// The record as written, cut to [`QUOTE_CHARS`](super::limits::QUOTE_CHARS) characters.
    pub text: String,
}

/// One thing that told which product it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Where.
    pub field: Field,
    /// The field's text as written, or as it is read (see `repaired_from`).
    pub text: String,
    /// What the rule looks for, as the catalog writes it.
    pub pattern: String,
    /// The rule: `product id/rule id`.
    pub rule: String,
    /// How much it says on its own.
    pub strength: Strength,
    /// The field's text as written where `text` is that text put right, or read with the letters
    /// that its own only look like; else empty.
    #[serde(default)]
    pub repaired_from: String,
    /// What is done to the text so that it does not look like what it is, in words; else empty.
    #[serde(default)]
    pub disguise: String,
    /// True if the name was cut, and what is left of it is only the beginning of the pattern.
    #[serde(default)]
    pub is_beginning: bool,
    /// The versions that the rule is for, as the catalog writes them; empty for all.
    #[serde(default)]
    pub versions: String,
    /// True if the rule is for some versions and the title has none that could be compared.
    #[serde(default)]
    pub is_version_unknown: bool,
    /// What `disguise` was worded from.
    #[serde(skip)]
    pub wording: Unwritten<Option<Clause>>,
}

impl Evidence {
    /// Evidence of a whole text as written, for every version.
    pub fn new(
        field: Field,
        text: String,
        pattern: String,
        rule: String,
        strength: Strength,
    ) -> Self {
        Self {
            field,
            text,
            pattern,
            rule,
            strength,
            repaired_from: String::new(),
            disguise: String::new(),
            is_beginning: false,
            versions: String::new(),
            is_version_unknown: false,
            wording: Unwritten::default(),
        }
    }

    /// Says how the text is disguised.
    pub fn set_disguise(&mut self, disguise: Clause) {
        self.disguise = disguise.english();
        self.wording = Unwritten(Some(disguise));
    }

    /// The disguise in the language that is spoken; empty if there is none.
    pub fn disguise_told(&self) -> String {
        self.wording.told(&self.disguise)
    }
}

/// A title that is none of the products and yet close to a vendor's: for a person to look at, no
/// finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NearMiss {
    /// The name as written.
    pub name: String,
    /// The publisher as written; empty if none.
    pub publisher: String,
    /// The version as written; empty if none.
    pub version: String,
    /// The name of the vendor that it is close to.
    pub vendor: String,
    /// What it has of the vendor's, in one sentence.
    pub why: String,
    /// How many computers.
    pub host_count: u64,
    /// The first places, at most [`NEAR_MISS_PLACES`](super::limits::NEAR_MISS_PLACES).
    pub places: Vec<Place>,
    /// What `why` was worded from.
    #[serde(skip)]
    pub wording: Unwritten<Option<Clause>>,
}

impl NearMiss {
    /// What it has of the vendor's, in the language that is spoken.
    pub fn told(&self) -> String {
        self.wording.told(&self.why)
    }
}

/// What a directive says of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// The directive's id.
    pub directive: String,
    /// What follows.
    pub outcome: OutcomeKind,
    /// On what ground; `None` where the directive says nothing.
    pub basis: Option<Basis>,
    /// Why, in one or two sentences.
    pub why: String,
    /// Ids of the directive's sources.
    pub sources: Vec<String>,
}

/// How an outcome says why, around what the rules say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// `{said}` is a directive's short title.
    NotCovered,
    /// `{said}` is why it would be covered.
    OnlyAHint,
    /// The same.
    OtherDevice,
}

impl Why {
    const ALL: [Self; 3] = [Self::NotCovered, Self::OnlyAHint, Self::OtherDevice];

    fn english(self) -> &'static str {
        match self {
            Self::NotCovered => key!("{said} does not cover this product."),
            Self::OnlyAHint => key!(
                "The evidence is only a hint, so a person has to look at the computer. If it is what \
                 it looks like: {said}"
            ),
            Self::OtherDevice => key!(
                "The list does not tell what kind of device it is on, and not all kinds are meant. \
                 If it is one of those: {said}"
            ),
        }
    }

    /// The whole, in English.
    pub fn of(self, said: &str) -> String {
        self.english().replace("{said}", said)
    }

    /// The whole in the language that is spoken, if it is this one.
    fn told(self, why: &str) -> Option<String> {
        let (before, behind) = self.english().split_once("{said}")?;
        let said = why.strip_prefix(before)?.strip_suffix(behind)?;
        Some(filled(self.english(), &[("said", &told(said))]))
    }
}

impl Outcome {
    /// Why, in the language that is spoken.
    pub fn told(&self) -> String {
        let mut ways = Why::ALL.into_iter();
        ways.find_map(|way| way.told(&self.why)).unwrap_or_else(|| told(&self.why).to_owned())
    }
}

/// A step of a remediation, as the catalog has it, with its command filled in per finding by
/// [`remediation::commands`](super::remediation::commands).
pub type RemediationStep = Step;

/// Something wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The source's name.
    pub source: String,
    /// The line, counted from 1; 0 for the source as a whole.
    pub line: u64,
    /// Stable kebab-case name.
    pub kind: String,
    /// The input as written, cut.
    pub text: String,
    /// One sentence: what was found, what was expected, what to do.
    pub message: String,
    /// True if nothing of the source could be read because of it.
    pub stops_the_source: bool,
    /// True if a program may have been missed because of it.
    pub may_hide_a_program: bool,
    /// What `message` was worded from.
    #[serde(skip)]
    pub wording: Unwritten<Option<Clause>>,
}

impl Problem {
    /// The message in the language that is spoken.
    pub fn told(&self) -> String {
        self.wording.told(&self.message)
    }
}
