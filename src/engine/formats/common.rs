//! Small things several formats need: prompt lines, product codes, names cut by a tool.

use std::borrow::Cow;

use memchr::memchr3;

use crate::engine::clause::{Clause, clause};
use crate::engine::limits::RECORD_FIELDS;
use crate::engine::problem::ProblemKind;

/// True if the line is a shell prompt (with or without a command), not something a tool printed.
///
/// `PS C:\> winget list`, `C:\Users\me>wmic product get name`, `me@pc:~$ dpkg -l`, `$ rpm -qa`,
/// `# rpm -qa`, `osquery> SELECT …`, `sqlite> …`, `MacBook:~ me$ mas list`,
/// `/ # apk info`.
pub(super) fn is_prompt_line(line: &str) -> bool {
    // Nearly all lines have none of what ends a prompt, and every format asks of every line.
    if memchr3(b'$', b'#', b'%', line.as_bytes()).is_none() && !line.contains('>') {
        return false;
    }
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("PS ").or_else(|| line.strip_prefix("PS>")) {
        return rest.is_empty() || line.starts_with("PS>") || rest.contains('>');
    }
    if is_drive_path(line) {
        // `C:\Users\me>wmic …`: a folder never holds ">".
        return line.contains('>');
    }
    if ["osquery>", "sqlite>", "mysql>"].iter().any(|prompt| line.starts_with(prompt)) {
        return true;
    }
    if let Some(rest) = line.strip_prefix("$ ").or_else(|| line.strip_prefix("% ")) {
        return starts_like_a_command(rest);
    }
    // "/ # apk info", "~ $ ls" and "phone:/ $ pm list packages" of small systems, which have no
    // logins.
    if let Some((folder, rest)) = line.split_once(" # ").or_else(|| line.split_once(" $ "))
        && (folder.starts_with(['/', '~']) || folder.contains(":/"))
        && !folder.contains(' ')
    {
        return starts_like_a_command(rest);
    }
    if let Some(rest) = line.strip_prefix("# ") {
        return is_known_command(rest);
    }
    // `me@pc:~$ dpkg -l`, `[me@pc ~]$ rpm -qa`, `root@pc:/# …`, `me@mac ~ % ls`.
    let end = ["$ ", "# ", "% "]
        .iter()
        .filter_map(|mark| line.find(mark))
        .min()
        .or_else(|| line.ends_with(['$', '#', '%']).then(|| line.len().saturating_sub(1)));
    let Some(prompt) = end.and_then(|end| line.get(..end)) else {
        return false;
    };
    // `(base) me@pc:~$`: the name of a Python environment.
    let prompt = match prompt.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        Some((_, rest)) => rest,
        None => prompt,
    };
    let prompt = prompt.trim_start_matches('[');
    let first = prompt.split(' ').next().unwrap_or_default();
    let is_login = first.contains('@') && !first.starts_with('@') && !first.ends_with('@');
    let is_mac = first.contains(":~") || first.ends_with(':');
    (is_login && (prompt.contains([':', '~', '/', ']', ' ']))) || (is_mac && first.contains(":~"))
}

/// True if the text begins with a drive and a path, as in `C:\Users`.
pub(super) fn is_drive_path(text: &str) -> bool {
    matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

fn starts_like_a_command(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase() || c == '.' || c == '/')
}

/// True if the line begins with a command that prints a list of programs.
pub(super) fn is_known_command(line: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "wmic",
        "winget",
        "choco",
        "scoop",
        "get-wmiobject",
        "gwmi",
        "get-ciminstance",
        "gcim",
        "get-itemproperty",
        "gp",
        "get-package",
        "get-appxpackage",
        "reg",
        "powershell",
        "pwsh",
        "tasklist",
        "driverquery",
        "dpkg",
        "dpkg-query",
        "apt",
        "apt-get",
        "rpm",
        "dnf",
        "yum",
        "zypper",
        "pacman",
        "apk",
        "snap",
        "flatpak",
        "brew",
        "mas",
        "system_profiler",
        "ls",
        "dir",
        "pkgutil",
        "osqueryi",
        "adb",
        "pm",
        "sudo",
        "cat",
        "type",
        "more",
        "echo",
    ];
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else {
        return false;
    };
    COMMANDS.iter().any(|command| {
        first.eq_ignore_ascii_case(command)
            || (first.len() == command.len() + 4
                && first.get(..command.len()).is_some_and(|f| f.eq_ignore_ascii_case(command))
                && first.get(command.len()..).is_some_and(|f| f.eq_ignore_ascii_case(".exe")))
    }) && words.next().is_some()
}

/// The first MSI product code (`{8-4-4-4-12}` hexadecimal digits, with its braces) in the text.
pub(super) fn product_code_in(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        // '{' is one byte long, so both offsets are character boundaries.
        let from = &rest[start..];
        if let Some(code) = from.get(..38)
            && code.ends_with('}')
            && code.get(1..37).is_some_and(is_guid)
        {
            return Some(code);
        }
        rest = &from[1..];
    }
    None
}

/// True if the text is `8-4-4-4-12` hexadecimal digits, without braces.
pub(super) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// True for `23.01`, `12.6.0.438`, `v1.4.2-beta`, `1:2.3-4ubuntu1`, `< 5.0`; not for a date
/// (`24.12.2023`) and not for a bare number.
pub(super) fn looks_like_version(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['<', '>', ' ', 'v', 'V']);
    let (number, rest) = text.split_once(' ').unwrap_or((text, ""));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'~' | b':')
        })
        && number.as_bytes().windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_digit())
        && digits * 4 >= number.len();
    let mut parts = number.split('.').map(str::parse::<u16>);
    let is_date = matches!(
        (parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(Ok(1..=31)), Some(Ok(1..=12)), Some(Ok(1990..=2100)), None)
    );
    is_number && !is_date && (rest.is_empty() || rest.starts_with(['(', 'b', 'B', 'r', 'R']))
}

/// The name without the ellipsis a tool cut it with, if it ends with one.
pub(super) fn without_ellipsis(name: &str) -> Option<&str> {
    // "鈥?" and "ΓÇª" are "…" after a round through the wrong code page (winget's output saved by
    // PowerShell 5 on Chinese and Western Windows).
    ["\u{2026}", "...", "\u{9225}?", "\u{393}\u{C7}\u{AA}"]
        .iter()
        .find_map(|ellipsis| name.trim_end().strip_suffix(ellipsis))
        .map(str::trim_end)
}

/// What is said of a record that has more fields than are looked at.
pub(super) fn too_many_fields() -> ProblemKind {
    ProblemKind::Incomplete {
        why: clause!(
            "one record has more than {most} fields, and its others were not read",
            most = RECORD_FIELDS
        ),
        advice: clause!(
            "make it again with fewer fields; the computer, the name, the publisher and the version are enough"
        ),
    }
}

/// What to do about something that holds too much to be read at once.
pub(super) fn apart() -> Clause {
    clause!("make the list again with a tool that writes each program on its own")
}

/// True if a line between rows is a remark about the list rather than an entry of it: a heading, a
/// total, a sentence, a warning, a line drawn. In doubt it is an entry.
pub(super) fn is_remark(line: &str) -> bool {
    const WARNINGS: &[&str] = &[
        "WARNING:",
        "ERROR:",
        "VERBOSE:",
        "DEBUG:",
        "WARNUNG:",
        "FEHLER:",
        "AVERTISSEMENT",
        "ERREUR",
        "ADVERTENCIA:",
        "AVISO:",
        "AVVISO:",
        "ПРЕДУПРЕЖДЕНИЕ:",
        "ОШИБКА:",
        "警告:",
        "Note:",
        "NOTE:",
    ];
    let line = line.trim();
    if !line.contains(char::is_alphanumeric) {
        return true;
    }
    if line.ends_with([':', '。', '：']) || WARNINGS.iter().any(|word| line.starts_with(word)) {
        return true;
    }
    // "Total programs: 45".
    if let Some((label, rest)) = line.rsplit_once(':')
        && !label.is_empty()
        && rest.trim().bytes().all(|byte| byte.is_ascii_digit())
    {
        return true;
    }
    // "saved in: C:\Temp\list.txt".
    if line.split_once(": ").is_some_and(|(_, rest)| is_drive_path(rest)) {
        return true;
    }
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let last = words.clone().next_back().unwrap_or_default();
    let count = words.clone().count() + 1;
    // "58 packages installed"; a game is "7 Days to Die".
    let is_total = first.bytes().all(|byte| byte.is_ascii_digit())
        && (2..=6).contains(&count)
        && words.clone().all(|word| word.starts_with(char::is_lowercase));
    // "Adobe Systems Inc." is no sentence.
    let is_sentence = count >= 4
        && line.ends_with(['.', '!', '?'])
        && last.starts_with(|c: char| c.is_lowercase() || c == '(')
        && !matches!(last, "s.r.o." | "a.s." | "d.o.o." | "mbh." | "etc.");
    is_total || is_sentence
}

/// The line without the colours that a terminal shows (`ESC [ 32 ; 1 m`).
pub(super) fn without_colours(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{1b}') {
        return Cow::Borrowed(line);
    }
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = match escape.strip_prefix('[') {
            // The sequence ends with its first letter, which is one byte long.
            Some(code) => match code.find(|c: char| c.is_ascii_alphabetic()) {
                Some(end) => code.get(end + 1..).unwrap_or_default(),
                None => "",
            },
            None => escape,
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_names_of_programs() {
        for prompt in [
            "PS C:\\> winget list",
            "PS C:\\Users\\Ana Lopez> Get-Package | ConvertTo-Json",
            "PS>Get-Package",
            "PS /home/me> Get-Package",
            "C:\\Users\\me>wmic product get name",
            "C:\\>",
            "me@pc:~$ dpkg -l",
            "root@pc:/# dpkg -l",
            "[me@pc ~]$ rpm -qa",
            "me@mac ~ % mas list",
            "(base) me@pc:~$ rpm -qa",
            "MacBook:~ me$ mas list",
            "$ ls -1 /Applications/",
            "% mas list",
            "# rpm -qa",
            "osquery> SELECT * FROM programs;",
            "sqlite> select * from t;",
            "root@pc:~#",
            "/ # apk info -v",
            "~ $ ls",
            "star2lte:/ $ pm list packages",
        ] {
            assert!(is_prompt_line(prompt), "{prompt}");
        }
        for name in [
            "PS Remote Play",
            "Microsoft .NET Framework 4.8",
            "# of licenses",
            "C# Tools",
            "C:\\Program Files\\Foo",
            "foo@bar.com Mailer",
            "$$$ Money",
            "Dell Command | Update",
            "100% Free Converter",
            "-> 7-Zip",
            "=> Foo",
            "",
        ] {
            assert!(!is_prompt_line(name), "{name}");
        }
    }

    #[test]
    fn a_product_code_is_found_inside_a_command() {
        let code = "{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}";
        assert_eq!(product_code_in(&format!("MsiExec.exe /X{code} /qn")), Some(code));
        assert_eq!(product_code_in(&format!("InstallWIX_{{x{code}")), Some(code));
        assert_eq!(product_code_in("{7EC66A9F-0A49-4DC0-A9E8-460333EA801}"), None);
        assert_eq!(product_code_in("{ü}{"), None);
    }

    #[test]
    fn versions_are_told_from_dates_and_numbers() {
        for version in [
            "23.01",
            "12.6.0.438",
            "v1.4.2-beta",
            "1:2.3-4ubuntu1",
            "< 5.0",
            "12.0 (1234)",
            "1.0b2",
        ] {
            assert!(looks_like_version(version), "{version}");
        }
        for other in [
            "24.12.2023",
            "2023",
            "7-Zip",
            "",
            ".NET",
            "A.1",
            "10 Minutes",
            "3D.Foo",
            "1.",
            "10.5 km",
            "12:30:45",
        ] {
            assert!(!looks_like_version(other), "{other}");
        }
    }

    #[test]
    fn an_ellipsis_is_taken_off_a_name() {
        assert_eq!(without_ellipsis("Kaspersky Endpoint Sec..."), Some("Kaspersky Endpoint Sec"));
        assert_eq!(without_ellipsis("Kaspersky End\u{2026} "), Some("Kaspersky End"));
        assert_eq!(without_ellipsis("7-Zip"), None);
    }

    #[test]
    fn remarks_are_told_from_entries() {
        for remark in [
            "----------",
            "Installed software on PC-17:",
            "Total programs: 45",
            "58 packages installed",
            "11 upgrades available.",
            "11 升级可用。",
            "The list was made by the help desk on request.",
            "saved in: C:\\Temp\\list.txt",
            "WARNING: column 'Publisher' does not fit into the display and was removed.",
        ] {
            assert!(is_remark(remark), "{remark}");
        }
        for entry in [
            "7-Zip 23.01 (x64 edition)",
            "7 Days to Die",
            "1Password",
            "Adobe Systems Flash Player Inc.",
            "Fallout: New Vegas",
            "Microsoft Office",
            "360 Total Security",
            "3 Heroes",
        ] {
            assert!(!is_remark(entry), "{entry}");
        }
    }

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(without_colours("\u{1b}[32;1mName\u{1b}[0m  A"), "Name  A");
        assert_eq!(without_colours("Name\u{1b}"), "Name");
        assert_eq!(without_colours("Name\u{1b}[3"), "Name");
    }
}
