//! Microsoft Intune: its reports of discovered apps as CSV, and the same from Microsoft Graph.

use super::columns::{Columns, Draft, Field};
use super::json::{self, Object};
use super::tool_table::{self, Header, TableRow, Tool};
use super::{Confidence, Format, Reader, Sample, Sniffed, delimited};
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{LineClass, Sink};

pub(super) static FORMAT: Format = Format {
    id: "intune",
    title: "Microsoft Intune",
    reads: "reports of discovered apps (AppInvRawData, DiscoveredAppsRawData, AppInvAggregate) \
            exported as CSV, and detectedApps of Microsoft Graph as JSON",
    how_to_get: "in the Intune admin center: Apps, Monitor, Discovered apps, Export; unpack the \
                 ZIP file and choose the CSV inside. The raw data name the devices, the aggregate \
                 only counts them",
    cannot_show: "only what devices reported at their last inventory, up to a week ago: on \
                  personal devices only managed apps are listed, and programs that are merely \
                  copied to the disk never are",
    platform: None,
    sniff,
    open,
};

static HEADERS: &[Header] = &[
    Header::certain(&["ApplicationKey", "ApplicationName"]),
    Header::certain(&["ApplicationName", "ApplicationPublisher", "DeviceName"]),
    Header::certain(&["ApplicationName", "ApplicationPublisher", "DeviceCount"]),
];

/// The keys of `deviceManagement/detectedApps`.
static KEYS: &[(Confidence, &[&str])] =
    &[(Confidence::Certain, &["displayName", "deviceCount", "sizeInByte"])];

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    tool_table::sniff(sample, FORMAT.title, HEADERS)
        .or_else(|| json::sniff_keys(sample, FORMAT.title, KEYS))
}

fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
    if json::sniff_keys(sample, FORMAT.title, KEYS).is_some() {
        json::open_as(Graph::default())
    } else {
        delimited::open_as(Table, HEADERS, sample)
    }
}

const ADVICE: &str = key!("export the raw data (AppInvRawData), which name the devices");

struct Table;

impl Tool for Table {
    fn part(&self) -> Option<Box<dyn Tool>> {
        Some(Box::new(Self))
    }

    fn header(
        &mut self,
        header: &[String],
        columns: &Columns,
        line: u64,
        sink: &mut dyn Sink,
    ) -> bool {
        tool_table::say_if_counts_only("DeviceCount", ADVICE, (header, columns), line, sink);
        false
    }

    fn row(&mut self, row: &TableRow<'_>, sink: &mut dyn Sink) -> Option<LineClass> {
        // Apps whose name could not be read are called ". ." or the like.
        let name = row.field(Field::Name);
        let is_no_name = !name.is_empty() && !name.contains(char::is_alphanumeric);
        (is_no_name && row.field(Field::Publisher).is_empty()).then(|| {
            sink.problem(row.line, ProblemKind::NoName, row.text);
            LineClass::Problem
        })
    }
}

#[derive(Default)]
struct Graph {
    has_said_page: bool,
    counts_from: Option<u64>,
}

impl json::Tool for Graph {
    fn container(&mut self, object: &Object<'_>, sink: &mut dyn Sink) {
        if !self.has_said_page && !object.fields.get("@odata.nextLink").is_empty() {
            self.has_said_page = true;
            sink.problem(object.line, json::first_page("@odata.nextLink"), "");
        }
    }

    fn record<'a>(&mut self, object: &Object<'a>, draft: &mut Draft<'a>) {
        if draft.host().is_empty() && !object.fields.get("deviceCount").is_empty() {
            self.counts_from.get_or_insert(object.line);
        }
    }

    fn end(&mut self, _records: u64, sink: &mut dyn Sink) {
        if let Some(line) = self.counts_from {
            sink.problem(line, tool_table::counts_only("deviceCount", ADVICE), "");
        }
    }
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
    fn raw_data_name_the_devices_and_apps_without_a_name_are_told() {
        check(
            "ApplicationKey,ApplicationName,ApplicationPublisher,ApplicationVersion,DeviceId,DeviceName\n\
             \"k1\",\"Kaspersky Password Manager\",\"Kaspersky\",\"24.1\",\"d-1\",\"PC-1\"\n\
             \"k2\",\". .\",\"\",\"1.0\",\"d-1\",\"PC-1\"\n\
             \"k3\",\"\",\"\",\"\",\"d-1\",\"PC-1\"\n",
            expect![[r#"
                Certain: line 1 is a header of Microsoft Intune: “ApplicationKey”, “ApplicationName”
                reading: comma-separated; name from “ApplicationName”; version from “ApplicationVersion”; publisher from “ApplicationPublisher”; computer from “DeviceName” or “DeviceId”; identifiers from “ApplicationKey”
                2: Kaspersky Password Manager | version 24.1 | publisher Kaspersky | host PC-1
                3! expected the name of a program, found none
                lines: 1 records + 2 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn the_aggregate_counts_devices_and_names_none() {
        check(
            "ApplicationId,ApplicationKey,ApplicationName,ApplicationPublisher,ApplicationVersion,DeviceCount\n\
             a1,k1,7-Zip,Igor Pavlov,23.01,12\n",
            expect![[r#"
                Certain: line 1 is a header of Microsoft Intune: “ApplicationKey”, “ApplicationName”
                1! this list is not complete: it says on how many computers a program is (“DeviceCount”), not on which; what is there was checked; export the raw data (AppInvRawData), which name the devices
                reading: comma-separated; name from “ApplicationName”; version from “ApplicationVersion”; publisher from “ApplicationPublisher”; identifiers from “ApplicationId”, “ApplicationKey”
                2: 7-Zip | version 23.01 | publisher Igor Pavlov
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn apps_of_graph_are_read_and_the_next_page_is_missed() {
        check(
            r#"{"@odata.nextLink":"https://graph.microsoft.com/v1.0/x","value":[
{"id":"a","displayName":"TikTok","version":"1.0","sizeInByte":0,"deviceCount":3,"publisher":"TikTok Ltd.","platform":"windows"}]}
"#,
            expect![[r#"
                Certain: it is JSON with keys of Microsoft Intune: “displayName”, “deviceCount”, “sizeInByte”
                1! this list is not complete: it is one page of a longer list (“@odata.nextLink”); what is there was checked; fetch the other pages too and give this page all of them
                reading: name from “displayName”; version from “version”; publisher from “publisher”; identifiers from “id”
                2: TikTok | version 1.0 | publisher TikTok Ltd.
                2! this list is not complete: it says on how many computers a program is (“deviceCount”), not on which; what is there was checked; export the raw data (AppInvRawData), which name the devices
                lines: 1 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_tables_are_not_recognised() {
        for text in ["ApplicationName,Version\nA,1\n", "DeviceName,DeviceCount\nA,1\n"] {
            assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
        }
    }
}
