//! DDS by sUBs: `Attach.txt`, which lists the installed programs, and `DDS.txt`, which does not.

use super::columns::{Draft, Field};
use super::common::is_drive_path;
use super::help_log::{file, named, path_in, process, record, security_product, service, sure};
use super::plain_list::version;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Sink};

pub(super) static FORMAT: Format = Format {
    id: "dds",
    title: "DDS log (Attach.txt)",
    reads: "Attach.txt and DDS.txt of DDS, whole, one after the other, or only the section of \
            installed programs",
    how_to_get: "run DDS and take Attach.txt, which it saves beside DDS.txt",
    cannot_show: "the list has names only, each once and without its publisher, and no Store \
                  apps; DDS.txt has no list of programs at all",
    platform: Some(Platform::Windows),
    sniff,
    open: |_| Lines::boxed(DdsReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut has_title, mut has_programs, mut sections) = (false, false, 0);
    for line in sample.filled_lines() {
        let line = line.trim();
        has_title |= line.starts_with("DDS (Ver_");
        has_programs |= is_programs(line);
        sections += usize::from(section(line).is_some());
    }
    let reason = if has_title && sections > 0 {
        key!("it names DDS and has its sections")
    } else if has_programs {
        key!("it has DDS's section of installed programs")
    } else {
        return None;
    };
    Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// The title in `==== Installed Programs ======================`. FRST draws twenty signs before
/// it, DDS at most seventeen.
fn section(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('=');
    let signs = line.len() - title.len();
    let is_section = (4..=17).contains(&signs) && title.starts_with(' ') && title.ends_with("===");
    is_section.then(|| title.trim_matches(['=', ' ']))
}

/// Four signs, as no other tool writes it.
fn is_programs(line: &str) -> bool {
    line.starts_with("==== Installed Programs =====")
}

/// A line of DDS.txt that names a program: `mRun: [Name] C:\…`, `BHO: Name: {GUID} - C:\…`.
fn other(line: &str) -> Option<Draft<'_>> {
    if let Some(name) = security_product(line) {
        return Some(named(name));
    }
    if let Some(draft) = service(line) {
        return Some(draft);
    }
    if is_drive_path(line) {
        let (_, path) = path_in(line)?;
        return Some(process(path));
    }
    // Files of the last months and events begin with their date.
    let (label, _) = line.split_once(": ")?;
    let is_label =
        label.len() <= 24 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if is_label && !label.starts_with(|c: char| c.is_ascii_digit()) { file(line) } else { None }
}

#[derive(Default)]
struct DdsReader {
    is_in_programs: bool,
    has_programs: bool,
    has_title: bool,
    /// True below the title of any section: the head describes the computer.
    is_in_section: bool,
    last_line: u64,
}

impl LineReader for DdsReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim();
        // A dot stands for a blank line.
        if text.is_empty() || text == "." {
            return Outcome::STRUCTURE;
        }
        self.last_line = line.number;
        if text.starts_with("DDS (Ver_") {
            self.has_title = true;
            self.is_in_section = false;
            self.is_in_programs = false;
            return Outcome::STRUCTURE;
        }
        if let Some(title) = section(text) {
            self.is_in_section = true;
            self.is_in_programs = title == "Installed Programs";
            self.has_programs |= self.is_in_programs;
            return Outcome::STRUCTURE;
        }
        let draft = if self.is_in_programs {
            let mut draft = named(text);
            draft.put(sure(Field::Version), version(text));
            Some(draft)
        } else {
            other(text)
        };
        // In the head only the Security Center's programs count.
        let counts = self.is_in_section || security_product(text).is_some();
        match draft {
            Some(draft) if counts && !draft.is_empty() => {
                record(draft, "", line, sink);
                Outcome::RECORD
            }
            _ => Outcome::STRUCTURE,
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        if !self.has_programs {
            let why = key!(
                "it is DDS.txt, which shows what runs and starts and has no list of \
                       installed programs"
            );
            let advice = key!("check Attach.txt as well, which DDS saves beside it");
            let kind = ProblemKind::Incomplete { why: why.into(), advice: advice.into() };
            sink.problem(0, kind, "");
        } else if self.has_title && self.is_in_programs {
            // Events and the end of the file follow the programs.
            sink.problem(self.last_line, ProblemKind::CutShort, "");
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
    fn each_line_of_the_section_is_a_program() {
        check(
            r"DDS (Ver_2012-11-20.01)
.
Microsoft Windows 7 Home Premium
Boot Device: \Device\HarddiskVolume1
.
==== System Restore Points ===================
.
RP1: 1/1/2012 10:00:00 - Installed Kaspersky
.
==== Installed Programs ======================
.
7-Zip 9.20
Kaspersky Internet Security 2013
.
==== Event Viewer Messages From Past Week ========
.
1/1/2012 10:00:00, Error: Service Control Manager [7000]  - The AVP service failed
.
==== End Of File ===========================
",
            expect![[r#"
                Certain: it names DDS and has its sections
                12: 7-Zip 9.20 | version 9.20
                13: Kaspersky Internet Security 2013
                lines: 2 records + 17 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_other_log_shows_what_runs_and_has_no_list() {
        check(
            r"DDS (Ver_2012-11-20.01) - NTFS_AMD64
Internet Explorer: 9.0.8112.16421
Run by ana at 10:00:00 on 2012-12-01
.
AV: Kaspersky Internet Security *Enabled/Updated* {AE1D740B-8F0F-D137-211D-873D44B3F4AE}
.
============== Running Processes ===============
.
C:\Windows\system32\svchost.exe -k LocalService
C:\Program Files (x86)\Kaspersky Lab\avp.exe
.
============== Pseudo HJT Report ===============
.
uStart Page = hxxp://www.example.com/
BHO: Content Blocker: {5564CC73-EFA7-4CBF-918A-5CF7FBBFFF4F} - C:\Program Files\Kaspersky Lab\ie.dll
mRun: [AVP] C:\Program Files (x86)\Kaspersky Lab\avp.exe
.
============= SERVICES / DRIVERS ===============
.
R1 kl1;kl1;C:\Windows\System32\drivers\kl1.sys [2012-6-19 458336]
R2 AVP;Kaspersky Anti-Virus Service;C:\Program Files (x86)\Kaspersky Lab\avp.exe [2012-8-17 218376]
.
=============== Created Last 30 ================
.
2012-12-01 09:00:00	12345	----a-w-	C:\Users\ana\setup.exe
.
============= FINISH: 10:00:30.00 ===============
",
            expect![[r#"
                Certain: it names DDS and has its sections
                5: Kaspersky Internet Security
                9: svchost.exe | process svchost.exe | path C:\Windows\system32\svchost.exe
                10: avp.exe | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                15: Content Blocker | path C:\Program Files\Kaspersky Lab\ie.dll
                16: AVP | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                20: kl1 | service kl1 | driver kl1.sys | path C:\Windows\System32\drivers\kl1.sys
                21: Kaspersky Anti-Virus Service | service AVP | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe
                0! this list is not complete: it is DDS.txt, which shows what runs and starts and has no list of installed programs; what is there was checked; check Attach.txt as well, which DDS saves beside it
                lines: 7 records + 20 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_log_that_ends_among_the_programs_is_cut_short() {
        check(
            "DDS (Ver_2012-11-20.01)\n==== Installed Programs ======================\n.\n7-Zip 9.20\n",
            expect![[r#"
                Certain: it names DDS and has its sections
                4: 7-Zip 9.20 | version 9.20
                4! the file ends in the middle; it may have been cut short, make it again
                lines: 1 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_texts_are_not_recognised() {
        for text in [
            "==== Programs ====\nFirefox\n",
            "==================== Installed Programs ======================\nFoo\n",
            "DDS Viewer 1.0\nFirefox\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
