//! `ps` and `top` of Linux, macOS and the BSDs: the processes that run on a computer.

use super::columns::{Draft, Field};
use super::common::is_prompt_line;
use super::help_log::sure;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::Sink;

pub(super) static FORMAT: Format = Format {
    id: "ps",
    title: "Running processes (ps)",
    reads: "what ps prints on Linux, macOS and the BSDs, such as ps aux and ps -ef, and what top prints: \
            the programs that run, and where they are",
    how_to_get: "in a terminal: ps aux > processes.txt; this is evidence beside a list of programs, not \
                 instead of one",
    cannot_show: "this lists the processes that ran at that moment, not installed programs: a clean list \
                  does not clear the computer; make a list of programs with the command of step 2 for \
                  your system",
    platform: None,
    sniff,
    open: |_| Lines::boxed(PsReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    const LINES_ABOVE: usize = 20;
    let mut lines = sample.filled_lines().take(LINES_ABOVE);
    let header = lines.by_ref().find_map(Header::of)?;
    let row = lines.next()?;
    header.command_in(row).map(|_| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "it has processes with their numbers below the header of ps: {header}",
            header = header.text
        ),
    })
}

/// The header of a table of processes.
#[derive(Clone, Default)]
struct Header {
    /// The words of it.
    text: String,
    /// How many words of a row stand before the command.
    before: usize,
    /// Which of them is the number of the process.
    number: usize,
}

impl Header {
    fn of(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let last = words.last()?;
        if !matches!(*last, "COMMAND" | "CMD" | "ARGS") {
            return None;
        }
        let number = words.iter().position(|word| *word == "PID")?;
        Some(Self { text: words.join(" "), before: words.len() - 1, number })
    }

    /// The command of a row, if the number of the process is where it should be.
    fn command_in<'a>(&self, row: &'a str) -> Option<&'a str> {
        let mut rest = row.trim_start();
        for at in 0..self.before {
            let (word, behind) = rest.split_once(char::is_whitespace)?;
            if at == self.number && !word.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            rest = behind.trim_start();
        }
        (!rest.is_empty()).then_some(rest.trim_end())
    }
}

/// The program at the start of a command: `/opt/kaspersky/kesl/libexec/kesl --daemon`, `-bash`,
/// `[kworker/0:1]`, `sshd: ana [priv]`, or a Mac's path with blanks in it.
fn program_in(command: &str) -> &str {
    if let Some(thread) = command.strip_prefix('[') {
        return thread.split(']').next().unwrap_or(thread);
    }
    let end = match command.find(".app/") {
        Some(app) if command.starts_with('/') => {
            command.get(app..).and_then(|rest| rest.find(" -")).map(|at| app + at)
        }
        _ => command.find(char::is_whitespace),
    };
    let program = command.get(..end.unwrap_or(command.len())).unwrap_or(command);
    program.trim_start_matches('-').trim_end_matches(':')
}

/// What top says of the computer, above each table.
fn is_summary(line: &str) -> bool {
    ["top - ", "Tasks: ", "Threads: ", "%Cpu", "Cpu(s)", "MiB ", "KiB ", "GiB ", "Mem: ", "Swap: "]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

#[derive(Default)]
struct PsReader {
    header: Option<Header>,
    has_said_reading: bool,
}

impl LineReader for PsReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text;
        if let Some(header) = Header::of(text) {
            self.header = Some(header);
            return Outcome::STRUCTURE;
        }
        let Some(header) = &self.header else { return Outcome::STRUCTURE };
        if text.trim().is_empty() || is_prompt_line(text) {
            return Outcome::STRUCTURE;
        }
        let Some(command) = header.command_in(text) else {
            if is_summary(text) {
                return Outcome::STRUCTURE;
            }
            let expected = clause!("a row of {header}", header = &header.text);
            sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
            return Outcome::PROBLEM;
        };
        let mut draft = Draft::default();
        let program = program_in(command);
        draft.put(sure(Field::Process), program);
        draft.put(sure(Field::Path), program);
        if draft.is_empty() {
            sink.problem(line.number, ProblemKind::NoName, text);
            return Outcome::PROBLEM;
        }
        if !self.has_said_reading {
            sink.reading(clause!("process from the last column"));
            self.has_said_reading = true;
        }
        sink.record(&draft.record(line.number, text));
        Outcome::RECORD
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn programs_are_read_with_their_places() {
        check(
            "$ ps aux\nUSER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n\
             root           1  0.0  0.1 167744 11400 ?        Ss   Nov24   0:05 /sbin/init splash\n\
             root           2  0.0  0.0      0     0 ?        S    Nov24   0:00 [kthreadd]\n\
             root         812  0.3  2.5 991234 44444 ?        Ssl  Nov24  12:34 /opt/kaspersky/kesl/libexec/kesl --daemon\n\
             ana         2210  0.0  0.0  12345  1000 pts/0    Ss   10:00   0:00 -bash\n\
             ana         2211  0.0  0.0  12345  1000 ?        S    10:00   0:00 sshd: ana [priv]\n\
             cut\n",
            expect![[r#"
                Certain: it has processes with their numbers below the header of ps: USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
                reading: process from the last column
                3:  | process init | path /sbin/init
                4:  | process kthreadd
                5:  | process kesl | path /opt/kaspersky/kesl/libexec/kesl
                6:  | process bash
                7:  | process sshd
                8! expected a row of USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND; passed over
                lines: 5 records + 2 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_forms_are_read() {
        check(
            "  PID TTY          TIME CMD\n 1234 pts/0    00:00:00 bash\n",
            expect![[r#"
            Certain: it has processes with their numbers below the header of ps: PID TTY TIME CMD
            reading: process from the last column
            2:  | process bash
            lines: 1 records + 1 structure + 0 problems
        "#]],
        );
        check(
            "USER   PID  %CPU %MEM      VSZ    RSS   TT  STAT STARTED      TIME COMMAND\n\
             ana    501   0.0  0.1 33654321  12345   ??  S    10:00AM   0:01.23 /Applications/Kaspersky Internet Security.app/Contents/MacOS/kav_agent -x 1\n",
            expect![[r#"
                Certain: it has processes with their numbers below the header of ps: USER PID %CPU %MEM VSZ RSS TT STAT STARTED TIME COMMAND
                reading: process from the last column
                2:  | process kav_agent | path /Applications/Kaspersky Internet Security.app/Contents/MacOS/kav_agent
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
        check(
            "top - 12:00:01 up 4 days\nTasks: 2 total\n\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n      1 root      20   0   37748   9648   5000 S   0.0   0.1   1:32.01 klnagent\n",
            expect![[r#"
                Certain: it has processes with their numbers below the header of ps: PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND
                reading: process from the last column
                5:  | process klnagent
                lines: 1 records + 4 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "PID COMMAND\nnone here\n",
            expect![[r#"
            not recognised
            2! expected a row of PID COMMAND; passed over
            lines: 0 records + 1 structure + 1 problems
        "#]],
        );
        check(
            "Name PID\nfirefox 12\n",
            expect![[r#"
            not recognised
            lines: 0 records + 2 structure + 0 problems
        "#]],
        );
    }
}
