//! One entry of an inventory as a format reads it, and where formats put what they read.

use crate::engine::clause::Clause;
use serde::{Deserialize, Serialize};

use super::limits::CELL_CHARS;
use super::problem::{ProblemKind, shortened};

/// What an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierKind {
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

impl IdentifierKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::ProductCode,
        Self::Package,
        Self::Bundle,
        Self::Signer,
        Self::Path,
        Self::Service,
        Self::Driver,
        Self::Process,
    ];

    /// The stable kebab-case name used in data and reports.
    pub fn id(self) -> &'static str {
        match self {
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

/// An identifier as written in the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// What it names.
    pub kind: IdentifierKind,
    /// The text as written, trimmed.
    pub value: &'a str,
}

/// What a column, key or label of an inventory holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ColumnField {
    /// The program's name.
    Name,
    /// Its version.
    Version,
    /// Publisher, vendor, manufacturer.
    Publisher,
    /// The computer it is on.
    Host,
    /// An MSI product code or the name of an uninstall key, possibly with the key's path.
    ProductCode,
    /// A package's id or full name.
    Package,
    /// A package's name, which is a program's name too where the list has no better one.
    PackageName,
    /// A package URL (purl).
    PackageUrl,
    /// A CPE name, which holds vendor and product.
    Cpe,
    /// A macOS or iOS bundle id.
    Bundle,
    /// An id of unsaid kind: a package's, an uninstall key's, or just a number of a row.
    Id,
    /// A folder or file; a place in the world (an office) is left out.
    Path,
    /// A command that removes or changes the program: holds its product code or its path.
    UninstallCommand,
    /// Who signed it.
    Signer,
    /// The short name of a service.
    Service,
    /// A driver's file.
    Driver,
    /// A process's file.
    Process,
    /// A file, which is a driver or a process by its ending.
    File,
    /// Something that can say that the program is not (or no longer) installed.
    Presence,
}

impl ColumnField {
    /// Every one, in the order to offer them: what most tables have first.
    pub const ALL: [Self; 19] = [
        Self::Name,
        Self::Version,
        Self::Publisher,
        Self::Host,
        Self::ProductCode,
        Self::PackageName,
        Self::Package,
        Self::PackageUrl,
        Self::Bundle,
        Self::Id,
        Self::Cpe,
        Self::Path,
        Self::UninstallCommand,
        Self::Signer,
        Self::Service,
        Self::Driver,
        Self::Process,
        Self::File,
        Self::Presence,
    ];
}

/// How a column of a table was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnReading {
    /// The header's cell as written, cut if it is long; empty in a table without a header.
    pub header: String,
    /// What the column holds; `None` if nothing that is used.
    pub means: Option<ColumnField>,
    /// What stands in it in the first rows, as written.
    pub values: Vec<String>,
}

/// What the user says the columns of a table hold: used for every table with that very header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChoice {
    /// The header's cells, trimmed, without empty ones at the end. Without any it speaks of tables
    /// that have no header and as many columns.
    pub header: Vec<String>,
    /// What each column holds, from the left; `None` for nothing that is to be used.
    pub columns: Vec<Option<ColumnField>>,
}

impl TableChoice {
    /// True if it speaks of tables with that header.
    pub fn is_of<'a>(&self, headers: impl Iterator<Item = &'a str>) -> bool {
        let mut own = self.header.iter();
        let mut others = headers.map(str::trim);
        loop {
            match (own.next(), others.next()) {
                (Some(own), Some(other)) if is_told_as(other, own) => {}
                (None, None) => return !self.header.is_empty(),
                // Cells without text at the end are no columns.
                (None, Some("")) => {}
                _ => return false,
            }
        }
    }

    /// True if it speaks of tables without a header and with so many columns.
    pub fn is_of_headless(&self, columns: usize) -> bool {
        self.header.is_empty() && self.columns.len() == columns
    }

    /// True if it speaks of the table that has these columns.
    pub fn is_of_table(&self, columns: &[ColumnReading]) -> bool {
        if columns.iter().all(|column| column.header.is_empty()) {
            self.is_of_headless(columns.len())
        } else {
            self.is_of(columns.iter().map(|column| column.header.as_str()))
        }
    }
}

/// True if a header's cell is told so in a [`ColumnReading`].
fn is_told_as(cell: &str, told: &str) -> bool {
    cell == told || (told.ends_with('…') && shortened(cell, CELL_CHARS) == told)
}

/// The system a list comes from or a product runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Microsoft Windows.
    Windows,
    /// Apple macOS.
    Macos,
    /// Any Linux distribution.
    Linux,
    /// Android.
    Android,
    /// iOS and iPadOS.
    Ios,
}

/// Whether the inventory says that the program is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// It is installed, or the list says nothing else.
    #[default]
    Installed,
    /// The list itself says that it was removed (its settings may have been kept).
    Removed,
    /// The list itself says that it could be installed, not that it is.
    Available,
}

/// One row or entry of an inventory, borrowed from the reader's buffers. Absent fields are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record<'a> {
    /// The program's name as shown to users, or a package's name.
    pub name: &'a str,
    /// The version as written.
    pub version: &'a str,
    /// Publisher, vendor or manufacturer as written.
    pub publisher: &'a str,
    /// The computer this row names; empty if the row names none.
    pub host: &'a str,
    /// Everything else that can tell which product it is.
    pub identifiers: &'a [Identifier<'a>],
    /// The first line of the record, counted from 1 as an editor shows it.
    pub line: u64,
    /// The record's text as written (one line, or the lines of a block), for evidence.
    pub text: &'a str,
    /// Whether the list says it is installed.
    pub presence: Presence,
}

/// What a physical line of a source turned out to be. Every line is exactly one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// It holds (part of) one or more records.
    Record,
    /// A header, blank, separator, prompt, note, total.
    Structure,
    /// It should have held a record and none could be read from it.
    Problem,
}

/// Stands for what a record said, without its computer and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleKey {
    pub(super) number: usize,
    /// False if nothing is known of it that its places would be kept for.
    pub(super) is_found: bool,
}

/// Where a format's reader puts what it reads.
pub trait Sink {
    /// One record was read. Says nothing about lines; those are told by [`lines`](Self::lines).
    ///
    /// What comes back, if anything, stands for all of the record but its computer and its place.
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey>;

    /// One record was read that says the same as an earlier one, but of that computer and at that
    /// place. Only what [`record`](Self::record) of this sink gave is ever handed in.
    fn repeat(&mut self, _title: TitleKey, _host: &str, _line: u64, _text: &str) {}

    /// So many physical lines were of that class. Over a source, each line is told exactly once.
    fn lines(&mut self, class: LineClass, count: u64);

    /// Something was wrong at the line; `text` is the input as written (it will be shortened).
    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str);

    /// More about how the source is read, for people: the delimiter, which column holds what.
    fn reading(&mut self, detail: Clause);

    /// The columns of the table that is read, so that the user can correct what they were taken for.
    fn columns(&mut self, columns: &[ColumnReading]);

    /// The cells of a row of that table as written, to show what the columns hold. Told of the
    /// first rows.
    fn cells(&mut self, _cells: &mut dyn Iterator<Item = &str>) {}
}
