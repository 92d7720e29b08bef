//! The command line: the program itself, its exit status and what it prints.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::io::Write;
use std::process::{Command, Stdio};

use clearlist::engine::rules::update::{TrustedKey, public_key, sign};
use clearlist::engine::words::unhex;
use serde_json::Value;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn clearlist(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clearlist"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A call that fails early closes its input; that is not what is tested.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn check_json(input: &str) -> (i32, Value) {
    let ran =
        clearlist(&["check", "--format", "json", "--today", "2026-01-31", "-"], input.as_bytes());
    (ran.status, serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err)))
}

fn outcome<'a>(finding: &'a Value, directive: &str) -> &'a str {
    finding["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|outcome| outcome["directive"] == directive)
        .unwrap()["outcome"]
        .as_str()
        .unwrap()
}

#[test]
fn an_installed_covered_product_is_one_finding_prohibited_under_the_three_directives() {
    let (status, report) = check_json(
        "Name,Version,Publisher\n\
         Kaspersky Endpoint Security for Windows,12.6.0.438,AO Kaspersky Lab\n\
         AmneziaVPN,4.8,AmneziaVPN\n",
    );
    assert_eq!(status, 1);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    for directive in ["us-dhs-bod-17-01", "us-ndaa-2018-1634", "us-bis-icts-kaspersky-2024"] {
        assert_eq!(outcome(&findings[0], directive), "prohibited", "{directive}");
    }
    assert_eq!(findings[0]["places"][0]["line"], 2);
    assert_eq!(findings[0]["places"][0]["source"], "standard input");
    assert!(!findings[0]["evidence"].as_array().unwrap().is_empty());
    assert!(!findings[0]["remediation"].as_array().unwrap().is_empty());
}

#[test]
fn a_report_is_told_in_the_language_that_is_asked_for() {
    let ran = |language: &str, format: &str| {
        let arguments =
            ["check", "--today", "2026-01-31", "--language", language, "--format", format, "-"];
        clearlist(&arguments, b"Name\nKaspersky Free\n")
    };
    for (language, said) in [("en", "prohibited"), ("es", "prohibido"), ("fr", "interdit")] {
        let text = ran(language, "text").out;
        assert!(text.contains(said), "{language}: {text}");
    }
    assert_eq!(ran("es", "json").out, ran("en", "json").out, "programs read English");
    let refused = ran("de", "text").err;
    assert!(refused.contains("expected one of en, es, fr"), "{refused}");
}

#[test]
fn a_marking_is_written_at_head_and_foot_and_is_one_line() {
    let ran = |marking: &str| {
        let arguments = ["check", "--today", "2026-01-31", "--marking", marking, "-"];
        clearlist(&arguments, b"Name\nAmneziaVPN\n")
    };
    let marked = ran("CUI//SP-PRVCY");
    assert_eq!(marked.status, 0);
    let lines: Vec<&str> = marked.out.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), ("CUI//SP-PRVCY", "CUI//SP-PRVCY"));
    let refused = ran("CUI\nthe rest");
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("expected one line"), "{}", refused.err);
    assert!(ran(&"x".repeat(200)).err.contains("at most 120 characters, found 200"));
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_no_text_is_not_written_to_a_terminal() {
    // What is written here nobody reads, so that more than a few kilobytes would wait for ever.
    let ran = |format: &str| {
        let terminal = std::fs::File::options().read(true).write(true).open("/dev/ptmx").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_clearlist"))
            .args(["check", "--format", format, "--today", "2026-01-31", "Cargo.toml"])
            .stdout(terminal)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let refused = ran("xlsx");
    assert!(refused.contains("> clearlist-report.xlsx"), "{refused}");
    assert_eq!(ran("ics"), "");
}

#[test]
fn look_alikes_alone_are_no_finding() {
    let (status, report) = check_json("Name\nAmneziaVPN\nBkav Pro\nUltraAV\nAVPlugins\n");
    assert_eq!((status, report["findings"].as_array().unwrap().len()), (0, 0));
    let plain = check_json("AmneziaVPN\nBkav Pro\nUltraAV\nAVPlugins\n");
    assert_eq!((plain.0, plain.1["findings"].as_array().unwrap().len()), (0, 0));
}

#[test]
fn another_companys_product_with_the_engine_is_left_out_by_one_directive_and_covered_by_another() {
    let (status, report) = check_json("Parallels Internet Security Powered by Kaspersky\n");
    assert_eq!(status, 1);
    let finding = &report["findings"][0];
    assert_eq!(outcome(finding, "us-dhs-bod-17-01"), "embedded");
    assert_eq!(outcome(finding, "us-ndaa-2018-1634"), "prohibited");
}

#[test]
fn the_json_report_has_every_field_of_its_schema() {
    let (_, report) = check_json("Name,Version\nKaspersky Anti-Virus,21\nshort\n");
    let has = |value: &Value, keys: &[&str]| {
        for key in keys {
            assert!(value.get(key).is_some(), "{key} is in {value}");
        }
    };
    has(
        &report,
        &[
            "schema",
            "tool",
            "generated_on",
            "sources",
            "totals",
            "directives",
            "findings",
            "waived",
            "problems",
        ],
    );
    assert_eq!(report["schema"], "clearlist-report/1");
    assert_eq!(report["generated_on"], "2026-01-31");
    has(&report["tool"], &["name", "version"]);
    has(
        &report["sources"][0],
        &[
            "name",
            "bytes",
            "sha256",
            "encoding",
            "format",
            "format_reason",
            "lines",
            "records",
            "hosts",
        ],
    );
    has(&report["sources"][0]["lines"], &["total", "records", "structure", "problems"]);
    has(&report["totals"], &["records", "titles", "hosts", "findings", "waived", "problems"]);
    has(&report["directives"][0], &["id", "title", "status", "outcomes"]);
    has(
        &report["findings"][0],
        &[
            "id",
            "product",
            "name",
            "publisher",
            "version",
            "identifiers",
            "hosts",
            "host_count",
            "places",
            "evidence",
            "outcomes",
            "remediation",
        ],
    );
    has(&report["findings"][0]["product"], &["id", "name", "vendor"]);
    has(&report["findings"][0]["places"][0], &["source", "line"]);
    has(&report["findings"][0]["evidence"][0], &["field", "text", "rule", "strength"]);
    has(&report["findings"][0]["outcomes"][0], &["directive", "outcome", "why"]);
    has(&report["problems"][0], &["source", "line", "kind", "text", "message"]);
}

#[test]
fn the_sha_256_is_that_of_the_bytes() {
    let (_, report) = check_json("Firefox\n");
    assert_eq!(
        report["sources"][0]["sha256"],
        // printf 'Firefox\n' | sha256sum
        "1a3bb046654689fb8731d82d2f0662fae521815dca56591877ec24c26fa2ff14"
    );
}

#[test]
fn what_is_not_an_inventory_is_exit_status_2_with_the_reason() {
    for (input, word) in [
        (&b""[..], "nothing in it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "PNG"),
        (&[0; 100], "zero"),
    ] {
        let ran = clearlist(&["check", "-"], input);
        assert_eq!(ran.status, 2, "{}", ran.out);
        assert!(ran.out.contains(word), "{}", ran.out);
    }
}

#[test]
fn a_call_that_cannot_be_carried_out_is_exit_status_2_and_says_why() {
    for (arguments, word) in [
        (&["check", "--directive", "no-such-thing", "-"][..], "no-such-thing"),
        (&["check", "--profile", "nobody", "-"], "nobody"),
        (&["check", "--as", "papyrus", "-"], "papyrus"),
        (&["check", "--today", "yesterday", "-"], "yesterday"),
        (&["check", "--format", "stone", "-"], "stone"),
        (&["check", "/no/such/file"], "/no/such/file"),
        (&["check"], "FILE"),
    ] {
        let ran = clearlist(arguments, b"Firefox\n");
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(ran.err.contains(word), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn directives_add_up_and_a_profile_chooses_them() {
    let ids = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["check", "--format", "json"].iter().chain(arguments).copied().collect();
        let report: Value = serde_json::from_str(&clearlist(&all, b"Firefox\n").out).unwrap();
        report["directives"]
            .as_array()
            .unwrap()
            .iter()
            .map(|directive| directive["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--directive", "us-dhs-bod-17-01", "-"]), ["us-dhs-bod-17-01"]);
    assert_eq!(
        ids(&["--directive", "us-dhs-bod-17-01", "--directive", "us-ndaa-2018-1634", "-"]),
        ["us-dhs-bod-17-01", "us-ndaa-2018-1634"]
    );
    assert_eq!(
        ids(&["--profile", "us-company", "-"]),
        ["us-fcc-covered-list", "us-bis-icts-kaspersky-2024"]
    );
    assert_eq!(ids(&["-"]).len(), 17);
}

#[test]
fn what_is_built_in_is_listed_as_text_and_as_json() {
    for (list, word) in [
        ("formats", "delimited"),
        ("directives", "us-dhs-bod-17-01"),
        ("catalog", "kaspersky.anti-virus"),
    ] {
        let text = clearlist(&[list], b"");
        assert_eq!(text.status, 0);
        assert!(text.out.contains(word), "{}", text.out);
        let json = clearlist(&[list, "--format", "json"], b"");
        let items: Value = serde_json::from_str(&json.out).unwrap();
        assert!(items.as_array().unwrap().iter().any(|item| item["id"] == word), "{}", json.out);
    }
}

#[test]
fn the_caller_can_say_how_to_read_and_whose_list_it_is() {
    let ran = clearlist(
        &["check", "--format", "json", "--encoding", "IBM866", "--host", "RECEPTION", "-"],
        b"Name;Version\r\nKaspersky Free \xA4\xAB\xEF Windows;21.3\r\n7-Zip;23\r\n",
    );
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["sources"][0]["encoding"], "IBM866");
    assert_eq!(report["findings"][0]["name"], "Kaspersky Free для Windows");
    assert_eq!(report["findings"][0]["hosts"][0], "RECEPTION");
}

#[test]
fn files_and_standard_input_make_one_inventory() {
    let folder = std::env::temp_dir().join(format!("clearlist-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("pc-1.csv");
    std::fs::write(&file, "Name,Version\nKaspersky Free,21\n").unwrap();
    let ran = clearlist(&["check", "--format", "json", file.to_str().unwrap(), "-"], b"Firefox\n");
    std::fs::remove_dir_all(&folder).unwrap();
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["sources"][0]["name"], "pc-1.csv");
    assert_eq!(report["totals"]["hosts"], 2);
    assert_eq!(report["findings"][0]["hosts"][0], "pc-1");
}

#[test]
fn control_characters_of_an_inventory_never_reach_the_terminal() {
    let ran = clearlist(&["check", "-"], b"Name,Version\nKaspersky \x1b[31mFree,21\n");
    assert!(ran.out.contains("Kaspersky"), "{}", ran.out);
    assert!(!ran.out.contains('\x1b'), "{}", ran.out);
}

#[test]
fn a_disguised_name_is_explained() {
    let ran = clearlist(&["explain", "Kаspersky Total Security"], b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("kaspersky.total-security"), "{}", ran.out);
    assert!(ran.out.contains("the Cyrillic а (U+0430) stands for a"), "{}", ran.out);
    assert!(ran.out.contains("BOD 17-01: prohibited."), "{}", ran.out);
}

#[test]
fn an_explanation_says_what_was_rejected_and_why() {
    let rejected = |arguments: &[&str]| {
        let call = [&["explain", "--format", "json"], arguments].concat();
        let explained: Value = serde_json::from_str(&clearlist(&call, b"").out).unwrap();
        let candidates = explained["readings"][0]["vendors"][0]["candidates"].clone();
        let candidates = candidates.as_array().unwrap().clone();
        let rejected = candidates.iter().find(|candidate| candidate["is_chosen"] == false).unwrap();
        rejected["fate"].as_str().unwrap().to_owned()
    };
    let of_fallback = rejected(&["Kaspersky Total Security"]);
    assert!(of_fallback.contains("Kaspersky Total Security has one"), "{of_fallback}");
    let of_look_alike = rejected(&["@kaspersky/hexa-ui"]);
    assert!(of_look_alike.contains("something else"), "{of_look_alike}");
}

#[test]
fn an_explanation_takes_publisher_version_and_identifiers() {
    let ran = clearlist(
        &[
            "explain",
            "--publisher",
            "Tencent Technology",
            "--identifier",
            "package=Tencent.WeChat",
            "--directive",
            "tx-prohibited-tech",
            "--directive",
            "ca-tbs-2023-wechat-kaspersky",
            "Chat",
        ],
        b"",
    );
    assert!(ran.out.contains("tencent.wechat"), "{}", ran.out);
    assert!(ran.out.contains("The package name \"Tencent.WeChat\" fits"), "{}", ran.out);
    assert!(ran.out.contains("several facts agree"), "{}", ran.out);
    let bad = clearlist(&["explain", "--identifier", "color=red", "Chat"], b"");
    assert_eq!(bad.status, 2);
    assert!(bad.err.contains("product-code"), "{}", bad.err);
}

#[test]
fn near_misses_stand_apart_from_findings() {
    let (status, report) = check_json("Name,Publisher\nKaspersy Total Security,\nNotepad,\n");
    assert_eq!(status, 0);
    assert_eq!(report["findings"].as_array().unwrap().len(), 0);
    let near = report["near_misses"].as_array().unwrap();
    assert_eq!(near.len(), 1);
    assert_eq!(near[0]["name"], "Kaspersy Total Security");
    assert_eq!(near[0]["vendor"], "Kaspersky");
    assert_eq!(near[0]["places"][0]["line"], 2);
}

#[test]
fn deadlines_that_run_from_the_discovery_are_counted_in_business_days() {
    // 26 November 2026 is Thanksgiving Day, a Thursday.
    let arguments = ["check", "--profile", "us-federal-contractor", "--today", "2026-11-25", "-"];
    let input = b"Name,Publisher\nKaspersky Free,AO Kaspersky Lab\n";
    let json = clearlist(&[&arguments[..], &["--format", "json"]].concat(), input);
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let days: Vec<(&str, bool)> = report["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|deadline| deadline["directive"] == "us-ndaa-2018-1634")
        .map(|d| (d["due_on"].as_str().unwrap(), d["is_past"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        days,
        [("2026-12-01", false), ("2026-12-15", false), ("2018-10-01", true), ("2018-10-01", true)]
    );
    let calendar = clearlist(&[&arguments[..], &["--format", "ics"]].concat(), input).out;
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261201\r\n"), "{calendar}");
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
    let text = clearlist(&arguments, input).out;
    assert!(text.contains("counted from 2026-11-25, the day of this report"), "{text}");
    assert!(text.contains("counted from 2026-12-01, the last day"), "{text}");
}

#[test]
fn a_duty_that_comes_again_is_told_with_its_next_day() {
    let next = |today: &str, format: &str| {
        let arguments = ["check", "--directive", "us-dhs-bod-17-01", "--today", today, "--format"];
        clearlist(&[&arguments[..], &[format, "-"]].concat(), b"Kaspersky Free\n").out
    };
    // Every 30 days after 12 December 2017.
    let json: Value = serde_json::from_str(&next("2026-11-24", "json")).unwrap();
    let first = &json["deadlines"][0];
    assert_eq!(first["due_on"], "2026-11-25");
    assert_eq!(first["in_days"], 1);
    assert_eq!(first["counted_from"], "2026-10-26");
    assert_eq!(first["repeats_every"], serde_json::json!({ "days": 30 }));
    let text = next("2026-11-26", "text");
    assert!(text.contains("2026-12-25  BOD 17-01: Send DHS a report"), "{text}");
    assert!(text.contains("every 30 calendar days after the 90-day mark"), "{text}");
    let calendar = next("2026-11-26", "ics");
    assert!(calendar.contains("RRULE:FREQ=DAILY;INTERVAL=30\r\n"), "{calendar}");
}

#[test]
fn a_list_with_nothing_covered_has_no_deadlines() {
    let (_, report) = check_json("Name,Publisher\nNotepad,\n");
    assert_eq!(report["deadlines"].as_array().unwrap().len(), 0);
}

#[test]
fn deadlines_are_those_of_directives_that_cover_what_was_found() {
    let (_, report) = check_json("Name,Publisher\nTikTok,TikTok Pte. Ltd.\n");
    let deadlines = report["deadlines"].as_array().unwrap();
    let of = |id: &str| deadlines.iter().any(|deadline| deadline["directive"] == id);
    assert!(of("us-tiktok-gov-devices"));
    assert!(!of("us-dhs-bod-17-01") && !of("us-ndaa-2018-1634"), "{deadlines:#?}");
}

#[test]
fn a_decision_sets_a_finding_aside_and_changes_the_exit_status() {
    let folder = std::env::temp_dir().join(format!("clearlist-waivers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("waivers.toml");
    let path = file.to_str().unwrap();
    assert_eq!(clearlist(&["waivers", "init", path], b"").status, 0);
    let again = clearlist(&["waivers", "init", path], b"");
    assert_eq!(again.status, 2, "nothing is written over");
    let linted = clearlist(&["waivers", "lint", path], b"");
    assert_eq!(linted.out, "no mistakes in 3 decisions\n", "{}", linted.err);

    let list = b"Name,Version\nExample Viewer,1\nKaspersky Free,21\n";
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Example Viewer*", "Kaspersky Free")).unwrap();
    let check = |today: &str| {
        let arguments = ["check", "--format", "json", "--today", today, "--waivers", path, "-"];
        let ran = clearlist(&arguments, list);
        (ran.status, serde_json::from_str::<Value>(&ran.out).unwrap_or_default())
    };
    let (status, report) = check("2027-11-01");
    assert_eq!(status, 0);
    assert_eq!(report["waived"][0]["waiver"], "2026-003");
    assert_eq!(report["waived"][0]["finding"]["name"], "Kaspersky Free");
    let (status, report) = check("2027-11-02");
    assert_eq!(status, 1, "it is over");
    assert_eq!(report["waivers"][2]["effect"], "expired");

    std::fs::write(&file, text.replace("until =", "untill =")).unwrap();
    let bad = clearlist(&["check", "--waivers", path, "-"], list);
    assert_eq!(bad.status, 2, "decisions with a mistake are not used in part");
    assert!(bad.err.contains("did you mean `until`?"), "{}", bad.err);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_earlier_report_is_compared_with() {
    let folder = std::env::temp_dir().join(format!("clearlist-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("earlier.html");
    let path = file.to_str().unwrap();
    let earlier = b"Computer,Name\nPC-1,Kaspersky Free\nPC-2,Firefox\n";
    let saved = clearlist(&["check", "--format", "html", "--today", "2026-11-01", "-"], earlier);
    std::fs::write(&file, saved.out).unwrap();
    let arguments = ["check", "--compare", path, "--format", "json", "--today", "2026-11-29", "-"];
    let ran = clearlist(&arguments, b"Computer,Name\nPC-1,Firefox\nPC-2,Firefox\n");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["comparison"]["is_complete"], true, "{}", ran.out);
    assert_eq!(report["comparison"]["earlier_on"], "2026-11-01");

    std::fs::write(&file, "Computer,Name\n").unwrap();
    let bad = clearlist(&arguments, b"Computer,Name\nPC-1,Firefox\n");
    assert_eq!(bad.status, 2);
    assert!(bad.err.contains("expected a report that Clearlist saved"), "{}", bad.err);

    // A file with nothing in it but its length: it would not even fit the memory.
    std::fs::File::create(&file).unwrap().set_len(1 << 40).unwrap();
    let bad = clearlist(&arguments, b"Computer,Name\nPC-1,Firefox\n");
    assert_eq!(bad.status, 2);
    let says = "the report is 1048576 MB, and 200 MB are the most that are read";
    assert!(bad.err.contains(says), "{}", bad.err);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_pack_is_written_checked_and_applied() {
    let folder = std::env::temp_dir().join(format!("clearlist-packs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pack = folder.join("own.toml");
    let path = pack.to_str().unwrap();
    assert_eq!(clearlist(&["pack", "init", path], b"").status, 0);
    let again = clearlist(&["pack", "init", path], b"");
    assert_eq!(again.status, 2, "what is there is not written over");
    let linted = clearlist(&["pack", "lint", path], b"");
    assert!(linted.status == 0 && linted.out.contains("no mistakes"), "{}", linted.err);

    let list = b"Name,Version\nRemote Desk,5.1\n";
    let arguments = ["check", "--profile", "us-federal-civilian", "--format", "json"];
    let ran = clearlist(&[&arguments[..], &["--pack", path, "-"]].concat(), list);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(report["packs"][0]["file"], "own.toml");
    assert_eq!(outcome(&report["findings"][0], "our-order-7-2026"), "prohibited");

    let text = std::fs::read_to_string(&pack).unwrap();
    std::fs::write(&pack, text.replace("kind =", "knid =")).unwrap();
    let bad = clearlist(&["check", "--pack", path, "-"], list);
    assert_eq!(bad.status, 2, "a pack with a mistake is not half applied");
    assert!(bad.err.contains("did you mean `kind`?"), "{}", bad.err);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_data_update_is_signed_verified_and_applied_and_a_secret_is_never_written_over() {
    let folder = std::env::temp_dir().join(format!("clearlist-update-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let in_folder = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (secret, pack, keys) = (in_folder("secret"), in_folder("pack.toml"), in_folder("keys.txt"));
    let keygen = ["update", "keygen", "--name", "Our agency", "--from", "2026-01-01", &secret];
    let made = clearlist(&keygen, b"");
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.out.starts_with("2026-01-01 ") && made.out.ends_with(" Our agency\n"));
    let written = std::fs::read_to_string(&secret).unwrap();
    assert!(!written.contains(made.out.split(' ').nth(1).unwrap()), "the secret is another");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&secret).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for its owner alone");
    }
    let again = clearlist(&keygen, b"");
    assert_eq!((again.status, again.out.as_str()), (2, ""));
    assert_eq!(std::fs::read_to_string(&secret).unwrap(), written, "it is as it was");
    std::fs::write(&keys, &made.out).unwrap();

    // The first example, as new data.
    let example = clearlist(&["pack", "init"], b"").out;
    std::fs::write(&pack, &example).unwrap();
    let (signed, sign) = (in_folder("signed.toml"), ["update", "sign", "--key", &secret, &pack]);
    let refused = clearlist(&sign, b"");
    assert!(refused.err.contains("expected checked_on"), "{}", refused.err);
    let files = clearlist::bundled::files();
    let directive = files.iter().find(|file| file.name.ends_with("lt-2017.toml")).unwrap().text;
    std::fs::write(&pack, directive).unwrap();
    let refused = clearlist(&sign, b"");
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("expected schema to be \"clearlist-pack/1\""), "{}", refused.err);
    let update = example.replace("off = []", "checked_on = \"2030-03-01\"");
    std::fs::write(&pack, &update).unwrap();
    let ran = clearlist(&[&sign[..], &[&signed]].concat(), b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let text = std::fs::read_to_string(&signed).unwrap();
    assert!(text.starts_with(&update), "what was signed stands as it was");
    assert_eq!(clearlist(&[&sign[..], &[&signed]].concat(), b"").status, 2, "nor is this");

    let verify = ["update", "verify", "--update-keys", &keys, &signed];
    let told = clearlist(&verify, b"");
    let expected = "data update of 2030-03-01, signed by Our agency (key ";
    assert!(told.status == 0 && told.out.contains(expected), "{}{}", told.out, told.err);
    let list = b"Name,Version\nRemote Desk,5.1\n";
    let check = ["check", "--format", "json", "--pack", &signed, "-"];
    let unknown = clearlist(&check, list);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("which this copy of Clearlist does not trust"), "{}", unknown.err);
    let ran = clearlist(&[&check[..], &["--update-keys", &keys]].concat(), list);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["packs"][0]["update"]["signed_by"], "Our agency");
    assert_eq!(report["tool"]["data_checked_on"], "2030-03-01");
    assert_eq!(outcome(&report["findings"][0], "our-order-7-2026"), "prohibited");

    // What a new version has overtaken does not stop a check that has it in its call.
    let old = update.replace("2030-03-01", "2026-02-01");
    let secret: [u8; 32] = unhex(written.lines().last().unwrap()).unwrap();
    let overtaken = in_folder("overtaken.toml");
    std::fs::write(&overtaken, clearlist::engine::rules::update::sign(&old, &secret).unwrap())
        .unwrap();
    let call = ["check", "--update-keys", &keys, "--pack", &overtaken, "-"];
    let ran = clearlist(&call, list);
    let expected = format!(
        "clearlist: overtaken.toml: Data update of 2026-02-01: this copy has newer data, of {}, so it is not used.\n",
        clearlist::bundled::DATA_CHECKED_ON
    );
    assert_eq!((ran.status, ran.err), (0, expected));
    let verified = clearlist(&["update", "verify", "--update-keys", &keys, &overtaken], b"");
    assert!(verified.status == 2 && verified.err.contains("is not used"), "{}", verified.err);
    std::fs::write(&pack, &old).unwrap();
    let refused = clearlist(&sign, b"");
    assert!(refused.status == 2 && refused.err.contains("newer data"), "{}", refused.err);
    let lint = clearlist(&["pack", "lint", "--update-keys", &keys, &overtaken], b"");
    assert_eq!((lint.status, lint.out.as_str()), (0, ""), "{}", lint.err);

    std::fs::write(&signed, text.replacen("Remote", "Remove", 1)).unwrap();
    let changed = clearlist(&verify, b"");
    assert_eq!((changed.status, changed.out.as_str()), (2, ""));
    assert!(changed.err.contains("the signature does not fit the text"), "{}", changed.err);
    let unsigned = clearlist(&["update", "verify", &pack], b"");
    assert!(unsigned.err.contains("has no signature line"), "{}", unsigned.err);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_an_update_replaces_is_applied_only_where_that_would_be() {
    let folder = std::env::temp_dir().join(format!("clearlist-replaced-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (pack, keys) = (folder.join("update.toml"), folder.join("keys.txt"));
    let files = clearlist::bundled::files();
    let directive = files.iter().find(|file| file.name.ends_with("lt-2017.toml")).unwrap().text;
    let directive = directive.replace("\n[[", "\n[[directive.");
    let directive = directive.replace("schema = \"clearlist-directive/1\"", "[[directive]]");
    let text = format!(
        "schema = \"clearlist-pack/1\"\nid = \"update\"\ntitle = \"Data\"\n\
         checked_on = \"2030-03-01\"\n{directive}"
    );
    std::fs::write(&pack, sign(&text, &[7; 32]).unwrap()).unwrap();
    let key = TrustedKey::new("the tests", "2026-01-01", &public_key(&[7; 32])).unwrap();
    std::fs::write(&keys, key.line()).unwrap();
    let applied = |chosen: [&str; 2]| -> Vec<String> {
        let packs = ["--pack", pack.to_str().unwrap(), "--update-keys", keys.to_str().unwrap()];
        let rest = ["--format", "json", "-"];
        let ran = clearlist(&[&["check"], &chosen[..], &packs, &rest].concat(), b"Name\nFirefox\n");
        let report: Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        let directives = report["directives"].as_array().unwrap().iter();
        directives.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(applied(["--directive", "us-dhs-bod-17-01"]), ["us-dhs-bod-17-01"]);
    assert_eq!(applied(["--directive", "lt-2017"]), ["lt-2017"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_one_pack_brings_and_another_switches_off_is_not_asked_for() {
    let folder = std::env::temp_dir().join(format!("clearlist-off-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let in_folder = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (own, off) = (in_folder("own.toml"), in_folder("off.toml"));
    assert_eq!(clearlist(&["pack", "init", &own], b"").status, 0);
    let text = "schema = \"clearlist-pack/1\"\nid = \"off\"\ntitle = \"Off\"\noff = [\"our-order-7-2026\"]\n";
    std::fs::write(&off, text).unwrap();
    let check = ["check", "--directive", "lt-2017", "--format", "json", "--pack", &own];
    let applied = |more: &[&str]| -> Vec<String> {
        let ran = clearlist(&[&check[..], more, &["-"]].concat(), b"Name\nFirefox\n");
        assert_eq!(ran.status, 0, "{}", ran.err);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let directives = report["directives"].as_array().unwrap().iter();
        directives.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(applied(&[]), ["lt-2017", "our-order-7-2026"]);
    assert_eq!(applied(&["--pack", &off]), ["lt-2017"]);

    // A profile of which nothing is left is not one of everything.
    let profile = clearlist::bundled::PROFILES.iter().min_by_key(|it| it.directives.len()).unwrap();
    let ids: Vec<&str> = profile.directives.iter().map(|(id, _)| *id).collect();
    std::fs::write(
        &off,
        text.replace("\"our-order-7-2026\"", &format!("\"{}\"", ids.join("\", \""))),
    )
    .unwrap();
    let ran =
        clearlist(&["check", "--profile", profile.id, "--pack", &off, "-"], b"Name\nFirefox\n");
    assert_eq!((ran.status, &*ran.out), (2, ""));
    assert!(ran.err.contains("is switched off"), "{}", ran.err);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn it_is_told_on_standard_error_that_the_data_is_old() {
    let checked_on: jiff::civil::Date = clearlist::bundled::DATA_CHECKED_ON.parse().unwrap();
    let told = |days: i64| {
        let today = checked_on.saturating_add(jiff::Span::new().days(days)).to_string();
        clearlist(&["check", "--format", "json", "--today", &today, "-"], b"Name\nFirefox\n")
    };
    assert_eq!(told(365).err, "");
    let old = told(366);
    let expected =
        format!("clearlist: The rules were last checked on {checked_on}, over a year ago.");
    assert!(old.status == 0 && old.err.starts_with(&expected), "{}", old.err);
    assert!(serde_json::from_str::<Value>(&old.out).is_ok());
}

#[test]
fn engines_are_listed_and_a_query_is_printed_alone() {
    let listed = clearlist(&["queries"], b"");
    assert_eq!(listed.status, 0);
    for id in
        ["sql", "osquery", "fleet", "configmgr", "kql", "powershell", "bash", "intune", "wazuh"]
    {
        assert!(listed.out.contains(&format!("{id}  ")), "{id}: {}", listed.out);
    }
    let listed: Value =
        serde_json::from_str(&clearlist(&["queries", "--format", "json"], b"").out).unwrap();
    assert_eq!(listed[0]["id"], "sql");
    assert_eq!(listed[0]["read_as"], "delimited");

    let ran =
        clearlist(&["queries", "--engine", "sql", "--directive", "us-fascsa-acronis-2025"], b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.starts_with("-- Written by Clearlist"), "{}", ran.out);
    assert!(ran.out.contains("us-fascsa-acronis-2025") && ran.out.ends_with(";\n"));
    assert!(ran.err.contains("cannot: "), "what cannot be found is told beside the query");
    assert!(!ran.out.contains("kaspersky.free"), "only what the directive covers is looked for");
}

#[test]
fn queries_of_several_files_want_a_folder() {
    let ran = clearlist(&["queries", "--engine", "fleet"], b"");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--out"), "{}", ran.err);

    let folder = std::env::temp_dir().join(format!("clearlist-queries-{}", std::process::id()));
    let path = folder.join("of fleet");
    let arguments = ["queries", "--engine", "fleet", "--out", path.to_str().unwrap()];
    let ran = clearlist(&arguments, b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    for name in ["clearlist-queries.yml", "clearlist-policies.yml"] {
        assert!(ran.out.contains(name), "{}", ran.out);
        assert!(std::fs::read_to_string(path.join(name)).unwrap().starts_with("# Written by"));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn queries_for_what_there_is_not_are_refused() {
    for arguments in [
        &["queries", "--engine", "carrier-pigeon"][..],
        &["queries", "--engine", "sql", "--directive", "no-such-law"],
        &["queries", "--out", "somewhere"],
    ] {
        let ran = clearlist(arguments, b"");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}
