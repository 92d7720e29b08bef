//! What tools and people do to a title without making it another one.

use clearlist::engine::title::Title;

/// A way to write a title otherwise.
pub struct Variant {
    /// What is done.
    pub title: &'static str,
    /// Does it; `None` if it makes no difference or cannot be done to this title.
    pub make: fn(&Title) -> Option<Title>,
    /// True if too little is left to tell which of the vendor's products it is.
    pub is_of_vendor_only: bool,
}

/// Every variant, the title as it is first.
pub const VARIANTS: &[Variant] = &[
    variant("as it is", |title| Some(title.clone())),
    variant("small letters", |title| texts(title, str::to_lowercase)),
    variant("capitals", |title| texts(title, str::to_uppercase)),
    variant("doubled spaces, and spaces around it", |title| {
        texts(title, |text| format!("  {}\u{A0} ", text.replace(' ', "  ")))
    }),
    variant("no-break spaces", |title| name(title, |text| text.replace(' ', "\u{A0}"))),
    variant("underscores for spaces", |title| name(title, |text| text.replace(' ', "_"))),
    variant("dots for spaces", |title| words(title, |text| text.replace(' ', "."))),
    variant("full-width letters", |title| texts(title, full_width)),
    variant("decomposed letters", |title| texts(title, decomposed)),
    variant("quotation marks around the name", |title| name(title, |text| format!("\"{text}\""))),
    variant("a publisher in quotation marks", |title| publisher(title, |text| format!("«{text}»"))),
    variant("a trademark sign", |title| name(title, |text| format!("{text}®"))),
    variant("a version behind it", |title| words(title, |text| format!("{text} 21.3.10.391"))),
    variant("an architecture behind it", |title| words(title, |text| format!("{text} (x64)"))),
    variant("an architecture in words", |title| words(title, |text| format!("{text} (64-bit)"))),
    variant("a language behind it", |title| words(title, |text| format!("{text} - en-us"))),
    variant("version, architecture and language", |title| {
        words(title, |text| format!("{text} 12.0.1 (x86 en-US)"))
    }),
    variant("an invisible character in it", |title| name(title, |text| split_by('\u{200B}', text))),
    variant("letters of another script in it", |title| name(title, look_alike)),
    Variant {
        title: "the last two letters cut by a tool",
        make: |title| cut(title),
        is_of_vendor_only: true,
    },
];

const fn variant(title: &'static str, make: fn(&Title) -> Option<Title>) -> Variant {
    Variant { title, make, is_of_vendor_only: false }
}

fn name(title: &Title, change: impl Fn(&str) -> String) -> Option<Title> {
    let other = Title { name: change(&title.name), ..title.clone() };
    (!title.name.is_empty() && other != *title).then_some(other)
}

/// The same for names that people read, and not for ids and file names in the place of a name.
fn words(title: &Title, change: impl Fn(&str) -> String) -> Option<Title> {
    let text = &title.name;
    let is_id = !text.contains(' ') && text.contains(['.', '/', '_', '{', '@', '-']);
    if is_id { None } else { name(title, change) }
}

fn publisher(title: &Title, change: impl Fn(&str) -> String) -> Option<Title> {
    let other = Title { publisher: change(&title.publisher), ..title.clone() };
    (!title.publisher.is_empty()).then_some(other)
}

/// Name and publisher.
fn texts(title: &Title, change: impl Fn(&str) -> String + Copy) -> Option<Title> {
    let named = Title { name: change(&title.name), ..title.clone() };
    let other = publisher(&named, change).unwrap_or(named);
    (other != *title).then_some(other)
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) - u32::from('!') + 0xFF01).unwrap_or(c),
        ' ' => '\u{3000}',
        c => c,
    };
    text.chars().map(wide).collect()
}

fn decomposed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().collect()
}

/// The text with a character in the middle of its longest word.
fn split_by(character: char, text: &str) -> String {
    let word = text.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
    let at = text.find(word).unwrap_or_default() + middle;
    format!("{}{character}{}", &text[..at], &text[at..])
}

/// The text with Cyrillic letters for the Latin ones that look like them.
fn look_alike(text: &str) -> String {
    let swap = |c: char| match c {
        'a' => 'а',
        'e' => 'е',
        'o' => 'о',
        'p' => 'р',
        'c' => 'с',
        'x' => 'х',
        'A' => 'А',
        'K' => 'К',
        'T' => 'Т',
        c => c,
    };
    text.chars().map(swap).collect()
}

/// The name without its last two letters, of names with several words.
fn cut(title: &Title) -> Option<Title> {
    let (at, _) = title.name.char_indices().rev().nth(1)?;
    let name = title.name.get(..at)?.to_owned();
    let is_enough = name.contains(' ') && !name.ends_with(' ');
    is_enough.then(|| Title { name, is_name_cut: true, ..title.clone() })
}
