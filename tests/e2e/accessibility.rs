//! The page for those who do not see it, see it otherwise, or use no mouse: beyond what axe-core finds, which the other
//! journeys ask at each of their steps.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use expect_test::expect_file;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::{Browser, Session, journeys};

journeys! {
    a_screen_reader_is_told_all_that_the_main_flow_shows,
    every_control_is_reached_with_the_keyboard_and_shows_it,
    the_focus_is_seen_in_the_dark_theme,
    the_focus_and_what_is_chosen_are_seen_where_colours_are_forced,
    choices_are_made_and_the_report_is_saved_with_the_keyboard,
    what_happens_is_announced,
    the_dark_theme_is_accessible,
    paper_is_white_in_the_dark_theme,
    nothing_moves_for_those_who_do_not_want_it,
    text_can_be_spaced,
    text_can_be_twice_as_large,
    every_target_is_large_enough,
}

const LIST: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-2,Kaspersky Free,21.3,AO Kaspersky Lab\n\
    PC-2,WeChat,3.9,Tencent\n\
    PC-3,Firefox,133.0,Mozilla\n\
    PC-3,Kasperski,1,\n";

impl Session {
    /// What a function of `accessibility.js` answers.
    async fn ask<T: DeserializeOwned>(&self, call: &str) -> WebDriverResult<T> {
        let script = format!("{}\nreturn {call};", include_str!("accessibility.js"));
        self.driver.execute(script, vec![]).await?.convert()
    }

    /// Opens the page, and leaves out nothing of steps 1 to 3.
    async fn open_all_steps(&self) -> WebDriverResult<()> {
        self.open().await?;
        // What the worker tells of directives and formats has arrived.
        self.find("#directive-us-dhs-bod-17-01 ~ label .choice__line:not(.choice__why)").await?;
        self.open_everything().await
    }

    /// Then also the results, with every fold and a form open.
    async fn open_all_results(&self) -> WebDriverResult<()> {
        self.open_all_steps().await?;
        self.check_pasted(LIST).await?;
        self.find("#export option").await?;
        self.click("#finding-0 ~ div [aria-expanded=false]").await?;
        self.open_everything().await?;
        // What is asked of the worker when a fold opens has arrived.
        self.find(".removal .steps__step").await?;
        self.find(".directive__body").await?;
        Ok(())
    }

    /// Which stop of the Tab key has the focus, and what is wrong with how that is shown.
    async fn stop(&self) -> WebDriverResult<(Option<usize>, Vec<String>)> {
        let mut stop: (Option<usize>, Vec<String>) = self.ask("focused()").await?;
        // The page may yet scroll to it, which takes a busy computer its time, and the link that skips slides in.
        for _ in 0..100 {
            if stop.1.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            stop = self.ask("focused()").await?;
        }
        Ok(stop)
    }

    /// Goes through the page with the Tab key, and back. What is wrong on the way.
    async fn walk(&self) -> WebDriverResult<Vec<String>> {
        let stops: Vec<String> = self.ask("markStops()").await?;
        let mut wrong = Vec::new();
        // From the top, as a reader of a new page does.
        let script = "document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges(); \
                      const top = document.body.firstElementChild; top.tabIndex = -1; top.focus();";
        self.driver.execute(script, vec![]).await?;
        let mut at = None;
        let mut reached = vec![false; stops.len()];
        // A field for a day has three stops, and what scrolls is one.
        for _ in 0..stops.len() * 2 + 20 {
            self.press(Key::Tab).await?;
            let (now, unseen) = self.stop().await?;
            let Some(now) = now.filter(|now| at != Some(*now)) else { continue };
            if at.map_or(0, |at: usize| at + 1) != now {
                wrong.push(format!("after {at:?} comes {now}: {}", stops[now]));
            }
            reached[now] = true;
            wrong.extend(unseen);
            at = Some(now);
            if now + 1 == stops.len() {
                break;
            }
        }
        let missed = stops.iter().zip(&reached).filter(|(_, is_reached)| !**is_reached);
        wrong.extend(missed.map(|(stop, _)| format!("not reached: {stop}")));
        let mut back = 0;
        for _ in 0..stops.len() * 2 + 20 {
            let (now, unseen) = self.stop().await?;
            wrong.extend(unseen);
            if now == Some(0) {
                break;
            }
            back += 1;
            let back_tab = self.driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab);
            back_tab.key_up(Key::Shift).perform().await?;
        }
        if back + 1 < stops.len() {
            wrong.push(format!("{back} steps led back over {} stops", stops.len()));
        }
        let (now, _) = self.stop().await?;
        if now != Some(0) {
            wrong.push(format!("the way back ends at {now:?}"));
        }
        wrong.sort();
        wrong.dedup();
        Ok(wrong)
    }

    /// What a screen reader can be told of the page, as text: in Chromium the tree, in Firefox every control.
    async fn outline(&self) -> WebDriverResult<String> {
        match self.browser {
            Browser::Chromium => {
                let cdp = self.driver.cdp();
                let tree = cdp.send_raw("Accessibility.getFullAXTree", json!({})).await?;
                Ok(tree_as_text(&tree["nodes"]))
            }
            Browser::Firefox => {
                let mut text = String::new();
                let _: Vec<String> = self.ask("markControls()").await?;
                for control in self.driver.find_all(By::Css("[data-control]")).await? {
                    let (mut role, name) = self.role_and_name(&control).await?;
                    if role.is_empty() {
                        // Firefox has no word of ARIA for the head of a fold.
                        role = control.tag_name().await?;
                    }
                    let states = control.attr("data-control").await?.unwrap_or_default();
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{role} “{}”{states}", shortened(&name));
                    assert!(!name.trim().is_empty(), "a {role} has no name:\n{text}");
                }
                Ok(text)
            }
        }
    }

    async fn has_outline(&self, state: &str) -> WebDriverResult<()> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/outlines");
        let file = folder.join(format!("{state}-{}.txt", self.browser));
        expect_file![file].assert_eq(&self.outline().await?);
        Ok(())
    }
}

/// Chromium's accessibility tree, an indented line for each thing that has a role of its own.
fn tree_as_text(nodes: &Value) -> String {
    let nodes: Vec<&Value> = nodes.as_array().into_iter().flatten().collect();
    let by_id: HashMap<&str, &Value> =
        nodes.iter().map(|node| (node["nodeId"].as_str().unwrap_or_default(), *node)).collect();
    let mut text = String::new();
    if let Some(root) = nodes.first() {
        write_node(root, &by_id, 0, &mut text);
    }
    text
}

fn write_node(node: &Value, by_id: &HashMap<&str, &Value>, depth: usize, text: &mut String) {
    /// What only lays out or is the text itself, which is in the names of what it is in.
    const NOT_TOLD: &[&str] = &[
        "InlineTextBox",
        "LabelText",
        "Legend",
        "LineBreak",
        "ListMarker",
        "MenuListPopup",
        "StaticText",
        "code",
        "generic",
        "listitem",
        "none",
        "paragraph",
        "strong",
    ];
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let is_told = node["ignored"] != json!(true) && !NOT_TOLD.contains(&role);
    if is_told {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        let role = if role == "RootWebArea" { "document" } else { role };
        let _ = write!(text, "{:1$}{role}", "", depth * 2);
        if !name.is_empty() {
            let _ = write!(text, " “{}”", shortened(name));
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let value = &property["value"]["value"];
            match property["name"].as_str().unwrap_or_default() {
                "level" => {
                    let _ = write!(text, " of level {value}");
                }
                state @ ("checked" | "expanded" | "invalid") if value != "false" => {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    let _ = write!(text, ", {state}: {value}");
                }
                state @ ("disabled" | "required" | "selected" | "focused")
                    if value == &json!(true) =>
                {
                    let _ = write!(text, ", {state}");
                }
                _ => {}
            }
        }
        text.push('\n');
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            write_node(child, by_id, depth + usize::from(is_told), text);
        }
    }
}

/// The beginning of a name, which tells one thing from another.
fn shortened(name: &str) -> String {
    const KEPT: usize = 70;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

async fn a_screen_reader_is_told_all_that_the_main_flow_shows(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.find("#directive-us-dhs-bod-17-01 ~ label .choice__line:not(.choice__why)").await?;
    page.has_outline("1-start").await?;
    page.click("label[for=profile-us-federal-civilian]").await?;
    page.click("#check").await?;
    page.find("#errors").await?;
    page.has_outline("2-nothing-given").await?;
    page.check_pasted(LIST).await?;
    page.find("#export option").await?;
    page.has_outline("3-results").await
}

async fn every_control_is_reached_with_the_keyboard_and_shows_it(
    page: &Session,
) -> WebDriverResult<()> {
    page.open_all_results().await?;
    // The last that changes by itself.
    page.says(".footer", "works without a network").await?;
    assert_eq!(page.ask::<Vec<String>>("misnamed()").await?, [""; 0]);
    assert_eq!(page.walk().await?, [""; 0]);
    page.set_viewport(320, 568).await?;
    let mut wrong = page.walk().await?;
    if page.browser == Browser::Firefox && !wrong.is_empty() {
        // Now and then Firefox leaves what has the focus below the narrow window. What the page does wrong is wrong again.
        wrong = page.walk().await?;
    }
    assert_eq!(wrong, [""; 0], "at 320 px");
    assert_eq!(page.ask::<Vec<String>>("faintFields()").await?, [""; 0]);
    Ok(())
}

async fn the_focus_is_seen_in_the_dark_theme(page: &Session) -> WebDriverResult<()> {
    page.emulate(&[("prefers-color-scheme", "dark")]).await?;
    page.open_all_results().await?;
    assert_eq!(page.walk().await?, [""; 0]);
    assert_eq!(page.ask::<Vec<String>>("faintFields()").await?, [""; 0]);
    Ok(())
}

async fn the_focus_and_what_is_chosen_are_seen_where_colours_are_forced(
    page: &Session,
) -> WebDriverResult<()> {
    page.emulate(&[("forced-colors", "active")]).await?;
    page.open_all_steps().await?;
    page.screenshot("steps").await?;
    assert_eq!(page.walk().await?, [""; 0]);
    page.open_all_results().await?;
    page.is_accessible("results").await?;
    assert_eq!(page.walk().await?, [""; 0]);
    // What is chosen, and what can be pressed, is told by more than the colours that are gone.
    let script = "const mark = (it) => { const style = getComputedStyle(it.labels[0], '::before'); \
                      return style.backgroundColor + style.content; }; \
                  const differ = (type) => { const all = [...document.querySelectorAll(`[type=${type}]`)]; \
                      return mark(all.find((it) => it.checked)) !== mark(all.find((it) => !it.checked)); }; \
                  const hasEdge = (it) => { const style = getComputedStyle(it); return style.borderTopStyle !== 'none' && \
                      parseFloat(style.borderTopWidth) > 0 || style.textDecorationLine === 'underline'; }; \
                  const bare = [...document.querySelectorAll('button')].filter((it) => it.checkVisibility() && !hasEdge(it)); \
                  return [differ('radio'), differ('checkbox'), bare.map((it) => it.textContent)];";
    let told: (bool, bool, Vec<String>) = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(told, (true, true, Vec::new()));
    Ok(())
}

async fn choices_are_made_and_the_report_is_saved_with_the_keyboard(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.find("#directive-us-dhs-bod-17-01 ~ label .choice__line:not(.choice__why)").await?;
    page.tab_to("profile-everything").await?;
    page.press(Key::Down).await?;
    assert_eq!(page.focused().await?, "profile-us-federal-civilian", "the first follows the last");
    page.tab_to("directives").await?;
    assert_eq!(page.text("#directives").await?, "Directives that will be applied: 4 of 17");
    page.press(Key::Enter).await?;
    page.tab_to("directive-us-ndaa-2018-1634").await?;
    page.press(Key::Space).await?;
    assert_eq!(page.text("#directives").await?, "Directives that will be applied: 3 of 17");
    page.press(Key::Space).await?;
    page.tab_to("paste").await?;
    page.driver
        .active_element()
        .await?
        .send_keys("Firefox" + Key::Enter + "Kaspersky Free")
        .await?;
    page.tab_to("check").await?;
    page.press(Key::Enter).await?;
    page.find("#answer .answer__sentence").await?;
    page.find("#export option").await?;
    page.tab_to("export").await?;
    page.driver.active_element().await?.send_keys("JSON").await?;
    page.tab_to("save-report").await?;
    page.press(Key::Enter).await?;
    page.find("#status p").await?;
    let said = "const done = arguments[0]; const look = () => \
                document.getElementById('status').textContent.includes('download') ? done(true) : setTimeout(look, 20); \
                look();";
    page.driver.execute_async(said, vec![]).await?;
    assert_eq!(page.focused().await?, "save-report", "the focus stays where the reader is");
    Ok(())
}

async fn what_happens_is_announced(page: &Session) -> WebDriverResult<()> {
    page.open().await?;
    // The only one that is polite and there from the start.
    let script = "const status = document.getElementById('status'); document.body.dataset.said = ''; \
                  new MutationObserver(() => { document.body.dataset.said += status.textContent + '\\n'; }) \
                      .observe(status, { childList: true, characterData: true, subtree: true }); \
                  return [status.getAttribute('role'), status.textContent];";
    let region: [String; 2] = page.driver.execute(script, vec![]).await?.convert()?;
    assert_eq!(region, ["status", ""]);
    page.click("#sample-office").await?;
    page.click("#clear").await?;
    page.click("#undo").await?;
    page.click("#clear").await?;
    page.check_pasted("Firefox\nKaspersky Free\n").await?;
    let script = "return document.body.dataset.said;";
    let said: String = page.driver.execute(script, vec![]).await?.convert()?;
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(
        said[..4],
        [
            "The example list is in the box.",
            "Cleared. You can undo this.",
            "Everything is back.",
            "Cleared. You can undo this.",
        ]
    );
    let last = said.last().copied().unwrap_or_default();
    assert!(last.starts_with("Done. 1 product that "), "{said:?}");
    assert!(said.contains(&"Checking the list."), "{said:?}");
    Ok(())
}

async fn the_dark_theme_is_accessible(page: &Session) -> WebDriverResult<()> {
    page.emulate(&[("prefers-color-scheme", "dark")]).await?;
    page.open_all_steps().await?;
    let brightness = "luminance(ground(document.querySelector('h1')))";
    assert!(page.ask::<f64>(brightness).await? < 0.05, "the page is not dark");
    page.is_accessible("1-steps").await?;
    page.click("#check").await?;
    page.find("#errors").await?;
    page.is_accessible("2-nothing-given").await?;
    page.open_all_results().await?;
    page.is_accessible("3-results").await
}

async fn paper_is_white_in_the_dark_theme(page: &Session) -> WebDriverResult<()> {
    page.emulate(&[("prefers-color-scheme", "dark")]).await?;
    page.open_all_results().await?;
    page.emulate(&[("prefers-color-scheme", "dark"), ("media", "print")]).await?;
    assert!(page.ask::<f64>("luminance(ground(document.querySelector('h1')))").await? > 0.95);
    let mut violations = page.accessibility_violations().await?;
    // No rule of WCAG: on paper the report's title stands in for the page's, as a paragraph.
    violations.retain(|violation| !violation.starts_with("page-has-heading-one"));
    assert_eq!(violations, [""; 0]);
    page.screenshot("paper").await
}

async fn nothing_moves_for_those_who_do_not_want_it(page: &Session) -> WebDriverResult<()> {
    page.open_all_results().await?;
    let moving: Vec<String> = page.ask("moving()").await?;
    assert!(!moving.is_empty(), "else the rest proves nothing");
    page.emulate(&[("prefers-reduced-motion", "reduce")]).await?;
    assert_eq!(page.ask::<Vec<String>>("moving()").await?, [""; 0]);
    Ok(())
}

async fn text_can_be_spaced(page: &Session) -> WebDriverResult<()> {
    page.open_all_results().await?;
    for width in [1280, 320] {
        page.set_viewport(width, 800).await?;
        assert_eq!(page.ask::<Vec<String>>("clipped()").await?, [""; 0], "as it is, {width} px");
    }
    page.ask::<Option<()>>("spaceText()").await?;
    for width in [1280, 320] {
        page.set_viewport(width, 800).await?;
        page.screenshot(&format!("{width}")).await?;
        assert!(!page.scrolls_sideways().await?, "at {width} px");
        assert_eq!(page.ask::<Vec<String>>("clipped()").await?, [""; 0], "at {width} px");
    }
    Ok(())
}

/// Text of twice the size at 1280 px; and 320 px, which is 400 % zoom, lying down as well.
async fn text_can_be_twice_as_large(page: &Session) -> WebDriverResult<()> {
    page.open_all_results().await?;
    for (width, height) in [(320, 256), (568, 320)] {
        page.set_viewport(width, height).await?;
        assert!(!page.scrolls_sideways().await?, "{width} by {height} px");
    }
    page.set_viewport(1280, 800).await?;
    let script = "document.documentElement.style.fontSize = '200%'; \
                  return getComputedStyle(document.body).fontSize;";
    let size: String = page.driver.execute(script, vec![]).await?.convert()?;
    page.screenshot("twice").await?;
    assert!(size.trim_end_matches("px").parse::<f64>().is_ok_and(|size| size >= 32.0), "{size}");
    assert!(!page.scrolls_sideways().await?);
    assert_eq!(page.ask::<Vec<String>>("clipped()").await?, [""; 0]);
    Ok(())
}

async fn every_target_is_large_enough(page: &Session) -> WebDriverResult<()> {
    page.open_all_results().await?;
    for width in [1280, 320] {
        page.set_viewport(width, 800).await?;
        let (count, small): (usize, Vec<String>) = page.ask("smallTargets()").await?;
        assert!(count > 60, "{count} are measured");
        assert_eq!(small, [""; 0], "at {width} px");
    }
    Ok(())
}
