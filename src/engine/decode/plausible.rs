//! How much a text looks like what people write, to tell encodings apart that all can read it.
//!
//! Only characters beyond ASCII count: letters beside letters of their own script, with capitals
//! where words begin, speak for a reading; symbols inside words, letters of two scripts in one
//! word and characters that nobody writes speak against it.

/// The sum over all characters beyond ASCII: some three points for each that stands where it
/// belongs, less than nothing for one that does not.
pub(in crate::engine) fn plausibility(text: &str) -> i64 {
    // The one name with a sign for its first letter, and on very many lists the only one that is not
    // ASCII. Read as from a console it would be "ÁTorrent".
    let mut score = 3 * text.matches("µTorrent").count() as i64;
    let mut before: Option<char> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            score += of_char(before, c, chars.peek().copied());
        }
        before = Some(c);
    }
    score
}

/// Writing systems as far as they matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Script {
    Latin,
    Cyrillic,
    Greek,
    /// Chinese, Japanese and Korean, with their punctuation.
    EastAsian,
    /// The half-width katakana of Shift_JIS.
    HalfWidth,
    /// Hebrew, Arabic, Thai: no capitals.
    Other,
}

/// The script of a letter; `None` for everything that is no letter.
pub(in crate::engine) fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        // Not × and ÷; not ª and º, which stand behind numbers.
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{1E00}'..='\u{1EFF}' => {
            if c == 'ƒ' {
                return None;
            }
            Script::Latin
        }
        '\u{386}'..='\u{3FF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{590}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' => Script::Other,
        '\u{1100}'..='\u{11FF}'
        | '\u{3000}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' => Script::EastAsian,
        '\u{FF61}'..='\u{FF9F}' => Script::HalfWidth,
        _ => return None,
    })
}

fn of_char(before: Option<char>, c: char, after: Option<char>) -> i64 {
    match script(c) {
        Some(_) if is_repeated(before, c, after) => -4,
        Some(own) => of_letter(own, before, c, after),
        None => of_sign(before, c, after),
    }
}

/// Nobody writes a letter three times; a frame drawn with another code page looks like that.
fn is_repeated(before: Option<char>, c: char, after: Option<char>) -> bool {
    before == Some(c) && after == Some(c)
}

fn of_letter(own: Script, before: Option<char>, c: char, after: Option<char>) -> i64 {
    let (left, right) = (before.and_then(script), after.and_then(script));
    let beside_own = left == Some(own) || right == Some(own);
    let strangers = [left, right].into_iter().flatten().filter(|&s| s != own).count() as i64;
    let is_capital_inside = c.is_uppercase() && before.is_some_and(char::is_lowercase);
    match own {
        Script::Latin => {
            let is_small_inside = c.is_lowercase()
                && before.is_some_and(char::is_uppercase)
                && after.is_some_and(char::is_uppercase);
            let is_in_a_run = [before, after]
                .into_iter()
                .all(|c| c.is_some_and(|c| !c.is_ascii() && script(c) == Some(Script::Latin)));
            rarity_of_latin(c)
                - i64::from(!beside_own)
                - 4 * i64::from(is_capital_inside)
                - 4 * i64::from(is_small_inside)
                - 2 * i64::from(is_in_a_run)
                - 4 * strangers
        }
        Script::Cyrillic => {
            let is_word_of_one = !beside_own && "авикосуяіАВИКОСУЯІ".contains(c);
            rarity_of_cyrillic(c)
                - 4 * i64::from(is_capital_inside)
                - 5 * i64::from(!beside_own && !is_word_of_one)
                - 4 * strangers
        }
        Script::Greek => 2 - 5 * i64::from(!beside_own) - 4 * strangers,
        // Two bytes or three for each, and product names stand right beside them.
        Script::EastAsian => {
            4 - 5 * i64::from(!beside_own && strangers > 0) - i64::from(!beside_own)
        }
        Script::HalfWidth => 1 - 3 * i64::from(!beside_own) - strangers,
        Script::Other => 2 - 5 * i64::from(!beside_own) - 4 * strangers,
    }
}

/// Points of an accented letter: those of the large languages, of the smaller ones, and the rest.
fn rarity_of_latin(c: char) -> i64 {
    const COMMON: &str =
        "äöüßÄÖÜéèêëàâçîïôûùÉÈÀÇœáíóúñÁÍÓÚÑãÃõąćęłńśźżĄĆĘŁŃŚŹŻčřšžýěůďťČŘŠŽığşİĞŞåøæÅØÆőű";
    if COMMON.contains(c) {
        3
    } else if matches!(c, 'ð' | 'þ' | 'Þ' | 'Ð' | 'ÿ' | 'Ÿ') {
        0
    } else {
        2
    }
}

/// Points of a Cyrillic letter: the usual ones of Russian, the rest of Russian and Ukrainian, and
/// those of other languages, which 0x80 to 0xBF are in Windows-1251.
fn rarity_of_cyrillic(c: char) -> i64 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' | 'к' | 'м' | 'д' | 'п' | 'у' => {
            4
        }
        'ъ' | 'э' | 'щ' | 'ф' => 2,
        'а'..='я' | 'ё' | 'і' | 'ї' | 'є' => 3,
        'ґ' => 1,
        _ => -1,
    }
}

fn of_sign(before: Option<char>, c: char, after: Option<char>) -> i64 {
    let is_letter = |c: Option<char>| c.is_some_and(|c| script(c).is_some());
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || script(c).is_some());
    let is_inside = is_letter(before) && is_letter(after);
    let unless = |wrong: bool, right: i64| if wrong { -4 } else { right };
    match c {
        '™' | '®' | '©' => unless(is_inside, 3),
        '°' | 'º' | 'ª' | '²' | '³' | 'µ' | '½' | '§' | '±' => {
            if is_inside {
                -4
            } else {
                i64::from(is_word(before) || is_word(after))
            }
        }
        '’' => unless(!is_letter(before), 3),
        // „German“, “English”: at one end of a word.
        '“' | '„' | '”' => unless(is_word(before) && is_word(after), 3),
        '«' | '‹' | '‘' | '‚' => unless(is_word(before) || !is_word(after), 2),
        '»' | '›' => unless(is_word(after) || before.is_none_or(char::is_whitespace), 2),
        '–' | '—' => unless(is_letter(before) != is_letter(after), 2),
        '…' => unless(is_letter(after), if is_word(before) { 3 } else { 0 }),
        '•' | '·' => unless(is_inside, 2),
        '№' => unless(is_letter(before), 2),
        '€' | '£' | '¥' => unless(is_letter(before) || is_letter(after), 2),
        '\u{A0}' => 0,
        // Frames of tables stand beside each other, spaces and corners.
        // Frames of tables: runs of one sign, joined by others, and posts between spaces.
        '\u{2500}'..='\u{259F}' => {
            let is_line =
                |beside: Option<char>| beside == Some(c) || matches!(beside, Some('─' | '═'));
            let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
            match (before, after) {
                _ if is_word(before) || is_word(after) => -4,
                _ if is_line(before) || is_line(after) => 3,
                _ if is_open(before) && is_open(after) => 1,
                _ => -2,
            }
        }
        '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => -10,
        // Combining marks, as in Vietnamese.
        '\u{300}'..='\u{36F}' => unless(!is_letter(before), 1),
        _ => unless(is_inside, -2),
    }
}
