//! The findings looked through as a table.

use std::fmt::Write as _;
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    findings_are_grouped_narrowed_and_searched,
    many_findings_are_turned_over_page_by_page,
    every_program_that_was_checked_is_there,
    more_findings_than_are_sent_at_once_come_when_they_are_asked_for,
}

const TABLE: &str = "div:has(> #browse)";

impl Session {
    /// Waits until the table says that.
    async fn table_says(&self, expected: &str) -> WebDriverResult<String> {
        let mut said = String::new();
        for _ in 0..200 {
            said = self.text(TABLE).await?;
            if said.contains(expected) {
                return Ok(said);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("expected {expected:?} in {said:?}");
    }

    async fn rows(&self) -> WebDriverResult<Vec<String>> {
        let script = "return Array.from(document.querySelectorAll('div:has(> #browse) tbody tr'), \
                      (row) => Array.from(row.cells, (cell) => cell.textContent).join(' | '));";
        self.driver.execute(script, vec![]).await?.convert()
    }

    async fn hash(&self) -> WebDriverResult<String> {
        self.driver.execute("return location.hash;", vec![]).await?.convert()
    }
}

const LIST: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-2,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-2,<b>WeChat</b>,3.9,Tencent\n\
    PC-3,Firefox,133.0,Mozilla\n";

async fn findings_are_grouped_narrowed_and_searched(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.table_says("Rows 1 to 2 of 2.").await?;
    assert_eq!(page.rows().await?[0], "Kaspersky Free 21.3 | Banned | 2 | PC-1, PC-2");
    assert_eq!(page.hash().await?, "", "the address is as it was");
    page.is_accessible("browse").await?;

    // By the keyboard: the third kind of row is a computer.
    page.find("#browse-by").await?.send_keys("c").await?;
    page.table_says("Programs").await?;
    page.table_says("PC-1").await?;
    let rows = page.rows().await?;
    assert_eq!(rows[0], "PC-2 | Banned | 2 | <b>WeChat</b> 3.9, Kaspersky Free 21.3", "{rows:?}");
    assert_eq!(page.hash().await?, "#by=computer");

    page.find("#browse-search").await?.send_keys("wechat").await?;
    page.table_says("Rows 1 to 1 of 1.").await?;
    assert_eq!(page.rows().await?, ["PC-2 | Banned | 1 | <b>WeChat</b> 3.9"]);
    assert_eq!(page.focused().await?, "browse-search", "the reader goes on typing");
    assert_eq!(page.hash().await?, "#by=computer", "what is searched for is not in the address");
    page.find("#browse-search").await?.send_keys(" nothing").await?;
    page.table_says("No row fits.").await?;
    page.is_accessible("browse-nothing").await?;

    // Opened again, the page looks at the same.
    page.driver.refresh().await?;
    page.check_pasted(LIST).await?;
    page.table_says("Rows 1 to 2 of 2.").await?;
    assert!(page.rows().await?[0].starts_with("PC-2 | "));
    page.set_viewport(320, 800).await?;
    assert!(!page.scrolls_sideways().await?, "at 320 px");
    Ok(())
}

async fn many_findings_are_turned_over_page_by_page(page: &Session) -> WebDriverResult<()> {
    let mut list = "Computer,Name,Version\n".to_owned();
    for number in 0..120 {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "PC-{number},Kaspersky Free,21.{number:03}");
    }
    page.open().await?;
    page.check_pasted(&list).await?;
    page.table_says("Rows 1 to 50 of 120.").await?;
    page.click("div:has(> #browse) .actions button").await?;
    page.table_says("Rows 51 to 100 of 120.").await?;
    assert_eq!(page.rows().await?.len(), 50);
    page.click("div:has(> #browse) .actions button:last-child").await?;
    page.table_says("Rows 101 to 120 of 120.").await?;
    assert_eq!(page.rows().await?.len(), 20);
    let buttons = page.driver.find_all(By::Css("div:has(> #browse) .actions button")).await?;
    assert_eq!(buttons.len(), 1, "there are no rows behind the last");
    Ok(())
}

async fn every_program_that_was_checked_is_there(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted("Name,Version,Publisher\nFirefox,133.0,Mozilla\n7-Zip,24.08,Igor Pavlov\n")
        .await?;
    // Nothing was found, so that is what the table has.
    page.table_says("Rows 1 to 2 of 2.").await?;
    let expected = [
        "7-Zip | Nothing found | 24.08 | Igor Pavlov",
        "Firefox | Nothing found | 133.0 | Mozilla",
    ];
    assert_eq!(page.rows().await?, expected);
    page.click("#answer a[href='#browse']").await?;
    page.find("#browse-search").await?.send_keys("zip").await?;
    page.table_says("Rows 1 to 1 of 1.").await?;
    assert_eq!(page.rows().await?, expected[..1]);
    page.is_accessible("checked").await?;

    page.open().await?;
    page.check_pasted(LIST).await?;
    page.find("#browse-by").await?.send_keys("program that").await?;
    page.table_says("Rows 1 to 3 of 3.").await?;
    assert_eq!(page.rows().await?[2], "Firefox | Nothing found | 133.0 | Mozilla");
    Ok(())
}

async fn more_findings_than_are_sent_at_once_come_when_they_are_asked_for(
    page: &Session,
) -> WebDriverResult<()> {
    const FINDINGS: usize = 5_000;
    page.open().await?;
    let mut list = "Computer,Name,Version\n".to_owned();
    for number in 0..FINDINGS {
        writeln!(list, "PC-{number:05},Kaspersky Free,21.{number:05}").expect("a string");
    }
    page.check_pasted(&list).await?;
    page.table_says("Rows 1 to 50 of 5000.").await?;
    let more = ".part:has(.product) > button";
    let shown = ".part:has(.product)";
    // What the results had is drawn without asking, a page at a time.
    let sent = clearlist::app::view::FINDINGS_SENT;
    for on_page in (25..sent).step_by(25) {
        page.says(shown, &format!("{on_page} of 5,000 findings are shown.")).await?;
        page.click(more).await?;
    }
    page.says(shown, &format!("{sent} of 5,000 findings are shown.")).await?;
    page.click(more).await?;
    page.says(shown, &format!("{} of 5,000 findings are shown.", sent + 25)).await?;
    page.find(&format!("#finding-{sent}")).await?;
    assert_eq!(page.focused().await?, format!("finding-{sent}"));
    let drawn = page.driver.find_all(By::Css(".finding")).await?.len();
    assert_eq!(drawn, sent + 25);
    Ok(())
}
