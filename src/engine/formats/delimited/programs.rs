//! The programs of a row: mostly one.

use std::ops::Range;

use crate::engine::formats::columns::{Columns, Field};
use crate::engine::limits::ROW_PROGRAMS;

/// The columns of one program of a row.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// What they mean, with those that speak of all programs of the row.
    pub columns: Columns,
    /// The columns that stand before the first program.
    shared: Range<usize>,
    /// The program's own, with those that mean nothing.
    own: Range<usize>,
}

impl Program {
    /// The only one of a row of so many columns.
    pub fn alone(columns: Columns, width: usize) -> Self {
        Self { columns, shared: 0..0, own: 0..width }
    }

    /// How many programs the cells list, one a line, if they do: a tool that gives a row to each
    /// computer writes all its programs in one cell. The row has so many cells.
    pub fn lists_in_cells<'a>(
        &self,
        cells: usize,
        cell: &impl Fn(usize) -> &'a str,
    ) -> Option<usize> {
        let name = self.columns.position(Field::Name)?;
        let count = |at: usize| cell(at).trim_end().split('\n').count();
        let entries = count(name);
        // Two lines alone may be one name with a line end in it.
        let has_another = || {
            let near = [&self.shared, &self.own].map(|range| range.start..range.end.min(cells));
            let others = near.into_iter().flatten().chain(self.columns.positions());
            others.filter(|at| *at != name).any(|at| count(at) == entries)
        };
        (entries > 2 || (entries == 2 && has_another())).then_some(entries)
    }
}

/// The programs of each row, and how many columns are read for them. Where the same header names several
/// (`Name`, `Version`, `Name`: the answer to several questions at once), each has the columns from its name
/// to the next; the computer's and those before the first name speak of all. What is beyond the last means
/// nothing from now on, but for the computer.
pub(super) fn programs_of(header: &[String], columns: &mut Columns) -> (Vec<Program>, usize) {
    let name = columns.position(Field::Name);
    let word = name.and_then(|name| header.get(name));
    let is_name = |at: &usize| word.is_some() && header.get(*at) == word;
    let names: Vec<usize> = (0..header.len()).filter(is_name).collect();
    let read = names.get(ROW_PROGRAMS).copied().unwrap_or(header.len());
    columns.leave_out_from(read);
    let [first, others @ ..] = &names[..] else {
        return (vec![Program::alone(columns.clone(), read)], read);
    };
    let ends = others.iter().copied().chain([read]);
    let program = |(begin, end): (usize, usize)| {
        let (shared, own) = (0..*first, begin..end);
        let columns = columns.within(|at| shared.contains(&at) || own.contains(&at));
        Program { columns, shared, own }
    };
    (names.iter().copied().zip(ends).take(ROW_PROGRAMS).map(program).collect(), read)
}
