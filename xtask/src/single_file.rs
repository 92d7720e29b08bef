//! Makes one HTML file of the built page: for closed networks, where it is opened from a disk.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process::{output, run};
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
    let bytes = fs::metadata(&file).context("the file was not made")?.len();
    const HASH: &str = "console.log(require('crypto').createHash('sha256').update(require('fs').readFileSync(process.argv[1])).digest('hex'))";
    let hash = output(setup.command("node").args(["-e", HASH]).arg(&file))?;
    println!("{}\n{bytes} bytes\nSHA-256 {}", file.display(), hash.trim());
    Ok(())
}
