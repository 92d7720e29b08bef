//! Tables and records whose words are understood: one way for all formats and tools.
//!
//! [`meaning_of`] reads a header word, [`Columns`] the header of a table, and [`Draft`] puts a
//! record together from values whose meaning is known.

use crate::engine::clause::{Clause, clause};
pub(super) use crate::engine::record::ColumnField as Field;
use crate::engine::record::{ColumnReading, TableChoice};

mod draft;
mod meaning;

use draft::is_blank;
pub(super) use draft::{Draft, path_in};
use meaning::{LAST_RESORT, names_a_product, names_a_program, normalised};
pub(super) use meaning::{Meaning, meaning_of};

/// The meaning of each column of a table, from its header.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The columns that mean something, with their position counted from 0; surest first.
    used: Vec<(usize, Meaning)>,
    /// The columns that are for products, where others are for programs.
    of_products: Vec<usize>,
}

impl Columns {
    /// Reads a header.
    pub fn of<'a>(headers: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut used: Vec<_> = headers
            .clone()
            .enumerate()
            .filter_map(|(at, header)| meaning_of(header).map(|meaning| (at, meaning)))
            .collect();
        let words: Vec<String> = headers.map(normalised).collect();
        let has = |word: &str| words.iter().any(|other| other == word);

        // A list of services: Name is the service's short name there. Get-Service has both, and
        // prints nothing besides but the status.
        let is_of_get_service = has("status") && has("displayname") && words.len() == 3;
        let lists_services = ["startmode", "starttype", "servicetype", "serviceaccount"]
            .iter()
            .any(|word| has(word))
            && (has("displayname") || has("pathname") || has("state") || has("status"))
            || is_of_get_service;
        // A list of drivers: the device is what the driver is for, not a computer.
        let lists_drivers = ["driverversion", "infname", "driverprovidername", "issigned"]
            .iter()
            .any(|word| has(word));
        // A list of accounts or computers of a directory: Name is no program there.
        let lists_accounts = ["distinguishedname", "samaccountname", "userprincipalname"]
            .iter()
            .any(|word| has(word));
        for (at, meaning) in &mut used {
            let is_plain_name = words.get(*at).is_some_and(|word| word == "name");
            if lists_services && is_plain_name {
                meaning.field = Field::Service;
            }
            let is_device = words.get(*at).is_some_and(|word| word == "devicename");
            if lists_drivers && is_device {
                meaning.field = Field::Name;
            }
        }
        // Get-Package: its provider is a part of PowerShell, not of the program.
        if has("providername") && (has("source") || has("fastpackagereference")) {
            used.retain(|(at, _)| words.get(*at).is_none_or(|word| word != "providername"));
        }
        if lists_accounts {
            used.retain(|(_, meaning)| {
                !matches!(meaning.field, Field::Name | Field::Path | Field::Id)
            });
        }
        let is_of_a_program = |(at, meaning): &(usize, Meaning)| {
            meaning.field == Field::Name && words.get(*at).is_some_and(|word| names_a_program(word))
        };
        let has_programs = used.iter().any(is_of_a_program);
        let of_products = (0..words.len())
            .filter(|at| has_programs && words.get(*at).is_some_and(|word| names_a_product(word)))
            .collect();
        let mut columns = Self { used, of_products };
        columns.sort();
        columns
    }

    /// The surest first; of two names that are as sure, the more specific before the first.
    fn sort(&mut self) {
        let of_products = &self.of_products;
        self.used.sort_by_key(|(at, meaning)| {
            // They are in order.
            let is_broad = meaning.field == Field::Name && of_products.binary_search(at).is_ok();
            (meaning.rank, is_broad, *at)
        });
    }

    /// The header as a table that the user has spoken of says; else what its words say.
    pub fn chosen_or_of<'a>(
        headers: impl Iterator<Item = &'a str> + Clone,
        tables: &[TableChoice],
    ) -> Self {
        match tables.iter().find(|table| table.is_of(headers.clone())) {
            Some(table) => Self::chosen(&table.columns),
            None => Self::of(headers),
        }
    }

    /// The columns as the user says they are.
    pub fn chosen(columns: &[Option<Field>]) -> Self {
        let fields = columns.iter().enumerate();
        let used =
            fields.filter_map(|(at, field)| Some((at, Meaning { field: (*field)?, rank: 0 })));
        Self { used: used.collect(), of_products: Vec::new() }
    }

    /// Each column with what it was taken for, for the report.
    pub fn readings<'a>(&self, headers: impl Iterator<Item = &'a str>) -> Vec<ColumnReading> {
        let means = self.by_position();
        headers
            .enumerate()
            .map(|(at, header)| ColumnReading {
                header: header.to_owned(),
                means: means.get(at).copied().flatten().map(|meaning| meaning.field),
                values: Vec::new(),
            })
            .collect()
    }

    /// True if some column holds names, or ids that name a program as surely. A description alone
    /// does not: a list of updates has one too.
    pub fn name_programs(&self) -> bool {
        self.used.iter().any(|(_, meaning)| match meaning.field {
            Field::Name => meaning.rank < LAST_RESORT,
            field => matches!(
                field,
                Field::PackageName
                    | Field::ProductCode
                    | Field::Package
                    | Field::PackageUrl
                    | Field::Cpe
                    | Field::Bundle
                    | Field::Service
                    | Field::Driver
                    | Field::Process
                    | Field::File
            ),
        })
    }

    /// True if some column has that field.
    pub fn have(&self, field: Field) -> bool {
        self.used.iter().any(|(_, meaning)| meaning.field == field)
    }

    /// What the column at that position means.
    pub fn meaning_at(&self, at: usize) -> Option<Meaning> {
        self.used.iter().find(|(used, _)| *used == at).map(|(_, meaning)| *meaning)
    }

    /// How many columns mean something.
    pub fn known(&self) -> usize {
        self.used.len()
    }

    /// Has `means` say of each of the columns what it means, given what it was taken for.
    pub fn reread(
        &mut self,
        width: usize,
        means: &dyn Fn(usize, Option<Meaning>) -> Option<Meaning>,
    ) {
        let usual = self.by_position();
        let usual = |at: usize| usual.get(at).copied().flatten();
        self.used = (0..width).filter_map(|at| Some((at, means(at, usual(at))?))).collect();
        self.sort();
    }

    /// The columns from that one on mean nothing, but for those that hold computers: without them, all
    /// records would be of one.
    pub fn leave_out_from(&mut self, position: usize) {
        self.used.retain(|column| column.0 < position || is_host(column));
    }

    /// Looks for a column that holds computers among those that were not read, which begin at that place.
    pub fn look_for_host<'a>(&mut self, from: usize, headers: impl Iterator<Item = &'a str>) {
        let mut meanings = (from..).zip(headers.map(meaning_of));
        let found = meanings.find_map(|(at, meaning)| Some((at, meaning?)).filter(is_host));
        self.used.extend(found);
    }

    /// The last column that means something.
    pub fn last(&self) -> Option<usize> {
        self.positions().max()
    }

    /// The columns at those places, and those that hold computers wherever they are.
    pub fn within(&self, is_within: impl Fn(usize) -> bool) -> Self {
        let used = self.used.iter().copied();
        let used = used.filter(|column| is_within(column.0) || is_host(column));
        Self { used: used.collect(), of_products: Vec::new() }
    }

    /// Where the columns are that mean something, the surest first.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        self.used.iter().map(|(at, _)| *at)
    }

    /// What each column means, up to the last that means something.
    pub fn by_position(&self) -> Vec<Option<Meaning>> {
        let width = self.used.iter().map(|(at, _)| at + 1).max().unwrap_or_default();
        let mut means = vec![None; width];
        // The surest stand first, and one position has one meaning.
        for (at, meaning) in self.used.iter().rev() {
            if let Some(means) = means.get_mut(*at) {
                *means = Some(*meaning);
            }
        }
        means
    }

    /// The position of the first (surest) column of that field.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.used.iter().find(|(_, meaning)| meaning.field == field).map(|(at, _)| *at)
    }

    /// The columns that tell a row's title, all that mean something but the computer's: the first
    /// and the last of each that stand side by side.
    pub fn telling(&self) -> Vec<(usize, usize)> {
        let telling = self.used.iter().filter(|(_, meaning)| meaning.field != Field::Host);
        let mut positions: Vec<usize> = telling.map(|(at, _)| *at).collect();
        positions.sort_unstable();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in positions {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 >= at => *last = at,
                _ => runs.push((at, at)),
            }
        }
        runs
    }

    /// The computer that a row names, as [`draft`](Self::draft) would have it; empty if none.
    pub fn host<'a>(&self, cell: impl Fn(usize) -> &'a str) -> &'a str {
        let hosts = self.used.iter().filter(|(_, meaning)| meaning.field == Field::Host);
        // The surest stand first.
        hosts.map(|(at, _)| cell(*at).trim()).find(|host| !is_blank(host)).unwrap_or_default()
    }

    /// Puts a row together; `cell` gives the text of a column by its position.
    pub fn draft<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Draft<'a> {
        self.draft_of(self.positions().map(cell))
    }

    /// Puts a row together of the texts at [`positions`](Self::positions).
    pub fn draft_of<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Draft<'a> {
        let mut draft = Draft::default();
        for ((_, meaning), text) in self.used.iter().zip(texts) {
            draft.put(*meaning, text);
        }
        draft
    }

    /// Which column holds what, for people: `name from “DisplayName”, version from …`.
    /// `headers` are the header's cells as written.
    pub fn described(&self, headers: &[&str]) -> Clause {
        self.described_as(&|at| {
            let quoted = |header: &&str| format!("\u{201C}{}\u{201D}", header.trim());
            headers.get(at).map(quoted).map(Clause::untold)
        })
    }

    /// The same for a table without a header: `name from column 1`.
    pub fn described_by_number(&self) -> Clause {
        self.described_as(&|at| Some(clause!("column {number}", number = at + 1)))
    }

    fn described_as(&self, label_of: &dyn Fn(usize) -> Option<Clause>) -> Clause {
        /// Fields that one part tells of, and the part.
        type Part = (&'static [Field], fn(Clause) -> Clause);
        const PARTS: &[Part] = &[
            (&[Field::Name, Field::PackageName], |from| clause!("name from {from}", from)),
            (&[Field::Version], |from| clause!("version from {from}", from)),
            (&[Field::Publisher], |from| clause!("publisher from {from}", from)),
            (&[Field::Host], |from| clause!("computer from {from}", from)),
        ];
        const IDENTIFIERS: &[Field] = &[
            Field::ProductCode,
            Field::Package,
            Field::PackageUrl,
            Field::Cpe,
            Field::Bundle,
            Field::Id,
            Field::Path,
            Field::UninstallCommand,
            Field::Signer,
            Field::Service,
            Field::Driver,
            Field::Process,
            Field::File,
        ];
        let parts = PARTS.iter().filter_map(|(fields, part)| {
            let mut columns = self.named(fields, label_of);
            let first = columns.next()?;
            Some(part(match columns.next() {
                Some(second) => clause!("{first} or {second}", first, second),
                None => first,
            }))
        });
        let others: Vec<Clause> = self.named(IDENTIFIERS, label_of).take(4).collect();
        let others = (!others.is_empty()).then(|| clause!("identifiers from {others}", others));
        let parts = parts.chain(others);
        parts.reduce(|parts, part| clause!("{parts}; {part}", parts, part)).unwrap_or_default()
    }

    fn named<'h>(
        &'h self,
        fields: &'h [Field],
        label_of: &'h dyn Fn(usize) -> Option<Clause>,
    ) -> impl Iterator<Item = Clause> + 'h {
        self.used
            .iter()
            .filter(|(_, meaning)| fields.contains(&meaning.field))
            .filter_map(|(at, _)| label_of(*at))
    }
}

fn is_host((_, meaning): &(usize, Meaning)) -> bool {
    meaning.field == Field::Host
}

#[cfg(test)]
mod tests;
