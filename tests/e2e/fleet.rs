//! Queries for the reader's own tools.

use std::time::Duration;

use clearlist::engine::queries::ENGINES;
use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    a_query_is_written_for_what_is_ticked,
    every_tool_gets_its_files,
}

impl Session {
    /// Chooses a tool as the keyboard does: the value, and the event.
    async fn choose_tool(&self, id: &str) -> WebDriverResult<()> {
        self.find(&format!("#engine option[value='{id}']")).await?;
        let script = "const box = document.getElementById('engine'); box.value = arguments[0]; \
                      box.dispatchEvent(new Event('change', { bubbles: true }));";
        self.driver.execute(script, vec![id.into()]).await?;
        Ok(())
    }

    /// The text of the first query, as soon as it says that.
    async fn query_with(&self, expected: &str) -> WebDriverResult<String> {
        let script = "return document.getElementById('query-1')?.value ?? '';";
        let mut text = String::new();
        for _ in 0..200 {
            text = self.driver.execute(script, vec![]).await?.convert()?;
            if text.contains(expected) {
                return Ok(text);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("expected {expected:?} in {text:?}");
    }
}

async fn a_query_is_written_for_what_is_ticked(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.open_everything().await?;
    page.driver.execute("document.getElementById('profile-us-company').click();", vec![]).await?;
    page.choose_tool("sql").await?;
    let query = page.query_with("kaspersky").await?;
    assert!(query.contains("us-bis-icts-kaspersky-2024"), "{query}");
    assert!(!query.contains("tiktok"), "what no directive that is ticked covers is not looked for");
    let fold = page.text("details:has(#fleet)").await?;
    assert!(fold.contains("What this cannot find"), "{fold}");
    page.is_accessible("fleet").await?;

    // What is ticked changes, and so do rules of one's own.
    page.driver.execute("document.getElementById('profile-everything').click();", vec![]).await?;
    page.query_with("tiktok").await?;
    page.click("details:has(#own-rules) .samples__button").await?;
    page.query_with("remote desk").await?;

    let script = "for (const box of document.querySelectorAll('input[id^=directive-]:checked')) box.click();";
    page.driver.execute(script, vec![]).await?;
    let mut fold = String::new();
    for _ in 0..100 {
        fold = page.text("details:has(#fleet)").await?;
        if fold.contains("No directive is ticked.") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(fold.contains("No directive is ticked."), "{fold}");
    Ok(())
}

async fn every_tool_gets_its_files(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.open_everything().await?;
    for engine in ENGINES {
        page.choose_tool(engine.id).await?;
        let fold = page.text("details:has(#fleet)").await?;
        assert!(fold.contains(engine.about), "{fold}");
        page.query_with("Clearlist").await?;
        page.choose_tool("").await?;
    }
    page.choose_tool("bash").await?;
    let shown = page.query_with("#!").await?;
    assert_eq!(page.saved_by("#query-1-save").await?, shown);
    Ok(())
}
