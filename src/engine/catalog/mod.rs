//! The catalog: vendors, their products, how to recognise them and how to remove them.
//!
//! A catalog file is TOML and holds one vendor; the types here are its schema. It says what
//! software *is*; whether a law forbids it is told by a [directive](super::directive). The
//! README beside the files explains them to people who do not write Rust.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::record::{IdentifierKind, Platform};
use super::report::TitleIdentifier;
use super::title::Title;

/// The value of `schema` in a catalog file.
pub const SCHEMA: &str = "clearlist-catalog/1";

/// One catalog file: one vendor.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogFile {
    /// Must be [`SCHEMA`] in a file of its own; a pack need not say it.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = SCHEMA), description = "What kind of file this is."))]
    #[serde(default = "unsaid")]
    pub schema: Spanned<String>,
    /// Whose products these are.
    pub vendor: Vendor,
    /// What the facts of the file were read in.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// The vendor's products, and other vendors' products that have this vendor's code in them.
    #[serde(default, rename = "product")]
    pub products: Vec<Product>,
    /// What looks like this vendor's and is not.
    #[serde(default, rename = "look_alike")]
    pub look_alikes: Vec<LookAlike>,
    /// What to do about the products.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// Products that the file no longer has.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawn>,
}

/// What the schema of an entry of a pack is.
fn unsaid() -> Spanned<String> {
    Spanned::new(0..0, SCHEMA.to_owned())
}

/// Who makes or supplies products.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// Stable id, for example `kaspersky`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// The name people know.
    pub name: String,
    /// The day a person last compared the file with its sources, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub checked_on: Spanned<String>,
    /// How the vendor's name is written in a publisher field; patterns as in [`Rule::words`].
    pub publisher_words: Vec<String>,
    /// Ids of sources.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub sources: Spanned<Vec<String>>,
}

/// Something that was read to learn a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Id within the file.
    pub id: String,
    /// What it is called, with a citation where it has one.
    pub title: String,
    /// Where it can be read, if anywhere public.
    #[serde(default)]
    pub url: Option<String>,
    /// What kind of text it is.
    pub read: SourceKind,
}

/// What kind of text a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The issuing authority's own text, or an official copy of it.
    Issuer,
    /// The product vendor's own page or script.
    Vendor,
    /// An account by somebody else: press, law firm, public repository, package index.
    Secondary,
    /// A listing from a real machine.
    Inventory,
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The vendor's own product, under the vendor's or a reseller's brand.
    Branded,
    /// Another company's product with the vendor's code in it.
    Embedded,
    /// Another company's product that had the vendor's code in some versions or configurations.
    PossiblyEmbedded,
}

/// What a product is for; directives choose by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// An information-security product or service.
    Security,
    /// Something for which it can be argued whether it is an information-security product.
    SecurityArguable,
    /// A part of a product: agent, plug-in, toolbar, console.
    Component,
    /// A threat-intelligence product or service.
    ThreatIntelligence,
    /// A training product or service.
    Training,
    /// Anything else.
    Other,
}

/// A product and how to recognise it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Stable id, `vendor.product`; never changes once published.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// Ids that it had before, the first one first: old reports, waivers and packs may name them.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub formerly: Vec<Spanned<String>>,
    /// The name people know.
    pub name: String,
    /// Whose code it is.
    pub relation: Relation,
    /// What it is for.
    pub category: Category,
    /// True for the entry that stands for whatever of the vendor has no entry of its own. It is
    /// used only where no other product of the vendor is recognised.
    #[serde(default)]
    pub is_fallback: bool,
    /// Where it runs.
    pub platforms: Vec<Platform>,
    /// Something a reader of a finding should know about the product.
    #[serde(default)]
    pub note: Option<String>,
    /// How to recognise it: any one of the rules is enough to make it a candidate.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// Titles that must be identified as this product.
    #[serde(default)]
    pub matches: Vec<ExampleTitle>,
    /// Titles that must not be identified as this product (they may be as another).
    #[serde(default)]
    pub must_not_match: Vec<ExampleTitle>,
}

impl Product {
    /// True if that is its id, or was.
    pub fn is_called(&self, id: &str) -> bool {
        self.id.get_ref() == id || self.formerly.iter().any(|former| former.get_ref() == id)
    }

    /// The id it was published with.
    pub fn first_id(&self) -> &str {
        self.formerly.first().unwrap_or(&self.id).get_ref()
    }
}

/// A product that was published and is gone: its id is never given to another.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The id it had.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// The day it was taken out, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date")))]
    pub on: String,
    /// Why, in one sentence.
    pub why: String,
    /// The id of the product that stands for it now, if one does.
    #[serde(default)]
    pub instead: Option<String>,
}

/// What part of a title a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The program's name.
    Name,
    /// The publisher.
    Publisher,
    /// An MSI product code or the name of an uninstall key in the Windows registry.
    ProductCode,
    /// A package name: winget, Appx, dpkg, rpm, Android.
    Package,
    /// A macOS or iOS bundle id, or a package receipt.
    Bundle,
    /// A code signer: a certificate's subject or an Apple team.
    Signer,
    /// A folder or file.
    Path,
    /// A Windows or systemd service's own (short) name.
    Service,
    /// A driver's file name.
    Driver,
    /// A process's file name.
    Process,
}

impl Field {
    /// The field that holds identifiers of that kind.
    pub fn of(kind: IdentifierKind) -> Self {
        match kind {
            IdentifierKind::ProductCode => Self::ProductCode,
            IdentifierKind::Package => Self::Package,
            IdentifierKind::Bundle => Self::Bundle,
            IdentifierKind::Signer => Self::Signer,
            IdentifierKind::Path => Self::Path,
            IdentifierKind::Service => Self::Service,
            IdentifierKind::Driver => Self::Driver,
            IdentifierKind::Process => Self::Process,
        }
    }

    /// The stable kebab-case name used in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Publisher => "publisher",
            Self::ProductCode => "product-code",
            Self::Package => "package",
            Self::Bundle => "bundle",
            Self::Signer => "signer",
            Self::Path => "path",
            Self::Service => "service",
            Self::Driver => "driver",
            Self::Process => "process",
        }
    }
}

/// How much a match says on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// A hint: leads to a review, never to a verdict.
    Weak,
    /// Enough where nothing speaks against it.
    Medium,
    /// Enough on its own.
    Strong,
}

impl Strength {
    /// The strength as a number: the weakest is 1.
    pub fn rank(self) -> u8 {
        match self {
            Self::Weak => 1,
            Self::Medium => 2,
            Self::Strong => 3,
        }
    }
}

/// One way to recognise a product: a field and texts to look for in it.
///
/// Exactly one of `words`, `exact`, `prefix`, `contains` and `versioned` is given. All are
/// compared after [folding](super::words): case, width, accents' composition, quotation marks,
/// ™ and ® make no difference.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id within the product, for evidence: `kaspersky.anti-virus/name`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// Where to look.
    pub field: Field,
    /// Whole words in this order, next to each other, anywhere in the field. A `*` at the end of
    /// the last word stands for any ending; a lone `*` between words for up to four words, such as
    /// a version in the middle of a name.
    #[serde(default)]
    pub words: Vec<String>,
    /// The whole field.
    #[serde(default)]
    pub exact: Vec<String>,
    /// The beginning of the field.
    #[serde(default)]
    pub prefix: Vec<String>,
    /// Anywhere in the field, inside a word too: for scripts that put no spaces between words,
    /// and for paths.
    #[serde(default)]
    pub contains: Vec<String>,
    /// The whole field, with nothing or a version number (digits and dots) behind it.
    #[serde(default)]
    pub versioned: Vec<String>,
    /// The versions it is for, where it is not for all: conditions with commas between that must
    /// all hold, such as `>=2019.4, <2020.2.2`. A title whose version is not known becomes a review.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default)]
    pub versions: Option<Spanned<String>>,
    /// How much a match says on its own.
    pub strength: Strength,
    /// Ids of sources.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A title as an example: what an inventory might say.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleTitle {
    /// The program's name.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub name: Option<Spanned<String>>,
    /// The publisher.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The version.
    #[serde(default)]
    pub version: Option<String>,
    /// An MSI product code or uninstall key.
    #[serde(default)]
    pub product_code: Option<String>,
    /// A package name.
    #[serde(default)]
    pub package: Option<String>,
    /// A bundle id.
    #[serde(default)]
    pub bundle: Option<String>,
    /// A code signer.
    #[serde(default)]
    pub signer: Option<String>,
    /// A folder or file.
    #[serde(default)]
    pub path: Option<String>,
    /// A service name.
    #[serde(default)]
    pub service: Option<String>,
    /// A driver's file name.
    #[serde(default)]
    pub driver: Option<String>,
    /// A process's file name.
    #[serde(default)]
    pub process: Option<String>,
}

impl ExampleTitle {
    /// The title that a list would have of it.
    pub fn title(&self) -> Title {
        Title {
            name: self.name.as_ref().map(|name| name.get_ref().clone()).unwrap_or_default(),
            publisher: self.publisher.clone().unwrap_or_default(),
            version: self.version.clone().unwrap_or_default(),
            identifiers: self
                .identifiers()
                .map(|(kind, value)| TitleIdentifier { kind, value: value.to_owned() })
                .collect(),
            is_name_cut: false,
        }
    }

    /// The identifiers, with what they name.
    pub fn identifiers(&self) -> impl Iterator<Item = (IdentifierKind, &str)> {
        use IdentifierKind as Kind;
        [
            (Kind::ProductCode, &self.product_code),
            (Kind::Package, &self.package),
            (Kind::Bundle, &self.bundle),
            (Kind::Signer, &self.signer),
            (Kind::Path, &self.path),
            (Kind::Service, &self.service),
            (Kind::Driver, &self.driver),
            (Kind::Process, &self.process),
        ]
        .into_iter()
        .filter_map(|(kind, value)| Some((kind, value.as_deref()?)))
    }
}

/// Something that looks like the vendor's and is not. Its examples must not be identified at all.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAlike {
    /// Stable id, `vendor.not.something`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// What it is.
    pub what: String,
    /// What a careless rule would trip over.
    pub trap: String,
    /// Titles that must not be identified.
    pub examples: Vec<ExampleTitle>,
    /// Rules that reject every product of the vendor; needed only where a product's rule would
    /// match, as for `@kaspersky/hexa-ui`.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// Ids of sources.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub sources: Spanned<Vec<String>>,
}

/// When in a removal a step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before anything is removed.
    Before,
    /// The removal itself.
    Remove,
    /// What the removal leaves behind.
    CleanUp,
    /// Restart the computer.
    Restart,
    /// Make sure it is gone.
    Verify,
    /// Make sure the computer is protected again.
    Replace,
}

/// Who can do a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Anybody at the computer.
    User,
    /// An administrator of the computer.
    Administrator,
    /// Whoever runs the fleet's management tool.
    FleetAdministrator,
}

/// Where a command is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shell {
    /// Windows PowerShell.
    Powershell,
    /// The Windows command prompt.
    Cmd,
    /// A POSIX shell.
    Sh,
}

/// One step of a remediation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable id, `vendor.step.something`.
    pub id: String,
    /// The id of the [common step](CommonSteps) whose place it takes.
    #[serde(default)]
    pub instead_of: Option<String>,
    /// When it comes. Within a phase, steps come in the order of the file.
    pub phase: Phase,
    /// Where it applies.
    pub platforms: Vec<Platform>,
    /// The products it is for, by id; empty for all branded products of the file.
    #[serde(default)]
    pub products: Vec<String>,
    /// One imperative sentence.
    pub title: String,
    /// What to do and what to expect, in plain language.
    pub text: String,
    /// Who can do it.
    pub who: Who,
    /// Commands that do it, one of which is enough.
    #[serde(default, rename = "command")]
    pub commands: Vec<Command>,
    /// Ids of sources; none for common steps.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// The value of `schema` in the file of common steps.
pub const STEPS_SCHEMA: &str = "clearlist-steps/1";

/// The file of common steps: what to do about every product, whoever made it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommonSteps {
    /// Must be [`STEPS_SCHEMA`].
    #[cfg_attr(feature = "schema", schemars(extend("const" = STEPS_SCHEMA), description = "What kind of file this is."))]
    pub schema: String,
    /// The steps.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// A command to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Where it is typed.
    pub shell: Shell,
    /// The text. `{ProductCode}` stands for the finding's own MSI product code; a command with it
    /// is offered only for findings that have one.
    pub text: String,
    /// How msiexec, which the command has to be one of, is told the password that may protect the program; without
    /// it nobody is asked for one.
    #[serde(default)]
    pub password: Option<Password>,
}

/// How msiexec is told the password that protects a program: as public properties, whose names have capital letters,
/// digits and underscores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// The property for the password.
    pub property: String,
    /// The property for the name of the user whose password it is, if there is one.
    #[serde(default)]
    pub user_property: Option<String>,
    /// How it is written.
    #[serde(default)]
    pub form: PasswordForm,
}

/// How a password is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PasswordForm {
    /// As it is.
    #[default]
    Plain,
    /// Two hexadecimal digits for each byte of its UTF-16, the low byte first.
    Utf16Hex,
}

impl PasswordForm {
    /// Its name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Utf16Hex => "utf16-hex",
        }
    }
}
