//! Waivers: recorded decisions about what was found, with who, why and until when. One moves a finding,
//! or the part of it that is on some computers, out of the findings that stand; it never deletes it.

use serde::{Deserialize, Serialize};

use super::language::say;
use super::report::Finding;
use super::words::fold;

mod apply;
pub mod file;

pub use apply::apply;

/// A recorded decision. Everything that it names must fit a finding for it to set that aside; what it
/// leaves empty fits every one, but it names at least one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waiver {
    /// What it is called by; no other of the file has it.
    pub id: String,
    /// What kind of decision it is.
    pub kind: WaiverKind,
    /// Why, as one or more sentences.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// The day of the decision, `YYYY-MM-DD`; empty if not told.
    #[serde(default)]
    pub decided_on: String,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: String,
    /// Where the decision is filed, such as a ticket's number; empty if not told.
    #[serde(default)]
    pub reference: String,
    /// The id of a finding, as reports have it; empty for any.
    #[serde(default)]
    pub finding: String,
    /// The id of a product; empty for any.
    #[serde(default)]
    pub product: String,
    /// The program's name as written, where `*` stands for any text, in any case; empty for any.
    #[serde(default)]
    pub program: String,
    /// The computers, each a name where `*` stands for any text, in any case; empty for all.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// A kind of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaiverKind {
    /// What was found is not what it was taken for.
    FalsePositive,
    /// It may stay for a time, as somebody who may say so has said.
    ApprovedException,
    /// The product is not covered, as somebody who may say so has said.
    ExemptProduct,
}

impl Waiver {
    /// True if it names something that is not everything.
    pub fn is_for_something(&self) -> bool {
        let names = |pattern: &String| !pattern.chars().all(|c| c == '*' || c.is_whitespace());
        [&self.finding, &self.product, &self.program].into_iter().any(names)
            || (!self.hosts.is_empty() && self.hosts.iter().all(names))
    }

    /// True if it is for the finding, on computers that it names too.
    fn fits(&self, finding: &Finding) -> bool {
        let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        is(&self.finding, &finding.id)
            && is(&self.product, &finding.product.id)
            && (self.program.is_empty() || pattern_fits(&self.program, &finding.name))
    }

    /// True if it is for that computer.
    fn fits_host(&self, host: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|pattern| pattern_fits(pattern, host))
    }
}

/// True if the whole text is as the pattern says, where `*` stands for any text. Compared
/// [folded](fold).
fn pattern_fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (fold(pattern), fold(text));
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

impl WaiverKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::FalsePositive, Self::ApprovedException, Self::ExemptProduct];

    /// The stable kebab-case name used in data and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::FalsePositive => "false-positive",
            Self::ApprovedException => "approved-exception",
            Self::ExemptProduct => "exempt-product",
        }
    }

    /// The kind in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::FalsePositive => say!("false positive"),
            Self::ApprovedException => say!("approved exception"),
            Self::ExemptProduct => say!("exempt product"),
        }
    }
}

/// What became of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaiverEffect {
    /// It sets findings aside.
    Applied,
    /// Its last day is over: it sets nothing aside.
    Expired,
    /// Nothing was found that it is for.
    Unused,
}

#[cfg(test)]
mod tests {
    use super::pattern_fits;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text) in [
            ("PC-*", "pc-0815"),
            ("*", ""),
            ("pc-0815", "PC-0815"),
            ("*.example.org", "a.b.example.org"),
            ("a*b*c", "aXbYbZc"),
            ("a**c", "abc"),
            ("ab*ba", "abba"),
        ] {
            assert!(pattern_fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("PC-*", "LAPTOP-1"),
            ("pc", "pc-1"),
            ("", "pc"),
            ("ab*ba", "aba"),
            ("a*b*c", "acb"),
            ("*x", "xy"),
        ] {
            assert!(!pattern_fits(pattern, text), "{pattern} {text}");
        }
    }
}
