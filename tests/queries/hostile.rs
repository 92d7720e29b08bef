//! Rules of a user's own with texts that would end a literal or a comment, or stand for others.

use clearlist::bundled;
use clearlist::engine::queries::{self, ENGINES};
use clearlist::engine::rules::{Rules, RulesFile};
use rusqlite::Connection;
use sqlparser::dialect::MsSqlDialect;
use sqlparser::parser::Parser;

use crate::scripts::{check_bash, check_kql, check_powershell, wazuh_rules};
use crate::sqlite::{answer, as_sqlite, files};

/// Names that are looked for as they are, each with one that is another.
const NAMES: [(&str, &str); 9] = [
    ("O'Brien's tool", "O Brien tool"),
    ("100%_sure", "100 times sure"),
    (r"C:\new\tool", "C: new other"),
    ("'; DROP TABLE inventory; --", "DROP VIEW inventory"),
    ("a \"quoted\" name", "a name"),
    ("[abc] tool!", "a tool"),
    ("'@ $(exit 7) `whoami`", "exit 8 whoami"),
    ("-- ]]> --> */ #", "nothing at all"),
    ("${x} %s {patterns}", "x patterns"),
];

fn rules() -> Rules {
    let mut catalog = String::from(
        r#"
schema = "clearlist-catalog/1"
[vendor]
id = "hostile"
name = "Hostile's \n \"vendor\" --> */ '@"
checked_on = "2026-01-31"
publisher_words = ["Hostile's % vendor_"]
sources = []
"#,
    );
    for (number, (name, _)) in NAMES.iter().enumerate() {
        // As a whole name, as a part of one, as words and as an identifier.
        let text = toml::Value::String((*name).to_owned());
        catalog.push_str(&format!(
            "[[product]]\nid = \"hostile.p{number}\"\nname = {text}\nrelation = \"branded\"\n\
             category = \"other\"\nplatforms = [\"windows\"]\n\
             [[product.rule]]\nid = \"whole\"\nfield = \"name\"\nexact = [{text}]\nstrength = \"medium\"\n\
             [[product.rule]]\nid = \"part\"\nfield = \"path\"\ncontains = [{text}]\nstrength = \"medium\"\n\
             [[product.rule]]\nid = \"id\"\nfield = \"package\"\nexact = [{text}]\nstrength = \"medium\"\n\
             [[product.rule]]\nid = \"service\"\nfield = \"service\"\nversioned = [{text}]\nstrength = \"medium\"\n"
        ));
    }
    let directive = r##"
schema = "clearlist-directive/1"
id = "hostile-directive"
title = "It's \n a \"directive\" --> */ '@"
short_title = "It's\n# a\r-- \"directive\" --> */ '@ $(exit 7)"
issuer = "x"
issued_on = "2026-01-31"
checked_on = "2026-01-31"
kind = "advice"
status = "in-force"
status_note = "x"
summary = "x"
bound = []
[[coverage]]
outcome = "prohibited"
basis = "named"
vendors = ["hostile"]
why = "x"
sources = []
"##;
    let own = [
        RulesFile { name: "catalog.toml", text: &catalog },
        RulesFile { name: "directive.toml", text: directive },
    ];
    Rules::load_checked(&[bundled::files(), &own].concat())
        .unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn found(query: &str, column: &str, value: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    let columns = "host, name, version, publisher, product_code, package_id, bundle_id, signer, path, \
                   service_name, driver_name, process_name";
    connection.execute_batch(&format!("CREATE TABLE inventory ({columns})")).unwrap();
    connection.execute(&format!("INSERT INTO inventory ({column}) VALUES (?)"), [value]).unwrap();
    let (names, rows) = answer(&connection, query);
    let at = names.iter().position(|name| name == "found_product").unwrap();
    rows.into_iter().map(|row| row[at].clone()).collect()
}

#[test]
fn texts_that_would_end_a_literal_are_looked_for_as_they_are() {
    let rules = rules();
    let query = files(&rules, "sql").remove(0).text;
    for (number, (name, other)) in NAMES.iter().enumerate() {
        let product = [format!("hostile.p{number}")];
        // Standard SQL has no way to write a backslash, which the query says of itself.
        let has_backslash = name.contains('\\');
        // And a name without a letter has no words.
        if !has_backslash && name.contains(char::is_alphabetic) {
            assert_eq!(found(&query, "name", name), product, "{name}");
        }
        assert_eq!(found(&query, "path", &format!("x/{name}/y")), product, "{name}");
        assert_eq!(found(&query, "path", other), [""; 0], "{name}");
        if !has_backslash {
            assert_eq!(found(&query, "package_id", name), product, "{name}");
            assert_eq!(found(&query, "service_name", &format!("{name} 1.2")), [""; 0], "{name}");
            assert_eq!(found(&query, "service_name", &format!("{name}1.2")), product, "{name}");
        }
        assert_eq!(found(&query, "package_id", other), [""; 0], "{name}");
    }
    let said = queries::write(queries::find("sql").unwrap(), &rules, &[]).cannot;
    let backslash =
        said.iter().find(|limit| limit.what.contains("backslash") && limit.count > 0).unwrap();
    assert_eq!(backslash.count, 2, "{backslash:?}");
}

#[test]
fn whatever_the_rules_say_every_parser_takes_what_is_written() {
    let rules = rules();
    for query in files(&rules, "configmgr") {
        assert_eq!(Parser::parse_sql(&MsSqlDialect {}, &query.text).unwrap().len(), 1);
        let connection = Connection::open_in_memory().unwrap();
        for view in ["v_GS_ADD_REMOVE_PROGRAMS", "v_GS_ADD_REMOVE_PROGRAMS_64"] {
            let columns = "ResourceID, DisplayName0, Version0, Publisher0, ProdID0";
            connection.execute_batch(&format!("CREATE TABLE {view} ({columns})")).unwrap();
        }
        connection.execute_batch("CREATE TABLE v_R_System (ResourceID, Netbios_Name0)").unwrap();
        assert_eq!(answer(&connection, &as_sqlite(&query.text)).1.len(), 0);
    }
    check_kql(&rules, "hostile-kql");
    check_bash(&rules, "hostile-bash");
    for engine in ["powershell", "intune"] {
        check_powershell(&files(&rules, engine)[0].text);
    }
    assert!(wazuh_rules(&rules).len() > NAMES.len());
    for query in files(&rules, "fleet") {
        yaml_rust2::YamlLoader::load_from_str(&query.text).unwrap();
    }
    let pack: Result<serde_json::Value, _> =
        serde_json::from_str(&files(&rules, "osquery")[0].text);
    assert!(pack.is_ok());
}

#[test]
fn a_file_says_where_it_is_from_and_what_it_cannot_find_in_lines_of_its_own() {
    let rules = rules();
    for engine in ENGINES {
        for file in queries::write(engine, &rules, &[]).files {
            assert!(file.text.contains("Written by Clearlist"), "{}", file.name);
            assert!(file.text.contains("hostile-directive"), "{}", file.name);
            assert!(file.text.contains("What it cannot find"), "{}", file.name);
            assert!(!file.text.contains('\r'), "{}", file.name);
            assert!(file.text.ends_with('\n'), "{}", file.name);
        }
    }
}

#[test]
fn where_nothing_is_covered_nothing_is_found() {
    let rules = bundled::rules();
    let ids = ["no-such-directive".to_owned()];
    for engine in ENGINES {
        for file in queries::write(engine, &rules, &ids).files {
            match engine.id {
                "sql" => assert_eq!(found(&file.text, "name", "Kaspersky Free"), [""; 0]),
                "configmgr" => {
                    assert!(Parser::parse_sql(&MsSqlDialect {}, &file.text).is_ok());
                }
                "powershell" | "intune" => check_powershell(&file.text),
                _ => assert!(file.text.ends_with('\n')),
            }
        }
    }
}

#[test]
fn only_what_the_chosen_directives_cover_is_looked_for() {
    let rules = bundled::rules();
    let ids = ["us-fascsa-acronis-2025".to_owned()];
    for engine in ENGINES.iter().filter(|engine| !["bash", "powershell"].contains(&engine.id)) {
        for file in queries::write(engine, &rules, &ids).files {
            assert!(file.text.contains("acronis."), "{}", file.name);
            assert!(!file.text.contains("kaspersky.total-security"), "{}", file.name);
        }
    }
}
