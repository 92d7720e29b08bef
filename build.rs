//! Checks the bundled rules with the engine's own linter and makes them part of the program.
//!
//! The page gets short tables of directives and profiles as constants, so that it needs no parser;
//! the worker and the command line get the files' texts.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The part of the engine that the rules need, without the readers of inventories: it is compiled
/// for the build script before anything else can be.
#[path = "src/engine"]
#[allow(dead_code, unused_imports, unused_macros)]
mod engine {
    pub mod age;
    pub mod catalog;
    pub mod clause;
    pub mod deadlines;
    pub mod directive;
    pub mod identify;
    pub mod judge;
    pub mod language;
    pub mod limits;
    pub mod problem;
    pub mod profile;
    pub mod record;
    pub mod remediation;
    pub mod report;
    pub mod rules;
    pub mod title;
    pub mod version;
    pub mod waivers;
    pub mod words;
}

use engine::age;
use engine::rules::update::read_keys;
use engine::rules::{Rules, RulesFile};

/// The keys whose data updates are trusted.
const KEYS: &str = "static/update-keys.txt";

fn main() -> Result<(), Box<dyn Error>> {
    for path in [
        "static/catalog",
        "static/directives",
        "static/profiles.toml",
        "static/steps.toml",
        KEYS,
        "src/engine",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut paths = toml_files(&root, "static/catalog")?;
    paths.extend(toml_files(&root, "static/directives")?);
    paths.extend(["static/profiles.toml".to_owned(), "static/steps.toml".to_owned()]);
    let mut texts = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(root.join(path));
        texts.push(text.map_err(|error| {
            println!("cargo::error={path}: cannot be read as text in UTF-8: {error}");
            error
        })?);
    }
    let files: Vec<RulesFile<'_>> =
        paths.iter().zip(&texts).map(|(name, text)| RulesFile { name, text }).collect();

    let rules = match Rules::load(&files) {
        Ok(rules) => rules,
        Err(errors) => {
            for error in &errors {
                println!("cargo::error={error}");
            }
            return Err("the bundled rules have mistakes".into());
        }
    };
    let keys = fs::read_to_string(root.join(KEYS))?;
    if let Err(error) = read_keys(&keys) {
        println!("cargo::error={KEYS}, {error}");
        return Err("the keys for data updates have a mistake".into());
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("bundled.rs");
    fs::write(out, generated(&paths, &rules)?)?;
    Ok(())
}

/// The folder's TOML files, by name, as paths from the root.
fn toml_files(root: &Path, folder: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        let name = entry?.file_name().into_string().map_err(|_| "a file name is not Unicode")?;
        if name.ends_with(".toml") {
            paths.push(format!("{folder}/{name}"));
        }
    }
    paths.sort();
    Ok(paths)
}

fn generated(paths: &[String], rules: &Rules) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    writeln!(code, "static FILES: &[RulesFile<'static>] = &[")?;
    for path in paths {
        writeln!(
            code,
            "    RulesFile {{ name: {path:?}, text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?})) }},"
        )?;
    }
    writeln!(code, "];")?;

    writeln!(code, "/// Every bundled directive.")?;
    writeln!(code, "pub static DIRECTIVES: &[DirectiveName] = &[")?;
    for directive in &rules.directives {
        let (id, short_title) = (directive.id.get_ref(), &directive.short_title);
        writeln!(code, "    DirectiveName {{ id: {id:?}, short_title: {short_title:?} }},")?;
    }
    writeln!(code, "];")?;

    writeln!(code, "/// The same, in the same order. The page must not use it.")?;
    writeln!(code, "pub static SUMMARIES: &[DirectiveSummary] = &[")?;
    for directive in &rules.directives {
        writeln!(
            code,
            "    DirectiveSummary {{ id: {:?}, title: {:?}, issuer: {:?}, issued_on: {:?}, summary: {:?} }},",
            directive.id.get_ref(),
            directive.title,
            directive.issuer,
            directive.issued_on.get_ref(),
            directive.summary,
        )?;
    }
    writeln!(code, "];")?;

    writeln!(code, "/// Every profile, in the order to offer them.")?;
    writeln!(code, "pub static PROFILES: &[ProfileSummary] = &[")?;
    for profile in &rules.profiles {
        let directives: Vec<(&str, &str)> =
            profile.directives.iter().map(|d| (d.id.as_str(), d.why.as_str())).collect();
        writeln!(
            code,
            "    ProfileSummary {{ id: {:?}, title: {:?}, description: {:?}, directives: &{directives:?} }},",
            profile.id, profile.title, profile.description,
        )?;
    }
    writeln!(code, "];")?;

    writeln!(
        code,
        "/// The last day on which a person checked any of the bundled rules, `YYYY-MM-DD`."
    )?;
    writeln!(code, "pub static DATA_CHECKED_ON: &str = {:?};", rules.checked_on())?;
    let old_from = age::old_from(rules.checked_on()).unwrap_or(jiff::civil::Date::MAX).to_string();
    writeln!(code, "/// The first day on which that is over a year ago, `YYYY-MM-DD`.")?;
    writeln!(code, "pub static DATA_OLD_FROM: &str = {old_from:?};")?;
    writeln!(
        code,
        "static KEYS: &str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {KEYS:?}));"
    )?;
    Ok(code)
}
