//! Outcomes as a letter each. They stand in links, and so none ever changes.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

use crate::engine::directive::OutcomeKind;

fn letter(kind: OutcomeKind) -> char {
    match kind {
        OutcomeKind::Prohibited => 'p',
        OutcomeKind::Review => 'r',
        OutcomeKind::Indicator => 'i',
        OutcomeKind::Embedded => 'e',
        OutcomeKind::Exempt => 'x',
        OutcomeKind::NotCovered => '-',
    }
}

pub(super) fn serialize<S: Serializer>(
    kinds: &[OutcomeKind],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&kinds.iter().copied().map(letter).collect::<String>())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<OutcomeKind>, D::Error> {
    let letters = String::deserialize(deserializer)?;
    let kind = |wanted| OutcomeKind::ALL.into_iter().find(|kind| letter(*kind) == wanted);
    let kinds: Option<Vec<OutcomeKind>> = letters.chars().map(kind).collect();
    kinds.ok_or_else(|| D::Error::custom("a letter that is no outcome"))
}
