//! The ways to write a report down: a file each, all from the same [`Report`].

use super::language::speaking;
use super::report::Report;

pub mod action_plan;
mod annex;
mod archive;
pub mod attestation;
pub mod bash_script;
pub mod bod_17_01;
pub mod csv;
pub mod cyclonedx;
mod document;
mod facts;
pub mod far_52_204_23;
pub mod formula;
pub mod hdf;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod oscal;
mod paperwork;
mod pieces;
pub mod powershell_script;
mod removal;
pub mod sarif;
mod sheets;
mod since;
pub mod text;
mod uri;
mod uuid;
pub mod words;
pub mod xlsx;

/// A way to write a report down.
pub struct Writer {
    /// Stable id, as in `--format`.
    pub id: &'static str,
    /// What it writes, in a few words.
    pub title: &'static str,
    /// What to call the file.
    pub file_name: &'static str,
    /// What kind of file it is, for a browser.
    pub media_type: &'static str,
    /// True if it is told in the language that is spoken. What programs read and compare is in English
    /// whoever saves it, and so are the papers of directives, which go to authorities whose forms are in
    /// English, and the scripts, which talk in English themselves.
    pub is_told: bool,
    write: fn(&Report) -> Vec<u8>,
}

impl Writer {
    /// The report as the file says it. Deterministic: same report and language, same bytes. Text is UTF-8.
    pub fn written(&self, report: &Report) -> Vec<u8> {
        if self.is_told { (self.write)(report) } else { speaking(None, || (self.write)(report)) }
    }

    /// True if what it writes is text, which a terminal can show.
    pub fn is_text(&self) -> bool {
        self.media_type.starts_with("text/") || self.media_type == "application/json"
    }
}

/// Every report writer.
pub static WRITERS: &[Writer] = &[
    html::WRITER,
    text::WRITER,
    xlsx::WRITER,
    csv::WRITER,
    action_plan::WRITER,
    markdown::WRITER,
    json::WRITER,
    ics::WRITER,
    bod_17_01::REPORT,
    bod_17_01::PLAN,
    far_52_204_23::WRITER,
    attestation::WRITER,
    sarif::WRITER,
    oscal::assessment_results::WRITER,
    oscal::poam::WRITER,
    hdf::WRITER,
    cyclonedx::WRITER,
    powershell_script::WRITER,
    bash_script::WRITER,
];
