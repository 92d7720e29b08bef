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
use clearlist::engine::rules::{Rules, RulesFile, rules_in_order};
use clearlist::engine::scan::{Scan, Settings};

/// Each file is read so often; the median counts.
const RUNS: usize = 5;

/// How many rules are added to the catalog to see what that costs.
const MORE_RULES: usize = 10_000;

fn main() {
    let files = std::env::var_os("CLEARLIST_BENCH_FILES").unwrap_or_default();
    let (plain, larger) = (bundled::rules(), rules_with_more_rules());
    let rules = |rules: &Rules| rules_in_order(&rules.catalog).count();
    assert_eq!(rules(&larger) - rules(&plain), MORE_RULES);
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

/// The bundled rules and as many more, for programs that nobody has: vendors with a hundred products,
/// each told by its name, package, product code, service and folder.
fn rules_with_more_rules() -> Rules {
    const RULES_A_PRODUCT: usize = 5;
    const PRODUCTS_A_VENDOR: usize = 100;
    let vendors: Vec<String> = (0..MORE_RULES / RULES_A_PRODUCT / PRODUCTS_A_VENDOR)
        .map(|vendor| {
            let head = format!(
                r#"
schema = "clearlist-catalog/1"
[vendor]
id = "bench-{vendor}"
name = "Bench {vendor}"
checked_on = "2026-01-01"
publisher_words = ["Zyxqor Bench {vendor}"]
sources = ["s"]
[[source]]
id = "s"
title = "made up"
read = "secondary"
"#
            );
            let first = vendor * PRODUCTS_A_VENDOR;
            let products = (first..first + PRODUCTS_A_VENDOR).map(|n| product(vendor, n));
            head + &products.collect::<String>()
        })
        .collect();
    let names: Vec<String> =
        (0..vendors.len()).map(|vendor| format!("static/catalog/bench-{vendor}.toml")).collect();
    let mut files: Vec<RulesFile<'_>> = bundled::files().to_vec();
    files.extend(names.iter().zip(&vendors).map(|(name, text)| RulesFile { name, text }));
    match Rules::load_checked(&files) {
        Ok(rules) => rules,
        Err(errors) => panic!("{}", errors.iter().map(|e| e.to_string()).collect::<String>()),
    }
}

fn product(vendor: usize, n: usize) -> String {
    let (word, number) = (n * 7919, n % 97);
    let rules = [
        format!("field = \"name\"\nwords = [\"Zyx{word:x} Qor{number}\"]"),
        format!("field = \"package\"\nexact = [\"zyx{word:x}.qor{number}\"]"),
        format!(
            "field = \"product-code\"\nexact = [\"{{{n:08X}-0000-4000-8000-00000000{number:04X}}}\"]"
        ),
        format!("field = \"service\"\nexact = [\"zyxsvc{word:x}\"]"),
        format!("field = \"path\"\ncontains = ['\\Zyxqor\\Qor{word:x}\\']"),
    ];
    let rules = rules.iter().enumerate().map(|(number, rule)| {
        format!("[[product.rule]]\nid = \"r{number}\"\n{rule}\nstrength = \"strong\"\nsources = [\"s\"]\n")
    });
    format!(
        "[[product]]\nid = \"bench-{vendor}.p{n}\"\nname = \"Zyx {n}\"\nrelation = \"branded\"\n\
         category = \"other\"\nplatforms = [\"windows\"]\n{}",
        rules.collect::<String>()
    )
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
