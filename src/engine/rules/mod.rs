//! The rules a scan applies: catalog, directives and profiles, read from TOML and checked.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::catalog::{
    CatalogFile, CommonSteps, LookAlike, Phase, Product, Relation, Rule, Step, Withdrawn,
};
use super::clause::clause;
use super::directive::Directive;
use super::identify::Index;
use super::language::{key, say, told};
use super::limits;
use super::profile::{Profile, ProfilesFile};
use super::record::Platform;
use pack::{PackFile, PackReport};
use update::{Superseded, TrustedKey, Update};

mod lint;
pub(in crate::engine) mod mistakes;
pub mod pack;
pub mod update;

/// A file of rules.
#[derive(Clone, Copy, Debug)]
pub struct RulesFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Something wrong with a file of rules, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesError {
    /// The file's name.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What was found and what was expected, in one sentence.
    pub message: String,
    /// How it can be written; empty if there is no example for it.
    pub example: String,
}

impl std::fmt::Display for RulesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if self.example.is_empty() {
            return Ok(());
        }
        write!(f, " {}", say!("(for example: {example})", example = self.example))
    }
}

/// Catalog, directives and profiles, ready to be applied.
pub struct Rules {
    /// The catalog, one entry a vendor, in the order of the files.
    pub catalog: Vec<CatalogFile>,
    /// What to do about every product.
    pub common_steps: Vec<Step>,
    /// The directives, in the order they were issued.
    pub directives: Vec<Directive>,
    /// The profiles, in the order they are offered.
    pub profiles: Vec<Profile>,
    /// The user's own rules among them.
    pub packs: Vec<PackReport>,
    /// The data updates that are not used, since the data is newer.
    pub superseded: Vec<Superseded>,
    /// What finds a title's product.
    pub index: Index,
    /// The last day on which a person checked any of the data, packs apart; empty if there is none.
    checked_on: String,
    /// For each entry of `catalog` and of `directives`, the number of the file it was read from.
    origins: Origins,
}

/// Which file each entry was read from, for the linter's messages.
#[derive(Default)]
struct Origins {
    catalog: Vec<usize>,
    directives: Vec<usize>,
    profiles: Option<usize>,
    common_steps: Option<usize>,
    packs: Vec<usize>,
}

/// The one key by which a file says what it holds.
#[derive(Deserialize)]
struct Header {
    schema: Option<String>,
}

impl Rules {
    /// Reads and checks files of rules. Each says by its `schema` what it holds.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them; rules never half-load.
    pub fn load(files: &[RulesFile<'_>]) -> Result<Self, Vec<RulesError>> {
        let mut errors = Vec::new();
        let rules = Self::parse(files, files.len(), &[], &mut errors);
        if errors.is_empty() {
            lint::check(files, 0, &rules, &mut errors);
        }
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// Reads files of rules that were checked before, and packs, which are checked: a user's own, and data updates
    /// that were signed with one of the keys. Updates come first, in the order of their days and whatever the order
    /// they are given in, since they are data for packs. One that is older than the data is left out, so that it is in
    /// nobody's way once a new version brings newer data.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of the packs; they never half-load.
    pub fn load_with_packs(
        checked: &[RulesFile<'_>],
        packs: &[RulesFile<'_>],
        keys: &[TrustedKey],
    ) -> Result<Self, Vec<RulesError>> {
        let mut errors: Vec<RulesError> = packs.iter().filter_map(too_large).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let texts: Vec<String> = packs.iter().map(|pack| update::to_sign(pack.text)).collect();
        let (mut updates, mut own) = (Vec::new(), Vec::new());
        for (pack, text) in packs.iter().zip(&texts) {
            let to_sign = RulesFile { text, ..*pack };
            match update::verify(&to_sign, keys) {
                Ok(Some(key)) => updates.push(Update::new(to_sign, pack.text, key)),
                Ok(None) => own.push(*pack),
                Err(error) => errors.push(error),
            }
        }
        // Of what is not what was signed, nothing is looked at.
        if !errors.is_empty() {
            return Err(errors);
        }
        updates.sort_by(|a, b| a.day.cmp(&b.day));
        let of_updates: Vec<RulesFile<'_>> = updates.iter().map(|update| update.file).collect();
        let files = [checked, &of_updates, &own].concat();
        let rules = Self::parse(&files, checked.len(), &updates, &mut errors);
        let last_update = rules.packs.iter().rfind(|pack| pack.update.is_some());
        if errors.is_empty() {
            // What an update replaces, other entries were checked with: they are all checked again.
            let first = if last_update.is_some() { 0 } else { checked.len() };
            lint::check(&files, first, &rules, &mut errors);
        }
        if let Some(update) = last_update {
            let is_of_others = |error: &RulesError| checked.iter().any(|it| it.name == error.file);
            for error in errors.iter_mut().filter(|error| is_of_others(error)) {
                *error = does_not_fit(update, error);
            }
        }
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// Reads files of rules that were checked before, without running the checks again.
    ///
    /// # Errors
    ///
    /// Whatever cannot be parsed.
    pub fn load_checked(files: &[RulesFile<'_>]) -> Result<Self, Vec<RulesError>> {
        let mut errors = Vec::new();
        let rules = Self::parse(files, files.len(), &[], &mut errors);
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// Reads files: first so many that are data, then these updates of it, then a user's own.
    fn parse(
        files: &[RulesFile<'_>],
        data: usize,
        updates: &[Update<'_>],
        errors: &mut Vec<RulesError>,
    ) -> Self {
        let (mut catalog, mut directives, mut profiles) =
            (Vec::new(), Vec::<Directive>::new(), Vec::new());
        let (mut common_steps, mut packs) =
            (Vec::new(), Vec::<(PackFile, &RulesFile<'_>, usize)>::new());
        let (mut origins, mut superseded) = (Origins::default(), Vec::new());
        let update_at = |number: usize| number.checked_sub(data).and_then(|at| updates.get(at));
        for (number, file) in files.iter().enumerate() {
            if let Some(update) = update_at(number) {
                let of_data = packs.iter().filter(|(_, _, number)| *number < data);
                let of_data = of_data.map(|(pack, ..)| newest(&pack.catalog, &pack.directives));
                let newest = of_data.fold(newest(&catalog, &directives), Ord::max);
                if let Some(old) = update.superseded_by(newest) {
                    superseded.push(old);
                    continue;
                }
            }
            let schema = schema_of(file);
            // What comes beyond the data is a pack: only those say who signed them and of what day they are.
            let is_data = number < data;
            match schema.as_deref() {
                Some(super::catalog::SCHEMA) if is_data => {
                    catalog.extend(mistakes::parse(file, errors));
                    origins.catalog.resize(catalog.len(), number);
                }
                Some(super::directive::SCHEMA) if is_data => {
                    directives.extend(mistakes::parse(file, errors));
                    origins.directives.resize(directives.len(), number);
                }
                Some(super::profile::SCHEMA) if is_data => {
                    let parsed: Option<ProfilesFile> = mistakes::parse(file, errors);
                    profiles.extend(parsed.into_iter().flat_map(|file| file.profiles));
                    origins.profiles = Some(number);
                }
                Some(super::catalog::STEPS_SCHEMA) if is_data => {
                    let parsed: Option<CommonSteps> = mistakes::parse(file, errors);
                    common_steps.extend(parsed.into_iter().flat_map(|file| file.steps));
                    origins.common_steps = Some(number);
                }
                Some(pack::SCHEMA) => {
                    let Some(parsed) = mistakes::parse::<PackFile>(file, errors) else {
                        continue;
                    };
                    packs.push((parsed, file, number));
                    origins.packs.push(number);
                }
                found => errors.push(another_schema(file, found, is_data)),
            }
        }
        let mut of_packs: Vec<PackReport> = Vec::new();
        let mut checked_on = newest(&catalog, &directives).to_owned();
        for (mut pack, file, number) in packs {
            let text = file.text;
            let mut report = pack_report(&pack, &directives, file);
            match (update_at(number), &pack.checked_on) {
                (Some(update), _) => match update::report_of(file, &pack, update.key) {
                    Ok(told) => {
                        checked_on.clone_from(&told.checked_on);
                        report.sha256.clone_from(&update.sha256);
                        report.update = Some(told);
                    }
                    Err(error) => errors.push(error),
                },
                (None, Some(day)) => errors.push(update::unsigned(file, day)),
                (None, None) if number < data => {
                    let newest = newest(&pack.catalog, &pack.directives);
                    checked_on = newest.max(&checked_on).to_owned();
                }
                (None, None) => {}
            }
            for id in &pack.off {
                // What a pack before it switched off is off.
                let is_off = of_packs.iter().any(|before| before.off.contains(id.get_ref()));
                if is_off || directives.iter().any(|d| d.is_called(id.get_ref())) {
                    continue;
                }
                let start = id.span().start;
                let message = clause!(
                    "no bundled directive has the id {id}",
                    id = format!("{:?}", id.get_ref()),
                );
                errors.push(RulesError {
                    file: file.name.to_owned(),
                    line: line_at(text, start),
                    column: column_at(text, start),
                    example: mistakes::example_for(&message.english(), text, start).to_owned(),
                    message: message.told(),
                });
            }
            // What a pack switches off or replaces is gone before its own come.
            let is_off = |d: &Directive| pack.off.iter().any(|id| d.is_called(id.get_ref()));
            keep(&mut directives, &mut origins.directives, |d| !is_off(d));
            if report.update.is_some() {
                let replaced = replaced_by(&pack, &mut catalog, &mut directives, &mut origins);
                report.replaced.extend(replaced);
            }
            of_packs.push(report);
            catalog.append(&mut pack.catalog);
            origins.catalog.resize(catalog.len(), number);
            directives.extend(pack.directives);
            origins.directives.resize(directives.len(), number);
        }
        for profile in
            profiles.iter_mut().flat_map(|profile: &mut Profile| [&mut profile.directives])
        {
            let is_off = |id: &str| of_packs.iter().any(|p| p.off.iter().any(|o| o == id));
            profile.retain(|directive| !is_off(&directive.id));
        }
        // In the order they were issued, which is the order people know them in.
        let mut dated: Vec<(Directive, usize)> =
            directives.into_iter().zip(origins.directives).collect();
        dated.sort_by(|(a, _), (b, _)| a.issued_on.get_ref().cmp(b.issued_on.get_ref()));
        let (directives, of_directives) = dated.into_iter().unzip();
        origins.directives = of_directives;
        let index = Index::new(&catalog);
        Self {
            catalog,
            common_steps,
            directives,
            profiles,
            packs: of_packs,
            superseded,
            index,
            checked_on,
            origins,
        }
    }

    /// The directive that has that id or had it.
    pub fn directive(&self, id: &str) -> Option<&Directive> {
        self.directives.iter().find(|directive| directive.is_called(id))
    }

    /// The product that has that id, had it, or stands for the one that was withdrawn.
    pub fn product(&self, id: &str) -> Option<(&CatalogFile, &Product)> {
        let find = |id: &str| {
            let mut files = self.catalog.iter();
            files.find_map(|file| Some((file, file.products.iter().find(|p| p.is_called(id))?)))
        };
        find(id).or_else(|| find(self.withdrawn(id)?.instead.as_ref()?))
    }

    /// What became of a product that is gone.
    pub fn withdrawn(&self, id: &str) -> Option<&Withdrawn> {
        let mut all = self.catalog.iter().flat_map(|file| &file.withdrawn);
        all.find(|withdrawn| withdrawn.id.get_ref() == id)
    }

    /// The profile with that id.
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// The steps for a product on these platforms, in the order to do them.
    pub fn steps_for<'r>(
        &'r self,
        file: &'r CatalogFile,
        product: &Product,
        platforms: &[Platform],
    ) -> Vec<&'r Step> {
        let own = own_steps(file, product, platforms);
        let is_wanted = |step: &&Step| {
            step.platforms.iter().any(|platform| platforms.contains(platform))
                && !own.iter().any(|own| own.instead_of.as_ref() == Some(&step.id))
        };
        let common = self.common_steps.iter().filter(is_wanted);
        in_order(common.collect(), own.iter().copied())
    }

    /// The last day on which a person checked any of the data, as the newest data update has it if one is loaded; a
    /// user's own packs do not count. Empty if there is none.
    pub fn checked_on(&self) -> &str {
        &self.checked_on
    }
}

/// The last day on which a person checked any of these; empty if there are none.
fn newest<'r>(catalog: &'r [CatalogFile], directives: &'r [Directive]) -> &'r str {
    let catalog = catalog.iter().map(|file| file.vendor.checked_on.get_ref().as_str());
    let directives = directives.iter().map(|d| d.checked_on.get_ref().as_str());
    catalog.chain(directives).max().unwrap_or_default()
}

/// Takes out what an update brings anew, and tells the ids of the directives among it.
fn replaced_by(
    update: &PackFile,
    catalog: &mut Vec<CatalogFile>,
    directives: &mut Vec<Directive>,
    origins: &mut Origins,
) -> Vec<String> {
    let is_same = |a: &Spanned<String>, b: &Spanned<String>| a.get_ref() == b.get_ref();
    let is_kept = |old: &CatalogFile| {
        !update.catalog.iter().any(|new| is_same(&new.vendor.id, &old.vendor.id))
    };
    keep(catalog, &mut origins.catalog, is_kept);
    let is_kept = |old: &Directive| !update.directives.iter().any(|new| is_same(&new.id, &old.id));
    let replaced =
        directives.iter().filter(|old| !is_kept(old)).map(|old| old.id.get_ref().clone());
    let replaced = replaced.collect();
    keep(directives, &mut origins.directives, is_kept);
    replaced
}

/// Keeps some of the entries, and where they came from.
fn keep<T>(entries: &mut Vec<T>, origins: &mut Vec<usize>, is_kept: impl Fn(&T) -> bool) {
    let mut kept = entries.iter().map(&is_kept);
    origins.retain(|_| kept.next().unwrap_or(true));
    entries.retain(is_kept);
}

/// What is said of an update with which something that it does not bring itself has a mistake.
fn does_not_fit(update: &PackReport, mistake: &RulesError) -> RulesError {
    RulesError {
        file: update.file.clone(),
        line: 1,
        column: 1,
        message: say!("the data update does not fit the other data: {mistake}", mistake),
        example: String::new(),
    }
}

/// Where a rule stands: everything evidence and judging need to know.
#[derive(Clone, Copy)]
pub struct RuleRef<'r> {
    /// The file.
    pub file: &'r CatalogFile,
    /// What the rule tells.
    pub owner: RuleOwner<'r>,
    /// The rule.
    pub rule: &'r Rule,
}

/// What a rule tells when it matches.
#[derive(Clone, Copy)]
pub enum RuleOwner<'r> {
    /// The title may be this product.
    Product(&'r Product),
    /// The title is nothing of this vendor's.
    LookAlike(&'r LookAlike),
}

/// Every rule of the catalog, in the order of the files: the numbers the [`Index`] uses.
pub fn rules_in_order(catalog: &[CatalogFile]) -> impl Iterator<Item = RuleRef<'_>> {
    catalog.iter().flat_map(|file| {
        let of_products = file.products.iter().flat_map(move |product| {
            product.rules.iter().map(move |rule| RuleRef {
                file,
                owner: RuleOwner::Product(product),
                rule,
            })
        });
        let of_look_alikes = file.look_alikes.iter().flat_map(move |look_alike| {
            look_alike.rules.iter().map(move |rule| RuleRef {
                file,
                owner: RuleOwner::LookAlike(look_alike),
                rule,
            })
        });
        of_products.chain(of_look_alikes)
    })
}

/// Common steps and others, in the order to do them: what is common is the first thing before a
/// removal, and the last in each phase after that.
pub fn in_order<'r>(
    common: Vec<&'r Step>,
    others: impl Iterator<Item = &'r Step>,
) -> Vec<&'r Step> {
    let (before, after): (Vec<_>, Vec<_>) =
        common.into_iter().partition(|step| step.phase == Phase::Before);
    let mut steps: Vec<&Step> = before.into_iter().chain(others).chain(after).collect();
    // Stable: within a phase the files' order stays.
    steps.sort_by_key(|step| step.phase);
    steps
}

/// The steps of the maker's own for a product on these platforms, in the order of the file.
fn own_steps<'r>(
    file: &'r CatalogFile,
    product: &Product,
    platforms: &[Platform],
) -> Vec<&'r Step> {
    file.steps
        .iter()
        .filter(|step| {
            let is_for_it = if step.products.is_empty() {
                product.relation == Relation::Branded
            } else {
                step.products.iter().any(|id| id == product.id.get_ref())
            };
            is_for_it && step.platforms.iter().any(|p| platforms.contains(p))
        })
        .collect()
}

/// What is said of a pack that is larger than they may be.
pub(in crate::engine) fn too_large(pack: &RulesFile<'_>) -> Option<RulesError> {
    (pack.text.len() > limits::PACK_BYTES).then(|| RulesError {
        file: pack.name.to_owned(),
        line: 1,
        column: 1,
        message: say!(
            "the file has {bytes} bytes, and {most} are the most that are read; make several of it",
            bytes = pack.text.len(),
            most = limits::PACK_BYTES,
        ),
        example: String::new(),
    })
}

/// What is said of a file that holds nothing that there is, or that is not to be among the packs.
fn another_schema(file: &RulesFile<'_>, found: Option<&str>, is_data: bool) -> RulesError {
    let known = [
        super::catalog::SCHEMA,
        super::catalog::STEPS_SCHEMA,
        super::directive::SCHEMA,
        super::profile::SCHEMA,
    ];
    let known = known.map(|schema| format!("{schema:?}")).join(", ");
    let pack = format!("{:?}", pack::SCHEMA);
    let found = found.map(|found| format!("{found:?}"));
    let message = match (found, is_data) {
        (None, true) => {
            say!("expected schema to be one of {known} and {last}, found none", known, last = pack)
        }
        (Some(found), true) => say!(
            "expected schema to be one of {known} and {last}, found {found}",
            known,
            last = pack,
            found,
        ),
        (None, false) => say!("expected schema to be {pack}, found none", pack),
        (Some(found), false) => say!("expected schema to be {pack}, found {found}", pack, found),
    };
    RulesError {
        file: file.name.to_owned(),
        line: 1,
        column: 1,
        message,
        example: format!("schema = {:?}", pack::SCHEMA),
    }
}

/// What a file says that it holds, even if it cannot be read to its end.
fn schema_of(file: &RulesFile<'_>) -> Option<String> {
    let of_line = |line: &str| {
        let value = line.strip_prefix("schema")?.trim_start().strip_prefix('=')?.trim();
        let value = value.strip_prefix('"')?;
        value.split('"').next().map(str::to_owned)
    };
    match toml::from_str::<Header>(file.text) {
        Ok(header) => header.schema,
        Err(_) => file.text.lines().find_map(of_line),
    }
}

fn pack_report(pack: &PackFile, others: &[Directive], file: &RulesFile<'_>) -> PackReport {
    let directives: Vec<String> =
        pack.directives.iter().map(|directive| directive.id.get_ref().clone()).collect();
    let current = |id: &Spanned<String>| {
        let called = others.iter().find(|directive| directive.is_called(id.get_ref()));
        called.map_or(id, |directive| &directive.id).get_ref().clone()
    };
    let (replaced, off) = pack.off.iter().map(current).partition(|id| directives.contains(id));
    PackReport {
        id: pack.id.get_ref().clone(),
        title: pack.title.clone(),
        file: file.name.to_owned(),
        sha256: super::words::hex(&Sha256::digest(file.text)),
        directives,
        replaced,
        off,
        update: None,
    }
}

/// What the TOML reader says, with what to do about it where its words do not tell that to people who
/// do not write programs.
fn explained(message: &str) -> String {
    const ADVICE: &[(&str, &str)] = &[
        (
            "expected a sequence",
            key!("write a list as [\"…\", \"…\"], and a block as [[…]], in double brackets"),
        ),
        (
            "invalid type: map, expected a string",
            key!("write a text, a day too, in quotation marks"),
        ),
        ("expected a string", key!("write a text in quotation marks")),
        ("expected a boolean", key!("write true or false, without quotation marks")),
        ("string values must be quoted", key!("write a text in straight quotation marks: \"…\"")),
        (
            "missing escaped value",
            key!("write a text that has \\ in it in single quotation marks: '…'"),
        ),
        ("unexpected key or value", key!("inside a text, write a quotation mark as \\\"")),
        ("key with no value", key!("write key = \"value\"")),
        (
            "duplicate key",
            key!(
                "what there may be several of is written as [[…]], in double brackets, and stands below what it belongs to"
            ),
        ),
    ];
    match ADVICE.iter().find(|(part, _)| message.contains(part)) {
        Some((_, advice)) => format!("{message}; {}", told(advice)),
        None => message.to_owned(),
    }
}

/// The line that the byte offset is on, counted from 1.
pub(in crate::engine) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// The column that the byte offset is at, in characters, counted from 1.
pub(in crate::engine) fn column_at(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1
}
