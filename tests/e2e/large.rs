//! A large file: read by several workers with the same report, in little memory.

use std::fs;
use std::io::BufWriter;

use serde_json::Value;
use sha2::{Digest, Sha256};
use thirtyfour::prelude::*;
use xtask::bench::inventory::write_csv;

use crate::main_job::MadeFile;
use crate::support::{Browser, Session, journeys};

journeys! {
    many_workers_give_the_report_of_one,
}

/// Some 55 MB: enough for two workers.
const RECORDS: u64 = 550_000;

/// The most that the WebAssembly of a worker may ever need, whatever the size of the file.
const MEMORY_BYTES: u64 = 64 * 1024 * 1024;

pub async fn many_workers_give_the_report_of_one(page: &Session) -> WebDriverResult<()> {
    let file = MadeFile::new(page, "fleet.csv", b"");
    write_csv(RECORDS, &mut BufWriter::new(fs::File::create(&file.0)?))?;
    let sha256: String =
        Sha256::digest(fs::read(&file.0)?).iter().map(|byte| format!("{byte:02x}")).collect();

    // In a page that was opened from a disk, Chromium lets no worker start another.
    let is_alone = page.url.starts_with("file:") && page.browser == Browser::Chromium;
    let mut reports = Vec::new();
    for (cores, readers) in [(1, 1), (4, if is_alone { 1 } else { 2 })] {
        page.open().await?;
        page.pretend_cores(cores).await?;
        page.choose(std::slice::from_ref(&file.0)).await?;
        page.check().await?;
        assert_eq!(page.marked("readers").await?, readers);
        let memory = page.marked("memory").await?;
        assert!(memory < MEMORY_BYTES, "{memory} bytes of WebAssembly memory");
        reports.push(page.saved_as("json").await?);
    }
    let report: Value = serde_json::from_str(&reports[0])?;
    assert_eq!(report["sources"][0]["sha256"], sha256);
    assert_eq!(report["sources"][0]["records"], RECORDS);
    assert!(report["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
    assert_eq!(reports[0], reports[1]);
    Ok(())
}

impl Session {
    /// Has the page believe that the processor has so many cores.
    async fn pretend_cores(&self, cores: u32) -> WebDriverResult<()> {
        let script = "const [cores] = arguments; \
                      const get = () => cores; \
                      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get });";
        self.driver.execute(script, vec![cores.into()]).await?;
        Ok(())
    }

    /// The number that the page has left for measurements under that name.
    pub async fn marked(&self, name: &str) -> WebDriverResult<u64> {
        let script = "const [name] = arguments; \
                      const marks = performance.getEntriesByType('mark').map(({ name }) => name.split('=')); \
                      return Number(marks.findLast(([of]) => of === `clearlist:${name}`)[1]);";
        self.driver.execute(script, vec![name.into()]).await?.convert()
    }

    /// The report as that writer writes it, where that is text.
    pub async fn saved_as(&self, writer: &str) -> WebDriverResult<String> {
        self.choose_writer(writer).await?;
        self.saved_by("#save-report").await
    }

    /// The report as that writer writes it.
    pub async fn saved_bytes(&self, writer: &str) -> WebDriverResult<Vec<u8>> {
        self.choose_writer(writer).await?;
        self.saved_by("#save-report").await?;
        let read = "const [done] = arguments; \
                    window.saved.arrayBuffer().then((bytes) => done([...new Uint8Array(bytes)]));";
        self.driver.execute_async(read, vec![]).await?.convert()
    }

    async fn choose_writer(&self, writer: &str) -> WebDriverResult<()> {
        let script = "const box = document.getElementById('export'); box.value = arguments[0]; \
                      box.dispatchEvent(new Event('change', { bubbles: true }));";
        self.find("#export").await?;
        self.driver.execute(script, vec![writer.into()]).await?;
        Ok(())
    }

    /// What the page saves as a file when that is clicked.
    pub async fn saved_by(&self, button: &str) -> WebDriverResult<String> {
        // Nothing that was saved before is taken for it.
        let watch = "window.saved = null; const made = URL.createObjectURL.bind(URL); \
                     URL.createObjectURL = (blob) => { window.saved = blob; return made(blob); };";
        self.driver.execute(watch, vec![]).await?;
        self.click(button).await?;
        let wait = "const [done] = arguments; const look = () => window.saved \
                        ? window.saved.text().then(done) : setTimeout(look, 20); look();";
        self.driver.execute_async(wait, vec![]).await?.convert()
    }
}
