//! Builds the page twice, in different places, and shows that the bytes are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::manifest;
use crate::page;
use crate::project::Project;
use crate::setup::{Setup, WasmLibrary};

/// Where the two copies of the project are built: their paths differ in name, length and depth.
const COPIES: [&str; 2] = ["one", "and/another/one-with-a-longer-name"];

/// What is made or installed, and is in no copy.
const LEFT_OUT: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// Where two folders differ.
#[derive(Debug, PartialEq, Eq)]
enum Difference {
    /// One folder alone has a file of this name.
    Alone { folder: PathBuf, path: String },
    /// Both have it. `at` counts bytes from 0: the first that differs, or the end of the shorter file.
    Bytes { paths: [String; 2], at: usize },
}

/// Builds two copies of the project with the tools of this one, and compares the pages with each other and with the one in
/// `dist/` if there is one. Fails if a byte differs.
pub fn run(setup: &Setup) -> Result<()> {
    let library = setup.for_build()?;
    let base = setup.project.root.join("target/reproduce");
    if base.exists() {
        fs::remove_dir_all(&base).context("cannot remove what an earlier run left")?;
    }
    let copies = COPIES.map(|name| Project { root: base.join(name) });
    // Both at once, so that a file that is changed meanwhile is in none of them.
    for project in &copies {
        copy(&setup.project.root, &project.root)?;
    }
    for project in &copies {
        println!("building the page in {}", project.root.display());
        build_copy(setup, project, library)?;
    }
    let mut pages: Vec<PathBuf> = copies.iter().map(Project::dist).collect();
    let dist = setup.project.dist();
    if dist.join(manifest::NAME).is_file() {
        pages.push(dist.clone());
    } else {
        println!("dist/ has no page to compare them with");
    }

    let (first, others) = pages.split_first().context("nothing was built")?;
    let mut is_same = true;
    for other in others {
        let differences = compare(first, other)?;
        println!("{} and", first.display());
        println!("{}: {}", other.display(), summary(first, differences.len())?);
        for difference in &differences {
            println!("  {difference}");
        }
        if *other == dist && !differences.is_empty() {
            println!(
                "  if dist/ was built before the last change, build it again: cargo xtask build"
            );
        }
        is_same &= differences.is_empty();
    }
    ensure!(is_same, "the bytes are not the same; the copies are left to be looked at");
    let sums = fs::read(first.join(manifest::NAME)).context("the page has no manifest")?;
    println!("SHA-256 of {}: {}", manifest::NAME, manifest::sha256(&sums));
    fs::remove_dir_all(&base).context("cannot remove the copies")
}

fn summary(folder: &Path, differences: usize) -> Result<String> {
    Ok(match differences {
        0 => format!("same bytes: {} files", manifest::files(folder)?.len()),
        1 => "1 file differs".into(),
        _ => format!("{differences} files differ"),
    })
}

/// Builds the page in a copy, from crates that are found at another path too.
fn build_copy(setup: &Setup, project: &Project, library: WasmLibrary) -> Result<()> {
    let cargo_home = project.root.join("target/cargo-home");
    fs::create_dir_all(&cargo_home)?;
    for (tools, link) in [
        (setup.project.tools(), project.tools()),
        (setup.project.node_modules(), project.node_modules()),
    ] {
        if tools.exists() {
            link_folder(&tools, &link)?;
        }
    }
    for name in ["registry", "git", "config.toml"] {
        let shared = setup.cargo_home.join(name);
        if shared.is_dir() {
            link_folder(&shared, &cargo_home.join(name))?;
        } else if shared.is_file() {
            fs::copy(&shared, cargo_home.join(name))?;
        }
    }
    let mut setup = Setup::new(project)?;
    setup.cargo_home = cargo_home;
    page::build(&setup, library)
}

/// Copies a project without what is made or installed.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        if LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target)
                .with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}

fn link_folder(folder: &Path, link: &Path) -> Result<()> {
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(folder, link);
    #[cfg(windows)]
    let linked = std::os::windows::fs::symlink_dir(folder, link);
    linked.with_context(|| format!("cannot link {} to {}", link.display(), folder.display()))
}

/// Where the two folders differ, in order of the paths.
///
/// A file whose name has another hash in it is compared with the one of the same name but for that.
fn compare(first: &Path, second: &Path) -> Result<Vec<Difference>> {
    let folders = [first, second];
    let mut paths = [by_name(first)?, by_name(second)?];
    let names: BTreeSet<String> = paths.iter().flat_map(|paths| paths.keys().cloned()).collect();
    if names.is_empty() {
        bail!("there is nothing to compare in {}", first.display());
    }
    let mut differences = Vec::new();
    for name in names {
        let [mine, theirs] = &mut paths;
        match (mine.remove(&name), theirs.remove(&name)) {
            (Some(mine), Some(theirs)) => {
                let [a, b] = [(first, &mine), (second, &theirs)].map(|(folder, path)| {
                    fs::read(folder.join(path)).with_context(|| format!("cannot read {path}"))
                });
                if let Some(at) = first_difference(&a?, &b?, mine != theirs) {
                    differences.push(Difference::Bytes { paths: [mine, theirs], at });
                }
            }
            (mine, theirs) => {
                for (path, folder) in [mine, theirs].into_iter().zip(folders) {
                    differences
                        .extend(path.map(|path| Difference::Alone { folder: folder.into(), path }));
                }
            }
        }
    }
    Ok(differences)
}

/// Where the bytes first differ. Files of different names differ, if at their end.
fn first_difference(a: &[u8], b: &[u8], is_name_another: bool) -> Option<usize> {
    let shorter = a.len().min(b.len());
    let at = a.iter().zip(b).position(|(a, b)| a != b);
    at.or_else(|| (a.len() != b.len() || is_name_another).then_some(shorter))
}

/// The files of a folder by their names without hashes; by their whole names where several would have the same.
fn by_name(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut by_name = BTreeMap::new();
    for path in manifest::files(folder)? {
        let name = without_hash(&path);
        let name = if by_name.contains_key(&name) { path.clone() } else { name };
        by_name.insert(name, path);
    }
    Ok(by_name)
}

/// The path with a star for each part that is a hash. Trunk leaves out zeros at the beginning of one.
fn without_hash(path: &str) -> String {
    let is_hash = |part: &str| part.len() >= 12 && part.bytes().all(|it| it.is_ascii_hexdigit());
    path.split_inclusive(['/', '-', '_', '.'])
        .map(|part| {
            let word = part.trim_end_matches(['/', '-', '_', '.']);
            if is_hash(word) { part.replace(word, "*") } else { part.into() }
        })
        .collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alone { folder, path } => write!(f, "only {} has {path}", folder.display()),
            Self::Bytes { paths: [mine, theirs], at } if mine == theirs => {
                write!(f, "{mine} differs from byte {at} on")
            }
            Self::Bytes { paths: [mine, theirs], at } => {
                write!(f, "{mine} and {theirs} differ from byte {at} on")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::tests::Folder;

    fn folders() -> [Folder; 2] {
        ["one", "other"].map(|name| {
            let folder = Folder::new(name);
            folder.write("index.html", "<p>");
            folder.write("page-5715fc4c87aa06bc_bg.wasm", "code");
            folder.write("worker-bc560e8986877d86/worker.js", "script");
            folder
        })
    }

    fn told(folders: &[Folder; 2]) -> Vec<String> {
        compare(&folders[0].0, &folders[1].0).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_files_in_two_folders_do_not_differ() {
        let folders = folders();
        assert_eq!(told(&folders), [""; 0]);
        assert_eq!(summary(&folders[0].0, 0).unwrap(), "same bytes: 3 files");
    }

    #[test]
    fn a_file_that_differs_is_named_with_where() {
        let folders = folders();
        folders[1].write("index.html", "<b>");
        folders[1].write("worker-bc560e8986877d86/worker.js", "script and more");
        assert_eq!(
            told(&folders),
            [
                "index.html differs from byte 1 on",
                "worker-bc560e8986877d86/worker.js differs from byte 6 on"
            ]
        );
    }

    #[test]
    fn files_with_other_hashes_in_their_names_are_compared_with_each_other() {
        let folders = folders();
        fs::remove_file(folders[1].0.join("page-5715fc4c87aa06bc_bg.wasm")).unwrap();
        folders[1].write("page-a715fc4c87aa06bc_bg.wasm", "cod3");
        assert_eq!(
            told(&folders),
            [
                "page-5715fc4c87aa06bc_bg.wasm and page-a715fc4c87aa06bc_bg.wasm differ from byte 3 on"
            ]
        );
        // Another name is a difference though nothing in the file is.
        folders[1].write("page-a715fc4c87aa06bc_bg.wasm", "code");
        assert_eq!(told(&folders).len(), 1);
    }

    #[test]
    fn a_file_that_only_one_folder_has_is_named_with_the_folder() {
        let folders = folders();
        folders[1].write("more.txt", "");
        let other = folders[1].0.display();
        assert_eq!(told(&folders), [format!("only {other} has more.txt")]);
    }

    #[test]
    fn nothing_is_not_the_same_as_nothing() {
        let folders = [Folder::new("empty"), Folder::new("empty")];
        assert!(compare(&folders[0].0, &folders[1].0).is_err());
    }

    #[test]
    fn a_copy_has_the_sources_and_nothing_that_is_made() {
        let folder = Folder::new("project");
        for path in ["Cargo.toml", "src/lib.rs", "target/x", "fuzz/target/x", ".git/x", "dist/x"] {
            folder.write(path, "");
        }
        let copied = Folder::new("copy");
        copy(&folder.0, &copied.0).unwrap();
        assert_eq!(manifest::files(&copied.0).unwrap(), ["Cargo.toml", "src/lib.rs"]);
    }
}
