//! Where things are in the checkout, and what its manifests say.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout this program was built from.
pub struct Project {
    /// Its top folder.
    pub root: PathBuf,
}

impl Project {
    /// The project that this `xtask` is a member of.
    pub fn here() -> Result<Project> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask is not inside a project")?;
        Ok(Project { root: root.into() })
    }

    /// The built page: what is put on a web server.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What npm installed.
    pub fn node_modules(&self) -> PathBuf {
        self.root.join("node_modules")
    }

    /// Tools installed for this project alone, so that no other project's version is replaced.
    pub fn tools(&self) -> PathBuf {
        self.root.join("target/programs")
    }

    /// What fuzzing builds, begins from and finds.
    pub fn fuzzing(&self) -> PathBuf {
        self.root.join("target/fuzz")
    }

    /// The version of a package in `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        version_in_lock(&lock, package)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no package `{package}`"))
    }
}

/// Cargo writes a package's version on the line after its name.
fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }
}
