//! The accessibility conformance report, for people and in the OpenACR format of the GSA.
//!
//! Which criteria there are is told by that format's catalog of WCAG 2.1 and Section 508, and by what WCAG 2.2 added.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};
use yaml_rust2::{Yaml, YamlLoader};

use crate::validators::{Schema, npm};

const SCHEMA: &str = "@openacr/openacr/schema/openacr-0.1.0.json";
const CATALOG: &str = "@openacr/openacr/catalog/2.4-edition-wcag-2.1-508-en.yaml";

/// The chapters that have criteria, with how many there are. 4.1.1 is one of level A, though WCAG 2.2 removed it: it is a
/// part of WCAG 2.0, which Section 508 refers to.
const CHAPTERS: [(&str, usize); 4] = [
    ("success_criteria_level_a", 32),
    ("success_criteria_level_aa", 24),
    ("functional_performance_criteria", 9),
    ("support_documentation_and_services", 5),
];
const WITHOUT_CRITERIA: [&str; 3] = ["success_criteria_level_aaa", "hardware", "software"];

/// What WCAG 2.2 added to 2.1, of levels A and AA.
const ADDED: [(&str, &[&str]); 2] = [
    ("success_criteria_level_a", &["3.2.6", "3.3.7"]),
    ("success_criteria_level_aa", &["2.4.11", "2.5.7", "2.5.8", "3.3.8"]),
];

/// A criterion of the report: its number, how far it is met, and the remarks.
type Row = (String, String, String);

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap()
}

fn yaml(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).unwrap().remove(0)
}

fn openacr() -> Yaml {
    yaml(&text("docs/openacr.yaml"))
}

fn to_json(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Array(items) => items.iter().map(to_json).collect(),
        Yaml::Hash(pairs) => {
            let pairs =
                pairs.iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), to_json(value)));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        Yaml::Boolean(value) => (*value).into(),
        Yaml::Integer(value) => (*value).into(),
        Yaml::Null => Value::Null,
        other => other.as_str().unwrap().into(),
    }
}

fn of_the_yaml() -> Vec<Row> {
    let report = openacr();
    let mut rows = Vec::new();
    for (chapter, count) in CHAPTERS {
        let criteria = report["chapters"][chapter]["criteria"].as_vec().unwrap();
        assert_eq!(criteria.len(), count, "{chapter}");
        for criterion in criteria {
            let components = criterion["components"].as_vec().unwrap();
            assert_eq!(components.len(), 1);
            let adherence = &components[0]["adherence"];
            let word = |yaml: &Yaml| yaml.as_str().unwrap().to_owned();
            rows.push((
                word(&criterion["num"]),
                word(&adherence["level"]),
                word(&adherence["notes"]),
            ));
        }
    }
    rows
}

/// The rows of the tables whose first cell begins with a number.
fn of_the_document() -> Vec<Row> {
    let document = text("docs/accessibility.md");
    let mut rows = Vec::new();
    for line in document.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")) {
        let [criterion, level, remarks] = line.split(" | ").collect::<Vec<_>>()[..] else {
            continue;
        };
        let number = criterion.trim_start_matches('[').split(' ').next().unwrap_or_default();
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            let level = level.to_lowercase().replace(' ', "-");
            rows.push((number.to_owned(), level, remarks.to_owned()));
        }
    }
    rows
}

#[test]
fn the_report_and_its_yaml_say_the_same_of_every_criterion() {
    let (yaml, document) = (of_the_yaml(), of_the_document());
    for (one, other) in yaml.iter().zip(&document) {
        assert_eq!(one, other);
    }
    assert_eq!(yaml.len(), document.len());
    for (number, level, remarks) in &yaml {
        let known = ["supports", "partially-supports", "does-not-support", "not-applicable"];
        // "Not Evaluated" is for level AAA, as the template has it.
        assert!(known.contains(&level.as_str()), "{number}: {level}");
        assert!(!remarks.is_empty(), "{number}");
    }
}

#[test]
fn every_criterion_of_wcag_2_2_and_section_508_is_in_the_report() {
    let rows = of_the_yaml();
    let numbers: BTreeSet<&str> = rows.iter().map(|(number, _, _)| number.as_str()).collect();
    assert_eq!(numbers.len(), rows.len(), "each once");
    let added: BTreeSet<&str> = ADDED.iter().flat_map(|(_, added)| *added).copied().collect();
    assert!(added.is_subset(&numbers));
    let Some(catalog) = npm(CATALOG) else { return };
    let catalog = yaml(&fs::read_to_string(catalog).unwrap());
    let report = openacr();
    for chapter in catalog["chapters"].as_vec().unwrap() {
        let id = chapter["id"].as_str().unwrap();
        if WITHOUT_CRITERIA.contains(&id) {
            assert_eq!(report["chapters"][id]["disabled"].as_bool(), Some(true), "{id}");
            assert!(
                report["chapters"][id]["notes"].as_str().is_some_and(|notes| !notes.is_empty())
            );
            continue;
        }
        let ids = |list: &Yaml, key: &str| -> BTreeSet<String> {
            let list = list.as_vec().unwrap().iter();
            list.map(|criterion| criterion[key].as_str().unwrap().to_owned()).collect()
        };
        let mut expected = ids(&chapter["criteria"], "id");
        let added =
            ADDED.iter().filter(|(chapter, _)| *chapter == id).flat_map(|(_, added)| *added);
        expected.extend(added.map(|number| (*number).to_owned()));
        assert_eq!(ids(&report["chapters"][id]["criteria"], "num"), expected, "{id}");
        // What the report speaks of is something that the catalog has for the criterion.
        for criterion in report["chapters"][id]["criteria"].as_vec().unwrap() {
            let name = criterion["components"][0]["name"].as_str().unwrap();
            let same = chapter["criteria"].as_vec().unwrap().iter();
            let mut same = same.filter(|known| known["id"] == criterion["num"]);
            assert!(same.all(|known| {
                known["components"].as_vec().unwrap().iter().any(|it| it.as_str() == Some(name))
            }));
        }
    }
}

#[test]
fn the_yaml_is_openacr_by_its_schema() {
    let report = openacr();
    assert_eq!(report["catalog"].as_str(), Some("2.5-edition-wcag-2.2-508-en"));
    assert_eq!(report["product"]["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    let Some(schema) = npm(SCHEMA) else { return };
    let schema = Schema::read(&schema);
    assert_eq!(schema.mistakes(&to_json(&report)), "");
    let wrong = text("docs/openacr.yaml").replace("level: supports", "level: [supports]");
    assert!(schema.mistakes(&to_json(&yaml(&wrong))).contains("level"));
}

/// A test that is renamed or gone proves nothing any more.
#[test]
fn every_test_that_a_document_names_is_there() {
    let mut code = String::new();
    let mut folders = vec![project("tests"), project("src"), project("xtask")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                code += &fs::read_to_string(path).unwrap();
            }
        }
    }
    for (document, least) in [
        ("docs/accessibility.md", 31),
        ("docs/hosting.md", 4),
        ("docs/limits.md", 50),
        ("docs/privacy.md", 6),
        ("docs/supply-chain.md", 10),
        ("docs/threat-model.md", 20),
    ] {
        let text = text(document);
        let quoted = text.split('`').skip(1).step_by(2);
        let named = quoted.filter(|name| !name.contains(['/', '.', ':']) && name.contains('_'));
        // Constants are no tests.
        let named = named.filter(|name| name.contains(char::is_lowercase));
        let named: BTreeSet<&str> = named.collect();
        assert!(named.len() >= least, "{document}: {named:?}");
        for name in named {
            let test = format!("fn {name}(");
            assert!(code.contains(&test), "{document}: there is no test {name}");
        }
    }
}

/// Section 508's 602.3: what is written about the page is itself to be read by everybody.
#[test]
fn the_documents_can_be_read_by_everybody() {
    let docs = fs::read_dir(project("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> = docs.collect();
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    documents.extend(
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
            .map(project),
    );
    assert!(documents.len() > 6);
    for document in documents {
        let name = document.display();
        let text = fs::read_to_string(&document).unwrap();
        let mut level = 0;
        let (mut link, mut head) = (None, None);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { level: next, .. }) => {
                    let next = next as usize;
                    assert!(next <= level + 1, "{name}: a heading of level {next} below {level}");
                    assert!(next > 1 || level == 0, "{name} has two titles");
                    level = next;
                }
                Event::Start(Tag::Image { .. }) => {
                    panic!("{name} has a picture: say in words what it shows")
                }
                Event::Start(Tag::Link { .. }) => link = Some(String::new()),
                Event::End(TagEnd::Link) => {
                    let words = link.take().unwrap_or_default();
                    let says_nothing = ["", "here", "link", "this"].contains(&words.trim());
                    assert!(!says_nothing, "{name}: a link says “{words}”");
                }
                Event::Start(Tag::TableHead) => head = Some(0),
                Event::Start(Tag::TableCell) => head = head.map(|cells: usize| cells + 1),
                Event::End(TagEnd::TableHead) => {
                    assert!(
                        head.take().is_some_and(|cells| cells > 1),
                        "{name} has a table without headings"
                    );
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some(link) = &mut link {
                        link.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        assert!(level >= HeadingLevel::H1 as usize, "{name} has no heading");
    }
}
