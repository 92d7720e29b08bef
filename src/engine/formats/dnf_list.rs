//! `dnf list` and `yum list`: sections of packages, installed and available, long names on a line
//! of their own.

use super::common::{is_prompt_line, without_colours};
use super::packages::{PACKAGE, Package, is_package_word, not_expected};
use super::rpm::ARCHITECTURES;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{LineClass, Platform, Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "dnf-list",
    title: "RPM package list (dnf list, yum list)",
    reads: "what dnf list, yum list and microdnf print: name.architecture, version and repository, \
            under headings such as Installed Packages and Available Packages",
    how_to_get: "in a terminal: dnf list --installed > programs.txt, or on older systems: yum list \
                 installed > programs.txt",
    cannot_show: "it has no vendors, and only packages of the system's package manager; rpm -qai \
                  shows vendors, snap list and flatpak list show other programs",
    platform: Some(Platform::Linux),
    sniff,
    open: |_| Lines::boxed(DnfReader::default()),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut rows, mut others, mut has_heading, mut has_installed) = (0, 0, false, false);
    for line in sample.filled_lines().map(without_colours) {
        if let Some(row) = Row::of(&line) {
            rows += 1;
            has_installed |= row.repository.starts_with('@') || row.repository == "installed";
        } else if presence_of_heading(&line).is_some() {
            has_heading = true;
        } else if name_of(line.trim()).is_none()
            && !is_prompt_line(&line)
            && !is_message(&line)
            && !line.starts_with(' ')
        {
            others += 1;
        }
    }
    if rows == 0 || others > if has_heading { rows } else { rows / 4 + 1 } {
        return None;
    }
    let (confidence, reason) = match (has_heading, has_installed) {
        (true, _) => (Confidence::Certain, key!("it has a heading of dnf list and rows below")),
        (_, true) => (Confidence::Certain, key!("its rows are those of dnf list")),
        _ if rows >= 3 => (Confidence::Likely, key!("its rows look like those of dnf list")),
        _ => return None,
    };
    Some(Sniffed { confidence, reason: reason.into() })
}

/// Headings of newer versions of what is installed: the packages are there, not these versions.
const UPGRADES: &[&str] =
    &["Available Upgrades", "Available upgrades", "Updated Packages", "Upgraded Packages"];

/// What a heading says of the packages below it; `None` if the line is no heading that is known.
pub(super) fn presence_of_heading(line: &str) -> Option<Presence> {
    const INSTALLED: &[&str] = &[
        "Installed Packages",
        "Installed packages",
        "Extra Packages",
        "Extra packages",
        "Autoremove Packages",
        "Autoremove packages",
        "Installierte Pakete",
        "Paquets installés",
        "Paquetes instalados",
        "Pacchetti installati",
        "Pacotes instalados",
        "Установленные пакеты",
        "已安装的软件包",
        "已安裝軟體包",
        "インストール済みパッケージ",
        "설치된 꾸러미",
        "Zainstalowane pakiety",
        "Встановлені пакунки",
        "Nainstalované balíčky",
    ];
    const AVAILABLE: &[&str] = &[
        "Available Packages",
        "Available packages",
        "Recently Added Packages",
        "Verfügbare Pakete",
        "Paquets disponibles",
        "Paquetes disponibles",
        "Pacchetti disponibili",
        "Pacotes disponíveis",
        "Доступные пакеты",
        "可安装的软件包",
        "可安裝軟體包",
        "利用可能なパッケージ",
        "사용 가능한 꾸러미",
        "Dostępne pakiety",
        "Доступні пакунки",
        "Dostupné balíčky",
        "Obsoleting Packages",
        "Obsoleting packages",
    ];
    let heading = line.trim();
    if INSTALLED.contains(&heading) || UPGRADES.contains(&heading) {
        Some(Presence::Installed)
    } else if AVAILABLE.contains(&heading) {
        Some(Presence::Available)
    } else {
        None
    }
}

/// What dnf and yum say above the list.
fn is_message(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Loaded plugins:",
        "Loading mirror speeds",
        "Last metadata expiration check",
        "Updating Subscription Management",
        "This system is not registered",
        "Updating and loading repositories",
        "Repositories loaded",
        "Determining fastest mirrors",
        "Failed to set locale",
        "Security:",
        "Unable to read consumer identity",
        "Error:",
        "Not root,",
    ];
    line.starts_with(" * ") || BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
}

/// `bash.x86_64` → `bash`.
fn name_of(word: &str) -> Option<&str> {
    let (name, architecture) = word.rsplit_once('.')?;
    (ARCHITECTURES.contains(&architecture) && is_package_word(name)).then_some(name)
}

/// A whole row.
struct Row<'a> {
    name: &'a str,
    version: &'a str,
    repository: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let name = name_of(words.next()?)?;
        let (version, repository) = (words.next()?, words.next().unwrap_or_default());
        (is_version(version) && words.next().is_none()).then_some(Self {
            name,
            version,
            repository,
        })
    }
}

/// `5.2.15-3.el9`, `1:2.3-4`.
fn is_version(word: &str) -> bool {
    word.contains('-') && word.bytes().any(|b| b.is_ascii_digit())
}

#[derive(Default)]
struct DnfReader {
    section: Presence,
    /// True below a heading of upgrades.
    lists_upgrades: bool,
    /// True once a row said by its repository (`@base`) that it is installed.
    marks_installed: bool,
    has_rows: bool,
    waiting: Option<Waiting>,
}

/// A name whose version stands on the lines below.
struct Waiting {
    number: u64,
    lines: u64,
    /// The lines so far, joined by a space.
    text: String,
}

impl DnfReader {
    /// A package under the heading: the repository knows better.
    fn presence(&mut self, repository: &str) -> Presence {
        if repository.starts_with('@') || repository == "installed" {
            self.marks_installed = true;
            return Presence::Installed;
        }
        // yum and dnf 4 mark all that is installed; dnf 5 marks nothing. Below a heading in a
        // language that is not known, what is not marked is available.
        if self.marks_installed && !self.lists_upgrades {
            Presence::Available
        } else {
            self.section
        }
    }

    fn tell(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> bool {
        let Some(row) = Row::of(line.text) else { return false };
        self.has_rows = true;
        let presence = self.presence(row.repository);
        let (name, version) = (row.name, if self.lists_upgrades { "" } else { row.version });
        Package { name, version, presence, ..Package::default() }.tell(PACKAGE, line, sink);
        true
    }

    /// Gives out a name whose version has come, or never came.
    fn release(&mut self, sink: &mut dyn Sink) {
        let Some(waiting) = self.waiting.take() else { return };
        let line = Line { number: waiting.number, text: &waiting.text };
        if !self.tell(line, sink) {
            let name = waiting.text.split_whitespace().next().and_then(name_of).unwrap_or_default();
            Package { name, presence: self.section, ..Package::default() }
                .tell(PACKAGE, line, sink);
        }
        sink.lines(LineClass::Record, waiting.lines);
    }
}

impl LineReader for DnfReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        let is_indented = text.starts_with([' ', '\t']);
        if let Some(waiting) = &mut self.waiting {
            // The version and the repository may each be on a line of their own.
            if is_indented && !text.trim().is_empty() && waiting.lines < 3 {
                waiting.lines += 1;
                waiting.text.push(' ');
                waiting.text.push_str(text.trim());
                return Outcome::Later;
            }
            self.release(sink);
        }
        if self.tell(Line { number: line.number, text }, sink) {
            return Outcome::RECORD;
        }
        if let Some(section) = presence_of_heading(text) {
            self.section = section;
            self.lists_upgrades = UPGRADES.contains(&text.trim());
            return Outcome::STRUCTURE;
        }
        let mut words = text.split_whitespace();
        let is_name_alone = words.next().and_then(name_of).is_some();
        let has_version = words.next().is_none_or(is_version);
        if is_name_alone && has_version && words.next().is_none() {
            let (number, text) = (line.number, text.trim_end().to_owned());
            self.waiting = Some(Waiting { number, lines: 1, text });
            return Outcome::Later;
        }
        if !self.has_rows || is_message(text) {
            return Outcome::STRUCTURE;
        }
        // A heading in a language that is not known.
        let words = text.split_whitespace().count();
        if !is_indented && words <= 4 && !text.bytes().any(|b| b.is_ascii_digit()) {
            return Outcome::STRUCTURE;
        }
        not_expected(key!("a row such as “bash.x86_64  5.2.15-3.el9  @base”"), line, sink)
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
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
    fn sections_and_repositories_say_what_is_installed() {
        check(
            "Installed Packages\nbash.x86_64   5.1.8-6.el9   @anaconda\nkesl.x86_64   12.1.0-1297   @@commandline\nAvailable Packages\nklnagent64.x86_64   15.1-2   company\n",
            expect![[r#"
                Certain: it has a heading of dnf list and rows below
                2: bash | version 5.1.8-6.el9 | package bash
                3: kesl | version 12.1.0-1297 | package kesl
                5: klnagent64 | version 15.1-2 | package klnagent64 | available
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "Cosas instaladas\nbash.x86_64 5.1-6 @base\nzsh.x86_64 5.8-9 installed\nCosas disponibles\nkesl.x86_64 12.1-1 company\n",
            expect![[r#"
                not recognised
                2: bash | version 5.1-6 | package bash
                3: zsh | version 5.8-9 | package zsh
                5: kesl | version 12.1-1 | package kesl | available
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn upgrades_are_of_installed_packages() {
        check(
            "Installed Packages\nbash.x86_64 5.1-6 @base\nUpdated Packages\nkesl.x86_64 12.1-1 company\nAvailable Packages\nzsh.x86_64 5.9-1 base\n",
            expect![[r#"
                Certain: it has a heading of dnf list and rows below
                2: bash | version 5.1-6 | package bash
                4: kesl | package kesl
                6: zsh | version 5.9-1 | package zsh | available
                lines: 3 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_long_name_has_its_version_below() {
        check(
            "Installed Packages\nselinux-policy-targeted.noarch\n                 3.13.1-268  @updates\nyum-plugin-fastestmirror.noarch\n          1.1.31-54\n                @anaconda\nalone.noarch\nkesl.x86_64 12.1-1 @x\n",
            expect![[r#"
                Certain: it has a heading of dnf list and rows below
                2: selinux-policy-targeted | version 3.13.1-268 | package selinux-policy-targeted
                4: yum-plugin-fastestmirror | version 1.1.31-54 | package yum-plugin-fastestmirror
                7: alone | package alone
                8: kesl | version 12.1-1 | package kesl
                lines: 7 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        check(
            "Name  Version  Source\nFirefox 115.0 winget\n7-Zip 23.01 winget\n",
            expect![[r#"
                not recognised
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "kesl-12.1.0-1.x86_64\nbash-5.1-6.x86_64\n",
            expect![[r#"
            not recognised
            1: kesl-12.1.0-1 | package kesl-12.1.0-1
            2: bash-5.1-6 | package bash-5.1-6
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
