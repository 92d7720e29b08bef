//! Fuzzing: the targets of `fuzz/`, for as long as one likes, or a minute each of those that have changed.
//!
//! It is done by the stable Rust, without a sanitizer: the code has no `unsafe` that one could watch over.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{output, run as run_command};
use crate::setup::Setup;

/// A target of `fuzz/`.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// How long its inputs may be, in bytes: as long as most seeds, since time grows with length.
    max_len: usize,
    /// How many bytes of an input stand before the list in it; `None` if there is no list in it.
    before_list: Option<usize>,
}

/// Every target, in the order of the engine's stages.
pub const TARGETS: [Target; 9] = [
    Target { name: "decode", max_len: 16 * 1024, before_list: Some(2) },
    Target { name: "detect", max_len: 4 * 1024, before_list: Some(1) },
    Target { name: "format", max_len: 8 * 1024, before_list: Some(2) },
    Target { name: "scan", max_len: 16 * 1024, before_list: Some(2) },
    Target { name: "pack", max_len: 8 * 1024, before_list: None },
    Target { name: "waivers", max_len: 4 * 1024, before_list: None },
    Target { name: "earlier", max_len: 64 * 1024, before_list: None },
    Target { name: "share", max_len: 8 * 1024, before_list: None },
    Target { name: "writers", max_len: 1024, before_list: None },
];

/// How long the check gives a target, in seconds.
const CHECK_SECONDS: u64 = 60;

/// How long a target runs where nothing else is said, in seconds.
const SECONDS: u64 = 600;

/// What the targets are made of and begin from. What the programs around the engine are made of is not.
const MADE_OF: [&str; 15] = [
    "Cargo.toml",
    "build.rs",
    "fuzz/Cargo.lock",
    "fuzz/Cargo.toml",
    "fuzz/src",
    "src/bundled.rs",
    "src/engine",
    "static/catalog",
    "static/directives",
    "static/profiles.toml",
    "static/steps.toml",
    "tests/corpus",
    "tests/fuzz_inputs",
    "tests/fuzz_targets.rs",
    "xtask/src/fuzz.rs",
];

/// How targets are run.
#[derive(Clone, Copy)]
struct Plan {
    seconds: u64,
    /// True to begin from the seeds alone and to choose at random as every time; else what earlier runs found
    /// is gone on from.
    is_check: bool,
}

/// `cargo xtask fuzz [TARGET…] [--seconds N]`, and `cargo xtask fuzz --changed` for the check alone.
pub fn run(setup: &Setup, arguments: &[String]) -> Result<()> {
    const NO_COMPILER: &str = "without a C++ compiler nothing can be fuzzed";
    if arguments == ["--changed"] {
        ensure!(check(setup)?, NO_COMPILER);
        return Ok(());
    }
    let (targets, seconds) = parse(arguments)?;
    ensure!(setup.fuzzer()?, NO_COMPILER);
    fuzz(setup, &targets, Plan { seconds, is_check: false })
}

fn parse(arguments: &[String]) -> Result<(Vec<&'static Target>, u64)> {
    let (mut targets, mut seconds) = (Vec::new(), SECONDS);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--seconds" {
            let given = arguments.next().context("--seconds expects a number")?;
            seconds = given
                .parse()
                .with_context(|| format!("--seconds expects a number, found `{given}`"))?;
            // To libFuzzer none would be for ever.
            ensure!(seconds > 0, "--seconds expects 1 or more");
        } else {
            let target = TARGETS.iter().find(|target| target.name == argument);
            let names = TARGETS.map(|target| target.name).join(", ");
            targets.push(
                target
                    .with_context(|| format!("`{argument}` is not one of the targets: {names}"))?,
            );
        }
    }
    if targets.is_empty() {
        targets = TARGETS.iter().collect();
    }
    Ok((targets, seconds))
}

/// Runs each target that has changed since it last passed. False if that cannot be done here, since there is no
/// C++ compiler.
pub fn check(setup: &Setup) -> Result<bool> {
    let passed = setup.project.fuzzing().join("passed");
    fs::create_dir_all(&passed)?;
    let mut changed = Vec::new();
    for target in &TARGETS {
        let made_of = made_of(&setup.project.root, target)?;
        let before = fs::read_to_string(passed.join(target.name)).unwrap_or_default();
        if before != made_of {
            changed.push((target, made_of));
        }
    }
    if changed.is_empty() {
        println!("no target has changed since it passed");
        return Ok(true);
    }
    if !setup.fuzzer()? {
        return Ok(false);
    }
    let targets: Vec<&Target> = changed.iter().map(|(target, _)| *target).collect();
    fuzz(setup, &targets, Plan { seconds: CHECK_SECONDS, is_check: true })?;
    for (target, made_of) in changed {
        fs::write(passed.join(target.name), made_of)?;
    }
    Ok(true)
}

/// A number that changes with anything that the target is made of.
fn made_of(root: &Path, target: &Target) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    let own = format!("fuzz/fuzz_targets/{}.rs", target.name);
    for path in MADE_OF.iter().copied().chain([own.as_str()]) {
        for file in files(&root.join(path))? {
            file.strip_prefix(root)?.hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The file, or the files under the folder, in order; none if there is neither.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.into()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>();
    let mut entries = entries?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}

fn fuzz(setup: &Setup, targets: &[&'static Target], plan: Plan) -> Result<()> {
    write_seeds(setup)?;
    let programs = build(setup, targets)?;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // Several of one target go on from what the others find.
    let each = if plan.is_check { 1 } else { (cores / targets.len()).max(1) };
    for target in targets {
        prepare(setup, target, plan)?;
    }
    let runs = (1..=each).flat_map(|number| targets.iter().map(move |target| (*target, number)));
    let waiting = Mutex::new(runs.collect::<Vec<_>>().into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    println!("{} targets for {} s each, {cores} at a time", targets.len(), plan.seconds);
    let ended: Vec<Result<bool>> = thread::scope(|scope| {
        let work = || {
            let mut ended = Vec::new();
            while let Some((target, number)) = next() {
                ended.push(run_target(setup, &programs, target, number, plan));
            }
            ended
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| vec![Err(anyhow::anyhow!("a thread of xtask panicked"))])
        });
        ended.flatten().collect()
    });
    let held = ended.into_iter().collect::<Result<Vec<bool>>>()?;
    ensure!(held.into_iter().all(|held| held), "what a target asserts did not hold; see above");
    Ok(())
}

/// The project's own test writes them, since it can make reports and links.
fn write_seeds(setup: &Setup) -> Result<()> {
    let folder = setup.project.fuzzing().join("seeds");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut test = setup.command("cargo");
    test.args(["test", "--quiet", "--no-default-features", "--test=fuzz_targets"]);
    test.args(["--", "--exact", "seeds_are_written_where_they_are_asked_for"]);
    output(test.env("CLEARLIST_SEEDS", &folder))?;
    Ok(())
}

/// Builds the targets, and tells the folder that they are in.
fn build(setup: &Setup, targets: &[&'static Target]) -> Result<PathBuf> {
    let told = output(setup.command("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not tell what it runs on")?;
    let folder = setup.project.fuzzing().join("build");
    let mut cargo = setup.command("cargo");
    cargo.args(["fuzz", "build", "--sanitizer=none", "--target", host]);
    // Comparisons that are traced take two thirds of the time; the seeds have the words that are compared with.
    cargo.args(["--no-trace-compares", "--codegen-units=16", "--target-dir"]).arg(&folder);
    if let [target] = targets {
        cargo.arg(target.name);
    }
    run_command(&mut cargo)?;
    Ok(folder.join(host).join("release"))
}

/// Where a target keeps what it finds to begin from.
fn corpus(setup: &Setup, target: &Target, plan: Plan) -> PathBuf {
    let folder = if plan.is_check { "checked" } else { "corpus" };
    setup.project.fuzzing().join(folder).join(target.name)
}

fn prepare(setup: &Setup, target: &Target, plan: Plan) -> Result<()> {
    let corpus = corpus(setup, target, plan);
    if plan.is_check && corpus.exists() {
        fs::remove_dir_all(&corpus)?;
    }
    fs::create_dir_all(corpus)?;
    for folder in ["found", "log"] {
        fs::create_dir_all(setup.project.fuzzing().join(folder).join(target.name))?;
    }
    Ok(())
}

/// Runs a target once, and says in a line how far it came. False if something was found.
fn run_target(
    setup: &Setup,
    programs: &Path,
    target: &Target,
    number: usize,
    plan: Plan,
) -> Result<bool> {
    let fuzzing = setup.project.fuzzing();
    let log = fuzzing.join("log").join(target.name).join(number.to_string());
    let found = fuzzing.join("found").join(target.name);
    // It puts the name of the file right behind this.
    let prefix = format!("{}{}", found.display(), std::path::MAIN_SEPARATOR);
    let program = programs.join(target.name);
    let mut command = Command::new(&program);
    command
        .current_dir(&setup.project.root)
        .arg(corpus(setup, target, plan))
        .arg(fuzzing.join("seeds").join(target.name))
        .arg(format!("-max_total_time={}", plan.seconds))
        .arg(format!("-max_len={}", target.max_len))
        .arg(format!("-artifact_prefix={prefix}"))
        .args(["-timeout=20", "-rss_limit_mb=2048"])
        .args(plan.is_check.then_some("-seed=1"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&log)?);
    let status = command.status().with_context(|| format!("cannot start {}", program.display()))?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let reached = reached(&said);
    if status.success() {
        if plan.is_check && !is_beyond_seeds(&said) {
            // A slow computer takes that long for the seeds alone.
            let seconds = plan.seconds * 4;
            ensure!(
                plan.seconds == CHECK_SECONDS,
                "{}: {} s were too few for more than its seeds",
                target.name,
                plan.seconds
            );
            return run_target(setup, programs, target, number, Plan { seconds, ..plan });
        }
        println!("{}: {reached}", target.name);
        return Ok(true);
    }
    let Some(input) = said.lines().rev().find_map(|line| line.split_once("Test unit written to "))
    else {
        bail!("{} ended with {status}; {} has what it said", target.name, log.display());
    };
    let input = Path::new(input.1.trim());
    let input = input.strip_prefix(&setup.project.root).unwrap_or(input);
    println!("{}: {reached}; failed:\n{}", target.name, reason(&said));
    println!("{}", advice(target, &program, input));
    Ok(false)
}

/// True if it ran more often than for its seeds: "#419 INITED cov: …", later "#2147 DONE cov: …".
fn is_beyond_seeds(said: &str) -> bool {
    let runs = |word: &str| {
        let line = said.lines().find(|line| line.split_whitespace().nth(1) == Some(word))?;
        line.split_whitespace().next()?.trim_start_matches('#').parse::<u64>().ok()
    };
    runs("DONE") > runs("INITED")
}

/// How often it ran and what it reached, as libFuzzer said last: "#2147 DONE cov: 32028 ft: 90061 …".
fn reached(said: &str) -> String {
    let last = said.lines().rev().find(|line| line.starts_with('#') && line.contains(" cov: "));
    let number = |word: &str| {
        let mut words = last.unwrap_or_default().split_whitespace();
        words.find(|it| *it == word).and(words.next()).unwrap_or("0").to_owned()
    };
    let runs = last.and_then(|line| line.split_whitespace().next()).unwrap_or("#0");
    format!(
        "{} runs, {} edges and {} features covered, {} a second",
        runs.trim_start_matches('#'),
        number("cov:"),
        number("ft:"),
        number("exec/s:"),
    )
}

/// What was said before it stopped: the panic's place and message, or libFuzzer's own words.
fn reason(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let is_telling =
        |line: &&str| line.contains("panicked at") || line.contains("ERROR: libFuzzer");
    let from = lines.iter().position(is_telling).unwrap_or_default();
    let shown = |line: &&str| format!("    {}", line.chars().take(400).collect::<String>());
    let said = lines[from..].iter().take_while(|line| !line.starts_with("stack backtrace"));
    said.take(4).map(shown).collect::<Vec<_>>().join("\n")
}

/// What to do with an input that something was found with.
fn advice(target: &Target, program: &Path, input: &Path) -> String {
    let (name, input) = (target.name, input.display());
    let list = match target.before_list {
        Some(bytes) => format!(
            "\n    if it is a list that a tool could write, it is a case of the corpus, too:\n    \
             mkdir -p tests/corpus/FORMAT/CASE && tail -c +{} {input} > tests/corpus/FORMAT/CASE/input.txt\n    \
             UPDATE_EXPECT=1 cargo test --no-default-features --test corpus",
            bytes + 1
        ),
        None => String::new(),
    };
    format!(
        "    the input is {input}\n    \
         to see it again: {program} {input}\n    \
         to make it smaller: {program} -minimize_crash=1 -max_total_time=60 -exact_artifact_path={input}.small {input}\n    \
         to keep it: mkdir -p tests/fuzz_inputs/{name} && cp {input} tests/fuzz_inputs/{name}/WHAT-IS-WRONG\n    \
         cargo test --no-default-features --test fuzz_targets then fails until it is put right{list}",
        program = program.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_came_no_further_than_its_seeds_was_not_fuzzed() {
        let said =
            |done| format!("#2 READ\n#419\tINITED cov: 1 ft: 2\n#{done}\tDONE   cov: 1 ft: 2\n");
        assert!(is_beyond_seeds(&said(420)));
        assert!(!is_beyond_seeds(&said(419)));
        assert!(!is_beyond_seeds(""));
    }

    #[test]
    fn what_was_reached_is_told_by_the_last_line_that_tells_it() {
        let said = "INFO: seed corpus\n#12\tINITED cov: 5 ft: 6 corp: 1/1b exec/s: 0 rss: 30Mb\n\
                    #2147\tDONE   cov: 32028 ft: 90061 corp: 1307/1587Kb lim: 10242 exec/s: 35 rss: 72Mb\n\
                    Done 2147 runs in 61 second(s)\n";
        let expected = "2147 runs, 32028 edges and 90061 features covered, 35 a second";
        assert_eq!(reached(said), expected);
        assert_eq!(reached(""), "0 runs, 0 edges and 0 features covered, 0 a second");
    }

    #[test]
    fn targets_and_their_time_are_read() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (all, seconds) = parse(&[]).unwrap();
        assert_eq!((all.len(), seconds), (TARGETS.len(), SECONDS));
        let (some, seconds) = parse(&words("share --seconds 5 pack")).unwrap();
        let names: Vec<&str> = some.iter().map(|target| target.name).collect();
        assert_eq!((names, seconds), (vec!["share", "pack"], 5));
        for wrong in ["--seconds", "--seconds many", "everything"] {
            assert!(parse(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_input_of_a_list_is_kept_without_what_stands_before_the_list() {
        let told = |target: &Target| advice(target, Path::new("fuzzer"), Path::new("crash-1"));
        assert!(told(&TARGETS[3]).contains("tail -c +3 crash-1"));
        assert!(!told(&TARGETS[4]).contains("corpus/"));
    }

    #[test]
    fn a_target_is_made_of_files_that_are_there_and_of_its_own() {
        let project = crate::project::Project::here().unwrap();
        let own = |target: &Target| made_of(&project.root, target).unwrap();
        assert_eq!(own(&TARGETS[0]), own(&TARGETS[0]));
        assert_ne!(own(&TARGETS[0]), own(&TARGETS[1]));
        for path in MADE_OF {
            let files = files(&project.root.join(path)).unwrap();
            assert!(!files.is_empty() || path == "tests/fuzz_inputs", "{path}");
        }
    }
}
