//! Decisions about what was found, and the comparison with an earlier report.

use thirtyfour::prelude::*;

use crate::main_job::MadeFile;
use crate::support::{Session, journeys};

journeys! {
    a_decision_is_recorded_taken_back_saved_and_loaded,
    decisions_are_remembered_only_if_that_is_wanted,
    an_earlier_report_is_compared_with,
}

const LIST: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-2,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-3,<b>Firefox</b>,133.0,Mozilla\n";

impl Session {
    /// Fills in the form below the first finding and sends it, with the Enter key.
    pub async fn set_aside(&self, hosts: &str, reason: &str) -> WebDriverResult<()> {
        self.click("#finding-0 ~ div [aria-expanded=false]").await?;
        self.find("#aside-0-hosts").await?.send_keys(hosts).await?;
        self.find("#aside-0-reason").await?.send_keys(reason).await?;
        self.find("#aside-0-by").await?.send_keys("The <i>CISO</i>").await?;
        // How a day is typed depends on the language of the system.
        let script = "document.getElementById('aside-0-until').value = '2099-12-31';";
        self.driver.execute(script, vec![]).await?;
        self.find("#aside-0-reference").await?.send_keys("Ticket 4711\u{e007}").await?;
        Ok(())
    }
}

const DECISIONS: &str = "div:has(> #decisions)";

async fn a_decision_is_recorded_taken_back_saved_and_loaded(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.says(DECISIONS, "No decision is recorded.").await?;
    page.click("#finding-0 ~ div [aria-expanded=false]").await?;
    page.is_accessible("set-aside").await?;
    for (field, first) in [("kind", "false-positive"), ("scope", "finding")] {
        let script = "return document.getElementById('aside-0-' + arguments[0]).value;";
        let value: String = page.driver.execute(script, vec![field.into()]).await?.convert()?;
        assert_eq!(value, first, "the first choice is the one that does least");
    }
    // The browser says what is missing, and nothing is recorded.
    page.click(".set-aside button").await?;
    assert_eq!(page.focused().await?, "aside-0-reason");
    page.click("#finding-0 ~ div [aria-expanded=true]").await?;

    page.set_aside("pc-1", "The laboratory needs it <b>for</b> a time.").await?;
    page.says("#answer", "1 more finding is set aside by a recorded decision.").await?;
    let decisions = page.says(DECISIONS, "Kaspersky Free 21.3 on PC-1").await?;
    assert!(decisions.contains("needs it <b>for</b> a time."), "{decisions}");
    assert!(decisions.contains("decided by The <i>CISO</i> on 20"), "{decisions}");
    assert!(decisions.contains("until 2099-12-31"), "{decisions}");
    assert_eq!(page.focused().await?, "decisions");
    page.is_accessible("decisions").await?;
    assert!(page.printed().await?.contains("The <i>CISO</i>"));

    page.click(".decision button").await?;
    page.says(DECISIONS, "The decision was taken back.").await?;
    let answer = page.says("#answer", "found on 2 computers.").await?;
    assert!(!answer.contains("set aside"), "{answer}");
    assert_eq!(page.focused().await?, "decision-undo");
    page.press(Key::Enter).await?;
    page.says(DECISIONS, "Kaspersky Free 21.3 on PC-1").await?;

    let report = page.saved_as("json").await?;
    assert!(report.contains("\"Ticket 4711\""), "{report}");
    let saved = page.saved_by("#save-decisions").await?;
    page.open().await?;
    page.check_pasted(LIST).await?;
    let wrong = MadeFile::new(page, "wrong.toml", saved.replace("until", "untill").as_bytes());
    page.find("#decision-files").await?.send_keys(wrong.0.display().to_string()).await?;
    page.says(DECISIONS, "did you mean `until`?").await?;
    page.is_accessible("decisions-mistake").await?;
    let file = MadeFile::new(page, "waivers.toml", saved.as_bytes());
    page.find("#decision-files").await?.send_keys(file.0.display().to_string()).await?;
    page.says(DECISIONS, "Kaspersky Free 21.3 on PC-1").await?;
    page.says("#answer", "1 more finding is set aside").await?;
    Ok(())
}

async fn decisions_are_remembered_only_if_that_is_wanted(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    page.check_pasted(LIST).await?;
    page.set_aside("", "It is something else.").await?;
    page.says("#answer", "Besides 1 finding").await?;
    assert_eq!(page.kept_keys().await?, [""; 0], "nothing is kept unasked");
    page.driver.execute("document.getElementById('keep-decisions').click();", vec![]).await?;
    page.says(DECISIONS, "Remember").await?;

    page.open().await?;
    let answer = page.check_pasted(LIST).await?;
    assert!(answer.starts_with("Besides 1 finding"), "{answer}");
    assert_eq!(page.kept_keys().await?, ["clearlist.decision.0"]);
    page.driver.execute("document.getElementById('keep-decisions').click();", vec![]).await?;
    page.says(DECISIONS, "Remember").await?;

    page.open().await?;
    let answer = page.check_pasted(LIST).await?;
    assert!(answer.starts_with("1 product"), "{answer}");
    assert_eq!(page.kept_keys().await?, [""; 0], "and nothing once it is unticked");
    Ok(())
}

async fn an_earlier_report_is_compared_with(page: &Session) -> WebDriverResult<()> {
    const COMPARISON: &str = "div:has(> #comparison)";
    page.open().await?;
    page.check_pasted(LIST).await?;
    let saved = page.saved_as("html").await?;
    let earlier = MadeFile::new(page, "earlier.html", saved.as_bytes());
    let wrong = MadeFile::new(page, "wrong.html", b"<p>Nothing</p>");

    page.open().await?;
    page.check_pasted("Computer,Name\nPC-1,Firefox\nPC-2,Kaspersky Free\nPC-3,Firefox\n").await?;
    page.find("#earlier-report").await?.send_keys(wrong.0.display().to_string()).await?;
    page.says(COMPARISON, "expected a report that Clearlist saved as JSON or as HTML").await?;
    page.find("#earlier-report").await?.send_keys(earlier.0.display().to_string()).await?;
    let told = page.says(COMPARISON, "Removal is not shown to be complete.").await?;
    assert!(told.contains("1 changed, 1 removed"), "{told}");
    assert!(told.contains("1 program that has to go is still there."), "{told}");
    assert!(!told.contains("expected a report"), "{told}");
    assert_eq!(page.focused().await?, "comparison");
    page.is_accessible("comparison").await?;
    assert!(page.printed().await?.contains("Removal is not shown to be complete."));

    page.open().await?;
    page.check_pasted("Computer,Name\nPC-1,Firefox\nPC-2,Firefox\nPC-3,Firefox\n").await?;
    page.find("#earlier-report").await?.send_keys(earlier.0.display().to_string()).await?;
    page.says(COMPARISON, "Removal is complete").await?;
    let report = page.saved_as("json").await?;
    assert!(report.contains("\"is_complete\": true"), "{report}");
    Ok(())
}
