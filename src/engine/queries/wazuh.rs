//! Wazuh: rules that raise an alert when an agent reports that something covered was installed.

use std::fmt::Write as _;

use super::conditions::{Conditions, Looks, Pattern};
use super::limits::{Limits, Wording};
use super::{Engine, LOOKS_FOR, Limit, QueryFile};
use crate::engine::catalog::{Field, Strength};
use crate::engine::directive::OutcomeKind;
use crate::engine::language::say;

pub(super) static ENGINE: Engine = Engine {
    id: "wazuh",
    name: "Wazuh",
    about: "Rules for the Wazuh manager, from 4.4 on: put the file into /var/ossec/etc/rules/ and \
            restart the manager; alerts come when a package is installed or changed. For what is \
            there already, ask the Wazuh API for the packages, and read its answer with Clearlist.",
    read_as: "wazuh",
    files,
    looks_for: LOOKS_FOR,
    cannot,
};

/// What Wazuh says of a package.
const FIELDS: [Field; 3] = [Field::Name, Field::Publisher, Field::Package];

/// The number of the first rule.
const FIRST_ID: usize = 117_000;

/// The level of every alert: of rules of one level the first in the file that fits decides.
const LEVEL: u8 = 10;

/// What stands before and behind a whole word.
const BOUNDARIES: (&str, &str) = ("(?&lt;![A-Za-z0-9])", "(?![A-Za-z0-9])");

fn cannot(conditions: &Conditions<'_>) -> Vec<Limit> {
    let mut limits = Limits::new(conditions, &FIELDS, Wording::Like);
    limits.of_data(say!("Capitals beyond ASCII are other letters to it."));
    limits.of_data(say!(
        "It weighs nothing: the first rule that fits decides, so that it tells one product of a \
         package at most, and does not see that another company is the publisher."
    ));
    limits.of_data(say!("The first scan of an agent raises no alerts."));
    limits.all
}

fn files(conditions: &Conditions<'_>, opening: &[String]) -> Vec<QueryFile> {
    let mut text = String::from("<!--\n");
    for line in opening {
        // Two hyphens next to each other would end the comment.
        let mut line = line.clone();
        while line.contains("--") {
            line = line.replace("--", "- -");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {line}");
    }
    let _ = write!(
        text,
        "-->\n<group name=\"clearlist,syscollector,\">\n\
         \x20 <rule id=\"{FIRST_ID}\" level=\"0\">\n\
         \x20   <if_sid>221</if_sid>\n\
         \x20   <field name=\"type\">dbsync_packages</field>\n\
         \x20   <field name=\"operation_type\" type=\"pcre2\">^(?:INSERTED|MODIFIED)$</field>\n\
         \x20   <description>A package was installed or changed.</description>\n\
         \x20 </rule>\n"
    );
    for (number, pattern) in in_order(conditions).into_iter().enumerate() {
        rule(&mut text, FIRST_ID + 1 + number, conditions, pattern);
    }
    text.push_str("</group>\n");
    vec![QueryFile { name: "clearlist_rules.xml".to_owned(), text }]
}

/// The patterns, those first that are to decide: what is something else, then whatever says more, as
/// [`identify`](crate::engine::identify) ranks it.
fn in_order<'c>(conditions: &'c Conditions<'_>) -> Vec<&'c Pattern> {
    let mut patterns: Vec<&Pattern> = conditions.of_fields(&FIELDS).collect();
    let is_fallback = |pattern: &Pattern| {
        let sought = pattern.product.and_then(|at| conditions.products.get(at));
        sought.is_some_and(|sought| sought.product.is_fallback)
    };
    patterns.sort_by_key(|pattern| {
        let is_hint = pattern.strength == Strength::Weak;
        let rank = std::cmp::Reverse((pattern.strength, pattern.length));
        (pattern.product.is_some(), is_hint, is_fallback(pattern), rank)
    });
    patterns
}

/// Writes a rule.
fn rule(text: &mut String, id: usize, conditions: &Conditions<'_>, pattern: &Pattern) {
    let field = match pattern.field {
        Field::Publisher => "program.vendor",
        _ => "program.name",
    };
    let sought = pattern.product.and_then(|at| conditions.products.get(at));
    let is_hint = pattern.strength == Strength::Weak || pattern.is_of_versions;
    let outcome = sought.and_then(|sought| if is_hint { sought.hint } else { sought.outcome });
    let product = sought.map_or("something else", |sought| sought.product.id.get_ref());
    let quiet = if outcome.is_some() { "" } else { " noalert=\"1\"" };
    let said = outcome.map_or("not covered", OutcomeKind::id);
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "  <rule id=\"{id}\" level=\"{LEVEL}\"{quiet}>\n\
         \x20   <if_sid>{FIRST_ID}</if_sid>\n\
         \x20   <field name=\"{field}\" type=\"pcre2\">(?i){}</field>\n\
         \x20   <description>Clearlist: {product} ({said}): $(program.name) $(program.version)</description>\n\
         \x20   <group>clearlist_{},</group>\n\
         \x20 </rule>\n",
        expression(pattern),
        said.replace(['-', ' '], "_"),
    );
}

/// What a pattern looks for, as a regular expression of PCRE2 in XML.
fn expression(pattern: &Pattern) -> String {
    match &pattern.looks {
        Looks::Words(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| words(group)).collect();
            groups.join(".*")
        }
        Looks::Part(text) => escaped(text, r"\s+"),
        Looks::Start(text) => format!("^{}", escaped(text, r"\s+")),
        Looks::Whole(text) if pattern.field == Field::Package => {
            format!("^{}$", escaped(text, r"\s+"))
        }
        Looks::Whole(text) => format!(
            // With nothing behind it but what could be a version, an architecture or a language.
            r"^[^A-Za-z0-9]*{}(?:[\s,:_-]+v?[0-9].*|\s*\(.*\)|[\s:_-]+[a-z]{{2}}-[a-z]{{2}})?$",
            escaped(text.trim(), "[^A-Za-z0-9]+")
        ),
        Looks::Numbered(text) => format!("^{}[0-9.]*$", escaped(text, r"\s+")),
    }
}

/// Words, one after the other and none of them a part of a longer one.
fn words(group: &str) -> String {
    let inside = group.trim();
    let text = escaped(inside, "[^A-Za-z0-9]+");
    if !inside.is_ascii() {
        // It sees bytes beyond ASCII; and scripts such as Chinese put no spaces anyhow.
        return text;
    }
    let end = if group.ends_with(' ') { BOUNDARIES.1 } else { "" };
    format!("{}{text}{end}", BOUNDARIES.0)
}

/// A text as a regular expression that fits it alone, with what stands for its spaces.
fn escaped(text: &str, space: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            ' ' => escaped.push_str(space),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() => escaped.push(c),
            c => {
                escaped.push('\\');
                escaped.push(c);
            }
        }
    }
    escaped
}
