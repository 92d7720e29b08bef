//! The user stays in charge: what a list was taken for is said before and after the check, and can be changed.

use thirtyfour::prelude::*;

use crate::main_job::{MadeFile, corpus};
use crate::support::{Session, journeys};

journeys! {
    strange_columns_are_said_with_the_keyboard_and_remembered,
    a_table_without_headings_is_read_as_the_user_says,
    a_wrong_encoding_is_chosen_and_corrected,
    another_format_is_chosen_and_taken_back,
    files_that_name_no_computer_are_called_by_their_names,
    what_it_was_taken_for_is_said_before_and_after_the_check,
    the_fold_is_accessible,
    a_check_and_a_look_do_not_disturb_each_other,
    packed_files_are_opened_and_read,
}

const STRANGE: &str = "Ding;Was;Stand;Wer\n\
    a1;Kaspersky Free;21.3;AO Kaspersky Lab\n\
    a2;Firefox;128;Mozilla\n\
    a3;7-Zip;23.01;Igor Pavlov\n";

impl Session {
    /// Waits until the line about an input says that.
    async fn reading_says(&self, input: &str, expected: &str) -> WebDriverResult<String> {
        let mut line = String::new();
        for _ in 0..100 {
            // The line stands before the fold with that summary.
            let script = "const it = document.getElementById(arguments[0]); \
                return it ? it.parentElement.previousElementSibling.textContent : '';";
            let id = format!("reading-{input}");
            line = self.driver.execute(script, vec![id.into()]).await?.convert()?;
            if line.contains(expected) {
                return Ok(line);
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("{expected:?} is not said of {input}, but {line:?}");
    }

    /// Waits until the table of first entries says that.
    async fn first_rows_say(&self, expected: &str) -> WebDriverResult<()> {
        let mut rows = String::new();
        for _ in 0..100 {
            let script = "const it = document.querySelector('.reading .wide'); \
                          return it ? it.textContent : '';";
            rows = self.driver.execute(script, vec![]).await?.convert()?;
            if rows.contains(expected) {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("{expected:?} is not among the first entries: {rows:?}");
    }

    /// Chooses in a native select as a person does who types the beginning of the words.
    async fn choose_by_typing(&self, id: &str, words: &str) -> WebDriverResult<()> {
        self.tab_to(id).await?;
        // A blank would open the list.
        let first = words.split(' ').next().unwrap_or_default();
        self.driver.action_chain().send_keys(first).perform().await?;
        let script = "const it = document.activeElement; \
                      return it.selectedOptions[0].textContent;";
        let chosen: String = self.driver.execute(script, vec![]).await?.convert()?;
        assert!(chosen.starts_with(words), "{chosen:?} instead of {words:?}");
        Ok(())
    }

    /// Chooses in a native select.
    async fn choose_in(&self, id: &str, value: &str) -> WebDriverResult<()> {
        self.find(&format!("#{id}")).await?;
        let script = "const [id, value] = arguments; const it = document.getElementById(id); \
                      it.value = value; it.dispatchEvent(new Event('change', { bubbles: true }));";
        self.driver.execute(script, vec![id.into(), value.into()]).await?;
        Ok(())
    }

    /// What was said aloud last.
    async fn said(&self) -> WebDriverResult<String> {
        let script = "return document.getElementById('status').textContent;";
        self.driver.execute(script, vec![]).await?.convert()
    }
}

async fn strange_columns_are_said_with_the_keyboard_and_remembered(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    let first = MadeFile::new(page, "first.csv", STRANGE.as_bytes());
    let second = MadeFile::new(page, "second.csv", STRANGE.replace("a1", "b1").as_bytes());
    page.choose(std::slice::from_ref(&first.0)).await?;
    page.reading_says("file-0", "No column is known to hold the names").await?;
    assert!(page.said().await?.contains("No column is known"), "it is said aloud");
    page.tab_to("reading-file-0").await?;
    page.press(Key::Enter).await?;
    page.find("#column-file-0-2").await?;
    page.choose_by_typing("column-file-0-2", "Name of the program").await?;
    page.reading_says("file-0", "columns as you chose").await?;
    page.choose_by_typing("column-file-0-3", "Version").await?;
    page.choose_by_typing("column-file-0-4", "Publisher").await?;
    page.first_rows_say("AO Kaspersky Lab").await?;
    page.screenshot("mapped").await?;
    page.tab_to("check").await?;
    page.press(Key::Enter).await?;
    let sentence = page.text("#answer .answer__sentence").await?;
    assert!(sentence.starts_with("1 product that "), "{sentence}");
    let product = page.text("article.product").await?;
    assert!(product.contains("21.3") && product.contains("AO Kaspersky Lab"), "{product}");

    page.click("#check-another").await?;
    page.choose(std::slice::from_ref(&second.0)).await?;
    page.reading_says("file-1", "columns as you chose").await?;
    let sentence = page.check().await?;
    assert!(sentence.starts_with("1 product that "), "{sentence}");
    Ok(())
}

async fn a_table_without_headings_is_read_as_the_user_says(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.paste("1;PC-1;Kaspersky Free\n2;PC-1;Firefox\n3;PC-2;7-Zip\n").await?;
    page.reading_says("pasted", "No column is known").await?;
    page.click("#reading-pasted").await?;
    page.click("label[for=heading-pasted]").await?;
    page.choose_in("column-pasted-3", "0").await?;
    page.choose_in("column-pasted-2", "3").await?;
    page.first_rows_say("PC-1").await?;
    page.reading_says("pasted", "The first program is “Kaspersky Free”").await?;
    let sentence = page.check().await?;
    assert!(sentence.ends_with("was found on 1 computer."), "{sentence}");
    let product = page.text("article.product").await?;
    assert!(product.contains("PC-1"), "{product}");
    Ok(())
}

async fn a_wrong_encoding_is_chosen_and_corrected(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    // "Kaspersky для Windows" in the code page of Russian consoles.
    let mut bytes = b"Name;Version\r\nKaspersky Endpoint Security ".to_vec();
    bytes.extend([0xA4, 0xAB, 0xEF]);
    bytes.extend(b" Windows;12.6\r\n7-Zip;23.01\r\n");
    let file = MadeFile::new(page, "russian.csv", &bytes);
    page.choose(std::slice::from_ref(&file.0)).await?;
    page.reading_says("file-0", "We took this for").await?;
    page.click("#reading-file-0").await?;
    page.choose_in("encoding-file-0", "UTF-8").await?;
    page.reading_says("file-0", "\u{FFFD}").await?;
    page.choose_in("encoding-file-0", "IBM866").await?;
    page.reading_says(
        "file-0",
        "IBM866. The first program is “Kaspersky Endpoint Security для Windows”",
    )
    .await?;
    assert!(page.said().await?.contains("IBM866"), "it is said aloud");
    page.check().await?;
    let product = page.text("article.product").await?;
    assert!(product.contains("Kaspersky Endpoint Security для Windows"), "{product}");
    // A change makes the answer stale, and the next check goes by it.
    page.choose_in("encoding-file-0", "Windows-1251").await?;
    let results = page.text("main").await?;
    assert!(results.contains("You changed your choices"), "{results}");
    Ok(())
}

async fn another_format_is_chosen_and_taken_back(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.paste("Name,Version\nKaspersky Free,21.3\nFirefox,128\n").await?;
    page.reading_says("pasted", "The first program is “Kaspersky Free”").await?;
    page.click("#reading-pasted").await?;
    page.choose_in("format-pasted", "plain-list").await?;
    page.reading_says("pasted", "as you chose").await?;
    page.choose_in("format-pasted", "").await?;
    page.reading_says("pasted", "CSV").await?;
    // The sample is another list, of which nothing was said.
    page.choose_in("format-pasted", "plain-list").await?;
    page.click("#sample-winget").await?;
    page.reading_says("pasted", "winget").await?;
    Ok(())
}

async fn files_that_name_no_computer_are_called_by_their_names(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    let list = b"Name,Version\nKaspersky Free,21.3\n";
    let files =
        ["pc-0815.csv", "pc-0816.csv", "list.csv"].map(|name| MadeFile::new(page, name, list));
    page.choose(&files.each_ref().map(|file| file.0.clone())).await?;
    page.reading_says("file-2", "We took this for").await?;
    page.click("#reading-file-2").await?;
    page.find("#host-file-2").await?.send_keys("reception").await?;
    page.first_rows_say("reception").await?;
    let sentence = page.check().await?;
    assert!(sentence.ends_with("was found on 3 computers."), "{sentence}");
    page.open_everything().await?;
    let product = page.text("article.product").await?;
    for host in ["pc-0815", "pc-0816", "reception"] {
        assert!(product.contains(host), "{host} is not in\n{product}");
    }
    Ok(())
}

async fn what_it_was_taken_for_is_said_before_and_after_the_check(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.choose(&[corpus("wmic/product-with-codes"), corpus("winget/chinese")]).await?;
    let line = page.reading_says("file-0", "We took this for: wmic").await?;
    assert!(line.contains("UTF-16LE") && line.contains("certain"), "{line}");
    page.reading_says("file-1", "winget").await?;
    page.check().await?;
    page.open_everything().await?;
    let sources = page.driver.find_all(By::Css(".source")).await?;
    assert_eq!(sources.len(), 2);
    let first = sources[0].text().await?;
    for expected in ["wmic", "UTF-16LE", "First entries", "Kaspersky"] {
        assert!(first.contains(expected), "{expected} is not in\n{first}");
    }
    // From there the reader comes back to where it is changed.
    page.driver
        .execute(
            "document.querySelectorAll('details').forEach((it) => { it.open = false; });",
            vec![],
        )
        .await?;
    let button = sources[1].find(By::Css("button")).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    page.find("#format-file-1").await?;
    assert_eq!(page.focused().await?, "reading-file-1");
    Ok(())
}

async fn the_fold_is_accessible(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let long = format!(
        "Ding;{};Stand\n{};Kaspersky Free;21.3\nb;Firefox;1\n",
        "W".repeat(80),
        "x".repeat(200)
    );
    page.paste(&long).await?;
    let file = MadeFile::new(page, "office.csv", b"Computer,Name,Version\nPC-1,Kaspersky Free,1\n");
    page.choose(std::slice::from_ref(&file.0)).await?;
    page.reading_says("file-0", "We took this for").await?;
    page.reading_says("pasted", "No column is known").await?;
    page.click("#reading-pasted").await?;
    page.click("#reading-file-0").await?;
    page.find("#column-pasted-2").await?;
    page.find("#column-file-0-1").await?;
    page.is_accessible("reading-opened").await?;
    // 400 % of a window of 1280 px.
    page.set_viewport(320, 256).await?;
    assert!(!page.scrolls_sideways().await?);
    page.set_viewport(1280, 900).await?;
    page.check().await?;
    page.open_everything().await?;
    page.is_accessible("read").await
}

async fn a_check_and_a_look_do_not_disturb_each_other(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    for round in 0..3 {
        // The check is asked before the look is over.
        let sentence = page.check_pasted(&format!("Name\nKaspersky Free\nTool {round}\n")).await?;
        assert!(sentence.starts_with("1 product"), "{sentence}");
        page.reading_says("pasted", "The first program is “Kaspersky Free”").await?;
    }
    // The answer on show can still be asked for more, and the list looked into.
    page.paste("Name\nFirefox\n").await?;
    page.reading_says("pasted", "The first program is “Firefox”").await?;
    page.saved_as("json").await?;
    for _ in 0..100 {
        if page.said().await?.contains("download") {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the report was not saved");
}

pub async fn packed_files_are_opened_and_read(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let files = ["xlsx/fleet-with-cover", "zip/folder-of-lists", "gzip/fleet"].map(corpus);
    page.choose(&files).await?;
    for input in ["file-0", "file-1", "file-2"] {
        page.reading_says(input, "We took this for").await?;
    }
    let sentence = page.check().await?;
    assert!(sentence.contains("were found on"), "{sentence}");
    page.open_everything().await?;
    // What was found in each names the file, and the sheet or the file in it.
    let products = page.driver.find_all(By::Css("article.product")).await?;
    let mut found = String::new();
    for product in products {
        found += &product.text().await?;
    }
    for place in ["input.xlsx", "input.zip", "input.gz"] {
        assert!(found.contains(place), "nothing was found in {place}: {found}");
    }
    assert!(found.contains("Kaspersky Endpoint Agent"), "{found}");
    page.is_accessible("packed").await
}
