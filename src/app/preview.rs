//! How the beginning of an inventory is read, told before the whole is checked.

use serde::{Deserialize, Serialize};

use super::samples::Sample;
use super::sheet::Node;
use super::sheets;
use crate::bundled::{DirectiveSummary, SUMMARIES};
use crate::engine::clause::Unwritten;
use crate::engine::encodings::ENCODINGS;
use crate::engine::formats::FORMATS;
use crate::engine::queries::ENGINES;
use crate::engine::record::TableChoice;
use crate::engine::report::{Problem, SourceReport};
use crate::engine::rules::Rules;
use crate::engine::rules::pack::EXAMPLES;
use crate::engine::scan::{Scan, Settings, SourceOptions};
use crate::engine::writers::WRITERS;

/// How much of an inventory is read to tell how it is read, in bytes: some milliseconds' work, and
/// more than enough to see past notes above a list.
pub const PREVIEW_BYTES: usize = 256 * 1024;

/// How many problems of the beginning are told.
const PROBLEMS_TOLD: usize = 3;

/// How the beginning of an inventory was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// How it was read. Counts are of the beginning only.
    pub source: SourceReport,
    /// Its first entries.
    pub first_rows: Node,
    /// The first problems in it.
    pub problems: Vec<Problem>,
    /// True if the beginning is all there is.
    pub is_whole: bool,
}

impl Preview {
    /// The table that has no column for the names of programs, as far as anyone could tell.
    pub fn lacks_names(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == "no-name-column")
            && !self.source.columns.is_empty()
    }

    /// Why nothing of it can be read, if so.
    pub fn stop(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.stops_the_source)
    }
}

/// What a user can choose from: directives, ways to read an inventory, and inventories to try.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// What there is to know of each directive.
    pub directives: Vec<DirectiveChoice>,
    /// The formats: id and title.
    pub formats: Vec<(String, String)>,
    /// The encodings: the name that reports have, and the title.
    pub encodings: Vec<(String, String)>,
    /// The texts of the samples, in the order of [`Sample::ALL`].
    pub samples: Vec<String>,
    /// The ways to write a report down, what serves most readers first: id and title.
    pub writers: Vec<(String, String)>,
    /// The packs to start from.
    pub packs: Vec<PackChoice>,
    /// The tools that queries can be written for.
    pub engines: Vec<EngineChoice>,
}

/// A pack to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackChoice {
    /// What it is for, in a few words.
    pub title: String,
    /// A name for its file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A tool that queries can be written for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineChoice {
    /// Stable id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is and how the queries are run, in one sentence.
    pub about: String,
}

/// A directive that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectiveChoice {
    /// Stable id.
    pub id: String,
    /// The official title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// What it says, in one or two plain sentences.
    pub summary: String,
}

impl From<&DirectiveSummary> for DirectiveChoice {
    fn from(summary: &DirectiveSummary) -> Self {
        Self {
            id: summary.id.to_owned(),
            title: summary.title.to_owned(),
            issuer: summary.issuer.to_owned(),
            issued_on: summary.issued_on.to_owned(),
            summary: summary.summary.to_owned(),
        }
    }
}

/// What the engine can read. The page must not call this: it would bring the parsers into it.
pub fn choices() -> Choices {
    let format =
        |format: &&crate::engine::formats::Format| (format.id.to_owned(), format.title.to_owned());
    Choices {
        directives: SUMMARIES.iter().map(DirectiveChoice::from).collect(),
        formats: FORMATS.iter().map(format).collect(),
        encodings: ENCODINGS
            .iter()
            .map(|encoding| (encoding.id.to_owned(), encoding.title.to_owned()))
            .collect(),
        samples: Sample::ALL.map(Sample::text).to_vec(),
        writers: WRITERS
            .iter()
            .map(|writer| (writer.id.to_owned(), writer.title.to_owned()))
            .collect(),
        engines: ENGINES
            .iter()
            .map(|engine| EngineChoice {
                id: engine.id.to_owned(),
                name: engine.name.to_owned(),
                about: engine.about.to_owned(),
            })
            .collect(),
        packs: EXAMPLES
            .iter()
            .map(|example| PackChoice {
                title: example.title.to_owned(),
                name: format!("{}.toml", example.id),
                text: example.text.to_owned(),
            })
            .collect(),
    }
}

/// Reads the beginning of an inventory. `None` if the options cannot be carried out, which the page
/// never asks for. The page must not call this.
pub fn preview(
    rules: &Rules,
    name: &str,
    options: &SourceOptions,
    tables: &[TableChoice],
    bytes: &[u8],
    is_whole: bool,
) -> Option<Preview> {
    // Any day will do: nothing is made of what would be found.
    let settings =
        Settings { today: "2000-01-01".to_owned(), tables: tables.to_vec(), ..Settings::default() };
    let mut scan = Scan::new(rules, settings).ok()?;
    scan.begin_source_with(name, options).ok()?;
    scan.push(bytes);
    if is_whole {
        scan.end_source();
    } else {
        scan.leave_source();
    }
    let report = scan.finish();
    let mut sources = report.sources.into_iter();
    let mut source = sources.next()?;
    // Of what is packed, the first list inside is shown, else the first table of which nobody could
    // tell what names the programs. One file that is no list does not stop the others.
    let packed: Vec<SourceReport> = sources.collect();
    let is_list = |packed: &&SourceReport| !packed.first_records.is_empty();
    let is_table = |packed: &&SourceReport| !packed.columns.is_empty();
    let shown = packed.iter().find(is_list).or(packed.iter().find(is_table));
    let mut problems = report.problems;
    if let Some(shown) = shown {
        let is_told = |name: &str| name == source.name || (is_table(&shown) && name == shown.name);
        problems.retain(|problem| is_told(&problem.source) || !problem.stops_the_source);
        if source.first_records.is_empty() {
            source.first_records.clone_from(&shown.first_records);
            source.columns.clone_from(&shown.columns);
        }
    }
    let (stopping, others): (Vec<Problem>, Vec<Problem>) =
        problems.into_iter().partition(|problem| problem.stops_the_source);
    // It is only to be shown, and what it is worded from does not go to the page.
    source.format_reason = source.format_reason_told();
    source.format_wording = Unwritten::default();
    let told = |problem: Problem| Problem {
        message: problem.told(),
        wording: Unwritten::default(),
        ..problem
    };
    Some(Preview {
        first_rows: sheets::source::first_rows(name, &source.first_records),
        source,
        problems: stopping.into_iter().chain(others).take(PROBLEMS_TOLD).map(told).collect(),
        is_whole,
    })
}

/// The beginning of a text, of as many bytes as are read for a preview, and whether that is all.
pub fn beginning(text: &str) -> (&str, bool) {
    let cut = text.floor_char_boundary(PREVIEW_BYTES);
    (&text[..cut], cut == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;

    fn of(bytes: &[u8], is_whole: bool) -> Preview {
        let options = SourceOptions::default();
        let preview = preview(&bundled::rules(), "list", &options, &[], bytes, is_whole);
        preview.unwrap_or_else(|| panic!("the options can be carried out"))
    }

    #[test]
    fn the_beginning_tells_format_encoding_columns_and_rows() {
        let preview = of(b"Name,Version\nKaspersky Free,1\n", true);
        assert_eq!(preview.source.format, "delimited");
        assert_eq!(preview.source.encoding, "UTF-8");
        assert_eq!(preview.source.columns[1].values, ["1"]);
        assert_eq!(preview.source.first_records[0].name, "Kaspersky Free");
        assert_eq!((preview.problems.len(), preview.stop()), (0, None));
    }

    #[test]
    fn an_archive_shows_its_first_list_whatever_else_is_in_it() {
        let preview = of(include_bytes!("../../tests/corpus/zip/folder-of-lists/input.zip"), true);
        assert_eq!(preview.source.format, "zip");
        assert!(!preview.source.first_records.is_empty());
        assert_eq!(preview.stop(), None);
    }

    #[test]
    fn the_columns_of_a_table_in_an_archive_are_told() {
        let whole = of(include_bytes!("../../tests/corpus/zip/folder-of-lists/input.zip"), true);
        assert!(!whole.lacks_names());
        let tar = |name: &str, text: &str| {
            let mut block = vec![0; 512];
            block[..name.len()].copy_from_slice(name.as_bytes());
            block[100..107].copy_from_slice(b"0000644");
            let size = format!("{:011o}", text.len());
            block[124..135].copy_from_slice(size.as_bytes());
            block[156] = b'0';
            block[257..265].copy_from_slice(b"ustar\x0000");
            block[148..156].fill(b' ');
            let sum = block.iter().map(|&byte| u32::from(byte)).sum::<u32>();
            block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
            block.extend_from_slice(text.as_bytes());
            block.resize(block.len().next_multiple_of(512) + 1024, 0);
            block
        };
        let strange = of(&tar("a.csv", "x,y\nKaspersky Free,1\nNotepad,2\nOther,3\n"), true);
        assert_eq!(strange.source.columns.len(), 2, "{:?}", strange.problems);
        assert!(strange.lacks_names(), "and the reader is asked which of them is the name");
    }

    #[test]
    fn what_stops_the_reading_is_told_before_anything_else() {
        let preview = of(b"\"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", true);
        assert!(preview.lacks_names(), "{:?}", preview.problems);
        assert!(preview.problems[0].stops_the_source);
    }

    #[test]
    fn nothing_is_said_of_a_cut_that_only_the_preview_made() {
        let text = format!("Name,Version\n{}\"Kaspersky", "A,1\n".repeat(70_000));
        let (beginning, is_whole) = beginning(&text);
        assert!(!is_whole);
        assert_eq!(of(beginning.as_bytes(), false).problems, []);
    }

    #[test]
    fn every_choice_can_be_carried_out() {
        let choices = choices();
        for (format, _) in &choices.formats {
            let options =
                SourceOptions { format: Some(format.clone()), ..SourceOptions::default() };
            assert_eq!(options.check(), Ok(()));
        }
        for (encoding, _) in choices.encodings {
            let options = SourceOptions { encoding: Some(encoding), ..SourceOptions::default() };
            assert_eq!(options.check(), Ok(()));
        }
    }
}
