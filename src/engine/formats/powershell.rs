//! The two forms in which PowerShell prints what a command gives: so that the format of one
//! command needs to know only its properties, and leaves the reading to the form's own reader.

use super::common::{is_prompt_line, without_colours};
use super::fixed_width::is_rule;
use super::{Confidence, Reader, Sample, Sniffed, powershell_list, powershell_table};
use crate::engine::clause::clause;

/// Lines looked at for the first table or block.
const LINES: usize = 120;

/// What the beginning of a source prints.
pub(super) struct Printed {
    is_table: bool,
    /// The names of the properties, in order, each once; they are the same in every language.
    properties: Vec<String>,
}

impl Printed {
    /// The first table of the sample, or else its blocks.
    pub fn of(sample: &Sample<'_>) -> Option<Self> {
        let mut keys: Vec<String> = Vec::new();
        let mut above = "";
        for line in sample.filled_lines().take(LINES) {
            let line_of_dashes = line.trim_start().starts_with("--") && is_rule(line);
            if line_of_dashes && !is_prompt_line(above) {
                let header = without_colours(above);
                let properties = header.split_whitespace().map(str::to_owned).collect();
                return Some(Self { is_table: true, properties });
            }
            above = line;
            let plain = without_colours(line);
            let key = plain.split_once(" :").map_or("", |(key, _)| key.trim_end());
            let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if is_key && !keys.iter().any(|other| other == key) {
                keys.push(key.to_owned());
            }
        }
        (keys.len() >= 2).then_some(Self { is_table: false, properties: keys })
    }

    /// True if it prints that property.
    pub fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|other| other == property)
    }

    /// That it is certainly what the command prints.
    pub fn certainly(&self, command: &str) -> Sniffed {
        let properties =
            self.properties.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        Sniffed {
            confidence: Confidence::Certain,
            reason: if self.is_table {
                clause!(
                    "it is a table of {properties}, as {command} prints them",
                    properties,
                    command
                )
            } else {
                clause!(
                    "it is blocks of {properties}, as {command} prints them",
                    properties,
                    command
                )
            },
        }
    }

    /// A reader of the form that the sample has.
    pub fn open(sample: &Sample<'_>) -> Box<dyn Reader> {
        match Self::of(sample) {
            Some(printed) if printed.is_table => powershell_table::open(sample),
            _ => powershell_list::open(sample),
        }
    }
}
