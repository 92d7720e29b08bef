//! Every check and test, in one order, for laptops and for continuous integration.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::page;
use crate::process::{output, run as run_command};
use crate::setup::{Setup, WasmLibrary};

/// One check, as the user names it.
struct Check {
    name: &'static str,
    /// What it finds out.
    about: &'static str,
    run: fn(&Tools) -> Result<()>,
}

/// Cheap and telling first: what is wrong should show early.
const CHECKS: &[Check] = &[
    Check {
        name: "format",
        about: "the code is laid out by rustfmt",
        run: |tools| cargo(tools, &["fmt", "--all", "--check"]),
    },
    Check {
        name: "clippy",
        about: "Clippy finds nothing",
        run: |tools| {
            cargo(
                tools,
                &[
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--features=e2e",
                    "--quiet",
                    "--",
                    "-Dwarnings",
                ],
            )
        },
    },
    Check {
        name: "core",
        about: "engine, app and command line build and pass alone",
        run: |tools| cargo(tools, &["test", "--quiet", "--no-default-features"]),
    },
    Check {
        name: "all",
        about: "all tests that need no browser",
        run: |tools| cargo(tools, &["test", "--quiet", "--workspace"]),
    },
    Check {
        name: "clippy-wasm",
        about: "Clippy finds nothing in what runs in the browser",
        run: clippy_wasm,
    },
    Check {
        name: "build",
        about: "the page is built",
        run: |tools| page::build(tools.setup, tools.library),
    },
    Check {
        name: "size",
        about: "the page is small",
        run: size,
    },
    Check {
        name: "browsers",
        about: "the built page works in Chromium and Firefox",
        run: browsers,
    },
    Check {
        name: "dependencies",
        about: "licences, origins and known weaknesses of the dependencies",
        run: dependencies,
    },
];

/// What the checks are run with.
struct Tools<'a> {
    setup: &'a Setup<'a>,
    library: WasmLibrary,
    browser_arguments: &'a [String],
}

/// Runs the named checks, or all of them when none is named. The first that fails is the last that runs.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a check takes is asked of the clock"
)]
pub fn run(setup: &Setup, arguments: &[String]) -> Result<()> {
    let end = arguments.iter().position(|word| word == "--");
    let (names, rest) = arguments.split_at(end.unwrap_or(arguments.len()));
    let chosen = choose(names)?;

    let started = Instant::now();
    setup.for_checks()?;
    let tools = Tools {
        setup,
        library: setup.for_build()?,
        browser_arguments: rest.get(1..).unwrap_or_default(),
    };
    println!("── set up in {}", seconds(started.elapsed()));

    let mut passed = Vec::new();
    for check in chosen {
        println!("── {}: {}", check.name, check.about);
        let started = Instant::now();
        let result = (check.run)(&tools);
        let time = seconds(started.elapsed());
        if let Err(error) = result {
            println!(
                "── {} failed after {time}; passed before: {}",
                check.name,
                listed(&passed)
            );
            return Err(error);
        }
        println!("── {} passed in {time}", check.name);
        passed.push(check.name);
    }
    println!(
        "── passed in {}: {}",
        seconds(started.elapsed()),
        listed(&passed)
    );
    Ok(())
}

fn choose(names: &[String]) -> Result<Vec<&'static Check>> {
    for name in names {
        ensure!(
            CHECKS.iter().any(|check| check.name == name),
            "`{name}` is not one of the checks: {}",
            listed(&CHECKS.iter().map(|check| check.name).collect::<Vec<_>>())
        );
    }
    let is_chosen =
        |check: &&Check| names.is_empty() || names.iter().any(|name| name == check.name);
    Ok(CHECKS.iter().filter(is_chosen).collect())
}

fn cargo(tools: &Tools, arguments: &[&str]) -> Result<()> {
    run_command(tools.setup.command("cargo").args(arguments))
}

fn clippy_wasm(tools: &Tools) -> Result<()> {
    run_command(tools.setup.wasm_command(tools.library, "cargo").args([
        "clippy",
        "--target=wasm32-unknown-unknown",
        "--lib",
        "--bin=page",
        "--bin=worker",
        "--quiet",
        "--",
        "-Dwarnings",
    ]))
}

fn size(tools: &Tools) -> Result<()> {
    let total = page::print_sizes(tools.setup.project, &page::sizes(tools.setup)?);
    ensure!(
        total <= page::PAGE_BUDGET,
        "the page downloads {total} bytes; at most {} are allowed",
        page::PAGE_BUDGET
    );
    Ok(())
}

fn browsers(tools: &Tools) -> Result<()> {
    let browsers = tools.setup.browsers()?;
    let mut command = tools.setup.command("cargo");
    command
        .args(["test", "--quiet", "--features=e2e", "--test=e2e", "--"])
        .args(tools.browser_arguments)
        .env("CLEARLIST_DIST", tools.setup.project.dist())
        .env("CLEARLIST_CHROMIUM", browsers.chromium)
        .env("CLEARLIST_CHROMEDRIVER", browsers.chromedriver)
        .env("CLEARLIST_FIREFOX", browsers.firefox)
        .env("CLEARLIST_GECKODRIVER", browsers.geckodriver)
        .env("CLEARLIST_PDFTOTEXT", browsers.pdftotext);
    run_command(&mut command)
}

fn dependencies(tools: &Tools) -> Result<()> {
    let deny = |arguments: &[&str]| -> Command {
        let mut command = tools.setup.command("cargo");
        command.args(["deny", "--log-level=warn"]).args(arguments);
        command
    };
    run_command(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    // The list of weaknesses is fetched from the RustSec project's repository.
    match output(&mut deny(&["fetch", "db"])) {
        Ok(_) => run_command(&mut deny(&["check", "--disable-fetch", "advisories"])),
        Err(error) => {
            println!("known weaknesses were not checked: the RustSec database cannot be fetched");
            eprintln!("{error}");
            Ok(())
        }
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".into();
    }
    names.join(", ")
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
