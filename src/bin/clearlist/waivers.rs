//! `clearlist waivers`, and decisions on `clearlist check`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use clearlist::bundled;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::waivers::{Waiver, file};

use super::pack::{name_of, write_new};
use super::print;
use super::update::Keys;

#[derive(Subcommand)]
pub enum Waivers {
    /// Check files of decisions; exit status 2 if there are mistakes.
    Lint {
        /// Rules of your own that the decisions name products of; may be given several times.
        #[arg(long = "pack", value_name = "FILE")]
        packs: Vec<PathBuf>,
        #[command(flatten)]
        keys: Keys,
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a file of decisions to start from, with an explanation of every line.
    Init {
        /// The file to write, which must not be there yet; standard output if not given.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

impl Waivers {
    pub fn run(&self) -> Result<ExitCode, String> {
        match self {
            Self::Lint { packs, keys, files } => {
                let rules = if packs.is_empty() {
                    bundled::rules()
                } else {
                    super::pack::load(packs, &keys.trusted()?)?
                };
                let count = load(files, &rules)?.len();
                print(&format!("no mistakes in {count} decisions\n"))
            }
            Self::Init { file: None } => print(file::EXAMPLE),
            Self::Init { file: Some(path) } => {
                write_new(path, file::EXAMPLE)?;
                print(&format!(
                    "{} is written; change it, then check it with waivers lint\n",
                    path.display()
                ))
            }
        }
    }
}

/// The decisions of these files. An error says every mistake, a line each.
pub fn load(paths: &[PathBuf], rules: &Rules) -> Result<Vec<Waiver>, String> {
    let mut waivers: Vec<Waiver> = Vec::new();
    let mut mistakes = String::new();
    for path in paths {
        let text = fs::read_to_string(path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        match file::read(&RulesFile { name: &name_of(path), text: &text }, rules) {
            Ok(read) => {
                for waiver in read {
                    if waivers.iter().any(|known| known.id == waiver.id) {
                        mistakes += &format!(
                            "\n{}: another file has a decision with the id {:?}",
                            name_of(path),
                            waiver.id
                        );
                    }
                    waivers.push(waiver);
                }
            }
            Err(errors) => mistakes.extend(errors.iter().map(|error| format!("\n{error}"))),
        }
    }
    if mistakes.is_empty() {
        Ok(waivers)
    } else {
        Err(format!("the decisions have mistakes and were not used{mistakes}"))
    }
}
