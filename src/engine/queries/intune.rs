//! Intune: a detection script, for computers that nothing else is asked of.

use super::conditions::{Conditions, Looks, Pattern};
use super::limits::{Limits, Wording};
use super::{Engine, LOOKS_FOR, Limit, QueryFile, UNINSTALL, commented};
use crate::engine::catalog::Field;
use crate::engine::directive::OutcomeKind;
use crate::engine::identify::{ARCHITECTURES, BEFORE_VERSIONS, LANGUAGES};
use crate::engine::language::say;

pub(super) static ENGINE: Engine = Engine {
    id: "intune",
    name: "Intune detection script",
    about: "For Remediations in Intune: upload it as the detection script, to run as system in 64-bit \
            PowerShell; a computer with an issue is one where something was found, which its last line \
            names. To read a computer's programs into Clearlist, collect them with the PowerShell \
            script instead.",
    read_as: "",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

const FIELDS: [Field; 8] = [
    Field::Name,
    Field::Publisher,
    Field::ProductCode,
    Field::Package,
    Field::Bundle,
    Field::Path,
    Field::Service,
    Field::Driver,
];

fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    let mut limits = Limits::new(conditions, &FIELDS, Wording::Folding);
    limits.of_data(say!(
        "Intune keeps 2,048 characters of what was found, and no list to be read again."
    ));
    limits.all
}

/// A text in a here-string, in ASCII: Windows PowerShell takes a file without a mark for the computer's
/// code page. What it stands for comes back by `[regex]::Unescape`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ' '..='~' => escaped.push(c),
            _ => {
                let mut units = [0; 2];
                escaped
                    .extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
    }
    escaped
}

fn line(pattern: &Pattern) -> String {
    let (looks, texts): (&str, Vec<&str>) = match &pattern.looks {
        Looks::Words(groups) => ("words", groups.iter().map(String::as_str).collect()),
        Looks::Part(text) => ("part", vec![text]),
        Looks::Start(text) => ("start", vec![text]),
        Looks::Whole(text) => ("whole", vec![text]),
        Looks::Numbered(text) => ("numbered", vec![text]),
    };
    let texts: Vec<String> = texts.into_iter().map(escaped).collect();
    // The last cell keeps the spaces before it from being cut off.
    format!(
        "{}\t{}\t{}\t{looks}\t{}\t{}\t{}\t{}\t.",
        pattern.vendor,
        pattern.product.map_or(0, |product| product + 1),
        pattern.field.id(),
        pattern.strength.rank(),
        pattern.length,
        u8::from(pattern.is_of_versions),
        texts.join("\t"),
    )
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let makers = conditions.makers.iter().map(|maker| {
        let groups: Vec<String> = maker.groups.iter().map(|group| escaped(group)).collect();
        format!("{}\t-1\tpublisher\twords\t0\t0\t0\t{}\t.", maker.vendor, groups.join("\t"))
    });
    let patterns: Vec<String> = conditions.of_fields(&FIELDS).map(line).chain(makers).collect();
    let products: Vec<String> = conditions
        .products
        .iter()
        .enumerate()
        .map(|(number, sought)| {
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}",
                number + 1,
                sought.product.id.get_ref(),
                u8::from(sought.product.is_fallback),
                u8::from(sought.is_own()),
                sought.outcome.map_or("", OutcomeKind::id),
                sought.hint.map_or("", OutcomeKind::id),
            )
        })
        .collect();
    let tails: Vec<&str> =
        ARCHITECTURES.into_iter().chain(BEFORE_VERSIONS).chain(["bit"]).collect();
    let body = include_str!("detect.ps1")
        .replace("{uninstall}", UNINSTALL)
        .replace("{tails}", &tails.join("|"))
        .replace("{languages}", &LANGUAGES.join("|"))
        .replace("{products}", &products.join("\n"))
        .replace("{patterns}", &patterns.join("\n"));
    let text = format!("{}\n{body}", commented("# ", opening));
    vec![QueryFile { name: "clearlist-detect.ps1".to_owned(), text }]
}
