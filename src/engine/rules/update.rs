//! Signed data updates: a pack that may replace bundled entries, since somebody who is trusted signed it.
//!
//! The last line of the file is a comment with the signature, so that it stays one file of text:
//!
//! ```text
//! # Clearlist-signature: ed25519 KEY-ID SIGNATURE
//! ```
//!
//! Both are in lower-case hex, which has one spelling for each value. What is signed is [`CONTEXT`] and then all that
//! stands before that line, its line end included, without a byte order mark and with every CR LF made LF: mail, editors
//! and browsers change these. Nothing of the text is read as rules before the signature fits, and what is read then is
//! what was signed, since a text of several lines in TOML has the line ends of the file.

use std::fmt::Display;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::pack::{self, PackFile};
use super::{RulesError, RulesFile, column_at, line_at};
use crate::engine::clause::{Clause, clause};
use crate::engine::language::say;
use crate::engine::words::{hex, unhex};

/// What stands before the text when it is signed, so that a signature that was made for something else never fits.
pub const CONTEXT: &str = "clearlist-data-update/1\n";

/// How a signature line begins.
const BEGINNING: &str = "# Clearlist-signature: ed25519 ";

/// What a signature line is known by, however it is written.
const MARK: &str = "clearlist-signature";

/// How a signature line is written, for messages.
const EXAMPLE: &str = "# Clearlist-signature: ed25519 0123456789abcdef …";

/// A key whose signatures are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// Whose it is, for people.
    pub name: String,
    /// The first day, `YYYY-MM-DD`, of whose data it may be: data that is said to be older is not taken from it.
    pub from: String,
    // Invariant: no key of small order, for which anybody can sign.
    public: VerifyingKey,
}

/// A data update that is loaded, as the report tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpdateReport {
    /// The day on which a person last checked the data, as the signed file says, `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whose key it is that signed it, as this copy knows the key.
    pub signed_by: String,
    /// The first 16 digits of the SHA-256 of the key, in lower-case hex.
    pub key: String,
    /// The ids of the vendors whose entries it brings, in the place of bundled ones of the same ids.
    pub vendors: Vec<String>,
}

/// A data update that is not used, since the data is newer: that of a later version, for instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Superseded {
    /// The file's name.
    pub file: String,
    /// Its day, `YYYY-MM-DD`.
    pub checked_on: String,
    /// The day of the data, `YYYY-MM-DD`.
    pub newer: String,
}

/// That an update is not used, and why, as a sentence; the days are written as the reader writes days.
pub fn superseded(checked_on: impl Display, newer: impl Display) -> String {
    say!(
        "Data update of {day}: this copy has newer data, of {newer}, so it is not used.",
        day = checked_on,
        newer
    )
}

/// A data update whose signature is good.
pub(super) struct Update<'u> {
    /// The file, with its text as it was signed.
    pub file: RulesFile<'u>,
    /// SHA-256 of the file as it is, in lower-case hex.
    pub sha256: String,
    /// The key that it was signed with.
    pub key: &'u TrustedKey,
    /// The day that it says it is of; `None` if it says none as days are written.
    pub day: Option<String>,
}

/// What is read of an update before the rest.
#[derive(Deserialize)]
struct Head {
    schema: String,
    checked_on: String,
}

impl<'u> Update<'u> {
    /// From the file with its text as it is [`to_sign`], the text as it is in the file, and the key that fits.
    pub fn new(file: RulesFile<'u>, text: &str, key: &'u TrustedKey) -> Self {
        let head = toml::from_str::<Head>(file.text).ok();
        let head = head.filter(|head| head.schema == pack::SCHEMA);
        let day = head.map(|head| head.checked_on).filter(|text| day(text).is_some());
        Self { file, sha256: hex(&Sha256::digest(text)), key, day }
    }

    /// That it is of a day before that of the data, if it is.
    pub fn superseded_by(&self, data_checked_on: &str) -> Option<Superseded> {
        // Days of this form have the order of their texts.
        let day = self.day.as_ref().filter(|day| day.as_str() < data_checked_on)?;
        Some(Superseded {
            file: self.file.name.to_owned(),
            checked_on: day.clone(),
            newer: data_checked_on.to_owned(),
        })
    }
}

/// Why a line of a file of keys is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    /// Counted from 1.
    pub line: usize,
    /// The line.
    pub text: String,
    /// The line that has the same key before; `None` if it is not that.
    pub again: Option<usize>,
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, text, again } = self;
        match again {
            None => write!(
                f,
                "line {line}: expected a day as YYYY-MM-DD, a public key of 64 digits of lower-case hex and a name, found {text:?}"
            ),
            Some(first) => write!(
                f,
                "line {line}: expected each key once, found the one of line {first} again: {text:?}"
            ),
        }
    }
}

impl TrustedKey {
    /// A key; `None` for bytes that are none, or one for which anybody can sign.
    pub fn new(name: &str, from: &str, public: &[u8; 32]) -> Option<Self> {
        let public = VerifyingKey::from_bytes(public).ok().filter(|key| !key.is_weak())?;
        Some(Self { name: name.to_owned(), from: from.to_owned(), public })
    }

    /// The first 16 digits of the SHA-256 of its 32 bytes.
    pub fn id(&self) -> String {
        hex(&Sha256::digest(self.public.as_bytes())[..8])
    }

    /// The key as a line of a file of keys.
    pub fn line(&self) -> String {
        format!("{} {} {}", self.from, hex(self.public.as_bytes()), self.name)
    }
}

/// Reads a file of keys: a key a line, as [`TrustedKey::line`] writes it. Empty lines and those that begin with `#`
/// say nothing.
///
/// # Errors
///
/// The first line that is none, or has a key that stands before: one day and one name hold for a key.
pub fn read_keys(text: &str) -> Result<Vec<TrustedKey>, KeyError> {
    let is_key = |(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#');
    let lines = text.lines().map(str::trim).enumerate().filter(is_key);
    let mut keys: Vec<(usize, TrustedKey)> = Vec::new();
    for (at, text) in lines {
        let error = |again| KeyError { line: at + 1, text: text.to_owned(), again };
        let key = key_of(text).ok_or_else(|| error(None))?;
        if let Some((first, _)) = keys.iter().find(|(_, known)| known.public == key.public) {
            return Err(error(Some(*first)));
        }
        keys.push((at + 1, key));
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

/// The key of a line of a file of keys.
fn key_of(line: &str) -> Option<TrustedKey> {
    let (from, rest) = line.split_once(' ')?;
    let (public, name) = rest.split_once(' ')?;
    day(from).filter(|_| !name.trim().is_empty())?;
    TrustedKey::new(name.trim(), from, &unhex(public)?)
}

/// The text without what mail, editors and browsers change: with every CR LF made LF, and without a byte order mark.
pub(super) fn to_sign(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// Who signed the file, whose text is as it is [`to_sign`]; `None` for one without a signature line, which is a pack of the reader's own.
///
/// # Errors
///
/// If there is such a line, and anything but one good signature at the end by one of these keys.
pub(super) fn verify<'k>(
    file: &RulesFile<'_>,
    keys: &'k [TrustedKey],
) -> Result<Option<&'k TrustedKey>, RulesError> {
    let Some(first) = signature_lines(file.text).next() else { return Ok(None) };
    let wrong = |line: &Line<'_>, message| Err(error(file, line.begin, message));
    if let Some(second) = signature_lines(file.text).nth(1) {
        return wrong(&second, clause!("expected one signature line, found another"));
    }
    if first.begin + first.text.len() < file.text.len() {
        let message = clause!(
            "expected the signature line to be the last line, found more text or an empty line after it"
        );
        return wrong(&first, message);
    }
    let Some((id, signature)) = first.parts() else {
        let message = clause!(
            "expected the signature line as {example}, found it changed or cut",
            example = EXAMPLE
        );
        return wrong(&first, message);
    };
    let Some(key) = keys.iter().find(|key| key.id() == id) else {
        let message = clause!(
            "the data update is signed with the key {id}, which this copy of Clearlist does not trust, so nothing of it was used; untick or remove it, and ask those who host this copy",
            id
        );
        return wrong(&first, message);
    };
    let before = file.text.get(..first.begin).unwrap_or_default();
    match key.public.verify_strict(&signed_bytes(before), &Signature::from_bytes(&signature)) {
        Ok(()) => Ok(Some(key)),
        Err(_) => wrong(
            &first,
            clause!(
                "the signature does not fit the text, so nothing of it was used: the file was changed after it was signed, or is not whole"
            ),
        ),
    }
}

/// The text with a signature line at its end, by the key with these secret bytes; `None` if it has one already.
pub fn sign(text: &str, secret: &[u8; 32]) -> Option<String> {
    if signature_lines(text).next().is_some() {
        return None;
    }
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let text = format!("{text}{end}");
    let key = SigningKey::from_bytes(secret);
    let signature = key.sign(&signed_bytes(&to_sign(&text))).to_bytes();
    let id = hex(&Sha256::digest(key.verifying_key().as_bytes())[..8]);
    Some(format!("{text}{BEGINNING}{id} {}\n", hex(&signature)))
}

/// The public key that belongs to these secret bytes.
pub fn public_key(secret: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(secret).verifying_key().to_bytes()
}

/// What the report tells of an update; what is wrong with its own day.
pub(super) fn report_of(
    file: &RulesFile<'_>,
    pack: &PackFile,
    key: &TrustedKey,
) -> Result<UpdateReport, RulesError> {
    let Some(checked_on) = &pack.checked_on else {
        let message = clause!("expected checked_on in a signed data update, found none");
        return Err(error(file, 0, message));
    };
    let text = checked_on.get_ref();
    let wrong = |message| Err(error(file, checked_on.span().start, message));
    if day(text).is_none() {
        let found = format!("{text:?}");
        return wrong(clause!("expected a day as YYYY-MM-DD, found {found}", found));
    }
    if *text < key.from {
        return wrong(clause!(
            "the data update is of {day}, and the key {id} is trusted for data from {from} on, so nothing of it was used",
            day = text,
            id = key.id(),
            from = &key.from
        ));
    }
    Ok(UpdateReport {
        checked_on: text.clone(),
        signed_by: key.name.clone(),
        key: key.id(),
        vendors: pack.catalog.iter().map(|file| file.vendor.id.get_ref().clone()).collect(),
    })
}

/// What is wrong with a pack that says it is a data update, and that nobody signed.
pub(super) fn unsigned(file: &RulesFile<'_>, checked_on: &Spanned<String>) -> RulesError {
    let message = clause!(
        "only a signed data update has a checked_on of its own, and this file has no signature line; get the whole file, or take the line out"
    );
    error(file, checked_on.span().start, message)
}

/// A line that is, or was meant to be, a signature line.
struct Line<'t> {
    /// Where it begins, in bytes.
    begin: usize,
    /// With its end.
    text: &'t str,
}

impl Line<'_> {
    /// The key's id and the signature, if it is written as such lines are.
    fn parts(&self) -> Option<(&str, [u8; 64])> {
        let line = self.text.strip_suffix('\n').unwrap_or(self.text);
        let (id, signature) = line.strip_prefix(BEGINNING)?.split_once(' ')?;
        unhex::<8>(id)?;
        Some((id, unhex(signature)?))
    }
}

fn signature_lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut begin = 0;
    let lines = text.split_inclusive('\n').map(move |text| {
        begin += text.len();
        Line { begin: begin - text.len(), text }
    });
    lines.filter(|line| {
        let comment = line.text.trim_start().strip_prefix('#').map(str::trim_start);
        let mark = comment.and_then(|comment| comment.get(..MARK.len()));
        mark.is_some_and(|mark| mark.eq_ignore_ascii_case(MARK))
    })
}

fn signed_bytes(text: &str) -> Vec<u8> {
    format!("{CONTEXT}{text}").into_bytes()
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == "YYYY-MM-DD".len())
}

fn error(file: &RulesFile<'_>, offset: usize, message: Clause) -> RulesError {
    RulesError {
        file: file.name.to_owned(),
        line: line_at(file.text, offset),
        column: column_at(file.text, offset),
        message: message.told(),
        example: String::new(),
    }
}
