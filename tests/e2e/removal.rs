//! What is done of a removal, what the page keeps, and what a fleet looks like at a glance.

use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    what_is_done_is_ticked_off_saved_and_remembered_only_if_that_is_wanted,
    everything_is_cleared_for_good,
    a_fleet_is_seen_at_a_glance_and_printed_with_a_marking,
}

const LIST: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Endpoint Security for Windows,12.6,AO Kaspersky Lab\n\
    PC-2,Kaspersky Endpoint Security for Windows,12.6,AO Kaspersky Lab\n\
    PC-3,<b>Firefox</b>,133.0,Mozilla\n";

const PRODUCT: &str = "article.product";

impl Session {
    /// Ticks the box whose label ends with that.
    async fn tick(&self, of: &str) -> WebDriverResult<()> {
        let script = "const boxes = [...document.querySelectorAll('.check')]; \
                      boxes.find((it) => it.textContent.includes(arguments[0])).click();";
        self.find(".check").await?;
        self.driver.execute(script, vec![of.into()]).await?;
        Ok(())
    }

    /// The words of every box that is ticked.
    async fn ticked(&self) -> WebDriverResult<Vec<String>> {
        let script = "return [...document.querySelectorAll('.check')].filter(\
                      (it) => it.control.checked).map((it) => it.textContent);";
        self.driver.execute(script, vec![]).await?.convert()
    }
}

async fn what_is_done_is_ticked_off_saved_and_remembered_only_if_that_is_wanted(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.open_everything().await?;
    // The steps are drawn a moment after the fold is opened.
    page.find(".steps__step .check").await?;
    page.tick(": step 1: ").await?;
    page.tick(": PC-2").await?;
    let progress = page.says(PRODUCT, "Done so far: 1 of ").await?;
    assert!(progress.contains(" steps, 1 of 2 installations."), "{progress}");
    assert_eq!(page.kept_keys().await?, [""; 0], "nothing is kept unasked");
    page.is_accessible("checklist").await?;

    let saved = page.saved_by("#save-checklist").await?;
    let rows: Vec<Vec<String>> =
        csv::Reader::from_reader(saved.trim_start_matches('\u{FEFF}').as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .expect("a table");
    let done = |of: &str| {
        let row = rows.iter().find(|row| row[2] == of).unwrap_or_else(|| panic!("{of}: {saved}"));
        row[4].clone()
    };
    assert_eq!((done("PC-1").as_str(), done("PC-2").as_str()), ("no", "yes"));
    assert_eq!(rows.iter().filter(|row| row[4] == "yes").count(), 2, "{saved}");

    page.click("label[for=keep-ticks]").await?;
    page.says(".part:has(.product)", "Remember what I tick").await?;
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.open_everything().await?;
    page.says(PRODUCT, "1 of 2 installations.").await?;
    page.find(".steps__step .check").await?;
    assert_eq!(page.ticked().await?.len(), 2, "{:?}", page.ticked().await?);
    assert_eq!(page.kept_keys().await?, ["clearlist.done.0"]);
    page.click("label[for=keep-ticks]").await?;
    page.says(".part:has(.product)", "Remember what I tick").await?;
    assert_eq!(page.kept_keys().await?, [""; 0], "and nothing once it is unticked");
    Ok(())
}

pub async fn everything_is_cleared_for_good(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.driver.execute("localStorage.setItem('another.page', 'stays');", vec![]).await?;
    page.check_pasted(LIST).await?;
    page.open_everything().await?;
    page.tick(": PC-1").await?;
    page.click("label[for=keep-ticks]").await?;
    page.says(PRODUCT, "1 of 2 installations.").await?;
    page.find("#browse-by").await?.send_keys("pro").await?;
    assert_eq!(page.kept_keys().await?, ["another.page", "clearlist.done.0"]);

    page.click("#forget").await?;
    let asked = page.says("#forgetting", "Clear everything now?").await?;
    assert!(asked.contains("cannot be undone"), "{asked}");
    assert_eq!(page.focused().await?, "forgetting");
    page.is_accessible("forgetting").await?;
    page.click("#forget-not").await?;
    page.says("#forgetting", "Clear everything…").await?;
    page.find(PRODUCT).await?;

    page.click("#forget").await?;
    page.click("#forget").await?;
    page.says("#forgetting", "Everything is cleared").await?;
    page.is_accessible("forgotten").await?;
    assert_eq!(page.value_of_paste().await?, "");
    let main = page.text("main").await?;
    assert!(
        main.contains("Results will appear here.") && !main.contains("Kaspersky Endpoint"),
        "{main}"
    );
    assert_eq!(page.kept_keys().await?, ["another.page"], "what others keep is not ours");
    let hash: String = page.driver.execute("return location.hash;", vec![]).await?.convert()?;
    assert!(!hash.contains('='), "{hash}");
    // The page goes on as if it were new.
    let sentence = page.check_pasted(LIST).await?;
    assert!(sentence.contains("found on 2 computers"), "{sentence}");
    page.open_everything().await?;
    page.find(".places .check").await?;
    assert_eq!(page.ticked().await?, [""; 0]);
    Ok(())
}

async fn a_fleet_is_seen_at_a_glance_and_printed_with_a_marking(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    let pictures = page.text(".pictures").await?;
    assert!(pictures.contains("is on most: 2 of 3 computers."), "{pictures}");
    // The bar is as long as its number says, and really drawn.
    let script = "const part = document.querySelector('.bars__part').getBoundingClientRect(); \
                  const all = document.querySelector('.bars__all').getBoundingClientRect(); \
                  return Math.round(100 * part.width / all.width);";
    let percent: u32 = page.driver.execute(script, vec![]).await?.convert()?;
    assert!((65..=67).contains(&percent), "{percent} %");

    let unmarked = page.printed().await?;
    assert!(!unmarked.contains("CUI"), "{unmarked}");
    page.find("#marking").await?.send_keys("CUI//SP-<b>X").await?;
    let marked = page.printed().await?;
    let pages = marked.matches('\u{C}').count();
    assert!(pages > 1, "{pages} pages");
    assert_eq!(
        marked.matches("CUI//SP-<b>X").count(),
        2 * pages,
        "head and foot of each page: {marked}"
    );
    Ok(())
}
