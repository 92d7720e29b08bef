//! The JSON Schemas by which editors complete and check the files of rules.
//!
//! They are made from the types that read the files. `UPDATE_EXPECT=1` writes them anew.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use boon::{Compiler, SchemaIndex, Schemas};
use clearlist::bundled;
use clearlist::engine::catalog::{CatalogFile, CommonSteps};
use clearlist::engine::directive::Directive;
use clearlist::engine::profile::ProfilesFile;
use clearlist::engine::report::Report;
use clearlist::engine::rules::pack::{EXAMPLES, PackFile};
use clearlist::engine::scan::{Scan, Settings};
use clearlist::engine::waivers::file::WaiversFile;
use expect_test::{Expect, expect, expect_file};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// A kind of file.
struct Kind {
    /// Where its files stand.
    place: &'static str,
    /// The schema's name in `static/schemas`.
    name: &'static str,
    /// The schema.
    schema: fn() -> Value,
}

const KINDS: [Kind; 6] = [
    Kind { place: "static/catalog/", name: "catalog", schema: schema_of::<CatalogFile> },
    Kind { place: "static/directives/", name: "directive", schema: schema_of::<Directive> },
    Kind { place: "static/profiles.toml", name: "profiles", schema: schema_of::<ProfilesFile> },
    Kind { place: "static/steps.toml", name: "steps", schema: schema_of::<CommonSteps> },
    // Users keep theirs wherever they like.
    Kind { place: "own.toml", name: "pack", schema: schema_of::<PackFile> },
    Kind { place: "waivers.toml", name: "waivers", schema: schema_of::<WaiversFile> },
];

/// The kind of the bundled file with that name.
#[track_caller]
fn kind_of(name: &str) -> &'static Kind {
    let kind = KINDS.iter().find(|kind| name.starts_with(kind.place));
    kind.unwrap_or_else(|| panic!("{name}: which schema is it checked by?"))
}

/// The schema of a file that holds a `T`, in the draft that the TOML editors know.
fn schema_of<T: JsonSchema>() -> Value {
    let generator: SchemaGenerator = SchemaSettings::draft07()
        .with_transform(RecursiveTransform(for_reading))
        .with_transform(RecursiveTransform(enums_as_lists))
        .with_transform(RecursiveTransform(without_null))
        .into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    // The days are texts. Tombi would expect TOML's own dates, without quotation marks.
    schema.insert("x-tombi-string-formats".to_owned(), json!(["date"]));
    schema.into()
}

/// The schema of a report. Other than a file of rules, it has nulls.
fn schema_of_report() -> Value {
    let generator: SchemaGenerator = SchemaSettings::draft07()
        .with_transform(RecursiveTransform(for_reading))
        .with_transform(RecursiveTransform(enums_as_lists))
        .into_generator();
    generator.into_root_schema_for::<Report>().into()
}

/// Descriptions are the comments of the types: what only Rust's documentation understands is taken
/// out of them, links and the ends of lines.
fn for_reading(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs: Vec<_> = text.split("\n\n").map(|text| text.replace('\n', " ")).collect();
        *text = without_links(&paragraphs.join("\n\n"));
    }
}

/// `[text](target)` and `[text]` become `text`.
fn without_links(text: &str) -> String {
    let Some((before, (inside, after))) =
        text.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)))
    else {
        return text.to_owned();
    };
    let after = match after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_target, after)) => after,
        None => after,
    };
    format!("{before}{inside}{}", without_links(after))
}

/// One list of values, each explained in the description: editors show both, and name the values
/// when another is written. Of alternatives with one value each they only say that none fits.
fn enums_as_lists(schema: &mut Schema) {
    let Some(Value::Array(alternatives)) = schema.get("oneOf") else { return };
    let text = |alternative: &Value, key| Some(alternative.get(key)?.as_str()?.to_owned());
    let values: Option<Vec<(String, String)>> = alternatives
        .iter()
        .map(|alternative| Some((text(alternative, "const")?, text(alternative, "description")?)))
        .collect();
    let Some(values) = values else { return };
    let about = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let lines: String =
        values.iter().map(|(value, about)| format!("\n- `{value}`: {about}")).collect();
    let about = format!("{about}\n{lines}");
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), values.into_iter().map(|(value, _)| value).collect());
    schema.insert("description".to_owned(), json!(about));
}

/// TOML has no null: what may be left out is left out.
fn without_null(schema: &mut Schema) {
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.retain(|alternative| *alternative != json!({ "type": "null" }));
        if let [_only] = alternatives.as_slice() {
            let only = schema.remove("anyOf").unwrap();
            schema.insert("allOf".to_owned(), only);
        }
    }
}

#[test]
fn the_schemas_are_those_of_the_types() {
    for kind in &KINDS {
        let text = format!("{}\n", serde_json::to_string_pretty(&(kind.schema)()).unwrap());
        expect_file![format!("../static/schemas/{}.schema.json", kind.name)].assert_eq(&text);
    }
}

/// What an editor says of files of one kind.
struct Checker {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Checker {
    fn new(kind: &Kind) -> Self {
        Self::of((kind.schema)())
    }

    fn of(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    /// What is wrong with a file of that text, a line each.
    fn complaints(&self, text: &str) -> String {
        self.complaints_of(&toml::from_str(text).unwrap())
    }

    fn complaints_of(&self, value: &Value) -> String {
        match self.schemas.validate(value, self.index) {
            Ok(()) => String::new(),
            // The first line only names the schema.
            Err(error) => error.to_string().lines().skip(1).map(|l| format!("{l}\n")).collect(),
        }
    }
}

#[test]
fn every_bundled_file_is_as_its_schema_says() {
    let checkers = KINDS.each_ref().map(Checker::new);
    for file in bundled::files() {
        let number = KINDS.iter().position(|kind| kind.name == kind_of(file.name).name).unwrap();
        assert_eq!(checkers[number].complaints(file.text), "", "{}", file.name);
    }
}

#[test]
fn every_example_of_a_pack_is_as_its_schema_says() {
    let checker = Checker::new(kind_of("own.toml"));
    for example in EXAMPLES {
        assert_eq!(checker.complaints(example.text), "", "{}", example.id);
    }
    let complaints = checker.complaints(&EXAMPLES[0].text.replace("\nbasis = ", "\nbases = "));
    assert!(complaints.contains("'bases' not allowed"), "{complaints}");
}

#[test]
fn every_bundled_file_tells_editors_its_schema() {
    for file in bundled::files() {
        let folder = if file.name.matches('/').count() > 1 { ".." } else { "." };
        let line = format!("#:schema {folder}/schemas/{}.schema.json", kind_of(file.name).name);
        let text = file.text.trim_start_matches('\u{feff}');
        assert!(
            text.lines().next() == Some(&line),
            "{}:1: so that editors check it, its first line must be {line}",
            file.name
        );
    }
}

/// What the schema says of a bundled file in which something was replaced.
#[track_caller]
fn check(name: &str, from: &str, to: &str, expected: Expect) {
    let file = bundled::files().iter().find(|file| file.name == name).unwrap();
    assert!(file.text.contains(from), "{from:?} is in {name}");
    let text = file.text.replacen(from, to, 1);
    expected.assert_eq(&Checker::new(kind_of(name)).complaints(&text));
}

#[test]
fn a_misspelt_key_is_refused_in_every_kind_of_file() {
    check(
        "static/catalog/kaspersky.toml",
        "\nplatforms = ",
        "\nplatfroms = ",
        expect![[r#"
        - at '/product/0': validation failed
          - at '/product/0': missing properties 'platforms'
          - at '/product/0': additionalProperties 'platfroms' not allowed
    "#]],
    );
    check(
        "static/directives/us-dhs-bod-17-01.toml",
        "\nbasis = ",
        "\nbases = ",
        expect![[r#"
        - at '/coverage/0': validation failed
          - at '/coverage/0': missing properties 'basis'
          - at '/coverage/0': additionalProperties 'bases' not allowed
    "#]],
    );
    check(
        "static/profiles.toml",
        "\ndescription = ",
        "\ndescripton = ",
        expect![[r#"
        - at '/profile/0': validation failed
          - at '/profile/0': missing properties 'description'
          - at '/profile/0': additionalProperties 'descripton' not allowed
    "#]],
    );
    check(
        "static/steps.toml",
        "\nphase = ",
        "\nphases = ",
        expect![[r#"
        - at '/step/0': validation failed
          - at '/step/0': missing properties 'phase'
          - at '/step/0': additionalProperties 'phases' not allowed
    "#]],
    );
}

#[test]
fn a_missing_key_is_refused_in_every_kind_of_file() {
    check(
        "static/catalog/kaspersky.toml",
        "\nrelation = ",
        "\n# relation = ",
        expect![[r#"
        - at '/product/0': missing properties 'relation'
    "#]],
    );
    check(
        "static/directives/us-dhs-bod-17-01.toml",
        "\noutcome = ",
        "\n# outcome = ",
        expect![[r#"
            - at '/coverage/0': missing properties 'outcome'
        "#]],
    );
    check(
        "static/profiles.toml",
        "\nwhy = ",
        "\n# why = ",
        expect![[r#"
        - at '/profile/0/directive/0': missing properties 'why'
    "#]],
    );
    check(
        "static/steps.toml",
        "\nwho = ",
        "\n# who = ",
        expect![[r#"
        - at '/step/0': missing properties 'who'
    "#]],
    );
}

#[test]
fn a_word_that_is_not_in_the_list_is_refused_and_the_list_is_told() {
    check(
        "static/catalog/kaspersky.toml",
        "\nrelation = \"branded\"",
        "\nrelation = \"brand\"",
        expect![[r#"
            - at '/product/0/relation': value must be one of 'branded', 'embedded', 'possibly-embedded'
        "#]],
    );
    check(
        "static/directives/us-dhs-bod-17-01.toml",
        "\noutcome = \"prohibited\"",
        "\noutcome = \"banned\"",
        expect![[r#"
            - at '/coverage/4/outcome': value must be one of 'prohibited', 'review', 'indicator', 'embedded', 'exempt', 'not-covered'
        "#]],
    );
    check(
        "static/steps.toml",
        "\nphase = \"before\"",
        "\nphase = \"first\"",
        expect![[r#"
        - at '/step/0/phase': value must be one of 'before', 'remove', 'clean-up', 'restart', 'verify', 'replace'
    "#]],
    );
}

#[test]
fn a_text_where_a_day_or_a_list_belongs_is_refused() {
    check(
        "static/catalog/kaspersky.toml",
        "\nchecked_on = \"",
        "\nchecked_on = \"about ",
        expect![[r#"
            - at '/vendor/checked_on': 'about 2026-11-23' is not valid date: must be 10 characters long
        "#]],
    );
    check(
        "static/directives/us-dhs-bod-17-01.toml",
        "\nvendors = [\"kaspersky\"]",
        "\nvendors = \"kaspersky\"",
        expect![[r#"
            - at '/coverage/0/vendors': want array, but got string
        "#]],
    );
}

#[test]
fn another_kind_of_file_is_refused() {
    check(
        "static/profiles.toml",
        "clearlist-profiles/1",
        "clearlist-catalog/1",
        expect![[r#"
        - at '/schema': value must be 'clearlist-profiles/1'
    "#]],
    );
}

#[test]
fn the_schema_of_reports_is_that_of_the_type() {
    let text = format!("{}\n", serde_json::to_string_pretty(&schema_of_report()).unwrap());
    expect_file!["../docs/report.schema.json"].assert_eq(&text);
}

#[test]
fn a_report_is_as_its_schema_says() {
    let rules = bundled::rules();
    let settings = Settings { today: "2026-11-25".to_owned(), ..Settings::default() };
    let mut scan = Scan::new(&rules, settings).unwrap();
    scan.begin_source("list.csv");
    scan.push(
        b"Computer,Name,Publisher\nPC-1,Kaspersky Free,AO Kaspersky Lab\nPC-1,Kaspersy,\n,,,,\n",
    );
    scan.end_source();
    let report = serde_json::to_value(scan.finish()).unwrap();
    let checker = Checker::of(schema_of_report());
    assert!(!report["findings"].as_array().unwrap().is_empty());
    assert_eq!(checker.complaints_of(&report), "");
    let mut wrong = report;
    wrong["totals"]["records"] = json!("many");
    assert!(checker.complaints_of(&wrong).contains("/totals/records"));
}
