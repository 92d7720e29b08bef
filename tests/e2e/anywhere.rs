//! The page without a network, as one file from a disk, and behind a web server that is set up as documented.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use thirtyfour::prelude::*;

use crate::support::{self, Session, journeys};

journeys! {
    it_works_when_the_server_is_gone,
    a_newer_version_is_offered_and_not_forced,
    a_newer_version_is_used_from_any_window,
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
    use crate::support::nginx_says;

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

    /// It may be there in a moment.
    #[test]
    fn what_is_missing_is_not_kept() {
        let Some(head) = nginx_says("missing.js") else { return };
        assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
        assert!(!head.contains("Cache-Control"), "{head}");
        assert!(head.contains("X-Content-Type-Options: nosniff"), "{head}");
    }
}

const OFFLINE: &str = "works without a network";

impl Session {
    /// Waits until the page says that it works without a network.
    pub async fn is_kept(&self) -> WebDriverResult<()> {
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
pub struct Copy(pub PathBuf);

impl Copy {
    pub fn new(page: &Session) -> Copy {
        let folder = std::env::temp_dir()
            .join(format!("clearlist-copy-{}", page.url.replace(['/', ':'], "-")));
        // That of a run that was stopped may be there yet.
        let _ = fs::remove_dir_all(&folder);
        copy(&support::setting("CLEARLIST_DIST"), &folder);
        Copy(folder)
    }

    /// The one file in it, or in a folder of it, whose name begins so.
    pub fn file(&self, beginning: &str) -> PathBuf {
        let (mut found, mut folders) = (Vec::new(), vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else if entry.file_name().to_string_lossy().starts_with(beginning) {
                    found.push(entry.path());
                }
            }
        }
        assert_eq!(found.len(), 1, "{beginning}: {found:?}");
        found.swap_remove(0)
    }

    /// Makes it a newer version of the page, as a build would.
    fn renew(&self) {
        let index = self.0.join("index.html");
        let before = integrity(&index);
        self.change("index.html", "<html lang=\"en\">", "<html lang=\"en\" data-version=\"2\">");
        self.change("service-worker.js", &before, &integrity(&index));
        self.change("service-worker.js", "VERSION = \"", "VERSION = \"2");
    }

    /// Changes the one file whose name begins so, as a build that made it another would.
    pub fn rebuild(&self, beginning: &str, change: impl FnOnce(&[u8]) -> Vec<u8>) {
        let (path, index) = (self.file(beginning), self.0.join("index.html"));
        let (before, index_before) = (integrity(&path), integrity(&index));
        let changed = change(&fs::read(&path).expect("a file"));
        fs::write(&path, changed).expect("the file is written");
        self.change("index.html", &before, &integrity(&path));
        self.change("service-worker.js", &before, &integrity(&path));
        self.change("service-worker.js", &index_before, &integrity(&index));
    }

    /// Adds bytes to the one file whose name begins so.
    fn append(&self, beginning: &str, more: &[u8]) {
        let path = self.file(beginning);
        let mut bytes = fs::read(&path).expect("a file");
        bytes.extend(more);
        fs::write(path, bytes).expect("the file is written");
    }

    /// Changes a text in a file, where it must be once.
    pub fn change(&self, file: &str, before: &str, after: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(text.matches(before).count(), 1, "{before} in {file}");
        fs::write(path, text.replace(before, after)).expect("the file is written");
    }
}

fn integrity(file: &Path) -> String {
    let bytes = fs::read(file).expect("a file");
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
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

async fn a_newer_version_is_offered_and_not_forced(page: &Session) -> WebDriverResult<()> {
    let copy = Copy::new(page);
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    page.is_kept().await?;

    copy.renew();

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

/// A window that was open before the page was kept is not under the service worker; the button works there too.
async fn a_newer_version_is_used_from_any_window(page: &Session) -> WebDriverResult<()> {
    let copy = Copy::new(page);
    let server = support::serve(&copy.0);
    page.driver.goto(server.url()).await?;
    page.is_kept().await?;
    let first = page.driver.window().await?;
    let second = page.driver.new_tab().await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.driver.goto(server.url()).await?;
    page.is_kept().await?;
    copy.renew();
    let third = page.driver.new_tab().await?;
    page.driver.switch_to_window(third).await?;
    page.driver.goto(server.url()).await?;
    page.find("#use-newer").await?;
    page.driver.switch_to_window(first).await?;
    page.click("#use-newer").await?;
    page.find("html[data-version='2']").await?;
    // The others stay what they were until they are asked too, and can still be asked.
    page.driver.switch_to_window(second).await?;
    assert!(page.driver.find_all(By::Css("html[data-version='2']")).await?.is_empty());
    page.click("#use-newer").await?;
    page.find("html[data-version='2']").await?;
    Ok(())
}

async fn a_file_that_was_tampered_with_is_not_used(page: &Session) -> WebDriverResult<()> {
    // Each would be read as before: a section of WebAssembly that says nothing, and a space at the end of a text.
    let section: &[u8] = &[0, 2, 1, b'x'];
    for (file, more) in [
        ("page-", section),
        ("worker_bg", section),
        ("worker.", b" "),
        ("fr.", b" "),
        ("start-", b" "),
        ("app-", b" "),
    ] {
        let copy = Copy::new(page);
        copy.append(file, more);
        let server = support::serve(&copy.0);
        page.driver.goto(server.url()).await?;
        match file {
            "page-" => {
                page.says("#start-failed", "could not start").await?;
            }
            // Without it nothing can tell.
            "start-" => tokio::time::sleep(Duration::from_secs(2)).await,
            "app-" => {
                page.text("h1").await?;
                let colour =
                    "return getComputedStyle(document.querySelector('.banner')).backgroundColor;";
                let colour: String = page.driver.execute(colour, vec![]).await?.convert()?;
                assert_eq!(colour, "rgba(0, 0, 0, 0)");
            }
            "fr." => {
                page.text("h1").await?;
                page.find("#language").await?.send_keys("Français").await?;
                page.driver.execute("document.activeElement.blur();", vec![]).await?;
                page.says(".banner__trouble", "could not be loaded").await?;
            }
            _ => {
                page.text("h1").await?;
                page.paste("Name\nKaspersky Free\n").await?;
                page.click("#check").await?;
                page.says("main", "could not be loaded").await?;
            }
        }
        if matches!(file, "page-" | "start-") {
            assert!(page.driver.find_all(By::Css("h1")).await?.is_empty(), "{file}");
        }
        let complaints = page.take_complaints().await?;
        let is_told = |it: &String| it.to_lowercase().contains("integrity");
        assert!(complaints.iter().any(is_told), "{file}: {complaints:?}");
    }
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
    // What makes connections to other browsers is gone all the same, and of what is loaded ahead no page is told.
    assert_eq!(tried.matches("NOT blocked").count(), 8, "{tried}");
    assert_eq!(tried.matches("could not be tried").count(), 1, "{tried}");
    // Names that do not exist are looked up for a while.
    page.driver.goto("about:blank").await?;
    page.take_complaints().await?;
    Ok(())
}
