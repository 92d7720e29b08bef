//! Files of waivers: read, checked, and written.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::{Waiver, WaiverKind};
use crate::engine::language::say;
use crate::engine::rules::{Rules, RulesError, RulesFile, column_at, line_at, mistakes, too_large};

/// The value of `schema` in a file of waivers.
pub const SCHEMA: &str = "clearlist-waivers/1";

/// A file of waivers to start from: it is read without mistakes.
pub const EXAMPLE: &str = include_str!("example.toml");

/// An example of each key, as it stands in a file.
const EXAMPLES: &[(&str, &str)] = &[
    ("schema", "schema = \"clearlist-waivers/1\""),
    ("waiver", "[[waiver]]"),
    ("id", "id = \"2026-001\""),
    ("kind", "kind = \"false-positive\""),
    ("reason", "reason = \"The program is our own and only has the same name.\""),
    ("decided_by", "decided_by = \"Security office\""),
    ("decided_on", "decided_on = \"2026-11-02\""),
    ("until", "until = \"2027-11-01\""),
    ("reference", "reference = \"Ticket 4711\""),
    ("finding", "finding = \"f-0123456789ab\""),
    ("product", "product = \"kaspersky.free\""),
    ("program", "program = \"Example Viewer*\""),
    ("hosts", "hosts = [\"LAB-*\"]"),
];

/// A file of waivers as it is written.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaiversFile {
    /// Must be [`SCHEMA`].
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = SCHEMA)))]
    schema: Spanned<String>,
    /// The decisions.
    #[serde(default, rename = "waiver")]
    waivers: Vec<Entry>,
}

/// A recorded decision about what was found. Everything that it names must fit; what it leaves out fits
/// everything, but it names at least one of `finding`, `product`, `program` and `hosts`.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What it is called by; no other of the file has it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    id: Spanned<String>,
    /// What kind of decision it is.
    kind: WaiverKind,
    /// Why, as one or more sentences.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    reason: Spanned<String>,
    /// Who decided.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    decided_by: Spanned<String>,
    /// The day of the decision, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    decided_on: Option<Spanned<String>>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    until: Spanned<String>,
    /// Where the decision is filed, such as a ticket's number.
    #[serde(default)]
    reference: String,
    /// The id of a finding, as reports have it.
    #[serde(default)]
    finding: String,
    /// The id of a product.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    product: Option<Spanned<String>>,
    /// The program's name as written, where `*` stands for any text, in any case.
    #[serde(default)]
    program: String,
    /// The computers, each a name where `*` stands for any text, in any case.
    #[serde(default)]
    hosts: Vec<String>,
}

/// Reads a file of waivers and checks it. Products are known by the ids that the rules have and had; the
/// waivers have the ids of now.
///
/// # Errors
///
/// Everything that is wrong with it; a file is never used in part.
pub fn read(file: &RulesFile<'_>, rules: &Rules) -> Result<Vec<Waiver>, Vec<RulesError>> {
    let mut errors: Vec<RulesError> = too_large(file).into_iter().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let Some(parsed) = mistakes::parse_with::<WaiversFile>(EXAMPLES, file, &mut errors) else {
        return Err(errors);
    };
    let mut check = Check { file, rules, errors };
    if parsed.schema.get_ref() != SCHEMA {
        let found = parsed.schema.get_ref();
        check.error(
            &parsed.schema,
            say!(
                "expected \"{expected}\", found {found}",
                expected = SCHEMA,
                found = format!("{found:?}"),
            ),
        );
    }
    let mut waivers: Vec<Waiver> = Vec::new();
    for entry in parsed.waivers {
        let waiver = check.waiver(&entry);
        if waivers.iter().any(|known| known.id == waiver.id) {
            check.error(
                &entry.id,
                say!("another waiver has the id {id}", id = format!("{:?}", waiver.id)),
            );
        }
        waivers.push(waiver);
    }
    if check.errors.is_empty() { Ok(waivers) } else { Err(check.errors) }
}

struct Check<'a> {
    file: &'a RulesFile<'a>,
    rules: &'a Rules,
    errors: Vec<RulesError>,
}

impl Check<'_> {
    fn waiver(&mut self, entry: &Entry) -> Waiver {
        for (key, text) in
            [("id", &entry.id), ("reason", &entry.reason), ("decided_by", &entry.decided_by)]
        {
            if text.get_ref().trim().is_empty() {
                self.error(text, say!("expected a text for `{key}`, found none", key));
            }
        }
        self.day(&entry.until);
        if let Some(day) = &entry.decided_on {
            self.day(day);
            if day.get_ref() > entry.until.get_ref() {
                let message =
                    say!("the decision ends before the day on which it was made").to_owned();
                self.error(&entry.until, message);
            }
        }
        let product = entry.product.as_ref().map(|product| self.product(product));
        let text = |text: &Spanned<String>| text.get_ref().trim().to_owned();
        let waiver = Waiver {
            id: text(&entry.id),
            kind: entry.kind,
            reason: text(&entry.reason),
            decided_by: text(&entry.decided_by),
            decided_on: entry.decided_on.as_ref().map(text).unwrap_or_default(),
            until: text(&entry.until),
            reference: entry.reference.clone(),
            finding: entry.finding.clone(),
            product: product.unwrap_or_default(),
            program: entry.program.clone(),
            hosts: entry.hosts.clone(),
        };
        if !waiver.is_for_something() {
            let message = say!(
                "it is for everything; name at least one of `finding`, `product`, `program` and \
                 `hosts`, not by * alone"
            );
            self.error(&entry.id, message.to_owned());
        }
        waiver
    }

    fn day(&mut self, day: &Spanned<String>) {
        let text = day.get_ref();
        if text.len() != 10 || text.parse::<Date>().is_err() {
            self.error(
                day,
                say!("expected a day as YYYY-MM-DD, found {found}", found = format!("{text:?}")),
            );
        }
    }

    /// The id that the product has now.
    fn product(&mut self, id: &Spanned<String>) -> String {
        if let Some((_, product)) = self.rules.product(id.get_ref()) {
            return product.id.get_ref().clone();
        }
        let known = self.rules.catalog.iter().flat_map(|file| &file.products);
        let known = known.map(|product| product.id.get_ref().as_str());
        let message = match mistakes::nearest(id.get_ref(), known) {
            Some(near) => {
                say!(
                    "no product has the id {id}; did you mean {near}?",
                    id = format!("{:?}", id.get_ref()),
                    near = format!("{near:?}"),
                )
            }
            None => say!(
                "no product has the id {id}; see clearlist catalog",
                id = format!("{:?}", id.get_ref()),
            ),
        };
        self.error(id, message);
        id.get_ref().clone()
    }

    fn error(&mut self, at: &Spanned<String>, message: String) {
        let start = at.span().start;
        self.errors.push(RulesError {
            file: self.file.name.to_owned(),
            line: line_at(self.file.text, start),
            column: column_at(self.file.text, start),
            message,
            example: String::new(),
        });
    }
}

/// The waivers as a file that [`read`] reads again.
pub fn write(waivers: &[Waiver]) -> String {
    let mut text = format!(
        "# {}\n# {}\nschema = \"{SCHEMA}\"\n",
        say!(
            "Decisions about what Clearlist found. A decision sets a finding aside; reports still show it."
        ),
        say!("It no longer counts after the day in `until`."),
    );
    for waiver in waivers {
        let hosts = waiver.hosts.iter().cloned().map(Value::String).collect();
        text += "\n[[waiver]]\n";
        for (key, value) in [
            ("id", &waiver.id),
            ("kind", &waiver.kind.id().to_owned()),
            ("reason", &waiver.reason),
            ("decided_by", &waiver.decided_by),
            ("decided_on", &waiver.decided_on),
            ("until", &waiver.until),
            ("reference", &waiver.reference),
            ("finding", &waiver.finding),
            ("product", &waiver.product),
            ("program", &waiver.program),
        ] {
            if !value.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{key} = {}", Value::String(value.clone()));
            }
        }
        if !waiver.hosts.is_empty() {
            let _ = writeln!(text, "hosts = {}", Value::Array(hosts));
        }
    }
    text
}
