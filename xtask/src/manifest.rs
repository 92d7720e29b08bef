//! `SHA256SUMS` of a folder: what each file in it is, so that a copy can be checked.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The manifest's name in the folder that it is of.
pub const NAME: &str = "SHA256SUMS";

/// Writes the folder's manifest into it, in place of one that is there.
pub fn write(folder: &Path) -> Result<()> {
    fs::write(folder.join(NAME), of(folder)?).with_context(|| format!("cannot write {NAME}"))
}

/// A line for each file but the manifest itself, in order of their paths, as the program `sha256sum` writes and checks it.
pub fn of(folder: &Path) -> Result<String> {
    let mut manifest = String::new();
    for path in files(folder)?.iter().filter(|path| *path != NAME) {
        let bytes = fs::read(folder.join(path)).with_context(|| format!("cannot read {path}"))?;
        writeln!(manifest, "{}  {path}", sha256(&bytes))?;
    }
    Ok(manifest)
}

/// The paths of all files in the folder and the folders in it, in order, with `/` between the names on every system.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(inner) = folders.pop() {
        let path = folder.join(&inner);
        let entries =
            fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().with_context(|| format!("{name:?} is no Unicode"))?;
            let path = if inner.is_empty() { name.into() } else { format!("{inner}/{name}") };
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// In hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Two digits for each byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;
    use crate::process::tests::Folder;

    #[test]
    fn each_file_but_itself_has_a_line_and_sha256sum_takes_it() {
        let folder = Folder::new("manifest");
        folder.write("b.txt", "abc");
        folder.write("a/deep/c.txt", "");
        folder.write(NAME, "of an earlier build");
        write(&folder.0).unwrap();
        let manifest = fs::read_to_string(folder.0.join(NAME)).unwrap();
        // The examples of FIPS 180: of nothing, and of "abc".
        assert_eq!(
            manifest,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a/deep/c.txt\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.txt\n"
        );

        let check = || {
            let mut command = Command::new("sha256sum");
            command.args(["--check", "--strict", NAME]).current_dir(&folder.0);
            command.stdout(Stdio::null()).stderr(Stdio::null()).status()
        };
        let Ok(status) = check() else {
            println!("sha256sum is not installed here, so that was not checked with it");
            return;
        };
        assert!(status.success());
        folder.write("b.txt", "abd");
        assert!(!check().unwrap().success());
    }
}
