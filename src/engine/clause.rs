//! Texts that are made at one time and told at another, in whatever language is spoken then.
//!
//! A [`Report`](super::report::Report) has them in English. What they were made of stays beside them, as long as the
//! report is not written and read again, so that the page can tell them in its own language.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::language::{filled, form_for, speaking, told};

/// A text to tell: its English, which is the key to other languages, and what stands in it by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clause(Box<Parts>);

/// What a clause is made of; boxed, since clauses stand in errors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Parts {
    english: Cow<'static, str>,
    /// How many it is told of, and its English for another number than one.
    of_many: Option<(u64, Cow<'static, str>)>,
    values: Vec<(Cow<'static, str>, ClauseValue)>,
}

/// What stands in a clause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClauseValue {
    /// The same in every language.
    Text(String),
    /// Told in the same language.
    Clause(Clause),
    /// Told one after the other, with commas between.
    List(Vec<Clause>),
}

impl Clause {
    /// An English text with `{names}`, and what stands in their places.
    pub fn new(english: &'static str, values: Vec<(&'static str, ClauseValue)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self(Box::new(Parts { english: english.into(), of_many: None, values }))
    }

    /// A text that is the same in every language, such as what another program says.
    pub fn untold(text: impl Into<ClauseValue>) -> Self {
        Self::new("{text}", vec![("text", text.into())])
    }

    /// The same with another text where there is not one of what is told of, but `n`.
    pub fn of_many(self, n: u64, many: &'static str) -> Self {
        Self(Box::new(Parts { of_many: Some((n, many.into())), ..*self.0 }))
    }

    /// What is said in English, whatever is spoken.
    pub fn english(&self) -> String {
        speaking(None, || self.told())
    }

    /// What is said.
    pub fn told(&self) -> String {
        let english = match &self.0.of_many {
            Some((n, many)) => form_for(*n, &self.0.english, many),
            None => &*self.0.english,
        };
        // A text without names may have braces of its own.
        if self.0.values.is_empty() {
            return told(english).to_owned();
        }
        let values: Vec<(&str, &dyn fmt::Display)> = self
            .0
            .values
            .iter()
            .map(|(name, value)| (&**name, value as &dyn fmt::Display))
            .collect();
        filled(english, &values)
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told())
    }
}

impl fmt::Display for ClauseValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Clause(clause) => clause.fmt(f),
            Self::List(clauses) => {
                let told: Vec<String> = clauses.iter().map(Clause::told).collect();
                f.write_str(&told.join(", "))
            }
        }
    }
}

impl From<&'static str> for Clause {
    fn from(english: &'static str) -> Self {
        Self(Box::new(Parts { english: english.into(), ..Parts::default() }))
    }
}

impl From<String> for Clause {
    fn from(english: String) -> Self {
        Self(Box::new(Parts { english: english.into(), ..Parts::default() }))
    }
}

impl From<String> for ClauseValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for ClauseValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for ClauseValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for ClauseValue {
    fn from(number: u64) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<usize> for ClauseValue {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<Clause> for ClauseValue {
    fn from(clause: Clause) -> Self {
        Self::Clause(clause)
    }
}

impl From<Vec<Clause>> for ClauseValue {
    fn from(clauses: Vec<Clause>) -> Self {
        Self::List(clauses)
    }
}

impl From<&Clause> for ClauseValue {
    fn from(clause: &Clause) -> Self {
        Self::Clause(clause.clone())
    }
}

/// What stands beside the English of a report to tell it in other languages. It is no part of the report: it is not
/// written, and makes no difference between one report and another.
#[derive(Clone, Debug, Default, Eq)]
pub struct Unwritten<T>(pub T);

impl Unwritten<Option<Clause>> {
    /// What is said; the English of the report if nothing stands beside it, as in one that was read from a file.
    pub fn told(&self, english: &str) -> String {
        self.0.as_ref().map_or_else(|| english.to_owned(), Clause::told)
    }
}

impl<T> PartialEq for Unwritten<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A text to tell later, as [`say!`](super::language) tells it now: `clause!("it holds more than {most} files", most)`.
macro_rules! clause {
    ($english:literal $(,)?) => { $crate::engine::clause::Clause::from($english) };
    ($english:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::engine::clause::Clause::new($english, vec![$((
            stringify!($name),
            $crate::engine::clause::ClauseValue::from($crate::engine::language::say!(@value $name $(= $value)?)),
        )),+])
    };
}

/// The same of a number of things, which stands in the texts by a name of its own:
/// `clause_of!(3, "{count} file", "{count} files", count = 3_u64)`.
macro_rules! clause_of {
    ($n:expr, $one:literal, $many:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::engine::clause::clause!($one, $($name $(= $value)?),+).of_many($n, $many)
    };
}

pub(crate) use {clause, clause_of};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::language::{Catalog, Language, speaking};

    fn spanish() -> &'static Catalog {
        let texts = [
            ("not all is there: {why}", "no está todo: {why}"),
            ("{count} file of {host} is missing", "falta {count} archivo de {host}"),
            ("{count} files of {host} are missing", "faltan {count} archivos de {host}"),
            ("write {…}", "escriba {…}"),
        ];
        let texts = texts.map(|(english, told)| (english.to_owned(), told.to_owned()));
        Box::leak(Box::new(Catalog::new(Language::Spanish, texts, Language::English.formats())))
    }

    #[test]
    fn a_clause_is_told_in_the_language_of_then_with_the_clauses_in_it() {
        let missing = |count: u64| {
            clause_of!(
                count,
                "{count} file of {host} is missing",
                "{count} files of {host} are missing",
                count,
                host = "{why}",
            )
        };
        let clause = clause!("not all is there: {why}", why = missing(1200));
        assert_eq!(clause.told(), "not all is there: 1200 files of {why} are missing");
        let told = speaking(Some(spanish()), || (clause.told(), missing(1).told()));
        assert_eq!(told.0, "no está todo: faltan 1200 archivos de {why}");
        assert_eq!(told.1, "falta 1 archivo de {why}");
    }

    #[test]
    fn a_clause_without_values_keeps_its_braces() {
        let clause = clause!("write {…}");
        assert_eq!(clause.told(), "write {…}");
        assert_eq!(speaking(Some(spanish()), || clause.told()), "escriba {…}");
    }

    #[test]
    fn a_clause_that_was_sent_is_told_as_before() {
        let clause = clause!("not all is there: {why}", why = clause!("it ends"));
        let sent = serde_json::to_string(&clause).unwrap();
        assert_eq!(serde_json::from_str::<Clause>(&sent).unwrap(), clause);
    }

    #[test]
    fn what_is_unwritten_makes_no_difference() {
        assert_eq!(Unwritten(1), Unwritten(2));
    }
}
