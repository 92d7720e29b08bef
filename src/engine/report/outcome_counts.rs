//! How many findings had which outcome.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Finding;
use crate::engine::directive::OutcomeKind;

/// How many findings had which outcome, in the order given.
///
/// It is written as a map is, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts(Vec<(OutcomeKind, u64)>);

impl OutcomeCounts {
    /// How many of the findings had which outcome, by the directive's id. A directive of which no finding says
    /// anything is not there; [`OutcomeCounts::none`] is true of it.
    pub fn of(findings: &[Finding]) -> HashMap<&str, Self> {
        let mut counts: HashMap<&str, Self> = HashMap::new();
        for outcome in findings.iter().flat_map(|finding| &finding.outcomes) {
            let of_it = counts.entry(&outcome.directive).or_insert_with(Self::none);
            let mut known = of_it.0.iter_mut();
            if let Some((_, count)) = known.find(|(kind, _)| *kind == outcome.outcome) {
                *count += 1;
            }
        }
        counts
    }

    /// Every outcome, none of them had.
    pub fn none() -> Self {
        OutcomeKind::ALL.into_iter().map(|kind| (kind, 0)).collect()
    }

    /// True if something is prohibited or has to be decided about: then the directive's deadlines matter.
    pub fn has_to_act(&self) -> bool {
        self.to_act() > 0
    }

    /// How many findings something is to be done about.
    pub fn to_act(&self) -> u64 {
        self.0.iter().filter(|(kind, _)| kind.has_to_act()).map(|(_, count)| count).sum()
    }

    /// How many had that outcome.
    pub fn get(&self, kind: OutcomeKind) -> u64 {
        self.0.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count)
    }
}

impl FromIterator<(OutcomeKind, u64)> for OutcomeCounts {
    fn from_iter<I: IntoIterator<Item = (OutcomeKind, u64)>>(counts: I) -> Self {
        Self(counts.into_iter().collect())
    }
}

impl Serialize for OutcomeCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(kind, count)| (kind, count)))
    }
}

impl<'de> Deserialize<'de> for OutcomeCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Counts)
    }
}

struct Counts;

impl<'de> Visitor<'de> for Counts {
    type Value = OutcomeCounts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("how many findings had which outcome")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OutcomeCounts, A::Error> {
        let mut counts = Vec::new();
        while let Some(count) = map.next_entry()? {
            counts.push(count);
        }
        Ok(OutcomeCounts(counts))
    }
}
