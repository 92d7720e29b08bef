//! The report, saved in every way.

use clearlist::engine::writers::WRITERS;
use thirtyfour::prelude::*;

use crate::main_job::MadeFile;
use crate::support::{Session, journeys};

journeys! {
    the_report_is_saved_in_every_way,
    the_report_carries_the_readers_marking,
    the_html_file_opens_anywhere_and_is_accessible,
}

const LIST: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab\n\
    PC-2,<b>WeChat</b>,3.9,Tencent\nPC-2,Kaspersy,1,\n";

async fn the_report_is_saved_in_every_way(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.is_accessible("export").await?;
    let script = "return document.getElementById('export').value;";
    let chosen: String = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(chosen, "html", "what opens anywhere is chosen at first");
    for writer in WRITERS {
        let saved = page.saved_as(writer.id).await?;
        // A workbook is packed; as text, only its beginning can be told.
        let has_it = match writer.id {
            "xlsx" => saved.starts_with("PK"),
            // What was found is not on Linux, and no deadline names a product.
            "ics" | "bash-script" => true,
            _ => saved.contains("Kaspersky"),
        };
        assert!(has_it, "{}: {saved}", writer.id);
    }
    Ok(())
}

async fn the_report_carries_the_readers_marking(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.find("#marking").await?.send_keys("CUI//<b>SP-PRVCY").await?;
    let saved = page.saved_as("text").await?;
    assert_eq!(saved.matches("CUI//<b>SP-PRVCY").count(), 2, "at head and foot: {saved}");
    let saved = page.saved_as("html").await?;
    assert!(saved.contains("CUI//&lt;b&gt;SP-PRVCY"), "{saved}");
    Ok(())
}

async fn the_html_file_opens_anywhere_and_is_accessible(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    let saved = page.saved_as("html").await?;
    let file = MadeFile::new(page, "report.html", saved.as_bytes());
    page.driver.goto(format!("file://{}", file.0.display())).await?;
    let heading = page.text("h1").await?;
    assert!(heading.starts_with("Clearlist report of "), "{heading}");
    let words = page.text("main").await?;
    assert!(words.contains("<b>WeChat</b>") && words.contains("PC-1"), "{words}");
    // Its style is applied: its own policy allows it.
    let script = "return getComputedStyle(document.querySelector('.answer')).fontWeight;";
    let weight: String = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(weight, "700");
    page.is_accessible("html-report").await?;
    let printed = page.printed().await?;
    assert!(printed.contains("Signature:") && !printed.contains("\"schema\""), "{printed}");
    Ok(())
}
