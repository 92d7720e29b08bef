//! What is looked for, apart from any query language: the catalog's rules for the directives chosen,
//! each with what it tells.
//!
//! Products that no directive covers stand here too if another product of their maker is covered:
//! they are what a title can be instead, so that a query says no where the engine does.

use crate::engine::catalog::{CatalogFile, Field, Product, Relation, Rule, Strength};
use crate::engine::directive::{Directive, OutcomeKind};
use crate::engine::identify::{whole_key, without_version, word_groups};
use crate::engine::judge::judge;
use crate::engine::rules::{RuleOwner, Rules, rules_in_order};
use crate::engine::words::{fold, guid_in};

/// What is looked for.
pub(super) struct Conditions<'r> {
    /// The directives chosen, in the rules' order.
    pub(super) directives: Vec<&'r Directive>,
    /// The last day on which a person checked any of the rules.
    pub(super) checked_on: &'r str,
    /// What a title can be, in the catalog's order.
    pub(super) products: Vec<Sought<'r>>,
    /// How the makers' names are written in publisher fields.
    pub(super) makers: Vec<Maker>,
    /// What tells.
    pub(super) patterns: Vec<Pattern>,
}

/// A product that a title can be.
pub(super) struct Sought<'r> {
    /// The number of its maker.
    pub(super) vendor: usize,
    /// The product.
    pub(super) product: &'r Product,
    /// The gravest of what the directives say of it where the evidence is enough; `None` if none
    /// covers it.
    pub(super) outcome: Option<OutcomeKind>,
    /// The same where there is only a hint.
    pub(super) hint: Option<OutcomeKind>,
}

impl Sought<'_> {
    /// True if a directive says something about it.
    pub(super) fn is_covered(&self) -> bool {
        self.outcome.is_some() || self.hint.is_some()
    }

    /// True if it is the maker's own.
    pub(super) fn is_own(&self) -> bool {
        self.product.relation == Relation::Branded
    }
}

/// A maker's name in publisher fields.
pub(super) struct Maker {
    /// The maker's number.
    pub(super) vendor: usize,
    /// Groups of words, as in [`Looks::Words`].
    pub(super) groups: Vec<String>,
}

/// A text that tells something where it is found.
pub(super) struct Pattern {
    /// The number of its maker.
    pub(super) vendor: usize,
    /// The number of the product it tells; `None` if it tells that the title is nothing of that
    /// maker's.
    pub(super) product: Option<usize>,
    /// Where to look.
    pub(super) field: Field,
    /// What to look for.
    pub(super) looks: Looks,
    /// How much it says on its own.
    pub(super) strength: Strength,
    /// How much text it explains, in bytes, as the engine counts it; the longest says the most.
    pub(super) length: usize,
    /// The rule it is of, as evidence names it.
    pub(super) rule: String,
    /// True if it holds for some versions only.
    pub(super) is_of_versions: bool,
}

/// What is looked for in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// These groups of words in the text's [spaced words](crate::engine::words::spaced_words), up to
    /// four other words between one and the next.
    Words(Vec<String>),
    /// This anywhere in the folded text.
    Part(String),
    /// This at the beginning of the folded text.
    Start(String),
    /// This is the whole text: its words, for names and publishers, else the folded text.
    Whole(String),
    /// This, and digits and dots behind it, is the whole folded text.
    Numbered(String),
}

impl<'r> Conditions<'r> {
    /// What is to be looked for under the directives with these ids, or under all if there are no
    /// ids. Ids that no directive has are passed over.
    pub(super) fn new(rules: &'r Rules, ids: &[String]) -> Self {
        let wanted: Vec<&Directive> = ids.iter().filter_map(|id| rules.directive(id)).collect();
        let is_wanted = |d: &&Directive| {
            ids.is_empty() || wanted.iter().any(|wanted| std::ptr::eq(*wanted, *d))
        };
        let directives: Vec<&Directive> = rules.directives.iter().filter(is_wanted).collect();
        let sought = |(vendor, file): (usize, &'r CatalogFile)| -> Vec<Sought<'r>> {
            let sought = |product| Sought {
                vendor,
                product,
                outcome: gravest(&directives, file, product, Strength::Strong),
                hint: gravest(&directives, file, product, Strength::Weak),
            };
            let of_file: Vec<Sought<'r>> = file.products.iter().map(sought).collect();
            if of_file.iter().any(Sought::is_covered) { of_file } else { Vec::new() }
        };
        let products: Vec<Sought<'r>> = rules.catalog.iter().enumerate().flat_map(sought).collect();
        let is_sought = |vendor: usize| products.iter().any(|sought| sought.vendor == vendor);
        let makers = rules.catalog.iter().enumerate().filter(|(vendor, _)| is_sought(*vendor));
        let makers = makers.flat_map(|(vendor, file)| {
            let written = file.vendor.publisher_words.iter();
            written.map(move |written| Maker { vendor, groups: word_groups(written).collect() })
        });
        let makers = makers.collect();
        let mut patterns = Vec::new();
        for at in rules_in_order(&rules.catalog) {
            let vendor = rules.catalog.iter().position(|file| std::ptr::eq(file, at.file));
            let Some(vendor) = vendor.filter(|vendor| is_sought(*vendor)) else { continue };
            let (product, owner) = match at.owner {
                RuleOwner::Product(product) => (
                    products.iter().position(|sought| std::ptr::eq(sought.product, product)),
                    product.id.get_ref(),
                ),
                RuleOwner::LookAlike(look_alike) => (None, look_alike.id.get_ref()),
            };
            patterns.extend(looks(at.rule).into_iter().map(|(looks, length)| Pattern {
                vendor,
                product,
                field: at.rule.field,
                looks,
                strength: at.rule.strength,
                length,
                rule: format!("{owner}/{}", at.rule.id.get_ref()),
                is_of_versions: at.rule.versions.is_some(),
            }));
        }
        Self { directives, checked_on: rules.checked_on(), products, makers, patterns }
    }

    /// The patterns of these fields.
    pub(super) fn of_fields(&self, fields: &[Field]) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter().filter(move |pattern| fields.contains(&pattern.field))
    }

    /// The directives' short titles, as a list in words.
    pub(super) fn directive_titles(&self) -> String {
        let titles: Vec<&str> = self.directives.iter().map(|d| d.short_title.as_str()).collect();
        titles.join("; ")
    }

    /// The ids of the directives.
    pub(super) fn directive_ids(&self) -> Vec<&str> {
        self.directives.iter().map(|d| d.id.get_ref().as_str()).collect()
    }
}

/// What is the gravest that any of the directives says; `None` if none covers the product.
fn gravest(
    directives: &[&Directive],
    file: &CatalogFile,
    product: &Product,
    strength: Strength,
) -> Option<OutcomeKind> {
    let of_directives = directives
        .iter()
        .map(|directive| judge(directive, file, product, strength, &product.platforms).outcome);
    of_directives.min().filter(|outcome| *outcome < OutcomeKind::Exempt)
}

/// A rule's texts, each with the length of what it explains.
fn looks(rule: &Rule) -> Vec<(Looks, usize)> {
    let words = rule.words.iter().map(|written| {
        let groups: Vec<String> = word_groups(written).collect();
        let length = groups.iter().map(String::len).sum();
        (Looks::Words(groups), length)
    });
    let part = |written: &String| {
        let text = fold(written);
        let length = text.len();
        (text, length)
    };
    let contains = rule.contains.iter().map(part).map(|(text, length)| (Looks::Part(text), length));
    let prefix = rule.prefix.iter().map(part).map(|(text, length)| (Looks::Start(text), length));
    let exact = rule.exact.iter().map(|written| {
        let key = whole_key(rule.field, written);
        let length = key.len() + 2;
        // A key of the registry can have more around a product code.
        let is_guid = rule.field == Field::ProductCode && guid_in(written).is_some();
        let spaced = match rule.field {
            Field::Name | Field::Publisher => format!(" {key} "),
            _ => key,
        };
        (if is_guid { Looks::Part(spaced) } else { Looks::Whole(spaced) }, length)
    });
    let versioned = rule.versioned.iter().map(|written| {
        let stem = without_version(&fold(written)).to_owned();
        let length = stem.len() + 2;
        (Looks::Numbered(stem), length)
    });
    words.chain(contains).chain(prefix).chain(exact).chain(versioned).collect()
}
