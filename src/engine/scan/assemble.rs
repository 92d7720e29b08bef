//! From an inventory to a report.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::inventory::{Found, Inventory, Told};
use crate::engine::catalog::{Source, Step};
use crate::engine::clause::Unwritten;
use crate::engine::deadlines::deadlines;
use crate::engine::directive::Directive;
use crate::engine::identify::Identification;
use crate::engine::judge::{judge, platforms_of};
use crate::engine::limits::{NEAR_MISS_PLACES, NEAR_MISSES, QUOTE_CHARS};
use crate::engine::problem::shortened;
use crate::engine::report::{
    Deadline, DirectiveReport, Evidence, Finding, NearMiss, OutcomeCounts, Place, ProductReport,
    Report, SCHEMA, SourceReport, Tool, Totals,
};
use crate::engine::rules::{Rules, in_order};
use crate::engine::title::Title;
use crate::engine::words::hex;

/// Puts the report together; `titles` is how many there were.
pub(super) fn report(
    rules: &Rules,
    directives: &[&Directive],
    today: String,
    inventory: Inventory<'_>,
    titles: u64,
) -> Report {
    let host_names = inventory.host_names();
    let mut findings: Vec<Finding> = inventory
        .found
        .iter()
        .filter_map(|found| match &found.told {
            Told::Product(product) => Some((found, product)),
            Told::Near(_) => None,
        })
        .map(|(found, product)| {
            finding(rules, found, product, directives, &host_names, &inventory.sources)
        })
        .collect();
    findings.sort_by(|a, b| {
        (a.gravest(), &a.product.name, &a.name, &a.version, &a.id).cmp(&(
            b.gravest(),
            &b.product.name,
            &b.name,
            &b.version,
            &b.id,
        ))
    });
    let counts = OutcomeCounts::of(&findings);
    let (near_misses, near_miss_count) = near_misses(&inventory, &host_names);
    let (remediation_steps, remediation_sources) = steps_and_sources(rules, &findings);
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool {
            name: "clearlist".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_checked_on: rules.checked_on().to_owned(),
        },
        totals: Totals {
            records: inventory.records,
            titles,
            hosts: host_names.len() as u64,
            findings: findings.len() as u64,
            waived: 0,
            problems: inventory.sources.iter().map(|source| source.problems).sum(),
            near_misses: near_miss_count,
        },
        packs: rules.packs.clone(),
        deadlines: deadlines_of(directives, &counts, &today),
        directives: directives.iter().map(|d| directive_report(d, &counts)).collect(),
        generated_on: today,
        marking: String::new(),
        hosts: host_names,
        sources: inventory.sources,
        findings,
        waived: Vec::new(),
        waivers: Vec::new(),
        comparison: None,
        near_misses,
        remediation_steps,
        remediation_sources,
        problems: inventory.problems,
    }
}

fn finding(
    rules: &Rules,
    found: &Found<'_>,
    identification: &Identification<'_>,
    directives: &[&Directive],
    host_names: &[String],
    sources: &[SourceReport],
) -> Finding {
    let Identification { file, product, strength, evidence } = identification;
    let identifiers = found.title.identifiers.iter().map(|i| (i.kind, i.value.as_str()));
    let platforms = platforms_of(product, found.platform, identifiers);
    let steps = rules.steps_for(file, product, &platforms);
    let host_name = |host: usize| host_names.get(host).cloned().unwrap_or_default();
    Finding {
        id: finding_id(product.first_id(), &found.title),
        product: ProductReport {
            id: product.id.get_ref().clone(),
            name: product.name.clone(),
            vendor: file.vendor.name.clone(),
            checked_on: file.vendor.checked_on.get_ref().clone(),
            relation: product.relation,
            note: product.note.clone().unwrap_or_default(),
            platforms: platforms.clone(),
        },
        name: found.title.name.clone(),
        publisher: found.title.publisher.clone(),
        repaired_name: found.repaired.name.clone(),
        repaired_publisher: found.repaired.publisher.clone(),
        is_name_cut: found.title.is_name_cut,
        version: found.title.version.clone(),
        identifiers: found.title.identifiers.clone(),
        hosts: found.places.iter().map(|(host, _)| host_name(*host)).collect(),
        host_count: found.places.len() as u64,
        record_count: found.records,
        places: places(found, host_names, sources).collect(),
        strength: *strength,
        evidence: evidence.iter().map(shortened_evidence).collect(),
        outcomes: directives
            .iter()
            .map(|directive| judge(directive, file, product, *strength, &platforms))
            .collect(),
        remediation: steps.iter().map(|step| step.id.clone()).collect(),
    }
}

/// The places of what was found, in the order they were met.
fn places<'f>(
    found: &'f Found<'_>,
    host_names: &'f [String],
    sources: &'f [SourceReport],
) -> impl Iterator<Item = Place> + 'f {
    found.places.iter().map(|(host, place)| Place {
        source: sources.get(place.source).map(|s| s.name.clone()).unwrap_or_default(),
        line: place.line,
        host: host_names.get(*host).cloned().unwrap_or_default(),
        text: place.text.clone(),
    })
}

/// The first near misses, by vendor and name, and how many there are.
fn near_misses(inventory: &Inventory<'_>, host_names: &[String]) -> (Vec<NearMiss>, u64) {
    let near = inventory.found.iter().filter_map(|found| match &found.told {
        Told::Near(near) => Some((found, near)),
        Told::Product(_) => None,
    });
    let mut misses: Vec<NearMiss> = near
        .map(|(found, near)| (found, near, near.reason.clause()))
        .map(|(found, near, why)| NearMiss {
            name: found.title.name.clone(),
            publisher: found.title.publisher.clone(),
            version: found.title.version.clone(),
            vendor: near.file.vendor.name.clone(),
            why: why.english(),
            wording: Unwritten(Some(why)),
            host_count: found.places.len() as u64,
            places: places(found, host_names, &inventory.sources).take(NEAR_MISS_PLACES).collect(),
        })
        .collect();
    misses.sort_by(|a, b| {
        (&a.vendor, &a.name, &a.version, &a.publisher).cmp(&(
            &b.vendor,
            &b.name,
            &b.version,
            &b.publisher,
        ))
    });
    let count = misses.len() as u64;
    misses.truncate(NEAR_MISSES);
    (misses, count)
}

/// The steps the findings refer to, in the order to do them, and what their facts were read in.
/// Sources have ids within a vendor's file, so here the vendor's id goes before them.
fn steps_and_sources(rules: &Rules, findings: &[Finding]) -> (Vec<Step>, Vec<Source>) {
    let wanted: HashSet<&str> =
        findings.iter().flat_map(|f| f.remediation.iter().map(String::as_str)).collect();
    let (mut steps, mut sources) = (Vec::new(), Vec::new());
    for file in &rules.catalog {
        let qualified = |id: &str| format!("{}/{id}", file.vendor.id.get_ref());
        let own: Vec<&Step> = file.steps.iter().filter(|s| wanted.contains(&*s.id)).collect();
        let cited = file.sources.iter().filter(|s| own.iter().any(|o| o.sources.contains(&s.id)));
        sources.extend(cited.map(|s| Source { id: qualified(&s.id), ..s.clone() }));
        steps.extend(own.into_iter().map(|step| Step {
            sources: step.sources.iter().map(|id| qualified(id)).collect(),
            ..step.clone()
        }));
    }
    let common = rules.common_steps.iter().filter(|step| wanted.contains(&*step.id)).collect();
    let steps = in_order(common, steps.iter()).into_iter().cloned().collect();
    (steps, sources)
}

fn shortened_evidence(evidence: &Evidence) -> Evidence {
    Evidence {
        text: shortened(&evidence.text, QUOTE_CHARS),
        repaired_from: shortened(&evidence.repaired_from, QUOTE_CHARS),
        ..evidence.clone()
    }
}

/// The same for the same product and title in every scan.
fn finding_id(product: &str, title: &Title) -> String {
    let mut hasher = Sha256::new();
    for text in [product, &title.name, &title.publisher, &title.version] {
        hasher.update(text);
        hasher.update([0]);
    }
    for identifier in &title.identifiers {
        hasher.update(identifier.kind.id());
        hasher.update([0]);
        hasher.update(&identifier.value);
        hasher.update([0]);
    }
    if title.is_name_cut {
        hasher.update("cut");
    }
    format!("f-{}", &hex(&hasher.finalize())[..12])
}

/// The deadlines of the directives under which something is prohibited or to be reviewed, earliest
/// first, what is over last.
fn deadlines_of(
    directives: &[&Directive],
    counts: &HashMap<&str, OutcomeCounts>,
    today: &str,
) -> Vec<Deadline> {
    let is_concerned = |directive: &&&Directive| {
        counts.get(directive.id.get_ref().as_str()).is_some_and(OutcomeCounts::has_to_act)
    };
    let concerned = directives.iter().filter(is_concerned);
    let mut found: Vec<Deadline> = concerned.flat_map(|d| deadlines(d, today)).collect();
    // Stable: on the same day the directives' order stays.
    found.sort_by(|a, b| (a.is_past, &a.due_on).cmp(&(b.is_past, &b.due_on)));
    found
}

fn directive_report(
    directive: &Directive,
    counts: &HashMap<&str, OutcomeCounts>,
) -> DirectiveReport {
    let outcomes = counts.get(directive.id.get_ref().as_str());
    DirectiveReport {
        id: directive.id.get_ref().clone(),
        title: directive.title.clone(),
        short_title: directive.short_title.clone(),
        issuer: directive.issuer.clone(),
        issued_on: directive.issued_on.get_ref().clone(),
        checked_on: directive.checked_on.get_ref().clone(),
        kind: directive.kind,
        status: directive.status,
        status_note: directive.status_note.clone(),
        summary: directive.summary.clone(),
        outcomes: outcomes.cloned().unwrap_or_else(OutcomeCounts::none),
        bound: directive.bound.clone(),
        not_bound: directive.not_bound.clone(),
        duties: directive.duties.clone(),
        facts: directive.facts.clone(),
        sources: directive.sources.clone(),
    }
}
