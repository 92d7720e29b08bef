//! What people give the page by mistake, recognised so that the answer says what it is.
//!
//! Two tables, one row a kind: [`looks_like_bytes`] for files that are not text, by what they
//! begin with, and [`looks_like_text`] for text that lists no programs. A row says what it looks
//! like (with its article, as in "this is a PNG picture") and what to do instead.

use super::formats::Sample;

/// What something looks like, and what to do instead.
type Advice = (&'static str, &'static str);

// ---------------------------------------------------------------------------------------------
// Bytes

const AS_CSV: &str =
    "open it, save the sheet with the programs as \"CSV UTF-8\" and choose that file";
const AS_TEXT: &str =
    "copy the list out of it as text, or make the list again with the command of step 2";
const UNPACK: &str = "unpack it and choose the list inside";
const A_PICTURE: &str = "copy the list as text instead of taking a picture of it";
const A_PROGRAM: &str =
    "this page checks lists of programs, not programs: make a list with the command of step 2";

/// What the bytes at the beginning of a file say it is, if it is not text.
///
/// UTF-16 text has zero bytes and must have been told from other data before this is asked.
pub fn looks_like_bytes(head: &[u8]) -> Option<(&'static str, &'static str)> {
    BEGINNINGS
        .iter()
        .find(|(beginning, _)| head.starts_with(beginning))
        .map(|(_, advice)| *advice)
        .or_else(|| zip(head))
        .or_else(|| ole(head))
        .or_else(|| others(head))
        .or_else(|| controls(head))
}

/// Kinds that their first bytes alone tell.
static BEGINNINGS: &[(&[u8], Advice)] = &[
    (b"\x89PNG\r\n\x1A\n", ("a PNG picture", A_PICTURE)),
    (b"\xFF\xD8\xFF", ("a JPEG picture", A_PICTURE)),
    (b"GIF87a", ("a GIF picture", A_PICTURE)),
    (b"GIF89a", ("a GIF picture", A_PICTURE)),
    (b"II*\0", ("a TIFF picture", A_PICTURE)),
    (b"MM\0*", ("a TIFF picture", A_PICTURE)),
    (b"%PDF-", ("a PDF document", AS_TEXT)),
    (b"\x1F\x8B", ("a gzip archive", UNPACK)),
    (b"\xFD7zXZ\0", ("an xz archive", UNPACK)),
    (b"(\xB5/\xFD", ("a Zstandard archive", UNPACK)),
    (b"7z\xBC\xAF\x27\x1C", ("a 7-Zip archive", UNPACK)),
    (b"Rar!\x1A\x07", ("a RAR archive", UNPACK)),
    (b"MSCF\0\0\0\0", ("a Windows cabinet file", UNPACK)),
    (b"\x7FELF", ("a Linux program", A_PROGRAM)),
    (b"\xCF\xFA\xED\xFE", ("a macOS program", A_PROGRAM)),
    (b"\xCE\xFA\xED\xFE", ("a macOS program", A_PROGRAM)),
    (b"\xCA\xFE\xBA\xBE", ("a macOS or Java program", A_PROGRAM)),
    (b"\0asm", ("a WebAssembly program", A_PROGRAM)),
    (
        b"SQLite format 3\0",
        ("an SQLite database", "export the table of programs as CSV and choose that file"),
    ),
    (
        b"regf",
        (
            "a Windows registry hive",
            "make the list on the computer itself with the command of step 2",
        ),
    ),
    (b"ElfFile\0", ("a Windows event log", "make a list of programs with the command of step 2")),
    (
        b"L\0\0\0\x01\x14\x02\0",
        ("a Windows shortcut", "choose the file itself, not the shortcut to it"),
    ),
    (
        b"bplist0",
        (
            "a binary property list",
            "make it text with \"plutil -convert json\", or use the command of step 2 for macOS",
        ),
    ),
    (b"\xED\xAB\xEE\xDB", ("an RPM package", A_PROGRAM)),
    (b"!<arch>\ndebian-binary", ("a Debian package", A_PROGRAM)),
];

/// A ZIP archive and what is one inside: the names of the files in it stand in the clear.
fn zip(head: &[u8]) -> Option<Advice> {
    if !head.starts_with(b"PK\x03\x04") && !head.starts_with(b"PK\x05\x06") {
        return None;
    }
    let inside = INSIDE.iter().find(|(name, _)| contains(head, name)).map(|(_, advice)| *advice);
    Some(inside.unwrap_or(("a ZIP archive", UNPACK)))
}

/// What files of these names are together, if they are no archive of lists.
pub fn looks_like_zip_of<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
) -> Option<(&'static str, &'static str)> {
    let is_there = |part: &[u8]| {
        // Parts of documents stand in these places, not in folders below.
        names.clone().any(|name| name.as_bytes().starts_with(part))
    };
    INSIDE.iter().find(|(part, _)| is_there(part)).map(|(_, advice)| *advice)
}

/// What the names of files inside, or the type that stands first, say of a ZIP archive.
static INSIDE: &[(&[u8], Advice)] = &[
    (b"opendocument.spreadsheet", ("an OpenDocument spreadsheet", AS_CSV)),
    (b"opendocument.text", ("an OpenDocument text", AS_TEXT)),
    (b"xl/workbook.bin", ("a binary Excel workbook", "open it, save it as .xlsx and choose that")),
    (b"xl/", ("an Excel workbook", AS_CSV)),
    (b"word/", ("a Word document", AS_TEXT)),
    (b"ppt/", ("a PowerPoint presentation", AS_TEXT)),
    (b"AndroidManifest.xml", ("an Android app", A_PROGRAM)),
    (b"AppxManifest.xml", ("a Windows app package", A_PROGRAM)),
    (b"META-INF/MANIFEST.MF", ("a Java program", A_PROGRAM)),
    // An Office document that keeps its main part beyond what is looked at; most are workbooks.
    (
        b"[Content_Types].xml",
        (
            "an Office document",
            "open it, save the list as \"CSV UTF-8\" or as plain text, and choose that file",
        ),
    ),
];

/// Files of the kind that Office wrote before 2007, and that Windows Installer still writes.
fn ole(head: &[u8]) -> Option<Advice> {
    if !head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return None;
    }
    Some(if contains(head, b"W\0o\0r\0k\0b\0o\0o\0k\0") {
        ("an old Excel workbook", AS_CSV)
    } else if contains(head, b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0") {
        ("an old Word document", AS_TEXT)
    } else {
        (
            "an old Office document or a Windows Installer package",
            "if it holds a list, open it, save the list as \"CSV UTF-8\" or as plain text, and \
             choose that file",
        )
    })
}

/// Kinds that need a second look.
fn others(head: &[u8]) -> Option<Advice> {
    let at = |from: usize, part: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(part));
    // A list may begin with "MZ" or "BM"; the headers of these files have zero bytes.
    let has_zero =
        |within: usize| head.get(..within.min(head.len())).is_some_and(|h| h.contains(&0));
    if at(0, b"MZ") && has_zero(64) {
        return Some(("a Windows program", A_PROGRAM));
    }
    if at(0, b"BM") && at(6, b"\0\0\0\0") {
        return Some(("a BMP picture", A_PICTURE));
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some(("a WebP picture", A_PICTURE));
    }
    if at(0, b"BZh") && at(4, b"1AY&SY") {
        return Some(("a bzip2 archive", UNPACK));
    }
    if at(257, b"ustar") {
        return Some(("a tar archive", UNPACK));
    }
    if at(4, b"ftyp") {
        return Some(("a video or a photo of a phone", A_PICTURE));
    }
    None
}

/// Zero bytes and control characters in a number that no text has.
fn controls(head: &[u8]) -> Option<Advice> {
    if head.is_empty() {
        return None;
    }
    if head.iter().all(|byte| *byte == 0) {
        return Some((
            "a file of nothing but zero bytes",
            "it was probably damaged when it was copied; make the list again",
        ));
    }
    // Colours and progress bars of a terminal are made of escape and backspace characters, and
    // some logs have a stray zero byte.
    let is_odd = |byte: &&u8| matches!(**byte, 0x00..=0x06 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let odd = head.iter().filter(is_odd).count();
    (odd > 8 && odd * 20 > head.len()).then_some((
        "binary data",
        "make the list again with the command of step 2, and choose the text file it writes",
    ))
}

fn contains(head: &[u8], part: &[u8]) -> bool {
    head.windows(part.len()).any(|window| window == part)
}

// ---------------------------------------------------------------------------------------------
// Text

/// What a text that lists no programs looks like, if it looks like something known.
pub fn looks_like_text(sample: &Sample<'_>) -> Option<(&'static str, &'static str)> {
    let look = Look::at(sample);
    SIGNS.iter().find(|sign| (sign.shows)(&look)).map(|sign| (sign.looks_like, sign.advice))
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
        shows: |look| look.lines.iter().take(4).any(|line| line.contains("HotFixID")),
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
        looks_like: "a web page (HTML)",
        advice: "open it in a browser, copy the list of programs and paste it here, or export the \
                 list as CSV",
        shows: |look| {
            let start = look.start();
            begins_with(start, "<!doctype html")
                || begins_with(start, "<html")
                || (start.starts_with('<') && look.has_any(&["<head>", "<body", "</td>", "</div>"]))
        },
    },
    Sign {
        looks_like: "an XML file",
        advice: "export the list as CSV or JSON instead",
        shows: |look| look.start().starts_with("<?xml"),
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
        looks_like: "a table of network card makers (MAC addresses)",
        advice: "it lists makers of hardware, not programs; use the command of step 2",
        shows: |look| look.most(5, 60, begins_with_mac_prefix),
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
struct Look<'a> {
    /// Lines that are not blank, trimmed, and without the prompt line above them.
    lines: Vec<&'a str>,
    is_whole: bool,
}

/// Lines looked at. Enough to see past notes; the signs are all near the top or everywhere.
const LINES: usize = 200;

impl<'a> Look<'a> {
    fn at(sample: &Sample<'a>) -> Self {
        let lines: Vec<&str> = sample.filled_lines().take(LINES).map(str::trim).collect();
        Self { lines, is_whole: sample.is_whole }
    }

    fn start(&self) -> &'a str {
        self.lines.first().copied().unwrap_or_default()
    }

    /// True if one of the first lines begins with one of the texts. A command above counts along.
    fn begins_any(&self, lines: usize, beginnings: &[&str]) -> bool {
        self.lines
            .iter()
            .take(lines + 1)
            .any(|line| beginnings.iter().any(|beginning| line.starts_with(beginning)))
    }

    fn has_any(&self, parts: &[&str]) -> bool {
        self.lines.iter().any(|line| parts.iter().any(|part| line.contains(part)))
    }

    /// True if at least so many lines, and so many in a hundred of those that are no comments,
    /// show the sign.
    fn most(&self, least: usize, percent: usize, shows: fn(&str) -> bool) -> bool {
        let lines = || self.lines.iter().filter(|line| !line.starts_with(['#', '!', ';']));
        let shown = lines().filter(|line| shows(line)).count();
        shown >= least && shown * 100 >= lines().count() * percent
    }
}

fn begins_with(text: &str, lower_case: &str) -> bool {
    text.get(..lower_case.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower_case))
}

/// Three of the labels that systeminfo has in one language; as a table (`/fo csv`), its header.
fn is_systeminfo(look: &Look<'_>) -> bool {
    const LABELS: &[&[&str]] = &[
        &[
            "Host Name:",
            "OS Name:",
            "OS Version:",
            "OS Manufacturer:",
            "OS Configuration:",
            "Registered Owner:",
            "Original Install Date:",
            "System Boot Time:",
            "System Manufacturer:",
            "Hotfix(s):",
        ],
        &[
            "Hostname:",
            "Betriebssystemname:",
            "Betriebssystemversion:",
            "Betriebssystemhersteller:",
            "Betriebssystemkonfiguration:",
            "Systemstartzeit:",
            "Systemhersteller:",
            "Registrierter Benutzer:",
            "Hotfix(es):",
        ],
        &[
            "Nom de l’hôte:",
            "Nom de l'hôte:",
            "Nom du système d’exploitation:",
            "Nom du système d'exploitation:",
            "Version du système:",
            "Fabricant du système d’exploitation:",
            "Fabricant du système d'exploitation:",
            "Propriétaire enregistré:",
            "Fabricant du système:",
            "Identificateur de produit:",
        ],
        &[
            "Nombre de host:",
            "Nombre del sistema operativo:",
            "Versión del sistema operativo:",
            "Fabricante del sistema operativo:",
            "Configuración del sistema operativo:",
            "Propiedad de:",
            "Fabricante del sistema:",
            "Fecha de instalación original:",
        ],
        &[
            "Nome do host:",
            "Nome do sistema operacional:",
            "Versão do sistema operacional:",
            "Fabricante do sistema operacional:",
            "Proprietário registrado:",
            "Fabricante do sistema:",
            "Data da instalação original:",
        ],
        &[
            "Nome host:",
            "Nome SO:",
            "Versione SO:",
            "Produttore SO:",
            "Configurazione SO:",
            "Proprietario registrato:",
            "Produttore sistema:",
        ],
        &[
            "Имя узла:",
            "Название ОС:",
            "Версия ОС:",
            "Изготовитель ОС:",
            "Параметры ОС:",
            "Сборка ОС:",
            "Зарегистрированный владелец:",
            "Дата установки:",
            "Изготовитель системы:",
            "Исправление(я):",
        ],
        &[
            "Ім'я вузла:",
            "Ім’я вузла:",
            "Назва ОС:",
            "Версія ОС:",
            "Виробник ОС:",
            "Конфігурація ОС:",
        ],
        &[
            "主机名:",
            "OS 名称:",
            "OS 版本:",
            "OS 制造商:",
            "OS 配置:",
            "注册的所有人:",
            "初始安装日期:",
            "系统制造商:",
        ],
        &["主機名稱:", "作業系統名稱:", "作業系統版本:", "作業系統製造商:", "系統製造商:"],
        &[
            "ホスト名:",
            "OS 名:",
            "OS バージョン:",
            "OS 製造元:",
            "OS 構成:",
            "登録されている所有者:",
            "システム製造元:",
        ],
        &["호스트 이름:", "OS 이름:", "OS 버전:", "OS 제조업체:", "OS 구성:", "시스템 제조업체:"],
        &[
            "Nazwa hosta:",
            "Nazwa systemu operacyjnego:",
            "Wersja systemu operacyjnego:",
            "Producent systemu operacyjnego:",
            "Producent systemu:",
        ],
        &[
            "Hostnaam:",
            "Naam van besturingssysteem:",
            "Versie van besturingssysteem:",
            "Fabrikant van besturingssysteem:",
            "Systeemfabrikant:",
        ],
        &[
            "Ana Bilgisayar Adı:",
            "İşletim Sistemi Adı:",
            "İşletim Sistemi Sürümü:",
            "İşletim Sistemi Üreticisi:",
        ],
    ];
    let is_table = look
        .lines
        .iter()
        .take(3)
        .any(|line| line.starts_with("\"Host Name\",\"OS Name\",\"OS Version\""));
    is_table
        || LABELS.iter().any(|labels| {
            let found = labels
                .iter()
                .filter(|label| look.lines.iter().take(60).any(|line| has_label(line, label)))
                .count();
            found >= 3
        })
}

/// True if the line begins with the label. Some languages put a blank before the colon.
fn has_label(line: &str, label: &str) -> bool {
    let Some(word) = label.strip_suffix(':') else { return false };
    line.strip_prefix(word)
        .is_some_and(|rest| rest.trim_start_matches([' ', '\u{A0}']).starts_with(':'))
}

fn is_network(look: &Look<'_>) -> bool {
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
fn is_error_message(look: &Look<'_>) -> bool {
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
    ];
    const LINES_OF_AN_ERROR: usize = 12;
    look.is_whole && look.lines.len() <= LINES_OF_AN_ERROR && look.has_any(SAYINGS)
}

/// Nothing but commands that would print a list.
fn is_command_only(look: &Look<'_>) -> bool {
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
fn is_email(look: &Look<'_>) -> bool {
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
fn begins_with_mac_prefix(line: &str) -> bool {
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
fn is_block_entry(line: &str) -> bool {
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
fn is_domain(line: &str) -> bool {
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
fn begins_with_time(line: &str) -> bool {
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
fn is_source(look: &Look<'_>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<&'static str> {
        looks_like_text(&Sample { text, is_whole: true, tables: &[] })
            .map(|(looks_like, _)| looks_like)
    }

    #[test]
    fn files_that_are_not_text_are_told_by_their_bytes() {
        for (head, expected) in [
            (&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], "a PNG picture"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG picture"),
            (b"%PDF-1.7\n", "a PDF document"),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml \0\0xl/workbook.xml", "an Excel workbook"),
            (b"PK\x03\x04\x14\0word/document.xml", "a Word document"),
            (
                b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "an OpenDocument spreadsheet",
            ),
            (b"PK\x03\x04\x14\0list.txt", "a ZIP archive"),
            (b"PK\x05\x06\0\0\0\0", "a ZIP archive"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0k\0b\0o\0o\0k\0", "an old Excel workbook"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
                "an old Office document or a Windows Installer package",
            ),
            (b"\x1F\x8B\x08\0", "a gzip archive"),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "a 7-Zip archive"),
            (b"Rar!\x1A\x07\0", "a RAR archive"),
            (b"MZ\x90\0\x03\0\0\0", "a Windows program"),
            (b"\x7FELF\x02\x01", "a Linux program"),
            (b"SQLite format 3\0\x10", "an SQLite database"),
            (b"BM\x36\0\x0C\0\0\0\0\0", "a BMP picture"),
            (b"\0\0\0\0\0\0\0\0", "a file of nothing but zero bytes"),
            (b"\x01\x02\x03\x04\x05\x06\x01\x02\x03ab\x04\x05", "binary data"),
        ] {
            assert_eq!(looks_like_bytes(head).map(|(looks_like, _)| looks_like), Some(expected));
        }
    }

    #[test]
    fn text_is_not_taken_for_a_binary_file() {
        for head in [
            &b"MZ Tools 8.0\nBMW Tool\n"[..],
            b"BM Backup Manager\n",
            b"PK Archiver\n",
            b"7zip 23.01\n",
            b"GIF Animator\n",
            b"\x1B[32mName\x1B[0m  Id\n\x08\x08 - \\ |\n",
            b"Fran\xE7ais \xAB Logiciel \xBB\n",
            b"one stray \0 zero byte in a log\n",
            b"",
        ] {
            assert_eq!(looks_like_bytes(head), None, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn systeminfo_is_told_in_many_languages() {
        for output in [
            "\nHost Name:                 PC-17\nOS Name:                   Microsoft Windows 11 Pro\nOS Version:                10.0.22631 N/A Build 22631\nHotfix(s):                 3 Hotfix(s) Installed.\n",
            "C:\\>systeminfo\n\nHostname:                     PC-17\nBetriebssystemname:           Microsoft Windows 10 Pro\nBetriebssystemversion:        10.0.19045\n",
            "Имя узла:                         PC-17\nНазвание ОС:                      Майкрософт Windows 10 Pro\nВерсия ОС:                        10.0.19045\n",
            "Nom de l’hôte:                              PC-17\nNom du système d’exploitation:              Microsoft Windows 11\nVersion du système:                         10.0\n",
            "主机名:           PC-17\nOS 名称:          Microsoft Windows 11\nOS 版本:          10.0.22631\n",
            "ホスト名:               PC-17\nOS 名:                  Microsoft Windows 11\nOS バージョン:          10.0\n",
            "\"Host Name\",\"OS Name\",\"OS Version\",\"OS Manufacturer\"\n\"PC-17\",\"Windows\",\"10\",\"Microsoft\"\n",
        ] {
            assert_eq!(text(output), Some("the output of systeminfo"), "{output}");
        }
    }

    #[test]
    fn other_texts_are_told_by_their_signs() {
        for (sample, expected) in [
            (
                "\nWindows IP Configuration\n\n   Host Name . . . . : PC\n",
                "network settings (ipconfig or ifconfig)",
            ),
            (
                "1: lo: <LOOPBACK,UP> mtu 65536 qdisc\n    link/loopback 00:00\n    inet 127.0.0.1/8 scope\n",
                "network settings (ipconfig or ifconfig)",
            ),
            ("<!DOCTYPE html>\n<html lang=\"en\">\n", "a web page (HTML)"),
            ("<?xml version=\"1.0\"?>\n<REQUEST>\n", "an XML file"),
            ("{\\rtf1\\ansi\n", "a formatted document (RTF)"),
            ("-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate or a key"),
            (
                "System Information report written at: 01/31/26 12:00:00\nSystem Name: PC\n[System Summary]\n",
                "a System Information (msinfo32) report",
            ),
            (
                "Source        Description      HotFixID      InstalledBy\n",
                "a list of Windows updates",
            ),
            (
                "00:00:0C\tCisco Systems\n00:00:0D\tFibronics\n00:00:0E\tFujitsu\n00:00:0F\tNext\n00:00:10\tSytek\n",
                "a table of network card makers (MAC addresses)",
            ),
            (
                "function FindProxyForURL(url, host) {\n  return \"DIRECT\";\n}\n",
                "a proxy configuration (PAC)",
            ),
            (
                "# hosts\n0.0.0.0 kaspersky.com\n0.0.0.0 a.b\n0.0.0.0 c.d\n0.0.0.0 e.f\n",
                "a block list or hosts file",
            ),
            ("||kaspersky.com^\n||a.com^\n||b.com^\n||c.com^\n", "a block list or hosts file"),
            ("kaspersky.com\nkaspersky.ru\nwww.example.org\n", "a list of web addresses"),
            ("From: Ana\nSent: Monday\nTo: Bob\nSubject: list\n\n7-Zip\n", "an e-mail message"),
            (
                "2026-01-31 12:00:01 INFO a\n2026-01-31 12:00:02 INFO b\n2026-01-31 12:00:03 c\n2026-01-31 12:00:04 d\n",
                "a log",
            ),
            (
                "Jan 31 12:00:01 pc a\nJan 31 12:00:01 pc b\nJan 31 12:00:01 pc c\nJan 31 12:00:02 pc d\n",
                "a log",
            ),
            ("#!/bin/sh\nrpm -qa\n", "a script or program source"),
            (
                "import os.path\nfrom sys import argv\ndef f(x):\n    return x.y\nclass A(object):\n    def g(self):\n",
                "a script or program source",
            ),
            (
                "winget : The term 'winget' is not recognized as the name of a cmdlet, function\nAt line:1 char:1\n",
                "an error message of the command line",
            ),
            ("PS C:\\> winget list\n", "a command, not what it prints"),
            ("me@pc:~$ dpkg -l | less\n", "a command, not what it prints"),
            ("sudo rpm -qa\n", "a command, not what it prints"),
            (
                "Get-ItemProperty HKLM:\\Software\\*, HKCU:\\Software\\* | Select-Object DisplayName\n",
                "a command, not what it prints",
            ),
            (
                " Volume in drive C is OS\n Volume Serial Number is 1234-5678\n",
                "the contents of a folder (dir)",
            ),
        ] {
            assert_eq!(text(sample), Some(expected), "{sample}");
        }
    }

    #[test]
    fn lists_of_programs_are_not_taken_for_anything_else() {
        for list in [
            "System Information Viewer\nSystem Information\nOS Name Changer\nHost Name Tool\n",
            "Host Name: PC-17\nKaspersky Endpoint Security\n7-Zip\n",
            "com.kaspersky.kes\ncom.kms.free\norg.mozilla.firefox\nio.github.app\n",
            "Kaspersky.Kaspersky\nTencent.WeChat\nNode.js\n",
            "Name,Version,Publisher\nA,1,B\n",
            "Time,Entry Location,Entry\n2026-01-31 12:00:01,HKLM,avp\n2026-01-31 12:00:01,HKLM,a\n2026-01-31 12:00:01,HKLM,b\n2026-01-31 12:00:01,HKLM,c\n2026-01-31 12:00:01,HKLM,d\n",
            "PS C:\\> winget list\nName   Id   Version\n--------------------\n",
            "winget\nPowerShell 7\nSudo for Windows\n",
            "Sudo for Windows\n",
            "PS Remote Play\n",
            "[\n  {\n    \"name\": \"A\"\n  },\n  {\n    \"name\": \"B\"\n  },\n  {\n    \"name\": \"C\"\n  }\n]\n",
            "DisplayName     : A\nDisplayVersion  : 1.0\n\nDisplayName     : B\n",
            "From Dust\nTo the Moon\nSubject 13\nDate A Live\n",
            "kesl-12.1.0-1297.x86_64\nbash-5.2-1.x86_64\nca-certificates-2023-1.noarch\n",
            "ii  bash  5.2  amd64  shell\nii  kesl  12  amd64  x\n",
            "100000 Steps\n123456 Game\n200000 Leagues\n300000 Miles\n400000 Words\n",
            "Access 2016\nPermission Manager\n",
            "",
        ] {
            assert_eq!(text(list), None, "{list}");
        }
    }
}
