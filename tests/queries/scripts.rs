//! What is written for other programs than databases, read by those programs' own parsers, and run
//! where it can be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clearlist::bundled;
use clearlist::engine::queries::QueryFile;
use clearlist::engine::rules::Rules;

use crate::sqlite::{files, report};

/// Set where the tools must be there, with which of them need not be: `cargo xtask test queries` sees to
/// them.
const TOOLS: &str = "CLEARLIST_QUERY_TOOLS";

/// False for tools that a machine may go without.
fn must_be_there(tool: &str) -> bool {
    std::env::var(TOOLS).is_ok_and(|tools| !tools.ends_with(&format!("but {tool}")))
}

/// A folder of the test's own, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clearlist-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, file: &QueryFile) -> PathBuf {
        let path = self.0.join(&file.name);
        fs::write(&path, &file.text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the folder for temporary files does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the program says; `None` where it is not on this machine and need not be.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let output =
        Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    match output {
        Ok(output) => Some(output),
        Err(error) if must_be_there(program) => panic!("{program}: {error}"),
        Err(_) => {
            println!("{program} is not on this machine, so that was not checked with it");
            None
        }
    }
}

#[track_caller]
fn check_passed(output: Option<Output>) {
    if let Some(output) = output {
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap());
        assert!(output.status.success(), "{}{}", said[0], said[1]);
    }
}

/// Parses KQL with Microsoft's parser, which knows the tables.
pub fn check_kql(rules: &Rules, name: &str) {
    let package = "node_modules/@kusto/language-service-next/package.json";
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join(package).is_file() {
        assert!(!must_be_there("kusto"), "{package} is missing");
        println!(
            "Microsoft's parser of KQL is not installed here (npm ci), so KQL was not checked"
        );
        return;
    }
    let folder = Folder::new(name);
    let paths: Vec<PathBuf> = files(rules, "kql").iter().map(|file| folder.write(file)).collect();
    let mut arguments = vec!["tests/queries/kql.js"];
    arguments.extend(paths.iter().map(|path| path.to_str().unwrap()));
    check_passed(run("node", &arguments));
}

/// Parses PowerShell with the grammar that editors use.
pub fn check_powershell(text: &str) {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut cursor = tree.walk();
    let mut nodes = vec![tree.root_node()];
    while let Some(node) = nodes.pop() {
        let at = node.start_position().row;
        assert!(
            !node.is_error() && !node.is_missing(),
            "line {}: {:?}",
            at + 1,
            text.lines().nth(at)
        );
        nodes.extend(node.children(&mut cursor));
    }
}

/// Has the script checked by bash and by ShellCheck.
pub fn check_bash(rules: &Rules, name: &str) {
    let folder = Folder::new(name);
    let path = folder.write(&files(rules, "bash")[0]);
    let path = path.to_str().unwrap();
    check_passed(run("bash", &["-n", path]));
    check_passed(run("shellcheck", &["--severity=style", path]));
}

/// A rule of Wazuh: what it is called, the field it looks at and the expression.
pub struct WazuhRule {
    pub description: String,
    field: String,
    expression: String,
}

/// The rules of the file, in order; they must be well-formed XML and have numbers of their own.
pub fn wazuh_rules(rules: &Rules) -> Vec<WazuhRule> {
    use quick_xml::events::Event;
    let text = files(rules, "wazuh").remove(0).text;
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut found, mut path) = (Vec::<WazuhRule>::new(), Vec::<String>::new());
    let mut ids = std::collections::BTreeSet::new();
    let mut cells: Vec<(String, String, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                let of = |key: &str| {
                    let attribute = start.try_get_attribute(key).unwrap();
                    attribute.map(|a| String::from_utf8(a.value.to_vec()).unwrap())
                };
                let field = of("name").unwrap_or_default();
                if name == "rule" {
                    assert!(ids.insert(of("id").unwrap()), "{:?}", of("id"));
                    assert!(of("level").is_some());
                }
                cells.push((name.clone(), field, String::new()));
                path.push(name);
            }
            Event::End(_) => {
                let ended = path.pop();
                if ended.as_deref() == Some("rule") {
                    let of = |name: &str, field: &str| {
                        let is_it = |cell: &&(String, String, String)| {
                            cell.0 == name && cell.1.starts_with(field)
                        };
                        cells.iter().rev().find(is_it).cloned()
                    };
                    if let Some((_, field, expression)) = of("field", "program.") {
                        let description = of("description", "").unwrap().2;
                        found.push(WazuhRule { description, field, expression });
                    }
                    cells.clear();
                }
            }
            Event::Text(piece) => {
                let piece = piece.decode().unwrap().into_owned();
                if let Some(cell) = cells.last_mut() {
                    cell.2.push_str(piece.trim());
                }
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().unwrap().into_owned();
                let c = [("lt", '<'), ("gt", '>'), ("amp", '&')].iter().find(|(n, _)| *n == name);
                cells.last_mut().unwrap().2.push(c.unwrap().1);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(path, [""; 0]);
    found
}

/// The descriptions of the first rules that fit the programs, as PCRE2 reads them; `None` where this
/// machine's grep has no PCRE2.
fn alerts(rules: &[WazuhRule], programs: &[(&str, &str)]) -> Option<Vec<String>> {
    let folder = Folder::new("wazuh");
    let lines = |part: fn(&(&str, &str)) -> String| -> String {
        programs.iter().map(part).map(|line| line + "\n").collect()
    };
    let write = |name: &str, text: String| {
        folder.write(&QueryFile { name: name.to_owned(), text }).to_str().unwrap().to_owned()
    };
    let names = write("names", lines(|(name, _)| (*name).to_owned()));
    let vendors = write("vendors", lines(|(_, vendor)| (*vendor).to_owned()));
    let mut alerts = vec![String::new(); programs.len()];
    for rule in rules {
        let file = if rule.field == "program.vendor" { &vendors } else { &names };
        let output = run("grep", &["-nP", "--", &rule.expression, file])?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("without") || said.contains("invalid option") {
            println!("grep has no PCRE2 here, so Wazuh's rules were not tried");
            return None;
        }
        assert!(output.status.code() < Some(2), "{}: {said}", rule.expression);
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let at: usize = line.split(':').next().unwrap().parse().unwrap();
            if alerts[at - 1].is_empty() {
                alerts[at - 1].clone_from(&rule.description);
            }
        }
    }
    Some(alerts)
}

#[test]
fn the_rules_of_wazuh_are_xml_and_the_first_that_fits_tells_the_product() {
    let rules = wazuh_rules(&bundled::rules());
    let programs = [
        (
            "Kaspersky Endpoint Security for Windows",
            "AO Kaspersky Lab",
            "kaspersky.endpoint-security",
        ),
        ("Kaspersky Endpoint Security 11 for Linux", "", "kaspersky.endpoint-security-linux"),
        ("kesl", "Kaspersky Lab", "kaspersky.endpoint-security-linux"),
        ("WeChat 3.9.12 (x64)", "", "tencent.wechat"),
        ("微信", "", "tencent.wechat"),
        ("com.tencent.mm", "", "tencent.wechat"),
        ("Helper", "Kaspersky Lab", "kaspersky.other"),
        (
            "Parallels Internet Security Powered by Kaspersky",
            "Parallels",
            "kaspersky.embedded.parallels-internet-security",
        ),
        ("TikTok Downloader", "", "something else"),
        ("@kaspersky/hexa-ui", "", "something else"),
        ("Notepad++", "Notepad++ Team", ""),
        ("WeChatter", "", ""),
        ("360", "Igor Pavlov", ""),
    ];
    let asked: Vec<(&str, &str)> =
        programs.iter().map(|(name, vendor, _)| (*name, *vendor)).collect();
    let Some(alerts) = alerts(&rules, &asked) else { return };
    for ((name, _, expected), alert) in programs.iter().zip(alerts) {
        let found = alert.strip_prefix("Clearlist: ").and_then(|alert| alert.split(" (").next());
        assert_eq!(found.unwrap_or_default(), *expected, "{name}: {alert}");
    }
}

#[test]
fn kql_is_what_microsofts_own_parser_takes_for_it() {
    check_kql(&bundled::rules(), "kql");
}

#[test]
fn the_answers_of_kql_are_read() {
    for (answer, format) in [
        (
            "DeviceId,DeviceName,OSPlatform,SoftwareVendor,SoftwareName,SoftwareVersion,found_product,\
             found_outcome,found_certainty\n1a,pc-1,Windows10,kaspersky,endpoint_security,11.6,\
             kaspersky.other,prohibited,certain\n",
            "defender",
        ),
        (
            "DeviceName,ProgramName,ProgramVersion,Publisher,Path,ProcessName,found_product,\
             found_outcome,found_certainty\npc-1,Kaspersky Endpoint Security,11.6,AO Kaspersky Lab,\
             C:\\Program Files (x86)\\Kaspersky Lab\\avp.exe,avp.exe,\
             kaspersky.endpoint-security,prohibited,certain\n",
            "delimited",
        ),
    ] {
        let header = answer.lines().next().unwrap();
        let queries: String = files(&bundled::rules(), "kql").into_iter().map(|f| f.text).collect();
        let project = format!("| project {}\n", header.replace(',', ", "));
        assert!(queries.contains(&project), "{project}");
        let report = report(&bundled::rules(), answer);
        assert_eq!(report.sources[0].format, format);
        assert_eq!(report.findings.len(), 1, "{answer}");
        assert_eq!(report.findings[0].hosts, ["pc-1"]);
    }
}

#[test]
fn the_scripts_of_powershell_are_powershell() {
    let rules = bundled::rules();
    for engine in ["powershell", "intune"] {
        check_powershell(&files(&rules, engine)[0].text);
    }
}

#[test]
fn what_the_grammar_of_powershell_does_not_take_fails() {
    let wrong = std::panic::catch_unwind(|| check_powershell("foreach ($a in { 'x }"));
    assert!(wrong.is_err());
}

#[test]
fn the_script_of_bash_is_as_bash_and_shellcheck_want_it() {
    check_bash(&bundled::rules(), "bash-lint");
}

/// Runs the script with these programs in the place of the machine's; what it prints.
#[cfg(unix)]
fn collected(programs: &[(&str, &str)]) -> String {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("bash-run");
    let script = folder.write(&files(&bundled::rules(), "bash")[0]);
    let bin = folder.0.join("bin");
    fs::create_dir_all(&bin).unwrap();
    for (name, says) in programs {
        let path = bin.join(name);
        fs::write(&path, format!("#!/bin/sh\ncat <<'END'\n{says}\nEND\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let output = Command::new("bash")
        .arg(&script)
        .env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(unix)]
#[test]
fn what_the_script_of_bash_prints_is_read_and_what_is_covered_found() {
    let text = collected(&[
        (
            "dpkg-query",
            "ii \tkesl\t12.0.0-6672\tKaspersky Lab\n\
             rc \tgone\t1.0\tKaspersky Lab\n\
             ii \todd\t1.0\t\"Quotes\", commas; and 'more' <a@b>",
        ),
        ("rpm", "klnagent64\t15.0.0-12912\tAO Kaspersky Lab\nbash\t5.2-1\t(none)"),
        ("pacman", "linuxqq 3.2.12-1"),
        (
            "snap",
            "Name  Version  Rev  Tracking  Publisher  Notes\ncore22  1  2  latest/stable  canonical**  base",
        ),
        ("flatpak", "WeChat\t4.0\tcom.tencent.WeChat"),
        ("systemctl", "kesl.service enabled enabled\ncron.service enabled enabled"),
    ]);
    let report = report(&bundled::rules(), &text);
    assert_eq!(report.sources[0].format, "delimited");
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let found: Vec<&str> = report.findings.iter().map(|f| f.product.id.as_str()).collect();
    for product in [
        "kaspersky.endpoint-security-linux",
        "kaspersky.network-agent-linux",
        "tencent.qq",
        "tencent.wechat",
    ] {
        assert!(found.contains(&product), "{product}: {found:?}");
    }
    assert!(!text.contains("\"gone\""), "{text}");
    assert!(text.contains("\"\"\"Quotes\"\", commas; and 'more' <a@b>\""), "{text}");
    let odd = report.findings.iter().filter(|f| f.name == "odd" || f.name == "bash").count();
    assert_eq!(odd, 0);
}

#[cfg(unix)]
#[test]
fn on_this_machine_the_script_of_bash_lists_what_is_installed() {
    let text = collected(&[]);
    let report = report(&bundled::rules(), &text);
    let lines = u64::try_from(text.lines().count()).unwrap();
    assert_eq!(report.totals.records, lines - 1);
}
