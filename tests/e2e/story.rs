//! The whole story, from a fleet's list to a removal that is shown to be complete.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use clearlist::engine::writers::WRITERS;
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::main_job::MadeFile;
use crate::support::{Session, journeys};
use crate::validators::{self, Folder};

journeys! {
    a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again,
}

const DECISIONS: &str = "div:has(> #decisions)";

pub async fn a_fleet_is_checked_decided_about_reported_cleaned_and_checked_again(
    page: &Session,
) -> WebDriverResult<()> {
    page.open().await?;
    page.click("#sample-office").await?;
    let answer = page.check().await?;
    let list = page.value_of_paste().await?;
    assert!(answer.contains(" were found on "), "{answer}");

    // Looked through: only what has to go.
    page.find("#browse-outcome").await?.send_keys("Banned").await?;
    page.says("div:has(> #browse)", "Banned").await?;

    // One finding is set aside.
    page.set_aside("", "It is a game of the same name.").await?;
    page.says("#answer", "set aside by a recorded decision").await?;
    page.says(DECISIONS, "It is a game of the same name.").await?;

    // Every way to save it, each read by somebody else's code.
    let report: Value = serde_json::from_str(&page.saved_as("json").await?)?;
    let found: Vec<&str> = texts(&report["findings"], "name");
    let aside: Vec<&str> = report["waived"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|waived| waived["finding"]["name"].as_str())
        .collect();
    assert!(!found.is_empty() && aside.len() == 1, "{found:?} {aside:?}");
    for writer in WRITERS {
        let bytes = page.saved_bytes(writer.id).await?;
        check_export(writer.id, &bytes, &found, aside[0]);
    }
    let html = page.saved_as("html").await?;

    // On paper it says what is on the screen.
    let paper = page.printed().await?.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        paper.contains("BOD 17-01") && paper.contains("It is a game of the same name."),
        "{paper}"
    );

    // The removal: on every line that has something, each computer has something harmless instead.
    let banned: BTreeSet<u64> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .chain(report["waived"].as_array().expect("a list").iter().map(|it| &it["finding"]))
        .flat_map(|finding| finding["places"].as_array().expect("places"))
        .filter_map(|place| place["line"].as_u64())
        .collect();
    let cleaned: Vec<String> = (1..)
        .zip(list.lines())
        .map(|(line, text)| if banned.contains(&line) { harmless(text) } else { text.to_owned() })
        .collect();
    page.open().await?;
    let answer = page.check_pasted(&cleaned.join("\n")).await?;
    assert!(answer.starts_with("Nothing covered was found"), "{answer}");
    let earlier = MadeFile::new(page, "before.html", html.as_bytes());
    page.find("#earlier-report").await?.send_keys(earlier.0.display().to_string()).await?;
    let told = page.says("div:has(> #comparison)", "Removal is complete").await?;
    assert!(told.contains("removed"), "{told}");
    page.says(".pictures", "Removed").await?;
    page.is_accessible("complete").await?;
    Ok(())
}

/// The line of the sample with another program on the same computer.
fn harmless(line: &str) -> String {
    let computer = line.split(',').next().unwrap_or_default();
    let rest = vec!["Notepad++"; line.matches(',').count().max(1)].join(",");
    format!("{computer},{rest}")
}

fn texts<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    list.as_array().expect("a list").iter().filter_map(|it| it[field].as_str()).collect()
}

/// What a way to save the report made, read by a reader that is not ours, has what was found and what is set aside.
fn check_export(writer: &str, bytes: &[u8], found: &[&str], aside: &str) {
    let text = String::from_utf8_lossy(bytes);
    let json = || -> Value {
        serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{writer}: {error}"))
    };
    let cells: BTreeSet<String> = match writer {
        "csv" | "action-plan" => {
            csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes())
                .records()
                .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
                .collect()
        }
        "xlsx" => {
            let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
            let sheets = book.worksheets();
            sheets
                .iter()
                .flat_map(|(_, sheet)| sheet.rows())
                .flatten()
                .map(ToString::to_string)
                .collect()
        }
        "sarif" => {
            let mistakes = validators::sarif().map(|schema| schema.mistakes(&json()));
            assert_eq!(mistakes.unwrap_or_default(), "");
            let results = json()["runs"][0]["results"].clone();
            // What is set aside is suppressed, and told.
            let suppressed =
                |it: &&Value| it["suppressions"].as_array().is_some_and(|it| !it.is_empty());
            assert_eq!(results.as_array().expect("results").iter().filter(suppressed).count(), 1);
            return;
        }
        "json" | "oscal-assessment-results" | "oscal-poam" | "hdf" | "cyclonedx" => {
            check_with_validator(writer, &json());
            let value = json().to_string();
            assert!(found.iter().all(|name| value.contains(name)), "{writer}: {value}");
            return;
        }
        "attestation" => {
            assert!(text.contains("cannot be attested"), "{text}");
            return;
        }
        // Calendars name no product; the sample has nothing of Linux.
        "ics" | "bash-script" => {
            assert!(text.starts_with("BEGIN:VCALENDAR") || text.starts_with("#!"), "{text}");
            return;
        }
        _ => {
            assert!(found.iter().any(|name| text.contains(name)), "{writer}: {text}");
            return;
        }
    };
    let has = |name: &str| cells.iter().any(|cell| cell.contains(name));
    assert!(found.iter().all(|name| has(name)), "{writer}: {cells:?}");
    assert!(has(aside), "{writer} tells what is set aside: {cells:?}");
}

/// What others' validators take; each is there where `cargo xtask test` runs this.
fn check_with_validator(writer: &str, document: &Value) {
    let mistakes = match writer {
        "cyclonedx" => validators::cyclonedx().map(|schema| schema.mistakes(document)),
        "hdf" => validators::heimdall("saved", document).map(|shown| match shown {
            Ok(controls) => {
                assert!(!controls.is_empty(), "Heimdall shows something");
                String::new()
            }
            Err(why) => why,
        }),
        "oscal-assessment-results" | "oscal-poam" => {
            let folder = Folder::new(&format!("saved-{writer}"));
            let path = folder.0.join("saved.json");
            std::fs::write(&path, document.to_string()).expect("a folder for temporary files");
            validators::oscal(&[path])
        }
        _ => None,
    };
    assert_eq!(mistakes.unwrap_or_default(), "", "{writer}");
}
