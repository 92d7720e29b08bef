//! The project's own commands: `cargo xtask serve`, `cargo xtask build`, `cargo xtask single-file`, `cargo xtask reproduce`,
//! `cargo xtask bench`, `cargo xtask accuracy`, `cargo xtask fuzz`, `cargo xtask test`.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use anyhow::{Context, Result, bail, ensure};

use xtask::bench;
use xtask::checks;
use xtask::fuzz;
use xtask::page;
use xtask::process::{self, find_program};
use xtask::project::Project;
use xtask::reproduce;
use xtask::server::Server;
use xtask::setup::Setup;
use xtask::single_file;

const USAGE: &str = "\
cargo xtask serve [--port N] [--base /PATH/] [--no-build] [--no-open]
    builds the page, serves it on 127.0.0.1 and opens it in a browser
    --port N       the port, 8080 unless given; 0 for any free one
    --base /PATH/  serve it below a path, as a guest on a larger site
    --no-build     serve what is in dist/
    --no-open      do not open a browser
cargo xtask build
    leaves the page in dist/, ready to be put on a web server
cargo xtask single-file
    builds the page, and makes one HTML file of it that opens from a disk, for closed networks
cargo xtask reproduce
    builds the page in two other folders and compares it, byte by byte, with itself and with dist/
cargo xtask bench [--quick]
    measures how fast inventories are read, beside peers, and writes docs/benchmarks.md
    --quick        leave out the largest inventory, and write nothing
cargo xtask accuracy
    measures how many programs are recognised and how many others are not, and writes
    docs/accuracy.md
cargo xtask fuzz [TARGET]… [--seconds N]
    gives the engine any bytes at all, and tells the inputs with which something does not hold
    --seconds N    how long each target runs, 600 unless given
    --changed      a minute each of the targets that have changed since they passed, as `test fuzz` does
cargo xtask test [CHECK]… [-- ARGUMENT…]
    runs every check and test, or only the ones named; arguments after -- go to the browser tests

Each command first installs what it needs and does not find.";

fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let project = Project::here()?;
    let setup = Setup::new(&project)?;
    match arguments.split_first() {
        Some((command, rest)) if command == "serve" => serve(&setup, &ServeOptions::parse(rest)?),
        Some((command, [])) if command == "build" => build(&setup),
        Some((command, [])) if command == "single-file" => {
            build(&setup)?;
            single_file::make(&setup)
        }
        Some((command, [])) if command == "reproduce" => reproduce::run(&setup),
        Some((command, rest)) if command == "bench" => bench::run(&setup, rest),
        Some((command, [])) if command == "accuracy" => accuracy(&setup),
        Some((command, rest)) if command == "fuzz" => fuzz::run(&setup, rest),
        Some((command, rest)) if command == "test" => checks::run(&setup, rest),
        _ => bail!("expected one of these commands:\n\n{USAGE}"),
    }
}

fn build(setup: &Setup) -> Result<()> {
    let library = setup.for_build()?;
    page::build(setup, library)?;
    page::print_sizes(setup.project, &page::sizes(setup)?);
    Ok(())
}

/// The test prints every miss if there is one; the page is written either way.
fn accuracy(setup: &Setup) -> Result<()> {
    let page = setup.project.root.join("docs/accuracy.md");
    let mut test = setup.command("cargo");
    test.args(["test", "--quiet", "--no-default-features", "--test", "accuracy"]);
    test.env("CLEARLIST_ACCURACY_PAGE", &page);
    let tested = process::run(&mut test);
    print!("{}", fs::read_to_string(&page).context("the page was not written")?);
    tested
}

struct ServeOptions {
    port: u16,
    base: String,
    build: bool,
    open: bool,
}

impl ServeOptions {
    fn parse(arguments: &[String]) -> Result<ServeOptions> {
        let mut options = ServeOptions { port: 8080, base: "/".into(), build: true, open: true };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => {
                    let port = arguments.next().context("--port expects a number")?;
                    options.port = port
                        .parse()
                        .with_context(|| format!("--port expects a number, found `{port}`"))?;
                }
                "--base" => {
                    let base = arguments.next().context("--base expects a path")?;
                    options.base = base.clone();
                }
                "--no-build" => options.build = false,
                "--no-open" => options.open = false,
                other => bail!("`{other}` is not an option of serve:\n\n{USAGE}"),
            }
        }
        Ok(options)
    }
}

fn serve(setup: &Setup, options: &ServeOptions) -> Result<()> {
    if options.build {
        build(setup)?;
    }
    let dist = setup.project.dist();
    ensure!(dist.join("index.html").is_file(), "dist/ has no page; run: cargo xtask build");
    let server = Server::start(&dist, &options.base, options.port).with_context(|| {
        format!("cannot listen on 127.0.0.1:{}; choose another port with --port", options.port)
    })?;
    let url = server.url();
    println!("Clearlist is at {url} until you press Ctrl+C");
    if options.open {
        open_browser(&url);
    }
    loop {
        thread::park();
    }
}

/// Opens the page where there is a screen and a browser. The address was printed, so it is no loss if there is none.
fn open_browser(url: &str) {
    let path = env::var_os("PATH").unwrap_or_default();
    let has_screen = cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some());
    let opener: &[&str] = if cfg!(windows) {
        &["cmd", "/C", "start"]
    } else if cfg!(target_os = "macos") {
        &["open"]
    } else {
        &["xdg-open"]
    };
    let [program, arguments @ ..] = opener else {
        return;
    };
    if !has_screen || find_program(&[program], OsStr::new(&path)).is_none() {
        return;
    }
    let opened = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = opened {
        println!("no browser was opened: {error}");
    }
}
