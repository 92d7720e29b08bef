//! Automox: the packages of a device as JSON of its interface for programs.

use super::columns::{Draft, Field, Meaning};
use super::json::{self, Object, Tool};
use super::{Confidence, Format, Sample, Sniffed};
use crate::engine::record::Presence;

pub(super) static FORMAT: Format = Format {
    id: "automox",
    title: "Automox",
    reads: "the packages of a device as JSON of the Automox API (servers/…/packages); updates that are \
            not installed are listed apart",
    how_to_get: "for each device, ask the Automox API for GET /api/servers/NUMBER/packages, page after \
                 page, and save each answer as a file",
    cannot_show: "devices have numbers there and no names, which GET /api/servers shows, and makers are \
                  missing; what the agent has no package for is not listed",
    platform: None,
    sniff,
    open: |_| json::open_as(Packages),
};

static KEYS: &[(Confidence, &[&str])] =
    &[(Confidence::Certain, &["server_id", "software_id", "display_name", "installed"])];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    json::sniff_keys(sample, FORMAT.title, KEYS)
}

struct Packages;

impl Tool for Packages {
    // Numbers of its own, and the system that the device has.
    fn ignored(&self) -> &'static [&'static str] {
        &["id", "package_id", "software_id", "secondary_id", "os_name", "os_version"]
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        draft.put(Meaning { field: Field::Host, rank: 6 }, object.fields.get("server_id"));
        // It is an update that could be installed, not a program that was removed.
        if object.fields.get("installed") == "false" {
            draft.set_presence(Presence::Available);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::expect;

    #[test]
    fn updates_are_told_from_what_is_installed() {
        let text = r#"[
{"id": 1, "server_id": 17, "package_id": 11, "software_id": 12, "installed": true, "name": "KES_64", "display_name": "Kaspersky Endpoint Security", "version": "12.6.0", "repo": "Windows", "os_name": "10 Enterprise", "os_version": "10.0.19043"},
{"id": 2, "server_id": 17, "package_id": 21, "software_id": 22, "installed": false, "name": "KB2267602", "display_name": "Security Intelligence Update", "version": "1.379", "repo": "WindowsUpdate"}]
"#;
        expect![[r#"
            Certain: it is JSON with keys of Automox: “server_id”, “software_id”, “display_name”, “installed”
            reading: name from “display_name” or “name”; version from “version”
            2: Kaspersky Endpoint Security | version 12.6.0 | host 17
            3: Security Intelligence Update | version 1.379 | host 17 | available
            lines: 2 records + 1 structure + 0 problems
        "#]].assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn other_json_is_not_recognised() {
        let text = "[{\"server_id\":1,\"display_name\":\"A\"}]\n";
        assert!(transcript(&FORMAT, text).starts_with("not recognised"));
    }
}
