//! Links that carry a summary: what is in them, how long they may be, and what becomes of any text that is
//! taken for one.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::io::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use clearlist::bundled;
use clearlist::engine::directive::{Kind, OutcomeKind};
use clearlist::engine::language::{Language, speaking};
use clearlist::engine::limits::{LINK_CHARS, SHARED_BYTES};
use clearlist::engine::report::Report;
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::share::link::{LinkError, link, read, shared_in};
use clearlist::engine::share::{Summary, SummaryDirective, SummaryFinding, Sums};
use clearlist::engine::waivers::{Waiver, WaiverKind, apply};
use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

const LIST: &str = "\
Computer,Name,Version,Publisher
SECRET-PC-1,Kaspersky Free,21.3,AO Kaspersky Lab
SECRET-PC-2,Kaspersky Free,21.3,AO Kaspersky Lab
SECRET-PC-2,WeChat,3.9,Tencent
SECRET-PC-3,Kaspersky Password Manager,9.2,AO Kaspersky Lab
SECRET-PC-4,Firefox,133.0,Mozilla
SECRET-PC-4,
";

const ADDRESS: &str = "https://clearlist.example/";

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let pack = RulesFile { name: "secret-own.toml", text: EXAMPLES[0].text };
    Rules::load_with_packs(bundled::files(), &[pack], &[]).unwrap()
});

fn report_of(lists: &[(&str, &str)]) -> Report {
    let directives = vec![
        "us-dhs-bod-17-01".into(),
        "us-tiktok-gov-devices".into(),
        "tx-prohibited-tech".into(),
    ];
    let settings = Settings { directives, today: "2026-11-30".into(), ..Settings::default() };
    let mut scan = Scan::new(&RULES, settings).unwrap();
    for (name, text) in lists {
        scan.begin_source(name);
        scan.push(text.as_bytes());
        scan.end_source();
    }
    scan.finish()
}

/// A report in which everything that is not to be told has "secret" in it.
fn report() -> Report {
    let mut report =
        report_of(&[("secret-pc-7.csv", LIST), ("secret-pc-8.png", "\u{0}\u{1}\u{2}")]);
    let set_aside = Waiver {
        id: "secret-waiver".into(),
        kind: WaiverKind::ApprovedException,
        reason: "A secret reason.".into(),
        decided_by: "A secret person".into(),
        decided_on: String::new(),
        until: "2027-01-31".into(),
        reference: "SECRET-1".into(),
        finding: String::new(),
        product: String::new(),
        program: "Kaspersky Password Manager".into(),
        hosts: Vec::new(),
    };
    apply(&mut report, &[set_aside]);
    report.marking = "CUI//SP-PRVCY".into();
    assert_eq!((report.findings.len(), report.waived.len()), (2, 1), "{:#?}", report.findings);
    report
}

/// What a link has behind the `#`.
fn shared(link: &str) -> &str {
    shared_in(link.strip_prefix(ADDRESS).unwrap()).unwrap()
}

fn shared_of(summary: &Summary) -> String {
    shared(&link(ADDRESS, summary).unwrap()).to_owned()
}

/// Bytes as a link would carry them.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    format!("1.{}", BASE64.encode(encoder.finish().unwrap()))
}

/// The bytes that a link carries, by the libraries that other programs would take.
fn carried(link: &str) -> Vec<u8> {
    let packed = BASE64.decode(shared(link).strip_prefix("1.").unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::copy(&mut flate2::read::ZlibDecoder::new(packed.as_slice()), &mut bytes).unwrap();
    bytes
}

fn has_secret(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).to_lowercase().contains("secret")
}

#[test]
fn a_link_opens_as_what_was_shared() {
    for has_names in [false, true] {
        let summary = Summary::of(&report(), has_names);
        let link = link(ADDRESS, &summary).unwrap();
        assert_eq!(read(shared(&link)), Ok(summary));
    }
}

#[test]
fn a_link_is_the_same_whatever_language_its_maker_speaks() {
    let report = report();
    let english = link(ADDRESS, &Summary::of(&report, true)).unwrap();
    let spanish = speaking(bundled::catalog(Language::Spanish), || {
        assert!(!Summary::of(&report, true).read().contains("computers"), "it is spoken");
        link(ADDRESS, &Summary::of(&report, true)).unwrap()
    });
    assert_eq!(spanish, english);
}

#[test]
fn without_names_nothing_tells_a_computer_a_file_or_a_decision() {
    let summary = Summary::of(&report(), false);
    assert!(!has_secret(&carried(&link(ADDRESS, &summary).unwrap())));
    assert!(!has_secret(summary.to_text().as_bytes()));
    assert!(!has_secret(summary.contents().concat().as_bytes()));

    let named = Summary::of(&report(), true);
    let bytes = carried(&link(ADDRESS, &named).unwrap());
    for text in [String::from_utf8_lossy(&bytes).into_owned(), named.to_text()] {
        for told in ["SECRET-PC-1", "SECRET-PC-2", "secret-pc-7.csv"] {
            assert!(text.contains(told), "{told} in {text}");
        }
        for never in ["SECRET-PC-3", "SECRET-PC-4", "secret reason", "secret person", "Firefox"] {
            assert!(!text.contains(never), "{never} in {text}");
        }
    }
}

#[track_caller]
fn check(summary: &Summary, expected: &Expect) {
    let contents: String = summary.contents().iter().map(|told| format!("- {told}\n")).collect();
    expected.assert_eq(&format!("{contents}\n{}", summary.to_text()));
}

#[test]
fn what_is_in_it_is_told_before_it_is_passed_on() {
    check(
        &Summary::of(&report(), false),
        &expect![[r#"
        - The answer, the sums, the day of the report, and by which rules it was made.
        - 2 programs with maker, product, and the name and version that your list has, and what 3 directives say of each.
        - The number of computers, not their names; no names of files.
        - That 1 finding is set aside; not which, nor why.
        - The titles of your own rules: Programs that we do not allow.
        - The marking: CUI//SP-PRVCY.
        - Not in it: the rest of your lists, where anything stands in them, and why anything counts as found.

        CUI//SP-PRVCY

        2 products that BOD 17-01 and Texas’s prohibited technologies list cover were found on 2 computers. 1 more finding is set aside by a recorded decision.

        Report of 2026-11-30 by Clearlist 0.1.0, rules checked on 2026-11-25.
        2 lists with 5 records: 4 programs on 4 computers. 1 finding is set aside by recorded decisions. 2 problems with what was given. 1 list could not be read.
        Own rules: Programs that we do not allow

        WHAT WAS FOUND
          Kaspersky Free 21.3, on 2 computers
            product: Kaspersky Free (Kaspersky)
            prohibited: BOD 17-01
            prohibited: Texas’s prohibited technologies list
          WeChat 3.9, on 1 computer
            product: WeChat (Weixin) (Tencent)
            prohibited: Texas’s prohibited technologies list

        BY DIRECTIVE
          BOD 17-01: 1 prohibited
          Texas’s prohibited technologies list: 2 prohibited
          No TikTok on Government Devices Act: nothing found

        CUI//SP-PRVCY
    "#]],
    );
    check(
        &Summary::of(&report(), true),
        &expect![[r#"
        - The answer, the sums, the day of the report, and by which rules it was made.
        - 2 programs with maker, product, and the name and version that your list has, and what 3 directives say of each.
        - The names of the computers with these programs (2) and of the lists (2).
        - That 1 finding is set aside; not which, nor why.
        - The titles of your own rules: Programs that we do not allow.
        - The marking: CUI//SP-PRVCY.
        - Not in it: the rest of your lists, where anything stands in them, and why anything counts as found.

        CUI//SP-PRVCY

        2 products that BOD 17-01 and Texas’s prohibited technologies list cover were found on 2 computers. 1 more finding is set aside by a recorded decision.

        Report of 2026-11-30 by Clearlist 0.1.0, rules checked on 2026-11-25.
        2 lists with 5 records: 4 programs on 4 computers. 1 finding is set aside by recorded decisions. 2 problems with what was given. 1 list could not be read.
        Lists: secret-pc-7.csv, secret-pc-8.png
        Own rules: Programs that we do not allow

        WHAT WAS FOUND
          Kaspersky Free 21.3, on 2 computers: SECRET-PC-1, SECRET-PC-2
            product: Kaspersky Free (Kaspersky)
            prohibited: BOD 17-01
            prohibited: Texas’s prohibited technologies list
          WeChat 3.9, on 1 computer: SECRET-PC-2
            product: WeChat (Weixin) (Tencent)
            prohibited: Texas’s prohibited technologies list

        BY DIRECTIVE
          BOD 17-01: 1 prohibited
          Texas’s prohibited technologies list: 2 prohibited
          No TikTok on Government Devices Act: nothing found

        CUI//SP-PRVCY
    "#]],
    );
}

#[test]
fn a_summary_of_nothing_says_so() {
    check(
        &Summary::of(&report_of(&[("a.csv", "Name\n7-Zip\n")]), false),
        &expect![[r#"
        - The answer, the sums, the day of the report, and by which rules it was made.
        - No program, since nothing was found.
        - The number of computers, not their names; no names of files.
        - The titles of your own rules: Programs that we do not allow.
        - Not in it: the rest of your lists, where anything stands in them, and why anything counts as found.

        Nothing covered was found among 1 program on 1 computer.

        Report of 2026-11-30 by Clearlist 0.1.0, rules checked on 2026-11-25.
        1 list with 1 record: 1 program on 1 computer.
        Own rules: Programs that we do not allow

        BY DIRECTIVE
          BOD 17-01: nothing found
          Texas’s prohibited technologies list: nothing found
          No TikTok on Government Devices Act: nothing found
    "#]],
    );
}

#[test]
fn the_link_is_the_pages_own_address_and_a_fragment() {
    let summary = Summary::of(&report(), false);
    let plain = link(ADDRESS, &summary).unwrap();
    assert!(plain.starts_with("https://clearlist.example/#share=1."), "{plain}");
    // RFC 3986, section 2.3: characters that nobody has a reason to change.
    let is_unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    assert!(shared(&plain).chars().all(is_unreserved), "{plain}");
    assert_eq!(
        link(&format!("{ADDRESS}#by=computer"), &summary),
        Ok(plain),
        "what was there is gone"
    );
}

#[test]
fn only_what_says_so_is_taken_for_a_summary() {
    assert_eq!(shared_in("#share=1.abc"), Some("1.abc"));
    assert_eq!(shared_in("share=1.abc"), Some("1.abc"));
    for other in ["", "#", "#main", "#by=computer&sort=most", "#directive=share=1.abc"] {
        assert_eq!(shared_in(other), None, "{other}");
    }
}

fn fleet(computers: usize) -> Report {
    let mut list = "Computer,Name,Version\n".to_owned();
    for number in 0..computers {
        // Names as an inventory product makes them up: nothing repeats.
        let name = unlike(number);
        list += &format!("{name},Kaspersky Free,21.3\n");
    }
    report_of(&[("fleet.csv", &list)])
}

/// A name that looks like no other.
fn unlike(number: usize) -> String {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    format!("{:016X}", mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

#[test]
fn what_is_too_much_for_a_link_is_refused_with_what_to_do_instead() {
    let report = fleet(2000);
    let refused = link(ADDRESS, &Summary::of(&report, true)).unwrap_err();
    assert!(refused.chars > LINK_CHARS);
    let said = refused.to_string();
    for told in [&refused.chars.to_string(), "8000", "leave out the names", "HTML file"] {
        assert!(said.contains(told), "{told} in {said}");
    }
    let summary = Summary::of(&report, false);
    assert_eq!(summary.findings[0].host_count, 2000);
    assert_eq!(read(&shared_of(&summary)), Ok(summary));
}

#[test]
fn what_would_not_be_unpacked_again_is_refused_however_short_its_link() {
    let mut summary = Summary::of(&report(), true);
    summary.findings[0].hosts = vec!["PC".into(); SHARED_BYTES / 3 + 1];
    assert!(link(ADDRESS, &summary).unwrap_err().chars < LINK_CHARS);
}

#[test]
fn a_sentence_around_a_link_does_not_matter() {
    let summary = Summary::of(&report(), false);
    let shared = shared_of(&summary);
    for around in [
        format!("{shared}."),
        format!(" {shared}).\n"),
        format!("{shared}>,"),
        format!("{shared}\""),
    ] {
        assert_eq!(read(&around).as_ref(), Ok(&summary), "{around}");
    }
}

#[test]
fn a_cut_link_is_told_as_cut() {
    let shared = shared_of(&Summary::of(&report(), false));
    for end in 1..shared.len() {
        assert_eq!(read(&shared[..end]), Err(LinkError::CutShort), "{}", &shared[..end]);
    }
    let said = LinkError::CutShort.to_string();
    assert!(said.contains("copy the whole link"), "{said}");
}

#[test]
fn a_link_of_another_form_is_told_by_its_number() {
    let shared = shared_of(&Summary::of(&report(), false));
    let other = shared.replacen("1.", "7.", 1);
    assert_eq!(read(&other), Err(LinkError::UnknownVersion { found: 7 }));
    let said = LinkError::UnknownVersion { found: 7 }.to_string();
    assert!(said.contains("form 7") && said.contains("form 1"), "{said}");
    for none in ["", ".", "x", "x.AA", "-1.AA", "12345.AA", "one", "１.AA"] {
        assert_eq!(read(none), Err(LinkError::NoVersion), "{none}");
    }
}

#[test]
fn what_is_no_letter_of_a_link_is_told_with_its_place() {
    assert_eq!(read("1.AA%20"), Err(LinkError::UnexpectedCharacter { found: '%', at: 3 }));
    let said = LinkError::UnexpectedCharacter { found: '%', at: 3 }.to_string();
    assert!(said.starts_with("character 3 of the summary is '%'"), "{said}");
}

#[test]
fn a_link_that_is_longer_than_any_is_not_unpacked() {
    let long = format!("1.{}", "A".repeat(LINK_CHARS));
    assert_eq!(read(&long), Err(LinkError::TooLong { chars: LINK_CHARS + 2 }));
}

#[test]
fn what_unpacks_to_too_much_is_not_read() {
    let bomb = packed(&vec![0; 4 * 1024 * 1024]);
    assert!(bomb.len() < LINK_CHARS, "{} characters", bomb.len());
    assert_eq!(read(&bomb), Err(LinkError::Damaged));
}

#[test]
fn a_letter_changed_on_the_way_is_noticed() {
    let shared = shared_of(&Summary::of(&report(), false));
    let packed = BASE64.decode(&shared[2..]).unwrap();
    for at in 0..packed.len() {
        let mut changed = packed.clone();
        changed[at] ^= 1;
        let changed = format!("1.{}", BASE64.encode(&changed));
        assert!(read(&changed).is_err(), "byte {at} of {}", packed.len());
    }
}

#[test]
fn what_no_report_has_is_not_shown_as_one() {
    let sound = Summary::of(&report(), false);
    let refused = |change: &dyn Fn(&mut Summary)| {
        let mut summary = sound.clone();
        change(&mut summary);
        read(&packed(&postcard::to_allocvec(&summary).unwrap()))
    };
    assert_eq!(refused(&|_| ()), Ok(sound.clone()));
    let damaged = Err(LinkError::Damaged);
    assert_eq!(refused(&|s| s.findings[0].outcomes.clear()), damaged);
    assert_eq!(refused(&|s| s.marking = "a\nb".into()), damaged);
    assert_eq!(
        refused(&|s| s.lists = vec!["a".into()]),
        damaged,
        "names that are said not to be there"
    );
    assert_eq!(refused(&|s| s.findings[0].hosts = vec!["a".into()]), damaged);
    let mut bytes = postcard::to_allocvec(&sound).unwrap();
    bytes.push(0);
    assert_eq!(read(&packed(&bytes)), damaged, "something behind it");
    assert_eq!(read(&packed(b"")), damaged);
}

/// A link of the first form, written by the first version that had any.
const FIRST: &str = "1.eNo9jj1uwkAUhPUc2xASKSnSRnoX8Mq7RLkAFQU_DQdY7GfLwl5bb738XYYLUFPR-WIYIWhm9I1GoxmpWP1HUkbj\
    OIiFFPHoGai_t8lq-iOx4Tp1SYs7bTGrnUkFeGfPD8IBvC92BtmVZMOhNlhzSgz8qXF9J4POErivF1rXNOUB7Pcryf\
    q5wuSQhTrdFgmB_qhqJnwSBDO9IR4sHx9-e89ZVxVm3ZUx5-7Snajvz6k9kq-kGIcNF7SPPM9fTiJ5FwUwLAvbisRu\
    b0pdR2Q";

/// Whatever becomes of the form, this link shows this summary: nobody can be asked to send old links again.
#[test]
fn a_link_of_the_first_form_opens_for_ever() {
    let directives = [
        ("an order", Kind::RemovalOrder),
        ("a ban on use", Kind::BanOnUse),
        ("a ban on supply", Kind::BanOnSupply),
        ("a ban on funding", Kind::BanOnFunding),
        ("advice", Kind::Advice),
        ("more advice", Kind::Advice),
    ];
    let directive =
        |(title, kind): (&str, Kind)| SummaryDirective { title: title.to_owned(), kind };
    let summary = Summary {
        generated_on: "2026-11-30".into(),
        tool_version: "0.1.0".into(),
        data_checked_on: "2026-11-24".into(),
        marking: "CUI".into(),
        answer: "1 product was found.".into(),
        sums: Sums {
            lists: 1,
            lists_not_read: 2,
            records: 300,
            titles: 4,
            hosts: 5,
            set_aside: 6,
            problems: 7,
        },
        packs: vec!["Own rules".into()],
        directives: directives.map(directive).into(),
        findings: vec![SummaryFinding {
            vendor: "Maker".into(),
            product: "Product".into(),
            name: "Programm für größere Netze".into(),
            version: "21.3".into(),
            outcomes: OutcomeKind::ALL.to_vec(),
            host_count: 2,
            hosts: vec!["PC-1".into(), "PC-2".into()],
        }],
        has_names: true,
        lists: vec!["list.csv".into()],
    };
    assert_eq!(read(FIRST).as_ref(), Ok(&summary), "today's link is {}", shared_of(&summary));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}", letters in "[A-Za-z0-9_.-]{0,200}") {
        let _ = read(&text);
        let _ = read(&format!("1.{text}"));
        let _ = read(&format!("1.{letters}"));
    }

    #[test]
    fn no_packed_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(summary) = read(&packed(&bytes)) {
            let _ = (summary.to_text(), summary.contents());
        }
    }

    #[test]
    fn no_change_of_a_real_link_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let summary = Summary::of(&report_of(&[("list.csv", LIST)]), true);
        // Beneath the check sum, which would stop nearly all of them.
        let mut bytes = postcard::to_allocvec(&summary).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(summary) = read(&packed(&bytes)) {
            let text = summary.to_text();
            prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{}", text);
            let _ = summary.contents();
        }
    }
}

#[test]
fn a_list_that_was_stopped_twice_is_one_list_that_was_not_read() {
    let mut report = report_of(&[("a.csv", "Name\nFirefox\n"), ("empty.csv", "")]);
    let stopped: Vec<_> =
        report.problems.iter().filter(|it| it.stops_the_source).cloned().collect();
    assert_eq!(stopped.len(), 1, "{:?}", report.problems);
    report.problems.extend(stopped);
    assert_eq!(Summary::of(&report, false).sums.lists_not_read, 1);
}

#[test]
fn two_lists_of_one_name_that_were_not_read_are_two() {
    let lists = [("list.csv", ""), ("list.csv", "Name\nFirefox\n"), ("list.csv", "")];
    let sums = Summary::of(&report_of(&lists), false).sums;
    assert_eq!((sums.lists, sums.lists_not_read), (3, 2));
}

#[test]
fn every_kind_of_directive_arrives_as_it_is() {
    for kind in Kind::ALL {
        let mut summary = Summary::of(&report(), false);
        summary.directives[0].kind = kind;
        assert_eq!(read(&shared_of(&summary)).unwrap().directives[0].kind, kind);
    }
}
