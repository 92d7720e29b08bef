//! Queries for other tools' inventories, from the same catalog: a fleet is asked itself what is on
//! its computers, and only the answers come into Clearlist.
//!
//! [`conditions`] says what is looked for, apart from any language; each engine of [`ENGINES`] is a
//! file that words it in its own, and says what it cannot.

mod ansi;
mod collectors;
mod conditions;
mod fleet;
mod intune;
mod kql;
mod limits;
mod osquery;
mod sql;
mod tsql;
mod wazuh;

use serde::{Deserialize, Serialize};

use super::detect::format_by_id;
use super::language::{counted, filled, key, say, told};
use super::rules::Rules;
use conditions::Conditions;

/// Something that can be asked what is on its computers.
pub struct Engine {
    /// Stable id, for the command line.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What it is and how one runs what is written for it, in one sentence.
    pub about: &'static str,
    /// What reads the answers: the id of a format; empty if an answer is no list.
    pub read_as: &'static str,
    /// Its files, each to begin with these lines as a comment.
    files: fn(&Conditions<'_>, &[String]) -> Vec<QueryFile>,
    /// How the list of directives is introduced.
    looks_for: &'static str,
    cannot: fn(&Conditions<'_>) -> Vec<Limit>,
}

impl Engine {
    /// Its texts, for the files of languages.
    pub fn texts(&self) -> [&'static str; 3] {
        [self.name, self.about, self.looks_for]
    }
}

/// What is written for an engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queries {
    /// The files.
    pub files: Vec<QueryFile>,
    /// What the engine cannot find that Clearlist would.
    pub cannot: Vec<Limit>,
}

/// A file to be run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryFile {
    /// What to call it.
    pub name: String,
    /// Its text, with line ends of one character.
    pub text: String,
}

/// Something an engine cannot express.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// What, in one sentence with capital and full stop.
    pub what: String,
    /// How many conditions of the catalog it concerns; none if it is the data that are missing.
    pub count: usize,
    /// The rules it concerns, as evidence names them.
    pub rules: Vec<String>,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        if self.count == 0 {
            return Ok(());
        }
        let conditions = counted(
            self.count as u64,
            key!("That is {n} condition."),
            key!("These are {n} conditions."),
        );
        write!(f, " {conditions}")
    }
}

/// Where the programs of a Windows computer are listed, in PowerShell.
const UNINSTALL: &str = include_str!("uninstall.ps1");

/// How the list of directives is introduced where only what they cover is looked for.
const LOOKS_FOR: &str = "It looks for what is covered by: {directives}.";

/// Every engine, in the order to offer them.
pub static ENGINES: &[&Engine] = &[
    &ansi::ENGINE,
    &osquery::ENGINE,
    &fleet::ENGINE,
    &tsql::ENGINE,
    &kql::ENGINE,
    &collectors::POWERSHELL,
    &collectors::BASH,
    &intune::ENGINE,
    &wazuh::ENGINE,
];

/// The engine with that id.
pub fn find(id: &str) -> Option<&'static Engine> {
    ENGINES.iter().find(|engine| engine.id == id).copied()
}

/// Writes the queries for an engine: what it is to look for under the directives with these ids, or
/// under all if there are no ids.
pub fn write(engine: &Engine, rules: &Rules, directives: &[String]) -> Queries {
    let conditions = Conditions::new(rules, directives);
    let cannot = (engine.cannot)(&conditions);
    let files = (engine.files)(&conditions, &opening(engine, &conditions, &cannot));
    Queries { files, cannot }
}

/// What every file begins with.
fn opening(engine: &Engine, conditions: &Conditions<'_>, cannot: &[Limit]) -> Vec<String> {
    let answer = match format_by_id(engine.read_as) {
        Some(format) => say!(
            "The answer goes back into Clearlist as it is, which reads it as: {format}. There it is judged \
             anew, with what it may be on and by when it must go.",
            format = told(format.title),
        ),
        None => say!("Its answer is no list that Clearlist could read.").to_owned(),
    };
    let mut lines = vec![
        say!(
            "Written by Clearlist {version} from rules last checked on {checked_on}.",
            version = env!("CARGO_PKG_VERSION"),
            checked_on = conditions.checked_on,
        ),
        filled(engine.looks_for, &[("directives", &conditions.directive_titles())]),
        say!("The directives' ids: {ids}.", ids = conditions.directive_ids().join(" ")),
        say!("How to use it. {about}", about = told(engine.about)),
        answer,
        say!("What it cannot find:").to_owned(),
    ];
    lines.extend(cannot.iter().map(|limit| format!("- {limit}")));
    // The titles can be a user's own; a comment must not end in the middle of one.
    lines.iter().map(|line| one_line(line)).collect()
}

/// The text without line ends and other control characters.
fn one_line(text: &str) -> String {
    let visible =
        |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(visible).collect()
}

/// The lines, each behind the mark of a comment.
fn commented(mark: &str, lines: &[String]) -> String {
    lines.iter().map(|line| format!("{mark}{line}\n")).collect()
}
