//! Any database with a table of installed programs: standard SQL, as SQLite, DuckDB and Spark read
//! it.

use super::conditions::Conditions;
use super::limits::{Limits, Wording};
use super::sql::{self, Column, Dialect, Source, doubled, values};
use super::{Engine, LOOKS_FOR, Limit, QueryFile, commented};
use crate::engine::catalog::Field;
use crate::engine::language::say;

pub(super) static ENGINE: Engine = Engine {
    id: "sql",
    name: "SQL over a table of your own",
    about: "For a table of installed programs in SQLite, DuckDB, Spark or the like: put your table's \
            name and columns into the first lines of the query, run it, and save the answer as CSV.",
    read_as: "delimited",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

static DIALECT: Dialect = Dialect {
    substring: "SUBSTR",
    concat: " || ",
    length: "LENGTH",
    table: values,
    exactly: "",
    literal: doubled,
    character: |c| format!("'{c}'"),
    // Neither is there one way to write line ends and the like.
    can_say: |text| !text.contains(|c: char| c == '\\' || c.is_control()),
    like: |c| match c {
        // Some take a backslash in a text as it is, to others it is an escape.
        '\\' => "_".to_owned(),
        '%' | '_' | '!' => format!("!{c}"),
        other => other.to_string(),
    },
};

/// The columns of the table.
const COLUMNS: &[Column] = &[
    Column { field: None, from: "host", to: "host" },
    Column { field: Some(Field::Name), from: "name", to: "name" },
    Column { field: None, from: "version", to: "version" },
    Column { field: Some(Field::Publisher), from: "publisher", to: "publisher" },
    Column { field: Some(Field::ProductCode), from: "product_code", to: "product_code" },
    Column { field: Some(Field::Package), from: "package_id", to: "package_id" },
    Column { field: Some(Field::Bundle), from: "bundle_id", to: "bundle_id" },
    Column { field: Some(Field::Signer), from: "signer", to: "signer" },
    Column { field: Some(Field::Path), from: "path", to: "path" },
    Column { field: Some(Field::Service), from: "service_name", to: "service_name" },
    Column { field: Some(Field::Driver), from: "driver_name", to: "driver_name" },
    Column { field: Some(Field::Process), from: "process_name", to: "process_name" },
];

static SOURCE: Source = Source { from: "inventory", columns: COLUMNS };

fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    let fields = SOURCE.looked_at();
    let mut limits = Limits::new(conditions, &fields, Wording::Like);
    let backslash = sql::unsayable(conditions, &DIALECT);
    limits.of_data(say!("A backslash in a name separates no words to it."));
    limits.of_rules(say!("Texts with a backslash in them are not looked for as wholes, since there is no one way to write \
         one."), backslash);
    limits.all
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let query = sql::query(conditions, &DIALECT, &SOURCE);
    let text = format!("{}{query}", commented("-- ", opening));
    vec![QueryFile { name: "clearlist.sql".to_owned(), text }]
}
