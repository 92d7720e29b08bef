//! The findings looked through as a table: grouped, narrowed, searched, sorted, a page at a time.
//!
//! The worker, which has the whole report, makes the rows; the page only shows them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::text::NO_NAME;
use crate::engine::directive::OutcomeKind;
use crate::engine::language::told;
use crate::engine::report::{Finding, Report};
use crate::engine::title::Titles;
use crate::engine::words::{fold, fold_into};
use crate::engine::writers::words;

/// How many rows are on the screen at a time.
pub const ROWS_A_PAGE: usize = 50;

/// Stands for the outcome of a program that was set aside.
pub const SET_ASIDE: &str = "set-aside";

/// How many names of a row are told; the rest is counted.
const NAMED: usize = 5;

/// What of the findings is looked at, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browse {
    /// What a row is.
    pub by: By,
    /// Only what has this outcome; `None` for any.
    pub outcome: Option<OutcomeKind>,
    /// Only what this directive says something of, by id; empty for all.
    pub directive: String,
    /// Only what has this text in it; empty for all. Never in the address of the page.
    pub search: String,
    /// What comes first.
    pub sort: Sort,
    /// The first row, counted from 0.
    pub from: usize,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// A program as written.
    #[default]
    Program,
    /// A product.
    Product,
    /// A computer.
    Computer,
    /// A directive.
    Directive,
    /// A program that was checked, whether anything was found in it or not.
    Checked,
}

impl By {
    /// Every kind of row, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Program, Self::Product, Self::Computer, Self::Directive, Self::Checked];

    /// A short name for addresses and fields.
    pub fn id(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Product => "product",
            Self::Computer => "computer",
            Self::Directive => "directive",
            Self::Checked => "checked",
        }
    }
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// The gravest outcome, then what is on most computers.
    #[default]
    Gravest,
    /// The name.
    Name,
    /// What is most: computers, of a computer its programs.
    Most,
}

impl Sort {
    /// Every order, as they are offered.
    pub const ALL: [Self; 3] = [Self::Gravest, Self::Name, Self::Most];

    /// A short name for addresses and fields.
    pub fn id(self) -> &'static str {
        match self {
            Self::Gravest => "gravest",
            Self::Name => "name",
            Self::Most => "most",
        }
    }
}

/// A page of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browsed {
    /// The rows: name, outcome, how many, of what; of a program that was checked name, outcome if
    /// something was found, version, publisher.
    pub rows: Vec<[String; 4]>,
    /// How many rows there are in all.
    pub total: usize,
}

/// A row that is being counted.
#[derive(Default)]
struct Row<'r> {
    gravest: Option<OutcomeKind>,
    hosts: BTreeSet<&'r str>,
    programs: BTreeSet<String>,
}

/// The rows that are asked for.
pub fn browse<'r>(report: &'r Report, titles: &Titles, asked: &Browse) -> Browsed {
    let mut search = Search::new(&asked.search);
    if asked.by == By::Checked {
        return checked(report, titles, asked, search);
    }
    let mut rows: BTreeMap<String, Row<'r>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| is_wanted(finding, asked)) {
        let hosts = hosts_with(finding, &mut search);
        if hosts.is_empty() {
            continue;
        }
        let (program, outcome) = (as_named(finding), outcome_of(finding, asked));
        let mut add = |name: &str, on: &[&'r str]| {
            let row = rows.entry(name.to_owned()).or_default();
            row.gravest = Some(row.gravest.map_or(outcome, |known| known.min(outcome)));
            row.programs.insert(program.clone());
            row.hosts.extend(on);
        };
        match asked.by {
            By::Program => add(&program, &hosts),
            By::Product => add(&finding.product.name, &hosts),
            By::Computer => hosts.iter().for_each(|host| add(host, &[host])),
            // Answered above.
            By::Checked => {}
            By::Directive => words::outcomes(report, finding)
                .filter(|(d, _)| asked.directive.is_empty() || asked.directive == d.id)
                .for_each(|(directive, _)| add(told(&directive.short_title), &hosts)),
        }
    }
    let mut rows: Vec<(String, Row<'_>)> = rows.into_iter().collect();
    let most = |row: &Row<'_>| match asked.by {
        By::Computer => row.programs.len(),
        _ => row.hosts.len(),
    };
    match asked.sort {
        Sort::Gravest => rows.sort_by_key(|(_, row)| (row.gravest, Reverse(most(row)))),
        Sort::Name => rows.sort_by_cached_key(|(name, _)| fold(name)),
        Sort::Most => rows.sort_by_key(|(_, row)| Reverse(most(row))),
    }
    let total = rows.len();
    let page = rows.into_iter().skip(asked.from).take(ROWS_A_PAGE);
    let row = |(name, row): (String, Row<'_>)| {
        let names: Vec<String> = match asked.by {
            By::Computer => row.programs.iter().cloned().collect(),
            _ => row.hosts.iter().map(|&host| host.to_owned()).collect(),
        };
        let outcome = row.gravest.map_or("", OutcomeKind::id).to_owned();
        [name, outcome, names.len().to_string(), words::first_of(&names, NAMED)]
    };
    Browsed { rows: page.map(row).collect(), total }
}

/// All programs that were checked. One in which nothing was found has no outcome, and is left out where
/// an outcome or a directive is asked for.
fn checked(report: &Report, titles: &Titles, asked: &Browse, mut search: Search) -> Browsed {
    type Row<'t> = (Option<(bool, OutcomeKind)>, [&'t str; 3]);
    // Whether it is set aside, and its outcome; of two what comes first counts.
    let mut found: HashMap<[&str; 3], (bool, OutcomeKind)> = HashMap::new();
    let standing = report.findings.iter().map(|finding| (false, finding));
    let set_aside = report.waived.iter().map(|waived| (true, &waived.finding));
    for (is_set_aside, finding) in standing.chain(set_aside) {
        let texts = [&finding.name, &finding.publisher, &finding.version].map(String::as_str);
        let outcome = (is_set_aside, outcome_of(finding, asked));
        let known = found.entry(texts).or_insert(outcome);
        *known = outcome.min(*known);
    }
    let is_any = asked.outcome.is_none() && asked.directive.is_empty();
    let is_wanted = |outcome: Option<(bool, OutcomeKind)>| match outcome {
        Some((_, outcome)) => match asked.outcome {
            Some(wanted) => outcome == wanted,
            None => is_any || outcome != OutcomeKind::NotCovered,
        },
        None => is_any,
    };
    let mut rows: Vec<Row<'_>> = titles
        .iter()
        .filter(|texts| texts.iter().any(|text| search.fits(text)))
        .map(|texts| (found.get(&texts).copied(), texts))
        .filter(|(outcome, _)| is_wanted(*outcome))
        .collect();
    rows.sort_by_cached_key(|(outcome, texts)| {
        let outcome = if asked.sort == Sort::Gravest { *outcome } else { None };
        (outcome.is_none(), outcome, texts.map(fold))
    });
    // Titles may differ in nothing that is shown.
    rows.dedup();
    let total = rows.len();
    let row = |(outcome, [name, publisher, version]): Row<'_>| {
        let outcome = match outcome {
            None => "",
            Some((true, _)) => SET_ASIDE,
            Some((false, outcome)) => OutcomeKind::id(outcome),
        };
        // The heading of a row is not empty.
        let name = if name.is_empty() { &NO_NAME } else { name };
        [name, outcome, version, publisher].map(str::to_owned)
    };
    Browsed { rows: rows.into_iter().skip(asked.from).take(ROWS_A_PAGE).map(row).collect(), total }
}

fn as_named(finding: &Finding) -> String {
    super::view::as_written(&words::name(finding), &finding.version)
}

/// The outcome that counts: of the directive that is looked at, else the gravest.
fn outcome_of(finding: &Finding, asked: &Browse) -> OutcomeKind {
    if asked.directive.is_empty() {
        return finding.gravest();
    }
    let mut outcomes = finding.outcomes.iter();
    let found = outcomes.find(|outcome| outcome.directive == asked.directive);
    found.map_or(OutcomeKind::NotCovered, |outcome| outcome.outcome)
}

fn is_wanted(finding: &Finding, asked: &Browse) -> bool {
    let outcome = outcome_of(finding, asked);
    let is_of_directive = asked.directive.is_empty() || outcome != OutcomeKind::NotCovered;
    is_of_directive && asked.outcome.is_none_or(|wanted| wanted == outcome)
}

/// The computers of the finding where the text is in its words or in the computer's name.
fn hosts_with<'r>(finding: &'r Finding, search: &mut Search) -> Vec<&'r str> {
    let product = &finding.product;
    let texts = [&finding.name, &finding.publisher, &finding.version, &product.name, &product.id];
    let is_all = texts.into_iter().any(|text| search.fits(text));
    let hosts = finding.hosts.iter().map(String::as_str);
    hosts.filter(|host| is_all || search.fits(host)).collect()
}

/// What is searched for. A fleet has half a million texts to look into, which are folded one after the other in the
/// same place.
struct Search {
    folded: String,
    looked_into: String,
}

impl Search {
    fn new(text: &str) -> Self {
        Self { folded: fold(text), looked_into: String::new() }
    }

    /// True if it is in the text, or nothing is searched for.
    fn fits(&mut self, text: &str) -> bool {
        if self.folded.is_empty() {
            return true;
        }
        fold_into(&mut self.looked_into, text);
        self.looked_into.contains(&self.folded)
    }
}

/// What is looked at as the end of an address: names of ours only, nothing of an inventory, nor what is
/// searched for. Empty for what is shown at first.
pub fn to_hash(browse: &Browse) -> String {
    let outcome = browse.outcome.map_or("", OutcomeKind::id);
    let by = if browse.by == By::default() { "" } else { browse.by.id() };
    let sort = if browse.sort == Sort::default() { "" } else { browse.sort.id() };
    let fields =
        [("by", by), ("outcome", outcome), ("directive", &browse.directive), ("sort", sort)];
    let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

/// What the end of an address says; what it does not say, or says wrongly, is as at first.
pub fn from_hash(hash: &str) -> Browse {
    let mut browse = Browse::default();
    for field in hash.trim_start_matches('#').split('&') {
        let Some((key, value)) = field.split_once('=') else { continue };
        match key {
            "by" => {
                browse.by = By::ALL.into_iter().find(|by| by.id() == value).unwrap_or_default();
            }
            "outcome" => {
                browse.outcome = OutcomeKind::ALL.into_iter().find(|kind| kind.id() == value);
            }
            "directive" => value.clone_into(&mut browse.directive),
            "sort" => {
                let sort = Sort::ALL.into_iter().find(|sort| sort.id() == value);
                browse.sort = sort.unwrap_or_default();
            }
            _ => {}
        }
    }
    browse
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::engine::scan::{Scan, Settings};

    fn read() -> (Report, Titles) {
        let rules = bundled::rules();
        let settings = Settings { today: "2026-11-29".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        scan.begin_source("list.csv");
        scan.push(
            b"Computer,Name,Version\nPC-1,Kaspersky Free,21.3\nPC-2,Kaspersky Free,21.3\n\
              PC-2,WeChat,3.9\nPC-3,Kaspersky Password Manager,9.2\nPC-4,Firefox,1\n",
        );
        scan.finish_with_titles()
    }

    fn told(asked: &Browse) -> Vec<String> {
        let (report, titles) = read();
        let browsed = browse(&report, &titles, asked);
        assert_eq!(browsed.total, browsed.rows.len());
        browsed.rows.iter().map(|row| row.join(" | ")).collect()
    }

    #[test]
    fn programs_are_told_with_the_gravest_first() {
        let rows = told(&Browse::default());
        assert_eq!(rows[0], "Kaspersky Free 21.3 | prohibited | 2 | PC-1, PC-2");
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn computers_are_told_with_their_programs() {
        let rows = told(&Browse { by: By::Computer, sort: Sort::Most, ..Browse::default() });
        assert_eq!(rows[0], "PC-2 | prohibited | 2 | Kaspersky Free 21.3, WeChat 3.9");
        assert_eq!(rows.len(), 3, "where nothing was found is no row");
    }

    #[test]
    fn a_search_looks_at_programs_and_at_computers() {
        let search =
            |by, search: &str| told(&Browse { by, search: search.into(), ..Browse::default() });
        assert_eq!(search(By::Program, "WECHAT").len(), 1);
        assert_eq!(search(By::Program, " chat ").len(), 1, "within a word");
        assert_eq!(search(By::Program, "pc-1"), ["Kaspersky Free 21.3 | prohibited | 1 | PC-1"]);
        assert_eq!(search(By::Computer, "pc-2").len(), 1);
        assert_eq!(search(By::Computer, "nothing"), [""; 0]);
    }

    #[test]
    fn a_directive_is_looked_at_alone() {
        let directive = "us-dhs-bod-17-01".to_owned();
        let rows = told(&Browse { directive: directive.clone(), ..Browse::default() });
        assert!(rows.iter().all(|row| row.starts_with("Kaspersky")), "{rows:?}");
        let rows = told(&Browse { by: By::Directive, directive, ..Browse::default() });
        assert_eq!(rows.len(), 1, "{rows:?}");
        let prohibited = Some(OutcomeKind::Exempt);
        assert_eq!(told(&Browse { outcome: prohibited, ..Browse::default() }), [""; 0]);
    }

    #[test]
    fn every_program_that_was_checked_is_told() {
        let all = Browse { by: By::Checked, ..Browse::default() };
        let rows = told(&all);
        assert_eq!(rows[0], "Kaspersky Free | prohibited | 21.3 | ");
        assert_eq!(rows[3], "Firefox |  | 1 | ");
        assert_eq!(rows.len(), 4);
        let by_name = told(&Browse { sort: Sort::Name, ..all.clone() });
        assert!(by_name[0].starts_with("Firefox"), "{by_name:?}");
        let found = told(&Browse { search: "firefox".into(), ..all.clone() });
        assert_eq!(found, ["Firefox |  | 1 | "]);
        let prohibited = Some(OutcomeKind::Prohibited);
        let prohibited = told(&Browse { outcome: prohibited, ..all.clone() });
        assert!(!prohibited.is_empty() && prohibited.iter().all(|row| row.contains("prohibited")));
        let directive = told(&Browse { directive: "us-dhs-bod-17-01".into(), ..all });
        assert!(directive.iter().all(|row| row.starts_with("Kaspersky")), "{directive:?}");
    }

    #[test]
    fn a_program_without_a_name_is_told_as_that() {
        let rules = bundled::rules();
        let settings = Settings { today: "2026-11-30".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        scan.begin_source("list.csv");
        scan.push(b"Name,Version,Publisher\nFirefox,1,Mozilla\n,2,Mozilla\n");
        let (report, titles) = scan.finish_with_titles();
        let asked = Browse { by: By::Checked, sort: Sort::Name, ..Browse::default() };
        let rows = browse(&report, &titles, &asked).rows;
        assert!(rows.iter().all(|[name, ..]| !name.is_empty()), "{rows:?}");
    }

    #[test]
    fn what_is_found_is_told_whatever_stands_in_its_name() {
        let rules = bundled::rules();
        let settings = Settings { today: "2026-11-30".into(), ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        scan.begin_source("list.json");
        scan.push(br#"[{"name": "Kaspersky\u001fFree", "version": "21"}, {"name": "Firefox"}]"#);
        let (report, titles) = scan.finish_with_titles();
        assert_eq!(report.findings.len(), 1, "{report:?}");
        let asked = Browse { by: By::Checked, ..Browse::default() };
        let rows = browse(&report, &titles, &asked).rows;
        assert_eq!(rows[0].join(" | "), "Kaspersky Free | prohibited | 21 | ");
    }

    #[test]
    fn rows_come_a_page_at_a_time() {
        let (report, titles) = read();
        let browsed = browse(&report, &titles, &Browse { from: 2, ..Browse::default() });
        assert_eq!((browsed.rows.len(), browsed.total), (1, 3));
    }

    #[test]
    fn the_address_says_what_is_looked_at_and_nothing_of_the_list() {
        let browse = Browse {
            by: By::Computer,
            outcome: Some(OutcomeKind::Review),
            directive: "us-dhs-bod-17-01".into(),
            search: "secret".into(),
            sort: Sort::Most,
            from: 50,
        };
        let hash = to_hash(&browse);
        assert_eq!(hash, "by=computer&outcome=review&directive=us-dhs-bod-17-01&sort=most");
        let again = Browse { search: String::new(), from: 0, ..browse };
        assert_eq!(from_hash(&format!("#{hash}")), again);
        assert_eq!(to_hash(&Browse::default()), "");
        assert_eq!(from_hash("#main"), Browse::default());
        assert_eq!(from_hash("#by=nothing&x=1&outcome=&sort"), Browse::default());
    }
}
