//! What lists of packages share: the package on a line, its record, and how such lines are counted.

use super::common::{is_prompt_line, is_remark, without_colours};
use super::{Line, LineReader, Outcome, Sample};
use crate::engine::problem::ProblemKind;
use crate::engine::record::{Identifier, IdentifierKind, Presence, Record, Sink};

/// A package as its line shows it; what the line does not say is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Package<'a> {
    /// The name that is shown.
    pub name: &'a str,
    /// The id, where it is not the name.
    pub id: &'a str,
    /// The version as written.
    pub version: &'a str,
    /// The publisher or maintainer as written.
    pub publisher: &'a str,
    /// Where it is.
    pub path: &'a str,
    /// What the line says of it.
    pub presence: Presence,
    /// True if the tool cut the name or the id.
    pub is_cut: bool,
}

impl Package<'_> {
    /// Gives the package out as a record of the line. Its id, or else its name, identifies it as
    /// each of the kinds.
    pub fn tell(&self, kinds: &[IdentifierKind], line: Line<'_>, sink: &mut dyn Sink) {
        let value = if self.id.is_empty() { self.name } else { self.id };
        let mut identifiers: Vec<Identifier<'_>> =
            kinds.iter().map(|kind| Identifier { kind: *kind, value }).collect();
        if !self.path.is_empty() {
            identifiers.push(Identifier { kind: IdentifierKind::Path, value: self.path });
        }
        if self.is_cut {
            sink.problem(line.number, ProblemKind::NameCut, line.text);
        }
        sink.record(&Record {
            name: if self.name.is_empty() { value } else { self.name },
            version: self.version,
            publisher: self.publisher,
            host: "",
            identifiers: &identifiers,
            line: line.number,
            text: line.text,
            presence: self.presence,
        });
    }
}

/// A list with one package a line, whose lines can be read one by one.
pub(super) struct Grammar {
    /// The package on a line, if the line has one.
    pub package: fn(&str) -> Option<Package<'_>>,
    /// True for the tool's own headings and messages.
    pub is_structure: fn(&str) -> bool,
    /// What the id of a package identifies.
    pub kinds: &'static [IdentifierKind],
    /// What a line should have been: `a line such as …`.
    pub expected: &'static str,
}

/// How many lines of a sample are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Lines with a package.
    pub packages: usize,
    /// Headings and messages of the tool.
    pub structure: usize,
    /// Lines that are neither, nor a prompt or a remark.
    pub others: usize,
}

impl Counts {
    /// True if at least so many lines have a package, and no more than one in ten is anything else.
    pub fn are_nearly_all(self, least: usize) -> bool {
        self.packages >= least.max(1) && self.others * 10 <= self.packages
    }

    /// The same with up to one other line for two packages: for lines that nothing else writes.
    pub fn are_most(self, least: usize) -> bool {
        self.packages >= least.max(1) && self.others * 2 <= self.packages
    }
}

impl Grammar {
    /// Counts the lines of a sample.
    pub fn count(&self, sample: &Sample<'_>) -> Counts {
        let mut counts = Counts::default();
        for line in sample.filled_lines() {
            let line = without_colours(line);
            if (self.is_structure)(&line) {
                counts.structure += 1;
            } else if (self.package)(&line).is_some() {
                counts.packages += 1;
            } else if !is_prompt_line(&line) && !is_remark(&line) {
                counts.others += 1;
                if counts.others > 100 && counts.others > counts.packages * 4 {
                    // Whatever comes, this is no list of these packages.
                    break;
                }
            }
        }
        counts
    }

    /// How many in a hundred packages of a sample are so.
    pub fn share(&self, sample: &Sample<'_>, is_so: fn(&Package<'_>) -> bool) -> usize {
        let packages = || {
            sample.filled_lines().map(without_colours).filter_map(|line| {
                if (self.is_structure)(&line) {
                    return None;
                }
                (self.package)(&line).map(|package| is_so(&package))
            })
        };
        (packages().filter(|is_so| *is_so).count() * 100)
            .checked_div(packages().count())
            .unwrap_or(0)
    }

    /// Reads a line: gives out the package, or says what is wrong.
    pub fn read(&self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if text.trim().is_empty() || (self.is_structure)(text) {
            return Outcome::STRUCTURE;
        }
        if let Some(package) = (self.package)(text) {
            package.tell(self.kinds, line, sink);
            return Outcome::RECORD;
        }
        not_expected(self.expected, line, sink)
    }
}

/// What a line without a package is: a prompt or a remark, or else a problem.
pub(super) fn not_expected(expected: &'static str, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
    if line.text.trim().is_empty() || is_prompt_line(line.text) || is_remark(line.text) {
        return Outcome::STRUCTURE;
    }
    let expected = expected.into();
    sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, line.text);
    Outcome::PROBLEM
}

/// Reads a list by its grammar.
pub(super) struct GrammarReader(pub &'static Grammar);

impl LineReader for GrammarReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        self.0.read(line, sink)
    }
}

/// The one kind of identifier of most lists.
pub(super) const PACKAGE: &[IdentifierKind] = &[IdentifierKind::Package];

/// For grammars whose tool says nothing but packages.
pub(super) fn no_structure(_: &str) -> bool {
    false
}

/// Debian Policy 5.6.1: lower-case letters, digits, `+`, `-` and `.`, first a letter or digit; an
/// architecture may follow (`libc6:amd64`).
pub(super) fn is_debian_name(name: &str) -> bool {
    let name = without_architecture(name);
    begins_with(name, |b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && name.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.')
        })
}

/// `libc6:amd64` → `libc6`.
pub(super) fn without_architecture(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

/// A package's name in any system: one word of ASCII letters, digits, `+`, `-`, `.`, `_` and `@`.
pub(super) fn is_package_word(name: &str) -> bool {
    begins_with(name, |b| b.is_ascii_alphanumeric() || b == b'_')
        && name.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_' | b'@' | b':')
        })
        && name.bytes().any(|b| b.is_ascii_alphabetic())
}

/// True if a name has no capital in it, as nearly all names of packages.
pub(super) fn is_lower(package: &Package<'_>) -> bool {
    !package.name.bytes().any(|b| b.is_ascii_uppercase())
}

/// Names of packages that are on nearly every Linux and name no program of other systems.
pub(super) fn is_of_every_linux(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "base-files",
        "bash",
        "busybox",
        "ca-certificates",
        "coreutils",
        "dpkg",
        "e2fsprogs",
        "filesystem",
        "findutils",
        "gawk",
        "glibc",
        "grep",
        "gzip",
        "iproute2",
        "libc6",
        "libgcc",
        "libpam0g",
        "libstdc++",
        "libstdc++6",
        "linux-firmware",
        "musl",
        "ncurses",
        "network-manager",
        "networkmanager",
        "openssh",
        "openssh-server",
        "pam",
        "procps",
        "readline",
        "rpm",
        "rsyslog",
        "sed",
        "sudo",
        "systemd",
        "tzdata",
        "util-linux",
        "xz-utils",
        "zlib",
        "zlib1g",
    ];
    NAMES.contains(&name)
}

/// One word that begins with a digit: the least that all versions of packages have.
pub(super) fn is_version_word(version: &str) -> bool {
    begins_with(version, |b| b.is_ascii_digit()) && !version.contains(char::is_whitespace)
}

fn begins_with(text: &str, is_so: fn(u8) -> bool) -> bool {
    text.bytes().next().is_some_and(is_so)
}

/// `bash-5.2-r1` → `bash` and `5.2-r1`: parted at the first hyphen with a digit behind it.
pub(super) fn name_and_version(text: &str) -> Option<(&str, &str)> {
    let at = text
        .as_bytes()
        .windows(2)
        .position(|pair| matches!(pair, [b'-', digit] if digit.is_ascii_digit()))?;
    // A hyphen is one byte long.
    let (name, version) = (text.get(..at)?, text.get(at + 1..)?);
    (!name.is_empty()).then_some((name, version))
}

/// A reverse-domain id such as `org.mozilla.firefox`: at least that many dots, and what is between
/// them begins with a letter (the last parts may be numbers).
pub(super) fn is_reverse_domain(id: &str, least_dots: usize) -> bool {
    let mut parts = id.split('.');
    let first = parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or_default();
    (2..=24).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && begins_with(second, |b| b.is_ascii_alphanumeric() || b == b'_')
        && id.matches('.').count() >= least_dots.max(1)
        && id.split('.').all(|part| !part.is_empty())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// The three words of dpkg's status: what is wanted, whether something is wrong, what there is.
pub(super) fn presence_of_status(status: &str) -> Option<Presence> {
    let mut words = status.split_whitespace();
    let wanted = words.next()?;
    let (_, present, None) = (words.next()?, words.next()?, words.next()) else { return None };
    if !matches!(wanted, "install" | "deinstall" | "purge" | "hold" | "unknown") {
        return None;
    }
    match present {
        "config-files" => Some(Presence::Removed),
        // Something that was wanted and is not there, or was purged.
        "not-installed" if wanted == "unknown" => Some(Presence::Available),
        "not-installed" => Some(Presence::Removed),
        "installed" | "unpacked" | "half-configured" | "half-installed" | "triggers-awaited"
        | "triggers-pending" => Some(Presence::Installed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_versions_are_parted_at_the_first_hyphen_before_a_digit() {
        assert_eq!(name_and_version("bash-5.2-r1"), Some(("bash", "5.2-r1")));
        assert_eq!(name_and_version("py39-foo-1.2_1,1"), Some(("py39-foo", "1.2_1,1")));
        assert_eq!(name_and_version("ca-certificates"), None);
        assert_eq!(name_and_version("-1"), None);
    }

    #[test]
    fn reverse_domains_are_told_from_other_words_with_dots() {
        for id in ["com.kaspersky.kes", "org.gnome.Platform", "com.apple.pkg.Core"] {
            assert!(is_reverse_domain(id, 2), "{id}");
        }
        for other in ["Kaspersky.ShellEx", "1.2.3", "com..a", "a.b.c d", "7-zip.org", "file.txt"] {
            assert!(!is_reverse_domain(other, 2), "{other}");
        }
    }

    #[test]
    fn the_status_of_dpkg_says_what_there_is() {
        assert_eq!(presence_of_status("install ok installed"), Some(Presence::Installed));
        assert_eq!(presence_of_status("deinstall ok config-files"), Some(Presence::Removed));
        assert_eq!(presence_of_status("unknown ok not-installed"), Some(Presence::Available));
        assert_eq!(presence_of_status("Matthias Klose <doko@debian.org>"), None);
    }

    #[test]
    fn lists_of_other_systems_and_texts_are_no_list_of_packages() {
        use super::super::{FORMATS, Sample};

        const OWN: &[&str] = &[
            "android-packages",
            "apk",
            "apk-db",
            "app-ids",
            "applications-folder",
            "apt-list",
            "brew",
            "dnf-list",
            "dpkg-selections",
            "dpkg-status",
            "flatpak",
            "gentoo",
            "mas",
            "nix",
            "package-query",
            "package-names",
            "pacman",
            "pacman-info",
            "pkg-info",
            "pkgutil",
            "rpm-info",
            "snap",
            "zypper",
        ];
        let texts = [
            "Firefox 115.0\n7-Zip 23.01\nVLC media player 3.0.20\nKaspersky Endpoint Security 12.6\n",
            "firefox 115.0\n7zip 23.01\nvlc 3.0.20\nkaspersky 21.3\nnodejs 20.11.1\n",
            "firefox\n7zip\nvlc\nkaspersky\nnodejs\n",
            "Chocolatey v2.2.2\n7zip 23.1.0\nGoogleChrome 120.0.6099.130\n2 packages installed.\n",
            "requests==2.31.0\nurllib3==2.2.1\nidna==3.6\n",
            "Package    Version\n---------- -------\nrequests   2.31.0\nurllib3    2.2.1\n",
            "Name             Id                Version  Source\n----\n7-Zip            7zip.7zip         23.01    winget\n",
            "Name,Version,Publisher\nFirefox,115.0,Mozilla\nkesl,12.1,AO Kaspersky Lab\n",
            "Name\tVersion\tPublisher\nFirefox\t115.0\tMozilla\n",
            "DisplayName  : Kaspersky Endpoint Security\nDisplayVersion : 12.6\nPublisher : Kaspersky\n",
            "www.example.com\nmail.example.org\ncdn.example.net\n",
            "0.0.0.0 ads.example.com\n0.0.0.0 kaspersky.example.com\n",
            "setup-1.2.exe\nchrome-installer-3.4.msi\nfoo-1.2.zip\n",
            "Dear all,\nplease install the new version by Friday.\nRegards\n",
            "python3-yaml\nlibstdc++-12-dev\nx11-utils\nlibc6-dev\n",
            "lodash@4.17.21\nreact@18.2.0\nvite@5.1.6\n",
            "PATH=/usr/bin\nHOME=/home/me\n",
            "2026-01-31 12:00:01 INFO started\n2026-01-31 12:00:02 INFO done\n",
            "Installed Packages\nFirefox\nKaspersky\n",
        ];
        for text in texts {
            let sample = Sample { text, is_whole: true, tables: &[] };
            for format in FORMATS.iter().filter(|format| OWN.contains(&format.id)) {
                let sniffed = (format.sniff)(&sample);
                assert_eq!(sniffed, None, "{}: {text}", format.id);
            }
        }
    }
}
