//! Which product a title is: catalog × title → identifications with evidence. Knows no law.
//!
//! A title is taken as it is given; [recognise](super::recognise) also tries what else its text can
//! be read as. What is [considered](Considered) on the way is kept, so that every identification can
//! be [explained](super::explain).

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;

use super::catalog::{CatalogFile, Field, Product, Strength};
use super::record::IdentifierKind;
use super::report::Evidence;
use super::rules::{RuleOwner, RuleRef, rules_in_order};
use super::title::Title;
use super::version::{Version, VersionRange};
use super::words::{fold, guid_in, spaced_words};

mod bare;
mod beginnings;
mod choose;
mod index;
mod near;

use bare::bare_name;
pub(super) use bare::{ARCHITECTURES, BEFORE_VERSIONS, LANGUAGES};
use beginnings::Beginnings;
pub use choose::{Candidate, Considered, Fate, Publisher, Weighing};
use index::{FieldIndex, Must, TextIndex};
pub(super) use index::{whole_key, without_version, word_groups};
pub use near::{Near, NearReason};

/// Which product a title is, and why.
#[derive(Clone, Debug)]
pub struct Identification<'r> {
    /// The vendor's file.
    pub file: &'r CatalogFile,
    /// The product.
    pub product: &'r Product,
    /// All evidence together.
    pub strength: Strength,
    /// What matched, strongest first.
    pub evidence: Vec<Evidence>,
}

/// Everything that can be looked for, built once from a catalog.
pub struct Index {
    fields: BTreeMap<Field, FieldIndex>,
    /// How the vendors' names are written in publisher fields; targets are numbers of vendors.
    vendors: TextIndex,
    /// Parts of paths as written, to tell cheaply which paths of an inventory matter at all.
    paths: Option<AhoCorasick>,
    /// What a name that a tool cut can be the beginning of.
    beginnings: Beginnings,
    /// The versions that a rule is for, by the rule's number, where it is not for all.
    versions: HashMap<usize, VersionRange>,
    /// Names that are one letter away from a brand's.
    near: near::NearIndex,
}

/// A rule that matched.
struct Hit<'r> {
    at: RuleRef<'r>,
    field: Field,
    text: String,
    pattern: String,
    /// How much text the pattern explains; the longest says the most.
    length: usize,
    strength: Strength,
    /// True if only the beginning of the pattern was there, since the name was cut.
    is_beginning: bool,
    version: VersionFit,
}

/// How a title's version stands to the versions that a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VersionFit {
    /// The rule is for every version.
    Any,
    In,
    Out,
    /// The title has no version that could be compared.
    Unknown,
}

/// How a text stands in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// As the field it is.
    Whole,
    /// Where the tool that made the list left only its beginning.
    Cut,
    /// As a name that could be an identifier: the list does not say that it is one.
    InPassing,
}

impl Looked {
    fn name_of(title: &Title) -> Self {
        if title.is_name_cut { Self::Cut } else { Self::Whole }
    }
}

/// A title that is looked at, with what is worked out of it once and only when needed.
struct Subject<'t> {
    title: &'t Title,
    version: OnceCell<Option<Version>>,
}

impl Subject<'_> {
    /// The version in its own field, or else at the end of the name.
    fn version(&self) -> Option<&Version> {
        let version = self.version.get_or_init(|| {
            if self.title.version.is_empty() {
                Version::in_name(&self.title.name)
            } else {
                Version::parse(&self.title.version)
            }
        });
        version.as_ref()
    }
}

impl Index {
    /// Builds the index of a catalog.
    pub fn new(catalog: &[CatalogFile]) -> Self {
        let mut fields: BTreeMap<Field, FieldIndex> = BTreeMap::new();
        let mut paths = Vec::new();
        let mut versions = HashMap::new();
        for (number, at) in rules_in_order(catalog).enumerate() {
            let field = fields.entry(at.rule.field).or_default();
            field.add(number, at.rule);
            if at.rule.field == Field::Path {
                paths.extend(at.rule.contains.iter().chain(&at.rule.prefix).cloned());
            }
            // The linter sees to it that every range can be read.
            let range = at.rule.versions.as_ref();
            let range = range.and_then(|written| VersionRange::parse(written.get_ref()).ok());
            versions.extend(range.map(|range| (number, range)));
        }
        for field in fields.values_mut() {
            field.build();
        }
        let mut vendors = TextIndex::default();
        for (number, file) in catalog.iter().enumerate() {
            for written in &file.vendor.publisher_words {
                vendors.add_words(number, written);
            }
        }
        vendors.build();
        let paths = AhoCorasick::builder().ascii_case_insensitive(true).build(paths).ok();
        Self {
            fields,
            vendors,
            paths,
            beginnings: Beginnings::new(catalog),
            versions,
            near: near::NearIndex::new(catalog),
        }
    }

    /// True if a path could be evidence. Other paths are not kept: they differ from computer to
    /// computer and would make a title of every record.
    pub fn is_path_of_interest(&self, path: &str) -> bool {
        self.paths.as_ref().is_some_and(|paths| paths.is_match(path))
    }

    /// The products a title is, at most one a vendor, in the catalog's order.
    pub fn identify<'r>(
        &self,
        catalog: &'r [CatalogFile],
        rules: &[RuleRef<'r>],
        title: &Title,
    ) -> Vec<Identification<'r>> {
        let considered = self.consider(catalog, rules, title);
        considered.into_iter().filter_map(|considered| considered.identification).collect()
    }

    /// What a title that is none of the products is close to, so that a person had better look.
    pub fn near<'r>(&self, catalog: &'r [CatalogFile], title: &Title) -> Option<Near<'r>> {
        let vendor = |text: &str| {
            let words = spaced_words(&fold(text));
            let number = self.vendors.find(&words).map(|(target, _)| target.number).next()?;
            catalog.get(number)
        };
        let of_signer = title
            .identifiers
            .iter()
            .filter(|identifier| identifier.kind == IdentifierKind::Signer)
            .find_map(|signer| {
                let reason = NearReason::SignedBy { signer: signer.value.clone() };
                Some(Near { file: vendor(&signer.value)?, reason })
            });
        let of_publisher = || {
            let reason = NearReason::PublishedBy { publisher: title.publisher.clone() };
            Some(Near { file: vendor(&title.publisher)?, reason })
        };
        of_signer.or_else(of_publisher).or_else(|| self.near.of(catalog, title))
    }

    /// What is considered of each vendor of whom anything matches, in the catalog's order.
    pub fn consider<'r>(
        &self,
        catalog: &'r [CatalogFile],
        rules: &[RuleRef<'r>],
        title: &Title,
    ) -> Vec<Considered<'r>> {
        let hits = self.hits(rules, &Subject { title, version: OnceCell::new() });
        if hits.is_empty() {
            return Vec::new();
        }
        let publisher_words = spaced_words(&fold(&title.publisher));
        // "Powered by Kaspersky" in a publisher field (a Mac's Get Info String) names a supplier.
        let vendors_of_publisher: Vec<usize> = if publisher_words.contains(" powered by ") {
            Vec::new()
        } else {
            self.vendors.find(&publisher_words).map(|(target, _)| target.number).collect()
        };
        catalog
            .iter()
            .enumerate()
            .filter_map(|(number, file)| {
                let of_file: Vec<&Hit<'r>> =
                    hits.iter().filter(|hit| std::ptr::eq(hit.at.file, file)).collect();
                let publisher = if vendors_of_publisher.contains(&number) {
                    Publisher::Agrees
                } else if says_something(&title.publisher) {
                    Publisher::Contradicts
                } else {
                    Publisher::Silent
                };
                let is_any = !of_file.is_empty();
                is_any.then(|| choose::consider(file, &of_file, title, publisher))
            })
            .collect()
    }

    /// Every rule that matches the title.
    fn hits<'r>(&self, rules: &[RuleRef<'r>], subject: &Subject<'_>) -> Vec<Hit<'r>> {
        let mut hits = Vec::new();
        let title = subject.title;
        let mut look = |field, text: &str, looked| {
            self.look(rules, subject, field, text, looked, &mut hits);
        };
        look(Field::Name, &title.name, Looked::name_of(title));
        look(Field::Publisher, &title.publisher, Looked::Whole);
        for identifier in &title.identifiers {
            look(Field::of(identifier.kind), &identifier.value, Looked::Whole);
        }
        let id = unquoted(bare_name(unquoted(&title.name)));
        let kinds = if title.is_name_cut { &[] } else { kinds_a_name_can_be(id) };
        for kind in kinds {
            let is_told = title.identifiers.iter().any(|i| i.kind == *kind);
            if !is_told {
                // It counts a step less, since the list does not say that it is one.
                look(Field::of(*kind), id, Looked::InPassing);
            }
        }
        if title.is_name_cut {
            self.look_for_beginnings(rules, subject, &mut hits);
        }
        hits
    }

    fn look<'r>(
        &self,
        rules: &[RuleRef<'r>],
        subject: &Subject<'_>,
        field: Field,
        text: &str,
        looked: Looked,
        hits: &mut Vec<Hit<'r>>,
    ) {
        let Some(index) = self.fields.get(&field) else { return };
        if text.is_empty() {
            return;
        }
        index.find(field, text, |target, length| {
            let Some(&at) = rules.get(target.number) else { return };
            let strength = match looked {
                Looked::InPassing => at.rule.strength.min(Strength::Medium),
                // What is left of a name is not the whole of it, whatever it looks like.
                Looked::Cut if matches!(target.must, Must::BeWhole | Must::BeWholeButVersion) => {
                    return;
                }
                Looked::Whole | Looked::Cut => at.rule.strength,
            };
            hits.push(Hit {
                at,
                field,
                text: text.to_owned(),
                pattern: target.written.clone(),
                length,
                strength,
                is_beginning: false,
                version: self.version_fit(target.number, subject),
            });
        });
    }

    fn version_fit(&self, rule: usize, subject: &Subject<'_>) -> VersionFit {
        match (self.versions.get(&rule), subject.version()) {
            (None, _) => VersionFit::Any,
            (Some(_), None) => VersionFit::Unknown,
            (Some(range), Some(version)) if range.contains(version) => VersionFit::In,
            (Some(_), Some(_)) => VersionFit::Out,
        }
    }

    /// What a cut name is the beginning of. At most medium, and a hint only where not even the
    /// vendor's name is whole.
    fn look_for_beginnings<'r>(
        &self,
        rules: &[RuleRef<'r>],
        subject: &Subject<'_>,
        hits: &mut Vec<Hit<'r>>,
    ) {
        let folded = fold(&subject.title.name);
        let words = spaced_words(&folded);
        let whole: Vec<usize> =
            self.vendors.find(&words).map(|(target, _)| target.number).collect();
        for found in self.beginnings.of(&folded, &words, &whole) {
            let Some(&at) = rules.get(found.number) else { continue };
            // A whole name of a product says more than the beginning of a longer one.
            let is_told = hits.iter().any(|hit| {
                let is_product = matches!(hit.at.owner, RuleOwner::Product(p) if !p.is_fallback);
                is_product && std::ptr::eq(hit.at.file, at.file)
            });
            if is_told {
                continue;
            }
            let most = if found.is_brand_whole { Strength::Medium } else { Strength::Weak };
            hits.push(Hit {
                at,
                field: Field::Name,
                text: subject.title.name.clone(),
                pattern: found.written.to_owned(),
                length: found.length,
                strength: at.rule.strength.min(most),
                is_beginning: true,
                version: self.version_fit(found.number, subject),
            });
        }
    }
}

/// What a name without spaces may be the identifier of: lists of packages, files and codes are
/// often saved as plain lists of names. Short service names are left out: `avp` may be anything.
fn kinds_a_name_can_be(name: &str) -> &'static [IdentifierKind] {
    use IdentifierKind as Kind;
    let lower = name.to_ascii_lowercase();
    if name.contains(char::is_whitespace) {
        &[]
    } else if lower.ends_with(".sys") {
        &[Kind::Driver]
    } else if lower.ends_with(".exe") || lower.ends_with(".com") {
        &[Kind::Process]
    } else if guid_in(name).is_some() {
        &[Kind::ProductCode]
    } else {
        &[Kind::Package, Kind::Bundle]
    }
}

fn unquoted(name: &str) -> &str {
    let name = name.trim();
    let inside = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    inside.map_or(name, str::trim)
}

/// False for publishers that name nobody: none at all, or a certificate subject that is a number
/// (`CN=24803D75-…`), as many Store apps have.
fn says_something(publisher: &str) -> bool {
    let name = publisher.trim();
    let name = name.strip_prefix("CN=").unwrap_or(name);
    let is_number = name.len() == 36 && name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    name.chars().any(char::is_alphabetic) && !is_number && !name.eq_ignore_ascii_case("unknown")
}
