//! Why a title is what it is said to be: what was compared, what matched, what was rejected and why.
//!
//! The same code that identifies titles tells here what it considered, so an explanation cannot
//! say anything else than what a report says.

use serde::{Deserialize, Serialize};

use super::catalog::{Field, Strength};
use super::directive::Directive;
use super::identify::{Candidate, Considered, Fate, Publisher, Weighing};
use super::judge::{judge, platforms_of};
use super::recognise::{How, Reading, Recognised, consider, recognise};
use super::record::Platform;
use super::report::{Evidence, Outcome};
use super::rules::{RuleRef, Rules, rules_in_order};
use super::title::Title;
use super::words::fold;

/// The value of `schema` in an explanation.
pub const SCHEMA: &str = "clearlist-explanation/1";

/// Everything that was considered of a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// [`SCHEMA`].
    pub schema: String,
    /// The title.
    pub title: Title,
    /// What it is, in one sentence.
    pub answer: String,
    /// The ways it was read, the first as it is written.
    pub readings: Vec<ReadingExplained>,
    /// What the directives say of what it is.
    pub outcomes: Vec<Outcome>,
}

/// A way to read a title, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingExplained {
    /// How it was read, in one sentence.
    pub how: String,
    /// The texts that were compared, folded.
    pub compared: Vec<Compared>,
    /// The vendors of whom anything matched.
    pub vendors: Vec<VendorExplained>,
}

/// A text that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Where it stands.
    pub field: Field,
    /// The text as it was compared.
    pub text: String,
}

/// What was considered of a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorExplained {
    /// The vendor's id.
    pub id: String,
    /// The vendor's name.
    pub name: String,
    /// What the publisher says, in one sentence.
    pub publisher: String,
    /// The products that anything matched.
    pub candidates: Vec<CandidateExplained>,
    /// What the title is known to be instead, in one sentence; empty if nothing.
    pub look_alike: String,
    /// How sure it is and why, in one sentence; empty if it is none of the products.
    pub weighed: String,
}

/// A product that anything matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateExplained {
    /// The product's id.
    pub id: String,
    /// The product's name.
    pub name: String,
    /// True if it is what the title is.
    pub is_chosen: bool,
    /// What came of it and why, in one sentence.
    pub fate: String,
    /// What matched.
    pub evidence: Vec<Evidence>,
}

/// A part of an explanation as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub heading: String,
    /// One sentence each.
    pub lines: Vec<String>,
}

/// Explains a title. `platform` is what the list it stands in is of, where that is known.
pub fn explain(
    rules: &Rules,
    directives: &[&Directive],
    title: &Title,
    platform: Option<Platform>,
) -> Explanation {
    let refs: Vec<RuleRef<'_>> = rules_in_order(&rules.catalog).collect();
    let readings = consider(rules, &refs, title).iter().map(reading_explained).collect();
    let (answer, outcomes) = match recognise(rules, &refs, title) {
        Recognised::Products(products) => {
            let names = products.iter().map(|found| {
                let disguise = found.evidence.iter().find(|e| !e.disguise.is_empty());
                let disguise = disguise.map_or_else(String::new, |evidence| {
                    format!(", and it is disguised: {}", evidence.disguise)
                });
                let product = &found.product;
                let strength = strength(found.strength);
                format!("It is {} ({}); {strength}{disguise}.", product.name, product.id.get_ref())
            });
            let answer = names.collect::<Vec<_>>().join(" ");
            let outcomes = products.iter().flat_map(|found| {
                let identifiers = title.identifiers.iter().map(|i| (i.kind, i.value.as_str()));
                let platforms = platforms_of(found.product, platform, identifiers);
                directives.iter().map(move |directive| {
                    judge(directive, found.file, found.product, found.strength, &platforms)
                })
            });
            (answer, outcomes.collect())
        }
        Recognised::Near(near) => {
            let vendor = &near.file.vendor.name;
            let reason = near.reason;
            let answer = format!(
                "It is none of the products, and yet close to something of {vendor}. {reason}"
            );
            (answer, Vec::new())
        }
        Recognised::Nothing => ("It is none of the products in the catalog.".into(), Vec::new()),
    };
    Explanation { schema: SCHEMA.to_owned(), title: title.clone(), answer, readings, outcomes }
}

impl Explanation {
    /// The explanation as people read it.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections =
            vec![Section { heading: "What it is".to_owned(), lines: vec![self.answer.clone()] }];
        let count = self.readings.len();
        for (number, reading) in self.readings.iter().enumerate() {
            // A reading that gives what the text as written gives says nothing new.
            let is_new =
                self.readings.first().is_none_or(|first| reading.chosen() != first.chosen());
            if number > 0 && !is_new {
                continue;
            }
            let mut lines: Vec<String> = Vec::new();
            if count > 1 {
                lines.push(reading.how.clone());
            }
            lines.extend(reading.compared.iter().map(|compared| {
                format!("The {} was compared as {:?}.", name_of(compared.field), compared.text)
            }));
            if reading.vendors.is_empty() {
                lines.push("No rule of the catalog matches.".to_owned());
            }
            let heading = match number {
                0 => "What was compared",
                _ => "What was compared when it was read another way",
            };
            sections.push(Section { heading: heading.to_owned(), lines });
            sections.extend(reading.vendors.iter().map(VendorExplained::section));
        }
        sections
    }
}

impl ReadingExplained {
    /// The ids of the products taken, and how sure each is.
    fn chosen(&self) -> Vec<(&str, &str)> {
        let chosen = self.vendors.iter().flat_map(|vendor| {
            let candidates = vendor.candidates.iter().filter(|candidate| candidate.is_chosen);
            candidates.map(|candidate| (candidate.id.as_str(), vendor.weighed.as_str()))
        });
        chosen.collect()
    }
}

impl VendorExplained {
    fn section(&self) -> Section {
        let mut lines = Vec::new();
        let (chosen, rejected): (Vec<_>, Vec<_>) =
            self.candidates.iter().partition(|candidate| candidate.is_chosen);
        for candidate in chosen.into_iter().chain(rejected) {
            lines.push(candidate.fate.clone());
            lines.extend(candidate.evidence.iter().map(evidence));
        }
        let rest = [&self.look_alike, &self.publisher, &self.weighed];
        lines.extend(rest.into_iter().filter(|line| !line.is_empty()).cloned());
        Section { heading: format!("What was found of {}", self.name), lines }
    }
}

fn reading_explained((reading, considered): &(Reading, Vec<Considered<'_>>)) -> ReadingExplained {
    let how = match &reading.how {
        How::AsWritten => "It was read as it is written.".to_owned(),
        How::PutRight => {
            "It was read as the text was before it was read in a wrong encoding.".to_owned()
        }
        How::Undisguised(words) => format!("It was read with the letters it looks like: {words}."),
    };
    let title = &reading.title;
    let texts = [(Field::Name, title.name.as_str()), (Field::Publisher, title.publisher.as_str())];
    let identifiers = title.identifiers.iter().map(|i| (Field::of(i.kind), i.value.as_str()));
    let compared = texts
        .into_iter()
        .chain(identifiers)
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| Compared { field, text: fold(text) })
        .collect();
    let vendors = considered.iter().map(|it| vendor_explained(it, title)).collect();
    ReadingExplained { how, compared, vendors }
}

fn vendor_explained(considered: &Considered<'_>, title: &Title) -> VendorExplained {
    let vendor = &considered.file.vendor;
    let publisher = match considered.publisher {
        Publisher::Agrees => format!("The publisher, {:?}, is {}.", title.publisher, vendor.name),
        Publisher::Contradicts => {
            format!("The publisher, {:?}, is another than {}.", title.publisher, vendor.name)
        }
        Publisher::Silent => "The list names no publisher for it.".to_owned(),
    };
    let look_alike = considered.look_alike.as_ref().map_or_else(String::new, |(known, told)| {
        format!(
            "It is known to be something else, {}: the {} {:?} fits {:?}.",
            known.what,
            name_of(told.field),
            told.text,
            told.pattern
        )
    });
    let weighed = considered.identification.as_ref().map_or_else(String::new, |found| {
        let why = match considered.weighing {
            Weighing::Strongest => "that is what the best evidence says on its own",
            Weighing::SeveralFacts => "several facts agree",
            Weighing::BrandOfAnother => {
                "only the brand stands in the name, and another company is the publisher"
            }
            Weighing::VersionUnknown => {
                "the rule is for some versions only, and no version is known that could be compared"
            }
        };
        format!("In all, {}: {why}.", strength(found.strength))
    });
    VendorExplained {
        id: vendor.id.get_ref().clone(),
        name: vendor.name.clone(),
        publisher,
        candidates: considered.candidates.iter().map(candidate_explained).collect(),
        look_alike,
        weighed,
    }
}

fn candidate_explained(candidate: &Candidate<'_>) -> CandidateExplained {
    let product = candidate.product;
    let why = match candidate.fate {
        Fate::Chosen => "it is what fits best".to_owned(),
        Fate::LookAlike => "the title is known to be something else".to_owned(),
        Fate::MadeByVendor => "it is another company's product, and the vendor itself is the \
                               publisher of this one"
            .to_owned(),
        Fate::OtherVersion => "its rule is for other versions".to_owned(),
        Fate::HintOfAnother => "only the beginning of the vendor's name is there, and another \
                                company is the publisher"
            .to_owned(),
        Fate::Outranked(other) if product.is_fallback => {
            format!("it stands for whatever has no entry of its own, and {} has one", other.name)
        }
        Fate::Outranked(other) => format!("{} says more about the title", other.name),
    };
    let is_chosen = matches!(candidate.fate, Fate::Chosen);
    let (taken, id) = (if is_chosen { "taken" } else { "rejected" }, product.id.get_ref());
    CandidateExplained {
        id: id.clone(),
        name: product.name.clone(),
        is_chosen,
        fate: format!("{} ({id}) was {taken}: {why}.", product.name),
        evidence: candidate.evidence.clone(),
    }
}

fn evidence(evidence: &Evidence) -> String {
    let fits = if evidence.is_beginning { "was cut and fits the beginning of" } else { "fits" };
    let versions = match (evidence.versions.as_str(), evidence.is_version_unknown) {
        ("", _) => String::new(),
        (versions, false) => format!(", for the versions {versions}"),
        (versions, true) => format!(", for the versions {versions}, and no version is known"),
    };
    let strength = strength(evidence.strength);
    format!(
        "The {} {:?} {fits} {:?} (rule {}; {strength}{versions}).",
        name_of(evidence.field),
        evidence.text,
        evidence.pattern,
        evidence.rule
    )
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Weak => "a hint only",
        Strength::Medium => "likely",
        Strength::Strong => "certain",
    }
}

fn name_of(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Publisher => "publisher",
        Field::ProductCode => "product code",
        Field::Package => "package name",
        Field::Bundle => "bundle id",
        Field::Signer => "signer",
        Field::Path => "path",
        Field::Service => "service name",
        Field::Driver => "driver file",
        Field::Process => "process file",
    }
}
