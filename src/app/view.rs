//! What the screen needs, computed from a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::decisions::{self, ComparisonView};
use super::protocol::{Headline, HeadlineKind, Results};
use super::sheet::Node;
use super::{sheets, text};
use crate::engine::catalog::{Command, Phase, Source};
use crate::engine::directive::{Kind, OutcomeKind};
use crate::engine::language::told;
use crate::engine::record::Platform;
use crate::engine::remediation;
use crate::engine::report::{
    Answer, DirectiveReport, Finding, Outcome, Place, Problem, RemediationStep, Report,
    SourceReport, answer,
};

/// How many findings go to the page at once: what is drawn of one is some kilobytes.
pub const FINDINGS_SENT: usize = 200;

/// How many commands of one step are told. A fleet may have a program in a hundred thousand versions; the scripts of
/// removal have them all.
const COMMANDS_TOLD: usize = 25;

/// How many places of all findings together go to the page at first. Each takes well under a
/// kilobyte and some microseconds, so that a report of any size arrives in a blink.
const PLACES_AT_FIRST: usize = 4_000;

/// How many more places of one finding go to the page when it asks.
pub const PLACES_MORE: usize = 500;

/// A product that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductView {
    /// What it is, and what the directives say of it.
    pub sheet: Node,
    /// Its findings, by their place among those of the results.
    pub findings: Vec<usize>,
    /// How to remove it; nothing if nothing has to go.
    pub removal: Node,
}

/// A program that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingView {
    /// The finding's id.
    pub id: String,
    /// The product's id.
    pub product: String,
    /// Its name and version as the list writes them.
    pub title: String,
    /// What it is, and how it was recognised.
    pub sheet: Node,
    /// True if it is to be removed, or somebody has to decide whether.
    pub has_to_act: bool,
    /// On how many computers it is.
    pub hosts: u64,
    /// The same in words.
    pub where_found: String,
    /// The first of its places.
    pub places: Vec<Place>,
}

/// A list that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub sheet: Node,
}

/// The report as the page gets it: what it says as sheets, and of each finding only the first places.
pub fn results(report: &Report) -> Results {
    let (groups, removals) = groups_and_removals(report);
    let answer = answer(report);
    let kind = headline_kind(&answer);
    let sentence = answer.to_string();
    let directives = report.directives.iter();
    Results {
        generated_on: report.generated_on.clone(),
        head: sheets::report_head::report_head(report),
        answer: sheets::answer::answer(report, kind, &sentence),
        headline: Headline { kind, sentence },
        pictures: sheets::pictures::pictures(report, &groups),
        directives_named: directives
            .clone()
            .map(|directive| (directive.id.clone(), told(&directive.short_title).to_owned()))
            .collect(),
        directives: Node::all(
            directives
                .enumerate()
                .map(|(at, directive)| sheets::directive::directive(at, directive)),
        ),
        packs: sheets::report_head::packs(&report.packs),
        products: products(report, &groups, &removals),
        findings: findings(report, &groups, 0),
        finding_count: report.findings.len(),
        near_misses: sheets::near_misses::near_misses(
            &report.near_misses,
            report.unlisted_near_misses(),
        ),
        deadlines: sheets::deadlines::deadlines(report),
        decisions: decisions::decisions(report),
        waivers: report.waivers.iter().map(|told| told.waiver.clone()).collect(),
        comparison: report.comparison.as_ref().map(|comparison| ComparisonView {
            sentence: comparison.to_string(),
            sheet: sheets::comparison::comparison(comparison),
        }),
        sources: report.sources.iter().map(source).collect(),
        problems: report.problems.iter().map(sheets::problem::problem).collect(),
        problem_count: report.totals.problems,
    }
}

fn source(source: &SourceReport) -> SourceView {
    SourceView { name: source.name.clone(), sheet: sheets::source::source(source) }
}

/// The findings of a product.
pub fn of_group<'r>(
    report: &'r Report,
    group: &'r ProductGroup,
) -> impl Iterator<Item = &'r Finding> {
    group.findings.iter().filter_map(|&index| report.findings.get(index))
}

/// What a product is called.
pub fn name_of(report: &Report, group: &ProductGroup) -> String {
    of_group(report, group).next().map(|first| first.product.name.clone()).unwrap_or_default()
}

fn products(report: &Report, groups: &[ProductGroup], removals: &[Removal]) -> Vec<ProductView> {
    let name_of =
        |group: usize| groups.get(group).map(|it| name_of(report, it)).unwrap_or_default();
    let is_one = groups.len() == 1;
    let view = |(index, (group, removal)): (usize, (&ProductGroup, &Removal))| ProductView {
        sheet: sheets::product::product(report, index, group),
        findings: group.findings.clone(),
        removal: sheets::removal::removal(report, index, group, removal, is_one, name_of),
    };
    groups.iter().zip(removals).enumerate().map(view).collect()
}

/// More findings, from that one on.
pub fn more_findings(report: &Report, from: usize) -> Vec<FindingView> {
    findings(report, &groups(report), from)
}

fn findings(report: &Report, groups: &[ProductGroup], from: usize) -> Vec<FindingView> {
    let mut shows_outcomes = vec![false; report.findings.len()];
    for group in groups {
        if shared_outcomes(of_group(report, group)).is_none() {
            for &index in &group.findings {
                if let Some(shows) = shows_outcomes.get_mut(index) {
                    *shows = true;
                }
            }
        }
    }
    let places = (PLACES_AT_FIRST / report.findings.len().max(1)).clamp(5, 200);
    let view = |(index, (finding, shows_outcomes)): (usize, (&Finding, bool))| FindingView {
        id: finding.id.clone(),
        product: finding.product.id.clone(),
        title: text::title_as_written(finding),
        sheet: sheets::evidence::finding(report, index, finding, shows_outcomes),
        has_to_act: finding.gravest().has_to_act(),
        hosts: finding.host_count,
        where_found: text::where_found(finding),
        places: finding.places.iter().take(places).cloned().collect(),
    };
    let all = report.findings.iter().zip(shows_outcomes).enumerate();
    all.skip(from).take(FINDINGS_SENT).map(view).collect()
}

fn headline_kind(answer: &Answer) -> HeadlineKind {
    match answer {
        Answer::Prohibited { .. } => HeadlineKind::Found,
        Answer::Review { .. } => HeadlineKind::Review,
        Answer::Clear { .. } => HeadlineKind::Clear,
        Answer::ClearInPart { .. } => HeadlineKind::ClearInPart,
        Answer::NothingRead { .. } => HeadlineKind::NothingRead,
    }
}

/// The findings that are one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductGroup {
    /// The product's id.
    pub product: String,
    /// The findings, by their index in the report.
    pub findings: Vec<usize>,
    /// Distinct computers over all of them.
    pub hosts: u64,
}

/// The findings by product, and how to remove each.
pub fn groups_and_removals(report: &Report) -> (Vec<ProductGroup>, Vec<Removal>) {
    let groups = groups(report);
    let removals = removals(report, &groups);
    (groups, removals)
}

/// The findings by product, in the order of the report, so that the gravest come first.
fn groups(report: &Report) -> Vec<ProductGroup> {
    let mut groups: Vec<(ProductGroup, BTreeSet<&str>)> = Vec::new();
    let mut by_product: BTreeMap<(&str, OutcomeKind), usize> = BTreeMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        let key = (finding.product.id.as_str(), finding.gravest());
        let at = *by_product.entry(key).or_insert_with(|| {
            let product = finding.product.id.clone();
            groups
                .push((ProductGroup { product, findings: Vec::new(), hosts: 0 }, BTreeSet::new()));
            groups.len() - 1
        });
        if let Some((group, hosts)) = groups.get_mut(at) {
            group.findings.push(index);
            hosts.extend(finding.hosts.iter().map(String::as_str));
        }
    }
    groups
        .into_iter()
        .map(|(group, hosts)| ProductGroup { hosts: hosts.len() as u64, ..group })
        .collect()
}

/// How to remove a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// Nothing has to go, or nothing is known.
    None,
    /// One list of steps for each platform.
    Steps(Vec<PlatformSteps>),
    /// The very steps of the product group at that place of the results.
    SameAs(usize),
}

/// The steps of a removal on one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformSteps {
    /// The platform.
    pub platform: Platform,
    /// The phases that have steps, in the order to do them.
    pub phases: Vec<PhaseSteps>,
    /// How many steps in all.
    pub count: usize,
}

/// The steps of one phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseSteps {
    /// The phase.
    pub phase: Phase,
    /// The number of the first step, counted from 1 over all phases.
    pub first: usize,
    /// The steps, in the order to do them.
    pub steps: Vec<StepView>,
}

/// A step for all the findings it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// The step.
    pub step: RemediationStep,
    /// The commands, filled in.
    pub commands: Vec<CommandView>,
}

/// A command of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandView {
    /// The command.
    pub command: Command,
    /// The one program it is for, where it is for one: name and version as written.
    pub only_for: Option<String>,
}

/// The steps of a removal, over all platforms.
pub fn steps(removal: &Removal) -> impl Iterator<Item = &StepView> {
    let platforms = match removal {
        Removal::Steps(platforms) => platforms.as_slice(),
        Removal::SameAs(_) | Removal::None => &[],
    };
    platforms.iter().flat_map(|it| &it.phases).flat_map(|phase| &phase.steps)
}

/// How to remove each product that has to go or may have to, in the order of the groups.
fn removals(report: &Report, groups: &[ProductGroup]) -> Vec<Removal> {
    let mut removals: Vec<Removal> = Vec::new();
    for group in groups {
        let steps = steps_of(report, group);
        let removal = if steps.is_empty() {
            Removal::None
        } else {
            let same = removals.iter().position(|r| matches!(r, Removal::Steps(s) if *s == steps));
            same.map_or(Removal::Steps(steps), Removal::SameAs)
        };
        removals.push(removal);
    }
    removals
}

fn steps_of(report: &Report, group: &ProductGroup) -> Vec<PlatformSteps> {
    let to_remove: Vec<&Finding> =
        of_group(report, group).filter(|finding| finding.gravest().has_to_act()).collect();
    let platforms: BTreeSet<Platform> =
        to_remove.iter().flat_map(|f| f.product.platforms.iter().copied()).collect();
    platforms
        .into_iter()
        .map(|platform| platform_steps(report, &to_remove, platform))
        .filter(|steps| steps.count > 0)
        .collect()
}

fn platform_steps(report: &Report, to_remove: &[&Finding], platform: Platform) -> PlatformSteps {
    let mut phases: Vec<PhaseSteps> = Vec::new();
    let mut count = 0;
    for step in report.remediation_steps.iter().filter(|s| s.platforms.contains(&platform)) {
        let fors: Vec<&Finding> = to_remove
            .iter()
            .copied()
            .filter(|f| f.product.platforms.contains(&platform) && f.remediation.contains(&step.id))
            .collect();
        if fors.is_empty() {
            continue;
        }
        count += 1;
        let view = StepView { step: step.clone(), commands: step_commands(step, &fors) };
        match phases.last_mut() {
            Some(last) if last.phase == step.phase => last.steps.push(view),
            _ => phases.push(PhaseSteps { phase: step.phase, first: count, steps: vec![view] }),
        }
    }
    PlatformSteps { platform, phases, count }
}

/// The commands of a step for these findings, each once.
fn step_commands(step: &RemediationStep, findings: &[&Finding]) -> Vec<CommandView> {
    let mut views: Vec<CommandView> = Vec::new();
    for finding in findings {
        for command in remediation::commands(step, finding) {
            if views.len() == COMMANDS_TOLD {
                return views;
            }
            if views.iter().any(|view| view.command == command) {
                continue;
            }
            let is_general = step.commands.contains(&command);
            let only_for = (!is_general).then(|| as_written(&finding.name, &finding.version));
            views.push(CommandView { command, only_for });
        }
    }
    views
}

/// The names of the computers of a finding, if they are few and all known here.
pub fn few_hosts(finding: &Finding) -> Option<Vec<&str>> {
    const FEW: u64 = 4;
    let all_known = finding.places.len() as u64 == finding.host_count;
    (finding.host_count <= FEW && all_known)
        .then(|| finding.places.iter().map(|place| place.host.as_str()).collect())
}

/// A title's name and version as one text.
pub fn as_written(name: &str, version: &str) -> String {
    match (name, version) {
        (name, "") => name.to_owned(),
        ("", version) => version.to_owned(),
        (name, version) => format!("{name} {version}"),
    }
}

/// The outcomes that all these findings have in common, if they have all in common.
pub fn shared_outcomes<'r>(
    mut findings: impl Iterator<Item = &'r Finding>,
) -> Option<&'r [Outcome]> {
    let first = findings.next()?;
    findings.all(|f| f.outcomes == first.outcomes).then_some(first.outcomes.as_slice())
}

/// True if every directive that is against the finding only gives advice.
pub fn is_only_advice(report: &Report, finding: &Finding) -> bool {
    let mut against = finding.outcomes.iter().filter(|o| o.outcome == OutcomeKind::Prohibited);
    against.all(|o| directive(report, &o.directive).is_some_and(|d| d.kind == Kind::Advice))
}

/// The directive with that id.
pub fn directive<'a>(report: &'a Report, id: &str) -> Option<&'a DirectiveReport> {
    report.directives.iter().find(|directive| directive.id == id)
}

/// The sources with these ids, in their order.
pub fn sources<'a>(all: &'a [Source], ids: &[String]) -> Vec<&'a Source> {
    ids.iter().filter_map(|id| all.iter().find(|source| source.id == *id)).collect()
}

/// The address of a source, if it is one to make a link of.
pub fn link(source: &Source) -> Option<&str> {
    source.url.as_deref().filter(|url| url.starts_with("https://"))
}

/// Why nothing could be read of each source of which nothing could be read.
pub fn unread(report: &Report) -> Vec<&Problem> {
    report.problems.iter().filter(|problem| problem.stops_the_source).collect()
}

/// What the formats read cannot show, each once, with the names of the sources it is true of.
pub fn blind_spots(report: &Report) -> Vec<(&str, Vec<&str>)> {
    let mut spots: Vec<(&str, Vec<&str>)> = Vec::new();
    for source in report.sources.iter().filter(|s| !s.cannot_show.is_empty()) {
        match spots.iter_mut().find(|(text, _)| *text == source.cannot_show) {
            Some((_, names)) => names.push(&source.name),
            None => spots.push((&source.cannot_show, vec![&source.name])),
        }
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::engine::scan::{Scan, Settings};

    fn report(csv: &str) -> Report {
        report_under(&[], csv)
    }

    /// The report under those directives, or under all if there are none.
    fn report_under(directives: &[&str], csv: &str) -> Report {
        let rules = bundled::rules();
        let directives = directives.iter().map(|&id| id.to_owned()).collect();
        let today = "2026-11-24".into();
        let settings = Settings { directives, today, ..Settings::default() };
        let mut scan = Scan::new(&rules, settings).unwrap_or_else(|error| panic!("{error}"));
        scan.begin_source("list.csv");
        scan.push(csv.as_bytes());
        scan.finish()
    }

    const TWO_PRODUCTS: &str = "\
Computer,Name,Version,Publisher
A,Kaspersky Endpoint Security for Windows,12.6,AO Kaspersky Lab
B,Kaspersky Endpoint Security for Windows,12.6,AO Kaspersky Lab
B,Kaspersky Endpoint Security for Windows,12.7,AO Kaspersky Lab
B,Kaspersky Security Center Network Agent,15.1,AO Kaspersky Lab
";

    #[test]
    fn a_computer_with_two_versions_of_a_product_counts_once() {
        let groups = groups(&report(TWO_PRODUCTS));
        let groups: Vec<_> = groups.iter().map(|g| (g.findings.len(), g.hosts)).collect();
        assert_eq!(groups, [(2, 2), (1, 1)]);
    }

    #[test]
    fn of_what_may_stay_nothing_is_to_be_ticked_off() {
        let has_to_act = |directive: &str| {
            let report = report_under(&[directive], "Name\nKaspersky Free\nTikTok\n");
            let findings = results(&report).findings.into_iter();
            let mut told: Vec<_> = findings.map(|it| (it.title, it.has_to_act)).collect();
            told.sort();
            told
        };
        let expected =
            |free, tiktok| [("Kaspersky Free".to_owned(), free), ("TikTok".to_owned(), tiktok)];
        assert_eq!(has_to_act("us-dhs-bod-17-01"), expected(true, false));
        assert_eq!(has_to_act("us-tiktok-gov-devices"), expected(false, true));
    }

    #[test]
    fn advice_is_told_from_orders() {
        let is_only_advice = |directives: &[&str]| {
            let report = report_under(directives, "Name\nKaspersky Free\n");
            let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
            assert_eq!(finding.gravest(), OutcomeKind::Prohibited, "{directives:?}");
            super::is_only_advice(&report, finding)
        };
        assert!(is_only_advice(&["de-bsi-2022"]));
        assert!(!is_only_advice(&["de-bsi-2022", "us-dhs-bod-17-01"]));
        assert!(!is_only_advice(&[]));
    }

    #[test]
    fn a_long_list_of_computers_does_not_go_to_the_page_at_once() {
        let mut csv = "Computer,Name\n".to_owned();
        for number in 0..1000 {
            csv.push_str(&format!("PC-{number},Kaspersky Anti-Virus\n"));
        }
        let report = report(&csv);
        let results = results(&report);
        let [whole] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
        let [finding] = results.findings.as_slice() else { panic!("one finding") };
        assert_eq!((whole.places.len(), finding.places.len()), (1000, 200));
        assert_eq!(finding.hosts, 1000);
        assert_eq!(few_hosts(whole), None);
        assert_eq!(groups(&report)[0].hosts, 1000);
    }

    #[test]
    fn few_computers_are_named() {
        let report = report(TWO_PRODUCTS);
        let named: Vec<_> = report.findings.iter().filter_map(few_hosts).collect();
        assert_eq!(named, [vec!["A", "B"], vec!["B"], vec!["B"]]);
    }

    #[test]
    fn steps_are_numbered_through_the_phases() {
        for removal in groups_and_removals(&report(TWO_PRODUCTS)).1 {
            let Removal::Steps(platforms) = removal else { panic!("{removal:?}") };
            for steps in platforms {
                let mut next = 1;
                for phase in &steps.phases {
                    assert_eq!(phase.first, next);
                    next += phase.steps.len();
                }
                assert_eq!(steps.count, next - 1);
                assert!(steps.phases.is_sorted_by_key(|phase| phase.phase));
            }
        }
    }

    #[test]
    fn a_product_removed_like_another_refers_to_it() {
        let mut report = report(TWO_PRODUCTS);
        let steps = report.findings[0].remediation.clone();
        for finding in &mut report.findings {
            finding.remediation.clone_from(&steps);
        }
        assert_eq!(groups_and_removals(&report).1[1], Removal::SameAs(0));
    }

    #[test]
    fn a_clean_list_has_nothing_to_remove() {
        assert_eq!(groups_and_removals(&report("Name\n7-Zip\n")).1, []);
    }

    #[test]
    fn only_https_addresses_are_links() {
        let source = |url: &str| Source {
            id: String::new(),
            title: String::new(),
            url: Some(url.into()),
            read: crate::engine::catalog::SourceKind::Issuer,
        };
        assert_eq!(link(&source("https://example.org/")), Some("https://example.org/"));
        for url in ["http://example.org/", "javascript:alert(1)", "HTTPS:x", ""] {
            assert_eq!(link(&source(url)), None, "{url}");
        }
    }

    #[test]
    fn a_file_that_could_not_be_read_makes_a_clear_answer_partial() {
        let mut report = report("Name\n7-Zip\n");
        let unread = super::super::unread::Unread { name: "gone.csv".into(), bytes_read: 0 };
        unread.note_in(&mut report);
        assert_eq!(results(&report).headline.kind, HeadlineKind::ClearInPart);
        assert_eq!(unread_names(&report), ["gone.csv"]);
        assert_eq!(report.totals.problems, 1);
    }

    fn unread_names(report: &Report) -> Vec<&str> {
        unread(report).into_iter().map(|problem| problem.source.as_str()).collect()
    }
}
