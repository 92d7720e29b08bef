//! The main job: a person gives the page a list and reads the right answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clearlist::bundled::DATA_CHECKED_ON;
use thirtyfour::prelude::*;

use crate::support::{Session, journeys};

journeys! {
    a_pasted_list_is_answered_with_evidence_and_steps,
    a_utf_16_file_is_read,
    many_files_make_one_inventory,
    the_sample_gives_findings_and_every_step_is_accessible,
    a_clean_list_says_what_was_checked_and_what_it_cannot_show,
    what_is_not_an_inventory_is_said,
    a_running_check_can_be_cancelled_and_nothing_is_lost,
    the_report_prints_as_a_document_to_sign,
    the_whole_job_is_done_with_the_keyboard,
    a_check_is_asked_for_by_key_at_any_moment,
    nothing_is_requested_after_the_page_has_loaded,
    bad_input_gets_a_clear_answer_and_the_page_goes_on,
    text_of_a_list_is_only_ever_text,
    the_profile_chooses_the_directives,
    a_list_that_was_cleared_comes_back,
}

const TWO_PROGRAMS: &str = "Name,Version,Publisher\n\
    Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab\n\
    AmneziaVPN,4.8,AmneziaVPN\n";

impl Session {
    /// Puts a text into the box as a paste does: at once, with the event that typing gives.
    pub async fn paste(&self, text: &str) -> WebDriverResult<()> {
        let script = "const box = document.getElementById('paste'); box.value = arguments[0]; \
                      box.dispatchEvent(new Event('input', { bubbles: true }));";
        self.find("#paste").await?;
        self.driver.execute(script, vec![text.into()]).await?;
        Ok(())
    }

    pub async fn click(&self, selector: &str) -> WebDriverResult<()> {
        let element = self.find(selector).await?;
        element.scroll_into_view().await?;
        element.click().await
    }

    /// Checks what was given, and waits for the answer's sentence.
    pub async fn check(&self) -> WebDriverResult<String> {
        self.click("#check").await?;
        self.text("#answer .answer__sentence").await
    }

    pub async fn check_pasted(&self, text: &str) -> WebDriverResult<String> {
        self.paste(text).await?;
        self.check().await
    }

    /// Waits until the element says that.
    pub async fn says(&self, selector: &str, expected: &str) -> WebDriverResult<String> {
        let mut said = String::new();
        for _ in 0..200 {
            said = self.text(selector).await?;
            if said.contains(expected) {
                return Ok(said);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{selector}: expected {expected:?} in {said:?}");
    }

    /// The keys of what the browser keeps for the page.
    pub async fn kept_keys(&self) -> WebDriverResult<Vec<String>> {
        self.driver.execute("return Object.keys(localStorage).sort();", vec![]).await?.convert()
    }

    /// Chooses files as the file dialogue does.
    pub async fn choose(&self, files: &[PathBuf]) -> WebDriverResult<()> {
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        self.find("#files").await?.send_keys(paths.join("\n")).await
    }

    /// The id of the element that has the keyboard's focus.
    pub async fn focused(&self) -> WebDriverResult<String> {
        self.driver.execute("return document.activeElement.id;", vec![]).await?.convert()
    }

    /// Presses Tab until the element with that id has the focus.
    pub async fn tab_to(&self, id: &str) -> WebDriverResult<()> {
        for _ in 0..200 {
            if self.focused().await? == id {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        panic!("#{id} cannot be reached with the Tab key");
    }

    pub async fn press(&self, key: Key) -> WebDriverResult<()> {
        self.driver.action_chain().send_keys(key).perform().await
    }

    pub async fn open_everything(&self) -> WebDriverResult<()> {
        let script = "for (const it of document.querySelectorAll('details')) it.open = true;";
        self.driver.execute(script, vec![]).await?;
        Ok(())
    }

    pub async fn value_of_paste(&self) -> WebDriverResult<String> {
        self.driver
            .execute("return document.getElementById('paste').value;", vec![])
            .await?
            .convert()
    }

    /// The text of an element, whether it can be seen or not.
    pub async fn text_of(&self, selector: &str) -> WebDriverResult<String> {
        let element = self.find(selector).await?;
        Ok(element.prop("textContent").await?.unwrap_or_default())
    }

    /// The directives that say something of the first product.
    async fn directives_named(&self) -> WebDriverResult<Vec<String>> {
        let script = "const named = document.querySelectorAll('article.product .outcomes__directive'); \
                      return [...named].map((it) => it.textContent);";
        self.driver.execute(script, vec![]).await?.convert()
    }

    /// No rule of axe-core is broken, nothing is beyond the edge of a phone; pictures are left.
    pub async fn is_accessible(&self, step: &str) -> WebDriverResult<()> {
        self.set_viewport(1280, 900).await?;
        assert_eq!(self.accessibility_violations().await?, [""; 0], "{step}, wide");
        self.screenshot(&format!("{step}-wide")).await?;
        self.set_viewport(320, 800).await?;
        assert!(!self.scrolls_sideways().await?, "{step} scrolls sideways at 320 px");
        assert_eq!(self.accessibility_violations().await?, [""; 0], "{step}, at 320 px");
        self.screenshot(&format!("{step}-320")).await?;
        self.set_viewport(1280, 900).await
    }
}

/// A whole file of the corpus.
pub fn corpus(case: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(case);
    let found = fs::read_dir(&folder)
        .expect("the case is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    found.expect("the case has an input")
}

/// A file made for one test, gone when it ends.
pub struct MadeFile(pub PathBuf);

impl MadeFile {
    pub fn new(page: &Session, name: &str, bytes: &[u8]) -> Self {
        let folder = std::env::temp_dir()
            .join(format!("clearlist-e2e-{}", page.server.url().replace(['/', ':'], "-")));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join(name);
        fs::write(&path, bytes).expect("a temporary file");
        Self(path)
    }
}

impl Drop for MadeFile {
    fn drop(&mut self) {
        // A file that is left behind in the temporary folder harms nobody, and neither does the folder, where others still are.
        let _ = fs::remove_file(&self.0);
        let _ = self.0.parent().map(fs::remove_dir);
    }
}

async fn a_pasted_list_is_answered_with_evidence_and_steps(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let sentence = page.check_pasted(TWO_PROGRAMS).await?;
    assert!(sentence.starts_with("1 product that "), "{sentence}");
    assert!(sentence.ends_with(" was found on 1 computer."), "{sentence}");
    let product = page.text("article.product").await?;
    for expected in [
        "Kaspersky Endpoint Security for Windows",
        "12.6.0.438",
        "AO Kaspersky Lab",
        "Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab",
        "ine 2",
        "BOD 17-01",
    ] {
        assert!(product.contains(expected), "{expected} is not in\n{product}");
    }
    assert!(!product.contains("AmneziaVPN"), "{product}");
    let links = page.driver.find_all(By::Css("article.product a[href^='https://']")).await?;
    assert!(!links.is_empty(), "an outcome links to its source");
    for link in links {
        assert_eq!(link.attr("rel").await?.as_deref(), Some("noopener noreferrer"));
    }
    assert_eq!(page.focused().await?, "results");
    page.open_everything().await?;
    let steps = page.text("details.removal").await?;
    assert!(steps.contains("Windows"), "{steps}");
    assert!(page.driver.title().await?.starts_with("Banned software found"));
    Ok(())
}

async fn a_utf_16_file_is_read(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.choose(&[corpus("wmic/product-with-codes")]).await?;
    page.check().await?;
    page.open_everything().await?;
    let results = page.text("main").await?;
    assert!(results.contains("UTF-16LE"), "{results}");
    assert!(results.contains("Kaspersky Endpoint Security для Windows"), "{results}");
    assert!(
        results.contains("msiexec /x {305A9EC9-294E-4555-A7C5-E1C767E01C11}"),
        "the command has the product code of this list: {results}"
    );
    Ok(())
}

async fn many_files_make_one_inventory(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.choose(&[corpus("dpkg/german-with-kesl"), corpus("rpm/rocky-with-kesl")]).await?;
    page.choose(&[corpus("winget/chinese")]).await?;
    page.paste("Kaspersky Free\n").await?;
    let sentence = page.check().await?;
    assert!(sentence.ends_with("found on 4 computers."), "{sentence}");
    assert_eq!(page.driver.find_all(By::Css(".source")).await?.len(), 4);
    Ok(())
}

async fn the_sample_gives_findings_and_every_step_is_accessible(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.is_accessible("1-start").await?;
    page.click("#directives").await?;
    page.click("label[for=system-winget]").await?;
    page.click("#sample-office").await?;
    page.is_accessible("2-ready").await?;
    let sentence = page.check().await?;
    assert!(sentence.contains("were found on"), "{sentence}");
    page.is_accessible("3-results").await?;
    // Everything that can be opened, opened.
    page.open_everything().await?;
    page.is_accessible("4-results-opened").await?;
    let script = "const folds = [...document.querySelectorAll('.removal, .directive')]; \
                  const drawn = folds.filter((it) => it.querySelector('.steps__step, .directive__body')); \
                  return [folds.length, drawn.length];";
    let folds: [usize; 2] = page.driver.execute(script, vec![]).await?.convert()?;
    assert!(
        folds[0] > 3 && folds[0] == folds[1],
        "{} of {} folds have something",
        folds[1],
        folds[0]
    );
    Ok(())
}

async fn a_clean_list_says_what_was_checked_and_what_it_cannot_show(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    let clean =
        "Name,Publisher\nFirefox,Mozilla\nAmneziaVPN,AmneziaVPN\nBkav Pro,Bkav\nUltraAV,Pango\n";
    let sentence = page.check_pasted(clean).await?;
    assert_eq!(sentence, "Nothing covered was found among 4 programs on 1 computer.");
    assert!(page.driver.title().await?.starts_with("Nothing found"));
    let results = page.text("main").await?;
    assert!(results.contains("Limits of this list"), "{results}");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.screenshot("clean").await
}

async fn what_is_not_an_inventory_is_said(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    for (case, expected) in [
        ("not-an-inventory/picture", "PNG picture"),
        ("not-an-inventory/systeminfo-german", "systeminfo"),
    ] {
        page.choose(&[corpus(case)]).await?;
        let sentence = page.check().await?;
        assert_eq!(sentence, "This does not look like a list of installed programs.");
        let reasons = page.text(".answer__unread").await?;
        assert!(reasons.contains(expected), "{reasons}");
        assert_eq!(page.accessibility_violations().await?, [""; 0]);
        page.screenshot(expected).await?;
        page.click("#check-another").await?;
    }
    Ok(())
}

pub async fn a_running_check_can_be_cancelled_and_nothing_is_lost(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    let row = "PC-1,Some Program With A Long Name,1.2.3.4,Some Publisher Incorporated\n";
    let large =
        format!("ComputerName,DisplayName,DisplayVersion,Publisher\n{}", row.repeat(3_000_000));
    let file = MadeFile::new(page, "large.csv", large.as_bytes());
    page.choose(std::slice::from_ref(&file.0)).await?;
    page.click("#check").await?;
    page.click("#cancel").await?;
    page.find("#check").await?;
    let text = page.text("main").await?;
    assert!(text.contains("cancelled"), "{text}");
    assert!(text.contains("large.csv"), "the file is still chosen: {text}");
    page.find("#remove-file-0").await?.click().await?;
    let sentence = page.check_pasted(TWO_PROGRAMS).await?;
    assert!(sentence.starts_with("1 product"), "{sentence}");
    Ok(())
}

async fn the_report_prints_as_a_document_to_sign(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.click("#sample-office").await?;
    page.check().await?;
    let paper = page.printed().await?;
    let checked_on: jiff::civil::Date = DATA_CHECKED_ON.parse().expect("a day");
    let rules_checked_on = checked_on.strftime("rules last checked on %B %-d, %Y").to_string();
    for expected in [
        "Clearlist",
        "BOD 17-01",
        "Kaspersky Endpoint Security for Windows",
        "SHA-256",
        "Signature",
        "What was read",
        &rules_checked_on,
    ] {
        assert!(paper.contains(expected), "{expected} is not in\n{paper}");
    }
    for unexpected in ["Check the list", "Try a sample", "Print the report", "Skip to"] {
        assert!(!paper.contains(unexpected), "{unexpected} is in\n{paper}");
    }
    Ok(())
}

async fn the_whole_job_is_done_with_the_keyboard(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.press(Key::Tab).await?;
    let script = "return document.activeElement.textContent;";
    let skip: String = page.driver.execute(script, vec![]).await?.convert()?;
    assert!(skip.starts_with("Skip"), "the first stop is {skip:?}");
    page.tab_to("directives").await?;
    page.press(Key::Enter).await?;
    page.tab_to("paste").await?;
    page.driver
        .active_element()
        .await?
        .send_keys("Firefox" + Key::Enter + "Kaspersky Total Security")
        .await?;
    page.tab_to("check").await?;
    page.press(Key::Enter).await?;
    page.find("#answer .answer__sentence").await?;
    assert_eq!(page.focused().await?, "results");
    page.tab_to("check-another").await?;
    page.press(Key::Enter).await?;
    page.find("#undo").await?;
    Ok(())
}

/// Right after a file is chosen or a text pasted, what the page shows of it is still on its way.
async fn a_check_is_asked_for_by_key_at_any_moment(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    for _ in 0..3 {
        page.choose(&[corpus("winget/chinese")]).await?;
        page.find("#check").await?.send_keys("" + Key::Enter).await?;
        page.find("#answer .answer__sentence").await?;
        page.find("#check-another").await?.send_keys("" + Key::Enter).await?;
        page.paste(TWO_PROGRAMS).await?;
        page.find("#check").await?.send_keys("" + Key::Enter).await?;
        page.find("#answer .answer__sentence").await?;
        page.find("#check-another").await?.send_keys("" + Key::Enter).await?;
    }
    Ok(())
}

pub async fn nothing_is_requested_after_the_page_has_loaded(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    // The worker is loaded beside the page, and a browser takes all files once more to keep them; after that, the server
    // has nothing more to do.
    if page.url.starts_with("http") {
        page.is_kept().await?;
    }
    let mut settled = 0;
    let mut requests = page.requests().len();
    while settled < 4 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = page.requests().len();
        settled = if now == requests { settled + 1 } else { 0 };
        requests = now;
    }
    for text in [TWO_PROGRAMS, "Firefox\n", "Kaspersky Free\n"] {
        page.check_pasted(text).await?;
        page.saved_as("json").await?;
        page.click("#check-another").await?;
    }
    page.choose(&[corpus("winget/chinese")]).await?;
    page.check().await?;
    page.printed().await?;
    let after: Vec<_> = page.requests().into_iter().skip(requests).collect();
    assert!(after.is_empty(), "{after:?}");
    Ok(())
}

async fn bad_input_gets_a_clear_answer_and_the_page_goes_on(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.click("#check").await?;
    let errors = page.find("#errors").await?;
    assert_eq!(page.focused().await?, "errors");
    assert!(errors.text().await?.contains("list"), "{}", errors.text().await?);

    let utf_16: Vec<u8> = "\u{FEFF}Name\r\nFirefox\r\nKaspersky Free\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes, expected) in [
        ("nuls.txt", vec![0; 4096], "zero"),
        ("one-line.txt", vec![b'a'; 10_000_000], "does not look like a list"),
        ("cut.txt", utf_16[..utf_16.len() - 1].to_vec(), "cut short"),
        (
            "updates.csv",
            b"KB,Installed on\n5001,2024-01-02\n5002,2024-01-03\n".to_vec(),
            "No column",
        ),
    ] {
        let file = MadeFile::new(page, name, &bytes);
        page.choose(std::slice::from_ref(&file.0)).await?;
        page.check().await?;
        let results = page.text("main").await?;
        assert!(
            results.to_lowercase().contains(&expected.to_lowercase()),
            "{name}: {expected} is not in\n{results}"
        );
        page.click("#check-another").await?;
    }
    let sentence = page.check_pasted(TWO_PROGRAMS).await?;
    assert!(sentence.starts_with("1 product"), "{sentence}");
    assert_eq!(page.value_of_paste().await?, TWO_PROGRAMS, "the list is still there");
    Ok(())
}

pub async fn text_of_a_list_is_only_ever_text(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let hostile = "Name,Version,Publisher\n\
        \"Kaspersky <script>document.title = 'taken'</script>\",<b>1</b>,\"<img src=x onerror=alert(1)> Kaspersky\"\n";
    page.check_pasted(hostile).await?;
    let product = page.text("article.product").await?;
    assert!(product.contains("<script>document.title = 'taken'</script>"), "{product}");
    assert!(product.contains("<img src=x onerror=alert(1)>"), "{product}");
    let made = page.driver.find_all(By::Css("main script, main img, main b")).await?;
    assert_eq!(made.len(), 0, "nothing of it became an element");
    assert!(!page.driver.title().await?.contains("taken"));
    Ok(())
}

async fn the_profile_chooses_the_directives(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.driver.execute("document.getElementById('profile-us-company').click();", vec![]).await?;
    // What a directive says comes from the worker, a moment after the page.
    let mut first = String::new();
    for _ in 0..100 {
        first = page.text_of(".choice:has(#directive-us-bis-icts-kaspersky-2024)").await?;
        if first.contains("ICTS-2021-002") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(
        first.contains("Case No. ICTS-2021-002") && first.contains("urged to switch"),
        "{first}"
    );
    let script = "const boxes = [...document.querySelectorAll('input[id^=directive-]')]; \
                  return [boxes.findLastIndex((box) => box.checked), boxes.length];";
    let boxes: [usize; 2] = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(boxes, [1, 17], "those of the profile stand first");
    page.check_pasted("Parallels Internet Security Powered by Kaspersky\n").await?;
    let mut named = page.directives_named().await?;
    named.sort();
    assert_eq!(named, ["Commerce determination 2024", "FCC Covered List"]);
    page.driver.execute("document.getElementById('profile-everything').click();", vec![]).await?;
    page.check().await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let named = page.directives_named().await?;
    for expected in ["BOD 17-01", "NDAA section 1634", "Commerce determination 2024"] {
        assert!(named.iter().any(|name| name == expected), "{expected} is not among {named:?}");
    }
    let product = page.text("article.product").await?;
    assert!(product.contains("does not address"), "BOD 17-01 leaves it out: {product}");
    Ok(())
}

async fn a_list_that_was_cleared_comes_back(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.paste(TWO_PROGRAMS).await?;
    page.click("#clear").await?;
    assert_eq!(page.value_of_paste().await?, "");
    page.click("#undo").await?;
    assert_eq!(page.value_of_paste().await?, TWO_PROGRAMS);
    Ok(())
}
