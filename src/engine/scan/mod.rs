//! The scan: sources in, piece by piece; a report out.

use serde::{Deserialize, Serialize};

use super::decode::encoding_by_name;
use super::detect::format_by_id;
use super::directive::Directive;
use super::language::say;
use super::limits::MEMBER_NAME_CHARS;
use super::problem::shortened;
use super::record::TableChoice;
use super::report::Report;
use super::rules::Rules;
use super::title::Titles;

mod assemble;
mod intake;
mod inventory;
mod join;
mod part;
mod source;
mod tape;

pub use part::{HEAD_BYTES, NotJoined, Part, PartScan};

use intake::{Intake, Unpacked};
use inventory::Inventory;
pub use inventory::host_of_file;
pub(super) use inventory::is_unnamed;

/// What a scan is to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Ids of the directives to apply; empty for all.
    pub directives: Vec<String>,
    /// The day it is, `YYYY-MM-DD`, since the engine knows no clock.
    pub today: String,
    /// How to read the sources that nothing else is said of.
    pub source: SourceOptions,
    /// What the user says about the columns of tables.
    pub tables: Vec<TableChoice>,
}

/// How a source is to be read where the user knows better than the content tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceOptions {
    /// The id of the format; `None` to find it from the content.
    pub format: Option<String>,
    /// The encoding, as in a report or by any label of the WHATWG; `None` to find it.
    pub encoding: Option<String>,
    /// The computer that records which name none are on; `None` to tell it from the source.
    pub host: Option<String>,
    /// True to leave the source's `sha256` empty, for a caller who has it worked out elsewhere at
    /// the same time. What is packed is hashed all the same.
    pub without_sha256: bool,
}

/// Settings that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// No directive has that id.
    UnknownDirective(String),
    /// No format has that id.
    UnknownFormat(String),
    /// No encoding has that name.
    UnknownEncoding(String),
    /// `today` is no day.
    BadDate(String),
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownDirective(id) => f.write_str(&say!(
                "no directive has the id {id}; `clearlist directives` lists those there are",
                id = format!("{id:?}"),
            )),
            Self::UnknownFormat(id) => f.write_str(&say!(
                "no format has the id {id}; `clearlist formats` lists those there are",
                id = format!("{id:?}"),
            )),
            Self::UnknownEncoding(name) => f.write_str(&say!(
                "no encoding has the name {name}; for example UTF-8, UTF-16LE, Windows-1251, IBM866",
                name = format!("{name:?}"),
            )),
            Self::BadDate(text) => f.write_str(&say!(
                "expected a day as YYYY-MM-DD, found {found}",
                found = format!("{text:?}"),
            )),
        }
    }
}

impl std::error::Error for SettingsError {}

impl SourceOptions {
    /// Whether they can be carried out.
    ///
    /// # Errors
    ///
    /// If they name a format or an encoding that there is not.
    pub fn check(&self) -> Result<(), SettingsError> {
        if let Some(id) = &self.format
            && format_by_id(id).is_none()
        {
            return Err(SettingsError::UnknownFormat(id.clone()));
        }
        match &self.encoding {
            Some(name) if encoding_by_name(name).is_none() => {
                Err(SettingsError::UnknownEncoding(name.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// How far a scan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanProgress {
    /// Records read.
    pub records: u64,
    /// Distinct titles.
    pub titles: u64,
    /// Titles identified.
    pub findings: u64,
}

/// The directives that have these ids or had them, in the rules' order; all of them if there are no ids.
///
/// # Errors
///
/// If there is no directive with one of the ids.
pub fn chosen_directives<'r>(
    rules: &'r Rules,
    ids: &[String],
) -> Result<Vec<&'r Directive>, SettingsError> {
    if let Some(id) = ids.iter().find(|id| rules.directive(id).is_none()) {
        return Err(SettingsError::UnknownDirective(id.clone()));
    }
    let is_wanted =
        |directive: &&Directive| ids.is_empty() || ids.iter().any(|id| directive.is_called(id));
    Ok(rules.directives.iter().filter(is_wanted).collect())
}

/// A scan of any number of sources.
///
/// Call [`begin_source`](Self::begin_source), [`push`](Self::push) any number of times and
/// [`end_source`](Self::end_source) for each source, then [`finish`](Self::finish). Memory grows
/// with distinct titles, hosts and findings, not with bytes.
pub struct Scan<'r> {
    rules: &'r Rules,
    directives: Vec<&'r Directive>,
    settings: Settings,
    inventory: Inventory<'r>,
    current: Option<Intake>,
    /// What the current file was unpacked to.
    unpacked: Unpacked,
}

impl<'r> Scan<'r> {
    /// A scan by these rules.
    ///
    /// # Errors
    ///
    /// If the settings name a directive or format that there is not, or no day.
    pub fn new(rules: &'r Rules, settings: Settings) -> Result<Self, SettingsError> {
        if settings.today.len() != 10 || settings.today.parse::<jiff::civil::Date>().is_err() {
            return Err(SettingsError::BadDate(settings.today));
        }
        settings.source.check()?;
        let directives = chosen_directives(rules, &settings.directives)?;
        Ok(Self {
            rules,
            directives,
            inventory: Inventory::new(rules),
            settings,
            current: None,
            unpacked: Unpacked::default(),
        })
    }

    /// A source begins. One that was not ended is ended first.
    pub fn begin_source(&mut self, name: &str) {
        let options = self.settings.source.clone();
        self.begin(name, &options);
    }

    /// A source begins that is to be read in that way.
    ///
    /// # Errors
    ///
    /// If the options name a format or an encoding that there is not; then no source begins.
    pub fn begin_source_with(
        &mut self,
        name: &str,
        options: &SourceOptions,
    ) -> Result<(), SettingsError> {
        options.check()?;
        self.begin(name, options);
        Ok(())
    }

    fn begin(&mut self, name: &str, options: &SourceOptions) {
        self.end_source();
        let source = self.inventory.begin_source(&shortened(name, MEMBER_NAME_CHARS));
        self.unpacked = Unpacked::default();
        self.current = Some(Intake::new(source, options, &self.settings.tables));
    }

    /// The next bytes of the source. Without a source begun, they are passed over.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(current) = &mut self.current {
            current.push(bytes, &mut self.inventory, &self.unpacked);
        }
    }

    /// The source has ended.
    pub fn end_source(&mut self) {
        if let Some(current) = self.current.take() {
            current.end(true, &mut self.inventory, &self.unpacked);
        }
    }

    /// Enough of the source was read to see how it is read; there is more of it. What only its end
    /// could show is not told, and its lines do not add up.
    pub fn leave_source(&mut self) {
        if let Some(current) = self.current.take() {
            current.end(false, &mut self.inventory, &self.unpacked);
        }
    }

    /// How many sources have begun.
    pub fn sources(&self) -> usize {
        self.inventory.sources.len()
    }

    /// How far the scan has come.
    pub fn progress(&self) -> ScanProgress {
        ScanProgress {
            records: self.inventory.records,
            titles: self.inventory.titles.len() as u64,
            findings: self.inventory.findings as u64,
        }
    }

    /// Ends the scan and puts the report together.
    pub fn finish(self) -> Report {
        self.finish_with_titles().0
    }

    /// The same, with all titles that were read: a report has only those in which something was found.
    pub fn finish_with_titles(mut self) -> (Report, Titles) {
        self.end_source();
        let count = self.inventory.titles.len() as u64;
        let titles = Titles::new(std::mem::take(&mut self.inventory.titles));
        let Self { rules, directives, settings, inventory, .. } = self;
        (assemble::report(rules, &directives, settings.today, inventory, count), titles)
    }
}
