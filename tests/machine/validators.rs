//! Others' validators: JSON Schemas out of npm packages, and programs.

use std::path::{Path, PathBuf};

use boon::{Compiler, Schemas};
use serde_json::Value;

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

/// The Python that has the validator of OSCAL; `None` where it is not installed.
pub fn python() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".tools/oscal");
    let found = ["bin/python", "Scripts/python.exe"].map(|path| folder.join(path));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        may_be_missing("oscal", "the validator of OSCAL");
    }
    found
}

/// A folder of the test's own, which is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clearlist-{name}-{}", std::process::id()));
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
