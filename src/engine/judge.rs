//! What a directive says of an identified product: directive × product → outcome with the reason.

use super::catalog::{CatalogFile, Product, Strength};
use super::directive::{Coverage, Directive, OutcomeKind};
use super::report::Outcome;

/// Judges one product under one directive.
///
/// A prohibition that rests on weak evidence alone becomes a review: a hint is no verdict.
pub fn judge(
    directive: &Directive,
    file: &CatalogFile,
    product: &Product,
    strength: Strength,
) -> Outcome {
    let directive_id = directive.id.get_ref().clone();
    let Some(coverage) = directive.coverage.iter().find(|entry| fits(entry, file, product)) else {
        return Outcome {
            directive: directive_id,
            outcome: OutcomeKind::NotCovered,
            basis: None,
            why: format!("{} does not cover this product.", directive.short_title),
            sources: Vec::new(),
        };
    };
    let (outcome, why) = match (coverage.outcome, strength) {
        (OutcomeKind::Prohibited, Strength::Weak) => (
            OutcomeKind::Review,
            format!(
                "The evidence is only a hint, so a person has to look at the computer. If it is \
                 what it looks like: {}",
                coverage.why
            ),
        ),
        (outcome, _) => (outcome, coverage.why.clone()),
    };
    Outcome {
        directive: directive_id,
        outcome,
        basis: Some(coverage.basis),
        why,
        sources: coverage.sources.clone(),
    }
}

fn fits(coverage: &Coverage, file: &CatalogFile, product: &Product) -> bool {
    fn holds<T: PartialEq>(wanted: &[T], found: &T) -> bool {
        wanted.is_empty() || wanted.contains(found)
    }
    holds(coverage.vendors.get_ref(), file.vendor.id.get_ref())
        && holds(&coverage.products, product.id.get_ref())
        && holds(&coverage.relations, &product.relation)
        && holds(&coverage.categories, &product.category)
}
