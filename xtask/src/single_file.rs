//! Makes one HTML file of the built page: for closed networks, where it is opened from a disk.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::manifest;
use crate::process::run;
use crate::project::Project;
use crate::setup::Setup;

/// Where the file is.
pub fn path(project: &Project) -> PathBuf {
    project.root.join("target/single-file/clearlist.html")
}

/// Makes it of what is in `dist/`, and says how large it is and what its SHA-256 is.
pub fn make(setup: &Setup) -> Result<()> {
    let project = setup.project;
    let file = path(project);
    let script = project.root.join("xtask/src/single_file.js");
    run(setup.command("node").arg(script).arg(project.dist()).arg(&file))?;
    let bytes = fs::read(&file).context("the file was not made")?;
    println!("{}\n{} bytes\nSHA-256 {}", file.display(), bytes.len(), manifest::sha256(&bytes));
    Ok(())
}
