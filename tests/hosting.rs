//! What `docs/hosting.md` asks servers to send, and the configurations there.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The names and values of the headers in the document's table.
fn headers(document: &str) -> Vec<(&str, &str)> {
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| {
        let (name, rest) = row.split_once("` | `")?;
        Some((name, rest.split_once("` |")?.0))
    })
    .collect()
}

/// The policy that the page itself has.
fn policy(html: &str) -> &str {
    let (_, rest) = html.split_once("http-equiv=\"Content-Security-Policy\"").unwrap_or_default();
    let (_, rest) = rest.split_once("content=\"").unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}

#[test]
fn the_header_says_what_the_page_says_and_what_it_cannot_say() {
    let (document, html) = (read("docs/hosting.md"), read("index.html"));
    let headers = headers(&document);
    let sent = headers.iter().find(|(name, _)| *name == "Content-Security-Policy").map(|it| it.1);
    let more = sent.and_then(|sent| sent.strip_prefix(policy(&html))).unwrap_or_default();
    assert!(!policy(&html).is_empty());
    assert!(more.starts_with("; frame-ancestors 'none'; sandbox "), "{sent:?}");
}

#[test]
fn every_configuration_has_every_header() {
    let document = read("docs/hosting.md");
    let headers = headers(&document);
    assert!(headers.len() >= 8, "{headers:?}");
    for file in ["nginx.conf", "apache.conf", "web.config"] {
        let configuration = read(&format!("docs/hosting/{file}"));
        for (name, value) in &headers {
            let pair = match file {
                "nginx.conf" => format!("\n        add_header {name} \"{value}\" always;\n"),
                "apache.conf" => format!("\n    Header always set {name} \"{value}\"\n"),
                _ => format!("\n        <add name=\"{name}\" value=\"{value}\" />\n"),
            };
            assert!(configuration.contains(&pair), "{file} should have {pair}");
        }
    }
}

#[test]
fn the_policy_of_cloudfront_has_every_header() {
    let document = read("docs/hosting.md");
    let policy: Value = serde_json::from_str(&read("docs/hosting/cloudfront.json")).expect("JSON");
    let (security, custom) = (&policy["SecurityHeadersConfig"], &policy["CustomHeadersConfig"]);
    let items = custom["Items"].as_array().expect("a list");
    assert_eq!(custom["Quantity"], items.len());
    for (name, value) in headers(&document) {
        let said = match name {
            "Content-Security-Policy" => {
                &security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
            }
            "X-Frame-Options" => &security["FrameOptions"]["FrameOption"],
            "Referrer-Policy" => &security["ReferrerPolicy"]["ReferrerPolicy"],
            // It has one value only, which CloudFront knows.
            "X-Content-Type-Options" => {
                assert_eq!(security["ContentTypeOptions"]["Override"], true);
                continue;
            }
            _ => &items.iter().find(|item| item["Header"] == name).expect(name)["Value"],
        };
        assert_eq!(said, value, "{name}");
    }
}

#[test]
fn every_language_has_a_file_that_the_page_names() {
    let html = read("index.html");
    for language in clearlist::engine::language::Language::ALL.into_iter().skip(1) {
        let code = language.code();
        let named = format!("<meta name=\"clearlist-{code}\" content=\"./languages/{code}.json\">");
        assert!(html.contains(&named), "{named}");
    }
}
