//! What a directive says of an identified product: directive × product → outcome with the reason.

use super::catalog::{CatalogFile, Product, Strength};
use super::directive::{Coverage, Directive, OutcomeKind};
use super::record::{IdentifierKind, Platform};
use super::report::{Outcome, Why};

/// Judges one product under one directive. `platforms` are those that it may have been found on.
///
/// A prohibition that rests on weak evidence alone becomes a review: a hint is no verdict. So does
/// one that holds on some of the platforms only.
pub fn judge(
    directive: &Directive,
    file: &CatalogFile,
    product: &Product,
    strength: Strength,
    platforms: &[Platform],
) -> Outcome {
    let directive_id = directive.id.get_ref().clone();
    let entry = directive.coverage.iter().find(|entry| fits(entry, file, product, platforms));
    let Some(coverage) = entry else {
        return Outcome {
            directive: directive_id,
            outcome: OutcomeKind::NotCovered,
            basis: None,
            why: Why::NotCovered.of(&directive.short_title),
            sources: Vec::new(),
        };
    };
    let is_platform_sure = coverage.platforms.is_empty()
        || platforms.iter().all(|platform| coverage.platforms.contains(platform));
    let doubt = match (coverage.outcome, strength) {
        (OutcomeKind::Prohibited, Strength::Weak) => Some(Why::OnlyAHint),
        (OutcomeKind::Prohibited, _) if !is_platform_sure => Some(Why::OtherDevice),
        _ => None,
    };
    let (outcome, why) = match doubt {
        Some(doubt) => (OutcomeKind::Review, doubt.of(&coverage.why)),
        None => (coverage.outcome, coverage.why.clone()),
    };
    Outcome {
        directive: directive_id,
        outcome,
        basis: Some(coverage.basis),
        why,
        sources: coverage.sources.clone(),
    }
}

/// What a product may have been found on: what the list's format says, else what the identifiers
/// say, else wherever the product runs.
pub fn platforms_of<'a>(
    product: &Product,
    told: Option<Platform>,
    mut identifiers: impl Iterator<Item = (IdentifierKind, &'a str)>,
) -> Vec<Platform> {
    let told = told.or_else(|| {
        identifiers.find_map(|(kind, value)| match kind {
            IdentifierKind::ProductCode | IdentifierKind::Driver => Some(Platform::Windows),
            IdentifierKind::Path if value.contains(":\\") => Some(Platform::Windows),
            IdentifierKind::Path if value.contains(".app") => Some(Platform::Macos),
            _ => None,
        })
    });
    told.map_or_else(|| product.platforms.clone(), |platform| vec![platform])
}

fn fits(
    coverage: &Coverage,
    file: &CatalogFile,
    product: &Product,
    platforms: &[Platform],
) -> bool {
    fn holds<T: PartialEq>(wanted: &[T], found: &T) -> bool {
        wanted.is_empty() || wanted.contains(found)
    }
    holds(coverage.vendors.get_ref(), file.vendor.id.get_ref())
        && (coverage.products.is_empty()
            || coverage.products.iter().any(|id| product.is_called(id)))
        && holds(&coverage.relations, &product.relation)
        && holds(&coverage.categories, &product.category)
        && (platforms.is_empty() || platforms.iter().any(|found| holds(&coverage.platforms, found)))
}
