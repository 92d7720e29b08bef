//! Finds the tools, and installs the ones that are missing.
//!
//! Every tool is looked for first, so that a second run installs nothing. What is missing is installed the ordinary way,
//! then by the ways that remain where the ordinary one is not to be had, each announced in one line.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{find_program, output, shown};
use crate::project::Project;

/// The Trunk that `Trunk.toml` was written for. Another one could write other bytes.
const TRUNK: &str = "0.21.14";
/// A cargo-deny that builds with the project's Rust.
const CARGO_DENY: &str = "0.20.2";
/// A cargo-fuzz that builds its targets with a stable Rust.
const CARGO_FUZZ: &str = "0.13.1";
/// A geckodriver that drives Firefox ESR 140 and later.
const GECKODRIVER: &str = "0.37.1";

/// The environment in which the project's tools run.
pub struct Setup<'a> {
    /// The project to set up.
    pub project: &'a Project,
    search_path: OsString,
    /// Where cargo keeps the crates.
    pub cargo_home: PathBuf,
}

/// Where the standard library for WebAssembly comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmLibrary {
    /// Compiled, with the Rust in use.
    Installed,
    /// Compiled along with the page, from the sources that Debian ships with its own Rust.
    DebianSources,
}

/// The browsers the page is tested in, and the programs that drive them.
pub struct Browsers {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// ChromeDriver.
    pub chromedriver: PathBuf,
    /// Firefox.
    pub firefox: PathBuf,
    /// geckodriver.
    pub geckodriver: PathBuf,
    /// Reads the text of a printed page.
    pub pdftotext: PathBuf,
}

/// One way to install something.
struct Way {
    /// The command, as shown to the user.
    shown: String,
    command: Command,
}

impl<'a> Setup<'a> {
    /// A set-up that has looked for nothing yet.
    pub fn new(project: &'a Project) -> Result<Setup<'a>> {
        let own = [project.node_modules().join(".bin"), project.tools().join("bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let search_path = env::join_paths(own.into_iter().chain(env::split_paths(&inherited)))
            .context("a folder of the PATH cannot be passed on")?;
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo_home = cargo_home
            .or_else(|| Some(env::home_dir()?.join(".cargo")))
            .context("there is no home folder, and CARGO_HOME does not name another")?;
        Ok(Setup { project, search_path, cargo_home })
    }

    /// A command that runs in the project's folder and finds the project's tools.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.project.root).env("PATH", &self.search_path);
        command
    }

    /// A command that finds a Rust able to compile to WebAssembly.
    ///
    /// Its target folder is its own: two compilers in one folder would rebuild everything at each change of hands.
    pub fn wasm_command(&self, library: WasmLibrary, program: &str) -> Command {
        let mut command = self.command(program);
        command
            .env("CARGO_HOME", &self.cargo_home)
            .env("CARGO_TARGET_DIR", self.project.root.join("target/wasm"))
            // Cargo takes these instead of the flags that the page needs.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some(flags) = self.without_folders() {
            // Cargo adds them to those of .cargo/config.toml.
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        if library == WasmLibrary::DebianSources {
            let debian_first = env::join_paths(
                [PathBuf::from(debian::BIN)].into_iter().chain(env::split_paths(&self.search_path)),
            );
            command
                .env("PATH", debian_first.unwrap_or_default())
                // Building the standard library is an unstable feature of cargo.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", debian::LINKER);
        }
        command
    }

    /// Flags that have the compiler write no folder of this computer into the page: where a panic stands in the source is
    /// told as `/crates/…` and `/clearlist/…`, so that the same bytes are built everywhere.
    ///
    /// `None` where a folder has a space in its name, by which cargo would take such a flag apart: such a page works, and has
    /// the folders in it.
    fn without_folders(&self) -> Option<String> {
        // A registry's folder is named for its address, which is another one for a mirror.
        let registries = fs::read_dir(self.cargo_home.join("registry/src")).into_iter().flatten();
        let registries = registries.filter_map(|folder| Some((folder.ok()?.path(), "/crates")));
        let mut folders: Vec<_> =
            registries.chain([(self.project.root.clone(), "/clearlist")]).collect();
        folders.sort();
        let flags = folders.iter().map(|(folder, name)| {
            let folder = folder.to_str().filter(|text| !text.contains(char::is_whitespace))?;
            Some(format!("--remap-path-prefix={folder}={name}"))
        });
        Some(flags.collect::<Option<Vec<_>>>()?.join(" "))
    }

    /// What builds the page: the standard library for WebAssembly, Trunk, wasm-bindgen and the npm packages.
    pub fn for_build(&self) -> Result<WasmLibrary> {
        self.npm_packages()?;
        let library = self.wasm_library()?;
        self.trunk()?;
        self.wasm_bindgen()?;
        Ok(library)
    }

    /// What the checks need besides: rustfmt, Clippy and cargo-deny.
    pub fn for_checks(&self) -> Result<()> {
        for (tool, component, why) in [
            ("cargo-fmt", "rustfmt", "it checks the layout of the code"),
            ("cargo-clippy", "clippy", "it checks the code"),
        ] {
            ensure(
                component,
                why,
                || self.find(&[tool]),
                vec![way(self.command("rustup"), &["component", "add", component])],
                &format!("run: rustup component add {component}"),
            )?;
        }
        ensure(
            "cargo-deny",
            "it checks the licences and origins of the dependencies",
            || self.find(&["cargo-deny"]),
            self.cargo_install("cargo-deny", CARGO_DENY, &[]),
            "run: cargo install cargo-deny --locked",
        )?;
        Ok(())
    }

    /// What fuzzing needs besides. False if there is no C++ compiler, which is no part of the project, so that a
    /// machine that cannot have it goes without.
    pub fn fuzzer(&self) -> Result<bool> {
        let chosen = env::var_os("CXX").map(PathBuf::from);
        let compiler = ensure(
            "a C++ compiler",
            "libFuzzer is compiled with it",
            || chosen.clone().or_else(|| self.find(&["c++", "g++", "clang++", "cl"])),
            self.apt_get(&["g++"]),
            "install one and put it on the PATH (Debian: g++; macOS: xcode-select --install)",
        );
        if let Err(error) = &compiler {
            println!("{error}; nothing is fuzzed without it");
            return Ok(false);
        }
        ensure(
            "cargo-fuzz",
            "it builds the fuzz targets",
            || self.find(&["cargo-fuzz"]),
            self.cargo_install("cargo-fuzz", CARGO_FUZZ, &[]),
            &format!("run: cargo install cargo-fuzz --version {CARGO_FUZZ} --locked"),
        )?;
        Ok(true)
    }

    /// What the browser tests need besides.
    pub fn browsers(&self) -> Result<Browsers> {
        let chromium_names = &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ];
        let (chromium, chromedriver) = ensure(
            "Chromium and its driver",
            "the page is tested in it",
            || self.find(chromium_names).zip(self.find(&["chromedriver"])),
            self.apt_get(&["chromium", "chromium-driver"]),
            "install Chromium or Chrome, and the ChromeDriver of the same version, and put both on the PATH",
        )?;
        let firefox_names =
            &["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];
        let firefox = ensure(
            "Firefox",
            "the page is tested in it",
            || self.find(firefox_names),
            self.apt_get(&["firefox-esr"]),
            "install Firefox and put it on the PATH",
        )?;
        let geckodriver = ensure(
            "geckodriver",
            "it drives Firefox",
            || self.find(&["geckodriver"]),
            self.cargo_install("geckodriver", GECKODRIVER, &[]),
            "run: cargo install geckodriver",
        )?;
        let pdftotext = ensure(
            "pdftotext",
            "the printed report is read with it",
            || self.find(&["pdftotext"]),
            self.apt_get(&["poppler-utils"]),
            "install Poppler's command-line tools (Debian: poppler-utils; Homebrew: poppler)",
        )?;
        Ok(Browsers { chromium, chromedriver, firefox, geckodriver, pdftotext })
    }

    /// nginx, with which the page is served as docs/hosting.md says. It is no part of the project, so that
    /// a machine that cannot have it goes without.
    pub fn nginx(&self) -> Option<PathBuf> {
        // The package is unpacked and not installed: that would start a web server on this machine.
        let own = self.project.tools().join("nginx/usr/sbin/nginx");
        let unpack = if self.find(&["apt-get"]).zip(self.find(&["dpkg-deb"])).is_some() {
            let script = "mkdir -p target/programs/nginx && cd target/programs/nginx && { apt-get download -qq nginx || \
                          { apt-get update -qq && apt-get download -qq nginx; }; } && \
                          dpkg-deb -x nginx_*.deb .";
            vec![way(self.command("sh"), &["-c", script])]
        } else {
            vec![]
        };
        let found = ensure(
            "nginx",
            "the page is served by it as docs/hosting.md says",
            || {
                own.is_file()
                    .then(|| own.clone())
                    .or_else(|| self.find(&["nginx", "/usr/sbin/nginx"]))
            },
            unpack,
            "install nginx and put it on the PATH (Debian, Homebrew: nginx)",
        );
        if let Err(error) = &found {
            println!("{error}; what is served by it is not checked");
        }
        found.ok()
    }

    /// Whether ShellCheck is there, which the scripts of bash that Clearlist writes are checked with. It
    /// is no part of the project, so that a machine that cannot have it goes without.
    pub fn shellcheck(&self) -> bool {
        let found = ensure(
            "ShellCheck",
            "it checks the scripts of bash that Clearlist writes",
            || self.find(&["shellcheck"]),
            self.apt_get(&["shellcheck"]),
            "install ShellCheck and put it on the PATH (Debian, Homebrew: shellcheck)",
        );
        if let Err(error) = &found {
            println!("{error}; the scripts are checked without it");
        }
        found.is_ok()
    }

    /// Whether the validator of OSCAL is there, in a Python of its own: it is in no npm package. It is no
    /// part of the project, so that a machine without Python goes without.
    pub fn oscal_validator(&self) -> bool {
        let found = self.install_oscal_validator();
        if let Err(error) = &found {
            println!("{error}; they are checked without it");
        }
        found.is_ok()
    }

    fn install_oscal_validator(&self) -> Result<()> {
        const WHY: &str = "reports in OSCAL are checked with it";
        let python = ensure(
            "Python with venv",
            WHY,
            || {
                let python = self.find(&["python3", "python"])?;
                output(
                    self.command(&python.to_string_lossy()).args(["-c", "import ensurepip, venv"]),
                )
                .is_ok()
                .then_some(python)
            },
            self.apt_get(&["python3-venv"]),
            "install Python 3.11 to 3.13 (Debian: python3-venv)",
        )?;
        let folder = self.project.tools().join("oscal");
        let own = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        ensure(
            "a Python of the project's own",
            WHY,
            || own.is_file().then_some(()),
            vec![way(
                self.command(&python.to_string_lossy()),
                &["-m", "venv", &folder.to_string_lossy()],
            )],
            "run: python3 -m venv target/programs/oscal",
        )?;
        let list = self.project.root.join("tests/machine/requirements.txt");
        ensure(
            "the packages of tests/machine/requirements.txt",
            WHY,
            || {
                let ask = "import trestle.oscal.poam as it; print(it.__file__)";
                let file = output(self.command(&own.to_string_lossy()).args(["-c", ask])).ok()?;
                newer(Path::new(file.trim()), &list).then_some(())
            },
            // It has many dependencies that its types do not need.
            vec![way(
                self.command(&own.to_string_lossy()),
                &[
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--require-hashes",
                    "--force-reinstall",
                    "--only-binary=:all:",
                    "-r",
                    &list.to_string_lossy(),
                ],
            )],
            "run: target/programs/oscal/bin/python -m pip install --no-deps --require-hashes -r tests/machine/requirements.txt",
        )
    }

    fn npm_packages(&self) -> Result<()> {
        ensure(
            "Node.js",
            "it runs Sass and wasm-opt",
            || self.find(&["node"]).and(self.find(&[NPM])),
            vec![],
            "install Node.js 20 or later, with npm (https://nodejs.org/)",
        )?;
        // npm writes the one at the end of an installation from the other.
        let lock = self.project.root.join("package-lock.json");
        let installed = self.project.node_modules().join(".package-lock.json");
        ensure(
            "the npm packages of package-lock.json",
            "USWDS, Sass, wasm-opt, Terser and axe-core",
            || newer(&installed, &lock).then_some(()),
            // None of them needs its install script, and the optional ones only serve Sass's watch mode.
            vec![way(
                self.command(NPM),
                &["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"],
            )],
            "run: npm ci",
        )
    }

    fn wasm_library(&self) -> Result<WasmLibrary> {
        let mut ways = vec![];
        if self.find(&["rustup"]).is_some() {
            let target = &["target", "add", "wasm32-unknown-unknown"];
            ways.push(way(self.command("rustup"), target));
        }
        ways.extend(self.apt_get(debian::PACKAGES));
        ensure(
            "the Rust standard library for WebAssembly",
            "the page is compiled against it",
            || self.find_wasm_library(),
            ways,
            "run: rustup target add wasm32-unknown-unknown",
        )
    }

    fn find_wasm_library(&self) -> Option<WasmLibrary> {
        let folder = output(
            self.command("rustc")
                .args(["--print=target-libdir", "--target=wasm32-unknown-unknown"]),
        );
        if folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
            return Some(WasmLibrary::Installed);
        }
        self.find(&[debian::LINKER])?;
        debian::has_rust_and_sources().then_some(WasmLibrary::DebianSources)
    }

    fn trunk(&self) -> Result<()> {
        ensure(
            &format!("Trunk {TRUNK}"),
            "it builds the page",
            || {
                let found = output(self.command("trunk").arg("--version")).ok()?;
                (found.split_whitespace().nth(1) == Some(TRUNK)).then_some(())
            },
            self.cargo_install("trunk", TRUNK, &["--no-default-features", "--features=rustls"]),
            &format!("run: cargo install trunk --version {TRUNK} --locked"),
        )
    }

    fn wasm_bindgen(&self) -> Result<()> {
        // The program and the library must be of the same version, to the last number.
        let locked = self.project.locked_version("wasm-bindgen")?;
        ensure(
            &format!("wasm-bindgen-cli {locked}"),
            "it joins the page's WebAssembly to JavaScript",
            || {
                let found = output(self.command("wasm-bindgen").arg("--version")).ok()?;
                (found.split_whitespace().nth(1) == Some(&locked)).then_some(())
            },
            self.cargo_install("wasm-bindgen-cli", &locked, &[]),
            &format!("run: cargo install wasm-bindgen-cli --version {locked}"),
        )
    }

    /// With the dependencies its author locked, then with those that can be had.
    fn cargo_install(&self, package: &str, version: &str, options: &[&str]) -> Vec<Way> {
        let root = self.project.tools();
        let install = |locked: &[&str]| {
            let mut command = self.command("cargo");
            command
                .args(["install", "--quiet", package, "--version", version])
                .args(options)
                .args(locked)
                // These tools wait for others more than they compute: compiled fast is better than compiled well.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_STRIP", "true")
                // The tools share many dependencies.
                .env("CARGO_TARGET_DIR", self.project.root.join("target/tools"));
            let shown = format!("{} (this takes minutes)", shown(&command));
            command.arg("--root").arg(&root);
            Way { shown, command }
        };
        vec![install(&["--locked"]), install(&[])]
    }

    /// Debian's packages, where this user may install them without being asked for a password.
    fn apt_get(&self, packages: &[&str]) -> Vec<Way> {
        if self.find(&["apt-get"]).is_none() {
            return vec![];
        }
        let packages = packages.join(" ");
        let script = format!(
            "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends {packages}"
        );
        let is_root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
        let may_sudo = || output(Command::new("sudo").args(["-n", "true"])).is_ok();
        let mut command = if is_root {
            self.command("sh")
        } else if may_sudo() {
            let mut sudo = self.command("sudo");
            sudo.args(["-n", "sh"]);
            sudo
        } else {
            return vec![];
        };
        command.args(["-c", &script]);
        vec![Way { shown: format!("apt-get install {packages}"), command }]
    }

    fn find(&self, names: &[&str]) -> Option<PathBuf> {
        find_program(names, &self.search_path)
    }
}

/// npm, by the name that can be started.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Debian's Rust, which is kept new enough to build browsers and comes with the sources of its standard library.
mod debian {
    use std::path::Path;
    use std::process::Command;

    pub const BIN: &str = "/usr/bin";
    pub const LINKER: &str = "wasm-ld-19";
    pub const PACKAGES: &[&str] =
        &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-19"];

    /// Whether they are there, and new enough for this project.
    pub fn has_rust_and_sources() -> bool {
        let files = [
            "/usr/bin/cargo",
            "/usr/bin/clippy-driver",
            "/usr/lib/rustlib/src/rust/library/std/Cargo.toml",
        ];
        let needed = super::Version::parse(env!("CARGO_PKG_RUST_VERSION"));
        files.iter().all(|file| Path::new(file).is_file())
            && super::version(Command::new("/usr/bin/rustc").arg("--version")) >= needed
    }
}

/// Looks for something; when it is missing, tries each way to install it, looking again after each.
fn ensure<T>(
    what: &str,
    why: &str,
    find: impl Fn() -> Option<T>,
    ways: Vec<Way>,
    by_hand: &str,
) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    for mut way in ways {
        println!("installing {what} ({why}): {}", way.shown);
        match output(&mut way.command) {
            Ok(_) => {
                if let Some(found) = find() {
                    return Ok(found);
                }
            }
            Err(error) => println!("that did not work: {}", last_line(&error.to_string())),
        }
    }
    bail!("{what} is missing ({why}); {by_hand}")
}

fn way(mut command: Command, arguments: &[&str]) -> Way {
    command.args(arguments);
    Way { shown: shown(&command), command }
}

/// Programs say last what went wrong.
fn last_line(text: &str) -> &str {
    text.lines().next_back().unwrap_or(text)
}

fn newer(file: &Path, than: &Path) -> bool {
    let changed = |path| fs::metadata(path).and_then(|data| data.modified()).ok();
    match (changed(file), changed(than)) {
        (Some(file), Some(than)) => file >= than,
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

impl Version {
    /// Reads "1.96" or "1.96.0".
    fn parse(text: &str) -> Option<Version> {
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        Some(Version(numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(0))?))
    }
}

/// The version that a program gives after its name, as in "trunk 0.21.14".
fn version(command: &mut Command) -> Option<Version> {
    Version::parse(output(command).ok()?.split_whitespace().nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::tests::Folder;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(Version::parse("1.96"), Some(Version(1, 96, 0)));
        assert!(Version::parse("0.21.14") > Version::parse("0.21.9"));
        assert_eq!(Version::parse("nightly"), None);
    }

    #[test]
    fn the_folders_of_this_computer_are_given_other_names_in_the_page() {
        let home = Folder::new("cargo-home");
        for registry in ["mirror-1", "index.crates.io-2"] {
            home.write(&format!("registry/src/{registry}/serde/lib.rs"), "");
        }
        let flags = |root: &str| {
            let project = Project { root: root.into() };
            let mut setup = Setup::new(&project).unwrap();
            setup.cargo_home = home.0.clone();
            setup.without_folders()
        };
        let sources = home.0.join("registry/src");
        let sources = sources.display();
        let crates = format!(
            "--remap-path-prefix={sources}/index.crates.io-2=/crates --remap-path-prefix={sources}/mirror-1=/crates"
        );
        let expected = format!("--remap-path-prefix=/a/project=/clearlist {crates}");
        assert_eq!(flags("/a/project"), Some(expected));
        assert_eq!(flags("/a project"), None);
    }

    #[test]
    fn what_is_there_is_not_installed() {
        let install = way(Command::new("false"), &[]);
        let found = ensure("a tool", "a reason", || Some(1), vec![install], "…");
        assert_eq!(found.ok(), Some(1));
    }

    #[test]
    fn what_cannot_be_installed_is_named_with_what_to_do() {
        let found = ensure::<()>("a tool", "a reason", || None, vec![], "do it by hand");
        let error = found.err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("a tool is missing (a reason); do it by hand"));
    }
}
