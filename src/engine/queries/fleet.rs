//! Fleet: the queries of osquery as its own YAML, and policies that fail where something prohibited is
//! found.

use std::fmt::Write as _;

use super::conditions::Conditions;
use super::osquery::{DIALECT, INTERVAL, TABLES, Table, cannot};
use super::{Engine, LOOKS_FOR, QueryFile, commented, sql};

pub(super) static ENGINE: Engine = Engine {
    id: "fleet",
    name: "Fleet",
    about: "Queries and policies for Fleet: run fleetctl apply -f with each file, or run a query as a \
            live query, and export its results as CSV.",
    read_as: "fleet",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

/// The tables that policies are about: what is installed.
const OF_POLICIES: [&str; 4] = ["programs", "apps", "deb_packages", "rpm_packages"];

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let (mut queries, mut policies) = (commented("# ", opening), commented("# ", opening));
    for table in TABLES {
        let query = sql::query(conditions, &DIALECT, &table.source);
        document(&mut queries, "query", table, &query);
        // Writing to a string cannot fail.
        let _ = write!(
            queries,
            "  interval: {INTERVAL}\n  platform: {}\n  logging: snapshot\n",
            quoted(table.platform)
        );
        if !OF_POLICIES.contains(&table.name) {
            continue;
        }
        let of_policy = format!(
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM (\n{}\n) WHERE found_outcome = 'prohibited');\n",
            query.trim_end().trim_end_matches(';')
        );
        document(&mut policies, "policy", table, &of_policy);
        let resolution = "Run the query of the same name on the computer, read the answer with \
                          Clearlist, and follow the steps that it gives for each program.";
        let _ = write!(
            policies,
            "  resolution: {}\n  platform: {}\n",
            quoted(resolution),
            quoted(table.platform)
        );
    }
    vec![
        QueryFile { name: "clearlist-queries.yml".to_owned(), text: queries },
        QueryFile { name: "clearlist-policies.yml".to_owned(), text: policies },
    ]
}

/// Begins a document of YAML, with what queries and policies have alike.
fn document(text: &mut String, kind: &str, table: &Table, query: &str) {
    let name = format!("Clearlist: {}", table.what);
    let description = match kind {
        "policy" => format!("None of the {} is prohibited.", table.what),
        _ => format!("Which of the {} are covered.", table.what),
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "---\napiVersion: v1\nkind: {kind}\nspec:\n  name: {}\n  description: {}\n  query: |\n",
        quoted(&name),
        quoted(&description)
    );
    for line in query.lines() {
        let _ = writeln!(text, "    {line}");
    }
}

/// A text in quotation marks: what JSON writes, YAML reads.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
