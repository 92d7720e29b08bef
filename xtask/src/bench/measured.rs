//! What the benchmarks printed, read and put together.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

/// Everything that was measured.
pub struct Measured {
    /// By inventory, smallest first.
    pub files: Vec<FileMeasured>,
    /// From Cancel until another check could begin, in milliseconds.
    pub cancel_ms: f64,
    /// From a choice among 100,000 findings until the table has what was asked for, in milliseconds.
    pub filter_ms: f64,
    /// The longest task of the page's main thread meanwhile, in milliseconds; none over 50 is 0.
    pub filter_task_ms: f64,
    /// The first visit with a slow device and a slow line, in milliseconds from the wish to see the page; medians.
    pub slow: Slow,
}

/// What happens when, in milliseconds.
pub struct Slow {
    /// Something is drawn.
    pub painted_ms: f64,
    /// The page can be used.
    pub usable_ms: f64,
    /// A list that was pasted at once is answered.
    pub answered_ms: f64,
}

/// What was measured with one inventory; medians.
pub struct FileMeasured {
    /// The inventory's name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The engine alone, in seconds.
    pub native: f64,
    /// The engine alone, with 10,000 more rules in the catalog.
    pub native_with_more_rules: f64,
    /// The page, from the click to the results on the screen, in seconds.
    pub page: f64,
    /// The same with a single worker.
    pub one_worker: f64,
    /// PapaParse with its worker, in seconds.
    pub papaparse: f64,
    /// The browser reading the file with no work, in seconds.
    pub slices: f64,
    /// From the click to the first progress, in milliseconds; none if it was done before.
    pub first_progress_ms: Option<f64>,
    /// The most memory that a worker's WebAssembly had.
    pub wasm_bytes: f64,
    /// The longest task of the page's main thread, in milliseconds. The browser tells of those over 50.
    pub longest_task_ms: f64,
}

impl Measured {
    /// Reads the lines of JSON of both benchmarks.
    pub fn parse(native: &str, browser: &str) -> Result<Measured> {
        let lines = |text: &str| -> Vec<Value> {
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
        };
        let browser = lines(browser);
        // By what and file, all runs.
        let mut runs: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
        for run in &browser {
            let key = (run["what"].as_str().unwrap_or(""), run["file"].as_str().unwrap_or(""));
            runs.entry(key).or_default().push(run);
        }
        let median_of = |what: &str, file: &str, field: &str| {
            let runs = runs.get(&(what, file))?;
            median(runs.iter().filter_map(|run| run[field].as_f64()).collect())
        };
        let files = lines(native).into_iter().map(|native| {
            let name = native["file"].as_str().context("a file's name")?;
            let needed = |what: &str, field: &str| {
                median_of(what, name, field)
                    .with_context(|| format!("no {field} of {what} for {name}"))
            };
            let worst = |field: &str| {
                let runs = runs.get(&("page", name)).into_iter().flatten();
                runs.filter_map(|run| run[field].as_f64()).fold(0.0, f64::max)
            };
            Ok(FileMeasured {
                name: name.to_owned(),
                bytes: native["bytes"].as_u64().context("a file's size")?,
                native: native["seconds"].as_f64().context("seconds")?,
                native_with_more_rules: native["seconds_with_more_rules"]
                    .as_f64()
                    .context("seconds with more rules")?,
                page: needed("page", "seconds")?,
                one_worker: needed("one-worker", "seconds")?,
                papaparse: needed("papaparse", "seconds")?,
                slices: needed("slices", "seconds")?,
                first_progress_ms: median_of("page", name, "first_progress_ms"),
                wasm_bytes: worst("wasm_bytes"),
                longest_task_ms: worst("longest_task_ms"),
            })
        });
        let files = files.collect::<Result<Vec<_>>>()?;
        let once = |what: &'static str, field: &str| {
            let run = browser.iter().find(|run| run["what"] == what);
            run.and_then(|run| run[field].as_f64()).context(what)
        };
        let slow = |field: &'static str| median_of("slow", "", field).context(field);
        Ok(Measured {
            files,
            slow: Slow {
                painted_ms: slow("painted_ms")?,
                usable_ms: slow("usable_ms")?,
                answered_ms: slow("answered_ms")?,
            },
            cancel_ms: once("cancel", "milliseconds")?,
            filter_ms: once("filter", "milliseconds")?,
            filter_task_ms: once("filter", "longest_task_ms")?,
        })
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_taken_over_the_runs_of_a_file() {
        let native = r#"{"file":"a.csv","bytes":100,"seconds":1.0,"seconds_with_more_rules":1.1}"#;
        let browser = r#"
            {"what":"page","file":"a.csv","seconds":3.0,"wasm_bytes":5,"longest_task_ms":0}
            {"what":"page","file":"a.csv","seconds":1.0,"wasm_bytes":7,"longest_task_ms":60}
            {"what":"page","file":"a.csv","seconds":2.0,"wasm_bytes":6,"longest_task_ms":0}
            {"what":"one-worker","file":"a.csv","seconds":4.0}
            {"what":"papaparse","file":"a.csv","seconds":8.0}
            {"what":"slices","file":"a.csv","seconds":0.5}
            {"what":"cancel","file":"a.csv","milliseconds":9.5}
            {"what":"filter","milliseconds":70.5,"longest_task_ms":0}
            {"what":"slow","painted_ms":900,"usable_ms":1900,"answered_ms":9000}
            {"what":"slow","painted_ms":800,"usable_ms":2100,"answered_ms":9500}
            {"what":"slow","painted_ms":850,"usable_ms":2000,"answered_ms":9900}
            not a measurement"#;
        let measured = Measured::parse(native, browser).expect("all of it is there");
        let file = &measured.files[0];
        assert_eq!((file.page, file.papaparse, file.slices), (2.0, 8.0, 0.5));
        assert_eq!((file.wasm_bytes, file.longest_task_ms), (7.0, 60.0));
        assert_eq!(measured.cancel_ms, 9.5);
        assert_eq!((measured.filter_ms, measured.filter_task_ms), (70.5, 0.0));
        let Slow { painted_ms, usable_ms, answered_ms } = measured.slow;
        assert_eq!((painted_ms, usable_ms, answered_ms), (850.0, 2000.0, 9500.0));
        assert!(Measured::parse(native, "").is_err());
    }
}
