//! The bill of materials of Clearlist's own page: by CycloneDX's schema, by Clearlist's own reader, and by what is known
//! to be in the page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Value, json};
use xtask::project::Project;
use xtask::sbom::{self, Tools};
use xtask::setup::Setup;

use crate::reports::scanned;
use crate::validators;

/// The bill, made once.
static BILL: LazyLock<Value> = LazyLock::new(made);

fn project() -> Project {
    Project { root: env!("CARGO_MANIFEST_DIR").into() }
}

fn made() -> Value {
    let project = project();
    let tools = Tools {
        rustc: "rustc 1.95.0 (59807616e 2026-04-14)\n".into(),
        trunk: "trunk 0.21.14\n".into(),
    };
    sbom::document(&Setup::new(&project).unwrap(), &tools).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().unwrap()
}

/// The components by their names. Of several versions, one.
fn components() -> BTreeMap<&'static str, &'static Value> {
    list(&BILL["components"]).iter().map(|it| (text(it, "name"), it)).collect()
}

#[test]
fn the_bill_of_the_page_is_cyclonedx_by_the_schema() {
    let Some(schema) = validators::cyclonedx() else { return };
    assert_eq!(schema.mistakes(&BILL), "");
    let mut wrong = BILL.clone();
    wrong["components"][0]["hashes"][0]["content"] = json!("no hash");
    assert!(schema.mistakes(&wrong).contains("hashes"));
}

#[test]
fn clearlist_reads_the_bill_of_its_own_page_and_finds_nothing_that_is_banned() {
    let written = serde_json::to_string_pretty(&*BILL).unwrap();
    let with_kaspersky = written.replace("\"aho-corasick\"", "\"Kaspersky Free\"");
    let report = scanned(&[], &[], &[("sbom.cdx.json", written)]);
    let [source] = &report.sources[..] else { panic!("{:#?}", report.sources) };
    assert_eq!((source.format.as_str(), source.confidence.as_str()), ("cyclonedx", "certain"));
    // The page itself is one more; what it was built with is no part of it.
    let all = 1 + list(&BILL["components"]).len();
    assert_eq!(source.records, all as u64);
    assert_eq!(report.totals.titles, all as u64);
    assert_eq!((report.findings.len(), report.problems.len()), (0, 0), "{:#?}", report.findings);
    assert!(report.near_misses.is_empty(), "{:#?}", report.near_misses);

    let report = scanned(&[], &[], &[("sbom.cdx.json", with_kaspersky)]);
    assert_eq!(report.findings.len(), 1);
}

#[test]
fn what_is_compiled_into_the_page_is_told_from_what_only_helped_to_compile_it() {
    let components = components();
    let scope = |name: &str| components.get(name).map(|it| text(it, "scope"));
    for name in ["yew", "serde", "flate2", "encoding_rs", "memchr", "std", "@uswds/uswds"] {
        assert_eq!(scope(name), Some("required"), "{name}");
    }
    for name in ["serde_derive", "yew-macro", "proc-macro2", "syn"] {
        assert_eq!(scope(name), Some("excluded"), "{name}");
    }
    // What the command line, the tests and this project's commands need beside, and what only the tests switch on in yew.
    for name in ["clap", "boon", "proptest", "anyhow", "xtask", "schemars", "html-escape"] {
        assert_eq!(scope(name), None, "{name}");
    }
}

#[test]
fn every_component_has_version_licence_and_hash() {
    for component in list(&BILL["components"]) {
        let name = text(component, "name");
        for key in ["version", "purl"] {
            assert!(!text(component, key).is_empty(), "{name} has no {key}");
        }
        let licence = &component["licenses"][0];
        let licence = licence["expression"].as_str().or(licence["license"]["name"].as_str());
        assert!(licence.is_some_and(|it| !it.is_empty() && !it.contains('/')), "{name}");
        // The standard library comes with the compiler, which has no lock file.
        let digits = match name {
            "std" => continue,
            "@uswds/uswds" => 128,
            _ => 64,
        };
        let hash = text(&component["hashes"][0], "content");
        assert!(hash.len() == digits && hash.bytes().all(|it| it.is_ascii_hexdigit()), "{name}");
    }
}

#[test]
fn everything_is_needed_by_the_page_through_something() {
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for dependency in list(&BILL["dependencies"]) {
        let on = dependency["dependsOn"].as_array().into_iter().flatten();
        let on = on.map(|it| it.as_str().unwrap()).collect();
        assert!(needs.insert(text(dependency, "ref"), on).is_none(), "{dependency} is there twice");
    }
    let page = text(&BILL["metadata"]["component"], "bom-ref");
    let mut reached = BTreeSet::from([page]);
    let mut open = vec![page];
    while let Some(next) = open.pop() {
        open.extend(needs[next].iter().filter(|it| reached.insert(it)));
    }
    let all: BTreeSet<&str> =
        list(&BILL["components"]).iter().map(|it| text(it, "bom-ref")).chain([page]).collect();
    assert_eq!(reached, all);
    assert_eq!(needs.len(), all.len());
}

#[test]
fn the_bill_is_the_same_each_time_and_names_no_folder_of_this_computer() {
    let again = made();
    assert_eq!(*BILL, again);
    let text = again.to_string();
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")) && !text.contains("file:"), "{text}");
    for key in ["timestamp", "serialNumber"] {
        assert!(!text.contains(key), "{key}");
    }
}

#[test]
fn the_bill_names_the_versions_of_the_tools() {
    let tools = list(&BILL["metadata"]["tools"]["components"]);
    let version = |name: &str| {
        tools.iter().find(|it| it["name"] == name).map(|it| text(it, "version").to_owned())
    };
    assert_eq!(version("rustc").as_deref(), Some("1.95.0"));
    assert_eq!(version("trunk").as_deref(), Some("0.21.14"));
    let library = project().locked_version("wasm-bindgen").unwrap();
    assert_eq!(version("wasm-bindgen-cli"), Some(library));
    let manifest: Value = serde_json::from_str(include_str!("../../package.json")).unwrap();
    for name in ["binaryen", "sass", "terser"] {
        let wanted = manifest["devDependencies"][name].as_str().map(str::to_owned);
        assert!(wanted.is_some() && version(name) == wanted, "{name}");
    }
}

#[test]
fn every_package_of_every_list_is_pinned_by_a_hash() {
    assert_eq!(not_pinned_of_cargo(include_str!("../../Cargo.lock")), [""; 0]);
    assert_eq!(not_pinned_of_npm(include_str!("../../package-lock.json")), [""; 0]);
    assert_eq!(not_pinned_of_python(include_str!("requirements.txt")), [""; 0]);

    let git = "[[package]]\nname = \"a\"\nsource = \"git+https://example.com/a\"\n";
    assert_eq!(not_pinned_of_cargo(git), ["a"]);
    let weak = r#"{ "packages": { "": {}, "node_modules/a": { "integrity": "sha1-x" } } }"#;
    assert_eq!(not_pinned_of_npm(weak), ["node_modules/a"]);
    let loose =
        "# a list\na==1.0 \\\n    --hash=sha256:00\nb==1.0\nc>=1 \\\n    --hash=sha256:00\n";
    assert_eq!(not_pinned_of_python(loose), ["b==1.0", "c>=1"]);
}

/// Ours have no source; those of a registry have the hash of their archive.
fn not_pinned_of_cargo(lock: &str) -> Vec<String> {
    let entries = lock.split("[[package]]").skip(1);
    let open = entries.filter(|it| it.contains("\nsource = ") && !it.contains("\nchecksum = "));
    open.map(|it| it.split('"').nth(1).unwrap().to_owned()).collect()
}

fn not_pinned_of_npm(lock: &str) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).unwrap();
    let packages = lock["packages"].as_object().unwrap().iter();
    let open = packages.filter(|(path, package)| {
        let hash = package["integrity"].as_str().unwrap_or_default();
        !path.is_empty() && !hash.starts_with("sha512-")
    });
    open.map(|(path, _)| path.clone()).collect()
}

/// A package and its hashes are one line that is continued.
fn not_pinned_of_python(list: &str) -> Vec<String> {
    let lines = list.replace("\\\n", "");
    let packages = lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let open = packages.filter(|it| !(it.contains("==") && it.contains(" --hash=sha256:")));
    open.map(|it| it.split(' ').next().unwrap().to_owned()).collect()
}
