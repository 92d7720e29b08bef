//! What the page and the worker say to each other.
//!
//! Every message carries its scan's [`ScanId`], so that a late reply cannot be taken for one of
//! a newer scan. The files themselves travel beside the request, as browser `File` objects.
//!
//! Requests go as objects. Replies go as [bytes](to_bytes), which name no fields: code that takes
//! objects of named fields apart was a seventh of the page's program. Both ends are built together,
//! from these types.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::browse::{Browse, Browsed};
use super::checklist::RemovalProgress;
use super::decisions::{ComparisonView, DecisionView};
use super::packs::{OwnRules, PackFile};
use super::preview::{Choices, Preview};
use super::share::Offer;
use super::sheet::Node;
use super::view::{FindingView, ProductView, SourceView};
use crate::engine::language::{Language, Phrase, phrase};
use crate::engine::queries::Queries;
use crate::engine::record::TableChoice;
use crate::engine::report::Place;
use crate::engine::rules::RulesError;
use crate::engine::scan::{Settings, SourceOptions};
use crate::engine::waivers::Waiver;

/// Which scan a message belongs to. A page never uses one twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScanId(pub u32);

/// The name under which pasted text stands in a report, in the language of when it is checked.
pub const PASTED: Phrase = phrase("pasted text");

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Read these inventories. The `File` objects stand behind the request, in the order of
    /// `files`.
    Start {
        /// The scan.
        scan: ScanId,
        /// What to judge by.
        settings: Settings,
        /// Rules of the reader's own to judge by too, by name and text.
        packs: Vec<(String, String)>,
        /// Decisions about what is found.
        waivers: Vec<Waiver>,
        /// How many workers can work at once.
        cores: u32,
        /// Pasted text, if there is any, and how to read it; it is read first.
        pasted: Option<(String, SourceOptions)>,
        /// The files' names, and how to read each.
        files: Vec<(String, SourceOptions)>,
    },
    /// Read the beginning of an inventory and tell how it is read.
    Preview {
        /// What the answer is to be called by.
        number: u32,
        /// The inventory's name.
        name: String,
        /// How to read it.
        options: SourceOptions,
        /// What the reader has said about tables.
        tables: Vec<TableChoice>,
        /// The beginning of the text, and whether that is all; `None` for the `File` object behind
        /// the request.
        pasted: Option<(String, bool)>,
    },
    /// Speak a language from now on. If results are kept, they are told once more.
    Speak {
        /// Which.
        language: Language,
        /// What is said in it, by the English.
        texts: Vec<(String, String)>,
    },
    /// Look at rules of the reader's own.
    CheckRules {
        /// What the answer is to be called by.
        number: u32,
        /// The packs.
        packs: Vec<PackFile>,
    },
    /// Write queries for another tool.
    WriteQueries {
        /// What the answer is to be called by.
        number: u32,
        /// The tool's id.
        engine: String,
        /// The ids of the directives to look for.
        directives: Vec<String>,
        /// Rules of the reader's own, by name and text.
        packs: Vec<(String, String)>,
    },
    /// Read a part of a file for another worker. The `File` object stands behind the request.
    ReadPart(Box<PartAsked>),
    /// Add the bytes behind the request to what is hashed, for another worker.
    Hash,
    /// Add what the `File` object behind the request has from there on, and tell the hash.
    HashRest {
        /// From which byte on.
        from: u64,
    },
    /// More of the places of a finding than the results had.
    MorePlaces {
        /// The scan.
        scan: ScanId,
        /// The finding's id.
        finding: String,
        /// How many the page has.
        from: usize,
    },
    /// More findings than the results had.
    MoreFindings {
        /// The scan.
        scan: ScanId,
        /// How many the page has.
        from: usize,
    },
    /// Why a finding is what it is said to be.
    Explain {
        /// The scan.
        scan: ScanId,
        /// The finding's id.
        finding: String,
    },
    /// Look through the findings.
    Browse {
        /// The scan.
        scan: ScanId,
        /// What the answer is to be called by.
        number: u32,
        /// What is looked at.
        browse: Browse,
    },
    /// Judge once more, by these decisions.
    Decide {
        /// The scan.
        scan: ScanId,
        /// The decisions.
        waivers: Vec<Waiver>,
    },
    /// Compare with the report in the `File` object behind the request.
    Compare {
        /// The scan.
        scan: ScanId,
    },
    /// Read a file of decisions.
    ReadWaivers {
        /// The scan by whose rules.
        scan: ScanId,
        /// The file's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Write a file of decisions.
    WriteWaivers {
        /// The decisions.
        waivers: Vec<Waiver>,
    },
    /// Count how much of the removal of each product is done.
    CountDone {
        /// The scan.
        scan: ScanId,
        /// What the answer is to be called by.
        number: u32,
        /// The keys of what is done.
        done: Vec<String>,
    },
    /// Write down what of the removal is done.
    WriteChecklist {
        /// The scan.
        scan: ScanId,
        /// The keys of what is done.
        done: Vec<String>,
        /// What the reader wants at head and foot of it; empty for nothing.
        marking: String,
    },
    /// A summary of the report, to be passed on.
    Share {
        /// The scan.
        scan: ScanId,
        /// True if the names of computers and files are to be told.
        has_names: bool,
        /// What the reader wants at head and foot of it; empty for nothing.
        marking: String,
        /// The address of the page, which the link leads to.
        address: String,
    },
    /// Tell what a link carries that somebody shared.
    OpenShared {
        /// What the answer is to be called by.
        number: u32,
        /// What [`shared_in`](crate::engine::share::link::shared_in) found in it.
        shared: String,
    },
    /// The whole report, written down.
    Write {
        /// The scan.
        scan: ScanId,
        /// The id of one of [`WRITERS`](crate::engine::writers::WRITERS).
        writer: String,
        /// What the reader wants at head and foot of it; empty for nothing.
        marking: String,
    },
}

/// A part of a file that another worker is to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartAsked {
    /// What to judge by.
    pub settings: Settings,
    /// Rules of the reader's own to judge by too, by name and text.
    pub packs: Vec<(String, String)>,
    /// How the file is to be read.
    pub options: SourceOptions,
    /// Where the part begins, in bytes.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is loaded and listens. Comes once, before anything is asked.
    Ready(Choices),
    /// How the beginning of an inventory is read.
    Previewed {
        /// As asked.
        number: u32,
        /// How; `None` if the inventory cannot be read at all.
        preview: Option<Box<Preview>>,
    },
    /// What there is to say of rules of the reader's own.
    RulesChecked {
        /// As asked.
        number: u32,
        /// What is wrong with them, and what they add.
        own: Box<OwnRules>,
    },
    /// The queries.
    Queries {
        /// As asked.
        number: u32,
        /// What was written.
        queries: Box<Queries>,
    },
    /// How far the scan is. Comes some ten times a second.
    Progress {
        /// The scan.
        scan: ScanId,
        /// How far.
        progress: Progress,
    },
    /// Everything is read. The worker keeps the whole report for what is asked of it next.
    Finished {
        /// The scan.
        scan: ScanId,
        /// What came out.
        results: Box<Results>,
        /// The most memory that a worker's WebAssembly had, in bytes; for measurements.
        memory_bytes: u64,
        /// How many workers read the file that was read by most; for measurements.
        readers: u32,
    },
    /// The rows of the findings that are looked at.
    Browsed {
        /// As asked.
        number: u32,
        /// The rows.
        browsed: Browsed,
    },
    /// How much of the removal of each product is done.
    DoneCounted {
        /// As asked.
        number: u32,
        /// In the order of the results.
        progress: Vec<RemovalProgress>,
    },
    /// The results judged once more, by other decisions or compared with another report.
    Judged {
        /// The scan.
        scan: ScanId,
        /// What came out.
        results: Box<Results>,
    },
    /// The same results, told in another language.
    Retold {
        /// The scan.
        scan: ScanId,
        /// What is told.
        results: Box<Results>,
    },
    /// The report given cannot be compared with.
    NotCompared {
        /// The scan.
        scan: ScanId,
        /// Why, as one sentence without capital and full stop.
        why: String,
    },
    /// What is in a file of decisions, or what is wrong with it.
    WaiversRead(Result<Vec<Waiver>, Vec<RulesError>>),
    /// More findings.
    Findings {
        /// The scan.
        scan: ScanId,
        /// How many the page had when it asked.
        from: usize,
        /// The next ones.
        findings: Vec<FindingView>,
    },
    /// More places of a finding.
    Places {
        /// The scan.
        scan: ScanId,
        /// The finding's id.
        finding: String,
        /// What the page had of them when it asked.
        from: usize,
        /// The next ones.
        places: Vec<Place>,
    },
    /// Why a finding is what it is said to be.
    Explained {
        /// The scan.
        scan: ScanId,
        /// The finding's id.
        finding: String,
        /// What was compared, what fitted, what was rejected.
        why: Box<Node>,
    },
    /// A summary that can be passed on.
    Offered {
        /// The scan.
        scan: ScanId,
        /// The summary.
        offer: Box<Offer>,
    },
    /// What a link carries, or why nothing can be shown of it.
    SharedRead {
        /// As asked.
        number: u32,
        /// What to show.
        sheet: Box<Node>,
    },
    /// The report, written down.
    Written {
        /// What to call the file.
        file_name: String,
        /// What kind of file it is.
        media_type: String,
        /// What was written.
        bytes: Vec<u8>,
    },
    /// How far a part is. Goes to another worker.
    PartProgress(PartProgress),
    /// What was handed over to be hashed is hashed, and if that was all, this is the SHA-256 in
    /// lower-case hex. Goes to another worker.
    Hashed(Option<String>),
    /// A part is read. Goes to another worker.
    Part {
        /// The [`Part`](crate::engine::scan::Part) as JSON: the page, which hears all replies, has
        /// no code to take it apart.
        part: String,
        /// The most memory that this worker's WebAssembly had, in bytes.
        memory_bytes: u64,
    },
    /// The worker's program came to an end it should not have come to.
    Stopped {
        /// The scan, if one was running.
        scan: Option<ScanId>,
    },
}

/// How far a part of a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartProgress {
    /// Bytes read of it.
    pub bytes: u64,
    /// Records read of it.
    pub records: u64,
    /// Findings so far.
    pub findings: u64,
}

/// How far a scan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes there are.
    pub bytes_total: u64,
    /// Records read.
    pub records: u64,
    /// Distinct titles among them.
    pub titles: u64,
    /// Findings so far.
    pub findings: u64,
}

/// What came out of a scan, as much of it as the page shows at first: what is only read as sheets, the
/// rest as data.
#[derive(Clone, Debug, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The answer.
    pub headline: Headline,
    /// The day of the report, `YYYY-MM-DD`.
    pub generated_on: String,
    /// The head of the printed report.
    pub head: Node,
    /// The answer and what it rests on.
    pub answer: Node,
    /// What was found, as bars; nothing where words are better.
    pub pictures: Node,
    /// The directives that were applied, by id and name.
    pub directives_named: Vec<(String, String)>,
    /// The same in full.
    pub directives: Node,
    /// The reader's own rules that were applied.
    pub packs: Node,
    /// What was found by product, gravest first.
    pub products: Vec<ProductView>,
    /// What was found by program, in the order of the report: the first ones, and what was asked for since.
    pub findings: Vec<FindingView>,
    /// How many that is in all.
    pub finding_count: usize,
    /// What is no finding and yet close to one; nothing if there is none.
    pub near_misses: Node,
    /// By when something is to be done; nothing if there is nothing.
    pub deadlines: Node,
    /// The recorded decisions, and what they did.
    pub decisions: Vec<DecisionView>,
    /// The decisions by which it was judged.
    pub waivers: Vec<Waiver>,
    /// What has changed since an earlier report, if one was given.
    pub comparison: Option<ComparisonView>,
    /// What became of each list.
    pub sources: Vec<SourceView>,
    /// What could not be read, as far as it is listed.
    pub problems: Vec<Node>,
    /// How much that is in all.
    pub problem_count: u64,
}

/// Results are equal only to themselves: whether the page has to be drawn anew must not take a look
/// at every place of every finding.
impl PartialEq for Results {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The one sentence that comes first, and what kind of answer it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// What it comes to.
    pub kind: HeadlineKind,
    /// The answer, with capital and full stop.
    pub sentence: String,
}

/// What a scan comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadlineKind {
    /// Something covered was found.
    Found,
    /// A person has to decide.
    Review,
    /// Nothing covered was found.
    Clear,
    /// Nothing covered was found, but not everything could be read.
    ClearInPart,
    /// No list of programs could be read.
    NothingRead,
}

/// A reply as it goes to who asked. `None` never, for replies of these types.
pub fn to_bytes<T: Serialize>(message: &T) -> Option<Vec<u8>> {
    postcard::to_allocvec(message).ok()
}

/// The reply that came as these bytes; `None` if they are none.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{packs, preview, sheets, view};
    use crate::bundled;
    use crate::engine::scan::Scan;

    #[track_caller]
    fn survives<T: Serialize + DeserializeOwned + std::fmt::Debug>(message: &T) {
        let bytes = to_bytes(message).unwrap_or_default();
        let arrived: Option<T> = from_bytes(&bytes);
        assert_eq!(format!("{arrived:?}"), format!("{:?}", Some(message)));
    }

    #[test]
    fn a_request_survives_the_way_to_the_worker() {
        let request = Request::MorePlaces { scan: ScanId(7), finding: "f".into(), from: 100 };
        let text = serde_json::to_string(&request).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Request>(&text).ok(), Some(request));
    }

    #[test]
    fn a_reply_survives_the_way_to_the_page() {
        let progress = Progress { bytes: 1, bytes_total: 2, records: 3, titles: 4, findings: 5 };
        let reply = Reply::Progress { scan: ScanId(7), progress };
        survives(&reply);
    }

    #[test]
    fn everything_that_the_page_shows_survives_the_way_to_it() {
        let rules = bundled::rules();
        let settings = Settings { today: "2026-11-24".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        let list =
            "Computer,Name,Version\nA,Kaspersky Free,1\nA,Kaspersky VPN\nB,DJI Assistant 2,1\n";
        scan.begin_source("list.csv");
        scan.push(list.as_bytes());
        let report = scan.finish();
        let offer = Box::new(sheets::offer::offer(&report, true, "https://clearlist.example/"));
        survives(&Reply::Offered { scan: ScanId(7), offer });
        let results = Box::new(view::results(&report));
        assert!(
            results.products.iter().filter(|it| !it.removal.is_nothing()).count() > 1,
            "{results:?}"
        );
        survives(&Reply::Finished { scan: ScanId(7), results, memory_bytes: 1, readers: 2 });

        let options = SourceOptions::default();
        let preview = preview::preview(&rules, "list", &options, &[], list.as_bytes(), true);
        survives(&Reply::Previewed { number: 1, preview: preview.map(Box::new) });
        survives(&Reply::Ready(preview::choices()));

        for engine in crate::engine::queries::ENGINES {
            let queries = Box::new(crate::engine::queries::write(engine, &rules, &[]));
            survives(&Reply::Queries { number: 1, queries });
        }

        let text = crate::engine::rules::pack::EXAMPLES[0].text.to_owned();
        for text in [text.replace("branded", "brand"), text] {
            let pack = PackFile { name: "own.toml".into(), text, is_on: true };
            let own = Box::new(packs::check(bundled::files(), &[pack], &[]));
            survives(&Reply::RulesChecked { number: 1, own });
        }
    }
}
