//! The SQL, run in SQLite.

use std::collections::{BTreeMap, BTreeSet};

use clearlist::bundled;
use clearlist::engine::catalog::Strength;
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::judge::judge;
use clearlist::engine::queries::{self, QueryFile};
use clearlist::engine::recognise::{Recognised, recognise};
use clearlist::engine::record::IdentifierKind;
use clearlist::engine::report::Report;
use clearlist::engine::rules::{RuleRef, Rules, rules_in_order};
use clearlist::engine::scan::{Scan, Settings};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};
use sqlparser::dialect::MsSqlDialect;
use sqlparser::parser::Parser;
use unicode_normalization::UnicodeNormalization;

use crate::inventory::{KINDS, Program, programs};

/// What of a program a column has.
#[derive(Clone, Copy)]
enum Has {
    Name,
    Version,
    Publisher,
    Identifier(IdentifierKind),
}

/// The columns that are filled, what they are called in the answer, and what they have.
type Columns = &'static [(&'static str, &'static str, Has)];

/// A table of programs, and the query over it.
struct Case {
    query: String,
    table: &'static str,
    /// Statements that make the table; it may have other columns than those that are filled.
    make: String,
    /// The columns that are filled, and what they are called in the answer.
    columns: Columns,
    /// What a value is put into the table as.
    written: fn(Has, &str) -> String,
}

/// A product and whether it is certain.
type Found = BTreeSet<(String, bool)>;

/// What the engine finds that a directive says something about, and whether it read a text otherwise.
fn found_by_the_engine(rules: &Rules, refs: &[RuleRef<'_>], program: &Program) -> (Found, bool) {
    let Recognised::Products(products) = recognise(rules, refs, &program.title()) else {
        return (Found::new(), false);
    };
    let is_read_otherwise = products
        .iter()
        .flat_map(|found| &found.evidence)
        .any(|evidence| !evidence.disguise.is_empty() || !evidence.repaired_from.is_empty());
    let is_covered = |found: &&clearlist::engine::identify::Identification<'_>| {
        let (file, product, strength) = (found.file, found.product, found.strength);
        let outcomes =
            rules.directives.iter().map(|d| judge(d, file, product, strength, &product.platforms));
        outcomes.map(|outcome| outcome.outcome).min() < Some(OutcomeKind::Exempt)
    };
    let found = products
        .iter()
        .filter(is_covered)
        .map(|found| (found.product.id.get_ref().clone(), found.strength > Strength::Weak))
        .collect();
    (found, is_read_otherwise)
}

/// Why the query and the engine may differ about a program. Nothing else may.
fn kind_of_difference(program: &Program, is_read_otherwise: bool) -> Option<&'static str> {
    let is_other_width = |text: &str| text.nfkc().ne(text.nfc()) || text.nfc().ne(text.chars());
    if program.is_name_cut {
        Some("the list has only the beginning of the name")
    } else if is_read_otherwise {
        Some("letters of other scripts in the place of those they look like, or a wrong encoding")
    } else if program.texts().any(is_other_width) {
        Some("letters of another width, or with their marks apart")
    } else if program.name.ends_with(['™', '®', '©']) {
        Some("a sign right behind a version or a file's name: the query looks through it")
    } else {
        None
    }
}

impl Case {
    /// The program with what the table has of it.
    fn part_of(&self, program: &Program) -> Program {
        let has = |wanted: IdentifierKind| {
            self.columns.iter().any(|(_, _, has)| matches!(has, Has::Identifier(k) if *k == wanted))
        };
        let has_publisher = self.columns.iter().any(|(_, _, has)| matches!(has, Has::Publisher));
        let mut part = program.clone();
        if !has_publisher {
            part.publisher.clear();
        }
        for (kind, value) in KINDS.into_iter().zip(&mut part.identifiers) {
            if !has(kind) {
                value.clear();
            }
        }
        part
    }

    /// What the columns have of the program.
    fn row(&self, program: &Program) -> Vec<String> {
        let value = |has: &Has| match has {
            Has::Name => program.name.clone(),
            Has::Version => program.version.clone(),
            Has::Publisher => program.publisher.clone(),
            Has::Identifier(kind) => {
                let at = KINDS.iter().position(|other| other == kind).unwrap();
                program.identifiers[at].clone()
            }
        };
        self.columns.iter().map(|(_, _, has)| value(has)).collect()
    }

    /// The table with the programs in it.
    fn filled(&self, programs: &[Program]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(&self.make).unwrap();
        let names: Vec<&str> = self.columns.iter().map(|(name, _, _)| *name).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let insert = format!("INSERT INTO {} ({}) VALUES ({marks})", self.table, names.join(", "));
        {
            let mut insert = connection.prepare(&insert).unwrap();
            for program in programs {
                let row = self.row(program).into_iter().zip(self.columns);
                let row = row.map(|(value, (_, _, has))| (self.written)(*has, &value));
                insert.execute(params_from_iter(row)).unwrap();
            }
        }
        connection
    }

    /// What the query finds, by what the columns have of the program, and how many rows it gives.
    fn found(&self, connection: &Connection) -> BTreeMap<Vec<String>, (Found, usize)> {
        let (names, rows) = answer(connection, &self.query);
        let at = |name: &str| names.iter().position(|other| other == name).unwrap();
        let of_program: Vec<usize> = self.columns.iter().map(|(_, name, _)| at(name)).collect();
        let (product, certainty) = (at("found_product"), at("found_certainty"));
        let mut found: BTreeMap<Vec<String>, (Found, usize)> = BTreeMap::new();
        for row in rows {
            let key = of_program.iter().map(|at| row[*at].clone()).collect();
            let entry = found.entry(key).or_default();
            entry.0.insert((row[product].clone(), row[certainty] == "certain"));
            entry.1 += 1;
        }
        found
    }

    /// The query finds what the engine does, each on so many computers, but for the kinds of
    /// differences that there may be; returns how many programs both find.
    fn check(
        &self,
        rules: &Rules,
        programs: &[(Program, String)],
        connection: &Connection,
        computers: usize,
    ) -> usize {
        let refs: Vec<_> = rules_in_order(&rules.catalog).collect();
        let found = self.found(connection);
        let mut differences: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut unexplained, mut agreed) = (Vec::new(), 0);
        for (program, from) in programs {
            let by_query = found.get(&self.row(program));
            if let Some((products, rows)) = by_query {
                assert_eq!(*rows, products.len() * computers, "{program:?}");
            }
            let by_query = by_query.map(|(products, _)| products.clone()).unwrap_or_default();
            let (by_engine, is_read_otherwise) = found_by_the_engine(rules, &refs, program);
            if by_query == by_engine {
                agreed += usize::from(!by_engine.is_empty());
                continue;
            }
            match kind_of_difference(program, is_read_otherwise) {
                Some(kind) => *differences.entry(kind).or_default() += 1,
                None => unexplained.push(format!(
                    "{from}: {:?}\n    engine {by_engine:?}\n    query  {by_query:?}",
                    program.title()
                )),
            }
        }
        println!("{}: {} programs, {agreed} found; {differences:?}", self.table, programs.len());
        assert!(
            unexplained.is_empty(),
            "{}: {} unexplained:\n{}",
            self.table,
            unexplained.len(),
            unexplained.join("\n")
        );
        agreed
    }

    /// The programs with what the table has of them, each once.
    fn parts_of(&self, programs: &[(Program, String)]) -> Vec<(Program, String)> {
        let parts: BTreeMap<Program, String> = programs
            .iter()
            .map(|(program, from)| (self.part_of(program), from.clone()))
            // Of two that are the same in the table, the one that is whole.
            .filter(|(program, _)| program.texts().any(|text| !text.is_empty()))
            .collect();
        let mut seen = BTreeSet::new();
        parts.into_iter().filter(|(program, _)| seen.insert(self.row(program))).collect()
    }
}

/// The columns and the rows of an answer.
pub fn answer(connection: &Connection, query: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut statement = connection.prepare(query).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut answer = statement.query([]).unwrap();
    while let Some(row) = answer.next().unwrap() {
        rows.push((0..names.len()).map(|at| row.get::<_, String>(at).unwrap()).collect());
    }
    (names, rows)
}

pub fn files(rules: &Rules, engine: &str) -> Vec<QueryFile> {
    queries::write(queries::find(engine).unwrap(), rules, &[]).files
}

pub fn report(rules: &Rules, text: &str) -> Report {
    let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    scan.begin_source("answer");
    scan.push(text.as_bytes());
    scan.end_source();
    scan.finish()
}

fn csv(names: &[String], rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: &[String]| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    line(names) + &rows.iter().map(|row| line(row)).collect::<String>()
}

/// The answer, read by Clearlist, is read as what the engine says, and has the products that the query
/// found.
#[track_caller]
fn check_round_trip(rules: &Rules, engine: &str, text: &str, products: &BTreeSet<String>) {
    let report = report(rules, text);
    assert_eq!(report.sources[0].format, queries::find(engine).unwrap().read_as, "{text:.300}");
    let read: BTreeSet<String> = report.findings.iter().map(|f| f.product.id.clone()).collect();
    let missing: Vec<&String> = products.difference(&read).collect();
    assert!(missing.is_empty(), "{engine}: not read: {missing:?}");
}

fn products_of(names: &[String], rows: &[Vec<String>]) -> BTreeSet<String> {
    let at = names.iter().position(|name| name == "found_product").unwrap();
    rows.iter().map(|row| row[at].clone()).collect()
}

/// Enough for a query that the one over a table of one's own differs from in its table only.
fn every_sixth(programs: Vec<(Program, String)>) -> Vec<(Program, String)> {
    programs.into_iter().step_by(6).collect()
}

const NAME: (&str, &str, Has) = ("name", "name", Has::Name);
const VERSION: (&str, &str, Has) = ("version", "version", Has::Version);

fn as_it_is(_: Has, value: &str) -> String {
    value.to_owned()
}

fn own_table(rules: &Rules) -> Case {
    use IdentifierKind as Kind;
    Case {
        query: files(rules, "sql").remove(0).text,
        table: "inventory",
        make: "CREATE TABLE inventory (host TEXT, name TEXT, version TEXT, publisher TEXT, \
               product_code TEXT, package_id TEXT, bundle_id TEXT, signer TEXT, path TEXT, \
               service_name TEXT, driver_name TEXT, process_name TEXT)"
            .to_owned(),
        columns: &[
            NAME,
            VERSION,
            ("publisher", "publisher", Has::Publisher),
            ("product_code", "product_code", Has::Identifier(Kind::ProductCode)),
            ("package_id", "package_id", Has::Identifier(Kind::Package)),
            ("bundle_id", "bundle_id", Has::Identifier(Kind::Bundle)),
            ("signer", "signer", Has::Identifier(Kind::Signer)),
            ("path", "path", Has::Identifier(Kind::Path)),
            ("service_name", "service_name", Has::Identifier(Kind::Service)),
            ("driver_name", "driver_name", Has::Identifier(Kind::Driver)),
            ("process_name", "process_name", Has::Identifier(Kind::Process)),
        ],
        written: as_it_is,
    }
}

#[test]
fn the_sql_finds_in_a_million_records_what_the_engine_finds() {
    let rules = bundled::rules();
    let case = own_table(&rules);
    let programs = case.parts_of(&programs(&rules));
    let once: Vec<Program> = programs.iter().map(|(program, _)| program.clone()).collect();
    let connection = case.filled(&once);
    // Every program on each of so many computers.
    let computers = 1_000_000_usize.div_ceil(once.len());
    connection
        .execute_batch(&format!(
            "WITH RECURSIVE computer (n) AS
               (SELECT 2 UNION ALL SELECT n + 1 FROM computer WHERE n < {computers})
             INSERT INTO inventory SELECT 'pc-' || n, name, version, publisher, product_code,
               package_id, bundle_id, signer, path, service_name, driver_name, process_name
             FROM inventory, computer;
             UPDATE inventory SET host = 'pc-1' WHERE host IS NULL;"
        ))
        .unwrap();
    let count = connection.query_row("SELECT COUNT(*) FROM inventory", [], |row| row.get(0));
    assert!(count.unwrap_or(0_u32) >= 1_000_000);
    let agreed = case.check(&rules, &programs, &connection, computers);
    assert!(agreed > 5_000, "only {agreed}");
}

#[test]
fn the_answer_of_the_sql_is_read_as_a_list_of_programs() {
    let rules = bundled::rules();
    let case = own_table(&rules);
    let programs: Vec<Program> = programs(&rules).into_iter().map(|(program, _)| program).collect();
    let connection = case.filled(&programs);
    connection.execute("UPDATE inventory SET host = 'pc-1'", []).unwrap();
    let (names, rows) = answer(&connection, &case.query);
    check_round_trip(&rules, "sql", &csv(&names, &rows), &products_of(&names, &rows));
}

/// The tables of osquery, as its schema has them.
const OSQUERY: [(&str, &str, Columns); 7] = {
    use IdentifierKind as Kind;
    [
        (
            "programs",
            "CREATE TABLE programs (name TEXT, version TEXT, install_location TEXT, \
             install_source TEXT, language TEXT, publisher TEXT, uninstall_string TEXT, \
             install_date TEXT, identifying_number TEXT)",
            &[
                NAME,
                VERSION,
                ("publisher", "publisher", Has::Publisher),
                ("install_location", "install_location", Has::Identifier(Kind::Path)),
                ("identifying_number", "identifying_number", Has::Identifier(Kind::ProductCode)),
            ],
        ),
        (
            "apps",
            "CREATE TABLE apps (name TEXT, path TEXT, bundle_executable TEXT, bundle_identifier TEXT, \
             bundle_name TEXT, bundle_short_version TEXT, bundle_version TEXT, \
             bundle_package_type TEXT, environment TEXT, element TEXT, compiler TEXT, \
             development_region TEXT, display_name TEXT, info_string TEXT, \
             minimum_system_version TEXT, category TEXT, applescript_enabled TEXT, copyright TEXT, \
             last_opened_time DOUBLE)",
            &[
                NAME,
                ("bundle_short_version", "bundle_short_version", Has::Version),
                ("info_string", "info_string", Has::Publisher),
                ("bundle_identifier", "bundle_identifier", Has::Identifier(Kind::Bundle)),
                ("path", "path", Has::Identifier(Kind::Path)),
            ],
        ),
        (
            "deb_packages",
            "CREATE TABLE deb_packages (name TEXT, version TEXT, source TEXT, size BIGINT, arch TEXT, \
             revision TEXT, status TEXT, maintainer TEXT, section TEXT, priority TEXT, admindir TEXT)",
            &[NAME, VERSION, ("maintainer", "maintainer", Has::Publisher)],
        ),
        (
            "rpm_packages",
            "CREATE TABLE rpm_packages (name TEXT, version TEXT, release TEXT, source TEXT, \
             size BIGINT, sha1 TEXT, arch TEXT, epoch INTEGER, install_time INTEGER, vendor TEXT, \
             package_group TEXT)",
            &[NAME, VERSION, ("vendor", "vendor", Has::Publisher)],
        ),
        (
            "services",
            "CREATE TABLE services (name TEXT, service_type TEXT, display_name TEXT, status TEXT, \
             pid INTEGER, start_type TEXT, win32_exit_code INTEGER, service_exit_code INTEGER, \
             path TEXT, module_path TEXT, description TEXT, user_account TEXT)",
            &[
                ("name", "service_name", Has::Identifier(Kind::Service)),
                ("display_name", "display_name", Has::Name),
                ("path", "path", Has::Identifier(Kind::Path)),
            ],
        ),
        (
            "drivers",
            "CREATE TABLE drivers (device_id TEXT, device_name TEXT, image TEXT, description TEXT, \
             service TEXT, service_key TEXT, version TEXT, inf TEXT, class TEXT, provider TEXT, \
             manufacturer TEXT, driver_key TEXT, date BIGINT, signed INTEGER)",
            &[
                ("description", "description", Has::Name),
                ("provider", "provider", Has::Publisher),
                VERSION,
                ("image", "driver_name", Has::Identifier(Kind::Driver)),
            ],
        ),
        (
            "chrome_extensions",
            "CREATE TABLE chrome_extensions (browser_type TEXT, uid BIGINT DEFAULT 1000, name TEXT, \
             profile TEXT, profile_path TEXT, referenced_identifier TEXT, identifier TEXT, \
             version TEXT, description TEXT, default_locale TEXT, current_locale TEXT, \
             update_url TEXT, author TEXT, persistent INTEGER, path TEXT, permissions TEXT); \
             CREATE TABLE users (uid BIGINT, gid BIGINT, username TEXT, description TEXT, \
             directory TEXT, shell TEXT, uuid TEXT); \
             INSERT INTO users (uid, username) VALUES (1000, 'a person')",
            &[
                NAME,
                VERSION,
                ("author", "author", Has::Publisher),
                ("identifier", "package_id", Has::Identifier(Kind::Package)),
            ],
        ),
    ]
};

fn osquery_cases(rules: &Rules) -> Vec<Case> {
    let pack: Value = serde_json::from_str(&files(rules, "osquery")[0].text).unwrap();
    let queries = pack["queries"].as_object().unwrap();
    assert_eq!(queries.len(), OSQUERY.len());
    OSQUERY
        .into_iter()
        .map(|(table, make, columns)| {
            let query = &queries[&format!("clearlist_{table}")];
            for (key, is_right) in [
                ("interval", query["interval"].as_u64() > Some(0)),
                ("platform", query["platform"].is_string()),
                ("snapshot", query["snapshot"] == true),
                ("description", query["description"].is_string()),
            ] {
                assert!(is_right, "{table}: {key}");
            }
            Case {
                query: query["query"].as_str().unwrap().to_owned(),
                table,
                make: make.to_owned(),
                columns,
                written: |has, value| match has {
                    Has::Identifier(IdentifierKind::Driver) if !value.is_empty() => {
                        format!(r"C:\Windows\System32\drivers\{value}")
                    }
                    _ => value.to_owned(),
                },
            }
        })
        .collect()
}

#[test]
fn the_queries_of_osquery_find_in_its_tables_what_the_engine_finds() {
    let rules = bundled::rules();
    let programs = programs(&rules);
    for case in osquery_cases(&rules) {
        let programs = every_sixth(case.parts_of(&programs));
        let once: Vec<Program> = programs.iter().map(|(program, _)| program.clone()).collect();
        let connection = case.filled(&once);
        let agreed = case.check(&rules, &programs, &connection, 1);
        assert!(agreed > 100, "{}: only {agreed}", case.table);
        let (names, mut rows) = answer(&connection, &case.query);
        // What a table lists has a name, even if some lists of the corpus do not tell it.
        let name = case.columns.iter().find(|(_, _, has)| matches!(has, Has::Name)).unwrap().1;
        let at = names.iter().position(|other| other == name).unwrap();
        rows.retain(|row| !row[at].is_empty());
        // And of paths, osquery's tables have those of Windows and of apps, not of any file.
        let is_of_table = |cell: &String| !cell.starts_with('/') || cell.ends_with(".app");
        rows.retain(|row| row.iter().all(is_of_table));
        // As osqueryd logs a snapshot, here with one program on a computer.
        let logged = |(number, row): (usize, &Vec<String>)| {
            let cells = names.iter().cloned().zip(row.iter().map(|cell| json!(cell)));
            let line = json!({
                "snapshot": [cells.collect::<serde_json::Map<_, _>>()], "action": "snapshot",
                "name": "pack_clearlist", "hostIdentifier": format!("pc-{number}"),
                "calendarTime": "Sat Jan 31 00:00:00 2026 UTC", "unixTime": 1_769_817_600,
            });
            format!("{line}\n")
        };
        let logged: String = rows.iter().enumerate().map(logged).collect();
        let products = products_of(&names, &rows);
        check_round_trip(&rules, "osquery", &logged, &products);
    }
}

#[test]
fn the_files_of_fleet_are_its_yaml_and_a_policy_passes_only_where_nothing_is_prohibited() {
    let rules = bundled::rules();
    let files = files(&rules, "fleet");
    let documents = |file: &QueryFile| yaml_rust2::YamlLoader::load_from_str(&file.text).unwrap();
    let (queries, policies) = (documents(&files[0]), documents(&files[1]));
    assert_eq!((queries.len(), policies.len()), (7, 4));
    for (documents, kind, own) in [
        (&queries, "query", ["interval", "logging"]),
        (&policies, "policy", ["resolution", "query"]),
    ] {
        for document in documents {
            assert_eq!(document["apiVersion"].as_str(), Some("v1"));
            assert_eq!(document["kind"].as_str(), Some(kind));
            for key in ["name", "description", "query", "platform"].into_iter().chain(own) {
                assert!(!document["spec"][key].is_badvalue(), "{kind}: {key}");
            }
        }
    }
    let cases = osquery_cases(&rules);
    for (document, case) in queries.iter().zip(&cases) {
        // YAML ends the text with a line end of its own.
        let query = document["spec"]["query"].as_str().unwrap();
        assert_eq!(query.trim(), case.query.trim());
    }
    for (document, case) in policies.iter().zip(&cases) {
        let passes = |name: &str| {
            let program = Program { name: name.to_owned(), ..Program::default() };
            let connection = case.filled(&[program]);
            let mut policy =
                connection.prepare(document["spec"]["query"].as_str().unwrap()).unwrap();
            policy.exists([]).unwrap()
        };
        assert!(!passes("Kaspersky Total Security"), "{}", case.table);
        assert!(passes("Notepad++"), "{}", case.table);
    }
    let (names, rows) = answer(&cases[0].filled(&[kaspersky()]), &cases[0].query);
    let mut names_of_fleet = vec!["host_hostname".to_owned()];
    names_of_fleet.extend(names.iter().cloned());
    let rows_of_fleet: Vec<Vec<String>> =
        rows.iter().map(|row| [vec!["pc-1".to_owned()], row.clone()].concat()).collect();
    let text = csv(&names_of_fleet, &rows_of_fleet);
    check_round_trip(&rules, "fleet", &text, &products_of(&names, &rows));
}

fn kaspersky() -> Program {
    Program {
        name: "Kaspersky Endpoint Security for Windows".to_owned(),
        publisher: "AO Kaspersky Lab".to_owned(),
        version: "12.6.0.438".to_owned(),
        ..Program::default()
    }
}

/// T-SQL in the words of SQLite: what is only spelt otherwise is replaced.
pub fn as_sqlite(sql: &str) -> String {
    let mut text = String::new();
    for line in sql.lines() {
        // SQLite cannot name the columns of a table that stands in a FROM; they have names already.
        let is_frame = line.starts_with("  ) AS listed_here (")
            || line.contains(", product,") && line.starts_with("  SELECT vendor")
            || ["  SELECT seen_in, field", "  SELECT field"].contains(&line)
            || line.starts_with("  SELECT product, vendor, id,");
        if !is_frame {
            text.push_str(line);
            text.push('\n');
        }
    }
    [
        ("  FROM (VALUES\n", "  VALUES\n"),
        (" COLLATE Latin1_General_100_BIN2", ""),
        ("NCHAR(", "CHAR("),
        ("SUBSTRING(", "SUBSTR("),
        (" LEN(", " LENGTH("),
        (" + ", " || "),
        ("END+", "END||"),
    ]
    .into_iter()
    .fold(without_n(&text), |text, (tsql, sqlite)| text.replace(tsql, sqlite))
}

/// The text with N'…' as '…'.
fn without_n(text: &str) -> String {
    [" N'", "(N'", ",N'"]
        .into_iter()
        .fold(text.to_owned(), |text, quoted| text.replace(quoted, &quoted.replace('N', "")))
}

#[test]
fn the_query_of_configmgr_is_t_sql_and_finds_what_the_engine_finds() {
    use IdentifierKind as Kind;
    let rules = bundled::rules();
    let query = files(&rules, "configmgr").remove(0).text;
    let parsed = Parser::parse_sql(&MsSqlDialect {}, &query).unwrap();
    assert_eq!(parsed.len(), 1);
    let view = |name: &str| {
        format!(
            "CREATE TABLE {name} (ResourceID INTEGER DEFAULT 7, GroupID INTEGER, ProdID0 TEXT, \
             DisplayName0 TEXT, InstallDate0 TEXT, Publisher0 TEXT, Version0 TEXT);"
        )
    };
    let case = Case {
        query: as_sqlite(&query),
        table: "v_GS_ADD_REMOVE_PROGRAMS_64",
        make: format!(
            "{}{} CREATE TABLE v_R_System (ResourceID INTEGER, Netbios_Name0 TEXT);
             INSERT INTO v_R_System VALUES (7, 'PC-1');",
            view("v_GS_ADD_REMOVE_PROGRAMS"),
            view("v_GS_ADD_REMOVE_PROGRAMS_64")
        ),
        columns: &[
            ("DisplayName0", "DisplayName0", Has::Name),
            ("Version0", "Version0", Has::Version),
            ("Publisher0", "Publisher0", Has::Publisher),
            ("ProdID0", "ProdID0", Has::Identifier(Kind::ProductCode)),
        ],
        written: as_it_is,
    };
    let programs = every_sixth(case.parts_of(&programs(&rules)));
    let once: Vec<Program> = programs.iter().map(|(program, _)| program.clone()).collect();
    let connection = case.filled(&once);
    assert!(case.check(&rules, &programs, &connection, 1) > 500);
    let (names, rows) = answer(&connection, &case.query);
    check_round_trip(&rules, "configmgr", &csv(&names, &rows), &products_of(&names, &rows));
}
