//! Text that was read in a wrong encoding before it came into the list, put right where that can
//! be proved.
//!
//! A tool that reads UTF-8 as its own code page and saves what it saw (winget's output through
//! PowerShell 5, an export opened and saved by an old editor) leaves text that no decoding of the
//! file can help: `Ð›Ð°Ð±` for `Лаб`, `寰\u{E1BB}俊` for `微信`. Its bytes can be had back by
//! encoding it the wrong way once more. It is proved if they are UTF-8 and make plausible words.

use super::decode::TextEncoding;
use super::decode::plausible::{Script, plausibility, script};

/// What UTF-8 is mistaken for: the code pages of Windows and of its consoles. Read as Korean or
/// Big5 most names lose bytes, two at a time, and cannot be proved; short ones may come through whole.
const TAKEN_FOR: [(TextEncoding, Width); 10] = [
    (TextEncoding::WINDOWS_1252, Width::OneByte),
    (TextEncoding::WINDOWS_1251, Width::OneByte),
    (TextEncoding::CP437, Width::OneByte),
    (TextEncoding::CP850, Width::OneByte),
    (TextEncoding::CP866, Width::OneByte),
    (TextEncoding::CP852, Width::OneByte),
    (TextEncoding::GB18030, Width::Several),
    (TextEncoding::SHIFT_JIS, Width::Several),
    (TextEncoding::EUC_KR, Width::Several),
    (TextEncoding::BIG5, Width::Several),
];

/// How many bytes a character of the wrong encoding has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    OneByte,
    Several,
}

/// Cyrillic code pages and what they are mistaken for: what it was read as, what it is.
const CYRILLIC: [(TextEncoding, TextEncoding); 4] = [
    (TextEncoding::WINDOWS_1251, TextEncoding::CP866),
    (TextEncoding::CP866, TextEncoding::WINDOWS_1251),
    (TextEncoding::WINDOWS_1252, TextEncoding::WINDOWS_1251),
    (TextEncoding::WINDOWS_1252, TextEncoding::CP866),
];

/// How many times text is put right: `Ã¢â€žÂ¢` is `â„¢`, which is `™`.
const TIMES: usize = 3;

/// The text as it was before it was read wrong, if it can be proved that it was. A character of
/// which a byte was lost stands in it as U+FFFD.
pub fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    best(text, TIMES).or_else(|| cyrillic(text))
}

/// The most plausible of the texts this can have been.
fn best(text: &str, times: usize) -> Option<String> {
    let times = times.checked_sub(1)?;
    let written = Score::of(text);
    let mut found: Option<(i64, String)> = None;
    for (encoding, width) in TAKEN_FOR {
        let Some(restored) = restored(text, encoding) else { continue };
        if width == Width::OneByte
            && restored.lost == 0
            && let Some(deeper) = best(&restored.text, times)
        {
            return Some(deeper);
        }
        let score = Score::of(&restored.text);
        let is_proved = restored.is_enough(width)
            && is_of_one_script(&restored.text)
            && score.sum >= 0
            && (width == Width::Several || score.is_above(written));
        if is_proved && found.as_ref().is_none_or(|(best, _)| score.sum > *best) {
            found = Some((score.sum, restored.text));
        }
    }
    found.map(|(_, text)| text)
}

/// How plausible a text is, by its characters: what was read wrong has more of them.
#[derive(Clone, Copy)]
struct Score {
    sum: i64,
    characters: i64,
}

impl Score {
    fn of(text: &str) -> Self {
        let characters = text.chars().filter(|c| !c.is_ascii()).count();
        Self { sum: plausibility(text), characters: i64::try_from(characters).unwrap_or(i64::MAX) }
    }

    fn is_above(self, other: Self) -> bool {
        self.sum.saturating_mul(other.characters) > other.sum.saturating_mul(self.characters)
    }
}

/// Text from bytes that turned out to be UTF-8.
struct Restored {
    text: String,
    /// Characters beyond ASCII that are whole.
    whole: usize,
    /// Of these, those of three bytes or more.
    long: usize,
    /// Characters whose last byte was lost.
    lost: usize,
}

impl Restored {
    /// True if so many characters cannot have come out by chance.
    fn is_enough(&self, width: Width) -> bool {
        match width {
            Width::OneByte => self.lost == 0 || self.lost * 2 <= self.whole,
            // Two letters of an East Asian encoding can be a short UTF-8 sequence by chance (the
            // name of China Unicom was famous for it); two long ones, or five, hardly.
            Width::Several => {
                self.whole >= 2 && self.lost <= self.whole && (self.long >= 2 || self.whole >= 5)
            }
        }
    }
}

/// The text whose UTF-8 was read in that encoding, if it was.
fn restored(text: &str, taken_for: TextEncoding) -> Option<Restored> {
    // A byte that means nothing in the wrong encoding was lost; it stands as U+FFFD or `?`.
    const LOST: u8 = 0xFF;
    let mut bytes = Vec::new();
    for (number, piece) in text.split('\u{FFFD}').enumerate() {
        if number > 0 {
            bytes.push(LOST);
        }
        bytes.extend(taken_for.bytes_of(piece)?);
    }
    let mut restored = Restored { text: String::new(), whole: 0, long: 0, lost: 0 };
    let mut is_after_cut = false;
    for chunk in bytes.utf8_chunks() {
        let mut valid = chunk.valid();
        if is_after_cut && !valid.is_empty() {
            // What follows a character whose last byte was lost is ASCII: its `?`, or a space.
            if !valid.starts_with(|c: char| c.is_ascii()) {
                return None;
            }
            valid = valid.strip_prefix('?').unwrap_or(valid);
            is_after_cut = false;
        }
        restored.text.push_str(valid);
        restored.whole += valid.chars().filter(|c| !c.is_ascii()).count();
        restored.long += valid.chars().filter(|c| c.len_utf8() >= 3).count();
        match chunk.invalid() {
            [] => {}
            [LOST] if is_after_cut => is_after_cut = false,
            [0xC2..=0xF4, ..] if !is_after_cut => {
                restored.text.push('\u{FFFD}');
                restored.lost += 1;
                is_after_cut = true;
            }
            _ => return None,
        }
    }
    (restored.whole > 0).then_some(restored)
}

/// True if all letters beyond ASCII are of one script and nothing is no character at all.
fn is_of_one_script(text: &str) -> bool {
    let mut first: Option<Script> = None;
    text.chars().filter(|c| !c.is_ascii()).all(|c| {
        let is_none =
            matches!(c, '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
        let is_same = script(c).is_none_or(|own| *first.get_or_insert(own) == own);
        !is_none && is_same
    })
}

/// Cyrillic text read in another code page. All bytes mean something in both, so the words must
/// prove it: many letters, all Cyrillic, and far more plausible than what is written.
fn cyrillic(text: &str) -> Option<String> {
    const FEWEST_LETTERS: i64 = 6;
    let written = plausibility(text);
    let read = CYRILLIC.iter().filter_map(|(read_as, is)| {
        let read = is.text_of(&read_as.bytes_of(text)?);
        let beyond_ascii = || read.chars().filter(|c| !c.is_ascii());
        let letters = beyond_ascii().filter(|&c| script(c) == Some(Script::Cyrillic)).count();
        let letters = i64::try_from(letters).unwrap_or(i64::MAX / 8);
        let is_only_cyrillic = beyond_ascii().filter_map(script).all(|s| s == Script::Cyrillic);
        let score = plausibility(&read);
        let is_proved = letters >= FEWEST_LETTERS
            && is_only_cyrillic
            && score >= letters * 3
            && written.saturating_mul(2) < score;
        is_proved.then_some((score, read))
    });
    // `rev`: `max_by_key` takes the last of equals, and the first of the table is to win.
    let mut read: Vec<(i64, String)> = read.collect();
    read.reverse();
    read.into_iter().max_by_key(|(score, _)| *score).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::decode::encoding_by_name;

    /// The text after its bytes in one encoding were read in another.
    fn misread(text: &str, is: &str, read_as: &str) -> String {
        let bytes = match is {
            "UTF-8" => Some(text.as_bytes().to_vec()),
            name => encoding_by_name(name).and_then(|encoding| encoding.bytes_of(text)),
        };
        encoding_by_name(read_as).unwrap().text_of(&bytes.unwrap())
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(repaired(text).as_deref(), Some(expected), "{text}");
    }

    #[track_caller]
    fn check_misread(text: &str, is: &str, read_as: &str) {
        check(&misread(text, is, read_as), text);
    }

    #[test]
    fn utf_8_read_as_a_code_page_of_windows_is_put_right() {
        for page in ["Windows-1252", "Windows-1251", "CP437", "CP850", "IBM866"] {
            check_misread("Лаборатория Касперского", "UTF-8", page);
            check_misread("Агент администрирования Kaspersky Security Center", "UTF-8", page);
            check_misread("卡巴斯基安全软件", "UTF-8", page);
            check_misread("Größere Gerätetreiber", "UTF-8", page);
            check_misread("Intel® Core™", "UTF-8", page);
        }
        check("Dellâ„¢ Update", "Dell™ Update");
        check("Copyright Â© 2020", "Copyright © 2020");
        check("Kaspersky ΓÇô Free", "Kaspersky – Free");
    }

    #[test]
    fn what_went_wrong_twice_is_put_right_twice() {
        let once = misread("Лаборатория Касперского", "UTF-8", "Windows-1252");
        check(&misread(&once, "UTF-8", "Windows-1252"), "Лаборатория Касперского");
        check("Dell Ã¢â€žÂ¢", "Dell ™");
    }

    #[test]
    fn utf_8_read_as_chinese_or_japanese_is_put_right() {
        check("寰\u{E1BB}俊", "微信");
        check("璞嗗寘", "豆包");
        check("鍗″反鏂\u{E21A}熀瀹夊叏", "卡巴斯基安全");
        check_misread("カスペルスキー", "UTF-8", "Shift_JIS");
    }

    #[test]
    fn utf_8_read_as_korean_or_big5_is_put_right_if_no_byte_was_lost() {
        check_misread("豆包", "UTF-8", "EUC-KR");
        check_misread("飞书 7.50", "UTF-8", "EUC-KR");
        check_misread("微信", "UTF-8", "Big5");
        check("穩녶똿", "豆包");
        check("敺桐縑 3.9.10", "微信 3.9.10");
        // Two bytes stand as one lost character, and nothing tells whose they were.
        for (name, read_as) in [("微信", "EUC-KR"), ("豆包", "Big5"), ("카카오톡", "EUC-KR")]
        {
            let lost = misread(name, "UTF-8", read_as);
            assert!(lost.contains('\u{FFFD}'), "{lost}");
            assert_eq!(repaired(&lost), None, "{lost}");
        }
    }

    #[test]
    fn a_lost_byte_costs_one_character() {
        check("鍗″反鏂\u{E21A}熀瀹夊叏浜?", "卡巴斯基安全\u{FFFD}");
        check("鍗″反鏂\u{E21A}熀瀹夊叏浜?ARP\\Machine", "卡巴斯基安全\u{FFFD}ARP\\Machine");
        check("鍗″反鏂\u{E21A}熀瀹夊叏浜\u{FFFD} 21", "卡巴斯基安全\u{FFFD} 21");
        // 0x8F means nothing in Windows-1252 and was dropped.
        check("Ð›Ð°Ð±Ð¾Ñ€Ð°Ñ‚Ð¾Ñ€Ð¸Ñ", "Лаборатори\u{FFFD}");
    }

    #[test]
    fn cyrillic_code_pages_taken_for_each_other_are_put_right() {
        check_misread("Антивирус Касперского 21.3", "IBM866", "Windows-1251");
        check_misread("Антивирус Касперского 21.3", "Windows-1251", "IBM866");
        check_misread("АО \"Лаборатория Касперского\"", "Windows-1251", "Windows-1252");
        check_misread("Лаборатория Касперского", "IBM866", "Windows-1252");
    }

    #[test]
    fn text_that_is_right_stays() {
        for text in [
            "Лаборатория Касперского",
            "АО «Лаборатория Касперского»",
            "Яндекс.Браузер",
            "ООО «Р»",
            "чек",
            "сад и тип",
            "微信",
            "联通",
            "卡巴斯基安全软件",
            "腾讯科技(深圳)有限公司",
            "搜狗输入法 14.2 正式版",
            "金山毒霸",
            "百度网盘",
            "網際智慧股份有限公司",
            "カスペルスキー インターネット セキュリティ",
            "株式会社ジャストシステム",
            "ｳｲﾙｽﾊﾞｽﾀｰ",
            "카스퍼스키 안티바이러스",
            "한글과컴퓨터 한컴오피스 2022",
            "알약 공개용",
            "확실한 힙합 홍학",
            "大韓民國 정부 保安 프로그램",
            "韓國電子通信硏究院",
            "中華電信 HiNet 防毒",
            "臺灣網路認證股份有限公司",
            "自然輸入法 新視窗版",
            "嘸蝦米輸入法",
            "憑證管理工具 跨平台網頁元件",
            "Größe & Überprüfung",
            "Éditions du Chêne",
            "São Paulo É",
            "ÄÖÜß",
            "Płatnik Źródła",
            "Türkiye İş Bankası",
            "Dell™ Intel® © – “x” …",
            "50 µm ± 3°",
            "Ελληνικά",
            "עברית",
            "\u{FFFD}\u{FFFD}",
            "a?",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
