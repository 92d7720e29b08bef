//! Configuration Manager: T-SQL over the views of its database.

use super::conditions::Conditions;
use super::limits::{Limits, Wording};
use super::sql::{self, Column, Dialect, Source, doubled};
use super::{Engine, LOOKS_FOR, Limit, QueryFile, commented};
use crate::engine::catalog::Field;

pub(super) static ENGINE: Engine = Engine {
    id: "configmgr",
    name: "Configuration Manager (SQL Server)",
    about: "For the site database of Configuration Manager, on SQL Server 2017 or later: run it in \
            SQL Server Management Studio with the right to read the views, and save the results as \
            CSV with headers.",
    read_as: "configmgr",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

static DIALECT: Dialect = Dialect {
    substring: "SUBSTRING",
    concat: " + ",
    length: "LEN",
    table: |columns, rows| {
        // Texts have the collation of the database, which may be blind to capitals and accents.
        let chosen = columns.replace(" text,", &format!(" text{EXACTLY},"));
        format!(
            "  SELECT {chosen}\n  FROM (VALUES\n  {}\n  ) AS listed_here ({columns})",
            rows.join(",\n  ")
        )
    },
    exactly: EXACTLY,
    literal: |text| format!("N{}", doubled(text)),
    character: |c| format!("NCHAR({})", u32::from(c)),
    // Before the end of a line only, a backslash goes on with the text; there are no line ends in one.
    can_say: |_| true,
    like: |c| match c {
        '%' | '_' | '!' | '[' => format!("!{c}"),
        other => other.to_string(),
    },
};

/// Has texts compared by their code points.
const EXACTLY: &str = " COLLATE Latin1_General_100_BIN2";

static SOURCE: Source = Source {
    // Programs of 32 and of 64 bits stand in views of their own.
    from: "(SELECT ResourceID, DisplayName0, Version0, Publisher0, ProdID0 FROM v_GS_ADD_REMOVE_PROGRAMS
    UNION ALL SELECT ResourceID, DisplayName0, Version0, Publisher0, ProdID0 FROM v_GS_ADD_REMOVE_PROGRAMS_64) AS arp
  INNER JOIN v_R_System AS pc ON pc.ResourceID = arp.ResourceID",
    columns: &[
        Column { field: None, from: "pc.Netbios_Name0", to: "Netbios_Name0" },
        Column { field: Some(Field::Name), from: "arp.DisplayName0", to: "DisplayName0" },
        Column { field: None, from: "arp.Version0", to: "Version0" },
        Column { field: Some(Field::Publisher), from: "arp.Publisher0", to: "Publisher0" },
        Column { field: Some(Field::ProductCode), from: "arp.ProdID0", to: "ProdID0" },
    ],
};

fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    Limits::new(conditions, &SOURCE.looked_at(), Wording::Like).all
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let query = sql::query(conditions, &DIALECT, &SOURCE);
    let text = format!("{}{query}", commented("-- ", opening));
    vec![QueryFile { name: "clearlist-configmgr.sql".to_owned(), text }]
}
