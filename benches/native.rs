//! The engine without a browser: whole files from the disk to the report, hash included.
//!
//! `cargo xtask bench` runs it and reads the lines of JSON it prints. The files are in
//! `CLEARLIST_BENCH_FILES`, separated as the `PATH` is.
#![allow(clippy::unwrap_used, reason = "a measurement ends at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "time is what is measured")]

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use clearlist::bundled;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};

/// Each file is read so often; the median counts.
const RUNS: usize = 5;

/// How many words are added to the catalog to see what that costs.
const EXTRA_WORDS: usize = 10_000;

fn main() {
    let files = std::env::var_os("CLEARLIST_BENCH_FILES").unwrap_or_default();
    let (plain, larger) = (bundled::rules(), rules_with_extra_words());
    for path in std::env::split_paths(&files) {
        // In turn, so that a change of the machine's speed meets both.
        let (mut seconds, mut with_more_rules) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            seconds.push(seconds_for(&plain, &path));
            with_more_rules.push(seconds_for(&larger, &path));
        }
        println!(
            "{}",
            serde_json::json!({
                "file": path.file_name().unwrap().to_string_lossy(),
                "bytes": path.metadata().unwrap().len(),
                "seconds": median(seconds),
                "seconds_with_more_rules": median(with_more_rules),
            })
        );
    }
}

fn seconds_for(rules: &Rules, path: &Path) -> f64 {
    let started = Instant::now();
    let settings = Settings { today: "2026-01-31".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).unwrap();
    let mut file = File::open(path).unwrap();
    scan.begin_source("inventory");
    let mut chunk = vec![0; 256 * 1024];
    loop {
        match file.read(&mut chunk).unwrap() {
            0 => break,
            read => scan.push(&chunk[..read]),
        }
    }
    scan.end_source();
    let report = scan.finish();
    assert!(report.totals.records > 0 && report.problems.is_empty());
    started.elapsed().as_secs_f64()
}

/// The bundled rules and a vendor more, with names of programs that nobody has.
fn rules_with_extra_words() -> Rules {
    let words: Vec<String> =
        (0..EXTRA_WORDS).map(|n| format!("\"Zyx{:x} Qor{}\"", n * 7919, n % 97)).collect();
    let vendor = format!(
        r#"
schema = "clearlist-catalog/1"
[vendor]
id = "bench"
name = "Bench"
checked_on = "2026-01-01"
publisher_words = ["Zyxqor Bench"]
sources = ["s"]
[[source]]
id = "s"
title = "made up"
read = "secondary"
[[product]]
id = "bench.words"
name = "Words"
relation = "branded"
category = "other"
platforms = ["windows"]
[[product.rule]]
id = "name"
field = "name"
strength = "strong"
sources = ["s"]
words = [{}]
"#,
        words.join(", ")
    );
    let mut files: Vec<RulesFile<'_>> = bundled::files().to_vec();
    files.push(RulesFile { name: "static/catalog/bench.toml", text: &vendor });
    match Rules::load_checked(&files) {
        Ok(rules) => rules,
        Err(errors) => panic!("{}", errors.iter().map(|e| e.to_string()).collect::<String>()),
    }
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
