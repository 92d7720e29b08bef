//! Long lists of names of other programs, as far as this machine has them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A list of names that no directive is about.
pub struct Names {
    /// What they are names of.
    pub title: &'static str,
    /// The names, each once.
    pub names: Vec<String>,
}

/// The lists that can be had here.
pub fn lists() -> Vec<Names> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [
        ("packages of this machine's package manager (`apt-cache pkgnames`)", debian()),
        ("crates that Clearlist is built of (`Cargo.lock`)", crates(root)),
        ("npm packages that Clearlist's tools are made of (`package-lock.json`)", npm(root)),
        ("files of the programs installed on this machine (`/usr/bin`)", programs()),
    ]
    .into_iter()
    .map(|(title, names)| Names { title, names: names.into_iter().collect() })
    .filter(|list| !list.names.is_empty())
    .collect()
}

fn debian() -> BTreeSet<String> {
    let output = Command::new("apt-cache").arg("pkgnames").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default().lines().map(str::to_owned).collect()
}

fn crates(root: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let names = text.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.map(str::to_owned).collect()
}

fn npm(root: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(root.join("package-lock.json")).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&text).unwrap();
    let paths = lock["packages"].as_object().into_iter().flat_map(|packages| packages.keys());
    let names = paths.filter_map(|path| path.rsplit("node_modules/").next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn programs() -> BTreeSet<String> {
    let entries = fs::read_dir("/usr/bin").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}
