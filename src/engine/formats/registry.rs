//! Keys of the Windows registry with their values, however they are written: which of them are
//! programs, services and products of Windows Installer, and the record that each makes.

use super::block::Block;
use super::columns::{Field, Meaning, meaning_of, path_in};
use super::{Line, Outcome};
use crate::engine::clause::Clause;
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, LineClass, Presence, Sink};

/// What a key is, by where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    /// An entry below an Uninstall key: a program, whether it has a name or not.
    Program,
    /// An entry below a Services key: a service or a driver.
    Service,
    /// What Windows Installer keeps of a product; its code is in the path.
    Product,
    /// Any other key; a program if it has a display name.
    #[default]
    Other,
}

/// The keys of one source, of which the last is still being read.
#[derive(Default)]
pub(super) struct Registry {
    block: Block,
    role: Role,
    /// The name of an entry below Uninstall or Services, or a product's code.
    name: String,
    /// True if the key is written as one to be deleted (`[-HKEY_…]`).
    is_removed: bool,
    has_name_value: bool,
    has_said_reading: bool,
    /// How many keys of programs there were.
    programs: u64,
    /// How many values of any key there were.
    values: u64,
    records: u64,
}

impl Registry {
    /// A key begins.
    pub fn key(&mut self, path: &str, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        self.release(sink);
        self.block.add_line(line.number, line.text);
        self.is_removed = false;
        self.has_name_value = false;
        self.role = self.role_of(path.trim().trim_end_matches('\\'));
        self.programs += u64::from(self.role == Role::Program);
        Outcome::Later
    }

    /// A key begins that the file would delete.
    pub fn removed_key(&mut self, path: &str, line: Line<'_>, sink: &mut dyn Sink) -> Outcome {
        self.key(path, line, sink);
        self.is_removed = true;
        Outcome::Later
    }

    /// True if there is a key to which values belong.
    pub fn has_key(&self) -> bool {
        !self.block.is_empty()
    }

    /// A line of the key's: its value, or a part of one.
    pub fn add_line(&mut self, line: Line<'_>) {
        self.block.add_line(line.number, line.text);
    }

    /// A value of the key's; `data` is nothing for numbers and bytes.
    pub fn value(&mut self, name: &str, data: Option<&str>) {
        self.values += 1;
        let Some(data) = data.map(str::trim).filter(|data| !data.is_empty()) else {
            self.block.put(None, "");
            return;
        };
        // `@` points into a file of texts: "@%SystemRoot%\system32\foo.dll,-101",
        // "@{Package?ms-resource://…}", "@klif.inf,%name%;Text if there is no such file".
        let is_indirect = data.starts_with('@') && data.contains([',', '{']);
        let data = match data.rsplit_once(';') {
            Some((_, text)) if is_indirect => text,
            _ => data,
        };
        // "Inno Setup: Setup Version" is that of the tool that made the installer.
        if name.contains(':') || data.starts_with('@') {
            self.block.put(None, "");
            return;
        }
        if name.eq_ignore_ascii_case("ImagePath") {
            let file = Meaning { field: Field::File, rank: 0 };
            self.block.put(Some(file), path_in(data));
            return;
        }
        self.has_name_value |=
            name.eq_ignore_ascii_case("DisplayName") || name.eq_ignore_ascii_case("ProductName");
        self.block.put(meaning_of(name), data);
    }

    /// The value goes on in another line.
    pub fn extend_value(&mut self, more: &str) {
        self.block.extend_last(" ", more.trim());
    }

    /// The key has ended: gives it out as what it is.
    pub fn release(&mut self, sink: &mut dyn Sink) {
        if self.block.is_empty() {
            return;
        }
        let mut draft = self.block.draft();
        let is_entry = match self.role {
            Role::Program => {
                draft.identify(IdentifierKind::ProductCode, &self.name);
                true
            }
            Role::Service => {
                draft.identify(IdentifierKind::Service, &self.name);
                true
            }
            Role::Product => {
                draft.identify(IdentifierKind::ProductCode, &self.name);
                self.has_name_value || self.is_removed
            }
            Role::Other => self.has_name_value,
        };
        let class = if is_entry {
            if self.is_removed {
                draft.set_presence(Presence::Removed);
            }
            if !self.has_said_reading {
                sink.reading(clause!(
                    "name from “DisplayName” or “ProductName”; version from “DisplayVersion”; \
                     publisher from “Publisher”; identifiers from the key’s name, \
                     “UninstallString”, “InstallLocation”, “ImagePath”"
                ));
                self.has_said_reading = true;
            }
            sink.record(&draft.record(self.block.first_line(), self.block.text()));
            self.records += 1;
            LineClass::Record
        } else {
            LineClass::Structure
        };
        sink.lines(class, self.block.lines());
        self.block.clear();
    }

    /// The source has ended. Says once what it lacks: what its form knows of, or else what shows in
    /// the keys.
    pub fn end(&mut self, known: Option<&'static str>, sink: &mut dyn Sink) {
        self.release(sink);
        if self.records == 0 {
            let kind = ProblemKind::NotAnInventory {
                looks_like: clause!("a part of the registry without entries of programs"),
                advice: clause!(
                    "{advice}, or use the PowerShell command of step 2",
                    advice = Clause::from(ADVICE),
                ),
            };
            sink.problem(0, kind, "");
            return;
        }
        let shown = if self.programs == 0 {
            Some(key!("it has no Uninstall keys, which is where Windows lists programs"))
        } else if self.values == 0 {
            Some(key!("it has only the names of keys, without the names of programs in them"))
        } else {
            None
        };
        if let Some(why) = known.or(shown) {
            let kind = ProblemKind::Incomplete { why: why.into(), advice: ADVICE.into() };
            sink.problem(0, kind, "");
        }
    }

    fn role_of(&mut self, path: &str) -> Role {
        self.name.clear();
        let mut parts = path.rsplit('\\');
        let (Some(last), Some(parent)) = (parts.next(), parts.next()) else {
            return Role::Other;
        };
        let code = if last.eq_ignore_ascii_case("InstallProperties") { parent } else { last };
        if parent.eq_ignore_ascii_case("Uninstall") {
            self.name.push_str(last);
            Role::Program
        } else if parent.eq_ignore_ascii_case("Services")
            && parts.next().is_some_and(|part| part.to_ascii_lowercase().contains("controlset"))
        {
            self.name.push_str(last);
            Role::Service
        } else if push_unpacked(code, &mut self.name) {
            Role::Product
        } else {
            Role::Other
        }
    }
}

const ADVICE: &str = key!(
    "export HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall, the \
                      same below HKLM\\SOFTWARE\\WOW6432Node and below HKCU\\Software, with all \
                      that is in them"
);

/// Windows Installer names keys by product codes without their punctuation, each part written
/// backwards: `F9A66CE794A00CD49A8E643033AE0831`. Appends the code as it is usually written.
fn push_unpacked(packed: &str, code: &mut String) -> bool {
    if packed.len() != 32 || !packed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    code.push('{');
    let mut rest = packed;
    for (at, length) in [8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2].into_iter().enumerate() {
        // All digits are one byte long.
        let (part, after) = rest.split_at(length);
        rest = after;
        if matches!(at, 1 | 2 | 3 | 5) {
            code.push('-');
        }
        code.extend(part.chars().rev());
    }
    code.push('}');
    true
}

#[cfg(test)]
mod tests {
    use super::push_unpacked;

    #[test]
    fn a_packed_code_is_written_out() {
        let mut code = String::new();
        assert!(push_unpacked("F9A66CE794A00CD49A8E643033AE0831", &mut code));
        assert_eq!(code, "{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}");
        assert!(!push_unpacked("Mozilla Firefox", &mut code));
    }
}
