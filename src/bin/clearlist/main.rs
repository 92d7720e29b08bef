//! The engine on a command line, for scripts, big jobs and tests.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use clearlist::bundled;
use clearlist::engine::age;
use clearlist::engine::compare::{compare, read_report, too_large};
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::language::{Language, speak};
use clearlist::engine::report::{Report, marking};
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{Scan, Settings, SourceOptions};
use clearlist::engine::writers::{WRITERS, Writer};

mod explain;
mod listing;
mod pack;
mod queries;
mod update;
mod waivers;

/// Finds software that government directives ban in lists of installed programs.
#[derive(Parser)]
#[command(name = "clearlist", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check lists of installed programs.
    ///
    /// Exit status: 0 if nothing prohibited was found that is not set aside, 1 if something was, 2 if the input or the
    /// call could not be used.
    Check(Check),
    /// List the formats that can be read, and how to get such a list.
    Formats(List),
    /// List the directives that are built in, with their sources.
    Directives(List),
    /// List the products that are recognised.
    Catalog(List),
    /// Tell why a title is recognised as what it is, or why not.
    Explain(explain::Explain),
    /// Write queries that find the same on a whole fleet with the tools it has.
    ///
    /// Only what is covered by the directives chosen is looked for. What the tool cannot find is
    /// told on standard error, and in each file.
    Queries(queries::AskFleet),
    /// Make and check rules of your own.
    #[command(subcommand)]
    Pack(pack::Pack),
    /// Make keys for data updates, sign them and look who signed them.
    ///
    /// A signed data update is loaded with --pack. docs/data-updates.md says who signs what, and how keys are kept.
    #[command(subcommand)]
    Update(update::Update),
    /// Make and check files of decisions about what was found.
    #[command(subcommand)]
    Waivers(waivers::Waivers),
}

/// Which directives are applied.
#[derive(clap::Args)]
struct Chosen {
    /// Apply this directive; may be given several times. Without it, all are applied.
    #[arg(long = "directive", value_name = "ID")]
    directives: Vec<String>,
    /// Apply the directives that bind such an organisation.
    #[arg(long, value_name = "ID")]
    profile: Option<String>,
    /// Apply rules of your own too, or a signed data update; may be given several times. See
    /// `clearlist pack` and `clearlist update`.
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    #[command(flatten)]
    keys: update::Keys,
}

#[derive(clap::Args)]
struct Check {
    #[command(flatten)]
    chosen: Chosen,
    /// Set aside what the decisions of this file are for; may be given several times. See
    /// `clearlist waivers`.
    #[arg(long = "waivers", value_name = "FILE")]
    waivers: Vec<PathBuf>,
    /// Tell what has changed since the report in this file, which Clearlist saved as JSON or HTML.
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    /// How to write the report.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = report_format)]
    format: &'static Writer,
    /// Read every file as this format instead of finding the format from its content.
    #[arg(long = "as", value_name = "FORMAT")]
    read_as: Option<String>,
    /// Read every file in this encoding instead of finding it from the content.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The computer that entries which name none are on.
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// The day to put on the report, YYYY-MM-DD; today if not given.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// A line to put at head and foot of what is written, such as CUI//SP-PRVCY.
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = marking)]
    marking: String,
    /// The language of what people read: en, es or fr. What programs read is in English.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    language: Language,
    /// Files to read; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(clap::Args)]
struct List {
    /// How to write the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Bytes read from a file at a time.
const CHUNK_BYTES: usize = 1024 * 1024;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(check) => run_check(&check),
        Command::Formats(list) => print(&match list.format {
            ListFormat::Text => listing::formats_text(),
            ListFormat::Json => listing::formats_json(),
        }),
        Command::Directives(list) => print(&match list.format {
            ListFormat::Text => listing::directives_text(&bundled::rules()),
            ListFormat::Json => listing::directives_json(&bundled::rules()),
        }),
        Command::Catalog(list) => print(&match list.format {
            ListFormat::Text => listing::catalog_text(&bundled::rules()),
            ListFormat::Json => listing::catalog_json(&bundled::rules()),
        }),
        Command::Explain(explain) => explain.run(),
        Command::Queries(queries) => queries.run(),
        Command::Pack(pack) => pack.run(),
        Command::Update(update) => update.run(),
        Command::Waivers(waivers) => waivers.run(),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            eprintln!("clearlist: {message}");
            ExitCode::from(2)
        }
    }
}

fn report_format(id: &str) -> Result<&'static Writer, String> {
    WRITERS.iter().find(|writer| writer.id == id).ok_or_else(|| {
        let known: Vec<&str> = WRITERS.iter().map(|writer| writer.id).collect();
        format!("expected one of {}", known.join(", "))
    })
}

fn language(code: &str) -> Result<Language, String> {
    Language::ALL.into_iter().find(|language| language.code() == code).ok_or_else(|| {
        let known = Language::ALL.map(Language::code);
        format!("expected one of {}", known.join(", "))
    })
}

fn run_check(check: &Check) -> Result<ExitCode, String> {
    refuse_on_terminal(check.format)?;
    let rules = check.chosen.rules()?;
    let waivers = waivers::load(&check.waivers, &rules)?;
    let earlier = check.compare.as_deref().map(earlier_report).transpose()?;
    let settings = Settings {
        directives: check.chosen.ids(&rules)?,
        today: check.today.clone().unwrap_or_else(today),
        source: SourceOptions {
            format: check.read_as.clone(),
            encoding: check.encoding.clone(),
            host: check.host.clone(),
            ..SourceOptions::default()
        },
        ..Settings::default()
    };
    if age::is_old(rules.checked_on(), &settings.today) {
        eprintln!("clearlist: {}", age::warning(rules.checked_on()));
    }
    let mut scan = Scan::new(&rules, settings).map_err(|error| error.to_string())?;
    for path in &check.files {
        read_into(&mut scan, path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut report = scan.finish();
    report.marking.clone_from(&check.marking);
    clearlist::engine::waivers::apply(&mut report, &waivers);
    report.comparison = earlier.map(|earlier| compare(&earlier, &report, &rules));
    speak(bundled::catalog(check.language));
    print_bytes(&check.format.written(&report))?;
    Ok(exit_code(&report))
}

fn earlier_report(path: &Path) -> Result<Report, String> {
    let read = || {
        // What would be refused is not held in memory first.
        let bytes = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
        if let Some(why) = too_large(bytes) {
            return Err(why);
        }
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        read_report(&text)
    };
    read().map_err(|why| format!("{}: {why}", path.display()))
}

impl Chosen {
    /// The bundled rules and the caller's own.
    fn rules(&self) -> Result<Rules, String> {
        if self.packs.is_empty() {
            Ok(bundled::rules())
        } else {
            pack::load(&self.packs, &self.keys.trusted()?)
        }
    }

    /// The directives' ids; none for all. Those of the caller's own rules are always among them, and those that a data
    /// update has anew, unless another pack switches them off; what an update has in the place of bundled ones is applied
    /// where those would be.
    fn ids(&self, rules: &Rules) -> Result<Vec<String>, String> {
        let mut directives = self.directives.clone();
        if let Some(id) = &self.profile {
            let profile = rules.profile(id).ok_or_else(|| {
                let known: Vec<&str> = rules.profiles.iter().map(|p| p.id.as_str()).collect();
                format!("no profile has the id {id:?}; there are {}", known.join(", "))
            })?;
            directives.extend(profile.directives.iter().map(|directive| directive.id.clone()));
        }
        if let (Some(id), true) = (&self.profile, directives.is_empty()) {
            // None would be all of them.
            return Err(format!("every directive of the profile {id:?} is switched off"));
        }
        if !directives.is_empty() {
            let own = rules.packs.iter().flat_map(|pack| {
                let is_bundled = |id: &String| pack.update.is_some() && pack.replaced.contains(id);
                pack.directives.iter().filter(move |id| !is_bundled(id))
            });
            directives.extend(own.filter(|id| rules.directive(id).is_some()).cloned());
        }
        Ok(directives)
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that asks the clock for the day")]
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

fn read_into(scan: &mut Scan<'_>, path: &Path) -> io::Result<()> {
    let (name, mut input): (String, Box<dyn Read>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        (name, Box::new(File::open(path)?))
    };
    scan.begin_source(&name);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match input.read(&mut chunk)? {
            0 => break,
            read => scan.push(&chunk[..read]),
        }
    }
    scan.end_source();
    Ok(())
}

/// Prohibited software outweighs everything; a source that could not be read at all outweighs a
/// clean answer about the others.
fn exit_code(report: &Report) -> ExitCode {
    if report.findings.iter().any(|finding| finding.gravest() == OutcomeKind::Prohibited) {
        ExitCode::from(1)
    } else if report.totals.records == 0 || report.problems.iter().any(|p| p.stops_the_source) {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    }
}

/// What is no text would only disturb a terminal.
fn refuse_on_terminal(writer: &Writer) -> Result<(), String> {
    if writer.is_text() || !io::stdout().is_terminal() {
        return Ok(());
    }
    Err(format!(
        "{} is no text that a terminal could show; save it by putting > {} behind the call",
        writer.title, writer.file_name
    ))
}

/// Writes to standard output. A reader that has gone away (`| head`) is no error.
fn print(text: &str) -> Result<ExitCode, String> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<ExitCode, String> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
