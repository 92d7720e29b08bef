//! Which product a title is: catalog × title → identifications with evidence. Knows no law.
//!
//! The cost per title does not grow with the number of rules: whole words and parts of text are
//! found by one automaton a field (Aho–Corasick), whole fields by a hash table.

use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::AhoCorasick;

use super::catalog::{CatalogFile, Field, Product, Relation, Rule, Strength};
use super::record::IdentifierKind;
use super::report::Evidence;
use super::rules::{RuleOwner, RuleRef, rules_in_order};
use super::title::Title;
use super::words::{fold, spaced_words};

mod beginnings;

use beginnings::Beginnings;

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
}

/// What can be looked for in one field; targets are numbers of rules.
#[derive(Default)]
struct FieldIndex {
    /// `words`, in the field's [`spaced_words`].
    words: TextIndex,
    /// `contains` and `prefix`, in the folded field.
    parts: TextIndex,
    /// `exact` and `versioned` (without the version), by the folded field.
    whole: HashMap<String, Vec<Target>>,
}

/// Texts to find anywhere in another.
#[derive(Default)]
struct TextIndex {
    patterns: Vec<String>,
    targets: Vec<Target>,
    automaton: Option<AhoCorasick>,
}

/// What a pattern belongs to.
#[derive(Clone, Debug)]
struct Target {
    number: usize,
    /// The pattern as the catalog writes it.
    written: String,
    must: Must,
    /// Words that must follow, each group at most [`GAP_WORDS`] words after what came before.
    then: Vec<String>,
}

/// How many words a lone `*` in a pattern may stand for. Enough for a version with its dots
/// (`12.7.0.533` is four) in the middle of a name.
const GAP_WORDS: usize = 4;

/// What else must hold where a pattern was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Must {
    Nothing,
    StandFirst,
    BeWhole,
    BeWholeButVersion,
}

impl Target {
    fn new(number: usize, written: &str, must: Must) -> Self {
        Self { number, written: written.to_owned(), must, then: Vec::new() }
    }

    /// True if everything else holds that must; the part the automaton found goes from `start` to
    /// `end`.
    fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        if self.must == Must::StandFirst && start > 0 {
            return false;
        }
        let mut end = end;
        self.then.iter().all(|group| {
            // Groups of words begin and end with a space, and neighbours share it.
            let from = end.saturating_sub(1);
            let Some(at) = text.get(from..).and_then(|rest| rest.find(group.as_str())) else {
                return false;
            };
            end = from + at + group.len();
            let between = text.get(from..from + at).unwrap_or_default();
            between.split_whitespace().count() <= GAP_WORDS
        })
    }

    /// How much text the pattern explains, in bytes; what a lone `*` stands for is not explained.
    fn explains(&self, found: usize) -> usize {
        found + self.then.iter().map(String::len).sum::<usize>()
    }
}

impl TextIndex {
    fn add(&mut self, pattern: String, target: Target) {
        self.patterns.push(pattern);
        self.targets.push(target);
    }

    /// Adds a `words` pattern, which may have groups of words with a lone `*` between them.
    fn add_words(&mut self, number: usize, written: &str) {
        let mut groups = written.split(" * ").map(words_pattern);
        let first = groups.next().unwrap_or_default();
        let mut target = Target::new(number, written, Must::Nothing);
        target.then = groups.collect();
        self.add(first, target);
    }

    fn build(&mut self) {
        // Fails only for more patterns than 2^31; then nothing would be found, and the examples
        // that every entry must carry would fail.
        self.automaton = AhoCorasick::new(&self.patterns).ok();
        self.patterns = Vec::new();
    }

    fn find<'i>(&'i self, text: &'i str) -> impl Iterator<Item = (&'i Target, usize)> {
        self.automaton.iter().flat_map(move |automaton| {
            automaton.find_overlapping_iter(text).filter_map(move |found| {
                let target = self.targets.get(found.pattern().as_usize())?;
                let fits = target.fits(text, found.start(), found.end());
                fits.then(|| (target, target.explains(found.len())))
            })
        })
    }
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

/// What became of the publisher, for a vendor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Publisher {
    /// It is the vendor.
    Agrees,
    /// It is somebody else.
    Contradicts,
    /// There is none, or it says nothing.
    Silent,
}

impl Index {
    /// Builds the index of a catalog.
    pub fn new(catalog: &[CatalogFile]) -> Self {
        let mut fields: BTreeMap<Field, FieldIndex> = BTreeMap::new();
        let mut paths = Vec::new();
        for (number, at) in rules_in_order(catalog).enumerate() {
            let field = fields.entry(at.rule.field).or_default();
            field.add(number, at.rule);
            if at.rule.field == Field::Path {
                paths.extend(at.rule.contains.iter().chain(&at.rule.prefix).cloned());
            }
        }
        for field in fields.values_mut() {
            field.words.build();
            field.parts.build();
        }
        let mut vendors = TextIndex::default();
        for (number, file) in catalog.iter().enumerate() {
            for written in &file.vendor.publisher_words {
                vendors.add_words(number, written);
            }
        }
        vendors.build();
        let paths = AhoCorasick::builder().ascii_case_insensitive(true).build(paths).ok();
        Self { fields, vendors, paths, beginnings: Beginnings::new(catalog) }
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
        let mut hits = Vec::new();
        self.look(rules, Field::Name, &title.name, Looked::name_of(title), &mut hits);
        self.look(rules, Field::Publisher, &title.publisher, Looked::Whole, &mut hits);
        for identifier in &title.identifiers {
            self.look(
                rules,
                Field::of(identifier.kind),
                &identifier.value,
                Looked::Whole,
                &mut hits,
            );
        }
        if title.is_name_cut {
            self.look_for_beginnings(rules, title, &mut hits);
        }
        let kinds = if title.is_name_cut { &[] } else { kinds_a_name_can_be(&title.name) };
        for kind in kinds {
            let is_told = title.identifiers.iter().any(|i| i.kind == *kind);
            if !is_told {
                // It counts a step less, since the list does not say that it is one.
                self.look(rules, Field::of(*kind), &title.name, Looked::InPassing, &mut hits);
            }
        }
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
                choose(file, &of_file, title, publisher)
            })
            .collect()
    }

    fn look<'r>(
        &self,
        rules: &[RuleRef<'r>],
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
            });
        });
    }

    /// What a cut name is the beginning of. At most medium, and a hint only where not even the
    /// vendor's name is whole.
    fn look_for_beginnings<'r>(
        &self,
        rules: &[RuleRef<'r>],
        title: &Title,
        hits: &mut Vec<Hit<'r>>,
    ) {
        let folded = fold(&title.name);
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
                text: title.name.clone(),
                pattern: found.written.to_owned(),
                length: found.length,
                strength: at.rule.strength.min(most),
                is_beginning: true,
            });
        }
    }
}

impl FieldIndex {
    fn add(&mut self, number: usize, rule: &Rule) {
        for written in &rule.words {
            self.words.add_words(number, written);
        }
        for written in &rule.contains {
            self.parts.add(fold(written), Target::new(number, written, Must::Nothing));
        }
        for written in &rule.prefix {
            self.parts.add(fold(written), Target::new(number, written, Must::StandFirst));
        }
        for written in &rule.exact {
            let key = whole_key(rule.field, written);
            let target = Target::new(number, written, Must::BeWhole);
            self.whole.entry(key).or_default().push(target);
        }
        for written in &rule.versioned {
            let key = without_version(&fold(written)).to_owned();
            let target = Target::new(number, written, Must::BeWholeButVersion);
            self.whole.entry(key).or_default().push(target);
        }
    }

    fn find(&self, field: Field, text: &str, mut found: impl FnMut(&Target, usize)) {
        let folded = fold(text);
        let words = spaced_words(&folded);
        self.words.find(&words).for_each(|(target, length)| found(target, length));
        self.parts.find(&folded).for_each(|(target, length)| found(target, length));
        let key = whole_key(field, text);
        let stem = without_version(&folded);
        for (key, is_stem) in [(key.as_str(), false), (stem, true)] {
            for target in self.whole.get(key).into_iter().flatten() {
                let fits = match target.must {
                    Must::BeWhole => !is_stem,
                    Must::BeWholeButVersion => is_stem,
                    Must::Nothing | Must::StandFirst => false,
                };
                if fits {
                    found(target, key.len() + 2);
                }
            }
        }
    }
}

/// A `words` pattern as it is looked for in [`spaced_words`]: the last word is open if it ends in `*`.
fn words_pattern(written: &str) -> String {
    let mut pattern = spaced_words(&fold(written));
    if written.trim_end().ends_with('*') {
        pattern.pop();
    }
    pattern
}

/// What a whole field is compared by: its words for text that people write, the folded text for
/// identifiers, where every dot counts.
fn whole_key(field: Field, text: &str) -> String {
    let folded = fold(text);
    match field {
        Field::Name | Field::Publisher => spaced_words(&folded).trim().to_owned(),
        // Get-Process and some inventories leave the ending out.
        Field::Process => folded.strip_suffix(".exe").unwrap_or(&folded).to_owned(),
        Field::ProductCode => match super::words::guid_in(text) {
            Some(guid) => guid.to_ascii_lowercase(),
            None => folded,
        },
        _ => folded,
    }
}

/// `avp.kes.21.19` → `avp.kes`, `ksde1.0.0` → `ksde`.
fn without_version(folded: &str) -> &str {
    folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
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
    } else if super::words::guid_in(name).is_some() {
        &[Kind::ProductCode]
    } else {
        &[Kind::Package, Kind::Bundle]
    }
}

/// False for publishers that name nobody: none at all, or a certificate subject that is a number
/// (`CN=24803D75-…`), as many Store apps have.
fn says_something(publisher: &str) -> bool {
    let name = publisher.trim();
    let name = name.strip_prefix("CN=").unwrap_or(name);
    let is_number = name.len() == 36 && name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    name.chars().any(char::is_alphabetic) && !is_number && !name.eq_ignore_ascii_case("unknown")
}

/// The best of a vendor's candidates, with all the evidence for it.
fn choose<'r>(
    file: &'r CatalogFile,
    hits: &[&Hit<'r>],
    title: &Title,
    publisher: Publisher,
) -> Option<Identification<'r>> {
    // The beginning of a vendor's name under another company's publisher is not even a hint.
    let counts = |hit: &&&Hit<'r>| {
        let is_hint = hit.is_beginning && hit.strength == Strength::Weak;
        !(is_hint && publisher == Publisher::Contradicts)
    };
    let hits: Vec<&Hit<'r>> = hits.iter().filter(counts).copied().collect();
    let hits = hits.as_slice();
    let mut products: Vec<&'r Product> = Vec::new();
    for hit in hits {
        match hit.at.owner {
            RuleOwner::LookAlike(_) => return None,
            RuleOwner::Product(product) => {
                // What the vendor publishes itself is not another company's product.
                let is_rejected =
                    product.relation != Relation::Branded && publisher == Publisher::Agrees;
                if !is_rejected && !products.iter().any(|p| std::ptr::eq(*p, product)) {
                    products.push(product);
                }
            }
        }
    }
    let of = |product: &'r Product| -> Vec<&Hit<'r>> {
        hits.iter()
            .copied()
            .filter(|hit| matches!(hit.at.owner, RuleOwner::Product(p) if std::ptr::eq(p, product)))
            .collect()
    };
    let rank = |product: &&'r Product| {
        let own = of(product);
        let strongest = own.iter().map(|hit| hit.strength).max();
        let longest = own.iter().map(|hit| hit.length).max();
        // An everyday word is a product's name where the vendor is the publisher.
        let is_named = publisher == Publisher::Agrees
            && own.iter().any(|hit| hit.field == Field::Name && !hit.is_beginning);
        let is_enough = is_named || strongest >= Some(Strength::Medium);
        (is_enough, !product.is_fallback, strongest, longest)
    };
    // `rev`: `max_by_key` takes the last of equals, and the first of the file is to win.
    let product = products.iter().copied().rev().max_by_key(rank)?;

    let mut counted = of(product);
    if product.relation == Relation::Branded {
        let others = hits.iter().copied().filter(|hit| match hit.at.owner {
            RuleOwner::Product(p) => p.relation == Relation::Branded && !std::ptr::eq(p, product),
            RuleOwner::LookAlike(_) => false,
        });
        counted.extend(others);
    }
    Some(weigh(file, product, counted, title, publisher))
}

/// Puts a product's evidence together.
///
/// One strong match, or medium ones in two fields, make it strong; the vendor's own name as
/// publisher counts as a field. A brand's bare name under another company's publisher is weak.
fn weigh<'r>(
    file: &'r CatalogFile,
    product: &'r Product,
    mut hits: Vec<&Hit<'r>>,
    title: &Title,
    publisher: Publisher,
) -> Identification<'r> {
    // The same text seen by several rules of a field is one piece of evidence: the longest tells.
    hits.sort_by(|a, b| b.strength.cmp(&a.strength).then(b.length.cmp(&a.length)));
    let mut evidence: Vec<Evidence> = Vec::new();
    for hit in hits {
        let is_told = evidence.iter().any(|e| e.field == hit.field && e.text == hit.text);
        if !is_told {
            evidence.push(Evidence {
                field: hit.field,
                text: hit.text.clone(),
                pattern: hit.pattern.clone(),
                rule: rule_id(&hit.at),
                strength: hit.strength,
                repaired_from: String::new(),
                is_beginning: hit.is_beginning,
            });
        }
    }
    let has = |field| evidence.iter().any(|e: &Evidence| e.field == field);
    if publisher == Publisher::Agrees && !has(Field::Publisher) {
        evidence.push(Evidence {
            field: Field::Publisher,
            text: title.publisher.clone(),
            pattern: file.vendor.publisher_words.join(", "),
            rule: format!("{}/publisher", file.vendor.id.get_ref()),
            strength: Strength::Medium,
            repaired_from: String::new(),
            is_beginning: false,
        });
    }
    let counts = |e: &&Evidence| e.strength >= Strength::Medium;
    let is_only_a_brand_in_a_name =
        product.is_fallback && evidence.iter().filter(counts).all(|e| e.field == Field::Name);
    let strength = if is_only_a_brand_in_a_name && publisher == Publisher::Contradicts {
        evidence.push(Evidence {
            field: Field::Publisher,
            text: title.publisher.clone(),
            pattern: format!("another company than {}", file.vendor.name),
            rule: format!("{}/publisher", file.vendor.id.get_ref()),
            strength: Strength::Weak,
            repaired_from: String::new(),
            is_beginning: false,
        });
        Strength::Weak
    } else {
        let strongest = evidence.iter().map(|e| e.strength).max().unwrap_or(Strength::Weak);
        // A package's name often stands in two fields of a list; it is one fact all the same. The
        // publisher is a fact of its own, even where a product is called like its maker.
        let facts: HashSet<(bool, &str)> = evidence
            .iter()
            .filter(counts)
            .map(|e| (e.field == Field::Publisher, e.text.as_str()))
            .collect();
        if facts.len() >= 2 { Strength::Strong } else { strongest }
    };
    Identification { file, product, strength, evidence }
}

fn rule_id(at: &RuleRef<'_>) -> String {
    let owner = match at.owner {
        RuleOwner::Product(product) => product.id.get_ref(),
        RuleOwner::LookAlike(look_alike) => look_alike.id.get_ref(),
    };
    format!("{owner}/{}", at.rule.id.get_ref())
}
