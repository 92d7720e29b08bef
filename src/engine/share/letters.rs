//! Outcomes and kinds of directives as a letter each. They stand in links, and so none ever changes.

use crate::engine::directive::{Kind, OutcomeKind};

fn letter_of_outcome(outcome: OutcomeKind) -> char {
    match outcome {
        OutcomeKind::Prohibited => 'p',
        OutcomeKind::Review => 'r',
        OutcomeKind::Indicator => 'i',
        OutcomeKind::Embedded => 'e',
        OutcomeKind::Exempt => 'x',
        OutcomeKind::NotCovered => '-',
    }
}

fn letter_of_kind(kind: Kind) -> char {
    match kind {
        Kind::RemovalOrder => 'r',
        Kind::BanOnUse => 'u',
        Kind::BanOnSupply => 's',
        Kind::BanOnFunding => 'f',
        Kind::Advice => 'a',
    }
}

/// Outcomes, for serde.
pub(super) mod outcomes {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    use super::{OutcomeKind, letter_of_outcome};

    pub(in super::super) fn serialize<S: Serializer>(
        outcomes: &[OutcomeKind],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let letters: String = outcomes.iter().copied().map(letter_of_outcome).collect();
        serializer.serialize_str(&letters)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<OutcomeKind>, D::Error> {
        let letters = String::deserialize(deserializer)?;
        let of = |letter| OutcomeKind::ALL.into_iter().find(|it| letter_of_outcome(*it) == letter);
        let outcomes: Option<Vec<OutcomeKind>> = letters.chars().map(of).collect();
        outcomes.ok_or_else(|| D::Error::custom("a letter that is no outcome"))
    }
}

/// The kind of a directive, for serde.
pub(super) mod kind {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    use super::{Kind, letter_of_kind};

    pub(in super::super) fn serialize<S: Serializer>(
        kind: &Kind,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(letter_of_kind(*kind))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Kind, D::Error> {
        let letter = char::deserialize(deserializer)?;
        let kind = Kind::ALL.into_iter().find(|kind| letter_of_kind(*kind) == letter);
        kind.ok_or_else(|| D::Error::custom("a letter that is no kind"))
    }
}
