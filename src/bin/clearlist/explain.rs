//! `clearlist explain`: why a title is recognised as what it is.

use std::fmt::Write as _;
use std::process::ExitCode;

use clearlist::engine::directive::{Directive, OutcomeKind};
use clearlist::engine::explain::{Explanation, explain};
use clearlist::engine::record::IdentifierKind;
use clearlist::engine::report::TitleIdentifier;
use clearlist::engine::scan::chosen_directives;
use clearlist::engine::title::Title;

use super::{Chosen, ListFormat, print};

/// The title, and how to explain it.
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Explain {
    #[command(flatten)]
    chosen: Chosen,
    /// The program's name as the list has it.
    #[arg(value_name = "NAME", default_value = "")]
    name: String,
    /// The publisher as the list has it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    publisher: String,
    /// The version as the list has it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    version: String,
    /// An identifier as KIND=VALUE, such as package=Tencent.WeChat; may be given several times.
    #[arg(long = "identifier", value_name = "KIND=VALUE", value_parser = identifier)]
    identifiers: Vec<TitleIdentifier>,
    /// The list has only the beginning of the name.
    #[arg(long)]
    cut: bool,
    /// How to write the explanation.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

fn identifier(text: &str) -> Result<TitleIdentifier, String> {
    let parsed = text.split_once('=').and_then(|(id, value)| {
        let kind = IdentifierKind::ALL.into_iter().find(|kind| kind.id() == id)?;
        Some(TitleIdentifier { kind, value: value.to_owned() })
    });
    parsed.ok_or_else(|| {
        let known: Vec<&str> = IdentifierKind::ALL.iter().map(|kind| kind.id()).collect();
        format!("expected KIND=VALUE, where KIND is one of {}", known.join(", "))
    })
}

impl Explain {
    pub fn run(&self) -> Result<ExitCode, String> {
        let rules = self.chosen.rules()?;
        let ids = self.chosen.ids(&rules)?;
        let directives = chosen_directives(&rules, &ids).map_err(|error| error.to_string())?;
        let title = Title {
            name: self.name.trim().to_owned(),
            publisher: self.publisher.trim().to_owned(),
            version: self.version.trim().to_owned(),
            identifiers: self.identifiers.clone(),
            is_name_cut: self.cut,
        };
        let explanation = explain(&rules, &directives, &title, None);
        print(&match self.format {
            ListFormat::Text => text(&explanation, &directives),
            // Strings and lists always serialise.
            ListFormat::Json => {
                serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n"
            }
        })
    }
}

/// The explanation, for people. Only the words of the call and of the rules stand in it, with
/// control characters escaped.
fn text(explanation: &Explanation, directives: &[&Directive]) -> String {
    let mut text = String::new();
    for section in explanation.sections() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", section.heading.to_uppercase());
        for line in section.lines {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let said = explanation.outcomes.iter().filter(|o| o.outcome != OutcomeKind::NotCovered);
    let said: Vec<_> = said.collect();
    if !explanation.outcomes.is_empty() {
        text.push_str("WHAT THE DIRECTIVES SAY\n");
        if said.is_empty() {
            text.push_str("  None of those applied covers it.\n");
        }
        for outcome in said {
            let is_it = |directive: &&&Directive| *directive.id.get_ref() == outcome.directive;
            let title = directives.iter().find(is_it).map_or("", |d| d.short_title.as_str());
            let _ = writeln!(text, "  {title}: {}. {}", outcome.outcome.id(), outcome.why);
        }
    }
    text
}
