//! `cargo xtask bench`: how fast inventories are read, measured beside peers in the same run.
//!
//! It makes inventories, builds the page and the engine as they are released, runs `benches/native.rs` and
//! `benches/browser.rs`, and writes what they found to `docs/benchmarks.md`. What `benches/stages.rs` found
//! it only prints: it is for whoever changes a stage.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page;
use crate::process::output;
use crate::setup::Setup;

mod document;
pub mod inventory;
mod measured;

use measured::Measured;

/// How many records the inventories have.
const RECORDS: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Measures everything, and writes the document.
///
/// `--quick` leaves the largest inventory out and writes no document.
pub fn run(setup: &Setup, arguments: &[String]) -> Result<()> {
    let is_quick = match arguments {
        [] => false,
        [word] if word == "--quick" => true,
        _ => bail!("bench takes --quick or nothing"),
    };
    let library = setup.for_build()?;
    let browsers = setup.browsers()?;
    page::build(setup, library)?;
    let count = if is_quick { RECORDS.len() - 1 } else { RECORDS.len() };
    let files = RECORDS.iter().take(count).map(|&records| inventory_file(setup, records));
    let files = env::join_paths(files.collect::<Result<Vec<PathBuf>>>()?)?;

    println!("── the engine alone");
    let native = bench(setup, "native", &files, &[])?;
    println!("── its stages, each alone");
    bench(setup, "stages", &OsString::new(), &[])?;
    println!("── the page and its peers in Chromium");
    let (peers, packed) = (peers(setup)?, packed(setup)?);
    let browser = bench(
        setup,
        "browser",
        &files,
        &[
            ("CLEARLIST_DIST", &setup.project.dist()),
            ("CLEARLIST_BENCH_PEERS", &peers),
            ("CLEARLIST_BENCH_PACKED", &packed),
            ("CLEARLIST_CHROMIUM", &browsers.chromium),
            ("CLEARLIST_CHROMEDRIVER", &browsers.chromedriver),
        ],
    )?;

    let measured = Measured::parse(&native, &browser)?;
    let text = document::written(&measured, &versions(setup, &browsers.chromium)?);
    println!("{text}");
    if !is_quick {
        let docs = setup.project.root.join("docs");
        fs::create_dir_all(&docs)?;
        fs::write(docs.join("benchmarks.md"), text)?;
    }
    Ok(())
}

/// Makes the inventory, unless an earlier run has left it.
fn inventory_file(setup: &Setup, records: u64) -> Result<PathBuf> {
    let folder = setup.project.root.join("target/bench");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("fleet-{records}.csv"));
    if !path.is_file() {
        println!("making an inventory of {records} records");
        let unfinished = path.with_extension("part");
        inventory::write_csv(records, &mut BufWriter::new(File::create(&unfinished)?))?;
        fs::rename(unfinished, &path)?;
    }
    Ok(path)
}

/// The peers' page with what it needs.
fn peers(setup: &Setup) -> Result<PathBuf> {
    let folder = setup.project.root.join("target/bench/peers");
    fs::create_dir_all(&folder)?;
    let own = setup.project.root.join("benches/peers");
    let papaparse = setup.project.node_modules().join("papaparse/papaparse.min.js");
    for file in [&own.join("index.html"), &own.join("peers.js"), &papaparse] {
        let name = file.file_name().context("a file has a name")?;
        fs::copy(file, folder.join(name)).with_context(|| format!("no {}", file.display()))?;
    }
    Ok(folder)
}

/// The page as a host sends it: with each file packed beside it.
fn packed(setup: &Setup) -> Result<PathBuf> {
    const SCRIPT: &str = r"
        const fs = require('fs'), path = require('path'), { brotliCompressSync } = require('zlib');
        const [dist, packed] = process.argv.slice(1);
        fs.rmSync(packed, { recursive: true, force: true });
        fs.cpSync(dist, packed, { recursive: true });
        for (const file of fs.readdirSync(packed, { recursive: true, withFileTypes: true })) {
            if (!file.isFile() || file.name.endsWith('.png')) continue;
            const whole = path.join(file.parentPath ?? file.path, file.name);
            fs.writeFileSync(whole + '.br', brotliCompressSync(fs.readFileSync(whole)));
        }";
    let folder = setup.project.root.join("target/bench/packed");
    let dist = setup.project.dist();
    output(setup.command("node").args(["-e", SCRIPT]).args([&dist, &folder]))?;
    Ok(folder)
}

/// Runs a benchmark of `benches/`; what it printed.
fn bench(setup: &Setup, name: &str, files: &OsString, more: &[(&str, &Path)]) -> Result<String> {
    let mut command = setup.command("cargo");
    command.args(["bench", "--quiet", "--bench", name]).env("CLEARLIST_BENCH_FILES", files);
    command.env("NO_PROXY", "127.0.0.1");
    if name != "browser" {
        command.arg("--no-default-features");
    }
    for (variable, value) in more {
        command.env(variable, value);
    }
    let found = output(&mut command)?;
    print!("{found}");
    Ok(found)
}

/// What was measured with.
fn versions(setup: &Setup, chromium: &Path) -> Result<Vec<String>> {
    let papaparse =
        fs::read_to_string(setup.project.node_modules().join("papaparse/package.json"))?;
    let papaparse = papaparse
        .lines()
        .find_map(|line| line.trim().strip_prefix("\"version\": \"")?.strip_suffix("\","))
        .unwrap_or("of unknown version");
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    Ok(vec![
        output(setup.command("rustc").arg("--version"))?.trim().to_owned(),
        output(setup.command(&chromium.to_string_lossy()).arg("--version"))?.trim().to_owned(),
        format!("PapaParse {papaparse}"),
        format!("{cores} processor cores, {} {}", env::consts::OS, env::consts::ARCH),
    ])
}
