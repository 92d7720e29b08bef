//! What the page says of how it knows: disguises, explanations, near misses, deadlines.

use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    a_disguise_is_said_and_every_finding_can_be_explained,
    what_is_close_is_told_apart_from_what_was_found,
    deadlines_are_told_and_saved_as_a_calendar,
}

async fn a_disguise_is_said_and_every_finding_can_be_explained(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    // The first a is Cyrillic.
    page.check_pasted("Name,Version\nK\u{430}spersky Total Security,21\n").await?;
    let product = page.text("article.product").await?;
    assert!(product.contains("the Cyrillic \u{430} (U+0430) stands for a"), "{product}");
    page.click(".finding details summary").await?;
    let told = page.text(".finding details li").await?;
    assert!(told.contains("It is Kaspersky Total Security"), "{told}");
    let all = page.text(".finding details").await?;
    for expected in [
        "What was compared",
        "Another Kaspersky product (kaspersky.other) was rejected",
        "that is what the best evidence says on its own",
    ] {
        assert!(all.contains(expected), "{expected} is not in {all}");
    }
    page.is_accessible("explained").await
}

async fn what_is_close_is_told_apart_from_what_was_found(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let answer = page.check_pasted("Name,Version\nKaspersy Total Security,21\nNotepad,1\n").await?;
    assert!(!answer.contains("1 product"), "{answer}");
    let results = page.text("section:has(#results)").await?;
    assert!(results.contains("Not found, but worth a look"), "{results}");
    assert!(results.contains("one letter away"), "{results}");
    page.is_accessible("near-miss").await
}

async fn deadlines_are_told_and_saved_as_a_calendar(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let choose = "document.getElementById('profile-us-federal-contractor').click();";
    page.driver.execute(choose, vec![]).await?;
    page.check_pasted("Kaspersky Free\n").await?;
    let results = page.text("section:has(#results)").await?;
    assert!(results.contains("counted from"), "{results}");
    let calendar = page.saved_by("#save-calendar").await?;
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.contains("NDAA section 1634"), "{calendar}");
    page.is_accessible("deadlines").await
}
