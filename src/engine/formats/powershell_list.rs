//! Lists of `Key : value` blocks: PowerShell's `Format-List`, `wmic … /format:list`, and their like.

use super::block::Block;
use super::columns::{Columns, Field, Meaning, meaning_of};
use super::common::{is_prompt_line, is_remark, without_colours};
use super::fixed_width::screen_width;
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

pub(super) static FORMAT: Format = Format {
    id: "powershell-list",
    title: "PowerShell list (Format-List)",
    reads: "blocks of lines such as “Name : 7-Zip”, one block a program: what Get-WmiObject \
            Win32_Product and Format-List print, and wmic with /format:list",
    how_to_get: "in PowerShell: Get-WmiObject Win32_Product > list.txt, or any command with \
                 | Format-List > list.txt",
    cannot_show: "only what the command asked for: Win32_Product lists nothing but programs \
                  installed by Windows Installer (MSI), Get-AppxPackage nothing but Store apps; \
                  the PowerShell command of step 2 lists both and more",
    platform: None,
    sniff,
    open,
};

/// Opens blocks of keys and values, for this format and for the generic one.
pub(super) fn open(sample: &Sample<'_>) -> Box<dyn super::Reader> {
    let (shape, seen) = Shape::of(sample).unwrap_or_default();
    let columns = Columns::of(seen.keys.iter().map(String::as_str));
    let lists_services = seen.keys.iter().position(|key| key == "Name").is_some_and(|at| {
        columns.meaning_at(at).is_some_and(|meaning| meaning.field == Field::Service)
    });
    Lines::boxed(ListReader { shape, lists_services, ..ListReader::default() })
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (shape, seen) = Shape::of(sample)?;
    let keys: Vec<&str> = seen.keys.iter().map(|key| key.as_str()).collect();
    let columns = Columns::of(keys.iter().copied());
    // A line of prose or two with a colon in it makes no list.
    if !columns.name_programs() || seen.key_lines * 10 < seen.lines * 6 {
        return None;
    }
    // A computer has a Name and a Manufacturer too.
    if keys.iter().any(|key| is_of_machine(key)) && !columns.have(Field::Version) {
        return None;
    }
    let is_windows = keys.iter().any(|key| is_windows_key(key));
    let confidence = match shape.style {
        Style::SpacedColon if is_windows && columns.known() >= 2 => Confidence::Certain,
        Style::SpacedColon if columns.known() >= 2 => Confidence::Likely,
        Style::Equals if seen.has_sections => return None,
        Style::Equals if is_windows => Confidence::Certain,
        // Settings of a Unix system (`NAME="Ubuntu"`) have their keys in capitals.
        Style::Equals if columns.known() >= 2 && keys.contains(&"Name") => Confidence::Likely,
        Style::Colon if columns.known() >= 3 => Confidence::Likely,
        // Those are no tool's of Windows: the generic reader may know them.
        Style::Equals | Style::SpacedEquals | Style::Tab | Style::TightColon => return None,
        _ => Confidence::Possible,
    };
    let keys = keys.iter().take(4).copied().collect::<Vec<_>>().join(", ");
    let sign = shape.style.sign();
    let reason = clause!("its lines are blocks of a key, “{sign}” and a value: {keys}", sign, keys);
    Some(Sniffed { confidence, reason })
}

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// `Name    : value`
    #[default]
    SpacedColon,
    /// `Name=value`
    Equals,
    /// `Name: value`
    Colon,
    /// `Display Name = value`
    SpacedEquals,
    /// `Name`, a tab, `value`
    Tab,
    /// `Name:value`
    TightColon,
}

impl Style {
    pub fn sign(self) -> &'static str {
        match self {
            Self::SpacedColon => " : ",
            Self::Equals => "=",
            Self::Colon => ": ",
            Self::SpacedEquals => " = ",
            Self::Tab => "tab",
            Self::TightColon => ":",
        }
    }

    /// The key and the value of a line that has both (the value may be empty).
    fn split(self, line: &str) -> Option<(&str, &str)> {
        if line.starts_with(char::is_whitespace) {
            return None;
        }
        let line = line.trim_end();
        let (key, value) = match self {
            Self::SpacedColon => {
                line.split_once(" : ").or_else(|| line.strip_suffix(" :").map(|key| (key, "")))
            }
            Self::Equals => line.split_once('='),
            Self::Colon => {
                line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, "")))
            }
            Self::SpacedEquals => {
                line.split_once(" = ").or_else(|| line.strip_suffix(" =").map(|key| (key, "")))
            }
            // More tabs make a row of a table.
            Self::Tab => line.split_once('\t').filter(|(_, value)| !value.contains('\t')),
            // `C:\…` and `https://…` have no key.
            Self::TightColon => {
                line.split_once(':').filter(|(_, value)| !value.starts_with([' ', '\\', '/']))
            }
        }?;
        // What has a space before its colon is of the other style.
        if self == Self::Colon && key.ends_with(' ') {
            return None;
        }
        let key = key.trim_end();
        let is_key = match self {
            Self::Equals => {
                !key.is_empty()
                    && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
            // The longest keys are of five words or so: "Registry Time : …", "Install Folder
            // Created Time : …"; what is longer is prose.
            _ => {
                key.len() <= 80 && key.split(' ').count() <= 6 && key.contains(char::is_alphabetic)
            }
        };
        is_key.then_some((key, value.trim()))
    }
}

/// How a list is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub style: Style,
    /// True if a blank line stands between all lines (wmic's `CR CR LF`, pastes from forums): one
    /// blank line then ends no block.
    is_double_spaced: bool,
    /// True if values are cut at the same width wherever that falls (PowerShell does so unless it
    /// runs in English or a few other languages): their parts are joined without a space.
    cuts_words: bool,
}

/// What a sample of a list has.
#[derive(Default)]
pub(super) struct Seen {
    /// The keys of the style, in order, each once.
    pub keys: Vec<String>,
    pub key_lines: usize,
    /// All lines that are neither blank nor continue a value.
    pub lines: usize,
    /// True if some line begins with a bracket, as the sections of files of settings do.
    pub has_sections: bool,
}

impl Shape {
    /// The layout that most lines have, and what was seen of it.
    pub fn of(sample: &Sample<'_>) -> Option<(Self, Seen)> {
        const STYLES: &[Style] = &[
            Style::SpacedColon,
            Style::Equals,
            Style::Colon,
            Style::SpacedEquals,
            Style::Tab,
            Style::TightColon,
        ];
        let best = STYLES
            .iter()
            .copied()
            .zip(Seen::of(sample, STYLES))
            .filter(|(_, seen)| seen.key_lines > 0)
            .reduce(|best, next| if next.1.key_lines > best.1.key_lines { next } else { best });
        let (style, seen) = best?;
        let shape = Self {
            style,
            is_double_spaced: is_double_spaced(sample),
            cuts_words: cuts_words(sample),
        };
        Some((shape, seen))
    }
}

impl Seen {
    /// What is seen of the sample in the eyes of each style.
    fn of(sample: &Sample<'_>, styles: &[Style]) -> Vec<Self> {
        /// Distinct keys that are looked at.
        const KEYS: usize = 100;
        let mut all: Vec<Self> = styles.iter().map(|_| Self::default()).collect();
        for line in sample.filled_lines() {
            let line = without_colours(line);
            if line.starts_with("  ") || is_prompt_line(&line) {
                continue;
            }
            for (style, seen) in styles.iter().zip(&mut all) {
                seen.lines += 1;
                seen.has_sections |= line.starts_with('[');
                if let Some((key, _)) = style.split(&line) {
                    seen.key_lines += 1;
                    if seen.keys.len() < KEYS && !seen.keys.iter().any(|other| other == key) {
                        seen.keys.push(key.to_owned());
                    }
                }
            }
        }
        all
    }
}

fn is_double_spaced(sample: &Sample<'_>) -> bool {
    let mut filled = 0;
    let mut above_is_filled = false;
    for line in sample.lines() {
        let is_filled = !line.trim().is_empty();
        if is_filled && above_is_filled {
            return false;
        }
        filled += usize::from(is_filled);
        above_is_filled = is_filled;
    }
    filled >= 3
}

/// True if all the lines whose value goes on below are of one width, and none is wider.
fn cuts_words(sample: &Sample<'_>) -> bool {
    let mut broken: Vec<(&str, usize)> = Vec::new();
    let mut widest = 0;
    let mut above = "";
    for line in sample.lines() {
        let value = above.split_once(" : ").map_or(above, |(_, value)| value);
        let goes_on = line.starts_with("      ") && !line.trim().is_empty();
        // A Caption says the same as the Name: the two are one.
        if goes_on && !value.is_empty() && !broken.iter().any(|(other, _)| *other == value) {
            broken.push((value, screen_width(above)));
        }
        widest = widest.max(screen_width(line));
        above = line;
    }
    // One line alone may be of any width.
    broken.len() >= 2 && broken.iter().all(|(_, width)| *width == widest)
}

/// True for keys that only Windows' own tools write.
fn is_windows_key(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "DisplayName",
        "DisplayVersion",
        "IdentifyingNumber",
        "InstallDate",
        "InstallLocation",
        "UninstallString",
        "PSPath",
        "PSChildName",
        "PSComputerName",
        "PackageFullName",
        "PackageFamilyName",
        "Vendor",
        "Caption",
        "ProviderName",
        "InstallSource",
        "PackageCode",
        "FastPackageReference",
        "SwidTagText",
        "__SERVER",
    ];
    KEYS.contains(&key)
}

/// True for keys of a block that describes a computer, its system or its parts.
pub(super) fn is_of_machine(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "TotalPhysicalMemory",
        "PrimaryOwnerName",
        "SMBIOSBIOSVersion",
        "BuildNumber",
        "RegisteredUser",
        "OsBuildNumber",
        "WindowsProductName",
        "NumberOfCores",
        "MACAddress",
    ];
    KEYS.contains(&key)
}

/// A key as met before, with what it means.
struct Known {
    key: String,
    meaning: Option<Meaning>,
    is_of_machine: bool,
}

/// How many keys are remembered; those of one list are seldom more than thirty.
const KNOWN_KEYS: usize = 200;

#[derive(Default)]
struct ListReader {
    shape: Shape,
    /// True if a Name is the short one of a service.
    lists_services: bool,
    known: Vec<Known>,
    /// Where in `known` the next key is expected: blocks have the same keys in the same order.
    next_known: usize,
    block: Block,
    /// True if the last line of the block ended with a space: its last word is whole.
    ends_with_space: bool,
    /// The keys of the block, as positions in `known`.
    keys: Vec<usize>,
    describes_machine: bool,
    /// The computer that a block about it named, for the blocks below that name none.
    host: String,
    blanks: u64,
    has_seen_key: bool,
    /// Lines of text above the first key.
    above: u64,
    /// True once there was a record, and its keys were told.
    has_record: bool,
}

impl LineReader for ListReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if text.trim().is_empty() {
            self.blanks += 1;
            if self.blanks >= if self.shape.is_double_spaced { 2 } else { 1 } {
                self.release(sink);
            }
            return Outcome::STRUCTURE;
        }
        self.blanks = 0;
        if !text.contains(char::is_alphanumeric) || is_prompt_line(text) {
            // A line drawn between blocks, or the next command.
            self.release(sink);
            return Outcome::STRUCTURE;
        }
        if let Some((key, value)) = self.shape.style.split(text) {
            self.key(key, value, Line { number: line.number, text }, sink);
            return Outcome::Later;
        }
        if !self.block.is_empty() {
            self.go_on(Line { number: line.number, text });
            return Outcome::Later;
        }
        if !self.has_seen_key {
            self.above += 1;
            return Outcome::Later;
        }
        if is_remark(text) {
            return Outcome::STRUCTURE;
        }
        let expected = clause!("a key, “{sign}” and a value", sign = self.shape.style.sign());
        sink.problem(line.number, ProblemKind::UnexpectedLine { expected }, text);
        Outcome::PROBLEM
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.release(sink);
        if self.has_seen_key {
            sink.lines(LineClass::Structure, self.above);
            let names_programs =
                Columns::of(self.known.iter().map(|known| known.key.as_str())).name_programs();
            if !self.has_record && !names_programs {
                let columns = self.known.iter().map(|known| known.key.clone()).collect();
                sink.problem(0, ProblemKind::NoNameColumn { columns }, "");
            }
        } else {
            sink.lines(LineClass::Problem, self.above);
            sink.problem(0, ProblemKind::Unrecognised, "");
        }
    }
}

impl ListReader {
    fn key(&mut self, key: &str, value: &str, line: Line<'_>, sink: &mut dyn Sink) {
        self.has_seen_key = true;
        let position = self.position_of(key);
        // A key that the block has already begins the next one.
        if position.is_some_and(|position| self.keys.contains(&position)) {
            self.release(sink);
        }
        self.block.add_line(line.number, line.text);
        self.ends_with_space = line.text.ends_with(' ');
        match position.and_then(|position| Some((position, self.known.get(position)?))) {
            Some((position, known)) => {
                self.block.put(known.meaning, value);
                self.describes_machine |= known.is_of_machine;
                self.keys.push(position);
            }
            None => self.block.put(meaning_of(key), value),
        }
    }

    /// Where the key is remembered; nothing if there is no more room.
    fn position_of(&mut self, key: &str) -> Option<usize> {
        let is_next = self.known.get(self.next_known).is_some_and(|known| known.key == key);
        let position = if is_next {
            self.next_known
        } else if let Some(position) = self.known.iter().position(|known| known.key == key) {
            position
        } else if self.known.len() < KNOWN_KEYS {
            let of_service = Meaning { field: Field::Service, rank: 0 };
            let known = Known {
                key: key.to_owned(),
                meaning: if self.lists_services && key == "Name" {
                    Some(of_service)
                } else {
                    meaning_of(key)
                },
                is_of_machine: is_of_machine(key),
            };
            self.known.push(known);
            self.known.len() - 1
        } else {
            return None;
        };
        self.next_known = position + 1;
        Some(position)
    }

    /// A line of a block without a key: its last value goes on, if the line is indented.
    fn go_on(&mut self, line: Line<'_>) {
        self.block.add_line(line.number, line.text);
        if !line.text.starts_with(char::is_whitespace) {
            return;
        }
        let more = line.text.trim();
        // Paths, addresses and numbers are cut where the line ends.
        let before = self.block.last_value();
        let is_one_word = !before.contains(' ') && !more.contains(' ') && before.len() > 20;
        let is_whole_word = !self.shape.cuts_words || self.ends_with_space;
        let joint = if is_whole_word && !is_one_word { " " } else { "" };
        self.block.extend_last(joint, more);
        self.ends_with_space = line.text.ends_with(' ');
    }

    /// The block has ended: gives it out as what it is.
    fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let line = self.block.first_line();
        let mut draft = self.block.draft();
        let class = if self.describes_machine {
            draft.default_host(draft.name());
            replace(&mut self.host, draft.host());
            LineClass::Structure
        } else if !draft.is_empty() {
            if !self.has_record {
                let keys: Vec<&str> = self
                    .keys
                    .iter()
                    .filter_map(|key| Some(self.known.get(*key)?.key.as_str()))
                    .collect();
                sink.reading(Columns::of(keys.iter().copied()).described(&keys));
                self.has_record = true;
            }
            draft.default_host(&self.host);
            sink.record(&draft.record(line, self.block.text()));
            LineClass::Record
        } else if draft.version().is_empty() {
            // Keys without values, as entries of the registry without a name have them, or a
            // heading: "ComputerName : PC-17".
            replace(&mut self.host, draft.host());
            LineClass::Structure
        } else {
            sink.problem(line, ProblemKind::NoName, self.block.text());
            LineClass::Problem
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
        self.keys.clear();
        self.describes_machine = false;
        self.next_known = 0;
    }
}

/// Makes `old` the other text, unless that is empty.
fn replace(old: &mut String, new: &str) {
    if !new.is_empty() {
        old.clear();
        old.push_str(new);
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

    #[test]
    fn each_block_is_a_program() {
        check(
            r#"
PS C:\> Get-WmiObject Win32_Product


IdentifyingNumber : {0F05E4E5-5A89-482C-9A62-47CC58643788}
Name              : Агент администрирования Kaspersky Security Center
Vendor            : "Лаборатория Касперского"
Version           : 14.0.0.10902
Caption           : Агент администрирования Kaspersky Security Center

IdentifyingNumber : {23170F69-40C1-2702-2301-000001000000}
Name              : 7-Zip 23.01 (x64 edition)
Vendor            : Igor Pavlov
Version           : 23.01.00.0
Caption           : 7-Zip 23.01 (x64 edition)



PS C:\> hostname
PC-17
"#,
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: IdentifyingNumber, Name, Vendor, Version
                reading: name from “Name” or “Caption”; version from “Version”; publisher from “Vendor”; identifiers from “IdentifyingNumber”
                5: Агент администрирования Kaspersky Security Center | version 14.0.0.10902 | publisher "Лаборатория Касперского" | product-code {0F05E4E5-5A89-482C-9A62-47CC58643788}
                11: 7-Zip 23.01 (x64 edition) | version 23.01.00.0 | publisher Igor Pavlov | product-code {23170F69-40C1-2702-2301-000001000000}
                20! expected a key, “ : ” and a value; passed over
                lines: 10 records + 9 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn a_wrapped_value_is_joined() {
        check(
            "DisplayName     : Parallels Internet Security Powered by\n\
             \x20                 Kaspersky\n\
             DisplayVersion  : 6.0\n\
             InstallLocation : C:\\Program Files\\Parallels\\Parallels Internet Security\n\
             \x20                 Powered by Kaspersky\\\n\
             Publisher       : Parallels Software International\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: DisplayName, DisplayVersion, InstallLocation, Publisher
                reading: name from “DisplayName”; version from “DisplayVersion”; publisher from “Publisher”; identifiers from “InstallLocation”
                1: Parallels Internet Security Powered by Kaspersky | version 6.0 | publisher Parallels Software International | path C:\Program Files\Parallels\Parallels Internet Security Powered by Kaspersky\
                lines: 6 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_value_cut_at_the_width_of_the_screen_is_joined_without_a_space() {
        check(
            "DisplayName    : Агент администрирования Kaspers\n\
             \x20                ky Security Center\n\
             DisplayVersion : 14\n\
             \n\
             DisplayName    : Консоль администрирования Kaspe\n\
             \x20                rsky Security Center\n\
             \n\
             DisplayName    : Сервер администрирования Касп  \n\
             \x20                Security Center\n\
             DisplayVersion : 14\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: DisplayName, DisplayVersion
                reading: name from “DisplayName”; version from “DisplayVersion”
                1: Агент администрирования Kaspersky Security Center | version 14
                5: Консоль администрирования Kaspersky Security Center
                8: Сервер администрирования Касп Security Center | version 14
                lines: 8 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn wmic_lists_are_read_with_and_without_blank_lines_between() {
        check(
            "\n\nName=Kaspersky Endpoint Security для Windows\nVendor=АО \"Лаборатория Касперского\"\n\
             Version=12.1.0.506\n\n\nName=7-Zip=Extra\nVendor=\nVersion=23\n\n\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “=” and a value: Name, Vendor, Version
                reading: name from “Name”; version from “Version”; publisher from “Vendor”
                3: Kaspersky Endpoint Security для Windows | version 12.1.0.506 | publisher АО "Лаборатория Касперского"
                8: 7-Zip=Extra | version 23
                lines: 6 records + 6 structure + 0 problems
            "#]],
        );
        check(
            "Name=Kaspersky Free\n\nVersion=21.3\n\n\n\nName=7-Zip\n\nVersion=23\n\n\n\nName=Steam\n\nVersion=\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “=” and a value: Name, Version
                reading: name from “Name”; version from “Version”
                1: Kaspersky Free | version 21.3
                7: 7-Zip | version 23
                13: Steam
                lines: 6 records + 9 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_key_that_comes_again_begins_the_next_block() {
        check(
            "Name : 7-Zip\nVersion : 23\nName : Kaspersky\nVersion : 21.3\n",
            expect![[r#"
            Likely: its lines are blocks of a key, “ : ” and a value: Name, Version
            reading: name from “Name”; version from “Version”
            1: 7-Zip | version 23
            3: Kaspersky | version 21.3
            lines: 4 records + 0 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn blocks_without_a_name_are_told_from_records() {
        check(
            "DisplayName : \nPublisher :\n\n\
             DisplayName : \nPublisher : Kaspersky\n\n\
             DisplayName :\nDisplayVersion : 1.0\n\n\
             Domain : WORKGROUP\nManufacturer : Dell\nName : PC-17\nTotalPhysicalMemory : 1\n\n\
             DisplayName : 7-Zip\nPublisher :\n\n\
             Total programs: 1\n\
             A line about something else\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: DisplayName, Publisher, DisplayVersion, Domain
                reading: name from “DisplayName”; publisher from “Publisher”
                4:  | publisher Kaspersky
                7! expected the name of a program, found none
                15: 7-Zip | host PC-17
                19! expected a key, “ : ” and a value; passed over
                lines: 4 records + 12 structure + 3 problems
            "#]],
        );
    }

    #[test]
    fn the_computer_is_read_from_its_key() {
        check(
            "DisplayName    : Kaspersky\nPSComputerName : PC-17\nPSPath         : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\Software\\Uninstall\\{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: DisplayName, PSComputerName, PSPath
                reading: name from “DisplayName”; computer from “PSComputerName”; identifiers from “PSPath”
                1: Kaspersky | host PC-17 | product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
                lines: 3 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn blocks_of_other_tools_are_read() {
        check(
            "Name        : kesl\nVersion     : 12.1.0\nRelease     : 1297\nVendor      : AO Kaspersky Lab\n\
             Description :\nProtects the computer.\nAnd more.\n",
            expect![[r#"
                Certain: its lines are blocks of a key, “ : ” and a value: Name, Version, Release, Vendor
                reading: name from “Name” or “Description”; version from “Version”; publisher from “Vendor”
                1: kesl | version 12.1.0 | publisher AO Kaspersky Lab
                lines: 7 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Package: kesl\nStatus: deinstall ok config-files\nVersion: 12.1.0-1297\nMaintainer: Kaspersky\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “: ” and a value: Package, Status, Version, Maintainer
                reading: name from “Package”; version from “Version”; publisher from “Maintainer”
                1: kesl | version 12.1.0-1297 | publisher Kaspersky | package kesl | removed
                lines: 4 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "==================================================\n\
             Display Name      : Kaspersky VPN\n\
             Registry Name     : {3507FA00-ADA2-4A02-99B9-51AD26CA9120}\n\
             Display Version   : 21.3\n\
             ==================================================\n",
            expect![[r#"
                Likely: its lines are blocks of a key, “ : ” and a value: Display Name, Registry Name, Display Version
                reading: name from “Display Name”; version from “Display Version”; identifiers from “Registry Name”
                2: Kaspersky VPN | version 21.3 | product-code {3507FA00-ADA2-4A02-99B9-51AD26CA9120}
                lines: 3 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_text_is_not_recognised() {
        check(
            "Host Name:       PC-17\nOS Name:         Microsoft Windows 10\nSystem Type: x64\n",
            expect![[r#"
                not recognised
                0! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Host Name”, “OS Name”, “System Type”; rename the column that holds the program names to Name
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "Fallout: New Vegas\nHalo: Reach\nWarhammer: Dawn of War\n",
            expect![[r#"
                not recognised
                0! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “Fallout”, “Halo”, “Warhammer”; rename the column that holds the program names to Name
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "NAME=\"Ubuntu\"\nVERSION=\"22.04\"\n",
            expect![[r#"
            not recognised
            reading: name from “NAME”; version from “VERSION”
            1: "Ubuntu" | version "22.04"
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "7-Zip : the best\nKaspersky\nSteam\n",
            expect![[r#"
                not recognised
                0! no column is named like a program's name (such as Name, DisplayName or Software); the columns are “7-Zip”; rename the column that holds the program names to Name
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
        check(
            "Name         : PC-17\nManufacturer : Dell\nTotalPhysicalMemory : 17\n",
            expect![[r#"
                not recognised
                lines: 0 records + 3 structure + 0 problems
            "#]],
        );
    }
}
