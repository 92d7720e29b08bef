//! How the kinds of text show that need more than a look at their first lines.

use super::text::{Look, begins_with};

pub(super) fn is_network(look: &Look<'_>) -> bool {
    let is_ipconfig = look.begins_any(
        3,
        &[
            "Windows IP Configuration",
            "Windows-IP-Konfiguration",
            "Configuration IP de Windows",
            "Configuración IP de Windows",
            "Configuração de IP do Windows",
            "Configurazione IP di Windows",
            "Настройка протокола IP для Windows",
            "Конфігурація IP для Windows",
            "Windows IP 配置",
            "Windows IP 設定",
            "Windows IP 構成",
            "Windows IP 구성",
        ],
    );
    let addresses = look.lines.iter().filter(|line| {
        line.starts_with("inet ") || line.starts_with("inet6 ") || line.starts_with("link/")
    });
    is_ipconfig || (addresses.count() >= 2 && look.has_any(&["mtu ", "MTU:"]))
}

/// What shells say of a command that is not there or may not run, and nothing else of length.
pub(super) fn is_error_message(look: &Look<'_>) -> bool {
    const SAYINGS: &[&str] = &[
        "is not recognized as an internal or external command",
        "is not recognized as the name of a cmdlet",
        "is not recognized as a name of a cmdlet",
        "command not found",
        "CommandNotFoundException",
        "ist entweder falsch geschrieben oder",
        "wurde nicht als Name eines Cmdlet",
        "n’est pas reconnu en tant que",
        "n'est pas reconnu en tant que",
        "no se reconoce como un comando interno o externo",
        "no se reconoce como nombre de un cmdlet",
        "não é reconhecido como um comando interno",
        "não é reconhecido como nome de cmdlet",
        "не является внутренней или внешней",
        "не распознано как имя командлета",
        "不是内部或外部命令",
        "无法将“",
        "は、内部コマンドまたは外部コマンド",
        "Permission denied",
        "Access is denied.",
        "Zugriff verweigert",
        "Отказано в доступе",
        "INFO: No tasks are running which match",
        "ERROR: The system was unable to find the specified registry key or value",
        "[SC] EnumQueryServicesStatus:OpenService FAILED",
        "[SC] OpenService FAILED",
        "[SC] OpenSCManager FAILED",
    ];
    const LINES_OF_AN_ERROR: usize = 12;
    look.is_whole && look.lines.len() <= LINES_OF_AN_ERROR && look.has_any(SAYINGS)
}

/// Nothing but commands that would print a list.
pub(super) fn is_command_only(look: &Look<'_>) -> bool {
    const LINES_OF_A_COMMAND: usize = 4;
    look.is_whole
        && (1..=LINES_OF_A_COMMAND).contains(&look.lines.len())
        && look.lines.iter().all(|line| is_command(line))
}

/// True for a line that is a command (behind a prompt or not) which prints a list of programs.
fn is_command(line: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "winget list",
        "winget export",
        "wmic product",
        "wmic /output:",
        "wmic /node:",
        "get-itemproperty",
        "get-childitem hk",
        "get-package",
        "get-wmiobject",
        "get-ciminstance",
        "get-appxpackage",
        "gwmi",
        "gcim",
        "reg query",
        "reg export",
        "dpkg -l",
        "dpkg --",
        "dpkg-query -",
        "rpm -q",
        "apt list",
        "system_profiler",
        "choco list",
        "snap list",
        "flatpak list",
        "pacman -q",
        "brew list",
        "systeminfo",
        "powershell -",
        "powershell.exe -",
    ];
    let lower = line.to_lowercase();
    let command = match lower.split_once('>') {
        // `ps c:\> …`, `c:\users\me>…`
        Some((prompt, rest)) if prompt.contains(":\\") && !prompt.contains(' ') => rest,
        Some((prompt, rest)) if prompt.starts_with("ps ") => rest,
        _ => match lower.split_once("$ ") {
            // `me@pc:~$ …`
            Some((prompt, rest)) if prompt.contains('@') => rest,
            _ => lower.as_str(),
        },
    };
    let command = command.trim_start_matches(['$', '#', '%', '>', ' ']);
    let command = command.strip_prefix("sudo ").unwrap_or(command);
    COMMANDS.iter().any(|known| {
        command.strip_prefix(known).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(' ')
                || known.ends_with(['-', ':', 'q'])
                || *known == "get-childitem hk"
        })
    })
}

/// Three kinds of header lines near the top, in one language.
pub(super) fn is_email(look: &Look<'_>) -> bool {
    const HEADERS: &[&[&str]] = &[
        &[
            "From:",
            "To:",
            "Subject:",
            "Date:",
            "Sent:",
            "Cc:",
            "Received:",
            "Message-ID:",
            "MIME-Version:",
            "Content-Type:",
            "Return-Path:",
        ],
        &["Von:", "An:", "Betreff:", "Gesendet:", "Datum:", "Cc:"],
        &["De :", "À :", "Objet :", "Envoyé :", "Date :", "De:", "À:", "Objet:", "Envoyé:"],
        &["De:", "Para:", "Asunto:", "Enviado:", "Enviado el:", "Assunto:", "Enviada em:"],
        &["От:", "Кому:", "Тема:", "Отправлено:", "Дата:", "Копия:"],
        &[
            "发件人:",
            "收件人:",
            "主题:",
            "发送时间:",
            "发件人：",
            "收件人：",
            "主题：",
            "发送时间：",
        ],
    ];
    HEADERS.iter().any(|headers| {
        let found = headers
            .iter()
            .filter(|header| look.lines.iter().take(20).any(|line| line.starts_with(**header)));
        found.count() >= 3
    })
}

/// `00:00:0C`, `00-00-0C` or `00000C`, then a blank and a maker.
pub(super) fn begins_with_mac_prefix(line: &str) -> bool {
    let Some((prefix, maker)) = line.split_once(['\t', ' ', ',']) else { return false };
    let hex = prefix.bytes().filter(u8::is_ascii_hexdigit).count();
    let is_prefix = matches!(prefix.len(), 6 | 8 | 17)
        && matches!(hex, 6 | 12)
        && hex + prefix.bytes().filter(|byte| matches!(byte, b':' | b'-')).count() == prefix.len();
    // Six digits alone could be a number of a row; makers' prefixes have letters among them, or
    // marks between.
    is_prefix
        && maker.contains(char::is_alphabetic)
        && (prefix.len() > 6
            || prefix.starts_with("00")
            || prefix.contains(|c: char| c.is_ascii_uppercase()))
}

/// A line of a hosts file or a filter list of an ad blocker.
pub(super) fn is_block_entry(line: &str) -> bool {
    [
        "0.0.0.0 ",
        "0.0.0.0\t",
        "127.0.0.1 ",
        "127.0.0.1\t",
        "::1 ",
        "||",
        "@@||",
        "address=/",
        "local-zone:",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// `example.com`, but not `com.example.app`, which is an app's id, nor `Vendor.Product`.
pub(super) fn is_domain(line: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "com", "net", "org", "ru", "de", "io", "cn", "info", "biz", "uk", "fr", "eu", "us", "gov",
        "edu", "mil", "co", "tv", "me", "xyz", "online", "site", "su", "ua", "by", "kz", "jp",
        "br",
    ];
    let line = line.trim_start_matches("*.").trim_end_matches('.');
    let mut labels = line.split('.');
    let first = labels.next().unwrap_or_default();
    let last = labels.next_back().unwrap_or_default();
    !first.is_empty()
        && ENDINGS.contains(&last)
        && !ENDINGS.contains(&first)
        && line
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

/// `2026-01-31 12:00:01`, `[2026-01-31T12:00:01`, `31/Jan/2026:12:00:01`, `Jan 31 12:00:01`,
/// `12:00:01`.
pub(super) fn begins_with_time(line: &str) -> bool {
    line.trim_start_matches(['[', '<', '(', '"']).split([' ', '\t', 'T']).take(4).any(is_clock_time)
        && line.starts_with(|c: char| c.is_ascii_digit() || "[<(\"JFMASOND".contains(c))
}

/// True for a word that begins (or, behind a date, ends) with `hh:mm:ss`.
fn is_clock_time(word: &str) -> bool {
    word.as_bytes().windows(8).any(|window| {
        window.iter().enumerate().all(|(at, byte)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    })
}

/// Some first lines say it at once; else a third of the lines is code.
pub(super) fn is_source(look: &Look<'_>) -> bool {
    let start = look.start();
    let says = start.starts_with("#!")
        || start.starts_with("<?php")
        || begins_with(start, "@echo off")
        || begins_with(start, "param(")
        || begins_with(start, "param (")
        || start.starts_with("#include <")
        || start.starts_with("#requires ")
        || start.starts_with("#Requires ")
        || start.starts_with("<#");
    says || look.most(5, 34, is_code)
}

fn is_code(line: &str) -> bool {
    // JSON has brackets at its line ends as well.
    if line.starts_with(['{', '}', '[', ']', '"']) {
        return false;
    }
    let ends = line.ends_with(['{', '}', ';']) || line.ends_with("};") || line.ends_with("):");
    let begins = [
        "import ",
        "from ",
        "def ",
        "class ",
        "function ",
        "const ",
        "let ",
        "var ",
        "public ",
        "private ",
        "return ",
        "if (",
        "if(",
        "for (",
        "foreach ",
        "while ",
        "#include ",
        "using ",
        "//",
        "/*",
        "*/",
        "REM ",
        "echo ",
        "Write-Host ",
        "end if",
        "fi",
        "done",
        "else",
    ]
    .iter()
    .any(|word| line.starts_with(word));
    let assigns = line.starts_with('$') && line.contains('=');
    // A list of names in quotation marks, or of a "from … to" kind, ends in no such sign.
    (ends && line.contains(['(', '=', '}', '{']))
        || assigns
        || (begins && line.contains(['(', '=', '{', '"', '*', '.', ':']))
}

/// A name of a document, picture or piece of music and nothing else, as `dir /b` lists them.
pub(super) fn is_document(line: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "doc", "docx", "odt", "pdf", "txt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx",
        "jpg", "jpeg", "png", "gif", "bmp", "tif", "heic", "mp3", "wav", "mp4", "avi", "mov",
        "mkv", "eml", "htm", "html",
    ];
    line.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// `-rw-r--r--  1 me me 4096 Jan 31 12:00 file`, as `ls -l` lists them.
pub(super) fn is_file_entry(line: &str) -> bool {
    let Some(mode) = line.split_whitespace().next() else { return false };
    matches!(mode.len(), 10 | 11)
        && mode.starts_with(['-', 'd', 'l'])
        && mode.bytes().skip(1).take(9).all(|byte| b"rwxsStT-".contains(&byte))
        && mode.contains('r')
}

/// `192.0.2.1 - - [31/Jan/2026:12:00:01 +0000] "GET / HTTP/1.1" 200 512`
pub(super) fn is_access_entry(line: &str) -> bool {
    line.contains("] \"") && line.contains(" HTTP/")
}

/// What package managers of programming languages write beside a program's source.
pub(super) fn is_lock_file(look: &Look<'_>) -> bool {
    let start = look.start();
    let is_json = start.starts_with('{')
        && (look.has_any(&["\"lockfileVersion\"", "\"packages-dev\"", "\"npm-shrinkwrap\""])
            || (look.has_any(&["\"dependencies\": {", "\"devDependencies\": {"])
                && look.has_any(&["\"scripts\": {", "\"devDependencies\": {", "\"main\":"])));
    is_json
        || look.begins_any(3, &["# yarn lockfile", "lockfileVersion:", "[[package]]", "GEM"])
            && look.has_any(&[
                "resolved ",
                "lockfileVersion:",
                "checksum = ",
                "remote: ",
                "version = ",
            ])
        || look.most(3, 70, is_pinned)
        || look.most(3, 70, |line| line.contains(" h1:"))
}

/// `requests==2.31.0`, of a requirements.txt.
fn is_pinned(line: &str) -> bool {
    line.split_once("==").is_some_and(|(name, version)| {
        !name.contains(' ') && version.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `docker.io/library/nginx:1.25`, `nginx@sha256:…`: the name of an image of a container.
pub(super) fn is_image(line: &str) -> bool {
    let name = line.trim_start_matches(['-', ' ']).trim_matches('"');
    let name = name.strip_prefix("image: ").unwrap_or(name);
    let is_one_word = name.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/' | b':' | b'@')
    });
    let Some((registry, image)) = name.split_once('/') else {
        return is_one_word && name.contains("@sha256:");
    };
    let has_tag = image.contains(":") || image.contains("@sha256:");
    is_one_word && registry.contains('.') && has_tag && !registry.is_empty()
}

/// What kubectl and docker inspect write as JSON and YAML.
pub(super) fn is_of_cluster(look: &Look<'_>) -> bool {
    let is_kubernetes = look.begins_any(0, &["apiVersion: "])
        || look.start().starts_with('{')
            && look.has_any(&["\"apiVersion\""])
            && look.has_any(&["\"kind\""])
            && look.has_any(&["\"metadata\"", "\"items\""]);
    let is_docker = look.has_any(&["\"RepoTags\""]) && look.has_any(&["\"RootFS\"", "\"Id\""]);
    is_kubernetes || is_docker
}

/// An address, a farewell, and nothing between them but sentences: no list is in it.
pub(super) fn is_letter(look: &Look<'_>) -> bool {
    const ADDRESSES: &[&str] = &[
        "Dear ",
        "Hello ",
        "Hi ",
        "Hallo ",
        "Sehr geehrte",
        "Liebe ",
        "Bonjour",
        "Madame",
        "Estimad",
        "Hola ",
        "Prezad",
        "Olá",
        "Уважаем",
        "Здравствуйте",
        "Добрый день",
    ];
    const FAREWELLS: &[&str] = &[
        "Kind regards",
        "Best regards",
        "Regards",
        "Sincerely",
        "Yours ",
        "Many thanks",
        "Mit freundlichen Grüßen",
        "Viele Grüße",
        "Cordialement",
        "Saludos",
        "Atenciosamente",
        "С уважением",
    ];
    let begins = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let Some(farewell) = look.lines.iter().position(|line| begins(line, FAREWELLS)) else {
        return false;
    };
    let is_signed = look.lines.len() - farewell <= 6;
    let is_sentence = |line: &str| {
        line.ends_with(['.', '?', '!', ',', ';']) || line.split_whitespace().count() >= 9
    };
    look.is_whole
        && is_signed
        && begins(look.start(), ADDRESSES)
        && look.lines.iter().take(farewell).skip(1).all(|line| is_sentence(line))
}
