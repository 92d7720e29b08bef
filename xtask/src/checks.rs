//! Every check and test, in one order, for laptops and for continuous integration.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::fuzz;
use crate::page;
use crate::process::{output, run as run_command};
use crate::setup::{Browsers, NPM, Setup, WasmLibrary};
use crate::single_file;

/// One check, as the user names it.
struct Check {
    name: &'static str,
    /// What it finds out.
    about: &'static str,
    run: Run,
}

/// How a check is made.
enum Run {
    /// By cargo alone, with these arguments, none of which has a space in it.
    Cargo(&'static str),
    /// With what has to be set up first.
    With(fn(&Tools) -> Result<Outcome>),
}

/// How a check ended that did not fail.
enum Outcome {
    Passed,
    /// It could not be made, for this reason.
    NotMade(String),
}

/// Cheap and telling first: what is wrong should show early.
const CHECKS: &[Check] = &[
    Check {
        name: "format",
        about: "the code is laid out by rustfmt",
        run: Run::With(|tools| cargo(tools.setup, "fmt --all --check")),
    },
    Check {
        name: "rules",
        about: "the files of rules have no mistakes",
        run: Run::Cargo(
            "test --quiet --no-default-features --features=schema --test=rules --test=schemas",
        ),
    },
    Check { name: "clippy", about: "Clippy finds nothing", run: Run::With(clippy) },
    Check {
        name: "core",
        about: "engine, app and command line build and pass alone",
        run: Run::Cargo("test --quiet --no-default-features"),
    },
    Check {
        name: "page",
        about: "what the page is made of, and xtask, pass; the engine's own tests are in core",
        run: Run::Cargo("test --quiet --workspace --lib --bins --test=components"),
    },
    Check {
        name: "queries",
        about: "what is written for other tools is what their own parsers take, and finds the same",
        run: Run::With(queries),
    },
    Check {
        name: "exports",
        about: "reports for other programs are what others' validators take, and mean the same",
        run: Run::With(exports),
    },
    Check {
        name: "fuzz",
        about: "any bytes at all make nothing panic or contradict itself, for a minute each target that has changed",
        run: Run::With(fuzz),
    },
    Check {
        name: "clippy-wasm",
        about: "Clippy finds nothing in what runs in the browser",
        run: Run::With(clippy_wasm),
    },
    Check { name: "build", about: "the page is built", run: Run::With(build) },
    Check {
        name: "browsers",
        about: "the built page works in Chromium and Firefox",
        run: Run::With(browsers),
    },
    Check {
        name: "dependencies",
        about: "licences and origins of the dependencies are as deny.toml allows",
        run: Run::With(dependencies),
    },
    Check {
        name: "advisories",
        about: "no crate has a known weakness",
        run: Run::With(advisories),
    },
    Check {
        name: "npm-advisories",
        about: "no npm package has a known weakness",
        run: Run::With(npm_advisories),
    },
    Check { name: "size", about: "page and worker are small", run: Run::With(size) },
];

/// What the checks are run with.
struct Tools<'a> {
    setup: &'a Setup<'a>,
    library: WasmLibrary,
    browsers: Browsers,
    browser_arguments: &'a [String],
}

/// Runs the named checks, or all of them when none is named. The first that fails is the last that runs.
#[expect(clippy::disallowed_methods, reason = "how long a check takes is asked of the clock")]
pub fn run(setup: &Setup, arguments: &[String]) -> Result<()> {
    let end = arguments.iter().position(|word| word == "--");
    let (names, rest) = arguments.split_at(end.unwrap_or(arguments.len()));
    let chosen = choose(names)?;

    let started = Instant::now();
    let tools = if chosen.iter().any(|check| matches!(check.run, Run::With(_))) {
        setup.for_checks()?;
        let tools = Tools {
            setup,
            library: setup.for_build()?,
            browsers: setup.browsers()?,
            browser_arguments: rest.get(1..).unwrap_or_default(),
        };
        println!("── set up in {}", seconds(started.elapsed()));
        Some(tools)
    } else {
        None
    };

    let (mut passed, mut not_made) = (Vec::new(), Vec::new());
    for check in chosen {
        println!("── {}: {}", check.name, check.about);
        let check_started = Instant::now();
        let result = match (&check.run, &tools) {
            (Run::Cargo(arguments), _) => cargo(setup, arguments),
            (Run::With(run), Some(tools)) => run(tools),
            (Run::With(_), None) => bail!("nothing was set up for {}", check.name),
        };
        let time = seconds(check_started.elapsed());
        match result {
            Ok(Outcome::Passed) => {
                println!("── {} passed in {time}", check.name);
                passed.push(check.name);
            }
            Ok(Outcome::NotMade(why)) => {
                println!("── {} could not be checked: {why}", check.name);
                not_made.push(check.name);
            }
            Err(error) => {
                println!(
                    "── {} failed after {time}; passed before: {}",
                    check.name,
                    listed(&passed)
                );
                return Err(error);
            }
        }
    }
    println!(
        "── done in {}; passed: {}; could not be checked: {}",
        seconds(started.elapsed()),
        listed(&passed),
        listed(&not_made)
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

/// Runs cargo with these arguments, none of which has a space in it.
fn cargo(setup: &Setup, arguments: &str) -> Result<Outcome> {
    run_command(setup.command("cargo").args(arguments.split(' ')))?;
    Ok(Outcome::Passed)
}

fn clippy(tools: &Tools) -> Result<Outcome> {
    cargo(
        tools.setup,
        "clippy --workspace --all-targets --features=clearlist/schema --quiet -- -Dwarnings",
    )?;
    // It is not one of "all targets", since it is not run with them.
    cargo(tools.setup, "clippy --test=e2e --quiet -- -Dwarnings")
}

fn clippy_wasm(tools: &Tools) -> Result<Outcome> {
    let arguments = "clippy --target=wasm32-unknown-unknown --lib --bin=page --bin=worker --quiet -- -Dwarnings";
    let mut command = tools.setup.wasm_command(tools.library, "cargo");
    run_command(command.args(arguments.split(' ')))?;
    Ok(Outcome::Passed)
}

/// The tests of the queries again, with every parser there: without one, a test says so and passes.
fn queries(tools: &Tools) -> Result<Outcome> {
    let mut command = tools.setup.command("cargo");
    command.args(["test", "--quiet", "--no-default-features", "--test=queries", "--"]);
    command.args(["scripts", "hostile"]);
    let has_shellcheck = tools.setup.shellcheck();
    command.env("CLEARLIST_QUERY_TOOLS", if has_shellcheck { "all" } else { "all but shellcheck" });
    run_command(&mut command)?;
    Ok(Outcome::Passed)
}

/// The tests of the reports for other programs again, with every validator there.
fn exports(tools: &Tools) -> Result<Outcome> {
    let mut command = tools.setup.command("cargo");
    command.args(["test", "--quiet", "--no-default-features", "--test=machine"]);
    command.env("CLEARLIST_EXPORT_TOOLS", validators(tools));
    run_command(&mut command)?;
    Ok(Outcome::Passed)
}

/// Which of others' validators the tests must find.
fn validators(tools: &Tools) -> &'static str {
    if tools.setup.oscal_validator() { "all" } else { "all but oscal" }
}

fn fuzz(tools: &Tools) -> Result<Outcome> {
    match fuzz::check(tools.setup)? {
        true => Ok(Outcome::Passed),
        false => Ok(Outcome::NotMade(
            "there is no C++ compiler, which libFuzzer is compiled with".into(),
        )),
    }
}

fn build(tools: &Tools) -> Result<Outcome> {
    page::build(tools.setup, tools.library)?;
    Ok(Outcome::Passed)
}

fn size(tools: &Tools) -> Result<Outcome> {
    let downloads = page::print_sizes(tools.setup.project, &page::sizes(tools.setup)?);
    let parts = [
        ("page", downloads.page, page::PAGE_BUDGET),
        ("worker", downloads.worker, page::WORKER_BUDGET),
    ];
    for (part, bytes, budget) in parts {
        // None at all is a list that was read wrongly.
        ensure!(bytes > 0, "the {part} is not among the files");
        ensure!(
            bytes <= budget,
            "the {part} downloads {bytes} bytes; at most {budget} are allowed"
        );
    }
    Ok(Outcome::Passed)
}

fn browsers(tools: &Tools) -> Result<Outcome> {
    let browsers = &tools.browsers;
    single_file::make(tools.setup)?;
    let mut command = tools.setup.command("cargo");
    command
        .args(["test", "--quiet", "--test=e2e", "--"])
        .args(tools.browser_arguments)
        // The drivers are on this computer, whatever proxy leads out of it.
        .env("NO_PROXY", "127.0.0.1")
        .env("CLEARLIST_DIST", tools.setup.project.dist())
        .env("CLEARLIST_SINGLE_FILE", single_file::path(tools.setup.project))
        .env("CLEARLIST_NGINX", tools.setup.nginx().unwrap_or_default())
        .env("CLEARLIST_CHROMIUM", &browsers.chromium)
        .env("CLEARLIST_CHROMEDRIVER", &browsers.chromedriver)
        .env("CLEARLIST_FIREFOX", &browsers.firefox)
        .env("CLEARLIST_GECKODRIVER", &browsers.geckodriver)
        .env("CLEARLIST_PDFTOTEXT", &browsers.pdftotext)
        // What is saved in the page is checked with them too.
        .env("CLEARLIST_EXPORT_TOOLS", validators(tools));
    run_command(&mut command)?;
    Ok(Outcome::Passed)
}

fn dependencies(tools: &Tools) -> Result<Outcome> {
    cargo(tools.setup, "deny --log-level=warn check bans licenses sources")
}

fn advisories(tools: &Tools) -> Result<Outcome> {
    // The list of weaknesses is fetched from the RustSec project's repository.
    if output(tools.setup.command("cargo").args(["deny", "fetch", "db"])).is_err() {
        return Ok(Outcome::NotMade("the RustSec advisory database cannot be fetched".into()));
    }
    cargo(tools.setup, "deny --log-level=warn check advisories")
}

fn npm_advisories(tools: &Tools) -> Result<Outcome> {
    let mut command = tools.setup.command(NPM);
    command.args(["audit", "--json", "--package-lock-only", "--omit=optional"]);
    // Offline, npm asks nobody and reports that it found nothing.
    command.args(["--offline=false", "--audit-level=moderate"]);
    // It fails both when it found something and when it could not ask; what it prints tells which.
    let told = command.stdin(Stdio::null()).output().context("cannot start npm")?;
    judge_npm_audit(&String::from_utf8_lossy(&told.stdout))
}

/// What `npm audit --json` printed. Only a whole report of packages that were looked up passes.
fn judge_npm_audit(printed: &str) -> Result<Outcome> {
    let Ok(report) = serde_json::from_str::<Value>(printed) else {
        return Ok(Outcome::NotMade("npm printed no report".into()));
    };
    let count = |of: &str, key: &str| report["metadata"][of][key].as_u64();
    let severities = ["moderate", "high", "critical"].map(|key| count("vulnerabilities", key));
    let looked_up = count("dependencies", "total");
    let ([Some(moderate), Some(high), Some(critical)], Some(1..)) = (severities, looked_up) else {
        let why = report["message"].as_str().unwrap_or("npm's report has no counts");
        return Ok(Outcome::NotMade(format!("npm's list of weaknesses cannot be asked: {why}")));
    };
    if moderate + high + critical == 0 {
        return Ok(Outcome::Passed);
    }
    let packages: Vec<String> = report["vulnerabilities"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, about)| format!("{name} ({})", about["severity"].as_str().unwrap_or("?")))
        .collect();
    bail!("npm packages with known weaknesses: {}; see: npm audit", packages.join(", "))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn judged(report: &Value) -> String {
        match judge_npm_audit(&report.to_string()) {
            Ok(Outcome::Passed) => "passed".into(),
            Ok(Outcome::NotMade(why)) => format!("not made: {why}"),
            Err(error) => error.to_string(),
        }
    }

    fn report(severity: &str, packages: u32) -> Value {
        let mut counts = json!({ "info": 0, "low": 0, "moderate": 0, "high": 0, "critical": 0 });
        counts[severity] = json!(1);
        json!({
            "auditReportVersion": 2,
            "vulnerabilities": { "some-package": { "severity": severity } },
            "metadata": { "vulnerabilities": counts, "dependencies": { "total": packages } },
        })
    }

    #[test]
    fn weaknesses_from_moderate_on_fail_and_the_package_is_named() {
        for severity in ["moderate", "high", "critical"] {
            let named = format!("some-package ({severity})");
            assert!(judged(&report(severity, 107)).contains(&named), "{severity}");
        }
        assert_eq!(judged(&report("low", 107)), "passed");
    }

    #[test]
    fn a_registry_that_does_not_answer_is_not_taken_for_no_weakness() {
        let refused =
            json!({ "message": "405 Method Not Allowed", "statusCode": 405, "error": {} });
        assert_eq!(
            judged(&refused),
            "not made: npm's list of weaknesses cannot be asked: 405 Method Not Allowed"
        );
        // A report without packages, or without one of the counts, says nothing.
        assert!(judged(&report("low", 0)).starts_with("not made: "));
        let mut cut = report("low", 107);
        cut["metadata"]["vulnerabilities"]["critical"] = Value::Null;
        assert!(judged(&cut).starts_with("not made: "));
        assert!(judged(&json!({})).starts_with("not made: "));
        assert!(matches!(judge_npm_audit(""), Ok(Outcome::NotMade(_))));
    }
}
