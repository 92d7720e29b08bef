//! The programs that the queries are tried on: those of every file of the corpus, read by the engine,
//! and every example of the catalog in every spelling.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clearlist::engine::catalog::ExampleTitle;
use clearlist::engine::record::IdentifierKind;
use clearlist::engine::report::TitleIdentifier;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::title::Title;

use crate::variants::VARIANTS;

/// A program as a table has it: one identifier of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    pub name: String,
    pub publisher: String,
    pub version: String,
    /// In the order of [`KINDS`]; empty if there is none.
    pub identifiers: [String; 8],
    pub is_name_cut: bool,
}

/// The kinds of identifiers, in the order of the columns.
pub const KINDS: [IdentifierKind; 8] = [
    IdentifierKind::ProductCode,
    IdentifierKind::Package,
    IdentifierKind::Bundle,
    IdentifierKind::Signer,
    IdentifierKind::Path,
    IdentifierKind::Service,
    IdentifierKind::Driver,
    IdentifierKind::Process,
];

impl Program {
    fn of(title: &Title) -> Self {
        let of_kind = |kind| {
            let identifier = title.identifiers.iter().find(|i| i.kind == kind);
            identifier.map(|i| i.value.clone()).unwrap_or_default()
        };
        Self {
            name: title.name.clone(),
            publisher: title.publisher.clone(),
            version: title.version.clone(),
            identifiers: KINDS.map(of_kind),
            is_name_cut: title.is_name_cut,
        }
    }

    /// The title that the engine would make of the row.
    pub fn title(&self) -> Title {
        let identifiers = KINDS.iter().zip(&self.identifiers).filter(|(_, v)| !v.is_empty());
        Title {
            name: self.name.trim().to_owned(),
            publisher: self.publisher.trim().to_owned(),
            version: self.version.trim().to_owned(),
            identifiers: identifiers
                .map(|(kind, value)| TitleIdentifier { kind: *kind, value: value.clone() })
                .collect(),
            is_name_cut: self.is_name_cut,
        }
    }

    /// Its texts but for the version.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.publisher].into_iter().chain(&self.identifiers).map(String::as_str)
    }
}

/// Every program once, with what it was taken from. Read once for all tests.
pub fn programs(rules: &Rules) -> Vec<(Program, String)> {
    static PROGRAMS: OnceLock<Vec<(Program, String)>> = OnceLock::new();
    PROGRAMS.get_or_init(|| all_programs(rules)).clone()
}

fn all_programs(rules: &Rules) -> Vec<(Program, String)> {
    let mut programs = BTreeMap::new();
    let mut add = |title: &Title, from: &str| {
        programs.entry(Program::of(title)).or_insert_with(|| from.to_owned());
    };
    corpus(&mut add);
    for file in &rules.catalog {
        let of_products = file
            .products
            .iter()
            .flat_map(|product| product.matches.iter().chain(&product.must_not_match));
        let of_look_alikes = file.look_alikes.iter().flat_map(|known| &known.examples);
        for title in of_products.chain(of_look_alikes).map(ExampleTitle::title) {
            for variant in VARIANTS {
                if let Some(title) = (variant.make)(&title) {
                    add(&title, variant.title);
                }
            }
        }
    }
    for directive in &rules.directives {
        for example in &directive.matches {
            add(&example.title.title(), directive.id.get_ref());
        }
    }
    programs.into_iter().collect()
}

/// Rules by which every title is found, so that a report lists all that was read.
const EVERYTHING: &str = r#"
schema = "clearlist-catalog/1"
[vendor]
id = "anybody"
name = "Anybody"
checked_on = "2026-01-31"
publisher_words = []
sources = []
[[product]]
id = "anybody.anything"
name = "Anything"
relation = "branded"
category = "other"
platforms = ["windows"]
"#;

fn corpus(add: &mut impl FnMut(&Title, &str)) {
    let fields = [
        "name",
        "publisher",
        "product-code",
        "package",
        "bundle",
        "signer",
        "path",
        "service",
        "driver",
        "process",
    ];
    let each = fields.map(|field| {
        format!(
            "[[product.rule]]\nid = \"{field}\"\nfield = \"{field}\"\ncontains = [\"\"]\nstrength = \"medium\"\n"
        )
    });
    let text = format!("{EVERYTHING}{}", each.concat());
    let rules = Rules::load_checked(&[RulesFile { name: "everything.toml", text: &text }]).unwrap();
    for path in inputs() {
        let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap();
        scan.begin_source("input");
        scan.push(&fs::read(&path).unwrap());
        scan.end_source();
        let report = scan.finish();
        let from = path.display().to_string();
        report.findings.iter().for_each(|finding| add(&finding.title(), &from));
    }
}

/// Every input of the corpus.
fn inputs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut inputs = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem == "input") {
                inputs.push(path);
            }
        }
    }
    inputs.sort();
    assert!(inputs.len() > 300, "only {} files", inputs.len());
    inputs
}
