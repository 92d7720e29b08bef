//! `clearlist queries`: what to ask other tools' inventories.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clearlist::engine::queries::{ENGINES, Engine, Queries, find, write};
use clearlist::engine::scan::chosen_directives;
use serde_json::json;

use super::listing::pretty;
use super::{Chosen, ListFormat, print};

/// What to write queries for.
#[derive(clap::Args)]
pub struct AskFleet {
    #[command(flatten)]
    chosen: Chosen,
    /// Write queries for this engine; without it, the engines are listed.
    #[arg(long, value_name = "ID", value_parser = engine)]
    engine: Option<&'static Engine>,
    /// Write the files into this folder, which is made if it is not there.
    #[arg(long, value_name = "DIR", requires = "engine")]
    out: Option<PathBuf>,
    /// How to write the list of engines.
    #[arg(long, value_enum, default_value_t = ListFormat::Text, conflicts_with = "engine")]
    format: ListFormat,
}

fn engine(id: &str) -> Result<&'static Engine, String> {
    find(id).ok_or_else(|| {
        let known: Vec<&str> = ENGINES.iter().map(|engine| engine.id).collect();
        format!("expected one of {}", known.join(", "))
    })
}

impl AskFleet {
    pub fn run(&self) -> Result<ExitCode, String> {
        let Some(engine) = self.engine else {
            return print(&match self.format {
                ListFormat::Text => engines_text(),
                ListFormat::Json => engines_json(),
            });
        };
        let rules = self.chosen.rules()?;
        let ids = self.chosen.ids(&rules)?;
        chosen_directives(&rules, &ids).map_err(|error| error.to_string())?;
        let queries = write(engine, &rules, &ids);
        // What cannot be found is said beside the files, so that a pipe gets only the query.
        eprint!("{}", limits_text(&queries));
        match &self.out {
            Some(folder) => {
                fs::create_dir_all(folder)
                    .map_err(|error| format!("{}: {error}", folder.display()))?;
                let mut told = String::new();
                for file in &queries.files {
                    let path = folder.join(&file.name);
                    fs::write(&path, &file.text)
                        .map_err(|error| format!("{}: {error}", path.display()))?;
                    // Writing to a string cannot fail.
                    let _ = writeln!(told, "{} is written", path.display());
                }
                print(&told)
            }
            None => match queries.files.as_slice() {
                [file] => print(&file.text),
                files => {
                    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                    Err(format!(
                        "{} has {} files ({}); say with --out which folder to write them into",
                        engine.name,
                        files.len(),
                        names.join(", ")
                    ))
                }
            },
        }
    }
}

fn limits_text(queries: &Queries) -> String {
    let mut text = String::new();
    for limit in &queries.cannot {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "cannot: {limit}");
    }
    text
}

fn engines_text() -> String {
    let mut text = String::new();
    for engine in ENGINES {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}  {}", engine.id, engine.name);
        let _ = writeln!(text, "    how to use:  {}", engine.about);
        let read_as = if engine.read_as.is_empty() { "nothing" } else { engine.read_as };
        let _ = writeln!(text, "    read as:     {read_as}");
    }
    text
}

fn engines_json() -> String {
    let engines = ENGINES.iter().map(|engine| {
        json!({
            "id": engine.id,
            "name": engine.name,
            "about": engine.about,
            "read_as": engine.read_as,
        })
    });
    pretty(engines.collect())
}
