//! Writes what was measured down, for `docs/benchmarks.md`.

use std::fmt::Write as _;

use super::inventory::{COVERED_ONE_IN, TITLES};
use super::measured::{FileMeasured, Measured};

/// The document.
pub fn written(measured: &Measured, versions: &[String]) -> String {
    let mut text = format!(
        "# How fast it is\n\n\
         `cargo xtask bench` makes the inventories, measures and writes this page; nothing in it is typed by hand.\n\n\
         Measured on {} with {}.\n\n\
         The inventories are invented: comma-separated exports of a fleet with {TITLES} different programs, 1 row in \
         {COVERED_ONE_IN} covered by a directive, some names in Cyrillic, Chinese and Japanese, and every third title \
         with quotation marks around a field. *Engine* is the engine compiled for this machine, from the disk to the \
         report, SHA-256 included. *Page* is the release page in headless Chromium, from the click on the button to \
         the results on the screen, SHA-256 included, with one worker fewer than the processor has cores, at least one; *one worker* is \
         the same on a processor that says it has one. *PapaParse* streams the same file through its worker with \
         `header` and `step`, and puts one regular expression to name and publisher. *Reading alone* is a worker that \
         asks the browser for slices of 16 MB and does nothing with them. Each figure is the median of several runs \
         made in turn; those over half a gigabyte were run once.\n\n",
        today(),
        versions.join(", "),
    );
    text.push_str(
        "| inventory | size | engine | page | one worker | PapaParse | reading alone |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for file in &measured.files {
        let _infallible = writeln!(
            text,
            "| {} | {:.1} MB | {} | {} | {} | {} | {} |",
            file.name,
            file.bytes as f64 / 1e6,
            speed(file, file.native),
            speed(file, file.page),
            speed(file, file.one_worker),
            speed(file, file.papaparse),
            speed(file, file.slices),
        );
    }
    text.push_str(
        "\nThe ratios of these speeds; 4.0 is four times as fast:\n\n\
         | inventory | one worker to PapaParse | one worker to engine | one worker to reading alone | page to one worker |\n\
         |---|--:|--:|--:|--:|\n",
    );
    for file in &measured.files {
        let _infallible = writeln!(
            text,
            "| {} | {:.1} | {:.2} | {:.2} | {:.2} |",
            file.name,
            file.papaparse / file.one_worker,
            file.native / file.one_worker,
            file.slices / file.one_worker,
            file.one_worker / file.page,
        );
    }
    text.push_str(
        "\n\
         | inventory | page, in all | first progress | most WebAssembly memory | longest task of the page | engine with 10,000 more rules |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for file in &measured.files {
        let progress = match file.first_progress_ms {
            Some(milliseconds) => format!("{milliseconds:.0} ms"),
            None => "done before".to_owned(),
        };
        let longest = longest_task(file.longest_task_ms);
        let _infallible = writeln!(
            text,
            "| {} | {:.2} s | {progress} | {:.1} MB | {longest} | {:+.0} % |",
            file.name,
            file.page,
            file.wasm_bytes / 1e6,
            (file.native_with_more_rules / file.native - 1.0) * 100.0,
        );
    }
    let _infallible = writeln!(
        text,
        "\nFrom Cancel until another check could begin: {:.0} ms, in the middle of the largest inventory.",
        measured.cancel_ms
    );
    let _infallible = writeln!(
        text,
        "\nFrom a choice among 100,000 findings until the table has them: {:.0} ms; the page's longest task meanwhile: {}.",
        measured.filter_ms,
        longest_task(measured.filter_task_ms),
    );
    let _infallible = writeln!(
        text,
        "\nThe first visit with a processor six times slower and a line of 1.6 Mbit/s that takes 150 ms to answer, each file packed \
         with Brotli: something is drawn after {:.1} s, the page can be used after {:.1} s, and a list that is pasted at that moment \
         is answered {:.1} s after the beginning. No peer stands beside it: the package of CyberChef on npm has its sources and no \
         page that was built of them, and the page of OWASP CycloneDX Sunshine is neither on npm nor on PyPI.",
        measured.slow.painted_ms / 1000.0,
        measured.slow.usable_ms / 1000.0,
        measured.slow.answered_ms / 1000.0,
    );
    text
}

fn longest_task(milliseconds: f64) -> String {
    // The browser tells of no shorter ones.
    if milliseconds > 0.0 { format!("{milliseconds:.0} ms") } else { "under 50 ms".to_owned() }
}

fn speed(file: &FileMeasured, seconds: f64) -> String {
    format!("{:.0} MB/s", file.bytes as f64 / 1e6 / seconds)
}

/// The day, by the computer's clock.
#[expect(clippy::disallowed_methods, reason = "the document says when it was made")]
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
