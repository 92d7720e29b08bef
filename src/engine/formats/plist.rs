//! Property lists of Apple: dictionaries of keys and values in XML, whatever tool wrote them.

use super::columns::{Draft, Field, Meaning, meaning_of};
use super::xml::{Element, Elements, Out, Verdict, XmlReader, counted};
use super::{Confidence, Format, Reader, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{IdentifierKind, Record};

pub(super) static FORMAT: Format = Format {
    id: "plist",
    title: "Apple property list",
    reads: "a property list (XML) whose dictionaries are programs or installer receipts: an app \
            list of a device management, InstallHistory.plist, pkgutil --pkg-info-plist, \
            Info.plist",
    how_to_get: "in Terminal on the Mac: for p in $(pkgutil --pkgs); do pkgutil --pkg-info-plist \
                 $p; done > list.xml; or the app list of your device management",
    cannot_show: "receipts stay when a program is moved to the bin, and programs that were only \
                  copied have none: system_profiler SPApplicationsDataType shows those",
    platform: None,
    sniff,
    open,
};

fn open(_: &Sample<'_>) -> Box<dyn Reader> {
    XmlReader::boxed(Dictionaries::default())
}

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    if !sample.text.contains("<plist") || !sample.text.contains("<dict") {
        return None;
    }
    let reason = key!("it is a property list, and its dictionaries name programs");
    (counted(open(sample), sample).records > 0)
        .then(|| Sniffed { confidence: Confidence::Certain, reason: reason.into() })
}

/// The keys of a dictionary with the elements that are their values.
pub(super) fn entries<'a>(
    dictionary: &Element<'a>,
) -> impl Iterator<Item = (&'a str, Element<'a>)> + use<'a> {
    let mut key = "";
    dictionary.children().filter_map(move |child| {
        if child.is("key") {
            key = child.own_text();
            return None;
        }
        Some((std::mem::take(&mut key), child))
    })
}

/// The keys of a dictionary with their values; an array of texts gives its key an entry each.
pub(super) fn fields<'a>(
    dictionary: &Element<'a>,
) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    entries(dictionary).flat_map(|(key, value)| {
        let own = is_text(&value).then_some((key, value.own_text()));
        let array = value
            .is("array")
            .then(|| value.children().filter(is_text).map(move |text| (key, text.own_text())));
        own.into_iter().chain(array.into_iter().flatten())
    })
}

fn is_text(value: &Element<'_>) -> bool {
    ["string", "integer", "real", "date"].iter().any(|name| value.is(name))
}

#[derive(Default)]
struct Dictionaries {
    host: String,
    has_said_reading: bool,
    records: u64,
}

impl Elements for Dictionaries {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if !element.is("dict") {
            return Verdict::Container;
        }
        let mut draft = Draft::default();
        for (key, value) in fields(element) {
            if let Some(meaning) = meaning_in_plist(key) {
                draft.put(meaning, value);
            }
        }
        let has_bundle = draft.identifiers().iter().any(|id| id.kind == IdentifierKind::Bundle);
        let is_program = has_bundle || (!draft.name().is_empty() && !draft.version().is_empty());
        if !is_program {
            if !draft.host().is_empty() {
                self.host = draft.host().to_owned();
            }
            return Verdict::Container;
        }
        if !self.has_said_reading {
            out.sink.reading(clause!(
                "name, version and bundle id from the keys of dictionaries that mean them"
            ));
            self.has_said_reading = true;
        }
        self.records += 1;
        let bundle = draft.identifiers().iter().find(|id| id.kind == IdentifierKind::Bundle);
        if let Some(bundle) = bundle.map(|id| id.value) {
            draft.default_name(bundle);
        }
        let record = draft.record(element.line(), element.raw());
        let host = if record.host.is_empty() { &self.host } else { record.host };
        out.record(&Record { host, ..record });
        Verdict::Record
    }

    fn end(&mut self, out: &mut Out<'_>) {
        if self.records == 0 {
            out.sink.problem(0, not_programs(), "");
        }
    }
}

fn not_programs() -> ProblemKind {
    ProblemKind::NotAnInventory {
        looks_like: clause!("a property list without programs"),
        advice: clause!("use the command of step 2 for macOS"),
    }
}

fn meaning_in_plist(key: &str) -> Option<Meaning> {
    let of = |field| Some(Meaning { field, rank: 0 });
    match key {
        "pkgid" | "packageIdentifiers" | "PackageIdentifier" | "Identifier"
        | "bundle-identifier" | "BundleIdentifier" | "Bundle ID" => of(Field::Bundle),
        "pkg-version" => of(Field::Version),
        "CFBundleDisplayName" => of(Field::Name),
        "CFBundleName" => Some(Meaning { field: Field::Name, rank: 1 }),
        "CFBundleExecutable" => of(Field::Process),
        // What installed it, and where everything is installed.
        "processName" | "install-location" | "InstallPrefixPath" | "volume" => None,
        _ => meaning_of(key),
    }
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
    fn receipts_and_lists_of_device_managements_are_read() {
        check(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
             <plist version=\"1.0\">\n<dict>\n\t<key>install-location</key>\n\t<string>/</string>\n\t<key>pkg-version</key>\n\t<string>21.1</string>\n\t<key>pkgid</key>\n\t<string>com.kaspersky.kav</string>\n</dict>\n</plist>\n\
             <plist version=\"1.0\"><dict><key>DeviceName</key><string>mac-7</string><key>InstalledApplicationList</key><array>\n\
             <dict><key>Identifier</key><string>org.mozilla.firefox</string><key>Name</key><string>Firefox</string><key>ShortVersion</key><string>128</string></dict>\n</array></dict></plist>\n",
            expect![[r#"
                Certain: it is a property list, and its dictionaries name programs
                reading: name, version and bundle id from the keys of dictionaries that mean them
                4: com.kaspersky.kav | version 21.1 | bundle com.kaspersky.kav
                14: Firefox | version 128 | host mac-7 | bundle org.mozilla.firefox
                lines: 9 records + 6 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn a_list_of_settings_is_not_recognised() {
        check(
            "<plist version=\"1.0\"><dict><key>Name</key><string>Work</string><key>On</key><true/></dict></plist>\n",
            expect![[r#"
                not recognised
                0! this looks like a property list without programs, which does not list installed programs; use the command of step 2 for macOS
                lines: 0 records + 1 structure + 0 problems
            "#]],
        );
    }
}
