//! The page in other languages.

use clearlist::bundled::DATA_CHECKED_ON;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::main_job::MadeFile;
use crate::support::{Browser, Session, journeys};

journeys! {
    the_whole_story_is_told_in_spanish_with_the_keyboard_alone,
    the_language_is_that_of_the_browser_and_can_be_changed_at_any_time,
    a_language_that_cannot_be_loaded_is_told,
}

const DECISIONS: &str = "div:has(> #decisions)";

impl Session {
    /// Has the browser prefer a language, as its settings do.
    async fn prefer(&self, tag: &str) -> WebDriverResult<()> {
        match self.browser {
            Browser::Chromium => {
                let agent: String =
                    self.driver.execute("return navigator.userAgent;", vec![]).await?.convert()?;
                let wanted = json!({ "userAgent": agent, "acceptLanguage": tag });
                self.driver.cdp().send_raw("Emulation.setUserAgentOverride", wanted).await?;
            }
            Browser::Firefox => {
                let script = "Services.prefs.setStringPref('intl.accept_languages', arguments[0]);";
                self.execute_in_firefox(script, vec![tag.into()]).await?;
            }
        }
        Ok(())
    }

    /// Goes to the choice of the language with the keyboard, and chooses.
    async fn speak(&self, name: &str) -> WebDriverResult<()> {
        self.go_to("language").await?;
        self.driver.active_element().await?.send_keys(name).await?;
        // Firefox changes a choice that is made by letters when it is left or confirmed.
        if self.browser == Browser::Firefox {
            self.press(Key::Enter).await?;
        }
        Ok(())
    }

    /// The language that the page says it is in, once it is that one.
    async fn is_in(&self, code: &str) -> WebDriverResult<()> {
        self.find(&format!("html[lang={code}]")).await?;
        Ok(())
    }

    /// Presses Tab until what has the focus is what the selector says.
    async fn tab_to_what_is(&self, selector: &str) -> WebDriverResult<()> {
        let script = "return document.activeElement.matches(arguments[0]);";
        for _ in 0..200 {
            if self.driver.execute(script, vec![selector.into()]).await?.convert()? {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        panic!("{selector} cannot be reached with the Tab key");
    }

    /// Goes to an element with Tab, or back to it with Shift and Tab: whoever goes on from the end of the page comes to
    /// the browser's own buttons.
    async fn go_to(&self, id: &str) -> WebDriverResult<()> {
        let script = "const wanted = document.getElementById(arguments[0]); \
                      return document.activeElement === wanted ? 'there' : \
                          wanted.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING \
                              ? 'back' : 'on';";
        self.find(&format!("#{id}")).await?;
        for _ in 0..400 {
            let way: String = self.driver.execute(script, vec![id.into()]).await?.convert()?;
            match way.as_str() {
                "there" => return Ok(()),
                "on" => self.press(Key::Tab).await?,
                _ => {
                    let keys = self.driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab);
                    keys.key_up(Key::Shift).perform().await?;
                }
            }
        }
        panic!("#{id} cannot be reached with the Tab key");
    }

    /// Goes to an element with the keyboard, and presses Enter there.
    async fn enter(&self, id: &str) -> WebDriverResult<()> {
        self.go_to(id).await?;
        self.press(Key::Enter).await
    }

    /// Goes to a field with the keyboard, and types there.
    async fn fill_in(&self, id: &str, text: &str) -> WebDriverResult<()> {
        self.go_to(id).await?;
        self.driver.active_element().await?.send_keys(text).await
    }

    /// The report as the way that has that name in the list writes it, chosen and saved with the keyboard.
    async fn saved_with_keyboard(&self, name: &str) -> WebDriverResult<String> {
        let watch = "const made = URL.createObjectURL.bind(URL); window.saved = null; \
                     URL.createObjectURL = (blob) => { window.saved = blob; return made(blob); };";
        self.driver.execute(watch, vec![]).await?;
        self.find("#export option").await?;
        self.go_to("export").await?;
        let script =
            "return document.activeElement.selectedOptions[0].text.startsWith(arguments[0]);";
        self.press(Key::Home).await?;
        for _ in 0..30 {
            if self.driver.execute(script, vec![name.into()]).await?.convert()? {
                break;
            }
            self.press(Key::Down).await?;
        }
        self.enter("save-report").await?;
        let wait = "const [done] = arguments; const look = () => window.saved \
                        ? window.saved.text().then(done) : setTimeout(look, 20); look();";
        self.driver.execute_async(wait, vec![]).await?.convert()
    }
}

pub async fn the_whole_story_is_told_in_spanish_with_the_keyboard_alone(
    page: &Session,
) -> WebDriverResult<()> {
    if page.browser == Browser::Firefox {
        // The list of downloads would open over the page, and have the keys.
        let script = "Services.prefs.setBoolPref('browser.download.alwaysOpenPanel', false);";
        page.execute_in_firefox(script, vec![]).await?;
    }
    page.open().await?;
    let script = "document.getElementById('status').dataset.seen = 'before';";
    page.driver.execute(script, vec![]).await?;
    page.speak("Español").await?;
    page.is_in("es").await?;
    // Only what changes in the region that was there before is read out.
    page.find("#status[data-seen=before]").await?;
    assert_eq!(page.focused().await?, "language", "the focus stays where the reader is");
    let heard = page.text_of("#status p").await?;
    assert!(heard.contains("Español"), "{heard}");
    page.says("h1", "software prohibido").await?;
    page.is_accessible("start").await?;

    // A fleet is checked.
    page.enter("sample-office").await?;
    page.find("#paste").await?;
    page.enter("check").await?;
    page.find("#answer .answer__sentence").await?;
    let list = page.value_of_paste().await?;
    let answer = page.text("#answer").await?;
    assert!(answer.contains("Se encontr"), "{answer}");
    assert_eq!(page.focused().await?, "results");

    // Looked through.
    page.fill_in("browse-outcome", "Prohibido").await?;
    page.says("div:has(> #browse)", "Prohibido").await?;

    // One finding is set aside.
    page.tab_to_what_is("#finding-0 ~ div [aria-expanded=false]").await?;
    page.press(Key::Enter).await?;
    page.fill_in("aside-0-reason", "Es un juego del mismo nombre.").await?;
    page.fill_in("aside-0-by", "La CISO").await?;
    // How a day is typed depends on the language of the system.
    let script = "document.getElementById('aside-0-until').value = '2099-12-31';";
    page.driver.execute(script, vec![]).await?;
    page.fill_in("aside-0-reference", "4711").await?;
    page.press(Key::Enter).await?;
    page.says(DECISIONS, "Es un juego del mismo nombre.").await?;
    page.says(DECISIONS, "falso positivo").await?;
    page.is_accessible("results").await?;

    // What is saved for people is in Spanish, what programs read is as it always is.
    let html = page.saved_with_keyboard("un archivo HTML").await?;
    assert!(html.contains("<html lang=\"es\""), "{}", &html[..400]);
    assert!(html.to_lowercase().contains("falso positivo"), "the decision is told");
    let report: Value = serde_json::from_str(&page.saved_with_keyboard("JSON").await?)?;
    let outcomes = &report["findings"][0]["outcomes"][0];
    assert_eq!(outcomes["outcome"], "prohibited");

    // On paper it says what is on the screen.
    let paper = page.printed().await?;
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(paper.contains("Es un juego del mismo nombre."), "{paper}");

    // After the removal, the report saved before says that nothing is left.
    let first = list.lines().next().unwrap_or_default();
    let commas = first.matches(',').count();
    let cleaned: Vec<String> = list
        .lines()
        .enumerate()
        .map(|(at, line)| match (at, line.split(',').next()) {
            (0, _) | (_, None) => line.to_owned(),
            (_, Some(computer)) => format!("{computer},{}", vec!["Notepad++"; commas].join(",")),
        })
        .collect();
    page.enter("check-another").await?;
    page.go_to("paste").await?;
    let script = "const box = document.getElementById('paste'); box.value = arguments[0]; \
                  box.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.driver.execute(script, vec![cleaned.join("\n").into()]).await?;
    page.enter("check").await?;
    page.find("#answer .answer__sentence").await?;
    let earlier = MadeFile::new(page, "antes.html", html.as_bytes());
    page.go_to("earlier-report").await?;
    page.driver.active_element().await?.send_keys(earlier.0.display().to_string()).await?;
    page.says("div:has(> #comparison)", "La eliminación está completa").await?;
    page.open_everything().await?;
    page.is_accessible("complete").await
}

async fn the_language_is_that_of_the_browser_and_can_be_changed_at_any_time(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.is_in("en").await?;
    page.prefer("fr-CA").await?;
    page.open().await?;
    page.is_in("fr").await?;
    let title = page.driver.title().await?;
    assert!(title.contains("logiciels interdits"), "{title}");
    // As the browser writes a day in that language.
    let versions = page.text(".footer__inner > p:last-child").await?;
    let script = "return new Intl.DateTimeFormat('fr', { month: 'long' }).format(new Date(arguments[0] - 1, arguments[1] - 1));";
    let day = DATA_CHECKED_ON;
    let parts: Vec<Value> = day.split('-').take(2).map(|part| json!(part)).collect();
    let month: String = page.driver.execute(script, parts).await?.convert()?;
    assert!(versions.contains(&month), "{versions}");
    page.check_pasted("Name\nKaspersky Free\n").await?;
    page.says("#answer", "Logiciel interdit trouvé").await?;
    page.says("article.product", "Doit être supprimé").await?;

    page.click("#reading-pasted").await?;
    page.says("details:has(> #reading-pasted)", "Pourquoi").await?;

    // The results on show are told in the other language, without reading anything again, and so is how they were read.
    page.speak("English").await?;
    page.is_in("en").await?;
    page.says("#answer", "Banned software found").await?;
    page.says("article.product", "Must be removed").await?;
    let address: String = page.driver.execute("return location.hash;", vec![]).await?.convert()?;
    assert!(address.contains("lang=en"), "{address}");
    page.click("#reading-pasted").await?;
    page.says("details:has(> #reading-pasted)", "Why: ").await?;
    // The address keeps it, whatever else it says.
    page.driver.refresh().await?;
    page.is_in("en").await?;
    page.check_pasted("Name\nKaspersky Free\n").await?;
    page.find("#browse-by").await?.send_keys("c").await?;
    page.says("div:has(> #browse)", "Programs").await?;
    let address: String = page.driver.execute("return location.hash;", vec![]).await?.convert()?;
    assert_eq!(address, "#by=computer&lang=en");
    // What the browser is set to counts again where the address says nothing.
    page.open().await?;
    page.is_in("fr").await
}

async fn a_language_that_cannot_be_loaded_is_told(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    let script = "document.querySelector('meta[name=clearlist-fr]').content = 'https://[';";
    page.driver.execute(script, vec![]).await?;
    page.speak("Français").await?;
    let trouble = page.text(".banner__trouble").await?;
    assert!(trouble.contains("could not be loaded"), "{trouble}");
    let script = "return document.getElementById('language').value;";
    let shown: String = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(shown, "en", "the choice shows what is spoken");
    page.is_in("en").await?;
    page.is_accessible("missing").await
}
