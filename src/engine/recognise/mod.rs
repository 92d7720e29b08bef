//! Which products a title is, as it is written and as it can be read: text that was read in a wrong
//! encoding before it came into the list, and letters that only look like others.

mod disguise;
mod readings;

pub use readings::{How, Reading};

use super::identify::{Considered, Identification, Near};
use super::rules::{RuleRef, Rules};
use super::title::Title;

/// What a title is.
#[derive(Clone, Debug)]
pub enum Recognised<'r> {
    /// These products, at most one a vendor.
    Products(Vec<Identification<'r>>),
    /// None of the products, and yet close to a vendor's.
    Near(Near<'r>),
    /// Nothing that the catalog knows of.
    Nothing,
}

/// Recognises a title: of a vendor's products that its readings give, the surest.
///
/// `refs` are the [rules in order](super::rules::rules_in_order) of the catalog.
pub fn recognise<'r>(rules: &'r Rules, refs: &[RuleRef<'r>], title: &Title) -> Recognised<'r> {
    let mut products: Vec<Identification<'r>> = Vec::new();
    let mut is_look_alike = false;
    let mut add = |considered: Vec<Considered<'r>>, reading: Option<&Reading>| {
        for considered in considered {
            is_look_alike |= considered.look_alike.is_some();
            let Some(mut found) = considered.identification else { continue };
            if let Some(reading) = reading {
                reading.tell(title, &mut found.evidence);
            }
            let explained =
                |it: &Identification<'_>| it.evidence.iter().map(|e| e.pattern.len()).max();
            let rank =
                |it: &Identification<'_>| (it.strength, !it.product.is_fallback, explained(it));
            match products.iter_mut().find(|first| std::ptr::eq(first.file, found.file)) {
                Some(first) if rank(&found) > rank(first) => *first = found,
                Some(_) => {}
                None => products.push(found),
            }
        }
    };
    add(rules.index.consider(&rules.catalog, refs, title), None);
    for reading in readings::readings(title) {
        add(rules.index.consider(&rules.catalog, refs, &reading.title), Some(&reading));
    }
    if products.is_empty() {
        // What is known to be something else is not close to anything.
        let near = if is_look_alike { None } else { rules.index.near(&rules.catalog, title) };
        return near.map_or(Recognised::Nothing, Recognised::Near);
    }
    for evidence in products.iter_mut().flat_map(|found| &mut found.evidence) {
        if evidence.disguise.is_empty()
            && let Some(disguise) = disguise::oddities(&evidence.text)
        {
            evidence.set_disguise(disguise);
        }
    }
    Recognised::Products(products)
}

/// What is considered for each way to read the title; the first is as it is written.
pub fn consider<'r>(
    rules: &'r Rules,
    refs: &[RuleRef<'r>],
    title: &Title,
) -> Vec<(Reading, Vec<Considered<'r>>)> {
    let as_written = Reading { title: title.clone(), how: How::AsWritten };
    std::iter::once(as_written)
        .chain(readings::readings(title))
        .map(|reading| {
            let considered = rules.index.consider(&rules.catalog, refs, &reading.title);
            (reading, considered)
        })
        .collect()
}
