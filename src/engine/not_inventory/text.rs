//! Text that lists no programs, by its signs: one row a kind.

use super::kinds::{
    begins_with_mac_prefix, begins_with_time, is_access_entry, is_block_entry, is_command_only,
    is_document, is_domain, is_email, is_error_message, is_file_entry, is_image, is_letter,
    is_lock_file, is_network, is_of_cluster, is_source,
};
use super::systeminfo::is_systeminfo;
use crate::engine::formats::{Sample, reads_markup};

/// What a text that lists no programs looks like, if it looks like something known.
pub fn looks_like_text(sample: &Sample<'_>) -> Option<(&'static str, &'static str)> {
    let look = Look::at(sample);
    SIGNS.iter().find(|sign| (sign.shows)(&look)).map(|sign| (sign.looks_like, sign.advice))
}

/// The texts of the table.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    SIGNS.iter().flat_map(|sign| [sign.looks_like, sign.advice])
}

/// A kind of text, and how it shows.
struct Sign {
    looks_like: &'static str,
    advice: &'static str,
    shows: fn(&Look<'_>) -> bool,
}

const STEP_2: &str = "use the command of step 2 for your system and give this page what it prints";

static SIGNS: &[Sign] = &[
    Sign {
        looks_like: "the output of systeminfo",
        advice: "systeminfo lists updates and hardware, not programs; use the PowerShell command of step 2",
        shows: is_systeminfo,
    },
    Sign {
        looks_like: "a System Information (msinfo32) report",
        advice: "it has no list of installed programs; use the PowerShell command of step 2",
        shows: |look| {
            look.begins_any(
                5,
                &[
                    "System Information report written at",
                    "[System Summary]",
                    "[Systemübersicht]",
                    "[Résumé système]",
                    "[Resumen del sistema]",
                    "[Resumo do sistema]",
                    "[Сведения о системе]",
                    "[系统摘要]",
                    "<MsInfo>",
                ],
            )
        },
    },
    Sign {
        looks_like: "a DirectX diagnosis (dxdiag)",
        advice: "it lists hardware and drivers, not programs; use the PowerShell command of step 2",
        shows: |look| {
            look.begins_any(4, &["System Information"])
                && look.begins_any(8, &["Time of this report:"])
        },
    },
    Sign {
        looks_like: "a list of Windows updates",
        advice: "updates are not programs; use the PowerShell command of step 2",
        // In a list it is the fourth of the labels; other lists name it farther down.
        shows: |look| look.lines.iter().take(8).any(|line| line.contains("HotFixID")),
    },
    Sign {
        looks_like: "a list of containers or of what runs in a cluster (docker, kubectl)",
        advice: "it does not say what is installed in them; run the package command of step 2 inside \
                 each, or give this page a bill of materials of each image (CycloneDX, SPDX)",
        shows: |look| {
            look.has_header(&["CONTAINER", "ID", "IMAGE"])
                || look.has_header(&["REPOSITORY", "TAG", "IMAGE"])
                || look.has_header(&["IMAGE", "TAG", "IMAGE", "ID"])
                || look.has_header(&["IMAGE", "ID", "DISK", "USAGE"])
                || look.most(1, 80, is_image)
                || is_of_cluster(look)
                || look.has_header(&["NAME", "READY"])
                || look.has_header(&["NAME", "STATUS", "ROLES", "VERSION"])
                || look.has_header(&["NAME", "CLUSTER-IP"])
        },
    },
    Sign {
        looks_like: "a list of disks (df, lsblk)",
        advice: STEP_2,
        shows: |look| {
            look.has_header(&["Filesystem", "Mounted"])
                || look.has_header(&["NAME", "MAJ:MIN", "SIZE"])
        },
    },
    Sign {
        looks_like: "a list of user accounts (net user)",
        advice: STEP_2,
        shows: |look| {
            look.begins_any(
                3,
                &[
                    "User accounts for \\\\",
                    "Benutzerkonten für \\\\",
                    "comptes d’utilisateurs de \\\\",
                    "comptes d'utilisateurs de \\\\",
                    "Cuentas de usuario de \\\\",
                    "Contas de usuário para \\\\",
                    "Учетные записи пользователей для \\\\",
                ],
            )
        },
    },
    Sign {
        looks_like: "a test of a network connection (ping, tracert)",
        advice: STEP_2,
        shows: |look| {
            look.begins_any(2, &["Tracing route to ", "traceroute to "])
                || (look.begins_any(2, &["Pinging ", "PING "])
                    && look.has_any(&["bytes of data", "data bytes", "32 bytes"]))
        },
    },
    Sign {
        looks_like: "network settings (ipconfig or ifconfig)",
        advice: STEP_2,
        shows: is_network,
    },
    Sign {
        looks_like: "the output of netstat",
        advice: STEP_2,
        shows: |look| {
            look.begins_any(
                4,
                &[
                    "Active Connections",
                    "Active Internet connections",
                    "Aktive Verbindungen",
                    "Connexions actives",
                    "Conexiones activas",
                    "Conexões ativas",
                    "Активные подключения",
                    "活动连接",
                ],
            )
        },
    },
    Sign {
        looks_like: "the contents of a folder (dir)",
        advice: "folders do not show which programs are installed, nor who made them; use the \
                 PowerShell command of step 2",
        shows: |look| {
            look.begins_any(
                4,
                &[
                    "Volume in drive ",
                    "Volume Serial Number is",
                    "Datenträger in Laufwerk ",
                    "Volume in Laufwerk ",
                    "Le volume dans le lecteur ",
                    "El volumen de la unidad ",
                    "O volume na unidade ",
                    "Il volume nell'unità ",
                    "Том в устройстве ",
                ],
            )
        },
    },
    Sign {
        looks_like: "the contents of a folder",
        advice: "files do not show which programs are installed; use the command of step 2",
        shows: |look| {
            look.begins_any(3, &["Folder PATH listing", "Auflistung der Ordnerpfade"])
                || look.most(3, 60, is_document)
                // A folder of apps on a Mac is as good as a list of them.
                || (look.most(3, 60, is_file_entry) && !look.has_any(&[".app"]))
                || look.lines.iter().take(6).any(|line| {
                    line.starts_with("Mode ") && line.contains("LastWriteTime")
                })
        },
    },
    Sign {
        looks_like: "a web page (HTML)",
        advice: "open it in a browser, copy the list of programs and paste it here, or export the \
                 list as CSV",
        shows: |look| {
            let start = look.start();
            let is_page = begins_with(start, "<!doctype html")
                || begins_with(start, "<html")
                || (start.starts_with('<')
                    && look.has_any(&["<head>", "<body", "</td>", "</div>"]));
            is_page && !reads_markup(&look.sample)
        },
    },
    Sign {
        looks_like: "an XML file",
        advice: "export the list as CSV or JSON instead",
        shows: |look| look.start().starts_with("<?xml") && !reads_markup(&look.sample),
    },
    Sign {
        looks_like: "a formatted document (RTF)",
        advice: "open it, save it as plain text and choose that file",
        shows: |look| look.start().starts_with("{\\rtf"),
    },
    Sign {
        looks_like: "a certificate or a key",
        advice: "keep keys to yourself; use the command of step 2 to make a list of programs",
        shows: |look| {
            look.start().starts_with("-----BEGIN ")
                || look.begins_any(
                    1,
                    &["ssh-rsa AAAA", "ssh-ed25519 AAAA", "ecdsa-sha2-nistp256 AAAA"],
                )
        },
    },
    Sign {
        looks_like: "a calendar or a business card",
        advice: STEP_2,
        shows: |look| look.begins_any(1, &["BEGIN:VCALENDAR", "BEGIN:VCARD"]),
    },
    Sign {
        looks_like: "a proxy configuration (PAC)",
        advice: "it names servers, not programs; use the command of step 2",
        shows: |look| look.has_any(&["function FindProxyForURL"]),
    },
    Sign {
        looks_like: "an error message of the command line",
        advice: "the command did not run, so nothing was listed; check how it is written, or use \
                 another command of step 2",
        shows: is_error_message,
    },
    Sign {
        looks_like: "a command, not what it prints",
        advice: "run it in a terminal and give this page the output",
        shows: is_command_only,
    },
    Sign {
        looks_like: "an e-mail message",
        advice: "copy only the list of programs out of it and paste that",
        shows: is_email,
    },
    Sign {
        looks_like: "a letter",
        advice: "copy only the list of programs out of it and paste that",
        shows: is_letter,
    },
    Sign {
        looks_like: "a table of network card makers (MAC addresses)",
        advice: "it lists makers of hardware, not programs; use the command of step 2",
        shows: |look| {
            look.most(5, 60, begins_with_mac_prefix)
                || look.begins_any(2, &["Registry,Assignment,Organization Name", "OUI/MA-L"])
                || (look.has_any(&["(hex)"]) && look.has_any(&["(base 16)"]))
        },
    },
    Sign {
        looks_like: "a table of medicines (Drugs@FDA)",
        advice: "applications for medicines are not programs; use the command of step 2",
        shows: |look| look.begins_any(0, &["ApplNo\t", "ApplNo,", "ApplNo~"]),
    },
    Sign {
        looks_like: "the list of libraries that a program is built from",
        advice: "it says what a developer uses, not what is installed on a computer; use the \
                 command of step 2, or give this page an SBOM (CycloneDX or SPDX) of the program",
        shows: is_lock_file,
    },
    Sign {
        looks_like: "a list of packages as JSON (npm ls --json)",
        advice: "its packages are named by the keys, which are not read; give this page what npm ls -g \
                 prints without --json",
        shows: |look| {
            look.start().starts_with('{')
                && look.has_any(&["\"dependencies\": {"])
                && look.has_any(&["\"overridden\":"])
        },
    },
    Sign {
        looks_like: "a comparison or the history of source code (git, diff)",
        advice: STEP_2,
        shows: |look| {
            let start = look.start();
            start.starts_with("diff --git ")
                || (start.starts_with("commit ") && look.begins_any(3, &["Author: "]))
        },
    },
    Sign {
        looks_like: "a database dump",
        advice: "export the table of programs as CSV and choose that file",
        shows: |look| {
            look.begins_any(
                5,
                &[
                    "-- MySQL dump",
                    "-- MariaDB dump",
                    "-- PostgreSQL database dump",
                    "PRAGMA foreign_keys",
                ],
            )
        },
    },
    Sign {
        looks_like: "the log of a fix by FRST",
        advice: "it says what was changed, not what is installed; check Addition.txt of FRST",
        shows: |look| look.begins_any(2, &["Fix result of Farbar Recovery Scan Tool"]),
    },
    Sign {
        looks_like: "the report of a virus scan",
        advice: "it lists what was found suspicious, not what is installed; use the command of \
                 step 2",
        shows: |look| {
            look.begins_any(
                4,
                &[
                    "# AdwCleaner",
                    "# Malwarebytes AdwCleaner",
                    // The names of such tools alone may well begin a list of programs.
                    "www.malwarebytes.com",
                    "Emsisoft Emergency Kit - Version",
                ],
            )
        },
    },
    Sign {
        looks_like: "a Windows event log as text",
        advice: "events tell what happened, not what is installed; use the command of step 2",
        shows: |look| {
            look.begins_any(0, &["Event[0]", "Level,Date and Time,Source,Event ID"])
                || look.lines.iter().take(3).any(|line| {
                    line.contains("EntryType") && line.contains("InstanceID")
                        || line.contains("TimeCreated") && line.contains("LevelDisplayName")
                })
        },
    },
    Sign {
        looks_like: "the log of a server or firewall",
        advice: "logs tell what happened, not what is installed; use the command of step 2",
        shows: |look| {
            (look.begins_any(3, &["#Version:", "#Software:"]) && look.begins_any(5, &["#Fields:"]))
                || look.most(4, 60, is_access_entry)
        },
    },
    Sign {
        looks_like: "the log of an installation",
        advice: "it tells what was done once, not what is installed; use the command of step 2",
        shows: |look| {
            look.begins_any(1, &["=== Verbose logging started:", "=== Logging started:"])
                || look.most(4, 40, |line| {
                    line.starts_with("MSI (s) (") || line.starts_with("MSI (c) (")
                })
        },
    },
    Sign {
        looks_like: "a block list or hosts file",
        advice: "it names web sites, not programs; use the command of step 2",
        shows: |look| look.most(4, 70, is_block_entry),
    },
    Sign {
        looks_like: "a list of web addresses",
        advice: "it names web sites, not programs; use the command of step 2",
        shows: |look| {
            look.most(3, 80, |line| {
                line.starts_with("http://") || line.starts_with("https://") || is_domain(line)
            })
        },
    },
    Sign {
        looks_like: "a log",
        advice: "logs tell what happened, not what is installed; use the command of step 2",
        shows: |look| {
            // A table may have a time in its first column, but then it has a header.
            look.lines.first().is_some_and(|line| begins_with_time(line))
                && look.most(4, 60, begins_with_time)
        },
    },
    Sign {
        looks_like: "a script or program source",
        advice: "run it if it makes a list of programs, and give this page what it prints",
        shows: is_source,
    },
];

/// The beginning of a text, line by line.
pub(super) struct Look<'a> {
    /// Lines that are not blank, trimmed, and without the prompt line above them.
    pub lines: Vec<&'a str>,
    pub is_whole: bool,
    pub sample: Sample<'a>,
}

/// Lines looked at. Enough to see past notes; the signs are all near the top or everywhere.
const LINES: usize = 200;

impl<'a> Look<'a> {
    fn at(sample: &Sample<'a>) -> Self {
        let lines: Vec<&str> = sample.filled_lines().take(LINES).map(str::trim).collect();
        Self { lines, is_whole: sample.is_whole, sample: *sample }
    }

    pub fn start(&self) -> &'a str {
        self.lines.first().copied().unwrap_or_default()
    }

    /// True if one of the first lines begins with one of the texts. A command above counts along.
    pub fn begins_any(&self, lines: usize, beginnings: &[&str]) -> bool {
        self.lines
            .iter()
            .take(lines + 1)
            .any(|line| beginnings.iter().any(|beginning| line.starts_with(beginning)))
    }

    /// True if one of the first lines is a header with those words among its own, in that order.
    pub fn has_header(&self, wanted: &[&str]) -> bool {
        self.lines.iter().take(8).any(|line| {
            let mut words = line.split_whitespace();
            wanted.iter().all(|wanted| words.any(|word| word == *wanted))
        })
    }

    pub fn has_any(&self, parts: &[&str]) -> bool {
        self.lines.iter().any(|line| parts.iter().any(|part| line.contains(part)))
    }

    /// True if at least so many lines, and so many in a hundred of those that are no comments,
    /// show the sign.
    pub fn most(&self, least: usize, percent: usize, shows: fn(&str) -> bool) -> bool {
        let lines = || self.lines.iter().filter(|line| !line.starts_with(['#', '!', ';']));
        let shown = lines().filter(|line| shows(line)).count();
        shown >= least && shown * 100 >= lines().count() * percent
    }
}

pub(super) fn begins_with(text: &str, lower_case: &str) -> bool {
    text.get(..lower_case.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower_case))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
