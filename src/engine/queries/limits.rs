//! What an engine cannot find that Clearlist would, said alike for all of them.

use super::Limit;
use super::conditions::{Conditions, Looks, Pattern};
use crate::engine::catalog::Field;
use crate::engine::language::{key, say, told};

/// How much an engine can do with texts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// It has LIKE, and replaces one text by another.
    Like,
    /// It folds texts as Clearlist does.
    Folding,
    /// It compares nothing: Clearlist does, when it has the answer.
    Whole,
}

/// What cannot be found, as it is put together.
pub(super) struct Limits {
    pub(super) all: Vec<Limit>,
}

impl Limits {
    /// What cannot be found by an engine whose data have these fields.
    pub(super) fn new(conditions: &Conditions<'_>, fields: &[Field], wording: Wording) -> Self {
        let mut limits = Self { all: Vec::new() };
        if wording != Wording::Whole {
            limits.of_texts(conditions, fields, wording);
        }
        for (field, is_missing) in FIELDS {
            if fields.contains(&field) {
                continue;
            }
            let missing = conditions.of_fields(&[field]).map(|p| p.rule.clone()).collect();
            limits.of_rules(told(is_missing), missing);
        }
        limits
    }

    /// Adds what comes of comparing texts with less than Clearlist has.
    fn of_texts(&mut self, conditions: &Conditions<'_>, fields: &[Field], wording: Wording) {
        self.of_data(
            say!("Letters of other scripts in the place of those they look like, and names that were read \
             in a wrong encoding, are not seen through."),
        );
        self.of_data(say!("Names of which a tool left only the beginning are not completed."));
        let looked_at = || conditions.patterns.iter().filter(|p| fields.contains(&p.field));
        if wording == Wording::Like {
            self.of_data(
                say!("Letters of another width, and letters with their marks apart, are other letters to \
                 it."),
            );
            let is_gapped =
                |p: &&Pattern| matches!(&p.looks, Looks::Words(groups) if groups.len() > 1);
            let gapped = looked_at().filter(is_gapped).map(|p| p.rule.clone()).collect();
            self.of_rules(
                say!("Where up to four words may stand between others, any number of words may."),
                gapped,
            );
        }
        let of_versions = looked_at().filter(|p| p.is_of_versions).map(|p| p.rule.clone());
        self.of_rules(
            say!("What holds for some versions only is not compared with the version, so that what it \
             finds is to be looked at."),
            of_versions.collect(),
        );
    }

    /// Adds something that lies in the data, not in any condition.
    pub(super) fn of_data(&mut self, what: &str) {
        self.all.push(Limit { what: what.to_owned(), count: 0, rules: Vec::new() });
    }

    /// Adds what concerns these rules' patterns; nothing if there are none.
    pub(super) fn of_rules(&mut self, what: &str, mut rules: Vec<String>) {
        if rules.is_empty() {
            return;
        }
        let count = rules.len();
        rules.dedup();
        self.all.push(Limit { what: what.to_owned(), count, rules });
    }
}

/// What is said where a field is missing.
const FIELDS: [(Field, &str); 10] = [
    (Field::Name, key!("There are no names in it, so nothing is found by them.")),
    (Field::Publisher, key!("There are no publishers in it, so nothing is found by them.")),
    (Field::ProductCode, key!("There are no product codes in it, so nothing is found by them.")),
    (Field::Package, key!("There are no names of packages in it, so nothing is found by them.")),
    (Field::Bundle, key!("There are no bundle ids in it, so nothing is found by them.")),
    (Field::Signer, key!("There are no signers in it, so nothing is found by them.")),
    (Field::Path, key!("There are no paths in it, so nothing is found by them.")),
    (Field::Service, key!("There are no names of services in it, so nothing is found by them.")),
    (Field::Driver, key!("There are no drivers in it, so nothing is found by them.")),
    (Field::Process, key!("There are no processes in it, so nothing is found by them.")),
];
