//! Scripts that write what is on a computer as CSV, with the identifiers that tell the most.
//!
//! They look for nothing: what is found in the CSV is Clearlist's to say.

use super::conditions::Conditions;
use super::limits::{Limits, Wording};
use super::{Engine, Limit, QueryFile, UNINSTALL, commented};
use crate::engine::catalog::Field;
use crate::engine::language::say;

pub(super) static POWERSHELL: Engine = Engine {
    id: "powershell",
    name: "PowerShell script for Windows",
    about: "Lists programs, apps, services and drivers of a Windows computer: run it there in Windows \
            PowerShell, best as administrator, and collect the CSV that it writes.",
    read_as: "delimited",
    looks_for: "It lists everything; what is covered is found when the list is read, for example by: {directives}.",
    files: |_, opening| {
        let body = include_str!("collect.ps1").replace("{uninstall}", UNINSTALL);
        script("clearlist-windows.ps1", "", opening, &body)
    },
    cannot: |conditions| {
        let copied = say!("Programs that are merely copied to the disk are missing.");
        cannot(conditions, &WINDOWS, copied)
    },
};

pub(super) static BASH: Engine = Engine {
    id: "bash",
    name: "bash script for Linux and macOS",
    about: "Lists packages, apps and services of a computer with Linux or macOS: run it there with \
            bash and save what it prints, as in bash clearlist-unix.sh > pc-1.csv.",
    read_as: "delimited",
    looks_for: "It lists everything; what is covered is found when the list is read, for example by: {directives}.",
    files: |_, opening| {
        script("clearlist-unix.sh", "#!/usr/bin/env bash\n", opening, include_str!("collect.bash"))
    },
    cannot: |conditions| {
        let copied = say!("Programs that no package manager installed are missing on Linux.");
        cannot(conditions, &UNIX, copied)
    },
};

const WINDOWS: [Field; 7] = [
    Field::Name,
    Field::Publisher,
    Field::ProductCode,
    Field::Package,
    Field::Path,
    Field::Service,
    Field::Driver,
];

const UNIX: [Field; 6] =
    [Field::Name, Field::Publisher, Field::Package, Field::Bundle, Field::Path, Field::Service];

/// Clearlist reads the names itself, so that only what is not listed is missing.
fn cannot(conditions: &Conditions<'_>, fields: &[Field], copied: &str) -> Vec<Limit> {
    let mut limits = Limits::new(conditions, fields, Wording::Whole);
    limits.of_data(copied);
    limits.all
}

fn script(name: &str, first: &str, opening: &[String], body: &str) -> Vec<QueryFile> {
    let text = format!("{first}{}\n{body}", commented("# ", opening));
    vec![QueryFile { name: name.to_owned(), text }]
}
