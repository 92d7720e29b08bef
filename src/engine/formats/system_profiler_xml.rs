//! `system_profiler -xml` on a Mac: a property list with a dictionary for each data type.

use super::plist::{entries, fields};
use super::system_profiler_json::{DATA_TYPES, draft_of};
use super::xml::{Element, Elements, Out, Verdict, XmlReader};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::Platform;

pub(super) static FORMAT: Format = Format {
    id: "system-profiler-xml",
    title: "macOS System Information as XML",
    reads: "the property list that system_profiler -xml prints on a Mac, and that System \
            Information saves (.spx), for applications and installations",
    how_to_get: "in Terminal on the Mac: system_profiler -xml SPApplicationsDataType > list.xml",
    cannot_show: "only applications (bundles that end in .app) are listed: browser extensions, \
                  command-line tools and background services without an application are missing; \
                  pkgutil --pkgs lists what installers left",
    platform: Some(Platform::Macos),
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Programs::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has = |part: &str| sample.text.contains(part);
    let is_report = has("<plist") && (has("<key>_dataType</key>") || has("<key>_items</key>"));
    let reason = key!("it is a property list with “_dataType”, as system_profiler -xml prints it");
    is_report.then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

#[derive(Default)]
struct Programs {
    /// The last data type met.
    data_type: String,
    has_said_reading: bool,
}

impl Elements for Programs {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if !element.is("dict") {
            return Verdict::Container;
        }
        self.meet(element);
        if !DATA_TYPES.contains(&self.data_type.as_str()) {
            return if data_type_of(element).is_some() {
                Verdict::Done
            } else {
                Verdict::Container
            };
        }
        let draft = draft_of(fields(element));
        if draft.name().is_empty() && draft.identifiers().is_empty() {
            return Verdict::Container;
        }
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "name from “_name”; version from “version”; publisher from “info” where that is \
                 a text of copyright; identifiers from “path”, the first of “signed_by”"
            ));
            self.has_said_reading = true;
        }
        out.record(&draft.record(element.line(), element.raw()));
        Verdict::Record
    }

    fn opened(&mut self, element: &Element<'_>) {
        self.meet(element);
    }
}

impl Programs {
    fn meet(&mut self, dictionary: &Element<'_>) {
        if let Some(data_type) = data_type_of(dictionary) {
            self.data_type = data_type.to_owned();
        }
    }
}

fn data_type_of<'a>(dictionary: &Element<'a>) -> Option<&'a str> {
    let found = entries(dictionary).find(|(key, _)| *key == "_dataType");
    found.map(|(_, value)| value.own_text())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn applications_and_installations_are_read_and_hardware_is_not() {
        check(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<array>\n\t<dict>\n\t\t<key>_dataType</key>\n\t\t<string>SPHardwareDataType</string>\n\
             \t\t<key>_items</key>\n\t\t<array><dict><key>_name</key><string>hardware</string></dict></array>\n\t</dict>\n\t<dict>\n\t\t<key>_dataType</key>\n\
             \t\t<string>SPApplicationsDataType</string>\n\t\t<key>_items</key>\n\t\t<array>\n\t\t\t<dict>\n\t\t\t\t<key>_name</key>\n\t\t\t\t<string>Kaspersky</string>\n\
             \t\t\t\t<key>path</key>\n\t\t\t\t<string>/Applications/Kaspersky.app</string>\n\t\t\t\t<key>signed_by</key>\n\t\t\t\t<array>\n\t\t\t\t\t<string>Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94)</string>\n\
             \t\t\t\t\t<string>Apple Root CA</string>\n\t\t\t\t</array>\n\t\t\t\t<key>version</key>\n\t\t\t\t<string>24.0</string>\n\t\t\t</dict>\n\t\t</array>\n\t\t<key>_properties</key>\n\t\t<dict><key>_name</key><dict><key>_isColumn</key><string>YES</string></dict></dict>\n\t</dict>\n\
             \t<dict><key>_dataType</key><string>SPInstallHistoryDataType</string><key>_items</key><array>\n\
             <dict><key>_name</key><string>KasperskyVPN</string><key>install_version</key><string>3.1</string><key>package_source</key><string>package_source_other</string></dict></array></dict>\n</array>\n</plist>\n",
            expect![[r#"
                Certain: it is a property list with “_dataType”, as system_profiler -xml prints it
                reading: name from “_name”; version from “version”; publisher from “info” where that is a text of copyright; identifiers from “path”, the first of “signed_by”
                15: Kaspersky | version 24.0 | path /Applications/Kaspersky.app | signer Developer ID Application: Kaspersky Lab UK Limited (2Y8XE5CQ94)
                33: KasperskyVPN | version 3.1
                lines: 14 records + 21 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn other_lists_are_not_recognised() {
        check(
            "<plist version=\"1.0\"><dict><key>_name</key><string>a</string></dict></plist>\n",
            expect![[r#"
                not recognised
                lines: 0 records + 1 structure + 0 problems
            "#]],
        );
    }
}
