//! A summary passed on by a link, and what such a link shows.

use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    a_link_made_from_results_opens_as_a_summary_to_read,
    a_link_that_was_cut_says_what_to_do,
    a_link_is_handed_to_another_program_where_the_browser_can,
}

const FOLD: &str = "details:has(> #share)";

impl Session {
    /// Where the page is, with what stands behind the `#`.
    async fn address(&self) -> WebDriverResult<String> {
        self.driver.execute("return location.href;", vec![]).await?.convert()
    }
}

pub async fn a_link_made_from_results_opens_as_a_summary_to_read(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.click("#sample-office").await?;
    let sentence = page.check().await?;
    page.find("#browse-by").await?.send_keys("c").await?;
    page.says("div:has(> #browse)", "Programs").await?;
    let own_address = page.address().await?;
    assert!(own_address.ends_with("#by=computer"), "{own_address}");

    let requests = page.requests().len();
    page.click("#share").await?;
    page.click("#make-summary").await?;
    page.says(FOLD, "The number of computers, not their names").await?;
    let link = page.text("#share-link").await?;
    let before = format!("{}#share=1.", page.url);
    assert!(link.starts_with(&before), "{link}");
    let told = page.text(FOLD).await?;
    assert!(told.contains(&format!("The link has {}", counted(&link))), "{told}");
    let text = page.text("#share-text").await?;
    assert!(text.contains(&sentence) && !text.contains("OFFICE-01"), "{text}");
    page.is_accessible("share").await?;

    page.click("label[for=share-names]").await?;
    page.says(FOLD, "The names of the computers").await?;
    let named = page.text("#share-link").await?;
    assert!(page.text("#share-text").await?.contains("OFFICE-01"));
    assert_ne!(named, link);

    // The same page, which has results of its own.
    page.driver.goto(&link).await?;
    let shared = page.says(".results", "This was not checked here").await?;
    assert!(shared.contains("A shared summary") && shared.contains(&sentence), "{shared}");
    assert!(shared.contains("Kaspersky") && !shared.contains("OFFICE-01"), "{shared}");
    assert_eq!(page.focused().await?, "results");
    page.is_accessible("shared").await?;
    let printed = page.printed().await?;
    assert!(printed.contains("This was not checked here"), "{printed}");
    page.click("#leave-shared").await?;
    page.says(".results", "Check another list").await?;
    assert_eq!(page.address().await?, own_address, "what was looked at of the table is back");
    assert_eq!(page.requests().len(), requests, "nothing was asked for");

    // Another reader, with names.
    page.driver.goto("about:blank").await?;
    page.driver.goto(&named).await?;
    let shared = page.says(".results", "This was not checked here").await?;
    assert!(shared.contains("OFFICE-01"), "{shared}");
    assert!(!page.requests().iter().any(|request| request.target.contains("share=")));

    // Their own list is checked beside it.
    page.paste("Name\nFirefox\n").await?;
    page.click("#check").await?;
    page.says(".results", "Nothing covered was found").await?;
    assert!(!page.address().await?.contains("share"), "loaded again, it is their own list");
    Ok(())
}

/// A number as the page writes it.
fn counted(text: &str) -> String {
    match text.len() {
        few @ ..1000 => few.to_string(),
        many => format!("{},{:03}", many / 1000, many % 1000),
    }
}

async fn a_link_that_was_cut_says_what_to_do(page: &Session) -> WebDriverResult<()> {
    page.driver.goto(format!("{}#share=1.eNo", page.url)).await?;
    let said = page.says(".results", "This link shows no summary").await?;
    assert!(said.contains("copy the whole link"), "{said}");
    page.is_accessible("shared-cut").await?;
    page.click("#leave-shared").await?;
    page.says(".results", "Results").await?;
    assert_eq!(page.focused().await?, "give");
    assert!(!page.address().await?.contains("share"), "loaded again, the page is empty");
    Ok(())
}

async fn a_link_is_handed_to_another_program_where_the_browser_can(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted("Name\nKaspersky Free\n").await?;
    page.click("#share").await?;
    page.click("#make-summary").await?;
    page.says(FOLD, "What is in it").await?;
    let script = "return ('share' in navigator) === !!document.getElementById('share-with');";
    let is_as_it_can: bool = page.driver.execute(script, vec![]).await?.convert()?;
    assert!(is_as_it_can, "the button is there where the browser can, and only there");

    let script = "Object.defineProperty(navigator, 'share', { configurable: true, value: (data) => { \
                  window.handedOver = data.url; return Promise.reject(new Error('closed')); } });";
    page.driver.execute(script, vec![]).await?;
    page.click("#make-summary").await?;
    page.click("#share-with").await?;
    let handed: String =
        page.driver.execute("return window.handedOver;", vec![]).await?.convert()?;
    assert_eq!(handed, page.text("#share-link").await?);
    Ok(())
}
