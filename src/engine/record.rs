//! One entry of an inventory as a format reads it, and where formats put what they read.

use serde::{Deserialize, Serialize};

use super::problem::ProblemKind;

/// What an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// The system a list comes from or a product runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The list itself says that it is not: removed with its settings kept, or merely available.
    NotInstalled,
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

/// Where a format's reader puts what it reads.
pub trait Sink {
    /// One record was read. Says nothing about lines; those are told by [`lines`](Self::lines).
    fn record(&mut self, record: &Record<'_>);

    /// So many physical lines were of that class. Over a source, each line is told exactly once.
    fn lines(&mut self, class: LineClass, count: u64);

    /// Something was wrong at the line; `text` is the input as written (it will be shortened).
    fn problem(&mut self, line: u64, kind: ProblemKind, text: &str);

    /// More about how the source is read, for people: the delimiter, which column holds what.
    fn reading(&mut self, detail: &str);
}
