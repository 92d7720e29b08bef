//! The papers of directives: whole, honest about what was not read or not applied, and with the right
//! numbers. Text of an inventory is only ever text.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::report::{Report, Waived, WaiverReport};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind};
use clearlist::engine::writers::WRITERS;
use quick_xml::Reader;
use quick_xml::events::Event;

const PAPERS: [&str; 4] =
    ["bod-17-01-report", "bod-17-01-plan", "far-52-204-23-report", "attestation"];

const MIXED: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab\n\
    PC-2,Kaspersky Endpoint Security for Windows,12.5.0.539,AO Kaspersky Lab\n\
    PC-2,Kaspersky Safe Kids,1.0,Kaspersky\n\
    PC-3,<b>Kaspersky Total Security</b> & \u{7} more,21.3,AO Kaspersky Lab\n\
    PC-1,<b>Kaspersky Total Security</b> & \u{7} more,21.3,AO Kaspersky Lab\n\
    PC-4,Parallels Internet Security Powered by Kaspersky,1,Parallels <i>\n";

const CLEAN: &str = "Computer,Name,Version,Publisher\n\
    PC-1,Mozilla Firefox,145.0,Mozilla\nPC-2,7-Zip 24.09 (x64),24.09,Igor Pavlov\n";

/// The report on these lists by these directives; by all if there are none.
fn report(lists: &[&[u8]], directives: &[&str]) -> Report {
    let rules = bundled::rules();
    let settings = Settings {
        today: "2026-11-25".to_owned(),
        directives: directives.iter().map(|&id| id.to_owned()).collect(),
        ..Settings::default()
    };
    let mut scan = Scan::new(&rules, settings).unwrap();
    for (number, list) in lists.iter().enumerate() {
        scan.begin_source(&format!("<list {number}>.csv"));
        scan.push(list);
        scan.end_source();
    }
    scan.finish()
}

/// The words of a paper, with a bar after each element; it is well-formed XML, and nothing in it is
/// active.
fn paper(report: &Report, id: &str) -> String {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    let bytes = writer.written(report);
    assert_eq!(bytes, writer.written(report), "the same report gives the same bytes");
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(&text);
    let (mut words, mut within) = (String::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                for attribute in tag.attributes().map(Result::unwrap) {
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    let is_plain = ["lang", "class", "role", "tabindex", "aria-label", "scope"];
                    assert!(is_plain.contains(&key.as_str()), "{key} in {id}");
                }
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                assert!(
                    !["script", "b", "i", "a", "img", "form"].contains(&name.as_str()),
                    "{name}"
                );
                within.push(name);
            }
            Event::Empty(tag) => assert_eq!(tag.name().as_ref(), b"meta"),
            Event::End(_) => {
                within.pop();
                words.push('|');
            }
            Event::Text(_) if within.last().is_some_and(|name| name == "style") => {}
            Event::Text(piece) => words.push_str(&piece.decode().unwrap()),
            Event::GeneralRef(name) => words.push(match name.decode().unwrap().as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "#39" => '\'',
                other => panic!("{other}"),
            }),
            Event::DocType(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(within.is_empty(), "everything that was opened is closed");
    words
}

#[track_caller]
fn says(paper: &str, told: &[&str]) {
    for text in told {
        assert!(paper.contains(text), "{text:?} is not in {paper}");
    }
}

#[track_caller]
fn never_says(paper: &str, untold: &[&str]) {
    for text in untold {
        assert!(!paper.contains(text), "{text:?} is in {paper}");
    }
}

/// Sets the finding of that product aside.
fn set_aside(report: &mut Report, product: &str) {
    let at = report.findings.iter().position(|it| it.product.id == product).unwrap();
    let finding = report.findings.remove(at);
    report.totals.findings -= 1;
    report.totals.waived += 1;
    report.waivers.push(WaiverReport {
        waiver: Waiver {
            id: "w-7".to_owned(),
            kind: WaiverKind::ApprovedException,
            reason: "needed for <tests>".to_owned(),
            decided_by: "A. Person".to_owned(),
            decided_on: String::new(),
            until: "2026-12-31".to_owned(),
            reference: String::new(),
            finding: String::new(),
            product: product.to_owned(),
            program: String::new(),
            hosts: Vec::new(),
        },
        effect: WaiverEffect::Applied,
        ends_in_days: 36,
        findings: 1,
        hosts: 1,
    });
    report.waived.push(Waived { finding, waiver: "w-7".to_owned() });
}

#[test]
fn every_paper_is_whole_and_names_what_made_it() {
    for list in [MIXED, CLEAN, "", "nothing that is a list"] {
        let mut report = report(&[list.as_bytes()], &[]);
        report.marking = "CUI//<SP>".to_owned();
        for id in PAPERS {
            let paper = paper(&report, id);
            says(&paper, &["report of 2026-11-25", env!("CARGO_PKG_VERSION"), "<list 0>.csv"]);
            assert_eq!(paper.matches("CUI//<SP>").count(), 2, "{id}");
        }
    }
    let mixed = report(&[MIXED.as_bytes()], &[]);
    for id in PAPERS {
        says(&paper(&mixed, id), &["<b>Kaspersky Total Security</b> & \u{FFFD} more"]);
    }
}

#[test]
fn the_report_counts_endpoints_and_keeps_apart_what_is_to_be_decided() {
    let mut mixed = report(&[MIXED.as_bytes()], &["us-dhs-bod-17-01"]);
    let text = paper(&mixed, "bod-17-01-report");
    says(
        &text,
        &[
            "a. List of Kaspersky-branded products found",
            "2 Kaspersky-branded products were found on 3 endpoints.",
            "Kaspersky Endpoint Security for Windows|2|named in the text|",
            "Kaspersky Total Security|2|named in the text|",
            "version 12.5.0.539; Kaspersky Endpoint Security for Windows, version 12.6.0.438",
            "Kaspersky Safe Kids|1|to be decided|",
            "Parallels Internet Security Powered by Kaspersky|1|left out by the text|",
            "Within 30 calendar days after issuance.| By 2017-10-13",
            "6 entries on 4 computers",
            &mixed.sources[0].sha256,
            "Signature:",
        ],
    );
    set_aside(&mut mixed, "kaspersky.total-security");
    let text = paper(&mixed, "bod-17-01-report");
    says(
        &text,
        &[
            "1 Kaspersky-branded product was found on 2 endpoints.",
            "set aside by recorded decisions",
            "approved exception until 2026-12-31, decided by A. Person: needed for <tests> (w-7)",
        ],
    );
}

#[test]
fn that_nothing_was_found_is_said_only_if_it_is_so() {
    let none = "No Kaspersky-branded products were found.";
    let of = |report: &Report| paper(report, "bod-17-01-report");
    let bod = ["us-dhs-bod-17-01"];
    says(&of(&report(&[CLEAN.as_bytes()], &bod)), &[none]);
    let cut = format!("{CLEAN}PC-3,,1,\n");
    for lists in
        [&[b"".as_slice()][..], &[cut.as_bytes()], &[CLEAN.as_bytes(), b"\x89PNG\r\n\x1a\n"]]
    {
        let text = of(&report(lists, &bod));
        never_says(&text, &[none]);
        says(&text, &["that none is there cannot be said", "Not everything could be read:"]);
    }
    let undecided = of(&report(&[b"Name,Publisher\nKaspersky Safe Kids,Kaspersky\n"], &bod));
    never_says(&undecided, &[none]);
    says(&undecided, &["has to be decided first"]);
    let mut all_set_aside = report(&[b"Name\nKaspersky Total Security\n"], &bod);
    set_aside(&mut all_set_aside, "kaspersky.total-security");
    never_says(&of(&all_set_aside), &[none]);
}

#[test]
fn a_directive_that_was_not_applied_fills_in_nothing() {
    let other = report(&[MIXED.as_bytes()], &["us-tiktok-gov-devices"]);
    for (id, title) in [
        ("bod-17-01-report", "BOD 17-01"),
        ("bod-17-01-plan", "BOD 17-01"),
        ("far-52-204-23-report", "NDAA section 1634"),
    ] {
        let text = paper(&other, id);
        says(&text, &[&format!("{title} was not applied in this report")]);
        never_says(&text, &["Kaspersky Total Security", " found on ", "were found."]);
    }
}

#[test]
fn the_plan_has_every_element_of_the_text() {
    let text = paper(&report(&[MIXED.as_bytes()], &[]), "bod-17-01-plan");
    let mut at = 0;
    for mark in 'a'..='n' {
        let found =
            text[at..].find(&format!("|\n{mark}. ")).or(text[at..].find(&format!("\n{mark}. ")));
        at += found.unwrap_or_else(|| panic!("{mark} does not follow in {text}"));
    }
    says(
        &text,
        &[
            "3 endpoints",
            "PC-1|Kaspersky Endpoint Security for Windows; Kaspersky Total Security||",
            "Telephone number:",
            "Data encryption|||",
            "Licences|||",
            "Make sure",
            "By 2017-11-12",
            "Every 30 calendar days after the 90-day mark.",
        ],
    );
    never_says(&text, &["PC-4|"]);
    // What is asked was read in what the directive's own file names.
    let rules = bundled::rules();
    let url = |directive: &str, source: &str| {
        let directive = rules.directive(directive).unwrap();
        let source = directive.sources.iter().find(|it| it.id == source).unwrap();
        format!("<{}>.", source.url.as_ref().unwrap())
    };
    says(&text, &[&url("us-dhs-bod-17-01", "bod-text")]);
    let far = paper(&report(&[MIXED.as_bytes()], &[]), "far-52-204-23-report");
    says(&far, &[&url("us-ndaa-2018-1634", "far-clause-2018")]);
}

#[test]
fn the_contractors_report_has_its_fields_and_clocks() {
    let mut mixed = report(&[MIXED.as_bytes()], &["us-ndaa-2018-1634"]);
    let text = paper(&mixed, "far-52-204-23-report");
    says(
        &text,
        &[
            "4 covered articles were found on 4 computers.",
            "Contract number:",
            "Order numbers, if applicable:",
            "Supplier name||",
            "Brand|Kaspersky|",
            // Not the maker of the code inside.
            "Brand|Publishers in the lists: Parallels <i>|",
            "manufacturer part number",
            "on 2 computers|",
            "Recommended by the rules: ",
            // 26 November 2026 is Thanksgiving Day.
            "By 2026-12-01, counted from 2026-11-25, the day of this report.",
            "By 2026-12-15, counted from 2026-12-01",
            "1 business day in clauses dated July 2018",
            "Follow-up",
            "Efforts undertaken to prevent use or submission",
        ],
    );
    assert_eq!(text.matches("Supplier name").count(), 4);
    for product in ["total-security", "safe-kids", "endpoint-security", "endpoint-security"] {
        set_aside(&mut mixed, &format!("kaspersky.{product}"));
    }
    let rest = paper(&mixed, "far-52-204-23-report");
    says(&rest, &["1 covered article was found on 1 computer.", "set aside by recorded decisions"]);
    let clean = paper(&report(&[CLEAN.as_bytes()], &["us-ndaa-2018-1634"]), "far-52-204-23-report");
    says(&clean, &["there is nothing to report from them"]);
    let empty = paper(&report(&[b""], &["us-ndaa-2018-1634"]), "far-52-204-23-report");
    never_says(&empty, &["there is nothing to report"]);
    says(&empty, &["Not everything could be read"]);
}

#[test]
fn an_attestation_says_what_was_read_and_by_what() {
    let lists = [CLEAN.as_bytes(), b"Name\nKaspersky Security Training\nKaspersy Total\n"];
    let made = report(&lists, &["us-dhs-bod-17-01"]);
    let text = paper(&made, "attestation");
    says(
        &text,
        &[
            "Attestation: no covered product was found",
            "was found in the 4 entries of 3 computers",
            "<list 0>.csv",
            "<list 1>.csv",
            &made.sources[0].sha256,
            &made.sources[1].sha256,
            &made.tool.data_checked_on,
            "us-dhs-bod-17-01|2026-11-23|",
            "browser extensions",
            "Kaspersy Total is no finding, and close to one",
            "Kaspersky Security Training|Kaspersky Security Training|1|exempt|",
            "Signature:",
        ],
    );
    never_says(&text, &["cannot be attested", "other than"]);
}

#[test]
fn an_attestation_names_what_was_set_aside_and_is_refused_for_what_may_stay() {
    let list = format!("{CLEAN}PC-2,Kaspersky Total Security,21,AO Kaspersky Lab\n");
    let mut report = report(&[list.as_bytes()], &["us-dhs-bod-17-01"]);
    set_aside(&mut report, "kaspersky.total-security");
    let refused = paper(&report, "attestation");
    says(&refused, &["cannot be attested", "is there by an approved exception, on 1 computer."]);
    never_says(&refused, &["Signature:"]);

    report.waivers[0].waiver.kind = WaiverKind::FalsePositive;
    let text = paper(&report, "attestation");
    says(
        &text,
        &[
            "other than 1 finding that is set aside by the recorded decisions named below",
            "w-7|false positive|needed for <tests>|A. Person|2026-12-31|in force|1|",
            "Kaspersky Total Security|Kaspersky Total Security|1|prohibited|",
            "Signature:",
        ],
    );
    report.waivers[0].effect = WaiverEffect::Expired;
    says(&paper(&report, "attestation"), &["2026-12-31|over, sets nothing aside|"]);
}

#[test]
fn no_attestation_is_made_of_less_than_a_whole_clean_inventory() {
    let bod = ["us-dhs-bod-17-01"].as_slice();
    let no_name = format!("{CLEAN}PC-3,,1,\n");
    let prohibited = format!("{CLEAN}PC-2,Kaspersky Total Security,21,AO Kaspersky Lab\n");
    let review = format!("{CLEAN}PC-2,Kaspersky Safe Kids,1,Kaspersky\n");
    let indicator = format!("{CLEAN}PC-2,iVMS-4200,3,Hikvision\n");
    let mut unlisted = report(&[CLEAN.as_bytes()], bod);
    unlisted.totals.problems += 3;
    let mut unjudged = report(&[CLEAN.as_bytes()], bod);
    unjudged.directives.clear();
    for (made, why) in [
        (report(&[], bod), "No list of installed programs was read."),
        (report(&[b""], bod), "Nothing was read from <list 0>.csv."),
        (report(&[CLEAN.as_bytes(), b"\x89PNG\r\n\x1a\n"], bod), "<list 1>.csv"),
        (report(&[no_name.as_bytes()], bod), "expected the name of a program"),
        (report(&[prohibited.as_bytes()], bod), "is prohibited, on 1 computer"),
        (report(&[review.as_bytes()], bod), "has to be decided about, on 1 computer"),
        (
            report(&[indicator.as_bytes()], &["us-ndaa-2019-889"]),
            "is a sign that something prohibited may be in use",
        ),
        (unlisted, "3 problems more were only counted"),
        (unjudged, "No directive was applied."),
    ] {
        let text = paper(&made, "attestation");
        says(&text, &["No attestation can be made", "cannot be attested", why]);
        never_says(&text, &["Signature", "no covered product was found", "Attested"]);
    }
}
