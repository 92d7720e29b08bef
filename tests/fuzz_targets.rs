//! The checks of the fuzz targets, made without fuzzing: with what each begins from, and with what was found
//! before, in `tests/fuzz_inputs/<target>/`. With `CLEARLIST_SEEDS` the seeds are written into that folder.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::env;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clearlist::engine::formats::FORMATS;
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::share::Summary;
use clearlist::engine::share::link::link;
use clearlist::engine::waivers;
use clearlist::engine::writers::WRITERS;

#[path = "../fuzz/src/lib.rs"]
mod checks;

/// A seed's name and its bytes.
type Seed = (String, Vec<u8>);

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// Every file of the corpus: its format, a name, its bytes.
fn corpus() -> Vec<(String, String, Vec<u8>)> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files = Vec::new();
    for format in sorted(&folder("corpus")) {
        for case in sorted(&format) {
            let inputs = sorted(&case).into_iter();
            for input in inputs.filter(|path| path.file_stem().is_some_and(|it| it == "input")) {
                let (format, case) = (name(&format), name(&case));
                files.push((format.clone(), format!("{format}-{case}"), fs::read(input).unwrap()));
            }
        }
    }
    files
}

/// Behind bytes that the check takes for itself.
fn behind(own: &[u8], bytes: &[u8]) -> Vec<u8> {
    [own, bytes].concat()
}

fn seeds(target: &str) -> Vec<Seed> {
    let of_corpus = |own: &[u8]| -> Vec<Seed> {
        corpus().into_iter().map(|(_, name, bytes)| (name, behind(own, &bytes))).collect()
    };
    match target {
        // In pieces of seven bytes, in the encoding that is found.
        "decode" | "scan" => of_corpus(&[6, 0]),
        "detect" => of_corpus(&[0]),
        "format" => {
            let number = |format: &str| FORMATS.iter().position(|it| it.id == format);
            let of_format = |(format, name, bytes): (String, String, Vec<u8>)| {
                Some((name, behind(&[u8::try_from(number(&format)?).unwrap(), 6], &bytes)))
            };
            corpus().into_iter().filter_map(of_format).collect()
        }
        "pack" => {
            // The makers that the check knows.
            let known = |text: &str| text.replace("kaspersky", "zte").replace("bytedance", "vmate");
            let mut seeds: Vec<Seed> =
                EXAMPLES.iter().map(|it| (it.id.to_owned(), known(it.text).into_bytes())).collect();
            // A data update, unsigned and with a signature line that is none.
            let update = known(EXAMPLES[0].text).replace("off = []", "checked_on = \"2030-01-01\"");
            let line = "# Clearlist-signature: ed25519 0123456789abcdef 00\n";
            seeds.push(("signature".to_owned(), format!("{update}{line}").into_bytes()));
            seeds.push(("update".to_owned(), update.into_bytes()));
            seeds
        }
        "waivers" => vec![("example".to_owned(), waivers::file::EXAMPLE.into())],
        "earlier" => {
            let mut report = report();
            // What the directive says is most of it, and compared with nothing.
            for directive in &mut report.directives {
                directive.bound.clear();
                directive.duties.clear();
                directive.facts.clear();
                directive.sources.clear();
            }
            report.remediation_steps.truncate(1);
            report.remediation_sources.truncate(1);
            let of = |id: &str| WRITERS.iter().find(|it| it.id == id).unwrap().written(&report);
            ["json", "html"].map(|id| (id.to_owned(), of(id))).into()
        }
        "share" => {
            let summary = Summary::of(&report(), true);
            let link = link("https://clearlist.example/", &summary).unwrap();
            let (_, shared) = link.split_once('#').unwrap();
            vec![
                ("unpacked".to_owned(), behind(&[0], &postcard::to_allocvec(&summary).unwrap())),
                ("link".to_owned(), behind(&[1], shared.as_bytes())),
            ]
        }
        "writers" => ["<b>&\n=1+1\n1\n\"'\n", "`x`\n$(x)\n]]>\n</pre>\n-1\n\t@x\n\u{202E}\n'\n"]
            .iter()
            .enumerate()
            .map(|(number, text)| (number.to_string(), text.as_bytes().to_vec()))
            .collect(),
        other => panic!("{other} has no seeds"),
    }
}

/// A small report, since what is read of one is many times as long as what it was made of.
fn report() -> clearlist::engine::report::Report {
    let rules = Rules::load_checked(clearlist::bundled::files()).unwrap();
    let settings = Settings {
        directives: vec!["us-dhs-bod-17-01".to_owned()],
        today: "2026-11-01".to_owned(),
        ..Settings::default()
    };
    let mut scan = Scan::new(&rules, settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(b"Computer,Name,Version\nPC-1,Kaspersky Free,21.3\nPC-2,Firefox,133\nPC-3,\n");
    scan.end_source();
    let mut report = scan.finish();
    let text = waivers::file::EXAMPLE;
    let decisions = waivers::file::read(&RulesFile { name: "waivers.toml", text }, &rules).unwrap();
    waivers::apply(&mut report, &decisions);
    report
}

/// What was found by fuzzing and put right.
fn found(target: &str) -> Vec<Seed> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let files = sorted(&folder("fuzz_inputs").join(target));
    files.into_iter().map(|path| (name(&path), fs::read(path).unwrap())).collect()
}

/// How long a check may take: many times as long as any does, on a slow machine that has other work too.
const PATIENCE: Duration = Duration::from_secs(60);

const PANICKED: &str = "panicked";
const TOOK_TOO_LONG: &str = "took too long";

/// Makes a check. What became of it, if it does not pass.
fn failure(check: checks::Check, bytes: Vec<u8>, patience: Duration) -> Option<&'static str> {
    let (tell, told) = mpsc::channel();
    // One without an end cannot be stopped: it ends with the program.
    thread::spawn(move || {
        let passed = catch_unwind(|| check(&bytes)).is_ok();
        // Nobody listens any more to one that took too long.
        tell.send(passed).ok();
    });
    match told.recv_timeout(patience) {
        Ok(true) => None,
        Ok(false) => Some(PANICKED),
        Err(_) => Some(TOOK_TOO_LONG),
    }
}

#[test]
fn a_check_that_panics_or_does_not_end_fails() {
    let of = |check, patience| failure(check, b"x".to_vec(), patience);
    assert_eq!(of(|bytes| assert_eq!(bytes, b"x"), PATIENCE), None);
    assert_eq!(of(|bytes| assert_eq!(bytes, b"y"), PATIENCE), Some(PANICKED));
    let endless: checks::Check = |_| loop {
        thread::park();
    };
    assert_eq!(of(endless, Duration::from_millis(10)), Some(TOOK_TOO_LONG));
}

#[test]
fn what_targets_begin_from_and_what_was_found_passes_their_checks() {
    let mut failed = Vec::new();
    for (target, check) in checks::TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target}");
        // Each file of the corpus is read by other tests many times.
        let step = (seeds.len() / 10).max(1);
        for (name, bytes) in seeds.into_iter().step_by(step).chain(found(target)) {
            if let Some(how) = failure(check, bytes, PATIENCE) {
                failed.push(format!("{target}: {name} {how}"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn every_target_has_a_file_and_a_row_in_the_manifest() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let rows = xtask::fuzz::TARGETS.map(|target| target.name);
    assert_eq!(rows, checks::TARGETS.map(|(name, _)| name));
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let mut targets = checks::TARGETS.map(|(name, _)| name);
    targets.sort_unstable();
    let files: Vec<_> = sorted(&fuzz.join("fuzz_targets"))
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, targets);
    for target in targets {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
    }
}

/// What libFuzzer begins from; `cargo xtask fuzz` asks for it.
#[test]
fn seeds_are_written_where_they_are_asked_for() {
    let Some(folder) = env::var_os("CLEARLIST_SEEDS").map(PathBuf::from) else { return };
    for (target, _) in checks::TARGETS {
        let folder = folder.join(target);
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in seeds(target).into_iter().chain(found(target)) {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
