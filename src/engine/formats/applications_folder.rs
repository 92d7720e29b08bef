//! `ls /Applications` on a Mac: names of applications, with or without details, in columns or not.

use super::common::{is_prompt_line, without_colours};
use super::{Confidence, Format, Line, LineReader, Lines, Outcome, Sample, Sniffed};
use crate::engine::language::key;
use crate::engine::record::{Identifier, IdentifierKind, Platform, Record, Sink};

pub(super) static FORMAT: Format = Format {
    id: "applications-folder",
    title: "Contents of a Mac's Applications folder (ls, find)",
    reads: "the names in the folder Applications as ls prints them, with or without details, and \
            paths of applications as find and mdfind print them",
    how_to_get: "in Terminal on the Mac: ls -1 /Applications > list.txt",
    cannot_show: "names alone cannot show who made an application, and applications elsewhere are \
                  missing; system_profiler SPApplicationsDataType lists all, with who signed them",
    platform: Some(Platform::Macos),
    sniff,
    open: |_| Lines::boxed(FolderReader),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let (mut apps, mut others, mut has_command) = (0, 0, false);
    for line in sample.filled_lines().map(without_colours) {
        if is_prompt_line(&line) {
            let is_list =
                line.split_whitespace().any(|word| matches!(word, "ls" | "find" | "mdfind"));
            has_command |= is_list && line.contains("/Applications");
        } else if is_structure(&line) {
            has_command |= line.starts_with("/Applications");
        } else {
            let (with_ending, without) = entries(&line)
                .filter(|entry| !is_size(entry))
                .fold((0, 0), |(a, b), entry| if is_app(entry) { (a + 1, b) } else { (a, b + 1) });
            apps += with_ending;
            // A folder among applications is a line with details too.
            others += if details_of(&line).is_some() { 0 } else { without };
        }
    }
    let certain = |reason: &'static str| {
        Some(Sniffed { confidence: Confidence::Certain, reason: reason.into() })
    };
    if has_command && apps + others > 0 && (apps > 0 || others >= 2) {
        return certain(key!("it shows the folder /Applications of a Mac"));
    }
    if apps >= 2 && others <= apps {
        return certain(key!("most of its names end with .app, as those of a Mac's applications"));
    }
    None
}

/// `Firefox.app`, `Firefox.app/` of ls -F.
fn is_app(entry: &str) -> bool {
    without_ending(entry).is_some()
}

fn without_ending(entry: &str) -> Option<&str> {
    entry.trim_end_matches(['/', '@']).strip_suffix(".app").filter(|name| !name.is_empty())
}

/// `total 0`, `/Applications/Utilities:`, and what the tools complain about.
fn is_structure(line: &str) -> bool {
    let text = line.trim();
    let is_total =
        text.strip_prefix("total ").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let is_message = text.starts_with("find: ") || text.starts_with("ls: ");
    is_total || is_message || (text.starts_with('/') && text.ends_with(':'))
}

/// `1.2G`, which du writes in front of a path.
fn is_size(entry: &str) -> bool {
    let number = entry.trim_end_matches(['B', 'K', 'M', 'G', 'T']);
    entry.starts_with(|c: char| c.is_ascii_digit())
        && number.len() < entry.len()
        && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// The name behind the details of `ls -l`: mode, links, owner, group, size, month, day, time.
fn details_of(line: &str) -> Option<&str> {
    let is_mode = matches!(
        line.as_bytes(),
        [b'd' | b'-' | b'l', a, b, c, ..]
            if [a, b, c].iter().all(|b| matches!(b, b'r' | b'w' | b'x' | b's' | b'-'))
    );
    if !is_mode {
        return None;
    }
    let mut rest = line;
    for _ in 0..8 {
        let (_, behind) = rest.trim_start().split_once(' ')?;
        rest = behind;
    }
    Some(rest.trim())
}

/// The names on a line: one, or several in columns.
fn entries(line: &str) -> impl Iterator<Item = &str> {
    let name = details_of(line);
    // "Safari.app -> ../System/…" is a link.
    let name = name.map(|name| name.split(" -> ").next().unwrap_or(name));
    let is_path = name.is_none() && line.trim_start().starts_with('/');
    let mut rest = Some(name.unwrap_or(line).trim());
    std::iter::from_fn(move || {
        let text = rest.filter(|text| !text.is_empty())?;
        let end = if name.is_some() || is_path { None } else { column_end(text) };
        let (entry, behind) = match end.and_then(|end| text.split_at_checked(end)) {
            Some((entry, behind)) => (entry, Some(behind.trim_start())),
            None => (text, None),
        };
        rest = behind;
        Some(entry.trim())
    })
}

/// Where the first name of columns ends: before a tab or two blanks, or behind `.app` and a blank.
fn column_end(text: &str) -> Option<usize> {
    let gaps = [text.find('\t'), text.find("  "), text.find(".app ").map(|at| at + 4)];
    gaps.into_iter().flatten().min()
}

struct FolderReader;

impl LineReader for FolderReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        let plain = without_colours(line.text);
        let text = plain.as_ref();
        if text.trim().is_empty() || is_structure(text) || is_prompt_line(text) {
            return Outcome::STRUCTURE;
        }
        let mut has_record = false;
        for entry in entries(text) {
            let is_path = entry.starts_with('/');
            let file = entry.trim_end_matches(['/', '@']).rsplit('/').next().unwrap_or(entry);
            // ".", "..", ".DS_Store"
            if file.is_empty() || file.starts_with('.') || is_size(entry) {
                continue;
            }
            let path = [Identifier { kind: IdentifierKind::Path, value: entry }];
            sink.record(&Record {
                name: without_ending(file).unwrap_or(file),
                identifiers: if is_path { &path } else { &[] },
                line: line.number,
                text: line.text,
                ..Record::default()
            });
            has_record = true;
        }
        if has_record { Outcome::RECORD } else { Outcome::STRUCTURE }
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
    fn endings_details_and_columns_are_taken_apart() {
        check(
            "App Store.app\t\tKaspersky Anti-Virus For Mac.app  Utilities\nzoom.us.app/\n/Applications/Utilities:\n/Applications/Foo Bar.app\ndrwxr-xr-x@  3 me admin 96 Mar  4 17:02 Fire fox.app\nlrwxr-xr-x 1 root wheel 54 Feb 7 08:00 Safari.app -> ../System/Safari.app\ndrwxr-xr-x 5 root admin 160 Nov 9 2022 .\ntotal 0\n",
            expect![[r#"
                Certain: it shows the folder /Applications of a Mac
                1: App Store
                1: Kaspersky Anti-Virus For Mac
                1: Utilities
                2: zoom.us
                4: Foo Bar | path /Applications/Foo Bar.app
                5: Fire fox
                6: Safari
                lines: 5 records + 3 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn under_the_command_names_without_an_ending_are_read() {
        check(
            "$ ls /Applications\nUtilities\nKaspersky\n",
            expect![[r#"
            Certain: it shows the folder /Applications of a Mac
            2: Utilities
            3: Kaspersky
            lines: 2 records + 1 structure + 0 problems
        "#]],
        );
    }

    #[test]
    fn sizes_in_front_of_paths_are_passed_over() {
        check(
            "1.2G\t/Applications/Xcode.app\n12K\t/Applications/Kaspersky VPN.app\n",
            expect![[r#"
                Certain: most of its names end with .app, as those of a Mac's applications
                1: Xcode | path /Applications/Xcode.app
                2: Kaspersky VPN | path /Applications/Kaspersky VPN.app
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_lists_of_files_are_not_recognised() {
        check(
            "-rw-r--r-- 1 me me 12 Mar 4 17:02 notes.txt\ndrwxr-xr-x 1 me me 12 Mar 4 17:02 src\n",
            expect![[r#"
                not recognised
                1: notes.txt
                2: src
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
        check(
            "Firefox.app is an application\nKaspersky\nGit\n",
            expect![[r#"
            not recognised
            1: Firefox
            1: is an application
            2: Kaspersky
            3: Git
            lines: 3 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "setup.exe\nfoo.msi\n",
            expect![[r#"
            not recognised
            1: setup.exe
            2: foo.msi
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
    }
}
