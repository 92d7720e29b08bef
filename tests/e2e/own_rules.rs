//! Rules of the reader's own: written, mended, applied, saved, remembered.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::main_job::MadeFile;
use crate::support::{Session, journeys};

journeys! {
    rules_are_written_mended_and_applied,
    rules_are_remembered_only_if_that_is_wanted,
    rules_come_from_files_and_go_back_to_files,
    a_data_update_by_an_unknown_key_is_refused_and_nothing_is_lost,
}

const FOLD: &str = "details:has(#own-rules)";

impl Session {
    async fn begin_with(&self, example: &str) -> WebDriverResult<()> {
        self.find("details:has(#own-rules) .samples__button").await?;
        self.open_everything().await?;
        self.click(&format!("details:has(#own-rules) li:nth-child({example}) .samples__button"))
            .await?;
        self.find(".pack__text").await?;
        Ok(())
    }

    /// Waits until the fold with the rules says that.
    async fn rules_say(&self, expected: &str) -> WebDriverResult<String> {
        let mut said = String::new();
        for _ in 0..200 {
            said = self.text(FOLD).await?;
            if said.contains(expected) {
                return Ok(said);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("expected {expected:?} in {said:?}");
    }

    /// Changes the text of the pack as typing does.
    async fn replace_in_pack(&self, from: &str, to: &str) -> WebDriverResult<()> {
        let script = "const area = document.querySelector('.pack__text'); \
                      if (!area.value.includes(arguments[0])) throw new Error(area.value); \
                      area.value = area.value.replace(arguments[0], arguments[1]); \
                      area.dispatchEvent(new Event('input', { bubbles: true }));";
        self.driver.execute(script, vec![from.into(), to.into()]).await?;
        Ok(())
    }

    /// How many texts the browser keeps for the page.
    async fn kept(&self) -> WebDriverResult<usize> {
        self.driver.execute("return localStorage.length;", vec![]).await?.convert()
    }
}

async fn rules_are_written_mended_and_applied(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.begin_with("1").await?;
    page.rules_say("No mistakes. It adds 1 directive.").await?;
    page.is_accessible("own-rules").await?;

    page.replace_in_pack("relation = \"branded\"", "relation = \"brand\"").await?;
    let said = page.rules_say("1 mistake. Nothing is checked until it is mended.").await?;
    assert!(said.contains("expected one of"), "{said}");
    page.is_accessible("own-rules-mistake").await?;
    page.click(".pack__mistakes button").await?;
    let script = "const area = document.activeElement; \
                  return area.value.slice(area.selectionStart).split('\\n')[0];";
    let at: String = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(at, "\"brand\"", "the mistake is where the writing goes on");
    let script = "return document.activeElement.scrollTop > 0;";
    assert!(page.driver.execute(script, vec![]).await?.convert::<bool>()?, "and it is in view");

    // With mistakes nothing is checked, and the page leads to them.
    page.paste("Name,Version\nRemote Desk,5.2\nNotepad,1\n").await?;
    page.click("#check").await?;
    let errors = page.text("#errors").await?;
    assert!(errors.contains("Your own rules have mistakes."), "{errors}");

    page.replace_in_pack("relation = \"brand\"", "relation = \"branded\"").await?;
    page.rules_say("No mistakes.").await?;
    let answer = page.check().await?;
    assert!(answer.starts_with("1 product"), "{answer}");
    let product = page.text("article.product").await?;
    assert!(product.contains("Our order 7/2026"), "{product}");
    assert!(product.contains("The order names Remote Desk 5."), "{product}");
    page.click(".finding details summary").await?;
    let told = page.text(".finding details li").await?;
    assert!(told.contains("Remote Desk"), "{told}");
    page.open_everything().await?;
    let results = page.text("section:has(#results)").await?;
    assert!(
        results.contains("Programs that we do not allow (block-list.toml), SHA-256"),
        "{results}"
    );
    let report = page.saved_as("json").await?;
    assert!(report.contains("\"our-block-list\""), "{report}");
    let printed = page.printed().await?;
    assert!(printed.contains("Your own rules"), "{printed}");
    // What was found by a rule that has changed since is said to be so.
    page.replace_in_pack("The order names", "The order still names").await?;
    page.rules_say("No mistakes.").await?;
    let results = page.text("section:has(#results)").await?;
    assert!(results.contains("Check again"), "{results}");
    Ok(())
}

pub async fn rules_are_remembered_only_if_that_is_wanted(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.begin_with("3").await?;
    page.rules_say("switches off uk-ncsc-2017-av").await?;
    assert_eq!(page.kept().await?, 0, "nothing is kept unasked");
    page.driver.execute("document.getElementById('keep-packs').click();", vec![]).await?;
    page.replace_in_pack("Our ministry's order\"", "Our other order\"").await?;
    page.rules_say("Our other order").await?;
    assert_eq!(page.kept().await?, 1);

    page.open().await?;
    let summary = page.text("#own-rules").await?;
    assert_eq!(summary, "Your own rules: 1 file");
    page.open_everything().await?;
    page.rules_say("Our other order").await?;
    page.driver.execute("document.getElementById('keep-packs').click();", vec![]).await?;
    page.rules_say("Our other order").await?;
    assert_eq!(page.kept().await?, 0, "and nothing once it is unticked");

    page.open().await?;
    assert_eq!(page.text("#own-rules").await?, "Your own rules: none");
    Ok(())
}

async fn rules_come_from_files_and_go_back_to_files(page: &Session) -> WebDriverResult<()> {
    let text = clearlist::engine::rules::pack::EXAMPLES[1].text;
    let pack = MadeFile::new(page, "own list.toml", text.as_bytes());
    let picture = MadeFile::new(page, "picture.toml", b"\x89PNG\r\n\xff\xfe\xfd");
    page.open().await?;
    page.open_everything().await?;
    page.find("#pack-files").await?.send_keys(pack.0.display().to_string()).await?;
    page.rules_say("Programs past their end of life").await?;
    page.find("#pack-files").await?.send_keys(picture.0.display().to_string()).await?;
    page.rules_say("picture.toml could not be read as text in UTF-8").await?;

    page.click(".pack__buttons button:nth-child(3)").await?;
    page.rules_say("The file of rules was removed.").await?;
    assert_eq!(page.focused().await?, "pack-undo");
    assert_eq!(page.text("#own-rules").await?, "Your own rules: none");
    page.press(Key::Enter).await?;
    page.rules_say("Programs past their end of life").await?;
    assert!(page.focused().await?.starts_with("pack-"), "the focus is on it");

    // Last: what Firefox shows of a download takes the keyboard away from the page.
    let saved = page.saved_by("[id^=pack-][id$=-save]").await?;
    assert_eq!(saved, text);
    Ok(())
}

async fn a_data_update_by_an_unknown_key_is_refused_and_nothing_is_lost(
    page: &Session,
) -> WebDriverResult<()> {
    let text = clearlist::engine::rules::pack::EXAMPLES[0].text;
    let text = text.replace("off = []", "checked_on = \"2030-03-01\"");
    let signed = clearlist::engine::rules::update::sign(&text, &[7; 32]).expect("it is unsigned");
    let update = MadeFile::new(page, "update.toml", signed.as_bytes());
    page.open().await?;
    page.open_everything().await?;
    let list = "Name,Version\nKaspersky Free,21.3\n";
    page.paste(list).await?;
    page.find("#pack-files").await?.send_keys(update.0.display().to_string()).await?;
    page.rules_say("which this copy of Clearlist does not trust").await?;
    page.click("#check").await?;
    let errors = page.text("#errors").await?;
    assert!(errors.contains("Your own rules have mistakes."), "{errors}");
    assert_eq!(page.value_of_paste().await?, list);

    page.click(".pack__buttons button:nth-child(3)").await?;
    page.rules_say("The file of rules was removed.").await?;
    let answer = page.check().await?;
    assert!(answer.starts_with("1 product"), "{answer}");
    Ok(())
}
