//! The formats of inventories that can be read: one file each, one row of [`FORMATS`] each.
//!
//! A format knows how to recognise itself in a [`Sample`] (by content, never by file name) and
//! how to read itself from text that arrives in pieces. Most are line-oriented and implement
//! [`LineReader`]; [`Lines`] turns one into a [`Reader`].

use super::record::{Platform, Sink, TableChoice};
use crate::engine::clause::Clause;

mod android_packages;
mod ansible;
mod apk;
mod apk_db;
mod app_ids;
mod applications_folder;
mod appx;
mod apt_list;
mod automox;
mod autoruns;
mod block;
mod box_table;
mod brew;
mod cargo;
mod choco;
mod columns;
mod common;
mod configmgr;
mod console;
mod cyclonedx;
mod cyclonedx_xml;
mod dds;
mod defender;
mod defender_api;
mod delimited;
mod dnf_list;
mod dpkg;
mod dpkg_selections;
mod dpkg_status;
mod driverquery;
mod dumpsys_package;
mod endpoint_central;
mod fields;
mod fixed_width;
mod flatpak;
mod fleet;
mod frst;
mod gem;
mod gentoo;
mod get_package;
mod get_process;
mod get_service;
mod get_windowsdriver;
mod glpi_json;
mod glpi_xml;
mod guix;
mod help_log;
mod hijackthis;
mod html;
mod intune;
mod jamf;
mod json;
mod kaspersky_security_center;
mod key_values;
mod lansweeper;
mod lines;
mod macports;
mod markup_list;
mod markup_table;
mod mas;
mod memo;
mod msinfo32;
mod msinfo32_nfo;
mod nessus_output;
mod nessus_text;
mod nessus_xml;
mod ninjaone;
mod nix;
mod npm;
mod opkg;
mod osquery;
mod otl;
mod package_blocks;
mod package_names;
mod package_query;
mod packages;
mod pacman;
mod pacman_info;
mod pip;
mod pkg_info;
mod pkgutil;
mod plain_list;
mod plist;
mod pnputil;
mod powershell;
mod powershell_list;
mod powershell_objects;
mod powershell_table;
mod ps;
mod qualys;
mod reg_export;
mod reg_query;
mod registry;
mod registry_keys;
mod rpm;
mod rpm_info;
mod sc_query;
mod snap;
mod snipe_it;
mod spdx;
mod spdx_3;
mod spdx_tag_value;
mod spreadsheet_xml;
mod swid;
mod system_profiler;
mod system_profiler_json;
mod system_profiler_xml;
mod tanium;
mod tasklist;
mod text_table;
mod tool_table;
mod uninstallview;
mod wazuh;
mod winget;
mod winget_export;
mod wmic;
mod xbps;
mod xml;
mod xml_records;
mod yaml_list;
mod zypper;

#[cfg(test)]
pub(crate) mod testing;

pub use delimited::SHEET;
pub use lines::{Line, LineReader, Lines, Outcome};

/// A format of inventory.
pub struct Format {
    /// Stable id, as in reports and `--as`.
    pub id: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it reads, in one sentence.
    pub reads: &'static str,
    /// How a user gets such a list: a command or a place in a tool.
    pub how_to_get: &'static str,
    /// What such a list cannot show and what would, in one sentence; stands beside a clean result.
    pub cannot_show: &'static str,
    /// The system such a list always comes from, if it is always the same.
    pub platform: Option<Platform>,
    /// Looks at the beginning of a source: is this it, how sure, and why.
    pub sniff: fn(&Sample<'_>) -> Option<Sniffed>,
    /// Opens a reader. It is then given the whole source from its start, the sample included.
    pub open: fn(&Sample<'_>) -> Box<dyn Reader>,
}

/// How sure a format is that a source is its own. The surest wins; among equals, the one that
/// stands first in [`FORMATS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It could be read so if nothing better claims it (a generic reader).
    Possible,
    /// Its shape fits, and something in it is typical.
    Likely,
    /// Only this tool writes like that.
    Certain,
}

impl Confidence {
    /// The stable word used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What a format says of a sample it recognises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, for the report: "the header line is `Name Id Version`". Starts in lower case, no full stop.
    pub reason: Clause,
}

/// The beginning of a source, decoded, with line ends made `\n`.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// At most [`SAMPLE_BYTES`](super::limits::SAMPLE_BYTES) of text.
    pub text: &'a str,
    /// True if that is the whole source.
    pub is_whole: bool,
    /// What the user says about the columns of tables.
    pub tables: &'a [TableChoice],
}

impl<'a> Sample<'a> {
    /// The lines of the sample, without their ends. A last line that was cut by the sample's end
    /// is left out unless it is the only one.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let text = if self.is_whole {
            self.text
        } else {
            match self.text.rfind('\n') {
                Some(end) => &self.text[..end],
                None => self.text,
            }
        };
        text.lines()
    }

    /// The lines that are not blank.
    pub fn filled_lines(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.lines().filter(|line| !line.trim().is_empty())
    }
}

/// A push parser of one format: text in, records and problems out.
pub trait Reader {
    /// The next piece of text, cut anywhere between characters.
    fn push(&mut self, text: &str, sink: &mut dyn Sink);

    /// The source has ended.
    fn finish(&mut self, sink: &mut dyn Sink);

    /// A reader of the lines from some record in the middle of the source on, as far as this one
    /// knows the source; `None` if such sources must be read from their beginning.
    fn part(&self) -> Option<Box<dyn Reader>> {
        None
    }

    /// What decides how the next line is read; `None` in the middle of a record. Two readers that
    /// stand alike read on alike.
    fn standing(&self) -> Option<String> {
        None
    }

    /// True if the text, which is what follows a line's end, looks like the beginning of a record
    /// rather than the middle of one.
    fn begins_record(&self, _text: &str) -> bool {
        false
    }
}

/// Every format, surest first, generic readers last.
pub static FORMATS: &[&Format] = &[
    &dpkg::FORMAT,
    &reg_export::FORMAT,
    &reg_query::FORMAT,
    &registry_keys::FORMAT,
    &dpkg_selections::FORMAT,
    &dpkg_status::FORMAT,
    &apt_list::FORMAT,
    &dnf_list::FORMAT,
    &pacman_info::FORMAT,
    &rpm_info::FORMAT,
    &zypper::FORMAT,
    &apk::FORMAT,
    &apk_db::FORMAT,
    &snap::FORMAT,
    &nix::FORMAT,
    &guix::FORMAT,
    &xbps::FORMAT,
    &macports::FORMAT,
    &npm::FORMAT,
    &gem::FORMAT,
    &cargo::FORMAT,
    &pip::FORMAT,
    &flatpak::FORMAT,
    &gentoo::FORMAT,
    &mas::FORMAT,
    &applications_folder::FORMAT,
    &android_packages::FORMAT,
    &dumpsys_package::FORMAT,
    &pkgutil::FORMAT,
    &winget::FORMAT,
    &winget_export::FORMAT,
    &choco::FORMAT,
    &msinfo32::FORMAT,
    &msinfo32_nfo::FORMAT,
    &tasklist::FORMAT,
    &ps::FORMAT,
    &driverquery::FORMAT,
    &sc_query::FORMAT,
    &appx::FORMAT,
    &get_package::FORMAT,
    &get_process::FORMAT,
    &get_service::FORMAT,
    &get_windowsdriver::FORMAT,
    &pnputil::FORMAT,
    &powershell_objects::FORMAT,
    &powershell_table::FORMAT,
    &wmic::FORMAT,
    &system_profiler::FORMAT,
    &system_profiler_json::FORMAT,
    &system_profiler_xml::FORMAT,
    &glpi_xml::FORMAT,
    &nessus_xml::FORMAT,
    &cyclonedx::FORMAT,
    &cyclonedx_xml::FORMAT,
    &spdx::FORMAT,
    &spdx_3::FORMAT,
    &spdx_tag_value::FORMAT,
    &swid::FORMAT,
    &plist::FORMAT,
    &spreadsheet_xml::FORMAT,
    &rpm::FORMAT,
    &frst::FORMAT,
    &otl::FORMAT,
    &hijackthis::FORMAT,
    &dds::FORMAT,
    &autoruns::FORMAT,
    &uninstallview::FORMAT,
    &yaml_list::FORMAT,
    &package_query::FORMAT,
    &pacman::FORMAT,
    &brew::FORMAT,
    &pkg_info::FORMAT,
    &opkg::FORMAT,
    &package_names::FORMAT,
    &app_ids::FORMAT,
    &powershell_list::FORMAT,
    &kaspersky_security_center::FORMAT,
    &nessus_text::FORMAT,
    &configmgr::FORMAT,
    &intune::FORMAT,
    &defender::FORMAT,
    &defender_api::FORMAT,
    &lansweeper::FORMAT,
    &tanium::FORMAT,
    &snipe_it::FORMAT,
    &jamf::FORMAT,
    &qualys::FORMAT,
    &ninjaone::FORMAT,
    &endpoint_central::FORMAT,
    &automox::FORMAT,
    &glpi_json::FORMAT,
    &fleet::FORMAT,
    &osquery::FORMAT,
    &wazuh::FORMAT,
    &ansible::FORMAT,
    &json::FORMAT,
    &box_table::FORMAT,
    &key_values::FORMAT,
    &html::FORMAT,
    &xml_records::FORMAT,
    &delimited::FORMAT,
    &text_table::FORMAT,
    &plain_list::FORMAT,
];

/// True if the text is markup that a format reads: a web page or an XML file like any other is not.
pub fn reads_markup(sample: &Sample<'_>) -> bool {
    [&plist::FORMAT, &html::FORMAT, &xml_records::FORMAT]
        .iter()
        .any(|format| (format.sniff)(sample).is_some())
}
