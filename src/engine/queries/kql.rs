//! Microsoft Defender and Sentinel: the Kusto query language over what Defender reports of devices.

use super::conditions::{Conditions, Looks, Pattern};
use super::limits::{Limits, Wording};
use super::{Engine, LOOKS_FOR, Limit, QueryFile, commented};
use crate::engine::catalog::Field;
use crate::engine::directive::OutcomeKind;
use crate::engine::language::say;

pub(super) static ENGINE: Engine = Engine {
    id: "kql",
    name: "Microsoft Defender and Sentinel (KQL)",
    about: "For advanced hunting in the Microsoft Defender portal, and for a Log Analytics workspace \
            that its tables are sent to: paste the query, run it, and export the results as CSV.",
    read_as: "defender",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

/// A table of Defender, and what of it says something about a program.
struct Source {
    file: &'static str,
    /// What is to be said of its answer besides.
    note: &'static str,
    /// The rows, with their columns named as in the answer.
    rows: &'static str,
    /// The fields, and the columns that have them.
    columns: &'static [(Field, &'static str)],
    /// All columns of the answer.
    answer: &'static str,
}

const SOURCES: [Source; 2] = [
    Source {
        file: "clearlist-defender-software.kql",
        note: "",
        rows: "DeviceTvmSoftwareInventory",
        columns: &[(Field::Name, "SoftwareName"), (Field::Publisher, "SoftwareVendor")],
        answer: "DeviceId, DeviceName, OSPlatform, SoftwareVendor, SoftwareName, SoftwareVersion",
    },
    Source {
        file: "clearlist-defender-processes.kql",
        note: "// The answer of this one, of what ran, is read as an ordinary table.\n",
        rows: "DeviceProcessEvents\n\
               | where Timestamp > ago(30d)\n\
               | summarize by DeviceName, ProgramName = ProcessVersionInfoProductName, \
               Publisher = ProcessVersionInfoCompanyName, \
               ProgramVersion = ProcessVersionInfoProductVersion, \
               Path = FolderPath, ProcessName = FileName",
        columns: &[
            (Field::Name, "ProgramName"),
            (Field::Publisher, "Publisher"),
            (Field::Path, "Path"),
            (Field::Process, "ProcessName"),
        ],
        answer: "DeviceName, ProgramName, ProgramVersion, Publisher, Path, ProcessName",
    },
];

/// What a name can be the identifier of, as [`identify`](crate::engine::identify) has it.
const OF_NAMES: [Field; 4] = [Field::Package, Field::Bundle, Field::Driver, Field::Process];

impl Source {
    fn fields(&self) -> Vec<Field> {
        let own: Vec<Field> = self.columns.iter().map(|(field, _)| *field).collect();
        let of_names = OF_NAMES.iter().filter(|field| !own.contains(field));
        own.iter().chain(of_names).copied().collect()
    }
}

fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    let fields: Vec<Field> = SOURCES.iter().flat_map(Source::fields).collect();
    let mut limits = Limits::new(conditions, &fields, Wording::Like);
    limits.of_data(say!(
        "Defender names software in its own way, a maker and a product with underscores between \
         words, and leaves out what it has no such name for; which product of a maker it is can \
         often not be told."
    ));
    limits.of_data(say!("Of processes, only what ran in the last 30 days is there."));
    let unsayable = conditions.patterns.iter().filter(|pattern| groups(pattern).is_none());
    limits.of_rules(
        say!("Rules with more than one gap between their words are left out."),
        unsayable.map(|pattern| pattern.rule.clone()).collect(),
    );
    limits.all
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    SOURCES
        .iter()
        .map(|source| QueryFile {
            name: source.file.to_owned(),
            text: [&commented("// ", opening), source.note, &query(conditions, source)].concat(),
        })
        .collect()
}

/// A text as a verbatim literal: only its own quotation mark is doubled.
fn literal(text: &str) -> String {
    format!("@'{}'", text.replace('\'', "''"))
}

/// What is looked for, as one text and perhaps another that must follow; `None` for more of them.
fn groups(pattern: &Pattern) -> Option<(&str, &str)> {
    match &pattern.looks {
        Looks::Words(groups) => match groups.as_slice() {
            [first] => Some((first, "")),
            [first, second] => Some((first, second)),
            _ => None,
        },
        Looks::Part(text) | Looks::Start(text) | Looks::Whole(text) | Looks::Numbered(text) => {
            Some((text, ""))
        }
    }
}

fn looks_name(looks: &Looks) -> &'static str {
    match looks {
        Looks::Words(_) => "words",
        Looks::Part(_) => "part",
        Looks::Start(_) => "start",
        Looks::Whole(_) => "whole",
        Looks::Numbered(_) => "numbered",
    }
}

fn pattern_row(pattern: &Pattern) -> Option<String> {
    let (text, then) = groups(pattern)?;
    Some(format!(
        "{}, {}, '{}', '{}', {}, {}, {}, {}, {}",
        pattern.vendor,
        pattern.product.map_or(0, |product| product + 1),
        pattern.field.id(),
        looks_name(&pattern.looks),
        literal(text),
        literal(then),
        pattern.strength.rank(),
        pattern.length,
        u8::from(pattern.is_of_versions),
    ))
}

/// The query; its parts do what those of the SQL do.
fn query(conditions: &Conditions<'_>, source: &Source) -> String {
    let fields = source.fields();
    let patterns = conditions.of_fields(&fields).filter_map(pattern_row);
    let makers = conditions.makers.iter().filter_map(|maker| match maker.groups.as_slice() {
        [text] => {
            let text = literal(text);
            Some(format!("{}, -1, 'publisher', 'maker', {text}, '', 0, 0, 0", maker.vendor))
        }
        _ => None,
    });
    let patterns: Vec<String> = patterns.chain(makers).collect();
    let products: Vec<String> = conditions
        .products
        .iter()
        .enumerate()
        .map(|(number, sought)| {
            format!(
                "{}, {}, {}, {}, '{}', '{}'",
                number + 1,
                literal(sought.product.id.get_ref()),
                u8::from(sought.product.is_fallback),
                u8::from(sought.is_own()),
                sought.outcome.map_or("", OutcomeKind::id),
                sought.hint.map_or("", OutcomeKind::id),
            )
        })
        .collect();
    let key: Vec<&str> = source.columns.iter().map(|(_, column)| *column).collect();
    let key = key.join(", ");
    let texts: Vec<String> = source
        .columns
        .iter()
        .map(|(field, column)| {
            format!("(program | project {key}, seen_in = '{}', raw = {column})", field.id())
        })
        .collect();
    let told: Vec<String> = source
        .columns
        .iter()
        .filter(|(field, _)| OF_NAMES.contains(field))
        .map(|(field, _)| format!(" and field != '{}'", field.id()))
        .collect();
    // What the rules say comes last, so that nothing in it is taken for a place to fill.
    QUERY
        .replace("{products}", &products.join(",\n  "))
        .replace("{rows}", source.rows)
        .replace("{texts}", &texts.join(", "))
        .replace("{untold}", &told.concat())
        .replace("{key}", &key)
        .replace("{answer}", source.answer)
        .replace("{patterns}", &patterns.join(",\n  "))
}

/// The query around what is looked for.
const QUERY: &str = r#"// What is looked for where; a product of 0: it is nothing of that maker's, -1: the publisher is the maker.
let pattern = datatable (vendor: long, product: long, field: string, looks: string, text: string, then: string, strength: long, length: long, of_versions: long) [
  {patterns}
];
// What a program can be, and what the directives say of it: for sure, and on a hint only.
let sought = datatable (product: long, id: string, fallback: long, own: long, outcome: string, hint: string) [
  {products}
];
let listed = materialize({rows});
// Every program once, and its texts one below the other, folded and cut into words.
let program = listed | distinct {key};
let compared = union {texts}
| where isnotempty(raw)
| extend folded = trim(@'\s+', replace_regex(replace_regex(tolower(raw), @'[™®©\p{Cf}]', ''), @'[\s\p{Cc}]+', ' '))
| extend folded = translate('«»“”„‘’‐‑–', '"""""\'\'---', folded)
| extend words = strcat(' ', trim(' +', replace_regex(folded, @'[^\p{L}\p{N}]+', ' ')), ' ')
| extend id_kind = case(
    seen_in != 'name' or folded contains ' ', '',
    folded endswith '.sys', 'driver',
    folded endswith '.exe' or folded endswith '.com', 'process',
    'package')
| extend file = iff(folded endswith '.exe', substring(folded, 0, strlen(folded) - 4), folded);
// Everything that is found. A name that could be an identifier counts a step less.
let hit = materialize(compared
| extend one = 1
| join kind=inner (pattern | extend one = 1) on one
| where field == seen_in or (isnotempty(id_kind) and id_kind == iff(field == 'bundle', 'package', field){untold})
| extend at = case(looks in ('words', 'maker'), indexof(words, text), indexof(folded, text))
| where case(
    looks == 'words', at >= 0 and (isempty(then) or indexof(words, then, at + strlen(text) - 1) >= 0),
    looks == 'maker', at >= 0 and words !contains ' powered by ',
    looks == 'part', at >= 0,
    looks == 'start', at == 0,
    looks == 'whole', text == case(field in ('name', 'publisher'), words, field == 'process', file, folded),
    looks == 'numbered', at == 0 and substring(folded, strlen(text)) matches regex @'^[0-9.]*$',
    false)
| extend strength = iff(field != seen_in, min_of(strength, 2), strength)
| project {key}, vendor, product, field, strength, length, of_versions);
let agrees = hit | where product == -1 | distinct {key}, vendor | extend agrees = 1;
let other = hit | where product == 0 | distinct {key}, vendor;
// Publishers that say something: neither a number nor unknown.
let speaks = compared
| where seen_in == 'publisher' and words matches regex @'\p{L}' and words != ' unknown '
| where not(folded matches regex @'^(cn=)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
| distinct {key} | extend speaks = 1;
// The best of each maker's; for it speaks whatever was found of the maker's own.
let found = hit
| where product > 0
| lookup kind=inner sought on product
| join kind=leftanti other on {key}, vendor
| lookup kind=leftouter agrees on {key}, vendor
| extend agrees = coalesce(agrees, 0)
| where own == 1 or agrees == 0
| summarize strength = max(strength), length = max(length), of_versions = max(of_versions),
    plain = countif(of_versions == 0 and strength >= 2), beyond_name = countif(strength >= 2 and field != 'name'),
    enough = countif(strength >= 2 or (field == 'name' and agrees == 1))
    by {key}, vendor, product, id, fallback, own, outcome, hint, agrees
| extend rank = ((iff(enough > 0, 1, 0) * 2 + (1 - fallback)) * 4 + strength) * 100000000000 + length * 10000000 + of_versions * 1000000 + 999999 - product
| summarize arg_max(rank, product, id, fallback, own, outcome, hint, agrees, of_versions, plain, strength, beyond_name),
    own_strength = maxif(strength, own == 1), own_beyond_name = maxif(beyond_name, own == 1)
    by {key}, vendor
| lookup kind=leftouter speaks on {key}
| extend strength = iff(own == 1, own_strength, strength), beyond_name = iff(own == 1, own_beyond_name, beyond_name)
// A brand's bare name under another company's publisher is a hint only, and so is what holds for some versions.
| extend found_certainty = case(
    fallback == 1 and beyond_name == 0 and agrees == 0 and speaks == 1, 'look at it',
    of_versions == 1 and plain == 0, 'look at it',
    strength < 2 and agrees == 0, 'look at it',
    'certain')
| extend found_product = id, found_outcome = iff(found_certainty == 'certain', outcome, hint)
| where isnotempty(found_outcome)
| project {key}, found_product, found_outcome, found_certainty;
listed
| join kind=inner found on {key}
| project {answer}, found_product, found_outcome, found_certainty
"#;
