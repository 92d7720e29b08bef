//! HijackThis and its successor HiJackThis+: what starts with Windows and what was running.

use super::columns::{Draft, Field};
use super::help_log::{file, name_before, named, path_in, process, record, sure};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "hijackthis",
    title: "HijackThis log",
    reads: "logs of HijackThis and HiJackThis+: running processes and the entries O2, O3, O4, O9, \
            O20 to O23 and others that name a program",
    how_to_get: "in HijackThis: press “Do a system scan and save a logfile”",
    cannot_show: "it has no list of installed programs, only what starts with Windows, what \
                  browsers load and what was running; in HijackThis, Misc Tools, Open Uninstall \
                  Manager, Save list writes the programs",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(HijackThisReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut entries, mut lines, mut has_title) = (0, 0, false);
    for line in sample.filled_lines() {
        let line = line.trim();
        lines += 1;
        has_title |= is_title(line);
        entries += usize::from(Entry::of(line).is_some());
    }
    let reason = if has_title && entries > 0 {
        key!("it is a logfile of HijackThis")
    } else if entries >= 3 && entries * 10 >= lines * 6 {
        key!("its lines begin with the codes of HijackThis (such as O4 and O23)")
    } else {
        return None;
    };
    Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

fn is_title(line: &str) -> bool {
    line.contains("Logfile of") && line.to_ascii_lowercase().contains("hijackthis")
}

/// `O23 - Service: …`
struct Entry<'a> {
    code: &'a str,
    body: &'a str,
}

impl<'a> Entry<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (code, body) = line.split_once(" - ")?;
        // HiJackThis+ writes `O4-32` for what 32-bit programs see.
        let code = code.strip_suffix("-32").unwrap_or(code);
        let number = code.strip_prefix(['R', 'F', 'N', 'O', 'B', 'D'])?;
        let is_code =
            (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self { code, body: body.trim() })
    }

    fn draft(&self) -> Option<Draft<'a>> {
        match self.code {
            "O23" => self.service(),
            // Pages, searches, servers, trusted sites and policies: they name no program here.
            "R0" | "R1" | "R2" | "R3" | "O1" | "O5" | "O6" | "O7" | "O14" | "O15" | "O17"
            | "O19" | "O24" => None,
            _ => file(self.body).or_else(|| self.without_file()),
        }
    }

    /// `Service: Display (name) - Publisher - path (file missing)`, without `(name)` where it is
    /// the display name; HiJackThis+: `Service R2: Display - (name) - path`.
    fn service(&self) -> Option<Draft<'a>> {
        // Its label ends with the first colon: `Service R2: `.
        let (label, rest) = self.body.split_once(": ")?;
        let (before, path) = match path_in(rest) {
            Some((before, path)) => (before, Some(path)),
            None => (rest, None),
        };
        let before = before.trim_end_matches([' ', '-', '"']);
        let mut draft = Draft::default();
        let service = if let Some((display, rest)) = before.rsplit_once(" - (")
            && let Some(name) = rest.strip_suffix(')')
        {
            draft.put(sure(Field::Name), display);
            name
        } else {
            let (names, publisher) = before.rsplit_once(" - ").unwrap_or((before, ""));
            if !publisher.eq_ignore_ascii_case("unknown owner") {
                draft.put(sure(Field::Publisher), publisher);
            }
            match names.rsplit_once(" (") {
                Some((display, name)) if name.ends_with(')') => {
                    draft.put(sure(Field::Name), display);
                    name.trim_end_matches(')')
                }
                _ => {
                    draft.put(sure(Field::Name), names);
                    names
                }
            }
        };
        if !label.starts_with("Driver") || path.is_none() {
            draft.put(sure(Field::Service), service);
        }
        if let Some(path) = path {
            draft.put(sure(Field::File), path);
        }
        Some(draft)
    }

    /// `BHO: Name - {GUID} - (no file)`, `DPF: {GUID} (Name) - http://…`
    fn without_file(&self) -> Option<Draft<'a>> {
        if !matches!(self.code, "O2" | "O3" | "O4" | "O9" | "O16" | "O20" | "O21" | "O22") {
            return None;
        }
        let name = match self.body.split_once("} (") {
            Some((_, rest)) => rest.split(") - ").next().unwrap_or_default(),
            None => name_before(self.body),
        };
        (!name.is_empty()).then(|| named(name))
    }
}

#[derive(Default)]
struct HijackThisReader {
    host: String,
    is_in_processes: bool,
}

impl LineReader for HijackThisReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        if let Some(entry) = Entry::of(text) {
            self.is_in_processes = false;
            // "(file missing)" is said of files of 64-bit Windows that HijackThis, a 32-bit
            // program, cannot see, so it does not show that the program is gone.
            return match entry.draft() {
                Some(draft) if !draft.is_empty() => {
                    record(draft, &self.host, line, sink);
                    Outcome::RECORD
                }
                _ => Outcome::STRUCTURE,
            };
        }
        if text.starts_with("Running processes") {
            self.is_in_processes = true;
        } else if let Some(rest) = text.strip_prefix("Ran by:") {
            // `Ran by: ana (group: Administrator) on PC-17, FirstRun: yes`
            let host = rest.split_once(" on ").map_or("", |(_, host)| host);
            self.host.clear();
            self.host.push_str(host.split([',', ' ']).next().unwrap_or_default());
        } else if self.is_in_processes {
            // HiJackThis+ counts them: `   2  C:\…`
            let path = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
            if let Some(("", path)) = path_in(path) {
                record(process(path), &self.host, line, sink);
                return Outcome::RECORD;
            }
        }
        Outcome::STRUCTURE
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        let why = key!(
            "HijackThis lists what starts with Windows and what was running, not the \
                   installed programs"
        );
        let advice = key!("use the PowerShell command of step 2, which lists them");
        let kind = ProblemKind::Incomplete { why: why.into(), advice: advice.into() };
        sink.problem(0, kind, "");
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
    fn entries_and_processes_are_read() {
        check(
            r#"Logfile of Trend Micro HijackThis v2.0.5
Scan saved at 10:11:12, on 1/5/2014
Platform: Windows 7 SP1 (WinNT 6.00.3505)
Boot mode: Normal

Running processes:
C:\Program Files (x86)\Kaspersky Lab\Kaspersky 2014\avpui.exe
C:\Windows\explorer.exe

R1 - HKCU\Software\Microsoft\Internet Explorer\Main,Search Page = C:\foo.htm
O2 - BHO: Content Blocker Plugin - {5564CC73-EFA7-4CBF-918A-5CF7FBBFFF4F} - C:\Program Files (x86)\Kaspersky Lab\ie_plugin.dll
O2 - BHO: (no name) - {5564CC73-EFA7-4CBF-918A-5CF7FBBFFF4F} - (no file)
O3 - Toolbar: Foo Toolbar - {5564CC73-EFA7-4CBF-918A-5CF7FBBFFF4F} - (no file)
O4 - HKLM\..\Run: [AVP] "C:\Program Files (x86)\Kaspersky Lab\avp.exe" -min
O4 - Global Startup: Foo Tray.lnk = ?
O8 - Extra context menu item: Add to Anti-Banner - C:\Program Files\Kaspersky Lab\ie_banner_deny.htm
O9 - Extra button: URLs c&heck - {CCF151D8-D089-449F-A5A4-D9909053F20F} - C:\Program Files\Kaspersky Lab\ie_plugin.dll
O16 - DPF: {0EB0E74A-2A76-4AB3-A7FB-9BD8C29F7F75} (CKAVWebScan Object) - http://www.example.com/kavwebscan.cab
O17 - HKLM\System\CCS\Services\Tcpip\..\{1}: NameServer = 10.0.0.1
O23 - Service: Kaspersky - Anti-Virus Service (AVP) - Kaspersky Lab ZAO - C:\Program Files (x86)\Kaspersky Lab\avp.exe
O23 - Service: Apple Mobile Device - Apple Inc. - C:\Program Files\Apple\amds.exe (file missing)
O23 - Service: @%SystemRoot%\system32\Alg.exe,-112 (ALG) - Unknown owner - C:\Windows\System32\alg.exe (file missing)

--
End of file - 8765 bytes
"#,
            expect![[r#"
                Certain: it is a logfile of HijackThis
                7: avpui.exe | process avpui.exe | path C:\Program Files (x86)\Kaspersky Lab\Kaspersky 2014\avpui.exe
                8: explorer.exe | process explorer.exe | path C:\Windows\explorer.exe
                11: Content Blocker Plugin | path C:\Program Files (x86)\Kaspersky Lab\ie_plugin.dll
                13: Foo Toolbar
                14: AVP | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                15: Foo Tray
                16: Add to Anti-Banner | path C:\Program Files\Kaspersky Lab\ie_banner_deny.htm
                17: URLs c&heck | path C:\Program Files\Kaspersky Lab\ie_plugin.dll
                18: CKAVWebScan Object
                20: Kaspersky - Anti-Virus Service | publisher Kaspersky Lab ZAO | service AVP | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                21: Apple Mobile Device | publisher Apple Inc. | service Apple Mobile Device | process amds.exe | path C:\Program Files\Apple\amds.exe
                22: @%SystemRoot%\system32\Alg.exe,-112 | service ALG | process alg.exe | path C:\Windows\System32\alg.exe
                0! this list is not complete: HijackThis lists what starts with Windows and what was running, not the installed programs; what is there was checked; use the PowerShell command of step 2, which lists them
                lines: 12 records + 13 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_successors_log_is_read() {
        check(
            r"Logfile of HiJackThis+ v.3.1.0.10

Platform:  x64 Windows 10 (Pro), 10.0.19045.3803
Ran by:    ana	(group: Administrator) on PC-17, FirstRun: no

Running processes:
Number | Path
   1  C:\Program Files (x86)\Kaspersky Lab\avp.exe
   12  C:\Windows\System32\svchost.exe

O4 - HKLM\..\Run: [SecurityHealth] = C:\Windows\system32\SecurityHealthSystray.exe (Microsoft)
O22 - Task: \Foo\Updater - C:\Program Files\Foo\up.exe /x
O23 - Service R2: Kaspersky Service 21.3 - (AVP21.3) - C:\Program Files (x86)\Kaspersky Lab\avp.exe -r
O23 - Driver R1: Kaspersky Lab Driver - (KLIF) - C:\Windows\System32\drivers\klif.sys
",
            expect![[r#"
                Certain: it is a logfile of HijackThis
                8: avp.exe | host PC-17 | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                9: svchost.exe | host PC-17 | process svchost.exe | path C:\Windows\System32\svchost.exe
                11: SecurityHealth | host PC-17 | process SecurityHealthSystray.exe | path C:\Windows\system32\SecurityHealthSystray.exe
                12: up.exe | host PC-17 | process up.exe | path C:\Program Files\Foo\up.exe
                13: Kaspersky Service 21.3 | host PC-17 | service AVP21.3 | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                14: Kaspersky Lab Driver | host PC-17 | driver klif.sys | path C:\Windows\System32\drivers\klif.sys
                0! this list is not complete: HijackThis lists what starts with Windows and what was running, not the installed programs; what is there was checked; use the PowerShell command of step 2, which lists them
                lines: 6 records + 8 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            "Please post the Logfile of HijackThis\n",
            "O2 - a British network\nFirefox\n7-Zip\n",
            "A1 - Foo\nB2 - Bar\nC3 - Baz\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
