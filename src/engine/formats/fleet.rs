//! Fleet: software of its hosts as JSON of its API or of fleetctl, and results of its queries.

use super::columns::{Draft, Field, Meaning};
use super::json::{self, Object, Value, elements, members};
use super::tool_table::{self, AnyTable, Header, counts_only};
use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::language::key;
use crate::engine::record::{Presence, Sink};

pub(super) static FORMAT: Format = Format {
    id: "fleet",
    title: "Fleet",
    reads: "software titles, versions and the software of hosts as JSON of the Fleet API or of \
            fleetctl, and results of fleetctl query",
    how_to_get: "in a terminal, for each host: fleetctl get host --json NAME > NAME.json; or ask the \
                 Fleet API for GET /api/v1/fleet/hosts/{id} and save the answer as a file; fleetctl \
                 get software --json counts hosts only",
    cannot_show: "only what hosts reported at their last check; lists of titles and versions count \
                  hosts and name none, and programs that are merely copied to the disk are missing",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["name", "version", "source", "cpe", "# of cves"]),
    Header::certain(&["host_hostname", "name"]),
];

static KEYS: &[(Confidence, &[&str])] = &[
    (Confidence::Certain, &["software_titles"]),
    (Confidence::Certain, &["generated_cpe", "source"]),
    (Confidence::Certain, &["host_hostname", "rows"]),
    (Confidence::Certain, &["installed_versions", "software_package"]),
    (Confidence::Certain, &["hosts_count", "counts_updated_at"]),
    (Confidence::Likely, &["hosts_count", "software"]),
    (Confidence::Likely, &["osquery_version", "software"]),
];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS)
        .or_else(|| json::sniff_keys(sample, FORMAT.title, KEYS))
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if tool_table::find(sample, HEADERS).is_some() {
        delimited::open_as(AnyTable, HEADERS, sample)
    } else {
        json::open_as(Answer::default())
    }
}

#[derive(Default)]
struct Answer {
    has_said_page: bool,
    /// The first record that counts hosts instead of naming one.
    counts_from: Option<u64>,
}

impl json::Tool for Answer {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        if !self.has_said_page && object.fields.has("has_next_results", "true") {
            self.has_said_page = true;
            sink.problem(object.line, json::first_page("has_next_results"), "");
        }
    }

    fn ignored(&self) -> &'static [&'static str] {
        // What the last attempt to install it came to, not whether it is there.
        &["status"]
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        if draft.host().is_empty() && !object.fields.get("hosts_count").is_empty() {
            self.counts_from.get_or_insert(object.line);
        }
        for member in members(object.text) {
            match (member.key, member.value) {
                // The software of a host lists what could be installed on it too.
                ("installed_versions", Value::Null) => draft.set_presence(Presence::Available),
                ("installed_versions", Value::Array(array)) if elements(array).next().is_none() => {
                    draft.set_presence(Presence::Available);
                }
                ("installed_versions" | "versions", Value::Array(array)) => {
                    if let Some(version) = elements(array).find_map(version_of) {
                        draft.put(Meaning { field: Field::Version, rank: 4 }, version);
                    }
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some(line) = self.counts_from {
            let advice = key!("ask for the software of each host (GET /api/v1/fleet/hosts/{id})");
            sink.problem(line, counts_only("hosts_count", advice), "");
        }
    }
}

fn version_of(value: Value<'_>) -> Option<&str> {
    let Value::Object(object) = value else { return None };
    members(object).find_map(|member| match (member.key, member.value) {
        ("version", Value::Text(text)) => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::transcript;
    use super::FORMAT;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn titles_count_hosts_and_a_page_is_not_all() {
        check(
            r#"{"counts_updated_at":"2024-07-02T09:00:00Z","count":812,"software_titles":[
{"id":1,"name":"Kaspersky.app","source":"apps","bundle_identifier":"com.kaspersky.kav.gui","hosts_count":3,"versions_count":1,"software_package":null,"versions":[{"id":9,"version":"24.0","vulnerabilities":[]}]},
{"id":2,"name":"7-Zip 23.01 (x64)","source":"programs","hosts_count":9,"versions_count":1,"versions":[{"id":10,"version":"23.01","vulnerabilities":["CVE-2024-1"]}]}],
"meta":{"has_next_results":true,"has_previous_results":false}}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Fleet: “software_titles”
                1! this list is not complete: it is one page of a longer list (“has_next_results”); what is there was checked; fetch the other pages too and give this page all of them
                reading: name from “name”; identifiers from “id”, “bundle_identifier”
                2: Kaspersky.app | version 24.0 | bundle com.kaspersky.kav.gui
                3: 7-Zip 23.01 (x64) | version 23.01
                2! this list is not complete: it says on how many computers a program is (“hosts_count”), not on which; what is there was checked; ask for the software of each host (GET /api/v1/fleet/hosts/{id})
                lines: 2 records + 2 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn what_a_host_could_install_is_not_installed() {
        check(
            r#"{"count":2,"software":[
{"id":1,"name":"Zoom","software_package":{"name":"zoom.pkg","version":"6.0"},"source":"apps","status":"installed","installed_versions":[{"version":"5.9","bundle_identifier":"us.zoom.xos"}]},
{"id":2,"name":"Kaspersky","software_package":{"name":"kav.pkg","version":"24.0"},"source":"apps","status":null,"installed_versions":[]}]}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Fleet: “installed_versions”, “software_package”
                reading: name from “name” or “software_package.name”; identifiers from “id”
                2: Zoom | version 5.9
                3: Kaspersky | available
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn the_software_of_a_host_has_its_name() {
        check(
            r#"{"host":{"id":1,"hostname":"mac-1.local","computer_name":"Ana's Mac","osquery_version":"5.12.1","os_version":"macOS 14.5","software":[
{"id":1,"name":"WeChat.app","version":"3.8","bundle_identifier":"com.tencent.xinWeChat","source":"apps","generated_cpe":"","vulnerabilities":null}]}}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Fleet: “generated_cpe”, “source”
                reading: name from “name”; version from “version”; identifiers from “id”, “bundle_identifier”
                2: WeChat.app | version 3.8 | host mac-1.local | bundle com.tencent.xinWeChat
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn results_of_a_query_are_read_by_host() {
        check(
            "{\"host\":\"srv-1\",\"rows\":[{\"host_hostname\":\"srv-1\",\"name\":\"kesl\",\"version\":\"12.1\"}]}\n\
             {\"host\":\"srv-2\",\"rows\":[{\"host_hostname\":\"srv-2\",\"name\":\"bash\",\"version\":\"5.2\"}]}\n",
            expect![[r#"
                Certain: it is JSON with keys of Fleet: “host_hostname”, “rows”
                reading: name from “name”; version from “version”; computer from “host_hostname”
                1: kesl | version 12.1 | host srv-1
                2: bash | version 5.2 | host srv-2
                lines: 2 records + 0 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_json_is_not_recognised() {
        for text in [r#"[{"name":"A","version":"1"}]"#, r#"{"software":[{"name":"A"}]}"#] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
