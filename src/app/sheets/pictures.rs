//! What was found in a fleet, as bars.

use jiff::civil::Date;

use crate::app::sheet::{Attribute, Node, Tag};
use crate::app::view::{ProductGroup, name_of};
use crate::app::{text, view};
use crate::engine::clause::Unwritten;
use crate::engine::directive::OutcomeKind;
use crate::engine::language::told;
use crate::engine::report::{ChangeKind, Comparison, Deadline, Report};

/// How many bars a picture has at most.
const BARS: usize = 8;

/// Computers by product, programs by directive, and the progress since an earlier report. Nothing where
/// there is one computer, or nothing was found: words are better then.
///
/// Each MUST be a table of data in which the bars only repeat the numbers, with a caption that says in words
/// what is seen.
pub fn pictures(report: &Report, groups: &[ProductGroup]) -> Node {
    let progress = report.comparison.as_ref().map_or_else(Node::nothing, |it| progress(report, it));
    let is_fleet = report.totals.hosts > 1 && !report.findings.is_empty();
    if !is_fleet && progress.is_nothing() {
        return Node::nothing();
    }
    let fleet = Node::when(is_fleet, || Node::all([products(report, groups), directives(report)]));
    Tag::Div.of("part pictures", [Tag::H3.says("", text::PICTURES), fleet, progress])
}

fn products(report: &Report, groups: &[ProductGroup]) -> Node {
    let all = report.totals.hosts;
    let name = |group: &ProductGroup| name_of(report, group);
    // Of equals, the graver comes first, as in the report.
    let mut groups: Vec<&ProductGroup> = groups.iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.hosts));
    let counted = groups.into_iter().map(|group| (name(group), group.hosts)).collect();
    ranked(counted, all, text::hosts_by_product, text::other_products)
}

fn directives(report: &Report) -> Node {
    let mut counted: Vec<(String, u64)> = report
        .directives
        .iter()
        .map(|directive| (told(&directive.short_title).to_owned(), directive.outcomes.to_act()))
        .filter(|(_, count)| *count > 0)
        .collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let all = report.findings.len() as u64;
    let caption = |most: Option<&str>, on, _| text::findings_by_directive(most, on);
    ranked(counted, all, caption, text::other_directives)
}

/// The first of what is counted, which is sorted, as bars; how many more there are stands below.
fn ranked(
    counted: Vec<(String, u64)>,
    all: u64,
    caption: impl Fn(Option<&str>, u64, u64) -> String,
    others: fn(usize) -> String,
) -> Node {
    let Some((first, most)) = counted.first() else { return Node::nothing() };
    let is_alone = counted.get(1).is_none_or(|(_, next)| next < most);
    let caption = caption(is_alone.then_some(first.as_str()), *most, all);
    let more = counted.len().saturating_sub(BARS);
    let bars = counted.into_iter().take(BARS).map(|(name, count)| Bar {
        name,
        count,
        all,
        words: text::of(count, all),
    });
    let bars = table(caption, bars);
    Node::all([bars, Node::when(more > 0, || Tag::P.says("bars__more", others(more)))])
}

/// What is gone of what had to go, beside the time that is used.
fn progress(report: &Report, comparison: &Comparison) -> Node {
    let count = |is_counted: fn(ChangeKind) -> bool| -> u64 {
        let changes = comparison.changes.iter();
        let to_go = changes.filter(|change| change.outcome == OutcomeKind::Prohibited);
        to_go.filter(|c| is_counted(c.kind)).map(|c| c.hosts.len() as u64).sum()
    };
    let removed = count(|kind| kind == ChangeKind::Removed);
    let all = count(|kind| kind != ChangeKind::New);
    if all == 0 {
        return Node::nothing();
    }
    let gone =
        Bar { name: text::REMOVED.into(), count: removed, all, words: text::of(removed, all) };
    // The next one that is not over, counted from the earlier report.
    let mut to_come = report.deadlines.iter().filter(|deadline| !deadline.is_past);
    let time = to_come.find_map(|deadline| time_used(report, comparison, deadline));
    table(text::progress_since(&comparison.earlier_on), [gone].into_iter().chain(time))
}

/// The time from the earlier report until the deadline, if that is not over. One that is counted from the discovery
/// of what was found runs from the earlier report, not from this one.
fn time_used(report: &Report, comparison: &Comparison, deadline: &Deadline) -> Option<Bar> {
    let day = |text: &str| text.parse::<Date>().ok();
    let (earlier, today) = (day(&comparison.earlier_on)?, day(&report.generated_on)?);
    let (mut due, counted) =
        (day(&deadline.due_on)?, deadline.counted_from.as_deref().and_then(day));
    if counted == Some(today) {
        due = earlier.checked_add(today.until(due).ok()?).ok()?;
    }
    let days = |until: Date| u64::try_from(earlier.until(until).ok()?.get_days()).ok();
    let (used, all) = (days(today)?, days(due)?);
    if used > all {
        return None;
    }
    let directive = view::directive(report, &deadline.directive)?;
    Some(Bar {
        name: text::time_used(told(&directive.short_title), &due.to_string()),
        count: used,
        all,
        words: text::days_of(used, all),
    })
}

struct Bar {
    name: String,
    count: u64,
    all: u64,
    words: String,
}

fn table(caption: String, bars: impl Iterator<Item = Bar>) -> Node {
    let row = |bar: Bar| {
        Tag::Tr.of(
            "",
            [
                Tag::Th.says("bars__name", &bar.name).with(Attribute::Scope, "row"),
                Tag::Td.says("bars__number", &bar.words),
                Tag::Td.of("bars__bar", [drawn(&bar)]).with(Attribute::AriaHidden, "true"),
            ],
        )
    };
    let body = Tag::Tbody.of("", bars.map(row));
    Tag::Table.of("bars", [Tag::Caption.says("bars__caption", caption), body])
}

/// The bar, of a hundred parts of the width that it has.
fn drawn(bar: &Bar) -> Node {
    let rect = |class: &str, width: u64| {
        Tag::Rect
            .of(class, [])
            .with(Attribute::Width, width.to_string())
            .with(Attribute::Height, "10")
    };
    // What is there is seen, however little it is.
    let least = u64::from(bar.count > 0);
    let width = (bar.count.min(bar.all) * 100).checked_div(bar.all).unwrap_or(0).max(least);
    Tag::Svg
        .of("bars__svg", [rect("bars__all", 100), rect("bars__part", width)])
        .with(Attribute::ViewBox, "0 0 100 10")
        .with(Attribute::PreserveAspectRatio, "none")
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    use crate::app::view::groups_and_removals;
    use crate::engine::report::Change;

    let mut report = crate::app::example::report();
    if let Some(first) = report.findings.first_mut() {
        first.product.name = crate::app::example::HOSTILE.into();
    }
    let groups = groups_and_removals(&report).0;
    let fleet = pictures(&report, &groups);
    let change = |kind, hosts: &[&str]| Change {
        kind,
        product: "kaspersky.free".into(),
        product_name: "Kaspersky Free".into(),
        earlier: "Kaspersky Free 21".into(),
        now: String::new(),
        outcome: OutcomeKind::Prohibited,
        is_set_aside: false,
        hosts: hosts.iter().map(|&host| host.to_owned()).collect(),
    };
    let deadline = |due_on: &str, in_days| Deadline {
        directive: "us-dhs-bod-17-01".into(),
        text: "Begin to remove it.".into(),
        due_on: due_on.into(),
        counted_from: Some("2026-11-24".into()),
        clock: None,
        is_past: false,
        in_days,
        repeats_every: None,
        unconfirmed: false,
        sources: Vec::new(),
    };
    // Counted from the earlier report, the first is over.
    report.deadlines = vec![deadline("2026-11-30", 6), deadline("2027-02-22", 90)];
    report.findings.clear();
    report.comparison = Some(Comparison {
        earlier_on: "2026-11-01".into(),
        is_complete: false,
        open: Vec::new(),
        changes: vec![
            change(ChangeKind::Removed, &["PC-1"]),
            change(ChangeKind::Remaining, &["PC-2", "PC-3"]),
            change(ChangeKind::New, &["PC-4"]),
        ],
        hosts_not_read: Vec::new(),
        hosts_new: Vec::new(),
        wording: Unwritten::default(),
    });
    vec![("a fleet", fleet), ("progress", pictures(&report, &[]))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(counts: &[u64]) -> String {
        let counted = counts.iter().zip(1..).map(|(count, n)| (format!("Product {n}"), *count));
        let node = ranked(counted.collect(), 9, text::hosts_by_product, text::other_products);
        format!("{node:?}")
    }

    #[test]
    fn only_what_is_alone_on_most_is_called_so() {
        assert!(drawn(&[3, 2]).contains("Product 1 is on most: 3 of 9 computers."));
        assert!(drawn(&[3]).contains("Product 1 is on most: 3 of 9 computers."));
        assert!(drawn(&[3, 3]).contains("No product is on more than 3 of 9 computers."));
        assert_eq!(
            ranked(Vec::new(), 9, text::hosts_by_product, text::other_products),
            Node::nothing()
        );
    }

    #[test]
    fn what_has_no_bar_is_counted() {
        let all = drawn(&[1; BARS]);
        assert!(!all.contains("bars__more"), "{all}");
        let more = drawn(&[1; BARS + 2]);
        assert!(more.contains("and 2 products more, below"), "{more}");
        assert!(!more.contains("Product 9"), "{more}");
    }
}
