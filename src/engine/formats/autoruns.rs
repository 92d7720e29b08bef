//! Autoruns of Sysinternals: the text that its window saves, and the CSV of `autorunsc`.

use super::columns::{Draft, Field, Meaning};
use super::help_log::{path_in, sure};
use super::{
    Confidence, Format, Line, LineReader, Lines, Outcome, Reader, Sample, Sniffed, delimited,
};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Platform, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "autoruns",
    title: "Autoruns (Sysinternals)",
    reads: "the text that Autoruns saves, and the table that autorunsc -c prints",
    how_to_get: "in Autoruns: File, Save, as text; or in a command prompt run as administrator: \
                 autorunsc -a * -c -s > list.csv",
    cannot_show: "only what starts by itself is listed (services, drivers, tasks, autostarts): a \
                  program that a user starts is missing; the PowerShell command of step 2 lists \
                  the installed programs",
    platform: Some(Platform::Windows),
    sniff,
    open,
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let reason = if is_table(sample) {
        key!("its header is that of autorunsc")
    } else {
        let (mut entries, mut others, mut is_typical) = (0, 0, false);
        for line in sample.filled_lines() {
            if Entry::of(line).is_some() {
                entries += 1;
                is_typical |= line.starts_with("+ \"") || line.contains("\t(Verified) ");
            } else if !is_place(line) {
                others += 1;
            }
        }
        // The lines that a comparison of two tables adds begin with + as well.
        if entries == 0 || others * 4 > entries || !is_typical {
            return None;
        }
        key!("its lines are entries as Autoruns saves them, with + before each")
    };
    Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// True below the few lines that autorunsc says of itself: its header, with any delimiter.
fn is_table(sample: &Sample<'_>) -> bool {
    const LINES_ABOVE: usize = 8;
    sample.filled_lines().take(LINES_ABOVE).any(|line| {
        line.contains("Entry Location") && line.contains("Image Path") && line.contains("Entry")
    })
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if is_table(sample) { delimited::open(sample) } else { Lines::boxed(AutorunsReader::default()) }
}

/// `+ "entry"<TAB>"description"<TAB>"(Verified) signer"<TAB>"path"<TAB>"time"`. What is switched
/// off has X or - before it.
struct Entry<'a> {
    name: &'a str,
    description: &'a str,
    signer: &'a str,
    path: &'a str,
}

impl<'a> Entry<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix(['+', 'X', '-'])?;
        let rest = rest.strip_prefix([' ', '\t'])?;
        let mut cells = rest.split('\t').map(unquoted);
        let (name, description) = (cells.next()?, cells.next()?);
        let (signer, path) = (cells.next(), cells.next());
        // A line that was cut short still names the entry.
        if path.is_none() && !rest.starts_with('"') {
            return None;
        }
        let (signer, path) = (signer.unwrap_or_default(), path.unwrap_or_default());
        Some(Self { name, description, signer, path })
    }

    /// `is_service` if it stands below the key of services.
    fn draft(&self, is_service: bool) -> Draft<'a> {
        let mut draft = Draft::default();
        draft.put(sure(Field::Name), self.name);
        draft.put(Meaning { field: Field::Name, rank: 1 }, self.description);
        // `(Verified) Kaspersky Lab JSC`; unsigned files have the company in its place.
        let (is_said, company) = match self.signer.split_once(") ") {
            Some((word, company)) if word.starts_with('(') => (true, company),
            _ => (false, self.signer),
        };
        draft.put(sure(Field::Publisher), company);
        if is_said {
            draft.put(sure(Field::Signer), self.signer);
        }
        if is_service {
            draft.put(sure(Field::Service), self.name);
        }
        if self.path.starts_with("File not found") {
            draft.set_presence(Presence::Removed);
        }
        if let Some((_, path)) = path_in(self.path) {
            draft.put(sure(Field::File), path);
        }
        draft
    }
}

/// Without quotation marks around it. The last cell of a line has one too many behind it.
fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

/// `[Section]` and `[HKLM\…\Run]`, or a key in a row of its own: `"HKLM\…\Run"<TAB>""<TAB>""`.
fn is_place(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with('[') && line.ends_with(']'))
        || line.starts_with("HK")
        || line.starts_with("\"HK")
        || unquoted(line.split('\t').next().unwrap_or_default()).is_empty()
        || line.split('\t').skip(1).any(|cell| cell.trim() == "\"\"")
        || line.contains("Sysinternals")
}

#[derive(Default)]
struct AutorunsReader {
    is_in_services: bool,
}

impl LineReader for AutorunsReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let text = line.text.trim_end();
        if text.trim().is_empty() {
            return Outcome::STRUCTURE;
        }
        if let Some(entry) = Entry::of(text.trim_start()) {
            let draft = entry.draft(self.is_in_services);
            if draft.is_empty() {
                sink.problem(line.number, ProblemKind::NoName, line.text);
                return Outcome::PROBLEM;
            }
            sink.record(&draft.record(line.number, line.text));
            return Outcome::RECORD;
        }
        if is_place(text) {
            // The key of services is that of drivers as well.
            self.is_in_services = text.contains("\\Services");
            return Outcome::STRUCTURE;
        }
        let expected = clause!("an entry that begins with +");
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
        Outcome::PROBLEM
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
    fn entries_are_read_under_their_keys() {
        check(
            "[Logon]\n\
             [HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run]\n\
             + \"SecurityHealth\"\t\"Windows Security icon\"\t\"(Verified) Microsoft Windows\"\t\"c:\\windows\\system32\\securityhealthsystray.exe\"\t\"1/1/2020 10:00 AM\"\"\n\
             X \"Foo\"\t\"\"\t\"Foo Inc.\"\t\"File not found: C:\\Foo\\foo.exe\"\t\"\"\"\n\
             \n\
             [Services]\n\
             [HKLM\\System\\CurrentControlSet\\Services]\n\
             + \"AVP21.3\"\t\"Kaspersky Service\"\t\"(Verified) Kaspersky Lab JSC\"\t\"c:\\program files (x86)\\kaspersky lab\\avp.exe\"\t\"1/1/2020\"\"\n\
             + \"klif\"\t\"Core System Interceptors\"\t\"(Verified) Kaspersky Lab JSC\"\t\"c:\\windows\\system32\\drivers\\klif.sys\"\t\"1/1/2020\"\"\n\
             + \"\"\t\"\"\t\"\"\t\"\"\t\"\"\"\n\
             stray\n",
            expect![[r#"
                Certain: its lines are entries as Autoruns saves them, with + before each
                3: SecurityHealth | publisher Microsoft Windows | signer (Verified) Microsoft Windows | process securityhealthsystray.exe | path c:\windows\system32\securityhealthsystray.exe
                4: Foo | publisher Foo Inc. | process foo.exe | path C:\Foo\foo.exe | removed
                8: AVP21.3 | publisher Kaspersky Lab JSC | signer (Verified) Kaspersky Lab JSC | service AVP21.3 | process avp.exe | path c:\program files (x86)\kaspersky lab\avp.exe
                9: klif | publisher Kaspersky Lab JSC | signer (Verified) Kaspersky Lab JSC | service klif | driver klif.sys | path c:\windows\system32\drivers\klif.sys
                10! expected the name of a program, found none
                11! expected an entry that begins with +; passed over
                lines: 4 records + 5 structure + 2 problems
            "#]],
        );
    }

    #[test]
    fn the_table_of_the_command_is_read_as_a_table() {
        check(
            "Sysinternals Autoruns v14.11 - Autostart program viewer\n\n\
             Time,Entry Location,Entry,Enabled,Category,Profile,Description,Signer,Company,Image Path,Version,Launch String\n\
             20240303-101502,HKLM\\System,AVP21.16,enabled,Services,System-wide,Kaspersky,(Verified) Kaspersky Lab JSC,AO Kaspersky Lab,c:\\kl\\avp.exe,21.16,\"\"\"c:\\kl\\avp.exe\"\" -r\"\n",
            expect![[r#"
                Certain: its header is that of autorunsc
                reading: comma-separated; name from “Entry” or “Description”; version from “Version”; publisher from “Company”; identifiers from “Signer”, “Image Path”, “Launch String”
                4: AVP21.16 | version 21.16 | publisher AO Kaspersky Lab | signer (Verified) Kaspersky Lab JSC | path c:\kl\avp.exe
                lines: 1 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn bullets_and_additions_are_not_recognised() {
        for text in [
            "+ Firefox\n+ 7-Zip\n",
            "- Kaspersky\t12\n- 7-Zip\t23\n",
            "+ Kaspersky\t12\tx\ty\n- 7-Zip\t23\tx\ty\n",
            "[section]\nkey=value\n",
            "X Rebirth\nX-Plane 12\n",
        ] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
