//! Others' validators: JSON Schemas out of npm packages, and programs.
//!
//! The tests of the page in browsers have what was saved there checked with them as well.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use boon::{Compiler, Schemas};
use serde_json::Value;

/// The schemas in their packages.
const SARIF: &str = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
const CYCLONEDX: &str = "@cyclonedx/cyclonedx-library/res/schema/bom-1.6.SNAPSHOT.schema.json";

/// Set where the validators must be there, with which of them need not be: `cargo xtask test exports` sees
/// to them.
const TOOLS: &str = "CLEARLIST_EXPORT_TOOLS";

/// Says that a validator is missing, where that is no mistake.
fn may_be_missing(tool: &str, what: &str) {
    let must = std::env::var(TOOLS).is_ok_and(|tools| !tools.ends_with(&format!("but {tool}")));
    assert!(!must, "{what} is missing");
    println!("{what} is not installed here, so that was not checked with it");
}

/// A file of an npm package; `None` where packages are not installed.
pub fn npm(file: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules").join(file);
    if !path.is_file() {
        may_be_missing("npm", file);
        return None;
    }
    Some(path)
}

/// A JSON Schema, and the schemas that it refers to.
pub struct Schema(Schemas, boon::SchemaIndex);

impl Schema {
    /// The schema of the file, which may name others of its folder by its own address.
    pub fn read(path: &Path) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        let read = |path: &Path| -> Value {
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
        };
        let schema = read(path);
        let address = schema["$id"].as_str().and_then(|id| id.rsplit_once('/'));
        for other in std::fs::read_dir(path.parent().unwrap()).unwrap().map(|it| it.unwrap().path())
        {
            let name = other.file_name().unwrap().to_str().unwrap();
            if let (Some((folder, _)), true) = (address, name.ends_with(".schema.json")) {
                compiler.add_resource(&format!("{folder}/{name}"), read(&other)).unwrap();
            }
        }
        let index = compiler.compile(path.to_str().unwrap(), &mut schemas).unwrap();
        Self(schemas, index)
    }

    /// What it says is wrong; empty if nothing.
    pub fn mistakes(&self, value: &Value) -> String {
        self.0.validate(value, self.1).map_or_else(|error| format!("{error:#}"), |()| String::new())
    }
}

/// The schema of SARIF; `None` where packages are not installed.
pub fn sarif() -> Option<Schema> {
    npm(SARIF).map(|path| Schema::read(&path))
}

/// The schema of CycloneDX; `None` where packages are not installed.
pub fn cyclonedx() -> Option<Schema> {
    npm(CYCLONEDX).map(|path| Schema::read(&path))
}

/// What Heimdall would show of each control, or why it shows nothing; `None` where its library is not installed.
pub fn heimdall(name: &str, document: &Value) -> Option<Result<Vec<Value>, String>> {
    npm("inspecjs/package.json")?;
    let folder = Folder::new(&format!("hdf-{name}"));
    let path = folder.0.join("report.json");
    fs::write(&path, document.to_string()).unwrap();
    let mut command = Command::new("node");
    command.arg("tests/machine/hdf.js").arg(path).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().unwrap();
    Some(if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout).unwrap())
    } else {
        Err(String::from_utf8(output.stderr).unwrap())
    })
}

/// What the validator of OSCAL says is wrong with files; empty if nothing, `None` where it is not installed.
pub fn oscal(files: &[impl AsRef<OsStr>]) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/programs/oscal");
    let found = ["bin/python", "Scripts/python.exe"].map(|path| folder.join(path));
    let Some(python) = found.into_iter().find(|path| path.is_file()) else {
        may_be_missing("oscal", "the validator of OSCAL");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/machine/oscal.py");
    let output = Command::new(python).arg(script).args(files).output().unwrap();
    if output.status.success() {
        return Some(String::new());
    }
    Some([output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat())
}

/// A folder of the test's own, which is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("clearlist-{name}-{process}-{count}"));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the folder for temporary files does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
