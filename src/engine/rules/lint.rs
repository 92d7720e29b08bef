//! The linter of rules: what the types cannot say, and every example run.

use std::collections::HashSet;

use jiff::civil::Date;
use toml::Spanned;

use super::pack::PackReport;
use super::{Rules, RulesError, RulesFile, column_at, line_at, rules_in_order};
use crate::engine::catalog::{
    CatalogFile, ExampleTitle, Field, Product, Rule, Source, Step, Withdrawn,
};
use crate::engine::clause::{Clause, clause};
use crate::engine::deadlines::LONGEST_CLOCK;
use crate::engine::directive::{Clock, ClockFrom, Directive, OutcomeKind};
use crate::engine::identify::Identification;
use crate::engine::judge::{judge, platforms_of};
use crate::engine::language::key;
use crate::engine::record::Platform;
use crate::engine::remediation::PRODUCT_CODE;
use crate::engine::version::VersionRange;
use crate::engine::words::{fold, spaced_words};

/// The fewest characters a pattern may have that is looked for inside names and publishers.
/// Shorter ones (`kav`, `kes`, `avp`) stand inside too many other words and names.
const SHORTEST_PATTERN: usize = 4;

/// Checks everything in the files from the one numbered `first` on, with those before it already
/// checked; appends what is wrong.
pub fn check(files: &[RulesFile<'_>], first: usize, rules: &Rules, errors: &mut Vec<RulesError>) {
    let mut lint = Lint { files, rules, errors, ids: HashSet::new() };
    lint.known_ids(first);
    for (file, &origin) in rules.catalog.iter().zip(&rules.origins.catalog) {
        if origin >= first {
            lint.catalog_file(In { file: files[origin] }, file);
        }
    }
    for (directive, &origin) in rules.directives.iter().zip(&rules.origins.directives) {
        if origin >= first {
            lint.directive(In { file: files[origin] }, directive);
        }
    }
    for (pack, &origin) in rules.packs.iter().zip(&rules.origins.packs) {
        lint.pack(In { file: files[origin] }, pack);
    }
    if first == 0 {
        lint.common_steps();
        lint.profiles();
    }
}

struct Lint<'a> {
    files: &'a [RulesFile<'a>],
    rules: &'a Rules,
    errors: &'a mut Vec<RulesError>,
    ids: HashSet<String>,
}

/// The file that an entry was read from, to find lines in it.
#[derive(Clone, Copy)]
struct In<'a> {
    file: RulesFile<'a>,
}

impl In<'_> {
    /// Where a source or a step is. They are written into reports and so carry no spans; the id's last
    /// place in the text is their own or, if it is used twice, the second one.
    fn last_place_of_id(&self, id: &str) -> Spanned<()> {
        let offset = self.file.text.rfind(&format!("id = {id:?}")).unwrap_or(0);
        Spanned::new(offset..offset, ())
    }

    /// Where a sentence is, which carries no span for the same reason; else the place to fall back on.
    fn place_of_text<T>(&self, text: &str, fallback: &Spanned<T>) -> Spanned<()> {
        let offset = self.file.text.find(text).unwrap_or(fallback.span().start);
        Spanned::new(offset..offset, ())
    }
}

impl<'a> Lint<'a> {
    /// Remembers the ids of the files that are already checked.
    fn known_ids(&mut self, first: usize) {
        let rules = self.rules;
        let catalog = rules.catalog.iter().zip(&rules.origins.catalog);
        let directives = rules.directives.iter().zip(&rules.origins.directives);
        for (file, _) in catalog.filter(|(_, origin)| **origin < first) {
            let products = file.products.iter().map(|product| &product.id);
            let look_alikes = file.look_alikes.iter().map(|look_alike| &look_alike.id);
            let former = file.products.iter().flat_map(|product| &product.formerly);
            let gone = file.withdrawn.iter().map(|withdrawn| &withdrawn.id);
            let spanned = [&file.vendor.id].into_iter().chain(products).chain(look_alikes);
            let spanned = spanned.chain(former).chain(gone);
            self.ids.extend(spanned.map(|id| id.get_ref().clone()));
            self.ids.extend(file.steps.iter().map(|step| step.id.clone()));
        }
        let known = directives.filter(|(_, origin)| **origin < first);
        let ids = |directive: &'a Directive| [&directive.id].into_iter().chain(&directive.formerly);
        let ids = known.flat_map(|(directive, _)| ids(directive));
        self.ids.extend(ids.map(|id| id.get_ref().clone()));
    }

    fn pack(&mut self, at: In<'_>, pack: &PackReport) {
        let place = at.place_of_text(&format!("{:?}", pack.id), &Spanned::new(0..0, ()));
        let id = Spanned::new(place.span(), pack.id.clone());
        self.new_id(at, &id, "");
        let has_vendors = pack.update.as_ref().is_some_and(|update| !update.vendors.is_empty());
        if pack.directives.is_empty() && pack.off.is_empty() && !has_vendors {
            self.error(
                at,
                &id,
                clause!("expected a [[directive]] or something in off, found none"),
            );
        }
    }

    fn error<T>(&mut self, at: In<'_>, place: &Spanned<T>, message: Clause) {
        self.errors.push(RulesError {
            file: at.file.name.to_owned(),
            line: line_at(at.file.text, place.span().start),
            column: column_at(at.file.text, place.span().start),
            // The keys to give an example of stand in the English.
            example: super::mistakes::example_for(
                &message.english(),
                at.file.text,
                place.span().start,
            )
            .to_owned(),
            message: message.told(),
        });
    }

    fn catalog_file(&mut self, at: In<'_>, file: &CatalogFile) {
        let known = self.sources(at, &file.sources);
        self.new_id(at, &file.vendor.id, "");
        self.day(at, &file.vendor.checked_on, file.vendor.checked_on.get_ref());
        self.cites(at, &file.vendor.id, &known, file.vendor.sources.get_ref());
        if file.vendor.publisher_words.is_empty() {
            self.error(at, &file.vendor.id, clause!("expected publisher_words, found none"));
        }
        let prefix = format!("{}.", file.vendor.id.get_ref());
        for product in &file.products {
            self.new_id(at, &product.id, &prefix);
            for former in &product.formerly {
                self.new_id(at, former, "");
            }
            self.product(at, &known, product);
            self.product_examples(at, file, product);
        }
        for withdrawn in &file.withdrawn {
            self.new_id(at, &withdrawn.id, "");
            self.day(at, &withdrawn.id, &withdrawn.on);
            let heir = withdrawn.instead.as_ref();
            let is_there = |id: &String| file.products.iter().any(|p| p.id.get_ref() == id);
            if let Some(heir) = heir.filter(|heir| !is_there(heir)) {
                self.error(
                    at,
                    &withdrawn.id,
                    clause!("no product of the file has the id {heir}", heir = format!("{heir:?}")),
                );
            }
        }
        for look_alike in &file.look_alikes {
            self.new_id(at, &look_alike.id, &prefix);
            self.cites(at, &look_alike.id, &known, look_alike.sources.get_ref());
            self.rules(at, &known, &look_alike.rules);
            if look_alike.examples.is_empty() {
                self.error(at, &look_alike.id, clause!("expected an example, found none"));
            }
            for example in &look_alike.examples {
                if let Some(found) = self.identify(file, example) {
                    let message = clause!(
                        "{title} must not be identified, but is taken for {found}",
                        title = described(example),
                        found = found.product.id.get_ref()
                    );
                    self.error(at, &look_alike.id, message);
                }
            }
        }
        self.steps(at, file, &known);
    }

    fn product(&mut self, at: In<'_>, known: &HashSet<String>, product: &Product) {
        for (what, is_missing) in [
            (key!("a [[product.rule]]"), product.rules.is_empty()),
            (key!("an example in matches"), product.matches.is_empty()),
            (key!("an example in must_not_match"), product.must_not_match.is_empty()),
            (key!("a platform"), product.platforms.is_empty()),
        ] {
            if is_missing {
                let message = clause!(
                    "{product}: expected {what}, found none",
                    product = product.id.get_ref(),
                    what = Clause::from(what)
                );
                self.error(at, &product.id, message);
            }
        }
        self.rules(at, known, &product.rules);
    }

    fn rules(&mut self, at: In<'_>, known: &HashSet<String>, rules: &[Rule]) {
        let mut ids = HashSet::new();
        for rule in rules {
            if !ids.insert(rule.id.get_ref()) {
                let message = clause!(
                    "the rule id {rule} is used twice",
                    rule = format!("{:?}", rule.id.get_ref())
                );
                self.error(at, &rule.id, message);
            }
            self.cites(at, &rule.id, known, &rule.sources);
            let predicates =
                [&rule.words, &rule.exact, &rule.prefix, &rule.contains, &rule.versioned];
            if predicates.iter().filter(|texts| !texts.is_empty()).count() != 1 {
                let message = clause!(
                    "{rule}: expected exactly one of words, exact, prefix, contains and versioned",
                    rule = rule.id.get_ref()
                );
                self.error(at, &rule.id, message);
            }
            if let Some(versions) = &rule.versions
                && let Err(message) = VersionRange::parse(versions.get_ref())
            {
                self.error(at, versions, message);
            }
            let is_inside = |texts: &Vec<String>| {
                matches!(rule.field, Field::Name | Field::Publisher)
                    && !std::ptr::eq(texts, &rule.exact)
            };
            for texts in predicates {
                for text in texts {
                    let letters = spaced_words(&fold(text)).chars().filter(|c| *c != ' ').count();
                    let least = if is_inside(texts) { SHORTEST_PATTERN } else { 1 };
                    if letters < least {
                        let message = clause!(
                            "the pattern {text} is too short to be looked for there; expected \
                             at least {least} letters or digits",
                            text = format!("{text:?}"),
                            least
                        );
                        self.error(at, &rule.id, message);
                    }
                }
            }
        }
    }

    fn product_examples(&mut self, at: In<'_>, file: &CatalogFile, product: &Product) {
        for example in &product.matches {
            let found = self.identify(file, example);
            let found = found.as_ref().map(|found| found.product.id.get_ref().as_str());
            if found != Some(product.id.get_ref()) {
                let message = match found {
                    None => clause!(
                        "{title} must be identified as {product}, but is not identified",
                        title = described(example),
                        product = product.id.get_ref(),
                    ),
                    Some(found) => clause!(
                        "{title} must be identified as {product}, but is taken for {found}",
                        title = described(example),
                        product = product.id.get_ref(),
                        found,
                    ),
                };
                self.error_at_example(at, &product.id, example, message);
            }
        }
        for example in &product.must_not_match {
            let found = self.identify(file, example);
            if found.is_some_and(|found| found.product.id.get_ref() == product.id.get_ref()) {
                let message = clause!(
                    "{title} must not be identified as {product}",
                    title = described(example),
                    product = product.id.get_ref()
                );
                self.error_at_example(at, &product.id, example, message);
            }
        }
    }

    fn error_at_example(
        &mut self,
        at: In<'_>,
        id: &Spanned<String>,
        example: &ExampleTitle,
        message: Clause,
    ) {
        match &example.name {
            Some(name) => self.error(at, name, message),
            None => self.error(at, id, message),
        }
    }

    /// What holds for every step, a maker's or a common one.
    fn step(&mut self, at: In<'_>, step: &Step) -> Spanned<()> {
        let place = at.last_place_of_id(&step.id);
        if !self.ids.insert(step.id.clone()) {
            self.error(
                at,
                &place,
                clause!("the id {id} is used twice", id = format!("{:?}", step.id)),
            );
        }
        if step.platforms.is_empty() {
            self.error(
                at,
                &place,
                clause!("{step}: expected a platform, found none", step = &step.id),
            );
        }
        place
    }

    fn common_steps(&mut self) {
        let Some(file) = self.rules.origins.common_steps.map(|number| self.files[number]) else {
            return;
        };
        let at = In { file };
        for step in &self.rules.common_steps {
            let place = &self.step(at, step);
            let is_common =
                step.products.is_empty() && step.sources.is_empty() && step.instead_of.is_none();
            if !is_common || !step.commands.is_empty() {
                let message = clause!(
                    "{step}: a common step has no products, commands, sources and instead_of",
                    step = &step.id
                );
                self.error(at, place, message);
            }
        }
    }

    fn steps(&mut self, at: In<'_>, file: &CatalogFile, known: &HashSet<String>) {
        for step in &file.steps {
            let place = &self.step(at, step);
            let prefix = format!("{}.", file.vendor.id.get_ref());
            if !step.id.starts_with(&prefix) {
                let message = clause!(
                    "expected an id that begins with {prefix}, found {step}",
                    prefix = format!("{prefix:?}"),
                    step = format!("{:?}", step.id)
                );
                self.error(at, place, message);
            }
            if let Some(id) = &step.instead_of
                && !self.rules.common_steps.iter().any(|common| common.id == *id)
            {
                self.error(
                    at,
                    place,
                    clause!(
                        "{step}: no common step has the id {id}",
                        step = &step.id,
                        id = format!("{id:?}")
                    ),
                );
            }
            for id in &step.products {
                if !file.products.iter().any(|product| product.id.get_ref() == id) {
                    self.error(
                        at,
                        place,
                        clause!(
                            "{step}: no product has the id {id}",
                            step = &step.id,
                            id = format!("{id:?}")
                        ),
                    );
                }
            }
            for command in &step.commands {
                let rest = command.text.replace(PRODUCT_CODE, "");
                if rest.contains("{Product") {
                    let message = clause!(
                        "{step}: expected {product_code}, found {rest}",
                        step = &step.id,
                        product_code = PRODUCT_CODE,
                        rest = format!("{rest:?}")
                    );
                    self.error(at, place, message);
                }
                if command.password.is_some() && !command.text.starts_with("msiexec ") {
                    let message = clause!(
                        "{step}: expected no password for a command that is none of msiexec's",
                        step = &step.id
                    );
                    self.error(at, place, message);
                }
                let password = command.password.iter();
                let properties = password
                    .flat_map(|it| std::iter::once(&it.property).chain(it.user_property.as_ref()));
                for property in properties.filter(|property| !is_public_property(property)) {
                    let message = clause!(
                        "{step}: expected a property of msiexec in capital letters, such as \
                         ADMINPASSWORD, found {property}",
                        step = &step.id,
                        property = format!("{property:?}")
                    );
                    self.error(at, place, message);
                }
            }
            self.cites(at, place, known, &step.sources);
        }
        for product in &file.products {
            if super::own_steps(file, product, &product.platforms).is_empty() {
                let message = clause!(
                    "{product}: no step says what to do about it",
                    product = product.id.get_ref()
                );
                self.error(at, &product.id, message);
            }
        }
    }

    fn directive(&mut self, at: In<'_>, directive: &Directive) {
        let known = self.sources(at, &directive.sources);
        self.new_id(at, &directive.id, "");
        for former in &directive.formerly {
            self.new_id(at, former, "");
        }
        self.day(at, &directive.issued_on, directive.issued_on.get_ref());
        self.day(at, &directive.checked_on, directive.checked_on.get_ref());
        for (what, is_missing) in [
            (key!("a [[coverage]]"), directive.coverage.is_empty()),
            (key!("a [[bound]]"), directive.bound.is_empty()),
            (key!("an example in matches"), directive.matches.is_empty()),
            (key!("an example in must_not_match"), directive.must_not_match.is_empty()),
        ] {
            if is_missing {
                self.error(
                    at,
                    &directive.id,
                    clause!("expected {what}, found none", what = Clause::from(what)),
                );
            }
        }
        let statements = directive.bound.iter().chain(&directive.not_bound).chain(&directive.facts);
        for statement in statements {
            let place = &at.place_of_text(&statement.text, &directive.id);
            self.cites(at, place, &known, &statement.sources);
        }
        for duty in &directive.duties {
            let place = &at.place_of_text(&duty.text, &directive.id);
            self.cites(at, place, &known, &duty.sources);
            if let Some(day) = &duty.due_on {
                self.day(at, place, day);
            }
            let Some(clock) = &duty.runs else { continue };
            if let Some(day) = &clock.day {
                self.day(at, place, day);
            }
            if let Some(expected) = wrong_with(clock, duty.due_on.is_some()) {
                self.error(
                    at,
                    place,
                    clause!(
                        "{duty}: expected {expected}",
                        duty = format!("{:?}", duty.text),
                        expected
                    ),
                );
            }
        }
        for coverage in &directive.coverage {
            self.cites(at, &coverage.vendors, &known, &coverage.sources);
            self.coverage_ids(at, coverage);
        }
        self.directive_examples(at, directive);
    }

    fn coverage_ids(&mut self, at: In<'_>, coverage: &crate::engine::directive::Coverage) {
        let catalog = &self.rules.catalog;
        let unknown_vendor = coverage
            .vendors
            .get_ref()
            .iter()
            .find(|id| !catalog.iter().any(|file| file.vendor.id.get_ref() == *id));
        let unknown_product = coverage
            .products
            .iter()
            .find(|id| !catalog.iter().flat_map(|file| &file.products).any(|p| p.is_called(id)));
        if let Some(id) = unknown_vendor {
            self.error(
                at,
                &coverage.vendors,
                clause!("no vendor has the id {id}", id = format!("{id:?}")),
            );
        }
        if let Some(id) = unknown_product {
            let message = match self.rules.withdrawn(id) {
                Some(gone) => gone_message(gone),
                None => clause!("no product has the id {id}", id = format!("{id:?}")),
            };
            self.error(at, &coverage.vendors, message);
        }
    }

    fn directive_examples(&mut self, at: In<'_>, directive: &Directive) {
        for example in &directive.matches {
            let found = self.outcome(directive, &example.title, example.platform);
            if found != *example.outcome.get_ref() {
                let message = clause!(
                    "{title} must be {outcome}, but is {found}",
                    title = described(&example.title),
                    outcome = example.outcome.get_ref().id(),
                    found = found.id()
                );
                self.error(at, &example.outcome, message);
            }
        }
        for example in &directive.must_not_match {
            let found = self.outcome(directive, example, None);
            if found != OutcomeKind::NotCovered {
                let message = clause!(
                    "{title} must not be covered, but is {found}",
                    title = described(example),
                    found = found.id()
                );
                self.error_at_example(at, &directive.id, example, message);
            }
        }
    }

    fn outcome(
        &self,
        directive: &Directive,
        example: &ExampleTitle,
        platform: Option<Platform>,
    ) -> OutcomeKind {
        self.rules
            .catalog
            .iter()
            .filter_map(|file| self.identify(file, example))
            .map(|found| {
                let platforms = platforms_of(found.product, platform, example.identifiers());
                judge(directive, found.file, found.product, found.strength, &platforms).outcome
            })
            .min()
            .unwrap_or(OutcomeKind::NotCovered)
    }

    fn profiles(&mut self) {
        let Some(file) = self.rules.origins.profiles.map(|number| self.files[number]) else {
            return;
        };
        let mut ids = HashSet::new();
        for profile in &self.rules.profiles {
            // By their ids of today: the page compares nothing else.
            let is_there = |id: &str| self.rules.directives.iter().any(|d| d.id.get_ref() == id);
            let unknown = profile.directives.iter().find(|directive| !is_there(&directive.id));
            let mut messages = Vec::new();
            if !ids.insert(&profile.id) {
                messages.push(clause!(
                    "the profile {profile} stands twice",
                    profile = format!("{:?}", profile.id)
                ));
            }
            if let Some(unknown) = unknown {
                let id = &unknown.id;
                messages.push(clause!(
                    "{profile}: no directive has the id {id}",
                    profile = &profile.id,
                    id = format!("{id:?}")
                ));
            }
            let offset = file.text.find(&format!("{:?}", profile.id)).unwrap_or(0);
            let (line, column) = (line_at(file.text, offset), column_at(file.text, offset));
            self.errors.extend(messages.into_iter().map(|message| RulesError {
                file: file.name.to_owned(),
                line,
                column,
                message: message.told(),
                example: String::new(),
            }));
        }
    }

    fn new_id(&mut self, at: In<'_>, id: &Spanned<String>, prefix: &str) {
        let text = id.get_ref();
        let is_well_formed = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
        if !is_well_formed || !text.starts_with(prefix) {
            let found = format!("{text:?}");
            let message = match prefix {
                "" => clause!(
                    "expected an id of lower-case letters, digits, dots and hyphens, found {found}",
                    found,
                ),
                prefix => clause!(
                    "expected an id of lower-case letters, digits, dots and hyphens that begins with \
                     {prefix}, found {found}",
                    prefix = format!("{prefix:?}"),
                    found,
                ),
            };
            self.error(at, id, message);
        }
        if !self.ids.insert(text.clone()) {
            self.error(at, id, clause!("the id {id} is used twice", id = format!("{text:?}")));
        }
    }

    fn sources(&mut self, at: In<'_>, sources: &[Source]) -> HashSet<String> {
        let mut known = HashSet::new();
        for source in sources {
            let place = &at.last_place_of_id(&source.id);
            if !known.insert(source.id.clone()) {
                self.error(
                    at,
                    place,
                    clause!(
                        "the source {source} stands twice",
                        source = format!("{:?}", source.id)
                    ),
                );
            }
            if source.url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
                let message = clause!(
                    "source {source}: expected an https:// address",
                    source = format!("{:?}", source.id)
                );
                self.error(at, place, message);
            }
        }
        known
    }

    fn cites<T>(
        &mut self,
        at: In<'_>,
        place: &Spanned<T>,
        known: &HashSet<String>,
        cited: &[String],
    ) {
        if cited.is_empty() {
            self.error(at, place, clause!("expected sources, found none"));
        }
        for id in cited {
            if !known.contains(id) {
                self.error(
                    at,
                    place,
                    clause!("no [[source]] has the id {id}", id = format!("{id:?}")),
                );
            }
        }
    }

    fn day<T>(&mut self, at: In<'_>, place: &Spanned<T>, text: &str) {
        if text.len() != 10 || text.parse::<Date>().is_err() {
            self.error(
                at,
                place,
                clause!("expected a day as YYYY-MM-DD, found {found}", found = format!("{text:?}")),
            );
        }
    }

    fn identify(&self, file: &CatalogFile, example: &ExampleTitle) -> Option<Identification<'a>> {
        let catalog = &self.rules.catalog;
        let refs: Vec<_> = rules_in_order(catalog).collect();
        self.rules
            .index
            .identify(catalog, &refs, &example.title())
            .into_iter()
            .find(|found| found.file.vendor.id == file.vendor.id)
    }
}

fn described(example: &ExampleTitle) -> Clause {
    let title = example.title();
    let texts = [
        (key!("name {text}"), &title.name),
        (key!("version {text}"), &title.version),
        (key!("publisher {text}"), &title.publisher),
    ];
    let mut parts: Vec<Clause> = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(english, text)| Clause::new(english, vec![("text", format!("{text:?}").into())]))
        .collect();
    parts.extend(
        title.identifiers.iter().map(|i| Clause::untold(format!("{} {:?}", i.kind.id(), i.value))),
    );
    clause!("the title with {parts}", parts)
}

/// What became of a product that a directive names and that is gone.
fn gone_message(gone: &Withdrawn) -> Clause {
    let id = format!("{:?}", gone.id.get_ref());
    let (day, why) = (&gone.on, Clause::from(gone.why.clone()));
    match &gone.instead {
        None => {
            clause!("the product with the id {id} was withdrawn on {day}: {why}", id, day, why)
        }
        Some(instead) => clause!(
            "the product with the id {id} was withdrawn on {day}: {why}; write {instead} if that is meant",
            id,
            day,
            why,
            instead = format!("{instead:?}"),
        ),
    }
}

/// What is expected instead of a clock that cannot be counted by.
fn wrong_with(clock: &Clock, has_due_on: bool) -> Option<Clause> {
    let lengths = [clock.days, clock.business_days, clock.months];
    let mut given = lengths.into_iter().flatten();
    let is_one = given.next().is_some_and(|length| (1..=LONGEST_CLOCK).contains(&length));
    if !is_one || given.next().is_some() {
        return Some(clause!(
            "runs with one of days, business_days and months, from 1 to {most}",
            most = u64::from(LONGEST_CLOCK),
        ));
    }
    if has_due_on {
        return Some(clause!("either due_on or runs"));
    }
    if (clock.from == ClockFrom::Day) != clock.day.is_some() {
        return Some(clause!("a day in runs if it is from = \"day\", and only then"));
    }
    let is_counted = clock.repeats && clock.business_days.is_some();
    is_counted.then(|| clause!("days or months in runs that repeats"))
}

/// True for a name that msiexec takes from its command line.
/// (<https://learn.microsoft.com/windows/win32/msi/public-properties>)
fn is_public_property(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
