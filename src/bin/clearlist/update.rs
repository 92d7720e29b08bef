//! `clearlist update`: keys for signed data updates, and their signatures.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use clearlist::bundled;
use clearlist::engine::rules::update::{TrustedKey, public_key, read_keys, sign, superseded};
use clearlist::engine::rules::{Rules, RulesFile};
use clearlist::engine::words::{hex, unhex};

use super::pack::{mistakes, name_of, read, write_new};
use super::print;

/// Whose signatures are trusted.
#[derive(clap::Args)]
pub struct Keys {
    /// Trust the keys of this file too, a line each as `clearlist update keygen` prints them.
    ///
    /// The keys that are built in come first: of one that stands in both, day and name are those built in.
    #[arg(long = "update-keys", value_name = "FILE")]
    more: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Update {
    /// Make a key pair: the secret key in a new file, the public key on standard output.
    ///
    /// What is printed is a line for static/update-keys.txt. Keep the file with the secret key off the network.
    Keygen {
        /// Whose key it is, as reports are to say it.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// The first day of whose data the key is trusted for, YYYY-MM-DD; today if not given.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The file for the secret key, which must not be there yet.
        #[arg(value_name = "SECRET-FILE")]
        secret: PathBuf,
    },
    /// Sign a pack as a data update, after a check that it loads as one.
    Sign {
        /// The file with the secret key.
        #[arg(long, value_name = "SECRET-FILE")]
        key: PathBuf,
        /// The pack, with a checked_on of its own.
        #[arg(value_name = "FILE")]
        pack: PathBuf,
        /// The file to write, which must not be there yet; standard output if not given.
        #[arg(value_name = "SIGNED-FILE")]
        signed: Option<PathBuf>,
    },
    /// Tell who signed data updates; exit status 2 if one could not be loaded.
    Verify {
        #[command(flatten)]
        keys: Keys,
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

impl Keys {
    /// The keys of this copy, and those of the file.
    pub fn trusted(&self) -> Result<Vec<TrustedKey>, String> {
        let mut keys = bundled::update_keys();
        if let Some(path) = &self.more {
            let read = read_keys(&read_text(path)?);
            keys.extend(read.map_err(|error| format!("{}: {error}", path.display()))?);
        }
        Ok(keys)
    }
}

impl Update {
    pub fn run(&self) -> Result<ExitCode, String> {
        match self {
            Self::Keygen { name, from, secret } => {
                keygen(name, from.clone().unwrap_or_else(super::today), secret)
            }
            Self::Sign { key, pack, signed } => sign_pack(key, pack, signed.as_deref()),
            Self::Verify { keys, files } => verify(&keys.trusted()?, files),
        }
    }
}

fn keygen(name: &str, from: String, path: &Path) -> Result<ExitCode, String> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| format!("the system gave no random bytes: {error}"))?;
    // As the file of keys is read, so that no line is printed that could not be used.
    let line = format!("{from} {} {}", hex(&public_key(&secret)), name.trim());
    let key = read_keys(&line).ok().and_then(|keys| keys.into_iter().next());
    let is_one_line = !name.contains(['\r', '\n']);
    let key = key.filter(|_| is_one_line).ok_or_else(|| {
        format!("expected a day as YYYY-MM-DD and a name in one line, found {from:?} and {name:?}")
    })?;
    let text = format!(
        "# Secret key {} for data updates of Clearlist. Whoever has it can sign in your name.\n{}\n",
        key.id(),
        hex(&secret)
    );
    write_secret(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    eprintln!("{} has the secret key {}; keep it off the network", path.display(), key.id());
    print(&format!("{}\n", key.line()))
}

/// Writes a file that is not there yet, for its owner alone.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn read_secret(path: &Path) -> Result<[u8; 32], String> {
    let text = read_text(path)?;
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let secret = lines.next().and_then(unhex);
    secret.filter(|_| lines.next().is_none()).ok_or_else(|| {
        format!("{}: expected a secret key as update keygen writes it", path.display())
    })
}

fn sign_pack(secret: &Path, pack: &Path, to: Option<&Path>) -> Result<ExitCode, String> {
    let secret = read_secret(secret)?;
    let signed = sign(&read_text(pack)?, &secret).ok_or_else(|| {
        format!("{}: it has a signature line; take that out to sign it anew", pack.display())
    })?;
    // From when on and whose it is, those say who trust the key.
    let key = TrustedKey::new("the key given", "", &public_key(&secret));
    let key = key.ok_or("expected a secret key, found one with which anybody can sign")?;
    let file = RulesFile { name: &name_of(pack), text: &signed };
    let rules = Rules::load_with_packs(bundled::files(), &[file], &[key])
        .map_err(|errors| mistakes(&errors))?;
    is_newest(&rules, pack)?;
    let Some(path) = to else { return print(&signed) };
    write_new(path, &signed)?;
    print(&format!("{} is written; look at it with update verify\n", path.display()))
}

fn verify(keys: &[TrustedKey], files: &[PathBuf]) -> Result<ExitCode, String> {
    let mut told = String::new();
    for path in files {
        let rules = read(std::slice::from_ref(path), keys)?;
        is_newest(&rules, path)?;
        let update = rules.packs.iter().find_map(|pack| Some((pack, pack.update.as_ref()?)));
        let Some((pack, update)) = update else {
            return Err(format!("{}: it has no signature line", path.display()));
        };
        told += &format!(
            "{}: data update of {}, signed by {} (key {}), SHA-256 {}\n",
            path.display(),
            update.checked_on,
            update.signed_by,
            update.key,
            pack.sha256
        );
    }
    print(&told)
}

/// An error if the update in the file is older than the data of this program.
fn is_newest(rules: &Rules, path: &Path) -> Result<(), String> {
    match rules.superseded.first() {
        None => Ok(()),
        Some(update) => {
            let told = superseded(&update.checked_on, &update.newer);
            Err(format!("{}: {told}", path.display()))
        }
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
