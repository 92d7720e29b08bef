//! The page without a network, as one file from a disk, and behind a web server that is set up as documented.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use thirtyfour::prelude::*;

use crate::support::{self, Session, journeys};

journeys! {
    it_works_when_the_server_is_gone,
    a_newer_version_is_offered_and_not_forced,
    a_file_that_was_tampered_with_is_not_used,
    every_way_out_is_tried_and_blocked,
    a_way_out_that_is_open_is_told,
}

mod as_one_file {
    use crate::languages::the_whole_story_is_told_in_spanish_with_the_keyboard_alone;
    use crate::large::many_workers_give_the_report_of_one;
    use crate::main_job::nothing_is_requested_after_the_page_has_loaded;
    use crate::own_rules::rules_are_remembered_only_if_that_is_wanted;
    use crate::reading::packed_files_are_opened_and_read;
    use crate::story::a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again;
    use crate::the_page_starts;

    crate::support::journeys! { at SingleFile:
        the_page_starts,
        a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again,
        the_whole_story_is_told_in_spanish_with_the_keyboard_alone,
        rules_are_remembered_only_if_that_is_wanted,
        packed_files_are_opened_and_read,
        many_workers_give_the_report_of_one,
        nothing_is_requested_after_the_page_has_loaded,
    }
}

mod behind_nginx {
    use super::it_is_sent_with_every_documented_header;
    use crate::main_job::nothing_is_requested_after_the_page_has_loaded;
    use crate::own_rules::rules_are_remembered_only_if_that_is_wanted;
    use crate::share::a_link_made_from_results_opens_as_a_summary_to_read;
    use crate::story::a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again;

    crate::support::journeys! { at Nginx:
        it_is_sent_with_every_documented_header,
        a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again,
        rules_are_remembered_only_if_that_is_wanted,
        nothing_is_requested_after_the_page_has_loaded,
        a_link_made_from_results_opens_as_a_summary_to_read,
    }
}

const OFFLINE: &str = "works without a network";

impl Session {
    /// Waits until the page says that it works without a network.
    async fn is_kept(&self) -> WebDriverResult<()> {
        self.says(".footer", OFFLINE).await?;
        Ok(())
    }
}

async fn it_works_when_the_server_is_gone(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.is_kept().await?;
    page.server.stop();

    page.open().await?;
    page.is_kept().await?;
    let answer = page.check_pasted("Name\nKaspersky Free\n").await?;
    assert!(answer.contains("found"), "{answer}");
    let saved = page.saved_as("json").await?;
    assert!(saved.contains("Kaspersky Free"), "{saved}");
    // What had not been loaded before is there too.
    page.find("#language").await?.send_keys("Français").await?;
    page.driver.execute("document.activeElement.blur();", vec![]).await?;
    page.find("html[lang=fr]").await?;
    page.driver.goto(format!("{}index.html", page.url)).await?;
    page.text("h1").await?;
    // Looking for a newer version is all that fails, and that is the browser's own business.
    let complaints = page.take_complaints().await?;
    let of_the_page =
        complaints.iter().filter(|complaint| !complaint.contains("service-worker.js"));
    assert_eq!(of_the_page.collect::<Vec<_>>(), [""; 0]);
    Ok(())
}

/// A copy of the page in a folder of its own, removed when this is dropped.
struct Copy(std::path::PathBuf);

impl Copy {
    fn new(page: &Session) -> Copy {
        let folder = std::env::temp_dir()
            .join(format!("clearlist-copy-{}", page.url.replace(['/', ':'], "-")));
        copy(&support::setting("CLEARLIST_DIST"), &folder);
        Copy(folder)
    }

    /// The name of the file in its folder that ends so.
    fn file(&self, end: &str) -> std::path::PathBuf {
        let files = fs::read_dir(&self.0).expect("a folder").filter_map(Result::ok);
        let found =
            files.map(|file| file.path()).find(|file| file.to_string_lossy().ends_with(end));
        found.expect("there is such a file")
    }

    /// Changes a text in a file, where it must be once.
    fn change(&self, file: &str, before: &str, after: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(text.matches(before).count(), 1, "{before} in {file}");
        fs::write(path, text.replace(before, after)).expect("the file is written");
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder that is left behind among temporary ones harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").filter_map(Result::ok) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

async fn a_newer_version_is_offered_and_not_forced(page: &Session) -> WebDriverResult<()> {
    let copy = Copy::new(page);
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    page.is_kept().await?;

    let index = copy.0.join("index.html");
    let before = integrity(&fs::read(&index)?);
    copy.change("index.html", "<html lang=\"en\">", "<html lang=\"en\" data-version=\"2\">");
    copy.change("service-worker.js", &before, &integrity(&fs::read(&index)?));
    copy.change("service-worker.js", "VERSION = \"", "VERSION = \"2");

    // The page is what it was, though the server has another.
    let version = "return document.documentElement.dataset.version ?? '1';";
    page.driver.goto(server.url()).await?;
    page.find("#use-newer").await?;
    let shown: String = page.driver.execute(version, vec![]).await?.convert()?;
    assert_eq!(shown, "1");
    let told = page.text(".alert").await?;
    assert!(told.contains("save what you need"), "{told}");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.screenshot("newer").await?;
    // It is in nobody's way.
    page.check_pasted("Name\nFirefox\n").await?;

    page.click("#use-newer").await?;
    page.find("html[data-version='2']").await?;
    page.is_kept().await?;
    assert!(page.driver.find_all(By::Css("#use-newer")).await?.is_empty());
    // Nothing is kept of the old one.
    let count = "const done = arguments[0]; caches.keys().then((names) => done(names.length));";
    let caches: u32 = page.driver.execute_async(count, vec![]).await?.convert()?;
    assert_eq!(caches, 1);
    Ok(())
}

async fn a_file_that_was_tampered_with_is_not_used(page: &Session) -> WebDriverResult<()> {
    let copy = Copy::new(page);
    let wasm = copy.file("_bg.wasm");
    // A section of its own kind that says nothing: the program itself would run as before.
    let mut bytes = fs::read(&wasm)?;
    bytes.extend([0, 2, 1, b'x']);
    fs::write(&wasm, bytes)?;
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    let told = page.text("#start-failed").await?;
    assert!(told.contains("could not start"), "{told}");
    let complaints = page.take_complaints().await?;
    assert!(complaints.iter().any(|it| it.to_lowercase().contains("integrity")), "{complaints:?}");
    Ok(())
}

/// What is sent is what docs/hosting.md asks for; that the page works under it is what the other journeys show.
async fn it_is_sent_with_every_documented_header(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.is_kept().await?;
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hosting.md");
    let document = fs::read_to_string(document)?;
    let script = "const [name, done] = arguments; fetch('./', { cache: 'no-store' }).then((answer) => done(answer.headers.get(name)));";
    let mut checked = 0;
    for row in document.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (name, rest) = row.split_once("` | `").expect("a name and a value");
        let (value, _) = rest.split_once("` |").expect("a value");
        let sent = page.driver.execute_async(script, vec![name.into()]).await?;
        assert_eq!(sent.convert::<Option<String>>()?.as_deref(), Some(value), "{name}");
        checked += 1;
    }
    assert!(checked >= 8, "{checked} headers");
    // A program of the page is never asked for again; the page itself always is.
    let script = "const done = arguments[0]; const name = document.querySelector('meta[name=clearlist-worker-wasm]').content; \
                  Promise.all([name, './'].map((it) => fetch(it, { cache: 'no-store' }).then((answer) => \
                  `${answer.headers.get('content-type')} ${answer.headers.get('cache-control')}`))).then(done);";
    let sent: Vec<String> = page.driver.execute_async(script, vec![]).await?.convert()?;
    assert_eq!(
        sent,
        ["application/wasm public, max-age=31536000, immutable", "text/html no-cache"]
    );
    Ok(())
}

async fn every_way_out_is_tried_and_blocked(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted("Name\nKaspersky Free\n").await?;
    page.click("#try-ways-out").await?;
    page.says(".footer", "Every way that was tried is blocked.").await?;
    let tried = page.text(".footer ul").await?;
    assert_eq!(tried.matches(": blocked").count(), 10, "{tried}");
    assert!(page.text("#answer").await?.contains("found"), "what was there is still there");
    page.is_accessible("ways-out").await?;
    // What the page did not want is what its policy forbids.
    assert!(page.take_complaints().await?.len() >= 8);
    Ok(())
}

/// Were the policy not there, the page would say so: else the journey above would prove nothing.
async fn a_way_out_that_is_open_is_told(page: &Session) -> WebDriverResult<()> {
    let copy = Copy::new(page);
    copy.change("index.html", "http-equiv=\"Content-Security-Policy\"", "name=\"nothing\"");
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    page.click("#try-ways-out").await?;
    page.says(".footer", "Give this page no list here").await?;
    let tried = page.text(".footer ul").await?;
    assert_eq!(tried.matches("NOT blocked").count(), 9, "{tried}");
    page.take_complaints().await?;
    Ok(())
}
