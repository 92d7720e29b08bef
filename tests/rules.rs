//! The bundled rules: the linter finds nothing wrong with them, and finds what is wrong with others.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use clearlist::bundled;
use clearlist::engine::rules::{Rules, RulesFile};
use expect_test::{Expect, expect};

/// A catalog file with one product, correct in every way.
const CATALOG: &str = r#"schema = "clearlist-catalog/1"
vendor = { id = "acme", name = "Acme", checked_on = "2026-01-31", publisher_words = ["Acme"], sources = ["site"] }
source = [{ id = "site", title = "Acme's site", url = "https://acme.example/", read = "vendor" }]

[[product]]
id = "acme.shield"
name = "Acme Shield"
relation = "branded"
category = "security"
platforms = ["windows"]
rule = [{ id = "name", field = "name", words = ["Acme Shield"], strength = "medium", sources = ["site"] }]
matches = [{ name = "Acme Shield 3" }]
must_not_match = [{ name = "Acmeshield" }]

[[step]]
id = "acme.step.remove"
phase = "remove"
platforms = ["windows"]
title = "Uninstall it."
text = "Open Settings, then Apps."
who = "user"
sources = ["site"]
"#;

#[track_caller]
fn check(from: &str, to: &str, expected: Expect) {
    assert!(CATALOG.contains(from), "{from:?} is in the correct file");
    let text = CATALOG.replacen(from, to, 1);
    let errors = match Rules::load(&[RulesFile { name: "acme.toml", text: &text }]) {
        Ok(_) => String::new(),
        Err(errors) => errors.iter().map(|error| format!("{error}\n")).collect(),
    };
    expected.assert_eq(&errors);
}

#[test]
fn the_bundled_rules_have_no_mistakes() {
    if let Err(errors) = Rules::load(bundled::files()) {
        let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", text.join("\n"));
    }
}

#[test]
fn a_correct_file_loads() {
    check("Acme Shield 3", "Acme Shield 4", expect![""]);
}

#[test]
fn an_unknown_key_is_an_error_with_its_line() {
    check(
        "relation =",
        "relatoin =",
        expect![[r#"
            acme.toml:8:1: unknown field `relatoin`, expected one of `id`, `formerly`, `name`, `relation`, `category`, `is_fallback`, `platforms`, `note`, `rule`, `matches`, `must_not_match`; did you mean `relation`? (for example: relation = "branded")
        "#]],
    );
}

#[test]
fn an_entry_without_examples_is_an_error() {
    check(
        "matches = [{ name = \"Acme Shield 3\" }]",
        "matches = []",
        expect![[r#"
            acme.toml:6:6: acme.shield: expected an example in matches, found none (for example: matches = [{ name = "Remote Desk 5" }])
        "#]],
    );
    check(
        "must_not_match = [{ name = \"Acmeshield\" }]",
        "",
        expect![[r#"
            acme.toml:6:6: acme.shield: expected an example in must_not_match, found none (for example: must_not_match = [{ name = "Remote Desktop Manager" }])
        "#]],
    );
}

#[test]
fn an_example_that_is_not_true_is_an_error_with_its_line() {
    check(
        "Acme Shield 3",
        "Acme Armour",
        expect![[r#"
            acme.toml:12:21: the title with name "Acme Armour" must be identified as acme.shield, but is not identified
        "#]],
    );
    check(
        "Acmeshield",
        "The Acme Shield",
        expect![[r#"
            acme.toml:13:28: the title with name "The Acme Shield" must not be identified as acme.shield
        "#]],
    );
}

#[test]
fn a_missing_source_is_an_error() {
    check(
        "sources = [\"site\"] }]\nmatches",
        "sources = [] }]\nmatches",
        expect![[r#"
            acme.toml:11:16: expected sources, found none (for example: sources = ["order"])
        "#]],
    );
    check(
        "sources = [\"site\"] }]\nmatches",
        "sources = [\"book\"] }]\nmatches",
        expect![[r#"
            acme.toml:11:16: no [[source]] has the id "book"
        "#]],
    );
}

#[test]
fn an_id_used_twice_is_an_error() {
    check(
        "id = \"acme.step.remove\"",
        "id = \"acme.shield\"",
        expect![[r#"
            acme.toml:16:1: the id "acme.shield" is used twice
        "#]],
    );
}

#[test]
fn a_pattern_of_three_letters_may_not_be_looked_for_inside_names() {
    check(
        "words = [\"Acme Shield\"]",
        "words = [\"AVP\"]",
        expect![[r#"
            acme.toml:11:16: the pattern "AVP" is too short to be looked for there; expected at least 4 letters or digits
            acme.toml:12:21: the title with name "Acme Shield 3" must be identified as acme.shield, but is not identified
        "#]],
    );
}

#[test]
fn a_product_that_no_step_is_for_is_an_error() {
    check(
        "platforms = [\"windows\"]\ntitle",
        "platforms = [\"linux\"]\ntitle",
        expect![[r#"
            acme.toml:6:6: acme.shield: no step says what to do about it
        "#]],
    );
}

#[test]
fn a_day_that_is_none_is_an_error() {
    check(
        "2026-01-31",
        "2026-02-31",
        expect![[r#"
            acme.toml:2:53: expected a day as YYYY-MM-DD, found "2026-02-31" (for example: checked_on = "2026-11-25")
        "#]],
    );
}

#[test]
fn a_file_without_a_schema_is_an_error() {
    check(
        "schema = \"clearlist-catalog/1\"",
        "",
        expect![[r#"
            acme.toml:1:1: expected schema to be one of "clearlist-catalog/1", "clearlist-steps/1", "clearlist-directive/1", "clearlist-profiles/1" and "clearlist-pack/1", found none (for example: schema = "clearlist-pack/1")
        "#]],
    );
}

/// What must be done about every program.
const STEPS: &str = r#"schema = "clearlist-steps/1"
step = [
    { id = "any.step.keep", phase = "before", platforms = ["windows"], title = "Keep it.", text = "Save it.", who = "user" },
    { id = "any.step.verify", phase = "verify", platforms = ["windows"], title = "Look.", text = "Again.", who = "user" },
]
"#;

/// The ids of the steps for Acme Shield, in the order to do them; else what is wrong.
fn steps(catalog: &str, steps: &str) -> String {
    let files = [
        RulesFile { name: "acme.toml", text: catalog },
        RulesFile { name: "steps.toml", text: steps },
    ];
    match Rules::load(&files) {
        Ok(rules) => {
            let file = &rules.catalog[0];
            let product = &file.products[0];
            let steps = rules.steps_for(file, product, &product.platforms);
            steps.iter().map(|step| format!("{}\n", step.id)).collect()
        }
        Err(errors) => errors.iter().map(|error| format!("{error}\n")).collect(),
    }
}

#[test]
fn common_steps_enclose_those_of_the_maker() {
    let more = |id, phase| {
        let step = CATALOG.split_once("[[step]]").unwrap().1;
        let step = step.replace("acme.step.remove", id).replace("\"remove\"", phase);
        format!("\n[[step]]{step}")
    };
    let catalog = CATALOG.to_owned()
        + &more("acme.step.before", "\"before\"")
        + &more("acme.step.verify", "\"verify\"");
    expect![[r#"
        any.step.keep
        acme.step.before
        acme.step.remove
        acme.step.verify
        any.step.verify
    "#]]
    .assert_eq(&steps(&catalog, STEPS));
}

#[test]
fn a_step_of_the_maker_takes_the_place_of_a_common_one() {
    let instead = "id = \"acme.step.remove\"\ninstead_of = \"any.step.keep\"";
    let catalog = CATALOG.replace("id = \"acme.step.remove\"", instead);
    expect![[r#"
        acme.step.remove
        any.step.verify
    "#]]
    .assert_eq(&steps(&catalog, STEPS));
    expect![[r#"
        acme.toml:16:1: acme.step.remove: no common step has the id "any.step.kept"
    "#]]
    .assert_eq(&steps(&catalog.replace("any.step.keep", "any.step.kept"), STEPS));
}

#[test]
fn a_common_step_is_for_everything() {
    let narrow = STEPS
        .replace("id = \"any.step.keep\"", "id = \"any.step.keep\", products = [\"acme.shield\"]");
    expect![[r#"
        steps.toml:3:7: any.step.keep: a common step has no products, commands, sources and instead_of
    "#]]
    .assert_eq(&steps(CATALOG, &narrow));
}

#[test]
fn a_password_is_told_by_a_property_that_msiexec_takes_from_a_command_line() {
    let with = |password: &str| {
        let command = format!(
            "\n[[step.command]]\nshell = \"cmd\"\ntext = \"msiexec /x {{ProductCode}}\"\npassword = {password}\n"
        );
        let at = CATALOG.find("id = \"acme.step.remove\"").unwrap();
        let end = CATALOG[at..].find("\n[[").map_or(CATALOG.len(), |end| at + end);
        steps(&format!("{}{command}{}", &CATALOG[..end], &CATALOG[end..]), STEPS)
    };
    assert!(!with("{ property = \"ACME_PW2\" }").contains("expected"));
    expect![[r#"
        acme.toml:16:1: acme.step.remove: expected a property of msiexec in capital letters, such as ADMINPASSWORD, found "PW=1 X"
        acme.toml:16:1: acme.step.remove: expected a property of msiexec in capital letters, such as ADMINPASSWORD, found "login"
    "#]].assert_eq(&with("{ property = \"PW=1 X\", user_property = \"login\" }"));
}

#[test]
fn what_the_toml_reader_says_is_explained() {
    check(
        "\"2026-01-31\"",
        "2026-01-31",
        expect![[r#"
            acme.toml:2:53: invalid type: map, expected a string; write a text, a day too, in quotation marks (for example: checked_on = "2026-11-25")
        "#]],
    );
    check(
        "[\"Acme\"]",
        "\"Acme\"",
        expect![[r#"
            acme.toml:2:85: invalid type: string "Acme", expected a sequence; write a list as ["…", "…"], and a block as [[…]], in double brackets (for example: publisher_words = ["Example Software"])
        "#]],
    );
    check(
        "[[product]]",
        "[product]",
        expect![[r#"
            acme.toml:5:1: invalid type: map, expected a sequence; write a list as ["…", "…"], and a block as [[…]], in double brackets
        "#]],
    );
    check(
        "\"Acme Shield\"\n",
        "“Acme Shield”\n",
        expect![[r#"
            acme.toml:7:8: string values must be quoted, expected literal string; write a text in straight quotation marks: "…" (for example: name = "Remote Desk")
        "#]],
    );
    check(
        "\"Uninstall it.\"",
        "\"Click \"Uninstall\".\"",
        expect![[r#"
            acme.toml:19:17: unexpected key or value, expected newline, `#`; inside a text, write a quotation mark as \" (for example: title = "Programs that we do not allow")
        "#]],
    );
    check(
        "\"Acme Shield 3\"",
        "\"C:\\Program Files\"",
        expect![[r#"
            acme.toml:12:25: missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\`, `"`, `x`, `u`, `U`; write a text that has \ in it in single quotation marks: '…' (for example: name = "Remote Desk")
        "#]],
    );
    check(
        "platforms = [\"windows\"]\nrule",
        "is_fallback = \"true\"\nplatforms = [\"windows\"]\nrule",
        expect![[r#"
            acme.toml:10:15: invalid type: string "true", expected a boolean; write true or false, without quotation marks
        "#]],
    );
    check(
        "name = \"Acme Shield\"\n",
        "name: \"Acme Shield\"\n",
        expect![[r#"
            acme.toml:7:7: key with no value, expected `=`; write key = "value"
        "#]],
    );
    check(
        "name = \"Acme Shield\"\n",
        "name = 7\n",
        expect![[r#"
            acme.toml:7:8: invalid type: integer `7`, expected a string; write a text in quotation marks (for example: name = "Remote Desk")
        "#]],
    );
}

#[test]
fn an_id_of_other_letters_or_another_vendor_is_an_error() {
    check(
        "id = \"acme\"",
        "id = \"Acme Inc\"",
        expect![[r#"
            acme.toml:2:17: expected an id of lower-case letters, digits, dots and hyphens, found "Acme Inc" (for example: id = "example-soft.remote-desk")
            acme.toml:6:6: expected an id of lower-case letters, digits, dots and hyphens that begins with "Acme Inc.", found "acme.shield" (for example: id = "example-soft.remote-desk")
            acme.toml:16:1: expected an id that begins with "Acme Inc.", found "acme.step.remove" (for example: id = "example-soft.remote-desk")
        "#]],
    );
    check(
        "id = \"acme.shield\"",
        "id = \"shield\"",
        expect![[r#"
            acme.toml:6:6: expected an id of lower-case letters, digits, dots and hyphens that begins with "acme.", found "shield" (for example: id = "example-soft.remote-desk")
        "#]],
    );
    check(
        "id = \"acme.step.remove\"",
        "id = \"any.step.remove\"",
        expect![[r#"
            acme.toml:16:1: expected an id that begins with "acme.", found "any.step.remove" (for example: id = "example-soft.remote-desk")
        "#]],
    );
}

#[test]
fn a_source_without_https_or_with_the_id_of_another_is_an_error_with_its_line() {
    check(
        "https://",
        "http://",
        expect![[r#"
            acme.toml:3:13: source "site": expected an https:// address
        "#]],
    );
    check(
        "read = \"vendor\" }]",
        "read = \"vendor\" },\n{ id = \"site\", title = \"A book\", read = \"secondary\" }]",
        expect![[r#"
            acme.toml:4:3: the source "site" stands twice
        "#]],
    );
}

/// The file that a README of the rules gives to copy.
fn example_in(readme: &str) -> &str {
    readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap()
}

/// What is wrong with a file beside the bundled ones.
fn mistakes(name: &str, text: &str) -> String {
    let mut files = bundled::files().to_vec();
    files.push(RulesFile { name, text });
    let errors = Rules::load(&files).err().unwrap_or_default();
    errors.iter().map(|error| format!("{error}\n")).collect()
}

const CATALOG_README: &str = include_str!("../static/catalog/README.md");
const DIRECTIVES_README: &str = include_str!("../static/directives/README.md");

#[test]
fn the_examples_to_copy_are_correct() {
    assert_eq!(mistakes("catalog/README.md", example_in(CATALOG_README)), "");
    assert_eq!(mistakes("directives/README.md", example_in(DIRECTIVES_README)), "");
}

/// What is wrong with the directive to copy when something in it is replaced.
#[track_caller]
fn check_directive(from: &str, to: &str, expected: Expect) {
    let text = example_in(DIRECTIVES_README);
    assert!(text.contains(from), "{from:?} is in the example");
    expected.assert_eq(&mistakes("order.toml", &text.replacen(from, to, 1)));
}

#[test]
fn a_clock_that_cannot_be_counted_by_is_told_with_what_is_expected() {
    let runs = "runs = { from = \"discovery\", business_days = 3 }";
    check_directive(
        runs,
        "runs = { from = \"discovery\" }",
        expect![[r#"
        order.toml:54:9: "Tell the ministry what was found.": expected runs with one of days, business_days and months, from 1 to 3660 (for example: runs = { from = "discovery", days = 10 })
    "#]],
    );
    check_directive(
        runs,
        "runs = { from = \"discovery\", days = 3, months = 1 }",
        expect![[r#"
        order.toml:54:9: "Tell the ministry what was found.": expected runs with one of days, business_days and months, from 1 to 3660 (for example: runs = { from = "discovery", days = 10 })
    "#]],
    );
    check_directive(
        runs,
        "runs = { from = \"day\", days = 3 }",
        expect![[r#"
        order.toml:54:9: "Tell the ministry what was found.": expected a day in runs if it is from = "day", and only then (for example: runs = { from = "discovery", days = 10 })
    "#]],
    );
    check_directive(
        runs,
        "runs = { from = \"day\", day = \"1 March\", days = 3 }",
        expect![[r#"
        order.toml:54:9: expected a day as YYYY-MM-DD, found "1 March"
    "#]],
    );
    check_directive(
        runs,
        "runs = { from = \"discovery\", business_days = 3, repeats = true }",
        expect![[r#"
            order.toml:54:9: "Tell the ministry what was found.": expected days or months in runs that repeats (for example: runs = { from = "discovery", days = 10 })
        "#]],
    );
    check_directive(
        "due_on = \"2026-03-01\"",
        "due_on = \"2026-03-01\"\nruns = { from = \"discovery\", days = 3 }",
        expect![[r#"
            order.toml:48:9: "Remove the products and report to the ministry.": expected either due_on or runs (for example: due_on = "2027-03-01")
        "#]],
    );
}

#[test]
fn what_is_wrong_in_a_directive_is_told_with_its_line() {
    check_directive(
        "vendors = [\"kaspersky\"]",
        "vendors = [\"kasperski\"]",
        expect![[r#"
            order.toml:26:11: no vendor has the id "kasperski" (for example: vendors = ["kaspersky"])
            order.toml:75:11: the title with name "Kaspersky Security Training" must be exempt, but is review (for example: outcome = "prohibited")
        "#]],
    );
    check_directive(
        "products = [\"kaspersky.endpoint-security\"]",
        "products = [\"kaspersky.endpoint\"]",
        expect![[r#"
            order.toml:34:11: no product has the id "kaspersky.endpoint" (for example: vendors = ["kaspersky"])
            order.toml:71:11: the title with name "Kaspersky Endpoint Security for Windows", publisher "AO Kaspersky Lab" must be prohibited, but is review (for example: outcome = "prohibited")
        "#]],
    );
    check_directive(
        "due_on = \"2026-03-01\"",
        "due_on = \"1 March 2026\"",
        expect![[r#"
            order.toml:48:9: expected a day as YYYY-MM-DD, found "1 March 2026"
        "#]],
    );
    check_directive(
        "unconfirmed = true                       # shown as not confirmed\nsources = [\"press\"]",
        "sources = [\"newspaper\"]",
        expect![[r#"
            order.toml:66:9: no [[source]] has the id "newspaper"
        "#]],
    );
    check_directive(
        "outcome = \"prohibited\"\nbasis = \"named\"",
        "outcome = \"review\"\nbasis = \"named\"",
        expect![[r#"
            order.toml:71:11: the title with name "Kaspersky Endpoint Security for Windows", publisher "AO Kaspersky Lab" must be prohibited, but is review (for example: outcome = "prohibited")
        "#]],
    );
    check_directive(
        "name = \"UltraAV\"",
        "name = \"Kaspersky Password Manager\"",
        expect![[r#"
            order.toml:80:8: the title with name "Kaspersky Password Manager" must not be covered, but is review
        "#]],
    );
}
