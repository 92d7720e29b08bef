//! The reports that every format is tried with.

use std::sync::LazyLock;

use clearlist::bundled;
use clearlist::engine::compare::compare;
use clearlist::engine::report::{Change, ChangeKind, Report, Waived, WaiverReport};
use clearlist::engine::rules::pack::EXAMPLES;
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind};
use clearlist::engine::writers::WRITERS;
use serde_json::Value;

/// Names that would do something in one of the formats.
pub const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script> Kaspersky Free",
    "{0} {{1}} %7B \\u0000 Kaspersky Free",
    "[x](javascript:alert(1)) ![y](https://example.com/z.png) Kaspersky Free",
    "\"},{\"ruleId\":\"x\"} Kaspersky Free",
    "]]> --> &amp; \u{202E} Kaspersky Free",
    "Kaspersky Free\u{7}\u{1B}[31m",
    "Kaspersky Free \u{FFFF}\u{1F680}",
    "{{ insert: param, x }} Kaspersky Free",
];

/// The names of files, the first of which are hostile.
pub const FILES: [&str; 3] =
    ["<list> & \"more\" %20.csv", "//example.com/../a b#c?d.csv", "pc.csv"];

/// What programs wrote, as data.
pub fn written(report: &Report, id: &str) -> Value {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    let bytes = writer.written(report);
    assert_eq!(bytes, writer.written(report), "the same report gives the same bytes");
    serde_json::from_slice(&bytes).unwrap()
}

/// Every report, with what is special about it.
pub fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("hostile", hostile()),
        ("empty", empty()),
        ("nothing read", scanned(&[], &[], &[])),
        ("with problems", with_problems()),
        ("set aside", set_aside()),
        ("of a fleet", of_a_fleet()),
        ("compared", compared()),
        ("removed", removed()),
        ("compared with a fleet", compared_with_a_fleet()),
    ]
}

/// What a scan of these files finds by these directives, or by all.
pub fn scanned(packs: &[RulesFile<'_>], directives: &[&str], files: &[(&str, String)]) -> Report {
    let rules = Rules::load_with_packs(bundled::files(), packs, &[]).unwrap();
    let settings = Settings {
        directives: directives.iter().map(|id| (*id).to_owned()).collect(),
        today: "2026-11-25".to_owned(),
        ..Settings::default()
    };
    let mut scan = Scan::new(&rules, settings).unwrap();
    for (name, text) in files {
        scan.begin_source(name);
        scan.push(text.as_bytes());
        scan.end_source();
    }
    scan.finish()
}

/// Several findings on several computers in files with hostile names, own rules, and a marking.
pub fn hostile() -> Report {
    static REPORT: LazyLock<Report> = LazyLock::new(make_hostile);
    REPORT.clone()
}

fn make_hostile() -> Report {
    let mut files: Vec<(&str, String)> =
        FILES.iter().map(|file| (*file, "Computer,Name,Version,Publisher\n".to_owned())).collect();
    for (number, name) in HOSTILE.iter().enumerate() {
        let name = name.replace('"', "\"\"");
        for (file, (_, text)) in files.iter_mut().enumerate() {
            text.push_str(&format!("PC-{number}-{file},\"{name}\",21.{number},AO Kaspersky Lab\n"));
        }
    }
    let more = "PC-1,Remote Desk,5.2,Example Software\n=PC,Kaspersky,1,\n\
                PC-3,Kaspersky Safe Kids,1,Kaspersky\n\
                PC-9,Parallels Internet Security Powered by Kaspersky,1,Parallels\nPC-9,Kaspersy Total,1,\n,,,\nPC,\n";
    files[0].1.push_str(more);
    // A file that was given twice.
    let again = files[2].clone();
    files.push(again);
    let pack = RulesFile { name: "own <b>.toml", text: EXAMPLES[0].text };
    let mut report = scanned(&[pack], &["us-dhs-bod-17-01", "our-order-7-2026"], &files);
    report.marking = " CUI//SP-<PRIV>\t".to_owned();
    assert!(report.findings.len() > HOSTILE.len(), "{:#?}", report.findings);
    assert!(!report.packs.is_empty() && !report.problems.is_empty());
    report
}

/// Nothing that is covered.
pub fn empty() -> Report {
    let report =
        scanned(&[], &[], &[("pc.csv", "Name,Version\nNotepad++,8.6\nFirefox,140\n".to_owned())]);
    assert_eq!((report.findings.len(), report.problems.len()), (0, 0));
    report
}

/// A letter instead of a list, a list with bad rows, and an empty file.
pub fn with_problems() -> Report {
    let files = [
        ("letter.txt", "Dear all,\n\nplease find the list attached.\n\nKind regards\n".to_owned()),
        (
            "pc.csv",
            "Computer,Name,Version\nPC-1,Kaspersky Free,21.3\nPC-2,\"\u{1}Firefox\nPC-3\n"
                .to_owned(),
        ),
        ("nothing.csv", String::new()),
    ];
    let report = scanned(&[], &[], &files);
    assert!(report.problems.iter().any(|problem| problem.stops_the_source));
    assert!(!report.findings.is_empty(), "{:#?}", report.problems);
    report
}

/// The hostile report with one finding set aside, and one on some of its computers.
pub fn set_aside() -> Report {
    let mut report = hostile();
    for (id, kind) in [("W <1>", WaiverKind::ApprovedException), ("W-2", WaiverKind::FalsePositive)]
    {
        report.waivers.push(WaiverReport {
            waiver: Waiver {
                id: id.to_owned(),
                kind,
                reason: "It is being replaced [soon](https://example.com) {0}.\nSee \"there\"."
                    .to_owned(),
                decided_by: "The <owner>".to_owned(),
                decided_on: "2026-11-01".to_owned(),
                until: "2027-01-31".to_owned(),
                reference: "TICKET-1".to_owned(),
                finding: String::new(),
                product: String::new(),
                program: String::new(),
                hosts: Vec::new(),
            },
            effect: WaiverEffect::Applied,
            ends_in_days: 67,
            findings: 1,
            hosts: 1,
        });
    }
    let whole = report.findings.remove(0);
    report.waived.push(Waived { finding: whole, waiver: "W <1>".to_owned() });
    let mut part = report.findings[0].clone();
    let stays = &mut report.findings[0];
    part.hosts = vec![stays.hosts.remove(0)];
    part.places = vec![stays.places.remove(0)];
    (part.host_count, stays.host_count) = (1, stays.host_count - 1);
    report.waived.push(Waived { finding: part, waiver: "W-2".to_owned() });
    report.totals.waived = 2;
    report.totals.findings = report.findings.len() as u64;
    report
}

/// The report compared with what a scan of these rows, `computer,"name",version`, found on an earlier day.
pub fn since(earlier: &[String], mut now: Report) -> Report {
    let text = format!("Computer,Name,Version\n{}\n", earlier.join("\n"));
    let mut earlier = scanned(&[], &[], &[("before.csv", text)]);
    earlier.generated_on = "2026-11-01".to_owned();
    now.comparison = Some(compare(&earlier, &now, &bundled::rules()));
    now
}

/// Something remains, changed, is new, is gone, and was not read again, under hostile names.
pub fn compared() -> Report {
    let row = |host: &str, name: &str, version: &str| {
        format!("{host},\"{}\",{version}", name.replace('"', "\"\""))
    };
    let earlier = [
        row("PC-1", HOSTILE[0], "21.1"),
        row("PC-2", "Kaspersky Free", "21.3"),
        row("PC-3", HOSTILE[3], "21.3"),
        row("=PC <4>", HOSTILE[2], "21.3"),
        row("PC-5", "Kaspersky Password Manager", "9.2"),
        row("PC-7", "Kaspersky Safe Kids", "1.5"),
        row("PC-8", "Kaspersky Safe Kids", "1.5"),
    ];
    let now = [
        row("PC-1", HOSTILE[0], "21.1"),
        row("PC-2", "Kaspersky Free", "21.9"),
        row("PC-3", "Firefox", "140"),
        row("PC-5", "Firefox", "140"),
        row("PC-6", "Kaspersky Total Security", "21.3"),
        row("PC-7", "Kaspersky Safe Kids", "1.5"),
        row("PC-8", "Firefox", "140"),
    ];
    let text = format!("Computer,Name,Version\n{}\n", now.join("\n"));
    let report = since(&earlier, scanned(&[], &[], &[("now.csv", text)]));
    for kind in ChangeKind::ALL {
        assert!(report.comparison.as_ref().unwrap().count(kind) > 0, "{kind:?}");
    }
    report
}

/// Everything that had to go is gone.
pub fn removed() -> Report {
    let now = "Computer,Name,Version\nPC-1,Firefox,140\n".to_owned();
    let report =
        since(&["PC-1,Kaspersky Free,21.3".to_owned()], scanned(&[], &[], &[("pc.csv", now)]));
    assert!(report.comparison.as_ref().unwrap().is_complete);
    report
}

/// So much has changed that not all of it is told: how many changes there are, and the report.
pub fn with_many_changes() -> (usize, Report) {
    let mut report = compared();
    let changes = &mut report.comparison.as_mut().unwrap().changes;
    let gone = changes.last().unwrap().clone();
    let more = (0..1200).map(|number| Change {
        earlier: format!("{} ({number})", gone.earlier),
        hosts: vec![format!("GONE-{number}")],
        ..gone.clone()
    });
    let more: Vec<Change> = more.collect();
    changes.extend(more);
    (changes.len(), report)
}

/// The fleet, of which a computer is new, and another with as many computers that were not read again.
pub fn compared_with_a_fleet() -> Report {
    let row = |number| format!("PC-{number:05},Kaspersky Free,21.3");
    since(&(1..=2 * FLEET).map(row).collect::<Vec<_>>(), of_a_fleet())
}

/// How many computers the fleet has.
pub const FLEET: usize = 2500;

/// One finding on very many computers.
pub fn of_a_fleet() -> Report {
    let rows =
        (0..FLEET).map(|number| format!("PC-{number:05},Kaspersky Free,21.3,AO Kaspersky Lab\n"));
    let text = "Computer,Name,Version,Publisher\n".to_owned() + &rows.collect::<String>();
    let report = scanned(&[], &[], &[("fleet.csv", text)]);
    assert_eq!(report.findings[0].host_count as usize, FLEET);
    report
}
