//! What one scan found in a part of a source, made part of what another knows of all sources.

use serde::{Deserialize, Serialize};

use super::inventory::{Found, FoundPlace, HostLabel, Inventory};
use crate::engine::limits::FIRST_RECORDS;
use crate::engine::record::Platform;
use crate::engine::report::{Problem, SourceReport};
use crate::engine::title::Title;

/// The hosts, titles and findings of a part, each in the order first met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartInventory {
    /// The hosts' names; `None` for the one that is not named.
    hosts: Vec<Option<String>>,
    /// The titles, as interned.
    titles: Vec<Box<str>>,
    found: Vec<PartFound>,
}

/// A title that was identified in a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PartFound {
    /// Its number among the titles.
    number: usize,
    title: Title,
    /// What was found for each product that it is.
    products: Vec<PartProduct>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PartProduct {
    records: u64,
    places: Vec<PartPlace>,
}

/// The first place on a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PartPlace {
    /// Its number among the hosts.
    host: usize,
    line: u64,
    text: String,
}

impl Inventory<'_> {
    /// What is known, to be taken by another scan with [`join`](Self::join).
    pub(super) fn into_part(self) -> PartInventory {
        let hosts = self.host_labels.into_iter().map(|label| match label {
            HostLabel::Named(name) => Some(name),
            HostLabel::Unnamed(_) => None,
        });
        let mut found: Vec<Option<Found<'_>>> = self.found.into_iter().map(Some).collect();
        let mut of_titles = Vec::new();
        for (number, ids) in self.found_by_title.iter().enumerate() {
            let mut title = None;
            let products = ids.iter().filter_map(|id| found.get_mut(*id)?.take()).map(|found| {
                title = Some(found.title);
                PartProduct {
                    records: found.records,
                    places: found
                        .places
                        .into_iter()
                        .map(|(host, FoundPlace { line, text, .. })| PartPlace { host, line, text })
                        .collect(),
                }
            });
            let products: Vec<PartProduct> = products.collect();
            if let Some(title) = title {
                of_titles.push(PartFound { number, title, products });
            }
        }
        PartInventory { hosts: hosts.collect(), titles: self.titles.into_texts(), found: of_titles }
    }

    /// Takes what was found in the part of the current source that comes after `lines_before` lines.
    pub(super) fn join(
        &mut self,
        part: PartInventory,
        report: &SourceReport,
        lines_before: u64,
        platform: Option<Platform>,
    ) {
        let Some(source) = self.sources.len().checked_sub(1) else { return };
        self.records += report.records;
        let own = &mut self.sources[source];
        own.bytes += report.bytes;
        own.lines.records += report.lines.records;
        own.lines.structure += report.lines.structure;
        own.lines.problems += report.lines.problems;
        own.records += report.records;
        own.removed += report.removed;
        own.available += report.available;
        let room = FIRST_RECORDS.saturating_sub(own.first_records.len());
        own.first_records.extend(report.first_records.iter().take(room).cloned().map(
            |mut first| {
                first.line += lines_before;
                first
            },
        ));

        let hosts: Vec<usize> = part
            .hosts
            .iter()
            .map(|name| {
                let host = self.host(name.as_deref().unwrap_or_default(), source);
                self.count_host(host, source);
                host
            })
            .collect();
        let mut found = part.found.into_iter().peekable();
        for (number, key) in part.titles.iter().enumerate() {
            let of_title = found.next_if(|found| found.number == number);
            let (own_number, is_new) = self.titles.intern(key);
            if is_new {
                match &of_title {
                    Some(found) => self.add_title(&found.title, platform),
                    None => self.found_by_title.push(Vec::new()),
                }
            }
            let Some(of_title) = of_title else { continue };
            let ids = self.found_by_title.get(own_number).cloned().unwrap_or_default();
            for (id, product) in ids.into_iter().zip(of_title.products) {
                self.found[id].records += product.records;
                for PartPlace { host, line, text } in product.places {
                    let Some(&host) = hosts.get(host) else { continue };
                    if self.places.insert((id, host)) {
                        let place = FoundPlace { source, line: line + lines_before, text };
                        self.found[id].places.push((host, place));
                    }
                }
            }
        }
    }

    /// Takes the problems of that part: `count` of them, the first ones listed.
    pub(super) fn join_problems(&mut self, listed: Vec<Problem>, count: u64, lines_before: u64) {
        let Some(source) = self.sources.last_mut() else { return };
        let Some(counts) = self.listed.last_mut() else { return };
        let in_all = &mut self.listed_in_all;
        let taken = listed.into_iter().filter(|it| counts.takes(it.may_hide_a_program, in_all));
        self.problems.extend(taken.map(|problem| Problem {
            source: source.name.clone(),
            // Line 0 is the source as a whole.
            line: if problem.line == 0 { 0 } else { problem.line + lines_before },
            ..problem
        }));
        source.problems += count;
    }
}
