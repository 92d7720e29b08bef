//! What is built in, as text and as JSON.

use std::fmt::Write as _;

use clearlist::engine::container::CONTAINERS;
use clearlist::engine::directive::OutcomeKind;
use clearlist::engine::formats::FORMATS;
use clearlist::engine::rules::Rules;
use serde_json::{Value, json};

/// The formats and what lists come packed in, for people.
pub fn formats_text() -> String {
    let mut text = String::new();
    for format in FORMATS {
        let _ = writeln!(text, "{}  {}", format.id, format.title);
        let _ = writeln!(text, "    reads:        {}", format.reads);
        let _ = writeln!(text, "    how to get:   {}", format.how_to_get);
        let _ = writeln!(text, "    cannot show:  {}", format.cannot_show);
    }
    for container in CONTAINERS {
        let _ = writeln!(text, "{}  {}", container.id, container.title);
        let _ = writeln!(text, "    reads:        {}", container.reads);
        let _ = writeln!(text, "    how to get:   {}", container.how_to_get);
        if !container.cannot_show.is_empty() {
            let _ = writeln!(text, "    cannot show:  {}", container.cannot_show);
        }
    }
    text
}

/// The formats and what lists come packed in, for programs.
pub fn formats_json() -> String {
    let formats = FORMATS.iter().map(|format| {
        json!({
            "id": format.id,
            "title": format.title,
            "reads": format.reads,
            "how_to_get": format.how_to_get,
            "cannot_show": format.cannot_show,
            "platform": format.platform,
        })
    });
    let containers = CONTAINERS.iter().map(|container| {
        json!({
            "id": container.id,
            "title": container.title,
            "reads": container.reads,
            "how_to_get": container.how_to_get,
            "cannot_show": container.cannot_show,
            "platform": null,
            "is_container": true,
        })
    });
    pretty(formats.chain(containers).collect())
}

/// The directives, for people.
pub fn directives_text(rules: &Rules) -> String {
    let mut text = String::new();
    for directive in &rules.directives {
        let _ = writeln!(text, "{}  {}", directive.id.get_ref(), directive.title);
        let _ = writeln!(text, "    {}, {}", directive.issuer, directive.issued_on.get_ref());
        let _ = writeln!(text, "    {}", directive.summary);
        let _ = writeln!(text, "    status: {}", directive.status_note);
        for source in &directive.sources {
            let url = source.url.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    source: {} {url}", source.title);
        }
    }
    text
}

/// The directives, for programs.
pub fn directives_json(rules: &Rules) -> String {
    pretty(
        rules
            .directives
            .iter()
            .map(|directive| {
                json!({
                    "id": directive.id.get_ref(),
                    "title": directive.title,
                    "short_title": directive.short_title,
                    "issuer": directive.issuer,
                    "issued_on": directive.issued_on.get_ref(),
                    "checked_on": directive.checked_on.get_ref(),
                    "kind": directive.kind,
                    "status": directive.status,
                    "status_note": directive.status_note,
                    "summary": directive.summary,
                    "bound": directive.bound,
                    "not_bound": directive.not_bound,
                    "duties": directive.duties,
                    "facts": directive.facts,
                    "sources": directive.sources,
                })
            })
            .collect(),
    )
}

/// The catalog, for people.
pub fn catalog_text(rules: &Rules) -> String {
    let mut text = String::new();
    for file in &rules.catalog {
        let checked_on = file.vendor.checked_on.get_ref();
        let _ = writeln!(text, "{} (checked on {checked_on})", file.vendor.name);
        for product in &file.products {
            let _ = writeln!(text, "    {}  {}", product.id.get_ref(), product.name);
        }
    }
    text
}

/// The catalog, for programs, with what each directive says of each product.
pub fn catalog_json(rules: &Rules) -> String {
    let mut products = Vec::new();
    for file in &rules.catalog {
        for product in &file.products {
            let outcomes: serde_json::Map<String, Value> = rules
                .directives
                .iter()
                .map(|directive| {
                    use clearlist::engine::catalog::Strength;
                    use clearlist::engine::judge::judge;
                    let outcome: OutcomeKind =
                        judge(directive, file, product, Strength::Strong, &product.platforms)
                            .outcome;
                    (directive.id.get_ref().clone(), json!(outcome))
                })
                .collect();
            products.push(json!({
                "id": product.id.get_ref(),
                "name": product.name,
                "vendor": file.vendor.name,
                "relation": product.relation,
                "category": product.category,
                "platforms": product.platforms,
                "outcomes": outcomes,
            }));
        }
    }
    pretty(products)
}

/// The list as JSON, for programs.
pub fn pretty(items: Vec<Value>) -> String {
    // Values of strings and lists always serialise.
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}
