//! What Nessus plugins that list software write: the lines of their output, taken apart.
//!
//! | plugin | output |
//! |---|---|
//! | 20811 | `Firefox 128.0 (x64 en-US)  [version 128.0]  [installed on 2024/07/01]`, then updates |
//! | 22869, 29217, 83991 | what `dpkg -l`, `rpm -qa` and their like print, indented |
//! | 45590 | `cpe:/a:mozilla:firefox:128.0 -> Mozilla Firefox` |

use super::rpm;
use crate::engine::record::Presence;

/// What an output lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    /// Programs of Windows (and of a Mac), with `[version …]` behind.
    Programs,
    /// Packages of a Unix system.
    Packages,
    /// CPE names of what was found.
    Cpes,
}

impl Listing {
    /// What the plugin of that number lists, if it lists software.
    pub fn of_plugin(id: &str) -> Option<Self> {
        match id {
            "20811" => Some(Self::Programs),
            "22869" | "29217" | "83991" => Some(Self::Packages),
            "45590" => Some(Self::Cpes),
            _ => None,
        }
    }

    /// What stands below that line, if it is the heading of a list.
    pub fn below(line: &str) -> Option<Self> {
        if line.contains(PROGRAMS_HEADING) {
            Some(Self::Programs)
        } else if line.contains(PACKAGES_HEADING) {
            Some(Self::Packages)
        } else if line.contains(CPES_HEADING) {
            Some(Self::Cpes)
        } else {
            None
        }
    }
}

const PROGRAMS_HEADING: &str = "following software are installed on the remote host";
const PACKAGES_HEADING: &str = "list of packages installed on the remote";
const CPES_HEADING: &str = "CPE matched on the remote system";
const UPDATES_HEADING: &str = "The following updates are installed";

/// The plugin says that its list is only a part, since the scan is set to be brief.
pub(super) fn says_partial(line: &str) -> bool {
    line.contains("only a partial")
}

/// One program of an output. Absent parts are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its vendor; only a CPE has one.
    pub publisher: &'a str,
    /// The name of its package.
    pub package: &'a str,
    /// What `dpkg -l` says of it.
    pub presence: Presence,
}

/// Reads an output line by line.
#[derive(Clone, Copy, Debug)]
pub(super) struct OutputReader {
    listing: Listing,
    in_updates: bool,
}

impl OutputReader {
    /// A reader of what that plugin wrote.
    pub fn new(listing: Listing) -> Self {
        Self { listing, in_updates: false }
    }

    /// Gives the programs of a line to `found`: most lines have one, but some exports have lost
    /// their line ends. True if there was any; headings, blank lines and updates have none.
    pub fn line<'a>(&mut self, line: &'a str, found: &mut dyn FnMut(Entry<'a>)) -> bool {
        let mut rest = line.trim();
        if let Some(listing) = Listing::below(rest) {
            self.listing = listing;
            self.in_updates = false;
            // Without line ends the programs follow the colon.
            rest = rest.split_once(" :").map_or("", |(_, below)| below).trim();
        }
        let updates = rest.find(UPDATES_HEADING);
        let list = updates.and_then(|at| rest.get(..at)).unwrap_or(rest).trim();
        let has_any = !self.in_updates && !list.is_empty() && self.list(list, found);
        self.in_updates |= updates.is_some();
        has_any
    }

    fn list<'a>(self, list: &'a str, found: &mut dyn FnMut(Entry<'a>)) -> bool {
        let entry = match self.listing {
            Listing::Programs => return programs(list, found),
            Listing::Packages if list.contains("[version ") => return programs(list, found),
            Listing::Packages => package(list),
            Listing::Cpes => cpe(list),
        };
        if let Some(entry) = entry {
            found(entry);
        }
        entry.is_some()
    }
}

/// `A  [version 1]  [installed on 2024/07/01]`, once or several times without anything between.
fn programs<'a>(line: &'a str, found: &mut dyn FnMut(Entry<'a>)) -> bool {
    let mut has_any = false;
    let mut rest = line;
    while !rest.is_empty() {
        let (entry, behind) = program(rest);
        let is_sentence = entry.version.is_empty() && (entry.name.ends_with([':', '.']));
        if !entry.name.is_empty() && !is_sentence && !says_partial(entry.name) {
            found(entry);
            has_any = true;
        }
        rest = behind.trim_start();
    }
    has_any
}

/// The first program of the text, and what stands behind it.
fn program(text: &str) -> (Entry<'_>, &str) {
    let mut entry = Entry::default();
    let (name, mut rest) =
        text.split_at_checked(first_fact(text).unwrap_or(text.len())).unwrap_or((text, ""));
    entry.name = name.trim();
    loop {
        let fact = rest.trim_start();
        let Some(fact_text) = fact.strip_prefix('[') else { return (entry, fact) };
        // A version may have brackets itself, but none has been seen; a missing one ends the line.
        let (fact_text, behind) = fact_text.split_once(']').unwrap_or((fact_text, ""));
        if let Some(version) = fact_text.strip_prefix("version ") {
            entry.version = version.trim();
        }
        rest = behind;
    }
}

/// Where the first fact of the text begins. One text holds many programs, so no more of it is looked at
/// than up to there.
fn first_fact(text: &str) -> Option<usize> {
    text.match_indices('[').find_map(|(at, _)| {
        let (before, fact) = text.split_at_checked(at)?;
        if fact.starts_with("[version ") || fact.starts_with("[installed on ") {
            return Some(at);
        }
        // That is what is left of one that was cut.
        before.ends_with("  ").then(|| at - 2)
    })
}

/// `ii  kesl  12.1.0-1297  amd64  …`, `kesl-12.1.0-1297|(none)`, or the like of other systems.
fn package(line: &str) -> Option<Entry<'_>> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    // The status letters of `dpkg -l`; a line that was cut may have no version.
    let is_status = matches!(
        first.as_bytes(),
        [
            b'u' | b'i' | b'r' | b'p' | b'h',
            b'n' | b'c' | b'H' | b'U' | b'F' | b'W' | b't' | b'i',
            ..
        ]
    ) && first.len() <= 3;
    if is_status && let Some(name) = words.next() {
        let version = words.next().unwrap_or_default();
        // `kesl:amd64` where packages of several architectures are installed.
        let name = name.split(':').next().unwrap_or(name);
        let presence = match first.as_bytes().get(1) {
            Some(b'c') => Presence::Removed,
            Some(b'n') => Presence::Available,
            _ => Presence::Installed,
        };
        return Some(Entry { name, version, package: name, presence, ..Entry::default() });
    }
    // Behind the bar is the epoch; the day of installation may follow.
    let full = first.split('|').next().unwrap_or(first);
    let (name, version) = match rpm::name_and_version(full) {
        Some(parts) => parts,
        None => match full.rsplit_once('-') {
            // FreeBSD and Slackware: `zlib-1.3`.
            Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
                (name, version)
            }
            _ => (full, ""),
        },
    };
    let is_name = name.contains(char::is_alphanumeric) && !line.ends_with(':');
    is_name.then_some(Entry { name, version, package: name, ..Entry::default() })
}

/// `cpe:/a:kaspersky:endpoint_security:12.6 -> Kaspersky Endpoint Security`. Only applications.
fn cpe(line: &str) -> Option<Entry<'_>> {
    let (cpe, title) = match line.split_once("->") {
        Some((cpe, title)) => (cpe.trim(), title.trim()),
        None => (line.trim(), ""),
    };
    let cpe = cpe.strip_prefix("x-").unwrap_or(cpe);
    let parts = cpe.strip_prefix("cpe:/a:").or_else(|| cpe.strip_prefix("cpe:2.3:a:"))?;
    let mut parts = parts.split(':');
    let (publisher, product) = (parts.next()?, parts.next()?);
    let version = parts.next().filter(|version| *version != "*").unwrap_or_default();
    let name = if title.is_empty() { product } else { title };
    Some(Entry { name, version, publisher, ..Entry::default() })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(listing: Listing, output: &str, expected: Expect) {
        let mut reader = OutputReader::new(listing);
        let mut text = String::new();
        for line in output.lines() {
            reader.line(line, &mut |entry| {
                text.push_str(entry.name);
                for (label, value) in [("version", entry.version), ("publisher", entry.publisher)] {
                    if !value.is_empty() {
                        text.push_str(&format!(" | {label} {value}"));
                    }
                }
                if entry.presence == Presence::Removed {
                    text.push_str(" | removed");
                }
                text.push('\n');
            });
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn programs_of_windows_are_read_and_updates_are_none() {
        check(
            Listing::Programs,
            "\nThe following software are installed on the remote host :\n\n\
             Kaspersky Endpoint Security for Windows  [version 12.6.0.438]  [installed on 2024/05/02]\n\
             Notepad++ (64-bit x64)  [version 8.6]\n\
             Old Tool [beta]\n\
             Other  [installed on 2020/01/01]\n\n\
             The following updates are installed :\n\n\
             Microsoft .NET Framework 4.8 :\n  KB4486129  [version 1]  [installed on 4/2/2024]\n",
            expect![[r#"
                Kaspersky Endpoint Security for Windows | version 12.6.0.438
                Notepad++ (64-bit x64) | version 8.6
                Old Tool [beta]
                Other
            "#]],
        );
    }

    #[test]
    fn an_output_without_line_ends_is_taken_apart_at_its_brackets() {
        check(
            Listing::Programs,
            "The following software are installed on the remote host :A B  [version 1]  \
             [installed on 2024/05/02]Kaspersky  [version 21.3]C  [version 3]The following \
             updates are installed :D :  KB1  [version 1]",
            expect![[r#"
                A B | version 1
                Kaspersky | version 21.3
                C | version 3
            "#]],
        );
    }

    #[test]
    fn a_long_output_without_line_ends_is_read_in_no_time() {
        let text = "A B[version 1]".repeat(400_000);
        let mut entries = 0;
        programs(&text, &mut |entry| entries += usize::from(entry.name == "A B"));
        assert_eq!(entries, 400_000);
        // Nothing in it is a fact.
        assert!(programs(&"[a".repeat(400_000), &mut |_| {}));
    }

    #[test]
    fn packages_of_several_systems_are_read() {
        check(
            Listing::Packages,
            "Here is the list of packages installed on the remote Debian Linux system :\n\n  \
             ii  kesl:amd64  12.1.0-1297  amd64  Kaspersky Endpoint Security\n  \
             rc  klnagent64  15.0.0-12912  amd64  agent\n  \
             kesl-12.1.0-1297|(none)  Tue 02 Jul 2024 10:00:00 AM UTC\n  \
             java-17-openjdk-17.0.9.0.9-2.el9|1\n  zlib-1.3 A library\n  Pages  [version 13.2]\n",
            expect![[r#"
                kesl | version 12.1.0-1297
                klnagent64 | version 15.0.0-12912 | removed
                kesl | version 12.1.0-1297
                java-17-openjdk | version 17.0.9.0.9-2.el9
                zlib | version 1.3
                Pages | version 13.2
            "#]],
        );
    }

    #[test]
    fn cpes_of_applications_are_read() {
        check(
            Listing::Cpes,
            "The remote operating system matched the following CPE :\n\n  \
             cpe:/o:microsoft:windows_10 -> Microsoft Windows 10\n\n\
             Following application CPE matched on the remote system :\n\n  \
             cpe:/a:kaspersky:endpoint_security:12.6.0.438 -> Kaspersky Endpoint Security\n  \
             cpe:/a:haxx:curl\n",
            expect![[r#"
                Kaspersky Endpoint Security | version 12.6.0.438 | publisher kaspersky
                curl | publisher haxx
            "#]],
        );
    }
}
