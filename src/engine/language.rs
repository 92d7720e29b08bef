//! The languages that the page and the reports speak.
//!
//! The code says everything in English, and the English is the key to the other languages, as in gettext: a file a
//! language in `static/languages` has the English and what is said for it. What is not in the file is said in English.
//!
//! Which language is spoken is set for a thread, for as long as something is told, and not handed from function to
//! function: nearly every function that words something would have to take it only to pass it on. Nothing but words
//! depends on it. A [`Report`](super::report::Report) is always made in English, so that one report is the same
//! whoever reads it, and is told in another language when it is drawn or written.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::ops::Deref;

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English, as in the United States.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
}

impl Language {
    /// All of them, in the order to offer them.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::French];

    /// Its code by ISO 639-1, which is what `lang` in HTML takes.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::French => "Français",
        }
    }

    /// The language of a tag of BCP 47, such as `es-MX`, if it is one of these.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// How it writes numbers and days where no browser does it.
    pub fn formats(self) -> Formats {
        match self {
            Self::English => ENGLISH,
            Self::Spanish => SPANISH,
            Self::French => FRENCH,
        }
    }

    /// True if so many are spoken of as of one, by the plural rules of Unicode CLDR. Their third form, for whole
    /// millions in Spanish and French (`un millón de`), is not told apart.
    fn is_one(self, n: u64) -> bool {
        match self {
            Self::English | Self::Spanish => n == 1,
            Self::French => n < 2,
        }
    }
}

/// How numbers and days are written: by the browser where there is one.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// A whole number.
    pub number: fn(u64) -> String,
    /// A number with one decimal, given in tenths.
    pub tenths: fn(u64) -> String,
    /// A day given as `YYYY-MM-DD`; what is none, as it is.
    pub day: fn(&str) -> String,
}

/// What is said in a language, by the English.
#[derive(Debug)]
pub struct Catalog {
    language: Language,
    texts: HashMap<Box<str>, Box<str>, FxBuildHasher>,
    formats: Formats,
}

impl Catalog {
    /// From pairs of the English and what is said for it.
    pub fn new(
        language: Language,
        texts: impl IntoIterator<Item = (String, String)>,
        formats: Formats,
    ) -> Self {
        let texts =
            texts.into_iter().map(|(english, told)| (english.into(), told.into())).collect();
        Self { language, texts, formats }
    }

    /// Pairs of the English and what is said for it.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.texts.iter().map(|(english, told)| (english.to_string(), told.to_string()))
    }

    /// From a file of `static/languages`: a JSON object.
    ///
    /// # Errors
    ///
    /// What is wrong with the JSON.
    pub fn read(
        language: Language,
        json: &str,
        formats: Formats,
    ) -> Result<Self, serde_json::Error> {
        let texts: HashMap<String, String> = serde_json::from_str(json)?;
        Ok(Self::new(language, texts, formats))
    }
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Catalog>> = const { Cell::new(None) };

    static LEARNED: RefCell<Vec<&'static Catalog>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a catalog for as long as the thread lives; of each language the first one that is given.
pub fn learn(catalog: Catalog) -> &'static Catalog {
    learned(catalog.language).unwrap_or_else(|| {
        let catalog: &'static Catalog = Box::leak(Box::new(catalog));
        LEARNED.with_borrow_mut(|all| all.push(catalog));
        catalog
    })
}

/// The catalog of a language that was [learned](learn).
pub fn learned(language: Language) -> Option<&'static Catalog> {
    LEARNED.with_borrow(|all| all.iter().copied().find(|known| known.language == language))
}

/// Speaks that language from now on; English without a catalog.
pub fn speak(catalog: Option<&'static Catalog>) {
    SPOKEN.set(catalog);
}

/// Speaks that language for as long as `tell` takes.
pub fn speaking<T>(catalog: Option<&'static Catalog>, tell: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(catalog);
    let told = tell();
    SPOKEN.set(before);
    told
}

/// The language that is spoken.
pub fn spoken() -> Language {
    SPOKEN.get().map_or(Language::English, |catalog| catalog.language)
}

/// What is said for an English text; the text itself if the language has nothing for it.
pub fn told(text: &str) -> &str {
    match SPOKEN.get().and_then(|catalog| catalog.texts.get(text)) {
        Some(told) => told,
        None => text,
    }
}

/// What is said for a text with `{names}`, with values in their places.
pub fn filled(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::new();
    let mut rest = told(text);
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let (name, after) = from[1..].split_once('}').unwrap_or((&from[1..], ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            // Writing to a string never fails.
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The one of two English texts that is for so many.
pub fn form_for<'t>(n: u64, one: &'t str, many: &'t str) -> &'t str {
    if spoken().is_one(n) { one } else { many }
}

/// Says something of a number of things, which stands in the texts as `{n}` with its digits alone.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    filled(form_for(n, one, many), &[("n", &n)])
}

fn formats() -> Formats {
    SPOKEN.get().map_or(ENGLISH, |catalog| catalog.formats)
}

/// A number as it is written in the language: `1,234,567`.
pub fn number(n: u64) -> String {
    (formats().number)(n)
}

/// A number of tenths as it is written in the language: `1.5` for 15.
pub fn tenths(n: u64) -> String {
    (formats().tenths)(n)
}

/// A day, given as `YYYY-MM-DD`, as it is written in the language: `September 13, 2017`. Anything else stays as it is.
pub fn date(day: &str) -> String {
    (formats().day)(day)
}

/// A number in groups of three digits, if it has at least so many.
fn grouped(n: u64, between: char, least: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len() >= least && (digits.len() - index).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

/// The parts of a day, `YYYY-MM-DD`, with the name of the month; `None` for what is none.
fn parts_of<'a>(
    day: &'a str,
    months: &'static [&'static str; 12],
) -> Option<(&'a str, &'static str, usize)> {
    let (year, rest) = day.split_once('-')?;
    let (month, date) = rest.split_once('-')?;
    let month = months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    year.parse::<u16>().ok()?;
    Some((year, month, date.parse().ok()?))
}

/// Numbers and days as the languages write them, by Unicode CLDR: for where no browser does it.
const ENGLISH: Formats = Formats {
    number: |n| grouped(n, ',', 4),
    tenths: |n| format!("{}.{}", grouped(n / 10, ',', 4), n % 10),
    day: |day| match parts_of(day, &ENGLISH_MONTHS) {
        Some((year, month, date)) => format!("{month} {date}, {year}"),
        None => day.to_owned(),
    },
};

const SPANISH: Formats = Formats {
    number: |n| grouped(n, '.', 5),
    tenths: |n| format!("{},{}", grouped(n / 10, '.', 5), n % 10),
    day: |day| match parts_of(day, &SPANISH_MONTHS) {
        Some((year, month, date)) => format!("{date} de {month} de {year}"),
        None => day.to_owned(),
    },
};

const FRENCH: Formats = Formats {
    number: |n| grouped(n, '\u{202F}', 4),
    tenths: |n| format!("{},{}", grouped(n / 10, '\u{202F}', 4), n % 10),
    day: |day| match parts_of(day, &FRENCH_MONTHS) {
        Some((year, month, date)) => format!("{date} {month} {year}"),
        None => day.to_owned(),
    },
};

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SPANISH_MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A constant text, told where it is used: `const COPY: Phrase = phrase("Copy");`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase(&'static str);

/// The phrase with that English.
pub const fn phrase(english: &'static str) -> Phrase {
    Phrase(english)
}

impl Phrase {
    /// What is said.
    pub fn told(self) -> &'static str {
        told(self.0)
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        self.told()
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.told().to_owned()
    }
}

/// A text of data, in English as it stands here, for the files of languages to have as a key: it is [`told`] where it is
/// used. `const EXPECTED: &str = key!("a row of the table");`
macro_rules! key {
    ($english:literal) => {
        $english
    };
}

/// Says something in the language that is spoken. The English is a literal, which the files of languages have as a key;
/// what changes stands in it as a name in braces, and behind it by that name.
///
/// `say!("Copy")` is a `&'static str`; `say!("{shown} of {all} are shown.", shown = number(3), all)` is a `String`.
#[allow(unused_macros, reason = "`build.rs` compiles this file, and not all that says something")]
macro_rules! say {
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
    ($english:literal $(,)?) => { $crate::engine::language::told($english) };
    ($english:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::engine::language::filled(
            $english,
            &[$((stringify!($name), &$crate::engine::language::say!(@value $name $(= $value)?) as &dyn ::std::fmt::Display)),+],
        )
    };
}

/// Says something of a number of things, which stands in the texts as `{n}`: `many!(3, "{n} file", "{n} files")`.
#[allow(unused_macros, reason = "`build.rs` compiles this file, and not all that says something")]
macro_rules! many {
    ($n:expr, $one:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let n: u64 = $n;
        $crate::engine::language::filled(
            $crate::engine::language::form_for(n, $one, $many),
            &[
                ("n", &$crate::engine::language::number(n) as &dyn ::std::fmt::Display)
                $(, (stringify!($name), &$crate::engine::language::say!(@value $name $(= $value)?) as &dyn ::std::fmt::Display))*
            ],
        )
    }};
}

/// The same with the number in digits alone, as files have it that are searched and calculated with.
#[allow(unused_macros, reason = "`build.rs` compiles this file, and not all that says something")]
macro_rules! many_plain {
    ($n:expr, $one:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let n: u64 = $n;
        $crate::engine::language::filled(
            $crate::engine::language::form_for(n, $one, $many),
            &[
                ("n", &n as &dyn ::std::fmt::Display)
                $(, (stringify!($name), &$crate::engine::language::say!(@value $name $(= $value)?) as &dyn ::std::fmt::Display))*
            ],
        )
    }};
}

pub(crate) use {key, many, many_plain, say};

#[cfg(test)]
mod tests {
    use super::*;

    fn spanish() -> &'static Catalog {
        let texts = [
            ("Copy", "Copiar"),
            ("{shown} of {all} are shown.", "De {all} se muestran {shown}."),
            ("{n} file", "{n} archivo"),
            ("{n} files", "{n} archivos"),
        ];
        let texts = texts.map(|(english, told)| (english.to_owned(), told.to_owned()));
        Box::leak(Box::new(Catalog::new(Language::Spanish, texts, SPANISH)))
    }

    #[test]
    fn what_is_said_is_in_the_language_that_is_spoken_and_only_for_as_long() {
        const COPY: Phrase = phrase("Copy");
        assert_eq!(speaking(Some(spanish()), || COPY.to_string()), "Copiar");
        assert_eq!(COPY.to_string(), "Copy");
        assert_eq!(speaking(Some(spanish()), spoken), Language::Spanish);
        assert_eq!(spoken(), Language::English);
    }

    #[test]
    fn values_stand_where_the_language_has_them() {
        let all = 3;
        let said = || say!("{shown} of {all} are shown.", shown = number(1200), all);
        assert_eq!(said(), "1,200 of 3 are shown.");
        assert_eq!(speaking(Some(spanish()), said), "De 3 se muestran 1200.");
    }

    #[test]
    fn a_text_in_a_value_is_not_filled_and_one_that_is_not_known_is_said_in_english() {
        let hostile = "{all}";
        let said = || say!("“{hostile}” is in the list.", hostile);
        assert_eq!(speaking(Some(spanish()), said), "“{all}” is in the list.");
    }

    #[test]
    fn one_is_what_the_language_takes_for_one() {
        let files = |n| many!(n, "{n} file", "{n} files");
        assert_eq!([0, 1, 2].map(files), ["0 files", "1 file", "2 files"]);
        assert_eq!(files(1200), "1,200 files");
        assert_eq!(many_plain!(1200, "{n} file", "{n} files"), "1200 files");
        let said = speaking(Some(spanish()), || [0, 1, 2].map(files));
        assert_eq!(said, ["0 archivos", "1 archivo", "2 archivos"]);
        assert_eq!([0, 1, 2].map(|n| Language::French.is_one(n)), [true, true, false]);
    }

    #[test]
    fn a_language_is_known_by_the_beginning_of_its_tag() {
        assert_eq!(Language::of_tag("es-419"), Some(Language::Spanish));
        assert_eq!(Language::of_tag("FR_ca"), Some(Language::French));
        assert_eq!(Language::of_tag("est"), None);
        assert_eq!(Language::of_tag(""), None);
    }

    #[test]
    fn numbers_have_commas_where_readers_expect_them() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(tenths(12_345), "1,234.5");
        assert_eq!((SPANISH.number)(1_234), "1234");
        assert_eq!((SPANISH.tenths)(123_456), "12.345,6");
        assert_eq!((FRENCH.number)(1_234_567), "1\u{202F}234\u{202F}567");
    }

    #[test]
    fn days_are_written_out_and_what_is_none_stays() {
        assert_eq!(date("2017-09-13"), "September 13, 2017");
        assert_eq!((SPANISH.day)("2017-09-13"), "13 de septiembre de 2017");
        assert_eq!((FRENCH.day)("2017-08-01"), "1 août 2017");
        for what in ["soon", "2017-13-01", "2017-00-01", "2017-01", ""] {
            assert_eq!(date(what), what);
        }
    }
}
