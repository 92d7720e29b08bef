//! The scripts that remove what was found: they are what their shells take them for, no text of an inventory
//! is ever more than text, and that of bash, which is run here beside tools that only write down what they
//! are asked, removes exactly what it should.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::sync::OnceLock;
#[cfg(unix)]
use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use clearlist::bundled;
#[cfg(unix)]
use clearlist::engine::catalog::Who;
#[cfg(unix)]
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::record::IdentifierKind;
use clearlist::engine::report::{Finding, Report, TitleIdentifier, Waived, WaiverReport};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::{Waiver, WaiverEffect, WaiverKind};
use clearlist::engine::writers::WRITERS;
use proptest::prelude::*;

/// Texts that would do something in a shell.
const HOSTILE: [&str; 18] = [
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    "\"; touch pwned; \"",
    "\\'; touch pwned; #",
    "a\ntouch pwned",
    "a\rtouch pwned\r\n",
    "--purge",
    "-r kesl",
    "\u{2019}; Remove-Item pwned; \u{2018}",
    "\u{201A}\u{201B}; Remove-Item pwned",
    "'; Remove-Item -Recurse ~; '",
    "$(Remove-Item ~) #> <# @\" \"@ @'\n'@",
    "*",
    "{data}\n{head}\n{foot}\n",
    "\u{202E}dewp hcuot",
    "${IFS}&& touch pwned || true; exit",
    "EOF\nEND\n}\ntouch pwned",
];

/// Made up: computers with Linux, Windows and macOS.
const FLEET: &str = "\
    host,name,version,publisher,product_code,package_id,bundle_id\n\
    srv-1,kesl,12.0.0-6672,Kaspersky Lab,,kesl,\n\
    srv-1,kesl-gui,12.0.0-6672,Kaspersky Lab,,kesl-gui,\n\
    srv-2.example.org,klnagent64,15.0.0-12912,Kaspersky Lab,,klnagent64,\n\
    PC-1,Kaspersky Endpoint Security for Windows,12.3.0.493,AO Kaspersky Lab,{1F4D0F87-2D34-4B96-9E32-3F1A4A5D2C10},,\n\
    PC-2,CapCut,9.2.0.3931,Bytedance Pte. Ltd.,CapCut,,\n\
    mac-1,Kaspersky Endpoint Security,12.1,,,,com.kaspersky.kav\n";

/// What is found in the list of the fleet, under every directive.
fn fleet() -> Report {
    static FOUND: OnceLock<Report> = OnceLock::new();
    FOUND.get_or_init(|| report(FLEET)).clone()
}

fn report(list: &str) -> Report {
    let rules = bundled::rules();
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(&rules, settings).unwrap();
    scan.begin_source("fleet.csv");
    scan.push(list.as_bytes());
    scan.end_source();
    scan.finish()
}

fn named<'r>(report: &'r Report, name: &str) -> &'r Finding {
    report.findings.iter().find(|finding| finding.name == name).unwrap()
}

fn number(report: &Report, name: &str) -> usize {
    report.findings.iter().position(|finding| finding.name == name).unwrap() + 1
}

fn script(report: &Report, id: &str) -> String {
    let writer = WRITERS.iter().find(|writer| writer.id == id).unwrap();
    String::from_utf8(writer.written(report)).unwrap()
}

/// The finding with everything that a list tells of it replaced by the text.
fn with_text(finding: &Finding, text: &str) -> Finding {
    let kinds = [
        IdentifierKind::Package,
        IdentifierKind::ProductCode,
        IdentifierKind::Bundle,
        IdentifierKind::Service,
        IdentifierKind::Driver,
    ];
    let identifiers = kinds.map(|kind| TitleIdentifier { kind, value: text.to_owned() });
    Finding {
        id: text.to_owned(),
        name: text.to_owned(),
        version: text.to_owned(),
        publisher: text.to_owned(),
        identifiers: identifiers.to_vec(),
        hosts: vec![text.to_owned()],
        ..finding.clone()
    }
}

/// A report in which every text that is not the program's own is this one.
fn report_of(text: &str) -> Report {
    let mut report = fleet();
    let (linux, windows) = (named(&report, "kesl").clone(), named(&report, "CapCut").clone());
    report.findings = vec![with_text(&linux, text), with_text(&windows, text)];
    let finding = Finding { id: format!("{text}3"), ..with_text(&linux, text) };
    let here = with_text(&windows, text);
    report.waived = [finding, here]
        .map(|finding| Waived { finding, waiver: text.to_owned() })
        .into_iter()
        .collect();
    report.waivers = vec![decision(text)];
    text.clone_into(&mut report.marking);
    text.clone_into(&mut report.sources[0].name);
    for step in &mut report.remediation_steps {
        text.clone_into(&mut step.title);
        text.clone_into(&mut step.text);
        for command in &mut step.commands {
            text.clone_into(&mut command.text);
        }
    }
    for directive in &mut report.directives {
        text.clone_into(&mut directive.short_title);
    }
    report
}

fn decision(text: &str) -> WaiverReport {
    let waiver = Waiver {
        id: text.to_owned(),
        kind: WaiverKind::ApprovedException,
        reason: text.to_owned(),
        decided_by: text.to_owned(),
        decided_on: String::new(),
        until: "2027-01-01".to_owned(),
        reference: String::new(),
        finding: String::new(),
        product: "kaspersky.endpoint-security-linux".to_owned(),
        program: String::new(),
        hosts: Vec::new(),
    };
    WaiverReport { waiver, effect: WaiverEffect::Applied, ends_in_days: 37, findings: 1, hosts: 1 }
}

/// The first part of a script, which is made of the report.
fn first_part(script: &str) -> &str {
    let begin = script.find("# First part:").unwrap();
    &script[begin..begin + script[begin..].find("# Second part:").unwrap()]
}

/// How a shell reads texts in single quotation marks.
struct Quoting {
    is_mark: fn(char) -> bool,
    /// What stands for a mark inside: the mark twice, or the literal ended, an escaped mark, and begun again.
    is_doubled: bool,
}

/// PowerShell's language specification, 2.3.5.2: five characters are a single quotation mark, and two of
/// them next to each other inside a literal are the second one.
const POWERSHELL: Quoting =
    Quoting { is_mark: |c| matches!(c, '\'' | '\u{2018}'..='\u{201B}'), is_doubled: true };

/// POSIX, Shell Command Language, 2.2.1 and 2.2.2.
const BASH: Quoting = Quoting { is_mark: |c| c == '\'', is_doubled: false };

/// What stands outside of literals, with a mark where each was, and the literals' values. Fails on a comment
/// or an outside that is not plain.
fn read(text: &str, quoting: &Quoting) -> (String, Vec<String>) {
    let (mut outside, mut values) = (String::new(), Vec::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '#' {
            // Up to the end of the line.
            for c in chars.by_ref().take_while(|&c| c != '\n') {
                outside.push(c);
            }
        } else if (quoting.is_mark)(c) {
            let mut value = String::new();
            loop {
                let c = chars.next().unwrap();
                if !(quoting.is_mark)(c) {
                    value.push(c);
                    continue;
                }
                if quoting.is_doubled {
                    match chars.next_if(|&next| (quoting.is_mark)(next)) {
                        Some(second) => value.push(second),
                        None => break,
                    }
                } else if chars.next_if_eq(&'\\').is_some() {
                    assert_eq!([chars.next(), chars.next()], [Some('\''); 2], "{value}");
                    value.push('\'');
                } else {
                    break;
                }
            }
            outside.push('\u{1}');
            values.push(value);
        } else {
            let is_plain = c.is_ascii_alphanumeric() || "$@(){}[]=,_- \r\n".contains(c);
            assert!(is_plain, "{c:?} after {outside}");
            outside.push(c);
        }
    }
    (outside, values)
}

/// True for the text as a script shows it: what cannot be seen is replaced, one for one.
fn is_shown(value: &str, text: &str) -> bool {
    let is_it = |(shown, c): (char, char)| {
        shown == c && !c.is_control() && !('\u{2028}'..='\u{202E}').contains(&c)
            || shown == ' ' && c == '\t'
            || shown == '\u{FFFD}' && !matches!(c, ' '..='~')
    };
    value.chars().count() == text.chars().count() && value.chars().zip(text.chars()).all(is_it)
}

/// Parses PowerShell with the grammar that editors use.
fn check_powershell(text: &str) {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut cursor = tree.walk();
    let mut nodes = vec![tree.root_node()];
    while let Some(node) = nodes.pop() {
        let at = node.start_position().row;
        let is_wrong = node.is_error() || node.is_missing();
        assert!(!is_wrong, "line {}: {:?}", at + 1, text.lines().nth(at));
        nodes.extend(node.children(&mut cursor));
    }
}

/// The text is text and nothing else in the script: it is as the same script with a plain word is.
fn check_is_text(text: &str, id: &str, quoting: &Quoting) {
    const WORD: &str = "Wordless";
    let read_of = |text: &str| {
        let script = script(&report_of(text), id).replace("\r\n", "\n");
        if id == "powershell-script" {
            check_powershell(script.trim_start_matches('\u{FEFF}'));
        }
        let (outside, values) = read(first_part(&script), quoting);
        let (head, rest) = script.split_once("# First part:").unwrap();
        let (_, second) = rest.split_once("# Second part:").unwrap();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        (outside, values, [lines(head), lines(second)])
    };
    let (outside, values, others) = read_of(text);
    let (plain_outside, plain_values, plain_others) = read_of(WORD);
    assert_eq!(outside, plain_outside);
    for (lines, plain) in others.iter().zip(&plain_others) {
        assert_eq!(lines.len(), plain.len(), "{text:?} begins or ends no line");
        for (line, plain) in lines.iter().zip(plain).filter(|(line, plain)| line != plain) {
            let is_in_comment = |c: char| c.is_alphanumeric() || " .,:/()-_".contains(c);
            let comment = line.trim_start_matches('\u{FEFF}').strip_prefix("#").unwrap();
            assert!(comment.chars().all(is_in_comment), "{line} for {plain}");
        }
    }
    assert_eq!(values.len(), plain_values.len());
    let mut compared = 0;
    for (value, plain) in values.iter().zip(&plain_values).filter(|(_, plain)| *plain == WORD) {
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_shown = is_shown(value, text) || is_shown(value, &one_line);
        assert!(is_shown, "{value:?} of {text:?}, {plain}");
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn a_hostile_text_is_text_in_powershell() {
    for text in HOSTILE {
        check_is_text(text, "powershell-script", &POWERSHELL);
    }
}

#[test]
fn a_hostile_text_is_text_in_bash() {
    for text in HOSTILE {
        check_is_text(text, "bash-script", &BASH);
    }
}

/// Any text, with many quotation marks.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        3 => Just("'".to_owned()),
        1 => Just("''".to_owned()),
        2 => "[\u{2018}-\u{201B}]",
        1 => "[$`\"\\\\#@{}()<>;&|*?~!%^ -]",
        1 => "[ -~]{1,5}",
        1 => "\\PC",
        1 => "[\u{0}-\u{1F}\u{7F}-\u{9F}]",
    ];
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| {
        let text: String = pieces.concat();
        // What stands behind a colon is a package's architecture, which is cut off.
        format!("x{}x", text.replace(':', ";"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_one_literal_with_that_value_in_powershell(text in texts()) {
        check_is_text(&text, "powershell-script", &POWERSHELL);
    }

    #[test]
    fn any_text_is_one_literal_with_that_value_in_bash(text in texts()) {
        check_is_text(&text, "bash-script", &BASH);
    }
}

#[test]
fn each_script_is_for_its_systems_and_says_what_it_was_made_from() {
    let mut report = fleet();
    "CUI//SP-PRVCY".clone_into(&mut report.marking);
    let (powershell, bash) = (script(&report, "powershell-script"), script(&report, "bash-script"));
    assert!(powershell.starts_with("\u{FEFF}# CUI//SP-PRVCY\r\n"));
    assert!(powershell.ends_with("\r\n# CUI//SP-PRVCY\r\n"));
    assert_eq!(powershell.matches('\n').count(), powershell.matches("\r\n").count());
    assert!(bash.starts_with("#!/usr/bin/env bash\n# CUI//SP-PRVCY\n"));
    assert!(bash.ends_with("\n# CUI//SP-PRVCY\n") && !bash.contains('\r'));
    for (script, own, others) in [
        (&powershell, ["'CapCut'", "12.3.0.493"], ["'kesl'", "kaspersky.kav"]),
        (&bash, ["'kesl'", "'com.kaspersky.kav'"], ["CapCut", "12.3.0.493"]),
    ] {
        assert!(script.contains(&report.sources[0].sha256));
        assert!(script.contains("BOD 17-01"));
        assert!(own.iter().all(|text| script.contains(text)));
        let has_other = others.iter().any(|text| first_part(script).contains(text));
        assert!(!has_other, "{}", first_part(script));
    }
    check_powershell(powershell.trim_start_matches('\u{FEFF}'));
}

#[test]
fn in_powershell_only_a_whole_product_code_or_a_package_of_the_rules_can_be_put_into_a_command() {
    let script = script(&fleet(), "powershell-script");
    assert!(script.contains("ProductCodes    = @('{1F4D0F87-2D34-4B96-9E32-3F1A4A5D2C10}')"));
    assert!(script.contains("Winget          = 'ByteDance.CapCut'"));
    // The rules name two for it: one of them may be another program, which stays.
    let two = report("host,name,version,publisher\npc,QQ,9,Tencent\n");
    assert!(crate::script(&two, "powershell-script").contains("Winget          = ''"));
    // What is run is made of these two, and of what the computer itself has.
    for part in
        ["Invoke-Expression", "iex ", "cmd.exe", "cmd /c", "Start-Process", "-EncodedCommand"]
    {
        assert!(!script.contains(part), "{part}");
    }
}

/// The lines of a function of the script of PowerShell.
fn function<'s>(script: &'s str, name: &str) -> Vec<&'s str> {
    let lines = script.lines().skip_while(|line| !line.starts_with(&format!("function {name}(")));
    lines.take_while(|line| *line != "}").collect()
}

#[test]
fn a_password_is_asked_for_only_if_that_is_wanted_and_stands_in_no_log() {
    let list = "host,name,version,publisher\n\
                PC-1,Kaspersky Endpoint Security for Windows,12.3.0.493,AO Kaspersky Lab\n\
                PC-1,Kaspersky Security Center Network Agent,14.2.0.26967,AO Kaspersky Lab\n\
                PC-2,CapCut,9.2.0.3931,Bytedance Pte. Ltd.\n";
    let script = script(&report(list), "powershell-script");
    check_powershell(script.trim_start_matches('\u{FEFF}'));
    // What the makers say, whether the list has a product code or not.
    let of = |name: &str| {
        let lines = script
            .lines()
            .skip_while(|line| !line.contains(&format!("Name            = '{name}'")));
        let told = lines.take_while(|line| !line.contains("Steps "));
        told.filter(|line| line.contains("Password")).map(str::trim).collect::<Vec<_>>()
    };
    let told = |property: &str, user: &str, form: &str| {
        let names = ["Password        = ", "PasswordOf      = ", "PasswordForm    = "];
        let values = [property, user, form].into_iter().zip(names);
        values.map(|(value, name)| format!("{name}'{value}'")).collect::<Vec<_>>()
    };
    assert_eq!(of("Kaspersky Endpoint Security for Windows"), told("KLPASSWD", "KLLOGIN", "plain"));
    let agent = of("Kaspersky Security Center Network Agent");
    assert_eq!(agent, told("KLUNINSTPASSWD", "", "utf16-hex"));
    assert_eq!(of("CapCut"), told("", "", ""));

    // It is read in one place, which only the switch leads to, and what is read is only ever given to msiexec.
    let with = |part: &str| script.lines().filter(|line| line.contains(part)).count();
    let read = function(&script, "Read-Password");
    assert_eq!(with("Read-Host"), read.iter().filter(|line| line.contains("Read-Host")).count());
    assert_eq!(with("Read-Password $plan"), 1);
    let place = script.lines().position(|line| line.contains("Read-Password $plan")).unwrap();
    let guard = script.lines().nth(place - 1).unwrap();
    assert!(guard.contains("(Test-Asked $plan.Finding)"), "{guard}");
    assert!(function(&script, "Test-Asked").iter().any(|line| line.contains("$AskPassword -and")));
    // What goes through a pipeline may be logged by Windows.
    assert!(!read.iter().any(|line| line.contains('|')), "{read:?}");
    for secret in ["$typed", "$secret", "$Secret"] {
        for line in script.lines().filter(|line| line.contains(secret)) {
            assert!(!line.contains("Write-") && !line.contains("New-Action"), "{line}");
        }
    }
    // msiexec's own log would have it.
    let action = function(&script, "Get-Action");
    let logged: Vec<_> = action.iter().filter(|line| line.contains("/l*v")).collect();
    assert!(logged.len() == 1 && logged[0].contains("if (Test-Asked $Finding)"), "{logged:?}");
}

/// Where PowerShell is, it takes the script for what its grammar does, and goes no further here.
#[cfg(unix)]
#[test]
fn powershell_itself_reads_its_script_and_stops_where_there_is_no_windows() {
    let folder = Folder::new("pwsh");
    let path = folder.0.join("clearlist-remove.ps1");
    fs::write(&path, script(&fleet(), "powershell-script")).unwrap();
    let run = Command::new("pwsh").args(["-NoProfile", "-File"]).arg(&path).output();
    let Ok(output) = run else {
        println!("pwsh is not on this machine, so the script was not tried with it");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("This script is for Windows."), "{output:?}");
    assert_eq!(output.status.code(), Some(2));
}

/// A folder of the test's own, which is removed at the end.
#[cfg(unix)]
struct Folder(PathBuf);

#[cfg(unix)]
impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clearlist-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

#[cfg(unix)]
impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the folder for temporary files does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What each program in the place of the machine's does: it writes down what it is asked, tells what the
/// file beside it says is installed, and takes what it removes out of that file.
#[cfg(unix)]
const FAKE: &str = r#"#!/bin/bash
me=${0##*/}
here=${0%/*}/..
list() { awk -F '\t' -v me="$1" -v form="$2" '$1 == me { printf form "\n", $2, $3 }' "$here/installed"; }
case "$me $1" in
  "id -u") cat "$here/user"; exit ;;
  "id "*) echo tester; exit ;;
  "uname -n") cat "$here/name"; exit ;;
  "uname "*) cat "$here/system"; exit ;;
  "dpkg-query -W") list dpkg 'ii \t%s\t%s'; list rc 'rc \t%s\t%s'; exit ;;
  "rpm -qa") list rpm 'rpm\t%s\t%s'; exit ;;
  "snap list") echo 'Name Version Rev'; list snap '%s %s 1'; exit ;;
  "flatpak list") list flatpak '%s\t%s'; exit ;;
  "pacman -Q") list pacman '%s %s'; exit ;;
  "pkgutil --pkgs") list receipt '%s'; exit ;;
  "systemctl list-unit-files") list systemd '%s.service enabled'; exit ;;
  "find "*) list app '%s'; exit ;;
esac
{
  printf '%s' "$me"
  for argument in "$@"; do printf ' [%s]' "$argument"; done
  echo
} >>"$here/calls"
for name in "$@"; do :; done
if grep -Fxq -e "$name" "$here/failing"; then echo "cannot remove $name"; exit 7; fi
awk -F '\t' -v me="$me" -v name="$name" '!($1 == me && $2 == name)' "$here/installed" >"$here/now"
cat "$here/now" >"$here/installed"
"#;

/// A machine of its own to run a script on: its programs are [`FAKE`] ones.
#[cfg(unix)]
struct Machine(Folder);

#[cfg(unix)]
impl Machine {
    fn new(name: &str, report: &Report, installed: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let machine = Self(Folder::new(name));
        for folder in ["bin", "home"] {
            fs::create_dir_all(machine.0.0.join(folder)).unwrap();
        }
        for program in [
            "id",
            "uname",
            "dpkg-query",
            "dpkg",
            "rpm",
            "snap",
            "flatpak",
            "pacman",
            "apk",
            "pkg",
            "pkgutil",
            "systemctl",
            "find",
            "apt-get",
            "dnf",
            "zypper",
            "rm",
            "sudo",
        ] {
            let path = machine.0.0.join("bin").join(program);
            fs::write(&path, FAKE).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for (file, text) in [
            ("script.sh", script(report, "bash-script").as_str()),
            ("installed", installed),
            ("failing", ""),
            ("calls", ""),
            ("now", ""),
            ("user", "0\n"),
            ("name", "SRV-1.example.org\n"),
            ("system", "Linux\n"),
        ] {
            machine.set(file, text);
        }
        machine
    }

    fn set(&self, file: &str, text: &str) {
        fs::write(self.0.0.join(file), text).unwrap();
    }

    fn get(&self, file: &str) -> String {
        fs::read_to_string(self.0.0.join(file)).unwrap()
    }

    /// The script's exit code, and what it says.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let path = format!("{}/bin:{}", self.0.0.display(), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .arg(self.0.0.join("script.sh"))
            .args(arguments)
            .current_dir(self.0.0.join("home"))
            .env("PATH", path)
            .env("HOME", self.0.0.join("home"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap());
        (output.status.code().unwrap(), said.concat())
    }

    fn apply(&self, more: &[&str]) -> (i32, String) {
        let log = self.0.0.join("log");
        let arguments = ["--apply", "--force", "--log", log.to_str().unwrap()];
        self.run(&[&arguments, more].concat())
    }

    /// Everything in the folder, with what is in it.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut folders = vec![self.0.0.clone()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

#[cfg(unix)]
const INSTALLED: &str = "\
    dpkg\tbash\t5.2\n\
    dpkg\tkesl\t12.0.0-6672\n\
    dpkg\tkesl-gui\t12.0.0-6672\n\
    dpkg\tkesl-gui-doc\t12.0.0-6672\n\
    dpkg\tklnagent64\t15.0.0-12912\n";

#[cfg(unix)]
#[test]
fn without_apply_bash_tells_what_it_would_run_and_changes_nothing() {
    let machine = Machine::new("dry", &fleet(), INSTALLED);
    let before = machine.files();
    let (code, said) = machine.run(&["--force"]);
    assert_eq!(code, 4, "{said}");
    assert_eq!(machine.files(), before);
    assert!(said.contains("This was a dry run."), "{said}");
    let orders =
        "To run, in this order:\n  dpkg -r kesl-gui\n  dpkg -r kesl\n  dpkg -r klnagent64\n";
    assert!(said.contains(orders), "{said}");
    assert!(said.contains("[before, user] Keep this report before anything is removed."), "{said}");
    assert!(said.contains("does not name this computer"), "klnagent64 is on srv-2 only: {said}");
    assert_eq!(said.matches("does not name this computer").count(), 1);
    assert!(!said.contains("On a Mac, run"), "{said}");
}

#[cfg(unix)]
#[test]
fn bash_removes_what_was_found_in_its_order_looks_again_and_then_finds_nothing() {
    let machine = Machine::new("apply", &fleet(), INSTALLED);
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        machine.get("calls"),
        "dpkg [-r] [kesl-gui]\ndpkg [-r] [kesl]\ndpkg [-r] [klnagent64]\n"
    );
    assert_eq!(machine.get("installed").lines().count(), 2, "{}", machine.get("installed"));
    assert!(said.contains("(Kaspersky Endpoint Security for Linux): gone"), "{said}");
    let log = machine.get("log");
    assert!(log.contains("Running: dpkg -r kesl\n") && log.contains("Exit code 0."), "{log}");
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Nothing that is to be removed is on this computer."), "{said}");
    assert_eq!(machine.get("calls").lines().count(), 3);
}

#[cfg(unix)]
#[test]
fn each_package_manager_is_asked_in_its_own_way() {
    for (manager, call) in [
        ("rpm", "rpm [-e] [kesl]\n"),
        ("snap", "snap [remove] [kesl]\n"),
        ("flatpak", "flatpak [uninstall] [--system] [-y] [--noninteractive] [kesl]\n"),
        ("pacman", "pacman [-R] [--noconfirm] [kesl]\n"),
    ] {
        let machine = Machine::new(
            "managers",
            &fleet(),
            &format!("{manager}\tkesl\t11.1\n{manager}\tx\t1\n"),
        );
        assert_eq!(machine.apply(&[]).0, 0);
        assert_eq!(machine.get("calls"), call);
    }
}

#[cfg(unix)]
#[test]
fn what_is_removed_with_its_settings_kept_is_not_there() {
    let machine = Machine::new("kept", &fleet(), "rc\tkesl\t12.0\ndpkg\tbash\t5\n");
    let (code, said) = machine.run(&[]);
    assert_eq!(code, 0, "{said}");
}

#[cfg(unix)]
#[test]
fn a_removal_that_fails_is_told_and_the_others_go_on() {
    let machine = Machine::new("failing", &fleet(), INSTALLED);
    machine.set("failing", "kesl\n");
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("     kesl: failed, see the log, code 7"), "{said}");
    assert!(said.contains("(Kaspersky Endpoint Security for Linux): still here"), "{said}");
    assert!(said.contains("For what is still here, a person does:"), "{said}");
    assert!(machine.get("log").contains("cannot remove kesl"));
    assert_eq!(machine.get("calls").lines().count(), 3);
}

#[cfg(unix)]
#[test]
fn only_the_findings_that_are_chosen_are_removed() {
    let report = fleet();
    let machine = Machine::new("only", &report, INSTALLED);
    let numbers = ["kesl-gui", "klnagent64"].map(|name| number(&report, name).to_string());
    let (code, said) = machine.apply(&["--only", &numbers.join(",")]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(machine.get("calls"), "dpkg [-r] [kesl-gui]\ndpkg [-r] [klnagent64]\n");
    assert!(said.contains("Left alone, not chosen with --only."), "{said}");
}

#[cfg(unix)]
#[test]
fn bash_begins_only_as_it_should() {
    let machine = Machine::new("begin", &fleet(), INSTALLED);
    for (arguments, why) in [
        (&["--apply"][..], "there is nobody to ask"),
        (&["--only", "99"], "no finding"),
        (&["--only", "1;touch pwned"], "numbers with commas"),
        (&["--only"], "needs a value"),
        (&["--aply"], "is not known"),
        (&["--log", "/nowhere/log"], "cannot be written"),
    ] {
        let (code, said) = machine.run(arguments);
        assert!(code == 2 && said.contains(why), "{arguments:?}: {code} {said}");
    }
    machine.set("user", "1000\n");
    let (code, said) = machine.apply(&[]);
    assert!(code == 2 && said.contains("run it as root"), "{said}");
    let (code, said) = machine.run(&["--help"]);
    assert!(code == 0 && said.starts_with("Usage: "), "{said}");
    assert_eq!(machine.get("calls"), "");
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_listed_bash_does_not_say_that_nothing_is_there() {
    let machine = Machine::new("unlisted", &fleet(), "systemd\tcron\t\n");
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("cannot be listed here"), "{said}");
}

#[cfg(unix)]
#[test]
fn what_is_set_aside_on_this_computer_stays_whatever_its_version() {
    let mut report = fleet();
    let aside = Finding {
        version: "11.0".to_owned(),
        id: "other".to_owned(),
        ..named(&report, "kesl").clone()
    };
    report.waived.push(Waived { finding: aside.clone(), waiver: "W-1".to_owned() });
    report.waivers.push(decision("W-1"));
    // It has hosts srv-1, and the computer calls itself SRV-1.example.org.
    let machine = Machine::new("aside", &report, INSTALLED);
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Left alone, set aside: approved exception until 2027-01-01"), "{said}");
    assert_eq!(machine.get("calls"), "dpkg [-r] [kesl-gui]\ndpkg [-r] [klnagent64]\n");
    // On another one, the version tells which of the two it is.
    machine.set("name", "srv-7\n");
    machine.set("installed", "dpkg\tkesl\t11.0\n");
    let (code, said) = machine.apply(&[]);
    assert!(code == 0 && said.contains("Left alone, set aside"), "{said}");
    machine.set("installed", "dpkg\tkesl\t12.0.0-6672\n");
    assert_eq!(machine.apply(&[]).0, 0);
    assert!(machine.get("calls").ends_with("dpkg [-r] [kesl]\n"));
}

#[cfg(unix)]
#[test]
fn what_is_to_be_reviewed_is_removed_only_if_that_is_said() {
    let mut report = fleet();
    for finding in &mut report.findings {
        for outcome in &mut finding.outcomes {
            if outcome.outcome == OutcomeKind::Prohibited {
                outcome.outcome = OutcomeKind::Review;
            }
        }
    }
    let machine = Machine::new("review", &report, INSTALLED);
    let (code, said) = machine.apply(&[]);
    assert!(code == 0 && said.contains("a person has to review it first"), "{said}");
    assert_eq!(machine.get("calls"), "");
    assert_eq!(machine.apply(&["--include-review"]).0, 0);
    assert_eq!(machine.get("calls").lines().count(), 3);
}

#[cfg(unix)]
#[test]
fn what_the_rules_leave_to_the_fleets_administrator_is_told_and_not_run() {
    let mut report = fleet();
    for step in &mut report.remediation_steps {
        step.who = Who::FleetAdministrator;
    }
    let machine = Machine::new("by-hand", &report, INSTALLED);
    let (code, said) = machine.apply(&[]);
    assert!(code == 4 && said.contains("A person has to remove it"), "{said}");
    assert!(said.contains("On Linux, remove Kaspersky Endpoint Security."), "{said}");
    assert_eq!(machine.get("calls"), "");
    assert_eq!(script(&report, "powershell-script").matches("ByHand          = $true").count(), 2);
    assert_eq!(
        script(&fleet(), "powershell-script").matches("ByHand          = $false").count(),
        2
    );
}

#[cfg(unix)]
#[test]
fn on_a_mac_bash_removes_nothing_and_tells_the_steps() {
    let app =
        "app\t/Applications/Kaspersky Endpoint Security.app\t\nreceipt\tcom.kaspersky.kav\t\n";
    let machine = Machine::new("mac", &fleet(), app);
    machine.set("system", "Darwin\n");
    machine.set("name", "mac-1\n");
    let (code, said) = machine.apply(&[]);
    assert_eq!(code, 4, "{said}");
    assert!(
        said.contains(
            "app 'Kaspersky Endpoint Security' /Applications/Kaspersky Endpoint Security.app"
        ),
        "{said}"
    );
    assert!(said.contains("On a Mac, run the program's own uninstaller."), "{said}");
    assert!(!said.contains("dpkg"), "{said}");
    assert_eq!(machine.get("calls"), "");
}

#[cfg(unix)]
#[test]
fn where_nothing_is_to_be_removed_both_scripts_say_so() {
    let report = report("host,name,version\npc,Notepad++,8\n");
    let machine = Machine::new("nothing", &report, INSTALLED);
    let (code, said) = machine.apply(&[]);
    assert!(code == 0 && said.contains("there is nothing to do"), "{said}");
    let powershell = script(&report, "powershell-script");
    assert!(powershell.contains("$findings = @(\r\n)"), "{powershell}");
    check_powershell(powershell.trim_start_matches('\u{FEFF}'));
}

#[cfg(unix)]
#[test]
fn hostile_texts_stay_texts_when_bash_runs_them() {
    for text in HOSTILE {
        let mut report = report_of(text);
        // Of what is set aside with the same name nothing is removed anyway.
        report.waived.remove(0);
        // The machine says that it has a package of that very name, as far as lists can tell.
        let name = text.replace(char::is_control, "\u{FFFD}").replace('\u{202E}', "\u{FFFD}");
        let machine =
            Machine::new("hostile", &report, &format!("dpkg\t{name}\t1\ndpkg\tbash\t5\n"));
        machine.set("name", "another\n");
        let before = machine.files();
        let (code, said) = machine.run(&["--include-review"]);
        assert_eq!(machine.files(), before, "{text:?}: {said}");
        assert_eq!(code, 4, "{text:?}: {said}");
        assert!(said.contains(&format!("1. {name} ")), "{text:?}: {said}");
        let (code, said) = machine.apply(&["--include-review"]);
        assert_eq!(code, 4, "{text:?}: {said}");
        assert_eq!(machine.get("calls"), "", "{text:?}: {said}");
        assert!(fs::read_dir(machine.0.0.join("home")).unwrap().next().is_none(), "{text:?}");
    }
}

#[cfg(unix)]
#[test]
fn bash_and_shellcheck_take_the_script_as_it_is_meant() {
    let mut report = fleet();
    let waived = Waived { finding: named(&report, "kesl").clone(), waiver: "W-1".to_owned() };
    report.waived.push(waived);
    for (name, report) in [("fleet", report), ("hostile", report_of(HOSTILE[0]))] {
        let machine = Machine::new(&format!("lint-{name}"), &report, "");
        let path = machine.0.0.join("script.sh");
        for (program, argument) in [("bash", "-n"), ("shellcheck", "--severity=style")] {
            let Ok(output) = Command::new(program).arg(argument).arg(&path).output() else {
                println!("{program} is not on this machine, so that was not checked with it");
                continue;
            };
            let said = [output.stdout, output.stderr].concat();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
        }
    }
}
