//! The built page in real browsers.
//!
//! `cargo xtask test browsers` runs these, and `cargo xtask test browsers -- print` those with "print" in their names. A
//! journey is one function that takes a [`Session`]: a fresh browser, the built page on a server of its own. Each runs in
//! Chromium and in Firefox, as a test of its own; some also with the page as one file on the disk, or behind nginx. After each, the harness itself checks that the browser had nothing to
//! complain of (an error, something the page's policy blocked) and that nothing but the page's own files was asked for.
#![allow(clippy::expect_used, reason = "a test ends at the first surprise")]

mod accessibility;
mod anywhere;
mod browse;
mod decisions;
mod export;
mod faults;
mod fleet;
mod knowing;
mod languages;
mod large;
mod main_job;
mod own_rules;
mod reading;
mod removal;
mod share;
mod story;
mod support;
#[path = "../machine/validators.rs"]
#[allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]
mod validators;

use std::path::Path;

use thirtyfour::prelude::*;

use support::{Session, journeys};

/// A page that does everything ours must not.
const BAD_PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/bad");

journeys! {
    the_page_starts,
    it_is_there_after_few_requests,
    no_worker_escapes_the_policy,
    the_harness_sees_what_it_must,
}

/// It starts at any width, can be printed, and axe-core finds nothing.
pub async fn the_page_starts(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let title = page.driver.title().await?;
    assert!(title.starts_with("Clearlist"), "{title}");
    page.screenshot("start").await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    for width in [320, 1280] {
        page.set_viewport(width, 800).await?;
        assert!(!page.scrolls_sideways().await?, "at {width} px");
    }
    assert!(page.printed().await?.contains("Clearlist"));
    Ok(())
}

/// From the first to the first answer; what a browser asks for to keep the page comes after that.
async fn it_is_there_after_few_requests(page: &Session) -> WebDriverResult<()> {
    const MOST: usize = 10;
    let copy = anywhere::Copy::new(page);
    std::fs::write(copy.0.join("service-worker.js"), "")?;
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    page.check_pasted("Name\nKaspersky Free\n").await?;
    let requests = server.requests();
    let asked: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert!(asked.len() <= MOST, "{asked:#?}");
    assert!(asked.iter().any(|it| it.ends_with("worker_bg.wasm")), "{asked:#?}");
    Ok(())
}

/// A worker with an address of its own would not be bound by the page's policy, so none may start; one from a `blob:` is. The
/// policy lets scripts of the page's own host start, for the service worker; that only this one does is held by trusted types.
async fn no_worker_escapes_the_policy(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let elsewhere = support::serve(Path::new(BAD_PAGE));
    let script = r#"
        const [elsewhere, done] = arguments;
        const start = (address) => new Promise((resolve) => {
            try {
                const worker = new Worker(address, { type: "module" });
                worker.onmessage = (message) => resolve(message.data);
                worker.onerror = () => resolve("could not start");
            } catch {
                resolve("could not start");
            }
        });
        const starts = `postMessage("started");`;
        const sends = `fetch(${JSON.stringify(elsewhere)}, { mode: "no-cors" })
            .then(() => postMessage("sent"), () => postMessage("could not send"));`;
        const blob = (script) => URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
        const own = document.querySelector('meta[name="clearlist-worker"]').content;
        Promise.all([start(blob(starts)), start(blob(sends)), start(own)]).then(done);"#;
    let answers = page.driver.execute_async(script, vec![elsewhere.url().into()]).await?;
    assert_eq!(answers.convert::<Vec<String>>()?, ["started", "could not send", "could not start"]);
    assert_eq!(elsewhere.requests(), []);
    let complaints = page.take_complaints().await?;
    let is_told = |complaint: &String| complaint.to_lowercase().contains("trusted");
    assert!(complaints.iter().any(is_told), "{complaints:?}");
    Ok(())
}

/// A page with every fault the harness is to find: were one not found, the journeys above would prove nothing.
async fn the_harness_sees_what_it_must(page: &Session) -> WebDriverResult<()> {
    let server = support::serve(Path::new(BAD_PAGE));
    page.driver.goto(server.url()).await?;
    page.text("#done").await?;

    let complaints = page.take_complaints().await?;
    for fault in
        ["inline script", "inline style", "http://127.0.0.1:9/elsewhere", "thrown by the page"]
    {
        let found = complaints.iter().any(|complaint| complaint.contains(fault));
        assert!(found, "{fault} is not among {complaints:#?}");
    }
    let violations = page.accessibility_violations().await?;
    assert!(
        violations.iter().any(|violation| violation.starts_with("image-alt")),
        "{violations:#?}"
    );
    let target = "/guest/tells.txt?secret";
    assert!(server.requests().iter().any(|request| request.target == target));
    page.set_viewport(320, 800).await?;
    assert!(page.scrolls_sideways().await?);
    Ok(())
}
