//! A record in the making, from values whose meaning is known.

use super::{Field, Meaning};
use crate::engine::formats::common::{is_drive_path, is_guid, product_code_in, without_ellipsis};
use crate::engine::formats::packages::is_reverse_domain;
use crate::engine::record::{Identifier, IdentifierKind, Presence, Record};

/// A record being put together from values whose meaning is known, without allocating.
#[derive(Clone, Debug)]
pub(in crate::engine::formats) struct Draft<'a> {
    name: Ranked<'a>,
    version: Ranked<'a>,
    publisher: Ranked<'a>,
    host: Ranked<'a>,
    identifiers: [Identifier<'a>; MOST_IDENTIFIERS],
    /// How many of the identifiers are set. Invariant: at most [`MOST_IDENTIFIERS`].
    identifier_count: usize,
    presence: Presence,
}

/// More identifiers than any tool gives for one program, paths of all its files aside.
const MOST_IDENTIFIERS: usize = 16;

#[derive(Clone, Copy, Debug)]
struct Ranked<'a> {
    text: &'a str,
    rank: u8,
}

impl<'a> Ranked<'a> {
    const NONE: Self = Self { text: "", rank: u8::MAX };

    fn put(&mut self, text: &'a str, rank: u8) {
        if !text.is_empty() && rank < self.rank {
            *self = Self { text, rank };
        }
    }
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            name: Ranked::NONE,
            version: Ranked::NONE,
            publisher: Ranked::NONE,
            host: Ranked::NONE,
            identifiers: [Identifier { kind: IdentifierKind::Path, value: "" }; MOST_IDENTIFIERS],
            identifier_count: 0,
            presence: Presence::Installed,
        }
    }
}

impl<'a> Draft<'a> {
    /// Adds a value. A blank one changes nothing; of two for one field the surer is kept, and of
    /// equals the first. Identifiers add up.
    pub fn put(&mut self, meaning: Meaning, value: &'a str) {
        let value = value.trim();
        if is_blank(value) {
            return;
        }
        let rank = meaning.rank;
        match meaning.field {
            Field::Name => self.name.put(value, rank),
            Field::Version => self.version.put(value, rank),
            // Get-Package names the part of it that found the program, not who made that.
            Field::Publisher if rank >= 2 && is_package_provider(value) => {}
            // Qualys, and people.
            Field::Publisher if value.eq_ignore_ascii_case("unknown") => {}
            Field::Publisher => self.publisher.put(value, rank),
            // Get-Service calls this computer so.
            Field::Host if value == "." => {}
            Field::Host => self.host.put(value, rank),
            Field::ProductCode => self.identify(IdentifierKind::ProductCode, key_name(value)),
            Field::Package => self.identify(IdentifierKind::Package, value),
            Field::PackageName => {
                self.identify(IdentifierKind::Package, value);
                self.name.put(value, rank);
            }
            Field::PackageUrl => {
                if let Some(name) = package_of_url(value) {
                    self.identify(IdentifierKind::Package, name);
                    self.name.put(name, rank);
                }
            }
            Field::Cpe => {
                if let Some((vendor, product)) = vendor_and_product(value) {
                    self.publisher.put(vendor, rank);
                    self.name.put(product, rank);
                }
            }
            Field::Bundle => self.identify(IdentifierKind::Bundle, value),
            Field::Id => self.put_id(value),
            Field::Path => self.put_path(value),
            Field::UninstallCommand => match product_code_in(value) {
                Some(code) => self.identify(IdentifierKind::ProductCode, code),
                None => self.put_path(value),
            },
            Field::Signer => self.identify(IdentifierKind::Signer, value),
            Field::Service => self.identify(IdentifierKind::Service, value),
            Field::Driver => self.identify(IdentifierKind::Driver, file_name(value)),
            Field::Process => self.identify(IdentifierKind::Process, file_name(value)),
            Field::File => self.put_file(value),
            Field::Presence => {
                if let Some(presence) = presence_in(value) {
                    self.presence = presence;
                }
            }
        }
    }

    /// Adds an identifier, if it is not blank, not there yet and there is room.
    pub fn identify(&mut self, kind: IdentifierKind, value: &'a str) {
        let identifier = Identifier { kind, value: value.trim() };
        let is_new = !self.identifiers().contains(&identifier);
        if !identifier.value.is_empty()
            && is_new
            && let Some(free) = self.identifiers.get_mut(self.identifier_count)
        {
            *free = identifier;
            self.identifier_count += 1;
        }
    }

    /// Names the computer, if no value has named it yet.
    pub fn default_host(&mut self, host: &'a str) {
        self.host.put(host.trim(), u8::MAX - 1);
    }

    /// Names the program, if no value has named it yet.
    pub fn default_name(&mut self, name: &'a str) {
        self.name.put(name.trim(), u8::MAX - 1);
    }

    /// Replaces the name (for example by what is left of one that a tool cut).
    pub fn rename(&mut self, name: &'a str) {
        self.name.text = name;
    }

    /// The list says whether it is installed.
    pub fn set_presence(&mut self, presence: Presence) {
        self.presence = presence;
    }

    /// The name so far; empty if there is none.
    pub fn name(&self) -> &'a str {
        self.name.text
    }

    /// The version so far; empty if there is none.
    pub fn version(&self) -> &'a str {
        self.version.text
    }

    /// The publisher so far; empty if there is none.
    pub fn publisher(&self) -> &'a str {
        self.publisher.text
    }

    /// The host so far; empty if there is none.
    pub fn host(&self) -> &'a str {
        self.host.text
    }

    /// The identifiers so far.
    pub fn identifiers(&self) -> &[Identifier<'a>] {
        // The count never exceeds the array; an empty slice stands for the impossible.
        self.identifiers.get(..self.identifier_count).unwrap_or_default()
    }

    /// True if some identifier but a path ends with the sign of having been cut.
    pub fn has_cut_identifier(&self) -> bool {
        self.identifiers().iter().any(|identifier| {
            identifier.kind != IdentifierKind::Path && without_ellipsis(identifier.value).is_some()
        })
    }

    /// True if nothing in it could tell a program: no name, no publisher, no identifier but a path
    /// below the system's own folder.
    pub fn is_empty(&self) -> bool {
        self.name.text.is_empty() && self.publisher.text.is_empty() && self.identifier_count == 0
    }

    /// The record, with its first line and its text as written.
    pub fn record<'r>(&'r self, line: u64, text: &'r str) -> Record<'r> {
        Record {
            name: self.name.text,
            version: self.version.text,
            publisher: self.publisher.text,
            host: self.host.text,
            identifiers: self.identifiers(),
            line,
            text,
            presence: self.presence,
        }
    }

    /// `{GUID}` and `ARP\Machine\X64\Key` are uninstall keys, `Vendor.Product` is a package; a bare
    /// number is the row's.
    fn put_id(&mut self, value: &'a str) {
        if let Some(code) = product_code_in(value) {
            self.identify(IdentifierKind::ProductCode, code);
        } else if !is_guid(value) && value.contains(['.', '\\']) && has_letter(value) {
            self.identify(IdentifierKind::Package, value);
            // "com.example.app" may be of any system.
            if is_reverse_domain(value, 1) {
                self.identify(IdentifierKind::Bundle, value);
            }
        }
    }

    fn put_path(&mut self, value: &'a str) {
        let path = path_in(value);
        let is_path = is_drive_path(path)
            || path.starts_with(['/', '%', '~'])
            || path.starts_with("\\\\")
            || path.starts_with('\\');
        if is_path && path.len() > 1 {
            self.identify(IdentifierKind::Path, path);
        }
    }

    fn put_file(&mut self, value: &'a str) {
        let name = file_name(value);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.eq_ignore_ascii_case("sys") || ending.eq_ignore_ascii_case("inf") {
            self.identify(IdentifierKind::Driver, name);
        } else if ending.eq_ignore_ascii_case("exe") || ending.eq_ignore_ascii_case("com") {
            self.identify(IdentifierKind::Process, name);
        }
        self.put_path(value);
    }
}

/// True if the value stands for none: empty, or what tools write for it.
pub(super) fn is_blank(value: &str) -> bool {
    match value.as_bytes() {
        [] => true,
        [b'-'] => false, // "+/-" of Lansweeper: uninstalled.
        [first, ..] if first.eq_ignore_ascii_case(&b'n') || *first == b'(' || *first == b'<' => {
            ["null", "n/a", "(null)", "(none)", "<null>", "<none>", "(empty)", "nan"]
                .iter()
                .any(|blank| value.eq_ignore_ascii_case(blank))
        }
        _ => false,
    }
}

/// The providers of Windows' package management (`Get-PackageProvider`).
fn is_package_provider(value: &str) -> bool {
    ["Programs", "msi", "msu", "PowerShellGet", "NuGet", "Bootstrap", "chocolatey", "WinGet"]
        .iter()
        .any(|provider| value.eq_ignore_ascii_case(provider))
}

/// The last part of a registry path below an Uninstall key; anything else as it is.
fn key_name(value: &str) -> &str {
    let value = value.trim_end_matches('\\');
    match value.rsplit_once('\\') {
        Some((_, name)) => name,
        None => value,
    }
}

/// The file's name in a path.
fn file_name(value: &str) -> &str {
    let value = value.trim_matches('"');
    value.rsplit(['\\', '/']).next().unwrap_or(value)
}

/// The path at the start of a command or icon: quotation marks, arguments and icon numbers gone.
pub(in crate::engine::formats) fn path_in(value: &str) -> &str {
    if let Some(quoted) = value.strip_prefix('"') {
        return quoted.split('"').next().unwrap_or(quoted);
    }
    let end = [".exe", ".EXE", ".Exe", ".ico", ".ICO", ".dll", ".DLL"]
        .iter()
        .filter_map(|ending| value.find(ending).map(|at| at + ending.len()))
        .filter(|end| {
            value.get(*end..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        })
        .min();
    end.and_then(|end| value.get(..end)).unwrap_or(value)
}

fn has_letter(value: &str) -> bool {
    value.chars().any(char::is_alphabetic)
}

/// `pkg:deb/debian/kesl@12.1?arch=amd64` → `kesl`.
fn package_of_url(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("pkg:")?;
    let rest = rest.split(['?', '#']).next()?;
    let name = rest.rsplit('/').next()?;
    let name = name.split('@').next()?;
    (!name.is_empty()).then_some(name)
}

/// `cpe:2.3:a:kaspersky:endpoint_security:12.6:…` or `cpe:/a:kaspersky:endpoint_security`.
fn vendor_and_product(cpe: &str) -> Option<(&str, &str)> {
    let rest = cpe.strip_prefix("cpe:2.3:").or_else(|| cpe.strip_prefix("cpe:/"))?;
    let mut parts = rest.split(':').skip(1);
    Some((parts.next()?, parts.next()?))
}

/// What a status column says of a program that is not there (any more); `None` if it says that the
/// program is there, or something else.
fn presence_in(value: &str) -> Option<Presence> {
    const REMOVED: &[&str] = &[
        "-",
        "<=",
        "no",
        "false",
        "uninstalled",
        "removed",
        "not installed",
        "notinstalled",
        "not_installed",
        "absent",
        "not present",
        "deleted",
        "rc",
        "pn",
        "config-files",
        "deinstall ok config-files",
        "purge ok not-installed",
        "uninstallsuccess",
        "uninstall",
        "не установлено",
        "не установлена",
        "удалено",
        "удалена",
        "deinstalliert",
        "nicht installiert",
        "désinstallé",
        "non installé",
        "desinstalado",
        "no instalado",
        "não instalado",
        "未安装",
        "已卸载",
        "アンインストール済み",
    ];
    const AVAILABLE: &[&str] = &["available", "un", "unknown ok not-installed"];
    // The longest word is 25 characters, so a paragraph is not searched.
    if value.len() > 60 {
        return None;
    }
    let value = value.to_lowercase();
    if REMOVED.contains(&value.as_str()) || value.starts_with("deinstall ok") {
        Some(Presence::Removed)
    } else if AVAILABLE.contains(&value.as_str()) {
        Some(Presence::Available)
    } else {
        None
    }
}
