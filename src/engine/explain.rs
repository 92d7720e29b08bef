//! Why a title is what it is said to be: what was compared, what matched, what was rejected and why.
//!
//! The same code that identifies titles tells here what it considered, so an explanation cannot
//! say anything else than what a report says.

use serde::{Deserialize, Serialize};

use super::catalog::{Field, Strength};
use super::directive::Directive;
use super::identify::{Candidate, Considered, Fate, Publisher, Weighing};
use super::judge::{judge, platforms_of};
use super::language::{say, told};
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
                let (product, id) = (&found.product.name, found.product.id.get_ref());
                let strength = strength(found.strength);
                match disguise.map(Evidence::disguise_told) {
                    None => say!("It is {product} ({id}); {strength}.", product, id, strength),
                    Some(disguise) => say!(
                        "It is {product} ({id}); {strength}, and it is disguised: {disguise}.",
                        product,
                        id,
                        strength,
                        disguise,
                    ),
                }
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
            let answer = say!(
                "It is none of the products, and yet close to something of {vendor}. {reason}",
                vendor = near.file.vendor.name,
                reason = near.reason.clause(),
            );
            (answer, Vec::new())
        }
        Recognised::Nothing => {
            (say!("It is none of the products in the catalog.").to_owned(), Vec::new())
        }
    };
    Explanation { schema: SCHEMA.to_owned(), title: title.clone(), answer, readings, outcomes }
}

impl Explanation {
    /// The explanation as people read it.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section {
            heading: say!("What it is").to_owned(),
            lines: vec![self.answer.clone()],
        }];
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
                say!(
                    "{field} was compared as {text}.",
                    field = name_at_the_beginning(compared.field),
                    text = format!("{:?}", compared.text),
                )
            }));
            if reading.vendors.is_empty() {
                lines.push(say!("No rule of the catalog matches.").to_owned());
            }
            let heading = match number {
                0 => say!("What was compared"),
                _ => say!("What was compared when it was read another way"),
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
        Section { heading: say!("What was found of {vendor}", vendor = self.name), lines }
    }
}

fn reading_explained((reading, considered): &(Reading, Vec<Considered<'_>>)) -> ReadingExplained {
    let how = match &reading.how {
        How::AsWritten => say!("It was read as it is written.").to_owned(),
        How::PutRight => {
            say!("It was read as the text was before it was read in a wrong encoding.").to_owned()
        }
        How::Undisguised(letters) => {
            say!("It was read with the letters it looks like: {letters}.", letters)
        }
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
        Publisher::Agrees => say!(
            "The publisher, {publisher}, is {vendor}.",
            publisher = format!("{:?}", title.publisher),
            vendor = vendor.name,
        ),
        Publisher::Contradicts => say!(
            "The publisher, {publisher}, is another than {vendor}.",
            publisher = format!("{:?}", title.publisher),
            vendor = vendor.name,
        ),
        Publisher::Silent => say!("The list names no publisher for it.").to_owned(),
    };
    let look_alike = considered.look_alike.as_ref().map_or_else(String::new, |(known, by)| {
        say!(
            "It is known to be something else, {what}: {field} {text} fits {pattern}.",
            what = told(&known.what),
            field = name_of(by.field),
            text = format!("{:?}", by.text),
            pattern = format!("{:?}", by.pattern),
        )
    });
    let weighed = considered.identification.as_ref().map_or_else(String::new, |found| {
        let why = match considered.weighing {
            Weighing::Strongest => say!("that is what the best evidence says on its own"),
            Weighing::SeveralFacts => say!("several facts agree"),
            Weighing::BrandOfAnother => {
                say!("only the brand stands in the name, and another company is the publisher")
            }
            Weighing::VersionUnknown => say!(
                "the rule is for some versions only, and no version is known that could be compared"
            ),
        };
        say!("In all, {strength}: {why}.", strength = strength(found.strength), why)
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
        Fate::Chosen => say!("it is what fits best").to_owned(),
        Fate::LookAlike => say!("the title is known to be something else").to_owned(),
        Fate::MadeByVendor => say!(
            "it is another company's product, and the vendor itself is the publisher of this one"
        )
        .to_owned(),
        Fate::OtherVersion => say!("its rule is for other versions").to_owned(),
        Fate::HintOfAnother => say!(
            "only the beginning of the vendor's name is there, and another company is the publisher"
        )
        .to_owned(),
        Fate::Outranked(other) if product.is_fallback => say!(
            "it stands for whatever has no entry of its own, and {other} has one",
            other = other.name,
        ),
        Fate::Outranked(other) => {
            say!("{other} says more about the title", other = other.name)
        }
    };
    let is_chosen = matches!(candidate.fate, Fate::Chosen);
    let (name, id) = (&product.name, product.id.get_ref());
    CandidateExplained {
        id: id.clone(),
        name: product.name.clone(),
        is_chosen,
        fate: if is_chosen {
            say!("{product} ({id}) was taken: {why}.", product = name, id, why)
        } else {
            say!("{product} ({id}) was rejected: {why}.", product = name, id, why)
        },
        evidence: candidate.evidence.clone(),
    }
}

fn evidence(evidence: &Evidence) -> String {
    let strength = strength(evidence.strength);
    let versions = &evidence.versions;
    let how_sure = match (versions.as_str(), evidence.is_version_unknown) {
        ("", _) => strength.to_owned(),
        (_, false) => say!("{strength}, for the versions {versions}", strength, versions),
        (_, true) => say!(
            "{strength}, for the versions {versions}, and no version is known",
            strength,
            versions,
        ),
    };
    let field = name_at_the_beginning(evidence.field);
    let (text, pattern) = (format!("{:?}", evidence.text), format!("{:?}", evidence.pattern));
    let rule = &evidence.rule;
    if evidence.is_beginning {
        say!(
            "{field} {text} was cut and fits the beginning of {pattern} (rule {rule}; {how_sure}).",
            field,
            text,
            pattern,
            rule,
            how_sure,
        )
    } else {
        say!(
            "{field} {text} fits {pattern} (rule {rule}; {how_sure}).",
            field,
            text,
            pattern,
            rule,
            how_sure,
        )
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Weak => say!("a hint only"),
        Strength::Medium => say!("likely"),
        Strength::Strong => say!("certain"),
    }
}

/// What a field is called inside a sentence.
fn name_of(field: Field) -> &'static str {
    match field {
        Field::Name => say!("the name"),
        Field::Publisher => say!("the publisher"),
        Field::ProductCode => say!("the product code"),
        Field::Package => say!("the package name"),
        Field::Bundle => say!("the bundle id"),
        Field::Signer => say!("the signer"),
        Field::Path => say!("the path"),
        Field::Service => say!("the service name"),
        Field::Driver => say!("the driver file"),
        Field::Process => say!("the process file"),
    }
}

fn name_at_the_beginning(field: Field) -> &'static str {
    match field {
        Field::Name => say!("The name"),
        Field::Publisher => say!("The publisher"),
        Field::ProductCode => say!("The product code"),
        Field::Package => say!("The package name"),
        Field::Bundle => say!("The bundle id"),
        Field::Signer => say!("The signer"),
        Field::Path => say!("The path"),
        Field::Service => say!("The service name"),
        Field::Driver => say!("The driver file"),
        Field::Process => say!("The process file"),
    }
}
