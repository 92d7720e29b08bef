//! osquery: a pack of queries, one for each of its tables of software.

use super::conditions::Conditions;
use super::limits::{Limits, Wording};
use super::sql::{self, Column, Dialect, Source, doubled, values};
use super::{Engine, LOOKS_FOR, Limit, QueryFile};
use crate::engine::catalog::Field;
use serde_json::{Map, Value, json};

pub(super) static ENGINE: Engine = Engine {
    id: "osquery",
    name: "osquery",
    about: "A pack for osquery: name the file under \"packs\" in osquery's configuration, or give one \
            of its queries to osqueryi --json, and save what it answers or logs.",
    read_as: "osquery",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

/// osquery is SQLite.
pub(super) static DIALECT: Dialect = Dialect {
    substring: "SUBSTR",
    concat: " || ",
    length: "LENGTH",
    table: values,
    exactly: "",
    literal: doubled,
    character: |c| format!("CHAR({})", u32::from(c)),
    can_say: |_| true,
    like: |c| match c {
        '%' | '_' | '!' => format!("!{c}"),
        other => other.to_string(),
    },
};

/// A table of osquery that software is in.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The platforms it is on, as osquery names them.
    pub(super) platform: &'static str,
    /// What is in it, for people.
    pub(super) what: &'static str,
    pub(super) source: Source,
}

/// The tables, with the columns that osquery's schema gives them.
pub(super) static TABLES: &[Table] = &[
    Table {
        name: "programs",
        platform: "windows",
        what: "installed programs",
        source: Source {
            from: "programs",
            columns: &[
                NAME,
                VERSION,
                Column { field: Some(Field::Publisher), from: "publisher", to: "publisher" },
                Column {
                    field: Some(Field::Path),
                    from: "install_location",
                    to: "install_location",
                },
                Column {
                    field: Some(Field::ProductCode),
                    from: "identifying_number",
                    to: "identifying_number",
                },
            ],
        },
    },
    Table {
        name: "apps",
        platform: "darwin",
        what: "applications",
        source: Source {
            from: "apps",
            columns: &[
                NAME,
                Column { field: None, from: "bundle_short_version", to: "bundle_short_version" },
                Column { field: Some(Field::Publisher), from: "info_string", to: "info_string" },
                Column {
                    field: Some(Field::Bundle),
                    from: "bundle_identifier",
                    to: "bundle_identifier",
                },
                Column { field: Some(Field::Path), from: "path", to: "path" },
            ],
        },
    },
    Table {
        name: "deb_packages",
        platform: "linux",
        what: "Debian packages",
        source: Source {
            from: "deb_packages",
            columns: &[
                NAME,
                VERSION,
                Column { field: None, from: "arch", to: "arch" },
                Column { field: None, from: "revision", to: "revision" },
                Column { field: Some(Field::Publisher), from: "maintainer", to: "maintainer" },
            ],
        },
    },
    Table {
        name: "rpm_packages",
        platform: "linux",
        what: "RPM packages",
        source: Source {
            from: "rpm_packages",
            columns: &[
                NAME,
                VERSION,
                Column { field: None, from: "release", to: "release" },
                Column { field: None, from: "sha1", to: "sha1" },
                Column { field: None, from: "arch", to: "arch" },
                Column { field: Some(Field::Publisher), from: "vendor", to: "vendor" },
            ],
        },
    },
    Table {
        name: "services",
        platform: "windows",
        what: "services",
        source: Source {
            from: "services",
            columns: &[
                Column { field: Some(Field::Service), from: "name", to: "service_name" },
                Column { field: Some(Field::Name), from: "display_name", to: "display_name" },
                Column { field: None, from: "start_type", to: "start_type" },
                Column { field: Some(Field::Path), from: "path", to: "path" },
            ],
        },
    },
    Table {
        name: "drivers",
        platform: "windows",
        what: "drivers",
        source: Source {
            from: "drivers",
            columns: &[
                Column { field: Some(Field::Name), from: "description", to: "description" },
                Column { field: Some(Field::Publisher), from: "provider", to: "provider" },
                VERSION,
                // The file of the path: what is left without everything up to the last backslash.
                Column {
                    field: Some(Field::Driver),
                    from: "REPLACE(image, RTRIM(image, REPLACE(image, '\\', '')), '')",
                    to: "driver_name",
                },
            ],
        },
    },
    Table {
        name: "chrome_extensions",
        platform: "darwin,linux,windows",
        what: "extensions of Chrome and its kin",
        source: Source {
            // Without the users it lists only the extensions of whoever osquery runs as.
            from: "users CROSS JOIN chrome_extensions USING (uid)",
            columns: &[
                Column { field: Some(Field::Name), from: "chrome_extensions.name", to: "name" },
                Column { field: None, from: "chrome_extensions.version", to: "version" },
                Column { field: Some(Field::Publisher), from: "author", to: "author" },
                Column { field: Some(Field::Package), from: "identifier", to: "package_id" },
            ],
        },
    },
];

const NAME: Column = Column { field: Some(Field::Name), from: "name", to: "name" };
const VERSION: Column = Column { field: None, from: "version", to: "version" };

/// Seconds between one run of a query and the next: software changes slowly.
pub(super) const INTERVAL: u32 = 86_400;

pub(super) fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    let fields: Vec<Field> = TABLES.iter().flat_map(|table| table.source.looked_at()).collect();
    Limits::new(conditions, &fields, Wording::Like).all
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let queries: Map<String, Value> = TABLES
        .iter()
        .map(|table| {
            let query = json!({
                "query": sql::query(conditions, &DIALECT, &table.source),
                "interval": INTERVAL,
                "platform": table.platform,
                "snapshot": true,
                // JSON has no comments.
                "description": format!("{} that are covered.\n{}", table.what, opening.join("\n")),
            });
            (format!("clearlist_{}", table.name), query)
        })
        .collect();
    // Strings and numbers always serialise.
    let text = serde_json::to_string_pretty(&json!({ "queries": queries })).unwrap_or_default();
    vec![QueryFile { name: "clearlist.conf".to_owned(), text: text + "\n" }]
}
