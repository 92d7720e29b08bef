//! Ansible: the facts of packages, as JSON and as `ansible -m package_facts` prints them.

use super::json::{JsonReader, Records, Tool, has_key, sniff_keys};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "ansible",
    title: "Ansible package facts",
    reads: "the facts of packages that Ansible gathers: JSON with ansible_facts, and what ansible \
            and ansible-playbook print of it",
    how_to_get: "ansible all -m ansible.builtin.package_facts > list.txt",
    cannot_show: "only packages of the system's own package manager: programs installed by hand, \
                  snaps, flatpaks and containers are missing, and so are computers that Ansible \
                  could not reach",
    platform: None,
    sniff,
    open,
};

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["ansible_facts", "packages"]),
    (Confidence::Certain, &["ansible_facts.packages"]),
    (Confidence::Certain, &["ansible_hostname", "packages"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let printed = sample.lines().find_map(Beginning::of).filter(|beginning| beginning.is_json());
    if let Some(beginning) = printed
        && ["packages", "ansible_facts.packages"].iter().any(|key| has_key(sample.text, key))
    {
        let host = beginning.host;
        let reason =
            clause!("it is what ansible prints of the packages of \u{201C}{host}\u{201D}", host);
        return Some(Sniffed { confidence: Confidence::Certain, reason });
    }
    sniff_keys(sample, "Ansible", KEYS)
}

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    Box::new(Printed {
        json: JsonReader::new(Records::of(Facts { host: String::new() })),
        begun: String::new(),
        is_decided: false,
        is_left_out: false,
        line: 1,
    })
}

struct Facts {
    /// The computer whose facts are printed.
    host: String,
}

impl Tool for Facts {
    fn host(&self) -> String {
        self.host.clone()
    }
}

/// The beginning of what is printed for a computer.
struct Beginning<'a> {
    host: &'a str,
    /// `SUCCESS`, `UNREACHABLE!`, …
    state: &'a str,
    /// From the bracket of the JSON; empty if none follows.
    json: &'a str,
}

impl<'a> Beginning<'a> {
    /// `web01 | SUCCESS => {`, `web02 | UNREACHABLE!: …`, `ok: [web01] => {`.
    fn of(line: &'a str) -> Option<Self> {
        if !line.starts_with(char::is_alphanumeric) {
            return None;
        }
        // What follows may be a megabyte of JSON on one line.
        let head = line.get(..line.floor_char_boundary(HEAD_BYTES)).unwrap_or(line);
        let arrow = head.find(" => ");
        let (before, json) = match arrow {
            Some(at) => (line.get(..at)?, line.get(at + 4..)?.trim_start()),
            None => (head, ""),
        };
        if let Some((host, state)) = before.split_once(" | ") {
            let word = state.split([' ', ':']).next().unwrap_or_default();
            let is_state = matches!(word, "SUCCESS" | "CHANGED" | "FAILED!" | "UNREACHABLE!");
            return (is_state && !host.contains(' ')).then_some(Self { host, state: word, json });
        }
        let (state, host) = before.split_once(": [")?;
        let is_state = matches!(state, "ok" | "changed" | "fatal" | "skipping");
        let host = host.split(']').next().unwrap_or(host);
        let state = if before.contains("UNREACHABLE!") { "UNREACHABLE!" } else { state };
        is_state.then_some(Self { host, state, json })
    }

    fn is_json(&self) -> bool {
        self.json.starts_with('{')
    }

    fn has_failed(&self) -> bool {
        matches!(self.state, "FAILED!" | "UNREACHABLE!" | "fatal")
    }
}

/// The longest beginning of a line that says which computer it is about.
const HEAD_BYTES: usize = 1024;

/// True for what ansible-playbook prints between the answers.
fn is_remark(line: &str) -> bool {
    let line = line.get(..line.floor_char_boundary(HEAD_BYTES)).unwrap_or(line);
    const BEGINNINGS: &[&str] =
        &["PLAY ", "TASK ", "[WARNING]", "[DEPRECATION WARNING]", "Using ", "RUNNING HANDLER"];
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
        || (line.contains(" : ok=") && line.contains("unreachable="))
}

/// Passes JSON on, and takes what says whose it is out of the text before it.
struct Printed {
    json: JsonReader<Records<Facts>>,
    /// The beginning of a line of which nothing has been passed on yet.
    begun: String,
    /// True if the beginning of the current line has been looked at.
    is_decided: bool,
    /// True if the rest of the current line is to be left out.
    is_left_out: bool,
    line: u64,
}

impl Printed {
    /// Passes on what there is of a line, now that its beginning can be judged.
    fn decide(&mut self, sink: &mut dyn Sink) {
        let begun = std::mem::take(&mut self.begun);
        self.is_decided = true;
        let text = begun.trim_end_matches('\n');
        let beginning = Beginning::of(text);
        self.is_left_out = match &beginning {
            Some(beginning) => !beginning.is_json(),
            None => is_remark(text),
        };
        let mut passed_on = text;
        if let Some(beginning) = beginning {
            self.json.objects_mut().tool.host = beginning.host.to_owned();
            if beginning.has_failed() {
                let host = beginning.host;
                let kind = ProblemKind::Incomplete {
                    why: clause!("Ansible could not read the packages of {host}", host),
                    advice: clause!("make a list of that computer too"),
                };
                sink.problem(self.line, kind, text);
            }
            passed_on = beginning.json;
        }
        if !self.is_left_out {
            self.json.push(passed_on, sink);
        }
        if begun.len() > text.len() {
            self.json.push("\n", sink);
        }
    }
}

impl Reader for Printed {
    fn push(&mut self, text: &str, sink: &mut dyn Sink) {
        for piece in text.split_inclusive('\n') {
            if self.is_decided && self.is_left_out {
                // Its line still counts.
                let is_whole = piece.ends_with('\n');
                self.json.push(if is_whole { "\n" } else { "" }, sink);
            } else if self.is_decided {
                self.json.push(piece, sink);
            } else {
                self.begun.push_str(piece);
                if piece.ends_with('\n') || self.begun.len() > 4 * HEAD_BYTES {
                    self.decide(sink);
                }
            }
            if piece.ends_with('\n') {
                self.is_decided = false;
                self.line += 1;
            }
        }
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        if !self.begun.is_empty() {
            self.decide(sink);
        }
        if self.is_decided && self.is_left_out {
            // A last line without an end counts too, though nothing of it was passed on.
            self.json.push("\n", sink);
        }
        self.json.finish(sink);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    /// `transcript` fails if a line is lost.
    #[test]
    fn a_last_line_that_is_left_out_counts_without_an_end_too() {
        let packages =
            r#"a | SUCCESS => {"ansible_facts": {"packages": {"kesl": [{"name": "kesl"}]}}}"#;
        for last in ["b | UNREACHABLE!: Failed to connect", "PLAY RECAP ****"] {
            let long = format!("{last} {}", "x".repeat(5000));
            for last in [last, long.as_str()] {
                let told = transcript(&FORMAT, &format!("{packages}\n{last}"));
                assert!(told.contains("1: kesl | host a\n"), "{told}");
            }
        }
    }

    #[test]
    fn each_computer_has_its_packages() {
        check(
            r#"[WARNING]: Platform linux on host web01 is using the discovered Python interpreter
web01 | SUCCESS => {
    "ansible_facts": {
        "discovered_interpreter_python": "/usr/bin/python3",
        "packages": {
            "kesl": [
                {
                    "arch": "amd64",
                    "name": "kesl",
                    "source": "apt",
                    "version": "12.1.0-1297"
                }
            ]
        }
    },
    "changed": false
}
web02 | UNREACHABLE! => {
    "changed": false,
    "msg": "Failed to connect to the host via ssh",
    "unreachable": true
}
web03 | SUCCESS => {"ansible_facts": {"packages": {"bash": [{"name": "bash", "version": "5.2", "arch": "x86_64", "source": "rpm"}]}}, "changed": false}
web04 | UNREACHABLE!: Failed to connect to the host via ssh: no route
"#,
            expect![[r#"
                Certain: it is what ansible prints of the packages of “web01”
                reading: name from “name”; version from “version”
                7: kesl | version 12.1.0-1297 | host web01
                18! this list is not complete: Ansible could not read the packages of web02; what is there was checked; make a list of that computer too
                23: bash | version 5.2 | host web03
                24! this list is not complete: Ansible could not read the packages of web04; what is there was checked; make a list of that computer too
                lines: 7 records + 17 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn facts_of_a_playbook_and_a_file_are_read() {
        check(
            r#"TASK [debug] *******************************************************************
ok: [srv1] => {
    "ansible_facts.packages": {
        "klnagent64": [{"name": "klnagent64", "version": "15.1", "source": "rpm"}]
    }
}

PLAY RECAP *********************************************************************
srv1 : ok=3 changed=0 unreachable=0 failed=0
"#,
            expect![[r#"
                Certain: it is what ansible prints of the packages of “srv1”
                reading: name from “name”; version from “version”
                4: klnagent64 | version 15.1 | host srv1
                lines: 1 records + 8 structure + 0 problems
            "#]],
        );
        check(
            r#"{"ansible_facts":{"ansible_hostname":"srv2","packages":{"bash":[{"name":"bash","version":"5.2"}]}}}"#,
            expect![[r#"
                Certain: it is JSON with keys of Ansible: “ansible_facts”, “packages”
                reading: name from “name”; version from “version”
                1: bash | version 5.2 | host srv2
                lines: 1 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_line_of_any_length_is_passed_on() {
        let packages: Vec<String> = (0..200)
            .map(|at| format!(r#""p{at}": [{{"name": "p{at}", "version": "1.{at}"}}]"#))
            .collect();
        let long = packages.join(", ");
        let text = format!(
            "srv1 | SUCCESS => {{\"ansible_facts\": {{\"packages\": {{{long}}}}}}}\n\
             [WARNING]: {}\n\
             srv2 | UNREACHABLE!: {}\n\
             srv3 | SUCCESS => {{\"ansible_facts\": {{\"packages\": {{\"kesl\": [{{\"name\": \"kesl\"}}]}}}}}}\n",
            "w".repeat(9000),
            "m".repeat(9000),
        );
        let transcript = transcript(&FORMAT, &text);
        let last = transcript.lines().skip(200).collect::<Vec<_>>().join("\n");
        expect![[r#"
            1: p198 | version 1.198 | host srv1
            1: p199 | version 1.199 | host srv1
            3! this list is not complete: Ansible could not read the packages of srv2; what is there was checked; make a list of that computer too
            4: kesl | host srv3
            lines: 2 records + 2 structure + 0 problems"#]].assert_eq(&last);
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            "web01 | SUCCESS => {\"changed\": false, \"ping\": \"pong\"}\n",
            r#"{"packages":{"bash":[{"name":"bash"}]}}"#,
            "Dell Command | Update => new\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
