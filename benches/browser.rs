//! The built page in Chromium, and its peers in the same browser on the same files.
//!
//! `cargo xtask bench` runs it and reads the lines of JSON it prints. The files are in
//! `CLEARLIST_BENCH_FILES`, separated as the `PATH` is; the peers' page is in `CLEARLIST_BENCH_PEERS`, the page as a host sends it
//! in `CLEARLIST_BENCH_PACKED`.
#![allow(clippy::expect_used, reason = "a measurement ends at the first surprise")]

#[path = "../tests/e2e/support.rs"]
#[allow(dead_code, unused_macros, unused_imports, reason = "the tests use more of it")]
mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Browser, Place, Session};
use thirtyfour::prelude::*;

/// Each is measured so often; the median counts. What takes long varies less, and is measured once.
const RUNS: usize = 3;
const LONG_BYTES: u64 = 500_000_000;

/// The longest a single measurement may take.
const PATIENCE: Duration = Duration::from_secs(600);

fn main() {
    let files = std::env::var_os("CLEARLIST_BENCH_FILES").unwrap_or_default();
    let peers = std::env::var_os("CLEARLIST_BENCH_PEERS").map(PathBuf::from).expect("the peers");
    let files: Vec<PathBuf> = std::env::split_paths(&files).collect();
    for file in &files {
        // In turn, so that a change of the machine's speed meets all of them.
        let bytes = file.metadata().map_or(0, |data| data.len());
        for _ in 0..if bytes < LONG_BYTES { RUNS } else { 1 } {
            measure("page", async |session| page(session, file, Workers::All).await);
            measure("one-worker", async |session| page(session, file, Workers::One).await);
            for peer in ["papaparse", "slices"] {
                measure(peer, async |session| run_peer(session, &peers, peer, file).await);
            }
        }
    }
    if let Some(largest) = files.last() {
        measure("cancel", async |session| cancel(session, largest).await);
    }
    measure("filter", filter);
    let packed = std::env::var_os("CLEARLIST_BENCH_PACKED").map(PathBuf::from);
    let packed = packed.expect("the page as a host sends it");
    for _ in 0..RUNS {
        measure("slow", async |session| slow(session, &packed).await);
    }
}

/// Runs one measurement in a browser of its own, and prints what it found.
fn measure(what: &str, measurement: impl AsyncFnOnce(&Session) -> WebDriverResult<Value>) {
    support::run(Browser::Chromium, Place::Server, "bench", async |session| {
        session.driver.set_script_timeout(PATIENCE).await?;
        let mut found = measurement(session).await?;
        found["what"] = json!(what);
        println!("{found}");
        Ok(())
    });
}

/// Remembers the longest task of the main thread from now on.
const WATCH_TASKS: &str = r#"
    window.longestTask = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            window.longestTask = Math.max(window.longestTask, entry.duration);
        }
    }).observe({ type: "longtask" });"#;

/// Waits for a mark that the page sets, and gives all of them by name.
const AWAIT_MARK: &str = r#"
    const [wanted, done] = arguments;
    const look = () => {
        const marks = performance.getEntriesByType("mark").filter((m) => m.name.startsWith("clearlist:"));
        if (marks.some((mark) => mark.name === wanted)) {
            // The page is drawn before the next task.
            requestAnimationFrame(() => setTimeout(() => done({
                // Of several the first one counts.
                marks: Object.fromEntries(marks.reverse().map((mark) => {
                    const [name, value] = mark.name.slice("clearlist:".length).split("=");
                    return [name, value === undefined ? mark.startTime : Number(value)];
                })),
                drawn: performance.now(),
                longest_task_ms: window.longestTask,
            })));
        } else {
            setTimeout(look, 5);
        }
    };
    look();"#;

/// How many workers the page may use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Workers {
    /// One for each core of the processor.
    All,
    One,
}

/// Has the page believe that the processor has one core.
const ONE_CORE: &str =
    "Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 1 });";

async fn choose_and_check(session: &Session, file: &Path, workers: Workers) -> WebDriverResult<()> {
    session.open().await?;
    session.find("#files").await?.send_keys(file.to_string_lossy()).await?;
    session.find("#check").await?;
    // What the page shows of the file before the check is not a part of it.
    tokio::time::sleep(Duration::from_secs(1)).await;
    if workers == Workers::One {
        session.driver.execute(ONE_CORE, vec![]).await?;
    }
    session.driver.execute(WATCH_TASKS, vec![]).await?;
    session.driver.execute("document.getElementById('check').click();", vec![]).await?;
    Ok(())
}

async fn page(session: &Session, file: &Path, workers: Workers) -> WebDriverResult<Value> {
    choose_and_check(session, file, workers).await?;
    let wanted = vec![json!("clearlist:finished")];
    let found: Value = session.driver.execute_async(AWAIT_MARK, wanted).await?.convert()?;
    let mark = |name: &str| found["marks"][name].as_f64();
    let asked = mark("asked").expect("a check was asked for");
    Ok(json!({
        "file": name_of(file),
        "bytes": file.metadata()?.len(),
        "seconds": (found["drawn"].as_f64().unwrap_or_default() - asked) / 1000.0,
        "first_progress_ms": mark("progress").map(|progress| progress - asked),
        "wasm_bytes": mark("memory"),
        "longest_task_ms": found["longest_task_ms"],
    }))
}

/// How long it takes from Cancel until another check could begin.
async fn cancel(session: &Session, file: &Path) -> WebDriverResult<Value> {
    choose_and_check(session, file, Workers::All).await?;
    let wanted = vec![json!("clearlist:progress")];
    session.driver.execute_async(AWAIT_MARK, wanted).await?;
    let script = r#"
        const [done] = arguments;
        const asked = performance.now();
        document.getElementById("cancel").click();
        const look = () => document.getElementById("check")
            ? done(performance.now() - asked)
            : setTimeout(look);
        look();"#;
    let milliseconds: f64 = session.driver.execute_async(script, vec![]).await?.convert()?;
    Ok(json!({ "file": name_of(file), "milliseconds": milliseconds }))
}

/// How many findings are looked through.
const FINDINGS: usize = 100_000;

/// How long it takes until the table of a hundred thousand findings has what was asked for: by outcome, and by a text.
async fn filter(session: &Session) -> WebDriverResult<Value> {
    let file = std::env::temp_dir().join("clearlist-bench-findings.csv");
    let rows = (0..FINDINGS).map(|number| format!("PC-{number},Kaspersky Free,21.{number}\n"));
    let list: String = ["Computer,Name,Version\n".to_owned()].into_iter().chain(rows).collect();
    std::fs::write(&file, list)?;
    choose_and_check(session, &file, Workers::All).await?;
    session.driver.execute_async(AWAIT_MARK, vec![json!("clearlist:finished")]).await?;
    std::fs::remove_file(&file)?;
    // What is folded is drawn a moment later.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let script = r#"
        const [id, kind, value, expected, done] = arguments;
        const field = document.getElementById(id);
        const status = field.closest(".part").querySelector("[role=status]");
        window.longestTask = 0;
        const asked = performance.now();
        new MutationObserver((_, observer) => {
            if (status.textContent.endsWith(expected)) {
                observer.disconnect();
                const milliseconds = performance.now() - asked;
                setTimeout(() => done({ milliseconds, longest_task_ms: window.longestTask }), 500);
            }
        }).observe(status, { characterData: true, childList: true, subtree: true });
        field.value = value;
        field.dispatchEvent(new Event(kind, { bubbles: true }));"#;
    let none = json!("No row fits. Choose less, or look for something else.");
    let outcome = vec![json!("browse-outcome"), json!("change"), json!("exempt"), none];
    let outcome: Value = session.driver.execute_async(script, outcome).await?.convert()?;
    let all = json!(format!("of {FINDINGS}."));
    let again = vec![json!("browse-outcome"), json!("change"), json!(""), all];
    session.driver.execute_async(script, again).await?;
    let search = vec![json!("browse-search"), json!("input"), json!("21.77777"), json!("of 1.")];
    let search: Value = session.driver.execute_async(script, search).await?.convert()?;
    let worst = |field: &str| {
        let of = |it: &Value| it[field].as_f64().unwrap_or(f64::INFINITY);
        of(&outcome).max(of(&search))
    };
    Ok(json!({
        "milliseconds": worst("milliseconds"),
        "longest_task_ms": worst("longest_task_ms"),
    }))
}

/// How many times slower the processor of a slow device is.
const SLOWER: u32 = 6;
/// What a slow line brings in a second, in bytes: 1.6 Mbit.
const LINE_BYTES: u32 = 200_000;
/// How long it takes to answer, in milliseconds.
const LINE_MS: u32 = 150;

/// The first visit with a slow device and a slow line: from the wish to see the page until something is drawn, until it can be
/// used, and until a list that was pasted at once is answered.
async fn slow(session: &Session, packed: &Path) -> WebDriverResult<Value> {
    let server = support::serve(packed);
    let cdp = session.driver.cdp();
    let line = json!({ "offline": false, "latency": LINE_MS, "downloadThroughput": LINE_BYTES, "uploadThroughput": LINE_BYTES });
    cdp.send_raw("Network.enable", json!({})).await?;
    cdp.send_raw("Network.emulateNetworkConditions", line).await?;
    cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    let watch = r#"
        new MutationObserver((_, observer) => {
            const box = document.getElementById("paste");
            if (!box) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => {
                window.usable = performance.now();
                box.value = "Name\nKaspersky Free\n";
                box.dispatchEvent(new Event("input", { bubbles: true }));
                document.getElementById("check").click();
            }));
        }).observe(document, { childList: true, subtree: true });"#;
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
    session.driver.goto(server.url()).await?;
    let wanted = vec![json!("clearlist:finished")];
    let found: Value = session.driver.execute_async(AWAIT_MARK, wanted).await?.convert()?;
    let script = "return [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.usable];";
    let [painted, usable]: [f64; 2] = session.driver.execute(script, vec![]).await?.convert()?;
    Ok(json!({ "painted_ms": painted, "usable_ms": usable, "answered_ms": found["drawn"] }))
}

async fn run_peer(
    session: &Session,
    peers: &Path,
    peer: &str,
    file: &Path,
) -> WebDriverResult<Value> {
    let server = support::serve(peers);
    session.driver.goto(server.url()).await?;
    session.find("#file").await?.send_keys(file.to_string_lossy()).await?;
    let script = "const [peer, done] = arguments; window[peer]().then(done);";
    let found = session.driver.execute_async(script, vec![json!(peer)]).await?;
    let mut found: Value = found.convert()?;
    found["file"] = json!(name_of(file));
    found["bytes"] = json!(file.metadata()?.len());
    Ok(found)
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
