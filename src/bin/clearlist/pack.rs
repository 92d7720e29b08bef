//! `clearlist pack`, and packs on other commands: rules of the caller's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clearlist::bundled;
use clearlist::engine::rules::pack::{EXAMPLES, PackExample};
use clearlist::engine::rules::update::{TrustedKey, superseded};
use clearlist::engine::rules::{Rules, RulesError, RulesFile};

use super::print;
use super::update::Keys;

#[derive(Subcommand)]
pub enum Pack {
    /// Check files of rules; exit status 2 if there are mistakes.
    Lint {
        #[command(flatten)]
        keys: Keys,
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a file of rules to start from, with an explanation of every line.
    Init {
        /// What it is to be like.
        #[arg(long, value_name = "EXAMPLE", default_value = EXAMPLES[0].id,
            value_parser = PossibleValuesParser::new(EXAMPLES.iter().map(possible)))]
        like: String,
        /// The file to write, which must not be there yet; standard output if not given.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

impl Pack {
    pub fn run(&self) -> Result<ExitCode, String> {
        match self {
            Self::Lint { keys, files } => {
                let rules = load(files, &keys.trusted()?)?;
                let is_read = |file: &&PathBuf| {
                    rules.superseded.iter().all(|update| update.file != name_of(file))
                };
                let told = files.iter().filter(is_read);
                let told = told.map(|file| format!("{}: no mistakes\n", file.display()));
                print(&told.collect::<String>())
            }
            Self::Init { like, file } => {
                let example = EXAMPLES.iter().find(|example| example.id == like);
                // `clap` lets no other name through.
                let text = example.map_or("", |example| example.text);
                let Some(path) = file else { return print(text) };
                write_new(path, text)?;
                print(&format!(
                    "{} is written; change it, then check it with pack lint\n",
                    path.display()
                ))
            }
        }
    }
}

fn possible(example: &PackExample) -> PossibleValue {
    PossibleValue::new(example.id).help(example.title)
}

/// The bundled rules with these packs, and data updates signed with one of the keys; those that are not used since the
/// data is newer are told on standard error. An error says every mistake, a line each.
pub fn load(paths: &[PathBuf], keys: &[TrustedKey]) -> Result<Rules, String> {
    let rules = read(paths, keys)?;
    for update in &rules.superseded {
        let told = superseded(&update.checked_on, &update.newer);
        eprintln!("clearlist: {}: {told}", update.file);
    }
    Ok(rules)
}

/// The same without telling anything.
pub fn read(paths: &[PathBuf], keys: &[TrustedKey]) -> Result<Rules, String> {
    let read = |path: &PathBuf| -> Result<(String, String), String> {
        let text = fs::read_to_string(path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((name_of(path), text))
    };
    let packs = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let packs: Vec<RulesFile<'_>> =
        packs.iter().map(|(name, text)| RulesFile { name, text }).collect();
    Rules::load_with_packs(bundled::files(), &packs, keys).map_err(|errors| mistakes(&errors))
}

/// All that is wrong with packs, as one message.
pub fn mistakes(errors: &[RulesError]) -> String {
    let lines = errors.iter().map(|error| format!("\n{error}"));
    format!("the rules have mistakes and were not used{}", lines.collect::<String>())
}

/// Writes a file that is not there yet.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let written = fs::File::create_new(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
