//! OTL: processes, services, drivers and what starts with Windows; in its Extras log also the
//! installed programs.

use std::borrow::Cow;

use super::columns::{Draft, Field};
use super::help_log::{file, named, process, record, sure, without_last_group};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "otl",
    title: "OTL log (OTL.txt, Extras.txt)",
    reads: "the logs of OTL: processes, modules, services, drivers and entries O2 to O23 that name a \
            program, and the keys of the uninstall list in Extras.txt",
    how_to_get: "in OTL: set Extra Registry to Use SafeList and press Run Scan; give this page both \
                 OTL.txt and Extras.txt",
    cannot_show: "OTL.txt has no list of installed programs, and OTL leaves out what it trusts; \
                  Extras.txt has the list, without makers; the PowerShell command of step 2 lists both",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(OtlReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    const LINES_ABOVE: usize = 8;
    let is_title = |line: &str| {
        (line.contains("OTL logfile created on:")
            || line.contains("OTL Extras logfile created on:"))
            || line.contains("OTL by OldTimer")
    };
    sample
        .filled_lines()
        .take(LINES_ABOVE)
        .any(is_title)
        .then(|| Sniffed { confidence: Confidence::Certain, reason: clause!("it is a log of OTL") })
}

/// The line without the marks for bold and coloured text that forums understand.
fn without_marks(line: &str) -> Cow<'_, str> {
    const MARKS: &[&str] = &["[b]", "[/b]", "[i]", "[/i]", "[/color]", "[color="];
    if !MARKS.iter().any(|mark| line.contains(mark)) {
        return Cow::Borrowed(line);
    }
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, from)) = rest.split_once('[') {
        plain.push_str(before);
        let is_mark = MARKS.iter().any(|mark| from.starts_with(mark.trim_start_matches('[')));
        rest = match from.split_once(']') {
            Some((_, behind)) if is_mark => behind,
            _ => {
                plain.push('[');
                from
            }
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `SRV:64bit: - …` → `SRV` and what follows.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (code, body) = line.split_once(" - ")?;
    let code = code.trim_end_matches(':').trim_end_matches("64bit").trim_end_matches(':');
    let is_code = matches!(code, "PRC" | "MOD" | "SRV" | "DRV")
        || code.strip_prefix('O').is_some_and(|number| {
            (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        });
    is_code.then_some((code, body.trim()))
}

/// `[2016/04/18 15:35:56 | 001,788,832 | ---- | M] (Company) [Auto | Running] -- C:\… -- (name)`;
/// `File not found` stands in place of the date where there is none.
fn running<'a>(code: &str, body: &'a str) -> Option<Draft<'a>> {
    let mut parts = body.split(" -- ");
    let about = parts.next()?;
    let path = parts.next().unwrap_or_default().trim();
    let service = parts.next().unwrap_or_default().trim();
    let service = service.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or("");
    let mut draft = if code == "PRC" { process(path) } else { Draft::default() };
    if let Some((_, rest)) = about.split_once("] (") {
        let end = rest.find(") [").or_else(|| rest.rfind(')')).unwrap_or(rest.len());
        draft.put(sure(Field::Publisher), rest.get(..end).unwrap_or_default());
    }
    draft.put(sure(Field::Service), service);
    draft.put(sure(Field::File), path);
    draft.default_name(if service.is_empty() { super::help_log::file_name(path) } else { service });
    (!path.is_empty() || !service.is_empty()).then_some(draft)
}

/// `HKLM..\Run: [Name] C:\….exe (Company)`
fn starting<'a>(code: &str, body: &'a str) -> Option<Draft<'a>> {
    // Pages, servers, policies, hosts and what belongs to an ending name no program here.
    let names_programs = matches!(
        code,
        "O2" | "O3" | "O4" | "O8" | "O9" | "O16" | "O18" | "O20" | "O21" | "O22" | "O23"
    );
    if !names_programs {
        return None;
    }
    let mut draft = file(body)?;
    if let Some((_, company)) = without_last_group(body) {
        draft.put(sure(Field::Publisher), company);
    }
    Some(draft)
}

/// `"{GUID}" = Name`, `"CCleaner" = CCleaner`, below a key of the uninstall list.
fn installed(line: &str) -> Option<Draft<'_>> {
    let (key, name) = line.strip_prefix('"')?.split_once("\" = ")?;
    let mut draft = named(name.trim());
    draft.put(sure(Field::ProductCode), key);
    (!name.trim().is_empty()).then_some(draft)
}

#[derive(Default)]
struct OtlReader {
    host: String,
    /// The lines below are keys of the uninstall list.
    is_in_uninstall: bool,
    has_uninstall: bool,
}

impl LineReader for OtlReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_marks(line.text);
        let text = plain.trim();
        if text.is_empty() {
            return Outcome::STRUCTURE;
        }
        if let Some(at) = text.find("[HKEY_") {
            let key =
                text.get(at + 1..).and_then(|rest| rest.split(']').next()).unwrap_or_default();
            let key = key.to_ascii_lowercase();
            self.is_in_uninstall = key.ends_with("\\currentversion\\uninstall");
            self.has_uninstall |= self.is_in_uninstall;
            return Outcome::STRUCTURE;
        }
        if text.starts_with(['=', '<']) {
            self.is_in_uninstall = false;
            return Outcome::STRUCTURE;
        }
        if let Some(rest) = text.strip_prefix("Computer Name: ") {
            self.host.clear();
            self.host.push_str(rest.split(" | ").next().unwrap_or_default().trim());
            return Outcome::STRUCTURE;
        }
        let draft = if self.is_in_uninstall {
            let Some(draft) = installed(text) else {
                let expected = clause!("a key and a name, such as “\"{…}\" = 7-Zip”");
                sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
                return Outcome::PROBLEM;
            };
            Some(draft)
        } else {
            entry(text).and_then(|(code, body)| match code {
                "PRC" | "MOD" | "SRV" | "DRV" => running(code, body),
                _ => starting(code, body),
            })
        };
        match draft {
            Some(draft) if !draft.is_empty() => {
                record(draft, &self.host, line, sink);
                Outcome::RECORD
            }
            _ => Outcome::STRUCTURE,
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if !self.has_uninstall {
            let why = key!(
                "OTL.txt lists what ran and what starts with Windows, not the installed programs"
            );
            let advice =
                key!("check Extras.txt of OTL too, or use the PowerShell command of step 2");
            let kind = ProblemKind::Incomplete { why: why.into(), advice: advice.into() };
            sink.problem(0, kind, "");
        }
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
    fn what_runs_and_starts_is_read() {
        check(
            "OTL logfile created on: 16/01/2026 12:26:10 - Run 1\n\
             Computer Name: PC-17 | User Name: Ana | Logged in as Administrator.\n\n\
             [color=#E56717]========== Processes (SafeList) ==========[/color]\n\n\
             PRC - [2020/06/24 04:20:32 | 000,392,136 | ---- | M] (AO Kaspersky Lab) -- C:\\Program Files (x86)\\Kaspersky Lab\\avp.exe\n\
             SRV:[b]64bit:[/b] - [2016/04/18 15:35:56 | 001,788,832 | ---- | M] (Oracle (America), Inc.) [Auto | Running] -- C:\\Windows\\VBoxService.exe -- (VBoxService)\n\
             SRV - File not found [On_Demand | Stopped] -- C:\\kl\\klnagent.exe -- (klnagent)\n\
             DRV - [2009/07/14 03:19:10 | 000,019,008 | ---- | M] (AO Kaspersky Lab) [File_System | On_Demand | Stopped] -- C:\\Windows\\klif.sys -- (KLIF)\n\
             O4:64bit: - HKLM..\\Run: [VBoxTray] C:\\Windows\\VBoxTray.exe (Oracle Corporation)\n\
             O17 - HKLM\\System\\CCS\\Services\\Tcpip\\Parameters: DhcpNameServer = 10.0.2.3\n\
             O35 - HKLM\\..exefile [open] -- \"%1\" %*\n\
             [2016/07/17 14:53:43 | 000,001,425 | ---- | C] () -- C:\\Users\\Ana\\x.lnk\n< End of report >\n",
            expect![[r#"
                Certain: it is a log of OTL
                6: avp.exe | publisher AO Kaspersky Lab | host PC-17 | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                7: VBoxService | publisher Oracle (America), Inc. | host PC-17 | service VBoxService | process VBoxService.exe | path C:\Windows\VBoxService.exe
                8: klnagent | host PC-17 | service klnagent | process klnagent.exe | path C:\kl\klnagent.exe
                9: KLIF | publisher AO Kaspersky Lab | host PC-17 | service KLIF | driver klif.sys | path C:\Windows\klif.sys
                10: VBoxTray | publisher Oracle Corporation | host PC-17 | process VBoxTray.exe | path C:\Windows\VBoxTray.exe
                0! this list is not complete: OTL.txt lists what ran and what starts with Windows, not the installed programs; what is there was checked; check Extras.txt of OTL too, or use the PowerShell command of step 2
                lines: 5 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn keys_of_the_uninstall_list_are_programs() {
        check(
            "OTL Extras logfile created on: 16/01/2026 12:26:10 - Run 1\n\n\
             64bit: [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall]\n\
             \"{23170F69-40C1-2702-2301-000001000000}\" = 7-Zip 23.01 (x64 edition)\n\"cut\n\
             [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run]\n\"a\" = b\n",
            expect![[r#"
                Certain: it is a log of OTL
                4: 7-Zip 23.01 (x64 edition) | product-code {23170F69-40C1-2702-2301-000001000000}
                5! expected a key and a name, such as “"{…}" = 7-Zip”; passed over
                lines: 1 records + 5 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_logs_are_not_recognised() {
        check(
            "Logfile of Trend Micro HijackThis v2.0.5\nO4 - x\n",
            expect![[r#"
            not recognised
            0! this list is not complete: OTL.txt lists what ran and what starts with Windows, not the installed programs; what is there was checked; check Extras.txt of OTL too, or use the PowerShell command of step 2
            lines: 0 records + 2 structure + 0 problems
        "#]],
        );
    }
}
