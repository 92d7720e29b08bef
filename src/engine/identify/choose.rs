//! Of a vendor's products that anything matched, the one that a title is, and how sure that is.

use std::collections::HashSet;

use super::{Hit, Identification, VersionFit};
use crate::engine::catalog::{CatalogFile, Field, LookAlike, Product, Relation, Strength};
use crate::engine::report::Evidence;
use crate::engine::rules::{RuleOwner, RuleRef};
use crate::engine::title::Title;

/// What was considered of a vendor for a title, and what came of it.
#[derive(Clone, Debug)]
pub struct Considered<'r> {
    /// The vendor's file.
    pub file: &'r CatalogFile,
    /// What the publisher says about the vendor.
    pub publisher: Publisher,
    /// What the title was known to be that is not the vendor's, and what told.
    pub look_alike: Option<(&'r LookAlike, Evidence)>,
    /// The products that something matched, in the catalog's order.
    pub candidates: Vec<Candidate<'r>>,
    /// What came of it, if anything.
    pub identification: Option<Identification<'r>>,
    /// Why the identification is as sure as it is; says nothing where there is none.
    pub weighing: Weighing,
}

/// A product that something matched.
#[derive(Clone, Debug)]
pub struct Candidate<'r> {
    /// The product.
    pub product: &'r Product,
    /// What matched.
    pub evidence: Vec<Evidence>,
    /// What came of it.
    pub fate: Fate<'r>,
}

/// What came of a candidate.
#[derive(Clone, Copy, Debug)]
pub enum Fate<'r> {
    /// It is what the title is.
    Chosen,
    /// The title is known to be something that is not the vendor's.
    LookAlike,
    /// It is another company's product, and the vendor itself publishes this one.
    MadeByVendor,
    /// Its rule is for other versions.
    OtherVersion,
    /// Only the beginning of the vendor's name is there, and another company is the publisher.
    HintOfAnother,
    /// This other product says more about the title.
    Outranked(&'r Product),
}

/// What became of the publisher, for a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publisher {
    /// It is the vendor.
    Agrees,
    /// It is somebody else.
    Contradicts,
    /// There is none, or it says nothing.
    Silent,
}

/// Why an identification is as sure as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighing {
    /// As sure as its best evidence.
    Strongest,
    /// Several facts that are not hints agree.
    SeveralFacts,
    /// A brand's bare name, and another company is the publisher.
    BrandOfAnother,
    /// The rule is for some versions only, and the title's is not known.
    VersionUnknown,
}

/// Weighs a vendor's matches against each other. There is at least one.
pub(super) fn consider<'r>(
    file: &'r CatalogFile,
    hits: &[&Hit<'r>],
    title: &Title,
    publisher: Publisher,
) -> Considered<'r> {
    let look_alike = hits.iter().find_map(|hit| match hit.at.owner {
        RuleOwner::LookAlike(look_alike) => Some((look_alike, evidence_of(hit))),
        RuleOwner::Product(_) => None,
    });
    let mut products: Vec<&'r Product> = Vec::new();
    for hit in hits {
        if let RuleOwner::Product(product) = hit.at.owner
            && !products.iter().any(|p| std::ptr::eq(*p, product))
        {
            products.push(product);
        }
    }
    // A product that is out of the running says why.
    let fate = |product: &'r Product| {
        let own = || hits_of(hits, product);
        // What the vendor publishes itself is not another company's product.
        let is_made_by_vendor =
            product.relation != Relation::Branded && publisher == Publisher::Agrees;
        // The beginning of a vendor's name under another company's publisher is not even a hint.
        let is_hint_of_another = |hit: &Hit<'_>| !counts(hit, publisher);
        if look_alike.is_some() {
            Some(Fate::LookAlike)
        } else if is_made_by_vendor {
            Some(Fate::MadeByVendor)
        } else if own().all(|hit| hit.version == VersionFit::Out) {
            Some(Fate::OtherVersion)
        } else if own().all(|hit| hit.version == VersionFit::Out || is_hint_of_another(hit)) {
            Some(Fate::HintOfAnother)
        } else {
            None
        }
    };
    let hits_that_count: Vec<&Hit<'r>> = hits
        .iter()
        .copied()
        .filter(|hit| counts(hit, publisher) && hit.version != VersionFit::Out)
        .collect();
    let rank = |product: &&'r Product| {
        let own: Vec<&Hit<'r>> = hits_of(&hits_that_count, product).collect();
        let strongest = own.iter().map(|hit| hit.strength).max();
        let longest = own.iter().map(|hit| hit.length).max();
        // Of two products with the same name the one for some versions only says more.
        let is_of_versions = own.iter().any(|hit| hit.version != VersionFit::Any);
        // An everyday word is a product's name where the vendor is the publisher.
        let is_named = publisher == Publisher::Agrees
            && own.iter().any(|hit| hit.field == Field::Name && !hit.is_beginning);
        let is_enough = is_named || strongest >= Some(Strength::Medium);
        (is_enough, !product.is_fallback, strongest, longest, is_of_versions)
    };
    let in_the_running = products.iter().copied().filter(|product| fate(product).is_none());
    // `min_by_key` of the reverse: the first of equals is to win.
    let chosen = in_the_running.min_by_key(|product| std::cmp::Reverse(rank(product)));

    let candidates = products
        .iter()
        .map(|product| {
            let fate = fate(product).unwrap_or(match chosen {
                Some(chosen) if !std::ptr::eq(chosen, *product) => Fate::Outranked(chosen),
                _ => Fate::Chosen,
            });
            let evidence = hits_of(hits, product).map(evidence_of).collect();
            Candidate { product, evidence, fate }
        })
        .collect();
    let weighed = chosen.map(|product| {
        let mut counted: Vec<&Hit<'r>> = hits_of(&hits_that_count, product).collect();
        if product.relation == Relation::Branded {
            counted.extend(hits_that_count.iter().copied().filter(|hit| match hit.at.owner {
                RuleOwner::Product(p) => {
                    p.relation == Relation::Branded && !std::ptr::eq(p, product)
                }
                RuleOwner::LookAlike(_) => false,
            }));
        }
        weigh(file, product, counted, title, publisher)
    });
    let (identification, weighing) = weighed.unzip();
    let weighing = weighing.unwrap_or(Weighing::Strongest);
    Considered { file, publisher, look_alike, candidates, identification, weighing }
}

fn hits_of<'h, 'r>(
    hits: &'h [&'h Hit<'r>],
    product: &'r Product,
) -> impl Iterator<Item = &'h Hit<'r>> {
    hits.iter().copied().filter(
        move |hit| matches!(hit.at.owner, RuleOwner::Product(p) if std::ptr::eq(p, product)),
    )
}

/// False for the beginning of a vendor's name under another company's publisher, unless that is what
/// the product is about.
fn counts(hit: &Hit<'_>, publisher: Publisher) -> bool {
    let is_hint = hit.is_beginning && hit.strength == Strength::Weak;
    let is_of_others =
        matches!(hit.at.owner, RuleOwner::Product(p) if p.relation != Relation::Branded);
    !(is_hint && publisher == Publisher::Contradicts && !is_of_others)
}

/// Puts a product's evidence together.
///
/// One strong match, or medium ones in two fields, make it strong; the vendor's own name as
/// publisher counts as a field. A brand's bare name under another company's publisher is weak, and
/// so is everything that holds for some versions only where the version is not known.
fn weigh<'r>(
    file: &'r CatalogFile,
    product: &'r Product,
    mut hits: Vec<&Hit<'r>>,
    title: &Title,
    publisher: Publisher,
) -> (Identification<'r>, Weighing) {
    // The same text seen by several rules of a field is one piece of evidence: the longest tells.
    hits.sort_by(|a, b| b.strength.cmp(&a.strength).then(b.length.cmp(&a.length)));
    let is_version_unknown = hits_of(&hits, product)
        .all(|hit| hit.version == VersionFit::Unknown || hit.strength == Strength::Weak)
        && hits_of(&hits, product).any(|hit| hit.version == VersionFit::Unknown);
    let mut evidence: Vec<Evidence> = Vec::new();
    for hit in hits {
        let is_told = evidence.iter().any(|e| e.field == hit.field && e.text == hit.text);
        if !is_told {
            evidence.push(evidence_of(hit));
        }
    }
    let has = |field| evidence.iter().any(|e: &Evidence| e.field == field);
    let of_publisher = |pattern, strength| {
        let rule = format!("{}/publisher", file.vendor.id.get_ref());
        Evidence::new(Field::Publisher, title.publisher.clone(), pattern, rule, strength)
    };
    if publisher == Publisher::Agrees && !has(Field::Publisher) {
        let pattern = file.vendor.publisher_words.join(", ");
        evidence.push(of_publisher(pattern, Strength::Medium));
    }
    let counts = |e: &&Evidence| e.strength >= Strength::Medium;
    let is_only_a_brand_in_a_name =
        product.is_fallback && evidence.iter().filter(counts).all(|e| e.field == Field::Name);
    let (strength, weighing) = if is_only_a_brand_in_a_name && publisher == Publisher::Contradicts {
        let pattern = format!("another company than {}", file.vendor.name);
        evidence.push(of_publisher(pattern, Strength::Weak));
        (Strength::Weak, Weighing::BrandOfAnother)
    } else if is_version_unknown {
        (Strength::Weak, Weighing::VersionUnknown)
    } else {
        let strongest = evidence.iter().map(|e| e.strength).max().unwrap_or(Strength::Weak);
        // A package's name often stands in two fields of a list; it is one fact all the same.
        // The publisher is a fact of its own, even where a product is called like its maker.
        let facts: HashSet<(bool, &str)> = evidence
            .iter()
            .filter(counts)
            .map(|e| (e.field == Field::Publisher, e.text.as_str()))
            .collect();
        if facts.len() >= 2 {
            (Strength::Strong, Weighing::SeveralFacts)
        } else {
            (strongest, Weighing::Strongest)
        }
    };
    (Identification { file, product, strength, evidence }, weighing)
}

fn evidence_of(hit: &Hit<'_>) -> Evidence {
    let (text, pattern) = (hit.text.clone(), hit.pattern.clone());
    let versions = hit.at.rule.versions.as_ref();
    Evidence {
        is_beginning: hit.is_beginning,
        versions: versions.map_or_else(String::new, |written| written.get_ref().clone()),
        is_version_unknown: hit.version == VersionFit::Unknown,
        ..Evidence::new(hit.field, text, pattern, rule_id(&hit.at), hit.strength)
    }
}

fn rule_id(at: &RuleRef<'_>) -> String {
    let owner = match at.owner {
        RuleOwner::Product(product) => product.id.get_ref(),
        RuleOwner::LookAlike(look_alike) => look_alike.id.get_ref(),
    };
    format!("{owner}/{}", at.rule.id.get_ref())
}
