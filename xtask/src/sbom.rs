//! What the page is made of, as a CycloneDX bill of materials.
//!
//! It is the same for the same sources and tools: it has no time and no random number in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::manifest;
use crate::process::output;
use crate::setup::{Setup, WasmLibrary};

/// Its name in `dist/`, by which tools know what it is.
const NAME: &str = "sbom.cdx.json";

/// The npm package that has contents in the page: styles and pictures.
const IN_PAGE: &str = "@uswds/uswds";
/// The npm packages that made the page's files.
const NPM_TOOLS: [&str; 3] = ["binaryen", "sass", "terser"];

/// Versions of the programs that no lock file pins.
pub struct Tools {
    /// As rustc tells it: "rustc 1.95.0 (59807616e 2026-04-14)".
    pub rustc: String,
    /// As Trunk tells it: "trunk 0.21.14".
    pub trunk: String,
}

/// Writes the bill of the page that was built with these tools into `dist/`. The page does not load it.
pub fn write(setup: &Setup, library: WasmLibrary) -> Result<()> {
    let told = |program| output(setup.wasm_command(library, program).arg("--version"));
    let tools = Tools { rustc: told("rustc")?, trunk: told("trunk")? };
    let text = serde_json::to_string_pretty(&document(setup, &tools)?)?;
    fs::write(setup.project.dist().join(NAME), text + "\n")
        .with_context(|| format!("cannot write {NAME}"))
}

/// The bill of the page and the worker, whether they are built or not.
///
/// A component is `required` if it is compiled into them, and `excluded` if it only ran while they were compiled: macros that
/// write code, build scripts, and what these need.
pub fn document(setup: &Setup, tools: &Tools) -> Result<Value> {
    let whole = Tree::read(setup, "normal,build")?;
    let compiled_in = Tree::read(setup, "normal,no-proc-macro")?.licences;
    let lock = read(setup, "Cargo.lock")?;
    let checksums = checksums(&lock);
    let npm: Value = serde_json::from_str(&read(setup, "package-lock.json")?)
        .context("package-lock.json cannot be read")?;

    let page = &whole.root;
    let mut components = Vec::new();
    for (package, licence) in whole.licences.iter().filter(|(package, _)| *package != page) {
        let checksum = checksums
            .get(package)
            .with_context(|| format!("Cargo.lock has no checksum of {}", package.name))?;
        components.push(json!({
            "type": "library",
            "bom-ref": package.purl(),
            "name": package.name,
            "version": package.version,
            "purl": package.purl(),
            "scope": if compiled_in.contains_key(package) { "required" } else { "excluded" },
            "licenses": [{ "expression": expression(licence) }],
            "hashes": [{ "alg": "SHA-256", "content": checksum }],
        }));
    }
    let rustc = version(&tools.rustc)?;
    let std = format!("pkg:generic/rust-std@{rustc}");
    components.push(json!({
        "type": "library",
        "bom-ref": std,
        "name": "std",
        "version": rustc,
        "description": format!("The standard library of {}", tools.rustc.trim()),
        "purl": std,
        "scope": "required",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    }));
    let mut styles = npm_component(&npm, IN_PAGE, "library")?;
    styles["scope"] = json!("required");
    let styles_ref = styles["bom-ref"].clone();
    components.push(styles);

    let mut dependencies = Vec::new();
    for package in whole.licences.keys() {
        let mut on: Vec<Value> =
            whole.edges.get(package).into_iter().flatten().map(|it| json!(it.purl())).collect();
        if package == page {
            on.extend([json!(std), styles_ref.clone()]);
        }
        dependencies.push(json!({ "ref": package.purl(), "dependsOn": on }));
    }
    dependencies.push(json!({ "ref": std }));
    dependencies.push(json!({ "ref": styles_ref }));

    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{ "phase": "build" }],
            "tools": { "components": made_with(setup, tools, &npm)? },
            "component": {
                "type": "application",
                "bom-ref": page.purl(),
                "name": page.name,
                "version": page.version,
                "licenses": [{ "expression": expression(&whole.licences[page]) }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// The programs that made the page's files.
fn made_with(setup: &Setup, tools: &Tools, npm: &Value) -> Result<Vec<Value>> {
    let mut made_with = vec![json!({
        "type": "application",
        "name": "rustc",
        "version": version(&tools.rustc)?,
        "description": tools.rustc.trim(),
    })];
    for (name, version) in [
        ("trunk", version(&tools.trunk)?.to_owned()),
        // The set-up sees to it that the program has the library's version.
        ("wasm-bindgen-cli", setup.project.locked_version("wasm-bindgen")?),
    ] {
        let package = Package { name: name.into(), version };
        made_with.push(json!({
            "type": "application",
            "name": package.name,
            "version": package.version,
            "purl": package.purl(),
        }));
    }
    for name in NPM_TOOLS {
        made_with.push(npm_component(npm, name, "application")?);
    }
    Ok(made_with)
}

/// A package of `package-lock.json`, with the hash of the archive that npm installs.
fn npm_component(lock: &Value, name: &str, kind: &str) -> Result<Value> {
    let package = &lock["packages"][format!("node_modules/{name}")];
    let text = |key: &str| {
        package[key].as_str().with_context(|| format!("package-lock.json has no {key} of {name}"))
    };
    let version = text("version")?;
    let hash = text("integrity")?
        .strip_prefix("sha512-")
        .and_then(|hash| BASE64_STANDARD.decode(hash).ok())
        .with_context(|| format!("package-lock.json has no SHA-512 of {name}"))?;
    let purl = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
    // Not every package names its licence by the list of SPDX.
    let licence = text("license")?;
    let licence = if licence.starts_with("SEE ") {
        json!({ "license": { "name": licence } })
    } else {
        json!({ "expression": licence })
    };
    Ok(json!({
        "type": kind,
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": [licence],
        "hashes": [{ "alg": "SHA-512", "content": manifest::hex(&hash) }],
    }))
}

fn read(setup: &Setup, file: &str) -> Result<String> {
    fs::read_to_string(setup.project.root.join(file)).with_context(|| format!("cannot read {file}"))
}

/// The second word, as in "trunk 0.21.14".
fn version(told: &str) -> Result<&str> {
    told.split_whitespace().nth(1).with_context(|| format!("`{told}` does not tell a version"))
}

/// Crates joined two licences by a slash, before there were expressions: it means that one may choose.
fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// A crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
}

impl Package {
    /// Its package URL, where a plus sign would be a space.
    fn purl(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B"))
    }
}

/// The crates that the page is compiled from, and what needs what.
///
/// `cargo tree` tells it as cargo builds it. `cargo metadata` would add what only the tests switch on.
struct Tree {
    root: Package,
    /// Every crate, with its licences as it says them.
    licences: BTreeMap<Package, String>,
    edges: BTreeMap<Package, BTreeSet<Package>>,
}

impl Tree {
    fn read(setup: &Setup, edges: &str) -> Result<Tree> {
        let mut command = setup.command("cargo");
        command.args(["tree", "--locked", "--color=never", "--prefix=depth"]);
        command.args(["--target=wasm32-unknown-unknown", "--package=clearlist"]);
        command.args(["--format=\t{p}\t{l}", &format!("--edges={edges}")]);
        Tree::parse(&output(&mut command)?)
    }

    /// Reads lines of a depth, a crate and its licences. What a crate needs stands below it, once.
    fn parse(listing: &str) -> Result<Tree> {
        let mut tree: Option<Tree> = None;
        let mut above: Vec<Package> = Vec::new();
        for line in listing.lines() {
            let parsed = parse_line(line);
            let (depth, package, licence) =
                parsed.with_context(|| format!("`cargo tree` printed `{line}`"))?;
            let root = package.clone();
            let tree = tree.get_or_insert_with(|| Tree {
                root,
                licences: BTreeMap::new(),
                edges: BTreeMap::new(),
            });
            above.truncate(depth);
            ensure!(above.len() == depth, "`cargo tree` left out what is above `{line}`");
            if let Some(needs) = above.last() {
                tree.edges.entry(needs.clone()).or_default().insert(package.clone());
            }
            tree.licences.insert(package.clone(), licence.into());
            above.push(package);
        }
        tree.context("`cargo tree` printed nothing")
    }
}

/// As in "2\tserde v1.0.228\tMIT OR Apache-2.0 (*)", where the star says that what it needs was told before.
fn parse_line(line: &str) -> Option<(usize, Package, &str)> {
    let mut fields = line.splitn(3, '\t');
    let depth = fields.next()?.parse().ok()?;
    let mut package = fields.next()?.split(' ');
    let name = package.next()?.into();
    let version = package.next()?.strip_prefix('v')?.into();
    let licence = fields.next()?;
    Some((depth, Package { name, version }, licence.strip_suffix(" (*)").unwrap_or(licence)))
}

/// The SHA-256 of every crate of `Cargo.lock` that comes from a registry.
fn checksums(lock: &str) -> BTreeMap<Package, &str> {
    let mut checksums = BTreeMap::new();
    for entry in lock.split("[[package]]").skip(1) {
        let field = |key: &str| {
            let mut lines = entry.lines();
            lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        if let (Some(name), Some(version), Some(checksum)) =
            (field("name"), field("version"), field("checksum"))
        {
            checksums.insert(Package { name: name.into(), version: version.into() }, checksum);
        }
    }
    checksums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str) -> Package {
        Package { name: name.into(), version: version.into() }
    }

    #[test]
    fn what_needs_what_is_read_from_the_depths() {
        let tree = Tree::parse(
            "0\tpage v0.1.0 (/a folder)\tMIT\n1\ta v1.0.0 (proc-macro)\tMIT/Apache-2.0\n\
             2\tb v2.0.0+x\tZlib (*)\n1\tb v2.0.0+x\tZlib\n2\tc v3.0.0\tMIT\n",
        )
        .unwrap();
        let [a, b, c] = [package("a", "1.0.0"), package("b", "2.0.0+x"), package("c", "3.0.0")];
        assert_eq!(tree.root, package("page", "0.1.0"));
        assert_eq!(tree.edges[&tree.root], [a.clone(), b.clone()].into());
        assert_eq!(tree.edges[&a], [b.clone()].into());
        assert_eq!(tree.edges[&b], [c].into());
        assert_eq!(expression(&tree.licences[&a]), "MIT OR Apache-2.0");
        assert_eq!(tree.licences[&b], "Zlib");
        assert_eq!(b.purl(), "pkg:cargo/b@2.0.0%2Bx");
    }

    #[test]
    fn what_is_not_such_a_tree_is_refused() {
        for listing in ["", "warning: x\n", "0\tpage v0.1.0\tMIT\n2\ta v1.0.0\tMIT\n"] {
            assert!(Tree::parse(listing).is_err(), "{listing}");
        }
    }

    #[test]
    fn a_checksum_is_that_of_the_version() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"01\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\nchecksum = \"02\"\n\n\
                    [[package]]\nname = \"ours\"\nversion = \"0.0.0\"\n";
        let expected = [(package("a", "1.0.0"), "01"), (package("a", "2.0.0"), "02")];
        assert_eq!(checksums(lock), expected.into());
    }
}
